import type { TSESTree } from "@typescript-eslint/types";
import { enclosingFunction, isFunction, staticKey, unwrap, wrapped, type AnyFunction, type Node } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import { exits } from "../flow/flow.ts";
import type { CallValue, ObjectEntry, Step, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { dependsOn } from "../values/reach.ts";
import { target } from "../values/values.ts";
import { calleeName } from "../data/telling-names.ts";
import { isLog } from "./answer-uses.ts";
import { soundsLikeAsking } from "./limiters.ts";
import { onFailure, isTruthy, type FailedCall } from "./failed-answer.ts";
import { answers, verdictAt } from "./verdict.ts";

/** A place where a request goes on because its limiter has failed. */
export interface FailsOpen {
  /** `falls`: nothing leaves the `catch`; `answers`: what it hands back says that all is well. */
  readonly how: "falls" | "answers";
  /** The `catch` clause, or the value, or the call, that lets the request through. */
  readonly node: Node;
  /** The constant that says so, where turning it around refuses the request. */
  readonly constant: Node | undefined;
  /** `limit(id).catch(…)`: the call with it, and without. */
  readonly rejection: { readonly whole: Node; readonly asked: Node } | undefined;
}

/** Where a file lets requests through whose limiter could not be asked. What is not known is left out. */
export function failingOpen(file: FileModel): readonly FailsOpen[] {
  const found = new Map<Node, FailsOpen>();
  if (!file.text.includes("catch")) return [];
  for (const node of file.callNodes) {
    const fn = enclosingFunction(node);
    if (!fn || !verdictAt(file, node)) continue;
    const call = file.evaluator.value(node);
    if (call.kind !== "call") continue;
    const open = new Failure(file, fn, call, node).find();
    if (open && !found.has(open.node)) found.set(open.node, open);
  }
  return [...found.values()];
}

/** How a request ends, or that it goes on. */
type End = "refused" | "unknown" | "falls" | Omit<FailsOpen, "rejection">;

const ALLOWS = /^(?:success|ok|passed|permitted|(?:is)?allow(?:ed)?)$/iu;
const REFUSES = /^(?:is)?_?(?:rate)?_?(?:limited|blocked|exceeded|denied|throttled)$/iu;
const MIDDLEWARE_FILE = /(?:^|\/)(?:middleware|proxy)\.[cm]?[jt]s$/u;

class Failure {
  readonly #file: FileModel;
  readonly #fn: AnyFunction;
  readonly #call: CallValue;
  readonly #node: Node;
  readonly #body: readonly Step[];

  constructor(file: FileModel, fn: AnyFunction, call: CallValue, node: Node) {
    this.#file = file;
    this.#fn = fn;
    this.#call = call;
    this.#node = node;
    this.#body = file.evaluator.fn(fn).body;
  }

  find(): FailsOpen | undefined {
    const rejection = rejectionOf(this.#node);
    if (rejection) return this.#rejected(rejection);
    const clause = catchAround(this.#node);
    const around = clause && tryOf(this.#body, this.#call);
    if (!around) return undefined;
    const end = this.#handled(around.handler);
    if (end === "falls") {
      const isOpen = this.#goesOn(around.after, { call: this.#call, answer: undefined, written: this.#writtenIn(clause) });
      return isOpen ? { how: "falls", node: clause, constant: undefined, rejection: undefined } : undefined;
    }
    return typeof end === "object" ? { ...end, rejection: undefined } : undefined;
  }

  /** `limit(id).catch(() => ({ success: true }))` */
  #rejected({ whole, asked, callback }: Rejection): FailsOpen | undefined {
    const returned = this.#file.evaluator.fn(callback).returns;
    const [only] = returned;
    if (!only?.node || returned.length > 1) return undefined;
    const open = this.#allowing(only);
    if (open) return { ...open, rejection: { whole, asked } };
    const call = this.#file.evaluator.value(whole);
    const after = call.kind === "call" ? stepsAfter(this.#body, call) : undefined;
    const isOpen = after && this.#tested(after, { call, answer: only, written: new Map() }) === "open";
    return isOpen ? { how: "answers", node: only.node, constant: undefined, rejection: { whole, asked } } : undefined;
  }

  /** What a `catch` clause makes of the request. */
  #handled(steps: readonly Step[]): End {
    for (const step of steps) {
      switch (step.op) {
        case "throw":
          return "refused";
        case "return":
          return (step.value ? this.#allowing(step.value) : undefined) ?? "refused";
        case "call": {
          const passed = this.#handsOn(step.call);
          if (passed !== undefined) return passed;
          break;
        }
        case "set":
          break;
        case "if":
        case "switch":
        case "try":
        case "loop":
          // What it looks at may be the kind of error, or the stage.
          return "unknown";
        default:
          return "unknown";
      }
    }
    return "falls";
  }

  /** `next()` serves the request, `next(error)` does not; another limiter may stand in for this one. */
  #handsOn(call: CallValue): End | undefined {
    const callee = target(call.callee);
    if (callee.kind === "param" && callee.fn.params[callee.index]?.name === "next" && call.node) {
      return call.args.length > 0 ? "refused" : { how: "answers", node: call.node, constant: undefined };
    }
    const name = calleeName(call);
    return name !== undefined && soundsLikeAsking(name) && !this.#isIdle(call) ? "unknown" : undefined;
  }

  /** A value that says that the request may go on; undefined: it does not, or that is not known. */
  #allowing(value: Value): Omit<FailsOpen, "rejection"> | undefined {
    const { node } = value;
    const at = target(value.kind === "await" ? value.value : value);
    if (!node) return undefined;
    const open = (constant?: Node): Omit<FailsOpen, "rejection"> => ({ how: "answers", node, constant });
    switch (at.kind) {
      case "literal":
        if (typeof at.value === "boolean") return at.value === this.#saysFineBy() ? open(node) : undefined;
        return (at.value === null || at.value === undefined) && this.#isSilentWhenFine() ? open() : undefined;
      case "object": {
        const entry = at.entries.find((one) => saysFine(one));
        return entry?.value.node && { how: "answers", node: entry.value.node, constant: entry.value.node };
      }
      case "call": {
        const callee = target(at.callee);
        const path = this.#file.tracer.canonical({ value: at.callee, place: this.#file.place });
        const isNext = path?.source === "next/server" && path.path.join(".") === "NextResponse.next";
        const isHandedOn = callee.kind === "param" && /^(?:next|resolve)$/u.test(callee.fn.params[callee.index]?.name ?? "");
        return isNext || (isHandedOn && (at.args.length === 0 || callee.fn.params[callee.index]?.name === "resolve")) ? open() : undefined;
      }
      default:
        return undefined;
    }
  }

  /** What a function that returns truth says for "may go on": `true`, or `false` for one that says "is limited". */
  #saysFineBy(): boolean | undefined {
    const refusals = this.#refusals().map((value) => value && target(value));
    const [refusal] = refusals;
    if (refusal?.kind === "literal" && typeof refusal.value === "boolean") return refusals.every((one) => one?.kind === "literal" && one.value === refusal.value) ? !refusal.value : undefined;
    if (refusals.length > 0) return undefined;
    const told = this.#file.evaluator.fn(this.#fn).returns.map(target).filter((value) => dependsOn(value, this.#isAnswer));
    if (told.length === 0) return undefined;
    if (told.every((value) => value.kind === "member" && value.property === "success")) return true;
    return told.every((value) => value.kind === "operation" && value.operator === "!") ? false : undefined;
  }

  /** It answers refused requests, and the others with nothing: what calls it goes on then. */
  #isSilentWhenFine(): boolean {
    const refusals = this.#refusals();
    const isAnswered = refusals.length > 0 && refusals.every((value) => value && target(value).kind !== "literal");
    if (!isAnswered) return false;
    if (MIDDLEWARE_FILE.test(this.#file.relativePath)) return true;
    const isHandler = this.#file.handlers.possible && this.#file.handlers.all.some(({ value }) => target(value.value).node === this.#fn);
    const isTold = this.#file.evaluator.fn(this.#fn).returns.filter((value) => target(value).kind === "literal").length > 1;
    return !isHandler && isTold;
  }

  /** What the function returns where the limiter refuses. */
  #refusals(): readonly (Value | undefined)[] {
    return ifsIn(this.#body).flatMap((step) => {
      if (!dependsOn(step.test, this.#isAnswer)) return [];
      return [...step.then, ...step.else].flatMap((inner) => (inner.op === "return" ? [inner.value] : []));
    });
  }

  readonly #isAnswer = (part: Value): boolean => part === this.#call;

  /** The steps behind the `catch` serve the request. */
  #goesOn(steps: readonly Step[], failed: FailedCall): boolean {
    const tested = this.#tested(steps, failed);
    if (tested !== "untested") return tested === "open";
    for (const step of steps) {
      if (step.op === "call") {
        const passed = this.#handsOn(step.call);
        if (passed !== undefined) return typeof passed === "object";
        if (!this.#isIdle(step.call)) return true;
      } else if (step.op === "return") return step.value !== undefined && this.#allowing(step.value) !== undefined;
      else if (step.op === "throw") return false;
      else if (step.op !== "jump" && [...callsIn([step])].some((call) => !this.#isIdle(call))) return true;
    }
    return false;
  }

  /** What the first condition about the answer says when there is none. */
  #tested(steps: readonly Step[], failed: FailedCall): "open" | "refused" | "unknown" | "untested" {
    for (const step of ifsIn(steps)) {
      const isAsked = dependsOn(step.test, (part) => part === failed.call);
      if (!isAsked && !dependsOn(step.test, (part) => part.kind === "ref" && part.name !== undefined && failed.written.has(part.name))) continue;
      const answer = onFailure(step.test, failed);
      if (!answer) return "unknown";
      if (exits(isTruthy(answer) ? step.then : step.else)) return "refused";
      if (isAsked) return "open";
    }
    return "untested";
  }

  /** The variables that a clause writes to, with what it writes. */
  #writtenIn({ body }: TSESTree.CatchClause): ReadonlyMap<string, Value> {
    const written = new Map<string, Value>();
    for (const statement of body.body) {
      const expression = statement.type === "ExpressionStatement" ? unwrap(statement.expression) : undefined;
      if (expression?.type === "AssignmentExpression" && expression.left.type === "Identifier") written.set(expression.left.name, this.#file.evaluator.value(expression.right));
    }
    return written;
  }

  /** A log, or an answer that is made or sent. */
  #isIdle({ node }: CallValue): boolean {
    return node !== undefined && ((node.type === "CallExpression" && isLog(node)) || answers(this.#file, node));
  }
}

function saysFine({ key = "", value, spread }: ObjectEntry): boolean {
  const at = target(value);
  if (spread || at.kind !== "literal" || !value.node) return false;
  return (at.value === true && ALLOWS.test(key)) || (at.value === false && REFUSES.test(key));
}

interface Rejection {
  readonly whole: Node;
  readonly asked: Node;
  readonly callback: AnyFunction;
}

function rejectionOf(node: Node): Rejection | undefined {
  const asked = wrapped(node);
  const member = asked.parent;
  if (member?.type !== "MemberExpression" || member.object !== asked || staticKey({ key: member.property, computed: member.computed }) !== "catch") return undefined;
  const whole = wrapped(member).parent;
  const callback = whole?.type === "CallExpression" && whole.arguments[0] ? unwrap(whole.arguments[0]) : undefined;
  return whole && callback && isFunction(callback) ? { whole, asked, callback } : undefined;
}

/** The `catch` clause that an awaited call's failure comes to. */
function catchAround(node: Node): TSESTree.CatchClause | undefined {
  let isAwaited = false;
  for (let at: Node = node; at.parent && !isFunction(at); at = at.parent) {
    const { parent }: { parent?: Node | undefined } = at;
    isAwaited ||= parent?.type === "AwaitExpression";
    if (parent?.type === "TryStatement" && parent.block === at && parent.handler) return isAwaited ? parent.handler : undefined;
  }
  return undefined;
}

interface Try {
  readonly handler: readonly Step[];
  /** What is done behind it. */
  readonly after: readonly Step[];
}

/** The innermost `try` around a call, with what comes behind it in its function. */
function tryOf(steps: readonly Step[], call: CallValue, after: readonly Step[] = []): Try | undefined {
  for (const [index, step] of steps.entries()) {
    if (![...callsIn([step])].includes(call)) continue;
    const behind = [...steps.slice(index + 1), ...after];
    for (const part of partsOf(step)) {
      const inner = tryOf(part, call, behind);
      if (inner) return inner;
    }
    const isTried = step.op === "try" && [...callsIn(step.block)].includes(call);
    return isTried && step.handler ? { handler: step.handler, after: behind } : undefined;
  }
  return undefined;
}

/** What is done after a call. */
function stepsAfter(steps: readonly Step[], call: CallValue, after: readonly Step[] = []): readonly Step[] | undefined {
  for (const [index, step] of steps.entries()) {
    const behind = [...steps.slice(index + 1), ...after];
    if (step.op === "call" && step.call === call) return behind;
    for (const part of partsOf(step)) {
      const inner = stepsAfter(part, call, behind);
      if (inner) return inner;
    }
  }
  return undefined;
}

function partsOf(step: Step): readonly (readonly Step[])[] {
  if (step.op === "try") return [step.block, step.handler ?? [], step.finalizer];
  if (step.op === "if") return [step.then, step.else];
  if (step.op === "loop") return [step.body];
  return step.op === "switch" ? step.cases.map(({ body }) => body) : [];
}

function ifsIn(steps: readonly Step[]): readonly (Step & { readonly op: "if" })[] {
  return steps.flatMap((step) => [...(step.op === "if" ? [step] : []), ...partsOf(step).flatMap((part) => ifsIn(part))]);
}


import type { TSESTree } from "@typescript-eslint/types";
import { isFunction, staticKey, unwrap, wrapped, type Node } from "../syntax/ast.ts";
import { calledName, isLog, usesOf, type Use } from "./answer-uses.ts";
import type { FileModel } from "../file.ts";
import { AWAITS, beginning } from "../values/chains.ts";
import type { CallValue, FunctionFacts, Step, Value } from "../values/ir.ts";
import { decides, limiterCallAt, limiterCallOf, soundsLikeAsking, type LimiterCall } from "./limiters.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** A call whose answer says whether a request may go on. */
export interface Verdict {
  readonly node: TSESTree.CallExpression;
  readonly limit: LimiterCall;
  /** The member of the answer that says whether the request may go on; undefined where the answer itself does. */
  readonly member: string | undefined;
  /** The call gives back all that the limiter has answered, and nothing else has been done with it. */
  readonly isWhole: boolean;
}

/** What is wrong with how a verdict is used. */
export type Neglect =
  /** No part of it is looked at. `at` is the statement that drops it, or the variable that is never read. */
  | { readonly why: "unused"; readonly uses: readonly Use[] }
  /** It is a promise still where it is read. */
  | { readonly why: "promise"; readonly uses: readonly Use[] }
  /** The result object stands as a condition: it is always true. */
  | { readonly why: "object"; readonly at: Node }
  /** The answer is looked at, and what follows runs all the same. */
  | { readonly why: "unstopped"; readonly at: Node; readonly branch: Node; readonly last: Node | undefined };

/** The verdict that a call brings: of a limiter, or of a function that hands one on and refuses nobody by itself. */
export function verdictAt(file: FileModel, node: TSESTree.CallExpression | TSESTree.NewExpression): Verdict | undefined {
  if (node.type !== "CallExpression") return undefined;
  const direct = limiterCallAt(file, node);
  if (direct) return decides(direct) ? { node, limit: direct, member: "success", isWhole: true } : undefined;
  const name = calledName(node);
  if (name === undefined || !soundsLikeAsking(name)) return undefined;
  const value = file.evaluator.value(node);
  return value.kind === "call" && !value.isNew ? handedOn(file, node, { value, place: file.place }) : undefined;
}

function handedOn(file: FileModel, node: TSESTree.CallExpression, call: Located<CallValue>): Verdict | undefined {
  const { tracer, clients } = file;
  const callees = tracer.functions({ value: call.value.callee, place: call.place });
  const [callee] = callees;
  if (!callee || callees.length > 1) return undefined;
  const place = tracer.inside(call, callee);
  const asked = new Map<CallValue, LimiterCall>();
  for (const value of callsOf(callee.fn)) {
    const limit = limiterCallOf(clients, tracer, { value, place });
    if (limit && decides(limit)) asked.set(value, limit);
  }
  const [limit] = asked.values();
  const isVerdict = (part: Value): boolean => part.kind === "call" && asked.has(part);
  if (!limit || !handsOn(callee.fn.body, isVerdict)) return undefined;
  const answers = callee.fn.returns.filter((value) => dependsOn(value, isVerdict));
  const forms = new Set(answers.map((value) => memberOfAnswer(value, isVerdict)));
  const [member] = forms;
  if (forms.size !== 1 || member === undefined) return undefined;
  // Where it has a name, something else may be done with it as well.
  const isWhole = answers.every((value) => isVerdict(value.kind === "await" ? value.value : value));
  return { node, limit, member: member === "" ? undefined : member, isWhole };
}

/** Where an answer holds the verdict: in a member, or itself (`""`); undefined where that can't be told. */
function memberOfAnswer(value: Value, isVerdict: (part: Value) => boolean): string | undefined {
  const at = beginning(value, AWAITS);
  if (isVerdict(at)) return "success";
  if (isSuccess(at, isVerdict)) return "";
  const keys = at.kind === "object" ? at.entries.filter((entry) => isSuccess(beginning(entry.value, AWAITS), isVerdict)).map(({ key }) => key) : [];
  return keys.length === 1 ? keys[0] : undefined;
}

function isSuccess(value: Value, isVerdict: (part: Value) => boolean): boolean {
  return value.kind === "member" && value.property === "success" && isVerdict(beginning(value.object, AWAITS));
}

function* callsOf(fn: FunctionFacts): Generator<CallValue> {
  const stack: Step[] = [...fn.body];
  for (let step = stack.pop(); step; step = stack.pop()) {
    if (step.op === "call") yield step.call;
    else stack.push(...inside(step));
  }
}

function inside(step: Step): readonly Step[] {
  switch (step.op) {
    case "if":
      return [...step.then, ...step.else];
    case "loop":
      return step.body;
    case "try":
      return [...step.block, ...(step.handler ?? []), ...step.finalizer];
    case "switch":
      return step.cases.flatMap(({ body }) => body);
    default:
      return [];
  }
}

/** True where a function does nothing about the verdict but return it. */
function handsOn(steps: readonly Step[], isVerdict: (part: Value) => boolean): boolean {
  return steps.every((step) => {
    switch (step.op) {
      case "throw":
        return false;
      case "call":
        return isVerdict(step.call) || isLogging(step.call) || !step.call.args.some((arg) => dependsOn(arg, isVerdict));
      case "if":
        if (dependsOn(step.test, isVerdict)) return [...step.then, ...step.else].every((inner) => inner.op === "return" || inner.op === "set" || (inner.op === "call" && isLogging(inner.call)));
        return handsOn(step.then, isVerdict) && handsOn(step.else, isVerdict);
      case "try":
        // Where the limiter fails, refusing is right.
        return handsOn(step.block, isVerdict) && handsOn(step.finalizer, isVerdict);
      case "loop":
      case "switch":
        return handsOn(inside(step), isVerdict);
      default:
        return true;
    }
  });
}

function isLogging({ callee }: CallValue): boolean {
  const at = target(callee);
  const object = at.kind === "member" ? target(at.object) : undefined;
  return object?.kind === "global" && object.name === "console";
}

/** What is wrong with how a verdict is used; undefined: nothing, or it goes where it can't be followed. */
export function neglectOf(file: FileModel, verdict: Verdict): Neglect | undefined {
  const uses = usesOf(file, verdict.node);
  if (uses.some(({ how }) => how === "escapes")) return undefined;
  if (uses.every(isIdle)) return { why: "unused", uses };
  if (uses.some((use) => (use.how === "tested" || use.how === "member") && !use.awaited)) return { why: "promise", uses };
  const { member } = verdict;
  const isTelling = (name: string): boolean => name === member || (member === "success" && TELLING.has(name));
  const outcomes = member === undefined ? uses : uses.flatMap((use) => (use.how === "member" && isTelling(use.name) ? use.uses : []));
  // A member that the SDK's result does not have: its type is the project's own.
  if (member !== undefined && uses.some((use) => use.how === "member" && !isTelling(use.name) && !SILENT.has(use.name))) return undefined;
  const telling = outcomes.filter((use) => !isIdle(use));
  if (telling.length === 0) {
    const tested = member === undefined ? undefined : uses.find(({ how }) => how === "tested");
    return tested ? { why: "object", at: tested.node } : { why: "unused", uses };
  }
  let unstopped: Neglect | undefined;
  for (const use of telling) {
    const found = use.how === "tested" ? unstoppedAt(file, use.node) : undefined;
    if (!found) return undefined;
    unstopped ??= found;
  }
  return unstopped;
}

const isIdle = ({ how }: Use): boolean => how === "dropped" || how === "logged" || how === "header";

/** Members of the result that say whether the request may go on. */
const TELLING: ReadonlySet<string> = new Set(["success", "remaining", "reason", "deniedValue"]);
/** Members that say nothing of it. */
const SILENT: ReadonlySet<string> = new Set(["limit", "reset", "pending"]);

/** The condition that a test decides, where its refusal stops nothing. */
function unstoppedAt(file: FileModel, node: Node): Neglect | undefined {
  let at = node;
  let refuses = false;
  for (let parent = at.parent; parent; parent = at.parent) {
    if (parent.type === "UnaryExpression" && parent.operator === "!") refuses = !refuses;
    else if (parent.type === "LogicalExpression" && parent.operator === "&&" && refuses) refuses = true;
    else if (parent.type !== "ChainExpression" && parent.type !== "TSNonNullExpression") break;
    at = parent;
  }
  const { parent } = at;
  if (parent?.type !== "IfStatement" || parent.test !== at) return undefined;
  const [branch, otherwise] = refuses ? [parent.consequent, parent.alternate] : [parent.alternate, parent.consequent];
  if (!branch || (otherwise && !(otherwise.type === "BlockStatement" && otherwise.body.length === 0))) return undefined;
  const statements = branch.type === "BlockStatement" ? branch.body : [branch];
  if (!statements.every((statement) => isIdleStatement(file, statement)) || !isFollowed(parent)) return undefined;
  return { why: "unstopped", at: node, branch, last: statements.at(-1) };
}

/** Something is done behind the statement before its function ends. */
function isFollowed(statement: Node): boolean {
  for (let at = statement; at.parent && !isFunction(at); at = at.parent) {
    const { parent } = at;
    if (parent.type !== "BlockStatement" && parent.type !== "Program") continue;
    const next = parent.body[parent.body.indexOf(at as TSESTree.Statement) + 1];
    if (next) return !(next.type === "ReturnStatement" && next.argument === null);
  }
  return false;
}

/** It writes to a log, or makes or sends an answer without leaving the function. */
function isIdleStatement(file: FileModel, statement: Node): boolean {
  if (statement.type !== "ExpressionStatement") return false;
  const expression = unwrap(statement.expression);
  const call = expression.type === "AwaitExpression" ? unwrap(expression.argument) : expression;
  return (call.type === "CallExpression" && isLog(call)) || answers(file, call);
}

const SENDS: ReadonlySet<string> = new Set(["status", "json", "send", "end", "text", "set", "setHeader", "header", "headers", "sendStatus", "type", "append", "body", "html", "code", "redirect"]);
const RESPONSES: ReadonlySet<string> = new Set(["Response", "NextResponse"]);

/** `res.status(429).json(…)`, `NextResponse.json(…)`: an answer, which stops nothing by itself. */
export function answers(file: FileModel, node: Node): boolean {
  if (node.type === "NewExpression") return node.callee.type === "Identifier" && RESPONSES.has(node.callee.name);
  let at: Node = node;
  let sends = false;
  while (at.type === "CallExpression" && at.callee.type === "MemberExpression") {
    const name = staticKey({ key: at.callee.property, computed: at.callee.computed });
    if (name === undefined || !SENDS.has(name)) return false;
    sends = true;
    at = unwrap(at.callee.object);
  }
  if (!sends || at.type !== "Identifier") return false;
  if (RESPONSES.has(at.name)) return true;
  // Hono's `c`, Express's `res`: what the handler is given.
  return target(file.evaluator.value(at)).kind === "param";
}

/** The verdict's own expression, with what it is wrapped in. */
export function wholeOf(node: Node): Node {
  const outer = wrapped(node);
  return outer.parent?.type === "AwaitExpression" ? wrapped(outer.parent) : outer;
}

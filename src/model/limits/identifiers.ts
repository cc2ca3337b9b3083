import { isOfSession, isOpenToStrangers } from "../../sdk/sessions.ts";
import { enclosingFunction, isFunction, unwrap, type Node } from "../syntax/ast.ts";
import { variableAt } from "../values/bindings.ts";
import { isPlatformAddress } from "./addresses.ts";
import { lastName } from "../protection/caller-checks.ts";
import { coverageOf } from "../protection/coverage.ts";
import type { FileModel } from "../file.ts";
import { unwrapHandler, type Handler } from "../handlers/index.ts";
import { MAX_LINKS } from "../values/chains.ts";
import type { CallValue, FunctionFacts, MemberValue, Value } from "../values/ir.ts";
import { exposureOf } from "../protection/protection.ts";
import { majorOf } from "../place/runtime.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** How far an identifier tells callers apart. */
export interface Distinction {
  /**
   * - `apart`: it does, or that can't be known;
   * - `missing`: for ordinary callers it is empty or undefined;
   * - `gone`: it reads `request.ip`, which the framework no longer has;
   * - `constant`: it is the same for everybody.
   */
  readonly callers: "apart" | "missing" | "gone" | "constant";
  /** The node that shows it; undefined where it stands in another file. */
  readonly node: Node | undefined;
  /** What all callers share for whom it is missing, in words. */
  readonly shared?: string;
  /** A constant that takes its place where nothing else is known: all those callers share it. */
  readonly fallback?: { readonly node: Node | undefined; readonly text: string };
}

const MAX_DEPTH = 20;
/** Methods of texts that keep what tells callers apart, or its absence. */
const TEXT_METHODS = new Set(["toString", "trim", "toLowerCase", "toUpperCase", "split", "at", "replace", "slice"]);

/** How far a limiter's identifier tells the callers of a handler apart. */
export function distinctionOf(file: FileModel, identifier: Located, at: Node): Distinction {
  return new Identifiers(file, at).of(identifier, 0);
}

const APART: Distinction = { callers: "apart", node: undefined };

class Identifiers {
  readonly #file: FileModel;
  /** The call in the file that the identifier is for. */
  readonly #at: Node;
  /** Variables by which the value came here. */
  readonly #names: Node[] = [];
  readonly #open = new Set<Value>();

  constructor(file: FileModel, at: Node) {
    this.#file = file;
    this.#at = at;
  }

  of(located: Located, depth: number): Distinction {
    const { value, place } = located;
    if (depth > MAX_DEPTH) return APART;
    const node = value.node ? { node: value.node } : { node: undefined };
    const follow = (next: Value): Distinction => this.of({ value: next, place }, depth + 1);
    switch (value.kind) {
      case "literal":
        return value.value === "" || value.value === undefined || value.value === null
          ? { callers: "missing", ...node, shared: value.value === "" ? "an empty text" : String(value.value) }
          : { callers: "constant", ...node, shared: JSON.stringify(String(value.value)) };
      case "env":
        return { callers: "constant", ...node };
      case "ref": {
        if (value.node) this.#names.push(value.node);
        if (value.target.kind === "unknown" || this.#open.has(value.target)) return APART;
        this.#open.add(value.target);
        const found = follow(value.target);
        this.#open.delete(value.target);
        // A constant, or what was destructured, is shown where it is used.
        return found.callers === "constant" || (found.callers === "missing" && !found.node) ? { ...found, ...node } : found;
      }
      case "await":
        return follow(value.value);
      case "template":
        return this.#all(value.parts.map(follow), value.node);
      case "choice":
        return this.#choice(value.operator, value.options, place, depth);
      case "param": {
        const { frame } = place;
        const given = frame?.fn === value.fn && !value.rest ? frame.args[value.index] : undefined;
        return frame && given ? this.of({ value: given, place: frame.place }, depth + 1) : APART;
      }
      case "member":
        return this.#member({ value, place }, depth);
      case "call":
        return this.#call({ value, place }, depth);
      case "import": {
        const only = this.#file.tracer.only(located);
        return only?.value.kind === "literal" ? { callers: "constant", ...node, shared: JSON.stringify(only.value.value) } : APART;
      }
      default:
        return APART;
    }
  }

  /** A text of several parts tells apart what one of them tells apart. */
  #all(parts: readonly Distinction[], node: Node | undefined): Distinction {
    const apart = parts.filter(({ callers }) => callers === "apart");
    if (apart.length > 0) return apart.find(({ fallback }) => fallback === undefined) ?? apart[0] ?? APART;
    const open = parts.find(({ callers }) => callers !== "constant");
    return open ?? { callers: "constant", node };
  }

  #choice(operator: string, options: readonly Value[], place: Located["place"], depth: number): Distinction {
    if (operator === "=" || operator === "&&") return APART;
    const [first = APART, ...rest] = options.map((value) => this.of({ value, place }, depth + 1));
    const last = rest.at(-1) ?? APART;
    if (operator === "?:") {
      const constant = [first, last].find(({ callers }) => callers === "constant" || callers === "missing");
      if (first.callers === "constant" && last.callers === "constant") return first;
      return constant ? { ...APART, fallback: fallbackOf(constant) } : APART;
    }
    if (last.callers === "apart") return last;
    if (first.callers === "gone") return { ...first, ...(last.shared === undefined ? {} : { shared: last.shared }) };
    if (first.callers === "constant") return first;
    const [source] = options;
    // The platform sees to it that there is one.
    if (options.slice(0, -1).some((value) => isPlatformAddress(this.#file, { value, place }))) return APART;
    if (last.callers === "missing" && source && this.#isMissing({ value: source, place })) return { ...last, node: last.node };
    // What a session lacks is given a name of its own here.
    return { ...APART, fallback: fallbackOf(last) };
  }

  #member(located: Located<MemberValue>, depth: number): Distinction {
    const { value } = located;
    if (this.#isGone(located)) return { callers: "gone", node: value.node, shared: "undefined" };
    const pieces = target(value.object);
    // `forwarded.split(",")[0]`
    if (pieces.kind === "call" && target(pieces.callee).kind === "member" && lastName(pieces.callee) === "split" && /^-?\d+$/u.test(value.property ?? "")) return this.of({ value: pieces, place: located.place }, depth + 1);
    const only = this.#file.tracer.only(located);
    if (only && only.value !== value && only.value.kind !== "member") return this.of(only, depth + 1);
    const path = this.#file.tracer.canonical(located);
    const isRead = isOptional(value.node) || (path !== undefined && isOpenToStrangers(path));
    const shown = value.node && unwrap(value.node).type === "MemberExpression" ? value.node : undefined;
    return isRead && this.#isMissing(located) ? { callers: "missing", node: shown, shared: "undefined" } : APART;
  }

  #call(call: Located<CallValue>, depth: number): Distinction {
    const { value, place } = call;
    const only = this.#file.tracer.only(call);
    if (only?.value.kind === "literal") return { ...this.of(only, depth + 1), node: value.node };
    const callee = target(value.callee);
    const [first] = value.args;
    if (callee.kind === "global" && callee.name === "String" && first) return this.of({ value: first, place }, depth + 1);
    if (callee.kind === "member" && TEXT_METHODS.has(callee.property ?? "")) {
      return this.of({ value: callee.object, place }, depth + 1);
    }
    if (value.isNew) return APART;
    const [made, ...others] = this.#file.tracer.functions({ value: value.callee, place });
    if (!made || others.length > 0) return APART;
    const inside = this.#file.tracer.inside(call, made);
    const returned = made.fn.returns.map((each) => this.of({ value: each, place: inside }, depth + 1));
    const fallback = returned.find(({ callers }) => callers !== "apart");
    const isAll = returned.length > 0 && returned.every(({ callers }) => callers !== "apart");
    if (isAll && fallback) return { ...fallback, node: value.node };
    const inner = fallback ? fallbackOf(fallback) : returned.find((each) => each.fallback)?.fallback;
    return inner ? { ...APART, fallback: { text: inner.text, node: value.node } } : APART;
  }

  /** `request.ip` of Next.js, which is undefined since version 15. */
  #isGone({ value, place }: Located<MemberValue>): boolean {
    if (value.property !== "ip") return false;
    const path = this.#file.tracer.canonical({ value: value.object, place });
    const isNext = path ? path.source === "next/server" && path.path[0] === "NextRequest" : this.#isNextParameter(value.object);
    const major = isNext ? majorOf(this.#file, "next") : undefined;
    return major !== undefined && major >= 15;
  }

  #isNextParameter(object: Value): boolean {
    const param = target(object);
    if (param.kind !== "param" || param.index !== 0 || param.fn.params[0]?.type) return false;
    if (/(?:^|\/)(?:middleware|proxy)\.[cm]?[jt]s$/u.test(this.#file.relativePath)) return param.fn.name === "middleware" || param.fn.name === "proxy";
    return this.#handlers((handler) => handler.framework === "next-app").some(({ fn }) => fn === param.fn);
  }

  /**
   * What a session tells, or a cookie, in a handler that strangers call as well: nothing has asked for it by the time of
   * the call.
   */
  #isMissing(located: Located): boolean {
    const path = this.#file.tracer.canonical(located);
    const isCookie = path?.source === "next/headers" && path.path[0] === "cookies" && path.path[1] === "get";
    if (!path || !(isCookie || isOfSession(path)) || this.#isAskedFor(located.value)) return false;
    const around = enclosingFunction(this.#at);
    const [handler] = this.#handlers(() => true).filter(({ fn }) => fn.node === around);
    if (!handler) return false;
    return isCookie || !(exposureOf(this.#file, handler.handler).caller ?? coverageOf(this.#file, handler.handler).caller);
  }

  #handlers(accepts: (handler: Handler) => boolean): readonly { readonly handler: Handler; readonly fn: FunctionFacts }[] {
    const { handlers, tracer } = this.#file;
    if (!handlers.possible) return [];
    return handlers.all.filter(accepts).flatMap((handler) => unwrapHandler(tracer, handler.value).functions.map(({ fn }) => ({ handler, fn })));
  }

  /** A variable on the way stands in a condition, or is handed to a function, before the call. */
  #isAskedFor(value: Value): boolean {
    const names = [...this.#names];
    let at = value;
    for (let links = 0; links < MAX_LINKS; links++) {
      if (at.kind === "ref" && at.node) names.push(at.node);
      if (at.kind !== "member" && at.kind !== "await" && at.kind !== "ref") break;
      at = at.kind === "member" ? at.object : at.kind === "await" ? at.value : at.target;
    }
    return names.some((name) => this.#isTested(name));
  }

  #isTested(name: Node): boolean {
    const variable = name.type === "Identifier" ? variableAt(this.#file.evaluator.scopeManager, name) : undefined;
    return (
      variable?.references.some(({ identifier }) => identifier.range[0] < this.#at.range[0] && (inCondition(identifier) || isArgument(identifier))) ?? false
    );
  }
}

const fallbackOf = ({ node, shared }: Distinction): NonNullable<Distinction["fallback"]> => ({ node, text: shared ?? "a constant" });

/** `session?.user?.id`: whoever wrote it knows that it may be missing. */
function isOptional(node: Node | undefined): boolean {
  for (let at = node && unwrap(node); at; at = at.type === "MemberExpression" ? unwrap(at.object) : undefined) {
    if (at.type === "MemberExpression" && at.optional) return true;
  }
  return false;
}

function inCondition(node: Node): boolean {
  let at = node;
  for (let { parent } = at; parent && !isFunction(parent); { parent } = at) {
    if ((parent.type === "IfStatement" || parent.type === "WhileStatement") && parent.test === at) return true;
    if (parent.type === "ConditionalExpression" && parent.test === at) return true;
    at = parent;
  }
  return false;
}

function isArgument({ parent }: Node): boolean {
  return parent?.type === "CallExpression";
}

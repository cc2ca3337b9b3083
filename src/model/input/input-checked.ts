import { ASSERTING_NAME, LOOSE_PATTERN, TELLING_MEMBERS, TELLING_NOTHING, TELLING_NOTHING_NAMES, constrains } from "../../sdk/input-checks.ts";
import { VERIFIERS } from "../../sdk/verifiers.ts";
import { isFunction, type Node } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import { exits } from "../flow/flow.ts";
import { leavesOpen, parsingOf } from "./input-schema.ts";
import type { CallValue, FunctionFacts, OperationValue, Step, Value } from "../values/ir.ts";
import { allIn, knownBefore, type KnownBefore, type Outcome } from "../flow/known-before.ts";
import { dependsOn, partsOf } from "../values/reach.ts";
import { callsOfFunction } from "./open-arguments.ts";
import { openInputs, requestInputs, type RequestInput } from "./request-input.ts";
import { calleeName } from "../data/telling-names.ts";
import { comparesSecret, holdsSecret } from "../protection/secrets.ts";
import type { Located, Place } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";

/** A call of the linted file, or the outcome of a condition. */
export type Point = Located<CallValue> | { readonly test: Located; readonly holds: boolean };

/**
 * Is an input constrained by the time of a call: by a condition on every path to it, or by a function that ran before and
 * refuses others? Deny-lists, type checks and "is it there" constrain nothing; a check that can't be read does.
 */
export function isChecked(file: FileModel, input: RequestInput, point: Point): boolean {
  if ("test" in point) return new Check(file, input, point.test.place).outcome(point.test.value, point.holds);
  return isCheckedAt(file, input, point, 0);
}

function isCheckedAt(file: FileModel, input: RequestInput, point: Located<CallValue>, depth: number): boolean {
  const check = new Check(file, input, point.place);
  for (const known of around(file, point)) {
    if (input.rewritten && check.replaced(known)) return true;
    if (known.outcomes.some(({ test, holds }) => check.outcome(test, holds))) return true;
    if (known.ran.some((call) => check.ran(call))) return true;
    // A function within another runs where it is called: `waitUntil(later())`.
    const calls = known.calls ?? [];
    if (calls.length > 0 && depth < MAX_DEPTH && calls.every((call) => isCheckedAt(file, input, call, depth + 1))) return true;
  }
  return false;
}

/** Does a function, called as its place says, look at an input in a way that may constrain it? */
export function isCheckedInside(file: FileModel, input: RequestInput, fn: FunctionFacts, place: Place): boolean {
  return new Check(file, input, place).inside(fn);
}

interface Surroundings extends KnownBefore {
  /** All that the function does. */
  readonly steps: readonly Step[];
  /** Where the function around that holds it calls the function. */
  readonly calls?: readonly Located<CallValue>[] | undefined;
}

/** What is known at a call, in its function and in those around it, innermost first. */
function* around(file: FileModel, { value }: Located<CallValue>): Generator<Surroundings> {
  let at: Node | undefined = value.node;
  for (let depth = 0; at && depth < 10; depth++) {
    const call = file.evaluator.value(at);
    const fn = enclosing(at);
    const steps = fn && isFunction(fn) ? file.evaluator.fn(fn).body : file.body;
    const known = call.kind === "call" ? knownBefore(steps, call, (part) => exits(part) || leavesForGood(file, part)) : undefined;
    const outer = fn && outerCall(fn);
    const calls = fn && outer && isFunction(fn) && isFunction(outer) ? callsOfFunction(file, file.evaluator.fn(fn)) : undefined;
    yield { ...(known ?? everything(steps)), steps, calls };
    at = outer;
  }
}

function enclosing(node: Node): Node | undefined {
  for (let at = node.parent; at; at = at.parent) if (isFunction(at)) return at;
  return undefined;
}

/** The call that gets a function among its arguments, or the function around it. */
function outerCall(fn: Node): Node | undefined {
  for (let at = fn.parent; at; at = at.parent) {
    if (at.type === "CallExpression" || at.type === "NewExpression") return at;
    if (isFunction(at)) return at;
  }
  return undefined;
}

/** The place of a function among the steps is not known: whatever was looked at may have been looked at before. */
function everything(steps: readonly Step[]): KnownBefore {
  const outcomes: Outcome[] = [];
  for (const test of allIn(steps)) if (test.kind !== "call") outcomes.push({ test, holds: true }, { test, holds: false });
  return { outcomes, ran: [] };
}

const NEVER_RETURNING = new Set(["redirect", "permanentRedirect", "notFound", "forbidden", "unauthorized"]);
/** They throw: SvelteKit's, h3's, Node's. */
const THROWING = new Set(["error", "abort", "exit"]);

/** `notFound()`, `redirect("/")`, `process.exit(1)`. */
function leavesForGood(file: FileModel, steps: readonly Step[]): boolean {
  return steps.some((step) => {
    if (step.op !== "call") return false;
    const name = calleeName(step.call);
    if (name === undefined || (!NEVER_RETURNING.has(name) && !THROWING.has(name))) return false;
    const path = file.tracer.canonical({ value: step.call.callee, place: file.place });
    return path?.source === "next/navigation" || path?.source === "@sveltejs/kit" || path?.path[0] === "process";
  });
}

const MAX_DEPTH = 6;
const MAX_PARTS = 300;

class Check {
  readonly #file: FileModel;
  readonly #input: RequestInput;
  readonly #place: Place;
  readonly #depth: number;
  /** Conditions that are being looked at. */
  readonly #open = new Set<Value>();

  constructor(file: FileModel, input: RequestInput, place: Place, depth = 0) {
    this.#file = file;
    this.#input = input;
    this.#place = place;
    this.#depth = depth;
  }

  /** Some condition of the function looks at the input: where it fails, the variable may have got another value. */
  replaced({ steps }: Surroundings): boolean {
    return this.#anywhere(steps);
  }

  #anywhere(steps: readonly Step[]): boolean {
    for (const part of allIn(steps)) {
      // A call whose answer is no condition may do anything with the input, unless it is known to look at it.
      const name = part.kind === "call" ? (calleeName(part) ?? "") : "";
      if (part.kind === "call" ? (CHECKS.has(name) ? this.#call(part, true) || (MATCHES.has(name) && this.#call(part, false)) : this.ran(part)) : this.outcome(part, true) || this.outcome(part, false)) return true;
    }
    return false;
  }

  inside(fn: FunctionFacts): boolean {
    if (this.#anywhere(fn.body)) return true;
    // `return ALLOWED.includes(url) ? url : undefined` has no steps of its own.
    return fn.returns.some((value) => dependsOn(value, (part) => part.kind === "choice" && part.test !== undefined && this.outcome(part.test, true)));
  }

  /** Does the outcome of a condition constrain the input? */
  outcome(value: Value, holds: boolean): boolean {
    const at = target(value);
    switch (at.kind) {
      case "await":
        return this.outcome(at.value, holds);
      case "choice": {
        // `found = found && …` in a loop is made of itself.
        if (at.operator === "?:" || this.#open.has(at)) return false;
        this.#open.add(at);
        const parts = at.options.map((option) => this.outcome(option, holds));
        this.#open.delete(at);
        // Of `a && b` that holds both hold; of one that does not, either may.
        return (at.operator === "&&") === holds ? parts.includes(true) : !parts.includes(false);
      }
      case "operation":
        return this.#operation(at, holds);
      case "call":
        return this.#call(at, holds);
      case "member":
        // `TABLE[key]`, `parsed.success`, `rows.length`
        if (at.key && this.#isAbout(at.key) && !this.#isAbout(at.object)) return holds;
        return !this.#isAbout(at) && this.#lookedUp(at.object);
      default:
        return false;
    }
  }

  /** A call that ran before, whose result need not be looked at. */
  ran(call: CallValue): boolean {
    const { tracer } = this.#file;
    const parsed = this.#parsed(call);
    if (parsed !== undefined) return parsed;
    const path = tracer.canonical({ value: call.callee, place: this.#place });
    // Who holds the secret is no stranger.
    if (path && !call.isNew && VERIFIERS.match(path)) return true;
    const name = calleeName(call);
    // `parseInt` refuses nothing.
    const isAsserting = name !== undefined && ASSERTING_NAME.test(name) && !(path && constrains(path));
    const functions = tracer.functions({ value: call.callee, place: this.#place });
    if (functions.length > 0) return call.args.some((arg) => this.#holdsInput(arg)) && this.#behind(call);
    if (!isAsserting) return false;
    const [first] = call.args;
    return first !== undefined && (this.outcome(first, true) || this.#isAbout(first) || call.args.some((arg) => this.#isAbout(arg)));
  }

  #operation({ operator, operands }: OperationValue, holds: boolean): boolean {
    const [left, right] = operands;
    if (!left) return false;
    if (operator === "!") return this.outcome(left, !holds);
    if (!right) return false;
    if (operator === "in") return holds && this.#isAbout(left);
    if (/^[<>]=?$/u.test(operator) && this.#input.isNumber) return this.#holdsInput(left) || this.#holdsInput(right);
    if (/^[<>]=?$/u.test(operator)) return !this.#isAbout(left) && !this.#isAbout(right) && (this.#holdsInput(left) || this.#holdsInput(right));
    if (!/^[!=]==?$/u.test(operator)) return false;
    const areEqual = operator.startsWith("=") === holds;
    for (const [side, other] of [[left, right], [right, left]] as const) {
      const constant = target(other);
      if (constant.kind === "literal") {
        const { value } = constant;
        // `typeof age === "number"`: no text any more.
        if (areEqual && !this.#input.isNumber && TYPES_WITHOUT_TEXT.has(value) && side.kind === "operation" && side.operator === "typeof") return side.operands.some((part) => this.#isAbout(part));
        if (typeof value === "boolean") return this.outcome(side, value === areEqual);
        // A look-up that found something.
        if (value === null || value === undefined || value === "") return this.outcome(side, !areEqual);
      }
      if (isMinusOne(constant)) return this.outcome(side, true);
      if (areEqual && this.#isAbout(side) && this.#inputs({ value: other, place: this.#place }).length === 0) return true;
      // `stored === code`, where what is stored was found with the input: whoever knows it may name it.
      if (areEqual && constant.kind !== "literal" && !this.#isAbout(side) && this.#holdsInput(side)) return true;
      // `digest === signature`, `header === \`Bearer ${process.env.SECRET}\``: no stranger.
      if (areEqual && holdsSecret(this.#file.tracer, { value: other, place: this.#place })) return true;
    }
    return false;
  }

  #call(call: CallValue, holds: boolean): boolean {
    const parsed = this.#parsed(call);
    if (parsed !== undefined) return parsed;
    const { tracer } = this.#file;
    const path = tracer.canonical({ value: call.callee, place: this.#place });
    if (path?.source === "global" && path.path.join(".") === "Boolean" && call.args[0]) return this.outcome(call.args[0], holds);
    if (path && !call.isNew && VERIFIERS.match(path)) return true;
    // Reading the input is no check of it.
    if (this.#isAbout(call) && !call.args.some((arg) => this.#isAbout(arg))) {
      return false;
    }
    if (path && TELLING_NOTHING.match(path)) return false;
    // `Number(cost) || 1`, `Number.isInteger(cost)`: it may still be negative.
    if (path && this.#input.isNumber && constrains(path)) return false;
    const callee = target(call.callee);
    const method = callee.kind === "member" ? callee.property : undefined;
    // Of a list of the caller's too, each element may be looked at: `words.every((word) => ALLOWED.has(word))`.
    if (method !== undefined && SEARCHES.has(method)) {
      const functions = call.args.flatMap((arg) => tracer.functions({ value: arg, place: this.#place }));
      if (functions.length > 0) return functions.some(({ fn }) => fn.returns.some((value) => this.outcome(value, holds)));
    }
    if (callee.kind === "member" && method !== undefined && this.#isAbout(callee.object)) return this.#ofInput(method, call, holds);
    if (holds && this.#asksSecret(call)) return true;
    if (!call.args.some((arg) => this.#holdsInput(arg))) return false;
    if (method === "has" || method === "includes" || method === "hasOwn") return holds;
    if (callee.kind === "member" && (method === "test" || method === "exec")) {
      // `redis.exec(words)` runs a command, and matches no pattern.
      return !this.#isLoose(callee.object, holds) && !this.#file.clients.clientOf({ value: callee.object, place: this.#place });
    }
    const name = calleeName(call);
    if (name !== undefined && TELLING_NOTHING_NAMES.test(name)) return false;
    if (this.#readsUnderKey(call)) return false;
    return tracer.functions({ value: call.callee, place: this.#place }).length > 0 ? this.#behind(call) : true;
  }

  /** `isAuthorized(request)`: the project's function compares what was sent with a secret. */
  #asksSecret(call: CallValue): boolean {
    const { tracer } = this.#file;
    return tracer.functions({ value: call.callee, place: this.#place }).some(({ fn, place }) =>
      [...fn.returns, ...allIn(fn.body)].some((value) => comparesSecret(tracer, { value, place })),
    );
  }

  /** A method of the input itself: `url.startsWith("https://example.com/")`. */
  #ofInput(method: string, { args }: CallValue, holds: boolean): boolean {
    const [first] = args;
    const constant = first && constantOf(first);
    switch (method) {
      case "startsWith":
        return holds && constant !== undefined && !/^(?:https?:?)?\/{0,2}$/u.test(constant);
      case "match":
      case "search":
        return first !== undefined && !this.#isLoose(first, holds);
      case "endsWith":
      case "includes":
      case "equals":
      case "localeCompare":
        return true;
      default:
        return false;
    }
  }

  /** A pattern that any address, or any text, has; or that is found, with anything before and behind it. */
  #isLoose(pattern: Value, isFound: boolean): boolean {
    const made = this.#file.tracer.only({ value: pattern, place: this.#place })?.value;
    if (made?.kind !== "literal" || typeof made.value !== "string") return false;
    return LOOSE_PATTERN.test(made.value) || (isFound && isWithoutEnds(made.value));
  }

  /** A read of what an Upstash client keeps under the input: it says that such a key exists, and not whose it is. */
  #readsUnderKey(call: CallValue): boolean {
    const command = this.#file.clients.commandOf({ value: call, place: this.#place });
    return command !== undefined && command.access === "read" && command.keys.some((key) => this.#isAbout(key)) && !/^s?mismember$/u.test(command.name);
  }

  /** What a condition looks at was found with the input: `const post = await find(id); if (!post) …`. */
  #lookedUp(value: Value, depth = 0): boolean {
    const at = target(value);
    if (at.kind === "call") return this.#call(at, true);
    if (at.kind === "await") return this.#lookedUp(at.value, depth);
    return at.kind === "member" && depth < MAX_DEPTH && this.#lookedUp(at.object, depth + 1);
  }

  /** The functions that a call runs look at the input. */
  #behind(call: CallValue): boolean {
    if (this.#depth >= MAX_DEPTH) return true;
    const located = { value: call, place: this.#place };
    return this.#file.tracer.functions({ value: call.callee, place: this.#place }).some((callee) => {
      const inside = this.#file.tracer.inside(located, callee);
      return new Check(this.#file, this.#input, inside, this.#depth + 1).inside(callee.fn);
    });
  }

  /** Parsed with a schema that constrains it. Undefined: the call parses something else, or nothing. */
  #parsed(call: CallValue): boolean | undefined {
    const { tracer } = this.#file;
    const parsing = parsingOf(tracer, { value: call, place: this.#place });
    if (!parsing) return undefined;
    const [whole] = this.#inputs(parsing.input).filter((input) => isPrefix(input, this.#input));
    return whole !== undefined && !leavesOpen(tracer, parsing.schema, this.#input.path.slice(whole.path.length));
  }

  #inputs(located: Located): readonly RequestInput[] {
    return (this.#input.kind === "argument" ? openInputs : requestInputs)(this.#file, located);
  }

  /** The value is the input, or what it stands in. */
  #isAbout(value: Value): boolean {
    return this.#inputs({ value, place: this.#place }).some((input) => isPrefix(input, this.#input));
  }

  /** The value is made from the input; what is made from other inputs beside it does not count. */
  #holdsInput(value: Value, seen = new Set<Value>()): boolean {
    if (seen.has(value) || seen.size > MAX_PARTS) return false;
    seen.add(value);
    const inputs = this.#inputs({ value, place: this.#place });
    if (inputs.length > 0) return inputs.some((input) => isPrefix(input, this.#input));
    if (value.kind === "member" && value.property !== undefined && TELLING_MEMBERS.has(value.property)) return false;
    return partsOf(value).some((part) => this.#holdsInput(part, seen));
  }
}

const TYPES_WITHOUT_TEXT: ReadonlySet<unknown> = new Set(["number", "bigint", "boolean"]);

/** Methods of lists that ask a function about each element. */
const SEARCHES = new Set(["some", "every", "find", "findIndex", "findLast"]);

/** Methods that say whether a value is among others, or like a pattern. */
const CHECKS = new Set([...SEARCHES, "has", "includes", "hasOwn", "indexOf", "test", "exec", "match", "startsWith", "endsWith"]);

/** Those that ask a pattern, which may be one of what is refused. */
const MATCHES = new Set(["test", "exec", "match"]);

/** The answer of `indexOf` for what it did not find. */
function isMinusOne(value: Value): boolean {
  const [one] = value.kind === "operation" && value.operator === "-" && value.operands.length === 1 ? value.operands : [];
  return one?.kind === "literal" && one.value === 1;
}

/** `/[a-z]+/`: a text that it is found in may hold anything else. */
function isWithoutEnds(pattern: string): boolean {
  const { source = "", flags = "" } = /^\/(?<source>.+)\/(?<flags>[a-z]*)$/su.exec(pattern)?.groups ?? {};
  return source !== "" && !flags.includes("y") && !/[$^]/u.test(source.replaceAll(/\\.|\[\^?/gu, ""));
}

function isPrefix(outer: RequestInput, inner: RequestInput): boolean {
  if (outer.kind !== inner.kind || outer.path.length > inner.path.length) return false;
  return outer.path.every((name, index) => name === inner.path[index] || name === "*" || inner.path[index] === "*");
}

import { CONTENT_METHODS, CUTTING_METHODS, TELLING_MEMBERS, constrains } from "../../sdk/input-checks.ts";
import { passthroughOf } from "../../sdk/passthrough.ts";
import { REQUEST_READS, REQUEST_URL, type InputKind, type InputShape } from "../../sdk/request-inputs.ts";
import { isFunction, type Node } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import { isConstrainedByRoute } from "./declared-schema.ts";
import { belowResult, leavesOpen, parsingOf } from "./input-schema.ts";
import type { CallValue, FunctionFacts, Value } from "../values/ir.ts";
import { isChecked, isCheckedInside } from "./input-checked.ts";
import { isHandedConstants } from "./callers.ts";
import { ANY, callsOfFunction, openArgument, type Reading } from "./open-arguments.ts";
import { isVerifiedHandler, requestParameter } from "./request-parameters.ts";
import type { Located, Place } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";

export type { InputKind } from "../../sdk/request-inputs.ts";

/** Something that the caller of a request chose. */
export interface RequestInput {
  /** `argument`: what a function of the file is handed by callers that are not known. */
  readonly kind: InputKind | "argument";
  /** Where it stands in that part of the request: `["user", "url"]` of the body, `["x-id"]` of the headers. */
  readonly path: readonly string[];
  /** The value is the input itself; false where it is a part of a text, or of an object or list. */
  readonly whole: boolean;
  /** It stands in a variable that is written again: a condition may have replaced it. */
  readonly rewritten?: boolean;
  /** It is meant as a number: that it is one says nothing, how large it is does. */
  readonly isNumber?: true;
}

/** Words for a message: `` `url` of the request's body ``, `` the query parameter `id` ``, `the request's body`. */
export function inputTitle({ kind, path }: RequestInput): string {
  const name = path.filter((part) => part !== ANY);
  if (kind === "argument") return `\`${name.join(".")}\``;
  if (kind === "body") return name.length === 0 ? "the request's body" : `\`${name.join(".")}\` of the request's body`;
  const [first] = name;
  const [one, several] = NAMES[kind];
  return first === undefined ? several : `${one} \`${first}\``;
}

const NAMES: Readonly<Record<Exclude<InputKind, "body">, readonly [one: string, several: string]>> = {
  query: ["the query parameter", "the request's query"],
  param: ["the route parameter", "the request's path"],
  header: ["the header", "the request's headers"],
  cookie: ["the cookie", "the request's cookies"],
};

/**
 * What a value holds of the caller's request and of his free choice: followed through variables, destructuring, texts,
 * copies and functions here and in other files; not behind what constrains it (numbers, encoding, hashes, schemas,
 * look-ups, a check in a function that it came through). Casts constrain nothing.
 * @returns empty where nothing of a request is in it, or that can't be known
 */
export function requestInputs(file: FileModel, located: Located): readonly RequestInput[] {
  return file.tracer.memo(INPUTS, located, [], () => new Search(file, false).of(located, []));
}

/** As {@link requestInputs}; texts that a function of the file may be handed by callers that are not known are inputs too. */
export function openInputs(file: FileModel, located: Located): readonly RequestInput[] {
  return file.tracer.memo(OPEN_INPUTS, located, [], () => new Search(file, true).of(located, []));
}

const INPUTS = {};
const OPEN_INPUTS = {};

/**
 * The name under which a part of the request is read: `email` of `form.get("email")`, `sid` of `cookies.get("sid")?.value`.
 * @returns undefined where none is read, or one whose name is not known
 */
export function sentName(file: FileModel, located: Located): string | undefined {
  const at = located.value;
  const read = at.kind === "member" && at.property === "value" ? target(at.object) : at;
  const callee = read.kind === "call" ? target(read.callee) : undefined;
  if (callee?.kind !== "member" || !GETTERS.has(callee.property ?? "")) return undefined;
  const [input, other] = requestInputs(file, { value: read, place: located.place });
  const name = input?.whole && !other ? input.path.at(-1) : undefined;
  return name === ANY ? undefined : name;
}

/**
 * The first input in a value that nothing has constrained by the time of a call: a condition on every path to it, here
 * or in the functions around it.
 * @param call a call of the file that is being linted
 * @param of the input that matters, where not any does
 */
export function untrustedInput(file: FileModel, located: Located, call: Located<CallValue>, of?: RequestInput): RequestInput | undefined {
  const found = of ? [of] : requestInputs(file, located);
  if (found.length === 0 || isCalledByMachine(file, call.value.node)) return undefined;
  return found.find((input) => !isChecked(file, input, call));
}

/** A signature is verified before a function around the node runs: the sender holds the key. */
function isCalledByMachine(file: FileModel, node: Node | undefined): boolean {
  for (let at = node; at; at = at.parent) if (isFunction(at) && isVerifiedHandler(file, file.evaluator.fn(at))) return true;
  return false;
}

const MAX_DEPTH = 40;
const MAX_STEPS = 1500;
const MAX_FOUND = 12;
/** What reads one entry by its name. */
const GETTERS = new Set(["get", "getAll", "header", "query", "queries", "param", "cookie"]);
/** Reads of a whole part of a request, which name nothing. */
const PART_READS = new Set(["json", "text", "formData", "parseBody", "blob", "arrayBuffer", "bytes"]);

class Search {
  readonly #file: FileModel;
  /** Arguments of callers that are not known count. */
  readonly #isForAll: boolean;
  readonly #open = new Set<Value>();
  #steps = 0;

  constructor(file: FileModel, isForAll: boolean) {
    this.#file = file;
    this.#isForAll = isForAll;
  }

  of({ value, place }: Located, readings: readonly Reading[], depth = 0): readonly RequestInput[] {
    if (depth > MAX_DEPTH || this.#steps++ > MAX_STEPS) return [];
    const follow = (next: Value, at: Place = place, then = readings): readonly RequestInput[] =>
      this.of({ value: next, place: at }, then, depth + 1);
    switch (value.kind) {
      case "ref": {
        // `text += url`: what is made of itself.
        if (this.#open.has(value.target)) return [];
        this.#open.add(value.target);
        const found = follow(value.target);
        this.#open.delete(value.target);
        return found;
      }
      case "await":
        return follow(value.value);
      case "choice":
        return this.#choice(value, place, (option) => follow(option));
      case "template":
        return onlyContent(readings) ? partly(value.parts.flatMap((part) => follow(part, place, []))) : [];
      case "operation":
        return /^\+=?$/u.test(value.operator) && value.operands.length > 1 && onlyContent(readings) ? partly(value.operands.flatMap((part) => follow(part, place, []))) : [];
      case "object":
        return this.#object(value, readings, follow, place);
      case "array":
        return this.#array(value.items, readings, (item, then) => follow(item, place, then));
      case "param":
        return this.#parameter(value, place, readings, follow);
      case "import": {
        const imported = this.#file.tracer.imported(value, place);
        return imported ? follow(imported.value, imported.place) : [];
      }
      case "member":
        return this.#member(value, place, readings, follow);
      case "call":
        return this.#call({ value, place }, readings, follow);
      case "global":
        return this.#read({ value, place }, readings) ?? [];
      default:
        return [];
    }
  }

  #choice(value: Value & { kind: "choice" }, place: Place, follow: (option: Value) => readonly RequestInput[]): readonly RequestInput[] {
    const { operator, options, test } = value;
    if (operator === "&&") {
      const [condition, result] = options;
      return condition && result ? this.#unless(follow(result), { value: condition, place }, true) : [];
    }
    return limited(options.flatMap((option, index) => {
      const found = follow(option);
      if (operator === "=") return found.map((input) => ({ ...input, rewritten: true }));
      return test && operator === "?:" ? this.#unless(found, { value: test, place }, index === 0) : found;
    }));
  }

  /** What a condition that holds, or does not, leaves open. */
  #unless(found: readonly RequestInput[], test: Located, holds: boolean): readonly RequestInput[] {
    return found.filter((input) => !isChecked(this.#file, input, { test, holds }));
  }

  #object(
    { entries }: Value & { kind: "object" },
    [next, ...rest]: readonly Reading[],
    follow: Follow,
    place: Place,
  ): readonly RequestInput[] {
    if (!next) return limited(partly(entries.flatMap((entry) => follow(entry.value, place, []))));
    if (next.call) return [];
    const found: RequestInput[] = [];
    for (const entry of entries.toReversed()) {
      if (entry.spread) {
        if (!entry.omit?.includes(next.name)) found.push(...follow(entry.value, place, [next, ...rest]));
      } else if (entry.key === next.name || (next.name === ANY && entry.key !== undefined)) {
        found.push(...follow(entry.value, place, rest));
        // What stands behind the last one of that name has replaced it.
        if (entry.key === next.name) break;
      }
    }
    return limited(found);
  }

  #array(items: readonly Value[], [next, ...rest]: readonly Reading[], follow: (item: Value, then: readonly Reading[]) => readonly RequestInput[]): readonly RequestInput[] {
    if (next && !next.call) {
      const item = items[Number(next.name)];
      if (item) return follow(item, rest);
      return next.name === ANY ? limited(items.flatMap((each) => follow(each, rest))) : [];
    }
    if (next && !onlyContent([next])) return [];
    return limited(partly(items.flatMap((item) => follow(item, []))));
  }

  #parameter(value: Value & { kind: "param" }, place: Place, readings: readonly Reading[], follow: Follow): readonly RequestInput[] {
    const { frame } = place;
    if (frame?.fn === value.fn) {
      const argument = argumentAt(value, frame.args);
      return argument ? follow(argument, frame.place) : [];
    }
    const shape = requestParameter(this.#file, value);
    if (shape !== undefined && isConstrainedByRoute(this.#file, value, readings.map(({ name }) => name))) return [];
    if (shape !== undefined) return resolve(shape, readings, value.fn.params[value.index]?.name);
    const list = this.#iterated(value);
    if (list) return follow(list, place, [{ name: ANY }, ...readings]);
    return this.#isForAll ? this.#argument(value, readings, follow) : [];
  }

  /** What the callers of a function give: all of them, where they are known. */
  #argument(value: Value & { kind: "param" }, readings: readonly Reading[], follow: Follow): readonly RequestInput[] {
    const calls = callsOfFunction(this.#file, value.fn);
    if (calls === undefined) {
      const open = openArgument(this.#file, value, readings);
      const path = readings.filter(({ call }) => !call).map(({ name }) => name);
      return open.length > 0 && isHandedConstants(this.#file, value, path) ? [] : open;
    }
    return limited(calls.flatMap((call) => {
      const argument = argumentAt(value, call.value.args);
      const found = argument ? follow(argument, call.place) : [];
      return found.filter((input) => !isChecked(this.#file, input, call));
    }));
  }

  /** The list whose elements a callback gets: `urls` of `urls.map((url) => …)`. */
  #iterated({ fn, index }: Value & { kind: "param" }): Value | undefined {
    const call = index === 0 ? fn.node?.parent : undefined;
    if (call?.type !== "CallExpression" || call.arguments[0] !== fn.node) return undefined;
    const callee = target(this.#file.evaluator.value(call.callee));
    return callee.kind === "member" && ITERATORS.has(callee.property ?? "") ? callee.object : undefined;
  }

  #member(value: Value & { kind: "member" }, place: Place, readings: readonly Reading[], follow: Follow): readonly RequestInput[] {
    const key = value.key && this.#file.tracer.constant({ value: value.key, place });
    const name = value.property ?? (typeof key === "string" || typeof key === "number" ? String(key) : ANY);
    if (TELLING_MEMBERS.has(name)) return [];
    const object = target(value.object);
    if (object.kind === "this" || object.kind === "class" || (object.kind === "call" && object.isNew) || (object.kind === "import" && object.name === "*")) {
      const members = this.#file.tracer.property({ value: object, place }, name);
      if (members.length > 0) return limited(members.flatMap((member) => follow(member.value, member.place)));
    }
    return follow(value.object, place, [{ name }, ...readings]);
  }

  #call(call: Located<CallValue>, readings: readonly Reading[], follow: Follow): readonly RequestInput[] {
    const { tracer } = this.#file;
    const { value, place } = call;
    // `getRouterParam(event, "id")`, `getCookie(c, "session")`
    const named = value.args.map(constantOf).find((name) => name !== undefined);
    const read = this.#read({ value: value.callee, place }, named === undefined ? readings : [{ name: named }, ...readings], call);
    if (read) return read;
    const parsing = parsingOf(tracer, call);
    if (parsing) {
      const names = belowResult(parsing, readings.map(({ name }) => name));
      if (!leavesOpen(tracer, parsing.schema, names)) return [];
      return follow(parsing.input.value, parsing.input.place, readings.slice(readings.length - names.length));
    }
    const functions = value.isNew ? [] : tracer.functions({ value: value.callee, place });
    if (functions.length > 0) {
      return limited(functions.flatMap(({ fn, place: at }) => {
        const inside = tracer.inside(call, { fn, place: at });
        if (isWithin(fn, place)) return [];
        const found = fn.returns.flatMap((returned) => follow(returned, inside));
        return found.filter((input) => !isCheckedInside(this.#file, input, fn, inside));
      }));
    }
    return this.#passed(call, readings, follow);
  }

  /** What a call outside of the project makes of its arguments, or of the object that it is called on. */
  #passed({ value, place }: Located<CallValue>, readings: readonly Reading[], follow: Follow): readonly RequestInput[] {
    const { tracer } = this.#file;
    const path = tracer.canonical({ value: value.callee, place });
    const [first] = value.args;
    if (path && path.source === "global" && path.path[0] === "URL" && path.path.length === 1 && first) return this.#url(value.args, readings, follow, place);
    if (path && constrains(path)) return [];
    const alternatives = tracer.alternatives({ value, place });
    const next = alternatives[0];
    if (next && alternatives.length === 1 && next.value !== value) return follow(next.value, next.place);
    const callee = target(value.callee);
    if (callee.kind === "member") {
      const name = callee.property ?? ANY;
      // A text of a request that is read as JSON: what is in it has names of its own.
      const found = follow(callee.object, place, [{ name, call: value }, ...readings]);
      if (found.length > 0 || !path) return found;
    }
    const passed = path && path.source !== "?" ? passthroughOf(path) : undefined;
    if (!passed || passed.args === "receiver") return [];
    const args = passed.args === "all" ? value.args : passed.args.flatMap((index) => value.args[index] ?? []);
    // JSON text is one text: what is read from it is read from what was written.
    return limited(args.flatMap((arg) => follow(arg)));
  }

  /** `new URL(request.url)` is the request's own address, `new URL(path, base)` a text of both. */
  #url([address, base]: readonly Value[], readings: readonly Reading[], follow: Follow, place: Place): readonly RequestInput[] {
    const found = address ? follow(address, place, []) : [];
    const own = found.find(({ kind, path, whole }) => kind === "query" && path.length === 0 && whole);
    if (own) return resolve(REQUEST_URL, readings);
    if (!onlyContent(readings.filter(({ name }) => !URL_PARTS.has(name)))) return [];
    // Behind a base of the project's own, an address may still name another host.
    return partly([...found, ...(base ? follow(base, place, []) : [])]);
  }

  /** Functions and objects of a framework that stand for the request of the moment. */
  #read(located: Located, readings: readonly Reading[], call?: Located<CallValue>): readonly RequestInput[] | undefined {
    const value = target(located.value);
    if (value.kind !== "import" && value.kind !== "global" && value.kind !== "member") return undefined;
    const path = this.#file.tracer.canonical(value.kind === "global" ? { value, place: located.place } : located);
    const row = path && REQUEST_READS.match(path);
    if (!row || (row.option !== undefined && !this.#isOn(call, row.option))) return undefined;
    return resolve(row.shape, readings);
  }

  /** The last argument of a call says `true` under a name. */
  #isOn(call: Located<CallValue> | undefined, name: string): boolean {
    const options = call?.value.args.at(-1);
    return options !== undefined && call !== undefined && this.#file.tracer.property({ value: options, place: call.place }, name).some((value) => this.#file.tracer.constant(value) === true);
  }
}

/** Undefined: the call gives nothing there. */
function argumentAt({ index, rest }: Value & { kind: "param" }, args: readonly Value[]): Value | undefined {
  return rest ? { kind: "array", items: args.slice(index) } : args[index];
}

type Follow = (next: Value, at?: Place, then?: readonly Reading[]) => readonly RequestInput[];

const ITERATORS = new Set(["map", "forEach", "flatMap", "filter", "find", "some", "every"]);
const URL_PARTS = new Set(["href", "origin", "host", "hostname", "pathname", "search", "searchParams", "hash", "username"]);

/** What is read from an object of a request; empty where the object does not hold input under these names. */
function resolve(shape: InputShape, readings: readonly Reading[], name?: string): readonly RequestInput[] {
  let at: InputShape | undefined = shape;
  let index = 0;
  for (; index < readings.length && typeof at === "object"; index++) at = at[readings[index]?.name ?? ""];
  if (at === undefined || typeof at === "object") return [];
  const [kind, fixed] = at.split(":") as [InputKind, string?];
  const path: string[] = fixed !== undefined ? [fixed] : index === 0 && name !== undefined ? [name] : [];
  // The method that led here may name what it reads: `c.req.query("id")`, `req.get("host")`.
  const last = index > 0 ? readings[index - 1] : undefined;
  const below = last?.call && GETTERS.has(last.name) ? [last, ...readings.slice(index)] : readings.slice(index);
  let whole = true;
  for (const reading of below) {
    if (TELLING_MEMBERS.has(reading.name)) return [];
    if (!reading.call) {
      if (whole) path.push(reading.name);
    }
    else if (GETTERS.has(reading.name)) {
      const [key] = reading.call.args;
      const named = key && (constantOf(key) ?? ANY);
      if (named !== undefined) path.push(kind === "header" ? named.toLowerCase() : named);
    } else if (PART_READS.has(reading.name)) continue;
    else if (!CONTENT_METHODS.has(reading.name)) return [];
    else if (CUTTING_METHODS.has(reading.name)) whole = false;
  }
  return [{ kind, path: kind === "cookie" && path.at(-1) === "value" ? path.slice(0, -1) : path, whole }];
}

/** Methods of a text, each of which keeps it readable. */
function onlyContent(readings: readonly Reading[]): boolean {
  return readings.every(({ name, call }) => (call ? CONTENT_METHODS.has(name) : /^(?:\d+|\*)$/u.test(name)));
}

function partly(found: readonly RequestInput[]): readonly RequestInput[] {
  return found.map((input) => ({ ...input, whole: false }));
}

function limited(found: readonly RequestInput[]): readonly RequestInput[] {
  return found.length > MAX_FOUND ? found.slice(0, MAX_FOUND) : found;
}

/** The function is being read already. */
function isWithin(fn: FunctionFacts, place: Place): boolean {
  let { frame } = place;
  for (let depth = 0; frame && depth < MAX_DEPTH; depth++) {
    if (frame.fn === fn) return true;
    ({ frame } = frame.place);
  }
  return false;
}

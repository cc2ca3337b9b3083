import { passthroughOf } from "../../sdk/passthrough.ts";
import { contains, type Node } from "../syntax/ast.ts";
import type { CallValue, ChoiceValue, ObjectValue, Value } from "./ir.ts";
import { keepsContent } from "../data/kept-content.ts";
import type { Located, Tracer } from "./trace.ts";
import { constantOf, isEmpty, target } from "./values.ts";

/** What was looked for, and the smallest node of the linted file that shows it. */
export interface Shown<T> {
  readonly what: T;
  readonly node: Node;
}

/**
 * Says what a part of a value is, where it is something that is looked for.
 *
 * @param left how many characters of it, from the first on, are to be seen at most; Infinity where it is not cut
 */
export type Recognise<T> = (part: Located, left: number) => T | undefined;

interface Trail {
  readonly node: Node;
  /** The node still follows the syntax; false where values lead elsewhere. */
  readonly inline: boolean;
  /** False as long as only what comes in by arguments is looked for, and this did not. */
  readonly counts: boolean;
  /** Only so many characters of what is read are shown, from the first on. */
  readonly left: number;
  readonly depth: number;
}

const MAX_DEPTH = 18;
const MAX_PARTS = 600;
/** Characters at either end of any secret that may be shown so that people can tell one from another. */
const MAX_SHOWN_CHARACTERS = 4;

/**
 * Finds what can still be read in a value by whoever gets it: through variables, templates, objects, encoders, and the
 * functions of the project. Behind comparisons, hashes, masks and whatever is not known, nothing can be read.
 *
 * @param node where the value stands in the linted file
 * @param argumentsOnly the value stands in a function that is called here: only what comes in by the arguments of the call
 * counts, and it is shown there. `node` is the call.
 */
export function readableIn<T>(tracer: Tracer, located: Located, node: Node, recognise: Recognise<T>, argumentsOnly = false): readonly Shown<T>[] {
  return new Reader(tracer, recognise, argumentsOnly).read(located, { node, inline: !argumentsOnly, counts: !argumentsOnly, left: Infinity, depth: 0 });
}

class Reader<T> {
  readonly #tracer: Tracer;
  readonly #recognise: Recognise<T>;
  readonly #argumentsOnly: boolean;
  #parts = 0;

  constructor(tracer: Tracer, recognise: Recognise<T>, argumentsOnly: boolean) {
    this.#tracer = tracer;
    this.#recognise = recognise;
    this.#argumentsOnly = argumentsOnly;
  }

  read(located: Located, trail: Trail): readonly Shown<T>[] {
    const { value, place } = located;
    if (trail.depth > MAX_DEPTH || this.#parts++ > MAX_PARTS) return [];
    const isShown = trail.inline && value.node !== undefined && contains(trail.node, value.node);
    const here: Trail = isShown && value.node ? { ...trail, node: value.node } : trail;
    const what = trail.counts ? this.#recognise(located, trail.left) : undefined;
    if (what !== undefined) return [{ what, node: here.node }];
    const next = { ...here, depth: here.depth + 1 };
    const all = (parts: readonly Value[]): readonly Shown<T>[] => parts.flatMap((part) => this.read({ value: part, place }, next));
    switch (value.kind) {
      case "ref":
        return this.read({ value: value.target, place }, value.name === undefined ? next : elsewhere(next));
      case "await":
        return all([value.value]);
      case "choice":
        return this.#choice(value, all);
      case "template":
        return all(value.parts);
      case "operation":
        return value.operator === "+" || value.operator === "+=" ? all(value.operands) : [];
      case "object":
        return this.#entries(value, located, { ...next, left: Infinity });
      case "array":
        // `slice` of a list counts elements.
        return value.items.flatMap((item) => this.read({ value: item, place }, { ...next, left: Infinity }));
      case "call":
        return this.#call({ value, place }, next);
      case "param": {
        const given = place.frame?.fn === value.fn && !value.rest ? place.frame.args[value.index] : undefined;
        if (!given || !place.frame) return this.#followed(located, next);
        const back = this.#argumentsOnly && given.node !== undefined && contains(trail.node, given.node);
        return this.read({ value: given, place: place.frame.place }, back && given.node ? { node: given.node, inline: true, counts: true, left: next.left, depth: next.depth } : elsewhere(next));
      }
      case "member":
      case "import":
        return this.#followed(located, next);
      default:
        return [];
    }
  }

  #choice(value: ChoiceValue, all: (parts: readonly Value[]) => readonly Shown<T>[]): readonly Shown<T>[] {
    if (value.operator === "&&") return all(value.options.slice(-1));
    if (value.operator !== "=") return all(value.options);
    // Which of several assignments is the last one is not known: all of them are to show it, but for what it begins with.
    const telling = value.options.filter((option, index) => !isEmpty(option) && !isGlobal(option) && (index > 0 || !isReplaced(option, value.options)));
    const found = telling.map((option) => all([option]));
    return found.every((one) => one.length > 0) ? found.flat() : [];
  }

  #entries(object: ObjectValue, { place }: Located, trail: Trail): readonly Shown<T>[] {
    const written = new Set<string>();
    return object.entries
      .toReversed()
      .flatMap((entry): readonly Shown<T>[] => {
        if (entry.key !== undefined && written.has(entry.key)) return [];
        if (entry.key !== undefined) written.add(entry.key);
        return this.read({ value: entry.value, place }, trail);
      })
      .toReversed();
  }

  /** Goes where a member or import leads. */
  #followed(located: Located, trail: Trail): readonly Shown<T>[] {
    const found = this.#tracer
      .alternatives(located)
      // What another file exports may be a member of something, and be recognised as that.
      .filter(({ value }) => value !== located.value && (value.kind !== "member" || located.value.kind === "import"))
      .map((alternative) => this.read(alternative, elsewhere(trail)));
    return found.flat();
  }

  #call(call: Located<CallValue>, trail: Trail): readonly Shown<T>[] {
    const { value, place } = call;
    const callee = target(value.callee);
    const path = this.#tracer.canonical({ value: value.callee, place });
    const passed = path && !/^(?:pick|omit)/u.test(path.path.at(-1) ?? "") ? passthroughOf(path) : undefined;
    if (passed) {
      // With a list of keys, or a function that chooses them, `JSON.stringify` shows a part.
      if (path?.path.at(-1) === "stringify" && value.args[1] && !isEmpty(value.args[1])) return [];
      const args = passed.args === "all" ? value.args : passed.args === "receiver" ? [] : passed.args.flatMap((index) => value.args[index] ?? []);
      const receiver = passed.args === "receiver" && callee.kind === "member" ? [callee.object] : [];
      return [...args, ...receiver].flatMap((part) => this.read({ value: part, place }, trail));
    }
    if (callee.kind === "member" && callee.property !== undefined) {
      const { property, object } = callee;
      const shows = CUTTING.has(property) ? showsMuch(property, value) : KEEPING.has(property) || (!CHOOSING.has(property) && keepsContent(property, value));
      if (shows) {
        const parts = property === "concat" ? [object, ...value.args] : [object];
        const left = CUTTING.has(property) ? beginningShown(value, trail.left) : trail.left;
        return parts.flatMap((part) => this.read({ value: part, place }, { ...trail, left }));
      }
    }
    if (value.isNew) return [];
    const functions = this.#tracer.functions({ value: value.callee, place });
    if (functions.length > 0) {
      return functions.flatMap((called) => {
        const inner = this.#tracer.inside(call, called);
        return called.fn.returns.flatMap((returned) => this.read({ value: returned, place: inner }, elsewhere(trail)));
      });
    }
    return this.#tracer
      .alternatives(call)
      .filter((alternative) => alternative.value !== value)
      .flatMap((alternative) => this.read(alternative, elsewhere(trail)));
  }
}

const elsewhere = (trail: Trail): Trail => ({ ...trail, inline: false });

/** What a variable begins with: a literal, or the whole that a part of it is put in place of: `message = error.message`. */
function isReplaced(first: Value, [, ...later]: readonly Value[]): boolean {
  if (first.kind === "literal") return true;
  const whole = target(first);
  return later.some((option) => option.kind === "member" && target(option.object) === whole);
}

/** `globalThis.held`, beside what the module assigns to it. */
const isGlobal = (value: Value): boolean => value.kind === "member" && target(value.object).kind === "global";

/** Methods that take a part of a text. */
const CUTTING: ReadonlySet<string> = new Set(["slice", "substring", "substr"]);
/** Methods of lists that take some elements; of the chain that env-var reads by. */
const CHOOSING: ReadonlySet<string> = new Set(["filter", "find", "findLast", "at", "pop", "shift", "splice"]);
const KEEPING: ReadonlySet<string> = new Set(["required", "asString", "asUrlString"]);

/** More than a few characters at either end are left. False also where that is not known. */
function showsMuch(method: string, { args }: CallValue): boolean {
  const [start, end] = args.map(numberOf);
  if (start === undefined) return true;
  if (Number.isNaN(start) || (end !== undefined && Number.isNaN(end))) return false;
  if (method === "substr") return (end ?? (start < 0 ? -start : Infinity)) > MAX_SHOWN_CHARACTERS;
  const from = method === "substring" ? Math.max(start, 0) : start;
  if (end === undefined) return from < 0 ? -from > MAX_SHOWN_CHARACTERS : true;
  // `slice(4, -4)` shows the middle.
  if (end < 0 && from >= 0) return true;
  return end - from > MAX_SHOWN_CHARACTERS;
}

/** How many characters from the first on are left of those that are shown; Infinity where others are, or where that is not known. */
function beginningShown({ args }: CallValue, shown: number): number {
  const [start, end] = args.map(numberOf);
  return start === 0 && end !== undefined && end >= 0 ? Math.min(shown, end) : Infinity;
}

/** The number that an argument is; NaN where it is not known. */
function numberOf(value: Value): number {
  const at = target(value);
  const [operand] = at.kind === "operation" && at.operator === "-" && at.operands.length === 1 ? at.operands : [];
  return operand ? -numberOf(operand) : Number(constantOf(at) ?? Number.NaN);
}

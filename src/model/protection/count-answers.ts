import type { CallValue, FunctionFacts, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** The answer as it is, and no part of it. */
const WHOLE = "";
const ARITHMETIC = /^[-+*/%]$/u;
const NUMERIC = /^(?:Number|parseInt|parseFloat|max|min|round|floor|ceil|trunc)$/u;

/**
 * What functions of the project give back of a count that is kept: `const used = await countUse(userId)`, where the function
 * counts, and its caller compares. Of an object each property is known by its name: of `{ count, size }` the one is a count, and the
 * other is not.
 */
export class CountAnswers {
  readonly #tracer: Tracer;
  readonly #byFunction = new Map<FunctionFacts, Set<string>>();
  /** Of calls whose function is not read here. */
  readonly #byCall = new Map<CallValue, readonly string[]>();

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
  }

  /**
   * A function that is being read gives something back.
   * @param isCount whether a part of it is a count
   */
  note({ value, place }: Located, isCount: (part: Value) => boolean): void {
    const fn = place.frame?.fn;
    if (!fn) return;
    const given = target(value.kind === "await" ? value.value : value);
    const parts = given.kind === "object" ? given.entries.flatMap(({ key, value: part }) => (key !== undefined && isAmount(part, isCount) ? [key] : [])) : isAmount(given, isCount) ? [WHOLE] : [];
    if (parts.length === 0) return;
    const known = this.#byFunction.get(fn) ?? new Set();
    for (const part of parts) known.add(part);
    this.#byFunction.set(fn, known);
  }

  /** The same of a call whose function was read before. */
  noteCall(call: CallValue, parts: readonly string[]): void {
    if (parts.length > 0) this.#byCall.set(call, parts);
  }

  /** The parts of the answer of a call that are counts. */
  partsOf({ value, place }: Located<CallValue>): readonly string[] {
    const noted = this.#byCall.get(value);
    if (noted || this.#byFunction.size === 0) return noted ?? [];
    return this.#tracer.functions({ value: value.callee, place }).flatMap(({ fn }) => [...(this.#byFunction.get(fn) ?? [])]);
  }

  /** Whether this is such an answer, or the part of one that is a count. */
  holds(part: Value, place: Place): boolean {
    if (this.#byFunction.size === 0 && this.#byCall.size === 0) return false;
    if (part.kind === "call") return this.partsOf({ value: part, place }).includes(WHOLE);
    const called = part.kind === "member" && part.property !== undefined ? asked(part.object) : undefined;
    return called !== undefined && part.kind === "member" && this.partsOf({ value: called, place }).includes(part.property ?? WHOLE);
  }
}

/** The call whose answer this is, waited for or not. */
function asked(value: Value): CallValue | undefined {
  const at = target(value);
  const answered = at.kind === "await" ? target(at.value) : at;
  return answered.kind === "call" ? answered : undefined;
}

/** A count, or a number that is made of one. What is looked up by it, or only holds it, is none. */
function isAmount(value: Value, isCount: (part: Value) => boolean): boolean {
  const isApart = (part: Value): boolean => {
    if (part.kind === "operation") return !ARITHMETIC.test(part.operator);
    if (part.kind === "call") return !isNumeric(part);
    return part.kind === "object" || part.kind === "array" || part.kind === "template";
  };
  return dependsOn(value, isCount, isApart);
}

/** `Number(count)`, `Math.max(0, count)` */
function isNumeric({ callee }: CallValue): boolean {
  const at = target(callee);
  if (at.kind === "global") return NUMERIC.test(at.name);
  return at.kind === "member" && target(at.object).kind === "global" && NUMERIC.test(at.property ?? "");
}

import { isClock } from "./clock.ts";
import { all, any, opposite } from "../flow/three-valued.ts";
import type { Value } from "./ir.ts";
import type { Located, Place, Tracer } from "./trace.ts";
import { target } from "./values.ts";

type Constant = string | number | bigint | boolean | null | undefined;

/** What a column of a record, or an answer, is known to be. */
export type State =
  | { readonly kind: "constant"; readonly value: Constant }
  /** `Status.PAID` of a list of names that a package declares. */
  | { readonly kind: "named"; readonly of: string; readonly name: string }
  /** Something that is neither nothing nor false, such as a date: the time of day, or one that has passed. */
  | { readonly kind: "something"; readonly when?: "now" | "past" }
  /** Whatever it is, it is none of these. */
  | { readonly kind: "other"; readonly than: readonly State[] };

export const SOMETHING: State = { kind: "something" };
export const NOTHING: State = { kind: "constant", value: null };
export const PAST: State = { kind: "something", when: "past" };
const NOW: State = { kind: "something", when: "now" };

const MAX_STATES = 8;

/**
 * What a value may be, where that is the same for all callers. Parameters are not followed.
 * @returns undefined: it may be something that is not known
 */
export function statesOf(tracer: Tracer, value: Value, { module }: Place): readonly State[] | undefined {
  if (isPartlyAssigned(tracer, { value, place: { module } })) return undefined;
  const found = tracer.alternatives({ value, place: { module } }).map((alternative) => stateOf(alternative));
  return found.length <= MAX_STATES && found.every((state) => state !== undefined) ? found : undefined;
}

/** `const next = { ...game }; if (lost) next.state = "lost";`: it may also be what it was. */
function isPartlyAssigned(tracer: Tracer, { value, place }: Located): boolean {
  const at = target(value);
  if (at.kind !== "member" || at.property === undefined) return false;
  const { property } = at;
  return tracer.alternatives({ value: at.object, place }).some(({ value: object }) => {
    if (object.kind !== "object") return false;
    const { entries } = object;
    const isSet = entries.some(({ key, spread, later }) => key === property && !spread && !later);
    return !isSet && entries.some(({ key, later }) => later && (key === undefined || key === property));
  });
}

function stateOf({ value, place }: Located): State | undefined {
  const at = target(value);
  if (at.kind === "literal") return { kind: "constant", value: at.value };
  if (isNow(at)) return NOW;
  if (isMade(at)) return SOMETHING;
  if (at.kind !== "member" || at.property === undefined) return undefined;
  const of = target(at.object);
  // A list that the project declares has been looked into.
  return of.kind === "import" && /^[A-Z]/u.test(at.property) ? { kind: "named", of: `${place.module.path ?? ""}:${of.source}#${of.name}`, name: at.property } : undefined;
}

/** `new Date()`, `Date.now()`, `new Date().toISOString()`, ``sql`now()` `` */
function isMade(value: Value): boolean {
  if (value.kind !== "call") return false;
  if (value.isNew) return true;
  const callee = target(value.callee);
  if (callee.kind === "import") return callee.name === "sql";
  if (callee.kind !== "member") return false;
  const object = target(callee.object);
  if (object.kind === "global") return (object.name === "Date" && callee.property === "now") || (object.name === "crypto" && callee.property === "randomUUID");
  return object.kind === "call" && object.isNew && target(object.callee).kind === "global" && /^(?:to|get)[A-Z]/u.test(callee.property ?? "");
}

/** `new Date()`, `Date.now()`, `new Date().toISOString()` */
export function isNow(value: Value): boolean {
  const at = target(value);
  if (at.kind !== "call") return false;
  if (isClock(at)) return true;
  const callee = target(at.callee);
  return !at.isNew && callee.kind === "member" && at.args.length === 0 && OF_TIME.test(callee.property ?? "") && isNow(callee.object);
}

const OF_TIME = /^(?:getTime|valueOf|toISOString)$/u;

const isDate = (value: Value): boolean => value.kind === "global" && value.name === "Date";

/** `row.until` of `new Date(row.until).getTime()` */
function timeIn(value: Value): Value {
  const at = target(value);
  if (at.kind !== "call") return at;
  const callee = target(at.callee);
  const [arg, more] = at.args;
  if (at.isNew) return arg && !more && isDate(callee) ? timeIn(arg) : at;
  return callee.kind === "member" && OF_TIME.test(callee.property ?? "") ? timeIn(callee.object) : at;
}

/** Whether two are the same. */
export function isSame(one: State, other: State): boolean | undefined {
  if (other.kind === "other") return one.kind === "other" ? undefined : isSame(other, one);
  if (one.kind === "other") return one.than.some((state) => isSame(state, other) === true) ? false : undefined;
  if (one.kind === "something" || other.kind === "something") {
    const known = one.kind === "something" ? other : one;
    return known.kind === "constant" && !known.value && known.value !== "" && typeof known.value !== "number" ? false : undefined;
  }
  if (one.kind === "constant" && other.kind === "constant") return (one.value ?? null) === (other.value ?? null);
  if (one.kind === "named" && other.kind === "named") return one.of === other.of ? one.name === other.name : undefined;
  const [named, { value }] = one.kind === "named" ? [one.name, other as State & { kind: "constant" }] : [(other as State & { kind: "named" }).name, one];
  if (typeof value !== "string") return value === null || value === undefined ? false : undefined;
  // What a name stands for is mostly called so, too.
  return named === value ? true : named.toLowerCase() === value.toLowerCase() ? undefined : false;
}

function isTruthy(state: State): boolean | undefined {
  if (state.kind === "other") return undefined;
  return state.kind === "constant" ? Boolean(state.value) : true;
}

/** What all of several answers say. */
export function agreed(answers: readonly (boolean | undefined)[]): boolean | undefined {
  const [first] = answers;
  return answers.every((answer) => answer === first) ? first : undefined;
}

/**
 * Whether a condition holds where some of its parts are known.
 * @param saysOf what a part of the condition may be; undefined: it is none of those that are known
 */
export function holdsWhere(tracer: Tracer, { value, place }: Located, saysOf: (part: Value) => readonly State[] | undefined): boolean | undefined {
  const holds = (part: Value): boolean | undefined => {
    const said = saysOf(part);
    if (said) return agreed(said.map(isTruthy));
    const at = target(part);
    if (at.kind === "choice" && (at.operator === "&&" || at.operator === "||")) return (at.operator === "&&" ? all : any)(at.options.map(holds));
    if (at.kind === "call") return ofCall(at.callee, at.args);
    if (at.kind !== "operation") return undefined;
    const [left, right] = at.operands;
    if (at.operator === "!" && left) return opposite(holds(left));
    if (!left || !right) return undefined;
    const [one, other] = /^[<>]/u.test(at.operator) ? [saysOf(timeIn(left)), saysOf(timeIn(right))] : [saysOf(left), saysOf(right)];
    const [known, compared] = one ? [one, other ?? statesOf(tracer, right, place)] : [statesOf(tracer, left, place), other];
    if ((!one && !other) || !known || !compared) return undefined;
    return agreed(known.flatMap((state) => compared.map((second) => compare(at.operator, state, second))));
  };
  /** `["PAID", "SENT"].includes(order.state)`, `Boolean(order.paidAt)` */
  const ofCall = (callee: Value, args: readonly Value[]): boolean | undefined => {
    const called = target(callee);
    const [arg] = args;
    if (!arg || args.length > 1) return undefined;
    if (called.kind === "global" && called.name === "Boolean") return holds(arg);
    const said = saysOf(arg);
    if (!said || called.kind !== "member" || (called.property !== "includes" && called.property !== "has")) return undefined;
    const listed = listedIn(tracer, called.object, place);
    return listed && agreed(said.map((state) => any(listed.map((item) => isSame(state, item)))));
  };
  return holds(value);
}

/** The constants of a list, or of `new Set(list)`. */
export function listedIn(tracer: Tracer, value: Value, place: Place): readonly State[] | undefined {
  const [found, second] = tracer.alternatives({ value, place: { module: place.module } });
  if (!found || second) return undefined;
  const at = target(found.value);
  if (at.kind === "call" && at.isNew && at.args[0]) return listedIn(tracer, at.args[0], found.place);
  if (at.kind !== "array") return undefined;
  const items = at.items.map((item) => statesOf(tracer, item, found.place));
  return items.every((item) => item !== undefined) ? items.flat() : undefined;
}

function compare(operator: string, left: State, right: State): boolean | undefined {
  switch (operator) {
    case "===":
    case "==":
      return isSame(left, right);
    case "!==":
    case "!=":
      return opposite(isSame(left, right));
    default:
  }
  if (left.kind === "something" && right.kind === "something") {
    if (!left.when || !right.when || left.when === right.when) return undefined;
    return operator.startsWith("<") ? left.when === "past" : operator.startsWith(">") ? right.when === "past" : undefined;
  }
  if (left.kind !== "constant" || right.kind !== "constant" || typeof left.value !== "number" || typeof right.value !== "number") return undefined;
  switch (operator) {
    case ">":
      return left.value > right.value;
    case ">=":
      return left.value >= right.value;
    case "<":
      return left.value < right.value;
    case "<=":
      return left.value <= right.value;
    default:
      return undefined;
  }
}

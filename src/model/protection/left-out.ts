import { stepsOfCases } from "../flow/switches.ts";
import { all, any, opposite } from "../flow/three-valued.ts";
import type { LiteralValue, ParamValue, Step, SwitchCase, Value } from "../values/ir.ts";
import { frameOf, type Located, type Place } from "../values/trace.ts";
import { target } from "../values/values.ts";

/*
 * What a call leaves out of the options that it writes down is nothing in the function that it calls, and what it writes
 * down there is what it says. Functions that are made in that one find the same.
 */

/** Parameters, members and choices behind each other, and calls around each other. */
const MAX_LINKS = 24;

/** How many values one question looks at: a variable that is written over and over has as many ways through itself. */
const MAX_STEPS = 2000;
let steps = 0;

/** Asks from outside: what lies beyond so many steps is not settled. */
function asking<T>(question: () => T): T {
  steps = 0;
  return question();
}

const isTooFar = (depth: number): boolean => depth > MAX_LINKS || steps++ > MAX_STEPS;

const NOTHING = "nothing";

/** A constant, or an object, a list or a function that is written down in a call; or nothing, where the call has left it out. */
type Settled = Located | typeof NOTHING;

/** Whether a condition holds in this call of its function, because of what the call has left out, or written down. Undefined: that does not settle it. */
export function holdsWithout({ value, place }: Located): boolean | undefined {
  return place.frame && asking(() => holds({ value, place }, 0));
}

/** What a `switch` does in this call of its function; undefined: that is not settled. */
export function stepsChosen({ value, place }: Located, cases: readonly SwitchCase[]): readonly Step[] | undefined {
  if (!place.frame) return undefined;
  const asked = asking(() => settledIn({ value, place }, 0));
  if (!asked) return undefined;
  const isIt = cases.map(({ test }) => test && isSame(asked, asking(() => settledIn({ value: test, place }, 0))));
  return stepsOfCases(cases, isIt);
}

/**
 * What is left of a value in this call of its function: without the branches that are not taken in it.
 * @param unset values that variables are not set to in this call
 */
export function leftOf({ value, place }: Located, unset: ReadonlySet<Value>): Value {
  return place.frame || unset.size > 0 ? asking(() => left(value, { place, unset, known: new Map() }, 0)) : value;
}

interface Leaving {
  readonly place: Place;
  readonly unset: ReadonlySet<Value>;
  /** What is left of values; of those that lead back to themselves, themselves. */
  readonly known: Map<Value, Value>;
}

function left(value: Value, leaving: Leaving, depth: number): Value {
  const before = leaving.known.get(value);
  if (before ?? isTooFar(depth)) return before ?? value;
  leaving.known.set(value, value);
  const found = leftInside(value, leaving, depth);
  leaving.known.set(value, found);
  return found;
}

function leftInside(value: Value, leaving: Leaving, depth: number): Value {
  const { place, unset } = leaving;
  const inner = (part: Value): Value => left(part, leaving, depth + 1);
  switch (value.kind) {
    case "ref": {
      const part = inner(value.target);
      return part === value.target ? value : { ...value, target: part };
    }
    case "await": {
      const part = inner(value.value);
      return part === value.value ? value : { ...value, value: part };
    }
    case "member": {
      const part = inner(value.object);
      return part === value.object ? value : { ...value, object: part };
    }
    case "operation": {
      const parts = value.operands.map(inner);
      return parts.every((part, index) => part === value.operands[index]) ? value : { ...value, operands: parts };
    }
    case "choice": {
      const kept = value.options.filter((option, index) => isLeft(value, option, index, place, unset));
      const parts = kept.map(inner);
      const [only] = parts;
      if (only && parts.length === 1) return only;
      return parts.length === 0 || parts.every((part, index) => part === value.options[index]) ? value : { ...value, options: parts };
    }
    default:
      return value;
  }
}

/** False for an option that a choice does not come to in this call, and for one that decides nothing. */
function isLeft({ operator, test, options }: Value & { kind: "choice" }, option: Value, index: number, place: Place, unset: ReadonlySet<Value>): boolean {
  switch (operator) {
    case "=":
      return !unset.has(option);
    case "?:": {
      const chosen = test && place.frame && holds({ value: test, place }, 0);
      return chosen === undefined || chosen === (index === 0);
    }
    case "&&":
    case "||":
      return !place.frame || holds({ value: option, place }, 0) !== (operator === "&&");
    case "??":
      return !place.frame || index === options.length - 1 || settledIn({ value: option, place }, 0) !== NOTHING;
  }
}

/** What a call of this call's arguments may do otherwise, because of what is settled of them; empty: nothing is. */
export function settledArguments(args: readonly Value[], place: Place): string {
  const words = (at: Located, depth: number): string => {
    const settled = at.value.kind === "literal" || at.value.kind === "function" ? undefined : asking(() => settledIn(at, 0));
    if (!settled || settled === NOTHING) return settled ? "-" : "?";
    const { value, place: where } = settled;
    if (value.kind === "literal") return `=${typeof value.value}${String(value.value)}`;
    if (value.kind !== "object" || depth > 1) return value.kind;
    const entries = value.entries.map(({ key, value: entry }) => `${key ?? "*"}:${entry.kind === "literal" ? String(entry.value) : words({ value: entry, place: where }, depth + 1)}`);
    return `{${entries.join()}}`;
  };
  const parts = args.map((value) => (place.frame || value.kind === "object" ? words({ value, place }, 0) : "?"));
  return parts.every((part) => part === "?") ? "" : parts.join();
}

function holds({ value, place }: Located, depth: number): boolean | undefined {
  if (isTooFar(depth)) return undefined;
  const at = target(value);
  if (at.kind === "operation") {
    const [one, other] = at.operands;
    if (at.operator === "!" && one) return opposite(holds({ value: one, place }, depth + 1));
    if (!one || !other || !/^[!=]==?$/u.test(at.operator)) return undefined;
    const same = isSame(settledIn({ value: one, place }, depth), settledIn({ value: other, place }, depth), at.operator.length === 2);
    return same === undefined ? undefined : same === at.operator.startsWith("=");
  }
  if (at.kind === "choice" && (at.operator === "&&" || at.operator === "||")) {
    const parts = at.options.map((option) => holds({ value: option, place }, depth + 1));
    return at.operator === "||" ? any(parts) : all(parts);
  }
  const settled = at.kind === "literal" ? undefined : settledIn({ value, place }, depth);
  if (!settled) return undefined;
  return settled !== NOTHING && (settled.value.kind !== "literal" || Boolean(settled.value.value));
}

function isSame(one: Settled | undefined, other: Settled | undefined, isLoose = false): boolean | undefined {
  if (!one || !other) return undefined;
  const [first, second] = [one, other].map((side): LiteralValue | undefined => {
    if (side === NOTHING) return { kind: "literal", value: undefined };
    return side.value.kind === "literal" ? side.value : undefined;
  });
  // Two objects may be one; an object is no constant.
  if (!first || !second) return first || second ? false : undefined;
  const isEqual = first.value === second.value || (isLoose && isNothing(first) && isNothing(second));
  // What `==` makes of a number and a text is not told.
  return !isEqual && isLoose && typeof first.value !== typeof second.value ? undefined : isEqual;
}

const isNothing = ({ value }: LiteralValue): boolean => value === undefined || value === null;

/** What a value is in this call; undefined: that is not settled. */
function settledIn({ value, place }: Located, depth: number): Settled | undefined {
  if (isTooFar(depth)) return undefined;
  switch (value.kind) {
    case "literal":
      return value.value === undefined ? NOTHING : { value, place };
    case "object":
    case "array":
    case "function":
      return { value, place };
    case "ref": {
      const held = target(value);
      // A variable may be given more entries before it is handed over.
      if (value.name !== undefined && (held.kind === "object" || held.kind === "array")) return undefined;
      return settledIn({ value: held, place }, depth + 1);
    }
    case "param":
      return ofParameter(value, place, depth);
    case "member": {
      const options = value.property === undefined ? undefined : settledIn({ value: value.object, place }, depth + 1);
      if (!options || options === NOTHING || value.property === undefined) return options;
      return entryOf(options, value.property, depth);
    }
    case "choice":
      return ofChoice(value, place, depth);
    case "operation": {
      const told = holds({ value, place }, depth + 1);
      return told === undefined ? undefined : { value: { kind: "literal", value: told }, place };
    }
    default:
      return undefined;
  }
}

/** What the call hands over, or the one that the function was made in. */
function ofParameter({ fn, index, rest }: ParamValue, place: Place, depth: number): Settled | undefined {
  const frame = frameOf(fn, place);
  if (rest || !frame || (frame.spreadAt !== undefined && frame.spreadAt <= index)) return undefined;
  const given = frame.args[index];
  return given ? settledIn({ value: given, place: frame.place }, depth + 1) : NOTHING;
}

function ofChoice({ operator, options, test }: Value & { kind: "choice" }, place: Place, depth: number): Settled | undefined {
  const [first, second] = options;
  if (operator === "=" || !first || !second) return undefined;
  if (operator === "?:") {
    const chosen = test && holds({ value: test, place }, depth + 1);
    return chosen === undefined ? undefined : settledIn({ value: chosen ? first : second, place }, depth + 1);
  }
  const before = settledIn({ value: first, place }, depth + 1);
  if (!before) return undefined;
  const after = (): Settled | undefined => settledIn({ value: second, place }, depth + 1);
  const literal = before === NOTHING ? undefined : before.value.kind === "literal" ? before.value : undefined;
  // The default of a parameter, which looks the same, does not stand for `null`.
  if (operator === "??") return before === NOTHING ? after() : literal?.value === null ? undefined : before;
  const isThere = before !== NOTHING && (!literal || Boolean(literal.value));
  return isThere === (operator === "&&") ? after() : before;
}

function entryOf({ value, place }: Located, name: string, depth: number): Settled | undefined {
  if (value.kind !== "object") return undefined;
  for (const entry of value.entries.toReversed()) {
    if (entry.spread) {
      if (entry.omit?.includes(name)) continue;
      const spread = settledIn({ value: entry.value, place }, depth + 1);
      const written = spread && spread !== NOTHING ? entryOf(spread, name, depth + 1) : spread;
      if (written !== NOTHING) return written;
    } else if (entry.key === undefined) return undefined;
    else if (entry.key === name) return settledIn({ value: entry.value, place }, depth + 1);
  }
  return NOTHING;
}

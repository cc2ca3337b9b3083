import type { CallValue, ChoiceValue, ObjectEntry, ObjectValue, Value } from "./ir.ts";
import type { Located, Tracer } from "./trace.ts";
import { target } from "./values.ts";

/** What an options object says under a name. */
export type Option =
  /** It certainly says nothing. */
  | { readonly is: "absent" }
  /** It says this; several values where the object is one of several. */
  | { readonly is: "given"; readonly values: readonly Located[]; readonly entry: ObjectEntry }
  /** Its makings are not all in sight. */
  | { readonly is: "unknown" };

const ABSENT: Option = { is: "absent" };
const UNKNOWN: Option = { is: "unknown" };
/** Objects spread into objects spread into objects. */
const MAX_SPREADS = 6;

/** What an object holds under a name, with what is spread into it. */
export function optionOf(tracer: Tracer, located: Located, name: string, depth = 0): Option {
  if (depth > MAX_SPREADS) return UNKNOWN;
  const whole = target(located.value);
  const last = whole.kind === "choice" && whole.operator === "&&" ? whole.options.at(-1) : undefined;
  // What comes before `&&` is nothing, or does not come at all.
  if (last) return optionOf(tracer, { value: last, place: located.place }, name, depth + 1);
  const chosen = whole.kind === "choice" && whole.operator === "?:" ? ofChoice(tracer, { value: whole, place: located.place }, name, depth) : undefined;
  if (chosen) return chosen;
  let found: Option | undefined;
  for (const { value, place } of tracer.alternatives(located)) {
    const option = isNothing(value)
      ? ABSENT
      : value.kind === "object"
        ? inObject(tracer, { value, place }, name, depth)
        : value.kind === "call" ? ofAssigned(tracer, { value, place }, name, depth) : UNKNOWN;
    found = found ? either(found, option) : option;
  }
  return found ?? UNKNOWN;
}

/** One of two objects that both say it: what it says depends on the same condition. */
function ofChoice(tracer: Tracer, { value, place }: Located<ChoiceValue>, name: string, depth: number): Option | undefined {
  const [first, second] = value.options.map((option) => optionOf(tracer, { value: option, place }, name, depth + 1));
  if (first?.is !== "given" || second?.is !== "given") return undefined;
  const says: ChoiceValue = { ...value, options: [first.entry.value, second.entry.value] };
  return { is: "given", values: [...first.values, ...second.values], entry: { ...first.entry, value: says } };
}

/** `Object.assign({}, base, { devMode: true })`: the last that says it wins. */
function ofAssigned(tracer: Tracer, { value, place }: Located<CallValue>, name: string, depth: number): Option {
  const path = value.isNew || value.spreadAt !== undefined ? undefined : tracer.canonical({ value: value.callee, place });
  if (path?.source !== "global" || path.path.join(".") !== "Object.assign") return UNKNOWN;
  for (const part of value.args.toReversed()) {
    const option = optionOf(tracer, { value: part, place }, name, depth + 1);
    if (option.is !== "absent") return option;
  }
  return ABSENT;
}

/** Spreading nothing adds nothing: `...(isOn && { analytics: true })`. */
function isNothing(value: Value): boolean {
  return value.kind === "literal" && (value.value === undefined || value.value === null || value.value === false);
}

function inObject(tracer: Tracer, { value, place }: Located<ObjectValue>, name: string, depth: number): Option {
  for (const entry of value.entries.toReversed()) {
    if (entry.spread) {
      if (entry.omit?.includes(name)) continue;
      const spread = optionOf(tracer, { value: entry.value, place }, name, depth + 1);
      if (spread.is !== "absent") return spread;
    } else if (entry.key === name) {
      return { is: "given", values: tracer.alternatives({ value: entry.value, place }), entry };
    } else if (entry.key === undefined) {
      const key = entry.computed && tracer.constant({ value: entry.computed, place });
      if (key === undefined) return UNKNOWN;
      if (String(key) === name) return { is: "given", values: tracer.alternatives({ value: entry.value, place }), entry };
    }
  }
  return ABSENT;
}

/** An object that is one of two. */
function either(first: Option, second: Option): Option {
  if (first.is === "given" && second.is === "given") return { ...first, values: [...first.values, ...second.values] };
  return first.is === second.is ? first : UNKNOWN;
}

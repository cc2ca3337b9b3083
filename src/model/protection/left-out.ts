import { all, any, opposite } from "../flow/three-valued.ts";
import type { Value } from "../values/ir.ts";
import type { Located, Place } from "../values/trace.ts";
import { target } from "../values/values.ts";

/*
 * What a call leaves out of the options that it writes down is nothing in the function that it calls, and what it writes
 * down there is what it says.
 */

const MAX_CALLS = 12;

/** Whether a condition holds in this call of its function, because of what the call has left out, or written down. Undefined: that does not settle it. */
export function holdsWithout({ value, place }: Located): boolean | undefined {
  if (!place.frame) return undefined;
  const at = target(value);
  if (at.kind === "operation") {
    const [left, right] = at.operands;
    if (at.operator === "!" && left) return opposite(holdsWithout({ value: left, place }));
    if (!left || !right || !/^[!=]==?$/u.test(at.operator)) return undefined;
    const [one, other] = [settledIn(left, place), settledIn(right, place)];
    if (!one || !other) return undefined;
    const isSame = one.value === other.value || (at.operator.length === 2 && isNothing(one.value) && isNothing(other.value));
    // What `==` makes of a number and a text is not told.
    if (!isSame && at.operator.length === 2 && typeof one.value !== typeof other.value) return undefined;
    return isSame === at.operator.startsWith("=");
  }
  if (at.kind === "choice" && (at.operator === "&&" || at.operator === "||")) {
    const parts = at.options.map((option) => holdsWithout({ value: option, place }));
    return at.operator === "||" ? any(parts) : all(parts);
  }
  const settled = at.kind === "literal" ? undefined : settledIn(value, place);
  return settled && Boolean(settled.value);
}

const isNothing = (value: unknown): boolean => value === undefined || value === null;

/**
 * What a value is in this call: a constant, also one that the call hands over, or nothing: `options.target`, where the
 * options are an object that is written in the call, and has no such entry.
 */
function settledIn(value: Value, place: Place): { readonly value: unknown } | undefined {
  let at: Located | undefined = { value: target(value), place };
  for (let calls = 0; at && calls < MAX_CALLS; calls++) {
    if (at.value.kind === "literal") return { value: at.value.value };
    const given = handed(at);
    if (given === "nothing") return { value: undefined };
    at = given;
  }
  return undefined;
}

function handed({ value, place }: Located): Located | "nothing" | undefined {
  const { frame } = place;
  if (!frame) return undefined;
  if (value.kind === "param") {
    const given = value.rest || frame.fn !== value.fn ? undefined : frame.args[value.index];
    return given && { value: target(given), place: frame.place };
  }
  const options = value.kind === "member" && value.property !== undefined ? target(value.object) : undefined;
  if (value.kind !== "member" || options?.kind !== "param" || options.rest || frame.fn !== options.fn) return undefined;
  const given = frame.args[options.index];
  // A variable may be given more entries before it is handed over.
  if (given?.kind !== "object") return undefined;
  const { entries } = given;
  if (entries.some(({ key, spread }) => spread ?? key === undefined)) return undefined;
  const written = entries.findLast(({ key }) => key === value.property);
  return written ? { value: target(written.value), place: frame.place } : "nothing";
}

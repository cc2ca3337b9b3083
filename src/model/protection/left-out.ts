import type { Value } from "../values/ir.ts";
import type { Located, Place } from "../values/trace.ts";
import { target } from "../values/values.ts";

/*
 * What a call leaves out of the options that it writes down is nothing in the function that it calls.
 */

const MAX_CALLS = 12;

/** Whether a condition holds in this call of its function, because of what the call has left out. Undefined: that does not settle it. */
export function holdsWithout({ value, place }: Located): boolean | undefined {
  if (!place.frame) return undefined;
  const at = target(value);
  if (at.kind === "operation") {
    const [left, right] = at.operands;
    if (at.operator === "!" && left) return inverse(holdsWithout({ value: left, place }));
    if (!left || !right || !/^[!=]==?$/u.test(at.operator)) return undefined;
    const compared = [left, right].some((side) => isLeftOut(side, place)) && [left, right].map(target).find(({ kind }) => kind === "literal");
    if (!compared || compared.kind !== "literal") return undefined;
    const isSame = compared.value === undefined || (compared.value === null && at.operator.length === 2);
    return isSame === at.operator.startsWith("=");
  }
  if (at.kind === "choice" && (at.operator === "&&" || at.operator === "||")) {
    const decisive = at.operator === "||";
    const parts = at.options.map((option) => holdsWithout({ value: option, place }));
    if (parts.includes(decisive)) return decisive;
    return parts.every((part) => part === !decisive) ? !decisive : undefined;
  }
  return isLeftOut(value, place) ? false : undefined;
}

const inverse = (holds: boolean | undefined): boolean | undefined => (holds === undefined ? undefined : !holds);

/** `options.target`, where the options are an object that is written in the call, and has no such entry. */
function isLeftOut(value: Value, place: Place): boolean {
  let at: Located = { value: target(value), place };
  for (let calls = 0; calls < MAX_CALLS; calls++) {
    const { value: member, place: inside } = at;
    const { frame } = inside;
    const options = member.kind === "member" && member.property !== undefined ? target(member.object) : undefined;
    if (member.kind !== "member" || options?.kind !== "param" || options.rest || frame?.fn !== options.fn) return false;
    const given = frame.args[options.index];
    // A variable may be given more entries before it is handed over.
    if (given?.kind !== "object") return false;
    const { entries } = given;
    if (entries.some(({ key, spread }) => spread ?? key === undefined)) return false;
    const written = entries.findLast(({ key }) => key === member.property);
    if (!written) return true;
    const handed = target(written.value);
    if (handed.kind === "literal") return handed.value === undefined;
    at = { value: handed, place: frame.place };
  }
  return false;
}

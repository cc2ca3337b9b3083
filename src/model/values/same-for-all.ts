import type { CallValue, ParamValue, Value } from "./ir.ts";
import type { Located, Place, Tracer } from "./trace.ts";

/** What the result of a call may hold: something of its arguments, or nothing that differs. */
export type Holds = "arguments" | "nothing";

const MAX_DEPTH = 8;

/**
 * Whether a value holds nothing that could be another one for another caller: constants, settings, and what is made of
 * them. What is not known may be.
 * @param holds what the result of a call holds; undefined: that is not known
 */
export function isSameForAll(tracer: Tracer, located: Located, holds?: (call: Located<CallValue>) => Holds | undefined, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  return tracer.alternatives(located).every(({ value, place }) => {
    const areSame = (parts: readonly Value[]): boolean => parts.every((part) => isSameForAll(tracer, { value: part, place }, holds, depth + 1));
    switch (value.kind) {
      case "literal":
      case "env":
      case "import":
      case "global":
        return true;
      case "template":
        return areSame(value.parts);
      case "array":
        return areSame(value.items);
      case "object":
        return areSame(value.entries.flatMap((entry) => (entry.computed ? [entry.computed, entry.value] : [entry.value])));
      case "operation":
        return areSame(value.operands);
      case "member":
        return areSame(value.key ? [value.object, value.key] : [value.object]);
      // A call that leaves it out has it be the same each time.
      case "param":
        return isLeftOut(value, place);
      case "call": {
        const of = holds?.({ value, place });
        return of === "nothing" || (of === "arguments" && areSame(value.args));
      }
      default:
        return false;
    }
  });
}

/** The call of the function that a place lies in hands over nothing for the parameter. */
function isLeftOut({ fn, index, rest }: ParamValue, { frame }: Place): boolean {
  return !rest && frame?.fn === fn && frame.args[index] === undefined && (frame.spreadAt === undefined || frame.spreadAt > index);
}

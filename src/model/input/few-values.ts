import type { FileModel } from "../file.ts";
import type { CallValue } from "../values/ir.ts";
import { keywordOf, propertiesOfType } from "../values/shapes.ts";
import type { Located, LocatedType } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { untrustedInput } from "./request-input.ts";

const MAX_DEPTH = 4;

/**
 * Whether an argument can only be one of several constants: the parameter, or each of its members, is declared so, and no part
 * of the request gets there unchecked. A declared type alone says nothing of what was cast to it.
 */
export function isOneOfFew(file: FileModel, argument: Located, type: LocatedType, call: Located<CallValue>, depth = 0): boolean {
  const at = target(argument.value);
  if (at.kind === "object" && depth < MAX_DEPTH) {
    const members = propertiesOfType(file.tracer, type);
    return at.entries.every(({ key, spread, value }) => {
      const member = spread || key === undefined ? undefined : members?.get(key);
      return member !== undefined && isOneOfFew(file, { value, place: argument.place }, member, call, depth + 1);
    });
  }
  const keyword = keywordOf(file.tracer, type);
  return (keyword === "literals" || keyword === "boolean") && untrustedInput(file, argument, call) === undefined;
}

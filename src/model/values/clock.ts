import type { CallValue } from "./ir.ts";
import { target } from "./values.ts";

/** The time of day, as the program asks for it: `Date.now()`, `new Date()`, `performance.now()`. */
export function isClock({ callee, args, isNew }: CallValue): boolean {
  const at = target(callee);
  const owner = at.kind === "member" ? target(at.object) : at;
  if (args.length > 0 || owner.kind !== "global") return false;
  return isNew ? owner.name === "Date" : at.kind === "member" && at.property === "now" && (owner.name === "Date" || owner.name === "performance");
}

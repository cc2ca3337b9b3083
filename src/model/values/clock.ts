import type { CallValue, Value } from "./ir.ts";
import { dependsOn } from "./reach.ts";
import { target } from "./values.ts";

/** The time of day, as the program asks for it: `Date.now()`, `new Date()`. */
export const isClock = (call: CallValue): boolean => clockOf(call) === "Date";

/** The time of day, or a time that runs: `performance.now()`. */
export const isAnyClock = (call: CallValue): boolean => clockOf(call) !== undefined;

/** Something is made of the time of day. */
export const isOfClock = (value: Value): boolean => dependsOn(value, (part) => part.kind === "call" && isClock(part));

function clockOf({ callee, args, isNew }: CallValue): "Date" | "performance" | undefined {
  const at = target(callee);
  const owner = at.kind === "member" ? target(at.object) : at;
  if (args.length > 0 || owner.kind !== "global") return undefined;
  if (isNew) return at.kind === "global" && owner.name === "Date" ? "Date" : undefined;
  if (at.kind !== "member" || at.property !== "now") return undefined;
  return owner.name === "Date" || owner.name === "performance" ? owner.name : undefined;
}

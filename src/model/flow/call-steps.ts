import type { CallValue, Step } from "../values/ir.ts";
import type { Place } from "../values/trace.ts";
import { target } from "../values/values.ts";
import type { Wait } from "./policy.ts";

/*
 * What the form of a call says of when what it runs is run.
 */

/** Whether a call is waited for. */
export function waitOf({ awaited, returned, dropped, caught }: Step & { op: "call" }, place: Place): Wait {
  if (caught) return { value: caught, place };
  return awaited || returned === "waited-for" ? "awaited" : dropped && "dropped";
}

const FOR_EACH = /^(?:map|forEach|flatMap|filter|find\w*|some|every|reduce|from|each)$/u;

/** `ids.map(load)`, `Array.from(ids, load)` */
export function runsForEach({ callee }: CallValue): boolean {
  const method = target(callee);
  return method.kind === "member" && FOR_EACH.test(method.property ?? "");
}

/** `check(token)` of `check(token).then(proceed, refuse)`: `proceed` runs once it has succeeded. */
export function settledBefore({ callee }: CallValue): CallValue | undefined {
  const method = target(callee);
  const promise = method.kind === "member" && method.property === "then" ? target(method.object) : undefined;
  return promise?.kind === "call" ? promise : undefined;
}

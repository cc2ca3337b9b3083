import type { Located, Tracer } from "./trace.ts";
import { target } from "./values.ts";

/**
 * What a callback makes of each element: the objects of `ids.map((id) => ({ … }))`, the lists of a `flatMap()`.
 * @returns undefined: the value is no such call, or its callback can't be read
 */
export function madeOfEach(tracer: Tracer, { value, place }: Located): readonly Located[] | undefined {
  const callee = value.kind === "call" && !value.isNew ? target(value.callee) : undefined;
  if (value.kind !== "call" || callee?.kind !== "member" || (callee.property !== "map" && callee.property !== "flatMap")) return undefined;
  const [callback] = value.args;
  const functions = callback ? tracer.functions({ value: callback, place }) : [];
  return functions.length === 0 ? undefined : functions.flatMap((made) => made.fn.returns.map((returned) => ({ value: returned, place: made.place })));
}

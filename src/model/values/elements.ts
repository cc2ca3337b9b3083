import type { Value } from "./ir.ts";
import type { Located, Tracer } from "./trace.ts";
import { target } from "./values.ts";

const MAKERS: ReadonlySet<string | undefined> = new Set(["map", "flatMap"]);

/**
 * What a value gives element by element: what stands in a list, and what a function makes of each element of one
 * (`ids.map((id) => ({ id }))`). Undefined: it is no such list, or its elements are not known.
 */
export function elementsOf(tracer: Tracer, { value, place }: Located): readonly Located[] | undefined {
  if (value.kind === "array") return value.items.map((item) => ({ value: item, place }));
  const makes = madeBy(value);
  if (!makes) return undefined;
  return tracer.functions({ value: makes, place }).flatMap((made) => made.fn.returns.map((returned) => ({ value: returned, place: made.place })));
}

function madeBy(value: Value): Value | undefined {
  const callee = value.kind === "call" && !value.isNew ? target(value.callee) : undefined;
  return value.kind === "call" && callee?.kind === "member" && MAKERS.has(callee.property) ? value.args[0] : undefined;
}

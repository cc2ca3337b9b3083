import type { CallValue, FunctionFacts, Value } from "./ir.ts";
import { restArguments, type Located, type Tracer } from "./trace.ts";
import { memberOf, target } from "./values.ts";

/*
 * Wrappers are often put together by a fold: `(...wrappers) => (handler) => wrappers.reduceRight((made, wrap) => wrap(made), handler)`.
 */

const QUESTION = {};
const MAX_CALLS = 12;

/** The calls that such a fold stands for, `first(second(handler))`. Undefined: it is none, or its list is not known. */
export function foldedCalls(tracer: Tracer, call: Located<CallValue>): Value | undefined {
  const callee = call.value.args.length === 2 ? target(call.value.callee) : undefined;
  if (callee?.kind !== "member" || (callee.property !== "reduce" && callee.property !== "reduceRight")) return undefined;
  return tracer.memo<Value | undefined>(QUESTION, call, undefined, () => fold(tracer, call, callee.object, callee.property === "reduceRight"));
}

function fold(tracer: Tracer, { value: { args }, place }: Located<CallValue>, list: Value, isFromRight: boolean): Value | undefined {
  const [step, start] = args;
  const functions = step ? tracer.functions({ value: step, place }) : [];
  if (!start || functions.length === 0 || !functions.every(({ fn }) => callsEach(fn))) return undefined;
  const count = lengthOf(tracer, { value: list, place });
  if (count === undefined || count > MAX_CALLS) return undefined;
  const places = Array.from({ length: count }, (_, index) => String(index));
  if (isFromRight) places.reverse();
  return places.reduce<Value>((made, name) => ({ kind: "call", callee: memberOf(list, name), args: [made], isNew: false }), start);
}

/** `(made, wrap) => wrap(made)` */
function callsEach(fn: FunctionFacts): boolean {
  const [only, ...others] = fn.returns;
  const call = only && target(only);
  const isParameter = (value: Value | undefined, index: number): boolean => {
    const at = value && target(value);
    return at?.kind === "param" && at.fn === fn && at.index === index;
  };
  return others.length === 0 && call?.kind === "call" && !call.isNew && call.args.length === 1 && isParameter(call.callee, 1) && isParameter(call.args[0], 0);
}

function lengthOf(tracer: Tracer, list: Located): number | undefined {
  const only = tracer.only(list);
  if (only?.value.kind === "array") return only.value.items.length;
  return only?.value.kind === "param" && only.value.rest ? restArguments(only.value, only.place)?.length : undefined;
}

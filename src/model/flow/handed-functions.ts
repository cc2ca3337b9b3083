import { MAX_LINKS } from "../values/chains.ts";
import type { FunctionFacts, Value } from "../values/ir.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** What stands for a parameter that is handed on: `storage.run(context, fn)` in a function that was given `fn`. */
export function handedIn(located: Located): Located {
  let at = located;
  for (let depth = 0; depth < MAX_LINKS; depth++) {
    const value = target(at.value);
    const { frame } = at.place;
    const given = value.kind === "param" && !value.rest && frame?.fn === value.fn ? frame.args[value.index] : undefined;
    if (!frame || !given) return at;
    at = { value: given, place: frame.place };
  }
  return at;
}

/** The functions that are written down as a value, or as entries of an object. */
export function inlineFunctions(value: Value, depth = 0): readonly FunctionFacts[] {
  if (value.kind === "function") return [value.fn];
  if (value.kind === "ref" && value.target.kind === "function") return [value.target.fn];
  if (depth > 2) return [];
  if (value.kind === "object") return value.entries.flatMap((entry) => inlineFunctions(entry.value, depth + 1));
  return [];
}

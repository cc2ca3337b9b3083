import type { CallValue, FunctionFacts, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";
import type { Guarded } from "./guarded.ts";

/*
 * What a call hands over, as far as a walk of a function's steps has to know.
 */

/** Parameters that are handed on. */
const MAX_LINKS = 12;
/** A longer list is like any other. */
const MAX_CONSTANTS = 12;

/** A call's state and constants; undefined where an argument may be a client, a function or a setting that matters. */
export function wayOf({ args }: CallValue, { some, every, caller }: Guarded, difference = ""): string | undefined {
  const parts = args.map((arg) => {
    const value = target(arg);
    if (value.kind === "literal") return `=${String(value.value)}`;
    if (value.kind === "object" && dependsOn(value, isTelling)) return undefined;
    // Roles, or methods, that are let in.
    if (value.kind === "array" && value.items.length <= MAX_CONSTANTS && value.items.every((item) => constantOf(item) !== undefined)) return `[${value.items.map((item) => constantOf(item)).join()}]`;
    // What is left out of options that are written in the call makes a difference to the function.
    if (value.kind === "object") return `${arg === value ? "" : "&"}{${value.entries.map(({ key, value: entry }) => `${key ?? "*"}${isNothing(entry) ? "?" : ""}`).join()}}`;
    const first = value.kind === "template" && value.parts[0] ? target(value.parts[0]) : undefined;
    if (first?.kind === "literal") return `^${String(first.value)}`;
    return dependsOn(value, isTelling) ? undefined : "";
  });
  return parts.includes(undefined) ? undefined : [some, every, caller, difference, ...parts].join("\0");
}

const isNothing = (value: Value): boolean => {
  const at = target(value);
  return at.kind === "literal" && at.value === undefined;
};

const isTelling = ({ kind }: Value): boolean => kind === "function" || kind === "import" || kind === "class" || kind === "env";

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

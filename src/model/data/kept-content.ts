import { ARRAY_METHODS_KEEPING_VALUE, STRING_METHODS_KEEPING_VALUE } from "../../sdk/passthrough.ts";
import type { CallValue } from "../values/ir.ts";
import { constantOf } from "../values/values.ts";

/** A regular expression for separators and nothing else: `\D`, `[^\d+]`, `[\s()-]`. */
const SEPARATORS = /^(?:\\[sDW]|\[\^(?:\\d|0-9)\+?\]|\[(?:\\s|[ ().+/-]|\\[.()/-])+\])[+*]?$/u;

/** Methods behind which a text, or the elements of a list, can still be read. */
export function keepsContent(method: string, { args }: CallValue): boolean {
  if (STRING_METHODS_KEEPING_VALUE.has(method) || ARRAY_METHODS_KEEPING_VALUE.has(method)) return true;
  if (method !== "replace" && method !== "replaceAll") return false;
  // What takes out blanks and dashes masks nothing.
  const [what, by] = args.map(constantOf);
  if (by !== "" || typeof what !== "string") return false;
  const [, pattern] = /^\/(.*)\/[a-z]*$/u.exec(what) ?? [];
  return pattern === undefined ? /^[\s().+/-]+$/u.test(what) : SEPARATORS.test(pattern);
}

import { ARRAY_METHODS_KEEPING_VALUE, STRING_METHODS_KEEPING_VALUE } from "../../sdk/passthrough.ts";
import type { CallValue, TemplateValue, Value } from "../values/ir.ts";
import { constantOf, target } from "../values/values.ts";
import { namesOf } from "./telling-names.ts";

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

/** What stands for something that is left out: dots, stars or bullets. */
const LEFT_OUT = /\.{2}|[…*•●]/u;
/** So many characters at an end tell one key from another, and no more. */
const MAX_SHOWN = 8;
const CUTS = /^(?:slice|substring|substr|at|charAt)$/u;
/** What is so short that its two ends are all of it. */
const SHORT = /otp|code|pin$/iu;

/** `${token.slice(0, 4)}...${token.slice(-4)}`: a few characters of it, and a mark for the rest. */
export function isMasked({ parts }: TemplateValue): boolean {
  const isMark = (part: Value): boolean => part.kind === "literal" && typeof part.value === "string" && LEFT_OUT.test(part.value);
  return parts.some(isMark) && parts.every((part) => part.kind === "literal" || isEnd(part));
}

/** A few characters of a text, at its beginning or its end. */
function isEnd(part: Value): boolean {
  const cut = target(part);
  const method = cut.kind === "call" ? target(cut.callee) : undefined;
  if (cut.kind !== "call" || method?.kind !== "member" || !CUTS.test(method.property ?? "")) return false;
  if (namesOf(method.object).some((name) => SHORT.test(name)) || target(method.object).kind === "call") return false;
  const [from = 0, to] = cut.args.map(numberOf);
  if (method.property === "at" || method.property === "charAt") return true;
  if (from === undefined || cut.args.length > 2) return false;
  if (from < 0) return method.property !== "substring" && -from <= MAX_SHOWN;
  return from === 0 && to !== undefined && to > 0 && to <= MAX_SHOWN;
}

/** `4` and `-4`; undefined: it is no constant. */
function numberOf(value: Value): number | undefined {
  const at = target(value);
  if (at.kind === "literal") return typeof at.value === "number" ? at.value : undefined;
  const [operand] = at.kind === "operation" && at.operator === "-" && at.operands.length === 1 ? at.operands : [];
  const number = operand && numberOf(operand);
  return number === undefined ? undefined : -number;
}

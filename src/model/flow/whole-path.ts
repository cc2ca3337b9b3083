import type { Value } from "../values/ir.ts";
import { constantOf, target } from "../values/values.ts";

/*
 * What is made of the path of a request, and is that path still where it is one of this route: all in lower case, without a
 * locale that this route does not begin with, or what stands before a question mark that no path has.
 */

const MAX_DEPTH = 6;
const MAX_OPTIONS = 4;
/** A locale in front, in a regular expression as it is written: `/^\/(en|de)(?=\/|$)/`. Of `[a-z]{2}` an end has to be asked for. */
const LOCALES = /^\/\^\\\/(?:\((?:\?:)?(?<words>[\w|-]{1,400})\)|(?<any>\(\[a-z\]\{2\}\)|\[a-z\]\{2\}))(?<end>\\\/|\\b|\((?:\?[:=])?(?:\\\/\|\$|\$\|\\\/)\))?\/[iu]{0,2}$/u;
const LAST_SLASH = /^\/(?:\\\/|\[\\?\/\])\+?\$\/u?$/u;

/** Paths of which `fixed` is known: all of them, or what stands before the first dynamic segment. */
export interface Route {
  readonly path: string;
  readonly fixed: string;
}

/**
 * @param isPathname tells the path of the request, as it was sent, from other values
 * @param decide settles a condition for this route
 */
export function isWholePath(route: Route, value: Value, isPathname: (value: Value) => boolean, decide: (test: Value) => boolean | undefined, depth = 0): boolean {
  if (isPathname(value)) return true;
  if (depth >= MAX_DEPTH) return false;
  const again = (part: Value | undefined): boolean => part !== undefined && isWholePath(route, part, isPathname, decide, depth + 1);
  const at = target(value);
  if (at.kind === "choice") {
    const [first, second] = at.options;
    if (at.operator === "&&" || at.options.length > MAX_OPTIONS) return false;
    // A path is no empty text.
    if (at.operator === "||" || at.operator === "??") return again(first);
    const isFirst = at.operator === "?:" && at.test ? decide(at.test) : undefined;
    return isFirst === undefined ? at.options.every(again) : again(isFirst ? first : second);
  }
  if (at.kind === "member") return at.property === "0" && again(splitAtEnd(at.object));
  const method = at.kind === "call" && !at.isNew ? target(at.callee) : undefined;
  if (at.kind !== "call" || method?.kind !== "member") return false;
  if (/^to(?:Locale)?LowerCase$/u.test(method.property ?? "")) return route.path === route.path.toLowerCase() && again(method.object);
  const [searched] = at.args;
  return method.property === "replace" && searched !== undefined && leavesPath(constantOf(searched) ?? "", route) && again(method.object);
}

/** `path` of `path.split("?")`: what begins a query or a fragment is in no path, so that the first part is all of it. */
function splitAtEnd(value: Value): Value | undefined {
  const at = target(value);
  const method = at.kind === "call" && !at.isNew ? target(at.callee) : undefined;
  if (at.kind !== "call" || method?.kind !== "member" || method.property !== "split") return undefined;
  const [separator] = at.args;
  return separator && /^[?#]$/u.test(constantOf(separator) ?? "") ? method.object : undefined;
}

/** What a regular expression finds stands in no path of the route. */
function leavesPath(expression: string, { path, fixed }: Route): boolean {
  if (LAST_SLASH.test(expression)) return !path.endsWith("/");
  const { words, any, end } = LOCALES.exec(expression)?.groups ?? {};
  const isStatic = path === fixed;
  const known = isStatic ? path : `${fixed}/`;
  if (words !== undefined) {
    const begins = (word: string): boolean => known.toLowerCase().startsWith(word) || (!isStatic && word.startsWith(known.toLowerCase()));
    return words.split("|").every((word) => word !== "" && !begins(`/${word.toLowerCase()}`));
  }
  return any !== undefined && end !== undefined && /^\/(?:[^/]|[^/]{3,})(?:\/|$)/u.test(known);
}

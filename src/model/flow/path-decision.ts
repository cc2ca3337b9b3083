import { matcherCovers } from "../../project/next-routes.ts";
import type { FlowPolicy } from "./flow.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { constantOf, target } from "../values/values.ts";

/** Tells the path of the request from other values. */
type IsPathname = (value: Value) => boolean;

/**
 * Settles comparisons of the request's path in a handler of one route; dynamic segments stay open.
 * @param route undefined: not known, so nothing is settled
 * @param asked told whenever a condition looks at the path
 */
export function decidedByRoute(route: string | undefined, asked: () => void): NonNullable<FlowPolicy["decide"]> {
  const decide = pathDecision(route ?? "", (value) => {
    const isPath = isRequestPath(value);
    if (isPath) asked();
    return isPath;
  });
  return (test) => {
    const decided = decide(test);
    return route === undefined ? undefined : decided;
  };
}

/** The same for a middleware, where what is called a path is that of the request. */
export function decidedInMiddleware(route: string, other?: Decide): NonNullable<FlowPolicy["decide"]> {
  return pathDecision(route, (value) => isRequestPath(value) || isCalledPath(value), other);
}

/** What settles a part of a condition that is no comparison of the path. */
export type Decide = (value: Value) => boolean | undefined;

function pathDecision(route: string, isPathname: IsPathname, other: Decide = () => undefined): NonNullable<FlowPolicy["decide"]> {
  const fixed = route.split(/\/(?=[[:$*])/u)[0] ?? route;
  const isStatic = fixed === route;
  const equals = (path: string | undefined): boolean | undefined => {
    if (path === undefined) return undefined;
    return isStatic ? path === route : path.startsWith(`${fixed}/`) ? undefined : false;
  };
  const decide = (value: Value): boolean | undefined => other(value) ?? ofPath(value);
  const ofPath = (value: Value): boolean | undefined => {
    const at = target(value);
    if (at.kind === "choice" && (at.operator === "&&" || at.operator === "||")) {
      const parts = at.options.map(decide);
      const settling = at.operator === "||";
      if (parts.includes(settling)) return settling;
      return parts.every((part) => part === !settling) ? !settling : undefined;
    }
    if (at.kind === "operation") {
      if (at.operator === "!") {
        const inner = at.operands[0] && decide(at.operands[0]);
        return inner === undefined ? undefined : !inner;
      }
      if (!/^[!=]==?$/u.test(at.operator) || !at.operands.some(isPathname)) return undefined;
      const constant = at.operands.map(pathOf).find((text) => text !== undefined);
      if (constant === undefined) return undefined;
      const equal = equals(constant);
      return equal === undefined ? undefined : at.operator.startsWith("=") ? equal : !equal;
    }
    if (at.kind === "call" && isRouteMatcher(target(at.callee))) return matches(target(at.callee) as CallValue, route);
    if (at.kind !== "call" || at.callee.kind !== "member") return undefined;
    const list = target(at.callee.object);
    if (list.kind === "array" && at.callee.property === "includes" && at.args[0] && isPathname(at.args[0])) {
      const found = list.items.map((item) => equals(pathOf(item)));
      return found.includes(true) ? true : found.every((equal) => equal === false) ? false : undefined;
    }
    if (!isPathname(at.callee.object)) return undefined;
    const constant = at.args[0] && pathOf(at.args[0]);
    if (constant === undefined) return undefined;
    switch (at.callee.property) {
      case "startsWith":
        return isStatic || constant.length <= fixed.length ? route.startsWith(constant) : fixed.startsWith(constant.slice(0, fixed.length)) ? undefined : false;
      case "endsWith":
        return isStatic ? route.endsWith(constant) : undefined;
      case "includes":
        return route.includes(constant) || (isStatic ? false : undefined);
      default:
        return undefined;
    }
  };
  return ({ value }) => decide(value);
}

/** `createRouteMatcher(["/dashboard(.*)"])` of Clerk: its patterns are read as those of a `matcher` are. */
function isRouteMatcher(value: Value): boolean {
  const callee = value.kind === "call" ? target(value.callee) : undefined;
  return callee?.kind === "import" && callee.name === "createRouteMatcher" && callee.source.startsWith("@clerk/");
}

function matches({ args: [list] }: CallValue, route: string): boolean | undefined {
  const patterns = list ? target(list) : undefined;
  const texts = patterns?.kind === "array" ? patterns.items.map(constantOf) : [];
  if (texts.length === 0 || texts.includes(undefined)) return undefined;
  const covers = matcherCovers(texts, route);
  return covers === "yes" ? true : covers === "no" ? false : undefined;
}

/** A constant path; SvelteKit's `base`, below which all of an app may stand, is left out. */
function pathOf(value: Value): string | undefined {
  const at = target(value);
  const [first, ...rest] = at.kind === "template" ? at.parts : [];
  const base = first && target(first);
  if (base?.kind !== "import" || base.source !== "$app/paths") return constantOf(value);
  const constants = rest.map(constantOf);
  return constants.every((part) => part !== undefined) ? constants.join("") : undefined;
}

function isCalledPath(value: Value): boolean {
  if (value.kind === "ref") return value.name === "pathname" || value.name === "path" || isCalledPath(value.target);
  return value.kind === "member" && (value.property === "pathname" || (value.property === "path" && value.object.kind !== "global"));
}

/** `request.nextUrl.pathname`, `new URL(request.url).pathname`. */
function isRequestPath(value: Value): boolean {
  const at = target(value);
  if (at.kind !== "member" || at.property !== "pathname") return false;
  const url = target(at.object);
  if (url.kind === "member") return url.property === "nextUrl";
  const [of] = url.kind === "call" && url.isNew ? url.args : [];
  const from = of && target(of);
  return from?.kind === "member" && from.property === "url" && target(from.object).kind === "param";
}

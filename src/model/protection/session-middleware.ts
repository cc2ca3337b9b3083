import { matcherCovers } from "../../project/next-routes.ts";
import type { CanonicalPath } from "../../sdk/canonical.ts";
import { decidedInMiddleware } from "../flow/path-decision.ts";
import { walk } from "../flow/flow.ts";
import type { CallValue, FunctionFacts, Value } from "../values/ir.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

/*
 * Middleware of Next.js that session libraries make, and that turns strangers away by a setting and not by code.
 */

/** What a library's callback is told of the caller. */
const CALLER = /^(?:auth|token|user|session)$/u;

/**
 * Whether a middleware of a session library lets only signed-in callers through to a route.
 * @returns false also for middleware of other kinds, which is read like any code
 */
export function admitsOnlySignedIn(tracer: Tracer, located: Located, route: string): boolean {
  return tracer.alternatives(located).some(({ value, place }) => {
    const call = value.kind === "call" ? value : undefined;
    const path = tracer.canonical({ value: call?.callee ?? value, place });
    if (path?.source === "next-auth/middleware") return byNextAuth(tracer, call, place, route);
    if (path && /^@clerk\/nextjs(?:\/server)?$/u.test(path.source) && path.path.join(".") === "authMiddleware") return call !== undefined && byClerk(tracer, call, place, route);
    if (path && isOfAuth0(path)) return call !== undefined && !mayBeOpenForAuth0(route);
    // `export default NextAuth(config).auth`: it asks the callback, where there is one.
    const made = madeByAuthJs(tracer, { value, place });
    return made !== undefined && (authorizes(tracer, made, place, route) ?? false);
  });
}

/** `NextAuth(config)` of `NextAuth(config).auth`, which turns away whom its configuration says, and nobody by itself. */
export function madeByAuthJs(tracer: Tracer, { value, place }: Located): CallValue | undefined {
  const made = value.kind === "member" && value.property === "auth" ? target(value.object) : undefined;
  return made?.kind === "call" && tracer.canonical({ value: made.callee, place })?.source === "next-auth" ? made : undefined;
}

/**
 * Auth0's middleware of version 3 and before: whoever has no session is sent to sign in, or answered 401 below `/api`, but for paths
 * that begin so.
 * Source: https://github.com/auth0/nextjs-auth0/blob/v3.5.0/src/helpers/with-middleware-auth-required.ts
 */
const OPEN_FOR_AUTH0 = ["/api/auth/login", "/api/auth/callback", "/api/auth/401", "/_next", "/favicon.ico"];

/** `withMiddlewareAuthRequired`: which of an app's paths it covers, its name does not tell. */
export function isOfAuth0({ source, path }: CanonicalPath): boolean {
  return /^@auth0\/nextjs-auth0(?:\/(?:edge|middleware))?$/u.test(source) && path.join(".") === "withMiddlewareAuthRequired";
}

/** Some path of the route may begin so. */
function mayBeOpenForAuth0(route: string): boolean {
  const [fixed = route, dynamic] = route.split(/(?<=\/)(?=[[:$*])/u);
  return OPEN_FOR_AUTH0.some((open) => route.startsWith(open) || (dynamic !== undefined && open.startsWith(fixed)));
}

/** By default there must be a token. Source: https://next-auth.js.org/configuration/nextjs#middleware */
function byNextAuth(tracer: Tracer, call: CallValue | undefined, place: Place, route: string): boolean {
  return (call && authorizes(tracer, call, place, route)) ?? true;
}

/** Whether the callback `authorized` turns strangers away; undefined where there is none. */
function authorizes(tracer: Tracer, call: CallValue, place: Place, route: string): boolean | undefined {
  const callbacks = call.args.flatMap((arg) => tracer.property({ value: arg, place }, "callbacks"));
  const functions = callbacks.flatMap((found) => tracer.property(found, "authorized")).flatMap((found) => tracer.functions(found));
  return functions.length === 0 ? undefined : functions.every((callee) => turnsStrangersAway(tracer, callee, route));
}

/** Every way that a stranger takes through the callback ends with what is no admission. */
function turnsStrangersAway(tracer: Tracer, callee: { readonly fn: FunctionFacts; readonly place: Place }, route: string): boolean {
  const decide = decidedInMiddleware(route, tracer, ofStranger);
  let admits = false;
  walk(tracer, callee, {
    call: () => "skip",
    decide,
    returned: (value) => {
      admits ||= isAdmission(value, decide);
      return undefined;
    },
  });
  return !admits;
}

/** `false`, and an answer of its own, refuse; what can't be told admits. */
function isAdmission({ value, place }: Located, decide: (test: Located) => boolean | undefined, depth = 0): boolean {
  const at = target(value);
  if (at.kind === "literal") return Boolean(at.value);
  const decided = decide({ value, place });
  if (decided !== undefined) return decided;
  const admits = (part: Value): boolean => isAdmission({ value: part, place }, decide, depth + 1);
  // `token ? true : false`
  if (at.kind === "choice" && at.operator === "?:" && at.test && depth < MAX_DEPTH) {
    const isSo = decide({ value: at.test, place });
    return at.options.filter((_, index) => isSo === undefined || isSo === (index === 0)).some(admits);
  }
  if (at.kind !== "call") return true;
  const callee = target(at.callee);
  const [only] = at.args;
  if (callee.kind === "global" && callee.name === "Boolean" && only && depth < MAX_DEPTH) return admits(only);
  if (callee.kind === "member") return !/^(?:redirect|json|rewrite)$/u.test(callee.property ?? "");
  return !at.isNew;
}

/** Ternaries within each other. */
const MAX_DEPTH = 4;

/** A condition on the caller, for one of whom nothing is known. */
function ofStranger(value: Value): boolean | undefined {
  const at = target(value);
  if (isCaller(at)) return false;
  if (at.kind !== "operation" || !/^[!=]==?$/u.test(at.operator)) return undefined;
  const [left, right] = at.operands;
  const caller = [left, right].find((side) => side && isCaller(target(side)));
  const other = caller === left ? right : left;
  if (!caller || !other) return undefined;
  const compared = target(other);
  if (compared.kind !== "literal") return undefined;
  const isEqual = compared.value === null || compared.value === undefined;
  return at.operator.startsWith("=") ? isEqual : !isEqual;
}

/** `auth`, `auth?.user`, `token`, as the callback is handed them. */
function isCaller(value: Value): boolean {
  let at = value;
  let isCallers = false;
  for (let links = 0; at.kind === "member" && links < 8; links++) {
    isCallers = at.property !== undefined && CALLER.test(at.property);
    at = target(at.object);
  }
  // The outermost member is the parameter's own.
  return isCallers && at.kind === "param" && at.index === 0;
}

/**
 * All routes but the public ones, unless the app decides by itself.
 * Source: https://clerk.com/docs/references/nextjs/auth-middleware
 */
function byClerk(tracer: Tracer, { args }: CallValue, place: Place, route: string): boolean {
  const [options] = args;
  if (!options) return true;
  const of = (name: string): readonly Located[] => tracer.property({ value: options, place }, name);
  if (of("afterAuth").length > 0) return false;
  return ![...of("publicRoutes"), ...of("ignoredRoutes")].some((list) => matchesRoute(tracer, list, route) !== false);
}

/** Whether one of Clerk's patterns is that of a route; undefined where it can't be told. */
function matchesRoute(tracer: Tracer, list: Located, route: string): boolean | undefined {
  const [found] = tracer.alternatives(list);
  const patterns = found?.value.kind === "array" ? found.value.items.map((item) => tracer.constant({ value: item, place: found.place }) ?? null) : (found && tracer.constant(found)) ?? null;
  const covers = matcherCovers(patterns, route);
  return covers === "unknown" ? undefined : covers === "yes";
}

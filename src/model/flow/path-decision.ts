import { matcherCovers } from "../../project/next-routes.ts";
import type { FlowPolicy } from "./policy.ts";
import { answerOf, ofCombination, isCombined } from "./answers.ts";
import { all, any, opposite } from "./three-valued.ts";
import type { CallValue, FunctionFacts, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import { boundArgument, type Located, type Place, type Tracer } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";
import { isWholePath } from "./whole-path.ts";

/** Tells the path of the request from other values. */
type IsPathname = (value: Value) => boolean;

/**
 * Settles comparisons of the request's path in a handler of one route; dynamic segments stay open.
 * @param route undefined: not known, so nothing is settled
 * @param asked told whenever a condition looks at the path
 */
export function decidedByRoute(route: string | undefined, tracer: Tracer, asked: () => void): NonNullable<FlowPolicy["decide"]> {
  const isPathname: IsPathname = (value) => {
    const isPath = isRequestPath(value);
    if (isPath) asked();
    return isPath;
  };
  const decide = pathDecision(route ?? "", isPathname, () => undefined, tracer);
  return (test) => {
    const decided = decide(test);
    return route === undefined ? undefined : decided;
  };
}

/** The same for a middleware, where what is called a path is that of the request, and its lists may stand in other files. */
export function decidedInMiddleware(route: string, tracer: Tracer, other: Decide = () => undefined): NonNullable<FlowPolicy["decide"]> {
  return pathDecision(route, (value) => isRequestPath(value) || isCalledPath(value), other, tracer);
}

/** The condition of a middleware may be another one for each path: by what it compares, or by what a function of the project answers. */
export function looksAtPath(tracer: Tracer, { value, place }: Located): boolean {
  return dependsOn(value, (part) => {
    if (isOfPath(part)) return true;
    if (part.kind !== "call") return false;
    return tracer.functions({ value: part.callee, place }).some(({ fn }) => fn.returns.some((answer) => dependsOn(answer, isOfPath)));
  });
}

/**
 * The parts of a condition that look at the path, and of which nothing is known.
 * @param decide what is known: where it settles the whole, no part is left open
 */
export function openParts(tracer: Tracer, { value, place }: Located, decide: NonNullable<FlowPolicy["decide"]>): readonly Value[] {
  if (decide({ value, place }) !== undefined) return [];
  const at = target(value);
  const isJoined = at.kind === "choice" && (at.operator === "&&" || at.operator === "||");
  const parts = isJoined ? at.options : at.kind === "operation" && at.operator === "!" ? at.operands : undefined;
  if (parts) return parts.flatMap((part) => openParts(tracer, { value: part, place }, decide));
  return looksAtPath(tracer, { value, place }) ? [value] : [];
}

/** What is left of a condition without the parts that are settled: `!session` of `pathname.startsWith("/admin") && !session`. */
export function unsettled({ value, place }: Located, decide: NonNullable<FlowPolicy["decide"]>): Value {
  const at = target(value);
  if (at.kind !== "choice" || (at.operator !== "&&" && at.operator !== "||")) return value;
  const left = at.options.filter((option) => decide({ value: option, place }) !== (at.operator === "&&"));
  const [only] = left;
  if (only && left.length === 1) return unsettled({ value: only, place }, decide);
  return left.length === 0 || left.length === at.options.length ? value : { ...at, options: left };
}

function isOfPath(part: Value): boolean {
  if (part.kind === "import") return part.name === "createRouteMatcher";
  return part.kind === "member" && /^(?:pathname|nextUrl|url|href)$/u.test(part.property ?? "");
}

/** What settles a part of a condition that is no comparison of the path. */
export type Decide = (value: Value) => boolean | undefined;

/** What the parameters of functions stand for that a list asks for each of its elements. */
type Given = ReadonlyMap<FunctionFacts, readonly Located[]>;

/** Where a part of a condition stands. */
interface At {
  readonly place: Place;
  readonly given: Given;
}

/** Functions that call one another. */
const MAX_CALLS = 4;
/** A segment that no path of a route leaves out: `[id]`, `:id`, `$id`, and not `[[...rest]]`, `[...rest]`, `:id?`, `*`. */
const REQUIRED = /^(?:\[[^[\].]+\]|:\w+|\$\w+)(?:\/|$)/u;

function pathDecision(route: string, isCalledPathname: IsPathname, other: Decide, tracer: Tracer): NonNullable<FlowPolicy["decide"]> {
  const [fixed = route, dynamic] = route.split(/\/(?=[[:$*])/u);
  const isStatic = dynamic === undefined;
  const isRequired = !isStatic && REQUIRED.test(dynamic);
  /** What each path of the route begins with. */
  const start = isRequired ? `${fixed}/` : fixed;
  const equals = (path: string | undefined): boolean | undefined => {
    if (path === undefined) return undefined;
    return isStatic ? path === route : path.startsWith(`${fixed}/`) || (path === fixed && !isRequired) ? undefined : false;
  };
  const decide = (value: Value, at: At): boolean | undefined => other(value) ?? ofPath(value, at);
  const isPathname = (value: Value, at: At): boolean => {
    const known = givenFor(value, at);
    if (known.value !== value) return isPathname(known.value, { place: known.place, given: at.given });
    // What stands for a parameter in it is asked for in its turn.
    const isPath = (part: Value): boolean => isCalledPathname(part) || (part !== value && givenFor(part, at).value !== part && isPathname(part, at));
    return isWholePath({ path: route, fixed }, value, isPath, (test) => decide(test, at));
  };
  const ofPath = (value: Value, where: At): boolean | undefined => {
    const at = target(value);
    if (isCombined(at)) return ofCombination(at, (part) => decide(part, where));
    if (at.kind === "operation") {
      if (!/^[!=]==?$/u.test(at.operator) || !at.operands.some((side) => isPathname(side, where))) return undefined;
      const constant = at.operands.map((side) => pathOf(side, where)).find((text) => text !== undefined);
      if (constant === undefined) return undefined;
      const equal = equals(constant);
      return at.operator.startsWith("=") ? equal : opposite(equal);
    }
    return at.kind === "call" ? ofCall(at, where) : undefined;
  };
  const ofCall = (call: CallValue, where: At): boolean | undefined => {
    const callee = target(call.callee);
    const matcher = routeMatcher(callee, where.place, tracer);
    if (matcher) return matches(matcher, route);
    if (callee.kind === "function" || callee.kind === "import") return ofFunction(call, callee, where);
    if (callee.kind !== "member") return undefined;
    const [given] = call.args;
    if (isPathname(callee.object, where)) return given && ofText(callee.property, pathOf(given, where));
    const list = given && listOf(callee.object, where);
    if (!list) return undefined;
    const { items, place } = list;
    if (callee.property === (list.isSet ? "has" : "includes")) return isPathname(given, where) ? any(items.map((item) => equals(pathOf(item, { ...where, place })))) : undefined;
    const asked = target(given);
    if (list.isSet || asked.kind !== "function" || where.given.has(asked.fn)) return undefined;
    const answers = (): readonly (boolean | undefined)[] =>
      items.map((item) => ofBody(asked.fn, { place: where.place, given: new Map(where.given).set(asked.fn, [{ value: item, place }]) }));
    // What is found is a path, and so it is something.
    if (callee.property === "some" || callee.property === "find") return any(answers());
    return callee.property === "every" ? all(answers()) : undefined;
  };
  /** What a function of the project answers, which is called with these arguments. */
  const ofFunction = (call: CallValue, callee: Value, { place, given }: At): boolean | undefined => {
    const located = { value: call, place };
    const [found, ...others] = tracer.functions({ value: callee, place });
    if (!found || others.length > 0 || nesting(place) >= MAX_CALLS) return undefined;
    return ofBody(found.fn, { place: tracer.inside(located, found), given });
  };
  /** What a function answers that does nothing but compare. */
  const ofBody = (fn: FunctionFacts, where: At): boolean | undefined => (fn.isAsync ? undefined : answerOf(fn.body, (test) => decide(test, where)));
  const ofText = (method: string | undefined, constant: string | undefined): boolean | undefined => {
    if (constant === undefined) return undefined;
    switch (method) {
      case "startsWith":
        return isStatic || constant.length <= start.length ? start.startsWith(constant) : start === constant.slice(0, start.length) ? undefined : false;
      case "endsWith":
        return isStatic ? route.endsWith(constant) : undefined;
      case "includes":
        return start.includes(constant) || (isStatic ? false : undefined);
      default:
        return undefined;
    }
  };
  /** A list, or a set, of what stands in the file, or in another one. */
  const listOf = (value: Value, where: At): { readonly items: readonly Value[]; readonly isSet: boolean; readonly place: Place } | undefined => {
    const given = givenFor(value, where);
    const at = target(given.value);
    const { value: known, place } = (at.kind === "import" && tracer.only({ value: at, place: given.place })) || { value: at, place: given.place };
    if (known.kind === "array") return { items: known.items, isSet: false, place };
    if (known.kind !== "call" || !known.isNew || !known.args[0]) return undefined;
    const made = target(known.callee);
    const items = target(known.args[0]);
    return made.kind === "global" && made.name === "Set" && items.kind === "array" ? { items: items.items, isSet: true, place } : undefined;
  };
  return ({ value, place }) => decide(value, { place, given: NOTHING_GIVEN });
}

const NOTHING_GIVEN: Given = new Map();

/** How many calls of functions a place is in. */
function nesting({ frame }: Place): number {
  let calls = 0;
  for (let at = frame; at; at = at.place.frame) calls++;
  return calls;
}

/** What stands for a parameter, where a list, or a call, hands it over. */
function givenFor(value: Value, { place, given }: At): Located {
  const at = target(value);
  const ofList = at.kind === "param" && !at.rest ? given.get(at.fn)?.[at.index] : undefined;
  return ofList ?? givenInCall(at, place) ?? { value, place };
}

function givenInCall(value: Value, place: Place): Located | undefined {
  return value.kind === "param" && !value.rest ? boundArgument(value.fn, value.index, place) : undefined;
}

/** `createRouteMatcher(["/dashboard(.*)"])` of Clerk, also of another file: its patterns are read as those of a `matcher` are. */
function routeMatcher(value: Value, place: Place, tracer: Tracer): CallValue | undefined {
  const known = value.kind === "import" ? (tracer.only({ value, place })?.value ?? value) : value;
  const callee = known.kind === "call" ? target(known.callee) : undefined;
  return known.kind === "call" && callee?.kind === "import" && callee.name === "createRouteMatcher" && callee.source.startsWith("@clerk/") ? known : undefined;
}

function matches({ args: [list] }: CallValue, route: string): boolean | undefined {
  const patterns = list ? target(list) : undefined;
  const texts = patterns?.kind === "array" ? patterns.items.map(constantOf) : [];
  if (texts.length === 0 || texts.includes(undefined)) return undefined;
  const covers = matcherCovers(texts, route);
  return covers === "yes" ? true : covers === "no" ? false : undefined;
}

/** A constant path; SvelteKit's `base`, below which all of an app may stand, is left out. */
function pathOf(value: Value, where: At): string | undefined {
  const known = givenFor(value, where);
  if (known.value !== value) return pathOf(known.value, { place: known.place, given: where.given });
  const at = target(value);
  if (at.kind !== "template") return constantOf(at);
  const [first] = at.parts;
  const base = first && target(first);
  const parts = base?.kind === "import" && base.source === "$app/paths" ? at.parts.slice(1) : at.parts;
  const constants = parts.map((part) => pathOf(part, where));
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

import { matcherCovers } from "../../project/next-routes.ts";
import type { FlowPolicy } from "./flow.ts";
import { all, any, opposite } from "./three-valued.ts";
import type { CallValue, FunctionFacts, Step, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
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

/** The same for a middleware, where what is called a path is that of the request, and its lists may stand in other files. */
export function decidedInMiddleware(route: string, tracer: Tracer, other?: Decide): NonNullable<FlowPolicy["decide"]> {
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

function isOfPath(part: Value): boolean {
  if (part.kind === "import") return part.name === "createRouteMatcher";
  return part.kind === "member" && /^(?:pathname|nextUrl|url|href)$/u.test(part.property ?? "");
}

/** What settles a part of a condition that is no comparison of the path. */
export type Decide = (value: Value) => boolean | undefined;

/** What the parameters of functions stand for that a condition calls. */
type Given = ReadonlyMap<FunctionFacts, readonly Value[]>;

/** Where a part of a condition stands. */
interface At {
  readonly place: Place;
  readonly given: Given;
}

/** Functions that call one another. */
const MAX_CALLS = 4;

function pathDecision(route: string, isCalledPathname: IsPathname, other: Decide = () => undefined, tracer?: Tracer): NonNullable<FlowPolicy["decide"]> {
  const fixed = route.split(/\/(?=[[:$*])/u)[0] ?? route;
  const isStatic = fixed === route;
  const equals = (path: string | undefined): boolean | undefined => {
    if (path === undefined) return undefined;
    return isStatic ? path === route : path.startsWith(`${fixed}/`) ? undefined : false;
  };
  const decide = (value: Value, at: At): boolean | undefined => other(value) ?? ofPath(value, at);
  const isPathname = (value: Value, { given }: At): boolean => isCalledPathname(givenFor(value, given));
  const ofPath = (value: Value, where: At): boolean | undefined => {
    const at = target(value);
    if (at.kind === "choice" && (at.operator === "&&" || at.operator === "||")) {
      const parts = at.options.map((option) => decide(option, where));
      return at.operator === "||" ? any(parts) : all(parts);
    }
    if (at.kind === "operation") {
      if (at.operator === "!") {
        return opposite(at.operands[0] && decide(at.operands[0], where));
      }
      if (!/^[!=]==?$/u.test(at.operator) || !at.operands.some((side) => isPathname(side, where))) return undefined;
      const constant = at.operands.map((side) => pathOf(side, where.given)).find((text) => text !== undefined);
      if (constant === undefined) return undefined;
      const equal = equals(constant);
      return at.operator.startsWith("=") ? equal : opposite(equal);
    }
    return at.kind === "call" ? ofCall(at, where) : undefined;
  };
  const ofCall = (call: CallValue, where: At): boolean | undefined => {
    const callee = target(call.callee);
    if (isRouteMatcher(callee)) return matches(callee as CallValue, route);
    if (callee.kind === "function") return answerOf(callee.fn, call.args, where);
    if (callee.kind !== "member") return undefined;
    const [given] = call.args;
    if (isPathname(callee.object, where)) return given && ofText(callee.property, pathOf(given, where.given));
    const list = given && listOf(callee.object, where.place);
    if (!list) return undefined;
    if (callee.property === (list.isSet ? "has" : "includes")) return isPathname(given, where) ? any(list.items.map((item) => equals(pathOf(item, where.given)))) : undefined;
    const asked = target(given);
    if (list.isSet || asked.kind !== "function") return undefined;
    const answers = (): readonly (boolean | undefined)[] => list.items.map((item) => answerOf(asked.fn, [item], where));
    // What is found is a path, and so it is something.
    if (callee.property === "some" || callee.property === "find") return any(answers());
    return callee.property === "every" ? all(answers()) : undefined;
  };
  /** What a function answers that does nothing but compare. */
  const answerOf = (fn: FunctionFacts, args: readonly Value[], { place, given }: At): boolean | undefined => {
    const [answer, ...others] = fn.returns;
    if (!answer || others.length > 0 || fn.isAsync || given.has(fn) || given.size >= MAX_CALLS) return undefined;
    if (!fn.body.every((step) => step.op === "return" || onlyCalls(step))) return undefined;
    return decide(answer, { place, given: new Map(given).set(fn, args.map((arg) => givenFor(arg, given))) });
  };
  const ofText = (method: string | undefined, constant: string | undefined): boolean | undefined => {
    if (constant === undefined) return undefined;
    switch (method) {
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
  /** A list, or a set, of what stands in the file, or in another one. */
  const listOf = (value: Value, place: Place): { readonly items: readonly Value[]; readonly isSet: boolean } | undefined => {
    const at = target(value);
    const known = at.kind === "import" ? target(tracer?.only({ value: at, place })?.value ?? at) : at;
    if (known.kind === "array") return { items: known.items, isSet: false };
    if (known.kind !== "call" || !known.isNew || !known.args[0]) return undefined;
    const made = target(known.callee);
    const items = target(known.args[0]);
    return made.kind === "global" && made.name === "Set" && items.kind === "array" ? { items: items.items, isSet: true } : undefined;
  };
  return ({ value, place }) => decide(value, { place, given: NOTHING_GIVEN });
}

/** Calls, also in the parts of `a || b()`. */
const onlyCalls = (step: Step): boolean => step.op === "call" || step.op === "set" || (step.op === "if" && [...step.then, ...step.else].every(onlyCalls));

const NOTHING_GIVEN: Given = new Map();

/** What stands for a parameter, where a condition has called its function. */
function givenFor(value: Value, given: Given): Value {
  const at = target(value);
  return (at.kind === "param" && !at.rest ? given.get(at.fn)?.[at.index] : undefined) ?? value;
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
function pathOf(value: Value, given: Given): string | undefined {
  const at = target(givenFor(value, given));
  if (at.kind !== "template") return constantOf(at);
  const [first] = at.parts;
  const base = first && target(first);
  const parts = base?.kind === "import" && base.source === "$app/paths" ? at.parts.slice(1) : at.parts;
  const constants = parts.map((part) => constantOf(givenFor(part, given)));
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

import type { CanonicalPath } from "../../sdk/canonical.ts";
import type { CallValue, FunctionFacts, Value } from "../values/ir.ts";
import { stepsIn } from "../values/lower.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { isNothing, target } from "../values/values.ts";

/*
 * Functions that space out the app's own requests: whoever calls the app waits a little longer, and is never refused.
 */

/** They look at the time, let it pass, and count. */
const HARMLESS = new Set(["Date", "Math", "performance", "console", "Promise", "Number", "Array", "Map", "Set", "setTimeout", "clearTimeout", "setImmediate", "queueMicrotask"]);
/** Methods of lists and maps, which functions keep their callers in. */
const KEEPS = /^(?:push|pop|shift|unshift|splice|slice|filter|map|reduce|some|every|find|findIndex|forEach|at|includes|get|set|has|delete|add|clear|keys|values|entries)$/u;
const MAX_DEPTH = 4;

/** What a reading of such a function has met. */
interface Met {
  /** It lets time pass. */
  pauses: boolean;
  /** It sends a request to somebody else. */
  sends: boolean;
}

/**
 * A call of the project's functions that does nothing but wait, by bodies that can be read, and knows nothing of who calls:
 * `await throttle()`, `withLimit(() => fetch(url))`, `throttledFetch(url)`. A function of which this can't be told may refuse.
 */
export function onlyWaits(tracer: Tracer, { value, place }: Located<CallValue>): boolean {
  const callee = { value: value.callee, place };
  const met: Met = { pauses: false, sends: false };
  if (value.spreadAt !== undefined || !areWaiting(tracer, callee, MAX_DEPTH, met) || (met.sends && !met.pauses)) return false;
  const functions = tracer.functions(callee);
  if (!functions.every(({ fn, place: at }) => fn.returns.every((returned) => tellsNothing(tracer, { value: returned, place: at })))) return false;
  const isPlain = (arg: Value): boolean => target(arg).kind === "function" || tracer.constant({ value: arg, place }) !== undefined;
  return value.args.every(isPlain) || (met.sends && functions.every(({ fn, place: at }) => onlySends(tracer, fn, at)));
}

/** Each of the functions that this may be. */
function areWaiting(tracer: Tracer, callee: Located, left: number, met: Met): boolean {
  const alternatives = tracer.alternatives(callee);
  return left > 0 && alternatives.every(({ value, place }) => value.kind === "function" && isWaiting(tracer, value.fn, place, left, met));
}

function isWaiting(tracer: Tracer, fn: FunctionFacts, place: Place, left: number, met: Met): boolean {
  const mayCall = (call: CallValue): boolean => {
    const callee = target(call.callee);
    // The first function that a promise hands to its maker settles it well; the second one refuses.
    if (callee.kind === "param") return callee.index === 0;
    // `queue.shift()()`: who has waited is let go on.
    if (callee.kind === "call") return isKept(tracer, { value: callee, place });
    const given = call.args.map(target).filter((arg) => arg.kind === "function");
    if (left === 0 || !given.every((arg) => isWaiting(tracer, arg.fn, place, left - 1, met))) return false;
    const path = tracer.canonical({ value: call.callee, place });
    if (!path) return isKept(tracer, { value: call, place }) || areWaiting(tracer, { value: call.callee, place }, left - 1, met);
    met.sends ||= isFetch(path);
    met.pauses ||= call.isNew && path.path.join(".") === "Promise";
    return isFetch(path) || (path.source === "global" && HARMLESS.has(path.path[0] ?? "") && path.path.at(-1) !== "reject");
  };
  for (const step of stepsIn(fn.body)) if (step.op === "throw" || (step.op === "call" && !mayCall(step.call))) return false;
  return true;
}

const isFetch = ({ source, path }: CanonicalPath): boolean => source === "global" && path.join(".") === "fetch";

/** What the function is handed goes into the request that it sends, and decides nothing before. */
function onlySends(tracer: Tracer, fn: FunctionFacts, place: Place): boolean {
  const isHanded = (value: Value): boolean => dependsOn(value, (part) => part.kind === "param" && part.fn === fn);
  for (const step of stepsIn(fn.body)) {
    if (step.op === "if" && isHanded(step.test)) return false;
    if (step.op !== "call" || !isHanded(step.call)) continue;
    const path = tracer.canonical({ value: step.call.callee, place });
    if (!path || !isFetch(path)) return false;
  }
  return true;
}

/** A method of a list or a map of the module's own. */
function isKept(tracer: Tracer, { value, place }: Located<CallValue>): boolean {
  const callee = target(value.callee);
  return callee.kind === "member" && KEEPS.test(callee.property ?? "") && tracer.canonical({ value: callee, place }) === undefined && target(callee.object).kind !== "param";
}

/** Nothing comes back, or what was waited for. */
function tellsNothing(tracer: Tracer, { value, place }: Located): boolean {
  const at = target(value);
  if (at.kind === "await") return tellsNothing(tracer, { value: at.value, place });
  if (at.kind !== "call") return isNothing(at);
  const path = tracer.canonical({ value: at.callee, place });
  return at.isNew || target(at.callee).kind === "param" || (path !== undefined && isFetch(path));
}

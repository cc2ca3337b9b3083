import type { CallValue, FunctionFacts, Value } from "../values/ir.ts";
import { stepsIn } from "../values/lower.ts";
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

/**
 * A call of the project's functions that does nothing but wait, by bodies that can be read, and knows nothing of who calls:
 * `await throttle()`, `withLimit(() => fetch(url))`. A function of which this can't be told may refuse.
 */
export function onlyWaits(tracer: Tracer, { value, place }: Located<CallValue>): boolean {
  const isPlain = (arg: Value): boolean => target(arg).kind === "function" || tracer.constant({ value: arg, place }) !== undefined;
  if (value.spreadAt !== undefined || !value.args.every(isPlain)) return false;
  const callee = { value: value.callee, place };
  return areWaiting(tracer, callee, MAX_DEPTH) && tracer.functions(callee).every(({ fn }) => fn.returns.every(tellsNothing));
}

/** Each of the functions that this may be. */
function areWaiting(tracer: Tracer, callee: Located, left: number): boolean {
  const alternatives = tracer.alternatives(callee);
  return left > 0 && alternatives.every(({ value, place }) => value.kind === "function" && isWaiting(tracer, value.fn, place, left));
}

function isWaiting(tracer: Tracer, fn: FunctionFacts, place: Place, left: number): boolean {
  const mayCall = (call: CallValue): boolean => {
    const callee = target(call.callee);
    // The first function that a promise hands to its maker settles it well; the second one refuses.
    if (callee.kind === "param") return callee.index === 0;
    // `queue.shift()()`: who has waited is let go on.
    if (callee.kind === "call") return isKept(tracer, { value: callee, place });
    const given = call.args.map(target).filter((arg) => arg.kind === "function");
    if (left === 0 || !given.every((arg) => isWaiting(tracer, arg.fn, place, left - 1))) return false;
    const path = tracer.canonical({ value: call.callee, place });
    if (path) return path.source === "global" && HARMLESS.has(path.path[0] ?? "") && path.path.at(-1) !== "reject";
    return isKept(tracer, { value: call, place }) || areWaiting(tracer, { value: call.callee, place }, left - 1);
  };
  for (const step of stepsIn(fn.body)) if (step.op === "throw" || (step.op === "call" && !mayCall(step.call))) return false;
  return true;
}

/** A method of a list or a map of the module's own. */
function isKept(tracer: Tracer, { value, place }: Located<CallValue>): boolean {
  const callee = target(value.callee);
  return callee.kind === "member" && KEEPS.test(callee.property ?? "") && tracer.canonical({ value: callee, place }) === undefined && target(callee.object).kind !== "param";
}

/** Nothing comes back, or what was waited for. */
function tellsNothing(returned: Value): boolean {
  const at = target(returned);
  if (at.kind === "await") return tellsNothing(at.value);
  return isNothing(at) || (at.kind === "call" && (at.isNew || target(at.callee).kind === "param"));
}

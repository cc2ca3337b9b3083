import { beginning, MEMBERS } from "../values/chains.ts";
import type { CallValue, FunctionFacts, Step, Value } from "../values/ir.ts";
import { stepsIn } from "../values/lower.ts";
import { partsOf } from "../values/reach.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { onlySetsUpConnection } from "./connection-settings.ts";
import { transactionOf } from "./ways.ts";

/*
 * A transaction stands for what its function asks of the client that it is handed, for that is often seen nowhere else. Where it asks
 * for nothing, there is no more than the beginning and the end of a transaction; what else the function does counts where it does it.
 */

/** Functions that hand the client on to each other. */
const MAX_DEPTH = 3;
const MAX_PARTS = 2000;

/**
 * `$transaction(async (tx) => { await tx.$executeRaw`SELECT set_config(…)`; keep(tx); return run(); })`: nothing is asked of the client
 * that looks at a table, also by functions of the project that it is handed to. What keeps it for later asks it for nothing yet.
 * False: something is asked, or may be.
 */
export function onlyBeginsTransaction(tracer: Tracer, { value, place }: Located<CallValue>): boolean {
  const [arg] = value.args;
  const given = arg && target(arg);
  return given?.kind === "function" && transactionOf(value) !== undefined && !asks(tracer, given.fn, { index: 0, place }, 0);
}

interface Handed {
  /** Which parameter the client is. */
  readonly index: number;
  readonly place: Place;
}

function asks(tracer: Tracer, fn: FunctionFacts, { index, place }: Handed, depth: number): boolean {
  if (depth > MAX_DEPTH) return true;
  const isClient = (value: Value): boolean => {
    const at = target(value);
    return at.kind === "param" && at.fn === fn && at.index === index;
  };
  const seen = new Set<Value>();
  const stack: Value[] = valuesIn(fn.body, isClient);
  for (let part = stack.pop(); part; part = stack.pop()) {
    if (seen.has(part)) continue;
    if (isClient(part) || seen.size > MAX_PARTS) return true;
    seen.add(part);
    if (part.kind === "function") stack.push(...valuesIn(part.fn.body, isClient));
    else if (part.kind !== "call") stack.push(...partsOf(part));
    else if (isClient(beginning(part.callee, MEMBERS)) && onlySetsUpConnection(tracer, { value: part, place })) stack.push(...part.args);
    else {
      stack.push(part.callee);
      for (const [at, arg] of part.args.entries()) {
        if (!isClient(arg)) stack.push(arg);
        else if (asksHanded(tracer, { value: part, place }, at, depth)) return true;
      }
    }
  }
  return false;
}

/** Some function that a call hands the client to asks it for something, or can't be read. */
function asksHanded(tracer: Tracer, call: Located<CallValue>, index: number, depth: number): boolean {
  const all = tracer.alternatives({ value: call.value.callee, place: call.place });
  if (call.value.spreadAt !== undefined) return true;
  return all.some(({ value, place }) => value.kind !== "function" || asks(tracer, value.fn, { index, place: tracer.inside(call, { fn: value.fn, place }) }, depth + 1));
}

/** What steps look at, and what they call. What they set to the client alone is kept. */
function valuesIn(steps: readonly Step[], isClient: (value: Value) => boolean): Value[] {
  return [...stepsIn(steps)].flatMap((step): readonly Value[] => {
    switch (step.op) {
      case "call":
        return [step.call];
      case "set":
        return isClient(step.value) ? [] : [step.value];
      case "assert":
      case "throw":
        return [step.value];
      case "return":
        return step.value ? [step.value] : [];
      case "if":
        return [step.test];
      case "loop":
        return step.test ? [step.test] : [];
      case "switch":
        return [step.discriminant];
      default:
        return [];
    }
  });
}

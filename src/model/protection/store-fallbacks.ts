import { Account, type Met } from "./account.ts";
import { classifyEnvName } from "../../sdk/env-names.ts";
import { exits } from "../flow/flow.ts";
import type { CallValue, FunctionFacts, Step, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { isEmpty, isNothing, target } from "../values/values.ts";

/*
 * Files in the place of a store: what a developer's machine, which has no credentials of Upstash, keeps its data in. The app that others
 * can call has the store.
 */

/** The calls of functions that run only where the variables of a store are not set, by the functions' bodies. */
const known = new WeakMap<Tracer, WeakMap<readonly Step[], ReadonlySet<CallValue>>>();

/**
 * Whether a call runs only where no variable with the store's address or token is set: behind `if (!process.env.KV_REST_API_URL)`, or where
 * a helper has made no client for the lack of it. False: with a store, too, or that can't be told.
 * @param body the function that the call stands in
 */
export function isWithoutStore(tracer: Tracer, { value, place }: Located<CallValue>, body: readonly Step[]): boolean {
  const ofTracer = known.get(tracer) ?? new WeakMap<readonly Step[], ReadonlySet<CallValue>>();
  known.set(tracer, ofTracer);
  let calls = ofTracer.get(body);
  if (!calls) {
    calls = new Set(callsWithout(tracer, body, { module: place.module }));
    ofTracer.set(body, calls);
  }
  return calls.has(value);
}

function* callsWithout(tracer: Tracer, steps: readonly Step[], place: Place): Generator<CallValue> {
  for (const [index, step] of steps.entries()) {
    if (step.op === "try") for (const part of [step.block, step.handler ?? [], step.finalizer]) yield* callsWithout(tracer, part, place);
    if (step.op === "loop") yield* callsWithout(tracer, step.body, place);
    if (step.op !== "if") continue;
    const without = sidesWithout({ value: step.test, place }, tracer);
    yield* without.then ? callsIn(step.then) : callsWithout(tracer, step.then, place);
    yield* without.else ? callsIn(step.else) : callsWithout(tracer, step.else, place);
    if ((without.then && exits(step.else)) || (without.else && exits(step.then))) yield* callsIn(steps.slice(index + 1));
  }
}

/** Which sides of a condition are taken only where there is no store. */
interface Without {
  readonly then: boolean;
  readonly else: boolean;
}

const NEITHER: Without = { then: false, else: false };

function sidesWithout({ value, place }: Located, tracer: Tracer): Without {
  const at = target(value);
  if (at.kind === "choice" && (at.operator === "&&" || at.operator === "||")) {
    const parts = at.options.map((option) => sidesWithout({ value: option, place }, tracer));
    const [some, all] = at.operator === "&&" ? (["then", "else"] as const) : (["else", "then"] as const);
    const found = { [some]: parts.some((part) => part[some]), [all]: parts.every((part) => part[all]) };
    return { then: found.then ?? false, else: found.else ?? false };
  }
  if (at.kind === "operation") {
    const [operand, ...others] = at.operands.filter((part) => !isNothing(part));
    if (!operand || others.length > 0 || !/^(?:!|[!=]==?)$/u.test(at.operator)) return NEITHER;
    const asked = sidesWithout({ value: operand, place }, tracer);
    // `client === null`: the other way about.
    return at.operator === "!" || at.operator.startsWith("=") ? { then: asked.else, else: asked.then } : asked;
  }
  return { then: false, else: isOfStore({ value: at, place }, tracer) };
}

/** The value is there wherever there is a store: a variable of it, or a client that a helper makes of those. */
function isOfStore({ value, place }: Located, tracer: Tracer): boolean {
  const at = trimmed(value);
  if (at.kind === "env") return at.name !== undefined && namesStore(at.name);
  // What makes a client is handed nothing.
  const makers = at.kind === "call" && at.args.length === 0 ? tracer.functions({ value: at.callee, place }) : [];
  return makers.length > 0 && makers.every(({ fn, place: inside }) => isMissingWithout(fn, { module: inside.module }, tracer));
}

/** `if (!url || !token) return null;`, and nowhere else does the function give back nothing. */
function isMissingWithout({ body, returns }: FunctionFacts, place: Place, tracer: Tracer): boolean {
  if (returns.filter((value) => isEmpty(target(value))).length !== 1) return false;
  return body.some((step) => {
    if (step.op !== "if") return false;
    const without = sidesWithout({ value: step.test, place }, tracer);
    const last = (without.then ? step.then : without.else ? step.else : []).at(-1);
    return last?.op === "return" && (last.value === undefined || isEmpty(last.value));
  });
}

/** `process.env.UPSTASH_REDIS_REST_URL?.trim()` */
function trimmed(value: Value): Value {
  const callee = value.kind === "call" ? target(value.callee) : undefined;
  return callee?.kind === "member" && callee.property === "trim" ? target(callee.object) : value;
}

/** The address of a store, or what opens it. */
function namesStore(name: string): boolean {
  const found = classifyEnvName(name);
  return found?.product === "redis" && found.publicPrefix === undefined;
}

/** What a function does, without the files that it changes. */
export function withoutFiles(account: Account): Account {
  const isKept = ({ kind }: Met): boolean => kind !== "file-system";
  const { works, beforeGuard } = account;
  return Object.assign(new Account(), account, { works: works.filter(isKept), beforeGuard: works.slice(0, beforeGuard).filter(isKept).length });
}

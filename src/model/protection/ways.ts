import type { CallValue, Step } from "../values/ir.ts";
import { beginning, MEMBERS } from "../values/chains.ts";
import { callsIn, stepsIn } from "../values/lower.ts";
import { target } from "../values/values.ts";
import { lastName } from "./caller-checks.ts";

/*
 * Which ways through the steps of a function come to a call, and which pass it by.
 */

/** Every call, also in functions that are handed over. */
export function* allCallsIn(steps: readonly Step[], depth = 0): Generator<CallValue> {
  for (const call of callsIn(steps)) {
    yield call;
    if (depth > MAX_NESTING) continue;
    for (const arg of call.args) {
      const at = target(arg);
      if (at.kind === "function") yield* allCallsIn(at.fn.body, depth + 1);
    }
  }
}

const MAX_NESTING = 3;

/** Steps without those that are done where something has failed. */
export function withoutFailures(steps: readonly Step[]): readonly Step[] {
  return steps.map((step) => (step.op === "try" ? { ...step, block: withoutFailures(step.block), handler: undefined } : step));
}

/** What a transaction does: `$transaction(async (tx) => { … })`. */
export function transactionOf(call: CallValue): readonly Step[] | undefined {
  if (!/^\$?transaction$/u.test(lastName(call.callee) ?? "")) return undefined;
  const [arg] = call.args;
  const at = arg && target(arg);
  return at?.kind === "function" ? at.fn.body : undefined;
}

const CHANGES = /^(?:create|update|upsert|delete)(?:Many)?(?:AndReturn)?$|^\$executeRaw(?:Unsafe)?$/u;

/**
 * `$transaction(async (tx) => { await tx.note.create(…); })`: what is asked of the function's own client changes something.
 * @param changesNothing tells of a call that looks like a change that it is none
 */
export function changesInTransaction(call: CallValue, changesNothing: (inner: CallValue) => boolean): boolean {
  const [arg] = call.args;
  const given = arg && target(arg);
  const body = transactionOf(call);
  if (given?.kind !== "function" || !body) return false;
  for (const inner of allCallsIn(body)) {
    const at = target(inner.callee);
    const client = at.kind === "member" && CHANGES.test(at.property ?? "") ? beginning(at.object, MEMBERS) : undefined;
    if (client?.kind === "param" && client.fn === given.fn && client.index === 0 && !changesNothing(inner)) return true;
  }
  return false;
}

/** No way through the steps passes a call by, other than one that `leaves` is not asked about: where something fails. */
export function isOnEachWay(steps: readonly Step[], call: CallValue, isLeft: (step: Step) => boolean): boolean {
  for (const step of steps) {
    if (step.op === "call" && step.call === call) return true;
    const inside = step.op === "call" && step.awaited ? transactionOf(step.call) : undefined;
    if (inside && isOnEachWay(inside, call, isReturn)) return true;
    if (step.op === "try" && isOnEachWay(step.block, call, isLeft)) return true;
    for (const part of stepsIn([step])) if (isLeft(part)) return false;
  }
  return false;
}

const isReturn = ({ op }: Step): boolean => op === "return";
/** A step by which a part of a function is left. */
export const isJump = ({ op }: Step): boolean => op === "return" || op === "jump" || op === "throw";

/** What gives something back, other than by ways that are let pass. */
export function hasReturn(steps: readonly Step[], passes: (step: Step) => boolean): boolean {
  for (const step of stepsIn(steps)) if (isReturn(step) && !passes(step)) return true;
  return false;
}

/** `return null`, `return false`, `return` */
export function isNothingReturned(step: Step): boolean {
  const value = step.op === "return" && step.value ? target(step.value) : undefined;
  return !value || (value.kind === "literal" && !value.value);
}


import { exits } from "../flow/flow.ts";
import type { Branches, OncePart } from "../flow/policy.ts";
import type { Clients } from "../clients/clients.ts";
import type { CallValue, Step, Value } from "../values/ir.ts";
import { isClock, isOfClock } from "../values/clock.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { constantKey } from "./kept-answers.ts";

/*
 * A time that is kept in Redis under a key which is the same for all. What is done only where enough time has passed since, and
 * after the time was kept anew, is done once in that time, however often it is asked for.
 */

/** Sums and differences in each other. */
const MAX_SUMS = 4;
/** What is computed on the way, or logged. */
const IDLE = /^(?:Date|Math|Number|String|JSON|console|performance)$/u;

interface Where {
  readonly tracer: Tracer;
  readonly clients: Clients;
}

/** What follows the condition is done once in a time; undefined: it turns nobody away who comes too soon, or the time is not kept first. */
export function coolsDown(where: Where, test: Located, branches: Branches): OncePart | undefined {
  const { then, otherwise, isPart } = branches;
  const compared = target(test.value);
  // By its form first: this is asked of each condition.
  if (isPart || otherwise.length > 0 || compared.kind !== "operation" || !/^[<>]=?$/u.test(compared.operator) || !exits(then)) return undefined;
  if (!isOfClock(test.value) || isOpen(where, test)) return undefined;
  const [left, right] = compared.operands;
  if (!left || !right) return undefined;
  const inLeft = keyReadIn(where, { value: left, place: test.place });
  const key = inLeft ?? keyReadIn(where, { value: right, place: test.place });
  if (key === undefined) return undefined;
  const isTakenAway = isSubtracted(where, { value: inLeft === undefined ? right : left, place: test.place }, 0);
  // It holds where the time is late: `now - last < pause`, `last + pause > now`.
  const grows = (inLeft === undefined) === isTakenAway;
  return grows === compared.operator.startsWith(">") && keepsFirst(where, branches.rest(), test.place, key) ? "rest" : undefined;
}

/** The key under which a value was read that something is made of, by a function of the project too. */
function keyReadIn({ tracer, clients }: Where, { value, place }: Located): string | undefined {
  let key: string | undefined;
  const isRead = (part: Value, at: Place): boolean => {
    const command = part.kind === "call" ? clients.commandOf({ value: part, place: at }) : undefined;
    const [first] = command?.name === "get" ? command.args : [];
    key ??= first && constantKey(tracer, { value: first.value, place: at });
    return key !== undefined;
  };
  dependsOn(value, (part) => {
    if (part.kind !== "call" || isRead(part, place)) return key !== undefined;
    return tracer.alternatives({ value: part, place }).some((found) => found.value !== part && dependsOn(found.value, (inner) => isRead(inner, found.place)));
  });
  return key;
}

/** `Date.now() - last`: the later the time that was read, the less it is. */
function isSubtracted(where: Where, { value, place }: Located, depth: number): boolean {
  const at = target(value);
  if (at.kind !== "operation" || depth > MAX_SUMS) return false;
  const index = at.operands.findIndex((operand) => keyReadIn(where, { value: operand, place }) !== undefined);
  const operand = at.operands[index];
  if (!operand) return false;
  return isSubtracted(where, { value: operand, place }, depth + 1) !== (at.operator === "-" && index === 1);
}

/** Before anything else is done, the time of day is kept under the key. */
function keepsFirst(where: Where, steps: readonly Step[], place: Place, key: string): boolean {
  for (const step of steps) {
    if (step.op === "set") continue;
    if (step.op !== "call") return false;
    const call = { value: step.call, place };
    if (keeps(where, call, key)) return true;
    if (!isIdle(where, call)) {
      const functions = where.tracer.functions({ value: step.call.callee, place });
      return functions.length > 0 && functions.every((callee) => keepsItself(where, callee.fn.body, where.tracer.inside(call, callee), key));
    }
  }
  return false;
}

/** A helper that keeps the time, and does nothing else before. */
function keepsItself(where: Where, steps: readonly Step[], place: Place, key: string): boolean {
  for (const step of steps) {
    if (step.op !== "call") return false;
    const call = { value: step.call, place };
    if (keeps(where, call, key)) return true;
    if (!isIdle(where, call)) return false;
  }
  return false;
}

function keeps({ tracer, clients }: Where, { value, place }: Located<CallValue>, key: string): boolean {
  const command = clients.commandOf({ value, place });
  if (command?.mode !== "direct" || !/^(?:set|setex|psetex)$/u.test(command.name)) return false;
  const [first] = command.args;
  const kept = command.values.map((part) => part.value);
  return first !== undefined && constantKey(tracer, { value: first.value, place }) === key && kept.length > 0 && kept.every((part) => isOfClock(part) && !isOpen({ tracer, clients }, { value: part, place }));
}

/** Something is in it that a caller may have a say in: not the time of day, what was read, or what is computed of them. */
function isOpen(where: Where, { value, place }: Located): boolean {
  return dependsOn(value, (part) => {
    if (part.kind !== "call") return part.kind === "param";
    return !isClock(part) && !isIdle(where, { value: part, place }) && keyReadIn(where, { value: part, place }) === undefined;
  });
}

function isIdle({ tracer }: Where, { value, place }: Located<CallValue>): boolean {
  const path = tracer.canonical({ value: value.callee, place });
  return path?.source === "global" && IDLE.test(path.path[0] ?? "");
}

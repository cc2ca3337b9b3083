import { signatureOf } from "../commands/key-signature.ts";
import type { FileModel } from "../file.ts";
import { requestInputs } from "../input/request-input.ts";
import type { CallValue, Step, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { dependsOn } from "../values/reach.ts";
import { holdsWhere, isSame, NOTHING, type State } from "../values/states.ts";
import type { Located, Place } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { lastName } from "./caller-checks.ts";
import { isByToken, type Condition } from "./row-conditions.ts";
import { changeOf, originOf, written, type Change } from "./rows.ts";

/*
 * Work that only one call does, because it is the one that wins a claim: `SET key … NX` of somebody's key, or an update
 * of what is not yet so. Whoever calls again loses. What is told here depends on nothing but the function in which the
 * claim stands, so that it is the same for all who call that function.
 */

/** A call whose answer says whether it was the first. */
interface Claim {
  readonly call: CallValue;
  /** What the answer, or that member of it, is where the claim was lost. */
  lost(members: readonly string[]): State | undefined;
  /** A step that gives up what was claimed, so that the next call wins it again: it was a lock. */
  givesUp(call: CallValue): boolean;
  /** The change that claims, and what it asks for. */
  readonly change?: Asked;
}

interface Asked {
  readonly of: Change;
  readonly asked: Condition;
}

/** Who takes which branch of a condition that asks for a claim. */
export interface Claimed {
  /** The branch of those who have lost. */
  readonly lost: "then" | "else";
  readonly change: Asked | undefined;
}

/** Names by which a chain may end whose answer tells. */
const CLAIMING: ReadonlySet<string> = new Set(["set", "setnx", "hsetnx", "updateMany", "updateManyAndReturn", "deleteMany", "select", "single", "maybeSingle", "returning", "eq", "is", "neq", "in"]);
const FORGETS: ReadonlySet<string> = new Set(["del", "unlink", "hdel", "getdel", "expire", "pexpire", "flushdb", "flushall"]);
const MAKES = /^(?:create|createMany|createManyAndReturn|insert|insertMany|upsert|add|save)$/u;
const OPENS = /unlock|release|reset|clear|free|unclaim|undo/iu;
/** Whose id it is: nobody has more than a few. */
const OF_ACCOUNT = /^(?:(?:\w*_)?(?:user|account|member|customer|owner|team|org|organi[sz]ation|workspace|tenant|company)_?(?:id|uuid)|email_?account_?id|uid|sub)$/iu;
const ACCOUNT = /^(?:current_?)?(?:user|account|member|session|viewer|customer|team|org|organi[sz]ation|workspace|tenant|claims)$/iu;
const MAX_DEPTH = 8;

/** Whether a condition asks who has won a claim, and who takes which branch. Undefined: it asks for no claim, or the claim is given up again. */
export function claimedIn(file: FileModel, { value: test, place }: Located, stepsOf: (lost: "then" | "else") => readonly Step[]): Claimed | undefined {
  const found: CallValue[] = [];
  dependsOn(test, (part) => {
    if (part.kind === "call" && !part.isNew && CLAIMING.has(lastName(part.callee) ?? "")) found.push(part);
    return false;
  });
  // Parameters are read as what they are called: how the function is called makes no difference.
  const inside: Place = { module: place.module };
  for (const call of found) {
    const claim = claimOf(file, { value: call, place: inside });
    const isLost = claim && holdsWhere(file.tracer, { value: test, place: inside }, (part) => lostBy(part, claim, inside));
    if (!claim || isLost === undefined) continue;
    const lost = isLost ? "then" : "else";
    return isLock(stepsOf(lost), claim) ? undefined : { lost, change: claim.change };
  }
  return undefined;
}

/** What a part of a condition is for those who have lost. */
function lostBy(part: Value, claim: Claim, place: Place): readonly State[] | undefined {
  const origin = originOf({ value: part, place });
  const state = origin?.call.value === claim.call ? claim.lost(origin.members) : undefined;
  return state && [state];
}

function claimOf(file: FileModel, call: Located<CallValue>): Claim | undefined {
  return updateOf(file, call) ?? firstSetOf(file, call);
}

/** `redis.set(key, value, { nx: true })`, `redis.setnx(key, value)` */
function firstSetOf(file: FileModel, call: Located<CallValue>): Claim | undefined {
  const command = file.clients.commandOf(call);
  if (!command || command.mode !== "direct") return undefined;
  const [first, , ...options] = command.args;
  const isSet = command.name === "set";
  if (!first || !isFew(file, { value: first.value, place: call.place })) return undefined;
  // With `get`, the answer is what was there before.
  if (isSet && (!options.some(({ value }) => isOption(value, "nx")) || options.some(({ value }) => isOption(value, "get")))) return undefined;
  const key = signatureOf(file.tracer, { value: first.value, place: call.place });
  const isKey = (value: Value): boolean => signatureOf(file.tracer, { value, place: call.place }) === key;
  return {
    call: call.value,
    lost: (members) => (members.length > 0 ? undefined : isSet ? NOTHING : { kind: "constant", value: 0 }),
    givesUp: (other) => {
      const name = file.clients.commandOf({ value: other, place: call.place })?.name;
      return name === undefined ? other.args.some(isKey) : FORGETS.has(name) && (name.startsWith("flush") || other.args.some(isKey));
    },
  };
}

function isOption(value: Value, name: string): boolean {
  const at = target(value);
  if (at.kind === "literal") return String(at.value).toLowerCase() === name;
  const entry = at.kind === "object" ? at.entries.findLast(({ key }) => key?.toLowerCase() === name) : undefined;
  const given = entry && target(entry.value);
  return given !== undefined && !(given.kind === "literal" && !given.value);
}

/** A text of constants and of whose account it is: nobody calls with another one each time. */
function isFew(file: FileModel, { value, place }: Located, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  return file.tracer.alternatives({ value, place }).every((found) => {
    const at = target(found.value);
    const parts = at.kind === "template" || at.kind === "array" ? (at.kind === "template" ? at.parts : at.items) : undefined;
    if (at.kind === "literal" || at.kind === "env") return true;
    if (parts) return parts.every((part) => isFew(file, { value: part, place: found.place }, depth + 1));
    return isAccount(at) && !isChosen(file, found);
  });
}

function isAccount(at: Value): boolean {
  if (at.kind === "param") return OF_ACCOUNT.test(at.fn.params[at.index]?.name ?? "");
  if (at.kind !== "member" || at.property === undefined) return false;
  return OF_ACCOUNT.test(at.property) || (/^_?(?:id|email)$/u.test(at.property) && ACCOUNT.test(lastName(at.object) ?? ""));
}

/** What a request names is whomever its caller likes; what a builder of actions hands on as its context is not. */
function isChosen(file: FileModel, located: Located): boolean {
  return requestInputs(file, located).some(({ path }) => !/^(?:ctx|context)$/u.test(path[0] ?? ""));
}

/** `prisma.user.updateMany({ where: { id, welcomedAt: null }, data: { welcomedAt: new Date() } })` */
function updateOf(file: FileModel, call: Located<CallValue>): Claim | undefined {
  const change = changeOf(file, call);
  if (!change || change.throws || isOfNew(change.where)) return undefined;
  const asked = askedBy(file, change, call.place);
  if (!asked) return undefined;
  return {
    call: call.value,
    lost: (members) => change.none(members),
    change: { of: change, asked },
    givesUp: (other) => other !== call.value && OPENS.test(lastName(other.callee) ?? ""),
  };
}

/**
 * What a change asks for that it ends: the same change of the same rows finds none the next time. Of rows that are thrown away
 * it is a token, for whoever names an id may have as many of them as there are.
 */
export function askedBy(file: FileModel, change: Change, place: Place): Condition | undefined {
  if (change.deletes && !isByToken(change.where)) return undefined;
  return change.where.find((condition) => condition.column !== undefined && leaves(file, change, condition, place));
}

/** What was made just now has not been told yet, however often that is. */
export function isOfNew(where: readonly Condition[]): boolean {
  return where.some(({ value }) => value && dependsOn(value, (part) => part.kind === "call" && MAKES.test(lastName(part.callee) ?? "")));
}

/** A row for which the condition holds is one for which it does not, once it was changed. */
export function leaves(file: FileModel, change: Change, { column, states, isNot }: Condition, place: Place): boolean {
  if (change.deletes) return true;
  const after = column === undefined || !states ? undefined : written(file, change, column, place);
  if (!after || !states) return false;
  return after.every((state) => (isNot ? states.some((before) => isSame(state, before) === true) : states.every((before) => isSame(state, before) === false)));
}

/** The claim is given up on the way. */
function isLock(steps: readonly Step[], claim: Claim): boolean {
  for (const call of callsIn(steps)) if (claim.givesUp(call)) return true;
  return false;
}

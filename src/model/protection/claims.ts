import { COSTLY } from "../../sdk/costly/index.ts";
import { signatureOf } from "../commands/key-signature.ts";
import type { FileModel } from "../file.ts";
import { requestInputs } from "../input/request-input.ts";
import type { CallValue, ObjectValue, Step, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { lastName } from "./caller-checks.ts";
import { combined } from "./caller-presence.ts";

/*
 * Work that only one call does, because it is the one that wins a claim: `SET key … NX` of somebody's key, or an update
 * of what is not yet so. Whoever calls again loses. What is told here depends on nothing but the function in which the
 * claim stands, so that it is the same for all who call that function.
 */

/** A call whose answer says whether it was the first. */
interface Claim {
  readonly call: CallValue;
  /** What the answer, or that member of it, is where the claim was won, and where it was lost. */
  readonly member?: string;
  readonly won: string | number;
  readonly lost: number | null;
  /** A step that gives up what was claimed, so that the next call wins it again: it was a lock. */
  readonly givesUp: (call: CallValue) => boolean;
}

const CLAIMING: ReadonlySet<string> = new Set(["set", "setnx", "hsetnx", "updateMany", "updateManyAndReturn"]);
const FORGETS: ReadonlySet<string> = new Set(["del", "unlink", "hdel", "getdel", "expire", "pexpire", "flushdb", "flushall"]);
const MAKES = /^(?:create|createMany|createManyAndReturn|insert|insertMany|upsert|add|save)$/u;
const OPENS = /unlock|release|reset|clear|free|unclaim|undo/iu;
/** Whose id it is: nobody has more than a few. */
const OF_ACCOUNT = /^(?:(?:\w*_)?(?:user|account|member|customer|owner|team|org|organi[sz]ation|workspace|tenant|company)_?(?:id|uuid)|email_?account_?id|uid|sub)$/iu;
const ACCOUNT = /^(?:current_?)?(?:user|account|member|session|viewer|customer|team|org|organi[sz]ation|workspace|tenant|claims)$/iu;
const MAX_DEPTH = 8;

/** The steps that may follow a condition. */
interface Branches {
  readonly then: readonly Step[];
  readonly otherwise: readonly Step[];
  /** What comes after both. */
  rest(): readonly Step[];
}

/** Where only the winner of a claim gets to: a branch of a condition, or what follows it. Undefined: it asks for no claim. */
export function claimedIn(file: FileModel, { value: test, place }: Located, branches: Branches): "then" | "else" | "rest" | undefined {
  let found: CallValue | undefined;
  dependsOn(test, (part) => {
    if (part.kind === "call" && !part.isNew && CLAIMING.has(lastName(part.callee) ?? "")) found = part;
    return found !== undefined;
  });
  // Parameters are read as what they are called: how the function is called makes no difference.
  const claim = found && claimOf(file, { value: found, place: { module: place.module } });
  if (!claim) return undefined;
  const isWon = combined(test, (part) => saysWon(part, claim));
  if (isWon === undefined) return undefined;
  const [winner, loser] = isWon ? (["then", "else"] as const) : (["else", "then"] as const);
  const steps = { then: branches.then, else: branches.otherwise };
  if (isLock([...steps[winner], ...branches.rest()], claim)) return undefined;
  if (steps[winner].length > 0) return winner;
  return steps[loser].some(({ op }) => op === "return" || op === "throw") ? "rest" : undefined;
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
    won: isSet ? "OK" : 1,
    lost: isSet ? null : 0,
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
  const [arg] = call.value.args;
  const options = arg && objectAt(arg);
  const where = options && objectIn(options, "where");
  const data = options && objectIn(options, "data");
  if (!where || !data) return undefined;
  const path = file.tracer.canonical({ value: call.value.callee, place: call.place });
  const ofMember = path ?? { source: "?", path: namesOf(call.value.callee) };
  if (COSTLY.match(ofMember)?.kind !== "data-write") return undefined;
  // What was made just now has not been told yet, however often that is.
  if (dependsOn(where, (part) => part.kind === "call" && MAKES.test(lastName(part.callee) ?? ""))) return undefined;
  const changed = where.entries.find(({ key, value, spread }) => {
    const before = key === undefined || spread ? undefined : fixedOf(value);
    const after = before === undefined ? undefined : entryOf(data, key);
    return after !== undefined && isChange(before, after);
  });
  if (!changed) return undefined;
  const { key } = changed;
  const before = fixedOf(changed.value);
  return {
    call: call.value,
    member: lastName(call.value.callee) === "updateMany" ? "count" : "length",
    won: 1,
    lost: 0,
    givesUp: (other) =>
      other !== call.value &&
      (OPENS.test(lastName(other.callee) ?? "") ||
        other.args.some((part) => {
          const again = objectAt(part);
          const given = again && objectIn(again, "data");
          const value = given && entryOf(given, key);
          return value !== undefined && fixedOf(value) === before;
        })),
  };
}

/** It says something else than before, whoever calls. */
function isChange(before: string | undefined, after: Value): boolean {
  if (dependsOn(after, ({ kind }) => kind === "param" || kind === "unknown" || kind === "await")) return false;
  return fixedOf(after) !== before;
}

/** A text that is the same for the same constant, or the same member of an enum. */
function fixedOf(value: Value): string | undefined {
  const at = target(value);
  if (at.kind === "literal") return `=${String(at.value)}`;
  if (at.kind !== "member" || at.property === undefined) return undefined;
  const of = target(at.object);
  return of.kind === "import" ? `${of.source}#${of.name}.${at.property}` : undefined;
}

function objectAt(value: Value): ObjectValue | undefined {
  const at = target(value);
  return at.kind === "object" ? at : undefined;
}

function objectIn(object: ObjectValue, key: string): ObjectValue | undefined {
  const value = entryOf(object, key);
  return value && objectAt(value);
}

/** What a key is set to; undefined where a later spread may set it. */
function entryOf({ entries }: ObjectValue, name: string | undefined): Value | undefined {
  const last = entries.findLast(({ key, spread }) => spread ?? (key === undefined || key === name));
  return last?.spread || last?.key === undefined ? undefined : last.value;
}

function namesOf(value: Value): readonly string[] {
  const at = value.kind === "ref" && value.name !== undefined ? value : target(value);
  if (at.kind === "ref") return [at.name ?? "*"];
  return at.kind === "member" ? [...namesOf(at.object), at.property ?? "*"] : [lastName(at) ?? "*"];
}

/** Whether a part of a condition holds for the winner and not for others (true), or the other way about. */
function saysWon(part: Value, claim: Claim): boolean | undefined {
  const winner = holds(part, claim, claim.won);
  const loser = holds(part, claim, claim.lost);
  return winner === undefined || winner === loser ? undefined : winner;
}

/** Whether a part of a condition holds where the claim was answered so. */
function holds(part: Value, claim: Claim, answer: string | number | null): boolean | undefined {
  if (isAnswer(part, claim)) return Boolean(answer);
  const at = target(part);
  const [left, right] = at.kind === "operation" ? at.operands : [];
  if (at.kind !== "operation" || !left || !right) return undefined;
  const isLeft = isAnswer(left, claim);
  const other = isLeft ? target(right) : isAnswer(right, claim) ? target(left) : undefined;
  if (other?.kind !== "literal") return undefined;
  return compare(at.operator, isLeft ? answer : other.value, isLeft ? other.value : answer);
}

type Constant = string | number | bigint | boolean | null | undefined;

function compare(operator: string, left: Constant, right: Constant): boolean | undefined {
  switch (operator) {
    case "===":
    case "==":
      return (left ?? null) === (right ?? null);
    case "!==":
    case "!=":
      return (left ?? null) !== (right ?? null);
    default:
  }
  if (typeof left !== "number" || typeof right !== "number") return undefined;
  switch (operator) {
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    default:
      return undefined;
  }
}

function isAnswer(value: Value, { call, member }: Claim): boolean {
  let at = target(value);
  if (member !== undefined) {
    if (at.kind !== "member" || at.property !== member) return false;
    at = target(at.object);
  }
  return (at.kind === "await" ? target(at.value) : at) === call;
}

/** The claim is given up on the way, other than where something has failed. */
function isLock(steps: readonly Step[], claim: Claim): boolean {
  const withoutFailures = (list: readonly Step[]): readonly Step[] => list.map((step) => (step.op === "try" ? { ...step, block: withoutFailures(step.block), handler: undefined } : step));
  for (const call of callsIn(withoutFailures(steps))) if (claim.givesUp(call)) return true;
  return false;
}

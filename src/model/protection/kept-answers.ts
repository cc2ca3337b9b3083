import { combined } from "./caller-presence.ts";
import type { Branches, OncePart } from "../flow/policy.ts";
import type { Clients } from "../clients/clients.ts";
import { signatureOf } from "../commands/key-signature.ts";
import type { CallValue, Step, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

/*
 * Answers that are kept in Redis under a key which is the same for all: what it takes to make one is done when there is
 * none, and not as often as somebody asks.
 */

const KEEPS: ReadonlySet<string> = new Set(["set", "setex", "psetex", "json.set", "hset"]);
const FORGETS: ReadonlySet<string> = new Set(["del", "unlink", "expire", "pexpire", "json.del", "hdel", "flushdb", "flushall"]);
/** Reads that other makers' clients of Redis answer by a key. */
const READS: ReadonlySet<string> = new Set(["get", "hget", "hgetall"]);
const OTHER_MAKERS: ReadonlySet<string> = new Set(["ioredis", "redis", "@redis/client"]);
const CONSTANT = /^"(?:[^"\\]|\\.)*"$/u;

/** What a value is, where it is the same text for all callers. */
export function constantKey(tracer: Tracer, located: Located): string | undefined {
  const signature = signatureOf(tracer, located);
  return CONSTANT.test(signature) ? signature : undefined;
}

/** A command of Redis, of whatever maker's client and at whatever host, by its name and what is its first argument. */
interface Kept {
  readonly name: string;
  readonly first: Located | undefined;
}

function keptBy(tracer: Tracer, clients: Clients, call: Located<CallValue>): Kept | undefined {
  const command = clients.commandOf(call);
  if (command) return { name: command.name.toLowerCase(), first: command.args[0] && { value: command.args[0].value, place: command.call.place } };
  const path = call.value.isNew ? undefined : tracer.canonical({ value: call.value.callee, place: call.place });
  const [first] = call.value.args;
  if (!path || !OTHER_MAKERS.has(path.source) || path.path.length < 2) return undefined;
  return { name: path.path.at(-1)?.toLowerCase() ?? "", first: first && { value: first, place: call.place } };
}

/** A read of Redis by another maker's client, at a host that need not be Upstash's, under a key that is the same for all. */
export function readsElsewhere(tracer: Tracer, clients: Clients, call: Located<CallValue>): boolean {
  // By its name first: this is asked of each call.
  const { callee } = call.value;
  if (callee.kind !== "member" || !READS.has(callee.property?.toLowerCase() ?? "")) return false;
  const found = keptBy(tracer, clients, call);
  return found?.first !== undefined && constantKey(tracer, found.first) !== undefined;
}

/**
 * Where an answer is made that is then kept: in a branch of a condition, or in what follows it.
 * @param reads reads of Redis that are the same for all callers
 * @returns undefined: the condition does not look for a kept answer, or what is made is not kept on every way
 */
export function keptIn(tracer: Tracer, clients: Clients, test: Located, branches: Branches, reads: ReadonlySet<CallValue>): OncePart | undefined {
  let read: CallValue | undefined;
  dependsOn(test.value, (part) => {
    if (part.kind === "call" && reads.has(part)) read = part;
    return read !== undefined;
  });
  // A caller who has a say in it may ask for a fresh one.
  if (!read || dependsOn(test.value, isParameter, (part) => part === read)) return undefined;
  const isThere = combined(test.value, (part) => saysFound(part, read));
  const command = isThere === undefined ? undefined : keptBy(tracer, clients, { value: read, place: test.place });
  const key = command && keyOf(tracer, command);
  if (key === undefined) return undefined;
  const [found, missing] = isThere ? (["then", "else"] as const) : (["else", "then"] as const);
  const steps = { then: branches.then, else: branches.otherwise };
  const place = { tracer, clients, place: test.place, key };
  if (isKept(steps[missing], place)) return missing;
  const endsWhereFound = steps[found].some(({ op }) => op === "return" || op === "throw");
  return endsWhereFound && steps[missing].length === 0 && isKept(branches.rest(), place) ? "rest" : undefined;
}

/**
 * The same, where the answer is looked for under a condition that is the same for all, and kept under the very same:
 * `if (hasRedis) { const kept = await redis.get("top"); if (kept) return kept; } … if (hasRedis) await redis.set("top", made)`.
 */
export function keptUnder(tracer: Tracer, clients: Clients, test: Located, branches: Branches): OncePart | undefined {
  const { then, otherwise } = branches;
  const condition = target(test.value);
  if (otherwise.length > 0 || !/^(?:operation|choice|call)$/u.test(condition.kind) || !isOfEnvironment(test.value)) return undefined;
  const reads = new Set<CallValue>();
  for (const call of callsIn(then)) {
    const command = keptBy(tracer, clients, { value: call, place: test.place });
    if (command && READS.has(command.name) && keyOf(tracer, command) !== undefined) reads.add(call);
  }
  if (reads.size === 0) return undefined;
  const isKeptLater = then.some((step, index) => {
    if (step.op !== "if") return false;
    const follows = (): readonly Step[] => [...then.slice(index + 1), ...branches.rest().flatMap((later) => (later.op === "if" && target(later.test) === condition ? later.then : [later]))];
    return keptIn(tracer, clients, { value: step.test, place: test.place }, { then: step.then, otherwise: step.else, isPart: step.isPart ?? false, before: () => branches.before(), rest: follows }, reads) === "rest";
  });
  return isKeptLater ? "rest" : undefined;
}

/** What the application is set up with, and nothing of a request. */
function isOfEnvironment(value: Value): boolean {
  return dependsOn(value, ({ kind }) => kind === "env") && !dependsOn(value, ({ kind }) => kind === "param" || kind === "await" || kind === "unknown");
}

/** Whether a condition that looks at the answer of a read holds where there is one. */
function saysFound(part: Value, read: CallValue | undefined): boolean | undefined {
  const at = target(part);
  if (isAnswerOf(part, read)) return true;
  if (at.kind !== "operation" || !/^[!=]==?$/u.test(at.operator)) return undefined;
  const [left, right] = at.operands;
  const other = left && isAnswerOf(left, read) ? right : right && isAnswerOf(right, read) ? left : undefined;
  const compared = other && target(other);
  const isNothing = compared?.kind === "literal" && (compared.value === null || compared.value === undefined);
  return isNothing ? at.operator.startsWith("!") : undefined;
}

/** What the read answered, in a variable that what is made may be put into. */
function isAnswerOf(value: Value, read: CallValue | undefined): boolean {
  const at = target(value);
  if (at.kind === "await") return isAnswerOf(at.value, read);
  return at === read || (at.kind === "choice" && at.operator === "=" && at.options.some((option) => isAnswerOf(option, read)));
}

interface Where {
  readonly tracer: Tracer;
  readonly clients: Clients;
  readonly place: Place;
  readonly key: string;
}

/** The steps keep something under the key, unless they end before for a reason that no caller has a say in. */
function isKept(steps: readonly Step[], where: Where): boolean {
  const does = (call: CallValue, names: ReadonlySet<string>): boolean => {
    const command = keptBy(where.tracer, where.clients, { value: call, place: where.place });
    return command !== undefined && names.has(command.name) && keyOf(where.tracer, command) === where.key;
  };
  for (const call of callsIn(steps)) if (does(call, FORGETS)) return false;
  const keeps = (list: readonly Step[]): boolean => {
    for (const step of list) {
      if (step.op === "call" && does(step.call, KEEPS)) return true;
      if (step.op === "try" && keeps(step.block)) return true;
      if (step.op === "return" || step.op === "throw" || step.op === "jump") return false;
      if (step.op === "if" && dependsOn(step.test, isParameter)) return false;
    }
    return false;
  };
  return keeps(steps);
}

const keyOf = (tracer: Tracer, { first }: Kept): string | undefined => first && constantKey(tracer, first);

const isParameter = ({ kind }: Value): boolean => kind === "param";

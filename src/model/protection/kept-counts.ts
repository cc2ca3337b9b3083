import { keptText } from "../../kept-text.ts";
import type { Command } from "../clients/clients.ts";
import { signatureOf } from "../commands/key-signature.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { lastName } from "./caller-checks.ts";
import { CountAnswers } from "./count-answers.ts";
import type { LateRows } from "./counted-rows.ts";
import { originOf } from "./rows.ts";

/** They answer how often something has been done. */
const COUNTING = new Set(["incr", "incrby", "incrbyfloat", "hincrby", "hincrbyfloat", "zcard", "zcount"]);
/** They note that it was done once more. */
const NOTING = new Set(["incr", "incrby", "incrbyfloat", "hincrby", "hincrbyfloat", "zadd"]);
/** They give a time to what is counted, or throw away what is too old. */
const EXPIRING = new Set(["expire", "pexpire", "expireat", "pexpireat", "zremrangebyscore"]);
const SETTING = new Set(["set", "setex", "psetex"]);
const GATHERING = new Set(["pipeline", "multi"]);

/** The branch that is taken by those who have called too often. */
type Side = "then" | "otherwise";

/** What is known of the keys of what is being read. */
class KnownKeys {
  /** Keys that expire. */
  readonly expiring = new Set<string>();
  /** Keys that are counted on. */
  readonly noted = new Set<string>();
  /** Keys of which those are turned away who are above a number. */
  readonly held = new Set<string>();
}

/**
 * Counts in Redis that begin anew after a time: counters, and logs of which the oldest are thrown away; and rows of a database that
 * were made lately. Where such a count is compared with a number, somebody is held back for the time being: a limiter made by hand,
 * whatever it answers.
 */
export class KeptCounts {
  readonly #tracer: Tracer;
  /** By call that counts, notes, or lets a count expire: its key. */
  readonly #keys = new Map<CallValue, string>();
  readonly #counting = new Set<CallValue>();
  /** By call that lists rows of a time: the members of its answer that lead to a row. */
  readonly #lists = new Map<CallValue, readonly string[]>();
  /** By call that reads a key's value: the key. */
  readonly #reads = new Map<CallValue, string>();
  #known = new KnownKeys();
  /** What was known around the functions that are being read apart. */
  readonly #around: KnownKeys[] = [];
  /** What functions of the project give back of such counts. */
  readonly #answers: CountAnswers;

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
    this.#answers = new CountAnswers(tracer);
  }

  /**
   * A command is about to run.
   * @returns whether it completes a limiter: those above the key's count were turned away before, and it is counted on now
   */
  note({ name, keys, ttl, call, values }: Command): boolean {
    const [key] = keys;
    if (!key) return false;
    const sets = SETTING.has(name) && ttl !== undefined;
    if (!sets && name !== "get" && !COUNTING.has(name) && !NOTING.has(name) && !EXPIRING.has(name)) return false;
    const signature = signatureOf(this.#tracer, { value: key, place: call.place });
    if (name === "get") {
      this.#reads.set(call.value, signature);
      return false;
    }
    this.#keys.set(call.value, signature);
    if (COUNTING.has(name)) {
      for (const answering of [call.value, ...gatheredIn(call.value)]) {
        this.#keys.set(answering, signature);
        this.#counting.add(answering);
      }
    }
    if (sets || EXPIRING.has(name)) this.#known.expiring.add(signature);
    const countsOn = sets && values.some(({ value }) => this.#readIn(value).includes(signature));
    if (countsOn || NOTING.has(name)) this.#known.noted.add(signature);
    return this.#known.held.has(signature) && this.#known.noted.has(signature) && this.#known.expiring.has(signature);
  }

  /** Callers are held back by a count: whatever counts on completes a limiter. */
  get holdsBack(): boolean {
    return this.#known.held.size > 0;
  }

  /** What comes next must not depend on which keys were met before. */
  enterApart(): void {
    this.#around.push(this.#known);
    this.#known = new KnownKeys();
  }

  /** The keys that were met since then make no difference to what comes next. */
  leaveApart(): void {
    this.#known = this.#around.pop() ?? this.#known;
  }

  /** A query counts, or lists, what was put into a table lately. */
  noteRows(call: CallValue, { table, row }: LateRows): void {
    const key = `rows of ${table}`;
    this.#keys.set(call, key);
    if (row) this.#lists.set(call, row);
    else this.#counting.add(call);
    this.#known.expiring.add(key);
  }

  /** A function gives something back, which may be such a count: whoever calls it has the count then. */
  noteAnswer(returned: Located): void {
    if (this.#known.expiring.size > 0) this.#answers.note(returned, (part) => this.#isCounted(part, returned.place));
  }

  /** The parts of the answer of a call that are such counts, to be kept with what its function does; see {@link noteCounts}. */
  countsIn(call: Located<CallValue>): readonly string[] {
    // They outlive the texts that they stand in.
    return this.#answers.partsOf(call).map(keptText);
  }

  /** A call of a function that was read before: these parts of its answer are such counts. */
  noteCounts(call: CallValue, parts: readonly string[]): void {
    if (parts.length > 0) this.#known.expiring.add("of an answer");
    this.#answers.noteCall(call, parts);
  }

  /** The branch of a condition that is for those who are above a count. */
  sideAbove(test: Located): Side | undefined {
    return this.#known.expiring.size > 0 ? this.#sideOf(test.value, (value) => this.#isCount({ value, place: test.place })) : undefined;
  }

  /** The branch that nobody takes who is above a count. */
  sideBelow(test: Located): Side | undefined {
    return this.#known.expiring.size > 0 ? this.#sideWithout(test) : undefined;
  }

  #sideWithout({ value, place }: Located): Side | undefined {
    const test = target(value);
    const decisive = test.kind === "choice" && test.operator === "&&" ? "then" : "otherwise";
    if (test.kind === "choice" && (test.operator === "&&" || test.operator === "||")) {
      return test.options.some((option) => this.#sideWithout({ value: option, place }) === decisive) ? decisive : undefined;
    }
    const above = this.sideAbove({ value: test, place });
    return above && (above === "then" ? "otherwise" : "then");
  }

  /** A condition may turn those away who are above what was read: what is counted on behind that makes a limiter of it. */
  noteRefusal(test: Located, isTurnedAway: (side: Side) => boolean): void {
    if (this.#reads.size === 0) return;
    const found = new Set<string>();
    const side = this.#sideOf(test.value, (value) => {
      const keys = this.#readIn(value);
      for (const key of keys) found.add(key);
      return keys.length > 0;
    });
    if (side && isTurnedAway(side)) for (const key of found) this.#known.held.add(key);
  }

  /** What is given back tells whether a count is above a number. */
  tells({ value, place }: Located): boolean {
    return this.#known.expiring.size > 0 && dependsOn(value, (part) => part.kind === "operation" && part.operator !== "!" && this.sideAbove({ value: part, place }) !== undefined);
  }

  /** The call keeps a count that expires. */
  isOf(call: CallValue): boolean {
    const key = this.#keys.get(call);
    return key !== undefined && this.#known.expiring.has(key);
  }

  #sideOf(value: Value, isCount: (value: Value) => boolean): Side | undefined {
    const test = target(value);
    if (test.kind === "choice" && (test.operator === "&&" || test.operator === "||")) {
      return test.options.map((option) => this.#sideOf(option, isCount)).find((side) => side !== undefined);
    }
    if (test.kind !== "operation") return undefined;
    const [left, right] = test.operands;
    if (test.operator === "!" && left) {
      const side = this.#sideOf(left, isCount);
      return side && (side === "then" ? "otherwise" : "then");
    }
    if (!left || !right || !/^[<>]=?$/u.test(test.operator)) return undefined;
    const isAbove = test.operator.startsWith(">");
    if (isCount(left)) return isAbove ? "then" : "otherwise";
    if (isCount(right)) return isAbove ? "otherwise" : "then";
    return undefined;
  }

  #isCount({ value, place }: Located): boolean {
    return dependsOn(value, (part) => this.#isCounted(part, place));
  }

  /** The part is such a count itself. */
  #isCounted(part: Value, place: Place): boolean {
    return (part.kind === "call" && this.#counting.has(part) && this.isOf(part)) || this.#isLength(part, place) || this.#answers.holds(part, place);
  }

  /** `recent.length` of rows that were listed. */
  #isLength(part: Value, place: Place): boolean {
    if (this.#lists.size === 0 || part.kind !== "member" || part.property !== "length") return false;
    const origin = originOf({ value: part, place });
    return origin?.members.at(-1) === "length" && origin.members.length === this.#lists.get(origin.call.value)?.length;
  }

  /** The keys whose values something is made of. */
  #readIn(value: Value): readonly string[] {
    const keys: string[] = [];
    dependsOn(value, (part) => {
      const key = part.kind === "call" ? this.#reads.get(part) : undefined;
      if (key !== undefined) keys.push(key);
      return false;
    });
    return keys;
  }
}

/** `pipeline.zcard(key)`: what gives all answers at once, later. */
function gatheredIn({ callee }: CallValue): readonly CallValue[] {
  const method = target(callee);
  const receiver = method.kind === "member" ? target(method.object) : undefined;
  return receiver?.kind === "call" && GATHERING.has(lastName(receiver.callee) ?? "") ? [receiver] : [];
}

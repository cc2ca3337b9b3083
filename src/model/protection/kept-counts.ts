import type { Command } from "../clients/clients.ts";
import { signatureOf } from "../commands/key-signature.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

const COUNTING = new Set(["incr", "incrby", "hincrby"]);
const EXPIRING = new Set(["expire", "pexpire", "expireat", "pexpireat"]);

/** The branch that is taken by those who have called too often. */
type Side = "then" | "otherwise";

/**
 * Counters in Redis that begin anew after a time. Where such a count is compared with a number, somebody is held back for the
 * time being: a limiter made by hand, whatever it answers.
 */
export class KeptCounts {
  readonly #tracer: Tracer;
  /** By call that counts, or lets a counter expire: its key. */
  readonly #keys = new Map<CallValue, string>();
  readonly #counting = new Set<CallValue>();
  /** Keys that expire. */
  readonly #expiring = new Set<string>();

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
  }

  /** A command is about to run. */
  note({ name, keys, ttl, call }: Command): void {
    const [key] = keys;
    const counts = COUNTING.has(name);
    const expires = EXPIRING.has(name) || (name === "set" && ttl !== undefined);
    if (!key || !(counts || expires)) return;
    const signature = signatureOf(this.#tracer, { value: key, place: call.place });
    this.#keys.set(call.value, signature);
    if (counts) this.#counting.add(call.value);
    else this.#expiring.add(signature);
  }

  /** The branch of a condition that is for those who are above a count. */
  sideAbove({ value, place }: Located): Side | undefined {
    if (this.#expiring.size === 0) return undefined;
    const test = target(value);
    if (test.kind === "choice" && (test.operator === "&&" || test.operator === "||")) {
      return test.options.map((option) => this.sideAbove({ value: option, place })).find((side) => side !== undefined);
    }
    if (test.kind !== "operation") return undefined;
    const [left, right] = test.operands;
    if (test.operator === "!" && left) {
      const side = this.sideAbove({ value: left, place });
      return side && (side === "then" ? "otherwise" : "then");
    }
    if (!left || !right || !/^[<>]=?$/u.test(test.operator)) return undefined;
    const isAbove = test.operator.startsWith(">");
    if (this.#isCount(left)) return isAbove ? "then" : "otherwise";
    if (this.#isCount(right)) return isAbove ? "otherwise" : "then";
    return undefined;
  }

  /** What is given back tells whether a count is above a number. */
  tells({ value, place }: Located): boolean {
    return this.#expiring.size > 0 && dependsOn(value, (part) => part.kind === "operation" && part.operator !== "!" && this.sideAbove({ value: part, place }) !== undefined);
  }

  /** The call keeps a counter that expires. */
  isOf(call: CallValue): boolean {
    const key = this.#keys.get(call);
    return key !== undefined && this.#expiring.has(key);
  }

  #isCount(value: Value): boolean {
    return dependsOn(value, (part) => part.kind === "call" && this.#counting.has(part) && this.isOf(part));
  }
}

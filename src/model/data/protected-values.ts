import { looksLikeProtectorName, protectorOf } from "../../sdk/protectors.ts";
import type { Settings } from "../../settings.ts";
import { referenceNames } from "../clients/clients.ts";
import type { CallValue } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import { calleeName } from "./telling-names.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** Calls in calls that are searched for what encrypts. */
const MAX_CALLS = 3;

const PROTECTED = {};
/** By depth: a search that began deeper saw less. */
const MADE = Array.from({ length: MAX_CALLS + 1 }, () => ({}));

/** Knows which values can't be read any more: encrypted, hashed, tokenised, signed. */
export class ProtectedValues {
  readonly #tracer: Tracer;
  readonly #settings: Settings;

  constructor(tracer: Tracer, settings: Settings) {
    this.#tracer = tracer;
    this.#settings = settings;
  }

  /** Passed through something that makes it unreadable. */
  isProtected(call: Located<CallValue>): boolean {
    return this.#tracer.memo(PROTECTED, call, false, () => this.#protects(call));
  }

  #protects({ value, place }: Located<CallValue>): boolean {
    const settings = this.#settings;
    const callee = target(value.callee);
    if (callee.kind === "import") {
      const names = referenceNames(callee, place, this.#tracer);
      if (names.some((name) => settings.encryptors.has(name) || settings.hashers.has(name) || settings.sanitizers.has(name))) return true;
    }
    const path = this.#tracer.canonical({ value: value.callee, place });
    if (path && protectorOf(path)) return true;
    const name = calleeName(value);
    const isReadable = this.#tracer.functions({ value: value.callee, place }).length > 0;
    return !isReadable && name !== undefined && looksLikeProtectorName(name) !== undefined;
  }

  /** Made with an encrypting, hashing or signing call, here or in the functions that are called. */
  isMade(located: Located, depth = 0): boolean {
    return this.#tracer.memo(MADE[depth] ?? MADE, located, false, () => this.#dependsOnProtector(located, depth));
  }

  #dependsOnProtector({ value, place }: Located, depth: number): boolean {
    return dependsOn(value, (part) => {
      if (part.kind !== "call") return false;
      if (this.isProtected({ value: part, place })) return true;
      if (depth >= MAX_CALLS) return false;
      const functions = this.#tracer.functions({ value: part.callee, place });
      return functions.some(({ fn, place: at }) => fn.returns.some((returned) => this.isMade({ value: returned, place: at }, depth + 1)));
    });
  }

  /** True where a value leads through something that protects it. */
  leadsThrough(located: Located): boolean {
    return this.#tracer.alternatives(located).some(
      ({ value, place }) => value.kind === "call" && this.isMade({ value, place }),
    );
  }
}

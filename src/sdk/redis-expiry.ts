/**
 * What `@upstash/redis` reads of an expiry, and what it drops without a word.
 *
 * Source: the command classes of `@upstash/redis` 1.39.0 (`SetCommand`, `GetExCommand`, `HSetExCommand`, …), which
 * `@vercel/kv` 3.0.0 inherits. `tests/sdk/redis-expiry.test.ts` runs both against a local server.
 */

/** Options in the order in which the client looks at them: it sends the first that is there, and no other. */
export interface ExpiryOptions {
  readonly expiry: readonly string[];
  /** Options of other kinds. */
  readonly others: readonly string[];
  /** The property of the options object that holds them, where it is not the object itself. */
  readonly within?: string;
}

const TIMES = ["ex", "px", "exat", "pxat"] as const;

/** By command: the names that its options object may have, which are in this very case. */
export const EXPIRY_OPTIONS: ReadonlyMap<string, ExpiryOptions> = new Map([
  ["set", { expiry: [...TIMES, "keepTtl"], others: ["nx", "xx", "get"] }],
  ["getex", { expiry: [...TIMES, "persist"], others: [] }],
  ["hgetex", { expiry: [...TIMES, "persist"], others: [] }],
  ["hsetex", { expiry: [...TIMES, "keepttl"], others: [], within: "expiration" }],
]);

/** Options whose value must be a number; anything else is dropped. */
export const TIME_OPTIONS: ReadonlySet<string> = new Set(TIMES);

/** Names under which other libraries take an expiry, and the option that means the same here. */
const FOREIGN: readonly (readonly [RegExp, (typeof TIMES)[number]])[] = [
  [/^(?:expires?_?in|ttl|pttl|max_?age|expiry|expire|timeout|duration)_?(?:ms|millis(?:econds)?)$|^(?:pttl|milliseconds)$/iu, "px"],
  [/^(?:ttl|ttl_?(?:in_?)?sec(?:ond)?s?|expiration_?ttl|time_?to_?live|seconds|expires?|expiry|expires?_?in|max_?age|expiration|life_?time)$/iu, "ex"],
  [/^(?:expires?_?at|expiration_?time|expire_?time)$/iu, "exat"],
];

/** The option that a name of another library stands for. Undefined: it stands for no expiry. */
export function foreignOption(name: string): "ex" | "px" | "exat" | "pxat" | undefined {
  return FOREIGN.find(([pattern]) => pattern.test(name))?.[1];
}

/** Words that ioredis takes one by one, and the options that they are here; `true` where a number follows. */
export const IOREDIS_WORDS: ReadonlyMap<string, { readonly option: string; readonly takesNumber: boolean }> = new Map(
  [...TIMES, "keepTtl", "nx", "xx", "get"].map((option) => [option.toUpperCase(), { option, takesNumber: TIME_OPTIONS.has(option) }]),
);

/** Commands that set an expiry of a key, by the option that means the same. */
export const EXPIRY_COMMANDS = { ex: "expire", px: "pexpire", exat: "expireat", pxat: "pexpireat" } as const;

import { check, ignored, invalid, valid, type Expected } from "./shared.ts";

const notNumber = (option: string, is: string): Pick<Expected, "id" | "data"> => ({ id: "notNumber", data: { option, is } });
const NAN: Pick<Expected, "id" | "data"> = { id: "nan", data: { command: "set" } };
/** A variable that holds a client of Upstash, or one of node-redis. */
const EITHER = 'import { createClient } from "redis";\nexport async function save(client: Redis | ReturnType<typeof createClient>, token: string, ready: boolean, other: unknown) {\n';
const BARE = "the command runs as if it were not there";

check({
  valid: [
    valid("each option in its case", 'await redis.set("k", token, { ex: 60 });\nawait redis.set("k", token, { px: 60 });\nawait redis.set("k", token, { exat: 60 });\nawait redis.set("k", token, { pxat: 60 });\nawait redis.set("k", token, { keepTtl: true });\n'),
    valid("other options", 'await redis.set("k", token, { nx: true, get: true, ex: ttl });\nawait redis.set("k", token, { xx: true });\n'),
    valid("a number of the environment", 'await redis.set("k", token, { ex: Number(process.env.TTL) });\nawait redis.set("k", token, { ex: parseInt(process.env.TTL ?? "60", 10) });\nawait redis.set("k", token, { ex: +process.env.TTL! });\n'),
    valid("arithmetic", 'const HOUR = 60 * 60;\nawait redis.set("k", token, { ex: HOUR * 24 });\nawait redis.set("k", token, { ex: Math.floor(HOUR / 2) + 1 });\n'),
    valid("a value that is not known", 'export const save = (options: any) => redis.set("k", token, { ex: options.ttl });\n'),
    valid("options that are not known", 'export const save = (options: any) => redis.set("k", token, options);\n'),
    valid("an option that may be missing", 'export const save = (seconds?: number) => redis.set("k", token, { ex: seconds as number });\nawait redis.set("k", token, { ex: undefined });\n'),
    valid("one of two, by what is given", 'export const save = (a: any, b: any) => redis.set("k", token, { ex: a, px: b } as never);\n'),
    valid("capitals beside the right spelling", 'await redis.set("k", token, { EX: 60, ex: 60 } as never);\n'),
    valid("a name of another library beside an expiry", 'await redis.set("k", token, { ttl: 60, ex: 60 } as never);\n'),
    valid("another library's name among what is not known", 'export const save = (o: any) => redis.set("k", token, { ttl: 60, ...o });\n'),
    valid("options of something else", 'await redis.set("k", token, { title: "t", count: 1 } as never);\n'),
    valid("a Map's set", 'new Map().set("k", { EX: 60 });\n'),
    valid("options of another library's client", 'import { createClient } from "redis"; // @upstash/redis\nconst other = createClient();\nawait other.set("k", token, { EX: 60 });\n'),
    valid("the other branch of instanceof", `${EITHER}if (client instanceof Redis) await client.set("k", token, { ex: 60 });\nelse await client.set("k", token, { EX: 60 });\n}\n`),
    valid("behind a branch that returns", `${EITHER}if (client instanceof Redis) return client.set("k", token, { ex: 60 });\nawait client.set("k", token, { EX: 60 });\n}\n`),
    valid("a class of another package", `import { Redis as Other } from "ioredis";\n${EITHER}if (client instanceof Other) await client.set("k", token, { EX: 60 });\n}\n`),
    valid("in a pipeline, asked the other way about", `${EITHER}if (!(client instanceof Redis) && ready) await client.multi().set("k", token, { EX: 60 }).exec();\n}\n`),
    valid("a flag that is off", 'await redis.set("k", token, { NX: false, ex: 60 } as never);\n'),
    valid("the typeof is asked", 'export const save = (given: string | number) => redis.set("k", token, { ex: typeof given === "string" ? Number(given) : given });\n'),
    valid("assigned a string first, a number later", 'let seconds: any = process.env.TTL;\nseconds = Number(seconds);\nawait redis.set("k", token, { ex: seconds });\n'),
    valid("an exact time in seconds", 'await redis.set("k", token, { exat: Math.floor(Date.now() / 1000) + 60 });\nconst at = new Date();\nawait redis.set("k", token, { exat: Math.round(at.getTime() / 1000) });\n'),
    valid("an exact time in milliseconds", 'await redis.set("k", token, { pxat: Date.now() + 60_000 });\nconst seconds = Date.now() / 1000;\nawait redis.set("k", token, { pxat: seconds * 1000 });\n'),
    valid("an exact time of a scale that is not known", 'declare function nowInSeconds(): number;\nawait redis.set("k", token, { exat: nowInSeconds() + 60 });\nawait redis.set("k", token, { exat: Date.now() / ttl });\n'),
    valid("getex and hsetex as they should be", 'await redis.getex("k", { persist: true });\nawait redis.getex("k", { ex: 60 });\nawait redis.hsetex("k", { conditional: "fnx", expiration: { ex: 60 } }, { f: 1 });\nawait redis.hsetex("k", { expiration: { keepttl: true } }, { f: 1 });\nawait redis.hgetex("k", { ex: 60 }, "f");\n'),
    valid("raw words are sent as they stand", 'await redis.exec(["SET", "k", "v", "EX", "60"]);\n'),
    valid("a test's file", 'await redis.set("k", token, { EX: 60 } as never);\n', { filename: "lib/example.test.ts" }),
    valid("a look-alike client", 'declare const db: { set(k: string, v: string, o: object): void };\ndb.set("k", token, { EX: 60 });\n'),
  ],
  invalid: [
    invalid("in the branch of instanceof that is Upstash's", `${EITHER}if (client instanceof Redis) await client.set("k", token, { «EX: 60» });\n}\n`, { ...ignored("EX", "ex"), fix: "ex: 60" }),
    invalid("behind a branch that lets nobody else past", `${EITHER}if (!(client instanceof Redis)) throw new Error("no");\nawait client.set("k", token, { «EX: 60» });\n}\n`, { ...ignored("EX", "ex"), fix: "ex: 60" }),
    invalid("another variable was asked", `${EITHER}if (other instanceof Redis) return;\nawait client.set("k", token, { «EX: 60» });\n}\n`, { ...ignored("EX", "ex"), fix: "ex: 60" }),
    invalid("a class of the project, which may be Upstash's", `import { Cache } from "./cache";\n${EITHER}if (client instanceof Cache) return;\nawait client.set("k", token, { «EX: 60» });\n}\n`, { ...ignored("EX", "ex"), fix: "ex: 60" }),
    invalid("EX", 'await redis.set("k", token, { «EX: 60» });\n', { ...ignored("EX", "ex"), fix: "ex: 60" }),
    invalid("PX", 'await redis.set("k", token, { «PX: 60» });\n', { ...ignored("PX", "px"), fix: "px: 60" }),
    invalid("ExAt", 'await redis.set("k", token, { «ExAt: 60» });\n', { ...ignored("ExAt", "exat"), fix: "exat: 60" }),
    invalid("PXAT", 'await redis.set("k", token, { «PXAT: ttl» });\n', { ...ignored("PXAT", "pxat"), fix: "pxat: ttl" }),
    invalid("keepttl", 'await redis.set("k", token, { «keepttl: true» });\n', { ...ignored("keepttl", "keepTtl"), fix: "keepTtl: true" }),
    invalid("KEEPTTL", 'await redis.set("k", token, { «KEEPTTL: true» });\n', { ...ignored("KEEPTTL", "keepTtl"), fix: "keepTtl: true" }),
    invalid("NX beside an expiry: the lock is no lock", 'await redis.set("lock", token, { «NX: true», ex: 60 });\n', { ...ignored("NX", "nx", "set", BARE), fix: "nx: true" }),
    invalid("a quoted key", "await redis.set(\"k\", token, { «'EX': 60» });\n", { ...ignored("EX", "ex"), fix: "ex: 60" }),
    invalid("a computed key", 'const NAME = "EX";\nawait redis.set("k", token, { «[NAME]: 60» });\n', { ...ignored("EX", "ex"), fix: "ex: 60" }),
    invalid("shorthand", 'const EX = 60;\nawait redis.set("k", token, { «EX» });\n', { ...ignored("EX", "ex"), fix: "ex: EX" }),
    invalid("with comments", 'await redis.set("k", token, {\n  // an hour\n  «EX: /* s */ 3600», // enough\n});\n', { ...ignored("EX", "ex"), fix: "ex: /* s */ 3600" }),
    invalid("in capitals and a string", 'await redis.set("k", token, { «EX: "60"» });\n', { ...ignored("EX", "ex"), fix: "ex: 60" }),
    invalid("in capitals, of the environment", 'await redis.set("k", token, { «EX: process.env.TTL» });\n', {
      ...ignored("EX", "ex"),
      suggests: ["`ex: Number(process.env.TTL)`", "ex: Number(process.env.TTL)"],
    }),
    invalid("ttl", 'await redis.set("k", token, { «ttl: 60» });\n', { ...ignored("ttl", "ex"), fix: "ex: 60" }),
    invalid("expiresIn", 'await redis.set("k", token, { nx: true, «expiresIn: ttl» });\n', { ...ignored("expiresIn", "ex"), fix: "ex: ttl" }),
    invalid("ttlMs", 'await redis.set("k", token, { «ttlMs: 60_000» });\n', { ...ignored("ttlMs", "px"), fix: "px: 60_000" }),
    invalid("expiresAt with a date", 'await redis.set("k", token, { «expiresAt: new Date(0)» });\n', {
      ...ignored("expiresAt", "exat"),
      suggests: ["`exat: Math.floor(new Date(0).getTime() / 1000)`", "exat: Math.floor(new Date(0).getTime() / 1000)"],
    }),
    invalid("node-redis' form", 'await redis.set("k", token, { «expiration: { type: "EX", value: 60 }» });\n', { ...ignored("expiration", "ex"), fix: "ex: 60" }),
    invalid("a string", 'await redis.set("k", token, { ex: «"60"» });\n', { ...notNumber("ex", "a string"), fix: "60" }),
    invalid("a string with a unit", 'await redis.set("k", token, { ex: «"2h"» });\n', { ...notNumber("ex", "a string"), suggests: ["`ex: 7200`", "7200"] }),
    invalid("a template", 'await redis.set("k", token, { px: «`${ttl}`» });\n', { ...notNumber("px", "a string"), suggests: ["`px: Number(`${ttl}`)`", "Number(`${ttl}`)"] }),
    invalid("of the environment", 'await redis.set("k", token, { ex: «process.env.TTL» });\n', {
      ...notNumber("ex", "a string"),
      suggests: ["`ex: Number(process.env.TTL)`", "Number(process.env.TTL)"],
    }),
    invalid("of the environment, or a number", 'await redis.set("k", token, { ex: «process.env.TTL ?? 60» });\n', {
      ...notNumber("ex", "a string"),
      suggests: ["`ex: Number(process.env.TTL ?? 60)`", "Number(process.env.TTL ?? 60)"],
    }),
    invalid("a constant that is a string", 'const TTL = "3600";\nawait redis.set("k", token, { ex: «TTL» });\n', { ...notNumber("ex", "a string"), suggests: ["`ex: Number(TTL)`", "Number(TTL)"] }),
    invalid("a parameter that is a string", 'export const save = (seconds: string) => redis.set("k", token, { ex: «seconds» });\n', {
      ...notNumber("ex", "a string"),
      suggests: ["`ex: Number(seconds)`", "Number(seconds)"],
    }),
    invalid("a property that is a string", 'interface Config { ttl: string }\nexport const save = (config: Config) => redis.set("k", token, { ex: «config.ttl» });\n', {
      ...notNumber("ex", "a string"),
      suggests: ["`ex: Number(config.ttl)`", "Number(config.ttl)"],
    }),
    invalid("String() and toFixed()", 'await redis.set("k", token, { ex: «String(ttl)» });\nawait redis.set("k", token, { ex: «(ttl / 2).toFixed(0)» });\n', [
      { ...notNumber("ex", "a string"), suggests: ["`ex: Number(String(ttl))`", "Number(String(ttl))"] },
      { ...notNumber("ex", "a string"), suggests: ["`ex: Number((ttl / 2).toFixed(0))`", "Number((ttl / 2).toFixed(0))"] },
    ]),
    invalid("a bigint", 'await redis.set("k", token, { ex: «60n» });\n', { ...notNumber("ex", "a bigint"), fix: "60" }),
    invalid("a boolean", 'await redis.set("k", token, { ex: «true» });\n', { ...notNumber("ex", "a boolean"), suggests: ["`ex: Number(true)`", "Number(true)"] }),
    invalid("a date", 'const at = new Date();\nawait redis.set("k", token, { pxat: «at» });\n', { ...notNumber("pxat", "a `Date`"), suggests: ["`pxat: at.getTime()`", "at.getTime()"] }),
    invalid("NaN", 'await redis.set("k", token, { ex: «NaN» });\nawait redis.set("k", token, { px: «Number("1h")» });\n', [
      { ...NAN, suggests: ["`ex: 3600`", "3600"] },
      { ...NAN, suggests: ["`px: 3600000`", "3600000"] },
    ]),
    invalid("ex with px", 'await redis.set("k", token, { ex: 60, «px: 60_000» });\n', { id: "conflict", data: { option: "px", kept: "ex" }, fix: [", px: 60_000", ""] }),
    invalid("px written first", 'await redis.set("k", token, { «px: 60_000», ex: 60 });\n', { id: "conflict", data: { option: "px", kept: "ex" }, fix: ["px: 60_000, ", ""] }),
    invalid("ex with keepTtl", 'await redis.set("k", token, { keepTtl: true, ex: 60 });\n'.replace("keepTtl: true", "«keepTtl: true»"), { id: "conflict", data: { option: "keepTtl", kept: "ex" }, fix: ["keepTtl: true, ", ""] }),
    invalid("nx with xx", 'await redis.set("k", token, { nx: true, «xx: true», ex: 60 });\n', { id: "conflict", data: { option: "xx", kept: "nx" }, fix: [", xx: true", ""] }),
    invalid("comments stay where an option goes", 'await redis.set("k", token, { ex: 60, /* or */ «px: 60_000» /* then */ });\n', { id: "conflict", data: { option: "px", kept: "ex" }, fix: "...{}" }),
    invalid("milliseconds for exat", 'await redis.set("k", token, { exat: «Date.now() + 60_000» });\n', {
      id: "unit",
      data: { name: "exat", takes: "seconds", given: "milliseconds", effect: "in some ten thousand years", known: "pxat" },
      fix: ["exat:", "pxat:"],
    }),
    invalid("a date's milliseconds for exat", 'const at = new Date();\nawait redis.set("k", token, { exat: «at.getTime()» });\n', {
      id: "unit",
      data: { name: "exat", takes: "seconds", given: "milliseconds", effect: "in some ten thousand years", known: "pxat" },
      fix: ["exat:", "pxat:"],
    }),
    invalid("seconds for pxat", 'await redis.set("k", token, { pxat: «Math.floor(Date.now() / 1000) + 60» });\n', {
      id: "unit",
      data: { name: "pxat", takes: "milliseconds", given: "seconds", effect: "at once", known: "exat" },
      fix: ["pxat:", "exat:"],
    }),
    invalid("getex", 'await redis.getex("k", { «EX: 60» });\nawait redis.getex("k", { ex: «"60"» });\n', [
      { ...ignored("EX", "ex", "getex") },
      { ...notNumber("ex", "a string") },
    ], { output: `import { Redis } from "@upstash/redis";
const redis = Redis.fromEnv();
declare const ttl: number, token: string, env: Record<string, string>;
await redis.getex("k", { ex: 60 });
await redis.getex("k", { ex: 60 });
` }),
    invalid("hgetex", 'await redis.hgetex("k", { «PX: 60» }, "f");\n', { ...ignored("PX", "px", "hgetex"), fix: "px: 60" }),
    invalid("hsetex without expiration", 'await redis.hsetex("k", { «ex: 60» } as never, { f: 1 });\n', { ...ignored("ex", "expiration: { ex }", "hsetex"), fix: "expiration: { ex: 60 }" }),
    invalid("hsetex with keepTtl", 'await redis.hsetex("k", { expiration: { «keepTtl: true» } as never }, { f: 1 });\n', { ...ignored("keepTtl", "keepttl", "hsetex"), fix: "keepttl: true" }),
  ],
});

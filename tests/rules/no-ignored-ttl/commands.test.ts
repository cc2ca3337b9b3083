import { check, CLIENT, ignored, invalid, valid, type Expected } from "./shared.ts";

const positional = (by: string): Pick<Expected, "id" | "data"> => ({ id: "positional", data: { by } });
const DROPS = "drops the options without a word";
const unsupported = (command: string, does = DROPS): Pick<Expected, "id" | "data"> => ({ id: "unsupported", data: { command, does } });

check({
  valid: [
    valid("setex in its order", 'await redis.setex("k", 60, token);\nawait redis.psetex("k", ttl, token);\nawait redis.setex("k", "60" as never, 5);\n'),
    valid("setex with what is not known", 'export const save = (a: any, b: any) => redis.setex("k", a, b);\n'),
    valid("expire with a string, which is sent", 'await redis.expire("k", "60" as never);\n'),
    valid("expireat in seconds", 'await redis.expireat("k", Math.floor(Date.now() / 1000) + 60);\nawait redis.pexpireat("k", Date.now() + 60_000);\n'),
    valid("an object that is data", 'await redis.lpush("k", { ex: 60 });\nawait redis.hset("k", { ex: 60, px: 1 });\nawait redis.set("k", { EX: 60 });\n'),
    valid("elements of a list", 'await redis.rpush("k", { name: "a" }, { name: "b", ttl: 60 });\n'),
    valid("json.set with its own option", 'await redis.json.set("k", "$", { ex: 60 }, { nx: true });\n'),
    valid("scores", 'await redis.zadd("k", { nx: true }, { score: 1, member: "m" });\nawait redis.zadd("k", { score: 1, member: "m" });\n'),
    valid("a stream that is trimmed", 'await redis.xadd("k", "*", { ex: 60 }, { trim: { type: "MAXLEN", threshold: 9, comparison: "~" } });\n'),
    valid("a message", 'await redis.publish("c", { ex: 60 });\n'),
    valid("a third argument that is not known", 'export const save = (options: any) => redis.set("k", token, options);\nawait redis.set("k", token, undefined);\nawait redis.set("k", token, 0 as never);\n'),
    valid("ioredis itself", 'import IORedis from "ioredis"; // @upstash/redis\nconst other = new IORedis();\nawait other.set("k", token, "EX", 60);\n'),
    valid("a script that may only read", 'export const script = redis.createScript("return 1", { readonly: true });\n'),
    valid("a script that may write", 'export const script = redis.createScript("return 1", { readOnly: false } as never);\nexport const other = redis.createScript("return 1");\n'),
    valid("another createScript", 'declare const dom: { createScript(s: string, o: object): void };\ndom.createScript("x", { readOnly: true }); // redis\n'),
    valid("a function that makes the options", 'const expiring = (seconds: number) => ({ ex: seconds });\nawait redis.set("k", token, expiring(60));\n'),
    valid("options of another file", 'import { OPTIONS } from "@/lib/options";\nawait redis.set("k", token, OPTIONS);\n', { files: { "lib/options.ts": "export const OPTIONS = { ex: 60 };\n" } }),
  ],
  invalid: [
    invalid("ioredis' words", 'await redis.set("k", token, «"EX"», 60);\n', { ...positional("`{ ex: 60 }`"), fix: ['"EX", 60', "{ ex: 60 }"] }),
    invalid("in small letters, with a flag", 'await redis.set("k", token, «"px"», ttl, "nx");\n', { ...positional("`{ px: ttl, nx: true }`"), fix: ['"px", ttl, "nx"', "{ px: ttl, nx: true }"] }),
    invalid("a flag alone", 'await redis.set("k", token, «"NX"»);\n', { ...positional("`{ nx: true }`"), fix: ['"NX"', "{ nx: true }"] }),
    invalid("a number as a string", 'await redis.set("k", token, «"EX"», "60");\n', { ...positional("`{ ex: 60 }`"), fix: ['"EX", "60"', "{ ex: 60 }"] }),
    invalid("KEEPTTL", 'await redis.set("k", token, «"KEEPTTL"»);\n', { ...positional("`{ keepTtl: true }`"), fix: ['"KEEPTTL"', "{ keepTtl: true }"] }),
    invalid("in a pipeline", 'const p = redis.pipeline();\np.set("k", token, «"EX"», 60);\nawait p.exec();\n', { ...positional("`{ ex: 60 }`"), fix: ['"EX", 60', "{ ex: 60 }"] }),
    invalid("a bare number", 'await redis.set("k", token, «60»);\n', { ...positional("`{ ex: 60 }`"), suggests: ["`{ ex: 60 }`", "{ ex: 60 }"] }),
    invalid("a bare number by name", 'await redis.set("k", token, «ttl»);\n', { ...positional("`{ ex: ttl }`"), suggests: ["`{ ex: ttl }`", "{ ex: ttl }"] }),
    invalid("with comments no fix takes", 'await redis.set("k", token, «"EX"», /* s */ 60);\n', positional("an object")),
    invalid("hset with options", 'await redis.hset("k", { f: 1 }, «{ ex: 60 }»);\n', {
      ...unsupported("hset"),
      suggests: ["`expire(…, 60)`", ['await redis.hset("k", { f: 1 }, { ex: 60 });', 'await redis.hset("k", { f: 1 });\nawait redis.expire("k", 60);']],
    }),
    invalid("hset in a pipeline", 'await redis.pipeline().hset("k", { f: 1 }, «{ px: 60 }»).exec();\n', {
      ...unsupported("hset"),
      suggests: ["`pexpire(…, 60)`", ['.hset("k", { f: 1 }, { px: 60 })', '.hset("k", { f: 1 }).pexpire("k", 60)']],
    }),
    invalid("hset inside an expression", 'export const save = (id: string) => redis.hset(`k:${id}`, { f: 1 }, «{ ex: 60 }»);\n', {
      ...unsupported("hset"),
      suggests: ["`expire(…, 60)`", ["redis.hset(`k:${id}`, { f: 1 }, { ex: 60 })", "redis.multi().hset(`k:${id}`, { f: 1 }).expire(`k:${id}`, 60).exec()"]],
    }),
    invalid("json.set", 'await redis.json.set("k", "$", { f: 1 }, «{ ex: 60 }»);\n', {
      ...unsupported("json.set"),
      suggests: ["`expire(…, 60)`", ['await redis.json.set("k", "$", { f: 1 }, { ex: 60 });', 'await redis.json.set("k", "$", { f: 1 });\nawait redis.expire("k", 60);']],
    }),
    invalid("setnx", 'await redis.setnx("k", token, «{ ex: 60 }»);\n', {
      ...unsupported("setnx"),
      suggests: ["`set(…, { ex: 60, nx: true })`", ['setnx("k", token, { ex: 60 })', 'set("k", token, { ex: 60, nx: true })']],
    }),
    invalid("getset", 'await redis.getset("k", token, «{ EX: "60" }»);\n', {
      ...unsupported("getset"),
      suggests: ["`set(…, { ex: 60, get: true })`", ['getset("k", token, { EX: "60" })', 'set("k", token, { ex: 60, get: true })']],
    }),
    invalid("incr", 'await redis.incr("k", «{ ex: 60 }»);\n', {
      ...unsupported("incr"),
      suggests: ["`expire(…, 60)`", ['await redis.incr("k", { ex: 60 });', 'await redis.incr("k");\nawait redis.expire("k", 60);']],
    }),
    invalid("mset", 'await redis.mset({ a: 1, b: 2 }, «{ ttl: 60 }»);\n', {
      ...unsupported("mset"),
      suggests: ["`expire(…, 60)`", ['await redis.mset({ a: 1, b: 2 }, { ttl: 60 });', 'await redis.mset({ a: 1, b: 2 });\nawait redis.expire("a", 60);\nawait redis.expire("b", 60);']],
    }),
    invalid("brackets around the arguments", 'const made = (redis.lpush("k", ((token)), («{ ex: 60 }»)));\nvoid made;\n', {
      ...unsupported("lpush", "stores the options as one more value"),
      suggests: ["`expire(…, 60)`", ['redis.lpush("k", ((token)), ({ ex: 60 }))', 'redis.multi().lpush("k", ((token))).expire("k", 60).exec()']],
    }),
    invalid("a client in brackets", 'const made = (redis satisfies Redis).lpush("k", token, «{ ex: 60 }»);\nvoid made;\n', {
      ...unsupported("lpush", "stores the options as one more value"),
      suggests: ["`expire(…, 60)`", ['(redis satisfies Redis).lpush("k", token, { ex: 60 })', '(redis satisfies Redis).multi().lpush("k", token).expire("k", 60).exec()']],
    }),
    invalid("lpush stores them", 'await redis.lpush("k", token, «{ ex: 60 }»);\n', {
      ...unsupported("lpush", "stores the options as one more value"),
      suggests: ["`expire(…, 60)`", ['await redis.lpush("k", token, { ex: 60 });', 'await redis.lpush("k", token);\nawait redis.expire("k", 60);']],
    }),
    invalid("a key that is made anew can't be written twice", 'await redis.hset(`k:${crypto.randomUUID()}`, { f: 1 }, «{ ex: 60 }»);\n', unsupported("hset")),
    invalid("setex with the value first", 'await redis.setex("k", «{ token }», 60);\n', { id: "swapped", data: { command: "setex" }, fix: ["{ token }, 60", "60, { token }"] }),
    invalid("psetex with a text first", 'await redis.psetex("k", «JSON.stringify({ token })», 60);\n', { id: "swapped", data: { command: "psetex" }, fix: ["JSON.stringify({ token }), 60", "60, JSON.stringify({ token })"] }),
    invalid("setex with NaN", 'await redis.setex("k", «Number.NaN», token);\n'.replace("Number.NaN", "NaN"), { id: "nan", data: { command: "setex" }, suggests: ["3600", "3600"] }),
    invalid("expire with NaN", 'await redis.expire("k", «parseInt("soon")»);\n', { id: "nan", data: { command: "expire" }, suggests: ["3600", "3600"] }),
    invalid("expireat with milliseconds", 'await redis.expireat("k", «Date.now() + 60_000»);\n', {
      id: "unit",
      data: { name: "expireat", takes: "seconds", given: "milliseconds", effect: "in some ten thousand years", known: "pexpireat" },
      fix: ["expireat(", "pexpireat("],
    }),
    invalid("pexpireat with seconds", 'await redis["pexpireat"]("k", «Math.ceil(Date.now() / 1000) + 60»);\n', {
      id: "unit",
      data: { name: "pexpireat", takes: "milliseconds", given: "seconds", effect: "at once", known: "expireat" },
      fix: ['"pexpireat"', '"expireat"'],
    }),
    invalid("hexpireat with milliseconds", 'await redis.hexpireat("k", "f", «Date.now()»);\n', {
      id: "unit",
      data: { name: "hexpireat", takes: "seconds", given: "milliseconds", effect: "in some ten thousand years", known: "hpexpireat" },
      fix: ["hexpireat(", "hpexpireat("],
    }),
    invalid("createScript with readOnly", 'export const script = redis.createScript("return 1", { «readOnly: true» });\nawait script.exec([], []);\n', { id: "readOnly", fix: "readonly: true" }),
    invalid("createScript with readOnly, shorthand", 'const readOnly = true;\nexport const script = redis.createScript("return 1", { «readOnly» });\n', { id: "readOnly", fix: "readonly: readOnly" }),
    invalid(
      "a script whose eval is called: renaming breaks it",
      'const script = redis.createScript("return 1", { «READONLY: true» });\nexport const run = (): any => (script as any).eval([], []);\n',
      { id: "readOnly", suggests: ["`readonly`", "readonly: true"] },
    ),
    invalid("options in a variable may be shared", 'const options = { «EX: 60» };\nawait redis.set("k", token, options as never);\n', {
      ...ignored("EX", "ex"),
      suggests: ["`ex: 60`", "ex: 60"],
    }),
    invalid("options of another file", 'import { OPTIONS } from "@/lib/options";\nawait redis.set("k", token, «OPTIONS» as never);\n', {
      ...ignored("EX", "ex"),
      suggests: ["`ex: OPTIONS.EX`", "{ ...OPTIONS, ex: OPTIONS.EX }"],
    }, { files: { "lib/options.ts": "export const OPTIONS = { EX: 60 };\n" } }),
    invalid("options that are spread", 'const shared = { EX: 60 };\nawait redis.set("k", token, { «...shared» } as never);\n', {
      ...ignored("EX", "ex"),
      suggests: ["`ex: shared.EX`", "...shared, ex: shared.EX"],
    }),
    invalid("one object for two calls is told once", 'const options = { «ttl: 60» };\nawait redis.set("a", token, options as never);\nawait redis.set("b", token, options as never);\n', {
      ...ignored("ttl", "ex"),
      suggests: ["`ex: 60`", "ex: 60"],
    }),
    invalid("a client of another file", 'import { cache } from "@/lib/cache";\nawait cache.set("k", token, { «EX: 60» });\n', { ...ignored("EX", "ex"), fix: "ex: 60" }, {
      files: { "lib/cache.ts": `${CLIENT}export const cache = redis;\n` },
    }),
    invalid("@vercel/kv", 'import { kv } from "@vercel/kv";\nawait kv.set("k", token, { «EX: 60» });\n', { ...ignored("EX", "ex"), fix: "ex: 60" }),
  ],
});

import type { TestCaseError } from "@typescript-eslint/rule-tester";
import rule from "../../src/rules/no-write-with-read-only-token.ts";
import { locationOf, replaceOnce } from "../helpers/marked-text.ts";
import { runRule, type InvalidCase, type ValidCase } from "../helpers/rule-tester.ts";
import { syntaxMatrix } from "../helpers/syntax-matrix.ts";

type MessageId = "command" | "handedOver" | "useFullAccess" | "useClient";
type Invalid = InvalidCase<MessageId, object>;
type Valid = ValidCase<object>;

const READ_ONLY = "process.env.UPSTASH_REDIS_REST_READ_ONLY_TOKEN";
const FULL = "process.env.UPSTASH_REDIS_REST_TOKEN";
const make = (token: string): string => `import { Redis } from "@upstash/redis";\nconst redis = new Redis({ url: "https://example.upstash.io", token: ${token}! });\n`;
const REDIS = make(READ_ONLY);
/** A token of the shape of a real one, put together so that no scanner takes it for one. */
const token = (second: string): string => ["A", second, "_s", "AAIncD", "x".repeat(44)].join("");

interface Expected {
  /** The method's name in its place: `redis.«set»(`. */
  readonly at: string;
  readonly command?: string;
  readonly messageId?: "command" | "handedOver";
  /** The variable that is read, and its name with full access. */
  readonly read?: string;
  readonly full?: string;
  /** The output of the suggestion of another client. */
  readonly client?: string;
  readonly suggestions?: TestCaseError<MessageId>["suggestions"];
}

const refused = (code: string, { at, command = /«(?<name>.+)»/u.exec(at)?.groups?.["name"] ?? "", messageId = "command", read = READ_ONLY, full = FULL, client, suggestions }: Expected): TestCaseError<MessageId> => ({
  messageId,
  ...(messageId === "command" ? { data: { command } } : {}),
  ...locationOf(code, at),
  suggestions:
    suggestions ??
    (client === undefined
      ? [{ messageId: "useFullAccess", data: { name: full.replace(/.*\W\b|\W+$/gu, "") }, output: replaceOnce(code, read, full) }]
      : [{ messageId: "useClient", output: client }]),
});

const writes = (name: string, body: string, expected: Expected, more: Partial<Invalid> = {}): Invalid => {
  const code = `${REDIS}${body}`;
  return { name, code, ...more, errors: [refused(code, expected)] } as Invalid;
};
/** A client that is made another way, and a write. */
const with_ = (name: string, made: string, expected: Partial<Expected>, more: Partial<Invalid> = {}): Invalid => {
  const code = `${made}export const save = () => redis.set("a", 1);\n`;
  const client = expected.client === undefined ? {} : { client: replaceOnce(code, "«redis».set", "Redis.fromEnv()") };
  return { name, code, ...more, errors: [refused(code, { at: "redis.«set»(", ...expected, ...client })] } as Invalid;
};
/** The forms of a value that are nothing but the value, and the variable's way of being read in them. */
const KNOWN_FORMS: Readonly<Record<string, Partial<Expected>>> = {
  "member by string": { read: 'process.env["UPSTASH_REDIS_REST_READ_ONLY_TOKEN"]', full: 'process.env["UPSTASH_REDIS_REST_TOKEN"]' },
};
const fine = (name: string, body: string, more: Partial<Valid> = {}): Valid => ({ name, code: `${REDIS}${body}`, ...more });

const LIB = { "lib/redis.ts": REDIS.replace("const redis", "export const redis") };
const ELSEWHERE = 'import { redis } from "./redis";\nexport const save = () => redis.set("a", 1);\n';
const withFallback = (fallback: string): string => `${make(`(${READ_ONLY} ?? ${fallback})`)}export const save = () => redis.set("a", 1);\n`;
const vector = (name: string): string => `import { Index } from "@upstash/vector";\nconst index = new Index({ url: "https://example.upstash.io", token: process.env.${name}! });\n`;
const LIMITER = 'import { Ratelimit } from "@upstash/ratelimit";\nimport { redis } from "./redis";\nexport const limiter = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(1, "1 s") });\n';
const qstash = (call: string): string => `import { Client } from "@upstash/qstash";\nconst client = new Client({ token: process.env.QSTASH_READONLY_TOKEN! });\nexport const run = () => ${call};\n`;
const PLANNED = 'import { Client } from "@upstash/qstash";\nconst { schedules } = new Client({ token: process.env.QSTASH_READONLY_TOKEN! });\nexport const stop = () => schedules.pause({ schedule: "a" });\n';
const QSTASH = 'import { Client } from "@upstash/qstash";\nconst client = new Client({ token: process.env.QSTASH_READONLY_TOKEN! });\nexport const send = () => client.publishJSON({ url: "https://example.com" });\n';
const IOREDIS = 'import Redis from "ioredis";\nconst redis = new Redis({ host: "example.upstash.io", username: "default_ro", password: process.env.REDIS_PASSWORD, tls: {} });\nexport const save = () => redis.set("a", 1);\n';
const NOT_INSTALLED = { typecheck: false, reason: "the package is not installed" } as const;

runRule("no-write-with-read-only-token", rule, {
  valid: [
    fine("a read", 'export const load = () => redis.get("a");\n'),
    fine("reads of all kinds", 'export const load = () => Promise.all([redis.mget("a", "b"), redis.hgetall("c"), redis.zrange("d", 0, 1), redis.json.get("e"), redis.exists("f"), redis.ttl("g")]);\n'),
    fine("reads in a pipeline", 'export const load = () => redis.pipeline().get("a").hgetall("b").exec();\n'),
    fine("a scan of one key's fields", 'export const load = () => redis.hscan("a", 0);\n'),
    fine("a script that only reads", 'export const load = () => redis.evalRo("return 1", [], []);\n'),
    fine("a read by words", 'export const load = () => redis.exec(["GET", "a"]);\n'),
    { name: "a client with full access", code: `${make(FULL)}export const save = () => redis.set("a", 1);\n` },
    { name: "fromEnv, which never takes the read-only token", code: 'import { Redis } from "@upstash/redis";\nexport const save = () => Redis.fromEnv().set("a", 1);\n' },
    { name: "full access first", code: `${make(`(${FULL} ?? ${READ_ONLY})`)}export const save = () => redis.set("a", 1);\n` },
    { name: "full access for want of the other", code: withFallback(FULL) },
    { name: "a fallback that nothing says anything of", code: withFallback("process.env.STORE_SECRET") },
    { name: "a token that comes in", code: 'import { Redis } from "@upstash/redis";\nexport const save = (token: string) => new Redis({ url: "https://example.upstash.io", token }).set("a", 1);\n' },
    { name: "a name that denies it", code: `${make("process.env.UPSTASH_REDIS_REST_NON_READ_ONLY_TOKEN")}export const save = () => redis.set("a", 1);\n` },
    { name: "a map that is called redis", code: 'const redis = new Map<string, string>();\nexport const readOnly = () => redis.set("UPSTASH_REDIS_REST_READ_ONLY_TOKEN", "a");\n' },
    { name: "reads with one client, writes with the other", code: `${REDIS}const writer = Redis.fromEnv();\nexport const move = async () => writer.set("a", await redis.get("b"));\n` },
    { name: "another module's client with full access", code: ELSEWHERE, filename: "lib/save.ts", files: { "lib/redis.ts": make(FULL).replace("const redis", "export const redis") } },
    fine("a limiter on another client", 'import { Ratelimit } from "@upstash/ratelimit";\nexport const limiter = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(1, "1 s") });\nexport const load = () => redis.get("a");\n'),
    { name: "a query of Vector", code: `${vector("UPSTASH_VECTOR_REST_READONLY_TOKEN")}export const find = () => index.query({ vector: [1], topK: 1 });\n` },
    { name: "the variable for browsers, which nothing says to be read-only", code: `${vector("NEXT_PUBLIC_UPSTASH_VECTOR_REST_TOKEN")}export const add = () => index.upsert({ id: "a", vector: [1] });\n` },
    ...["client.logs()", "client.schedules.list()", 'client.messages.get("a")', 'client.queue({ queueName: "a" }).get()'].map((read): Valid => ({ name: `QStash: ${read}`, code: qstash(read) })),
    { name: "a list that is called like a part of QStash", code: `${qstash("client.logs()")}const schedules = new Set<string>();\nexport const forget = () => schedules.delete("a");\n` },
    { name: "ioredis as another user", code: 'import Redis from "ioredis";\nconst redis = new Redis({ host: "example.upstash.io", username: "default", password: process.env.REDIS_PASSWORD, tls: {} });\nexport const save = () => redis.set("a", 1);\n' },
    { name: "a test of what is refused", filename: "lib/redis.test.ts", code: `${REDIS}export const save = () => redis.set("a", 1);\n` },
  ],
  invalid: [
    writes("set", 'export const save = () => redis.set("a", 1);\n', { at: "redis.«set»(" }),
    writes("a deletion", 'export const drop = () => redis.del("a");\n', { at: "redis.«del»(" }),
    writes("a counter", 'export const count = () => redis.incr("a");\n', { at: "redis.«incr»(" }),
    writes("an expiry", 'export const keep = () => redis.expire("a", 60);\n', { at: "redis.«expire»(" }),
    writes("JSON", 'export const save = () => redis.json.set("a", "$", {});\n', { at: "json.«set»(", command: "json.set" }),
    writes("in a pipeline", 'export const save = () => redis.pipeline().get("a").set("b", 1).exec();\n', { at: ".«set»(" }),
    writes("in a transaction", 'export const save = () => redis.multi().hset("b", { c: 1 }).exec();\n', { at: ".«hset»(" }),
    writes("keys, a read that needs full access", 'export const all = () => redis.keys("*");\n', { at: "redis.«keys»(" }),
    writes("scan, too", "export const all = () => redis.scan(0);\n", { at: "redis.«scan»(" }),
    writes("a flush", "export const clear = () => redis.flushdb();\n", { at: "redis.«flushdb»(" }),
    writes("a script that may write", 'export const run = () => redis.eval("return 1", [], []);\n', { at: "redis.«eval»(" }),
    writes("by words", 'export const save = () => redis.exec(["SET", "a", "1"]);\n', { at: "redis.«exec»(", command: "set" }),
    with_("a public read-only token becomes a private one", make("process.env.NEXT_PUBLIC_UPSTASH_REDIS_REST_READ_ONLY_TOKEN"), { read: "process.env.NEXT_PUBLIC_UPSTASH_REDIS_REST_READ_ONLY_TOKEN" }),
    with_("a name in one word", make("process.env.UPSTASH_REDIS_REST_TOKEN_READONLY"), { read: "process.env.UPSTASH_REDIS_REST_TOKEN_READONLY" }),
    with_("Vercel KV's variable", make("process.env.KV_REST_API_READ_ONLY_TOKEN"), { read: "process.env.KV_REST_API_READ_ONLY_TOKEN", full: "process.env.KV_REST_API_TOKEN" }),
    with_("a name that the settings give", make("process.env.SCORES"), { read: "process.env.SCORES" }, { settings: { readOnlyTokenEnv: ["SCORES"] } }),
    with_("either of two read-only tokens", make(`(${READ_ONLY} ?? process.env.KV_REST_API_READ_ONLY_TOKEN)`), { client: "" }),
    with_("a token whose shape says so", make(`"${token("n")}"`).replace("!", ""), { client: "" }),
    with_("a token by way of a variable", `const key = ${READ_ONLY}!;\n${make("key").replace("!", "")}`, {}),
    {
      name: "another module's client",
      filename: "lib/save.ts",
      code: ELSEWHERE,
      files: LIB,
      errors: [refused(ELSEWHERE, { at: "redis.«set»(", client: 'import { redis } from "./redis";\nimport { Redis } from "@upstash/redis";\nexport const save = () => Redis.fromEnv().set("a", 1);\n' })],
    },
    {
      name: "another module's client in a browser: no suggestion brings full access there",
      filename: "lib/save.ts",
      code: `"use client";\n${ELSEWHERE}`,
      files: LIB,
      errors: [refused(`"use client";\n${ELSEWHERE}`, { at: "redis.«set»(", suggestions: [] })],
    },
    writes("a limiter", `import { Ratelimit } from "@upstash/ratelimit";\nexport const limiter = new Ratelimit({ redis: redis, limiter: Ratelimit.slidingWindow(1, "1 s") });\n`, { at: "redis: «redis»", messageId: "handedOver" }),
    writes("a lock", 'import { Lock } from "@upstash/lock";\nexport const lock = new Lock({ id: "a", redis: redis });\n', { at: "redis: «redis»", messageId: "handedOver" }, NOT_INSTALLED),
    {
      name: "a limiter on another module's client",
      filename: "lib/limit.ts",
      code: LIMITER,
      files: LIB,
      errors: [refused(LIMITER, { at: "{ «redis», limiter", messageId: "handedOver", client: LIMITER.replace("{ redis, limiter", "{ redis: Redis.fromEnv(), limiter").replace('"./redis";\n', '"./redis";\nimport { Redis } from "@upstash/redis";\n') })],
    },
    {
      name: "Vector",
      code: `${vector("UPSTASH_VECTOR_REST_READONLY_TOKEN")}export const add = () => index.namespace("a").upsert({ id: "a", vector: [1] });\n`,
      errors: [refused(`${vector("UPSTASH_VECTOR_REST_READONLY_TOKEN")}export const add = () => index.namespace("a").upsert({ id: "a", vector: [1] });\n`, { at: ".«upsert»(", read: "process.env.UPSTASH_VECTOR_REST_READONLY_TOKEN", full: "process.env.UPSTASH_VECTOR_REST_TOKEN" })],
      ...NOT_INSTALLED,
    },
    {
      name: "QStash, whose read-only token publishes nothing",
      code: QSTASH,
      errors: [refused(QSTASH, { at: ".«publishJSON»(", read: "process.env.QSTASH_READONLY_TOKEN", full: "process.env.QSTASH_TOKEN" })],
    },
    ...[
      'client.«schedules.create»({ destination: "https://example.com", cron: "* * * * *" })',
      'client.«messages.delete»("a")',
      'client.«urlGroups.addEndpoints»({ name: "a", endpoints: [{ url: "https://example.com" }] })',
      'client.«dlq.deleteMany»({ dlqIds: ["a"] })',
      'client.queue({ queueName: "a" }).«pause»()',
    ].map((marked): Invalid => {
      const code = qstash(marked.replaceAll(/[«»]/gu, ""));
      const command = /«(?<name>.+)»/u.exec(marked)?.groups?.["name"] ?? "";
      const method = command.replace(/^.*\./u, "");
      return { name: `QStash: ${command}`, code, errors: [refused(code, { at: `.«${method}»(`, command, read: "process.env.QSTASH_READONLY_TOKEN", full: "process.env.QSTASH_TOKEN" })] };
    }),
    {
      name: "QStash: a part of it in a variable",
      code: PLANNED,
      errors: [refused(PLANNED, { at: ".«pause»(", command: "schedules.pause", read: "process.env.QSTASH_READONLY_TOKEN", full: "process.env.QSTASH_TOKEN" })],
    },
    {
      name: "ioredis as the read-only user",
      code: IOREDIS,
      errors: [refused(IOREDIS, { at: "redis.«set»(", suggestions: [] })],
      ...NOT_INSTALLED,
    },
    {
      name: "each command is told",
      code: `${REDIS}export const save = async () => { await redis.set("a", 1); await redis.del("b"); };\n`,
      errors: ["redis.«set»(", "redis.«del»("].map((at) => refused(`${REDIS}export const save = async () => { await redis.set("a", 1); await redis.del("b"); };\n`, { at })),
    },
  ],
});

/** Forms in which the constructed client of the matrix is written with its credential. */
const constructed = syntaxMatrix
  .client((imports, expr) => `${imports}\nexport const save = async () => { await ${expr}.set("a", 1); };\n`)
  .filter(({ code }) => code.includes(FULL) && !code.includes("fromEnv"))
  .map((form) => ({ ...form, code: form.code.replace(FULL, READ_ONLY) }));

runRule("no-write-with-read-only-token", rule, {
  valid: syntaxMatrix.client((imports, expr) => `${imports}\nexport const save = async () => { await ${expr}.set("a", 1); };\n`).map((form) => ({ ...form, name: `full access: ${form.name}` })),
  invalid: [
    ...constructed.map((form): Invalid => ({ ...form, errors: [refused(form.code, { at: ".«set»(" })] })),
    ...syntaxMatrix
      .value(READ_ONLY, (setup, expr) => `import { Redis } from "@upstash/redis";\nexport async function save() {\n${setup}\nconst redis = new Redis({ url: "https://example.upstash.io", token: ${expr} as string });\nawait redis.set("a", 1);\n}\n`)
      .filter(({ name }) => name in KNOWN_FORMS)
      .map((form): Invalid => ({ ...form, errors: [refused(form.code, { at: "redis.«set»(", ...KNOWN_FORMS[form.name] })] })),
  ],
});

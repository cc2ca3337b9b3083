import path from "node:path";
import { describe, expect, it } from "vitest";
import rule from "../../src/rules/require-ttl-for-secrets.ts";
import { marked, replaceOnce } from "../helpers/marks.ts";
import { project } from "../helpers/project.ts";
import { lint, mendsOf, problemsAfter } from "../helpers/round-trip.ts";
import { runRule, type InvalidCase, type ValidCase } from "../helpers/rule-tester.ts";
import { syntaxMatrix, type MatrixCase } from "../helpers/syntax-matrix.ts";

type Invalid = InvalidCase<"missing" | "sometimes" | "expire", object>;

const CLIENT = `import { Redis } from "@upstash/redis";
const redis = Redis.fromEnv();
declare const id: string, code: string, token: string, data: { access_token: string; refresh_token: string; expires_in: number };
`;

const valid = (name: string, code: string, more: Partial<ValidCase<object>> = {}): ValidCase<object> => ({ name, code: CLIENT + code, ...more });

interface Expected {
  readonly secret: string;
  readonly seconds: number;
  readonly command?: string;
  readonly id?: "missing" | "sometimes";
  /** What the suggestion puts in place of what; none where it can't be written. */
  readonly mend?: readonly [from: string, to: string];
}

function invalid(name: string, source: string, expected: Expected | readonly Expected[], more: Partial<Invalid> = {}): Invalid {
  const { code, places } = marked(CLIENT + source);
  const all = Array.isArray(expected) ? (expected as readonly Expected[]) : [expected as Expected];
  if (all.length !== places.length) throw new Error(`${name}: ${places.length} marks`);
  const errors = all.map(({ secret, seconds, command = "set", id = "missing", mend }, index) => ({
    messageId: id,
    data: { command, secret, seconds: String(seconds) },
    ...places[index],
    ...(mend ? { suggestions: [{ messageId: "expire" as const, data: { seconds: String(seconds) }, output: replaceOnce(code, ...mend) }] } : {}),
  }));
  return { name, code, errors, ...more } as Invalid;
}

const OTP = { secret: "a one-time code (`otp:`)", seconds: 600 };
const SESSION = { secret: "a session (`session:`)", seconds: 604_800 };
const RESET = { secret: "a code to reset a password (`reset:`)", seconds: 3600 };

runRule("require-ttl-for-secrets", rule, {
  valid: [
    valid("ex, px, exat, pxat", 'await redis.set(`otp:${id}`, code, { ex: 300 });\nawait redis.set(`otp:${id}`, code, { px: 300_000 });\nawait redis.set(`otp:${id}`, code, { exat: 1 });\nawait redis.set(`otp:${id}`, code, { pxat: 1 });\n'),
    valid("a flag under a key of codes", "const bytes = new Uint32Array(1);\nawait redis.set(`otp:${id}`, bytes.length > 1);\nawait redis.set(`otp:${id}`, bytes.length * 2);\n"),
    valid("setex and psetex", "await redis.setex(`otp:${id}`, 300, code);\nawait redis.psetex(`otp:${id}`, 300_000, code);\n"),
    valid("a class whose field adds no text, or one about something else", "class Stats {\n  offset = 5;\n  prefix = 'cart:';\n  async save(n: number) {\n    await redis.set('n', this.offset + n);\n    await redis.set(this.prefix + id, { userId: id });\n  }\n}\nnew Stats();\n"),
    valid("a field's text before a session that ends", "class Store {\n  prefix = 'sess:';\n  async save() { await redis.set(this.prefix + id, { userId: id }, { ex: 60 }); }\n}\nnew Store();\n"),
    valid("a prefix that whoever makes the store chooses", "class Store {\n  constructor(private prefix: string) {}\n  async save() { await redis.set(this.prefix + id, { role: id }); }\n}\nnew Store(id);\n"),
    valid("keepTtl on refresh", "await redis.set(`session:${id}`, { userId: id, seen: Date.now() }, { keepTtl: true });\n"),
    valid("expire behind it", "await redis.set(`otp:${id}`, code);\nawait redis.expire(`otp:${id}`, 300);\n"),
    valid("expire behind it by the same name", "export async function store(user: string) {\n  const key = `otp:${user}`;\n  await redis.set(key, code);\n  console.log(user);\n  await redis.pexpire(key, 300_000);\n}\n"),
    valid("expire in the same pipeline", "await redis.pipeline().set(`otp:${id}`, code).expire(`otp:${id}`, 300).exec();\nconst p = redis.multi();\np.hset(`session:${id}`, { userId: id });\np.expireat(`session:${id}`, 1);\nawait p.exec();\n"),
    valid("expire in one Promise.all", "await Promise.all([redis.set(`otp:${id}`, code), redis.expire(`otp:${id}`, 300)]);\n"),
    valid("expire on every way", "export async function store(long: boolean) {\n  await redis.set(`session:${id}`, { userId: id });\n  if (long) await redis.expire(`session:${id}`, 60);\n  else await redis.expire(`session:${id}`, 30);\n}\n"),
    valid("expire in a helper", "async function touch(key: string) { await redis.expire(key, 60); }\nexport async function store() {\n  await redis.set(`session:${id}`, { userId: id });\n  await touch(`session:${id}`);\n}\n"),
    valid("expire in a helper of another file", 'import { touch } from "@/lib/touch";\nexport async function store(user: string) {\n  await redis.hset(`session:${user}`, { userId: user });\n  await touch(user);\n}\n', {
      files: { "lib/touch.ts": 'import { Redis } from "@upstash/redis";\nconst redis = Redis.fromEnv();\nexport const touch = async (user: string) => { await redis.expire(`session:${user}`, 60); };\n' },
    }),
    valid("a key made by a helper", "const keyOf = (user: string) => `otp:${user}`;\nawait redis.set(keyOf(id), code);\nawait redis.expire(keyOf(id), 60);\n"),
    valid("expire after the response", "declare function after(run: () => Promise<void>): void;\nexport async function store() {\n  await redis.set(`otp:${id}`, code);\n  after(async () => { await redis.expire(`otp:${id}`, 60); });\n}\n"),
    valid("a hash keeps the expiry that its key has", "export async function store() {\n  await redis.expire(`session:${id}`, 60);\n  await redis.hset(`session:${id}`, { userId: id });\n}\n"),
    valid("deleted at once", "export async function tryIt() {\n  await redis.set(`otp:${id}`, code);\n  await redis.del(`otp:${id}`);\n}\n"),
    valid("getex gives it an end", "await redis.set(`session:${id}`, { userId: id });\nawait redis.getex(`session:${id}`, { ex: 60 });\n"),
    valid("another function of the file keeps such keys short", "export const open = (user: string) => redis.hset(`session:${user}`, { userId: user });\nexport const limit = (user: string) => redis.expire(`session:${user}`, 60);\n"),
    valid("a hash that is brought up to date", "export const seen = () => redis.hset(`session:${id}`, { lastSeen: Date.now(), page: 1 });\n"),
    valid("part of a document", 'export const seen = () => redis.json.set(`session:${id}`, "$.lastSeen", id);\n'),
    valid("counts and locks about codes", "await redis.set(`otp:attempts:${id}`, id);\nawait redis.set(`otp:lock:${id}`, id);\nawait redis.set(`reset:count:${id}`, id);\n"),
    valid("flags", "await redis.set(`otp:${id}`, true);\nawait redis.set(`verification:${id}`, 1);\nawait redis.set(`reset:${id}`, Date.now());\n"),
    valid("sessions of another kind", "await redis.set(`chat:session:${id}`, { userId: id });\nawait redis.set(`game:session:${id}`, { players: 2 });\n"),
    valid("a session of nobody knows what", "export const save = (value: unknown) => redis.set(`session:${id}`, value);\n"),
    valid("an account's record with a code in it", "await redis.set(`user:${id}`, { name: id, createdAt: 1, verificationCode: code, role: id });\n"),
    valid("secrets that are there to stay", "export const save = (password: string, apiKey: string) => redis.mset({ a: password, b: apiKey });\n"),
    valid("an integration's record", "await redis.json.set(`account:${id}`, '$', { accessToken: token, username: id, platform: 'x' });\n"),
    valid("options that are not known", "export const save = (options: any) => redis.set(`otp:${id}`, code, options);\nexport const other = (ex?: number) => redis.set(`otp:${id}`, code, ex ? { ex } : {});\n"),
    valid("what the client drops is no-ignored-ttl's matter", "await redis.set(`otp:${id}`, code, { EX: 60 } as never);\n"),
    valid("a script may set it", "await redis.set(`otp:${id}`, code);\nconst key = `otp:${id}`;\nawait redis.eval(\"redis.call('EXPIRE', KEYS[1], 60)\", [key], []);\n"),
    valid("raw words with an expiry", 'await redis.exec(["SET", `otp:${id}`, code, "EX", 60]);\n'),
    valid("a session of a cookie with its end", 'import { cookies } from "next/headers";\nexport async function link(key: string) {\n  const sessionId = (await cookies()).get("drive_session")?.value;\n  await redis.set(`link:${key}`, sessionId, { ex: 60 });\n}\n'),
    valid("an id that no cookie holds", "export const link = (key: string, sessionId: string) => redis.set(`link:${key}`, sessionId);\n"),
    valid("another cookie's value", 'import { cookies } from "next/headers";\nexport async function link(key: string) {\n  const theme = (await cookies()).get("theme")?.value;\n  await redis.set(`theme:${key}`, theme);\n}\n'),
    valid("a chat's session in a cookie", 'import { cookies } from "next/headers";\nexport async function link(key: string) {\n  const chatSession = (await cookies()).get("chat_session")?.value;\n  await redis.set(`link:${key}`, chatSession);\n}\n'),
    valid("ioredis and node-redis with an expiry", 'import IORedis from "ioredis";\nimport { createClient } from "redis";\nconst a = new IORedis(process.env.UPSTASH_REDIS_URL!);\nconst b = createClient({ url: process.env.UPSTASH_REDIS_URL! });\nawait a.set(`otp:${id}`, code, "EX", 60);\nawait a.setex(`otp:${id}`, 60, code);\nawait b.set(`otp:${id}`, code, { EX: 60 });\nawait b.set(`otp:${id}`, code, { expiration: { type: "EX", value: 60 } });\nawait b.setEx(`otp:${id}`, 60, code);\nawait a.set(`otp:${id}`, code);\nawait a.expire(`otp:${id}`, 60);\n'),
    valid("requests with an expiry", 'const url = process.env.UPSTASH_REDIS_REST_URL!;\nawait fetch(url, { method: "POST", body: JSON.stringify(["SET", `otp:${id}`, code, "EX", 60]) });\nawait fetch(`${url}/set/otp:${id}/${code}?EX=60`);\nawait fetch(`${url}/setex/otp:${id}/60/${code}`);\n'),
    valid("a wrapper that sees to it", "async function cache(key: string, value: unknown, seconds = 60) { await redis.set(key, value, { ex: seconds }); }\nexport const store = () => cache(`otp:${id}`, code);\n"),
    valid("a wrapper that chooses", "async function save(key: string, value: unknown, seconds?: number) {\n  if (seconds) await redis.set(key, value, { ex: seconds });\n  else await redis.set(key, value);\n}\nexport const store = () => save(`otp:${id}`, code, 60);\n"),
    valid("a Map", "new Map().set(`otp:${id}`, code);\n"),
    valid("a public code", "await redis.set(`room:${code}`, { players: 2 });\nawait redis.set(`promo:${code}`, id);\n"),
    valid("a test's file", "await redis.set(`otp:${id}`, code);\n", { filename: "lib/otp.test.ts" }),
  ],
  invalid: [
    invalid("a one-time code", "await redis.«set»(`otp:${id}`, code);\n", { ...OTP, mend: ["code);", "code, { ex: 600 });"] }),
    invalid("cut to six digits", "const bytes = new Uint32Array(1);\nconst digits = crypto.getRandomValues(bytes)[0]! % 1_000_000;\nawait redis.«set»(`otp:${id}`, digits);\n", { ...OTP, mend: ["digits);", "digits, { ex: 600 });"] }),
    invalid("hashed as well: guessing goes on for ever", 'import { createHash } from "node:crypto";\nawait redis.«set»(`otp:${id}`, createHash("sha256").update(code).digest("hex"));\n', { ...OTP, mend: ['"hex"));', '"hex"), { ex: 600 });'] }),
    invalid("a class's prefix, added", "class Store {\n  private readonly prefix = 'session:';\n  async save(data: { userId: string }) { await redis.«set»(this.prefix + id, data); }\n}\nnew Store();\n", { ...SESSION, mend: ["data);", "data, { ex: 604800 });"] }),
    invalid("a static prefix, added", "class Store {\n  static prefix = 'otp:';\n  static async save() { await redis.«set»(Store.prefix + id, code); }\n}\nStore.save;\n", { ...OTP, mend: ["code);", "code, { ex: 600 });"] }),
    invalid("a table's prefix, added", "const KEYS = { otp: 'otp:' };\nawait redis.«set»(KEYS.otp + id, code);\n", { ...OTP, mend: ["code);", "code, { ex: 600 });"] }),
    invalid("a reset token", "await redis.«set»(`reset:${token}`, id);\n", { ...RESET, mend: ["id);", "id, { ex: 3600 });"] }),
    invalid("a verification", "await redis.«set»(`email-verification:${id}`, token);\n", { secret: "a code to verify somebody (`email-verification:`)", seconds: 86_400, mend: ["token);", "token, { ex: 86400 });"] }),
    invalid("a magic link", "await redis.«set»(`magic-link:${token}`, id);\n", { secret: "a magic link (`magic-link:`)", seconds: 900, mend: ["id);", "id, { ex: 900 });"] }),
    invalid("a session by its fields", "await redis.«set»(`session:${id}`, { userId: id, email: code });\n", { ...SESSION, mend: ["code });", "code }, { ex: 604800 });"] }),
    invalid("a session by its fields, as JSON", "await redis.«set»(`session:${id}`, JSON.stringify({ userId: id }));\n", { ...SESSION, mend: ["}));", "}), { ex: 604800 });"] }),
    invalid("a session by the name in its key", "export const open = (sessionId: string, value: unknown) => redis.«set»(`session:${sessionId}`, value);\n", { ...SESSION, mend: ["value);", "value, { ex: 604800 });"] }),
    invalid("a session of a user's id", "export const open = (userId: string) => redis.«set»(`session:${id}`, userId);\n", { ...SESSION, mend: ["userId);", "userId, { ex: 604800 });"] }),
    invalid("the key is the token", "export const open = (sessionToken: string, user: { id: string }) => redis.«set»(sessionToken, user);\n", {
      secret: "a session token (`sessionToken`)",
      seconds: 604_800,
      mend: ["user);", "user, { ex: 604800 });"],
    }),
    invalid("tokens of an authorisation server", 'await redis.«set»("shop:access_token", data.access_token);\nawait redis.«set»("shop:refresh_token", data.refresh_token);\n', [
      { secret: "an access token (`shop:access_token`)", seconds: 3600, mend: ["data.access_token);", "data.access_token, { ex: 3600 });"] },
      { secret: "a refresh token (`shop:refresh_token`)", seconds: 2_592_000, mend: ["data.refresh_token);", "data.refresh_token, { ex: 2592000 });"] },
    ]),
    invalid("the whole answer of one", 'await redis.«set»("shop:auth", { access_token: data.access_token, refresh_token: data.refresh_token, expires_at: 1 });\n', {
      secret: "an access token (`access_token`)",
      seconds: 3600,
      mend: ["expires_at: 1 });", "expires_at: 1 }, { ex: 3600 });"],
    }),
    invalid("by the value's name", "export const save = (resetToken: string) => redis.«set»(`u:${id}`, resetToken);\n", { secret: "a one-time token (`resetToken`)", seconds: 3600, mend: ["resetToken);", "resetToken, { ex: 3600 });"] }),
    invalid("other options", "await redis.«set»(`otp:${id}`, code, { nx: true });\n", { ...OTP, mend: ["nx: true }", "nx: true, ex: 600 }"] }),
    invalid("empty options", "await redis.«set»(`otp:${id}`, code, {});\n", { ...OTP, mend: ["{});", "{ ex: 600 });"] }),
    invalid("options by name", "const once = { nx: true } as const;\nawait redis.«set»(`otp:${id}`, code, once);\n", { ...OTP, mend: [", once", ", { ...once, ex: 600 }"] }),
    invalid("undefined for options", "await redis.«set»(`otp:${id}`, code, undefined);\n", { ...OTP, mend: [", undefined", ", { ex: 600 }"] }),
    invalid("an update that loses the expiry", "export const touch = (user: string) => redis.«set»(`session:${id}`, { userId: user }, { xx: true });\n", { ...SESSION, mend: ["xx: true }", "xx: true, ex: 604800 }"] }),
    invalid("over several lines, with comments", "await redis.«set»(\n  `otp:${id}`, // the key\n  code, // the code\n);\n", { ...OTP, mend: ["code, // the code", "code, { ex: 600 }, // the code"] }),
    invalid("in brackets", "await redis.«set»(`otp:${id}`, (code));\n", { ...OTP, mend: ["(code))", "(code), { ex: 600 })"] }),
    invalid("setnx", "await redis.«setnx»(`otp:${id}`, code);\n", { ...OTP, command: "setnx", mend: ["await redis.setnx(`otp:${id}`, code);", "await redis.setnx(`otp:${id}`, code);\nawait redis.expire(`otp:${id}`, 600);"] }),
    invalid("mset", "await redis.«mset»({ [`otp:${id}`]: code });\n", { ...OTP, command: "mset" }),
    invalid("mset with keys that are written down", 'await redis.«mset»({ "otp:user": code, n: 1 });\n', {
      secret: "a one-time code (`otp:user`)", seconds: 600, command: "mset",
      mend: ['n: 1 });', 'n: 1 });\nawait redis.expire("otp:user", 600);\nawait redis.expire("n", 600);'],
    }),
    invalid("hset", "await redis.«hset»(`session:${id}`, { userId: id, role: code });\n", {
      ...SESSION,
      command: "hset",
      mend: ["role: code });", "role: code });\nawait redis.expire(`session:${id}`, 604800);"],
    }),
    invalid("hset of a code", "await redis.«hset»(`otp:${id}`, { codeHash: code, attempts: 0 });\n", { ...OTP, command: "hset", mend: ["attempts: 0 });", "attempts: 0 });\nawait redis.expire(`otp:${id}`, 600);"] }),
    invalid("json.set", 'await redis.json.«set»(`session:${id}`, "$", { userId: id });\n', { ...SESSION, command: "json.set", mend: ["userId: id });", "userId: id });\nawait redis.expire(`session:${id}`, 604800);"] }),
    invalid("in a pipeline", "await redis.pipeline().«hset»(`session:${id}`, { userId: id }).incr('n').exec();\n", { ...SESSION, command: "hset", mend: ["userId: id })", "userId: id }).expire(`session:${id}`, 604800)"] }),
    invalid("inside an expression", "export const open = () => redis.«hset»(`session:${id}`, { userId: id });\n", { ...SESSION, command: "hset", mend: ["redis.hset(`session:${id}`, { userId: id })", "redis.multi().hset(`session:${id}`, { userId: id }).expire(`session:${id}`, 604800).exec()"] }),
    invalid("raw words", 'await redis.«exec»(["SET", `otp:${id}`, code]);\n', { ...OTP, mend: ["code]", 'code, "EX", 600]'] }),
    invalid("expire on another key", "await redis.«set»(`otp:${id}`, code);\nawait redis.expire(`user:${id}`, 300);\n", { ...OTP, mend: ["code);", "code, { ex: 600 });"] }),
    invalid("expire before set does nothing", "await redis.expire(`otp:${id}`, 300);\nawait redis.«set»(`otp:${id}`, code);\n", { ...OTP, mend: ["code);", "code, { ex: 600 });"] }),
    invalid("expire on some ways only", "export async function store(short: boolean) {\n  await redis.«set»(`otp:${id}`, code);\n  if (short) await redis.expire(`otp:${id}`, 60);\n}\n", { ...OTP, id: "sometimes", mend: ["code);", "code, { ex: 600 });"] }),
    invalid("a hash's expire on some ways only", "export async function store(short: boolean) {\n  await redis.«hset»(`session:${id}`, { userId: id });\n  if (short) await redis.expire(`session:${id}`, 60);\n}\n", { ...SESSION, id: "sometimes", command: "hset", mend: ["userId: id });", "userId: id });\n  await redis.expire(`session:${id}`, 604800);"] }),
    invalid("a way out before expire", "export async function store(stop: boolean) {\n  await redis.«set»(`otp:${id}`, code);\n  if (stop) return;\n  await redis.expire(`otp:${id}`, 60);\n}\n", { ...OTP, id: "sometimes", mend: ["code);", "code, { ex: 600 });"] }),
    invalid("another function's expire for other keys", "export const open = () => redis.«set»(`otp:${id}`, code);\nexport const other = () => redis.expire(`user:${id}`, 60);\n", { ...OTP, mend: ["code);", "code, { ex: 600 });"] }),
    invalid("a session of a cookie", 'import { cookies } from "next/headers";\nexport async function link(key: string) {\n  const jar = await cookies();\n  let sessionId = jar.get("drive_session")?.value;\n  sessionId ??= crypto.randomUUID();\n  await redis.«set»(`link:${key}`, sessionId);\n}\n', {
      secret: "a session (`sessionId`)",
      seconds: 604_800,
      mend: ["(`link:${key}`, sessionId)", "(`link:${key}`, sessionId, { ex: 604800 })"],
    }),
    invalid("ioredis at Upstash", 'import IORedis from "ioredis";\nconst other = new IORedis(process.env.UPSTASH_REDIS_URL!);\nawait other.«set»(`otp:${id}`, code);\n', { ...OTP, mend: ["other.set(`otp:${id}`, code)", 'other.set(`otp:${id}`, code, "EX", 600)'] }),
    invalid("node-redis at Upstash", 'import { createClient } from "redis";\nconst other = createClient({ url: process.env.UPSTASH_REDIS_URL! });\nawait other.«set»(`otp:${id}`, code, { NX: true });\n', { ...OTP, mend: ["{ NX: true }", "{ NX: true, EX: 600 }"] }),
    invalid("a request's list of words", 'const url = process.env.UPSTASH_REDIS_REST_URL!;\nawait «fetch»(url, { method: "POST", body: JSON.stringify(["SET", `otp:${id}`, code]) });\n', { ...OTP, mend: ['code]) });', 'code, "EX", "600"]) });'] }),
    invalid("a request's path", "const url = process.env.UPSTASH_REDIS_REST_URL!;\nawait «fetch»(`${url}/set/otp:${id}/${code}`);\n", { ...OTP, mend: ["/${code}`", "/${code}/EX/600`"] }),
    invalid("a wrapper of the file", "async function save(key: string, value: unknown) { await redis.set(key, value); }\nexport const store = () => «save»(`otp:${id}`, code);\n", { ...OTP, command: "save → set" }),
    invalid("a wrapper of another file", 'import { cache } from "@/lib/cache";\nexport const store = () => cache.«set»(`reset:${token}`, id);\n', { ...RESET, command: "set → set" }, {
      files: { "lib/cache.ts": 'import { Redis } from "@upstash/redis";\nconst redis = Redis.fromEnv();\nexport const cache = { set: async (key: string, value: unknown) => { await redis.set(key, JSON.stringify(value)); } };\n' },
    }),
    invalid("the type says what is in the session", 'import type { Session } from "@/lib/types";\nexport const open = (session: Session) => redis.«set»(`session:${id}`, session);\n', { ...SESSION, mend: ["session);", "session, { ex: 604800 });"] }, {
      files: { "lib/types.ts": "export interface Session { userId: string; createdAt: number }\n" },
    }),
    invalid("@vercel/kv", 'import { kv } from "@vercel/kv";\nawait kv.«set»(`otp:${id}`, code);\n', { ...OTP, mend: ["code);", "code, { ex: 600 });"] }),
  ],
});

const shared = project();

function check({ code, files }: MatrixCase): void {
  const filename = "lib/example.ts";
  const placeOf = (text: string): Parameters<typeof lint>[1] => {
    const cwd = files === undefined ? shared : project({ ...files, [filename]: text });
    return { rule: rule as never, cwd, filename: path.join(cwd, filename), options: [], settings: {} };
  };
  const before = lint(code, placeOf(code));
  expect(before.map((message) => message.messageId), code).toEqual(["missing"]);
  const mends = mendsOf(code, before);
  expect(mends).toHaveLength(1);
  for (const mend of mends) expect(problemsAfter(mend, code, before, lint(mend.output, placeOf(mend.output))), mend.output).toEqual([]);
}

describe("forms of a secret", () => {
  const cases = syntaxMatrix.value(
    "user.otp",
    (setup, expr) => `import { Redis } from "@upstash/redis";
const redis = Redis.fromEnv();
export async function store(user: { id: string; otp: string }) {
  ${setup}
  await redis.set(\`u:\${user.id}\`, ${expr});
}
`,
    { except: { "globalThis singleton": "the model does not follow assignments to globals" } },
  );
  it.each(cases)("$name", check);
});

describe("forms of a client", () => {
  const cases = syntaxMatrix.client(
    (imports, expr) => `${imports}
export async function store(id: string, code: string) {
  await ${expr}.set(\`otp:\${id}\`, code);
}
`,
    {
      except: {
        "dynamic import in .then()": "the model does not know the parameter of such a callback",
        "dynamic import in .then(), destructured": "as above",
        "own module, dynamic import in .then()": "as above",
      },
    },
  );
  it.each(cases)("$name", check);
});

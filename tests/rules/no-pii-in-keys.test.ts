import path from "node:path";
import { describe, expect, it } from "vitest";
import rule from "../../src/rules/no-pii-in-keys.ts";
import { marked, replaceOnce } from "../helpers/marks.ts";
import { project } from "../helpers/project.ts";
import { lint, mendsOf, problemsAfter } from "../helpers/round-trip.ts";
import { runRule, type InvalidCase, type ValidCase } from "../helpers/rule-tester.ts";
import { syntaxMatrix, type MatrixCase } from "../helpers/syntax-matrix.ts";

type Invalid = InvalidCase<"personal" | "hash", object>;

const FIRST = 'import { Redis } from "@upstash/redis";\n';
const CLIENT = `${FIRST}const redis = Redis.fromEnv();
declare const id: string, email: string, phone: string, ip: string;
`;
const PLACES = {
  key: "a key, and keys stand in logs, in error messages and in every list of keys",
  channel: "the name of a channel, and such names stand in logs and error messages",
  limiter: "the identifier of a limiter with analytics, which keeps it for 90 days",
};

const valid = (name: string, code: string, more: Partial<ValidCase<object>> = {}): ValidCase<object> => ({ name, code: CLIENT + code, ...more });

interface Expected {
  readonly method: string;
  readonly data?: string;
  readonly place?: keyof typeof PLACES;
  /** What the suggestion hashes, where it is not what is marked, and the text around it. */
  readonly hashes?: readonly [from: string, to: string];
}

const sha = (text: string): string => `createHash("sha256").update(${text}).digest("hex")`;

function invalid(name: string, source: string, { method, data = "an email address (`email`)", place = "key", hashes }: Expected, more: Partial<Invalid> = {}): Invalid {
  const { code, places, ranges } = marked(CLIENT + source);
  const [start, end] = ranges[0] ?? [0, 0];
  const edited = hashes ? replaceOnce(code, ...hashes) : code.slice(0, start) + sha(`String(${code.slice(start, end)})`) + code.slice(end);
  const imports = edited.match(/(?:^import .*\n)+/m)?.[0] ?? "";
  const output = edited.replace(imports, `${imports}import { createHash } from "node:crypto";\n`);
  return {
    name,
    code,
    errors: [{ messageId: "personal", data: { method, data, place: PLACES[place] }, ...places[0], suggestions: [{ messageId: "hash", data: { by: "SHA-256" }, output }] }],
    ...more,
  } as Invalid;
}

runRule("no-pii-in-keys", rule, {
  valid: [
    valid("an id", "await redis.get(`user:${id}`);\nawait redis.set(`user:${id}`, email);\n"),
    valid("hashed", 'import { createHash } from "node:crypto";\nawait redis.get(`user:${createHash("sha256").update(email).digest("hex")}`);\n'),
    valid("hashed before", 'import { createHmac } from "node:crypto";\nconst emailHash = createHmac("sha256", "k").update(email).digest("hex");\nawait redis.get(`user:${emailHash}`);\n'),
    valid("hashed by a function of settings", 'import { blind } from "@acme/blind";\nawait redis.get(`user:${blind(email)}`);\n', { settings: { hashers: ["@acme/blind#blind"] } }),
    valid("hashed in a helper of another file", 'import { userKey } from "@/lib/keys";\nawait redis.get(userKey(email));\n', {
      files: { "lib/keys.ts": 'import { createHash } from "node:crypto";\nexport const userKey = (mail: string) => `user:${createHash("sha256").update(mail).digest("hex")}`;\n' },
    }),
    valid("random tokens", "export const read = (token: string, sessionId: string) => redis.mget(`session:${token}`, `s:${sessionId}`);\n"),
    valid("what is only about an address", "declare const emailTemplateId: string, emailVerified: boolean, emailCount: number;\nawait redis.mget(`t:${emailTemplateId}`, `v:${emailVerified}`, `n:${emailCount}`);\n"),
    valid("a user's public name", "export const read = (username: string) => redis.get(`user:${username}`);\n"),
    valid("a limiter made by hand ends by itself", "await redis.incr(`ratelimit:${ip}`);\nawait redis.incr(`login-attempts:${ip}`);\n"),
    valid("a counter that ends by itself, by the first count", "const key = `rl:guest:${ip}:2026`;\nconst count = await redis.incr(key);\nif (count === 1) await redis.expire(key, 60);\n"),
    valid("a counter that is raced with a timer", "export async function check(ip: string) {\nconst key = `visits:${ip}`;\nconst count = await Promise.race([redis.incr(key), new Promise<number>(() => undefined)]);\nif (count === 1) await redis.expire(key, 60);\nreturn count;\n}\n"),
    valid("a counter in a pipeline, and what is left of it", "const key = `hits:${ip}`;\nawait redis.pipeline().incrby(key, 2).expire(key, 60).exec();\nawait redis.get(key);\n"),
    valid("a limiter without analytics", 'import { Ratelimit } from "@upstash/ratelimit";\nconst limiter = new Ratelimit({ redis, limiter: Ratelimit.fixedWindow(1, "1 s") });\nawait limiter.limit(email);\n'),
    valid("an address in a limiter", 'import { Ratelimit } from "@upstash/ratelimit";\nconst limiter = new Ratelimit({ redis, limiter: Ratelimit.fixedWindow(1, "1 s"), analytics: true });\nawait limiter.limit(`api:${ip}`);\nawait limiter.limit(id);\n'),
    valid("addresses of nobody", 'await redis.get("user:somebody@example.com");\nawait redis.get("user:a@test.dev");\n'),
    valid("constants", 'const EMAIL_KEY = "emails";\nawait redis.get(EMAIL_KEY);\nawait redis.get("user:email");\n'),
    valid("a Map", "new Map().get(`user:${email}`);\n"),
    valid("another client", 'import IORedis from "ioredis";\nconst other = new IORedis();\nawait other.get(`user:${email}`);\n'),
    valid("values are no-plaintext-pii's matter", "await redis.lpush('mails', email);\n"),
    valid("a test's file", "await redis.get(`user:${email}`);\n", { filename: "lib/user.test.ts" }),
  ],
  invalid: [
    invalid("a key that is read", "await redis.get(`user:${«email»}`);\n", { method: "get" }),
    invalid("a key of ioredis at Upstash", 'import IORedis from "ioredis";\nconst other = new IORedis(process.env.UPSTASH_REDIS_URL!);\nawait other.get(`user:${«email»}`);\n', { method: "get" }),
    invalid("a key in a request's list of words", 'await fetch(process.env.UPSTASH_REDIS_REST_URL!, { method: "POST", body: JSON.stringify(["GET", `user:${«email»}`]) });\n', { method: "get" }),
    invalid("a key that is written", "await redis.set(`user:${«email»}`, id);\n", { method: "set" }),
    invalid("a whole key", "await redis.hgetall(«email»);\n", { method: "hgetall" }),
    invalid("concatenated", 'await redis.del("user:" + «email»);\n', { method: "del" }),
    invalid("in small letters", "await redis.get(`user:${«email».trim().toLowerCase()}`);\n", { method: "get", hashes: ["email.trim().toLowerCase()", sha("String(email.trim().toLowerCase())")] }),
    invalid("a property", "export const read = (user: { email: string }) => redis.get(`user:${«user.email»}`);\n", { method: "get" }),
    invalid("a phone number", "await redis.get(`user:${«phone»}`);\n", { method: "get", data: "a phone number (`phone`)" }),
    invalid("a social security number", "export const read = (ssn: string) => redis.get(`p:${«ssn»}`);\n", { method: "get", data: "a social security number (`ssn`)" }),
    invalid("a key by name is shown where it is made", "const key = `otp:${«email»}`;\nawait redis.set(key, id, { ex: 60 });\nawait redis.get(key);\n", { method: "set" }),
    invalid("one of several keys", "await redis.mget(`a:${id}`, `b:${«email»}`);\n", { method: "mget" }),
    invalid("keys of mset", "await redis.mset({ [`user:${«email»}`]: id });\n", { method: "mset" }),
    invalid("in a pipeline", "await redis.pipeline().incr(`n:${«email»}`).exec();\n", { method: "incr" }),
    invalid("raw words", 'await redis.exec(["GET", `user:${«email»}`]);\n', { method: "get" }),
    invalid("json.get", "await redis.json.get(`account:${«email»}:${id}`);\n", { method: "json.get" }),
    invalid("encoded: it can be read all the same", "await redis.get(`user:${«encodeURIComponent(email)»}`);\n".replace("«encodeURIComponent(email)»", "encodeURIComponent(«email»)"), { method: "get" }),
    invalid("a channel", "await redis.publish(`mail:${«email»}`, id);\n", { method: "publish", place: "channel" }),
    invalid("an address beside what is kept", "await redis.sadd(`audit:${«ip»}`, id);\n", { method: "sadd", data: "an IP address (`ip`)" }),
    invalid("an address in a counter that never ends", "await redis.incr(`visits:${«ip»}`);\n", { method: "incr", data: "an IP address (`ip`)" }),
    invalid("an address in a counter that ends, whose key is written down", "const key = `audit:${«ip»}`;\nawait redis.incr(key);\nawait redis.expire(key, 60);\nawait redis.sadd(\"audit:index\", key);\n", { method: "incr", data: "an IP address (`ip`)" }),
    invalid("an address in a key that ends, and counts nothing", "await redis.set(`seen:${«ip»}`, id, { ex: 60 });\n", { method: "set", data: "an IP address (`ip`)" }),
    invalid("an email address in a counter that ends", "const key = `n:${«email»}`;\nawait redis.incr(key);\nawait redis.expire(key, 60);\n", { method: "incr" }),
    invalid("written in the code", 'await redis.get(«"user:jane.doe@gmail.com"»);\n', { method: "get", data: "an email address (a literal)", hashes: ['"user:jane.doe@gmail.com"', sha('"user:jane.doe@gmail.com"')] }),
    invalid("a helper of another file that makes the key", 'import { userKey } from "@/lib/keys";\nawait redis.get(«userKey(email)»);\n', { method: "get", hashes: ["userKey(email)", `userKey(${sha("String(email)")})`] }, {
      files: { "lib/keys.ts": "export const userKey = (mail: string) => `user:${mail}`;\n" },
    }),
    invalid("a function of another file that reads by it", 'import { getUser } from "@/lib/users";\nexport const load = () => getUser(«email»);\n', { method: "getUser → get" }, {
      files: { "lib/users.ts": 'import { Redis } from "@upstash/redis";\nconst redis = Redis.fromEnv();\nexport const getUser = (key: string) => redis.get(`user:${key}`);\n' },
    }),
    invalid("a limiter with analytics", 'import { Ratelimit } from "@upstash/ratelimit";\nconst limiter = new Ratelimit({ redis, limiter: Ratelimit.fixedWindow(1, "1 s"), analytics: true });\nawait limiter.limit(«email»);\n', { method: "limit", place: "limiter" }),
    invalid("@vercel/kv", 'import { kv } from "@vercel/kv";\nawait kv.get(`user:${«email»}`);\n', { method: "get" }, { typecheck: false, reason: "the import stands behind the first statement" }),
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
  expect(before.map((message) => message.messageId), code).toEqual(["personal"]);
  for (const mend of mendsOf(code, before)) expect(problemsAfter(mend, code, before, lint(mend.output, placeOf(mend.output))), mend.output).toEqual([]);
}

describe("forms of a part of a key", () => {
  const cases = syntaxMatrix.value(
    "user.email",
    (setup, expr) => `import { Redis } from "@upstash/redis";
const redis = Redis.fromEnv();
export async function read(user: { email: string }) {
  ${setup}
  return redis.get(\`user:\${${expr}}\`);
}
`,
    { except: { "globalThis singleton": "the model does not follow assignments to globals" } },
  );
  it.each(cases)("$name", check);
});

describe("forms of a client", () => {
  const cases = syntaxMatrix.client(
    (imports, expr) => `${imports}
export async function read(email: string) {
  return ${expr}.get(\`user:\${email}\`);
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

import path from "node:path";
import { describe, expect, it } from "vitest";
import rule from "../../src/rules/no-predictable-secrets.ts";
import { marked, replaceOnce } from "../helpers/marks.ts";
import { project } from "../helpers/project.ts";
import { lint, mendsOf, problemsAfter } from "../helpers/round-trip.ts";
import { runRule, type InvalidCase, type ValidCase } from "../helpers/rule-tester.ts";
import { syntaxMatrix, type MatrixCase } from "../helpers/syntax-matrix.ts";

type Invalid = InvalidCase<"predictable" | "replace", object>;

const CLIENT = `import { Redis } from "@upstash/redis";
const redis = Redis.fromEnv();
declare const id: string, email: string;
`;
const WHY = {
  random: "is not made for secrets: a few of its values give the next ones away",
  clock: "is the time, which anybody knows",
  counter: "counts, so that the next value is known",
};

const valid = (name: string, code: string, more: Partial<ValidCase<object>> = {}): ValidCase<object> => ({ name, code: CLIENT + code, ...more });

interface Expected {
  readonly secret: string;
  readonly source?: string;
  readonly why?: keyof typeof WHY;
  readonly mend?: { readonly by: string; readonly edits: readonly (readonly [from: string, to: string])[] };
}

function invalid(name: string, source: string, { secret, source: from = "Math.random()", why = "random", mend }: Expected, more: Partial<Invalid> = {}): Invalid {
  const { code, places } = marked(CLIENT + source);
  const suggestions = mend && [
    { messageId: "replace" as const, data: { by: mend.by }, output: mend.edits.reduce((text, edit) => replaceOnce(text, ...edit), code) },
  ];
  const error = { messageId: "predictable" as const, data: { secret, source: from, why: WHY[why] }, ...places[0], ...(suggestions ? { suggestions } : {}) };
  return { name, code, errors: [error], ...more } as Invalid;
}

const CODE = "one-time code";
const uuid = (...from: readonly string[]) => ({ by: "crypto.randomUUID()", edits: from.map((text) => [text, "crypto.randomUUID()"] as const) });
const int = (args: string, from: string) => ({
  by: `randomInt(${args})`,
  edits: [
    ['import { Redis } from "@upstash/redis";', 'import { Redis } from "@upstash/redis";\nimport { randomInt } from "node:crypto";'] as const,
    [from, `randomInt(${args})`] as const,
  ],
});

runRule("no-predictable-secrets", rule, {
  valid: [
    valid("a generator for secrets", 'import { randomInt, randomUUID } from "node:crypto";\nconst otp = String(randomInt(100_000, 1_000_000));\nawait redis.set(`otp:${id}`, otp, { ex: 60 });\nconst sessionId = randomUUID();\nawait redis.set(`session:${sessionId}`, id);\n'),
    valid("the global crypto", "const token = crypto.randomUUID();\nawait redis.set(`reset:${token}`, id);\n"),
    valid("nanoid", 'import { nanoid } from "nanoid";\nconst sessionToken = nanoid();\nawait redis.set(`session:${sessionToken}`, id);\n'),
    valid("time beside what nobody can guess", "const sessionToken = `${Date.now()}-${crypto.randomUUID()}`;\nawait redis.set(`session:${sessionToken}`, id);\n"),
    valid("random numbers for something else", "await redis.set(`price:${id}`, Math.random());\nawait redis.lpush('numbers', Math.random());\n"),
    valid("jitter of an expiry", "await redis.set(`otp:${id}`, email, { ex: 300 + Math.floor(Math.random() * 30) });\n"),
    valid("sampling", "if (Math.random() < 0.1) await redis.incr('sampled');\n"),
    valid("when a code was sent", "await redis.set(`otp:${id}`, Date.now());\nawait redis.hset(`session:${id}`, { createdAt: Date.now(), token: email });\n"),
    valid("when a session ends", "await redis.set(`session:${id}`, { userId: id, expiresAt: Date.now() + 1000 });\n"),
    valid("ids that are no secrets", "const orderId = `order-${Date.now()}`;\nawait redis.set(`order:${orderId}`, id);\nconst jobId = Math.random().toString(36);\nawait redis.set(`job:${jobId}`, id);\n"),
    valid("a chat's session", "const sessionId = Math.random().toString(36);\nawait redis.set(`chat:session:${sessionId}`, id);\n"),
    valid("a room's code", "const code = Math.floor(Math.random() * 10_000);\nawait redis.set(`room:${code}`, id);\n"),
    valid("a colour for a user", "await redis.hset(`user:${id}`, { color: Math.floor(Math.random() * 360), name: email });\n"),
    valid("a fallback of what nobody can guess", "const token = crypto.randomUUID?.() ?? Math.random().toString(36);\nawait redis.set(`reset:${token}`, id);\n"),
    valid("a function that can't be read", 'import { generateToken } from "@acme/tokens";\nconst resetToken = generateToken(Math.random());\nawait redis.set(`reset:${resetToken}`, id);\n'),
    valid("a key goes with it", 'import { createHmac } from "node:crypto";\nconst sessionToken = createHmac("sha256", process.env.SECRET!).update(String(Date.now())).digest("hex");\nawait redis.set(`session:${sessionToken}`, id);\n'),
    valid("made of data alone", "const resetToken = `${id}-${email}`;\nawait redis.set(`reset:${resetToken}`, id);\n"),
    valid("read, not written", "const otp = Math.random();\nawait redis.get(`otp:${otp}`);\n"),
    valid("a counter for something else", "const n = await redis.incr('orders');\nawait redis.set(`order:${n}`, id);\n"),
    valid("a Map", "const otp = Math.random();\nnew Map().set(`otp:${id}`, otp);\n"),
    valid("test data", "const otp = Math.random();\nawait redis.set(`otp:${id}`, otp);\n", { filename: "lib/otp.test.ts" }),
    valid("seeds", "const otp = Math.random();\nawait redis.set(`otp:${id}`, otp);\n", { filename: "scripts/seed.ts" }),
    valid("the id of what is no sign-in", "const id = Math.random().toString(36);\nawait redis.set(`session:${id}`, { players: [], round: 1 });\nawait redis.set(`game:session:${id}`, { userId: email });\n"),
    valid("a user's id, before what is sent to him", "const id = Math.random().toString(36);\nawait redis.set(`user:${id}`, { name: email });\nawait redis.set(`verify:${id}`, crypto.randomUUID());\n"),
    valid("the id of a request, beside the code", "const id = Math.random().toString(36);\nawait redis.set(`otp:${id}`, { userId: email, code: crypto.randomUUID() });\n"),
    valid("a guest's id, which is no session's", "const guestId = Math.random().toString(36);\nawait redis.set(`session:${guestId}`, { userId: email });\n"),
    valid("when somebody was invited, and how often", "await redis.hset(`invite:${id}`, { inviteSentAt: Date.now(), inviteCount: Math.random(), shareId: Math.random() });\n"),
    valid("an id that nobody can guess", "const id = `${Date.now()}-${crypto.randomUUID()}`;\nawait redis.set(`session:${id}`, { userId: email });\n"),
    valid("shuffled words of a list", "const WORDS = ['a', 'b'];\nconst title = WORDS[Math.floor(Math.random() * WORDS.length)];\nawait redis.set(`title:${id}`, title);\n"),
  ],
  invalid: [
    invalid("a code of six digits", "const otp = Math.floor(100000 + «Math.random()» * 900000).toString();\nawait redis.set(`otp:${id}`, otp, { ex: 300 });\n", { secret: CODE, mend: int("100_000, 1_000_000", "Math.floor(100000 + Math.random() * 900000)") }),
    invalid("digits added behind", "const otp = Math.floor(«Math.random()» * 9000) + 1000;\nawait redis.set(`otp:${id}`, otp);\n", { secret: CODE, mend: int("1000, 10_000", "Math.floor(Math.random() * 9000) + 1000") }),
    invalid("digits up to a limit", "const LIMIT = 1e6;\nconst otp = String(Math.floor(«Math.random()» * LIMIT)).padStart(6, '0');\nawait redis.set(`otp:${id}`, otp);\n", { secret: CODE, mend: int("LIMIT", "Math.floor(Math.random() * LIMIT)") }),
    invalid("the key says what it is", "const value = Math.floor(«Math.random()» * 1000);\nawait redis.set(`otp:${id}`, value);\n", { secret: CODE, mend: int("1000", "Math.floor(Math.random() * 1000)") }),
    invalid("in base 36", "const resetToken = «Math.random()».toString(36).slice(2);\nawait redis.set(`reset:${resetToken}`, id);\n", { secret: "one-time token", mend: uuid("Math.random().toString(36).slice(2)") }),
    invalid("a session's id in a key", "const sessionId = «Math.random()».toString(36);\nawait redis.set(`session:${sessionId}`, id);\n", { secret: "session", mend: uuid("Math.random().toString(36)") }),
    invalid("in place", "await redis.set(`session:${«Math.random()»}`, id);\n", { secret: "session", mend: uuid("Math.random()") }),
    invalid("a session under a name that says nothing", "const key = «Math.random()».toString(36).slice(2);\nawait redis.set(`session:${key}`, { userId: id, role: 'user' }, { ex: 60 });\n", { secret: "session", mend: uuid("Math.random().toString(36).slice(2)") }),
    invalid("a session's hash, by time and random", "const key = «Date.now()».toString(36) + Math.random().toString(36);\nawait redis.hset(`sess:${key}`, { userId: id });\n", { secret: "session", source: "Date.now()", why: "clock", mend: uuid("Date.now().toString(36)") }),
    invalid("a session in JSON", "const newId = «Math.random()».toString(36);\nawait redis.set(`session:${newId}`, JSON.stringify({ userId: id }));\n", { secret: "session", mend: uuid("Math.random().toString(36)") }),
    invalid("what resets a password", "const userId = id;\nconst key = «Math.random()».toString(36);\nawait redis.set(`password-reset:${key}`, userId, { ex: 60 });\n", { secret: "code to reset a password", mend: uuid("Math.random().toString(36)") }),
    invalid("written to base 36 where it is stored", "await redis.set(`otp:${id}`, «Math.random()».toString(36));\n", { secret: CODE, mend: uuid("Math.random().toString(36)") }),
    invalid("what invites", "const inviteToken = «Math.random()».toString(36).slice(2);\nawait redis.set(`invite:${inviteToken}`, id, { ex: 60 });\n", { secret: "one-time token", mend: uuid("Math.random().toString(36).slice(2)") }),
    invalid("what shares, in a record", "await redis.hset(`doc:${id}`, { title: email, shareToken: «Math.random()».toString(36) });\n", { secret: "one-time token", mend: uuid("Math.random().toString(36)") }),
    invalid("as a whole key", "const sessionToken = «Math.random()».toString(16);\nawait redis.hset(sessionToken, { userId: id });\n", { secret: "session token", mend: uuid("Math.random().toString(16)") }),
    invalid("time", "const sessionToken = `s-${«Date.now()»}`;\nawait redis.set(`session:${sessionToken}`, id);\n", { secret: "session token", source: "Date.now()", why: "clock", mend: uuid("Date.now()") }),
    invalid("time and random", "const sessionToken = `${«Date.now()»}-${Math.random().toString(36)}`;\nawait redis.set(`session:${sessionToken}`, id);\n", { secret: "session token", source: "Date.now()", why: "clock", mend: uuid("${Date.now()}").edits.length ? { by: "crypto.randomUUID()", edits: [["${Date.now()}", "${crypto.randomUUID()}"]] } : uuid() }),
    invalid("a date", "const resetToken = «new Date()».getTime().toString(36);\nawait redis.set(`reset:${resetToken}`, id);\n", { secret: "one-time token", source: "new Date()", why: "clock", mend: uuid("new Date().getTime().toString(36)") }),
    invalid("time beside an id", "const verificationToken = id + «Date.now()»;\nawait redis.set(`verify-email:${verificationToken}`, id);\n", { secret: "one-time token", source: "Date.now()", why: "clock", mend: uuid("Date.now()") }),
    invalid("a counter", "const sessionId = «await redis.incr('sessions')»;\nawait redis.set(`session:${sessionId}`, id);\n".replace("«await redis.incr('sessions')»", "await «redis.incr('sessions')»"), { secret: "session", source: "incr()", why: "counter", mend: uuid("await redis.incr('sessions')") }),
    invalid("hashed: guessed all the same", 'import { createHash } from "node:crypto";\nconst resetToken = createHash("sha256").update(String(«Math.random()»)).digest("hex");\nawait redis.set(`reset:${resetToken}`, id);\n', { secret: "one-time token", mend: uuid("String(Math.random())") }),
    invalid("hashed where it is stored", 'import { createHash } from "node:crypto";\nconst otp = String(Math.floor(«Math.random()» * 1000000));\nawait redis.set(`otp:${id}`, createHash("sha256").update(otp).digest("hex"));\n', {
      secret: CODE,
      mend: { by: "randomInt(1000000)", edits: [['import { createHash } from "node:crypto";', 'import { createHash, randomInt } from "node:crypto";'], ["Math.floor(Math.random() * 1000000)", "randomInt(1000000)"]] },
    }),
    invalid("letters of an alphabet", "const LETTERS = \"abcdef\";\nfunction make() {\n  let text = \"\";\n  for (let i = 0; i < 6; i++) text += LETTERS[Math.floor(«Math.random()» * LETTERS.length)];\n  return text;\n}\nawait redis.set(`otp:${id}`, make());\n", { secret: CODE, mend: int("LETTERS.length", "Math.floor(Math.random() * LETTERS.length)") }),
    invalid("letters by charAt and join", "const otp = Array.from({ length: 6 }, () => \"0123456789\".charAt(Math.floor(«Math.random()» * 10))).join(\"\");\nawait redis.set(`u:${id}`, otp);\n", { secret: CODE, mend: int("10", "Math.floor(Math.random() * 10)") }),
    invalid("a field of a record", "await redis.hset(`user:${id}`, { name: email, otp: Math.floor(«Math.random()» * 10000) });\n", { secret: CODE, mend: int("10000", "Math.floor(Math.random() * 10000)") }),
    invalid("in JSON", "const otp = Math.floor(«Math.random()» * 10000);\nawait redis.set(`u:${id}`, JSON.stringify({ otp, tries: 0 }));\n", { secret: CODE, mend: int("10000", "Math.floor(Math.random() * 10000)") }),
    invalid("an API key", "const apiKey = 'sk_' + «Math.random()».toString(36).slice(2);\nawait redis.sadd('keys', apiKey);\n", { secret: "API key", mend: uuid("'sk_' + Math.random().toString(36).slice(2)") }),
    invalid("a generator of the file", "const generateOtp = () => Math.floor(«Math.random()» * 10000);\nexport const store = () => redis.set(`otp:${id}`, generateOtp());\n", { secret: CODE, mend: int("10000", "Math.floor(Math.random() * 10000)") }),
    invalid("a generator of another file", 'import { generateOtp } from "@/lib/otp";\nexport async function store() {\n  const otp = generateOtp();\n  await redis.set(`otp:${id}`, «otp»);\n}\n', { secret: CODE }, {
      files: { "lib/otp.ts": "export function generateOtp() { return Math.floor(Math.random() * 10000).toString(); }\n" },
    }),
    invalid("handed to a function that stores it", 'import { saveOtp } from "@/lib/otp";\nexport const store = () => saveOtp(id, Math.floor(«Math.random()» * 10000));\n', { secret: CODE, mend: int("10000", "Math.floor(Math.random() * 10000)") }, {
      files: { "lib/otp.ts": 'import { Redis } from "@upstash/redis";\nconst redis = Redis.fromEnv();\nexport async function saveOtp(user: string, otp: number) { await redis.set(`otp:${user}`, otp, { ex: 60 }); }\n' },
    }),
    invalid("mset", "const value = Math.floor(«Math.random()» * 10);\nawait redis.mset({ [`otp:${id}`]: value });\n", { secret: CODE, mend: int("10", "Math.floor(Math.random() * 10)") }),
    invalid("uuid's version 1", 'import { v1 } from "uuid";\nconst sessionToken = «v1()»;\nawait redis.set(`session:${sessionToken}`, id);\n', { secret: "session token", source: "v1()", why: "clock", mend: uuid("v1();\nawait").edits.length ? { by: "crypto.randomUUID()", edits: [["= v1()", "= crypto.randomUUID()"]] } : uuid() }),
    invalid("told once for two writes", "const otp = Math.floor(«Math.random()» * 10);\nawait redis.set(`otp:${id}`, otp);\nawait redis.set(`otp:${email}`, otp);\n", { secret: CODE, mend: int("10", "Math.floor(Math.random() * 10)") }),
    invalid("@vercel/kv", 'import { kv } from "@vercel/kv";\nawait kv.set(`otp:${id}`, «Math.random()»);\n', { secret: CODE, mend: uuid("Math.random()") }),
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
  expect(before.map((message) => message.messageId), code).toEqual(["predictable"]);
  const mends = mendsOf(code, before);
  expect(mends).toHaveLength(1);
  for (const mend of mends) expect(problemsAfter(mend, code, before, lint(mend.output, placeOf(mend.output))), mend.output).toEqual([]);
}

describe("forms of a value", () => {
  const cases = syntaxMatrix.value(
    "Math.random()",
    (setup, expr) => `import { Redis } from "@upstash/redis";
const redis = Redis.fromEnv();
export async function store(id: string) {
  ${setup}
  const otp = ${expr};
  await redis.set(\`otp:\${id}\`, otp);
}
`,
    { except: { "globalThis singleton": "the model does not follow assignments to globals" } },
  );
  it.each(cases)("$name", check);
});

describe("forms of a client", () => {
  const cases = syntaxMatrix.client(
    (imports, expr) => `${imports}
export async function store(id: string) {
  await ${expr}.set(\`otp:\${id}\`, Math.random());
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

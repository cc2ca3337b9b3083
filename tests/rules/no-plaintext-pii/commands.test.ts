import rule from "../../../src/rules/no-plaintext-pii.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { client, EMAIL, invalid, valid, type Expected } from "./cases.ts";

const USER = `interface User { id: string; email: string }\n`;
const write = (statement: string): string => client(`${USER}export async function save(u: User) {\n  ${statement}\n}\n`);
const direct = (command: string): Expected => ({ command, data: EMAIL, becomes: "encrypt(String(u.email))" });

/** One statement for each command that stores, with what it stores marked. */
const WRITES: readonly (readonly [command: string, statement: string])[] = [
  ["set", 'await redis.set("k", «u.email»);'],
  ["set", 'await redis.set("k", «u.email», { ex: 60, nx: true });'],
  ["setex", 'await redis.setex("k", 60, «u.email»);'],
  ["psetex", 'await redis.psetex("k", 60, «u.email»);'],
  ["setnx", 'await redis.setnx("k", «u.email»);'],
  ["getset", 'await redis.getset("k", «u.email»);'],
  ["append", 'await redis.append("k", «u.email»);'],
  ["setrange", 'await redis.setrange("k", 0, «u.email»);'],
  ["mset", "await redis.mset({ k: «u.email», n: 1 });"],
  ["msetnx", "await redis.msetnx({ k: «u.email» });"],
  ["hset", 'await redis.hset("k", { mail: «u.email», n: 1 });'],
  ["hsetnx", 'await redis.hsetnx("k", "f", «u.email»);'],
  ["hmset", 'await redis.hmset("k", { f: «u.email» });'],
  ["lpush", 'await redis.lpush("k", u.id, «u.email»);'],
  ["rpush", 'await redis.rpush("k", «u.email»);'],
  ["lset", 'await redis.lset("k", 0, «u.email»);'],
  ["linsert", 'await redis.linsert("k", "before", "p", «u.email»);'],
  ["sadd", 'await redis.sadd("k", «u.email»);'],
  ["zadd", 'await redis.zadd("k", { score: 1, member: «u.email» });'],
  ["zadd", 'await redis.zadd("k", { nx: true }, { score: 1, member: «u.email» });'],
  ["zincrby", 'await redis.zincrby("k", 1, «u.email»);'],
  ["xadd", 'await redis.xadd("k", "*", { f: «u.email» });'],
  ["publish", 'await redis.publish("c", «u.email»);'],
  ["json.set", 'await redis.json.set("k", "$", { mail: «u.email» });'],
  ["json.set", 'await redis.json.set("k", "$.mail", «u.email»);'],
  ["json.merge", 'await redis.json.merge("k", "$", { mail: «u.email» });'],
  ["json.arrappend", 'await redis.json.arrappend("k", "$.mails", «u.email»);'],
  ["json.mset", 'await redis.json.mset({ key: "k", path: "$.m", value: «u.email» });'],
  ["geoadd", 'await redis.geoadd("k", { longitude: 1, latitude: 2, member: «u.email» });'],
  ["set", 'await redis.pipeline().set("k", «u.email»).exec();'],
  ["sadd", 'const p = redis.pipeline(); p.get("a"); p.sadd("k", «u.email»); await p.exec();'],
  ["hset", 'await redis.multi().incr("n").hset("k", { mail: «u.email» }).exec();'],
  ["set", 'await Promise.all([redis.get("a"), redis.set("k", «u.email»)]);'],
];

const MESSAGE = { messageId: "message" as const };
const QSTASH = `import { Client } from "@upstash/qstash";
import { encrypt } from "@/lib/crypto";
void encrypt;
const qstash = new Client({ token: process.env.QSTASH_TOKEN! });
${USER}`;

runRule("no-plaintext-pii", rule, {
  valid: [
    valid("commands that only look at data", write('await redis.sismember("k", u.email); await redis.zscore("k", u.email); await redis.get(`u:${u.email}`);')),
    valid("commands that take data away", write('await redis.srem("k", u.email); await redis.lrem("k", 0, u.email); await redis.zrem("k", u.email);')),
    valid("personal data in the key is no-pii-in-keys' matter", write('await redis.set(`user:${u.email}`, u.id); await redis.incr(`n:${u.email}`); await redis.expire(`u:${u.email}`, 60);')),
    valid("another client's set", `import Other from "ioredis";\nconst redis = new Other();\n${USER}export const save = (u: User) => redis.set("k", u.email); // no @upstash/redis\n`),
    valid("a Map's set", `import { Redis } from "@upstash/redis";\nexport const redis = Redis.fromEnv();\n${USER}const seen = new Map<string, string>();\nexport const save = (u: User) => seen.set("k", u.email);\n`),
    valid("a setter of React's", `import { useState } from "react"; // @upstash/redis\nexport function useMail(email: string) { const [mail, setMail] = useState(""); setMail(email); return mail; }\n`),
    valid("QStash with redact", `${QSTASH}export const send = (u: User) => qstash.publishJSON({ url: "https://a.example", body: { mail: u.email }, redact: { body: true } });\n`),
    valid("QStash with an id", `${QSTASH}export const send = (u: User) => qstash.publishJSON({ url: "https://a.example", body: { userId: u.id } });\n`),
    valid("Prisma's upsert is no Vector", `import { PrismaClient } from "@prisma/client"; // @upstash/vector\nconst prisma = new PrismaClient();\n${USER}export const save = (u: User) => prisma.user.upsert({ metadata: { mail: u.email } });\n`),
    valid("a helper that stores something else", `import { remember } from "@/lib/remember";\n${USER}export const save = (u: User) => remember(u.email, u.id);\n`, {
      files: { "lib/remember.ts": client("export async function setName(a: string, b: string) { await redis.set(`k:${a}`, b); }\nexport const remember = setName;\n") },
    }),
    valid("a helper that hashes what it stores", `import { remember } from "@/lib/remember";\n${USER}export const save = (u: User) => remember("k", u.email);\n`, {
      files: { "lib/remember.ts": client('import { createHash } from "node:crypto";\nexport async function remember(key: string, text: string) { await redis.set(key, createHash("sha256").update(text).digest("hex")); }\n') },
    }),
    valid("personal data in the key of a command as an array of words", write('await redis.exec(["SET", u.email, "1"]);')),
    valid("a test's file", write('await redis.set("k", u.email);'), { filename: "lib/example.test.ts" }),
  ],
  invalid: [
    ...WRITES.map(([command, statement], index) =>
      invalid(`${command}, form ${index}`, write(statement), [direct(command)]),
    ),
    invalid(
      "hset with several fields: each is shown where it stands",
      client('export const save = (a: string, b: string) => redis.hset("k", { id: 1, email: «a», phone: «b», emailVerified: true });\n'),
      [
        { command: "hset", data: EMAIL, becomes: "encrypt(a)" },
        { command: "hset", data: "a phone number (`phone`)", becomes: "encrypt(b)" },
      ],
    ),
    invalid(
      "the field that is written says what it is",
      client('export async function save(a: string) {\n  await redis.hsetnx("k", "email", «a»);\n  await redis.json.set("k", "$.profile.email", «a»);\n  await redis.json.mset({ key: "k", path: "$.email", value: «a» });\n}\n'),
      ["hsetnx", "json.set", "json.mset"].map((command) => ({ command, data: EMAIL, becomes: "encrypt(a)" })),
    ),
    invalid(
      "commands as arrays of words",
      client('export async function save(email: string) {\n  await redis.exec(["SET", "k", «email»]);\n  await redis.exec(["HSET", "k", "mail", «email»]);\n}\n'),
      ["set", "hset"].map((command) => ({ command, data: EMAIL, becomes: "encrypt(email)" })),
    ),
    invalid("elements of a spread", client('export const save = (emails: string[]) => redis.sadd("k", ...«emails»);\n'), [
      { command: "sadd", data: "an email address (`emails`)", becomes: "emails.map((item) => encrypt(String(item)))" },
    ]),
    invalid("mset: the key says what it is", client("export const save = (a: string) => redis.mset({ \"user:1:email\": «a» });\n"), [
      { command: "mset", data: EMAIL, becomes: "encrypt(a)" },
    ]),
    invalid(
      "@vercel/kv",
      'import { kv } from "@vercel/kv";\nimport { encrypt } from "@/lib/crypto";\nvoid encrypt;\nexport const save = (email: string) => kv.set("k", «email»);\n',
      [{ command: "set", data: EMAIL, becomes: "encrypt(email)" }],
    ),
    invalid(
      "@vercel/kv's createClient",
      'import { createClient } from "@vercel/kv";\nimport { encrypt } from "@/lib/crypto";\nvoid encrypt;\nconst store = createClient({ url: process.env.KV_REST_API_URL!, token: process.env.KV_REST_API_TOKEN! });\nexport const save = (email: string) => store.lpush("k", «email»);\n',
      [{ command: "lpush", data: EMAIL, becomes: "encrypt(email)" }],
    ),
    invalid(
      "a helper of the project that stores what it is given",
      `import { setCache } from "@/lib/cache";\nimport { encrypt } from "@/lib/crypto";\nvoid encrypt;\n${USER}export const save = (u: User) => setCache("k", «u»);\n`,
      [{ command: "setCache → set", data: EMAIL, becomes: "encrypt(JSON.stringify(u))" }],
      { files: { "lib/cache.ts": client("export async function setCache(key: string, value: unknown) { await redis.set(key, JSON.stringify(value), { ex: 60 }); }\n") } },
    ),
    invalid(
      "a helper's helper, and a method",
      `import { cache } from "@/lib/cache";\nimport { encrypt } from "@/lib/crypto";\nvoid encrypt;\n${USER}export const save = (u: User) => cache.set("k", { mail: «u.email» });\n`,
      [{ command: "set → setex", data: EMAIL, becomes: "encrypt(String(u.email))" }],
      {
        files: {
          "lib/cache.ts": client(
            "async function write(key: string, value: unknown) { try { await redis.setex(key, 60, value); } catch {} }\nexport const cache = { set: (key: string, value: unknown) => write(key, value) };\n",
          ),
        },
      },
    ),
    invalid(
      "a QStash body",
      `${QSTASH}export const send = (u: User) => qstash.publishJSON({ url: "https://a.example", body: { mail: «u.email» } });\n`,
      [
        {
          ...MESSAGE,
          command: "publishJSON",
          data: EMAIL,
          becomes: "encrypt(String(u.email))",
          redacts: ["body: { mail: u.email }", "body: { mail: u.email }, redact: { body: true }"],
        },
      ],
    ),
    invalid(
      "a QStash queue's body",
      `${QSTASH}export const send = (u: User) => qstash.queue({ queueName: "q" }).enqueueJSON({ url: "https://a.example", body: «u» });\n`,
      [
        {
          ...MESSAGE,
          command: "enqueueJSON",
          data: EMAIL,
          becomes: "encrypt(JSON.stringify(u))",
          redacts: ["body: u ", "body: u, redact: { body: true } "],
        },
      ],
    ),
    invalid(
      "Vector's metadata",
      `import { Index } from "@upstash/vector";\nimport { encrypt } from "@/lib/crypto";\nvoid encrypt;\nconst index = new Index();\n${USER}export const save = (u: User) => index.namespace("n").upsert([{ id: u.id, data: "text", metadata: { mail: «u.email» } }]);\n`,
      [{ command: "upsert", data: EMAIL, becomes: "encrypt(String(u.email))" }],
    ),
    invalid(
      "Search's metadata",
      `import { Search } from "@upstash/search";\nimport { encrypt } from "@/lib/crypto";\nvoid encrypt;\nconst search = new Search({ url: "", token: "" });\n${USER}export const save = (u: User) => search.index("people").upsert({ id: u.id, content: { n: 1 }, metadata: { mail: «u.email» } });\n`,
      [{ command: "upsert", data: EMAIL, becomes: "encrypt(String(u.email))" }],
    ),
  ],
});


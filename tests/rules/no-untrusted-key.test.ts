import { describe, expect, it } from "vitest";
import rule from "../../src/rules/no-untrusted-key.ts";
import { lintMessages } from "../helpers/lint-messages.ts";
import { marked, replaceOnce } from "../helpers/marks.ts";
import type { ProjectFiles } from "../helpers/project.ts";
import { runRule } from "../helpers/rule-tester.ts";
import { syntaxMatrix } from "../helpers/syntax-matrix.ts";

const ROUTE = "app/api/item/route.ts";
const CLIENT = 'import { Redis } from "@upstash/redis";\nconst redis = Redis.fromEnv();\n';

const CHAT = 'import { RAGChat } from "@upstash/rag-chat";\nimport { Redis } from "@upstash/redis";\nconst chat = new RAGChat({ redis: Redis.fromEnv() });\n';

const UUID = `

const UUID = /^[\\da-f]{8}-(?:[\\da-f]{4}-){3}[\\da-f]{12}$/i;

function randomId(id: unknown): string {
  const text = String(id);
  if (!UUID.test(text)) throw new Error("This id is not allowed.");
  return text;
}`;

const post = (body: string, imports = CLIENT): string =>
  `${imports}export async function POST(request: Request) {\nconst body = await request.json();\n${body}\n}`;

const valid = (name: string, body: string, imports = CLIENT) => ({ name, filename: ROUTE, code: post(body, imports) });

interface WholeOptions {
  readonly prefix?: string;
  readonly Input?: string;
  readonly imports?: string;
  readonly messageId?: "key" | "pattern";
  /** A record is changed: a prefix alone is not enough. */
  readonly uuid?: boolean;
}

/** A case whose value, written as `«…»`, is reported and prefixed. */
function whole(name: string, body: string, { prefix = "id:", Input = "`id` of the request's body", imports = CLIENT, messageId = "key", uuid = false }: WholeOptions = {}) {
  const { code, places } = marked(post(body, imports));
  const written = (value: string): string => (uuid ? `randomId(${value})` : value);
  const output = post(body.replace(/«(.*)»/u, (_all, value: string) => `\`${prefix}\${${written(value)}}\``), imports) + (uuid ? UUID : "");
  return {
    name,
    filename: ROUTE,
    code,
    errors: [{ messageId, data: { Input, through: "" }, ...places[0], suggestions: [{ messageId: uuid ? ("prefixUuid" as const) : ("prefix" as const), data: { prefix }, output }] }],
  };
}

runRule("no-untrusted-key", rule, {
  valid: [
    valid("a prefix", "await redis.get(`item:${body.id}`);"),
    valid("a prefix by concatenation", 'await redis.get("item:" + body.id);'),
    valid("a suffix", "await redis.get(`${body.id}:items`);"),
    valid("ioredis at another host", "await redis.get(body.id);", 'import Redis from "ioredis"; // @upstash/redis\nconst redis = new Redis("redis://localhost:6379");\n'),
    valid("a request with a prefix", "await fetch(`${url}/get/item:${body.id}`);", "const url = process.env.UPSTASH_REDIS_REST_URL!;\n"),
    valid("the request's own address, which begins with its scheme", "await redis.get(request.url);"),
    valid("its path, which begins with a slash", "await redis.incr(new URL(request.url).pathname);"),
    valid("its query as a text, which begins with a question mark", "await redis.get(new URL(request.url).search);"),
    valid("the caller's country, which Cloudflare says", 'await redis.get(request.headers.get("cf-ipcountry")!);'),
    valid("the caller's city, which Vercel says", 'await redis.get(request.headers.get("X-Vercel-IP-City")!);'),
    valid("the region, which Fly says", 'await redis.get(request.headers.get("fly-region")!);'),
    valid("a constant", 'await redis.set("latest", body.id);'),
    valid("a field", 'await redis.hget("items", body.id);'),
    valid("a member", 'await redis.sadd("items", body.id);'),
    valid("a list of keys that are allowed", 'if (!["a", "b"].includes(body.id)) return;\nawait redis.get(body.id);'),
    valid("compared with the session", "const session = await auth();\nif (body.id !== session.user.id) return;\nawait redis.get(body.id);"),
    valid("looked up first", "const item = await db.item.find(body.id);\nif (!item) return;\nawait redis.get(body.id);"),
    valid("a schema with a pattern", "const { id } = z.object({ id: z.uuid() }).parse(body);\nawait redis.get(id);", `import { z } from "zod";\n${CLIENT}`),
    valid("a hash", 'const key = createHash("sha256").update(body.id).digest("hex");\nawait redis.get(key);', `import { createHash } from "node:crypto";\n${CLIENT}`),
    valid("a table", 'const KEYS: Record<string, string> = { a: "item:a" };\nawait redis.get(KEYS[body.id] ?? "item:b");'),
    valid("a pattern with a prefix", "await redis.keys(`item:${body.id}:*`);"),
    valid("a scan with a prefix", "await redis.scan(0, { match: `item:${body.id}*` });"),
    valid("another client", "await client.get(body.id);", 'import { client } from "other";\n'),
    valid("what a session holds", "const session = await auth();\nawait redis.get(session.user.id);"),
    valid("a session of a chat behind a prefix", "await chat.chat(body.question, { sessionId: `chat:${body.id}` });", CHAT),
    valid("a session of a chat that is kept in memory", "await chat.history.deleteMessages({ sessionId: body.id });", 'import { RAGChat } from "@upstash/rag-chat";\nimport "@upstash/redis";\nconst chat = new RAGChat();\n'),
    valid("a session of another chat", "await chat.history.deleteMessages({ sessionId: body.id });", 'import { RAGChat } from "./chats";\nimport { Redis } from "@upstash/redis";\nconst chat = new RAGChat({ redis: Redis.fromEnv() });\n'),
    valid("the session that the user has", "const session = await auth();\nawait chat.chat(body.question, { sessionId: session.user.id });", CHAT),
    valid("a question is no key", 'await chat.chat(body.question, { sessionId: "support" });', CHAT),
    { name: "a test", filename: "app/api/item/route.test.ts", code: post("await redis.get(body.id);") },
    {
      name: "a helper that puts a prefix before it",
      filename: ROUTE,
      code: post("await saveItem(body.id);", 'import { saveItem } from "@/lib/items";\n'),
      files: { "lib/items.ts": `${CLIENT}export async function saveItem(id: string) {\nawait redis.set(\`item:\${id}\`, 1);\n}` },
    },
  ],
  invalid: [
    whole("ioredis at Upstash", "await redis.get(«body.id»);", { imports: 'import Redis from "ioredis";\nconst redis = new Redis(process.env.UPSTASH_REDIS_URL!);\n' }),
    whole("node-redis at Upstash", "await redis.hGet(«body.id», \"x\");", { imports: 'import { createClient } from "redis";\nconst redis = createClient({ url: process.env.UPSTASH_REDIS_URL! });\n' }),
    whole("a request to the REST API", 'await fetch(url, { method: "POST", body: JSON.stringify(["GET", «body.id»]) });', { imports: "const url = process.env.UPSTASH_REDIS_REST_URL!;\n" }),
    whole("read", "await redis.get(«body.id»);"),
    whole("written", "await redis.set(«body.id», body.value);", { uuid: true }),
    whole("deleted", "await redis.del(«body.id»);", { uuid: true }),
    whole("one of several", 'await redis.mget("a", «body.id»);'),
    whole("in a list", 'await redis.mget(["a", «body.id»]);'),
    whole("a hash", 'await redis.hset(«body.id», { a: 1 });'),
    whole("a set", "await redis.sadd(«body.id», 1);"),
    whole("JSON", 'await redis.json.set(«body.id», "$", { a: 1 });'),
    whole("a raw command", 'await redis.exec(["GET", «body.id»]);'),
    whole("in a pipeline", "const pipeline = redis.pipeline();\npipeline.get(«body.id»);"),
    whole("a header that the caller writes", 'const id = request.headers.get("x-item")!;\nawait redis.get(«id»);', { prefix: "id:", Input: "The header `x-item`" }),
    whole("the query", 'const fid = new URL(request.url).searchParams.get("fid")!;\nawait redis.get(«fid»);', { prefix: "fid:", Input: "The query parameter `fid`" }),
    whole("a destructured name", "const { id } = body;\nawait redis.get(«id»);"),
    whole("lower case", "await redis.get(«body.id.toLowerCase()»);", { prefix: "untrusted:" }),
    whole("only a check that it is there", "if (!body.id) return;\nawait redis.get(«body.id»);"),
    whole("a schema that any text passes", "const { id } = z.object({ id: z.string() }).parse(body);\nawait redis.get(«id»);", { imports: `import { z } from "zod";\n${CLIENT}` }),
    whole("the session of a chat", "await chat.chat(body.question, { sessionId: «body.id» });", { imports: CHAT }),
    whole("the session of a chat, by the same name", "const { sessionId } = body;\nawait chat.history.getMessages({ «sessionId», amount: 10 });".replace("«sessionId»", "sessionId: «sessionId»"), { imports: CHAT, prefix: "sessionId:", Input: "`sessionId` of the request's body" }),
    whole("a chat's messages that are deleted, by a cookie", 'const id = (await cookies()).get("chat")?.value;\nawait chat.history.deleteMessages({ sessionId: «id» });', { imports: `import { cookies } from "next/headers";\n${CHAT}`, Input: "The cookie `chat`" }),
    whole("a pattern", "await redis.keys(«body.id»);", { messageId: "pattern" }),
    whole("the pattern of a scan", "await redis.scan(0, { match: «body.id» });", { messageId: "pattern" }),
    whole("@vercel/kv", "await kv.get(«body.id»);", { imports: 'import { kv } from "@vercel/kv";\n' }),
    {
      name: "a helper in another file",
      filename: ROUTE,
      ...(() => {
        const { code, places } = marked(post("await saveItem(«body.id»);", 'import { saveItem } from "@/lib/items";\n'));
        return { code, errors: [{ messageId: "key" as const, data: { Input: "`id` of the request's body", through: " through `saveItem` (lib/items.ts)" }, ...places[0], suggestions: [] }] };
      })(),
      files: { "lib/items.ts": `${CLIENT}export async function saveItem(id: string) {\nawait redis.set(id, 1);\n}` },
    },
  ],
});

const RECORD = 'import { Redis } from "@upstash/redis";\nconst redis = Redis.fromEnv();\n';
/** A record that any caller may change: the key is marked. */
function record(name: string, body: string, prefix: string, piece: string | undefined, Input = "`id` of the request's body", through = "", imports = RECORD, files?: ProjectFiles) {
  const { code, places } = marked(post(body, imports));
  const suggestions = piece === undefined ? [] : [{ messageId: "uuid" as const, output: `${replaceOnce(code, `\${${piece}}`, `\${randomId(${piece})}`)}${UUID}` }];
  return { name, filename: ROUTE, code, errors: [{ messageId: "record" as const, data: { Input, prefix, through }, ...places[0], suggestions }], ...(files ? { files } : {}) };
}

const auth = (body: string): string => `import { auth } from "@/auth";\n${post(`const session = await auth();\nif (!session) return new Response("no", { status: 401 });\n${body}`)}`;

runRule("no-untrusted-key", rule, {
  valid: [
    { name: "record: a session is asked", filename: ROUTE, code: auth("await redis.del(`post:${body.id}`);") },
    valid("record: an answer of another service is kept for it", "const weather = await (await fetch(\"https://weather.example\")).json();\nawait redis.set(`weather:${body.city}`, weather);"),
    valid("record: a subscriber speaks of himself", "await redis.set(`subscriber:${body.email}`, { email: body.email });"),
    valid("record: a one-time token", "await redis.del(`reset:${body.token}`);"),
    valid("record: a code that pairs", "await redis.del(`pair_token:${body.pair}`);"),
    valid("record: what is taken is refused", "if (await redis.exists(`link:${body.slug}`)) return new Response(null, { status: 409 });\nawait redis.set(`link:${body.slug}`, body.url);"),
    valid("record: only what is not there yet", "await redis.set(`link:${body.slug}`, body.url, { nx: true });"),
    valid("record: a counter", "await redis.incr(`likes:${body.slug}`);"),
    valid("record: a cache", "await redis.del(`cache:page:${body.slug}`);"),
    valid("record: a read", "return Response.json(await redis.get(`post:${body.slug}`));"),
    valid("record: the owner is asked after the read", "const post = await redis.get<{ owner: string }>(`post:${body.id}`);\nif (post?.owner !== owner(request)) return;\nawait redis.del(`post:${body.id}`);"),
    valid("record: a pattern is asked", "if (!/^[\\da-f-]{36}$/.test(body.id)) return;\nawait redis.del(`post:${body.id}`);"),
    valid("record: a secret is asked", "if (request.headers.get(\"authorization\") !== `Bearer ${process.env.CRON_SECRET}`) return;\nawait redis.del(`post:${body.id}`);"),
    valid("record: the session's cookie", "const session = (await cookies()).get(\"sid\")?.value;\nawait redis.del(`login:${session}`);", `import { cookies } from "next/headers";\n${RECORD}`),
    { name: "record: a wrapper that is not known", filename: ROUTE, code: `import { withAdmin } from "some-auth";\n${RECORD}export const POST = withAdmin(async (request: Request) => {\n  const { id } = await request.json();\n  await redis.del(\`post:\${id}\`);\n});` },
    {
      name: "record: the proxy turns strangers away",
      filename: ROUTE,
      code: post("await redis.del(`post:${body.id}`);"),
      files: { "proxy.ts": 'import { auth } from "@/auth";\nexport default auth((request) => { if (!request.auth) return new Response("no", { status: 401 }); });\nexport const config = { matcher: ["/api/:path*"] };', "auth.ts": 'import NextAuth from "next-auth";\nexport const { auth } = NextAuth({});' },
    },
    { name: "record: no handler", filename: "lib/posts.ts", code: `${RECORD}export const remove = (id: string) => redis.del(\`post:\${id}\`);` },
  ],
  invalid: [
    record("record: deleted", "await redis.del(«`post:${body.id}`»);", "post:", "body.id"),
    record("record: overwritten", "await redis.set(«`file:${body.id}`», { name: body.name }, { ex: 60 });", "file:", "body.id"),
    record("record: a hash", "await redis.hset(«`player:${body.id}`», { score: body.score });", "player:", "body.id"),
    record("record: JSON", "await redis.json.set(«`doc:${body.id}`», \"$\", body.doc);", "doc:", "body.id"),
    record("record: presence is no check", "if (!body.id) return;\nawait redis.del(«`post:${body.id}`»);", "post:", "body.id"),
    record("record: a schema that any text passes", "const { id } = z.object({ id: z.string() }).parse(body);\nawait redis.del(«`post:${id}`»);", "post:", "id", undefined, "", `import { z } from "zod";\n${RECORD}`),
    record("record: the query", "const id = new URL(request.url).searchParams.get(\"id\");\nawait redis.unlink(«`post:${id}`»);", "post:", "id", "The query parameter `id`"),
    record("record: a helper of another file", "await remove(«body.id»);", "post:", undefined, undefined, " through `remove` (lib/posts.ts)", 'import { remove } from "@/lib/posts";\n', { "lib/posts.ts": `${RECORD}export const remove = (id: string) => redis.del(\`post:\${id}\`);` }),
    {
      name: "record: a server action",
      filename: "app/actions.ts",
      ...(() => {
        const { code, places } = marked(`"use server";\n${RECORD}export async function remove(data: FormData) {\n  const name = data.get("name");\n  await redis.del(«\`site:\${name}\`»);\n}`);
        return { code, errors: [{ messageId: "record" as const, data: { Input: "`data.name` of the request's body", prefix: "site:", through: "" }, ...places[0], suggestions: [{ messageId: "uuid" as const, output: `${replaceOnce(code, "${name}", "${randomId(name)}")}${UUID}` }] }] };
      })(),
    },
  ],
});

describe("forms of a client", () => {
  const cases = syntaxMatrix.client(
    (imports, expr) => `${imports}
export async function POST(request: Request) {
  await ${expr}.get((await request.json()).id);
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
  it.each(cases)("$name", ({ code, files }) => expect(lintMessages("no-untrusted-key", rule, { ...files, [ROUTE]: code }, ROUTE)).toHaveLength(1));
});

/** A record that is sent back to whoever names its owner: the key is marked. */
function told(name: string, body: string, prefix: string, [from, to]: readonly [string, string], Input = "`email` of the request's body") {
  const { code, places } = marked(post(body, RECORD));
  return { name, filename: ROUTE, code, errors: [{ messageId: "told" as const, data: { Input, prefix }, ...places[0], suggestions: [{ messageId: "presence" as const, output: replaceOnce(code, from, to) }] }] };
}

runRule("no-untrusted-key", rule, {
  valid: [
    valid("told: only whether it is there", "const user = await redis.get(`user:${body.email}`);\nreturn Response.json({ taken: user !== null });"),
    valid("told: only whether it is there, as a yes or no", "return Response.json({ taken: Boolean(await redis.get(`user:${body.email}`)) });"),
    valid("told: a code is compared", "const user = await redis.hgetall<{ code: string }>(`user:${body.email}`);\nif (user?.code !== body.code) return new Response(null, { status: 401 });\nreturn Response.json(user);"),
    valid("told: a password is compared", 'const user = await redis.hgetall<{ hash: string }>(`user:${body.email}`);\nif (!user || !(await compare(body.password, user.hash))) return new Response(null, { status: 401 });\nreturn Response.json(user);', `import { compare } from "bcryptjs";\n${RECORD}`),
    valid("told: a token is part of the key", "return Response.json(await redis.get(`invite:${body.email}:${body.token}`));"),
    valid("told: a public profile", "return Response.json(await redis.get(`profile:${body.username}`));"),
    valid("told: a wallet", "return Response.json(await redis.get(`points:${body.address}`));"),
    valid("told: a cache of what another service says", "return Response.json(await redis.get(`cache:gravatar:${body.email}`));"),
    valid("told: it stays on the server", "const user = await redis.get<{ plan: string }>(`user:${body.email}`);\nif (user?.plan === \"pro\") await redis.incr(\"pro\");"),
    valid("told: the code that was sent is compared by a function", "const user = await redis.get<{ code: string }>(`user:${body.email}`);\nif (!isSame(user?.code, body.code)) return new Response(null, { status: 401 });\nreturn Response.json(user);", `declare const isSame: (one: unknown, other: unknown) => boolean;\n${RECORD}`),
    valid("told: a flag of it", "const user = await redis.get<{ isActive: boolean }>(`user:${body.email}`);\nreturn Response.json({ active: user?.isActive });"),
    { name: "told: a session is asked", filename: ROUTE, code: auth("return Response.json(await redis.get(`user:${body.email}`));") },
  ],
  invalid: [
    told("told: in an object", "const token = await redis.get(«`auth:token:${body.email}`»);\nif (!token) return new Response(null, { status: 404 });\nreturn Response.json({ ok: true, token });", "auth:token:", ["true, token }", "true, token: Boolean(token) }"]),
    told("told: as it is", "return Response.json(await redis.hgetall(«`user:${body.email}`»));", "user:", ["await redis.hgetall(`user:${body.email}`)", "Boolean(await redis.hgetall(`user:${body.email}`))"]),
    {
      name: "told: in the pages router",
      filename: "pages/api/token.ts",
      ...(() => {
        const { code, places } = marked(`import type { NextApiRequest, NextApiResponse } from "next";\n${RECORD}export default async function handler(req: NextApiRequest, res: NextApiResponse) {\n  const { email } = req.body;\n  const key = \`auth:token:\${email}\`;\n  const token = await redis.get(«key»);\n  if (!token) return res.status(404).end();\n  res.status(200).json({ success: true, token });\n}\n`);
        return { code, errors: [{ messageId: "told" as const, data: { Input: "`email` of the request's body", prefix: "auth:token:" }, ...places[0], suggestions: [{ messageId: "presence" as const, output: replaceOnce(code, "true, token }", "true, token: Boolean(token) }") }] }] };
      })(),
    },
    told("told: a part of it", "const orders = await redis.get<{ list: string[] }>(«`orders:${body.phone}`»);\nreturn Response.json({ orders: orders?.list ?? [] });", "orders:", ["orders?.list ?? []", "Boolean(orders?.list ?? [])"], "`phone` of the request's body"),
    told("told: from the address", "const email = new URL(request.url).searchParams.get(\"email\");\nif (!email) return;\nreturn new Response(JSON.stringify(await redis.json.get(«`user:${email}`»)));", "user:", ["await redis.json.get(`user:${email}`)", "Boolean(await redis.json.get(`user:${email}`))"], "The query parameter `email`"),
  ],
});

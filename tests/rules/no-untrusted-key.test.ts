import { describe, expect, it } from "vitest";
import rule from "../../src/rules/no-untrusted-key.ts";
import { lintMessages } from "../helpers/lint-messages.ts";
import { marked } from "../helpers/marks.ts";
import { runRule } from "../helpers/rule-tester.ts";
import { syntaxMatrix } from "../helpers/syntax-matrix.ts";

const ROUTE = "app/api/item/route.ts";
const CLIENT = 'import { Redis } from "@upstash/redis";\nconst redis = Redis.fromEnv();\n';

const post = (body: string, imports = CLIENT): string =>
  `${imports}export async function POST(request: Request) {\nconst body = await request.json();\n${body}\n}`;

const valid = (name: string, body: string, imports = CLIENT) => ({ name, filename: ROUTE, code: post(body, imports) });

interface WholeOptions {
  readonly prefix?: string;
  readonly Input?: string;
  readonly imports?: string;
  readonly messageId?: "key" | "pattern";
}

/** A case whose value, written as `«…»`, is reported and prefixed. */
function whole(name: string, body: string, { prefix = "id:", Input = "`id` of the request's body", imports = CLIENT, messageId = "key" }: WholeOptions = {}) {
  const { code, places } = marked(post(body, imports));
  const output = post(body.replace(/«(.*)»/u, (_all, value: string) => `\`${prefix}\${${value}}\``), imports);
  return {
    name,
    filename: ROUTE,
    code,
    errors: [{ messageId, data: { Input, through: "" }, ...places[0], suggestions: [{ messageId: "prefix" as const, data: { prefix }, output }] }],
  };
}

runRule("no-untrusted-key", rule, {
  valid: [
    valid("a prefix", "await redis.get(`item:${body.id}`);"),
    valid("a prefix by concatenation", 'await redis.get("item:" + body.id);'),
    valid("a suffix", "await redis.get(`${body.id}:items`);"),
    valid("ioredis at another host", "await redis.get(body.id);", 'import Redis from "ioredis"; // @upstash/redis\nconst redis = new Redis("redis://localhost:6379");\n'),
    valid("a request with a prefix", "await fetch(`${url}/get/item:${body.id}`);", "const url = process.env.UPSTASH_REDIS_REST_URL!;\n"),
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
    whole("written", "await redis.set(«body.id», body.value);"),
    whole("deleted", "await redis.del(«body.id»);"),
    whole("one of several", 'await redis.mget("a", «body.id»);'),
    whole("in a list", 'await redis.mget(["a", «body.id»]);'),
    whole("a hash", 'await redis.hset(«body.id», { a: 1 });'),
    whole("a set", "await redis.sadd(«body.id», 1);"),
    whole("JSON", 'await redis.json.set(«body.id», "$", { a: 1 });'),
    whole("a raw command", 'await redis.exec(["GET", «body.id»]);'),
    whole("in a pipeline", "const pipeline = redis.pipeline();\npipeline.get(«body.id»);"),
    whole("the query", 'const fid = new URL(request.url).searchParams.get("fid")!;\nawait redis.get(«fid»);', { prefix: "fid:", Input: "The query parameter `fid`" }),
    whole("a destructured name", "const { id } = body;\nawait redis.get(«id»);"),
    whole("lower case", "await redis.get(«body.id.toLowerCase()»);", { prefix: "untrusted:" }),
    whole("only a check that it is there", "if (!body.id) return;\nawait redis.get(«body.id»);"),
    whole("a schema that any text passes", "const { id } = z.object({ id: z.string() }).parse(body);\nawait redis.get(«id»);", { imports: `import { z } from "zod";\n${CLIENT}` }),
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

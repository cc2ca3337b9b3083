import rule from "../../src/rules/no-per-request-client.ts";
import { edited } from "../helpers/limiter-cases.ts";
import { marked } from "../helpers/marks.ts";
import type { ProjectFiles } from "../helpers/project.ts";
import { runRule } from "../helpers/rule-tester.ts";

const IMPORTS = 'import { Ratelimit } from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\n';
const LIMITER = 'new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s") })';
const MARKED = LIMITER.replace("Ratelimit", "«Ratelimit»");
const ASK = 'const { success } = await ratelimit.limit("id");\n  if (!success) return new Response(null, { status: 429 });';
const OPEN = "export async function POST(request: Request) {\n";

const route = (body: string, above = IMPORTS): string => `${above}
${OPEN}  ${body}
  return new Response(await request.text());
}
`;
/** What the suggestion puts above the handler. */
const above = (text: string): readonly [string, string] => [OPEN, `${text}\n\n${OPEN}`];

interface Case {
  readonly name: string;
  readonly code: string;
  readonly filename?: string;
  readonly files?: ProjectFiles;
}
interface Told extends Case {
  readonly id?: "client";
  readonly edits?: readonly (readonly [from: string, to: string])[];
}

const valid: readonly Case[] = [
  { name: "at module level", code: route(ASK, `${IMPORTS}const ratelimit = ${LIMITER};\n`) },
  { name: "at module level, in a condition", code: route('await ratelimit?.limit("id");', `${IMPORTS}let ratelimit: Ratelimit | undefined;\nif (process.env.UPSTASH_REDIS_REST_URL) ratelimit = ${LIMITER};\n`) },
  { name: "kept in a module's variable", code: route(`ratelimit ??= ${LIMITER};\n  await ratelimit.limit("id");`, `${IMPORTS}let ratelimit: Ratelimit | undefined;\n`) },
  { name: "kept after a question", code: route(`if (!ratelimit) ratelimit = ${LIMITER};\n  await ratelimit.limit("id");`, `${IMPORTS}let ratelimit: Ratelimit | undefined;\n`) },
  { name: "kept in a map", code: route(`const ratelimit = known.get("id") ?? ${LIMITER};\n  known.set("id", ratelimit);\n  await ratelimit.limit("id");`, `${IMPORTS}const known = new Map<string, Ratelimit>();\n`) },
  { name: "kept in an object", code: route(`known.one = ${LIMITER};\n  await known.one.limit("id");`, `${IMPORTS}const known: { one?: Ratelimit } = {};\n`) },
  { name: "a factory", filename: "lib/limits.ts", code: `${IMPORTS}export const limiterOf = (tokens: number) => new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(tokens, "10 s") });\n` },
  { name: "a factory without parameters", filename: "lib/limits.ts", code: `${IMPORTS}export const makeLimiter = () => ${LIMITER};\n` },
  { name: "tokens that the caller decides", filename: "lib/limits.ts", code: `${IMPORTS}export async function ask(id: string, tokens: number) {\n  return new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(tokens, "10 s") }).limit(id);\n}\n` },
  { name: "Hono's environment", filename: "src/app.ts", code: 'import { Redis } from "@upstash/redis/cloudflare";\nimport { Hono } from "hono";\n\nconst app = new Hono<{ Bindings: { UPSTASH_REDIS_REST_URL: string; UPSTASH_REDIS_REST_TOKEN: string } }>();\napp.get("/", async (c) => {\n  const redis = Redis.fromEnv(c.env);\n  return c.json(await redis.get("home"));\n});\nexport default app;\n' },
  { name: "Cloudflare's environment", filename: "src/worker.ts", code: 'import { Redis } from "@upstash/redis/cloudflare";\n\nexport default {\n  async fetch(request: Request, env: { url: string; token: string }) {\n    const redis = new Redis({ url: env.url, token: env.token });\n    return Response.json({ home: await redis.get("home"), at: request.url });\n  },\n};\n' },
  { name: "an environment by a call", code: route('const redis = new Redis({ url: environment().url, token: environment().token });\n  await redis.get("home");', `${IMPORTS}import { environment } from "@/lib/environment";\n`) },
  { name: "a key that the caller brings", code: route('const { url, token } = await request.clone().json();\n  await new Redis({ url, token }).get("home");') },
  { name: "a class of the project's own", code: route('class Ratelimit { limit(id: string) { return id; } }\n  new Ratelimit().limit("id");', "") },
  { name: "a client of QStash, which keeps nothing", code: route('const client = new Client({ token: process.env.QSTASH_TOKEN! });\n  await client.publishJSON({ url: "https://example.com" });', 'import { Client } from "@upstash/qstash";\n') },
  { name: "a receiver, which keeps nothing", code: route('const receiver = new Receiver();\n  await receiver.verify({ signature: request.headers.get("upstash-signature")!, body: "" });', 'import { Receiver } from "@upstash/qstash";\n') },
  { name: "an index of Vector, which keeps nothing", code: route('const index = new Index();\n  await index.query({ data: "a", topK: 1 });', 'import { Index } from "@upstash/vector";\n') },
  { name: "a test", filename: "tests/limit.test.ts", code: route(`const ratelimit = ${LIMITER};\n  ${ASK}`) },
  { name: "a function that nobody is known to ask", filename: "lib/limits.ts", code: `${IMPORTS}export function connect() {\n  const redis = Redis.fromEnv();\n  return redis;\n}\n` },
];

const CLIENT = { id: "client" } as const;
const invalid: readonly Told[] = [
  { name: "a limiter in a route handler", code: route(`const ratelimit = ${MARKED};\n  ${ASK}`), edits: [above(`const ratelimit = ${LIMITER};`), [`  const ratelimit = ${LIMITER};\n`, ""]] },
  { name: "with a client of its own", code: route(`const redis = Redis.fromEnv();\n  const ratelimit = ${MARKED.replace("redis: Redis.fromEnv()", "redis")};\n  ${ASK}`), edits: [above(`const redis = Redis.fromEnv();\nconst ratelimit = ${LIMITER.replace("redis: Redis.fromEnv()", "redis")};`), [`  const redis = Redis.fromEnv();\n  const ratelimit = ${LIMITER.replace("redis: Redis.fromEnv()", "redis")};\n`, ""]] },
  { name: "in a condition", code: route(`let ratelimit: Ratelimit | undefined;\n  if (process.env.UPSTASH_REDIS_REST_URL) ratelimit = ${MARKED};\n  await ratelimit?.limit("id");`), edits: [above(`const ratelimitValue = ${LIMITER};`), [`ratelimit = ${LIMITER}`, "ratelimit = ratelimitValue"]] },
  { name: "assigned to a module's variable for each request", code: route(`ratelimit = ${MARKED};\n  await ratelimit.limit("id");`, `${IMPORTS}let ratelimit: Ratelimit | undefined;\n`), edits: [above(`const ratelimitValue = ${LIMITER};`), [`ratelimit = ${LIMITER}`, "ratelimit = ratelimitValue"]] },
  { name: "asked at once", code: route(`await ${MARKED}.limit("id");`), edits: [above(`const ratelimitValue = ${LIMITER};`), [`await ${LIMITER}`, "await ratelimitValue"]] },
  { name: "a cache of its own", code: route(`const ratelimit = ${MARKED.replace(" })", ", ephemeralCache: new Map() })")};\n  ${ASK}`), edits: [above(`const ratelimit = ${LIMITER.replace(" })", ", ephemeralCache: new Map() })")};`), [`  const ratelimit = ${LIMITER.replace(" })", ", ephemeralCache: new Map() })")};\n`, ""]] },
  { name: "in a function that asks it", filename: "lib/limits.ts", code: `${IMPORTS}\n// asks\nexport async function ask(id: string) {\n  const ratelimit = ${MARKED};\n  return ratelimit.limit(id);\n}\n`, edits: [["// asks", `const ratelimit = ${LIMITER};\n\n// asks`], [`  const ratelimit = ${LIMITER};\n`, ""]] },
  { name: "in a server action", filename: "app/actions.ts", code: `"use server";\n${IMPORTS}\nexport async function send(id: string) {\n  const ratelimit = ${MARKED};\n  return (await ratelimit.limit(id)).success;\n}\n`, edits: [["export async function send", `const ratelimit = ${LIMITER};\n\nexport async function send`], [`  const ratelimit = ${LIMITER};\n`, ""]] },
  { name: "over several lines", code: route(`const redis = new «Redis»({\n    url: process.env.UPSTASH_REDIS_REST_URL!, // where\n    token: process.env.UPSTASH_REDIS_REST_TOKEN!,\n  });\n  await redis.get("home");`), ...CLIENT, edits: [above("const redis = new Redis({\n  url: process.env.UPSTASH_REDIS_REST_URL!, // where\n  token: process.env.UPSTASH_REDIS_REST_TOKEN!,\n});"), ["  const redis = new Redis({\n    url: process.env.UPSTASH_REDIS_REST_URL!, // where\n    token: process.env.UPSTASH_REDIS_REST_TOKEN!,\n  });\n", ""]] },
  { name: "fromEnv()", code: route('const redis = «Redis.fromEnv»();\n  await redis.get("home");'), ...CLIENT, edits: [above("const redis = Redis.fromEnv();"), ["  const redis = Redis.fromEnv();\n", ""]] },
  { name: "with a name for its type", code: route('const redis: Redis = «Redis.fromEnv»();\n  await redis.get("home");'), ...CLIENT, edits: [above("const redis: Redis = Redis.fromEnv();"), ["  const redis: Redis = Redis.fromEnv();\n", ""]] },
  { name: "with values of constants", code: route('const url = process.env.UPSTASH_REDIS_REST_URL!;\n  const redis = new «Redis»({ url, token: process.env.UPSTASH_REDIS_REST_TOKEN! });\n  await redis.get("home");'), ...CLIENT, edits: [above("const url = process.env.UPSTASH_REDIS_REST_URL!;\nconst redis = new Redis({ url, token: process.env.UPSTASH_REDIS_REST_TOKEN! });"), ["  const url = process.env.UPSTASH_REDIS_REST_URL!;\n  const redis = new Redis({ url, token: process.env.UPSTASH_REDIS_REST_TOKEN! });\n", ""]] },
  { name: "used at once", code: route('await «Redis.fromEnv»().get("home");'), ...CLIENT, edits: [above("const client = Redis.fromEnv();"), ["await Redis.fromEnv()", "await client"]] },
  { name: "under another name", code: route('const limiter = new «Limit»({ redis: Redis.fromEnv(), limiter: Limit.fixedWindow(5, "1 m") });\n  await limiter.limit("id");', IMPORTS.replace("{ Ratelimit }", "{ Ratelimit as Limit }")), edits: [above('const limiter = new Limit({ redis: Redis.fromEnv(), limiter: Limit.fixedWindow(5, "1 m") });'), ['  const limiter = new Limit({ redis: Redis.fromEnv(), limiter: Limit.fixedWindow(5, "1 m") });\n', ""]] },
  { name: "with a client of another module", files: { "lib/redis.ts": 'import { Redis } from "@upstash/redis";\nexport const redis = Redis.fromEnv();\n' }, code: route(`const ratelimit = ${MARKED.replace("redis: Redis.fromEnv()", "redis")};\n  ${ASK}`, 'import { Ratelimit } from "@upstash/ratelimit";\nimport { redis } from "@/lib/redis";\n'), edits: [above(`const ratelimit = ${LIMITER.replace("redis: Redis.fromEnv()", "redis")};`), [`  const ratelimit = ${LIMITER.replace("redis: Redis.fromEnv()", "redis")};\n`, ""]] },
  { name: "handed to a function", code: route('const redis = «Redis.fromEnv»();\n  await count(redis);', `${IMPORTS}async function count(redis: Redis) {\n  await redis.incr("calls");\n}\n`), ...CLIENT, edits: [above("const client = Redis.fromEnv();"), ["redis = Redis.fromEnv()", "redis = client"]] },
  { name: "with something that is declared below", code: `${route(`const ratelimit = ${MARKED.replace("redis: Redis.fromEnv()", "redis")};\n  ${ASK}`)}const redis = Redis.fromEnv();\n` },
];

const based = ({ name, code, filename, files }: Case): object => ({
  name,
  code: marked(code).code,
  filename: filename ?? "app/api/note/route.ts",
  ...(files ? { files } : {}),
});

runRule("no-per-request-client", rule, {
  valid: valid.map((one) => based(one) as never),
  invalid: invalid.map(({ id = "limiter", edits, ...one }) => {
    const { code, places } = marked(one.code);
    return {
      ...based(one),
      errors: places.map((place) => ({
        messageId: id,
        ...place,
        suggestions: edits ? [{ messageId: "hoist", output: edited(code, ...edits) }] : [],
      })),
    } as never;
  }),
});

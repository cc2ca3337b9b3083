import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { verdictOf, type Verdict } from "./verdicts.ts";

/* Work whose answer is kept in Redis under a key that is the same for all is done once, however often it is asked for. */

const ROUTE = "app/api/stats/route.ts";
const FILES: ProjectFiles = {
  "lib/redis.ts": 'import { Redis } from "@upstash/redis";\nexport const redis = Redis.fromEnv();\n',
  "lib/price.ts": 'export const price = async () => (await fetch("https://api.example.com/price", { headers: { authorization: process.env.API_KEY ?? "" } })).json();\n',
  "lib/kept.ts": `import { redis } from "./redis";
export async function getOrSet(key, ttl, make) {
  const kept = await redis.get(key);
  if (kept !== null) return kept;
  const made = await make();
  await redis.set(key, made, { ex: ttl });
  return made;
}
export async function madeAnew(key, ttl, make) {
  const made = await make();
  await redis.set(key, made, { ex: ttl });
  return made;
}
export async function looked(key, make) {
  const kept = await redis.get(key);
  if (kept) return kept;
  return make();
}
export class Cache {
  constructor(prefix) {
    this.prefix = prefix;
  }
  async getOrSet(key, make) {
    const kept = await redis.get(\`\${this.prefix}:\${key}\`);
    if (kept) return kept;
    const made = await make();
    await redis.setex(\`\${this.prefix}:\${key}\`, 60, made);
    return made;
  }
}
`,
};

const handler = (body: string): ProjectFiles => ({
  ...FILES,
  [ROUTE]: `import { redis } from "@/lib/redis";
import { price } from "@/lib/price";
import { Cache, getOrSet, looked, madeAnew } from "@/lib/kept";
const KEY = "price";
const hasRedis = !!process.env.REDIS_HOST && !!process.env.REDIS_PORT;
const keeps = process.env.KEEPS === "yes";
const cache = new Cache("prices");
const db = new (await import("@prisma/client")).PrismaClient();
export async function GET(request: Request) {
  const asked = new URL(request.url).searchParams.get("of");
${body}
}
`,
});

type Case = readonly [name: string, verdict: Verdict, body: string];

const CASES: readonly Case[] = [
  ["looked up, made, and kept", "nobody", "  const kept = await redis.get(KEY);\n  if (kept) return Response.json(kept);\n  const made = await price();\n  await redis.set(KEY, made, { ex: 60 });\n  return Response.json(made);"],
  ["made in the branch", "nobody", "  let found = await redis.get(`all:${KEY}`);\n  if (found === null) {\n    found = await price();\n    await redis.set(`all:${KEY}`, found, { ex: 60 });\n  }\n  return Response.json(found);"],
  ["by a helper of another file", "nobody", "  return Response.json(await getOrSet(KEY, 60, price));"],
  ["by a helper, the work written out", "nobody", "  return Response.json(await getOrSet(KEY, 60, async () => db.note.count()));"],
  ["not kept", "anyone", "  const kept = await redis.get(KEY);\n  if (kept) return Response.json(kept);\n  return Response.json(await price());"],
  ["kept under another key", "anyone", "  const kept = await redis.get(KEY);\n  if (kept) return Response.json(kept);\n  const made = await price();\n  await redis.set(`${KEY}:${asked}`, made, { ex: 60 });\n  return Response.json(made);"],
  ["where there is a Redis at all", "nobody", "  if (hasRedis) {\n    const kept = await redis.get(KEY);\n    if (kept) return Response.json(kept);\n  }\n  const made = await price();\n  if (hasRedis) await redis.set(KEY, made, { ex: 60 });\n  return Response.json(made);"],
  ["kept where something else holds", "anyone", "  if (hasRedis) {\n    const kept = await redis.get(KEY);\n    if (kept) return Response.json(kept);\n  }\n  const made = await price();\n  if (keeps) await redis.set(KEY, made, { ex: 60 });\n  return Response.json(made);"],
  ["kept under another key", "anyone", "  if (hasRedis) {\n    const kept = await redis.get(KEY);\n    if (kept) return Response.json(kept);\n  }\n  const made = await price();\n  if (hasRedis) await redis.set(`${KEY}:new`, made, { ex: 60 });\n  return Response.json(made);"],
  ["looked up where the caller says so", "anyone", "  if (hasRedis && asked !== \"fresh\") {\n    const kept = await redis.get(KEY);\n    if (kept) return Response.json(kept);\n  }\n  const made = await price();\n  if (hasRedis) await redis.set(KEY, made, { ex: 60 });\n  return Response.json(made);"],
  ["under one condition, which the caller makes", "anyone", "  const wants = Boolean(process.env.CACHES && asked);\n  if (wants) {\n    const kept = await redis.get(KEY);\n    if (kept) return Response.json(kept);\n  }\n  const made = await price();\n  if (wants) await redis.set(KEY, made, { ex: 60 });\n  return Response.json(made);"],
  ["a key that the caller chooses", "anyone", "  const kept = await redis.get(`price:${asked}`);\n  if (kept) return Response.json(kept);\n  const made = await price();\n  await redis.set(`price:${asked}`, made, { ex: 60 });\n  return Response.json(made);"],
  ["a key that the caller chooses, in a helper", "anyone", "  return Response.json(await getOrSet(`price:${asked}`, 60, price));"],
  ["a caller who wants it fresh", "anyone", "  const kept = await redis.get(KEY);\n  if (kept && asked !== \"fresh\") return Response.json(kept);\n  const made = await price();\n  await redis.set(KEY, made, { ex: 60 });\n  return Response.json(made);"],
  ["work before it is looked up", "anyone", "  const made = await price();\n  const kept = await redis.get(KEY);\n  if (kept) return Response.json(kept);\n  await redis.set(KEY, made, { ex: 60 });\n  return Response.json(made);"],
  ["work behind it", "anyone", "  const kept = await getOrSet(KEY, 60, price);\n  await redis.incr(\"views\");\n  return Response.json(kept);"],
  ["made anew each time", "anyone", "  return Response.json(await madeAnew(KEY, 60, price));"],
  ["looked up and never kept", "anyone", "  return Response.json(await looked(KEY, price));"],
  ["kept only where the caller says so", "anyone", "  const kept = await redis.get(KEY);\n  if (kept) return Response.json(kept);\n  const made = await price();\n  if (asked) await redis.set(KEY, made, { ex: 60 });\n  return Response.json(made);"],
  ["thrown away", "anyone", "  const kept = await redis.get(KEY);\n  if (kept) return Response.json(kept);\n  const made = await price();\n  await redis.set(KEY, made, { ex: 60 });\n  if (asked) await redis.del(KEY);\n  return Response.json(made);"],
];

/** Clients of other makers, at hosts that need not be Upstash's. */
const OTHERS = [
  ["ioredis", 'import Redis from "ioredis";\nexport const redis = new Redis(Number(process.env.REDIS_PORT), process.env.REDIS_HOST);\n'],
  ["node-redis", 'import { createClient } from "redis";\nexport const redis = createClient({ url: process.env.CACHE_URL });\n'],
] as const;
/** A write to such a host is no work that is known to cost. */
const ELSEWHERE = CASES.filter(([name]) => name !== "work behind it");

describe.each(OTHERS)("answers that %s keeps", (_, client) => {
  it.each(ELSEWHERE)("%s: %s", (__, verdict, body) => {
    expect(verdictOf({ ...handler(body), "lib/redis.ts": client }, ROUTE)).toBe(verdict);
  });
});

describe("answers that are kept for all", () => {
  it.each(CASES)("%s: %s", (_, verdict, body) => {
    expect(verdictOf(handler(body), ROUTE)).toBe(verdict);
  });
});

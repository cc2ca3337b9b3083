import { expect, it } from "vitest";
import plugin from "../../src/index.ts";
import { project } from "../helpers/project.ts";
import { Harness } from "./harness.ts";

// Programs whose fixes or suggestions once made text that does not parse.
it.each([
  ["an argument in parentheses is taken out", 'console.log(1, (process.env.UPSTASH_REDIS_REST_TOKEN));'],
  ["a sequence is spread", 'import { Ratelimit } from "@upstash/ratelimit";\nexport const limiter = new Ratelimit((0, { redis, limiter: Ratelimit.slidingWindow(1, "1 s") }));'],
  ["a shorthand property is hashed", 'import { Redis } from "@upstash/redis";\nexport const remove = (id: string, email: string) => Redis.fromEnv().del(id, { email } as never);'],
  ["a client in parentheses begins a transaction", 'import { Redis } from "@upstash/redis";\nexport const add = (id: string) => (Redis.fromEnv() satisfies unknown as never).lpush(id, 1, { px: "60" });'],
  ["a field of a class can't wait", 'import { Ratelimit } from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\nconst ratelimit = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(1, "1 s") });\nexport async function limited() {\n  if (!(await ratelimit.limit((class { static a = null; }).a!)).success) throw new Error();\n}'],
  ["nor can a limit in one", 'import { Ratelimit } from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\nconst ratelimit = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(1, "1 s"), enableProtection: true });\nexport async function limited() {\n  return (class { static a = ratelimit.limit("a"); }).a;\n}'],
  ["a list is no record", 'import { Redis } from "@upstash/redis";\nexport const add = (user: { email: string; name: string }) => Redis.fromEnv().lpush("key", [...(user as never)]);'],
  ["a choice is spread", 'import { Redis } from "@upstash/redis";\ninterface User { email: string }\nexport const add = (one: User, other: User, first: boolean) => Redis.fromEnv().hset("key", { ...(first ? one : other) });'],
  ["a public prefix has no name behind it", 'import { Redis } from "@upstash/redis";\nexport const redis = new Redis({ url: process.env.UPSTASH_REDIS_REST_URL!, token: process.env.NEXT_PUBLIC_ });'],
])("%s", (_, code) => {
  const harness = new Harness(plugin, project());
  expect(harness.problems("app/api/fuzz/route.ts", code)).toEqual([]);
  expect(harness.parsed).toBe(1);
});

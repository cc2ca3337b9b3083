import { expect, it } from "vitest";
import plugin from "../../src/index.ts";
import { project } from "../helpers/project.ts";
import { Harness, TIMEOUT } from "./harness.ts";
import { tied } from "./mutations.ts";
import { exampleSources, pageSources, testSources } from "./sources.ts";

/** Of so many texts one is linted here; `npm run fuzz -- tied` lints all. */
const ONE_OF = 250;

it("programs with a variable that is made of itself, as it stands while a name is typed", () => {
  const harness = new Harness(plugin, project());
  let count = 0;
  for (const { name, filename, code } of [...exampleSources(), ...pageSources(), ...testSources()]) {
    for (const text of tied(code)) if (count++ % ONE_OF === 0) expect(harness.problems(filename, text), `${name}:\n${text}`).toEqual([]);
  }
  expect(harness.parsed).toBeGreaterThan(300);
}, TIMEOUT);

// What rules ask about, in programs that once had no end or ran out of stack.
it.each([
  'export const { serve } = serve(async () => {}, { receiver: new Receiver() });',
  'import { Redis } from "@upstash/redis";\nconst redis = redis;\nawait redis.set("a", "b");',
  'import { Redis } from "@upstash/redis";\nconst Store = class extends Store {};\nnew Store().set("email", user.email);',
  'import { Redis } from "@upstash/redis";\nclass Store extends Store {}\nnew Store(Redis.fromEnv());',
  "export const POST = POST(handler);",
  "export const GET = GET();",
  "export const handler = handler;",
  'import { Redis } from "@upstash/redis";\nexport async function GET() { const redis = new Redis({ ...redis }); await redis.get("a"); }',
  'import { Redis } from "@upstash/redis";\nlet url = new URL("/get/a", process.env.UPSTASH_REDIS_REST_URL);\nurl = url;\nawait fetch(url);',
  'import { Redis } from "@upstash/redis";\nconst a = b.redis, b = a.redis;\nawait a.set("email", user.email);',
  'import { Redis } from "@upstash/redis";\nexport function f(redis = redis.client) { return redis.set("email", redis.email); }',
])("has an end: %s", (code) => {
  expect(new Harness(plugin, project(), 5000).problems("app/api/fuzz/route.ts", code)).toEqual([]);
});

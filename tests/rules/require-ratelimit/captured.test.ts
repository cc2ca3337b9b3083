import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* A function that is written inside of another one calls what the other one was handed. */

const ROUTE = "app/api/views/route.ts";
const LIMITED = `const guard = (handler) => async (request) => run({ id: 1 }, async () => {
  const { success } = await limiter.limit("a");
  if (!success) return new Response(null, { status: 429 });
  return handler(request);
});
`;
const FILES: ProjectFiles = {
  ...CLIENTS,
  "lib/wrap.ts": `import { Ratelimit } from "@upstash/ratelimit";
import pRetry from "p-retry";
import { redis } from "./clients";
const limiter = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(5, "10 s") });
const run = (context, work) => work(context);
export const wrapped = (scope, handler) => async (request) => run({ scope }, async () => handler(request));
export const twice = (scope, handler) => wrapped(scope, async (request) => {
  try {
    return await handler(request);
  } catch {
    return new Response(null, { status: 500 });
  }
});
${LIMITED}export const limited = (handler) => guard(handler);
export const retried = async (operation) => pRetry(async () => operation(), { retries: 2 });
export const both = async (one, other) => { await retried(async () => one()); await retried(async () => other()); };
`,
};

const CASES: readonly (readonly [name: string, verdict: Verdict, handler: string])[] = [
  ["in a context", "anyone", 'wrapped("views", async () => Response.json(await redis.incr("views")))'],
  ["in a wrapper of a wrapper", "anyone", 'twice("views", async () => Response.json(await redis.incr("views")))'],
  ["tried again", "anyone", 'async () => Response.json(await retried(() => redis.incr("views")))'],
  ["the other of two", "anyone", 'async () => { await both(async () => 1, () => redis.incr("views")); return Response.json({}); }'],
  ["the other of two that are made alike", "anyone", 'async (request) => { await wrapped("a", async () => 1)(request); return wrapped("b", async () => Response.json(await redis.incr("views")))(request); }'],
  ["behind a limiter", "nobody", 'limited(async () => Response.json(await redis.incr("views")))'],
  ["that does nothing", "nobody", 'twice("views", async () => Response.json({}))'],
];

describe("functions that call what a function around them was handed", () => {
  it.each(CASES)("%s: %s", (_, verdict, handler) => {
    const code = `import { both, limited, retried, twice, wrapped } from "@/lib/wrap";\nimport { redis } from "@/lib/clients";\nexport const GET = ${handler};\n`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});

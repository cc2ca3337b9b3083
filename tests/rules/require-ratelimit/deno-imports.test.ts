import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule, type InvalidCase } from "../../helpers/rule-tester.ts";

/* Deno is told where a package is: a suggestion imports in the way of the file. */

const HANDLER = `
Deno.serve(async (request) => {
  await redis.set("last", await request.text());
  return new Response("ok");
});
`;
const GUARD = `
  const rate = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    return new Response("Too many requests", {
      status: 429,
      headers: {
        "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
        "X-RateLimit-Limit": String(rate.limit),
        "X-RateLimit-Remaining": String(rate.remaining),
        "X-RateLimit-Reset": String(rate.reset),
      },
    });
  }`;
const LIMITER = `const ratelimit = new Ratelimit({
  redis: redis,
  limiter: Ratelimit.slidingWindow(10, "10 s"),
});`;

function importing(name: string, redis: string, ratelimit: string, limiter = "ratelimit"): InvalidCase<"costly" | "limit", Record<string, never>> {
  const line = redis.split("\n").length + 3;
  const made = "const redis = new Redis({ url: Deno.env.get(\"A\"), token: Deno.env.get(\"B\") });\n";
  return {
    name,
    filename: "supabase/functions/note/index.ts",
    typecheck: false,
    reason: "TypeScript does not know Deno's addresses",
    files: { "package.json": '{ "name": "app", "type": "module" }\n' },
    code: `${redis}\n${made}${HANDLER}`,
    errors: [
      {
        messageId: "costly",
        data: { title: "This server", work: "writes to Redis (`set`)", file: "" },
        line,
        column: 1,
        endLine: line,
        endColumn: 11,
        suggestions: [
          {
            messageId: "limit",
            data: { limiter: "a new `Ratelimit` of 10 requests in 10 seconds" },
            output: `${redis}\n${ratelimit}${made.trimEnd()}\n\n${LIMITER.replace("ratelimit", limiter)}\n${HANDLER.replace("{\n", `{${GUARD.replace("ratelimit", limiter)}\n`)}`,
          },
        ],
      },
    ],
  };
}

runRule("require-ratelimit", rule, {
  valid: [],
  invalid: [
    importing("npm:", 'import { Redis } from "npm:@upstash/redis@1";', 'import { Ratelimit } from "npm:@upstash/ratelimit";\n'),
    importing("a CDN", 'import { Redis } from "https://esm.sh/@upstash/redis@1";', 'import { Ratelimit } from "npm:@upstash/ratelimit";\n'),
    importing("an import map", 'import { Redis } from "@upstash/redis";', 'import { Ratelimit } from "@upstash/ratelimit";\n'),
    importing("an import map beside addresses", 'import "jsr:@supabase/functions-js/edge-runtime.d.ts";\nimport { Redis } from "@upstash/redis";', 'import { Ratelimit } from "@upstash/ratelimit";\n'),
    importing("the class is there already", 'import { Redis } from "npm:@upstash/redis@1";\nimport { Ratelimit } from "npm:@upstash/ratelimit@2";', "", "ratelimitValue"),
  ],
});

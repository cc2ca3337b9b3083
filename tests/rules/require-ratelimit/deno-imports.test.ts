import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { open, refusal } from "./shared.ts";

/* Deno is told where a package is: a suggestion imports in the way of the file. */

const MADE = 'const redis = new Redis({ url: Deno.env.get("A"), token: Deno.env.get("B") });';
const HANDLER = `
Deno.serve(async (request) => {
  await redis.set("last", await request.text());
  return new Response("ok");
});
`;

function importing(name: string, imports: string, added: string, limiter = "ratelimit"): ReturnType<typeof open> {
  const guard = `
  const rate = await ${limiter}.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    ${refusal("    ")}
  }`;
  const made = `const ${limiter} = new Ratelimit({
  redis: redis,
  limiter: Ratelimit.slidingWindow(10, "10 s"),
});`;
  return open({
    name,
    filename: "supabase/functions/note/index.ts",
    untyped: "TypeScript does not know Deno's addresses",
    files: { "package.json": '{ "name": "app", "type": "module" }\n' },
    code: `${imports}\n${MADE}\n${HANDLER}`,
    at: "Deno.serve",
    title: "This server",
    work: "writes to Redis (`set`)",
    limiter: "a new `Ratelimit` of 10 requests in 10 seconds",
    output: `${imports}\n${added}${MADE}\n\n${made}\n${HANDLER.replace("{\n", `{${guard}\n`)}`,
  });
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

import path from "node:path";
import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import { endPass } from "../../../src/project/disk.ts";
import rule from "../../../src/rules/require-ratelimit.ts";
import { project } from "../../helpers/project.ts";

/*
 * What a helper does is found out once for all files that call it in the same way. Whatever the order of the files, each
 * must be told what it is told when it is linted on its own.
 */
const HELPERS = {
  "lib/clients.ts": `import { Redis } from "@upstash/redis";
import { Ratelimit } from "@upstash/ratelimit";
import { PrismaClient } from "@prisma/client";
import { Resend } from "resend";
export const redis = Redis.fromEnv();
export const db = new PrismaClient();
export const limiter = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(5, "10 s") });
export const resend = new Resend(process.env.RESEND_API_KEY);
`,
  "lib/helpers.ts": `import { db, redis, resend } from "./clients";
import { deep } from "./deep";
import { rateLimiter } from "unknown-limits";
export async function count(key) { await redis.incr(key); }
export async function mail(to) { await resend.emails.send({ from: "a@example.com", to, subject: "Hi", text: "Hi" }); }
export async function run(service, key) { await service.limit(key); await redis.incr(key); }
export async function call(url) { return fetch(url, { headers: { authorization: "Bearer " + process.env.API_TOKEN } }); }
export async function apply(work) { return work(); }
export async function guarded(given, expected) { if (given !== expected) throw new Error("no"); await redis.incr("a"); }
export async function byPath(request) {
  if (request.nextUrl.pathname === "/api/quiet") return;
  await redis.incr("a");
}
export async function again(n) { if (n > 0) await again(n - 1); else await deep(n); }
export async function spend(key) { await rateLimiter.consume(key); await redis.incr(key); }
export async function afford(userId) { const user = await db.user.findUnique({ where: { id: userId } }); if (user.credits < 3) throw new Error("poor"); }
export async function touch() { await redis.expire("hits", 60); }
export async function inside() { await again(1); await deep(2); }
`,
  "lib/deep.ts": `import { again, count } from "./helpers";
export async function deep(n) { await count("deep"); if (n > 5) await again(n); }
`,
};

/** `step0()` comes to the work by way of twenty files, one of which leads back. */
const LONG_WAY = Object.fromEntries(
  Array.from({ length: 20 }, (_, index) => {
    const next = `step${String(index + 1)}`;
    const back = index === 9 ? 'import { step5 } from "./step5";\n' : "";
    return [`lib/step${String(index)}.ts`, `import { ${next} } from "./${next}";\n${back}export async function step${String(index)}(n) { ${back && "if (n > 5) await step5(n - 1); "}await ${next}(n); }\n`];
  }),
);
const WORK_AT_THE_END = { "lib/step20.ts": 'import { count } from "./helpers";\nexport const step20 = (n) => count(String(n));\n' };

const handler = (imports: string, body: string): string => `${imports}\nexport async function POST(request) { ${body}; return Response.json({}); }\n`;

/** That its count expires is known of a helper that is read apart: it makes no limiter of it, whoever calls the helper first. */
const countingItself = (name: string): string =>
  handler(
    'import { mail, touch } from "@/lib/helpers";\nimport { redis } from "@/lib/clients";',
    `await touch(); const used = await redis.incr("hits"); if (used > 5) return new Response(null, { status: 403 }); await mail("${name}@example.com")`,
  );

/** Whoever can't afford it is sent away by a helper, and pays here. `payer`: whose balance that is. */
const paid = (name: string, payer = "session.user.id"): string =>
  handler(
    'import { afford, mail } from "@/lib/helpers";\nimport { db } from "@/lib/clients";\nimport { auth } from "@/auth";',
    `const session = await auth(); if (!session) return new Response(null, { status: 401 }); const userId = ${payer}; await afford(userId); await db.user.update({ where: { id: userId }, data: { credits: { decrement: 3 } } }); await mail("${name}@example.com")`,
  );

const ROUTES: Readonly<Record<string, string>> = {
  "app/api/count/route.ts": handler('import { count } from "@/lib/helpers";', 'await count("a")'),
  "app/api/count-more/route.ts": handler('import { count } from "@/lib/helpers";', 'const body = await request.json(); await count(body.key)'),
  "app/api/known/route.ts": handler(
    'import { count, mail } from "@/lib/helpers";\nimport { auth } from "@/auth";',
    "const session = await auth(); if (!session) return new Response(null, { status: 401 }); await count(session.id); await mail(session.email)",
  ),
  "app/api/caught/route.ts": handler('import { spend } from "@/lib/helpers";', 'try { await spend("a"); } catch { return new Response(null, { status: 429 }); }'),
  "app/api/uncaught/route.ts": handler('import { spend } from "@/lib/helpers";', 'await spend("a")'),
  "app/api/far/route.ts": handler('import { step0 } from "@/lib/step0";', "await step0(1)"),
  "app/api/nearer/route.ts": handler('import { step7 } from "@/lib/step7";', "await step7(1)"),
  "app/api/near/route.ts": handler('import { step12 } from "@/lib/step12";', "await step12(1)"),
  "app/api/limited/route.ts": handler('import { run } from "@/lib/helpers";\nimport { limiter } from "@/lib/clients";', 'await run(limiter, "a")'),
  "app/api/unlimited/route.ts": handler('import { run } from "@/lib/helpers";\nconst page = { limit() {} };', 'await run(page, "a")'),
  "app/api/limited-before/route.ts": handler(
    'import { count } from "@/lib/helpers";\nimport { limiter } from "@/lib/clients";',
    'await limiter.limit("a"); await count("a")',
  ),
  "app/api/model/route.ts": handler('import { call } from "@/lib/helpers";', 'await call("https://api.openai.com/v1/chat/completions")'),
  "app/api/other-host/route.ts": handler('import { call } from "@/lib/helpers";', 'await call("https://example.com/")'),
  "app/api/any-host/route.ts": handler('import { call } from "@/lib/helpers";', "await call(process.env.SERVICE_URL)"),
  "app/api/callback/route.ts": handler('import { apply } from "@/lib/helpers";\nimport { redis } from "@/lib/clients";', 'await apply(() => redis.incr("a"))'),
  "app/api/idle-callback/route.ts": handler('import { apply } from "@/lib/helpers";', "await apply(() => 1)"),
  "app/api/secret/route.ts": handler('import { guarded } from "@/lib/helpers";', 'await guarded(request.headers.get("x"), process.env.CRON_SECRET)'),
  "app/api/no-secret/route.ts": handler('import { guarded } from "@/lib/helpers";', 'await guarded(request.headers.get("x"), request.headers.get("y"))'),
  "app/api/setting/route.ts": handler('import { guarded } from "@/lib/helpers";\nimport { env } from "typed-env";', 'await guarded(request.headers.get("x"), env.DISPLAY_NAME)'),
  "app/api/secret-setting/route.ts": handler('import { guarded } from "@/lib/helpers";\nimport { env } from "typed-env";', 'await guarded(request.headers.get("x"), env.CRON_SECRET)'),
  "app/api/quiet/route.ts": handler('import { byPath } from "@/lib/helpers";', "await byPath(request)"),
  "app/api/loud/route.ts": handler('import { byPath } from "@/lib/helpers";', "await byPath(request)"),
  "app/actions.ts": '"use server";\nimport { byPath } from "@/lib/helpers";\nexport async function act(form) { await byPath(form); }\n',
  "app/api/again/route.ts": handler('import { again } from "@/lib/helpers";', "await again(1)"),
  "app/api/deep/route.ts": handler('import { deep } from "@/lib/deep";', "await deep(1)"),
  "app/api/paid/route.ts": paid("first"),
  "app/api/paid-too/route.ts": paid("second"),
  "app/api/paid-by-another/route.ts": paid("third", "(await request.json()).userId"),
  "app/api/touched/route.ts": countingItself("first"),
  "app/api/touched-too/route.ts": countingItself("second"),
  "app/api/inside/route.ts": handler('import { inside } from "@/lib/helpers";', "await inside()"),
};

const files = { ...HELPERS, ...LONG_WAY, ...WORK_AT_THE_END, ...ROUTES };
const cwd = project(files);
const names = Object.keys(ROUTES);

function lint(filename: string): readonly string[] {
  const config = {
    files: ["**/*.ts"],
    languageOptions: { parser },
    plugins: { upstash: { rules: { "require-ratelimit": rule as never } } },
    rules: { "upstash/require-ratelimit": "error" as const },
  };
  const messages = new Linter({ configType: "flat", cwd }).verify(ROUTES[filename] ?? "", config, { filename: path.join(cwd, filename) });
  return messages.map(({ message }) => message);
}

/** In a new pass, in which nothing is known. */
function lintAlone(filename: string): readonly string[] {
  endPass();
  return lint(filename);
}

const alone = Object.fromEntries(names.map((name) => [name, lintAlone(name)]));

describe("handlers that call the same helpers", () => {
  it("are told apart by what they hand over", () => {
    const reported = names.filter((name) => alone[name]?.length === 1).map((name) => name.replace(/^app\/(?:api\/)?|\/route\.ts$|\.ts$/gu, ""));
    expect(reported).toEqual([
      "count", "count-more", "known", "uncaught", "far", "nearer", "near", "unlimited", "model", "other-host", "callback", "no-secret", "setting", "loud", "actions", "again", "deep", "paid-by-another", "touched", "touched-too", "inside",
    ]);
    expect(alone["app/api/known/route.ts"]?.[0]).toContain("sends mail through Resend (in lib/helpers.ts)");
    expect(alone["app/api/deep/route.ts"]?.[0]).toContain("(in lib/helpers.ts, through `");
  });

  it.each([
    ["as they are listed", names],
    ["backwards", names.toReversed()],
    ["each second one first", [...names.filter((_, at) => at % 2 === 1), ...names.filter((_, at) => at % 2 === 0)]],
    ["by the length of their names", names.toSorted((a, b) => a.length - b.length)],
  ])("are told the same %s", (_, order) => {
    endPass();
    const expected = Object.fromEntries(order.map((name) => [name, alone[name]]));
    expect(Object.fromEntries(order.map((name) => [name, lint(name)]))).toEqual(expected);
    // Again, with all that is known then.
    expect(Object.fromEntries(order.map((name) => [name, lint(name)]))).toEqual(expected);
  });
});

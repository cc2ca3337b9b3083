import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-ratelimit.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";

/*
 * What decides whether a handler is open, apart from its own lines: builders, segment config, conditions on the path,
 * machine callers. Only whether there is a report is asked here; reports and suggestions have tests of their own.
 */
const reports = (files: Record<string, string>, filename: string): number => lintMessages("require-ratelimit", rule, files, filename).length;

const MAIL = 'await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });';
const RESEND = 'import { Resend } from "resend";\nconst resend = new Resend(process.env.RESEND_API_KEY);';
const REDIS = 'import { Redis } from "@upstash/redis";\nconst redis = Redis.fromEnv();';

describe("actions made by a builder", () => {
  const action = (chain: string, work: string): string =>
    `"use server";\n${RESEND}\n${REDIS}\nimport { actionClient, authActionClient, limited, protectedClient } from "@/lib/safe-action";\nimport { memberProcedure } from "@/lib/not-there";\nvoid [resend, redis, actionClient, authActionClient, limited, protectedClient, memberProcedure];\nexport const act = ${chain}.action(async () => { ${work} });\n`;
  const files = (chain: string, work: string): Record<string, string> => ({
    "app/actions.ts": action(chain, work),
    "lib/safe-action.ts": `import { createMiddleware, createSafeActionClient } from "next-safe-action";
import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";
import { auth } from "@/auth";
const limiter = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s") });
export const actionClient = createSafeActionClient();
export const protectedClient = createSafeActionClient();
export const authActionClient = actionClient.use(async ({ next }) => {
  const session = await auth();
  if (!session) throw new Error("Unauthorized");
  return next();
});
export const limited = () => createMiddleware().define(async ({ next }) => {
  const { success } = await limiter.limit("id");
  if (!success) throw new Error("Too many requests");
  return next();
});
`,
  });

  it.each([
    ["a limiter among its middleware, in another file", "actionClient.metadata({}).use(limited()).inputSchema({})", MAIL, 0],
    ["no middleware", "actionClient.metadata({})", MAIL, 1],
    ["middleware that turns strangers away: what a user may do", "authActionClient.metadata({})", 'await redis.set("a", 1);', 0],
    ["middleware that turns strangers away: what a user may still abuse", "authActionClient.metadata({})", MAIL, 1],
    ["a name that says more than the client does", "protectedClient.metadata({})", 'await redis.set("a", 1);', 1],
    ["a name that is all there is to see", "memberProcedure.metadata({})", 'await redis.set("a", 1);', 0],
    ["middleware that asks nothing", "actionClient.use(async ({ next }) => next())", 'await redis.set("a", 1);', 1],
  ])("%s", (_, chain, work, count) => {
    expect(reports(files(chain, work), "app/actions.ts")).toBe(count);
  });
});

describe("segment config of Next.js", () => {
  const route = (config: string, params = "", method = "GET"): Record<string, string> => ({
    "app/feed/route.ts": `${config}\n${REDIS}\nexport async function ${method}(${params}) { return Response.json(await redis.incr("posts")); }\n`,
  });

  it.each([
    ["revalidated", "export const revalidate = 300;", "", "GET", 0],
    ["never revalidated", "export const revalidate = false;", "_request: Request", "GET", 0],
    ["static", 'export const dynamic = "force-static";', "request: Request", "GET", 0],
    ["revalidated, but the request is looked at", "export const revalidate = 300;", "request: Request", "GET", 1],
    ["revalidated at once", "export const revalidate = 0;", "", "GET", 1],
    ["dynamic all the same", 'export const revalidate = 300;\nexport const dynamic = "force-dynamic";', "", "GET", 1],
    ["another method", "export const revalidate = 300;", "", "POST", 1],
    ["no config", "", "", "GET", 1],
  ])("%s", (_, config, params, method, count) => {
    expect(reports(route(config, params, method), "app/feed/route.ts")).toBe(count);
  });
});

it("a cached handler that can't be read may look at the request", () => {
  const code = `import { wrap } from "@/lib/not-there";\n${REDIS}\nexport const revalidate = 300;\nexport const GET = wrap(async (request: Request) => Response.json(await redis.get(request.url)));\n`;
  expect(reports({ "app/feed/route.ts": code }, "app/feed/route.ts")).toBe(1);
});

it("a secret by which some pass a page that says the site is down turns nobody away from one that is up", () => {
  const ROUTE = "app/api/x/route.ts";
  const lib = (name: string): string => `export const isDown = () => process.env["MAINTENANCE_MODE"] === "true";
function isSame(a: string, b: string) {
  let result = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) result |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return result === 0;
}
export const ${name} = (value: string) => isSame(value, process.env["MAINTENANCE_TOKEN"] ?? "");
`;
  const route = (name: string): string => `import { isDown, ${name} } from "@/lib/site";
${REDIS}
export async function POST(request: Request) {
  if (isDown() && !${name}(request.headers.get("cookie") ?? "")) return new Response(null, { status: 503 });
  await redis.incr("runs");
  return Response.json({ ok: true });
}
`;
  expect(reports({ [ROUTE]: route("isValidBypassCookie"), "lib/site.ts": lib("isValidBypassCookie") }, ROUTE)).toBe(1);
  expect(reports({ [ROUTE]: route("isValidToken"), "lib/site.ts": lib("isValidToken") }, ROUTE)).toBe(0);
});

it("a secret that starts the work of a maintenance turns away who does not know it", () => {
  const ROUTE = "app/api/cron/route.ts";
  const route = (test: string): string => `${REDIS}
async function runMaintenance(request: Request) {
  if (${test}) return new Response(null, { status: 401 });
  await redis.incr("runs");
  return Response.json({ ok: true });
}
export const POST = async (request: Request) => runMaintenance(request);
`;
  expect(reports({ [ROUTE]: route('request.headers.get("authorization") !== `Bearer ${process.env["CRON_SECRET"]}`') }, ROUTE)).toBe(0);
  expect(reports({ [ROUTE]: route('request.headers.get("authorization") === null') }, ROUTE)).toBe(1);
});

describe("a helper that is met twice", () => {
  it("is walked again where the first time was too deep, or with another address", () => {
    const ROUTE = "app/api/x/route.ts";
    const chain = Array.from({ length: 13 }, (_, index) => `const f${String(index)} = async () => { await f${String(index + 1)}(); };`).join("\n");
    const deep = `${REDIS}\n${chain}\nconst f13 = async () => { await redis.set("a", 1); };\n`;
    const handler = (calls: string): string => `export async function POST() { ${calls} return Response.json({}); }\n`;
    expect(reports({ [ROUTE]: deep + handler("await f0();") }, ROUTE)).toBe(0);
    expect(reports({ [ROUTE]: deep + handler("await f0(); await f13();") }, ROUTE)).toBe(1);
    const post = 'const post = (url) => fetch(url);\n';
    const withInput = "export async function POST(request) { const { url } = await request.json(); await post(url); await post(\"https://api.openai.com/v1/responses\"); return Response.json({}); }\n";
    expect(reports({ [ROUTE]: post + withInput }, ROUTE)).toBe(1);
  });
});

describe("conditions on the request's path in a wrapper", () => {
  const files = (condition: string): Record<string, string> => ({
    "app/api/tags/route.ts": `${REDIS}\nimport { withUser } from "@/lib/with-user";\nexport const POST = withUser(async () => { await redis.set("a", 1); return Response.json({}); });\n`,
    "lib/with-user.ts": `import { NextRequest } from "next/server";
import { auth } from "@/auth";
export const withUser = (handler) => async (req: NextRequest) => {
  const { name: path } = await req.json();
  if (${condition}) return handler(req);
  const session = await auth();
  if (!session) return new Response(null, { status: 401 });
  return handler(req);
};
`,
  });

  it.each([
    ["another path", 'req.nextUrl.pathname === "/api/links"', 0],
    ["a list of other paths", '["/links", "/api/links"].includes(req.nextUrl.pathname)', 0],
    ["a list with this path", '["/api/tags", "/api/links"].includes(req.nextUrl.pathname)', 1],
    ["something else that is called a path", 'path === "/api/links"', 1],
    ["a header", 'req.headers.has("x-anonymous")', 1],
  ])("%s", (_, condition, count) => {
    expect(reports(files(condition), "app/api/tags/route.ts")).toBe(count);
  });
});

describe("callers that only machines can be", () => {
  const ROUTE = "app/api/webhook/route.ts";

  it("Farcaster's signature", () => {
    const code = (check: string): string =>
      `import { parseWebhookEvent, verifyAppKeyWithNeynar } from "@farcaster/miniapp-node";\n${REDIS}\nexport async function POST(request: Request) { const data = ${check}; await redis.set("a", data); return Response.json({}); }\n`;
    expect(reports({ [ROUTE]: code("await parseWebhookEvent(await request.json(), verifyAppKeyWithNeynar)") }, ROUTE)).toBe(0);
    expect(reports({ [ROUTE]: code("await request.json()") }, ROUTE)).toBe(1);
  });

  it.each([
    ["a secret that is asked for in production", 'process.env.NODE_ENV !== "development" && (!process.env.CRON_SECRET || header !== `Bearer ${process.env.CRON_SECRET}`)', 0],
    ["a secret that is asked for in development", 'process.env.NODE_ENV === "development" && header !== `Bearer ${process.env.CRON_SECRET}`', 1],
  ])("%s", (_, condition, count) => {
    const code = `${REDIS}\nexport async function POST(request: Request) { const header = request.headers.get("authorization"); if (${condition}) return new Response(null, { status: 401 }); await redis.set("a", 1); return Response.json({}); }\n`;
    expect(reports({ [ROUTE]: code }, ROUTE)).toBe(count);
  });
});

// What even a signed-in caller must not do as often as he likes: a machine that knows the secret may.
describe("a secret of another file", () => {
  const ROUTE = "app/api/webhook/route.ts";
  const LIB = {
    "lib/secrets.ts": "export const cron = process.env.CRON_SECRET;\nexport const short = process.env.CRON_SECRET!.slice(0, 10);\nexport const bearer = `Bearer ${process.env.CRON_SECRET}`;\nexport const app = \"shop\";\n",
    "lib/rows.ts": 'import { Store } from "some-store";\nexport const rows = new Store({ token: process.env.STORE_TOKEN });\nexport const first = rows.first();\n',
  };
  const code = (condition: string): string =>
    `${REDIS}\nimport { app, bearer, cron, short } from "@/lib/secrets";\nimport { first, rows } from "@/lib/rows";\nimport { connect, Store } from "some-store";\nimport OpenAI from "openai";\nconst openai = new OpenAI();\nexport async function POST(request: Request) { const header = request.headers.get("authorization"); const row = await rows.get(header); if (${condition}) return new Response(null, { status: 401 }); await redis.set("a", [app, bearer, cron, short, first, row]); await openai.chat.completions.create({}); return Response.json({}); }\n`;

  it.each([
    ["by any name", "header !== cron", 0],
    ["a part of it", "header !== `Bearer ${short}`", 0],
    ["a text of it", "header !== bearer", 0],
    ["a constant, which is none", "header !== app", 1],
    ["what a client answers that was built with one", "row.userId !== header", 1],
    ["what such a client has answered before", "first !== header", 1],
    ["what a client of the file answers that was built with one", '(await new Store({ token: process.env.STORE_TOKEN }).get("owner")) !== header', 1],
    ["what a client answers that a function has built with one", '(await connect({ token: process.env.STORE_TOKEN }).get("owner")) !== header', 1],
  ])("%s", (_, condition, count) => {
    expect(reports({ ...LIB, [ROUTE]: code(condition) }, ROUTE)).toBe(count);
  });
});

describe("work before a limiter", () => {
  const ROUTE = "app/api/links/route.ts";
  const LIMITER = `import { Ratelimit } from "@upstash/ratelimit";\nconst limiter = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(5, "10 s") });`;
  const REFUSE = 'const { success } = await limiter.limit("id"); if (!success) return new Response(null, { status: 429 });';

  it("is the limiter's where a helper looks up or keeps who is to be limited, and not in the handler itself", () => {
    const lib = { "lib/token.ts": `${REDIS}\nexport const remember = async (token: string) => { await redis.set(token, 1); };\n` };
    const code = (before: string): string =>
      `${REDIS}\n${LIMITER}\nimport { remember } from "@/lib/token";\nexport async function POST() { ${before} ${REFUSE} return Response.json({ remember }); }\n`;
    expect(reports({ ...lib, [ROUTE]: code('await remember("t");') }, ROUTE)).toBe(0);
    expect(reports({ ...lib, [ROUTE]: code('await redis.set("t", 1);') }, ROUTE)).toBe(1);
  });
});

describe("what needs no limiter of its own", () => {
  it("an upload that Vercel Blob's handler hands out a token for", () => {
    const code = 'import { handleUpload } from "@vercel/blob/client";\nexport async function POST(request: Request) { const body = await request.json(); return Response.json(await handleUpload({ body, request, onBeforeGenerateToken: async () => ({}) })); }\n';
    expect(reports({ "app/api/upload/route.ts": code }, "app/api/upload/route.ts")).toBe(0);
  });

  it("what a signed-in user posts to Slack; a stranger's post is reported", () => {
    const code = (check: string): string =>
      `import { auth } from "@/auth";\nexport async function POST() { ${check} await fetch("https://hooks.slack.com/services/x", { method: "POST" }); return Response.json({ auth }); }\n`;
    expect(reports({ "app/api/x/route.ts": code("const s = await auth(); if (!s) return new Response(null, { status: 401 });") }, "app/api/x/route.ts")).toBe(0);
    expect(reports({ "app/api/x/route.ts": code("") }, "app/api/x/route.ts")).toBe(1);
  });

  it("a picture made of the query and of the bundle's files, in strict too", () => {
    const code = (font: string): string =>
      `import { ImageResponse } from "next/og";\nimport type { NextRequest } from "next/server";\nexport async function GET(req: NextRequest) { const font = await fetch(${font}).then((res) => res.arrayBuffer()); const year = req.nextUrl.searchParams.get("year"); return new ImageResponse(<p>{year}</p>, { fonts: [] }); }\n`;
    const strict = (font: string): number => lintMessages("require-ratelimit", rule, { "app/api/og/route.tsx": code(font) }, "app/api/og/route.tsx", { handlers: "all" }).length;
    expect(strict('new URL("./inter.ttf", import.meta.url)')).toBe(0);
    expect(strict('"https://fonts.example/inter.ttf"')).toBe(1);
  });
});

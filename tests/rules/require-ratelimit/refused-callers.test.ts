import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-ratelimit.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* Refusals that say nothing of strangers, of how often somebody asks, or of production. */

const ROUTE = "app/api/send/route.ts";
const IMPORTS = `import { getToken } from "next-auth/jwt";
import { db } from "@/lib/db";
import { rateLimit } from "@/lib/rate-limit";
import { mail, redis, resend } from "@/lib/clients";
`;
const FILES: ProjectFiles = {
  ...CLIENTS,
  "lib/db.ts": 'import { PrismaClient } from "@prisma/client";\nexport const db = new PrismaClient();\n',
  "lib/rate-limit.ts": `export function rateLimit({ interval }) {
  const seen = new Map();
  return {
    check: (limit, token) => new Promise((resolve, reject) => {
      const count = (seen.get(token) ?? 0) + 1;
      seen.set(token, count);
      if (count > limit) return reject();
      resolve(undefined);
    }),
  };
}
`,
};
const SEND = "await resend.emails.send(mail);";
const REFUSED = "return new Response(null, { status: 403 });";

const route = (body: string, top = ""): string => `${IMPORTS}${top}export async function POST(request: Request) {\n  ${body}\n  return Response.json({});\n}\n`;
const verdict = (body: string, top = "", files: ProjectFiles = {}): Verdict => verdictOf({ ...FILES, ...files, [ROUTE]: route(body, top) }, ROUTE);

describe("a refusal of some who are signed in", () => {
  const middleware = (asked: string): ProjectFiles => ({
    "middleware.ts": `import { NextResponse } from "next/server";
import { getToken } from "next-auth/jwt";
export async function middleware(req) {
  const token = await getToken({ req });
  if (${asked}) return NextResponse.json({ error: "no" }, { status: 403 });
  return NextResponse.next();
}
export const config = { matcher: ["/api/:path*"] };
`,
  });

  it.each([
    ["token?.isBanned", "anyone"],
    ["token && token.suspended", "anyone"],
    ["!token || token.isBanned", "any signed-in caller"],
    ["!token", "any signed-in caller"],
  ] as const)("in middleware.ts: %s", (asked, expected) => {
    expect(verdict(SEND, "", middleware(asked))).toBe(expected);
  });

  it.each([
    ["token?.isBanned", "anyone"],
    ["!token || token.isBanned", "any signed-in caller"],
    ["!token?.id || token.banned", "any signed-in caller"],
  ] as const)("in the handler: %s", (asked, expected) => {
    expect(verdict(`const token = await getToken({ req: request });\n  if (${asked}) ${REFUSED}\n  ${SEND}`)).toBe(expected);
  });
});

describe("a limiter that throws", () => {
  const LIMITER = "const limiter = rateLimit({ interval: 60000 });\n";
  const TOO_MANY = 'return new Response("slow down", { status: 429 });';

  it.each([
    ["answered with 429", "nobody", `try { await limiter.check(5, request.url); } catch { ${TOO_MANY} }\n  ${SEND}`],
    ["with the work beside it", "nobody", `try { await limiter.check(5, request.url); ${SEND} } catch { ${TOO_MANY} }`],
    ["before which the work is done", "anyone", `try { ${SEND} await limiter.check(5, request.url); } catch { ${TOO_MANY} }`],
    ["noted, and no more", "anyone", `try { await limiter.check(5, request.url); } catch (error) { console.log(error); }\n  ${SEND}`],
    ["answered with something else", "anyone", `try { await limiter.check(5, request.url); } catch { ${REFUSED} }\n  ${SEND}`],
    ["a provider's 429", "anyone", `try { await queue.check(5, request.url); ${SEND} } catch { ${TOO_MANY} }`],
  ] as const)("%s: %s", (_, expected, body) => {
    expect(verdict(body, LIMITER)).toBe(expected);
  });

  it("and does nothing is none", () => {
    expect(verdict(`try { await limiter.check(5); } catch { ${TOO_MANY} }\n  ${SEND}`, "const limiter = { check: async (limit) => {} };\n")).toBe("anyone");
  });
});

describe("a column that is called like a limiter", () => {
  it("is none", () => {
    const body = `const keys = await db.key.findMany({ select: { hash: true, rateLimit: limits.rateLimit } });\n  for (const key of keys) if (key.hash === request.url) return key;\n  ${SEND}`;
    const [message, ...more] = lintMessages("require-ratelimit", rule, { ...FILES, [ROUTE]: route(body) }, ROUTE);
    expect(more).toEqual([]);
    expect(message).toContain("as often as they like. ");
  });

  it("does not hide a refusal that a helper makes", () => {
    expect(verdict(`const refused = await tooManyRequests(request);\n  if (refused.response) return refused.response;\n  ${SEND}`)).toBe("nobody");
  });
});

describe("a factory that throws in production where a variable is missing", () => {
  const read = "return Response.json(await redis.get(request.url));";
  const factory = (body: string): string => `function client() {\n  const key = process.env.SERVICE_KEY;\n  ${body}\n  return key;\n}\n`;

  it.each([
    ["within the condition", "anyone", 'if (!key) { if (process.env.NODE_ENV === "production") throw new Error("missing"); }'],
    ["the other way about", "anyone", 'if (process.env.NODE_ENV === "production") { if (!key) throw new Error("missing"); }'],
    ["in any case", "nobody", 'if (process.env.NODE_ENV === "production") throw new Error("for developers");'],
    ["in any case that is tried", "nobody", 'try { if (process.env.NODE_ENV === "production") throw new Error("for developers"); } finally { console.log(key); }'],
  ] as const)("%s: %s", (_, expected, body) => {
    expect(verdict(`client();\n  ${read}`, factory(body))).toBe(expected);
  });
});

describe("a secret that a header switches off", () => {
  const secret = 'const secret = process.env.CRON_SECRET;\n  const cron = request.headers.get("x-vercel-cron") === "1";\n  const auth = request.headers.get("authorization");\n  ';

  it.each([
    ["anyone", "if (!cron && auth !== `Bearer ${secret}`) return new Response(null, { status: 401 });"],
    ["anyone", "if (!cron && secret && auth !== `Bearer ${secret}`) return new Response(null, { status: 401 });"],
    ["anyone", "if (!(cron || auth === `Bearer ${secret}`)) return new Response(null, { status: 401 });"],
    ["nobody", "if (!cron || auth !== `Bearer ${secret}`) return new Response(null, { status: 401 });"],
    ["nobody", "if (secret && auth !== `Bearer ${secret}`) return new Response(null, { status: 401 });"],
    ["nobody", "if (!(cron && auth === `Bearer ${secret}`)) return new Response(null, { status: 401 });"],
  ] as const)("%s: %s", (expected, check) => {
    expect(verdict(`${secret}${check}\n  ${SEND}`)).toBe(expected);
  });
});

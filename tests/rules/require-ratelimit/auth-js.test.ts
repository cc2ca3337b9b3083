import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-ratelimit.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";

const ROUTE = "app/api/auth/[...nextauth]/route.ts";
const MADE = 'import NextAuth from "next-auth";\nimport { options } from "@/lib/auth";\n';
const HANDLER = `${MADE}const handler = NextAuth(options);\nexport { handler as GET, handler as POST };\n`;
const LIMITER = `import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";

export const ratelimit = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s") });
`;

const authorize = (before = "", looked = ""): string => `async authorize(credentials, request) {
  ${before}
  const user = await db.user.findUnique({ where: { email: credentials.email } });
  if (!user) return null;
  ${looked}
  return (await bcrypt.compare(credentials.password, user.hash)) ? user : null;
}`;

const options = (code: string, credentials = "email: {}, password: {}", source = "next-auth/providers/credentials"): string => `import Credentials from "${source}";
import bcrypt from "bcryptjs";
import { db } from "@/lib/db";
import { ratelimit } from "@/lib/ratelimit";

export const options = { providers: [Credentials({ credentials: { ${credentials} }, ${code} })] };
`;

const messages = (code: string, files: Readonly<Record<string, string>> = { [ROUTE]: HANDLER }): readonly string[] =>
  lintMessages(
    "require-ratelimit",
    rule,
    {
      "package.json": JSON.stringify({ dependencies: { next: "15", "next-auth": "4" } }),
      "lib/db.ts": 'import { PrismaClient } from "@prisma/client";\n\nexport const db = new PrismaClient();\n',
      "lib/ratelimit.ts": LIMITER,
      "lib/auth.ts": code,
      ...files,
    },
    "lib/auth.ts",
  );

const wrapped = (before: string): string => `${MADE}import { ratelimit } from "@/lib/ratelimit";
const handler = NextAuth(options);
export { handler as GET };
export async function POST(request: Request, context: any) {
  ${before}
  return handler(request, context);
}
`;

const LIMIT = 'const { success } = await ratelimit.limit("all");\n  if (!success) return new Response(null, { status: 429 });';
const middleware = (matcher: string): string => `import { NextResponse } from "next/server";
import { ratelimit } from "./lib/ratelimit";

export async function middleware() {
  ${LIMIT}
  return NextResponse.next();
}
export const config = { matcher: "${matcher}" };
`;

/** Anyone can post to the callback of a provider of credentials, and Auth.js limits nobody. */
describe("authorize() of Auth.js", () => {
  it("is named", () => {
    expect(messages(options(authorize()))).toEqual([
      "The sign-in callback `authorize()` hashes or checks a password without consulting a rate limiter before it, so anyone can call it as often as they like. Call `limit()` first and answer 429 when it refuses.",
    ]);
  });

  it.each([
    ["of @auth/core", options(authorize(), "password: {}", "@auth/core/providers/credentials"), { [ROUTE]: HANDLER }],
    ["in the pages router", options(authorize()), { "pages/api/auth/[...nextauth].ts": `${MADE}export default NextAuth(options);\n` }],
    ["with the handlers of version 5", options(authorize()), { [ROUTE]: `${MADE}export const { handlers: { GET, POST } } = NextAuth(options);\n` }],
    ["behind a route that only passes on", options(authorize()), { [ROUTE]: wrapped("") }],
    ["where the middleware leaves it out", options(authorize()), { [ROUTE]: HANDLER, "middleware.ts": middleware("/((?!api/auth).*)") }],
  ])("%s", (_, code, files) => {
    expect(messages(code, files)).toHaveLength(1);
  });

  it.each([
    ["it limits by itself", options(authorize('const { success } = await ratelimit.limit(credentials.email);\n  if (!success) throw new Error("Too many requests");')), { [ROUTE]: HANDLER }],
    ["the route limits", options(authorize()), { [ROUTE]: wrapped(LIMIT) }],
    ["the middleware limits", options(authorize()), { [ROUTE]: HANDLER, "middleware.ts": middleware("/api/:path*") }],
    ["accounts are locked", options(authorize("", "if (user.lockedUntil > new Date()) return null;")), { [ROUTE]: HANDLER }],
    ["failures are counted", options(authorize("", 'if (user.failedLoginAttempts >= 5) throw new Error("Locked");')), { [ROUTE]: HANDLER }],
    ["no route is found", options(authorize()), {}],
    ["nothing can be guessed", options("async authorize(credentials) {\n  return db.user.findUnique({ where: { wallet: credentials.wallet } });\n}", "wallet: {}, signature: {}"), { [ROUTE]: HANDLER }],
    ["a provider of a package that is not known", options(authorize(), "password: {}", "@acme/credentials"), { [ROUTE]: HANDLER }],
    ["another service checks it", options('async authorize(credentials) {\n  const answer = await fetch("https://accounts.example.com/login", { method: "POST", body: JSON.stringify(credentials) });\n  return answer.ok ? answer.json() : null;\n}'), { [ROUTE]: HANDLER }],
  ])("%s: nothing", (_, code, files) => {
    expect(messages(code, files)).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/*
 * Of an action whose pages are not all known, a middleware stands before it only where it stands before all pages of the app.
 */

const ACTIONS = "app/actions.ts";
const PAGE = "export default function Page() {\n  return null;\n}\n";
/** May load any module. */
const LOADS = "export default async function Page({ name }) {\n  return (await import(`../components/${name}`)).default;\n}\n";
const REDIS = `"use server";\nimport { redis } from "@/lib/clients";\n\nexport async function note(text: string) {\n  await redis.lpush("notes", text);\n}\n`;
const MAIL = `"use server";\nimport { mail, resend } from "@/lib/clients";\n\nexport async function contact() {\n  await resend.emails.send(mail);\n}\n`;
const PASSWORD = `function isAuthenticated(request: NextRequest) {
  if (process.env.BASIC_AUTH_ENABLED === "false") return true;
  const header = request.headers.get("authorization");
  if (!header) return false;
  const [user, password] = Buffer.from(header.split(" ")[1] ?? "", "base64").toString().split(":");
  return user === process.env.BASIC_AUTH_USERNAME && password === process.env.BASIC_AUTH_PASSWORD;
}
`;

/** A middleware, and what it takes from elsewhere. */
const middleware = (body: string, more = ""): ProjectFiles => ({
  "middleware.ts": `import { NextResponse, type NextRequest } from "next/server";
import { getSessionCookie } from "better-auth/cookies";
import { isPublic } from "some-paths";
import { ratelimit } from "@/lib/ratelimit";
${PASSWORD}${more}
export async function middleware(request: NextRequest) {
  ${body}
  return NextResponse.next();
}
`,
  "lib/ratelimit.ts": `import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";

export const ratelimit = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s") });
`,
});
const ASKS_PASSWORD = `if (!isAuthenticated(request)) return new NextResponse("Authentication required", { status: 401 });`;
const ASKS_SESSION = `if (!getSessionCookie(request)) return NextResponse.redirect("https://example.com/sign-in");`;
const LIMITS = `if (!(await ratelimit.limit("all")).success) return new NextResponse("Too many requests", { status: 429 });`;
const matching = (matcher: string): string => `export const config = { matcher: ${matcher} };\n`;

type Case = readonly [name: string, verdict: Verdict, files: ProjectFiles, code: string];

const CASES: readonly Case[] = [
  ["a password is asked for everywhere", "nobody", middleware(ASKS_PASSWORD), REDIS],
  ["a session is asked for on all that is no file", "nobody", middleware(ASKS_SESSION, matching(`["/((?!_next/static|api|favicon.ico).*)"]`)), REDIS],
  ["all requests are limited", "nobody", middleware(LIMITS), MAIL],
  ["only the API is open", "nobody", middleware(`if (request.nextUrl.pathname.startsWith("/api/")) return NextResponse.next();\n  ${ASKS_SESSION}`), REDIS],
  ["signed-in callers may send as much mail as they like", "any signed-in caller", middleware(ASKS_PASSWORD), MAIL],
  ["some pages are matched", "anyone", middleware(ASKS_PASSWORD, matching(`["/dashboard/:path*"]`)), REDIS],
  ["a page is left out of what is matched", "anyone", middleware(ASKS_PASSWORD, matching(`["/((?!login|_next).*)"]`)), REDIS],
  ["a page is let through", "anyone", middleware(`if (request.nextUrl.pathname === "/login") return NextResponse.next();\n  ${ASKS_PASSWORD}`), REDIS],
  ["strangers are sent away from some pages", "anyone", middleware(`if (request.nextUrl.pathname.startsWith("/dashboard") && !getSessionCookie(request)) return NextResponse.redirect("https://example.com/");`), REDIS],
  ["which paths are public is not known", "anyone", middleware(`if (isPublic(request.nextUrl.pathname)) return NextResponse.next();\n  ${ASKS_PASSWORD}`), REDIS],
  ["a function looks at the path", "anyone", middleware(`if (isOpen(request)) return NextResponse.next();\n  ${ASKS_PASSWORD}`, `const isOpen = (request: NextRequest) => new RegExp("^/login").test(request.nextUrl.pathname);\n`), REDIS],
  ["the session is read, and nobody is sent away", "anyone", middleware(`const session = getSessionCookie(request);\n  console.log(session);`), REDIS],
  ["some pages are limited", "anyone", middleware(LIMITS, matching(`["/login"]`)), MAIL],
  ["it stands where Next.js does not look for it", "anyone", { "lib/middleware.ts": middleware(ASKS_PASSWORD)["middleware.ts"] ?? "" }, REDIS],
];

describe("a middleware before server actions", () => {
  it.each(CASES)("%s: %s", (_, verdict, files, code) => {
    const pages = { "app/page.tsx": LOADS, "app/login/page.tsx": PAGE, "app/dashboard/[id]/page.tsx": PAGE, "package.json": `{ "name": "app", "dependencies": { "next": "^14.2.0" } }` };
    expect(verdictOf({ ...CLIENTS, ...pages, ...files, [ACTIONS]: code }, ACTIONS)).toBe(verdict);
  });
});

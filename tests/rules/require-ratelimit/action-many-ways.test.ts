import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/*
 * A middleware may ask so much of the path that is not known before it runs that its ways are too many to try each. What it does on
 * all of them, it does all the same.
 */

const ACTIONS = "lib/actions.ts";
const NOTE = `"use server";\nimport { redis } from "@/lib/clients";\n\nexport async function note(text: string) {\n  await redis.lpush("notes", text);\n}\n`;
const MAIL = `"use server";\nimport { mail, resend } from "@/lib/clients";\n\nexport async function note() {\n  await resend.emails.send(mail);\n}\n`;

const SESSION = `const session = getSessionCookie(request);`;
const ASKS = `if (!session) return NextResponse.redirect(new URL("/login", request.url));`;
const LIMITS = `if (!(await ratelimit.limit("all")).success) return new NextResponse("Too many requests", { status: 429 });`;
/** Conditions on the path of which nothing is known. */
const RULES = ["edit", "manage", "print", "draft", "share"].map((word) => `if (pathname.match(/^\\/[^/]+\\/${word}/)) {\n    ${ASKS}\n  }`).join("\n  ");
const PASSES = ["edit", "manage", "print", "draft", "share"].map((word) => `if (pathname.match(/^\\/[^/]+\\/${word}/)) return NextResponse.next();`).join("\n  ");
const PUBLIC = `if (pathname.match(/^\\/open/)) return NextResponse.next();`;
const SOME = (body: string): string => `if (pathname.match(/^\\/closed/)) {\n    ${body}\n  }`;

const HEAD = `import { NextResponse, type NextRequest } from "next/server";
import { getSessionCookie } from "better-auth/cookies";
import { ratelimit } from "@/lib/ratelimit";
`;
const START = `const { pathname } = request.nextUrl;\n  ${SESSION}`;
const middleware = (...body: readonly string[]): ProjectFiles => ({ "middleware.ts": `${HEAD}
export async function middleware(request: NextRequest) {
  ${START}
  ${body.join("\n  ")}
  return NextResponse.next();
}
` });
const clerk = (...body: readonly string[]): ProjectFiles => ({ "middleware.ts": `import { clerkMiddleware } from "@clerk/nextjs/server";
${HEAD}
export default clerkMiddleware(async (auth, request) => {
  ${START}
  ${body.join("\n  ")}
});
` });

const APP: ProjectFiles = {
  ...CLIENTS,
  "package.json": JSON.stringify({ name: "app", dependencies: { next: "^15.3.0" } }),
  "app/admin/page.tsx": `import { Form } from "@/components/form";\n\nexport default () => <Form />;\n`,
  "components/form.tsx": `"use client";\nimport { note } from "@/lib/actions";\n\nexport const Form = () => <button onClick={() => note("x")}>Send</button>;\n`,
  "lib/ratelimit.ts": `import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";

export const ratelimit = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s") });
`,
};

type Case = readonly [name: string, verdict: Verdict, files: ProjectFiles, code: string];

const CASES: readonly Case[] = [
  ["it limits all requests first", "nobody", middleware(LIMITS, RULES), MAIL],
  ["it limits the page's requests first", "nobody", middleware(`if (["/admin", "/login"].some((prefix) => pathname.startsWith(prefix))) {\n    ${LIMITS}\n  }`, RULES), MAIL],
  ["it limits them first, and lets others pass then", "nobody", middleware(LIMITS, PASSES), MAIL],
  ["it sends strangers away first", "nobody", middleware(ASKS, RULES), NOTE],
  ["it sends strangers away first, and lets others pass then", "nobody", middleware(ASKS, PASSES), NOTE],
  ["it sends strangers away last", "nobody", middleware(RULES, ASKS), NOTE],
  ["signed-in callers may send as much mail as they like", "any signed-in caller", middleware(ASKS, RULES), MAIL],
  ["Clerk's sends strangers away first", "nobody", clerk("await auth.protect();", RULES), NOTE],
  ["it limits other pages", "anyone", middleware(`if (pathname.startsWith("/login")) {\n    ${LIMITS}\n  }`, RULES), MAIL],
  ["it may let the page pass before it limits", "anyone", middleware(PUBLIC, LIMITS, RULES), MAIL],
  ["it lets some pages pass before it limits", "anyone", middleware(PASSES, LIMITS), MAIL],
  ["it may limit the page", "anyone", middleware(SOME(LIMITS), RULES), MAIL],
  ["it may limit the page, by what a function says", "anyone", { "middleware.ts": `${HEAD}
const isClosed = (request: NextRequest) => /^\\/closed/.test(request.nextUrl.pathname);

export async function middleware(request: NextRequest) {
  ${START}
  if (isClosed(request)) {
    ${LIMITS}
  }
  ${RULES}
  return NextResponse.next();
}
` }, MAIL],
  ["it may let the page pass before it sends strangers away", "anyone", middleware(PUBLIC, ASKS, RULES), NOTE],
  ["it lets some pages pass before it sends strangers away", "anyone", middleware(PASSES, ASKS), NOTE],
  ["it may send strangers away", "anyone", middleware(SOME(ASKS), RULES), NOTE],
  ["it sends strangers away from what may be the page, in one condition", "anyone", middleware(`if (pathname.match(/^\\/closed/) && !session) return NextResponse.redirect(new URL("/login", request.url));`, RULES), NOTE],
  ["it sends strangers away from what may not be open, in one condition", "anyone", middleware(`const isOpen = /^\\/open/.test(pathname);\n  if (!isOpen && !session) return NextResponse.redirect(new URL("/login", request.url));`, RULES), NOTE],
  ["it sends nobody away", "anyone", middleware(RULES), NOTE],
  ["Clerk's may let the page pass", "anyone", clerk(PUBLIC, "await auth.protect();", RULES), NOTE],
  ["Clerk's may send strangers away", "anyone", clerk(SOME("await auth.protect();"), RULES), NOTE],
];

describe("a middleware of many ways before a server action", () => {
  it.each(CASES)("%s: %s", (_, verdict, files, code) => {
    expect(verdictOf({ ...APP, ...files, [ACTIONS]: code }, ACTIONS)).toBe(verdict);
  });
});

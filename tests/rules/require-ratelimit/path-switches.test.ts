import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

const ROUTE = "app/api/notes/route.ts";

/** What is said of `POST /api/notes` behind a middleware with these steps. */
const behind = (steps: string): Verdict =>
  verdictOf(
    {
      ...CLIENTS,
      "middleware.ts": `import { NextResponse } from "next/server";
import { Ratelimit } from "@upstash/ratelimit";
import { redis } from "./lib/clients";
const ratelimit = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(5, "1 m") });
export async function middleware(request) {
  const { pathname } = request.nextUrl;
  ${steps}
  return NextResponse.next();
}
`,
      [ROUTE]: `import { mail, resend } from "@/lib/clients";
export async function POST() {
  await resend.emails.send(mail);
  return Response.json({ ok: true });
}
`,
    },
    ROUTE,
  );

const LIMIT = `{ const { success } = await ratelimit.limit("all"); if (!success) return new NextResponse(null, { status: 429 }); }`;

describe("a `switch` over the path in a middleware", () => {
  it.each([
    ["the route's case", `switch (pathname) { case "/api/notes": ${LIMIT} }`],
    ["a case that falls into the one that limits", `switch (pathname) { case "/api/notes": case "/api/other": ${LIMIT} }`],
    ["the one for all others", `switch (pathname) { case "/api/other": break; default: ${LIMIT} }`],
    ["what stands behind another route's case that leaves", `switch (pathname) { case "/api/other": return NextResponse.next(); } ${LIMIT}`],
    ["comparisons", `switch (true) { case pathname.startsWith("/api/auth"): break; case pathname.startsWith("/api"): ${LIMIT} }`],
    ["a case that may be the route's", `switch (pathname) { case PATH: ${LIMIT} }`],
  ])("%s limits", (_, steps) => {
    expect(behind(steps)).toBe("nobody");
  });

  it.each([
    ["what stands behind a case that leaves", `switch (pathname) { case "/api/notes": return NextResponse.next(); } ${LIMIT}`],
    ["another route's case", `switch (pathname) { case "/api/other": ${LIMIT} break; default: break; }`],
    ["the one for all others, beside the route's", `switch (pathname) { case "/api/notes": break; default: ${LIMIT} }`],
    ["comparisons with other paths", `switch (true) { case pathname.startsWith("/api/auth"): ${LIMIT} break; }`],
  ])("%s does not", (_, steps) => {
    expect(behind(steps)).toBe("anyone");
  });
});

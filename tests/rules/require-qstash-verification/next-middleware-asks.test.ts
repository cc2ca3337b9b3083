import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-qstash-verification.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";

/* What the middleware of Next.js does before a destination. */

const ROUTE = "app/api/jobs/route.ts";
const FILES = {
  "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client();

export const start = (id: string) => client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: { id } });
`,
  [ROUTE]: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
};
const BASIC = `function isAuthenticated(request: NextRequest) {
  const [user, password] = atob(request.headers.get("authorization")?.split(" ")[1] ?? "").split(":");
  return user === process.env.BASIC_AUTH_USER && password === process.env.BASIC_AUTH_PASSWORD;
}
`;
const middleware = (body: string, matcher = "/:path*", more = BASIC): string => `import { NextResponse, type NextRequest } from "next/server";

export async function middleware(request: NextRequest) {
  ${body}
  return NextResponse.next();
}

${more}
export const config = { matcher: "${matcher}" };
`;
const REFUSE = 'if (!isAuthenticated(request)) return new NextResponse("no", { status: 401 });';
const reports = (files: Record<string, string>): number => lintMessages("require-qstash-verification", rule, { ...FILES, ...files }, ROUTE).length;

describe("a destination behind the middleware of Next.js", () => {
  it("is told where there is none", () => expect(reports({})).toBe(1));

  it.each([
    ["Basic authentication", middleware(REFUSE)],
    ["a secret that is compared", middleware('if (request.headers.get("x-key") !== process.env.INTERNAL_KEY) return new NextResponse("no", { status: 401 });')],
    ["Basic authentication for the route alone", middleware(REFUSE, "/api/:path*")],
  ])("is for callers that it knows: %s", (_name, text) => expect(reports({ "middleware.ts": text })).toBe(0));

  it.each([
    ["of other routes", middleware(REFUSE, "/admin/:path*")],
    ["that asks on paths of a list", middleware(`const isKnown = isAuthenticated(request);\n  if (!isKnown && ["/settings"].some((path) => request.nextUrl.pathname.startsWith(path))) return NextResponse.redirect(new URL("/sign-in", request.url));`)],
    ["that lets this path past", middleware(`if (request.nextUrl.pathname.startsWith("/api/")) return NextResponse.next();\n  ${REFUSE}`)],
    ["that only limits", middleware('const { success } = await new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.fixedWindow(1, "1 s") }).limit("a");\n  if (!success) return new NextResponse("no", { status: 429 });', "/:path*", 'import { Ratelimit } from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\n')],
    ["that only looks who calls", middleware('if (isAuthenticated(request)) request.headers.set("x-known", "1");')],
  ])("is open to all behind one %s", (_name, text) => expect(reports({ "middleware.ts": text })).toBe(1));
});

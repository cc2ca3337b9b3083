/* What middleware.ts does before a route that QStash calls. */
import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-qstash-verification.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";

const ROUTE = "app/api/jobs/route.ts";
const FILES = {
  "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const enqueue = (id: string) => client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: { id } });
`,
  [ROUTE]: `import { Redis } from "@upstash/redis";

const redis = Redis.fromEnv();

export async function POST(request: Request) {
  const { id } = await request.json();
  await redis.del(id);
  return Response.json({ ok: true });
}
`,
};

const middleware = (body: string, more = ""): string => `import { NextResponse, type NextRequest } from "next/server";
import { Receiver } from "@upstash/qstash";
import { getSessionCookie } from "better-auth/cookies";
import { isPublic } from "some-paths";
import { ratelimit } from "@/lib/ratelimit";

const receiver = new Receiver();
${more}
export async function middleware(request: NextRequest) {
  ${body}
  return NextResponse.next();
}
`;
const matching = (matcher: string): string => `export const config = { matcher: ${matcher} };\n`;
const VERIFY = `await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body: await request.text() });`;
const VERIFIES = `try {\n    ${VERIFY}\n  } catch {\n    return new NextResponse("Invalid signature", { status: 401 });\n  }`;
const ASKS_SECRET = `if (request.headers.get("x-jobs-secret") !== process.env.JOBS_SECRET) return new NextResponse(null, { status: 401 });`;
const PASSWORD = `function isAuthenticated(request: NextRequest) {
  const header = request.headers.get("authorization");
  if (!header) return false;
  const [user, password] = Buffer.from(header.split(" ")[1] ?? "", "base64").toString().split(":");
  return user === process.env.BASIC_AUTH_USERNAME && password === process.env.BASIC_AUTH_PASSWORD;
}
`;

const SILENT: Readonly<Record<string, string>> = {
  "checks the signature": middleware(VERIFIES, matching(`"/api/jobs"`)),
  "checks the signature of these paths": middleware(`if (request.nextUrl.pathname.startsWith("/api/jobs")) {\n    ${VERIFIES}\n  }`),
  "compares a secret": middleware(ASKS_SECRET),
  "compares a secret on all but pages": middleware(`if (!request.nextUrl.pathname.startsWith("/api/")) return NextResponse.next();\n  ${ASKS_SECRET}`),
  "asks for a password, which is handed on": middleware(`if (!isAuthenticated(request)) return new NextResponse(null, { status: 401 });`, PASSWORD),
};
const REPORTED: Readonly<Record<string, string>> = {
  "stands before other paths": middleware(VERIFIES, matching(`"/api/hooks/:path*"`)),
  "compares a secret of other paths": middleware(`if (request.nextUrl.pathname.startsWith("/api/admin")) {\n    ${ASKS_SECRET}\n  }`),
  "lets these paths through first": middleware(`if (request.nextUrl.pathname.startsWith("/api/jobs")) return NextResponse.next();\n  ${ASKS_SECRET}`),
  "lets a failed check through": middleware(`try {\n    ${VERIFY}\n  } catch (error) {\n    console.error(error);\n  }`),
  "notes that the secret is wrong": middleware(`if (request.headers.get("x-jobs-secret") !== process.env.JOBS_SECRET) console.warn("no secret");`),
  "limits": middleware(`if (!(await ratelimit.limit("all")).success) return new NextResponse(null, { status: 429 });`),
  "asks for a session on paths that are not known": middleware(`if (!isPublic(request.nextUrl.pathname) && !getSessionCookie(request)) return new NextResponse(null, { status: 401 });`),
  "does nothing": middleware(""),
};

const messagesOf = (text: string): readonly string[] => lintMessages("require-qstash-verification", rule, { ...FILES, "middleware.ts": text }, ROUTE);

describe("a middleware of Next.js before a route that QStash calls", () => {
  it.each(Object.entries(SILENT))("%s: the route is checked", (_, text) => {
    expect(messagesOf(text)).toEqual([]);
  });

  it.each(Object.entries(REPORTED))("%s: the route is open", (_, text) => {
    expect(messagesOf(text)).toEqual([expect.stringContaining("nothing checks the signature")]);
  });
});

import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { LIMITER, MAIL, open, SEND } from "./shared.ts";

const ROUTE = "app/api/invite/route.ts";

/** Who can call a handler as often as they like, as the message says. */
runRule("require-ratelimit", rule, {
  valid: [],
  invalid: [
    open({
      name: "whoever is signed in, not anyone",
      filename: ROUTE,
      files: LIMITER,
      code: `import { getServerSession } from "next-auth";
${MAIL}
export async function POST(request: Request) {
  const session = await getServerSession();
  if (!session) return new Response(null, { status: 401 });
  ${SEND}
  return Response.json({ ok: await request.text() });
}
`,
      at: "POST",
      known: true,
      title: "POST /api/invite",
      guarded: true,
    }),
    open({
      name: "whoever the middleware lets in",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "middleware.ts": `import { NextResponse, type NextRequest } from "next/server";
import { getToken } from "next-auth/jwt";

export async function middleware(request: NextRequest) {
  const token = await getToken({ req: request });
  if (!token) return new NextResponse(null, { status: 401 });
  return NextResponse.next();
}

export const config = { matcher: "/api/:path*" };
`,
      },
      code: `${MAIL}
export async function POST(request: Request) {
  ${SEND}
  return Response.json({ ok: await request.text() });
}
`,
      at: "POST",
      known: true,
      title: "POST /api/invite",
      guarded: true,
    }),
    open({
      name: "anyone, where the work comes before the session",
      filename: ROUTE,
      files: LIMITER,
      code: `import { getServerSession } from "next-auth";
${MAIL}
export async function POST(request: Request) {
  ${SEND}
  const session = await getServerSession();
  if (!session) return new Response(null, { status: 401 });
  return Response.json({ ok: await request.text() });
}
`,
      at: "POST",
      title: "POST /api/invite",
      guarded: true,
    }),
  ],
});

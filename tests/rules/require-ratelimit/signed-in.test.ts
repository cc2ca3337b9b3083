import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { LIMITER, MAIL, open, SEND } from "./shared.ts";

const ROUTE = "app/api/invite/route.ts";
const REDIS = `import { Redis } from "@upstash/redis";

const redis = Redis.fromEnv();
`;
/** Sessions that a project keeps itself, under names that say nothing of it. */
const VIEWERS = {
  "lib/viewers.ts": `import { cookies } from "next/headers";
import { Redis } from "@upstash/redis";

const redis = Redis.fromEnv();

export interface Viewer {
  readonly link: string;
  readonly expires: number;
}

export async function viewerOf(link: string): Promise<Viewer | null> {
  const id = (await cookies()).get("viewer")?.value;
  if (!id) return null;
  const viewer = await redis.get<Viewer>(\`viewer:\${id}\`);
  if (!viewer || viewer.link !== link) return null;
  if (viewer.expires < Date.now()) {
    await redis.del(\`viewer:\${id}\`);
    return null;
  }
  return viewer;
}
`,
};

/** Who can call a handler as often as they like, as the message says. */
runRule("require-ratelimit", rule, {
  valid: [
    {
      name: "a session of one's own, looked up by a cookie in another file",
      filename: ROUTE,
      files: VIEWERS,
      code: `import { viewerOf } from "@/lib/viewers";
${REDIS}
export async function GET(request: Request) {
  const link = new URL(request.url).searchParams.get("link") ?? "";
  const viewer = await viewerOf(link);
  if (!viewer) return Response.json({ error: "Viewer required" }, { status: 401 });
  return Response.json(await redis.lrange(\`jobs:\${link}\`, 0, 20));
}
`,
    },
    {
      name: "a key of a programming interface, looked up where it is used",
      filename: ROUTE,
      code: `import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export async function GET(request: Request) {
  const hash = request.headers.get("x-api-key") ?? "";
  const key = await db.key.findUnique({ where: { hash } });
  if (!key || key.revoked) return new Response("Forbidden", { status: 403 });
  return Response.json(await db.note.findMany({ where: { owner: key.owner } }));
}
`,
    },
    {
      name: "strangers are sent to where one signs in",
      filename: "app/notes/actions.ts",
      code: `"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
${REDIS}
export async function archive(id: string) {
  const jar = await cookies();
  const owner = await redis.get<string>(\`sid:\${jar.get("sid")?.value ?? ""}\`);
  if (!owner) redirect("/login");
  await redis.sadd(\`archived:\${owner}\`, id);
}
`,
    },
    {
      name: "a bearer token, in a helper that throws",
      filename: ROUTE,
      files: {
        "lib/owner.ts": `import { Redis } from "@upstash/redis";

const redis = Redis.fromEnv();

export async function ownerOf(request: Request): Promise<string> {
  const token = request.headers.get("authorization")?.slice("Bearer ".length);
  const owner = await redis.get<string>(\`token:\${token ?? ""}\`);
  if (owner === null) throw new Error("Unauthorized");
  return owner;
}
`,
      },
      code: `import { ownerOf } from "@/lib/owner";
${REDIS}
export async function POST(request: Request) {
  const owner = await ownerOf(request);
  await redis.incr(\`posts:\${owner}\`);
  return Response.json({ ok: true });
}
`,
    },
    ...[
      ["with a session only", "if (session?.user) return Response.json(await redis.lrange(`posts:${session.user.email}`, 0, 9));"],
      ["with a session and more", "if (session !== null && request.url) await redis.incr(`visits:${session.user?.email}`);"],
      ["not without a session", "if (!session) console.log(request.url);\n  else await redis.incr(`visits:${session.user?.email}`);"],
    ].map(([name, branch]) => ({
      name: `a branch that runs ${name}`,
      filename: ROUTE,
      code: `import { getServerSession } from "next-auth";
${REDIS}
export async function GET(request: Request) {
  const session = await getServerSession();
  ${branch}
  return Response.json({ posts: [] });
}
`,
    })),
  ],
  invalid: [
    ...(
      [
        ["after a branch for signed-in callers", 'if (session?.user) console.log(session.user);\n  await redis.incr("visits");', "writes to Redis (`incr`)"],
        ["in the branch for strangers", 'if (session) console.log(session);\n  else await redis.incr("guests");', "writes to Redis (`incr`)"],
        ["with a session, or without", 'if (session || request.url.endsWith("?open")) await redis.incr("posts");', "writes to Redis (`incr`)"],
        ["with what a stranger sends", "const { user } = await request.json();\n  if (user) await redis.get(user);", "reads Redis (`get`)"],
      ] as const
    ).map(([name, lines, work]) =>
      open({
        name: `work ${name}`,
        filename: ROUTE,
        files: LIMITER,
        code: `import { getServerSession } from "next-auth";
${REDIS}
export async function POST(request: Request) {
  const session = await getServerSession();
  ${lines}
  return Response.json({ ok: session !== null });
}
`,
        at: "POST",
        title: "POST /api/invite",
        work,
        guarded: true,
      }),
    ),
    open({
      name: "a note of those who are not known",
      filename: ROUTE,
      files: LIMITER,
      code: `import { createClient } from "@supabase/supabase-js";
${REDIS}
const supabase = createClient(process.env.SUPABASE_URL ?? "", process.env.SUPABASE_ANON_KEY ?? "");

export async function POST(request: Request) {
  const { error } = await supabase.auth.getUser(request.headers.get("authorization") ?? "");
  if (error) await redis.incr("refused");
  return Response.json({ ok: error === null });
}
`,
      at: "POST",
      title: "POST /api/invite",
      work: "writes to Redis (`incr`)",
      guarded: true,
    }),
    open({
      name: "a password that is tried, refused with 401",
      filename: ROUTE,
      files: LIMITER,
      code: `${REDIS}
export async function POST(request: Request) {
  const { email, password } = await request.json();
  const user = await redis.hgetall(\`user:\${email}\`);
  if (user?.["password"] !== password) return new Response("Unauthorized", { status: 401 });
  return Response.json({ ok: true });
}
`,
      at: "POST",
      title: "POST /api/invite",
      work: "reads Redis (`hgetall`)",
      guarded: true,
    }),
    open({
      name: "a helper that reads what was sent beside a cookie",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "lib/enter.ts": `import { cookies } from "next/headers";
import { Redis } from "@upstash/redis";

const redis = Redis.fromEnv();

export async function enter(request: Request): Promise<string | null> {
  const { name, code } = await request.json();
  const theme = (await cookies()).get("theme")?.value ?? "light";
  const stored = await redis.get<string>(\`code:\${name}\`);
  return stored === code ? theme : null;
}
`,
      },
      code: `import { enter } from "@/lib/enter";

export async function POST(request: Request) {
  const theme = await enter(request);
  if (!theme) return new Response("Unauthorized", { status: 401 });
  return Response.json({ theme });
}
`,
      at: "POST",
      title: "POST /api/invite",
      work: "reads Redis (`get`)",
      file: " (in lib/enter.ts)",
      guarded: true,
    }),
    open({
      name: "a token that may be left out",
      filename: ROUTE,
      files: LIMITER,
      code: `${REDIS}
export async function POST(request: Request) {
  const token = request.headers.get("authorization");
  if (token) {
    const owner = await redis.get<string>(\`token:\${token}\`);
    if (!owner) return new Response("Unauthorized", { status: 401 });
  }
  await redis.incr("posts");
  return Response.json({ ok: true });
}
`,
      at: "POST",
      title: "POST /api/invite",
      work: "writes to Redis (`incr`)",
      guarded: true,
    }),
    open({
      name: "a look-up that nobody is refused for",
      filename: ROUTE,
      files: { ...LIMITER, ...VIEWERS },
      code: `import { viewerOf } from "@/lib/viewers";

export async function GET(request: Request) {
  const viewer = await viewerOf(new URL(request.url).pathname);
  if (!viewer) return Response.json({ name: "guest" });
  return Response.json(viewer);
}
`,
      at: "GET",
      title: "GET /api/invite",
      work: "writes to Redis (`del`)",
      file: " (in lib/viewers.ts)",
      guarded: true,
    }),
    open({
      name: "work between the look-up and the refusal",
      filename: ROUTE,
      files: { ...LIMITER, ...VIEWERS },
      code: `import { viewerOf } from "@/lib/viewers";
${REDIS}
export async function GET(request: Request) {
  const viewer = await viewerOf(new URL(request.url).pathname);
  const visits = await redis.incr("visits");
  if (!viewer) return new Response(null, { status: 401 });
  return Response.json({ visits });
}
`,
      at: "GET",
      title: "GET /api/invite",
      work: "writes to Redis (`incr`)",
      guarded: true,
    }),
    open({
      name: "a cookie that says who it is of, and is believed",
      filename: ROUTE,
      files: LIMITER,
      code: `import { cookies } from "next/headers";
${REDIS}
export async function GET(request: Request) {
  const claims = JSON.parse((await cookies()).get("claims")?.value ?? "{}");
  const user = await redis.hgetall(\`user:\${claims.id}\`);
  if (!user) return new Response(null, { status: 401 });
  return Response.json({ user, url: request.url });
}
`,
      at: "GET",
      title: "GET /api/invite",
      work: "reads Redis (`hgetall`)",
      guarded: true,
    }),
    open({
      name: "mail of somebody whose session was looked up",
      filename: ROUTE,
      files: { ...LIMITER, ...VIEWERS },
      code: `import { viewerOf } from "@/lib/viewers";
${MAIL}
export async function POST(request: Request) {
  const viewer = await viewerOf(new URL(request.url).pathname);
  if (!viewer) return new Response(null, { status: 401 });
  ${SEND}
  return Response.json({ ok: true });
}
`,
      at: "POST",
      known: true,
      title: "POST /api/invite",
      guarded: true,
    }),
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

import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { LIMITER, dependingOn, NOTES_CODE, NOTES_ROUTE, open } from "./shared.ts";

const AUTHORIZED = (body: string): string => `import NextAuth from "next-auth";

const config = {
  providers: [],
  callbacks: {
    authorized({ auth, request: { nextUrl } }) {
      const isLoggedIn = !!auth?.user;
      ${body}
    },
  },
};

export default NextAuth(config).auth;
`;
/** Auth.js calls the function for everyone, and tells it who is there. */
const AROUND = (body: string): string => `import NextAuth from "next-auth";
import { NextResponse } from "next/server";

const { auth } = NextAuth({ providers: [] });

export default auth(async function middleware(request) {
  ${body}
});
`;
const CLERK = (options: string): string => `import { authMiddleware } from "@clerk/nextjs";

export default authMiddleware(${options});
`;
const MATCHED = (patterns: string): string => `import { clerkMiddleware, createRouteMatcher } from "@clerk/nextjs/server";

const isProtected = createRouteMatcher(${patterns});

export default clerkMiddleware(async (auth, request) => {
  if (isProtected(request)) await auth.protect();
});
`;
const APP = {
  ...dependingOn("next", "hono"),
  "server/index.ts": `import { Hono } from "hono";
import { notes } from "./notes";

export const app = new Hono().basePath("/api").route("/notes", notes);
`,
  "app/api/[[...route]]/route.ts": `import { handle } from "hono/vercel";
import { app } from "../../../server";

export const GET = handle(app);
export const POST = handle(app);
`,
};
const NOTES = `import { Hono } from "hono";
import { Redis } from "@upstash/redis";

const redis = Redis.fromEnv();

export const notes = new Hono().post("/notes", async (c) => {
  await redis.lpush("notes", await c.req.text());
  return c.json({ ok: true });
});
`;

const passing = (name: string, middleware: string, more: Record<string, string> = {}) => ({ name, filename: NOTES_ROUTE, files: { ...LIMITER, "middleware.ts": middleware, ...more }, code: NOTES_CODE });
const reported = (name: string, middleware: string) =>
  open({ name, filename: NOTES_ROUTE, files: { ...LIMITER, "middleware.ts": middleware }, code: NOTES_CODE, at: "POST", title: "POST /api/notes", work: "writes to Redis (`lpush`)", guarded: true });

/** Middleware that session libraries make, and routers that a route of Next.js hands requests to. */
runRule("require-ratelimit", rule, {
  valid: [
    passing("Auth.js answers strangers of the API", AUTHORIZED(`if (nextUrl.pathname.startsWith("/api/auth")) return true;\n      if (nextUrl.pathname.startsWith("/api") && !isLoggedIn) return Response.json({}, { status: 401 });\n      return true;`)),
    passing("Auth.js admits whoever is signed in", AUTHORIZED("return isLoggedIn;")),
    passing("Auth.js in a file of its own", `export { auth as middleware } from "./auth";\n`, {
      "auth.ts": `import NextAuth from "next-auth";

export const { auth, handlers } = NextAuth({ providers: [], callbacks: { authorized: async ({ auth }) => auth !== null } });
`,
    }),
    passing("Auth.js around a function that sends strangers to where one signs in", AROUND('if (!request.auth) return NextResponse.redirect(new URL("/login", request.url));')),
    passing(
      "Auth.js around a function that leaves pages open, by constants",
      AROUND(`const isLoggedIn = !!request.auth;
  const isPublic = request.nextUrl.pathname === "/about";
  if (!isLoggedIn && !isPublic) return NextResponse.redirect(new URL("/login", request.nextUrl));
  return NextResponse.next();`),
    ),
    passing(
      "Auth.js around a function that answers strangers of the API",
      AROUND(`const user = request.auth?.user;
  if (request.nextUrl.pathname.startsWith("/api")) {
    if (!user) return NextResponse.json({ error: "Unauthorized" }, { status: 401 });
  }
  return NextResponse.next();`),
    ),
    passing(
      "Auth.js around a function that leaves pages open which can't be read",
      AROUND(`if (request.auth || process.env.OPEN_PATHS?.split(",").includes(request.nextUrl.pathname)) return NextResponse.next();
  return NextResponse.redirect(new URL("/login", request.url));`),
    ),
    passing(
      "Auth.js around a function that lets strangers through to some pages",
      AROUND(`const user = request.auth?.user;
  if (process.env.OPEN_PATHS?.split(",").includes(request.nextUrl.pathname)) {
    if (!user) return NextResponse.next();
    return NextResponse.redirect(new URL("/home", request.url));
  }
  if (!user) return NextResponse.redirect(new URL("/login", request.url));`),
    ),
    passing(
      "Auth.js around a function, in a file of its own",
      'import { auth } from "./auth";\n\nexport default auth((request) => {\n  if (!request.auth && request.nextUrl.pathname !== "/login") {\n    return Response.redirect(new URL("/login", request.nextUrl.origin));\n  }\n});\n',
      { "auth.ts": 'import NextAuth from "next-auth";\n\nexport const { auth, handlers } = NextAuth({ providers: [] });\n' },
    ),
    passing("NextAuth.js wants a token by default", `export { default } from "next-auth/middleware";\n`),
    passing("NextAuth.js asks whether there is a token", `import { withAuth } from "next-auth/middleware";\n\nexport default withAuth(function middleware() {}, { callbacks: { authorized: ({ token }) => (token ? true : false) } });\n`),
    passing("the same, the other way about", `import { withAuth } from "next-auth/middleware";\n\nexport default withAuth(function middleware() {}, { callbacks: { authorized: ({ token }) => token === null ? false : true } });\n`),
    passing("the same, as a boolean", `import { withAuth } from "next-auth/middleware";\n\nexport default withAuth(function middleware() {}, { callbacks: { authorized: ({ token }) => Boolean(token) } });\n`),
    passing("NextAuth.js asks for a token, and for its role", `import { withAuth } from "next-auth/middleware";\n\nexport default withAuth(function middleware() {}, { callbacks: { authorized: ({ token }) => (token ? token.role === "admin" : false) } });\n`),
    passing("NextAuth.js asks for a role", `import { withAuth } from "next-auth/middleware";\n\nexport default withAuth({ callbacks: { authorized: ({ token }) => token?.role === "admin" } });\n`),
    passing("Clerk protects what is not public", CLERK(`{ publicRoutes: ["/", "/api/webhooks(.*)"] }`)),
    passing("Clerk protects all routes", CLERK("")),
    passing("Clerk protects what is matched", MATCHED(`["/dashboard(.*)", "/api(.*)"]`)),
    {
      name: "a router behind a route of Next.js, whose middleware limits",
      filename: "server/notes.ts",
      files: {
        ...LIMITER,
        ...APP,
        "middleware.ts": `import { NextResponse, type NextRequest } from "next/server";
import { ratelimit } from "@/lib/ratelimit";

export async function middleware(request: NextRequest) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  return success ? NextResponse.next() : new NextResponse("Too many requests", { status: 429 });
}

export const config = { matcher: "/api/:path*" };
`,
      },
      code: NOTES,
    },
    {
      name: "a router behind a route of Next.js, whose middleware turns strangers away",
      filename: "server/notes.ts",
      files: { ...LIMITER, ...APP, "middleware.ts": AUTHORIZED("return isLoggedIn;") },
      code: NOTES,
    },
  ],
  invalid: [
    reported("Auth.js protects pages only", AUTHORIZED(`if (nextUrl.pathname.startsWith("/dashboard")) return isLoggedIn;\n      if (isLoggedIn) return Response.redirect(new URL("/dashboard", nextUrl));\n      return true;`)),
    reported("Auth.js without the callback keeps sessions alive", `import NextAuth from "next-auth";\n\nexport default NextAuth({ providers: [] }).auth;\n`),
    reported(
      "Auth.js around a function that protects pages, and lets strangers through",
      AROUND(`const user = request.auth?.user;
  if (request.nextUrl.pathname.startsWith("/admin")) {
    if (!user) return NextResponse.rewrite(new URL("/not-found", request.url));
  }
  if (!user) return NextResponse.next();
  const response = NextResponse.next();
  response.headers.set("x-user", user.id);
  return response;`),
    ),
    reported(
      "Auth.js around a function that lets strangers through, and asks more of those it knows",
      AROUND(`const user = request.auth?.user;
  if (!user) return NextResponse.next();
  const organization = request.cookies.get("organization")?.value;
  if (user.roles.every((role) => role.organization !== organization)) return NextResponse.redirect(new URL("/organizations", request.url));
  return NextResponse.next();`),
    ),
    reported("Auth.js around a function that lets all through", AROUND('console.log(request.auth);\n  return NextResponse.next();')),
    reported("NextAuth.js with a callback that admits all", `import { withAuth } from "next-auth/middleware";\n\nexport default withAuth({ callbacks: { authorized: () => true } });\n`),
    reported("NextAuth.js admits those without a token", `import { withAuth } from "next-auth/middleware";\n\nexport default withAuth(function middleware() {}, { callbacks: { authorized: ({ token }) => (token ? false : true) } });\n`),
    reported("NextAuth.js admits either", `import { withAuth } from "next-auth/middleware";\n\nexport default withAuth(function middleware() {}, { callbacks: { authorized: ({ token }) => (token ? true : process.env.OPEN === "1") } });\n`),
    reported("NextAuth.js asks something else", `import { withAuth } from "next-auth/middleware";\n\nexport default withAuth(function middleware() {}, { callbacks: { authorized: ({ token }) => (process.env.CLOSED ? false : Boolean(process.env.OPEN)) } });\n`),
    reported("NextAuth.js asks something else before the token", `import { withAuth } from "next-auth/middleware";\n\nexport default withAuth(function middleware() {}, { callbacks: { authorized: ({ token }) => (process.env.CLOSED ? !!token : true) } });\n`),
    reported("Clerk is told that the API is public", CLERK(`{ publicRoutes: ["/", "/api/(.*)"] }`)),
    reported("Clerk leaves the decision to the app", CLERK(`{ afterAuth: () => {} }`)),
    reported("Clerk protects other routes", MATCHED(`["/dashboard(.*)"]`)),
    open({
      name: "a router behind a route of Next.js, whose middleware protects pages",
      filename: "server/notes.ts",
      files: { ...LIMITER, ...APP, "middleware.ts": AUTHORIZED(`if (nextUrl.pathname.startsWith("/dashboard")) return isLoggedIn;\n      return true;`) },
      code: NOTES,
      at: `"/notes"`,
      title: "POST /api/notes/notes",
      work: "writes to Redis (`lpush`)",
      output: NOTES.replace(`import { Redis } from "@upstash/redis";\n`, `import { Redis } from "@upstash/redis";\nimport { ratelimit } from "@/lib/ratelimit";\n`).replace(
        "(c) => {\n",
        `(c) => {
  const rate = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    return c.text("Too many requests", 429, {
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
  }
`,
      ),
    }),
  ],
});

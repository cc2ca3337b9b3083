import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { LIMITER, open } from "./shared.ts";

const NOTES = `import { Redis } from "@upstash/redis";

const redis = Redis.fromEnv();

export async function POST(request: Request) {
  await redis.lpush("notes", await request.text());
  return Response.json({ ok: true });
}
`;

const middleware = (matcher: string, test = "isProtected(request)"): Record<string, string> => ({
  "middleware.ts": `import { clerkMiddleware, createRouteMatcher } from "@clerk/nextjs/server";

const isProtected = createRouteMatcher(${matcher});

export default clerkMiddleware(async (auth, request) => {
  if (${test}) await auth.protect();
});

export const config = { matcher: ["/((?!_next).*)", "/(api|trpc)(.*)"] };
`,
});

/** Clerk's middleware, which protects the routes that its matchers name. */
runRule("require-ratelimit", rule, {
  valid: [
    ["a route that it protects", middleware('["/dashboard(.*)", "/api/notes(.*)"]')],
    ["a route that is not public", middleware('["/", "/api/hooks(.*)"]', "!isProtected(request)")],
    ["patterns that can't be read", middleware("patterns()")],
  ].map(([name, files]) => ({
    name: `Clerk: ${name as string}`,
    filename: "app/api/notes/route.ts",
    files: files as Record<string, string>,
    code: NOTES,
  })),
  invalid: [
    ["a route that it leaves alone", middleware('["/dashboard(.*)"]')],
    ["a public route", middleware('["/", "/api/notes"]', "!isProtected(request)")],
  ].map(([name, files]) =>
    open({
      name: `Clerk: ${name as string}`,
      filename: "app/api/notes/route.ts",
      files: { ...LIMITER, ...(files as Record<string, string>) },
      code: NOTES,
      at: "POST",
      title: "POST /api/notes",
      work: "writes to Redis (`lpush`)",
      guarded: true,
    }),
  ),
});

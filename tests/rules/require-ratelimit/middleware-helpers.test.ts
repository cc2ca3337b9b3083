import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

const ROUTE = "app/api/notes/route.ts";
const LIMITED = `import { Ratelimit } from "@upstash/ratelimit";
import { redis } from "@/lib/clients";

const ratelimit = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(10, "10 s") });
`;

interface App {
  readonly "lib/paths.ts": string;
  readonly "proxy.ts": string;
}

const verdict = (app: App, route = ROUTE): Verdict =>
  verdictOf(
    {
      ...CLIENTS,
      ...app,
      [route]: `import { redis } from "@/lib/clients";

export async function POST(request: Request) {
  await redis.lpush("notes", await request.text());
  return Response.json({ ok: true });
}
`,
    },
    route,
  );

/** A proxy whose helper limits the paths of which a function of another file speaks. */
const limiting = (paths: string): App => ({
  "lib/paths.ts": paths,
  "proxy.ts": `import { NextResponse, type NextRequest } from "next/server";
import { isExpensive } from "@/lib/paths";
${LIMITED}
async function limitExpensive(request: NextRequest, where: string) {
  if (!isExpensive(where)) return null;
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  return success ? null : new NextResponse("Too many requests", { status: 429 });
}

export async function proxy(request: NextRequest) {
  const answer = await limitExpensive(request, request.nextUrl.pathname);
  return answer ?? NextResponse.next();
}
`,
});

const listed = (list: string): App => limiting(`const PREFIXES = ${list} as const;
export function isExpensive(asked: string): boolean {
  return PREFIXES.some((prefix) => asked === prefix || asked.startsWith(\`\${prefix}/\`));
}
`);

/** The function answers step by step. */
const stepwise = (pages: string): App => limiting(`const PAGES = ${pages};
const CHEAP = new Set(["/api/health"]);
export function isExpensive(asked: string): boolean {
  const path = asked.toLowerCase();
  if (CHEAP.has(path)) return false;
  if (PAGES.some((page) => isBelow(path, page))) {
    return true;
  }
  return false;
}
function isBelow(path: string, page: string) {
  return path === page || path.startsWith(page + "/");
}
`);

const clerk = (list: string): App => ({
  "lib/paths.ts": `import { createRouteMatcher } from "@clerk/nextjs/server";\n\nexport const isPrivate = createRouteMatcher(${list});\n`,
  "proxy.ts": `import { clerkMiddleware } from "@clerk/nextjs/server";
import { isPrivate } from "@/lib/paths";

export default clerkMiddleware(async (auth, request) => {
  if (isPrivate(request)) await auth.protect();
});
`,
});

/** Which paths a middleware limits, where functions of other files know it. */
describe("a limiter for some paths in a helper", () => {
  it.each([
    ["a list that leaves the route out", listed('["/api/admin", "/api/cron"]')],
    ["one with a path that only begins like it", listed('["/api/note"]')],
    ["step by step", stepwise('["/api/admin"]')],
    ["a matcher of another file that speaks of pages", clerk('["/settings(.*)"]')],
  ])("%s", (_, app) => {
    expect(verdict(app)).toBe("anyone");
  });

  it.each([
    ["a list with the route", listed('["/api/admin", "/api/notes"]')],
    ["a list with what is above it", listed('["/api"]')],
    ["step by step", stepwise('["/api/admin", "/api/notes"]')],
    ["a list that is made when the program runs", listed('(process.env.EXPENSIVE ?? "").split(",")')],
    ["a matcher of another file that speaks of the API", clerk('["/api(.*)"]')],
    ["a function that asks for more than the path", limiting('export const isExpensive = (asked: string): boolean => asked.startsWith("/api/admin") || Math.random() < 0.5;\n')],
    ["a function that waits for its answer", limiting('export const isExpensive = async (asked: string): Promise<boolean> => asked.startsWith("/api/admin");\n')],
    [
      "a loop over a list",
      limiting('export function isExpensive(asked: string): boolean {\n  for (const prefix of ["/api/admin"]) if (asked.startsWith(prefix)) return true;\n  return false;\n}\n'),
    ],
    ["a function of a package", limiting('export { isExpensive } from "@acme/paths";\n')],
  ])("%s: nobody", (_, app) => {
    expect(verdict(app)).toBe("nobody");
  });

  it("a dynamic route, of which the list holds some", () => {
    expect(verdict(listed('["/api/lists/first"]'), "app/api/lists/[id]/route.ts")).toBe("nobody");
  });

  it("a dynamic route beside the list", () => {
    expect(verdict(listed('["/api/admin"]'), "app/api/lists/[id]/route.ts")).toBe("anyone");
  });
});

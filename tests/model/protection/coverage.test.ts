import { describe, expect, it } from "vitest";
import { coverageOf } from "../../../src/model/protection/coverage.ts";
import type { ProjectFiles } from "../../helpers/project.ts";
import { withModel } from "../file-model.ts";

const LIMIT = `import { Ratelimit } from "@upstash/ratelimit";
const limiter = new Ratelimit({ redis: {}, limiter: Ratelimit.slidingWindow(5, "10 s") });
const limit = async () => {
  const { success } = await limiter.limit("id");
  if (!success) return new Response(null, { status: 429 });
};
`;

/** Whether `middleware.ts` guards GET of a route. */
function guards(route: string, middleware: string, at = "middleware.ts", router = "app", more: ProjectFiles = {}): boolean {
  const filename = `${router}${route}/route.ts`;
  const files = { ...more, [filename]: "export function GET() {}\n", [at]: `${LIMIT}${middleware}` };
  return withModel(files, filename, (file) => {
    const [handler] = file.handlers.all;
    return handler !== undefined && coverageOf(file, handler).guarded;
  });
}

const inside = (condition: string): string =>
  `export async function middleware({ nextUrl: { pathname } }) { if (${condition}) { return limit(); } }`;

describe("a middleware's comparisons of the path", () => {
  it.each([
    ['pathname === "/api/a"', "/api/a", true],
    ['pathname === "/api/b"', "/api/a", false],
    ['pathname !== "/api/b"', "/api/a", true],
    ['pathname.startsWith("/api")', "/api/a", true],
    ['!pathname.startsWith("/api")', "/api/a", false],
    ['pathname.startsWith("/admin")', "/api/a", false],
    ['pathname.endsWith("/a")', "/api/a", true],
    ['pathname.endsWith("/b")', "/api/a", false],
    ['pathname.includes("api")', "/api/a", true],
    ['pathname.includes("chat")', "/api/a", false],
    ['pathname === "/x" || pathname === "/api/a"', "/api/a", true],
    ['pathname.startsWith("/api") && pathname !== "/api/a"', "/api/a", false],
    // Dynamic segments: what can't be told stays open, and an open question is not a report.
    ['pathname.startsWith("/api/notes/1")', "/api/notes/[id]", true],
    ['pathname.startsWith("/api/users")', "/api/notes/[id]", false],
    ['pathname === "/api/notes/new"', "/api/notes/[id]", true],
    ['!pathname.startsWith("/api/notes/")', "/api/notes/[id]", false],
    ['!pathname.startsWith("/api/notes/")', "/api/notes/[id]/tags/[tag]", false],
    ['!pathname.startsWith("/api/notes/1")', "/api/notes/[id]", true],
    ['pathname.startsWith("/api/notes-")', "/api/notes/[id]", false],
    ['!pathname.startsWith("/api/notes/")', "/api/notes/[[...rest]]", true],
    ['!pathname.startsWith("/api/notes/")', "/api/notes/[...rest]", true],
    ['pathname === "/api/notes"', "/api/notes/[id]", false],
    ['pathname === "/api/notes"', "/api/notes/[[...rest]]", true],
    ['!pathname.includes("/notes/")', "/api/notes/[id]", false],
    ['!pathname.includes("[id]")', "/api/notes/[id]", true],
    ["someTest(pathname)", "/api/a", true],
  ])("%s for %s: %s", (condition, route, expected) => {
    expect(guards(route, inside(condition))).toBe(expected);
  });

  it("are followed through an early return", () => {
    const body = (prefix: string): string =>
      `export default async function (request) { const path = request.nextUrl.pathname; if (!path.startsWith("${prefix}")) return; return limit(); }`;
    expect(guards("/api/a", body("/api"))).toBe(true);
    expect(guards("/api/a", body("/admin"))).toBe(false);
  });
});

describe("a middleware's matcher", () => {
  const run = "export const middleware = () => limit();\n";

  it.each([
    ["a string", 'export const config = { matcher: "/admin" };'],
    ["a list", 'export const config = { matcher: ["/admin/:path*", "/login"] };'],
    ["a constant", 'const PATHS = ["/admin/:path*"]; export const config = { matcher: PATHS };'],
    ["an object", 'export const config = { matcher: [{ source: "/admin" }] };'],
    ["exported by a list", 'const config = { matcher: "/admin" }; export { config };'],
  ])("written as %s may leave a route out", (_, config) => {
    expect(guards("/api/a", run + config)).toBe(false);
    expect(guards("/api/a", run + config.replaceAll("/admin", "/api/:path*").replaceAll(":path*/:path*", ":path*"))).toBe(true);
  });

  it("that can't be read leaves nothing out", () => {
    expect(guards("/api/a", `${run}export const config = { matcher: [makeMatcher()] };`)).toBe(true);
  });
});

describe("where a middleware stands", () => {
  const middleware = "export const middleware = () => limit();\nexport const proxy = middleware;\n";

  it.each([
    ["middleware.ts", true],
    ["middleware.js", true],
    ["proxy.ts", true],
    ["src/middleware.ts", false],
    ["app/middleware.ts", false],
    ["lib/middleware.ts", false],
    ["middlewares.ts", false],
  ])("%s: %s", (at, expected) => {
    expect(guards("/api/a", middleware, at)).toBe(expected);
  });

  it.each([
    ["src/middleware.ts", true],
    ["src/proxy.js", true],
    ["middleware.ts", false],
    ["proxy.ts", false],
    ["src/app/middleware.ts", false],
  ])("%s, with the app below src/: %s", (at, expected) => {
    expect(guards("/api/a", middleware, at, "src/app")).toBe(expected);
  });

  it.each([
    ["proxy.ts", "^16.1.0", true],
    ["proxy.ts", "latest", true],
    ["proxy.ts", "^15.5.0", false],
    ["proxy.ts", "14.2.35", false],
    ["middleware.ts", "14.2.35", true],
    ["middleware.ts", "^16.1.0", true],
  ])("%s, by Next.js %s: %s", (at, version, expected) => {
    expect(guards("/api/a", middleware, at, "app", { "package.json": JSON.stringify({ name: "site", dependencies: { next: version } }) })).toBe(expected);
  });

  it("of two of them, the one beside the app is the one that runs", () => {
    const other = { "src/proxy.ts": "export const proxy = () => undefined;\n" };
    expect(guards("/api/a", middleware, "proxy.ts", "src/app", other)).toBe(false);
    expect(guards("/api/a", middleware, "proxy.ts", "app", other)).toBe(true);
  });

  it("beside the pages, for a route of the app", () => {
    expect(guards("/api/a", middleware, "src/middleware.ts", "src/app", { "src/pages/old.tsx": "export default () => null;\n" })).toBe(true);
    expect(guards("/api/a", middleware, "middleware.ts", "src/app", { "src/pages/old.tsx": "export default () => null;\n" })).toBe(false);
  });
});

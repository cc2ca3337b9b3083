import { createRequire } from "node:module";
import { describe, expect, it, vi } from "vitest";
import { matcherCovers, nextRouteOf } from "../../src/project/next-routes.ts";

describe("nextRouteOf", () => {
  it.each([
    ["app/api/users/route.ts", "app-route", "/api/users"],
    ["src/app/api/users/route.js", "app-route", "/api/users"],
    ["./app/route.tsx", "app-route", "/"],
    ["app\\api\\users\\[id]\\route.ts", "app-route", "/api/users/[id]"],
    ["app/(shop)/api/(v1)/users/[id]/route.ts", "app-route", "/api/users/[id]"],
    ["app/api/[...path]/route.ts", "app-route", "/api/[...path]"],
    ["app/api/[[...path]]/route.ts", "app-route", "/api/[[...path]]"],
    ["app/%5Finternal/route.ts", "app-route", "/_internal"],
    ["app/page.tsx", "page", "/"],
    ["app/(site)/page.jsx", "page", "/"],
    ["app/@modal/login/page.tsx", "page", "/login"],
    ["app/dashboard/@team/settings/page.tsx", "page", "/dashboard/settings"],
    ["app/feed/(.)photo/[id]/page.tsx", "page", "/feed/photo/[id]"],
    ["app/feed/@modal/(..)photo/[id]/page.tsx", "page", "/photo/[id]"],
    ["app/a/b/(..)(..)c/page.tsx", "page", "/c"],
    ["app/a/b/c/(...)login/page.tsx", "page", "/login"],
    ["app/a/(group)/(..)b/page.tsx", "page", "/b"],
    ["pages/index.tsx", "page", "/"],
    ["pages/blog/index.jsx", "page", "/blog"],
    ["pages/blog/[slug].tsx", "page", "/blog/[slug]"],
    ["src/pages/api/users/[id].ts", "pages-api", "/api/users/[id]"],
    ["pages/api/index.ts", "pages-api", "/api"],
    ["pages/api.ts", "pages-api", "/api"],
    ["pages/apiary.tsx", "page", "/apiary"],
    ["pages/api/[...all].js", "pages-api", "/api/[...all]"],
    ["pages/(group)/x.tsx", "page", "/(group)/x"],
  ])("%s is %s %s", (file, kind, path) => {
    expect(nextRouteOf(file)).toEqual({ kind, path });
  });

  it.each([
    "app/layout.tsx",
    "app/api/users/helper.ts",
    "app/_lib/route.ts",
    "app/api/_private/x/route.ts",
    "app/(..)x/page.tsx",
    "app/route.d.ts",
    "app/page.mdx",
    "app/page.module.css",
    "pages/_app.tsx",
    "pages/_document.js",
    "pages/api/types.d.ts",
    "pages/readme.md",
    "lib/app/route.ts",
    "src/lib/route.ts",
    "route.ts",
    "app",
    "",
  ])("%j is none", (file) => {
    expect(nextRouteOf(file)).toBeUndefined();
  });
});

const DEFAULT = "/((?!api|_next/static|_next/image|favicon.ico|sitemap.xml|robots.txt).*)";
const ASSETS = "/((?!_next/static|_next/image|favicon.ico).*)";
const CLERK = [
  "/((?!_next|[^?]*\\.(?:html?|css|js(?!on)|jpe?g|webp|png|gif|svg|ttf|woff2?|ico|csv|docx?|xlsx?|zip|webmanifest)).*)",
  "/(api|trpc)(.*)",
];
const PREFETCH = [{ type: "header", key: "next-router-prefetch" }];

const COVERAGE: [unknown, string, "yes" | "no" | "unknown"][] = [
  [undefined, "/api/users", "yes"],
  [undefined, "/[...all]", "yes"],
  [null, "/api/users", "unknown"],
  [[], "/api/users", "no"],
  ["/about", "/about", "yes"],
  ["/about", "/about/team", "no"],
  ["/about/:path*", "/about", "yes"],
  ["/about/:path*", "/about/team/x", "yes"],
  ["/about/:path*", "/aboutus", "no"],
  ["/about/:path+", "/about", "no"],
  ["/about/:path?", "/about/a", "yes"],
  ["/about/:path?", "/about/a/b", "no"],
  ["/about/:path", "/about/[id]", "yes"],
  ["/about/:path", "/about/[...id]", "unknown"],
  ["/about/:path", "/about/[id]/edit", "no"],
  ["/api/:path*", "/api", "yes"],
  ["/api/:path*", "/api/users/[id]", "yes"],
  ["/api/:path*", "/api/[[...all]]", "yes"],
  ["/api/:path+", "/api/[[...all]]", "unknown"],
  ["/api/:path+", "/api/[...all]", "yes"],
  ["/api/:path*", "/[section]/users", "unknown"],
  ["/api/:path*", "/apis", "no"],
  ["/api/:path*", "/API/users", "no"],
  ["/api(.*)", "/apis", "yes"],
  ["/api/(.*)", "/api/users/[id]", "yes"],
  ["/api/(.*)", "/api", "no"],
  ["/(api|trpc)(.*)", "/trpc/[trpc]", "yes"],
  ["/:path*", "/[...all]", "yes"],
  ["/(.*)", "/", "yes"],
  ["/", "/", "yes"],
  ["/", "/api", "no"],
  ["/api/users/:id(\\d+)", "/api/users/[id]", "unknown"],
  ["/api/users/:id(\\d+)", "/api/posts/[id]", "no"],
  ["/api/:version(v1|v2)/users", "/api/v1/users", "yes"],
  ["/api/:version(v1|v2)/users", "/api/v3/users", "no"],
  [DEFAULT, "/dashboard", "yes"],
  [DEFAULT, "/api/users", "no"],
  [DEFAULT, "/api/users/[id]", "no"],
  [DEFAULT, "/[slug]", "unknown"],
  [DEFAULT, "/users/[id]", "yes"],
  [ASSETS, "/api/users", "yes"],
  [ASSETS, "/api/users/[id]", "yes"],
  ["/((?!.*\\..*|_next).*)", "/api/users", "yes"],
  ["/((?!.*\\..*|_next).*)", "/api/users/[id]", "unknown"],
  [CLERK, "/api/users/[id]", "yes"],
  [CLERK, "/dashboard", "yes"],
  [CLERK, "/files/[name]", "unknown"],
  [["/dashboard/:path*", "/api/:path*"], "/api/users", "yes"],
  [["/dashboard/:path*", "/account"], "/api/users", "no"],
  [["/api/users/:id(\\d+)", "/api/users/:id(\\D.*)"], "/api/users/[id]", "unknown"],
  [["/a/:id", "/a/:id/:more+"], "/a/[...all]", "yes"],
  [{ source: "/api/:path*" }, "/api/users", "yes"],
  [[{ source: "/api/:path*", locale: false }], "/api/users", "yes"],
  [[{ source: "/api/:path*", missing: PREFETCH }], "/api/users", "unknown"],
  [[{ source: "/api/:path*", has: [{ type: "cookie", key: "session" }] }], "/api/users", "unknown"],
  [[{ source: DEFAULT, missing: PREFETCH }], "/api/users", "no"],
  [[{ source: "/api/:path*", missing: PREFETCH }, "/api/:path*"], "/api/users", "yes"],
  [[{ source: "/api/:path*", has: [], missing: [] }], "/api/users", "yes"],
  [[{ source: "/api/:path*", regexp: ".*" }], "/api/users", "unknown"],
  [["/about", null], "/api/users", "unknown"],
  [["/api/:path*", null], "/api/users", "yes"],
  ["api/:path*", "/api/users", "unknown"],
  ["/api/(", "/api/users", "unknown"],
  ["/api/:", "/api/users", "unknown"],
  [`/${"a".repeat(5000)}`, "/api/users", "unknown"],
  [{ source: 1 }, "/api/users", "unknown"],
  [42, "/api/users", "unknown"],
  [/^\/api/u, "/api/users", "unknown"],
];

describe("matcherCovers", () => {
  it.each(COVERAGE)("%j covers %s: %s", (matcher, route, expected) => {
    expect(matcherCovers(matcher, route)).toBe(expected);
  });

  it("is unknown where path-to-regexp can't be loaded, unless there is no matcher", async () => {
    vi.resetModules();
    vi.doMock("../../src/project/load.ts", () => ({ load: () => undefined }));
    try {
      const fresh = await import("../../src/project/next-routes.ts");
      expect(fresh.matcherCovers("/api/:path*", "/api/users")).toBe("unknown");
      expect(fresh.matcherCovers(undefined, "/api/users")).toBe("yes");
    } finally {
      vi.doUnmock("../../src/project/load.ts");
      vi.resetModules();
    }
  });
});

/** Next.js's own code, which is the source of all the above. */
const require = createRequire(import.meta.url);
const { tryToParsePath } = require("next/dist/lib/try-to-parse-path.js") as {
  tryToParsePath(source: string): { regexStr?: string };
};
const { getMiddlewareRouteMatcher } = require("next/dist/shared/lib/router/utils/middleware-route-matcher.js") as {
  getMiddlewareRouteMatcher(matchers: readonly { regexp: string }[]): (path: string, request: object, query: object) => boolean;
};
const { normalizeAppPath } = require("next/dist/shared/lib/router/utils/app-paths.js") as {
  normalizeAppPath(route: string): string;
};
const { extractInterceptionRouteInformation, isInterceptionRouteAppPath } =
  require("next/dist/shared/lib/router/utils/interception-routes.js") as {
    extractInterceptionRouteInformation(path: string): { interceptedRoute: string };
    isInterceptionRouteAppPath(path: string): boolean;
  };

describe("as Next.js itself does", () => {
  const readable = COVERAGE.flatMap(([matcher, route, expected]) => {
    const sources = Array.isArray(matcher) ? (matcher as unknown[]) : [matcher];
    const plain = sources.length > 0 && sources.every((source): source is string => typeof source === "string");
    return plain && expected !== "unknown" && !route.includes("[") ? [{ sources, route, expected }] : [];
  });

  it.each(readable)("$sources covers $route: $expected", ({ sources, route, expected }) => {
    const matches = getMiddlewareRouteMatcher(
      (sources).map((source) => ({ regexp: tryToParsePath(source).regexStr ?? "(?!)" })),
    );
    expect(matches(route, {}, {}) ? "yes" : "no").toBe(expected);
  });

  it.each([
    "app/(shop)/api/(v1)/users/[id]/route.ts",
    "app/dashboard/@team/settings/page.tsx",
    "app/feed/(.)photo/[id]/page.tsx",
    "app/feed/@modal/(..)photo/[id]/page.tsx",
    "app/a/b/(..)(..)c/page.tsx",
    "app/a/b/c/(...)login/page.tsx",
    "app/a/(group)/(..)b/page.tsx",
    "app/(.)x/page.tsx",
  ])("%s has the path that Next.js gives it", (file) => {
    const normalized = normalizeAppPath(file.slice("app".length).replace(/\.tsx?$/u, ""));
    const expected = isInterceptionRouteAppPath(normalized)
      ? extractInterceptionRouteInformation(normalized).interceptedRoute
      : normalized;
    expect(nextRouteOf(file)?.path).toBe(expected);
  });
});

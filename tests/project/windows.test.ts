import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { project, type ProjectFiles } from "../helpers/project.ts";

/*
 * The plugin as it is on Windows, on any system: its modules are loaded anew with `node:path` of Windows, and with a
 * `node:fs` that finds the drive's paths in a folder of this system. src/project/disk.ts takes both from
 * `process.getBuiltinModule`, and is the only module that does.
 * What a package exports is read by a native resolver, which knows the true disk only: `main` stands in for it here.
 */
const NEXT = "C:\\work\\app";
const KIT = "D:\\kit";

const NEXT_FILES: ProjectFiles = {
  ".git/HEAD": "ref: refs/heads/main\n",
  "lib/redis.ts": 'import { Redis } from "@upstash/redis";\nexport const redis = Redis.fromEnv();\n',
  "lib/ratelimit.ts": `import { Ratelimit } from "@upstash/ratelimit";
import { redis } from "./redis";
export const limiter = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(10, "10 s") });
`,
  "proxy.ts": `import { NextResponse, type NextRequest } from "next/server";
import { limiter } from "@/lib/ratelimit";
export async function proxy(request: NextRequest) {
  const { success } = await limiter.limit(request.headers.get("x-real-ip") ?? "");
  return success ? NextResponse.next() : new NextResponse("Too many requests", { status: 429 });
}
export const config = { matcher: "/api/limited/:path*" };
`,
  "packages/cache/package.json": JSON.stringify({ name: "@acme/cache", main: "./src/index.ts" }),
  "packages/cache/src/index.ts": 'import { Redis } from "@upstash/redis";\nexport const cache = Redis.fromEnv();\n',
  "package.json": JSON.stringify({ name: "app", private: true, workspaces: ["packages/*"], dependencies: { next: "^16.0.0", "@upstash/redis": "*" } }),
};

/** Hooks that limit every route, and a schema that says what a row holds: both are found by paths that we put together. */
const KIT_FILES: ProjectFiles = {
  ".git/HEAD": "ref: refs/heads/main\n",
  "package.json": JSON.stringify({ name: "kit", dependencies: { "@sveltejs/kit": "^2.0.0", "@prisma/client": "*", "@upstash/redis": "*" } }),
  "src/lib/redis.ts": 'import { Redis } from "@upstash/redis";\nexport const redis = Redis.fromEnv();\n',
  "src/hooks.server.ts": `import { Ratelimit } from "@upstash/ratelimit";
import { redis } from "$lib/redis";
const limiter = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(10, "10 s") });
export const handle = async ({ event, resolve }) => {
  const { success } = await limiter.limit(event.getClientAddress());
  if (!success) return new Response("Too many requests", { status: 429 });
  return resolve(event);
};
`,
  "prisma/schema.prisma": "model User {\n  id String @id\n  email String\n}\n",
};

const handler = (from: string, name = "redis"): string => `import { ${name} } from "${from}";
export async function POST(request: Request) {
  const { email } = (await request.json()) as { email: string };
  await ${name}.set("last", email);
  return Response.json({ ok: true });
}
`;

describe("on Windows", () => {
  let lint: (filename: string, code: string, settings?: object, drive?: string) => readonly string[];

  beforeAll(async () => {
    const folders = [[NEXT, project(NEXT_FILES)], [KIT, project(KIT_FILES)]] as const;
    const here = (name: string): string => {
      const [drive, root] = folders.find(([from]) => name.startsWith(from)) ?? ["", "/nothing/"];
      return path.join(root, name.slice(drive.length).replaceAll("\\", "/"));
    };
    const there = (name: string): string => {
      const [drive, root] = folders.find(([, to]) => name.startsWith(to)) ?? ["Z:", ""];
      return drive + name.slice(root.length).replaceAll("/", "\\");
    };
    const native = (name: string): string => there(fs.realpathSync.native(here(name)));
    const disk = {
      statSync: (name: string, options: object) => fs.statSync(here(name), options),
      readFileSync: (name: string, encoding: "utf8") => fs.readFileSync(here(name), encoding),
      readdirSync: (name: string, options: { withFileTypes: true }) => fs.readdirSync(here(name), options),
      realpathSync: { native },
    };
    const builtin = process.getBuiltinModule.bind(process);
    vi.spyOn(process, "getBuiltinModule").mockImplementation((name: string) =>
      name === "node:path" ? path.win32 : name === "node:fs" ? disk : builtin(name),
    );
    vi.resetModules();
    const { default: plugin } = await import("../../src/index.ts");
    vi.mocked(process.getBuiltinModule).mockRestore();
    lint = (filename, code, settings = {}, drive = NEXT) =>
      new Linter({ configType: "flat", cwd: drive })
        .verify(code, [{ languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } }, settings: { upstash: settings } }, plugin.configs.recommended], {
          filename: `${drive}\\${filename}`,
        })
        .map(({ line, ruleId, message }) => `${String(line)} ${ruleId ?? message}`);
  });

  afterAll(() => vi.resetModules());

  it("finds clients behind relative paths, aliases and workspaces", () => {
    const expected = ["2 upstash/require-ratelimit", "4 upstash/no-plaintext-pii"];
    expect(lint("app\\api\\a\\route.ts", handler("../../../lib/redis"))).toEqual(expected);
    expect(lint("app\\api\\a\\route.ts", handler("@/lib/redis"))).toEqual(expected);
    expect(lint("app\\api\\a\\route.ts", handler("@acme/cache", "cache"))).toEqual(expected);
    expect(lint("app\\api\\a\\route.ts", handler("@/lib/nothing"))).toEqual([]);
  });

  it("knows the routes that a proxy limits", () => {
    expect(lint("app\\api\\limited\\users\\route.ts", handler("@/lib/redis"))).toEqual(["4 upstash/no-plaintext-pii"]);
    expect(lint("app\\(site)\\api\\limited\\route.ts", handler("@/lib/redis"))).toEqual(["4 upstash/no-plaintext-pii"]);
  });

  it("knows where a file runs by its path", () => {
    const read = "export const token = process.env.UPSTASH_REDIS_REST_TOKEN;\n";
    expect(lint("app\\counter.tsx", `"use client";\n${read}`)).toEqual(["2 upstash/no-client-credentials"]);
    expect(lint("lib\\token.ts", read)).toEqual([]);
    expect(lint("lib\\__tests__\\a.ts", handler("@/lib/redis"))).toEqual([]);
  });

  it("matches settings, whose paths have forward slashes", () => {
    const read = "export const token = process.env.UPSTASH_REDIS_REST_TOKEN;\n";
    expect(lint("src\\widget\\token.ts", read, { clientFiles: ["src/widget/**"] })).toEqual(["1 upstash/no-client-credentials"]);
    expect(lint("services\\a\\handle.ts", handler("@/lib/redis"), { routeFiles: ["services/*/handle.ts"] })).toContain("2 upstash/require-ratelimit");
    expect(lint("app\\api\\a\\route.ts", handler("@/lib/store", "store"), { clients: { "lib/store#store": "redis" } })).toEqual([]);
    expect(lint("app\\api\\a\\route.ts", handler("@/lib/redis"), { rateLimiters: ["lib/redis#redis"] })).toEqual(["4 upstash/no-plaintext-pii"]);
  });

  it("knows the files of frameworks and the schema of the database", () => {
    const code = `import { PrismaClient } from "@prisma/client";
import { redis } from "$lib/redis";
const prisma = new PrismaClient();
export const POST = async ({ request }) => {
  const user = await prisma.user.findUnique({ where: { id: "1" } });
  await redis.set("last", user);
  return new Response("ok");
};
`;
    expect(lint("src\\routes\\api\\a\\+server.ts", code, {}, KIT)).toEqual(["6 upstash/no-plaintext-pii"]);
  });

  it("keeps to the root", () => {
    expect(lint("app\\api\\a\\route.ts", handler("../../../lib/redis"), { rootDir: `${NEXT}\\app` })).toEqual([]);
    expect(lint("app\\api\\a\\route.ts", handler("../../../lib/redis"), { rootDir: "." })).toHaveLength(2);
  });
});

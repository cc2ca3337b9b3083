import { symlinkSync } from "node:fs";
import path from "node:path";
import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { expect, it } from "vitest";
import plugin from "../../src/index.ts";
import { project, type ProjectFiles } from "../helpers/project.ts";

/*
 * A project that is known by a link, as everything below `/tmp` is on macOS: what imports lead to has other paths than
 * the linted file's. All findings, with the names of files in them, must be those of the project itself.
 */

const FILES: ProjectFiles = {
  "lib/redis.ts": 'import { Redis } from "@upstash/redis";\n\nexport const redis = Redis.fromEnv();\n',
  "lib/ratelimit.ts": `import { Ratelimit } from "@upstash/ratelimit";
import { redis } from "./redis";

export const ratelimit = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(10, "10 s"), analytics: true });
`,
  "proxy.ts": `import { NextResponse, type NextRequest } from "next/server";
import { ratelimit } from "./lib/ratelimit";

export async function proxy(request: NextRequest) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  return success ? NextResponse.next() : new NextResponse("Too many requests", { status: 429 });
}

export const config = { matcher: "/api/limited/:path*" };
`,
  "app/api/limited/route.ts": 'import { redis } from "@/lib/redis";\n\nexport async function POST() {\n  await redis.incr("posts");\n  return new Response("ok");\n}\n',
  "app/api/open/route.ts": 'import { redis } from "@/lib/redis";\n\nexport async function POST() {\n  await redis.incr("posts");\n  return new Response("ok");\n}\n',
  "components/views.tsx": '"use client";\n\nimport { redis } from "../lib/redis";\n\nexport const load = () => redis.get<number>("views");\n',
  "server/server.ts": `import express from "express";
import rateLimit from "express-rate-limit";
import notes from "./routes/notes";

const app = express();
app.use(rateLimit({ windowMs: 60_000, limit: 10 }));
app.use("/notes", notes);
`,
  "server/routes/notes.ts": `import { Router } from "express";
import { redis } from "../../lib/redis";

const router = Router();
router.post("/", async (request, response) => {
  await redis.lpush("notes", String(request.body.note));
  response.end();
});
export default router;
`,
  "browser/stats.ts": 'export const token = process.env.UPSTASH_REDIS_REST_TOKEN;\n',
};

function findings(cwd: string, settings: Readonly<Record<string, unknown>> = {}): readonly string[] {
  const linter = new Linter({ configType: "flat", cwd });
  return Object.keys(FILES).flatMap((name) =>
    linter
      .verify(
        FILES[name] ?? "",
        [plugin.configs.recommended, { files: ["**/*.ts", "**/*.tsx"], languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } }, settings: { upstash: settings } }] as never,
        { filename: path.join(cwd, name) },
      )
      .map(({ ruleId, line, message }) => `${name}:${line} ${ruleId ?? "fatal"} ${message}`),
  );
}

it.each([
  ["without settings", {}, ["app/api/open/route.ts", "components/views.tsx"]],
  ["with paths in settings", { rootDir: ".", clientFiles: ["browser/**"] }, ["app/api/open/route.ts", "components/views.tsx", "browser/stats.ts"]],
])("finds the same by a link, %s", (_what, settings, files) => {
  const root = project(FILES);
  const link = path.join(project(), "link");
  symlinkSync(root, link, "junction");
  const found = findings(root, settings);
  expect(new Set(found.map((line) => line.slice(0, line.indexOf(":"))))).toEqual(new Set(files));
  expect(findings(link, settings)).toEqual(found);
});

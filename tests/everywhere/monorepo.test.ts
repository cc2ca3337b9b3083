import { mkdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../helpers/project.ts";
import { app, FINDINGS } from "./app.ts";
import { consumer, findings } from "./consumer.ts";

const config = (preset: string): string => `import { defineConfig } from "eslint/config";
import parser from "@typescript-eslint/parser";
import upstash from "eslint-plugin-upstash";
export default defineConfig([
  { files: ["**/*.{ts,tsx}"], languageOptions: { parser } },
  { plugins: { upstash }, extends: ["${preset}"] },
]);
`;

const below = (folder: string, files: ProjectFiles): ProjectFiles =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));

const manifest = (name: string, dependencies: Record<string, string> = {}): string => JSON.stringify({ name, private: true, type: "module", dependencies });

/** Two apps and the package that both take their client from, each with a configuration of its own. */
const FILES: ProjectFiles = {
  "package.json": JSON.stringify({ name: "root", private: true, workspaces: ["apps/*", "packages/*"] }),
  ...below("apps/web", app("ts")),
  "apps/web/package.json": manifest("web", { next: "^16.0.0", "@acme/cache": "*" }),
  "apps/web/eslint.config.mjs": config("upstash/recommended"),
  "apps/web/app/api/join/route.ts": `import { cache } from "@acme/cache";
export async function POST(request: Request) {
  const { email, id } = await request.json() as Record<string, string>;
  await cache.set(\`member:\${id}\`, email);
  return Response.json({ ok: true });
}
`,
  "packages/cache/package.json": JSON.stringify({ name: "@acme/cache", private: true, type: "module", exports: "./src/index.ts", dependencies: { "@upstash/redis": "^1.35.0" } }),
  "packages/cache/eslint.config.mjs": config("upstash/strict"),
  "packages/cache/src/index.ts": `import { Redis } from "@upstash/redis";
export const cache = new Redis({ url: process.env.UPSTASH_REDIS_REST_URL!, token: process.env.UPSTASH_REDIS_REST_TOKEN! });
`,
};

/** What is reported in apps/web, told from there. */
const WEB = [
  "app/api/join/route 2 upstash/require-ratelimit",
  "app/api/join/route 4 upstash/no-plaintext-pii",
  ...FINDINGS,
];

describe("a monorepo with a configuration for each package", () => {
  const root = consumer({ files: FILES, packages: ["@typescript-eslint/parser"] });
  const web = path.join(root, "apps/web");

  it("is linted from each package", () => {
    expect(findings(root, ["."], { cwd: web })).toEqual(WEB.map((line) => `apps/web/${line}`));
    expect(findings(root, ["."], { cwd: path.join(root, "packages/cache") })).toContain("packages/cache/src/index 2 upstash/prefer-from-env");
  });

  it("gives the same from elsewhere", () => {
    const elsewhere = path.join(root, "tools/ci");
    mkdirSync(elsewhere, { recursive: true });
    const expected = WEB.map((line) => `apps/web/${line}`);
    // ESLint 10 looks for the configuration from each file upwards
    for (const cwd of [root, elsewhere, path.join(web, "app/api")]) expect(findings(root, [path.relative(cwd, web)], { cwd }), cwd).toEqual(expected);
    expect(findings(root, ["--config", "apps/web/eslint.config.mjs", "apps/web"])).toEqual(expected);
  });

  it("gives the same by names of files, in any order", () => {
    const names = ["lib/legacy.ts", "components/counter.tsx", "app/api/subscribe/route.ts", "app/api/join/route.ts"];
    expect(findings(root, names, { cwd: web })).toEqual(WEB.map((line) => `apps/web/${line}`));
    expect(findings(root, names.toReversed(), { cwd: web })).toEqual(WEB.map((line) => `apps/web/${line}`));
  });
});

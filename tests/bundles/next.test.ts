import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import plugin from "../../src/index.ts";
import { project, repositoryRoot, writeFiles, type ProjectFiles } from "../helpers/project.ts";
import { filesOf, NEXT_VARIANTS, partOf } from "./next-variants.ts";

/*
 * One app of many parts is built with Next.js, each with a sentinel of its own. It is in what browsers get, code and
 * rendered pages, if and only if a rule reports something in that part, apart from the differences that
 * docs/limitations.md names.
 */

const RULES = ["no-client-credentials", "no-client-import", "no-public-env-credentials", "no-credential-exposure"] as const;
const sentinel = (part: string): string => `sentinel-of-${part}-end`;
const parts = NEXT_VARIANTS.map((variant, index) => ({ ...variant, part: partOf(index), files: filesOf(variant, partOf(index)) }));

/** What `env` of the configuration writes into the app's code, for browsers too. */
const inlined = Object.fromEntries(parts.map(({ part }) => [`${part}_UPSTASH_REDIS_REST_TOKEN`, sentinel(part)]));
const environment = Object.fromEntries(
  parts.flatMap(({ part }) => [
    [`PRIVATE_${part}_UPSTASH_REDIS_REST_TOKEN`, sentinel(part)],
    [`NEXT_PUBLIC_${part}_UPSTASH_REDIS_REST_TOKEN`, sentinel(part)],
    [`NEXT_PUBLIC_${part}_UPSTASH_REDIS_REST_READ_ONLY_TOKEN`, "not-secret"],
    [`NEXT_PUBLIC_${part}_UPSTASH_REDIS_REST_URL`, "not-secret"],
  ]),
);

const own: ProjectFiles = Object.assign({}, ...parts.map(({ files }) => files)) as ProjectFiles;
const APP: ProjectFiles = {
  "package.json": JSON.stringify({ private: true, type: "module", dependencies: { "@upstash/redis": "*", next: "*", react: "*", "react-dom": "*" } }),
  "tsconfig.json": JSON.stringify({ compilerOptions: { lib: ["ES2023", "DOM"], module: "ESNext", moduleResolution: "bundler", jsx: "preserve", strict: true, noEmit: true, allowJs: true, paths: { "@/*": ["./*"] } } }),
  "app/layout.tsx": 'import type { ReactNode } from "react";\nexport default function Layout({ children }: { children: ReactNode }) {\n  return <html><body>{children}</body></html>;\n}\n',
};

// Beside `node_modules`: the bundler follows no link out of its root.
const root = mkdtempSync(path.join(import.meta.dirname, ".app-"));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** All that browsers can get of the app: its static files, and what has been rendered. */
function build(): string {
  const config = { env: inlined, typescript: { ignoreBuildErrors: true }, productionBrowserSourceMaps: false, turbopack: { root: repositoryRoot } };
  writeFiles(root, { ...APP, ...own, "next.config.mjs": `export default ${JSON.stringify(config)};\n` });
  const next = path.join(repositoryRoot, "node_modules/next/dist/bin/next");
  const { status, stdout, stderr } = spawnSync(process.execPath, [next, "build"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...environment, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  expect(status, `${stdout}\n${stderr}`).toBe(0);
  const texts = (folder: string, extension: RegExp): readonly string[] =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true }).flatMap((entry) =>
      entry.isFile() && extension.test(entry.name) ? [readFileSync(path.join(entry.parentPath, entry.name), "utf8")] : [],
    );
  const rendered = ["app", "pages"].flatMap((folder) => texts(`.next/server/${folder}`, /\.(?:html|rsc|body)$|^(?!.*manifest).*\.json$/u));
  return [...texts(".next/static", /./u), ...rendered].join("\n");
}

/** What the rules report in the files of a part. */
function reportsOf(app: string, files: ProjectFiles): readonly string[] {
  const linter = new Linter({ configType: "flat", cwd: app });
  return Object.entries(files).flatMap(([name, text]) => {
    if (!/\.[jt]sx?$/u.test(name)) return [];
    const messages = linter.verify(
      text,
      {
        files: ["**"],
        languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
        plugins: { upstash: plugin },
        rules: Object.fromEntries(RULES.map((rule) => [`upstash/${rule}`, "error" as const])),
      },
      { filename: path.join(app, name) },
    );
    return messages.map(({ ruleId, message }) => `${name}: ${ruleId ?? "fatal"}: ${message}`);
  });
}

const limitations = readFileSync(path.join(repositoryRoot, "docs/limitations.md"), "utf8");

describe("an app of Next.js", () => {
  let bundle = "";
  let app = "";
  beforeAll(() => {
    app = project({ ...APP, ...own });
    bundle = build();
  }, 600_000);

  it("is taken apart enough, and each part is of another kind", () => {
    expect(parts.length).toBeGreaterThanOrEqual(25);
    expect(new Set(NEXT_VARIANTS.map(({ name }) => name)).size).toBe(parts.length);
    expect(new Set(NEXT_VARIANTS.map(({ files }) => JSON.stringify(files))).size).toBe(parts.length);
  });

  it.each(parts)("$name", ({ part, files, differs }) => {
    const isThere = bundle.includes(sentinel(part));
    const reports = reportsOf(app, files).join("\n");
    expect(reports).not.toMatch(/sentinel|fatal/u);
    if (differs === undefined) expect(reports !== "", `with browsers: ${String(isThere)}\n${reports}`).toBe(isThere);
    else {
      expect(reports !== "", "it no longer differs").toBe(!isThere);
      expect(limitations).toContain(`**${differs}**`);
    }
  });
});

import { readFileSync } from "node:fs";
import path from "node:path";
import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { build, type Plugin } from "vite";
import { expect, it } from "vitest";
import plugin from "../../src/index.ts";
import { project, repositoryRoot, type ProjectFiles } from "../helpers/project.ts";
import { PROJECT, SENTINEL, VARIANTS, type Variant } from "./variants.ts";

/*
 * What the rules say of small apps is compared with what Vite puts into their bundles: a secret is there if and only if a
 * rule reports, apart from the differences that docs/limitations.md names.
 */

const RULES = ["no-client-credentials", "no-client-import", "no-public-env-credentials"] as const;
const PUBLIC = "not-secret";
const DOTENV = [
  `UPSTASH_REDIS_REST_TOKEN=${SENTINEL}`,
  `VITE_UPSTASH_REDIS_REST_TOKEN=${SENTINEL}`,
  `VITE_UPSTASH_REDIS_REST_READ_ONLY_TOKEN=${PUBLIC}`,
  `VITE_UPSTASH_REDIS_REST_URL=${PUBLIC}`,
  `UPSTASH_REDIS_REST_URL=${PUBLIC}`,
  `APP_SITE=${PUBLIC}`,
].join("\n");

const filesOf = ({ main, files, entry = "src/main.ts" }: Variant): ProjectFiles => ({ ...PROJECT, [entry]: `"use client";\n${main}`, ".env": DOTENV, ...files });

/**
 * Gives the app's own code what it asks `process.env` for, as a `define` for each variable does. The SDKs are left alone:
 * their text names the variables that `fromEnv()` reads, used or not.
 */
const environment = (root: string): Plugin => ({
  name: "environment",
  enforce: "pre",
  transform(code, id) {
    if (!id.startsWith(root) || id.includes("node_modules")) return undefined;
    return code.replaceAll(/process\.env(?:\.(\w+)|\["(\w+)"\])/gu, (read, ...[by, key]: string[]) => {
      const name = by ?? key ?? "";
      if (name === "MODE") return read;
      return JSON.stringify(/TOKEN/u.test(name) ? SENTINEL : PUBLIC);
    });
  },
});

/** All code that a browser gets. */
async function bundleOf(root: string, { entry = "src/main.ts", files }: Variant): Promise<string> {
  const output = await build({
    root,
    configFile: files?.["vite.config.ts"] === undefined ? false : path.join(root, "vite.config.ts"),
    logLevel: "silent",
    plugins: [environment(root)],
    build: { write: false, minify: false, target: "esnext", rolldownOptions: { input: path.join(root, entry) } },
  });
  const bundles = Array.isArray(output) ? output : "output" in output ? [output] : [];
  return bundles.flatMap((bundle) => bundle.output.map((file) => (file.type === "chunk" ? file.code : String(file.source)))).join("\n");
}

/** What the rules report in the app's own files. */
function reportsOf(root: string, files: ProjectFiles): readonly string[] {
  const linter = new Linter({ configType: "flat", cwd: root });
  return Object.entries(files).flatMap(([name, text]) => {
    if (!/\.[jt]sx?$/u.test(name)) return [];
    const messages = linter.verify(
      text,
      {
        files: ["**"],
        languageOptions: { parser },
        plugins: { upstash: plugin },
        rules: Object.fromEntries(RULES.map((rule) => [`upstash/${rule}`, "error" as const])),
      },
      { filename: path.join(root, name) },
    );
    return messages.map(({ ruleId, message }) => `${name}: ${ruleId ?? "fatal"}: ${message}`);
  });
}

const limitations = readFileSync(path.join(repositoryRoot, "docs/limitations.md"), "utf8");

it("looks at enough apps, each of another kind", () => {
  expect(VARIANTS.length).toBeGreaterThanOrEqual(25);
  expect(new Set(VARIANTS.map(({ name }) => name)).size).toBe(VARIANTS.length);
  expect(new Set(VARIANTS.map(({ main, files, entry }) => JSON.stringify([main, files, entry]))).size).toBe(VARIANTS.length);
});

it.each(VARIANTS)("$name", async (variant) => {
  const files = filesOf(variant);
  const root = project(files);
  const isBundled = (await bundleOf(root, variant)).includes(SENTINEL);
  const reports = reportsOf(root, files);
  expect(reports.join("\n")).not.toContain(SENTINEL);
  expect(reports.join("\n")).not.toContain("fatal");
  if (variant.differs === undefined) {
    expect(reports.length > 0, `in the bundle: ${String(isBundled)}\n${reports.join("\n")}`).toBe(isBundled);
  } else {
    expect(reports.length > 0, "it no longer differs").toBe(!isBundled);
    expect(limitations).toContain(`**${variant.differs}**`);
  }
});

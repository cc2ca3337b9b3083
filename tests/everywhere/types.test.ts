import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { consumer, ESLINTS, installed, run, type EslintVersion } from "./consumer.ts";

/** TypeScript's versions, and the folder in whose node_modules each stands. */
const TYPESCRIPTS = { "5.9": "tests/versions/typescript-5.9", "6": ".", "7": "tests/versions/typescript-7" } as const;

/** All that users write with our types: as an ES module, and as CommonJS, where `require()` gives the plugin itself. */
const FILES = {
  "eslint.config.mts": `import { defineConfig } from "eslint/config";
import type { ESLint, Linter } from "eslint";
import upstash, { type PublicPreset, type PublicRule, type UpstashPlugin } from "eslint-plugin-upstash";

export default defineConfig([{ plugins: { upstash }, extends: ["upstash/recommended"], settings: { upstash: { rootDir: "." } } }]);
export const byObject = defineConfig(upstash.configs.recommended);
export const inArray = defineConfig([upstash.configs.strict, { extends: [upstash.configs.strict] }]);
export const aliased = defineConfig([{ plugins: { secure: upstash }, extends: ["secure/strict"] }]);
export const plain: Linter.Config[] = [upstash.configs.recommended];
export const plugin: ESLint.Plugin = upstash;
export const preset: PublicPreset = upstash.configs.strict;
export const rule: PublicRule | undefined = upstash.rules["no-plaintext-pii"];
export const version: string = (upstash satisfies UpstashPlugin).meta.version;
// @ts-expect-error -- there is no such preset
upstash.configs.nope;
`,
  "eslint.config.cts": `import type { Linter } from "eslint";
import upstash = require("eslint-plugin-upstash");
import byDefault from "eslint-plugin-upstash";

const config: Linter.Config[] = [upstash.configs.recommended, byDefault.configs.strict];
export = config;
`,
};

/** `strict` with and without the option that makes optional properties exact, resolved as Node.js and as bundlers do. */
const project = (options: object, include: readonly string[]): string =>
  JSON.stringify({ compilerOptions: { strict: true, noEmit: true, target: "ES2023", types: [], ...options }, include });

describe.each(Object.entries(TYPESCRIPTS))("TypeScript %s", (version, folder) => {
  const compiler = installed("typescript", folder);
  const tsc = path.join(compiler, "bin/tsc");

  it("is that version", () => {
    const { version: found } = JSON.parse(readFileSync(path.join(compiler, "package.json"), "utf8")) as { version: string };
    expect(found.split(".").slice(0, version.split(".").length).join(".")).toBe(version);
  });

  it.each(Object.keys(ESLINTS) as EslintVersion[])("accepts the published types beside ESLint %s", (eslint) => {
    const root = consumer({
      eslint,
      files: {
        ...FILES,
        "nodenext.json": project({ module: "nodenext", moduleResolution: "nodenext", exactOptionalPropertyTypes: true }, Object.keys(FILES)),
        "bundler.json": project({ module: "esnext", moduleResolution: "bundler" }, ["eslint.config.mts"]),
      },
    });
    for (const file of eslint === "10" ? ["nodenext.json", "bundler.json"] : ["nodenext.json"]) {
      const { stdout } = run([tsc, "--pretty", "false", "-p", file], { cwd: root });
      // our declarations are checked too; those of ESLint and what it brings are not ours
      expect(stdout.split("\n").filter((line) => /^(?:eslint\.config|node_modules\/eslint-plugin-upstash|error)/.test(line)), file).toEqual([]);
    }
  });
});

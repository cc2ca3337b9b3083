import { createRequire } from "node:module";
import path from "node:path";
import { ESLint, type Linter } from "eslint";
import { defineConfig } from "eslint/config";
import json from "@eslint/json";
import parser from "@typescript-eslint/parser";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import * as namespace from "../src/index.ts";
import { rules } from "../src/rules/index.ts";
import * as floor from "./eslint-floor/index.ts";
import { project, repositoryRoot } from "./helpers/project.ts";

const plugin = namespace.default;
const typescript = { files: ["**/*.ts"], languageOptions: { parser } };

/** What the presets should switch on, under the name that the user gave the plugin. */
const expected = (preset: "recommended" | "strict", prefix = "upstash"): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(rules).flatMap(([name, { meta }]) => {
      const { recommended, strict } = meta.docs;
      if (preset === "recommended" ? !recommended : !recommended && strict === false) return [];
      // ESLint completes an entry with the rule's defaults
      const option = preset === "strict" && typeof strict === "object" ? strict : {};
      const defaults = meta.defaultOptions?.[0];
      return [[`${prefix}/${name}`, [2, ...(defaults === undefined ? [] : [{ ...defaults, ...option }])]]];
    }),
  );

describe.each([
  ["10", ESLint, defineConfig],
  ["9.38", floor.ESLint as unknown as typeof ESLint, floor.defineConfig],
])("under ESLint %s", (version, Engine, define) => {
  it("runs that version", () => {
    expect(Engine.version.startsWith(version)).toBe(true);
  });

  const rulesFor = async (config: Linter.Config[], file = "lib/a.ts"): Promise<unknown> => {
    const cwd = project({ "lib/a.ts": "export {};\n", "lib/a.js": "export {};\n" });
    const eslint = new Engine({ cwd, overrideConfigFile: true, overrideConfig: config });
    const results = await eslint.lintFiles(["."]);
    expect(results.flatMap((result) => result.messages)).toEqual([]);
    // TypeScript is picked up although the user's config names no files
    expect(results.map((result) => path.basename(result.filePath)).sort()).toEqual(["a.js", "a.ts"]);
    const resolved = (await eslint.calculateConfigForFile(path.join(cwd, file))) as Linter.Config;
    return resolved.rules ?? {};
  };

  describe.each(["recommended", "strict"] as const)("upstash/%s", (preset) => {
    it("works by name", async () => {
      const config = define([typescript, { plugins: { upstash: plugin }, extends: [`upstash/${preset}`] }]);
      expect(await rulesFor(config)).toEqual(expected(preset));
    });
    it("works as an object", async () => {
      expect(await rulesFor(define(typescript, plugin.configs[preset]))).toEqual(expected(preset));
      expect(await rulesFor([typescript, plugin.configs[preset]])).toEqual(expected(preset));
    });
    it("works under another name", async () => {
      const config = define([typescript, { plugins: { secure: plugin }, extends: [`secure/${preset}`] }]);
      expect(await rulesFor(config)).toEqual(expected(preset, "secure"));
    });
    it("works twice in one config", async () => {
      const config = define([
        typescript,
        { plugins: { upstash: plugin }, extends: [`upstash/${preset}`] },
        plugin.configs[preset],
      ]);
      expect(await rulesFor(config)).toEqual(expected(preset));
    });
    it("applies to JavaScript too", async () => {
      expect(await rulesFor(define(typescript, plugin.configs[preset]), "lib/a.js")).toEqual(expected(preset));
    });
  });

  it("leaves files of other languages alone", async () => {
    const cwd = project({ "data.json": '{ "token": "x" }', "lib/a.js": "export {};\n" });
    const config = define([
      { files: ["**/*.json"], ignores: ["package.json", "tsconfig.json"], plugins: { json }, language: "json/json" },
      plugin.configs.strict,
    ] as Linter.Config[]);
    const eslint = new Engine({ cwd, overrideConfigFile: true, overrideConfig: config });
    const results = await eslint.lintFiles(["data.json", "lib/a.js"]);
    expect(results).toHaveLength(2);
    expect(results.flatMap((result) => result.messages)).toEqual([]);
  });

  it.each([
    [
      "a CommonJS config",
      "eslint.config.cjs",
      `const { defineConfig } = require("eslint/config");
       const upstash = require("eslint-plugin-upstash");
       module.exports = defineConfig([{ plugins: { upstash }, extends: ["upstash/strict"] }]);`,
    ],
    [
      "an ES module config",
      "eslint.config.mjs",
      `import { defineConfig } from "eslint/config";
       import upstash from "eslint-plugin-upstash";
       export default defineConfig([{ plugins: { upstash }, extends: ["upstash/strict"] }]);`,
    ],
    [
      "a namespace import",
      "eslint.config.mjs",
      `import { defineConfig } from "eslint/config";
       import * as plugin from "eslint-plugin-upstash";
       export default defineConfig([{ plugins: { upstash: plugin.default }, extends: ["upstash/strict"] }]);`,
    ],
    [
      "a typed config",
      "eslint.config.ts",
      `import { defineConfig } from "eslint/config";
       import upstash, { type UpstashPlugin } from "eslint-plugin-upstash";
       const plugin: UpstashPlugin = upstash;
       export default defineConfig([{ plugins: { upstash: plugin }, extends: ["upstash/strict"] }]);`,
    ],
  ])("the built package works in %s", async (_, name, text) => {
    const cwd = project({ [name]: text, "lib/a.js": "export {};\n" });
    const eslint = new Engine({ cwd });
    const results = await eslint.lintFiles(["lib"]);
    expect(results.flatMap((result) => result.messages)).toEqual([]);
    const resolved = (await eslint.calculateConfigForFile(path.join(cwd, "lib/a.js"))) as Linter.Config;
    expect(Object.keys(resolved.rules ?? {}).sort()).toEqual(Object.keys(expected("strict")).sort());
  });
});

describe("the module", () => {
  it("is the plugin by default, and nothing else", () => {
    expect(Object.keys(namespace).sort()).toEqual(["default", "module.exports"]);
    expect(namespace["module.exports"]).toBe(plugin);
  });
  it("holds itself in its presets", () => {
    expect(plugin.configs.recommended.plugins["upstash"]).toBe(plugin);
    expect(plugin.configs.strict.plugins["upstash"]).toBe(plugin);
  });
  it("is what require() gives", () => {
    const required = createRequire(path.join(project(), "x.cjs"))("eslint-plugin-upstash") as typeof plugin;
    expect(Object.keys(required).sort()).toEqual(["configs", "languages", "meta", "rules"]);
    expect(required.configs.strict.plugins["upstash"]).toBe(required);
  });
});

describe("the published types", () => {
  const config = `
    import { defineConfig } from "eslint/config";
    import type { ESLint, Linter } from "eslint";
    import upstash, { type UpstashPlugin } from "eslint-plugin-upstash";

    export default defineConfig([{ plugins: { upstash }, extends: ["upstash/recommended"] }]);
    export const byObject = defineConfig(upstash.configs.recommended);
    export const inArray = defineConfig([upstash.configs.strict, { extends: [upstash.configs.strict] }]);
    export const aliased = defineConfig([{ plugins: { secure: upstash }, extends: ["secure/strict"] }]);
    export const plain: Linter.Config[] = [upstash.configs.recommended];
    export const env = defineConfig([{ plugins: { upstash }, extends: ["upstash/recommended", "upstash/env"] }, upstash.configs.env]);
    export const plainEnv: Linter.Config[] = [...upstash.configs.env, ...upstash.configs["env-strict"]];
    export const plugin: ESLint.Plugin = upstash;
    export const version: string = (upstash satisfies UpstashPlugin).meta.version;
    // @ts-expect-error -- there is no such preset
    upstash.configs.nope;
  `;
  const newest = path.join(repositoryRoot, "node_modules/eslint/lib/types");
  it.each([
    ["10", false, newest],
    ["10", true, newest],
    ["9.38", false, floor.types],
    ["9.38", true, floor.types],
  ])("fit defineConfig of ESLint %s (exactOptionalPropertyTypes: %s)", (_, exact, types) => {
    const file = path.join(repositoryRoot, "tests/.virtual/eslint.config.ts");
    const options: ts.CompilerOptions = {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: [],
      strict: true,
      exactOptionalPropertyTypes: exact,
      noEmit: true,
      paths: { eslint: [`${types}/index.d.ts`], "eslint/config": [`${types}/config-api.d.ts`] },
    };
    const host = ts.createCompilerHost(options, true);
    const program = ts.createProgram([file], options, {
      ...host,
      fileExists: (name) => name === file || host.fileExists(name),
      readFile: (name) => (name === file ? config : host.readFile(name)),
      getSourceFile: (name, target) =>
        name === file ? ts.createSourceFile(name, config, target, true) : host.getSourceFile(name, target),
    });
    const errors = ts
      .getPreEmitDiagnostics(program)
      .filter((diagnostic) => !diagnostic.file?.fileName.includes("node_modules"))
      .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
    expect(errors).toEqual([]);
  });
});

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import js from "@eslint/js";
import json from "@eslint/json";
import { ESLint, type Linter } from "eslint";
import { defineConfig } from "eslint/config";
import toml from "eslint-plugin-toml";
import tseslint from "typescript-eslint";
import { describe, expect, it } from "vitest";
import plugin from "../../src/index.ts";
import { rules } from "../../src/rules/index.ts";
import * as floor from "../eslint-floor/index.ts";
import { redisToken } from "../helpers/fake-credentials.ts";
import { reportsOf } from "../helpers/lint-settings.ts";
import { repositoryRoot } from "../helpers/project.ts";
import { repository } from "../helpers/repository.ts";

const token = redisToken();
const files = {
  ".env": `UPSTASH_REDIS_REST_TOKEN=${token}\n`,
  "vercel.json": `{ "env": { "UPSTASH_REDIS_REST_TOKEN": "${token}" } }\n`,
  "wrangler.toml": `[vars]\nUPSTASH_REDIS_REST_TOKEN = "${token}"\n`,
  "lib/a.ts": `export const token: string = process.env.UPSTASH_REDIS_REST_TOKEN!;\n`,
  "lib/b.js": "export {};\n",
};
const found = [".env 1:26", "vercel.json 1:41", "wrangler.toml 2:29"];

describe.each([
  ["10", ESLint, defineConfig],
  ["9.38", floor.ESLint as unknown as typeof ESLint, floor.defineConfig],
])("upstash/env under ESLint %s", (_, Engine, define) => {
  const lint = async (config: Linter.Config[]): Promise<string[]> => {
    const root = repository(files, Object.keys(files));
    const results = await new Engine({ cwd: root, overrideConfigFile: true, overrideConfig: config, ignorePatterns: ["package.json", "tsconfig.json"] }).lintFiles(["."]);
    return results.flatMap(({ filePath, messages }) =>
      messages.map(({ line, column, ruleId, message }) => `${path.relative(root, filePath)} ${String(line)}:${String(column)}${ruleId === "upstash/no-hardcoded-credentials" ? "" : ` ${message}`}`),
    );
  };

  it("works by name", async () => {
    expect(await lint(define([{ plugins: { upstash: plugin }, extends: ["upstash/env"] }]))).toEqual(found);
  });
  it("works as an object, and twice", async () => {
    expect(await lint(define(plugin.configs.env as Linter.Config[], plugin.configs["env-strict"] as Linter.Config[]))).toEqual(found);
  });
  it("works under another name", async () => {
    const config = define([{ plugins: { secure: plugin }, extends: ["secure/env-strict"] }]);
    const reports = await lint(config);
    expect(reports.map((report) => report.split(" ").slice(0, 2).join(" "))).toEqual(found);
  });
  it("works beside presets for scripts that name no files", async () => {
    const config = define([js.configs.recommended, tseslint.configs.recommended, { plugins: { upstash: plugin }, extends: ["upstash/strict", "upstash/env"] }, { rules: { "no-undef": "off" } }]);
    expect((await lint(config)).filter((report) => !report.startsWith("lib/a.ts"))).toEqual(found);
  });
  it("works beside every rule of ESLint itself", async () => {
    expect((await lint([js.configs.all, tseslint.configs.base as Linter.Config, ...(plugin.configs.env as Linter.Config[])])).filter((report) => !report.startsWith("lib/"))).toEqual(found);
  });
  it.each(["before", "after"])("works where other configs for JSON and TOML stand %s it", async (place) => {
    const own = [
      { files: ["**/*.json"], plugins: { json }, language: "json/json", rules: { "json/no-duplicate-keys": "error" } },
      { files: ["**/*.toml"], plugins: { toml }, language: "toml/toml", rules: { "toml/no-mixed-type-in-array": "error" } },
    ] as unknown as Linter.Config[];
    const env = plugin.configs.env as Linter.Config[];
    expect(await lint(place === "before" ? [...own, ...env] : [...env, ...own])).toEqual(found);
  });
});

describe("the presets for settings", () => {
  it("hold the rules that have something to say about them", () => {
    const named = (preset: "env" | "env-strict"): string[] =>
      Object.entries(plugin.configs[preset][0]?.rules ?? {}).filter(([name, severity]) => name.startsWith("upstash/") && severity !== "off").map(([name]) => name.slice("upstash/".length));
    expect(named("env")).toEqual(Object.values(rules).filter(({ readsConfigFiles, meta }) => readsConfigFiles && meta.docs.recommended).map(({ name }) => name));
    expect(named("env-strict")).toEqual(Object.values(rules).filter(({ readsConfigFiles }) => readsConfigFiles).map(({ name }) => name));
    expect(named("env")).toContain("no-hardcoded-credentials");
  });

  it("are made once, of the plugin itself", () => {
    expect(plugin.configs.env).toBe(plugin.configs.env);
    for (const { plugins, name } of [...plugin.configs.env, ...plugin.configs["env-strict"]]) {
      expect(plugins["upstash"]).toBe(plugin);
      expect(name).toMatch(/^upstash\/env(?:-strict)?\/(?:dotenv|json|toml)$/);
    }
  });

  it("read JSON to its end, a comment that ends the file with a backslash included", async () => {
    const named = { "vercel.json": `${files["vercel.json"]}// C:\\` };
    expect(await reportsOf(repository(named, Object.keys(named)), {})).toEqual(["vercel.json:1:41 no-hardcoded-credentials/tracked"]);
  });

  it("follow what git does with a file in a process that goes on", async () => {
    const root = repository({ ".env": files[".env"] }, []);
    expect(await reportsOf(root, {})).toEqual([".env:1:26 no-hardcoded-credentials/unignored"]);
    writeFileSync(path.join(root, ".gitignore"), ".env\n");
    expect(await reportsOf(root, {})).toEqual([]);
  });

  it("reach files of their own names alone", async () => {
    const named = { "config.json": files["vercel.json"], "pyproject.toml": files["wrangler.toml"], "src/env.d.ts": "", ".env": "A=1" };
    expect(await reportsOf(repository(named, Object.keys(named)), {})).toEqual([]);
  });
});

describe("without the packages that read JSON and TOML", () => {
  /** An installation of the built plugin with its dependencies and nothing else. */
  const install = (extra: readonly string[]): string => {
    const root = mkdtempSync(path.join(os.tmpdir(), "upstash-env-"));
    const at = path.join(root, "node_modules/eslint-plugin-upstash");
    mkdirSync(at, { recursive: true });
    for (const name of ["dist", "package.json"]) cpSync(path.join(repositoryRoot, name), path.join(at, name), { recursive: true });
    const { dependencies } = JSON.parse(readFileSync(path.join(repositoryRoot, "package.json"), "utf8")) as { dependencies: object };
    for (const name of [...Object.keys(dependencies), ...extra]) {
      const link = path.join(root, "node_modules", name);
      mkdirSync(path.dirname(link), { recursive: true });
      symlinkSync(path.join(repositoryRoot, "node_modules", name), link, "junction");
    }
    return root;
  };
  const run = (root: string, code: string): unknown => {
    writeFileSync(path.join(root, "run.mjs"), code);
    return JSON.parse(execFileSync(process.execPath, [path.join(root, "run.mjs")], { encoding: "utf8" }));
  };

  it.each([
    [[], ["dotenv"]],
    [["@eslint/json"], ["dotenv", "json"]],
    [["eslint-plugin-toml"], ["dotenv", "toml"]],
  ])("covers what there is with %j", (extra, formats) => {
    const names = run(install(extra), 'import upstash from "eslint-plugin-upstash"; console.log(JSON.stringify(upstash.configs.env.map(({ name }) => name)));');
    expect(names).toEqual(formats.map((format) => `upstash/env/${format}`));
  });

  it("loads none of it with the plugin", () => {
    const loaded = run(
      install(["@eslint/json", "eslint-plugin-toml"]),
      `import { createRequire } from "node:module";
       const require = createRequire(import.meta.url);
       const names = [];
       const Module = require("node:module");
       const load = Module._load;
       Module._load = function (name, ...rest) { names.push(name); return load.call(this, name, ...rest); };
       const { default: upstash } = await import("eslint-plugin-upstash");
       const before = [...names];
       void upstash.configs.recommended.rules;
       void upstash.configs.env;
       console.log(JSON.stringify({ before, after: names.filter((name) => /^(?:@eslint\\/json|eslint-plugin-toml|@eslint\\/plugin-kit)$/.test(name)) }));`,
    );
    expect(loaded).toEqual({ before: [], after: ["@eslint/json", "eslint-plugin-toml"] });
  });
});

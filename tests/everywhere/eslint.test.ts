import { describe, expect, it } from "vitest";
import { app, FINDINGS } from "./app.ts";
import { consumer, ESLINTS, findings, runEslint, type EslintVersion } from "./consumer.ts";

/** The ways to write a configuration, in each of which the preset is named in `extends`. */
const CONFIGS: Readonly<Record<string, string>> = {
  "eslint.config.mjs": `import { defineConfig } from "eslint/config";
import parser from "@typescript-eslint/parser";
import upstash from "eslint-plugin-upstash";
export default defineConfig([
  { files: ["**/*.{ts,tsx}"], languageOptions: { parser } },
  { plugins: { upstash }, extends: ["upstash/recommended"] },
]);
`,
  "eslint.config.cjs": `const { defineConfig } = require("eslint/config");
const parser = require("@typescript-eslint/parser");
const upstash = require("eslint-plugin-upstash");
module.exports = defineConfig([
  { files: ["**/*.{ts,tsx}"], languageOptions: { parser } },
  { plugins: { upstash }, extends: ["upstash/recommended"] },
]);
`,
  "eslint.config.ts": `import type { Linter } from "eslint";
import { defineConfig } from "eslint/config";
import parser from "@typescript-eslint/parser";
import upstash, { type UpstashPlugin } from "eslint-plugin-upstash";
const plugin: UpstashPlugin = upstash;
const typescript: Linter.Config = { files: ["**/*.{ts,tsx}"], languageOptions: { parser } };
export default defineConfig([typescript, { plugins: { secure: plugin }, extends: ["secure/recommended"] }]);
`,
  "eslint.config.cts": `import type { Linter } from "eslint";
import parser = require("@typescript-eslint/parser");
import upstash = require("eslint-plugin-upstash");
const config: Linter.Config[] = [{ files: ["**/*.{ts,tsx}"], languageOptions: { parser } }, upstash.configs.recommended];
module.exports = config;
`,
};

/** jiti compiles a plugin that a .cts file requires: seconds for each project here, once for each version of it elsewhere. */
const SLOW = { file: "eslint.config.cts", versions: ["9.38", "10"] };

describe.each(Object.keys(ESLINTS) as EslintVersion[])("ESLint %s with the packed plugin", (eslint) => {
  const configs = Object.entries(CONFIGS).filter(([name]) => name !== SLOW.file || SLOW.versions.includes(eslint));
  it.each(configs)("lints by %s", (name, text) => {
    const root = consumer({ eslint, files: { [name]: text, ...app("ts") }, packages: ["@typescript-eslint/parser"] });
    expect(runEslint(root, ["--version"]).stdout).toMatch(new RegExp(`^v${eslint.replace(".", "\\.")}\\.`));
    const expected = FINDINGS.map((line) => (text.includes("secure/") ? line.replace("upstash/", "secure/") : line));
    expect(findings(root, ["app", "components", "lib"])).toEqual(expected);
  });
});

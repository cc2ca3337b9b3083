import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";
import plugin from "../../src/index.ts";
import { writeFiles, type ProjectFiles } from "../helpers/project.ts";
import { repositoryRoot } from "../helpers/root.ts";
import { app, FINDINGS } from "./app.ts";
import { consumer, eslintBin, findings, installed, listed, run, runEslint } from "./consumer.ts";

const page = readFileSync(path.join(repositoryRoot, "docs/ci.md"), "utf8");

/** Code blocks of docs/ci.md by the words behind their three backticks. */
const blocks = (info: string): readonly string[] =>
  page.split(/^```/mu).filter((part) => part.startsWith(`${info}\n`)).map((part) => part.slice(info.length + 1));

const config = (preset = 'extends: ["upstash/recommended"]'): string => `import { defineConfig } from "eslint/config";
import parser from "@typescript-eslint/parser";
import upstash from "eslint-plugin-upstash";
export default defineConfig([
  { files: ["**/*.{ts,tsx}"], languageOptions: { parser } },
  { plugins: { upstash }, ${preset} },
]);
`;

const withApp = (files: ProjectFiles = {}): string =>
  consumer({
    files: { "eslint.config.mjs": config(), ...app("ts"), ...files },
    packages: ["@typescript-eslint/parser", "@microsoft/eslint-formatter-sarif"],
  });

const CLEAN = 'import { Redis } from "@upstash/redis";\nexport const redis = Redis.fromEnv();\n';
const RULES = [...new Set(FINDINGS.map((line) => line.split(" ")[2]!))];

describe("a formatter", () => {
  const root = withApp();

  it("stylish shows each finding with its rule", () => {
    const { status, stdout } = runEslint(root, ["."]);
    expect(status).toBe(1);
    for (const rule of RULES) expect(stdout).toContain(rule);
    expect(stdout).toContain("4 problems (4 errors, 0 warnings)");
    expect(stdout).toContain("1 error and 0 warnings potentially fixable");
  });

  it("json holds messages, places, fixes and suggestions", () => {
    const { stdout } = runEslint(root, [".", "--format", "json"]);
    expect(stdout).toContain('"suggestions":[');
    expect(stdout).toContain('"fix":{');
  });

  it("json-with-metadata tells pages and weaknesses", () => {
    const { metadata } = JSON.parse(runEslint(root, [".", "--format", "json-with-metadata"]).stdout) as {
      metadata: { rulesMeta: Record<string, { docs: { url: string; cwe: string[] } }> };
    };
    for (const rule of RULES) {
      const { meta } = plugin.rules[rule.replace("upstash/", "")]!;
      expect(metadata.rulesMeta[rule]?.docs).toMatchObject({ url: meta.docs.url, cwe: meta.docs.cwe });
    }
  });

  it("SARIF describes rules with their pages and weaknesses", () => {
    const { status, stdout, stderr } = runEslint(root, [".", "--format", "@microsoft/eslint-formatter-sarif"]);
    expect(stderr).toBe("");
    expect(status).toBe(1);
    const { runs } = JSON.parse(stdout) as {
      runs: [{ tool: { driver: { rules: { id: string; helpUri: string; shortDescription: { text: string }; properties: { category: string } }[] } }; results: { ruleId: string; level: string }[] }];
    };
    const [{ tool, results }] = runs;
    expect(results.map(({ ruleId }) => ruleId).sort()).toEqual(FINDINGS.map((line) => line.split(" ")[2]).sort());
    expect(tool.driver.rules.map(({ id }) => id).sort()).toEqual([...RULES].sort());
    for (const { id, helpUri, shortDescription, properties } of tool.driver.rules) {
      const { docs } = plugin.rules[id.replace("upstash/", "")]!.meta;
      expect(helpUri).toBe(docs.url);
      expect(shortDescription.text).toBe(docs.description);
      expect(properties.category).toMatch(/^CWE-\d+(?:, CWE-\d+)*$/);
      expect(properties.category.split(", ")).toEqual(docs.cwe);
    }
  });
});

describe("the command line", () => {
  it("--max-warnings fails on findings that are warnings", () => {
    const warn = Object.fromEntries(RULES.map((rule) => [rule, "warn"]));
    const root = withApp({ "eslint.config.mjs": config(`rules: ${JSON.stringify(warn)}`) });
    expect(runEslint(root, ["."]).status).toBe(0);
    expect(runEslint(root, [".", "--max-warnings", "4"]).status).toBe(0);
    expect(runEslint(root, [".", "--max-warnings", "0"]).status).toBe(1);
  });

  it("--concurrency finds the same", () => {
    const root = withApp();
    expect(findings(root, [".", "--concurrency", "2"])).toEqual(FINDINGS);
  });

  it("--suppress-all records what is there, and tells what is new", () => {
    const root = withApp();
    expect(runEslint(root, [".", "--suppress-all"]).status).toBe(0);
    const recorded = JSON.parse(readFileSync(path.join(root, "eslint-suppressions.json"), "utf8")) as Record<string, Record<string, { count: number }>>;
    expect(Object.values(recorded).flatMap((rules) => Object.keys(rules)).sort()).toEqual(FINDINGS.map((line) => line.split(" ")[2]).sort());
    expect(runEslint(root, [".", "--max-warnings", "0"])).toMatchObject({ status: 0, stdout: "" });
    writeFiles(root, { "lib/new.ts": app("ts")["lib/legacy.ts"]! });
    expect(findings(root)).toEqual(["lib/new 2 upstash/require-tls"]);
    writeFiles(root, { "lib/new.ts": CLEAN, "lib/legacy.ts": CLEAN });
    expect(runEslint(root, ["."]).status).toBe(2);
    expect(runEslint(root, [".", "--prune-suppressions"]).status).toBe(0);
    expect(readFileSync(path.join(root, "eslint-suppressions.json"), "utf8")).not.toContain("require-tls");
  });
});

describe("--cache", () => {
  const cached = (root: string): readonly string[] => findings(root, [".", "--cache", "--cache-strategy", "content"]);
  const mended = "export const redis = new Map<string, string>();\n";
  const without = FINDINGS.filter((line) => !line.startsWith("app/"));

  it("does not see that another file has changed, as the page says", () => {
    const root = withApp();
    expect(cached(root)).toEqual(FINDINGS);
    writeFiles(root, { "lib/redis.ts": mended });
    expect(cached(root)).toEqual(FINDINGS);
    expect(findings(root)).toEqual(without);
  });

  it("sees it with the fingerprint that the page shows", () => {
    const [example = ""] = blocks("js");
    expect(example).toContain("fingerprint(");
    // the app of this test has TypeScript
    const text = example
      .replace('import upstash', 'import parser from "@typescript-eslint/parser";\nimport upstash')
      .replace("defineConfig([", 'defineConfig([\n  { files: ["**/*.{ts,tsx}"], languageOptions: { parser } },');
    const root = withApp({ "eslint.config.mjs": text });
    expect(cached(root)).toEqual(FINDINGS);
    expect(existsSync(path.join(root, ".eslintcache"))).toBe(true);
    expect(cached(root)).toEqual(FINDINGS);
    writeFiles(root, { "lib/redis.ts": mended });
    expect(cached(root)).toEqual(without);
    writeFiles(root, { "lib/redis.ts": CLEAN });
    expect(cached(root)).toEqual(FINDINGS);
  });
});

/** Commands as people type them find what the project has installed. */
function withBin(root: string): NodeJS.ProcessEnv {
  const bin = path.join(root, "node_modules/.bin");
  mkdirSync(bin, { recursive: true });
  symlinkSync(eslintBin(root), path.join(bin, "eslint"));
  symlinkSync(path.join(installed("lint-staged", "tests/everywhere"), "bin/lint-staged.js"), path.join(bin, "lint-staged"));
  const who = { GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@example.test", GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@example.test" };
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")));
  return Object.assign(env as NodeJS.ProcessEnv, who, { PATH: `${bin}${path.delimiter}${process.env["PATH"] ?? ""}` });
}

// the recipes are for a shell
describe.skipIf(process.platform === "win32")("the recipes of docs/ci.md", () => {
  it("workflows: what they run of ESLint finds what is there", () => {
    const root = withApp({ "node_modules/.keep": "" });
    const env = withBin(root);
    const workflows = blocks("yaml workflow");
    expect(workflows).toHaveLength(2);
    const commands = workflows.flatMap((text) => [...text.matchAll(/- run: (npx eslint .+)$/gmu)].map(([, command = ""]) => command));
    expect(commands).toHaveLength(2);
    for (const command of commands) {
      expect(spawnSync("sh", ["-c", command.replace("npx ", "npx --no-install ")], { cwd: root, env, encoding: "utf8" }).status, command).toBe(1);
    }
    const log = JSON.parse(readFileSync(path.join(root, "eslint.sarif"), "utf8")) as { runs: [{ results: unknown[] }] };
    expect(log.runs[0].results).toHaveLength(FINDINGS.length);
  });

  it("before a commit: lint-staged lets nothing through that has findings", () => {
    const root = withApp();
    const env = withBin(root);
    const [recipe = ""] = blocks("json lint-staged");
    const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as object;
    const hook = /^echo "(?<command>.+)" > \.husky\/pre-commit$/mu.exec(page)?.groups?.["command"] ?? "";
    expect(hook).toBe("npx lint-staged");
    writeFiles(root, {
      "package.json": JSON.stringify({ ...manifest, ...(JSON.parse(recipe) as object) }),
      ".gitignore": "node_modules\n",
      ".husky/pre-commit": `#!/bin/sh\n${hook.replace("npx", "npx --no-install")}\n`,
    });
    const git = (...args: string[]) => spawnSync("git", args, { cwd: root, env, encoding: "utf8" });
    git("init", "--quiet");
    // what `husky init` does, but for its own folder
    execFileSync("chmod", ["+x", ".husky/pre-commit"], { cwd: root });
    git("config", "core.hooksPath", ".husky");
    git("add", "package.json", ".gitignore", "eslint.config.mjs", "tsconfig.json", "lib/redis.ts");
    expect(git("commit", "--quiet", "-m", "sound").status).toBe(0);
    git("add", "lib/legacy.ts");
    const { status, stderr } = git("commit", "--quiet", "-m", "insecure");
    expect(stderr).toContain("upstash/require-tls");
    expect(status).toBe(1);
    expect(git("log", "--oneline").stdout.trim().split("\n")).toHaveLength(1);
    runEslint(root, ["--fix", "lib/legacy.ts"]);
    git("add", "lib/legacy.ts");
    expect(git("commit", "--quiet", "-m", "mended").status).toBe(0);
  });
});

describe("results that another tool makes of ESLint's API", () => {
  it("are those of the command line", () => {
    const root = withApp();
    const code = `import { ESLint } from "eslint";
const results = await new ESLint({ cwd: process.argv[2] }).lintFiles(["."]);
console.log(JSON.stringify(results));`;
    writeFiles(root, { "lint.mjs": code });
    const { stdout } = run([path.join(root, "lint.mjs"), root], { cwd: path.dirname(root) });
    expect(listed(root, JSON.parse(stdout) as Parameters<typeof listed>[1])).toEqual(FINDINGS);
  });
});

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { repositoryRoot } from "../helpers/project.ts";

/* `npm run new-rule` in a copy of the repository. */

const copy = realpathSync(mkdtempSync(path.join(os.tmpdir(), "upstash-new-rule-")));
for (const name of ["package.json", "package-lock.json", "tsconfig.json", "vitest.config.ts", "scripts", "src", "tests"]) {
  cpSync(path.join(repositoryRoot, name), path.join(copy, name), {
    recursive: true,
    filter: (source) => !source.includes("fixtures"),
  });
}
symlinkSync(path.join(repositoryRoot, "node_modules"), path.join(copy, "node_modules"), "junction");
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const newRule = (...args: string[]) =>
  spawnSync(process.execPath, [path.join(copy, "scripts/new-rule.mjs"), ...args], { encoding: "utf8" });
const read = (file: string): string => readFileSync(path.join(copy, file), "utf8");

it("writes a rule, its test and its page, and lists the rule", () => {
  const { status, stderr } = newRule("no-sample-thing");
  expect(stderr).toBe("");
  expect(status).toBe(0);
  for (const file of ["src/rules/no-sample-thing.ts", "tests/rules/no-sample-thing.test.ts", "docs/rules/no-sample-thing.md"]) {
    expect(read(file), file).not.toContain("__");
  }
  expect(read("src/rules/no-sample-thing.ts")).toContain('name: "no-sample-thing"');
  expect(read("src/rules/index.ts")).toContain('import noSampleThing from "./no-sample-thing.ts";');
  expect(read("src/rules/index.ts")).toContain('"no-sample-thing": noSampleThing,');
});

it("writes a test that passes", () => {
  const output = execFileSync(
    process.execPath,
    [path.join(repositoryRoot, "node_modules/vitest/vitest.mjs"), "run", "tests/rules/no-sample-thing.test.ts"],
    { cwd: copy, encoding: "utf8" },
  );
  expect(output).toMatch(/^4 passed, 0 failed, 0 skipped$/m);
});

it("overwrites nothing", () => {
  const before = read("src/rules/no-sample-thing.ts");
  const { status, stderr } = newRule("no-sample-thing");
  expect(status).toBe(1);
  expect(stderr).toContain("exists already");
  expect(read("src/rules/no-sample-thing.ts")).toBe(before);
});

it.each([[], ["Sample"], ["sample-thing"], ["no-"], ["no-sample/../../x"]])("refuses the name %j", (...args) => {
  const { status, stderr } = newRule(...args);
  expect(status).toBe(1);
  expect(stderr).toContain("Usage:");
});

import { spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { repositoryRoot } from "../helpers/project.ts";

const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), "upstash-hanging-")));
symlinkSync(path.join(repositoryRoot, "node_modules"), path.join(folder, "node_modules"), "junction");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A run of its own over one test, given 3 seconds. */
function run(body: string) {
  writeFileSync(path.join(folder, "one.test.js"), `import { expect, it } from "vitest";\nit("one", () => { ${body} });\n`);
  const reporter = path.join(repositoryRoot, "scripts/end-hanging-run.mjs");
  writeFileSync(path.join(folder, "vitest.config.mjs"), `export default { test: { reporters: [[${JSON.stringify(reporter)}, { patience: 3000 }]] } };\n`);
  return spawnSync(process.execPath, [path.join(repositoryRoot, "node_modules/vitest/vitest.mjs"), "run"], { cwd: folder, encoding: "utf8", timeout: 60_000 });
}

it("ends a run whose test never ends, and names its file", () => {
  const { status, stderr } = run("for (;;);");
  expect(stderr).toContain("No test has ended for 3 s. Running: one.test.js");
  expect(status).toBe(1);
});

it("lets other runs be", () => {
  const { status, stderr } = run("expect(1).toBe(1);");
  expect(stderr).not.toContain("No test has ended");
  expect(status).toBe(0);
});

/*
 * Brings what is generated up to date: src/rules/index.ts, a page for every rule that has none, the header and options
 * list of each page, the states in docs/guidelines.md, and the README's rule table. With --check nothing is written, and drift ends with exit code 1.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { updateGuidelines } from "./guidelines.mjs";
import { updateRulesIndex, ruleNames } from "./rules-index.mjs";
import { npm, root } from "./setup.mjs";
import { writeFromTemplate } from "./templates.mjs";

const check = process.argv.includes("--check");

if (!updateRulesIndex({ check })) {
  console.error("src/rules/index.ts is out of date: run `npm run docs:update`.");
  process.exit(1);
}
if (!updateGuidelines({ check })) {
  console.error("docs/guidelines.md is out of date: run `npm run docs:update`.");
  process.exit(1);
}
if (!check) {
  for (const name of ruleNames()) {
    if (!existsSync(path.join(root, `docs/rules/${name}.md`))) writeFromTemplate("rule.md", `docs/rules/${name}.md`, name);
  }
}

// the generator reads the rules from the built plugin
npm("run", "build", "--silent");

const generator = path.join(root, "node_modules/eslint-doc-generator/dist/bin/eslint-doc-generator.js");
const { status } = spawnSync(process.execPath, [generator, ...(check ? ["--check"] : [])], { cwd: root, stdio: "inherit" });
process.exitCode = status ?? 1;

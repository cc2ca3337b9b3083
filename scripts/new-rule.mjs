/* `npm run new-rule NAME`: writes the rule, its test and its page from templates, and refreshes src/rules/index.ts. */
import process from "node:process";
import { RULE_NAME, updateRulesIndex } from "./rules-index.mjs";
import { writeFromTemplate } from "./templates.mjs";

const name = process.argv[2];
if (name === undefined || !RULE_NAME.test(name)) {
  console.error("Usage: npm run new-rule NAME, where NAME is kebab-case and begins with no-, prefer- or require-.");
  process.exit(1);
}

const files = [
  ["rule.ts.txt", `src/rules/${name}.ts`],
  ["rule.test.ts.txt", `tests/rules/${name}.test.ts`],
  ["rule.md", `docs/rules/${name}.md`],
];
try {
  for (const [template, target] of files) {
    writeFromTemplate(template, target, name);
    console.log(`wrote ${target}`);
  }
  updateRulesIndex();
  console.log("updated src/rules/index.ts");
  console.log("Next: write the policy, its cases and its page, then run `npm run docs:update` and `npm test`.");
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

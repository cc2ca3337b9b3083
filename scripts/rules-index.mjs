/* Writes src/rules/index.ts from the files of src/rules: one file, one rule, no list to keep by hand. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./setup.mjs";

const folder = path.join(root, "src/rules");
const indexFile = path.join(folder, "index.ts");

/** The first word of a rule's name; a file of src/rules with another name is a helper, not a rule. */
export const RULE_NAME = /^(?:no|prefer|require)(?:-[a-z0-9]+)+$/;

/** `no-client-credentials` -> `noClientCredentials` */
export const camelCase = (name) => name.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase());

/** The names of the rules that have a file, in alphabetical order. */
export const ruleNames = () =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => path.basename(file, ".ts"))
    .filter((name) => RULE_NAME.test(name))
    .sort();

/** A rule is its file's default export, or its one `export const … = createRule(…)`. */
function importOf(name) {
  const text = readFileSync(path.join(folder, `${name}.ts`), "utf8");
  const local = camelCase(name);
  if (/^export default /m.test(text) || / as default\b/.test(text)) return `import ${local} from "./${name}.ts";`;
  const exported = /^export const (\w+)\b[^=]*= createRule\b/m.exec(text)?.[1];
  if (exported === undefined) throw new Error(`src/rules/${name}.ts exports no rule: write "export default createRule(…)".`);
  return `import { ${exported === local ? local : `${exported} as ${local}`} } from "./${name}.ts";`;
}

const indexText = () => {
  const names = ruleNames();
  const entries = names.map((name) => `  "${name}": ${camelCase(name)},\n`).join("");
  return `// Written by \`npm run docs:update\` from the files of this folder: do not edit.
import type { UpstashRule } from "../create-rule.ts";
${names.map((name) => `${importOf(name)}\n`).join("")}
/** Every rule of the plugin, by name. */
export const rules: Record<string, UpstashRule> = {${entries === "" ? "" : `\n${entries}`}};
`;
};

/** Whether src/rules/index.ts is what it should be; writes it unless `check` is set. */
export function updateRulesIndex({ check = false } = {}) {
  const text = indexText();
  if (readFileSync(indexFile, "utf8") === text) return true;
  if (check) return false;
  writeFileSync(indexFile, text);
  return true;
}

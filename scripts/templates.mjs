/* Fills the templates of scripts/templates with a rule's name. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { camelCase } from "./rules-index.mjs";
import { root } from "./setup.mjs";

/** Writes `target` from a template; throws when the file exists, so that work is never overwritten. */
export function writeFromTemplate(template, target, name) {
  const file = path.join(root, target);
  if (existsSync(file)) throw new Error(`${target} exists already.`);
  const text = readFileSync(path.join(root, "scripts/templates", template), "utf8");
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text.replaceAll("__NAME__", name).replaceAll("__CAMEL__", camelCase(name)));
}

/* Marks in docs/guidelines.md which rules of the plan are there: a rule is, when src/rules has its file. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ruleNames } from "./rules-index.mjs";
import { root } from "./setup.mjs";

const pageFile = path.join(root, "docs/guidelines.md");
const ROW = /^\| (?:\[`(?<linked>[a-z-]+)`\]\([^)]*\)|`(?<plain>[a-z-]+)`) *\| (?:\*\*there\*\*|\*planned\*) *\| (?<preset>[RS]) *\| (?<text>[^|]*)\|$/u;

/** The page with the state of every rule in its row, and each table's columns in line. */
function pageText(text) {
  const there = new Set(ruleNames());
  const lines = text.split("\n");
  for (let start = 0; start < lines.length; start++) {
    if (!/^\| rule +\| state/u.test(lines[start])) continue;
    let end = start + 2;
    while (ROW.test(lines[end] ?? "")) end++;
    const rows = lines.slice(start + 2, end).map((line) => {
      const { linked, plain, preset, text: about } = ROW.exec(line).groups;
      const text = about.trim();
      const name = linked ?? plain;
      return there.has(name) ? [`[\`${name}\`](rules/${name}.md)`, "**there**", preset, text] : [`\`${name}\``, "*planned*", preset, text];
    });
    const table = [["rule", "state", "preset", "what it is for"], ...rows];
    const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((cells) => cells[column].length)));
    const written = table.map((cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`);
    lines.splice(start, end - start, written[0], `| ${widths.map((width) => `:${"-".repeat(width - 1)}`).join(" | ")} |`, ...written.slice(1));
    start += written.length;
  }
  return lines.join("\n");
}

/** Whether docs/guidelines.md is what it should be; writes it unless `check` is set. */
export function updateGuidelines({ check = false } = {}) {
  const text = readFileSync(pageFile, "utf8");
  const updated = pageText(text);
  if (text === updated) return true;
  if (check) return false;
  writeFileSync(pageFile, updated);
  return true;
}

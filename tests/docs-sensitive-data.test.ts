import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { classifyName, TAXONOMY, type SensitiveCategory } from "../src/model/data/sensitive-names.ts";
import type { TaxonomyRow } from "../src/model/data/sensitive/types.ts";
import { repositoryRoot } from "./helpers/project.ts";

const file = path.join(repositoryRoot, "docs/sensitive-data.md");
const BEGIN = /<!-- begin generated taxonomy: .* -->\n/u;
const END = "<!-- end generated taxonomy -->";

const CATEGORIES: Readonly<Record<SensitiveCategory, string>> = {
  contact: "Contact: how a person is reached",
  identity: "Identity: who a person is",
  government: "Government: numbers that a state gives",
  financial: "Financial: cards, accounts and income",
  health: "Health: bodies and minds",
  location: "Location: where a person is",
  credentials: "Credentials: what opens doors",
  session: "Session: who is signed in",
};

/** Names are written as words; code writes them as one. */
const spelt = (name: string): string => name.replaceAll(/ (\S)/gu, (_, letter: string) => letter.toUpperCase());

function tableOf(rows: readonly TaxonomyRow[]): string {
  const kinds = [...new Set(rows.map(({ label }) => label))];
  const cells = kinds.map((kind) => {
    const names = (strength: TaxonomyRow["strength"]): string =>
      rows.filter((row) => row.label === kind && row.strength === strength).flatMap((row) => row.names.map((name) => `\`${spelt(name)}\``)).join(", ") || "–";
    return `| ${kind} | ${names("strong")} | ${names("weak")} |`;
  });
  return ["| kind | says it alone | says it together |", "| :--- | :--- | :--- |", ...cells].join("\n");
}

const generated = Object.entries(CATEGORIES)
  .map(([category, title]) => `\n### ${title}\n\n${tableOf(TAXONOMY.filter((row) => row.category === category))}\n`)
  .join("");

describe("the page of sensitive data", () => {
  const text = readFileSync(file, "utf8");
  const begin = BEGIN.exec(text);
  const start = (begin?.index ?? 0) + (begin?.[0].length ?? 0);
  const end = text.indexOf(END);

  it("has the taxonomy as it is", () => {
    if (process.env["UPDATE_DOCS"]) writeFileSync(file, `${text.slice(0, start)}${generated}\n${text.slice(end)}`);
    else expect(text.slice(start, end)).toBe(`${generated}\n`);
  });

  const lookAlikes = /## What only looks like it\n([\s\S]*?)\n## /u.exec(text)?.[1] ?? "";
  const names = [...lookAlikes.matchAll(/^\|.*\|$/gmu)].flatMap(([row]) => [...row.matchAll(/`([^`]+)`/gu)].map(([, name = ""]) => name));

  it.each(names)("says of %s what the rules say: nothing", (name) => {
    expect(classifyName(name)?.strength).not.toBe("strong");
    expect(classifyName(name)).toBeUndefined();
  });

  it.each(TAXONOMY.filter(({ strength }) => strength === "strong").flatMap(({ names: strong }) => strong))("%s says it alone, in any spelling", (name) => {
    for (const spelling of [spelt(name), name.replaceAll(" ", "_"), name.replaceAll(" ", "-"), name.replaceAll(" ", "_").toUpperCase(), `new ${name}`.replaceAll(" ", "_")]) {
      if (spelling !== "PWD") expect(classifyName(spelling)?.strength, spelling).toBe("strong");
    }
  });
});

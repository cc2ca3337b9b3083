import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { rules } from "../src/rules/index.ts";
import { project, repositoryRoot } from "./helpers/project.ts";
import { lint } from "./helpers/round-trip.ts";
import { parseRulePage } from "./helpers/rule-page.ts";

const HEADINGS = ["Why", "Incorrect", "Correct", "What the fix does", "Options", "Limitations", "Further reading"];

const pageOf = (name: string): string => readFileSync(path.join(repositoryRoot, `docs/rules/${name}.md`), "utf8");

if (Object.keys(rules).length === 0) it.skip("there is no rule yet");

describe.each(Object.entries(rules))("the page of %s", (name, rule) => {
  const text = pageOf(name);
  const { sections, examples, unmarked } = parseRulePage(text);

  it("has the headings of every page, each with text", () => {
    expect([...sections.keys()].filter((heading) => HEADINGS.includes(heading))).toEqual(HEADINGS);
    for (const [heading, content] of sections) expect(content.trim(), heading).not.toBe("");
    expect(text).not.toContain("TODO");
  });

  it("names every option", () => {
    const options = sections.get("Options");
    for (const option of optionsOf(rule.meta.schema)) expect(options).toContain(`\`${option}\``);
  });

  it("has links that lead somewhere", () => {
    for (const [, target = ""] of text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
      expect(existsSync(path.join(repositoryRoot, "docs/rules", target)), target).toBe(true);
    }
  });

  it("has marked examples, incorrect and correct", () => {
    expect(unmarked).toEqual([]);
    expect(new Set(examples.map((example) => example.kind))).toEqual(new Set(["incorrect", "correct"]));
  });

  it.each(examples.map((example) => [example.line, example] as const))("tells the truth in line %i", (_, example) => {
    const cwd = project({ ...example.files, [example.filename]: example.code });
    const { strict } = rule.meta.docs;
    const options = example.options ?? (example.strict && typeof strict === "object" ? strict : undefined);
    const messages = lint(example.code, {
      rule: rule as never,
      cwd,
      filename: path.join(cwd, example.filename),
      options: options === undefined ? [] : [options],
      settings: { upstash: example.settings },
    });
    expect(messages.filter((message) => message.ruleId === null)).toEqual([]);
    if (example.kind === "correct") expect(messages.map((message) => message.message)).toEqual([]);
    else expect(messages.length).toBeGreaterThan(0);
  });
});

function optionsOf(schema: unknown): string[] {
  const [first] = (Array.isArray(schema) ? schema : [schema]) as { properties?: object }[];
  return Object.keys(first?.properties ?? {});
}

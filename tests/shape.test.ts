import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { presetsOf } from "../src/configs.ts";
import plugin from "../src/index.ts";
import { rules } from "../src/rules/index.ts";
import { project, repositoryRoot } from "./helpers/project.ts";
import { lint } from "./helpers/round-trip.ts";

/** The one rule with nothing to offer: the service that it names has ended. */
const WITHOUT_FIX = ["no-discontinued-kafka"];

const at = (...parts: string[]): string => path.join(repositoryRoot, ...parts);
const names = Object.keys(rules);
const named = (folder: string, ending: string): string[] =>
  readdirSync(at(folder))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .filter((name) => /^(?:no|prefer|require)-/.test(name))
    .sort();

describe("the repository", () => {
  it("has a file and a page for each rule, and no others", () => {
    expect(named("src/rules", ".ts")).toEqual(names);
    expect(named("docs/rules", ".md")).toEqual(names);
  });

  it("has a test for each rule, and none for a rule that is gone", () => {
    const tested = named("tests/rules", ".test.ts");
    const folders = readdirSync(at("tests/rules"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && names.includes(entry.name))
      .map((entry) => entry.name);
    expect([...new Set([...tested, ...folders])].sort()).toEqual(names);
  });

  it("gives the plugin its package's name and version", () => {
    const { name, version } = JSON.parse(readFileSync(at("package.json"), "utf8")) as Record<string, string>;
    expect(plugin.meta).toEqual({ name, version, namespace: "upstash" });
  });
});

if (names.length === 0) it.skip("there is no rule yet");

describe.each(Object.entries(rules))("%s", (name, rule) => {
  const { meta } = rule;
  const source = readFileSync(at(`src/rules/${name}.ts`), "utf8");

  it("is named as its file", () => {
    expect(rule.name).toBe(name);
    expect(name).toMatch(/^(?:no|prefer|require)(?:-[a-z0-9]+)+$/);
  });

  it("stands in the presets that its metadata says", () => {
    const { recommended, strict } = presetsOf({ rules });
    const expectedStrict = typeof meta.docs.strict === "object" ? ["error", meta.docs.strict] : "error";
    expect(recommended.rules[`upstash/${name}`]).toBe(meta.docs.recommended ? "error" : undefined);
    expect(meta.docs.recommended || meta.docs.strict !== false).toBe(true);
    expect(strict.rules[`upstash/${name}`]).toEqual(expectedStrict);
  });

  it("has a page where its documentation link leads", () => {
    const [, file = ""] = /\/blob\/main\/(.+)$/.exec(meta.docs.url) ?? [];
    expect(file).toBe(`docs/rules/${name}.md`);
    expect(existsSync(at(file))).toBe(true);
  });

  it("describes itself in one line without a full stop", () => {
    expect(meta.docs.description).toMatch(/^\S.*[^.\s]$/);
    for (const weakness of meta.docs.cwe) expect(weakness).toMatch(/^CWE-\d+$/);
  });

  it("uses each of its messages, which are sentences", () => {
    for (const [id, message] of Object.entries(meta.messages)) {
      expect(message, id).toMatch(/\.$/);
      expect(source, `messages.${id} is not used in src/rules/${name}.ts`).toMatch(new RegExp(`["'\`]${id}["'\`]`));
    }
  });

  it("offers a fix or a suggestion", () => {
    if (!WITHOUT_FIX.includes(name)) expect(meta.fixable === "code" || meta.hasSuggestions === true).toBe(true);
  });

  it.each(["lib/empty.ts", "app/page.tsx", "lib/empty.js", "lib/empty.cjs", "middleware.ts", "app/api/a/route.ts"])(
    "survives an empty %s",
    (filename) => {
      const cwd = project();
      const place = { rule: rule as never, cwd, filename: path.join(cwd, filename), options: [], settings: {} };
      for (const code of ["", "\n", "// nothing\n", "#!/usr/bin/env node\n", '"use client";\n', "export {};\n"]) {
        expect(() => lint(code, place), JSON.stringify(code)).not.toThrow();
      }
    },
  );
});

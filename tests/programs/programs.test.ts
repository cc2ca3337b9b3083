import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { rules } from "../../src/rules/index.ts";
import { marked } from "../helpers/marks.ts";
import { project } from "../helpers/project.ts";
import { lint } from "../helpers/round-trip.ts";

/*
 * Small programs in the style of real apps, across files: innocent ones that look like a mistake, and mistakes that look
 * innocent. What a rule reports begins at a mark.
 */

interface Program {
  readonly name: string;
  readonly rule: string;
  /** The first is linted. */
  readonly files: readonly (readonly [name: string, code: string])[];
}

/** `=== name | rule`, then each file behind `--- path`. */
function programsIn(text: string): readonly Program[] {
  return text.split(/^=== /mu).slice(1).map((block) => {
    const [head = "", ...files] = block.split(/^--- /mu);
    const [name = "", rule = ""] = head.trim().split(" | ");
    return { name, rule, files: files.map((file) => [file.slice(0, file.indexOf("\n")).trim(), file.slice(file.indexOf("\n") + 1)] as const) };
  });
}

describe.each(["abuse-of-commands.txt"])("%s", (list) => {
  const programs = programsIn(readFileSync(path.join(import.meta.dirname, list), "utf8"));
  it.each(programs)("$rule: $name", ({ rule, files }) => {
    const [[filename, source] = ["", ""], ...others] = files;
    const { code, places } = marked(source);
    const cwd = project({ ...Object.fromEntries(others), [filename]: code });
    const found = lint(code, { rule: rules[rule] as never, filename: path.join(cwd, filename), cwd, options: [], settings: {} });
    expect(found.map(({ line, column }) => ({ line, column }))).toEqual(places.map(({ line, column }) => ({ line, column })));
  });
});

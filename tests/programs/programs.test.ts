import { readdirSync, readFileSync } from "node:fs";
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
  readonly options: readonly object[];
  /** The first is linted. */
  readonly files: readonly (readonly [name: string, code: string])[];
}

/** A public key of QStash's development server, put together here so that no scanner takes it for somebody's. */
const DEV_SIGNING_KEY = `sig_${"7kYjw48m" + "x".repeat(20)}`;

/** `=== name | rule`, or `=== name | rule | options`, then each file behind `--- path`. */
function programsIn(text: string): readonly Program[] {
  return text.replaceAll("DEV_SIGNING_KEY", DEV_SIGNING_KEY).split(/^=== /mu).slice(1).map((block) => {
    const [head = "", ...files] = block.split(/^--- /mu);
    const [name = "", rule = "", options] = head.trim().split(" | ");
    return { name, rule, options: options === undefined ? [] : [JSON.parse(options) as object], files: files.map((file) => [file.slice(0, file.indexOf("\n")).trim(), file.slice(file.indexOf("\n") + 1)] as const) };
  });
}

const lists = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".txt"));

describe.each(lists)("%s", (list) => {
  const programs = programsIn(readFileSync(path.join(import.meta.dirname, list), "utf8"));
  it.each(programs)("$rule: $name", ({ rule, options, files }) => {
    const [[filename, source] = ["", ""], ...others] = files;
    const { code, places } = marked(source);
    const cwd = project({ ...Object.fromEntries(others), [filename]: code });
    const found = lint(code, { rule: rules[rule] as never, filename: path.join(cwd, filename), cwd, options, settings: {} });
    expect(found.map(({ line, column }) => ({ line, column }))).toEqual(places.map(({ line, column }) => ({ line, column })));
  });
});

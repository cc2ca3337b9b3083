import { expect, it } from "vitest";
import { project } from "../helpers/project.ts";
import { Harness, type FuzzedPlugin } from "./harness.ts";
import { mutated, MUTATIONS, tied } from "./mutations.ts";
import { surroundings } from "./syntax.ts";

/** A plugin with one rule, which is asked about the whole file. */
function plugin(program: (context: { report: (report: object) => void }) => void): FuzzedPlugin {
  const rule = { meta: { fixable: "code" }, create: (context: never) => ({ Program: () => { program(context); } }) };
  return { rules: { odd: rule }, configs: { strict: { rules: { "upstash/odd": "error" } } } };
}

const problemsOf = (program: Parameters<typeof plugin>[0]): string[] => new Harness(plugin(program), project(), 200).problems("a.ts", "a();\n");

it("tells a rule that never ends", () => {
  const isEndless = (): boolean => true;
  expect(problemsOf(() => { while (isEndless()); })).toEqual(["does not end"]);
});

it("tells a rule that throws", () => {
  expect(problemsOf(() => { throw new Error("odd"); })).toEqual([expect.stringContaining("throws Error: odd")] as never);
});

it("tells a report outside the file, and an edit that breaks it", () => {
  expect(problemsOf((context) => { context.report({ message: "Odd.", loc: { line: 9, column: 0 } }); })).toEqual(["upstash/odd (?) at 9:1 to 9:1 is outside the file"]);
  const fix = (): object => ({ range: [0, 2], text: "(" });
  expect(problemsOf((context) => { context.report({ message: "Odd.", loc: { line: 1, column: 0 }, fix }); })).toEqual([expect.stringContaining("makes code that does not parse")] as never);
});

it("says nothing of a rule that reports well", () => {
  expect(problemsOf((context) => { context.report({ message: "Odd.", loc: { line: 1, column: 0 } }); })).toEqual([]);
});

it.each(MUTATIONS)("changes programs: %s", (kind) => {
  const code = "const a = await b.c(d);\nexport const e = [a, f];\n";
  const changed = Array.from({ length: 40 }, (_, at) => mutated(code, [{ kind, at, with: 7 * at + 1 }])).filter((text) => text !== code);
  expect(changed.length).toBeGreaterThan(10);
});

it("makes variables of themselves", () => {
  expect([...tied("const { a } = a0(b);")]).toEqual(expect.arrayContaining(["const { a } = (a.b.a);", "let { a } = a0(b);\na = (class extends a {});", "const { a } = a(b);", "const { a } = a0(a);"]) as never);
});

it("replaces expressions among statements that use Upstash", () => {
  expect(surroundings("a(b);").some((code) => code.includes("(redis)") || code.includes("a((") || code.includes("()(b)"))).toBe(true);
});

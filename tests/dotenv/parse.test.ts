import dotenv from "dotenv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Assignment, DotenvNode } from "../../src/dotenv/nodes.ts";
import { parseDotenv } from "../../src/dotenv/parse.ts";

/** What a program gets: the last of a name wins. */
const valuesOf = (text: string): Record<string, string> => {
  const values: Record<string, string> = {};
  for (const { key, value } of assignments(text)) Object.defineProperty(values, key.name, { value: value?.value ?? "", enumerable: true, configurable: true, writable: true });
  return values;
};

const assignments = (text: string): readonly Assignment[] => parseDotenv(text).body.filter((node) => node.type === "Assignment");

const blank = fc.constantFrom("", " ", "  ", "\t");
const name = fc.stringMatching(/^[\w.-]{1,9}$/).filter((text) => text !== "__proto__");
/** Pieces that the grammar takes apart, put together without order. */
const piece = fc.constantFrom("a", "1", "'", '"', "`", "\\", "#", " ", "\t", "=", ":", "$", "${A}", "export", "export ", "\n", "\r\n", "\r", "é", "\\n", "\\'", '\\"', "A=", "B: ", "'x'", '"y"');
const soup = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(""));
const line = fc
  .tuple(blank, fc.constantFrom("", "export ", "export\t"), name, blank, fc.constantFrom("=", ":", ": "), blank, fc.oneof(soup, fc.string()), blank, fc.constantFrom("", "# note", "#'", '#"'))
  .map((parts) => parts.join(""));
const file = fc.tuple(fc.array(fc.oneof(line, soup), { maxLength: 8 }), fc.constantFrom("\n", "\r\n", "\r")).map(([lines, newline]) => lines.join(newline));
/** Line separators of Unicode are ends of lines to some parts of dotenv's pattern and none to others. */
const text = fc.oneof(file, soup, fc.string({ unit: "grapheme" })).filter((value) => !/[\u2028\u2029]/.test(value) && !value.includes("__proto__"));

describe("a .env file", () => {
  it("means what the dotenv package reads in it", () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(valuesOf(value)).toEqual(dotenv.parse(value));
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    ["nothing", "", {}],
    ["an empty value", "A=\nB=''\nC=\"\"", { A: "", B: "", C: "" }],
    ["an export", "export A=1\nexport=2\nexport =3", { A: "1", export: "3" }],
    ["a comment behind a value", "A=1 # one\nB='#' # two\nC=a#b", { A: "1", B: "#", C: "a" }],
    ["quotes", "A='x'\nB=\"x\"\nC=`x`\nD='x\" ", { A: "x", B: "x", C: "x", D: "'x\"" }],
    ["several lines", 'A="x\ny"\nB=`\n`', { A: "x\ny", B: "\n" }],
    ["escapes", "A=\"x\\ny\"\nB='x\\ny'\nC=\"a \\\" b\"", { A: "x\ny", B: "x\\ny", C: 'a \\" b' }],
    ["a quote that is never closed", "A='x\nB=1", { A: "'x", B: "1" }],
    ["a name with a colon", "A: 1\nB:2", { A: "1" }],
    ["lines that are none", "if [ x ]; then\nA=1\nfi\nB C=2", { A: "1" }],
    ["old line ends", "A=1\rB=2\r\nC=3", { A: "1", B: "2", C: "3" }],
  ])("with %s", (_, value, expected) => {
    expect(valuesOf(value)).toEqual(expected);
    expect(dotenv.parse(value)).toEqual(expected);
  });

  it("has a tree whose places are those of the text", () => {
    fc.assert(
      fc.property(text, (value) => {
        const document = parseDotenv(value);
        const lines = value.split(/\r\n|[\r\n]/);
        const check = (node: DotenvNode | { range: readonly [number, number]; loc: DotenvNode["loc"] }): void => {
          const [start, end] = node.range;
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(value.length);
          expect(lines[node.loc.start.line - 1]?.length).toBeGreaterThanOrEqual(node.loc.start.column);
          expect(lines[node.loc.end.line - 1]?.length).toBeGreaterThanOrEqual(node.loc.end.column);
        };
        check(document);
        let last = 0;
        for (const node of document.body) {
          check(node);
          expect(node.range[0]).toBeGreaterThanOrEqual(last);
          last = node.range[1];
          expect(node.parent).toBe(document);
          if (node.type !== "Assignment") continue;
          expect(value.slice(...node.key.range)).toBe(node.key.name);
          if (!node.value) continue;
          check(node.value);
          for (const at of node.value.interpolations) expect(value.slice(...at.range)).toContain(at.name);
        }
        for (const comment of document.comments) {
          check(comment);
          expect(value.slice(...comment.range)).toBe(`#${comment.value}`);
          expect(document.body.every(({ range }) => range[1] <= comment.range[0] || comment.range[1] <= range[0])).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("names the variables that a value is made of", () => {
    const [first, single, escaped] = assignments('A="redis://${USER}:${PASS:-none}@$HOST"\nB=\'$HOST\'\nC=\\$HOST');
    expect(first?.value?.interpolations.map(({ name: variable }) => variable)).toEqual(["USER", "PASS", "HOST"]);
    expect(single?.value?.interpolations).toEqual([]);
    expect(escaped?.value?.interpolations).toEqual([]);
  });

  it.each([
    ["quotes that are never closed", `A='\n`],
    ["escaped quotes", `A="\\"\n`],
    ["quotes of three kinds", "A='\nB=\"\nC=`\n"],
    ["exports", "export\n"],
    ["names without a separator", "NAME\n"],
    ["blank lines", " \n"],
    ["hashes", "# \n"],
    ["dollars", "A=${\n"],
  ])("takes no longer with many %s", (_, unit) => {
    const time = (count: number): number => {
      const value = unit.repeat(count);
      const start = performance.now();
      parseDotenv(value);
      return performance.now() - start;
    };
    time(2000);
    expect(time(40_000)).toBeLessThan(2000);
  });
});

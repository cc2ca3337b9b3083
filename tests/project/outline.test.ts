import { describe, expect, it } from "vitest";
import { outlineOf, type Outline, type Section } from "../../src/project/outline.ts";

const outline = (text: string): Outline | undefined => outlineOf("/app/module.ts", text);

/** Everything that a section uses, here and in the sections behind it, as `source#name`. */
function reach(found: readonly Section[] | undefined): readonly string[] {
  const seen = new Set<Section>(found);
  for (const section of seen) for (const other of section.sections) seen.add(other);
  return [...new Set([...seen].flatMap(({ uses }) => uses.map(({ source, name }) => `${source}#${name}`)))].sort();
}

const uses = (text: string, name: string): readonly string[] => reach(outline(text)?.exports.get(name));

describe("outlineOf()", () => {
  it("tells functions apart by what they use", () => {
    const text = 'import { redis } from "./redis";\nimport { format } from "./format";\n\nexport function save() {\n  return redis.set("a", 1);\n}\n\nexport const label = () => format("x");\n';
    expect(uses(text, "save")).toEqual(["./redis#redis"]);
    expect(uses(text, "label")).toEqual(["./format#format"]);
  });

  it.each([
    ["a function of the file", 'import { redis } from "./r";\nfunction inner() {\n  return redis;\n}\nexport function outer() {\n  return inner();\n}\n', "outer"],
    ["a variable that is set elsewhere", 'import { make } from "./r";\nlet client;\nfunction start() {\n  client = make();\n}\nexport const get = () => client;\n', "get"],
    ["a container that is filled elsewhere", 'import { make } from "./r";\nconst all = {};\nexport function start() {\n  all.redis = make();\n}\nexport const get = () => all.redis;\n', "get"],
    ["what runs when the module is loaded", 'import { make } from "./r";\nexport const cache = create();\ncache.client = make();\n', "cache"],
    ["a pattern", 'import { make } from "./r";\nexport const { redis, other = 1 } = make();\n', "other"],
    ["a second declarator", 'import { make } from "./r";\nconst a = 1, b = make();\nexport { b };\n', "b"],
    ["the default export", 'import { make } from "./r";\nexport default make();\n', "default"],
    ["a default export by name", 'import { make } from "./r";\nconst client = make();\nexport default client;\n', "default"],
    ["another name", 'import { make } from "./r";\nconst client = make();\nexport { client as redis };\n', "redis"],
    ["a class", 'import { make } from "./r";\nexport class Store {\n  client = make();\n}\n', "Store"],
    ["a brace in a text", 'import { make } from "./r";\nexport const open = "{";\nexport const client = make();\nexport const close = "}";\n', "open"],
  ])("follows %s", (_what, text, name) => {
    expect(uses(text, name).join()).toMatch(/\.\/r#/u);
  });

  it.each([
    ["default, names and comments", 'import base, { a, type B as C /* why */ } from "./x"; // it\'s here\n'],
    ["a namespace", 'import * as all from "./x";\n'],
    ["attributes", 'import data from "./x" with { type: "json" };\n'],
    ["no blanks", 'import{a}from"./x"\n'],
    ["several lines", 'import {\n  a,\n  b,\n} from "./x";\n'],
    ["types", 'import type { A } from "./x";\n'],
  ])("reads imports: %s", (_what, statement) => {
    expect(outline(`${statement}export const f = () => [base, all, data, a, b, A, C];\n`)?.exports.get("f")?.[0]?.uses.length).toBeGreaterThan(0);
  });

  it("reads what is handed on", () => {
    const found = outline('export { a, b as c } from "./x";\nexport * from "./y";\nexport * as ns from "./z";\nimport { d } from "./w";\nexport { d };\n');
    expect(found && Object.fromEntries(found.handedOn)).toEqual({
      a: { source: "./x", name: "a" },
      c: { source: "./x", name: "b" },
      ns: { source: "./z", name: "*" },
      d: { source: "./w", name: "d" },
    });
    expect(found?.stars).toEqual(["./y"]);
  });

  it("counts what is loaded when the program runs", () => {
    expect(uses('export const get = async () => (await import("./r")).redis;\n', "get")).toEqual(["./r#*"]);
  });

  it.each([
    ["CommonJS", 'const { make } = require("./r");\nmodule.exports = { client: make() };\n'],
    ["brackets that never close", 'import { a } from "./x";\nexport const text = "{";\n'],
    ["two imports in a line", 'import { a } from "./x"; import { b } from "./y";\n'],
    ["an import behind a bracket in a text", 'export const a = "{";\nimport { make } from "./r";\nexport const b = "}";\n'],
    ["an import assignment", 'import r = require("./r");\nexport const a = r;\n'],
  ])("does not tell apart %s", (_what, text) => {
    expect(outline(text)).toBeUndefined();
  });

  it("does not split what stands at the margin within brackets", () => {
    const text = 'import { redis } from "./r";\nexport function save() {\nconst key = "a";\nreturn redis.get(key);\n}\nexport const other = 1;\n';
    expect(uses(text, "save")).toEqual(["./r#redis"]);
    expect(uses(text, "other")).toEqual([]);
  });
});

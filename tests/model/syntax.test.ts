import { describe, expect, it } from "vitest";
import { isListedStatement } from "../../src/model/syntax/ast.ts";
import { statementOf } from "../../src/model/limits/answer-uses.ts";
import { withModel } from "./file-model.ts";

/** The text of the statement beside which others may stand, from the call of `here()`. */
const around = (code: string): string =>
  withModel({ "lib/example.ts": code }, "lib/example.ts", (file) => {
    const statement = statementOf(file.callNodes.find(({ callee }) => callee.type === "Identifier" && callee.name === "here")!);
    expect(statement === undefined || isListedStatement(statement)).toBe(true);
    return statement ? file.text.slice(...statement.range) : "none";
  });

describe("the statement that a node is part of", () => {
  it.each<[string, string, string]>([
    ["in a block", "function f() { const a = [here()]; }", "const a = [here()];"],
    ["at module level", "const a = { b: here() };", "const a = { b: here() };"],
    ["in a case", "function f(a) { switch (a) { case 1: here(); } }", "here();"],
    ["what is switched on", "function f() { switch (here()) { default: } }", "switch (here()) { default: }"],
    // nothing can be written before it: `case const a = …`
    ["what a case is compared with", "function f(a) { switch (a) { case here(): break; } }", "none"],
    ["in a branch without a block", "function f(a) { if (a) here(); }", "if (a) here();"],
    ["in an arrow function without a block", "const f = () => here();", "none"],
    // a `return` can't stand in it
    ["in a static block", "function f() { class A { static { here(); } } }", "class A { static { here(); } }"],
  ])("%s", (_, code, expected) => {
    expect(around(code)).toBe(expected);
  });
});

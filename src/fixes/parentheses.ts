import type { TSESTree } from "@typescript-eslint/types";
import type { Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";

/** The range of an expression with the parentheses that it stands in, without those of the call that it is given to. */
export function withParentheses({ text }: FileModel, { range, parent }: Node): TSESTree.Range {
  const opening = parent?.type === "CallExpression" || parent?.type === "NewExpression" ? text.indexOf("(", (parent.typeArguments ?? parent.callee).range[1]) : -1;
  let [start, end] = range;
  for (;;) {
    const before = text.slice(0, start).trimEnd();
    const after = /^\s*\)/u.exec(text.slice(end));
    if (!before.endsWith("(") || before.length - 1 === opening || !after) return [start, end];
    start = before.length - 1;
    end += after[0].length;
  }
}

/** The text of an expression as one argument, one element of a list, or behind `...`. */
export function asElement(file: FileModel, node: Node): string {
  const text = file.text.slice(...node.range);
  return node.type === "SequenceExpression" ? `(${text})` : text;
}

/** The text of an expression of which a member is read. */
export function asObject(file: FileModel, node: Node): string {
  const text = file.text.slice(...node.range);
  const isWhole = WHOLE.has(node.type) || (node.type === "NewExpression" && text.endsWith(")"));
  return isWhole ? text : `(${text})`;
}

const WHOLE: ReadonlySet<string> = new Set(["Identifier", "MemberExpression", "CallExpression", "ThisExpression", "TSNonNullExpression", "ChainExpression", "ArrayExpression", "TemplateLiteral"]);

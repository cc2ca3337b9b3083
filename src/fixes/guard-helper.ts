import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import type { Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import { freeName } from "./imports.ts";
import { isTyped, moduleEnd, styleOf } from "./source-style.ts";
import { keyBefore } from "./shorthand.ts";

/** A function that a suggestion writes to the end of the file, once, and the constants it needs. */
export interface GuardHelper {
  readonly name: string;
  /** The constant that it refers to, which is renamed where the name is taken. */
  readonly constant: string;
  /** In TypeScript, with the names in place and two spaces of indentation. */
  code(name: string, constant: string): string;
}

/** Wraps an expression in a call of a helper that refuses what is not allowed, and declares the helper where it is missing. */
export function wrapInHelper(file: FileModel, expression: Node, helper: GuardHelper): (fixer: RuleFixer) => RuleFix[] {
  return (fixer) => {
    const { text } = file;
    // A helper gets what a promise holds.
    const node = expression.parent?.type === "AwaitExpression" ? expression.parent : expression;
    const isDeclared = text.includes(`function ${helper.name}(`);
    const name = isDeclared ? helper.name : freeName(file, helper.name);
    const edits = [fixer.insertTextBefore(node, `${keyBefore(file, node)}${name}(`), fixer.insertTextAfter(node, ")")];
    if (isDeclared) return edits;
    const { newline, indent, semicolon, quote } = styleOf(file);
    const code = helper
      .code(name, freeName(file, helper.constant))
      .replaceAll(/: (?:unknown|any|string|\[string, \.\.\.string\[\]\])(?=[,)]| \{)/gu, isTyped(file) ? "$&" : "")
      .replaceAll(/;$/gmu, semicolon)
      .replaceAll('"', quote)
      .replaceAll("  ", indent)
      .replaceAll("\n", newline);
    const [end] = moduleEnd(file);
    return [...edits, fixer.insertTextAfterRange([end, end], `${newline}${newline}${code}`)];
  };
}

import type { TSESTree } from "@typescript-eslint/types";
import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { wrapped, type Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import { freeName } from "./imports.ts";
import { indentOf, styleOf } from "./source-style.ts";

/**
 * Moves an expression to module level, above the statement that its function stands in.
 * @param needs declarations in the function that have to come along
 * @param wanted the constant's name where the expression has none of its own
 * @returns undefined where names would clash, or something that it uses is declared further down
 */
export function hoist(file: FileModel, node: Node, needs: readonly TSESTree.VariableDeclaration[], wanted: string): ((fixer: RuleFixer) => RuleFix[]) | undefined {
  const anchor = topLevel(node);
  if (!anchor) return undefined;
  const start = startOf(file, anchor);
  const outer = wrapped(node);
  const declaration = outer.parent?.type === "VariableDeclarator" ? outer.parent.parent : undefined;
  const own = declaration?.type === "VariableDeclaration" && isMovable(file, declaration) ? declaration : undefined;
  if (needs.some((needed) => !isMovable(file, needed))) return undefined;
  if ([node, ...needs].some((moved) => usesLater(file, moved, start))) return undefined;
  const moved = own ? [...needs, own] : needs;
  const { newline, semicolon } = styleOf(file);
  const name = own ? undefined : freeName(file, wanted);
  const written = moved.map((each) => dedented(file, each, file.text.slice(...each.range)));
  if (name !== undefined) written.push(`const ${name} = ${dedented(file, node, file.text.slice(...node.range))}${semicolon}`);
  return (fixer) => [
    fixer.insertTextBeforeRange([start, start], `${written.join(newline)}${newline}${newline}`),
    ...moved.map((each) => fixer.removeRange(lineOf(file, each))),
    ...(name === undefined ? [] : [fixer.replaceText(node, name)]),
  ];
}

function topLevel(node: Node): Node | undefined {
  let at = node;
  while (at.parent && at.parent.type !== "Program") at = at.parent;
  return at.parent ? at : undefined;
}

/** Where a statement begins, with the comments that stand directly above it. */
function startOf(file: FileModel, statement: Node): number {
  let [start] = statement.range;
  for (const { range } of (file.ast.comments ?? []).toReversed()) {
    if (range[1] <= start && isOneBreak(file.text.slice(range[1], start)) && isFirstOfLine(file, range[0])) [start] = range;
  }
  return start;
}

const isOneBreak = (between: string): boolean => between.trim() === "" && between.split("\n").length <= 2;

const isFirstOfLine = (file: FileModel, at: number): boolean => file.text.slice(file.text.lastIndexOf("\n", at - 1) + 1, at).trim() === "";

/** A constant by itself whose name means nothing else anywhere in the file. */
function isMovable(file: FileModel, { kind, declarations, parent }: TSESTree.VariableDeclaration): boolean {
  const [declarator, ...others] = declarations;
  if (kind !== "const" || others.length > 0 || declarator?.id.type !== "Identifier" || parent.type.startsWith("For")) return false;
  const { name } = declarator.id;
  return file.evaluator.scopeManager.scopes.filter(({ set }) => set.has(name)).length === 1;
}

/** It uses something of the module that is declared below a place. */
function usesLater(file: FileModel, node: Node, start: number): boolean {
  const { scopeManager } = file.evaluator;
  return scopeManager.scopes.some(({ type, variables }) =>
    (type === "module" || type === "global") &&
    variables.some(({ defs, references }) =>
      defs.some((def) => def.type !== "ImportBinding" && def.node.range[0] >= start) &&
      references.some(({ identifier }) => identifier.range[0] >= node.range[0] && identifier.range[1] <= node.range[1])),
  );
}

function dedented(file: FileModel, node: Node, text: string): string {
  let at = node;
  while (at.parent && !/Statement$|Declaration$/u.test(at.type)) at = at.parent;
  const indent = indentOf(file, at);
  return indent === "" ? text : text.replaceAll(`\n${indent}`, "\n");
}

/** A statement with its line, where nothing else stands in it. */
function lineOf(file: FileModel, { range: [start, end] }: Node): [number, number] {
  const lineStart = file.text.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = file.text.indexOf("\n", end);
  const isAlone = file.text.slice(lineStart, start).trim() === "" && lineEnd >= 0 && file.text.slice(end, lineEnd).trim() === "";
  return isAlone ? [lineStart, lineEnd + 1] : [start, end];
}

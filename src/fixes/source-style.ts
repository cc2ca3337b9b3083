import type { TSESTree } from "@typescript-eslint/types";
import type { FileModel } from "../model/file.ts";
import { isComponentFile } from "../model/syntax/program.ts";

/** How a file is written, so that what is inserted looks as if its author wrote it. */
export interface SourceStyle {
  readonly quote: '"' | "'";
  readonly semicolon: ";" | "";
  readonly indent: string;
  readonly newline: "\n" | "\r\n";
  /** CommonJS: what is inserted is required. */
  readonly isCommonJs: boolean;
}

export function styleOf(file: FileModel): SourceStyle {
  const { text, ast } = file;
  const doubles = text.split('"').length;
  const singles = text.split("'").length;
  const first = ast.body[0];
  const lines = ast.body.filter((node) => !endsWithBrace(node));
  const withSemicolon = lines.filter((node) => text[node.range[1] - 1] === ";").length;
  // Where there is nothing but functions, their bodies tell.
  const usesSemicolons = lines.length > 0 ? withSemicolon * 2 >= lines.length : first === undefined || text.includes(";\n") || text.includes(";\r\n");
  const isModule = ast.body.some((node) => /^(?:Import|Export)/u.test(node.type));
  return {
    quote: singles > doubles ? "'" : '"',
    semicolon: usesSemicolons ? ";" : "",
    indent: /^(?<indent>\t| {2,8})\S/mu.exec(text)?.groups?.["indent"] ?? "  ",
    newline: text.includes("\r\n") ? "\r\n" : "\n",
    isCommonJs: !isModule && /\brequire\s*\(/u.test(text),
  };
}

/** Types may be written in the file: it is TypeScript, or a component whose script is. */
export function isTyped({ filename, text }: FileModel): boolean {
  if (isComponentFile(filename)) return filename.endsWith(".astro") || /<script\s(?:[^<>]*\s)?lang=["']?tsx?\b/u.test(text);
  return /\.[cm]?tsx?$/u.test(filename);
}

/**
 * Where code goes that stands behind all else of the module: the range of what the file ends with, which is white space,
 * or the place behind the last statement of a component.
 */
export function moduleEnd({ ast, filename, text }: FileModel): readonly [start: number, end: number] {
  const last = isComponentFile(filename) ? ast.body.at(-1) : undefined;
  if (!last) return [text.trimEnd().length, text.length];
  const [, end] = last.range;
  const comment = /^[ \t]*\/\/[^\n<]*(?=\n)/u.exec(text.slice(end))?.[0].trimEnd().length ?? 0;
  return [end + comment, end + comment];
}

/** Functions and classes end without a semicolon in any style, exported ones too. */
function endsWithBrace(node: TSESTree.Node): boolean {
  const isExport = node.type === "ExportNamedDeclaration" || node.type === "ExportDefaultDeclaration";
  const { type } = (isExport ? node.declaration : null) ?? node;
  return type === "FunctionDeclaration" || type === "ClassDeclaration" || type === "TSInterfaceDeclaration";
}

/** The white space that a node's line begins with. */
export function indentOf(file: FileModel, node: TSESTree.Node): string {
  const start = file.text.lastIndexOf("\n", node.range[0] - 1) + 1;
  return /^[ \t]*/u.exec(file.text.slice(start, node.range[0]))?.[0] ?? "";
}

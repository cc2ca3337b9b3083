import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import type { Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import { withParentheses } from "./parentheses.ts";

/**
 * Takes an entry out of the object, list or braces that it stands in, with one of its commas and with its line where it
 * has one of its own. Comments stay.
 */
export function removeEntry(file: FileModel, fixer: RuleFixer, entry: Node): RuleFix {
  const { text } = file;
  let [start, end] = withParentheses(file, entry);
  const comma = /^\s*,/u.exec(text.slice(end))?.[0].length ?? 0;
  end += comma;
  if (comma === 0) {
    const before = /,\s*$/u.exec(text.slice(0, start))?.[0];
    if (before !== undefined) return fixer.removeRange([start - before.length, end]);
  }
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = /^[ \t]*\r?\n/u.exec(text.slice(end))?.[0].length ?? 0;
  if (lineEnd > 0 && text.slice(lineStart, start).trim() === "") {
    start = lineStart;
    end += lineEnd;
  } else end += /^ */u.exec(text.slice(end))?.[0].length ?? 0;
  return fixer.removeRange([start, end]);
}

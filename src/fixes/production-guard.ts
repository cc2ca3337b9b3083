import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { isFunction, isListedStatement, wrapped, type Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import { envReadFor } from "./env-read.ts";
import { indentOf, styleOf } from "./source-style.ts";

/** Throws in production before the statement that an expression stands in. Undefined: there is no place for it. */
export function guardFromProduction(file: FileModel, node: Node, what: string): ((fixer: RuleFixer) => RuleFix[]) | undefined {
  const { quote: q, semicolon: s, newline, indent } = styleOf(file);
  const read = envReadFor(file, "NODE_ENV");
  const stage = read.idiom === "Deno.env" ? read.text : "process.env.NODE_ENV";
  const guard = `if (${stage} === ${q}production${q}) throw new Error(${q}${what} is not for production.${q})${s}`;
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (isListedStatement(at) && parent.type !== "Program") {
      const statement = at;
      return (fixer) => [fixer.insertTextBefore(statement, `${guard}${newline}${indentOf(file, statement)}`)];
    }
    if (!isFunction(parent) || parent.body !== at) continue;
    // `() => redis.flushall()`
    const whole = wrapped(at);
    const before = file.text[whole.range[0] - 1] === "(" && file.text[whole.range[1]] === ")" ? 1 : 0;
    const range = [whole.range[0] - before, whole.range[1] + before] as const;
    const outer = indentOf(file, parent);
    const body = [`{`, `${outer}${indent}${guard}`, `${outer}${indent}return ${file.text.slice(...range)}${s}`, `${outer}}`].join(newline);
    return (fixer) => [fixer.replaceTextRange(range, body)];
  }
  return undefined;
}

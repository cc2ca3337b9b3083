import type { TSESTree } from "@typescript-eslint/types";
import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { contains, enclosingFunction, staticKey, type Node } from "../model/syntax/ast.ts";
import { statementOf } from "../model/limits/answer-uses.ts";
import type { FileModel } from "../model/file.ts";
import { majorOf } from "../model/place/runtime.ts";
import { wholeOf } from "../model/limits/verdict.ts";
import { ensureImport, freeName, type Available } from "./imports.ts";
import { handlerAround } from "../model/handlers/around.ts";
import { indentOf, styleOf } from "./source-style.ts";

type Fix = (fixer: RuleFixer) => RuleFix[];

/**
 * Keeps what a limiter has still to do: handed to the platform where it takes such things, else awaited.
 * @returns undefined where there is no place for the statement
 */
export function keepPending(file: FileModel, call: TSESTree.CallExpression): Fix | undefined {
  const statement = statementOf(call);
  const asked = wholeOf(call);
  if (!statement || asked.type !== "AwaitExpression") return undefined;
  const { newline, semicolon } = styleOf(file);
  const indent = indentOf(file, statement);
  const keeper = keeperAt(file, call);
  const kept = (pending: string): string => `${keeper.write(pending)}${semicolon}`;
  if (statement.type === "ExpressionStatement" && statement.expression === asked) {
    const name = freeName(file, "pending");
    const pattern = name === "pending" ? name : `pending: ${name}`;
    return (fixer) => [
      ...keeper.fixes(fixer),
      fixer.insertTextBefore(statement, `const { ${pattern} } = `),
      fixer.insertTextAfter(statement, `${newline}${indent}${kept(name)}`),
    ];
  }
  const declared = asked.parent.type === "VariableDeclarator" && asked.parent.parent === statement ? asked.parent.id : undefined;
  if (declared?.type === "Identifier") {
    return (fixer) => [...keeper.fixes(fixer), fixer.insertTextAfter(statement, `${newline}${indent}${kept(`${declared.name}.pending`)}`)];
  }
  const properties = declared?.type === "ObjectPattern" ? declared.properties : [];
  const taken = properties.find((property) => property.type === "Property" && staticKey(property) === "pending");
  if (taken?.type === "Property" && taken.value.type === "Identifier") {
    const { name } = taken.value;
    return (fixer) => [...keeper.fixes(fixer), fixer.insertTextAfter(statement, `${newline}${indent}${kept(name)}`)];
  }
  const last = properties.at(-1);
  if (last) {
    const name = freeName(file, "pending");
    return (fixer) => [
      ...keeper.fixes(fixer),
      fixer.insertTextAfter(last, `, ${name === "pending" ? name : `pending: ${name}`}`),
      fixer.insertTextAfter(statement, `${newline}${indent}${kept(name)}`),
    ];
  }
  if (statement.type !== "IfStatement" && statement.type !== "VariableDeclaration" && statement.type !== "ReturnStatement") return undefined;
  return hoisted(file, asked, statement, keeper, kept);
}

/** `if (!(await limit(id)).success)`: the answer gets a name first. */
function hoisted(file: FileModel, asked: Node, statement: Node, keeper: Keeper, kept: (pending: string) => string): Fix | undefined {
  const { newline, semicolon } = styleOf(file);
  const indent = indentOf(file, statement);
  const name = freeName(file, "rate");
  const isFirst = statement.type === "IfStatement" ? contains(statement.test, asked) : true;
  const before = file.text.slice(statement.range[0], asked.range[0]);
  // What runs before it, or decides whether it runs, stays before it.
  if (!isFirst || /&&|\|\||\?|=>/u.test(before) || (before.match(/\(/gu) ?? []).length > 3) return undefined;
  const bare = /\(\s*$/u.test(file.text.slice(0, asked.range[0])) && file.text[asked.range[1]] === ")";
  const [from, to] = bare && file.text[asked.range[1] + 1] === "." ? [asked.range[0] - 1, asked.range[1] + 1] : asked.range;
  const text = `const ${name} = ${file.text.slice(...asked.range)}${semicolon}${newline}${indent}${kept(`${name}.pending`)}${newline}${indent}`;
  return (fixer) => [...keeper.fixes(fixer), fixer.insertTextBefore(statement, text), fixer.replaceTextRange([from, to], name)];
}

interface Keeper {
  write(pending: string): string;
  fixes(fixer: RuleFixer): RuleFix[];
}

function keeperAt(file: FileModel, call: Node): Keeper {
  const fn = enclosingFunction(call);
  const [first, second] = fn?.params ?? [];
  const isMiddleware = /(?:^|\/)(?:middleware|proxy)\.[cm]?[jt]s$/u.test(file.relativePath);
  if (isMiddleware && second?.type === "Identifier") return { write: (pending) => `${second.name}.waitUntil(${pending})`, fixes: () => [] };
  const framework = handlerAround(file, call)?.handler.framework;
  if (framework === "hono" && first?.type === "Identifier") {
    return { write: (pending) => `${first.name}.executionCtx.waitUntil(${pending})`, fixes: () => [] };
  }
  // In API routes of the pages router there is no `after`, and a helper may be called by one.
  const hasAfter = (framework === "next-app" || framework === "next-action" || isMiddleware) && (majorOf(file, "next") ?? 0) > 15;
  const after: Available | undefined = hasAfter ? ensureImport(file, "next/server", "after") : undefined;
  if (after) return { write: (pending) => `${after.name}(() => ${pending})`, fixes: (fixer) => after.fixes(fixer) };
  return { write: (pending) => `await ${pending}`, fixes: () => [] };
}

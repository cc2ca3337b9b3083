import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { enclosingFunction, unwrap, wrapped, type Node } from "../model/syntax/ast.ts";
import { statementOf } from "../model/limits/answer-uses.ts";
import type { FileModel } from "../model/file.ts";
import { answers, wholeOf, type Neglect, type Verdict } from "../model/limits/verdict.ts";
import { madeAsync } from "./guard.ts";
import { freeName } from "./imports.ts";
import { plainRefusalAt, refusalAt } from "./refuse.ts";
import { indentOf, styleOf } from "./source-style.ts";

type Fix = (fixer: RuleFixer) => RuleFix[];

/** Waits for a verdict where it is asked for. */
export function awaitFix(file: FileModel, { node, member }: Verdict, { uses }: Neglect & { why: "promise" }): Fix {
  return (fixer) => {
    const text = file.text.slice(...node.range);
    const tested = uses.find((use) => use.how === "tested");
    const isTest = tested && wholeOf(node) === tested.node;
    const isObject = wholeOf(node).parent?.type === "MemberExpression";
    const waited = isTest && member !== undefined ? `(await ${text}).${member}` : isObject ? `(await ${text})` : `await ${text}`;
    // A variable that holds the result is asked for `success` where it stands as a condition.
    const members = isTest || member === undefined ? [] : uses.filter(({ how }) => how === "tested").map((use) => fixer.insertTextAfter(use.node, `.${member}`));
    return [...asyncAround(file, fixer, node), fixer.replaceText(node, waited), ...members];
  };
}

/** Reads `success` of a result that stands as a condition. */
export function memberFix(file: FileModel, at: Node, member: string): Fix {
  return (fixer) => {
    const inner = unwrap(at);
    const isAwait = inner.type === "AwaitExpression" && file.text[at.range[0]] !== "(" && file.text[at.range[0] - 1] !== "(";
    const bare = inner.type === "AwaitExpression" && inner === at;
    const text = file.text.slice(...at.range);
    return [isAwait || bare ? fixer.replaceText(at, `(${text}).${member}`) : fixer.insertTextAfter(at, `.${member}`)];
  };
}

/** Refuses the request where the limiter does; undefined where there is no place for the statements. */
export function refuseFix(file: FileModel, { node, member, limit }: Verdict, { uses }: Neglect & { why: "unused" }): Fix | undefined {
  const statement = statementOf(node);
  if (!statement) return undefined;
  const asked = wholeOf(node);
  const text = `await ${file.text.slice(...node.range)}`;
  const { semicolon, newline } = styleOf(file);
  const isResult = limit.call.value === file.evaluator.value(node);
  const block = (rate: string): string => {
    const refusal = isResult ? refusalAt(file, node, rate) : plainRefusalAt(file, node);
    return blockAt(file, statement, member === undefined ? `!${rate}` : `!${rate}.${member}`, refusal).join(newline);
  };
  const indent = indentOf(file, statement);
  const name = freeName(file, member === undefined ? "allowed" : "rate");
  if (statement.type === "VariableDeclaration" && statement.declarations.length === 1) {
    const [{ id, init }] = statement.declarations;
    if (init !== asked) return undefined;
    const kept = id.type === "Identifier" ? id.name : name;
    return (fixer) => [
      ...asyncAround(file, fixer, node),
      ...(id.type === "Identifier" ? [] : [fixer.replaceText(id, name)]),
      ...(asked.type === "AwaitExpression" ? [] : [fixer.insertTextBefore(asked, "await ")]),
      fixer.insertTextAfter(
        statement,
        `${newline}${block(kept)}${id.type === "Identifier" ? "" : `${newline}${indent}${statement.kind} ${file.text.slice(...id.range)} = ${name}${semicolon}`}`,
      ),
    ];
  }
  const dropped = uses[0];
  if (statement.type !== "ExpressionStatement" || dropped?.how !== "dropped" || uses.length > 1) return undefined;
  const list = wrapped(node).parent;
  if (list?.type === "ArrayExpression") {
    const holes = ", ".repeat(list.elements.indexOf(wrapped(node) as never));
    return (fixer) => [fixer.insertTextBefore(statement, `const [${holes}${name}] = `), fixer.insertTextAfter(statement, `${newline}${block(name)}`)];
  }
  return (fixer) => [
    ...asyncAround(file, fixer, node),
    fixer.replaceText(statement, `const ${name} = ${text}${semicolon}${newline}${block(name)}`),
  ];
}

/** Leaves the function where the limiter refuses. */
export function stopFix(file: FileModel, { node }: Verdict, { branch, last }: Neglect & { why: "unstopped" }): Fix {
  const { semicolon, newline, indent } = styleOf(file);
  if (last?.type === "ExpressionStatement") {
    const made = unwrap(last.expression);
    if (made.type === "NewExpression" || (answers(file, made) && isReturned(file, made))) {
      return (fixer) => [fixer.insertTextBefore(last, "return ")];
    }
    if (answers(file, made.type === "AwaitExpression" ? unwrap(made.argument) : made)) {
      const line = `return${semicolon}`;
      if (branch.type === "BlockStatement") return (fixer) => [fixer.insertTextAfter(last, `${newline}${indentOf(file, last)}${line}`)];
      return (fixer) => [fixer.replaceText(last, `{ ${file.text.slice(...last.range)} ${line} }`)];
    }
  }
  const lines = plainRefusalAt(file, node);
  const outer = indentOf(file, branch);
  const text = lines.map((line) => `${newline}${outer}${indent}${line}`).join("");
  if (branch.type !== "BlockStatement") {
    return (fixer) => [fixer.replaceText(branch, `{${newline}${outer}${indent}${file.text.slice(...branch.range)}${text}${newline}${outer}}`)];
  }
  return last ? (fixer) => [fixer.insertTextAfter(last, text)] : (fixer) => [fixer.insertTextAfterRange([branch.range[0], branch.range[0] + 1], text)];
}

/** Frameworks that take what a handler returns, and those in which sending is all. */
function isReturned(file: FileModel, made: Node): boolean {
  return !/^(?:res|response|reply)\b/u.test(file.text.slice(...made.range));
}

function blockAt(file: FileModel, statement: Node, test: string, refusal: readonly string[]): readonly string[] {
  const outer = indentOf(file, statement);
  const { indent } = styleOf(file);
  return [`${outer}if (${test}) {`, ...refusal.map((line) => `${outer}${indent}${line}`), `${outer}}`];
}

function asyncAround(file: FileModel, fixer: RuleFixer, node: Node): RuleFix[] {
  const fn = enclosingFunction(node);
  return fn && !fn.async ? madeAsync(file, fixer, fn) : [];
}

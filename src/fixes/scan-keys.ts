import type { TSESTree } from "@typescript-eslint/types";
import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { unwrap, wrapped, type Node } from "../model/syntax/ast.ts";
import type { DangerousCommand } from "../model/commands/dangerous-commands.ts";
import type { FileModel } from "../model/file.ts";
import { constantOf, target } from "../model/values/values.ts";
import { freeName } from "./imports.ts";
import { indentOf, isTyped, styleOf } from "./source-style.ts";

/** A pattern to be replaced by the project's own. */
const PATTERN = "prefix:*";
const EVERYTHING = /^\*+$/u;

export interface ScanMend {
  /** A pattern for the `scan` that is there, or a loop of it. */
  readonly adds: "match" | "loop";
  readonly fix: (fixer: RuleFixer) => RuleFix[];
}

/** Reads only keys that fit a pattern, page by page. Undefined: what is written can't be rewritten safely. */
export function scanInstead(file: FileModel, { command, node, path }: DangerousCommand): ScanMend | undefined {
  if (path !== undefined || command.isRaw || node.type !== "CallExpression") return undefined;
  return command.name === "keys" ? loopFor(file, node, command.mode) : addMatch(file, node, command.name);
}

/** Gives `scan` a `match`. */
function addMatch(file: FileModel, node: TSESTree.CallExpression, name: string): ScanMend | undefined {
  const { quote } = styleOf(file);
  const match = `match: ${quote}${PATTERN}${quote}`;
  const [cursor] = node.arguments;
  const options = node.arguments[name === "scan" ? 1 : 0];
  const mend = (fix: ScanMend["fix"]): ScanMend => ({ adds: "match", fix });
  if (!options) {
    if (name !== "scan") return mend((fixer) => [fixer.insertTextBeforeRange([node.range[1] - 1, node.range[1]], `{ ${match} }`)]);
    return cursor && mend((fixer) => [fixer.insertTextAfter(wrapped(cursor), `, { ${match} }`)]);
  }
  const object = unwrap(options);
  if (object.type !== "ObjectExpression") return undefined;
  const written = object.properties.find((entry) => entry.type === "Property" && !entry.computed && entry.key.type === "Identifier" && entry.key.name === "match");
  if (written) return mend((fixer) => [fixer.replaceText(written, match)]);
  const [first] = object.properties;
  return mend((fixer) => [first ? fixer.insertTextBefore(first, `${match}, `) : fixer.replaceText(object, `{ ${match} }`)]);
}

/** `const keys = await redis.keys(pattern)`, returned and looped over ones: keys are gathered before the statement. */
function loopFor(file: FileModel, node: TSESTree.CallExpression, mode: string): ScanMend | undefined {
  const callee = unwrap(node.callee);
  const [pattern] = node.arguments;
  const waiting = wrapped(node).parent;
  if (mode !== "direct" || callee.type !== "MemberExpression" || callee.optional || !pattern || pattern.type === "SpreadElement" || waiting?.type !== "AwaitExpression") return undefined;
  const place = placeOf(waiting);
  if (!place || hasComment(file, place.replaced)) return undefined;
  const { quote: q, semicolon: s, newline, indent } = styleOf(file);
  const [cursor, next, found] = [freeName(file, "cursor"), freeName(file, "next"), freeName(file, "found")];
  const list = place.name ?? freeName(file, "keys");
  const constant = constantOf(target(file.evaluator.value(pattern)));
  const match = constant !== undefined && EVERYTHING.test(constant) ? `${q}${PATTERN}${q}` : file.text.slice(...pattern.range);
  const type = isTyped(file) ? ": string[]" : "";
  const lines = [
    `const ${list}${type} = []${s}`,
    `let ${cursor} = ${q}0${q}${s}`,
    "do {",
    `${indent}const [${next}, ${found}] = await ${file.text.slice(...callee.object.range)}.scan(${cursor}, { match: ${match}, count: 100 })${s}`,
    `${indent}${list}.push(...${found})${s}`,
    `${indent}${cursor} = ${next}${s}`,
    `} while (${cursor} !== ${q}0${q})${s}`,
  ].join(`${newline}${indentOf(file, place.statement)}`);
  const { replaced, statement } = place;
  return {
    adds: "loop",
    fix: (fixer) =>
      replaced === statement
        ? [fixer.replaceText(statement, lines)]
        : [fixer.insertTextBefore(statement, `${lines}${newline}${indentOf(file, statement)}`), fixer.replaceText(replaced, list)],
  };
}

interface Spot {
  readonly statement: Node;
  /** The statement itself, or the expression that the list stands for. */
  readonly replaced: Node;
  /** The variable that holds the list already. */
  readonly name: string | undefined;
}

/** Where nothing is evaluated before the awaited list. */
function placeOf(waiting: Node): Spot | undefined {
  const outer = wrapped(waiting);
  const { parent } = outer;
  let spot: Spot | undefined;
  if (parent?.type === "ReturnStatement" || (parent?.type === "ForOfStatement" && parent.right === outer)) {
    spot = { statement: parent, replaced: outer, name: undefined };
  } else if (parent?.type === "VariableDeclarator" && parent.parent.declarations.length === 1 && parent.parent.kind === "const" && parent.id.type === "Identifier" && !parent.id.typeAnnotation) {
    spot = { statement: parent.parent, replaced: parent.parent, name: parent.id.name };
  }
  const around = spot?.statement.parent?.type;
  return around === "BlockStatement" || around === "Program" ? spot : undefined;
}

const hasComment = (file: FileModel, { range: [start, end] }: Node): boolean =>
  (file.ast.comments ?? []).some(({ range }) => range[0] >= start && range[1] <= end);

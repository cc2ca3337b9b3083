import type { TSESTree } from "@typescript-eslint/types";
import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { enclosingFunction, isFunction, unwrap, wrapped, type AnyFunction, type Node } from "../model/syntax/ast.ts";
import { variableAt } from "../model/values/bindings.ts";
import type { FileModel } from "../model/file.ts";
import { madeAsync } from "./guard.ts";
import { freeName } from "./imports.ts";
import { indentOf, styleOf } from "./source-style.ts";

type Edits = (fixer: RuleFixer) => RuleFix[];

/** Waits for a promise, and for nothing that turns its rejection into a value. Undefined: no `await` may stand there. */
export function awaitFix(file: FileModel, call: TSESTree.CallExpression): Edits | undefined {
  const fn = enclosingFunction(call);
  if (fn && !fn.async && (fn.generator || !canBeAsync(fn))) return undefined;
  const chain = chainOf(call);
  const { parent } = chain;
  const isVoid = parent?.type === "UnaryExpression" && parent.operator === "void";
  // The word alone goes: what stands behind it may stand in brackets.
  const before = isVoid ? file.text.slice(parent.range[0] + "void".length, wrapped(call).range[0]).trimStart() : "";
  const from = isVoid ? parent : chain;
  return (fixer) => [
    fixer.replaceTextRange([from.range[0], wrapped(call).range[0]], `await ${before}`),
    ...(chain.range[1] > wrapped(call).range[1] ? [fixer.removeRange([wrapped(call).range[1], chain.range[1]])] : []),
    ...(fn ? madeAsync(file, fixer, fn) : []),
  ];
}

/** A method's name stands before its function: `async` would have to stand before that. */
function canBeAsync({ parent }: AnyFunction): boolean {
  return parent.type !== "MethodDefinition" && !(parent.type === "Property" && parent.method);
}

/** The call with the `.catch(…)` and `.finally(…)` behind it. */
function chainOf(call: Node): Node {
  let node = wrapped(call);
  for (;;) {
    const member = node.parent;
    if (member?.type !== "MemberExpression" || member.object !== node) return node;
    const next = wrapped(member).parent;
    if (next?.type !== "CallExpression") return node;
    node = wrapped(next);
  }
}

/** Lets a failed check end the request: the `catch` throws again, and `.catch(…)` goes. */
export function rethrowFix(file: FileModel, catcher: TSESTree.CatchClause | TSESTree.CallExpression): Edits | undefined {
  if (catcher.type === "CallExpression") {
    const member = unwrap(catcher.callee);
    return member.type === "MemberExpression" ? (fixer) => [fixer.removeRange([member.object.range[1], catcher.range[1]])] : undefined;
  }
  const { newline, indent, semicolon } = styleOf(file);
  const { body, param } = catcher;
  const last = body.body.at(-1);
  if (last?.type === "ReturnStatement" && last.argument) {
    const { argument } = last;
    return (fixer) => [fixer.replaceText(argument, "false")];
  }
  if (param && param.type !== "Identifier") return undefined;
  // An answer has been sent: what is left is to stop.
  const hasAnswered = /\b(?:status|sendStatus|writeHead|code)\(\s*[45]\d\d/u.test(file.text.slice(...body.range));
  const name = param?.name ?? "error";
  const text = hasAnswered ? `return${semicolon}` : `throw ${name}${semicolon}`;
  const named = param || hasAnswered ? undefined : body;
  return (fixer) => [
    ...(named ? [fixer.insertTextBefore(named, `(${name}) `)] : []),
    fixer.replaceTextRange(restOf(file, body), `${newline}${indentOf(file, catcher)}${indent}${text}${newline}${indentOf(file, catcher)}`),
  ];
}

/** The white space before the closing brace. */
function restOf(file: FileModel, body: TSESTree.BlockStatement): [number, number] {
  const end = body.range[1] - 1;
  return [file.text.slice(0, end).trimEnd().length, end];
}

/** Hands over the text that was sent. Undefined: where it is read can't be seen. */
export function rawTextFix(file: FileModel, body: Node): Edits | undefined {
  const shown = unwrap(body);
  const inline = jsonCallIn(shown);
  if (inline) return (fixer) => [fixer.replaceText(shown, `await ${inline.request}.text()`)];
  const name = shown.type === "Identifier" ? shown : stringified(shown);
  const declarator = name && variableAt(file.evaluator.scopeManager, name)?.defs[0]?.node;
  if (!name || declarator?.type !== "VariableDeclarator" || declarator.id.type !== "Identifier" || !declarator.init) return undefined;
  const read = jsonCallIn(declarator.init);
  const statement = declarator.parent;
  if (!read || statement.declarations.length > 1 || enclosingFunction(statement) !== enclosingFunction(body)) return undefined;
  const { newline, semicolon } = styleOf(file);
  const raw = freeName(file, "rawBody");
  const property = body.parent?.type === "Property" && body.parent.shorthand ? body.parent : undefined;
  return (fixer) => [
    fixer.insertTextBefore(statement, `const ${raw} = await ${read.request}.text()${semicolon}${newline}${indentOf(file, statement)}`),
    fixer.replaceText(read.node, `JSON.parse(${raw})`),
    property ? fixer.replaceText(property, `body: ${raw}`) : fixer.replaceText(shown, raw),
  ];

  function jsonCallIn(node: Node): { readonly node: Node; readonly request: string } | undefined {
    const value = unwrap(node);
    const inner = value.type === "AwaitExpression" ? unwrap(value.argument) : stringifiedNode(value);
    if (!inner) return undefined;
    if (inner.type === "AwaitExpression") return jsonCallIn(inner);
    if (value.type !== "AwaitExpression" || inner.type !== "CallExpression" || inner.callee.type !== "MemberExpression") return undefined;
    const { property: method, object } = inner.callee;
    if (method.type !== "Identifier" || method.name !== "json" || isFunction(object)) return undefined;
    return { node: value, request: file.text.slice(...object.range) };
  }
}

function stringified(node: Node): TSESTree.Identifier | undefined {
  const argument = stringifiedNode(node);
  return argument?.type === "Identifier" ? argument : undefined;
}

/** The argument of `JSON.stringify(…)`. */
function stringifiedNode(node: Node): Node | undefined {
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression" || node.arguments.length === 0) return undefined;
  const { object, property } = node.callee;
  const isStringify = object.type === "Identifier" && object.name === "JSON" && property.type === "Identifier" && property.name === "stringify";
  return isStringify && node.arguments[0] ? unwrap(node.arguments[0]) : undefined;
}

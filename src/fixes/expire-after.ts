import type { TSESTree } from "@typescript-eslint/types";
import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { unwrap, wrapped, type Node } from "../model/syntax/ast.ts";
import type { Command } from "../model/clients/clients.ts";
import type { FileModel } from "../model/file.ts";
import { asElement, asObject, withParentheses } from "./parentheses.ts";
import { indentOf, styleOf } from "./source-style.ts";

/** A key that is made anew each time it is written can't be written twice. */
const MADE_ANEW = /random|uuid|nanoid|cuid|ulid|now\s*\(|await|\+\+|--|generate|create|incr/iu;

/**
 * Gives a command's key an expiry by a command of its own: in the chain of a pipeline, in a statement behind it, or
 * in a transaction where the command stands inside an expression. Undefined: its key can't be written again.
 * @param by the command with its time, such as `expire` and `3600`
 */
export function expireAfter(
  file: FileModel,
  command: Command,
  by: { readonly name: string; readonly time: string },
): ((fixer: RuleFixer) => RuleFix[]) | undefined {
  const call = command.call.value.node;
  const keys = keysOf(file, command);
  if (call?.type !== "CallExpression" || keys.length === 0 || keys.some((key) => MADE_ANEW.test(key))) return undefined;
  const receiver = receiverOf(call, command.name);
  if (!receiver) return undefined;
  const commands = keys.map((key) => `.${by.name}(${key}, ${by.time})`);
  if (command.mode === "batch") return (fixer) => [fixer.insertTextAfter(call, commands.join(""))];
  const statement = awaitedStatement(call);
  if (statement) {
    const { newline, semicolon } = styleOf(file);
    const object = asObject(file, receiver);
    const lines = commands.map((one) => `${newline}${indentOf(file, statement)}await ${object}${one}${semicolon}`);
    return (fixer) => [fixer.insertTextAfter(statement, lines.join(""))];
  }
  return (fixer) => [fixer.insertTextAfterRange(withParentheses(file, receiver), ".multi()"), fixer.insertTextAfter(call, `${commands.join("")}.exec()`)];
}

function keysOf(file: FileModel, { keys, values }: Command): readonly string[] {
  const [entries] = values;
  if (entries?.role === "keyEntries") {
    const object = entries.value;
    if (object.kind !== "object" || object.entries.some(({ key }) => key === undefined)) return [];
    return object.entries.map(({ key }) => JSON.stringify(key));
  }
  return keys.flatMap(({ node }) => (node ? [asElement(file, node)] : [])).slice(0, 1);
}

/** The client of `client.hset(…)` and of `client.json.set(…)`. Undefined: the command is called by a name of its own. */
function receiverOf({ callee }: TSESTree.CallExpression, name: string): Node | undefined {
  const member = unwrap(callee);
  if (member.type !== "MemberExpression") return undefined;
  if (!name.includes(".")) return member.object;
  const group = unwrap(member.object);
  return group.type === "MemberExpression" ? group.object : undefined;
}

/** The statement that does nothing but await the command, or keep what it gives back. */
function awaitedStatement(call: Node): Node | undefined {
  const outer = wrapped(call).parent;
  if (outer?.type !== "AwaitExpression") return undefined;
  const awaited = wrapped(outer);
  const { parent } = awaited;
  const statement =
    parent?.type === "ExpressionStatement" ? parent
    : parent?.type === "VariableDeclarator" && parent.parent.declarations.length === 1 ? parent.parent
    : undefined;
  const isInList = statement?.parent?.type === "BlockStatement" || statement?.parent?.type === "Program";
  return isInList ? statement : undefined;
}

import type { TSESTree } from "@typescript-eslint/types";
import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { unwrap, type Node } from "../model/syntax/ast.ts";
import type { Command } from "../model/clients/clients.ts";
import type { FileModel } from "../model/file.ts";
import { expireAfter } from "./expire-after.ts";

type Edit = (fixer: RuleFixer) => RuleFix | RuleFix[];

/** Gives a write an expiry: an option of `set`, else a command of its own. Undefined: neither can be written. */
export function setExpiry(file: FileModel, command: Command, seconds: number): Edit | undefined {
  const call = command.call.value.node;
  if (call?.type !== "CallExpression" || call.arguments.some(({ type }) => type === "SpreadElement")) return undefined;
  if (command.isRaw) return wordsFix(command, call, seconds);
  if (command.name !== "set") return expireAfter(file, command, { name: "expire", time: String(seconds) });
  const [, value, options] = call.arguments;
  if (!value) return undefined;
  if (!options) {
    const end = endOf(file, value, call);
    return (fixer) => fixer.insertTextAfterRange([end, end], `, { ex: ${String(seconds)} }`);
  }
  const object = unwrap(options);
  if (object.type === "ObjectExpression") {
    const last = object.properties.at(-1);
    if (last) return (fixer) => fixer.insertTextAfter(last, `, ex: ${String(seconds)}`);
    return (fixer) => fixer.replaceText(object, `{ ex: ${String(seconds)} }`);
  }
  const text = file.text.slice(...options.range);
  const isNothing = text === "undefined" || text === "null";
  return (fixer) => fixer.replaceText(options, isNothing ? `{ ex: ${String(seconds)} }` : `{ ...${text}, ex: ${String(seconds)} }`);
}

/** `exec(["SET", key, value])` */
function wordsFix(command: Command, call: TSESTree.CallExpression, seconds: number): Edit | undefined {
  const [list] = call.arguments;
  const words = list && unwrap(list);
  const last = words?.type === "ArrayExpression" ? words.elements.at(-1) : undefined;
  return last && command.name === "set" ? (fixer) => fixer.insertTextAfter(last, `, "EX", ${String(seconds)}`) : undefined;
}

/** Where an argument ends, with the brackets around it. */
function endOf(file: FileModel, argument: Node, call: Node): number {
  let [, end] = argument.range;
  for (;;) {
    const [blanks = ""] = /^\s*\)/u.exec(file.text.slice(end, call.range[1] - 1)) ?? [];
    if (blanks === "") return end;
    end += blanks.length;
  }
}

import type { TSESTree } from "@typescript-eslint/types";
import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { contains, unwrap, wrapped, type Node } from "../model/syntax/ast.ts";
import type { Command } from "../model/clients/clients.ts";
import type { FileModel } from "../model/file.ts";
import { expireAfter } from "./expire-after.ts";
import { asElement } from "./parentheses.ts";

type Edit = (fixer: RuleFixer) => RuleFix | RuleFix[];

/** Gives a write an expiry: an option of `set`, else a command of its own. Undefined: neither can be written. */
export function setExpiry(file: FileModel, command: Command, seconds: number): Edit | undefined {
  const call = command.call.value.node;
  if (call?.type !== "CallExpression" || call.arguments.some(({ type }) => type === "SpreadElement")) return undefined;
  if (command.isRaw && command.via !== "node-redis") return wordsFix(file, command, call, seconds);
  if (command.name !== "set") return expireAfter(file, command, { name: "expire", time: String(seconds) });
  const [, value, options] = call.arguments;
  if (!value) return undefined;
  const option = `${command.via === "node-redis" ? "EX" : "ex"}: ${String(seconds)}`;
  if (!options) {
    const end = endOf(file, value, call);
    return (fixer) => fixer.insertTextAfterRange([end, end], `, { ${option} }`);
  }
  const object = unwrap(options);
  if (object.type === "ObjectExpression") {
    const last = object.properties.at(-1);
    if (last) return (fixer) => fixer.insertTextAfter(last, `, ${option}`);
    return (fixer) => fixer.replaceText(object, `{ ${option} }`);
  }
  const text = file.text.slice(...options.range);
  const isNothing = text === "undefined" || text === "null";
  return (fixer) => fixer.replaceText(options, isNothing ? `{ ${option} }` : `{ ...${asElement(file, options)}, ${option} }`);
}

/** `exec(["SET", key, value])`, ioredis' `set(key, value)`, and requests with the command in their path or body. */
function wordsFix(file: FileModel, command: Command, call: TSESTree.CallExpression, seconds: number): Edit | undefined {
  if (command.name !== "set") return command.via === "ioredis" ? expireAfter(file, command, { name: "expire", time: String(seconds) }) : undefined;
  const last = command.args.at(-1)?.value.node;
  const holder = last && wrapped(last).parent;
  if (last && (holder?.type === "ArrayExpression" || holder === call) && command.via !== "rest") {
    const end = holder === call ? endOf(file, last, call) : last.range[1];
    return (fixer) => fixer.insertTextAfterRange([end, end], `, "EX", ${String(seconds)}`);
  }
  if (last && holder?.type === "ArrayExpression") return (fixer) => fixer.insertTextAfter(last, `, "EX", "${String(seconds)}"`);
  const [address] = call.arguments;
  if (command.via !== "rest" || address?.type !== "TemplateLiteral") return undefined;
  // `${url}/set/key/value/EX/60`; where the value is the body, what follows stands in the query.
  const isWhole = last !== undefined && contains(address, last);
  const text = isWhole ? `/EX/${String(seconds)}` : `?EX=${String(seconds)}`;
  const end = address.range[1] - 1;
  return file.text.slice(...address.range).includes("?") ? undefined : (fixer) => fixer.insertTextAfterRange([end, end], text);
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

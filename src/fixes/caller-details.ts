import type { TSESTree } from "@typescript-eslint/types";
import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { unwrap } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import { addOption } from "./add-option.ts";
import { addressAt } from "./caller-address.ts";

/**
 * Hands the caller's address and user agent to a `limit()`.
 * @returns undefined where the code around takes no request, or what is handed over already can't be added to
 */
export function callerDetails(file: FileModel, call: TSESTree.CallExpression): ((fixer: RuleFixer) => RuleFix[]) | undefined {
  const address = addressAt(file, call, "open");
  const [identifier, options] = call.arguments;
  if (!address || !identifier || (options && unwrap(options).type !== "ObjectExpression")) return undefined;
  const agent = agentLike(address.text);
  const details = [`ip: ${address.text}`, ...(agent === undefined ? [] : [`userAgent: ${agent}`])].join(", ");
  return (fixer) => [
    ...address.fixes(fixer),
    options ? addOption(file, fixer, options, details) : fixer.insertTextAfter(identifier, `, { ${details} }`),
  ];
}

/** The user agent, read in the way in which the address is. */
function agentLike(address: string): string | undefined {
  if (/^\w+\.ip$/u.test(address)) return address.replace(/ip$/u, 'get("user-agent")');
  if (address.startsWith("String(")) return /^String\((?<request>\w+)\.headers/u.exec(address)?.groups?.["request"]?.concat('.headers["user-agent"]');
  return address.includes("x-real-ip") ? address.replace("x-real-ip", "user-agent") : undefined;
}

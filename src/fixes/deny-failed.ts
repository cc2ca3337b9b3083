import type { TSESTree } from "@typescript-eslint/types";
import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { wrapped } from "../model/syntax/ast.ts";
import { statementOf } from "../model/limits/answer-uses.ts";
import type { FailsOpen } from "../model/limits/failing-open.ts";
import type { FileModel } from "../model/file.ts";
import { plainRefusalAt } from "./refuse.ts";
import { indentOf, styleOf } from "./source-style.ts";

type Fix = (fixer: RuleFixer) => RuleFix[];

const UNAVAILABLE = { status: 503, text: "Try again later", error: "The rate limiter can't be reached. Try again later." };

/** Refuses a request whose limiter has failed; undefined where there is no place for it. */
export function denyFailed(file: FileModel, { how, node, constant, rejection }: FailsOpen): Fix | undefined {
  if (constant) return (fixer) => [fixer.replaceText(wrapped(constant), file.text.slice(...constant.range).includes("true") ? "false" : "true")];
  // What throws answers with an error, and does nothing else.
  if (rejection) return (fixer) => [fixer.removeRange([rejection.asked.range[1], rejection.whole.range[1]])];
  if (how === "falls") return node.type === "CatchClause" ? refusedAtEnd(file, node.body) : undefined;
  const statement = statementOf(node);
  if (!statement) return undefined;
  const outer = indentOf(file, statement);
  const { newline } = styleOf(file);
  const refusal = plainRefusalAt(file, node, UNAVAILABLE);
  return (fixer) => [fixer.replaceText(statement, refusal.join(`${newline}${outer}`))];
}

function refusedAtEnd(file: FileModel, block: TSESTree.BlockStatement): Fix {
  const { newline, indent } = styleOf(file);
  const outer = indentOf(file, block);
  const text = plainRefusalAt(file, block, UNAVAILABLE).map((line) => `${newline}${outer}${indent}${line}`).join("");
  const last = block.body.at(-1);
  if (last) return (fixer) => [fixer.insertTextAfter(last, text)];
  const isEmpty = file.text.slice(block.range[0] + 1, block.range[1] - 1).trim() === "";
  return (fixer) => isEmpty ? [fixer.replaceText(block, `{${text}${newline}${outer}}`)] : [fixer.insertTextAfterRange([block.range[0], block.range[0] + 1], text)];
}

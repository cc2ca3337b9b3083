import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { unwrap, wrapped, type Node } from "../model/syntax/ast.ts";
import { calledName, statementOf } from "../model/limits/answer-uses.ts";
import type { FileModel } from "../model/file.ts";
import type { LimitSinkKind } from "../model/limits/limit-sinks.ts";
import { addOption } from "./add-option.ts";
import { styleOf } from "./source-style.ts";

/** What is written in the place of a caller's choice, and the edit. */
export interface FixedLimit {
  readonly text: string;
  readonly fix: (fixer: RuleFixer) => RuleFix[];
}

const CONSTANTS: Readonly<Record<"rate" | "tokens" | "dynamic", string>> = { rate: "1", tokens: "10", dynamic: "false" };

/** A constant where a caller chose; undefined where none would mean anything. */
export function fixedLimit(file: FileModel, kind: LimitSinkKind, node: Node): FixedLimit | undefined {
  if (kind === "reset") return undefined;
  const { quote: q } = styleOf(file);
  const text = kind === "prefix" ? `${q}${prefixIn(node)}${q}` : kind === "window" ? `${q}10 s${q}` : CONSTANTS[kind];
  const option = kind === "rate" ? `rate: ${text}` : `limit: ${text}`;
  if (node.type === "ObjectExpression") return { text: option, fix: (fixer) => [addOption(file, fixer, node, option)] };
  const { parent } = wrapped(node);
  if (parent?.type === "Property" && parent.shorthand) {
    return { text, fix: (fixer) => [fixer.replaceText(parent, `${file.text.slice(...parent.key.range)}: ${text}`)] };
  }
  // The options as a whole are the caller's.
  const isOptions = parent?.type === "CallExpression" && /^(?:limit|setDynamicLimit)$/u.test(calledName(parent) ?? "");
  const written = isOptions && (kind === "rate" || kind === "dynamic") ? `{ ${option} }` : text;
  return { text: written, fix: (fixer) => [fixer.replaceText(wrapped(node), written)] };
}

/** The SDK's own prefix, or what a text begins with. */
function prefixIn(node: Node): string {
  const at = unwrap(node);
  const start = at.type === "TemplateLiteral" ? at.quasis[0]?.value.raw : at.type === "BinaryExpression" && at.left.type === "Literal" ? String(at.left.value) : undefined;
  const words = start?.match(/[\w@/-]+/gu);
  const end = words ? (start?.lastIndexOf(words.at(-1) ?? "") ?? 0) + (words.at(-1)?.length ?? 0) : 0;
  const kept = start?.slice(0, end) ?? "";
  return /^[\w@/-]+$/u.test(kept) ? kept : "@upstash/ratelimit";
}

/** Takes a statement out that does nothing but call; undefined where its value is used, or comments are in it. */
export function withoutCall(file: FileModel, node: Node): ((fixer: RuleFixer) => RuleFix[]) | undefined {
  const statement = statementOf(node);
  if (statement?.type !== "ExpressionStatement" || /\/[/*]/u.test(file.text.slice(...statement.range))) return undefined;
  return (fixer) => [fixer.removeRange([lineBreakBefore(file.text, statement.range[0]), statement.range[1]])];
}

/** Where the line break before a place begins, if only blanks are between; else where those begin. */
function lineBreakBefore(text: string, place: number): number {
  let at = place;
  while (at > 0 && (text[at - 1] === " " || text[at - 1] === "\t")) at--;
  if (text[at - 1] !== "\n") return at;
  return text[at - 2] === "\r" ? at - 2 : at - 1;
}

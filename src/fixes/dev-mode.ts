import type { TSESTree } from "@typescript-eslint/types";
import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { unwrap, wrapped, type Node } from "../model/syntax/ast.ts";
import type { DevMode } from "../model/qstash/dev-mode.ts";
import type { FileModel } from "../model/file.ts";
import { asElement } from "./parentheses.ts";
import { removeEntry } from "./remove.ts";
import { styleOf } from "./source-style.ts";

type Edits = (fixer: RuleFixer) => RuleFix[];

/** A way out, and the words for it. */
export interface Mend {
  /** Under a condition, without it, or from the environment. */
  readonly way: "development" | "removal" | "environment";
  /** The condition, the name of what goes, or what is read. */
  readonly words: string;
  readonly fix: Edits;
}

export function devModeMends(file: FileModel, found: DevMode): readonly Mend[] {
  switch (found.kind) {
    case "client":
    case "receiver":
      return optionMends(file, found);
    case "credential":
      return credentialMends(file, found);
    case "variable":
      return variableMends(file, found);
  }
}

const inDevelopment = (file: FileModel): string => {
  const { quote } = styleOf(file);
  return `process.env.NODE_ENV === ${quote}development${quote}`;
};

function optionMends(file: FileModel, { node, name, options }: DevMode): readonly Mend[] {
  const property = propertyAround(node);
  const test = inDevelopment(file);
  if (property) {
    const edit: Edits = (fixer) => [property.shorthand ? fixer.replaceText(property, `${name}: ${test}`) : fixer.replaceText(property.value, test)];
    const removal: Mend = { way: "removal", words: name, fix: (fixer) => [removeEntry(file, fixer, property)] };
    return isSettled(file, node) ? [removal] : [{ way: "development", words: test, fix: edit }, removal];
  }
  // The options are written elsewhere: what is behind them wins.
  const written = options && wrapped(options);
  return written ? [{ way: "development", words: test, fix: (fixer) => [fixer.replaceText(written, `{ ...${asElement(file, written)}, ${name}: ${test} }`)] }] : [];
}

/** A condition around the node has asked for the stage already: TypeScript refuses to ask again for another one. */
function isSettled({ text }: FileModel, node: Node): boolean {
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    const isCondition = parent.type === "IfStatement" || parent.type === "ConditionalExpression";
    if (isCondition && parent.test !== at && text.slice(...parent.test.range).includes("NODE_ENV")) return true;
  }
  return false;
}

function credentialMends(file: FileModel, { node, name }: DevMode): readonly Mend[] {
  const property = propertyAround(node);
  if (!property) return [];
  const read = `process.env.${name}`;
  const key = file.text.slice(...property.key.range);
  return [
    {
      way: "environment",
      words: read,
      fix: (fixer) => [property.shorthand ? fixer.replaceText(property, `${key}: ${read}`) : fixer.replaceText(property.value, read)],
    },
  ];
}

function variableMends(file: FileModel, { node, name }: DevMode): readonly Mend[] {
  if (node.type === "Property") return [{ way: "removal", words: name, fix: (fixer) => [removeEntry(file, fixer, node)] }];
  const statement = node.parent?.type === "AssignmentExpression" ? wrapped(node.parent).parent : undefined;
  if (statement?.type !== "ExpressionStatement") return [];
  const test = inDevelopment(file);
  return [{ way: "development", words: test, fix: (fixer) => [fixer.insertTextBefore(statement, `if (${test}) `)] }];
}

/** The property of an object whose value, or which itself, is the node. */
function propertyAround(node: Node): TSESTree.Property | undefined {
  if (node.type === "Property") return node;
  const { parent } = wrapped(node);
  return parent?.type === "Property" && unwrap(parent.value) === unwrap(node) ? parent : undefined;
}

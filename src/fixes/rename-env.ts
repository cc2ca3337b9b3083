import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import type { Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import { styleOf } from "./source-style.ts";

/** Reads another variable in the place of one; undefined where that takes more than a new name. */
export function renameRead(file: FileModel, node: Node, name: string): ((fixer: RuleFixer) => RuleFix[]) | undefined {
  const { quote: q } = styleOf(file);
  const replace = (at: Node, text: string) => (fixer: RuleFixer) => [fixer.replaceText(at, text)];
  if (node.type === "MemberExpression") return replace(node.property, node.computed ? `${q}${name}${q}` : name);
  if (node.type === "Property") return replace(node, `${name}: ${file.text.slice(...node.value.range)}`);
  const [argument] = node.type === "CallExpression" ? node.arguments : [];
  return argument && replace(argument, `${q}${name}${q}`);
}

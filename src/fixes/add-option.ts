import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { unwrap, type Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import { asElement } from "./parentheses.ts";
import { indentOf, styleOf } from "./source-style.ts";

/** Adds a property to an options object; options that are not written out are copied into a new object. */
export function addOption(file: FileModel, fixer: RuleFixer, options: Node, property: string): RuleFix {
  const object = unwrap(options);
  if (object.type !== "ObjectExpression") return fixer.replaceText(options, `{ ...${asElement(file, options)}, ${property} }`);
  const last = object.properties.at(-1);
  if (!last) return fixer.replaceText(object, `{ ${property} }`);
  const isMultiline = object.loc.start.line !== last.loc.start.line;
  const { newline } = styleOf(file);
  return fixer.insertTextAfter(last, isMultiline ? `,${newline}${indentOf(file, last)}${property}` : `, ${property}`);
}

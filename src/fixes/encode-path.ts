import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { isFunction, type Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import type { ParamValue } from "../model/values/ir.ts";
import { primitiveKinds } from "../model/values/primitive-kind.ts";
import { target } from "../model/values/values.ts";
import { keyBefore } from "./shorthand.ts";

type Mend = (fixer: RuleFixer) => RuleFix[];

/** `key` → `encodeURIComponent(key)`, with a conversion where the type may be more than it takes. */
export function encoded(file: FileModel, node: Node): Mend {
  const [before, after] = isAccepted(file, node) ? ["encodeURIComponent(", ")"] : ["encodeURIComponent(String(", "))"];
  const name = keyBefore(file, node);
  // A comma would begin a second argument.
  const [open, close] = node.type === "SequenceExpression" ? ["(", ")"] : ["", ""];
  return (fixer) => [fixer.insertTextBefore(node, name + before + open), fixer.insertTextAfter(node, close + after)];
}

/** `words.join("/")` → `words.map((part) => encodeURIComponent(String(part))).join("/")` */
export function eachEncoded(node: Node): Mend {
  const isSimple = /^(?:Identifier|MemberExpression|CallExpression|ThisExpression|ArrayExpression)$/u.test(node.type);
  const map = ".map((part) => encodeURIComponent(String(part)))";
  return (fixer) => (isSimple ? [fixer.insertTextAfter(node, map)] : [fixer.insertTextBefore(node, "("), fixer.insertTextAfter(node, `)${map}`)]);
}

/** A text, number or flag for certain; without types anything is accepted. What is declared may still be nothing. */
function isAccepted(file: FileModel, node: Node): boolean {
  if (!/\.[cm]?tsx?$/u.test(file.filename)) return true;
  const located = file.located(node);
  const value = target(located.value);
  if (value.kind === "param") return isDeclaredText(value);
  if (value.kind === "member") return false;
  const kinds = primitiveKinds(file.tracer, located);
  return [...kinds].every((kind) => kind === "string" || kind === "number" || kind === "nan" || kind === "boolean");
}

/** `key: string` */
function isDeclaredText({ fn, index, rest }: ParamValue): boolean {
  const param = fn.node && isFunction(fn.node) && !rest ? fn.node.params[index] : undefined;
  const type = param?.type === "Identifier" && !param.optional ? param.typeAnnotation?.typeAnnotation.type : undefined;
  return type === "TSStringKeyword" || type === "TSNumberKeyword" || type === "TSTemplateLiteralType";
}

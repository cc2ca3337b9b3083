import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { contains, unwrap, type Node } from "../model/syntax/ast.ts";
import type { Exposure } from "../model/credentials/exposed.ts";
import type { FileModel } from "../model/file.ts";
import { removeEntry } from "./remove.ts";
import { isShorthand, keyBefore } from "./shorthand.ts";

/** A suggestion. */
export interface ExposureFix {
  readonly way: "presence" | "names" | "remove";
  readonly fix: (fixer: RuleFixer) => RuleFix;
}

/** Ways to keep a credential in: say whether it is set, name the variables, or leave it out. */
export function exposureFixes(file: FileModel, { credential, outlet, node }: Exposure): readonly ExposureFix[] {
  const shown = expressionOf(node, outlet.isBehind ? node : outlet.node);
  const text = file.text.slice(...node.range);
  const found: ExposureFix[] = [];
  const replaced = (way: ExposureFix["way"], by: string): void => {
    const braces = shown.parent && isShorthandAttribute(shown.parent.parent) ? shown.parent : undefined;
    if (braces) found.push({ way, fix: (fixer) => fixer.replaceText(braces, `${text}={${by}}`) });
    else found.push({ way, fix: (fixer) => fixer.replaceText(shown, isShorthand(shown) ? `${text}: ${by}` : by) });
  };
  const isSpread = shown.parent?.type === "SpreadElement" || shown.parent?.type === "JSXSpreadAttribute";
  if (credential.kind === "variable" && !isSpread && isText(file, node)) {
    replaced("presence", isTakenAsIs(shown, outlet) ? `Boolean(${text})` : `String(Boolean(${text}))`);
  }
  if (credential.kind === "environment" && !isSpread && outlet.takesAnything) replaced("names", `Object.keys(${text})`);
  const entry = removable(shown, outlet.kind === "log" && !outlet.isBehind);
  if (entry && !holdsComment(file, entry)) found.push({ way: "remove", fix: (fixer) => removed(file, fixer, entry) });
  if (found.length === 0 && !outlet.isBehind) replaced("remove", outlet.takesAnything && !isJoined(shown) ? "undefined" : '""');
  return found;
}

/** Puts a yes or no in the place of an awaited value that is sent back. Undefined where it is spread into something. */
export function whetherThere(file: FileModel, node: Node): ExposureFix["fix"] | undefined {
  let shown = node;
  while (shown.parent && (shown.parent.type === "AwaitExpression" || shown.parent.type === "LogicalExpression" || shown.parent !== unwrap(shown.parent))) shown = shown.parent;
  if (shown.parent?.type === "SpreadElement") return undefined;
  const text = file.text.slice(...shown.range);
  return (fixer) => fixer.replaceText(shown, `${keyBefore(file, shown)}Boolean(${text})`);
}

/** What is made of a value before it goes out (`btoa(token)`, `token ?? "none"`): the parts of texts and objects stay. */
function expressionOf(node: Node, outermost: Node): Node {
  let at = node;
  while (at.parent && at !== outermost && contains(outermost, at.parent)) {
    const { parent } = at;
    if (parent.type === "Property" || parent.type === "SpreadElement" || parent.type === "TemplateLiteral" || parent.type === "ArrayExpression") break;
    if (parent.type === "BinaryExpression" || parent.type === "ConditionalExpression" || /^JSX|Statement$|Function/u.test(parent.type)) break;
    at = parent;
  }
  while (at.parent && at.parent !== unwrap(at.parent)) at = at.parent;
  return at;
}

/** The node stands for the variable itself, not for an object that holds it. */
function isText(file: FileModel, node: Node): boolean {
  return file.tracer.alternatives(file.located(node)).some(({ value }) => value.kind === "env" || value.kind === "template" || value.kind === "operation");
}

/** Where a yes or no is as good as a text: it is only shown, or made part of a text. */
function isTakenAsIs(node: Node, { takesAnything, isBehind }: Exposure["outlet"]): boolean {
  return (takesAnything && !isBehind) || isJoined(node);
}

const isJoined = ({ parent }: Node): boolean => parent?.type === "TemplateLiteral" || (parent?.type === "BinaryExpression" && parent.operator === "+");

/** `<Cart {token} />` in Astro. */
const isShorthandAttribute = (node: Node | undefined): boolean => (node?.type as string | undefined) === "AstroShorthandAttribute";

/** What can be taken out around a value: a property, an attribute, an argument of a call that takes any number. */
function removable(node: Node, isVariadic: boolean): Node | undefined {
  const { parent } = node;
  if (parent?.type === "Property" && parent.value === node) return parent;
  if (parent?.type === "SpreadElement" || parent?.type === "JSXSpreadAttribute") return parent;
  if (parent?.type === "JSXExpressionContainer") return parent.parent.type === "JSXAttribute" || isShorthandAttribute(parent.parent) ? parent.parent : parent;
  const isArgument = parent?.type === "CallExpression" && parent.callee !== node;
  return isArgument && isVariadic ? node : undefined;
}

function removed(file: FileModel, fixer: RuleFixer, entry: Node): RuleFix {
  if (entry.type === "JSXExpressionContainer") return fixer.remove(entry);
  if (entry.type !== "JSXAttribute" && entry.type !== "JSXSpreadAttribute" && !isShorthandAttribute(entry)) return removeEntry(file, fixer, entry);
  const [start, end] = entry.range;
  return fixer.removeRange([file.text.slice(0, start).trimEnd().length, end]);
}

function holdsComment({ ast }: FileModel, { range: [start, end] }: Node): boolean {
  return ast.comments?.some(({ range }) => start <= range[0] && range[1] <= end) ?? false;
}

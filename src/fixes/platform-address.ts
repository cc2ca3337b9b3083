import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { unwrap, wrapped, type Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import type { RequestInput } from "../model/input/request-input.ts";
import { addressAt } from "./caller-address.ts";
import { styleOf } from "./source-style.ts";

/**
 * Puts the address that the platform sets where a limit's identifier takes what the caller chose: another header's name
 * where one is written, else another expression.
 * @param call the call of the file that asks the limit
 * @returns undefined where the code around takes no request
 */
export function platformAddress(file: FileModel, node: Node, { kind, path }: RequestInput, call: Node): ((fixer: RuleFixer) => RuleFix[]) | undefined {
  const address = addressAt(file, node, "constant") ?? addressAt(file, call, "constant");
  const name = kind === "header" ? headerNameIn(file, node, path[0] ?? "") : undefined;
  // Express and its like say the address without a header.
  const header = address ? /["']([\w-]+-ip)["']/u.exec(address.text)?.[1] : "x-real-ip";
  if (name && header !== undefined) {
    const { quote: q } = styleOf(file);
    return (fixer) => [fixer.replaceTextRange(name, `${q}${header}${q}`)];
  }
  if (!address) return undefined;
  const chosen = kind === "header" && name ? textAround(node) : wrapped(node);
  // What stands for callers without an identifier is no longer needed, where that is nothing.
  const outer = chosen.parent?.type === "LogicalExpression" && chosen.parent.left === chosen && NOTHING.test(file.text.slice(...chosen.parent.right.range)) ? wrapped(chosen.parent) : chosen;
  const parent = outer.parent;
  if (parent?.type === "Property" && parent.shorthand) return undefined;
  const isLeft = parent?.type === "LogicalExpression" && parent.left === outer;
  const text = isLeft ? address.text.replace(/ \?\? (["'])anonymous\1$/u, "") : parent?.type === "LogicalExpression" ? `(${address.text})` : address.text;
  return (fixer) => [...address.fixes(fixer), fixer.replaceText(outer, text)];
}

const NOTHING = /^(?:null|undefined)$/u;

/** Where a header's name is written in an expression. */
function headerNameIn(file: FileModel, node: Node, header: string): [number, number] | undefined {
  const text = file.text.slice(...node.range);
  const at = text.toLowerCase().lastIndexOf(header);
  if (at < 1 || !/["']/u.test(text.charAt(at - 1)) || text.charAt(at - 1) !== text.charAt(at + header.length)) return undefined;
  const start = node.range[0] + at - 1;
  return [start, start + header.length + 2];
}

/** The expression with what is read from its text: `(header as string)?.split(",")[0].trim()`. */
function textAround(node: Node): Node {
  let at = wrapped(node);
  for (let { parent } = at; parent; { parent } = at) {
    const isRead = (parent.type === "MemberExpression" && parent.object === at) || (parent.type === "CallExpression" && parent.callee === at);
    if (!isRead && !(parent.type === "ChainExpression" || unwrap(parent) === unwrap(at))) break;
    at = wrapped(parent);
  }
  return at;
}

import type { TSESTree } from "@typescript-eslint/types";
import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { unwrap, wrapped, type Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import { ensureImport } from "./imports.ts";

/** An edit that makes a value with a generator for secrets, and its words. */
export interface UnguessableFix {
  readonly by: string;
  readonly fix: (fixer: RuleFixer) => RuleFix[];
}

/** Replaces the expression around a source that can be guessed. */
export function unguessable(file: FileModel, source: Node): UnguessableFix {
  const range = integerRange(file, source);
  if (range) {
    const randomInt = ensureImport(file, "node:crypto", "randomInt");
    const by = `${randomInt.name}(${range.args})`;
    return { by, fix: (fixer) => [...randomInt.fixes(fixer), fixer.replaceText(range.node, by)] };
  }
  const by = "crypto.randomUUID()";
  const at = whole(source);
  return { by, fix: (fixer) => [fixer.replaceText(at, by)] };
}

/** The largest expression that is made of the source and constants. */
function whole(source: Node): Node {
  let at = wrapped(source);
  for (;;) {
    const { parent } = at;
    if (!parent) return at;
    const isGrown =
      (parent.type === "MemberExpression" && parent.object === at && wrapped(parent).parent?.type === "CallExpression") ||
      (parent.type === "CallExpression" && (parent.callee === at || isConversion(parent))) ||
      parent.type === "AwaitExpression" ||
      (parent.type === "UnaryExpression" && parent.operator === "+") ||
      (parent.type === "BinaryExpression" && isConstant(parent.left === at ? parent.right : parent.left));
    if (!isGrown) return at;
    at = wrapped(parent);
  }
}

/** `Math.floor(…)`, `String(…)` with nothing else of its own. */
function isConversion({ callee, arguments: args }: TSESTree.CallExpression): boolean {
  const name = unwrap(callee);
  const isNamed = name.type === "Identifier" && /^(?:String|Number|parseInt|BigInt)$/u.test(name.name);
  return (isNamed || isMath(name)) && args.slice(1).every(isConstant);
}

function isMath(node: Node): boolean {
  return node.type === "MemberExpression" && node.object.type === "Identifier" && node.object.name === "Math";
}

function isConstant(node: Node): boolean {
  const at = unwrap(node);
  if (at.type === "Literal") return true;
  if (at.type === "UnaryExpression") return isConstant(at.argument);
  return at.type === "BinaryExpression" && isConstant(at.left) && isConstant(at.right);
}

/** `Math.floor(min + Math.random() * span)` and its like, as the arguments of `randomInt`. */
function integerRange(file: FileModel, source: Node): { readonly node: Node; readonly args: string } | undefined {
  const product = wrapped(source).parent;
  if (product?.type !== "BinaryExpression" || product.operator !== "*") return undefined;
  const span = product.left === wrapped(source) ? product.right : product.left;
  let at = wrapped(product);
  let min: Node | undefined;
  if (at.parent?.type === "BinaryExpression" && at.parent.operator === "+") {
    min = at.parent.left === at ? at.parent.right : at.parent.left;
    at = wrapped(at.parent);
  }
  const rounding = at.parent;
  if (rounding?.type !== "CallExpression" || !isMath(unwrap(rounding.callee))) return undefined;
  at = wrapped(rounding);
  if (!min && at.parent?.type === "BinaryExpression" && at.parent.operator === "+") {
    const other = at.parent.left === at ? at.parent.right : at.parent.left;
    if (isConstant(other) && numberOf(other) !== undefined) {
      min = other;
      at = wrapped(at.parent);
    }
  }
  const text = (node: Node): string => file.text.slice(...node.range);
  if (!min) return { node: at, args: text(span) };
  const [low, high] = [numberOf(min), numberOf(span)];
  if (low === undefined || high === undefined) return undefined;
  return { node: at, args: `${grouped(low)}, ${grouped(low + high)}` };
}

function numberOf(node: Node): number | undefined {
  const at = unwrap(node);
  if (at.type === "Literal") return typeof at.value === "number" ? at.value : undefined;
  if (at.type !== "BinaryExpression") return undefined;
  const [left, right] = [numberOf(at.left), numberOf(at.right)];
  if (left === undefined || right === undefined) return undefined;
  if (at.operator === "+") return left + right;
  if (at.operator === "-") return left - right;
  return at.operator === "*" ? left * right : undefined;
}

const grouped = (number: number): string => (number < 10_000 ? String(number) : number.toLocaleString("en").replaceAll(",", "_"));

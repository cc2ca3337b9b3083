import type { TSESTree } from "@typescript-eslint/types";
import { staticKey, wrapped, type Node } from "../syntax/ast.ts";

/** What a call's result is called: `create: make(…)`, `const create = make(…)`. */
export function nameOfResult(call: TSESTree.CallExpression): { readonly name: string; readonly node: Node } | undefined {
  const outer = wrapped(call);
  const { parent } = outer;
  if (parent?.type === "Property" && parent.value === outer) {
    const name = staticKey(parent);
    return name === undefined ? undefined : { name, node: parent.key };
  }
  return parent?.type === "VariableDeclarator" && parent.id.type === "Identifier" ? { name: parent.id.name, node: parent.id } : undefined;
}

/** The key of an object's entry, or of a class's method, as a node to report on. */
export function keyOf(node: Node | undefined): Node | undefined {
  return node?.type === "Property" || node?.type === "MethodDefinition" ? node.key : undefined;
}

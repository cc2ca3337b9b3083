import type { TSESTree } from "@typescript-eslint/types";
import type { Node } from "./ast.ts";
import type { FileModel } from "../file.ts";

/** The innermost node around a place in the text; undefined outside the program, as in the template of a component. */
export function nodeAt({ tree, visitorKeys }: FileModel, offset: number): Node | undefined {
  if (!holds(tree, offset)) return undefined;
  let at: Node = tree;
  for (;;) {
    const inner = childAt(at, visitorKeys[at.type] ?? [], offset);
    if (!inner) return at;
    at = inner;
  }
}

/** The comment around a place in the text. */
export function commentAt({ ast }: FileModel, offset: number): TSESTree.Comment | undefined {
  return ast.comments?.find((comment) => holds(comment, offset));
}

function childAt(node: Node, keys: readonly string[], offset: number): Node | undefined {
  const children = node as unknown as Record<string, Node | (Node | null)[] | null | undefined>;
  for (const key of keys) {
    const child = children[key];
    if (Array.isArray(child)) {
      const found = child.find((item) => item && holds(item, offset));
      if (found) return found;
    } else if (child && holds(child, offset)) return child;
  }
  return undefined;
}

const holds = ({ range }: { readonly range: readonly [number, number] }, offset: number): boolean => range[0] <= offset && offset < range[1];

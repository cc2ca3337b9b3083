import type { TSESTree } from "@typescript-eslint/types";
import { isFunction, type AnyFunction, type Node } from "./ast.ts";

/** The nodes that questions about a whole file begin at. */
export interface Collected {
  readonly calls: readonly (TSESTree.CallExpression | TSESTree.NewExpression)[];
  readonly dynamicImports: readonly TSESTree.ImportExpression[];
  readonly functions: readonly AnyFunction[];
  readonly members: readonly TSESTree.MemberExpression[];
  readonly declarators: readonly TSESTree.VariableDeclarator[];
  /** Assignments that take an object apart: `({ a } = b)`. */
  readonly patternAssignments: readonly TSESTree.AssignmentExpression[];
  /** Elements and fragments of JSX. */
  readonly markup: readonly (TSESTree.JSXElement | TSESTree.JSXFragment)[];
}

/** Subtrees in which nothing runs. */
const TYPES = /^TS(?:Type|Interface|Function|Array|Union|Intersection|Literal|Mapped|Conditional|Tuple|Abstract|Declare)/u;

/** One pass over a syntax tree, for all rules together; types are passed over. */
export function collect(program: TSESTree.Program, keys: Readonly<Record<string, readonly string[] | undefined>>): Collected {
  const calls: (TSESTree.CallExpression | TSESTree.NewExpression)[] = [];
  const dynamicImports: TSESTree.ImportExpression[] = [];
  const functions: AnyFunction[] = [];
  const members: TSESTree.MemberExpression[] = [];
  const declarators: TSESTree.VariableDeclarator[] = [];
  const patternAssignments: TSESTree.AssignmentExpression[] = [];
  const markup: (TSESTree.JSXElement | TSESTree.JSXFragment)[] = [];
  const visit = (node: Node): void => {
    if (node.type === "CallExpression" || node.type === "NewExpression") calls.push(node);
    else if (node.type === "MemberExpression") members.push(node);
    else if (node.type === "ImportExpression") dynamicImports.push(node);
    else if (node.type === "VariableDeclarator") declarators.push(node);
    else if (node.type === "AssignmentExpression") {
      if (node.left.type === "ObjectPattern") patternAssignments.push(node);
    } else if (node.type === "JSXElement" || node.type === "JSXFragment") markup.push(node);
    else if (isFunction(node)) functions.push(node);
    else if (node.type.startsWith("TS") && TYPES.test(node.type) && node.type !== "TSTypeAssertion") return;
    const children = node as unknown as Record<string, unknown>;
    for (const key of keys[node.type] ?? []) {
      const child = children[key];
      if (Array.isArray(child)) {
        for (const item of child as (Node | null)[]) if (item) visit(item);
      } else if (child) visit(child as Node);
    }
  };
  visit(program);
  return { calls, dynamicImports, functions, members, declarators, patternAssignments, markup };
}

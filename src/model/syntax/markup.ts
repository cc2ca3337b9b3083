import type { TSESTree } from "@typescript-eslint/types";
import type { Node } from "./ast.ts";
import type { FileModel } from "../file.ts";
import type { Value } from "../values/ir.ts";
import type { Outlet } from "../credentials/outlets.ts";

/**
 * Values in the markup of components that servers render: what HTML elements show, and props of client components and of
 * Astro's islands, which are written into the page for the browser.
 * @param matters asked of each value before the component is looked for
 */
export function markupOutlets(file: FileModel, matters: (value: Value) => boolean): readonly Outlet[] {
  const found: Outlet[] = [];
  for (const node of file.markup) {
    const matching = (value: Node): boolean => matters(file.evaluator.value(value));
    const add = (value: Node, as: string): void => {
      // React shows nothing for true and false.
      found.push({ kind: "browser", label: as, value: file.located(value), node: value, takesAnything: false, isBehind: false });
    };
    for (const child of node.children) {
      // What stands between the tags of any component is rendered.
      if (child.type === "JSXExpressionContainer" && child.expression.type !== "JSXEmptyExpression" && matching(child.expression)) add(child.expression, "markup");
    }
    if (node.type === "JSXFragment") continue;
    const { name, attributes } = node.openingElement;
    const values = attributes.flatMap((attribute) => valueOf(attribute) ?? []).filter(matching);
    if (values.length === 0) continue;
    const isHost = name.type === "JSXIdentifier" && /^[a-z]/u.test(name.name);
    const label = isHost ? "markup" : attributes.some(isClientDirective) || isClientComponent(file, name) ? `a prop of the client component \`${nameOf(name)}\`` : undefined;
    if (label !== undefined) for (const value of values) add(value, label);
  }
  return found;
}

/** The expression of an attribute. */
function valueOf(attribute: TSESTree.JSXAttribute | TSESTree.JSXSpreadAttribute): Node | undefined {
  if (attribute.type === "JSXSpreadAttribute") return attribute.argument;
  return attribute.value?.type === "JSXExpressionContainer" ? attribute.value.expression : undefined;
}

function nameOf(name: TSESTree.JSXTagNameExpression): string {
  if (name.type === "JSXIdentifier") return name.name;
  return name.type === "JSXMemberExpression" ? `${nameOf(name.object)}.${name.property.name}` : name.name.name;
}

/** `client:load` and its like, by which Astro makes an island of a component. */
function isClientDirective(attribute: TSESTree.JSXAttribute | TSESTree.JSXSpreadAttribute): boolean {
  return attribute.type === "JSXAttribute" && attribute.name.type === "JSXNamespacedName" && attribute.name.namespace.name === "client";
}

/** The component comes from a module that begins with `"use client"`. */
function isClientComponent(file: FileModel, name: TSESTree.JSXTagNameExpression): boolean {
  if (name.type !== "JSXIdentifier") return false;
  const component = file.located(name);
  return file.tracer.alternatives(component).some(({ place }) => place.module !== file && place.module.directives.includes("use client"));
}

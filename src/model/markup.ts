import type { TSESTree } from "@typescript-eslint/types";
import type { Node } from "./ast.ts";
import type { FileModel } from "./file.ts";
import type { Outlet } from "./outlets.ts";

/**
 * Values in the markup of components that servers render: what HTML elements show, and props of client components, which
 * React writes into the page for the browser.
 */
export function markupOutlets(file: FileModel): readonly Outlet[] {
  const found: Outlet[] = [];
  for (const node of file.markup) {
    const add = (value: Node, as: string): void => {
      // React shows nothing for true and false.
      found.push({ kind: "browser", label: as, value: file.located(value), node: value, takesAnything: false, isBehind: false });
    };
    for (const child of node.children) {
      // What stands between the tags of any component is rendered.
      if (child.type === "JSXExpressionContainer" && child.expression.type !== "JSXEmptyExpression") add(child.expression, "markup");
    }
    if (node.type === "JSXFragment") continue;
    const { name, attributes } = node.openingElement;
    const isHost = name.type === "JSXIdentifier" && /^[a-z]/u.test(name.name);
    const label = isHost ? "markup" : isClientComponent(file, name) ? `a prop of the client component \`${nameOf(name)}\`` : undefined;
    if (label === undefined) continue;
    for (const attribute of attributes) {
      if (attribute.type === "JSXSpreadAttribute") add(attribute.argument, label);
      else if (attribute.value?.type === "JSXExpressionContainer") add(attribute.value.expression, label);
    }
  }
  return found;
}

function nameOf(name: TSESTree.JSXTagNameExpression): string {
  if (name.type === "JSXIdentifier") return name.name;
  return name.type === "JSXMemberExpression" ? `${nameOf(name.object)}.${name.property.name}` : name.name.name;
}

/** The component comes from a module that begins with `"use client"`. */
function isClientComponent(file: FileModel, name: TSESTree.JSXTagNameExpression): boolean {
  if (name.type !== "JSXIdentifier") return false;
  const component = file.located(name);
  return file.tracer.alternatives(component).some(({ place }) => place.module !== file && place.module.directives.includes("use client"));
}

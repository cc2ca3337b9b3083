import { staticKey, unwrap, type Node } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import type { Located } from "../values/trace.ts";
import type { Handler } from "./handler.ts";
import { exportedNode } from "./next.ts";

/** Exports that answer one HTTP method each, as most frameworks with routes by path have them. */
export const HTTP_METHODS: ReadonlyMap<string, string> = new Map(
  ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"].map((name) => [name, name]),
);

/** What a file exports, also through `export *`, with the node that a report about it stands on. */
export interface Exported {
  readonly name: string;
  readonly value: Located;
  readonly node: Node;
}

/** The exports of a file whose names are wanted. */
export function exportsNamed(file: FileModel, isWanted: (name: string) => boolean): readonly Exported[] {
  const found: Exported[] = [];
  for (const [name, { value }] of file.exports) {
    if (!value || !isWanted(name)) continue;
    const node = exportedNode(file.ast, name) ?? assignedNode(file, name);
    if (node) found.push({ name, value: { value, place: file.place }, node });
  }
  for (const statement of file.ast.body) {
    if (statement.type === "ExportAllDeclaration" && !statement.exported) found.push(...throughStar(file, statement.source.value, statement, isWanted));
  }
  return found;
}

function throughStar(file: FileModel, source: string, node: Node, isWanted: (name: string) => boolean): readonly Exported[] {
  const path = file.path === undefined ? undefined : file.project?.resolve(file.path, source);
  const module = path === undefined ? undefined : file.project?.module(path);
  if (!module) return [];
  return [...module.exports].flatMap(([name, { value }]) =>
    value && name !== "default" && isWanted(name) && !file.exports.has(name) ? [{ name, value: { value, place: { module } }, node }] : [],
  );
}

/** `exports.handler = …`, `module.exports = { handler }` */
function assignedNode(file: FileModel, name: string): Node | undefined {
  for (const statement of file.ast.body) {
    if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") continue;
    const { left, right } = statement.expression;
    if (left.type !== "MemberExpression") continue;
    if (staticKey({ key: left.property, computed: left.computed }) === name) return left;
    const object = unwrap(right);
    if (object.type !== "ObjectExpression") continue;
    for (const property of object.properties) if (property.type === "Property" && staticKey(property) === name) return property.key;
  }
  return undefined;
}

/** The handlers that a file of a route exports, one a method. */
export function methodHandlers(
  file: FileModel,
  methods: ReadonlyMap<string, string>,
  route: string,
  common: Pick<Handler, "framework" | "outside">,
): readonly Handler[] {
  return exportsNamed(file, (name) => methods.has(name)).map(({ name, value, node }) => {
    const method = methods.get(name) ?? "ANY";
    return { ...common, method, title: method === "ANY" ? route : `${method} ${route}`, route, node, value, before: [] };
  });
}

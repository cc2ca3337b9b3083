import type { TSESTree } from "@typescript-eslint/types";

export type Node = TSESTree.Node;

const TRANSPARENT = new Set([
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
  "TSInstantiationExpression",
  "ParenthesizedExpression",
  "ChainExpression",
]);

/** The expression inside type assertions, `!`, parentheses and optional chains. */
export function unwrap(node: Node): Node {
  let inner = node;
  while (TRANSPARENT.has(inner.type)) inner = (inner as TSESTree.TSAsExpression).expression;
  return inner;
}

/** The outermost node that is this expression in other clothes: the opposite of {@link unwrap}. */
export function wrapped(node: Node): Node {
  let outer = node;
  while (outer.parent && TRANSPARENT.has(outer.parent.type)) outer = outer.parent;
  return outer;
}

/** The string constant that a node spells, or undefined. */
export function constantString(node: Node): string | undefined {
  const inner = unwrap(node);
  if (inner.type === "Literal" && typeof inner.value === "string") return inner.value;
  if (inner.type === "TemplateLiteral" && inner.expressions.length === 0) return inner.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** The name under which a property, method or member is known before it runs; undefined for computed keys. */
export function staticKey(node: { readonly key: Node; readonly computed: boolean }): string | undefined {
  if (!node.computed && node.key.type === "Identifier") return node.key.name;
  if (node.key.type === "PrivateIdentifier") return `#${node.key.name}`;
  if (node.key.type === "Literal") return String(node.key.value);
  return node.computed ? constantString(node.key) : undefined;
}

/** The directives ("use client") that open a program or a function body. */
export function directivesOf(body: readonly Node[]): readonly string[] {
  const found: string[] = [];
  for (const statement of body) {
    if (statement.type !== "ExpressionStatement") break;
    const { expression } = statement;
    if (expression.type !== "Literal" || typeof expression.value !== "string") break;
    found.push(expression.value);
  }
  return found.length > 0 ? found : NONE;
}

const NONE: readonly string[] = [];

export type AnyFunction =
  | TSESTree.FunctionDeclaration
  | TSESTree.FunctionExpression
  | TSESTree.ArrowFunctionExpression;

export function isFunction(node: Node): node is AnyFunction {
  return (
    node.type === "FunctionDeclaration" || node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression"
  );
}

/** The nearest function around a node, or undefined at module level. */
export function enclosingFunction(node: Node): AnyFunction | undefined {
  for (let at = node.parent; at; at = at.parent) if (isFunction(at)) return at;
  return undefined;
}

/** `await` may stand here: in an async function or at a module's top level, and not in a field or a static block of a class. */
export function mayAwait(node: Node): boolean {
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (isFunction(parent)) return parent.async;
    if (parent.type === "StaticBlock" || ((parent.type === "PropertyDefinition" || parent.type === "AccessorProperty") && parent.value === at)) return false;
  }
  return true;
}

/** The names that a pattern declares. */
export function namesIn(pattern: Node | null): readonly string[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) => namesIn(property.type === "Property" ? property.value : property.argument));
    case "ArrayPattern":
      return pattern.elements.flatMap(namesIn);
    case "AssignmentPattern":
      return namesIn(pattern.left);
    case "RestElement":
      return namesIn(pattern.argument);
    default:
      return [];
  }
}

/**
 * Whether a node is one of the statements that its parent runs one after the other, so that others may stand beside it.
 * Not in a class's static block, where a `return` can't.
 */
export function isListedStatement(node: Node): node is TSESTree.Statement {
  const { parent } = node;
  if (parent?.type === "SwitchCase") return parent.test !== node;
  return parent?.type === "BlockStatement" || parent?.type === "Program";
}

/** Whether one node lies in another, or is it. */
export function contains(outer: Node, inner: Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}

/** What a module's statements import and export, by name. */
export interface ModuleNames {
  /** Specifiers of import and export-from declarations. */
  readonly sources: ReadonlySet<string>;
  /** What is imported by name, as the other modules call it. Namespaces and defaults are not among it. */
  readonly imported: ReadonlySet<string>;
  /** Names under which something is exported, `default` among them; what `export *` and CommonJS export is not. */
  readonly exported: ReadonlySet<string>;
}

export function moduleNames(body: readonly TSESTree.ProgramStatement[]): ModuleNames {
  const sources = new Set<string>();
  const imported = new Set<string>();
  const exported = new Set<string>();
  for (const statement of body) {
    switch (statement.type) {
      case "ImportDeclaration":
        sources.add(statement.source.value);
        for (const specifier of statement.specifiers) if (specifier.type === "ImportSpecifier") imported.add(moduleName(specifier.imported));
        break;
      case "ExportAllDeclaration":
        sources.add(statement.source.value);
        break;
      case "ExportDefaultDeclaration":
        exported.add("default");
        break;
      case "ExportNamedDeclaration":
        if (statement.source) sources.add(statement.source.value);
        for (const specifier of statement.specifiers) exported.add(moduleName(specifier.exported));
        if (statement.declaration) addDeclared(statement.declaration, exported);
        break;
      default:
    }
  }
  return { sources, imported, exported };
}

function addDeclared(declaration: TSESTree.NamedExportDeclarations, names: Set<string>): void {
  if (declaration.type === "VariableDeclaration") {
    for (const { id } of declaration.declarations) for (const name of namesIn(id)) names.add(name);
  } else if ("id" in declaration && declaration.id?.type === "Identifier") names.add(declaration.id.name);
}

/** A name in an import or export list, which may be written as a text. */
export function moduleName(node: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return node.type === "Identifier" ? node.name : node.value;
}

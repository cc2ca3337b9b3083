import type { TSESTree } from "@typescript-eslint/types";
import { staticKey, unwrap, type Node } from "../syntax/ast.ts";
import { specifierName } from "./bindings.ts";
import type { ExportFacts, Value } from "./ir.ts";
import { memberOf, type Evaluator } from "./values.ts";

export interface ExportList {
  readonly exports: Map<string, ExportFacts>;
  readonly stars: string[];
}

/** What a module exports, as ES module or CommonJS. */
export function exportsOf(evaluator: Evaluator, program: TSESTree.Program): ExportList {
  const list: ExportList = { exports: new Map(), stars: [] };
  for (const statement of program.body) addStatement(evaluator, statement, list);
  return list;
}

function addStatement(evaluator: Evaluator, node: TSESTree.ProgramStatement, list: ExportList): void {
  switch (node.type) {
    case "ExportDefaultDeclaration":
      list.exports.set("default", declarationFacts(evaluator, node.declaration));
      return;
    case "ExportAllDeclaration":
      if (!node.exported) list.stars.push(node.source.value);
      else list.exports.set(specifierName(node.exported), { value: imported(node.source.value, "*") });
      return;
    case "ExportNamedDeclaration":
      addNamed(evaluator, node, list);
      return;
    case "TSExportAssignment":
      addCommonJs(evaluator, node.expression, list);
      return;
    case "ExpressionStatement":
      if (node.expression.type === "AssignmentExpression") addAssignment(evaluator, node.expression, list);
      return;
    default:
  }
}

function imported(source: string, name: string): Value {
  return { kind: "import", source, name };
}

function declarationFacts(evaluator: Evaluator, node: Node): ExportFacts {
  if (node.type === "TSInterfaceDeclaration" || node.type === "TSTypeAliasDeclaration") {
    return { type: evaluator.type(node) };
  }
  if (node.type === "ClassDeclaration") return { value: evaluator.value(node), type: evaluator.type(node) };
  return { value: evaluator.value(node) };
}

function addNamed(evaluator: Evaluator, node: TSESTree.ExportNamedDeclaration, list: ExportList): void {
  const { declaration, source } = node;
  if (declaration?.type === "VariableDeclaration") {
    for (const variable of evaluator.scopeManager.getDeclaredVariables(declaration)) {
      list.exports.set(variable.name, { value: evaluator.ref(variable) });
    }
  } else if (declaration && "id" in declaration && declaration.id?.type === "Identifier") {
    const facts =
      declaration.type === "TSEnumDeclaration"
        ? { value: evaluator.value(declaration.id) }
        : declarationFacts(evaluator, declaration);
    list.exports.set(declaration.id.name, facts);
  }
  for (const { local, exported } of node.specifiers) {
    const name = specifierName(exported);
    if (source) {
      const from = { source: source.value, name: specifierName(local) };
      list.exports.set(name, { value: { kind: "import", ...from }, type: { kind: "import", ...from, args: [] } });
    } else if (local.type === "Identifier") {
      list.exports.set(name, localFacts(evaluator, local));
    }
  }
}

function localFacts(evaluator: Evaluator, local: TSESTree.Identifier): ExportFacts {
  const value = evaluator.value(local);
  const type = evaluator.typeNamed(local);
  return type ? { value, type } : { value };
}

/** `module.exports = …`, `module.exports.x = …`, `exports.x = …`. */
function addAssignment(evaluator: Evaluator, node: TSESTree.AssignmentExpression, list: ExportList): void {
  if (node.left.type !== "MemberExpression") return;
  const path = memberPath(node.left);
  if (path === "module.exports") addCommonJs(evaluator, node.right, list);
  const named = /^(?:module\.)?exports\.(?<name>[^.]+)$/u.exec(path ?? "");
  if (named?.groups?.["name"]) list.exports.set(named.groups["name"], { value: evaluator.value(node.right) });
}

function memberPath(node: Node): string | undefined {
  if (node.type === "Identifier") return node.name;
  if (node.type !== "MemberExpression") return undefined;
  const object = memberPath(node.object);
  const key = staticKey({ key: node.property, computed: node.computed });
  return object !== undefined && key !== undefined ? `${object}.${key}` : undefined;
}

function addCommonJs(evaluator: Evaluator, node: Node, list: ExportList): void {
  const value = evaluator.value(node);
  list.exports.set("default", { value });
  const object = unwrap(node);
  if (object.type !== "ObjectExpression") return;
  for (const property of object.properties) {
    const key = property.type === "Property" ? staticKey(property) : undefined;
    if (key !== undefined) list.exports.set(key, { value: memberOf(value, key) });
  }
}

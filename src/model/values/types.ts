import type { TSESTree } from "@typescript-eslint/types";
import { constantString, staticKey, type Node } from "../syntax/ast.ts";
import { specifierName, variableAt } from "./bindings.ts";
import type { TypeShape } from "./ir.ts";
import type { Evaluator } from "./values.ts";

const OTHER: TypeShape = { kind: "keyword", name: "other" };

/** What a type annotation, interface, type alias or class declares. */
export function typeShape(evaluator: Evaluator, node: Node): TypeShape {
  switch (node.type) {
    case "TSStringKeyword":
    case "TSTemplateLiteralType":
      return { kind: "keyword", name: "string" };
    case "TSNumberKeyword":
    case "TSBigIntKeyword":
      return { kind: "keyword", name: "number" };
    case "TSBooleanKeyword":
      return { kind: "keyword", name: "boolean" };
    case "TSAnyKeyword":
    case "TSUnknownKeyword":
      return { kind: "keyword", name: "any" };
    case "TSLiteralType": {
      const text = constantString(node.literal);
      return text === undefined ? OTHER : { kind: "literals", values: [text] };
    }
    case "TSTypeLiteral":
      return membersShape(evaluator, node, node.members);
    case "TSInterfaceDeclaration":
      return interfaceShape(evaluator, node);
    case "TSTypeAliasDeclaration":
      return evaluator.type(node.typeAnnotation);
    case "ClassDeclaration":
    case "ClassExpression":
      return classShape(evaluator, node);
    case "TSUnionType": {
      const of = node.types.map((type) => evaluator.type(type));
      if (of.every((type) => type.kind === "literals")) {
        return { kind: "literals", values: of.flatMap((type) => type.values) };
      }
      return { kind: "any-of", of };
    }
    case "TSIntersectionType":
      return { kind: "all", of: node.types.map((type) => evaluator.type(type)) };
    case "TSArrayType":
      return { kind: "array", of: evaluator.type(node.elementType) };
    case "TSTupleType":
      return { kind: "array", of: { kind: "any-of", of: node.elementTypes.map((type) => evaluator.type(type)) } };
    case "TSTypeOperator":
      return node.typeAnnotation && node.operator === "readonly" ? evaluator.type(node.typeAnnotation) : OTHER;
    case "TSOptionalType":
      return evaluator.type(node.typeAnnotation);
    case "TSIndexedAccessType": {
      const key = node.indexType.type === "TSLiteralType" ? constantString(node.indexType.literal) : undefined;
      const of = evaluator.type(node.objectType);
      if (key !== undefined) return { kind: "member", of, name: key };
      return node.indexType.type === "TSNumberKeyword" ? { kind: "member", of, name: "" } : OTHER;
    }
    case "TSTypeQuery":
      return node.exprName.type === "TSImportType" ? OTHER : { kind: "typeof", value: entityValue(evaluator, node.exprName) };
    case "TSTypeReference":
      return referenceShape(evaluator, node);
    default:
      return OTHER;
  }
}

function entityValue(evaluator: Evaluator, node: TSESTree.EntityName) {
  if (node.type !== "TSQualifiedName") return evaluator.value(node);
  return { kind: "member" as const, object: evaluator.value(leftmost(node)), property: node.right.name };
}

function leftmost(node: TSESTree.EntityName): Node {
  return node.type === "TSQualifiedName" ? leftmost(node.left) : node;
}

function membersShape(evaluator: Evaluator, node: Node, members: readonly TSESTree.TypeElement[]): TypeShape {
  const shape: TypeShape = { kind: "object", members: new Map() };
  evaluator.rememberType(node, shape);
  for (const member of members) {
    if (member.type !== "TSPropertySignature") continue;
    const key = staticKey(member);
    if (key === undefined) continue;
    shape.members.set(key, member.typeAnnotation ? evaluator.type(member.typeAnnotation.typeAnnotation) : OTHER);
  }
  return shape;
}

function interfaceShape(evaluator: Evaluator, node: TSESTree.TSInterfaceDeclaration): TypeShape {
  const all: TypeShape = { kind: "all", of: [] };
  evaluator.rememberType(node, all);
  all.of.push(membersShape(evaluator, node.body, node.body.body));
  for (const base of node.extends) {
    if (base.expression.type === "Identifier") {
      all.of.push(namedShape(evaluator, base.expression, base.typeArguments?.params ?? []));
    }
  }
  return all;
}

function classShape(evaluator: Evaluator, node: TSESTree.ClassDeclaration | TSESTree.ClassExpression): TypeShape {
  const shape: TypeShape = { kind: "object", members: new Map() };
  evaluator.rememberType(node, shape);
  for (const member of node.body.body) {
    if (member.type === "MethodDefinition" && member.kind === "constructor") addParameterFields(evaluator, shape.members, member.value.params);
    if (member.type !== "PropertyDefinition" || member.static) continue;
    const key = staticKey(member);
    if (key === undefined || key.startsWith("#")) continue;
    shape.members.set(key, member.typeAnnotation ? evaluator.type(member.typeAnnotation.typeAnnotation) : OTHER);
  }
  return shape;
}

/** `constructor(public email: string)` declares a field. */
function addParameterFields(evaluator: Evaluator, members: Map<string, TypeShape>, params: readonly TSESTree.Parameter[]): void {
  for (const param of params) {
    if (param.type !== "TSParameterProperty") continue;
    const name = param.parameter.type === "AssignmentPattern" ? param.parameter.left : param.parameter;
    if (name.type === "Identifier") members.set(name.name, name.typeAnnotation ? evaluator.type(name.typeAnnotation.typeAnnotation) : OTHER);
  }
}

function referenceShape(evaluator: Evaluator, node: TSESTree.TSTypeReference): TypeShape {
  const params = node.typeArguments?.params ?? [];
  if (node.typeName.type === "Identifier") return namedShape(evaluator, node.typeName, params);
  const args = params.map((type) => evaluator.type(type));
  if (node.typeName.type === "TSQualifiedName") {
    const imported = importedShape(evaluator, node.typeName, args);
    return imported ?? { kind: "named", name: qualifiedName(node.typeName), args, target: undefined };
  }
  return OTHER;
}

function qualifiedName(node: TSESTree.EntityName): string {
  if (node.type === "TSQualifiedName") return `${qualifiedName(node.left)}.${node.right.name}`;
  return node.type === "Identifier" ? node.name : "this";
}

/** `Prisma.User` of a named import, `upstash.Redis` of a namespace import: by the names that the module exports. */
function importedShape(
  evaluator: Evaluator,
  name: TSESTree.TSQualifiedName,
  args: readonly TypeShape[],
): TypeShape | undefined {
  const root = leftmost(name);
  const def = root.type === "Identifier" ? variableAt(evaluator.scopeManager, root)?.defs[0] : undefined;
  if (def?.parent?.type !== "ImportDeclaration") return undefined;
  const inner = qualifiedName(name).split(".").slice(1);
  if (def.node.type === "ImportSpecifier") inner.unshift(specifierName(def.node.imported));
  else if (def.node.type === "ImportDefaultSpecifier") inner.unshift("default");
  return { kind: "import", source: def.parent.source.value, name: inner.join("."), args };
}

/** The type that a name stands for, declared here or imported. */
export function namedShape(evaluator: Evaluator, name: TSESTree.Identifier, params: readonly Node[]): TypeShape {
  const args = params.map((type) => evaluator.type(type));
  for (const def of variableAt(evaluator.scopeManager, name)?.defs ?? []) {
    if (def.node.type === "ImportSpecifier" && def.parent?.type === "ImportDeclaration") {
      return { kind: "import", source: def.parent.source.value, name: specifierName(def.node.imported), args };
    }
    if (def.node.type === "ImportDefaultSpecifier" && def.parent?.type === "ImportDeclaration") {
      return { kind: "import", source: def.parent.source.value, name: "default", args };
    }
    if (
      def.node.type === "TSInterfaceDeclaration" ||
      def.node.type === "TSTypeAliasDeclaration" ||
      def.node.type === "ClassDeclaration"
    ) {
      const shape: TypeShape = { kind: "named", name: name.name, args, target: undefined };
      shape.target = evaluator.type(def.node);
      return shape;
    }
  }
  return { kind: "named", name: name.name, args, target: undefined };
}

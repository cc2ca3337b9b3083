import type { TSESTree } from "@typescript-eslint/types";
import { isFunction, staticKey, unwrap, type Node } from "../syntax/ast.ts";
import type { ClassFacts, Value } from "./ir.ts";
import { isNothing, target, type Evaluator } from "./values.ts";

type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** An assignment to a field somewhere in its class. */
interface Assigned {
  readonly name: string;
  readonly isStatic: boolean;
  readonly right: Node;
}

const OPERATORS: ReadonlySet<string> = new Set(["=", "??=", "||="]);

/**
 * Fields that are empty when the class, or an instance, is made hold what its code assigns to them: `Store.instance = new Store()`,
 * `this.client ??= connect()`. What a parameter hands over is not known, and leaves the field as it is.
 */
export function addLaterAssignments(evaluator: Evaluator, { members, statics }: ClassFacts, node: ClassNode): void {
  if (![...members.values(), ...statics.values()].some(isEmpty)) return;
  const assigned = new Map<Value, Value[]>();
  // Parsers differ in the order of a node's children.
  for (const { name, isStatic, right } of [...assignmentsIn(node)].sort((one, other) => one.right.range[0] - other.right.range[0])) {
    const field = (isStatic ? statics : members).get(name);
    if (!field || !isEmpty(field)) continue;
    const value = evaluator.value(right);
    if (!/^(?:param|unknown)$/u.test(target(value).kind) && !isNothing(value)) assigned.set(field, [...(assigned.get(field) ?? []), value]);
  }
  for (const fields of [members, statics]) {
    for (const [name, field] of fields) {
      const values = assigned.get(field);
      if (!values) continue;
      const options = isNothing(field) ? [target(field), ...values] : values;
      const [only = field] = options;
      const held: Value = options.length === 1 ? only : { kind: "choice", operator: "=", options };
      if (field.kind === "ref") field.target = held;
      else fields.set(name, held);
    }
  }
}

/** A field that is declared and has no value yet, or none but `null`. */
function isEmpty(field: Value): boolean {
  return isNothing(field) || (field.kind === "ref" && field.target.kind === "unknown");
}

function* assignmentsIn(cls: ClassNode): Generator<Assigned> {
  for (const member of cls.body.body) {
    const isStatic = member.type === "StaticBlock" || ("static" in member && member.static);
    for (const node of nodesIn(member, true)) {
      if (node.type !== "AssignmentExpression" || !OPERATORS.has(node.operator)) continue;
      const left = unwrap(node.left);
      if (left.type !== "MemberExpression") continue;
      const name = staticKey({ key: left.property, computed: left.computed });
      const isOfClass = left.object.type === "Identifier" && left.object.name === cls.id?.name;
      if (name !== undefined && (isOfClass || left.object.type === "ThisExpression")) yield { name, isStatic: isOfClass || isStatic, right: node.right };
    }
  }
}

/** The nodes below a member of a class in which `this` is what it is there. */
function* nodesIn(node: Node, isMember: boolean): Generator<Node> {
  yield node;
  for (const [key, child] of Object.entries(node)) {
    if (key === "parent" || key === "typeAnnotation" || key === "decorators") continue;
    for (const inner of Array.isArray(child) ? (child as unknown[]) : [child as unknown]) {
      if (!isNode(inner) || inner.type === "ClassDeclaration" || inner.type === "ClassExpression") continue;
      const isMethod = isMember && key === "value";
      if (isFunction(inner) && inner.type !== "ArrowFunctionExpression" && !isMethod) continue;
      yield* nodesIn(inner, false);
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

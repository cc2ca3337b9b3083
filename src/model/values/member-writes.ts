import { staticKey, wrapped, type Node } from "../syntax/ast.ts";
import { variableAt } from "./bindings.ts";
import type { Value } from "./ir.ts";
import type { Evaluator } from "./values.ts";

/** What becomes of the members of a variable in the linted file. */
export interface MemberUses {
  /** Assignments to a member, in source order: `user.password = hash`. */
  readonly written: readonly { readonly property: string; readonly value: Value; readonly node: Node }[];
  /** Members that are read somewhere. */
  readonly read: ReadonlySet<string>;
  /** Members that are taken out: `delete user.password`. */
  readonly deleted: ReadonlySet<string>;
}

/** Undefined: the node is no variable. Aliases of it are not followed. */
export function memberUses(evaluator: Evaluator, node: Node): MemberUses | undefined {
  const variable = node.type === "Identifier" ? variableAt(evaluator.scopeManager, node) : undefined;
  if (!variable) return undefined;
  const written: MemberUses["written"][number][] = [];
  const read = new Set<string>();
  const deleted = new Set<string>();
  for (const { identifier } of variable.references) {
    const object = wrapped(identifier);
    const member = object.parent;
    if (member?.type !== "MemberExpression" || member.object !== object) continue;
    const property = staticKey({ key: member.property, computed: member.computed });
    if (property === undefined) continue;
    const { parent } = wrapped(member);
    if (parent?.type === "AssignmentExpression" && parent.left === wrapped(member)) written.push({ property, value: evaluator.value(parent.right), node: parent });
    else if (parent?.type === "UnaryExpression" && parent.operator === "delete") deleted.add(property);
    else read.add(property);
  }
  return { written, read, deleted };
}

import { isFunction, unwrap, type Node } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import type { Value } from "./ir.ts";
import { isEmpty } from "./values.ts";

/**
 * True where a variable of the environment is known to be empty: behind `if (!process.env.X)`, or in the other branch of
 * `process.env.X ? … : …`. What is written there says nothing.
 */
export function isKnownAbsent(file: FileModel, node: Node, name: string): boolean {
  for (let at = node; at.parent && !isFunction(at); at = at.parent) {
    const { parent } = at;
    if (parent.type === "IfStatement" || parent.type === "ConditionalExpression") {
      if (at === parent.consequent && says(file, parent.test, true, name)) return true;
      if (at === parent.alternate && says(file, parent.test, false, name)) return true;
    } else if (parent.type === "LogicalExpression" && at === parent.right && parent.operator !== "??") {
      if (says(file, parent.left, parent.operator === "&&", name)) return true;
    }
  }
  return false;
}

/** A test that comes out as `outcome` says that the variable is empty. */
function says(file: FileModel, test: Node, outcome: boolean, name: string): boolean {
  const node = unwrap(test);
  if (node.type === "UnaryExpression" && node.operator === "!") return says(file, node.argument, !outcome, name);
  if (node.type === "LogicalExpression" && node.operator !== "??") {
    // All parts of `a && b` hold where it does; none of `a || b` where it does not.
    if (outcome !== (node.operator === "&&")) return false;
    return says(file, node.left, outcome, name) || says(file, node.right, outcome, name);
  }
  if (node.type === "BinaryExpression" && /^[!=]==?$/u.test(node.operator)) {
    const isEqual = node.operator.startsWith("=") === outcome;
    const sides = [file.evaluator.value(node.left), file.evaluator.value(node.right)];
    return isEqual && sides.some((side) => isVariable(file, side, name)) && sides.some(isEmpty);
  }
  return !outcome && isVariable(file, file.evaluator.value(node), name);
}

function isVariable(file: FileModel, value: Value, name: string): boolean {
  const all = file.tracer.alternatives({ value, place: file.place });
  return all.length === 1 && all[0]?.value.kind === "env" && all[0].value.name === name;
}


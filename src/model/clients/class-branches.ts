import type { TSESTree } from "@typescript-eslint/types";
import { normaliseSource } from "../../sdk/canonical.ts";
import { isUpstashSpecifier, sdkExport } from "../../sdk/packages.ts";
import type { FileModel } from "../file.ts";
import { guardsAround } from "../flow/server-branch.ts";
import { unwrap, type Node } from "../syntax/ast.ts";

/**
 * True where the code has asked which class a client is of, and it is not one of Upstash here: in the other branch of
 * `client instanceof Redis`, behind `if (client instanceof Redis) return …`, and where it is a class of another package.
 * A variable that may hold clients of two makers is one of them there. False where nothing has asked, or that can't be known.
 */
export function isOfOtherMaker(file: FileModel, call: TSESTree.CallExpression): boolean {
  if (!file.text.includes("instanceof")) return false;
  const receivers = receiversOf(call).map((node) => file.text.slice(...node.range));
  return guardsAround(call).some(({ test, outcome }) => tellsOther(file, test, outcome, receivers));
}

/** `client.pipeline().set(…)` is called on what `client.pipeline()` makes, and on `client`. */
function receiversOf(call: TSESTree.CallExpression): readonly Node[] {
  const found: Node[] = [];
  for (let at: Node = unwrap(call.callee); ; ) {
    if (at.type === "MemberExpression") at = unwrap(at.object);
    else if (at.type === "CallExpression") at = unwrap(at.callee);
    else return found;
    found.push(at);
  }
}

function tellsOther(file: FileModel, test: Node, outcome: boolean, receivers: readonly string[]): boolean {
  const node = unwrap(test);
  if (node.type === "UnaryExpression" && node.operator === "!") return tellsOther(file, node.argument, !outcome, receivers);
  if (node.type === "LogicalExpression" && node.operator !== "??") {
    // All parts of `a && b` hold where it does; none of `a || b` where it does not.
    if (outcome !== (node.operator === "&&")) return false;
    return tellsOther(file, node.left, outcome, receivers) || tellsOther(file, node.right, outcome, receivers);
  }
  if (node.type !== "BinaryExpression" || node.operator !== "instanceof") return false;
  if (!receivers.includes(file.text.slice(...unwrap(node.left).range))) return false;
  const isOurs = isUpstashClass(file, node.right);
  return isOurs !== undefined && isOurs !== outcome;
}

/** Undefined: a class of the project, or one that can't be followed. */
function isUpstashClass(file: FileModel, node: Node): boolean | undefined {
  if (file.clients.exportOf(file.located(node))) return true;
  const path = file.tracer.canonical(file.located(node));
  if (!path || path.source === "global" || /^[.@~#$]?\//u.test(path.source)) return undefined;
  const source = normaliseSource(path.source);
  return isUpstashSpecifier(source) || sdkExport(source, path.path[0] ?? "") ? undefined : false;
}

import type { TSESTree } from "@typescript-eslint/types";
import type { FileModel } from "../file.ts";
import { guardsAround } from "../flow/server-branch.ts";
import { unwrap, type Node } from "../syntax/ast.ts";

/**
 * A test around a call has told its receiver apart from a client of Upstash: `store` in the branch in which
 * `store instanceof Redis` has come out false, or `store instanceof IORedis` true.
 */
export function isToldApart(file: FileModel, call: TSESTree.CallExpression): boolean {
  if (!file.text.includes("instanceof")) return false;
  const receiver = receiverOf(call);
  if (receiver.type !== "Identifier" || !isWrittenOnce(file, receiver)) return false;
  return guardsAround(call).some(({ test, outcome }) => saysOther(file, test, outcome, receiver.name));
}

/** `client` of `client.pipeline().set(…)`. */
function receiverOf(call: TSESTree.CallExpression): Node {
  let at = unwrap(call.callee);
  while (at.type === "MemberExpression" || at.type === "CallExpression") at = unwrap(at.type === "CallExpression" ? at.callee : at.object);
  return at;
}

/** A test that has come out as `outcome` says that the variable holds something else than a client of Upstash. */
function saysOther(file: FileModel, node: Node, outcome: boolean, name: string): boolean {
  const test = unwrap(node);
  if (test.type === "UnaryExpression") return test.operator === "!" && saysOther(file, test.argument, !outcome, name);
  if (test.type === "LogicalExpression") {
    // What an `&&` that is true says, each of its parts says; so of an `||` that is false.
    const isAll = test.operator === "&&" ? outcome : test.operator === "||" && !outcome;
    return isAll && [test.left, test.right].some((part) => saysOther(file, part, outcome, name));
  }
  if (test.type !== "BinaryExpression" || test.operator !== "instanceof") return false;
  const subject = unwrap(test.left);
  if (subject.type !== "Identifier" || subject.name !== name) return false;
  const cls = file.located(unwrap(test.right));
  if (file.clients.exportOf(cls)?.role === "client-class") return !outcome;
  const other = outcome ? file.tracer.canonical(cls) : undefined;
  // Each client is an `Object`; a class of the project may extend Upstash's.
  return other !== undefined && other.source !== "global" && !/^[.@~#$]?\//u.test(other.source);
}

/** What a test has found out of the variable holds until the call. */
function isWrittenOnce(file: FileModel, { name, range }: TSESTree.Identifier): boolean {
  for (const scope of file.evaluator.scopeManager.scopes) {
    const reference = scope.references.find(({ identifier }) => identifier.range[0] === range[0] && identifier.name === name);
    if (reference) return reference.resolved !== null && reference.resolved.references.filter((one) => one.isWrite()).length <= 1;
  }
  return false;
}

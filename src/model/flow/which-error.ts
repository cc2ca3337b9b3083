import type { Node } from "../syntax/ast.ts";
import type { CallValue, FunctionFacts, Step, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import { target } from "../values/values.ts";

/*
 * Questions which error it is that has been caught. Behind one that asks for a certain error, or whether this is
 * development, nothing is known of Upstash's.
 */

/** A node stands behind such a question; `by` is the `catch` clause or function. */
export function isNarrowed(node: Node, by: Node): boolean {
  for (let at = node; at.parent && at !== by; at = at.parent) {
    const { parent } = at;
    if (parent.type === "SwitchCase") return true;
    if (parent.type === "IfStatement" || parent.type === "ConditionalExpression") {
      if (parent.consequent === at && !isForAnyError(parent.test)) return true;
    } else if (parent.type === "LogicalExpression" && parent.operator === "&&" && parent.right === at && !isForAnyError(parent.left)) return true;
  }
  return false;
}

const ANY_ERROR = /^(?:Error|UpstashError)$/u;

/** `error instanceof Error`, `typeof error === "string"`, `"message" in error`, `error?.message`. */
function isForAnyError(test: Node): boolean {
  switch (test.type) {
    case "BinaryExpression":
      if (test.operator === "instanceof") return test.right.type === "Identifier" && ANY_ERROR.test(test.right.name);
      return test.operator === "in" || (test.left.type === "UnaryExpression" && test.left.operator === "typeof");
    case "LogicalExpression":
      return isForAnyError(test.left) && isForAnyError(test.right);
    case "UnaryExpression":
      return test.operator === "!" && isForAnyError(test.argument);
    case "Identifier":
    case "MemberExpression":
      return /^(?:e|err|error|ex|exception|cause|reason)$|\.message$/iu.test(namesIn(test));
    case "ChainExpression":
      return isForAnyError(test.expression);
    default:
      return false;
  }
}

function namesIn(node: Node): string {
  if (node.type === "Identifier") return node.name;
  return node.type === "MemberExpression" ? `${namesIn(node.object)}.${namesIn(node.property)}` : "";
}

/** The calls of a body that run for errors of any kind. */
export function* callsForAnyError(steps: readonly Step[]): Generator<CallValue> {
  for (const step of steps) {
    switch (step.op) {
      case "call":
        yield step.call;
        break;
      case "if":
        if (asksForAnyError(step.test)) yield* callsForAnyError(step.then);
        yield* callsForAnyError(step.else);
        break;
      case "loop":
        yield* callsForAnyError(step.body);
        break;
      case "try":
        yield* callsForAnyError([...step.block, ...(step.handler ?? []), ...step.finalizer]);
        break;
      default:
    }
  }
}

/** A function has a branch for certain errors. */
export function sortsErrors({ body, returns }: FunctionFacts): boolean {
  const sorts = (steps: readonly Step[]): boolean =>
    steps.some((step) => {
      if (step.op === "if") return !asksForAnyError(step.test) || sorts(step.then) || sorts(step.else);
      if (step.op === "switch") return true;
      return step.op === "try" ? sorts([...step.block, ...(step.handler ?? []), ...step.finalizer]) : step.op === "loop" && sorts(step.body);
    });
  return sorts(body) || returns.some(sortsByTernary);
}

/** A part of a value is there for certain errors. */
export function sortsByTernary(value: Value): boolean {
  return dependsOn(value, (part) => part.kind === "choice" && part.test !== undefined && !asksForAnyError(part.test));
}

function asksForAnyError(test: Value): boolean {
  const value = target(test);
  if (value.kind === "param") return true;
  if (value.kind === "member") return value.property === "message";
  if (value.kind === "choice") return value.options.every(asksForAnyError);
  if (value.kind !== "operation") return false;
  const [left, right] = value.operands;
  if (value.operator === "!") return left !== undefined && asksForAnyError(left);
  if (value.operator === "typeof" || value.operator === "in") return true;
  if (value.operator !== "instanceof") return left?.kind === "operation" && left.operator === "typeof";
  const of = right && target(right);
  return (of?.kind === "global" || of?.kind === "import") && ANY_ERROR.test(of.name);
}

import type { TSESTree } from "@typescript-eslint/types";
import { isFunction, unwrap, wrapped, type AnyFunction, type Node } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import { exits } from "../flow/flow.ts";
import { callsIn, lowerStatements } from "../values/lower.ts";
import { dependsOn } from "../values/reach.ts";
import type { CallValue, Step, Value } from "../values/ir.ts";
import { onlyAnswers } from "./signature-checks.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** A call of `Receiver.verify()` in the file, which resolves to `true` or rejects (upstash-facts, section 7.1). */
export interface VerifyCall {
  readonly node: TSESTree.CallExpression;
  readonly call: Located<CallValue>;
}

/** What makes a call of `verify()` worth nothing. */
export type Misuse =
  /** Nothing waits for the promise: what follows runs whatever the answer is. */
  | { readonly kind: "unawaited"; readonly node: Node }
  /** A failed check is caught, and what follows runs as if nothing had happened. */
  | { readonly kind: "swallowed"; readonly node: Node; readonly catcher: TSESTree.CatchClause | TSESTree.CallExpression }
  /** The body was parsed and written anew: it is not the text that was signed. */
  | { readonly kind: "parsed"; readonly node: Node; readonly body: Node };

/** Every call of `verify()` on what is known to be a receiver. */
export function verifyCalls(file: FileModel): readonly VerifyCall[] {
  if (!file.text.includes("verify")) return [];
  const found: VerifyCall[] = [];
  for (const node of file.callNodes) {
    if (node.type !== "CallExpression") continue;
    const value = file.evaluator.value(node);
    const callee = value.kind === "call" ? target(value.callee) : undefined;
    if (value.kind !== "call" || callee?.kind !== "member" || callee.property !== "verify") continue;
    const client = file.clients.clientOf({ value: callee.object, place: file.place });
    if (client?.sdk?.role === "receiver-class") found.push({ node, call: { value, place: file.place } });
  }
  return found;
}

/** What is wrong with a call of `verify()`; empty where nothing is, or where that can't be known. */
export function misusesOf(file: FileModel, { node, call }: VerifyCall): readonly Misuse[] {
  const fate = fateOf(file, node);
  const body = parsedBody(file, call);
  return [
    ...(fate === undefined ? [] : [fate]),
    ...(body === undefined ? [] : [{ kind: "parsed" as const, node: body, body }]),
  ];
}

function fateOf(file: FileModel, call: TSESTree.CallExpression): Misuse | undefined {
  let node = wrapped(call);
  let catcher: TSESTree.CallExpression | undefined;
  for (;;) {
    const link = chainedCall(node);
    if (!link) break;
    if (link.method === "then" && link.call.arguments.length < 2) return undefined;
    catcher = link.method === "finally" ? catcher : link.call;
    node = wrapped(link.call);
  }
  const { parent } = node;
  if (parent?.type === "AwaitExpression") {
    const awaited = wrapped(parent);
    if (catcher) return swallowsInChain(catcher, awaited) ? { kind: "swallowed", node: call.callee, catcher } : undefined;
    const clause = swallowingClause(file, awaited);
    return clause && { kind: "swallowed", node: clause, catcher: clause };
  }
  if (!parent || catcher?.arguments.some((handler) => endsRequest(handler))) return undefined;
  return isDropped(node, parent) || isCondition(node, parent) || (parent.type === "VariableDeclarator" && isNeverAwaited(file, parent))
    ? { kind: "unawaited", node: call.callee }
    : undefined;
}

/** `promise.catch(…)` for the promise. */
function chainedCall(node: Node): { readonly method: "then" | "catch" | "finally"; readonly call: TSESTree.CallExpression } | undefined {
  const member = node.parent;
  if (member?.type !== "MemberExpression" || member.object !== node || member.property.type !== "Identifier") return undefined;
  const call = wrapped(member).parent;
  const { name } = member.property;
  if (call?.type !== "CallExpression" || (name !== "then" && name !== "catch" && name !== "finally")) return undefined;
  return { method: name, call };
}

function isDropped(node: Node, parent: Node): boolean {
  if (parent.type === "ExpressionStatement") return true;
  if (parent.type === "UnaryExpression" && parent.operator === "void") return true;
  return parent.type === "SequenceExpression" && parent.expressions.at(-1) !== node;
}

/** A promise is always true. */
function isCondition(node: Node, parent: Node): boolean {
  switch (parent.type) {
    case "UnaryExpression":
      return parent.operator === "!";
    case "IfStatement":
    case "ConditionalExpression":
      return parent.test === node;
    case "LogicalExpression":
      return parent.left === node;
    case "BinaryExpression":
      return /^[!=]==?$/u.test(parent.operator);
    default:
      return false;
  }
}

/** `const isValid = receiver.verify(…)`, which is looked at and never awaited. */
function isNeverAwaited(file: FileModel, declarator: TSESTree.VariableDeclarator): boolean {
  if (declarator.id.type !== "Identifier") return false;
  const [variable] = file.evaluator.scopeManager.getDeclaredVariables(declarator);
  const reads = variable?.references.filter((reference) => reference.isRead()) ?? [];
  return reads.every(({ identifier }) => {
    const node = wrapped(identifier);
    return node.parent !== undefined && (isCondition(node, node.parent) || isDropped(node, node.parent));
  });
}

/** `.catch(() => {})`, whose value nobody looks at, or `.catch(() => true)`, whose value says that all is well. */
function swallowsInChain(catcher: TSESTree.CallExpression, awaited: Node): boolean {
  const handler = catcher.arguments.at(-1);
  const fn = handler && unwrap(handler);
  if (!fn || !isFunction(fn) || endsRequest(fn)) return false;
  if (answersTrue(fn)) return true;
  return awaited.parent?.type === "ExpressionStatement" && !goesElsewhere(fn);
}

function answersTrue({ body }: AnyFunction): boolean {
  const last = body?.type === "BlockStatement" ? body.body.at(-1) : undefined;
  const value = last?.type === "ReturnStatement" ? last.argument : body?.type === "BlockStatement" ? undefined : body;
  return value?.type === "Literal" && value.value === true;
}

/** A handler that throws. */
function endsRequest(handler: Node): boolean {
  const fn = unwrap(handler);
  if (!isFunction(fn) || fn.body?.type !== "BlockStatement") return false;
  return fn.body.body.some((statement) => statement.type === "ThrowStatement");
}

/** What is written in the handler is read elsewhere: a flag, a list of errors. */
function goesElsewhere({ body }: AnyFunction): boolean {
  return body !== null && hasAssignment(body);
}

function hasAssignment(node: Node): boolean {
  if (node.type === "AssignmentExpression" || node.type === "UpdateExpression") return true;
  if (node.type === "BlockStatement") return node.body.some(hasAssignment);
  if (node.type === "ExpressionStatement") return hasAssignment(node.expression);
  if (node.type === "IfStatement") return hasAssignment(node.consequent) || (node.alternate !== null && hasAssignment(node.alternate));
  return false;
}

/** The `catch` that lets the request go on after a failed check. */
function swallowingClause(file: FileModel, awaited: Node): TSESTree.CatchClause | undefined {
  const statement = statementOf(awaited);
  const block = statement?.parent;
  const attempt = block?.parent;
  if (!statement || block?.type !== "BlockStatement" || attempt?.type !== "TryStatement" || attempt.block !== block || !attempt.handler) return undefined;
  const { handler } = attempt;
  const rest = block.body.slice(block.body.indexOf(statement as TSESTree.Statement) + 1);
  if (saysAllIsWell(handler)) return handler;
  if (exits(lowerStatements(file.evaluator, handler.body.body)) || hasAssignment(handler.body) || endsProcess(handler, file)) return undefined;
  // `valid = await receiver.verify(…)`: whoever looks at the variable knows.
  if (statement.type !== "ExpressionStatement" && statement.type !== "VariableDeclaration" && statement.type !== "IfStatement") return undefined;
  if (statement.type === "ExpressionStatement" && hasAssignment(statement.expression)) return undefined;
  if (rest.some((next) => next.type === "ExpressionStatement" && next.expression.type === "AssignmentExpression")) return undefined;
  if (exits(lowerStatements(file.evaluator, block.body))) return undefined;
  const works = (statements: readonly Node[]): boolean => {
    const steps = lowerStatements(file.evaluator, statements);
    return handsOn(steps) || !onlyAnswers(file.tracer, steps, file.place);
  };
  if (works(followers(attempt))) return handler;
  // The work stands in the block itself, behind the check: a failed one does not get there.
  return works(rest) || statement.type !== "ExpressionStatement" || rest.some(isExit) ? undefined : handler;
}

/** `next()`, `await handler(request)`: what the function was given does the work. */
function handsOn(steps: readonly Step[]): boolean {
  for (const { callee } of callsIn(steps)) {
    const at = target(callee);
    if (at.kind === "param" || (callee.kind === "ref" && at.kind === "member" && target(at.object).kind === "param")) return true;
  }
  return false;
}

const isExit = ({ type }: Node): boolean => type === "ReturnStatement" || type === "ThrowStatement";

/** `catch { return true; }` */
function saysAllIsWell({ body }: TSESTree.CatchClause): boolean {
  const last = body.body.at(-1);
  if (last?.type !== "ReturnStatement" || !last.argument) return false;
  const value = unwrap(last.argument);
  const isOnlyWay = body.body.slice(0, -1).every((statement) => statement.type === "ExpressionStatement");
  return isOnlyWay && value.type === "Literal" && value.value === true;
}

/** `process.exit(1)`, `redirect("/")`, `error(401)`: calls behind which nothing runs. */
function endsProcess(handler: TSESTree.CatchClause, file: FileModel): boolean {
  return handler.body.body.some((statement) => {
    if (statement.type !== "ExpressionStatement") return false;
    const call = unwrap(statement.expression);
    if (call.type !== "CallExpression") return false;
    const path = file.tracer.canonical(file.located(call.callee));
    const name = path?.path.join(".") ?? "";
    return name === "process.exit" || /^(?:redirect|permanentRedirect|notFound|forbidden|unauthorized|error|fail|next)$/u.test(name);
  });
}

/** Statements that run after a `try`, in its function. */
function followers(attempt: TSESTree.TryStatement): readonly Node[] {
  const found: Node[] = [];
  for (let at: Node = attempt; at.parent && !isFunction(at.parent); at = at.parent) {
    const { parent } = at;
    if (parent.type === "BlockStatement" || parent.type === "Program") found.push(...parent.body.slice(parent.body.indexOf(at as TSESTree.Statement) + 1));
  }
  return found;
}

function statementOf(node: Node): Node | undefined {
  for (let at: Node | undefined = node; at; at = at.parent) {
    if (isFunction(at)) return undefined;
    if (at.parent?.type === "BlockStatement" || at.parent?.type === "Program") return at;
  }
  return undefined;
}

/** `JSON.stringify(await request.json())`: the property's value where it is parsed, or written anew. */
function parsedBody(file: FileModel, { value, place }: Located<CallValue>): Node | undefined {
  const [options] = value.args;
  const object = options && file.tracer.only({ value: options, place });
  if (object?.value.kind !== "object") return undefined;
  const body = object.value.entries.findLast(({ key }) => key === "body")?.value;
  if (!body?.node || !file.tracer.alternatives({ value: body, place }).every((one) => isParsed(one.value))) return undefined;
  return body.node;
}

/** What `JSON.stringify` made, or what a method such as `json()` or `readBody()` gave. */
function isParsed(value: Value): boolean {
  if (value.kind !== "call" || value.isNew) return false;
  const callee = target(value.callee);
  if (callee.kind === "global") return callee.name === "readBody";
  if (callee.kind !== "member") return false;
  const object = target(callee.object);
  if (object.kind === "global") return object.name === "JSON" && (callee.property === "stringify" || callee.property === "parse");
  return value.args.length === 0 && (callee.property === "json" || callee.property === "formData") && !dependsOn(callee.object, isResponse);
}

/** `(await fetch(url)).json()`: not the request at all. */
const isResponse = (part: Value): boolean => part.kind === "global" && part.name === "fetch";

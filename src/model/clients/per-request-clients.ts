import type { TSESTree } from "@typescript-eslint/types";
import { contains, enclosingFunction, isFunction, unwrap, wrapped, type AnyFunction, type Node } from "../syntax/ast.ts";
import { variableAt } from "../values/bindings.ts";
import type { FileModel } from "../file.ts";
import { unwrapHandler } from "../handlers/index.ts";
import { limiterCallAt } from "../limits/limiters.ts";

/** A client that is built anew for each request, although nothing in it depends on the request. */
export interface PerRequestClient {
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression;
  /** Declarations in the function that it is made with, in their order: they can be moved along. */
  readonly needs: readonly TSESTree.VariableDeclaration[];
  readonly isLimiter: boolean;
}

/** What keeps something between requests; the clients of QStash, Vector and the others are an address and a token. */
const KEEPING: ReadonlySet<string> = new Set(["ratelimit", "redis"]);

/**
 * The clients that a file's handlers build, and the limiters that a function builds and asks. Left out is what depends on
 * parameters or on calls (an environment that exists only inside the handler), and what is kept for the next request.
 */
export function perRequestClients(file: FileModel): readonly PerRequestClient[] {
  const found: PerRequestClient[] = [];
  let last: Node | undefined;
  for (const node of file.callNodes) {
    const around = mayConstruct(node) ? enclosingFunction(node) : undefined;
    if (!around) continue;
    const client = file.clients.clientOf(file.located(node));
    if (client?.construction?.value.node !== node) continue;
    // What is built for another client goes where that one goes.
    if (last && contains(last, node)) continue;
    last = node;
    const isLimiter = client.product === "ratelimit";
    if (!KEEPING.has(client.product)) continue;
    if (!isHandler(file, around) && !(isLimiter && isAskedIn(file, node, around))) continue;
    if (isKept(file, node, around)) continue;
    const needs = new Set<TSESTree.VariableDeclaration>();
    if (isFree(file, node, node, needs)) found.push({ node, isLimiter, needs: [...needs].toSorted((one, other) => one.range[0] - other.range[0]) });
  }
  // A limiter speaks for the client that it is made with.
  return found.filter((one) => !found.some((other) => other !== one && [other.node, ...other.needs].some((outer) => contains(outer, one.node))));
}

function mayConstruct(node: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const callee = unwrap(node.callee);
  return node.type === "NewExpression" || (callee.type === "MemberExpression" && callee.property.type === "Identifier" && callee.property.name === "fromEnv");
}

/** Cloudflare's handlers are handed their environment: what is built in them may have to be. */
function isHandler(file: FileModel, around: AnyFunction): boolean {
  if (!file.handlers.possible) return false;
  return file.handlers.all.some(
    ({ framework, value }) => !framework.startsWith("cloudflare") && unwrapHandler(file.tracer, value).functions.some(({ fn }) => fn.node === around),
  );
}

function isAskedIn(file: FileModel, construction: Node, around: AnyFunction): boolean {
  return file.callNodes.some(
    (call) => contains(around, call) && enclosingFunction(call) === around && limiterCallAt(file, call)?.client.construction?.value.node === construction,
  );
}

/** It is put where the next request finds it, or that can't be excluded. */
function isKept(file: FileModel, node: Node, around: AnyFunction): boolean {
  let outer = wrapped(node);
  while (outer.parent?.type === "LogicalExpression" || outer.parent?.type === "ConditionalExpression") outer = wrapped(outer.parent);
  const { parent } = outer;
  if (parent?.type === "CallExpression") return parent.callee !== outer;
  if (parent?.type === "AssignmentExpression") {
    const { left, operator } = parent;
    if (left.type !== "Identifier" || operator !== "=") return true;
    const variable = variableAt(file.evaluator.scopeManager, left);
    if (!variable) return true;
    // `if (limiter) return limiter;`
    return variable.references.some(({ identifier, resolved }) => resolved && identifier !== left && identifier.range[0] < left.range[0] && contains(around, identifier) && !isDeclared(identifier));
  }
  if (parent?.type !== "VariableDeclarator" || parent.id.type !== "Identifier") return false;
  const variable = variableAt(file.evaluator.scopeManager, parent.id);
  return variable?.references.some(({ identifier }) => isHandedOn(identifier)) ?? false;
}

const isDeclared = ({ parent }: Node): boolean => parent?.type === "VariableDeclarator";

/** `cache.set(key, limiter)`, `limiters[key] = limiter`, `{ limiter }` */
function isHandedOn(identifier: Node): boolean {
  const outer = wrapped(identifier);
  const { parent } = outer;
  if (parent?.type === "AssignmentExpression") return parent.right === outer;
  if (parent?.type === "Property") return parent.value === outer;
  return parent?.type === "CallExpression" && parent.callee !== outer && unwrap(parent.callee).type === "MemberExpression";
}

const PURE = new Set(["Number", "String", "Boolean", "parseInt", "parseFloat", "Math"]);

/** Whether an expression, in what is `made`, means the same outside of its function, with the declarations that it needs. */
function isFree(file: FileModel, made: Node, node: Node, needs: Set<TSESTree.VariableDeclaration>): boolean {
  if (isFunction(node) || /^(?:Await|Yield|This|Assignment|Update|Import)Expression$|^(?:Super|TaggedTemplateExpression)$/u.test(node.type)) return false;
  if (node.type === "Identifier") return isNameFree(file, made, node, needs);
  if ((node.type === "CallExpression" || node.type === "NewExpression") && !isOfModule(file, node.callee)) return false;
  return childrenOf(file, node).every((child) => isFree(file, made, child, needs));
}

function isNameFree(file: FileModel, made: Node, node: TSESTree.Identifier, needs: Set<TSESTree.VariableDeclaration>): boolean {
  if (node.name === "arguments") return false;
  const variable = variableAt(file.evaluator.scopeManager, node);
  if (!variable || isTopLevel(variable.scope.type)) return true;
  const [def, ...others] = variable.defs;
  const declarator = def?.node;
  if (others.length > 0 || declarator?.type !== "VariableDeclarator" || declarator.id.type !== "Identifier" || !declarator.init) return false;
  const { parent: declaration } = declarator;
  if (declaration.type !== "VariableDeclaration" || declaration.kind !== "const" || declaration.declarations.length !== 1) return false;
  if (needs.has(declaration)) return true;
  // Constants that are made of each other, or of the client, are none that can be moved.
  if (contains(declaration, node) || contains(declaration, made)) return false;
  needs.add(declaration);
  return isFree(file, made, declarator.init, needs);
}

const isTopLevel = (type: string): boolean => type === "module" || type === "global";

/** A callee that is imported, or known to depend on nothing: `Ratelimit.slidingWindow`, `Map`. */
function isOfModule(file: FileModel, callee: Node): boolean {
  const at = unwrap(callee);
  if (at.type === "MemberExpression") return isOfModule(file, at.object);
  if (at.type !== "Identifier") return false;
  const variable = variableAt(file.evaluator.scopeManager, at);
  if (!variable || variable.defs.length === 0) return at.parent.type === "NewExpression" || PURE.has(at.name);
  const isCalled = at.parent.type === "CallExpression" && at.parent.callee === at;
  // `getEnvironment()` may read what only a request has.
  return isTopLevel(variable.scope.type) && !isCalled;
}

function childrenOf(file: FileModel, node: Node): readonly Node[] {
  if (node.type === "Property") return node.computed ? [node.key, node.value] : [node.value];
  if (node.type === "MemberExpression") return node.computed ? [node.object, node.property] : [node.object];
  const keys = file.visitorKeys[node.type] ?? [];
  return keys.flatMap((key) => {
    const child = (node as unknown as Record<string, Node | readonly (Node | null)[] | null | undefined>)[key];
    const children = Array.isArray(child) ? (child as readonly (Node | null)[]) : [child as Node | null | undefined];
    return children.filter((each): each is Node => each !== null && each !== undefined && !/^TSType/u.test(each.type) && !isType(each));
  });
}

const isType = ({ type }: Node): boolean => type.startsWith("TS") && !/^TS(?:As|Satisfies|NonNull|TypeAssertion)/u.test(type);

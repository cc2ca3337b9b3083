import type { TSESTree } from "@typescript-eslint/types";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { constantString, contains, isFunction, staticKey, unwrap, wrapped, type AnyFunction, type Node } from "../syntax/ast.ts";
import { UNKNOWN, type ArrayValue, type ObjectEntry, type ObjectValue, type TypeShape, type Value } from "./ir.ts";
import { environmentOfImport, environmentParam } from "../credentials/env-values.ts";
import { memberOf, target, type Evaluator } from "./values.ts";

/** What the references of a module mean, found out at once: walking up from each takes longer. */
const resolutions = new WeakMap<Scope.ScopeManager, ReadonlyMap<Node, Scope.Variable | null>>();

/** The variable that an identifier means, or undefined for a global. */
export function variableAt(
  manager: Scope.ScopeManager,
  node: TSESTree.Identifier | TSESTree.JSXIdentifier,
): Scope.Variable | undefined {
  let known = resolutions.get(manager);
  if (!known) resolutions.set(manager, (known = resolveAll(manager)));
  const variable = known.get(node);
  if (variable) return variable;
  // What is no reference, such as a declaration's name, is looked for; the names of a script's top level count as unresolved.
  return variable === null ? manager.scopes[0]?.set.get(node.name) : variableNamed(manager, node);
}

function resolveAll(manager: Scope.ScopeManager): ReadonlyMap<Node, Scope.Variable | null> {
  const found = new Map<Node, Scope.Variable | null>();
  for (const { references } of manager.scopes) for (const { identifier, resolved } of references) found.set(identifier, resolved);
  return found;
}

function variableNamed(manager: Scope.ScopeManager, node: TSESTree.Identifier | TSESTree.JSXIdentifier): Scope.Variable | undefined {
  for (let scope: Scope.Scope | null = scopeAt(manager, node); scope; scope = scope.upper) {
    const variable = scope.set.get(node.name);
    if (variable) return variable;
  }
  return undefined;
}

function scopeAt(manager: Scope.ScopeManager, node: Node): Scope.Scope | null {
  for (let at: Node | undefined = node; at; at = at.parent) {
    const scope = manager.acquire(at, true);
    if (scope) return scope.type === "function-expression-name" ? (scope.childScopes[0] ?? scope) : scope;
  }
  return manager.scopes[0] ?? null;
}

/** The value that a variable holds: all that is ever assigned to it. */
export function bindingValue(evaluator: Evaluator, variable: Scope.Variable): Value {
  const options: Value[] = [];
  for (const def of variable.defs) {
    // A function, a class or an enum may name itself where it is defined.
    const isSelf = def.type === "FunctionName" || def.type === "ClassName" || def.type === "TSEnumName";
    const value = isSelf ? definitionValue(evaluator, def) : evaluator.defining(variable, () => definitionValue(evaluator, def));
    if (value) options.push(value);
  }
  for (const reference of variable.references) {
    if (!reference.isWrite() || reference.init || !reference.writeExpr) continue;
    const written = assignedValue(evaluator, reference);
    if (written) options.push(written);
  }
  const only = options[0];
  if (!only) return UNKNOWN;
  const value: Value = options.length === 1 ? only : { kind: "choice", operator: "=", options };
  addLaterContents(evaluator, variable, value);
  return value;
}

/** What is put into a variable of the module after it was declared; undefined: it is none, or keeps what it was declared with. */
export function putLater(evaluator: Evaluator, variable: Scope.Variable): readonly Value[] | undefined {
  if (variable.scope.type !== "module" && variable.scope.type !== "global") return undefined;
  const puts = variable.references.flatMap((reference) => (reference.isWrite() && !reference.init && reference.writeExpr ? (assignedValue(evaluator, reference) ?? []) : []));
  return puts.length > 0 ? puts : undefined;
}

/** The declared type of a variable. */
export function bindingType(evaluator: Evaluator, variable: Scope.Variable): TypeShape | undefined {
  const def = variable.defs[0];
  if (!def) return undefined;
  if (def.type === "Variable" && def.node.type === "VariableDeclarator") return patternType(evaluator, def.node.id, def.name);
  if (def.type === "Parameter") {
    const param = paramHolding(def.node, def.name);
    return param && patternType(evaluator, param.node, def.name);
  }
  return undefined;
}

type Definition = Scope.Definition;

function definitionValue(evaluator: Evaluator, def: Definition): Value | undefined {
  const { node } = def;
  switch (def.type) {
    case "ImportBinding":
      return importValue(def, evaluator);
    case "Variable":
      return node.type === "VariableDeclarator" ? declaredValue(evaluator, node, def.name) : undefined;
    case "Parameter": {
      const param = paramHolding(node, def.name);
      if (!param) return undefined;
      const { index, rest } = param;
      const settled = index === 0 && !rest ? settledBefore(node) : undefined;
      if (settled) return within(evaluator, param.node, def.name, { kind: "await", value: evaluator.value(settled) });
      return within(evaluator, param.node, def.name, parameterValue(evaluator, node as AnyFunction, index, rest));
    }
    case "FunctionName":
    case "ClassName":
      return evaluator.value(node);
    case "CatchClause":
      // What is caught is not known, but that it has been caught, and where.
      if (node.type !== "CatchClause") return undefined;
      return node.param && evaluator.keepNodes ? within(evaluator, node.param, def.name, { kind: "unknown", node }) : undefined;
    case "TSEnumName":
      return node.type === "TSEnumDeclaration" ? enumValue(evaluator, node) : undefined;
    default:
      return undefined;
  }
}

/** What a function is handed at a place: a parameter, or the environment variables where a platform hands those. */
export function parameterValue(evaluator: Evaluator, node: AnyFunction, index: number, rest = false): Value {
  const role = environmentParam(node, index, (part) => evaluator.value(part));
  if (role === "environment") return { kind: "env", name: undefined, via: "bindings" };
  return { kind: "param", fn: evaluator.fn(node), index, rest, ...(role ? { holdsEnv: true } : {}) };
}

function importValue(def: Definition, evaluator: Evaluator): Value | undefined {
  const { node, parent } = def;
  if (node.type === "TSImportEqualsDeclaration") {
    if (node.moduleReference.type !== "TSExternalModuleReference") return undefined;
    const source = constantString(node.moduleReference.expression);
    return source === undefined ? undefined : { kind: "import", source, name: "*" };
  }
  if (parent?.type !== "ImportDeclaration") return undefined;
  const source = parent.source.value;
  if (node.type === "ImportDefaultSpecifier") {
    return { ...(environmentOfImport(source, "default") ?? { kind: "import", source, name: "default" }), ...evaluator.at(node) };
  }
  if (node.type === "ImportNamespaceSpecifier") return { kind: "import", source, name: "*", ...evaluator.at(node) };
  if (node.type !== "ImportSpecifier") return undefined;
  const name = specifierName(node.imported);
  return { ...(environmentOfImport(source, name) ?? { kind: "import", source, name }), ...evaluator.at(node) };
}

/** The name in an import or export list, written as identifier or string. */
export function specifierName(node: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return node.type === "Identifier" ? node.name : node.value;
}

function declaredValue(evaluator: Evaluator, node: TSESTree.VariableDeclarator, name: Node): Value | undefined {
  if (node.init) return within(evaluator, node.id, name, evaluator.value(node.init));
  const loop = node.parent.parent;
  if (loop.type === "ForOfStatement" && loop.left === node.parent) {
    return within(evaluator, node.id, name, elementOf(evaluator, loop));
  }
  return undefined;
}

function elementOf(evaluator: Evaluator, loop: TSESTree.ForOfStatement): Value {
  return { kind: "member", object: evaluator.value(loop.right), property: undefined };
}

function assignedValue(evaluator: Evaluator, reference: Scope.Reference): Value | undefined {
  const { identifier, writeExpr } = reference;
  let at: Node = identifier;
  while (at.parent && at.parent.type !== "AssignmentExpression" && at.parent.type !== "ForOfStatement") {
    at = at.parent;
    // A default inside a pattern is a write of its own and is found with the pattern.
    if (at.type === "BlockStatement" || at.type === "Program") return undefined;
  }
  const { parent } = at;
  if (parent?.type === "ForOfStatement") {
    return parent.left === at ? within(evaluator, at, identifier, elementOf(evaluator, parent)) : undefined;
  }
  if (parent?.type !== "AssignmentExpression" || parent.left !== at || parent.right !== writeExpr) return undefined;
  return within(evaluator, at, identifier, evaluator.value(parent));
}

/** The part of `value` that `name` takes out of it through a destructuring pattern. */
function within(evaluator: Evaluator, pattern: Node, name: Node, value: Value): Value {
  switch (pattern.type) {
    case "AssignmentPattern": {
      const options = [value, evaluator.value(pattern.right)];
      return within(evaluator, pattern.left, name, { kind: "choice", operator: "??", options });
    }
    case "TSParameterProperty":
      return within(evaluator, pattern.parameter, name, value);
    case "RestElement":
      return within(evaluator, pattern.argument, name, value);
    case "ObjectPattern": {
      const property = pattern.properties.find((candidate) => contains(candidate, name));
      if (property?.type === "RestElement") {
        const omit = pattern.properties.flatMap((other) => (other.type === "Property" ? (staticKey(other) ?? []) : []));
        return { kind: "object", entries: [{ key: undefined, value, spread: true, omit }] };
      }
      if (!property) return UNKNOWN;
      const key = staticKey(property);
      const part: Value =
        key === undefined
          ? { kind: "member", object: value, property: undefined, key: evaluator.value(property.key) }
          : memberOf(value, key, evaluator.at(property));
      return within(evaluator, property.value, name, part);
    }
    case "ArrayPattern": {
      const index = pattern.elements.findIndex((candidate) => candidate && contains(candidate, name));
      const element = pattern.elements[index];
      if (!element) return UNKNOWN;
      if (element.type === "RestElement") return within(evaluator, element, name, value);
      return within(evaluator, element, name, memberOf(value, String(index)));
    }
    default:
      return value;
  }
}

/** The promise whose value a function gets: `promise.then((value) => …)`. */
function settledBefore(fn: Node): Node | undefined {
  const call = fn.parent;
  if (call?.type !== "CallExpression" || call.arguments[0] !== fn) return undefined;
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression") return undefined;
  return staticKey({ key: callee.property, computed: callee.computed }) === "then" ? callee.object : undefined;
}

function paramHolding(fn: Node, name: Node): { node: Node; index: number; rest: boolean } | undefined {
  if (!isFunction(fn)) return undefined;
  const index = fn.params.findIndex((candidate) => contains(candidate, name));
  const node = fn.params[index];
  return node && { node, index, rest: node.type === "RestElement" };
}

function patternType(evaluator: Evaluator, pattern: Node, name: Node): TypeShape | undefined {
  switch (pattern.type) {
    case "Identifier":
      return pattern.typeAnnotation ? evaluator.type(pattern.typeAnnotation.typeAnnotation) : undefined;
    case "AssignmentPattern":
      return patternType(evaluator, pattern.left, name);
    case "TSParameterProperty":
      return patternType(evaluator, pattern.parameter, name);
    case "ObjectPattern": {
      if (!pattern.typeAnnotation) return undefined;
      const whole = evaluator.type(pattern.typeAnnotation.typeAnnotation);
      const property = pattern.properties.find((candidate) => contains(candidate, name));
      const key = property?.type === "Property" ? staticKey(property) : undefined;
      return key === undefined ? undefined : { kind: "member", of: whole, name: key };
    }
    default:
      return undefined;
  }
}

function enumValue(evaluator: Evaluator, node: TSESTree.TSEnumDeclaration): Value {
  const entries: ObjectEntry[] = node.body.members.map((member, index) => ({
    key: member.id.type === "Identifier" ? member.id.name : constantString(member.id),
    value: member.initializer ? evaluator.value(member.initializer) : { kind: "literal", value: index },
  }));
  return { kind: "object", entries };
}

/** Whether a global is the object that holds all of them. */
export function isGlobalObject(name: string): boolean {
  return name === "globalThis" || name === "global";
}

/**
 * The assignments to members of the global object, by the member's name; also where it is asserted to be a type, or goes by
 * another name: `const kept = globalThis as unknown as Kept`.
 */
export function globalWrites(manager: Scope.ScopeManager): ReadonlyMap<string, readonly TSESTree.AssignmentExpression[]> {
  const found = new Map<string, TSESTree.AssignmentExpression[]>();
  const [top] = manager.scopes;
  const references = top ? [...top.through, ...["globalThis", "global"].flatMap((name) => top.set.get(name)?.references ?? [])] : [];
  const globals = references.flatMap(({ identifier }) => (identifier.type === "Identifier" && isGlobalObject(identifier.name) ? [identifier] : []));
  const renamed = globals.flatMap((identifier) => {
    const { parent } = wrapped(identifier);
    const [variable] = parent?.type === "VariableDeclarator" && parent.id.type === "Identifier" ? manager.getDeclaredVariables(parent) : [];
    return variable?.references.map((reference) => reference.identifier) ?? [];
  });
  for (const identifier of [...globals, ...renamed]) {
    const object = wrapped(identifier);
    const member = object.parent;
    if (member?.type !== "MemberExpression" || member.object !== object) continue;
    const key = staticKey({ key: member.property, computed: member.computed });
    const { parent } = member;
    if (key === undefined || parent.type !== "AssignmentExpression" || parent.left !== member) continue;
    found.set(key, [...(found.get(key) ?? []), parent]);
  }
  return found;
}

/** Adds what is put into an object or array after it was made: `user.email = …`, `list.push(…)`. */
function addLaterContents(evaluator: Evaluator, variable: Scope.Variable, value: Value): void {
  const container = target(value);
  if (container.kind !== "object" && container.kind !== "array") return;
  for (const { identifier } of variable.references) {
    const member: Node | undefined = identifier.parent;
    if (member?.type !== "MemberExpression" || member.object !== identifier) continue;
    if (container.kind === "object") addAssigned(evaluator, container, member);
    else addPushed(evaluator, container, member);
  }
}

function addAssigned(evaluator: Evaluator, container: ObjectValue, member: TSESTree.MemberExpression): void {
  const { parent } = member;
  if (parent.type !== "AssignmentExpression" || parent.left !== member) return;
  const key = staticKey({ key: member.property, computed: member.computed });
  container.entries.push({ key, value: evaluator.value(parent.right), later: true, ...evaluator.at(parent) });
}

function addPushed(evaluator: Evaluator, container: ArrayValue, member: TSESTree.MemberExpression): void {
  const call = member.parent;
  if (call.type !== "CallExpression" || call.callee !== member) return;
  if (member.property.type !== "Identifier" || !["push", "unshift"].includes(member.property.name)) return;
  for (const arg of call.arguments) {
    // As where a list is spread into another one: its place is not known.
    container.items.push(arg.type === "SpreadElement" ? { kind: "member", object: evaluator.value(arg.argument), property: undefined, ...evaluator.at(arg.argument) } : evaluator.value(arg));
  }
}

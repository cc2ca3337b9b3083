import type { TSESTree } from "@typescript-eslint/types";
import { isFunction, isListedStatement, staticKey, wrapped, type Node } from "../syntax/ast.ts";
import { variableAt } from "../values/bindings.ts";
import type { FileModel } from "../file.ts";

/** One way in which code uses the answer of a call. */
export type Use =
  /** Nothing is done with it: the statement ends, or the variable is never read. */
  | { readonly how: "dropped"; readonly node: Node }
  /** It stands where a condition stands, or behind `!`. */
  | { readonly how: "tested"; readonly node: Node; readonly awaited: boolean }
  /** One of its members is read; `uses` says what for. */
  | { readonly how: "member"; readonly node: Node; readonly name: string; readonly awaited: boolean; readonly uses: readonly Use[] }
  /** It is only written to a log. */
  | { readonly how: "logged"; readonly node: Node }
  /** It is only told to the caller in a `RateLimit` header. */
  | { readonly how: "header"; readonly node: Node }
  /** It goes where it can't be followed: returned, stored, handed to a function, compared. */
  | { readonly how: "escapes"; readonly node: Node };

const MAX_DEPTH = 12;

/** What becomes of the answer of a call, through variables, `await`, destructuring, `.then()` and `Promise.all`. */
export function usesOf(file: FileModel, call: Node): readonly Use[] {
  return new Uses(file).of(call, false, 0);
}

class Uses {
  readonly #file: FileModel;

  constructor(file: FileModel) {
    this.#file = file;
  }

  of(expression: Node, awaited: boolean, depth: number): readonly Use[] {
    const node = wrapped(expression);
    const { parent } = node;
    const escapes: readonly Use[] = [{ how: "escapes", node }];
    if (!parent || depth > MAX_DEPTH) return escapes;
    switch (parent.type) {
      case "AwaitExpression":
        return this.of(parent, true, depth + 1);
      case "ExpressionStatement":
        return [{ how: "dropped", node: parent }];
      case "UnaryExpression":
        if (parent.operator === "void") return [{ how: "dropped", node: wrapped(parent).parent ?? parent }];
        return parent.operator === "!" ? [{ how: "tested", node, awaited }] : escapes;
      case "IfStatement":
      case "WhileStatement":
      case "DoWhileStatement":
        return [{ how: "tested", node, awaited }];
      case "ConditionalExpression":
        return parent.test === node ? [{ how: "tested", node, awaited }] : this.of(parent, awaited, depth + 1);
      case "LogicalExpression":
        if (parent.left === node && parent.operator !== "??") return [{ how: "tested", node, awaited }];
        return this.of(parent, awaited, depth + 1);
      case "SequenceExpression":
        return parent.expressions.at(-1) === node ? this.of(parent, awaited, depth + 1) : [{ how: "dropped", node }];
      case "VariableDeclarator":
        return parent.parent.parent.type === "ExportNamedDeclaration" ? escapes : this.#bound(parent.id, awaited, depth + 1);
      case "AssignmentExpression":
        if (parent.operator !== "=" || parent.right !== node) return escapes;
        return [
          ...this.#bound(parent.left, awaited, depth + 1),
          ...(wrapped(parent).parent?.type === "ExpressionStatement" ? [] : this.of(parent, awaited, depth + 1)),
        ];
      case "MemberExpression":
        return parent.object === node ? this.#member(parent, awaited, depth) : escapes;
      case "TemplateLiteral":
        return this.#told(parent) ?? escapes;
      case "ArrayExpression":
        return this.#together(parent, parent.elements.indexOf(node as never), depth) ?? escapes;
      case "CallExpression":
        return this.#argument(parent, node);
      case "ArrowFunctionExpression":
        return parent.body === node && isLeftBehind(parent.parent) ? [{ how: "dropped", node: parent.parent }] : escapes;
      case "Property":
        return this.#told(node) ?? escapes;
      default:
        return escapes;
    }
  }

  #bound(pattern: Node, awaited: boolean, depth: number): readonly Use[] {
    switch (pattern.type) {
      case "Identifier": {
        const variable = variableAt(this.#file.evaluator.scopeManager, pattern);
        if (!variable || isExported(variable)) return [{ how: "escapes", node: pattern }];
        const reads = variable.references.filter((reference) => reference.isRead());
        if (reads.length === 0) return [{ how: "dropped", node: pattern }];
        return reads.flatMap(({ identifier }) => this.of(identifier, awaited, depth + 1));
      }
      case "AssignmentPattern":
        return this.#bound(pattern.left, awaited, depth);
      case "ObjectPattern":
        if (pattern.properties.length === 0) return [{ how: "dropped", node: pattern }];
        return pattern.properties.map((property): Use => {
          const name = property.type === "Property" ? staticKey(property) : undefined;
          if (property.type !== "Property" || name === undefined) return { how: "escapes", node: property };
          return { how: "member", node: property, name, awaited, uses: this.#bound(property.value, true, depth + 1) };
        });
      default:
        return [{ how: "escapes", node: pattern }];
    }
  }

  #member(member: TSESTree.MemberExpression, awaited: boolean, depth: number): readonly Use[] {
    const name = staticKey({ key: member.property, computed: member.computed });
    if (name === undefined) return [{ how: "escapes", node: member }];
    const told = name === "toString" ? this.#told(member.object) : undefined;
    if (told) return told;
    const call = wrapped(member).parent;
    if (awaited || call?.type !== "CallExpression" || call.callee !== wrapped(member)) {
      return [{ how: "member", node: member, name, awaited, uses: this.of(member, true, depth + 1) }];
    }
    if (name === "catch" || name === "finally") return this.of(call, false, depth + 1);
    const [callback] = call.arguments;
    if (name !== "then" || !callback || !isFunction(callback)) return [{ how: "escapes", node: member }];
    const [param] = callback.params;
    return param ? this.#bound(param, true, depth + 1) : [{ how: "dropped", node: call }];
  }

  /** `Promise.all([limit(a), limit(b)])` */
  #together(list: TSESTree.ArrayExpression, index: number, depth: number): readonly Use[] | undefined {
    const call = wrapped(list).parent;
    if (call?.type !== "CallExpression" || call.arguments[0] !== wrapped(list)) return undefined;
    if (!/^Promise\s*\.\s*all$/u.test(this.#file.text.slice(...call.callee.range))) return undefined;
    const waited = wrapped(call).parent;
    if (waited?.type !== "AwaitExpression") return undefined;
    const { parent } = wrapped(waited);
    if (parent?.type === "ExpressionStatement") return [{ how: "dropped", node: parent }];
    if (parent?.type !== "VariableDeclarator" || parent.id.type !== "ArrayPattern") return undefined;
    if (parent.id.elements.some((element) => element?.type === "RestElement")) return undefined;
    const element = parent.id.elements[index];
    return element ? this.#bound(element, true, depth + 1) : [{ how: "dropped", node: parent }];
  }

  #argument(call: TSESTree.CallExpression, node: Node): readonly Use[] {
    if (call.callee === node) return [{ how: "escapes", node }];
    if (isLog(call)) return [{ how: "logged", node }];
    if (isLeftBehind(call)) return [{ how: "dropped", node: call }];
    const name = calledName(call);
    if (name === "String" || name === "toString") return this.#told(call) ?? [{ how: "escapes", node }];
    return this.#told(node) ?? [{ how: "escapes", node }];
  }

  /** A header that tells of the limit: by `headers.set(name, value)`, or in an object of headers. */
  #told(node: Node): readonly Use[] | undefined {
    let at = wrapped(node);
    for (let steps = 0; steps < 4; steps++) {
      const { parent } = at;
      if (parent?.type === "Property" && parent.value === at) {
        const key = staticKey(parent);
        return key !== undefined && HEADER.test(key) ? [{ how: "header", node }] : undefined;
      }
      if (parent?.type === "CallExpression" && parent.arguments.includes(at as never)) {
        const [first] = parent.arguments;
        if (first?.type === "Literal" && typeof first.value === "string" && HEADER.test(first.value)) return [{ how: "header", node }];
        if (calledName(parent) !== "String") return undefined;
        at = wrapped(parent);
      } else if (parent?.type === "TemplateLiteral") at = wrapped(parent);
      else if (parent?.type === "MemberExpression" && parent.object === at && wrapped(parent).parent?.type === "CallExpression") {
        at = wrapped(wrapped(parent).parent as Node);
      } else return undefined;
    }
    return undefined;
  }
}

const HEADER = /^(?:x-)?rate-?limit|^retry-after$/iu;

function isExported(variable: { readonly defs: readonly { readonly node: Node }[]; readonly references: readonly { readonly identifier: Node }[] }): boolean {
  return (
    variable.defs.some(({ node }) => node.parent?.parent?.type === "ExportNamedDeclaration") ||
    variable.references.some(({ identifier }) => identifier.parent?.type === "ExportSpecifier")
  );
}

/** The name by which a function or method is called. */
export function calledName({ callee }: TSESTree.CallExpression): string | undefined {
  if (callee.type === "Identifier") return callee.name;
  return callee.type === "MemberExpression" ? staticKey({ key: callee.property, computed: callee.computed }) : undefined;
}

const LOGGER = /^(?:console|log|logger|logging|pino|winston|sentry|posthog|metrics|analytics|telemetry)$/iu;

/** `console.warn(…)`, `logger.info(…)`, `request.log.warn(…)`: what is told to the people who run the app. */
export function isLog({ callee }: TSESTree.CallExpression): boolean {
  if (callee.type !== "MemberExpression") return false;
  const { object } = callee;
  if (object.type === "Identifier") return LOGGER.test(object.name);
  if (object.type !== "MemberExpression") return false;
  const name = staticKey({ key: object.property, computed: object.computed });
  return name !== undefined && LOGGER.test(name);
}

/** `waitUntil(…)`, `after(…)`: what runs there comes too late to stop anything. */
function isLeftBehind(node: Node): boolean {
  if (node.type !== "CallExpression") return false;
  const name = calledName(node);
  return name === "waitUntil" || name === "after" || name === "unstable_after";
}

/** The statement in a block, or at module level, that a node is part of; undefined where its function has no block. */
export function statementOf(node: Node): TSESTree.Statement | undefined {
  for (let at: Node | undefined = node; at && !isFunction(at); at = at.parent) {
    if (isListedStatement(at)) return at;
    // What a case is compared with is asked in its turn only: there is no place before it.
    if (at.parent?.type === "SwitchCase") return undefined;
  }
  return undefined;
}

import { mayAskByName } from "../../sdk/limiters.ts";
import type { TSESTree } from "@typescript-eslint/types";
import { unwrap, wrapped, type AnyFunction, type Node } from "../syntax/ast.ts";
import { exact } from "./exact.ts";
import { type CallValue, type Step, type SwitchCase, type Value } from "./ir.ts";
import type { Evaluator } from "./values.ts";

/** What a function does, and what it may return. */
export function lowerBody(
  evaluator: Evaluator,
  fn: AnyFunction,
): { readonly body: readonly Step[]; readonly returns: readonly Value[] } {
  const lowering = new Lowering(evaluator, fn);
  const body: Step[] = [];
  // Defaults of parameters run first.
  for (const param of fn.params) if (param.type === "AssignmentPattern") lowering.expression(param.right, body);
  if (fn.body?.type === "BlockStatement") {
    lowering.statements(fn.body.body, body);
  } else if (fn.body) {
    lowering.expression(fn.body, body);
    lowering.returned(fn.body, body);
  }
  return { body: exact(body), returns: exact(lowering.returns) };
}

/** What a module does when it is loaded. */
export function lowerModule(evaluator: Evaluator, program: TSESTree.Program): readonly Step[] {
  return lowerStatements(evaluator, program.body);
}

/** What a list of statements does. */
export function lowerStatements(evaluator: Evaluator, statements: readonly Node[]): readonly Step[] {
  const body: Step[] = [];
  new Lowering(evaluator).statements(statements, body);
  return exact(body);
}

class Lowering {
  readonly returns: Value[] = [];
  readonly #evaluator: Evaluator;
  /** The function whose promise is settled by what it gives back, if it is one. */
  readonly #async: AnyFunction | undefined;
  /** Within how many blocks that are tried: what is given back there fails behind them. */
  #tried = 0;

  constructor(evaluator: Evaluator, fn?: AnyFunction) {
    this.#evaluator = evaluator;
    this.#async = fn?.async === true && !fn.generator ? fn : undefined;
  }

  statements(nodes: readonly Node[], out: Step[]): void {
    for (const node of nodes) this.#statement(node, out);
  }

  returned(node: Node | null, out: Step[]): void {
    const value = node ? this.#evaluator.value(node) : undefined;
    if (value) this.returns.push(value);
    out.push({ op: "return", value });
  }

  #block(node: Node | null | undefined): Step[] {
    const out: Step[] = [];
    if (node) this.#statement(node, out);
    return exact(out);
  }

  #statement(node: Node, out: Step[]): void {
    switch (node.type) {
      case "ExpressionStatement": {
        const { expression } = node;
        this.expression(expression, out);
        if (expression.type === "AssignmentExpression" && /^(?:Identifier|MemberExpression)$/u.test(expression.left.type)) out.push({ op: "set", value: this.#evaluator.value(expression) });
        return;
      }
      case "VariableDeclaration":
        for (const { id, init } of node.declarations) {
          if (init) this.expression(init, out);
          if (init && id.type === "ObjectPattern") this.#assertion(init, out);
        }
        return;
      case "ReturnStatement":
        if (node.argument) this.expression(node.argument, out);
        return this.returned(node.argument, out);
      case "ThrowStatement":
        this.expression(node.argument, out);
        out.push({ op: "throw", value: this.#evaluator.value(node.argument) });
        return;
      case "IfStatement":
        this.expression(node.test, out);
        out.push({
          op: "if",
          test: this.#evaluator.value(node.test),
          then: this.#block(node.consequent),
          else: this.#block(node.alternate),
        });
        return;
      case "BlockStatement":
      case "StaticBlock":
        return this.statements(node.body, out);
      case "ForStatement":
        if (node.init) this.#initialiser(node.init, out);
        return this.#loop(node.test, [node.body, node.update], false, out);
      case "WhileStatement":
        return this.#loop(node.test, [node.body], isAlwaysTrue(node.test), out);
      case "DoWhileStatement":
        return this.#loop(node.test, [node.body], true, out);
      case "ForInStatement":
      case "ForOfStatement":
        this.expression(node.right, out);
        return this.#loop(null, [node.body], false, out);
      case "TryStatement": {
        this.#tried++;
        const block = this.#block(node.block);
        this.#tried--;
        out.push({ op: "try", block, handler: node.handler ? this.#block(node.handler.body) : undefined, finalizer: this.#block(node.finalizer) });
        return;
      }
      case "SwitchStatement":
        return this.#switch(node, out);
      case "LabeledStatement":
      case "WithStatement":
        return this.#statement(node.body, out);
      case "BreakStatement":
        out.push({ op: "jump", to: "break" });
        return;
      case "ContinueStatement":
        out.push({ op: "jump", to: "continue" });
        return;
      case "ExportNamedDeclaration":
        if (node.declaration) this.#statement(node.declaration, out);
        return;
      case "ExportDefaultDeclaration":
      case "TSExportAssignment":
        return this.expression("declaration" in node ? node.declaration : node.expression, out);
      default:
    }
  }

  #initialiser(node: Node, out: Step[]): void {
    if (node.type === "VariableDeclaration") this.#statement(node, out);
    else this.expression(node, out);
  }

  #loop(test: Node | null, parts: readonly (Node | null)[], atLeastOnce: boolean, out: Step[]): void {
    const body: Step[] = [];
    if (test) this.expression(test, atLeastOnce ? body : out);
    for (const part of parts) {
      if (!part) continue;
      if (/Statement$/u.test(part.type)) this.#statement(part, body);
      else this.expression(part, body);
    }
    out.push({ op: "loop", test: test ? this.#evaluator.value(test) : undefined, body, atLeastOnce });
  }

  #switch(node: TSESTree.SwitchStatement, out: Step[]): void {
    this.expression(node.discriminant, out);
    const cases = node.cases.map((branch): SwitchCase => {
      const body: Step[] = [];
      this.statements(branch.consequent, body);
      return { test: branch.test ? this.#evaluator.value(branch.test) : undefined, body };
    });
    out.push({ op: "switch", discriminant: this.#evaluator.value(node.discriminant), cases });
  }

  /** Adds the calls that an expression makes, in the order in which they run. */
  expression(outer: Node, out: Step[]): void {
    const node = unwrap(outer);
    switch (node.type) {
      case "CallExpression":
      case "NewExpression":
        return this.#call(node, out);
      case "TaggedTemplateExpression":
        this.#callee(node.tag, out);
        for (const part of node.quasi.expressions) this.expression(part, out);
        return this.#emit(node, out);
      case "AwaitExpression":
      case "UnaryExpression":
      case "UpdateExpression":
      case "SpreadElement":
        return this.expression(node.argument, out);
      case "YieldExpression":
        if (node.argument) this.expression(node.argument, out);
        return;
      case "BinaryExpression":
        this.expression(node.left, out);
        return this.expression(node.right, out);
      case "AssignmentExpression":
        if (node.left.type === "MemberExpression") this.expression(node.left, out);
        return this.expression(node.right, out);
      case "LogicalExpression": {
        this.expression(node.left, out);
        const right = this.#steps(node.right);
        const test = this.#evaluator.value(node.left);
        if (right.every(isAssertion)) return;
        if (node.operator === "&&") out.push({ op: "if", test, then: right, else: [], isPart: true });
        else out.push({ op: "if", test, then: [], else: right, isPart: true });
        return;
      }
      case "ConditionalExpression": {
        this.expression(node.test, out);
        const then = this.#steps(node.consequent);
        const otherwise = this.#steps(node.alternate);
        if (then.every(isAssertion) && otherwise.every(isAssertion)) return;
        out.push({ op: "if", test: this.#evaluator.value(node.test), then, else: otherwise, isPart: true });
        return;
      }
      case "SequenceExpression":
      case "TemplateLiteral":
        for (const part of node.expressions) this.expression(part, out);
        return;
      case "MemberExpression":
        this.expression(node.object, out);
        if (!node.optional) this.#assertion(node.object, out);
        if (node.computed) this.expression(node.property, out);
        return;
      case "ArrayExpression":
        for (const element of limitersLast(node.elements)) if (element) this.expression(element, out);
        return;
      case "ObjectExpression":
        for (const property of node.properties) {
          if (property.type === "SpreadElement") this.expression(property.argument, out);
          else {
            if (property.computed) this.expression(property.key, out);
            this.expression(property.value, out);
          }
        }
        return;
      case "JSXElement":
      case "JSXFragment":
        return this.#jsx(node, out);
      default:
    }
  }

  #steps(node: Node): Step[] {
    const out: Step[] = [];
    this.expression(node, out);
    return out;
  }

  #callee(node: Node, out: Step[]): void {
    const callee = unwrap(node);
    if (callee.type !== "Identifier") this.expression(callee, out);
  }

  #call(node: TSESTree.CallExpression | TSESTree.NewExpression, out: Step[]): void {
    this.#callee(node.callee, out);
    for (const arg of node.arguments) this.expression(arg, out);
    this.#emit(node, out);
  }

  /** `x!.y`, `const { y } = x!`; in a chain that ends where something is missing, such as `a?.x!.y`, nothing is sure. */
  #assertion(of: Node, out: Step[]): void {
    if (of.type !== "TSNonNullExpression") return;
    let at = unwrap(of);
    while (at.type === "MemberExpression" || at.type === "CallExpression") {
      if (at.optional) return;
      at = unwrap(at.type === "MemberExpression" ? at.object : at.callee);
    }
    out.push({ op: "assert", value: this.#evaluator.value(of) });
  }

  #emit(node: Node, out: Step[]): void {
    const call = this.#evaluator.value(node);
    // `require()` and reads of the environment look like calls, and are none.
    if (call.kind !== "call") return;
    const { parent } = wrapped(node);
    const isVoid = parent?.type === "UnaryExpression" && parent.operator === "void";
    const dropped = isVoid || parent?.type === "ExpressionStatement" ? { dropped: true as const } : {};
    const handler = parent && handlerBehind(parent);
    const caught = handler ? { caught: this.#evaluator.value(handler) } : {};
    out.push({ op: "call", call: call satisfies CallValue, awaited: parent?.type === "AwaitExpression", ...this.#givenBack(parent), ...dropped, ...caught });
  }

  /** `return check()` of an asynchronous function: whoever waits for it waits for both, unless it is tried there. */
  #givenBack(parent: Node | undefined): { readonly returned?: "waited-for" | "as-it-is" } {
    if (parent?.type !== "ReturnStatement" && parent?.type !== "ArrowFunctionExpression") return {};
    const isWaitedFor = this.#async !== undefined && this.#tried === 0 && (parent.type === "ReturnStatement" || parent === this.#async);
    return { returned: isWaitedFor ? "waited-for" : "as-it-is" };
  }

  #jsx(node: TSESTree.JSXElement | TSESTree.JSXFragment, out: Step[]): void {
    if (node.type === "JSXElement") {
      for (const attribute of node.openingElement.attributes) {
        if (attribute.type === "JSXSpreadAttribute") this.expression(attribute.argument, out);
        else if (attribute.value?.type === "JSXExpressionContainer") this.expression(attribute.value.expression, out);
      }
    }
    for (const child of node.children) {
      if (child.type === "JSXExpressionContainer") this.expression(child.expression, out);
      else this.expression(child, out);
    }
  }
}

/** `refuse` of `check().catch(refuse)`, by its member. */
function handlerBehind(member: Node): Node | undefined {
  if (member.type !== "MemberExpression" || member.computed || member.property.type !== "Identifier" || member.property.name !== "catch") return undefined;
  const callee = wrapped(member);
  const { parent: call } = callee;
  return call?.type === "CallExpression" && call.callee === callee ? call.arguments[0] : undefined;
}

/**
 * `Promise.all([ratelimit.limit(id), send()])`: what is begun together with the question whether a caller may has begun when
 * the answer comes, wherever it stands in the list.
 */
function limitersLast(elements: readonly (Node | null)[]): readonly (Node | null)[] {
  if (elements.length < 2 || !elements.some(asksLimiter)) return elements;
  return [...elements.filter((element) => !asksLimiter(element)), ...elements.filter(asksLimiter)];
}

function asksLimiter(element: Node | null): boolean {
  const callee = element?.type === "CallExpression" ? unwrap(element.callee) : undefined;
  const named = callee?.type === "MemberExpression" && !callee.computed ? callee.property : callee;
  const name = named?.type === "Identifier" ? named.name : undefined;
  return name !== undefined && mayAskByName(name) && (name !== "limit" || callee?.type === "MemberExpression");
}

const isAssertion = ({ op }: Step): boolean => op === "assert";

function isAlwaysTrue(node: Node): boolean {
  return node.type === "Literal" && node.value === true;
}

/** Every step of a list, also in branches and loops. */
export function* stepsIn(steps: readonly Step[]): Generator<Step> {
  for (const step of steps) {
    yield step;
    switch (step.op) {
      case "if":
        yield* stepsIn(step.then);
        yield* stepsIn(step.else);
        break;
      case "loop":
        yield* stepsIn(step.body);
        break;
      case "try":
        yield* stepsIn(step.block);
        if (step.handler) yield* stepsIn(step.handler);
        yield* stepsIn(step.finalizer);
        break;
      case "switch":
        for (const branch of step.cases) yield* stepsIn(branch.body);
        break;
      default:
    }
  }
}

/** Every call in a list of steps, also in branches and loops. */
export function* callsIn(steps: readonly Step[]): Generator<CallValue> {
  for (const step of stepsIn(steps)) if (step.op === "call") yield step.call;
}


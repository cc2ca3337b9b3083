import type { TSESTree } from "@typescript-eslint/types";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { constantString, contains, directivesOf, isFunction, staticKey, unwrap, type AnyFunction, type Node } from "../syntax/ast.ts";
import { environmentCall, environmentMember } from "../credentials/env-values.ts";
import { bindingValue, bindingType, globalWrites, isGlobalObject, putLater, variableAt } from "./bindings.ts";
import type {
  ClassFacts,
  FunctionFacts,
  ObjectEntry,
  ParamFacts,
  RefValue,
  Step,
  TypeShape,
  Value,
} from "./ir.ts";
import { exact } from "./exact.ts";
import { UNKNOWN } from "./ir.ts";
import { addLaterAssignments } from "./later-fields.ts";
import { lowerBody } from "./lower.ts";
import { flattened, joinedParts } from "./texts.ts";
import { namedShape, typeShape } from "./types.ts";

/** Of a text that a tag is given, so much is kept. */
const MAX_TAGGED = 500;

/**
 * Turns expressions of one module into {@link Value}s. Every node and every variable is evaluated once; the same node
 * always gives the same object, so that a call found in a condition is the very call found in the body.
 */
export class Evaluator {
  readonly scopeManager: Scope.ScopeManager;
  /** False for modules that are not being linted: their facts must not hold on to the syntax tree. */
  readonly keepNodes: boolean;
  readonly #values = new Map<Node, Value>();
  readonly #refs = new Map<Scope.Variable, RefValue>();
  readonly #functions = new Map<Node, LazyFunction>();
  readonly #classes = new Map<Node, ClassFacts>();
  readonly #types = new Map<Node, TypeShape>();
  /** Variables whose definition is being evaluated. */
  readonly #undefined = new Set<Scope.Variable>();
  /** How often one of them was met in its own definition. */
  #cuts = 0;
  #keptOnGlobal: ReadonlyMap<string, readonly TSESTree.AssignmentExpression[]> | undefined;

  constructor(scopeManager: Scope.ScopeManager, keepNodes: boolean) {
    this.scopeManager = scopeManager;
    this.keepNodes = keepNodes;
  }

  /** The value of an expression. */
  value(node: Node): Value {
    const known = this.#values.get(node);
    if (known) return known;
    const cuts = this.#cuts;
    const value = this.#evaluate(node);
    // What was met within a definition means more elsewhere: `globalThis.redis = redis`.
    if (cuts === this.#cuts || this.#undefined.size === 0) this.#values.set(node, value);
    return value;
  }

  /**
   * The value that a variable stands for. It leads back to itself where the variable is assigned what is made of it
   * (`node = node.parent`), and never by its definition.
   */
  ref(variable: Scope.Variable): RefValue {
    const known = this.#refs.get(variable);
    if (known && !this.#undefined.has(variable)) return known;
    if (known) {
      this.#cuts++;
      return { ...known, target: UNKNOWN };
    }
    const ref: RefValue = { kind: "ref", name: variable.name, target: UNKNOWN, type: undefined };
    // Registered before its target is known, so that a variable assigned through itself ends here.
    this.#refs.set(variable, ref);
    ref.type = bindingType(this, variable);
    ref.target = bindingValue(this, variable);
    const puts = putLater(this, variable);
    if (puts) ref.puts = puts;
    return ref;
  }

  /** Evaluates what a variable is defined with, where it can't be read yet: `const a = a.b`, `class A extends A`. */
  defining<T>(variable: Scope.Variable, evaluate: () => T): T {
    if (this.#undefined.has(variable)) return evaluate();
    this.#undefined.add(variable);
    try {
      return evaluate();
    } finally {
      this.#undefined.delete(variable);
    }
  }

  fn(node: AnyFunction): FunctionFacts {
    let fn = this.#functions.get(node);
    if (!fn) {
      fn = new LazyFunction(this, node);
      this.#functions.set(node, fn);
    }
    return fn;
  }

  /** Every function met so far: grows while bodies are read. */
  get functions(): IterableIterator<FunctionFacts> {
    return this.#functions.values();
  }

  cls(node: TSESTree.ClassDeclaration | TSESTree.ClassExpression): ClassFacts {
    const known = this.#classes.get(node);
    if (known) return known;
    const facts: ClassFacts = {
      name: node.id?.name,
      superclass: node.superClass ? this.#superclass(node, node.superClass) : undefined,
      construct: undefined,
      members: new Map(),
      statics: new Map(),
    };
    this.#classes.set(node, facts);
    for (const member of node.body.body) this.#addMember(facts, member);
    addLaterAssignments(this, facts, node);
    return facts;
  }

  #superclass(node: TSESTree.ClassDeclaration | TSESTree.ClassExpression, superclass: Node): Value {
    const [inside] = this.scopeManager.getDeclaredVariables(node).slice(-1);
    return inside ? this.defining(inside, () => this.value(superclass)) : this.value(superclass);
  }

  type(node: Node): TypeShape {
    const known = this.#types.get(node);
    if (known) return known;
    // A type that leads back to itself ends here.
    this.#types.set(node, { kind: "keyword", name: "other" });
    const shape = typeShape(this, node);
    this.#types.set(node, shape);
    return shape;
  }

  /** The type that an identifier names, where it names one. */
  typeNamed(name: TSESTree.Identifier): TypeShape | undefined {
    const shape = namedShape(this, name, []);
    return shape.kind === "named" && !shape.target ? undefined : shape;
  }

  /** The shape of a type that is being read, so that a type that names itself ends. */
  rememberType(node: Node, shape: TypeShape): void {
    this.#types.set(node, shape);
  }

  at(node: Node): { node?: Node } {
    return this.keepNodes ? { node } : NOWHERE;
  }

  #addMember(facts: ClassFacts, member: TSESTree.ClassElement): void {
    if (member.type === "PropertyDefinition" || member.type === "AccessorProperty") {
      const key = staticKey(member);
      if (key === undefined) return;
      const declared = member.typeAnnotation ? this.type(member.typeAnnotation.typeAnnotation) : undefined;
      const target = member.value ? this.value(member.value) : UNKNOWN;
      (member.static ? facts.statics : facts.members).set(key, {
        kind: "ref",
        name: key,
        target,
        type: declared,
        ...this.at(member),
      });
    } else if (member.type === "MethodDefinition" && isFunction(member.value)) {
      if (member.kind === "constructor") {
        facts.construct = this.fn(member.value);
        return this.#addConstructorAssignments(facts, member.value);
      }
      const key = staticKey(member);
      if (key === undefined || member.kind === "set") return;
      const method: Value = { kind: "function", fn: this.fn(member.value), ...this.at(member.value) };
      (member.static ? facts.statics : facts.members).set(key, member.kind === "get" ? called(method) : method);
    }
  }

  #addConstructorAssignments(facts: ClassFacts, constructor: AnyFunction): void {
    for (const param of constructor.params) {
      if (param.type !== "TSParameterProperty") continue;
      const target = param.parameter.type === "AssignmentPattern" ? param.parameter.left : param.parameter;
      if (target.type === "Identifier") facts.members.set(target.name, this.value(target));
    }
    for (const statement of constructor.body?.type === "BlockStatement" ? constructor.body.body : []) {
      if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") continue;
      const { left, right } = statement.expression;
      if (left.type !== "MemberExpression" || left.object.type !== "ThisExpression") continue;
      const key = memberName(left);
      if (key === undefined) continue;
      const field = facts.members.get(key);
      // A declared field without a value (`private redis: Redis;`) keeps its type and takes the assigned value.
      if (field?.kind === "ref" && field.target === UNKNOWN) field.target = this.value(right);
      else facts.members.set(key, this.value(right));
    }
  }

  #evaluate(node: Node): Value {
    switch (node.type) {
      case "Literal":
        return this.#literal(node);
      case "TemplateLiteral":
        return this.#template(node);
      case "Identifier":
      case "JSXIdentifier":
        return this.#identifier(node);
      case "MemberExpression":
        return this.#member(node);
      case "CallExpression":
      case "NewExpression":
        return this.#call(node);
      case "TaggedTemplateExpression":
        return {
          kind: "call",
          callee: this.value(node.tag),
          args: [textsOf(node.quasi), ...node.quasi.expressions.map((part) => this.value(part))],
          isNew: false,
          ...this.at(node),
        };
      case "ImportExpression": {
        const source = constantString(node.source);
        return source === undefined ? this.#unknown(node) : { kind: "import", source, name: "*", ...this.at(node) };
      }
      case "AwaitExpression":
        return { kind: "await", value: this.value(node.argument), ...this.at(node) };
      case "TSAsExpression":
      case "TSTypeAssertion":
      case "TSSatisfiesExpression":
        return this.#assertion(node);
      case "TSNonNullExpression":
      case "TSInstantiationExpression":
      case "ChainExpression":
        return this.value(node.expression);
      case "ConditionalExpression":
        return {
          kind: "choice",
          operator: "?:",
          options: [this.value(node.consequent), this.value(node.alternate)],
          test: this.value(node.test),
          ...this.at(node),
        };
      case "LogicalExpression":
        return {
          kind: "choice",
          operator: node.operator,
          options: [this.value(node.left), this.value(node.right)],
          ...this.at(node),
        };
      case "BinaryExpression":
        return this.#binary(node);
      case "UnaryExpression":
        if (node.operator === "void") return { kind: "literal", value: undefined, ...this.at(node) };
        return this.#operation(node, node.operator, [node.argument]);
      case "UpdateExpression":
        return this.#operation(node, node.operator, [node.argument]);
      case "AssignmentExpression":
        return this.#assignment(node);
      case "SequenceExpression": {
        const last = node.expressions.at(-1);
        return last ? this.value(last) : this.#unknown(node);
      }
      case "ObjectExpression":
        return { kind: "object", entries: exact(node.properties.flatMap((p) => this.#entry(p))), ...this.at(node) };
      case "ArrayExpression":
        return {
          kind: "array",
          items: node.elements.map((item) => {
            if (!item) return UNKNOWN;
            if (item.type !== "SpreadElement") return this.value(item);
            // An element of the array that is spread: its place is not known.
            return { kind: "member", object: this.value(item.argument), property: undefined, ...this.at(item.argument) };
          }),
          ...this.at(node),
        };
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        return { kind: "function", fn: this.fn(node), ...this.at(node) };
      case "ClassDeclaration":
      case "ClassExpression":
        return { kind: "class", cls: this.cls(node), ...this.at(node) };
      case "ThisExpression":
        return this.#this(node);
      case "Super": {
        const cls = enclosingClass(node);
        if (!cls?.superClass) return this.#unknown(node);
        const base = this.value(cls.superClass);
        const own = target(base);
        const isInstance = node.parent.type === "MemberExpression" && !isInStaticMember(node);
        return isInstance && own.kind === "class" ? { kind: "this", cls: own.cls, ...this.at(node) } : base;
      }
      case "MetaProperty":
        return { kind: "global", name: `${node.meta.name}.${node.property.name}`, ...this.at(node) };
      case "JSXElement":
      case "JSXFragment":
        return { kind: "unknown", isMarkup: true, ...this.at(node) };
      default:
        // A parser may wrap in nodes of its own, such as parentheses.
        return unwrap(node) === node ? this.#unknown(node) : this.value(unwrap(node));
    }
  }

  #unknown(node: Node): Value {
    return this.keepNodes ? { kind: "unknown", node } : UNKNOWN;
  }

  #literal(node: TSESTree.Literal): Value {
    const value = "regex" in node ? node.raw : node.value;
    return { kind: "literal", value: value, ...this.at(node) };
  }

  #template(node: TSESTree.TemplateLiteral): Value {
    const constant = constantString(node);
    if (constant !== undefined) return { kind: "literal", value: constant, ...this.at(node) };
    const parts: Value[] = [];
    node.quasis.forEach((quasi, index) => {
      if (quasi.value.cooked) parts.push({ kind: "literal", value: quasi.value.cooked, ...this.at(quasi) });
      const expression = node.expressions[index];
      if (expression) parts.push(this.value(expression));
    });
    return { kind: "template", parts: exact(parts), ...this.at(node) };
  }

  #identifier(node: TSESTree.Identifier | TSESTree.JSXIdentifier): Value {
    const variable = variableAt(this.scopeManager, node);
    if (variable && variable.defs.length > 0) {
      const ref = this.ref(variable);
      // A reference of its own, so that reports can stand on the place where the variable is used.
      return this.keepNodes ? new UsedRef(ref, node) : ref;
    }
    if (node.name === "undefined") return { kind: "literal", value: undefined, ...this.at(node) };
    return { kind: "global", name: node.name, ...this.at(node) };
  }

  #member(node: TSESTree.MemberExpression): Value {
    const object = this.value(node.object);
    if (!node.computed) {
      return this.#property(object, memberName(node) ?? "", node);
    }
    const key = this.value(node.property);
    const name = constantOf(key);
    if (name !== undefined) return this.#property(object, name, node);
    return { kind: "member", object, property: undefined, key, ...this.at(node) };
  }

  #property(object: Value, property: string, node: Node): Value {
    const member = memberOf(object, property, this.at(node));
    const of = target(object);
    if (of.kind !== "global" || !isGlobalObject(of.name) || member.kind !== "member") return member;
    const kept = this.#globalWrites.get(property) ?? [];
    // Asked for while it is being assigned: `globalThis.redis ??= …` reads what it writes.
    const options = kept.filter((assignment) => !contains(assignment, node)).map((assignment) => this.value(assignment.right));
    return options.length === 0 ? member : { kind: "choice", operator: "=", options: [member, ...options], ...this.at(node) };
  }

  /** What the module keeps on the global object, by name: a client that survives hot reloads. */
  get #globalWrites(): ReadonlyMap<string, readonly TSESTree.AssignmentExpression[]> {
    this.#keptOnGlobal ??= globalWrites(this.scopeManager);
    return this.#keptOnGlobal;
  }

  #call(node: TSESTree.CallExpression | TSESTree.NewExpression): Value {
    const callee = this.value(node.callee);
    const isNew = node.type === "NewExpression";
    const args: Value[] = [];
    let spreadAt: number | undefined;
    for (const arg of node.arguments) {
      if (arg.type !== "SpreadElement") {
        args.push(this.value(arg));
        continue;
      }
      const spread = this.value(arg.argument);
      const list = target(spread);
      if (list.kind === "array" && spreadAt === undefined) args.push(...list.items);
      else {
        spreadAt ??= args.length;
        args.push(spread);
      }
    }
    const first = args[0] && constantOf(args[0]);
    if (first !== undefined && !isNew) {
      if (callee.kind === "global" && callee.name === "require") {
        return { kind: "import", source: first, name: "*", ...this.at(node) };
      }
    }
    const env = isNew ? undefined : environmentCall(callee, first);
    if (env) return { ...env, ...this.at(node) };
    const text = isNew || spreadAt !== undefined ? undefined : joinedParts(callee, args);
    if (text) return this.#text(node, flattened(text));
    return {
      kind: "call",
      callee,
      args: exact(args),
      isNew,
      ...this.at(node),
      ...(spreadAt === undefined ? {} : { spreadAt }),
      ...(node.typeArguments ? { typeArguments: node.typeArguments.params.map((type) => this.type(type)) } : {}),
    };
  }

  #assertion(node: TSESTree.TSAsExpression | TSESTree.TSTypeAssertion | TSESTree.TSSatisfiesExpression): Value {
    const inner = this.value(node.expression);
    const shape = this.type(node.typeAnnotation);
    if (shape.kind === "keyword" || shape.kind === "literals") return inner;
    return { kind: "ref", name: undefined, target: inner, type: shape, ...this.at(node) };
  }

  #binary(node: TSESTree.BinaryExpression): Value {
    if (node.operator !== "+") return this.#operation(node, node.operator, [node.left, node.right]);
    const parts = flattened([this.value(node.left), this.value(node.right)]);
    const strings = parts.some((part) => typeof literalOf(part) === "string" || isTextMember(part));
    if (!strings) return { kind: "operation", operator: "+", operands: parts, ...this.at(node) };
    return this.#text(node, parts);
  }

  /** A text of several parts: a literal where all of them are. */
  #text(node: Node, parts: readonly Value[]): Value {
    const constants = parts.map(literalOf);
    if (constants.every((part) => typeof part === "string")) return { kind: "literal", value: constants.join(""), ...this.at(node) };
    return { kind: "template", parts, ...this.at(node) };
  }

  #operation(node: Node, operator: string, operands: readonly Node[]): Value {
    return { kind: "operation", operator, operands: operands.map((operand) => this.value(operand)), ...this.at(node) };
  }

  #assignment(node: TSESTree.AssignmentExpression): Value {
    const right = this.value(node.right);
    if (node.operator === "=") return right;
    if (node.operator === "??=" || node.operator === "||=" || node.operator === "&&=") {
      const operator = node.operator.slice(0, -1) as "??" | "||" | "&&";
      return { kind: "choice", operator, options: [this.value(node.left), right], ...this.at(node) };
    }
    return { kind: "operation", operator: node.operator, operands: [this.value(node.left), right], ...this.at(node) };
  }

  #entry(property: TSESTree.Property | TSESTree.SpreadElement): ObjectEntry[] {
    if (property.type === "SpreadElement") {
      return [{ key: undefined, value: this.value(property.argument), spread: true, ...this.at(property) }];
    }
    const key = staticKey(property) ?? constantOf(this.value(property.key));
    if (property.kind === "set") return [];
    const value = this.value(property.value);
    return [
      {
        key,
        value: property.kind === "get" ? called(value) : value,
        ...(key === undefined ? { computed: this.value(property.key) } : {}),
        ...this.at(property),
      },
    ];
  }

  #this(node: TSESTree.ThisExpression): Value {
    const cls = enclosingClass(node);
    if (!cls) return this.#unknown(node);
    return { kind: isInStaticMember(node) ? "class" : "this", cls: this.cls(cls), ...this.at(node) };
  }
}

/** A variable at one place where it is used. Its target may become known later. */
class UsedRef implements RefValue {
  readonly kind = "ref";
  readonly node: TSESTree.Node;
  readonly #ref: RefValue;

  constructor(ref: RefValue, node: TSESTree.Node) {
    this.#ref = ref;
    this.node = node;
  }

  get name(): string | undefined {
    return this.#ref.name;
  }

  get target(): Value {
    return this.#ref.target;
  }

  get type(): TypeShape | undefined {
    return this.#ref.type;
  }

  get puts(): readonly Value[] | undefined {
    return this.#ref.puts;
  }
}

class LazyFunction implements FunctionFacts {
  readonly name: string | undefined;
  readonly isAsync: boolean;
  readonly directives: readonly string[];
  readonly node?: Node;
  #params: readonly ParamFacts[] | undefined;
  #returnType: TypeShape | undefined;
  #lowered: { readonly body: readonly Step[]; readonly returns: readonly Value[] } | undefined;
  /** Dropped once everything is read, and with it the syntax tree. */
  #source: { readonly evaluator: Evaluator; readonly node: AnyFunction } | undefined;

  constructor(evaluator: Evaluator, node: AnyFunction) {
    this.name = node.id?.name ?? nameFromPlace(node);
    this.isAsync = node.async;
    this.directives = node.body?.type === "BlockStatement" ? directivesOf(node.body.body) : [];
    this.#source = { evaluator, node };
    if (evaluator.keepNodes) this.node = node;
  }

  get params(): readonly ParamFacts[] {
    if (!this.#params && this.#source) {
      const { evaluator, node } = this.#source;
      this.#params = node.params.map((param) => paramFacts(evaluator, param));
    }
    return this.#params ?? [];
  }

  get returnType(): TypeShape | undefined {
    if (!this.#returnType && this.#source?.node.returnType) {
      this.#returnType = this.#source.evaluator.type(this.#source.node.returnType.typeAnnotation);
    }
    return this.#returnType;
  }

  get body(): readonly Step[] {
    return this.#lower().body;
  }

  get returns(): readonly Value[] {
    return this.#lower().returns;
  }

  /** Reads all that there is to read and lets go of the syntax tree. */
  detach(): void {
    void this.params;
    void this.returnType;
    void this.body;
    this.#source = undefined;
  }

  #lower(): { readonly body: readonly Step[]; readonly returns: readonly Value[] } {
    if (this.#lowered) return this.#lowered;
    // An unfinished answer for a function that is read while it is being read.
    this.#lowered = { body: [], returns: [] };
    if (this.#source) this.#lowered = lowerBody(this.#source.evaluator, this.#source.node);
    return this.#lowered;
  }
}

/** Lets every function that the evaluator knows go of its syntax tree; reading one may bring up others. */
export function detachFunctions(evaluator: Evaluator): void {
  for (const fn of evaluator.functions) if (fn instanceof LazyFunction) fn.detach();
}

const NOWHERE: { node?: Node } = {};

function paramFacts(evaluator: Evaluator, param: TSESTree.Parameter): ParamFacts {
  let inner: Node = param.type === "TSParameterProperty" ? param.parameter : param;
  if (inner.type === "AssignmentPattern") inner = inner.left;
  if (inner.type === "RestElement") inner = inner.argument;
  const annotation = "typeAnnotation" in inner ? (inner as TSESTree.Identifier).typeAnnotation : undefined;
  return {
    name: inner.type === "Identifier" ? inner.name : undefined,
    type: annotation ? evaluator.type(annotation.typeAnnotation) : undefined,
  };
}

function nameFromPlace(node: AnyFunction): string | undefined {
  const parent = node.parent as Node | undefined;
  if (parent?.type === "VariableDeclarator" && parent.id.type === "Identifier") return parent.id.name;
  if (parent?.type === "Property" || parent?.type === "MethodDefinition" || parent?.type === "PropertyDefinition") {
    return staticKey(parent);
  }
  return undefined;
}

function enclosingClass(node: Node): TSESTree.ClassDeclaration | TSESTree.ClassExpression | undefined {
  for (let at: Node | undefined = node.parent; at; at = at.parent) {
    if (at.type === "ClassBody") return at.parent;
    const isMethod = at.parent?.type === "MethodDefinition";
    if ((at.type === "FunctionExpression" && !isMethod) || at.type === "FunctionDeclaration") return undefined;
  }
  return undefined;
}

function isInStaticMember(node: Node): boolean {
  for (let at: Node | undefined = node; at; at = at.parent) {
    if (at.parent?.type === "ClassBody") return at.type === "StaticBlock" || ("static" in at && at.static);
  }
  return false;
}

function memberName(node: TSESTree.MemberExpression): string | undefined {
  if (node.property.type === "PrivateIdentifier") return `#${node.property.name}`;
  return !node.computed && node.property.type === "Identifier" ? node.property.name : undefined;
}

/** What a tag is called with first: the texts between the expressions. Of long ones the beginning, for what is kept of other files is to be small. */
function textsOf({ quasis }: TSESTree.TemplateLiteral): Value {
  const kept = (text: string): string => (text.length > MAX_TAGGED ? `${text.trimStart().slice(0, MAX_TAGGED)}…` : text);
  return { kind: "array", items: quasis.map(({ value }): Value => ({ kind: "literal", value: kept(value.cooked ?? "") })) };
}

function called(fn: Value): Value {
  return { kind: "call", callee: fn, args: [], isNew: false };
}

const GLOBAL_HOLDERS: ReadonlySet<string> = new Set(["process", "Deno", "Bun", "Netlify"]);

/** `object.property`; reads of the environment become {@link EnvValue}s here, whatever way they are written. */
export function memberOf(object: Value, property: string, at: { node?: Node } = NOWHERE): Value {
  const of = target(object);
  if (of.kind === "global" && of.name === "globalThis" && GLOBAL_HOLDERS.has(property)) return { kind: "global", name: property, ...at };
  const env = environmentMember(of, property);
  if (env) return { ...env, ...at };
  return { kind: "member", object, property, ...at };
}

/** What a variable or assertion stands for. */
export function target(value: Value): Value {
  let at = value;
  for (let steps = 0; at.kind === "ref" && steps < 20; steps++) at = at.target;
  return at;
}

/** A member of `this` or a static one of a class, where the class declares it; undefined for other objects. */
export function classMember(object: Value, name: string): Value | undefined {
  if (object.kind === "this") return object.cls.members.get(name);
  return object.kind === "class" ? object.cls.statics.get(name) : undefined;
}

/** `this.prefix` and `KEYS.user` where the class or the object has a text under that name: added to, they make a text. */
function isTextMember(value: Value): boolean {
  const at = target(value);
  if (at.kind !== "member" || at.property === undefined) return false;
  const object = target(at.object);
  const member = object.kind === "object" ? object.entries.findLast(({ key }) => key === at.property)?.value : classMember(object, at.property);
  return member !== undefined && typeof literalOf(member) === "string";
}

/** The constant that a value is; `NO_CONSTANT` where it is none. */
export function literalOf(value: Value): unknown {
  const at = target(value);
  return at.kind === "literal" ? at.value : NO_CONSTANT;
}

const NO_CONSTANT = Symbol("no constant");

/** `undefined` or `null`. */
export function isNothing(value: Value): boolean {
  const constant = literalOf(value);
  return constant === undefined || constant === null;
}

/** `undefined`, `null` or an empty text: says nothing. */
export const isEmpty = (value: Value): boolean => isNothing(value) || literalOf(value) === "";

/** The constant string (or number, as a key) that a value is. */
export function constantOf(value: Value): string | undefined {
  const constant = literalOf(value);
  return typeof constant === "string" || typeof constant === "number" ? String(constant) : undefined;
}

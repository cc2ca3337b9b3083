import type { TSESTree } from "@typescript-eslint/types";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { namesIn, unwrap, wrapped, type Node } from "../syntax/ast.ts";
import { specifierName } from "../values/bindings.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { guardsAround, type Guard } from "../flow/server-branch.ts";
import { isCallee, isRuntimeReference, memberRead, takenNames, type Taken } from "./name-uses.ts";
import { isTakenOut, mayTakeOut } from "./server-code.ts";
import type { Evaluator } from "../values/values.ts";

/*
 * A module in the pieces that a bundler takes or leaves: its top-level statements, what each declares and uses, and which
 * of them do something when the module loads. This is the view of tree shaking.
 */

/** The pieces of a module, in the order of the file. */
export interface ModuleParts {
  readonly parts: readonly Part[];
  /** By local name, what the module imports. */
  readonly imported: ReadonlyMap<string, ImportedName>;
  /** What loads with the module: sources of imports and re-exports that are there at run time. */
  readonly loads: readonly string[];
  /** By name, what the module exports itself. */
  readonly exported: ReadonlyMap<string, ExportedName>;
  /** Sources of `export * from`. */
  readonly stars: readonly string[];
}

export interface ImportedName {
  readonly source: string;
  /** `"*"`: the namespace. */
  readonly name: string;
}

/** A local name, or what another module exports. */
export type ExportedName = { readonly local: string } | ImportedName;

/** A name of the module that a part reads. */
export interface Use {
  readonly name: string;
  /** The member that is read of it; undefined: all of it. */
  readonly member: string | undefined;
  /** It is called, or the member is: nothing else is done with it here. */
  readonly isCalled: boolean;
  /** In code that bundlers take out of what browsers get. */
  readonly isTakenOut: boolean;
}

/** Something that happens under conditions. */
export interface Guarded<T> {
  readonly what: T;
  readonly guards: readonly Guard<Value>[];
}

interface Load extends Guarded<string> {
  /** What is taken of it; undefined: all of it may be. */
  readonly taken: readonly Taken[] | undefined;
}

export interface Part {
  /** Offsets in the text. */
  readonly range: readonly [number, number];
  readonly declares: readonly string[];
  readonly uses: readonly Use[];
  /** Loading the module is enough for this to run. */
  readonly hasEffects: boolean;
  /** Calls that may make a client, or send a credential. */
  readonly calls: readonly Guarded<CallValue>[];
  /** What `import()` and `require()` bring. */
  readonly loads: readonly Load[];
}

interface Builder {
  readonly range: readonly [number, number];
  readonly declares: string[];
  readonly uses: Use[];
  readonly hasEffects: boolean;
  readonly calls: Guarded<CallValue>[];
  readonly loads: Load[];
}

type Call = TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.ImportExpression;

export interface PartsOptions {
  readonly text: string;
  /** Calls and `import()`s of the whole module. */
  readonly calls: readonly Call[];
  /** Imports that nothing uses stay: in JavaScript, and where the compiler is told so. */
  readonly keepsUnused: boolean;
}

/** The compilers of TypeScript drop imports that nothing uses, Vue's too. Svelte keeps what does not say that it is a type. */
export const keepsUnusedImports = (filename: string, text: string): boolean =>
  !/\.[cm]?tsx?$/u.test(filename) && !(filename.endsWith(".vue") && /<script\s[^>]{0,200}\blang=["']?tsx?\b/u.test(text));

/** Takes a module apart. */
export function partsOf(evaluator: Evaluator, program: TSESTree.Program, options: PartsOptions): ModuleParts {
  const { scopeManager } = evaluator;
  const builders = program.body.map((statement) => partOf(statement, options.text));
  const at = (node: Node): Builder | undefined => builders[indexAt(builders, node.range[0])];
  const imported = new Map<string, ImportedName>();
  const used = new Set<string>();
  const takesOut = mayTakeOut(options.text);
  const scope = scopeManager.scopes.find(({ type }) => type === "module") ?? scopeManager.globalScope ?? undefined;
  for (const variable of scope?.variables ?? []) {
    for (const { type, name } of variable.defs) {
      if (type === "ImportBinding") addImported(imported, variable);
      else at(name)?.declares.push(variable.name);
    }
    for (const reference of variable.references) {
      if (!isRuntimeReference(reference)) continue;
      used.add(variable.name);
      const part = at(reference.identifier);
      const { identifier } = reference;
      const takenOut = takesOut && isTakenOut(identifier);
      const member = memberRead(identifier);
      const isCalled = isCallee(member === undefined ? identifier : (wrapped(identifier).parent ?? identifier));
      part?.uses.push({ name: variable.name, member, isCalled, isTakenOut: takenOut });
    }
  }
  addAttached(program, builders, options.text);
  for (const node of options.calls) {
    const part = at(node);
    if (part && !(takesOut && isTakenOut(node))) addCall(evaluator, node, part);
  }
  return { parts: builders, imported, ...linksOf(program, options.keepsUnused ? undefined : used) };
}

function partOf(statement: Node, text: string): Builder {
  const declares = statement.type === "ExportDefaultDeclaration" && defaultName(statement) === DEFAULT ? [DEFAULT] : [];
  return { range: statement.range, declares, uses: [], hasEffects: hasEffects(statement, text), calls: [], loads: [] };
}

/** The part that a node stands in. */
export function partAt({ parts }: ModuleParts, node: Node): Part | undefined {
  return parts[indexAt(parts, node.range[0])];
}

function indexAt(parts: readonly { readonly range: readonly [number, number] }[], offset: number): number {
  let low = 0;
  let high = parts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((parts[middle]?.range[0] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function addImported(imported: Map<string, ImportedName>, variable: Scope.Variable): void {
  for (const { node, parent } of variable.defs) {
    if (parent?.type !== "ImportDeclaration") continue;
    const name =
      node.type === "ImportSpecifier" ? specifierName(node.imported) : node.type === "ImportDefaultSpecifier" ? "default" : "*";
    imported.set(variable.name, { source: parent.source.value, name });
  }
}

/** `Page.title = "…"` belongs to `Page`, and is left out with it. */
function addAttached(program: TSESTree.Program, builders: readonly Builder[], text: string): void {
  program.body.forEach((statement, index) => {
    const name = attachedTo(statement, text);
    if (name !== undefined) builders[index]?.declares.push(name);
  });
}

function attachedTo(statement: Node, text: string): string | undefined {
  if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") return undefined;
  const { left, right } = statement.expression;
  const object = left.type === "MemberExpression" && !left.computed ? unwrap(left.object) : undefined;
  const isFree = object?.type === "Identifier" && !/^(?:module|exports|window|globalThis|global|self|process)$/u.test(object.name);
  return isFree && isPure(right, text) ? object.name : undefined;
}

function addCall(evaluator: Evaluator, node: Call, part: Builder): void {
  const value = evaluator.value(node);
  const guards = (): readonly Guard<Value>[] => guardsAround(node).map(({ test, outcome }) => ({ test: evaluator.value(test), outcome }));
  if (value.kind === "import") part.loads.push({ what: value.source, guards: guards(), taken: takenNames(node, evaluator.scopeManager) });
  else if (value.kind === "call") part.calls.push({ what: value, guards: guards() });
}

/** Sources and exports. `used`: the names that are used; undefined: unused imports stay too. */
function linksOf(program: TSESTree.Program, used: ReadonlySet<string> | undefined): Pick<ModuleParts, "loads" | "exported" | "stars"> {
  const loads = new Set<string>();
  const exported = new Map<string, ExportedName>();
  const stars: string[] = [];
  for (const statement of program.body) {
    switch (statement.type) {
      case "ImportDeclaration":
        if (isThereAtRunTime(statement, used)) loads.add(statement.source.value);
        break;
      case "ExportAllDeclaration":
        if (statement.exportKind === "type") break;
        loads.add(statement.source.value);
        if (statement.exported) exported.set(specifierName(statement.exported), { source: statement.source.value, name: "*" });
        else stars.push(statement.source.value);
        break;
      case "ExportDefaultDeclaration":
        exported.set("default", { local: defaultName(statement) });
        break;
      case "ExportNamedDeclaration":
        if (statement.exportKind !== "type") addExports(statement, loads, exported);
        break;
      default:
    }
  }
  return { loads: [...loads], exported, stars };
}

/** Compilers drop an import whose names are used as types alone, or not at all. */
function isThereAtRunTime({ importKind, specifiers }: TSESTree.ImportDeclaration, used: ReadonlySet<string> | undefined): boolean {
  if (importKind === "type") return false;
  if (specifiers.length === 0) return true;
  return specifiers.some((specifier) => {
    if (specifier.type === "ImportSpecifier" && specifier.importKind === "type") return false;
    return !used || used.has(specifier.local.name);
  });
}

/** A default export has no name of its own, or may have none: the name that a module can't use stands for it. */
const DEFAULT = "*default*";

function defaultName({ declaration }: TSESTree.ExportDefaultDeclaration): string {
  if (declaration.type === "Identifier") return declaration.name;
  const id = declaration.type === "FunctionDeclaration" || declaration.type === "ClassDeclaration" ? declaration.id : null;
  return id?.name ?? DEFAULT;
}

function addExports(statement: TSESTree.ExportNamedDeclaration, loads: Set<string>, exported: Map<string, ExportedName>): void {
  const { declaration, source } = statement;
  for (const name of declaration ? declaredNames(declaration) : []) exported.set(name, { local: name });
  let isValue = false;
  for (const { exportKind, exported: as, local } of statement.specifiers) {
    if (exportKind === "type") continue;
    isValue = true;
    const name = specifierName(local);
    exported.set(specifierName(as), source ? { source: source.value, name } : { local: name });
  }
  if (source && (isValue || statement.specifiers.length === 0)) loads.add(source.value);
}

function declaredNames(declaration: Node): readonly string[] {
  if (declaration.type === "VariableDeclaration") return declaration.declarations.flatMap(({ id }) => namesIn(id));
  if (declaration.type === "FunctionDeclaration" || declaration.type === "ClassDeclaration" || declaration.type === "TSEnumDeclaration") {
    return declaration.id ? [declaration.id.name] : [];
  }
  return [];
}

/** Whether a statement does something when the module loads, as bundlers judge it. */
function hasEffects(statement: Node, text: string): boolean {
  switch (statement.type) {
    case "ImportDeclaration":
    case "ExportAllDeclaration":
    case "FunctionDeclaration":
    case "TSDeclareFunction":
    case "TSEnumDeclaration":
    case "EmptyStatement":
      return false;
    case "ExportNamedDeclaration":
      return statement.declaration ? hasEffects(statement.declaration, text) : false;
    case "ExportDefaultDeclaration":
      return hasEffects(statement.declaration, text);
    case "VariableDeclaration":
      return statement.declarations.some(({ init }) => init && !isPure(init, text));
    case "ClassDeclaration":
      return !isPure(statement, text);
    case "ExpressionStatement":
      return attachedTo(statement, text) === undefined && !isPure(statement.expression, text);
    default:
      if (/^TS(?:Interface|TypeAlias|Module|ExportAssignment|ImportEquals)/u.test(statement.type)) return statement.type === "TSExportAssignment";
      return !isPure(statement, text);
  }
}

/** Functions of React that hand back a component or context, which bundlers know to be pure. */
const PURE_CALLS = /^(?:memo|forwardRef|createContext|lazy|cache|Symbol|freeze)$/u;

/** Behind a comment that says `@__PURE__`. */
function isMarkedPure(node: Node, text: string): boolean {
  const before = text.slice(Math.max(0, node.range[0] - 40), node.range[0]).trimEnd();
  return before.endsWith("*/") && /[@#]__PURE__/u.test(before.slice(before.lastIndexOf("/*")));
}

function isPure(outer: Node, text: string): boolean {
  const node = unwrap(outer);
  const all = (nodes: readonly (Node | null | undefined)[]): boolean => nodes.every((part) => !part || isPure(part, text));
  switch (node.type) {
    case "Literal":
    case "Identifier":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "FunctionDeclaration":
    case "ThisExpression":
    case "MetaProperty":
    case "JSXElement":
    case "JSXFragment":
    case "JSXEmptyExpression":
      return true;
    case "TemplateLiteral":
      return all(node.expressions);
    case "ArrayExpression":
      return all(node.elements);
    case "ObjectExpression":
      return node.properties.every((property) => isPure(property.type === "SpreadElement" ? property.argument : property.value, text));
    case "SpreadElement":
      return isPure(node.argument, text);
    case "MemberExpression":
      return isPure(node.object, text);
    case "UnaryExpression":
      return node.operator !== "delete" && isPure(node.argument, text);
    case "BinaryExpression":
    case "LogicalExpression":
      return all([node.left, node.right]);
    case "ConditionalExpression":
      return all([node.test, node.consequent, node.alternate]);
    case "ClassExpression":
    case "ClassDeclaration":
      return node.body.body.every((member) => member.type !== "StaticBlock" && (member.type !== "PropertyDefinition" || !member.static || !member.value || isPure(member.value, text)));
    case "NewExpression":
      return isMarkedPure(node, text) && all(node.arguments);
    case "CallExpression": {
      if (isMarkedPure(node, text)) return all(node.arguments);
      const callee = unwrap(node.callee);
      const name = callee.type === "MemberExpression" ? callee.property : callee;
      return name.type === "Identifier" && PURE_CALLS.test(name.name) && all(node.arguments);
    }
    default:
      return false;
  }
}

/**
 * The parts that stay when exports, and code such as that of server functions, are taken out of a module: what only those
 * used goes with them, whatever it does (TanStack's and React Router's compilers: `babel-dead-code-elimination`).
 * @param dropped names of exports
 */
export function liveParts(module: ModuleParts, dropped: readonly string[]): ReadonlySet<Part> {
  const droppedLocals = new Set(dropped.flatMap((name) => localOf(module.exported.get(name)) ?? []));
  const removed = module.parts.filter(({ declares }) => declares.some((name) => droppedLocals.has(name)));
  const takenOut = new Set(module.parts.flatMap(({ uses }) => uses.flatMap(({ name, isTakenOut }) => (isTakenOut ? [name] : []))));
  const reachable = reach(module, [...removed, ...module.parts.filter(({ declares }) => declares.some((name) => takenOut.has(name)))]);
  const kept = module.parts.filter((part) => !reachable.has(part) || isExported(module, part, dropped));
  const live = reach(module, kept.filter((part) => !removed.includes(part)));
  return new Set(module.parts.filter((part) => live.has(part) || !reachable.has(part)));
}

function isExported({ exported }: ModuleParts, { declares }: Part, dropped: readonly string[]): boolean {
  return [...exported].some(([name, value]) => !dropped.includes(name) && declares.includes(localOf(value) ?? ""));
}

const localOf = (name: ExportedName | undefined): string | undefined => (name && "local" in name ? name.local : undefined);

function reach({ parts }: ModuleParts, from: readonly Part[]): ReadonlySet<Part> {
  const found = new Set(from);
  for (const { uses } of found) {
    for (const { name, isTakenOut } of uses) {
      if (!isTakenOut) for (const part of parts) if (part.declares.includes(name)) found.add(part);
    }
  }
  return found;
}

/** The names of imports that parts use. */
export function importsUsedBy(module: ModuleParts, parts: ReadonlySet<Part>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { uses } of parts) for (const { name, isTakenOut } of uses) if (!isTakenOut && module.imported.has(name)) names.add(name);
  return names;
}

/** True where something is taken out of a module, be it exports or code within. */
export function losesParts({ parts, exported }: ModuleParts, dropped: readonly string[]): boolean {
  return dropped.some((name) => exported.has(name)) || parts.some(({ uses }) => uses.some(({ isTakenOut }) => isTakenOut));
}

/** Modules that are imported for parts alone which do not stay. */
export function droppedSources(module: ModuleParts, live: ReadonlySet<Part>): ReadonlySet<string> {
  const used = new Set(module.parts.flatMap(({ uses }) => uses.map(({ name }) => name)));
  const kept = importsUsedBy(module, live);
  const sources = new Map<string, boolean>();
  for (const [name, { source }] of module.imported) sources.set(source, (sources.get(source) ?? true) && used.has(name) && !kept.has(name));
  return new Set([...sources].flatMap(([source, isDropped]) => (isDropped ? [source] : [])));
}

import type { TSESTree } from "@typescript-eslint/types";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { findRoot, withoutLinks } from "../project/root.ts";
import { holds } from "../holds.ts";
import { passFor, type Pass } from "../project/disk.ts";
import { mentionsUpstash } from "../project/glance.ts";
import { projectAt, type Project } from "../project/project.ts";
import { parseSettings, type Settings } from "../settings.ts";
import { directivesOf, moduleNames, unwrap, type AnyFunction, type ModuleNames, type Node } from "./syntax/ast.ts";
import { collect, type Collected } from "./syntax/collect.ts";
import { withStatements } from "./syntax/program.ts";
import { isOfOtherMaker } from "./clients/class-branches.ts";
import { boundMethod, Clients, isCommandMethod, type Command } from "./clients/clients.ts";
import { isRequestName } from "./clients/http-requests.ts";
import { exportsOf, type ExportList } from "./values/exports.ts";
import { lowerModule } from "./values/lower.ts";
import { Handlers } from "./handlers/index.ts";
import type { CallValue, ModuleFacts, Step, Value } from "./values/ir.ts";
import { memberUses, type MemberUses } from "./values/member-writes.ts";
import { keepsUnusedImports, partsOf, type ModuleParts } from "./place/parts.ts";
import { ASTRO_SCRIPT, runtimeOf, type Runtime } from "./place/runtime.ts";
import { Tracer, type Located, type Place } from "./values/trace.ts";
import { Evaluator, target } from "./values/values.ts";

/** What a rule context must offer; ESLint's and oxlint's do. */
interface HostContext {
  readonly filename: string;
  readonly cwd: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly sourceCode: {
    readonly text: string;
    readonly ast: TSESTree.Program;
    readonly scopeManager: Scope.ScopeManager | null;
    readonly visitorKeys: Readonly<Record<string, readonly string[] | undefined>>;
  };
}

/** Keyed by the program: oxlint hands out one source code object for all files. */
const files = new WeakMap<TSESTree.Program, FileModel>();

/** The last one that was asked for: the next rule asks for the same. ESLint keeps the tree of the last file as well. */
let last: FileModel | undefined;

/** The model of the file that a rule is looking at: made once, shared by all rules. */
export function fileOf(context: HostContext): FileModel {
  const { ast } = context.sourceCode;
  if (last?.tree === ast) return last;
  last = files.get(ast);
  if (!last) {
    last = new FileModel(context);
    files.set(ast, last);
  }
  return last;
}

/** A call or construction as it stands in the file. */
export interface WrittenCall extends Located<CallValue> {
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression;
}

/** The facts of one file, each computed when first asked for. */
export class FileModel implements ModuleFacts {
  /** As ESLint says it: for a script of an Astro page, a name below the page's. */
  readonly filename: string;
  readonly text: string;
  /** The program as the parser hands it out: with the markup of a component, where it has some. */
  readonly tree: TSESTree.Program;
  /** The program's statements, also those of a component's scripts. */
  readonly ast: TSESTree.Program;
  readonly visitorKeys: HostContext["sourceCode"]["visitorKeys"];
  /** What has been looked up on disk; a new pass sees a changed disk. */
  readonly pass: Pass;
  /** False for what is no program, such as JSON, and TOML or YAML in the coat of one: there is nothing to analyse. */
  readonly isProgram: boolean;
  readonly #context: HostContext;
  #settings: Settings | undefined;
  #evaluator: Evaluator | undefined;
  #exports: ExportList | undefined;
  #body: readonly Step[] | undefined;
  #parts: ModuleParts | undefined;
  #project: Project | null | undefined;
  #tracer: Tracer | undefined;
  #clients: Clients | undefined;
  #handlers: Handlers | undefined;
  #runtime: Runtime | undefined;
  #directives: readonly string[] | undefined;
  #names: ModuleNames | undefined;
  #globals: ReadonlySet<string> | undefined;
  #mentionsUpstash: boolean | undefined;
  #loadsByCall: boolean | undefined;
  #path: string | null | undefined;
  #root: string | null | undefined;
  #nodes: Collected | undefined;
  #calls: readonly WrittenCall[] | undefined;

  constructor(context: HostContext) {
    this.#context = context;
    this.filename = context.filename;
    this.text = context.sourceCode.text;
    this.tree = context.sourceCode.ast;
    this.ast = withStatements(this.tree, context.filename);
    this.visitorKeys = context.sourceCode.visitorKeys;
    this.pass = passFor(this.filename);
    this.isProgram = isProgram(this.ast) && context.sourceCode.scopeManager !== null;
  }


  get settings(): Settings {
    this.#settings ??= parseSettings(this.#context.settings);
    return this.#settings;
  }

  /** The text names Upstash, one of its packages or one of its variables. */
  get mentionsUpstash(): boolean {
    this.#mentionsUpstash ??= mentionsUpstash(this.text);
    return this.#mentionsUpstash;
  }

  /** The text requires something, or imports it dynamically. */
  get loadsByCall(): boolean {
    this.#loadsByCall ??= holds(this.text, "require(", "quire(") || holds(this.text, "import(", "mport(");
    return this.#loadsByCall;
  }

  get directives(): readonly string[] {
    this.#directives ??= directivesOf(this.ast.body);
    return this.#directives;
  }

  /** What the file imports statically: specifiers of import and export-from declarations. */
  get sources(): ReadonlySet<string> {
    return this.#moduleNames.sources;
  }

  /** What the file imports by name, as the other modules call it. Namespaces and defaults are not among it. */
  get importedNames(): ReadonlySet<string> {
    return this.#moduleNames.imported;
  }

  /** Names under which the file's statements export something; what `export *` and CommonJS export is not among it. */
  get exportedNames(): ReadonlySet<string> {
    return this.#moduleNames.exported;
  }

  get #moduleNames(): ModuleNames {
    this.#names ??= moduleNames(this.ast.body);
    return this.#names;
  }

  /** Whether the file uses a variable that it does not declare, such as `process`; of `module`, one that exports. */
  usesGlobal(name: string): boolean {
    if (!holds(this.text, name, TELLING_GLOBAL.get(name) ?? name)) return false;
    if (!this.#globals) {
      const scope = this.#context.sourceCode.scopeManager?.globalScope;
      const used = new Set<string>();
      for (const { identifier } of scope?.through ?? []) used.add(identifier.name);
      // Those that the configuration knows have become variables.
      for (const variable of scope?.variables ?? []) if (variable.references.length > 0) used.add(variable.name);
      this.#globals = used;
    }
    return this.#globals.has(name);
  }

  /** Absolute, and without links in its directory, as other modules' paths are; undefined for text without a file. */
  get path(): string | undefined {
    this.#path ??= isPath(this.filename) ? withoutLinks(pageOf(this.filename), this.pass) : null;
    return this.#path ?? undefined;
  }

  /** Absolute path of the project's root, or undefined for text without a file. */
  get root(): string | undefined {
    if (this.#root === undefined) {
      const { rootDir } = this.settings;
      const options = { pass: this.pass, rootDir, cwd: this.#context.cwd };
      this.#root = (this.path === undefined ? undefined : findRoot(this.path, options)) ?? null;
    }
    return this.#root ?? undefined;
  }

  /** The file's path relative to the root with forward slashes; the bare file name where there is no root. */
  get relativePath(): string {
    const { root, path } = this;
    if (root === undefined || path?.startsWith(root) !== true) return this.filename.replaceAll("\\", "/");
    const script = this.filename.slice(pageOf(this.filename).length);
    return `${path.slice(root.length + 1)}${script}`.replaceAll("\\", "/");
  }

  get project(): Project | undefined {
    if (this.#project === undefined) this.#project = this.root === undefined ? null : projectAt(this.root, this.pass);
    return this.#project ?? undefined;
  }

  get evaluator(): Evaluator {
    const { scopeManager } = this.#context.sourceCode;
    if (!scopeManager) throw new Error("The file has no scopes: check isProgram first.");
    this.#evaluator ??= new Evaluator(scopeManager, true);
    return this.#evaluator;
  }

  get tracer(): Tracer {
    this.#tracer ??= new Tracer(this.project);
    return this.#tracer;
  }

  get clients(): Clients {
    this.#clients ??= new Clients(this.tracer, this.settings);
    return this.#clients;
  }

  get handlers(): Handlers {
    this.#handlers ??= new Handlers(this);
    return this.#handlers;
  }

  get runtime(): Runtime {
    this.#runtime ??= runtimeOf(this);
    return this.#runtime;
  }

  /** Every call and construction of the file, in source order. */
  get callNodes(): readonly (TSESTree.CallExpression | TSESTree.NewExpression)[] {
    return this.#collected.calls;
  }

  /** What stands at {@link callNodes}: those that are calls or constructions by their value as well. */
  get calls(): readonly WrittenCall[] {
    this.#calls ??= this.callNodes.flatMap((node) => {
      const value = this.evaluator.value(node);
      return value.kind === "call" ? [{ value, place: this.place, node }] : [];
    });
    return this.#calls;
  }

  /** Every `import()` of the file, in source order. */
  get dynamicImports(): Collected["dynamicImports"] {
    return this.#collected.dynamicImports;
  }

  /** Every function of the file, in source order. */
  get functionNodes(): readonly AnyFunction[] {
    return this.#collected.functions;
  }

  get memberNodes(): Collected["members"] {
    return this.#collected.members;
  }

  get declarators(): Collected["declarators"] {
    return this.#collected.declarators;
  }

  get patternAssignments(): Collected["patternAssignments"] {
    return this.#collected.patternAssignments;
  }

  get markup(): Collected["markup"] {
    return this.#collected.markup;
  }

  get #collected(): Collected {
    this.#nodes ??= collect(this.tree, this.visitorKeys);
    return this.#nodes;
  }

  get exports(): ExportList["exports"] {
    this.#exports ??= exportsOf(this.evaluator, this.ast);
    return this.#exports.exports;
  }

  get stars(): readonly string[] {
    void this.exports;
    return this.#exports?.stars ?? [];
  }

  get body(): readonly Step[] {
    this.#body ??= lowerModule(this.evaluator, this.ast);
    return this.#body;
  }

  get parts(): ModuleParts {
    this.#parts ??= partsOf(this.evaluator, this.ast, {
      text: this.text,
      calls: [...this.callNodes, ...this.dynamicImports],
      keepsUnused: keepsUnusedImports(this.filename, this.text),
    });
    return this.#parts;
  }

  memberUses(reference: Node): MemberUses | undefined {
    return memberUses(this.evaluator, reference);
  }

  get place(): Place {
    return { module: this };
  }

  /** The value of an expression of this file, ready to be traced. */
  located(node: Node): Located {
    return { value: this.evaluator.value(node), place: this.place };
  }

  /** The Redis command that a call expression runs. */
  commandAt(node: TSESTree.CallExpression): Command | undefined {
    const callee = unwrap(node.callee);
    // The cheap questions first: most calls are settled by their name.
    if (callee.type === "MemberExpression") {
      if (!callee.computed && callee.property.type === "Identifier" && !isCommandMethod(callee.property.name)) return undefined;
    } else if (callee.type !== "Identifier") {
      return undefined;
    } else {
      const called = this.evaluator.value(callee);
      if (target(called).kind !== "member" && !boundMethod(called) && !(this.mentionsUpstash && isRequestName(called))) return undefined;
    }
    const value: Value = this.evaluator.value(node);
    const command = value.kind === "call" ? this.clients.commandOf({ value, place: this.place }) : undefined;
    return command && command.via === undefined && isOfOtherMaker(this, node) ? undefined : command;
  }

  /** As {@link commandAt}: all commands, where a request to the REST API sends several. */
  commandsAt(node: TSESTree.CallExpression): readonly Command[] {
    const command = this.commandAt(node);
    const value: Value | undefined = command?.via === "rest" ? this.evaluator.value(node) : undefined;
    return value?.kind === "call" ? this.clients.commandsOf({ value, place: this.place }) : command ? [command] : [];
  }
}

/** What stands in every text that uses a global, and is quicker to find than its name. */
const TELLING_GLOBAL: ReadonlyMap<string, string> = new Map([
  ["process", "cess"],
  ["useRuntimeConfig", "Runtim"],
  ["addEventListener", "EventL"],
  ["require", "quire"],
  ["exports", "xports"],
  ["module", "xports"],
]);

function isProgram({ type, body }: TSESTree.Program): boolean {
  return type === "Program" && Array.isArray(body) && !/^(?:TOML|YAML|JSON)/u.test(body[0]?.type ?? "");
}

/** The page of a script that Astro's ESLint plugin has taken out of it: what the script imports is relative to the page. */
const pageOf = (filename: string): string => filename.replace(ASTRO_SCRIPT, ".astro");

function isPath(filename: string): boolean {
  return filename !== "<input>" && filename !== "<text>" && filename !== "" && /^(?:\/|[A-Za-z]:[\\/])/u.test(filename);
}

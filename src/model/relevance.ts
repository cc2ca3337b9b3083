import type { TSESTree } from "@typescript-eslint/types";
import { holds } from "../holds.ts";
import { sourcesIn } from "../project/glance.ts";
import type { Leads } from "../project/leads.ts";
import type { Project } from "../project/project.ts";
import { isCommandMethod, mayStore } from "./clients/clients.ts";
import { moduleName, namesIn, unwrap, type Node } from "./syntax/ast.ts";
import type { FileModel } from "./file.ts";
import { mayInline } from "./credentials/inlined-env.ts";
import { mayHoldShapes } from "../sdk/credential-shapes.ts";
import { usesUpstash } from "./credentials/credentials.ts";
import { mayAskLimiter, soundsLikeAsking } from "./limits/limiters.ts";
import { isOfSession } from "../sdk/sessions.ts";
import { beginning, MEMBERS } from "./values/chains.ts";
import type { CallValue, Value } from "./values/ir.ts";
import { dependsOn } from "./values/reach.ts";
import type { Located } from "./values/trace.ts";
import { target } from "./values/values.ts";
import { needsFullAccess } from "../sdk/redis-commands.ts";
import { soundsLikeWriting } from "./commands/wrapped-writes.ts";

/*
 * Whether a file need be looked at: asked of every file of a project, so nothing here parses, traverses or follows a
 * value. Where nothing that the file imports leads to Upstash, no client, command or credential of it can be in it.
 */

const concerned = new WeakMap<FileModel, boolean>();

/**
 * Whether any rule may have something to say about the file. Asked before each rule looks at it: for most files of a
 * project the answer is no, so the cheap questions come first, and it is kept. Whatever makes a rule relevant for a file
 * that neither names Upstash nor leads there, and handles no requests, must be asked here too.
 */
export function mayConcernUpstash(file: FileModel): boolean {
  let known = concerned.get(file);
  if (known === undefined) concerned.set(file, (known = findConcern(file)));
  return known;
}

function findConcern(file: FileModel): boolean {
  if (file.mentionsUpstash || file.settings.clients.size > 0 || file.settings.envPrefixes.length > 0) return true;
  if (mayHoldShapes(file.text) || holds(file.text, "qstash_token", "qsta") || mayInline(file)) return true;
  const around = file.pass.memo(file.settings, file.filename, (): Surroundings => ({ usesUpstash: usesUpstash(file), imports: undefined }));
  if (around.usesUpstash && mayReadEnvironment(file)) return true;
  return file.handlers.possible || importsLeading(file, around);
}

/**
 * What the other files say of a file, as its settings have them found: asked again in each pass, not each time that the
 * file is typed in.
 */
interface Surroundings {
  /** The file's package does. */
  readonly usesUpstash: boolean;
  /** What the file imported when it was last looked at, and whether anything of it leads to Upstash. */
  imports: { readonly sources: string; readonly lead: boolean } | undefined;
}

function importsLeading(file: FileModel, around: Surroundings): boolean {
  const found = file.loadsByCall ? [...file.sources, ...sourcesIn(file.text)] : [...file.sources];
  // A text of its own, also where there is one: names of the program would keep all of its text in memory.
  const sources = ["", ...found].join("\n");
  if (around.imports?.sources !== sources) around.imports = { sources, lead: found.some((source) => isLeading(file, source)) };
  return around.imports.lead;
}

function isLeading(file: FileModel, source: string): boolean {
  // Asked for here: a file without imports needs no project, whose root is looked for on disk.
  const { project, path } = file;
  const module = path === undefined ? undefined : project?.resolve(path, source);
  return module !== undefined && project?.upstash.module(module) === true;
}

/** The module runs in the browser, and it, or code that its bundle takes in, names Upstash. */
export function bringsUpstashToBrowsers(file: FileModel): boolean {
  return file.runtime.place === "browser" && (file.mentionsUpstash || usesAny(file, leadsOf(file, true), () => true));
}

/** The module runs in the browser, and names Upstash or imports, for whatever use, what leads there. */
export function importsUpstashInBrowsers(file: FileModel): boolean {
  return file.runtime.place === "browser" && (file.mentionsUpstash || leadsOf(file, true).length > 0);
}

/** The module names Upstash, or hands data to code that does. */
export function mayStoreInUpstash(file: FileModel): boolean {
  if (file.mentionsUpstash) return true;
  const found = leadsOf(file, false);
  return found.length > 0 && usesAny(file, found, mayStore(file.text) ? () => true : storesBy);
}

/** The packages of `sdk/wire-clients.ts`, as they are imported. */
const WIRE_IMPORT = /["'](?:npm:)?(?:ioredis|redis|@redis\/client|kafkajs)[@"']/u;

/** The module names Upstash, or builds a client of another maker with something of a module that leads to it. */
export function mayConnectToUpstash(file: FileModel): boolean {
  if (file.mentionsUpstash) return true;
  const found = leadsOf(file, false);
  return found.length > 0 && WIRE_IMPORT.test(file.text) && usesAny(file, found, () => true);
}

/** The module names Upstash, or asks a limiter of a module that leads to it, by the limiter's own name or a telling one. */
export function mayReachLimiter(file: FileModel): boolean {
  if (file.mentionsUpstash) return true;
  const found = leadsOf(file, false);
  return found.length > 0 && mayAskLimiter(file.text) && usesAny(file, found, asksLimiter);
}

/** The module names Upstash, or calls on what another module hands out a command that needs full access. */
export function mayUseClients(file: FileModel): boolean {
  return file.mentionsUpstash || usesAny(file, leadsOf(file, false), (identifier) => mayBeRefused(calledBy(identifier)));
}

const mayBeRefused = (name: string): boolean => name === "pipeline" || name === "multi" || needsFullAccess(name);

/** `ratelimit.limit(id)`, `checkRateLimit(id)` */
function asksLimiter(identifier: Node): boolean {
  const callee = identifier.parent?.type === "MemberExpression" && identifier.parent.object === identifier ? identifier.parent.property : undefined;
  const names = [identifier, callee].map((node) => (node?.type === "Identifier" ? node.name : ""));
  return names.some((name) => soundsLikeAsking(name));
}

/** The module names Upstash, or uses anything of a module that leads there. */
export function mayUseUpstash(file: FileModel): boolean {
  return file.mentionsUpstash || usesAny(file, leadsOf(file, false), () => true);
}

/**
 * The module names Upstash, takes more than clients from code that does, or hands on the whole environment of a project
 * that uses Upstash.
 */
export function mayHoldCredentials(file: FileModel): boolean {
  return file.mentionsUpstash || usesAny(file, leadsOf(file, false), isHandedOn) || (mayReadEnvironment(file) && usesUpstash(file) && WHOLE_ENVIRONMENT.test(file.text));
}

/** Cheap: false where nothing stands for the environment as a whole. */
function mayReadEnvironment(file: FileModel): boolean {
  return file.usesGlobal("process") || file.usesGlobal("Bun") || file.usesGlobal("Deno") || file.usesGlobal("useRuntimeConfig") || hasProcess(file);
}

/** `import process from "node:process"`, and Nuxt's configuration by import. */
const hasProcess = ({ sources, importedNames }: FileModel): boolean =>
  sources.has("node:process") || sources.has("process") || sources.has("bun") || importedNames.has("useRuntimeConfig");

/** `process.env` and its like without a variable's name behind it, and Nuxt's configuration. */
const WHOLE_ENVIRONMENT = /\b(?:process|Bun)\.env\b(?!\s{0,4}(?:!?\s{0,4}\.|\?\.|!?\[))|\bDeno\.env\.toObject\b|\buseRuntimeConfig\(/u;

/** What the file imports under a name (`*`: any of the module's) leads to Upstash. */
export function importLeadsToUpstash(file: FileModel, source: string, name: string): boolean {
  return leadsOf(file, false).some((lead) => lead.source === source && (lead.name === name || lead.name === "*" || name === "*"));
}

/**
 * A function of the project that a call runs may get to Upstash: its module leads there, or the call hands it something
 * that does. True where that can't be told, and for functions of the file itself.
 * @param handsOver what the call, or one around it, hands over may be a client
 */
export function mayRunTowardsUpstash(file: FileModel, call: Located<CallValue>, handsOver: boolean): boolean {
  return handsOver || file.settings.clients.size > 0 || mayRunTowards(call, file.project?.upstash, file.project);
}

/** As {@link mayRunTowardsUpstash}, for commands that empty the database or read all keys; whose client it is does not matter. */
export function mayRunTowardsDanger(file: FileModel, call: Located<CallValue>): boolean {
  return mayRunTowards(call, file.project?.danger, file.project);
}

function mayRunTowards({ value: { callee }, place }: Located<CallValue>, leads: Leads | undefined, project: Project | undefined): boolean {
  const root = beginning(callee, MEMBERS);
  if (root.kind !== "import") return true;
  const from = place.module.path;
  const module = from === undefined ? undefined : project?.resolve(from, root.source);
  if (!leads || module === undefined) return false;
  return root.name === "*" ? leads.module(module) : leads.name(module, root.name);
}

/** Something that a call is given is, or is made of, what leads to Upstash. */
export function handsOverUpstash(file: FileModel, call: CallValue): boolean {
  if (file.mentionsUpstash || file.settings.clients.size > 0) return true;
  let hands = handingOver.get(call);
  if (hands === undefined) {
    const leads = (part: Value): boolean => part.kind === "import" && importLeadsToUpstash(file, part.source, part.name);
    handingOver.set(call, (hands = call.args.some((value) => dependsOn(value, leads))));
  }
  return hands;
}

/** By calls of the file that is being linted. */
const handingOver = new WeakMap<CallValue, boolean>();

/** What may give away a function's result, by its name. */
const TELLING = /env|config|token|secret|cred|key|setting|option|auth|header/iu;

/** Used as a value, or as a function that sounds like one that hands out settings: not just to call its methods. */
function isHandedOn(identifier: Node): boolean {
  let at = identifier;
  let name = identifier.type === "Identifier" ? identifier.name : "";
  while (at.parent?.type === "MemberExpression" && at.parent.object === at) {
    at = at.parent;
    const { property } = at;
    name = property.type === "Identifier" ? property.name : "";
  }
  const isCallee = at.parent?.type === "CallExpression" && at.parent.callee === at;
  return !isCallee || TELLING.test(name);
}

/**
 * Those of the file's nodes whose first name may lead to Upstash in a bundle for browsers: all where the file itself
 * names it, else those that begin with what is imported from a module that leads there, or with a variable made of it.
 */
export function leadingToUpstash<N extends Node>(file: FileModel, nodes: readonly N[]): readonly N[] {
  const names = leadingNames(file);
  return names ? nodes.filter((node) => names.has(firstName(node) ?? "")) : nodes;
}

const known = new WeakMap<FileModel, ReadonlySet<string>>();

/** Undefined: any name may. */
function leadingNames(file: FileModel): ReadonlySet<string> | undefined {
  if (file.mentionsUpstash || file.settings.clients.size > 0) return undefined;
  let names = known.get(file);
  if (!names) known.set(file, (names = findNames(file)));
  return names;
}

function findNames(file: FileModel): ReadonlySet<string> {
  const names = new Set(["require", "import"]);
  for (const { specifier } of leadsOf(file, true)) if (specifier) names.add(specifier.local.name);
  // In the order of the file: what a variable is made of stands before it.
  for (const { id, init } of file.declarators) {
    if (init && names.has(firstName(init) ?? "")) for (const name of namesIn(id)) names.add(name);
  }
  return names;
}

/** The name that an expression begins with: `config` of `(await config.load()).token`. */
function firstName(node: Node): string | undefined {
  let at = unwrap(node);
  for (;;) {
    if (at.type === "MemberExpression") at = unwrap(at.object);
    else if (at.type === "CallExpression" || at.type === "NewExpression") at = unwrap(at.callee);
    else if (at.type === "AwaitExpression") at = unwrap(at.argument);
    else if (at.type === "Identifier") return at.name;
    else return at.type === "ImportExpression" ? "import" : undefined;
  }
}

/** A way from the file to a module that leads to Upstash. */
interface Lead {
  readonly source: string;
  /** Absolute path; undefined: only the settings say that it may lead there. */
  readonly module: string | undefined;
  /** The name that is imported; `*`: any. */
  readonly name: string;
  /** What stands for it in the file. Undefined: it is re-exported, or loaded when the program runs. */
  readonly specifier: TSESTree.ImportClause | undefined;
}

const leads = new WeakMap<FileModel, readonly Lead[]>();
const leadsInBrowsers = new WeakMap<FileModel, readonly Lead[]>();

/**
 * What the file imports, re-exports or loads that leads to Upstash: nothing for most files. A bundle for browsers takes
 * in whole modules; on servers those names count that lead there.
 */
function leadsOf(file: FileModel, inBrowsers: boolean): readonly Lead[] {
  const known = inBrowsers ? leadsInBrowsers : leads;
  let found = known.get(file);
  if (!found) known.set(file, (found = [...findLeads(file, inBrowsers)]));
  return found;
}

function* findLeads(file: FileModel, inBrowsers: boolean): Generator<Lead> {
  const leadsThere = (source: string): { readonly module: string | undefined; readonly by: (name: string) => boolean } | undefined => {
    // What settings call a client may be anything.
    if (file.settings.clients.size > 0) return { module: undefined, by: () => true };
    // Asked for here: a file without imports needs no project, whose root is looked for on disk.
    const { project, path } = file;
    const module = path === undefined ? undefined : project?.resolve(path, source);
    if (!project || module === undefined) return undefined;
    if (inBrowsers) return project.upstashInBrowsers.module(module) ? { module, by: () => true } : undefined;
    return project.upstash.module(module) ? { module, by: (name) => name === "*" || project.upstash.name(module, name) } : undefined;
  };
  for (const statement of file.ast.body) {
    if (!("source" in statement) || !statement.source) continue;
    const source = statement.source.value;
    const way = leadsThere(source);
    if (!way) continue;
    const { module, by } = way;
    if (statement.type === "ImportDeclaration") {
      // For its effects alone: a bundle takes the module in all the same.
      if (inBrowsers && statement.specifiers.length === 0) yield { source, module, name: "*", specifier: undefined };
      for (const specifier of statement.specifiers) {
        const name = importedName(specifier);
        if (by(name)) yield { source, module, name, specifier };
      }
    } else if (statement.exportKind !== "type") {
      const names = statement.type === "ExportNamedDeclaration" ? statement.specifiers.map(({ local }) => moduleName(local)) : ["*"];
      for (const name of names) if (by(name)) yield { source, module, name, specifier: undefined };
    }
  }
  if (!file.loadsByCall) return;
  for (const source of sourcesIn(file.text)) {
    const way = file.sources.has(source) ? undefined : leadsThere(source);
    if (way) yield { source, module: way.module, name: "*", specifier: undefined };
  }
}

function importedName(specifier: TSESTree.ImportClause): string {
  if (specifier.type === "ImportSpecifier") return moduleName(specifier.imported);
  return specifier.type === "ImportDefaultSpecifier" ? "default" : "*";
}

/**
 * Whether anything that leads there is used as a value, in the way asked for: components and types alone are not. What
 * is re-exported is, and what is required or imported dynamically.
 */
function usesAny(file: FileModel, among: readonly Lead[], isUse: (identifier: Node) => boolean): boolean {
  return among.some(({ specifier }) => {
    if (!specifier) return true;
    if ((specifier.parent as TSESTree.ImportDeclaration).importKind === "type" || (specifier.type === "ImportSpecifier" && specifier.importKind === "type")) return false;
    const variables = file.evaluator.scopeManager.getDeclaredVariables(specifier);
    return variables.some(({ references }) =>
      references.some(({ identifier }) => identifier.type !== "JSXIdentifier" && isUse(identifier) && !isForSession(file, identifier)),
    );
  });
}

/** `getServerSession(authOptions)`: the answer is a session, and holds nothing of what the options are made of. */
function isForSession(file: FileModel, identifier: Node): boolean {
  const call = identifier.parent;
  if (call?.type !== "CallExpression" || call.callee.type !== "Identifier" || call.callee === identifier) return false;
  const value = target(file.evaluator.value(call.callee));
  return value.kind === "import" && isOfSession({ source: value.source, path: [value.name] });
}

/** Something that the file takes from another module may run a command that empties the database or reads all keys. */
export function mayLeadToDanger(file: FileModel): boolean {
  return leadsOf(file, false).some(({ module, name }) => module === undefined || (name === "*" ? file.project?.danger.module(module) : file.project?.danger.name(module, name)));
}

/** `saveUser(user)`, `cache.put(user)`: the name says that something is kept. */
function storesBy(identifier: Node): boolean {
  const name = calledBy(identifier);
  return name !== "" && (soundsLikeWriting(name) || isCommandMethod(name));
}

/** The name by which a function is called that a name stands for, or begins the way to, with arguments; else empty. */
function calledBy(identifier: Node): string {
  let callee = identifier;
  let name = identifier.type === "Identifier" ? identifier.name : "";
  while (callee.parent?.type === "MemberExpression" && callee.parent.object === callee) {
    callee = callee.parent;
    const property: TSESTree.MemberExpression["property"] = callee.property;
    name = !callee.computed && property.type === "Identifier" ? property.name : "set";
  }
  const call = callee.parent;
  const isCalled = call?.type === "CallExpression" && call.callee === callee;
  return isCalled && (call.arguments.length > 0 || name === "pipeline" || name === "multi") ? name : "";
}

import type { TSESTree } from "@typescript-eslint/types";
import { sourcesIn } from "../project/glance.ts";
import { isCommandMethod, mayStore } from "./clients/clients.ts";
import { namesIn, unwrap, type Node } from "./syntax/ast.ts";
import type { FileModel } from "./file.ts";
import { usesUpstash } from "./credentials/credentials.ts";
import { mayAskLimiter, soundsLikeAsking } from "./limits/limiters.ts";
import { needsFullAccess } from "../sdk/redis-commands.ts";
import { soundsLikeWriting } from "./commands/wrapped-writes.ts";

/*
 * Whether a file need be looked at: asked of every file of a project, so nothing here parses, traverses or follows a
 * value. Where nothing that the file imports leads to Upstash, no client, command or credential of it can be in it.
 */

/** The module runs in the browser, and it, or code that its bundle takes in, names Upstash. */
export function bringsUpstashToBrowsers(file: FileModel): boolean {
  // The place where it runs is asked last: finding it looks at paths and packages.
  return (file.mentionsUpstash || usesAny(file, leadingSources(file, true), () => true)) && file.runtime.place === "browser";
}

/** The module runs in the browser, and names Upstash or imports, for whatever use, what leads there. */
export function importsUpstashInBrowsers(file: FileModel): boolean {
  return (file.mentionsUpstash || leadingSources(file, true).size > 0) && file.runtime.place === "browser";
}

/** The module names Upstash, or hands data to code that does. */
export function mayStoreInUpstash(file: FileModel): boolean {
  if (file.mentionsUpstash) return true;
  const sources = leadingSources(file, false);
  return sources.size > 0 && usesAny(file, sources, mayStore(file.text) ? () => true : storesBy);
}

/** The packages of `sdk/wire-clients.ts`, as they are imported. */
const WIRE_IMPORT = /["'](?:npm:)?(?:ioredis|redis|@redis\/client|kafkajs)[@"']/u;

/** The module names Upstash, or builds a client of another maker with something of a module that leads to it. */
export function mayConnectToUpstash(file: FileModel): boolean {
  if (file.mentionsUpstash) return true;
  const sources = leadingSources(file, false);
  return sources.size > 0 && WIRE_IMPORT.test(file.text) && usesAny(file, sources, () => true);
}

/** The module names Upstash, or asks a limiter of a module that leads to it, by the limiter's own name or a telling one. */
export function mayReachLimiter(file: FileModel): boolean {
  if (file.mentionsUpstash) return true;
  const sources = leadingSources(file, false);
  return sources.size > 0 && mayAskLimiter(file.text) && usesAny(file, sources, asksLimiter);
}

/** The module names Upstash, or calls on what another module hands out a command that needs full access. */
export function mayUseClients(file: FileModel): boolean {
  return file.mentionsUpstash || usesAny(file, leadingSources(file, false), (identifier) => mayBeRefused(calledBy(identifier)));
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
  return file.mentionsUpstash || usesAny(file, leadingSources(file, false), () => true);
}

/**
 * The module names Upstash, takes more than clients from code that does, or hands on the whole environment of a project
 * that uses Upstash.
 */
export function mayHoldCredentials(file: FileModel): boolean {
  return file.mentionsUpstash || usesAny(file, leadingSources(file, false), isHandedOn) || (WHOLE_ENVIRONMENT.test(file.text) && usesUpstash(file));
}

/** `process.env` and its like without a variable's name behind it, and Nuxt's configuration. */
const WHOLE_ENVIRONMENT = /\b(?:process|Bun)\.env\b(?!\s{0,4}(?:!?\s{0,4}\.|\?\.|!?\[))|\bDeno\.env\.toObject\b|\buseRuntimeConfig\(/u;

/** An import of the file is of a module that leads to Upstash. */
export function importLeadsToUpstash(file: FileModel, source: string): boolean {
  return leadingSources(file, false).has(source);
}

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
  const sources = leadingSources(file, true);
  for (const statement of file.ast.body) {
    if (statement.type !== "ImportDeclaration" || !sources.has(statement.source.value)) continue;
    for (const { local } of statement.specifiers) names.add(local.name);
  }
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

const leading = new WeakMap<FileModel, ReadonlySet<string>>();
const leadingBrowsers = new WeakMap<FileModel, ReadonlySet<string>>();

/** Specifiers in the file that mean a module which leads to Upstash: empty for most files. */
function leadingSources(file: FileModel, inBrowsers: boolean): ReadonlySet<string> {
  const known = inBrowsers ? leadingBrowsers : leading;
  let found = known.get(file);
  if (!found) known.set(file, (found = findLeading(file, inBrowsers)));
  return found;
}

function findLeading(file: FileModel, inBrowsers: boolean): ReadonlySet<string> {
  const sources = file.loadsByCall ? new Set([...file.sources, ...sourcesIn(file.text)]) : file.sources;
  // What settings call a client may be anything.
  if (file.settings.clients.size > 0) return sources;
  const found = new Set<string>();
  for (const source of sources) {
    // Asked for here: a file without imports needs no project, whose root is looked for on disk.
    const { project, path } = file;
    const module = path === undefined ? undefined : project?.resolve(path, source);
    if (module !== undefined && project?.leadsToUpstash(module, inBrowsers)) found.add(source);
  }
  return found;
}

/**
 * Whether anything of these modules is used as a value, in the way asked for: components and types alone are not. What
 * is re-exported is, and what is required or imported dynamically.
 */
function usesAny(file: FileModel, sources: ReadonlySet<string>, isUse: (identifier: Node) => boolean): boolean {
  if (sources.size === 0) return false;
  if (file.loadsByCall) return true;
  const { scopeManager } = file.evaluator;
  for (const statement of file.ast.body) {
    if (!("source" in statement) || !statement.source || !sources.has(statement.source.value)) continue;
    if (statement.type === "ExportNamedDeclaration" && statement.exportKind !== "type") return true;
    if (statement.type !== "ImportDeclaration" || statement.importKind === "type") continue;
    const isUsed = statement.specifiers.some((specifier) =>
      scopeManager
        .getDeclaredVariables(specifier)
        .some(({ references }) => references.some(({ identifier }) => identifier.type !== "JSXIdentifier" && isUse(identifier))),
    );
    if (isUsed) return true;
  }
  return false;
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

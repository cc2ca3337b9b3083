import { matchesAny } from "../../project/globs.ts";
import { packageJson } from "../../project/package-json.ts";
import type { Project } from "../../project/project.ts";
import { packageRoot, within } from "../../project/root.ts";
import { classifyEnvName } from "../../sdk/env-names.ts";
import { sdkExport } from "../../sdk/packages.ts";
import { hasFullAccess, productName } from "./browser-clients.ts";
import type { FileModel } from "../file.ts";
import type { CallValue, ModuleFacts, Value } from "../values/ir.ts";
import { droppedSources, liveParts, losesParts, type Guarded, type Part } from "./parts.ts";
import { dependsOn } from "../values/reach.ts";
import { droppedExports, runtimeOf } from "./runtime.ts";
import { sideOfTest } from "../flow/server-branch.ts";
import type { Place } from "../values/trace.ts";

/** What an import of a module that browsers run leads to. */
export interface Reached {
  /** Paths of the modules on the way relative to the root: the imported one first, the one with the client last. */
  readonly chain: readonly string[];
  readonly product: string;
  /** The module on the way that says that it is for servers alone. */
  readonly marked: string | undefined;
}

/** More modules than this behind one import are not followed. */
const MAX_MODULES = 400;

/**
 * The client with full access that an import takes into the browser's bundle, through modules of the project. Undefined:
 * none is known.
 *
 * It goes the way of a bundler: what does something when its module loads is taken, and what that uses; of functions and
 * constants only those that are used, and of modules without side effects nothing else. Modules that run in the browser
 * by their own marks are not looked at: what they import and build is told where they do. Those that run there with all of
 * their package are no further followed: their imports are their own.
 */
export function reachedBy(file: FileModel, source: string, names: readonly string[]): Reached | undefined {
  const { project, path } = file;
  if (!project || path === undefined) return undefined;
  const first = project.resolve(path, source);
  return first === undefined || first === path ? undefined : new Walk(file, project).from(first, names);
}

interface Visited {
  readonly path: string;
  readonly relative: string;
  readonly facts: ModuleFacts;
  readonly from: Visited | undefined;
  readonly parts: Set<Part>;
  readonly names: Set<string>;
  /** It runs in the browser, with all of its package. */
  readonly isBrowser: boolean;
  /** What stays of it where the framework takes exports out; undefined: all of it. */
  readonly live: ReadonlySet<Part> | undefined;
  /** It is marked for servers, so that frameworks refuse to bundle it for browsers. */
  readonly isMarked: boolean;
  isLoaded: boolean;
}

class Walk {
  readonly #file: FileModel;
  readonly #project: Project;
  readonly #visited = new Map<string, Visited | undefined>();
  readonly #todo: (() => void)[] = [];
  #found: Reached | undefined;

  constructor(file: FileModel, project: Project) {
    this.#file = file;
    this.#project = project;
  }

  from(path: string, names: readonly string[]): Reached | undefined {
    this.#take(path, names, undefined);
    for (let at = 0; at < this.#todo.length && !this.#found; at++) this.#todo[at]?.();
    return this.#found;
  }

  /** A module is imported: it loads, unless nothing but its exports matters. */
  #take(path: string, names: readonly string[], from: Visited | undefined): void {
    this.#todo.push(() => {
      const module = this.#visit(path, from);
      if (!module) return;
      if (!isFreeOfEffects(path, this.#project)) this.#load(module);
      for (const name of names) this.#use(module, name);
    });
  }

  #visit(path: string, from: Visited | undefined): Visited | undefined {
    const known = this.#visited.get(path);
    if (known || this.#visited.has(path) || this.#visited.size >= MAX_MODULES) return known;
    const visited = this.#look(path, from);
    this.#visited.set(path, visited);
    return visited;
  }

  #look(path: string, from: Visited | undefined): Visited | undefined {
    const project = this.#project;
    const { settings, pass } = this.#file;
    if (!project.upstashInBrowsers.module(path)) return undefined;
    const relative = within(project.root, path);
    const facts = project.module(path);
    // What these export is called over the network.
    if (!facts || facts.directives.includes("use server") || /\.remote\.[jt]s$/u.test(path)) return undefined;
    if (settings.serverFiles.length > 0 && matchesAny(relative, settings.serverFiles)) return undefined;
    const sources = new Set(facts.parts.loads);
    const subject = { path, relativePath: relative, root: project.root, pass, settings, directives: facts.directives, sources, exports: facts.exports };
    const { place, ofPackage } = runtimeOf(subject);
    if (place === "test" || (place === "browser" && !ofPackage)) return undefined;
    const drops = droppedExports(subject);
    const live = losesParts(facts.parts, drops) ? liveParts(facts.parts, drops) : undefined;
    return { path, relative, facts, from, live, parts: new Set(), names: new Set(), isBrowser: place === "browser", isMarked: place === "server", isLoaded: false };
  }

  #load(module: Visited): void {
    if (module.isLoaded) return;
    module.isLoaded = true;
    const { parts, loads } = module.facts.parts;
    for (const part of parts) if (part.hasEffects) this.#include(module, part);
    if (module.isBrowser) return;
    const dropped = module.live ? droppedSources(module.facts.parts, module.live) : undefined;
    for (const source of loads) if (!dropped?.has(source)) this.#follow(module, source, []);
  }

  #follow(module: Visited, source: string, names: readonly string[]): void {
    const path = this.#project.resolve(module.path, source);
    if (path !== undefined) this.#take(path, names, module);
    else if (names.some((name) => sdkExport(source, name)?.role === "client-instance")) this.#report(module, "Redis");
  }

  #use(module: Visited, name: string): void {
    if (module.names.has(name)) return;
    module.names.add(name);
    const { parts, exported, stars, imported } = module.facts.parts;
    if (name === "*") {
      for (const one of exported.keys()) this.#use(module, one);
      for (const source of stars) this.#follow(module, source, ["*"]);
      return;
    }
    const target = exported.get(name);
    if (!target) {
      for (const source of stars) this.#follow(module, source, [name]);
      // CommonJS: what is exported is not known by name.
      if (exported.size === 0 && stars.length === 0) this.#load(module);
      return;
    }
    const elsewhere = "local" in target ? imported.get(target.local) : target;
    if (elsewhere) return this.#follow(module, elsewhere.source, [elsewhere.name]);
    // A module of a package without side effects loads when something of its own is used.
    this.#load(module);
    const { local } = target as { readonly local: string };
    for (const part of parts) if (part.declares.includes(local)) this.#include(module, part);
  }

  #include(module: Visited, part: Part): void {
    if (module.parts.has(part) || this.#found || (module.live && !module.live.has(part))) return;
    module.parts.add(part);
    const place: Place = { module: module.facts };
    for (const call of part.calls) {
      const product = this.#productOf(call, place);
      if (product !== undefined) return this.#report(module, product);
    }
    for (const load of part.loads) {
      if (!module.isBrowser && !this.#isForServers(load, place)) this.#follow(module, load.what, ["*"]);
    }
    const { parts, imported } = module.facts.parts;
    for (const { name, member, isTakenOut } of part.uses) {
      if (isTakenOut) continue;
      const from = imported.get(name);
      if (from) {
        if (!module.isBrowser) this.#follow(module, from.source, [from.name === "*" && member !== undefined ? member : from.name]);
      } else for (const other of parts) if (other.declares.includes(name)) this.#include(module, other);
    }
  }

  #isForServers<T>({ guards }: Guarded<T>, place: Place): boolean {
    return guards.some(({ test, outcome }) => sideOfTest(this.#file, { value: test, place }, outcome) === "server");
  }

  /** The product of the client that a call makes with full access, or that it sends a credential of to. */
  #productOf(call: Guarded<CallValue>, place: Place): string | undefined {
    const { what } = call;
    const client = this.#file.clients.clientOf({ value: what, place });
    const { construction } = client ?? {};
    // What a function makes without being told a credential is found in that function.
    const isMade = construction?.value === what || (construction !== undefined && what.args.length > 0);
    const product =
      client?.sdk && construction && isMade && client.sdk.role !== "receiver-class" && hasFullAccess(this.#file, client, construction)
        ? productName(client)
        : this.#byHand(what, place);
    return product === undefined || this.#isForServers(call, place) ? undefined : product;
  }

  /** A request to the REST API, or a connection over TCP, that is made without an SDK of Upstash. */
  #byHand(call: CallValue, place: Place): string | undefined {
    if (!call.args.some((argument) => dependsOn(argument, (part) => this.#isSecret(part)))) return undefined;
    const path = this.#file.tracer.canonical({ value: call.callee, place });
    const isRequest = path?.source === "global" && path.path.join(".") === "fetch";
    const isConnection = (path?.source === "ioredis" && call.isNew) || (path?.source === "redis" && /^createClient/u.test(path.path.at(-1) ?? ""));
    return isRequest || isConnection ? "hand-made" : undefined;
  }

  #isSecret(part: Value): boolean {
    if (part.kind !== "env" || part.name === undefined) return false;
    const { envPrefixes, readOnlyTokenEnv } = this.#file.settings;
    const found = classifyEnvName(part.name, envPrefixes, readOnlyTokenEnv);
    return found?.secret === true && found.access === "full" && (!found.generic || part.name.includes("UPSTASH"));
  }

  #report(module: Visited, product: string): void {
    const chain: Visited[] = [];
    for (let at: Visited | undefined = module; at; at = at.from) chain.unshift(at);
    this.#found ??= { chain: chain.map(({ relative }) => relative), product, marked: chain.find(({ isMarked }) => isMarked)?.relative };
  }
}

/** What the module's package says: bundlers may leave out what nothing uses, whatever it does. */
function isFreeOfEffects(path: string, { root, pass }: Project): boolean {
  const directory = packageRoot(path, root, pass);
  const sideEffects = directory === undefined ? undefined : packageJson(directory, pass)?.sideEffects;
  if (!sideEffects || directory === undefined) return false;
  const relative = within(directory, path);
  return !matchesAny(relative, sideEffects.map((glob) => (glob.includes("/") ? glob.replace(/^\.\//u, "") : `**/${glob}`)));
}

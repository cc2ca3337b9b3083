import { listDirectory, type Pass } from "../../project/disk.ts";
import type { Project } from "../../project/project.ts";
import { importersOf } from "../../project/source-files.ts";
import type { FileModel } from "../file.ts";
import type { CallValue, ModuleFacts, Value } from "../values/ir.ts";
import type { Located } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";
import { isTestPath } from "../place/runtime.ts";
import type { Handler } from "./handler.ts";
import { hooksOf } from "./plugin-params.ts";
import { baseOf, covers, joinedPath, receiverRoot } from "./routers.ts";
import { setUpsOf, type SetUp } from "./set-ups.ts";
import { within } from "../../project/root.ts";

/*
 * Where other files mount the router that a handler is registered on: files around it, under the names that such files have, and
 * those that import its module. What is mounted elsewhere is not known to be mounted.
 */

/** One way in which requests get to a router. */
export interface Mounting {
  /** The path of the handler, as requests name it. */
  readonly path: string;
  /** What runs before it, outermost first. */
  readonly before: readonly Located[];
  /** What the mounting files run before other routers, by then: which of their routers hangs on which is not always plain. */
  readonly beside: readonly Located[];
}

/** In another framework, a router answers from a route: of Next.js, of SvelteKit. */
const ENTRY_FILES = ["index", "app", "server", "main", "api", "hono", "express", "route", "+server"].flatMap((name) =>
  ["ts", "js", "mts", "mjs", "tsx"].map((extension) => `${name}.${extension}`),
);
/** `[[...route]].ts`: a route for all paths below a folder, as Next.js' API routes, Nuxt and Astro name it. */
const CATCH_ALL = /^\[{1,2}\.{3}\w*\]{1,2}\.[jt]s$/u;
const MOUNTS: ReadonlySet<string> = new Set(["use", "route", "mount", "register"]);
const MAX_DEPTH = 4;

/** A router, by the file that it is exported from; without names, whatever the file exports. */
interface Exported {
  readonly path: string;
  readonly names: ReadonlySet<string>;
  /** The exports are functions that are handed the router: the index of the parameter. */
  readonly parameter?: number;
}

/** How a call of a set-up gets to a router. */
interface Mounted {
  /** An argument is the router. */
  readonly isMounted: (arg: Located) => boolean;
  /** The router that a function is handed, where the call is one of it. */
  readonly handed: (call: Located<CallValue>) => Located | undefined;
}

/** Asked for what is reported twice: for what runs before it, and for its title. */
const known = new WeakMap<Handler, readonly Mounting[]>();

/** Empty: no file is known to mount it. */
export function mountingsOf(file: FileModel, handler: Handler): readonly Mounting[] {
  let mountings = known.get(handler);
  if (!mountings) known.set(handler, (mountings = findMountings(file, handler)));
  return mountings;
}

function findMountings(file: FileModel, { router, route }: Handler): readonly Mounting[] {
  const { path } = file;
  if (path === undefined || route === undefined) return [];
  if (!router) return mountingsOfExport(file, { path, names: new Set() }, route, 0);
  return mountingsOfExport(file, exportedAs(file, { path, exports: file.exports }, router, file.place), route, 0);
}

/** A handler's title, with the path at which other files mount its router, where they agree on one. */
export function titleOf(file: FileModel, handler: Handler): string {
  const paths = handler.router ? new Set(mountingsOf(file, handler).map(({ path }) => path)) : new Set<string>();
  const [path] = paths;
  return path !== undefined && paths.size === 1 ? `${handler.method} ${path}` : handler.title;
}

/** The exports of a module that are a router, or that are handed it. */
function exportedAs(file: FileModel, { path, exports }: { readonly path: string; readonly exports: ModuleFacts["exports"] }, router: Value, place: Located["place"]): Exported {
  const names = new Set<string>();
  const isThis = ({ value, place }: Located): boolean =>
    router.kind === "param" ? file.tracer.functions({ value, place }).some(({ fn }) => fn === router.fn) : isRouter(file, { value, place }, router);
  for (const [name, { value }] of exports) if (value && isThis({ value, place })) names.add(name);
  return { path, names, ...(router.kind === "param" ? { parameter: router.index } : {}) };
}

function isRouter(file: FileModel, located: Located, router: Value): boolean {
  return file.tracer.alternatives(located).some((found) => receiverRoot(file, found) === router);
}

function mountingsOfExport(file: FileModel, exported: Exported, route: string, depth: number): readonly Mounting[] {
  const { project, root } = file;
  if (!project || root === undefined || depth > MAX_DEPTH) return [];
  const found: Mounting[] = [];
  for (const candidate of new Set([...filesAround(exported.path, root, file.pass), ...modulesThatTake(exported.path, project)])) {
    const module = candidate === exported.path ? undefined : project.module(candidate);
    if (module) found.push(...mountingsIn(file, module, waysTo(file, exported), route, depth));
  }
  return found;
}

function filesAround(path: string, root: string, pass: Pass): readonly string[] {
  const found: string[] = [];
  for (let folder = parentOf(path); folder.startsWith(root); folder = parentOf(folder)) {
    for (const sub of ["", "/src", "/routes"]) {
      // One look at the folder, not one at each name that may be there.
      const names = listDirectory(`${folder}${sub}`, pass)?.entries;
      for (const entry of names ? entriesAmong(names) : []) found.push(`${folder}${sub}/${entry}`);
    }
    if (folder === root) break;
  }
  return found;
}

/** The modules that import this one, also through an index that hands it on; tests are none. */
function modulesThatTake(path: string, project: Project): readonly string[] {
  const importers = (of: string): readonly string[] => importersOf(of, project)?.filter((importer) => !isTestPath(within(project.root, importer))) ?? [];
  const direct = importers(path);
  return [...direct, ...direct.filter((importer) => INDEX.test(importer)).flatMap(importers)];
}

const INDEX = /[/\\]index\.[cm]?[jt]s$/u;

function entriesAmong(names: ReadonlyMap<string, unknown>): readonly string[] {
  const named = ENTRY_FILES.filter((entry) => names.has(entry));
  return [...named, ...[...names.keys()].filter((name) => CATCH_ALL.test(name))];
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

/** How other modules get to what a module exports. */
function waysTo(file: FileModel, exported: Exported): Mounted {
  const { parameter, names } = exported;
  return {
    // A plugin is mounted as it is: `app.register(notes)`.
    isMounted: (arg) => leadsTo(file, arg, exported),
    handed: ({ value: { callee, args }, place }) => {
      const given = parameter === undefined || names.size === 0 ? undefined : args[parameter];
      return given && leadsTo(file, { value: callee, place }, exported) ? { value: given, place } : undefined;
    },
  };
}

/** The ways to a router in a module that mounts it, from where its own requests come. */
function mountingsIn(file: FileModel, module: ModuleFacts, mounted: Mounted, route: string, depth: number): readonly Mounting[] {
  const found: Mounting[] = [];
  const before: Passed[] = [];
  for (const [index, calls] of setUpsOf(file, module).entries()) {
    // What is run when the module is loaded runs before its functions are called.
    const passed = index === 0 ? before : [...before];
    found.push(...mountingsBy(file, module, calls, passed, mounted, route, depth));
  }
  return found;
}

/** What a router has been told to run. */
interface Passed {
  readonly router: Value;
  readonly path: string | undefined;
  readonly value: Located;
}

function mountingsBy(file: FileModel, module: ModuleFacts, calls: SetUp, before: Passed[], { isMounted, handed }: Mounted, route: string, depth: number): readonly Mounting[] {
  const found: Mounting[] = [];
  // Hooks and plugins of Fastify run for what is registered before them too.
  const hooks = calls.flatMap((call) => hooksOf(file.tracer, call));
  const add = (router: Value, full: string, base: string, chain: readonly Passed[]): void => {
    const passed = [...before.filter((entry) => covers(entry.path, full)), ...chain];
    const own = passed.filter((entry) => entry.router === router).map(({ value }) => value);
    const beside = [...hooks, ...passed.filter((entry) => entry.router !== router).map(({ value }) => value)];
    const above = joinedPath(base, full);
    const outer = depth < MAX_DEPTH ? outerMountings(file, module, router, above, depth + 1) : [];
    const ways = outer.length > 0 ? outer : [{ path: above, before: [], beside: [] }];
    found.push(...ways.map((way) => ({ path: way.path, before: [...way.before, ...own], beside: [...way.beside, ...beside] })));
  };
  for (const call of calls) {
    const { value, place } = call;
    const given = handed(call);
    if (given) add(routerCalledOn(file, given), route, "", []);
    const callee = target(value.callee);
    if (callee.kind !== "member" || !MOUNTS.has(callee.property ?? "")) continue;
    const router = routerCalledOn(file, { value: callee.object, place });
    const path = value.args[0] && constantOf(value.args[0]);
    const args = path === undefined ? value.args : value.args.slice(1);
    const mounted = args.findIndex((arg) => isMounted({ value: arg, place }));
    const chain = (mounted < 0 ? args : args.slice(0, mounted)).map((arg) => ({ router, path, value: { value: arg, place } }));
    if (mounted >= 0) add(router, joinedPath(path ?? prefixIn(file, call) ?? "", route), baseOf(value), chain);
    else if (callee.property === "use") before.push(...chain);
  }
  return found;
}

/** The ways to a router that mounts another one: in its own module, and in those that import it. */
function outerMountings(file: FileModel, module: ModuleFacts, router: Value, route: string, depth: number): readonly Mounting[] {
  const place = { module };
  const inside = mountingsIn(file, module, { isMounted: (arg) => isThat(file, arg, router), handed: () => undefined }, route, depth);
  if (inside.length > 0 || module.path === undefined) return inside;
  const exported = exportedAs(file, { path: module.path, exports: module.exports }, router, place);
  return exported.names.size === 0 ? [] : mountingsOfExport(file, exported, route, depth);
}

/** A router handed over as it is: a call on it, such as the rest of its own chain, is none. */
function isThat(file: FileModel, { value, place }: Located, router: Value): boolean {
  const at = target(value);
  return at.kind !== "function" && isRouter(file, { value, place }, router);
}

/** The router that a method is called on. */
function routerCalledOn(file: FileModel, located: Located): Value {
  const [first] = file.tracer.alternatives(located);
  return first ? receiverRoot(file, first) : located.value;
}

/** `register(routes, { prefix: "/api" })` */
function prefixIn(file: FileModel, { value: { args }, place }: Located<CallValue>): string | undefined {
  const [, options] = args;
  const [prefix] = options ? file.tracer.property({ value: options, place }, "prefix") : [];
  return prefix && constantOf(prefix.value);
}

function leadsTo(file: FileModel, { value: arg, place }: Located, exported: Exported, member?: string, depth = 0): boolean {
  const value = target(arg);
  if (value.kind === "await") return leadsTo(file, { value: value.value, place }, exported, member, depth);
  if (value.kind === "member") return leadsTo(file, { value: value.object, place }, exported, value.property, depth);
  // `router.routes()`, `notesRouter(db)`, `new NotesRoutes().router`
  if (value.kind === "call") return leadsTo(file, { value: value.callee, place }, exported, undefined, depth);
  const from = place.module.path;
  if (value.kind !== "import" || from === undefined) return false;
  const path = file.project?.resolve(from, value.source);
  const name = value.name === "*" ? member : value.name;
  if (path !== exported.path) return path !== undefined && name !== undefined && handsOn(file, path, name, exported, depth);
  return exported.names.size === 0 || name === undefined || exported.names.has(name) || !isExport(file, exported.path, name);
}

/** `export { default as notes } from "./notes"`: another module hands the router on. */
function handsOn(file: FileModel, path: string, name: string, exported: Exported, depth: number): boolean {
  const module = depth < MAX_DEPTH ? file.project?.module(path) : undefined;
  const found = module && file.project?.exported(module, name);
  if (!found) return false;
  if (found.module.path === exported.path) return exported.names.size === 0 || exported.names.has(name);
  const { value } = found.facts;
  return value !== undefined && leadsTo(file, { value, place: { module: found.module } }, exported, undefined, depth + 1);
}

/** `import("./notes").default` and `require("./notes").router` name an export; `router.routes` does not. */
function isExport(file: FileModel, path: string, name: string): boolean {
  return file.project?.module(path)?.exports.has(name) ?? false;
}

import { listDirectory } from "../../project/disk.ts";
import type { FileModel } from "../file.ts";
import type { CallValue, ModuleFacts, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import type { Located } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";
import type { Handler } from "./handler.ts";
import { hooksOf } from "./plugin-params.ts";
import { baseOf, covers, joinedPath, receiverRoot } from "./routers.ts";

/*
 * Where other files mount the router that a handler is registered on. They are looked for around the file, under the names
 * that such files have: what is mounted elsewhere is not known to be mounted.
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

const ENTRY_FILES = ["index", "app", "server", "main", "api", "hono", "express"].flatMap((name) =>
  ["ts", "js", "mts", "mjs", "tsx"].map((extension) => `${name}.${extension}`),
);
const MOUNTS: ReadonlySet<string> = new Set(["use", "route", "mount", "register"]);
const MAX_DEPTH = 4;

/** A router, by the file that it is exported from; without names, whatever the file exports. */
interface Exported {
  readonly path: string;
  readonly names: ReadonlySet<string>;
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
  return mountingsOfExport(file, { path, names: router ? namesOf(file, file.exports, router, file.place) : new Set() }, route, 0);
}

/** A handler's title, with the path at which other files mount its router, where they agree on one. */
export function titleOf(file: FileModel, handler: Handler): string {
  const paths = handler.router ? new Set(mountingsOf(file, handler).map(({ path }) => path)) : new Set<string>();
  const [path] = paths;
  return path !== undefined && paths.size === 1 ? `${handler.method} ${path}` : handler.title;
}

/** The exports of a module that are a router. */
function namesOf(file: FileModel, exports: ModuleFacts["exports"], router: Value, place: Located["place"]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [name, { value }] of exports) if (value && isRouter(file, { value, place }, router)) names.add(name);
  return names;
}

function isRouter(file: FileModel, located: Located, router: Value): boolean {
  return file.tracer.alternatives(located).some((found) => receiverRoot(file, found) === router);
}

function mountingsOfExport(file: FileModel, exported: Exported, route: string, depth: number): readonly Mounting[] {
  const { project, root } = file;
  if (!project || root === undefined || depth > MAX_DEPTH) return [];
  const found: Mounting[] = [];
  for (let folder = parentOf(exported.path); folder.startsWith(root); folder = parentOf(folder)) {
    for (const sub of ["", "/src", "/routes"]) {
      // One look at the folder, not one at each name that may be there.
      const names = listDirectory(`${folder}${sub}`, file.pass)?.entries;
      for (const entry of names ? ENTRY_FILES : []) {
        const candidate = `${folder}${sub}/${entry}`;
        const module = !names?.has(entry) || candidate === exported.path ? undefined : project.module(candidate);
        if (module) found.push(...mountingsIn(file, module, (arg) => leadsTo(file, module, arg, exported), route, depth));
      }
    }
    if (folder === root) break;
  }
  return found;
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

/** The ways to a router in a module that mounts it, from where its own requests come. */
function mountingsIn(file: FileModel, module: ModuleFacts, isMounted: (arg: Value) => boolean, route: string, depth: number): readonly Mounting[] {
  const place = { module };
  const found: Mounting[] = [];
  const before: { readonly router: Value; readonly path: string | undefined; readonly value: Located }[] = [];
  const calls = [...callsIn(module.body)];
  // Hooks and plugins of Fastify run for what is registered before them too.
  const hooks = calls.flatMap((value) => hooksOf(file.tracer, { value, place }));
  for (const call of calls) {
    const callee = target(call.callee);
    if (callee.kind !== "member" || !MOUNTS.has(callee.property ?? "")) continue;
    const router = routerCalledOn(file, callee.object, place);
    const path = call.args[0] && constantOf(call.args[0]);
    const args = path === undefined ? call.args : call.args.slice(1);
    const mounted = args.findIndex(isMounted);
    const chain = (mounted < 0 ? args : args.slice(0, mounted)).map((value) => ({ router, path, value: { value, place } }));
    if (mounted < 0) {
      if (callee.property === "use") before.push(...chain);
      continue;
    }
    const full = joinedPath(path ?? prefixIn(file, call, place) ?? "", route);
    const passed = [...before.filter((entry) => covers(entry.path, full)), ...chain];
    const own = passed.filter((entry) => entry.router === router).map(({ value }) => value);
    const beside = [...hooks, ...passed.filter((entry) => entry.router !== router).map(({ value }) => value)];
    const above = joinedPath(baseOf(call), full);
    const outer = depth < MAX_DEPTH ? outerMountings(file, module, router, above, depth + 1) : [];
    const ways = outer.length > 0 ? outer : [{ path: above, before: [], beside: [] }];
    found.push(...ways.map((way) => ({ path: way.path, before: [...way.before, ...own], beside: [...way.beside, ...beside] })));
  }
  return found;
}

/** The ways to a router that mounts another one: in its own module, and in those that import it. */
function outerMountings(file: FileModel, module: ModuleFacts, router: Value, route: string, depth: number): readonly Mounting[] {
  const place = { module };
  const inside = mountingsIn(file, module, (arg) => isThat(file, { value: arg, place }, router), route, depth);
  if (inside.length > 0 || module.path === undefined) return inside;
  const names = namesOf(file, module.exports, router, place);
  return names.size === 0 ? [] : mountingsOfExport(file, { path: module.path, names }, route, depth);
}

/** A router handed over as it is: a call on it, such as the rest of its own chain, is none. */
function isThat(file: FileModel, { value, place }: Located, router: Value): boolean {
  const at = target(value);
  return at.kind !== "function" && isRouter(file, { value, place }, router);
}

/** The router that a method is called on. */
function routerCalledOn(file: FileModel, value: Value, place: Located["place"]): Value {
  const [first] = file.tracer.alternatives({ value, place });
  return first ? receiverRoot(file, first) : value;
}

/** `register(routes, { prefix: "/api" })` */
function prefixIn(file: FileModel, { args }: CallValue, place: Located["place"]): string | undefined {
  const [, options] = args;
  const [prefix] = options ? file.tracer.property({ value: options, place }, "prefix") : [];
  return prefix && constantOf(prefix.value);
}

function leadsTo(file: FileModel, module: ModuleFacts, arg: Value, exported: Exported, member?: string): boolean {
  const value = target(arg);
  if (value.kind === "await") return leadsTo(file, module, value.value, exported, member);
  if (value.kind === "member") return leadsTo(file, module, value.object, exported, value.property);
  // `router.routes()`
  if (value.kind === "call" && !value.isNew && target(value.callee).kind === "member") return leadsTo(file, module, value.callee, exported);
  if (value.kind !== "import" || module.path === undefined || file.project?.resolve(module.path, value.source) !== exported.path) return false;
  const name = value.name === "*" ? member : value.name;
  return exported.names.size === 0 || name === undefined || exported.names.has(name) || !isExport(file, exported.path, name);
}

/** `import("./notes").default` and `require("./notes").router` name an export; `router.routes` does not. */
function isExport(file: FileModel, path: string, name: string): boolean {
  return file.project?.module(path)?.exports.has(name) ?? false;
}

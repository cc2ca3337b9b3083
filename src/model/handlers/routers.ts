import { holds } from "../../holds.ts";
import type { TSESTree } from "@typescript-eslint/types";
import { packageNameOf } from "../../sdk/packages.ts";
import type { FileModel } from "../file.ts";
import { MAX_LINKS } from "../values/chains.ts";
import type { CallValue, FunctionFacts, ParamValue, Value } from "../values/ir.ts";
import { elementsOf } from "../values/elements.ts";
import { constantOf, target } from "../values/values.ts";
import type { Located } from "../values/trace.ts";
import type { Framework, Handler } from "./handler.ts";
import { hooksOf, isFastifyParameter, pluginFunctions } from "./plugin-params.ts";
import { setUpsOf } from "./set-ups.ts";
import { isUnmounted } from "./unmounted.ts";

/** A framework on which routes are registered by calls: `app.post("/path", middleware, handler)`. */
interface RouterFramework {
  readonly framework: Framework;
  readonly title: string;
  readonly packages: readonly string[];
  /** The methods that mount a router below a path. */
  readonly mounts: ReadonlySet<string>;
  /** The methods that register middleware, with the index of the first. */
  readonly middleware: ReadonlyMap<string, number>;
  /** Middleware runs for the routes that are registered before it too. */
  readonly isUnordered?: true;
  /** Options stand behind the handler, not before it. */
  readonly endsInOptions?: true;
}

const USE: ReadonlyMap<string, number> = new Map([["use", 0]]);

/** One row a framework; a new one is a new row. */
export const ROUTER_FRAMEWORKS: readonly RouterFramework[] = [
  {
    framework: "hono",
    title: "Hono",
    packages: ["hono", "@hono/zod-openapi"],
    mounts: new Set(["route", "mount"]),
    middleware: USE,
  },
  {
    framework: "express",
    title: "Express",
    packages: ["express", "express-promise-router"],
    mounts: new Set(["use"]),
    middleware: USE,
  },
  // https://fastify.dev/docs/latest/Reference/Hooks, https://fastify.dev/docs/latest/Reference/Plugins
  {
    framework: "fastify",
    title: "Fastify",
    packages: ["fastify"],
    mounts: new Set(["register"]),
    middleware: new Map([
      ["register", 0],
      ["addHook", 1],
      ["use", 0],
    ]),
    isUnordered: true,
  },
  // https://github.com/koajs/router
  { framework: "koa", title: "Koa", packages: ["koa", "@koa/router", "koa-router"], mounts: new Set(["use"]), middleware: USE },
  // https://elysiajs.com/essential/life-cycle
  {
    framework: "elysia",
    title: "Elysia",
    packages: ["elysia"],
    mounts: new Set(["use", "group", "guard"]),
    middleware: new Map([...USE, ["onRequest", 0], ["onParse", 0], ["onBeforeHandle", 0], ["derive", 0], ["resolve", 0], ["guard", 0]]),
    endsInOptions: true,
  },
  // https://h3.dev/guide/basics/routing
  { framework: "h3", title: "h3", packages: ["h3", "nitro"], mounts: new Set(["use", "mount"]), middleware: USE },
];

const METHODS = new Set(["get", "post", "put", "patch", "delete", "del", "all", "on", "openapi"]);

const PACKAGES = new Set(ROUTER_FRAMEWORKS.flatMap(({ packages }) => packages));
/** Methods of routers that are no routes themselves. */
const OTHER_METHODS = new Set(ROUTER_FRAMEWORKS.flatMap(({ mounts, middleware }) => [...mounts, ...middleware.keys()]));

/** True where the file imports or requires a framework of this kind: decided without following anything. */
export function usesRouter(file: FileModel): boolean {
  const { sources, text } = file;
  for (const source of sources) if (!source.startsWith(".") && PACKAGES.has(packageNameOf(source))) return true;
  const isCommonJs = file.usesGlobal("module") || file.usesGlobal("require");
  // A plugin of Fastify imports nothing: it is handed what it extends.
  if ((isCommonJs || file.exportedNames.has("default")) && holds(text, "fastify", "fy")) return true;
  return isCommonJs && [...PACKAGES].some((name) => text.includes(`"${name}"`) || text.includes(`'${name}'`));
}

/** A call on an application or router. */
interface RouterCall {
  readonly framework: RouterFramework;
  /** Identifies the application or router that the call is made on. */
  readonly router: Value;
  readonly method: string;
  readonly call: Located<CallValue>;
  readonly node: TSESTree.Node | undefined;
}

/**
 * The router calls among all calls of a file: routes, middleware and mounts. Those of its set-ups come first, in the order
 * in which they run, each on the router that its function was handed.
 */
function routerCalls(file: FileModel): readonly RouterCall[] {
  const found = new Map<TSESTree.Node, RouterCall>();
  for (const call of setUpsOf(file, file).flat()) {
    const { node } = call.value;
    const made = node && !found.has(node) ? routerCall(file, call) : undefined;
    if (!node || !made) continue;
    // A handler is read as it is written: its parameters are the request's.
    found.set(node, { ...made, node, call: METHODS.has(made.method) ? { value: call.value, place: file.place } : call });
  }
  const others: RouterCall[] = [];
  for (const node of file.callNodes) {
    if (node.callee.type !== "MemberExpression" || found.has(node)) continue;
    const value = file.evaluator.value(node);
    if (value.kind !== "call") continue;
    const call = routerCall(file, { value, place: file.place });
    if (call) others.push({ ...call, node });
  }
  return [...found.values(), ...others.toSorted(byEnd)];
}

function routerCall(file: FileModel, call: Located<CallValue>): Omit<RouterCall, "node"> | undefined {
  const callee = target(call.value.callee);
  if (callee.kind !== "member" || callee.property === undefined) return undefined;
  const method = callee.property;
  if (!METHODS.has(method) && !OTHER_METHODS.has(method) && method !== "route") return undefined;
  const made = routerOf(file, { value: callee.object, place: call.place });
  return made && { ...made, method, call };
}

/** The application or router behind a receiver, also at the end of a chain: `new Hono().use(x).get(…)`. */
export function routerOf(file: FileModel, located: Located): { framework: RouterFramework; router: Value } | undefined {
  for (const { value, place } of file.tracer.alternatives(located)) {
    const root = receiverRoot(file, { value, place });
    if (root.kind === "param" && root.index === 0) {
      const framework = frameworkOfParameter(file, root);
      if (framework) return { framework, router: root };
    }
    const path = file.tracer.canonical({ value, place });
    if (!path) continue;
    const name = packageNameOf(path.source);
    const framework = ROUTER_FRAMEWORKS.find((row) => row.packages.includes(name));
    if (!framework) continue;
    return { framework, router: root };
  }
  return undefined;
}

/** The router at the beginning of a chain of calls on it. */
export function receiverRoot(file: FileModel, located: Located): Value {
  let at = located;
  for (let steps = 0; steps < MAX_LINKS; steps++) {
    const { value, place } = at;
    const callee = value.kind === "call" ? target(value.callee) : undefined;
    const chained = callee?.kind === "member" && callee.property !== undefined && CHAINED.has(callee.property);
    if (!chained || callee.kind !== "member") return value;
    at = file.tracer.alternatives({ value: callee.object, place })[0] ?? { value: callee.object, place };
    if (at.value === value) return value;
  }
  return at.value;
}

/** What gives back the router that it is called on, or what stands for it. */
const CHAINED = new Set([...METHODS, ...OTHER_METHODS, "route", "basePath", "routes", "middleware", "prefix", "state", "decorate", "model", "macro", "onError", "onAfterHandle", "withTypeProvider"]);

const plugins = new WeakMap<FileModel, ReadonlyMap<FunctionFacts, TSESTree.CallExpression>>();

function pluginsOf(file: FileModel): ReadonlyMap<FunctionFacts, TSESTree.CallExpression> {
  let known = plugins.get(file);
  if (!known) plugins.set(file, (known = pluginFunctions(file)));
  return known;
}

/** The framework of a function's parameter, where a router of the file is handed to it, or it is a plugin of Fastify. */
function frameworkOfParameter(file: FileModel, param: ParamValue): RouterFramework | undefined {
  const call = pluginsOf(file).get(param.fn);
  if (call?.callee.type === "MemberExpression") return routerOf(file, file.located(call.callee.object))?.framework;
  return isFastifyParameter(file, param) ? ROUTER_FRAMEWORKS.find(({ framework }) => framework === "fastify") : undefined;
}

/** Middleware of a router: what it runs before depends on the path and on what is registered after it. */
interface Middleware {
  readonly router: Value;
  readonly path: string | undefined;
  /** For this path alone and not for those below it. */
  readonly exact: boolean;
  readonly value: Located;
}

/** A router that another router of the file hands requests to. */
interface Mount {
  readonly router: Value;
  readonly parent: Value;
  /** Below {@link Mount.base}. */
  readonly path: string;
  /** The path that the parent puts before all of its routes. */
  readonly base: string;
  /** What the parent has run by then. */
  readonly before: readonly Middleware[];
}

/** Routers in each other. */
const MAX_MOUNTS = 5;

/** Routes of the file with the middleware that runs before each. */
export function routerHandlers(file: FileModel): readonly Handler[] {
  const calls = routerCalls(file);
  // Where the order does not matter, middleware is known before the first route.
  const middleware: Middleware[] = calls.filter(({ framework }) => framework.isUnordered).flatMap((call) => middlewareOf(file, call));
  const mounts: Mount[] = [];
  const found: { readonly handler: Handler; readonly router: Value; readonly route: string }[] = [];
  for (const entry of calls) {
    const { framework, router, method, call, node } = entry;
    const { args } = call.value;
    const path = args[0] && constantOf(args[0]);
    const rest = (path === undefined ? args : args.slice(1)).map((value) => ({ value, place: call.place }));
    if (framework.mounts.has(method)) mounts.push(...mountsOf(file, calls, entry, middleware));
    if (!framework.isUnordered) middleware.push(...middlewareOf(file, entry));
    if (!METHODS.has(method) && !(method === "route" && framework.framework === "fastify")) continue;
    const [verb, route, written] = routeParts(file, method, call, rest);
    const { chain, isLimited } = openChain(file, framework, written.flatMap((part) => oneByOne(file, part, 0)));
    const value = chain.at(-1);
    if (!value || !node || route === undefined) continue;
    const before = middleware.filter((known) => known.router === router && runsFor(known, route)).map((known) => known.value);
    const full = joinedPath(`${prefixOf(file, router)}${baseOf(call.value)}`, route);
    found.push({
      router,
      route,
      handler: {
        framework: framework.framework,
        method: verb,
        title: `${verb} ${full}`,
        route: full,
        node: reportedNode(node, route !== path && pathOfChain(call.value) === route),
        value,
        before: [...before, ...chain.slice(0, -1)],
        ...(isLimited ? { isLimited } : {}),
      },
    });
    // Handlers for all methods of a path may hand the request on.
    if (method === "all") middleware.push(...chain.map((value) => ({ router, path: route, exact: !route.includes("*"), value })));
  }
  return found.map(({ handler, router, route }) => {
    const outer = mountedAt(mounts, router, handler.route ?? route, 0);
    return {
      ...handler,
      title: `${handler.method} ${outer.route}`,
      route: outer.route,
      router: outer.router,
      ...(handler.framework === "express" ? { isOutOfReach: () => isUnmounted(file, outer.router) } : {}),
      before: [...beforeMounted(mounts, router, route, 0), ...handler.before],
    };
  });
}

/** The outermost router of the file that hands requests to this one, and the route there; with several, this one. */
function mountedAt(mounts: readonly Mount[], router: Value, route: string, depth: number): { readonly router: Value; readonly route: string } {
  const [mount, second] = mounts.filter((one) => one.router === router);
  if (!mount || second || depth > MAX_MOUNTS) return { router, route };
  return mountedAt(mounts, mount.parent, joinedPath(mount.base, joinedPath(mount.path, route)), depth + 1);
}

/** A route below the path at which its router is mounted: `/api`, `/api/*`. */
export function joinedPath(path: string, route: string): string {
  const base = path.replace(/\/?\*?$/u, "");
  return route === "/" && base !== "" ? base : `${base}${route}`;
}

/** `/api` of `new Hono().basePath("/api").get(…)`. Source: https://hono.dev/docs/api/routing#base-path */
export function baseOf({ callee }: CallValue): string {
  let base = "";
  let at = target(callee);
  for (let links = 0; links < MAX_LINKS && (at.kind === "member" || at.kind === "call"); links++) {
    const isBase = at.kind === "call" && at.callee.kind === "member" && at.callee.property === "basePath";
    const path = isBase && at.kind === "call" && at.args[0] ? constantOf(at.args[0]) : undefined;
    if (path !== undefined) base = joinedPath(path, base);
    at = target(at.kind === "member" ? at.object : at.callee);
  }
  return base;
}

/** What a call registers to run before routes. */
function middlewareOf(file: FileModel, { framework, router, method, call }: RouterCall): readonly Middleware[] {
  const first = framework.middleware.get(method);
  if (first === undefined) return [];
  const { args } = call.value;
  const path = method === "addHook" ? undefined : args[0] && constantOf(args[0]);
  const given = args.slice(first === 0 && path !== undefined ? 1 : first).map((value) => ({ value, place: call.place }));
  if (method === "register") return hooksOf(file.tracer, call).map((value) => ({ router, path: undefined, exact: false, value }));
  return given.flatMap((value) => openOptions(file, value) ?? [value]).map((value) => ({ router, path, exact: false, value }));
}

/** The routers that a call mounts on another one: handed over, or as the parameter of a function. */
function mountsOf(file: FileModel, calls: readonly RouterCall[], { framework, router, call }: RouterCall, middleware: readonly Middleware[]): readonly Mount[] {
  const { args } = call.value;
  const written = args[0] && constantOf(args[0]);
  const rest = (written === undefined ? args : args.slice(1)).map((value) => ({ value, place: call.place }));
  const [, options] = rest;
  const [prefix] = framework.framework === "fastify" && options ? file.tracer.property(options, "prefix") : [];
  const path = written ?? (prefix && constantOf(prefix.value)) ?? "/";
  const known = middleware.filter((entry) => entry.router === router);
  return rest.flatMap((value, index): Mount[] => {
    const functions = file.tracer.functions(value).map(({ fn }) => fn);
    const handed = functions.length === 0 ? undefined : calls.find(({ router: of }) => of.kind === "param" && functions.includes(of.fn))?.router;
    const child = handed ?? routerOf(file, value)?.router;
    if (!child || child === router || !(handed ?? isMade(child))) return [];
    const beside = rest.slice(0, index).flatMap((entry) => openOptions(file, entry) ?? [entry]);
    return [{ router: child, parent: router, path, base: baseOf(call.value), before: [...known, ...beside.map((entry) => ({ router, path: undefined, exact: false, value: entry }))] }];
  });
}

/** What runs before the handler among the options of a route. */
const HOOKS = ["onRequest", "preParsing", "preValidation", "preHandler", "parse", "beforeHandle"];

/** The hooks of an object of options; undefined for what is none. */
function openOptions(file: FileModel, located: Located): readonly Located[] | undefined {
  const isObject = file.tracer.alternatives(located).some(({ value }) => value.kind === "object");
  return isObject ? HOOKS.flatMap((hook) => file.tracer.property(located, hook)) : undefined;
}

/** Lists in lists, as Express takes them. */
const MAX_LISTS = 3;

/** What stands in a list of middleware, or of handlers, one by one. */
function oneByOne(file: FileModel, located: Located, depth: number): readonly Located[] {
  const list = depth < MAX_LISTS ? file.tracer.only(located) : undefined;
  const elements = list?.value.kind === "array" ? elementsOf(file.tracer, list) : undefined;
  return elements ? elements.flatMap((element) => oneByOne(file, element, depth + 1)) : [located];
}

/** Middleware and handler of a route, whose options are opened. */
function openChain(file: FileModel, { endsInOptions }: RouterFramework, written: readonly Located[]): { readonly chain: readonly Located[]; readonly isLimited: boolean } {
  const before: Located[] = [];
  const plain: Located[] = [];
  let isLimited = false;
  for (const part of written) {
    const hooks = openOptions(file, part);
    if (!hooks) plain.push(part);
    else {
      before.push(...hooks);
      isLimited ||= isLimitedByConfig(file, part);
      plain.push(...file.tracer.property(part, "handler"));
    }
  }
  const handler = endsInOptions ? plain[0] : plain.at(-1);
  const others = endsInOptions ? [] : plain.slice(0, -1);
  return { chain: handler ? [...others, ...before, handler] : [], isLimited };
}

/** `config: { rateLimit: … }`, as @fastify/rate-limit reads it. */
function isLimitedByConfig(file: FileModel, options: Located): boolean {
  return file.tracer
    .property(options, "config")
    .some((config) => file.tracer.property(config, "rateLimit").some((limit) => file.tracer.constant(limit) !== false));
}

/** `new Router({ prefix: "/api" })`, `new Elysia({ prefix: "/api" })` */
function prefixOf(file: FileModel, router: Value): string {
  if (router.kind !== "call" || !router.args[0]) return "";
  const [prefix] = file.tracer.property({ value: router.args[0], place: file.place }, "prefix");
  return (prefix && constantOf(prefix.value)) ?? "";
}

/** What runs before a route because of where its router is mounted; with several mounts, what all have in common. */
function beforeMounted(mounts: readonly Mount[], router: Value, route: string, depth: number): readonly Located[] {
  if (depth > MAX_MOUNTS) return [];
  const ways = mounts
    .filter((mount) => mount.router === router)
    .map((mount) => {
      const full = joinedPath(mount.path, route);
      const own = mount.before.filter((entry) => runsFor(entry, full)).map((entry) => entry.value);
      return [...beforeMounted(mounts, mount.parent, full, depth + 1), ...own];
    });
  const [first = [], ...others] = ways;
  return first.filter(({ value }) => others.every((way) => way.some((entry) => entry.value === value)));
}

function runsFor({ path, exact }: Middleware, route: string): boolean {
  return exact ? path === route : covers(path, route);
}

/** The router is made in this file or by what the file calls, not handed over by a package as a value. */
function isMade(router: Value): boolean {
  return router.kind === "call";
}

/** `"/path"` in `app.post("/path", …)`, `post` in `app.route("/path").post(…)`. */
function reportedNode(node: TSESTree.Node, isChain: boolean): TSESTree.Node {
  if (node.type !== "CallExpression") return node;
  return isChain && node.callee.type === "MemberExpression" ? node.callee.property : (node.arguments[0] ?? node);
}

/** Calls of a chain begin at the same place; they run in the order of their ends. */
function byEnd(a: RouterCall, b: RouterCall): number {
  return (a.node?.range[1] ?? 0) - (b.node?.range[1] ?? 0);
}

function routeParts(
  file: FileModel,
  method: string,
  call: Located<CallValue>,
  rest: readonly Located[],
): [verb: string, route: string | undefined, chain: readonly Located[]] {
  const [first] = call.value.args;
  if (method === "route" && rest[0]) {
    // Fastify's `route({ method, url, handler })`.
    const part = (name: string): Located | undefined => rest[0] && file.tracer.property(rest[0], name)[0];
    const verbs = part("method");
    const url = part("url") ?? part("path");
    const verb = verbs && (verbs.value.kind === "array" ? verbs.value.items[0] : verbs.value);
    return [((verb && constantOf(verb)) ?? "any").toUpperCase(), url && constantOf(url.value), rest.slice(0, 1)];
  }
  if (method === "on") {
    const verb = (first && constantOf(first)) ?? "ANY";
    const path = call.value.args[1];
    return [verb.toUpperCase(), path && constantOf(path), rest.slice(1)];
  }
  if (method === "openapi") {
    const config = first && { value: first, place: call.place };
    const part = (name: string): string | undefined => {
      const found = config && file.tracer.property(config, name)[0];
      return found && constantOf(found.value);
    };
    return [(part("method") ?? "any").toUpperCase(), part("path"), call.value.args.slice(1).map((value) => ({ value, place: call.place }))];
  }
  const second = call.value.args[1] && constantOf(call.value.args[1]);
  // Koa's routes may have a name before the path.
  if (second?.startsWith("/") && first && constantOf(first) !== undefined) return [verbOf(method), second, rest.slice(1)];
  const route = (first && constantOf(first)) ?? pathOfChain(call.value);
  // Express has `app.get("setting")`: a route has a handler.
  return [verbOf(method), route?.startsWith("/") || route === "*" ? route : undefined, rest];
}

function verbOf(method: string): string {
  return method === "all" ? "ANY" : method === "del" ? "DELETE" : method.toUpperCase();
}

/** The path of `app.route("/path").get(…).post(…)`. */
function pathOfChain(call: CallValue): string | undefined {
  let callee = target(call.callee);
  for (let links = 0; links < MAX_LINKS && callee.kind === "member"; links++) {
    const object = target(callee.object);
    if (object.kind !== "call") return undefined;
    callee = target(object.callee);
    if (callee.kind !== "member" || callee.property === undefined) return undefined;
    if (callee.property === "route") return object.args.length === 1 && object.args[0] ? constantOf(object.args[0]) : undefined;
    if (!METHODS.has(callee.property)) return undefined;
  }
  return undefined;
}

/** Does middleware for a path run for a route: `"*"`, `"/api/*"`, `"/api"`; in Express 5 `"/api/*rest"` and `"/api/{*rest}"`. */
export function covers(path: string | undefined, route: string): boolean {
  if (path === undefined || path === "*" || path === "/" || path === "/*") return true;
  const star = path.search(/\/?(?:\{\/?)?\*/u);
  const base = star < 0 ? path : path.slice(0, star);
  return route === base || route.startsWith(base.endsWith("/") ? base : `${base}/`);
}

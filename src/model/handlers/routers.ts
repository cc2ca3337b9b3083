import type { TSESTree } from "@typescript-eslint/types";
import { packageNameOf } from "../../sdk/packages.ts";
import type { FileModel } from "../file.ts";
import type { CallValue, Value } from "../ir.ts";
import { constantOf, target } from "../values.ts";
import type { Located } from "../trace.ts";
import type { Framework, Handler } from "./handler.ts";

/** A framework on which routes are registered by calls: `app.post("/path", middleware, handler)`. */
interface RouterFramework {
  readonly framework: Framework;
  readonly title: string;
  readonly packages: readonly string[];
  /** Exports that make an application or a router, called or constructed. */
  readonly makers: ReadonlySet<string>;
  /** The method that mounts a router below a path. */
  readonly mounts: ReadonlySet<string>;
}

/** One row a framework; a new one is a new row. */
export const ROUTER_FRAMEWORKS: readonly RouterFramework[] = [
  {
    framework: "hono",
    title: "Hono",
    packages: ["hono", "@hono/zod-openapi"],
    makers: new Set(["Hono", "OpenAPIHono", "default"]),
    mounts: new Set(["route", "mount"]),
  },
  {
    framework: "express",
    title: "Express",
    packages: ["express", "express-promise-router"],
    makers: new Set(["default", "Router", "default.Router", "*"]),
    mounts: new Set(["use"]),
  },
];

const METHODS = new Set(["get", "post", "put", "patch", "delete", "all", "on", "openapi"]);

const PACKAGES = ROUTER_FRAMEWORKS.flatMap(({ packages }) => packages);

/** True where the file imports or requires a framework of this kind: decided without following anything. */
export function usesRouter({ sources, text }: FileModel): boolean {
  for (const source of sources) if (PACKAGES.some((name) => isOf(source, name))) return true;
  if (!text.includes("require(")) return false;
  return PACKAGES.some((name) => text.includes(`"${name}"`) || text.includes(`'${name}'`));
}

function isOf(source: string, name: string): boolean {
  return source.startsWith(name) && (source.length === name.length || source[name.length] === "/");
}

/** A call on an application or router, in the order of the file. */
export interface RouterCall {
  readonly framework: RouterFramework;
  /** Identifies the application or router that the call is made on. */
  readonly router: Value;
  readonly method: string;
  readonly call: Located<CallValue>;
  readonly node: TSESTree.Node | undefined;
}

/** The router calls among all calls of a file: routes, middleware and mounts. */
export function routerCalls(file: FileModel): readonly RouterCall[] {
  const found: RouterCall[] = [];
  for (const node of file.callNodes) {
    if (node.callee.type !== "MemberExpression") continue;
    const value = file.evaluator.value(node);
    if (value.kind !== "call") continue;
    const call = routerCall(file, { value, place: file.place });
    if (call) found.push({ ...call, node });
  }
  return found;
}

function routerCall(file: FileModel, call: Located<CallValue>): Omit<RouterCall, "node"> | undefined {
  const callee = target(call.value.callee);
  if (callee.kind !== "member" || callee.property === undefined) return undefined;
  const method = callee.property;
  const known = METHODS.has(method) || method === "use" || method === "route" || method === "mount";
  if (!known) return undefined;
  const made = routerOf(file, { value: callee.object, place: call.place });
  return made && { ...made, method, call };
}

/** The application or router behind a receiver, also at the end of a chain: `new Hono().use(x).get(…)`. */
export function routerOf(file: FileModel, located: Located): { framework: RouterFramework; router: Value } | undefined {
  for (const { value, place } of file.tracer.alternatives(located)) {
    const path = file.tracer.canonical({ value, place });
    if (!path) continue;
    const name = packageNameOf(path.source);
    const framework = ROUTER_FRAMEWORKS.find((row) => row.packages.includes(name));
    if (!framework) continue;
    return { framework, router: receiverRoot(file, { value, place }) };
  }
  return undefined;
}

function receiverRoot(file: FileModel, located: Located): Value {
  let at = located;
  for (let steps = 0; steps < 200; steps++) {
    const { value, place } = at;
    const callee = value.kind === "call" ? target(value.callee) : undefined;
    const chained = callee?.kind === "member" && callee.property !== undefined && CHAINED.has(callee.property);
    if (!chained || callee.kind !== "member") return value;
    at = file.tracer.alternatives({ value: callee.object, place })[0] ?? { value: callee.object, place };
    if (at.value === value) return value;
  }
  return at.value;
}

/** What gives back the router that it is called on. */
const CHAINED = new Set([...METHODS, "use", "route", "basePath"]);

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
  readonly path: string;
  /** What the parent has run by then. */
  readonly before: readonly Middleware[];
}

/** Routes of the file with the middleware that runs before each. */
export function routerHandlers(file: FileModel): readonly Handler[] {
  const middleware: Middleware[] = [];
  const mounts: Mount[] = [];
  const found: { readonly handler: Handler; readonly router: Value; readonly route: string }[] = [];
  for (const { framework, router, method, call, node } of routerCalls(file).toSorted(byEnd)) {
    const { args } = call.value;
    const path = args[0] && constantOf(args[0]);
    const rest = (path === undefined ? args : args.slice(1)).map((value) => ({ value, place: call.place }));
    if (framework.mounts.has(method)) {
      const known = middleware.filter((entry) => entry.router === router);
      rest.forEach((value, index) => {
        const child = routerOf(file, value)?.router;
        if (!child || child === router || !isMade(child)) return;
        const beside = rest.slice(0, index).map((entry) => ({ router, path: undefined, exact: false, value: entry }));
        mounts.push({ router: child, parent: router, path: path ?? "/", before: [...known, ...beside] });
      });
    }
    if (method === "use") middleware.push(...rest.map((value) => ({ router, path, exact: false, value })));
    if (!METHODS.has(method)) continue;
    const [verb, route, chain] = routeParts(file, method, call, rest);
    const value = chain.at(-1);
    if (!value || !node || route === undefined) continue;
    const before = middleware.filter((entry) => entry.router === router && runsFor(entry, route)).map((entry) => entry.value);
    found.push({
      router,
      route,
      handler: {
        framework: framework.framework,
        method: verb,
        title: `${verb} ${route}`,
        route,
        node: reportedNode(node, route !== path && pathOfChain(call.value) === route),
        value,
        before: [...before, ...chain.slice(0, -1)],
      },
    });
    // Handlers for all methods of a path may hand the request on.
    if (method === "all") middleware.push(...chain.map((entry) => ({ router, path: route, exact: !route.endsWith("*"), value: entry })));
  }
  return found.map(({ handler, router, route }) => ({
    ...handler,
    before: [...beforeMounted(mounts, router, route, 0), ...handler.before],
  }));
}

/** What runs before a route because of where its router is mounted; with several mounts, what all have in common. */
function beforeMounted(mounts: readonly Mount[], router: Value, route: string, depth: number): readonly Located[] {
  if (depth > 5) return [];
  const ways = mounts
    .filter((mount) => mount.router === router)
    .map((mount) => {
      const full = `${mount.path.replace(/\/\*?$/u, "")}${route}`;
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
  const [first, second] = call.value.args;
  if (method === "on") {
    const verb = (first && constantOf(first)) ?? "ANY";
    return [verb.toUpperCase(), second && constantOf(second), rest.slice(1)];
  }
  if (method === "openapi") {
    const config = first && { value: first, place: call.place };
    const part = (name: string): string | undefined => {
      const found = config && file.tracer.property(config, name)[0];
      return found && constantOf(found.value);
    };
    return [(part("method") ?? "any").toUpperCase(), part("path"), call.value.args.slice(1).map((value) => ({ value, place: call.place }))];
  }
  const route = (first && constantOf(first)) ?? pathOfChain(call.value);
  // Express has `app.get("setting")`: a route has a handler.
  return [method === "all" ? "ANY" : method.toUpperCase(), route?.startsWith("/") || route === "*" ? route : undefined, rest];
}

/** The path of `app.route("/path").get(…).post(…)`. */
function pathOfChain(call: CallValue): string | undefined {
  for (let callee = target(call.callee); callee.kind === "member"; ) {
    const object = target(callee.object);
    if (object.kind !== "call") return undefined;
    callee = target(object.callee);
    if (callee.kind !== "member" || callee.property === undefined) return undefined;
    if (callee.property === "route") return object.args.length === 1 && object.args[0] ? constantOf(object.args[0]) : undefined;
    if (!METHODS.has(callee.property)) return undefined;
  }
  return undefined;
}

/** Does middleware for a path run for a route: `"*"`, `"/api/*"`, `"/api"`. */
export function covers(path: string | undefined, route: string): boolean {
  if (path === undefined || path === "*" || path === "/" || path === "/*") return true;
  const star = path.indexOf("*");
  const base = star < 0 ? path : path.slice(0, path[star - 1] === "/" ? star - 1 : star);
  return route === base || route.startsWith(base.endsWith("/") ? base : `${base}/`);
}

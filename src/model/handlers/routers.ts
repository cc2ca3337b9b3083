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

export function usesRouter(sources: ReadonlySet<string>): boolean {
  for (const { packages } of ROUTER_FRAMEWORKS) if (packages.some((name) => sources.has(name))) return true;
  return false;
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
    const chained = callee?.kind === "member" && callee.property !== undefined && (METHODS.has(callee.property) || callee.property === "use" || callee.property === "route" || callee.property === "basePath");
    if (!chained || callee.kind !== "member") return value;
    at = file.tracer.alternatives({ value: callee.object, place })[0] ?? { value: callee.object, place };
    if (at.value === value) return value;
  }
  return at.value;
}

/** Routes of the file with the middleware that runs before each. */
export function routerHandlers(file: FileModel): readonly Handler[] {
  const handlers: Handler[] = [];
  const calls = routerCalls(file);
  const middleware: { router: Value; path: string | undefined; value: Located }[] = [];
  for (const { framework, router, method, call, node } of calls.toSorted(byEnd)) {
    const { args } = call.value;
    const path = args[0] && constantOf(args[0]);
    const rest = (path === undefined ? args : args.slice(1)).map((value) => ({ value, place: call.place }));
    if (method === "use") {
      middleware.push(...rest.map((value) => ({ router, path, value })));
      continue;
    }
    if (!METHODS.has(method)) continue;
    const [verb, route, chain] = routeParts(file, method, call, rest);
    const handler = chain.at(-1);
    if (!handler || !node || route === undefined) continue;
    const before = middleware.filter((entry) => entry.router === router && covers(entry.path, route)).map((entry) => entry.value);
    handlers.push({
      framework: framework.framework,
      method: verb,
      title: `${verb} ${route}`,
      route,
      node: node.type === "CallExpression" ? (node.arguments[0] ?? node) : node,
      value: handler,
      before: [...before, ...chain.slice(0, -1)],
    });
  }
  return handlers;
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
  const route = first && constantOf(first);
  // Express has `app.get("setting")`: a route has a handler.
  return [method === "all" ? "ANY" : method.toUpperCase(), route?.startsWith("/") || route === "*" ? route : undefined, rest];
}

/** Does middleware for a path run for a route: `"*"`, `"/api/*"`, `"/api"`. */
export function covers(path: string | undefined, route: string): boolean {
  if (path === undefined || path === "*" || path === "/" || path === "/*") return true;
  const base = path.replace(/\/?\*.*$/u, "");
  return route === base || route.startsWith(base.endsWith("/") ? base : `${base}/`);
}

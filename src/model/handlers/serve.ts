import type { FileModel } from "../file.ts";
import type { TSESTree } from "@typescript-eslint/types";
import type { Located } from "../values/trace.ts";
import type { Handler, Outside } from "./handler.ts";
import { keyOf } from "./named.ts";

/*
 * Servers that are started by a call: `Deno.serve(handler)`, `Bun.serve({ fetch, routes })`, Deno's old `serve(handler)`.
 * https://docs.deno.com/runtime/fundamentals/http_server, https://bun.com/docs/api/http
 */

const SOURCES = /^bun$|deno\.land|@std\/http/u;
const STARTS = /\bserve\s*\(/u;
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]);

/** Decided by what it imports, and a word. */
export function mayHoldServe(file: FileModel): boolean {
  return (file.usesGlobal("Deno") || file.usesGlobal("Bun") || importsServer(file)) && STARTS.test(file.text);
}

function importsServer({ sources }: FileModel): boolean {
  for (const source of sources) if (SOURCES.test(source)) return true;
  return false;
}

export function servedHandlers(file: FileModel): readonly Handler[] {
  return file.callNodes.flatMap((node) => (node.type === "CallExpression" && isServe(file, node) ? served(file, node) : []));
}

function isServe(file: FileModel, { callee }: TSESTree.CallExpression): boolean {
  if (callee.type !== "MemberExpression" && callee.type !== "Identifier") return false;
  const path = file.tracer.canonical(file.located(callee));
  const name = path?.path.join(".");
  if (path?.source === "global") return name === "Deno.serve" || name === "Bun.serve";
  if (path?.source === "bun") return name === "serve" || name === "default.serve";
  return name === "serve" && (path?.source === "@std/http" || (path?.source.startsWith("https://deno.land/std") ?? false));
}

function served(file: FileModel, node: TSESTree.CallExpression): readonly Handler[] {
  const found: Handler[] = [];
  for (const arg of node.arguments) {
    if (arg.type === "SpreadElement") continue;
    const given = file.located(arg);
    if (file.tracer.functions(given).length > 0) found.push(handlerAt(node.callee, "this server", undefined, given));
    for (const name of ["fetch", "handler"]) {
      for (const value of file.tracer.property(given, name)) found.push(handlerAt(node.callee, "this server", undefined, value));
    }
    for (const routes of file.tracer.property(given, "routes")) found.push(...routesOf(file, routes, node));
  }
  return found;
}

/** `routes: { "/api/users": handler, "/api/posts": { GET, POST } }` */
function routesOf(file: FileModel, { value: routes, place }: Located, node: TSESTree.CallExpression): readonly Handler[] {
  if (routes.kind !== "object") return [];
  return routes.entries.flatMap(({ key, value, node: entry }) => {
    if (key === undefined) return [];
    const at = keyOf(entry) ?? node.callee;
    const located = { value, place };
    if (file.tracer.functions(located).length > 0) return [handlerAt(at, key, key, located)];
    return file.tracer.alternatives(located).flatMap(({ value: byMethod, place: inside }) =>
      byMethod.kind === "object"
        ? byMethod.entries.flatMap((method) =>
            method.key !== undefined && METHODS.has(method.key)
              ? [handlerAt(keyOf(method.node) ?? at, `${method.key} ${key}`, key, { value: method.value, place: inside }, method.key)]
              : [],
          )
        : [],
    );
  });
}

function handlerAt(node: TSESTree.Node, title: string, route: string | undefined, value: Located, method = "ANY"): Handler {
  return { framework: "fetch", method, title, route, node, value, before: [], outside: nothing };
}

const nothing = (): Outside => ({ middleware: [] });

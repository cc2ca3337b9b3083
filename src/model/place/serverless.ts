import { isFunction, type Node } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import { unwrapHandler } from "../handlers/index.ts";
import { packageOf } from "./runtime.ts";

/** Frameworks whose handlers run where a function may be stopped once it has answered. */
const SERVERLESS = /^(?:next|cloudflare|vercel|netlify|lambda|deno)/u;
const MIDDLEWARE = /(?:^|\/)(?:middleware|proxy)\.[cm]?[jt]s$/u;
/** Packages that say that a project is deployed to such a place. */
const DEPLOYED = /^(?:next|wrangler|@cloudflare\/workers-types|@sveltejs\/adapter-(?:vercel|cloudflare|netlify)|@astrojs\/(?:vercel|cloudflare|netlify)|@netlify\/functions|@vercel\/(?:node|edge|functions))$/u;
/** Servers that stay. */
const SERVERS = /^(?:express|fastify|koa|elysia|@nestjs\/core|@hono\/node-server)$/u;

/**
 * Whether a place runs in an edge or serverless function, which may be stopped once it has answered: a handler of such
 * a framework, middleware, a module with `runtime = "edge"`, or a helper in a package that is deployed to one.
 */
export function isServerless(file: FileModel, node: Node): boolean {
  if (MIDDLEWARE.test(file.relativePath)) return true;
  const edge = file.exports.get("runtime")?.value;
  if (edge && /edge/u.test(String(file.tracer.constant({ value: edge, place: file.place })))) return true;
  const { handlers, tracer } = file;
  if (handlers.possible && handlers.all.length > 0) {
    const around = new Set<Node>();
    for (let at: Node | undefined = node; at; at = at.parent) if (isFunction(at)) around.add(at);
    const own = handlers.all.filter(({ value }) => unwrapHandler(tracer, value).functions.some(({ fn }) => fn.node && around.has(fn.node)));
    if (own.some(({ framework }) => SERVERLESS.test(framework))) return true;
  }
  const names = packageOf(file)?.dependencies ?? [];
  return names.some((name) => DEPLOYED.test(name)) && !names.some((name) => SERVERS.test(name));
}

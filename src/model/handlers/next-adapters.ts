import { listDirectory } from "../../project/disk.ts";
import { nextRouteOf } from "../../project/next-routes.ts";
import { probe } from "../../project/probe.ts";
import type { FileModel } from "../file.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";
import type { Framework, Handler } from "./handler.ts";
import { placeInPackage } from "./package.ts";
import { routerOf } from "./routers.ts";

/** Routers that answer requests of the Fetch API, as a route of Next.js gets them. */
const FETCH_ROUTERS: ReadonlySet<Framework> = new Set<Framework>(["hono", "elysia", "h3"]);
const FOLDERS = ["app/api", "app", "src/app/api", "src/app"];

/**
 * The catch-all route of a Next.js app that hands its requests to a router of this kind, and the path at which it
 * answers for a handler: `export const GET = handle(app)`, `export const POST = app.handle`.
 */
export function nextRouteTo(file: FileModel, { framework, route }: Handler): { readonly directory: string; readonly route: string } | undefined {
  const { project, root, pass } = file;
  const own = placeInPackage(file)?.directory ?? root;
  if (!FETCH_ROUTERS.has(framework) || !project || root === undefined || own === undefined || route === undefined) return undefined;
  for (const directory of new Set([own, root])) {
    for (const folder of FOLDERS) {
      for (const [name, kind] of listDirectory(`${directory}/${folder}`, pass)?.entries ?? []) {
        if (kind !== "directory" || !/^\[{1,2}\.\.\./u.test(name)) continue;
        const path = probe(`${directory}/${folder}/${name}/route`, pass);
        const module = path === undefined ? undefined : project.module(path);
        const value = module && ["POST", "GET", "PUT"].map((method) => module.exports.get(method)?.value).find(Boolean);
        if (!path || !module || !value || !handsTo(file, { value, place: { module } }, framework, 0)) continue;
        const [base = ""] = (nextRouteOf(path.slice(directory.length + 1))?.path ?? "").split("/[");
        return { directory, route: route === base || route.startsWith(`${base}/`) ? route : `${base}${route}` };
      }
    }
  }
  return undefined;
}

function handsTo(file: FileModel, located: Located, framework: Framework, depth: number): boolean {
  if (depth > 3) return false;
  if (routerOf(file, located)?.framework.framework === framework) return true;
  return file.tracer.alternatives(located).some(({ value, place }) => {
    const parts = value.kind === "member" ? [value.object] : value.kind === "call" ? value.args : value.kind === "function" ? value.fn.returns.flatMap(calledOn) : [];
    return parts.some((part) => handsTo(file, { value: part, place }, framework, depth + 1));
  });
}

/** `app` of `(request) => app.fetch(request)` */
function calledOn(returned: Located["value"]): readonly Located["value"][] {
  const call = target(returned);
  const callee = call.kind === "call" ? target(call.callee) : undefined;
  return callee?.kind === "member" ? [callee.object] : [];
}

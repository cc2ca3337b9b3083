import type { FileModel } from "../file.ts";
import { callsIn } from "../values/lower.ts";
import { constantOf, target } from "../values/values.ts";
import type { Located } from "../values/trace.ts";
import { exportsNamed } from "./exported.ts";
import type { Handler, Outside } from "./handler.ts";
import { dependsOnPackage, exportOf, moduleAt, placeInPackage } from "./package.ts";
import { workerEntries } from "../../project/wrangler.ts";
import { covers } from "./routers.ts";

/*
 * Remix and React Router with a server: `loader` and `action` of route modules, behind `middleware` of the routes
 * around them and of a server of the project's own.
 * https://reactrouter.com/start/framework/route-module, https://remix.run/docs/en/main/route/action
 */

const PACKAGES =
  /^(?:@remix-run\/(?:node|cloudflare|cloudflare-pages|deno|dev|serve|express|server-runtime|architect|netlify)|@react-router\/(?:dev|node|serve|express|cloudflare|architect)|@vercel\/remix|@shopify\/(?:remix-oxygen|hydrogen))$/u;
const PLACE = /[\\/](?:app|routes|src)[\\/]/u;
const SERVERS = ["server", "server/index", "server/app", "server/server", "app/server", "server/main", "app/entry.server"];

/** Decided by the path, what the file exports, and the package's dependencies. */
export function mayHoldRouteModule(file: FileModel): boolean {
  const { filename, exportedNames, ast } = file;
  const mayExport = exportedNames.has("action") || exportedNames.has("loader") || ast.body.some(({ type }) => type === "ExportAllDeclaration");
  return mayExport && PLACE.test(filename) && dependsOnPackage(file, PACKAGES) === true;
}

/** `loader` and `action` of a route module. */
export function routeModuleHandlers(file: FileModel): readonly Handler[] {
  const found = exportsNamed(file, (name) => name === "loader" || name === "action");
  if (found.length === 0 || !hasServer(file)) return [];
  const route = routeOf(file);
  const where = route ?? file.relativePath;
  const own = file.exports.get("middleware") ?? file.exports.get("unstable_middleware");
  const before = own?.value ? [{ value: own.value, place: file.place }] : [];
  const isPage = file.exports.has("default");
  return found.map(({ name, value, node }) => ({
    framework: "remix",
    method: name === "loader" ? "GET" : "POST",
    title: `the ${name} of ${where}`,
    route,
    node,
    value,
    before,
    isPage: isPage && name === "loader",
    outside: () => outsideOf(file, route),
  }));
}

/** False where the app is built for browsers alone: `ssr: false`. */
function hasServer(file: FileModel): boolean {
  const place = placeInPackage(file);
  const config = place && exportOf(file, `${place.directory}/react-router.config`, "default");
  return !config || !file.tracer.property(config, "ssr").some((option) => file.tracer.constant(option) === false);
}

/** `app/routes/api.users.$id.ts` is `/api/users/$id`; undefined where a config says the path. */
function routeOf(file: FileModel): string | undefined {
  const path = placeInPackage(file)?.path ?? file.relativePath;
  const at = path.lastIndexOf("/routes/");
  if (at < 0) return undefined;
  const name = path.slice(at + "/routes/".length).replace(/(?:\/(?:route|index))?\.[cm]?[jt]sx?$/u, "");
  const segments = name.replaceAll(/\[(?<escaped>[^[\]]*)\]/gu, (_match, escaped: string) => escaped.replaceAll(".", "\0")).split(/[./]/u);
  const shown = segments.filter((segment) => segment !== "" && segment !== "index" && !segment.startsWith("_") && !/^\(.*\)$/u.test(segment));
  return `/${shown.map((segment) => segment.replaceAll("\0", ".").replace(/_$/u, "").replace(/\+$/u, "")).join("/")}`;
}

/** Middleware of the root and of the routes around this one, and of a server that the project writes itself. */
function outsideOf(file: FileModel, route: string | undefined): Outside {
  const place = placeInPackage(file);
  if (!place) return { middleware: [] };
  const { directory, path } = place;
  const app = path.slice(0, Math.max(path.indexOf("/routes/"), 0)) || "app";
  const name = path.slice(path.lastIndexOf("/") + 1).split(".");
  const parents = name.slice(0, -1).map((_, index) => `${path.slice(0, path.lastIndexOf("/"))}/${name.slice(0, index + 1).join(".")}`);
  const modules = [`${app}/root`, ...parents].flatMap((module) => exportOf(file, `${directory}/${module}`, "middleware", "unstable_middleware") ?? []);
  return { middleware: [...SERVERS.flatMap((server) => usedBy(file, `${directory}/${server}`, route)), ...workersOf(file, directory), ...modules] };
}

/** `fetch` of the Worker that hands requests to the app's routes. */
function workersOf(file: FileModel, directory: string): readonly Located[] {
  return [...workerEntries(directory, file.pass), `${directory}/workers/app`].flatMap((entry) => {
    const worker = exportOf(file, entry, "default");
    return worker ? file.tracer.property(worker, "fetch") : [];
  });
}

/** What a server of the project uses for a path: `app.use("/api", limit)`. */
function usedBy(file: FileModel, place: string, route: string | undefined): readonly Located[] {
  const module = moduleAt(file, place);
  if (!module) return [];
  const used: Located[] = [];
  for (const call of callsIn(module.body)) {
    const callee = target(call.callee);
    if (callee.kind !== "member" || callee.property !== "use") continue;
    const path = call.args[0] && constantOf(call.args[0]);
    if (path !== undefined && route !== undefined && !covers(path, route)) continue;
    used.push(...(path === undefined ? call.args : call.args.slice(1)).map((value) => ({ value, place: { module } })));
  }
  return used;
}

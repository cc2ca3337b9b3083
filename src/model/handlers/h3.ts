import { sourcesBelow } from "../../project/nitro.ts";
import { LIMITING_NUXT_MODULES } from "../../sdk/limiters.ts";
import type { FileModel } from "../file.ts";
import type { Value } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { exportsNamed } from "./exported.ts";
import type { Handler, Outside } from "./handler.ts";
import { dependsOnPackage, exportOf, placeInPackage } from "./package.ts";

/*
 * Nuxt, Nitro and h3: https://nitro.build/guide/routing, https://nuxt.com/docs/guide/directory-structure/server,
 * https://h3.dev/guide/basics/handler
 */

/** Where the files of event handlers are. */
export const EVENT_HANDLER_FILES = /[\\/](?<server>server[\\/])?(?:api|routes)[\\/]/u;
const WORD = /ventHandler\b|\bdefine\w*Handler\b/u;
const MAKER = /^(?:define|cached|lazy)?(?:Cached|Lazy|Request)?(?:[eE]ventHandler|Handler)$|^use[A-Z]\w*Handler$/u;
/** `server/api/…`, in a layer of Nuxt too; of Nitro alone also `routes/…`. */
const ROUTE = /(?:^|\/)server\/(?<folder>api|routes)\//u;
const BARE_ROUTE = /^(?:src\/)?(?<folder>api|routes)\//u;
const FILE = /^(?<path>.*?)(?:\.(?<method>get|post|put|patch|delete|head|options|connect|trace))?(?<stage>\.(?:dev|prerender))?\.[cm]?[jt]s$/u;
const PACKAGES = /^(?:nuxt|nuxt3|nitro|nitropack|@nuxt\/.*|@analogjs\/platform|h3)$/u;

/** Decided by the path; outside of a `server` folder also by a word that every event handler has. */
export function mayHoldEventHandler({ filename, text }: FileModel): boolean {
  const place = EVENT_HANDLER_FILES.exec(filename);
  return place !== null && (place.groups?.["server"] !== undefined || WORD.test(text));
}

/** The event handler of a file of the server's folders. */
export function eventHandlers(file: FileModel): readonly Handler[] {
  const place = routeOf(file);
  if (!place) return [];
  return exportsNamed(file, (name) => name === "default").flatMap(({ value, node }) => {
    const opened = openEventHandler(file.tracer, value);
    return opened
      ? [{ framework: "h3" as const, method: place.method, title: place.title, route: place.route, node, ...opened, outside: () => outsideOf(file, place.home, place.top) }]
      : [];
  });
}

interface RouteFile {
  /** Absolute path of the directory that holds `server/`: the app, or a layer of it. */
  readonly home: string;
  /** Absolute path of the app. */
  readonly top: string;
  readonly method: string;
  readonly route: string;
  readonly title: string;
}

function routeOf(file: FileModel): RouteFile | undefined {
  const found = placeInPackage(file);
  const at = found && (ROUTE.exec(found.path) ?? BARE_ROUTE.exec(found.path));
  const name = at && FILE.exec(found.path.slice(at.index + at[0].length))?.groups;
  if (!name || name["stage"] === ".dev" || !(dependsOnPackage(file, PACKAGES) ?? WORD.test(file.text))) return undefined;
  const segments = (name["path"] ?? "").split("/").filter((segment) => !/^\(.*\)$/u.test(segment));
  if (segments.at(-1) === "index") segments.pop();
  const route = `/${[...(at.groups?.["folder"] === "api" ? ["api"] : []), ...segments].join("/")}`;
  const method = (name["method"] ?? "any").toUpperCase();
  const base = found.path.slice(0, at.index);
  return { home: base === "" ? found.directory : `${found.directory}/${base}`, top: found.directory, method, route, title: method === "ANY" ? route : `${method} ${route}` };
}

/** What an event handler runs: its function, and what its object form names to run before. */
export function openEventHandler(tracer: Tracer, located: Located, depth = 0): Pick<Handler, "value" | "before" | "isCached"> | undefined {
  for (const { value, place } of tracer.alternatives(located)) {
    if (value.kind === "function") return { value: { value, place }, before: [] };
    if (value.kind !== "call") continue;
    const name = lastName(value.callee) ?? "";
    if (!MAKER.test(name)) return { value: { value, place }, before: [] };
    const [first] = value.args;
    if (!first) return undefined;
    const isCached = /cached/iu.test(name);
    if (/lazy/iu.test(name) && depth < 3) {
      // `defineLazyEventHandler(() => { …; return defineEventHandler(…) })`: what it returns handles the requests.
      for (const { fn, place: inside } of tracer.functions({ value: first, place })) {
        for (const returned of fn.returns) {
          const opened = openEventHandler(tracer, { value: returned, place: inside }, depth + 1);
          if (opened) return opened;
        }
      }
      return undefined;
    }
    const object = { value: first, place };
    const [handler] = tracer.property(object, "handler");
    const before = ["onRequest", "middleware"].flatMap((key) => tracer.property(object, key));
    return handler ? { value: handler, before, isCached } : { value: { value, place }, before: [], isCached };
  }
  return undefined;
}

function lastName(value: Value): string | undefined {
  if (value.kind === "ref") return value.target.kind === "import" && value.target.name !== "default" ? value.target.name : value.name;
  if (value.kind === "import" || value.kind === "global") return value.name;
  return value.kind === "member" ? value.property : undefined;
}

/** The middleware of the server, and modules of Nuxt that limit all of it. */
function outsideOf(file: FileModel, home: string, top: string): Outside {
  const { pass, project } = file;
  if (!project) return { middleware: [] };
  const folders = new Set([home, top].flatMap((directory) => [`${directory}/server/middleware`, `${directory}/middleware`, `${directory}/src/middleware`]));
  const middleware = [...folders].flatMap((folder) =>
    sourcesBelow(folder, pass).flatMap((path): Located[] => {
      const module = project.module(path);
      const value = module?.exports.get("default")?.value;
      const opened = module && value && openEventHandler(file.tracer, { value, place: { module } });
      return opened ? [...opened.before, opened.value] : [];
    }),
  );
  return { middleware, isLimited: [home, top].some((directory) => isLimitedByModule(file, directory)) };
}

function isLimitedByModule(file: FileModel, directory: string): boolean {
  const { tracer } = file;
  const config = exportOf(file, `${directory}/nuxt.config`, "default");
  if (!config) return false;
  for (const { value, place } of tracer.alternatives(config)) {
    const given: Located = value.kind === "call" && value.args[0] ? { value: value.args[0], place } : { value, place };
    const names = tracer.property(given, "modules").flatMap((list) =>
      (list.value.kind === "array" ? list.value.items : []).flatMap((item) => {
        const entry = target(item);
        const named = entry.kind === "array" ? entry.items[0] : entry;
        const name = named && tracer.constant({ value: named, place: list.place });
        return typeof name === "string" ? [name] : [];
      }),
    );
    for (const name of names) {
      if (!LIMITING_NUXT_MODULES.has(name)) continue;
      const isOff = name === "nuxt-security" && tracer.property(given, "security").some((options) =>
        tracer.property(options, "rateLimiter").some((option) => tracer.constant(option) === false),
      );
      if (!isOff) return true;
    }
  }
  return false;
}

import { matcherCovers } from "../../project/next-routes.ts";
import type { FileModel } from "../file.ts";
import type { Handler, Outside } from "../handlers/index.ts";
import { sourcesBelow } from "../../project/nitro.ts";
import { hooksOfPlugin } from "../handlers/plugin-params.ts";
import { nextPath } from "../handlers/next.ts";
import { nextRouteTo } from "../handlers/next-adapters.ts";
import { mountingsOf } from "../handlers/mounts.ts";
import type { ModuleFacts } from "../values/ir.ts";
import { leastOf, moreOf, type Caller } from "../flow/flow.ts";
import { decidedInMiddleware } from "../flow/path-decision.ts";
import { consultsLimiter } from "./protection.ts";
import { admitsOnlySignedIn } from "./session-middleware.ts";
import type { Located, Tracer } from "../values/trace.ts";

/** What other files do before a handler's first line. */
export interface Coverage {
  readonly guarded: boolean;
  /** Who is let through; undefined: anyone. */
  readonly caller: Caller | undefined;
}

const NOTHING: Coverage = { guarded: false, caller: undefined };

/** Next.js `middleware.ts` / `proxy.ts`, and the files in which a router is mounted. */
export function coverageOf(file: FileModel, handler: Handler): Coverage {
  if (handler.outside) return outsideCoverage(file, handler, handler.outside());
  if (handler.framework === "next-app" || handler.framework === "next-pages") return middlewareCoverage(file, handler);
  if (handler.framework === "next-action" || handler.framework === "server-function") return NOTHING;
  const mounted = mountCoverage(file, handler);
  if (mounted.guarded) return mounted;
  if (handler.framework === "fastify") return pluginCoverage(file, mounted);
  const through = nextRouteTo(file, handler);
  if (!through) return mounted;
  const next = nextCoverage(file, `${through.directory}/`, through.route);
  return { guarded: next.guarded, caller: moreOf(mounted.caller, next.caller) };
}

/** Plugins of Fastify beside the routes, which `@fastify/autoload` registers for all of them. */
function pluginCoverage(file: FileModel, mounted: Coverage): Coverage {
  const { project, root, path, pass, tracer } = file;
  if (!project || root === undefined || path === undefined) return mounted;
  for (let folder = path.slice(0, path.lastIndexOf("/")); folder.startsWith(root); folder = folder.slice(0, folder.lastIndexOf("/"))) {
    for (const plugin of sourcesBelow(`${folder}/plugins`, pass)) {
      const module = project.module(plugin);
      const value = module?.exports.get("default")?.value;
      if (!module || !value) continue;
      const hooks = hooksOfPlugin(tracer, { value, place: { module } });
      if (hooks.some((effect) => consultsLimiter(file, effect).guarded)) return { ...mounted, guarded: true };
    }
    if (folder === root) break;
  }
  return mounted;
}

function outsideCoverage(file: FileModel, { route }: Handler, { middleware, isLimited, next }: Outside): Coverage {
  const decide = route === undefined ? undefined : decidedInMiddleware(route, file.tracer);
  const facts: Coverage[] = middleware.map((value) => consultsLimiter(file, value, decide));
  if (next) facts.push(nextCoverage(file, `${next.directory}/`, next.route));
  return {
    guarded: isLimited === true || facts.some(({ guarded }) => guarded),
    caller: callerPast(facts),
  };
}

/** Who gets past all of these. */
const callerPast = (facts: readonly Pick<Coverage, "caller">[]): Caller | undefined => facts.map(({ caller }) => caller).reduce(moreOf, undefined);

function middlewareCoverage(file: FileModel, { route }: Handler): Coverage {
  const { root } = file;
  const base = nextPath(file.relativePath)?.base;
  if (root === undefined || base === undefined || route === undefined) return NOTHING;
  return nextCoverage(file, `${root}/${base}`, route);
}

/** `middleware.ts` or `proxy.ts` of the Next.js app in a directory, for one of its routes. */
function nextCoverage(file: FileModel, directory: string, route: string): Coverage {
  const found = nextMiddleware(file, directory);
  if (!found) return NOTHING;
  const { module, name } = found;
  return file.pass.memo(file.settings, `coverage\0${module.path ?? ""}\0${route}`, () => moduleCoverage(file, module, name, route));
}

/**
 * The file of the middleware that limits other routes of the app, and not this one, relative to the root; undefined where
 * there is none, or it was not asked for.
 */
export function limitedElsewhere(file: FileModel, { framework, route, outside }: Handler): string | undefined {
  const { pass, root, settings, tracer } = file;
  const base = nextPath(file.relativePath)?.base;
  const isNext = framework === "next-app" || framework === "next-pages";
  const directory = outside ? outside().next?.directory : isNext && base !== undefined && root !== undefined ? `${root}/${base}`.replace(/\/$/u, "") : undefined;
  const found = directory === undefined || route === undefined ? undefined : nextMiddleware(file, `${directory}/`);
  if (!found || root === undefined) return undefined;
  const { module, name } = found;
  const limits = (): boolean => {
    const value = (module.exports.get(name) ?? module.exports.get("default"))?.value;
    return value !== undefined && tracer.alternatives({ value, place: { module } }).some((middleware) => consultsLimiter(file, middleware).limited);
  };
  // The same for all handlers of the project.
  return pass.memo(settings, `limiting middleware\0${module.path ?? ""}`, limits) ? module.path?.slice(root.length + 1) : undefined;
}

function nextMiddleware(file: FileModel, directory: string): { readonly module: ModuleFacts; readonly name: string } | undefined {
  for (const folder of ["", "src/"]) {
    for (const name of ["proxy", "middleware"]) {
      for (const extension of ["ts", "js", "mjs", "tsx"]) {
        const module = file.project?.module(`${directory}${folder}${name}.${extension}`);
        if (module) return { module, name };
      }
    }
  }
  return undefined;
}

function moduleCoverage(file: FileModel, module: ModuleFacts, name: string, route: string): Coverage {
  const place = { module };
  const config = module.exports.get("config")?.value;
  const matcher = config && file.tracer.property({ value: config, place }, "matcher")[0];
  if (matcher && matcherCovers(plain(file.tracer, matcher, 0), route) === "no") return NOTHING;
  const value = (module.exports.get(name) ?? module.exports.get("default"))?.value;
  if (!value) return NOTHING;
  const { tracer } = file;
  const found = consultsLimiter(file, { value, place }, decidedInMiddleware(route, file.tracer));
  return { guarded: found.guarded, caller: found.caller ?? (admitsOnlySignedIn(tracer, { value, place }, route) ? "known" : undefined) };
}

/** A constant as data, `undefined` where it is none. */
function plain(tracer: Tracer, located: Located, depth: number): unknown {
  const { value, place } = tracer.only(located) ?? located;
  if (value.kind === "literal") return value.value;
  if (depth > 6) return undefined;
  if (value.kind === "array") return value.items.map((item) => plain(tracer, { value: item, place }, depth + 1));
  if (value.kind !== "object") return undefined;
  return Object.fromEntries(
    value.entries.flatMap(({ key, value: part }) => (key === undefined ? [] : [[key, plain(tracer, { value: part, place }, depth + 1)]])),
  );
}

/** What the files that mount the handler's router run before it; with several, what all of them do. */
function mountCoverage(file: FileModel, handler: Handler): Coverage {
  const mountings = mountingsOf(file, handler);
  const ways = mountings.map(({ before, beside }) => {
    const facts = before.map((value) => consultsLimiter(file, value));
    const guarded = facts.some((fact) => fact.guarded) || beside.some((value) => consultsLimiter(file, value).guarded);
    return { guarded, caller: callerPast(facts) };
  });
  if (ways.length === 0) return NOTHING;
  return { guarded: ways.some(({ guarded }) => guarded), caller: ways.map(({ caller }) => caller).reduce(leastOf) };
}

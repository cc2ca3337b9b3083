import { matcherCovers } from "../../project/next-routes.ts";
import type { FileModel } from "../file.ts";
import type { Handler, Outside } from "../handlers/index.ts";
import { sourcesBelow } from "../../project/nitro.ts";
import { hooksOfPlugin } from "../handlers/plugin-params.ts";
import { nextPlace } from "../handlers/next.ts";
import { nextRouteTo } from "../handlers/next-adapters.ts";
import { mountingsOf } from "../handlers/mounts.ts";
import { leastOf, moreOf, type Caller } from "../flow/guarded.ts";
import { decidedInMiddleware } from "../flow/path-decision.ts";
import { actionCoverage } from "./action-coverage.ts";
import { misplacedMiddleware, nextMiddleware, type NextMiddleware } from "./next-middleware.ts";
import { consultsLimiter } from "./protection.ts";
import { admitsOnlySignedIn } from "./session-middleware.ts";
import type { Located } from "../values/trace.ts";

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
  if (handler.framework === "next-action") return actionCoverage(file) ?? NOTHING;
  if (handler.framework === "server-function") return NOTHING;
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
  const directory = appOf(file);
  return directory === undefined || route === undefined ? NOTHING : nextCoverage(file, directory, route);
}

/** The directory of the Next.js app that a route's file belongs to, with a slash behind. */
function appOf(file: FileModel): string | undefined {
  const { root } = file;
  const base = nextPlace(file)?.base;
  return root === undefined || base === undefined ? undefined : `${root}/${base}`;
}

/** The middleware of Next.js that sees requests to one of the file's routes, as far as its matcher tells. */
export function middlewareBefore(file: FileModel, route: string): Located | undefined {
  const directory = appOf(file);
  const found = directory === undefined ? undefined : nextMiddleware(file, directory);
  return found && matcherCovers(found.matcher, route) !== "no" ? found.value : undefined;
}

/** `middleware.ts` or `proxy.ts` of the Next.js app in a directory, for one of its routes. */
function nextCoverage(file: FileModel, directory: string, route: string): Coverage {
  const found = nextMiddleware(file, directory);
  if (!found) return NOTHING;
  return file.pass.memo(file.settings, `coverage\0${found.module.path ?? ""}\0${route}`, () => moduleCoverage(file, found, route));
}

/** A middleware with a limiter that is not asked. */
interface LimitedElsewhere {
  /** Relative to the root. */
  readonly path: string;
  /** Next.js does not look for it there. */
  readonly isMisplaced: boolean;
}

/**
 * The middleware that limits other routes of the app, and not this one, or that never runs, as it stands in the wrong place; undefined
 * where there is none, or it was not asked for.
 */
export function limitedElsewhere(file: FileModel, { framework, route, outside }: Handler): LimitedElsewhere | undefined {
  const { pass, root, settings, tracer } = file;
  const base = nextPlace(file)?.base;
  const isNext = framework === "next-app" || framework === "next-pages";
  const directory = outside ? outside().next?.directory : isNext && base !== undefined && root !== undefined ? `${root}/${base}`.replace(/\/$/u, "") : undefined;
  if (directory === undefined || route === undefined || root === undefined) return undefined;
  const running = nextMiddleware(file, `${directory}/`);
  const found = running ?? misplacedMiddleware(file, `${directory}/`);
  if (!found) return undefined;
  const { module, value } = found;
  const limits = (): boolean => value !== undefined && tracer.alternatives(value).some((middleware) => consultsLimiter(file, middleware).limited);
  // The same for all handlers of the project.
  return pass.memo(settings, `limiting middleware\0${module.path ?? ""}`, limits) && module.path !== undefined ? { path: module.path.slice(root.length + 1), isMisplaced: !running } : undefined;
}

function moduleCoverage(file: FileModel, { value, matcher }: NextMiddleware, route: string): Coverage {
  if (!value || matcherCovers(matcher, route) === "no") return NOTHING;
  const { tracer } = file;
  const found = consultsLimiter(file, value, decidedInMiddleware(route, tracer));
  return { guarded: found.guarded, caller: found.caller ?? (admitsOnlySignedIn(tracer, value, route) ? "known" : undefined) };
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
  return { guarded: ways.every(({ guarded }) => guarded), caller: ways.map(({ caller }) => caller).reduce(leastOf) };
}

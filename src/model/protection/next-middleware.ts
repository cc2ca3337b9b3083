import type { FileModel } from "../file.ts";
import { majorOf } from "../place/runtime.ts";
import type { ModuleFacts } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";

/** `middleware.ts` or `proxy.ts` of a Next.js app. */
export interface NextMiddleware {
  readonly module: ModuleFacts;
  /** What the framework runs; undefined where the file exports nothing of the kind. */
  readonly value: Located | undefined;
  /** `config.matcher` as data: undefined where there is none, `null` where it can't be read. */
  readonly matcher: unknown;
}

/** Where an app may stand in its directory, in the order in which Next.js looks. */
const LEVELS = ["", "src/"];
const ROUTERS = ["pages", "app"];
/** The version that gave `middleware.ts` its other name. @see https://nextjs.org/docs/app/api-reference/file-conventions/proxy#version-history */
const PROXY_SINCE = 16;

/**
 * The middleware of the Next.js app in a directory, which ends with a slash. Next.js looks for it beside `app` or `pages` and nowhere
 * else: beside `src` it never runs for `src/app` (read in `next build`, and tried, with 16.4). Where neither is known, both levels count.
 */
export function nextMiddleware(file: FileModel, directory: string): NextMiddleware | undefined {
  const level = levelOf(file, directory);
  return middlewareAt(file, directory, level === undefined ? LEVELS : [level]);
}

/** A file of that name that Next.js does not run, as it stands on the other level. */
export function misplacedMiddleware(file: FileModel, directory: string): NextMiddleware | undefined {
  const level = levelOf(file, directory);
  return level === undefined ? undefined : middlewareAt(file, directory, LEVELS.filter((other) => other !== level));
}

/** Undefined: there is no router to be seen. */
function levelOf({ pass }: FileModel, directory: string): string | undefined {
  return LEVELS.find((level) => ROUTERS.some((router) => pass.stat(`${directory}${level}${router}`)?.kind === "directory"));
}

function middlewareAt(file: FileModel, directory: string, levels: readonly string[]): NextMiddleware | undefined {
  const names = (majorOf(file, "next") ?? PROXY_SINCE) < PROXY_SINCE ? ["middleware"] : ["proxy", "middleware"];
  for (const folder of levels) {
    for (const name of names) {
      for (const extension of ["ts", "js", "mjs", "tsx"]) {
        const module = file.project?.module(`${directory}${folder}${name}.${extension}`);
        if (module) return middlewareIn(file.tracer, module, name);
      }
    }
  }
  return undefined;
}

function middlewareIn(tracer: Tracer, module: ModuleFacts, name: string): NextMiddleware {
  const place = { module };
  const config = module.exports.get("config")?.value;
  const matcher = config && tracer.property({ value: config, place }, "matcher")[0];
  const value = (module.exports.get(name) ?? module.exports.get("default"))?.value;
  return { module, value: value && { value, place }, matcher: matcher && (plain(tracer, matcher, 0) ?? null) };
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

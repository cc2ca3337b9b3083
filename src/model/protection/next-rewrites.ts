import { FileCache } from "../../project/disk.ts";
import { glances } from "../../project/glance.ts";
import type { FileModel } from "../file.ts";
import type { Value } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";
import type { NextMiddleware } from "./next-middleware.ts";

/*
 * A request to one path may be answered by the page of another one, which a middleware does not get to see: by a setting of
 * next.config, and by the middleware itself.
 */

/** Settings by which an app's pages have other addresses than their files tell, or a middleware sees others. */
const MOVES = /\b(?:pageExtensions|skip(?:Middleware|Proxy)UrlNormalize)\b/u;
const settings = new FileCache<{ readonly rewrites: boolean; readonly moves: boolean }>(({ text }) => ({ rewrites: /\brewrites\b/u.test(text), moves: MOVES.test(text) }));
const rewriting = new FileCache<boolean>(({ text }) => /rewrite/iu.test(text));
/** Libraries whose middleware puts a language before the path, or translates it. */
const TRANSLATES = /\bi18n|\bintl\b|international/u;
/** Modules that a middleware is made of. */
const MAX_MODULES = 60;

/**
 * Whether a request may get to a page of the app under another path than the page's own.
 * @returns false: it does not, as far as the app's configuration and the middleware's code show
 */
export function mayRewrite(file: FileModel, directory: string, middleware: NextMiddleware): boolean {
  return file.pass.memo(file.settings, `rewrites\0${directory}`, () => rewritesByConfig(file, directory) || rewritesByCode(file, middleware));
}

function rewritesByConfig({ project, pass, tracer }: FileModel, directory: string): boolean {
  for (const extension of ["ts", "mts", "mjs", "js", "cjs"]) {
    const path = `${directory}/next.config.${extension}`;
    const found = settings.get(path, pass);
    if (!found) continue;
    const module = project?.module(path);
    const config = module?.exports.get("default")?.value;
    return found.moves || (found.rewrites && !(module && config && leadOutside(tracer, { value: config, place: { module } })));
  }
  return false;
}

/** All that the function `rewrites` answers leads to other hosts. */
function leadOutside(tracer: Tracer, config: Located): boolean {
  const functions = configsIn(tracer, config, 0).flatMap((found) => tracer.property(found, "rewrites")).flatMap((found) => tracer.functions(found));
  return functions.length > 0 && functions.every(({ fn, place }) => fn.returns.length > 0 && fn.returns.every((value) => isOutside(tracer, { value, place }, 0)));
}

/** A configuration, also in what plugins wrap around it: `withAnalyzer(config)`, `withErrors(options)(config)`. */
function configsIn(tracer: Tracer, config: Located, depth: number): readonly Located[] {
  return tracer.alternatives(config).flatMap((found) => {
    const { value, place } = found;
    if (value.kind !== "call") return [found];
    return depth > 4 ? [] : value.args.flatMap((arg) => configsIn(tracer, { value: arg, place }, depth + 1));
  });
}

/** A list of rewrites, or the three lists of an object. */
function isOutside(tracer: Tracer, located: Located, depth: number): boolean {
  const { value, place } = tracer.only(located) ?? located;
  const at = target(value);
  if (at.kind === "array") {
    return at.items.every((item) => tracer.property({ value: item, place }, "destination").some((found) => isOfOtherHost(found.value)));
  }
  return at.kind === "object" && depth === 0 && at.entries.every((entry) => entry.key !== undefined && isOutside(tracer, { value: entry.value, place }, 1));
}

function isOfOtherHost(value: Value): boolean {
  const at = target(value);
  const first = at.kind === "template" ? at.parts[0] : at;
  const text = first && constantOf(first);
  return text !== undefined && /^https?:\/\//u.test(text);
}

function rewritesByCode({ project, pass }: FileModel, { module: { path } }: NextMiddleware): boolean {
  if (!project || path === undefined) return true;
  const modules = new Set([path]);
  for (const module of modules) {
    const sources = glances.get(module, pass)?.sources;
    if (!sources || modules.size > MAX_MODULES || rewriting.get(module, pass) !== false) return true;
    for (const source of sources) {
      const inner = project.resolve(module, source);
      if (inner !== undefined) modules.add(inner);
      else if (TRANSLATES.test(source)) return true;
    }
  }
  return false;
}

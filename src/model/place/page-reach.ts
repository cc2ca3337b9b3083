import { glances } from "../../project/glance.ts";
import { packageJson } from "../../project/package-json.ts";
import { isOnItsOwn } from "../../project/packages.ts";
import type { Project } from "../../project/project.ts";
import { packageRoot } from "../../project/root.ts";
import { loadsByName } from "../../project/search.ts";
import { importersOf, sourceFiles } from "../../project/source-files.ts";
import { isTestPath } from "./runtime.ts";

/** Files that Next.js loads by their names, relative to the app's directory. */
const SPECIAL =
  /^(?:src\/)?(?:app\/(?:.*\/)?(?:page|layout|template|default|loading|error|global-error|global-not-found|not-found|forbidden|unauthorized|route|sitemap|robots|manifest|(?:opengraph|twitter)-image\d?|(?:apple-)?icon\d?)\.[cm]?[jt]sx?$|pages\/|[^/]*$)/u;
const PAGE = /^(?:src\/)?(?:app\/(?:.*\/)?page\.[jt]sx?$|pages\/(?!api\/|_)[^.]+\.[jt]sx?$)/u;
const ROUTE = /^(?:src\/)?(?:app\/(?:.*\/)?(?:page|route)\.[jt]sx?$|pages\/)/u;
/** What makes pages of files that are no scripts. */
export const MAKES_PAGES = /mdx|markdoc|contentlayer|velite|nextra|fumadocs/iu;
const QUESTION = {};

/**
 * Whether some page of a Next.js app may load a module. False needs proof: the app's pages were found, and nothing that any
 * of them imports leads there, by a name that is written.
 */
export function mayBeOnPage(path: string, project: Project): boolean {
  const { root, pass } = project;
  return pass.memo(QUESTION, `${root}\0${path}`, () => {
    const directory = packageRoot(path, root, pass);
    if (directory === undefined || (directory !== root && !isOnItsOwn(directory, root, pass))) return true;
    const found = leadingTo(path, directory, project);
    return !found || !areAllSeen(found, directory, project);
  });
}

/** The modules by which a page would lead to this one; undefined: a page does, or not all of them are known. */
function leadingTo(path: string, directory: string, project: Project): ReadonlySet<string> | undefined {
  const found = new Set([path]);
  for (const module of found) {
    if (SPECIAL.test(within(directory, module))) return undefined;
    const importers = importersOf(module, project);
    if (!importers) return undefined;
    for (const importer of importers) if (!isTestPath(within(project.root, importer))) found.add(importer);
  }
  return found;
}

/** The app has pages, and whatever its files load is known. */
function areAllSeen(modules: ReadonlySet<string>, directory: string, project: Project): boolean {
  const { pass } = project;
  const { files, isWhole } = sourceFiles(directory, pass);
  const manifest = packageJson(directory, pass);
  if (!isWhole || !files.some((file) => PAGE.test(within(directory, file))) || manifest?.dependencies.some((name) => MAKES_PAGES.test(name)) === true) return false;
  return isWhollyKnown(files, modules, directory, project);
}

/** By its place, relative to the app's directory, a file of which Next.js calls the exports. */
export function isLoadedByNext(path: string): boolean {
  return SPECIAL.test(path);
}

/** By its place, a page or a route of a Next.js app. */
export function isRunByNext(path: string): boolean {
  return ROUTE.test(path);
}

/**
 * All files but tests load others by names that are written, and none that can't be found may be one of these modules. A word
 * alone means a package, or stands in a query: `client.from("payments")`.
 */
export function isWhollyKnown(files: readonly string[], modules: ReadonlySet<string>, directory: string, project: Project): boolean {
  const { pass } = project;
  const names = new Set([...modules].map(nameOf));
  return files.every((file) => {
    if (modules.has(file) || isTestPath(within(project.root, file)) || within(directory, file).startsWith("scripts/")) return true;
    const sources = glances.get(file, pass)?.sources;
    return sources !== undefined && loadsByName.get(file, pass) === false && !sources.some((source) => source.includes("/") && names.has(nameOf(source)) && project.resolve(file, source) === undefined);
  });
}

/** The last part of a path or a specifier, by which a module is imported; of an index, that of its directory. */
function nameOf(path: string): string {
  const [last = "", above = ""] = path.replaceAll("\\", "/").split("/").reverse();
  const name = last.replace(/\.[cm]?[jt]sx?$/u, "");
  return name === "index" ? above : name;
}

function within(directory: string, path: string): string {
  return path.slice(directory.length + 1).replaceAll("\\", "/");
}

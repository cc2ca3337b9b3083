import { glances } from "../../project/glance.ts";
import { packageJson } from "../../project/package-json.ts";
import { dependentsOf } from "../../project/packages.ts";
import type { Project } from "../../project/project.ts";
import { packageRoot, within } from "../../project/root.ts";
import { loadsByName } from "../../project/search.ts";
import { importersOf, sourceFiles } from "../../project/source-files.ts";
import { isTestPath } from "./runtime.ts";

/** Parts of what Next.js renders: only these can be posted the id of a server action, all with their own directory's pages. */
const RENDERED = /^(?:src\/)?app\/(?:.*\/)?(?:page|layout|template|default|loading|error|global-error|global-not-found|not-found|forbidden|unauthorized)\.[cm]?[jt]sx?$/u;
/** Other files that Next.js loads by their names: they answer requests in their own way, and run no action by its id. */
const ANSWERING =
  /^(?:src\/)?(?:app\/(?:.*\/)?(?:route|sitemap|robots|manifest|(?:opengraph|twitter)-image\d?|(?:apple-)?icon\d?)\.[cm]?[jt]sx?$|pages\/|(?:middleware|proxy|instrumentation)\.[cm]?[jt]s$)/u;
/** The directory of configurations, and of what they bring along. */
const ROOT_FILE = /^(?:src\/)?[^/]*$/u;
/** Loaded by its name, whoever else imports it. */
const BROUGHT_ALONG = /^(?:src\/)?(?:instrumentation-client|mdx-components)\.|\.config\./u;
const PAGE = /^(?:src\/)?(?:app\/(?:.*\/)?page\.[jt]sx?$|pages\/(?!api\/|_)[^.]+\.[jt]sx?$)/u;
const ROUTE = /^(?:src\/)?(?:app\/(?:.*\/)?(?:page|route)\.[jt]sx?$|pages\/)/u;
/** What makes pages of files that are no scripts. */
export const MAKES_PAGES = /mdx|markdoc|contentlayer|velite|nextra|fumadocs/iu;

const isSpecial = (path: string): boolean => RENDERED.test(path) || ANSWERING.test(path) || ROOT_FILE.test(path);

const ON_PAGE = {};

/**
 * Whether some page of a Next.js app may load a module. False needs proof: the app's pages were found, and nothing that any
 * of them imports leads there, by a name that is written.
 */
export function mayBeOnPage(path: string, project: Project): boolean {
  return project.pass.memo(ON_PAGE, `${project.root}\0${path}`, () => {
    const directory = directoryOf(path, project);
    const found = directory === undefined ? undefined : leadingTo(path, project, (module) => !isInside(directory, module) || isSpecial(within(directory, module)));
    return directory === undefined || !found || !areAllSeen(found, directory, project);
  });
}

/** A route answers by its own methods: an id that is posted to it runs nothing. */
const ROUTE_HANDLER = /^(?:src\/)?app\/(?:.*\/)?route\.[cm]?[jt]sx?$/u;

const ON_RENDERED = {};

/**
 * Whether some page of a Next.js app may load a module, so that its server actions can be called there. Unlike
 * {@link mayBeOnPage}, what no more than route handlers load is on no page: of their workers Next.js runs no action.
 */
export function mayRunActions(path: string, project: Project): boolean {
  if (!mayBeOnPage(path, project)) return false;
  return project.pass.memo(ON_RENDERED, `${project.root}\0${path}`, () => {
    const directory = directoryOf(path, project);
    const isEnough = (module: string, of: string): boolean => !isInside(of, module) || (isSpecial(within(of, module)) && !ROUTE_HANDLER.test(within(of, module)));
    const found = directory === undefined ? undefined : leadingTo(path, project, (module) => isEnough(module, directory));
    return directory === undefined || !found || !areAllSeen(found, directory, project);
  });
}

/** What an app renders a module with. */
interface Rendering {
  /** The app's directory. */
  readonly directory: string;
  /** Pages, layouts and their like, relative to it. */
  readonly files: readonly string[];
}

const RENDERING = {};

/**
 * Which pages, layouts and other parts of pages of a Next.js app load a module, directly or through others.
 * @returns undefined where there may be more of them than can be told
 */
export function renderedWith(path: string, project: Project): Rendering | undefined {
  return project.pass.memo(RENDERING, `${project.root}\0${path}`, () => {
    const directory = directoryOf(path, project);
    if (directory === undefined) return undefined;
    const found = leadingTo(path, project, (module) => {
      if (!isInside(directory, module)) return true;
      const at = within(directory, module);
      if (!ROOT_FILE.test(at) || ANSWERING.test(at)) return false;
      // What nothing imports, something else than the app's code may load.
      return BROUGHT_ALONG.test(at) || (importersOf(module, project)?.length ?? 0) === 0;
    });
    if (!found || !areAllSeen(found, directory, project)) return undefined;
    return { directory, files: [...found].map((module) => within(directory, module)).filter((at) => RENDERED.test(at) && !/\/_[^/]*\//u.test(at)) };
  });
}

/** The directory of an app, where it is known which other packages of the workspace depend on it. */
function directoryOf(path: string, project: Project): string | undefined {
  const directory = packageRoot(path, project.root, project.pass);
  return directory === undefined || !dependents(directory, project) ? undefined : directory;
}

/** Packages whose files may load those of an app. */
function dependents(directory: string, { root, pass }: Project): readonly string[] | undefined {
  const found = directory === root ? [] : dependentsOf(directory, root, pass);
  // All files of a workspace's root are those of its members, too.
  return found?.some((other) => isInside(other, directory)) === true ? undefined : found;
}

/**
 * The modules by which a page would lead to this one, and itself.
 * @param isEnough asked of each of them: with this one, the question is settled
 * @returns undefined: it was settled so, or not all of them are known
 */
function leadingTo(path: string, project: Project, isEnough: (module: string) => boolean): ReadonlySet<string> | undefined {
  const found = new Set([path]);
  for (const module of found) {
    if (isEnough(module)) return undefined;
    const importers = importersOf(module, project);
    if (!importers) return undefined;
    for (const importer of importers) {
      // Of a page or a layout others take no more than types, if anything: only then is it worth reading them.
      const mayTakeTypes = PART_OF_PAGE.test(module) && !found.has(importer);
      if (!isTestPath(within(project.root, importer)) && !(mayTakeTypes && !takesCode(importer, module, project))) found.add(importer);
    }
  }
  return found;
}

/** By its name alone, a page or a layout. */
const PART_OF_PAGE = /[/\\](?:page|layout|template|default|loading|error)\.[cm]?[jt]sx?$/u;

/** Something of a module runs with the importer: more than its types are taken. True where that is not known. */
export function takesCode(importer: string, path: string, project: Project): boolean {
  const parts = project.module(importer)?.parts;
  if (!parts) return true;
  const sources = [...parts.loads, ...parts.parts.flatMap(({ loads }) => loads.map(({ what }) => what))];
  return sources.some((source) => project.resolve(importer, source) === path);
}

/** The app has pages, and whatever its files load is known, and those of packages that depend on it. */
function areAllSeen(modules: ReadonlySet<string>, directory: string, project: Project): boolean {
  const { pass } = project;
  if (!sourceFiles(directory, pass).files.some((file) => PAGE.test(within(directory, file)))) return false;
  return [directory, ...(dependents(directory, project) ?? [])].every((of) => {
    const { files, isWhole } = sourceFiles(of, pass);
    const makesPages = packageJson(of, pass)?.dependencies.some((name) => MAKES_PAGES.test(name)) === true;
    return isWhole && !makesPages && isWhollyKnown(files, modules, of, project);
  });
}

/** By its place, relative to the app's directory, a file of which Next.js calls the exports. */
export function isLoadedByNext(path: string): boolean {
  return isSpecial(path);
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

const isInside = (directory: string, path: string): boolean => path.startsWith(directory) && /^[\\/]/u.test(path.slice(directory.length));

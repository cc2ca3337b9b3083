import type { Project } from "../../project/project.ts";
import { importersOf } from "../../project/source-files.ts";
import { identifiers } from "../../project/search.ts";
import type { FileModel } from "../file.ts";
import type { ModuleFacts } from "../values/ir.ts";
import { mayBeOnPage, mayRunActions, takesCode } from "./page-reach.ts";
import { isCallee, isRuntimeReference, type Taken } from "./name-uses.ts";
import type { ModuleParts, Use } from "./parts.ts";
import { isTestPath, majorOf, runtimeOf } from "./runtime.ts";
import { within } from "../../project/root.ts";

/** Since this version of Next.js the ids of server actions can't be guessed. */
const SECRET_IDS = 15;

/** Files of an app that Next.js itself runs, all of them on servers; what is for browsers says so in its first line. */
const APP_FILE =
  /(?:^|\/)(?:page|layout|template|default|loading|not-found|forbidden|unauthorized|route|sitemap|robots|manifest|(?:opengraph|twitter)-image\d?|(?:apple-)?icon\d?)\.[cm]?[jt]sx?$/u;
const ROOT_FILE = /(?:^|\/)(?:middleware|proxy|instrumentation)\.[cm]?[jt]sx?$/u;

const isEntry = (path: string): boolean => ROOT_FILE.test(path) || /(?:^|\/)pages\/api\//u.test(path) || (/(?:^|\/)app\//u.test(path) && APP_FILE.test(path));

/**
 * Whether browsers may get to know the id by which they call a server action that a module exports. Next.js takes a call of
 * whoever sends the id. It puts the ids of those actions into what browsers get that client modules use, or that a page
 * hands over; no other part of the build that is public holds any
 * (https://nextjs.org/docs/app/guides/data-security#built-in-server-actions-security-features; tried with Next.js 16.4).
 *
 * False needs proof: importers are found, and each use in each of them is a call in a module that only servers run; or no page
 * leads to the module.
 */
export function mayReachBrowsers(file: FileModel, name: string): boolean {
  const { project, path } = file;
  if (!project || path === undefined) return true;
  if (!isCompiled(file)) return false;
  if ((majorOf(file, "next") ?? 0) < SECRET_IDS || isHandedOn(file, name)) return true;
  const isImported = (importersOf(path, project)?.length ?? 0) > 0;
  // Next.js calls what a page exports (`generateMetadata`), and tells nobody its id.
  if (!isImported) return !isEntry(file.relativePath);
  return new Reach(file, project).isHandedOut(path, name);
}

/**
 * Whether Next.js may compile a file of an app, and give its actions ids that can be posted. What no page leads to is no part of the
 * app, and neither is what nothing imports: such a file, and one that only its like imports, has no entry in the manifest of actions
 * (tried with Next.js 14.0, 14.1, 14.2, 15.1 and 16.4). What route handlers alone import has one, for them, and they run no actions.
 * @returns false only with proof, as {@link mayRunActions} gives it: the app has pages, and all that they load is known
 */
export function isCompiled(file: FileModel): boolean {
  const { project, path } = file;
  return !project || path === undefined || majorOf(file, "next") === undefined || mayRunActions(path, project);
}

/** In its own file something else is done with it than calling it. */
function isHandedOn({ parts, evaluator }: FileModel, name: string): boolean {
  const exported = parts.exported.get(name);
  if (!exported || !("local" in exported)) return true;
  const scope = evaluator.scopeManager.scopes.find(({ type }) => type === "module");
  const references = scope?.set.get(exported.local)?.references ?? [];
  return references.some((reference) => {
    const { identifier } = reference;
    const isExport = /^Export(?:Specifier|DefaultDeclaration)$/u.test(identifier.parent.type);
    return !reference.init && !isExport && isRuntimeReference(reference) && !isCallee(identifier);
  });
}

/** Looks through the modules that import an action. */
class Reach {
  readonly #file: FileModel;
  readonly #project: Project;
  readonly #seen = new Set<string>();
  readonly #onServers = new Map<string, boolean>();

  constructor(file: FileModel, project: Project) {
    this.#file = file;
    this.#project = project;
  }

  /** Somewhere something else is done with an export than calling it on a server. */
  isHandedOut(path: string, name: string): boolean {
    const key = `${path}#${name}`;
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return importersOf(path, this.#project)?.some((importer) => this.#handsOut(importer, path, name)) ?? true;
  }

  #handsOut(importer: string, path: string, name: string): boolean {
    if (isTestPath(this.#relative(importer)) || !mayBeOnPage(importer, this.#project)) return false;
    const parts = this.#project.module(importer)?.parts;
    if (!parts) return true;
    const isMeant = (source: string): boolean => this.#project.resolve(importer, source) === path;
    // What is taken of a module that is loaded when it is needed has its name somewhere.
    const loaded = parts.parts.flatMap(({ loads }) => loads.flatMap(({ what, taken }) => (isMeant(what) ? [taken] : [])));
    const taken = takenOf(loaded, name);
    if (!taken && (identifiers.get(importer, this.#project.pass)?.has(name) ?? true)) return true;
    if (parts.stars.some(isMeant) && this.isHandedOut(importer, name)) return true;
    for (const [as, exported] of parts.exported) {
      // `import { save } from "./actions"; export { save };`
      const from = "local" in exported ? parts.imported.get(exported.local) : exported;
      if (!from || !isMeant(from.source)) continue;
      if (from.name === "*" || (from.name === name && this.isHandedOut(importer, as))) return true;
    }
    const uses = [...usesOf(parts, isMeant, name), ...(taken ?? [])];
    return uses.length > 0 && !(uses.every(({ isCalled }) => isCalled) && this.#isOnServers(importer));
  }

  /** Nothing but servers runs the module: by what it says, by its place, or because that is so of all that import it. */
  #isOnServers(path: string): boolean {
    const known = this.#onServers.get(path);
    if (known !== undefined) return known;
    // Of modules that import each other, the others decide.
    this.#onServers.set(path, true);
    const found = this.#findOnServers(path);
    this.#onServers.set(path, found);
    return found;
  }

  #findOnServers(path: string): boolean {
    const facts = this.#project.module(path);
    const place = facts && this.#placeOf(path, facts);
    if (place === undefined || place === "browser") return false;
    if (place === "server" || isEntry(this.#relative(path))) return true;
    const importers = importersOf(path, this.#project)?.filter((importer) => !isTestPath(this.#relative(importer)) && takesCode(importer, path, this.#project));
    // A script is run by itself; a component in a folder called `tools` is imported.
    if (importers?.length === 0) return place === "build" || place === "test";
    return importers?.every((importer) => this.#isOnServers(importer)) ?? false;
  }

  #placeOf(path: string, { parts, directives, exports }: ModuleFacts): ReturnType<typeof runtimeOf>["place"] {
    const { settings, pass } = this.#file;
    const { root } = this.#project;
    return runtimeOf({ path, relativePath: this.#relative(path), root, pass, settings, directives, sources: new Set(parts.loads), exports }).place;
  }

  #relative(path: string): string {
    return within(this.#project.root, path);
  }
}

/** The uses of an export of a module that is loaded when it is needed; undefined: not all of them are known. */
function takenOf(loaded: readonly (readonly Taken[] | undefined)[], name: string): readonly Taken[] | undefined {
  const found = loaded.filter((taken) => taken !== undefined);
  // Of CommonJS, a default export holds all others.
  if (found.length < loaded.length || found.some((taken) => taken.some((use) => use.name === "default"))) return undefined;
  return found.flat().filter((use) => use.name === name);
}

/** What a module does with an export of another one; a namespace that is handed on whole is used in all its members. */
function usesOf({ imported, parts }: ModuleParts, isMeant: (source: string) => boolean, name: string): readonly Pick<Use, "isCalled">[] {
  return [...imported].flatMap(([local, from]) => {
    if (!isMeant(from.source)) return [];
    const isNamespace = from.name === "*";
    if (!isNamespace && from.name !== name) return [];
    const uses = parts.flatMap((part) => part.uses.filter((use) => use.name === local));
    if (!isNamespace) return uses.map(({ member, isCalled }) => ({ isCalled: isCalled && member === undefined }));
    return uses.filter(({ member }) => member === undefined || member === name);
  });
}

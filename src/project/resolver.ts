import { hasDisk, isBuiltin, isInside, listDirectory, type Pass, path, upTo } from "./disk.ts";
import { packageJson } from "./package-json.ts";
import { packageEntry } from "./package-exports.ts";
import { findPackage, isOwn } from "./packages.ts";
import { isSource, packageMain, probe } from "./probe.ts";
import { mappedPaths, type ModuleConfig, moduleConfigOf } from "./tsconfig.ts";

export interface ResolveContext {
  /** From {@link findRoot}; nothing outside is an answer. */
  readonly root: string;
  readonly pass: Pass;
}

/** A directory in which imports are written, free of links, as is the root. */
interface Surroundings {
  readonly directory: string;
  readonly root: string;
}

/** Where an import is written. Configs and manifests are looked for when a specifier needs them. */
interface Place extends Surroundings {
  readonly file: string;
  readonly pass: Pass;
}

const PLACES = {};
const RELATIVE = {};
const NO_CONFIG = {};

type Answers = Map<string, string | undefined>;

/**
 * The project's source files that the imports of one file mean, as absolute paths without links. Scripts, and .vue,
 * .svelte and .astro files.
 *
 * Undefined: a package in node_modules, a built-in or virtual module, an asset, a file outside the root or missing, a
 * specifier that only a bundler's configuration explains, or no file system. Never throws. Everything that the answer
 * depends on is looked at afresh in each pass: after a change the next pass answers as a new process would.
 */
export class ImportsOf {
  readonly #place: Place | undefined;
  /** What is relative means the same in all files of a directory. */
  readonly #relative: Answers | undefined;
  /** A package means the same in all files below a package.json that one config governs. */
  #byName: Answers | undefined;
  #config: ModuleConfig | undefined;

  constructor(fromFile: string, { root, pass }: ResolveContext) {
    if (!hasDisk || !path.isAbsolute(fromFile)) return;
    const written = path.dirname(fromFile);
    const around = pass.memo(PLACES, `${root}\0${written}`, () => surroundingsOf(written, root, pass));
    if (!around) return;
    this.#place = { ...around, file: path.join(around.directory, path.basename(fromFile)), pass };
    this.#relative = pass.memo(RELATIVE, `${around.root}\0${around.directory}`, (): Answers => new Map());
  }

  resolve(specifier: string): string | undefined {
    const place = this.#place;
    if (!place || isForeign(specifier)) return undefined;
    const answers = (isRelative(specifier) ? this.#relative : undefined) ?? this.#namesFrom(place);
    const known = answers.get(specifier);
    if (known !== undefined || answers.has(specifier)) return known;
    const found = locate(specifier, this.#config, place);
    const answer = found !== undefined && isSource(found) && isOwn(found, place.root) ? found : undefined;
    answers.set(specifier, answer);
    return answer;
  }

  #namesFrom(place: Place): Answers {
    if (this.#byName) return this.#byName;
    this.#config = moduleConfigOf(place.file, place.root, place.pass);
    this.#byName = place.pass.memo(this.#config ?? NO_CONFIG, scopeOf(place), (): Answers => new Map());
    return this.#byName;
  }
}

function isRelative(specifier: string): boolean {
  return /^\.\.?(?:\/|$)/u.test(specifier);
}

const SCOPES = {};

/** The nearest directory that has a say in what a package's name means; with the root, which bounds the search. */
function scopeOf({ directory, root, pass }: Place): string {
  return pass.memo(SCOPES, `${root}\0${directory}`, () => {
    for (const at of upTo(directory, root)) {
      const entries = listDirectory(at, pass)?.entries;
      if (entries?.has("package.json") || entries?.has("node_modules")) return `${root}\0${at}`;
    }
    return `${root}\0${root}`;
  });
}

/** URLs and virtual modules, absolute and loader-prefixed paths, Vite's `?raw`, and what is no specifier at all. */
function isForeign(specifier: string): boolean {
  return specifier === "" || /^(?:[\w+.-]+:|[\\/])|[?!\0]/u.test(specifier);
}

function surroundingsOf(written: string, root: string, pass: Pass): Surroundings | undefined {
  const realRoot = listDirectory(root, pass)?.real;
  if (realRoot === undefined) return undefined;
  const directory = listDirectory(written, pass)?.real ?? written;
  return isInside(directory, realRoot) ? { directory, root: realRoot } : undefined;
}

const PACKAGE_DIRECTORIES = {};

function packageDirectoryOf({ directory, root, pass }: Place): string | undefined {
  return pass.memo(PACKAGE_DIRECTORIES, directory, () => {
    for (const at of upTo(directory, root)) {
      if (listDirectory(at, pass)?.entries.has("package.json")) return at;
    }
    return undefined;
  });
}

function locate(specifier: string, config: ModuleConfig | undefined, place: Place): string | undefined {
  if (isRelative(specifier)) return locateRelative(specifier, place);
  if (isBuiltin(specifier)) return undefined;
  const { pass, root } = place;
  const mapped = config && mappedPaths(config, specifier);
  for (const target of mapped ?? []) {
    const found = isInside(target, root) ? probe(target, pass) : undefined;
    if (found) return found;
  }
  if (specifier.startsWith("#")) return locateImports(specifier, config, place);
  return (
    locateFromBaseUrl(specifier, config, place) ??
    locateInPackage(specifier, config, place) ??
    (mapped ? undefined : locateByConvention(specifier, place))
  );
}

function locateRelative(specifier: string, { directory, root, pass }: Place): string | undefined {
  const target = path.resolve(directory, specifier);
  if (!isInside(target, root)) return undefined;
  return probe(/(?:^|\/)\.{0,2}$/u.test(specifier) ? target + path.sep : target, pass);
}

function locateImports(specifier: string, config: ModuleConfig | undefined, place: Place): string | undefined {
  const { pass } = place;
  const packageDirectory = packageDirectoryOf(place);
  if (packageDirectory === undefined || !packageJson(packageDirectory, pass)?.hasImports) return undefined;
  return packageEntry(packageDirectory, specifier, config?.customConditions ?? [], pass);
}

function locateFromBaseUrl(
  specifier: string,
  config: ModuleConfig | undefined,
  { root, pass }: Place,
): string | undefined {
  if (config?.baseUrl === undefined || !isInside(config.baseUrl, root)) return undefined;
  return probe(path.join(config.baseUrl, specifier), pass);
}

const PACKAGE_NAME = /^(@[^/]+\/[^/]+|[^/@.~$][^/]*)(?:\/(.+))?$/u;

function locateInPackage(specifier: string, config: ModuleConfig | undefined, place: Place): string | undefined {
  const [, name, subpath] = PACKAGE_NAME.exec(specifier) ?? [];
  if (name === undefined) return undefined;
  const { directory, root, pass } = place;
  const packageDirectory = packageDirectoryOf(place);
  const own = packageDirectory === undefined ? undefined : packageJson(packageDirectory, pass);
  // Node.js lets a package import itself by name only through its exports.
  const itself = own?.name === name && own.hasExports ? packageDirectory : undefined;
  const found = itself === undefined ? findPackage(name, directory, root, pass) : { directory: itself, own: true };
  if (!found?.own) return undefined;
  const manifest = packageJson(found.directory, pass);
  if (manifest?.hasExports && manifest.name !== undefined) {
    const request = subpath === undefined ? manifest.name : `${manifest.name}/${subpath}`;
    return packageEntry(found.directory, request, config?.customConditions ?? [], pass);
  }
  return subpath === undefined ? packageMain(found.directory, pass) : probe(path.join(found.directory, subpath), pass);
}

/**
 * Aliases that frameworks have without any configuration: `$lib` (SvelteKit), `~/` and `@/` (Nuxt, Vue, SolidStart),
 * `~~/` and `@@/` (Nuxt). Their generated tsconfig may not have been made yet. None can be a package's name.
 */
function locateByConvention(specifier: string, place: Place): string | undefined {
  const [, alias, rest] = /^(\$lib|~~|@@|~|@)(?:\/(.*))?$/u.exec(specifier) ?? [];
  if (alias === undefined || (rest === undefined && alias !== "$lib")) return undefined;
  const { root, pass } = place;
  const top = packageDirectoryOf(place) ?? root;
  for (const source of sourceDirectories(alias, top, pass)) {
    const found = probe(path.join(top, source, rest ?? ""), pass);
    if (found) return found;
  }
  return undefined;
}

function sourceDirectories(alias: string, top: string, pass: Pass): readonly string[] {
  if (alias === "$lib") return ["src/lib"];
  if (alias.length === 2) return [""];
  const names = [...(listDirectory(top, pass)?.entries.keys() ?? [])];
  return names.some((name) => name.startsWith("nuxt.config.")) ? ["app", "src", ""] : ["src", "app", ""];
}

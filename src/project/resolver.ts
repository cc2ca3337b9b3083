import { hasDisk, isBuiltin, isInside, listDirectory, type Pass, path, upTo } from "./disk.ts";
import { packageJson } from "./package-json.ts";
import { keptText } from "../kept-text.ts";
import { packageEntry } from "./package-exports.ts";
import { findPackage, isOwn } from "./packages.ts";
import { isSource, packageMain, probe } from "./probe.ts";
import { mappedPaths, type ModuleConfig, moduleConfigOf } from "./tsconfig.ts";

export interface ResolveContext {
  /** From {@link findRoot}; nothing outside is an answer. */
  readonly root: string;
  readonly pass: Pass;
}

type Answers = Map<string, string | undefined>;

/** A directory in which imports are written, free of links, as is the root. */
interface Surroundings {
  readonly directory: string;
  readonly root: string;
  /** What is relative means the same in all files of the directory. */
  readonly relative: Answers;
  /** So do names, where one config governs all of them. */
  names: Names | undefined;
}

/** What names mean in the files below a package.json that one config governs. */
interface Names {
  readonly config: ModuleConfig | undefined;
  readonly answers: Answers;
}

/** Where an import is written. Configs and manifests are looked for when a specifier needs them. */
interface Place {
  readonly directory: string;
  readonly root: string;
  readonly pass: Pass;
}

const PLACES = {};
const NO_CONFIG = {};

/**
 * The project's source files that the imports of one file mean, as absolute paths without links. Scripts, and .vue,
 * .svelte and .astro files.
 *
 * Undefined: a package in node_modules, a built-in or virtual module, an asset, a file outside the root or missing, a
 * specifier that only a bundler's configuration explains, or no file system. Never throws. Everything that the answer
 * depends on is looked at afresh in each pass: after a change the next pass answers as a new process would.
 */
export class ImportsOf {
  readonly #file: string;
  readonly #pass: Pass;
  readonly #around: Surroundings | undefined;
  #names: Names | undefined;

  constructor(fromFile: string, { root, pass }: ResolveContext) {
    this.#file = fromFile;
    this.#pass = pass;
    if (!hasDisk || !path.isAbsolute(fromFile)) return;
    const written = path.dirname(fromFile);
    this.#around = pass.memo(PLACES, `${root}\0${written}`, () => surroundingsOf(written, root, pass));
  }

  resolve(specifier: string): string | undefined {
    const around = this.#around;
    if (!around) return undefined;
    const names = isRelative(specifier) ? undefined : (this.#names ??= around.names ?? this.#namesIn(around));
    const answers = names?.answers ?? around.relative;
    const known = answers.get(specifier);
    if (known !== undefined || answers.has(specifier)) return known;
    const { directory, root } = around;
    const found = isForeign(specifier) ? undefined : locate(specifier, names?.config, { directory, root, pass: this.#pass });
    const answer = found !== undefined && isSource(found) && isOwn(found, root) ? found : undefined;
    answers.set(keptText(specifier), answer);
    return answer;
  }

  #namesIn(around: Surroundings): Names {
    const { directory, root } = around;
    const pass = this.#pass;
    const { config, forAll } = moduleConfigOf(path.join(directory, path.basename(this.#file)), root, pass);
    const answers = pass.memo(config ?? NO_CONFIG, scopeOf({ directory, root, pass }), (): Answers => new Map());
    const names = { config, answers };
    if (forAll) around.names = names;
    return names;
  }
}

/** Begins with `./` or `../`, or is `.` or `..`. */
function isRelative(specifier: string): boolean {
  if (!specifier.startsWith(".")) return false;
  const next = specifier[1] === "." ? specifier[2] : specifier[1];
  return next === undefined || next === "/";
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
  return isInside(directory, realRoot) ? { directory, root: realRoot, relative: new Map(), names: undefined } : undefined;
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

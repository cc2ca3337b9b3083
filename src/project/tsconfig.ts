import { FileCache, isInside, listDirectory, type Pass, path, upTo } from "./disk.ts";
import { members, parseLenientJson, strings } from "./jsonc.ts";
import { packageJson } from "./package-json.ts";
import { findPackage } from "./packages.ts";

/** What a tsconfig.json or jsconfig.json says, with what it extends, about where modules are. */
export interface ModuleConfig {
  /** Exact keys first, then the longest prefixes. */
  readonly paths: readonly PathPattern[];
  readonly baseUrl: string | undefined;
  readonly customConditions: readonly string[];
  /** `verbatimModuleSyntax`: imports stay although nothing uses them as values. */
  readonly keepsImports: boolean;
}

interface PathPattern {
  readonly prefix: string;
  /** Undefined: the key has no `*` and is matched as a whole. */
  readonly suffix: string | undefined;
  /** Absolute, with `*` where the key has it. */
  readonly targets: readonly string[];
}

/** A value as written, and the directory of the config that it is written in. */
interface Placed<T> {
  readonly value: T;
  readonly directory: string;
}

interface RawConfig {
  readonly extends: readonly string[];
  readonly references: readonly string[];
  readonly paths: Placed<Readonly<Record<string, readonly string[]>>> | undefined;
  readonly baseUrl: Placed<string> | undefined;
  readonly files: Placed<readonly string[]> | undefined;
  readonly include: Placed<readonly string[]> | undefined;
  readonly exclude: Placed<readonly string[]> | undefined;
  readonly customConditions: readonly string[] | undefined;
  readonly keepsImports: boolean | undefined;
}

interface Config extends ModuleConfig {
  readonly references: readonly string[];
  /** Absolute paths, and absolute globs as segments. */
  readonly files: readonly string[];
  readonly include: readonly (readonly string[])[];
  readonly exclude: readonly (readonly string[])[];
}

const MAX_EXTENDS = 16;
const MAX_REFERENCES = 64;

const rawConfigs = new FileCache<RawConfig>(({ path: file, text }) => {
  const json = members(parseLenientJson(text));
  const options = members(json["compilerOptions"]);
  const directory = path.dirname(file);
  const list = (value: unknown) => (Array.isArray(value) ? { value: strings(value), directory } : undefined);
  const references = Array.isArray(json["references"]) ? json["references"] : [];
  return {
    extends: strings(json["extends"]),
    references: references.flatMap((reference) => strings(members(reference)["path"])),
    paths: options["paths"] === undefined ? undefined : { value: pathsOf(options["paths"]), directory },
    baseUrl: typeof options["baseUrl"] === "string" ? { value: options["baseUrl"], directory } : undefined,
    files: list(json["files"]),
    include: list(json["include"]),
    exclude: list(json["exclude"]),
    customConditions: Array.isArray(options["customConditions"]) ? strings(options["customConditions"]) : undefined,
    keepsImports: typeof options["verbatimModuleSyntax"] === "boolean" ? options["verbatimModuleSyntax"] : undefined,
  };
});

function pathsOf(value: unknown): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(members(value)).map(([key, targets]) => [key, strings(targets)]));
}

const NEAREST = {};

/**
 * The config that governs a file: the nearest one, from the file up to the root, that includes it, by itself or
 * through a project that it references; where none does (scripts, tests), the nearest with anything to say.
 * A config that is broken, or extends something missing, counts with what can be made out.
 *
 * @param file absolute and free of links, as is `root`
 */
export function moduleConfigOf(file: string, root: string, pass: Pass): Governing {
  const candidates = candidatesFor(path.dirname(file), root, pass);
  // Most projects have one config: no need to see whether it includes the file.
  if (!candidates.some(saysSomething)) return { config: undefined, forAll: true };
  const [only, ...others] = candidates;
  if (only && others.length === 0 && saysWhere(only)) return { config: only, forAll: true };
  const config = pass.memo(NEAREST, file, () => candidates.find((candidate) => covers(candidate, file)) ?? candidates.find(saysWhere));
  return { config, forAll: false };
}

/** The config that governs a file, if any, and whether all files of its directory are sure to have the same. */
interface Governing {
  readonly config: ModuleConfig | undefined;
  readonly forAll: boolean;
}

const CANDIDATES = {};

/** The configs that may govern the files of a directory, the nearest first, each before the projects it references. */
function candidatesFor(start: string, root: string, pass: Pass): readonly Config[] {
  return pass.memo(CANDIDATES, start, () =>
    [...upTo(start, root)].flatMap((directory) => {
      const entries = listDirectory(directory, pass)?.entries;
      const name = ["tsconfig.json", "jsconfig.json"].find((candidate) => entries?.has(candidate));
      return name === undefined ? [] : projectsOf(path.join(directory, name), root, pass);
    }),
  );
}

function saysWhere({ paths, baseUrl }: Config): boolean {
  return paths.length > 0 || baseUrl !== undefined;
}

function saysSomething(config: Config): boolean {
  return saysWhere(config) || config.customConditions.length > 0 || config.keepsImports;
}

/** Where `paths` send a specifier, in order; undefined where no pattern matches it. */
export function mappedPaths(config: ModuleConfig, specifier: string): readonly string[] | undefined {
  for (const { prefix, suffix, targets } of config.paths) {
    if (suffix === undefined) {
      if (specifier === prefix) return targets;
    } else if (
      specifier.length >= prefix.length + suffix.length &&
      specifier.startsWith(prefix) &&
      specifier.endsWith(suffix)
    ) {
      const star = specifier.slice(prefix.length, specifier.length - suffix.length);
      return targets.map((target) => path.normalize(target.replace("*", () => star)));
    }
  }
  return undefined;
}

/** A config and, in order, the projects that it references, and they in turn. */
function projectsOf(file: string, root: string, pass: Pass): readonly Config[] {
  const queue = [file];
  const projects: Config[] = [];
  for (let at = 0; at < queue.length && at < MAX_REFERENCES; at++) {
    const config = configAt(queue[at] ?? "", root, pass);
    if (!config) continue;
    projects.push(config);
    for (const reference of config.references) {
      const target = pass.stat(reference)?.kind === "directory" ? path.join(reference, "tsconfig.json") : reference;
      if (!queue.includes(target) && isInside(target, root)) queue.push(target);
    }
  }
  return projects;
}

const CONFIGS = {};
interface Merged {
  readonly config: Config;
  readonly sources: readonly (RawConfig | undefined)[];
}
const merged = new Map<string, Merged>();

function configAt(file: string, root: string, pass: Pass): Config | undefined {
  return pass.memo(CONFIGS, file, () => {
    const raw = rawConfigs.get(file, pass);
    if (!raw) return undefined;
    const sources = [raw, ...basesOf(raw, path.dirname(file), root, pass, 0)];
    const known = merged.get(file);
    // A parsed file is the same object until the file changes.
    if (known?.sources.length === sources.length && known.sources.every((source, at) => source === sources[at])) {
      return known.config;
    }
    const config = merge(sources, path.dirname(file), raw.references);
    merged.set(file, { config, sources });
    return config;
  });
}

/** What a config extends, the strongest first: later entries of `extends` win, and each wins over its own bases. */
function basesOf(raw: RawConfig, directory: string, root: string, pass: Pass, depth: number): RawConfig[] {
  if (depth >= MAX_EXTENDS) return [];
  return raw.extends.toReversed().flatMap((specifier) => {
    const file = extendedFile(specifier, directory, root, pass);
    const base = file === undefined ? undefined : rawConfigs.get(file, pass);
    return base && file !== undefined ? [base, ...basesOf(base, path.dirname(file), root, pass, depth + 1)] : [];
  });
}

function extendedFile(specifier: string, directory: string, root: string, pass: Pass): string | undefined {
  if (/^\.\.?(?:[\\/]|$)/u.test(specifier) || path.isAbsolute(specifier)) {
    return firstConfig(path.resolve(directory, specifier), root, pass);
  }
  const [, name, subpath] = /^(@[^/]+\/[^/]+|[^/@]+)(?:\/(.*))?$/u.exec(specifier) ?? [];
  const found = name === undefined ? undefined : findPackage(name, directory, root, pass);
  if (!found) return undefined;
  const place = subpath ?? packageJson(found.directory, pass)?.tsconfig ?? "";
  return firstConfig(path.join(found.directory, place), root, pass);
}

function firstConfig(place: string, root: string, pass: Pass): string | undefined {
  return [place, `${place}.json`, path.join(place, "tsconfig.json")].find(
    (file) => pass.stat(file)?.kind === "file" && isInside(file, root),
  );
}

function merge(sources: readonly RawConfig[], directory: string, references: readonly string[]): Config {
  const first = <Key extends keyof RawConfig>(key: Key): RawConfig[Key] | undefined =>
    sources.find((source) => source[key] !== undefined)?.[key];
  const placed = ({ directory: from }: Placed<unknown>, value: string) =>
    value.startsWith("${configDir}") ? path.join(directory, value.slice(12)) : path.resolve(from, value);
  const globs = (list: Placed<readonly string[]>) => list.value.map((glob) => globSegments(placed(list, glob)));

  const baseUrl = first("baseUrl");
  const base = baseUrl && placed(baseUrl, baseUrl.value);
  const paths = first("paths");
  const files = first("files");
  const include = first("include") ?? (files ? undefined : { value: ["**/*"], directory });
  const exclude = first("exclude");
  return {
    baseUrl: base,
    paths: paths ? pathPatterns(paths.value, (target) => placed({ ...paths, directory: base ?? paths.directory }, target)) : [],
    customConditions: first("customConditions") ?? [],
    keepsImports: first("keepsImports") ?? false,
    references: references.map((reference) => path.resolve(directory, reference)),
    files: files ? files.value.map((file) => placed(files, file)) : [],
    include: include ? globs(include) : [],
    exclude: exclude ? globs(exclude) : [],
  };
}

function pathPatterns(
  paths: Readonly<Record<string, readonly string[]>>,
  resolve: (target: string) => string,
): readonly PathPattern[] {
  return Object.entries(paths)
    .map(([key, targets]) => {
      const star = key.indexOf("*");
      return {
        prefix: star < 0 ? key : key.slice(0, star),
        suffix: star < 0 ? undefined : key.slice(star + 1),
        targets: targets.map(resolve),
      };
    })
    .sort((a, b) => rank(b) - rank(a));
}

function rank({ prefix, suffix }: PathPattern): number {
  return suffix === undefined ? Number.MAX_SAFE_INTEGER : prefix.length;
}

function covers(config: Config, file: string): boolean {
  if (config.files.includes(file)) return true;
  const segments = file.split(path.sep);
  if (segments.includes("node_modules")) return false;
  return (
    config.include.some((glob) => matchSegments(glob, segments)) &&
    !config.exclude.some((glob) => matchSegments(glob, segments))
  );
}

/** A name without extension or wildcard stands for the directory with all that is in it. */
function globSegments(glob: string): readonly string[] {
  const segments = glob.split(path.sep);
  const last = segments.at(-1) ?? "";
  if (last === "**") return [...segments, "*"];
  return /[.*?]/u.test(last) ? segments : [...segments, "**", "*"];
}

/** Whether a path matches a glob of TypeScript's kind (`*`, `?`, `**` for any directories), in linear space. */
function matchSegments(glob: readonly string[], segments: readonly string[]): boolean {
  // reachable[n]: the glob's parts so far can match the first n segments.
  let reachable = [true, ...segments.map(() => false)];
  for (const part of glob) {
    const next = segments.map(() => false);
    next.unshift(part === "**" && reachable[0] === true);
    for (let n = 1; n <= segments.length; n++) {
      next[n] =
        part === "**"
          ? reachable[n] === true || next[n - 1] === true
          : reachable[n - 1] === true && matchName(part, segments[n - 1] ?? "");
    }
    reachable = next;
  }
  return reachable.at(-1) === true;
}

function matchName(pattern: string, name: string): boolean {
  let p = 0;
  let n = 0;
  let star = -1;
  let retry = 0;
  while (n < name.length) {
    if (pattern[p] === "*") {
      star = p++;
      retry = n;
    } else if (pattern[p] === "?" || pattern[p] === name[n]) {
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++retry;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}

import { FileCache, listDirectory, type Pass, path } from "./disk.ts";
import { members, parseLenientJson, strings } from "./jsonc.ts";

/** The parts of a package.json that say which file a specifier means. */
export interface PackageJson {
  readonly name: string | undefined;
  /** Globs of member directories, as written. */
  readonly workspaces: readonly string[];
  /** Its own word that it is not to be published. */
  readonly isPrivate: boolean;
  /** It says how it is published. */
  readonly isPublished: boolean;
  readonly hasExports: boolean;
  readonly hasImports: boolean;
  /** What the two say, as written. */
  readonly entries: { readonly name: string; readonly exports: unknown; readonly imports: unknown };
  /** Entry files, as written, the ones that may be sources first. */
  readonly mains: readonly string[];
  /** What those who extend the package from their tsconfig.json get. */
  readonly tsconfig: string | undefined;
  /** Dependencies given as a directory (`file:`, `link:`, `portal:`): name to directory, as written. */
  readonly linked: ReadonlyMap<string, string>;
  /** Files that do something when they are loaded, as globs; undefined: any may. Of others, bundlers take what is used. */
  readonly sideEffects: readonly string[] | undefined;
  /** Names of all dependencies, those for development too. */
  readonly dependencies: readonly string[];
  /** The range of versions that each of them is asked for in, as written. */
  readonly ranges: ReadonlyMap<string, string>;
  /** What `npm run build` runs, as written. */
  readonly build: string | undefined;
}

const DEPENDENCY_FIELDS = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

const manifests = new FileCache<PackageJson>(({ text }) => {
  const manifest = members(parseLenientJson(text));
  const { name, workspaces, exports, imports, sideEffects } = manifest;
  return {
    name: typeof name === "string" ? name : undefined,
    workspaces: strings(Array.isArray(workspaces) ? workspaces : members(workspaces)["packages"]),
    isPrivate: manifest["private"] === true,
    isPublished: manifest["publishConfig"] !== undefined,
    hasExports: exports !== undefined && exports !== null,
    hasImports: imports !== undefined && imports !== null,
    entries: { name: typeof name === "string" ? name : "", exports, imports },
    mains: ["source", "svelte", "types", "typings", "module", "main"].flatMap((field) => strings(manifest[field])),
    tsconfig: strings(manifest["tsconfig"])[0],
    sideEffects: sideEffects === false ? [] : Array.isArray(sideEffects) ? strings(sideEffects) : undefined,
    linked: linkedDependencies(manifest),
    dependencies: DEPENDENCY_FIELDS.flatMap((field) => Object.keys(members(manifest[field]))),
    ranges: new Map(
      DEPENDENCY_FIELDS.flatMap((field) => Object.entries(members(manifest[field])).filter((entry): entry is [string, string] => typeof entry[1] === "string")),
    ),
    build: strings(members(manifest["scripts"])["build"])[0],
  };
});

function linkedDependencies(manifest: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const field of DEPENDENCY_FIELDS) {
    for (const [name, range] of Object.entries(members(manifest[field]))) {
      const directory = typeof range === "string" ? /^(?:file|link|portal):(.+)$/u.exec(range)?.[1] : undefined;
      if (directory !== undefined) found.set(name, directory);
    }
  }
  return found;
}

/** A directory's package.json; undefined where there is none. A broken one yields what can be made out. */
export function packageJson(directory: string, pass: Pass): PackageJson | undefined {
  return manifests.get(path.join(directory, "package.json"), pass);
}

const pnpmWorkspaces = new FileCache<readonly string[]>(({ text }) => pnpmPackages(text));

/** Globs of the workspace that has its root in this directory (npm, Yarn, Bun, pnpm); empty where it is none. */
export function workspaceGlobs(directory: string, pass: Pass): readonly string[] {
  const entries = listDirectory(directory, pass)?.entries;
  const pnpm = entries?.has("pnpm-workspace.yaml")
    ? pnpmWorkspaces.get(path.join(directory, "pnpm-workspace.yaml"), pass)
    : undefined;
  if (pnpm && pnpm.length > 0) return pnpm;
  return entries?.has("package.json") ? (packageJson(directory, pass)?.workspaces ?? []) : [];
}

/** The `packages` list of a pnpm-workspace.yaml, as a block or in brackets. The file holds no other YAML of interest. */
function pnpmPackages(text: string): readonly string[] {
  const found: string[] = [];
  let inside = false;
  for (const line of text.split("\n")) {
    const inline = /^packages:\s*\[(.*)\]/u.exec(line)?.[1];
    if (inline !== undefined) return inline.split(",").map(unquoted).filter(Boolean);
    const item = inside ? /^\s*-\s(.*)$/u.exec(line)?.[1]?.trim() : undefined;
    if (item !== undefined) found.push(unquoted(item));
    else if (/^\S/u.test(line) && !line.startsWith("#")) inside = /^packages:/u.test(line);
  }
  return found.filter(Boolean);
}

function unquoted(scalar: string): string {
  const text = scalar.trim();
  const quote = text[0];
  if (quote === '"' || quote === "'") return text.slice(1, Math.max(1, text.indexOf(quote, 1)));
  const comment = text.search(/\s#/u);
  return comment < 0 ? text : text.slice(0, comment).trim();
}

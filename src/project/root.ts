import { hasDisk, isInside, listDirectory, type Pass, path, realPath, upTo } from "./disk.ts";
import { packageJson } from "./package-json.ts";

export interface RootOptions {
  readonly pass: Pass;
  /** `settings.upstash.rootDir`: absolute, or relative to `cwd`. */
  readonly rootDir?: string | undefined;
  /** What a relative `rootDir` is relative to: ESLint's `context.cwd`. Nothing else depends on it. */
  readonly cwd?: string | undefined;
}

const LOCK_FILES = [
  "package-lock.json",
  "pnpm-lock.yaml",
  "yarn.lock",
  "bun.lock",
  "bun.lockb",
  "deno.lock",
  "npm-shrinkwrap.json",
];

const ROOTS = {};

/**
 * The project that a linted file belongs to; no module outside it is ever read.
 *
 * The configured directory, if the file is in it (links on the way to it do not matter); else the nearest directory with `.git`; without any, the nearest
 * workspace root, else the nearest lock file, else the topmost of the package.json directories above one another
 * without a gap, else the file's own directory. It depends neither on cwd nor on what was linted before.
 * Undefined: the name is no absolute path (`<input>`), or there is no file system.
 */
export function findRoot(file: string, options: RootOptions): string | undefined {
  if (!hasDisk || !path.isAbsolute(file)) return undefined;
  const { pass, rootDir, cwd } = options;
  if (rootDir) {
    const given = withoutTrailingSeparator(cwd === undefined ? path.normalize(rootDir) : path.resolve(cwd, rootDir));
    const configured = [given, realDirectory(given, pass)].find((directory) => path.isAbsolute(directory) && isInside(file, directory));
    if (configured !== undefined) return configured;
  }
  const start = path.dirname(file);
  return pass.memo(ROOTS, start, () => discoverRoot(start, pass));
}

/**
 * A file's path with no link on the way to it, as imports lead to it: editors and ESLint may know a project by a link
 * (`/tmp` of macOS), or in another case than the disk's. What is not there yet stays as it is given.
 */
export function withoutLinks(file: string, pass: Pass): string {
  if (!hasDisk) return file;
  const given = path.dirname(file);
  const directory = realDirectory(given, pass);
  return directory === given ? file : path.join(directory, path.basename(file));
}

const REAL = {};

function realDirectory(directory: string, pass: Pass): string {
  return pass.memo(REAL, directory, () => {
    const real = realPath(directory);
    if (real !== undefined || directory === path.dirname(directory)) return real ?? directory;
    return path.join(realDirectory(path.dirname(directory), pass), path.basename(directory));
  });
}

/** The nearest directory with a package.json, from the file up to the root; undefined where there is none. */
export function packageRoot(file: string, root: string, pass: Pass): string | undefined {
  if (!hasDisk) return undefined;
  for (const directory of upTo(path.dirname(file), root)) {
    const kind = listDirectory(directory, pass)?.entries.get("package.json");
    if (kind === "file" || kind === "link") return directory;
  }
  return undefined;
}

function discoverRoot(start: string, pass: Pass): string {
  const repository = repositoryOf(start, pass);
  if (repository !== undefined) return repository;
  const above = [...upTo(start, path.parse(start).root)];
  return (
    above.find((directory) => isWorkspaceRoot(directory, pass)) ??
    above.find((directory) => LOCK_FILES.some((name) => isFile(path.join(directory, name), pass))) ??
    topOfPackages(above, pass) ??
    start
  );
}

const REPOSITORIES = {};

/** The nearest directory with `.git`: asked of each directory once. Undefined: there is none. */
export function repositoryOf(directory: string, pass: Pass): string | undefined {
  return pass.memo(REPOSITORIES, directory, () => {
    const parent = path.dirname(directory);
    const around = parent === directory ? undefined : repositoryOf(parent, pass);
    // In a repository the names of a directory are needed anyway; others, which may be large, are not listed.
    const has = around === undefined ? pass.stat(path.join(directory, ".git")) !== undefined : listDirectory(directory, pass)?.entries.has(".git");
    return has ? directory : around;
  });
}

function isWorkspaceRoot(directory: string, pass: Pass): boolean {
  if (isFile(path.join(directory, "pnpm-workspace.yaml"), pass)) return true;
  return (packageJson(directory, pass)?.workspaces.length ?? 0) > 0;
}

function topOfPackages(above: readonly string[], pass: Pass): string | undefined {
  const first = above.findIndex((directory) => isFile(path.join(directory, "package.json"), pass));
  if (first < 0) return undefined;
  const gap = above.findIndex((directory, at) => at > first && !isFile(path.join(directory, "package.json"), pass));
  return above[gap < 0 ? above.length - 1 : gap - 1];
}

function isFile(file: string, pass: Pass): boolean {
  return pass.stat(file)?.kind === "file";
}

function withoutTrailingSeparator(directory: string): string {
  return directory.endsWith(path.sep) && directory !== path.dirname(directory) ? directory.slice(0, -1) : directory;
}

/** The path of something in a directory, relative to that, with forward slashes. */
export function within(directory: string, path: string): string {
  return path.slice(directory.length + 1).replaceAll("\\", "/");
}

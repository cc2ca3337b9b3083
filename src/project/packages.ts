import { isInside, listDirectory, type Pass, path, upTo } from "./disk.ts";
import { matchesAny } from "./globs.ts";
import { packageJson, workspaceGlobs } from "./package-json.ts";

export interface FoundPackage {
  readonly directory: string;
  /** Whether it is the project's own: inside the root and in no node_modules once links are followed. */
  readonly own: boolean;
}

const PACKAGES = {};

/**
 * The package of that name as seen from a directory: in node_modules (where a link may lead back into the project),
 * linked by the nearest package.json, or a member of the workspace that is not installed.
 *
 * @param from a directory free of links, inside `root`, which is free of links too
 * @returns undefined where none is found; nothing outside the root is looked at
 */
export function findPackage(name: string, from: string, root: string, pass: Pass): FoundPackage | undefined {
  return pass.memo(
    PACKAGES,
    `${from}\0${name}`,
    () => installed(name, from, root, pass) ?? linked(name, from, root, pass) ?? member(name, from, root, pass),
  );
}

/** Whether a path free of links is the project's own code. */
export function isOwn(place: string, root: string): boolean {
  return isInside(place, root) && !place.slice(root.length).split(path.sep).includes("node_modules");
}

function installed(name: string, from: string, root: string, pass: Pass): FoundPackage | undefined {
  for (const directory of upTo(from, root)) {
    if (!listDirectory(directory, pass)?.entries.has("node_modules")) continue;
    const place = path.join(directory, "node_modules", name);
    // The list of names says whether the package is there, and whether it is a link, without a look at each package.
    const kind = listDirectory(path.dirname(place), pass)?.entries.get(path.basename(place));
    if (kind === "directory") return { directory: place, own: false };
    const real = kind === "link" ? listDirectory(place, pass)?.real : undefined;
    if (real !== undefined) return { directory: real, own: isOwn(real, root) };
  }
  return undefined;
}

function linked(name: string, from: string, root: string, pass: Pass): FoundPackage | undefined {
  for (const directory of upTo(from, root)) {
    const manifest = listDirectory(directory, pass)?.entries.has("package.json") && packageJson(directory, pass);
    if (!manifest) continue;
    const target = manifest.linked.get(name);
    return target === undefined ? undefined : ownDirectory(path.resolve(directory, target), root, pass);
  }
  return undefined;
}

function ownDirectory(directory: string, root: string, pass: Pass): FoundPackage | undefined {
  if (!isInside(directory, root)) return undefined;
  const real = listDirectory(directory, pass)?.real;
  return real !== undefined && isOwn(real, root) ? { directory: real, own: true } : undefined;
}

function member(name: string, from: string, root: string, pass: Pass): FoundPackage | undefined {
  for (const directory of upTo(from, root)) {
    const found = workspaceAt(directory, root, pass)?.names.get(name);
    if (found) return { directory: found, own: true };
  }
  return undefined;
}

/**
 * Whether a directory is a member of a workspace on which neither the root nor another member depends: so nothing but its
 * own files imports any of them.
 */
export const isOnItsOwn = (directory: string, root: string, pass: Pass): boolean => dependentsOf(directory, root, pass)?.length === 0;

/** The members of its workspace that depend on this one, and the workspace's root if it does; undefined where it is no member. */
export function dependentsOf(directory: string, root: string, pass: Pass): readonly string[] | undefined {
  for (const top of upTo(path.dirname(directory), root)) {
    const { directories } = workspaceAt(top, root, pass) ?? {};
    if (directories?.includes(directory)) return [top, ...directories].filter((other) => other !== directory && dependsOn(other, directory, pass));
  }
  return undefined;
}

/** By its name, or by a name of its own for it: `"site": "link:../web"`, `"site": "workspace:web@*"`. */
function dependsOn(directory: string, on: string, pass: Pass): boolean {
  const { dependencies = [], ranges = new Map<string, string>() } = packageJson(directory, pass) ?? {};
  const name = packageJson(on, pass)?.name;
  if (name !== undefined && dependencies.includes(name)) return true;
  return [...ranges.values()].some((range) => {
    const target = /^(?:workspace|file|link|portal):(.+)$/u.exec(range)?.[1];
    if (target === undefined) return false;
    return path.resolve(directory, target) === on || (name !== undefined && target.startsWith(`${name}@`));
  });
}

interface Workspace {
  readonly names: ReadonlyMap<string, string>;
  readonly directories: readonly string[];
}

const WORKSPACES = {};

/** The workspace that has its root in a directory. */
function workspaceAt(top: string, root: string, pass: Pass): Workspace | undefined {
  const globs = workspaceGlobs(top, pass);
  if (globs.length === 0) return undefined;
  return pass.memo(WORKSPACES, top, () => {
    const directories = membersOf(top, globs, root, pass);
    const names = new Map<string, string>();
    for (const directory of directories) {
      const name = packageJson(directory, pass)?.name;
      if (name !== undefined && !names.has(name)) names.set(name, directory);
    }
    return { names, directories };
  });
}

const MAX_DIRECTORIES = 5000;
/** How deep `**` looks. */
const MAX_DEPTH = 8;

/** A glob without `./` before and slashes behind it. */
function clean(glob: string): string {
  const start = glob.startsWith("./") ? 2 : 0;
  let end = glob.length;
  while (end > start && glob[end - 1] === "/") end--;
  return glob.slice(start, end);
}

/** The directories of a workspace's members. Directories are walked only where a glob can reach. */
function membersOf(top: string, globs: readonly string[], root: string, pass: Pass): readonly string[] {
  const wanted = globs.filter((glob) => !glob.startsWith("!")).map(clean);
  const unwanted = globs.filter((glob) => glob.startsWith("!")).map((glob) => clean(glob.slice(1)));
  const starts = wanted.map(fixedStart);
  const deepest = Math.max(...wanted.map((glob) => (glob.includes("**") ? MAX_DEPTH : glob.split("/").length)));
  const found: string[] = [];
  const queue = [""];
  for (let at = 0; at < queue.length && at < MAX_DIRECTORIES; at++) {
    const relative = queue[at] ?? "";
    const directory = path.join(top, relative);
    if (relative !== "" && matchesAny(relative, wanted) && !matchesAny(relative, unwanted)) {
      if (packageJson(directory, pass) && isOwn(directory, root)) found.push(directory);
    }
    if (relative !== "" && relative.split("/").length >= deepest) continue;
    for (const [entry, kind] of listDirectory(directory, pass)?.entries ?? []) {
      // Only true directories: so none is met twice, and each path is free of links as `top` is.
      if (kind !== "directory" || entry === "node_modules" || entry === ".git") continue;
      const next = relative === "" ? entry : `${relative}/${entry}`;
      if (starts.some((start) => isOnTheWay(next, start))) queue.push(next);
    }
  }
  return found;
}

function isOnTheWay(directory: string, start: string): boolean {
  return start === "" || `${directory}/`.startsWith(`${start}/`) || start.startsWith(`${directory}/`);
}

/** The part of a glob before its first wildcard: "packages" of "packages/*". */
function fixedStart(glob: string): string {
  const segments = glob.split("/");
  const wild = segments.findIndex((segment) => /[*?[\](){}!+@]/u.test(segment) && !/^@[\w-]+$/u.test(segment));
  return segments.slice(0, wild < 0 ? segments.length : wild).join("/");
}

/**
 * The only module that touches the file system.
 *
 * Where there is no file system (a browser), every function answers undefined: unknown, never an error. A page may
 * give one in memory: {@link useDisk}.
 * Built-in modules come from `process.getBuiltinModule`, so that a bundle for a browser has nothing to resolve.
 */
import type * as NodeFs from "node:fs";
import type * as NodePath from "node:path";
const node = typeof process === "object" ? process : undefined;
const nodeModule = node?.getBuiltinModule?.("node:module");

/** What is asked of a file system; `node:fs` is one. */
export type FileSystem = Pick<typeof NodeFs, "statSync" | "readFileSync" | "readdirSync" | "realpathSync">;

/** What is asked of `node:path`. */
export type Paths = Pick<
  typeof NodePath,
  "basename" | "dirname" | "extname" | "isAbsolute" | "join" | "normalize" | "parse" | "relative" | "resolve" | "sep"
>;

let fs: FileSystem | undefined = node?.getBuiltinModule?.("node:fs");

/** False where nothing can be read; callers then answer undefined before they use {@link path}. */
export let hasDisk = fs !== undefined && nodeModule !== undefined;

/** `node:path`. Only to be used where {@link hasDisk} is true. */
export let path = node?.getBuiltinModule?.("node:path") as Paths;

/** Puts another file system in the place of Node.js's. What is asked from now on is asked of it. */
export function useDisk(files: FileSystem, paths: Paths): void {
  fs = files;
  path = paths;
  hasDisk = true;
  endPass();
}

/** What a path is. Links are followed. The stamp changes when the file, or a directory's list of names, changes. */
export interface Stat {
  readonly kind: "file" | "directory" | "other";
  readonly size: number;
  readonly stamp: string;
}

export type EntryKind = "file" | "directory" | "link" | "other";

export interface Directory {
  /** Its path without links. */
  readonly real: string;
  readonly entries: ReadonlyMap<string, EntryKind>;
}

export interface TextFile {
  readonly path: string;
  readonly text: string;
  readonly stamp: string;
}

/** Files above this are generated: not read, so unknown. */
const MAX_SIZE = 1024 * 1024;

let passes = 0;

/**
 * One state of the project: within a pass each path is stat-ed at most once, so all rules see the same; a later pass
 * sees later changes. What was found out in it holds until something that it asked for has changed: see {@link passFor}.
 */
export class Pass {
  readonly #id = ++passes;
  readonly #stats = new Map<string, Stat | undefined>();
  readonly #memos = new Map<object, Map<string, unknown>>();

  /** What is at a path, or undefined: nothing, or not to be read. */
  stat(file: string): Stat | undefined {
    const known = this.#stats.get(file);
    if (known !== undefined || this.#stats.has(file)) return known;
    const found = statNow(file, this.#id);
    this.#stats.set(file, found);
    return found;
  }

  /** Whether all that was asked for is still as it was. What had only just been changed then may have changed again. */
  get isCurrent(): boolean {
    for (const [file, before] of this.#stats) {
      if (before?.stamp.includes(UNSETTLED) || statNow(file, this.#id)?.stamp !== before?.stamp) return false;
    }
    return true;
  }

  /** Computes once a pass. `owner` is the object that names the question, `key` its argument. */
  memo<T>(owner: object, key: string, compute: () => T): T {
    let answers = this.#memos.get(owner);
    if (!answers) this.#memos.set(owner, (answers = new Map<string, unknown>()));
    if (answers.has(key)) return answers.get(key) as T;
    const answer = compute();
    answers.set(key, answer);
    return answer;
  }
}

/** In milliseconds: how long after the last file began, and after it was looked at, a state is not looked at again. */
const MAX_GAP = 200;
const MAX_AGE = 10_000;
/** Looking again may take this part of the time: on a busy machine files come slowly, and so does the disk. */
const MAX_SHARE = 1 / 40;

interface Sharing {
  readonly pass: Pass;
  /** Linted since the state was last looked at. */
  readonly files: Set<string>;
  /** When the state was last looked at. */
  readonly checked: number;
  /** How long that took. */
  readonly cost: number;
  last: number;
}

let sharing: Sharing | undefined;

/**
 * The pass for a file that is about to be linted. A run over many files asks the disk about each path once, not once a
 * file. Where something may have been changed in between (the file was linted already, as an editor or a fix does, or
 * too much time has gone by), every path of the pass is looked at again, and a new one begins if any has changed.
 */
export function passFor(file: string): Pass {
  const now = performance.now();
  if (!sharing || !hasDisk || sharing.files.has(file) || isDue(sharing, now)) {
    const pass = sharing && hasDisk && sharing.pass.isCurrent ? sharing.pass : new Pass();
    const checked = performance.now();
    sharing = { pass, files: new Set(), checked, cost: checked - now, last: checked };
  }
  sharing.files.add(file);
  sharing.last = now;
  return sharing.pass;
}

function isDue({ last, checked, cost }: Sharing, now: number): boolean {
  const isLate = now - last > MAX_GAP || now - checked > MAX_AGE;
  return isLate && now - checked > cost / MAX_SHARE;
}

/** In the stamp of what was changed a moment ago. */
const UNSETTLED = "~";

/** The next file begins a new pass: something is known to have changed. */
export function endPass(): void {
  sharing = undefined;
}

function statNow(file: string, passId: number): Stat | undefined {
  try {
    const found = fs?.statSync(file, { throwIfNoEntry: false });
    if (!found) return undefined;
    const kind = found.isFile() ? "file" : found.isDirectory() ? "directory" : "other";
    // A directory that another one was renamed over keeps an old time: its inode tells.
    const identity = kind === "directory" ? found.ino : found.size;
    const settled = isSettled(found.mtimeMs) ? "" : `${UNSETTLED}${passId}`;
    return { kind, size: found.size, stamp: `${found.mtimeMs}:${identity}${settled}` };
  } catch {
    return undefined; // no permission, a name too long, a NUL
  }
}

/**
 * Whether a later change is sure to show another time. File systems' clocks tick (4 ms is usual, 2 s on FAT, 1 s on
 * some network disks), so something changed a moment ago may change again within the same tick. Its stamp is then made
 * to differ from pass to pass, and it is read again.
 */
function isSettled(modified: number): boolean {
  return Date.now() - modified > (modified % 1000 === 0 ? 2100 : 100);
}

/** A text that changes when the file changes; undefined: not there, unreadable, no regular file, or above 1 MiB. */
export function stampOf(file: string, pass: Pass): string | undefined {
  const found = pass.stat(file);
  return found?.kind === "file" && found.size <= MAX_SIZE ? found.stamp : undefined;
}

/** A file's text as it is now, without a byte order mark; undefined where it can't be read or is above 1 MiB. */
export function readText(file: string): string | undefined {
  try {
    const text = fs?.readFileSync(file, "utf8");
    if (text === undefined || text.length > MAX_SIZE) return undefined;
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  } catch {
    return undefined;
  }
}

/** A file's bytes as they are now; undefined where it can't be read or is larger than `maxSize`. */
export function readBytes(file: string, maxSize: number): Uint8Array | undefined {
  try {
    const bytes = fs?.readFileSync(file);
    return bytes && bytes.length <= maxSize ? bytes : undefined;
  } catch {
    return undefined;
  }
}

const directories = new Map<string, Directory & { readonly stamp: string }>();

/** A directory's names and what they are, listed again when a name came or went; undefined: no such directory. */
export function listDirectory(directory: string, pass: Pass): Directory | undefined {
  const found = pass.stat(directory);
  const known = directories.get(directory);
  if (known && known.stamp === found?.stamp) return known;
  if (!fs || found?.kind !== "directory") {
    directories.delete(directory);
    return undefined;
  }
  try {
    const entries = new Map<string, EntryKind>();
    for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
      entries.set(
        entry.name,
        entry.isFile() ? "file" : entry.isDirectory() ? "directory" : entry.isSymbolicLink() ? "link" : "other",
      );
    }
    const listed = { real: fs.realpathSync.native(directory), entries, stamp: found.stamp };
    directories.set(directory, listed);
    return listed;
  } catch {
    return undefined;
  }
}

/** A path without links; undefined where there is nothing. */
export function realPath(file: string): string | undefined {
  try {
    return fs?.realpathSync.native(file);
  } catch {
    return undefined;
  }
}

/** What was made of a file's text, kept until the file changes. */
export class FileCache<T> {
  readonly #records = new Map<string, { readonly stamp: string; readonly value: T }>();
  readonly #parse: (file: TextFile) => T;

  /** `parse` must not throw, and must depend on nothing but its argument. */
  constructor(parse: (file: TextFile) => T) {
    this.#parse = parse;
  }

  /** The value for the file as this pass sees it; undefined where {@link stampOf} or {@link readText} is. */
  get(file: string, pass: Pass): T | undefined {
    const stamp = stampOf(file, pass);
    const known = this.#records.get(file);
    if (known && known.stamp === stamp) return known.value;
    this.#records.delete(file);
    const text = stamp === undefined ? undefined : readText(file);
    if (stamp === undefined || text === undefined) return undefined;
    const value = this.#parse({ path: file, text, stamp });
    this.#records.set(file, { stamp, value });
    return value;
  }
}

/** Whether `inner` is `outer` or lies in it. Both absolute, and free of links where that matters. */
export function isInside(inner: string, outer: string): boolean {
  if (inner === outer) return true;
  return inner.startsWith(outer.endsWith(path.sep) ? outer : outer + path.sep);
}

/** The directory, then those around it, up to and with `top`; nothing where it is not inside `top`. */
export function* upTo(directory: string, top: string): Generator<string> {
  for (let at = directory; isInside(at, top); at = path.dirname(at)) {
    yield at;
    if (at === path.dirname(at)) return;
  }
}

/** Whether Node.js itself answers to the specifier. */
export function isBuiltin(specifier: string): boolean {
  return nodeModule?.isBuiltin(specifier) ?? false;
}

import type { FileSystem } from "./disk.ts";

interface Node {
  /** Undefined for a directory. */
  readonly text: string | undefined;
  /** Grows with each change: of a file's text, or of a directory's names. Stands for the time of the change. */
  readonly revision: number;
}

/**
 * A file system in memory with as much of `node:fs` as the project layer asks for: files and the directories that
 * their paths make, no links. Paths are absolute, with forward slashes.
 */
export class MemoryDisk {
  #nodes = new Map<string, Node>([["/", { text: undefined, revision: 0 }]]);
  /** Names of each directory, what is a file apart from what is not. */
  #names = new Map<string, ReadonlyMap<string, boolean>>();
  #revision = 0;

  /** Makes these the only files there are. What is the same as before counts as unchanged. */
  write(files: Readonly<Record<string, string>>): void {
    this.#revision++;
    const names = new Map<string, Map<string, boolean>>();
    names.set("/", new Map());
    const nodes = new Map<string, Node>();
    for (const [path, text] of Object.entries(files)) {
      nodes.set(path, this.#changed(path, text, this.#nodes.get(path)?.text === text));
      for (let at = path; at !== "/"; at = parentOf(at)) {
        const parent = parentOf(at);
        let inside = names.get(parent);
        if (!inside) names.set(parent, (inside = new Map<string, boolean>()));
        inside.set(at.slice(parent === "/" ? 1 : parent.length + 1), at === path);
      }
    }
    for (const [path, inside] of names) {
      const before = this.#names.get(path);
      const isSame = before?.size === inside.size && [...inside].every(([name, isFile]) => before.get(name) === isFile);
      nodes.set(path, this.#changed(path, undefined, isSame));
    }
    this.#nodes = nodes;
    this.#names = names;
  }

  #changed(path: string, text: string | undefined, isSame: boolean): Node {
    return { text, revision: (isSame ? this.#nodes.get(path)?.revision : undefined) ?? this.#revision };
  }

  /** To be used as `node:fs`. */
  get fs(): FileSystem {
    const at = (path: string): Node => {
      const found = this.#nodes.get(withoutSlash(path));
      if (!found) throw new Error(`ENOENT: no such file or directory: ${path}`);
      return found;
    };
    const realpath = (path: string): string => {
      at(path);
      return withoutSlash(path);
    };
    return {
      statSync: (path: string) => {
        const found = this.#nodes.get(withoutSlash(path));
        return found && { ...kindOf(found.text !== undefined), size: found.text?.length ?? 0, mtimeMs: found.revision, ino: 0 };
      },
      readFileSync: (path: string) => {
        const { text } = at(path);
        if (text === undefined) throw new Error(`EISDIR: illegal operation on a directory: ${path}`);
        return text;
      },
      readdirSync: (path: string) => {
        const names = this.#names.get(withoutSlash(path));
        if (!names) throw new Error(`ENOTDIR: not a directory: ${path}`);
        return [...names].map(([name, isFile]) => ({ name, ...kindOf(isFile) }));
      },
      realpathSync: Object.assign(realpath, { native: realpath }),
    } as unknown as FileSystem;
  }
}

const kindOf = (isFile: boolean) => ({ isFile: () => isFile, isDirectory: () => !isFile, isSymbolicLink: () => false });

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf("/")) || "/";

const withoutSlash = (path: string): string => (path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path);

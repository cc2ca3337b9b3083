import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import picomatch from "picomatch";

/**
 * A text for `settings.upstash.fingerprint` that changes when one of the files changes, is added or is removed: ESLint's
 * `--cache` then lints everything again.
 *
 * @param globs files that others depend on, with forward slashes, relative to `cwd`. `node_modules` and `.git` are left out.
 * @param cwd the directory that the globs begin at; in a config file `import.meta.dirname`. Default: where ESLint runs.
 * @returns a hash of the files' names and contents, the same in every checkout.
 * @throws {Error} where no file matches: a fingerprint of nothing would never change.
 */
export function fingerprint(globs: string | readonly string[], cwd: string = process.cwd()): string {
  const list = typeof globs === "string" ? [globs] : globs;
  const files = new Set(list.flatMap((glob) => [...filesOf(glob, cwd)]));
  if (files.size === 0) throw new Error(`fingerprint(): no file in ${cwd} matches ${list.join(", ")}.`);
  const hash = createHash("sha256");
  for (const file of [...files].sort()) {
    const content = readFileSync(path.join(cwd, file));
    hash.update(`${file}\0${String(content.length)}\0`).update(content);
  }
  return hash.digest("hex");
}

/** The files that a glob matches, relative to `cwd`. */
function* filesOf(glob: string, cwd: string): Generator<string> {
  const { base } = picomatch.scan(glob);
  const matches = picomatch(glob, { dot: true });
  const kind = statSync(path.join(cwd, base), { throwIfNoEntry: false });
  if (kind?.isFile()) yield path.posix.normalize(base);
  else if (kind) for (const file of filesBelow(cwd, path.posix.normalize(base))) if (matches(file)) yield file;
}

function* filesBelow(cwd: string, folder: string): Generator<string> {
  for (const entry of readdirSync(path.join(cwd, folder), { withFileTypes: true })) {
    const name = path.posix.join(folder, entry.name);
    if (entry.isFile()) yield name;
    else if (entry.isDirectory() && entry.name !== "node_modules" && entry.name !== ".git") yield* filesBelow(cwd, name);
  }
}

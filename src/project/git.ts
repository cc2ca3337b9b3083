import { FileCache, hasDisk, path, readBytes, readText, upTo, type Pass } from "./disk.ts";
import { readIndex, type TrackedFiles } from "./git-index.ts";
import { load } from "./load.ts";
import { repositoryOf } from "./root.ts";

/**
 * What git does with a file: it has it, it is told not to take it, or neither (the next `git add .` takes it along).
 * What a user's own configuration ignores outside of the repository is not read.
 */
export type GitState = "tracked" | "ignored" | "untracked";

const STATES = {};

/** Undefined: the file is in no repository, or git's files can't be read. Never starts a process. */
export function gitStateOf(file: string, pass: Pass): GitState | undefined {
  if (!hasDisk || !path.isAbsolute(file)) return undefined;
  return pass.memo(STATES, file, () => {
    const repository = repositoryOf(path.dirname(file), pass);
    const directory = repository === undefined ? undefined : gitDirectory(repository, pass);
    if (repository === undefined || directory === undefined) return undefined;
    const tracked = trackedIn(directory, pass);
    if (tracked?.names.has(relative(repository, file))) return "tracked";
    if (isIgnored(file, repository, directory, pass)) return "ignored";
    return tracked?.isWhole ? "untracked" : undefined;
  });
}

/** Where git keeps what it knows: `.git`, or what a file of that name points to (work trees, submodules). */
function gitDirectory(repository: string, pass: Pass): string | undefined {
  const at = path.join(repository, ".git");
  const found = pass.stat(at);
  if (found?.kind === "directory") return at;
  const target = /^gitdir: (?<target>.+)/u.exec(found?.kind === "file" ? (readText(at) ?? "") : "")?.groups?.["target"];
  return target === undefined ? undefined : path.resolve(repository, target.trim());
}

/** In bytes: an index of half a million files. */
const MAX_INDEX = 64 * 1024 * 1024;
const NOTHING: TrackedFiles = { names: new Set(), isWhole: true };

/** The last index that was read, of one repository: it may be large. */
let lastIndex: { readonly file: string; readonly stamp: string; readonly tracked: TrackedFiles | undefined } | undefined;

function trackedIn(directory: string, pass: Pass): TrackedFiles | undefined {
  const file = path.join(directory, "index");
  const stamp = pass.stat(file)?.stamp;
  // Written with the first `git add`.
  if (stamp === undefined) return pass.stat(path.join(directory, "HEAD")) ? NOTHING : undefined;
  if (lastIndex?.file !== file || lastIndex.stamp !== stamp) {
    const bytes = readBytes(file, MAX_INDEX);
    lastIndex = { file, stamp, tracked: bytes && readIndex(bytes) };
  }
  return lastIndex.tracked;
}

interface Rules {
  test(name: string): { readonly ignored: boolean; readonly unignored: boolean };
}

type Ignore = () => { add(text: string): Rules };

const ignoreFiles = new FileCache<Rules | undefined>(({ text }) => {
  try {
    return load<{ readonly default: Ignore }>("ignore")?.default().add(text);
  } catch {
    return undefined; // a pattern that makes no regular expression
  }
});

interface RuleFile {
  /** What the rules in it are relative to. */
  readonly folder: string;
  readonly name: string;
}

/** By the `.gitignore` files of the repository and its `info/exclude`. */
function isIgnored(file: string, repository: string, directory: string, pass: Pass): boolean {
  const exclude = { folder: repository, name: path.join(commonDirectory(directory), "info", "exclude") };
  const folders = [...upTo(path.dirname(file), repository)];
  const verdict = (at: string, end: string): boolean => {
    const own = folders.filter((folder) => folder.length < at.length).map((folder): RuleFile => ({ folder, name: path.join(folder, ".gitignore") }));
    return isRuledOut(at, end, [...own, exclude], pass);
  };
  // In a directory that is ignored everything is, whatever rules say of the file. The repository itself is not asked for.
  return verdict(file, "") || folders.slice(0, -1).some((folder) => verdict(folder, "/"));
}

/** The first file that says something decides: the deepest stands first. */
function isRuledOut(at: string, end: string, files: readonly RuleFile[], pass: Pass): boolean {
  for (const { folder, name } of files) {
    const found = ignoreFiles.get(name, pass)?.test(relative(folder, at) + end);
    if (found?.ignored) return true;
    if (found?.unignored) return false;
  }
  return false;
}

/** Work trees share what the repository as a whole is told. */
function commonDirectory(directory: string): string {
  const common = readText(path.join(directory, "commondir"))?.trim();
  return common === undefined || common === "" ? directory : path.resolve(directory, common);
}

const relative = (from: string, to: string): string => path.relative(from, to).replaceAll("\\", "/");

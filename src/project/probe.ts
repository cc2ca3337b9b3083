import { listDirectory, type Directory, type Pass, path, realPath } from "./disk.ts";
import { packageJson } from "./package-json.ts";
import { sourcesOf } from "./unbuilt.ts";

/** In the order in which bundlers and TypeScript try them; declarations only where there is no code. */
const EXTENSIONS = [
  ".ts",
  ".tsx",
  ".mts",
  ".cts",
  ".js",
  ".jsx",
  ".mjs",
  ".cjs",
  ".vue",
  ".svelte",
  ".astro",
  ".d.ts",
  ".d.mts",
  ".d.cts",
];

/** What TypeScript accepts where the specifier spells the compiled file. */
const WRITTEN_AS: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx", ".js", ".jsx", ".d.ts"],
  ".jsx": [".tsx", ".jsx", ".d.ts"],
  ".mjs": [".mts", ".mjs", ".d.mts"],
  ".cjs": [".cts", ".cjs", ".d.cts"],
};

const SOURCE = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/u;
const DECLARATION = /\.d\.[cm]?ts$/u;

/** Whether a file's name is one of a script, or of a component with scripts. */
export function isSource(file: string): boolean {
  return SOURCE.test(file);
}

/** Whether a file holds types only. */
export function isDeclaration(file: string): boolean {
  return DECLARATION.test(file);
}

/**
 * The source file that an absolute path without extension, with a compiled file's extension, or of a directory means.
 * Asks the lists of names of two directories, which stay valid until a name comes or goes; no file is stat-ed.
 *
 * @returns its path without links; undefined where there is none, or only one that is no source (an asset)
 */
export function probe(target: string, pass: Pass): string | undefined {
  const onlyDirectory = target.endsWith("/") || target.endsWith(path.sep);
  const place = onlyDirectory ? target.slice(0, -1) : target;
  return (onlyDirectory ? undefined : probeFile(place, pass)) ?? probeDirectory(place, pass);
}

function probeFile(target: string, pass: Pass): string | undefined {
  const name = path.basename(target);
  const parent = path.dirname(target);
  const directory = listDirectory(parent, pass);
  if (!directory) return undefined;
  const extension = path.extname(name);
  const compiled = WRITTEN_AS[extension];
  if (compiled) {
    const found = firstFile(parent, directory, name.slice(0, -extension.length), compiled, pass);
    if (found) return found;
  } else if (isSource(name)) {
    const found = fileIn(parent, directory, name, pass);
    if (found) return found;
  }
  return firstFile(parent, directory, name, EXTENSIONS, pass);
}

function probeDirectory(target: string, pass: Pass): string | undefined {
  const kind = listDirectory(path.dirname(target), pass)?.entries.get(path.basename(target));
  // The file system's top is in no list.
  if (kind !== "directory" && kind !== "link" && target !== path.dirname(target)) return undefined;
  return packageMain(target, pass);
}

/** The file that a package without `exports` (or any directory) gives to those who import it by its own name. */
export function packageMain(target: string, pass: Pass): string | undefined {
  const directory = listDirectory(target, pass);
  if (!directory) return undefined;
  const mains = directory.entries.has("package.json") ? (packageJson(target, pass)?.mains ?? []) : [];
  let types: string | undefined;
  for (const main of mains) {
    const place = path.join(target, main);
    const found = probeFile(place, pass) ?? (place === target ? undefined : indexOf(place, pass));
    if (found && !isDeclaration(found)) return found;
    types ??= found;
  }
  return indexOf(target, pass) ?? unbuiltSource(target, mains, pass) ?? types;
}

/**
 * The source of what package.json names, where that has not been built.
 * @param targets as they are written there, the first choice first
 */
export function unbuiltSource(directory: string, targets: readonly string[], pass: Pass): string | undefined {
  for (const source of targets.flatMap(sourcesOf)) {
    const found = probe(path.join(directory, source), pass);
    if (found && !isDeclaration(found)) return found;
  }
  return undefined;
}

function indexOf(target: string, pass: Pass): string | undefined {
  const directory = listDirectory(target, pass);
  return directory && firstFile(target, directory, "index", EXTENSIONS, pass);
}

function firstFile(
  parent: string,
  directory: Directory,
  stem: string,
  extensions: readonly string[],
  pass: Pass,
): string | undefined {
  for (const extension of extensions) {
    const found = fileIn(parent, directory, stem + extension, pass);
    if (found) return found;
  }
  return undefined;
}

const LINKS = {};

function fileIn(parent: string, directory: Directory, name: string, pass: Pass): string | undefined {
  const kind = directory.entries.get(name);
  if (kind === "file") return path.join(directory.real, name);
  if (kind !== "link") return undefined;
  const link = path.join(parent, name);
  return pass.stat(link)?.kind === "file" ? pass.memo(LINKS, link, () => realPath(link)) : undefined;
}

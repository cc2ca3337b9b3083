import { listDirectory, path, type Pass } from "./disk.ts";
import { glances } from "./glance.ts";
import { isSource } from "./probe.ts";
import type { Project } from "./project.ts";

/** A project with more files than this is not looked through. */
const MAX_FILES = 5000;
const SKIPPED = /^(?:node_modules|dist|build|out|coverage|vendor|\..*)$/u;
const FILES = {};

/** All source files of a project, as absolute paths; undefined: too many to look through. */
export function sourceFiles(root: string, pass: Pass): readonly string[] | undefined {
  return pass.memo(FILES, root, () => {
    const found: string[] = [];
    const queue = [root];
    for (const directory of queue) {
      for (const [name, kind] of listDirectory(directory, pass)?.entries ?? []) {
        if (kind === "directory") {
          if (!SKIPPED.test(name)) queue.push(path.join(directory, name));
        } else if (kind === "file" && isSource(name)) found.push(path.join(directory, name));
      }
      if (found.length > MAX_FILES) return undefined;
    }
    return found;
  });
}

const IMPORTERS = {};

/** The files of the project that import a module, re-export it or load it when they run; undefined: not known. */
export function importersOf(module: string, project: Project): readonly string[] | undefined {
  const { root, pass } = project;
  return pass.memo(IMPORTERS, `${root}\0${module}`, () => {
    const named = namesOf(module);
    return sourceFiles(root, pass)?.filter((file) => {
      if (file === module) return false;
      const { sources = [] } = glances.get(file, pass) ?? {};
      return sources.some((source) => mayMean(source, named) && project.resolve(file, source) === module);
    });
  });
}

/** The last segments that a relative specifier of the module may have. */
function namesOf(module: string): ReadonlySet<string> {
  const base = path.basename(module).replace(/\.[^.]+$/u, "");
  return new Set([base, ...(base === "index" ? [path.basename(path.dirname(module)), "", ".", ".."] : [])]);
}

function mayMean(source: string, names: ReadonlySet<string>): boolean {
  if (!source.startsWith(".")) return true;
  const last = source.split("/").at(-1) ?? "";
  return names.has(last) || names.has(last.replace(/\.[^.]+$/u, ""));
}

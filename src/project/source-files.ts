import { listDirectory, path, type Pass } from "./disk.ts";
import { glances } from "./glance.ts";
import { isOnItsOwn } from "./packages.ts";
import { isSource } from "./probe.ts";
import type { Project } from "./project.ts";
import { packageRoot } from "./root.ts";

/** What is generated, installed or hidden is not the project's own code. */
const PASSED_OVER = new Set(["node_modules", "dist", "generated"]);
/** Nor are these beside a package.json; further down they are folders like any others, such as `app/vendor` of a market. */
const BESIDE_MANIFEST = new Set(["build", "out", "coverage", "public", "static", "vendor"]);
const MAX_FILES = 5000;
const MAX_DIRECTORIES = 3000;
const FILES = {};

/** Source files of a project, as absolute paths. */
interface SourceFiles {
  readonly files: readonly string[];
  /** False: there are more than can be looked through, and the rest is left out. */
  readonly isWhole: boolean;
}

/** The source files below a root, as one pass sees them: nearest to the root first. */
export function sourceFiles(root: string, pass: Pass): SourceFiles {
  return pass.memo(FILES, root, () => {
    const files: string[] = [];
    const queue = [root];
    for (let at = 0; at < queue.length; at++) {
      const directory = queue[at] ?? root;
      if (at >= MAX_DIRECTORIES || files.length >= MAX_FILES) return { files, isWhole: false };
      const entries = listDirectory(directory, pass)?.entries;
      const isTop = directory === root || entries?.has("package.json") === true;
      for (const [name, kind] of entries ?? []) {
        const isPassedOver = name.startsWith(".") || PASSED_OVER.has(name) || (isTop && BESIDE_MANIFEST.has(name));
        // Links are not followed: what they lead to stands elsewhere in the project, or outside of it.
        if (kind === "directory" && !isPassedOver) queue.push(path.join(directory, name));
        else if (kind === "file" && isSource(name) && !name.endsWith(".d.ts")) files.push(path.join(directory, name));
      }
    }
    return { files, isWhole: true };
  });
}

const IMPORTERS = {};

/** The files of the project that import a module, re-export it or load it when they run; undefined: not known. */
export function importersOf(module: string, project: Project): readonly string[] | undefined {
  const { root, pass } = project;
  return pass.memo(IMPORTERS, `${root}\0${module}`, () => {
    const named = namesOf(module);
    return filesThatMayImport(module, root, pass)?.filter((file) => {
      if (file === module) return false;
      const { sources = [] } = glances.get(file, pass) ?? {};
      return sources.some((source) => mayMean(source, named) && project.resolve(file, source) === module);
    });
  });
}

/** All files; of a project with too many, those of the module's package where no other one depends on it. */
function filesThatMayImport(module: string, root: string, pass: Pass): readonly string[] | undefined {
  const { files, isWhole } = sourceFiles(root, pass);
  if (isWhole) return files;
  const directory = packageRoot(module, root, pass);
  const own = directory !== undefined && isOnItsOwn(directory, root, pass) ? sourceFiles(directory, pass) : undefined;
  return own?.isWhole === true ? own.files : undefined;
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

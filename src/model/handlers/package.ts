import type { FileModel } from "../file.ts";
import type { ModuleFacts } from "../values/ir.ts";
import { packageOf } from "../place/runtime.ts";
import { probe } from "../../project/probe.ts";
import type { Located } from "../values/trace.ts";
import { within } from "../../project/root.ts";

/** True where the package that the file stands in depends on one of these; `undefined` where it can't be read. */
export function dependsOnPackage(file: FileModel, pattern: RegExp): boolean | undefined {
  const dependencies = packageOf(file)?.dependencies;
  return dependencies && dependencies.length > 0 ? dependencies.some((name) => pattern.test(name)) : undefined;
}

/**
 * A module that a framework finds by its place; undefined for the linted file itself.
 * @param place absolute path without extension
 */
export function moduleAt(file: FileModel, place: string): ModuleFacts | undefined {
  const { project, pass } = file;
  const path = project && probe(place, pass);
  return path === undefined || path === file.path ? undefined : project?.module(path);
}

/** The export of such a module, under the first of the names that it has: `handle` of `src/hooks.server`. */
export function exportOf(file: FileModel, place: string, ...names: readonly string[]): Located | undefined {
  const { project } = file;
  const module = moduleAt(file, place);
  if (!module || !project) return undefined;
  for (const name of names) {
    const found = project.exported(module, name);
    if (found?.facts.value) return { value: found.facts.value, place: { module: found.module } };
  }
  return undefined;
}

/** The file's path in its package, with forward slashes, and the package's directory; in the project without one. */
export function placeInPackage(file: FileModel): { readonly directory: string; readonly path: string } | undefined {
  const directory = packageOf(file)?.directory ?? file.root;
  const { path } = file;
  if (directory === undefined || path?.startsWith(directory) !== true) return undefined;
  return { directory, path: within(directory, path) };
}

import type { FileModel } from "../model/file.ts";
import type { Located } from "../model/values/trace.ts";

/** A module of the project that offers what a suggestion needs. */
export interface ProjectExport {
  readonly source: string;
  readonly name: string;
  readonly value: Located;
}

const FOLDERS = ["@/lib/", "@/utils/", "@/server/", "@/", "~/lib/", "~/utils/", "~/server/", "$lib/", "./", "../lib/", "../utils/", "../", "../../lib/", "../../utils/", "../../../lib/"];

/**
 * Looks where projects keep such things (`@/lib/crypto`, `~/utils/ratelimit`, …) for an export that is wanted.
 * @returns undefined where no candidate exists or fits.
 */
export function findProjectExport(
  file: FileModel,
  names: readonly string[],
  accepts: (name: string, value: Located) => boolean,
): ProjectExport | undefined {
  const { project, path } = file;
  if (!project || path === undefined) return undefined;
  const seen = new Set<string>();
  for (const folder of FOLDERS) {
    for (const name of names) {
      const source = `${folder}${name}`;
      const target = project.resolve(path, source);
      if (target === undefined || target === path || seen.has(target)) continue;
      seen.add(target);
      const module = project.module(target);
      for (const [exported, { value }] of module?.exports ?? []) {
        if (!module || !value || exported === "default") continue;
        const located = { value, place: { module } };
        if (accepts(exported, located)) return { source, name: exported, value: located };
      }
    }
  }
  return undefined;
}

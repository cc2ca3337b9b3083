import type { Project } from "../../project/project.ts";
import { identifiers } from "../../project/search.ts";
import { importersOf } from "../../project/source-files.ts";
import type { FileModel } from "../file.ts";
import { majorOf } from "../place/runtime.ts";
import type { Handler } from "./handler.ts";

/** The first version of Next.js that makes no endpoint of an action that nothing uses. */
const REMOVES_UNUSED = 15;

/**
 * Whether a server action is one that no module of the project imports and that its own file only calls, so that Next.js
 * leaves it out of what it builds.
 * @returns false also where it is not known, such as where nothing of the file is used yet
 * @see https://nextjs.org/docs/app/guides/data-security#built-in-server-actions-security-features
 */
export function isUnusedAction(file: FileModel, { framework, node }: Handler): boolean {
  const { project, path, directives } = file;
  if (framework !== "next-action" || !project || path === undefined || node.type !== "Identifier" || !directives.includes("use server")) return false;
  if ((majorOf(file, "next") ?? 0) < REMOVES_UNUSED || !isOnlyCalled(file, node.parent)) return false;
  const others = [...file.exports.keys()].filter((name) => name !== node.name);
  return isUnused(project, path, node.name) && others.some((name) => !isUnused(project, path, name));
}

/** The file hands what is declared here to nobody. */
function isOnlyCalled(file: FileModel, declaration: Handler["node"] | undefined): boolean {
  if (declaration?.type !== "FunctionDeclaration" && declaration?.type !== "VariableDeclarator") return false;
  const [variable] = file.evaluator.scopeManager.getDeclaredVariables(declaration);
  return (
    variable?.references.every(({ identifier, init }) => {
      const { parent } = identifier;
      return init === true || (parent.type === "CallExpression" && parent.callee === identifier);
    }) ?? false
  );
}

/** No module imports an export, under whatever name, or may do so. */
function isUnused(project: Project, path: string, name: string, seen = new Set<string>()): boolean {
  if (seen.has(`${path}#${name}`)) return true;
  seen.add(`${path}#${name}`);
  return importersOf(path, project)?.every((importer) => isUnusedBy(project, { path, name }, importer, seen)) ?? false;
}

function isUnusedBy(project: Project, { path, name }: { readonly path: string; readonly name: string }, importer: string, seen: Set<string>): boolean {
  const parts = project.module(importer)?.parts;
  if (!parts) return false;
  const isMeant = (source: string): boolean => project.resolve(importer, source) === path;
  const isNamed = (other: string): boolean => other === name || other === "*";
  // What is taken of a module that is loaded when it is needed has its name somewhere.
  const isLoaded = parts.parts.some(({ loads }) => loads.some(({ what }) => isMeant(what)));
  if (isLoaded && (identifiers.get(importer, project.pass)?.has(name) ?? true)) return false;
  if ([...parts.imported.values()].some((from) => isNamed(from.name) && isMeant(from.source))) return false;
  if (parts.stars.some(isMeant) && !isUnused(project, importer, name, seen)) return false;
  return [...parts.exported].every(([as, from]) => {
    if ("local" in from || !isNamed(from.name) || !isMeant(from.source)) return true;
    return from.name === name && isUnused(project, importer, as, seen);
  });
}

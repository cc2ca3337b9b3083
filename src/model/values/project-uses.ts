import type { TSESTree } from "@typescript-eslint/types";
import type { Project } from "../../project/project.ts";
import { importersOf } from "../../project/source-files.ts";
import { namesIn, wrapped, type Node } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import { isCallee, isRuntimeReference, memberRead } from "../place/name-uses.ts";
import type { ModuleParts } from "../place/parts.ts";

/** Members behind which there are more of interest. */
export interface Deeper {
  /** Looked into: `client.messages.get`. */
  readonly groups: ReadonlySet<string>;
  /** Called, and what they give is looked at wherever it is used: `index.namespace("a")`. */
  readonly openers: ReadonlySet<string>;
}

/**
 * The members that are read of an object which an expression of the file makes, anywhere in the project: `get`, and where
 * `deeper` names some, `messages.get` and `namespace().query`. Undefined: what becomes of it is not known everywhere, such
 * as where it is handed on. In other modules than the one that makes it nothing is looked at behind the first member.
 */
export function membersUsed(file: FileModel, made: Node, deeper?: Deeper): ReadonlySet<string> | undefined {
  const outer = wrapped(made);
  const { parent } = outer;
  if (memberRead(outer) !== undefined) return readAt(file, outer, deeper);
  if (parent?.type === "ExportDefaultDeclaration") return usedElsewhere(file, ["default"], new Set());
  if (parent?.type !== "VariableDeclarator" || parent.id.type !== "Identifier") return undefined;
  return usedOfVariable(file, parent, deeper);
}

/** What is read of an object at one place. Undefined: that is not known. */
function readAt(file: FileModel, object: Node, deeper: Deeper | undefined): ReadonlySet<string> | undefined {
  const member = memberRead(object);
  const read = wrapped(object).parent;
  if (member === undefined || !read) return undefined;
  if (deeper?.groups.has(member)) {
    const inner = memberRead(read);
    return inner === undefined ? undefined : new Set([`${member}.${inner}`]);
  }
  if (!deeper?.openers.has(member)) return new Set([member]);
  const opened = isCallee(read) ? wrapped(read).parent : undefined;
  const used = opened && membersUsed(file, opened);
  return used && new Set([...used].map((inner) => `${member}().${inner}`));
}

function usedOfVariable(file: FileModel, declarator: TSESTree.VariableDeclarator, deeper: Deeper | undefined): ReadonlySet<string> | undefined {
  const members = new Set<string>();
  for (const variable of file.evaluator.scopeManager.getDeclaredVariables(declarator)) {
    for (const reference of variable.references) {
      const { identifier } = reference;
      if (reference.init || !isRuntimeReference(reference) || isExported(identifier)) continue;
      const read = reference.isWrite() ? undefined : readAt(file, identifier, deeper);
      if (!read) return undefined;
      for (const member of read) members.add(member);
    }
  }
  const [local = ""] = namesIn(declarator.id);
  const names = [...file.parts.exported].flatMap(([name, value]) => ("local" in value && value.local === local ? [name] : []));
  // A name of a function's own is not the module's.
  const isOfModule = /^(?:Program|ExportNamedDeclaration)$/u.test(declarator.parent.parent.type);
  return names.length === 0 || !isOfModule ? members : usedElsewhere(file, names, members);
}

/** `export { redis }` and `export default redis`: looked at in the modules that import it. */
function isExported({ parent }: Node): boolean {
  return parent?.type === "ExportSpecifier" || parent?.type === "ExportDefaultDeclaration";
}

function usedElsewhere(file: FileModel, names: readonly string[], members: Set<string>): ReadonlySet<string> | undefined {
  const { project, path } = file;
  if (!project || path === undefined) return undefined;
  const isKnown = names.every((name) => addUses(project, path, name, members, new Set()));
  return isKnown ? members : undefined;
}

/** Adds what importers read of an export; false where one of them does something else with it. */
function addUses(project: Project, path: string, name: string, members: Set<string>, seen: Set<string>): boolean {
  if (seen.has(`${path}#${name}`)) return true;
  seen.add(`${path}#${name}`);
  const importers = importersOf(path, project);
  return importers?.every((importer) => addUsesIn(project, { path, name, importer }, members, seen)) ?? false;
}

interface Exported {
  readonly path: string;
  readonly name: string;
  readonly importer: string;
}

function addUsesIn(project: Project, { path, name, importer }: Exported, members: Set<string>, seen: Set<string>): boolean {
  const parts = project.module(importer)?.parts;
  if (!parts) return false;
  const isMeant = (source: string): boolean => project.resolve(importer, source) === path;
  if (parts.parts.some(({ loads }) => loads.some(({ what }) => isMeant(what)))) return false;
  for (const [as, exported] of parts.exported) {
    if ("local" in exported) {
      const from = parts.imported.get(exported.local);
      if (from && isMeant(from.source) && (from.name === name || from.name === "*")) return false;
    } else if (isMeant(exported.source)) {
      if (exported.name === "*" || (exported.name === name && !addUses(project, importer, as, members, seen))) return false;
    }
  }
  if (parts.stars.some(isMeant) && !addUses(project, importer, name, members, seen)) return false;
  return addImported(parts, isMeant, name, members);
}

function addImported({ imported, parts }: ModuleParts, isMeant: (source: string) => boolean, name: string, members: Set<string>): boolean {
  for (const [local, from] of imported) {
    if (!isMeant(from.source) || (from.name !== name && from.name !== "*")) continue;
    for (const use of parts.flatMap(({ uses }) => uses.filter((one) => one.name === local))) {
      if (from.name === "*") {
        if (use.member === undefined || use.member === name) return false;
      } else if (use.member === undefined) return false;
      else members.add(use.member);
    }
  }
  return true;
}

import type { TSESTree } from "@typescript-eslint/types";
import { sourcesIn } from "../project/glance.ts";
import { isCommandMethod, mayStore } from "./clients.ts";
import type { Node } from "./ast.ts";
import type { FileModel } from "./file.ts";
import { soundsLikeWriting } from "./wrapped-writes.ts";

/*
 * Whether a file need be looked at: asked of every file of a project, so nothing here parses, traverses or follows a
 * value. Where nothing that the file imports leads to Upstash, no client, command or credential of it can be in it.
 */

/** The module runs in the browser, and it, or code that its bundle takes in, names Upstash. */
export function bringsUpstashToBrowsers(file: FileModel): boolean {
  if (file.runtime.place !== "browser") return false;
  return file.mentionsUpstash || leadsToUpstash(file, usedSources(file, () => true), true);
}

/** The module names Upstash, or hands data to code that does. */
export function mayStoreInUpstash(file: FileModel): boolean {
  return file.mentionsUpstash || leadsToUpstash(file, usedSources(file, mayStore(file.text) ? () => true : storesBy), false);
}

function leadsToUpstash(file: FileModel, sources: ReadonlySet<string>, inBrowsers: boolean): boolean {
  const { project, path } = file;
  // What settings call a client may be anything.
  if (file.settings.clients.size > 0) return true;
  if (sources.size === 0 || !project || path === undefined) return false;
  for (const source of sources) {
    const module = project.resolve(path, source);
    if (module !== undefined && project.leadsToUpstash(module, inBrowsers)) return true;
  }
  return false;
}

/**
 * Specifiers of imports with a name that is used as a value, and used as asked; names that are components or types
 * alone are not. With what is re-exported, and what the text requires or imports dynamically.
 */
function usedSources({ ast, text, evaluator: { scopeManager } }: FileModel, isUse: (identifier: Node) => boolean): ReadonlySet<string> {
  const used = new Set(text.includes("require(") || text.includes("import(") ? sourcesIn(text) : []);
  for (const statement of ast.body) {
    if (statement.type === "ExportNamedDeclaration") {
      if (statement.source && statement.exportKind !== "type") used.add(statement.source.value);
    } else if (statement.type === "ImportDeclaration" && statement.importKind !== "type") {
      const isUsed = statement.specifiers.some((specifier) =>
        scopeManager
          .getDeclaredVariables(specifier)
          .some(({ references }) => references.some(({ identifier }) => identifier.type !== "JSXIdentifier" && isUse(identifier))),
      );
      if (isUsed) used.add(statement.source.value);
    }
  }
  return used;
}

/** `saveUser(user)`, `cache.put(user)`: the name says that something is kept. */
function storesBy(identifier: Node): boolean {
  let callee = identifier;
  let name = identifier.type === "Identifier" ? identifier.name : "";
  while (callee.parent?.type === "MemberExpression" && callee.parent.object === callee) {
    callee = callee.parent;
    const property: TSESTree.MemberExpression["property"] = callee.property;
    name = !callee.computed && property.type === "Identifier" ? property.name : "set";
  }
  const call = callee.parent;
  const isCalled = call?.type === "CallExpression" && call.callee === callee && call.arguments.length > 0;
  return isCalled && (soundsLikeWriting(name) || isCommandMethod(name));
}

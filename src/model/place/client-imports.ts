import type { TSESTree } from "@typescript-eslint/types";
import { constantString, type Node } from "../syntax/ast.ts";
import { specifierName } from "../values/bindings.ts";
import type { FileModel } from "../file.ts";
import { moduleConfigOf } from "../../project/tsconfig.ts";
import { isRuntimeReference } from "./name-uses.ts";
import { keepsUnusedImports } from "./parts.ts";
import { isServerOnlyBranch } from "../flow/server-branch.ts";
import { mayUseWebpack } from "./runtime.ts";
import { isDroppedImport } from "./server-code.ts";

/** An import, re-export, `import()` or `require()` that takes its module into the browser's bundle. */
export interface ClientImport {
  /** The specifier as it is written. */
  readonly node: Node;
  readonly source: string;
  /** What is used of the module when it runs; `"*"` for all of it. */
  readonly names: readonly string[];
  /** What the import names, used or not. */
  readonly written: readonly string[];
  readonly statement: TSESTree.ImportDeclaration | undefined;
  /** Nothing uses the names, not even as types. */
  readonly isUnused: boolean;
}

/** What takes other modules into the bundle with a module that browsers run, in the order of the file. */
export function clientImports(file: FileModel): readonly ClientImport[] {
  const found: ClientImport[] = [];
  const keepsAll = keepsImports(file);
  const { drops = [] } = file.runtime;
  for (const statement of file.ast.body) {
    if (statement.type === "ImportDeclaration") addDeclaration(file, statement, keepsAll, found);
    else if (statement.type === "ExportAllDeclaration") {
      if (statement.exportKind !== "type") found.push(taken(statement.source, ["*"]));
    } else if (statement.type === "ExportNamedDeclaration" && statement.source && statement.exportKind !== "type") {
      // What the framework takes out of the module, it takes out as a re-export, too.
      const names = statement.specifiers.flatMap(({ exportKind, exported, local }) => (exportKind === "type" || drops.includes(specifierName(exported)) ? [] : [specifierName(local)]));
      if (names.length > 0 || statement.specifiers.length === 0) found.push(taken(statement.source, names));
    }
  }
  for (const node of file.dynamicImports) addDynamic(file, node, node.source, found);
  for (const node of file.callNodes) {
    if (node.type !== "CallExpression" || node.callee.type !== "Identifier" || node.callee.name !== "require") continue;
    const [source] = node.arguments;
    if (source && file.evaluator.value(node).kind === "import") addDynamic(file, node, source, found);
  }
  return found;
}

function taken(node: TSESTree.StringLiteral, names: readonly string[]): ClientImport {
  return { node, source: node.value, names, written: names, statement: undefined, isUnused: false };
}

function addDynamic(file: FileModel, node: Node, source: Node, found: ClientImport[]): void {
  const text = constantString(source);
  if (text === undefined || isServerOnlyBranch(file, node)) return;
  const names = namesTaken(node) ?? ["*"];
  found.push({ node: source, source: text, names, written: names, statement: undefined, isUnused: false });
}

/** `const { load } = await import("./store")`; undefined: the module as a whole. */
function namesTaken(node: Node): readonly string[] | undefined {
  const loaded = node.parent?.type === "AwaitExpression" ? node.parent : node;
  const { parent } = loaded;
  if (parent?.type === "MemberExpression" && parent.object === loaded && !parent.computed && parent.property.type === "Identifier") {
    return parent.property.name === "then" ? undefined : [parent.property.name];
  }
  const pattern = parent?.type === "VariableDeclarator" ? parent.id : undefined;
  if (pattern?.type !== "ObjectPattern") return undefined;
  const names = pattern.properties.map((property) =>
    property.type === "Property" && !property.computed && property.key.type === "Identifier" ? property.key.name : "*",
  );
  return names.includes("*") ? undefined : names;
}

function addDeclaration(file: FileModel, statement: TSESTree.ImportDeclaration, keepsAll: boolean, found: ClientImport[]): void {
  if (statement.importKind === "type") return;
  const names = new Set<string>();
  const written = new Set<string>();
  let isReferenced = false;
  let isThere = statement.specifiers.length === 0 || keepsAll;
  for (const specifier of statement.specifiers) {
    const [variable] = file.evaluator.scopeManager.getDeclaredVariables(specifier);
    const references = (variable?.references ?? []).filter(isRuntimeReference);
    isReferenced ||= (variable?.references.length ?? 0) > 0;
    if (isDroppedImport(file, specifier.local.name)) continue;
    const isKept = references.length > 0 || keepsAll;
    isThere ||= isKept;
    if (!isKept) continue;
    for (const name of namesOf(specifier, references.map(({ identifier }) => identifier))) {
      written.add(name);
      // Of a name that nothing uses only what its module does when it loads is taken.
      if (references.length > 0) names.add(name);
    }
  }
  const isDropped = statement.specifiers.length > 0 && statement.specifiers.every(({ local }) => isDroppedImport(file, local.name));
  if (!isThere || isDropped) return;
  found.push({ node: statement.source, source: statement.source.value, names: [...names], written: [...written], statement, isUnused: !isReferenced });
}

/** Whether imports stay that nothing uses as values: in JavaScript, and where TypeScript is told so. */
function keepsImports(file: FileModel): boolean {
  if (keepsUnusedImports(file.filename, file.text)) return true;
  const { path, root, pass } = file;
  const isAsked = path !== undefined && root !== undefined && moduleConfigOf(path, root, pass).config?.keepsImports === true;
  // Next.js 16.4 does as `verbatimModuleSyntax` says with Turbopack; with webpack it drops the imports all the same.
  return isAsked && !mayUseWebpack(file);
}

/** What a specifier takes. Of a namespace that is read by members, these; of a name that nothing uses, the name. */
function namesOf(specifier: TSESTree.ImportClause, references: readonly Node[]): readonly string[] {
  if (specifier.type === "ImportDefaultSpecifier") return ["default"];
  if (specifier.type === "ImportSpecifier") return specifier.importKind === "type" ? [] : [specifierName(specifier.imported)];
  return references.map(({ parent }) =>
    parent?.type === "MemberExpression" && !parent.computed && parent.property.type === "Identifier" ? parent.property.name : "*",
  );
}

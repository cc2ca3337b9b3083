import type { TSESTree } from "@typescript-eslint/types";
import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { specifierName } from "../model/values/bindings.ts";
import type { FileModel } from "../model/file.ts";
import { normaliseSource } from "../sdk/canonical.ts";
import { packageNameOf } from "../sdk/packages.ts";
import { isRuntimeReference } from "../model/place/name-uses.ts";
import { isComponentFile } from "../model/syntax/program.ts";
import { indentOf, isTyped, styleOf } from "./source-style.ts";

/** A name that a fix uses, and the edits that make it available. */
export interface Available {
  readonly name: string;
  fixes(fixer: RuleFixer): RuleFix[];
}

/**
 * Makes a named export available once: through the import that is there already, a specifier added to one from the
 * same module, or a new import in the file's own style.
 */
export function ensureImport(file: FileModel, module: string, exported: string): Available {
  const existing = importsFrom(file, module);
  const source = addressIn(file, module);
  for (const declaration of existing) {
    for (const specifier of declaration.specifiers) {
      if (specifier.type === "ImportSpecifier" && specifierName(specifier.imported) === exported && specifier.importKind !== "type") {
        return { name: specifier.local.name, fixes: () => [] };
      }
    }
  }
  const name = freeName(file, exported);
  const specifier = name === exported ? exported : `${exported} as ${name}`;
  const extendable = existing.find((declaration) => declaration.specifiers.some(({ type }) => type === "ImportSpecifier"));
  const last = extendable?.specifiers.at(-1);
  if (last) return { name, fixes: (fixer) => [fixer.insertTextAfter(last, `, ${specifier}`)] };
  const { quote, semicolon, isCommonJs } = styleOf(file);
  const line = isCommonJs
    ? `const { ${specifier.replace(" as ", ": ")} } = require(${quote}${source}${quote})${semicolon}`
    : `import { ${specifier} } from ${quote}${source}${quote}${semicolon}`;
  return { name, fixes: (fixer) => [insertImport(file, fixer, line)] };
}

/** Two names of one module, by one import where both are missing. */
export function ensureImports(file: FileModel, source: string, first: string, second: string): readonly [Available, Available] {
  const [one, other] = [ensureImport(file, source, first), ensureImport(file, source, second)];
  const fixes = (fixer: RuleFixer): RuleFix[] => {
    const [kept, added] = [one.fixes(fixer), other.fixes(fixer)].map(([fix]) => fix);
    if (!kept || !added) return [kept ?? added].flatMap((fix) => fix ?? []);
    // `, name` into braces that are there, or a line of its own.
    const [open, close] = [added.text.indexOf("{ "), added.text.lastIndexOf(" }")];
    const braced = open < 0 || close < open ? undefined : added.text.slice(open + 2, close);
    return [{ range: kept.range, text: braced === undefined ? kept.text + added.text : kept.text.replace(" }", () => `, ${braced} }`) }];
  };
  return [{ name: one.name, fixes }, { name: other.name, fixes: () => [] }];
}

/** Makes a type available under its name: a `import type` is added where nothing else brings it. */
export function ensureTypeImport(file: FileModel, source: string, name: string): Available {
  const isThere = file.ast.body.some(
    (node) => node.type === "ImportDeclaration" && node.source.value === source && node.specifiers.some(({ local }) => local.name === name),
  );
  const { quote, semicolon } = styleOf(file);
  return { name, fixes: (fixer) => (isThere ? [] : [insertImport(file, fixer, `import type { ${name} } from ${quote}${source}${quote}${semicolon}`)]) };
}

function importsFrom(file: FileModel, source: string): readonly TSESTree.ImportDeclaration[] {
  return file.ast.body.filter(
    (node) => node.type === "ImportDeclaration" && (node.source.value === source || normaliseSource(node.source.value) === source) && node.importKind !== "type",
  ) as TSESTree.ImportDeclaration[];
}

/** How Deno is told where a package is, unless an import map says where its bare name leads. */
const ADDRESS = /^(?:npm:|jsr:|https?:\/\/)/u;

/** A package as the file imports packages: by its address, where it names others by theirs and none by its bare name. */
function addressIn(file: FileModel, source: string): string {
  if (packageNameOf(source) === "" || source.startsWith("node:")) return source;
  const others = file.ast.body.flatMap((node) => (node.type === "ImportDeclaration" && packageNameOf(node.source.value) !== "" ? [node.source.value] : []));
  const isBare = (other: string): boolean => !ADDRESS.test(other) && !other.startsWith("node:");
  return file.ast.body.some((node) => node.type === "ImportDeclaration" && ADDRESS.test(node.source.value)) && !others.some(isBare) ? `npm:${source}` : source;
}

/** `wanted`, or a name made from it that nothing in the file uses. */
export function freeName(file: FileModel, wanted: string): string {
  const isFree = (name: string): boolean => !new RegExp(`(?<![\\w$.])${name}(?![\\w$])`, "u").test(file.text);
  if (isFree(wanted)) return wanted;
  for (const candidate of [`${wanted}Value`, `upstash${wanted[0]?.toUpperCase() ?? ""}${wanted.slice(1)}`]) {
    if (isFree(candidate)) return candidate;
  }
  for (let number = 2; ; number++) if (isFree(`${wanted}${String(number)}`)) return `${wanted}${String(number)}`;
}

/** Puts a line after the last import, or after the directives; where there is none, at the top of the file or its script. */
export function insertImport(file: FileModel, fixer: RuleFixer, line: string): RuleFix {
  const { newline } = styleOf(file);
  const anchor = lastImport(file);
  if (anchor) return fixer.insertTextAfter(anchor, `${newline}${line}`);
  // In a component, what stands before the first statement is markup.
  const [first] = file.ast.body;
  if (first && isComponentFile(file.filename)) return fixer.insertTextBefore(first, `${line}${newline}${indentOf(file, first)}`);
  const shebang = /^#!.*(?:\r?\n)?/u.exec(file.text)?.[0].length ?? 0;
  return fixer.insertTextAfterRange([shebang, shebang], `${line}${newline}`);
}

/** Puts a block of statements after the imports. */
export function insertAfterImports(file: FileModel, fixer: RuleFixer, block: string): RuleFix {
  const { newline } = styleOf(file);
  return insertImport(file, fixer, `${newline}${block}`);
}

function lastImport(file: FileModel): TSESTree.Node | undefined {
  let anchor: TSESTree.Node | undefined;
  for (const node of file.ast.body) {
    const isDirective = node.type === "ExpressionStatement" && "directive" in node && node.directive !== undefined;
    const isRequire =
      node.type === "VariableDeclaration" && node.declarations.every(({ init }) => init && /^require\s*\(/u.test(file.text.slice(...init.range)));
    if (node.type === "ImportDeclaration" || node.type === "TSImportEqualsDeclaration" || isDirective || isRequire) anchor = node;
    else break;
  }
  return anchor;
}

/** Removes an import with its line; comments beside it stay. */
export function removeStatement(file: FileModel, { range: [start, end] }: TSESTree.ImportDeclaration): (fixer: RuleFixer) => RuleFix {
  const { text } = file;
  const lineEnd = /^[ \t]*\r?\n/u.exec(text.slice(end))?.[0].length ?? 0;
  return (fixer) => fixer.removeRange([start, end + lineEnd]);
}

/**
 * Makes an import one of types, where nothing uses its names as values; undefined where something does, or nothing uses
 * them at all.
 */
export function typeImportFix(file: FileModel, statement: TSESTree.ImportDeclaration): ((fixer: RuleFixer) => RuleFix[]) | undefined {
  if (!isTyped(file) || statement.specifiers.length === 0) return undefined;
  const references = statement.specifiers.map(
    (specifier) => file.evaluator.scopeManager.getDeclaredVariables(specifier).flatMap((variable) => variable.references),
  );
  if (references.some((list) => list.length === 0 || list.some(isRuntimeReference))) return undefined;
  const isMixed = statement.specifiers.some(({ type }) => type !== "ImportSpecifier") && statement.specifiers.length > 1;
  if (isMixed) return undefined;
  const keyword = file.ast.tokens?.find(({ range }) => range[0] === statement.range[0]);
  if (!keyword) return undefined;
  return (fixer) => [
    fixer.insertTextAfterRange([keyword.range[0], keyword.range[1]], " type"),
    ...statement.specifiers.flatMap((specifier) =>
      specifier.type === "ImportSpecifier" && specifier.importKind === "type"
        ? [fixer.replaceText(specifier, file.text.slice(...specifier.range).replace(/^type\s+/u, ""))]
        : [],
    ),
  ];
}

/** Puts `import "server-only"` before the other imports, behind directives and the comments that open the file. */
export function markServerOnly(file: FileModel): (fixer: RuleFixer) => RuleFix {
  const { quote, semicolon, newline, isCommonJs } = styleOf(file);
  const line = isCommonJs ? `require(${quote}server-only${quote})${semicolon}` : `import ${quote}server-only${quote}${semicolon}`;
  const first = file.ast.body.find((node) => !("directive" in node && node.directive !== undefined));
  return (fixer) => (first ? fixer.insertTextBefore(first, `${line}${newline}`) : fixer.insertTextAfterRange([0, 0], `${line}${newline}`));
}

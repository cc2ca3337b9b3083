import type { TSESTree } from "@typescript-eslint/types";
import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { isFunction, unwrap, type Node } from "../model/syntax/ast.ts";
import { specifierName } from "../model/values/bindings.ts";
import type { FileModel } from "../model/file.ts";
import { ensureImport, freeName } from "./imports.ts";
import { styleOf } from "./source-style.ts";

type Edits = (fixer: RuleFixer) => RuleFix[];

/**
 * Puts a call of `wrapper` around what a module exports under `name`.
 * @returns undefined where the export is written in a way that can't be wrapped in place
 */
export function wrapExport(file: FileModel, name: string, source: string, wrapper: string): Edits | undefined {
  const imported = ensureImport(file, source, wrapper);
  const wrap = wrapping(file, name, imported.name);
  return wrap && ((fixer) => [...imported.fixes(fixer), ...wrap(fixer)]);
}

function wrapping(file: FileModel, name: string, wrapper: string): Edits | undefined {
  for (const statement of file.ast.body) {
    if (statement.type === "ExportDefaultDeclaration" && name === "default") return wrapDefault(file, statement, wrapper);
    if (statement.type === "ExpressionStatement" && name === "default") {
      const { expression } = statement;
      if (isModuleExports(expression)) return around(expression.right, wrapper);
    }
    if (statement.type !== "ExportNamedDeclaration") continue;
    const specifier = statement.specifiers.find(({ exported }) => specifierName(exported) === name);
    if (specifier) return wrapSpecifier(file, statement, specifier, wrapper);
    const { declaration } = statement;
    if (declaration?.type === "FunctionDeclaration" && declaration.id?.name === name) return wrapFunction(file, statement, declaration, declaration.id, wrapper);
    if (declaration?.type !== "VariableDeclaration") continue;
    const declarator = declaration.declarations.find(({ id }) => id.type === "Identifier" && id.name === name);
    if (declarator?.init) return around(declarator.init, wrapper);
  }
  return undefined;
}

function isModuleExports(node: Node): node is TSESTree.AssignmentExpression {
  return node.type === "AssignmentExpression" && node.left.type === "MemberExpression";
}

function around(node: Node, wrapper: string): Edits {
  return (fixer) => [fixer.insertTextBefore(node, `${wrapper}(`), fixer.insertTextAfter(node, ")")];
}

/** `export async function POST() {}` → `async function handler() {}` and `export const POST = wrapper(handler);` */
function wrapFunction(file: FileModel, statement: Node, fn: Node, id: TSESTree.Identifier, wrapper: string): Edits {
  const { newline, semicolon } = styleOf(file);
  const name = freeName(file, "handler");
  return (fixer) => [
    fixer.removeRange([statement.range[0], fn.range[0]]),
    fixer.replaceText(id, name),
    fixer.insertTextAfter(statement, `${newline}${newline}export const ${id.name} = ${wrapper}(${name})${semicolon}`),
  ];
}

function wrapDefault(file: FileModel, statement: TSESTree.ExportDefaultDeclaration, wrapper: string): Edits | undefined {
  const { newline, semicolon } = styleOf(file);
  const { declaration } = statement;
  const value = unwrap(declaration);
  if (declaration.type === "FunctionDeclaration") {
    const { id } = declaration;
    if (!id) {
      return (fixer) => [fixer.insertTextBefore(declaration, `${wrapper}(`), fixer.insertTextAfter(declaration, `)${semicolon}`)];
    }
    return (fixer) => [
      fixer.removeRange([statement.range[0], declaration.range[0]]),
      fixer.insertTextAfter(statement, `${newline}${newline}export default ${wrapper}(${id.name})${semicolon}`),
    ];
  }
  return isFunction(value) || value.type === "Identifier" || value.type === "CallExpression" ? around(declaration, wrapper) : undefined;
}

/** `export { handler as POST }`: the wrapped function gets a name of its own. */
function wrapSpecifier(file: FileModel, statement: TSESTree.ExportNamedDeclaration, specifier: TSESTree.ExportSpecifier, wrapper: string): Edits | undefined {
  const { newline, semicolon } = styleOf(file);
  const name = freeName(file, "verified");
  const exported = specifierName(specifier.exported);
  const target = exported === name ? name : `${name} as ${exported}`;
  if (!statement.source) {
    return (fixer) => [
      fixer.insertTextBefore(statement, `const ${name} = ${wrapper}(${specifierName(specifier.local)})${semicolon}${newline}`),
      fixer.replaceText(specifier, target),
    ];
  }
  if (statement.specifiers.length > 1) return undefined;
  const handler = freeName(file, "handler");
  const local = specifierName(specifier.local);
  const from = file.text.slice(...statement.source.range);
  const imports = local === "default" ? `import ${handler} from ${from}` : `import { ${local} as ${handler} } from ${from}`;
  const exports = exported === "default" ? `export default ${wrapper}(${handler})` : `export const ${exported} = ${wrapper}(${handler})`;
  return (fixer) => [fixer.replaceText(statement, `${imports}${semicolon}${newline}${newline}${exports}${semicolon}`)];
}

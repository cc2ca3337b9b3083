import type { TSESTree } from "@typescript-eslint/types";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { constantString, staticKey, wrapped, type Node } from "../syntax/ast.ts";

/*
 * What is done with a name, or with what an expression gives: as nodes.
 */

/** False for names in types (`typeof redis`), which are gone when the code runs. */
export function isRuntimeReference(reference: Scope.Reference): boolean {
  if ("isTypeReference" in reference && reference.isTypeReference) return false;
  for (let at = reference.identifier.parent as Node | undefined; at; at = at.parent) {
    if (at.type === "TSTypeQuery" || at.type === "TSTypeReference" || at.type === "TSInterfaceHeritage" || at.type === "TSClassImplements") return false;
    if (!/^TS|^(?:Identifier|MemberExpression)$/u.test(at.type)) return true;
  }
  return true;
}

/** The member that is read of what an expression gives: `load` of `store.load`. Undefined: it is not read by a known member. */
export function memberRead(identifier: Node): string | undefined {
  const outer = wrapped(identifier);
  const { parent } = outer;
  if (parent?.type === "JSXMemberExpression" && parent.object === outer) return parent.property.name;
  if (parent?.type !== "MemberExpression" || parent.object !== outer) return undefined;
  if (!parent.computed) return parent.property.type === "Identifier" ? parent.property.name : undefined;
  return constantString(parent.property);
}

/** What an expression gives is called, and nothing else is done with it. */
export function isCallee(node: Node): boolean {
  const outer = wrapped(node);
  return outer.parent?.type === "CallExpression" && outer.parent.callee === outer;
}

/** An export of a module that is loaded when it is needed, and whether it is called and nothing else. */
export interface Taken {
  readonly name: string;
  readonly isCalled: boolean;
}

/**
 * What is taken of the module that `import()` or `require()` brings: `const { save } = await import("./actions")`,
 * `(await import("./actions")).save()`.
 * @returns undefined: all of it may be, as where it is handed on
 */
export function takenNames(load: Node, scopes: Scope.ScopeManager): readonly Taken[] | undefined {
  const loaded = wrapped(load);
  const module = loaded.parent?.type === "AwaitExpression" ? wrapped(loaded.parent) : loaded;
  // What nobody waits for is a promise; its members are not those of the module.
  if (module === loaded && load.type === "ImportExpression") return module.parent?.type === "ExpressionStatement" ? [] : undefined;
  const { parent } = module;
  if (parent?.type === "ExpressionStatement") return [];
  const name = memberRead(module);
  if (name !== undefined && parent) return [{ name, isCalled: isCallee(parent) }];
  return parent?.type === "VariableDeclarator" && parent.init === module ? takenBy(parent, scopes) : undefined;
}

function takenBy(declarator: TSESTree.VariableDeclarator, scopes: Scope.ScopeManager): readonly Taken[] | undefined {
  if (declarator.parent.parent.type === "ExportNamedDeclaration") return undefined;
  const variables = scopes.getDeclaredVariables(declarator);
  const usesOf = (identifier: TSESTree.Identifier): readonly Scope.Reference[] | undefined =>
    variables.find(({ name }) => name === identifier.name)?.references.filter((reference) => !reference.init && (isRuntimeReference(reference) || isExported(reference)));
  const { id } = declarator;
  if (id.type === "Identifier") return all((usesOf(id) ?? []).map(({ identifier }) => memberOf(identifier)));
  if (id.type !== "ObjectPattern") return undefined;
  return all(
    id.properties.map((property) => {
      const name = property.type === "Property" ? staticKey(property) : undefined;
      const local = property.value?.type === "AssignmentPattern" ? property.value.left : property.value;
      const uses = local?.type === "Identifier" ? usesOf(local) : undefined;
      return name === undefined || !uses ? undefined : { name, isCalled: uses.every(({ identifier }) => isCallee(identifier)) };
    }),
  );
}

/** `export { save }`, which is a reference to a type as well. */
const isExported = ({ identifier }: Scope.Reference): boolean => identifier.parent.type.startsWith("Export");

/** `actions.save`, of the module as a variable. */
function memberOf(identifier: Node): Taken | undefined {
  const name = memberRead(identifier);
  const { parent } = wrapped(identifier);
  return name === undefined || !parent ? undefined : { name, isCalled: isCallee(parent) };
}

/** Undefined where one of them is not known. */
function all<T>(found: readonly (T | undefined)[]): readonly T[] | undefined {
  const known = found.filter((one) => one !== undefined);
  return known.length === found.length ? known : undefined;
}

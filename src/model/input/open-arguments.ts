import { CUTTING_METHODS } from "../../sdk/input-checks.ts";
import { ARRAY_METHODS_KEEPING_VALUE, STRING_METHODS_KEEPING_VALUE } from "../../sdk/passthrough.ts";
import type { TSESTree } from "@typescript-eslint/types";
import { contains, isFunction, unwrap, wrapped, type Node } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import type { CallValue, FunctionFacts, ParamValue, TypeShape } from "../values/ir.ts";
import { propertiesOfType } from "../values/shapes.ts";
import type { Located, LocatedType } from "../values/trace.ts";
import type { RequestInput } from "./request-input.ts";

/** A step from a value to what is read from it: a member, or a method with its call. */
export interface Reading {
  readonly name: string;
  readonly call?: CallValue;
}

/** Any element of a list, any key of an object. */
export const ANY = "*";

/** Methods of texts and lists whose result holds what was handed in; `replace` changes what it is told to. */
const KEEPING = new Set([...STRING_METHODS_KEEPING_VALUE, ...ARRAY_METHODS_KEEPING_VALUE, ...CUTTING_METHODS, "replace", "replaceAll"]);

/**
 * An argument of a function of the file, where callers may give any text: the function has a name of its own or is
 * exported, and the declared type, if there is one, is no number, flag or list of constants. Empty where that is not known.
 */
export function openArgument(file: FileModel, { fn, index }: ParamValue, readings: readonly Reading[]): readonly RequestInput[] {
  if (!isNamed(fn) || readings.some(({ name, call }) => call !== undefined && !KEEPING.has(name))) return [];
  const { name, type } = fn.params[index] ?? {};
  const members = readings.filter(({ call }) => !call).map((reading) => reading.name);
  if (type && !mayBeText(file, { type, place: file.place }, members)) return [];
  const whole = !readings.some((reading) => reading.call && CUTTING_METHODS.has(reading.name));
  return [{ kind: "argument", path: [name ?? String(index), ...members], whole }];
}

/** Declared, assigned to a name, a method, an export, or handed to a function that makes such a one of it: `cache(async (key) => …)`. */
function isNamed(fn: FunctionFacts): boolean {
  if (!fn.node || !isFunction(fn.node)) return false;
  if (fn.node.type === "FunctionDeclaration") return true;
  const outer = wrapped(fn.node);
  const { parent } = outer;
  if (parent && holds(parent, outer)) return true;
  if (parent?.type !== "CallExpression" || parent.arguments[0] !== outer || parent.callee.type !== "Identifier") return false;
  const made = wrapped(parent);
  return made.parent !== undefined && holds(made.parent, made);
}

function holds(parent: Node, node: Node): boolean {
  switch (parent.type) {
    case "VariableDeclarator":
      return parent.init === node && parent.id.type === "Identifier";
    case "AssignmentExpression":
      return parent.right === node;
    case "Property":
    case "PropertyDefinition":
    case "MethodDefinition":
      return parent.value === node;
    case "ExportDefaultDeclaration":
      return true;
    default:
      return false;
  }
}

/** Not declared, or a text. What a package declares is not known. */
function mayBeText(file: FileModel, { type, place }: LocatedType, [member, ...rest]: readonly string[], depth = 0): boolean {
  if (depth > 8) return false;
  const again = (inner: TypeShape, members: readonly string[] = member === undefined ? [] : [member, ...rest]): boolean =>
    mayBeText(file, { type: inner, place }, members, depth + 1);
  switch (type.kind) {
    case "any-of":
      return type.of.some((part) => again(part));
    case "named":
      return type.target !== undefined && again(type.target);
    case "import": {
      const imported = file.tracer.importedType(type.source, type.name, place);
      return imported !== undefined && mayBeText(file, imported, member === undefined ? [] : [member, ...rest], depth + 1);
    }
    case "array":
      return again(type.of, member === undefined || /^(?:\d+|\*)$/u.test(member) ? rest : [member, ...rest]);
    case "keyword":
      return type.name === "any" || (type.name === "string" && (member === undefined || member === ANY));
    default: {
      if (member === undefined) return false;
      const property = propertiesOfType(file.tracer, { type, place })?.get(member);
      return property !== undefined && mayBeText(file, property, rest, depth + 1);
    }
  }
}

/** Every call of a function that the file keeps to itself. Undefined: others may call it, or it is handed on. */
export function callsOfFunction(file: FileModel, fn: FunctionFacts): readonly Located<CallValue>[] | undefined {
  const { node } = fn;
  if (!node || !isFunction(node)) return undefined;
  const member = wrapped(node).parent;
  if (member?.type === "MethodDefinition" || member?.type === "PropertyDefinition") return callsOfMethod(file, member);
  const declaration = node.type === "FunctionDeclaration" ? node : wrapped(node).parent;
  if (declaration?.type !== "FunctionDeclaration" && (declaration?.type !== "VariableDeclarator" || declaration.id.type !== "Identifier")) return undefined;
  const holder = declaration.type === "FunctionDeclaration" ? declaration.parent : declaration.parent.parent;
  if (holder.type === "ExportNamedDeclaration" || holder.type === "ExportDefaultDeclaration") return undefined;
  const calls: Located<CallValue>[] = [];
  const [variable] = file.evaluator.scopeManager.getDeclaredVariables(declaration);
  for (const { identifier, init } of variable?.references ?? []) {
    if (init) continue;
    const { parent } = identifier;
    const value = parent?.type === "CallExpression" && parent.callee === identifier ? file.evaluator.value(parent) : undefined;
    if (value?.kind !== "call" || value.spreadAt !== undefined) return undefined;
    calls.push({ value, place: file.place });
  }
  return calls;
}

/** Every call of a method that its class keeps to itself: a private one, or one of a React component, which nobody calls from outside. */
function callsOfMethod(file: FileModel, member: TSESTree.MethodDefinition | TSESTree.PropertyDefinition): readonly Located<CallValue>[] | undefined {
  const { key, parent: { parent: owner } } = member;
  const name = key.type === "PrivateIdentifier" || (key.type === "Identifier" && !member.computed) ? key.name : undefined;
  const isKept = key.type === "PrivateIdentifier" || member.accessibility === "private" || isComponent(file, owner);
  if (name === undefined || !isKept || member.static || REACT_METHODS.test(name)) return undefined;
  const calls: Located<CallValue>[] = [];
  for (const node of file.memberNodes) {
    if (!contains(owner, node)) continue;
    // `this[name]` may be any of them.
    if (node.object.type === "ThisExpression" && node.computed) return undefined;
    if (node.computed || node.property.type !== key.type || node.property.name !== name) continue;
    const call = wrapped(node).parent;
    const value = call?.type === "CallExpression" && unwrap(call.callee) === node ? file.evaluator.value(call) : undefined;
    if (value?.kind !== "call" || value.spreadAt !== undefined) return undefined;
    calls.push({ value, place: file.place });
  }
  return calls;
}

/** What React calls, with what it has. */
const REACT_METHODS = /^(?:constructor|render|setState|shouldComponentUpdate|getSnapshotBeforeUpdate|(?:UNSAFE_)?component\w+)$/u;

function isComponent(file: FileModel, { superClass }: TSESTree.ClassDeclaration | TSESTree.ClassExpression): boolean {
  const path = superClass && file.tracer.canonical(file.located(superClass));
  return path?.source === "react" && /^(?:Pure)?Component$/u.test(path.path.at(-1) ?? "");
}

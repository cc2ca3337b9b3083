import type { TSESTree } from "@typescript-eslint/types";
import { importersOf } from "../../project/source-files.ts";
import { isFunction, wrapped } from "../syntax/ast.ts";
import { callsOf } from "../syntax/all-calls.ts";
import type { FileModel } from "../file.ts";
import { hasOutsideCallers } from "../place/outside-callers.ts";
import { isTestPath } from "../place/runtime.ts";
import { isRuntimeReference } from "../place/name-uses.ts";
import type { CallValue, FunctionFacts, ModuleFacts, ParamValue, Value } from "../values/ir.ts";
import { keywordOf, propertiesOfType } from "../values/shapes.ts";
import type { Located, LocatedType } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { callsOfFunction } from "./open-arguments.ts";
import { within } from "../../project/root.ts";

const MAX_DEPTH = 8;

/**
 * Whether all that the project ever hands to a parameter of an exported function is one of several constants, or nothing: an
 * application does not call all that it exports. False: somebody else may call the function, something else is done with it
 * than calling it, or it may be handed something else.
 * @param path the members that are read of the parameter
 */
export function isHandedConstants(file: FileModel, param: ParamValue, path: readonly string[]): boolean {
  return new Callers(file).areSafe(param, path, 0);
}

class Callers {
  readonly #file: FileModel;
  readonly #seen = new Set<ParamValue>();

  constructor(file: FileModel) {
    this.#file = file;
  }

  areSafe(param: ParamValue, path: readonly string[], depth: number): boolean {
    // A function that calls itself is handed what its other callers hand it.
    if (this.#seen.has(param)) return true;
    this.#seen.add(param);
    if (param.rest || depth > MAX_DEPTH) return false;
    const kept = callsOfFunction(this.#file, param.fn);
    const calls = kept ?? callsOfExported(this.#file, param.fn);
    if (calls?.length === 0) return kept !== undefined || !this.#mayBeCalled();
    return calls !== undefined && calls.every(({ value, place }) => {
      const given = value.spreadAt === undefined ? value.args[param.index] : undefined;
      return given !== undefined && this.#isSafe({ value: given, place }, path, depth + 1);
    });
  }

  /** What the linted file exports may be called by others than the project's modules. */
  #mayBeCalled(): boolean {
    const { path, project } = this.#file;
    return path === undefined || !project || hasOutsideCallers(path, project);
  }

  /** One of several constants, or a number, as far as values and the declared types of parameters tell. */
  #isSafe({ value, place }: Located, path: readonly string[], depth: number): boolean {
    if (depth > MAX_DEPTH) return false;
    const all = (parts: readonly Value[]): boolean => parts.every((part) => this.#isSafe({ value: part, place }, path, depth + 1));
    switch (value.kind) {
      case "literal":
        return true;
      // What a variable, or a cast, is declared to be says nothing of what is put there: `(await request.json()) as Body`.
      case "ref":
        return all([value.target]);
      case "choice":
        return all(value.operator === "&&" ? value.options.slice(-1) : value.options);
      case "template":
      case "array":
        return all(value.kind === "template" ? value.parts : value.items);
      case "param":
        return this.#isSafeParameter({ value, place }, path, depth);
      case "member":
        return this.#isSafeMember({ value, place }, path, depth);
      case "object": {
        const [name, ...rest] = path;
        const entry = value.entries.every(({ key, spread }) => key !== undefined && !spread) ? value.entries.findLast(({ key }) => key === name) : undefined;
        return entry !== undefined && this.#isSafe({ value: entry.value, place }, rest, depth + 1);
      }
      case "import": {
        const found = this.#file.tracer.alternatives({ value, place });
        return found.every((one) => one.value !== value && this.#isSafe(one, path, depth + 1));
      }
      default:
        return false;
    }
  }

  #isSafeMember({ value, place }: Located<Value & { kind: "member" }>, path: readonly string[], depth: number): boolean {
    if (value.property !== undefined) return this.#isSafe({ value: value.object, place }, [value.property, ...path], depth + 1);
    // Some element of a list.
    const [list] = this.#file.tracer.alternatives({ value: value.object, place });
    return list?.value.kind === "array" && this.#isSafe(list, path, depth + 1);
  }

  /** What a parameter is declared to be holds for what the project hands in, but not for what frameworks do: see REQUEST. */
  #isSafeParameter({ value, place }: Located<ParamValue>, path: readonly string[], depth: number): boolean {
    const { name, type } = value.fn.params[value.index] ?? {};
    const isOfRequest = [...(name === undefined ? [] : [name]), ...path].some((word) => REQUEST.test(word)) || isServerAction(place.module, value.fn);
    if (type && !isOfRequest && !value.rest && isOneOfConstants(this.#file, { type, place }, path)) return true;
    return place.module === this.#file && place.frame === undefined && this.areSafe(value, path, depth + 1);
  }
}

/** Names of what frameworks fill with parts of requests, whatever its type says. */
const REQUEST = /^(?:req|request|c|ctx|context|params|searchParams|query|body|headers|cookies|input|data|formData|props|locals|url)$/u;

/** Browsers call it, with what they like. */
function isServerAction(module: ModuleFacts, fn: FunctionFacts): boolean {
  return module.directives.includes("use server") || fn.directives.includes("use server");
}

function isOneOfConstants(file: FileModel, type: LocatedType, [name, ...rest]: readonly string[]): boolean {
  if (name !== undefined) {
    const member = propertiesOfType(file.tracer, type)?.get(name);
    return member !== undefined && isOneOfConstants(file, member, rest);
  }
  const keyword = keywordOf(file.tracer, type);
  return keyword === "literals" || keyword === "number" || keyword === "boolean";
}

/** Every call of an exported function, in all files but tests. Undefined: something else may be done with it. */
function callsOfExported(file: FileModel, fn: FunctionFacts): readonly Located<CallValue>[] | undefined {
  if (!known.has(fn)) known.set(fn, findCalls(file, fn));
  return known.get(fn);
}

/** Facts of a function are made anew with each model of its file. */
const known = new WeakMap<FunctionFacts, readonly Located<CallValue>[] | undefined>();

function findCalls(file: FileModel, fn: FunctionFacts): readonly Located<CallValue>[] | undefined {
  const { project, path } = file;
  const declaration = declarationOf(fn);
  const [variable] = declaration ? file.evaluator.scopeManager.getDeclaredVariables(declaration) : [];
  if (!project || path === undefined || !variable || isServerAction(file, fn)) return undefined;
  const names = [...file.parts.exported].flatMap(([name, value]) => ("local" in value && value.local === variable.name ? [name] : []));
  const importers = importersOf(path, project)?.filter((importer) => !isTestPath(within(project.root, importer)));
  if (names.length === 0 || !importers) return undefined;
  const calls: Located<CallValue>[] = [];
  for (const reference of variable.references) {
    const { identifier, init } = reference;
    if (init || !isRuntimeReference(reference) || /^Export(?:Specifier|DefaultDeclaration)$/u.test(identifier.parent.type)) continue;
    const { parent } = identifier;
    const call = parent.type === "CallExpression" ? file.evaluator.value(parent) : undefined;
    const isCallback = parent.type === "CallExpression" && parent.arguments[0] === identifier;
    const value = parent.type === "CallExpression" && parent.callee === identifier ? call : isCallback && call ? callForEach(call) : undefined;
    if (value?.kind !== "call") return undefined;
    calls.push({ value, place: file.place });
  }
  for (const importer of importers) {
    const found = callsIn(project.module(importer), new Set(names), (source) => project.resolve(importer, source) === path);
    if (!found) return undefined;
    calls.push(...found);
  }
  return calls;
}

/** `names.map(status)`: some element, its place in the list, and the list. */
function callForEach(call: Value): CallValue | undefined {
  const [callback] = call.kind === "call" ? call.args : [];
  const method = call.kind === "call" ? target(call.callee) : undefined;
  if (!callback || method?.kind !== "member" || !ITERATES.test(method.property ?? "")) return undefined;
  const element: Value = { kind: "member", object: method.object, property: undefined };
  return { kind: "call", callee: callback, args: [element, { kind: "literal", value: 0 }, method.object], isNew: false };
}

const ITERATES = /^(?:map|flatMap|forEach|filter|find|some|every)$/u;

function declarationOf({ node }: FunctionFacts): TSESTree.FunctionDeclaration | TSESTree.VariableDeclarator | undefined {
  if (!node || !isFunction(node)) return undefined;
  const declaration = node.type === "FunctionDeclaration" ? node : wrapped(node).parent;
  if (declaration?.type === "FunctionDeclaration") return declaration;
  return declaration?.type === "VariableDeclarator" && declaration.id.type === "Identifier" ? declaration : undefined;
}

/** The calls of a module's export in another module. Undefined: something else is done with it there, or a call is not found. */
function callsIn(module: ModuleFacts | undefined, names: ReadonlySet<string>, isMeant: (source: string) => boolean): readonly Located<CallValue>[] | undefined {
  if (!module) return undefined;
  const { parts, imported, exported, stars } = module.parts;
  const isHandedOn = [...exported.values()].some((value) => {
    const from = "local" in value ? imported.get(value.local) : value;
    return from !== undefined && isMeant(from.source) && (from.name === "*" || names.has(from.name));
  });
  if (isHandedOn || stars.some(isMeant) || parts.some(({ loads }) => loads.some(({ what }) => isMeant(what)))) return undefined;
  const locals = new Set([...imported].flatMap(([local, { source, name }]) => (isMeant(source) && (name === "*" || names.has(name)) ? [local] : [])));
  const uses = parts.flatMap((part) => part.uses.filter(({ name }) => locals.has(name)));
  if (uses.some(({ isCalled, member }) => !isCalled || member !== undefined)) return undefined;
  if (uses.length === 0) return [];
  const calls = [...callsOf(module)].filter(({ callee }) => {
    const at = target(callee);
    return at.kind === "import" && names.has(at.name) && isMeant(at.source);
  });
  // Some code is not read, such as what stands in markup.
  return calls.length < uses.length ? undefined : calls.map((value) => ({ value, place: { module } }));
}

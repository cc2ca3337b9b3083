import type { Node } from "../syntax/ast.ts";
import { isFunction, unwrap } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import { beginning, MEMBERS, MEMBERS_AND_AWAITS } from "../values/chains.ts";
import type { EnvValue, FunctionFacts, ImportValue, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Place } from "../values/trace.ts";
import { parameterValue } from "../values/bindings.ts";
import { memberOf, target } from "../values/values.ts";

/** One read of a named environment variable in the file being linted. */
export interface EnvRead {
  /** The node to report: `process.env.X`, `Deno.env.get("X")`, the property in a destructuring, an import's name. */
  readonly node: Node;
  readonly name: string;
  readonly via: EnvValue["via"];
  /** The module that hands it out is made for browsers: whatever name the variable has, it is in their bundle. */
  readonly isPublic?: true;
}

type Named = Omit<EnvRead, "node">;

/** Those of a file's nodes that are to be looked at. */
export type Among = <N extends Node>(nodes: readonly N[]) => readonly N[];

/**
 * Every read of an environment variable, in whatever form it is written; what other modules of the project read counts
 * where this file takes it from them. What `"use server"` functions answer does not: they run elsewhere.
 */
export function envReads(file: FileModel, among: Among = (nodes) => nodes): readonly EnvRead[] {
  const reads: EnvRead[] = [];
  const told = new Set<Node>();
  const add = (node: Node, read: Named | undefined): void => {
    if (!read || told.has(node)) return;
    told.add(node);
    reads.push({ node, ...read });
  };
  const members = among(file.memberNodes);
  const calls = among(file.callNodes);
  for (const node of members) if (unwrap(node) === node && !isWritten(node)) add(node, direct(file, node));
  for (const node of calls) add(node, readOf(file.evaluator.value(node)));
  for (const { pattern, value } of patternsOf(file, among)) addPattern(file, pattern, value, add);
  for (const { node, value } of runtimeImports(file, among)) add(node, elsewhere(file, { value, place: file.place }));
  // From the innermost outwards: what is made from a read is not another one.
  for (const node of members.toReversed()) {
    const value = file.evaluator.value(node);
    if (value.kind !== "member" || told.has(node) || isWritten(node) || !isFromElsewhere(value)) continue;
    const read = elsewhere(file, { value, place: file.place });
    if (read && !isMadeFrom(value, told)) add(node, read);
  }
  for (const node of calls.toReversed()) {
    const value = file.evaluator.value(node);
    if (value.kind !== "call" || value.isNew || told.has(node)) continue;
    const read = calledRead(file, { value, place: file.place });
    if (read && !isMadeFrom(value, told)) add(node, read);
  }
  return reads;
}

/** `process.env.X` itself, whatever way it is written. */
function direct(file: FileModel, node: Node): Named | undefined {
  const value = file.evaluator.value(node);
  const read = readOf(value);
  if (read || value.kind !== "member" || value.property !== undefined || !value.key) return read;
  const env = target(value.object);
  const name = env.kind === "env" && env.name === undefined ? textOf(file, value.key) : undefined;
  return name === undefined || env.kind !== "env" ? undefined : named(name, env);
}

const named = (name: string, { via, isPublic }: Pick<EnvValue, "via" | "isPublic">): Named => ({ name, via, ...(isPublic ? { isPublic } : {}) });

/** What a value reads by itself: `process.env.X`, and `copy.X` after `const copy = { ...process.env }`. */
function readOf(value: Value): Named | undefined {
  if (value.kind === "env") return value.name === undefined ? undefined : named(value.name, value);
  const copy = value.kind === "member" ? target(value.object) : undefined;
  if (value.kind !== "member" || value.property === undefined || copy?.kind !== "object") return undefined;
  const { property } = value;
  const last = copy.entries.findLast(({ key, spread, omit }) => (spread ? !omit?.includes(property) : key === property));
  const env = last?.spread ? target(last.value) : undefined;
  return env?.kind === "env" && env.name === undefined ? { name: property, via: env.via } : undefined;
}

/** The text that a value is certain to be: constants, joined and named. */
function textOf(file: FileModel, value: Value): string | undefined {
  const inner = target(value);
  if (inner.kind === "template") {
    const parts = inner.parts.map((part) => textOf(file, part));
    return parts.includes(undefined) ? undefined : parts.join("");
  }
  const constant = file.tracer.constant({ value: inner, place: file.place });
  return typeof constant === "string" ? constant : undefined;
}

/** `process.env.X = …` and `delete process.env.X` read nothing. */
function isWritten(node: Node): boolean {
  const { parent } = node;
  if (parent?.type === "AssignmentExpression") return parent.left === node && parent.operator === "=";
  return parent?.type === "UnaryExpression" && parent.operator === "delete";
}

/** A variable that another module has read, or that is a property of a validated environment. */
function elsewhere(file: FileModel, located: Located): Named | undefined {
  const { tracer } = file;
  for (const { value, place } of tracer.alternatives(located)) {
    if (value.kind !== "env" || value.name === undefined) continue;
    if (place.module !== file || value.node === undefined) return comesFromServerFunction(file, located) ? undefined : named(value.name, { ...value, via: "module" });
  }
  return undefined;
}

/** `getEnv("X")`: a function that reads a variable which it is not given the value of. */
function calledRead(file: FileModel, { value, place }: Located): Named | undefined {
  if (value.kind !== "call") return undefined;
  const functions = file.tracer.functions({ value: value.callee, place });
  if (functions.length > 0 && !functions.some((fn) => mayReturnRead(file, fn))) return undefined;
  const result = (located: Located): EnvValue | undefined => {
    for (const { value: found } of file.tracer.alternatives(located)) {
      if (found.kind === "env" && found.name !== undefined) return found;
    }
    return undefined;
  };
  if (value.args.some((argument) => result({ value: argument, place }))) return undefined;
  const found = result({ value, place });
  // A read that stands in this file is told where it stands, unless its name comes with the call.
  if (!found?.name || (found.node && readOf(file.evaluator.value(found.node)))) return undefined;
  if (comesFromServerFunction(file, { value, place })) return undefined;
  return { name: found.name, via: "module" };
}

/** Asked once for all calls of a function, without their arguments. */
function mayReturnRead({ tracer }: FileModel, { fn, place }: { readonly fn: FunctionFacts; readonly place: Place }): boolean {
  return fn.returns.some((value) =>
    tracer.memo(MAY_READ, { value, place }, false, () =>
      tracer.alternatives({ value, place }).some((found) => isOfParameter(found.value) || dependsOn(found.value, (part) => part.kind === "env")),
    ),
  );
}

const MAY_READ = {};

/** `environment[name]`: what it is comes with the call. */
function isOfParameter(value: Value): boolean {
  return beginning(value, MEMBERS).kind === "param";
}

/** The value leads to another module, or to what a call answers. */
function isFromElsewhere(value: Value): boolean {
  const { kind } = beginning(value, MEMBERS_AND_AWAITS);
  return kind === "import" || kind === "call";
}

const isMadeFrom = (value: Value, told: ReadonlySet<Node>): boolean =>
  dependsOn(value, (part) => part.node !== undefined && told.has(part.node));

/** A function of a `"use server"` module answers a request: what it returns has not been bundled. */
function comesFromServerFunction(file: FileModel, { value, place }: Located): boolean {
  return dependsOn(value, (part) => {
    if (part.kind !== "call") return false;
    return file.tracer
      .functions({ value: part.callee, place })
      .some(({ fn, place: at }) => fn.directives.includes("use server") || at.module.directives.includes("use server"));
  });
}

type ObjectPattern = Extract<Node, { type: "ObjectPattern" }>;

function addPattern(file: FileModel, pattern: ObjectPattern, of: Value, add: (node: Node, read: Named | undefined) => void): void {
  for (const property of pattern.properties) {
    if (property.type !== "Property") continue;
    const { key } = property;
    const name = !property.computed && key.type === "Identifier" ? key.name : textOf(file, file.evaluator.value(key));
    if (name === undefined) continue;
    const value = memberOf(of, name);
    const inner = property.value.type === "AssignmentPattern" ? property.value.left : property.value;
    if (inner.type === "ObjectPattern") addPattern(file, inner, value, add);
    else add(property, readOf(value) ?? (isFromElsewhere(value) ? elsewhere(file, { value, place: file.place }) : undefined));
  }
}

interface Destructured {
  readonly pattern: ObjectPattern;
  readonly value: Value;
}

/** Destructurings in declarations, assignments and defaults of parameters, with what is taken apart. */
function patternsOf(file: FileModel, among: Among): readonly Destructured[] {
  const found: Destructured[] = [];
  const pair = (pattern: Node | null | undefined, source: Node | null | undefined): void => {
    if (pattern?.type === "ObjectPattern" && source && among([source]).length > 0) found.push({ pattern, value: file.evaluator.value(source) });
  };
  for (const { id, init } of file.declarators) pair(id, init);
  for (const fn of file.functionNodes) {
    fn.params.forEach((param, index) => {
      if (param.type === "AssignmentPattern") pair(param.left, param.right);
      // A parameter by itself leads to no variable, except where a platform hands them over.
      if (param.type !== "ObjectPattern" || index > 1) return;
      const value = parameterValue(file.evaluator, fn, index);
      if (value.kind === "env" || (value.kind === "param" && value.holdsEnv)) found.push({ pattern: param, value });
    });
  }
  for (const { left, right } of file.patternAssignments) pair(left, right);
  return found;
}

export interface RuntimeImport {
  /** The name in the import's braces, or the default import's. */
  readonly node: Node;
  readonly value: ImportValue;
}

/** What is imported by name, or re-exported, to be there at run time: not for types alone, and not in vain. */
export function runtimeImports(file: FileModel, among: Among): readonly RuntimeImport[] {
  const found: RuntimeImport[] = [];
  for (const statement of file.ast.body) {
    if (statement.type === "ExportNamedDeclaration" && statement.source && statement.exportKind !== "type") {
      for (const specifier of statement.specifiers) {
        if (specifier.exportKind === "type") continue;
        const { local } = specifier;
        const name = local.type === "Identifier" ? local.name : local.value;
        found.push({ node: specifier, value: { kind: "import", source: statement.source.value, name } });
      }
    }
    if (statement.type !== "ImportDeclaration" || statement.importKind === "type") continue;
    for (const specifier of statement.specifiers) {
      if (specifier.type === "ImportNamespaceSpecifier") continue;
      if (specifier.type === "ImportSpecifier" && specifier.importKind === "type") continue;
      if (among([specifier.local]).length === 0) continue;
      const [variable] = file.evaluator.scopeManager.getDeclaredVariables(specifier);
      if (!variable?.references.some(({ identifier }) => isRuntime(identifier))) continue;
      const imported = specifier.type === "ImportSpecifier" ? specifier.imported : undefined;
      const name = imported === undefined ? "default" : imported.type === "Identifier" ? imported.name : imported.value;
      found.push({ node: specifier, value: { kind: "import", source: statement.source.value, name } });
    }
  }
  return found;
}

/** False for names in types (`typeof kv`), which are gone when the code runs. */
function isRuntime(identifier: Node): boolean {
  for (let at = identifier.parent; at; at = at.parent) {
    if (at.type === "TSTypeQuery" || at.type === "TSTypeReference" || at.type === "TSInterfaceHeritage") return false;
    if (isFunction(at) || /Statement$|Declaration$/u.test(at.type)) return true;
  }
  return true;
}


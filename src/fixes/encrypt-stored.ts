import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import type { TSESTree } from "@typescript-eslint/types";
import { contains, wrapped, type Node } from "../model/syntax/ast.ts";
import type { Command } from "../model/clients/clients.ts";
import type { FileModel } from "../model/file.ts";
import type { Finding } from "../model/data/findings.ts";
import { ADDRESSES } from "../sdk/http-clients.ts";
import { propertiesOfValue } from "../model/values/shapes.ts";
import { encryptorFor } from "./encrypt.ts";
import { asElement, asObject } from "./parentheses.ts";
import { isTyped } from "./source-style.ts";

/** A suggestion: its words, and its edits. */
export interface Suggestion {
  readonly title: string;
  readonly fix: (fixer: RuleFixer) => RuleFix[];
}

/** What is found at a node of the file. */
export interface PlaceOfFindings {
  readonly node: Node;
  readonly findings: readonly Finding[];
}

/** Encrypts what findings stand on, keeping the command's argument of the kind that the SDK expects. */
export function encryptFix(file: FileModel, command: Command, places: readonly PlaceOfFindings[]): Suggestion {
  const encryptor = encryptorFor(file, places[0]?.node ?? file.ast);
  const sealed = (text: string): string => `${encryptor.isAsync ? "await " : ""}${encryptor.name}(${text})`;
  const inItem = (text: string): string => (encryptor.isAsync ? `await Promise.all(${text})` : text);
  const edits = places.map(({ node: at, findings }): Edit => {
    // In the path of an address, what is sealed must not hold a slash.
    const seal = isInAddress(command, at) ? (text: string): string => `encodeURIComponent(${sealed(text)})` : sealed;
    return isSpreadArgument(at)
      ? (fixer) => fixer.replaceText(wrapped(at), inItem(`${file.text.slice(...wrapped(at).range)}.map((item) => ${encryptor.name}(String(item)))`))
      : editFor(file, command, at, findings, seal);
  });
  return {
    title: encryptor.title,
    fix: (fixer) => [...encryptor.fixes(fixer), ...edits.flatMap((edit) => edit(fixer))],
  };
}

function isInAddress({ via, call }: Command, at: Node): boolean {
  const node = via === "rest" ? call.value.node : undefined;
  const first = node?.type === "CallExpression" ? node.arguments[0] : undefined;
  if (!first || !contains(first, at)) return false;
  // `axios({ url, data })`: the body stands in the same argument.
  const property = first.type === "ObjectExpression" ? first.properties.find((one) => contains(one, at)) : undefined;
  return property?.type !== "Property" || (property.key.type === "Identifier" && ADDRESSES.includes(property.key.name));
}

/** `redis.sadd(key, ...emails)`: each element is stored by itself. */
function isSpreadArgument(at: Node): boolean {
  const spread = wrapped(at).parent;
  return spread?.type === "SpreadElement" && spread.parent.type === "CallExpression";
}

/** The edit that hides a part of a message. */
export interface Redaction {
  readonly part: "body" | "headers";
  readonly fix: (fixer: RuleFixer) => RuleFix;
}

/** The body, or the headers, of a message that a node of its call stands in, as the request names them. */
export function messagePartAround(command: Command, at: Node): (TSESTree.Property & { readonly key: TSESTree.Identifier }) | undefined {
  for (let node: Node | undefined = at; node && node !== command.call.value.node; node = node.parent) {
    const { parent }: Node = node;
    if (parent?.type !== "Property" || parent.value !== node || parent.key.type !== "Identifier") continue;
    const { name } = parent.key;
    if ((name === "body" || name === "headers") && parent.parent.type === "ObjectExpression") return parent as TSESTree.Property & { readonly key: TSESTree.Identifier };
  }
  return undefined;
}

/**
 * Adds `redact` to the request that holds a message's body or headers. Undefined: the request is not written at the call,
 * or it says already what to hide.
 */
export function redactFix(file: FileModel, command: Command, at: Node): Redaction | undefined {
  const around = messagePartAround(command, at);
  if (around?.parent.type !== "ObjectExpression") return undefined;
  const isBody = around.key.name === "body";
  const says = around.parent.properties.some((one) => one.type === "Property" && one.key.type === "Identifier" && one.key.name === "redact");
  // In a variable, without what the SDK expects beside it, TypeScript takes `true` for any boolean.
  const isInCall = command.call.value.node !== undefined && contains(command.call.value.node, around);
  const value = isInCall || !isTyped(file) ? "true" : "true as const";
  return says ? undefined : { part: isBody ? "body" : "headers", fix: (fixer) => fixer.insertTextAfter(around, `, redact: { ${isBody ? "body" : "header"}: ${value} }`) };
}

type Seal = (text: string) => string;
type Edit = (fixer: RuleFixer) => RuleFix | RuleFix[];

function editFor(file: FileModel, command: Command, at: Node, findings: readonly Finding[], seal: Seal): Edit {
  const text = (node: Node): string => file.text.slice(...node.range);
  const { parent } = at;
  const role = command.values.find(({ value }) => value.node && contains(value.node, at))?.role ?? "value";
  const isWhole = findings.some(({ holder }) => holder);
  // { ...user }: the sensitive properties are written again behind the spread.
  if (isWhole && parent?.type === "SpreadElement" && parent.parent.type === "ObjectExpression") {
    return (fixer) => fixer.insertTextAfter(parent, overrides(asObject(file, at), findings, seal));
  }
  // { ...(isGuest ? guest : user) }: whichever it is, its own are written again.
  const choices = isWhole && role !== "value" ? choicesAround(at).filter((one) => one === at || hasAll(file, one, findings)) : [];
  if (choices.length > 0) {
    return (fixer) => choices.map((one) => fixer.replaceText(one, ifThere(one, text(one), `{ ...${asElement(file, one)}${overrides(asObject(file, one), findings, seal)} }`)));
  }
  const top = command.values.find(({ value }) => value.node === at);
  if (isWhole && top && role !== "value") {
    return (fixer) => fixer.replaceText(at, `{ ...${asElement(file, at)}${overrides(asObject(file, at), findings, seal)} }`);
  }
  if (parent?.type === "Property" && parent.shorthand) {
    return (fixer) => fixer.replaceText(parent, `${text(at)}: ${seal(asString(file, at, text(at)))}`);
  }
  const node = isWhole ? outermost(command, at) : wrapped(at);
  return (fixer) => fixer.replaceText(node, seal(isWhole ? asJson(node, text(node)) : asString(file, node, text(node))));
}

/** What may be spread into an object at a place, where that is chosen there; empty where it is not. */
function choicesAround(at: Node): readonly Node[] {
  let top = at;
  while (top.parent && isChoice(top.parent)) top = top.parent;
  return top !== at && top.parent?.type === "SpreadElement" && top.parent.parent.type === "ObjectExpression" ? chosenIn(top) : [];
}

const isChoice = (node: Node): node is TSESTree.ConditionalExpression | TSESTree.LogicalExpression =>
  node.type === "ConditionalExpression" || node.type === "LogicalExpression";

function chosenIn(node: Node): readonly Node[] {
  if (!isChoice(node)) return [node];
  if (node.type === "ConditionalExpression") return [...chosenIn(node.consequent), ...chosenIn(node.alternate)];
  return node.operator === "&&" ? chosenIn(node.right) : [...chosenIn(node.left), ...chosenIn(node.right)];
}

/** `user ?? guest`: what stands before may be nothing. */
const ifThere = (node: Node, text: string, made: string): string =>
  node.parent?.type === "LogicalExpression" && node.parent.left === node ? `(${text} && ${made})` : made;

function hasAll(file: FileModel, node: Node, findings: readonly Finding[]): boolean {
  const properties = propertiesOfValue(file.tracer, file.located(node));
  return findings.every(({ name, holder }) => properties?.has(holder?.property ?? name) === true);
}

function overrides(object: string, findings: readonly Finding[], seal: Seal): string {
  return findings.map(({ name, holder }) => {
    const property = holder?.property ?? name;
    const isName = /^[\p{L}_$][\p{L}\d_$]*$/u.test(property);
    const read = isName ? `${object}.${property}` : `${object}[${JSON.stringify(property)}]`;
    const text = holder?.isNested ? `JSON.stringify(${read})` : `String(${read})`;
    return `, ${isName ? property : JSON.stringify(property)}: ${seal(text)}`;
  }).join("");
}

/** What is stored as one value around a part of it: the whole argument, or the field of a record that is stored apart. */
function outermost(command: Command, at: Node): Node {
  for (const { value, role } of command.values) {
    if (!value.node || !contains(value.node, at)) continue;
    if (role === "value") return wrapped(value.node);
    let field: Node = at;
    while (field.parent && field.parent !== value.node && field.parent.parent !== value.node) field = field.parent;
    return field;
  }
  return wrapped(at);
}

function asJson(node: Node, text: string): string {
  return node.type === "CallExpression" && /^JSON\.stringify\b/u.test(text) ? text : `JSON.stringify(${text})`;
}

function asString(file: FileModel, node: Node, text: string): string {
  const value = file.evaluator.value(node);
  const isString =
    value.kind === "template" || (value.kind === "ref" && value.type?.kind === "keyword" && value.type.name === "string");
  if (isString || /^(?:JSON\.stringify|String)\(/u.test(text)) return text;
  return `String(${asElement(file, node)})`;
}

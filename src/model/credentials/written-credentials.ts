import type { TSESTree } from "@typescript-eslint/types";
import { credentialShape, findCredentials, type CredentialShape } from "../../sdk/credential-shapes.ts";
import { classifyEnvName } from "../../sdk/env-names.ts";
import { isLocalAddress } from "../../sdk/hosts.ts";
import { isPlaceholder } from "../../sdk/placeholders.ts";
import { isDevelopmentCredential } from "../../sdk/qstash-dev.ts";
import { constantString, staticKey, unwrap, wrapped, type Node } from "../syntax/ast.ts";
import { connectionsOf, type Connection } from "../clients/connections.ts";
import type { FileModel } from "../file.ts";
import type { CallValue, ParamValue, Value } from "../values/ir.ts";
import { keepsContent } from "../data/kept-content.ts";
import { commentAt, nodeAt } from "../syntax/positions.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** A credential that is written out in the file, or reaches a client of the file from another one. */
export interface WrittenCredential {
  /** The expression or text that holds it, or that brings it from another file; undefined outside the program. */
  readonly node: Node | TSESTree.Comment | undefined;
  /** Where the credential itself stands. */
  readonly range: readonly [start: number, end: number];
  readonly shape: CredentialShape | undefined;
  /** The client or request that takes it, and its option. */
  readonly reaches: { readonly connection: Connection; readonly option: string } | undefined;
  /** The variable that it stands in for (`process.env.X ?? "…"`), or that it is the value of. */
  readonly variable: { readonly name: string; readonly isFallback: boolean } | undefined;
  /** It is written in another file. */
  readonly isElsewhere: boolean;
}

/** Cheap: false where the file can hold no credential, and build no client of Upstash. */
export function mayHoldCredential(file: FileModel): boolean {
  return file.mentionsUpstash || findCredentials(file.text, false).length > 0;
}

/** Credentials of the file in source order: each once, by the strongest evidence. Unknown values are left out. */
export function writtenCredentials(file: FileModel): readonly WrittenCredential[] {
  const found: WrittenCredential[] = [];
  const add = (one: WrittenCredential): void => {
    const [start, end] = one.range;
    if (!found.some(({ range }) => range[0] < end && start < range[1])) found.push(one);
  };
  if (file.mentionsUpstash) for (const connection of connectionsOf(file)) ofConnection(file, connection).forEach(add);
  for (const { start, end, ...shape } of findCredentials(file.text, file.mentionsUpstash)) {
    if (isBelievable(file, shape)) add(inText(file, [start, end], shape));
  }
  if (file.mentionsUpstash && file.runtime.place !== "test") {
    joined(file).forEach(add);
    named(file).forEach(add);
  }
  return found.sort((one, other) => one.range[0] - other.range[0]);
}

/** In tests only what can't be made up. */
const isBelievable = (file: FileModel, shape: CredentialShape): boolean => shape.certain || file.runtime.place !== "test";

/** A credential for certain where a credential belongs: by its shape, or because nothing says that it is none. */
function accepted(file: FileModel, text: string): { readonly shape: CredentialShape | undefined } | undefined {
  const shape = credentialShape(text);
  if (shape) return isBelievable(file, shape) ? { shape } : undefined;
  const value = text.replace(/^(?:Bearer|Basic) /u, "");
  const isNone = isPlaceholder(value) || isDevelopmentCredential(value) || value.includes("://") || file.runtime.place === "test";
  return isNone ? undefined : { shape: undefined };
}

function ofConnection(file: FileModel, connection: Connection): readonly WrittenCredential[] {
  const isLocal = connection.addresses.some((address) => isLocalServer(file, address));
  return connection.secrets.flatMap(({ option, given }) =>
    constantsOf(file, given).flatMap(({ text, node }): readonly WrittenCredential[] => {
      const credential = accepted(file, text);
      if (!credential || (isLocal && !credential.shape?.certain)) return [];
      const at = node ?? given.value.node ?? connection.node;
      const variable = node && variableOf(file, node);
      return [{ node: at, range: node ? credentialIn(file, node, text) : at.range, shape: credential.shape, reaches: { connection, option }, variable, isElsewhere: node === undefined }];
    }),
  );
}

/** The part of `"Bearer …"` that is secret. */
function credentialIn({ text }: FileModel, node: Node, value: string): readonly [number, number] {
  const [start, end] = node.range;
  const scheme = /^(?:Bearer|Basic) /u.exec(value)?.[0].length ?? 0;
  return scheme > 0 && text.slice(start + 1, end - 1) === value ? [start + 1 + scheme, end - 1] : node.range;
}

function isLocalServer(file: FileModel, address: Located): boolean {
  return file.tracer.alternatives(address).some(({ value }) => value.kind === "literal" && typeof value.value === "string" && isLocalAddress(value.value));
}

interface Constant {
  readonly text: string;
  /** Undefined for what another file holds. */
  readonly node: Node | undefined;
}

/** The strings that a value may be, as far as they are written out: joined, encoded or trimmed too. */
function constantsOf(file: FileModel, located: Located, depth = 0): readonly Constant[] {
  if (depth > 6) return [];
  return file.tracer.alternatives(located).flatMap(({ value, place }): readonly Constant[] => {
    const inner = (part: Value): readonly Constant[] => constantsOf(file, { value: part, place }, depth + 1);
    switch (value.kind) {
      case "literal":
        return typeof value.value === "string" ? [{ text: value.value, node: value.node }] : [];
      case "template": {
        const parts = value.parts.map(inner);
        const whole = parts.flatMap((part) => part.filter(({ text }) => accepted(file, text) !== undefined));
        if (whole.length > 0) return whole;
        return parts.every((part) => part.length === 1) ? [{ text: parts.flatMap((part) => part.map(({ text }) => text)).join(""), node: value.node }] : [];
      }
      case "operation": {
        const parts = value.operator === "+" ? value.operands.map(inner) : [];
        return parts.length > 0 && parts.every((part) => part.length === 1)
          ? [{ text: parts.flatMap((part) => part.map(({ text }) => text)).join(""), node: value.node }]
          : [];
      }
      case "call":
        return throughCall(file, { value, place }, inner);
      case "param":
        return argumentsOf(file, value).flatMap(inner);
      case "member": {
        const of = target(value.object);
        const name = value.property;
        if (of.kind !== "param" || name === undefined) return [];
        return argumentsOf(file, of).flatMap((argument) => file.tracer.property({ value: argument, place: file.place }, name).flatMap((found) => constantsOf(file, found, depth + 1)));
      }
      default:
        return [];
    }
  });
}

/** What the file's own calls of a function hand it: `const connect = (token) => new Redis({ token })`. */
function argumentsOf(file: FileModel, { fn, index, rest }: ParamValue): readonly Value[] {
  if (rest || !fn.node) return [];
  return file.callNodes.flatMap((node) => {
    const call = file.evaluator.value(node);
    if (call.kind !== "call" || call.isNew) return [];
    const callee = target(call.callee);
    const argument = callee.kind === "function" && callee.fn === fn ? call.args[index] : undefined;
    return argument ?? [];
  });
}

/** `"…".trim()`, `["…", "…"].join("")`, `atob("…")`, `Buffer.from("…", "base64").toString()`. */
function throughCall(file: FileModel, { value, place }: Located<CallValue>, inner: (part: Value) => readonly Constant[]): readonly Constant[] {
  const callee = target(value.callee);
  const path = file.tracer.canonical({ value: callee, place });
  const name = path?.source === "global" || path?.source === "buffer" ? path.path.join(".") : undefined;
  const [first] = value.args;
  if (first && (name === "String" || name === "atob" || name === "Buffer.from")) {
    return inner(first).map(({ text, node }) => {
      const plain = name === "String" ? text : decodedOr(text);
      // What is encoded there is readable where it is written.
      return { text: plain, node: plain === text ? node : (value.node ?? node) };
    });
  }
  if (callee.kind !== "member" || callee.property === undefined || !keepsContent(callee.property, value)) return [];
  if (callee.property !== "join") return inner(callee.object);
  const list = file.tracer.only({ value: callee.object, place })?.value;
  const parts = list?.kind === "array" ? list.items.map(inner) : [];
  const isWhole = parts.length > 0 && parts.every((part) => part.length === 1);
  return isWhole ? [{ text: parts.flatMap((part) => part.map(({ text }) => text)).join(""), node: value.node }] : [];
}

/** What a text in base64 holds, where that is text. */
function decodedOr(text: string): string {
  if (!/^[\w+/-]{20,}={0,2}$/u.test(text)) return text;
  const plain = atob(text.replace(/={1,2}$/u, "").replaceAll("-", "+").replaceAll("_", "/"));
  return /^[\x20-\x7e]+$/u.test(plain) ? plain : text;
}

/** Whether what holds a credential is a comment. */
export function isComment(node: Node | TSESTree.Comment | undefined): node is TSESTree.Comment {
  return node?.type === "Block" || node?.type === "Line";
}

/** Where a credential that was found in the text stands in the program. */
function inText(file: FileModel, range: readonly [number, number], shape: CredentialShape): WrittenCredential {
  const comment = commentAt(file, range[0]);
  const node = comment ?? nodeAt(file, range[0]);
  const inside = node?.type === "TemplateElement" ? node.parent : node;
  const isWhole = !comment && inside?.type === "Literal" && inside.range[0] + 1 === range[0] && inside.range[1] - 1 === range[1];
  const variable = inside && !isComment(inside) && inside.type !== "Program" ? variableOf(file, inside) : undefined;
  return { node: inside, range: isWhole ? inside.range : range, shape, reaches: undefined, variable, isElsewhere: false };
}

/** `"AX…" + "…"`: in one piece only when the code runs. */
function joined(file: FileModel): readonly WrittenCredential[] {
  const seams = file.text.matchAll(/["'`]\s{0,40}\+\s{0,40}["'`]/gu);
  const nodes = new Set<Node>();
  for (const { index } of seams) {
    let node = nodeAt(file, index);
    while (node?.parent?.type === "BinaryExpression" && node.parent.operator === "+") node = node.parent;
    if (node?.type === "BinaryExpression") nodes.add(node);
  }
  return [...nodes].flatMap((node) => {
    const value = file.evaluator.value(node);
    const shape = value.kind === "literal" && typeof value.value === "string" ? credentialShape(value.value) : undefined;
    return shape ? [{ node, range: node.range, shape, reaches: undefined, variable: variableOf(file, node), isElsewhere: false }] : [];
  });
}

const SECRET_NAMES = /(?:UPSTASH|QSTASH|KV_REST)\w{0,40}(?:TOKEN|KEY|PASSWORD|SECRET)/u;
const STRINGS = /(?<quote>["'`])(?<content>[\w+/=.:@~-]{16,300})\k<quote>/gu;

/** Strings that are the value of an Upstash variable, or stand in for one: what looks like anything else is left out. */
function named(file: FileModel): readonly WrittenCredential[] {
  if (!SECRET_NAMES.test(file.text)) return [];
  const found: WrittenCredential[] = [];
  for (const { index, groups } of file.text.matchAll(STRINGS)) {
    const content = groups?.["content"] ?? "";
    if (isPlaceholder(content) || accepted(file, content) === undefined) continue;
    const at = nodeAt(file, index);
    const node = at?.type === "TemplateElement" ? at.parent : at;
    if (!node || constantString(node) !== content) continue;
    const variable = variableOf(file, node);
    if (variable) found.push({ node, range: node.range, shape: undefined, reaches: undefined, variable, isElsewhere: false });
  }
  return found;
}

/** The variable whose value, or stand-in, an expression is. Undefined: it is not, or the name may be anybody's. */
function variableOf(file: FileModel, node: Node): WrittenCredential["variable"] {
  let at = wrapped(node);
  for (let parent = at.parent; parent; at = wrapped(parent), parent = at.parent) {
    const fallback = fallbackFor(file, at, parent);
    if (fallback !== undefined) return { name: fallback, isFallback: true };
    const name = valueOf(file, at, parent);
    if (name !== undefined) return { name, isFallback: false };
    if (parent.type !== "LogicalExpression" && parent.type !== "ConditionalExpression") return undefined;
  }
  return undefined;
}

/** The variable that `parent` reads first. */
function fallbackFor(file: FileModel, at: Node, parent: Node): string | undefined {
  switch (parent.type) {
    case "LogicalExpression":
      return parent.right === at ? nameRead(file, parent.left) : undefined;
    case "ConditionalExpression": {
      if (parent.test === at) return undefined;
      return nameRead(file, parent.consequent === at ? parent.alternate : parent.consequent);
    }
    case "AssignmentExpression":
      return parent.right === at && (parent.operator === "??=" || parent.operator === "||=") ? nameRead(file, parent.left) : undefined;
    case "AssignmentPattern": {
      const property = parent.parent;
      return parent.right === at && property.type === "Property" ? secretName(staticKey(property)) : undefined;
    }
    case "CallExpression": {
      const callee = unwrap(parent.callee);
      if (callee.type === "MemberExpression" && SCHEMA_DEFAULTS.has(staticKey({ key: callee.property, computed: callee.computed }) ?? "")) {
        return schemaName(parent);
      }
      // `getEnv("UPSTASH_REDIS_REST_TOKEN", "…")`
      return parent.arguments.map((argument) => secretName(constantString(argument))).find((name) => name !== undefined);
    }
    case "Property":
      // envalid's `str({ default: "…" })`
      return parent.value === at && SCHEMA_DEFAULTS.has(staticKey(parent) ?? "") && parent.parent.parent.type === "CallExpression"
        ? schemaName(parent.parent.parent)
        : undefined;
    default:
      return undefined;
  }
}

const SCHEMA_DEFAULTS: ReadonlySet<string> = new Set(["default", "devDefault", "prefault", "catch", "fallback", "withDefault"]);

/** The property of a schema that a call is in the value of: `UPSTASH_REDIS_REST_TOKEN: z.string().min(1).default("…")`. */
function schemaName(call: Node): string | undefined {
  let at: Node = call;
  while (at.parent && (at.parent.type === "MemberExpression" || at.parent.type === "CallExpression")) at = at.parent;
  return at.parent?.type === "Property" && at.parent.value === at ? secretName(staticKey(at.parent)) : undefined;
}

/** The variable that is given this very value. */
function valueOf(file: FileModel, at: Node, parent: Node): string | undefined {
  if (parent.type === "Property") return parent.value === at ? secretName(staticKey(parent)) : undefined;
  if (parent.type === "VariableDeclarator") return parent.init === at && parent.id.type === "Identifier" ? secretName(parent.id.name) : undefined;
  if (parent.type === "PropertyDefinition") return parent.value === at ? secretName(staticKey(parent)) : undefined;
  return parent.type === "AssignmentExpression" && parent.right === at ? nameRead(file, parent.left) : undefined;
}

function nameRead(file: FileModel, node: Node): string | undefined {
  for (const { value } of [file.located(node), ...file.tracer.alternatives(file.located(node))]) {
    const at = target(value);
    const name = at.kind === "env" ? at.name : at.kind === "member" ? at.property : undefined;
    if (secretName(name) !== undefined) return name;
  }
  const inner = unwrap(node);
  return inner.type === "LogicalExpression" ? (nameRead(file, inner.left) ?? nameRead(file, inner.right)) : undefined;
}

/** A name that only a secret of Upstash has, written as variables are. */
function secretName(name: string | undefined): string | undefined {
  if (name === undefined || !/^[A-Z][A-Z\d_]+$/u.test(name)) return undefined;
  const found = classifyEnvName(name);
  return found?.secret === true && !found.generic ? name : undefined;
}

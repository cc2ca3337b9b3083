import type { TSESTree } from "@typescript-eslint/types";
import { namesUpstashHost } from "../../sdk/hosts.ts";
import { isPlaceholder } from "../../sdk/placeholders.ts";
import { contains, staticKey, unwrap, wrapped, type Node } from "../syntax/ast.ts";
import { pointsToUpstash } from "../clients/connections.ts";
import { Credentials } from "./credentials.ts";
import type { FileModel } from "../file.ts";
import { isCompared } from "../clients/insecure-transport.ts";
import type { Value } from "../values/ir.ts";
import { nodeAt } from "../syntax/positions.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** A string, or a template, that an address is written in. */
export type AddressText = TSESTree.StringLiteral | TSESTree.TemplateLiteral;

/** A credential that is made a part of an address. */
export type CredentialInUrl =
  /** `?_token=…`; `start` and `end` are those of the name with `?` or `&` before and `=` behind. */
  | { readonly is: "query"; readonly node: Node; readonly parameter: string; readonly text: AddressText; readonly start: number; readonly end: number }
  /** `url.searchParams.set("_token", …)`; without a call where it is a property of an object. */
  | { readonly is: "set"; readonly node: Node; readonly parameter: string; readonly call: TSESTree.CallExpression | undefined }
  /** `https://user:password@host`; `start` and `end` are those of `user:password@`. */
  | { readonly is: "authority"; readonly node: Node; readonly text: AddressText; readonly start: number; readonly end: number };

/** The parameters in which Upstash takes tokens: `_token` (Redis, Vector, Search) and `qstash_token`. */
const PARAMETER = /^(?:_token|qstash_token)$/u;
const IN_TEXT = /[?&](?<parameter>_token|qstash_token)=/gu;
const BY_ITSELF = /(?<![\w$])_token(?![\w$])|qstash_token/u;
const AUTHORITY = /["'`]https?:\/\/[^/\n@]+@/iu;

/** Text test: false where no address of the file has a credential in it. */
export function mayPutCredentialsInUrls({ text }: FileModel): boolean {
  return (text.includes("_token") && BY_ITSELF.test(text)) || (text.includes("@") && AUTHORITY.test(text));
}

/**
 * Every credential of Upstash that the file puts into an address, where the address or the credential is known to be
 * Upstash's; QStash's parameter has a name of its own. Tests are left out, and placeholders.
 */
export function credentialsInUrls(file: FileModel): readonly CredentialInUrl[] {
  if (file.runtime.place === "test") return [];
  const credentials = new Credentials(file);
  return [...inTexts(file, credentials), ...bySetters(file, credentials), ...inAuthorities(file, credentials)];
}

function textAt(file: FileModel, offset: number): AddressText | undefined {
  const at = nodeAt(file, offset);
  const node = at?.type === "TemplateElement" ? at.parent : at;
  if (node?.type === "TemplateLiteral") return node;
  return node?.type === "Literal" && typeof node.value === "string" ? (node) : undefined;
}

function inTexts(file: FileModel, credentials: Credentials): readonly CredentialInUrl[] {
  const found: CredentialInUrl[] = [];
  for (const match of file.text.matchAll(IN_TEXT)) {
    const parameter = match.groups?.["parameter"] ?? "";
    const [start, end] = [match.index, match.index + match[0].length];
    const text = textAt(file, start);
    if (!text || isCompared(text) || isProse(text, file, start)) continue;
    const value = valueBehind(file, text, end);
    if (value === undefined || (typeof value === "string" && isPlaceholder(value))) continue;
    const isKnown = parameter === "qstash_token" || (typeof value !== "string" && isCredential(file, credentials, file.located(value))) || pointsToUpstash(file, file.located(chainOf(text)));
    if (isKnown) found.push({ is: "query", node: typeof value === "string" ? text : value, parameter, text, start, end });
  }
  return found;
}

/** A sentence or a command line: blanks before the parameter. */
function isProse(text: AddressText, file: FileModel, start: number): boolean {
  return /\s/u.test(file.text.slice(text.range[0] + 1, start).replaceAll(/\$\{[^{}]*\}/gu, ""));
}

/** The value of a parameter whose name ends at a place: an expression, or the text up to the next parameter. */
export function valueBehind(file: FileModel, text: AddressText, end: number): Node | string | undefined {
  if (text.type === "TemplateLiteral") {
    const after = text.expressions.find(({ range }) => range[0] >= end);
    const index = text.quasis.findIndex(({ range }) => range[0] <= end && end <= range[1]);
    const isNext = after && file.text.slice(end, after.range[0]).replaceAll(/\s/gu, "") === "${";
    if (isNext) return text.expressions[index];
  }
  const written = /^[^&#"'`$\s]*/u.exec(file.text.slice(end, Math.min(text.range[1] - 1, end + 600)))?.[0] ?? "";
  return written === "" ? addedTo(text, end) : written;
}

/** `"…?_token=" + token` */
function addedTo(text: AddressText, end: number): Node | undefined {
  if (end !== text.range[1] - 1) return undefined;
  const sum = sumBehind(text);
  return sum?.right;
}

/** The `+` that puts something behind a text. */
export function sumBehind(text: Node): TSESTree.BinaryExpression | undefined {
  const at = wrapped(text);
  let { parent } = at;
  if (parent?.type === "BinaryExpression" && parent.operator === "+" && parent.right === at) parent = wrapped(parent).parent;
  return parent?.type === "BinaryExpression" && parent.operator === "+" && !contains(parent.right, text) ? parent : undefined;
}

/** The whole sum that a text is a part of. */
export function chainOf(text: Node): Node {
  let at = wrapped(text);
  while (at.parent?.type === "BinaryExpression" && at.parent.operator === "+") at = wrapped(at.parent);
  return at;
}

/** The value is a credential of Upstash, encoded or not. */
function isCredential(file: FileModel, credentials: Credentials, located: Located): boolean {
  // A text that is added to itself comes back to itself.
  return file.tracer.memo(credentials, located, false, () => holdsCredential(file, credentials, located));
}

function holdsCredential(file: FileModel, credentials: Credentials, located: Located): boolean {
  return file.tracer.alternatives(located).some((one) => {
    if (credentials.of(one)?.kind === "variable") return true;
    const { value, place } = one;
    const isSum = value.kind === "operation" && (value.operator === "+" || value.operator === "+=");
    const parts = isSum ? value.operands : value.kind === "template" ? value.parts : [];
    if (parts.length > 0) return parts.some((part) => part.kind !== "literal" && isCredential(file, credentials, { value: part, place }));
    if (value.kind !== "call") return false;
    const callee = target(value.callee);
    const [first] = value.args;
    const isEncoding = callee.kind === "global" && /^(?:encodeURIComponent|encodeURI|String)$/u.test(callee.name);
    return isEncoding && first !== undefined && isCredential(file, credentials, { value: first, place });
  });
}

function bySetters(file: FileModel, credentials: Credentials): readonly CredentialInUrl[] {
  if (!BY_ITSELF.test(file.text)) return [];
  return file.callNodes.flatMap((node) => (node.type === "CallExpression" ? setter(file, credentials, node) : constructed(file, credentials, node)));
}

const SETTERS = new Set(["set", "append"]);

/** `url.searchParams.set("_token", token)` */
function setter(file: FileModel, credentials: Credentials, node: TSESTree.CallExpression): readonly CredentialInUrl[] {
  const callee = unwrap(node.callee);
  if (callee.type !== "MemberExpression") return [];
  const method = staticKey({ key: callee.property, computed: callee.computed });
  const [name, value] = node.arguments;
  if (method === undefined || !SETTERS.has(method) || !name || !value || node.arguments.length !== 2) return requestOptions(file, credentials, node);
  const parameter = parameterName(file, name);
  if (parameter === undefined || isFilledIn(file, value)) return [];
  const receivers = file.tracer.alternatives(file.located(callee.object));
  const isQuery = receivers.some(({ value: of }) => isSearchParams(of));
  const isKnown =
    parameter === "qstash_token" ||
    isCredential(file, credentials, file.located(value)) ||
    receivers.some(({ value: of, place }) => of.kind === "member" && pointsToUpstash(file, { value: of.object, place }));
  return isQuery && isKnown ? [{ is: "set", node: name, parameter, call: node }] : [];
}

function isSearchParams(value: Value): boolean {
  if (value.kind === "member") return value.property === "searchParams";
  if (value.kind !== "call" || !value.isNew) return false;
  const callee = target(value.callee);
  return callee.kind === "global" && callee.name === "URLSearchParams";
}

function parameterName(file: FileModel, node: Node): string | undefined {
  const constant = file.tracer.constant(file.located(node));
  return typeof constant === "string" && PARAMETER.test(constant) ? constant : undefined;
}

function isFilledIn(file: FileModel, node: Node): boolean {
  const constant = file.tracer.constant(file.located(node));
  return typeof constant === "string" && isPlaceholder(constant);
}

/** `new URLSearchParams({ _token: token })` */
function constructed(file: FileModel, credentials: Credentials, node: TSESTree.NewExpression): readonly CredentialInUrl[] {
  const callee = target(file.evaluator.value(node.callee));
  const [first] = node.arguments;
  if (callee.kind !== "global" || callee.name !== "URLSearchParams" || !first) return [];
  return inObject(file, credentials, first, false);
}

const QUERY_OPTIONS = new Set(["params", "searchParams", "query"]);

/** `axios.get(url, { params: { _token: token } })` */
function requestOptions(file: FileModel, credentials: Credentials, node: TSESTree.CallExpression): readonly CredentialInUrl[] {
  return node.arguments.flatMap((argument) => {
    const options = unwrap(argument);
    if (options.type !== "ObjectExpression") return [];
    const query = options.properties.find((property) => property.type === "Property" && QUERY_OPTIONS.has(staticKey(property) ?? ""));
    if (query?.type !== "Property") return [];
    const addresses = [node.arguments[0], ...options.properties.map((property) => (property.type === "Property" ? property.value : undefined))];
    return inObject(file, credentials, query.value, addresses.some((address) => address && pointsToUpstash(file, file.located(address))));
  });
}

function inObject(file: FileModel, credentials: Credentials, node: Node, isUpstash: boolean): readonly CredentialInUrl[] {
  return file.tracer.alternatives(file.located(node)).flatMap(({ value, place }) => {
    const entries = value.kind === "object" ? value.entries : [];
    return entries.flatMap((entry): readonly CredentialInUrl[] => {
      const { key: parameter, value: given } = entry;
      if (parameter === undefined || !PARAMETER.test(parameter)) return [];
      const constant = file.tracer.constant({ value: given, place });
      if (typeof constant === "string" && isPlaceholder(constant)) return [];
      const isKnown = isUpstash || parameter === "qstash_token" || isCredential(file, credentials, { value: given, place });
      return isKnown ? [{ is: "set", node: entry.node ?? node, parameter, call: undefined }] : [];
    });
  });
}

const SCHEME = /["'`](?<scheme>https?:\/\/)/giu;

function inAuthorities(file: FileModel, credentials: Credentials): readonly CredentialInUrl[] {
  if (!AUTHORITY.test(file.text)) return [];
  const found: CredentialInUrl[] = [];
  for (const { index, groups } of file.text.matchAll(SCHEME)) {
    const text = textAt(file, index + 1);
    if (text?.range[0] !== index || isCompared(text)) continue;
    const start = index + 1 + (groups?.["scheme"] ?? "").length;
    const end = endOfUser(file, text, start);
    if (end === undefined) continue;
    const expressions = text.type === "TemplateLiteral" ? text.expressions : [];
    const inUser = expressions.filter(({ range }) => start <= range[0] && range[1] <= end);
    const user = file.text.slice(start, end - 1);
    if (inUser.length === 0 && (!user.includes(":") || isPlaceholder(user.slice(user.indexOf(":") + 1)))) continue;
    const isUpstash = inUser.some((one) => isCredential(file, credentials, file.located(one))) || hostIsUpstash(file, text, end);
    if (isUpstash) found.push({ is: "authority", node: text, text, start, end });
  }
  return found;
}

/** Where `user:password@` ends; undefined where the address has none. */
function endOfUser(file: FileModel, text: AddressText, start: number): number | undefined {
  const expressions = text.type === "TemplateLiteral" ? text.expressions : [];
  for (let at = start; at < text.range[1] - 1; at++) {
    const inside = expressions.find(({ range }) => range[0] - 2 <= at && at <= range[1]);
    if (inside) {
      at = inside.range[1];
      continue;
    }
    const char = file.text[at] ?? "";
    if (char === "@") return at + 1;
    if (/[/?#\s\\]/u.test(char)) return undefined;
  }
  return undefined;
}

function hostIsUpstash(file: FileModel, text: AddressText, end: number): boolean {
  const rest = file.text.slice(end, text.range[1] - 1);
  if (text.type === "Literal") return namesUpstashHost(rest);
  const host = text.expressions.find(({ range }) => range[0] > end);
  if (namesUpstashHost(/^[^/?#$]*/u.exec(rest)?.[0] ?? "") || /^[^/?#]*\.upstash\.io(?=$|[/:?#])/u.test(rest)) return true;
  return host !== undefined && rest.startsWith("${") && pointsToUpstash(file, file.located(host));
}

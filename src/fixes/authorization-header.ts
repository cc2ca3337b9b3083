import type { TSESTree } from "@typescript-eslint/types";
import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { contains, staticKey, unwrap, wrapped, type Node } from "../model/syntax/ast.ts";
import { chainOf, sumBehind, valueBehind, type CredentialInUrl } from "../model/credentials/credentials-in-urls.ts";
import type { FileModel } from "../model/file.ts";
import { target } from "../model/values/values.ts";
import { envReadFor } from "./env-read.ts";
import { hasComments } from "./written-credential.ts";

/** What takes a credential out of an address and sends it in a header. */
export type HeaderFix = (fixer: RuleFixer) => RuleFix[];

type Edit = (fixer: RuleFixer) => RuleFix[];

/** Undefined where the address is not that of a `fetch` in sight, whose headers can be written. */
export function moveToHeader(file: FileModel, found: CredentialInUrl): HeaderFix | undefined {
  const moved = found.is === "query" ? outOfQuery(file, found) : found.is === "set" ? outOfSetter(file, found) : outOfAuthority(file, found);
  if (!moved) return undefined;
  const header = addHeader(file, moved.request, moved.header.text);
  return header && ((fixer) => [...moved.header.fixes(fixer), ...moved.remove(fixer), ...header(fixer)]);
}

/** The header's value as code, and the edits that it needs elsewhere. */
interface Header {
  readonly text: string;
  readonly fixes: Edit;
}

interface Moved {
  readonly request: TSESTree.CallExpression;
  readonly header: Header;
  readonly remove: Edit;
}

function outOfQuery(file: FileModel, { text, start, end, parameter }: Extract<CredentialInUrl, { is: "query" }>): Moved | undefined {
  const value = valueBehind(file, text, end);
  const request = requestOf(file, chainOf(text));
  if (value === undefined || !request || text.parent.type === "TaggedTemplateExpression") return undefined;
  if (typeof value !== "string" && !contains(text, value)) {
    const sum = sumBehind(text);
    // What is added behind the value would have to begin with `?` now.
    if (!sum || chainOf(text) !== wrapped(sum) || hasComments(file, sum)) return undefined;
    return { request, header: bearer(file, value), remove: (fixer) => [fixer.removeRange([text.range[1], sum.range[1]]), fixer.removeRange([start, end])] };
  }
  const written = typeof value === "string" ? end + value.length : file.text.indexOf("}", value.range[1]) + 1;
  const next = file.text[written];
  const isLast = written === text.range[1] - 1 || next === "#";
  if (!isLast && next !== "&") return undefined;
  // The first parameter leaves its `?` to the next.
  const range: [number, number] = isLast || file.text[start] === "&" ? [start, written] : [start + 1, written + 1];
  const isSummed = isLast && chainOf(text) !== wrapped(text) && next !== "#";
  if (isSummed && sumBehind(text)) return undefined;
  const header = typeof value === "string" ? fromEnvironment(file, variableFor(file, parameter, chainOf(text))) : bearer(file, value);
  return { request, header, remove: (fixer) => [fixer.removeRange(range)] };
}

function variableFor(file: FileModel, parameter: string, address: Node): string {
  const text = file.text.slice(...address.range);
  if (parameter === "qstash_token") return "QSTASH_TOKEN";
  if (/vector/iu.test(text)) return "UPSTASH_VECTOR_REST_TOKEN";
  return /KV_REST/u.test(text) ? "KV_REST_API_TOKEN" : "UPSTASH_REDIS_REST_TOKEN";
}

/** `url.searchParams.set(…);` before `fetch(url)` in the same block. */
function outOfSetter(file: FileModel, { call, parameter }: Extract<CredentialInUrl, { is: "set" }>): Moved | undefined {
  const statement = call?.parent;
  const value = call?.arguments[1];
  if (!call || !value || statement?.type !== "ExpressionStatement" || hasComments(file, statement)) return undefined;
  const callee = unwrap(call.callee);
  const query = callee.type === "MemberExpression" ? unwrap(callee.object) : undefined;
  const url = query?.type === "MemberExpression" ? unwrap(query.object) : undefined;
  const request = url?.type === "Identifier" ? requestWith(file, url, statement) : undefined;
  if (!request || value.type === "SpreadElement") return undefined;
  const header = file.tracer.constant(file.located(value)) === undefined ? bearer(file, value) : fromEnvironment(file, variableFor(file, parameter, request));
  return { request, header, remove: (fixer) => [fixer.removeRange(wholeLine(file, statement))] };
}

function wholeLine({ text }: FileModel, { range: [start, end] }: Node): [number, number] {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const isAlone = text.slice(lineStart, start).trim() === "" && text[end] === "\n";
  return isAlone ? [lineStart, end + 1] : [start, end];
}

/** `https://user:password@host`: the browser's own way to send it is Basic; tokens go by Bearer. */
function outOfAuthority(file: FileModel, { text, start, end }: Extract<CredentialInUrl, { is: "authority" }>): Moved | undefined {
  const request = requestOf(file, chainOf(text));
  if (!request || text.type !== "TemplateLiteral") return undefined;
  const user = file.text.slice(start, end - 1);
  const [value, more] = text.expressions.filter(({ range }) => start <= range[0] && range[1] <= end);
  const isToken = value && !more && /^(?:\w{0,40}:)?\$\{[^}]{0,400}\}:?$/u.test(user);
  return isToken ? { request, header: bearer(file, value), remove: (fixer) => [fixer.removeRange([start, end])] } : undefined;
}

const bearerText = (code: string): string => `\`Bearer \${${code}}\``;

/** The variable that should hold a token which is written out. */
function fromEnvironment(file: FileModel, name: string): Header {
  const read = envReadFor(file, name);
  return { text: bearerText(read.text), fixes: (fixer) => read.fixes(fixer) };
}

/** In a header nothing is encoded. */
function bearer(file: FileModel, value: Node): Header {
  const inner = unwrap(value);
  const [first] = inner.type === "CallExpression" ? inner.arguments : [];
  const isEncoded = inner.type === "CallExpression" && inner.callee.type === "Identifier" && /^encodeURI(?:Component)?$/u.test(inner.callee.name);
  return { text: bearerText(file.text.slice(...(isEncoded && first ? first : inner).range)), fixes: () => [] };
}

/** The `fetch` that an address is given to, by itself or as a variable that is used once. */
function requestOf(file: FileModel, address: Node): TSESTree.CallExpression | undefined {
  const { parent } = wrapped(address);
  if (parent?.type === "CallExpression") return isFetch(file, parent, address) ? parent : undefined;
  const isUrl = parent?.type === "NewExpression" && parent.arguments[0] === wrapped(address) && file.text.slice(...parent.callee.range) === "URL";
  if (isUrl) return requestOf(file, parent);
  if (parent?.type !== "VariableDeclarator" || parent.id.type !== "Identifier") return undefined;
  return requestWith(file, parent.id, parent.parent);
}

/** The `fetch` that is all that a variable is for, in the block of a statement. */
function requestWith(file: FileModel, name: TSESTree.Identifier, statement: Node): TSESTree.CallExpression | undefined {
  const uses = readsOf(file, name).filter((identifier) => memberRead(identifier) !== "searchParams");
  const [use] = uses;
  if (!use || uses.length > 1) return undefined;
  const asText = memberRead(use);
  const member = asText === "href" || asText === "toString" ? wrapped(use).parent : undefined;
  const whole = member?.parent?.type === "CallExpression" && member.parent.callee === member ? member.parent : (member ?? use);
  const { parent } = wrapped(whole);
  const block = statement.parent;
  if (parent?.type !== "CallExpression" || !isFetch(file, parent, whole) || !block) return undefined;
  return contains(block, parent) ? parent : undefined;
}

/** The property of a variable that is read. */
function memberRead(identifier: Node): string | undefined {
  const at = wrapped(identifier);
  const member = at.parent?.type === "MemberExpression" && at.parent.object === at ? at.parent : undefined;
  return member && staticKey({ key: member.property, computed: member.computed });
}

function readsOf(file: FileModel, name: TSESTree.Identifier): readonly Node[] {
  const variable = file.evaluator.scopeManager.scopes
    .flatMap(({ variables }) => variables)
    .find(({ identifiers, references }) => identifiers.includes(name) || references.some(({ identifier }) => identifier === name));
  return variable?.references.filter((reference) => reference.isRead()).map(({ identifier }) => identifier) ?? [];
}

function isFetch(file: FileModel, call: TSESTree.CallExpression, address: Node): boolean {
  const callee = target(file.evaluator.value(call.callee));
  return callee.kind === "global" && callee.name === "fetch" && call.arguments[0] === wrapped(address) && call.arguments.length <= 2;
}

/** Undefined where the request's headers are not all in sight. */
function addHeader(file: FileModel, call: TSESTree.CallExpression, header: string): Edit | undefined {
  const [address, init] = call.arguments;
  const entry = `Authorization: ${header}`;
  if (!address) return undefined;
  if (!init) {
    const isBare = /^,?\)$/u.test(file.text.slice(address.range[1], call.range[1]).replaceAll(/\s/gu, ""));
    return isBare ? (fixer) => [fixer.insertTextAfter(address, `, { headers: { ${entry} } }`)] : undefined;
  }
  const options = unwrap(init);
  if (options.type !== "ObjectExpression") return undefined;
  const headers = options.properties.find((property) => property.type === "Property" && staticKey(property) === "headers");
  if (headers?.type !== "Property") {
    return options.properties.some(({ type }) => type === "SpreadElement") ? undefined : put(options, `headers: { ${entry} }`);
  }
  const object = unwrap(headers.value);
  if (object.type !== "ObjectExpression" || object.properties.some(({ type }) => type === "SpreadElement")) return undefined;
  const names = object.properties.map((property) => (property.type === "Property" ? staticKey(property)?.toLowerCase() : undefined));
  if (names.includes(undefined)) return undefined;
  return names.includes("authorization") ? () => [] : put(object, entry);
}

function put(object: TSESTree.ObjectExpression, entry: string): Edit {
  const [first] = object.properties;
  return (fixer) => [first ? fixer.insertTextBefore(first, `${entry}, `) : fixer.replaceText(object, `{ ${entry} }`)];
}

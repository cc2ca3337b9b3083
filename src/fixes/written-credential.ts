import type { TSESTree } from "@typescript-eslint/types";
import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { contains, staticKey, unwrap, wrapped, type Node } from "../model/syntax/ast.ts";
import type { Connection } from "../model/clients/connections.ts";
import type { FileModel } from "../model/file.ts";
import { isComment, type WrittenCredential } from "../model/credentials/written-credentials.ts";
import { packageNameOf, type SdkExport } from "../sdk/packages.ts";
import { envReadFor } from "./env-read.ts";
import { readOnlyName } from "./client-credentials.ts";
import { withParentheses } from "./parentheses.ts";
import { isTyped } from "./source-style.ts";

/** What can be offered for a credential that is written out. The texts name variables, never values. */
export type Offer =
  /** `Redis.fromEnv()` builds the client. */
  | { readonly is: "fromEnv"; readonly call: string; readonly fix: Fix }
  /** A variable is read where the credential stands. */
  | { readonly is: "env"; readonly read: string; readonly fix: Fix }
  /** The fallback goes. */
  | { readonly is: "dropped"; readonly fix: Fix }
  /** A name takes the credential's place where nothing can be read. */
  | { readonly is: "name"; readonly name: string; readonly fix: Fix };

type Fix = (fixer: RuleFixer) => RuleFix[];

/** Offers in the order of their merit; empty where the credential stands in another file. */
export function offersFor(file: FileModel, found: WrittenCredential): readonly Offer[] {
  const { node, reaches } = found;
  if (!node || isComment(node) || found.isElsewhere) {
    return found.isElsewhere ? [] : [takeOut(found, variableName(file, found))];
  }
  const name = variableName(file, found);
  // Elsewhere the string would stay behind.
  const isInside = reaches && contains(reaches.connection.node, node);
  const fromEnv = isInside ? fromEnvOffer(file, reaches.connection) : undefined;
  const drop = found.variable?.isFallback === true ? dropOffer(file, node) : undefined;
  const read = drop ? undefined : readOffer(file, found, node, name);
  const offers = [...(fromEnv ? [fromEnv] : []), ...(drop ? [drop] : []), ...(read ? [read] : [])];
  return offers.length > 0 ? offers : [takeOut(found, name)];
}

/** The variable that should hold the credential. */
export function variableName(file: FileModel, { shape, reaches, variable, node }: WrittenCredential): string {
  if (variable) return variable.name;
  const name = reaches && shape?.kind !== "kafka-username" ? optionVariable(file, reaches.connection, reaches.option) : shapeVariable(file, shape?.kind, node);
  return shape?.access === "read-only" && name.endsWith("TOKEN") ? privateReadOnlyName(file, name) : name;
}

const privateReadOnlyName = (file: FileModel, name: string): string =>
  file.settings.readOnlyTokenEnv[0] ?? readOnlyName(file, name, "process.env").replace(/^.*?(?=UPSTASH_|KV_)/u, "");

const SIGNING_KEYS: Readonly<Record<string, string>> = {
  currentSigningKey: "QSTASH_CURRENT_SIGNING_KEY",
  nextSigningKey: "QSTASH_NEXT_SIGNING_KEY",
};

function optionVariable(file: FileModel, { sdk, wire, node, addresses }: Connection, option: string): string {
  if (wire) return wire.product === "kafka" ? `UPSTASH_KAFKA_REST_${option.toUpperCase()}` : "UPSTASH_REDIS_PASSWORD";
  if (!sdk) return requestVariable(file, addresses.map(({ value }) => (value.node ? file.text.slice(...value.node.range) : "")).join(" "));
  if (sdk.product === "kafka") return `UPSTASH_KAFKA_REST_${option.toUpperCase()}`;
  const signingKey = SIGNING_KEYS[option];
  if (signingKey !== undefined) return signingKey;
  const reads = documentedReads(sdk);
  if (reads !== undefined) return reads;
  if (sdk.product === "redis") return file.text.includes("KV_REST_API") || file.sources.has("@vercel/kv") ? "KV_REST_API_TOKEN" : "UPSTASH_REDIS_REST_TOKEN";
  // Keys of model providers, which QStash and RAG Chat hand on.
  const callee = unwrap(node.callee);
  return callee.type === "Identifier" ? `${callee.name.replace(/([a-z])([A-Z])/gu, "$1_$2").toUpperCase()}_API_KEY` : "QSTASH_TOKEN";
}

/** The last variable that the SDK reads by itself: the one without region and public prefix. */
function documentedReads({ env, product }: SdkExport): string | undefined {
  if (product === "redis") return undefined;
  const secrets = Object.values(env ?? {}).flatMap(({ secret }) => secret);
  return secrets.at(-1);
}

/** Of an address, by its host or by the variable that holds it. */
function requestVariable(file: FileModel, address: string): string {
  if (/qstash/iu.test(address)) return "QSTASH_TOKEN";
  if (/vector/iu.test(address)) return "UPSTASH_VECTOR_REST_TOKEN";
  if (/search\.upstash|SEARCH/u.test(address)) return "UPSTASH_SEARCH_REST_TOKEN";
  if (/kafka\.upstash\.io/u.test(address + file.text)) return "UPSTASH_KAFKA_REST_PASSWORD";
  if (/api\.upstash\.com/u.test(address)) return "UPSTASH_API_KEY";
  return /KV_REST/u.test(address + file.text) ? "KV_REST_API_TOKEN" : "UPSTASH_REDIS_REST_TOKEN";
}

function shapeVariable(file: FileModel, kind: NonNullable<WrittenCredential["shape"]>["kind"] | undefined, node: WrittenCredential["node"]): string {
  switch (kind) {
    case "index-token":
      return file.text.includes("@upstash/search") ? "UPSTASH_SEARCH_REST_TOKEN" : "UPSTASH_VECTOR_REST_TOKEN";
    case "qstash-token":
      return "QSTASH_TOKEN";
    case "signing-key":
      return /next/iu.test(node && !isComment(node) ? nameAround(node) : "") ? "QSTASH_NEXT_SIGNING_KEY" : "QSTASH_CURRENT_SIGNING_KEY";
    case "connection-string":
      return "REDIS_URL";
    case "kafka-username":
      return "UPSTASH_KAFKA_REST_USERNAME";
    case "box-key":
      return "UPSTASH_BOX_API_KEY";
    default:
      return file.text.includes("KV_REST_API") ? "KV_REST_API_TOKEN" : "UPSTASH_REDIS_REST_TOKEN";
  }
}

function nameAround(node: Node): string {
  const { parent } = wrapped(node);
  if (parent?.type === "Property") return staticKey(parent) ?? "";
  return parent?.type === "VariableDeclarator" && parent.id.type === "Identifier" ? parent.id.name : "";
}

/** `Redis.fromEnv()` in the place of `new Redis({ url, token })`, with the other options. */
function fromEnvOffer(file: FileModel, { node, sdk, product }: Connection): Offer | undefined {
  if (node.type !== "NewExpression" || product !== "redis" || !sdk?.env?.["fromEnv"] || file.runtime.place === "browser") return undefined;
  if (!isMainEntry(file, node.callee)) return undefined;
  // It reads `process.env`, which Vite and Deno do not fill.
  if (file.text.includes("import.meta.env") || [...file.sources].some((source) => /^(?:npm|jsr|https):/u.test(source))) return undefined;
  const text = fromEnvText(file, node);
  return text === undefined ? undefined : { is: "fromEnv", call: `${file.text.slice(...node.callee.range)}.fromEnv()`, fix: (fixer) => [fixer.replaceText(node, text)] };
}

/** Undefined where the options are not all in sight, or hold a comment. */
export function fromEnvText(file: FileModel, node: TSESTree.NewExpression): string | undefined {
  const [options, more] = node.arguments;
  if (options?.type !== "ObjectExpression" || more || hasComments(file, node)) return undefined;
  const rest = options.properties.filter((property) => !isUrlOrToken(property));
  if (rest.some(({ type }) => type === "SpreadElement") || options.properties.length - rest.length !== 2) return undefined;
  const texts = rest.map((property) => file.text.slice(...property.range));
  return `${file.text.slice(...node.callee.range)}.fromEnv(${texts.length > 0 ? `{ ${texts.join(", ")} }` : ""})`;
}

const isUrlOrToken = (property: TSESTree.ObjectLiteralElement): boolean =>
  property.type === "Property" && ["url", "token"].includes(staticKey(property) ?? "");

/** Whether a class is imported from the package itself, whose `fromEnv()` reads `process.env`. */
export function isMainEntry(file: FileModel, callee: Node): boolean {
  const { value } = file.tracer.only(file.located(callee)) ?? {};
  if (value?.kind !== "import") return false;
  return packageNameOf(value.source) === "@upstash/redis" && !/\/(?:cloudflare|fastly|workers)/u.test(value.source);
}

export function hasComments({ ast }: FileModel, { range }: Node): boolean {
  return ast.comments?.some((comment) => range[0] <= comment.range[0] && comment.range[1] <= range[1]) === true;
}

/** Takes the stand-in away, so that a missing variable is noticed. */
function dropOffer(file: FileModel, node: Node): Offer | undefined {
  const at = wrapped(node);
  const { parent } = at;
  const offer = (whole: Node, text: string): Offer | undefined =>
    hasComments(file, whole) ? undefined : { is: "dropped", fix: (fixer) => [fixer.replaceText(whole, text)] };
  const source = (of: Node): string => file.text.slice(...of.range);
  const typed = isTyped(file);
  switch (parent?.type) {
    case "LogicalExpression":
      if (parent.right !== at) return undefined;
      // The parentheses around a chain of `||` inside `??` go with the chain.
      return offer(parent, `${source(parent.left)}${typed && parent.left.type === "MemberExpression" ? "!" : ""}`);
    case "AssignmentPattern":
      return offer(parent, source(parent.left));
    case "CallExpression": {
      const callee = unwrap(parent.callee);
      if (parent.arguments.length > 1) {
        const before = parent.arguments[parent.arguments.indexOf(at as TSESTree.Expression) - 1];
        return before && { is: "dropped", fix: (fixer) => [fixer.removeRange([withParentheses(file, before)[1], withParentheses(file, at)[1]])] };
      }
      return callee.type === "MemberExpression" ? offer(parent, source(callee.object)) : undefined;
    }
    case "AssignmentExpression":
      return parent.parent.type === "ExpressionStatement" && parent.parent.parent.type !== "IfStatement" ? offer(parent.parent, "") : undefined;
    default:
      return undefined;
  }
}

/** Reads the variable where the credential stands. Undefined where no expression can stand. */
function readOffer(file: FileModel, found: WrittenCredential, node: Node, name: string): Offer | undefined {
  const read = envReadFor(file, name);
  // A read of the variable by itself says nothing.
  if (isWriteTo(file, node, name)) return undefined;
  const [start, end] = found.range;
  const isWhole = start === node.range[0] && end === node.range[1];
  const replaced = isWhole ? undefined : partly(file, found, node, read.text);
  const edit = isWhole ? wholly(node, read.asString) : replaced;
  if (edit === undefined || !isExpression(node)) return undefined;
  return {
    is: "env",
    read: read.text,
    fix: (fixer) => [...read.fixes(fixer), fixer.replaceTextRange([...edit.range], edit.text)],
  };
}

interface Edit {
  readonly range: readonly [number, number];
  readonly text: string;
}

function wholly(node: Node, read: string): Edit | undefined {
  if (node.parent?.type === "JSXAttribute") return { range: node.range, text: `{${read}}` };
  return node.type === "JSXText" ? undefined : { range: node.range, text: read };
}

/** The credential is a part of a string, which becomes a template. */
function partly(file: FileModel, { range: [start, end] }: WrittenCredential, node: Node, read: string): Edit | undefined {
  if (node.type === "TemplateLiteral") {
    const isAlone = node.quasis.length === 1 && node.range[0] + 1 === start && node.range[1] - 1 === end;
    return isAlone && node.parent.type !== "TaggedTemplateExpression" ? { range: node.range, text: read } : { range: [start, end], text: `\${${read}}` };
  }
  if (node.type !== "Literal" || typeof node.value !== "string") return undefined;
  const escape = (text: string): string => text.replaceAll("`", "\\`").replaceAll("${", "\\${");
  const inJsx = node.parent.type === "JSXAttribute";
  const raw = (from: number, to: number): string => escape(inJsx ? file.text.slice(from, to).replaceAll("\\", "\\\\") : file.text.slice(from, to));
  const text = `\`${raw(node.range[0] + 1, start)}\${${read}}${raw(end, node.range[1] - 1)}\``;
  return { range: node.range, text: inJsx ? `{${text}}` : text };
}

/** False for names, types, directives and import sources, which no expression can stand for. */
function isExpression(node: Node): boolean {
  const { parent } = wrapped(node);
  if (!parent || node.type === "JSXText" || node.type === "Identifier") return false;
  if (/^(?:TSLiteralType|TSTemplateLiteralType|TSEnumMember|TSExternalModuleReference|TSImportType|ImportAttribute)$/u.test(parent.type)) return false;
  if (/^(?:Import|Export(?:All|Named))/u.test(parent.type) || (parent.type === "ExpressionStatement" && "directive" in parent)) return false;
  const isKey = "key" in parent && parent.key === node && "computed" in parent && !parent.computed;
  return !isKey && parent.type !== "TaggedTemplateExpression";
}

/** `process.env.NAME = "…"`, `NAME: "…"` in what fills the environment is for {@link takeOut}. */
function isWriteTo(file: FileModel, node: Node, name: string): boolean {
  const { parent } = wrapped(node);
  if (parent?.type !== "AssignmentExpression") return false;
  const left = file.evaluator.value(parent.left);
  return left.kind === "env" && left.name === name;
}

/** Puts the variable's name in the place of the credential. */
function takeOut({ range, node }: WrittenCredential, name: string): Offer {
  const isWhole = node?.type === "Literal" && node.range[0] === range[0] && node.range[1] === range[1];
  const text = isWhole ? `"<${name}>"` : node?.type === "JSXText" ? `YOUR_${name}` : `<${name}>`;
  return { is: "name", name, fix: (fixer) => [fixer.replaceTextRange([...range], text)] };
}

import { classifyEnvName, publicPrefixOf } from "../../sdk/env-names.ts";
import { constantString, unwrap, wrapped, type Node } from "../syntax/ast.ts";
import { envReads, type EnvRead } from "./environment.ts";
import type { FileModel } from "../file.ts";
import type { Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import { mayUseUpstash } from "../relevance.ts";
import { target } from "../values/values.ts";

/** Distinct ends of the prefixes that bundlers show to browsers: enough for a test on text. */
const PREFIX_WORDS = ["PUBLIC_", "VITE_", "REACT_APP_", "VUE_APP_", "NG_APP_", "GATSBY_", "STORYBOOK_"];

/**
 * Cheap: false where the file names no secret under a public prefix, hands no public variable to what may be a client, and
 * imports no module of public variables. A name that says whose it is names Upstash; any other counts by its client.
 */
export function mayReadPublicEnv(file: FileModel): boolean {
  const { text, settings } = file;
  if (settings.envPrefixes.some((prefix) => text.includes(prefix))) return true;
  return mayUseUpstash(file) && [...PREFIX_WORDS, "env/public", "astro:env/client"].some((word) => text.includes(word));
}

/** A secret that is read under a name which bundlers show to browsers. */
export interface PublicSecret extends Pick<EnvRead, "name"> {
  readonly node: Node;
  /** The prefix; undefined where the module that hands the variable out is public as a whole. */
  readonly prefix: string | undefined;
  /** How it is read; undefined for a name that is handed to a function which reads. */
  readonly read: EnvRead | undefined;
}

/** Reads of secrets with full access under public names, where they stand in this file. */
export function publicSecrets(file: FileModel): readonly PublicSecret[] {
  const { envPrefixes, readOnlyTokenEnv } = file.settings;
  const found: PublicSecret[] = [];
  let taken: ReadonlySet<string> | undefined;
  for (const read of envReads(file)) {
    const { name, node, isPublic } = read;
    // What another module reads is told there.
    if (read.via === "module" && !isPublic) continue;
    const prefix = publicPrefixOf(name, envPrefixes);
    if ((prefix === undefined && !isPublic) || isReadByVectorOrSearch(name)) continue;
    const meaning = classifyEnvName(name, envPrefixes, readOnlyTokenEnv);
    if (meaning?.access === "read-only" || /READ_?ONLY/iu.test(name)) continue;
    if (!(meaning?.secret && !meaning.generic) && !(taken ??= credentialsOfClients(file)).has(name)) continue;
    if (!isGuarded(node)) found.push({ node, name, prefix, read });
  }
  return [...found, ...pickedByName(file)];
}

/** The public variables that the Vector and Search SDKs read by themselves: there for read-only tokens. */
export function isReadByVectorOrSearch(name: string): boolean {
  return /^NEXT_PUBLIC_UPSTASH_(?:VECTOR|SEARCH)_REST_TOKEN$/u.test(name);
}

/** Variables that this file hands to a client of Upstash as its credential, whatever they are called. */
function credentialsOfClients(file: FileModel): ReadonlySet<string> {
  const names = new Set<string>();
  const take = (value: Value): void => void dependsOn(value, (part) => part.kind === "env" && part.name !== undefined && Boolean(names.add(part.name)) && false);
  for (const node of file.callNodes) {
    const value = file.evaluator.value(node);
    if (value.kind !== "call") continue;
    const client = file.clients.clientOf({ value, place: file.place });
    if (client?.construction?.value === value && client.sdk?.options) {
      const { index, secrets } = client.sdk.options;
      const options = value.args[index];
      if (options) for (const name of secrets) for (const secret of file.tracer.property({ value: options, place: file.place }, name)) take(secret.value);
    } else if (isTcpClient(file, value)) {
      for (const argument of value.args) {
        dependsOn(argument, (part) => part.kind === "env" && /UPSTASH/u.test(part.name ?? "") && !/_(?:HOST|PORT|ENDPOINT|REST_URL)$/u.test(part.name ?? "") && Boolean(names.add(part.name ?? "")) && false);
      }
    }
  }
  return names;
}

function isTcpClient(file: FileModel, value: Value & { kind: "call" }): boolean {
  const path = file.tracer.canonical({ value: value.callee, place: file.place });
  if (path?.source === "ioredis") return value.isNew;
  return path?.source === "redis" && /^createClient/u.test(path.path.at(-1) ?? "");
}

/** `if (process.env.NEXT_PUBLIC_X) throw …`: code that warns of the variable does not use it. */
function isGuarded(read: Node): boolean {
  let at = wrapped(read);
  for (;;) {
    const { parent } = at;
    if (!parent) return false;
    const isAny = parent.type === "LogicalExpression" && parent.operator !== "&&";
    const isBoolean = parent.type === "CallExpression" && parent.callee.type === "Identifier" && parent.callee.name === "Boolean";
    const isTwice = parent.type === "UnaryExpression" && parent.operator === "!" && parent.parent.type === "UnaryExpression" && parent.parent.operator === "!";
    if (isTwice && parent.parent) at = parent.parent;
    else if (isAny || isBoolean) at = wrapped(parent);
    else return parent.type === "IfStatement" && parent.test === at && !parent.alternate && onlyWarns(parent.consequent);
  }
}

function onlyWarns(branch: Node): boolean {
  const statements = branch.type === "BlockStatement" ? branch.body : [branch];
  return statements.every(
    (statement) =>
      statement.type === "ThrowStatement" ||
      (statement.type === "ExpressionStatement" && statement.expression.type === "CallExpression" && /^(?:console|process|logger|log)\b/u.test(rootName(statement.expression))),
  );
}

function rootName(node: Node): string {
  let at = unwrap(node);
  while (at.type === "CallExpression" || at.type === "MemberExpression") at = unwrap(at.type === "CallExpression" ? at.callee : at.object);
  return at.type === "Identifier" ? at.name : "";
}

/** `pickEnv(["UPSTASH_…", "NEXT_PUBLIC_UPSTASH_…"])`: the names are handed to a function that reads what it is told. */
function pickedByName(file: FileModel): readonly PublicSecret[] {
  const { envPrefixes, readOnlyTokenEnv } = file.settings;
  const found: PublicSecret[] = [];
  for (const node of file.callNodes) {
    for (const argument of node.arguments) {
      const list = unwrap(argument);
      for (const item of list.type === "ArrayExpression" ? list.elements : [list]) {
        const name = item ? constantString(item) : undefined;
        const prefix = name === undefined ? undefined : publicPrefixOf(name, envPrefixes);
        if (!item || name === undefined || prefix === undefined || !name.startsWith(prefix) || isReadByVectorOrSearch(name)) continue;
        const meaning = classifyEnvName(name, envPrefixes, readOnlyTokenEnv);
        if (!meaning?.secret || meaning.generic || meaning.access !== "full" || !readsByName(file, node)) continue;
        found.push({ node: item, name, prefix, read: undefined });
      }
    }
  }
  return found;
}

/** The called function of the project returns a variable whose name it is given. */
function readsByName(file: FileModel, call: Node): boolean {
  const value = file.evaluator.value(call);
  if (value.kind !== "call") return false;
  return file.tracer
    .functions({ value: value.callee, place: file.place })
    .some(({ fn }) => fn.returns.some((returned) => dependsOn(returned, isReadOfUnnamed)));
}

const isReadOfUnnamed = (part: Value): boolean => {
  const env = part.kind === "member" && part.property === undefined ? target(part.object) : undefined;
  return env?.kind === "env" && env.name === undefined;
};


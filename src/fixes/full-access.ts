import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { unwrap, type Node } from "../model/syntax/ast.ts";
import type { Client } from "../model/clients/clients.ts";
import type { FileModel } from "../model/file.ts";
import type { Located } from "../model/values/trace.ts";
import { classifyEnvName, fullAccessNameOf } from "../sdk/env-names.ts";
import { ensureImport } from "./imports.ts";
import { renameRead } from "./rename-env.ts";
import { isTyped } from "./source-style.ts";
import { keyBefore } from "./shorthand.ts";

type Fix = (fixer: RuleFixer) => RuleFix[];

/** The variables that the SDKs read by themselves, for names that say nothing of the one with full access. */
const DEFAULTS: Readonly<Record<string, string>> = {
  redis: "UPSTASH_REDIS_REST_TOKEN",
  vector: "UPSTASH_VECTOR_REST_TOKEN",
  search: "UPSTASH_SEARCH_REST_TOKEN",
  qstash: "QSTASH_TOKEN",
  workflow: "QSTASH_TOKEN",
};

/** Reads the variable with full access, where the read-only one is read in this file. */
export function fullAccessFix(
  file: FileModel,
  credential: Located | undefined,
  client: Client | undefined,
): { readonly name: string; readonly fix: Fix } | undefined {
  const value = credential?.value;
  if (!client || credential?.place.module !== file || value?.kind !== "env" || value.name === undefined || !value.node) return undefined;
  const plain = fullAccessNameOf(value.name, file.settings.envPrefixes);
  const name = plain === value.name ? DEFAULTS[client.product] : plain;
  if (name === undefined) return undefined;
  const fix = renameRead(file, value.node, name);
  return fix && { name, fix };
}

/** Puts a client with full access in the place of one that has a read-only token. */
export function fullAccessClientFix(file: FileModel, node: Node, client: Client | undefined): Fix | undefined {
  if (client?.product !== "redis") return undefined;
  const redis = ensureImport(file, "@upstash/redis", "Redis");
  const name = keyBefore(file, node);
  return (fixer) => [...redis.fixes(fixer), fixer.replaceText(node, `${name}${redis.name}.fromEnv()`)];
}

/**
 * Gives a client that is built on a server the read-only token: reads that variable where the credential stands in this
 * file, and writes out `Redis.fromEnv()` and `new Client()`. Undefined where the credential comes from elsewhere, or is
 * written out.
 */
export function readOnlyOnServerFix(file: FileModel, node: Node, client: Client): { readonly name: string; readonly fix: Fix } | undefined {
  const { construction, sdk, envMethod } = client;
  if (envMethod !== undefined) return writtenOut(file, node, client);
  const options = sdk?.options && construction?.value.args[sdk.options.index];
  const tokens = options && construction ? file.tracer.property({ value: options, place: construction.place }, "token") : [];
  const [token, ...others] = tokens;
  if (token?.value.kind !== "env" || others.length > 0 || token.place.module !== file || !token.value.node || token.value.name === undefined) return undefined;
  const name = readOnlyName(file, client, token.value.name);
  const fix = name === token.value.name ? undefined : renameRead(file, token.value.node, name);
  return fix && { name, fix };
}

/** `new Redis({ url: …, token: … })` in the place of `Redis.fromEnv()`, and `new Client({ token: … })` of `new Client()`. */
function writtenOut(file: FileModel, node: Node, client: Client): { readonly name: string; readonly fix: Fix } | undefined {
  if ((node.type !== "CallExpression" && node.type !== "NewExpression") || node.arguments.length > 0) return undefined;
  const { envMethod = "", product } = client;
  const plain = DEFAULTS[product];
  if (plain === undefined) return undefined;
  const name = readOnlyName(file, client, plain);
  const read = (variable: string): string => `process.env.${variable}${isTyped(file) ? "!" : ""}`;
  const callee = unwrap(node.callee);
  // What reads its address by itself is told its token alone.
  if (envMethod === "") {
    const made = `new ${file.text.slice(...node.callee.range)}({ token: ${read(name)} })`;
    return node.type === "NewExpression" ? { name, fix: (fixer) => [fixer.replaceText(node, made)] } : undefined;
  }
  if (envMethod !== "fromEnv" || callee.type !== "MemberExpression") return undefined;
  const made = `new ${file.text.slice(...callee.object.range)}({ url: ${read(plain.replace(/TOKEN$/u, "URL"))}, token: ${read(name)} })`;
  return { name, fix: (fixer) => [fixer.replaceText(node, made)] };
}

/** The variable for a read-only token: the project's own, else the one that is called like the plain one. */
function readOnlyName(file: FileModel, { product }: Client, plain: string): string {
  const { envPrefixes, readOnlyTokenEnv } = file.settings;
  const meant = product === "workflow" ? "qstash" : product;
  const configured = readOnlyTokenEnv.find((name) => classifyEnvName(name, envPrefixes, [name])?.product === meant);
  // Vercel's integration writes the one of Vector in one word, and Upstash's docs that of Search.
  return configured ?? plain.replace(/TOKEN$/u, meant === "vector" || meant === "search" ? "READONLY_TOKEN" : "READ_ONLY_TOKEN");
}

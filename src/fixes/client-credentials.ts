import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import type { Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import type { EnvRead } from "../model/credentials/environment.ts";
import type { FullAccessClient } from "../model/place/browser-clients.ts";
import { packageOf } from "../model/place/runtime.ts";
import { matchesAny } from "../project/globs.ts";
import { PUBLIC_PREFIXES } from "../sdk/env-names.ts";
import { renameRead } from "./rename-env.ts";
import { isTyped, styleOf } from "./source-style.ts";

type Fix = (fixer: RuleFixer) => RuleFix[];

/** Prefixes of the variables that a bundler shows to browsers, by the package that brings it; Next.js where none does. */
const PREFIX_OF: readonly (readonly [dependency: string, prefix: string])[] = [
  ["next", "NEXT_PUBLIC_"],
  ["expo", "EXPO_PUBLIC_"],
  ["react-native", "EXPO_PUBLIC_"],
  ["react-scripts", "REACT_APP_"],
  ["gatsby", "GATSBY_"],
  ["astro", "PUBLIC_"],
  ["vite", "VITE_"],
];

/** The prefix that a variable of this file must carry to be seen by browsers. */
function publicPrefix(file: FileModel, via: EnvRead["via"]): string {
  const dependencies = packageOf(file)?.dependencies ?? [];
  if (via === "import.meta.env") return dependencies.includes("astro") ? "PUBLIC_" : "VITE_";
  if (file.sources.has("react-native") || file.sources.has("expo-router")) return "EXPO_PUBLIC_";
  return PREFIX_OF.find(([dependency]) => dependencies.includes(dependency))?.[1] ?? "NEXT_PUBLIC_";
}

/** The variable that holds the read-only token for browsers. */
export function readOnlyName(file: FileModel, name: string, via: EnvRead["via"]): string {
  const [configured] = file.settings.readOnlyTokenEnv;
  if (configured !== undefined) return configured;
  const known = [...file.settings.envPrefixes, ...PUBLIC_PREFIXES]
    .filter((prefix) => name.startsWith(prefix))
    .reduce((longest, prefix) => (prefix.length > longest.length ? prefix : longest), "");
  const prefix = known === "" ? publicPrefix(file, via) : known;
  return `${prefix}${name.slice(known.length).replace(/TOKEN$/u, "READ_ONLY_TOKEN")}`;
}

/** Reads the read-only variable instead; undefined where the read is not of a token. */
export function readOnlyFix(file: FileModel, read: EnvRead): { readonly name: string; readonly fix: Fix } | undefined {
  if (!read.name.endsWith("TOKEN") || read.via === "module") return undefined;
  const name = readOnlyName(file, read.name, read.via);
  const fix = renameRead(file, read.node, name);
  return fix && { name, fix };
}

/** How the variables of a product's client begin, where browsers may have a read-only token. */
const VARIABLES: ReadonlyMap<string, string> = new Map([
  ["Redis", "UPSTASH_REDIS_REST"],
  ["Vector", "UPSTASH_VECTOR_REST"],
  ["Search", "UPSTASH_SEARCH_REST"],
]);

/**
 * Gives the client a read-only token: reads that variable where the credential stands in this file, and writes out
 * `Redis.fromEnv()`. Undefined where the client is built elsewhere.
 */
export function readOnlyClientFix(
  file: FileModel,
  { node, product, credential }: FullAccessClient,
): { readonly name: string; readonly fix: Fix } | undefined {
  if (credential?.kind === "env" && credential.name !== undefined && credential.node) {
    return readOnlyFix(file, { node: credential.node, name: credential.name, via: credential.via });
  }
  const maker = makerOf(node);
  if (maker === undefined) return undefined;
  const text = file.text.slice(...maker.range);
  const variables = VARIABLES.get(product);
  if (variables === undefined) return undefined;
  const env = file.text.includes("import.meta.env") ? "import.meta.env" : "process.env";
  const name = readOnlyName(file, `${variables}_TOKEN`, env);
  // A token that is written out gives way to the variable.
  if (credential?.kind === "literal" && credential.node) {
    const at = credential.node;
    return { name, fix: (fixer) => [fixer.replaceText(at, `${env}.${name}${nonNull(file)}`)] };
  }
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return undefined;
  const url = `${publicPrefix(file, env)}${variables}_URL`;
  const bang = nonNull(file);
  const made = `new ${text}({ url: ${env}.${url}${bang}, token: ${env}.${name}${bang} })`;
  return { name, fix: (fixer) => [fixer.replaceText(node, made)] };
}

/** The class of `new Redis()` and `Redis.fromEnv()`. */
function makerOf(node: Node): Node | undefined {
  if (node.type === "NewExpression") return node.callee;
  if (node.type !== "CallExpression") return undefined;
  return node.callee.type === "MemberExpression" ? node.callee.object : node.callee;
}

/** TypeScript holds variables to be possibly undefined. */
const nonNull = (file: FileModel): string => (isTyped(file) ? "!" : "");

/** How a client module becomes server code. */
export interface ServerModule {
  /** The project has `server-only`, which stops the build when the browser gets the module after all. */
  readonly isMarked: boolean;
  readonly fix: Fix;
}

/**
 * Turns a client module into server code: `"use client"` gives way to `import "server-only"`, or goes where the project
 * has no such module. Undefined where something else says that the module runs in the browser.
 */
export function serverModuleFix(file: FileModel): ServerModule | undefined {
  const { clientFiles } = file.settings;
  if (clientFiles.length > 0 && matchesAny(file.relativePath, clientFiles)) return undefined;
  const markers = file.ast.body.filter(
    (node) =>
      (node.type === "ExpressionStatement" && node.directive === "use client") ||
      (node.type === "ImportDeclaration" && node.source.value === "client-only"),
  );
  const [first, ...others] = markers;
  if (!first) return undefined;
  const dependencies = packageOf(file)?.dependencies;
  // Next.js brings it along.
  const isMarked = !dependencies || dependencies.includes("next") || dependencies.includes("server-only");
  const { quote: q, semicolon } = styleOf(file);
  const marker = `import ${q}server-only${q}${semicolon}`;
  return {
    isMarked,
    fix: (fixer) => [
      isMarked ? fixer.replaceText(first, marker) : fixer.remove(first),
      ...others.map((other) => fixer.remove(other)),
    ],
  };
}

import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import type { Node } from "../model/ast.ts";
import type { FileModel } from "../model/file.ts";
import type { EnvRead } from "../model/environment.ts";
import { styleOf } from "./source-style.ts";

type Fix = (fixer: RuleFixer) => RuleFix[];

/** Browser-visible variables by what bundles the file: the prefix that its other variables have to carry. */
function publicPrefix(file: FileModel, via: EnvRead["via"]): string {
  if (via === "import.meta.env") return file.text.includes("PUBLIC_") && !file.text.includes("VITE_") ? "PUBLIC_" : "VITE_";
  return file.sources.has("react-native") || file.sources.has("expo-router") ? "EXPO_PUBLIC_" : "NEXT_PUBLIC_";
}

/** The variable that holds the read-only token for browsers. */
export function readOnlyName(file: FileModel, name: string, via: EnvRead["via"]): string {
  const [configured] = file.settings.readOnlyTokenEnv;
  if (configured !== undefined) return configured;
  const bare = name.replace(/^(?:NEXT_PUBLIC_|VITE_|PUBLIC_|EXPO_PUBLIC_)/u, "");
  return `${publicPrefix(file, via)}${bare.replace(/TOKEN$/u, "READ_ONLY_TOKEN")}`;
}

/** Reads the read-only variable instead; undefined where the read is not of a token. */
export function readOnlyFix(file: FileModel, read: EnvRead): { readonly name: string; readonly fix: Fix } | undefined {
  if (!read.name.endsWith("TOKEN") || read.via === "module") return undefined;
  const name = readOnlyName(file, read.name, read.via);
  const { quote: q } = styleOf(file);
  const { node } = read;
  const replace = (at: Node, text: string): Fix => (fixer) => [fixer.replaceText(at, text)];
  if (node.type === "MemberExpression") {
    return { name, fix: replace(node.property, node.computed ? `${q}${name}${q}` : name) };
  }
  if (node.type === "Property") {
    const value = file.text.slice(...node.value.range);
    return { name, fix: replace(node, `${name}: ${value}`) };
  }
  const [argument] = node.type === "CallExpression" ? node.arguments : [];
  return argument ? { name, fix: replace(argument, `${q}${name}${q}`) } : undefined;
}

/** Builds the client from variables for browsers: `Redis.fromEnv()` → `new Redis({ url, token })`. */
export function readOnlyClientFix(file: FileModel, node: Node): { readonly name: string; readonly fix: Fix } | undefined {
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return undefined;
  const maker = file.text.slice(...node.callee.object.range);
  const product = /Redis$/u.test(maker) ? "REDIS" : /Index$/u.test(maker) ? "VECTOR" : /Search$/u.test(maker) ? "SEARCH" : undefined;
  if (product === undefined) return undefined;
  const env = file.text.includes("import.meta.env") ? "import.meta.env" : "process.env";
  const token = readOnlyName(file, `UPSTASH_${product}_REST_TOKEN`, env);
  const url = `${publicPrefix(file, env)}UPSTASH_${product}_REST_URL`;
  const text = `new ${maker}({ url: ${env}.${url}, token: ${env}.${token} })`;
  return { name: token, fix: (fixer) => [fixer.replaceText(node, text)] };
}

/** Turns a client module into server code: `"use client"` gives way to `import "server-only"`. */
export function serverModuleFix(file: FileModel): Fix | undefined {
  const directive = file.ast.body.find(
    (node) => node.type === "ExpressionStatement" && node.expression.type === "Literal" && node.expression.value === "use client",
  );
  const { quote: q, semicolon } = styleOf(file);
  const marker = `import ${q}server-only${q}${semicolon}`;
  if (directive) return (fixer) => [fixer.replaceText(directive, marker)];
  const clientOnly = file.ast.body.find((node) => node.type === "ImportDeclaration" && node.source.value === "client-only");
  return clientOnly && ((fixer) => [fixer.replaceText(clientOnly, marker)]);
}

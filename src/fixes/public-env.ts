import type { TSESTree } from "@typescript-eslint/types";
import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import type { Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import type { InlinedEntry } from "../model/credentials/inlined-env.ts";
import type { ObjectValue } from "../model/values/ir.ts";
import type { PublicSecret } from "../model/credentials/public-env.ts";
import { privateNameOf } from "../sdk/env-names.ts";
import { insertImport } from "./imports.ts";
import { removeEntry } from "./remove.ts";
import { renameRead } from "./rename-env.ts";
import { styleOf } from "./source-style.ts";

type Fix = (fixer: RuleFixer) => RuleFix[];

/** Where a framework hands out what its public module must not. */
const PRIVATE_MODULES: ReadonlyMap<string, string> = new Map([
  ["$env/static/public", "$env/static/private"],
  ["$app/env/public", "$app/env/private"],
  ["astro:env/client", "astro:env/server"],
]);

/** Reads the variable under a private name; undefined where it can't be told how. */
export function privateNameFix(file: FileModel, { node, name, read }: PublicSecret): { readonly name: string; readonly fix: Fix } | undefined {
  const privateName = privateNameOf(name, file.settings.envPrefixes);
  if (!/^[A-Za-z_]/u.test(privateName)) return undefined;
  const { quote: q } = styleOf(file);
  const named = (fix: Fix): { readonly name: string; readonly fix: Fix } => ({ name: privateName, fix });
  if (!read) return named((fixer) => [fixer.replaceText(node, `${q}${privateName}${q}`)]);
  if (node.type === "ImportSpecifier") return privateImport(file, node, privateName, named);
  const fix = read.isPublic ? undefined : renameRead(file, node, privateName);
  return fix && named(fix);
}

function privateImport(
  file: FileModel,
  node: TSESTree.ImportSpecifier,
  name: string,
  named: (fix: Fix) => { readonly name: string; readonly fix: Fix },
): { readonly name: string; readonly fix: Fix } | undefined {
  const declaration = node.parent as TSESTree.ImportDeclaration;
  const source = PRIVATE_MODULES.get(declaration.source.value);
  if (source === undefined) return undefined;
  const { quote: q, semicolon } = styleOf(file);
  const specifier = node.local.name === name ? name : `${name} as ${node.local.name}`;
  if (declaration.specifiers.length === 1) {
    return named((fixer) => [fixer.replaceText(node, specifier), fixer.replaceText(declaration.source, `${q}${source}${q}`)]);
  }
  const line = `import { ${specifier} } from ${q}${source}${q}${semicolon}`;
  return named((fixer) => [removeEntry(file, fixer, node), insertImport(file, fixer, line)]);
}

/** Takes an entry out of what browsers get. A schema's entry moves to the part for servers, under a private name. */
export function keepOnServerFix(file: FileModel, entry: InlinedEntry): Fix {
  const { schema, node } = entry;
  const moved = schema && moveToServer(file, entry, schema);
  return moved ?? ((fixer) => [removeEntry(file, fixer, node)]);
}

function moveToServer(file: FileModel, { node, name }: InlinedEntry, schema: ObjectValue): Fix | undefined {
  if (name === undefined || node.type !== "Property") return undefined;
  const privateName = privateNameOf(name, file.settings.envPrefixes);
  const text = `${privateName}: ${file.text.slice(...node.value.range)}`;
  const partOf = (key: string): Node | undefined => schema.entries.find((entry) => entry.key === key)?.node;
  const server = partOf("server");
  const runtime = entryOf(partOf("runtimeEnv") ?? partOf("runtimeEnvStrict"), name);
  const clientOnly = entryOf(partOf("experimental__runtimeEnv"), name);
  const list = server?.type === "Property" && server.value.type === "ObjectExpression" ? server.value : undefined;
  const [first] = list?.properties ?? [];
  const part = node.parent.parent;
  if (!part) return undefined;
  return (fixer) => [
    ...(first
      ? [fixer.insertTextBefore(first, `${text}, `)]
      : list
        ? [fixer.replaceText(list, `{ ${text} }`)]
        : [fixer.insertTextBefore(part, `server: { ${text} }, `)]),
    removeEntry(file, fixer, node),
    ...(runtime ? [fixer.replaceText(runtime, `${privateName}: process.env.${privateName}`)] : []),
    ...(clientOnly ? [removeEntry(file, fixer, clientOnly)] : []),
  ];
}

function entryOf(part: Node | undefined, name: string): Node | undefined {
  if (part?.type !== "Property" || part.value.type !== "ObjectExpression") return undefined;
  return part.value.properties.find((property) => property.type === "Property" && property.key.type === "Identifier" && property.key.name === name);
}

/** Leaves the framework's own prefix in the place of one that shows secrets. */
export function defaultPrefixFix(file: FileModel, node: Node): { readonly name: string; readonly fix: Fix } {
  const name = /astro\.config/u.test(file.filename) ? "PUBLIC_" : "VITE_";
  const { quote: q } = styleOf(file);
  return { name, fix: (fixer) => [fixer.replaceText(node, `${q}${name}${q}`)] };
}

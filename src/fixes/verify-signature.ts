import type { TSESTree } from "@typescript-eslint/types";
import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { isFunction, unwrap } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import { unwrapHandler, type Framework, type Handler } from "../model/handlers/index.ts";
import type { Suggestion } from "./encrypt-stored.ts";
import { addedParams, inserted, madeAsync, merged } from "./guard.ts";
import { receiverFor } from "./receiver.ts";
import { RECEIVER_GUARDS, ROUTE_HOOKS } from "./receiver-guards.ts";
import { styleOf } from "./source-style.ts";
import { wrapExport } from "./wrap-handler.ts";

/** Frameworks with a wrapper of their own in `@upstash/qstash` 2.12.0, which takes the handler as it is. */
const WRAPPERS: Partial<Record<Framework, { readonly source: string; readonly name: string }>> = {
  "next-app": { source: "@upstash/qstash/nextjs", name: "verifySignatureAppRouter" },
  sveltekit: { source: "@upstash/qstash/svelte", name: "verifySignatureSvelte" },
  solid: { source: "@upstash/qstash/solidjs", name: "verifySignatureSolidjs" },
};

/** Checks the signature before the handler. Undefined: its function is not in this file, or takes no request. */
export function verifyFix(file: FileModel, handler: Handler): Suggestion | undefined {
  if (handler.framework === "next-pages") return wrapPagesRoute(file);
  const wrapper = WRAPPERS[handler.framework];
  if (!wrapper) return receiverFix(file, handler);
  const fix = wrapExport(file, handler.method, wrapper.source, wrapper.name);
  return fix && { title: `Wrap it in \`${wrapper.name}()\``, fix };
}

/** `verifySignature` reads the body as it was sent, so Next.js must not have parsed it. */
function wrapPagesRoute(file: FileModel): Suggestion | undefined {
  const config = configOf(file);
  const isEdge = config.text.includes("edge");
  const name = isEdge ? "verifySignatureEdge" : "verifySignature";
  const wrap = wrapExport(file, "default", "@upstash/qstash/nextjs", name);
  const raw = isEdge ? () => [] : rawBody(file, config.node);
  return wrap && raw && { title: `Wrap it in \`${name}()\``, fix: (fixer) => [...wrap(fixer), ...raw(fixer)] };
}

function configOf(file: FileModel): { readonly node: TSESTree.ObjectExpression | "none" | "unknown"; readonly text: string } {
  for (const statement of file.ast.body) {
    if (statement.type !== "ExportNamedDeclaration" || statement.declaration?.type !== "VariableDeclaration") continue;
    for (const { id, init } of statement.declaration.declarations) {
      if (id.type !== "Identifier" || id.name !== "config") continue;
      const value = init && unwrap(init);
      return { node: value?.type === "ObjectExpression" ? value : "unknown", text: file.text.slice(...statement.range) };
    }
  }
  return { node: file.exports.has("config") ? "unknown" : "none", text: "" };
}

function rawBody(file: FileModel, config: TSESTree.ObjectExpression | "none" | "unknown"): ((fixer: RuleFixer) => RuleFix[]) | undefined {
  const { newline, semicolon, isCommonJs } = styleOf(file);
  const off = "bodyParser: false";
  if (config === "unknown") return undefined;
  if (config === "none") {
    const last = file.ast.body.at(-1);
    const exported = isCommonJs ? "module.exports.config" : "export const config";
    const line = `${newline}${newline}${exported} = { api: { ${off} } }${semicolon}`;
    return (fixer) => (last ? [fixer.insertTextAfter(last, line)] : []);
  }
  const api = propertyOf(config, "api");
  if (!api) return (fixer) => [insertFirst(fixer, config, `api: { ${off} }`)];
  if (api.value.type !== "ObjectExpression") return undefined;
  const parser = propertyOf(api.value, "bodyParser");
  if (!parser) return (fixer) => [insertFirst(fixer, api.value as TSESTree.ObjectExpression, off)];
  return (fixer) => [fixer.replaceText(parser.value, "false")];
}

function propertyOf(object: TSESTree.ObjectExpression, name: string): TSESTree.Property | undefined {
  for (const property of object.properties) {
    if (property.type === "Property" && property.key.type === "Identifier" && property.key.name === name) return property;
  }
  return undefined;
}

function insertFirst(fixer: RuleFixer, object: TSESTree.ObjectExpression, text: string): RuleFix {
  const start = object.range[0] + 1;
  return fixer.insertTextAfterRange([object.range[0], start], object.properties.length > 0 ? ` ${text},` : ` ${text} `);
}

function receiverFix(file: FileModel, handler: Handler): Suggestion | undefined {
  const fn = unwrapHandler(file.tracer, handler.value)
    .functions.map(({ fn: { node } }) => node)
    .find((node) => node !== undefined);
  if (!fn || !isFunction(fn) || !fn.body || fn.generator) return undefined;
  const style = styleOf(file);
  const site = { file, handler, fn, style, rate: "", typed: /\.[cm]?tsx?$/u.test(file.filename) };
  const receiver = receiverFor(file);
  const title = "Check the signature with `Receiver` first";
  const hook = ROUTE_HOOKS[handler.framework]?.(site, receiver.name);
  if (hook) return { title, fix: (fixer) => merged([...hook(fixer), ...receiver.fixes(fixer)]) };
  const parts = RECEIVER_GUARDS[handler.framework]?.(site);
  if (!parts) return undefined;
  const { indent, semicolon } = style;
  const lines = [
    "try {",
    `${indent}await ${receiver.name}.verify({`,
    `${indent}${indent}signature: ${parts.signature},`,
    `${indent}${indent}body: ${parts.body},`,
    `${indent}})${semicolon}`,
    "} catch {",
    ...parts.refusal.map((line) => `${indent}${line}`),
    "}",
    ...(parts.after ?? []),
  ];
  return {
    title,
    fix: (fixer) => [
      ...merged([...(parts.fixes?.(fixer) ?? []), ...receiver.fixes(fixer)]),
      ...madeAsync(file, fixer, fn),
      ...(parts.params === undefined ? [] : [addedParams(file, fixer, fn, parts.params)]),
      ...(parts.edits?.(fixer) ?? []),
      inserted(file, fixer, fn, lines, style),
    ],
  };
}

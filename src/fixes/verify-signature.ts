import type { TSESTree } from "@typescript-eslint/types";
import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { isFunction, unwrap, type AnyFunction } from "../model/syntax/ast.ts";
import { variableAt } from "../model/values/bindings.ts";
import type { FileModel } from "../model/file.ts";
import { unwrapHandler, type Framework, type Handler } from "../model/handlers/index.ts";
import type { Suggestion } from "./encrypt-stored.ts";
import { addedParams, inserted, madeAsync, merged } from "./guard.ts";
import { ensureImport } from "./imports.ts";
import { receiverFor } from "./receiver.ts";
import { styleOf, type SourceStyle } from "./source-style.ts";
import { wrapExport } from "./wrap-handler.ts";

/** Frameworks with a wrapper of their own in `@upstash/qstash` 2.12.0, which takes the handler as it is. */
const WRAPPERS: Partial<Record<string, { readonly source: string; readonly name: string }>> = {
  "next-app": { source: "@upstash/qstash/nextjs", name: "verifySignatureAppRouter" },
  sveltekit: { source: "@upstash/qstash/svelte", name: "verifySignatureSvelte" },
  "solid-start": { source: "@upstash/qstash/solidjs", name: "verifySignatureSolidjs" },
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

interface Site {
  readonly file: FileModel;
  readonly handler: Handler;
  readonly fn: AnyFunction;
  readonly style: SourceStyle;
}

interface ReceiverGuard {
  /** Expressions for the signature and for the body as it was sent. */
  readonly signature: string;
  readonly body: string;
  /** What answers a request whose signature is not right. */
  readonly refusal: readonly string[];
  /** What comes behind the check. */
  readonly after?: readonly string[];
  readonly params?: string;
  readonly fixes?: (fixer: RuleFixer) => RuleFix[];
}

const HEADER = "upstash-signature";

/** How a framework without a wrapper reads a request and refuses it; undefined where the function takes no request. */
const GUARDS: Partial<Record<string, (site: Site) => ReceiverGuard | undefined>> = {
  hono: ({ fn, style: { quote: q, semicolon: s } }) => {
    const [param] = fn.params;
    if (param && param.type !== "Identifier") return undefined;
    const c = param?.name ?? "c";
    return {
      signature: `${c}.req.header(${q}${HEADER}${q}) ?? ${q}${q}`,
      body: `await ${c}.req.text()`,
      refusal: [`return ${c}.text(${q}Invalid signature${q}, 401)${s}`],
      ...(param ? {} : { params: c }),
    };
  },
  express: (site) => {
    const { fn, style } = site;
    const { quote: q, semicolon: s } = style;
    const [req, res] = fn.params;
    if (req?.type !== "Identifier" || res?.type !== "Identifier") return undefined;
    const isBodyRead = fn.body !== null && new RegExp(`\\b${req.name}\\.body\\b`, "u").test(site.file.text.slice(...fn.body.range));
    return {
      signature: `${req.name}.get(${q}${HEADER}${q}) ?? ${q}${q}`,
      // What another parser has read is no text, and fails the check.
      body: `typeof ${req.name}.body === ${q}string${q} ? ${req.name}.body : ${q}${q}`,
      refusal: [`${res.name}.status(401).send(${q}Invalid signature${q})${s}`, `return${s}`],
      after: isBodyRead ? [`${req.name}.body = JSON.parse(${req.name}.body)${s}`] : [],
      fixes: rawExpressBody(site),
    };
  },
};

function receiverFix(file: FileModel, handler: Handler): Suggestion | undefined {
  const fn = unwrapHandler(file.tracer, handler.value)
    .functions.map(({ fn: { node } }) => node)
    .find((node) => node !== undefined);
  if (!fn || !isFunction(fn) || !fn.body || fn.generator) return undefined;
  const style = styleOf(file);
  const parts = GUARDS[handler.framework satisfies Framework]?.({ file, handler, fn, style });
  if (!parts) return undefined;
  const receiver = receiverFor(file);
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
    title: "Check the signature with `Receiver` first",
    fix: (fixer) => [
      ...merged([...receiver.fixes(fixer), ...(parts.fixes?.(fixer) ?? [])]),
      ...madeAsync(file, fixer, fn),
      ...(parts.params === undefined ? [] : [addedParams(file, fixer, fn, parts.params)]),
      inserted(file, fixer, fn, lines, style),
    ],
  };
}

/**
 * Has Express keep this route's body as it was sent: a parser that comes first wins, so it is registered right behind
 * the router, or, where that is not made in this file, before the handler.
 */
function rawExpressBody({ file, handler, style }: Site): (fixer: RuleFixer) => RuleFix[] {
  const { quote: q, semicolon: s, newline } = style;
  const name = expressName(file);
  const imported = name === undefined ? ensureImport(file, "express", "text") : undefined;
  const parser = `${imported?.name ?? `${name ?? "express"}.text`}({ type: ${q}*/*${q} })`;
  return (fixer) => {
    const route = handler.node;
    const call = route.parent?.type === "CallExpression" ? route.parent : undefined;
    const router = call?.callee.type === "MemberExpression" && call.callee.object.type === "Identifier" ? call.callee.object : undefined;
    const declared = router && variableAt(file.evaluator.scopeManager, router)?.defs[0]?.node.parent;
    const imports = imported?.fixes(fixer) ?? [];
    if (!router || !call || call.callee.type !== "MemberExpression" || declared?.type !== "VariableDeclaration" || declared.range[1] > call.range[0]) {
      return [...imports, fixer.insertTextAfter(route, `, ${parser}`)];
    }
    const method = file.text.slice(...call.callee.property.range);
    const statement = declared.parent.type === "ExportNamedDeclaration" ? declared.parent : declared;
    const line = `${router.name}.${method}(${file.text.slice(...route.range)}, ${parser})${s}`;
    return [...imports, fixer.insertTextAfter(statement, `${newline}${line}`)];
  };
}

/** The name under which the file has the whole of Express. */
function expressName(file: FileModel): string | undefined {
  for (const statement of file.ast.body) {
    if (statement.type === "ImportDeclaration" && statement.source.value === "express" && statement.importKind !== "type") {
      const whole = statement.specifiers.find(({ type }) => type !== "ImportSpecifier");
      if (whole) return whole.local.name;
    }
    if (statement.type !== "VariableDeclaration") continue;
    for (const { id, init } of statement.declarations) {
      if (id.type === "Identifier" && init && /^require\(["']express["']\)$/u.test(file.text.slice(...init.range))) return id.name;
    }
  }
  return undefined;
}

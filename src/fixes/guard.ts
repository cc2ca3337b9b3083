import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import type { TSESTree } from "@typescript-eslint/types";
import { isFunction, type AnyFunction } from "../model/ast.ts";
import type { FileModel } from "../model/file.ts";
import { unwrapHandler, type Framework, type Handler } from "../model/handlers/index.ts";
import type { Suggestion } from "./encrypt-stored.ts";
import { ensureImport, freeName, type Available } from "./imports.ts";
import { limiterFor } from "./limiter.ts";
import { indentOf, styleOf, type SourceStyle } from "./source-style.ts";

interface GuardParts {
  /** Expression for the caller's address. */
  readonly identifier: string;
  /** Statements that refuse the request. */
  readonly refusal: readonly string[];
  /** Parameters to add where the function has none. */
  readonly params?: string;
  readonly imports?: readonly Available[];
}

interface Site {
  readonly file: FileModel;
  readonly fn: AnyFunction;
  readonly rate: string;
  readonly style: SourceStyle;
  readonly typed: boolean;
}

/** How a framework names its caller and refuses a request; undefined where the function does not take what is needed. */
const GUARDS: Readonly<Record<Framework, (site: Site) => GuardParts | undefined>> = {
  "next-app": (site) => {
    const { file, fn, rate, style, typed } = site;
    const { quote: q } = style;
    const [param] = fn.params;
    const answer = file.ast.body.some(importsNextResponse) ? "NextResponse" : "Response";
    const refusal = [
      `return ${answer}.json(`,
      `${style.indent}{ error: ${q}Too many requests${q} },`,
      `${style.indent}{`,
      `${style.indent.repeat(2)}status: 429,`,
      `${style.indent.repeat(2)}headers: {`,
      ...headerLines(rate, q).map((line) => `${style.indent.repeat(3)}${line},`),
      `${style.indent.repeat(2)}},`,
      `${style.indent}},`,
      `)${style.semicolon}`,
    ];
    if (param && param.type !== "Identifier") return { ...throughHeaders(site), refusal };
    const request = param?.name ?? "request";
    const params = `${request}${typed ? ": Request" : ""}`;
    return { identifier: `${request}.headers.get(${q}x-real-ip${q}) ?? ${q}anonymous${q}`, refusal, ...(param ? {} : { params }) };
  },
  "next-action": (site) => {
    const { quote: q, semicolon: s } = site.style;
    return { ...throughHeaders(site), refusal: [`throw new Error(${q}Too many requests. Try again later.${q})${s}`] };
  },
  "next-pages": ({ fn, rate, style: { quote: q, semicolon: s } }) => {
    const [req, res] = fn.params;
    if (req?.type !== "Identifier" || res?.type !== "Identifier") return undefined;
    return {
      identifier: `String(${req.name}.headers[${q}x-real-ip${q}] ?? ${req.name}.socket.remoteAddress)`,
      refusal: [
        `${res.name}.setHeader(${q}Retry-After${q}, ${retryAfter(rate)})${s}`,
        `${res.name}.status(429).end(${q}Too many requests${q})${s}`,
        `return${s}`,
      ],
    };
  },
  hono: ({ fn, rate, style: { quote: q, semicolon: s } }) => {
    const [param] = fn.params;
    if (param && param.type !== "Identifier") return undefined;
    const c = param?.name ?? "c";
    return {
      identifier: `${c}.req.header(${q}x-real-ip${q}) ?? ${q}anonymous${q}`,
      refusal: [`return ${c}.text(${q}Too many requests${q}, 429, { ${q}Retry-After${q}: ${retryAfter(rate)} })${s}`],
      ...(param ? {} : { params: c }),
    };
  },
  express: ({ fn, rate, style: { quote: q, semicolon: s } }) => {
    const [req, res] = fn.params;
    if (req?.type !== "Identifier" || res?.type !== "Identifier") return undefined;
    return {
      identifier: `${req.name}.ip ?? ${q}anonymous${q}`,
      refusal: [
        `${res.name}.status(429).set(${q}Retry-After${q}, ${retryAfter(rate)}).send(${q}Too many requests${q})${s}`,
        `return${s}`,
      ],
    };
  },
};

/** The statements that refuse a request in a framework's way; undefined where the function does not take what is needed. */
export function refusalIn(framework: Framework, file: FileModel, fn: AnyFunction, rate: string): readonly string[] | undefined {
  const typed = /\.[cm]?tsx?$/u.test(file.filename);
  return GUARDS[framework]({ file, fn, rate, style: styleOf(file), typed })?.refusal;
}

/** An expression for the caller's address, and what it needs; undefined where the function does not take what is needed. */
export function callerIn(framework: Framework, file: FileModel, fn: AnyFunction): Pick<GuardParts, "identifier" | "imports"> | undefined {
  const parts = GUARDS[framework]({ file, fn, rate: "rate", style: styleOf(file), typed: false });
  return parts?.params === undefined ? parts : undefined;
}

function throughHeaders({ file, style: { quote: q } }: Site): Omit<GuardParts, "refusal"> {
  const headers = ensureImport(file, "next/headers", "headers");
  return { identifier: `(await ${headers.name}()).get(${q}x-real-ip${q}) ?? ${q}anonymous${q}`, imports: [headers] };
}

function retryAfter(rate: string): string {
  return `String(Math.ceil((${rate}.reset - Date.now()) / 1000))`;
}

function headerLines(rate: string, q: string): readonly string[] {
  return [
    `${q}Retry-After${q}: ${retryAfter(rate)}`,
    `${q}X-RateLimit-Limit${q}: String(${rate}.limit)`,
    `${q}X-RateLimit-Remaining${q}: String(${rate}.remaining)`,
    `${q}X-RateLimit-Reset${q}: String(${rate}.reset)`,
  ];
}

function importsNextResponse(node: TSESTree.ProgramStatement): boolean {
  return (
    node.type === "ImportDeclaration" &&
    node.source.value === "next/server" &&
    node.specifiers.some(({ local }) => local.name === "NextResponse")
  );
}

/** Inserts limiter, check and refusal at the beginning of a handler. Undefined: its function is not in this file. */
export function guardFix(file: FileModel, handler: Handler): Suggestion | undefined {
  const fn = unwrapHandler(file.tracer, handler.value)
    .functions.map(({ fn: { node } }) => node)
    .find((node) => node !== undefined);
  if (!fn || !isFunction(fn) || !fn.body || fn.generator) return undefined;
  if (fn.parent.type === "Property" && fn.parent.method && !fn.async) return undefined;
  const style = styleOf(file);
  const rate = freeName(file, "rate");
  const parts = GUARDS[handler.framework]({ file, fn, rate, style, typed: /\.[cm]?tsx?$/u.test(file.filename) });
  if (!parts) return undefined;
  const limiter = limiterFor(file);
  const lines = [
    `const ${rate} = await ${limiter.name}.limit(${parts.identifier})${style.semicolon}`,
    `if (!${rate}.success) {`,
    ...parts.refusal.map((line) => `${style.indent}${line}`),
    "}",
  ];
  return {
    title: limiter.title,
    fix: (fixer) => [
      ...merged([...limiter.fixes(fixer), ...(parts.imports ?? []).flatMap((available) => available.fixes(fixer))]),
      ...madeAsync(file, fixer, fn),
      ...(parts.params === undefined ? [] : [addedParams(file, fixer, fn, parts.params)]),
      inserted(file, fixer, fn, lines, style),
    ],
  };
}

/** Insertions at one place become one, in their order. */
export function merged(fixes: readonly RuleFix[]): RuleFix[] {
  const byRange = new Map<string, RuleFix>();
  for (const fix of fixes) {
    const key = fix.range.join("-");
    const there = byRange.get(key);
    byRange.set(key, there ? { range: fix.range, text: there.text + fix.text } : fix);
  }
  return [...byRange.values()];
}

/** Makes a function async, with its return type. */
export function madeAsync(file: FileModel, fixer: RuleFixer, fn: AnyFunction): RuleFix[] {
  if (fn.async) return [];
  const fixes = [fixer.insertTextBefore(fn, "async ")];
  const type = fn.returnType?.typeAnnotation;
  if (type && !/^Promise\b/u.test(file.text.slice(...type.range))) {
    fixes.push(fixer.insertTextBefore(type, "Promise<"), fixer.insertTextAfter(type, ">"));
  }
  return fixes;
}

export function addedParams(file: FileModel, fixer: RuleFixer, fn: AnyFunction, params: string): RuleFix {
  const open = file.text.indexOf("(", fn.typeParameters?.range[1] ?? fn.id?.range[1] ?? fn.range[0]);
  return fixer.insertTextAfterRange([open, open + 1], params);
}

export function inserted(file: FileModel, fixer: RuleFixer, fn: AnyFunction, lines: readonly string[], style: SourceStyle): RuleFix {
  const outer = indentOf(file, fn);
  const indent = `${outer}${style.indent}`;
  const block = lines.map((line) => `${style.newline}${indent}${line}`).join("");
  if (fn.body?.type === "BlockStatement") {
    const directive = fn.body.body.findLast((node) => node.type === "ExpressionStatement" && "directive" in node && node.directive !== undefined);
    if (directive) return fixer.insertTextAfter(directive, block);
    return fixer.insertTextAfterRange([fn.body.range[0], fn.body.range[0] + 1], block);
  }
  const body = fn.body ?? fn;
  // The parentheses around an object that an arrow returns stay around it.
  const arrow = file.text.lastIndexOf("=>", body.range[0]) + 2;
  const text = file.text.slice(arrow, fn.range[1]).trim();
  return fixer.replaceTextRange(
    [arrow, fn.range[1]],
    ` {${block}${style.newline}${indent}return ${text}${style.semicolon}${style.newline}${outer}}`,
  );
}

import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { isFunction, type AnyFunction } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import { unwrapHandler, type Handler } from "../model/handlers/index.ts";
import type { Suggestion } from "./encrypt-stored.ts";
import { GUARDS } from "./guards/index.ts";
import type { GuardParts } from "./guards/parts.ts";
import { freeName } from "./imports.ts";
import { limiterFor } from "./limiter.ts";
import { indentOf, isTyped, type SourceStyle, styleOf } from "./source-style.ts";

/**
 * The statements that refuse a request in a framework's way; undefined where the function does not take what is needed,
 * or the file does not import it.
 */
export function refusalIn(handler: Handler, file: FileModel, fn: AnyFunction, rate: string): readonly string[] | undefined {
  const typed = isTyped(file);
  const { refusal = [], imports = [] } = GUARDS[handler.framework]({ file, handler, fn, rate, style: styleOf(file), typed }) ?? {};
  const scopes = file.evaluator.scopeManager.scopes.slice(0, 2);
  const isMissing = imports.some(({ name }) => refusal.some((line) => line.includes(`${name}(`)) && !scopes.some((scope) => scope.set.has(name)));
  return refusal.length === 0 || isMissing ? undefined : refusal;
}

/** An expression for the caller, and what it needs; undefined where the function does not take what is needed. */
export function callerIn(handler: Handler, file: FileModel, fn: AnyFunction): Pick<GuardParts, "identifier" | "imports"> | undefined {
  const parts = GUARDS[handler.framework]({ file, handler, fn, rate: "rate", style: styleOf(file), typed: false });
  if (!parts || parts.params !== undefined || parts.edits) return undefined;
  return { identifier: parts.identifier, imports: parts.imports?.filter(({ name }) => parts.identifier.includes(`${name}(`)) ?? [] };
}

/** Inserts limiter, check and refusal at the beginning of a handler. Undefined: its function is not in this file. */
export function guardFix(file: FileModel, handler: Handler): Suggestion | undefined {
  const fn = unwrapHandler(file.tracer, handler.value)
    .functions.map(({ fn: { node } }) => node)
    .find((node) => node !== undefined);
  if (!fn || !isFunction(fn) || !fn.body || fn.generator) return undefined;
  const style = styleOf(file);
  const rate = freeName(file, "rate");
  const parts = GUARDS[handler.framework]({ file, handler, fn, rate, style, typed: isTyped(file) });
  if (!parts) return undefined;
  const limiter = limiterFor(file);
  const lines = [
    `const ${rate} = await ${limiter.name}${limiter.mayBeMissing ? "?" : ""}.limit(${parts.identifier})${style.semicolon}`,
    `if (${limiter.mayBeMissing ? `${rate} && ` : ""}!${rate}.success) {`,
    ...parts.refusal.map((line) => `${style.indent}${line}`),
    "}",
  ];
  return {
    title: limiter.title,
    fix: (fixer) => [
      ...merged([...limiter.fixes(fixer), ...(parts.imports ?? []).flatMap((available) => available.fixes(fixer))]),
      ...madeAsync(file, fixer, fn),
      ...(parts.params === undefined ? [] : [addedParams(file, fixer, fn, parts.params)]),
      ...(parts.edits?.(fixer) ?? []),
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
  const { parent } = fn;
  const isMethod = parent.type === "MethodDefinition" || (parent.type === "Property" && parent.method);
  const fixes = [fixer.insertTextBefore(isMethod ? parent.key : fn, "async ")];
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

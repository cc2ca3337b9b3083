import type { TSESTree } from "@typescript-eslint/types";
import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { enclosingFunction, staticKey, unwrap, type Node } from "../model/syntax/ast.ts";
import { variableAt } from "../model/values/bindings.ts";
import type { FileModel } from "../model/file.ts";
import { asElement } from "./parentheses.ts";

/** Edits that make a script's source constant and pass what was built into it as arguments. */
export interface LuaArgumentsFix {
  /** Words: `ARGV[1]`. */
  readonly by: string;
  readonly fix: (fixer: RuleFixer) => RuleFix[];
}

/**
 * @param call the call that takes the source as its first argument
 * @param runs it takes keys and arguments too, as `eval` does; else what runs the script is looked for
 * @returns undefined where the source is built in another file or function, or by more than a template or `+`
 */
export function passAsArguments(file: FileModel, call: TSESTree.CallExpression, runs: boolean): LuaArgumentsFix | undefined {
  const [argument] = call.arguments;
  const source = argument && sourceAt(file, argument, call);
  const pieces = source && piecesOf(source);
  if (!pieces) return undefined;
  const parts = pieces.filter((piece) => typeof piece !== "string");
  const names = [...new Set(parts.map((part) => text(file, part)))];
  if (parts.length === 0 || parts.some((part) => /\bawait\b|\byield\b/u.test(text(file, part)))) return undefined;
  const run = runs ? call : runnerOf(file, call);
  const place = run && argumentsOf(file, run, names, runs ? 1 : 0);
  const name = (part: Node): string => place?.name(names.indexOf(text(file, part))) ?? `ARGV[${String(names.indexOf(text(file, part)) + 1)}]`;
  return {
    by: names.map((_, index) => place?.name(index) ?? `ARGV[${String(index + 1)}]`).join(", "),
    fix: (fixer) => [...edits(file, fixer, source, pieces, name), ...(place?.edit(fixer) ?? [])],
  };
}

const text = (file: FileModel, node: Node): string => file.text.slice(...node.range);

/** The template or sum that is the source, in place or in a constant of the same function. */
function sourceAt(file: FileModel, argument: Node, call: Node): Node | undefined {
  const given = unwrap(argument);
  // functions.load({ code })
  const code = given.type === "ObjectExpression" ? given.properties.find((property) => property.type === "Property" && staticKey(property) === "code") : undefined;
  const at = code?.type === "Property" ? unwrap(code.value) : given;
  if (at.type !== "Identifier") return at;
  const variable = variableAt(file.evaluator.scopeManager, at);
  const declarator = variable?.defs.length === 1 ? variable.defs[0]?.node : undefined;
  const uses = variable?.references.filter((reference) => !reference.init).length;
  if (declarator?.type !== "VariableDeclarator" || !declarator.init || uses !== 1) return undefined;
  return enclosingFunction(declarator) === enclosingFunction(call) ? unwrap(declarator.init) : undefined;
}

/** Constant texts, and the expressions between them. */
function piecesOf(node: Node): readonly (string | Node)[] | undefined {
  const at = unwrap(node);
  if (at.type === "TemplateLiteral") {
    return at.quasis.flatMap((quasi, index) => [quasi.value.cooked ?? "", ...(at.expressions[index] ? [at.expressions[index]] : [])]);
  }
  if (at.type === "Literal") return typeof at.value === "string" ? [at.value] : undefined;
  if (at.type !== "BinaryExpression" || at.operator !== "+") return undefined;
  const left = piecesOf(at.left) ?? [at.left];
  const right = piecesOf(at.right) ?? [at.right];
  return [...left, ...right];
}

type Quote = '"' | "'" | undefined;

/** The quote of the Lua string that a source is in at its end; `undefined` in code, comments and long strings. */
export function luaQuoteAt(source: string): Quote {
  let quote: Quote;
  for (let at = 0; at < source.length; at++) {
    const char = source[at];
    if (quote !== undefined) {
      if (char === "\\") at++;
      else if (char === quote) quote = undefined;
    } else if (char === '"' || char === "'") quote = char;
    else if (source.startsWith("--", at) || source.startsWith("[[", at)) {
      const isLong = source.startsWith("[[", at) || source.startsWith("--[[", at);
      const end = source.indexOf(isLong ? "]]" : "\n", at + 2);
      if (end < 0) return undefined;
      at = end;
    }
  }
  return quote;
}

const OPERATOR_BEFORE = /[<>=~+\-*/%[]\s*$/u;
const OPERATOR_AFTER = /^\s*[<>=~+\-*/%\]]/u;

/**
 * Edits that put Lua in place of what was built in. In a Lua string it is joined to it, or takes the place of the whole
 * string; what it is compared or calculated with is a number.
 */
function edits(file: FileModel, fixer: RuleFixer, source: Node, pieces: readonly (string | Node)[], name: (part: Node) => string): RuleFix[] {
  let before = "";
  return pieces.flatMap((piece, index): RuleFix[] => {
    if (typeof piece === "string") {
      before += piece;
      return [];
    }
    const next = pieces[index + 1];
    const after = typeof next === "string" ? next : "";
    const quote = luaQuoteAt(before);
    const isNumber = OPERATOR_BEFORE.test(before) || OPERATOR_AFTER.test(after);
    const lua = quote ? `${quote} .. ${name(piece)} .. ${quote}` : isNumber ? `tonumber(${name(piece)})` : name(piece);
    if (!isInTemplate(piece, source)) return [fixer.replaceText(piece, lua.includes('"') ? `'${lua}'` : `"${lua}"`)];
    const isWhole = quote !== undefined && before.endsWith(quote) && after.startsWith(quote);
    const start = file.text.lastIndexOf("${", piece.range[0]) - (isWhole ? 1 : 0);
    const end = file.text.indexOf("}", piece.range[1]) + 1 + (isWhole ? 1 : 0);
    return [fixer.replaceTextRange([start, end], isWhole ? name(piece) : lua)];
  });
}

/** Whether an expression stands in a template, maybe in brackets or with an assertion. */
function isInTemplate(piece: Node, source: Node): boolean {
  for (let at = piece.parent; at && at !== source.parent; at = at.parent) if (at.type === "TemplateLiteral") return true;
  return false;
}

interface ArgumentsPlace {
  name(index: number): string;
  edit(fixer: RuleFixer): RuleFix[];
}

/** Where `run(…, keys, args)` takes the values; `at` is the index of the keys. */
function argumentsOf(file: FileModel, run: TSESTree.CallExpression, names: readonly string[], at: number): ArgumentsPlace | undefined {
  if (run.arguments.some(({ type }) => type === "SpreadElement") || run.arguments.length > at + 2) return undefined;
  const added = names.join(", ");
  const keys = run.arguments[at];
  const args = run.arguments[at + 1];
  const last = run.arguments.at(-1);
  if (!args) {
    const missing = keys ? `[${added}]` : `[], [${added}]`;
    const name = (index: number): string => `ARGV[${String(index + 1)}]`;
    if (last) return { name, edit: (fixer) => [fixer.insertTextAfter(last, `, ${missing}`)] };
    const end = run.range[1] - 1;
    return { name, edit: (fixer) => [fixer.insertTextAfterRange([end, end], missing)] };
  }
  const list = unwrap(args);
  if (list.type === "ArrayExpression" && list.elements.every((element) => element && element.type !== "SpreadElement")) {
    const { length } = list.elements;
    const final = list.elements.at(-1);
    const name = (index: number): string => `ARGV[${String(length + index + 1)}]`;
    if (final) return { name, edit: (fixer) => [fixer.insertTextAfter(final, `, ${added}`)] };
    return { name, edit: (fixer) => [fixer.replaceText(list, `[${added}]`)] };
  }
  const name = (index: number): string => (index === names.length - 1 ? "ARGV[#ARGV]" : `ARGV[#ARGV - ${String(names.length - 1 - index)}]`);
  return { name, edit: (fixer) => [fixer.replaceText(args, `[...${asElement(file, args)}, ${added}]`)] };
}

/** The one call that runs a script: `createScript(source).exec(…)`, or the same by a constant. */
function runnerOf(file: FileModel, call: TSESTree.CallExpression): TSESTree.CallExpression | undefined {
  const direct = runOn(call);
  if (direct) return direct;
  const declarator = call.parent;
  if (declarator.type !== "VariableDeclarator" || declarator.id.type !== "Identifier") return undefined;
  const variable = variableAt(file.evaluator.scopeManager, declarator.id);
  const runs = variable?.references.filter((reference) => !reference.init).map(({ identifier }) => runOn(identifier)) ?? [];
  const [only] = runs;
  const isHere = only && runs.length === 1 && enclosingFunction(only) === enclosingFunction(call);
  return isHere ? only : undefined;
}

function runOn(script: Node): TSESTree.CallExpression | undefined {
  const member = script.parent;
  if (member?.type !== "MemberExpression" || member.object !== script || member.property.type !== "Identifier") return undefined;
  const run = member.parent;
  const isRun = /^(?:exec|eval|evalsha|evalRo|evalshaRo)$/u.test(member.property.name);
  return isRun && run.type === "CallExpression" && run.callee === member ? run : undefined;
}

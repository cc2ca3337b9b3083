import type { TSESTree } from "@typescript-eslint/types";
import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { enclosingFunction, mayAwait, unwrap, wrapped, type Node } from "../model/syntax/ast.ts";
import { statementOf } from "../model/limits/answer-uses.ts";
import type { FileModel } from "../model/file.ts";
import type { Distinction } from "../model/limits/identifiers.ts";
import { majorOf } from "../model/place/runtime.ts";
import { callerIn } from "./guard.ts";
import { ensureImport, freeName } from "./imports.ts";
import { handlerAround } from "../model/handlers/around.ts";
import { plainRefusalAt } from "./refuse.ts";
import { indentOf, isTyped, styleOf } from "./source-style.ts";

type Fix = (fixer: RuleFixer) => RuleFix[];

interface Address {
  readonly text: string;
  fixes(fixer: RuleFixer): RuleFix[];
}

type Otherwise = "constant" | "none" | "open";

/**
 * An expression for the caller's address as the platform gives it.
 * @param otherwise what callers without one get: a constant, nothing that the types speak of, or undefined
 * @returns undefined where the code around takes no request
 */
export function addressAt(file: FileModel, node: Node, otherwise: Otherwise): Address | undefined {
  const address = addressIn(file, node, otherwise);
  return address && mayStand(address, node) ? address : undefined;
}

/** Nothing is waited for where nothing can wait. */
const mayStand = ({ text }: Address, node: Node): boolean => !text.includes("await ") || mayAwait(node);

function addressIn(file: FileModel, node: Node, otherwise: Otherwise): Address | undefined {
  const around = handlerAround(file, node);
  const typed = isTyped(file);
  const written = (identifier: string): string => {
    if (otherwise === "constant") return identifier;
    const bare = identifier.replace(/ \?\? (["'])anonymous\1$/u, "");
    if (bare === identifier) return identifier;
    if (otherwise === "open") return bare.includes(".get(") ? `${bare} ?? undefined` : bare;
    return `${bare}${typed ? "!" : ""}`;
  };
  const found = around && callerIn(around.handler, file, around.fn);
  if (found) return { text: written(found.identifier), fixes: (fixer) => (found.imports ?? []).flatMap((needed) => needed.fixes(fixer)) };
  const taken = requestTaken(file, node);
  if (taken !== undefined) return { text: written(taken), fixes: () => [] };
  const next = majorOf(file, "next");
  if (next === undefined || next < 15 || !enclosingFunction(node)?.async) return undefined;
  const { quote: q } = styleOf(file);
  const headers = ensureImport(file, "next/headers", "headers");
  return { text: written(`(await ${headers.name}()).get(${q}x-real-ip${q}) ?? ${q}anonymous${q}`), fixes: (fixer) => headers.fixes(fixer) };
}

/** The address as a function that is given the request can read it. */
function requestTaken(file: FileModel, node: Node): string | undefined {
  const { quote: q } = styleOf(file);
  const [request, response] = (enclosingFunction(node)?.params ?? []).map((param) => (param.type === "Identifier" ? param.name : ""));
  if (request === undefined || !/^req(?:uest)?$/u.test(request)) return undefined;
  if (response !== undefined && /^res(?:ponse)?$/u.test(response)) return `${request}.ip ?? ${q}anonymous${q}`;
  return `${request}.headers.get(${q}x-real-ip${q}) ?? ${q}anonymous${q}`;
}

/** Tells callers apart by their address where the identifier does not. */
export function addressFix(file: FileModel, { callers, node }: Distinction, call: Node, bare: boolean): Fix | undefined {
  const address = addressAt(file, call, bare ? "none" : "constant");
  if (!node || (address && !mayStand(address, node))) return undefined;
  const outer = wrapped(node);
  const text = file.text.slice(...unwrap(node).range);
  if (callers === "gone") {
    const object = unwrap(node);
    if (object.type !== "MemberExpression") return undefined;
    const { quote: q } = styleOf(file);
    const header = `${file.text.slice(...unwrap(object.object).range)}.headers.get(${q}x-real-ip${q})`;
    const choice = outer.parent?.type === "LogicalExpression" && outer.parent.left === outer ? outer.parent : undefined;
    if (bare) return (fixer) => [fixer.replaceText(choice ?? outer, `${header}${isTyped(file) ? "!" : ""}`)];
    return (fixer) => [fixer.replaceText(outer, choice ? header : guarded(outer, `${header} ?? ${q}anonymous${q}`))];
  }
  if (!address) return undefined;
  return (fixer) => [...address.fixes(fixer), fixer.replaceText(outer, replacement(callers, outer, text, address.text))];
}

/** Gives a limiter that is asked about nobody the caller's address. */
export function argumentFix(file: FileModel, call: TSESTree.CallExpression, bare: boolean): Fix | undefined {
  const address = addressAt(file, call, bare ? "none" : "constant");
  if (!address || call.arguments.length > 0) return undefined;
  const end = call.range[1] - 1;
  return (fixer) => [...address.fixes(fixer), fixer.insertTextBeforeRange([end, end], address.text)];
}

function replacement(callers: Distinction["callers"], outer: Node, text: string, address: string): string {
  if (callers === "constant") {
    const constant = /^["'`]/u.test(text) ? text.slice(1, -1) : `\${${text}}`;
    return `\`${constant}:\${${address}}\``;
  }
  const isNothing = /^(?:["'`]{2}|undefined|null)$/u.test(text);
  return guarded(outer, isNothing ? address : `${text} ?? ${address}`);
}

/** Parents in which an expression with `??` needs no brackets of its own. */
const OPEN_PARENTS = new Set([
  "CallExpression",
  "NewExpression",
  "VariableDeclarator",
  "AssignmentExpression",
  "AssignmentPattern",
  "TemplateLiteral",
  "Property",
  "PropertyDefinition",
  "ArrayExpression",
  "ReturnStatement",
  "ArrowFunctionExpression",
  "SequenceExpression",
]);

function guarded({ parent }: Node, text: string): string {
  const isOpen = parent !== undefined && (OPEN_PARENTS.has(parent.type) || (parent.type === "LogicalExpression" && parent.operator === "??"));
  return isOpen || !text.includes("??") ? text : `(${text})`;
}

/** Refuses callers for whom only the constant is left. */
export function refuseUnknownFix(file: FileModel, fallback: Node): Fix | undefined {
  const constant = wrapped(fallback);
  const choice = constant.parent;
  if (choice?.type !== "LogicalExpression" || choice.right !== constant) return undefined;
  const statement = statementOf(choice);
  if (!statement || statement.parent.type === "Program") return undefined;
  const { semicolon, newline, indent } = styleOf(file);
  const left = file.text.slice(...choice.left.range);
  const outer = indentOf(file, statement);
  const refusal = plainRefusalAt(file, choice, { status: 400, text: "Unknown caller", error: "Unknown caller." });
  const block = (name: string): string =>
    [`if (!${name}) {`, ...refusal.map((line) => `${outer}${indent}${line}`), `${outer}}`].join(newline);
  const whole = wrapped(choice);
  const declarator = whole.parent;
  if (declarator?.type === "VariableDeclarator" && declarator.id.type === "Identifier" && declarator.parent === statement && declarator.parent.kind === "const") {
    if (declarator.parent.declarations.length > 1) return undefined;
    const { name } = declarator.id;
    return (fixer) => [fixer.replaceText(whole, left), fixer.insertTextAfter(statement, `${newline}${outer}${block(name)}`)];
  }
  const name = freeName(file, "caller");
  return (fixer) => [
    fixer.insertTextBefore(statement, `const ${name} = ${left}${semicolon}${newline}${outer}${block(name)}${newline}${outer}`),
    fixer.replaceText(whole, name),
  ];
}

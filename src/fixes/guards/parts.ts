import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import type { TSESTree } from "@typescript-eslint/types";
import { contains, staticKey, type AnyFunction, type Node } from "../../model/syntax/ast.ts";
import type { FileModel } from "../../model/file.ts";
import type { Handler } from "../../model/handlers/index.ts";
import type { Available } from "../imports.ts";
import { isTyped, type SourceStyle } from "../source-style.ts";

/** What a framework adds to the call of `limit()`: whom it limits, and how it says no. */
export interface GuardParts {
  /** Expression for the caller: who is signed in, or where the call comes from. */
  readonly identifier: string;
  /** Statements that refuse the request. */
  readonly refusal: readonly string[];
  /** Parameters to add where the function has none. */
  readonly params?: string | undefined;
  readonly imports?: readonly Available[];
  /** Other edits, such as one more name in a destructuring. */
  readonly edits?: ((fixer: RuleFixer) => readonly RuleFix[]) | undefined;
}

/** The function that is to be guarded. */
export interface Site {
  readonly file: FileModel;
  readonly handler: Handler;
  readonly fn: AnyFunction;
  /** Name of the limiter's answer. */
  readonly rate: string;
  readonly style: SourceStyle;
  /** The file holds types. */
  readonly typed: boolean;
}

/** How a framework guards a handler; undefined where the function does not take what is needed. */
export type Guard = (site: Site) => GuardParts | undefined;

/** What a refused caller is told: names, and expressions for texts. */
export function headers(rate: string, q: string): readonly (readonly [name: string, value: string])[] {
  return [
    [`${q}Retry-After${q}`, `String(Math.ceil((${rate}.reset - Date.now()) / 1000))`],
    [`${q}X-RateLimit-Limit${q}`, `String(${rate}.limit)`],
    [`${q}X-RateLimit-Remaining${q}`, `String(${rate}.remaining)`],
    [`${q}X-RateLimit-Reset${q}`, `String(${rate}.reset)`],
  ];
}

/** Properties of an object of headers. */
export function headerLines(rate: string, q: string): readonly string[] {
  return headers(rate, q).map(([name, value]) => `${name}: ${value}`);
}

/** An object of headers over several lines, between what comes before and behind it. */
export function headersObject({ rate, style }: Pick<Site, "rate" | "style">, before: string, behind: string): readonly string[] {
  return [`${before}{`, ...headerLines(rate, style.quote).map((line) => `${style.indent}${line},`), `}${behind}`];
}

/** `headers: { … },` over several lines. */
export function headersProperty(site: Site): readonly string[] {
  return headersObject(site, "headers: ", ",");
}

export function indented(lines: readonly string[], { indent }: SourceStyle): readonly string[] {
  return lines.map((line) => `${indent}${line}`);
}

/** `return new Response(…)` with status and headers, for frameworks that answer with the Fetch API's class. */
export function responseRefusal(site: Site): readonly string[] {
  const { quote: q, semicolon: s } = site.style;
  return [
    `return new Response(${q}Too many requests${q}, {`,
    ...indented(["status: 429,", ...headersProperty(site)], site.style),
    `})${s}`,
  ];
}

/** How the guard gets at something that the framework hands over. */
export interface Reached {
  readonly text: string;
  readonly params?: string | undefined;
  readonly edits?: ((fixer: RuleFixer) => readonly RuleFix[]) | undefined;
}

interface Wanted {
  /** Name of the parameter where one is added. */
  readonly name: string;
  /** Its type in a file with types, where nothing else says it. */
  readonly type: string;
}

/** The handler's first parameter by name; added where there is none. */
export function parameter({ fn, typed }: Site, { name, type }: Wanted): Reached | undefined {
  const [param] = fn.params;
  if (!param) return { text: name, params: typed && !isTypedByContext(fn) ? `${name}: ${type}` : name };
  return param.type === "Identifier" ? { text: param.name } : undefined;
}

/** A member of the handler's first parameter, also where the parameter is taken apart. */
export function memberOfParameter(site: Site, wanted: Wanted, key: string): Reached | undefined {
  const whole = parameter(site, wanted);
  if (whole) return { ...whole, text: `${whole.text}.${key}` };
  const [param] = site.fn.params;
  if (param?.type !== "ObjectPattern") return undefined;
  for (const property of param.properties) {
    if (property.type === "RestElement" && property.argument.type === "Identifier") return { text: `${property.argument.name}.${key}` };
    if (property.type === "Property" && staticKey(property) === key) {
      return property.value.type === "Identifier" ? { text: property.value.name } : undefined;
    }
  }
  const last = param.properties.at(-1);
  if (!last || param.typeAnnotation?.typeAnnotation.type === "TSTypeLiteral" || site.file.text.slice(...site.fn.range).includes(key)) {
    return undefined;
  }
  return { text: key, edits: (fixer) => [fixer.insertTextAfter(last, `, ${key}`)] };
}

/** The parameter's type is known from where the function stands: an argument, or a value with a declared type. */
function isTypedByContext(fn: AnyFunction): boolean {
  if (fn.type === "FunctionDeclaration") return false;
  for (let at: Node = fn; at.parent; at = at.parent) {
    const { parent }: { parent?: Node } = at;
    switch (parent?.type) {
      case "CallExpression":
      case "NewExpression":
        return parent.callee !== at;
      case "VariableDeclarator":
        return parent.id.typeAnnotation !== undefined;
      case "TSSatisfiesExpression":
        return true;
      case "Property":
      case "ObjectExpression":
      case "ArrayExpression":
        break;
      default:
        return false;
    }
  }
  return false;
}

/** What a session is kept in, and who it belongs to. */
const CONTEXT = /^(?:locals|state|context|ctx|var|requestContext|session|auth|authorizer)$/u;
const USER = /^(?:user|viewer|account|currentUser|claims)$/u;
/** What strangers do not have. */
const MAY_LACK = /^(?:session|auth|authorizer|user|viewer|account|currentUser|claims)$/u;
const USER_ID = /^(?:id|userId|sub|uid)$/u;

/**
 * The signed-in user's id, where the function itself takes it from what the framework hands over (`ctx.session.user.id`):
 * readable at the function's first line, and absent for strangers.
 * @param roots names of the parameter, or of what is taken out of it
 */
export function signedInUser(site: Site, roots: readonly string[]): string | undefined {
  const names = userRead(site, roots);
  return names && optionalChain(names);
}

/**
 * The same, where TypeScript knows that somebody is signed in: the function reads the id, and never asks whether there
 * is a user.
 */
export function surelySignedInUser(site: Site, roots: readonly string[]): string | undefined {
  const { file, fn } = site;
  const names = isTyped(file) ? userRead(site, roots) : undefined;
  if (!names) return undefined;
  const owners = names.slice(1, -1).map((_, index) => names.slice(0, index + 2).join("."));
  const isPlain = file.memberNodes.every((node) => {
    if (!contains(fn, node) || !owners.includes(memberChain(node)?.join(".") ?? "")) return true;
    const { parent } = node;
    return parent.type === "MemberExpression" && parent.object === node && !parent.optional;
  });
  return isPlain ? names.join(".") : undefined;
}

/** `["ctx", "session", "user", "id"]` */
function userRead({ file, fn }: Site, roots: readonly string[]): readonly string[] | undefined {
  for (const node of file.memberNodes) {
    if (!contains(fn, node) || node.computed || node.property.type !== "Identifier") continue;
    if (!USER_ID.test(node.property.name)) continue;
    const names = memberChain(node);
    if (!names || !roots.includes(names[0] ?? "")) continue;
    const of = names.slice(0, -1);
    const isUser = USER.test(of.at(-1) ?? "") || (node.property.name === "userId" && CONTEXT.test(of.at(-1) ?? ""));
    if (isUser && of.slice(1).every((name) => USER.test(name) || CONTEXT.test(name)) && isHandedOver(file, node, fn)) return names;
  }
  return undefined;
}

/** Who is signed in, else the address. */
export function known(user: string | undefined, address: string): string {
  return user === undefined ? address : `${user} ?? ${address}`;
}

function optionalChain(names: readonly string[]): string {
  return names.reduce((chain, name, index) => `${chain}${MAY_LACK.test(names[index - 1] ?? "") ? "?." : "."}${name}`);
}

/** `["ctx", "session", "user", "id"]`; undefined where a call or a computed key is among the links. */
function memberChain(node: TSESTree.Node): readonly string[] | undefined {
  if (node.type === "Identifier") return [node.name];
  if (node.type === "TSNonNullExpression" || node.type === "ChainExpression") return memberChain(node.expression);
  if (node.type !== "MemberExpression" || node.computed || node.property.type !== "Identifier") return undefined;
  const object = memberChain(node.object);
  return object && [...object, node.property.name];
}

/** The chain begins at a parameter of this very function. */
function isHandedOver(file: FileModel, node: TSESTree.Node, fn: AnyFunction): boolean {
  let root: TSESTree.Node = node;
  while (root.type === "MemberExpression" || root.type === "ChainExpression" || root.type === "TSNonNullExpression") {
    root = root.type === "MemberExpression" ? root.object : root.expression;
  }
  return file.evaluator.scopeManager
    .getDeclaredVariables(fn)
    .some((variable) => variable.defs.some(({ type }) => type === "Parameter") && variable.references.some(({ identifier }) => identifier === root));
}

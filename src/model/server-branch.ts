import { directivesOf, isFunction, unwrap, type Node } from "./ast.ts";
import type { FileModel } from "./file.ts";
import type { OperationValue, Value } from "./ir.ts";
import type { Located } from "./trace.ts";

type Side = "server" | "browser";

/**
 * True where code runs only on the server although its module runs in the browser too: behind
 * `typeof window === "undefined"` or its like, however that is written or named, and in `"use server"` functions.
 */
export function isServerOnlyBranch(file: FileModel, node: Node): boolean {
  const side = (test: Node, outcome: boolean): Side | undefined => sideOfTest(file, test, outcome);
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (isFunction(at) && at.body?.type === "BlockStatement" && directivesOf(at.body.body).includes("use server")) return true;
    if (parent.type === "IfStatement" || parent.type === "ConditionalExpression") {
      if (at === parent.consequent && side(parent.test, true) === "server") return true;
      if (at === parent.alternate && side(parent.test, false) === "server") return true;
    } else if (parent.type === "LogicalExpression" && at === parent.right && parent.operator !== "??") {
      if (side(parent.left, parent.operator === "&&") === "server") return true;
    } else if (parent.type === "BlockStatement" || parent.type === "Program") {
      // A function declaration can be called before its block comes to it.
      if (at.type !== "FunctionDeclaration" && browsersHaveLeft(parent.body, at, side)) return true;
    } else if (parent.type === "SwitchCase" && at !== parent.test && browsersHaveLeft(parent.consequent, at, side)) {
      return true;
    }
  }
  return false;
}

/** An earlier statement of the block has sent all browsers away. */
function browsersHaveLeft(
  body: readonly Node[],
  at: Node,
  side: (test: Node, outcome: boolean) => Side | undefined,
): boolean {
  for (const statement of body) {
    if (statement === at) return false;
    if (statement.type !== "IfStatement") continue;
    if (leaves(statement.consequent) && side(statement.test, false) === "server") return true;
    if (statement.alternate && leaves(statement.alternate) && side(statement.test, true) === "server") return true;
  }
  return false;
}

function leaves(branch: Node): boolean {
  const last = branch.type === "BlockStatement" ? branch.body.at(-1) : branch;
  return last?.type === "ReturnStatement" || last?.type === "ThrowStatement";
}

/** Where code runs if a test has come out as `outcome`; undefined: the test says nothing of it. */
function sideOfTest(file: FileModel, test: Node, outcome: boolean): Side | undefined {
  const node = unwrap(test);
  if (node.type === "UnaryExpression" && node.operator === "!") return sideOfTest(file, node.argument, !outcome);
  if (node.type === "LogicalExpression" && node.operator !== "??") {
    if (outcome !== (node.operator === "&&")) return undefined;
    return sideOfTest(file, node.left, outcome) ?? sideOfTest(file, node.right, outcome);
  }
  const server = saysServer(file, file.located(node));
  if (server === undefined) return undefined;
  return server === outcome ? "server" : "browser";
}

/** Constants of packages that say where code runs, as `source#path`; the value that they have on the server. */
const KNOWN: ReadonlyMap<string, boolean> = new Map([
  ["env#SSR", true],
  ["global#import.meta.server", true],
  ["global#import.meta.client", false],
  ["global#process.server", true],
  ["global#process.client", false],
  ["global#process.browser", false],
  ["$app/environment#browser", false],
  ["$app/env#browser", false],
  ["esm-env#BROWSER", false],
  ["solid-js/web#isServer", true],
  ["@tanstack/react-query#isServer", true],
  ["@tanstack/query-core#isServer", true],
  ["@builder.io/qwik#isServer", true],
  ["@builder.io/qwik#isBrowser", false],
  ["@vueuse/core#isClient", false],
  ["@vueuse/shared#isClient", false],
]);

/** The objects that only browsers have. */
const BROWSER_OBJECTS: ReadonlySet<unknown> = new Set(["window", "document"]);

/**
 * True: the value is true exactly on the server. False: exactly in the browser. Undefined: it does not say.
 * Follows constants and functions, in other files too.
 */
export function saysServer(file: FileModel, located: Located, depth = 0): boolean | undefined {
  const only = depth > 8 ? undefined : file.tracer.only(located);
  if (!only) return undefined;
  const { value, place } = only;
  if (value.kind === "operation") return operationSaysServer(file, value, place, depth);
  if (isBrowserObject(value)) return false;
  const path = file.tracer.canonical(only);
  // `Boolean(test)`; any other call is not what it calls.
  if (value.kind === "call") {
    const [first] = value.args;
    return first && path?.source === "global" && path.path.join(".") === "Boolean"
      ? saysServer(file, { value: first, place }, depth + 1)
      : undefined;
  }
  if (value.kind === "env" && value.via !== "import.meta.env") return undefined;
  return path && KNOWN.get(`${path.source}#${path.path.join(".")}`);
}

function operationSaysServer(file: FileModel, value: OperationValue, place: Located["place"], depth: number): boolean | undefined {
  const { operator, operands } = value;
  const [left, right] = operands;
  if (!left) return undefined;
  const inner = (part: Value): boolean | undefined => saysServer(file, { value: part, place }, depth + 1);
  if (operator === "!") return negated(inner(left));
  if (!right) return undefined;
  const constantOf = (part: Value): unknown => {
    const constant = file.tracer.only({ value: part, place })?.value;
    return constant?.kind === "literal" ? constant : undefined;
  };
  if (operator === "in") {
    const name = file.tracer.constant({ value: left, place });
    return BROWSER_OBJECTS.has(name) ? false : undefined;
  }
  if (!/^[!=]==?$/u.test(operator)) return undefined;
  const isEqual = operator.startsWith("=");
  for (const [subject, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const constant = constantOf(other) as { readonly value: unknown } | undefined;
    if (!constant) continue;
    const says = comparisonSaysServer(subject, constant.value, inner);
    if (says !== undefined) return isEqual ? says : !says;
  }
  return undefined;
}

/** What `subject === constant` says. */
function comparisonSaysServer(
  subject: Value,
  constant: unknown,
  inner: (part: Value) => boolean | undefined,
): boolean | undefined {
  if (subject.kind === "operation" && subject.operator === "typeof") {
    const [of] = subject.operands;
    if (!of || !isBrowserObject(of)) return undefined;
    return constant === "undefined" ? true : constant === "object" ? false : undefined;
  }
  if (isBrowserObject(subject)) return constant === undefined ? true : undefined;
  if (constant === true) return inner(subject);
  return constant === false ? negated(inner(subject)) : undefined;
}

const negated = (says: boolean | undefined): boolean | undefined => (says === undefined ? undefined : !says);

/** `window`, `globalThis.window`; not a variable of the file that is called so. */
function isBrowserObject(value: Value): boolean {
  if (value.kind === "global") return BROWSER_OBJECTS.has(value.name);
  return (
    value.kind === "member" &&
    value.object.kind === "global" &&
    value.object.name === "globalThis" &&
    BROWSER_OBJECTS.has(value.property)
  );
}

import type { Node } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import type { OperationValue, Value } from "../values/ir.ts";
import { isDroppedPart, isTakenOut } from "../place/server-code.ts";
import type { Located } from "../values/trace.ts";
import { isEmpty, target } from "../values/values.ts";

type Side = "server" | "browser";

/** A test around a piece of code, and how it has come out where that runs. */
export interface Guard<Test> {
  readonly test: Test;
  readonly outcome: boolean;
}

/**
 * True where code runs only on the server although its module runs in the browser too: behind
 * `typeof window === "undefined"` or its like, however that is written or named, and in code that bundlers take out.
 */
export function isServerOnlyBranch(file: FileModel, node: Node): boolean {
  if (isTakenOut(node) || isDroppedPart(file, node)) return true;
  return guardsAround(node).some(({ test, outcome }) => sideOfTest(file, file.located(test), outcome) === "server");
}

/** Every test that decides whether a node runs: of branches around it, and of those that have left before it. */
export function guardsAround(node: Node): readonly Guard<Node>[] {
  const found: Guard<Node>[] = [];
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.type === "IfStatement" || parent.type === "ConditionalExpression") {
      if (at === parent.consequent) found.push({ test: parent.test, outcome: true });
      if (at === parent.alternate) found.push({ test: parent.test, outcome: false });
    } else if (parent.type === "LogicalExpression" && at === parent.right && parent.operator !== "??") {
      found.push({ test: parent.left, outcome: parent.operator === "&&" });
    } else if (parent.type === "BlockStatement" || parent.type === "Program") {
      // A function declaration can be called before its block comes to it.
      if (at.type !== "FunctionDeclaration") found.push(...leftBefore(parent.body, at));
    } else if (parent.type === "SwitchCase" && at !== parent.test) {
      found.push(...leftBefore(parent.consequent, at));
    }
  }
  return found;
}

/** What earlier statements of the block have sent away. */
function leftBefore(body: readonly Node[], at: Node): readonly Guard<Node>[] {
  const found: Guard<Node>[] = [];
  for (const statement of body) {
    if (statement === at) break;
    if (statement.type !== "IfStatement") continue;
    if (leaves(statement.consequent)) found.push({ test: statement.test, outcome: false });
    if (statement.alternate && leaves(statement.alternate)) found.push({ test: statement.test, outcome: true });
  }
  return found;
}

function leaves(branch: Node): boolean {
  const last = branch.type === "BlockStatement" ? branch.body.at(-1) : branch;
  return last?.type === "ReturnStatement" || last?.type === "ThrowStatement";
}

/** Where code runs if a test has come out as `outcome`; undefined: the test says nothing of it. */
export function sideOfTest(file: FileModel, { value, place }: Located, outcome: boolean): Side | undefined {
  const test = target(value);
  const [first] = test.kind === "operation" ? test.operands : [];
  if (test.kind === "operation" && test.operator === "!" && first) return sideOfTest(file, { value: first, place }, !outcome);
  if (test.kind === "choice" && (test.operator === "&&" || test.operator === "||")) {
    if (outcome !== (test.operator === "&&")) return undefined;
    return test.options.map((option) => sideOfTest(file, { value: option, place }, outcome)).find((side) => side !== undefined);
  }
  // `const url = isServer ? process.env.URL : undefined`: where it is there, the server runs.
  if (test.kind === "choice" && test.operator === "?:" && test.test) {
    const given = test.options.findIndex((option) => !isEmpty(option));
    return outcome && test.options.filter(isEmpty).length === 1 ? sideOfTest(file, { value: test.test, place }, given === 0) : undefined;
  }
  const server = saysServer(file, { value, place });
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

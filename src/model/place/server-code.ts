import { directivesOf, isFunction, unwrap, type Node } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import { importsUsedBy, liveParts, partAt, type Part } from "./parts.ts";

/*
 * Code that frameworks take out of what they send to browsers, although its module goes there.
 */

/** Functions whose arguments run on servers alone; `*`: all of them, else those of that method further down the chain. */
const SERVER_CALLS: ReadonlyMap<string, string> = new Map([
  // TanStack Start
  ["createServerFn", "handler"],
  ["createMiddleware", "server"],
  ["createIsomorphicFn", "server"],
  ["createServerOnlyFn", "*"],
  ["serverOnly", "*"],
  // Qwik City
  ["server$", "*"],
  ["routeLoader$", "*"],
  ["routeAction$", "*"],
  ["globalAction$", "*"],
]);
const SERVER_CALL_NAMES = [...SERVER_CALLS.keys(), "server:", "use server"];

/** Text test: false where the module has no code that a bundler takes out by itself. */
export function mayTakeOut(text: string): boolean {
  return SERVER_CALL_NAMES.some((name) => text.includes(name));
}

/** In a `"use server"` function, or in what is handed to a function such as `createServerFn().handler(…)`. */
export function isTakenOut(node: Node): boolean {
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (isFunction(at) && at.body?.type === "BlockStatement" && directivesOf(at.body.body).includes("use server")) return true;
    if (parent.type === "CallExpression" && parent.callee !== at && isServerCall(parent.callee)) return true;
    if (at.type === "Property" && isServerPart(at)) return true;
  }
  return false;
}

function isServerCall(node: Node): boolean {
  let at = unwrap(node);
  if (at.type === "Identifier") return SERVER_CALLS.get(at.name) === "*";
  const method = at.type === "MemberExpression" && at.property.type === "Identifier" ? at.property.name : undefined;
  while (at.type === "MemberExpression" || at.type === "CallExpression") at = unwrap(at.type === "MemberExpression" ? at.object : at.callee);
  return at.type === "Identifier" && method !== undefined && SERVER_CALLS.get(at.name) === method;
}

/** `createFileRoute("/a")({ server: { handlers } })` of TanStack Start. */
function isServerPart(property: Node): boolean {
  if (property.type !== "Property" || property.key.type !== "Identifier" || property.key.name !== "server") return false;
  let at: Node | undefined = property.parent.parent;
  if (at?.type !== "CallExpression") return false;
  while (at.type === "CallExpression") at = unwrap(at.callee);
  return at.type === "Identifier" && /^create(?:File|Root|ServerFile)Route/u.test(at.name);
}

/**
 * In an export that the framework takes out of the module (`getServerSideProps`, `loader`), or in what stands there for
 * such exports alone.
 */
export function isDroppedPart(file: FileModel, node: Node): boolean {
  const live = livePartsOf(file);
  if (!live) return false;
  if (node.type === "ImportSpecifier" || node.type === "ImportDefaultSpecifier" || node.type === "ImportNamespaceSpecifier") {
    return isDroppedImport(file, node.local.name);
  }
  const part = partAt(file.parts, node);
  return part !== undefined && !live.has(part);
}

/** Only what the framework takes out uses the imported name, so that the import goes too. */
export function isDroppedImport(file: FileModel, local: string): boolean {
  const live = livePartsOf(file);
  if (!live) return false;
  const isUsed = file.parts.parts.some(({ uses }) => uses.some(({ name }) => name === local));
  return isUsed && !importsUsedBy(file.parts, live).has(local);
}

const known = new WeakMap<FileModel, ReadonlySet<Part>>();

/** The parts that browsers get; undefined: all of them. */
export function livePartsOf(file: FileModel): ReadonlySet<Part> | undefined {
  const { drops = [] } = file.runtime;
  if (drops.length === 0 && !mayTakeOut(file.text)) return undefined;
  let live = known.get(file);
  if (!live) known.set(file, (live = liveParts(file.parts, drops)));
  return live;
}

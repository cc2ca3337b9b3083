import { holds } from "../../holds.ts";
import type { TSESTree } from "@typescript-eslint/types";
import { nextRouteOf } from "../../project/next-routes.ts";
import { matchesAny } from "../../project/globs.ts";
import { directivesOf, isFunction, type Node } from "../syntax/ast.ts";
import { specifierName } from "../values/bindings.ts";
import type { FileModel } from "../file.ts";
import type { Value } from "../values/ir.ts";
import { target } from "../values/values.ts";
import type { Handler } from "./handler.ts";
import { isCompiled, mayReachBrowsers } from "../place/action-reach.ts";
import { listDirectory } from "../../project/disk.ts";
import { packageOf } from "../place/runtime.ts";
import { isPrerendered, looksAway } from "./next-static.ts";
import { dependsOnPackage } from "./package.ts";
import { within } from "../../project/root.ts";

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]);
const ROUTE_FILE = /[\\/]route\.[cm]?[jt]sx?$/u;
const APP_ROUTER = /[\\/]app[\\/]/u;
const PAGES_API = /[\\/]pages[\\/]api[\\/]/u;
const IN_ROUTER = /^(?:src\/)?(?:app|pages)\//u;
const ROUTER = /^(?:app|pages)$/u;
const CONFIG = /^next\.config\.[cm]?[jt]s$/u;
const APP_FOLDER = /^(?<base>(?:[^/]+\/)*?)(?:src\/)?(?:app|pages)\//u;

/** The folder of the Next.js app that a file belongs to, and the file's path in it. */
export function nextPath(relativePath: string): { readonly base: string; readonly path: string } | undefined {
  // A route may have segments called app or pages itself: the first folder of that name is the router's.
  const base = APP_FOLDER.exec(relativePath)?.groups?.["base"];
  return base === undefined ? undefined : { base, path: relativePath.slice(base.length) };
}

/**
 * The same for a file whose package may tell. A package that depends on Next.js and has its app beside its package.json has
 * no other one in its folders, unless that has a configuration of its own.
 * @returns undefined where Next.js does not look
 */
export function nextPlace({ path, root, pass, relativePath }: FileModel): ReturnType<typeof nextPath> {
  const at = nextPath(relativePath);
  const own = packageOf({ path, root, pass });
  if (!at || root === undefined || !own?.dependencies.includes("next")) return at;
  const base = own.directory === root ? "" : `${within(root, own.directory)}/`;
  const inside = relativePath.slice(base.length);
  if (IN_ROUTER.test(inside)) return { base, path: inside };
  const has = (folder: string, name: RegExp): boolean => [...(listDirectory(folder, pass)?.entries.keys() ?? [])].some((entry) => name.test(entry));
  const isElsewhere = has(own.directory, ROUTER) || has(`${own.directory}/src`, ROUTER);
  return isElsewhere && !has(`${root}/${at.base}`.replace(/\/$/u, ""), CONFIG) ? undefined : at;
}

function mayBeRoute(filename: string): boolean {
  return (ROUTE_FILE.test(filename) && APP_ROUTER.test(filename)) || PAGES_API.test(filename);
}

/** True where the path or a directive makes the file one that Next.js exposes to requests. */
export function mayHoldNextHandlers(file: FileModel): boolean {
  if (hasServerDirective(file.text)) return true;
  // The file name first: finding the project's root asks the disk.
  if (!mayBeRoute(file.filename) && file.settings.routeFiles.length === 0) return false;
  return routeOf(file) !== undefined;
}

const hasServerDirective = (text: string): boolean => holds(text, 'use server"', 'ver"') || holds(text, "use server'", "ver'");

function routeOf(file: FileModel): { kind: string; path: string } | undefined {
  const { relativePath, settings } = file;
  if (settings.routeFiles.length > 0 && matchesAny(relativePath, settings.routeFiles)) {
    return { kind: "app-route", path: `/${relativePath}` };
  }
  const at = nextPlace(file);
  const route = at && nextRouteOf(at.path);
  return route?.kind === "app-route" || route?.kind === "pages-api" ? route : undefined;
}

/** Route handlers, pages API routes and server actions of a file. */
export function nextHandlers(file: FileModel): readonly Handler[] {
  const route = routeOf(file);
  const handlers: Handler[] = [];
  if (route?.kind === "app-route") {
    for (const [name, { value }] of file.exports) {
      if (!METHODS.has(name) || !value) continue;
      const node = exportedNode(file.ast, name);
      if (!node) continue;
      handlers.push({
        framework: "next-app",
        method: name,
        title: `${name} ${route.path}`,
        route: route.path,
        node,
        value: { value, place: file.place },
        before: [],
        isCached: name === "GET" && isCached(file, value),
        isOutOfReach: () => name === "GET" && isPrerendered(file, route.path, value),
      });
    }
  } else if (route?.kind === "pages-api") {
    const value = file.exports.get("default")?.value;
    const node = exportedNode(file.ast, "default");
    if (value && node) {
      handlers.push({
        framework: "next-pages",
        method: "ANY",
        title: route.path,
        route: route.path,
        node,
        value: { value, place: file.place },
        before: [],
      });
    }
  }
  return [...handlers, ...serverActions(file)];
}

/**
 * Next.js keeps the answer of a GET handler of a segment that is static or revalidated, as long as it does not look at
 * the request (https://nextjs.org/docs/app/api-reference/file-conventions/route-segment-config).
 */
export function isCached(file: FileModel, handler: Value): boolean {
  const config = (name: string): unknown => {
    const value = file.exports.get(name)?.value;
    return value && file.tracer.constant({ value, place: file.place });
  };
  const dynamic = config("dynamic");
  if (dynamic === "force-static" || dynamic === "error") return true;
  const revalidate = config("revalidate");
  if (dynamic === "force-dynamic" || !(revalidate === false || (typeof revalidate === "number" && revalidate > 0))) return false;
  const functions = file.tracer.functions({ value: handler, place: file.place });
  return functions.length > 0 && functions.every(({ fn }) => looksAway(fn));
}

function serverActions(file: FileModel): readonly Handler[] {
  if (!hasServerDirective(file.text)) return [];
  const actions: Handler[] = [];
  // Other frameworks with the same directive know their callers in other ways.
  const framework = dependsOnPackage(file, /^next$/u) === false ? "server-function" : "next-action";
  const add = (name: string | undefined, node: Node, value: Node): void => {
    actions.push({
      framework,
      method: "ACTION",
      title: name === undefined ? "this server action" : `server action ${name}`,
      route: undefined,
      node,
      value: file.located(value),
      before: [],
      isOutOfReach: () => framework === "next-action" && !isCompiled(file),
    });
  };
  if (file.directives.includes("use server")) {
    for (const { value, names } of actionsExported(file)) {
      const [name = "default"] = names;
      const node = exportedNode(file.ast, name);
      if (!node) continue;
      actions.push({
        framework,
        method: "ACTION",
        title: `server action ${name}`,
        route: undefined,
        node,
        value: { value, place: file.place },
        before: [],
        isOutOfReach: () => framework === "next-action" && !names.some((exported) => mayReachBrowsers(file, exported)),
      });
    }
    return actions;
  }
  for (const fn of file.functionNodes) {
    if (fn.body?.type !== "BlockStatement" || !directivesOf(fn.body.body).includes("use server")) continue;
    const { parent } = fn;
    const name = fn.id ?? (parent.type === "VariableDeclarator" && parent.id.type === "Identifier" ? parent.id : undefined);
    add(name?.name, name ?? fn.body.body[0] ?? fn, fn);
  }
  return actions;
}

/** What a module exports, with all of its names: `export default save` exports an action once more. */
function actionsExported(file: FileModel): readonly { readonly value: Value; readonly names: readonly string[] }[] {
  const found = new Map<Value, { readonly value: Value; readonly names: string[] }>();
  for (const [name, { value }] of file.exports) {
    if (!value) continue;
    const made = target(value);
    const isTold = made.kind === "function" || made.kind === "call";
    const before = isTold ? found.get(made) : undefined;
    if (!before) found.set(isTold ? made : value, { value, names: [name] });
    else if (name === "default") before.names.push(name);
    else before.names.unshift(name);
  }
  return [...found.values()];
}

/** The name under which a program exports something: the node that a report about it stands on. */
export function exportedNode(program: TSESTree.Program, name: string): Node | undefined {
  for (const statement of program.body) {
    if (statement.type === "ExportDefaultDeclaration" && name === "default") return nameOf(statement.declaration);
    if (statement.type === "ExpressionStatement" && name === "default") {
      const { expression } = statement;
      if (expression.type === "AssignmentExpression" && expression.left.type === "MemberExpression") return expression.left;
    }
    if (statement.type !== "ExportNamedDeclaration") continue;
    for (const specifier of statement.specifiers) if (specifierName(specifier.exported) === name) return specifier;
    const { declaration } = statement;
    if (declaration?.type === "FunctionDeclaration" && declaration.id?.name === name) return declaration.id;
    if (declaration?.type !== "VariableDeclaration") continue;
    for (const { id } of declaration.declarations) {
      const found = bindingNamed(id, name);
      if (found) return found;
    }
  }
  return undefined;
}

function nameOf(node: Node): Node {
  if (isFunction(node) || node.type === "ClassDeclaration") {
    return node.id ?? ("body" in node && node.body?.type === "BlockStatement" ? (node.body.body[0] ?? node) : node);
  }
  return node;
}

function bindingNamed(pattern: Node, name: string): Node | undefined {
  if (pattern.type === "Identifier") return pattern.name === name ? pattern : undefined;
  if (pattern.type !== "ObjectPattern") return undefined;
  for (const property of pattern.properties) {
    const found = bindingNamed(property.type === "Property" ? property.value : property.argument, name);
    if (found) return found;
  }
  return undefined;
}

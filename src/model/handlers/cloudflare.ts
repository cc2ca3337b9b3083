import { unwrap, staticKey, type Node } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import type { Value } from "../values/ir.ts";
import type { Located } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";
import { exportsNamed } from "./exported.ts";
import type { Handler, Outside } from "./handler.ts";
import { keyOf } from "./named.ts";
import { dependsOnPackage, exportOf, placeInPackage } from "./package.ts";

/*
 * Cloudflare: a Worker's `fetch`, and Pages Functions by path.
 * https://developers.cloudflare.com/workers/runtime-apis/handlers/fetch, https://developers.cloudflare.com/pages/functions/routing
 */

/** Where the functions of Pages are. */
export const PAGES_FUNCTIONS = /[\\/]functions[\\/]/u;
const ON_REQUEST = /^onRequest(?<method>Get|Post|Put|Patch|Delete|Head|Options)?$/u;

/** Decided by the program's statements and words: a default export with `fetch`, or a listener for it. */
export function mayHoldFetchHandler(file: FileModel): boolean {
  const { text, ast } = file;
  if (file.exportedNames.has("default")) {
    const declared = ast.body.find((node) => node.type === "ExportDefaultDeclaration")?.declaration;
    const value = declared && unwrap(declared);
    if (value?.type === "ObjectExpression") return value.properties.some((part) => part.type === "Property" && staticKey(part) === "fetch");
    if (value?.type !== "FunctionDeclaration" && text.includes("fetch") && (text.includes("WorkerEntrypoint") || text.includes("ExportedHandler"))) return true;
  }
  return file.usesGlobal("addEventListener") && /addEventListener\(\s*["']fetch["']/u.test(text);
}

/** `export default { fetch }`, `class extends WorkerEntrypoint`, `addEventListener("fetch", …)` */
export function fetchHandlers(file: FileModel): readonly Handler[] {
  const made = exportsNamed(file, () => true).flatMap(({ name, value, node }): Handler[] => {
    const isDefault = name === "default";
    for (const found of file.tracer.alternatives(value)) {
      if (found.value.kind === "object" && isDefault) {
        const entry = found.value.entries.find(({ key }) => key === "fetch");
        if (entry) return [handlerAt(file, keyOf(entry.node) ?? node, { value: entry.value, place: found.place })];
      }
      if (found.value.kind !== "class" || file.tracer.canonical(found)?.path.at(-1) !== "WorkerEntrypoint") continue;
      const method = found.value.cls.members.get("fetch");
      if (method) return [handlerAt(file, keyOf(method.node?.parent) ?? node, { value: method, place: found.place })];
    }
    return [];
  });
  return [...made, ...listeners(file)];
}

/** Other platforms take the same form: Bun, Deno, Vercel. */
function isCloudflare(file: FileModel): boolean {
  return file.text.includes("ExportedHandler") || dependsOnPackage(file, /^(?:wrangler|@cloudflare\/.*)$/u) !== false;
}

function handlerAt(file: FileModel, node: Node, value: Located): Handler {
  return { framework: isCloudflare(file) ? "cloudflare" : "fetch", method: "ANY", title: "this fetch handler", route: undefined, node, value, before: [], outside: nothing };
}

const nothing = (): Outside => ({ middleware: [] });

/** `addEventListener("fetch", (event) => event.respondWith(handle(event.request)))` */
function listeners(file: FileModel): readonly Handler[] {
  return file.callNodes.flatMap((node): Handler[] => {
    if (node.callee.type !== "Identifier" || node.callee.name !== "addEventListener" || !node.arguments[0] || !node.arguments[1]) return [];
    const call = file.evaluator.value(node);
    if (call.kind !== "call" || !call.args[0] || constantOf(call.args[0]) !== "fetch" || !call.args[1]) return [];
    return [handlerAt(file, node.arguments[0], answering(file, { value: call.args[1], place: file.place }))];
  });
}

/** The function whose answer a listener responds with; the listener itself where that can't be told. */
function answering(file: FileModel, listener: Located): Located {
  const [fn] = file.tracer.functions(listener);
  const step = fn?.fn.body.find((part) => part.op === "call" && target(part.call.callee).kind === "member" && memberName(part.call.callee) === "respondWith");
  const answer = step?.op === "call" && step.call.args[0] ? target(step.call.args[0]) : undefined;
  if (answer?.kind !== "call" || !fn) return listener;
  const at = { value: answer.callee, place: fn.place };
  return file.tracer.functions(at).length > 0 ? at : listener;
}

function memberName(value: Value): string | undefined {
  const at = target(value);
  return at.kind === "member" ? at.property : undefined;
}

/** Decided by the path and a word. */
export function mayHoldPagesFunction({ filename, text }: FileModel): boolean {
  return PAGES_FUNCTIONS.test(filename) && text.includes("onRequest") && !/[\\/]_middleware\.[cm]?[jt]s$/u.test(filename);
}

/** `functions/api/[id].ts` with `onRequest` or `onRequestPost`, a function or an array of them. */
export function pagesFunctions(file: FileModel): readonly Handler[] {
  const place = placeInPackage(file);
  const at = place?.path.indexOf("functions/") ?? -1;
  if (!place || at < 0) return [];
  const folder = `${place.directory}/${place.path.slice(0, at)}functions`;
  const segments = place.path.slice(at + "functions/".length).replace(/\.[cm]?[jt]sx?$/u, "").split("/");
  if (segments.at(-1) === "index") segments.pop();
  const route = `/${segments.join("/")}`;
  return exportsNamed(file, (name) => ON_REQUEST.test(name)).flatMap(({ name, value, node }) => {
    const method = ON_REQUEST.exec(name)?.groups?.["method"]?.toUpperCase() ?? "ANY";
    const [list] = file.tracer.alternatives(value);
    const items = list?.value.kind === "array" ? list.value.items.map((item) => ({ value: item, place: list.place })) : [value];
    const last = items.at(-1);
    if (!last || method === "OPTIONS") return [];
    return [
      {
        framework: "cloudflare-pages",
        method,
        title: method === "ANY" ? route : `${method} ${route}`,
        route,
        node,
        value: last,
        before: items.slice(0, -1),
        outside: () => middlewareAround(file, folder, segments),
      },
    ];
  });
}

/** `_middleware` of each folder from `functions/` down to the file's. */
function middlewareAround(file: FileModel, folder: string, segments: readonly string[]): Outside {
  const folders = segments.map((_, index) => [folder, ...segments.slice(0, index)].join("/"));
  return { middleware: [...new Set([folder, ...folders])].flatMap((at) => exportOf(file, `${at}/_middleware`, "onRequest", "onRequestPost", "onRequestGet") ?? []) };
}

import { ANSWERING, ANSWERING_NAMES, EXPORTED_LOADERS } from "../../sdk/sinks.ts";
import type { FileModel } from "../file.ts";
import { unwrapHandler, type Framework } from "../handlers/index.ts";
import type { CallValue } from "../values/ir.ts";
import type { Outlet } from "./outlets.ts";
import { packageOf } from "../place/runtime.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** Frameworks whose handlers build the answer themselves: what they return is no data. */
const BUILT: ReadonlySet<Framework> = new Set<Framework>([
  "next-app", "next-pages", "express", "koa", "hono", "cloudflare", "cloudflare-pages", "fetch",
  "sveltekit", "astro", "tanstack-route", "expo", "netlify",
]);

/** What the file's functions return, where a framework hands that to the browser: actions, loaders, procedures. */
export function answersOf(file: FileModel): readonly Outlet[] {
  const found: Outlet[] = [];
  const add = (handler: Located, label: string): void => {
    for (const { fn, place } of unwrapHandler(file.tracer, handler).functions) {
      if (place.module !== file) continue;
      for (const value of fn.returns) {
        if (value.node) found.push({ kind: "browser", label, value: { value, place }, node: value.node, takesAnything: true, isBehind: false });
      }
    }
  };
  for (const [handler, label] of loaders(file)) add(handler, label);
  for (const node of file.callNodes) {
    const value = file.evaluator.value(node);
    if (value.kind !== "call" || !ANSWERING_NAMES.has(nameOf(value))) continue;
    const call = { value, place: file.place };
    const path = file.tracer.canonical({ value: value.callee, place: file.place });
    const row = path && ANSWERING.match(path);
    const argument = row?.handler === "last" ? value.args.at(-1) : value.args[0];
    if (!row || !argument) continue;
    const given = { value: argument, place: call.place };
    const parts = row.property === undefined ? [] : file.tracer.property(given, row.property);
    for (const part of parts.length > 0 ? parts : [given]) add(part, row.label);
  }
  // Last, because what stands above has better words for the same.
  if (file.handlers.possible) {
    for (const { framework, value } of file.handlers.all) {
      if (BUILT.has(framework)) continue;
      add(value, framework === "next-action" ? "the result of a server action" : "the result of a handler");
    }
  }
  return found;
}

function nameOf({ callee }: CallValue): string {
  const at = target(callee);
  if (at.kind === "member") return at.property ?? "";
  return at.kind === "import" || at.kind === "global" ? at.name : "";
}

function* loaders(file: FileModel): Generator<readonly [handler: Located, label: string]> {
  for (const { name, path, package: of, label } of EXPORTED_LOADERS) {
    if (!path.test(file.relativePath)) continue;
    const packages = [...file.sources, ...(packageOf(file)?.dependencies ?? [])];
    if (!packages.some((source) => of.test(source))) continue;
    for (const [exported, { value }] of file.exports) {
      if (!name.test(exported) || !value) continue;
      const object = target(value);
      // SvelteKit's `actions` are an object of functions.
      const handlers = object.kind === "object" ? object.entries.map((entry) => entry.value) : [value];
      for (const handler of handlers) yield [{ value: handler, place: file.place }, label];
    }
  }
}

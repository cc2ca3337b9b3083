import type { FileModel } from "../file.ts";
import type { Located } from "../values/trace.ts";
import { exportsNamed, HTTP_METHODS, methodHandlers } from "./exported.ts";
import type { Handler, Outside } from "./handler.ts";
import { keyOf } from "./named.ts";
import { exportOf, placeInPackage } from "./package.ts";

/*
 * SvelteKit: endpoints, form actions, load functions and remote functions, behind the `handle` hook.
 * https://svelte.dev/docs/kit/routing, https://svelte.dev/docs/kit/form-actions, https://svelte.dev/docs/kit/remote-functions
 */

/** The files that hold handlers. */
export const SVELTE_FILES = /[\\/](?:\+(?<kind>server|page\.server|layout\.server)|[\w.-]+\.remote)\.[jt]s$/u;
const METHODS = new Map([...HTTP_METHODS, ["fallback", "ANY"]]);
const REMOTE = new Map([
  ["query", "GET"],
  ["query.batch", "GET"],
  ["query.live", "GET"],
  ["form", "POST"],
  ["command", "POST"],
]);

/** Decided by the file's name. */
export function mayHoldSvelteHandlers({ filename }: FileModel): boolean {
  return SVELTE_FILES.test(filename);
}

export function svelteHandlers(file: FileModel): readonly Handler[] {
  const kind = SVELTE_FILES.exec(file.filename)?.groups?.["kind"];
  const outside = (): Outside => outsideOf(file);
  if (kind === undefined) return remoteFunctions(file, outside);
  const route = routeOf(file);
  if (kind === "server") {
    const isBuilt = exportedConstant(file, "prerender") === true;
    return methodHandlers(file, METHODS, route, { framework: "sveltekit", outside }).map((handler) =>
      isBuilt && handler.method === "GET" ? { ...handler, isCached: true } : handler,
    );
  }
  return [...(kind === "page.server" ? formActions(file, route, outside) : []), ...loads(file, route, outside)];
}

/** `src/routes/(app)/users/[id]/+server.ts` is `/users/[id]`. */
function routeOf(file: FileModel): string {
  const path = placeInPackage(file)?.path ?? file.relativePath;
  const folders = path.split("/").slice(0, -1);
  const routes = folders.indexOf("routes");
  return `/${folders.slice(routes + 1).filter((folder) => !/^\(.*\)$/u.test(folder)).join("/")}`;
}

function exportedConstant(file: FileModel, name: string): unknown {
  const value = file.exports.get(name)?.value;
  return value && file.tracer.constant({ value, place: file.place });
}

/** `export const actions = { default: …, login: … }` */
function formActions(file: FileModel, route: string, outside: Handler["outside"]): readonly Handler[] {
  return exportsNamed(file, (name) => name === "actions").flatMap(({ value, node }) =>
    file.tracer.alternatives(value).flatMap(({ value: object, place }) =>
      object.kind !== "object"
        ? []
        : object.entries.flatMap((entry): Handler[] => {
            if (entry.spread || entry.key === undefined) return [];
            return [
              {
                framework: "sveltekit-action",
                method: "POST",
                title: entry.key === "default" ? `the form action of ${route}` : `form action ${entry.key} of ${route}`,
                route,
                node: keyOf(entry.node) ?? node,
                value: { value: entry.value, place },
                before: [],
                ...(outside ? { outside } : {}),
              },
            ];
          }),
    ),
  );
}

function loads(file: FileModel, route: string, outside: Handler["outside"]): readonly Handler[] {
  return exportsNamed(file, (name) => name === "load").map(({ value, node }) => ({
    framework: "sveltekit-load",
    method: "GET",
    title: `load of ${route}`,
    route,
    node,
    value,
    before: [],
    isPage: true,
    ...(outside ? { outside } : {}),
  }));
}

/** `export const login = form(schema, async (data) => …)` with a function of `$app/server`. */
function remoteFunctions(file: FileModel, outside: Handler["outside"]): readonly Handler[] {
  if (!file.text.includes("$app/server")) return [];
  return exportsNamed(file, () => true).flatMap(({ name, value, node }) => {
    for (const { value: made, place } of file.tracer.alternatives(value)) {
      const path = made.kind === "call" ? file.tracer.canonical({ value: made.callee, place }) : undefined;
      const method = path?.source === "$app/server" ? REMOTE.get(path.path.join(".")) : undefined;
      if (made.kind !== "call" || method === undefined) continue;
      const fn = made.args.at(-1);
      const at: Located = fn ? { value: fn, place } : { value: made, place };
      return [{ framework: "sveltekit-remote", method, title: `remote function ${name}`, route: undefined, node, value: at, before: [], ...(outside ? { outside } : {}) }];
    }
    return [];
  });
}

/** The `handle` hook sees every request to the app. */
function outsideOf(file: FileModel): Outside {
  const place = placeInPackage(file);
  if (!place) return { middleware: [] };
  const handle = exportOf(file, `${place.directory}/src/hooks.server`, "handle");
  return { middleware: handle ? [handle] : [] };
}

import type { FileModel } from "../file.ts";
import { exportsNamed, HTTP_METHODS, methodHandlers } from "./exported.ts";
import type { Handler, Outside } from "./handler.ts";
import { nameOfResult } from "./named.ts";
import { dependsOnPackage, exportOf, placeInPackage } from "./package.ts";

/*
 * Astro: endpoints of `src/pages`, and actions, behind `onRequest` of `src/middleware`.
 * https://docs.astro.build/en/guides/endpoints, https://docs.astro.build/en/guides/actions
 */

const PAGES = /[\\/]pages[\\/]/u;
const SCRIPT = /\.[cm]?[jt]s$/u;
const METHODS = new Map([...HTTP_METHODS, ["ALL", "ANY"]]);

/** Decided by the path and the package's dependencies, or by a word. */
export function mayHoldAstroHandlers(file: FileModel): boolean {
  if (file.sources.has("astro:actions") && file.text.includes("defineAction")) return true;
  return isPage(file) && dependsOnPackage(file, /^astro$/u) === true;
}

function isPage({ filename }: FileModel): boolean {
  return PAGES.test(filename) && SCRIPT.test(filename);
}

export function astroHandlers(file: FileModel): readonly Handler[] {
  const outside = (): Outside => outsideOf(file);
  return [...endpoints(file, outside), ...actions(file, outside)];
}

function endpoints(file: FileModel, outside: () => Outside): readonly Handler[] {
  const place = placeInPackage(file);
  if (!place || !isPage(file)) return [];
  const path = place.path.slice(place.path.indexOf("pages/") + "pages/".length).replace(/(?:(?:^|\/)index)?\.[cm]?[jt]s$/u, "");
  const found = methodHandlers(file, METHODS, `/${path}`, { framework: "astro", outside });
  return found.length > 0 && !isOnDemand(file, place.directory) ? found.map((handler) => ({ ...handler, isCached: true })) : found;
}

/** False where pages are built once, which is what Astro does unless the file or the config says otherwise. */
function isOnDemand(file: FileModel, directory: string): boolean {
  const [own] = exportsNamed(file, (name) => name === "prerender");
  const prerender = own && file.tracer.constant(own.value);
  if (typeof prerender === "boolean") return !prerender;
  const config = exportOf(file, `${directory}/astro.config`, "default");
  if (!config) return false;
  return file.tracer.alternatives(config).some(({ value, place }) => {
    const given = value.kind === "call" && value.args[0] ? { value: value.args[0], place } : { value, place };
    return file.tracer.property(given, "output").some((output) => file.tracer.constant(output) === "server");
  });
}

/** `defineAction({ handler: async (input, context) => … })` */
function actions(file: FileModel, outside: () => Outside): readonly Handler[] {
  if (!file.text.includes("astro:actions")) return [];
  return file.callNodes.flatMap((node): Handler[] => {
    if (node.type !== "CallExpression" || node.callee.type !== "Identifier") return [];
    const path = file.tracer.canonical(file.located(node.callee));
    if (path?.source !== "astro:actions" || path.path.at(-1) !== "defineAction" || !node.arguments[0]) return [];
    const [handler] = file.tracer.property(file.located(node.arguments[0]), "handler");
    const named = nameOfResult(node);
    if (!handler) return [];
    return [
      {
        framework: "astro-action",
        method: "POST",
        title: named ? `action ${named.name}` : "this action",
        route: undefined,
        node: named?.node ?? node.callee,
        value: handler,
        before: [],
        outside,
      },
    ];
  });
}

function outsideOf(file: FileModel): Outside {
  const place = placeInPackage(file);
  const onRequest = place && exportOf(file, `${place.directory}/src/middleware`, "onRequest");
  return { middleware: onRequest ? [onRequest] : [] };
}

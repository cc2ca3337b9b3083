import { listDirectory } from "../../project/disk.ts";
import type { Project } from "../../project/project.ts";
import { importersOf } from "../../project/source-files.ts";
import { sdkExport } from "../../sdk/packages.ts";
import type { Node } from "../syntax/ast.ts";
import { hasFullAccess, productName } from "./browser-clients.ts";
import { runtimeImports } from "../credentials/environment.ts";
import type { FileModel } from "../file.ts";
import type { CallValue } from "../values/ir.ts";
import { packageOf, runtimeOf, type Runtime } from "./runtime.ts";
import { within } from "../../project/root.ts";

/*
 * Modules of React server components that hold secrets, and what a marker that keeps browsers out would do to them.
 */

/** Frameworks whose bundlers know `server-only`. */
const SERVER_COMPONENTS = /^(?:next|waku|react-server-dom-.*|@vitejs\/plugin-rsc|@parcel\/rsc)$/u;
/** Names of the files that a framework enters by itself, in its router's folder: nobody imports them. */
const ENTRY =
  /^(?:page|layout|template|loading|error|global-error|not-found|forbidden|unauthorized|default|route|sitemap|robots|manifest|icon|apple-icon|opengraph-image|twitter-image)\d?\.[cm]?[jt]sx?$/u;

function isEntry(path: string): boolean {
  const folders = path.split("/");
  return ENTRY.test(folders.pop() ?? "") && folders.includes("app");
}

const OUTSIDE = /(?:^|\/)(?:middleware|proxy|instrumentation|server|worker)\.[cm]?[jt]s$|(?:^|\/)pages\//u;

/** A module of a project with server components which other modules import, and which may be marked. */
export function mayBeMarked(file: FileModel): boolean {
  // A script that nobody can import anything of.
  if (file.exports.size === 0 && file.stars.length === 0) return false;
  if (file.runtime.place !== "unknown" || isEntry(file.relativePath) || OUTSIDE.test(file.relativePath)) return false;
  const found = packageOf(file);
  if (!found) return false;
  const { dependencies, directory } = found;
  if (!dependencies.some((name) => SERVER_COMPONENTS.test(name))) return false;
  // The pages router alone has no server components, and refuses the marker.
  if (!dependencies.includes("next")) return dependencies.includes("server-only");
  const top = listDirectory(directory, file.pass)?.entries;
  return Boolean(top?.has("app")) || Boolean(top?.has("src") && listDirectory(`${directory}/src`, file.pass)?.entries.has("app"));
}

/** The first client of a file that is built from secrets, there or in the SDK. */
export function secretClient(file: FileModel): { readonly node: Node; readonly product: string } | undefined {
  for (const { node, value } of runtimeImports(file, (nodes) => nodes)) {
    if (sdkExport(value.source, value.name)?.role === "client-instance") return { node, product: "Redis" };
  }
  for (const node of file.callNodes) {
    const value = file.evaluator.value(node);
    const client = value.kind === "call" ? file.clients.clientOf({ value, place: file.place }) : undefined;
    if (value.kind !== "call" || !client?.sdk || client.construction?.value !== value || client.sdk.role === "receiver-class") continue;
    if (client.sdk.role === "limiter-class" && isOnClientElsewhere(file, value)) continue;
    if (hasFullAccess(file, client, { value, place: file.place })) return { node, product: productName(client) };
  }
  return undefined;
}

/** A limiter on a client that another module builds: that one has the secret, and is told itself. */
function isOnClientElsewhere(file: FileModel, { args: [options] }: CallValue): boolean {
  const clients = options ? file.tracer.property({ value: options, place: file.place }, "redis") : [];
  const built = clients.map((located) => file.clients.clientOf(located)?.construction);
  return built.length > 0 && built.every((construction) => construction !== undefined && construction.place.module !== file && construction.place.module.path !== file.path);
}

/**
 * What a marker would do to the modules that import this one, directly or not. `refused`: a script, or a page of the pages
 * router, would fail. `unsure`: a test or a module for browsers would, or that can't be known. `harmless`: none is found.
 */
export function effectOfMarker(file: FileModel): "harmless" | "unsure" | "refused" {
  const { project, path } = file;
  if (!project || path === undefined) return "unsure";
  const seen = new Set([path]);
  let isUnsure = false;
  for (const module of seen) {
    const importers = importersOf(module, project);
    if (!importers || seen.size > MAX_IMPORTERS) return "unsure";
    for (const importer of importers) {
      if (seen.has(importer)) continue;
      const { place, directives } = placeOf(file, project, importer);
      if (place === "build" || isOutside(project, importer) || isScript(file, project, importer)) return "refused";
      isUnsure ||= place === "test" || place === "browser";
      if (!directives.includes("use server")) seen.add(importer);
    }
  }
  return isUnsure ? "unsure" : "harmless";
}

/** `check-redis.ts` beside `package.json`: no framework enters it, nobody can import anything of it, so somebody runs it by hand. */
function isScript({ pass }: FileModel, project: Project, path: string): boolean {
  const directory = packageOf({ path, root: project.root, pass })?.directory;
  const name = directory === undefined ? "" : path.slice(directory.length + 1);
  const facts = project.module(path);
  if (!facts || !/^[^/\\]+\.[cm]?[jt]s$/u.test(name) || OUTSIDE.test(name)) return false;
  const { exported, stars } = facts.parts;
  return exported.size === 0 && stars.length === 0 && facts.exports.size === 0;
}

const MAX_IMPORTERS = 300;
const PAGES = /(?:^|\/)pages\//u;
/** Named like what somebody starts by hand: a server of one's own, or a worker. */
const STARTED = /(?:^|\/)(?:server|worker)\.[cm]?[jt]s$/u;
/** Modules that nothing but a framework can run: `trpc/server.ts` of a component that has the marker itself. */
const OF_COMPONENTS = new Set(["server-only", "next/headers"]);

function isOutside(project: Project, path: string): boolean {
  const name = relative(project, path);
  if (PAGES.test(name)) return true;
  return STARTED.test(name) && !project.module(path)?.parts.loads.some((source) => OF_COMPONENTS.has(source));
}

const relative = (project: Project, path: string): string => within(project.root, path);

function placeOf(file: FileModel, project: Project, path: string): { readonly place: Runtime["place"]; readonly directives: readonly string[] } {
  const facts = project.module(path);
  if (!facts) return { place: "unknown", directives: [] };
  const { directives, exports, parts } = facts;
  const { root, pass } = project;
  const subject = { path, relativePath: relative(project, path), root, pass, settings: file.settings, directives, sources: new Set(parts.loads), exports };
  return { place: runtimeOf(subject).place, directives };
}

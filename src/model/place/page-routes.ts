import { nextRouteOf } from "../../project/next-routes.ts";
import type { Project } from "../../project/project.ts";
import { sourceFiles } from "../../project/source-files.ts";
import { renderedWith } from "./page-reach.ts";
import { within } from "../../project/root.ts";

/** All paths at which an app has no page: Next.js answers there with one for unknown paths, in the layout of the whole app. */
const NO_PAGE = "/[...unknown]";

const PAGE_FILE = /\/page\.[cm]?[jt]sx?$/u;
/** `(..)photo`: shown in the place of another page, and at an address of its own as well. */
const INTERCEPTS = /\/\(\.{1,3}\)/u;

/**
 * The paths, as in {@link nextRouteOf}, of all pages of a Next.js app that may render a module: what a layout loads, all
 * pages below it do, and what that of the whole app loads, the page for unknown paths does.
 * @returns undefined where none is found, or not all of them can be told
 */
export function routesLoading(path: string, project: Project): ReadonlySet<string> | undefined {
  const found = renderedWith(path, project);
  if (!found || found.files.length === 0) return undefined;
  const { directory, files } = found;
  const pages = pagesOf(directory, project);
  const routes = new Set<string>();
  for (const file of files) {
    // A slot is a part of what its layout shows.
    const [folder = ""] = file.slice(0, file.lastIndexOf("/")).split("/@");
    if (PAGE_FILE.test(file)) for (const route of addressesOf(file)) routes.add(route);
    if (PAGE_FILE.test(file) && !file.includes("/@")) continue;
    for (const page of pages) if (page.startsWith(`${folder}/`)) for (const route of addressesOf(page)) routes.add(route);
    if (isOfWholeApp(folder)) routes.add(NO_PAGE);
  }
  return routes.size === 0 ? undefined : routes;
}

/** The pages of the app router, relative to the app's directory; `app/` of `src/` is the router as well. */
function pagesOf(directory: string, { pass }: Project): readonly string[] {
  return sourceFiles(directory, pass).files.map((file) => within(directory, file)).filter((file) => PAGE_FILE.test(file));
}

/** `app`, `src/app/(shop)` */
const isOfWholeApp = (folder: string): boolean => /^(?:src\/)?app(?:\/\([^/]*\))*$/u.test(folder);

function addressesOf(page: string): readonly string[] {
  const route = nextRouteOf(page)?.path;
  if (route === undefined || !INTERCEPTS.test(page)) return route === undefined ? [] : [route];
  const segments = page.replace(/^(?:src\/)?app\//u, "").split("/").slice(0, -1);
  return [route, `/${segments.filter((segment) => !segment.startsWith("@") && !/^\(.*\)$/u.test(segment)).join("/")}`];
}

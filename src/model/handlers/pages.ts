import { nextRouteOf } from "../../project/next-routes.ts";
import type { FileModel } from "../file.ts";
import type { Handler } from "./handler.ts";
import { exportedNode, isCached, nextPlace } from "./next.ts";

const APP_FOLDER = /[\\/]app[\\/]/u;
const APP_NAME = /[\\/](?<name>page|layout)\.[cm]?[jt]sx?$/u;
const PAGES_FOLDER = /[\\/]pages[\\/](?!api[\\/])/u;
const SCRIPT = /\.[cm]?[jt]sx?$/u;
/** Exports that Next.js runs for a page. `getStaticProps` runs at build time, or now and then. */
const IN_APP = ["default", "generateMetadata", "generateViewport"];
const IN_PAGES = ["getServerSideProps"];

/** By the file's name alone: false where no page of Next.js is in it. */
export function mayHoldPage(file: FileModel): boolean {
  const { filename } = file;
  return isAppFile(filename) || (PAGES_FOLDER.test(filename) && SCRIPT.test(filename));
}

const isAppFile = (filename: string): boolean => APP_FOLDER.test(filename) && APP_NAME.test(filename);

/**
 * What a page of Next.js runs when a visitor asks for it: server components, and `getServerSideProps`. A page that is
 * static or revalidated runs now and then. Reads of a database through `fetch` without a cache, as Upstash's clients
 * make them, have a page rendered for each request (https://nextjs.org/docs/app/guides/caching-without-cache-components).
 */
export function pagesOf(file: FileModel): readonly Handler[] {
  if (!mayHoldPage(file)) return [];
  const isApp = isAppFile(file.filename);
  // The browser gets a file of the pages router without its `getServerSideProps`.
  if (isApp && file.runtime.place === "browser") return [];
  const at = nextPlace(file);
  const route = at && nextRouteOf(at.path.replace(/layout(?=\.[cm]?[jt]sx?$)/u, isApp ? "page" : "$&"));
  return (isApp ? IN_APP : IN_PAGES).flatMap((name): readonly Handler[] => {
    const value = file.exports.get(name)?.value;
    const node = value && exportedNode(file.ast, name);
    if (!value || !node || isCached(file, value)) return [];
    const kind = APP_NAME.exec(file.filename)?.groups?.["name"] ?? "page";
    const title = route ? `the ${kind} ${route.path}` : `this ${kind}`;
    return [{ framework: "next-app", method: "GET", title, route: route?.path, node, value: { value, place: file.place }, before: [], isPage: true }];
  });
}

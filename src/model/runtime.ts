import type { FileModel } from "./file.ts";
import { listDirectory } from "../project/disk.ts";
import { packageJson } from "../project/package-json.ts";
import { packageRoot } from "../project/root.ts";
import { matchesAny } from "../project/globs.ts";

/** Where a module runs, and what says so. `unknown`: nothing says it. */
export interface Runtime {
  readonly place: "browser" | "server" | "test" | "build" | "unknown";
  /** Words for a message: `the "use client" directive`. */
  readonly because: string;
}

const TEST_PATH =
  /(?:^|\/)(?:__tests__|__mocks__|__fixtures__|\.storybook)\/|\.(?:test|spec|stories|cy|e2e|mock)\.[cm]?[jt]sx?$/u;
/** Folders that may also be a segment of a route: they count only outside a router's folder. */
const TEST_FOLDER = /(?:^|\/)(?:tests?|e2e|cypress|fixtures|stories)\//u;
const ROUTER_FOLDER = /(?:^|\/)(?:app|pages|api|routes|functions)\//u;
const BUILD_PATH = /(?:^|\/)(?:scripts|bin|tools|migrations|seeds?)\/|(?:^|\/)[\w.-]+\.config\.[cm]?[jt]s$|(?:^|\/)(?:seed|migrate)\.[cm]?[jt]s$/u;
const CLIENT_NAME = /\.client\.[cm]?[jt]sx?$|(?:^|\/)instrumentation-client\.[jt]s$/u;
const SERVER_NAME = /\.server\.[cm]?[jt]sx?$|(?:^|\/)\+(?:server|page\.server|layout\.server)\.[jt]s$|\+api\.[jt]sx?$/u;
const SVELTE_UNIVERSAL = /(?:^|\/)\+(?:page|layout)\.[jt]s$/u;

/** Decides by directives, marker imports, file names and settings; never by what the code looks like. */
export function runtimeOf(file: FileModel): Runtime {
  const path = file.relativePath;
  const { settings, directives, sources } = file;
  if (settings.clientFiles.length > 0 && matchesAny(path, settings.clientFiles)) {
    return { place: "browser", because: "settings.upstash.clientFiles" };
  }
  if (settings.serverFiles.length > 0 && matchesAny(path, settings.serverFiles)) {
    return { place: "server", because: "settings.upstash.serverFiles" };
  }
  if (directives.includes("use client")) return { place: "browser", because: 'the "use client" directive' };
  if (sources.has("client-only")) return { place: "browser", because: 'import "client-only"' };
  if (directives.includes("use server")) return { place: "server", because: 'the "use server" directive' };
  if (sources.has("server-only")) return { place: "server", because: 'import "server-only"' };
  if (isTestPath(path)) return { place: "test", because: "its path" };
  if (SERVER_NAME.test(path)) return { place: "server", because: "its file name" };
  if (CLIENT_NAME.test(path)) return { place: "browser", because: "its file name" };
  if (SVELTE_UNIVERSAL.test(path)) return { place: "browser", because: "its file name: universal load functions run in the browser too" };
  if (sources.has("react-native") || sources.has("expo-router")) {
    return { place: "browser", because: "React Native, where the bundle ships to every device" };
  }
  if (BUILD_PATH.test(path)) return { place: "build", because: "its path" };
  if (isSinglePageApp(file)) return { place: "browser", because: "a Vite app without a server: all of src is bundled" };
  return { place: "unknown", because: "" };
}

/** Frameworks and servers that run part of a Vite project outside the browser. */
const SERVER_PACKAGES =
  /^(?:next|nuxt|astro|express|hono|fastify|koa|elysia|h3|nitro(?:pack)?|vike|vinxi|@sveltejs\/kit|@remix-run\/.*|@react-router\/(?:dev|node|serve)|@solidjs\/start|@tanstack\/(?:react|solid)-start|@builder\.io\/qwik-city|@vercel\/node|@netlify\/functions|@cloudflare\/.*|wrangler|electron|tauri|vite-plugin-ssr|@trpc\/server|tsx|nodemon|ts-node)$/u;

/** A file below `src` of a package that Vite builds into pages only. */
function isSinglePageApp({ path, root, pass, relativePath }: FileModel): boolean {
  if (path === undefined || root === undefined || !/(?:^|\/)src\//u.test(relativePath)) return false;
  const directory = packageRoot(path, root, pass);
  const names = directory === undefined ? [] : (packageJson(directory, pass)?.dependencies ?? []);
  if (directory === undefined || !names.includes("vite") || names.some((name) => SERVER_PACKAGES.test(name))) return false;
  const folder = listDirectory(directory, pass);
  return folder?.entries.has("index.html") === true && !["api", "server", "functions", "netlify"].some((name) => folder.entries.has(name));
}

export function isTestPath(path: string): boolean {
  if (TEST_PATH.test(path)) return true;
  const folder = TEST_FOLDER.exec(path);
  return folder !== null && !ROUTER_FOLDER.test(path.slice(0, folder.index + 1));
}

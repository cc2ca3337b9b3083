import type { ModuleFacts } from "../values/ir.ts";
import { dropsOf, mayBeRouteModule, routeModuleOf, type RouteModule } from "./route-modules.ts";
import type { Settings } from "../../settings.ts";
import { listDirectory, type Pass } from "../../project/disk.ts";
import { packageJson } from "../../project/package-json.ts";
import { packageRoot, within } from "../../project/root.ts";
import { matchesAny } from "../../project/globs.ts";
import { target } from "../values/values.ts";

/** Where a module runs, and what says so. `unknown`: nothing says it. */
export interface Runtime {
  readonly place: "browser" | "server" | "test" | "build" | "unknown";
  /** Words for a message: `the "use client" directive`. */
  readonly because: string;
  /** All of its package does, without a mark of its own. */
  readonly ofPackage?: true;
  /** Exports that the framework takes out of what it sends to browsers. */
  readonly drops?: readonly string[];
}

/** True unless all of a module is for browsers: frameworks leave `loader` and its like, and what they need, to servers. */
export function mayRunOnServers({ place, drops }: Runtime): boolean {
  return place !== "browser" || (drops !== undefined && drops.length > 0);
}

/** What is asked of a module to know where it runs; the file being linted, or another one. */
export interface RuntimeSubject {
  /** Absolute; undefined for text without a file. */
  readonly path: string | undefined;
  /** Relative to the project's root, with forward slashes. */
  readonly relativePath: string;
  readonly root: string | undefined;
  readonly pass: Pass;
  readonly settings: Settings;
  readonly directives: readonly string[];
  /** What it imports statically. */
  readonly sources: ReadonlySet<string>;
  readonly exports: ModuleFacts["exports"];
}

const TEST_PATH =
  /(?:^|\/)(?:__tests__|__mocks__|__fixtures__|\.storybook)\/|\.(?:test|spec|stories|cy|e2e|mock)\.[cm]?[jt]sx?$|(?:^|\/)(?:(?:vitest|jest|playwright)[.-](?:global[.-]?)?set-?up|setupTests)\.[cm]?[jt]sx?$/iu;
/** Folders that may also be a segment of a route: they count only outside a router's folder. */
const TEST_FOLDER = /(?:^|\/)(?:tests?|e2e|cypress|fixtures|stories)\//u;
const ROUTER_FOLDER = /(?:^|\/)(?:app|pages|api|routes|functions)\//u;
const BUILD_PATH = /(?:^|\/)(?:scripts|bin|tools|migrations|seeds?)\/|(?:^|\/)[\w.-]+\.config\.[cm]?[jt]s$|(?:^|\/)(?:seed|migrate)\.[cm]?[jt]s$/u;
const CLIENT_NAME = /\.client\.(?:[cm]?[jt]sx?|vue)$|(?:^|\/)\.client\//u;
const CLIENT_ENTRY = /(?:^|\/)(?:instrumentation-client|hooks\.client|entry\.client|entry-client)\.[jt]sx?$/u;
/** `redis.client.ts`: as often the client of a service as a file for browsers. */
const SERVICE_CLIENT = /(?:redis|upstash|kv|qstash|queue|workflow|vector|search|cache|limit|limiter|ratelimit|kafka|db|database)\.client\.[cm]?[jt]s$/iu;
const SERVER_NAME =
  /\.server\.(?:[cm]?[jt]sx?|vue)$|(?:^|\/)\.server\/|(?:^|\/)\+(?:server|page\.server|layout\.server)\.[jt]s$|\+api\.[jt]sx?$|\.remote\.[jt]s$/u;
const COMPONENT = /\.(?<framework>vue|svelte)$/u;
/** The virtual files into which Astro's ESLint plugin splits the scripts of a page; its frontmatter runs on servers. */
export const ASTRO_SCRIPT = /\.astro[\\/]\d+_\d+\.[jt]s$/u;
/** Variants of a module for devices. */
const NATIVE_NAME = /\.(?:native|ios|android)\.[jt]sx?$/u;
const SVELTE_UNIVERSAL = /(?:^|\/)\+(?:page|layout)\.[jt]s$/u;

/** Decides by directives, marker imports, file names and settings; never by what the code looks like. */
export function runtimeOf(file: RuntimeSubject): Runtime {
  const path = file.relativePath;
  const { settings, directives, sources } = file;
  if (settings.clientFiles.length > 0 && matchesAny(path, settings.clientFiles)) {
    return { place: "browser", because: "settings.upstash.clientFiles" };
  }
  if (settings.serverFiles.length > 0 && matchesAny(path, settings.serverFiles)) {
    return { place: "server", because: "settings.upstash.serverFiles" };
  }
  if (isTestPath(path)) return { place: "test", because: "its path" };
  if (directives.includes("use client")) return { place: "browser", because: 'the "use client" directive' };
  if (sources.has("client-only")) return { place: "browser", because: 'import "client-only"' };
  if (directives.includes("use server")) return { place: "server", because: 'the "use server" directive' };
  if (sources.has("server-only")) return { place: "server", because: 'import "server-only"' };
  if (SERVER_NAME.test(path)) return { place: "server", because: "its file name" };
  if (CLIENT_ENTRY.test(path)) return { place: "browser", because: "its file name" };
  if (CLIENT_NAME.test(path) && meansBrowser(file)) return { place: "browser", because: "its file name" };
  if (SVELTE_UNIVERSAL.test(path)) return svelteUniversal(file);
  const component = COMPONENT.exec(path)?.groups?.["framework"];
  if (component !== undefined) return { place: "browser", because: `a ${component === "vue" ? "Vue" : "Svelte"} component` };
  if (ASTRO_SCRIPT.test(path)) return { place: "browser", because: "a script of an Astro page" };
  if (path.endsWith(".astro")) return { place: "server", because: "the frontmatter of an Astro page" };
  if (sources.has("react-native") || sources.has("expo-router") || NATIVE_NAME.test(path)) return NATIVE;
  const route = mayBeRouteModule(path) ? routeModule(file) : undefined;
  if (route) return route;
  if (BUILD_PATH.test(path)) return { place: "build", because: "its path" };
  return bundledPackage(file) ?? { place: "unknown", because: "" };
}

/** A module that a framework sends to browsers because of where it stands. */
function routeModule(file: RuntimeSubject): Runtime | undefined {
  const module = routeSubject(file);
  const route = module && routeModuleOf(module);
  return route && { place: "browser", because: route.because, drops: route.drops };
}

/** Exports that a framework takes out of the module because of where it stands, whether or not it is a page. */
export function droppedExports(file: RuntimeSubject): readonly string[] {
  const module = mayBeRouteModule(file.relativePath) ? routeSubject(file) : undefined;
  return module ? dropsOf(module) : [];
}

function routeSubject(file: RuntimeSubject): RouteModule | undefined {
  const found = packageOf(file);
  if (!found || file.path === undefined) return undefined;
  const { directory, dependencies } = found;
  return { path: within(directory, file.path), directory, dependencies, exports: file.exports, pass: file.pass };
}

const NATIVE: Runtime = { place: "browser", because: "React Native, where the bundle ships to every device" };

const NATIVE_PACKAGE: Runtime = { ...NATIVE, ofPackage: true };

/** Frameworks in which `.client` in a name keeps a module out of the server's bundle. */
const CLIENT_CONVENTION = /^(?:nuxt|vike|@remix-run\/.*|@react-router\/dev|@tanstack\/(?:react|solid)-start|@analogjs\/.*)$/u;
const PAGES =
  /^(?:react|preact|vue|svelte|solid-js|next|astro|gatsby|@angular\/core|@builder\.io\/qwik|@remix-run\/.*|nuxt|vike|react-native|expo)$/u;

/** `.client` in a name is for browsers where the package makes pages, and the name is not that of a service's client. */
function meansBrowser(file: RuntimeSubject): boolean {
  const names = packageOf(file)?.dependencies;
  if (names?.some((name) => CLIENT_CONVENTION.test(name))) return true;
  if (SERVICE_CLIENT.test(file.relativePath)) return false;
  return !names || names.length === 0 || names.some((name) => PAGES.test(name));
}

/** `export const csr = false` keeps a page's code on the server. */
function svelteUniversal({ exports }: RuntimeSubject): Runtime {
  const csr = exports.get("csr")?.value;
  const value = csr && target(csr);
  if (value?.kind === "literal" && value.value === false) return { place: "server", because: "csr = false" };
  return { place: "browser", because: "its file name: universal load functions run in the browser too" };
}

interface Package {
  readonly directory: string;
  readonly dependencies: readonly string[];
}

const PACKAGES = {};

/** The package that a file stands in; undefined where no package.json is found. */
export function packageOf({ path, root, pass }: Pick<RuntimeSubject, "path" | "root" | "pass">): Package | undefined {
  if (path === undefined || root === undefined) return undefined;
  return pass.memo(PACKAGES, path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"))), () => {
    const directory = packageRoot(path, root, pass);
    const manifest = directory === undefined ? undefined : packageJson(directory, pass);
    return directory === undefined || !manifest ? undefined : { directory, dependencies: manifest.dependencies };
  });
}

/** The range of versions in which the file's package asks for a dependency, as written; undefined: it does not, or no package.json is found. */
export function rangeOf(file: Pick<RuntimeSubject, "path" | "root" | "pass">, name: string): string | undefined {
  const found = packageOf(file);
  return found && packageJson(found.directory, file.pass)?.ranges.get(name);
}

/**
 * The major version of a dependency that the file's package asks for, at least.
 * @returns undefined where it is no dependency, or its range says no number; Infinity for `latest` and its like
 */
export function majorOf(file: Pick<RuntimeSubject, "path" | "root" | "pass">, name: string): number | undefined {
  const range = rangeOf(file, name);
  if (range === undefined) return undefined;
  if (/^(?:latest|canary|next|rc|beta)$/u.test(range)) return Infinity;
  const major = /^[\^~>=v\s]*(\d+)/u.exec(range)?.[1];
  return major === undefined ? undefined : Number(major);
}

/**
 * Whether every version of a dependency that the file's package allows is older than one, so that it lacks what came with that.
 * @param since major and minor version
 * @returns false also where the range is not known, or is no plain one (`*`, `>=1`, `1 || 2`)
 */
export function isBefore(file: Pick<RuntimeSubject, "path" | "root" | "pass">, name: string, since: readonly [major: number, minor: number]): boolean {
  const range = rangeOf(file, name);
  const parts = /^(?<sign>[\^~]?)v?(?<major>\d{1,6})(?:\.(?<minor>\d{1,6}))?(?:\.[\w.-]{1,60})?$/u.exec(range ?? "")?.groups;
  if (!parts) return false;
  const major = Number(parts["major"]);
  // `^1.1` allows 1.2, and `^0.4` no 0.5.
  const isOpen = parts["minor"] === undefined || (parts["sign"] === "^" && major > 0);
  return major < since[0] || (major === since[0] && !isOpen && Number(parts["minor"]) < since[1]);
}

/** Next.js may compile the file with webpack, as far as its version and the package's script tell. */
export function mayUseWebpack(file: Pick<RuntimeSubject, "path" | "root" | "pass">): boolean {
  const found = packageOf(file);
  if (!found?.dependencies.includes("next")) return false;
  const script = packageJson(found.directory, file.pass)?.build ?? "";
  if (/--webpack\b/u.test(script)) return true;
  // Turbopack is what `next build` uses since 16: https://nextjs.org/docs/app/guides/upgrading/version-16#turbopack-by-default
  return !/--turbo(?:pack)?\b/u.test(script) && (majorOf(file, "next") ?? 0) < 16;
}

/** Frameworks and servers that run part of a Vite project outside the browser. */
const SERVER_PACKAGES =
  /^(?:next|nuxt|astro|express|hono|fastify|koa|elysia|h3|nitro(?:pack)?|vike|vinxi|@sveltejs\/kit|@remix-run\/.*|@react-router\/(?:dev|node|serve)|@solidjs\/start|@tanstack\/(?:react|solid)-start|@builder\.io\/qwik-city|@vercel\/node|@netlify\/functions|@cloudflare\/.*|wrangler|electron|tauri|vite-plugin-ssr|@trpc\/server|tsx|nodemon|ts-node)$/u;

/** Folders of code that a package may run beside its pages. */
const SERVER_FOLDER = /(?:^|\/)(?:server|api|functions|netlify|supabase|workers?|backend|convex|amplify)\//u;

/** A file of a package that is bundled as a whole: pages without a server, or an app for devices. */
function bundledPackage(file: RuntimeSubject): Runtime | undefined {
  const found = packageOf(file);
  if (!found || SERVER_FOLDER.test(file.relativePath)) return undefined;
  const bundle = file.pass.memo(BUNDLES, found.directory, () => bundleOf(found, file.pass));
  return bundle === NATIVE_PACKAGE || /(?:^|\/)src\//u.test(file.relativePath) ? bundle : undefined;
}

const BUNDLES = {};

/** What bundles a whole package, or its `src`; undefined: nothing does. */
function bundleOf({ directory, dependencies }: Package, pass: Pass): Runtime | undefined {
  const has = (name: string): boolean => dependencies.includes(name);
  if (dependencies.some((name) => SERVER_PACKAGES.test(name))) return undefined;
  if (has("react-native") || has("expo")) return NATIVE_PACKAGE;
  if (has("react-scripts")) return { place: "browser", because: "a Create React App: all of src is bundled", ofPackage: true };
  const entries = has("vite") ? listDirectory(directory, pass)?.entries : undefined;
  if (!entries?.has("index.html") || ["api", "server", "functions", "netlify"].some((name) => entries.has(name))) return undefined;
  return { place: "browser", because: "a Vite app without a server: all of src is bundled", ofPackage: true };
}

export function isTestPath(path: string): boolean {
  if (TEST_PATH.test(path)) return true;
  const folder = TEST_FOLDER.exec(path);
  return folder !== null && !ROUTER_FOLDER.test(path.slice(0, folder.index + 1));
}

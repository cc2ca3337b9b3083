import { listDirectory, type Pass } from "../../project/disk.ts";

/*
 * Modules that frameworks send to browsers because of where they stand, and what they take out of them first.
 * Sources: Next.js' and Gatsby's Babel plugins, the Vite plugins of React Router and Qwik, TanStack Start's docs.
 */

/** What a module must tell to be looked up here. */
export interface RouteModule {
  /** Relative to its package, with forward slashes. */
  readonly path: string;
  /** Absolute path of the package. */
  readonly directory: string;
  readonly dependencies: readonly string[];
  readonly exports: ReadonlyMap<string, unknown>;
  readonly pass: Pass;
}

interface RouteRow {
  readonly dependency: RegExp;
  readonly path: RegExp;
  readonly except?: RegExp;
  readonly because: string;
  /** Exports that browsers don't get. */
  readonly drops: readonly string[];
  /** One of these exports makes it a page; else anything does. */
  readonly exports?: readonly string[];
}

const SCRIPT = "\\.[jt]sx?$";
const QWIK_HANDLERS = ["onRequest", "onGet", "onPost", "onPut", "onPatch", "onDelete", "onHead", "onOptions", "onStaticGenerate"];

const ROWS: readonly RouteRow[] = [
  {
    dependency: /^next$/u,
    path: /^(?:src\/)?pages\/.+\.[jt]sx?$/u,
    except: /^(?:src\/)?pages\/(?:api\/|_document\.|_middleware\.)|\.d\.ts$/u,
    because: "a page of Next.js",
    drops: ["getServerSideProps", "getStaticProps", "getStaticPaths", "unstable_getServerProps", "unstable_getStaticProps", "unstable_getStaticPaths"],
    exports: ["default"],
  },
  {
    dependency: /^@(?:remix-run|react-router)\/dev$/u,
    path: new RegExp(`^app/(?:routes/.+|root)${SCRIPT}`, "u"),
    because: "a route module of React Router",
    drops: ["loader", "action", "headers", "middleware", "unstable_middleware"],
    exports: ["default", "clientLoader", "clientAction", "ErrorBoundary", "HydrateFallback"],
  },
  {
    dependency: /^gatsby$/u,
    path: new RegExp(`^src/(?:pages|templates)/.+${SCRIPT}`, "u"),
    because: "a page of Gatsby",
    drops: ["getServerData"],
    exports: ["default"],
  },
  {
    dependency: /^(?:@builder\.io\/qwik-city|@qwik\.dev\/router)$/u,
    path: /^src\/routes\/.+\.[jt]sx$/u,
    because: "a route of Qwik City",
    drops: QWIK_HANDLERS,
    exports: ["default"],
  },
  {
    dependency: /^@tanstack\/(?:react|solid)-start$/u,
    path: new RegExp(`^(?:src|app)/routes/.+${SCRIPT}`, "u"),
    because: "a route of TanStack Start, which browsers run too",
    drops: ["ServerRoute"],
    exports: ["Route"],
  },
  {
    dependency: /^@solidjs\/start$/u,
    path: /^src\/routes\/.+\.[jt]sx$/u,
    because: "a page of SolidStart",
    drops: ["GET", "POST", "PUT", "PATCH", "DELETE"],
    exports: ["default"],
  },
  {
    dependency: /^nuxt$/u,
    path: /^(?:app\/|src\/)?(?:composables|plugins|middleware|stores)\/.+\.[jt]s$/u,
    because: "a module of a Nuxt app, which browsers run too",
    drops: [],
  },
];

/** Text test on the path: false where no row can fit. */
export function mayBeRouteModule(path: string): boolean {
  return /(?:^|\/)(?:pages|routes|templates|composables|plugins|middleware|stores)\/|(?:^|\/)app\/root\./u.test(path);
}

/** Why a framework sends the module to browsers; undefined: none does, as far as its place tells. */
export function routeModuleOf(module: RouteModule): { readonly because: string; readonly drops: readonly string[] } | undefined {
  const row = rowOf(module);
  return row?.exports && !row.exports.some((name) => module.exports.has(name)) ? undefined : row;
}

/**
 * Exports that the framework takes out of a module that stands where routes do, before it goes to browsers: as a page, or
 * because another page imports something of it.
 */
export const dropsOf = (module: RouteModule): readonly string[] => rowOf(module)?.drops ?? [];

function rowOf(module: RouteModule): RouteRow | undefined {
  const { path, dependencies } = module;
  const row = ROWS.find(
    (candidate) =>
      candidate.path.test(path) && !candidate.except?.test(path) && dependencies.some((name) => candidate.dependency.test(name)),
  );
  const isElsewhere = row?.because === "a page of Next.js" && path.startsWith("src/pages/") && !hasPagesInSrc(module);
  return isElsewhere ? undefined : row;
}

/** `src/pages` holds pages only where no `app` or `pages` stands beside `src`. */
function hasPagesInSrc({ directory, pass }: RouteModule): boolean {
  const entries = listDirectory(directory, pass)?.entries;
  return !entries?.has("app") && !entries?.has("pages");
}

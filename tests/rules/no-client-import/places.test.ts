import type { ProjectFiles } from "../../helpers/project.ts";
import { syntaxMatrix } from "../../helpers/syntax-matrix.ts";
import { check, fine, LAZY, leads, PAGE, REDIS, sdk, USE_CLIENT, way, type Invalid, type Valid } from "./shared.ts";

const uses = (...names: string[]): ProjectFiles => ({
  "package.json": JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, "*"])) }),
});
const STORE = { "lib/store.ts": `${REDIS}export const load = () => redis.get<string>("a");\n` };
const VISITS = { "lib/visits.ts": LAZY };
const LOAD = 'import { load } from "@/lib/store";\n';
const AT = '"@/lib/store"';
const BODY = "export const read = () => load();\n";
const CHAIN = ["lib/store.ts"];
const COMPONENT = "export default function Page() { return <p onClick={() => load()} />; }\n";

const valid = (name: string, filename: string, code: string, files: ProjectFiles = STORE): Valid => ({ name, filename, code, files });
const invalid = (name: string, filename: string, because: string, imports: string, body: string, files: ProjectFiles = STORE): Invalid =>
  way(name, imports, body, CHAIN, AT, files, { filename, because, marker: false });

const NEXT = "a page of Next.js";
const ROUTER = "a route module of React Router";
const NATIVE = "React Native, where the bundle ships to every device";
const UNIVERSAL = "its file name: universal load functions run in the browser too";
const withRouter = { ...STORE, ...uses("@react-router/dev", "react") };
const withStart = { ...STORE, ...uses("@tanstack/react-start", "react") };

const START = "a route of TanStack Start, which browsers run too";
const ROUTE = (handlers: string): string => `export const Route = createFileRoute("/a")({ server: { handlers: { ${handlers} } } });\n`;

const PROPS = "export async function getServerSideProps() { return { props: { text: await load() } }; }\n";
const LOADER = "export async function loader() { return { text: await load() }; }\n";
const PLAIN = "export default function Page({ text }: { text: string }) { return <p>{text}</p>; }\n";

const CLIENT_ONLY = `import "client-only";\n${LOAD}${BODY}`;

/** Where modules run, and what frameworks take out of them. */
check({
  valid: [
    valid("pages router: getServerSideProps", "pages/index.tsx", LOAD + PROPS + PLAIN),
    valid("pages router: in src", "src/pages/index.tsx", 'import { load } from "../../lib/store";\n' + PROPS + PLAIN),
    valid("pages router: getStaticProps and getStaticPaths share a helper", "pages/[id].tsx", `${LOAD}const all = async () => [await load()];\nexport const getStaticProps = async () => ({ props: { text: await all() } });\nexport const getStaticPaths = async () => ({ paths: await all(), fallback: false });\n${PLAIN}`),
    valid("pages router: a client that is built for getServerSideProps alone", "pages/index.tsx", `import { Redis } from "@upstash/redis";\nconst redis = Redis.fromEnv();\nexport async function getServerSideProps() { return { props: { text: await redis.get("a") } }; }\n${PLAIN}`),
    valid("pages router: getServerSideProps of another module", "pages/index.tsx", `export { getServerSideProps } from "../lib/props";\n${PLAIN}`, { ...STORE, "lib/props.ts": `import { load } from "./store";\n${PROPS}` }),
    valid("pages router: the same, under another name there", "pages/index.tsx", `export { props as getServerSideProps } from "../lib/props";\n${PLAIN}`, { ...STORE, "lib/props.ts": 'import { load } from "./store";\nexport const props = () => load();\n' }),
    valid("pages router: a page of another module, whose getServerSideProps alone makes the client", "pages/index.tsx", 'export { default, getServerSideProps } from "../components/home";\n', { ...VISITS, "components/home.tsx": `import { getVisits } from "../lib/visits";\nexport const getServerSideProps = async () => ({ props: { text: String(await getVisits()) } });\n${PLAIN}` }),
    valid("pages router: an API route", "pages/api/store.ts", `${LOAD}export default async function handler() { return load(); }\n`),
    valid("pages router: the document, which servers render", "pages/_document.tsx", LOAD + COMPONENT),
    valid("a folder that is called pages, beside the app router", "src/pages/home.tsx", 'import { load } from "../../lib/store";\n' + COMPONENT, { ...STORE, "app/page.tsx": "" }),
    valid("a folder that is called pages, without Next.js", "pages/home.tsx", LOAD + COMPONENT, { ...STORE, ...uses("react") }),
    valid("React Router: loader", "app/routes/home.tsx", 'import { load } from "../../lib/store";\n' + LOADER + PLAIN, withRouter),
    valid("React Router: action and headers, and a server module", "app/routes/home.tsx", `import { load } from "../store.server";\nexport const action = async () => load();\nexport const headers = () => ({ "x-a": String(load()) });\n${PLAIN}`, { ...withRouter, "app/store.server.ts": `${REDIS}export const load = () => redis.get<string>("a");\n` }),
    valid("React Router: a resource route, of which browsers get nothing", "app/routes/data.ts", 'import { load } from "../../lib/store";\n' + LOADER, withRouter),
    valid("React Router: a component of a resource route, whose loader goes", "app/routes/home.tsx", `import { Panel } from "./panel";\nexport default function Page() { return <Panel />; }\n`, { ...withRouter, "app/routes/panel.tsx": 'import { load } from "../store.server";\nexport const loader = () => load();\nexport const Panel = () => <p />;\n', "app/store.server.ts": `${REDIS}export const load = () => redis.get<string>("a");\n` }),
    valid("React Router: a component in between that takes one of a resource route", "app/routes/home.tsx", `import { Blank } from "../components/blank";\nexport default function Page() { return <Blank />; }\n`, { ...withRouter, "app/components/blank.tsx": 'import { Panel } from "../routes/panel";\nexport const Blank = () => <Panel />;\n', "app/routes/panel.tsx": 'import { load } from "../../lib/store";\nconst all = async () => [await load()];\nexport const action = () => all();\nexport const Panel = () => <p />;\n' }),
    valid("React Router: types of the loader", "app/routes/home.tsx", `import type { loader } from "./other";\nexport type Data = typeof loader;\n${PLAIN}`, { ...withRouter, "app/routes/other.tsx": 'import { load } from "../../lib/store";\n' + LOADER + PLAIN }),
    valid("SvelteKit: +page.server.ts", "src/routes/+page.server.ts", 'import { load as read } from "../../lib/store";\nexport const load = () => read();\n'),
    valid("SvelteKit: a page without scripts", "src/routes/+page.ts", 'import { load as read } from "../../lib/store";\nexport const csr = false;\nexport const load = () => read();\n'),
    valid("SvelteKit: a remote function", "src/routes/+page.ts", 'import { read } from "../../lib/data.remote";\nexport const load = () => read();\n', { "lib/data.remote.ts": 'import { load } from "./store";\nexport const read = () => load();\n', ...STORE }),
    valid("TanStack Start: a server function", "src/routes/index.tsx", 'import { createServerFn } from "@tanstack/react-start";\nimport { load } from "../../lib/store";\nconst read = createServerFn({ method: "GET" }).handler(async () => (await import("../../lib/store")).load());\nexport const Route = { read };\n', withStart),
    valid("TanStack Start: a module of server functions", "src/routes/index.tsx", 'import { read } from "../functions";\nexport const Route = { read };\n', { ...withStart, "src/functions.ts": 'import { createServerFn } from "@tanstack/react-start";\nimport { getVisits } from "../lib/visits";\nexport const read = createServerFn().handler(() => getVisits());\n', "lib/visits.ts": 'import { Redis } from "@upstash/redis";\nexport const getVisits = () => Redis.fromEnv().get("visits");\n' }),
    valid("TanStack Start: workflows that stand at the top for the handlers of requests alone", "src/routes/api/flow.ts", `import { createFileRoute } from "@tanstack/react-router";\nimport { createWorkflow, serveMany } from "@upstash/workflow/nextjs";\nconst one = createWorkflow(async () => {});\nconst { POST: serve } = serveMany({ one });\n${ROUTE("POST: ({ request }: { request: Request }) => serve(request)")}`, withStart),
    valid("TanStack Start: a helper of the handlers alone", "src/routes/a.ts", `import { createFileRoute } from "@tanstack/react-router";\nimport { load } from "../../lib/store";\nasync function all() { return [await load()]; }\n${ROUTE("GET: async () => Response.json(await all())")}`, withStart),
    valid("TanStack Start: a limiter that a server function alone asks", "src/routes/index.tsx", 'import { createServerFn } from "@tanstack/react-start";\nimport { load } from "../../lib/store";\nconst first = load();\nconst read = createServerFn().handler(() => first);\nexport const Route = { read };\n', withStart),
    valid("TanStack Start: a helper of the handlers in another route", "src/routes/index.tsx", 'import { Panel } from "./a";\nexport const Route = { component: Panel };\n', { ...withStart, "src/routes/a.tsx": `import { createFileRoute } from "@tanstack/react-router";\nimport { load } from "../../lib/store";\nconst all = async () => [await load()];\nexport const Panel = () => "a";\n${ROUTE("GET: () => all()")}` }),
    valid("Expo: an API route", "app/data+api.ts", 'import { load } from "../lib/store";\nexport const GET = () => load();\n', { ...STORE, ...uses("expo", "react-native") }),
    valid("Nuxt: a server route", "server/api/data.ts", 'import { load } from "../../lib/store";\nexport default () => load();\n', { ...STORE, ...uses("nuxt") }),
    valid("an Express route of that name", "routes/data.ts", 'import { load } from "../lib/store";\nexport default () => load();\n', { ...STORE, ...uses("express") }),
  ],
  invalid: [
    invalid("pages router: a component", "pages/index.tsx", NEXT, LOAD, COMPONENT),
    invalid("pages router: getServerSideProps and the component", "pages/index.tsx", NEXT, LOAD, PROPS + COMPONENT),
    invalid("pages router: getInitialProps, which browsers run too", "pages/index.tsx", NEXT, LOAD, "export default function Page() { return <p />; }\nPage.getInitialProps = () => load();\n"),
    invalid("pages router: another export", "pages/index.tsx", NEXT, LOAD, `${PROPS}export const read = () => load();\n${PLAIN}`),
    way("pages router: a page of another module, which loads the client", "", 'export { default, getServerSideProps } from "../components/home";\n', ["components/home.tsx", "lib/store.ts"], '"../components/home"', { ...STORE, "components/home.tsx": `import { load } from "../lib/store";\n${PROPS}${PLAIN}` }, { filename: "pages/index.tsx", because: NEXT, marker: false }),
    way("pages router: a page of another module, whose component makes the client", "", 'export { default, getServerSideProps } from "../components/home";\n', ["components/home.tsx", "lib/visits.ts"], '"../components/home"', { ...VISITS, "components/home.tsx": `import { getVisits } from "../lib/visits";\nexport const getServerSideProps = async () => ({ props: {} });\nexport default function Page() { return <p onClick={() => getVisits()} />; }\n` }, { filename: "pages/index.tsx", because: NEXT, marker: false }),
    way("pages router: getServerSideProps of another module, under a name that stays", "", `export { getServerSideProps as load } from "../lib/props";\n${PLAIN}`, ["lib/props.ts", "lib/visits.ts"], '"../lib/props"', { ...VISITS, "lib/props.ts": 'import { getVisits } from "./visits";\nexport const getServerSideProps = () => getVisits();\n' }, { filename: "pages/index.tsx", because: NEXT, marker: false }),
    invalid("pages router: the app", "pages/_app.tsx", NEXT, LOAD, COMPONENT),
    way("React Router: the component", 'import { load } from "../../lib/store";\n', LOADER + COMPONENT, CHAIN, '"../../lib/store"', withRouter, { filename: "app/routes/home.tsx", because: ROUTER, marker: false }),
    way("React Router: a component of a resource route that uses it as well", 'import { Panel } from "./panel";\n', "export default function Page() { return <Panel />; }\n", ["app/routes/panel.tsx", "lib/store.ts"], '"./panel"', { ...withRouter, "app/routes/panel.tsx": 'import { load } from "../../lib/store";\nexport const loader = () => load();\nexport const Panel = () => <p onClick={() => load()} />;\n' }, { filename: "app/routes/home.tsx", because: ROUTER, marker: false }),
    way("React Router: clientLoader", 'import { load } from "../../lib/store";\n', `export const clientLoader = () => load();\n${PLAIN}`, CHAIN, '"../../lib/store"', withRouter, { filename: "app/routes/home.tsx", because: ROUTER, marker: false }),
    way("React Router: the root", 'import { load } from "../lib/store";\n', COMPONENT, CHAIN, '"../lib/store"', withRouter, { filename: "app/root.tsx", because: ROUTER, marker: false }),
    {
      name: "client-only",
      filename: "lib/widget.ts",
      code: CLIENT_ONLY,
      files: STORE,
      errors: [leads("lib/widget.ts", CLIENT_ONLY, CHAIN, { at: AT, because: 'import "client-only"', marker: 'import "client-only";\n' })],
      typecheck: false,
      reason: "client-only has no types",
    },
    way(".client.ts", LOAD, BODY, CHAIN, AT, STORE, { filename: "app/cart.client.ts", because: "its file name", marker: false }),
    way("settings", LOAD, BODY, CHAIN, AT, STORE, { filename: "embed/a.ts", because: "settings.upstash.clientFiles", marker: false, settings: { clientFiles: ["embed/**"] } }),
    way("SvelteKit: a universal load function", 'import { load as read } from "../../lib/store";\n', "export const load = () => read();\n", CHAIN, '"../../lib/store"', STORE, { filename: "src/routes/+page.ts", because: UNIVERSAL, marker: false }),
    way("React Native, by an import", `import { View } from "react-native";\n${LOAD}`, "export const Home = () => <View onTouch={() => load()} />;\n", CHAIN, AT, STORE, { filename: "screens/home.tsx", because: NATIVE, marker: false }),
    way("React Native, by the name", LOAD, BODY, CHAIN, AT, STORE, { filename: "screens/home.native.ts", because: NATIVE, marker: false }),
    way("Expo, by the package: also the module that builds the client runs there", LOAD, BODY, CHAIN, AT, { ...STORE, ...uses("expo", "react-native") }, { filename: "screens/home.ts", because: NATIVE, marker: false }),
    way("a Vite app: only the module next to the client", 'import { load } from "./store";\n', BODY, ["src/store.ts"], '"./store"', { ...uses("vite", "react"), "index.html": "", "src/store.ts": STORE["lib/store.ts"] }, { filename: "src/home.ts", because: "a Vite app without a server: all of src is bundled", marker: false }),
    way("a Vue component", LOAD, BODY, CHAIN, AT, STORE, { filename: "components/Cart.vue", because: "a Vue component", marker: false }),
    way("a Svelte component", LOAD, BODY, CHAIN, AT, STORE, { filename: "components/Cart.svelte", because: "a Svelte component", marker: false }),
    way("a script of an Astro page", LOAD, BODY, CHAIN, AT, { ...STORE, ...uses("astro") }, { filename: "src/pages/index.astro/0_0.ts", because: "a script of an Astro page", marker: false }),
    way("Nuxt: a composable", 'import { load } from "../lib/store";\n', BODY, CHAIN, '"../lib/store"', { ...STORE, ...uses("nuxt") }, { filename: "composables/useCart.ts", because: "a module of a Nuxt app, which browsers run too", marker: false }),
    way("Gatsby: a page", 'import { load } from "../../lib/store";\n', COMPONENT, CHAIN, '"../../lib/store"', { ...STORE, ...uses("gatsby") }, { filename: "src/pages/index.tsx", because: "a page of Gatsby", marker: false }),
    way("TanStack Start: a loader, which browsers run too", 'import { load } from "../../lib/store";\n', "export const Route = { loader: () => load() };\n", CHAIN, '"../../lib/store"', withStart, { filename: "src/routes/index.tsx", because: START, marker: false }),
    way("TanStack Start: a helper of the handlers that the loader calls too", 'import { createFileRoute } from "@tanstack/react-router";\nimport { load } from "../../lib/store";\n', `const all = async () => [await load()];\nexport const Route = createFileRoute("/a")({ loader: () => all(), server: { handlers: { GET: async () => Response.json(await all()) } } });\n`, CHAIN, '"../../lib/store"', withStart, { filename: "src/routes/a.ts", because: START, marker: false, typecheck: false, reason: "the package is not installed" }),
    way("TanStack Start: a helper of the handlers that others may import", 'import { createFileRoute } from "@tanstack/react-router";\nimport { load } from "../../lib/store";\n', `export const all = async () => [await load()];\n${ROUTE("GET: async () => Response.json(await all())")}`, CHAIN, '"../../lib/store"', withStart, { filename: "src/routes/a.ts", because: START, marker: false, typecheck: false, reason: "the package is not installed" }),
    way("TanStack Start: what a statement does beside the handlers", 'import { createFileRoute } from "@tanstack/react-router";\nimport { load } from "../../lib/store";\n', `const all = async () => [await load()];\nvoid all();\n${ROUTE("GET: async () => Response.json(await all())")}`, CHAIN, '"../../lib/store"', withStart, { filename: "src/routes/a.ts", because: START, marker: false, typecheck: false, reason: "the package is not installed" }),
    way("SolidStart: a page", 'import { load } from "../../lib/store";\n', COMPONENT, CHAIN, '"../../lib/store"', { ...STORE, ...uses("@solidjs/start") }, { filename: "src/routes/index.tsx", because: "a page of SolidStart", marker: false }),
  ],
});

const takes = (name: string, source: string, code: string, more: Partial<Invalid> = {}): Invalid =>
  ({ name, filename: PAGE, code: USE_CLIENT + code, ...more, errors: [sdk(USE_CLIENT + code, source)] }) as Invalid;
const NO_TYPES = { typecheck: false, reason: "the package is not installed" } as const;

/** SDKs that are for servers, and those that browsers may have. */
check({
  valid: [
    fine("a type of a server SDK", 'import type { Client } from "@upstash/qstash";\nexport type Queue = Client;\n', {}),
    fine("a type among types", 'import { type Client } from "@upstash/qstash";\nexport type Queue = Client;\n', {}),
    fine("a class that is used as a type, which TypeScript drops by itself", 'import { Client } from "@upstash/qstash";\nexport type Queue = Client;\n', {}),
    fine("the client of realtime", 'import { createRealtime } from "@upstash/realtime/client";\nexport const { useRealtime } = createRealtime();\n', {}),
    fine("the search bar", 'import { SearchBar } from "@upstash/search-ui";\nexport const Bar = () => <SearchBar />;\n', {}),
    fine("Redis, which has a read-only token", 'import { Redis } from "@upstash/redis";\nexport const make = (url: string, token: string) => new Redis({ url, token });\n', {}),
    fine("Vector", 'import { Index } from "@upstash/vector";\nexport const index = new Index();\n', {}),
    fine("a factory of Vercel KV, which takes a read-only token", 'import { createClient } from "@vercel/kv";\nexport const make = (url: string, token: string) => createClient({ url, token });\n', {}),
    fine("a server SDK on the server only", 'export async function load() {\n  if (typeof window !== "undefined") return undefined;\n  const { Client } = await import("@upstash/qstash");\n  return new Client();\n}\n', {}),
    fine("somebody else's package", 'import { Client } from "@notionhq/client";\nexport const client = new Client();\n', {}),
    { name: "a server module", filename: "lib/queue.ts", code: 'import { Client } from "@upstash/qstash";\nexport const client = new Client();\n' },
    { name: "pages router: getServerSideProps", filename: "pages/index.tsx", code: `import { Client } from "@upstash/qstash";\nexport async function getServerSideProps() { new Client(); return { props: {} }; }\n${PLAIN}` },
  ],
  invalid: [
    takes("QStash", "@upstash/qstash", 'import { Client } from "@upstash/qstash";\nexport const client = new Client({ token: "" });\n'),
    takes("Ratelimit", "@upstash/ratelimit", 'import { Ratelimit } from "@upstash/ratelimit";\nexport const limiter = Ratelimit.slidingWindow(1, "1 s");\n'),
    takes("a namespace", "@upstash/qstash", 'import * as qstash from "@upstash/qstash";\nexport const client = new qstash.Client({ token: "" });\n'),
    takes("an entry point", "@upstash/workflow/nextjs", 'import { serve } from "@upstash/workflow/nextjs";\nexport const { POST } = serve(async () => {});\n', NO_TYPES),
    takes("the ready-made client of Vercel KV", "@vercel/kv", 'import { kv } from "@vercel/kv";\nexport const load = () => kv.get("a");\n'),
    takes("a lock", "@upstash/lock", 'import { Lock } from "@upstash/lock";\nexport const make = () => new Lock({ id: "a" });\n', NO_TYPES),
    takes("realtime, of which this is the server's part", "@upstash/realtime", 'import { Realtime } from "@upstash/realtime";\nexport const realtime = new Realtime({});\n', NO_TYPES),
    takes("a box", "@upstash/box", 'import { Box } from "@upstash/box";\nexport const make = () => Box.create();\n', NO_TYPES),
    takes("a re-export", "@upstash/qstash", 'export { Client } from "@upstash/qstash";\n'),
    takes("a dynamic import", "@upstash/qstash", 'export const load = () => import("@upstash/qstash");\n'),
    {
      name: "React Native: no directive that could go",
      filename: "screens/home.tsx",
      code: 'import { View } from "react-native";\nimport { Client } from "@upstash/qstash";\nexport const client = [View, new Client({ token: "" })];\n',
      errors: [sdk('import { View } from "react-native";\nimport { Client } from "@upstash/qstash";\nexport const client = [View, new Client({ token: "" })];\n', "@upstash/qstash", { because: NATIVE, marker: false })],
    },
  ],
});

const VERBATIM = { "tsconfig.json": JSON.stringify({ compilerOptions: { lib: ["ES2023", "DOM"], module: "ESNext", moduleResolution: "bundler", jsx: "preserve", strict: true, verbatimModuleSyntax: true, paths: { "@/*": ["./*"] } } }) };
const typesOnly = 'import { redis } from "@/lib/store";\nexport type Store = typeof redis;\n';
const mixed = 'import { Client, type Receiver } from "@upstash/qstash";\nexport type Both = Client | Receiver;\n';
const fixed = (name: string, code: string, output: string, error: Invalid["errors"][number], files: ProjectFiles): Invalid => ({
  name, filename: PAGE, code: USE_CLIENT + code, output: USE_CLIENT + output, files, errors: [{ ...error, suggestions: [] }],
});

/** Where the compiler keeps imports as they are written, those that are for types have to say so. */
const builtBy = (version: string, build: string): ProjectFiles => ({
  "package.json": JSON.stringify({ scripts: { build }, dependencies: { "@upstash/redis": "*", next: version, react: "*" } }),
});
check({
  valid: [
    fine("webpack drops it all the same", typesOnly, { ...STORE, ...VERBATIM, ...builtBy("^15.2.3", "next build") }),
    fine("a version that a workspace's catalogue holds", typesOnly, { ...STORE, ...VERBATIM, ...builtBy("catalog:", "next build") }),
    fine("webpack, asked for", typesOnly, { ...STORE, ...VERBATIM, ...builtBy("16.4.5", "next build --webpack") }),
    fine("the import says so", 'import type { redis } from "@/lib/store";\nexport type Store = typeof redis;\n', { ...STORE, ...VERBATIM }),
  ],
  invalid: [
    fixed("Turbopack keeps it", typesOnly, typesOnly.replace("import {", "import type {"), leads(PAGE, USE_CLIENT + typesOnly, CHAIN, { at: AT }), { ...STORE, ...VERBATIM, ...builtBy("^16.0.0", "next build") }),
    fixed("Turbopack, asked for, whatever the version", typesOnly, typesOnly.replace("import {", "import type {"), leads(PAGE, USE_CLIENT + typesOnly, CHAIN, { at: AT }), { ...STORE, ...VERBATIM, ...builtBy("catalog:", "next build --turbo") }),
    fixed("Turbopack, asked for", typesOnly, typesOnly.replace("import {", "import type {"), leads(PAGE, USE_CLIENT + typesOnly, CHAIN, { at: AT }), { ...STORE, ...VERBATIM, ...builtBy("15.5.0", "next build --turbopack") }),
    fixed("a module that builds a client", typesOnly, typesOnly.replace("import {", "import type {"), leads(PAGE, USE_CLIENT + typesOnly, CHAIN, { at: AT }), { ...STORE, ...VERBATIM }),
    fixed("a server SDK, with a type among the names", mixed, 'import type { Client, Receiver } from "@upstash/qstash";\nexport type Both = Client | Receiver;\n', sdk(USE_CLIENT + mixed, "@upstash/qstash"), VERBATIM),
  ],
});

/** However the client of another module comes in. */
check({
  valid: [],
  invalid: syntaxMatrix
    .client((imports, expr) => `${USE_CLIENT}${imports}\nexport const read = async () => { await ${expr}.get("a"); };\n`)
    .filter(({ name }) => /^(?:own module|barrel), /u.test(name))
    .map((form): Invalid => {
      // What a barrel leads to is written before it.
      const chain = Object.keys(form.files ?? {}).toReversed();
      const source = /(?:from|import\(|require\()\s*(?<source>"[^"]+")/u.exec(form.code)?.groups?.["source"] ?? "";
      return { ...form, filename: PAGE, errors: [leads(PAGE, form.code, chain, { at: source })] };
    }),
});

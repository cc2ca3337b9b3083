import { check, COMPONENT, env, READ_ONLY, REDIS, TOKEN, USE_CLIENT, type Invalid, type Valid } from "./shared.ts";

const NAME = "UPSTASH_REDIS_REST_TOKEN";
const READ = `export const token = ${TOKEN};\n`;

const PAGE = "export default function Page() { return <p />; }\n";
const PROPS = `export async function getServerSideProps() {\n  return { props: { size: ${TOKEN}?.length } };\n}\n`;

const packageOf = (...names: string[]): { "package.json": string } => ({
  "package.json": JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, "*"])) }),
});

const fine = (name: string, filename: string, code: string, more: Partial<Valid> = {}): Valid => ({ name, filename, code, ...more });

/** A module that something else than its directive says to run in the browser. */
const told = (name: string, filename: string, because: string, prefix: string, more: Partial<Valid> = {}, code = READ): Invalid => {
  const readOnly = `${prefix}UPSTASH_REDIS_REST_READ_ONLY_TOKEN`;
  return {
    name,
    filename,
    code,
    ...more,
    errors: [env(code, NAME, { at: TOKEN, because, marker: false, readOnly: { name: readOnly, by: `process.env.${readOnly}` } })],
  };
};

const BY_NAME = "its file name";
const UNIVERSAL = "its file name: universal load functions run in the browser too";
const NATIVE = "React Native, where the bundle ships to every device";
const VITE = "a Vite app without a server: all of src is bundled";

const guarded = (name: string, code: string, more: Partial<Valid> = {}): Valid => ({
  name,
  filename: COMPONENT,
  code: `${USE_CLIENT}${code}`,
  ...more,
});

const open = (name: string, code: string): Invalid => {
  const whole = `${USE_CLIENT}${code}`;
  return {
    name,
    filename: COMPONENT,
    code: whole,
    errors: [env(whole, NAME, { at: TOKEN, readOnly: { by: `process.env.${READ_ONLY}` } })],
  };
};

/** Which modules run in the browser. */
check({
  valid: [
    fine("a directive that is not first is none", COMPONENT, `import "./style.css";\n"use client";\n${READ}`),
    fine("a comment is no directive", COMPONENT, `// "use client"\n${READ}`),
    fine("server-only", "lib/token.ts", `import "server-only";\n${READ}`),
    fine("SvelteKit: a server load function", "src/routes/+page.server.ts", READ),
    fine("SvelteKit: a page that the browser gets no code of", "src/routes/+page.ts", `export const csr = false;\n${READ}`),
    fine("React Router: .server", "app/token.server.ts", READ, { files: packageOf("@react-router/dev", "react") }),
    fine("redis.client.ts is the client of Redis", "src/redis.client.ts", `${REDIS}export const redis = Redis.fromEnv();\n`),
    fine("email.client.ts of a package without pages", "src/email.client.ts", READ, { files: packageOf("@nestjs/core") }),
    fine("a test, whatever its directive", "components/widget.test.tsx", `${USE_CLIENT}${READ}`),
    fine("a story", "components/widget.stories.tsx", `${USE_CLIENT}${READ}`),
    fine("Expo: an API route", "app/data+api.ts", READ, { files: packageOf("expo", "react-native") }),
    fine("Expo: the app's config", "app.config.ts", READ, { files: packageOf("expo", "react-native") }),
    fine("React Native beside a server in one package", "server/token.ts", READ, { files: packageOf("react-native", "express") }),
    fine("Vite: a server in a folder of the package", "src/server/token.ts", READ, { files: { ...packageOf("vite"), "index.html": "" } }),
    fine("Vite with a framework that has a server", "src/token.ts", READ, { files: { ...packageOf("vite", "hono"), "index.html": "" } }),
    fine("the frontmatter of an Astro page", "src/pages/index.astro", READ),
    fine("pages router: getServerSideProps", "pages/index.tsx", PROPS + PAGE),
    fine("pages router: a token that is read for getStaticProps alone", "pages/index.tsx", `const token = ${TOKEN};\nexport const getStaticProps = () => ({ props: { size: token?.length } });\n${PAGE}`),
    fine("pages router: an API route", "pages/api/a.ts", READ),
    fine("pages router: a module without a page", "pages/config.ts", READ),
    fine("React Router: a loader", "app/routes/home.tsx", `export const loader = () => ({ size: ${TOKEN}?.length });\n${PAGE}`, { files: packageOf("@react-router/dev", "react") }),
    fine("TanStack Start: a server function", "src/routes/index.tsx", `import { createServerFn } from "@tanstack/react-start";\nexport const read = createServerFn().handler(() => ${TOKEN}?.length);\nexport const Route = { read };\n`, { files: packageOf("@tanstack/react-start") }),
    fine("TanStack Start: a handler of requests", "src/routes/a.ts", `import { createFileRoute } from "@tanstack/react-router";\nexport const Route = createFileRoute("/a")({ server: { handlers: { GET: () => Response.json(${TOKEN}?.length) } } });\n`, { files: packageOf("@tanstack/react-start") }),
    fine("Qwik City: a loader", "src/routes/index.tsx", `import { routeLoader$ } from "@builder.io/qwik-city";\nexport const useSize = routeLoader$(() => ${TOKEN}?.length);\n${PAGE}`, { files: packageOf("@builder.io/qwik-city") }),
    fine("Nuxt: a server plugin", "server/plugins/a.ts", READ, { files: packageOf("nuxt") }),
    fine("a Vue component that renders on the server only", "components/Token.server.vue", READ),
    fine("settings say server", "components/token.ts", `${USE_CLIENT}${READ}`, { settings: { serverFiles: ["components/**"] } }),
    fine("nothing says where a module runs", "lib/token.ts", READ),
  ],
  invalid: [
    told("settings say browser, and no marker can be taken away", "embed/token.ts", "settings.upstash.clientFiles", "NEXT_PUBLIC_", { settings: { clientFiles: ["embed/**"] } }),
    told(".client.ts", "app/cart.client.ts", BY_NAME, "NEXT_PUBLIC_"),
    told("Remix: also redis.client.ts", "app/redis.client.ts", BY_NAME, "VITE_", { files: packageOf("@remix-run/react", "vite") }),
    told("Next.js: instrumentation-client.ts", "instrumentation-client.ts", BY_NAME, "NEXT_PUBLIC_"),
    told("SvelteKit: hooks.client.ts", "src/hooks.client.ts", BY_NAME, "VITE_", { files: packageOf("@sveltejs/kit", "vite") }),
    told("SvelteKit: +page.ts", "src/routes/+page.ts", UNIVERSAL, "VITE_", { files: packageOf("@sveltejs/kit", "vite") }),
    told("SvelteKit: +layout.js", "src/routes/+layout.js", UNIVERSAL, "VITE_", { files: packageOf("@sveltejs/kit", "vite") }),
    told("React Native, by an import", "screens/home.tsx", NATIVE, "EXPO_PUBLIC_", {}, `import { View } from "react-native";\nexport const Home = () => <View id={${TOKEN}} />;\n`),
    told("React Native, by the package", "lib/token.ts", NATIVE, "EXPO_PUBLIC_", { files: packageOf("expo", "react-native") }),
    told("a Vite app", "src/token.ts", VITE, "VITE_", { files: { ...packageOf("vite", "react"), "index.html": "" } }),
    told("Create React App", "src/token.ts", "a Create React App: all of src is bundled", "REACT_APP_", { files: packageOf("react-scripts", "react") }),
    told("React Native, by the file's name", "lib/token.ios.ts", NATIVE, "NEXT_PUBLIC_"),
    told("pages router: a page", "pages/index.tsx", "a page of Next.js", "NEXT_PUBLIC_", {}, READ + PAGE),
    told("pages router: what getServerSideProps and the page share", "pages/index.tsx", "a page of Next.js", "NEXT_PUBLIC_", {}, `const read = () => ${TOKEN};\nexport const getServerSideProps = () => ({ props: { size: read()?.length } });\nexport default function Page() { return <p>{read()}</p>; }\n`),
    told("React Router: a component", "app/routes/home.tsx", "a route module of React Router", "NEXT_PUBLIC_", { files: packageOf("@react-router/dev", "react") }, READ + PAGE),
    told("TanStack Start: a loader", "src/routes/index.tsx", "a route of TanStack Start, which browsers run too", "NEXT_PUBLIC_", { files: packageOf("@tanstack/react-start") }, `export const Route = { loader: () => ${TOKEN} };\n`),
    told("Nuxt: a composable", "app/composables/useToken.ts", "a module of a Nuxt app, which browsers run too", "NEXT_PUBLIC_", { files: packageOf("nuxt") }),
    told("a Vue component", "components/Token.vue", "a Vue component", "NEXT_PUBLIC_"),
    told("a script of an Astro page", "src/pages/index.astro/0_0.ts", "a script of an Astro page", "PUBLIC_", { files: packageOf("astro") }),
    {
      name: "client-only",
      filename: "lib/token.ts",
      code: `import "client-only";\n${READ}`,
      errors: [
        env(`import "client-only";\n${READ}`, NAME, {
          at: TOKEN,
          because: 'import "client-only"',
          readOnly: { by: `process.env.${READ_ONLY}` },
          marker: 'import "client-only";',
        }),
      ],
    },
    {
      name: "a directive and client-only: both go",
      filename: COMPONENT,
      code: `"use client";import "client-only";\n${READ}`,
      errors: [
        env(`"use client";import "client-only";\n${READ}`, NAME, {
          at: TOKEN,
          readOnly: { by: `process.env.${READ_ONLY}` },
          marker: '"use client";import "client-only";',
        }),
      ],
    },
    {
      name: "SvelteKit: a private variable in a universal load function",
      filename: "src/routes/+page.ts",
      code: `import { ${NAME} } from "$env/static/private";\nexport const load = () => ({ token: ${NAME} });\n`,
      errors: [
        env(`import { ${NAME} } from "$env/static/private";\nexport const load = () => ({ token: ${NAME} });\n`, NAME, {
          at: `{ «${NAME}» } from`,
          because: UNIVERSAL,
          mayBeReadOnly: true,
          marker: false,
        }),
      ],
    },
    {
      name: "SvelteKit: the private environment in a universal load function",
      filename: "src/routes/+page.ts",
      code: `import { env } from "$env/dynamic/private";\nexport const load = () => ({ token: env.${NAME} });\n`,
      errors: [
        env(`import { env } from "$env/dynamic/private";\nexport const load = () => ({ token: env.${NAME} });\n`, NAME, {
          at: `env.${NAME}`,
          because: UNIVERSAL,
          mayBeReadOnly: true,
          marker: false,
        }),
      ],
    },
  ],
});

const IS_SERVER = { "lib/side.ts": 'export const isServer = typeof window === "undefined";\n' };

/** Server-only branches of modules that run on both sides. */
check({
  valid: [
    guarded("typeof window in a ternary", `export const token = typeof window === "undefined" ? ${TOKEN} : undefined;\n`),
    guarded("the other way round", `export const token = "undefined" != typeof document ? undefined : ${TOKEN};\n`),
    guarded("typeof window of another kind", `export const token = typeof window === "object" ? undefined : ${TOKEN};\n`),
    guarded("globalThis.window", `export const token = globalThis.window === undefined ? ${TOKEN} : undefined;\n`),
    guarded("in globalThis", `export const token = "window" in globalThis ? undefined : ${TOKEN};\n`),
    guarded("a named test", `const isBrowser = typeof window !== "undefined";\nexport const token = !isBrowser && ${TOKEN};\n`),
    guarded("a test in a function", `const isServer = () => typeof window === "undefined";\nexport const token = isServer() ? ${TOKEN} : undefined;\n`),
    guarded("a test of another module", `import { isServer } from "@/lib/side";\nexport const token = isServer ? ${TOKEN} : undefined;\n`, { files: IS_SERVER }),
    guarded("a test of a package", `import { isServer } from "@tanstack/react-query";\nexport const token = isServer ? ${TOKEN} : undefined;\n`),
    guarded("import.meta.env.SSR", `export const token = import.meta.env.SSR === true ? ${TOKEN} : undefined;\n`),
    guarded("import.meta.server", `export const token = import.meta.server ? ${TOKEN} : undefined;\n`),
    guarded("behind || of the opposite", `export const isSet = typeof window !== "undefined" || ${TOKEN} === "";\n`),
    guarded("with a further condition", `export const load = (on: boolean) => (typeof window === "undefined" && on ? ${TOKEN} : undefined);\n`),
    guarded("browsers return first", `export function load(off: boolean) {\n  if (typeof window !== "undefined" || off) return undefined;\n  return ${TOKEN};\n}\n`),
    guarded("all but servers return first", `export function load() {\n  if (typeof window === "undefined") {\n    console.log("server");\n  } else {\n    return undefined;\n  }\n  return ${TOKEN};\n}\n`),
    guarded("browsers throw when the module loads", `if (typeof window !== "undefined") throw new Error("server only");\nexport const token = ${TOKEN};\n`),
    guarded("in a case of a switch", `export function load(kind: string) {\n  switch (kind) {\n    case "token":\n      if (typeof window !== "undefined") return undefined;\n      return ${TOKEN};\n    default:\n      return undefined;\n  }\n}\n`),
    guarded("destructured there", `export function load() {\n  if (typeof window === "undefined") {\n    const { ${NAME}: token } = process.env;\n    return token;\n  }\n  return undefined;\n}\n`),
    guarded("a client that is built there", `${REDIS}export const redis = typeof window === "undefined" ? Redis.fromEnv() : undefined;\n`),
    guarded("a token that is there on the server only", `${REDIS}export const redis = new Redis({ url: "https://example.upstash.io", token: typeof window === "undefined" ? ${TOKEN} : "" });\n`),
    guarded("a module that is imported there", 'export async function load() {\n  if (typeof window !== "undefined") return undefined;\n  const { kv } = await import("@vercel/kv");\n  return kv.get("a");\n}\n'),
    guarded("a server function", `export const act = async () => {\n  "use server";\n  return fetch("https://example.com", { headers: { authorization: ${TOKEN}! } });\n};\n`),
    fine("SvelteKit: browser of $app/environment", "src/routes/+page.ts", `import { browser } from "$app/environment";\nexport const load = () => (browser ? {} : { size: ${TOKEN}?.length });\n`),
  ],
  invalid: [
    open("the branch for browsers", `export const token = typeof window !== "undefined" ? ${TOKEN} : undefined;\n`),
    open("a window of the file's own", `const window: unknown = undefined;\nexport const token = typeof window === "undefined" ? ${TOKEN} : undefined;\n`),
    open("a name that only sounds so", `const isServer = true;\nexport const token = isServer ? ${TOKEN} : undefined;\n`),
    open("a test that is overwritten", `let isServer = typeof window === "undefined";\nisServer = true;\nexport const token = isServer ? ${TOKEN} : undefined;\n`),
    open("a variable that is called SSR", `export const token = process.env.SSR ? ${TOKEN} : undefined;\n`),
    open("development is no server", `export const token = process.env.NODE_ENV === "development" ? ${TOKEN} : undefined;\n`),
    open("or something else", `export const load = (on: boolean) => (typeof window === "undefined" || on ? ${TOKEN} : undefined);\n`),
    open("behind || of the server", `export const isSet = typeof window === "undefined" || ${TOKEN} === "";\n`),
    open("only some browsers return first", `export function load(off: boolean) {\n  if (typeof window !== "undefined" && off) return undefined;\n  return ${TOKEN};\n}\n`),
    open("browsers are told, and go on", `export function load() {\n  if (typeof window !== "undefined") console.log("browser");\n  return ${TOKEN};\n}\n`),
    open("another function's return", `export function other() {\n  if (typeof window !== "undefined") return;\n  console.log("server");\n}\n${READ}`),
    open("a function that is called before the return", `export function load() {\n  if (typeof window !== "undefined") {\n    return token();\n  }\n  return undefined;\n  function token() {\n    return ${TOKEN};\n  }\n}\n`),
    open("finally runs whoever has returned", `export function load() {\n  try {\n    if (typeof window !== "undefined") return;\n  } finally {\n    console.log(${TOKEN});\n  }\n}\n`),
    open("a test that nothing knows", `import { isServer } from "@/lib/nowhere";\nexport const token = isServer ? ${TOKEN} : undefined;\n`),
  ],
});

import type { ProjectFiles } from "../helpers/project.ts";

/** A small app. Its entry is `src/main.ts`, which runs in the browser; `main` is its text behind the directive. */
export interface Variant {
  readonly name: string;
  readonly main: string;
  readonly files?: ProjectFiles;
  /** Where the entry stands, if not in `src/main.ts`. */
  readonly entry?: string;
  /** What is in the bundle and what is reported differ, for the reason in docs/limitations.md under this heading. */
  readonly differs?: string;
}

/** What `process.env` and `.env` files give the app; no scanner takes it for a real one. */
export const SENTINEL = "sentinel-of-a-secret";

const SECRET = "process.env.UPSTASH_REDIS_REST_TOKEN";
const make = (token: string): string => `new Redis({ url: "https://example.upstash.io", token: ${token}! })`;
const IMPORT = 'import { Redis } from "@upstash/redis";\n';
/** Builds a client when it loads. */
const EAGER = `${IMPORT}export const redis = ${make(SECRET)};\nexport const KEY = "key";\nexport interface Row { id: string }\n`;
/** Builds one when a function is called. */
const LAZY = `${IMPORT}export const visits = () => ${make(SECRET)}.get("visits");\nexport const KEY = "key";\n`;
const eager: ProjectFiles = { "lib/redis.ts": EAGER };
const lazy: ProjectFiles = { "lib/visits.ts": LAZY };
const barrel = (sideEffects?: false | readonly string[]): ProjectFiles => ({
  ...eager,
  "lib/index.ts": 'export * from "./redis";\nexport { label } from "./label";\n',
  "lib/label.ts": 'export const label = "label";\n',
  "package.json": packageJson(sideEffects),
});

function packageJson(sideEffects?: false | readonly string[]): string {
  return JSON.stringify({ type: "module", dependencies: { "@upstash/redis": "*", vite: "*", hono: "*" }, ...(sideEffects === undefined ? {} : { sideEffects }) });
}

/** A project with a server beside its pages, so that only its marks say what runs in browsers. */
export const PROJECT: ProjectFiles = { "package.json": packageJson(), "index.html": '<script type="module" src="/src/main.ts"></script>\n' };

const config = (options: string): ProjectFiles => ({
  "vite.config.ts": `import { defineConfig, loadEnv } from "vite";\nexport default defineConfig(({ mode }) => {\n  const env = loadEnv(mode, import.meta.dirname, "");\n  return { ${options} };\n});\n`,
});

export const VARIANTS: readonly Variant[] = [
  { name: "a secret is read", main: `console.log(${SECRET});\n` },
  { name: "a secret is read by a key", main: 'console.log(process.env["UPSTASH_REDIS_REST_TOKEN"]);\n' },
  { name: "a client is built", main: `${IMPORT}console.log(await ${make(SECRET)}.get("a"));\n` },
  { name: "nothing of Upstash", main: 'import { label } from "../lib/label";\nconsole.log(label);\n', files: { "lib/label.ts": 'export const label = "a";\n' } },
  { name: "another module's client", main: 'import { redis } from "../lib/redis";\nconsole.log(await redis.get("a"));\n', files: eager },
  { name: "a constant of a module that builds a client when it loads", main: 'import { KEY } from "../lib/redis";\nconsole.log(KEY);\n', files: eager },
  { name: "for the effects alone", main: 'import "../lib/redis";\n', files: eager },
  { name: "a type", main: 'import type { Row } from "../lib/redis";\nconst row: Row = { id: "a" };\nconsole.log(row);\n', files: eager },
  { name: "a type that does not say so", main: 'import { Row } from "../lib/redis";\nconst row: Row = { id: "a" };\nconsole.log(row);\n', files: eager },
  { name: "a type among other names", main: 'import { type Row, KEY } from "../lib/redis";\nconst row: Row = { id: KEY };\nconsole.log(row);\n', files: eager },
  { name: "the type of a client", main: 'import { redis } from "../lib/redis";\nconst other: typeof redis | undefined = undefined;\nconsole.log(other);\n', files: eager },
  { name: "an unused import in TypeScript", main: 'import { redis } from "../lib/redis";\nconsole.log(1);\n', files: eager },
  { name: "an unused import in JavaScript", entry: "src/main.js", main: 'import { redis } from "../lib/redis";\nconsole.log(1);\n', files: eager },
  { name: "an unused import in JavaScript, of a module without effects", entry: "src/main.js", main: 'import { visits } from "../lib/visits";\nconsole.log(1);\n', files: lazy },
  { name: "a function that builds a client", main: 'import { visits } from "../lib/visits";\nconsole.log(await visits());\n', files: lazy },
  { name: "a constant beside such a function", main: 'import { KEY } from "../lib/visits";\nconsole.log(KEY);\n', files: lazy },
  { name: "a member of a namespace", main: 'import * as visits from "../lib/visits";\nconsole.log(visits.KEY);\n', files: lazy },
  { name: "the other member of a namespace", main: 'import * as visits from "../lib/visits";\nconsole.log(await visits.visits());\n', files: lazy },
  { name: "a namespace as a whole", main: 'import * as visits from "../lib/visits";\nconsole.log(visits);\n', files: lazy },
  { name: "a function that calls such a function", main: 'import { all } from "../lib/all";\nconsole.log(await all());\n', files: { ...lazy, "lib/all.ts": 'import { visits } from "./visits";\nexport const all = () => visits();\nexport const none = () => 1;\n' } },
  { name: "a function beside one that calls it", main: 'import { none } from "../lib/all";\nconsole.log(none());\n', files: { ...lazy, "lib/all.ts": 'import { visits } from "./visits";\nexport const all = () => visits();\nexport const none = () => 1;\n' } },
  { name: "a class whose method builds one", main: 'import { Store } from "../lib/store";\nconsole.log(await new Store().visits());\n', files: { "lib/store.ts": `${IMPORT}export class Store {\n  visits() { return ${make(SECRET)}.get("a"); }\n}\nexport const KEY = "a";\n` } },
  { name: "a constant beside such a class", main: 'import { KEY } from "../lib/store";\nconsole.log(KEY);\n', files: { "lib/store.ts": `${IMPORT}export class Store {\n  visits() { return ${make(SECRET)}.get("a"); }\n}\nexport const KEY = "a";\n` } },
  { name: "a client that is marked as pure, and not used", main: 'import { KEY } from "../lib/store";\nconsole.log(KEY);\n', files: { "lib/store.ts": `${IMPORT}export const redis = /* @__PURE__ */ ${make(SECRET)};\nexport const KEY = "a";\n` } },
  { name: "a client that is marked as pure, and used", main: 'import { redis } from "../lib/store";\nconsole.log(await redis.get("a"));\n', files: { "lib/store.ts": `${IMPORT}export const redis = /* @__PURE__ */ ${make(SECRET)};\nexport const KEY = "a";\n` } },
  { name: "a barrel", main: 'import { label } from "../lib";\nconsole.log(label);\n', files: barrel() },
  { name: "a barrel without side effects", main: 'import { label } from "../lib";\nconsole.log(label);\n', files: barrel(false) },
  { name: "a barrel without side effects, for the client", main: 'import { redis } from "../lib";\nconsole.log(await redis.get("a"));\n', files: barrel(false) },
  { name: "a barrel, where the list of side effects has the client's module", main: 'import { label } from "../lib";\nconsole.log(label);\n', files: barrel(["./lib/redis.ts"]) },
  { name: "a barrel, where the list of side effects has other modules", main: 'import { label } from "../lib";\nconsole.log(label);\n', files: barrel(["*.css"]) },
  { name: "a re-export", main: 'export { redis } from "../lib/redis";\n', files: eager },
  { name: "an import that comes late", main: 'document.onclick = async () => console.log((await import("../lib/redis")).redis);\n', files: eager },
  { name: "an import that comes late, for another name", main: 'document.onclick = async () => {\n  const { KEY } = await import("../lib/visits");\n  console.log(KEY);\n};\n', files: lazy },
  { name: "an import that comes late, in a module that is imported", main: 'import { load } from "../lib/load";\nconsole.log(await load());\n', files: { ...eager, "lib/load.ts": 'export const load = async () => (await import("./redis")).redis.get("a");\n' } },
  { name: "server rendering alone", main: `console.log(import.meta.env.SSR ? ${SECRET} : "");\n` },
  { name: "server rendering alone, by an import that comes late", main: 'if (import.meta.env.SSR) console.log((await import("../lib/redis")).redis);\n', files: eager },
  { name: "three modules further", main: 'import { one } from "../lib/one";\nconsole.log(await one());\n', files: { ...eager, "lib/one.ts": 'import { two } from "./two";\nexport const one = () => two();\n', "lib/two.ts": 'import { redis } from "./redis";\nexport const two = () => redis.get("a");\n' } },
  { name: "another browser module that builds the client", main: 'import { redis } from "./redis";\nconsole.log(await redis.get("a"));\n', files: { "src/redis.ts": `"use client";\n${EAGER}` } },
  { name: "a request by hand", main: 'import { load } from "../lib/load";\nconsole.log(await load());\n', files: { "lib/load.ts": `export const load = () => fetch("https://example.upstash.io/get/a", { headers: { Authorization: \`Bearer \${${SECRET}}\` } });\n` } },
  { name: "QStash", main: 'import { client } from "../lib/queue";\nconsole.log(client);\n', files: { "lib/queue.ts": 'import { Client } from "@upstash/qstash";\nexport const client = new Client({ token: process.env.QSTASH_TOKEN! });\n' } },
  { name: "a secret under a public name", main: "console.log(import.meta.env.VITE_UPSTASH_REDIS_REST_TOKEN);\n" },
  { name: "a read-only token under a public name", main: `${IMPORT}console.log(await ${make("import.meta.env.VITE_UPSTASH_REDIS_REST_READ_ONLY_TOKEN")}.get("a"));\n` },
  { name: "an address under a public name", main: "console.log(import.meta.env.VITE_UPSTASH_REDIS_REST_URL);\n" },
  { name: "a constant of the configuration", main: "declare const __TOKEN__: string;\nconsole.log(__TOKEN__);\n", files: config("define: { __TOKEN__: JSON.stringify(env.UPSTASH_REDIS_REST_TOKEN) }") },
  { name: "a constant of the configuration that is blanked", main: "declare const __TOKEN__: string;\nconsole.log(__TOKEN__);\n", files: config('define: { __TOKEN__: JSON.stringify("") }') },
  { name: "a constant of the configuration that is an address", main: "declare const __URL__: string;\nconsole.log(__URL__);\n", files: config("define: { __URL__: JSON.stringify(env.UPSTASH_REDIS_REST_URL) }") },
  { name: "all variables, by the configuration", main: 'console.log(process.env.MODE);\n', files: config('define: { "process.env": env }') },
  { name: "a prefix that secrets have", main: "console.log(import.meta.env.UPSTASH_REDIS_REST_TOKEN);\n", files: config('envPrefix: ["VITE_", "UPSTASH_"]') },
  { name: "a prefix that no secret has", main: "console.log(import.meta.env.APP_SITE);\n", files: config('envPrefix: ["VITE_", "APP_"]') },

  { name: "a private variable of Vite", main: "console.log(import.meta.env.UPSTASH_REDIS_REST_TOKEN);\n", differs: "A variable that the bundler leaves empty" },
  { name: "a typed environment with secrets", main: 'import { env } from "../lib/env";\nconsole.log(env.SITE);\n', files: { "lib/env.ts": `export const env = { SITE: process.env.SITE, UPSTASH_REDIS_REST_TOKEN: ${SECRET} };\n` }, differs: "A typed environment" },
  { name: "a server module of a framework, without the framework", main: 'import { load } from "../lib/actions";\nconsole.log(await load());\n', files: { "lib/actions.ts": `"use server";\n${IMPORT}export const load = async () => ${make(SECRET)}.get("a");\n` }, differs: "Server functions" },
  { name: "a branch that only the server takes", main: `console.log(typeof window === "undefined" ? ${SECRET} : "");\n`, differs: "Branches for servers" },
];

import type { ProjectFiles } from "../../helpers/project.ts";
import { check, fine, LAZY, REDIS, way } from "./shared.ts";

const BUTTON = "export const Button = () => <button onClick={() => use()} />;\n";
const BODY = "export const Page = () => <button onClick={() => load()} />;\n";
const AT = '"@/lib/store"';
const LOAD = `import { load } from ${AT};\n`;
const store = (code: string): ProjectFiles => ({ "lib/store.ts": code });
const packageJson = (more: object): ProjectFiles => ({ "package.json": JSON.stringify({ dependencies: { next: "*", react: "*" }, ...more }) });

/** Which ways a bundler goes. */
check({
  valid: [
    fine("a module without a client", LOAD + BODY, store("export const load = () => 1;\n")),
    fine("types alone", 'import type { Visits } from "@/lib/redis";\nexport const Page = (props: Visits) => <p>{props.count}</p>;\n', {
      "lib/redis.ts": `${REDIS}export interface Visits { count: number }\n`,
    }),
    fine("types alone, which TypeScript drops by itself", 'import { Visits } from "@/lib/redis";\nexport const Page = (props: Visits) => <p>{props.count}</p>;\n', {
      "lib/redis.ts": `${REDIS}export interface Visits { count: number }\n`,
    }),
    fine("an import that nothing uses, which TypeScript drops by itself", 'import { redis } from "@/lib/redis";\nexport const Page = () => <p />;\n', { "lib/redis.ts": REDIS }),
    fine("a type of a client", 'import { redis } from "@/lib/redis";\nexport type Store = typeof redis;\n', { "lib/redis.ts": REDIS }),
    fine("types on the way", LOAD + BODY, { ...store('import type { redis } from "./redis";\nexport const load = (store?: typeof redis) => store;\n'), "lib/redis.ts": REDIS }),
    fine("a server action", LOAD + BODY, { ...store('"use server";\nimport { redis } from "./redis";\nexport async function load() { return redis.get("a"); }\n'), "lib/redis.ts": REDIS }),
    fine("a server action behind a barrel", 'import { load } from "@/lib";\n' + BODY, {
      "lib/index.ts": 'export { load } from "./store";\n',
      ...store('"use server";\nimport { redis } from "./redis";\nexport async function load() { return redis.get("a"); }\n'),
      "lib/redis.ts": REDIS,
    }),
    fine("a server function among others", LOAD + BODY, {
      ...store('export async function load() {\n  "use server";\n  const { redis } = await import("./redis");\n  return redis.get("a");\n}\n'),
      "lib/redis.ts": REDIS,
    }),
    fine("a constant beside a function that builds a client when it is called", 'import { KEY } from "@/lib/store";\nexport const Page = () => <p>{KEY}</p>;\n', store(LAZY)),
    fine("a member of a namespace, beside such a function", 'import * as store from "@/lib/store";\nexport const Page = () => <p>{store.KEY}</p>;\n', store(LAZY)),
    fine("a function beside one that calls such a function", LOAD + BODY, {
      ...store('import { getVisits } from "./visits";\nexport const load = () => 1;\nexport const all = () => getVisits();\n'),
      "lib/visits.ts": LAZY,
    }),
    fine("a barrel of a package without side effects, for a name that leads elsewhere", 'import { label } from "@/lib";\nexport const Page = () => <p>{label}</p>;\n', {
      ...packageJson({ sideEffects: false }),
      "lib/index.ts": 'export * from "./redis";\nexport { label } from "./label";\n',
      "lib/redis.ts": REDIS,
      "lib/label.ts": 'export const label = "a";\n',
    }),
    fine("a module without side effects by the package's list", 'import { label } from "@/lib";\nexport const Page = () => <p>{label}</p>;\n', {
      ...packageJson({ sideEffects: ["*.css", "./lib/polyfill.ts"] }),
      "lib/index.ts": 'export * from "./redis";\nexport { label } from "./label";\n',
      "lib/redis.ts": REDIS,
      "lib/label.ts": 'export const label = "a";\n',
    }),
    fine("a dynamic import on the server only", `${LOAD}${BODY}`, {
      ...store('export async function load() {\n  if (typeof window === "undefined") {\n    const { redis } = await import("./redis");\n    return redis.get("a");\n  }\n  return null;\n}\n'),
      "lib/redis.ts": REDIS,
    }),
    fine("a dynamic import behind a return of browsers", "export async function load() {\n  if (typeof window !== \"undefined\") return null;\n  const { redis } = await import(\"@/lib/redis\");\n  return redis.get(\"a\");\n}\n", { "lib/redis.ts": REDIS }),
    fine("a client that is built on the server only", LOAD + BODY, store('import { Redis } from "@upstash/redis";\nconst redis = typeof window === "undefined" ? Redis.fromEnv() : undefined;\nexport const load = () => redis?.get("a");\n')),
    fine("a client of what only the server is given", LOAD + BODY, store('import { Redis } from "@upstash/redis";\nexport function load() {\n  const isServer = typeof window === "undefined";\n  const url = isServer ? process.env.UPSTASH_REDIS_REST_URL : undefined;\n  const token = isServer ? process.env.UPSTASH_REDIS_REST_TOKEN : undefined;\n  if (!url || !token) return { get: async (key: string) => key };\n  return new Redis({ url, token });\n}\n')),
    fine("a client of what browsers are not given", LOAD + BODY, store('import { Redis } from "@upstash/redis";\nexport function load() {\n  const isBrowser = typeof window !== "undefined";\n  const url = isBrowser ? undefined : process.env.UPSTASH_REDIS_REST_URL;\n  const token = isBrowser ? "" : process.env.UPSTASH_REDIS_REST_TOKEN;\n  if (!url || !token) return { get: async (key: string) => key };\n  return new Redis({ url, token });\n}\n')),
    fine("a client of a read-only token", LOAD + BODY, store('import { Redis } from "@upstash/redis";\nconst redis = new Redis({ url: process.env.NEXT_PUBLIC_UPSTASH_REDIS_REST_URL!, token: process.env.NEXT_PUBLIC_UPSTASH_REDIS_REST_READ_ONLY_TOKEN! });\nexport const load = () => redis.get("a");\n')),
    fine("a client whose credential is not known", LOAD + BODY, store('import { Redis } from "@upstash/redis";\nexport const load = (token: string) => new Redis({ url: "https://example.upstash.io", token }).get("a");\n')),
    fine("a typed environment, whose secrets are empty in browsers", 'import { env } from "@/lib/env";\nexport const Page = () => <p>{env.SITE}</p>;\n', {
      "lib/env.ts": "export const env = { SITE: process.env.NEXT_PUBLIC_SITE, UPSTASH_REDIS_REST_TOKEN: process.env.UPSTASH_REDIS_REST_TOKEN };\n",
    }),
    fine("a module that the settings put on the server", 'import { load } from "@/api/store";\n' + BODY, { "api/store.ts": REDIS + "export const load = () => redis.get(\"a\");\n" }, { settings: { serverFiles: ["api/**"] } }),
    fine("another client module, whose imports are its own", 'import { Button } from "@/components/button";\nexport const Page = () => <Button />;\n', {
      "components/button.tsx": `"use client";\nimport { use } from "@/lib/redis";\n${BUTTON}`,
      "lib/redis.ts": `${REDIS}export const use = () => redis.get("a");\n`,
    }),
    fine("another client module that builds the client itself: told there", 'import { load } from "@/components/store";\n' + BODY, { "components/store.ts": `"use client";\n${REDIS}export const load = () => redis.get("a");\n` }),
    fine("a context of a client module, on the way to another one", 'import { useCart } from "@/components/cart";\nexport const Page = () => <p>{useCart()}</p>;\n', {
      "components/cart.ts": 'import { useStore } from "./store";\nexport const useCart = () => useStore();\n',
      "components/store.ts": `"use client";\n${REDIS}export const useStore = () => String(redis);\n`,
    }),
    fine("a client module that hands on what it imports: told there", 'import { redis } from "@/components/store";\nexport const Page = () => <p onClick={() => redis.get("a")} />;\n', {
      "components/store.ts": '"use client";\nexport { redis } from "@/lib/redis";\n',
      "lib/redis.ts": REDIS,
    }),
    fine("a package in node_modules", 'import { useState } from "react";\nexport const usePage = () => useState(0);\n', {}),
    fine("modules that import each other", LOAD + BODY, { ...store('import { other } from "./other";\nexport const load = () => other();\n'), "lib/other.ts": '// upstash\nimport { load } from "./store";\nexport const other = (): unknown => load;\n' }),
    fine("a module that is missing, and one that does not parse", 'import { load } from "@/lib/broken";\nimport { gone } from "@/lib/gone";\nexport const both = [load, gone];\n', { "lib/broken.ts": "upstash import {{{\n" }),
    { name: "a module that nothing says to run in the browser", filename: "components/list.tsx", code: LOAD + BODY, files: { ...store(REDIS + 'export const load = () => redis.get("a");\n') } },
    { name: "a server component", filename: "app/page.tsx", code: 'import { redis } from "@/lib/redis";\nexport default async function Page() { return <p>{await redis.get<string>("a")}</p>; }\n', files: { "lib/redis.ts": REDIS } },
    { name: "a test of a client component", filename: "app/page.test.tsx", code: '"use client";\nimport { redis } from "@/lib/redis";\nexport const copy = redis;\n', files: { "lib/redis.ts": REDIS } },
  ],
  invalid: [
    way("the module that builds the client", LOAD, BODY, ["lib/store.ts"], AT, store(`${REDIS}export const load = () => redis.get("a");\n`)),
    way("a function of a module that builds a client for another one", LOAD, BODY, ["lib/store.ts"], AT, store(`${REDIS}export const load = () => 1;\n`)),
    way("two modules further", LOAD, BODY, ["lib/store.ts", "lib/cache.ts", "lib/redis.ts"], AT, {
      ...store('import { read } from "./cache";\nexport const load = () => read();\n'),
      "lib/cache.ts": 'import { redis } from "./redis";\nexport const read = () => redis.get("a");\n',
      "lib/redis.ts": REDIS,
    }),
    way("a component on the way", 'import { List } from "@/components/list";\n', "export const Page = () => <List />;\n", ["components/list.tsx", "lib/store.ts"], '"@/components/list"', {
      "components/list.tsx": 'import { getVisits } from "@/lib/store";\nexport const List = () => <p onClick={() => getVisits()} />;\n',
      ...store(LAZY),
    }),
    way("a component on the way, which uses another one", 'import { List } from "@/components/list";\n', "export const Page = () => <List />;\n", ["components/list.tsx", "components/item.tsx", "lib/store.ts"], '"@/components/list"', {
      "components/list.tsx": 'import { Item } from "./item";\nexport const List = () => <Item />;\n',
      "components/item.tsx": 'import { getVisits } from "@/lib/store";\nexport const Item = () => <p onClick={() => getVisits()} />;\n',
      ...store(LAZY),
    }),
    way("a function that builds a client when it is called", 'import { getVisits } from "@/lib/store";\n', "export const Page = () => <p onClick={() => getVisits()} />;\n", ["lib/store.ts"], AT, store(LAZY)),
    way("a method of an object that does", 'import { store } from "@/lib/store";\n', "export const Page = () => <p onClick={() => store.visits()} />;\n", ["lib/store.ts"], AT, store('import { Redis } from "@upstash/redis";\nexport const store = { visits: () => Redis.fromEnv().get("a") };\n')),
    way("a class whose method does", 'import { Store } from "@/lib/store";\n', "export const Page = () => <p onClick={() => new Store().visits()} />;\n", ["lib/store.ts"], AT, store('import { Redis } from "@upstash/redis";\nexport class Store {\n  visits() { return Redis.fromEnv().get("a"); }\n}\n')),
    way("a default export that does", 'import load from "@/lib/store";\n', BODY, ["lib/store.ts"], AT, store('import { Redis } from "@upstash/redis";\nexport default () => Redis.fromEnv().get("a");\n')),
    way("a function that calls one that does", LOAD, BODY, ["lib/store.ts"], AT, store('import { Redis } from "@upstash/redis";\nconst client = () => Redis.fromEnv();\nexport function load() { return client().get("a"); }\n')),
    way("a namespace that is handed on", 'import * as store from "@/lib/store";\n', "export const all = Object.keys(store);\n", ["lib/store.ts"], AT, store(LAZY)),
    way("for its effects alone", `import ${AT};\n`, "export const Page = () => <p />;\n", ["lib/store.ts"], AT, store(REDIS), { removed: `import ${AT};\n` }),
    way("a re-export", "", `export { redis } from ${AT};\n`, ["lib/store.ts"], AT, store(REDIS)),
    way("a re-export of all", "", `export * from ${AT};\n`, ["lib/store.ts"], AT, store(REDIS)),
    way("a barrel, which everybody pays for", 'import { label } from "@/lib";\n', "export const Page = () => <p>{label}</p>;\n", ["lib/index.ts", "lib/redis.ts"], '"@/lib"', {
      "lib/index.ts": 'export * from "./redis";\nexport { label } from "./label";\n',
      "lib/redis.ts": REDIS,
      "lib/label.ts": 'export const label = "a";\n',
    }),
    way("a barrel of a package without side effects, for the name that leads there", 'import { redis } from "@/lib";\n', "export const Page = () => <p onClick={() => redis.get(\"a\")} />;\n", ["lib/index.ts", "lib/redis.ts"], '"@/lib"', {
      ...packageJson({ sideEffects: false }),
      "lib/index.ts": 'export * from "./redis";\nexport { label } from "./label";\n',
      "lib/redis.ts": REDIS,
      "lib/label.ts": 'export const label = "a";\n',
    }),
    way("a module that the package's list says to have side effects", 'import { label } from "@/lib/store";\n', "export const Page = () => <p>{label}</p>;\n", ["lib/store.ts"], AT, { ...packageJson({ sideEffects: ["lib/store.ts"] }), ...store(`${REDIS}export const label = "a";\n`) }),
    way("a dynamic import", "", `export const load = async () => (await import(${AT})).redis.get("a");\n`, ["lib/store.ts"], AT, store(REDIS)),
    way("React.lazy", 'import { lazy } from "react";\n', 'export const List = lazy(() => import("@/components/list"));\n', ["components/list.tsx"], '"@/components/list"', {
      "components/list.tsx": `${REDIS}export default function List() { return <p onClick={() => redis.get("a")} />; }\n`,
    }),
    way("next/dynamic without server rendering: for browsers alone", 'import dynamic from "next/dynamic";\n', 'export const List = dynamic(() => import("@/components/list"), { ssr: false });\n', ["components/list.tsx"], '"@/components/list"', {
      "components/list.tsx": `${REDIS}export default function List() { return <p onClick={() => redis.get("a")} />; }\n`,
    }),
    way("a dynamic import that the other module makes", LOAD, BODY, ["lib/store.ts", "lib/redis.ts"], AT, {
      ...store('export const load = async () => (await import("./redis")).redis.get("a");\n'),
      "lib/redis.ts": REDIS,
    }),
    way("a dynamic import in the branch of browsers", "", `export const load = async () => (typeof window === "undefined" ? null : (await import(${AT})).redis);\n`, ["lib/store.ts"], AT, store(REDIS)),
    way("a client of what browsers are given as well", LOAD, BODY, ["lib/store.ts"], AT, store('import { Redis } from "@upstash/redis";\nexport function load() {\n  const isServer = typeof window === "undefined";\n  const url = isServer ? process.env.UPSTASH_REDIS_REST_URL : "https://example.upstash.io";\n  const token = isServer ? process.env.UPSTASH_REDIS_REST_TOKEN : process.env.UPSTASH_REDIS_REST_TOKEN;\n  if (!url || !token) return { get: async (key: string) => key };\n  return new Redis({ url, token });\n}\n')),
    way("a client of what only browsers are given", LOAD, BODY, ["lib/store.ts"], AT, store('import { Redis } from "@upstash/redis";\nexport function load() {\n  const isServer = typeof window !== "undefined";\n  const url = isServer ? process.env.UPSTASH_REDIS_REST_URL : undefined;\n  const token = isServer ? process.env.UPSTASH_REDIS_REST_TOKEN : undefined;\n  if (!url || !token) return { get: async (key: string) => key };\n  return new Redis({ url, token });\n}\n')),
    way("require", "", `const { redis } = require(${AT});\nexport const load = () => redis.get("a");\n`, ["lib/store.ts"], AT, store(REDIS), { typecheck: false, reason: "require is not declared" }),
    way("a relative path", 'import { load } from "../lib/store";\n', BODY, ["lib/store.ts"], '"../lib/store"', store(`${REDIS}export const load = () => redis.get("a");\n`)),
    way("a module that is marked for servers: the build stops", LOAD, BODY, ["lib/store.ts"], AT, { ...store(`import "server-only";\n${REDIS}export const load = () => redis.get("a");\n`) }, { marked: "lib/store.ts", typecheck: false, reason: "server-only has no types" }),
    way("a module that is marked for servers by its name", 'import { load } from "@/lib/store.server";\n', BODY, ["lib/store.server.ts", "lib/redis.ts"], '"@/lib/store.server"', { "lib/store.server.ts": 'import { redis } from "./redis";\nexport const load = () => redis.get("a");\n', "lib/redis.ts": REDIS }, { marked: "lib/store.server.ts" }),
    way("an unused import of JavaScript", 'import { redis } from "@/lib/store";\n', "export const label = 1;\n", ["lib/store.ts"], AT, store(REDIS), { filename: "app/page.jsx", removed: 'import { redis } from "@/lib/store";\n' }),
    way("a module beside a client module that leads there as well", 'import { load } from "@/lib/both";\n', BODY, ["lib/both.ts", "lib/redis.ts"], '"@/lib/both"', {
      "lib/both.ts": 'import { show } from "../components/store";\nimport { redis } from "./redis";\nexport const load = () => [show(), redis.get("a")];\n',
      "components/store.ts": `"use client";\n${REDIS}export const show = () => redis.get("a");\n`,
      "lib/redis.ts": REDIS,
    }),
    way("a limiter", 'import { load } from "@/lib/store";\n', BODY, ["lib/store.ts"], AT, store('import { Ratelimit } from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\nconst limiter = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(1, "1 s") });\nexport const load = () => limiter.limit("a");\n'), { product: "Ratelimit" }),
    way("QStash", LOAD, BODY, ["lib/store.ts"], AT, store('import { Client } from "@upstash/qstash";\nconst client = new Client({ token: process.env.QSTASH_TOKEN! });\nexport const load = () => client.publishJSON({ url: "https://example.com" });\n'), { product: "QStash" }),
    way("Vercel KV, which reads its variables by itself", LOAD, BODY, ["lib/store.ts"], AT, store('import { kv } from "@vercel/kv";\nexport const load = () => kv.get("a");\n')),
    way("a client of a public full-access token", LOAD, BODY, ["lib/store.ts"], AT, store('import { Redis } from "@upstash/redis";\nconst redis = new Redis({ url: process.env.NEXT_PUBLIC_UPSTASH_REDIS_REST_URL!, token: process.env.NEXT_PUBLIC_UPSTASH_REDIS_REST_TOKEN! });\nexport const load = () => redis.get("a");\n')),
    way("a client of a factory that is told the credential", LOAD, BODY, ["lib/store.ts"], AT, {
      ...store('import { make } from "./make";\nconst redis = make(process.env.UPSTASH_REDIS_REST_TOKEN!);\nexport const load = () => redis.get("a");\n'),
      "lib/make.ts": 'import { Redis } from "@upstash/redis";\nexport const make = (token: string) => new Redis({ url: "https://example.upstash.io", token });\n',
    }),
    way("a request to the REST API, made by hand", LOAD, BODY, ["lib/store.ts"], AT, store('export const load = () => fetch(`${process.env.UPSTASH_REDIS_REST_URL}/get/a`, { headers: { Authorization: `Bearer ${process.env.UPSTASH_REDIS_REST_TOKEN}` } });\n'), { product: "hand-made" }),
    way("ioredis at an Upstash host", LOAD, BODY, ["lib/store.ts"], AT, store('import Redis from "ioredis";\nconst redis = new Redis(process.env.UPSTASH_REDIS_URL!);\nexport const load = () => redis.get("a");\n'), { product: "hand-made" }),
  ],
});

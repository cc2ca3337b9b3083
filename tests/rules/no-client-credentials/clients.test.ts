import { check, client, COMPONENT, env, READ_ONLY, REDIS, TOKEN, USE_CLIENT, type Invalid, type Valid } from "./shared.ts";

const LIMIT = 'import { Ratelimit } from "@upstash/ratelimit";\n';
const QSTASH = 'import { Client } from "@upstash/qstash";\n';
const KV = 'import { kv } from "@vercel/kv";\n';
const URL = "url: process.env.NEXT_PUBLIC_UPSTASH_REDIS_REST_URL!";
const FROM_ENV = "Redis.fromEnv()";
const WRITTEN = `new Redis({ ${URL}, token: process.env.${READ_ONLY}! })`;

/* No token of anybody: the shapes of upstash-facts, section 4, filled up with digits and letters in turn. */
const filler = "0aB1cD2eF3".repeat(4);
const FULL_TOKEN = `AX_sAAIncDE${filler}`;
const READ_ONLY_TOKEN = `An_sAAIncDE${filler}`;
const DEVELOPMENT_TOKEN = btoa('{"UserID":"defaultUser","Password":"defaultPassword"}');

const inBrowser = (name: string, code: string, more: Partial<Valid> = {}): Valid => ({
  name,
  code: `${USE_CLIENT}${code}`,
  filename: COMPONENT,
  ...more,
});

type Expected = Parameters<typeof client>[2];

const told = (name: string, code: string, product: string, expected: Expected, more: Partial<Valid> = {}): Invalid => {
  const whole = `${USE_CLIENT}${code}`;
  return { name, code: whole, filename: COMPONENT, ...more, errors: [client(whole, product, expected)] };
};

const LIB = {
  "lib/redis.ts": `${REDIS}export const redis = ${FROM_ENV};
export const getRedis = () => redis;
export const keyOf = (id: string) => \`item:\${id}\`;
`,
};
const READ_ONLY_LIB = {
  "lib/redis.ts": `${REDIS}export const redis = new Redis({ ${URL}, token: process.env.NEXT_PUBLIC_UPSTASH_REDIS_REST_READONLY_TOKEN! });\n`,
};
const ACTIONS = {
  "app/actions.ts": `"use server";
${REDIS}const redis = ${FROM_ENV};
export async function count() {
  return { total: await redis.incr("visits") };
}
`,
};
const ONE_SIDE_LIB = { "lib/redis.ts": `${REDIS}export const redis = typeof window === "undefined" ? ${FROM_ENV} : null;\n` };
const SHOP = {
  "package.json": JSON.stringify({ private: true, workspaces: ["apps/*", "packages/*"] }),
  "apps/web/package.json": JSON.stringify({ name: "web", dependencies: { "@shop/redis": "workspace:*", next: "^16.0.0" } }),
  "packages/redis/package.json": JSON.stringify({ name: "@shop/redis", exports: "./src/index.ts" }),
  "packages/redis/src/index.ts": 'export * from "./client";\n',
  "packages/redis/src/client.ts": LIB["lib/redis.ts"],
};

/** Clients that the module builds; those that it takes from elsewhere are told by no-client-import. */
check({
  valid: [
    inBrowser("a read-only token, as Upstash documents for browsers", `${REDIS}export const redis = new Redis({ ${URL}, token: process.env.NEXT_PUBLIC_UPSTASH_REDIS_REST_READONLY_TOKEN! });\n`),
    inBrowser("a variable of any name that says read-only", `${REDIS}export const redis = new Redis({ ${URL}, token: process.env.NEXT_PUBLIC_YOUR_READONLY_TOKEN! });\n`),
    inBrowser("a limiter that can't work, on a read-only client", `${LIMIT}import { redis } from "@/lib/redis";\nexport const limiter = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(5, "10 s") });\n`, { files: READ_ONLY_LIB }),
    inBrowser("a read-only token that is written out", `${REDIS}export const redis = new Redis({ ${URL}, token: "${READ_ONLY_TOKEN}" });\n`),
    inBrowser("a placeholder", `${REDIS}export const redis = new Redis({ ${URL}, token: "YOUR_UPSTASH_REDIS_REST_TOKEN" });\n`),
    inBrowser("a token for a local server", `${REDIS}export const redis = new Redis({ url: "http://localhost:8079", token: "example_token_for_local_development" });\n`),
    inBrowser("the public token of QStash's development server", `${QSTASH}export const qstash = new Client({ token: "${DEVELOPMENT_TOKEN}" });\n`),
    inBrowser("the user's own token", `${REDIS}export const connect = (url: string, token: string) => new Redis({ url, token });\n`),
    inBrowser("the user's own token, kept in the browser", `${REDIS}export const connect = () => new Redis({ ${URL}, token: localStorage.getItem("token")! });\n`),
    inBrowser("the variables that the Vector SDK reads by itself are for read-only tokens", 'import { Index } from "@upstash/vector";\nexport const index = new Index();\n'),
    inBrowser("those variables, written out", 'import { Search } from "@upstash/search";\nexport const search = new Search({ url: process.env.NEXT_PUBLIC_UPSTASH_SEARCH_REST_URL, token: process.env.NEXT_PUBLIC_UPSTASH_SEARCH_REST_TOKEN });\n'),
    inBrowser("a class of the project's own that is called Redis", `import { Redis } from "@/lib/fake";\nexport const redis = ${FROM_ENV};\n`, {
      files: { "lib/fake.ts": "export class Redis {\n  static fromEnv() {\n    return new Redis();\n  }\n}\n" },
    }),
    inBrowser("the class as a type", `${REDIS}export const nameOf = (redis: Redis) => String(redis);\n`),
    inBrowser("import type of a client", 'import type { redis } from "@/lib/redis";\nexport type Client = typeof redis;\n', { files: LIB }),
    inBrowser("a client that is there for its type", `${KV}export type Client = typeof kv;\n`),
    inBrowser("an import that nothing uses is left out of the bundle", 'import { redis } from "@/lib/redis";\nexport const on = true;\n', { files: LIB }),
    inBrowser("what else the client's module exports", 'import { keyOf } from "@/lib/redis";\nexport const key = keyOf("1");\n', { files: LIB }),
    inBrowser("a read-only client of another module", 'import { redis } from "@/lib/redis";\nexport const load = () => redis.get("a");\n', { files: READ_ONLY_LIB }),
    inBrowser("a server action", 'import { count } from "@/app/actions";\nexport const load = async () => (await count()).total;\n', { files: ACTIONS }),
    inBrowser("another module's client that is there on the server only", 'import { redis } from "@/lib/redis";\nexport const load = () => redis?.get("a");\n', { files: ONE_SIDE_LIB }),
    inBrowser("a client that only settings know: its access is not known", 'import { cache } from "@shop/cache";\nexport const load = () => cache.get("a");\n', {
      settings: { clients: { "@shop/cache#cache": "redis" } },
    }),
    inBrowser("QStash reads its token by itself: the import is told, by no-client-import", `${QSTASH}export const qstash = new Client();\n`),
    inBrowser("QStash, with other options: the import is told, by no-client-import", `${QSTASH}export const qstash = new Client({ retry: { retries: 1 } });\n`),
    inBrowser("a limiter on a client of another module: the import is told, by no-client-import", `${LIMIT}import { redis } from "@/lib/redis";\nexport const limiter = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(5, "10 s") });\n`, { files: LIB }),
    inBrowser("a limiter on a client that is not known: the import is told, by no-client-import", `${LIMIT}export const limit = (redis: never) => new Ratelimit({ redis, limiter: Ratelimit.fixedWindow(5, "10 s") });\n`),
    inBrowser("the ready-made client of Vercel KV: the import is told, by no-client-import", `${KV}export const load = () => kv.get("a");\n`),
    inBrowser("Vercel KV's default export: the import is told, by no-client-import", 'import store from "@vercel/kv";\nexport const load = () => store.get("a");\n'),
    inBrowser("Vercel KV's namespace: the import is told, by no-client-import", 'import * as vercel from "@vercel/kv";\nexport const load = () => vercel.kv.get("a");\n'),
    inBrowser("Vercel KV, imported when needed: the import is told, by no-client-import", 'export async function load() {\n  const { kv } = await import("@vercel/kv");\n  return kv.get("a");\n}\n'),
    inBrowser("Vercel KV, handed on: the import is told, by no-client-import", 'export { kv } from "@vercel/kv";\n'),
    inBrowser("a workspace package, through its barrel: the import is told, by no-client-import", 'import { redis } from "@shop/redis";\nexport const load = () => redis.get("a");\n', { files: SHOP, filename: "apps/web/components/widget.tsx" }),
    inBrowser("a getter of another module: the import is told, by no-client-import", 'import { getRedis } from "@/lib/redis";\nexport const load = () => getRedis().get("a");\n', { files: LIB }),
    { name: "a server component", code: `${REDIS}export const redis = ${FROM_ENV};\n`, filename: "app/page.tsx" },
    { name: 'a "use server" module', code: `"use server";\n${REDIS}const redis = ${FROM_ENV};\nexport async function load() {\n  return await redis.get("a");\n}\n`, filename: "app/actions.ts" },
  ],
  invalid: [
    told("fromEnv()", `${REDIS}export const redis = ${FROM_ENV};\n`, "Redis", { at: FROM_ENV, readOnly: { by: WRITTEN } }),
    // Upstash would refuse these with a read-only token.
    told("fromEnv(), where the file writes", `${REDIS}export const redis = ${FROM_ENV};\nexport const save = (name: string) => redis.set("name", name);\n`, "Redis", { at: FROM_ENV }),
    told("fromEnv(), where a pipeline writes", `${REDIS}export const redis = ${FROM_ENV};\nexport const save = async (name: string) => await redis.pipeline().set("name", name).exec();\n`, "Redis", { at: FROM_ENV }),
    told("fromEnv(), where the file only reads", `${REDIS}export const redis = ${FROM_ENV};\nexport const load = () => redis.get("name");\n`, "Redis", { at: FROM_ENV, readOnly: { by: WRITTEN } }),
    told("fromEnv() with options", `${REDIS}export const redis = Redis.fromEnv({ retry: false });\n`, "Redis", {
      at: "Redis.fromEnv({ retry: false })",
      readOnly: { by: WRITTEN },
    }),
    told("a token with full access under a public name", `${REDIS}export const redis = new Redis({ ${URL}, token: process.env.NEXT_PUBLIC_UPSTASH_REDIS_REST_TOKEN! });\n`, "Redis", {
      at: `new Redis({ ${URL}, token: process.env.NEXT_PUBLIC_UPSTASH_REDIS_REST_TOKEN! })`,
      readOnly: { replaced: "process.env.NEXT_PUBLIC_UPSTASH_REDIS_REST_TOKEN", by: `process.env.${READ_ONLY}` },
    }),
    told("a token with full access that is written out", `${REDIS}export const redis = new Redis({ ${URL}, token: "${FULL_TOKEN}" });\n`, "Redis", {
      at: `new Redis({ ${URL}, token: "${FULL_TOKEN}" })`,
      readOnly: { replaced: `"${FULL_TOKEN}"`, by: `process.env.${READ_ONLY}!` },
    }),
    told("a variable whose name does not say read-only", `${REDIS}export const redis = new Redis({ ${URL}, token: process.env.NEXT_PUBLIC_STORE_TOKEN! });\n`, "Redis", {
      at: `new Redis({ ${URL}, token: process.env.NEXT_PUBLIC_STORE_TOKEN! })`,
      readOnly: { name: "NEXT_PUBLIC_STORE_READ_ONLY_TOKEN", replaced: "process.env.NEXT_PUBLIC_STORE_TOKEN", by: "process.env.NEXT_PUBLIC_STORE_READ_ONLY_TOKEN" },
    }),
    told("Vector", 'import { Index } from "@upstash/vector";\nexport const index = Index.fromEnv();\n', "Vector", {
      at: "Index.fromEnv()",
      readOnly: {
        name: "NEXT_PUBLIC_UPSTASH_VECTOR_REST_READ_ONLY_TOKEN",
        by: "new Index({ url: process.env.NEXT_PUBLIC_UPSTASH_VECTOR_REST_URL!, token: process.env.NEXT_PUBLIC_UPSTASH_VECTOR_REST_READ_ONLY_TOKEN! })",
      },
    }),
    told("a limiter around a client: one mistake", `${REDIS}${LIMIT}export const limiter = new Ratelimit({ redis: ${FROM_ENV}, limiter: Ratelimit.slidingWindow(5, "10 s") });\n`, "Redis", {
      at: FROM_ENV,
      readOnly: { by: WRITTEN },
    }),
    told("options of another module", `${REDIS}import { options } from "@/lib/options";\nexport const redis = new Redis(options);\n`, "Redis", {
      at: "new Redis(options)",
      mayBeReadOnly: true,
    }, { files: { "lib/options.ts": `export const options = { url: "https://example.upstash.io", token: ${TOKEN}! };\n` } }),
    told("outside Next.js the marker just goes", `${REDIS}export const redis = ${FROM_ENV};\n`, "Redis", {
      at: FROM_ENV,
      readOnly: { name: "VITE_UPSTASH_REDIS_REST_READ_ONLY_TOKEN", by: "new Redis({ url: process.env.VITE_UPSTASH_REDIS_REST_URL!, token: process.env.VITE_UPSTASH_REDIS_REST_READ_ONLY_TOKEN! })" },
      dropped: '"use client";',
    }, { files: { "package.json": JSON.stringify({ dependencies: { react: "^19.0.0", vite: "^8.0.0", waku: "^1.0.0" } }) } }),
    (() => {
      const code = `${USE_CLIENT}${REDIS}const { UPSTASH_REDIS_REST_TOKEN: token } = process.env;\nexport const redis = new Redis({ ${URL}, token: token! });\n`;
      const at = "UPSTASH_REDIS_REST_TOKEN: token";
      return {
        name: "a client whose token is read elsewhere in the file is told at the read",
        code,
        filename: COMPONENT,
        errors: [env(code, "UPSTASH_REDIS_REST_TOKEN", { at, readOnly: { by: `${READ_ONLY}: token` } })],
      };
    })(),
  ],
});

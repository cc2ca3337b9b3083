import type { ProjectFiles } from "../project.ts";

/** One way to reach a Redis client. */
export interface ClientForm {
  readonly name: string;
  readonly imports: string;
  readonly expr: string;
  readonly files?: ProjectFiles;
}

const IMPORT = 'import { Redis } from "@upstash/redis";';
const CLIENT = `${IMPORT}\nconst redis = Redis.fromEnv();`;
const CONFIG = "{ url: process.env.UPSTASH_REDIS_REST_URL, token: process.env.UPSTASH_REDIS_REST_TOKEN }";

/** All forms; names begin with `redis` or `form`. */
export const clientForms = (): ClientForm[] => [...imported(), ...held(), ...made(), ...fromOtherFiles()];

type Row = readonly [name: string, imports: string, expr: string, files?: ProjectFiles];

const form = ([name, imports, expr, files]: Row): ClientForm => ({
  name,
  imports,
  expr,
  ...(files === undefined ? {} : { files }),
});

/** How the package is imported. */
const imported = (): ClientForm[] =>
  (
    [
      ["named import", CLIENT, "redis"],
      ["named import, constructed", `${IMPORT}\nconst redis = new Redis(${CONFIG});`, "redis"],
      ["renamed import", 'import { Redis as FormRedis } from "@upstash/redis";\nconst redis = FormRedis.fromEnv();', "redis"],
      ["namespace import", 'import * as formUpstash from "@upstash/redis";\nconst redis = formUpstash.Redis.fromEnv();', "redis"],
      ["namespace import, constructed", `import * as formUpstash from "@upstash/redis";\nconst redis = new formUpstash.Redis(${CONFIG});`, "redis"],
      ["namespace import by string", 'import * as formUpstash from "@upstash/redis";\nconst redis = formUpstash["Redis"].fromEnv();', "redis"],
      ["platform entry point", 'import { Redis } from "@upstash/redis/cloudflare";\nconst redis = Redis.fromEnv(process.env as never);', "redis"],
      ["require, destructured", 'const { Redis } = require("@upstash/redis");\nconst redis = Redis.fromEnv();', "redis"],
      ["require, renamed", 'const { Redis: FormRedis } = require("@upstash/redis");\nconst redis = FormRedis.fromEnv();', "redis"],
      ["require, member", 'const FormRedis = require("@upstash/redis").Redis;\nconst redis = FormRedis.fromEnv();', "redis"],
      ["require, namespace", 'const formUpstash = require("@upstash/redis");\nconst redis = formUpstash.Redis.fromEnv();', "redis"],
      ["import = require", 'import formUpstash = require("@upstash/redis");\nconst redis = formUpstash.Redis.fromEnv();', "redis"],
      ["dynamic import", 'const { Redis } = await import("@upstash/redis");\nconst redis = Redis.fromEnv();', "redis"],
      ["dynamic import, namespace", 'const formUpstash = await import("@upstash/redis");\nconst redis = formUpstash.Redis.fromEnv();', "redis"],
      ["dynamic import in .then()", 'const redis = await import("@upstash/redis").then((formUpstash) => formUpstash.Redis.fromEnv());', "redis"],
      ["dynamic import in .then(), destructured", 'const redis = await import("@upstash/redis").then(({ Redis }) => Redis.fromEnv());', "redis"],
    ] satisfies Row[]
  ).map(form);

/** How the client is held, once made. */
const held = (): ClientForm[] =>
  (
    [
      ["made in place", IMPORT, "Redis.fromEnv()"],
      ["constructed in place", IMPORT, `new Redis(${CONFIG})`],
      ["parentheses", CLIENT, "((redis))"],
      ["as", CLIENT, "(redis as Redis)"],
      ["as through unknown", CLIENT, "(redis as unknown as Redis)"],
      ["satisfies", CLIENT, "(redis satisfies Redis)"],
      ["non-null", CLIENT, "redis!"],
      ["optional chaining", CLIENT, "redis?"],
      ["await", CLIENT, "(await redis)"],
      ["comma", CLIENT, "(0, redis)"],
      ["ternary, first branch", CLIENT, "(Date.now() > 0 ? redis : redis)"],
      ["ternary, made in both branches", IMPORT, `(Date.now() > 0 ? Redis.fromEnv() : new Redis(${CONFIG}))`],
      ["ternary, null in the other branch", `${IMPORT}\nconst redis = process.env.UPSTASH_REDIS_REST_URL ? Redis.fromEnv() : null;`, "redis!"],
      ["??", `${IMPORT}\nlet formCached: Redis | undefined;`, "(formCached ?? Redis.fromEnv())"],
      ["||", `${IMPORT}\nlet formCached: Redis | undefined;`, "(formCached || Redis.fromEnv())"],
      ["logical assignment", `${IMPORT}\nlet formCached: Redis | undefined;`, "(formCached ??= Redis.fromEnv())"],
      ["alias by const", `${CLIENT}\nconst formAlias = redis;`, "formAlias"],
      ["alias by let", `${CLIENT}\nlet formAlias = redis;`, "formAlias"],
      ["alias assigned later", `${IMPORT}\nlet redis: Redis;\nredis = Redis.fromEnv();`, "redis"],
      ["alias named db", `${IMPORT}\nconst db = Redis.fromEnv();`, "db"],
      ["object property", `${IMPORT}\nconst formClients = { main: Redis.fromEnv() };`, "formClients.main"],
      ["object property by string", `${IMPORT}\nconst formClients = { main: Redis.fromEnv() };`, 'formClients["main"]'],
      ["object property by constant", `${IMPORT}\nconst FORM_KEY = "main";\nconst formClients = { main: Redis.fromEnv() };`, "formClients[FORM_KEY]"],
      ["object spread", `${IMPORT}\nconst formClients = { main: Redis.fromEnv() };\nconst formCopy = { ...formClients };`, "formCopy.main"],
      ["array element", `${IMPORT}\nconst formClients = [Redis.fromEnv()] as const;`, "formClients[0]"],
      ["array spread", `${IMPORT}\nconst formClients = [Redis.fromEnv()] as const;\nconst formCopy = [...formClients] as const;`, "formCopy[0]"],
      ["array destructuring", `${IMPORT}\nconst [redis] = [Redis.fromEnv()] as const;`, "redis"],
      ["destructuring with rename and default", `${IMPORT}\nconst formClients: { main?: Redis } = { main: Redis.fromEnv() };\nconst { main: formOther = Redis.fromEnv() } = formClients;`, "formOther"],
      ["globalThis singleton", `${IMPORT}\nconst formGlobal = globalThis as unknown as { redis?: Redis };\nconst redis = formGlobal.redis ?? Redis.fromEnv();\nformGlobal.redis = redis;`, "redis"],
      ["globalThis singleton by ??=", `${IMPORT}\nconst redis = ((globalThis as unknown as { redis?: Redis }).redis ??= Redis.fromEnv());`, "redis"],
    ] satisfies Row[]
  ).map(form);

/** What makes the client. */
const made = (): ClientForm[] =>
  (
    [
      ["IIFE", `${IMPORT}\nconst redis = (() => Redis.fromEnv())();`, "redis"],
      ["getter function", `${IMPORT}\nfunction formClient() { return Redis.fromEnv(); }`, "formClient()"],
      ["getter arrow", `${IMPORT}\nconst formClient = () => Redis.fromEnv();`, "formClient()"],
      ["getter that caches", `${IMPORT}\nlet formCached: Redis | undefined;\nfunction formClient() { formCached ??= Redis.fromEnv(); return formCached; }`, "formClient()"],
      ["getter with an early return", `${IMPORT}\nlet formCached: Redis | null = null;\nfunction formClient(): Redis { if (formCached) return formCached; formCached = Redis.fromEnv(); return formCached; }`, "formClient()"],
      ["getter function, awaited", `${IMPORT}\nasync function formClient() { return Redis.fromEnv(); }`, "(await formClient())"],
      [".then() chain", IMPORT, "(await Promise.resolve(Redis.fromEnv()).then((given) => given))"],
      ["Promise.all destructuring", `${IMPORT}\nconst [redis] = await Promise.all([Redis.fromEnv(), 1] as const);`, "redis"],
      ["class field", `${IMPORT}\nclass FormStore { readonly redis = Redis.fromEnv(); }\nconst formStore = new FormStore();`, "formStore.redis"],
      ["class field through this", `${IMPORT}\nclass FormStore { private redis = Redis.fromEnv(); client() { return this.redis; } }`, "new FormStore().client()"],
      ["static class field", `${IMPORT}\nclass FormStore { static readonly redis = Redis.fromEnv(); }`, "FormStore.redis"],
      ["field set by the constructor", `${IMPORT}\nclass FormStore { readonly redis: Redis; constructor() { this.redis = Redis.fromEnv(); } }`, "new FormStore().redis"],
      ["class getter", `${IMPORT}\nclass FormStore { get redis() { return Redis.fromEnv(); } }`, "new FormStore().redis"],
      ["subclass", `${IMPORT}\nclass FormRedis extends Redis {}\nconst redis = new FormRedis(${CONFIG});`, "redis"],
      ["pipeline of the client", CLIENT, "redis.pipeline()"],
      ["transaction of the client", CLIENT, "redis.multi()"],
    ] satisfies Row[]
  ).map(form);

const CLIENT_FILE = `${IMPORT}\nexport const redis = Redis.fromEnv();\n`;

/** How the client comes from another file of the project. */
const fromOtherFiles = (): ClientForm[] =>
  (
    [
      ["own module, named", 'import { redis } from "@/lib/redis";', "redis", { "lib/redis.ts": CLIENT_FILE }],
      ["own module, renamed", 'import { redis as formOther } from "@/lib/redis";', "formOther", { "lib/redis.ts": CLIENT_FILE }],
      ["own module, namespace", 'import * as formStore from "@/lib/redis";', "formStore.redis", { "lib/redis.ts": CLIENT_FILE }],
      ["own module, default import", 'import formOther from "@/lib/redis";', "formOther", { "lib/redis.ts": `${IMPORT}\nexport default Redis.fromEnv();\n` }],
      ["own module, default export of a name", 'import formOther from "@/lib/redis";', "formOther", { "lib/redis.ts": `${CLIENT}\nexport { redis as default };\n` }],
      ["own module, export list", 'import { formListed } from "@/lib/redis";', "formListed", { "lib/redis.ts": `${CLIENT}\nexport { redis as formListed };\n` }],
      ["own module, getter function", 'import { formClient } from "@/lib/redis";', "formClient()", { "lib/redis.ts": `${IMPORT}\nexport function formClient() { return Redis.fromEnv(); }\n` }],
      ["own module, dynamic import", 'const { redis } = await import("@/lib/redis");', "redis", { "lib/redis.ts": CLIENT_FILE }],
      ["own module, dynamic import in .then()", 'const redis = await import("@/lib/redis").then((given) => given.redis);', "redis", { "lib/redis.ts": CLIENT_FILE }],
      ["own module, require", 'const { redis } = require("@/lib/redis");', "redis", { "lib/redis.ts": CLIENT_FILE }],
      ["own module, CommonJS", 'const { redis } = require("@/lib/redis.cjs");', "redis", { "lib/redis.cjs": 'const { Redis } = require("@upstash/redis");\nmodule.exports = { redis: Redis.fromEnv() };\n' }],
      ["barrel, export all", 'import { redis } from "@/lib";', "redis", { "lib/redis.ts": CLIENT_FILE, "lib/index.ts": 'export * from "./redis";\n' }],
      ["barrel, named and renamed", 'import { formCache } from "@/lib";', "formCache", { "lib/redis.ts": CLIENT_FILE, "lib/index.ts": 'export { redis as formCache } from "./redis";\n' }],
      ["barrel, default made named", 'import { formCache } from "@/lib";', "formCache", { "lib/redis.ts": `${IMPORT}\nexport default Redis.fromEnv();\n`, "lib/index.ts": 'export { default as formCache } from "./redis";\n' }],
      ["barrel, namespace", 'import { formStore } from "@/lib";', "formStore.redis", { "lib/redis.ts": CLIENT_FILE, "lib/index.ts": 'export * as formStore from "./redis";\n' }],
      ["barrel, imported then exported", 'import { redis } from "@/lib";', "redis", { "lib/redis.ts": CLIENT_FILE, "lib/index.ts": 'import { redis } from "./redis";\nexport { redis };\n' }],
      ["class re-exported", 'import { Redis } from "@/lib/upstash";\nconst redis = Redis.fromEnv();', "redis", { "lib/upstash.ts": 'export { Redis } from "@upstash/redis";\n' }],
    ] satisfies Row[]
  ).map(form);

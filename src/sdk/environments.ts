/**
 * Where programs find environment variables besides the globals `process.env`, `import.meta.env`, `Deno.env` and
 * `Bun.env`: modules, functions and parameters of frameworks and of libraries that validate them.
 *
 * Sources: SvelteKit (https://svelte.dev/docs/kit/$env-static-private), Astro (https://docs.astro.build/en/guides/environment-variables),
 * Cloudflare (https://developers.cloudflare.com/workers/runtime-apis/bindings), OpenNext (https://opennext.js.org/cloudflare/bindings),
 * Hono (https://hono.dev/docs/helpers/adapter), Nuxt (https://nuxt.com/docs/guide/going-further/runtime-config), t3-env
 * (https://env.t3.gg/docs), envalid, znv, dotenv, dotenvx and Vite's READMEs, env-var, react-native-config.
 */

/** Modules whose exports are variables, each under its own name. */
const OF_VARIABLES =
  /^(?:\$env\/static\/(?:private|public)|\$app\/env\/(?:private|public)|astro:env\/(?:server|client)|@env|react-native-dotenv)$/u;

/** Exports that hold all variables, by module. */
const HOLDERS: ReadonlyMap<string, readonly string[]> = new Map([
  ["process", ["env"]],
  ["node:process", ["env"]],
  ["bun", ["env"]],
  ["std-env", ["env"]],
  ["cloudflare:workers", ["env"]],
  ["$env/dynamic/private", ["env"]],
  ["$env/dynamic/public", ["env"]],
  ["varlock/env", ["ENV"]],
  ["react-native-config", ["default", "Config"]],
]);

/** Those of them that are made for browsers. */
const PUBLIC = /(?:public|^astro:env\/client)$/u;

/** What an import is: all variables (`name` is undefined), or one. Undefined: neither. */
export function environmentImport(source: string, name: string): { readonly name: string | undefined; readonly isPublic: boolean } | undefined {
  if (HOLDERS.get(source)?.includes(name)) return { name: undefined, isPublic: PUBLIC.test(source) };
  return OF_VARIABLES.test(source) && VARIABLE.test(name) ? { name, isPublic: PUBLIC.test(source) } : undefined;
}

/** Functions whose result, or the named property of it, holds all variables: `package#export` → property or `""`. */
const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ["hono/adapter#env", ""],
  ["envalid#cleanEnv", ""],
  ["znv#parseEnv", ""],
  ["vite#loadEnv", ""],
  ["@t3-oss/env-core#createEnv", ""],
  ["@t3-oss/env-nextjs#createEnv", ""],
  ["@t3-oss/env-nuxt#createEnv", ""],
  ["@opennextjs/cloudflare#getCloudflareContext", "env"],
  ["@cloudflare/next-on-pages#getRequestContext", "env"],
  ["@cloudflare/next-on-pages#getOptionalRequestContext", "env"],
  ["@next/env#loadEnvConfig", "combinedEnv"],
  ["dotenv#parse", ""],
  ["@std/dotenv#load", ""],
  ["@std/dotenv#loadSync", ""],
  ...["dotenv", "dotenv-safe", "dotenv-flow", "@dotenvx/dotenvx"].map((name) => [`${name}#config`, "parsed"] as const),
  ["dotenv-expand#expand", "parsed"],
]);

/** The property of a function's result that holds all variables; `""`: the result itself. Undefined: none does. */
export function environmentFunction(source: string, name: string): string | undefined {
  return FUNCTIONS.get(`${source}#${name}`);
}

/** Where Nuxt's `useRuntimeConfig` is imported from when it is not a global. */
export const RUNTIME_CONFIG = { name: "useRuntimeConfig", sources: /^(?:#imports|#app|nuxt\/app|nitropack(?:\/runtime)?|nitro\/runtime-config)$/u };

/** Functions that are handed a variable's name: `package#export`. */
export const VARIABLE_GETTERS: ReadonlySet<string> = new Set(["astro:env/server#getSecret", "env-var#get"]);

/**
 * Properties of a request's context whose `env` holds Cloudflare's variables: SvelteKit's `platform`, React Router's and
 * Nuxt's `cloudflare`, Astro's `runtime`.
 */
export const CONTEXT_HOLDERS: ReadonlySet<string> = new Set(["platform", "cloudflare", "runtime"]);

/** Methods of a worker's exported object, and the place of the parameter that holds the variables. */
export const WORKER_METHODS: ReadonlySet<string> = new Set(["fetch", "scheduled", "queue", "email", "tail", "trace"]);
export const WORKER_ENV_PARAMETER = 1;

/** Handlers of Cloudflare Pages Functions, whose first parameter has the variables in `env`. */
export const PAGES_FUNCTION = /^onRequest(?:Get|Post|Put|Patch|Delete|Options|Head)?$/u;

/** Classes of `cloudflare:workers` whose instances have the variables in `this.env`. */
export const WORKER_CLASSES: ReadonlySet<string> = new Set(["WorkerEntrypoint", "DurableObject", "WorkflowEntrypoint"]);

/** What variables are called. */
export const VARIABLE = /^[A-Z][A-Z\d]*_[A-Z\d_]+$/u;

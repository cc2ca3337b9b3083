import type { TestCaseError } from "@typescript-eslint/rule-tester";
import rule from "../../src/rules/no-public-env-credentials.ts";
import { locationOf, replaceOnce } from "../helpers/marked-text.ts";
import { runRule, type InvalidCase, type ValidCase } from "../helpers/rule-tester.ts";
import { syntaxMatrix } from "../helpers/syntax-matrix.ts";

type MessageId = "publicName" | "inlined" | "everything" | "prefix" | "rename" | "remove" | "usePrefix";
type Invalid = InvalidCase<MessageId, object>;
type Valid = ValidCase<object>;

const NAME = "NEXT_PUBLIC_UPSTASH_REDIS_REST_TOKEN";
const PRIVATE = "UPSTASH_REDIS_REST_TOKEN";
const READ = `process.env.${NAME}`;

const begins = (prefix: string): string => `variables that begin with \`${prefix}\``;

interface Renamed {
  readonly at: string;
  readonly name?: string;
  readonly prefix?: string;
  readonly why?: string;
  /** The text that takes the place of `at`; undefined: no suggestion. */
  readonly by?: string | undefined;
  readonly to?: string;
  readonly output?: string;
}

const named = (code: string, { at, name = NAME, prefix = "NEXT_PUBLIC_", why = begins(prefix), to = name.slice(prefix.length), by, output }: Renamed): TestCaseError<MessageId> => ({
  messageId: "publicName",
  data: { name, why },
  ...locationOf(code, at),
  suggestions: by === undefined && output === undefined ? [] : [{ messageId: "rename", data: { name: to }, output: output ?? replaceOnce(code, at, by ?? "") }],
});

const read = (name: string, code: string, expected: Renamed, more: Partial<Invalid> = {}): Invalid =>
  ({ name, code, ...more, errors: [named(code, expected)] }) as Invalid;

const inlined = (name: string, filename: string, code: string, data: { readonly name: string; readonly by: string }, at: string, output: string, more: Partial<Invalid> = {}): Invalid =>
  ({
    name,
    filename,
    code,
    ...more,
    errors: [{ messageId: "inlined", data, ...locationOf(code, at), suggestions: [{ messageId: "remove", output }] }],
  }) as Invalid;

const everything = (name: string, filename: string, code: string, by: string, at: string, output: string): Invalid => ({
  name,
  filename,
  code,
  errors: [{ messageId: "everything", data: { by }, ...locationOf(code, at), suggestions: [{ messageId: "remove", output }] }],
});

const prefix = (name: string, filename: string, code: string, data: { readonly prefix: string; readonly name: string; readonly by: string }, at: string, by: string): Invalid => ({
  name,
  filename,
  code,
  errors: [
    {
      messageId: "prefix",
      data,
      ...locationOf(code, at),
      suggestions: [{ messageId: "usePrefix", data: { name: by.replaceAll('"', "") }, output: replaceOnce(code, at, by) }],
    },
  ],
});

const REDIS = 'import { Redis } from "@upstash/redis";\n';
const REASON = { typecheck: false, reason: "the package of the configuration is not installed" } as const;
/** A module behind which the file's own text shows nothing of Upstash. */
const SDK = {
  "lib/sdk.ts": 'import { Redis } from "@upstash/redis";\nexport { Redis as Database };\nexport const make = (options: { url: string; token: string }) => new Redis(options);\n',
};
const WITHOUT_UPSTASH = { "package.json": JSON.stringify({ dependencies: { vite: "*", "react-dom": "*" } }) };

const readsValid: readonly Valid[] = [
  { name: "a private name", code: `export const token = process.env.${PRIVATE};\n` },
  { name: "a name that is being typed", code: 'import { Redis } from "@upstash/redis";\nexport const redis = new Redis({ url: process.env.UPSTASH_REDIS_REST_URL!, token: process.env.NEXT_PUBLIC_! });\n' },
  { name: "an address", code: "export const url = process.env.NEXT_PUBLIC_UPSTASH_REDIS_REST_URL;\n" },
  { name: "a read-only token by its name", code: "export const token = process.env.NEXT_PUBLIC_UPSTASH_REDIS_REST_READ_ONLY_TOKEN;\n" },
  { name: "a read-only token, written in one word", code: "export const token = import.meta.env.VITE_UPSTASH_REDIS_REST_TOKEN_READONLY;\n" },
  { name: "a read-only token by the settings", code: "export const token = process.env.NEXT_PUBLIC_SCORES_TOKEN;\n", settings: { readOnlyTokenEnv: ["NEXT_PUBLIC_SCORES_TOKEN"] } },
  { name: "the variable that the Vector SDK reads for browsers", code: "export const token = process.env.NEXT_PUBLIC_UPSTASH_VECTOR_REST_TOKEN;\n" },
  { name: "the variable that the Search SDK reads for browsers", code: "export const token = process.env.NEXT_PUBLIC_UPSTASH_SEARCH_REST_TOKEN;\n" },
  { name: "somebody else's public token", code: "export const token = process.env.NEXT_PUBLIC_MAPBOX_TOKEN;\n" },
  { name: "a name that other services use too, read for itself", code: "export const token = process.env.NEXT_PUBLIC_REDIS_TOKEN;\n" },
  { name: "a yes or no", code: "export const on = process.env.NEXT_PUBLIC_HAS_UPSTASH_REDIS_REST_TOKEN === 'true';\n" },
  { name: "a read-only token of a name of one's own, in a client", code: `${REDIS}export const redis = new Redis({ url: "https://example.upstash.io", token: process.env.NEXT_PUBLIC_SCORES_READONLY! });\n` },
  { name: "an address of a name of one's own, in a client", code: `${REDIS}export const redis = new Redis({ url: process.env.NEXT_PUBLIC_REDIS_URL!, token: process.env.REDIS_TOKEN! });\n` },
  { name: "a guard that stops where the variable is set", code: `if (${READ}) throw new Error("never set this");\n` },
  { name: "a warning where one of several is set", code: `if (process.env.NEXT_PUBLIC_UPSTASH_REDIS_REST_URL || Boolean(${READ})) {\n  console.warn("do not set these");\n}\n` },
  { name: "a list of names that must not be set", code: `export const FORBIDDEN = ["${NAME}"];\n` },
  { name: "names handed to a function that reads nothing", code: `const join = (names: string[]) => names.join();\nexport const text = join(["${NAME}"]);\n` },
  { name: "a text about the variable", code: `console.warn("Never set ${NAME}: use ${PRIVATE}.");\n` },
  { name: "it is taken away", code: `delete ${READ};\n` },
  { name: "a test", filename: "lib/redis.test.ts", code: `export const token = ${READ};\n` },
  { name: "what another module reads is told there", code: 'import { token } from "./env";\nexport const copy = token.length;\n', files: { "lib/env.ts": `export const token = ${READ}!;\n` } },
  { name: "a public variable of SvelteKit that is an address", code: 'import { PUBLIC_UPSTASH_REDIS_REST_URL } from "$env/static/public";\nexport const url = PUBLIC_UPSTASH_REDIS_REST_URL;\n' },
  {
    name: "a public name, beside a client of the project's own, that no client takes",
    code: 'import { make } from "@/lib/sdk";\nexport const db = make({ url: process.env.DB_URL!, token: process.env.DB_TOKEN! });\nexport const id = process.env.NEXT_PUBLIC_DB_TOKEN;\n',
    files: SDK,
  },
  { name: "a private variable of SvelteKit", code: `import { ${PRIVATE} } from "$env/static/private";\nexport const token = ${PRIVATE};\n` },
  { name: "a secret of Redis over TCP at no known host", code: 'import Redis from "ioredis";\nexport const redis = new Redis(process.env.NEXT_PUBLIC_REDIS_URL!);\n' },
];

const destructured = `const { ${NAME}: token } = process.env;\nexport const copy = token;\n`;
const twoNames = 'import { PUBLIC_UPSTASH_REDIS_REST_URL, PUBLIC_UPSTASH_REDIS_REST_TOKEN } from "$env/static/public";\nexport const config = [PUBLIC_UPSTASH_REDIS_REST_URL, PUBLIC_UPSTASH_REDIS_REST_TOKEN];\n';
const oneName = 'import { PUBLIC_QSTASH_TOKEN } from "$env/static/public";\nexport const token = PUBLIC_QSTASH_TOKEN;\n';
const astro = `import { ${PRIVATE} } from "astro:env/client";\nexport const token = ${PRIVATE};\n`;
const dynamic = 'import { env } from "$env/dynamic/public";\nexport const token = env.PUBLIC_QSTASH_TOKEN;\n';
const picker = `function pick(names: string[]): string | undefined {
  for (const name of names) {
    const value = process.env[name];
    if (value) return value;
  }
  return undefined;
}
export const token = pick(["${PRIVATE}", "${NAME}"]);
`;

const readsInvalid: readonly Invalid[] = [
  read("Next.js", `export const token = ${READ};\n`, { at: READ, by: `process.env.${PRIVATE}` }),
  read(
    "whatever it is called, where a class of another module takes it",
    'import { Database } from "@/lib/sdk";\nexport const db = new Database({ url: process.env.DB_URL!, token: process.env.NEXT_PUBLIC_DB_TOKEN! });\n',
    { at: "process.env.NEXT_PUBLIC_DB_TOKEN", name: "NEXT_PUBLIC_DB_TOKEN", by: "process.env.DB_TOKEN" },
    { files: SDK },
  ),
  read("behind a private name", `export const token = process.env.${PRIVATE} ?? ${READ};\n`, { at: READ, by: `process.env.${PRIVATE}` }),
  read(
    "whose rest is no name for a member",
    'import { Redis } from "@upstash/redis";\nexport const redis = new Redis({ url: "https://a.upstash.io", token: process.env.NEXT_PUBLIC_1! });\n',
    { at: "process.env.NEXT_PUBLIC_1", name: "NEXT_PUBLIC_1" },
  ),
  read("by a computed key", `export const token = process.env["${NAME}"];\n`, { at: `process.env["${NAME}"]`, by: `process.env["${PRIVATE}"]` }),
  read("destructured", destructured, { at: `${NAME}: token`, by: `${PRIVATE}: token` }),
  read("Vite", "export const token = import.meta.env.VITE_UPSTASH_VECTOR_REST_TOKEN;\n", {
    at: "import.meta.env.VITE_UPSTASH_VECTOR_REST_TOKEN", name: "VITE_UPSTASH_VECTOR_REST_TOKEN", prefix: "VITE_", by: "import.meta.env.UPSTASH_VECTOR_REST_TOKEN",
  }),
  read("Expo", "export const token = process.env.EXPO_PUBLIC_KV_REST_API_TOKEN;\n", {
    at: "process.env.EXPO_PUBLIC_KV_REST_API_TOKEN", name: "EXPO_PUBLIC_KV_REST_API_TOKEN", prefix: "EXPO_PUBLIC_", by: "process.env.KV_REST_API_TOKEN",
  }),
  read("Create React App: a signing key", "export const key = process.env.REACT_APP_QSTASH_CURRENT_SIGNING_KEY;\n", {
    at: "process.env.REACT_APP_QSTASH_CURRENT_SIGNING_KEY", name: "REACT_APP_QSTASH_CURRENT_SIGNING_KEY", prefix: "REACT_APP_", by: "process.env.QSTASH_CURRENT_SIGNING_KEY",
  }),
  read("Gatsby: a password", "export const key = process.env.GATSBY_UPSTASH_KAFKA_REST_PASSWORD;\n", {
    at: "process.env.GATSBY_UPSTASH_KAFKA_REST_PASSWORD", name: "GATSBY_UPSTASH_KAFKA_REST_PASSWORD", prefix: "GATSBY_", by: "process.env.UPSTASH_KAFKA_REST_PASSWORD",
  }),
  read("Deno", `export const token = Deno.env.get("PUBLIC_UPSTASH_REDIS_REST_TOKEN");\n`, {
    at: 'Deno.env.get("PUBLIC_UPSTASH_REDIS_REST_TOKEN")', name: "PUBLIC_UPSTASH_REDIS_REST_TOKEN", prefix: "PUBLIC_", by: `Deno.env.get("${PRIVATE}")`,
  }),
  read("a prefix of the project's own", "export const token = process.env.BROWSER_QSTASH_TOKEN;\n", {
    at: "process.env.BROWSER_QSTASH_TOKEN", name: "BROWSER_QSTASH_TOKEN", prefix: "BROWSER_", by: "process.env.QSTASH_TOKEN",
  }, { settings: { envPrefixes: ["BROWSER_"] } }),
  read("in a server module too: the bundler looks at the name", `import "server-only";\nexport const token = ${READ};\n`, { at: READ, by: `process.env.${PRIVATE}` }, REASON),
  read("the variable is demanded", `if (!${READ}) throw new Error("missing");\n`, { at: READ, by: `process.env.${PRIVATE}` }),
  read("a guard that goes on with it", `export let token = "";\nif (${READ}) token = "set";\n`, { at: READ, by: `process.env.${PRIVATE}` }),
  read("a name that other services use too, in a client", `${REDIS}export const redis = new Redis({ url: process.env.NEXT_PUBLIC_REDIS_URL!, token: process.env.NEXT_PUBLIC_REDIS_TOKEN! });\n`, {
    at: "process.env.NEXT_PUBLIC_REDIS_TOKEN", name: "NEXT_PUBLIC_REDIS_TOKEN", by: "process.env.REDIS_TOKEN",
  }),
  read("a name of one's own, in a client", `${REDIS}const token = process.env.NEXT_PUBLIC_STORE_KEY ?? "";\nexport const redis = new Redis({ url: "https://example.upstash.io", token });\n`, {
    at: "process.env.NEXT_PUBLIC_STORE_KEY", name: "NEXT_PUBLIC_STORE_KEY", by: "process.env.STORE_KEY",
  }),
  read("Redis over TCP", 'import Redis from "ioredis";\nexport const redis = new Redis(process.env.NEXT_PUBLIC_UPSTASH_IOREDIS!);\n', {
    at: "process.env.NEXT_PUBLIC_UPSTASH_IOREDIS", name: "NEXT_PUBLIC_UPSTASH_IOREDIS", by: "process.env.UPSTASH_IOREDIS",
  }),
  read("one of several names that a function reads", picker, { at: `"${NAME}"`, by: `"${PRIVATE}"`, output: replaceOnce(picker, `"${NAME}"`, `"${PRIVATE}"`) }),
  read("SvelteKit: one name of several", twoNames, {
    at: "«PUBLIC_UPSTASH_REDIS_REST_TOKEN» } from", name: "PUBLIC_UPSTASH_REDIS_REST_TOKEN", prefix: "PUBLIC_",
    output: `import { PUBLIC_UPSTASH_REDIS_REST_URL } from "$env/static/public";\nimport { ${PRIVATE} as PUBLIC_UPSTASH_REDIS_REST_TOKEN } from "$env/static/private";\nexport const config = [PUBLIC_UPSTASH_REDIS_REST_URL, PUBLIC_UPSTASH_REDIS_REST_TOKEN];\n`,
  }, REASON),
  read("SvelteKit: the only name", oneName, {
    at: "{ «PUBLIC_QSTASH_TOKEN» }", name: "PUBLIC_QSTASH_TOKEN", prefix: "PUBLIC_",
    output: 'import { QSTASH_TOKEN as PUBLIC_QSTASH_TOKEN } from "$env/static/private";\nexport const token = PUBLIC_QSTASH_TOKEN;\n',
  }, REASON),
  read("SvelteKit: the environment as a whole, for which no rename would do", dynamic, { at: "env.PUBLIC_QSTASH_TOKEN", name: "PUBLIC_QSTASH_TOKEN", prefix: "PUBLIC_" }, REASON),
  read("Astro: a variable without a prefix, from the client's module", astro, {
    at: `{ «${PRIVATE}» }`, name: PRIVATE, prefix: "", why: "variables of this module", to: PRIVATE,
    output: `import { ${PRIVATE} } from "astro:env/server";\nexport const token = ${PRIVATE};\n`,
  }, REASON),
];

runRule("no-public-env-credentials", rule, { valid: readsValid, invalid: readsInvalid });

const NEXT_ENV = "`env` of next.config";
const DEFINE = "Vite's `define`";
const PUBLIC_CONFIG = "`runtimeConfig.public` of nuxt.config";
const CLIENT_PART = "the `client` part of this schema";

const configValid: readonly Valid[] = [
  { name: "next.config: an address", filename: "next.config.ts", code: "export default { env: { UPSTASH_REDIS_REST_URL: process.env.UPSTASH_REDIS_REST_URL } };\n" },
  { name: "next.config: a read-only token under the name of the other", filename: "next.config.ts", code: `export default { env: { ${PRIVATE}: process.env.UPSTASH_REDIS_REST_READ_ONLY_TOKEN } };\n` },
  { name: "next.config: the environment is read, and not inlined", filename: "next.config.ts", code: `const hasRedis = Boolean(process.env.${PRIVATE});\nexport default { reactStrictMode: hasRedis };\n` },
  { name: "next.config: variables for the server", filename: "next.config.js", code: `module.exports = { serverRuntimeConfig: { ${PRIVATE}: process.env.${PRIVATE} } };\n` },
  { name: "an `env` elsewhere", filename: "lib/worker.ts", code: `export default { env: { ${PRIVATE}: process.env.${PRIVATE} } };\n` },
  { name: "Vite: a variable that is blanked", filename: "vite.config.ts", code: `export default { define: { "process.env.${PRIVATE}": JSON.stringify("") } };\n` },
  { name: "Vite: variables with the usual prefix", filename: "vite.config.ts", code: 'import { loadEnv } from "vite";\nexport default ({ mode }) => {\n  const env = loadEnv(mode, ".");\n  return { define: { "process.env": env } };\n};\n' },
  { name: "Vite: one variable of many", filename: "vite.config.ts", code: 'export default { define: { __MODE__: JSON.stringify(process.env.MODE) } };\n' },
  { name: "Vite: all variables of a project without Upstash", filename: "vite.config.ts", code: 'export default { define: { "process.env": process.env } };\n', files: WITHOUT_UPSTASH },
  { name: "Vite: a prefix that no secret has", filename: "vite.config.ts", code: 'export default { envPrefix: ["VITE_", "APP_"] };\n' },
  { name: "Vite: a prefix of addresses", filename: "vite.config.ts", code: 'export default { envPrefix: "UPSTASH_REDIS_REST_URL" };\n' },
  { name: "a bundle for servers", filename: "tsdown.config.ts", code: `export default { define: { "process.env.${PRIVATE}": JSON.stringify(process.env.${PRIVATE}) } };\n` },
  { name: "Nuxt: private at the top", filename: "nuxt.config.ts", code: `export default defineNuxtConfig({ runtimeConfig: { upstashRedisRestToken: process.env.${PRIVATE}, public: { siteName: "Shop" } } });\n` },
  { name: "a schema of variables for the server", filename: "src/env.ts", code: `import { createEnv } from "@t3-oss/env-nextjs";\nimport { z } from "zod";\nexport const env = createEnv({ server: { ${PRIVATE}: z.string() }, client: { NEXT_PUBLIC_SITE: z.string() }, runtimeEnv: process.env });\n` },
  { name: "Astro: a secret in the schema", filename: "astro.config.mjs", code: `import { defineConfig, envField } from "astro/config";\nexport default defineConfig({ env: { schema: { ${PRIVATE}: envField.string({ context: "server", access: "secret" }) } } });\n` },
  { name: "SvelteKit: a private variable", filename: "src/env.ts", code: `import { defineEnvVars } from "@sveltejs/kit";\nexport const variables = defineEnvVars({ ${PRIVATE}: {}, PUBLIC_SITE: { public: true } });\n` },
  { name: "webpack: a variable that says nothing", filename: "webpack.config.js", code: 'const webpack = require("webpack");\nmodule.exports = { plugins: [new webpack.EnvironmentPlugin(["NODE_ENV"])] };\n' },
];

const nextEnv = `export default {\n  // what pages need\n  env: {\n    ${PRIVATE}: process.env.${PRIVATE},\n    SITE: process.env.SITE,\n  },\n};\n`;
const client = `import { createEnv } from "@t3-oss/env-nextjs";\nimport { z } from "zod";\nexport const env = createEnv({\n  server: { SITE_KEY: z.string() },\n  client: { «X»: z.string().min(1) },\n  runtimeEnv: { SITE_KEY: process.env.SITE_KEY },\n});\n`;
const schemaOf = (name: string): string => client.replace("«X»", name);
const withoutServer = `import { createEnv } from "@t3-oss/env-core";\nimport { z } from "zod";\nexport const env = createEnv({ clientPrefix: "VITE_", client: { VITE_QSTASH_TOKEN: z.string() }, runtimeEnv: import.meta.env });\n`;

const configInvalid: readonly Invalid[] = [
  inlined("next.config: env", "next.config.ts", nextEnv, { name: PRIVATE, by: NEXT_ENV }, `${PRIVATE}: process.env.${PRIVATE}`, replaceOnce(nextEnv, `    ${PRIVATE}: process.env.${PRIVATE},\n`, "")),
  inlined("next.config: under another name, the last of the list", "next.config.mjs", `const config = { env: { SITE: "a", token: process.env.${PRIVATE} } };\nexport default config;\n`, { name: PRIVATE, by: NEXT_ENV }, `token: process.env.${PRIVATE}`, 'const config = { env: { SITE: "a" } };\nexport default config;\n'),
  inlined("next.config: a function, in CommonJS, behind a wrapper", "next.config.js", `const withMDX = require("@next/mdx")();\nmodule.exports = () => withMDX({ env: { QSTASH_TOKEN: process.env.QSTASH_TOKEN } });\n`, { name: "QSTASH_TOKEN", by: NEXT_ENV }, "QSTASH_TOKEN: process.env.QSTASH_TOKEN", 'const withMDX = require("@next/mdx")();\nmodule.exports = () => withMDX({ env: { } });\n'),
  inlined("next.config: publicRuntimeConfig", "next.config.js", `module.exports = { publicRuntimeConfig: { redisToken: process.env.KV_REST_API_TOKEN } };\n`, { name: "KV_REST_API_TOKEN", by: "`publicRuntimeConfig` of next.config" }, "redisToken: process.env.KV_REST_API_TOKEN", "module.exports = { publicRuntimeConfig: { } };\n"),
  everything("next.config: all variables", "next.config.mjs", "export default { env: { ...process.env } };\n", NEXT_ENV, "...process.env", "export default { env: { } };\n"),
  inlined("Vite: define", "vite.config.ts", `import { defineConfig } from "vite";\nexport default defineConfig({ define: { "process.env.${PRIVATE}": JSON.stringify(process.env.${PRIVATE}) } });\n`, { name: PRIVATE, by: DEFINE }, `"process.env.${PRIVATE}": JSON.stringify(process.env.${PRIVATE})`, 'import { defineConfig } from "vite";\nexport default defineConfig({ define: { } });\n', REASON),
  inlined("Vite: define, by loadEnv", "vite.config.ts", 'import { defineConfig, loadEnv } from "vite";\nexport default defineConfig(({ mode }) => {\n  const env = loadEnv(mode, process.cwd(), "");\n  return { define: { __TOKEN__: JSON.stringify(env.KV_REST_API_TOKEN) } };\n});\n', { name: "KV_REST_API_TOKEN", by: DEFINE }, "__TOKEN__: JSON.stringify(env.KV_REST_API_TOKEN)", 'import { defineConfig, loadEnv } from "vite";\nexport default defineConfig(({ mode }) => {\n  const env = loadEnv(mode, process.cwd(), "");\n  return { define: { } };\n});\n', REASON),
  everything("Vite: all variables", "vite.config.ts", 'export default { define: { "process.env": process.env } };\n', DEFINE, '"process.env": process.env', "export default { define: { } };\n"),
  everything("Vite: all variables, as JSON", "vite.config.ts", 'import { loadEnv } from "vite";\nexport default ({ mode }: { mode: string }) => ({ define: { "process.env": JSON.stringify(loadEnv(mode, ".", "")) } });\n', DEFINE, '"process.env": JSON.stringify(loadEnv(mode, ".", ""))', 'import { loadEnv } from "vite";\nexport default ({ mode }: { mode: string }) => ({ define: { } });\n'),
  prefix("Vite: a prefix that secrets have", "vite.config.ts", 'export default { envPrefix: ["VITE_", "UPSTASH_"] };\n', { prefix: "UPSTASH_", name: PRIVATE, by: "Vite's `envPrefix`" }, '"UPSTASH_"', '"VITE_"'),
  prefix("Astro: a prefix that secrets have", "astro.config.mjs", 'export default { vite: { envPrefix: "KV_" } };\n', { prefix: "KV_", name: "KV_REST_API_TOKEN", by: "Vite's `envPrefix`" }, '"KV_"', '"PUBLIC_"'),
  inlined("Nuxt: runtimeConfig.public, which a variable fills", "nuxt.config.ts", 'export default defineNuxtConfig({ runtimeConfig: { public: { upstashRedisRestToken: "" } } });\n', { name: "upstashRedisRestToken", by: PUBLIC_CONFIG }, 'upstashRedisRestToken: ""', "export default defineNuxtConfig({ runtimeConfig: { public: { } } });\n"),
  inlined("Nuxt: runtimeConfig.public, under another name", "nuxt.config.ts", "export default { runtimeConfig: { public: { token: process.env.QSTASH_TOKEN } } };\n", { name: "QSTASH_TOKEN", by: PUBLIC_CONFIG }, "token: process.env.QSTASH_TOKEN", "export default { runtimeConfig: { public: { } } };\n"),
  inlined("Expo: extra", "app.config.ts", `export default { name: "shop", extra: { ${PRIVATE}: process.env.${PRIVATE} } };\n`, { name: PRIVATE, by: "`extra` of the app's config" }, `${PRIVATE}: process.env.${PRIVATE}`, 'export default { name: "shop", extra: { } };\n'),
  inlined("webpack: DefinePlugin", "webpack.config.js", `const webpack = require("webpack");\nmodule.exports = { plugins: [new webpack.DefinePlugin({ "process.env.${PRIVATE}": JSON.stringify(process.env.${PRIVATE}) })] };\n`, { name: PRIVATE, by: "webpack's `DefinePlugin`" }, `"process.env.${PRIVATE}": JSON.stringify(process.env.${PRIVATE})`, 'const webpack = require("webpack");\nmodule.exports = { plugins: [new webpack.DefinePlugin({ })] };\n'),
  inlined("webpack: EnvironmentPlugin, in a list", "webpack.config.js", `const { EnvironmentPlugin } = require("webpack");\nmodule.exports = { plugins: [new EnvironmentPlugin(["NODE_ENV", "${PRIVATE}"])] };\n`, { name: PRIVATE, by: "webpack's `EnvironmentPlugin`" }, `"${PRIVATE}"`, 'const { EnvironmentPlugin } = require("webpack");\nmodule.exports = { plugins: [new EnvironmentPlugin(["NODE_ENV"])] };\n'),
  inlined("a schema's client part: the variable moves", "src/env.ts", schemaOf(NAME), { name: NAME, by: CLIENT_PART }, `${NAME}: z.string().min(1)`, schemaOf(NAME).replace("SITE_KEY: z.string() }", `${PRIVATE}: z.string().min(1), SITE_KEY: z.string() }`).replace(`{ ${NAME}: z.string().min(1) }`, "{ }"), REASON),
  inlined("a schema without a server part", "src/env.ts", withoutServer, { name: "VITE_QSTASH_TOKEN", by: CLIENT_PART }, "VITE_QSTASH_TOKEN: z.string()", withoutServer.replace("client: { VITE_QSTASH_TOKEN: z.string() }", "server: { QSTASH_TOKEN: z.string() }, client: { }"), REASON),
  inlined("Astro: a secret in the client's context", "astro.config.mjs", `import { defineConfig, envField } from "astro/config";\nexport default defineConfig({ env: { schema: { ${PRIVATE}: envField.string({ context: "client", access: "public" }) } } });\n`, { name: PRIVATE, by: "the `client` context of `astro:env`" }, `${PRIVATE}: envField.string({ context: "client", access: "public" })`, 'import { defineConfig, envField } from "astro/config";\nexport default defineConfig({ env: { schema: { } } });\n'),
  inlined("SvelteKit: a secret that is made public", "src/env.ts", `import { defineEnvVars } from "@sveltejs/kit";\nexport const variables = defineEnvVars({ ${PRIVATE}: { public: true } });\n`, { name: PRIVATE, by: "`public: true`" }, `${PRIVATE}: { public: true }`, 'import { defineEnvVars } from "@sveltejs/kit";\nexport const variables = defineEnvVars({ });\n', REASON),
];

runRule("no-public-env-credentials", rule, { valid: configValid, invalid: configInvalid });

/** Where the variable is read in the forms that write it another way, and what takes its place. */
const FORMS: Readonly<Record<string, { readonly at: string; readonly by: string }>> = {
  "member by optional chaining": { at: `process.env?.${NAME}`, by: `process.env?.${PRIVATE}` },
  "member by string": { at: `process.env["${NAME}"]`, by: `process.env["${PRIVATE}"]` },
  "member by template": { at: `process.env[\`${NAME}\`]`, by: `process.env["${PRIVATE}"]` },
  "member by constant": { at: "process.env[FORM_KEY]", by: `process.env["${PRIVATE}"]` },
  "member of an alias": { at: `formObject.${NAME}`, by: `formObject.${PRIVATE}` },
  "member of a copy": { at: `formObject.${NAME}`, by: `formObject.${PRIVATE}` },
  "member by destructuring": { at: `{ «${NAME}» }`, by: `${PRIVATE}: ${NAME}` },
  "member by destructuring with rename": { at: `${NAME}: formOther`, by: `${PRIVATE}: formOther` },
  "member by destructuring with rename and default": { at: `${NAME}: formOther = ""`, by: `${PRIVATE}: formOther = ""` },
  "member by computed destructuring": { at: `["${NAME}"]: formOther`, by: `${PRIVATE}: formOther` },
};

/** However the variable is read. */
runRule("no-public-env-credentials", rule, {
  valid: [],
  invalid: syntaxMatrix
    .value(READ, (setup, expr) => `export async function held() {\n${setup}\nreturn [${expr}];\n}\n`)
    .map((form): Invalid => ({ ...form, errors: [named(form.code, FORMS[form.name] ?? { at: READ, by: `process.env.${PRIVATE}` })] })),
});

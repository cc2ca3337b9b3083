import { boxKey, connectionString, developmentToken, filler, kafkaUsername, qstashToken, redisToken, signingKey } from "../../helpers/fake-credentials.ts";
import { check, FULL_REDIS, REDIS, report, URL, useEnv, useFromEnv, type Invalid, type Valid } from "./shared.ts";

/** A secret without a shape: the password of an early database, or something that somebody has shortened. */
const SECRET = filler(32, 41);
const TOKEN = redisToken();
const READ = "process.env.UPSTASH_REDIS_REST_TOKEN";
const WIRE_URL = "rediss://quick-otter-12345.upstash.io:6379";

const given = (name: string, code: string, what: string, read: string, more: Partial<Valid> = {}, value = SECRET): Invalid => ({
  name,
  code,
  ...more,
  typecheck: false,
  reason: "the packages of other products are not installed, and keys may be given alone",
  errors: [report(code, "written", { what }, `"${value}"`, useEnv(read, [`"${value}"`, `${read}!`]))],
});

const redisOption = (name: string, code: string, more: Partial<Valid> = {}): Invalid => ({
  name,
  code,
  ...more,
  errors: [report(code, "written", { what: "the `token` of a Redis client" }, `"${SECRET}"`, useEnv(READ, [`"${SECRET}"`, `${READ}!`]))],
});

const both = (name: string, before: string, made: string, after: string, by: string, what: string, value: string, call?: string, more: Partial<Valid> = {}): Invalid => {
  const code = `${before}${made}${after}`;
  return {
    name,
    code,
    ...more,
    errors: [report(code, "written", { what }, `"${value}"`, useFromEnv(made, by, call), useEnv(READ, [`"${value}"`, `${READ}!`]))],
  };
};

const spread = `${REDIS}const shared = { ${URL} };\nexport const redis = new Redis({ ...shared, token: "${SECRET}" });\n`;
const variable = `${REDIS}const token = "${SECRET}";\nexport const redis = new Redis({ ${URL}, token });\n`;
const config = `${REDIS}const config = { redis: { ${URL}, token: "${SECRET}" } };\nexport const redis = new Redis(config.redis);\n`;
const factory = `${REDIS}const connect = (token: string) => new Redis({ ${URL}, token });\nexport const redis = connect("${SECRET}");\n`;
const subclass = `${REDIS}class Store extends Redis {}\nexport const store = new Store({ ${URL}, token: "${SECRET}" });\n`;
const encoded = `${REDIS}export const redis = new Redis({ ${URL}, token: atob("${btoa(SECRET)}") });\n`;
const trimmed = `${REDIS}export const redis = new Redis({ ${URL}, token: "${SECRET}".trim() });\n`;
const pieces = `${REDIS}export const redis = new Redis({ ${URL}, token: ["${SECRET.slice(0, 9)}", "${SECRET.slice(9)}"].join("") });\n`;
const prefix = `${REDIS}const start = "${TOKEN.slice(0, 12)}";\nexport const redis = new Redis({ ${URL}, token: start + "${TOKEN.slice(12)}" });\n`;
const commented = `${REDIS}export const redis = new Redis({\n  ${URL},\n  // the main database\n  token: "${TOKEN}",\n});\n`;

const imported = `${REDIS}import { TOKEN as held } from "@/lib/secrets";\nexport const redis = new Redis({ ${URL}, token: (held) });\n`;
const importedConfig = `${REDIS}import config from "./config";\nexport const redis = new Redis(config);\n`;
const typedEnv = `${REDIS}import { env } from "@/env";\nexport const redis = new Redis({ url: env.UPSTASH_REDIS_REST_URL, token: "${SECRET}" });\n`;
const projectEnv = `${REDIS}export const redis = new Redis({ ${URL}, token: "${SECRET}", retry: false, latencyLogging: true, ...{} });\n`;
const svelte = `${REDIS}import { UPSTASH_REDIS_REST_URL } from "$env/static/private";\nexport const redis = new Redis({ url: UPSTASH_REDIS_REST_URL, ...{}, token: "${SECRET}" });\n`;
const bearer = `export const load = () =>\n  fetch("https://quick-otter-12345.upstash.io/get/visits", { headers: { Authorization: "Bearer ${SECRET}" } });\n`;
const bearerTemplate = `const secret = "${SECRET}";\nexport const load = () =>\n  fetch(\`\${process.env.UPSTASH_REDIS_REST_URL}/get/visits\`, { headers: { authorization: \`Bearer \${secret}\` } });\n`;
const basic = `const user = "${kafkaUsername()}";\nconst pass = "${SECRET}";\nconst auth = Buffer.from(\`\${user}:\${pass}\`).toString("base64");\nexport const send = () => fetch("https://quick-otter-12345-us1-kafka.upstash.io/produce/a", { headers: { Authorization: \`Basic \${auth}\` } });\n`;
const axios = `import axios from "axios";\nexport const api = axios.create({ baseURL: "https://quick-otter-12345.upstash.io", headers: { Authorization: "Bearer ${SECRET}" } });\n`;
const headers = `export const load = () => fetch("https://qstash.upstash.io/v2/messages", { headers: new Headers({ Authorization: "Bearer ${SECRET}" }) });\n`;
const kv = `import { createClient } from "@vercel/kv";\nexport const kv = createClient({ url: "https://quick-otter-12345.upstash.io", token: "${SECRET}" });\n`;

const local = (url: string): string => `${REDIS}export const redis = new Redis({ url: "${url}", token: "${SECRET}" });\n`;

const ENV_MODULE = 'export const env = { UPSTASH_REDIS_REST_URL: process.env.UPSTASH_REDIS_REST_URL!, UPSTASH_REDIS_REST_TOKEN: process.env.UPSTASH_REDIS_REST_TOKEN! };\n';

check({
  valid: [
    { name: "fromEnv()", code: `${REDIS}export const redis = Redis.fromEnv();\n` },
    { name: "an env read", code: `${REDIS}export const redis = new Redis({ url: process.env.UPSTASH_REDIS_REST_URL, token: process.env.UPSTASH_REDIS_REST_TOKEN });\n` },
    { name: "an env read under a name with SECRET", code: `${REDIS}export const redis = new Redis({ url: process.env.REDIS_URL, token: process.env.REDIS_SECRET! });\n` },
    { name: "an empty string", code: `${REDIS}export const redis = new Redis({ ${URL}, token: "" });\n` },
    { name: "a placeholder", code: `${REDIS}export const redis = new Redis({ ${URL}, token: "<UPSTASH_REDIS_REST_TOKEN>" });\n` },
    { name: "words", code: `${REDIS}export const redis = new Redis({ ${URL}, token: "dummy-token-for-the-build" });\n` },
    { name: "a server on the developer's machine", code: local("http://localhost:8079") },
    { name: "a server in a container next door", code: local("http://serverless-redis-http:80") },
    { name: "a made-up token in a test", code: `${REDIS}export const redis = new Redis({ ${URL}, token: "${SECRET}" });\n`, filename: "lib/redis.test.ts" },
    { name: "the public token of the development server", code: `import { Client } from "@upstash/qstash";\nexport const client = new Client({ token: "${developmentToken()}" });\n` },
    { name: "a secret from a parameter", code: `${REDIS}export const connect = (token: string) => new Redis({ ${URL}, token });\n` },
    { name: "a secret from a vault, whose name is no secret", code: `${REDIS}import { read } from "vault";\nexport const connect = async () => new Redis({ ${URL}, token: await read("prod/redis/token-9f86d081884c7d65") });\n` },
    { name: "another option", code: `${REDIS}export const redis = new Redis({ url: process.env.A!, token: process.env.B!, responseEncoding: "base64", cache: "no-store" });\n` },
    { name: "a class of the project's own that is called Redis", code: `import { Redis } from "@/lib/fake"; // not upstash\nexport const redis = new Redis({ token: "${SECRET}" });\n`, files: { "lib/fake.ts": "export class Redis { constructor(public options: { token: string }) {} }\n" } },
    { name: "ioredis elsewhere", code: `import Redis from "ioredis"; // not upstash\nexport const redis = new Redis({ host: "redis.example.com", password: "${SECRET}" });\n` },
    { name: "ioredis at a host that is not known", code: `import Redis from "ioredis"; // maybe upstash\nexport const redis = new Redis({ host: process.env.REDIS_HOST, password: "${SECRET}" });\n` },
    { name: "a request elsewhere", code: `// not upstash\nexport const load = () => fetch("https://api.example.com", { headers: { Authorization: "Bearer ${SECRET}" } });\n` },
    { name: "a request with a token from the environment", code: "export const load = () => fetch(`${process.env.UPSTASH_REDIS_REST_URL}/get/a`, { headers: { Authorization: `Bearer ${process.env.UPSTASH_REDIS_REST_TOKEN}` } });\n" },
    { name: "a site key in the same file", code: `${REDIS}export const redis = Redis.fromEnv();\nexport const SITE_KEY = "6Lc${filler(37)}";\n` },
    { name: "the options of a limiter", code: `${REDIS}import { Ratelimit } from "@upstash/ratelimit";\nexport const limiter = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.fixedWindow(5, "10 s"), prefix: "9f86d081884c7d659a2f" });\n` },
    { name: "an option that another file reads from the environment", code: imported, files: { "lib/secrets.ts": "export const TOKEN = process.env.UPSTASH_REDIS_REST_TOKEN!;\n" } },
  ],
  invalid: [
    both("a token with url", `${REDIS}const redis = `, `new Redis({ ${URL}, token: "${TOKEN}" })`, ";\nexport default redis;\n", "Redis.fromEnv()", FULL_REDIS, TOKEN),
    both("a token without a shape", `${REDIS}export const redis = `, `new Redis({ ${URL}, token: "${SECRET}" })`, ";\n", "Redis.fromEnv()", "the `token` of a Redis client", SECRET),
    both("a token, with other options", `${REDIS}export const redis = `, `new Redis({ ${URL}, token: "${TOKEN}", retry: false })`, ";\n", "Redis.fromEnv({ retry: false })", FULL_REDIS, TOKEN),
    both("a namespace import", 'import * as upstash from "@upstash/redis";\nexport const redis = ', `new upstash.Redis({ ${URL}, token: "${TOKEN}" })`, ";\n", "upstash.Redis.fromEnv()", FULL_REDIS, TOKEN, "upstash.Redis.fromEnv()"),
    { name: "comments stay", code: commented, errors: [report(commented, "written", { what: FULL_REDIS }, `"${TOKEN}"`, useEnv(READ, [`"${TOKEN}"`, `${READ}!`]))] },
    redisOption("Cloudflare", `import { Redis } from "@upstash/redis/cloudflare";\nexport const redis = new Redis({ ${URL}, token: "${SECRET}" });\n`),
    redisOption("Fastly", `import { Redis } from "@upstash/redis/fastly";\nexport const redis = new Redis({ ${URL}, backend: "upstash", token: "${SECRET}" });\n`),
    redisOption("a spread object", spread),
    {
      name: "a variable",
      code: variable,
      errors: [report(variable, "written", { what: "the `token` of a Redis client" }, `"${SECRET}"`, useEnv(READ, [`"${SECRET}"`, `${READ}!`]))],
    },
    redisOption("an object elsewhere in the file", config),
    redisOption("the argument of a factory", factory),
    redisOption("a subclass", subclass),
    {
      name: "encoded",
      code: encoded,
      errors: [report(encoded, "written", { what: "the `token` of a Redis client" }, `atob("${btoa(SECRET)}")`, useFromEnv(`new Redis({ ${URL}, token: atob("${btoa(SECRET)}") })`, "Redis.fromEnv()"), useEnv(READ, [`atob("${btoa(SECRET)}")`, `${READ}!`]))],
    },
    {
      name: "trimmed",
      code: trimmed,
      errors: [report(trimmed, "written", { what: "the `token` of a Redis client" }, `"${SECRET}"`, useFromEnv(`new Redis({ ${URL}, token: "${SECRET}".trim() })`, "Redis.fromEnv()"), useEnv(READ, [`"${SECRET}"`, `${READ}!`]))],
    },
    {
      name: "joined",
      code: pieces,
      errors: [
        report(
          pieces,
          "written",
          { what: "the `token` of a Redis client" },
          `["${SECRET.slice(0, 9)}", "${SECRET.slice(9)}"].join("")`,
          useFromEnv(`new Redis({ ${URL}, token: ["${SECRET.slice(0, 9)}", "${SECRET.slice(9)}"].join("") })`, "Redis.fromEnv()"),
          useEnv(READ, [`["${SECRET.slice(0, 9)}", "${SECRET.slice(9)}"].join("")`, `${READ}!`]),
        ),
      ],
    },
    {
      name: "a constant and the rest",
      code: prefix,
      errors: [
        report(prefix, "written", { what: FULL_REDIS }, `start + "${TOKEN.slice(12)}"`, useFromEnv(`new Redis({ ${URL}, token: start + "${TOKEN.slice(12)}" })`, "Redis.fromEnv()"), useEnv(READ, [`start + "${TOKEN.slice(12)}"`, `${READ}!`])),
      ],
    },
    { name: "a constant of another file", code: imported, files: { "lib/secrets.ts": `export const TOKEN = "${TOKEN}";\n` }, errors: [report(imported, "elsewhere", { what: FULL_REDIS }, "(«held»)")] },
    { name: "the options of another file", code: importedConfig, files: { "lib/config.ts": `export default { ${URL}, token: "${SECRET}" };\n` }, errors: [report(importedConfig, "elsewhere", { what: "the `token` of a Redis client" }, "new Redis(config)")] },
    {
      name: "the environment module that the file imports",
      code: typedEnv,
      files: { "env.ts": ENV_MODULE },
      errors: [report(typedEnv, "written", { what: "the `token` of a Redis client" }, `"${SECRET}"`, useFromEnv(`new Redis({ url: env.UPSTASH_REDIS_REST_URL, token: "${SECRET}" })`, "Redis.fromEnv()"), useEnv("env.UPSTASH_REDIS_REST_TOKEN", [`"${SECRET}"`, "env.UPSTASH_REDIS_REST_TOKEN"]))],
    },
    {
      name: "the environment module that the project has",
      code: projectEnv,
      files: { "env.ts": ENV_MODULE },
      errors: [
        report(projectEnv, "written", { what: "the `token` of a Redis client" }, `"${SECRET}"`, useEnv("env.UPSTASH_REDIS_REST_TOKEN", [`"${SECRET}"`, "env.UPSTASH_REDIS_REST_TOKEN"], [REDIS, `${REDIS}import { env } from "@/env";\n`])),
      ],
    },
    {
      name: "SvelteKit's private variables",
      code: svelte,
      typecheck: false,
      reason: "SvelteKit generates the module",
      errors: [
        report(svelte, "written", { what: "the `token` of a Redis client" }, `"${SECRET}"`, useEnv("UPSTASH_REDIS_REST_TOKEN", [`"${SECRET}"`, "UPSTASH_REDIS_REST_TOKEN"], ["{ UPSTASH_REDIS_REST_URL }", "{ UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN }"])),
      ],
    },
    { name: "Vercel KV", code: kv, errors: [report(kv, "written", { what: "the `token` of a Redis client" }, `"${SECRET}"`, useEnv("process.env.KV_REST_API_TOKEN", [`"${SECRET}"`, "process.env.KV_REST_API_TOKEN!"]))] },
    given("QStash", `import { Client } from "@upstash/qstash";\nexport const client = new Client({ token: "${SECRET}" });\n`, "the `token` of a QStash client", "process.env.QSTASH_TOKEN"),
    given("QStash, with a whole token", `import { Client } from "@upstash/qstash";\nexport const client = new Client({ token: "${qstashToken()}" });\n`, "a QStash token", "process.env.QSTASH_TOKEN", {}, qstashToken()),
    given("a receiver", `import { Receiver } from "@upstash/qstash";\nexport const receiver = new Receiver({ nextSigningKey: "${signingKey()}" });\n`, "a QStash signing key", "process.env.QSTASH_NEXT_SIGNING_KEY", {}, signingKey()),
    given("a wrapped handler", `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";\nexport const POST = verifySignatureAppRouter(async () => new Response(), { currentSigningKey: "${SECRET}" });\n`, "the `currentSigningKey` of a QStash client", "process.env.QSTASH_CURRENT_SIGNING_KEY"),
    given("Workflow", `import { Client } from "@upstash/workflow";\nexport const client = new Client({ token: "${SECRET}" });\n`, "the `token` of a Workflow client", "process.env.QSTASH_TOKEN"),
    given("Vector", `import { Index } from "@upstash/vector";\nexport const index = new Index({ url: "https://a.upstash.io", token: "${SECRET}" });\n`, "the `token` of a Vector client", "process.env.UPSTASH_VECTOR_REST_TOKEN"),
    given("Search", `import { Search } from "@upstash/search";\nexport const search = new Search({ url: "https://a.upstash.io", token: "${SECRET}" });\n`, "the `token` of a Search client", "process.env.UPSTASH_SEARCH_REST_TOKEN"),
    given("Kafka", `import { Kafka } from "@upstash/kafka";\nexport const kafka = new Kafka({ url: "https://a.upstash.io", username: process.env.U!, password: "${SECRET}" });\n`, "the `password` of a Kafka client", "process.env.UPSTASH_KAFKA_REST_PASSWORD"),
    given("Kafka's user name", `import { Kafka } from "@upstash/kafka";\nexport const kafka = new Kafka({ url: "https://a.upstash.io", username: "${kafkaUsername()}", password: process.env.P! });\n`, "a Kafka user name", "process.env.UPSTASH_KAFKA_REST_USERNAME", {}, kafkaUsername()),
    given("Box", `import { Box } from "@upstash/box";\nexport const box = await Box.create({ apiKey: "${SECRET}" });\n`, "the `apiKey` of a Box client", "process.env.UPSTASH_BOX_API_KEY"),
    given("Box, by id", `import { Box } from "@upstash/box";\nexport const box = await Box.get("id", { apiKey: "${boxKey()}" });\n`, "a Box API key", "process.env.UPSTASH_BOX_API_KEY", {}, boxKey()),
    given("a model that QStash calls", `import { openai } from "@upstash/qstash";\nexport const model = openai({ token: "${SECRET}" });\n`, "the `token` of a QStash client", "process.env.OPENAI_API_KEY"),
    given("ioredis by host", `import Redis from "ioredis";\nexport const redis = new Redis({ host: "quick-otter-12345.upstash.io", port: 6379, password: "${SECRET}", tls: {} });\n`, "the `password` of a Redis client", "process.env.UPSTASH_REDIS_PASSWORD"),
    given("ioredis by address and options", `import { Redis } from "ioredis";\nexport const redis = new Redis("${WIRE_URL}", { password: "${SECRET}" });\n`, "the `password` of a Redis client", "process.env.UPSTASH_REDIS_PASSWORD"),
    given("ioredis by port and host", `import Redis from "ioredis";\nexport const redis = new Redis(6379, process.env.UPSTASH_REDIS_HOST, { password: "${SECRET}" });\n`, "the `password` of a Redis client", "process.env.UPSTASH_REDIS_PASSWORD"),
    given("node-redis by address", `import { createClient } from "redis";\nexport const redis = createClient({ url: "${WIRE_URL}", password: "${SECRET}" });\n`, "the `password` of a Redis client", "process.env.UPSTASH_REDIS_PASSWORD"),
    given("node-redis by host", `import { createClient } from "redis";\nexport const redis = createClient({ socket: { host: "quick-otter-12345.upstash.io", port: 6379, tls: true }, password: "${SECRET}" });\n`, "the `password` of a Redis client", "process.env.UPSTASH_REDIS_PASSWORD"),
    given("an address with its password", `import Redis from "ioredis";\nexport const redis = new Redis("${connectionString()}");\n`, "a Redis address with its password", "process.env.REDIS_URL", {}, connectionString()),
    given("kafkajs", `import { Kafka } from "kafkajs";\nexport const kafka = new Kafka({ brokers: ["quick-otter-12345-us1-kafka.upstash.io:9092"], ssl: true, sasl: { mechanism: "scram-sha-256", username: process.env.U!, password: "${SECRET}" } });\n`, "the `password` of a Kafka client", "process.env.UPSTASH_KAFKA_REST_PASSWORD"),
    {
      name: "a request",
      code: bearer,
      errors: [report(bearer, "written", { what: "the credential of a request to Upstash" }, SECRET, useEnv(READ, [`"Bearer ${SECRET}"`, `\`Bearer \${${READ}}\``]))],
    },
    {
      name: "a request to an address from the environment",
      code: bearerTemplate,
      errors: [report(bearerTemplate, "written", { what: "the credential of a request to Upstash" }, `"${SECRET}"`, useEnv(READ, [`"${SECRET}"`, `${READ}!`]))],
    },
    {
      name: "Basic authorization, put together of two strings: each where it is written",
      code: basic,
      errors: [
        report(basic, "written", { what: "a Kafka user name" }, `"${kafkaUsername()}"`, useEnv("process.env.UPSTASH_KAFKA_REST_USERNAME", [`"${kafkaUsername()}"`, "process.env.UPSTASH_KAFKA_REST_USERNAME!"])),
        report(basic, "written", { what: "the credential of a request to Upstash" }, `"${SECRET}"`, useEnv("process.env.UPSTASH_KAFKA_REST_PASSWORD", [`"${SECRET}"`, "process.env.UPSTASH_KAFKA_REST_PASSWORD!"])),
      ],
    },
    {
      name: "an instance of axios",
      code: axios,
      typecheck: false,
      reason: "axios is not installed",
      errors: [report(axios, "written", { what: "the credential of a request to Upstash" }, SECRET, useEnv(READ, [`"Bearer ${SECRET}"`, `\`Bearer \${${READ}}\``]))],
    },
    {
      name: "a Headers object",
      code: headers,
      errors: [report(headers, "written", { what: "the credential of a request to Upstash" }, SECRET, useEnv("process.env.QSTASH_TOKEN", [`"Bearer ${SECRET}"`, "`Bearer ${process.env.QSTASH_TOKEN}`"]))],
    },
  ],
});

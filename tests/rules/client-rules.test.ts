/*
 * Secrets in browsers are the affair of two rules: no-client-credentials for what a module reads and builds itself,
 * no-client-import for what it takes from elsewhere. Each mistake is told by one of them.
 */
import path from "node:path";
import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { expect, it } from "vitest";
import plugin from "../../src/index.ts";
import { project, type ProjectFiles } from "../helpers/project.ts";

const CREDENTIALS = "no-client-credentials";
const IMPORT = "no-client-import";
const REDIS = 'import { Redis } from "@upstash/redis";\n';
const LIMIT = 'import { Ratelimit } from "@upstash/ratelimit";\n';
const TOKEN = "process.env.UPSTASH_REDIS_REST_TOKEN!";
const files: ProjectFiles = {
  "lib/redis.ts": `${REDIS}export const redis = Redis.fromEnv();\nexport const getRedis = () => redis;\nexport default redis;\n`,
  "lib/index.ts": 'export * from "./redis";\n',
  "lib/token.ts": `export const token = ${TOKEN};\n`,
  "components/context.ts": `"use client";\n${REDIS}export const redis = Redis.fromEnv();\n`,
  "lib/sdk.ts": 'export { Client } from "@upstash/qstash";\n',
  "lib/queue.ts": 'import { Client } from "@upstash/qstash";\nexport const queue = new Client({ token: process.env.QSTASH_TOKEN! });\n',
};

function reports(code: string): readonly string[] {
  const root = project(files);
  const messages = new Linter({ configType: "flat", cwd: root }).verify(
    `"use client";\n${code}`,
    {
      files: ["**"],
      languageOptions: { parser },
      plugins: { upstash: plugin },
      rules: { [`upstash/${CREDENTIALS}`]: "error", [`upstash/${IMPORT}`]: "error" },
    },
    { filename: path.join(root, "components/widget.tsx") },
  );
  return messages.map(({ ruleId, line }) => `${(ruleId ?? "fatal").replace("upstash/", "")} ${String(line - 1)}`);
}

it.each([
  ["a secret is read", `export const token = ${TOKEN};\n`, [`${CREDENTIALS} 1`]],
  ["a secret of another module is read", 'import { token } from "@/lib/token";\nexport const header = `Bearer ${token}`;\n', [`${CREDENTIALS} 1`]],
  ["a client is built", `${REDIS}export const redis = Redis.fromEnv();\n`, [`${CREDENTIALS} 2`]],
  ["a client is built from a secret", `${REDIS}export const redis = new Redis({ url: "https://example.upstash.io", token: ${TOKEN} });\n`, [`${CREDENTIALS} 2`]],
  ["another module's client", 'import { redis } from "@/lib/redis";\nexport const load = () => redis.get("a");\n', [`${IMPORT} 1`]],
  ["another module's client, by default", 'import redis from "@/lib/redis";\nexport const load = () => redis.get("a");\n', [`${IMPORT} 1`]],
  ["another module's client, by a namespace", 'import * as store from "@/lib/redis";\nexport const load = () => store.redis.get("a");\n', [`${IMPORT} 1`]],
  ["another module's client, through a barrel", 'import { redis } from "@/lib";\nexport const load = () => redis.get("a");\n', [`${IMPORT} 1`]],
  ["another module's client, from a function", 'import { getRedis } from "@/lib/redis";\nexport const load = () => getRedis().get("a");\n', [`${IMPORT} 1`]],
  ["another module's client, when it is needed", 'export const load = async () => (await import("@/lib/redis")).redis.get("a");\n', [`${IMPORT} 1`]],
  ["another module's client, handed on", 'export { redis } from "@/lib/redis";\n', [`${IMPORT} 1`]],
  ["another module's client, in a limiter", `import { redis } from "@/lib/redis";\n${LIMIT}export const limiter = new Ratelimit({ redis, limiter: Ratelimit.fixedWindow(5, "10 s") });\n`, [`${IMPORT} 1`, `${IMPORT} 2`]],
  ["another module's client of QStash", 'import { queue } from "@/lib/queue";\nexport const send = () => queue.publishJSON({ url: "https://example.com" });\n', [`${IMPORT} 1`]],
  ["a client of another client module, which is told there", 'import { redis } from "@/components/context";\nexport const load = () => redis.get("a");\n', []],
  ["an SDK for servers", 'import { Client } from "@upstash/qstash";\nexport const queue = new Client();\n', [`${IMPORT} 1`]],
  ["an SDK for servers, by a namespace", 'import * as qstash from "@upstash/qstash";\nexport const queue = new qstash.Client();\n', [`${IMPORT} 1`]],
  ["an SDK for servers, when it is needed", 'export const load = async () => {\n  const { Client } = await import("@upstash/qstash");\n  return new Client();\n};\n', [`${IMPORT} 2`]],
  ["an SDK for servers, that another module hands on", 'import { Client } from "@/lib/sdk";\nexport const queue = new Client();\n', [`${CREDENTIALS} 2`]],
  // Two mistakes: the SDK does not belong here, and the variable would be in the bundle without it.
  ["an SDK for servers, and its secret", 'import { Client } from "@upstash/qstash";\nexport const queue = new Client({ token: process.env.QSTASH_TOKEN! });\n', [`${IMPORT} 1`, `${CREDENTIALS} 2`]],
  ["the ready-made client of Vercel KV", 'import { kv } from "@vercel/kv";\nexport const load = () => kv.get("a");\n', [`${IMPORT} 1`]],
  ["the ready-made client of Vercel KV, in its namespace", 'import * as vercel from "@vercel/kv";\nexport const load = () => vercel.kv.get("a");\n', [`${IMPORT} 1`]],
  ["a factory of Vercel KV", `import { createClient } from "@vercel/kv";\nexport const kv = createClient({ url: "https://example.upstash.io", token: ${TOKEN} });\n`, [`${CREDENTIALS} 2`]],
])("%s", (_, code, expected) => {
  expect(reports(code)).toEqual(expected);
});

import rule from "../../../src/rules/prefer-from-env.ts";
import { locationOf } from "../../helpers/locations.ts";
import { runRule, type InvalidCase, type ValidCase } from "../../helpers/rule-tester.ts";
import { syntaxMatrix } from "../../helpers/syntax-matrix.ts";

type Invalid = InvalidCase<"fromEnv", object>;

const REDIS = 'import { Redis } from "@upstash/redis";\n';
const URL_READ = "process.env.UPSTASH_REDIS_REST_URL";
const TOKEN = "process.env.UPSTASH_REDIS_REST_TOKEN";
const KV_URL = "process.env.KV_REST_API_URL";
const KV_TOKEN = "process.env.KV_REST_API_TOKEN";
const BOTH = `url: ${URL_READ}!, token: ${TOKEN}!`;

const built = (options: string, imports = REDIS): string => `${imports}export const redis = new Redis(${options});\n`;

const told = (name: string, code: string, replaced?: readonly [from: string, to: string], more: Partial<ValidCase<object>> = {}, callee = "Redis"): Invalid => ({
  name,
  code,
  ...more,
  errors: [{ messageId: "fromEnv", data: { call: `${callee}.fromEnv()` }, ...locationOf(code, `new «${callee}»`) }],
  ...(replaced ? { output: code.replace(replaced[0], () => replaced[1]) } : {}),
});

/** The whole construction becomes `Redis.fromEnv()`. */
const whole = (name: string, options: string, to = "Redis.fromEnv()"): Invalid => told(name, built(options), [`new Redis(${options})`, to]);

const valid: ValidCase<object>[] = [
  { name: "fromEnv", code: `${REDIS}export const redis = Redis.fromEnv();\n` },
  { name: "other names", code: built("{ url: process.env.REDIS_URL!, token: process.env.REDIS_TOKEN! }") },
  { name: "another token", code: built(`{ url: ${URL_READ}!, token: process.env.UPSTASH_REDIS_REST_READONLY_TOKEN! }`) },
  { name: "another url", code: built(`{ url: process.env.CACHE_URL!, token: ${TOKEN}! }`) },
  { name: "the names of Vercel alone, which come second", code: built(`{ url: ${KV_URL}!, token: ${KV_TOKEN}! }`) },
  { name: "the names of Vercel first", code: built(`{ url: ${KV_URL} || ${URL_READ}!, token: ${KV_TOKEN} || ${TOKEN}! }`) },
  { name: "a fallback of its own", code: built(`{ url: ${URL_READ} ?? "http://localhost:8079", token: ${TOKEN} ?? "example_token" }`) },
  { name: "the entry point for Cloudflare", code: built(`{ ${BOTH} }`, 'import { Redis } from "@upstash/redis/cloudflare";\n') },
  { name: "the entry point for Fastly, which has none", code: built(`{ ${BOTH}, backend: "upstash" }`, 'import { Redis } from "@upstash/redis/fastly";\n') },
  { name: "bindings of a worker", code: `${REDIS}export default { fetch(request: Request, env: Record<string, string>) {\n  return new Redis({ url: env.UPSTASH_REDIS_REST_URL!, token: env.UPSTASH_REDIS_REST_TOKEN! }).get("a");\n} };\n` },
  { name: "import.meta.env", code: built("{ url: import.meta.env.UPSTASH_REDIS_REST_URL, token: import.meta.env.UPSTASH_REDIS_REST_TOKEN }") },
  { name: "Deno", code: built('{ url: Deno.env.get("UPSTASH_REDIS_REST_URL")!, token: Deno.env.get("UPSTASH_REDIS_REST_TOKEN")! }') },
  { name: "validated variables", code: built("{ url: env.UPSTASH_REDIS_REST_URL, token: env.UPSTASH_REDIS_REST_TOKEN }", `${REDIS}import { z } from "zod";\nconst env = z.object({ UPSTASH_REDIS_REST_URL: z.string(), UPSTASH_REDIS_REST_TOKEN: z.string() }).parse(process.env);\n`) },
  { name: "another client", code: `import { Index } from "@upstash/vector";\nexport const index = new Index({ url: process.env.UPSTASH_VECTOR_REST_URL!, token: process.env.UPSTASH_VECTOR_REST_TOKEN! });\n` },
  { name: "a class of its own", code: `${REDIS}class Cache extends Redis {}\nexport const redis = new Cache({ ${BOTH} });\n` },
  { name: "somebody else's class", code: built(`{ ${BOTH} }`, 'import { Redis } from "redis-elsewhere";\n') },
  { name: "options that are not all in sight", code: `${REDIS}export const connect = (more: object) => new Redis({ ${BOTH}, ...more });\n` },
  { name: "a requester", code: `${REDIS}export const connect = (requester: ConstructorParameters<typeof Redis>[0]) => new Redis(requester); // token\n` },
  { name: "a token that is changed", code: built(`{ url: ${URL_READ}!, token: ${TOKEN}!.trim() }`) },
  { name: "one of two by a condition", code: `${REDIS}declare const isNew: boolean;\n${built(`{ url: isNew ? ${URL_READ}! : ${KV_URL}!, token: isNew ? ${TOKEN}! : ${KV_TOKEN}! }`, "")}` },
  { name: "none by a condition", code: `${REDIS}declare const isOn: boolean;\n${built(`{ url: isOn ? ${URL_READ}! : "", token: ${TOKEN}! }`, "")}` },
  { name: "only the url", code: built(`{ url: ${URL_READ}!, token: "" }`) },
  { name: "in the browser", code: `"use client";\n${built(`{ ${BOTH} }`)}` },
  { name: "in a test", code: built(`{ ${BOTH} }`), filename: "lib/redis.test.ts" },
];

const invalid: Invalid[] = [
  whole("the two variables", `{ ${BOTH} }`),
  whole("in any order", `{ token: ${TOKEN}!, url: ${URL_READ}! }`),
  whole("with the empty text behind them", `{ url: ${URL_READ} ?? "", token: ${TOKEN} || "" }`),
  whole("as strings", `{ url: ${URL_READ} as string, token: ${TOKEN} as string }`),
  whole("by strings", '{ url: process.env["UPSTASH_REDIS_REST_URL"], token: process.env["UPSTASH_REDIS_REST_TOKEN"] }'),
  whole("with the names of Vercel behind them", `{ url: ${URL_READ} || ${KV_URL}, token: ${TOKEN} || ${KV_TOKEN} }`),
  whole("with another option", `{ ${BOTH}, automaticDeserialization: false }`, "Redis.fromEnv({ automaticDeserialization: false })"),
  whole("with other options around", `{ retry: false, ${BOTH}, enableTelemetry: false }`, "Redis.fromEnv({ retry: false, enableTelemetry: false })"),
  whole("on several lines", `{\n  url: ${URL_READ}!,\n  token: ${TOKEN}!,\n}`),
  told("variables by name", `${REDIS}const url = ${URL_READ}!;\nconst token = ${TOKEN}!;\nif (!url || !token) throw new Error("missing");\nexport const redis = new Redis({ url, token });\n`, ["new Redis({ url, token })", "Redis.fromEnv()"]),
  told("options by name", `${REDIS}const options = { ${BOTH} };\nexport const redis = new Redis(options);\n`),
  told("with a comment", built(`{ ${BOTH} /* shared */ }`)),
  told("variables of another file", `${REDIS}import { url, token } from "@/lib/config";\nexport const redis = new Redis({ url, token });\n`, ["new Redis({ url, token })", "Redis.fromEnv()"], {
    files: { "lib/config.ts": `export const url = ${URL_READ}!;\nexport const token = ${TOKEN}!;\n` },
  }),
  told("under another name", `import { Redis as Upstash } from "@upstash/redis";\nexport const redis = new Upstash({ ${BOTH} });\n`, [`new Upstash({ ${BOTH} })`, "Upstash.fromEnv()"], {}, "Upstash"),
  told("through the namespace", `import * as upstash from "@upstash/redis";\nexport const redis = new upstash.Redis({ ${BOTH} });\n`, [`new upstash.Redis({ ${BOTH} })`, "upstash.Redis.fromEnv()"], {}, "upstash.Redis"),
  told("destructured variables", `${REDIS}const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = process.env;\nexport const redis = new Redis({ url, token });\n`, ["new Redis({ url, token })", "Redis.fromEnv()"]),
  told("in a function", `${REDIS}export function connect() {\n  return new Redis({ ${BOTH} });\n}\n`, [`new Redis({ ${BOTH} })`, "Redis.fromEnv()"]),
];

/** Forms that only may be the variable, or that change it. */
const EXCEPT = /ternary|\?\?|\|\||&&|branch|in try|logical|template|concat|joined|default/u;

const matrix = syntaxMatrix
  .value(TOKEN, (setup, expr) => `${REDIS}export async function connect() {\n${setup}\nreturn new Redis({ url: ${URL_READ}!, token: ${expr} });\n}\n`, {
    except: { "globalThis singleton": "what else is kept under that name is not known" },
  })
  .filter(({ name }) => !EXCEPT.test(name))
  .map((form): Invalid => ({
    ...form,
    errors: [{ messageId: "fromEnv", data: { call: "Redis.fromEnv()" }, ...locationOf(form.code, "new «Redis»(") }],
    output: form.code.replace(/new Redis\(\{.*\}\);\n\}\n$/su, "Redis.fromEnv();\n}\n"),
    typecheck: false,
    reason: "some forms have types of their own",
  }));

runRule("prefer-from-env", rule, { valid, invalid: [...invalid, ...matrix] });

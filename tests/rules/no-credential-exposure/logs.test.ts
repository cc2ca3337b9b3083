import { ALL, asBoolean, asText, check, error, NAME, READS, REDIS, TOKEN, told, type Invalid, type Valid } from "./shared.ts";

const LOGGER = 'import pino from "pino";\nexport const logger = pino();\n';
const UNTYPED = { typecheck: false, reason: "the package is not installed" } as const;
const CONFIG = { "lib/config.ts": `export const config = { url: "https://eu1-example.upstash.io", token: ${TOKEN}! };\nexport const getToken = () => ${TOKEN};\n` };
const ZOD = {
  "lib/env.ts": `import { z } from "zod";\nconst schema = z.object({ ${NAME}: z.string(), NODE_ENV: z.string() });\nexport const env = schema.parse(process.env);\n`,
};
const SAFE_ZOD = {
  "lib/env.ts": `import { z } from "zod";\nconst schema = z.object({ ${NAME}: z.string(), NODE_ENV: z.string() });\nexport const parsed = schema.safeParse(process.env);\nexport const env = parsed.data!;\n`,
};
/** Each variable has a schema of its own, and is read by its name. */
const BY_NAME = {
  "lib/env.ts": `import { z } from "zod";\nconst SCHEMAS = { SITE_URL: z.string(), ...{ ${NAME}: z.string() } } as const;\nexport function readEnv(name: keyof typeof SCHEMAS): string | undefined {\n  const parsed = SCHEMAS[name].safeParse(process.env[name]);\n  return parsed.success ? parsed.data : undefined;\n}\nexport const requireEnv = (name: keyof typeof SCHEMAS): string => SCHEMAS[name].parse(process.env[name]);\n`,
};
const USES_UPSTASH = { "package.json": JSON.stringify({ name: "app", dependencies: { "@upstash/redis": "^1.0.0" } }) };
const USES_NONE = { "package.json": JSON.stringify({ name: "app", dependencies: { next: "^16.0.0" } }) };

const valid: readonly Valid[] = [
  { name: "its name, in a message", code: `console.error("${NAME} is missing");\n` },
  { name: "whether it is set, by Boolean()", code: `console.log("token", Boolean(${TOKEN}));\n` },
  { name: "whether it is set, by !!", code: `console.log({ token: !!${TOKEN} });\n` },
  { name: "whether it is set, by a ternary", code: `console.log(${TOKEN} ? "set" : "missing");\n` },
  { name: "whether it is set, by a comparison", code: `console.log(${TOKEN} === undefined, typeof ${TOKEN});\n` },
  { name: "its length", code: `console.log(${TOKEN}?.length);\n` },
  { name: "a question about it", code: `console.log(${TOKEN}?.startsWith("A"), ${TOKEN}?.includes("="));\n` },
  { name: "its first four characters", code: `console.log(\`token \${${TOKEN}?.slice(0, 4)}…\`);\n` },
  { name: "its last four characters", code: `console.log(${TOKEN}!.slice(-4), ${TOKEN}!.substring(0, 4), ${TOKEN}!.substr(0, 3));\n` },
  { name: "a mask over all of it", code: `console.log(${TOKEN}?.replace(/./g, "*"));\n` },
  { name: "its first eight characters", code: `console.log(\`token \${${TOKEN}!.slice(0, 8)}...\`, ${TOKEN}!.substring(0, 8) + "...", ${TOKEN}?.substr(0, 6));\n` },
  { name: "the first characters, by a mask of the project", code: `const mask = (text: string) => text.slice(0, 8) + "***";\nconsole.log(mask(${TOKEN}!));\n` },
  { name: "a mask of the project", code: `const mask = (text: string) => \`\${text.slice(0, 4)}***\`;\nconsole.log(mask(${TOKEN}!));\n` },
  { name: "a part whose size is not known", code: `console.log(${TOKEN}!.slice(0, Number(process.argv[2])));\n` },
  { name: "a hash of it", code: `import { createHash } from "node:crypto";\nconsole.log(createHash("sha256").update(${TOKEN}!).digest("hex"));\n` },
  { name: "an address without a password", code: "console.log(process.env.UPSTASH_REDIS_REST_URL);\n" },
  { name: "the address of a configuration", code: 'import { config } from "@/lib/config";\nconsole.log(config.url);\n', files: CONFIG },
  { name: "whether a configuration has it", code: 'import { config } from "@/lib/config";\nconsole.log(Boolean(config.token), Object.keys(config));\n', files: CONFIG },
  { name: "what failed to be parsed", code: 'import { parsed } from "@/lib/env";\nif (!parsed.success) console.error(parsed.error.flatten(), parsed);\n', files: SAFE_ZOD },
  { name: "another variable of what was parsed safely", code: 'import { env } from "@/lib/env";\nconsole.log(env.NODE_ENV, Object.keys(env));\n', files: SAFE_ZOD },
  { name: "data of something else that is parsed", code: `import { z } from "zod";\nconst parsed = z.object({ ${NAME}: z.string() }).safeParse(JSON.parse("{}"));\nconsole.log(parsed.data);\n` },
  { name: "another variable, read and parsed by its name", code: 'import { readEnv, requireEnv } from "@/lib/env";\nconsole.log(readEnv("SITE_URL"), requireEnv("SITE_URL"));\n', files: BY_NAME },
  { name: "what is not there", code: `if (!${TOKEN}) console.error("no token", ${TOKEN});\n` },
  { name: "what is not there, in the other branch", code: `const token = ${TOKEN};\nif (token) use(token);\nelse console.error("no token", token);\n` },
  { name: "what is not there, by a comparison", code: `const token = ${TOKEN};\nif (token === undefined || token === "") throw new Error(\`No token: \${token}\`);\n`.replace(" || token === \"\"", "") },
  { name: "somebody else's token", code: "console.log(process.env.GITHUB_TOKEN, process.env.STRIPE_SECRET_KEY);\n" },
  { name: "a name that other services use too", code: "console.log(process.env.REDIS_TOKEN, process.env.REDIS_URL);\n" },
  { name: "a flag about it", code: "console.log(process.env.HAS_KV_REST_API_TOKEN);\n" },
  { name: "a variable that is called so", code: "const token = read();\nconsole.log(token);\n" },
  { name: "a parameter that is called so", code: `export const show = (${NAME}: string) => { console.log(${NAME}); };\n` },
  { name: "a console of the project's own", code: `const console = { log: (text?: string) => text?.length };\nconsole.log(${TOKEN});\n` },
  { name: "an object that is no logger", code: `const scanner = { log: check };\nscanner.log(${TOKEN});\n` },
  { name: "a variable that is masked later", code: `let token = ${TOKEN}!;\ntoken = hide(token);\nconsole.log(token);\n` },
  { name: "what a function that can't be read makes of it", code: `console.log(digest(${TOKEN}));\n` },
  { name: "its own use in a client", code: `${REDIS}export const redis = new Redis({ url: "https://eu1-example.upstash.io", token: ${TOKEN}! });\nconsole.log(await redis.get("a"));\n` },
  { name: "whether there is a client", code: `${REDIS}const redis = Redis.fromEnv();\nconsole.log(redis ? "ready" : "off", !!redis, typeof redis);\n` },
  { name: "the client of @vercel/kv, which shows nothing", code: 'import { kv } from "@vercel/kv";\nconsole.log(kv);\n' },
  { name: "the names of all variables", code: "console.log(Object.keys(process.env).length, process.env.NODE_ENV);\n", files: USES_UPSTASH },
  { name: "some of the variables", code: 'console.log(JSON.stringify(process.env, ["NODE_ENV", "CI"]));\n', files: USES_UPSTASH },
  { name: "those that are public", code: 'console.log(Object.entries(process.env).filter(([name]) => name.startsWith("NEXT_PUBLIC_")));\n', files: USES_UPSTASH },
  { name: "the environment of a project without Upstash", code: "console.log(process.env);\n", files: USES_NONE },
  { name: "what a bundler leaves of the environment", code: "console.log(import.meta.env);\n", files: USES_UPSTASH },
  { name: "another variable of a validated environment", code: 'import { env } from "./env";\nconsole.log(env.NODE_ENV);\n', files: ZOD },
  { name: "why the environment is not valid", code: 'import { z } from "zod";\nconst found = z.object({ UPSTASH_REDIS_REST_TOKEN: z.string() }).safeParse(process.env);\nif (!found.success) console.error(found.error.issues);\n' },
  { name: "a public name is another rule's affair", code: "console.log(process.env.NEXT_PUBLIC_UPSTASH_REDIS_REST_TOKEN);\n" },
  { name: "a component in the browser is another rule's affair", code: `"use client";\nconsole.log(${TOKEN});\n`, filename: "components/widget.tsx" },
  { name: "a function of the project that hides what it is given", code: `const note = (text: string) => console.log(text.length);\nnote(${TOKEN}!);\n` },
  { name: "a function of the project that logs something else", code: `const connect = (token: string) => { console.log("connecting"); open(token); };\nconnect(${TOKEN}!);\n` },
];

const log = (name: string, code: string, expected: Parameters<typeof told>[3], more: Parameters<typeof told>[4] = {}): Invalid => told(name, "log", code, expected, more);

/** As the only argument of a call that takes any. */
const alone = (name: string, call: string, argument = TOKEN, what = `\`${NAME}\``, setup = "", more: Parameters<typeof told>[4] = {}): Invalid =>
  log(name, `${setup}${call}(${argument});\n`, { at: argument, what, presence: asBoolean(argument), remove: [`(${argument})`, "()"] }, more);

const held = `\`token\` holds \`${NAME}\`, and`;
const QSTASH = "process.env.QSTASH_TOKEN";

const twice = `console.log(${TOKEN}, ${QSTASH});\n`;
const client = `${REDIS}const redis = Redis.fromEnv();\nconsole.log("client", redis);\n`;
const receiver = 'import { Receiver } from "@upstash/qstash";\nconst receiver = new Receiver();\nconsole.log(receiver);\n';
const wrapped = `const note = (text: string) => console.log("note", text);\nnote(${TOKEN}!);\n`;

const invalid: readonly Invalid[] = [
  told("read and parsed by its name", "log", `import { readEnv } from "@/lib/env";\nconsole.log(readEnv("${NAME}"));\n`, { at: `readEnv("${NAME}")`, remove: [`readEnv("${NAME}")`, ""], what: `\`${NAME}\`, read in \`lib/env.ts\`,` }, { files: BY_NAME }),
  told("read and parsed by its name, or refused", "log", `import { requireEnv } from "@/lib/env";\nconsole.log(requireEnv("${NAME}"));\n`, { at: `requireEnv("${NAME}")`, remove: [`requireEnv("${NAME}")`, ""], what: `\`${NAME}\`, read in \`lib/env.ts\`,` }, { files: BY_NAME }),
  alone("the guide's worst example", "console.log"),
  ...["info", "warn", "error", "debug", "trace", "dir", "table"].map((method) => alone(`console.${method}()`, `console.${method}`)),
  log("beside a text", `console.log("token:", ${TOKEN});\n`, { at: TOKEN, presence: asBoolean(TOKEN), remove: [`, ${TOKEN}`, ""] }),
  log("with a fallback", `console.log(${TOKEN} ?? "none");\n`, { at: TOKEN, presence: [`${TOKEN} ?? "none"`, `Boolean(${TOKEN})`], remove: [`${TOKEN} ?? "none"`, ""] }),
  log("in a template", `console.log(\`token \${${TOKEN}}\`);\n`, { at: TOKEN, presence: asBoolean(TOKEN) }),
  log("in a concatenation", `console.log("token " + ${TOKEN});\n`, { at: TOKEN, presence: asBoolean(TOKEN) }),
  log("in an object", `console.log({ port: 1, token: ${TOKEN} });\n`, { at: TOKEN, presence: asBoolean(TOKEN), remove: [`, token: ${TOKEN}`, ""] }),
  log("in an object, by shorthand", `const token = ${TOKEN};\nconsole.log({ token, port: 1 });\n`, {
    at: "{ «token», port",
    what: held,
    presence: ["{ token, port", "{ token: Boolean(token), port"],
    remove: ["{ token, port", "{ port"],
  }),
  log("encoded, which hides nothing", `console.log(btoa(${TOKEN}!));\n`, { at: TOKEN, presence: [`btoa(${TOKEN}!)`, `Boolean(${TOKEN})`], remove: [`(btoa(${TOKEN}!))`, "()"] }),
  log("in base64", `console.log(Buffer.from(${TOKEN}!).toString("base64"));\n`, {
    at: TOKEN,
    presence: [`Buffer.from(${TOKEN}!).toString("base64")`, `Boolean(${TOKEN})`],
    remove: [`(Buffer.from(${TOKEN}!).toString("base64"))`, "()"],
  }),
  log("half of it", `console.log(${TOKEN}!.slice(0, 20));\n`, { at: TOKEN, presence: [`${TOKEN}!.slice(0, 20)`, `Boolean(${TOKEN})`], remove: [`(${TOKEN}!.slice(0, 20))`, "()"] }),
  log("nine characters", `console.log(${TOKEN}!.slice(0, 9) + "...");\n`, { at: TOKEN, presence: [`${TOKEN}!.slice(0, 9)`, `Boolean(${TOKEN})`] }),
  log("eight characters of its midst", `console.log(${TOKEN}!.slice(8, 16));\n`, { at: TOKEN, presence: [`${TOKEN}!.slice(8, 16)`, `Boolean(${TOKEN})`], remove: [`(${TOKEN}!.slice(8, 16))`, "()"] }),
  log("the rest, behind the first eight", `console.log(${TOKEN}!.slice(0, 8), ${TOKEN}!.substring(8));\n`, { at: `«${TOKEN}»!.substring`, presence: [`${TOKEN}!.substring(8)`, `Boolean(${TOKEN})`], remove: [`, ${TOKEN}!.substring(8)`, ""] }),
  log("eight characters behind others", `console.log(${TOKEN}!.slice(8).slice(0, 8));\n`, { at: TOKEN, presence: [`${TOKEN}!.slice(8).slice(0, 8)`, `Boolean(${TOKEN})`], remove: [`(${TOKEN}!.slice(8).slice(0, 8))`, "()"] }),
  log("the first of a list", `console.log([${TOKEN}].slice(0, 8));\n`, { at: TOKEN, presence: asBoolean(TOKEN) }),
  log("the beginning of a signing key, which is shorter", "console.log(process.env.QSTASH_CURRENT_SIGNING_KEY!.slice(0, 8));\n", {
    at: "process.env.QSTASH_CURRENT_SIGNING_KEY",
    what: "`QSTASH_CURRENT_SIGNING_KEY`",
    presence: ["process.env.QSTASH_CURRENT_SIGNING_KEY!.slice(0, 8)", "Boolean(process.env.QSTASH_CURRENT_SIGNING_KEY)"],
    remove: ["(process.env.QSTASH_CURRENT_SIGNING_KEY!.slice(0, 8))", "()"],
  }),
  log("all but its beginning", `console.log(${TOKEN}!.substring(4));\n`, { at: TOKEN, presence: [`${TOKEN}!.substring(4)`, `Boolean(${TOKEN})`], remove: [`(${TOKEN}!.substring(4))`, "()"] }),
  log("its last ten characters", `console.log(${TOKEN}!.slice(-10));\n`, { at: TOKEN, presence: [`${TOKEN}!.slice(-10)`, `Boolean(${TOKEN})`], remove: [`(${TOKEN}!.slice(-10))`, "()"] }),
  { name: "each of several", code: twice, errors: [
    error("log", twice, { at: TOKEN, presence: asBoolean(TOKEN), remove: [`${TOKEN}, `, ""] }),
    error("log", twice, { at: QSTASH, what: "`QSTASH_TOKEN`", presence: asBoolean(QSTASH), remove: [`, ${QSTASH}`, ""] }),
  ] },
  alone("a signing key", "console.log", "process.env.QSTASH_CURRENT_SIGNING_KEY", "`QSTASH_CURRENT_SIGNING_KEY`"),
  alone("Vercel's integration, behind a prefix of the user's", "console.log", "process.env.STORAGE_KV_REST_API_TOKEN", "`STORAGE_KV_REST_API_TOKEN`"),
  alone("Deno", "console.log", 'Deno.env.get("QSTASH_TOKEN")', "`QSTASH_TOKEN`", "", UNTYPED),
  alone("Bun", "console.log", "Bun.env.QSTASH_TOKEN", "`QSTASH_TOKEN`", "", UNTYPED),
  log("a read-only token", "console.log(process.env.KV_REST_API_READ_ONLY_TOKEN);\n", {
    at: "process.env.KV_REST_API_READ_ONLY_TOKEN",
    what: "`KV_REST_API_READ_ONLY_TOKEN`",
    power: READS,
    presence: asBoolean("process.env.KV_REST_API_READ_ONLY_TOKEN"),
    remove: ["(process.env.KV_REST_API_READ_ONLY_TOKEN)", "()"],
  }),
  log("a name that other services use too, which a client takes", `${REDIS}export const redis = new Redis({ url: process.env.REDIS_URL!, token: process.env.REDIS_TOKEN! });\nconsole.log(process.env.REDIS_TOKEN);\n`, {
    at: "log(«process.env.REDIS_TOKEN»)",
    what: "`REDIS_TOKEN`",
    presence: ["log(process.env.REDIS_TOKEN)", "log(Boolean(process.env.REDIS_TOKEN))"],
    remove: ["log(process.env.REDIS_TOKEN)", "log()"],
  }),
  log("the configuration of a client", `${REDIS}const config = { url: "https://eu1-example.upstash.io", token: ${TOKEN}! };\nexport const redis = new Redis(config);\nconsole.log(config);\n`, {
    at: "log(«config»)",
    what: `\`config\` holds \`${NAME}\`, and`,
    remove: ["log(config)", "log()"],
  }),
  log("a configuration of another file", 'import { config } from "@/lib/config";\nconsole.log(config);\n', {
    at: "log(«config»)",
    what: `\`config\` holds \`${NAME}\`, read in \`lib/config.ts\`, and`,
    remove: ["log(config)", "log()"],
  }, { files: CONFIG }),
  log("a property of a configuration of another file", 'import { config } from "@/lib/config";\nconsole.log(config.token);\n', {
    at: "config.token",
    what: `\`config.token\` holds \`${NAME}\`, read in \`lib/config.ts\`, and`,
    presence: asBoolean("config.token"),
    remove: ["(config.token)", "()"],
  }, { files: CONFIG }),
  log("what a function of another file hands out", 'import { getToken } from "@/lib/config";\nconsole.log(getToken());\n', {
    at: "getToken()",
    what: `\`getToken()\` holds \`${NAME}\`, read in \`lib/config.ts\`, and`,
    presence: asBoolean("getToken()"),
    remove: ["(getToken())", "()"],
  }, { files: CONFIG }),
  log("a validated environment", 'import { env } from "./env";\nconsole.log(env);\n', {
    at: "log(«env»)",
    what: `\`env\` holds \`${NAME}\`, read in \`lib/env.ts\`, and`,
    remove: ["log(env)", "log()"],
  }, { files: ZOD, ...UNTYPED }),
  log("a safely validated environment", 'import { env } from "./env";\nconsole.log(env);\n', {
    at: "log(«env»)",
    what: `\`env\` holds \`${NAME}\`, read in \`lib/env.ts\`, and`,
    remove: ["log(env)", "log()"],
  }, { files: SAFE_ZOD, ...UNTYPED }),
  log("the whole environment", "console.log(process.env);\n", { at: "process.env", what: "The whole environment", power: ALL, names: ["process.env", "Object.keys(process.env)"], remove: ["(process.env)", "()"] }, { files: USES_UPSTASH }),
  log("the whole environment as JSON", "console.log(JSON.stringify(process.env, null, 2));\n", {
    at: "process.env",
    what: "The whole environment",
    power: ALL,
    names: ["JSON.stringify(process.env, null, 2)", "Object.keys(process.env)"],
    remove: ["(JSON.stringify(process.env, null, 2))", "()"],
  }, { files: USES_UPSTASH }),
  log("a copy of the whole environment", "console.log({ at: 1, ...process.env });\n", { at: "process.env", what: "The whole environment", power: ALL, remove: [", ...process.env", ""] }, { files: USES_UPSTASH }),
  log("a client, whose headers hold the token", client, { at: '"client", «redis»', what: "The Redis client, whose properties hold its credential,", remove: [", redis", ""] }),
  log("a receiver, whose properties are the keys", receiver, { at: "log(«receiver»)", what: "The QStash client, whose properties hold its credential,", remove: ["log(receiver)", "log()"] }),
  log("a function of the project that logs what it is given", wrapped, {
    at: `(«${TOKEN}»!)`,
    what: `Handed to \`note()\`, \`${NAME}\``,
    presence: [`${TOKEN}!`, `String(Boolean(${TOKEN}))`],
  }),
  log("a function of another file that logs what it is given", `import { note } from "./note";\nnote(${TOKEN}!);\n`, {
    at: TOKEN,
    what: `Handed to \`note()\`, \`${NAME}\``,
    presence: [`${TOKEN}!`, `String(Boolean(${TOKEN}))`],
  }, { files: { "lib/note.ts": 'import { write } from "./write";\nexport function note(text: string): void {\n  write(`note: ${text}`);\n}\n', "lib/write.ts": "export const write = (line: string): void => {\n  console.log(line);\n};\n" } }),
  told("a function that puts what it is given into an error", "error", 'import { config } from "@/lib/config";\nconst fail = (text: string): never => {\n  throw new Error(`Bad: ${text}`);\n};\nfail(config.token);\n', {
    at: "fail(«config.token»)",
    what: `\`config.token\` holds \`${NAME}\`, read in \`lib/config.ts\`. Handed to \`fail()\`, it`,
    presence: ["fail(config.token)", "fail(String(Boolean(config.token)))"],
  }, { files: CONFIG }),
  log("node's own output", `process.stdout.write(${TOKEN}!);\n`, { at: TOKEN, presence: [`${TOKEN}!`, `String(Boolean(${TOKEN}))`], remove: [`(${TOKEN}!)`, "()"] }, { typecheck: false, reason: "write() without its argument is a type error, as it should be" }),
  alone("pino", "logger.info", TOKEN, `\`${NAME}\``, LOGGER, UNTYPED),
  alone("pino, a child", 'logger.child({ part: "a" }).error', TOKEN, `\`${NAME}\``, LOGGER, UNTYPED),
  alone("pino of another file", "logger.warn", TOKEN, `\`${NAME}\``, 'import { logger } from "./logger";\n', { files: { "lib/logger.ts": LOGGER }, ...UNTYPED }),
  alone("winston", "logger.log", TOKEN, `\`${NAME}\``, 'import { createLogger } from "winston";\nconst logger = createLogger();\n', UNTYPED),
  alone("consola", "consola.success", TOKEN, `\`${NAME}\``, 'import { consola } from "consola";\n', UNTYPED),
  alone("debug", "debug", TOKEN, `\`${NAME}\``, 'import createDebug from "debug";\nconst debug = createDebug("app");\n', UNTYPED),
  alone("a logger that comes by its type", "logger.info", TOKEN, `\`${NAME}\``, 'import type { Logger } from "pino";\ndeclare const logger: Logger;\n', UNTYPED),
  told("Sentry", "service", `import * as Sentry from "@sentry/nextjs";\nSentry.setContext("env", { token: ${TOKEN} });\n`, { at: TOKEN, target: "Sentry", presence: asBoolean(TOKEN), remove: [` token: ${TOKEN}`, ""] }, UNTYPED),
  told("Sentry, in a message", "service", `import { captureMessage } from "@sentry/node";\ncaptureMessage(\`bad token \${${TOKEN}}\`);\n`, { at: TOKEN, target: "Sentry", presence: asBoolean(TOKEN) }, UNTYPED),
  told("PostHog", "service", `import { PostHog } from "posthog-node";\nconst posthog = new PostHog("key");\nposthog.capture({ event: "start", distinctId: "a", properties: { token: ${TOKEN} } });\n`, { at: TOKEN, target: "PostHog", presence: asBoolean(TOKEN), remove: [` token: ${TOKEN}`, ""] }, UNTYPED),
  told("an error", "error", `throw new Error(\`Bad token \${${TOKEN}}\`);\n`, { at: TOKEN, presence: asBoolean(TOKEN) }),
  told("an error, without text", "error", `throw new TypeError(${TOKEN});\n`, { at: TOKEN, presence: asText(TOKEN) }),
  told("an error of the project's own", "error", `class ConfigError extends Error {}\nthrow new ConfigError("bad token " + ${TOKEN});\n`, { at: TOKEN, presence: asBoolean(TOKEN) }),
  told("an error where either of two may be there", "error", `const url = process.env.UPSTASH_REDIS_REST_URL;\nconst token = ${TOKEN};\nif (!url || !token) throw new Error(\`Incomplete: \${url} \${token}\`);\n`, { at: "${«token»}", what: held, presence: ["${token}", "${Boolean(token)}"] }),
  { ...alone("in a test, whose log others read too", "console.log"), filename: "lib/redis.test.ts" },
];

check({ valid, invalid });

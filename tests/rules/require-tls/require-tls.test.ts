import rule from "../../../src/rules/require-tls.ts";
import { locationOf } from "../../helpers/locations.ts";
import { runRule, type InvalidCase, type ValidCase } from "../../helpers/rule-tester.ts";
import { syntaxMatrix } from "../../helpers/syntax-matrix.ts";

type MessageId = "scheme" | "absent" | "off" | "unverified" | "process";
type Invalid = InvalidCase<MessageId, object>;

const HOST = "quick-otter-12345.upstash.io";
const REDIS = 'import { Redis } from "@upstash/redis";\n';
const IOREDIS = 'import Redis from "ioredis";\n';
const NODE_REDIS = 'import { createClient } from "redis";\n';
const KAFKA = 'import { Kafka } from "kafkajs";\n';
const PASSWORD = "password: process.env.UPSTASH_REDIS_PASSWORD";
const SASL = 'sasl: { mechanism: "scram-sha-256", username: process.env.U!, password: process.env.P! }';
const BROKERS = 'brokers: ["quick-otter-12345-us1-kafka.upstash.io:9092"]';

const DATA: Readonly<Record<string, Record<string, string>>> = { process: {}, unverified: {} };

const told = (name: string, code: string, messageId: MessageId, at: string, word: string, replaced?: readonly [string, string], more: Partial<ValidCase<object>> = {}): Invalid => ({
  name,
  code,
  ...more,
  typecheck: false,
  reason: "ioredis, redis and kafkajs are not installed",
  errors: [{ messageId, data: DATA[messageId] ?? (messageId === "scheme" ? { scheme: word } : { option: word }), ...locationOf(code, at) }],
  ...(replaced ? { output: code.replace(replaced[0], replaced[1]) } : {}),
});

const scheme = (name: string, code: string, at: string, word: "http" | "redis" = "http", more: Partial<ValidCase<object>> = {}): Invalid =>
  told(name, code, "scheme", at, word, [`${word}://`, `${word}s://`], more);

const ioredis = (options: string): string => `${IOREDIS}export const redis = new Redis(${options});\n`;
const nodeRedis = (options: string): string => `${NODE_REDIS}export const redis = createClient(${options});\n`;
const kafka = (options: string): string => `${KAFKA}export const kafka = new Kafka({ ${BROKERS}, ${SASL}${options} });\n`;

const valid: ValidCase<object>[] = [
  { name: "https", code: `${REDIS}export const redis = new Redis({ url: "https://${HOST}", token: process.env.T! });\n` },
  { name: "another host", code: `${REDIS}export const url = "http://example.com";\nexport const redis = Redis.fromEnv();\n` },
  { name: "localhost", code: `${REDIS}export const redis = new Redis({ url: "http://localhost:8079", token: "example_token" });\n` },
  { name: "the address of Upstash as a parameter of another", code: `export const url = "http://localhost:3000/?next=https://${HOST}";\n` },
  { name: "a page of Upstash", code: 'export const docs = "http://upstash.com/docs"; // upstash\n' },
  { name: "an address that is looked for", code: `export const isBare = (url: string) => url.startsWith("http://${HOST}");\n` },
  { name: "an address that is mended", code: `export const mend = (url: string) => url.replace("http://${HOST}", "https://${HOST}");\n` },
  { name: "a text about it", code: `export const text = "Write https instead of http://${HOST}";\n` },
  { name: "a comment about it", code: `// http://${HOST}\nexport {};\n` },
  { name: "in a test", code: `export const url = "http://${HOST}";\n`, filename: "lib/url.test.ts" },
  { name: "rediss", code: ioredis(`"rediss://${HOST}:6379", { ${PASSWORD} }`) },
  { name: "ioredis with tls", code: ioredis(`{ host: "${HOST}", port: 6379, ${PASSWORD}, tls: {} }`) },
  { name: "ioredis elsewhere", code: `// not upstash\n${ioredis('{ host: "redis.example.com", port: 6379 }')}` },
  { name: "ioredis on a host that is not known", code: `// maybe upstash\n${ioredis("{ host: process.env.REDIS_HOST, port: 6379 }")}` },
  { name: "an address whose scheme is not known", code: ioredis("process.env.UPSTASH_REDIS_URL!") },
  { name: "tls where it is not local", code: ioredis(`{ host: "${HOST}", tls: process.env.LOCAL ? undefined : {} }`) },
  { name: "options that are not all in sight", code: `${IOREDIS}export const connect = (more: object) => new Redis({ host: "${HOST}", ...more });\n` },
  { name: "options from a function", code: `${IOREDIS}import { options } from "elsewhere";\nexport const redis = new Redis("${HOST}", options());\n` },
  { name: "node-redis with rediss", code: nodeRedis(`{ url: "rediss://${HOST}:6379" }`) },
  { name: "node-redis with tls", code: nodeRedis(`{ socket: { host: "${HOST}", tls: true } }`) },
  { name: "kafkajs with ssl", code: kafka(", ssl: true") },
  { name: "kafkajs elsewhere", code: `${KAFKA}export const kafka = new Kafka({ brokers: ["localhost:9092"] }); // upstash\n` },
  { name: "certificates unchecked elsewhere", code: `${IOREDIS}export const redis = new Redis({ host: "redis.internal", tls: { rejectUnauthorized: false } }); // not upstash\n` },
  { name: "certificates of one's own", code: ioredis(`{ host: "${HOST}", tls: { servername: "${HOST}", rejectUnauthorized: true } }`) },
  { name: "a whole process elsewhere", code: 'process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";\n' },
  { name: "a whole process, checked", code: `${REDIS}process.env.NODE_TLS_REJECT_UNAUTHORIZED = "1";\nexport const redis = Redis.fromEnv();\n` },
  { name: "a whole process in development", code: `${REDIS}if (process.env.NODE_ENV === "development") process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";\nexport const redis = Redis.fromEnv();\n` },
  { name: "joined with somebody else's host", code: `${IOREDIS}const host = "${HOST}";\nexport const url = (password: string) => "redis://:" + password + "@redis.internal:6379/" + host;\nexport const log = (name: string) => "http://proxy.internal/" + name + ".upstash.io";\n` },
  { name: "joined, with TLS", code: ioredis(`"rediss://default:" + process.env.UPSTASH_REDIS_PASSWORD + "@${HOST}:6379"`) },
  { name: "the variable is read", code: `${REDIS}export const off = process.env.NODE_TLS_REJECT_UNAUTHORIZED === "0";\nexport const redis = Redis.fromEnv();\n` },
];

const invalid: Invalid[] = [
  scheme("http in a client", `${REDIS}export const redis = new Redis({ url: "http://${HOST}", token: process.env.T! });\n`, `"http://${HOST}"`),
  scheme("http in a request", `export const load = () => fetch("http://${HOST}/get/a");\n`, `"http://${HOST}/get/a"`),
  scheme("http in capitals of the host", `export const url = "http://QUICK-otter-12345.upstash.io";\n`, '"http://QUICK-otter-12345.upstash.io"'),
  scheme("http to QStash", `export const url = 'http://qstash.upstash.io/v2/publish';\n`, "'http://qstash.upstash.io/v2/publish'"),
  scheme("http in a template", `export const url = (key: string) => \`http://${HOST}/get/\${key}\`;\n`, `\`http://${HOST}/get/\${key}\``),
  scheme("http before a host from the environment", "export const url = `http://${process.env.UPSTASH_REDIS_HOST}/get/a`;\n", "`http://${process.env.UPSTASH_REDIS_HOST}/get/a`"),
  scheme("http before the beginning of a host", "export const url = (name: string) => `http://${name}.upstash.io`;\n", "`http://${name}.upstash.io`"),
  scheme("http, joined", `const host = "${HOST}";\nexport const url = "http://" + host;\n`, '"http://"'),
  scheme("redis, joined around a password", ioredis(`"redis://default:" + process.env.UPSTASH_REDIS_PASSWORD + "@${HOST}:6379"`), '"redis://default:"', "redis"),
  scheme("redis, joined with a host", `const host = "${HOST}";\nexport const url = (password: string) => "redis://:" + password + "@" + host + ":6379";\n`, '"redis://:"', "redis"),
  scheme("http, joined with a name", 'export const url = (name: string) => "http://" + name + ".upstash.io/get/a";\n', '"http://"'),
  scheme("redis in ioredis", ioredis(`"redis://${HOST}:6379"`), `"redis://${HOST}:6379"`, "redis"),
  scheme("redis with a password from the environment", ioredis(`\`redis://default:\${process.env.UPSTASH_REDIS_PASSWORD}@${HOST}:6379\``), `\`redis://default:\${process.env.UPSTASH_REDIS_PASSWORD}@${HOST}:6379\``, "redis"),
  scheme("redis in node-redis", nodeRedis(`{ url: "redis://${HOST}:6379" }`), `"redis://${HOST}:6379"`, "redis"),
  scheme("redis as a fallback", ioredis(`process.env.REDIS_URL ?? "redis://${HOST}:6379"`), `"redis://${HOST}:6379"`, "redis"),
  told("an address of another file", `${REDIS}import { address } from "@/lib/address";\nexport const redis = new Redis({ url: (address), token: process.env.T! });\n`, "scheme", "(«address»)", "http", undefined, {
    files: { "lib/address.ts": `export const address = "http://${HOST}";\n` },
  }),
  told("ioredis by options", ioredis(`{ host: "${HOST}", port: 6379, ${PASSWORD} }`), "absent", "new «Redis»", "tls", [PASSWORD, `${PASSWORD}, tls: {}`]),
  told("ioredis by a variable", ioredis(`{ host: process.env.UPSTASH_REDIS_HOST, port: 6379 }`), "absent", "new «Redis»", "tls", ["6379", "6379, tls: {}"]),
  told("ioredis by port and host", ioredis(`6379, "${HOST}"`), "absent", "new «Redis»", "tls", [`"${HOST}"`, `"${HOST}", { tls: {} }`]),
  told("ioredis by port, host and options", ioredis(`6379, "${HOST}", { ${PASSWORD} }`), "absent", "new «Redis»", "tls", [PASSWORD, `${PASSWORD}, tls: {}`]),
  told("ioredis with a host of another file", `${IOREDIS}import { host } from "@/lib/host";\nexport const redis = new Redis({ host, port: 6379 });\n`, "absent", "new «Redis»", "tls", ["6379", "6379, tls: {}"], { files: { "lib/host.ts": `export const host = "${HOST}";\n` } }),
  told("ioredis, switched off", ioredis(`{ host: "${HOST}", tls: undefined }`), "off", "undefined", "tls", ["undefined", "{}"]),
  told("ioredis, unverified", ioredis(`{ host: "${HOST}", tls: { rejectUnauthorized: false } }`), "unverified", "false", "", ["false", "true"]),
  told("ioredis by address, unverified", ioredis(`"rediss://${HOST}:6379", { tls: { rejectUnauthorized: false } }`), "unverified", "false", "", ["false", "true"]),
  told("ioredis, unverified by a constant", `${IOREDIS}const rejectUnauthorized = false;\nexport const redis = new Redis({ host: "${HOST}", tls: { rejectUnauthorized } });\n`, "unverified", "false", "", ["false", "true"]),
  told("node-redis by host", nodeRedis(`{ socket: { host: "${HOST}", port: 6379 } }`), "absent", "= «createClient»(", "socket.tls", ["6379", "6379, tls: true"]),
  told("node-redis, switched off", nodeRedis(`{ socket: { host: "${HOST}", tls: false } }`), "off", "false", "tls", ["false", "true"]),
  told("node-redis, unverified", nodeRedis(`{ url: "rediss://${HOST}:6379", socket: { tls: true, rejectUnauthorized: false } }`), "unverified", "false", "", ["false", "true"]),
  told("kafkajs without ssl", kafka(""), "absent", "new «Kafka»", "ssl", [SASL, `${SASL}, ssl: true`]),
  told("kafkajs, switched off", kafka(", ssl: false"), "off", "false", "ssl", ["false", "true"]),
  told("kafkajs, unverified", kafka(", ssl: { rejectUnauthorized: false }"), "unverified", "false", "", ["false", "true"]),
  told("an agent of the REST client", `${REDIS}import https from "node:https";\nexport const redis = new Redis({ url: process.env.U!, token: process.env.T!, agent: new https.Agent({ rejectUnauthorized: false }) });\n`, "unverified", "false", "", ["false", "true"]),
  told("a whole process", `${REDIS}process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";\nexport const redis = Redis.fromEnv();\n`, "process", '"0"', "", ['"0"', '"1"']),
  told("a whole process, by string", `${REDIS}process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = '0';\nexport const redis = Redis.fromEnv();\n`, "process", "'0'", "", ["'0'", "'1'"]),
];

/** The address is reported where it is written, whatever becomes of it. */
const matrix = syntaxMatrix
  .value(`"http://${HOST}"`, (setup, expr) => `${REDIS}export async function held() {\n${setup}\nreturn new Redis({ url: ${expr}, token: process.env.T! });\n}\n`)
  .map((form): Invalid => ({
    ...form,
    errors: [{ messageId: "scheme", data: { scheme: "http" }, ...locationOf(form.code, `"http://${HOST}"`) }],
    output: form.code.replace("http://", "https://"),
    typecheck: false,
    reason: "some forms have types of their own",
  }));

runRule("require-tls", rule, { valid, invalid: [...invalid, ...matrix] });

import rule from "../../../src/rules/no-credential-in-url.ts";
import { redisToken } from "../../helpers/fake-credentials.ts";
import { locationOf } from "../../helpers/locations.ts";
import { edited } from "../../helpers/limiter-cases.ts";
import { runRule, type InvalidCase, type ValidCase } from "../../helpers/rule-tester.ts";
import { syntaxMatrix } from "../../helpers/syntax-matrix.ts";

type MessageId = "parameter" | "authority" | "header";
type Invalid = InvalidCase<MessageId, object>;
type Edits = readonly (readonly [from: string, to: string])[];

const HOST = "https://quick-otter-12345.upstash.io";
const URL_READ = "process.env.UPSTASH_REDIS_REST_URL";
const TOKEN = "process.env.UPSTASH_REDIS_REST_TOKEN";
const QSTASH = "process.env.QSTASH_TOKEN";

const report = (messageId: MessageId, code: string, at: string, edits: Edits | undefined, more: Partial<ValidCase<object>>, parameter?: string, name = ""): Invalid => ({
  name,
  code,
  ...more,
  errors: [
    {
      messageId,
      ...(parameter === undefined ? {} : { data: { parameter } }),
      ...locationOf(code, at),
      ...(edits ? { suggestions: [{ messageId: "header", output: edited(code, ...edits) }] } : {}),
    },
  ],
});

const sent = (name: string, code: string, at: string, edits?: Edits, more: Partial<ValidCase<object>> = {}, parameter = "_token"): Invalid =>
  report("parameter", code, at, edits, more, parameter, name);
const inHost = (name: string, code: string, at: string, edits?: Edits): Invalid => report("authority", code, at, edits, {}, undefined, name);

const header = (token: string): string => `headers: { Authorization: \`Bearer \${${token}}\` }`;
const get = (expression: string): string => `export const load = () => fetch(${expression});\n`;

const valid: ValidCase<object>[] = [
  { name: "a header", code: get(`\`\${${URL_READ}}/get/a\`, { ${header(TOKEN)} }`) },
  { name: "a form's token of Laravel", code: `// not upstash\n${get("`/login?_token=${document.cookie}`")}` },
  { name: "another parameter", code: get(`\`\${${URL_READ}}/get/a?access_token=\${${TOKEN}}\``) },
  { name: "another parameter that ends so", code: get(`\`\${${URL_READ}}/get/a?csrf_token=1\``) },
  { name: "a placeholder", code: `export const example = "${HOST}/get/a?_token=YOUR_TOKEN";\n` },
  { name: "a placeholder in brackets", code: `export const example = "https://qstash.upstash.io/v2/publish/x?qstash_token=<QSTASH_TOKEN>";\n` },
  { name: "a sentence", code: `export const help = \`Do not add ?qstash_token=\${"abc"} to the address of Upstash\`;\n` },
  { name: "a comment", code: `// ${HOST}/get/a?_token=123abc\nexport {};\n` },
  { name: "an address that is looked for", code: `export const has = (url: string) => url.includes("?qstash_token=");\n` },
  { name: "an address that is cleaned", code: `export const clean = (url: string) => url.replace("?qstash_token=abc123", "");\n` },
  { name: "the parameter without a value", code: `export const parts = (url: string) => url.split("&qstash_token=");\n` },
  { name: "a token taken out", code: `export const clean = (url: URL) => url.searchParams.delete("qstash_token");\n` },
  { name: "a token read", code: `export const read = (url: URL) => url.searchParams.get("qstash_token");\n` },
  { name: "a map", code: `export const keep = (map: Map<string, string>) => map.set("qstash_token", "a1b2c3d4e5");\n` },
  { name: "the parameter of another address", code: `const url = new URL("https://example.com/form");\nurl.searchParams.set("_token", process.env.CSRF!); // upstash\nexport { url };\n` },
  { name: "an object that goes in the body", code: `export const send = () => fetch(${URL_READ}!, { method: "POST", body: JSON.stringify({ _token: "a1b2c3" }) });\n` },
  { name: "an unknown address", code: "// upstash\nexport const load = (base: string, token: string) => fetch(`${base}/get/a?_token=${token}`);\n" },
  { name: "somebody else's host", code: `// upstash\n${get('"https://user:pa55w0rd1x@example.com/"')}` },
  { name: "an address of mail", code: `export const mail = { url: "${HOST}", contact: "me@example.com" };\n` },
  { name: "an at sign in a path", code: get(`"${HOST}/get/user:1@example"`) },
  { name: "a user without a password", code: get('"https://default@quick-otter-12345.upstash.io/get/a"') },
  { name: "a password to be filled in", code: `export const example = "https://default:PASSWORD@quick-otter-12345.upstash.io";\n` },
  { name: "the connection string of another protocol", code: `export const url = \`rediss://default:\${process.env.UPSTASH_REDIS_PASSWORD}@quick-otter-12345.upstash.io:6379\`;\n` },
  { name: "in a test", code: get(`\`\${${URL_READ}}/get/a?_token=\${${TOKEN}}\``), filename: "lib/load.test.ts" },
];

const invalid: Invalid[] = [
  sent("a template", get(`\`\${${URL_READ}}/get/a?_token=\${${TOKEN}}\``), TOKEN, [[`?_token=\${${TOKEN}}\``, `\`, { ${header(TOKEN)} }`]]),
  sent("a template in a variable", `export async function load() {\n  const url = \`\${${URL_READ}}/get/a?_token=\${${TOKEN}}\`;\n  return fetch(url);\n}\n`, TOKEN, [
    [`?_token=\${${TOKEN}}`, ""],
    ["fetch(url)", `fetch(url, { ${header(TOKEN)} })`],
  ]),
  sent("before another parameter", get(`\`\${${URL_READ}}/set/a/b?_token=\${${TOKEN}}&EX=100\``), TOKEN, [[`_token=\${${TOKEN}}&EX=100\``, `EX=100\`, { ${header(TOKEN)} }`]]),
  sent("behind another parameter", get(`\`\${${URL_READ}}/set/a/b?EX=100&_token=\${${TOKEN}}\``), TOKEN, [[`&_token=\${${TOKEN}}\``, `\`, { ${header(TOKEN)} }`]]),
  sent("with options", get(`\`\${${URL_READ}}/set/a?_token=\${${TOKEN}}\`, { method: "POST" }`), TOKEN, [
    [`?_token=\${${TOKEN}}`, ""],
    ['{ method: "POST" }', `{ ${header(TOKEN)}, method: "POST" }`],
  ]),
  sent("with headers", get(`\`\${${URL_READ}}/set/a?_token=\${${TOKEN}}\`, { headers: { Accept: "text/plain" } }`), TOKEN, [
    [`?_token=\${${TOKEN}}`, ""],
    ["{ Accept", `{ Authorization: \`Bearer \${${TOKEN}}\`, Accept`],
  ]),
  sent("with headers from elsewhere", `declare const headers: Record<string, string>;\n${get(`\`\${${URL_READ}}/set/a?_token=\${${TOKEN}}\`, { headers }`)}`, TOKEN),
  sent("encoded", get(`\`\${${URL_READ}}/get/a?_token=\${encodeURIComponent(${TOKEN}!)}\``), `encodeURIComponent(${TOKEN}!)`, [
    [`?_token=\${encodeURIComponent(${TOKEN}!)}\``, `\`, { ${header(`${TOKEN}!`)} }`],
  ]),
  sent("a sum", get(`${URL_READ} + "/get/a?_token=" + ${TOKEN}`), TOKEN, [[`?_token=" + ${TOKEN}`, `", { ${header(TOKEN)} }`]]),
  sent("a sum that goes on", get(`${URL_READ} + "/get/a?_token=" + ${TOKEN} + "&x=1"`), TOKEN),
  sent("a host that is written out", `export const load = (token: string) => fetch(\`${HOST}/get/a?_token=\${token}\`);\n`, "{«token»}", [["?_token=${token}`", `\`, { ${header("token")} }`]]),
  sent("a token that is written out", get(`"${HOST}/get/a?_token=${redisToken()}"`), `"${HOST}/get/a?_token=${redisToken()}"`, [[`?_token=${redisToken()}"`, `", { ${header(TOKEN)} }`]]),
  sent("not fetched here", `export const address = \`\${${URL_READ}}/get/a?_token=\${${TOKEN}}\`;\n`, TOKEN),
  sent("an address from elsewhere and the known token", `export const address = (base: string) => \`\${base}/get/a?_token=\${${TOKEN}}\`;\n`, TOKEN),
  sent("QStash", get(`\`https://qstash.upstash.io/v2/publish/https://example.com?qstash_token=\${${QSTASH}}\``), QSTASH, [[`?qstash_token=\${${QSTASH}}\``, `\`, { ${header(QSTASH)} }`]], {}, "qstash_token"),
  sent("QStash by its parameter alone", "export const address = (base: string, key: string) => `${base}?qstash_token=${key}`;\n", "{«key»}", undefined, {}, "qstash_token"),
  sent("the parameters of an URL", `export async function load() {\n  const url = new URL("${HOST}/get/a");\n  url.searchParams.set("_token", ${TOKEN}!);\n  return fetch(url);\n}\n`, '"_token"', [
    [`  url.searchParams.set("_token", ${TOKEN}!);\n`, ""],
    ["fetch(url)", `fetch(url, { ${header(TOKEN)} })`],
  ]),
  sent("the parameters of an URL, appended", `export async function load(token: string) {\n  const url = new URL("/get/a", ${URL_READ});\n  url.searchParams.append("_token", token);\n  return fetch(url.toString());\n}\n`, '"_token"', [
    ['  url.searchParams.append("_token", token);\n', ""],
    ["fetch(url.toString())", `fetch(url.toString(), { ${header("token")} })`],
  ]),
  sent("the parameters of an URL in a function of its own", `export function sign(url: URL) {\n  url.searchParams.set("_token", ${TOKEN}!);\n  return url;\n}\n`, '"_token"'),
  sent("the parameters by another name", `export function sign(url: URL) {\n  const { searchParams } = url;\n  const name = "_token";\n  searchParams.set(name, ${TOKEN}!);\n  return url;\n}\n`, "set(«name»"),
  sent("parameters by themselves", `const query = new URLSearchParams();\nquery.set("_token", ${TOKEN}!);\nexport { query };\n`, '"_token"'),
  sent("parameters of an object", `export const query = new URLSearchParams({ _token: ${TOKEN}! });\n`, `_token: ${TOKEN}!`),
  sent("the parameters of a request", `declare const http: { get(url: string, options: object): void };\nexport const load = (token: string) => http.get("${HOST}/get/a", { params: { _token: token } });\n`, "_token: token"),
  sent("an address and a token of another file", `import { base, token } from "@/lib/config";\n${get("`${base}/get/a?_token=${token}`")}`, "{«token»}", [["?_token=${token}`", `\`, { ${header("token")} }`]], {
    files: { "lib/config.ts": `export const base = "${HOST}";\nexport const token = ${TOKEN};\n` },
  }),
  inHost("a token in front of the host", get(`\`https://default:\${${TOKEN}}@quick-otter-12345.upstash.io/get/a\``), `\`https://default:\${${TOKEN}}@quick-otter-12345.upstash.io/get/a\``, [
    [`default:\${${TOKEN}}@`, ""],
    ["/get/a`", `/get/a\`, { ${header(TOKEN)} }`],
  ]),
  inHost("a known token in front of any host", `export const address = (host: string) => \`https://default:\${${TOKEN}}@\${host}/get/a\`;\n`, `\`https://default:\${${TOKEN}}@\${host}/get/a\``),
  inHost("a password in front of the host", `export const address = (user: string, password: string) => \`https://\${user}:\${password}@quick-otter-12345-us1-rest-kafka.upstash.io\`;\n`, "`https://${user}:${password}@quick-otter-12345-us1-rest-kafka.upstash.io`"),
  inHost("a password that is written out", `export const address = "https://default:${"a1b2c3d4".repeat(2)}x9y8@quick-otter-12345.upstash.io";\n`, `"https://default:${"a1b2c3d4".repeat(2)}x9y8@quick-otter-12345.upstash.io"`),
];

const matrix = syntaxMatrix
  .value(TOKEN, (setup, expr) => `declare const url: URL;\nexport async function sign() {\n${setup}\nurl.searchParams.set("_token", ${expr});\nreturn url;\n}\n`)
  .map((form): Invalid => ({
    ...form,
    errors: [{ messageId: "parameter", data: { parameter: "_token" }, ...locationOf(form.code, '"_token"') }],
  }));

runRule("no-credential-in-url", rule, { valid, invalid: [...invalid, ...matrix] });

import { boxKey, connectionString, developmentToken, filler, indexToken, kafkaUsername, oldRedisToken, qstashToken, redisToken, signingKey } from "../../helpers/fake-credentials.ts";
import { check, FULL_REDIS, report, takeOut, useEnv, type Invalid, type Valid } from "./shared.ts";

const TOKEN = redisToken();
const READ = "process.env.UPSTASH_REDIS_REST_TOKEN";

const ofShape = (name: string, value: string, what: string, read: string, more: Partial<Valid> = {}): Invalid => {
  const code = `export const settings = { credential: "${value}" };\n`;
  return { name, code, ...more, errors: [report(code, "written", { what }, `"${value}"`, useEnv(read, [`"${value}"`, `${read}!`]))] };
};

const whole = (name: string, code: string, at: string, read: [string, string], more: Partial<Valid> = {}): Invalid => ({
  name,
  code,
  ...more,
  errors: [report(code, "written", { what: FULL_REDIS }, at, useEnv(READ, read))],
});

const comment = (name: string, code: string, at: string, what = FULL_REDIS, variable = "UPSTASH_REDIS_REST_TOKEN"): Invalid => ({
  name,
  code,
  rewritesComments: "the credential stands in it",
  errors: [report(code, "comment", { what }, at, takeOut(variable, [at, `<${variable}>`]))],
});

const taken = (name: string, code: string, at: string, edit: [string, string], more: Partial<Valid> = {}): Invalid => ({
  name,
  code,
  ...more,
  errors: [report(code, "written", { what: FULL_REDIS }, at, takeOut("UPSTASH_REDIS_REST_TOKEN", edit))],
});

const inSentence = `console.log("curl -H 'Authorization: Bearer ${TOKEN}'");\n`;
const inTemplate = `export const header = (name: string) => \`\${name}: Bearer ${TOKEN}\`;\n`;
const alone = `export const token = \`${TOKEN}\`;\n`;
const split = `// the token of upstash\nexport const token = "${TOKEN.slice(0, 9)}" + "${TOKEN.slice(9)}";\n`;
const attribute = `export const page = <Box token="${TOKEN}" />;\n`;
const jsxText = `export const page = <code>{"x"} ${TOKEN}</code>;\n`;
const json = `export default { "env": { "UPSTASH_REDIS_REST_TOKEN": "${TOKEN}" } };\n`;
const nested = `const pool = [{ shards: ["${TOKEN}"] }];\nexport { pool };\n`;
const lineComment = `// UPSTASH_REDIS_REST_TOKEN=${TOKEN}\nexport {};\n`;
const blockComment = `/*\n * const redis = new Redis({ token: "${TOKEN}" });\n */\nexport {};\n`;
const qstashComment = `export {}; // QSTASH_TOKEN=${qstashToken()}\n`;
const inType = `export type Token = "${TOKEN}";\n`;
const asKey = `export const names = { "${TOKEN}": "mine" };\n`;
const inEnum = `export enum Tokens {\n  Main = "${TOKEN}",\n}\n`;
const inTest = `import { it } from "vitest";\nit("works", () => { const token = "${TOKEN}"; return token; });\n`;
const withImportMeta = `export const url = import.meta.env.UPSTASH_REDIS_REST_URL;\nexport const token = "${TOKEN}";\n`;
const withDeno = `export const url = Deno.env.get("UPSTASH_REDIS_REST_URL");\nexport const token = "${TOKEN}";\n`;
const withBun = `export const url = Bun.env.UPSTASH_REDIS_REST_URL;\nexport const token = "${TOKEN}";\n`;
const nextKey = signingKey(31);
const withNextKey = `export const keys = { next: "${nextKey}" };\n`;
const forKv = `export const url = process.env.KV_REST_API_URL;\nexport const token = "${TOKEN}";\n`;
const javascript = `export const token = "${TOKEN}";\n`;
const two = `export const tokens = ["${TOKEN}", "${redisToken({ seed: 5 })}"];\n`;

check({
  valid: [
    { name: "a placeholder", code: 'export const token = "YOUR_UPSTASH_REDIS_REST_TOKEN";\n' },
    { name: "an ellipsis", code: `export const token = "${TOKEN.slice(0, 20)}…";\n` },
    { name: "x for the rest", code: `export const token = "AX_sAAIncDE${"x".repeat(50)}";\n` },
    { name: "a comment with a placeholder", code: "// UPSTASH_REDIS_REST_TOKEN=AX...\nexport {};\n" },
    { name: "a JWT", code: `export const token = "eyJhbGciOiJIUzI1NiJ9.${btoa('{"sub":"1234567890"}').replace(/=/g, "")}.${filler(43)}";\n` },
    { name: "a hash", code: 'export const integrity = "sha512-9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";\n' },
    { name: "an inline picture", code: `export const icon = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUA${filler(90)}";\n` },
    { name: "the public token of QStash's development server", code: `export const token = "${developmentToken()}";\n` },
    { name: "a made-up token in a test", code: `export const token = "AX_sAAIncDE${filler(40)}";\n`, filename: "tests/redis.test.ts" },
    { name: "a made-up key in a story", code: `export const key = "${signingKey()}";\n`, filename: "stories/key.stories.tsx" },
    { name: "a key of words", code: 'export const key = "sig_currentSigningKeyOfTheProject";\n' },
    { name: "a Box key where nothing says Upstash", code: `export const id = "${boxKey()}";\n` },
    { name: "a Redis address elsewhere", code: `export const address = "${connectionString().replace("upstash.io", "example.com")}"; // not upstash\n` },
    { name: "an interpolated password", code: "export const address = (password: string) => `rediss://default:${password}@quick-otter-12345.upstash.io:6379`;\n" },
    { name: "an address with a placeholder", code: 'export const address = "rediss://default:your_password@quick-otter-12345.upstash.io:6379";\n' },
    { name: "the beginning of a token in a test on its shape", code: 'export const isToken = (text: string) => text.startsWith("AX_sAAIncDE"); // upstash\n' },
    { name: "a pattern for tokens", code: "export const pattern = /A[Q-Za-f][\\w-]{2}AAI[a-z]cD[\\w-]{40}/; // upstash\n" },
    { name: "an id that is as long", code: `export const id = "A${filler(60, 2)}"; // upstash\n` },
  ],
  invalid: [
    ofShape("a Redis token with full access", TOKEN, FULL_REDIS, READ),
    ofShape("a Redis token of an early database", oldRedisToken(), FULL_REDIS, READ),
    ofShape("a read-only Redis token", redisToken({ access: "read-only" }), "a read-only Redis REST token", "process.env.UPSTASH_REDIS_REST_READ_ONLY_TOKEN"),
    ofShape("a read-only token, where settings name its variable", redisToken({ access: "read-only" }), "a read-only Redis REST token", "process.env.CACHE_READER", {
      settings: { readOnlyTokenEnv: ["CACHE_READER"] },
    }),
    ofShape("a Vector token", indexToken(), "a Vector or Search token with full access", "process.env.UPSTASH_VECTOR_REST_TOKEN"),
    ofShape("a read-only Vector token", indexToken("readonly"), "a read-only Vector or Search token", "process.env.UPSTASH_VECTOR_REST_READ_ONLY_TOKEN"),
    ofShape("a QStash token", qstashToken(), "a QStash token", "process.env.QSTASH_TOKEN"),
    ofShape("a signing key", signingKey(), "a QStash signing key", "process.env.QSTASH_CURRENT_SIGNING_KEY"),
    {
      name: "the next signing key",
      code: withNextKey,
      errors: [report(withNextKey, "written", { what: "a QStash signing key" }, `"${nextKey}"`, useEnv("process.env.QSTASH_NEXT_SIGNING_KEY", [`"${nextKey}"`, "process.env.QSTASH_NEXT_SIGNING_KEY!"]))],
    },
    ofUpstash("a Box key", boxKey(), "a Box API key", "process.env.UPSTASH_BOX_API_KEY"),
    ofUpstash("a Kafka user name", kafkaUsername(), "a Kafka user name", "process.env.UPSTASH_KAFKA_REST_USERNAME"),
    address("a Redis address", connectionString(), "a Redis address with its password"),
    address("a Redis address of the read-only user", connectionString({ user: "default_ro" }), "a Redis address with its read-only password"),
    whole("in a sentence", inSentence, TOKEN, [`"curl -H 'Authorization: Bearer ${TOKEN}'"`, `\`curl -H 'Authorization: Bearer \${${READ}}'\``]),
    whole("in a template", inTemplate, TOKEN, [TOKEN, `\${${READ}}`]),
    whole("a template of nothing else", alone, TOKEN, [`\`${TOKEN}\``, READ]),
    whole("in two pieces", split, `"${TOKEN.slice(0, 9)}" + "${TOKEN.slice(9)}"`, [`"${TOKEN.slice(0, 9)}" + "${TOKEN.slice(9)}"`, `${READ}!`]),
    whole("in an attribute", attribute, `"${TOKEN}"`, [`"${TOKEN}"`, `{${READ}!}`], { filename: "components/page.tsx" }),
    whole("in an object like JSON", json, `"${TOKEN}"`, [`"${TOKEN}"`, `${READ}!`]),
    whole("deep in lists and objects", nested, `"${TOKEN}"`, [`"${TOKEN}"`, `${READ}!`]),
    whole("in JavaScript", javascript, `"${TOKEN}"`, [`"${TOKEN}"`, READ], { filename: "lib/example.js" }),
    whole("a whole token in a test", inTest, `"${TOKEN}"`, [`"${TOKEN}"`, `${READ}!`], { filename: "tests/redis.test.ts" }),
    {
      name: "each of two",
      code: two,
      errors: [TOKEN, redisToken({ seed: 5 })].map((token) => report(two, "written", { what: FULL_REDIS }, `"${token}"`, useEnv(READ, [`"${token}"`, `${READ}!`]))),
    },
    {
      name: "where the file reads import.meta.env",
      code: withImportMeta,
      errors: [report(withImportMeta, "written", { what: FULL_REDIS }, `"${TOKEN}"`, useEnv("import.meta.env.UPSTASH_REDIS_REST_TOKEN", [`"${TOKEN}"`, "import.meta.env.UPSTASH_REDIS_REST_TOKEN!"]))],
    },
    {
      name: "where the file reads Deno.env",
      code: withDeno,
      errors: [report(withDeno, "written", { what: FULL_REDIS }, `"${TOKEN}"`, useEnv('Deno.env.get("UPSTASH_REDIS_REST_TOKEN")', [`"${TOKEN}"`, 'Deno.env.get("UPSTASH_REDIS_REST_TOKEN")!']))],
    },
    {
      name: "where the file reads Bun.env",
      code: withBun,
      errors: [report(withBun, "written", { what: FULL_REDIS }, `"${TOKEN}"`, useEnv("Bun.env.UPSTASH_REDIS_REST_TOKEN", [`"${TOKEN}"`, "Bun.env.UPSTASH_REDIS_REST_TOKEN!"]))],
    },
    {
      name: "where the file has the names of Vercel KV",
      code: forKv,
      errors: [report(forKv, "written", { what: FULL_REDIS }, `"${TOKEN}"`, useEnv("process.env.KV_REST_API_TOKEN", [`"${TOKEN}"`, "process.env.KV_REST_API_TOKEN!"]))],
    },
    comment("in a line comment", lineComment, TOKEN),
    comment("in a block comment", blockComment, TOKEN),
    comment("behind the code", qstashComment, qstashToken(), "a QStash token", "QSTASH_TOKEN"),
    taken("as text of a page", jsxText, TOKEN, [TOKEN, "YOUR_UPSTASH_REDIS_REST_TOKEN"], { filename: "components/page.tsx" }),
    taken("in a type", inType, `"${TOKEN}"`, [`"${TOKEN}"`, '"<UPSTASH_REDIS_REST_TOKEN>"']),
    taken("as a key", asKey, `"${TOKEN}"`, [`"${TOKEN}"`, '"<UPSTASH_REDIS_REST_TOKEN>"']),
    taken("in an enum", inEnum, `"${TOKEN}"`, [`"${TOKEN}"`, '"<UPSTASH_REDIS_REST_TOKEN>"']),
  ],
});

/** Shapes that count where the file names Upstash. */
function ofUpstash(name: string, value: string, what: string, read: string): Invalid {
  const code = `// kafka and box of upstash\nexport const settings = { credential: "${value}" };\n`;
  return { name, code, errors: [report(code, "written", { what }, `"${value}"`, useEnv(read, [`"${value}"`, `${read}!`]))] };
}

/** The port behind the host is part of the string, and goes with it. */
function address(name: string, value: string, what: string): Invalid {
  const code = `export const settings = { address: "${value}" };\n`;
  return { name, code, errors: [report(code, "written", { what }, `"${value}"`, useEnv("process.env.REDIS_URL", [`"${value}"`, "process.env.REDIS_URL!"]))] };
}

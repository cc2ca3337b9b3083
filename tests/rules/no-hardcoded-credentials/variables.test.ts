import { filler, redisToken } from "../../helpers/fake-credentials.ts";
import { check, dropFallback, FULL_REDIS, REDIS, report, URL, useEnv, useFromEnv, type Invalid, type Valid } from "./shared.ts";

const SECRET = filler(32, 43);
const TOKEN = redisToken();
const NAME = "UPSTASH_REDIS_REST_TOKEN";
const READ = `process.env.${NAME}`;
const WHAT = `the value of \`${NAME}\``;
const ZOD = 'import { z } from "zod";\n';

const standIn = (name: string, code: string, at: string, whole: string, by: string, more: Partial<Valid> = {}, what = WHAT): Invalid => ({
  name,
  code,
  ...more,
  typecheck: false,
  reason: "what the variable is checked with is not installed, or a name is declared twice",
  errors: [report(code, "fallback", { what, name: NAME }, at, dropFallback(whole, by))],
});

const value = (name: string, code: string, variable = NAME): Invalid => ({
  name,
  code,
  errors: [report(code, "written", { what: `the value of \`${variable}\`` }, `"${SECRET}"`, useEnv(`process.env.${variable}`, [`"${SECRET}"`, `process.env.${variable}!`]))],
});

const token = (right: string): string => `export const token = ${READ} ${right};\n`;
const inClient = `${REDIS}export const redis = new Redis({ ${URL}, token: ${READ} ?? "${TOKEN}" });\n`;
const alias = `const fromEnv = ${READ};\nexport const token = fromEnv || "${SECRET}";\n`;
const chain = `export const token = ${READ} || process.env.KV_REST_API_TOKEN || "${SECRET}";\n`;
const ternary = `export const token = ${READ} ? ${READ} : "${SECRET}";\n`;
const pattern = `const { ${NAME} = "${SECRET}" } = process.env;\nexport const token = ${NAME};\n`;
const assigned = `${READ} ??= "${SECRET}";\nexport {};\n`;
const zod = `${ZOD}export const env = z.object({ ${NAME}: z.string().min(1).default("${SECRET}") }).parse(process.env);\n`;
const envalid = `import { cleanEnv, str } from "envalid";\nexport const env = cleanEnv(process.env, { ${NAME}: str({ default: "${SECRET}" }) });\n`;
const getter = `const read = (name: string, fallback?: string) => process.env[name] ?? fallback;\nexport const token = read("${NAME}", "${SECRET}");\n`;
const write = `${READ} = "${SECRET}";\nexport {};\n`;

check({
  valid: [
    { name: "an empty string", code: token('?? ""') },
    { name: "a placeholder", code: token('|| "missing_token"') },
    { name: "words", code: token('?? "build-time-token"') },
    { name: "undefined", code: `export const token = ${READ} ? ${READ} : undefined;\n` },
    { name: "another variable", code: token("|| process.env.KV_REST_API_TOKEN") },
    { name: "an address in place of an address", code: 'export const url = process.env.UPSTASH_REDIS_REST_URL ?? "https://quick-otter-12345.upstash.io";\n' },
    { name: "a stand-in for another variable", code: `// upstash\nexport const id = process.env.SENTRY_RELEASE ?? "${SECRET}";\nexport const token = ${READ};\n` },
    { name: "a stand-in for a variable that may be anybody's", code: `// upstash\nexport const token = process.env.REDIS_PASSWORD ?? "${SECRET}";\nexport const other = ${READ};\n` },
    { name: "a schema without a default", code: `${ZOD}export const env = z.object({ ${NAME}: z.string().min(20) }).parse(process.env);\n` },
    { name: "a schema with a placeholder", code: `${ZOD}export const env = z.object({ ${NAME}: z.string().default("dev-token-for-local-use") }).parse(process.env);\n` },
    { name: "a description in a schema", code: `${ZOD}export const env = z.object({ ${NAME}: z.string().describe("see/docs/9f86d081884c7d659a") }).parse(process.env);\n` },
    { name: "a flag about it", code: `export const UPSTASH_REDIS_REST_TOKEN_SET = "${SECRET}";\nexport const token = ${READ};\n` },
    { name: "the variable's name", code: `export const names = { ${NAME}: "MY_APP_REDIS_TOKEN_0000_MAIN" };\n` },
    { name: "in a test", code: `process.env.${NAME} = "${SECRET}";\n`, filename: "tests/setup.test.ts" },
    { name: "a comparison", code: `export const isMine = ${READ} === "${SECRET}";\n` },
    { name: "a lookup", code: `const known = { "${SECRET}": 1 };\nexport const rank = known[${READ} as keyof typeof known];\n` },
  ],
  invalid: [
    standIn("??", token(`?? "${SECRET}"`), `"${SECRET}"`, `${READ} ?? "${SECRET}"`, `${READ}!`),
    standIn("||", token(`|| "${SECRET}"`), `"${SECRET}"`, `${READ} || "${SECRET}"`, `${READ}!`),
    standIn("in JavaScript", token(`|| "${SECRET}"`), `"${SECRET}"`, `${READ} || "${SECRET}"`, READ, { filename: "lib/example.mjs" }),
    standIn("a template of constants", token(`|| \`${SECRET}\``), `\`${SECRET}\``, `${READ} || \`${SECRET}\``, `${READ}!`),
    standIn("a token with a shape", token(`?? "${TOKEN}"`), `"${TOKEN}"`, `${READ} ?? "${TOKEN}"`, `${READ}!`, {}, FULL_REDIS),
    standIn("behind an alias", alias, `"${SECRET}"`, `fromEnv || "${SECRET}"`, "fromEnv"),
    standIn("behind two variables", chain, `"${SECRET}"`, ` || "${SECRET}"`, ""),
    standIn("an assertion around it", `export const token = (${READ} as string) ?? ("${SECRET}" as string);\n`, `"${SECRET}"`, `(${READ} as string) ?? ("${SECRET}" as string)`, `${READ} as string`),
    standIn("the default of a destructuring", pattern, `"${SECRET}"`, `${NAME} = "${SECRET}"`, NAME),
    standIn("??=", assigned, `"${SECRET}"`, `${READ} ??= "${SECRET}";`, ""),
    standIn("a schema of zod", zod, `"${SECRET}"`, `.default("${SECRET}")`, ""),
    standIn("a function that is given the name", getter, `"${SECRET}"`, `, "${SECRET}"`, ""),
    {
      name: "a ternary",
      code: ternary,
      errors: [report(ternary, "fallback", { what: WHAT, name: NAME }, `"${SECRET}"`, useEnv(READ, [`"${SECRET}"`, `${READ}!`]))],
    },
    {
      name: "a schema of envalid",
      code: envalid,
      typecheck: false,
      reason: "envalid is not installed",
      errors: [report(envalid, "fallback", { what: WHAT, name: NAME }, `"${SECRET}"`, useEnv(READ, [`"${SECRET}"`, `${READ}!`]))],
    },
    {
      name: "in a client: one report",
      code: inClient,
      errors: [
        report(inClient, "fallback", { what: FULL_REDIS, name: NAME }, `"${TOKEN}"`, useFromEnv(`new Redis({ ${URL}, token: ${READ} ?? "${TOKEN}" })`, "Redis.fromEnv()"), dropFallback(`${READ} ?? "${TOKEN}"`, `${READ}!`)),
      ],
    },
    value("a property by the variable's name", `export const vars = { ${NAME}: "${SECRET}" };\n`),
    value("a quoted property", `export default { env: { "QSTASH_TOKEN": "${SECRET}" } };\n`, "QSTASH_TOKEN"),
    value("a constant by the variable's name", `export const KV_REST_API_TOKEN = "${SECRET}";\n`, "KV_REST_API_TOKEN"),
    value("a field by the variable's name", `export class Config {\n  UPSTASH_VECTOR_REST_TOKEN = "${SECRET}";\n}\n`, "UPSTASH_VECTOR_REST_TOKEN"),
    value("a key of the developer API", 'export const account = { UPSTASH_API_KEY: "' + SECRET + '" };\n', "UPSTASH_API_KEY"),
    {
      name: "an assignment to the variable",
      code: write,
      errors: [report(write, "written", { what: WHAT }, `"${SECRET}"`, { id: "takeOut", data: { name: NAME }, edits: [[`"${SECRET}"`, `"<${NAME}>"`]] })],
    },
  ],
});

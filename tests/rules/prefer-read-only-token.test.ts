import type { TestCaseError } from "@typescript-eslint/rule-tester";
import rule from "../../src/rules/prefer-read-only-token.ts";
import { locationOf, replaceOnce } from "../helpers/marked-text.ts";
import type { ProjectFiles } from "../helpers/project.ts";
import { runRule, type InvalidCase, type ValidCase } from "../helpers/rule-tester.ts";
import { syntaxMatrix } from "../helpers/syntax-matrix.ts";

type MessageId = "prefer" | "useReadOnly";
type Invalid = InvalidCase<MessageId, object>;
type Valid = ValidCase<object>;

const FULL = "process.env.UPSTASH_REDIS_REST_TOKEN";
const READ_ONLY = "process.env.UPSTASH_REDIS_REST_READ_ONLY_TOKEN";
const FROM_ENV = "Redis.fromEnv()";
const NEW = `new Redis({ url: process.env.UPSTASH_REDIS_REST_URL!, token: ${FULL}! })`;
const IMPORT = 'import { Redis } from "@upstash/redis";\n';
const LIB = "lib/redis.ts";

interface Expected {
  readonly at?: string;
  readonly commands?: string;
  readonly name?: string;
  readonly output?: string;
}

const told = (code: string, { at = FROM_ENV, commands = "`get`", name = "UPSTASH_REDIS_REST_READ_ONLY_TOKEN", output }: Expected = {}): TestCaseError<MessageId> => ({
  messageId: "prefer",
  data: { commands },
  ...locationOf(code, at),
  suggestions: [
    {
      messageId: "useReadOnly",
      data: { name },
      output: output ?? (at === FROM_ENV ? replaceOnce(code, at, `new Redis({ url: process.env.UPSTASH_REDIS_REST_URL!, token: process.env.${name}! })`) : replaceOnce(code, FULL, `process.env.${name}`)),
    },
  ],
});

const invalid = (name: string, body: string, expected: Expected = {}, more: Partial<Invalid> = {}): Invalid => {
  const code = `${IMPORT}${body}`;
  return { name, filename: LIB, code, ...more, errors: [told(code, expected)] } as Invalid;
};
const valid = (name: string, body: string, files?: ProjectFiles, more: Partial<Valid> = {}): Valid => ({ name, filename: LIB, code: `${IMPORT}${body}`, ...(files && { files }), ...more });

const EXPORTED = `export const redis = ${FROM_ENV};\n`;
const READER = 'import { redis } from "./redis";\nexport const load = () => redis.get("a");\n';
const WRITER = 'import { redis } from "./redis";\nexport const save = () => redis.set("a", 1);\n';

runRule("prefer-read-only-token", rule, {
  valid: [
    valid("it writes", `const redis = ${FROM_ENV};\nexport const save = () => redis.set("a", 1);\n`),
    valid("it reads and writes", `const redis = ${FROM_ENV};\nexport const count = async () => [await redis.get("a"), await redis.incr("a")];\n`),
    valid("it scans, which needs full access", `const redis = ${FROM_ENV};\nexport const all = () => redis.scan(0);\n`),
    valid("it lists keys, which does too", `const redis = ${FROM_ENV};\nexport const all = () => redis.keys("*");\n`),
    valid("it has a read-only token", `const redis = new Redis({ url: process.env.UPSTASH_REDIS_REST_URL!, token: ${READ_ONLY}! });\nexport const load = () => redis.get("a");\n`),
    valid("nothing uses it", `const redis = ${FROM_ENV};\nexport const other = 1;\n`),
    valid("it is handed on", `const redis = ${FROM_ENV};\nexport const load = (use: (client: Redis) => unknown) => [use(redis), redis.get("a")];\n`),
    valid("it is handed to a limiter", `import { Ratelimit } from "@upstash/ratelimit";\nconst redis = ${FROM_ENV};\nexport const limiter = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(1, "1 s") });\nexport const load = () => redis.get("a");\n`),
    valid("a function returns it", `const redis = ${FROM_ENV};\nexport const client = () => redis;\nexport const load = () => redis.get("a");\n`),
    valid("it is kept on the global object", `const redis = ${FROM_ENV};\nObject.assign(globalThis, { redis });\nexport const load = () => redis.get("a");\n`),
    valid("a method that is only known when it runs", `const redis = ${FROM_ENV};\nexport const run = (name: "get") => [redis[name]("a"), redis.get("a")];\n`),
    valid("a pipeline, whose commands may be anything", `const redis = ${FROM_ENV};\nexport const run = () => redis.pipeline().set("a", 1).exec();\n`),
    valid("another module writes", EXPORTED, { "lib/reader.ts": READER, "lib/writer.ts": WRITER }),
    valid("another module writes, by way of a barrel", EXPORTED, { "lib/index.ts": 'export * from "./redis";\n', "lib/reader.ts": READER, "app/a.ts": 'import { redis } from "@/lib";\nexport const save = () => redis.set("a", 1);\n' }),
    valid("another module writes, under another name", EXPORTED, { "lib/index.ts": 'export { redis as store } from "./redis";\n', "app/a.ts": 'import { store } from "../lib/index";\nexport const save = () => store.del("a");\n', "lib/reader.ts": READER }),
    valid("another module hands it on", EXPORTED, { "lib/reader.ts": READER, "lib/other.ts": 'import { redis } from "./redis";\nexport const all = [redis];\n' }),
    valid("another module takes it with all others", EXPORTED, { "lib/reader.ts": READER, "lib/other.ts": 'import * as store from "./redis";\nexport const save = () => store.redis.set("a", 1);\n' }),
    valid("another module loads it when it runs", EXPORTED, { "lib/reader.ts": READER, "lib/other.ts": 'export const save = async () => (await import("./redis")).redis.set("a", 1);\n' }),
    valid("a component that can't be read imports it", EXPORTED, { "lib/reader.ts": READER, "lib/Cart.vue": '<script setup>\nimport { redis } from "./redis";\n</script>\n' }),
    valid("a server action writes", EXPORTED, { "lib/reader.ts": READER, "lib/action.ts": 'import { redis } from "./redis";\nexport async function save() {\n  "use server";\n  await redis.set("a", 1);\n}\n' }),
    valid("it is exported, and nothing imports it", EXPORTED, { "lib/other.ts": "export const other = 1;\n" }),
    valid("a credential that is not known", 'export const load = (token: string) => new Redis({ url: "https://example.upstash.io", token }).get("a");\n'),
    valid("variables of a Worker, which have no name here", `export const load = (env: { token: string }) => new Redis({ url: "https://example.upstash.io", token: env.token }).get("a");\n`),
    valid("a browser's module, for another rule", `const redis = ${FROM_ENV};\nexport const load = () => redis.get("a");\n`, undefined, { code: `"use client";\n${IMPORT}const redis = ${FROM_ENV};\nexport const load = () => redis.get("a");\n` }),
    valid("a test", `const redis = ${FROM_ENV};\nexport const load = () => redis.get("a");\n`, undefined, { filename: "lib/redis.test.ts" }),
    valid("something else of that name", "const Store = { fromEnv: () => new Map<string, string>() };\nconst redis = Store.fromEnv();\nexport const load = () => redis.get(Redis.name);\n"),
  ],
  invalid: [
    invalid("one read", `const redis = ${FROM_ENV};\nexport const load = () => redis.get("a");\n`),
    invalid("several reads", `const redis = ${FROM_ENV};\nexport const load = () => [redis.get("a"), redis.mget("b", "c"), redis.get("d")];\n`, { commands: "`get`, `mget`" }),
    invalid("reads of all kinds", `const redis = ${FROM_ENV};\nexport const load = () => [redis.hgetall("a"), redis.zrange("b", 0, 1), redis.exists("c"), redis.ttl("d")];\n`, { commands: "`exists`, `hgetall`, `ttl`, `zrange`" }),
    invalid("in place", `export const load = () => ${FROM_ENV}.get("a");\n`),
    invalid("in a function", `export async function load() {\n  const redis = ${FROM_ENV};\n  return redis.get("a");\n}\n`),
    invalid("written out", `const redis = ${NEW};\nexport const load = () => redis.get("a");\n`, { at: NEW }),
    invalid("Vercel KV's variable", 'const redis = new Redis({ url: process.env.KV_REST_API_URL!, token: process.env.KV_REST_API_TOKEN! });\nexport const load = () => redis.get("a");\n', {
      at: "new Redis({ url: process.env.KV_REST_API_URL!, token: process.env.KV_REST_API_TOKEN! })",
      name: "KV_REST_API_READ_ONLY_TOKEN",
      output: `${IMPORT}const redis = new Redis({ url: process.env.KV_REST_API_URL!, token: process.env.KV_REST_API_READ_ONLY_TOKEN! });\nexport const load = () => redis.get("a");\n`,
    }),
    invalid("the project has a name for the variable", `const redis = ${FROM_ENV};\nexport const load = () => redis.get("a");\n`, { name: "SCORES_TOKEN" }, { settings: { readOnlyTokenEnv: ["SCORES_TOKEN"] } }),
    invalid("a type of it is no use", `const redis = ${FROM_ENV};\nexport type Store = typeof redis;\nexport const load = () => redis.get("a");\n`),
    invalid("another module reads", EXPORTED, {}, { files: { "lib/reader.ts": READER } }),
    invalid("several modules read, by barrels and other names", EXPORTED, { commands: "`get`, `hgetall`, `mget`" }, {
      files: {
        "lib/all.ts": 'export * from "./redis";\nexport { redis as store } from "./redis";\n',
        "app/a.ts": 'import { redis } from "@/lib/all";\nexport const load = () => redis.get("a");\n',
        "app/b.ts": 'import { store as kept } from "../lib/all";\nexport const load = () => kept.hgetall("a");\n',
        "app/c.ts": 'import { redis } from "../lib/redis";\nexport const load = () => redis.mget("a");\n',
      },
    }),
    invalid("a default export", `export default ${FROM_ENV};\n`, {}, { files: { "app/a.ts": 'import store from "../lib/redis";\nexport const load = () => store.get("a");\n' } }),
    invalid("exported in a list", `const redis = ${FROM_ENV};\nexport { redis };\n`, {}, { files: { "lib/reader.ts": READER } }),
    invalid("another module writes with a client of its own", EXPORTED, {}, { files: { "lib/reader.ts": READER, "lib/writer.ts": `${IMPORT}const redis = ${FROM_ENV};\nexport const save = () => redis.set("a", 1);\n` } }),
    invalid("another module imports something else of it", `${EXPORTED}export const KEY = "a";\n`, {}, { files: { "lib/reader.ts": READER, "lib/key.ts": 'import { KEY } from "./redis";\nexport const keys = [KEY];\n' } }),
    invalid("another module takes its type", EXPORTED, {}, { files: { "lib/reader.ts": READER, "lib/type.ts": 'import type { redis } from "./redis";\nexport type Store = typeof redis;\n' } }),
    invalid("modules that export each other", `${EXPORTED}export * from "./loop";\n`, {}, { files: { "lib/reader.ts": READER, "lib/loop.ts": 'export * from "./redis";\n' } }),
    invalid("a page", `const redis = ${FROM_ENV};\nexport default async function Page() {\n  return <p>{await redis.get<string>("a")}</p>;\n}\n`, {}, { filename: "app/page.tsx" }),
  ],
});

/** Makers other than `Redis`, by form. */
const MAKERS: Readonly<Record<string, string>> = {
  "renamed import": "FormRedis",
  "namespace import": "formUpstash.Redis",
  "namespace import by string": 'formUpstash["Redis"]',
  "require, renamed": "FormRedis",
  "require, member": "FormRedis",
  "require, namespace": "formUpstash.Redis",
  "import = require": "formUpstash.Redis",
  "dynamic import, namespace": "formUpstash.Redis",
};
/** Ways of holding a client in which each of its uses can be seen. */
const FOLLOWED = new Set([...Object.keys(MAKERS), "named import", "require, destructured", "dynamic import", "made in place", "parentheses", "as", "as through unknown", "satisfies", "non-null", "optional chaining", "alias named db"]);
const forms = (body: (expr: string) => string) => syntaxMatrix.client((imports, expr) => `${imports}\nexport const run = async () => { ${body(expr)} };\n`);

runRule("prefer-read-only-token", rule, {
  // Two calls in place make two clients, one of which only reads.
  valid: forms((expr) => `await ${expr}.get("a"); await ${expr}.set("a", 1);`)
    .filter(({ name }) => !/in place|both branches|getter|\.then\(\) chain|class (?:field through this|getter)|constructor|^\?\?|^\|\||logical/u.test(name))
    .map((form) => ({ ...form, name: `it writes too: ${form.name}` })),
  invalid: forms((expr) => `await ${expr}.get("a");`)
    .filter(({ name }) => FOLLOWED.has(name))
    .map((form): Invalid => {
      const maker = MAKERS[form.name] ?? "Redis";
      const at = `${maker}.fromEnv()`;
      const made = `new ${maker}({ url: process.env.UPSTASH_REDIS_REST_URL!, token: ${READ_ONLY}! })`;
      return { ...form, errors: [told(form.code, { at, output: replaceOnce(form.code, at, made) })] };
    }),
});

const NAMES: Readonly<Record<string, readonly [made: string, plain: string, readOnly: string]>> = {
  Index: ['new Index({ url: process.env.UPSTASH_VECTOR_REST_URL!, token: process.env.UPSTASH_VECTOR_REST_TOKEN! })', "UPSTASH_VECTOR_REST_TOKEN", "UPSTASH_VECTOR_REST_READONLY_TOKEN"],
  Search: ['new Search({ url: process.env.UPSTASH_SEARCH_REST_URL!, token: process.env.UPSTASH_SEARCH_REST_TOKEN! })', "UPSTASH_SEARCH_REST_TOKEN", "UPSTASH_SEARCH_REST_READONLY_TOKEN"],
  Client: ["new Client({ token: process.env.QSTASH_TOKEN! })", "QSTASH_TOKEN", "QSTASH_READ_ONLY_TOKEN"],
};
const PACKAGES: Readonly<Record<string, string>> = { Index: "@upstash/vector", Search: "@upstash/search", Client: "@upstash/qstash" };
/** A module that makes a client of another service, called `client`, and uses it. */
const service = (maker: string, body: string, { from = PACKAGES[maker] ?? "", made = NAMES[maker]?.[0] ?? "" } = {}): string => `import { ${maker} } from "${from}";\nconst client = ${made};\n${body}\n`;
const serviceRead = (name: string, maker: string, body: string, commands: string, more: { readonly from?: string; readonly made?: string; readonly output?: string; readonly settings?: Invalid["settings"]; readonly readOnly?: string } = {}): Invalid => {
  const [standard = "", plain = "", usual = ""] = NAMES[maker] ?? [];
  const { made = standard, readOnly = usual } = more;
  const code = service(maker, body, { from: more.from ?? PACKAGES[maker] ?? "", made });
  return {
    name,
    filename: LIB,
    code,
    ...(more.settings && { settings: more.settings }),
    errors: [told(code, { at: made, commands, name: readOnly, output: replaceOnce(code, made, more.output ?? made.replace(plain, readOnly)) })],
  };
};
const serviceFine = (name: string, maker: string, body: string, files?: ProjectFiles): Valid => ({ name, filename: LIB, code: service(maker, body), ...(files && { files }) });

runRule("prefer-read-only-token", rule, {
  valid: [
    serviceFine("Vector: it stores", "Index", 'export const add = () => client.upsert({ id: "a", vector: [1] });'),
    serviceFine("Vector: a namespace of it is emptied", "Index", 'export const all = () => [client.query({ vector: [1], topK: 1 }), client.namespace("a").reset()];'),
    serviceFine("Vector: a namespace with a name is written to", "Index", 'const notes = client.namespace("notes");\nexport const save = () => notes.upsert({ id: "a", vector: [1] });'),
    serviceFine("Vector: a namespace is handed on", "Index", 'export const use = (run: (part: unknown) => void) => run(client.namespace("a"));'),
    serviceFine("Vector: the method that opens a namespace is handed on", "Index", "export const open = client.namespace;"),
    serviceFine("Vector: a query whose place the server keeps", "Index", "export const page = () => client.resumableQuery({ vector: [1], topK: 1, maxIdle: 10 });"),
    serviceFine("Vector: another module opens a namespace", "Index", "export { client };", { "lib/notes.ts": 'import { client } from "./redis";\nexport const notes = () => client.namespace("notes").upsert({ id: "a", vector: [1] });\n' }),
    serviceFine("Vector: another module writes to an exported namespace", "Index", 'export const notes = client.namespace("notes");', { "lib/notes.ts": 'import { notes } from "./redis";\nexport const save = () => notes.delete("a");\n' }),
    serviceFine("Search: documents come and go", "Search", 'const films = client.index("films");\nexport const add = () => [films.search({ query: "a" }), films.upsert({ id: "a", content: { title: "b" } })];'),
    serviceFine("Search: an index is thrown away", "Search", 'export const drop = () => client.index("films").deleteIndex();'),
    serviceFine("QStash: it sends", "Client", 'export const send = () => client.publishJSON({ url: "https://example.com" });'),
    serviceFine("QStash: it plans", "Client", 'export const plan = () => [client.schedules.list(), client.schedules.create({ destination: "https://example.com", cron: "* * * * *" })];'),
    serviceFine("QStash: its schedules are handed on", "Client", "export const schedules = () => [client.logs(), client.schedules];"),
    serviceFine("QStash: it cancels", "Client", 'export const stop = () => client.messages.delete("a");'),
    { name: "Workflow: it starts runs", filename: LIB, code: service("Client", 'export const run = () => client.trigger({ url: "https://example.com" });', { from: "@upstash/workflow" }) },
    serviceFine("QStash: what nobody has heard of", "Client", "export const inner = () => client.http;"),
    { name: "Vector: it may have the variable for browsers", filename: LIB, code: service("Index", "export const find = () => client.query({ vector: [1], topK: 1 });", { made: "new Index()" }) },
    { name: "Vector: it has a read-only token", filename: LIB, code: service("Index", "export const find = () => client.query({ vector: [1], topK: 1 });", { made: "new Index({ url: process.env.UPSTASH_VECTOR_REST_URL!, token: process.env.UPSTASH_VECTOR_REST_READONLY_TOKEN! })" }) },
  ],
  invalid: [
    serviceRead("Vector: it is asked", "Index", "export const find = () => [client.query({ vector: [1], topK: 1 }), client.info()];", "`info`, `query`"),
    serviceRead("Vector: fromEnv()", "Index", "export const find = () => client.query({ vector: [1], topK: 1 });", "`query`", {
      made: "Index.fromEnv()",
      output: "new Index({ url: process.env.UPSTASH_VECTOR_REST_URL!, token: process.env.UPSTASH_VECTOR_REST_READONLY_TOKEN! })",
    }),
    serviceRead("Vector: a namespace is asked", "Index", 'export const find = () => client.namespace("a").query({ vector: [1], topK: 1 });', "`namespace().query`"),
    serviceRead("Vector: a namespace with a name is asked", "Index", 'const notes = client.namespace("notes");\nexport const find = () => [notes.fetch(["a"]), notes.range({ cursor: 0, limit: 1 })];', "`namespace().fetch`, `namespace().range`"),
    serviceRead("Vector: the project has a name for the variable, and one for Redis", "Index", "export const find = () => client.query({ vector: [1], topK: 1 });", "`query`", {
      settings: { readOnlyTokenEnv: ["SCORES_TOKEN", "UPSTASH_VECTOR_READER_TOKEN"] },
      readOnly: "UPSTASH_VECTOR_READER_TOKEN",
    }),
    serviceRead("Search: an index is searched", "Search", 'const films = client.index("films");\nexport const find = (query: string) => films.search({ query });', "`index().search`"),
    serviceRead("Search: at once", "Search", 'export const find = (query: string) => client.index("films").search({ query });', "`index().search`"),
    serviceRead("QStash: logs and messages", "Client", 'export const show = () => [client.logs(), client.messages.get("a"), client.queue({ queueName: "a" }).get()];', "`logs`, `messages.get`, `queue().get`"),
    serviceRead("QStash: the SDK reads the variable by itself", "Client", "export const show = () => client.logs();", "`logs`", { made: "new Client()", output: "new Client({ token: process.env.QSTASH_READ_ONLY_TOKEN! })" }),
    serviceRead("Workflow: its log", "Client", "export const show = () => client.logs();", "`logs`", { from: "@upstash/workflow" }),
  ],
});

import type { TestCaseError } from "@typescript-eslint/rule-tester";
import rule from "../../src/rules/require-server-only.ts";
import { locationOf } from "../helpers/marked-text.ts";
import { PROJECT_DEFAULTS, type ProjectFiles } from "../helpers/project.ts";
import { runRule, type InvalidCase, type ValidCase } from "../helpers/rule-tester.ts";
import { syntaxMatrix } from "../helpers/syntax-matrix.ts";

type MessageId = "missing" | "mark";
type Invalid = InvalidCase<MessageId, object>;
type Valid = ValidCase<object>;

const REDIS = 'import { Redis } from "@upstash/redis";\nexport const redis = Redis.fromEnv();\n';
const LIMIT = 'import { Ratelimit } from "@upstash/ratelimit";\n';
const FROM_ENV = "Redis.fromEnv()";
const MARKER = 'import "server-only";\n';
const LIB = "lib/redis.ts";
const PAGE = { "app/page.tsx": 'import { redis } from "@/lib/redis";\nexport default async function Page() {\n  return <p>{await redis.get<string>("a")}</p>;\n}\n' };
/** `server-only` as Next.js declares it, which the type check of fixes does not read. */
const TYPES: ProjectFiles = {
  "tsconfig.json": (PROJECT_DEFAULTS["tsconfig.json"] ?? "").replace('"@/*"', '"server-only": ["./types/server-only.d.ts"],\n      "@/*"'),
  "types/server-only.d.ts": "export {};\n",
};
const packages = (...names: string[]): ProjectFiles => ({ "package.json": JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, "*"])) }) });

const valid = (name: string, filename: string, code: string = REDIS, files: ProjectFiles = PAGE, more: Partial<Valid> = {}): Valid => ({ name, filename, code, files, ...more });

interface Expected {
  readonly at?: string;
  readonly product?: string;
  readonly output?: string;
  /** Something that imports the module may break: the marker is a suggestion. */
  readonly isSuggested?: boolean;
}

const invalid = (name: string, code: string, { at = FROM_ENV, product = "Redis", output = MARKER + code, isSuggested = false }: Expected = {}, files: ProjectFiles = PAGE, more: Partial<Invalid> = {}): Invalid => {
  const error: TestCaseError<MessageId> = {
    messageId: "missing",
    data: { product },
    ...locationOf(code, at),
    ...(isSuggested ? { suggestions: [{ messageId: "mark" as const, output }] } : {}),
  };
  return { name, filename: LIB, code, ...(isSuggested ? {} : { output }), files: { ...TYPES, ...files }, ...more, errors: [error] } as Invalid;
};

runRule("require-server-only", rule, {
  valid: [
    valid("it is marked", LIB, MARKER + REDIS),
    valid("it is marked further down", LIB, `import { Redis } from "@upstash/redis";\n${MARKER}export const redis = Redis.fromEnv();\n`),
    valid("server actions", "app/actions.ts", `"use server";\n${REDIS}`),
    valid("a client component, for another rule", "components/a.tsx", `"use client";\n${REDIS}`),
    valid("a route handler", "app/api/a/route.ts", `${REDIS}export const GET = () => redis.get("a");\n`),
    valid("a page", "app/a/page.tsx", `${REDIS}export default function Page() { return <p />; }\n`),
    valid("a layout, in src", "src/app/layout.tsx", `${REDIS}export default function Layout() { return <p />; }\n`),
    valid("an icon of a route", "app/icon1.tsx", REDIS),
    valid("middleware", "middleware.ts"),
    valid("a proxy", "src/proxy.ts"),
    valid("instrumentation", "instrumentation.ts"),
    valid("a config file", "next.config.ts"),
    valid("a script", "scripts/seed.ts"),
    valid("a test", "lib/redis.test.ts"),
    valid("an API route of the pages router", "pages/api/a.ts"),
    valid("the pages router alone, which has no server components", LIB, REDIS, { "pages/index.tsx": "export default () => null;\n" }),
    valid("another framework", LIB, REDIS, { ...packages("hono"), ...PAGE }),
    valid("server components without a package of the marker", LIB, REDIS, { ...packages("waku", "react"), ...PAGE }),
    valid("a script at the root, of which nobody can import anything", "check.js", 'const { Redis } = require("@upstash/redis");\nRedis.fromEnv().get("a").then(console.log);\n'),
    valid("no package.json", LIB, REDIS, { ...PAGE, "package.json": "{ broken" }),
    valid("a client that comes in", LIB, 'import type { Redis } from "@upstash/redis";\nexport const load = (redis: Redis) => redis.get("a");\n'),
    valid("a client of a read-only token", LIB, 'import { Redis } from "@upstash/redis";\nexport const redis = new Redis({ url: "https://example.upstash.io", token: process.env.UPSTASH_REDIS_REST_READ_ONLY_TOKEN! });\n'),
    valid("a client whose credential is not known", LIB, 'import { Redis } from "@upstash/redis";\nexport const make = (token: string) => new Redis({ url: "https://example.upstash.io", token });\n'),
    valid("a module that uses another one's client", "lib/visits.ts", 'import { redis } from "./redis";\n// upstash\nexport const visits = () => redis.get("a");\n', { ...PAGE, [LIB]: REDIS }),
    valid("a verifier", LIB, 'import { Receiver } from "@upstash/qstash";\nexport const receiver = new Receiver();\n'),
    valid("a script imports it, and would fail", LIB, REDIS, { ...PAGE, "scripts/seed.ts": 'import { redis } from "../lib/redis";\nawait redis.set("a", 1);\n' }),
    valid("a script at the root imports it", LIB, REDIS, { ...PAGE, "init-redis.ts": 'import { redis } from "./lib/redis";\nvoid redis.set("a", 1);\n' }),
    valid("a script at the root imports it, in an older module format", LIB, REDIS, { ...PAGE, "check.cjs": 'const { redis } = require("./lib/redis");\nredis.get("a").then(console.log);\n' }),
    valid("a script at the root imports it, by way of another module", LIB, REDIS, { ...PAGE, "lib/visits.ts": 'import { redis } from "./redis";\nexport const visits = () => redis.get("a");\n', "seed-visits.mts": 'import { visits } from "./lib/visits";\nvoid visits();\n' }),
    valid("a script imports it, by way of another module", LIB, REDIS, { ...PAGE, "lib/visits.ts": 'import { redis } from "./redis";\nexport const visits = () => redis.get("a");\n', "scripts/seed.ts": 'import { visits } from "../lib/visits";\nawait visits();\n' }),
    valid("a server of one's own imports it, and would fail", LIB, REDIS, { ...PAGE, "server.ts": 'import { redis } from "./lib/redis";\nexport const start = () => redis.ping();\n' }),
    valid("a server of one's own in a folder", LIB, REDIS, { ...PAGE, "src/backend/server.ts": 'import { redis } from "../../lib/redis";\nexport const start = () => redis.ping();\n' }),
    ...[
      ["a limiter on a client of another module", 'import { redis } from "./redis";\n', "redis"],
      ["a limiter on a client of another module, by another name", 'import { redis as store } from "@/lib/redis";\n', "store"],
      ["a limiter on a client that another module makes", 'import { connect } from "./redis";\n', "connect()"],
    ].map(([name = "", head = "", redis = ""]) =>
      valid(name, "lib/ratelimit.ts", `${LIMIT}${head}export const ratelimit = new Ratelimit({ redis: ${redis}, limiter: Ratelimit.fixedWindow(1, "1 s") });\n`, { ...PAGE, [LIB]: `${MARKER}${REDIS}export const connect = () => Redis.fromEnv();\n` }),
    ),
    valid("a worker", LIB, REDIS, { ...PAGE, "jobs/worker.ts": 'import { redis } from "../lib/redis";\nexport const start = () => redis.ping();\n' }),
    valid("a page of the pages router imports it, and would fail", LIB, REDIS, { ...PAGE, "pages/old.tsx": 'import { redis } from "../lib/redis";\nexport const getServerSideProps = async () => ({ props: { a: await redis.get("a") } });\nexport default function Old() { return <p />; }\n' }),
    valid("settings put it in the browser", LIB, REDIS, PAGE, { settings: { clientFiles: ["lib/**"] } }),
  ],
  invalid: [
    invalid("a module named server.ts that has the marker itself", REDIS, {}, { ...PAGE, "lib/trpc/server.ts": `${MARKER}import { redis } from "../redis";\nexport const read = () => redis.get("a");\n` }),
    invalid("a module named server.ts that reads a component's headers", REDIS, {}, { ...PAGE, "trpc/server.ts": 'import { headers } from "next/headers";\nimport { redis } from "../lib/redis";\nexport const read = async () => redis.get((await headers()).get("host") ?? "");\n' }),
    invalid("a module at the root that others may import takes it", REDIS, {}, { ...PAGE, "visits.ts": 'import { redis } from "./lib/redis";\nexport const visits = () => redis.get("a");\n' }),
    invalid("a component without exports takes it", REDIS, {}, { ...PAGE, "components/visits.tsx": 'import { redis } from "../lib/redis";\nvoid redis;\n' }),
    invalid("a limiter on a client of its own", `${LIMIT}${REDIS}export const ratelimit = new Ratelimit({ redis, limiter: Ratelimit.fixedWindow(1, "1 s") });\n`),
    invalid("a limiter whose client is built within", `${LIMIT}import { Redis } from "@upstash/redis";\nexport const ratelimit = new Ratelimit({ redis: ${FROM_ENV}, limiter: Ratelimit.fixedWindow(1, "1 s") });\n`, { at: `new Ratelimit({ redis: ${FROM_ENV}, limiter: Ratelimit.fixedWindow(1, "1 s") })`, product: "Ratelimit" }),
    invalid("a client of its own beside such a limiter", `${LIMIT}import { redis as other } from "@/lib/other";\nimport { Redis } from "@upstash/redis";\nexport const ratelimit = new Ratelimit({ redis: other, limiter: Ratelimit.fixedWindow(1, "1 s") });\nexport const redis = Redis.fromEnv();\n`, {}, { ...PAGE, "lib/other.ts": `${MARKER}${REDIS}` }),
    invalid("a module that builds a client", REDIS),
    invalid("one that nothing imports yet", REDIS, {}, { "app/page.tsx": "export default () => null;\n" }),
    invalid("in src", REDIS, {}, { "src/app/page.tsx": "export default () => null;\n" }, { filename: "src/lib/redis.ts" }),
    invalid("beside the routes", REDIS, {}, PAGE, { filename: "app/redis.ts" }),
    invalid("a client that is built when a function is called", `import { Redis } from "@upstash/redis";\nexport const load = () => ${FROM_ENV}.get("a");\n`),
    invalid("the credential is written out as a variable", 'import { Redis } from "@upstash/redis";\nexport const redis = new Redis({ url: "https://example.upstash.io", token: process.env.UPSTASH_REDIS_REST_TOKEN! });\n', { at: 'new Redis({ url: "https://example.upstash.io", token: process.env.UPSTASH_REDIS_REST_TOKEN! })' }),
    invalid("Vercel KV", 'import { kv } from "@vercel/kv";\nexport const load = () => kv.get("a");\n', { at: "{ «kv» }" }),
    invalid("QStash", 'import { Client } from "@upstash/qstash";\nexport const client = new Client({ token: process.env.QSTASH_TOKEN! });\n', { at: "new Client({ token: process.env.QSTASH_TOKEN! })", product: "QStash" }),
    invalid("several clients: the module is told once", `${REDIS}export const other = new Redis({ url: "https://example.upstash.io", token: process.env.KV_REST_API_TOKEN! });\n`),
    invalid("behind a comment that opens the file", `/* The database. */\n${REDIS}`, { output: `/* The database. */\n${MARKER}${REDIS}` }),
    invalid("behind a shebang", `#!/usr/bin/env node\n${REDIS}`, { output: `#!/usr/bin/env node\n${MARKER}${REDIS}` }),
    invalid("in the style of the file", "import { Redis } from '@upstash/redis'\n\nexport const redis = Redis.fromEnv()\n", { output: "import 'server-only'\nimport { Redis } from '@upstash/redis'\n\nexport const redis = Redis.fromEnv()\n" }),
    invalid("a server action imports it", REDIS, {}, { ...PAGE, "app/actions.ts": '"use server";\nimport { redis } from "@/lib/redis";\nexport async function load() { return redis.get("a"); }\n', "components/a.tsx": '"use client";\nimport { load } from "@/app/actions";\nexport const A = () => <p onClick={() => load()} />;\n' }),
    invalid("a test imports it: the marker is a suggestion", REDIS, { isSuggested: true }, { ...PAGE, "lib/redis.test.ts": 'import { redis } from "./redis";\nvoid redis;\n' }),
    invalid("a client component imports it: the marker is a suggestion", REDIS, { isSuggested: true }, { ...PAGE, "components/a.tsx": '"use client";\nimport { redis } from "@/lib/redis";\nexport const A = () => <p onClick={() => redis.get("a")} />;\n' }),
    invalid("a client component imports it from far", REDIS, { isSuggested: true }, { ...PAGE, "lib/visits.ts": 'import { redis } from "./redis";\nexport const visits = () => redis.get("a");\n', "components/a.tsx": '"use client";\nimport { visits } from "@/lib/visits";\nexport const A = () => <p onClick={() => visits()} />;\n' }),
    invalid("another framework of server components, with the marker's package", REDIS, {}, { ...packages("waku", "react", "server-only"), ...PAGE }),
  ],
});

/** However the client is made in this file. */
runRule("require-server-only", rule, {
  valid: syntaxMatrix
    .client((imports, expr) => `${MARKER}${imports}\nexport const run = async () => { await ${expr}.get("a"); };\n`)
    .map((form) => ({ ...form, filename: LIB.replace("redis", "run"), files: { ...PAGE, ...form.files }, name: `marked: ${form.name}` })),
  invalid: syntaxMatrix
    .client((imports, expr) => `${imports}\nexport const run = async () => { await ${expr}.get("a"); };\n`)
    .filter(({ name, code, files }) => files === undefined && code.split(/\bRedis\.fromEnv\(\)/u).length === 2 && !/new Redis|\.then\(|require|formUpstash/u.test(code + name))
    .map((form): Invalid => ({ ...invalid(form.name, form.code, { output: MARKER + form.code }), filename: "lib/run.ts" })),
});

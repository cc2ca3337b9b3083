import path from "node:path";
import { describe, expect, it } from "vitest";
import rule from "../../src/rules/no-dangerous-commands.ts";
import { edited } from "../helpers/limiter-cases.ts";
import { marked } from "../helpers/marks.ts";
import { project } from "../helpers/project.ts";
import { lint, mendsOf, problemsAfter } from "../helpers/round-trip.ts";
import { runRule, type InvalidCase, type ValidCase } from "../helpers/rule-tester.ts";
import { syntaxMatrix, type MatrixCase } from "../helpers/syntax-matrix.ts";

type Kind = "data" | "scripts" | "keys";
type Invalid = InvalidCase<Kind | "scan" | "match" | "guard", object>;

const CLIENT = `import { Redis } from "@upstash/redis";
const redis = Redis.fromEnv();
`;
const ROUTE = "app/api/a/route.ts";
const handler = (body: string) => `${CLIENT}export async function GET() {\n  ${body}\n}\n`;

const valid = (name: string, code: string, more: Partial<ValidCase<object>> = {}): ValidCase<object> => ({ name, code, filename: ROUTE, ...more });

type Mend = readonly [id: "scan" | "match" | "guard", ...edits: (readonly [from: string, to: string])[]];

function invalid(name: string, source: string, kind: Kind, command: string, mend?: Mend, more: Partial<Invalid> & { where?: string; title?: string } = {}): Invalid {
  const { code, places } = marked(source);
  const { where = "", title = "GET /api/a", ...rest } = more;
  const [messageId, ...edits] = mend ?? [];
  const suggestions = messageId && [{ messageId, output: edited(code, ...edits) }];
  return { name, code, filename: ROUTE, errors: [{ messageId: kind, data: { command, where, title }, ...places[0], ...(suggestions ? { suggestions } : {}) }], ...rest } as Invalid;
}

const guard = (statement: string, label: string, indent = "  "): Mend => [
  "guard",
  [statement, `if (process.env.NODE_ENV === "production") throw new Error("${label} is not for production.");\n${indent}${statement}`],
];

const loop = (list: string, match: string): string =>
  [
    `const ${list}: string[] = [];`,
    'let cursor = "0";',
    "do {",
    `  const [next, found] = await redis.scan(cursor, { match: ${match}, count: 100 });`,
    `  ${list}.push(...found);`,
    "  cursor = next;",
    '} while (cursor !== "0");',
  ].join("\n  ");

const PURGE = { "lib/cache.ts": `${CLIENT}export const purge = () => redis.flushdb();\nexport const wipeInDevelopment = async () => {\n  if (process.env.NODE_ENV === "production") return;\n  await redis.flushall();\n};\n` };

runRule("no-dangerous-commands", rule, {
  valid: [
    valid("scan with a match", handler('return Response.json(await redis.scan("0", { match: "user:*" }));')),
    valid("scan with options that are not known", `${CLIENT}declare const options: { match: string };\nexport const GET = async () => Response.json(await redis.scan("0", options));\n`),
    valid("scan with a pattern from the request", `${CLIENT}export async function GET(request: Request) {\n  const match = new URL(request.url).searchParams.get("q") ?? "user:*";\n  return Response.json(await redis.scan("0", { match }));\n}\n`),
    valid("the raw form with a match", handler('return Response.json(await redis.exec(["SCAN", "0", "MATCH", "user:*"]));')),
    valid("members of one set", handler('return Response.json([await redis.smembers("users"), await redis.sscan("users", 0), await redis.hkeys("h")]);')),
    valid("keys of an object", handler('await redis.get("k");\n  return Response.json(Object.keys({ a: 1 }));')),
    valid("keys of a map", handler('const map = new Map([["a", 1]]);\n  await redis.get("k");\n  return Response.json([...map.keys()]);')),
    valid("a helper in which the words of commands stand for something else", 'import { runTool } from "@/lib/tools";\nexport async function GET() {\n  return Response.json(await runTool((value) => value));\n}\n', {
      files: {
        "lib/tools.ts": `${CLIENT}export const TOOL = { type: "function", kind: "script" };\nexport async function runTool(call: unknown) {\n  if (typeof call !== "function") return null;\n  return redis.get("k");\n}\n`,
      },
    }),
    valid("not a handler", `${CLIENT}export const all = () => redis.keys("*");\n`, { filename: "lib/all.ts" }),
    valid("a static page", `${CLIENT}export const dynamic = "force-static";\nexport default async function Page() {\n  return (await redis.keys("*")).length;\n}\n`, { filename: "app/admin/page.tsx" }),
    valid("a page that is made anew once in an hour", `${CLIENT}export const revalidate = 3600;\nexport default async function Page() {\n  return (await redis.keys("*")).length;\n}\n`, { filename: "app/admin/page.tsx" }),
    valid("a page at build time", `${CLIENT}export async function getStaticProps() {\n  return { props: { all: await redis.keys("*") } };\n}\n`, { filename: "pages/admin.tsx" }),
    valid("a component of browsers", `"use client";\n${CLIENT}export default function Page() {\n  void redis.keys("*");\n  return null;\n}\n`, { filename: "app/admin/page.tsx" }),
    valid("kept by unstable_cache", `import { unstable_cache } from "next/cache";\n${CLIENT}const all = unstable_cache(async () => redis.keys("*"), ["all"]);\nexport default async function Page() {\n  return (await all()).length;\n}\n`, { filename: "app/admin/page.tsx" }),
    valid("kept by a directive, in another file", `import { all } from "@/lib/all";\nexport default async function Page() {\n  return (await all()).length;\n}\n`, {
      filename: "app/admin/page.tsx",
      files: { "lib/all.ts": `${CLIENT}export async function all() {\n  "use cache";\n  return redis.keys("*");\n}\n` },
    }),
    valid("a script", `${CLIENT}await redis.flushall();\n`, { filename: "scripts/reset.ts" }),
    valid("a test", handler("await redis.flushall();"), { filename: "app/api/a/route.test.ts" }),
    valid("a function of the file that no handler calls", `${CLIENT}export const wipe = () => redis.flushall();\nexport const dynamic = "force-dynamic";\n`),
    valid("outside production only", handler('if (process.env.NODE_ENV !== "production") await redis.flushall();\n  return new Response();')),
    valid("in development only", handler('if (process.env.NODE_ENV === "development") {\n    await redis.flushdb();\n  }\n  return new Response();')),
    valid("behind an early exit", handler('if (process.env.NODE_ENV === "production") return new Response(null, { status: 404 });\n  await redis.flushall();\n  return new Response();')),
    valid("behind a name for the stage", `${CLIENT}const isDev = process.env.STAGE_NAME === "dev";\nexport async function GET() {\n  if (!isDev) return new Response(null, { status: 404 });\n  await redis.flushall();\n  return new Response();\n}\n`),
    valid("behind a helper that throws in production", `${CLIENT}function refuse() {\n  if (process.env.NODE_ENV === "production") throw new Error("no");\n}\nexport async function GET() {\n  refuse();\n  await redis.flushall();\n  return new Response();\n}\n`),
    valid("a wrapper for development", `${CLIENT}import { devOnly } from "@acme/dev";\nexport const GET = devOnly(async () => {\n  await redis.flushall();\n  return new Response();\n});\n`),
    valid("a route that is registered in development", `${CLIENT}import express from "express";\nconst app = express();\nif (process.env.NODE_ENV !== "production") {\n  app.post("/reset", async (req, res) => {\n    await redis.flushall();\n    res.end();\n  });\n}\n`, { filename: "server.ts" }),
    valid("guarded in another file", 'import { wipeInDevelopment } from "@/lib/cache";\nexport async function GET() {\n  await wipeInDevelopment();\n  return new Response();\n}\n', { files: PURGE }),
    valid("another client", 'import IORedis from "ioredis"; // @upstash/redis\nconst redis = new IORedis();\nexport async function GET() {\n  await redis.flushall();\n  return new Response();\n}\n'),
    valid("other functions of scripts", handler('await redis.scriptExists("sha");\n  await redis.exec(["SCRIPT", "EXISTS", "sha"]);\n  return new Response();')),
  ],
  invalid: [
    invalid("a page", `${CLIENT}export default async function Page() {\n  return (await «redis.keys("post:*")»).length;\n}\n`, "keys", "keys", guard('return (await redis.keys("post:*")).length;', "keys"), { filename: "app/admin/page.tsx", title: "the page /admin" }),
    invalid("a page through a helper of another file", `import { all } from "@/lib/all";\nexport default async function Page() {\n  const found = await «all()»;\n  return found.length;\n}\n`, "keys", "keys", guard("const found = await all();", "keys"), {
      filename: "app/(admin)/tenants/page.tsx",
      title: "the page /tenants",
      where: " (in lib/all.ts)",
      files: { "lib/all.ts": `${CLIENT}export async function all() {\n  return redis.keys("post:*");\n}\n` },
    }),
    invalid("a layout", `${CLIENT}export default async function Layout() {\n  const all = await «redis.keys("post:*")»;\n  return all.length;\n}\n`, "keys", "keys", ["scan", ['const all = await redis.keys("post:*");', loop("all", '"post:*"')]], { filename: "app/admin/layout.tsx", title: "the layout /admin" }),
    invalid("getServerSideProps", `${CLIENT}export async function getServerSideProps() {\n  const all = await «redis.keys("post:*")»;\n  return { props: { all } };\n}\n`, "keys", "keys", ["scan", ['const all = await redis.keys("post:*");', loop("all", '"post:*"')]], { filename: "pages/admin.tsx", title: "the page /admin" }),
    invalid("flushall", handler("await «redis.flushall()»;\n  return new Response();"), "data", "flushall", guard("await redis.flushall();", "flushall")),
    invalid("flushAll of node-redis at Upstash", 'import { createClient } from "redis";\nconst other = createClient({ url: process.env.UPSTASH_REDIS_URL! });\n' + handler("await «other.flushAll()»;\n  return new Response();"), "data", "FLUSHALL", guard("await other.flushAll();", "FLUSHALL")),
    invalid("a request that empties the database", handler("await «fetch(`${process.env.UPSTASH_REDIS_REST_URL}/flushall`)»;\n  return new Response();"), "data", "FLUSHALL", guard("await fetch(`${process.env.UPSTASH_REDIS_REST_URL}/flushall`);", "FLUSHALL")),
    invalid("flushdb", handler("await «redis.flushdb({ async: true })»;\n  return new Response();"), "data", "flushdb", guard("await redis.flushdb({ async: true });", "flushdb")),
    invalid("scriptFlush", handler("await «redis.scriptFlush()»;\n  return new Response();"), "scripts", "scriptFlush", guard("await redis.scriptFlush();", "scriptFlush")),
    invalid("functions.flush", handler("await «redis.functions.flush()»;\n  return new Response();"), "scripts", "functions.flush", guard("await redis.functions.flush();", "functions.flush")),
    invalid("raw FLUSHALL", handler('await «redis.exec(["FLUSHALL"])»;\n  return new Response();'), "data", "FLUSHALL", guard('await redis.exec(["FLUSHALL"]);', "FLUSHALL")),
    invalid("raw SCRIPT FLUSH", handler('await «redis.exec(["script", "flush"])»;\n  return new Response();'), "scripts", "SCRIPT FLUSH", guard('await redis.exec(["script", "flush"]);', "SCRIPT FLUSH")),
    invalid("raw KEYS", handler('return Response.json(await «redis.exec(["KEYS", "user:*"])»);'), "keys", "KEYS", guard('return Response.json(await redis.exec(["KEYS", "user:*"]));', "KEYS")),
    invalid("raw SCAN", handler('return Response.json(await «redis.exec(["SCAN", "0", "COUNT", "10"])»);'), "keys", "SCAN", guard('return Response.json(await redis.exec(["SCAN", "0", "COUNT", "10"]));', "SCAN")),
    invalid("keys, kept in a variable", handler('const names = await «redis.keys("user:*")»;\n  return Response.json(names);'), "keys", "keys", ["scan", ['const names = await redis.keys("user:*");', loop("names", '"user:*"')]]),
    invalid("every key", handler('const names = await «redis.keys("*")»;\n  return Response.json(names);'), "keys", "keys", ["scan", ['const names = await redis.keys("*");', loop("names", '"prefix:*"')]]),
    invalid("keys, looped over", handler('for (const name of await «redis.keys("user:*")») await redis.del(name);\n  return new Response();'), "keys", "keys", ["scan", ['for (const name of await redis.keys("user:*"))', `${loop("keys", '"user:*"')}\n  for (const name of keys)`]]),
    invalid("keys, inside an expression", handler('return Response.json(await «redis.keys("user:*")»);'), "keys", "keys", guard('return Response.json(await redis.keys("user:*"));', "keys")),
    invalid("scan without options", handler('const [cursor, found] = await «redis.scan("0")»;\n  return Response.json([cursor, found]);'), "keys", "scan", ["match", ['redis.scan("0")', 'redis.scan("0", { match: "prefix:*" })']]),
    invalid("scan with a count only", handler('return Response.json(await «redis.scan("0", { count: 50 })»);'), "keys", "scan", ["match", ["{ count: 50 }", '{ match: "prefix:*", count: 50 }']]),
    invalid("scan that matches everything", handler('return Response.json(await «redis.scan("0", { match: "*", count: 50 })»);'), "keys", "scan", ["match", ['match: "*"', 'match: "prefix:*"']]),
    invalid("scanIterator", 'import { kv } from "@vercel/kv";\nexport async function GET() {\n  for await (const key of «kv.scanIterator()») await kv.del(key);\n  return new Response();\n}\n', "keys", "scanIterator", ["match", ["scanIterator()", 'scanIterator({ match: "prefix:*" })']]),
    invalid("in a pipeline", handler("await «redis.pipeline().flushdb()».exec();\n  return new Response();"), "data", "flushdb", guard("await redis.pipeline().flushdb().exec();", "flushdb")),
    invalid("in production only", handler('if (process.env.NODE_ENV === "production") {\n    await «redis.flushdb()»;\n  }\n  return new Response();'), "data", "flushdb", guard("await redis.flushdb();", "flushdb", "    ")),
    invalid("behind a check that lets everybody on", handler('if (process.env.NODE_ENV === "production") console.log("reset");\n  await «redis.flushdb()»;\n  return new Response();'), "data", "flushdb", guard("await redis.flushdb();", "flushdb")),
    invalid("a helper of the file", `${CLIENT}const purge = () => «redis.flushall()»;\nexport async function GET() {\n  await purge();\n  return new Response();\n}\n`, "data", "flushall", [
      "guard",
      ["() => redis.flushall()", '() => {\n  if (process.env.NODE_ENV === "production") throw new Error("flushall is not for production.");\n  return redis.flushall();\n}'],
    ]),
    invalid("a helper of another file", 'import { purge } from "@/lib/cache";\nexport async function GET() {\n  await «purge()»;\n  return new Response();\n}\n', "data", "flushdb", guard("await purge();", "flushdb"), { files: PURGE, where: " (in lib/cache.ts)" }),
    invalid("a raw command by a variable, in another file", 'import { all } from "@/lib/all";\nexport async function GET() {\n  await «all()»;\n  return new Response();\n}\n', "keys", "KEYS", guard("await all();", "KEYS"), {
      files: { "lib/all.ts": `${CLIENT}const command = "keys";\nexport const all = () => redis.exec([command, "user:*"]);\n` },
      where: " (in lib/all.ts)",
    }),
    invalid("a client of another file", 'import { redis } from "@/lib/redis";\nexport async function GET() {\n  await «redis.flushdb()»;\n  return new Response();\n}\n', "data", "flushdb", guard("await redis.flushdb();", "flushdb"), { files: { "lib/redis.ts": CLIENT.replace("const", "export const") } }),
    invalid("an Express route", `${CLIENT}import express from "express";\nconst app = express();\napp.post("/reset", async (req, res) => {\n  await «redis.flushall()»;\n  res.end();\n});\n`, "data", "flushall", guard("await redis.flushall();", "flushall"), { filename: "server.ts", title: "POST /reset" }),
    invalid("a server action", `"use server";\n${CLIENT}export async function reset() {\n  await «redis.flushall()»;\n}\n`, "data", "flushall", guard("await redis.flushall();", "flushall"), { filename: "app/actions.ts", title: "server action reset" }),
  ],
});

const shared = project();

function check({ code, files }: MatrixCase): void {
  const placeOf = (text: string): Parameters<typeof lint>[1] => {
    const cwd = files === undefined ? shared : project({ ...files, [ROUTE]: text });
    return { rule: rule as never, cwd, filename: path.join(cwd, ROUTE), options: [], settings: {} };
  };
  const before = lint(code, placeOf(code));
  expect(before.map((message) => message.messageId), code).toEqual(["data"]);
  for (const mend of mendsOf(code, before)) expect(problemsAfter(mend, code, before, lint(mend.output, placeOf(mend.output))), mend.output).toEqual([]);
}

describe("forms of a client", () => {
  const cases = syntaxMatrix.client(
    (imports, expr) => `${imports}
export async function POST() {
  return Response.json(await ${expr}.flushall());
}
`,
    {
      except: {
        "dynamic import in .then()": "the model does not know the parameter of such a callback",
        "dynamic import in .then(), destructured": "as above",
        "own module, dynamic import in .then()": "as above",
      },
    },
  );
  it.each(cases)("$name", check);
});

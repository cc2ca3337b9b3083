import type { TestCaseError } from "@typescript-eslint/rule-tester";
import rule from "../../src/rules/no-error-leak.ts";
import { locationOf, replaceOnce } from "../helpers/marked-text.ts";
import { runRule, type InvalidCase, type ValidCase } from "../helpers/rule-tester.ts";
import { syntaxMatrix } from "../helpers/syntax-matrix.ts";

type MessageId = "leak" | "generic";
type Invalid = InvalidCase<MessageId, object>;
type Valid = ValidCase<object>;

const ROUTE = "app/api/profile/route.ts";
const REDIS = 'import { Redis } from "@upstash/redis";\nconst redis = Redis.fromEnv();\n';
const NEXT = 'import { NextResponse } from "next/server";\n';
const GENERIC = '"Something went wrong"';
const LIB = {
  "lib/redis.ts": `import { Redis } from "@upstash/redis";\nexport const redis = Redis.fromEnv();\n`,
  "lib/profiles.ts": 'import { redis } from "./redis";\nexport async function saveProfile(id: string, name: string): Promise<void> {\n  await redis.set(`profile:${id}`, name);\n}\nexport async function tryToSave(id: string): Promise<boolean> {\n  try {\n    await redis.set(id, 1);\n    return true;\n  } catch {\n    return false;\n  }\n}\n',
  "lib/errors.ts": `export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : "unknown");
export const kindOf = (error: unknown): string => (error instanceof RangeError ? error.message : "unknown");
export const failed = (error: unknown): Response => Response.json({ error: (error as Error).message }, { status: 500 });
export const sorted = (error: unknown): Response => {
  if (error instanceof RangeError) return Response.json({ error: error.message }, { status: 400 });
  return Response.json({ error: "internal" }, { status: 500 });
};
export const halfSorted = (error: unknown): Response => {
  if (error instanceof RangeError) return Response.json({ error: error.message }, { status: 400 });
  return Response.json({ error: String(error) }, { status: 500 });
};
`,
};

/** A route that reads from Redis, and what it does when that fails. */
const route = (handler: string, more = ""): string => `${REDIS}${more}
export async function GET(request: Request) {
  try {
    return Response.json(await redis.get("profile"));
  } catch (error) {
    ${handler}
  }
}
`;

const report = (code: string, at: string, call = "get", by = GENERIC, replaced = at): TestCaseError<MessageId> => ({
  messageId: "leak",
  data: { call },
  ...locationOf(code, at),
  suggestions: [{ messageId: "generic", output: replaceOnce(code, replaced, by) }],
});

const told = (name: string, code: string, at: string, more: Partial<Valid> & { readonly call?: string; readonly by?: string; readonly replaced?: string; readonly typecheck?: false; readonly reason?: string } = {}): Invalid => {
  const { call, by, replaced, ...rest } = more;
  return { name, code, filename: ROUTE, ...rest, errors: [report(code, at, call, by, replaced)] } as Invalid;
};
const leaves = (name: string, code: string, more: Partial<Valid> = {}): Valid => ({ name, code, filename: ROUTE, ...more });

/** Beside what is awaited in the same block, a call that nobody waits for there. */
const beside = (call: string, more = ""): string => `${REDIS}${more}
export async function GET(request: Request) {
  try {
    const name = await new URL(request.url).searchParams.get("name");
    ${call}
    return Response.json({ name });
  } catch (error) {
    return Response.json({ error: (error as Error).message }, { status: 500 });
  }
}
`;

const valid: readonly Valid[] = [
  leaves("calls that are settled, whatever comes of them", beside('await Promise.allSettled([redis.del("profile"), fetch("https://example.com")]);')),
  leaves("the same for each of a list", beside('await Promise.allSettled(["a", "b"].map(async (key) => redis.del(key)));')),
  leaves("a call that runs after the answer", beside('waitUntil(redis.incr("visits"));', 'import { waitUntil } from "@vercel/functions";\n')),
  leaves("a call that nobody waits for", beside('void redis.incr("visits");')),
  leaves("a text of its own", route('console.error(error);\n    return Response.json({ error: "Could not read the profile" }, { status: 500 });')),
  leaves("a log", route('console.error("failed", (error as Error).message, error);\n    return new Response(null, { status: 500 });')),
  leaves("a service that watches", route('captureException(error);\n    return new Response(String(error instanceof Error), { status: 500 });')),
  leaves("the error as JSON, which is empty", route("return Response.json({ error }, { status: 500 });")),
  leaves("its name", route("return Response.json({ error: (error as Error).name }, { status: 500 });")),
  leaves("whether it is an error", route("return Response.json({ failed: error instanceof Error, message: typeof error }, { status: 500 });")),
  leaves("the message of certain errors", route('if (error instanceof RangeError) return Response.json({ error: error.message }, { status: 400 });\n    return Response.json({ error: "internal" }, { status: 500 });')),
  leaves("the message of certain errors, in a ternary", route('return Response.json({ error: error instanceof RangeError ? error.message : "internal" }, { status: 500 });')),
  leaves("an error with a certain code", route('const { code, message } = error as { code: string; message: string };\n    if (code === "NOT_FOUND") return Response.json({ message }, { status: 404 });\n    return new Response(null, { status: 500 });')),
  leaves("while developing", route('if (process.env.NODE_ENV === "development") return Response.json({ error: (error as Error).message });\n    return new Response(null, { status: 500 });')),
  leaves("while developing, in a ternary", route('return Response.json({ detail: process.env.NODE_ENV === "development" ? (error as Error).message : undefined }, { status: 500 });')),
  leaves("a flag for developing", route("const isDev = Boolean(request.url);\n    return Response.json({ detail: isDev && (error as Error).message }, { status: 500 });")),
  leaves("another service's error", `${REDIS}export const store = redis;\nexport async function GET() {\n  try {\n    return await fetch("https://api.example.com");\n  } catch (error) {\n    return Response.json({ error: (error as Error).message });\n  }\n}\n`),
  leaves("a body that can't be parsed, caught by itself", `${REDIS}export async function POST(request: Request) {\n  let body: unknown;\n  try {\n    body = await request.json();\n  } catch (error) {\n    return Response.json({ error: (error as Error).message }, { status: 400 });\n  }\n  await redis.set("a", body);\n  return new Response();\n}\n`),
  leaves("an inner catch has taken Upstash's", `${REDIS}export async function POST(request: Request) {\n  try {\n    await redis.set("a", 1).catch(() => undefined);\n    return Response.json(await request.json());\n  } catch (error) {\n    return Response.json({ error: (error as Error).message });\n  }\n}\n`),
  leaves("a function that catches its errors itself", 'import { tryToSave } from "@/lib/profiles";\nexport async function POST(request: Request) {\n  try {\n    const { id } = await request.json();\n    return Response.json(await tryToSave(id));\n  } catch (error) {\n    return Response.json({ error: (error as Error).message });\n  }\n}\n', { files: LIB }),
  leaves("a helper that sorts errors", `import { sorted } from "@/lib/errors";\n${route("return sorted(error);")}`, { files: LIB }),
  leaves("a helper that gives the message of certain errors", `import { kindOf } from "@/lib/errors";\n${route("return Response.json({ error: kindOf(error) });")}`, { files: LIB }),
  leaves("a function that can't be read", `import { report } from "some-reporter";\n${route("return report(error);")}`),
  leaves("an error thrown on", route('throw new Error("Could not read the profile", { cause: error });')),
  leaves("a function that answers nobody", `${REDIS}export async function read(): Promise<string> {\n  try {\n    return (await redis.get<string>("a")) ?? "";\n  } catch (error) {\n    return (error as Error).message;\n  }\n}\n`, { filename: "lib/read.ts" }),
  leaves("a message of something else in the catch block", route('const note = { message: "try again" };\n    return Response.json({ error: note.message }, { status: 500 });')),
  leaves("a client without Upstash", 'import { createClient } from "redis";\nconst redis = createClient();\nexport async function GET() {\n  try {\n    return Response.json(await redis.get("a"));\n  } catch (error) {\n    return Response.json({ error: (error as Error).message });\n  }\n}\n'),
  ...([
    ["ioredis", 'import Redis from "ioredis";\nconst redis = new Redis(process.env.UPSTASH_REDIS_URL!);\n', "redis.get(request.url)"],
    ["node-redis", 'import { createClient } from "redis";\nconst redis = createClient({ url: process.env.UPSTASH_REDIS_URL! });\n', "redis.get(request.url)"],
    ["a request to the REST API", "const url = process.env.UPSTASH_REDIS_REST_URL!;\n", 'fetch(url, { method: "POST", body: JSON.stringify(["GET", request.url]) })'],
  ] as const).map(([name, head, call]) =>
    leaves(`${name}, whose errors do not hold the command`, `${head}export async function GET(request: Request) {\n  try {\n    return Response.json(await ${call});\n  } catch (error) {\n    return Response.json({ error: (error as Error).message }, { status: 500 });\n  }\n}\n`),
  ),
  leaves("a text of one's own in the place of the error", route('let message: unknown = error;\n    if (error instanceof Error) message = "internal";\n    return Response.json({ message }, { status: 500 });')),
  leaves("the name in the place of the error", route("let name: unknown = error;\n    if (error instanceof Error) name = error.name;\n    return Response.json({ name }, { status: 500 });")),
  leaves("the message of something else in the place of the error", route('const note = { message: "try again" };\n    let message: unknown = error;\n    message = note.message;\n    return Response.json({ message }, { status: 500 });')),
  leaves("a component in the browser", `"use client";\n${route("return Response.json({ error: (error as Error).message });")}`, { filename: "components/a.ts" }),
];

const TWICE = route("return Response.json({ error: (error as Error).message, stack: (error as Error).stack }, { status: 500 });");

const invalid: readonly Invalid[] = [
  told("one that is awaited, beside those that are settled", beside('await Promise.allSettled([redis.del("profile")]);\n    await redis.incr("visits");'), "(error as Error).message", { call: "incr" }),
  told("calls of which one may fail all", beside('await Promise.all([redis.del("profile"), fetch("https://example.com")]);'), "(error as Error).message", { call: "del" }),
  told("its message in the place of the error", route("let message: unknown = error;\n    if (error instanceof Error) message = error.message;\n    return Response.json({ error: message }, { status: 500 });"), "error: «message»", { replaced: "error: message", by: `error: ${GENERIC}` }),
  told("its message", route("return Response.json({ error: (error as Error).message }, { status: 500 });"), "(error as Error).message"),
  told("any", `${NEXT}${route("return NextResponse.json({ error: error.message }, { status: 500 });").replace("catch (error)", "catch (error: any)")}`, "error.message"),
  told("an optional chain with a fallback", route('return Response.json({ error: (error as Error)?.message ?? "unknown" }, { status: 500 });'), '(error as Error)?.message ?? "unknown"'),
  told("the message of an error, or its text", route("return Response.json({ error: error instanceof Error ? error.message : String(error) }, { status: 500 });"), "error instanceof Error ? error.message : String(error)"),
  told("its text", route("return new Response(String(error), { status: 500 });"), "String(error)"),
  told("its text in a template", route("return new Response(`Failed: ${error}`, { status: 500 });"), "`Failed: ${error}`"),
  told("its text in a concatenation", route('return new Response("Failed: " + error, { status: 500 });'), '"Failed: " + error'),
  told("its message in a template", route("return new Response(`Failed: ${(error as Error).message}`, { status: 500 });"), "(error as Error).message"),
  told("its stack", route("return Response.json({ stack: (error as Error).stack }, { status: 500 });"), "(error as Error).stack"),
  told("in a variable", route("const { message } = error as Error;\n    return Response.json({ message }, { status: 500 });"), "{ «message» }, {", { replaced: "{ message }, {", by: `{ message: ${GENERIC} }, {` }),
  told("destructured by the clause", route("return Response.json({ error: message }, { status: 500 });").replace("catch (error)", "catch ({ message }: any)"), "error: «message»", { replaced: "error: message", by: `error: ${GENERIC}` }),
  told("an error by another name", route("const failure = error as Error;\n    return Response.json({ error: failure.message }, { status: 500 });"), "failure.message"),
  told("where it is any error", route("if (error instanceof Error) return Response.json({ error: error.message }, { status: 500 });\n    return new Response();"), "error.message"),
  told("where it is none of certain errors", route("if (error instanceof RangeError) return new Response(null, { status: 400 });\n    return Response.json({ error: (error as Error).message }, { status: 500 });"), "(error as Error).message"),
  { name: "each text that is sent", code: TWICE, filename: ROUTE, errors: [report(TWICE, "(error as Error).message"), report(TWICE, "(error as Error).stack")] },
  told("a function of another file that runs a command", 'import { saveProfile } from "@/lib/profiles";\nexport async function POST(request: Request) {\n  try {\n    await saveProfile("1", await request.text());\n    return new Response();\n  } catch (error) {\n    return Response.json({ error: (error as Error).message });\n  }\n}\n', "(error as Error).message", { call: "saveProfile", files: LIB }),
  told("a helper that takes the message", `import { messageOf } from "@/lib/errors";\n${route("return Response.json({ error: messageOf(error) });")}`, "messageOf(error)", { files: LIB }),
  told("a helper that answers", `import { failed } from "@/lib/errors";\n${route("return failed(error);")}`, "failed(«error»)", { files: LIB, replaced: "failed(error)", by: `failed(new Error(${GENERIC}))` }),
  told("a helper that sorts errors, and gives away the rest", `import { halfSorted } from "@/lib/errors";\n${route("return halfSorted(error);")}`, "halfSorted(«error»)", { files: LIB, replaced: "halfSorted(error)", by: `halfSorted(new Error(${GENERIC}))` }),
  told("a promise", `${REDIS}export const GET = () =>\n  redis\n    .get("a")\n    .then((value) => Response.json(value))\n    .catch((error: Error) => Response.json({ error: error.message }, { status: 500 }));\n`, "error.message"),
  told("a limiter", `import { Ratelimit } from "@upstash/ratelimit";\n${REDIS}const limiter = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(5, "10 s") });\nexport async function GET() {\n  try {\n    const { success } = await limiter.limit("a");\n    return Response.json({ success });\n  } catch (error) {\n    return Response.json({ error: (error as Error).message });\n  }\n}\n`, "(error as Error).message", { call: "limit" }),
  told("QStash", 'import { Client } from "@upstash/qstash";\nconst qstash = new Client();\nexport async function POST() {\n  try {\n    await qstash.publishJSON({ url: "https://example.com/api/job", body: { a: 1 } });\n    return new Response();\n  } catch (error) {\n    return Response.json({ error: (error as Error).message });\n  }\n}\n', "(error as Error).message", { call: "publishJSON" }),
  told("a pipeline", `${REDIS}export async function POST() {\n  try {\n    await redis.pipeline().set("a", 1).incr("b").exec();\n    return new Response();\n  } catch (error) {\n    return new Response(String(error));\n  }\n}\n`, "String(error)", { call: "incr" }),
  told("a pages API route", `import type { NextApiRequest, NextApiResponse } from "next";\n${REDIS}export default async function handler(req: NextApiRequest, res: NextApiResponse) {\n  try {\n    res.json(await redis.get("a"));\n  } catch (error) {\n    res.status(500).json({ error: (error as Error).message });\n  }\n}\n`, "(error as Error).message", { filename: "pages/api/a.ts" }),
  told("Express", `import express from "express";\n${REDIS}const app = express();\napp.get("/", async (req, res) => {\n  try {\n    res.json(await redis.get("a"));\n  } catch (error) {\n    res.status(500).send((error as Error).message);\n  }\n});\n`, "(error as Error).message", { filename: "src/server.ts" }),
  told("Hono", `import { Hono } from "hono";\n${REDIS}new Hono().get("/", async (c) => {\n  try {\n    return c.json(await redis.get("a"));\n  } catch (error) {\n    return c.text((error as Error).message, 500);\n  }\n});\n`, "(error as Error).message", { filename: "src/app.ts" }),
  told("an exception that the framework answers with", `import { HTTPException } from "hono/http-exception";\n${route("throw new HTTPException(500, { message: (error as Error).message });")}`, "(error as Error).message"),
  told("a server action", `"use server";\n${REDIS}export async function save() {\n  try {\n    await redis.set("a", "b");\n    return { ok: true, message: "" };\n  } catch (error) {\n    return { ok: false, message: (error as Error).message };\n  }\n}\n`, "(error as Error).message", { call: "set", filename: "app/actions.ts" }),
];

/** However the client is reached, its errors hold the command. */
const clients = syntaxMatrix
  .client((imports, expr) => `${imports}\nexport async function GET() {\n  try {\n    return Response.json(await ${expr}.get("a"));\n  } catch (error) {\n    return Response.json({ error: (error as Error).message });\n  }\n}\n`, {
    except: {
      "dynamic import in .then()": "the core does not follow it yet",
      "dynamic import in .then(), destructured": "the core does not follow it yet",
      "own module, dynamic import in .then()": "the core does not follow it yet",
    },
  })
  .map((form): Invalid => ({ ...form, filename: ROUTE, errors: [report(form.code, "(error as Error).message")] }));

runRule("no-error-leak", rule, { valid, invalid: [...invalid, ...clients] });

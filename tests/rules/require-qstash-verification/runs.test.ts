/*
 * What the suggestions give is run: a request without a signature is refused and does no work, one that QStash's key
 * has signed is answered.
 */
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import rule from "../../../src/rules/require-qstash-verification.ts";
import { project } from "../../helpers/project.ts";
import { signedBy } from "../../helpers/qstash-signature.ts";
import { lint, mendsOf } from "../../helpers/round-trip.ts";

const KEYS = { QSTASH_CURRENT_SIGNING_KEY: randomUUID(), QSTASH_NEXT_SIGNING_KEY: randomUUID() };
const BODY = JSON.stringify({ id: 7 });
/** The work that the handlers do. */
const work = vi.fn<(id: unknown) => void>();

beforeAll(() => {
  Object.assign(process.env, KEYS);
  Object.assign(globalThis, { work });
});
afterAll(() => {
  for (const name of Object.keys(KEYS)) Reflect.deleteProperty(process.env, name);
  Reflect.deleteProperty(globalThis, "work");
});
beforeEach(() => {
  work.mockClear();
});

type Send = (headers: Record<string, string>, body: string) => Promise<number>;

/** The module after the one suggestion of the one report has been applied. */
async function mended(code: string, filename: string, dependency: string | undefined): Promise<Record<string, unknown>> {
  const cwd = dependency === undefined ? project() : project({ "package.json": JSON.stringify({ name: "app", type: "module", dependencies: { [dependency]: "1.0.0" } }) });
  const place = { rule: rule as never, filename: path.join(cwd, filename), cwd, options: [], settings: {} };
  const [mend] = mendsOf(code, lint(code, place));
  expect(mend).toBeDefined();
  const { outputText } = ts.transpileModule(mend?.output ?? "", { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 } });
  const file = path.join(cwd, "mended.mjs");
  writeFileSync(file, outputText.replace(/"next\/server"/gu, '"next/server.js"').replace(/import \{ createFileRoute \} from "@tanstack\/react-router";/u, "const createFileRoute = () => (options) => options;"));
  return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Record<string, unknown>;
}

const listening: http.Server[] = [];
afterAll(() => {
  for (const server of listening) server.close();
});

async function overHttp(listener: http.RequestListener): Promise<Send> {
  const server = http.createServer(listener);
  listening.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return async (headers, body) => (await fetch(`http://127.0.0.1:${String(port)}/jobs`, { method: "POST", headers, body })).status;
}

/** A handler that takes a request and gives an answer; what it throws is the framework's 500. */
const direct =
  (handler: unknown): Send =>
  async (headers, body) => {
    const request = new Request("https://shop.example/jobs", { method: "POST", headers, body });
    try {
      return (await (handler as (request: Request) => Promise<Response>)(request)).status;
    } catch {
      return 500;
    }
  };

/** What `Deno.serve` and `Bun.serve` were given. */
const served: unknown[] = [];
const serve = (given: unknown): number => served.push(given);
afterEach(() => {
  vi.unstubAllGlobals();
});

interface Injectable {
  inject(request: { readonly method: "POST"; readonly url: string; readonly headers: Record<string, string>; readonly payload: string }): Promise<{ readonly statusCode: number }>;
}

/** A route of Fastify. */
const injected =
  (app: unknown): Send =>
  async (headers, payload) =>
    (await (app as Injectable).inject({ method: "POST", url: "/jobs", headers, payload })).statusCode;

/** A function of AWS Lambda. */
const invoked =
  (handler: unknown, message: (body: string) => object): Send =>
  async (headers, body) =>
    (await (handler as (event: object) => Promise<{ statusCode: number }>)({ headers, ...message(body) })).statusCode;

const READ = 'request.headers.get("upstash-retried")';
const RECEIVER = 'import { Receiver } from "@upstash/qstash";\n\nconst receiver = new Receiver();\n\n';

const CASES: { name: string; filename: string; code: string; dependency?: string; /** The global that it calls. */ runtime?: "Bun" | "Deno"; send: (module: Record<string, unknown>) => Send | Promise<Send> }[] = [
  {
    name: "Next.js, app router: a function",
    filename: "app/api/jobs/route.ts",
    code: `export async function POST(request: Request) {\n  console.log(${READ});\n  work((await request.json()).id);\n  return Response.json({ ok: true });\n}\n`,
    send: ({ POST }) => direct(POST),
  },
  {
    name: "Next.js, app router: an arrow",
    filename: "app/api/jobs/route.ts",
    code: `export const POST = async (request: Request) => {\n  console.log(${READ});\n  work((await request.json()).id);\n  return Response.json({ ok: true });\n};\n`,
    send: ({ POST }) => direct(POST),
  },
  {
    name: "Next.js, app router: a check that can be passed by",
    filename: "app/api/jobs/route.ts",
    code: `${RECEIVER}export async function POST(request: Request) {\n  const body = await request.text();\n  const signature = request.headers.get("upstash-signature");\n  if (signature) await receiver.verify({ signature, body });\n  work(JSON.parse(body).id);\n  return Response.json({ ok: true });\n}\n`,
    send: ({ POST }) => direct(POST),
  },
  {
    name: "Next.js, app router: a check that nobody waits for",
    filename: "app/api/jobs/route.ts",
    code: `${RECEIVER}export async function POST(request: Request) {\n  const body = await request.text();\n  receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body }).catch(() => {});\n  work(JSON.parse(body).id);\n  return Response.json({ ok: true });\n}\n`,
    send: ({ POST }) => direct(POST),
  },
  {
    name: "Next.js, app router: a failed check that is swallowed",
    filename: "app/api/jobs/route.ts",
    code: `${RECEIVER}export async function POST(request: Request) {\n  const body = await request.text();\n  try {\n    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });\n  } catch {}\n  work(JSON.parse(body).id);\n  return Response.json({ ok: true });\n}\n`,
    send: ({ POST }) => direct(POST),
  },
  {
    name: "Next.js, app router: a body that is written anew",
    filename: "app/api/jobs/route.ts",
    code: `${RECEIVER}export async function POST(request: Request) {\n  const job = await request.json();\n  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body: JSON.stringify(job) });\n  work(job.id);\n  return Response.json({ ok: true });\n}\n`,
    send: ({ POST }) => direct(POST),
  },
  {
    name: "Next.js, pages router",
    filename: "pages/api/jobs.ts",
    code: `export default async function handler(req, res) {\n  console.log(req.headers["upstash-retried"]);\n  work(req.body.id);\n  res.status(200).send("ok");\n}\n`,
    send: ({ default: handler, config }) => {
      expect(config).toEqual({ api: { bodyParser: false } });
      return overHttp((request, response) => {
        const status = (code: number): unknown => Object.assign(response, { statusCode: code });
        Object.assign(response, { status, send: (text: string) => response.end(text) });
        (handler as (req: unknown, res: unknown) => Promise<void>)(request, response).catch(() => {
          response.writeHead(500).end();
        });
      });
    },
  },
  {
    name: "Next.js, pages router on the edge",
    filename: "pages/api/jobs.ts",
    code: `export const config = { runtime: "edge" };\n\nexport default async function handler(request) {\n  console.log(${READ});\n  work((await request.json()).id);\n  return new Response("ok");\n}\n`,
    send: ({ default: handler }) => direct(handler),
  },
  {
    name: "Hono",
    filename: "src/app.ts",
    code: `import { Hono } from "hono";\n\nconst app = new Hono();\napp.post("/jobs", async (c) => {\n  console.log(c.req.header("upstash-retried"));\n  work((await c.req.json()).id);\n  return c.text("ok");\n});\n\nexport default app;\n`,
    send: ({ default: app }) => direct((app as { fetch: unknown }).fetch),
  },
  {
    name: "Express, with a parser for all routes",
    filename: "server.ts",
    code: `import express from "express";\n\nexport const app = express();\napp.use(express.json());\napp.post("/jobs", async (req, res) => {\n  console.log(req.get("upstash-retried"));\n  work(req.body.id);\n  res.send("ok");\n});\n`,
    send: ({ app }) => overHttp(app as http.RequestListener),
  },
  {
    name: "Express, without a parser",
    filename: "server.ts",
    code: `import { Router } from "express";\nimport express from "express";\n\nconst router = Router();\nrouter.post("/jobs", (req, res) => {\n  console.log(req.get("upstash-retried"));\n  work(7);\n  res.send("ok");\n});\n\nexport const app = express().use(router);\n`,
    send: ({ app }) => overHttp(app as http.RequestListener),
  },
];

const event = (handler: unknown): Send => direct((request: Request) => (handler as (event: object) => Promise<Response>)({ request, params: {} }));

CASES.push(
  {
    name: "SvelteKit",
    filename: "src/routes/jobs/+server.ts",
    code: `import type { RequestHandler } from "@sveltejs/kit";\n\nexport const POST: RequestHandler = async ({ request }) => {\n  console.log(${READ});\n  work((await request.json()).id);\n  return new Response("ok");\n};\n`,
    send: ({ POST }) => event(POST),
  },
  {
    name: "SolidStart",
    dependency: "@solidjs/start",
    filename: "src/routes/jobs.ts",
    code: `import type { APIEvent } from "@solidjs/start/server";\n\nexport async function POST({ request }: APIEvent) {\n  console.log(${READ});\n  work((await request.json()).id);\n  return new Response("ok");\n}\n`,
    send: ({ POST }) => event(POST),
  },
  {
    name: "Astro",
    dependency: "astro",
    filename: "src/pages/jobs.ts",
    code: `import type { APIRoute } from "astro";\n\nexport const POST: APIRoute = async ({ request }) => {\n  console.log(${READ});\n  work((await request.json()).id);\n  return new Response("ok");\n};\n`,
    send: ({ POST }) => event(POST),
  },
  {
    name: "React Router",
    dependency: "@react-router/node",
    filename: "app/routes/jobs.ts",
    code: `import type { ActionFunctionArgs } from "react-router";\n\nexport async function action({ request }: ActionFunctionArgs) {\n  console.log(${READ});\n  work((await request.json()).id);\n  return new Response("ok");\n}\n`,
    send: ({ action }) => event(action),
  },
  {
    name: "Cloudflare Workers",
    filename: "src/index.ts",
    code: `export default {\n  async fetch(request: Request) {\n    console.log(${READ});\n    work((await request.json()).id);\n    return new Response("ok");\n  },\n};\n`,
    send: ({ default: worker }) => direct((worker as { fetch: unknown }).fetch),
  },
  {
    name: "Cloudflare Pages",
    filename: "functions/jobs.ts",
    code: `export const onRequestPost: PagesFunction = async (context) => {\n  console.log(context.request.headers.get("upstash-retried"));\n  work((await context.request.json()).id);\n  return new Response("ok");\n};\n`,
    send: ({ onRequestPost }) => event(onRequestPost),
  },
  {
    name: "Deno",
    runtime: "Deno",
    filename: "main.ts",
    code: `Deno.serve(async (request) => {\n  console.log(${READ});\n  work((await request.json()).id);\n  return new Response("ok");\n});\n`,
    send: () => direct(served.at(-1)),
  },
  {
    name: "h3 2",
    filename: "server/api/jobs.post.ts",
    code: `import { defineEventHandler, H3, toNodeHandler } from "h3";\n\nconst jobs = defineEventHandler(async (event) => {\n  console.log(event.req.headers.get("upstash-retried"));\n  work((await event.req.json()).id);\n  return "ok";\n});\n\nexport default jobs;\nexport const listener = toNodeHandler(new H3().post("/jobs", jobs));\n`,
    send: ({ listener }) => overHttp(listener as http.RequestListener),
  },
  {
    name: "Fastify",
    filename: "src/server.ts",
    code: `import Fastify from "fastify";\n\nexport const app = Fastify();\n\napp.post("/jobs", async (request) => {\n  console.log(request.headers["upstash-retried"]);\n  work(request.body.id);\n  return "ok";\n});\n`,
    send: ({ app }) => injected(app),
  },
  {
    name: "Fastify, a route with options",
    filename: "src/server.ts",
    code: `import Fastify from "fastify";\n\nexport const app = Fastify();\n\napp.post("/jobs", { bodyLimit: 10000 }, async (request) => {\n  console.log(request.headers["upstash-retried"]);\n  work(request.body.id);\n  return "ok";\n});\n`,
    send: ({ app }) => injected(app),
  },
  {
    name: "Koa, without a parser",
    filename: "src/server.ts",
    code: `import Koa from "koa";\nimport Router from "@koa/router";\n\nconst router = new Router();\nrouter.post("/jobs", async (ctx) => {\n  console.log(ctx.get("upstash-retried"));\n  work(7);\n  ctx.body = "ok";\n});\n\nexport const listener = new Koa().use(router.routes()).callback();\n`,
    send: ({ listener }) => overHttp(listener as http.RequestListener),
  },
  {
    name: "Koa, with a parser that keeps the text",
    filename: "src/server.ts",
    code: `import Koa from "koa";\nimport Router from "@koa/router";\n\nconst router = new Router();\nrouter.post("/jobs", async (ctx) => {\n  console.log(ctx.get("upstash-retried"));\n  work(ctx.request.body.id);\n  ctx.body = "ok";\n});\n\nconst parse = async (ctx, next) => {\n  let text = "";\n  for await (const part of ctx.req) text += part;\n  ctx.request.rawBody = text;\n  ctx.request.body = JSON.parse(text);\n  await next();\n};\nexport const listener = new Koa().use(parse).use(router.routes()).callback();\n`,
    send: ({ listener }) => overHttp(listener as http.RequestListener),
  },
  {
    name: "AWS Lambda",
    filename: "src/handler.ts",
    code: `import type { APIGatewayProxyEventV2 } from "aws-lambda";\n\nexport const handler = async (event: APIGatewayProxyEventV2) => {\n  console.log(event.headers["upstash-retried"]);\n  work(JSON.parse(event.body ?? "{}").id);\n  return { statusCode: 200, body: "ok" };\n};\n`,
    send: ({ handler }) => invoked(handler, (body) => ({ body })),
  },
  {
    name: "AWS Lambda, a body in base64",
    filename: "src/handler.ts",
    code: `import type { APIGatewayProxyEventV2 } from "aws-lambda";\n\nexport const handler = async (event: APIGatewayProxyEventV2) => {\n  console.log(event.headers["upstash-retried"]);\n  work(JSON.parse(Buffer.from(event.body ?? "", "base64").toString()).id);\n  return { statusCode: 200, body: "ok" };\n};\n`,
    send: ({ handler }) => invoked(handler, (body) => ({ body: Buffer.from(body).toString("base64"), isBase64Encoded: true })),
  },
);

CASES.push(
  {
    name: "Elysia, where the handler takes the body",
    filename: "src/server.ts",
    code: `import { Elysia } from "elysia";\n\nexport const app = new Elysia().post("/jobs", ({ body, request }) => {\n  console.log(${READ});\n  work((body as { id: number }).id);\n  return "ok";\n});\n`,
    send: ({ app }) => direct((app as { handle: unknown }).handle),
  },
  {
    name: "Elysia, with options",
    filename: "src/server.ts",
    code: `import { Elysia, t } from "elysia";\n\nexport const app = new Elysia().post("/jobs", ({ body, request }) => {\n  console.log(${READ});\n  work(body.id);\n  return "ok";\n}, { body: t.Object({ id: t.Number() }) });\n`,
    send: ({ app }) => direct((app as { handle: unknown }).handle),
  },
  {
    name: "Elysia, where the handler takes nothing",
    filename: "src/server.ts",
    code: `import { Elysia } from "elysia";\n\nexport const app = new Elysia().post("/jobs", (context) => {\n  console.log(context.headers["upstash-retried"]);\n  work(7);\n  return "ok";\n});\n`,
    send: ({ app }) => direct((app as { handle: unknown }).handle),
  },
  {
    name: "Elysia, where the handler reads the request",
    filename: "src/server.ts",
    code: `import { Elysia } from "elysia";\n\nexport const app = new Elysia().post("/jobs", async ({ request }) => {\n  console.log(${READ});\n  work((await request.json()).id);\n  return "ok";\n});\n`,
    send: ({ app }) => direct((app as { handle: unknown }).handle),
  },
  {
    name: "Elysia, where the handler hands the request on",
    filename: "src/server.ts",
    code: `import { Elysia } from "elysia";\n\nconst idOf = async (message: Request) => (await message.json()).id;\n\nexport const app = new Elysia().post("/jobs", async ({ request }) => {\n  console.log(${READ});\n  work(await idOf(request));\n  return "ok";\n});\n`,
    send: ({ app }) => direct((app as { handle: unknown }).handle),
  },
  {
    name: "Elysia, where the request goes by another name",
    filename: "src/server.ts",
    code: `import { Elysia } from "elysia";\n\nexport const app = new Elysia().post("/jobs", async ({ request: message }) => {\n  console.log(${READ.replace("request", "message")});\n  work((await message.json()).id);\n  return "ok";\n});\n`,
    send: ({ app }) => direct((app as { handle: unknown }).handle),
  },
  {
    name: "Bun",
    runtime: "Bun",
    filename: "src/server.ts",
    code: `Bun.serve({\n  async fetch(request) {\n    console.log(${READ});\n    work((await request.json()).id);\n    return new Response("ok");\n  },\n});\n`,
    send: () => direct((served.at(-1) as { fetch: unknown }).fetch),
  },
  {
    name: "Bun, a route",
    runtime: "Bun",
    filename: "src/server.ts",
    code: `Bun.serve({\n  routes: {\n    "/jobs": {\n      POST: async (request) => {\n        console.log(${READ});\n        work((await request.json()).id);\n        return new Response("ok");\n      },\n    },\n  },\n});\n`,
    send: () => direct((served.at(-1) as { routes: { "/jobs": { POST: unknown } } }).routes["/jobs"].POST),
  },
  {
    name: "TanStack Start, a server route",
    dependency: "@tanstack/react-start",
    filename: "src/routes/jobs.ts",
    code: `import { createFileRoute } from "@tanstack/react-router";\n\nexport const Route = createFileRoute("/jobs")({\n  server: {\n    handlers: {\n      POST: async ({ request }) => {\n        console.log(${READ});\n        work((await request.json()).id);\n        return new Response("ok");\n      },\n    },\n  },\n});\n`,
    send: ({ Route }) => event((Route as { server: { handlers: { POST: unknown } } }).server.handlers.POST),
  },
  {
    name: "Netlify",
    filename: "netlify/functions/jobs.mts",
    code: `import type { Context } from "@netlify/functions";\n\nexport default async (request: Request, context: Context) => {\n  console.log(${READ});\n  work((await request.json()).id);\n  return new Response("ok");\n};\n`,
    send: ({ default: handler }) => direct(handler),
  },
  {
    name: "Vercel",
    dependency: "@vercel/node",
    filename: "api/jobs.ts",
    code: `export async function POST(request: Request) {\n  console.log(${READ});\n  work((await request.json()).id);\n  return new Response("ok");\n}\n`,
    send: ({ POST }) => direct(POST),
  },
  {
    name: "Expo",
    dependency: "expo-router",
    filename: "app/jobs+api.ts",
    code: `export async function POST(request: Request) {\n  console.log(${READ});\n  work((await request.json()).id);\n  return Response.json({ ok: true });\n}\n`,
    send: ({ POST }) => direct(POST),
  },
);

describe("the suggestion refuses what QStash has not signed", () => {
  const JSON_TYPE = { "content-type": "application/json" };
  for (const { name, filename, code, dependency, runtime, send: sender } of CASES) {
    it(name, async () => {
      if (runtime) vi.stubGlobal(runtime, { serve });
      vi.spyOn(console, "log").mockImplementation(() => undefined);
      const send = await sender(await mended(code, filename, dependency));
      const attempts: readonly (readonly [why: string, headers: Record<string, string>, body: string])[] = [
        ["no signature", {}, BODY],
        ["an empty signature", { "upstash-signature": "" }, BODY],
        ["another key", { "upstash-signature": signedBy(randomUUID(), BODY) }, BODY],
        ["another body", { "upstash-signature": signedBy(KEYS.QSTASH_CURRENT_SIGNING_KEY, '{"id":8}') }, BODY],
      ];
      for (const [why, headers, body] of attempts) {
        expect(await send({ ...JSON_TYPE, ...headers }, body), why).toBeGreaterThanOrEqual(400);
        expect(work, why).not.toHaveBeenCalled();
      }
      for (const key of Object.values(KEYS)) {
        expect(await send({ ...JSON_TYPE, "upstash-signature": signedBy(key, BODY) }, BODY)).toBe(200);
        expect(work).toHaveBeenLastCalledWith(7);
      }
      expect(work).toHaveBeenCalledTimes(2);
    });
  }
});

import { depending, IMPORTS, lines, SEND, wrapped, wrappers, type Framework, type Way } from "./program.ts";

const express = (parts: { readonly imports?: string; readonly app: string }): string => `import express from "express";\n${IMPORTS}${parts.imports ?? ""}const app = express();\n${parts.app}\n`;
const ADMIT = 'import { admit, greet } from "@/lib/doors";\n';
const BY_EXPRESS = { admits: 'async (req, res, next) => {\nawait admit("all");\nnext();\n}', greets: 'async (req, res, next) => {\nawait greet("all");\nnext();\n}' };
const ROUTE = `app.post("/api/contact", async (req, res) => {\n${SEND}\nres.end();\n});`;

const expressWays = (all: string): readonly Way[] => [
  ...wrappers,
  { name: "middleware of the application", verdict: "nobody", code: express({ imports: ADMIT, app: `app.use(${BY_EXPRESS.admits});\n${ROUTE}` }) },
  { name: "middleware that does not limit", verdict: "anyone", code: express({ imports: ADMIT, app: `app.use(${BY_EXPRESS.greets});\n${ROUTE}` }) },
  { name: "middleware behind the route", verdict: "anyone", code: express({ imports: ADMIT, app: `${ROUTE}\napp.use(${BY_EXPRESS.admits});` }) },
  { name: "middleware of a path with a wildcard", verdict: "nobody", code: express({ imports: ADMIT, app: `app.use("${all}", ${BY_EXPRESS.admits});\n${ROUTE}` }) },
  { name: "middleware of another path with a wildcard", verdict: "anyone", code: express({ imports: ADMIT, app: `app.use("${all.replace("/api", "/admin")}", ${BY_EXPRESS.admits});\n${ROUTE}` }) },
  { name: "middleware of the route", verdict: "nobody", code: express({ imports: ADMIT, app: ROUTE.replace("async", () => `${BY_EXPRESS.admits}, async`) }) },
];

/** A router that another file mounts. */
const mounted = (make: string, use: string, app: (before: string) => string): readonly Way[] => [
  { name: "a router of another file, mounted behind a limiter", verdict: "nobody", code: make, files: { "src/app.ts": app(use.replace("TASK", "admit")) } },
  { name: "a router of another file, mounted behind nothing of use", verdict: "anyone", code: make, files: { "src/app.ts": app(use.replace("TASK", "greet")) } },
];

export const ROUTER_FRAMEWORKS: readonly Framework[] = [
  {
    name: "Hono",
    filename: "src/routes/contact.ts",
    files: depending("hono"),
    code: (parts) => `import { Hono } from "hono";\n${IMPORTS}${parts.imports ?? ""}const app = new Hono();\napp.post("/api/contact", ${wrapped(parts, `async (c) => {\n${lines(parts)}\nreturn c.text("sent");\n}`)});\nexport default app;\n`,
    header: (name) => `c.req.header("${name}")`,
    refuse: 'return c.text("refused", 401);',
    ways: [
      ...wrappers,
      ...(["admit", "greet"] as const).map((task): Way => ({
        name: `middleware of the application: ${task}`,
        verdict: task === "admit" ? "nobody" : "anyone",
        code: `import { Hono } from "hono";\nimport { createMiddleware } from "hono/factory";\n${IMPORTS}${ADMIT}const first = createMiddleware(async (c, next) => {\nawait ${task}("all");\nawait next();\n});\nexport default new Hono().use("/api/*", first).post("/api/contact", async (c) => {\n${SEND}\nreturn c.text("sent");\n});\n`,
      })),
      ...mounted(
        `import { Hono } from "hono";\n${IMPORTS}export const contact = new Hono().post("/", async (c) => {\n${SEND}\nreturn c.text("sent");\n});\n`,
        'app.use("*", async (c, next) => {\nawait TASK("all");\nawait next();\n});',
        (before) => `import { Hono } from "hono";\n${ADMIT}import { contact } from "./routes/contact";\nconst app = new Hono();\n${before}\napp.route("/contact", contact);\nexport default app;\n`,
      ),
    ],
  },
  ...(["4", "5"] as const).map((version): Framework => ({
    name: `Express ${version}`,
    filename: "src/routes/contact.ts",
    files: depending("express"),
    code: (parts) => express({ imports: parts.imports ?? "", app: `app.post("/api/contact", ${wrapped(parts, `async (req, res) => {\n${lines(parts)}\nres.end();\n}`)});` }),
    header: (name) => `req.get("${name}")`,
    refuse: "return res.status(401).end();",
    ways: [
      // https://expressjs.com/en/guide/migrating-5.html#path-syntax
      ...expressWays(version === "4" ? "/api/*" : "/api/{*rest}"),
      ...(version === "5" ? ["/api/*rest", "/api{/*rest}"].flatMap((all) => expressWays(all).filter(({ name }) => name.includes("wildcard"))) : []),
      ...mounted(
        `import { Router } from "express";\n${IMPORTS}const router = Router();\nrouter.post("/contact", async (req, res) => {\n${SEND}\nres.end();\n});\nexport default router;\n`,
        'app.use(async (req, res, next) => {\nawait TASK("all");\nnext();\n});',
        (before) => `import express from "express";\n${ADMIT}import contact from "./routes/contact";\nconst app = express();\n${before}\napp.use("/api", contact);\n`,
      ),
    ],
  })),
  {
    name: "Fastify",
    filename: "src/server.ts",
    files: depending("fastify"),
    code: (parts) => `import Fastify from "fastify";\n${IMPORTS}${parts.imports ?? ""}const app = Fastify();\napp.post("/api/contact", ${wrapped(parts, `async (request, reply) => {\n${lines(parts)}\nreturn "sent";\n}`)});\n`,
    header: (name) => `request.headers["${name}"]`,
    refuse: "return reply.code(401).send();",
    ways: [
      ...wrappers,
      ...(["admit", "greet"] as const).map((task): Way => ({
        name: `a hook: ${task}`,
        verdict: task === "admit" ? "nobody" : "anyone",
        code: `import Fastify from "fastify";\n${IMPORTS}${ADMIT}const app = Fastify();\napp.addHook("onRequest", async () => {\nawait ${task}("all");\n});\napp.post("/api/contact", async () => {\n${SEND}\nreturn "sent";\n});\n`,
      })),
      ...mounted(
        `${IMPORTS}import type { FastifyPluginAsync } from "fastify";\nconst routes: FastifyPluginAsync = async (app) => {\napp.post("/contact", async () => {\n${SEND}\nreturn "sent";\n});\n};\nexport default routes;\n`,
        'app.addHook("onRequest", async () => {\nawait TASK("all");\n});',
        (before) => `import Fastify from "fastify";\n${ADMIT}import routes from "./server";\nconst app = Fastify();\n${before}\napp.register(routes, { prefix: "/api" });\n`,
      ),
    ],
  },
  {
    name: "Koa",
    filename: "src/routes/contact.ts",
    files: depending("koa", "@koa/router"),
    code: (parts) => `import Router from "@koa/router";\n${IMPORTS}${parts.imports ?? ""}const router = new Router();\nrouter.post("/api/contact", ${wrapped(parts, `async (ctx) => {\n${lines(parts)}\nctx.body = "sent";\n}`)});\nexport default router;\n`,
    header: (name) => `ctx.get("${name}")`,
    refuse: "ctx.throw(401);",
    ways: [
      ...wrappers,
      ...(["admit", "greet"] as const).map((task): Way => ({
        name: `middleware of the router: ${task}`,
        verdict: task === "admit" ? "nobody" : "anyone",
        code: `import Router from "@koa/router";\n${IMPORTS}${ADMIT}const router = new Router();\nrouter.use(async (ctx, next) => {\nawait ${task}("all");\nawait next();\n});\nrouter.post("/contact", async (ctx) => {\n${SEND}\nctx.body = "sent";\n});\nexport default router;\n`,
      })),
      ...mounted(
        `import Router from "@koa/router";\n${IMPORTS}const router = new Router();\nrouter.post("/contact", async (ctx) => {\n${SEND}\nctx.body = "sent";\n});\nexport default router;\n`,
        'app.use(async (ctx, next) => {\nawait TASK("all");\nawait next();\n});',
        (before) => `import Koa from "koa";\n${ADMIT}import router from "./routes/contact";\nconst app = new Koa();\n${before}\napp.use(router.routes());\n`,
      ),
    ],
  },
  {
    name: "Elysia",
    filename: "src/index.ts",
    files: depending("elysia"),
    code: (parts) => `import { Elysia } from "elysia";\n${IMPORTS}${parts.imports ?? ""}export const app = new Elysia().post("/api/contact", ${wrapped(parts, `async ({ headers, set }) => {\n${lines(parts)}\nset.status = 200;\nreturn headers.host;\n}`)});\n`,
    header: (name) => `headers["${name}"]`,
    refuse: "return new Response(null, { status: 401 });",
    ways: [
      ...wrappers,
      ...(["admit", "greet"] as const).map((task): Way => ({
        name: `onBeforeHandle: ${task}`,
        verdict: task === "admit" ? "nobody" : "anyone",
        code: `import { Elysia } from "elysia";\n${IMPORTS}${ADMIT}export const app = new Elysia().onBeforeHandle(async () => {\nawait ${task}("all");\n}).post("/api/contact", async () => {\n${SEND}\nreturn "sent";\n});\n`,
      })),
    ],
  },
  {
    name: "h3",
    filename: "src/server.ts",
    files: depending("h3"),
    code: (parts) => `import { H3 } from "h3";\n${IMPORTS}${parts.imports ?? ""}const app = new H3();\napp.post("/api/contact", ${wrapped(parts, `async (event) => {\n${lines(parts)}\nreturn event.url.pathname;\n}`)});\n`,
    header: (name) => `event.req.headers.get("${name}")`,
    refuse: "return new Response(null, { status: 401 });",
    ways: [
      ...wrappers,
      ...(["admit", "greet"] as const).map((task): Way => ({
        name: `middleware: ${task}`,
        verdict: task === "admit" ? "nobody" : "anyone",
        code: `import { H3 } from "h3";\n${IMPORTS}${ADMIT}const app = new H3();\napp.use(async () => {\nawait ${task}("all");\n});\napp.post("/api/contact", async () => {\n${SEND}\nreturn "sent";\n});\n`,
      })),
    ],
  },
];

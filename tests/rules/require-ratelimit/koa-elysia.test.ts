import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { LIMITER, MAIL, open, refusal, SEND } from "./shared.ts";

const APP = "src/app.ts";
const IMPORT = 'import { ratelimit } from "@/lib/ratelimit";\n';

const KOA = `import Koa from "koa";
import Router from "@koa/router";
${MAIL}
const app = new Koa();
const router = new Router({ prefix: "/api" });
`;
const KOA_ROUTE = `router.post("/contact", async (ctx) => {
  ${SEND}
  ctx.body = "sent";
});
`;
const ELYSIA = `import { Elysia } from "elysia";
${MAIL}
`;

const KOA_GUARD = `  const rate = await ratelimit.limit(ctx.ip);
  if (!rate.success) {
    ctx.set({
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
    ctx.status = 429;
    ctx.body = "Too many requests";
    return;
  }
`;
const ELYSIA_GUARD = `  const rate = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    ${refusal("    ")}
  }
`;

const limits = (answer: string): string => `import { ratelimit } from "../lib/ratelimit";
const limit = async (ctx, next) => {
  const { success } = await ratelimit.limit(ctx.ip ?? "anonymous");
  if (!success) ${answer};
  return next?.();
};
`;

/** Koa, Elysia, and routers of h3. */
runRule("require-ratelimit", rule, {
  valid: [
    { name: "Koa: koa-ratelimit before the router", filename: APP, code: `import ratelimit from "koa-ratelimit";\n${KOA}app.use(ratelimit({}));\n${KOA_ROUTE}app.use(router.routes());\n` },
    { name: "Koa: a limiter of the router", filename: APP, files: LIMITER, code: `${limits("ctx.throw(429)")}${KOA}router.use(limit);\n${KOA_ROUTE}app.use(router.routes());\n` },
    { name: "Koa: a limiter beside the handler", filename: APP, files: LIMITER, code: `${limits("ctx.throw(429)")}${KOA}${KOA_ROUTE.replace("async (ctx)", "limit, async (ctx)")}` },
    {
      name: "Koa: a router of another file, mounted behind a limiter",
      filename: "src/routes/contact.ts",
      files: {
        ...LIMITER,
        "src/app.ts": `${limits("ctx.throw(429)")}import Koa from "koa";
import contact from "./routes/contact";

const app = new Koa();
app.use(limit);
app.use(contact.routes());
`,
      },
      code: `${KOA}${KOA_ROUTE}export default router;\n`,
    },
    { name: "Elysia: elysia-rate-limit in the chain", filename: APP, code: `import { rateLimit } from "elysia-rate-limit";\n${ELYSIA}export const app = new Elysia().use(rateLimit()).post("/contact", async () => {\n  ${SEND}\n  return "sent";\n});\n` },
    { name: "Elysia: a hook before the route", filename: APP, files: LIMITER, code: `${limits("return new Response(null, { status: 429 })")}${ELYSIA}const app = new Elysia();\napp.onBeforeHandle(limit);\napp.post("/contact", async () => {\n  ${SEND}\n});\n` },
    { name: "Elysia: a hook among the route's options", filename: APP, files: LIMITER, code: `${limits("return new Response(null, { status: 429 })")}${ELYSIA}const app = new Elysia();\napp.post("/contact", async () => {\n  ${SEND}\n}, { beforeHandle: limit });\n` },
    { name: "Elysia: a hook of a guard around the routes", filename: APP, files: LIMITER, code: `${limits("return new Response(null, { status: 429 })")}${ELYSIA}new Elysia().guard({ beforeHandle: [limit] }, (app) => app.post("/contact", async () => {\n  ${SEND}\n}));\n` },
    { name: "h3: middleware of an app", filename: APP, files: LIMITER, code: `${limits("throw createError({ statusCode: 429 })")}import { createApp, createRouter, defineEventHandler } from "h3";\n${MAIL}\nconst app = createApp();\napp.use(limit);\nconst router = createRouter();\napp.use(router);\nrouter.post("/contact", defineEventHandler(async () => {\n  ${SEND}\n}));\n` },
  ],
  invalid: [
    open({
      name: "Koa: mail without a limiter, below the router's prefix",
      filename: APP,
      files: LIMITER,
      code: `${KOA}${KOA_ROUTE}app.use(router.routes());\n`,
      at: '"/contact"',
      title: "POST /api/contact",
      output: `${KOA.replace("resend\";\n", `resend";\n${IMPORT}`)}${KOA_ROUTE.replace("=> {\n", `=> {\n${KOA_GUARD}`)}app.use(router.routes());\n`,
    }),
    open({
      name: "Koa: a named route, and a limiter that comes after it",
      filename: APP,
      files: LIMITER,
      code: `import limit from "koa2-ratelimit";\n${KOA}${KOA_ROUTE.replace('"/contact"', '"contact", "/contact"').replace("post", "del")}router.use(limit({}));\n`,
      at: '"contact"',
      title: "DELETE /api/contact",
      output: `import limit from "koa2-ratelimit";\n${KOA.replace("resend\";\n", `resend";\nimport { ratelimit as ratelimitValue } from "@/lib/ratelimit";\n`)}${KOA_ROUTE.replace('"/contact"', '"contact", "/contact"').replace("post", "del").replace("=> {\n", `=> {\n${KOA_GUARD.replace("ratelimit.", "ratelimitValue.")}`)}router.use(limit({}));\n`,
    }),
    open({
      name: "Elysia: mail without a limiter",
      filename: APP,
      files: LIMITER,
      code: `${ELYSIA}export const app = new Elysia({ prefix: "/api" }).post("/contact", async ({ body }) => {
  ${SEND}
  return body;
});
`,
      at: '"/contact"',
      title: "POST /api/contact",
      output: `${ELYSIA.replace("resend\";\n", `resend";\n${IMPORT}`)}export const app = new Elysia({ prefix: "/api" }).post("/contact", async ({ body, request }) => {
${ELYSIA_GUARD}  ${SEND}
  return body;
});
`,
    }),
    open({
      name: "Elysia: a group, a handler without parameters, and options behind it",
      filename: APP,
      files: LIMITER,
      code: `${ELYSIA}new Elysia().group("/api", (app) =>
  app.get("/contact", () => send(), { detail: { summary: "Sends mail" } }),
);

async function send() {
  ${SEND}
  return "sent";
}
`,
      at: '"/contact"',
      title: "GET /api/contact",
      output: `${ELYSIA.replace("resend\";\n", `resend";\n${IMPORT}`)}new Elysia().group("/api", (app) =>
  app.get("/contact", async ({ request }) => {
${ELYSIA_GUARD.replaceAll(/^(?=.)/gmu, "  ")}    return send();
  }, { detail: { summary: "Sends mail" } }),
);

async function send() {
  ${SEND}
  return "sent";
}
`,
    }),
    open({
      name: "h3: a route of a router",
      filename: APP,
      files: LIMITER,
      code: `import { defineEventHandler, H3 } from "h3";
${MAIL}
const app = new H3();
app.post("/contact", defineEventHandler(async (event) => {
  ${SEND}
  return event.path;
}));
`,
      at: '"/contact"',
      title: "POST /contact",
      output: `import { defineEventHandler, H3, getRequestHeader, getRequestIP, setResponseHeaders, createError } from "h3";
${MAIL.replace("\n", `\n${IMPORT}`)}
const app = new H3();
app.post("/contact", defineEventHandler(async (event) => {
  const rate = await ratelimit.limit(getRequestHeader(event, "x-real-ip") ?? getRequestIP(event) ?? "anonymous");
  if (!rate.success) {
    setResponseHeaders(event, {
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
    throw createError({ statusCode: 429, statusMessage: "Too many requests" });
  }
  ${SEND}
  return event.path;
}));
`,
    }),
  ],
});

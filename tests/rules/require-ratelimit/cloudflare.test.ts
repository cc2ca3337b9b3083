import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { dependingOn, LIMITER, MAIL, open, refusal, SEND } from "./shared.ts";

const WRANGLER = dependingOn("wrangler");
const WORKER = "src/index.ts";
const FUNCTION = "functions/api/contact.ts";
const IMPORT = 'import { ratelimit } from "@/lib/ratelimit";\n';
const withImport = MAIL.replace("\n", `\n${IMPORT}`);

const guard = (request: string, indent: string): string => `${indent}const rate = await ratelimit.limit(${request}.headers.get("cf-connecting-ip") ?? "anonymous");
${indent}if (!rate.success) {
${indent}  ${refusal(`${indent}  `)}
${indent}}
`;

const FETCH = `${MAIL}
export default {
  async fetch(request: Request, env: object) {
    ${SEND}
    return new Response(String(env));
  },
};
`;

/** Cloudflare: Workers and Pages Functions. */
runRule("require-ratelimit", rule, {
  valid: [
    {
      name: "Workers: Cloudflare's own rate limiting",
      filename: WORKER,
      files: WRANGLER,
      code: FETCH.replace("    await resend", '    const { success } = await env.MY_LIMITER.limit({ key: request.headers.get("cf-connecting-ip") });\n    if (!success) return new Response(null, { status: 429 });\n    await resend'),
    },
    {
      name: "Workers: a limiter that is made in the handler",
      filename: WORKER,
      files: WRANGLER,
      code: FETCH.replace("import", 'import { Ratelimit } from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis/cloudflare";\nimport').replace(
        "    await resend",
        '    const ratelimit = new Ratelimit({ redis: Redis.fromEnv(env), limiter: Ratelimit.slidingWindow(5, "1 m") });\n    if (!(await ratelimit.limit("x")).success) return new Response(null, { status: 429 });\n    await resend',
      ),
    },
    {
      name: "Workers: a secret of the platform's bindings",
      filename: WORKER,
      files: WRANGLER,
      code: FETCH.replace("    await resend", '    if (request.headers.get("authorization") !== `Bearer ${env.API_SECRET}`) return new Response(null, { status: 401 });\n    await resend'),
    },
    {
      name: "Workers: the routes of Hono are looked at by themselves",
      filename: WORKER,
      files: WRANGLER,
      code: `import { Hono } from "hono";
import { rateLimiter } from "hono-rate-limiter";
${MAIL}
const app = new Hono();
app.use(rateLimiter({}));
app.post("/contact", async (c) => {
  ${SEND}
  return c.body(null);
});

export default { fetch: app.fetch };
`,
    },
    {
      name: "An object with fetch that is not the default export",
      filename: WORKER,
      files: WRANGLER,
      code: FETCH.replace("export default", "export const api ="),
    },
    {
      name: "Workers: what a schedule runs",
      filename: WORKER,
      files: WRANGLER,
      code: `${MAIL}
export default {
  async fetch() {
    return new Response("ok");
  },
  async scheduled() {
    ${SEND}
  },
};
`,
    },
    {
      name: "Pages Functions: middleware of a folder around it",
      filename: FUNCTION,
      files: {
        ...WRANGLER,
        ...LIMITER,
        "functions/_middleware.ts": `import { ratelimit } from "../lib/ratelimit";

const limit = async ({ request, next }) => {
  const { success } = await ratelimit.limit(request.headers.get("cf-connecting-ip"));
  return success ? next() : new Response("Too many requests", { status: 429 });
};
export const onRequest = [limit];
`,
      },
      code: `${MAIL}
export async function onRequestPost() {
  ${SEND}
  return new Response();
}
`,
    },
    {
      name: "Pages Functions: a limiter before the handler, in an array",
      filename: FUNCTION,
      files: { ...WRANGLER, ...LIMITER },
      code: `import { ratelimit } from "../../lib/ratelimit";
${MAIL}
const limit = async ({ request, next }) => {
  const { success } = await ratelimit.limit(request.headers.get("cf-connecting-ip"));
  return success ? next() : new Response("Too many requests", { status: 429 });
};
const send = async () => {
  ${SEND}
  return new Response();
};
export const onRequest = [limit, send];
`,
    },
    {
      name: "Firebase: onRequest is imported, not exported",
      filename: "functions/index.ts",
      code: `import { onRequest } from "firebase-functions/v2/https";
${MAIL}
export const contact = onRequest(async () => {
  ${SEND}
});
`,
    },
  ],
  invalid: [
    open({
      name: "Workers: mail without a limiter",
      filename: WORKER,
      files: { ...WRANGLER, ...LIMITER },
      code: FETCH,
      at: "fetch",
      title: "This fetch handler",
      output: FETCH.replace(MAIL, withImport).replace("object) {\n", `object) {\n${guard("request", "    ")}`),
    }),
    open({
      name: "Workers: a typed object with a method that is not async, and another function's work",
      filename: WORKER,
      files: { ...WRANGLER, ...LIMITER },
      code: `import type { ExportedHandler, Response as WorkerResponse } from "@cloudflare/workers-types";
${MAIL}
const worker: ExportedHandler = {
  fetch(request) {
    return answer(request.url) as never as Promise<WorkerResponse>;
  },
};

async function answer(url: string) {
  ${SEND}
  return new Response(url);
}

export default worker;
`,
      at: "fetch",
      after: "ExportedHandler = {",
      title: "This fetch handler",
      output: `import type { ExportedHandler, Response as WorkerResponse } from "@cloudflare/workers-types";
${withImport}
const worker: ExportedHandler = {
  async fetch(request) {
${guard("request", "    ")}    return answer(request.url) as never as Promise<WorkerResponse>;
  },
};

async function answer(url: string) {
  ${SEND}
  return new Response(url);
}

export default worker;
`,
      untyped: "the Worker's Response is another one than the DOM's",
    }),
    open({
      name: "Workers: an entrypoint class",
      filename: WORKER,
      files: { ...WRANGLER, ...LIMITER },
      code: `import { WorkerEntrypoint } from "cloudflare:workers";
${MAIL}
export default class extends WorkerEntrypoint {
  async fetch(request: Request) {
    await this.send();
    return new Response(request.url);
  }
  async send() {
    ${SEND}
  }
}
`,
      at: "fetch",
      title: "This fetch handler",
      output: `import { WorkerEntrypoint } from "cloudflare:workers";
${withImport}
export default class extends WorkerEntrypoint {
  async fetch(request: Request) {
${guard("request", "    ")}    await this.send();
    return new Response(request.url);
  }
  async send() {
    ${SEND}
  }
}
`,
    }),
    open({
      name: "Workers: a listener",
      filename: "worker.js",
      files: { ...WRANGLER, ...LIMITER },
      code: `${MAIL}
addEventListener("fetch", (event) => event.respondWith(handle(event.request)));

async function handle(request) {
  ${SEND}
  return new Response(request.url);
}
`,
      at: '"fetch"',
      title: "This fetch handler",
      output: `${withImport}
addEventListener("fetch", (event) => event.respondWith(handle(event.request)));

async function handle(request) {
${guard("request", "  ")}  ${SEND}
  return new Response(request.url);
}
`,
    }),
    open({
      name: "Pages Functions: a context that is taken apart",
      filename: "functions/api/[[path]].ts",
      files: { ...WRANGLER, ...LIMITER },
      code: `import type { PagesFunction } from "@cloudflare/workers-types";
${MAIL}
export const onRequestPost: PagesFunction = async ({ env }) => {
  ${SEND}
  return new Response(String(env)) as never;
};
`,
      at: "onRequestPost: PagesFunction",
      title: "POST /api/[[path]]",
      output: `import type { PagesFunction } from "@cloudflare/workers-types";
${withImport}
export const onRequestPost: PagesFunction = async ({ env, request }) => {
${guard("request", "  ")}  ${SEND}
  return new Response(String(env)) as never;
};
`,
      untyped: "the Worker's Response is another one than the DOM's",
    }),
    open({
      name: "Pages Functions: no parameters, and middleware of another folder",
      filename: "functions/index.js",
      files: {
        ...WRANGLER,
        ...LIMITER,
        "functions/admin/_middleware.js": `import { rateLimit } from "@acme/limit";\nexport const onRequest = rateLimit();\n`,
      },
      code: `${MAIL}
export async function onRequest() {
  ${SEND}
  return new Response();
}
`,
      at: "onRequest",
      title: "/",
      output: `${withImport}
export async function onRequest({ request }) {
${guard("request", "  ")}  ${SEND}
  return new Response();
}
`,
    }),
  ],
});

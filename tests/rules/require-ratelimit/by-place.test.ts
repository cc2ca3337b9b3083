import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-ratelimit.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { dependingOn, LIMITER, MAIL, open, refusal, SEND } from "./shared.ts";

/** A way in which a framework runs a function for requests. */
interface Place {
  readonly name: string;
  readonly filename: string;
  readonly files?: Readonly<Record<string, string>>;
  /** The file, with these lines before the mail is sent, and these behind it. */
  code(before: string, behind?: string): string;
  /** What the handler calls its caller's address, for cases that limit. */
  readonly at: string;
  readonly after?: string;
  readonly title: string;
  /** What the suggestion makes of {@link Place.code}; `guard` are its lines. */
  output(code: string): string;
  readonly untyped?: string;
  /** How a function refuses here, where not with a `Response`. */
  readonly refuse?: string;
}

const IMPORT = 'import { ratelimit } from "@/lib/ratelimit";\n';
const REFUSE = "return new Response(null, { status: 429 });";

const guard = (identifier: string, indent: string, refused = refusal(`${indent}  `)): string => `${indent}const rate = await ratelimit.limit(${identifier});
${indent}if (!rate.success) {
${indent}  ${refused}
${indent}}
`;
const limited = (code: string): string => code.replace(MAIL, MAIL.replace("\n", `\n${IMPORT}`));
const header = (name: string, request = "request"): string => `${request}.headers.get("${name}") ?? "anonymous"`;
/** The guard before the first line of the handler, which is the one that sends. */
const before = (text: string, indent: string) => (code: string): string => limited(code).replace(`${indent}${SEND}`, () => `${text}${indent}${SEND}`);
const lambdaRefusal = (indent: string): string =>
  `return {
  statusCode: 429,
  headers: {
    "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
    "X-RateLimit-Limit": String(rate.limit),
    "X-RateLimit-Remaining": String(rate.remaining),
    "X-RateLimit-Reset": String(rate.reset),
  },
  body: "Too many requests",
};`.replaceAll("\n", `\n${indent}`);

const method = (name: string, params: string) => (first: string, behind = "") => `${MAIL}
export async function ${name}(${params}) {
${first}  ${SEND}
${behind}  return new Response();
}
`;
const ASTRO = { ...dependingOn("astro"), "astro.config.mjs": 'export default { output: "server" };\n' };
const TANSTACK = {
  "types/start.d.ts": `declare module "@tanstack/react-start" {
  export function createServerFn(options: { method: string }): { middleware(list: unknown[]): ReturnType<typeof createServerFn>; handler<R>(fn: () => Promise<R>): () => Promise<R> };
  export function createMiddleware(): { server(fn: (context: { next(): Promise<unknown> }) => Promise<unknown>): unknown };
}
declare module "@tanstack/react-start/server" {
  export function getRequestHeader(name: string): string | undefined;
  export function setResponseStatus(status: number): void;
}
declare module "@tanstack/react-router" {
  export function createFileRoute(path: string): (options: { server: { middleware?: unknown[]; handlers: Record<string, (context: { request: Request }) => Promise<Response>> } }) => unknown;
}
`,
};
const SERVE_TYPES = {
  "types/serve.d.ts": `declare module "bun" {
  export function serve(options: { fetch?(request: Request): Response | Promise<Response>; routes?: Record<string, unknown> }): void;
}
declare namespace Deno {
  function serve(handler: (request: Request) => Response | Promise<Response>): void;
}
`,
};
const ACTION_TYPES = {
  "types/actions.d.ts": `declare module "astro:actions" {
  export function defineAction<I, R>(options: { handler: (input: I, context: { clientAddress: string; locals: { user?: { id: string } } }) => Promise<R> }): unknown;
  export class ActionError extends Error { constructor(options: { code: string; message: string }); }
}
`,
};

const PLACES: readonly Place[] = [
  {
    name: "Astro: an endpoint",
    filename: "src/pages/api/contact.ts",
    files: ASTRO,
    code: method("POST", "{ request, clientAddress }: { request: Request; clientAddress: string }"),
    at: "POST",
    title: "POST /api/contact",
    output: before(guard("clientAddress", "  "), "  "),
  },
  {
    name: "Astro: an endpoint without parameters, rendered on demand",
    filename: "src/pages/contact/index.ts",
    files: dependingOn("astro"),
    code: (first, behind) => `${method("ALL", "")(first, behind)}export const prerender = false;\n`,
    at: "ALL",
    title: "/contact",
    output: (code) => before(guard("clientAddress", "  "), "  ")(code).replace("ALL()", "ALL({ clientAddress }: { clientAddress: string })"),
  },
  {
    name: "Astro: an action",
    filename: "src/actions/index.ts",
    files: { ...dependingOn("astro"), ...ACTION_TYPES },
    code: (first, behind = "") => `import { defineAction } from "astro:actions";
${MAIL}
export const server = {
  contact: defineAction({
    handler: async (input, context) => {
${first}      ${SEND}
${behind}      return [input, context.locals.user?.id];
    },
  }),
};
`,
    at: "contact",
    title: "Action contact",
    output: (code) =>
      before(guard("context.locals.user?.id ?? context.clientAddress", "      ", 'throw new ActionError({ code: "TOO_MANY_REQUESTS", message: "Too many requests" });'), "      ")(code).replace("{ defineAction }", "{ defineAction, ActionError }"),
    refuse: 'throw new Error("limited");',
  },
  {
    name: "SolidStart: an API route",
    filename: "src/routes/api/(public)/contact.ts",
    files: dependingOn("@solidjs/start"),
    code: method("POST", "{ request }: { request: Request }"),
    at: "POST",
    title: "POST /api/contact",
    output: before(guard(header("x-real-ip"), "  "), "  "),
  },
  {
    name: "TanStack Start: a server function",
    filename: "src/server/contact.ts",
    files: { ...dependingOn("@tanstack/react-start"), ...TANSTACK },
    code: (first, behind = "") => `import { createServerFn } from "@tanstack/react-start";
${MAIL}
export const contact = createServerFn({ method: "POST" }).handler(async () => {
${first}  ${SEND}
${behind}});
`,
    at: "contact",
    title: "Server function contact",
    output: (code) =>
      before(guard('getRequestHeader("x-real-ip") ?? "anonymous"', "  ", 'setResponseStatus(429);\n    throw new Error("Too many requests. Try again later.");'), "  ")(code).replace(
        IMPORT,
        `${IMPORT}import { getRequestHeader, setResponseStatus } from "@tanstack/react-start/server";\n`,
      ),
    refuse: 'throw new Error("limited");',
  },
  {
    name: "TanStack Start: a server route",
    filename: "src/routes/api/contact.ts",
    files: { ...dependingOn("@tanstack/react-start"), ...TANSTACK },
    code: (first, behind = "") => `import { createFileRoute } from "@tanstack/react-router";
${MAIL}
export const Route = createFileRoute("/api/contact")({
  server: {
    handlers: {
      POST: async ({ request }) => {
${first}        ${SEND}
${behind}        return new Response(request.url);
      },
    },
  },
});
`,
    at: "POST",
    title: "POST /api/contact",
    output: before(guard(header("x-real-ip"), "        "), "        "),
  },
  {
    name: "Vercel: a function for each method",
    filename: "api/contact.ts",
    files: dependingOn("@vercel/node"),
    code: method("POST", "request: Request"),
    at: "POST",
    title: "POST /api/contact",
    output: before(guard(header("x-real-ip"), "  "), "  "),
  },
  {
    name: "Vercel: a function that Node.js calls",
    filename: "api/contact/index.js",
    files: { ...dependingOn("left-pad"), "vercel.json": "{}\n" },
    code: (first, behind = "") => `${MAIL}
export default async function contact(req, res) {
${first}  ${SEND}
${behind}  res.end();
}
`,
    at: "contact",
    title: "/api/contact",
    output: before(
      guard('String(req.headers["x-real-ip"] ?? req.socket.remoteAddress)', "  ", 'res.setHeader("Retry-After", String(Math.ceil((rate.reset - Date.now()) / 1000)));\n    res.setHeader("X-RateLimit-Limit", String(rate.limit));\n    res.setHeader("X-RateLimit-Remaining", String(rate.remaining));\n    res.setHeader("X-RateLimit-Reset", String(rate.reset));\n    res.status(429).end("Too many requests");\n    return;'),
      "  ",
    ),
    refuse: "return res.status(429).end();",
  },
  {
    name: "Netlify: a function with a context",
    filename: "netlify/functions/contact.ts",
    code: (first, behind = "") => `${MAIL}
export default async (request: Request, context: { ip: string }) => {
${first}  ${SEND}
${behind}  return new Response(request.url + context.ip);
};
`,
    at: SEND,
    title: "The Netlify function contact",
    output: before(guard("context.ip", "  "), "  "),
  },
  {
    name: "Netlify: an edge function without parameters",
    filename: "netlify/edge-functions/contact.ts",
    code: (first, behind = "") => `${MAIL}
export default async function contact() {
${first}  ${SEND}
${behind}  return new Response();
}
`,
    at: "contact",
    title: "The Netlify function contact",
    output: (code) => before(guard(header("x-nf-client-connection-ip"), "  "), "  ")(code).replace("contact()", "contact(request: Request)"),
  },
  {
    name: "Netlify: a handler in Lambda's form",
    filename: "netlify/functions/contact/index.js",
    code: (first, behind = "") => `${MAIL}
export const handler = async (event) => {
${first}  ${SEND}
${behind}  return { statusCode: 200, body: event.path };
};
`,
    at: "handler",
    title: "The Netlify function handler",
    output: before(guard('event.headers["x-nf-client-connection-ip"] ?? "anonymous"', "  ", lambdaRefusal("    ")), "  "),
    refuse: 'return { statusCode: 429, body: "" };',
  },
  {
    name: "Lambda: a handler by its type",
    filename: "src/contact.ts",
    files: dependingOn("aws-lambda"),
    code: (first, behind = "") => `import type { APIGatewayProxyHandlerV2 } from "aws-lambda";
${MAIL}
export const contact: APIGatewayProxyHandlerV2 = async (event) => {
${first}  ${SEND}
${behind}  return { statusCode: 200, body: event.rawPath };
};
`,
    at: "contact: APIGatewayProxyHandlerV2",
    title: "The Lambda function contact",
    output: before(guard("event.requestContext.http.sourceIp", "  ", lambdaRefusal("    ")), "  "),
    refuse: 'return { statusCode: 429, body: "" };',
  },
  {
    name: "Lambda: CommonJS, by its name and its answer",
    filename: "index.js",
    code: (first, behind = "") => `const { Resend } = require("resend");
const resend = new Resend(process.env.RESEND_API_KEY);

exports.handler = async (event) => {
${first}  ${SEND}
${behind}  return { statusCode: 200, body: event.rawPath };
};
`,
    at: "exports.handler",
    title: "The Lambda function handler",
    output: (code) =>
      code
        .replace('require("resend");\n', 'require("resend");\nconst { ratelimit } = require("@/lib/ratelimit");\n')
        .replace(`  ${SEND}`, `${guard("(event.requestContext.http ?? event.requestContext.identity).sourceIp", "  ", lambdaRefusal("    "))}  ${SEND}`),
    refuse: 'return { statusCode: 429, body: "" };',
  },
  {
    name: "Expo: an API route",
    filename: "app/(tabs)/api/contact+api.ts",
    files: dependingOn("expo-router"),
    code: method("POST", "request: Request"),
    at: "POST",
    title: "POST /api/contact",
    output: before(guard(header("x-real-ip"), "  "), "  "),
  },
  {
    name: "Deno: a server",
    filename: "main.ts",
    files: SERVE_TYPES,
    code: (first, behind = "") => `${MAIL}
Deno.serve(async (request) => {
${first}  ${SEND}
${behind}  return new Response(request.url);
});
`,
    at: "Deno.serve",
    title: "This server",
    output: before(guard(header("x-real-ip"), "  "), "  "),
    untyped: "the ambient Deno of the tests has no serve()",
  },
  {
    name: "Bun: fetch of a server",
    filename: "index.ts",
    files: SERVE_TYPES,
    code: (first, behind = "") => `import { serve } from "bun";
${MAIL}
serve({
  async fetch(request) {
${first}    ${SEND}
${behind}    return new Response(request.url);
  },
});
`,
    at: "serve",
    after: "process.env",
    title: "This server",
    output: before(guard(header("x-real-ip"), "    "), "    "),
  },
  {
    name: "Bun: a method of a route",
    filename: "index.ts",
    files: SERVE_TYPES,
    code: (first, behind = "") => `import { serve } from "bun";
${MAIL}
serve({
  routes: {
    "/contact": {
      POST: async (request: Request) => {
${first}        ${SEND}
${behind}        return new Response(request.url);
      },
    },
  },
});
`,
    at: "POST",
    title: "POST /contact",
    output: before(guard(header("x-real-ip"), "        "), "        "),
  },
];

const HELPERS = {
  ...LIMITER,
  "lib/guard.ts": `import { askLimiter } from "./ask";
export async function enter(id: string) {
  return askLimiter(id);
}
`,
  "lib/ask.ts": `import { ratelimit } from "./ratelimit";
export async function askLimiter(id: string) {
  const { success } = await ratelimit.limit(id);
  if (!success) throw new Error("limited");
}
`,
};

/** Whatever stands before the work protects; whatever does not, does not. */
const covered = PLACES.flatMap(({ name, filename, files, code, refuse = REFUSE }) => {
  const importing = (line: string, first: string): string => {
    const text = code(first);
    return text.includes("require(") ? text.replace("const {", `${line.replace(/import (.*) from (".*");/u, "const $1 = require($2);")}\nconst {`) : text.replace("import", `${line}\nimport`);
  };
  const one = (way: string, text: string) => ({ name: `${name}: ${way}`, filename, files: { ...files, ...HELPERS }, code: text });
  return [
    one("limited in the handler", importing('import { ratelimit } from "@/lib/ratelimit";', `  const { success } = await ratelimit.limit("x");\n  if (!success) ${refuse}\n`)),
    one("limited by a helper of a helper", importing('import { enter } from "@/lib/guard";', `  await enter("x");\n`)),
    one("another library's limiter", importing('import { Ratelimit } from "@unkey/ratelimit";', `  const { success } = await new Ratelimit({ namespace: "a" }).limit("x");\n  if (!success) ${refuse}\n`)),
    { ...one("no work", code("")), code: code("").replace(SEND, "") },
  ];
});

const uncovered = PLACES.map(({ code, output, ...place }) => open({ ...place, files: { ...place.files, ...LIMITER }, code: code(""), output: output(code("")) }));
runRule("require-ratelimit", rule, {
  valid: [
    ...covered,
    {
      name: "Astro: a page that is built once",
      filename: "src/pages/api/contact.ts",
      files: dependingOn("astro"),
      code: method("GET", "")(""),
    },
    {
      name: "Astro: onRequest limits",
      filename: "src/pages/api/contact.ts",
      files: {
        ...ASTRO,
        ...HELPERS,
        "src/middleware.ts": 'import { defineMiddleware } from "astro:middleware";\nimport { enter } from "../lib/guard";\nexport const onRequest = defineMiddleware(async (context, next) => {\n  await enter(context.clientAddress);\n  return next();\n});\n',
      },
      code: method("POST", "")(""),
    },
    {
      name: "SolidStart: onRequest of the middleware limits",
      filename: "src/routes/api/contact.ts",
      files: {
        ...dependingOn("@solidjs/start"),
        ...HELPERS,
        "src/middleware/index.ts": 'import { createMiddleware } from "@solidjs/start/middleware";\nimport { enter } from "../../lib/guard";\nexport default createMiddleware({ onRequest: [async (event) => { await enter(event.clientAddress); }] });\n',
      },
      code: method("POST", "")(""),
    },
    {
      name: "TanStack Start: middleware of the function limits",
      filename: "src/server/contact.ts",
      files: { ...dependingOn("@tanstack/react-start"), ...HELPERS },
      code: `import { createMiddleware, createServerFn } from "@tanstack/react-start";
import { enter } from "@/lib/guard";
${MAIL}
const limit = createMiddleware().server(async ({ next }) => {
  await enter("x");
  return next();
});
export const contact = createServerFn({ method: "POST" }).middleware([limit]).handler(async () => {
  ${SEND}
});
`,
    },
    {
      name: "Lambda: middleware of middy limits",
      filename: "src/contact.ts",
      files: { ...dependingOn("@middy/core"), ...HELPERS },
      code: `import middy from "@middy/core";
import { enter } from "@/lib/guard";
${MAIL}
export const handler = middy(async () => {
  ${SEND}
  return { statusCode: 200 };
}).before(async () => { await enter("x"); });
`,
    },
    {
      name: "Lambda: what a queue calls",
      filename: "src/worker.ts",
      files: dependingOn("aws-lambda"),
      code: `import type { SQSHandler } from "aws-lambda";\n${MAIL}\nexport const handler: SQSHandler = async () => {\n  ${SEND}\n};\n`,
    },
    {
      name: "Netlify: on a schedule",
      filename: "netlify/functions/daily.ts",
      code: `${MAIL}\nexport default async () => {\n  ${SEND}\n};\nexport const config = { schedule: "@daily" };\n`,
    },
    {
      name: "Netlify: limited by its configuration",
      filename: "netlify/functions/contact.ts",
      code: `${MAIL}\nexport default async () => {\n  ${SEND}\n  return new Response();\n};\nexport const config = { path: "/contact", rateLimit: { windowLimit: 10, windowSize: 60, aggregateBy: ["ip"] } };\n`,
    },
    {
      name: "Vercel: middleware limits",
      filename: "api/contact.ts",
      files: { ...dependingOn("@vercel/node"), ...HELPERS, "middleware.ts": 'import { enter } from "./lib/guard";\nexport default async function middleware() {\n  await enter("x");\n}\n' },
      code: method("POST", "request: Request")(""),
    },
    {
      name: "a folder of that name that Vercel does not serve",
      filename: "api/contact.ts",
      files: dependingOn("left-pad"),
      code: method("POST", "request: Request")(""),
    },
  ],
  invalid: uncovered,
});

describe("what does not protect, and says why", () => {
  const importing = (text: string): string =>
    text.includes("require(") ? text.replace("const {", 'const { ratelimit } = require("@/lib/ratelimit");\nconst {') : text.replace("import", `${IMPORT}import`);
  const told = ({ filename, files }: Place, text: string): readonly string[] =>
    lintMessages("require-ratelimit", rule, { ...files, ...LIMITER, [filename.replace(/js$/u, "ts")]: importing(text) }, filename.replace(/js$/u, "ts"));

  it.each(PLACES)("$name: a limiter after the work", (place) => {
    expect(told(place, place.code("", '  await ratelimit.limit("x");\n'))).toEqual([expect.stringContaining("the limiter that it consults comes after that")]);
  });

  it.each(PLACES)("$name: a limiter in a branch that ends there", (place) => {
    expect(told(place, place.code(`  if (process.argv.length > 9) {\n    await ratelimit.limit("x");\n    throw new Error("limited");\n  }\n`))).toEqual([
      expect.stringContaining("its limiter is consulted only where `process.argv.length > 9`"),
    ]);
  });
});

import { depending, IMPORTS, lines, SEND, wrapped, wrappers, type Framework, type Way } from "./program.ts";

/** Functions that take a request's header from a `Request`. */
const ofRequest = (name: string): string => `request.headers.get("${name}")`;
const REFUSE = "return new Response(null, { status: 401 });";

/** A file of the framework that runs before all handlers, with one function that limits and one that does not. */
const before = (name: string, filename: string, code: (task: string) => string): readonly Way[] => [
  { name: `${name} limits`, verdict: "nobody", files: { [filename]: code("admit") } },
  { name: `${name} does not`, verdict: "anyone", files: { [filename]: code("greet") } },
];

const exported = (name: string, params: string, answer = "new Response()"): Framework["code"] => (parts) =>
  `${IMPORTS}${parts.imports ?? ""}export const ${name} = ${wrapped(parts, `async (${params}) => {\n${lines(parts)}\nreturn ${answer};\n}`)};\n`;

const TRPC = `import { initTRPC } from "@trpc/server";
import { admit, greet } from "../lib/doors";
const t = initTRPC.create();
export const router = t.router;
export const publicProcedure = t.procedure;
export const firstProcedure = t.procedure.use(async ({ next }) => {
  await admit("all");
  return next();
});
export const secondProcedure = t.procedure.use(async ({ next }) => {
  await greet("all");
  return next();
});
`;
const procedure = (name: string): string => `import { ${name}, router } from "./trpc";\n${IMPORTS}export const contact = router({\nsend: ${name}.mutation(async () => {\n${SEND}\n}),\n});\n`;

export const APPS: readonly Framework[] = [
  {
    name: "SvelteKit: an endpoint",
    filename: "src/routes/api/contact/+server.ts",
    files: depending("@sveltejs/kit"),
    code: exported("POST", "{ request }"),
    header: ofRequest,
    refuse: REFUSE,
    ways: [
      ...wrappers,
      ...before("hooks.server.ts", "src/hooks.server.ts", (task) => `import { ${task} } from "../lib/doors";\nexport const handle = async ({ event, resolve }) => {\nawait ${task}("all");\nreturn resolve(event);\n};\n`),
    ],
  },
  {
    name: "SvelteKit: a form action",
    filename: "src/routes/contact/+page.server.ts",
    files: depending("@sveltejs/kit"),
    code: (parts) => `import { fail } from "@sveltejs/kit";\n${IMPORTS}${parts.imports ?? ""}export const actions = {\ndefault: ${wrapped(parts, `async ({ request }) => {\n${lines(parts)}\nreturn { sent: true };\n}`)},\n};\n`,
    header: ofRequest,
    refuse: "return fail(401);",
    ways: wrappers,
  },
  {
    name: "Nuxt",
    filename: "server/api/contact.post.ts",
    files: depending("nuxt"),
    code: (parts) => `${IMPORTS}${parts.imports ?? ""}export default defineEventHandler(${wrapped(parts, `async (event) => {\n${lines(parts)}\nreturn event.path;\n}`)});\n`,
    header: (name) => `getHeader(event, "${name}")`,
    refuse: "throw createError({ statusCode: 401 });",
    ways: [
      ...wrappers,
      ...before("server/middleware", "server/middleware/first.ts", (task) => `import { ${task} } from "../../lib/doors";\nexport default defineEventHandler(async () => {\nawait ${task}("all");\n});\n`),
    ],
  },
  {
    name: "Remix",
    filename: "app/routes/api.contact.ts",
    files: depending("@remix-run/node"),
    code: exported("action", "{ request }", "null"),
    header: ofRequest,
    refuse: "throw new Response(null, { status: 401 });",
    ways: wrappers,
  },
  {
    name: "React Router",
    filename: "app/routes/api.contact.ts",
    files: depending("@react-router/node", "react-router"),
    code: exported("action", "{ request }", "null"),
    header: ofRequest,
    refuse: "throw new Response(null, { status: 401 });",
    ways: [
      ...wrappers,
      ...before("middleware of the root", "app/root.tsx", (task) => `import { ${task} } from "../lib/doors";\nexport const middleware = [async ({ request }, next) => {\nawait ${task}("all");\nreturn next();\n}];\n`),
    ],
  },
  {
    name: "Astro: an endpoint",
    filename: "src/pages/api/contact.ts",
    files: { ...depending("astro"), "astro.config.mjs": 'export default { output: "server" };\n' },
    code: exported("POST", "{ request }"),
    header: ofRequest,
    refuse: REFUSE,
    ways: [
      ...wrappers,
      ...before("onRequest", "src/middleware.ts", (task) => `import { defineMiddleware } from "astro:middleware";\nimport { ${task} } from "../lib/doors";\nexport const onRequest = defineMiddleware(async (context, next) => {\nawait ${task}("all");\nreturn next();\n});\n`),
    ],
  },
  {
    name: "Astro: an action",
    filename: "src/actions/index.ts",
    files: depending("astro"),
    code: (parts) => `import { defineAction } from "astro:actions";\n${IMPORTS}${parts.imports ?? ""}export const server = {\ncontact: defineAction({\nhandler: ${wrapped(parts, `async (input, context) => {\n${lines(parts)}\nreturn input;\n}`)},\n}),\n};\n`,
    header: (name) => `context.request.headers.get("${name}")`,
    refuse: 'throw new Error("refused");',
    ways: wrappers,
  },
  {
    name: "SolidStart: an API route",
    filename: "src/routes/api/contact.ts",
    files: depending("@solidjs/start"),
    code: exported("POST", "{ request }"),
    header: ofRequest,
    refuse: REFUSE,
    ways: [
      ...wrappers,
      ...before("onRequest", "src/middleware/index.ts", (task) => `import { createMiddleware } from "@solidjs/start/middleware";\nimport { ${task} } from "../../lib/doors";\nexport default createMiddleware({ onRequest: [async () => {\nawait ${task}("all");\n}] });\n`),
    ],
  },
  {
    name: "SolidStart: a server function",
    filename: "src/lib/contact.ts",
    files: depending("@solidjs/start"),
    code: (parts) => `"use server";\n${exported("contact", "to: string", "to")(parts)}`,
    refuse: 'throw new Error("refused");',
    ways: wrappers,
  },
  {
    name: "TanStack Start: a server function",
    filename: "src/server/contact.ts",
    files: depending("@tanstack/react-start"),
    code: (parts) => `import { createServerFn } from "@tanstack/react-start";\nimport { getRequestHeader } from "@tanstack/react-start/server";\n${IMPORTS}${parts.imports ?? ""}export const contact = createServerFn({ method: "POST" }).handler(${wrapped(parts, `async () => {\n${lines(parts)}\n}`)});\n`,
    header: (name) => `getRequestHeader("${name}")`,
    refuse: 'throw new Error("refused");',
    ways: [
      ...wrappers,
      ...(["admit", "greet"] as const).map((task): Way => ({
        name: `middleware: ${task}`,
        verdict: task === "admit" ? "nobody" : "anyone",
        code: `import { createMiddleware, createServerFn } from "@tanstack/react-start";\nimport { ${task} } from "@/lib/doors";\n${IMPORTS}const first = createMiddleware().server(async ({ next }) => {\nawait ${task}("all");\nreturn next();\n});\nexport const contact = createServerFn({ method: "POST" }).middleware([first]).handler(async () => {\n${SEND}\n});\n`,
      })),
    ],
  },
  {
    name: "TanStack Start: a server route",
    filename: "src/routes/api/contact.ts",
    files: depending("@tanstack/react-start"),
    code: (parts) => `import { createFileRoute } from "@tanstack/react-router";\n${IMPORTS}${parts.imports ?? ""}export const Route = createFileRoute("/api/contact")({\nserver: {\nhandlers: {\nPOST: ${wrapped(parts, `async ({ request }) => {\n${lines(parts)}\nreturn new Response();\n}`)},\n},\n},\n});\n`,
    header: ofRequest,
    refuse: REFUSE,
    ways: wrappers,
  },
  {
    name: "tRPC",
    filename: "server/contact.ts",
    files: { ...depending("@trpc/server", "next"), "server/trpc.ts": TRPC },
    code: (parts) => `import { publicProcedure, router } from "./trpc";\n${IMPORTS}${parts.imports ?? ""}export const contact = router({\nsend: publicProcedure.mutation(${wrapped(parts, `async ({ ctx }) => {\n${lines(parts)}\n}`)}),\n});\n`,
    header: (name) => `ctx.headers.get("${name}")`,
    refuse: 'throw new Error("refused");',
    ways: [
      ...wrappers,
      { name: "a procedure that limits", verdict: "nobody", code: procedure("firstProcedure") },
      { name: "a procedure that does not", verdict: "anyone", code: procedure("secondProcedure") },
    ],
  },
];

const LAMBDA = "return { statusCode: 401 };";

export const FUNCTIONS: readonly Framework[] = [
  {
    name: "Cloudflare Workers",
    filename: "src/index.ts",
    files: { ...depending(), "wrangler.toml": 'name = "app"\nmain = "src/index.ts"\n' },
    code: (parts) => `${IMPORTS}${parts.imports ?? ""}export default {\nfetch: ${wrapped(parts, `async (request, env) => {\n${lines(parts)}\nreturn new Response(request.url);\n}`)},\n};\n`,
    header: ofRequest,
    refuse: REFUSE,
    ways: wrappers,
  },
  {
    name: "Cloudflare Pages Functions",
    filename: "functions/api/contact.ts",
    files: { ...depending(), "wrangler.toml": 'name = "app"\npages_build_output_dir = "dist"\n' },
    code: exported("onRequestPost", "{ request, env }"),
    header: ofRequest,
    refuse: REFUSE,
    ways: [
      ...wrappers,
      ...before("_middleware.ts", "functions/_middleware.ts", (task) => `import { ${task} } from "../lib/doors";\nexport const onRequest = async ({ next }) => {\nawait ${task}("all");\nreturn next();\n};\n`),
    ],
  },
  {
    name: "Deno",
    filename: "main.ts",
    files: depending(),
    code: (parts) => `${IMPORTS}${parts.imports ?? ""}Deno.serve(${wrapped(parts, `async (request) => {\n${lines(parts)}\nreturn new Response(request.url);\n}`)});\n`,
    header: ofRequest,
    refuse: REFUSE,
    ways: wrappers,
  },
  {
    name: "Bun",
    filename: "index.ts",
    files: depending(),
    code: (parts) => `${IMPORTS}${parts.imports ?? ""}Bun.serve({\nfetch: ${wrapped(parts, `async (request) => {\n${lines(parts)}\nreturn new Response(request.url);\n}`)},\n});\n`,
    header: ofRequest,
    refuse: REFUSE,
    ways: wrappers,
  },
  {
    name: "Lambda",
    filename: "src/contact.ts",
    files: depending("@types/aws-lambda"),
    code: (parts) => `import type { APIGatewayProxyEventV2 } from "aws-lambda";\n${exported("handler", "event: APIGatewayProxyEventV2", "{ statusCode: 200, body: event.rawPath }")(parts)}`,
    header: (name) => `event.headers["${name}"]`,
    refuse: LAMBDA,
    ways: [
      ...wrappers,
      ...(["admit", "greet"] as const).map((task): Way => ({
        name: `middleware of middy: ${task}`,
        verdict: task === "admit" ? "nobody" : "anyone",
        code: `import middy from "@middy/core";\nimport { ${task} } from "@/lib/doors";\n${IMPORTS}export const handler = middy(async () => {\n${SEND}\nreturn { statusCode: 200 };\n}).before(async () => {\nawait ${task}("all");\n});\n`,
      })),
    ],
  },
  {
    name: "Vercel Functions",
    filename: "api/contact.ts",
    files: { ...depending("@vercel/node"), "vercel.json": "{}\n" },
    code: exported("POST", "request: Request"),
    header: ofRequest,
    refuse: REFUSE,
    ways: [...wrappers, ...before("middleware.ts", "middleware.ts", (task) => `import { ${task} } from "./lib/doors";\nexport default async function middleware() {\nawait ${task}("all");\n}\n`)],
  },
  {
    name: "Netlify Functions",
    filename: "netlify/functions/contact.ts",
    files: depending("@netlify/functions"),
    code: (parts) => `${IMPORTS}${parts.imports ?? ""}export default ${wrapped(parts, `async (request: Request) => {\n${lines(parts)}\nreturn new Response(request.url);\n}`)};\n`,
    header: ofRequest,
    refuse: REFUSE,
    ways: wrappers,
  },
  {
    name: "Expo",
    filename: "app/api/contact+api.ts",
    files: depending("expo-router"),
    code: exported("POST", "request: Request"),
    header: ofRequest,
    refuse: REFUSE,
    ways: wrappers,
  },
];

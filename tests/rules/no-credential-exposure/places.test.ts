import { ALL, asBoolean, asText, check, error, NAME, REDIS, TOKEN, told, type Invalid, type Valid } from "./shared.ts";

const ROUTE = "app/api/config/route.ts";
const UNTYPED = { typecheck: false, reason: "the package is not installed" } as const;
const NEXT = 'import { NextResponse } from "next/server";\n';
const CONFIG = { "lib/config.ts": `export const config = { token: ${TOKEN}! };\n` };
const WIDGETS = {
  "components/widget.tsx": '"use client";\nexport function Widget(props: { token?: string; on?: boolean }) {\n  return <p>{String(props.on)}</p>;\n}\n',
  "components/card.tsx": "export function Card(props: { token?: string }) {\n  return <p>{props.token?.length}</p>;\n}\n",
};
const PAGE = "app/page.tsx";
const HEADERS = `{ headers: { Authorization: \`Bearer \${${TOKEN}}\` } }`;

const valid: readonly Valid[] = [
  { name: "a response that says whether it is set", code: `export const GET = () => Response.json({ redis: Boolean(${TOKEN}), qstash: !!process.env.QSTASH_TOKEN });\n`, filename: ROUTE },
  { name: "a response with data", code: `${REDIS}const redis = new Redis({ url: "https://eu1-example.upstash.io", token: ${TOKEN}! });\nexport const GET = async () => Response.json(await redis.get("a"));\n`, filename: ROUTE },
  { name: "a request to Upstash", code: `export const load = () => fetch("https://eu1-example.upstash.io/get/a", ${HEADERS});\n` },
  { name: "a request to the address in a variable", code: `export const load = () => fetch(\`\${process.env.UPSTASH_REDIS_REST_URL}/get/a\`, ${HEADERS});\n` },
  { name: "a request to a constant address of Upstash", code: `const base = "https://qstash.upstash.io";\nexport const load = () => fetch(\`\${base}/v2/topics\`, ${HEADERS});\n` },
  { name: "a request to Vercel's name for Upstash", code: `export const load = () => fetch("https://able-1.kv.vercel-storage.com/get/a", ${HEADERS});\n` },
  { name: "a request to a local server", code: `export const load = () => fetch("http://localhost:8079/get/a", ${HEADERS});\n` },
  { name: "a request in a container's network", code: `export const load = () => fetch("http://serverless-redis-http:80/get/a", ${HEADERS});\n` },
  { name: "a request to a host that is not known", code: `export const load = (host: string) => fetch(\`https://\${host}/get/a\`, ${HEADERS});\n` },
  { name: "a comparison with a header", code: `export const POST = (request: Request) => Response.json({ ok: request.headers.get("authorization") === \`Bearer \${process.env.QSTASH_TOKEN}\` });\n`, filename: ROUTE },
  { name: "a server action that says whether it is set", code: `"use server";\nexport async function check() {\n  return { ok: Boolean(${TOKEN}) };\n}\n`, filename: "app/actions.ts" },
  { name: "a helper of a server action's module", code: `"use server";\nconst token = () => ${TOKEN};\nexport async function check() {\n  return token() === undefined;\n}\n`, filename: "app/actions.ts" },
  { name: "a function that is no loader", code: `export function settings() {\n  return { token: ${TOKEN} };\n}\n`, filename: "lib/settings.ts" },
  { name: "a function called loader, where no framework knows it", code: `export function loader() {\n  return { token: ${TOKEN} };\n}\n`, filename: "lib/loader.ts" },
  { name: "the log of a page, which browsers run: no-client-credentials", code: `export const getServerSideProps = () => ({ props: {} });\nexport default function Page() {\n  console.log(${TOKEN});\n  return <p />;\n}\n`, filename: "pages/index.tsx" },
  { name: "a client component: no-client-credentials", code: `"use client";\nexport const load = () => console.log(${TOKEN});\n`, filename: "components/log.tsx" },
  { name: "getServerSideProps without it", code: `export async function getServerSideProps() {\n  return { props: { ready: Boolean(${TOKEN}) } };\n}\n`, filename: "pages/index.tsx" },
  { name: "a prop of a server component", code: `import { Card } from "@/components/card";\nexport default function Page() {\n  return <Card token={${TOKEN}} />;\n}\n`, filename: PAGE, files: WIDGETS },
  { name: "a yes or no as a prop of a client component", code: `import { Widget } from "@/components/widget";\nexport default function Page() {\n  return <Widget on={Boolean(${TOKEN})} />;\n}\n`, filename: PAGE, files: WIDGETS },
  { name: "a read-only token for a client component, as Upstash documents it", code: 'import { Widget } from "@/components/widget";\nexport default function Page() {\n  return <Widget token={process.env.UPSTASH_REDIS_REST_READONLY_TOKEN} />;\n}\n', filename: PAGE, files: WIDGETS },
  { name: "words about it on a page", code: `export default function Page() {\n  return <code>{"${NAME}=…"}</code>;\n}\n`, filename: PAGE },
  { name: "a condition on a page", code: `export default function Page() {\n  return <p>{${TOKEN} ? "ready" : "not set up"}</p>;\n}\n`, filename: PAGE },
  { name: "another thing in the store", code: `${REDIS}const redis = Redis.fromEnv();\nawait redis.set("ready", Boolean(${TOKEN}));\n` },
  { name: "a map that stays in memory", code: `const known = new Map<string, string>();\nknown.set("token", ${TOKEN}!);\n` },
  { name: "a script that hands the token to where the app reads it", code: `await fetch("https://api.vercel.com/v10/projects/a/env", { method: "POST", body: JSON.stringify({ key: "${NAME}", value: ${TOKEN} }) });\n`, filename: "scripts/env.ts" },
  { name: "a script that writes a file", code: `import { writeFileSync } from "node:fs";\nwriteFileSync(".env.local", \`${NAME}=\${${TOKEN}}\`);\n`, filename: "scripts/env.ts" },
  { name: "a method called json of something else", code: `const form = { json: (data: object) => Object.keys(data) };\nform.json({ token: ${TOKEN} });\n` },
  { name: "Hono's context without it", code: 'import { Hono } from "hono";\nnew Hono<{ Bindings: { QSTASH_TOKEN: string } }>().get("/", (c) => c.json({ ok: c.env.QSTASH_TOKEN !== "" }));\n' },
];

const TWO = `${NEXT}export function GET() {\n  const response = NextResponse.json({ token: ${TOKEN} });\n  response.cookies.set("q", process.env.QSTASH_TOKEN!);\n  return response;\n}\n`;
const MARKUP = `export default function Page() {\n  return (\n    <main data-token={${TOKEN}}>\n      {process.env.QSTASH_TOKEN}\n    </main>\n  );\n}\n`;
const q = { what: "`QSTASH_TOKEN`" } as const;
const QSTASH = "process.env.QSTASH_TOKEN";

const response = (name: string, code: string, expected: Parameters<typeof told>[3], more: Parameters<typeof told>[4] = {}): Invalid => told(name, "response", code, expected, { filename: ROUTE, ...more });
const browser = (name: string, filename: string, code: string, expected: Parameters<typeof told>[3], more: Parameters<typeof told>[4] = {}): Invalid => told(name, "browser", code, expected, { filename, ...more });

const invalid: readonly Invalid[] = [
  response("Response.json()", `export const GET = () => Response.json({ ok: true, token: ${TOKEN} });\n`, { at: TOKEN, presence: asBoolean(TOKEN), remove: [`, token: ${TOKEN}`, ""] }),
  response("new Response()", `export const GET = () => new Response(${TOKEN});\n`, { at: TOKEN, presence: asText(TOKEN) }),
  response("a header", `export const GET = () => new Response("ok", { headers: { "x-token": ${TOKEN}! } });\n`, { at: TOKEN, presence: [`${TOKEN}!`, `String(Boolean(${TOKEN}))`], remove: [` "x-token": ${TOKEN}!`, ""] }),
  response("a redirect", `import { redirect } from "next/navigation";\nexport function GET() {\n  redirect(\`https://example.com/?token=\${${TOKEN}}\`);\n}\n`, { at: TOKEN, presence: asBoolean(TOKEN) }),
  response("a cookie", `import { cookies } from "next/headers";\nexport async function GET() {\n  (await cookies()).set("token", ${TOKEN}!);\n  return new Response();\n}\n`, { at: TOKEN, presence: [`${TOKEN}!`, `String(Boolean(${TOKEN}))`] }),
  {
    name: "NextResponse.json(), and a cookie of it",
    code: TWO,
    filename: ROUTE,
    errors: [
      error("response", TWO, { at: TOKEN, presence: asBoolean(TOKEN), remove: [` token: ${TOKEN}`, ""] }),
      error("response", TWO, { at: QSTASH, ...q, presence: [`${QSTASH}!`, `String(Boolean(${QSTASH}))`] }),
    ],
  },
  response("the environment", "export const GET = () => Response.json(process.env);\n", { at: "process.env", what: "The whole environment", power: ALL, names: ["process.env", "Object.keys(process.env)"] }, {
    files: { "package.json": JSON.stringify({ name: "app", dependencies: { "@upstash/redis": "^1.0.0", next: "^16.0.0" } }) },
  }),
  response("a configuration of another file", `${NEXT}import { config } from "@/lib/config";\nexport const GET = () => NextResponse.json(config);\n`, {
    at: "json(«config»)",
    what: `\`config\` holds \`${NAME}\`, read in \`lib/config.ts\`, and`,
    remove: ["json(config)", "json(undefined)"],
  }, { files: CONFIG }),
  response("a pages API route", 'import type { NextApiRequest, NextApiResponse } from "next";\nexport default function handler(req: NextApiRequest, res: NextApiResponse) {\n  res.status(200).json({ token: process.env.QSTASH_TOKEN });\n}\n', { at: QSTASH, ...q, presence: asBoolean(QSTASH), remove: [` token: ${QSTASH}`, ""] }, { filename: "pages/api/config.ts" }),
  response("a pages API route without types", "export default function handler(req, res) {\n  res.setHeader(\"x-token\", process.env.QSTASH_TOKEN);\n  res.end();\n}\n", { at: QSTASH, ...q, presence: asText(QSTASH) }, { filename: "pages/api/config.ts", typecheck: false, reason: "parameters without types" }),
  response("Express", 'import express from "express";\nconst app = express();\napp.get("/config", (req, res) => {\n  res.send(process.env.QSTASH_TOKEN);\n});\n', { at: QSTASH, ...q, presence: asBoolean(QSTASH) }, { filename: "src/server.ts" }),
  response("Express, a handler of errors", 'import express from "express";\nconst app = express();\napp.use((err: Error, req: express.Request, res: express.Response, next: express.NextFunction) => {\n  res.status(500).json({ name: err.name, token: process.env.QSTASH_TOKEN });\n});\n', { at: QSTASH, ...q, presence: asBoolean(QSTASH), remove: [`, token: ${QSTASH}`, ""] }, { filename: "src/server.ts" }),
  response("a controller that a router of another file imports", "export const show = (req, res) => res.cookie(\"token\", process.env.QSTASH_TOKEN);\n", { at: QSTASH, ...q, presence: asText(QSTASH) }, { filename: "src/controllers/show.ts", typecheck: false, reason: "parameters without types" }),
  response("Hono, from its bindings", 'import { Hono } from "hono";\nnew Hono<{ Bindings: { QSTASH_TOKEN: string } }>().get("/", (c) => c.json({ token: c.env.QSTASH_TOKEN }));\n', { at: "c.env.QSTASH_TOKEN", ...q, presence: asBoolean("c.env.QSTASH_TOKEN"), remove: [" token: c.env.QSTASH_TOKEN", ""] }, { filename: "src/app.ts" }),
  response("a worker", "export default {\n  fetch: (request: Request, env: { QSTASH_TOKEN: string }) => new Response(`token ${env.QSTASH_TOKEN}`),\n};\n", { at: "env.QSTASH_TOKEN", ...q, presence: asBoolean("env.QSTASH_TOKEN") }, { filename: "src/worker.ts" }),
  response("SvelteKit's json()", `import { json } from "@sveltejs/kit";\nimport { QSTASH_TOKEN } from "$env/static/private";\nexport const GET = () => json({ token: QSTASH_TOKEN });\n`, { at: "token: «QSTASH_TOKEN»", ...q, presence: ["token: QSTASH_TOKEN", "token: Boolean(QSTASH_TOKEN)"], remove: [" token: QSTASH_TOKEN", ""] }, { filename: "src/routes/+server.ts", ...UNTYPED }),
  response("h3's cookies", 'import { defineEventHandler, setCookie } from "h3";\nexport default defineEventHandler((event) => {\n  setCookie(event, "token", process.env.QSTASH_TOKEN);\n});\n', { at: QSTASH, ...q, presence: asText(QSTASH) }, { filename: "server/api/config.ts", ...UNTYPED }),

  browser("a server action", "app/actions.ts", `"use server";\nexport async function token() {\n  return ${TOKEN};\n}\n`, { at: `return «${TOKEN}»`, target: "the result of a server action", presence: [`return ${TOKEN}`, `return Boolean(${TOKEN})`] }),
  browser("a server action in a component", PAGE, `export default function Page() {\n  async function load() {\n    "use server";\n    return { token: ${TOKEN} };\n  }\n  return <form action={async () => { "use server"; await load(); }} />;\n}\n`, { at: TOKEN, target: "the result of a server action", presence: asBoolean(TOKEN), remove: [` token: ${TOKEN}`, ""] }),
  browser("getServerSideProps", "pages/index.tsx", `export async function getServerSideProps() {\n  return { props: { token: ${TOKEN} ?? null } };\n}\n`, { at: TOKEN, target: "props of a page", presence: [`${TOKEN} ?? null`, `Boolean(${TOKEN})`], remove: [` token: ${TOKEN} ?? null`, ""] }),
  browser("getServerSideProps, beside the page", "pages/index.tsx", `export async function getServerSideProps() {\n  return { props: { token: ${TOKEN} } };\n}\nexport default function Page({ token }: { token: string }) {\n  return <p>{token}</p>;\n}\n`, { at: TOKEN, target: "props of a page", presence: asBoolean(TOKEN), remove: [`token: ${TOKEN} `, ""] }),
  browser("getStaticProps, an arrow", "src/pages/index.tsx", `export const getStaticProps = () => ({ props: { token: ${TOKEN} } });\n`, { at: TOKEN, target: "props of a page", presence: asBoolean(TOKEN), remove: [` token: ${TOKEN}`, ""] }),
  browser("a loader of React Router", "app/routes/home.tsx", `import { redirect } from "react-router";\nexport async function loader() {\n  if (Date.now() < 0) return redirect("/");\n  return { token: ${TOKEN} };\n}\n`, { at: TOKEN, target: "the result of a loader or action", presence: asBoolean(TOKEN), remove: [` token: ${TOKEN}`, ""] }, UNTYPED),
  browser("SvelteKit's load()", "src/routes/+page.server.ts", `import { QSTASH_TOKEN } from "$env/static/private";\nexport const load = async () => ({ token: QSTASH_TOKEN });\n`, { at: "token: «QSTASH_TOKEN»", ...q, target: "data of a page", presence: ["token: QSTASH_TOKEN", "token: Boolean(QSTASH_TOKEN)"], remove: [" token: QSTASH_TOKEN", ""] }, { files: { "package.json": JSON.stringify({ dependencies: { "@sveltejs/kit": "^2.0.0" } }) }, ...UNTYPED }),
  browser("an event handler of Nuxt", "server/api/config.ts", 'export default defineEventHandler(() => ({ token: useRuntimeConfig().qstashToken }));\n', { at: "useRuntimeConfig().qstashToken", what: "`useRuntimeConfig().qstashToken` holds `NUXT_QSTASH_TOKEN`, and", target: "the result of an event handler", presence: asBoolean("useRuntimeConfig().qstashToken"), remove: [" token: useRuntimeConfig().qstashToken", ""] }, { files: { "package.json": JSON.stringify({ dependencies: { "@upstash/redis": "1", nuxt: "4" } }) }, ...UNTYPED }),
  browser("a tRPC procedure", "server/router.ts", `import { initTRPC } from "@trpc/server";\nconst t = initTRPC.create();\nexport const router = t.router({ token: t.procedure.query(() => ${TOKEN}) });\n`, { at: TOKEN, target: "the result of a tRPC procedure", presence: asBoolean(TOKEN) }, UNTYPED),
  browser("a server function of TanStack Start", "src/config.ts", `import { createServerFn } from "@tanstack/react-start";\nexport const config = createServerFn({ method: "GET" }).handler(async () => ({ token: ${TOKEN} }));\n`, { at: TOKEN, target: "the result of a server function", presence: asBoolean(TOKEN), remove: [` token: ${TOKEN}`, ""] }, UNTYPED),
  browser("an action of Astro", "src/actions/index.ts", `import { defineAction } from "astro:actions";\nexport const server = { config: defineAction({ handler: async () => ({ token: ${TOKEN} }) }) };\n`, { at: TOKEN, target: "the result of an action", presence: asBoolean(TOKEN), remove: [` token: ${TOKEN}`, ""] }, UNTYPED),
  browser("a handler of Elysia", "src/index.ts", `import { Elysia } from "elysia";\nnew Elysia().get("/config", () => ${TOKEN});\n`, { at: TOKEN, target: "the result of a handler", presence: asBoolean(TOKEN) }, UNTYPED),
  browser("a prop of a client component", PAGE, `import { Widget } from "@/components/widget";\nexport default function Page() {\n  return <Widget token={${TOKEN}} on />;\n}\n`, { at: TOKEN, target: "a prop of the client component `Widget`", presence: asText(TOKEN), remove: [` token={${TOKEN}}`, ""] }, { files: WIDGETS }),
  browser("a configuration spread over a client component", PAGE, 'import { Widget } from "@/components/widget";\nimport { config } from "@/lib/config";\nexport default function Page() {\n  return <Widget {...config} />;\n}\n', { at: "...«config»", what: `\`config\` holds \`${NAME}\`, read in \`lib/config.ts\`, and`, target: "a prop of the client component `Widget`", remove: [" {...config}", ""] }, { files: { ...WIDGETS, ...CONFIG } }),
  {
    name: "attributes and text of a page",
    code: MARKUP,
    filename: PAGE,
    errors: [
      error("browser", MARKUP, { at: TOKEN, target: "markup", presence: asText(TOKEN), remove: [` data-token={${TOKEN}}`, ""] }),
      error("browser", MARKUP, { at: QSTASH, ...q, target: "markup", presence: asText(QSTASH), remove: [`{${QSTASH}}`, ""] }),
    ],
  },
  browser("the environment in a script of the page", "app/layout.tsx", "export default function Layout() {\n  return <script dangerouslySetInnerHTML={{ __html: `window.ENV = ${JSON.stringify(process.env)}` }} />;\n}\n", { at: "process.env", what: "The whole environment", power: ALL, target: "markup", remove: ["${JSON.stringify(process.env)}", '${""}'] }, { files: { "package.json": JSON.stringify({ dependencies: { "@upstash/redis": "1" } }) }}),

  told("another host", "request", `export const load = () => fetch("https://api.example.com/get/a", ${HEADERS});\n`, { at: TOKEN, target: "api.example.com", presence: asBoolean(TOKEN) }),
  told("in the address of another host", "request", `const base = "https://hooks.example.com";\nexport const load = () => fetch(\`\${base}/?token=\${${TOKEN}}\`);\n`, { at: TOKEN, target: "hooks.example.com", presence: asBoolean(TOKEN) }),
  told("in the body for another host", "request", `export const load = () => fetch(new URL("https://api.example.com/log"), { method: "POST", body: JSON.stringify({ token: ${TOKEN} }) });\n`, { at: TOKEN, target: "api.example.com", presence: [`: ${TOKEN} })`, `: String(Boolean(${TOKEN})) })`], remove: [` token: ${TOKEN}`, ""] }),
  told("axios", "request", `import axios from "axios";\nexport const load = () => axios.post("https://api.example.com/log", { token: ${TOKEN} });\n`, { at: TOKEN, target: "api.example.com", presence: asText(TOKEN), remove: [` token: ${TOKEN}`, ""] }, UNTYPED),
  told("mail", "service", `import { Resend } from "resend";\nconst resend = new Resend("key");\nawait resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Token", text: \`\${${TOKEN}}\` });\n`, { at: TOKEN, target: "a call that sends mail through Resend", presence: asBoolean(TOKEN) }, UNTYPED),
  told("Redis", "store", `${REDIS}const redis = Redis.fromEnv();\nawait redis.set("token", ${TOKEN});\n`, { at: TOKEN, target: "by `set`", presence: asText(TOKEN) }),
  told("a hash in Redis", "store", `${REDIS}const redis = Redis.fromEnv();\nawait redis.hset("tokens", { qstash: ${QSTASH}, port: 1 });\n`, { at: QSTASH, ...q, target: "by `hset`", presence: asText(QSTASH), remove: [` qstash: ${QSTASH},`, ""] }),
  told("a file", "store", `import { writeFileSync } from "node:fs";\nwriteFileSync("public/config.json", JSON.stringify({ token: ${TOKEN} }));\n`, { at: TOKEN, target: "in a file", presence: asText(TOKEN), remove: [` token: ${TOKEN}`, ""] }),
  told("the browser's storage", "store", `localStorage.setItem("token", ${TOKEN}!);\n`, { at: TOKEN, target: "in the browser's storage", presence: [`${TOKEN}!`, `String(Boolean(${TOKEN}))`] }),
];

check({ valid, invalid });

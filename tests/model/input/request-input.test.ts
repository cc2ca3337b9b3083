import { describe, expect, it } from "vitest";
import { inputTitle, requestInputs, untrustedInput } from "../../../src/model/input/request-input.ts";
import type { ProjectFiles } from "../../helpers/project.ts";
import { syntaxMatrix } from "../../helpers/syntax-matrix.ts";
import { probed } from "../probe.ts";

const ROUTE = "app/api/send/route.ts";

/** What `probe(…)` holds of a request, said in words; with `~` where it is only a part of it. */
function inputs(code: string, filename = ROUTE, files: ProjectFiles = {}): readonly string[] {
  return probed(code, (file, located) => requestInputs(file, located).map((input) => `${input.whole ? "" : "~"}${inputTitle(input)}`), files, filename);
}

/** What nothing has constrained by then. */
function untrusted(code: string, filename = ROUTE, files: ProjectFiles = {}): string | undefined {
  return probed(
    code,
    (file, located) => {
      const node = file.callNodes.find(({ callee }) => callee.type === "Identifier" && callee.name === "probe");
      const call = node && file.evaluator.value(node);
      const input = call?.kind === "call" ? untrustedInput(file, located, { value: call, place: file.place }) : undefined;
      return { title: input && inputTitle(input) };
    },
    files,
    filename,
  ).title;
}

const post = (body: string): string => `export async function POST(request: Request) {\n${body}\n}\n`;
const BODY_URL = "`url` of the request's body";
const QUERY_URL = "the query parameter `url`";

describe("an input in every form", () => {
  const forms = syntaxMatrix.value("body.url", (setup, expr) => post(`const body = await request.json();\n${setup}\nprobe(${expr});`));
  it.each(forms)("$name", ({ code, files }) => {
    expect(inputs(code, ROUTE, files).join()).toContain(BODY_URL);
  });
});

describe("requests of each framework", () => {
  const hono = (expr: string): string => `import { Hono } from "hono";\nconst app = new Hono();\napp.post("/a/:id", async (c) => { probe(${expr}); return c.text(""); });`;
  const express = (expr: string): string => `import express from "express";\nconst app = express();\napp.post("/a/:id", async (req, res) => { probe(${expr}); });`;
  const typed = (type: string, expr: string): string => `${type}\nexport async function handle(given: Given) { probe(${expr}); }`;
  it.each<[name: string, code: string, expected: readonly string[], filename?: string]>([
    ["JSON of a route handler", post("probe((await request.json()).url);"), [BODY_URL]],
    ["the whole body", post("const body = await request.json(); probe(body);"), ["the request's body"]],
    ["destructuring", post("const { user: { url } } = await request.json(); probe(url);"), ["`user.url` of the request's body"]],
    ["text read as JSON", post("const { url } = JSON.parse(await request.text()); probe(url);"), [BODY_URL]],
    ["a clone", post("const { url } = await request.clone().json(); probe(url);"), [BODY_URL]],
    ["then", post("await request.json().then(({ url }) => { probe(url); });"), [BODY_URL]],
    ["a form", post('const form = await request.formData(); probe(form.get("url"));'), [BODY_URL]],
    ["String() of a form's field", post('probe(String((await request.formData()).get("url")));'), [BODY_URL]],
    ["a cast", post("const { url } = (await request.json()) as { url: string }; probe(url as `https://${string}`);"), [BODY_URL]],
    ["the query of a web address", post('const { searchParams } = new URL(request.url); probe(searchParams.get("url"));'), [QUERY_URL]],
    ["nextUrl", 'export function GET(request) { probe(request.nextUrl.searchParams.get("url")); }', [QUERY_URL]],
    ["the path of a web address", post("probe(new URL(request.url).pathname);"), ["the request's path"]],
    ["a header", post('probe(request.headers.get("X-Forwarded-For"));'), ["the header `x-forwarded-for`"]],
    ["all headers", post("probe({ ...request.headers });"), ["~the request's headers"]],
    ["a cookie", 'export function GET(request) { probe(request.cookies.get("id")?.value); }', ["the cookie `id`"]],
    ["the host", post("probe(new URL(request.url).origin);"), ["the header `host`"]],
    ["parameters of the route", "export async function GET(request, { params }) { const { id } = await params; probe(id); }", ["the route parameter `id`"]],
    ["headers()", 'import { headers } from "next/headers";\nexport async function GET() { probe((await headers()).get("host")); }', ["the header `host`"]],
    ["cookies()", 'import { cookies } from "next/headers";\nexport async function GET() { const jar = await cookies(); probe(jar.get("id")?.value); }', ["the cookie `id`"]],
    ["a server action's argument", '"use server";\nexport async function save(url: string) { probe(url); }', [BODY_URL], "app/actions.ts"],
    ["a server action's form", '"use server";\nexport async function save(form: FormData) { probe(form.get("url")); }', ["`form.url` of the request's body"], "app/actions.ts"],
    ["a page's search", "export default async function Page({ searchParams }) { const { url } = await searchParams; probe(url); }", [QUERY_URL], "app/a/page.tsx"],
    ["a page's parameters", "export default async function Page(props) { const params = await props.params; probe(params.slug); }", ["the route parameter `slug`"], "app/a/[slug]/page.tsx"],
    ["metadata of a page", "export async function generateMetadata({ params }) { probe((await params).slug); }", ["the route parameter `slug`"], "app/a/[slug]/page.tsx"],
    ["a middleware", "export function middleware(request) { probe(request.headers.get('a')); }", ["the header `a`"], "middleware.ts"],
    ["a pages API route", "export default function handler(req, res) { probe(req.query.url); }", [QUERY_URL], "pages/api/a.ts"],
    ["the body of one", "export default function handler(req, res) { const { url } = req.body; probe(url); }", [BODY_URL], "pages/api/a.ts"],
    ["getServerSideProps", "export async function getServerSideProps({ params }) { probe(params.slug); }", ["the route parameter `slug`"], "pages/[slug].tsx"],
    ["Hono: JSON", hono("(await c.req.json()).url"), [BODY_URL], "server.ts"],
    ["Hono: query", hono('c.req.query("url")'), [QUERY_URL], "server.ts"],
    ["Hono: parameter", hono('c.req.param("id")'), ["the route parameter `id`"], "server.ts"],
    ["Hono: header", hono('c.req.header("X-Id")'), ["the header `x-id`"], "server.ts"],
    ["Hono: cookie", `import { getCookie } from "hono/cookie";\n${hono('getCookie(c, "id")')}`, ["the cookie `id`"], "server.ts"],
    ["Express: query", express("req.query.url"), [QUERY_URL], "server.ts"],
    ["Express: parameter", express("req.params.id"), ["the route parameter `id`"], "server.ts"],
    ["Express: header", express('req.get("X-Id")'), ["the header `x-id`"], "server.ts"],
    ["a typed web request", typed("type Given = Request;", "(await given.json()).url"), [BODY_URL], "lib/a.ts"],
    ["a typed Next.js request", typed('import type { NextRequest as Given } from "next/server";', 'given.nextUrl.searchParams.get("url")'), [QUERY_URL], "lib/a.ts"],
    ["Fastify", typed('import type { FastifyRequest as Given } from "fastify";', "given.body.url"), [BODY_URL], "lib/a.ts"],
    ["Koa", typed('import type { Context as Given } from "koa";', "given.request.body.url"), [BODY_URL], "lib/a.ts"],
    ["AWS Lambda", typed('import type { APIGatewayProxyEvent as Given } from "aws-lambda";', "JSON.parse(given.body).url"), [BODY_URL], "lib/a.ts"],
    ["SvelteKit", 'import type { RequestHandler } from "./$types";\nexport const POST: RequestHandler = async ({ request, params }) => { probe(params.id); };', ["the route parameter `id`"], "src/routes/a/+server.ts"],
    ["Astro", 'import type { APIRoute } from "astro";\nexport const POST: APIRoute = async ({ request }) => { const { url } = await request.json(); probe(url); };', [BODY_URL], "src/pages/a.ts"],
    ["Remix", 'import type { ActionFunctionArgs } from "@remix-run/node";\nexport async function action({ request }: ActionFunctionArgs) { const form = await request.formData(); probe(form.get("url")); }', [BODY_URL], "app/routes/a.tsx"],
    ["h3", 'import { defineEventHandler, readBody } from "h3";\nexport default defineEventHandler(async (event) => { const { url } = await readBody(event); probe(url); });', [BODY_URL], "server/api/a.ts"],
    ["h3: auto-imported", "export default defineEventHandler((event) => { probe(getQuery(event).url); });", [QUERY_URL], "server/api/a.ts"],
    ["h3: a parameter", 'import { getRouterParam } from "h3";\nexport const f = (event) => { probe(getRouterParam(event, "id")); };', ["the route parameter `id`"], "server/api/a.ts"],
    ["h3: an address that a header may say", 'import { getRequestIP } from "h3";\nexport const f = (event) => { probe(getRequestIP(event, { xForwardedFor: true })); };', ["the header `x-forwarded-for`"], "server/api/a.ts"],
    ["h3: the address of the connection", 'import { getRequestIP } from "h3";\nexport const f = (event) => { probe(getRequestIP(event)); };', [], "server/api/a.ts"],
    ["Deno", "Deno.serve(async (req) => { probe((await req.json()).url); });", [BODY_URL], "main.ts"],
  ])("%s", (_name, code, expected, filename) => {
    expect(inputs(code, filename ?? ROUTE)).toEqual(expected);
  });
});

describe("on its way", () => {
  it.each<[name: string, body: string, expected: readonly string[]]>([
    ["a template", "const { url } = await request.json(); probe(`https://${url}/`);", [`~${BODY_URL}`]],
    ["a concatenation", 'const { url } = await request.json(); probe("a" + url);', [`~${BODY_URL}`]],
    ["methods of texts", "const { url } = await request.json(); probe(url.trim().toLowerCase());", [BODY_URL]],
    ["a part of a text", 'const { url } = await request.json(); probe(url.split("/")[0]);', [`~${BODY_URL}`]],
    ["an object's member", "const { url } = await request.json(); const message = { url }; probe(message.url);", [BODY_URL]],
    ["a spread", "const body = await request.json(); const message = { a: 1, ...body }; probe(message.url);", [BODY_URL]],
    ["a list that is joined", 'const { a, b } = await request.json(); probe([a, b].join("/"));', ["~`a` of the request's body", "~`b` of the request's body"]],
    ["a loop", "const { urls } = await request.json(); for (const url of urls) probe(url);", ["`urls` of the request's body"]],
    ["a callback", "const { urls } = await request.json(); urls.map((url) => probe(url));", ["`urls` of the request's body"]],
    ["a fallback", 'const { url } = await request.json(); probe(url ?? "https://a.example");', [BODY_URL]],
    ["a computed key", 'const key = "url"; const body = await request.json(); probe(body[key]);', [BODY_URL]],
    ["JSON of it", "const { url } = await request.json(); probe(JSON.stringify({ url }));", [`~${BODY_URL}`]],
    ["an address", "const { url } = await request.json(); probe(new URL(url).href);", [`~${BODY_URL}`]],
    ["what a helper of the file reads", "const read = async () => (await request.json()).url; probe(await read());", [BODY_URL]],
  ])("%s", (_name, body, expected) => {
    expect(inputs(post(body))).toEqual(expected);
  });

  it("comes from a helper in another file", () => {
    const files = { "lib/read.ts": "export async function read(request: Request) { const { url } = await request.json(); return { target: url }; }" };
    expect(inputs(`import { read } from "@/lib/read";\n${post("const { target } = await read(request); probe(target);")}`, ROUTE, files)).toEqual([BODY_URL]);
  });

  it("goes through a helper in another file", () => {
    const files = { "lib/join.ts": "export const join = (host: string, path: string) => `${host}/${path}`;" };
    expect(inputs(`import { join } from "@/lib/join";\n${post('const { url } = await request.json(); probe(join(url, "a"));')}`, ROUTE, files)).toEqual([`~${BODY_URL}`]);
  });
});

describe("is not from a request, or no free choice", () => {
  it.each([
    ["a constant", 'probe("a");'],
    ["the environment", "probe(process.env.URL);"],
    ["the length", "const { url } = await request.json(); probe(url.length);"],
    ["a comparison", 'const { url } = await request.json(); probe(url === "a");'],
    ["a number", "const { id } = await request.json(); probe(Number(id));"],
    ["parseInt", "const { id } = await request.json(); probe(parseInt(id, 10));"],
    ["a unary plus", "const { id } = await request.json(); probe(+id);"],
    ["encodeURIComponent", "const { id } = await request.json(); probe(`/a/${encodeURIComponent(id)}`);"],
    ["a hash", 'const { id } = await request.json(); probe(createHash("sha256").update(id).digest("hex"));'],
    ["a look-up", 'const TABLE = { a: "https://a.example", b: "https://b.example" }; const { id } = await request.json(); probe(TABLE[id]);'],
    ["a map's look-up", 'const TABLE = new Map([["a", "https://a.example"]]); const { id } = await request.json(); probe(TABLE.get(id));'],
    ["a ternary", 'const { id } = await request.json(); probe(id ? "a" : "b");'],
    ["an allow-list in a ternary", 'const { id } = await request.json(); probe(["a", "b"].includes(id) ? id : "a");'],
    ["an allow-list with &&", 'const { id } = await request.json(); probe(["a", "b"].includes(id) && id);'],
    ["the element that was found", 'const { id } = await request.json(); probe(["a", "b"].find((each) => each === id));'],
    ["what a service answers", "const { id } = await request.json(); const user = await findUser(id); probe(user.url);"],
    ["the method", "probe(request.method);"],
    ["an unknown function's result", "const { id } = await request.json(); probe(await something(id));"],
  ])("%s", (_name, body) => {
    expect(inputs(`import { createHash } from "node:crypto";\n${post(body)}`)).toEqual([]);
  });

  it("is not known of a plain parameter", () => {
    expect(inputs("export function f(url: string) { probe(url); }", "lib/a.ts")).toEqual([]);
  });
});

describe("schemas", () => {
  const zod = (schema: string, use: string): string =>
    `import { z } from "zod";\nconst schema = ${schema};\n${post(use)}`;
  const parsed = "const { url } = schema.parse(await request.json()); probe(url);";
  const safe = "const parsed = schema.safeParse(await request.json()); if (!parsed.success) return; probe(parsed.data.url);";
  it.each([
    ["z.string()", "z.object({ url: z.string() })"],
    ["z.string() with lengths", "z.object({ url: z.string().min(1).max(200).trim() })"],
    ["z.string().url(), which any address is", "z.object({ url: z.string().url().optional() })"],
    ["z.url()", "z.object({ url: z.url() })"],
    ["z.any()", "z.object({ url: z.any() })"],
    ["an extended object", "z.object({ id: z.number() }).extend({ url: z.string() }).strict()"],
  ])("%s lets pass what the caller likes", (_name, schema) => {
    expect(untrusted(zod(schema, parsed))).toBe(BODY_URL);
    expect(untrusted(zod(schema, safe))).toBe(BODY_URL);
  });

  it.each([
    ["an enum", 'z.object({ url: z.enum(["a", "b"]) })'],
    ["a literal", 'z.object({ url: z.literal("a") })'],
    ["a union of literals", 'z.object({ url: z.union([z.literal("a"), z.literal("b")]) })'],
    ["a pattern", "z.object({ url: z.string().regex(/^[a-z]+$/) })"],
    ["a uuid", "z.object({ url: z.string().uuid() })"],
    ["a number", "z.object({ url: z.coerce.number() })"],
    ["a refinement", "z.object({ url: z.string().refine((url) => ALLOWED.has(url)) })"],
    ["a transformation", "z.object({ url: z.string().transform(toAddress) })"],
    ["a beginning", 'z.object({ url: z.string().startsWith("https://a.example/") })'],
    ["a field that is dropped", "z.object({ id: z.string() })"],
    ["a schema that is not known", "makeSchema()"],
  ])("%s constrains", (_name, schema) => {
    expect(untrusted(zod(schema, parsed))).toBeUndefined();
    expect(untrusted(zod(schema, safe))).toBeUndefined();
  });

  it("follows a schema of another file", () => {
    const files = { "lib/schema.ts": 'import { z } from "zod";\nexport const schema = z.object({ url: z.string(), kind: z.enum(["a"]) });' };
    const code = (name: string): string => `import { schema } from "@/lib/schema";\n${post(`const { ${name} } = schema.parse(await request.json()); probe(${name});`)}`;
    expect(untrusted(code("url"), ROUTE, files)).toBe(BODY_URL);
    expect(untrusted(code("kind"), ROUTE, files)).toBeUndefined();
  });

  it("reads valibot and yup", () => {
    const valibot = (schema: string): string => `import * as v from "valibot";\n${post(`const { url } = v.parse(v.object({ url: ${schema} }), await request.json()); probe(url);`)}`;
    expect(untrusted(valibot("v.string()"))).toBe(BODY_URL);
    expect(untrusted(valibot("v.pipe(v.string(), v.minLength(1))"))).toBe(BODY_URL);
    expect(untrusted(valibot("v.pipe(v.string(), v.uuid())"))).toBeUndefined();
    expect(untrusted(valibot('v.picklist(["a"])'))).toBeUndefined();
    const yup = (schema: string): string => `import * as yup from "yup";\n${post(`const { url } = await yup.object({ url: ${schema} }).validate(await request.json()); probe(url);`)}`;
    expect(untrusted(yup("yup.string().required()"))).toBe(BODY_URL);
    expect(untrusted(yup('yup.string().oneOf(["a"])'))).toBeUndefined();
  });

  it("a schema that was only asked constrains what it would let pass", () => {
    const use = "const body = await request.json(); if (!schema.safeParse(body).success) return; probe(body.url);";
    expect(untrusted(zod("z.object({ url: z.string().uuid() })", use))).toBeUndefined();
    expect(untrusted(zod("z.object({ url: z.string() })", use))).toBe(BODY_URL);
  });
});

describe("checks before", () => {
  const checked = (body: string): string =>
    `import { notFound } from "next/navigation";\nconst ALLOWED = new Set(["a", "b"]);\nconst LIST = ["a", "b"];\nconst TABLE = { a: 1 };\n${post(`const { url, id, other } = await request.json();\n${body}`)}`;
  it.each([
    ["a set", "if (!ALLOWED.has(url)) return; probe(url);"],
    ["a list", "if (LIST.includes(url)) { probe(url); }"],
    ["indexOf", "if (LIST.indexOf(url) === -1) return; probe(url);"],
    ["some", "if (!LIST.some((each) => each === url)) return; probe(url);"],
    ["in a table", "if (!(url in TABLE)) throw new Error(); probe(url);"],
    ["a table's entry", "if (!TABLE[url]) return; probe(url);"],
    ["Object.hasOwn", "if (!Object.hasOwn(TABLE, url)) return; probe(url);"],
    ["equality", 'if (url !== "a" && url !== "b") return; probe(url);'],
    ["equality with what the session says", "const session = await auth(); if (session.user.url !== url) return; probe(url);"],
    ["a pattern", "if (!/^[a-z]+$/u.test(url)) return; probe(url);"],
    ["a pattern of what is forbidden", "if (/[^a-z]/u.test(url)) return; probe(url);"],
    ["match", "if (!url.match(/^[a-z]+$/u)) return; probe(url);"],
    ["the host", 'if (new URL(url).hostname !== "a.example") return; probe(url);'],
    ["the host in a list", "const { host } = new URL(url); if (!LIST.includes(host)) return; probe(url);"],
    ["a beginning", 'if (!url.startsWith("https://a.example/")) return; probe(url);'],
    ["a number", "if (Number.isNaN(Number(url))) return; probe(url);"],
    ["a switch", 'switch (url) { case "a": case "b": probe(url); }'],
    ["a switch that refuses", 'switch (url) { case "a": break; default: return; } probe(url);'],
    ["a function that can't be read", "if (!(await isAllowed(url))) return; probe(url);"],
    ["a function that throws", "assertAllowed(url); probe(url);"],
    ["an assertion", 'import_assert(LIST.includes(url)); probe(url);'.replace("import_assert", "assert")],
    ["what is found with it", "const site = await db.site.findUnique({ where: { url } }); if (!site) return; probe(url);"],
    ["what is found with it, or null", "const site = await db.site.findUnique({ where: { url } }); if (site === null) return; probe(url);"],
    ["a result in a variable", "const ok = ALLOWED.has(url); if (!ok) return; probe(url);"],
    ["a check together with others", "if (!url || typeof url !== 'string' || !ALLOWED.has(url)) return; probe(url);"],
    ["notFound()", "if (!ALLOWED.has(url)) notFound(); probe(url);"],
    ["a callback", "if (!ALLOWED.has(url)) return; LIST.forEach(() => probe(url));"],
    ["a check in a try block", "try { if (!ALLOWED.has(url)) throw new Error(); } catch { return; } probe(url);"],
    ["a short circuit", "ALLOWED.has(url) && probe(url);"],
    ["a ternary", "ALLOWED.has(url) ? probe(url) : undefined;"],
    ["a replacement", 'let to = url; if (!ALLOWED.has(to)) to = "a"; probe(to);'],
    ["a secret that only a machine knows", 'if (request.headers.get("authorization") !== `Bearer ${process.env.CRON_SECRET}`) return; probe(url);'],
    ["every element", "for (const each of url) { if (!ALLOWED.has(each)) return; } for (const each of url) probe(each);"],
  ])("%s", (_name, body) => {
    expect(untrusted(checked(body))).toBeUndefined();
  });

  it.each([
    ["that it is there", "if (!url) return; probe(url);"],
    ["its type", 'if (typeof url !== "string") return; probe(url);'],
    ["its length", "if (url.length > 200) return; probe(url);"],
    ["a deny-list", 'if (url === "http://localhost") return; probe(url);'],
    ["a set of what is forbidden", "if (ALLOWED.has(url)) return; probe(url);"],
    ["the scheme", 'if (!url.startsWith("https://")) return; probe(url);'],
    ["the scheme, as a pattern", "if (!/^https?:\\/\\//.test(url)) return; probe(url);"],
    ["that it is an address", "try { new URL(url); } catch { return; } probe(url);"],
    ["that it can be parsed", "if (!URL.canParse(url)) return; probe(url);"],
    ["another input", "if (!ALLOWED.has(id)) return; probe(url);"],
    ["another input that it equals", "if (url !== other) return; probe(url);"],
    ["a check on some paths only", "if (id) { if (!ALLOWED.has(url)) return; } probe(url);"],
    ["a check that stops nothing", "if (!ALLOWED.has(url)) console.warn(url); probe(url);"],
    ["a check behind it", "probe(url); if (!ALLOWED.has(url)) return;"],
    ["a check whose error is swallowed", "try { assertAllowed(url); } catch {} probe(url);"],
    ["the other branch", "if (ALLOWED.has(url)) { work(); } else { probe(url); }"],
    ["either check", "if (!ALLOWED.has(url) && !id) return; probe(url);"],
    ["a log", "console.log(url); probe(url);"],
    ["a session", "const session = await auth(); if (!session) return; probe(url);"],
  ])("%s is none", (_name, body) => {
    expect(untrusted(checked(body))).toBe(BODY_URL);
  });

  it("knows the senders of signed messages", () => {
    const signed = 'import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";\nasync function handler(request: Request) { probe((await request.json()).url); }\n';
    expect(untrusted(`${signed}export const POST = verifySignatureAppRouter(handler);`)).toBeUndefined();
    expect(untrusted(`${signed}export const POST = handler;`)).toBe(BODY_URL);
    const verified = 'import { Receiver } from "@upstash/qstash";\nconst receiver = new Receiver();\n';
    expect(untrusted(`${verified}${post('const body = await request.text(); await receiver.verify({ signature: "", body }); probe(JSON.parse(body).url);')}`)).toBeUndefined();
  });

  const helper = (body: string) => ({ "lib/check.ts": `const ALLOWED = new Set(["a"]);\n${body}` });
  const uses = (body: string): string => `import { check } from "@/lib/check";\n${post(`const { url } = await request.json();\n${body}`)}`;
  it.each([
    ["a helper that tells", "export const check = (value: string) => ALLOWED.has(value);", "if (!check(url)) return; probe(url);"],
    ["a helper that throws", "export function check(value: string) { if (!ALLOWED.has(value)) throw new Error(); }", "check(url); probe(url);"],
    ["a helper that hands back what it checked", "export function check(value: string) { if (!ALLOWED.has(value)) throw new Error(); return value; }", "probe(check(url));"],
    ["a helper that replaces", 'export const check = (value: string) => (ALLOWED.has(value) ? value : "a");', "probe(check(url));"],
  ])("%s", (_name, body, use) => {
    expect(untrusted(uses(use), ROUTE, helper(body))).toBeUndefined();
  });

  it("a helper that checks nothing is none", () => {
    expect(untrusted(uses("if (!check(url)) return; probe(url);"), ROUTE, helper("export function check(value: string) { try { new URL(value); return true; } catch { return false; } }"))).toBe(BODY_URL);
    expect(untrusted(uses("probe(check(url));"), ROUTE, helper("export const check = (value: string) => value.trim();"))).toBe(BODY_URL);
  });
});

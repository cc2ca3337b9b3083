import { describe, expect, it } from "vitest";
import { envReads, runtimeImports } from "../../../src/model/credentials/environment.ts";
import { withModel } from "../file-model.ts";

const reads = (code: string, files: Readonly<Record<string, string>> = {}): string[] =>
  withModel({ ...files, "lib/a.ts": code }, "lib/a.ts", (file) => envReads(file).map(({ name, via }) => `${name} (${via})`));

describe("envReads()", () => {
  it.each([
    ["process.env.A_B;", ["A_B (process.env)"]],
    ['process["env"]["A_B"];', ["A_B (process.env)"]],
    ['Deno.env.get("A_B");', ["A_B (Deno.env)"]],
    ["const { A_B, C_D = 1, ...rest } = import.meta.env;", ["A_B (import.meta.env)", "C_D (import.meta.env)"]],
    ['const copy = { ...process.env, C_D: "" }; copy.A_B; copy.C_D;', ["A_B (process.env)"]],
    ["process.env.A_B ??= '';", ["A_B (process.env)"]],
    ["process.env.A_B = '';", []],
    ["process.env[unknown];", []],
    ["const env = {}; env.A_B;", []],
    ["const { A_B } = unknown();", []],
  ])("%s", (code, expected) => {
    expect(reads(code)).toEqual(expected);
  });

  it.each([
    // Globals, in every spelling.
    ['process.env["A_B"];', "process.env"],
    ["const { env } = process; env.A_B;", "process.env"],
    ["const { env: { A_B } } = process;", "process.env"],
    ["const e = process.env; const { A_B: a } = e;", "process.env"],
    ["const name = 'A_B'; process.env[name];", "process.env"],
    ["process.env?.A_B!;", "process.env"],
    ["(process.env as Record<string, string>)['A_B'];", "process.env"],
    ["globalThis.process.env.A_B;", "process.env"],
    ['import process from "node:process"; process.env.A_B;', "process.env"],
    ['import * as process from "process"; process.env.A_B;', "process.env"],
    ['import { env } from "node:process"; env.A_B;', "process.env"],
    ['const { env } = require("process"); env.A_B;', "process.env"],
    ["function read({ A_B } = process.env) {}", "process.env"],
    ["import.meta.env.A_B;", "import.meta.env"],
    ['import.meta.env["A_B"];', "import.meta.env"],
    ["Bun.env.A_B;", "Bun.env"],
    ['import { env } from "bun"; env.A_B;', "module"],
    ["globalThis.Bun.env.A_B;", "Bun.env"],
    ["const name = 'A_B'; Deno.env.get(name);", "Deno.env"],
    ["const { get } = Deno.env; Deno.env.toObject().A_B;", "Deno.env"],
    ["const env = Deno.env; env.get('A_B');", "Deno.env"],
    ['Netlify.env.get("A_B");', "Netlify.env"],
    // Hono.
    ['import { Hono } from "hono"; new Hono().get("/", (c) => c.text(c.env.A_B));', "bindings"],
    ['import { Hono } from "hono"; new Hono().get("/", ({ env: { A_B } }) => use(A_B));', "bindings"],
    ['import { Hono } from "hono"; const app = new Hono<{ Bindings: B }>().basePath("/x"); app.use("*", async ({ env }, next) => { use(env.A_B); });', "bindings"],
    ['import { Hono } from "hono"; const app = new Hono(); app.post("/", check, async (c) => { const { A_B } = c.env; });', "bindings"],
    ['import type { Context } from "hono"; export const read = (c: Context) => c.env.A_B;', "bindings"],
    ['import { createMiddleware } from "hono/factory"; export default createMiddleware(async (c, next) => { use(c.env.A_B); });', "bindings"],
    ['import { env } from "hono/adapter"; export const read = (c) => env(c).A_B;', "module"],
    ['import { env } from "hono/adapter"; export const read = (c) => { const { A_B } = env<{ A_B: string }>(c, "workerd"); };', "module"],
    // Cloudflare.
    ["export default { async fetch(request, env, ctx) { use(env.A_B); } };", "bindings"],
    ["export default { fetch: (request: Request, env: Env) => use(env.A_B) } satisfies ExportedHandler<Env>;", "bindings"],
    ["const worker = { async scheduled(event, { A_B }) {} }; export default worker;", "bindings"],
    ["export const onRequestPost: PagesFunction<Env> = async ({ env }) => use(env.A_B);", "bindings"],
    ["export async function onRequest(context) { use(context.env.A_B); }", "bindings"],
    ['import { env } from "cloudflare:workers"; env.A_B;', "module"],
    ['import * as workers from "cloudflare:workers"; workers.env.A_B;', "module"],
    ['import { DurableObject } from "cloudflare:workers"; export class Room extends DurableObject { read() { return this.env.A_B; } }', "bindings"],
    ['import { getCloudflareContext } from "@opennextjs/cloudflare"; getCloudflareContext().env.A_B;', "module"],
    ['import { getCloudflareContext } from "@opennextjs/cloudflare"; const { env } = await getCloudflareContext({ async: true }); use(env.A_B);', "module"],
    ['import { getRequestContext } from "@cloudflare/next-on-pages"; const { A_B } = getRequestContext().env;', "module"],
    // SvelteKit, React Router and Astro on Cloudflare.
    ["export const load = ({ platform }) => use(platform?.env?.A_B);", "bindings"],
    ["export const POST = async (event) => use(event.platform.env.A_B);", "bindings"],
    ["export const loader = ({ context }) => use(context.cloudflare.env.A_B);", "bindings"],
    ["export const GET = ({ locals }) => use(locals.runtime.env.A_B);", "bindings"],
    // SvelteKit and Astro.
    ['import { A_B } from "$env/static/private"; use(A_B);', "module"],
    ['import { A_B as a } from "$app/env/private"; use(a);', "module"],
    ['import * as variables from "$env/static/private"; variables.A_B;', "module"],
    ['import { env } from "$env/dynamic/private"; env.A_B;', "module"],
    ['const { env } = await import("$env/dynamic/private"); env.A_B;', "module"],
    ['import { A_B } from "astro:env/server"; use(A_B);', "module"],
    ['import { getSecret } from "astro:env/server"; getSecret("A_B");', "module"],
    // Libraries.
    ['import { createEnv } from "@t3-oss/env-nextjs"; const env = createEnv({ server: {}, runtimeEnv: process.env }); env.A_B;', "module"],
    ['import { cleanEnv, str } from "envalid"; const env = cleanEnv(process.env, { A_B: str() }); env.A_B;', "module"],
    ['import * as z from "zod"; const env = z.object({ A_B: z.string() }).parse(process.env); env.A_B;', "module"],
    ['import * as z from "zod"; const parsed = z.object({}).safeParse(process.env); if (parsed.success) use(parsed.data.A_B);', "module"],
    ['import * as v from "valibot"; const { A_B } = v.parse(v.object({}), process.env);', "module"],
    ['import dotenv from "dotenv"; const env = dotenv.config().parsed; use(env!.A_B);', "module"],
    ['import { config } from "dotenv"; const { parsed } = config({ path: ".env.local" }); use(parsed?.A_B);', "module"],
    ['import { parse } from "dotenv"; use(parse(text).A_B);', "module"],
    ['import { loadEnv } from "vite"; const env = loadEnv(mode, process.cwd(), ""); use(env.A_B);', "module"],
    ['import env from "env-var"; const value = env.get("A_B").required().asString();', "module"],
    ['import { env } from "std-env"; env.A_B;', "module"],
    ['import Config from "react-native-config"; Config.A_B;', "module"],
    ['import { A_B } from "@env"; use(A_B);', "module"],
  ])("%s", (code, via) => {
    expect(reads(code)).toEqual([`A_B (${via})`]);
  });

  it.each([
    ["useRuntimeConfig().redisToken;", "NUXT_REDIS_TOKEN"],
    ["const config = useRuntimeConfig(event); config.upstash.redisRestToken;", "NUXT_UPSTASH_REDIS_REST_TOKEN"],
    ["const { qstashToken } = useRuntimeConfig();", "NUXT_QSTASH_TOKEN"],
    ["useRuntimeConfig().public.siteName;", "NUXT_PUBLIC_SITE_NAME"],
    ['import { useRuntimeConfig } from "#imports"; useRuntimeConfig().qstashToken.trim();', "NUXT_QSTASH_TOKEN"],
  ])("names what sets Nuxt's runtime config: %s", (code, name) => {
    expect(reads(code)).toContain(`${name} (runtimeConfig)`);
  });

  it.each([
    // A name alone proves nothing.
    "export const read = (c) => c.env.A_B;",
    "export const read = (env) => env.A_B;",
    "const handlers = { fetch(request, env) { return env.A_B; } }; use(handlers);",
    'import { Router } from "itty-router"; Router().get("/", (c) => c.env.A_B);',
    "const platform = load(); platform.env.A_B;",
    'import { Hono } from "hono"; new Hono().get("/", (c) => c.var.A_B);',
    'import { DurableObject } from "./mine"; export class Room extends DurableObject { read() { return this.env.A_B; } }',
    'import { env } from "./env.json"; env.A_B;',
    'import { createEnv } from "./make"; createEnv({ A_B: 1 }).A_B;',
    "const useRuntimeConfig = () => ({ token: 1 }); useRuntimeConfig().token;",
    'Deno.env.has("A_B");',
    'Deno.env.set("A_B", "1");',
    "Object.keys(process.env).length;",
  ])("is no read: %s", (code) => {
    expect(reads(code)).toEqual([]);
  });

  it.each([
    ["export const env = { token: process.env.A_B! };", "env.token"],
    ['import * as z from "zod"; export const env = z.object({ A_B: z.string() }).parse(process.env);', "env.A_B"],
    ['import { createEnv } from "@t3-oss/env-core"; export const env = createEnv({ server: {}, runtimeEnv: { A_B: process.env.A_B } });', "env.A_B"],
    ['import * as z from "zod"; const found = z.object({}).safeParse(process.env); if (!found.success) throw found.error; export const env = found.data;', "env.A_B"],
    ['import { cleanEnv } from "envalid"; export const env = cleanEnv(process.env, {});', "env.A_B"],
    ['export { env } from "cloudflare:workers";', "env.A_B"],
    ['export * as env from "$env/static/private";', "env.A_B"],
    ['import * as z from "zod"; const check = () => z.object({}).parse(process.env); export const env = check();', "env.A_B"],
    ["export const env = process.env;", "env.A_B"],
  ])("in another file: %s", (module, code) => {
    expect(reads(`import { env } from "./env"; use(${code});`, { "lib/env.ts": module })).toEqual(["A_B (module)"]);
  });

  it("tells a read of another module once, where it comes in", () => {
    const files = { "lib/b.ts": "export const token = process.env.A_B;\n" };
    expect(reads('import { token } from "./b"; const copy = String(token); use(token, copy.length);', files)).toEqual(["A_B (module)"]);
  });

  it("ends where modules import each other", () => {
    const files = { "lib/b.ts": 'import { token } from "./a";\nexport const other = token;\n' };
    expect(reads('import { other } from "./b"; export const token = other; use(token);', files)).toEqual([]);
  });
});

describe("runtimeImports()", () => {
  it("leaves out what is there for types, or not used at all", () => {
    const code = 'import a, { b, c, type d } from "x"; import type e from "x"; export { f, type g } from "x"; use(a); type T = typeof b;';
    const names = withModel({ "lib/a.ts": code }, "lib/a.ts", (file) => runtimeImports(file, (nodes) => nodes).map(({ value }) => value.name));
    expect(names).toEqual(["default", "f"]);
  });
});

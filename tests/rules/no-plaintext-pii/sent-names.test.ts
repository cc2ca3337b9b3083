import rule from "../../../src/rules/no-plaintext-pii.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { client, EMAIL, invalid, valid, type Expected } from "./cases.ts";

/* What a request is asked for by name says what comes. */

const post = (body: string): string => client(`export async function POST(request: Request) {\n  const form = await request.formData();\n  const params = new URL(request.url).searchParams;\n${body}\n  return new Response(form.get("n")?.toString() ?? params.get("n"));\n}\n`);
const stores = (data: string, becomes: string): Expected => ({ command: "set", data, becomes });

runRule("no-plaintext-pii: names of what is sent", rule, {
  valid: [
    valid("fields about data, and no data", post('  await redis.hset("prefs", { notify: form.get("emailVerified"), theme: params.get("theme"), newsletter: form.get("email") === "on", hasPhone: form.has("phone") });')),
    valid("the time at which mail was sent", post('  await redis.hset("log", { at: form.get("email_sent_at"), count: Number(form.get("email_count")) });')),
    valid("texts by the names of fields", client('const labels = new Map([["email", "Your email address"]]);\nexport const save = () => redis.set("label", labels.get("email"));\n')),
    valid("a dictionary of texts", client('export const save = (texts: { get(name: string): string }) => redis.set("label", texts.get("email"));\n')),
    valid("a name that is not known", post('  for (const name of ["a", "b"]) await redis.set(name, form.get(name));')),
    valid("what is hashed", client('import { createHash } from "node:crypto";\nexport async function POST(request: Request) {\n  const form = await request.formData();\n  await redis.set("k", createHash("sha256").update(String(form.get("email"))).digest("hex"));\n}\n')),
    valid("a cookie of the look", client('import { cookies } from "next/headers";\nexport async function POST() {\n  const jar = await cookies();\n  await redis.set("look", jar.get("theme")?.value);\n}\n')),
  ],
  invalid: [
    invalid("a field of a form", post('  await redis.set("k", «form.get("email")»);'), [stores(EMAIL, 'encrypt(String(form.get("email")))')]),
    invalid("a field made a text", post('  await redis.set("k", String(«form.get("email")»));'), [stores(EMAIL, 'encrypt(String(form.get("email")))')]),
    invalid("a query parameter", post('  await redis.set("k", «params.get("access_token")»);'), [stores("an access token (`access_token`)", 'encrypt(String(params.get("access_token")))')]),
    invalid("under a name that says nothing", post('  await redis.set("k", { contact: «form.get("email")», note: form.get("note") });'), [stores(EMAIL, 'encrypt(String(form.get("email")))')]),
    invalid("a cookie", client('import { cookies } from "next/headers";\nexport async function POST() {\n  const jar = await cookies();\n  await redis.set("k", «jar.get("refresh_token")?.value»);\n}\n'), [stores("a refresh token (`refresh_token`)", 'encrypt(String(jar.get("refresh_token")?.value))')]),
    invalid("Hono's query", client('import { Hono } from "hono";\nexport const app = new Hono();\napp.post("/", async (c) => {\n  await redis.set("k", «c.req.query("email")»);\n  return c.text("ok");\n});\n'), [stores(EMAIL, 'encrypt(String(c.req.query("email")))')]),
  ],
});

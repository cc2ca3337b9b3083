import { describe, expect, it } from "vitest";
import { verdictOf, type Verdict } from "./verdicts.ts";

/* What anyone can send to Supabase with what is in each browser is not this route's to limit. */

const ROUTE = "app/api/plans/route.ts";
const URL_AND = "process.env.NEXT_PUBLIC_SUPABASE_URL!";
const ANON = "process.env.NEXT_PUBLIC_SUPABASE_ANON_KEY!";
const READ = 'const { data } = await supabase.from("plans").select("*");\n  return Response.json(data);';
const WRITE = 'await supabase.from("plans").insert(await request.json());\n  return Response.json({});';

type Case = readonly [name: string, verdict: Verdict, client: string, body: string];

const CASES: readonly Case[] = [
  ["a read by the browser's client", "nobody", `createBrowserClient(${URL_AND}, ${ANON})`, READ],
  ["a read with the anonymous key", "nobody", `createClient(${URL_AND}, ${ANON})`, READ],
  ["a write with the anonymous key", "anyone", `createClient(${URL_AND}, ${ANON})`, WRITE],
  ["what is made of the answer, or of nothing", "nobody", `createClient(${URL_AND}, ${ANON})`, 'const { data } = await supabase.from("plans").select().order("name");\n  const names = (data ?? []).filter((plan) => plan.open).map((plan) => plan.name);\n  return Response.json({ names, all: ((data as Plan[]) || []).map((plan) => plan.id) });'],
  ["a text of the answer that is put together step by step", "nobody", `createClient(${URL_AND}, ${ANON})`, 'const { data } = await supabase.from("plans").select();\n  for (const plan of data ?? []) {\n    let name = plan.name;\n    name = name.split("?")[0].split("#")[0];\n    console.info(name.includes("?"));\n  }\n  return Response.json({});'],
  ["what is made of the answer", "nobody", `createClient(${URL_AND}, ${ANON})`, 'const { data: plans } = await supabase.from("plans").select();\n  return Response.json(plans?.map((plan) => plan.name));'],
  ["put together step by step", "nobody", `createClient(${URL_AND}, ${ANON})`, 'let query = supabase.from("plans").select();\n  const asked = await request.text();\n  if (asked) query = query.eq("name", asked);\n  const { data } = await query;\n  data?.forEach((plan) => plan.name);\n  return Response.json(data);'],
  ["with options", "nobody", `createClient(${URL_AND}, ${ANON}, { auth: { persistSession: false } })`, READ],
  ["with an empty text where a variable is missing", "nobody", `createClient(process.env.NEXT_PUBLIC_SUPABASE_URL || "", process.env.NEXT_PUBLIC_SUPABASE_ANON_KEY || "")`, READ],
  ["a function of the database", "nobody", `createClient(${URL_AND}, ${ANON})`, 'return Response.json(await supabase.rpc("plans"));'],
  // What looks alike.
  ["the service role", "anyone", `createClient(${URL_AND}, process.env.SUPABASE_SERVICE_ROLE_KEY!)`, READ],
  ["the service role where there is no other key", "anyone", `createClient(${URL_AND}, process.env.NEXT_PUBLIC_SUPABASE_ANON_KEY ?? process.env.SUPABASE_SERVICE_ROLE_KEY!)`, READ],
  ["the service role where it is there", "anyone", `createClient(${URL_AND}, process.env.SUPABASE_SERVICE_ROLE_KEY || ${ANON})`, READ],
  ["the service role in a header", "anyone", `createClient(${URL_AND}, ${ANON}, { global: { headers: { Authorization: \`Bearer \${process.env.SUPABASE_SERVICE_ROLE_KEY}\` } } })`, READ],
  ["an anonymous key that is not public", "anyone", `createClient(${URL_AND}, process.env.SUPABASE_ANON_KEY!)`, READ],
  ["a key that is written down", "anyone", `createClient(${URL_AND}, "sb_key_of_whom")`, READ],
  ["the service role, put together step by step", "anyone", `createClient(${URL_AND}, process.env.SUPABASE_SERVICE_ROLE_KEY!)`, 'let query = supabase.from("plans").select();\n  const asked = await request.text();\n  if (asked) query = query.eq("name", asked);\n  return Response.json(await query);'],
  ["options that are not known", "anyone", `createClient(${URL_AND}, ${ANON}, makeOptions())`, READ],
  ["one of two clients", "anyone", `flag ? createClient(${URL_AND}, ${ANON}) : createClient(${URL_AND}, process.env.SUPABASE_SERVICE_ROLE_KEY!)`, READ],
  ["signing in", "anyone", `createClient(${URL_AND}, ${ANON})`, "return Response.json(await supabase.auth.signInWithPassword(await request.json()));"],
  ["mail beside it", "anyone", `createClient(${URL_AND}, ${ANON})`, `await fetch("https://api.resend.com/emails", { method: "POST" });\n  ${READ}`],
];

describe("a query of Supabase", () => {
  it.each(CASES)("%s: %s", (_, verdict, client, body) => {
    const lib = `import { createBrowserClient } from "@supabase/ssr";\nimport { createClient } from "@supabase/supabase-js";\nexport const supabase = ${client};\n`;
    const code = `import { supabase } from "@/lib/supabase";\nexport async function POST(request: Request) {\n  ${body}\n}\n`;
    expect(verdictOf({ "lib/supabase.ts": lib, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });

  it.each([
    ["makes the client", "return createBrowserClient(URL, KEY);"],
    ["makes the client when it is first asked for", "if (!made) made = createBrowserClient(URL, KEY);\n  return made;"],
  ])("through a function that %s", (_, body) => {
    const lib = `import { createBrowserClient } from "@supabase/ssr";\nlet made = null;\nexport function createClient() {\n  ${body.replace("URL, KEY", `${URL_AND}, ${ANON}`)}\n}\n`;
    const code = `import { createClient } from "@/lib/supabase";\nexport async function GET() {\n  const supabase = createClient();\n  return Response.json(await supabase.from("plans").select());\n}\n`;
    expect(verdictOf({ "lib/supabase.ts": lib, [ROUTE]: code }, ROUTE)).toBe("nobody");
  });
});

/* A client for whoever has sent the request: the session in his cookies, or the token in his header, is his own. */

const COOKIES = "getAll: () => jar.getAll(), setAll: (all) => all.forEach(({ name, value }) => jar.set(name, value))";
const server = (options: string, key = ANON): string => `createServerClient(${URL_AND}, ${key}, { ${options} })`;

const OF_CALLERS: readonly (readonly [name: string, verdict: Verdict, client: string])[] = [
  ["his cookies", "nobody", server(`cookies: { ${COOKIES} }`)],
  ["his cookies, by methods", "nobody", server("cookies: { getAll() { return jar.getAll(); }, setAll(all) { for (const { name, value } of all) jar.set(name, value); } }")],
  ["his cookies, one by one", "nobody", server("cookies: { get(name: string) { return jar.get(name)?.value; }, set() {}, remove() {} }")],
  ["the request's cookies", "nobody", server("cookies: { getAll: () => request.cookies.getAll() }")],
  ["the header that they came in", "nobody", server('cookies: { getAll: () => parseCookieHeader(request.headers.get("cookie") ?? "") }')],
  ["his cookies, with options beside them", "nobody", server(`cookies: { ${COOKIES} }, auth: { persistSession: false }`)],
  ["his token", "nobody", `createClient(${URL_AND}, ${ANON}, { global: { headers: { Authorization: request.headers.get("Authorization") ?? "" } } })`],
  ["his token, put into words", "nobody", `createClient(${URL_AND}, ${ANON}, { global: { headers: { Authorization: \`Bearer \${request.headers.get("x-token")}\` } } })`],
  ["a name for the logs", "nobody", `createClient(${URL_AND}, ${ANON}, { global: { headers: { "X-Client-Info": "plans" } } })`],
  ["a fetch that tries again", "nobody", `createClient(${URL_AND}, ${ANON}, { global: { fetch: again } })`],
  ["the fetch that there is", "nobody", `createClient(${URL_AND}, ${ANON}, { global: { fetch } })`],
  ["a fetch that is not kept", "nobody", `createClient(${URL_AND}, ${ANON}, { global: { fetch: (url, init) => fetch(url, { ...init, cache: "no-store" }) } })`],
  // What looks alike.
  ["a fetch with a header of its own", "anyone", `createClient(${URL_AND}, ${ANON}, { global: { fetch: (url, init) => fetch(url, { ...init, headers: { apikey: process.env.SUPABASE_SERVICE_ROLE_KEY! } }) } })`],
  ["a fetch that sets a header", "anyone", `createClient(${URL_AND}, ${ANON}, { global: { fetch: stamped } })`],
  ["a fetch of something else", "anyone", `createClient(${URL_AND}, ${ANON}, { global: { fetch: (url, init) => fetch(process.env.PROXY_URL!, init) } })`],
  ["the service role's key and his cookies", "anyone", server(`cookies: { ${COOKIES} }`, "process.env.SUPABASE_SERVICE_ROLE_KEY!")],
  ["no cookies that are known", "anyone", server("cookies: store")],
  ["a session of the server's own", "anyone", server('cookies: { getAll: () => [{ name: "session", value: process.env.BOT_SESSION! }] }')],
  ["a session of the server's own beside his", "anyone", server('cookies: { getAll: () => [...jar.getAll(), { name: "session", value: process.env.BOT_SESSION! }] }')],
  ["a session of the server's own where he has none", "anyone", server('cookies: { get: (name: string) => jar.get(name)?.value ?? botSession }')],
  ["a session that is kept for him", "anyone", server('cookies: { getAll: async () => await sessions.read(jar.get("id")?.value) }')],
  ["his cookies and the service role in a header", "anyone", server(`cookies: { ${COOKIES} }, global: { headers: { Authorization: \`Bearer \${process.env.SUPABASE_SERVICE_ROLE_KEY}\` } }`)],
  ["a token that is written down", "anyone", `createClient(${URL_AND}, ${ANON}, { global: { headers: { authorization: "Bearer of.whom" } } })`],
  ["his token, or the server's own", "anyone", `createClient(${URL_AND}, ${ANON}, { global: { headers: { Authorization: request.headers.get("Authorization") ?? process.env.BOT_TOKEN! } } })`],
  ["another key", "anyone", `createClient(${URL_AND}, ${ANON}, { global: { headers: { apikey: "of whom" } } })`],
  ["headers that are not known", "anyone", `createClient(${URL_AND}, ${ANON}, { global: { headers: makeHeaders() } })`],
  ["a fetch of its own", "anyone", `createClient(${URL_AND}, ${ANON}, { global: { fetch: signed } })`],
];

describe("a query of Supabase for whoever calls, with", () => {
  it.each(OF_CALLERS)("%s: %s", (_, verdict, client) => {
    const lib = `import { createServerClient, parseCookieHeader } from "@supabase/ssr";
import { createClient } from "@supabase/supabase-js";
import { cookies } from "next/headers";
import { botSession, sessions, signed } from "./sessions";
async function again(input: RequestInfo | URL, init?: RequestInit) {
  const limit = new AbortController();
  const signal = init?.signal ? AbortSignal.any([init.signal, limit.signal]) : limit.signal;
  try {
    return await fetch(input, { ...init, signal });
  } catch {
    return fetch(input, init);
  }
}
async function stamped(input: RequestInfo | URL, init: RequestInit) {
  const headers = new Headers(init.headers);
  headers.set("Authorization", \`Bearer \${process.env.SUPABASE_SERVICE_ROLE_KEY}\`);
  return fetch(input, { ...init, headers });
}
export async function clientFor(request: Request) {
  const jar = await cookies();
  return ${client};
}
`;
    const code = 'import { clientFor } from "@/lib/supabase";\nexport async function POST(request: Request) {\n  const supabase = await clientFor(request);\n  await supabase.from("plans").select();\n  return Response.json({});\n}\n';
    expect(verdictOf({ "lib/supabase.ts": lib, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });

  it.each([
    ["in the handler", "nobody", `const supabase = ${server(`cookies: { ${COOKIES} }`)};`],
    ["by the helpers of Next.js", "nobody", "const supabase = createRouteHandlerClient({ cookies });"],
    ["by the helpers of Next.js, which may be given the service role's key", "anyone", "const supabase = createRouteHandlerClient({ cookies }, { supabaseKey: process.env.SUPABASE_SERVICE_ROLE_KEY });"],
    ["by the helpers of Next.js, which may be given options that are not known", "anyone", "const supabase = createRouteHandlerClient({ cookies }, options);"],
    ["and changes the password of whoever calls", "nobody", `const supabase = ${server(`cookies: { ${COOKIES} }`)};\n  await supabase.auth.updateUser({ password: await request.text() });`],
    ["and changes what is known of whoever calls", "nobody", `const supabase = ${server(`cookies: { ${COOKIES} }`)};\n  const changed = { data: { name: await request.text() } };\n  await supabase.auth.updateUser(changed);`],
    ["and leads to where one signs in", "nobody", `const supabase = ${server(`cookies: { ${COOKIES} }`)};\n  await supabase.auth.signInWithOAuth({ provider: "google" });`],
    ["and sends mail to a new address", "anyone", `const supabase = ${server(`cookies: { ${COOKIES} }`)};\n  await supabase.auth.updateUser({ email: await request.text() });`],
    ["and changes whatever is sent", "anyone", `const supabase = ${server(`cookies: { ${COOKIES} }`)};\n  await supabase.auth.updateUser(await request.json());`],
    ["and changes whatever is sent beside the password", "anyone", `const supabase = ${server(`cookies: { ${COOKIES} }`)};\n  await supabase.auth.updateUser({ password: "x", ...(await request.json()) });`],
    ["and changes somebody else's account", "anyone", `const supabase = ${server("cookies: store", "process.env.SUPABASE_SERVICE_ROLE_KEY!")};\n  await supabase.auth.admin.updateUserById(await request.text(), { password: "x" });`],
    ["and signs in with a password of the server's own", "anyone", `const supabase = ${server(`cookies: { ${COOKIES} }`)};\n  await supabase.auth.setSession({ access_token: process.env.BOT_TOKEN!, refresh_token: process.env.BOT_REFRESH! });`],
  ] as const)("made %s: %s", (_, verdict, made) => {
    const code = `import { createServerClient } from "@supabase/ssr";
import { createRouteHandlerClient } from "@supabase/auth-helpers-nextjs";
import { cookies } from "next/headers";
import { options } from "./options";
export async function GET() {
  const jar = await cookies();
  ${made}
  return Response.json(await supabase.from("plans").select());
}
`;
    expect(verdictOf({ [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});

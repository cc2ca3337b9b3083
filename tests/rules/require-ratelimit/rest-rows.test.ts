import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* Queries that go to Supabase without its client: requests to its REST API, with a key that the server alone has. */

const ROUTE = "app/api/notes/route.ts";

const verdict = (body: string): Verdict =>
  verdictOf(
    {
      ...CLIENTS,
      "lib/ratelimit.ts": 'import { Ratelimit } from "@upstash/ratelimit";\nimport { redis } from "./clients";\nexport const ratelimit = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(5, "10 s") });\n',
      [ROUTE]: `import { ratelimit } from "@/lib/ratelimit";
import { headersOf, options, params } from "some-options";

const KEY = process.env.SUPABASE_SERVICE_ROLE_KEY!;
const headers = { apikey: KEY, Authorization: \`Bearer \${KEY}\`, "content-type": "application/json" };
const REST = \`\${process.env.SUPABASE_URL}/rest/v1\`;

export async function POST(request: Request) {
  const body = await request.json();
  ${body}
  return Response.json({ ok: true });
}
`,
    },
    ROUTE,
  );

const send = (path: string, method = "", more = ""): string => `await fetch(\`\${REST}/${path}\`, { ${method && `method: "${method}", `}headers${more} });`;
const INSERT = send("notes", "POST", ", body: JSON.stringify(body)");
const looked = (path: string, header = 'const key = request.headers.get("x-api-key");'): string => `${header}
  const found = await fetch(\`\${REST}/${path}\`, { headers });
  const [row] = await found.json();`;
const REFUSED = "if (!row) return new Response(null, { status: 401 });";

describe("rows behind Supabase's REST API", () => {
  it.each([
    ["are made", INSERT],
    ["are changed", send("notes?id=eq.${body.id}", "PATCH", ', body: "{}"')],
    ["are deleted", send("notes?id=eq.${body.id}", "DELETE")],
    ["of a project that is written down", 'await fetch("https://abcdefgh.supabase.co/rest/v1/notes", { method: "POST", headers, body: "{}" });'],
    ["by a variable's address", 'const url = `${process.env.SUPABASE_URL}/rest/v1/notes`;\n  await fetch(url, { method: "POST", headers: { ...headers, apikey: process.env.SUPABASE_SECRET_KEY! }, body: "{}" });'],
    ["by a function of the database", send("rpc/add_note", "POST", ", body: JSON.stringify(body)")],
    ["are listed", send("notes?account_id=eq.${body.account}&select=id,text")],
    ["are listed, many of them", send("notes?limit=1000")],
    ["are listed with those of other tables", send("notes?select=id,comments(*)&limit=10")],
    ["are looked up by what can be guessed", send("members?email=eq.${body.email}&select=id&limit=1")],
    ["are made behind a look-up that nobody looks at", `${looked("api_keys?key=eq.${key}&limit=1")}\n  ${INSERT}`],
    ["are made behind a look-up by what a form sends", `${looked("api_keys?id=eq.${key}&limit=1", "const key = body.key;")}\n  ${REFUSED}\n  ${INSERT}`],
    ["are made, and then counted", `${INSERT}\n  await ratelimit.limit("notes");`],
  ])("%s: anyone", (_, body) => {
    expect(verdict(body)).toBe("anyone");
  });

  it.each([
    ["are looked up by an id", send("notes?id=eq.${body.id}&select=id,text")],
    ["are looked up, a few of them", send("notes?account_id=eq.${body.account}&order=created_at.desc&limit=20")],
    ["are asked for by conditions that are made elsewhere", send("notes?${params}")],
    ["are sent in a way that is not known", 'await fetch(`${REST}/notes`, { ...options, headers });'],
    ["are changed with what every browser has", 'await fetch(`${REST}/notes`, { method: "POST", headers: { apikey: process.env.SUPABASE_ANON_KEY! }, body: "{}" });'],
    ["are those of another service", 'await fetch(`${process.env.SHOP_URL}/rest/v1/orders`, { method: "POST", headers: { Authorization: `Bearer ${process.env.SHOP_SECRET}` }, body: "{}" });'],
    ["stand behind a question mark", 'await fetch(`${process.env.PROXY_URL}/send?to=/rest/v1/notes`, { method: "POST", headers, body: "{}" });'],
    ["are called so in an address that is not known", 'await fetch(`${process.env.SUPABASE_URL}/storage/v1/object/notes`, { method: "POST", headers, body: "{}" });'],
    ["are made behind a limiter", `const { success } = await ratelimit.limit("notes");\n  if (!success) return new Response(null, { status: 429 });\n  ${INSERT}`],
    ["are made for machines", `if (request.headers.get("authorization") !== \`Bearer \${process.env.CRON_SECRET}\`) return new Response(null, { status: 401 });\n  ${INSERT}`],
    ["are made behind the look-up of a key", `${looked("api_keys?key=eq.${key}&limit=1")}\n  ${REFUSED}\n  ${INSERT}`],
  ])("%s: nobody", (_, body) => {
    expect(verdict(body)).toBe("nobody");
  });
});

describe("in a Pages Function of Cloudflare, whose variables come with the request", () => {
  const route = "functions/api/notes.ts";
  const code = (key: string): string => `interface Env { SUPABASE_URL: string; SUPABASE_SERVICE_ROLE_KEY: string; SUPABASE_ANON_KEY: string }
export const onRequestPost: PagesFunction<Env> = async ({ request, env }) => {
  const answer = await fetch(\`\${env.SUPABASE_URL}/rest/v1/notes\`, {
    method: "POST",
    headers: { apikey: env.${key}, Authorization: \`Bearer \${env.${key}}\` },
    body: await request.text(),
  });
  return new Response(null, { status: answer.status });
};
`;
  it.each([
    ["SUPABASE_SERVICE_ROLE_KEY", "anyone"],
    ["SUPABASE_ANON_KEY", "nobody"],
  ])("%s: %s", (key, expected) => {
    expect(verdictOf({ [route]: code(key) }, route)).toBe(expected);
  });
});

describe("a session that is looked up so, in a function", () => {
  const code = (by: string): string => `const headers = { apikey: process.env.SUPABASE_SERVICE_ROLE_KEY!, "content-type": "application/json" };
const REST = \`\${process.env.SUPABASE_URL}/rest/v1\`;

async function ownerOf(request: Request): Promise<{ id: string } | null> {
  const token = ${by};
  if (!token) return null;
  const found = await fetch(\`\${REST}/sessions?token=eq.\${token}&select=owner_id\`, { headers });
  if (!found.ok) return null;
  const [row] = await found.json();
  return row ?? null;
}

export async function POST(request: Request) {
  const owner = await ownerOf(request);
  if (!owner) return new Response(null, { status: 401 });
  await fetch(\`\${REST}/notes\`, { method: "POST", headers, body: JSON.stringify({ owner: owner.id }) });
  return Response.json({ ok: true });
}
`;
  it.each([
    ["by a header", 'request.headers.get("authorization")?.slice(7)', "nobody"],
    ["by what a form sends", "(await request.json()).token", "anyone"],
  ])("%s: %s", (_, by, expected) => {
    expect(verdictOf({ [ROUTE]: code(by) }, ROUTE)).toBe(expected);
  });
});

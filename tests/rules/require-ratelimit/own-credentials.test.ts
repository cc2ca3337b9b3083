import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* What an application shows to a service that it calls says nothing of who calls the application. */

const ROUTE = "app/api/parcels/route.ts";
const IMPORTS = `import { cookies, headers } from "next/headers";
import { AsyncLocalStorage } from "node:async_hooks";
import { timingSafeEqual } from "node:crypto";
import axios from "axios";
import { GoogleAuth, OAuth2Client } from "google-auth-library";
import { auth } from "@/auth";
import { redis } from "@/lib/clients";
import { createClient } from "@supabase/supabase-js";
import { getAdmin, getAdminSession, getAdminSupabaseClient, getSessionClient, getTokenClaims, getTokenPrice, isTokenListed, isTokenValid } from "some-stores";
`;
const WRITE = 'await redis.lpush("parcels", "1");';
const REFUSED = "return new Response(null, { status: 401 });";
/** The service is asked, and the work done where it has answered. */
const asks = (header: string): string => `const answer = await fetch("https://parcels.example.com/1", { headers: { authorization: ${header} } });\n  if (!answer.ok) throw new Error("The service does not answer");\n  ${WRITE}`;
/** Whoever has nothing to show is turned away. */
const demands = (call: string): string => `const token = ${call};\n  if (!token) ${REFUSED}\n  ${WRITE}`;
/** A record of the application's is looked up, and the work done where there is one. */
const shopOf = (client: string): string => `const { data: shop } = await ${client}.from("shops").select("id").eq("slug", await request.text()).single();\n  if (!shop) return new Response(null, { status: 404 });\n  ${WRITE}`;
/** The work is done where something was found. */
const coinOf = (call: string): string => `const found = await ${call};\n  if (!found) return new Response(null, { status: 404 });\n  ${WRITE}`;
/** Nothing is done where something is missing. */
const needs = (call: string): string => `const found = ${call};\n  if (!found) return new Response(null, { status: 500 });\n  ${WRITE}`;

type Case = readonly [name: string, verdict: Verdict, helper: string, body: string];

const CASES: readonly Case[] = [
  ["a header", "anyone", "const getAuthHeader = () => `Bearer ${process.env.PARCELS_KEY}`;", asks("getAuthHeader()")],
  ["a header for a scope", "anyone", "const getAuthHeader = (scope) => `Bearer ${process.env.PARCELS_KEY} ${scope}`;", asks("getAuthHeader('read')")],
  ["a password", "anyone", "function getAuthHeader() { const both = Buffer.from(`${process.env.PARCELS_USER}:${process.env.PARCELS_PASSWORD}`).toString('base64'); return `Basic ${both}`; }", asks("getAuthHeader()")],
  ["an object of headers", "anyone", "function getAuthHeaders() { if (!process.env.PARCELS_KEY) throw new Error('The key is missing'); return { authorization: process.env.PARCELS_KEY }; }", asks("getAuthHeaders().authorization")],
  ["a method", "anyone", "class Parcels { constructor() { this.key = process.env.PARCELS_KEY ?? ''; }\n  getAuthHeader() { return `Bearer ${this.key}`; } }\nconst parcels = new Parcels();", asks("parcels.getAuthHeader()")],
  ["a token that a service gives out", "anyone", "async function getAccessToken() { const answer = await fetch('https://login.example.com', { method: 'POST', body: new URLSearchParams({ secret: process.env.PARCELS_SECRET }) }); if (!answer.ok) throw new Error(answer.statusText); const { access_token } = await answer.json(); return access_token; }", asks("await getAccessToken()")],
  ["a token that a service gives out, by axios", "anyone", "async function getAccessToken() { try { const { data } = await axios.post('https://login.example.com', { secret: process.env.PARCELS_SECRET }); return data.token; } catch (error) { console.error(error); throw new Error('x'); } }", asks("await getAccessToken()")],
  ["a token that is there for everybody", "anyone", "const getAccessToken = async () => process.env.PARCELS_TOKEN;", demands("await getAccessToken()")],
  ["a client that may do anything", "anyone", "const getAdminClient = () => createClient(process.env.SUPABASE_URL, process.env.SUPABASE_KEY);", shopOf("getAdminClient()")],
  ["a database for the application itself", "anyone", "", shopOf("(await import('some-stores')).getAdminDb()")],
  ["a client that comes from a package", "anyone", "", shopOf("getAdminSupabaseClient()")],
  ["the price of a coin", "anyone", "", coinOf("getTokenPrice(await request.text())")],
  ["whether a coin is listed", "anyone", "", coinOf("isTokenListed(await request.text())")],

  ["a token that Google gives out, to what the application is", "anyone", "async function getAccessToken() { const client = await new GoogleAuth({ credentials: { private_key: process.env.GOOGLE_PRIVATE_KEY } }).getClient(); const token = await client.getAccessToken(); if (!token.token) throw new Error('x'); return token.token; }", asks("await getAccessToken()")],
  ["the price of a coin, by a function of the project", "anyone", "const getTokenPrice = async (coin) => (await fetch(`https://coins.example.com/${coin}`)).json();", needs("await getTokenPrice('sol')")],
  ["all coins", "anyone", "const getTokenPool = async () => (await fetch('https://coins.example.com')).json();", needs("await getTokenPool()")],

  // Whoever calls has to show the same.
  ["a key that is compared", "nobody", "const getApiKey = () => process.env.PARCELS_KEY;", `if (request.headers.get('x-key') !== getApiKey()) ${REFUSED}\n  ${WRITE}`],
  ["a header that is compared", "nobody", "const getAuthHeader = () => `Bearer ${process.env.PARCELS_KEY}`;", `const wanted = getAuthHeader();\n  if (request.headers.get('authorization') !== wanted) ${REFUSED}\n  ${WRITE}`],
  ["a key that is compared in the same time for all", "nobody", "const getToken = () => Buffer.from(process.env.PARCELS_KEY ?? '');", `if (!timingSafeEqual(Buffer.from(request.headers.get('x-key') ?? ''), getToken())) ${REFUSED}\n  ${WRITE}`],

  // These look at a request, or may.
  ["what a token says", "nobody", "", coinOf("getTokenClaims(request)")],
  ["whether a token is still good", "nobody", "", coinOf("isTokenValid(request.headers.get('authorization'))")],
  ["an admin's session", "nobody", "", `const { user } = await getAdminSession();\n  if (!user) ${REFUSED}\n  ${WRITE}`],
  ["an admin", "nobody", "", `const admin = await getAdmin(request);\n  if (!admin) ${REFUSED}\n  ${WRITE}`],
  ["a client for whoever is signed in", "nobody", "", `const { user } = await getSessionClient();\n  if (!user) ${REFUSED}\n  ${WRITE}`],
  ["the caller's header", "nobody", "const getAuthHeader = (request) => request.headers.get('authorization');", demands("getAuthHeader(request)")],
  ["the caller's header, with a secret beside it", "nobody", "const getAuthHeader = (request) => request.headers.get('authorization') && process.env.PARCELS_KEY;", demands("getAuthHeader(request)")],
  ["the caller's cookie", "nobody", "const getAccessToken = async () => (await cookies()).get('token')?.value;", demands("await getAccessToken()")],
  ["the caller's cookie, or a token of its own", "nobody", "const getAccessToken = async () => (await headers()).get('x-token') ?? process.env.PARCELS_TOKEN;", demands("await getAccessToken()")],
  ["a token for whoever is signed in", "nobody", "async function getAccessToken() { const session = await auth(); if (!session) throw new Error('x'); return process.env.PARCELS_TOKEN; }", `await getAccessToken();\n  ${WRITE}`],
  ["a token for whoever is signed in, by what it calls", "nobody", "async function getAccessToken() { const id = await current(); return `${id}${process.env.PARCELS_TOKEN}`; }\nasync function current() { const session = await auth(); if (!session) throw new Error('x'); return session.user.id; }", `await getAccessToken();\n  ${WRITE}`],
  ["a method of what is made with the request", "nobody", "class Caller { constructor(request) { this.request = request; }\n  getToken() { return this.request.headers.get('x-key') && process.env.PARCELS_TOKEN; } }", demands("new Caller(request).getToken()")],
  ["what is kept for a request", "nobody", "const kept = new AsyncLocalStorage();\nconst getToken = () => kept.getStore()?.token && process.env.PARCELS_TOKEN;", demands("getToken()")],
  ["what Google says of the caller's token", "nobody", "const client = new OAuth2Client(process.env.GOOGLE_CLIENT_ID);\nconst getTokenInfo = (request) => client.getTokenInfo(request.headers.get('authorization'));", demands("await getTokenInfo(request)")],
  ["a client that is made with the caller's token", "nobody", "async function getAccessToken(request) { const client = new OAuth2Client({ credentials: { refresh_token: request.headers.get('x-token') } }); const { token } = await client.getAccessToken(); return token; }", demands("await getAccessToken(request)")],
  ["the payload of the caller's token", "nobody", "const getTokenPayload = (request) => open(request.headers.get('authorization'));", needs("getTokenPayload(request)")],
  ["whether the caller's token is one", "nobody", "const isTokenValid = (request) => known.has(request.headers.get('authorization'));", `if (!isTokenValid(request)) ${REFUSED}\n  ${WRITE}`],
  ["what a package says", "nobody", "", demands("await auth()")],
];

describe("credentials for a service", () => {
  it.each(CASES)("%s: %s", (_, verdict, helper, body) => {
    const code = `${IMPORTS}${helper}\nexport async function POST(request: Request) {\n  ${body}\n  return Response.json({});\n}\n`;
    expect(verdictOf({ ...CLIENTS, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });

  it("of a client in another file say nothing of who calls, either", () => {
    const files: ProjectFiles = {
      ...CLIENTS,
      "lib/parcels.ts": `export class Parcels {
  private key = process.env.PARCELS_KEY?.trim() || "";
  private getAuthHeader(): string {
    return \`Bearer \${this.key}\`;
  }
  async find(id: string) {
    const answer = await fetch(\`https://parcels.example.com/\${id}\`, { headers: { authorization: this.getAuthHeader() } });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  }
}
`,
    };
    const code = `import { redis } from "@/lib/clients";\nimport { Parcels } from "@/lib/parcels";\nconst parcels = new Parcels();\nexport async function POST(request: Request) {\n  await redis.lpush("parcels", await parcels.find(await request.text()));\n  return Response.json({});\n}\n`;
    expect(verdictOf({ ...files, [ROUTE]: code }, ROUTE)).toBe("anyone");
  });
});

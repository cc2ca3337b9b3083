import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* Clients that are made when they are first used, since their keys are missing at build time. */

const ROUTE = "app/api/webhook/route.ts";
const NOTES = "app/api/notes/route.ts";

const CHECK = "stripe.webhooks.constructEvent(body, signature, process.env.STRIPE_WEBHOOK_SECRET!)";

const webhook = (client: string, check: string): ProjectFiles => ({
  ...CLIENTS,
  "lib/stripe.ts": client,
  [ROUTE]: `import { stripe } from "@/lib/stripe";
import { redis } from "@/lib/clients";
export async function POST(request: Request) {
  const body = await request.text();
  const signature = request.headers.get("stripe-signature")!;
  let event;
  try {
    event = await ${check};
  } catch {
    return new Response(null, { status: 400 });
  }
  await redis.lpush("events", event.id);
  return Response.json({ received: true });
}
`,
});

const STRIPE = 'import Stripe from "stripe";\nlet made: Stripe | null = null;\nfunction getStripe(): Stripe {\n  return (made ??= new Stripe(process.env.STRIPE_SECRET_KEY!));\n}\n';

const CHECKS: readonly (readonly [name: string, verdict: Verdict, client: string, check?: string])[] = [
  ["a Proxy", "nobody", `${STRIPE}export const stripe = new Proxy({} as Stripe, { get: (_, name) => (getStripe() as any)[name] });`],
  ["a Proxy that binds methods", "nobody", `${STRIPE}export const stripe = new Proxy({} as Stripe, { get(_, name) {\n  const client = getStripe();\n  const value = Reflect.get(client, name);\n  return typeof value === "function" ? value.bind(client) : value;\n} });`],
  ["a Proxy of something unknown", "nobody", "export const stripe = new Proxy({} as any, { get: (_, name) => (made() as any)[name] });"],
  ["a place of globalThis", "nobody", "export const stripe = (globalThis as any).__stripe;"],
  ["asynchronously", "nobody", "export const stripe = (globalThis as any).__stripe;", "stripe.webhooks.constructEventAsync(body, signature, process.env.STRIPE_WEBHOOK_SECRET!)"],
  ["a getter", "nobody", `${STRIPE}const lazy = { get client() { return getStripe(); } };\nexport const stripe = lazy.client;`],
  // What looks like a check, and is none.
  ["a function of the project that checks nothing", "anyone", "export const stripe = { webhooks: { constructEvent: (body: string, signature: string, secret: string) => JSON.parse(body) } };"],
  ["the making of a signature", "anyone", `${STRIPE}export const stripe = new Proxy({} as Stripe, { get: (_, name) => (getStripe() as any)[name] });`, "stripe.webhooks.generateTestHeaderString({ payload: body, secret: signature })"],
  ["a Proxy that answers by itself", "anyone", "export const stripe = new Proxy({} as any, { get: () => (body: string) => JSON.parse(body) });", "stripe.webhooks.parse(body, signature, process.env.STRIPE_WEBHOOK_SECRET!)"],
];

describe("Stripe's signature, checked by", () => {
  it.each(CHECKS.map(([name, verdict, client, check]) => [name, verdict, client, check ?? CHECK] as const))("%s: %s", (_, verdict, client, check) => {
    expect(verdictOf(webhook(client, check), ROUTE)).toBe(verdict);
  });
});

const REDIS = 'import { Redis } from "@upstash/redis";\nlet made: Redis | undefined;\nconst getRedis = () => (made ??= Redis.fromEnv());\n';

const LAZY: readonly (readonly [name: string, verdict: Verdict, client: string])[] = [
  ["hands on to the client", "anyone", `${REDIS}export const redis = new Proxy({} as Redis, { get: (_, name) => (getRedis() as any)[name] });`],
  ["hands on to its target", "anyone", `${REDIS}export const redis = new Proxy(Redis.fromEnv(), { get(inner, name, receiver) {\n  console.log(name);\n  return Reflect.get(inner, name, receiver);\n} });`],
  ["changes nothing that is read", "anyone", `${REDIS}export const redis = new Proxy(Redis.fromEnv(), { set: () => false });`],
  // It may do anything.
  ["hands out functions of its own", "nobody", `${REDIS}export const redis = new Proxy({} as Redis, { get: (_, name) => (name === "lpush" ? async () => 0 : (getRedis() as any)[name]) });`],
  ["hands out other members than it is asked for", "nobody", `${REDIS}export const redis = new Proxy({} as any, { get: (_, name) => (fakes as any)[\`\${String(name)}\`] });`],
];

describe("a Redis client behind a Proxy that", () => {
  it.each(LAZY)("%s: %s", (_, verdict, client) => {
    const route = 'import { redis } from "@/lib/redis";\nexport async function POST(request: Request) {\n  await redis.lpush("notes", await request.text());\n  return Response.json({ ok: true });\n}\n';
    expect(verdictOf({ "lib/redis.ts": client, [ROUTE]: route }, ROUTE)).toBe(verdict);
  });
});

/** The client is called for each query, and what makes it has the same name. */
const SQL: readonly (readonly [name: string, verdict: Verdict, client: string, body: string])[] = [
  ["nothing is asked of it", "nobody", "NEON", "getSql();"],
  ["it is handed on to Drizzle, for a few rows", "nobody", "NEON", "await drizzle(getSql()).select().from(notes).limit(10);"],
  ["nothing is asked of Postgres.js", "nobody", "POSTGRES", "getSql();"],
  ["a query", "anyone", "NEON", "await getSql()`SELECT text FROM notes WHERE author = ${id}`;"],
  ["a query, by name", "anyone", "NEON", "const sql = getSql();\n  await sql`SELECT text FROM notes WHERE author = ${id}`;"],
  ["a query of Postgres.js", "anyone", "POSTGRES", "await getSql()`SELECT text FROM notes WHERE author = ${id}`;"],
  ["a query at once", "anyone", "NEON", "await neon(process.env.DATABASE_URL!)`SELECT text FROM notes WHERE author = ${id}`;"],
  ["a query as a text", "anyone", "NEON", 'await getSql().query("SELECT text FROM notes");'],
  ["a change through Drizzle", "anyone", "NEON", "await drizzle(getSql()).insert(notes).values({ text: id });"],
];
const MAKERS: Record<string, string> = {
  NEON: 'import { neon } from "@neondatabase/serverless";\nlet sql: ReturnType<typeof neon> | null = null;\nexport function getSql() {\n  if (!sql) sql = neon(process.env.DATABASE_URL!);\n  return sql;\n}\n',
  POSTGRES: 'import postgres from "postgres";\nlet sql: postgres.Sql | undefined;\nexport const getSql = () => (sql ??= postgres(process.env.DATABASE_URL!));\n',
};

describe("a client of SQL that is made when it is first used", () => {
  it.each(SQL)("%s: %s", (_, verdict, maker, body) => {
    const route = `import { neon } from "@neondatabase/serverless";
import { drizzle } from "drizzle-orm/neon-http";
import { pgTable, text } from "drizzle-orm/pg-core";
import { getSql } from "@/lib/sql";
const notes = pgTable("notes", { text: text("text") });
export async function POST(request: Request) {
  const id = await request.text();
  ${body}
  return Response.json({ id });
}
`;
    expect(verdictOf({ "lib/sql.ts": MAKERS[maker] ?? "", [NOTES]: route }, NOTES)).toBe(verdict);
  });
});

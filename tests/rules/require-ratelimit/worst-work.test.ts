import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-ratelimit.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";

const ROUTE = "app/api/notes/route.ts";
/** All reads count, so that it shows what they are taken for. */
const messageOf = (code: string): string => lintMessages("require-ratelimit", rule, { [ROUTE]: code }, ROUTE, { reads: "all" }).join("\n");

const POSTGRES = 'import { neon } from "@neondatabase/serverless";\nimport { sql as vercel } from "@vercel/postgres";\nimport { Pool } from "pg";\nconst sql = neon(process.env.DATABASE_URL!);\nconst pool = new Pool();\n';
const handler = (body: string): string => `${POSTGRES}export async function POST(request: Request) {\n  const { id, query } = await request.json();\n  ${body}\n  return Response.json({ ok: true });\n}\n`;

/** Statements of SQL are changes where their first word says so. */
describe("SQL", () => {
  it.each([
    ["a tag", "await sql`UPDATE notes SET read = true WHERE id = ${id}`;"],
    ["a tag, with room before it", "await vercel`\n    insert into notes (id) values (${id})`;"],
    ["a call with a text", 'await pool.query("DELETE FROM notes WHERE id = $1", [id]);'],
    ["a call with a template", "await pool.query(`ALTER TABLE notes_${id} ADD COLUMN a TEXT`);"],
    ["a long tag", `await sql\`\n      update notes set title = 'a', text = 'b', owner = 'c', changed_at = now(), read = true where id = \${id}\`;`],
    ["a table that is made, and filled", 'await pool.query("CREATE TABLE IF NOT EXISTS notes (id TEXT); INSERT INTO notes VALUES (1)");'],
    ["a column that is added, and another that goes", 'await pool.query("ALTER TABLE notes ADD COLUMN IF NOT EXISTS a TEXT, DROP COLUMN b");'],
    ["a column that is added where there may be one", 'await pool.query("ALTER TABLE notes ADD COLUMN a TEXT");'],
    ["a table that is made, and a row in quotes", "await pool.query(\"CREATE TABLE IF NOT EXISTS notes (id TEXT); UPDATE notes SET a = 'x; CREATE TABLE IF NOT EXISTS b'\");"],
    ["a table that is made", 'await pool.query("CREATE TABLE notes (id TEXT)");'],
    ["a table for each of many", "await pool.query(`CREATE TABLE IF NOT EXISTS notes_${id} (id TEXT)`);"],
    ["a call with options", 'await pool.query({ text: "TRUNCATE notes", values: [] });'],
    ["a variable", 'const text = "Drop table notes";\n  await pool.query(text);'],
  ])("%s changes data", (_, body) => {
    expect(messageOf(handler(body))).toContain("POST /api/notes changes data in Postgres without");
  });

  it.each([
    ["a read", "await sql`SELECT * FROM notes WHERE author = ${id}`;"],
    ["a word further on", 'await pool.query("SELECT id FROM notes FOR UPDATE");'],
    ["a tag whose change stands behind a part that is not known", "await sql`${query} DELETE FROM notes`;"],
    ["a table that is made where there is none", 'await pool.query(`\n  CREATE TABLE IF NOT EXISTS notes (\n    id TEXT PRIMARY KEY\n  );\n`);'],
    ["tables, indices and columns that are", "await pool.query(`\n  CREATE TABLE IF NOT EXISTS notes (id TEXT);\n  CREATE INDEX IF NOT EXISTS of_notes ON notes (id);\n  ALTER TABLE notes ADD COLUMN IF NOT EXISTS size DECIMAL(24, 10) DEFAULT 0;\n  ALTER TABLE notes ADD COLUMN IF NOT EXISTS a TEXT, ADD COLUMN IF NOT EXISTS b TEXT;\n`);"],
    ["an index that is", 'await pool.query("create unique index concurrently if not exists of_notes on notes (id)");'],
    ["a name that begins so", 'await pool.query("updates_of_today");'],
    ["a statement that is not known", "await pool.query(query);"],
    ["a part that is not known", "await pool.query(`${query} UPDATE`);"],
  ])("%s is a query", (_, body) => {
    expect(messageOf(handler(body))).toContain("POST /api/notes queries Postgres without");
  });

  it.each([
    ["a table that is made where there is none", "queries", 'await prisma.$executeRawUnsafe("CREATE TABLE IF NOT EXISTS notes (id TEXT)");'],
    ["an index, as a tag", "queries", "await prisma.$executeRaw`CREATE INDEX IF NOT EXISTS of_notes ON notes (id)`;"],
    ["a column", "queries", "await prisma.$executeRawUnsafe(`\n    ALTER TABLE notes ADD COLUMN IF NOT EXISTS hash TEXT\n  `);"],
    ["a table that is made", "changes", 'await prisma.$executeRawUnsafe("CREATE TABLE notes (id TEXT)");'],
    ["a table that is made where there is none, and filled", "changes", 'await prisma.$executeRawUnsafe("CREATE TABLE IF NOT EXISTS notes (id TEXT); INSERT INTO notes VALUES (1)");'],
    ["a column, and another that goes", "changes", 'await prisma.$executeRawUnsafe("ALTER TABLE notes ADD COLUMN IF NOT EXISTS a TEXT, DROP COLUMN b");'],
    ["a table for each of many", "changes", "await prisma.$executeRawUnsafe(`CREATE TABLE IF NOT EXISTS notes_${id} (id TEXT)`);"],
    ["a table whose statement is not known", "changes", "await prisma.$executeRawUnsafe(query);"],
    ["a function that may change anything", "changes", "await prisma.$executeRaw`SELECT archive_notes(${id})`;"],
  ])("through Prisma, which executes it: %s %s the database", (_, what, body) => {
    const prisma = 'import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n';
    expect(messageOf(prisma + handler(body))).toContain(`POST /api/notes ${what} the database through Prisma without`);
  });

  it("is read in a statement that is prepared before", () => {
    const told = (text: string): string =>
      messageOf(`import Database from "better-sqlite3";\nconst db = new Database("a.db");\nexport async function POST(request: Request) {\n  return Response.json(db.prepare("${text}").get(await request.text()));\n}\n`);
    expect(told("DELETE FROM notes WHERE id = ? RETURNING text")).toContain("changes data in SQLite");
    expect(told("SELECT text FROM notes WHERE author = ?")).toContain("queries SQLite");
  });
});

/** Of several works the message names what harms most, so that nobody takes a report for harmless. */
describe("the work that is named", () => {
  const STRIPE = 'import Stripe from "stripe";\nimport { PrismaClient } from "@prisma/client";\nconst stripe = new Stripe(process.env.STRIPE_SECRET_KEY!);\nconst prisma = new PrismaClient();\n';
  const READ = "const notes = await prisma.note.findMany({ where: { author: id } });";
  const WRITE = "await prisma.note.delete({ where: { id } });";
  const PAY = "await stripe.checkout.sessions.create({ mode: \"payment\" });";
  const post = (...body: readonly string[]): string => `${STRIPE}export async function POST(request: Request) {\n  const { id } = await request.json();\n  ${body.join("\n  ")}\n  return Response.json({ ok: true });\n}\n`;

  it.each([
    ["a change behind a read", post(READ, WRITE), "changes the database through Prisma"],
    ["a payment behind a read and a change", post(READ, WRITE, PAY), "Stripe"],
    ["a change before a read", post(WRITE, READ), "changes the database through Prisma"],
    ["a read alone", post(READ), "queries the database through Prisma"],
    ["a read behind one by which the connection is tried", `${POSTGRES}${post("await pool.query(\"SELECT 1\");", READ)}`, "queries the database through Prisma"],
  ])("%s", (_, code, what) => {
    expect(messageOf(code)).toContain(what);
  });

  it.each([
    ["a change in a transaction", "await prisma.$transaction(async (tx) => {\n    const note = await tx.note.findMany({ where: { author: id } });\n    await tx.note.create({ data: { author: note.length } });\n  });", "changes the database through Prisma"],
    ["a change in a loop of a transaction", "await prisma.$transaction(async (db) => {\n    for (const one of id) await db.note.delete({ where: { id: one } });\n  });", "changes the database through Prisma"],
    ["reads in a transaction", "await prisma.$transaction(async (tx) => tx.note.findMany({ where: { author: id } }));", "queries the database through Prisma"],
    ["reads behind a setting of their own", "await prisma.$transaction(async (tx) => {\n    await tx.$executeRaw`SELECT set_config('app.author', ${id}, true)`;\n    return tx.note.findMany({ where: { author: id } });\n  });", "queries the database through Prisma"],
    ["a set that is changed in a transaction", "const seen = new Set();\n  await prisma.$transaction(async (tx) => {\n    seen.delete(await tx.note.count());\n  });", "queries the database through Prisma"],
  ])("%s", (_, body, what) => {
    expect(messageOf(post(body))).toContain(`POST /api/notes ${what} without`);
  });

  it.each([
    ["a link for a new password", "supabase", "await supabase.auth.resetPasswordForEmail(id);", "has Supabase send a code or a link"],
    ["a link that is sent anew", "supabase", 'await supabase.auth.resend({ type: "signup", email: id });', "has Supabase send a code or a link"],
    ["a password that is checked", "supabase", "await supabase.auth.signInWithPassword({ email: id, password: id });", "signs a user in or up through Supabase"],
    ["a link of Firebase", "firebase", "await sendPasswordResetEmail(getAuth(), id);", "has Firebase send a link"],
  ])("%s", (_, from, body, what) => {
    const client = from === "supabase" ? 'import { createClient } from "@supabase/supabase-js";\nconst supabase = createClient(process.env.SUPABASE_URL!, process.env.SUPABASE_SERVICE_ROLE_KEY!);\n' : 'import { getAuth, sendPasswordResetEmail } from "firebase/auth";\n';
    expect(messageOf(`${client}${post(body)}`)).toContain(`POST /api/notes ${what} without`);
  });

  it("is no look-up that nobody would be told of by itself", () => {
    const ONE = "const note = await prisma.note.findUnique({ where: { id } });";
    const KNOWN = `import { auth } from "@/auth";\nimport { Resend } from "resend";\nconst resend = new Resend("");\n`;
    const told = (...reads: readonly string[]): string =>
      messageOf(`${KNOWN}${post(...reads, "const session = await auth();", "if (!session) return new Response(null, { status: 401 });", 'await resend.emails.send({ from: "a@example.com", to: id, subject: "a", text: "a" });')}`);
    expect(told(ONE)).toContain("sends mail through Resend without consulting a rate limiter before it, so whoever it lets in");
    const second = (name: string): string => ONE.replace("const note", `const ${name}`);
    expect(told(ONE, second("b"), second("c"), second("d"))).toContain("queries the database through Prisma without consulting a rate limiter before it, so anyone");
  });

  it("is what strangers can do, before what signed-in callers can", () => {
    const code = `import { auth } from "@/auth";\nimport { Resend } from "resend";\nconst resend = new Resend("");\n${post(READ, "const session = await auth();", "if (!session) return new Response(null, { status: 401 });", 'await resend.emails.send({ from: "a@example.com", to: id, subject: "a", text: "a" });')}`;
    expect(messageOf(code)).toContain("queries the database through Prisma without consulting a rate limiter before it, so anyone");
  });
});

/** Far away, nobody finds the work by its file alone. */
describe("work in other files", () => {
  const MAIL = 'import { Resend } from "resend";\nconst resend = new Resend("");\nexport const send = (to: string) => resend.emails.send({ from: "a@example.com", to, subject: "a", text: "a" });\n';
  const FILES = {
    "lib/mail.ts": MAIL,
    "lib/expiry.ts": 'import { send } from "./mail";\nexport async function expire(id: string) {\n  await send(id);\n}\n',
    "lib/wrap.ts": "export const withErrors = (handle: Function) => async (...args: unknown[]) => {\n  try {\n    return await handle(...args);\n  } catch {\n    return new Response(null, { status: 500 });\n  }\n};\nexport async function timed(run: () => Promise<unknown>) {\n  return run();\n}\n",
    "lib/queue.ts": 'import { expire } from "./expiry";\n' + "export async function statusOf(id: string) {\n  await expire(id);\n  return id;\n}\nexport const named = (id: string) => expire(id);\n",
  };
  const told = (code: string): string => lintMessages("require-ratelimit", rule, { ...FILES, [ROUTE]: code }, ROUTE).join("\n");
  const get = (source: string, call: string, name: string): string =>
    `import { ${name} } from "@/lib/${source}";\nexport async function POST(request: Request) {\n  return Response.json(await ${call});\n}\n`;

  it.each([
    ["the function that the handler calls", get("queue", "statusOf(await request.text())", "statusOf"), "(in lib/mail.ts, through `statusOf()`)"],
    ["by the name that it has there", get("queue", "named(await request.text())", "named"), "(in lib/mail.ts, through `named()`)"],
    ["by the name of the function, where it is imported under another one", get("queue", "look(await request.text())", "statusOf as look"), "(in lib/mail.ts, through `statusOf()`)"],
    ["nothing, where that function does the work", get("mail", "send(await request.text())", "send"), "(in lib/mail.ts)"],
    ["a function of the same file", `import { statusOf } from "@/lib/queue";\nconst own = (id: string) => statusOf(id);\nexport async function POST(request: Request) {\n  return Response.json(await own(await request.text()));\n}\n`, "(in lib/mail.ts, through `own()`)"],
    ["what a handler calls that is wrapped", `import { statusOf } from "@/lib/queue";\nimport { withErrors } from "@/lib/wrap";\nexport const POST = withErrors(async (request: Request) => Response.json(await statusOf(await request.text())));\n`, "(in lib/mail.ts, through `statusOf()`)"],
    ["nothing, where a handler that is wrapped calls what does the work", `import { send } from "@/lib/mail";\nimport { withErrors } from "@/lib/wrap";\nexport const POST = withErrors(async (request: Request) => Response.json(await send(await request.text())));\n`, "(in lib/mail.ts)"],
    ["what is called in a function that is handed over", `import { statusOf } from "@/lib/queue";\nimport { timed } from "@/lib/wrap";\nexport async function POST(request: Request) {\n  return Response.json(await timed(async () => statusOf(await request.text())));\n}\n`, "(in lib/mail.ts, through `statusOf()`)"],
    ["a function of the same file, in a handler that is wrapped", `import { statusOf } from "@/lib/queue";\nimport { withErrors } from "@/lib/wrap";\nconst own = (id: string) => statusOf(id);\nexport const POST = withErrors(async (request: Request) => Response.json(await own(await request.text())));\n`, "(in lib/mail.ts, through `own()`)"],
  ])("are found through %s", (_, code, words) => {
    expect(told(code)).toContain(words);
  });

  it("are found through the function of this handler, where another one gets there by another", () => {
    const code = `import { statusOf, named } from "@/lib/queue";\nexport async function GET(request: Request) {\n  return Response.json(await statusOf(request.url));\n}\nexport async function POST(request: Request) {\n  return Response.json(await named(await request.text()));\n}\nexport async function PUT(request: Request) {\n  return Response.json(await statusOf(await request.text()));\n}\n`;
    expect(lintMessages("require-ratelimit", rule, { ...FILES, [ROUTE]: code }, ROUTE).map((message) => /through `(\w+)/u.exec(message)?.[1])).toEqual(["statusOf", "named", "statusOf"]);
  });
});

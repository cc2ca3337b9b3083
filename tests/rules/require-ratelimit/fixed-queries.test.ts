import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { verdictOf, type Verdict } from "./verdicts.ts";

/* A query that is the same for all, and does not grow with what is stored, is no more than a limiter takes. */

const ROUTE = "app/api/notes/route.ts";
const FILES: ProjectFiles = {
  "lib/prisma.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n',
  "lib/drizzle.ts": `import { drizzle } from "drizzle-orm/node-postgres";
import { pgTable, text, timestamp } from "drizzle-orm/pg-core";
export const notes = pgTable("notes", { id: text("id").primaryKey(), title: text("title"), at: timestamp("at").defaultNow() });
export const db = drizzle(process.env.DATABASE_URL!);
`,
  "lib/supabase.ts": 'import { createClient } from "@supabase/supabase-js";\nexport const supabase = createClient(process.env.SUPABASE_URL!, process.env.SUPABASE_SERVICE_ROLE_KEY!);\n',
  "lib/pool.ts": `import { Pool } from "pg";
export const pool = new Pool({ connectionString: process.env.DATABASE_URL });
export async function one(text, values = []) {
  const { rows } = await pool.query(text, values);
  return rows[0] ?? null;
}
`,
  "lib/latest.ts": 'import { prisma } from "./prisma";\nexport const latest = (take: number) => prisma.note.findMany({ take });\n',
};

type Case = readonly [name: string, verdict: Verdict, body: string];

const CASES: readonly Case[] = [
  ["a health check", "nobody", "await prisma.$queryRaw`SELECT 1`;\n  return Response.json({ ok: true });"],
  ["a health check through Drizzle", "nobody", "await db.execute(sql`SELECT 1`);\n  return Response.json({ ok: true });"],
  ["a health check that asks for the time and the version", "nobody", 'return Response.json(await pool.query("SELECT now()::text AS now, version() AS version"));'],
  ["a row of settings, by SQL", "nobody", 'return Response.json(await pool.query("SELECT theme, color FROM public.settings ORDER BY id ASC LIMIT 1"));'],
  ["the same, by a helper", "nobody", 'return Response.json(await one(`\n    SELECT theme, color\n    FROM settings\n    WHERE name = $1\n    ORDER BY id\n    LIMIT 1;\n  `, ["site"]));'],
  ["the same, without parameters", "nobody", 'return Response.json(await one("SELECT theme FROM settings LIMIT 1"));'],
  ["the first fifty", "nobody", 'return Response.json(await prisma.note.findMany({ where: { public: true }, orderBy: { at: "desc" }, take: 50 }));'],
  ["one", "nobody", 'return Response.json(await prisma.note.findFirst({ where: { slug: "home" }, select: { title: true } }));'],
  ["what is not over yet", "nobody", "return Response.json(await prisma.note.findMany({ where: { until: { gt: new Date() } }, take: 10 }));"],
  ["by a helper that is told how many", "nobody", "return Response.json(await latest(5));"],
  ["the latest, through Drizzle", "nobody", 'return Response.json(await db.select().from(notes).where(eq(notes.title, "x")).orderBy(desc(notes.at)).limit(10));'],
  ["some columns, through Drizzle", "nobody", "return Response.json(await db.select({ id: notes.id }).from(notes).limit(10));"],
  ["some rows, through Supabase", "nobody", 'return Response.json(await supabase.from("notes").select("id, title").eq("public", true).limit(10));'],
  ["a condition in SQL, through Drizzle", "nobody", "return Response.json(await db.select().from(notes).where(sql`title >= 'm'`).limit(10));"],
  ["an order in SQL, through Drizzle", "nobody", "return Response.json(await db.select().from(notes).orderBy(sql`${notes.at} DESC NULLS LAST`).limit(10));"],
  ["what is made of the rows", "nobody", "const rows = await db.select().from(notes).limit(10);\n  return Response.json(rows.map((row) => row.id));"],
  ["two of them", "nobody", "await prisma.$queryRaw`SELECT 1`;\n  return Response.json(await prisma.note.findMany({ take: 5 }));"],
  // A caller has a say in it, or it grows.
  ["all rows", "anyone", "return Response.json(await prisma.note.findMany({ where: { public: true } }));"],
  ["a count", "anyone", "return Response.json(await prisma.note.count());"],
  ["with what belongs to each", "anyone", "return Response.json(await prisma.note.findMany({ take: 50, include: { comments: true } }));"],
  ["with a selection of what belongs to each", "anyone", "return Response.json(await prisma.note.findMany({ take: 50, select: { comments: { select: { id: true } } } }));"],
  ["as many as the caller likes", "anyone", "return Response.json(await prisma.note.findMany({ take: Number(asked) }));"],
  ["as many as the caller likes, by a helper", "anyone", "return Response.json(await latest(Number(asked)));"],
  ["thousands", "anyone", "return Response.json(await prisma.note.findMany({ take: 5000 }));"],
  ["the one that the caller asks for", "nobody", "return Response.json(await prisma.note.findFirst({ where: { slug: asked } }));"],
  ["from where the caller likes", "anyone", "return Response.json(await prisma.note.findMany({ take: 10, skip: Number(asked) }));"],
  ["a query of a table", "anyone", "return Response.json(await prisma.$queryRaw`SELECT id FROM notes`);"],
  ["a query that waits", "anyone", "return Response.json(await prisma.$queryRaw`SELECT pg_sleep(10)`);"],
  ["by SQL, with what the caller asks for", "nobody", 'return Response.json(await one("SELECT theme FROM settings WHERE name = $1 LIMIT 1", [asked]));'],
  ["by SQL, with what the caller writes", "anyone", "return Response.json(await pool.query(`SELECT theme FROM settings WHERE name = '${asked}' LIMIT 1`));"],
  ["by SQL, thousands", "anyone", 'return Response.json(await pool.query("SELECT theme FROM settings LIMIT 5000"));'],
  ["by SQL, all rows", "anyone", 'return Response.json(await pool.query("SELECT theme FROM settings ORDER BY id"));'],
  ["by SQL, a count", "anyone", 'return Response.json(await pool.query("SELECT count(*) FROM notes LIMIT 1"));'],
  ["by SQL, groups", "anyone", 'return Response.json(await pool.query("SELECT theme FROM notes GROUP BY theme LIMIT 1"));'],
  ["by SQL, two tables", "anyone", 'return Response.json(await pool.query("SELECT a.id FROM notes a, notes b LIMIT 1"));'],
  ["by SQL, tables that are joined", "anyone", 'return Response.json(await pool.query("SELECT a.id FROM notes a JOIN comments b ON a.id = b.note LIMIT 1"));'],
  ["by SQL, a limit of another part", "anyone", 'return Response.json(await pool.query("SELECT id FROM notes WHERE id IN (SELECT id FROM notes LIMIT 1)"));'],
  ["by SQL, a lock", "anyone", 'return Response.json(await pool.query("SELECT pg_advisory_lock(1), now() LIMIT 1"));'],
  ["what is asked for each row", "anyone", "const rows = await db.select().from(notes).limit(10);\n  return Response.json(await Promise.all(rows.map((row) => prisma.note.findMany({ where: { of: row.id } }))));"],
  ["all rows, through Drizzle", "anyone", "return Response.json(await db.select().from(notes));"],
  ["a count, through Drizzle", "anyone", "return Response.json(await db.select({ n: count() }).from(notes).limit(1));"],
  ["a search, through Drizzle", "anyone", "return Response.json(await db.select().from(notes).where(like(notes.title, `%${asked}%`)).limit(10));"],
  ["a condition of its own, through Drizzle", "anyone", "return Response.json(await db.select().from(notes).where(sql`slow(${asked})`).limit(10));"],
  ["a function of SQL, through Drizzle", "anyone", "return Response.json(await db.select().from(notes).where(sql`pg_sleep(10) IS NULL`).limit(10));"],
  ["what another query finds, through Drizzle", "anyone", "return Response.json(await db.select().from(notes).orderBy(sql`(SELECT count FROM likes WHERE note = id)`).limit(10));"],
  ["the caller's value in SQL, through Drizzle", "anyone", "return Response.json(await db.select().from(notes).where(sql`title >= ${asked}`).limit(10));"],
  ["SQL of the caller's, through Drizzle", "anyone", "return Response.json(await db.select().from(notes).where(sql.raw(asked)).limit(10));"],
  ["the caller's page, through Drizzle", "anyone", "return Response.json(await db.select().from(notes).limit(10).offset(Number(asked)));"],
  ["one record, through Supabase", "nobody", 'const { data } = await supabase.from("settings").select("open_at, closed_at").eq("id", 1).single();\n  return Response.json({ at: Number(data.open_at) });'],
  ["one record or none, through Supabase", "nobody", 'return Response.json(await supabase.from("settings").select("open_at").eq("id", 1).maybeSingle());'],
  ["all that there is as one record, through Supabase", "anyone", 'return Response.json(await supabase.from("settings").select("open_at").single());'],
  ["one record of the caller's, through Supabase", "nobody", 'return Response.json(await supabase.from("settings").select("open_at").eq("id", asked).single());'],
  ["one record with what belongs to it, through Supabase", "anyone", 'return Response.json(await supabase.from("settings").select("open_at, hours(*)").eq("id", 1).single());'],
  ["a count, through Supabase", "anyone", 'return Response.json(await supabase.from("notes").select("id", { count: "exact" }).limit(1));'],
  ["with what belongs to each, through Supabase", "anyone", 'return Response.json(await supabase.from("notes").select("id, comments(*)").limit(10));'],
  ["a table of the caller's", "anyone", "return Response.json(await supabase.from(asked).select().limit(10));"],
  ["a write beside it", "anyone", "await prisma.note.findMany({ take: 5 });\n  return Response.json(await prisma.note.create({ data: {} }));"],
  ["four of them", "anyone", "return Response.json([await prisma.d.findMany({ take: 5 }), await prisma.a.findMany({ take: 5 }), await prisma.b.findMany({ take: 5 }), await prisma.c.findMany({ take: 5 })]);"],
];

describe("queries", () => {
  it.each(CASES)("%s: %s", (_, verdict, body) => {
    const code = `import { count, desc, eq, like, sql } from "drizzle-orm";
import { prisma } from "@/lib/prisma";
import { db, notes } from "@/lib/drizzle";
import { supabase } from "@/lib/supabase";
import { latest } from "@/lib/latest";
import { one, pool } from "@/lib/pool";
export async function GET(request: Request) {
  const asked = new URL(request.url).searchParams.get("q")!;
  ${body}
}
`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});

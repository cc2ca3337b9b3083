import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { verdictOf, type Verdict } from "./verdicts.ts";

/* A limiter takes as many commands of a store as the look-up of a record: up to three are left to `strict`. */

const ROUTE = "app/api/notes/route.ts";
const FILES: ProjectFiles = {
  "lib/prisma.ts": `import { PrismaClient } from "@prisma/client";
export const prisma = new PrismaClient();
export const load = (id: string) => prisma.note.findUnique({ where: { id } });
`,
  "prisma/schema.prisma": `model Note {
  id       String    @id
  author   User      @relation(fields: [authorId], references: [id])
  authorId String
  folder   Folder?
  cover    Image?
  comments Comment[]
}
model User {
  id    String @id
  notes Note[]
}
model Folder {
  id String @id
}
model Image {
  id String @id
}
model Comment {
  id String @id
}
`,
  "lib/drizzle.ts": `import { drizzle } from "drizzle-orm/node-postgres";
import { pgTable, text } from "drizzle-orm/pg-core";
export const notes = pgTable("notes", { id: text("id").primaryKey(), title: text("title"), slug: text("slug"), author: text("author"), email: text("email") });
export const db = drizzle(process.env.DATABASE_URL!);
`,
  "lib/notes.ts": `import { eq } from "drizzle-orm";
import { db, notes } from "./drizzle";
export async function found(id: string) {
  const [note] = await db.select().from(notes).where(eq(notes.id, id)).limit(1);
  return note || null;
}
export const short = (text: string) => text.replace(/\\s+/gu, " ").slice(0, 50);
const shortest = (text: string) => short(text).trim();
export const titleOf = (note: { title: string }) => shortest(note.title);
export const alike = (text: string) => db.select().from(notes).where(eq(notes.title, text));
export const ordered = (query: any) => query.orderBy(notes.title);
export const shown = async (id: string) => {
  const note = await found(id);
  return { note: { text: note!.title } };
};
export const built = async (id: string) => ({ more: db.select().from(notes).where(eq(notes.author, id)) });
export const signed = (input: { text: string }) => JSON.stringify({ text: input.text.trim() });
export const sorted = (input: { query: any }) => input.query.orderBy(notes.title);
export const allOf = (input: { client: any }) => input.client.query.notes.findMany();
export const allThrough = (input: { client: any }) => input.client.note.findMany();
`,
  "lib/supabase.ts": 'import { createClient } from "@supabase/supabase-js";\nexport const supabase = createClient(process.env.SUPABASE_URL!, process.env.SUPABASE_SERVICE_ROLE_KEY!);\n',
  "lib/database.types.ts": `export type Database = {
  public: {
    Tables: {
      notes: {
        Row: { id: string; author: string | null; folder: string | null };
        Insert: { id?: string };
        Update: { id?: string };
        Relationships: [
          {
            foreignKeyName: "notes_author_fkey";
            columns: ["author"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "notes_folder_fkey"
            columns: ["folder"]
            isOneToOne: false
            referencedRelation: "folders"
            referencedColumns: ["id"]
          },
        ];
      };
      comments: {
        Row: { id: string; note: string };
        Relationships: [
          { foreignKeyName: "comments_note_fkey"; columns: ["note"]; isOneToOne: false; referencedRelation: "notes"; referencedColumns: ["id"] },
        ];
      };
      profiles: { Row: { id: string }; Relationships: [] };
    };
  };
};
`,
  "models/note.ts": 'import mongoose from "mongoose";\nexport const Note = mongoose.model("Note", new mongoose.Schema({ title: String }));\n',
};

type Case = readonly [name: string, verdict: Verdict, body: string];

const CASES: readonly Case[] = [
  ["one record", "nobody", "return Response.json(await prisma.note.findUnique({ where: { id: asked } }));"],
  ["one record, by several columns", "nobody", "return Response.json(await prisma.note.findUnique({ where: { shop_slug: { shop: asked, slug: asked } } }));"],
  ["some columns of it, checked by Prisma", "nobody", "const some = Prisma.validator<Prisma.NoteSelect>()({ title: true });\n  return Response.json(await prisma.note.findFirst({ where: { id: asked }, select: some }));"],
  ["a comment of it, checked by Prisma", "anyone", "const some = Prisma.validator<Prisma.NoteSelect>()({ comments: true });\n  return Response.json(await prisma.note.findFirst({ where: { id: asked }, select: some }));"],
  ["what the caller selects, checked by Prisma", "anyone", "const some = Prisma.validator<Prisma.NoteSelect>()(await request.json());\n  return Response.json(await prisma.note.findFirst({ where: { id: asked }, select: some }));"],
  ["with all of a list that it selects", "anyone", "return Response.json(await prisma.note.findUnique({ where: { id: asked }, select: { title: true, comments: true } }));"],
  ["with no list that it leaves out", "nobody", "return Response.json(await prisma.note.findUnique({ where: { id: asked }, select: { title: true, comments: false } }));"],
  ["with one record that it selects", "nobody", "return Response.json(await prisma.note.findUnique({ where: { id: asked }, select: { title: true, author: true } }));"],
  ["with all of a list of one record that it selects", "anyone", "return Response.json(await prisma.note.findUnique({ where: { id: asked }, select: { author: { select: { notes: true } } } }));"],
  ["with three records that it selects", "anyone", "return Response.json(await prisma.note.findUnique({ where: { id: asked }, select: { author: true, folder: true, cover: true } }));"],
  ["one record, by a helper", "nobody", "return Response.json(await load(asked));"],
  ["one record, by either of two names", "nobody", "return Response.json(await prisma.note.findFirst({ where: { OR: [{ id: asked }, { slug: asked }] } }));"],
  ["one record, by either of two names, through Drizzle", "nobody", "return Response.json(await db.select().from(notes).where(or(eq(notes.id, asked), eq(notes.slug, asked))));"],
  ["a page of rows", "nobody", 'return Response.json(await prisma.note.findMany({ where: { author: asked }, orderBy: { at: "desc" }, take: 20 }));'],
  ["one record, through Drizzle", "nobody", "const [note] = await db.select().from(notes).where(eq(notes.id, asked));\n  return Response.json(note);"],
  ["some columns of it, through Drizzle", "nobody", "return Response.json(await db.select({ title: notes.title }).from(notes).where(eq(notes.author, asked)).limit(1));"],
  ["one record, through Supabase", "nobody", 'return Response.json(await supabase.from("notes").select("id, title").eq("id", asked).single());'],
  ["a page of rows, through Supabase", "nobody", 'return Response.json(await supabase.from("notes").select("id, title").eq("author", asked).order("at").limit(20));'],
  ["one record, of which a helper cuts a text", "nobody", 'const cut = (text: string) => text.replace(/;/g, "").slice(0, 9);\n  const { data: note } = await supabase.from("notes").select("id, title").eq("slug", asked).maybeSingle();\n  return new Response(cut(note!.title));'],
  ["a query that a helper is handed, and goes on with", "anyone", 'const few = (query: any) => query.ilike("title", asked);\n  return Response.json(await few(supabase.from("notes").select("id, title")));'],
  ["a client that a helper is handed", "anyone", 'const all = (client: typeof supabase) => client.from("notes").select("id, title");\n  return Response.json(await all(supabase));'],
  ["one document, through Mongoose", "nobody", "return Response.json(await Note.findById(asked).lean());"],
  ["the same, by its slug", "nobody", "return Response.json(await Note.findOne({ slug: asked }));"],
  ["by SQL, a row", "nobody", "return Response.json(await sql`\n    SELECT id, title FROM notes n\n    WHERE LOWER(n.slug) = LOWER(${asked}) AND n.deleted_at IS NULL\n  `);"],
  ["by SQL, by the id that a service has given", "nobody", "return Response.json(await sql`SELECT title FROM users WHERE mux_playback_id = ${asked}`);"],
  ["by SQL, of a customer of a service", "anyone", "return Response.json(await sql`SELECT title FROM orders WHERE stripe_customer_id = ${asked}`);"],
  ["by SQL, of a user of a service", "anyone", "return Response.json(await sql`SELECT title FROM notes WHERE clerk_user_id = ${asked}`);"],
  ["by SQL, either of two names of a row", "nobody", "return Response.json(await sql`SELECT title FROM users WHERE username = ${asked} OR wallet = ${asked}`);"],
  ["by SQL, a page", "nobody", "return Response.json(await sql`SELECT id FROM notes WHERE author = ${asked} ORDER BY at DESC LIMIT 50`);"],
  ["a value of Redis", "nobody", "return Response.json(await redis.get(`note:${asked}`));"],
  ["a field of Redis", "nobody", 'return Response.json(await redis.hget(`note:${asked}`, "title"));'],
  ["a document of Redis", "nobody", 'return Response.json(await redis.json.get(`note:${asked}`));'],
  ["a part of it", "nobody", 'return Response.json(await redis.json.get(`note:${asked}`, "$.title"));'],
  ["what is looked for in a list", "nobody", 'const { data } = await supabase.from("notes").select("id, title").eq("id", asked).single();\n  const kinds = [data].flatMap((note) => note?.title ?? []);\n  return Response.json(kinds.find((kind) => kind === asked));'],
  // What is made of an answer asks nothing.
  ["a column of what a helper has found", "nobody", "const note = await found(asked);\n  return Response.json(note && note.title.trim().toUpperCase());"],
  ["the same, made shorter by another one", "nobody", "const note = await found(asked);\n  return Response.json(note && short(note.title));"],
  ["the same, handed on", "nobody", "const [note] = await db.select().from(notes).where(eq(notes.id, asked)).limit(1);\n  return Response.json(titleOf(note));"],
  ["the same, handed on in an object", "nobody", "const note = await found(asked);\n  return Response.json(note && signed({ text: note.title }));"],
  ["a column of what Supabase has found, handed on in an object", "nobody", 'const { data } = await supabase.from("notes").select("id, title").eq("slug", asked).maybeSingle();\n  return Response.json(signed({ text: data!.title }));'],
  ["a column of what a helper has put into an object", "nobody", "const { note } = await shown(asked);\n  return Response.json(note.text.trim());"],
  ["the same, made shorter by another one", "nobody", "const all = await shown(asked);\n  return Response.json(short(all.note.text));"],
  ["a query that a helper has put into an object", "anyone", "const all = await built(asked);\n  return Response.json(await all.more.orderBy(notes.title));"],
  ["a query that a helper is handed in an object", "anyone", "return Response.json(await sorted({ query: db.select().from(notes).where(eq(notes.author, asked)) }));"],
  ["a client that a helper is handed in an object", "anyone", "return Response.json(await allOf({ client: db }));"],
  ["a client of Prisma with an extension, handed over in an object", "anyone", "return Response.json(await allThrough({ client: prisma.$extends({}) }));"],
  ["a query or a text, handed over in an object", "anyone", "const note = await found(asked);\n  return Response.json(await sorted({ query: asked ? db.select().from(notes).where(eq(notes.author, asked)) : note }));"],
  ["all rows that are like it", "anyone", "const note = await found(asked);\n  return Response.json(note && (await alike(note.title)));"],
  ["a query that a helper is handed", "anyone", "return Response.json(await ordered(db.select().from(notes).where(eq(notes.author, asked))));"],
  ["a query that is built in a helper", "anyone", "const build = async () => ({ query: db.select().from(notes).where(eq(notes.author, asked)) });\n  const { query } = await build();\n  return Response.json(await query.orderBy(notes.title));"],
  ["whether a name is free, but for one's own record", "nobody", "return Response.json(await prisma.note.findFirst({ where: { slug: asked, id: { not: body.id } }, select: { id: true } }));"],
  ["the same, by NOT", "nobody", "return Response.json(await prisma.note.findFirst({ where: { slug: asked, NOT: { id: body.id } } }));"],
  ["the same, where there is one", "nobody", "return Response.json(await prisma.note.findFirst({ where: { slug: asked, ...(body.id ? { id: { not: body.id } } : {}) } }));"],
  ["the same, where there is one, in short", "nobody", "return Response.json(await prisma.note.findFirst({ where: { slug: asked, ...(body.id && { NOT: { id: body.id } }) } }));"],
  ["the same, put there later", "nobody", "const where: any = { slug: asked };\n  if (body.id) where.id = { not: body.id };\n  return Response.json(await prisma.note.findFirst({ where, select: { id: true } }));"],
  ["the same, through Drizzle", "nobody", "return Response.json(await db.select({ id: notes.id }).from(notes).where(and(eq(notes.slug, asked), ne(notes.id, body.id))).limit(1));"],
  ["the same, through Supabase", "nobody", 'return Response.json(await supabase.from("notes").select("id").eq("slug", asked).neq("id", body.id).maybeSingle());'],
  ["the same, by SQL", "nobody", "return Response.json(await sql`SELECT id FROM notes WHERE slug = ${asked} AND id != ${body.id}`);"],
  ["the same, by SQL of the standard", "nobody", "return Response.json(await sql`SELECT id FROM notes WHERE slug = ${asked} AND id <> ${body.id}`);"],
  ["two records", "nobody", "return Response.json([await load(asked), await redis.get(`note:${asked}`)]);"],

  // Guessing is what a limiter is for.
  ["whose address has an account", "anyone", "return Response.json(await prisma.user.findUnique({ where: { email: asked } }));"],
  ["a coupon", "anyone", "return Response.json(await prisma.coupon.findUnique({ where: { code: asked } }));"],
  ["a coupon, through Drizzle", "anyone", "return Response.json(await db.select().from(notes).where(eq(notes.email, asked)).limit(1));"],
  ["a code, by SQL", "anyone", "return Response.json(await sql`SELECT id FROM invites WHERE invite_code = ${asked} LIMIT 1`);"],
  ["a code in Redis", "anyone", "return Response.json({ ok: (await redis.get(`otp:${asked}`)) !== null });"],
  ["a token in Redis", "anyone", "return Response.json(await redis.get(`auth:token:${asked}`));"],
  ["what is kept of an address in Redis", "anyone", "const { email } = body;\n  return Response.json(await redis.get(`user:${email}`));"],
  ["a session's document in Redis", "anyone", "return Response.json(await redis.json.get(`auth:token:${asked}`));"],
  ["any document of Redis", "anyone", "return Response.json(await redis.json.get(asked));"],
  ["documents of Redis, as many as the caller likes", "anyone", 'return Response.json(await redis.json.mget(body.map((id: string) => `note:${id}`), "$"));'],
  ["any value of Redis", "anyone", "return Response.json(await redis.get(asked));"],
  ["an account, by the address of a record", "nobody", "const note = await load(asked);\n  return Response.json(await prisma.user.findUnique({ where: { email: note.email } }));"],
  ["the same, in lower case", "nobody", "const note = await load(asked);\n  if (!note) return new Response(null, { status: 404 });\n  return Response.json(await prisma.user.findUnique({ where: { email: note.email.toLowerCase() } }));"],
  ["the same, through Supabase", "nobody", 'const { data: note } = await supabase.from("notes").select("id, email").eq("id", asked).single();\n  return Response.json(await supabase.from("users").select("id").eq("email", note.email).single());'],
  ["by an address that is sent, or else a record's", "anyone", "const note = await load(asked);\n  return Response.json(await prisma.user.findUnique({ where: { email: body.email ?? note.email } }));"],
  ["by an address that is put into a record's text", "anyone", 'const note = await load(asked);\n  return Response.json(await prisma.user.findUnique({ where: { email: note.title.replace("%", body.email) } }));'],
  ["by what a helper makes of a record and of what is sent", "anyone", "const of = (note: any, name: string) => `${note.title}${name}`;\n  const note = await load(asked);\n  return Response.json(await prisma.user.findUnique({ where: { email: of(note, body.email) } }));"],
  ["by the address of a record that is found by one that is sent", "anyone", "const user = await prisma.user.findFirst({ where: { email: body.email } });\n  return Response.json(await prisma.invite.findFirst({ where: { email: user.email } }));"],
  ["whether an address is free, but for one's own record", "anyone", "return Response.json(await prisma.user.findFirst({ where: { email: asked, NOT: { id: body.id } } }));"],
  ["the same, by SQL", "anyone", "return Response.json(await sql`SELECT id FROM users WHERE email = ${asked} AND id <> ${body.id} LIMIT 1`);"],
  ["one that has another code than the one that is sent", "anyone", "return Response.json(await prisma.coupon.findFirst({ where: { code: { not: asked } } }));"],
  ["by an address, where one is sent", "anyone", "return Response.json(await prisma.user.findFirst({ where: { role: asked, ...(body.email ? { email: body.email } : {}) } }));"],
  ["by an address that is put there later", "anyone", "const where: any = { role: asked };\n  if (body.email) where.email = body.email;\n  return Response.json(await prisma.user.findFirst({ where }));"],
  ["a country, by its code", "nobody", "return Response.json(await prisma.country.findUnique({ where: { countryCode: asked } }));"],

  // It grows, or costs more than it looks.
  ["all rows of somebody", "anyone", "return Response.json(await prisma.note.findMany({ where: { author: asked } }));"],
  ["all rows of somebody, through Drizzle", "anyone", "return Response.json(await db.select().from(notes).where(eq(notes.author, asked)));"],
  ["all rows of somebody, through Supabase", "anyone", 'return Response.json(await supabase.from("notes").select("id").eq("author", asked));'],
  ["all rows of somebody, by SQL", "anyone", "return Response.json(await sql`SELECT id FROM notes WHERE author = ${asked}`);"],
  ["in an order that the caller names", "anyone", 'return Response.json(await prisma.note.findMany({ where: { author: asked }, orderBy: { [asked]: "asc" }, take: 20 }));'],
  ["all rows but one", "anyone", "return Response.json(await prisma.note.findMany({ where: { author: asked, NOT: { id: body.id } } }));"],
  ["all rows but one, through Drizzle", "anyone", "return Response.json(await db.select().from(notes).where(ne(notes.id, asked)));"],
  ["all rows but one, by SQL", "anyone", "return Response.json(await sql`SELECT title FROM notes WHERE id <> ${asked}`);"],
  ["what is not like what is searched for", "anyone", "return Response.json(await prisma.note.findFirst({ where: { slug: asked, NOT: { title: { contains: body.text } } } }));"],
  ["a search, where one is sent", "anyone", "return Response.json(await prisma.note.findFirst({ where: { slug: asked, ...(body.text ? { title: { contains: body.text } } : {}) } }));"],
  ["whatever is sent, beside a name", "anyone", "return Response.json(await prisma.note.findFirst({ where: { slug: asked, ...body.where } }));"],
  ["a search", "anyone", "return Response.json(await prisma.note.findMany({ where: { title: { contains: asked } }, take: 10 }));"],
  ["a search in several columns", "anyone", "return Response.json(await prisma.note.findMany({ where: { OR: [{ title: { contains: asked } }, { text: { contains: asked } }] }, take: 10 }));"],
  ["a search beside a name", "anyone", "return Response.json(await prisma.note.findMany({ where: { OR: [{ slug: asked }, { title: { contains: asked } }] }, take: 10 }));"],
  ["all but what is searched for", "anyone", "return Response.json(await prisma.note.findMany({ where: { NOT: [{ title: { contains: asked } }] }, take: 10 }));"],
  ["whose address, or name, has an account", "anyone", "return Response.json(await prisma.user.findFirst({ where: { OR: [{ username: asked }, { email: asked }] } }));"],
  ["all rows of either of two", "anyone", "return Response.json(await db.select().from(notes).where(or(eq(notes.id, asked), eq(notes.author, asked))));"],
  ["a search, by SQL", "anyone", "return Response.json(await sql`SELECT id FROM notes WHERE title ILIKE ${asked} LIMIT 10`);"],
  ["as many as the caller likes, by SQL", "anyone", "return Response.json(await sql`SELECT id FROM notes WHERE author = ${asked} LIMIT ${Number(asked)}`);"],
  ["what belongs to the record", "anyone", "return Response.json(await prisma.note.findUnique({ where: { id: asked }, include: { comments: true } }));"],
  ["and the one record that it belongs to", "nobody", "return Response.json(await prisma.note.findUnique({ where: { id: asked }, include: { author: true } }));"],
  ["the same, by columns", "nobody", "return Response.json(await prisma.note.findUnique({ where: { id: asked }, select: { title: true, author: { select: { name: true } }, folder: true } }));"],
  ["the same, of a page of rows", "nobody", "return Response.json(await prisma.note.findMany({ where: { author: asked }, include: { author: { select: { name: true } }, folder: true }, take: 20 }));"],
  ["and more of them than look-ups are let go", "anyone", "return Response.json(await prisma.note.findUnique({ where: { id: asked }, include: { author: true, folder: true, cover: true } }));"],
  ["and all that belongs to the one record that it belongs to", "anyone", "return Response.json(await prisma.note.findUnique({ where: { id: asked }, include: { author: { include: { notes: true } } } }));"],
  ["the same, by columns", "anyone", "return Response.json(await prisma.note.findUnique({ where: { id: asked }, select: { author: { select: { notes: { select: { id: true } } } } } }));"],
  ["the same, as columns", "anyone", "return Response.json(await prisma.note.findUnique({ where: { id: asked }, include: { author: { select: { _count: true } } } }));"],
  ["and one record beside many", "anyone", "return Response.json(await prisma.note.findUnique({ where: { id: asked }, include: { author: true, comments: true } }));"],
  ["and what the caller names", "anyone", "return Response.json(await prisma.note.findUnique({ where: { id: asked }, include: { [asked]: true } }));"],
  ["and what a list holds that no schema tells of", "anyone", "return Response.json(await prisma.page.findUnique({ where: { id: asked }, include: { author: true } }));"],
  ["and the one row that it refers to, through Supabase", "nobody", 'return Response.json(await supabase.from("notes").select("id, author:profiles(name)").eq("id", asked).single());'],
  ["the same, by the name of the key", "nobody", 'return Response.json(await supabase.from("notes").select("id, profiles!notes_author_fkey!inner(name), folders (id, name)").eq("id", asked).single());'],
  ["the same, by the column", "nobody", 'return Response.json(await supabase.from("notes").select("*, author(name)").eq("id", asked).single());'],
  ["the same, of a page of rows", "nobody", 'return Response.json(await supabase.from("notes").select("id, author:profiles!inner(name)").eq("author", asked).limit(20));'],
  ["the same, of all rows of somebody", "anyone", 'return Response.json(await supabase.from("notes").select("id, author:profiles(name)").eq("author", asked));'],
  ["and all rows that refer to it, through Supabase", "anyone", 'return Response.json(await supabase.from("notes").select("id, comments(text)").eq("id", asked).single());'],
  ["and how many refer to it", "anyone", 'return Response.json(await supabase.from("notes").select("id, comments(count)").eq("id", asked).single());'],
  ["and how many are like what it refers to", "anyone", 'return Response.json(await supabase.from("notes").select("id, profiles(count)").eq("id", asked).single());'],
  ["and all rows that refer to what it refers to", "anyone", 'return Response.json(await supabase.from("notes").select("id, profiles(name, notes(id))").eq("id", asked).single());'],
  ["and rows by a key that it does not have", "anyone", 'return Response.json(await supabase.from("notes").select("id, profiles!comments_note_fkey(name)").eq("id", asked).single());'],
  ["and what no types tell of, through Supabase", "anyone", 'return Response.json(await supabase.from("pages").select("id, author:profiles(name)").eq("id", asked).single());'],
  ["and the one row beside many, through Supabase", "anyone", 'return Response.json(await supabase.from("notes").select("id, author:profiles(name), comments(id)").eq("id", asked).single());'],
  ["tables that are joined, by SQL", "anyone", "return Response.json(await sql`SELECT n.id FROM notes n JOIN users u ON u.id = n.author WHERE u.id = ${asked}`);"],
  ["a set of Redis", "anyone", "return Response.json(await redis.smembers(`notes:${asked}`));"],
  ["each of what the caller names", "anyone", "return Response.json(await Promise.all(body.map((id: string) => prisma.note.findUnique({ where: { id } }))));"],
  ["each, by a helper in a loop", "anyone", "const found = [];\n  for (const id of body) found.push(await load(id));\n  return Response.json(found);"],
  ["four records", "anyone", "return Response.json([await load(asked), await redis.get(`a:${asked}`), await redis.get(`b:${asked}`), await redis.get(`c:${asked}`)]);"],
  ["and a change beside it", "anyone", "await load(asked);\n  return Response.json(await prisma.view.create({ data: { note: asked } }));"],
  ["and what is done with the document", "anyone", "const note = await Note.findById(asked);\n  await note?.save();\n  return Response.json(note);"],
  ["a change, where a record asks for a session and another does not", "anyone", "const note = await load(asked);\n  const { userId } = await auth();\n  if (note.isPrivate && !userId) return new Response(null, { status: 401 });\n  return Response.json(await prisma.view.create({ data: { note: asked } }));"],
];

describe("look-ups", () => {
  it.each(CASES)("%s: %s", (_, verdict, body) => {
    const code = `import { auth } from "@clerk/nextjs/server";
import { Redis } from "@upstash/redis";
import { sql } from "@vercel/postgres";
import { Prisma } from "@prisma/client";
import { and, eq, ne, or } from "drizzle-orm";
import { db, notes } from "@/lib/drizzle";
import { alike, allOf, allThrough, built, found, ordered, short, shown, signed, sorted, titleOf } from "@/lib/notes";
import { load, prisma } from "@/lib/prisma";
import { supabase } from "@/lib/supabase";
import { Note } from "@/models/note";
const redis = Redis.fromEnv();
export async function POST(request: Request) {
  const body = await request.json();
  const asked = body.asked;
  ${body}
}
`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});

import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { verdictOf } from "./verdicts.ts";

/* Reads such as a public page asks for are left to `strict`, and those that strangers gain from are not. */

const ROUTE = "app/api/notes/route.ts";
const FILES: ProjectFiles = {
  "lib/prisma.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n',
  "lib/drizzle.ts": `import { drizzle } from "drizzle-orm/node-postgres";
import { pgTable, text, integer } from "drizzle-orm/pg-core";
export const notes = pgTable("notes", { id: text("id").primaryKey(), title: text("title"), slug: text("slug"), author: text("author"), code: text("code"), size: integer("size") });
export const users = pgTable("users", { id: text("id").primaryKey(), email: text("email") });
export const likes = pgTable("likes", { noteId: text("note_id"), userId: text("user_id"), kind: text("kind") });
export const db = drizzle(process.env.DATABASE_URL!);
`,
  "lib/supabase.ts": 'import { createClient } from "@supabase/supabase-js";\nexport const supabase = createClient(process.env.SUPABASE_URL!, process.env.SUPABASE_SERVICE_ROLE_KEY!);\n',
  "lib/models.ts": 'import mongoose from "mongoose";\nexport const User = mongoose.model("User", new mongoose.Schema({}));\nexport const Note = mongoose.model("Note", new mongoose.Schema({}));\n',
  "lib/list.ts": `import { prisma } from "./prisma";
export async function retried<T>(load: () => Promise<T>, most = 3): Promise<T> {
  let failed: unknown;
  for (let attempt = 0; attempt < most; attempt++) {
    try { return await load(); } catch (error) { failed = error; }
  }
  throw failed;
}
export const newest = () => prisma.note.findMany({ where: { isPublic: true }, orderBy: { createdAt: "desc" }, take: 20 });
export const listed = (take: number) => prisma.note.findMany({ take });
export const asked = (where: object) => prisma.note.findMany({ where });
export const byAuthor = (author: string) => prisma.note.findMany({ where: { author }, include: { tags: true, comments: { take: 5 } } });
`,
};
const IMPORTS = `import { and, asc, count, desc, eq, getTableColumns, gte, ilike, inArray, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import { neon } from "@neondatabase/serverless";
import { db, likes, notes, users } from "@/lib/drizzle";
import { asked, byAuthor, listed, newest, retried } from "@/lib/list";
import { Note, User } from "@/lib/models";
import { prisma } from "@/lib/prisma";
import { supabase } from "@/lib/supabase";
const query = neon(process.env.DATABASE_URL!);
`;
const of = (body: string) =>
  verdictOf({ ...FILES, [ROUTE]: `${IMPORTS}export async function GET(request: Request) {\n  const { searchParams } = new URL(request.url);\n  const text = searchParams.get("q") ?? "";\n  const size = Number(searchParams.get("size"));\n  const ids = searchParams.getAll("id");\n  ${body}\n}\n` }, ROUTE, {});
const answer = (query: string): string => `return Response.json(await ${query});`;

describe("plain reads", () => {
  it.each([
    ["a list", answer("prisma.note.findMany()")],
    ["a list of some", answer('prisma.note.findMany({ where: { isPublic: true, OR: [{ hiddenAt: null }, { hiddenAt: { gt: new Date() } }] }, orderBy: { title: "asc" }, take: 20 })')],
    ["the next ones of a list", answer("prisma.note.findMany({ skip: size * 20, take: 20 })")],
    ["no more than some, whatever the caller asks for", answer("prisma.note.findMany({ take: Math.min(size, 50) })")],
    ["the same, in a variable", `const take = Math.min(Math.max(size, 1), 50);\n  ${answer("prisma.note.findMany({ take })")}`],
    ["a record with what belongs to it", answer("prisma.note.findFirst({ where: { slug: text }, include: { author: { select: { name: true, email: true } }, comments: { orderBy: { createdAt: \"desc\" }, take: 10 } } })")],
    ["a count", answer("prisma.note.count({ where: { author: text } })")],
    ["by a helper", answer("newest()")],
    ["by a helper, of an author", answer("byAuthor(text)")],
    ["a list that is tried again when it fails", answer("retried(() => prisma.note.findMany({ take: 20 }))")],
    ["a list that is tried again when it fails, here", `let found; for (let attempt = 0; attempt < 3; attempt++) { try { found = await newest(); break; } catch {} }\n  return Response.json(found);`],
    ["three lists at once", answer("Promise.all([newest(), prisma.tag.findMany(), prisma.note.count()])")],
    ["a country's code, which everybody knows", answer("prisma.note.findMany({ where: { countryCode: text } })")],
    ["the address of what was found", `const note = await prisma.note.findUnique({ where: { id: text } });\n  ${answer("prisma.author.findMany({ where: { email: note!.email } })")}`],
    ["in an order that the caller names", answer('prisma.note.findMany({ orderBy: { [text]: "asc" }, take: 20 })')],
    ["a column of that name, which is shown", answer('prisma.note.findMany({ select: { id: true, limit: true, contains: true, email: true } })')],
    ["Drizzle: a list", answer("db.select().from(notes).where(and(eq(notes.author, text), isNull(notes.slug))).orderBy(desc(notes.title)).limit(20)")],
    ["Drizzle: a join", answer("db.select({ id: notes.id, total: count() }).from(notes).innerJoin(users, eq(users.id, notes.author)).where(gte(notes.size, 5))")],
    ["Drizzle: by ids", answer("db.select().from(notes).where(inArray(notes.id, ids))")],
    ["Drizzle: a relational query", answer("db.query.notes.findMany({ where: (note, { eq: is }) => eq(note.author, text), with: { comments: true }, orderBy: [asc(notes.title)] })")],
    ["Drizzle: plain SQL in a condition", answer("db.select().from(notes).where(sql`${notes.size} > 5`)")],
    ["Drizzle: counts of what belongs to each row", answer('db.select({ ...getTableColumns(notes), author: users, likes: db.$count(likes, and(eq(likes.noteId, notes.id), eq(likes.kind, "up"))) }).from(notes).innerJoin(users, eq(users.id, notes.author)).orderBy(desc(notes.title)).limit(20)')],
    ["Drizzle: counts", answer("Promise.all([db.$count(notes), db.$count(likes, eq(likes.userId, text))])")],
    ["Drizzle: what stands in a query is no query of its own", answer("db.select({ id: notes.id, a: db.$count(likes, eq(likes.noteId, notes.id)), b: db.$count(likes, eq(likes.userId, notes.author)), c: db.$count(likes), d: db.$count(users), e: db.$count(notes) }).from(notes).where(inArray(notes.author, db.select({ id: users.id }).from(users).where(eq(users.id, text)))).limit(20)")],
    ["Drizzle: a table that is made for the query", `const own = db.$with("own").as(db.select().from(likes).where(inArray(likes.userId, text ? [text] : [])));
  const [note] = await db.with(own).select({ ...getTableColumns(notes), liked: isNotNull(own.noteId).mapWith(Boolean) }).from(notes).leftJoin(own, eq(own.noteId, notes.id)).where(eq(notes.id, text)).limit(1).groupBy(notes.id, own.noteId);
  return Response.json(note);`],
    ["Drizzle: the next ones of a list", answer("db.select().from(notes).where(text ? or(lt(notes.title, text), and(eq(notes.title, text), lt(notes.id, text))) : undefined).limit(20).offset(size)")],
    ["Drizzle: conditions in a list", `const conditions = [];\n  if (text) conditions.push(eq(notes.author, text));\n  if (size) conditions.push(gte(notes.size, size));\n  const where = conditions.length > 0 ? and(...conditions) : undefined;\n  ${answer("db.select().from(notes).where(where).limit(20)")}`],
    ["Drizzle: conditions in two lists", `const some = [eq(notes.author, text)];\n  const conditions = [...some, gte(notes.size, size)];\n  conditions.push(...some);\n  ${answer("db.select().from(notes).where(and(...conditions)).limit(20)")}`],
    ["Drizzle: in an order that the caller names", answer("db.select().from(notes).where(gte(notes.size, size)).orderBy(desc(notes[text as 'title'])).limit(20)")],
    ["what is made of answers that are waited for together", `const [found, tags] = await Promise.all([prisma.note.findUnique({ where: { slug: text } }), prisma.tag.findMany()]);
  const names = (tags ?? []).map((tag) => tag.name).filter(Boolean).join(", ");
  return Response.json([names, [found?.title, found?.author].filter(Boolean), tags.find((tag) => tag.id === text), tags.filter(Boolean), tags.map(String)]);`],
    ["what is asked sometimes", answer("prisma.note.findMany({ where: { comments: { ...(text && { some: { author: text } }) } } })")],
    ["an answer that is kept for a time", `const kept = (kind: string) => ({ ttl: kind.length });\n  ${answer('prisma.note.findMany({ take: 6, cacheStrategy: kept("notes") } as never)')}`],
    ["Supabase: a list", answer('supabase.from("notes").select("id, title, author:profiles(name)").eq("author", text).order("title").range(size, size + 19)')],
    ["Supabase: a count", answer('supabase.from("notes").select("*", { count: "exact", head: true }).gte("size", 5)')],
    ["Supabase: elements of a list", answer('supabase.from("notes").select("id").contains("tags", [text]).limit(10)')],
    ["Supabase: either of two", answer('supabase.from("notes").select("id").or(`author.eq.${text},slug.eq.${text}`).limit(10)')],
    ["Mongoose: a list", answer("Note.find({ isPublic: true }).sort({ title: 1 }).limit(20)")],
    ["Mongoose: all notes", answer("Note.find().lean()")],
    ["SQL", answer("query`SELECT id, title FROM notes JOIN users ON users.id = notes.author WHERE author = ${text} ORDER BY title LIMIT 20`")],
    ["SQL, with a kind that is written down", answer("query`SELECT count(*) FROM roles WHERE code = 'ADMIN' AND active = true`")],
  ])("%s", (_, body) => {
    expect(of(body)).toBe("nobody");
  });
});

describe("reads that strangers gain from", () => {
  it.each([
    ["a search in texts", answer("prisma.note.findMany({ where: { title: { contains: text } }, take: 20 })")],
    ["a search in one of several texts", answer('prisma.note.findMany({ where: { OR: [{ slug: text }, { title: { startsWith: text, mode: "insensitive" } }] } })')],
    ["a search that is asked for sometimes", answer("prisma.note.findMany({ where: { isPublic: true, ...(text ? { title: { contains: text } } : {}) } })")],
    ["a search that is put in later", `const where: any = { isPublic: true };\n  if (text) where.OR = [{ title: { contains: text } }];\n  ${answer("prisma.note.findMany({ where })")}`],
    ["a search in a column that the caller names", answer("prisma.note.findMany({ where: { [text]: { contains: text } } })")],
    ["an operator that the caller names", answer("prisma.note.findMany({ where: { title: { [text]: text } } })")],
    ["a search in what belongs to it", answer("prisma.note.findMany({ where: { comments: { some: { text: { contains: text } } } } })")],
    ["as many as the caller likes", answer("prisma.note.findMany({ take: size })")],
    ["as many as the caller likes of what belongs to it", answer("prisma.note.findFirst({ where: { id: text }, include: { comments: { take: size } } })")],
    ["as many as the caller likes, at least some", answer("prisma.note.findMany({ take: Math.max(size, 10) })")],
    ["as many as the caller likes, by a helper", answer("listed(size)")],
    ["whatever the caller likes", answer("asked(JSON.parse(text))")],
    ["whatever the caller likes, in place", answer("prisma.note.findMany({ where: JSON.parse(text) })")],
    ["conditions of a list that the caller writes", answer("prisma.note.findMany({ where: { OR: ids.map((id) => ({ id })) } })")],
    ["one query for each", answer("Promise.all(ids.map((id) => prisma.note.findMany({ where: { author: id } })))")],
    ["one query for each, in a loop", `const found = [];\n  for (const id of ids) found.push(await prisma.note.count({ where: { author: id } }));\n  return Response.json(found);`],
    ["one query for each, in a loop that counts", `for (let at = 0; at < 3; at++) await prisma.note.count({ where: { author: ids[at]! } });\n  return Response.json({});`],
    ["one query for each, until one is found", `for (let at = 0; at < 90; at++) { const found = await prisma.note.findFirst({ where: { author: ids[at]! }, include: { tags: true } }); if (found) return Response.json(found); }`],
    ["one query for each, until one does not fail", `for (let at = 0; at < ids.length; at++) { try { return Response.json(await prisma.note.findFirst({ where: { author: ids[at]! }, include: { tags: true } })); } catch {} }`],
    ["one query for each, until one fails", `for (let at = 0; at < 90; at++) { try { await prisma.note.count({ where: { author: ids[at]! } }); } catch { return Response.json({}); } }`],
    ["one query for each, until one is found, by continue", `for (let at = 0; at < 5; at++) { const found = await prisma.note.findFirst({ where: { author: ids[at]! }, include: { tags: true } }); if (!found) continue; return Response.json(found); }`],
    ["one query for each, until one is found, by throw", `for (let at = 0; at < 5; at++) { try { const found = await prisma.note.findFirst({ where: { author: ids[at]! }, include: { tags: true } }); if (!found) throw new Error("no"); return Response.json(found); } catch {} }`],
    ["one query for each of a hundred, until one does not fail", `for (let at = 0; at < 100; at++) { try { return Response.json(await prisma.note.findFirstOrThrow({ where: { author: ids[at]! }, include: { tags: true } })); } catch {} }`],
    ["a list that is tried again as often as the caller likes", answer("retried(() => prisma.note.findMany({ take: 20 }), size)")],
    ["one query for each, by a helper", answer("Promise.all(ids.map((id) => byAuthor(id)))")],
    ["six of them", answer("Promise.all([newest(), newest(), newest(), prisma.tag.findMany(), prisma.note.count(), prisma.tag.count()])")],
    ["a code that can be tried", answer("prisma.invitation.findFirst({ where: { code: text }, include: { team: true } })")],
    ["whose address has an account", answer("prisma.user.count({ where: { email: text } })")],
    ["a report", answer('prisma.note.groupBy({ by: ["author"], _count: true })')],
    ["several queries in a transaction", answer('prisma.$transaction([prisma.note.findMany({ where: { title: { contains: text } } }), prisma.note.count()])')],
    ["a search in a column called cache", answer("prisma.note.findMany({ where: { cache: { contains: text } } })")],
    ["Drizzle: a report over two tables that are joined by a condition", answer("db.select({ id: notes.id, likes: count() }).from(notes).leftJoin(likes, isNotNull(likes.kind)).where(eq(notes.id, likes.noteId)).groupBy(notes.id)")],
    ["a sum", answer("prisma.note.aggregate({ _sum: { size: true } })")],
    ["all users", answer("prisma.user.findMany({ select: { id: true, name: true } })")],
    ["all users, through Drizzle", answer("db.select().from(users)")],
    ["all sessions, through Supabase", answer('supabase.from("sessions").select("*")')],
    ["all users, through Mongoose", answer("User.find({}).select(\"name\").lean()")],
    ["Mongoose: a search", answer("Note.find({ title: { $regex: text } })")],
    ["Mongoose: a text index", answer("Note.find({ $text: { $search: text } })")],
    ["Mongoose: as many as the caller likes", answer("Note.find().limit(size)")],
    ["Drizzle: a search", answer("db.select().from(notes).where(or(eq(notes.slug, text), ilike(notes.title, `%${text}%`)))")],
    ["Drizzle: a search in SQL", answer("db.select().from(notes).where(sql`${notes.title} ILIKE ${text}`)")],
    ["Drizzle: as many as the caller likes", answer("db.select().from(notes).limit(size)")],
    ["Drizzle: conditions from elsewhere", `const conditions = [eq(notes.author, text)];\n  if (text) conditions.push(ilike(notes.title, text));\n  ${answer("db.select().from(notes).where(and(...conditions))")}`],
    ["Drizzle: a code", answer("db.select().from(notes).where(eq(notes.code, text))")],
    ["Drizzle: conditions in a list, with a search", `const conditions = [];\n  if (text) conditions.push(ilike(notes.title, text));\n  const where = conditions.length > 0 ? and(...conditions) : undefined;\n  ${answer("db.select().from(notes).where(where).limit(20)")}`],
    ["Drizzle: conditions in a list, from elsewhere", `const conditions = [eq(notes.author, text)];\n  conditions.push(...JSON.parse(text));\n  ${answer("db.select().from(notes).where(and(...conditions)).limit(20)")}`],
    ["Drizzle: conditions in a list, from another list that is made elsewhere", `const conditions = [...JSON.parse(text), eq(notes.author, text)];\n  ${answer("db.select().from(notes).where(and(...conditions)).limit(20)")}`],
    ["Drizzle: conditions in a list, from another list with a search", `const searches = [ilike(notes.title, text)];\n  const conditions = [eq(notes.author, text), ...searches];\n  ${answer("db.select().from(notes).where(and(...conditions)).limit(20)")}`],
    ["Drizzle: a column that the caller names", answer("db.select().from(notes).where(eq(notes[text as 'code'], text)).limit(20)")],
    ["Drizzle: sorted by a count", answer("db.select().from(notes).orderBy(desc(db.$count(likes, eq(likes.noteId, notes.id)))).limit(20)")],
    ["Drizzle: sorted by a count in a variable", `const liked = db.$count(likes, eq(likes.noteId, notes.id));\n  ${answer("db.select({ id: notes.id, liked }).from(notes).orderBy(liked).limit(20)")}`],
    ["Drizzle: a count is asked for", answer("db.select().from(notes).where(lt(db.$count(likes, eq(likes.noteId, notes.id)), size)).limit(20)")],
    ["Drizzle: a count of what a search finds", answer("db.$count(notes, ilike(notes.title, text))")],
    ["Drizzle: a count of what a search finds, for each row", answer("db.select({ id: users.id, found: db.$count(notes, ilike(notes.title, text)) }).from(users).limit(20)")],
    ["Drizzle: a report", answer("db.select({ author: notes.author, notes: count() }).from(notes).groupBy(notes.author)")],
    ["Drizzle: a report of which one row is asked for", answer("db.select({ author: notes.author, notes: count() }).from(notes).where(isNotNull(notes.author)).groupBy(notes.author).limit(1)")],
    ["Drizzle: a report that is joined to one record", `const counted = db.$with("counted").as(db.select({ author: notes.author, notes: count().as("notes") }).from(notes).groupBy(notes.author));\n  ${answer("db.with(counted).select().from(users).leftJoin(counted, eq(counted.author, users.id)).where(eq(users.id, text))")}`],
    ["Drizzle: a search in a table that is made for the query", `const found = db.$with("found").as(db.select().from(notes).where(ilike(notes.title, text)));\n  ${answer("db.with(found).select().from(found).limit(20)")}`],
    ["Drizzle: from where on the caller says, without an end", answer("db.select().from(notes).limit(size).offset(size)")],
    ["Drizzle: six queries, with others in them", answer("Promise.all([1, 2, 3].flatMap(() => [db.$count(notes)]).concat([db.$count(notes), db.$count(likes), db.$count(users), db.$count(notes), db.$count(likes), db.$count(users)]))")],
    ["what was waited for is no part of the next query", `const [a] = await db.select().from(notes).where(eq(notes.size, size)).limit(5);
  const [b] = await db.select().from(notes).where(eq(notes.author, a!.author!)).limit(5);
  const [c] = await db.select().from(notes).where(eq(notes.author, b!.author!)).limit(5);
  const [d] = await db.select().from(notes).where(eq(notes.author, c!.author!)).limit(5);
  const [e] = await db.select().from(notes).where(eq(notes.author, d!.author!)).limit(5);
  ${answer("db.select().from(notes).where(eq(notes.author, e!.author!)).limit(5)")}`],
    ["a search that is asked for sometimes, by &&", answer("prisma.note.findMany({ where: { ...(text && { title: { contains: text } }) } })")],
    ["what is made of one of those that are waited for together, which is no answer", `const [search, tags] = await Promise.all([import("@/lib/list"), prisma.tag.findMany()]);\n  return Response.json([tags, await search.listed(size)]);`],
    ["Supabase: a search", answer('supabase.from("notes").select("id").ilike("title", `%${text}%`).limit(10)')],
    ["Supabase: a search in one of several texts", answer('supabase.from("notes").select("id").or(`title.ilike.%${text}%,slug.eq.${text}`).limit(10)')],
    ["Supabase: conditions from elsewhere", `const conditions = ids.map((id) => \`title.ilike.%\${id}%\`).join(",");\n  ${answer('supabase.from("notes").select("id").or(conditions).limit(10)')}`],
    ["Supabase: as many as the caller likes", answer('supabase.from("notes").select("id").range(0, size)')],
    ["Supabase: a function of the database", answer('supabase.rpc("similar", { text })')],
    ["Supabase: a search that is added", `let found = supabase.from("notes").select("id");\n  if (text) found = found.textSearch("title", text);\n  ${answer("found")}`],
    ["SQL: a search", answer("query`SELECT id FROM notes WHERE title ILIKE ${text} LIMIT 20`")],
    ["SQL: as many as the caller likes", answer("query`SELECT id FROM notes LIMIT ${size}`")],
    ["SQL: a code", answer("query`SELECT id FROM invitations WHERE code = ${text}`")],
    ["SQL: a report", answer("query`SELECT author, count(*) FROM notes GROUP BY author`")],
    ["SQL that the caller has a part in", answer("query(`SELECT id FROM notes ORDER BY ${text}`)")],
    ["conditions of a function of the project that is called like Drizzle's", answer("db.select().from(notes).where(eqs(notes.title, text))")],
    ["a function of the project, called like one of Drizzle's", `const not = (value: string) => ilike(notes.title, value);\n  ${answer("db.select().from(notes).where(not(text))")}`],
    ["a plain read beside what changes data", 'await newest();\n  await prisma.visit.create({ data: { at: new Date() } });\n  return Response.json({});'],
  ])("%s", (_, body) => {
    expect(of(body)).toBe("anyone");
  });
});

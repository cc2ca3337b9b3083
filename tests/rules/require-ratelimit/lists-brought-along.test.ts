import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { verdictOf, type Verdict } from "./verdicts.ts";

/* A record with the first few of a list of its own is no more than a page of rows; with all of them, it grows. */

const ROUTE = "app/api/notes/route.ts";
const FILES: ProjectFiles = {
  "lib/prisma.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n',
  "prisma/schema.prisma": `model Note {
  id       String    @id
  author   User      @relation(fields: [authorId], references: [id])
  authorId String
  comments Comment[]
}
model User {
  id    String @id
  notes Note[]
}
model Comment {
  id   String @id
  text String
}
`,
  "lib/drizzle.ts": `import { drizzle } from "drizzle-orm/node-postgres";
import { pgTable, text } from "drizzle-orm/pg-core";
export const notes = pgTable("notes", { id: text("id").primaryKey(), author: text("author") });
export const comments = pgTable("comments", { id: text("id").primaryKey(), text: text("text"), at: text("at") });
export const db = drizzle(process.env.DATABASE_URL!, { schema: { notes, comments } });
`,
};

const byDrizzle = (list: string): string => `return Response.json(await db.query.notes.findFirst({ where: eq(notes.id, asked), columns: { id: true }, with: { comments: ${list} } }));`;
const byPrisma = (list: string): string => `return Response.json(await prisma.note.findUnique({ where: { id: asked }, include: { comments: ${list} } }));`;

type Case = readonly [name: string, verdict: Verdict, body: string];

const CASES: readonly Case[] = [
  ["ten of them, through Drizzle", "nobody", byDrizzle("{ limit: 10, orderBy: desc(comments.at), columns: { id: true, text: true } }")],
  ["ten of them, through Prisma", "nobody", byPrisma('{ take: 10, orderBy: { at: "desc" }, select: { id: true, text: true } }')],
  ["in a selection", "nobody", "return Response.json(await prisma.note.findUnique({ where: { id: asked }, select: { id: true, comments: { take: 5 } } }));"],
  ["beside the one record that it belongs to", "nobody", "return Response.json(await prisma.note.findUnique({ where: { id: asked }, include: { author: true, comments: { take: 5 } } }));"],
  ["of two lists", "nobody", byDrizzle("{ limit: 10 }, links: { limit: 10 }")],
  ["ten that say something that is the same for all", "nobody", byPrisma("{ take: 10, where: { isPublic: true } }")],

  ["all of them, through Drizzle", "anyone", byDrizzle("true")],
  ["all of them, in order", "anyone", byDrizzle("{ orderBy: desc(comments.at) }")],
  ["all of them, through Prisma", "anyone", byPrisma("true")],
  ["thousands of them", "anyone", byPrisma("{ take: 5000 }")],
  ["as many as the caller likes", "anyone", byPrisma("{ take: Number(asked) }")],
  ["as many as the caller likes, through Drizzle", "anyone", byDrizzle("{ limit: body.limit }")],
  ["from where the caller likes", "anyone", byPrisma("{ take: 10, skip: Number(asked) }")],
  ["in which the caller searches", "anyone", byPrisma("{ take: 10, where: { text: { contains: asked } } }")],
  ["in which the caller searches, through Drizzle", "anyone", byDrizzle("{ limit: 10, where: ilike(comments.text, asked) }")],
  ["in which the caller searches, by a function", "anyone", byDrizzle("{ limit: 10, where: (one, { ilike }) => ilike(one.text, asked) }")],
  ["with all that belongs to each", "anyone", byDrizzle("{ limit: 10, with: { likes: true } }")],
  ["with all that belongs to each, through Prisma", "anyone", byPrisma("{ take: 10, include: { likes: true } }")],
  ["with what is counted for each", "anyone", byPrisma("{ take: 10, select: { _count: true } }")],
  ["with what is worked out for each", "anyone", byDrizzle("{ limit: 10, extras: { size: sql`pg_sleep(1)`.as('size') } }")],
  ["with what the caller names", "anyone", byPrisma("{ take: 10, ...body }")],
  ["for each of many records", "anyone", "return Response.json(await prisma.note.findMany({ where: { authorId: asked }, take: 100, include: { comments: { take: 100 } } }));"],
  ["for each of many records, through Drizzle", "anyone", "return Response.json(await db.query.notes.findMany({ limit: 100, with: { comments: { limit: 100 } } }));"],
  ["of three lists", "anyone", byDrizzle("{ limit: 10 }, links: { limit: 10 }, likes: { limit: 10 }")],
  ["beside all of another list", "anyone", byDrizzle("{ limit: 10 }, likes: true")],
  ["of a record that is found by what can be guessed", "anyone", "return Response.json(await prisma.note.findFirst({ where: { code: asked }, include: { comments: { take: 5 } } }));"],
];

describe("lists that come with a record", () => {
  it.each(CASES)("%s: %s", (_, verdict, body) => {
    const code = `import { desc, eq, ilike, sql } from "drizzle-orm";
import { comments, db, notes } from "@/lib/drizzle";
import { prisma } from "@/lib/prisma";
export async function POST(request: Request) {
  const body = await request.json();
  const asked = body.asked;
  ${body}
}
`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});

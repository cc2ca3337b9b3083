import { describe, expect, it } from "vitest";
import { RECORDS_ROUTE, recordsProject, SEND } from "./records.ts";
import { verdictOf, type Verdict } from "./verdicts.ts";

/* Rows of the last day that are counted: a limiter made by hand, where each call adds one. The route sends mail for signed-in callers. */

const verdict = (body: string): Verdict => verdictOf(recordsProject(body), RECORDS_ROUTE);

const SINCE = "  const since = new Date(Date.now() - 24 * 60 * 60 * 1000).toISOString();\n";
const COUNT = '  const { count } = await supabase.from("drafts").select("id", { count: "exact", head: true }).eq("user_id", "u").gte("created_at", since);\n';
const REFUSE = '  if ((count ?? 0) >= 20) return Response.json({ error: "Daily limit reached" });\n';
const ADD = '\n  await supabase.from("drafts").insert({ user_id: "u" });\n';

describe("rows that were made lately are counted", () => {
  it.each([
    ["by Supabase", SINCE + COUNT + REFUSE + SEND + ADD],
    ["by Prisma", `  const count = await prisma.draft.count({ where: { userId: "u", createdAt: { gte: new Date(Date.now() - 3600_000) } } });\n${REFUSE}${SEND}\n  await prisma.draft.create({ data: { userId: "u" } });\n`],
    ["by Drizzle", `  const start = new Date();\n  start.setHours(0, 0, 0, 0);\n  const [{ count }] = await db.select({ count: db.$count(orders) }).from(orders).where(gte(orders.paidAt, start));\n${REFUSE}${SEND}\n  await db.insert(orders).values({ id: "1" });\n`.replaceAll("gte(", "(await import(\"drizzle-orm\")).gte(")],
    ["and those who have few get to a branch", `${SINCE}${COUNT}  if ((count ?? 0) < 20) {\n  ${SEND}\n  ${ADD}  }\n`],
    ["and one is added before", SINCE + COUNT + REFUSE + ADD + SEND],
  ])("%s", (_, body) => {
    expect(verdict(body)).toBe("nobody");
  });

  it.each([
    ["none is added", SINCE + COUNT + REFUSE + SEND],
    ["another table gets one more", `${SINCE}${COUNT}${REFUSE}${SEND}\n  await supabase.from("visits").insert({ user_id: "u" });\n`],
    ["the caller says since when", `  const { since } = await request.json();\n${COUNT}${REFUSE}${SEND}${ADD}`],
    ["all rows are counted, of whatever age", `  const { count } = await supabase.from("drafts").select("id", { count: "exact", head: true }).eq("user_id", "u");\n${REFUSE}${SEND}${ADD}`],
    ["those are turned away who have few", `${SINCE}${COUNT}  if ((count ?? 0) < 20) return new Response(null, { status: 400 });\n${SEND}${ADD}`],
    ["those who have many get to a branch", `${SINCE}${COUNT}  if ((count ?? 0) >= 20) {\n  ${SEND}\n  }\n${ADD}`],
    ["nobody is turned away", `${SINCE}${COUNT}  if ((count ?? 0) >= 20) console.warn("many");\n${SEND}${ADD}`],
    ["the work comes before", SINCE + SEND + "\n" + COUNT + REFUSE + ADD],
    ["a column of a row is compared", `${SINCE}  const { data } = await supabase.from("drafts").select("size").gte("created_at", since).limit(1).single();\n  if (data!.size >= 20) return new Response(null, { status: 400 });\n${SEND}${ADD}`],
  ])("reported where %s", (_, body) => {
    expect(verdict(body)).toBe("any signed-in caller");
  });
});

const LISTED = '  const { data: recent } = await supabase.from("drafts").select("id").eq("user_id", "u").gte("created_at", since);\n';
const BY_PRISMA = '  const recent = await prisma.draft.findMany({ where: { userId: "u", createdAt: { gte: new Date(Date.now() - 300_000) } } });\n';
const ADD_BY_PRISMA = '\n  await prisma.draft.create({ data: { userId: "u" } });\n';
const REFUSE_MANY = '  if (recent.length >= 3) return Response.json({ error: "Please wait a few minutes" });\n';
const list = (refuse: string, add = ADD_BY_PRISMA): string => BY_PRISMA + refuse + SEND + add;

describe("rows that were made lately are listed, and it is asked how many they are", () => {
  it.each([
    ["by Prisma", list(REFUSE_MANY)],
    ["by Supabase", `${SINCE}${LISTED}  if ((recent ?? []).length >= 3) return Response.json({ error: "Wait" });\n${SEND}${ADD}`],
    ["by Supabase, as it may be missing", `${SINCE}${LISTED}  if (recent && recent.length >= 3) return Response.json({ error: "Wait" });\n${SEND}${ADD}`],
    ["by Drizzle", `  const { gte } = await import("drizzle-orm");\n  const recent = await db.select().from(orders).where(gte(orders.paidAt, new Date(Date.now() - 300_000)));\n${REFUSE_MANY}${SEND}\n  await db.insert(orders).values({ id: "1" });\n`],
    ["some of them", list(REFUSE_MANY.replace("recent.length", "recent.filter(({ kind }) => kind === 1).length"))],
    ["those who have few get to a branch", `${BY_PRISMA}  if (recent.length < 3) {\n  ${SEND}\n  ${ADD_BY_PRISMA}  }\n`],
    ["a name stands between", list(`  const many = recent.length;\n  if (many > 2) return new Response(null, { status: 400 });\n`)],
  ])("%s", (_, body) => {
    expect(verdict(body)).toBe("nobody");
  });

  it.each([
    ["none is added", list(REFUSE_MANY, "")],
    ["another table gets one more", list(REFUSE_MANY, '\n  await prisma.visit.create({ data: { userId: "u" } });\n')],
    ["the caller says since when", list(REFUSE_MANY).replace("new Date(Date.now() - 300_000)", "new Date(body.since)")],
    ["all rows are listed, of whatever age", list(REFUSE_MANY).replace(", createdAt: { gte: new Date(Date.now() - 300_000) }", "")],
    ["those are turned away who have few", list(REFUSE_MANY.replace(">=", "<"))],
    ["nobody is turned away", list('  if (recent.length >= 3) console.warn("many");\n')],
    ["the length of a column is compared", list(REFUSE_MANY.replace("recent.length", "recent[0].text.length"))],
    ["the length of something else is compared", list(REFUSE_MANY.replace("recent.length", "body.ids.length"))],
    ["a column is compared", list(REFUSE_MANY.replace("recent.length", "recent[0].size"))],
    ["what is made of them is compared", list(REFUSE_MANY.replace("recent.length", "recent.map(({ text }) => text).join().length"))],
    ["the work comes before", SEND + "\n" + BY_PRISMA + REFUSE_MANY + ADD_BY_PRISMA],
  ])("reported where %s", (_, body) => {
    expect(verdict(body)).toBe("any signed-in caller");
  });
});

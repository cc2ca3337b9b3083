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

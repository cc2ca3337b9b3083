import { describe, expect, it } from "vitest";
import { RECORDS_ROUTE, recordsProject, SEND } from "./records.ts";
import { verdictOf, type Verdict } from "./verdicts.ts";

/*
 * Claims in a transaction, of one state of several, and in the words of Supabase and Drizzle.
 */

type Case = readonly [name: string, verdict: Verdict, body: string];

const CLAIM = 'await tx.order.updateMany({ where: { id, status: "NEW" }, data: { status: "DONE" } })';
const inTransaction = (inside: string, outside = SEND): string => `  await prisma.$transaction(async (tx) => {\n${inside}\n  });\n${outside}`;
const USED = 'supabase.from("links").update({ used_at: new Date().toISOString() }).eq("token", body.token).is("used_at", null)';
const MANY = 'supabase.from("orders").update({ status: "sending" }).eq("status", "scheduled").lte("due_at", new Date().toISOString()).is("deleted_at", null).select("id")';
const DRIZZLE = "db.update(orders).set({ paidAt: new Date() }).where(and(eq(orders.id, id), isNull(orders.paidAt)))";

const CASES: readonly Case[] = [
  ["who loses throws in the transaction", "nobody", inTransaction(`    const won = ${CLAIM};\n    if (won.count === 0) throw new Error("lost");`)],
  ["a transaction in a `try` whose `catch` leaves", "nobody", `  try {\n${inTransaction(`    const won = ${CLAIM};\n    if (won.count === 0) throw new Error("lost");`, "")}\n  } catch {\n    return new Response(null, { status: 409 });\n  }\n${SEND}`],
  ["in the transaction itself", "nobody", inTransaction(`    const won = ${CLAIM};\n    if (won.count === 0) return;\n${SEND}`, "")],
  ["one of several states", "nobody", `  const won = await prisma.order.updateMany({ where: { id, status: { in: ["NEW", "PAID"] } }, data: { status: "DONE" } });\n  if (won.count === 0) return done();\n${SEND}`],
  ["one of a list of the project", "nobody", `  const won = await prisma.order.updateMany({ where: { id, status: { in: OPEN } }, data: { status: DONE } });\n  if (won.count === 0) return done();\n${SEND}`],
  ["any but the new one", "nobody", `  const won = await prisma.order.updateMany({ where: { id, status: { not: "DONE" } }, data: { status: "DONE" } });\n  if (won.count === 0) return done();\n${SEND}`],
  ["Supabase, one row", "nobody", `  const { data: won, error } = await ${USED}.select("id").single();\n  if (error || !won) return done();\n${SEND}`],
  ["Supabase, its error", "nobody", `  const { error } = await ${USED}.select("id").single();\n  if (error) return done();\n${SEND}`],
  ["Supabase, perhaps a row", "nobody", `  const { data: won } = await ${USED}.select().maybeSingle();\n  if (!won) return done();\n${SEND}`],
  ["Supabase, rows", "nobody", `  const { data } = await ${USED}.select();\n  if (!data?.length) return done();\n${SEND}`],
  ["Supabase, for each row that was won", "nobody", `  const { data } = await ${MANY};\n  const ids = (data ?? []).map(({ id }) => id);\n  if (ids.length === 0) return done();\n  for (const key of ids) {\n    console.info(key);\n${SEND}\n  }`],
  ["Supabase, for each of some rows that were won", "nobody", `  const { data } = await ${MANY};\n  const late = (data ?? []).filter(({ late }) => late);\n  if (!late.length) return done();\n${SEND}`],
  ["Supabase, another state", "nobody", `  const { data } = await supabase.from("orders").update({ status: "done" }).eq("id", id).eq("status", "pending").select().single();\n  if (data) {\n${SEND}\n  }`],
  ["Drizzle", "nobody", `  const [won] = await ${DRIZZLE}.returning();\n  if (!won) return done();\n${SEND}`],
  ["Drizzle, how many", "nobody", `  const won = await ${DRIZZLE}.returning();\n  if (won.length === 0) return done();\n${SEND}`],
  ["what a transaction gives back to who loses", "nobody", `  const won = await prisma.$transaction(async (tx) => {\n    if (body.no) return null;\n    const won = ${CLAIM};\n    if (won.count === 0) return null;\n    return tx.order.findUnique({ where: { id } });\n  });\n  if (!won) return done();\n${SEND}`],

  ["a transaction that gives others something back, too", "any signed-in caller", `  const won = await prisma.$transaction(async (tx) => {\n    if (body.no) return id;\n    const won = ${CLAIM};\n    if (won.count === 0) return null;\n    return id;\n  });\n  if (!won) return done();\n${SEND}`],
  ["who loses gets something back", "any signed-in caller", `  const won = await prisma.$transaction(async (tx) => {\n    const won = ${CLAIM};\n    if (won.count === 0) return tx.order.findUnique({ where: { id } });\n    return id;\n  });\n  if (!won) return done();\n${SEND}`],
  ["what the transaction gives back is something else", "any signed-in caller", `  const won = await prisma.$transaction(async (tx) => {\n    const won = ${CLAIM};\n    if (won.count === 0) return null;\n    return null;\n  });\n  if (won) return done();\n${SEND}`],
  ["who loses returns from the transaction alone", "any signed-in caller", inTransaction(`    const won = ${CLAIM};\n    if (won.count === 0) return;`)],
  ["some get by the claim", "any signed-in caller", inTransaction(`    if (body.force) return;\n    const won = ${CLAIM};\n    if (won.count === 0) throw new Error("lost");`)],
  ["a claim in one branch", "any signed-in caller", inTransaction(`    if (body.claim) {\n      const won = ${CLAIM};\n      if (won.count === 0) throw new Error("lost");\n    }`)],
  ["what the transaction throws is caught", "any signed-in caller", `  try {\n${inTransaction(`    const won = ${CLAIM};\n    if (won.count === 0) throw new Error("lost");`, "")}\n  } catch (error) {\n    console.error(error);\n  }\n${SEND}`],
  ["nobody waits for the transaction", "any signed-in caller", `  prisma.$transaction(async (tx) => {\n    const won = ${CLAIM};\n    if (won.count === 0) throw new Error("lost");\n  }).catch(() => {});\n${SEND}`],
  ["some other callback", "any signed-in caller", `  await request.later(async (tx) => {\n    const won = ${CLAIM};\n    if (won.count === 0) throw new Error("lost");\n  });\n${SEND}`],
  ["mail before the transaction", "any signed-in caller", `${SEND}\n${inTransaction(`    const won = ${CLAIM};\n    if (won.count === 0) throw new Error("lost");`, "")}`],
  ["set back behind the transaction", "any signed-in caller", inTransaction(`    const won = ${CLAIM};\n    if (won.count === 0) throw new Error("lost");`, `${SEND}\n  await prisma.order.update({ where: { id }, data: { status: "NEW" } });`)],
  ["a list that holds the new state", "any signed-in caller", `  const won = await prisma.order.updateMany({ where: { id, status: { in: ["NEW", "DONE"] } }, data: { status: "DONE" } });\n  if (won.count === 0) return done();\n${SEND}`],
  ["a list that the caller sends", "any signed-in caller", `  const won = await prisma.order.updateMany({ where: { id, status: { in: body.states } }, data: { status: "DONE" } });\n  if (won.count === 0) return done();\n${SEND}`],
  ["any but another one", "any signed-in caller", `  const won = await prisma.order.updateMany({ where: { id, status: { not: "NEW" } }, data: { status: "DONE" } });\n  if (won.count === 0) return done();\n${SEND}`],
  ["the state by one of two ways", "any signed-in caller", `  const won = await prisma.order.updateMany({ where: { OR: [{ id, status: "NEW" }, { id, forced: true }] }, data: { status: "DONE" } });\n  if (won.count === 0) return done();\n${SEND}`],
  ["Supabase, no condition", "any signed-in caller", `  const { data: won } = await supabase.from("links").update({ used_at: new Date().toISOString() }).eq("token", body.token).select().single();\n  if (!won) return done();\n${SEND}`],
  ["Supabase, its error where no row is none", "any signed-in caller", `  const { error } = await ${USED}.select().maybeSingle();\n  if (error) return done();\n${SEND}`],
  ["Supabase, an empty list is something", "any signed-in caller", `  const { data: won } = await ${USED}.select();\n  if (!won) return done();\n${SEND}`],
  ["Supabase, nothing is asked for", "any signed-in caller", `  const { error } = await ${USED};\n  if (error) return done();\n${SEND}`],
  ["Supabase, the same state", "any signed-in caller", `  const { data } = await supabase.from("orders").update({ status: "pending" }).eq("id", id).eq("status", "pending").select().single();\n  if (!data) return done();\n${SEND}`],
  ["Supabase, the caller's state", "any signed-in caller", `  const { data } = await supabase.from("orders").update({ status: body.status }).eq("id", id).eq("status", "pending").select().single();\n  if (!data) return done();\n${SEND}`],
  ["Supabase, for each row of another look-up", "any signed-in caller", `  await ${MANY};\n  const { data } = await supabase.from("orders").select("id").eq("kind", body.kind);\n  const ids = (data ?? []).map(({ id }) => id);\n  if (ids.length === 0) return done();\n${SEND}`],
  ["Supabase, many that are not asked for a state", "any signed-in caller", `  const { data } = await supabase.from("orders").update({ seen: true }).eq("status", "pending").select("id");\n  const ids = (data ?? []).map(({ id }) => id);\n  if (ids.length === 0) return done();\n${SEND}`],
  ["Drizzle, who loses goes on", "any signed-in caller", `  const [won] = await ${DRIZZLE}.returning();\n  if (!won) console.info("again");\n${SEND}`],
  ["Drizzle, without a condition", "any signed-in caller", `  const [won] = await db.update(orders).set({ paidAt: new Date() }).where(eq(orders.id, id)).returning();\n  if (!won) return done();\n${SEND}`],
];

describe("work that a claim of rows lets through once", () => {
  it.each(CASES)("%s: %s", (_, verdict, body) => {
    expect(verdictOf(recordsProject(body), RECORDS_ROUTE)).toBe(verdict);
  });
});

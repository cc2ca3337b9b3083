import { describe, expect, it } from "vitest";
import { RECORDS_ROUTE, recordsProject, SEND } from "./records.ts";
import { verdictOf, type Verdict } from "./verdicts.ts";

/*
 * Rows that are found by a state, and each of which is given another one: whoever calls again finds none.
 */

type Case = readonly [name: string, verdict: Verdict, body: string];

const FIND = '  const due = await prisma.order.findMany({ where: { status: "CALLED", expiresAt: { lt: new Date() } } });';
const LEAVE = '    await prisma.order.update({ where: { id: row.id }, data: { status: "NO_SHOW" } });';
const each = (...body: readonly string[]): string => ["  for (const row of due) {", ...body, "  }"].join("\n");
const lines = (...parts: readonly string[]): string => parts.join("\n");

const CASES: readonly Case[] = [
  ["changed, then told", "nobody", lines(FIND, each(LEAVE, SEND))],
  ["told, then changed", "nobody", lines(FIND, each(SEND, LEAVE))],
  ["one of several states", "nobody", lines('  const due = await prisma.order.findMany({ where: { status: { in: ["NEW", "CALLED"] } } });', each(LEAVE, SEND))],
  ["what is not yet so", "nobody", lines("  const due = await prisma.order.findMany({ where: { toldAt: null } });", each(SEND, "    await prisma.order.update({ where: { id: row.id }, data: { toldAt: new Date() } });"))],
  ["some of them", "nobody", lines(FIND, "  for (const row of due.filter(({ late }) => late)) {", LEAVE, SEND, "  }")],
  ["behind what passes some over", "nobody", lines(FIND, each("    if (!row.user) continue;", LEAVE, SEND))],
  ["in a transaction", "nobody", lines(FIND, each("    await prisma.$transaction([prisma.log.create({ data: {} }), prisma.order.update({ where: { id: row.id }, data: { status: \"NO_SHOW\" } })]);", SEND))],
  ["where something fails, the next one", "nobody", lines(FIND, each("    try {", SEND, LEAVE, "    } catch (error) {", "      console.error(error);", "    }"))],
  ["Supabase", "nobody", lines('  const { data: due } = await supabase.from("orders").select("id").eq("status", "called");', '  for (const row of due ?? []) {', '    await supabase.from("orders").update({ status: "missed" }).eq("id", row.id);', SEND, "  }")],
  ["Drizzle", "nobody", lines("  const due = await db.select().from(orders).where(isNull(orders.paidAt));", each("    await db.update(orders).set({ paidAt: new Date() }).where(eq(orders.id, row.id));", SEND))],
  ["and others are put into the state that is asked for", "nobody", lines(FIND, each(LEAVE, SEND), '  await prisma.order.updateMany({ where: { id, status: "WAITING" }, data: { status: "CALLED" } });')],

  ["round by way of a third state", "any signed-in caller", lines(FIND, each(LEAVE, SEND), '  await prisma.order.updateMany({ where: { id, status: "WAITING" }, data: { status: "CALLED" } });', '  await prisma.order.update({ where: { id: body.id }, data: { status: "WAITING" } });')],
  ["no state is asked for", "any signed-in caller", lines("  const due = await prisma.order.findMany({ where: { userId: session.user.id } });", each(LEAVE, SEND))],
  ["another column is asked for", "any signed-in caller", lines('  const due = await prisma.order.findMany({ where: { kind: "CALLED" } });', each(LEAVE, SEND))],
  ["the state that they had", "any signed-in caller", lines(FIND, each('    await prisma.order.update({ where: { id: row.id }, data: { status: "CALLED" } });', SEND))],
  ["another one that is asked for", "any signed-in caller", lines('  const due = await prisma.order.findMany({ where: { status: { in: ["NO_SHOW", "CALLED"] } } });', each(LEAVE, SEND))],
  ["the caller's state", "any signed-in caller", lines('  const due = await prisma.order.findMany({ where: { status: body.from } });', each(LEAVE, SEND))],
  ["what the caller likes", "any signed-in caller", lines(FIND, each("    await prisma.order.update({ where: { id: row.id }, data: { status: body.to } });", SEND))],
  ["another table", "any signed-in caller", lines(FIND, each('    await prisma.user.update({ where: { id: row.id }, data: { status: "NO_SHOW" } });', SEND))],
  ["another row", "any signed-in caller", lines(FIND, each('    await prisma.order.update({ where: { id: body.id }, data: { status: "NO_SHOW" } });', SEND))],
  ["what a row refers to", "any signed-in caller", lines(FIND, each('    await prisma.order.update({ where: { id: row.parent.id }, data: { status: "NO_SHOW" } });', SEND))],
  ["a change in a branch", "any signed-in caller", lines(FIND, each("    if (row.late) {", LEAVE, "    }", SEND))],
  ["told, and passed over", "any signed-in caller", lines(FIND, each(SEND, "    if (!row.late) continue;", LEAVE))],
  ["and back again", "any signed-in caller", lines(FIND, each(LEAVE, SEND, '    await prisma.order.update({ where: { id: row.id }, data: { status: "CALLED" } });'))],
  ["rows that the caller makes", "any signed-in caller", lines('  await prisma.order.createMany({ data: body.orders });', FIND, each(LEAVE, SEND))],
  ["mail behind the loop", "any signed-in caller", lines(FIND, each(LEAVE), SEND)],
  ["Supabase, only some of them", "any signed-in caller", lines('  const { data: due } = await supabase.from("orders").select("id").eq("status", "called");', '  for (const row of due ?? []) {', '    await supabase.from("orders").update({ status: "missed" }).eq("id", row.id).eq("kind", body.kind);', SEND, "  }")],
];

describe("work for rows that leave the state by which they are found", () => {
  it.each(CASES)("%s: %s", (_, verdict, body) => {
    expect(verdictOf(recordsProject(body), RECORDS_ROUTE)).toBe(verdict);
  });

  it.each([
    ["nobody", '{ status: "CALLED" }'],
    ["any signed-in caller", "{ userId: session.user.id }"],
  ] as const)("in a helper that is handed them: %s", (verdict, where) => {
    const helper = `async function expire(rows: { id: string }[]) {\n  for (const row of rows) {\n${LEAVE}\n${SEND}\n  }\n}`;
    expect(verdictOf(recordsProject(`  const due = await prisma.order.findMany({ where: ${where} });\n  await expire(due);`, helper), RECORDS_ROUTE)).toBe(verdict);
  });
});

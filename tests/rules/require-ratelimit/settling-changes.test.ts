import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-ratelimit.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";
import { openProject, RECORDS_ROUTE, SEND } from "./records.ts";

/*
 * A change that ends what is asked for is made once for a record, as what follows it is. What strangers can repeat is the look-up
 * before it, which `recommended` leaves alone where it is of one record.
 */

type Worst = "changes" | "queries" | "sends mail" | "nothing";
type Case = readonly [name: string, worst: Worst, body: string];

const lines = (...parts: readonly string[]): string => parts.join("\n");

const READ = "  const order = await prisma.order.findUnique({ where: { id } });\n  if (!order) return done();";
const LEAVE = '  if (order.status === "DONE") return done();';
const CHANGE = '  await prisma.order.update({ where: { id: order.id }, data: { status: "DONE" } });';
const OF_SUPABASE = '  const { data: order } = await supabase.from("orders").select("id, status").eq("id", body.id).single();';
const TOKEN = "  const found = await prisma.token.findUnique({ where: { token: body.token } });\n  if (!found || found.expires < new Date()) return done();";
const USER = "  await prisma.user.update({ where: { id: found.userId }, data: { verified: true } });";
const SPENT = "  await prisma.token.delete({ where: { id: found.id } });";

const CASES: readonly Case[] = [
  ["the state that it will have", "nothing", lines(READ, LEAVE, CHANGE)],
  ["with work behind it", "nothing", lines(READ, LEAVE, CHANGE, SEND)],
  ["by what the caller sends", "nothing", lines(OF_SUPABASE, '  if (order.status === "done") return done();', '  await supabase.from("orders").update({ status: "done" }).eq("id", body.id);')],
  ["Drizzle", "nothing", lines("  const [order] = await db.select().from(orders).where(eq(orders.id, id));", "  if (!order || order.paidAt) return done();", "  await db.update(orders).set({ paidAt: new Date() }).where(eq(orders.id, order.id));")],
  ["in an `if`", "nothing", lines(READ, "  if (!order.paidAt) {", "    await prisma.order.update({ where: { id }, data: { paidAt: new Date() } });", SEND, "  }")],
  ["one of two states, both of which are turned away", "nothing", lines(READ, '  if (order.status === "DONE" || order.status === "REFUSED") return done();', '  await prisma.order.update({ where: { id }, data: { status: body.yes ? "DONE" : "REFUSED" } });', SEND)],
  ["together with another record", "nothing", lines(READ, LEAVE, '  await prisma.user.update({ where: { id: body.user }, data: { points: 1 } });', CHANGE)],
  ["with more that is set on some ways", "nothing", lines(READ, LEAVE, '  const data: Record<string, unknown> = { status: "DONE" };', "  if (body.yes) data.note = 1;", "  await prisma.order.update({ where: { id: order.id }, data });")],
  ["a claim", "nothing", '  const won = await prisma.order.updateMany({ where: { id, status: "NEW" }, data: { status: "DONE" } });\n  if (won.count === 0) return done();'],
  ["a claim that nobody asks", "nothing", '  await prisma.order.updateMany({ where: { id, openedAt: null }, data: { openedAt: new Date() } });'],
  ["a claim by a change of one row", "nothing", '  await prisma.order.update({ where: { id, status: "NEW" }, data: { status: "DONE" } });'],
  ["Supabase, a claim", "nothing", '  const { error } = await supabase.from("orders").update({ done_at: new Date().toISOString() }).eq("email", body.email).is("done_at", null);\n  if (error) return done();'],
  ["Drizzle, a claim", "nothing", "  const [won] = await db.update(orders).set({ paidAt: new Date() }).where(and(eq(orders.id, id), isNull(orders.paidAt))).returning();\n  if (!won) return done();"],
  ["a token that is thrown away", "nothing", lines(TOKEN, USER, SPENT)],
  ["a token, thrown away before", "nothing", lines(TOKEN, SPENT, USER, SEND)],
  ["a token, by itself", "nothing", lines(TOKEN, USER, "  await prisma.token.deleteMany({ where: { token: body.token } });")],
  ["a token, in the function of a transaction", "nothing", lines(TOKEN, "  await prisma.$transaction(async (tx) => {", "    await tx.user.update({ where: { id: found.userId }, data: { verified: true } });", "    await tx.token.delete({ where: { id: found.id } });", "  });")],
  ["a token, with whatever fails answered", "nothing", lines("  try {", TOKEN, USER, SPENT, "  } catch {", "    return done();", "  }")],
  ["Drizzle, a token", "nothing", lines("  const [found] = await db.select().from(tokens).where(eq(tokens.token, body.token));", "  if (!found) return done();", "  await db.update(users).set({ status: \"verified\" }).where(eq(users.id, found.userId));", "  await db.delete(tokens).where(eq(tokens.id, found.id));")],
  ["Supabase, a token", "nothing", lines('  const { data: found } = await supabase.from("tokens").select().eq("token", body.token).maybeSingle();', "  if (!found) return done();", SEND, '  await supabase.from("tokens").delete().eq("id", found.id);')],
  ["a token in a column of another name", "nothing", lines("  const { token } = body;", "  const found = await prisma.verification.findFirst({ where: { value: token } });", "  if (!found) return done();", USER, "  await prisma.verification.delete({ where: { id: found.id } });")],
  ["a token that a function of another file looks up", "nothing", lines("  const found = await tokenBy(body.token);", "  if (!found) return done();", USER, SPENT)],
  ["the same, thrown away by itself", "nothing", lines("  const found = await tokenBy(body.token);", "  if (!found) return done();", USER, "  await prisma.token.delete({ where: { token: body.token } });")],
  ["a token that is claimed by throwing it away", "nothing", lines("  const gone = await prisma.token.deleteMany({ where: { token: body.token } });", "  if (gone.count === 0) return done();", SEND)],

  ["set back in another branch", "changes", lines(READ, "  if (body.on) {", LEAVE, CHANGE, "  } else {", '    await prisma.order.update({ where: { id }, data: { status: "NEW" } });', "  }")],
  ["a claim that is set back", "changes", lines('  await prisma.order.updateMany({ where: { id, status: "NEW" }, data: { status: "DONE" } });', '  await prisma.order.update({ where: { id }, data: { status: "NEW" } });')],
  ["a record that is made on the way", "changes", lines("  await prisma.order.upsert({ where: { id }, create: { id }, update: {} });", READ, LEAVE, CHANGE)],
  ["another record", "changes", lines(READ, LEAVE, '  await prisma.order.update({ where: { id: body.other }, data: { status: "DONE" } });')],
  ["the caller's state", "changes", lines(READ, LEAVE, "  await prisma.order.update({ where: { id }, data: { status: body.status } });")],
  ["a state that is left as it is", "changes", lines(READ, LEAVE, "  await prisma.order.update({ where: { id }, data: { seenAt: new Date() } });")],
  ["a check that leaves nothing", "changes", lines(READ, '  if (order.status === "DONE") console.info("again");', CHANGE)],
  ["one of two states, one of which is let through", "changes", lines(READ, '  if (order.status === "DONE" || order.status === "REFUSED") return done();', '  await prisma.order.update({ where: { id }, data: { status: body.yes ? "DONE" : "NEW" } });')],
  ["the next one of many", "changes", lines("  const order = await prisma.order.findFirst({ where: { shopId: body.shop, rating: null } });", "  if (!order) return done();", "  await prisma.order.update({ where: { id: order.id }, data: { rating: 5 } });")],
  ["a state that is set on some ways only", "changes", lines(READ, LEAVE, "  const data: Record<string, unknown> = { seenAt: new Date() };", '  if (body.yes) data.status = "DONE";', "  await prisma.order.update({ where: { id: order.id }, data });")],
  ["a state that another one may take the place of", "changes", lines(READ, LEAVE, '  const data: Record<string, unknown> = { status: "DONE" };', '  if (body.yes) data.status = "NEW";', "  await prisma.order.update({ where: { id: order.id }, data });")],
  ["a state of what was there before", "changes", lines(READ, LEAVE, "  const next = { ...order.game };", '  if (body.yes) next.status = "DONE";', "  await prisma.order.update({ where: { id: order.id }, data: { status: next.status } });")],
  ["a claim that asks on some ways only", "changes", lines("  const where: Record<string, unknown> = { id };", '  if (body.yes) where.status = "NEW";', '  await prisma.order.updateMany({ where, data: { status: "DONE" } });')],
  ["a claim of what the new state still is", "changes", '  await prisma.order.updateMany({ where: { id, status: "NEW" }, data: { seenAt: new Date() } });'],
  ["a claim of the caller's state", "changes", '  await prisma.order.updateMany({ where: { id, status: body.from }, data: { status: "DONE" } });'],
  ["a claim of what is made on the way", "changes", lines("  await prisma.order.create({ data: { id: body.id } });", '  await prisma.order.updateMany({ where: { id: body.id, status: "NEW" }, data: { status: "DONE" } });')],
  ["a claim by one of two ways", "changes", '  await prisma.order.updateMany({ where: { OR: [{ id, status: "NEW" }, { id, forced: true }] }, data: { status: "DONE" } });'],
  ["a token that is not thrown away", "changes", lines(TOKEN, USER)],
  ["a token that a function of another file looks up, and another one that is thrown away", "changes", lines("  const found = await tokenBy(body.token);", "  if (!found) return done();", USER, "  await prisma.token.delete({ where: { token: body.other } });")],
  ["what a function of another file finds in one of two ways", "changes", lines("  const found = await eitherBy(body.token);", "  if (!found) return done();", USER, SPENT)],
  ["what a function of another file finds by no token", "changes", lines("  const found = await userBy(body.email);", "  if (!found) return done();", "  await prisma.user.delete({ where: { id: found.id } });")],
  ["a token that some keep", "changes", lines(TOKEN, USER, "  if (body.last) {", SPENT, "  }")],
  ["a way out before it is thrown away", "changes", lines(TOKEN, USER, "  if (body.keep) return done();", SPENT)],
  ["another token is thrown away", "changes", lines(TOKEN, USER, "  await prisma.token.delete({ where: { id: body.other } });")],
  ["a token that is made anew", "changes", lines(TOKEN, USER, SPENT, "  await prisma.token.create({ data: { token: body.token } });")],
  ["a token without which it goes on", "changes", lines("  const found = await prisma.token.findUnique({ where: { token: body.token } });", '  if (!found) console.info("none");', USER, SPENT)],
  ["a code that can be tried", "sends mail", lines("  const found = await prisma.token.findFirst({ where: { token: body.code } });", "  if (!found) return done();", SEND, SPENT)],
  ["whatever record is named", "changes", lines(READ, "  await prisma.order.delete({ where: { id } });")],
  ["an address", "changes", lines("  const found = await prisma.reader.findUnique({ where: { email: body.email } });", "  if (!found) return done();", "  await prisma.reader.delete({ where: { id: found.id } });")],
  ["mail, and then a change that the caller can have refused", "sends mail", lines(TOKEN, SEND, "  await prisma.order.update({ where: { id: body.id }, data: { name: body.name } });", SPENT)],
];

describe("a change that ends what is asked for", () => {
  it.each(CASES)("%s: %s", (_, worst, body) => {
    const [message, more] = lintMessages("require-ratelimit", rule, openProject(body), RECORDS_ROUTE);
    expect(more).toBeUndefined();
    expect(/ (?<worst>changes|queries|sends mail) /u.exec(message ?? "")?.groups?.["worst"] ?? "nothing").toBe(worst);
  });
});

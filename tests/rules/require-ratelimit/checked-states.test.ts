import { describe, expect, it } from "vitest";
import { RECORDS_ROUTE, recordsProject, SEND } from "./records.ts";
import { verdictOf, type Verdict } from "./verdicts.ts";

/*
 * A record is read, whoever finds it in the state that it will have is sent away, it is put into that state, and then mail is
 * sent: once for each record.
 */

type Case = readonly [name: string, verdict: Verdict, body: string];

const READ = "  const order = await prisma.order.findUnique({ where: { id } });\n  if (!order) return done();";
const CHANGE = '  await prisma.order.update({ where: { id: order.id }, data: { status: "DONE" } });';
const LEAVE = '  if (order.status === "DONE") return done();';
const OF_SUPABASE = '  const { data: order } = await supabase.from("orders").select("id, status").eq("id", id).single();';
const SET = 'await supabase.from("orders").update({ status: "done" }).eq("id", id)';

const lines = (...parts: readonly string[]): string => parts.join("\n");

const CASES: readonly Case[] = [
  ["the state that it will have", "nobody", lines(READ, LEAVE, CHANGE, SEND)],
  ["any but the first state", "nobody", lines(READ, '  if (order.status !== "NEW") return done();', CHANGE, SEND)],
  ["together with whether it is there", "nobody", lines("  const order = await prisma.order.findFirst({ where: { id } });", '  if (!order || order.status !== "NEW") throw new Error("no");', CHANGE, SEND)],
  ["a date, by the same id", "nobody", lines(READ, "  if (order.paidAt) return done();", "  await prisma.order.update({ where: { id }, data: { paidAt: new Date() } });", SEND)],
  ["a date that is nothing", "nobody", lines(READ, "  if (order.paidAt !== null) return done();", "  const now = new Date();", "  await prisma.order.update({ where: { id }, data: { paidAt: now } });", SEND)],
  ["a flag", "nobody", lines(READ, "  if (!order.open) return done();", "  await prisma.order.update({ where: { id }, data: { open: false } });", SEND)],
  ["a redirect", "nobody", lines(READ, '  if (order.status === "DONE") redirect("/done");', CHANGE, SEND)],
  ["one of a list", "nobody", lines(READ, '  if (!["NEW", "PAID"].includes(order.status)) return done();', CHANGE, SEND)],
  ["one of a list of the project", "nobody", lines(READ, "  if (!OPEN.includes(order.status)) return done();", CHANGE, SEND)],
  ["names of states", "nobody", lines(READ, "  if (order.status !== Status.NEW) return done();", "  await prisma.order.update({ where: { id }, data: { status: Status.DONE } });", SEND)],
  ["names of the project's states", "nobody", lines(READ, "  if (order.status === State.Done) return done();", "  await prisma.order.update({ where: { id }, data: { status: DONE } });", SEND)],
  ["in an `if`", "nobody", lines(READ, '  if (order.status === "NEW" && body.send) {', CHANGE, SEND, "  }")],
  ["one of two states, neither of which is asked for", "nobody", lines(READ, '  if (order.status !== "NEW") return done();', '  await prisma.order.update({ where: { id }, data: { status: body.yes ? "DONE" : "REFUSED" } });', SEND)],
  ["a change in each branch", "nobody", lines(READ, '  if (order.status !== "NEW") return done();', "  if (body.yes) {", CHANGE, "  } else {", '    await prisma.order.update({ where: { id }, data: { status: "REFUSED" } });', "  }", SEND)],
  ["in the branch that changes it", "nobody", lines(READ, LEAVE, "  if (body.yes) {", CHANGE, SEND, "  }")],
  ["in a transaction of several", "nobody", lines(READ, LEAVE, '  await prisma.$transaction([prisma.user.update({ where: { id: body.user }, data: { points: 1 } }), prisma.order.update({ where: { id }, data: { status: "DONE" } })]);', SEND)],
  ["in the function of a transaction", "nobody", lines(READ, LEAVE, "  await prisma.$transaction(async (tx) => {", '    await tx.order.update({ where: { id: order.id }, data: { status: "DONE" } });', "  });", SEND)],
  ["in a `try` whose `catch` leaves", "nobody", lines(READ, LEAVE, "  try {", CHANGE, "  } catch {", "    return done();", "  }", SEND)],
  ["mail before the change", "nobody", lines(READ, LEAVE, SEND, CHANGE)],
  ["mail of the caller's before the change", "nobody", lines(READ, LEAVE, "  await resend.emails.send({ ...mail, text: body.text });", CHANGE)],
  ["mail before the change, once it is known to whom", "nobody", lines(READ, LEAVE, "  if (!order.email) return done();", SEND, CHANGE)],
  ["mail before the change, to several", "nobody", lines(READ, LEAVE, "  for (const reader of order.readers) {", "    if (!reader.email) continue;", SEND, "  }", CHANGE)],
  ["mail before the change, where something fails an answer", "nobody", lines(READ, LEAVE, "  try {", SEND, CHANGE, "  } catch {", "    return done();", "  }")],
  ["mail before the change, if it goes", "nobody", lines(READ, LEAVE, "  try {", SEND, "  } catch (error) {", "    console.error(error);", "  }", CHANGE)],
  ["mail before the change, in an `if`", "nobody", lines(READ, '  if (order.status === "NEW") {', SEND, CHANGE, "  }")],
  ["mail before the change, in the function of a transaction", "nobody", lines(READ, LEAVE, "  await prisma.$transaction(async (tx) => {", SEND, '    await tx.order.update({ where: { id: order.id }, data: { status: "DONE" } });', "  });")],
  ["any but the first state, and mail before one of two new ones", "nobody", lines(READ, '  if (order.status !== "NEW") return done();', SEND, '  await prisma.order.update({ where: { id }, data: { status: order.readers > 0 ? "DONE" : "FAILED" } });')],
  ["one of two states, both of which are turned away", "nobody", lines(READ, '  if (order.status === "DONE" || order.status === "REFUSED") return done();', '  await prisma.order.update({ where: { id }, data: { status: body.yes ? "DONE" : "REFUSED" } });', SEND)],
  ["set back where the mail failed", "nobody", lines(READ, LEAVE, CHANGE, "  try {", SEND, "  } catch {", '    await prisma.order.update({ where: { id }, data: { status: "NEW" } });', "  }")],
  ["asked before, told later", "nobody", lines(READ, '  const isNew = order.status === "NEW";', CHANGE, "  if (isNew) {", SEND, "  }")],
  ["only of those who own it, by its id", "nobody", lines(READ, LEAVE, '  await prisma.order.update({ where: { id: order.id, userId: session.user.id }, data: { status: "DONE" } });', SEND)],
  ["Supabase", "nobody", lines(OF_SUPABASE, '  if (!order || order.status !== "pending") redirect("/orders");', `  ${SET};`, SEND)],
  ["Supabase, once more asked for", "nobody", lines(OF_SUPABASE, '  if (order?.status !== "pending") return done();', `  ${SET}.eq("status", "pending");`, SEND)],
  ["Drizzle", "nobody", lines("  const [order] = await db.select().from(orders).where(eq(orders.id, id));", "  if (!order || order.paidAt) return done();", "  await db.update(orders).set({ paidAt: new Date() }).where(eq(orders.id, order.id));", SEND)],
  ["Drizzle's queries", "nobody", lines("  const order = await db.query.orders.findFirst({ where: eq(orders.id, id) });", '  if (order?.status === "done") return done();', '  await db.update(orders).set({ status: "done" }).where(eq(orders.id, id));', SEND)],
  ["found by the state that it leaves", "nobody", lines('  const order = await prisma.order.findFirst({ where: { id, status: "NEW" } });', "  if (!order) return done();", CHANGE, SEND)],
  ["Supabase, found by the state that it leaves", "nobody", lines('  const { data: order } = await supabase.from("orders").select("id").eq("id", id).eq("status", "pending").maybeSingle();', "  if (!order) return done();", `  ${SET};`, SEND)],
  ["found by what is not yet so", "nobody", lines("  const [order] = await db.select().from(orders).where(and(eq(orders.id, id), isNull(orders.paidAt)));", "  if (order) {", "    await db.update(orders).set({ paidAt: new Date() }).where(eq(orders.id, order.id));", SEND, "  }")],
  ["on from state to state", "nobody", lines(READ, "  if (body.ship) {", '    if (!["NEW", "PAID"].includes(order.status)) return done();', '    await prisma.order.update({ where: { id }, data: { status: "SHIPPED" } });', SEND, "    return done();", "  }", '  if (order.status !== "SHIPPED") return done();', CHANGE, SEND)],
  ["with something else that is set, perhaps", "nobody", lines(READ, LEAVE, '  await prisma.order.update({ where: { id }, data: { status: "DONE", ...(body.note ? { note: body.note } : {}) } });', SEND)],
  ["with something else that is set, if it is there", "nobody", lines(READ, LEAVE, '  await prisma.order.update({ where: { id }, data: { status: "DONE", ...(body.note && { note: body.note, ...{ noted: true } }) } });', SEND)],
  ["with nothing else", "nobody", lines(READ, LEAVE, '  await prisma.order.update({ where: { id }, data: { status: "DONE", ...(body.note ? ({ note: body.note } as const) : null) } });', SEND)],

  ["round and round", "any signed-in caller", lines(READ, "  if (body.ship) {", '    if (!["NEW", "DONE"].includes(order.status)) return done();', '    await prisma.order.update({ where: { id }, data: { status: "SHIPPED" } });', SEND, "    return done();", "  }", '  if (order.status !== "SHIPPED") return done();', CHANGE, SEND)],
  ["round in three steps", "any signed-in caller", lines(READ, '  if (body.step === 1) {', '    if (order.status !== "NEW") return done();', '    await prisma.order.update({ where: { id }, data: { status: "SHIPPED" } });', "    return done();", "  }", "  if (body.step === 2) {", '    if (order.status !== "DONE") return done();', '    await prisma.order.update({ where: { id }, data: { status: "NEW" } });', "    return done();", "  }", '  if (order.status !== "SHIPPED") return done();', CHANGE, SEND)],
  ["found by another state", "any signed-in caller", lines('  const order = await prisma.order.findFirst({ where: { id, kind: "NEW" } });', "  if (!order) return done();", CHANGE, SEND)],
  ["found by the state, and set back", "any signed-in caller", lines('  const order = await prisma.order.findFirst({ where: { id, status: "NEW" } });', "  if (!order) return done();", CHANGE, SEND, '  await prisma.order.update({ where: { id: order.id }, data: { status: "NEW" } });')],
  ["sent where it is not found", "any signed-in caller", lines('  const order = await prisma.order.findFirst({ where: { id, status: "NEW" } });', "  if (!order) {", SEND, "    return done();", "  }", CHANGE)],
  ["another record", "any signed-in caller", lines(READ, LEAVE, '  await prisma.order.update({ where: { id: body.other }, data: { status: "DONE" } });', SEND)],
  ["another record of the caller's", "any signed-in caller", lines("  const order = await prisma.order.findFirst({ where: { id, userId: session.user.id } });", '  if (!order || order.status === "DONE") return done();', '  await prisma.order.update({ where: { id: body.id, userId: order.userId }, data: { status: "DONE" } });', SEND)],
  ["another table", "any signed-in caller", lines(READ, LEAVE, '  await prisma.invoice.update({ where: { id: order.id }, data: { status: "DONE" } });', SEND)],
  ["another field", "any signed-in caller", lines(READ, LEAVE, "  await prisma.order.update({ where: { id: order.id }, data: { name: DONE } });", SEND)],
  ["another field of the same name", "any signed-in caller", lines(READ, '  if (order.user.status === "DONE") return done();', CHANGE, SEND)],
  ["a state that is let through again", "any signed-in caller", lines(READ, '  if (order.status !== "NEW" && order.status !== "DONE") return done();', CHANGE, SEND)],
  ["a state that is not asked for", "any signed-in caller", lines(READ, '  if (order.status === "PAID") return done();', CHANGE, SEND)],
  ["the caller's state", "any signed-in caller", lines(READ, "  if (order.status === body.status) return done();", "  await prisma.order.update({ where: { id }, data: { status: body.status } });", SEND)],
  ["a state of the caller's in any case", "any signed-in caller", lines(READ, '  if (order.status !== "NEW") return done();', "  await prisma.order.update({ where: { id }, data: { status: body.status } });", SEND)],
  ["what the caller sends may say otherwise", "any signed-in caller", lines(READ, LEAVE, '  await prisma.order.update({ where: { id }, data: { status: "DONE", ...body } });', SEND)],
  ["another state, perhaps", "any signed-in caller", lines(READ, LEAVE, '  await prisma.order.update({ where: { id }, data: { status: "DONE", ...(body.again ? { status: "NEW" } : {}) } });', SEND)],
  ["another state within", "any signed-in caller", lines(READ, LEAVE, '  await prisma.order.update({ where: { id }, data: { status: "DONE", ...(body.again && { note: "", ...{ status: "NEW" } }) } });', SEND)],
  ["whatever is in what is sent, if it is there", "any signed-in caller", lines(READ, LEAVE, '  await prisma.order.update({ where: { id }, data: { status: "DONE", ...(body.more ?? {}) } });', SEND)],
  ["a name that the caller sends", "any signed-in caller", lines(READ, LEAVE, '  await prisma.order.update({ where: { id }, data: { status: "DONE", ...(body.name ? { [body.name]: body.value } : {}) } });', SEND)],
  ["an object that something else may fill", "any signed-in caller", lines(READ, LEAVE, "  const more: Record<string, string> = {};", "  Object.assign(more, body);", '  await prisma.order.update({ where: { id }, data: { status: "DONE", ...more } });', SEND)],
  ["perhaps no state at all", "any signed-in caller", lines(READ, LEAVE, '  await prisma.order.update({ where: { id }, data: { status: body.yes ? "DONE" : undefined } });', SEND)],
  ["what the caller sends is asked", "any signed-in caller", lines('  if (body.status === "DONE") return done();', '  await prisma.order.update({ where: { id: body.id }, data: { status: "DONE" } });', SEND)],
  ["a check that the caller may skip", "any signed-in caller", lines(READ, '  if (order.status === "DONE" && !body.again) return done();', CHANGE, SEND)],
  ["a check that leaves nothing", "any signed-in caller", lines(READ, '  if (order.status === "DONE") console.info("again");', CHANGE, SEND)],
  ["a check in a branch", "any signed-in caller", lines(READ, '  if (body.check) {', LEAVE, "  }", CHANGE, SEND)],
  ["mail before the change, and a way out between", "any signed-in caller", lines(READ, LEAVE, SEND, "  if (body.no) return done();", CHANGE)],
  ["mail before the change, and an error between", "any signed-in caller", lines(READ, LEAVE, SEND, '  if (body.no) throw new Error("no");', CHANGE)],
  ["mail before the change, and what the caller may have fail", "any signed-in caller", lines(READ, LEAVE, SEND, "  const note = JSON.parse(body.note);", CHANGE)],
  ["mail before a change that the caller may have fail", "any signed-in caller", lines(READ, LEAVE, SEND, '  await prisma.order.update({ where: { id }, data: { status: "DONE", note: body.note } });')],
  ["mail before a change in one branch", "any signed-in caller", lines(READ, LEAVE, SEND, "  if (body.yes) {", CHANGE, "  }")],
  ["mail before a change that a `catch` passes by", "any signed-in caller", lines(READ, LEAVE, "  try {", SEND, "    JSON.parse(body.note);", CHANGE, "  } catch {", "    return done();", "  }")],
  ["mail to two, where the caller may have the second fail", "any signed-in caller", lines(READ, LEAVE, SEND, "  await resend.emails.send({ ...mail, to: body.to });", CHANGE)],
  ["mail before the new state that is let through again", "any signed-in caller", lines(READ, LEAVE, SEND, '  await prisma.order.update({ where: { id }, data: { status: "SENT" } });')],
  ["one of two states, one of which is let through", "any signed-in caller", lines(READ, '  if (order.status === "DONE" || order.status === "REFUSED") return done();', '  await prisma.order.update({ where: { id }, data: { status: body.yes ? "DONE" : "NEW" } });', SEND)],
  ["mail before the check", "any signed-in caller", lines(READ, SEND, LEAVE, CHANGE)],
  ["a change in one branch", "any signed-in caller", lines(READ, LEAVE, "  if (body.yes) {", CHANGE, "  }", SEND)],
  ["a change where something fails", "any signed-in caller", lines(READ, LEAVE, "  try {", "    await redis.ping();", "  } catch {", CHANGE, "  }", SEND)],
  ["a transaction that some leave before", "any signed-in caller", lines(READ, LEAVE, "  await prisma.$transaction(async (tx) => {", "    if (body.no) return;", '    await tx.order.update({ where: { id: order.id }, data: { status: "DONE" } });', "  });", SEND)],
  ["set back in the same handler", "any signed-in caller", lines(READ, LEAVE, CHANGE, SEND, '  await prisma.order.update({ where: { id }, data: { status: "NEW" } });')],
  ["set back in the function of a transaction", "any signed-in caller", lines(READ, LEAVE, CHANGE, SEND, "  await prisma.$transaction(async (tx) => {", '    await tx.order.update({ where: { id }, data: { status: "NEW" } });', "  });")],
  ["set back without waiting", "any signed-in caller", lines(READ, LEAVE, CHANGE, SEND, '  prisma.order.update({ where: { id }, data: { status: "NEW" } }).catch(() => {});')],
  ["to and fro", "any signed-in caller", lines(READ, "  if (body.on) {", "    if (order.on) return done();", "    await prisma.order.update({ where: { id }, data: { on: true } });", SEND, "  } else {", "    await prisma.order.update({ where: { id }, data: { on: false } });", "  }")],
  ["of what is made on the way", "any signed-in caller", lines("  await prisma.order.create({ data: { id: body.id } });", "  const order = await prisma.order.findUnique({ where: { id: body.id } });", LEAVE, CHANGE, SEND)],
  ["of what was made just now", "any signed-in caller", lines("  const made = await prisma.order.create({ data: {} });", "  const order = await prisma.order.findUnique({ where: { id: made.id } });", LEAVE, CHANGE, SEND)],
  ["who calls again does it", "any signed-in caller", lines(READ, '  if (order.status === "DONE") {', SEND, "  } else {", CHANGE, "  }")],
  ["asked after the change for all", "any signed-in caller", lines(READ, '  const isNew = order.status === "NEW";', CHANGE, "  if (!isNew) {", SEND, "  }")],
  ["Supabase, another row", "any signed-in caller", lines(OF_SUPABASE, '  if (order?.status !== "pending") return done();', '  await supabase.from("orders").update({ status: "done" }).eq("id", body.id);', SEND)],
  ["Supabase, only some rows", "any signed-in caller", lines(OF_SUPABASE, '  if (order?.status === "done") return done();', `  ${SET}.eq("kind", body.kind);`, SEND)],
  ["Supabase, a row of another state", "any signed-in caller", lines(OF_SUPABASE, '  if (order?.status === "done") return done();', `  ${SET}.eq("status", "pending");`, SEND)],
  ["Drizzle, another table", "any signed-in caller", lines("  const [order] = await db.select().from(orders).where(eq(orders.id, id));", '  if (!order || order.status === "done") return done();', '  await db.update(users).set({ status: "done" }).where(eq(users.id, id));', SEND)],
  ["Drizzle, another of two rows", "any signed-in caller", lines('  const [order, other] = await db.select().from(orders).where(ne(orders.id, id));', '  if (order.status === "done") return done();', '  await db.update(orders).set({ status: "done" }).where(eq(orders.id, other.id));', SEND)],
];

describe("work behind a state that is left for good", () => {
  it.each(CASES)("%s: %s", (_, verdict, body) => {
    expect(verdictOf(recordsProject(body), RECORDS_ROUTE)).toBe(verdict);
  });

  it("is read in a helper, too", () => {
    const helper = `async function finish(key: string) {\n  const order = await prisma.order.findUnique({ where: { id: key } });\n  if (order?.status !== "NEW") return;\n  await prisma.order.update({ where: { id: key }, data: { status: "DONE" } });\n${SEND}\n}`;
    expect(verdictOf(recordsProject("  await finish(body.id);", helper), RECORDS_ROUTE)).toBe("nobody");
    expect(verdictOf(recordsProject('  await finish(body.id);\n  await prisma.order.update({ where: { id: body.id }, data: { status: "NEW" } });', helper), RECORDS_ROUTE)).toBe("any signed-in caller");
  });

  it("is not what a function of the project does that is called so", () => {
    const repository = `const repository = { order: { update: async (_: unknown) => console.info("updated") } };`;
    expect(verdictOf(recordsProject(lines(READ, LEAVE, '  await repository.order.update({ where: { id }, data: { status: "DONE" } });', SEND), repository), RECORDS_ROUTE)).toBe("any signed-in caller");
  });
});

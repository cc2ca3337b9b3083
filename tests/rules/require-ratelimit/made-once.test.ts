import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-ratelimit.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";
import { openProject, RECORDS_ROUTE, SEND } from "./records.ts";

/*
 * A row that is made where none was found: under a key that is the same for all it is made once, or once a day.
 */

type Worst = "changes" | "queries" | "sends mail" | "nothing";
type Case = readonly [name: string, worst: Worst, body: string];

const lines = (...parts: readonly string[]): string => parts.join("\n");

const HELPERS = "const today = () => new Date().toISOString().slice(0, 10);\nconst instant = () => new Date().toISOString();";
const FIND = "  const day = await prisma.day.findFirst({ where: { date: today() } });";
const MAKE = "    await prisma.day.create({ data: { date: today() } });";

/** A row of this date, made where there is none. */
const ofDate = (date: string): string => lines(`  const date = ${date};`, "  const day = await prisma.day.findFirst({ where: { date } });", "  if (!day) await prisma.day.create({ data: { date } });");

const CASES: readonly Case[] = [
  ["a constant", "nothing", lines('  const found = await prisma.setting.findUnique({ where: { name: "home" } });', '  if (!found) await prisma.setting.create({ data: { name: "home", views: 0 } });')],
  ["a constant, and mail of it", "nothing", lines('  const found = await prisma.setting.findUnique({ where: { name: "home" } });', "  if (!found) {", '    await prisma.setting.create({ data: { name: "home", views: 0 } });', SEND, "  }")],
  ["today", "nothing", lines(FIND, "  if (!day) {", MAKE, "  }")],
  ["today, in a variable", "nothing", ofDate("new Date().toISOString().slice(0, 10)")],
  ["today, by another way", "nothing", ofDate('new Date().toISOString().split("T")[0]')],
  ["today, in words", "nothing", ofDate("new Date().toDateString()")],
  ["the year", "nothing", ofDate("`y-${new Date().getFullYear()}`")],
  ["where there is one, it leaves", "nothing", lines(FIND, "  if (day) return done();", MAKE)],
  ["what it makes on the way", "nothing", lines(FIND, "  if (day) return done();", SEND, MAKE)],
  ["of a state that it is made in", "nothing", lines('  const day = await prisma.day.findFirst({ where: { date: today(), state: "open" } });', "  if (!day) {", '    await prisma.day.create({ data: { date: today(), state: "open" } });', "  }")],
  ["Drizzle, of what is not yet so", "nothing", lines("  const id2 = today();", "  const [order] = await db.select().from(orders).where(and(eq(orders.id, id2), isNull(orders.paidAt))).limit(1);", "  if (order) {", "    console.info(order);", "  } else {", '    await db.insert(orders).values({ id: id2, status: "new" });', "  }")],
  ["Supabase", "nothing", lines("  const date = today();", '  const { data: day } = await supabase.from("days").select().eq("date", date).maybeSingle();', '  if (!day) await supabase.from("days").insert({ date });')],
  ["looked up or made by one call", "nothing", "  await prisma.setting.upsert({ where: { id: 1 }, update: {}, create: { id: 1, name: body.name } });"],

  ["looked up or made under the caller's key", "changes", "  await prisma.setting.upsert({ where: { name: body.name }, update: {}, create: { name: body.name } });"],
  ["made or changed", "changes", "  await prisma.setting.upsert({ where: { id: 1 }, update: { name: body.name }, create: { id: 1 } });"],
  ["made or changed, by who likes", "changes", "  await prisma.setting.upsert({ where: { id: 1 }, update: { ...body }, create: { id: 1 } });"],
  ["made, or changed as an option says", "changes", "  const update = body.update ?? {};\n  await prisma.setting.upsert({ where: { id: 1 }, update, create: { id: 1 } });"],
  ["the caller's key", "changes", ofDate("body.date")],
  ["a key with something of the caller's", "changes", ofDate("`${today()}-${body.name}`")],
  ["the time of day", "changes", ofDate("instant()")],
  ["the time of day, cut behind it", "changes", ofDate("new Date().toISOString().slice(0, 23)")],
  ["a random key", "changes", ofDate("crypto.randomUUID()")],
  ["the caller's day", "changes", ofDate("new Date(body.date).toISOString().slice(0, 10)")],
  ["another key is made", "changes", lines(FIND, "  if (!day) await prisma.day.create({ data: { date: body.date } });")],
  ["a row that is not made so", "changes", lines('  const day = await prisma.day.findFirst({ where: { date: today(), state: "open" } });', '  if (!day) await prisma.day.create({ data: { date: today(), state: "draft" } });')],
  ["a row that may have no such state", "changes", lines('  const day = await prisma.day.findFirst({ where: { date: today(), state: "open" } });', "  if (!day) {", MAKE, "  }")],
  ["who likes has it made anew", "changes", lines(FIND, "  if (!day || body.fresh) {", MAKE, "  }")],
  ["who likes does not look", "changes", lines("  let day = null;", "  if (!body.fresh) day = await prisma.day.findFirst({ where: { date: today() } });", "  if (!day) {", MAKE, "  }")],
  ["where one is found", "changes", lines(FIND, "  if (day) {", MAKE, "  }")],
  ["where one is found, it goes on", "changes", lines(FIND, '  if (day) console.info("again");', MAKE)],
  ["another table", "changes", lines(FIND, "  if (!day) await prisma.visit.create({ data: { date: today() } });")],
  ["thrown away again", "changes", lines(FIND, "  if (!day) {", MAKE, "  }", "  if (body.last) await prisma.day.deleteMany({ where: { date: today() } });")],
  ["put into another state", "changes", lines('  const day = await prisma.day.findFirst({ where: { date: today(), state: "open" } });', "  if (!day) {", '    await prisma.day.create({ data: { date: today(), state: "open" } });', "  }", '  await prisma.day.updateMany({ where: { id: body.id }, data: { state: "closed" } });')],
  ["mail on another way", "sends mail", lines(FIND, "  if (!day && body.mail) {", SEND, "  } else if (!day) {", MAKE, "  }")],
];

describe("a row that is made where none was found", () => {
  it.each(CASES)("%s: %s", (_, worst, body) => {
    const [message, more] = lintMessages("require-ratelimit", rule, openProject(body, HELPERS), RECORDS_ROUTE);
    expect(more).toBeUndefined();
    expect(/ (?<worst>changes|queries|sends mail) /u.exec(message ?? "")?.groups?.["worst"] ?? "nothing").toBe(worst);
  });
});

const SCHEMA = `model Receipt {
  id      String @id
  orderId String @unique
  kind    String // @unique
}
`;
const ORDER = "  const order = await prisma.order.findUnique({ where: { id } });\n  if (!order) return done();";
const RECEIPT = "  await prisma.receipt.create({ data: { orderId: order.id, text: body.text } });";

describe("a row of which each record has one", () => {
  it.each<readonly [name: string, worst: Worst, body: string]>([
    ["mail behind it", "nothing", lines(ORDER, RECEIPT, SEND)],
    ["in a `try` whose `catch` leaves", "nothing", lines(ORDER, "  try {", RECEIPT, SEND, "  } catch {", "    return done();", "  }")],
    ["of what belongs to a record", "nothing", lines(ORDER, RECEIPT.replace("order.id", "order.parentId"), SEND)],

    ["mail before it", "sends mail", lines(ORDER, SEND, RECEIPT)],
    ["in a `try` whose `catch` goes on", "sends mail", lines(ORDER, "  try {", RECEIPT, "  } catch (error) {", "    console.error(error);", "  }", SEND)],
    ["in a branch", "sends mail", lines(ORDER, "  if (body.yes) {", RECEIPT, "  }", SEND)],
    ["an id of the caller's", "sends mail", lines(RECEIPT.replace("order.id", "body.id"), SEND)],
    ["what there may be many of", "sends mail", lines(ORDER, "  await prisma.receipt.create({ data: { kind: order.id } });", SEND)],
    ["what is thrown away again", "sends mail", lines(ORDER, RECEIPT, SEND, "  await prisma.receipt.deleteMany({ where: { orderId: order.id } });")],
    ["perhaps made", "sends mail", lines(ORDER, "  await prisma.receipt.upsert({ where: { orderId: order.id }, create: { orderId: order.id }, update: {} });", SEND)],
    ["of a record that is made on the way", "sends mail", lines("  await prisma.order.create({ data: { id: body.id } });", ORDER, RECEIPT, SEND)],
    ["nobody waits for it", "sends mail", lines(ORDER, "  prisma.receipt.create({ data: { orderId: order.id } }).catch(() => {});", SEND)],
  ])("%s: %s", (_, worst, body) => {
    const [message, more] = lintMessages("require-ratelimit", rule, { ...openProject(body), "prisma/schema.prisma": SCHEMA }, RECORDS_ROUTE);
    expect(more).toBeUndefined();
    expect(/ (?<worst>changes|queries|sends mail) /u.exec(message ?? "")?.groups?.["worst"] ?? "nothing").toBe(worst);
  });

  it("is not known without a schema", () => {
    const [message] = lintMessages("require-ratelimit", rule, openProject(lines(ORDER, RECEIPT, SEND)), RECORDS_ROUTE);
    expect(message).toContain("sends mail");
  });
});

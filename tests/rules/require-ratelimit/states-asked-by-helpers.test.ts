import { describe, expect, it } from "vitest";
import { RECORDS_ROUTE, recordsProject, SEND } from "./records.ts";
import { verdictOf, type Verdict } from "./verdicts.ts";

/*
 * Whether a record may be changed is asked by a function that it is handed to: `refusalOf(order)`, `mayCancel(order.status)`. What it
 * answers for a record as the change leaves it says whether whoever calls again gets so far.
 */

const READ = "  const order = await prisma.order.findUnique({ where: { id } });\n  if (!order) return done();";
const CHANGE = '  await prisma.order.update({ where: { id: order.id }, data: { status: "CANCELLED" } });';
const lines = (...parts: readonly string[]): string => parts.join("\n");
const asking = (asked: string, after = ""): string => lines(READ, asked, CHANGE, SEND, after);

const REFUSAL = `function refusalOf(order: { status: string; at: Date }, options?: { late?: boolean }) {
  if (order.status === "CANCELLED") return Response.json({ again: true });
  const isLate = order.at.getTime() < Date.now();
  if (!options?.late && isLate) return Response.json({ error: "LATE" }, { status: 403 });
  return null;
}`;
const MAY = 'const mayCancel = (order: { status: string }) => order.status === "NEW" || order.status === "PAID";';
const STATE = 'const isOpen = (status: string): boolean => !["CANCELLED", "DONE"].includes(status);';
const CHECK = `function check(order: { status: string } | null) {
  if (!order) return { ok: false, reason: "missing" };
  if (order.status === "CANCELLED") return { ok: false, reason: "again" };
  return { ok: true };
}`;
const LATER = `async function whyNot({ status }: { status: string }) {
  return status === "CANCELLED" ? "ALREADY_CANCELLED" : undefined;
}`;

type Case = readonly [name: string, verdict: Verdict, helper: string, body: string];

const CASES: readonly Case[] = [
  ["an answer, or nothing", "nobody", REFUSAL, asking("  const refused = refusalOf(order);\n  if (refused) return refused;")],
  ["an answer, with options", "nobody", REFUSAL, asking("  const refused = refusalOf(order, { late: body.late });\n  if (refused !== null) return refused;")],
  ["yes or no", "nobody", MAY, asking("  if (!mayCancel(order)) return done();")],
  ["yes or no, of the state alone", "nobody", STATE, asking("  if (!isOpen(order.status)) return done();")],
  ["yes or no, with something else", "nobody", STATE, asking("  if (!order.paid || !isOpen(order.status)) return done();")],
  ["a member of the answer", "nobody", CHECK, asking("  const checked = check(order);\n  if (!checked.ok) return Response.json({ reason: checked.reason });")],
  ["a member, taken apart", "nobody", CHECK, asking("  const { ok } = check(order);\n  if (!ok) return done();")],
  ["a text, or nothing, that is waited for", "nobody", LATER, asking("  const why = await whyNot(order);\n  if (why) return Response.json({ why });")],
  ["what a record is compared with is handed over", "nobody", "const isIn = (order: { status: string }, status: string) => order.status === status;", asking('  if (isIn(order, "CANCELLED")) return done();')],

  ["the state is let pass", "any signed-in caller", 'const mayCancel = (order: { status: string }) => order.status !== "DONE";', asking("  if (!mayCancel(order)) return done();")],
  ["the caller may have it let pass", "any signed-in caller", `function refusalOf(order: { status: string }, again: boolean) {\n  if (again) return null;\n  return order.status === "CANCELLED" ? Response.json({}) : null;\n}`, asking("  const refused = refusalOf(order, body.again);\n  if (refused) return refused;")],
  ["another record is asked for", "any signed-in caller", MAY, asking("  const other = await prisma.order.findUnique({ where: { id: body.other } });\n  if (!mayCancel(other)) return done();")],
  ["what the caller sends is asked for", "any signed-in caller", MAY, asking("  if (!mayCancel(body)) return done();")],
  ["another column is asked for", "any signed-in caller", STATE, asking("  if (!isOpen(order.kind)) return done();")],
  ["nothing is made of the answer", "any signed-in caller", REFUSAL, asking("  const refused = refusalOf(order);\n  if (refused) console.info(refused);")],
  ["the answer is handed over, and not looked at", "any signed-in caller", REFUSAL, asking("  console.info(refusalOf(order));")],
  ["a promise is something", "any signed-in caller", LATER, asking("  const why = whyNot(order);\n  if (!why) return done();")],
  ["an object is something", "any signed-in caller", CHECK, asking("  if (!check(order)) return done();")],
  ["another member of the answer", "any signed-in caller", CHECK, asking("  if (check(order).late) return done();")],
  ["the function changes what it was handed", "any signed-in caller", `function isOpen(status: string) {\n  status = "NEW";\n  return status !== "CANCELLED";\n}`, asking("  if (!isOpen(order.status)) return done();")],
  ["the function sets it back", "any signed-in caller", `async function isOpen(order: { id: string; status: string }) {\n  await prisma.order.update({ where: { id: order.id }, data: { status: "NEW" } });\n  return order.status !== "CANCELLED";\n}`, asking("  if (!(await isOpen(order))) return done();")],
  ["the function looks into a list", "any signed-in caller", `function isOpen(order: { status: string }, kinds: string[]) {\n  for (const kind of kinds) if (kind === "any") return true;\n  return order.status !== "CANCELLED";\n}`, asking("  if (!isOpen(order, body.kinds)) return done();")],
  ["the function catches what it throws", "any signed-in caller", `function isOpen(order: { status: string }) {\n  try {\n    if (order.status === "CANCELLED") throw new Error("again");\n  } catch {\n    return true;\n  }\n  return true;\n}`, asking("  if (!isOpen(order)) return done();")],
  ["one of two functions is asked", "any signed-in caller", `${MAY}\nconst mayAlways = (_: unknown) => true;`, asking("  const may = body.always ? mayAlways : mayCancel;\n  if (!may(order)) return done();")],
  ["it is set back afterwards", "any signed-in caller", MAY, asking("  if (!mayCancel(order)) return done();", '  await prisma.order.update({ where: { id }, data: { status: "NEW" } });')],
];

describe("the state of a record, asked for by a function that is handed", () => {
  it.each(CASES)("%s: %s", (_name, verdict, helper, body) => {
    expect(verdictOf(recordsProject(body, helper), RECORDS_ROUTE)).toBe(verdict);
  });

  it.each(CASES)("%s: %s, in another file", (_name, verdict, helper, body) => {
    const names = [...helper.matchAll(/(?:function|const) (\w+)(?=\(| = )/gu)].map(([, name]) => name).filter((name) => name !== undefined && body.includes(name));
    const files = recordsProject(body, `import { ${names.join(", ")} } from "@/lib/helpers";`);
    const exported = helper.replaceAll(/^(?:async )?(?:function|const) /gmu, (word) => `export ${word}`);
    expect(verdictOf({ ...files, "lib/helpers.ts": `import { prisma } from "./prisma";\n${exported}` }, RECORDS_ROUTE)).toBe(verdict);
  });
});

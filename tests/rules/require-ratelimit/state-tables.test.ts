import { describe, expect, it } from "vitest";
import { RECORDS_ROUTE, recordsProject, SEND } from "./records.ts";
import { verdictOf, type Verdict } from "./verdicts.ts";

/* A table says which state may follow which. Where none leads back, mail behind a change goes out so often as there are states. */

type Case = readonly [name: string, verdict: Verdict, body: string, table: string];

const lines = (...parts: readonly string[]): string => parts.map((part) => `  ${part}`).join("\n");

const READ = "const order = await prisma.order.findUnique({ where: { id } });\n  if (!order) return done();";
const NEXT = 'const NEXT: Record<string, string[]> = { NEW: ["PAID", "GONE"], PAID: ["SENT", "GONE"], SENT: [], GONE: [] };';
const ROUND = 'const NEXT: Record<string, string[]> = { NEW: ["PAID"], PAID: ["SENT"], SENT: ["NEW"] };';
const STEPS = 'const STEPS: Record<string, { from: string[]; to: string }> = { pay: { from: ["NEW"], to: "PAID" }, send: { from: ["PAID"], to: "SENT" }, drop: { from: ["NEW", "PAID"], to: "GONE" } };';
const ASK = "if (!NEXT[order.status].includes(body.status)) return done();";
const SET = "await prisma.order.update({ where: { id: order.id }, data: { status: body.status } });";
const STEP = "const step = STEPS[body.action];\n  if (!step) return done();";
const ASK_STEP = "if (!step.from.includes(order.status)) return done();";
const TAKE = "await prisma.order.update({ where: { id: order.id }, data: { status: step.to } });";

const CASES: readonly Case[] = [
  ["by state", "nobody", lines(READ, ASK, SET, SEND), NEXT],
  ["by state, perhaps none", "nobody", lines(READ, "const { status } = body;", "const allowed = NEXT[order.status as string] ?? [];", "if (!allowed.includes(status)) return done();", "await prisma.order.update({ where: { id }, data: { status } });", SEND), NEXT],
  ["by state, as sets", "nobody", lines(READ, "if (!NEXT[order.status]?.has(body.status)) return done();", SET, SEND), 'const NEXT = { NEW: new Set(["PAID"]), PAID: new Set(["SENT"]) };'],
  ["by state, in the branch", "nobody", lines(READ, "if (NEXT[order.status].includes(body.status)) {", SET, SEND, "}"), NEXT],
  ["by state, in the function of a transaction", "nobody", lines(READ, ASK, "await prisma.$transaction(async (tx) => {", "  await tx.order.update({ where: { id: order.id }, data: { status: body.status } });", "});", SEND), NEXT],
  ["by step", "nobody", lines(STEP, READ, ASK_STEP, TAKE, SEND), STEPS],
  ["by step, and mail before", "nobody", lines(STEP, READ, ASK_STEP, TAKE, 'if (body.action === "pay") {', SEND, "}"), STEPS],

  ["by state, round and round", "any signed-in caller", lines(READ, ASK, SET, SEND), ROUND],
  ["by state, which may stay as it is", "any signed-in caller", lines(READ, ASK, SET, SEND), 'const NEXT: Record<string, string[]> = { NEW: ["NEW", "PAID"], PAID: [] };'],
  ["by state, of which not all is known", "any signed-in caller", lines(READ, ASK, SET, SEND), 'import { more } from "@/lib/more";\nconst NEXT: Record<string, string[]> = { NEW: ["PAID"], PAID: [], ...more };'],
  ["by state, with one that is not known", "any signed-in caller", lines(READ, ASK, SET, SEND), 'const NEXT: Record<string, string[]> = { NEW: ["PAID", process.env.LAST!], PAID: [] };'],
  ["by the caller's state", "any signed-in caller", lines(READ, "if (!NEXT[body.from].includes(body.status)) return done();", SET, SEND), NEXT],
  ["by another column", "any signed-in caller", lines(READ, "if (!NEXT[order.kind].includes(body.status)) return done();", SET, SEND), NEXT],
  ["by the state of another record", "any signed-in caller", lines(READ, ASK, "await prisma.order.update({ where: { id: body.other }, data: { status: body.status } });", SEND), NEXT],
  ["and then another state than was asked for", "any signed-in caller", lines(READ, ASK, "await prisma.order.update({ where: { id: order.id }, data: { status: body.then } });", SEND), NEXT],
  ["and then what the caller sends may say otherwise", "any signed-in caller", lines(READ, ASK, "await prisma.order.update({ where: { id: order.id }, data: { status: body.status, ...body } });", SEND), NEXT],
  ["a check that leaves nothing", "any signed-in caller", lines(READ, 'if (!NEXT[order.status].includes(body.status)) console.info("again");', SET, SEND), NEXT],
  ["a check that the caller may skip", "any signed-in caller", lines(READ, "if (!body.forced && !NEXT[order.status].includes(body.status)) return done();", SET, SEND), NEXT],
  ["those who are not allowed to", "any signed-in caller", lines(READ, "if (NEXT[order.status].includes(body.status)) return done();", SET, SEND), NEXT],
  ["set back in the same handler", "any signed-in caller", lines(READ, ASK, SET, SEND, 'if (body.back) await prisma.order.update({ where: { id: order.id }, data: { status: "NEW" } });'), NEXT],
  ["mail before the check", "any signed-in caller", lines(READ, SEND, ASK, SET), NEXT],
  ["mail before a change that the caller may have fail", "any signed-in caller", lines(READ, ASK, SEND, SET), NEXT],
  ["by step, round and round", "any signed-in caller", lines(STEP, READ, ASK_STEP, TAKE, SEND), 'const STEPS: Record<string, { from: string[]; to: string }> = { stop: { from: ["ON"], to: "OFF" }, start: { from: ["OFF"], to: "ON" } };'],
  ["by step, and then another one", "any signed-in caller", lines(STEP, READ, ASK_STEP, "await prisma.order.update({ where: { id: order.id }, data: { status: STEPS[body.then].to } });", SEND), STEPS],
  ["by step, of the caller's state", "any signed-in caller", lines(STEP, READ, "if (!step.from.includes(body.status)) return done();", TAKE, SEND), STEPS],
];

describe("tables of states", () => {
  it.each(CASES)("%s: %s", (_, verdict, body, table) => {
    expect(verdictOf(recordsProject(body, table), RECORDS_ROUTE)).toBe(verdict);
  });
});

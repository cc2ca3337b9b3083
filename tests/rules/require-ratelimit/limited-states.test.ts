import { describe, expect, it } from "vitest";
import { RECORDS_ROUTE, recordsProject, SEND } from "./records.ts";
import { verdictOf, type Verdict } from "./verdicts.ts";

/*
 * The state that a record is put into comes from the caller, and is one of a few constants: a condition has seen to that, or a
 * schema. If none of them is the one that is asked for, each record comes there once. Beside it stand the states that lead back.
 */

const lines = (...parts: readonly string[]): string => parts.join("\n");

const READ = "  const order = await prisma.order.findUnique({ where: { id } });\n  if (!order) return done();";
const ASK = '  if (order.status !== "pending") return done();';
const SET = "  await prisma.order.update({ where: { id }, data: { status: decision } });";
const FROM = "  const decision = body.decision as string;";
const CHECK = '  if (!["approved", "rejected"].includes(decision)) return done();';

const ZOD = `import { z } from "zod";
const KINDS = ["approved", "rejected"] as const;
const strict = z.object({ decision: z.enum(["approved", "rejected"]), note: z.string() });
const listed = z.object({ decision: z.enum(KINDS) }).strict();
const wide = z.object({ decision: z.enum(["approved", "pending"]) });
const open = z.object({ decision: z.string() });
const loose = z.object({ decision: z.enum(["approved", "rejected"]).optional() });
const DECISIONS = new Set(["approved", "rejected"]);
`;

type Case = readonly [name: string, verdict: Verdict, body: string];

const CASES: readonly Case[] = [
  ["a list", "nobody", lines(FROM, CHECK, READ, ASK, SET, SEND)],
  ["a list that is asked after the state", "nobody", lines(FROM, READ, ASK, CHECK, SET, SEND)],
  ["a set", "nobody", lines(FROM, "  if (!DECISIONS.has(decision)) return done();", READ, ASK, SET, SEND)],
  ["two comparisons", "nobody", lines(FROM, '  if (decision !== "approved" && decision !== "rejected") return done();', READ, ASK, SET, SEND)],
  ["a list, with something else that is asked", "nobody", lines(FROM, '  if (!decision || !["approved", "rejected"].includes(decision)) return done();', READ, ASK, SET, SEND)],
  ["a list with the state, which is refused next", "nobody", lines(FROM, '  if (!["approved", "rejected", "pending"].includes(decision)) return done();', '  if (decision === "pending") return done();', READ, ASK, SET, SEND)],
  ["in a branch", "nobody", lines(FROM, READ, ASK, '  if (decision === "approved" || decision === "rejected") {', SET, SEND, "  }")],
  ["outside of what is tried", "nobody", lines(FROM, CHECK, "  try {", READ, ASK, SET, SEND, "  } catch {", "    return done();", "  }")],
  ["the change stands in a transaction", "nobody", lines(FROM, CHECK, READ, ASK, "  await prisma.$transaction(async (tx) => {", "    await tx.order.update({ where: { id }, data: { status: decision } });", "  });", SEND)],
  ["the same member each time", "nobody", lines('  if (!["approved", "rejected"].includes(body.decision)) return done();', READ, ASK, "  await prisma.order.update({ where: { id }, data: { status: body.decision } });", SEND)],
  ["an error for the others", "nobody", lines(FROM, '  if (!["approved", "rejected"].includes(decision)) throw new Error("no");', READ, ASK, SET, SEND)],
  ["a schema", "nobody", lines("  const { decision } = strict.parse(body);", READ, ASK, SET, SEND)],
  ["a schema that answers", "nobody", lines("  const parsed = listed.safeParse(body);", "  if (!parsed.success) return done();", READ, ASK, "  await prisma.order.update({ where: { id }, data: { status: parsed.data.decision } });", SEND)],
  ["Supabase", "nobody", lines(FROM, CHECK, '  const { data: order } = await supabase.from("orders").select("*").eq("id", id).single();', '  if (!order || order.status !== "pending") return done();', '  await supabase.from("orders").update({ status: decision, note: body.note ?? null }).eq("id", id);', SEND)],

  ["nothing is asked of it", "any signed-in caller", lines(FROM, READ, ASK, SET, SEND)],
  ["a list with the state", "any signed-in caller", lines(FROM, '  if (!["approved", "pending"].includes(decision)) return done();', READ, ASK, SET, SEND)],
  ["a list of what is refused", "any signed-in caller", lines(FROM, '  if (["approved", "rejected"].includes(decision)) return done();', READ, ASK, SET, SEND)],
  ["one constant that is refused", "any signed-in caller", lines(FROM, '  if (decision === "rejected") return done();', READ, ASK, SET, SEND)],
  ["the others go on", "any signed-in caller", lines(FROM, '  if (!["approved", "rejected"].includes(decision)) console.info(decision);', READ, ASK, SET, SEND)],
  ["the others go on who ask for it", "any signed-in caller", lines(FROM, '  if (!["approved", "rejected"].includes(decision) && !body.force) return done();', READ, ASK, SET, SEND)],
  ["something else is asked", "any signed-in caller", lines(FROM, '  if (!["approved", "rejected"].includes(body.kind)) return done();', READ, ASK, SET, SEND)],
  ["it is another one afterwards", "any signed-in caller", lines("  let decision = body.decision;", CHECK, READ, ASK, "  decision = body.other;", SET, SEND)],
  ["a list of the caller's", "any signed-in caller", lines(FROM, "  if (!body.list.includes(decision)) return done();", READ, ASK, SET, SEND)],
  ["it is asked for each of several things", "any signed-in caller", lines(FROM, "  for (const item of body.items) {", '    if (item && !["approved", "rejected"].includes(decision)) return done();', "  }", READ, ASK, SET, SEND)],
  ["it is asked only once the change is made", "any signed-in caller", lines(FROM, READ, ASK, SET, CHECK, SEND)],
  ["the state is refused, and another one that leads back is let pass", "any signed-in caller", lines(FROM, CHECK, READ, '  if (order.status === "approved") return done();', SET, SEND)],
  ["a schema with the state", "any signed-in caller", lines("  const { decision } = wide.parse(body);", READ, ASK, SET, SEND)],
  ["a schema that lets anything pass", "any signed-in caller", lines("  const { decision } = open.parse(body);", READ, ASK, SET, SEND)],
  ["a schema by which it may be left out", "any signed-in caller", lines("  const { decision } = loose.parse(body);", READ, ASK, SET, SEND)],
  ["what was sent, and not what the schema gave back", "any signed-in caller", lines("  strict.safeParse(body);", READ, ASK, "  await prisma.order.update({ where: { id }, data: { status: body.decision } });", SEND)],
  ["another column", "any signed-in caller", lines(FROM, CHECK, READ, ASK, "  await prisma.order.update({ where: { id }, data: { kind: decision } });", SEND)],
];

describe("states that the caller chooses of a few", () => {
  it.each(CASES)("%s: %s", (_name, verdict, body) => {
    expect(verdictOf(recordsProject(body, ZOD), RECORDS_ROUTE)).toBe(verdict);
  });
});

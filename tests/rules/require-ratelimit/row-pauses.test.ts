import { describe, expect, it } from "vitest";
import { openProject, RECORDS_ROUTE, recordsProject, SEND } from "./records.ts";
import { verdictOf, type Verdict } from "./verdicts.ts";

/* A pause that is kept in rows: who comes too soon after the last one is sent away. The route sends mail for signed-in callers. */

const HELPER = "async function makeCode(userId: string) {\n  await prisma.code.create({ data: { userId } });\n}\n";
const verdict = (body: string): Verdict => verdictOf(recordsProject(body, HELPER), RECORDS_ROUTE);

const USER = '  const user = await prisma.user.findUnique({ where: { id: session.user.id } });\n  if (!user) return done();\n';
const NEWEST = '  const last = await prisma.code.findFirst({ where: { userId: user.id, reason: "again" }, orderBy: { createdAt: "desc" } });\n';
const SOON = 'return Response.json({ error: "Please wait" });\n';
const CHECK = `  if (last && Date.now() - last.createdAt.getTime() < 60_000) ${SOON}`;
const ADD = '  await prisma.code.create({ data: { userId: user.id, reason: "again" } });\n';
const LATELY = '  const since = new Date(Date.now() - 60_000);\n  const recent = await prisma.code.findFirst({ where: { userId: user.id, createdAt: { gt: since } } });\n';
const SENT = `  if (user.sentAt && Date.now() - user.sentAt.getTime() < 60_000) ${SOON}`;
const KEEP = "  await prisma.user.update({ where: { id: user.id }, data: { sentAt: new Date() } });\n";

describe("a pause between rows", () => {
  it.each([
    ["of the newest one", USER + NEWEST + CHECK + ADD + SEND],
    ["that is added when all is done", USER + NEWEST + CHECK + SEND + "\n" + ADD],
    ["that a helper adds", USER + NEWEST + CHECK + "  await makeCode(user.id);\n" + SEND],
    ["and what has expired is thrown away before, for signed-in callers", `${USER}  await prisma.code.deleteMany({ where: { userId: user.id, expiresAt: { lte: new Date() } } });\n${NEWEST}${CHECK}${ADD}${SEND}`],
    ["in other words", `${USER}${NEWEST}  const elapsed = (new Date().getTime() - new Date(last?.createdAt ?? 0).getTime()) / 1000;\n  const left = Math.ceil(60 - elapsed);\n  if (left > 0) return Response.json({ error: \`Wait \${left} seconds\` });\n${ADD}${SEND}`],
    ["by a time that was before", `${USER}${NEWEST}  const limit = new Date(Date.now() - 60_000);\n  if (last && last.createdAt > limit) throw new Error("too soon");\n${ADD}${SEND}`],
    ["by Supabase", `  const { data: last } = await supabase.from("codes").select("created_at").eq("user_id", session.user.id).order("created_at", { ascending: false }).limit(1).maybeSingle();\n  if (last && Date.now() - new Date(last.created_at).getTime() < 60_000) ${SOON}  await supabase.from("codes").insert({ user_id: session.user.id });\n${SEND}`],
    ["that are looked up since a time", `${USER}${LATELY}  if (recent) ${SOON}${ADD}${SEND}`],
    ["in a column", USER + SENT + KEEP + SEND],
    ["as long as the last one is good", `${USER}${NEWEST}  if (last && last.expiresAt > new Date()) ${SOON}${ADD}${SEND}`],
  ])("%s", (_, body) => {
    expect(verdict(body)).toBe("nobody");
  });

  it.each([
    ["a row is added for whoever asks for it", `${USER}${NEWEST}${CHECK}  if (body.keep) {\n  ${ADD}  }\n${SEND}`],
    ["the column is set for whoever asks for it", `${USER}${SENT}  if (body.keep) {\n  ${KEEP}  }\n${SEND}`],
    ["no row is added", USER + NEWEST + CHECK + SEND],
    ["a row is added to another table", `${USER}${NEWEST}${CHECK}  await prisma.visit.create({ data: { userId: user.id } });\n${SEND}`],
    ["any row is found, and not the newest", `${USER}  const last = await prisma.code.findFirst({ where: { userId: user.id } });\n${CHECK}${ADD}${SEND}`],
    ["who comes late is turned away", `${USER}${NEWEST}  if (last && Date.now() - last.createdAt.getTime() > 60_000) ${SOON}${ADD}${SEND}`],
    ["nobody is turned away", `${USER}${NEWEST}  if (last && Date.now() - last.createdAt.getTime() < 60_000) console.warn("soon");\n${ADD}${SEND}`],
    ["the caller says how long", `${USER}${NEWEST}  if (last && Date.now() - last.createdAt.getTime() < body.pause) ${SOON}${ADD}${SEND}`],
    ["the caller says when", `${USER}${NEWEST}${CHECK}  await prisma.code.create({ data: { userId: user.id, reason: "again", createdAt: body.at } });\n${SEND}`],
    ["the caller says since when", `${USER}  const recent = await prisma.code.findFirst({ where: { userId: user.id, createdAt: { gt: new Date(body.since) } } });\n  if (recent) ${SOON}${ADD}${SEND}`],
    ["the row is an answer that is kept for what was asked", `  const last = await prisma.report.findFirst({ where: { url: body.url }, orderBy: { createdAt: "desc" } });\n  if (last && Date.now() - last.createdAt.getTime() < 60_000) ${SOON}${SEND}\n  await prisma.report.create({ data: { url: body.url } });\n`],
    ["the answer that was made lately is handed out", `${USER}${NEWEST}  if (last && Date.now() - last.createdAt.getTime() < 60_000) return Response.json(last);\n${SEND}\n  await prisma.code.create({ data: { userId: user.id, url: body.url } });\n`],
    ["what was made lately is the caller's, and another thing", `${USER}  const recent = await prisma.code.findFirst({ where: { userId: user.id, topic: body.topic, createdAt: { gt: new Date(Date.now() - 60_000) } } });\n  if (recent) ${SOON}${ADD}${SEND}`],
    ["it is done for those who come too soon", `${USER}${NEWEST}  if (last && Date.now() - last.createdAt.getTime() < 60_000) {\n  ${SEND}\n    ${SOON}  }\n${ADD}`],
    ["it is done before", `${SEND}\n${USER}${NEWEST}${CHECK}${ADD}`],
    ["another column is set", `${USER}${SENT}  await prisma.user.update({ where: { id: user.id }, data: { seenAt: new Date() } });\n${SEND}`],
    ["the column of another record is set", `${USER}${SENT}  await prisma.note.update({ where: { id: user.id }, data: { sentAt: new Date() } });\n${SEND}`],
    ["the column is set to what the caller says", `${USER}${SENT}  await prisma.user.update({ where: { id: user.id }, data: { sentAt: new Date(body.at) } });\n${SEND}`],
  ])("reported where %s", (_, body) => {
    expect(verdict(body)).toBe("any signed-in caller");
  });

  const LATE = "(!last || Date.now() - last.createdAt.getTime() > 60_000)";

  it.each([
    ["after the newest row", `${USER}${NEWEST}  if ${LATE} {\n  ${ADD}  ${SEND}\n  }\n`],
    ["after the time of a column", `${USER}  if (body.send && (user.sentAt === null || user.sentAt < new Date(Date.now() - 60_000))) {\n  ${KEEP}  ${SEND}\n  }\n`],
    ["where none was made lately", `${USER}${LATELY}  if (!recent) {\n  ${ADD}  ${SEND}\n  }\n`],
    ["in the other branch", `${USER}${NEWEST}  if (last && Date.now() - last.createdAt.getTime() < 60_000) console.log("soon");\n  else {\n  ${ADD}  ${SEND}\n  }\n`],
  ])("lets only those into a branch who come late: %s", (_, body) => {
    expect(verdict(body)).toBe("nobody");
  });

  it.each([
    ["for those who come soon", `${USER}${NEWEST}  if (last && Date.now() - last.createdAt.getTime() < 60_000) {\n  ${ADD}  ${SEND}\n  }\n`],
    ["for whoever says so", `${USER}${NEWEST}  if (body.force || ${LATE}) {\n  ${ADD}  ${SEND}\n  }\n`],
    ["for those who are not there", `${USER}${NEWEST}  if (!body.last || ${LATE}) {\n  ${ADD}  ${SEND}\n  }\n`],
    ["in what follows", `${USER}${NEWEST}  if ${LATE} {\n  ${ADD}  }\n${SEND}`],
    ["where no row is added", `${USER}${NEWEST}  if ${LATE} {\n  ${SEND}\n  }\n`],
    ["for whatever is named anew", `  const page = await prisma.page.findUnique({ where: { url: body.url } });\n  if (!page?.readAt || Date.now() - page.readAt.getTime() > 60_000) {\n  ${SEND}\n    await prisma.page.update({ where: { url: body.url }, data: { readAt: new Date() } });\n  }\n`],
    ["for whatever is named anew, by its id", `  const page = await prisma.page.findUnique({ where: { id: body.id } });\n  if (page?.readAt && Date.now() - page.readAt.getTime() < 60_000) ${SOON}${SEND}\n  await prisma.page.update({ where: { id: body.id }, data: { readAt: new Date() } });\n`],
  ])("and is reported %s", (_, body) => {
    expect(verdict(body)).toBe("any signed-in caller");
  });

  it("lets rows of its table be thrown away before, for anyone", () => {
    const byEmail = "  const user = await prisma.user.findUnique({ where: { email: body.email } });\n  if (!user) return done();\n";
    const swept = (table: string): string => `${byEmail}  await prisma.${table}.deleteMany({ where: { userId: user.id, expiresAt: { lte: new Date() } } });\n${NEWEST}${CHECK}${ADD}${SEND}`;
    expect(verdictOf(openProject(swept("code")), RECORDS_ROUTE)).toBe("nobody");
    expect(verdictOf(openProject(swept("visit")), RECORDS_ROUTE)).toBe("anyone");
  });
});

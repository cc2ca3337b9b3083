import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-ratelimit.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";
import { openProject, RECORDS_ROUTE, SEND } from "./records.ts";

/*
 * An invitation is spent where it is accepted: what that takes is done once for each. Beside it stand the ways in which a token
 * is kept, and what its holder could then repeat.
 */

type Worst = "asks a service" | "changes" | "hashes" | "queries" | "sends mail" | "nothing";
type Case = readonly [name: string, worst: Worst, body: string];

const lines = (...parts: readonly string[]): string => parts.map((part) => `  ${part}`).join("\n");

const HELPERS = `import bcrypt from "bcryptjs";
import { and, gt } from "drizzle-orm";
const answer = (request: Request) => Response.redirect(new URL("/done", request.url));
const welcome = async (email: string) => { await prisma.user.update({ where: { email }, data: { seen: true } }); };
`;
const FIND = "const found = await prisma.inviteToken.findUnique({ where: { token: body.token } });";
const GONE = "if (!found || found.usedAt || found.expiresAt < new Date()) return done();";
const USER = "const user = await prisma.user.findFirst({ where: { email: body.email } });";
const TAKEN = "if (user) return done();";
const HASH = "const password = await bcrypt.hash(body.password, 12);";
const MAKE = "await prisma.user.create({ data: { email: found.email, password } });";
const SPEND = "await prisma.inviteToken.update({ where: { id: found.id }, data: { usedAt: new Date() } });";
const DROP = "await prisma.inviteToken.delete({ where: { token: body.token } });";
const claim = (where: string): string => lines("await prisma.$transaction(async (tx) => {", `  const won = await tx.inviteToken.updateMany({ where: { id: found.id, ${where} }, data: { usedAt: new Date() } });`, '  if (won.count !== 1) throw new Error("gone");', "  await tx.user.create({ data: { email: found.email, password } });", "});").trimStart();

const CASES: readonly Case[] = [
  ["spent", "nothing", lines(FIND, GONE, HASH, SPEND, MAKE)],
  ["claimed", "nothing", lines(FIND, GONE, HASH, claim("usedAt: null"))],
  ["claimed before its time is up", "nothing", lines(FIND, GONE, HASH, claim("usedAt: null, expiresAt: { gt: new Date() }"))],
  ["its time, in milliseconds", "nothing", lines(FIND, "if (!found || found.usedAt || new Date(found.expiresAt).getTime() <= Date.now()) return done();", HASH, claim("usedAt: null, expiresAt: { gte: new Date() }"))],
  ["its time, the other way about", "nothing", lines(FIND, "const now = new Date();", "if (!found || found.usedAt || now > found.expiresAt) return done();", HASH, claim("usedAt: null, expiresAt: { gt: now }"))],
  ["a flag", "nothing", lines(FIND, "if (!found || found.used) return done();", HASH, "await prisma.inviteToken.update({ where: { id: found.id, used: false }, data: { used: true } });")],
  ["a flag that is taken away", "nothing", lines(FIND, "if (!found?.open) return done();", HASH, "await prisma.inviteToken.update({ where: { id: found.id, open: true }, data: { open: false } });")],
  ["whose address has an account, looked up by who holds one", "nothing", lines(FIND, GONE, USER, TAKEN, HASH, claim("usedAt: null"))],
  ["Drizzle", "nothing", lines("const [found] = await db.select().from(tokens).where(eq(tokens.token, body.token));", "if (!found || found.usedAt || found.expires < new Date()) return done();", HASH, "await db.update(tokens).set({ usedAt: new Date() }).where(and(eq(tokens.id, found.id), isNull(tokens.usedAt), gt(tokens.expires, new Date())));")],
  ["Supabase", "nothing", lines('const { data: found } = await supabase.from("tokens").select("*").eq("token", body.token).maybeSingle();', "if (!found || found.used_at || new Date(found.expires_at) < new Date()) return done();", HASH, 'await supabase.from("tokens").update({ used_at: new Date().toISOString() }).eq("id", found.id).is("used_at", null).gt("expires_at", new Date().toISOString());')],
  ["thrown away on each of two ways", "nothing", lines(FIND, "if (!found) return done();", "const user = await prisma.user.findUnique({ where: { email: found.email } });", "if (user) {", `  ${DROP}`, "  return done();", "}", "await prisma.user.create({ data: { email: found.email } });", DROP)],
  ["thrown away where its time is up, too", "nothing", lines(FIND, "if (!found || !found.kind.startsWith(\"mail:\")) return done();", "if (found.expiresAt < new Date()) {", `  ${DROP}`, "  return done();", "}", "await prisma.user.update({ where: { id: found.userId }, data: { email: found.email } });", "await prisma.inviteToken.delete({ where: { id: found.id } });")],
  ["thrown away on each of two ways, which tell the caller so", "nothing", lines(FIND, "if (!found) return done();", "const user = await prisma.user.findUnique({ where: { email: found.email } });", "if (user) {", `  ${DROP}`, "  return answer(request);", "}", "await prisma.user.create({ data: { email: found.email } });", DROP, "return answer(request);")],

  ["kept", "hashes", lines(FIND, GONE, HASH, "await prisma.user.create({ data: { email: found.email, password } });")],
  ["kept by who likes", "hashes", lines(FIND, GONE, HASH, "if (body.last) {", `  ${SPEND}`, "}")],
  ["kept where an address has an account, and hashed before", "hashes", lines(FIND, GONE, HASH, USER, TAKEN, SPEND)],
  ["claimed before a time that nobody asks for", "hashes", lines(FIND, "if (!found || found.usedAt) return done();", HASH, claim("usedAt: null, expiresAt: { gt: new Date() }"))],
  ["claimed before its time, and only then turned away", "hashes", lines(FIND, "if (!found || found.usedAt || found.expiresAt > new Date()) return done();", HASH, claim("usedAt: null, expiresAt: { gt: new Date() }"))],
  ["claimed before its time, where that of another column is asked", "hashes", lines(FIND, "if (!found || found.usedAt || found.sentAt < new Date()) return done();", HASH, claim("usedAt: null, expiresAt: { gt: new Date() }"))],
  ["claimed before the caller's time", "hashes", lines(FIND, GONE, HASH, claim("usedAt: null, expiresAt: { gt: new Date(body.now) }"))],
  ["claimed by another kind", "hashes", lines(FIND, GONE, HASH, claim("usedAt: null, kind: body.kind"))],
  ["claimed in a state of three", "hashes", lines(FIND, 'if (!found || found.state === "used") return done();', HASH, 'await prisma.inviteToken.updateMany({ where: { id: found.id, state: "new" }, data: { state: "used" } });')],
  ["a number, of which one is nothing", "hashes", lines(FIND, "if (!found || found.uses) return done();", HASH, "await prisma.inviteToken.updateMany({ where: { id: found.id, uses: null }, data: { uses: 1 } });")],
  ["a flag that is set anew", "hashes", lines(FIND, "if (!found || found.used) return done();", HASH, "await prisma.inviteToken.updateMany({ where: { id: found.id, used: true }, data: { used: false } });")],
  ["whose address has an account, looked up by a code", "queries", lines("const found = await prisma.invite.findUnique({ where: { code: body.code } });", "if (!found || found.usedAt) return done();", USER, TAKEN, "await prisma.invite.update({ where: { id: found.id }, data: { usedAt: new Date() } });")],
  ["whose address has an account, and a change for those", "changes", lines(FIND, GONE, USER, 'if (user) {', '  await prisma.user.update({ where: { id: user.id }, data: { seen: true } });', "  return done();", "}", SPEND)],
  ["the same, in a helper", "changes", lines(FIND, GONE, USER, "if (user) {", "  await welcome(body.email);", "  return done();", "}", SPEND)],
  ["whose address has an account, and mail for those", "sends mail", lines(FIND, GONE, USER, "if (user) {", SEND, "  return done();", "}", SPEND)],
  ["whose address has an account, and a service that is paid for before", "asks a service", lines(FIND, GONE, 'await fetch("https://api.polygon.io/v3/quotes", { headers: { authorization: `Bearer ${process.env.POLYGON_KEY}` } });', USER, TAKEN, SPEND)],
  ["whose address has an account, with a token that is not asked for", "queries", lines(FIND, USER, TAKEN, "if (!found || found.usedAt) return done();", SPEND)],
  ["whose address has an account, with a token that is kept", "queries", lines(FIND, GONE, USER, TAKEN)],
  ["thrown away on one of two ways", "changes", lines(FIND, "if (!found) return done();", "await prisma.user.update({ where: { id: found.userId }, data: { seen: true } });", "if (body.keep) return done();", DROP)],
  ["thrown away on one of two ways, and another one on the other", "changes", lines(FIND, "if (!found) return done();", "await prisma.user.update({ where: { id: found.userId }, data: { seen: true } });", "if (body.keep) {", "  await prisma.inviteToken.delete({ where: { token: body.other } });", "  return done();", "}", DROP)],
  ["thrown away on each of two ways, unless the caller has something fail", "changes", lines(FIND, "if (!found) return done();", "await prisma.user.update({ where: { id: found.userId }, data: { seen: true } });", "if (body.keep) {", "  JSON.parse(body.note);", `  ${DROP}`, "  return done();", "}", DROP)],
  ["the same, where it is caught", "changes", lines(FIND, "if (!found) return done();", "await prisma.user.update({ where: { id: found.userId }, data: { seen: true } });", "if (body.keep) {", "  try {", "    JSON.parse(body.note);", `    ${DROP}`, "  } catch {", '    console.info("no note");', "  }", "  return done();", "}", DROP)],
  ["thrown away after one of the ways out", "changes", lines(FIND, "if (!found) return done();", "await prisma.user.update({ where: { id: found.userId }, data: { seen: true } });", "if (body.keep) {", "  if (body.twice) return done();", `  ${DROP}`, "  return done();", "}", DROP)],
];

describe("tokens that are spent", () => {
  it.each(CASES)("%s: %s", (_, worst, body) => {
    const [message, more] = lintMessages("require-ratelimit", rule, openProject(body, HELPERS), RECORDS_ROUTE);
    expect(more).toBeUndefined();
    expect(/ (?<worst>changes|hashes|queries|sends mail) /u.exec(message ?? "")?.groups?.["worst"] ?? (message === undefined ? "nothing" : "asks a service")).toBe(worst);
  });
});

import { describe, expect, it } from "vitest";
import { openProject, RECORDS_ROUTE, SEND } from "./records.ts";
import { verdictOf, type Verdict } from "./verdicts.ts";

/*
 * A function of the project uses up a one-time token, and says whether there was any: `const userId = await consume(token)`. What
 * comes behind that is done once for each token. Beside it stand the functions by which somebody gets on who has none.
 */

const lines = (...parts: readonly string[]): string => parts.join("\n");

const FIND = "  const found = await prisma.inviteToken.findUnique({ where: { token: hash(token) } });";
const DROP = "  await prisma.inviteToken.delete({ where: { id: found.id } });";
const HASH = 'const hash = (token: string) => createHash("sha256").update(token).digest("hex");';
const consume = (...body: readonly string[]): string => lines(HASH, "async function consume(token: string, kind?: string) {", ...body, "}");

const PLAIN = consume(FIND, "  if (!found || found.kind !== kind) return null;", "  if (found.expiresAt < new Date()) return null;", DROP, "  return found.userId;");
const SWEEPING = consume(FIND, "  if (!found || found.kind !== kind) return null;", "  if (found.expiresAt.getTime() < Date.now()) {", "    await prisma.inviteToken.delete({ where: { id: found.id } }).catch(() => undefined);", "    return null;", "  }", DROP, "  return found.userId;");
const TELLING = consume(FIND, '  if (!found) return { ok: false as const, reason: "unknown" };', '  if (found.usedAt) return { ok: false as const, reason: "used" };', "  await prisma.inviteToken.update({ where: { id: found.id }, data: { usedAt: new Date() } });", "  return { ok: true as const, userId: found.userId };");
const THROWING = consume(FIND, '  if (!found || found.usedAt) throw new Error("gone");', "  await prisma.inviteToken.update({ where: { id: found.id }, data: { usedAt: new Date() } });", "  return found.userId;");
const CLAIMING = consume("  const won = await prisma.inviteToken.updateMany({ where: { token: hash(token), usedAt: null }, data: { usedAt: new Date() } });", "  if (won.count === 0) return null;", "  return prisma.inviteToken.findUnique({ where: { token: hash(token) } });");
const TRYING = consume("  try {", FIND, "    if (!found) return null;", DROP, "    return found.userId;", "  } catch {", "    return null;", "  }");
const NESTED = lines(PLAIN, 'async function consumeMail(token: string) {', '  const userId = await consume(token, "mail");', "  if (!userId) return false;", "  return true;", "}");

const ASKED = lines("  const userId = await consume(body.token, \"mail\");", "  if (!userId) return done();", SEND);
const TOLD = lines("  const told = await consume(body.token);", "  if (!told.ok) return Response.json({ reason: told.reason });", SEND);

type Case = readonly [name: string, verdict: Verdict, helper: string, body: string];

const CASES: readonly Case[] = [
  ["an id, or nothing", "nobody", PLAIN, ASKED],
  ["an id, or nothing, and thrown away where its time is up", "nobody", SWEEPING, ASKED],
  ["a change behind it", "nobody", PLAIN, lines("  const userId = await consume(body.token);", "  if (!userId) return done();", "  await prisma.user.update({ where: { id: userId }, data: { verifiedAt: new Date() } });")],
  ["only in the branch of those who have one", "nobody", PLAIN, lines("  const userId = await consume(body.token);", "  if (userId) {", SEND, "  }")],
  ["an object that tells", "nobody", TELLING, TOLD],
  ["an object, taken apart", "nobody", TELLING, lines("  const { ok, reason } = await consume(body.token);", "  if (!ok) return Response.json({ reason });", SEND)],
  ["an object that tells, with what else is asked", "nobody", TELLING, lines("  const told = await consume(body.token);", "  if (!told.ok || !told.userId) return done();", SEND)],
  ["an error for all others", "nobody", THROWING, lines("  const userId = await consume(body.token);", SEND)],
  ["an error for all others, which the handler catches", "nobody", THROWING, lines("  try {", "    await consume(body.token);", SEND, "  } catch {", "    return done();", "  }")],
  ["a claim", "nobody", CLAIMING, ASKED],
  ["nothing where something fails", "nobody", TRYING, ASKED],
  ["asked in the condition", "nobody", PLAIN, lines("  if (!(await consume(body.token))) return done();", SEND)],
  ["a function in a function", "nobody", NESTED, lines("  if (!(await consumeMail(body.token))) return done();", SEND)],

  ["it is kept", "anyone", consume(FIND, "  if (!found) return null;", "  return found.userId;"), ASKED],
  ["it is thrown away where the caller likes", "anyone", consume(FIND, "  if (!found) return null;", "  if (kind) await prisma.inviteToken.delete({ where: { id: found.id } });", "  return found.userId;"), lines("  const userId = await consume(body.token, body.kind);", "  if (!userId) return done();", SEND)],
  ["somebody gets an answer without", "anyone", consume(FIND, '  if (!found) return "guest";', DROP, "  return found.userId;"), ASKED],
  ["somebody gets an answer where it was used", "anyone", consume(FIND, "  if (!found) return null;", "  if (found.usedAt) return found.userId;", "  await prisma.inviteToken.update({ where: { id: found.id }, data: { usedAt: new Date() } });", "  return found.userId;"), ASKED],
  ["somebody gets an answer where something fails", "anyone", consume("  try {", FIND, "    if (!found) return null;", DROP, "    return found.userId;", "  } catch {", "    return token;", "  }"), ASKED],
  ["another one is thrown away", "anyone", consume(FIND, "  if (!found) return null;", "  await prisma.inviteToken.delete({ where: { id: kind } });", "  return found.userId;"), ASKED],
  ["a code that may be tried", "anyone", consume("  const found = await prisma.invite.findUnique({ where: { code: token } });", "  if (!found) return null;", "  await prisma.invite.delete({ where: { id: found.id } });", "  return found.userId;"), ASKED],
  ["an object is something", "anyone", TELLING, lines("  const told = await consume(body.token);", "  if (!told) return done();", SEND)],
  ["another member is asked for", "anyone", TELLING, lines("  const told = await consume(body.token);", '  if (told.reason === "used") return done();', SEND)],
  ["nobody looks at the answer", "anyone", PLAIN, lines("  const userId = await consume(body.token);", SEND)],
  ["nothing is made of the answer", "anyone", PLAIN, lines("  const userId = await consume(body.token);", '  if (!userId) console.info("nobody");', SEND)],
  ["those get on who have none", "anyone", PLAIN, lines("  const userId = await consume(body.token);", "  if (userId) return done();", SEND)],
  ["those get on who leave it out", "anyone", PLAIN, lines("  const userId = body.token ? await consume(body.token) : body.userId;", "  if (!userId) return done();", SEND)],
  ["those get on who ask for something else", "anyone", PLAIN, lines("  const userId = await consume(body.token);", "  if (!userId && !body.again) return done();", SEND)],
  ["a promise is something", "anyone", PLAIN, lines("  const userId = consume(body.token);", "  if (!userId) return done();", SEND)],
  ["its error is let pass", "anyone", THROWING, lines("  await consume(body.token).catch(() => undefined);", SEND)],
  ["its error is let pass, and then goes on", "anyone", THROWING, lines("  try {", "    await consume(body.token);", "  } catch {", '    console.info("no token");', "  }", SEND)],
  ["nobody waits for it to throw", "anyone", THROWING, lines("  void consume(body.token);", SEND)],
  ["it has been made just before", "anyone", PLAIN, lines('  const made = await prisma.inviteToken.create({ data: { token: hash(body.token), userId: "1", kind: "mail" } });', ASKED)],
  ["it has been made by a function just before", "anyone", lines(PLAIN, "async function issue(userId: string) {", "  const made = await prisma.inviteToken.create({ data: { token: hash(userId), userId } });", "  return made.token;", "}"), lines("  const userId = await consume(await issue(body.userId));", "  if (!userId) return done();", SEND)],
  ["it is given back", "anyone", TELLING, lines(TOLD, "  await prisma.inviteToken.update({ where: { id: body.id }, data: { usedAt: null } });")],
  ["it is given back in the function", "anyone", consume(FIND, "  if (!found || found.usedAt) return null;", "  await prisma.inviteToken.update({ where: { id: found.id }, data: { usedAt: new Date() } });", '  if (kind === "keep") await prisma.inviteToken.update({ where: { id: found.id }, data: { usedAt: null } });', "  return found.userId;"), ASKED],
  ["one of two functions is asked", "anyone", lines(PLAIN, "const passAll = async (token: string) => token;"), lines("  const ask = body.all ? passAll : consume;", "  const userId = await ask(body.token);", "  if (!userId) return done();", SEND)],
  ["it is claimed, and nobody asks who has won", "anyone", consume("  await prisma.inviteToken.updateMany({ where: { token: hash(token), usedAt: null }, data: { usedAt: new Date() } });", "  const found = await prisma.inviteToken.findUnique({ where: { token: hash(token) } });", "  return found?.userId;"), ASKED],
  ["in a function in a function, the answer goes another way", "anyone", NESTED.replace("return false", "return true"), lines("  if (!(await consumeMail(body.token))) return done();", SEND)],
];

const TX_FIND = "    const found = await tx.inviteToken.findUnique({ where: { token: hash(token) } });";
const TX_USED = "    if (!found || found.usedAt || found.expiresAt.getTime() < Date.now()) return null;";
const TX_USE = "    await tx.inviteToken.update({ where: { id: found.id }, data: { usedAt: new Date() } });";
const TX_ID = "    return found.userId;";

const TRANSACTIONS: readonly (readonly [name: string, verdict: Verdict, body: readonly string[]])[] = [
  ["a token that is used", "nobody", [TX_FIND, TX_USED, TX_USE, TX_ID]],
  ["a token that is used, and a change behind it", "nobody", [TX_FIND, TX_USED, TX_USE, "    await tx.user.update({ where: { id: found.userId }, data: { verified: true } });", TX_ID]],
  ["a token that is thrown away", "nobody", [TX_FIND, "    if (!found) return null;", "    await tx.inviteToken.delete({ where: { id: found.id } });", TX_ID]],

  ["another column is set", "anyone", [TX_FIND, TX_USED, TX_USE.replace("usedAt", "seenAt"), TX_ID]],
  ["whoever has none gets an answer", "anyone", [TX_FIND, TX_USED.replace("null", "token"), TX_USE, TX_ID]],
  ["a change before it", "anyone", [TX_FIND, "    await tx.visit.create({ data: { token } });", TX_USED, TX_USE, TX_ID]],
  ["a change for those who have none", "anyone", [TX_FIND, "    if (!found || found.usedAt) {", "      await tx.visit.create({ data: { token } });", "      return null;", "    }", TX_USE, TX_ID]],
  ["SQL for those who have none", "anyone", ["    await tx.$executeRaw`SELECT pg_notify('tried', ${token})`;", TX_FIND, TX_USED, TX_USE, TX_ID]],
  ["a search before it", "anyone", ["    await tx.note.findMany({ where: { text: { contains: token } } });", TX_FIND, TX_USED, TX_USE, TX_ID]],
  ["the client is handed on before it", "anyone", ["    await noteIn(tx);", TX_FIND, TX_USED, TX_USE, TX_ID]],
  ["only where the caller likes", "anyone", [TX_FIND, TX_USED, "    if (kind) {", TX_USE, "    }", TX_ID]],
  ["it is given back in it", "anyone", [TX_FIND, TX_USED, TX_USE, '    if (kind) await tx.inviteToken.update({ where: { id: found.id }, data: { usedAt: null } });', TX_ID]],
];

const IMPORTS = 'import { createHash } from "node:crypto";';

describe("one-time tokens that a function uses up", () => {
  it.each(CASES)("%s: %s", (_name, verdict, helper, body) => {
    expect(verdictOf(openProject(body, lines(IMPORTS, helper)), RECORDS_ROUTE, { handlers: "costly" })).toBe(verdict);
  });

  it.each(CASES)("%s: %s, in another file", (_name, verdict, helper, body) => {
    const names = [...helper.matchAll(/(?:function|const) (\w+)(?=\(| = )/gu)].map(([, name]) => name).filter((name) => name !== undefined && body.includes(name));
    const files = openProject(body, `import { ${[...new Set([...names, ...(body.includes("hash(") ? ["hash"] : [])])].join(", ")} } from "@/lib/helpers";`);
    const exported = helper.replaceAll(/^(?:async )?(?:function|const) /gmu, (word) => `export ${word}`);
    expect(verdictOf({ ...files, "lib/helpers.ts": lines(IMPORTS, 'import { prisma } from "./prisma";', exported) }, RECORDS_ROUTE, { handlers: "costly" })).toBe(verdict);
  });

  it.each(TRANSACTIONS)("a transaction: %s: %s", (_name, verdict, body) => {
    expect(verdictOf(openProject(ASKED, lines(IMPORTS, consume("  return prisma.$transaction(async (tx) => {", ...body, "  });"))), RECORDS_ROUTE)).toBe(verdict);
  });

  it.each(TRANSACTIONS)("a transaction: %s: %s, in the handler", (_name, verdict, body) => {
    const inline = lines("  const { token, kind } = body;", "  const userId = await prisma.$transaction(async (tx) => {", ...body, "  });", "  if (!userId) return done();", SEND);
    expect(verdictOf(openProject(inline, lines(IMPORTS, HASH)), RECORDS_ROUTE)).toBe(verdict);
  });

  it("a transaction, where it is given back behind it", () => {
    const [, , body] = TRANSACTIONS[0] ?? ["", "", []];
    const handler = lines(ASKED, "  await prisma.inviteToken.updateMany({ where: { userId }, data: { usedAt: null } });");
    expect(verdictOf(openProject(handler, lines(IMPORTS, consume("  return prisma.$transaction(async (tx) => {", ...(body as readonly string[]), "  });"))), RECORDS_ROUTE)).toBe("anyone");
  });
});

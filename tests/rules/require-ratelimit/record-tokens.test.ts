import { describe, expect, it } from "vitest";
import { openProject, RECORDS_ROUTE, SEND } from "./records.ts";
import { verdictOf, type Verdict } from "./verdicts.ts";

/*
 * A token of the record that was looked up is compared with what the caller sends: strangers do not have it, where each way past
 * the comparisons needs it.
 */

type Case = readonly [name: string, verdict: Verdict, body: string];

const lines = (...parts: readonly string[]): string => parts.join("\n");
const refuse = (test: string, status = 401): string => `  if (${test}) return new Response(null, { status: ${String(status)} });`;

const READ = "  const game = await prisma.game.findUnique({ where: { slug: id } });\n  if (!game) return done();";
const SENT = lines("  const { token, player } = body;", refuse("!token"));
const WORK = "  await prisma.game.update({ where: { id: game.id }, data: { moves: body.moves } });";
const PLAYERS = lines("  const isHost = game.hostName === player;", "  const isGuest = game.guestName === player;");
const STRANGER = refuse("!isHost && !isGuest", 403);
const HOST = refuse("isHost && game.hostToken !== token");
const GUEST = refuse("isGuest && game.guestToken !== token");

const CASES: readonly Case[] = [
  ["one token", "nobody", lines(READ, SENT, refuse("game.token !== token"), WORK)],
  ["in one condition with whether it is sent", "nobody", lines(READ, refuse("!body.token || game.token !== body.token"), WORK)],
  ["that is a text", "nobody", lines(READ, refuse('typeof body.token !== "string" || body.token !== game.token'), WORK)],
  ["of a header", "nobody", lines(READ, '  const sent = request.headers.get("x-edit");', refuse("sent === null || sent !== game.editToken", 403), WORK)],
  ["in the same time for all", "nobody", lines(READ, SENT, refuse("!timingSafeEqual(Buffer.from(game.token), Buffer.from(token))"), WORK)],
  ["either of two", "nobody", lines(READ, SENT, refuse("game.hostToken !== token && game.guestToken !== token"), WORK)],
  ["either of two, by name", "nobody", lines(READ, SENT, "  const isHost = game.hostToken === token;", "  const isGuest = game.guestToken === token;", refuse("!isHost && !isGuest", 403), WORK)],
  ["of the two players, one after the other", "nobody", lines(READ, PLAYERS, STRANGER, SENT, HOST, GUEST, WORK)],
  ["behind much else that is asked", "nobody", lines(refuse("!body.a || !body.b || body.c < 0 || body.d > 8 || !body.e || !body.f", 400), READ, refuse("game.over || game.locked || !game.on", 400), PLAYERS, STRANGER, SENT, HOST, GUEST, WORK)],
  ["in a `try`", "nobody", lines("  try {", READ, PLAYERS, STRANGER, SENT, HOST, GUEST, WORK, "  } catch {", "    return done();", "  }")],
  ["in a variable", "nobody", lines(READ, SENT, "  let role: string | null = null;", '  if (game.hostToken === token) role = "host";', '  else if (game.guestToken === token) role = "guest";', refuse("!role"), WORK)],
  ["in a branch", "nobody", lines(READ, SENT, "  if (game.token === token) {", WORK, "  } else {", "    return new Response(null, { status: 401 });", "  }")],
  ["Drizzle", "nobody", lines("  const [game] = await db.select().from(tokens).where(eq(tokens.id, id)).limit(1);", "  if (!game) return done();", SENT, refuse("game.token !== token"), '  await db.update(tokens).set({ userId: body.user }).where(eq(tokens.id, game.id));')],
  ["Supabase", "nobody", lines('  const { data: game } = await supabase.from("games").select().eq("id", id).single();', SENT, refuse("!game || game.token !== token"), '  await supabase.from("games").update({ moves: body.moves }).eq("id", id);')],
  ["mail", "any signed-in caller", lines(READ, SENT, refuse("game.token !== token"), SEND)],

  ["only of a record that has one", "anyone", lines(READ, SENT, refuse("game.token && game.token !== token"), WORK)],
  ["only of a record that has one, in a branch", "anyone", lines(READ, "  if (game.token) {", refuse("body.token !== game.token"), "  }", WORK)],
  ["only of a record that has one, before work that is done once", "nobody", lines(READ, "  if (game.token) {", refuse("!body.token"), refuse("body.token !== game.token"), "  }", "  if (game.over) return done();", "  await prisma.game.update({ where: { id: game.id }, data: { over: true } });")],
  ["where nothing is sent, and there is none", "anyone", lines(READ, refuse("game.token !== body.token"), WORK)],
  ["where only `undefined` is refused", "anyone", lines(READ, refuse("body.token === undefined || game.token !== body.token"), WORK)],
  ["what everybody may know", "anyone", lines(READ, SENT, refuse("game.hostName !== player"), WORK)],
  ["a short code", "anyone", lines(READ, SENT, refuse("game.code !== token"), WORK)],
  ["of one player alone", "anyone", lines(READ, PLAYERS, STRANGER, SENT, HOST, WORK)],
  ["of two players, and others pass", "anyone", lines(READ, PLAYERS, SENT, HOST, GUEST, WORK)],
  ["of both, where one is enough", "nobody", lines(READ, SENT, refuse("game.hostToken !== token"), refuse("game.guestToken !== token"), WORK)],
  ["of either where both differ", "anyone", lines(READ, SENT, "  const isHost = game.hostToken === token;", refuse("!isHost && game.locked"), WORK)],
  ["by which it was found", "anyone", lines("  const game = await prisma.game.findFirst({ where: { token: body.token } });", SENT, refuse("game?.token !== token"), WORK.replace("game.id", "body.id"))],
  ["of what was sent itself", "anyone", lines(READ, SENT, refuse("body.game.token !== token"), WORK)],
  ["with the record's own", "anyone", lines(READ, SENT, refuse("game.token !== game.hostToken"), WORK)],
  ["of a record that is made on the way", "anyone", lines("  const made = await prisma.game.create({ data: {} });", "  const game = await prisma.game.findUnique({ where: { id: made.id } });", SENT, refuse("game.token !== token"), WORK)],
  ["whoever has it is turned away", "anyone", lines(READ, SENT, refuse("game.token === token"), WORK)],
  ["that nobody is refused for", "anyone", lines(READ, SENT, '  if (game.token !== token) console.info("other");', WORK)],
  ["whose lack is answered with what is there", "anyone", lines(READ, SENT, refuse("game.token !== token", 200), WORK)],
  ["in a variable that has one from the beginning", "anyone", lines(READ, SENT, '  let role: string | null = "guest";', '  if (game.hostToken === token) role = "host";', refuse("!role"), WORK)],
  ["after the work", "anyone", lines(READ, SENT, WORK, refuse("game.token !== token"))],
  ["that may be skipped", "anyone", lines(READ, SENT, refuse("game.token !== token && !body.force"), WORK)],
];

describe("a token of the record", () => {
  it.each(CASES)("%s: %s", (_, verdict, body) => {
    expect(verdictOf(openProject(body), RECORDS_ROUTE)).toBe(verdict);
  });
});

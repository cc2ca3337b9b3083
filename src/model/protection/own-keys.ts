import type { Command } from "../clients/clients.ts";
import type { FileModel } from "../file.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { lastName } from "./caller-checks.ts";
import { isCalledToken, isHeld } from "./held-tokens.ts";
import { changeOf } from "./rows.ts";
import { isOfCookies } from "./session-lookups.ts";

/*
 * Keys of Redis that are thrown away under a token of the caller's: a session when he signs out, a link that he has followed. So is
 * the row of a session whose id a cookie of his holds.
 * Whoever has no such token throws nothing away, and a limiter takes as many commands to ask.
 */

const THROWS_AWAY: ReadonlySet<string> = new Set(["del", "unlink", "getdel"]);
/** What a cookie holds of who calls, under another name than that of a token. */
const SESSION = /^(?:session(?:_?(?:id|key))?|sid)$/iu;
/** A key that is but a token, or a letter before it, may be any key. */
const MIN_TEXT = 2;

/** A command that throws away one key, which begins with a constant and is told by nothing but a token. */
export function throwsAwayOwn(tracer: Tracer, { name, args, call }: Command): boolean {
  const [key] = args;
  if (!THROWS_AWAY.has(name) || !key || args.length !== 1 || call.value.args.length !== 1 || call.value.spreadAt !== undefined) return false;
  return tracer.alternatives({ value: key.value, place: call.place }).every(({ value, place }) => {
    if (value.kind !== "template") return false;
    const [first] = value.parts;
    const isTold = first?.kind === "literal" && typeof first.value === "string" && first.value.length >= MIN_TEXT;
    const holes = value.parts.filter((part) => part.kind !== "literal");
    return isTold && holes.length > 0 && holes.every((part) => isOwn(part, place));
  });
}

function isOwn(part: Value, place: Place): boolean {
  const name = lastName(part) ?? "";
  if (isHeld(name)) return isCalledToken({ value: part, place });
  return SESSION.test(name) && dependsOn(part, isOfCookies);
}

const SESSIONS = /^(?:[a-z]{1,30}_?)?sessions?$/iu;
const SESSION_ID = /^(?:_?id|(?:session_?)?(?:id|key)|sid)$/iu;

/** `session.delete({ where: { id: idIn(cookies()) } })`: it throws away the session that a cookie leads to, and no other rows. */
export function throwsAwayOwnRow(file: FileModel, call: Located<CallValue>): boolean {
  const change = changeOf(file, call);
  if (change?.deletes !== true || !SESSIONS.test(change.table)) return false;
  const [only, more] = change.where;
  return only?.column !== undefined && !more && !only.isNot && SESSION_ID.test(only.column) && only.value !== undefined && dependsOn(only.value, isOfCookies);
}

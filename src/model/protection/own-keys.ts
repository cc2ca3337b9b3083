import type { Command } from "../clients/clients.ts";
import type { Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Place, Tracer } from "../values/trace.ts";
import { lastName } from "./caller-checks.ts";
import { isCalledToken, isHeld } from "./held-tokens.ts";
import { isOfCookies } from "./session-lookups.ts";

/*
 * Keys of Redis that are thrown away under a token of the caller's: a session when he signs out, a link that he has followed.
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

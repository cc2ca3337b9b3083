import { wordsOf } from "../../sdk/canonical.ts";
import type { FileModel } from "../file.ts";
import { openInputs } from "../input/request-input.ts";
import type { CallValue } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Place } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";
import { lastName } from "./caller-checks.ts";
import type { Read } from "./rows.ts";

/*
 * A link with a token in it, which somebody was sent: the record is found by the token, and who sends another one is turned
 * away. Whoever gets past that holds such a link.
 */

/** Whose token it is, or what for: one that was handed to somebody. */
const HELD_BY = new Set(
  "access admin api auth client confirm confirmation customer edit editor guest host integration invitation invite magic manage management manager onboarding owner portal respond response rsvp secret session speaker sponsor staff unsubscribe user vendor volunteer webhook".split(" "),
);
/** The same, of a key, which may as well be the name of a setting. */
const KEY_OF = new Set(["access", "admin", "api", "edit", "host", "owner", "secret"]);
/** Links that are handed around, and keys that stand in pages. */
const SHOWN = new Set(["anon", "csrf", "device", "display", "embed", "public", "publishable", "push", "share", "shared", "widget"]);
const MAY_BE = /token|secret|key/iu;

/** By names alone: something is looked up by a token here. */
export function mayLookUpToken(call: CallValue): boolean {
  return dependsOn(call, (part) => MAY_BE.test((part.kind === "literal" ? String(part.value) : lastName(part)) ?? ""));
}

/** An argument is a token by its name, and what the caller sends. */
export function isSentToken(file: FileModel, located: Located): boolean {
  return MAY_BE.test(lastName(located.value) ?? "") && isSentWhole(file, located);
}

/**
 * A record is found by a token that one caller was handed, and sends.
 * @param isRefused whoever sends another one is answered 401 or 403: then a column that is called `token` and no more is one, too
 */
export function isFoundByHeldToken(file: FileModel, { table, where, isLoose }: Read, place: Place, isRefused: boolean): boolean {
  return where.some(({ column, value, isNot }) => {
    if (column === undefined || value === undefined || isNot || isLoose) return false;
    if (!isHeld(column) && !(isRefused && column === "token" && !isShown(wordsOf(table)))) return false;
    return isSentWhole(file, { value, place });
  });
}

/** `rpc("get_volunteer_by_token", { p_token: token })` of Supabase, whose answer strangers do not get past. */
export function asksByToken(file: FileModel, { value, place }: Located<CallValue>): boolean {
  const callee = target(value.callee);
  const [name, given] = value.args;
  const called = callee.kind === "member" && callee.property === "rpc" && name ? constantOf(name) : undefined;
  const words = called === undefined ? [] : wordsOf(called);
  if (words.at(-1) !== "token" || !words.includes("by") || isShown(words)) return false;
  const sent = given && target(given);
  return sent?.kind === "object" && sent.entries.some((entry) => isSentWhole(file, { value: entry.value, place }));
}

const isShown = (words: readonly string[]): boolean => words.some((word) => SHOWN.has(word));

/** `portal_access_token`, `inviteToken`, `api_key`, and no `share_token` */
function isHeld(column: string): boolean {
  const words = wordsOf(column);
  const last = words.at(-1);
  const before = words.slice(0, -1);
  if (isShown(words)) return false;
  if (last === "token" || last === "secret") return before.some((word) => HELD_BY.has(word));
  return last === "key" && before.some((word) => KEY_OF.has(word));
}

function isSentWhole(file: FileModel, located: Located): boolean {
  const sent = openInputs(file, located);
  return sent.length > 0 && sent.every(({ whole }) => whole);
}

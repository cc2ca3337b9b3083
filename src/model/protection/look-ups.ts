import { wordsOf } from "../../sdk/canonical.ts";
import type { Command } from "../clients/clients.ts";
import type { FileModel } from "../file.ts";
import type { CallValue } from "../values/ir.ts";
import { isSameForAll } from "../values/same-for-all.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { lastName } from "./caller-checks.ts";
import { getsOneItem } from "./dynamo.ts";
import { boundOf, holdsOf, isColumnOfAnswer, isFixedQuery, MAX_ROWS, statementOf, textOfQuery } from "./fixed-reads.ts";
import type { Condition } from "./row-conditions.ts";
import { askedOf } from "./rows.ts";

/*
 * Reads of one record by its name, or of a few rows: a limiter takes as many commands of a store to ask. What callers could
 * guess, such as a code or whose address has an account, is none of them.
 */

/** Commands that hand out one value, or say something about one key. Source: Redis' command reference, those of O(1), and JSON's, which hand out what `get` of a text would. */
const OF_ONE_VALUE = new Set(["get", "hget", "hexists", "hlen", "hstrlen", "exists", "ttl", "pttl", "type", "strlen", "llen", "scard", "zcard", "xlen", "sismember", "zscore", "lindex", "getbit", "json.get", "json.type", "json.strlen", "json.arrlen", "json.objlen"]);
/** What a caller may guess, or learn of others, by asking often. */
const GUESSED = new Set(["code", "codes", "otp", "pin", "coupon", "promo", "voucher", "password", "passcode", "passphrase", "email", "mail", "phone", "mobile", "secret", "ssn", "iban"]);
/** The beginning of a key under which secrets are kept: `auth:token:`. */
const KEEPS_SECRETS = /(?:^|[^a-z])(?:auth|tokens?|credentials?|keys?)(?:[^a-z]|$)/iu;
/** Codes that everybody knows: `countryCode`. */
const KNOWN_CODES = new Set(["country", "lang", "language", "currency", "locale", "status", "area", "zip", "postal", "post", "region", "city", "state"]);
/** Columns of which no two rows are the same. */
const UNIQUE = /^(?:id|_id|uuid|uid|slug|handle|user_?name|wallet(?:_?address)?|hash|token|[a-z]+_?(?:uuid|slug))$/iu;

/** What another service has given to one thing: `mux_playback_id`, `stripePaymentIntentId`. Users and customers own any number of rows. */
const OF_SERVICE = /^(?:mux|livepeer|cloudinary|stripe|paypal|razorpay|paddle|polar|twilio|resend|calendly)_?(?:playback|asset|upload|live_?stream|payment(?:_?intent)?|checkout(?:_?session)?|invoice|charge|order|event|message)_?id$/iu;
/** No two rows have the same in a column that is called so. */
export const isUnique = (column: string): boolean => UNIQUE.test(column) || OF_SERVICE.test(column);

/** A command that hands out one value, whose key the caller does not write as a whole. */
export function isOneValue(tracer: Tracer, { name, args, call }: Command): boolean {
  const [key] = args;
  if (!OF_ONE_VALUE.has(name) || !key || call.value.spreadAt !== undefined) return false;
  return tracer.alternatives({ value: key.value, place: call.place }).every(({ value }) => {
    if (value.kind !== "template") return false;
    const texts = value.parts.flatMap((part) => (part.kind === "literal" && typeof part.value === "string" ? [part.value] : []));
    const names = value.parts.map((part) => lastName(part) ?? "");
    return texts.join("").length > 1 && !texts.some((text) => KEEPS_SECRETS.test(text)) && ![...texts, ...names].some(isGuessed);
  });
}

/** A query of a database for one record, or for so few rows at most as a page shows. */
export function isLightQuery(file: FileModel, call: Located<CallValue>): boolean {
  const { tracer } = file;
  if (isFixedQuery(tracer, call) || getsOneItem(tracer, call, isGuessed)) return true;
  const text = textOfQuery(tracer, call);
  if (text !== undefined) return looksUp(text);
  const bound = boundOf(tracer, call);
  const asked = bound === undefined ? undefined : askedOf(file, call);
  if (!asked || !asked.every((condition) => isLight(file, condition, call))) return false;
  if (bound === "any" && !asked.some(isOfOne)) return false;
  return statementOf(call.value).every((link) => namesCondition(link) || link.args.every((arg) => isOptions(file, { value: arg, place: call.place })));
}

/** No other row has the same, whichever of several columns is looked at. */
export function isOfOne({ column, value, isNot, either }: Condition): boolean {
  if (either) return either.length > 0 && either.every((all) => all.some(isOfOne));
  return column !== undefined && value !== undefined && !isNot && isUnique(column);
}

const CONDITIONS = /^(?:where|eq|neq|is|in|not|match|doc|findOne|findById|findByPk)$/u;

/** What it hands over are conditions, which have been looked at. */
function namesCondition({ callee }: CallValue): boolean {
  const method = target(callee);
  return method.kind === "member" && CONDITIONS.test(method.property ?? "");
}

/** Nothing but its conditions, which have been looked at, differs between callers. */
function isOptions({ tracer }: FileModel, { value, place }: Located): boolean {
  const at = target(value);
  const parts = at.kind === "object" ? at.entries.flatMap(({ key, value: part }) => (key === "where" ? [] : [part])) : [value];
  return parts.every((part) => isSameForAll(tracer, { value: part, place }, (call) => holdsOf(tracer, call)));
}

function isLight(file: FileModel, { column, value, either, except, excepted }: Condition, located: Located): boolean {
  if (either) return either.length > 0 && either.every((all) => all.length > 0 && all.every((condition) => isLight(file, condition, located)));
  if (except !== undefined && excepted) return isLight(file, { column: except, value: excepted }, located);
  if (column === undefined) return false;
  if (!isGuessed(column) || value === undefined) return true;
  const given = { value, place: located.place };
  return isSameForAll(file.tracer, given) || isColumnOfAnswer(file.tracer, given);
}

/** By its name, a column or a key holds what a caller may guess, or learn of others, by asking often. */
export function isGuessed(name: string): boolean {
  const words = wordsOf(name.replaceAll(/\W+/gu, "_"));
  return words.some((word, index) => GUESSED.has(word) && !(word.startsWith("code") && KNOWN_CODES.has(words[index - 1] ?? "")));
}

/** A column, also in lower case, and a parameter or a constant. */
const COMPARISON = /^(?:(?:lower|upper) ?\( ?)?(?<column>[\w."`]{1,80})(?: ?\))? ?(?<operator>=|<=|>=|<>|!=|[<>]) ?(?:(?:lower|upper) ?\( ?)?(?:\$\d{0,3}|\?|:\w{1,40}|'[^']{0,80}'|\d{1,18}|true|false)(?:::\w{1,20})?(?: ?\))?$/iu;
const PRESENCE = /^(?<column>[\w."`]{1,80}) is (?:not )?null$/iu;
const LIMIT = / limit (?<rows>\d{1,4})$/iu;
/** Functions, other queries, groups, more than one table, and searches in texts. */
const OF_MORE = /[()]|\b(?:join|group|having|distinct|union|intersect|except|into|offset|like|ilike|select|from)\b/iu;
const HEAD = /^select [^();]{1,2000} from [\w."`]{1,80}(?: (?:as )?\w{1,40})?$/iu;

/** `SELECT name FROM notes WHERE id = $1`, and no more than comparisons of columns. */
function looksUp(written: string): boolean {
  const text = written.trim().replace(/;$/u, "").replaceAll(/\s+/gu, " ");
  const [head = "", rest, more] = text.split(/ where /iu);
  if (!HEAD.test(head) || head.split(/ from /iu).length > 2 || rest === undefined || more !== undefined) return false;
  const rows = LIMIT.exec(rest)?.groups?.["rows"];
  const [conditions = "", ...others] = rest.split(/ (?:order by|limit) /iu);
  if (others.some((other) => OF_MORE.test(other))) return false;
  const either = conditions.split(/ or /iu).map((all) => all.split(/ and /iu).map(comparisonIn));
  if (either.flat().some((compared) => compared === undefined || isGuessed(compared.column))) return false;
  if (rows !== undefined) return Number(rows) <= MAX_ROWS;
  return either.every((all) => all.some((compared) => compared?.isEqual === true && isUnique(compared.column)));
}

/** The column that a condition compares; undefined: it asks for something else. */
function comparisonIn(condition: string): { readonly column: string; readonly isEqual: boolean } | undefined {
  const found = COMPARISON.exec(condition.trim()) ?? PRESENCE.exec(condition.trim());
  const column = found?.groups?.["column"]?.replaceAll(/["`]/gu, "").split(".").at(-1);
  return column === undefined ? undefined : { column, isEqual: found?.groups?.["operator"] === "=" };
}

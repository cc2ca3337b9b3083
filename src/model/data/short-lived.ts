import type { FileModel } from "../file.ts";
import type { Node } from "../syntax/ast.ts";
import type { Command } from "../clients/clients.ts";
import type { Value } from "../values/ir.ts";
import { storedInPlain } from "./personal-data.ts";
import { looksLikeLogin } from "./sensitive/records.ts";
import { classifyKeyPrefix, classifyName, type Sensitivity } from "./sensitive-names.ts";
import { propertiesOfValue } from "../values/shapes.ts";
import { calleeName, namesOf } from "./telling-names.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** A secret that is good for a while: what it is, and what says so. */
export interface ShortLived {
  readonly label: string;
  /** The beginning of the key, or a name. */
  readonly name: string;
  /** How long such a secret should last, in seconds. */
  readonly seconds: number;
  /** The key, where it is one of several entries. */
  readonly key?: Value;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Labels of the taxonomy that stand for secrets which must end. Times: OWASP's cheat sheets on sessions and resets. */
const LIFETIMES: ReadonlyMap<string, number> = new Map([
  ["one-time code", 10 * MINUTE],
  ["one-time token", HOUR],
  ["magic link", 15 * MINUTE],
  ["password reset", HOUR],
  ["verification", DAY],
  ["OAuth state", 10 * MINUTE],
  ["PKCE code verifier", 10 * MINUTE],
  ["nonce", 10 * MINUTE],
  ["impersonation token", HOUR],
  ["session", 7 * DAY],
  ["session token", 7 * DAY],
  ["access token", HOUR],
  ["token secret", 10 * MINUTE],
  ["refresh token", 30 * DAY],
]);

/** What by itself is good for one use or one sign-in: as part of a key, it says what stands under it. */
const BEARERS = new Set(["session token", "session", "one-time token", "one-time code", "magic link"]);

/** Commands that write a whole entry. */
const WRITES = new Set(["set", "setnx", "getset", "mset", "msetnx", "hset", "hmset", "hsetex", "json.set"]);
const HASHES = new Set(["hset", "hmset", "hsetex"]);

/** The short-lived secret that a command writes. Undefined: it writes none, or that is not known. */
export function shortLivedSecret(file: FileModel, command: Command, shown?: Node): ShortLived | undefined {
  const { tracer } = file;
  if (!WRITES.has(command.name) || (command.name === "json.set" && !isRoot(tracer, command))) return undefined;
  const { place } = command.call;
  const stored = command.values[0];
  if (!stored) return undefined;
  if (stored.role === "keyEntries") return entrySecret(tracer, { value: stored.value, place });
  const key = command.keys[0] && { value: command.keys[0], place };
  const value = { value: stored.value, place };
  if (!key || saysNothing(tracer, value)) return undefined;
  const fields = fieldNames(tracer, value);
  const byKey = keySecret(tracer, key, fields, value);
  if (byKey) return !HASHES.has(command.name) || isNewEntry(fields) ? byKey : undefined;
  if (isSessionOfCaller(tracer, value)) return secretOf({ category: "session", label: "session", strength: "strong" }, namesOf(value.value)[0] ?? "session");
  return valueSecret(file, command, fields, shown);
}

function isRoot(tracer: Tracer, { args, call: { place } }: Command): boolean {
  const path = args[1] && tracer.constant({ value: args[1].value, place });
  return path === "$" || path === ".";
}

/** A flag, a number, a point in time: no secret, and the key says of what it is. */
function saysNothing(tracer: Tracer, value: Located): boolean {
  return tracer.alternatives(value).every(({ value: found }) => {
    if (found.kind === "literal") return true;
    // A text and the time of day.
    if (found.kind === "template") return found.parts.every((part) => saysNothing(tracer, { value: part, place: value.place }));
    // `bytes % 1_000_000` makes a code.
    if (found.kind === "operation") return !/^(?:\+=?|[-%])$/u.test(found.operator);
    const callee = found.kind === "call" ? target(found.callee) : undefined;
    const isClock = callee?.kind === "member" && /^(?:now|getTime|toISOString)$/u.test(callee.property ?? "");
    return isClock || (found.kind === "call" && found.isNew);
  });
}

function secretOf(sensitivity: Sensitivity | undefined, name: string): ShortLived | undefined {
  const seconds = sensitivity && LIFETIMES.get(sensitivity.label);
  return sensitivity && seconds !== undefined ? { label: sensitivity.label, name, seconds } : undefined;
}

/** What the key says: its beginning, and the names of what it is made of. */
function keySecret(tracer: Tracer, key: Located, fields: readonly string[] | undefined, value: Located): ShortLived | undefined {
  const { prefix, names } = readKey(tracer, key);
  const said = classifyKeyPrefix(prefix, fields);
  if (said?.strength === "strong") return secretOf(said, prefix);
  const bearers = names.flatMap((name) => {
    const found = classifyName(name);
    return found && BEARERS.has(found.label) ? [{ name, found }] : [];
  });
  // Either the key is the token itself, or both the area and the name say so: `session:${sessionId}`.
  const telling = bearers.find(({ found }) => (prefix === "" ? found.strength === "strong" : said !== undefined));
  if (telling) return secretOf(said ?? telling.found, prefix === "" ? telling.name : prefix);
  return said?.label === "session" && isAccount(tracer, value) ? secretOf(said, prefix) : undefined;
}

/** Labels of keys whose rest is what lets somebody in; a one-time code stands in the value. */
const LEADING_IN = new Set(["session", "password reset", "magic link", "verification", "impersonation token"]);

/**
 * What leads into the account that is stored under a key, where the key says so: `session:` of `session:${id}` with a
 * user's id behind it. Whoever knows the rest of the key is let in. Undefined: neither is known.
 */
export function entranceBehind(tracer: Tracer, prefix: string, value: Located): Sensitivity | undefined {
  const fields = fieldNames(tracer, value);
  const said = classifyKeyPrefix(prefix, fields);
  if (!said || !LEADING_IN.has(said.label)) return undefined;
  const isLogin = fields ? looksLikeLogin(fields) : isAccount(tracer, value);
  return isLogin ? said : undefined;
}

/** The constant beginning of a key, and the names of its parts. */
function readKey(tracer: Tracer, key: Located): { readonly prefix: string; readonly names: readonly string[] } {
  const own = namesOf(key.value);
  for (const { value, place } of tracer.alternatives(key)) {
    if (value.kind === "literal") return { prefix: String(value.value), names: [] };
    if (value.kind !== "template") continue;
    let prefix = "";
    const names: string[] = [];
    for (const part of value.parts) {
      const constant = tracer.constant({ value: part, place });
      if (typeof constant === "string" && names.length === 0) prefix += constant;
      else names.push(...namesOf(part));
    }
    return { prefix, names };
  }
  return { prefix: "", names: own };
}

const MAX_DEPTH = 6;

/**
 * The id of a session that may come from the caller's cookie: `cookies().get("session_id")?.value`. What it is stored under
 * leads into that session for as long as it stands there.
 */
function isSessionOfCaller(tracer: Tracer, { value, place }: Located): boolean {
  if (!namesOf(value).some((name) => classifyName(name)?.category === "session")) return false;
  return tracer.alternatives({ value, place }).some((found) => isFromCookie(tracer, found, 0));
}

function isFromCookie(tracer: Tracer, { value, place }: Located, depth: number): boolean {
  const at = target(value);
  if (depth > MAX_DEPTH) return false;
  if (at.kind === "await") return isFromCookie(tracer, { value: at.value, place }, depth + 1);
  if (at.kind === "member" && at.property === "value") return isFromCookie(tracer, { value: at.object, place }, depth + 1);
  // `request.cookies.session`
  if (at.kind === "member") return namesOf(at.object).includes("cookies") && isSessionName(at.property);
  const callee = at.kind === "call" ? target(at.callee) : undefined;
  if (at.kind !== "call" || !callee) return false;
  const name = at.args.map((arg) => tracer.constant({ value: arg, place })).findLast((arg) => typeof arg === "string");
  if (!isSessionName(name)) return false;
  const last = calleeName(at);
  if (last === "getCookie" || last === "getSignedCookie") return true;
  return last === "get" && callee.kind === "member" && holdsCookies(tracer, { value: callee.object, place });
}

const isSessionName = (name: unknown): boolean => typeof name === "string" && (classifyName(name)?.category === "session" || classifyKeyPrefix(name)?.category === "session");

/** `cookies()`, `await cookies()`, `request.cookies`, `Astro.cookies`. */
function holdsCookies(tracer: Tracer, located: Located): boolean {
  const path = tracer.canonical(located);
  if (path?.source === "next/headers") return true;
  return [located.value, ...tracer.alternatives(located).map((found) => found.value)].some((value) => namesOf(value).includes("cookies"));
}

/** `session:${id}` with the id of a user as its value. */
function isAccount(tracer: Tracer, value: Located): boolean {
  const names = [value, ...tracer.alternatives(value)].flatMap((found) => namesOf(found.value));
  return names.some((name) => /^(?:user_?id|uid|account_?id|member_?id|customer_?id)$/iu.test(name)) || names.some((name) => classifyName(name)?.label === "email address");
}

/** The properties of what is stored, looked for behind serialisers. Undefined: they are not known. */
function fieldNames(tracer: Tracer, located: Located, depth = 0): readonly string[] | undefined {
  if (depth > 4) return undefined;
  for (const { value, place } of [located, ...tracer.alternatives(located)]) {
    const at = target(value);
    if (at.kind === "call" && at.args[0]) {
      const path = tracer.canonical({ value: at.callee, place });
      const name = path ? `${path.source}#${path.path.join(".")}` : "";
      if (/^(?:global#JSON\.stringify|superjson#(?:default\.)?stringify)$/u.test(name)) return fieldNames(tracer, { value: at.args[0], place }, depth + 1);
    }
    if (at.kind === "object") {
      return at.entries.flatMap((entry) => (entry.spread ? (fieldNames(tracer, { value: entry.value, place }, depth + 1) ?? []) : entry.key === undefined ? [] : [entry.key]));
    }
    const properties = propertiesOfValue(tracer, { value, place });
    if (properties) return [...properties.keys()];
  }
  return undefined;
}

/** Fields that make a hash, unlike those that keep one up to date (`lastSeen`, `attempts`). */
function isNewEntry(fields: readonly string[] | undefined): boolean {
  if (!fields) return false;
  return looksLikeLogin(fields) || fields.some((name) => /^(?:value|hash|secret)$|(?:code|token|otp|pin)(?:hash)?$|hashed/iu.test(name));
}

/** `mset({ "otp:1": code })`: each entry is a key of its own. */
function entrySecret(tracer: Tracer, entries: Located): ShortLived | undefined {
  const object = tracer.only(entries)?.value;
  if (object?.kind !== "object") return undefined;
  for (const { key, computed } of object.entries) {
    const name: Value | undefined = key === undefined ? computed : { kind: "literal", value: key };
    const { prefix } = name ? readKey(tracer, { value: name, place: entries.place }) : { prefix: "" };
    const said = classifyKeyPrefix(prefix);
    const found = said?.strength === "strong" ? secretOf(said, prefix) : undefined;
    if (found && name) return { ...found, key: name };
  }
  return undefined;
}

const TOKENS = /token|^(?:expires?|expiry|issued|created|updated|obtained)_?(?:at|in|on)?$|^(?:scope|scopes|type|ok|expiration|exp|iat|timestamp|provider)$/iu;

/** What the value is by itself: a code or token, or the answer of an authorisation server. */
function valueSecret(file: FileModel, command: Command, fields: readonly string[] | undefined, shown: Node | undefined): ShortLived | undefined {
  // In an account's record the code is one field of many, and the record is there to stay.
  if (fields ? !fields.every((name) => TOKENS.test(name)) || fields.length === 0 : false) return undefined;
  for (const { sensitivity, name, holder } of storedInPlain(file, command, shown)) {
    if (holder?.isNested || sensitivity.strength !== "strong") continue;
    const found = secretOf(sensitivity, name);
    if (found) return found;
  }
  return undefined;
}

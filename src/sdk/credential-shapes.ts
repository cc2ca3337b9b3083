import { holds } from "../holds.ts";
import { isMonotonous, isPlaceholder } from "./placeholders.ts";
import { isDevelopmentCredential } from "./qstash-dev.ts";

/**
 * What the credentials of Upstash look like.
 *
 * Sources: the structure of tokens that Upstash has printed in its docs, and of those that are public; the published
 * code of `@upstash/qstash` 2.12.0 for QStash. None of it is documented, so each shape asks for several marks at once.
 *
 * - A Redis REST token is base64url of: a byte for the privilege (1 full, 2 read-only), two bytes for the database
 *   (the number in its host name), one byte, the lengths of user and secret, the user, the secret.
 * - A Vector or Search token is base64 of: 0, the lengths of name, role and secret (48), then the three of them. The
 *   role is `admin` or `readonly`.
 * - A QStash token is base64 of `{"UserID":"…","Password":"…"}`.
 * - A signing key is `sig_` and 28 letters and digits; a Box key begins with `box_`.
 * - The user name of a Kafka cluster is base64 of its name, `$`, and random bytes.
 */
export interface CredentialShape {
  readonly kind: "redis-token" | "index-token" | "qstash-token" | "signing-key" | "connection-string" | "kafka-username" | "box-key";
  /** What it lets its holder do; `"full"` where the shape does not tell. */
  readonly access: "full" | "read-only";
  /**
   * All parts are where the token itself says that they are: no look-alike, and no token that somebody has made up.
   * False: it begins as such a token does, and has the length.
   */
  readonly certain: boolean;
}

/** A credential in a longer text. It says where, never what. */
export interface FoundCredential extends CredentialShape {
  readonly start: number;
  readonly end: number;
}

/** Words for a message: `a Redis REST token with full access`. */
export function describeShape({ kind, access }: Pick<CredentialShape, "kind" | "access">): string {
  switch (kind) {
    case "redis-token":
      return access === "full" ? "a Redis REST token with full access" : "a read-only Redis REST token";
    case "index-token":
      return access === "full" ? "a Vector or Search token with full access" : "a read-only Vector or Search token";
    case "qstash-token":
      return "a QStash token";
    case "signing-key":
      return "a QStash signing key";
    case "connection-string":
      return access === "full" ? "a Redis address with its password" : "a Redis address with its read-only password";
    case "kafka-username":
      return "a Kafka user name";
    case "box-key":
      return "a Box API key";
  }
}

/** No part of a longer word, path or token (JWTs have parts that look alike), and not written with an ellipsis. */
const CANDIDATE =
  /(?<![\w+/.-])(?:A[\w+/-]{45,200}={0,2}|eyJVc2VySUQi[\w+/-]{30,400}={0,2}|sig_[A-Za-z\d]{28}|box_[A-Za-z\d]{24,80}|[YZa-e][\w+/-]{40,110}={0,2})(?![\w+/=…-]|\.\.?[\w.])/gu;
const CONNECTION = /rediss?:\/\/(?<user>[\w-]{0,64}):(?<password>[\w+=~%.-]{8,200})@(?:[a-z\d-]{1,63}\.){1,4}upstash\.io(?::\d{1,5})?(?:\/\d{1,2})?/giu;

/** One of these stands in every text with a credential that {@link findCredentials} finds. */
const SIGNS = ["AAI", "ASQg", "ACQg", "FMG", "FMH", "IMG", "IMH"];
/** As {@link SIGNS}, with a part that is quick to find. */
const LONG_SIGNS = [
  ["eyJVc2VySUQi", "VySUQi"],
  ["sig_", "g_"],
] as const;
/** Shapes that others have too: they count only where the text names Upstash. */
const WEAK = ["box_", "rediss://", "redis://"];

/**
 * The credentials that stand in a text, in order. Public development values and what is evidently filled in by hand are
 * none. Made for whole files: costs little where there is nothing to find.
 *
 * @param namesUpstash the text stands in a file that names Upstash, so that weaker signs count as well.
 */
export function findCredentials(text: string, namesUpstash: boolean): readonly FoundCredential[] {
  return mayHoldShapes(text) || (namesUpstash && mayHoldWeak(text)) ? scan(text, namesUpstash) : NONE;
}

/** Cheap: false where no credential can be in a text that does not name Upstash. */
export function mayHoldShapes(text: string): boolean {
  return hasLongWord(text) && (SIGNS.some((sign) => text.includes(sign)) || LONG_SIGNS.some(([sign, part]) => holds(text, sign, part)));
}

/** The shortest credential of {@link SIGNS}: `sig_` and 28 characters. */
const SHORTEST = 32;

/** Whether so many characters of credentials stand side by side somewhere. Looks at a small part of the text only. */
function hasLongWord(text: string): boolean {
  for (let at = SHORTEST - 1; at < text.length; ) {
    let start = at;
    while (start > at - SHORTEST && isOfCredential(text.charCodeAt(start))) start--;
    if (start === at - SHORTEST) return true;
    // The next word of that length begins behind what is no part of one.
    at = start + SHORTEST;
  }
  return false;
}

/** A letter, a digit, or one of `+ / - _` */
function isOfCredential(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 43 || code === 47 || code === 45 || code === 95;
}

function scan(text: string, namesUpstash: boolean): readonly FoundCredential[] {
  const found: FoundCredential[] = [];
  for (const { 0: match, index, groups } of text.matchAll(CONNECTION)) {
    if (isPlaceholder(groups?.["password"] ?? "")) continue;
    const access = groups?.["user"] === "default_ro" ? "read-only" : "full";
    found.push({ kind: "connection-string", access, certain: false, start: index, end: index + match.length });
  }
  for (const { 0: match, index } of text.matchAll(CANDIDATE)) {
    const shape = shapeOf(match, namesUpstash);
    const end = index + match.length;
    // The password in an address of the list.
    if (shape && !found.some((other) => other.start <= index && end <= other.end)) found.push({ ...shape, start: index, end });
  }
  return found.sort((one, other) => one.start - other.start);
}

const NONE: readonly FoundCredential[] = [];

/** Kafka's user names, and tokens of users that `ACL RESTTOKEN` made, begin with nothing that could be searched for. */
function mayHoldWeak(text: string): boolean {
  return WEAK.some((sign) => text.includes(sign)) || /kafka/iu.test(text) || /(?:\b|[^\w+/-])A[\w-]{3}A[AB]/u.test(text);
}

/** What a whole text is as a credential; a leading `Bearer ` counts for nothing. Undefined: it has no shape that we know. */
export function credentialShape(text: string): CredentialShape | undefined {
  const value = text.trim().replace(/^Bearer\s+/iu, "");
  const [found] = scan(value, true);
  if (!found || found.start > 0) return undefined;
  // An address may go on behind its database.
  if (found.end < value.length && found.kind !== "connection-string") return undefined;
  return { kind: found.kind, access: found.access, certain: found.certain };
}

function shapeOf(text: string, namesUpstash: boolean): CredentialShape | undefined {
  if (text.startsWith("sig_")) return isRandom(text.slice(4)) && !isDevelopmentCredential(text) ? { kind: "signing-key", access: "full", certain: false } : undefined;
  if (text.startsWith("box_")) return namesUpstash && isRandom(text.slice(4)) ? { kind: "box-key", access: "full", certain: false } : undefined;
  if (text.startsWith("eyJVc2VySUQi")) return qstashToken(text);
  if (text.startsWith("A")) return indexToken(text) ?? redisToken(text, namesUpstash);
  return namesUpstash ? kafkaUsername(text) : undefined;
}

const isRandom = (text: string): boolean => /\d/u.test(text) && /[a-z]/iu.test(text) && !isMonotonous(text);

const FULL = 1;
const READ_ONLY = 2;

function redisToken(text: string, namesUpstash: boolean): CredentialShape | undefined {
  const plain = text.replace(/={1,2}$/u, "");
  const [privilege, , , version, user = 0, secret = 0] = bytesOf(plain.slice(0, 8));
  if ((privilege !== FULL && privilege !== READ_ONLY) || (version !== 0 && version !== 1)) return undefined;
  if (user === 0 || secret < 16) return undefined;
  const certain = Math.floor((plain.length * 3) / 4) === 6 + user + secret && !isMonotonous(plain.slice(8));
  // The user of a token that a console has made: two characters, or a UUID. Others come from `ACL RESTTOKEN`.
  const isUsual = /^.{4}(?:AAI[a-z]cD|A[SC]Qg)/u.test(plain);
  if (!isUsual && !(certain && namesUpstash)) return undefined;
  if (isMonotonous(plain.slice(11))) return undefined;
  return { kind: "redis-token", access: privilege === FULL ? "full" : "read-only", certain };
}

const SECRET_OF_INDEX = 48;

function indexToken(text: string): CredentialShape | undefined {
  const plain = text.replace(/={1,2}$/u, "");
  const [zero, name = 0, role = 0, secret] = bytesOf(plain.slice(0, 8));
  if (zero !== 0 || name === 0 || role === 0 || secret !== SECRET_OF_INDEX) return undefined;
  const content = decoded(plain);
  const certain = content.length === 4 + name + role + SECRET_OF_INDEX;
  const roleName = content.slice(4 + name, 4 + name + role);
  if (!/^[\w-]+$/u.test(content.slice(4, 4 + name)) || !/^[a-z]+$/u.test(roleName)) return undefined;
  if (isMonotonous(content.slice(4 + name + role))) return undefined;
  return { kind: "index-token", access: /^read/u.test(roleName) ? "read-only" : "full", certain };
}

function qstashToken(text: string): CredentialShape | undefined {
  if (isDevelopmentCredential(text)) return undefined;
  const content = decoded(text);
  const secret = /"Password":\s?"(?<secret>[^"]+)"/u.exec(content)?.groups?.["secret"];
  const isWhole = content.endsWith("}");
  if (isWhole && secret === undefined) return undefined;
  const certain = isWhole && !isMonotonous(secret ?? "");
  // Cut off, or filled up, behind the user: it begins as nothing else does.
  if (!certain && isMonotonous(text.slice("eyJVc2VySUQiOiJ".length))) return undefined;
  return { kind: "qstash-token", access: "full", certain };
}

function kafkaUsername(text: string): CredentialShape | undefined {
  if (!/^[\da-z]+-[a-z]+-\d{4,5}\$/u.test(decoded(text.slice(0, 44)))) return undefined;
  return { kind: "kafka-username", access: "full", certain: true };
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** The bytes of eight characters of base64 or base64url: six. */
function bytesOf(text: string): readonly number[] {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const char of text) {
    const digit = char === "-" || char === "+" ? 62 : char === "_" || char === "/" ? 63 : ALPHABET.indexOf(char);
    value = (value << 6) | digit;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((value >> bits) & 0xff);
    value &= (1 << bits) - 1;
  }
  return bytes;
}

/** Base64 in either alphabet as text, a character for each byte, as far as the text is that. */
function decoded(text: string): string {
  const plain = (/^[\w+/-]*/u.exec(text)?.[0] ?? "").replaceAll("-", "+").replaceAll("_", "/");
  // A single character that is left over holds no byte.
  return atob(plain.length % 4 === 1 ? plain.slice(0, -1) : plain);
}

/**
 * Where values come from that somebody can guess, and what makes ones that nobody can.
 *
 * Sources: MDN and Node.js' documentation of the functions, the READMEs of the packages.
 */
import { compile, type CanonicalPath, type Matcher } from "./canonical.ts";

/** `random`: a generator that is not made for secrets. `clock`: the time. */
export type Weakness = "random" | "clock";

interface WeakRow {
  readonly pattern: string;
  readonly weakness: Weakness;
}

const rows = (weakness: Weakness, ...patterns: readonly string[]): readonly WeakRow[] => patterns.map((pattern) => ({ pattern, weakness }));

export const WEAK_SOURCES: Matcher<WeakRow> = compile([
  // https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Math/random: "not cryptographically secure"
  ...rows("random", "global#Math.random"),
  ...rows("random", "{lodash,lodash-es,es-toolkit,remeda,radash}#{random,randomInteger,sample,sampleSize,shuffle}", "lodash/{random,sample,sampleSize,shuffle}#default"),
  ...rows("random", "{nanoid/non-secure,nanoid/non-secure/index.js}#{nanoid,customAlphabet}"),
  ...rows("random", "{randomatic,random-int,random-number,math-random,shortid,randomstring-lite}#default", "shortid#generate"),
  ...rows("random", "{chance,@faker-js/faker}#**"),
  ...rows("clock", "global#Date.now", "global#Date", "global#performance.now", "perf_hooks#performance.now"),
  ...rows("clock", "process#{hrtime,uptime}", "global#process.{hrtime,uptime}"),
  // https://www.rfc-editor.org/rfc/rfc9562: version 1 is the time and the machine
  ...rows("clock", "uuid#{v1,v6}"),
]);

/** What nobody can guess. */
const STRONG = compile([
  ...["crypto#**", "global#crypto.**", "{node:crypto,expo-crypto}#**", "{nanoid,nanoid/async}#{nanoid,customAlphabet,random}"].map((pattern) => ({ pattern })),
  ...["uuid#{v4,v7,default}", "{uuid/v4,uuidv4,@lukeed/uuid,@lukeed/uuid/secure}#**", "{@paralleldrive/cuid2,cuid2}#{createId,init}"].map((pattern) => ({ pattern })),
  ...["{ulid,ulidx}#**", "{crypto-random-string,uid-safe,secure-random-password,randombytes,otp-generator}#**"].map((pattern) => ({ pattern })),
  ...["{@oslojs/crypto,@oslojs/crypto/random,oslo/crypto,lucia,better-auth/crypto,otplib,@otplib/core,speakeasy,hono/utils/crypto}#**"].map((pattern) => ({ pattern })),
]);

/** What a call's result can be guessed from. Undefined: nothing that the table knows. */
export function weaknessOf(path: CanonicalPath): Weakness | undefined {
  return WEAK_SOURCES.match(path)?.weakness;
}

/** True for calls whose result is made for secrets. */
export function isStrongSource(path: CanonicalPath): boolean {
  return STRONG.match(path) !== undefined;
}

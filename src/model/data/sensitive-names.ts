/**
 * What names say about data: properties, variables, parameters, columns and Redis keys. Names only, no syntax.
 *
 * A name is split into words (`customer_emailAddr2` → customer, email, address). The last noun decides:
 * `emailTemplateId` is an id, so a name counts only if it *ends* in a phrase of the taxonomy. That alone leaves out
 * flags, counts, dates, lengths, types and hashes (`emailVerified`, `tokenCount`, `passwordResetAt`, `tokenHash`). The
 * words before it may silence it (`hashedPassword`, `hasEmail`, `sendEmail`), the ones after a preposition do not
 * matter (`emailFromUrl`).
 *
 * | category | what | examples |
 * |---|---|---|
 * | contact | how a person is reached | email address, phone number, home address |
 * | identity | who a person is | date of birth, biometrics; weak: name, gender, IP address |
 * | government | numbers a state gives | social security number, tax number, passport |
 * | financial | cards and accounts | card number, security code, IBAN; weak: salary, account number |
 * | health | bodies and minds | medical record, blood type; weak: diagnosis, medication |
 * | location | where a person is | last known location; weak: latitude and longitude |
 * | credentials | what opens doors | password, access token, API key, one-time code, private key, recovery phrase |
 * | session | who is signed in | session token; weak: session id |
 *
 * "strong" names say it alone. "weak" ones (`name`, `code`, `token`, `ip`) say it only together, which
 * `classifyRecord` decides. Public by default: user names, display names, wallet and contract addresses, ids, promo
 * codes, page and CSRF tokens. The table itself is `TAXONOMY`.
 *
 * Sources: GDPR articles 4 and 9; NIST SP 800-122; PCI DSS 4 (cardholder data); OWASP ASVS 5 V6, V7, V13; spellings
 * from public code on Upstash.
 */
import { keptText } from "../../kept-text.ts";
import { type Match, matchName, sensitivityOf, wordsOf } from "./sensitive/classify.ts";
import { classifyKey } from "./sensitive/keys.ts";
import { isOrganisation, isOwnContact } from "./sensitive/listings.ts";
import { plain } from "./sensitive/record-names.ts";
import { sensitiveFields } from "./sensitive/records.ts";
import type { ExtraNames, Sensitivity } from "./sensitive/types.ts";

export { TAXONOMY } from "./sensitive/taxonomy.ts";
export type { ExtraNames, SensitiveCategory, Sensitivity } from "./sensitive/types.ts";

/** Cached names at most; a long editor session must not grow without end. */
const MAX_CACHED = 8192;

interface Classified {
  readonly match: Match | undefined;
  readonly sensitivity: Sensitivity | undefined;
}

interface Classifier {
  readonly cache: Map<string, Classified>;
  readonly add: readonly (readonly string[])[];
  readonly remove: readonly (readonly string[])[];
}

const NOTHING: Classified = { match: undefined, sensitivity: undefined };

const defaults: Classifier = { cache: new Map(), add: [], remove: [] };
const projects = new WeakMap<ExtraNames, Classifier>();

function classifierFor(extra: ExtraNames | undefined): Classifier {
  if (extra === undefined) return defaults;
  let classifier = projects.get(extra);
  if (classifier === undefined) {
    const split = (names: readonly string[] | undefined): string[][] =>
      (names ?? []).map((name) => [...wordsOf(name).words]).filter((words) => words.length > 0);
    classifier = { cache: new Map(), add: split(extra.add), remove: split(extra.remove) };
    projects.set(extra, classifier);
  }
  return classifier;
}

function endsIn(words: readonly string[], phrase: readonly string[]): boolean {
  const offset = words.length - phrase.length;
  return offset >= 0 && phrase.every((word, index) => words[offset + index] === word);
}

function decide(name: string, { add, remove }: Classifier): Classified {
  if (add.length > 0 || remove.length > 0) {
    const { words } = wordsOf(name);
    if (remove.some((phrase) => endsIn(words, phrase))) return NOTHING;
    const added = add.find((phrase) => endsIn(words, phrase));
    if (added !== undefined) {
      const sensitivity: Sensitivity = { category: "identity", label: added.join(" "), strength: "strong" };
      const entry = { sensitivity, part: undefined, anyPrefix: true, notAfter: undefined, plural: true };
      return { match: { entry, weakened: false, qualified: words.length > added.length }, sensitivity };
    }
  }
  const match = matchName(name);
  return match === undefined ? NOTHING : { match, sensitivity: sensitivityOf(match) };
}

function classify(name: string, classifier: Classifier): Classified {
  const known = classifier.cache.get(name);
  if (known !== undefined) return known;
  const classified = decide(name, classifier);
  if (classifier.cache.size >= MAX_CACHED) classifier.cache.clear();
  classifier.cache.set(keptText(name), classified);
  return classified;
}

/**
 * What one name says. Undefined: nothing, or it only describes such data (flags, counts, dates, ids, lengths, masks,
 * hashes, encrypted forms). Pass the same `extra` object each time: its cache hangs on it.
 */
export function classifyName(name: string, extra?: ExtraNames): Sensitivity | undefined {
  return classify(name, classifierFor(extra)).sensitivity;
}

/** What no number is: `{ email: number }` counts something. Labels of the taxonomy. */
const NO_NUMBERS: ReadonlySet<string> = new Set([
  ...["email address", "postal address", "name", "name of a person", "maiden name", "user agent", "health record"],
  ...["password", "access token", "refresh token", "token secret", "one-time token", "magic link", "API key"],
  ...["access key", "secret", "private key", "wallet recovery phrase", "security answer", "credentials", "token"],
  ...["session token", "IP address", "location of a person", "biometric data"],
]);

/** False where data of that kind is never a number, so that a field of a numeric type holds something about it. */
export function mayBeNumber({ label }: Sensitivity): boolean {
  return !NO_NUMBERS.has(label);
}

/**
 * What is stored under a key, from its constant text ("otp:", "auth:session:", "boss:access_token"): secrets and
 * sessions only, since `user:email:` is as a rule an index by address and not an address. A bare `session:` is weak (a
 * chat or a game has sessions too); `fields`, the property names of the record stored there, can make it strong.
 * Undefined: nothing known, or a lock, counter, list or setting about secrets ("otp:attempts:", "rate:login:").
 */
export function classifyKeyPrefix(text: string, fields?: readonly string[]): Sensitivity | undefined {
  return classifyKey(text, fields);
}

/**
 * The sensitive names among those of ONE object, in their order: the strong names, and the weak ones that stand
 * together with what makes them sensitive (name + address, code + email, userId + ip + userAgent, lat + lng of a user).
 * All that is returned counts; `strength` still tells what the name says alone. Left out: weak names that nothing
 * supports, and the public phone, email and address of a directory's entry (a shop with opening hours and a category).
 * @param within the object is how an organisation's entry is reached: {@link isOrganisationsContact}
 */
export function classifyRecord(
  names: readonly string[],
  extra?: ExtraNames,
  within = false,
): readonly { name: string; sensitivity: Sensitivity }[] {
  const classifier = classifierFor(extra);
  return sensitiveFields(names, (name) => classify(name, classifier).match, within);
}

/**
 * What stands under a name of an object with these names is the public contact of an organisation: the object has its
 * number in a register or directory. `{ vat, companyform, contact: { email } }`
 */
export function isOrganisationsContact(property: string, names: readonly string[], extra?: ExtraNames): boolean {
  if (!isOwnContact(property)) return false;
  const classifier = classifierFor(extra);
  return isOrganisation(names.map(plain), names.map((name) => classify(name, classifier).match));
}

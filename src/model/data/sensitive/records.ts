import { type Match, matchName, sensitivityOf } from "./classify.ts";
import { ACCOUNT, isListing, LISTING_HINTS } from "./listings.ts";
import { countIn, names, plain } from "./record-names.ts";
import type { RecordPart, Sensitivity } from "./types.ts";

const EXPIRY = names("expiresat expires expiry expiration exp expiresin ttl validuntil expireat expireson");
const CREATION = names("createdat issuedat sentat timestamp");
const ATTEMPTS = names("attempts tries retries attemptcount failedattempts remainingattempts verified isverified used");
/** A coin or a contract, not a person. */
const CRYPTO = names(`
  chain chainid symbol decimals contract contractaddress tokenid network supply blocknumber txhash hash wallet price
  amount ens
`);
/** The other half of a pair of key and secret. */
const KEY_PAIR = names("clientid accesskeyid keyid apikey key");
/** A coupon, an error, a language: codes that open nothing. */
const NO_CODE = names(`
  discount percent percentoff coupon maxuses uses lang language label status error message country currency name
  title iso emoji stdout stderr filename source
`);
/** A lock, a push target, the usage of a language model. */
const NO_TOKEN = names(`
  url model usage prompt completion input output mode lease owner lock kind start end value logprob
`);
/** A chat, a game, a shopping basket, a visit: sessions that nobody signed in to. */
const NO_LOGIN = names(`
  messages message prompt model score players game quiz exam questions answers cart items chatid threadid
  conversationid event page path referrer utm
`);
/** What may stand beside a bare name and address; anything else, and it may as well be a house or a shop. */
const BESIDE_ADDRESS = names(`
  id createdat updatedat city state country region county province note userid customerid orderid order items total
  quantity company instructions age line2 apartment
`);

/** What all the names of one record say together. */
interface Setting {
  readonly parts: ReadonlyMap<RecordPart, number>;
  /** A strong name that is about a person: an address, a birth date, a document. */
  readonly personal: boolean;
  readonly account: boolean;
  readonly listing: boolean;
  /** Nothing but the sensitive names and what goes with any name and address. */
  readonly bare: boolean;
  readonly fields: readonly string[];
}

const has = (setting: Setting, part: RecordPart): boolean => setting.parts.has(part);
const any = (setting: Setting, set: ReadonlySet<string>): boolean => countIn(setting.fields, set) > 0;

function isNamed(setting: Setting): boolean {
  return has(setting, "person-name") || (has(setting, "name") && setting.personal);
}

function isIdentified(setting: Setting): boolean {
  return setting.personal || setting.account || has(setting, "person-name");
}

/** When a weak name is as good as a strong one. */
const PROMOTED: Readonly<Record<RecordPart, (setting: Setting) => boolean>> = {
  name: (s) => s.personal || (has(s, "address") && s.bare),
  "person-name": (s) =>
    s.personal || (has(s, "address") && !s.listing && !any(s, LISTING_HINTS)) || (has(s, "trait") && !s.listing) || has(s, "health"),
  address: (s) =>
    !any(s, CRYPTO) &&
    (s.personal ||
      (has(s, "name") && s.bare) ||
      (!any(s, LISTING_HINTS) && (isNamed(s) || (s.account && has(s, "area"))))),
  area: (s) => has(s, "address") && !any(s, CRYPTO) && (isNamed(s) || s.personal),
  latitude: (s) => has(s, "longitude") && isIdentified(s) && !any(s, LISTING_HINTS),
  longitude: (s) => has(s, "latitude") && isIdentified(s) && !any(s, LISTING_HINTS),
  coordinates: (s) => isIdentified(s) && !any(s, LISTING_HINTS),
  place: () => false,
  ip: (s) => s.personal || (has(s, "agent") && (s.account || has(s, "session"))),
  agent: (s) => has(s, "ip") && (s.personal || s.account || has(s, "session")),
  code: (s) =>
    (s.personal && !any(s, NO_CODE)) || (any(s, ATTEMPTS) && (any(s, EXPIRY) || any(s, CREATION)) && !any(s, NO_CODE)),
  token: (s) => (s.personal || s.account) && !any(s, CRYPTO) && !any(s, NO_TOKEN),
  pass: (s) => s.personal,
  secret: (s) => s.personal || s.account || any(s, KEY_PAIR),
  session: (s) => looksLikeLogin(s.fields) && any(s, EXPIRY),
  "account-number": (s) => has(s, "money") || isNamed(s) || s.personal,
  money: (s) => has(s, "account-number") || has(s, "person-name") || s.personal,
  health: (s) => s.personal || has(s, "person-name") || (s.account && (s.parts.get("health") ?? 0) >= 2),
  trait: (s) => s.personal || (has(s, "person-name") && !s.listing),
  contact: (s) => has(s, "person-name"),
  login: (s) => s.personal || s.account,
};

/** Fields that a directory makes public. */
const LISTED: ReadonlySet<RecordPart> = new Set<RecordPart>([
  "name",
  "address",
  "area",
  "latitude",
  "longitude",
  "coordinates",
  "contact",
]);

/** Whether a record's fields are those of a signed-in person: who, and nothing that makes it a chat or a game. */
export function looksLikeLogin(names: readonly string[]): boolean {
  const fields = names.map(plain);
  if (countIn(fields, NO_LOGIN) > 0) return false;
  if (countIn(fields, ACCOUNT) > 0) return true;
  return names.some((name) => {
    const found = matchName(name)?.entry.sensitivity;
    return found?.strength === "strong" && (found.category === "contact" || found.category === "credentials");
  });
}

/**
 * See `classifyRecord` in sensitive-names.ts; `match` decides on a name, so that a project's own names count.
 * @param within the record is a part of an organisation's entry, such as its `contact`
 */
export function sensitiveFields(
  all: readonly string[],
  match: (name: string) => Match | undefined,
  within: boolean,
): { name: string; sensitivity: Sensitivity }[] {
  const fields = all.map(plain);
  const matches = all.map(match);
  const parts = new Map<RecordPart, number>();
  let personal = false;
  const listing = isListing(fields, matches, within);
  for (const found of matches) {
    if (found === undefined) continue;
    const { sensitivity, part } = found.entry;
    if (part !== undefined) parts.set(part, (parts.get(part) ?? 0) + 1);
    if (sensitivityOf(found).strength === "strong" && isAboutPerson(sensitivity) && !(listing && !found.qualified))
      personal = true;
  }
  const bare = fields.every((field, index) => matches[index] !== undefined || BESIDE_ADDRESS.has(field));
  const setting: Setting = { bare, parts, personal, account: countIn(fields, ACCOUNT) > 0, listing, fields };
  const result: { name: string; sensitivity: Sensitivity }[] = [];
  for (const [index, found] of matches.entries()) {
    if (found === undefined) continue;
    const { sensitivity, part } = found.entry;
    const isListed = sensitivity.category === "contact" ? !found.qualified : part !== undefined && LISTED.has(part);
    if (listing && isListed) continue;
    if (sensitivityOf(found).strength === "weak" && !PROMOTED[part ?? "contact"](setting)) continue;
    result.push({ name: all[index] as string, sensitivity: inSetting(sensitivityOf(found), part, setting) });
  }
  return result;
}

function isAboutPerson({ category }: Sensitivity): boolean {
  return category === "contact" || category === "identity" || category === "government" || category === "health";
}

/** An address or browser beside who it belongs to makes the record one of a session. */
function inSetting(sensitivity: Sensitivity, part: RecordPart | undefined, setting: Setting): Sensitivity {
  const isOfSession = (part === "ip" || part === "agent") && (setting.account || has(setting, "session"));
  return isOfSession ? { ...sensitivity, category: "session" } : sensitivity;
}

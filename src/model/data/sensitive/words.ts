/** Splits identifiers into canonical words. Knows nothing about what is sensitive. */

/** One spelling per word, so that the taxonomy needs no variants. */
const ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    passwd: "password",
    pwd: "password",
    pswd: "password",
    psw: "password",
    passwrd: "password",
    passord: "password",
    tel: "phone",
    telephone: "phone",
    addr: "address",
    adress: "address",
    licence: "license",
    drivers: "driver",
    driving: "driver",
    creds: "credential",
    cred: "credential",
    verif: "verification",
    authn: "auth",
    authentication: "auth",
    authorisation: "authorization",
    twofactor: "2fa",
    tfa: "2fa",
    multifactor: "mfa",
    aadhar: "aadhaar",
    adhar: "aadhaar",
    birthdate: "birthday",
    bday: "birthday",
    ua: "useragent",
    ipv4: "ip",
    ipv6: "ip",
    lon: "lng",
    latitude: "lat",
    longitude: "lng",
    hmac256: "hmac",
  }),
);

/** Two words that are one. */
const PAIRS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    "sign",
    new Map([
      ["in", "signin"],
      ["up", "signup"],
      ["on", "signin"],
    ]),
  ],
  ["log", new Map([["in", "login"]])],
  [
    "two",
    new Map([
      ["factor", "2fa"],
      ["fa", "2fa"],
    ]),
  ],
  [
    "2",
    new Map([
      ["fa", "2fa"],
      ["factor", "2fa"],
    ]),
  ],
  ["multi", new Map([["factor", "mfa"]])],
  ["one", new Map([["time", "onetime"]])],
  ["e", new Map([["mail", "email"]])],
  [
    "pass",
    new Map([
      ["word", "password"],
      ["code", "passcode"],
      ["phrase", "passphrase"],
    ]),
  ],
  [
    "birth",
    new Map([
      ["date", "birthday"],
      ["day", "birthday"],
      ["dt", "birthday"],
    ]),
  ],
  ["post", new Map([["code", "postcode"]])],
]);

/** At the end of a name these count: `phoneNo`, `passportNum`. */
const NUMBER_ENDINGS: ReadonlySet<string> = new Set(["no", "num", "nr", "nbr"]);

const KIND = { other: 0, lower: 1, upper: 2, digit: 3 } as const;

function kindOf(code: number): number {
  if (code >= 97 && code <= 122) return KIND.lower;
  if (code >= 65 && code <= 90) return KIND.upper;
  if (code >= 48 && code <= 57) return KIND.digit;
  return KIND.other;
}

/**
 * The words of an identifier, in lower case and without accents: `userIPAddress2` → user, ip, address2. Digits belong
 * to the letters before them.
 */
export function splitWords(name: string): string[] {
  let text = name;
  for (let index = 0; index < name.length; index++) {
    if (name.charCodeAt(index) > 127) {
      text = name.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
      break;
    }
  }
  const words: string[] = [];
  let start = -1;
  let previous: number = KIND.other;
  for (let index = 0; index <= text.length; index++) {
    const kind = index < text.length ? kindOf(text.charCodeAt(index)) : KIND.other;
    if (start >= 0) {
      const startsWord =
        kind === KIND.other ||
        (kind === KIND.upper && previous !== KIND.upper) ||
        // "IPAddress": the last capital of a run belongs to the next word; "IDs", "OTPs" have a plural ending instead.
        (kind === KIND.upper && kindOf(text.charCodeAt(index + 1)) === KIND.lower && !isPluralEnding(text, index)) ||
        (kind === KIND.lower && previous === KIND.digit && index - start > 1);
      if (startsWord) {
        words.push(text.slice(start, index).toLowerCase());
        start = kind === KIND.other ? -1 : index;
      }
    } else if (kind !== KIND.other) {
      start = index;
    }
    previous = kind;
  }
  return words;
}

function isPluralEnding(text: string, index: number): boolean {
  return text.charCodeAt(index + 1) === 115 && kindOf(text.charCodeAt(index + 2)) !== KIND.lower;
}

/** The words a taxonomy knows, and how to take apart those written as one (`accesstoken`). */
export interface Vocabulary {
  readonly words: ReadonlySet<string>;
  readonly compounds: ReadonlyMap<string, readonly string[]>;
}

/** Canonical words, and which of them stood in the plural. */
export interface NameWords {
  readonly words: readonly string[];
  readonly plurals: readonly boolean[];
}

/** Canonical words of a name: aliases resolved, known plurals made singular, pairs joined, compounds taken apart. */
export function canonicalWords(raw: readonly string[], vocabulary: Vocabulary): NameWords {
  const words: string[] = [];
  const plurals: boolean[] = [];
  const push = (word: string, plural: boolean): void => {
    words.push(word);
    plurals.push(plural);
  };
  for (let index = 0; index < raw.length; index++) {
    const word = raw[index] as string;
    const next = raw[index + 1];
    const partners = next === undefined ? undefined : PAIRS.get(word);
    if (partners !== undefined && next !== undefined) {
      const isPlural = next.endsWith("s");
      const joined = partners.get(next) ?? (isPlural ? partners.get(next.slice(0, -1)) : undefined);
      if (joined !== undefined) {
        push(joined, isPlural);
        index++;
        continue;
      }
    }
    if (index > 0 && next === undefined && NUMBER_ENDINGS.has(word)) {
      push("number", false);
      continue;
    }
    let canonical = ALIASES.get(word) ?? word;
    let plural = false;
    if (!vocabulary.words.has(canonical) && !vocabulary.compounds.has(canonical)) {
      const bare = withoutDigits(canonical);
      canonical = singularOf(bare, vocabulary);
      plural = canonical !== bare;
    }
    const parts = vocabulary.compounds.get(canonical);
    if (parts === undefined) {
      if (canonical !== "") push(canonical, plural);
    } else {
      for (const part of parts) push(part, plural);
    }
  }
  return { words, plurals };
}

function withoutDigits(word: string): string {
  let end = word.length;
  while (end > 0 && kindOf(word.charCodeAt(end - 1)) === KIND.digit) end--;
  const bare = word.slice(0, end);
  return ALIASES.get(bare) ?? bare;
}

function singularOf(word: string, { words, compounds }: Vocabulary): string {
  if (word.length < 3 || !word.endsWith("s") || words.has(word) || compounds.has(word)) return word;
  const candidates = [word.slice(0, -1)];
  if (word.endsWith("es")) candidates.push(word.slice(0, -2));
  if (word.endsWith("ies")) candidates.push(`${word.slice(0, -3)}y`);
  for (const candidate of candidates) {
    const canonical = ALIASES.get(candidate) ?? candidate;
    if (words.has(canonical) || compounds.has(canonical)) return canonical;
  }
  return word;
}

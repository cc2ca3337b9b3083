import * as context from "./context-words.ts";
import { PERSONAL } from "./taxonomy-personal.ts";
import { SECRETS } from "./taxonomy-secrets.ts";
import type { RecordPart, Sensitivity, TaxonomyRow } from "./types.ts";
import type { Vocabulary } from "./words.ts";

/** Every kind of name that counts as sensitive. Docs are generated from it; all code reads it through the lexicon. */
export const TAXONOMY: readonly TaxonomyRow[] = [...PERSONAL, ...SECRETS];

/** A taxonomy row made ready for matching. */
export interface Entry {
  readonly sensitivity: Sensitivity;
  readonly part: RecordPart | undefined;
  readonly anyPrefix: boolean;
  readonly notAfter: ReadonlySet<string> | undefined;
  readonly plural: boolean;
}

/** Names that end like a row above and are something else: `user_name` is a handle, `client_code` an identifier. */
const LOOKALIKES: readonly string[] = [
  "user name",
  "user address",
  "owner address",
  "sender address",
  "recipient address",
  "creator address",
  "holder address",
  "mint address",
  "profile name",
  "lead name",
  "old name",
  "client code",
  "customer code",
  "student code",
  "employee code",
  "profile location",
  "user key",
  "email from name",
  "email from address",
  "private key to account",
];

const MAX_PHRASE_WORDS = 5;

function entryOf(row: TaxonomyRow): Entry {
  const { category, label, strength } = row;
  return {
    sensitivity: { category, label, strength },
    part: row.part,
    anyPrefix: (row.before ?? (strength === "strong" ? "anything" : "plain")) === "anything",
    notAfter: row.notAfter,
    plural: row.plural ?? strength === "strong",
  };
}

/** Phrases of canonical words to entries; `null` marks a look-alike. */
export const PHRASES: ReadonlyMap<string, Entry | null> = (() => {
  const phrases = new Map<string, Entry | null>(LOOKALIKES.map((name) => [name, null]));
  for (const row of TAXONOMY) {
    const entry = entryOf(row);
    for (const name of row.names) phrases.set(name, entry);
  }
  return phrases;
})();

/** The words of all phrases and contexts; phrases written as one word (`accesstoken`) taken apart. */
export const VOCABULARY: Vocabulary = (() => {
  const words = new Set<string>();
  const compounds = new Map<string, readonly string[]>();
  for (const set of Object.values(context)) for (const word of set) words.add(word);
  for (const phrase of PHRASES.keys()) {
    const parts = phrase.split(" ");
    for (const part of parts) words.add(part);
    if (parts.length > 1) compounds.set(parts.join(""), parts);
  }
  for (const owner of ["user", "customer", "client", "contact", "new", "old"]) {
    for (const head of ["email", "phone", "password"]) compounds.set(owner + head, [owner, head]);
  }
  for (const word of words) compounds.delete(word);
  return { words, compounds };
})();

/**
 * The longest known phrase that ends the words before `end`. `entry` is null for a look-alike; `start` is where the
 * phrase begins.
 */
export function phraseAtEnd(
  words: readonly string[],
  end: number,
): { readonly entry: Entry | null; readonly start: number } | undefined {
  let found: { entry: Entry | null; start: number } | undefined;
  let phrase = "";
  for (let start = end - 1; start >= 0 && end - start <= MAX_PHRASE_WORDS; start--) {
    phrase = phrase === "" ? (words[start] as string) : `${words[start] as string} ${phrase}`;
    const entry = PHRASES.get(phrase);
    if (entry !== undefined) found = { entry, start };
  }
  return found;
}

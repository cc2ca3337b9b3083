import {
  CONTAINERS,
  MESSAGE_PRODUCERS,
  OPENERS,
  ORGANISATION,
  PLAIN,
  PREPOSITIONS,
  PRODUCERS,
  SILENCING,
  TRAILING,
  VERBS,
} from "./context-words.ts";
import { type Entry, phraseAtEnd, VOCABULARY } from "./taxonomy.ts";
import type { Sensitivity } from "./types.ts";
import { canonicalWords, type NameWords, splitWords } from "./words.ts";

/** An entry of the taxonomy as one name shows it; `weakened` where the words before it make a strong entry weak. */
export interface Match {
  readonly entry: Entry;
  readonly weakened: boolean;
  /** Whether other words stand before it: `submitterEmail` says whose address it is, `email` does not. */
  readonly qualified: boolean;
}

/** Weak variants of strong sensitivities, made once each. */
const weakened = new WeakMap<Sensitivity, Sensitivity>();

/** What a match says: the entry's sensitivity, weak where the words before it weaken it. */
export function sensitivityOf(match: Match): Sensitivity {
  const { sensitivity } = match.entry;
  if (!match.weakened) return sensitivity;
  let weak = weakened.get(sensitivity);
  if (weak === undefined) weakened.set(sensitivity, (weak = { ...sensitivity, strength: "weak" }));
  return weak;
}

/** The longest name that is looked at: nobody writes longer ones, generated code does. */
const MAX_LENGTH = 80;

/** The shell's variable; in lower case it is a password. */
const WORKING_DIRECTORY = "PWD";

/** Canonical words of a name. Of a dotted path only the last step counts. */
export function wordsOf(name: string): NameWords {
  const dot = name.lastIndexOf(".");
  return canonicalWords(splitWords(dot < 0 ? name : name.slice(dot + 1)), VOCABULARY);
}

/** What the name stands for, or undefined where it says nothing. */
export function matchName(name: string): Match | undefined {
  if (name.length < 2 || name.length > MAX_LENGTH || name === WORKING_DIRECTORY) return undefined;
  return matchWords(wordsOf(name));
}

function matchWords({ words, plurals }: NameWords): Match | undefined {
  if (words.length === 0) return undefined;
  // A phrase may hold a preposition itself ("date of birth"), so the whole name is tried first.
  const whole = phraseAtEnd(words, words.length);
  if (whole !== undefined && whole.start === 0) return judge(words, 0, whole.entry, plurals[words.length - 1] === true);
  const or = words.indexOf("or");
  if (or > 0) return matchEither({ words, plurals }, or);
  const end = endOfNoun(words);
  if (typeof end === "object") return matchWords(part(words, plurals, end.from));
  return matchNoun(words, end, plurals);
}

/** `emailOrUsername` holds one of two things; `invalidEmailOrPassword` and `passwordOrEmailIncorrect` hold neither. */
function matchEither({ words, plurals }: NameWords, or: number): Match | undefined {
  const isSilenced = VERBS.has(words[0] as string) || words.slice(0, or).some((word) => SILENCING.has(word));
  if (isSilenced) return undefined;
  const left = matchWords(part(words, plurals, 0, or));
  const right = matchWords(part(words, plurals, or + 1));
  const continues = right === undefined && matchWords(part(words, plurals, or + 1, or + 2)) !== undefined;
  return continues ? undefined : (left ?? right);
}

function part(words: readonly string[], plurals: readonly boolean[], from: number, to = words.length): NameWords {
  return { words: words.slice(from, to), plurals: plurals.slice(from, to) };
}

/**
 * Where the noun ends that the name is about: before the first preposition that something follows. "ed by" turns it
 * around: `invitedByEmail` is an address, `userByEmail` a user.
 */
function endOfNoun(words: readonly string[]): number | { readonly from: number } {
  for (let index = 1; index < words.length - 1; index++) {
    const word = words[index] as string;
    if (word === "by") {
      if ((words[index - 1] as string).endsWith("ed")) return { from: index + 1 };
      return index;
    }
    if (!PREPOSITIONS.has(word)) continue;
    const phrase = phraseAtEnd(words, words.length);
    if (phrase !== undefined && phrase.start < index) continue;
    return index;
  }
  return words.length;
}

function matchNoun(words: readonly string[], nounEnd: number, plurals: readonly boolean[]): Match | undefined {
  let end = nounEnd;
  let phrase = phraseAtEnd(words, end);
  while (phrase === undefined && end > 1 && TRAILING.has(words[end - 1] as string) && plurals[end - 1] !== true) {
    end--;
    phrase = phraseAtEnd(words, end);
  }
  if (phrase === undefined) return undefined;
  const isMany = plurals[end - 1] === true || (end < nounEnd && CONTAINERS.has(words[end] as string));
  return judge(words, phrase.start, phrase.entry, isMany);
}

/** Reads the words before the phrase, which may say that the value is no such thing. */
function judge(words: readonly string[], start: number, entry: Entry | null, plural: boolean): Match | undefined {
  if (entry === null || (plural && !entry.plural)) return undefined;
  let first = 0;
  const opening = words[0] as string;
  if (start > 0 && PRODUCERS.has(opening)) {
    if (entry.sensitivity.label === "email address" && MESSAGE_PRODUCERS.has(opening)) return undefined;
    first = 1;
  } else if (start > 0 && (VERBS.has(opening) || OPENERS.has(opening))) {
    return undefined;
  }
  let weakened = false;
  for (let index = first; index < start; index++) {
    const word = words[index] as string;
    if (SILENCING.has(word) || entry.notAfter?.has(word)) return undefined;
    if (!entry.anyPrefix && !PLAIN.has(word)) return undefined;
    if (entry.sensitivity.category === "contact" && ORGANISATION.has(word)) weakened = true;
  }
  return { entry, weakened, qualified: start > first };
}

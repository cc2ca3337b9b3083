/**
 * Texts that stand where a credential belongs and are none: `YOUR_TOKEN`, `xxx`, `<token>`, `AX…`, `dummy-token-1`.
 *
 * Upstash makes all of its credentials: at least 20 characters at random, never words. What a person has thought up is
 * therefore no credential of Upstash, whatever it is called.
 */

/** Shorter than any credential of Upstash, with room for passwords of the first databases. */
const MIN_LENGTH = 16;

/** Marks of "fill this in" and "left out": brackets, ellipses, interpolation of other languages, dots and stars. */
const MARKS = /[<>{}[\]()…•*\s]|\.\.|%s|\$\w|xxxx/iu;

/** Whole words, among separators, that no random text of Upstash has. */
const WORDS: ReadonlySet<string> = new Set(
  (
    "your my our some the this here example sample placeholder dummy fake mock mocked stub test testing tests demo foo bar baz " +
    "change changeme change_me replace replaceme insert paste enter put todo fixme missing unset none null undefined empty " +
    "redacted removed hidden masked secret password passwd token key apikey credential credentials local localhost dev " +
    "development build ci noop unused invalid wrong bad default value string upstash redis qstash vector kafka rest api kv"
  ).split(" "),
);

/**
 * How the samples begin that Upstash has printed: in the docs of the REST API
 * (https://upstash.com/docs/redis/features/restapi), and in the examples of `@upstash/qstash`.
 */
const SAMPLES = ["2553feg6a2d9842h2a0g", "AYNgAS2553feg6a2d984", "sig_3nj4aiyJ", "sig_31zVqmL3"];

/** Rows of the keyboard and the alphabet, as people type them in. */
const ROWS = ["abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "01234567890", "9876543210"];
const ROW_LENGTH = 6;
const MAX_REPEATS = 7;
/** Fewer different characters than this, in a text that is long enough, are no accident. */
const MIN_VARIETY = 8;

/**
 * Whether a text that stands where a credential belongs is certain to be none. False does not say that it is one.
 *
 * @param text The whole value, without `Bearer `.
 */
export function isPlaceholder(text: string): boolean {
  const value = text.trim();
  if (value.length < MIN_LENGTH || MARKS.test(value) || isMonotonous(value)) return true;
  if (SAMPLES.some((start) => value.startsWith(start))) return true;
  // Nothing that is random is without digits at this length.
  if (!/\d/u.test(value)) return true;
  const words = value.toLowerCase().split(/[^a-z\d]+/u);
  return words.some((word) => WORDS.has(word.replace(/\d{1,10}$/u, "")));
}

/** Whether a text repeats itself, counts, or follows the alphabet: filled in by hand, whatever shape it has. */
export function isMonotonous(text: string): boolean {
  const value = text.toLowerCase();
  let repeats = 1;
  for (let at = 1; at < value.length; at++) {
    repeats = value[at] === value[at - 1] ? repeats + 1 : 1;
    if (repeats > MAX_REPEATS) return true;
  }
  if (new Set(value).size < MIN_VARIETY) return true;
  return ROWS.some((row) => {
    for (let start = 0; start + ROW_LENGTH <= row.length; start++) {
      if (value.includes(row.slice(start, start + ROW_LENGTH))) return true;
    }
    return false;
  });
}

import { holds } from "../holds.ts";
import { FileCache } from "./disk.ts";
import { keptText } from "../kept-text.ts";

/** What the text of a file shows without being parsed: enough to know that a file need not be looked at any closer. */
export interface Glance {
  readonly mentionsUpstash: boolean;
  /** Specifiers of what the text imports, re-exports or requires; words in comments and strings may be among them. */
  readonly sources: readonly string[];
  /** It begins with `"use server"`: callers in browsers get answers from it, none of its code. */
  readonly answersBrowsers: boolean;
}

/**
 * Methods by a call with an argument, or as values, so that neither `map.keys()` nor `this.keys.ofUser(id)` is one; methods
 * that are destructured, which `{ keys: ["name"] }` does not do; words of raw commands and computed names where a list, a
 * call or a variable begins with them, which `typeof call === "function"` and `store.get("keys")` do not do.
 */
const DANGEROUS =
  /\b(?:flushall|flushdb|scanIterator|scriptFlush)\b|(?<!\bObject)\.(?:keys|scan|functions)\b(?!\(\)|\s?\?\?|\??\.(?!bind|call|apply|flush)\w|\[|\s?=[^=>])|\bscan\(|[{,]\s{0,20}(?:keys|functions)\s{0,20}(?:[,}]|:\s{0,20}[\w$]+\s?[,}=])|(?:(?<!\b(?:get|has))\(|[[,])\s{0,20}["'`](?:(?:keys|scan)["'`]|(?:script|function)["'`],)|(?<![=!])=\s{0,20}["'`](?:keys|scan|script|function)["'`]/iu;
/** The same words wherever they stand, written as commands are. */
const RAW_COMMAND = /["'`](?:KEYS|SCAN|SCRIPT|FUNCTION)["'`]/u;

/** Text test: false where no such command is written. */
export const namesDangerousCommand = (text: string): boolean => DANGEROUS.test(text) || RAW_COMMAND.test(text);

/** Whether a text names Upstash, one of its packages or one of its variables. */
export function mentionsUpstash(text: string): boolean {
  if (holds(text, "upstash", "psta") || text.includes("@vercel/kv") || text.includes("KV_REST")) return true;
  return text.includes("STASH") && (text.includes("UPSTASH") || text.includes("QSTASH"));
}

/** The files of the project at a glance; undefined for what can't be read, or is above 1 MiB. */
export const glances = new FileCache<Glance>(({ text }) => ({
  mentionsUpstash: mentionsUpstash(text),
  sources: sourcesIn(text),
  answersBrowsers: /^(?:\/\/.*\n|\s)*["']use server["']/u.test(text.slice(0, 400)),
}));

/** Whether a file of the project may write such a command: asked of few, so kept apart. */
export const dangers = new FileCache<boolean>(({ text }) => namesDangerousCommand(text));

const KEYWORDS = ["from", "import", "require"];
const MAX_BLANKS = 16;
/** Longer than any specifier of a module. */
const MAX_LENGTH = 200;

/** Specifiers as they stand in a text: behind `from`, `import` and `require`, with or without a bracket. */
export function sourcesIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const keyword of KEYWORDS) {
    for (let at = text.indexOf(keyword); at >= 0; at = text.indexOf(keyword, at + keyword.length)) {
      const source = specifierAt(text, at + keyword.length);
      if (source !== undefined) found.add(source);
    }
  }
  return [...found];
}

/** Behind a bracket and a few blanks, as formatters write them. */
function afterBlanks(text: string, start: number): number {
  let at = start;
  while (at < start + MAX_BLANKS && " (\n\t".includes(text[at] ?? "-")) at++;
  return at;
}

function specifierAt(text: string, start: number): string | undefined {
  let at = afterBlanks(text, start);
  // import(/* webpackChunkName: "redis" */ "./redis")
  if (text.startsWith("/*", at)) at = afterBlanks(text, text.indexOf("*/", at) + 2);
  const quote = text[at];
  if (quote !== '"' && quote !== "'") return undefined;
  const end = text.indexOf(quote, at + 1);
  const source = end < 0 || end - at > MAX_LENGTH ? "" : text.slice(at + 1, end);
  return source === "" || source.includes("\n") ? undefined : keptText(source);
}

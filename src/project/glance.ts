import { FileCache } from "./disk.ts";

/** What the text of a file shows without being parsed: enough to know that a file need not be looked at any closer. */
export interface Glance {
  readonly mentionsUpstash: boolean;
  /** Specifiers of what the text imports, re-exports or requires; words in comments and strings may be among them. */
  readonly sources: readonly string[];
  /** It begins with `"use server"`: callers in browsers get answers from it, none of its code. */
  readonly answersBrowsers: boolean;
}

const MENTIONS = ["upstash", "UPSTASH", "@vercel/kv", "KV_REST", "QSTASH"];

/** Whether a text names Upstash, one of its packages or one of its variables. */
export function mentionsUpstash(text: string): boolean {
  return MENTIONS.some((word) => text.includes(word));
}

/** The files of the project at a glance; undefined for what can't be read, or is above 1 MiB. */
export const glances = new FileCache<Glance>(({ text }) => ({
  mentionsUpstash: mentionsUpstash(text),
  sources: sourcesIn(text),
  answersBrowsers: /^(?:\/\/.*\n|\s)*["']use server["']/u.test(text.slice(0, 400)),
}));

const SOURCES = /\b(?:from|import|require\(|import\()[ \t\n]{0,4}(?<quote>["'])(?<source>[^"'\n]{1,200})\k<quote>/gu;

/** Specifiers as they stand in a text. */
export function sourcesIn(text: string): readonly string[] {
  const found = new Set<string>();
  // Joined anew: a slice would keep the whole text in memory.
  for (const { groups } of text.matchAll(SOURCES)) if (groups?.["source"]) found.add(groups["source"].split("").join(""));
  return [...found];
}

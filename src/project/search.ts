import { FileCache, listDirectory, path, type Pass } from "./disk.ts";
import type { Project } from "./project.ts";

/** What is generated, installed or hidden is not the project's own code. */
const PASSED_OVER = new Set(["node_modules", "dist", "build", "out", "coverage", "public", "static", "vendor", "generated"]);
const SOURCE = /\.[cm]?[jt]sx?$/u;
const MAX_FILES = 5000;
const MAX_DIRECTORIES = 3000;

const FILES = {};

/**
 * The source files below a root, as one pass sees them. Where there are more than can be looked at, the rest is left
 * out: a question about the whole project then has an answer for what was seen.
 */
export function sourceFiles(root: string, pass: Pass): readonly string[] {
  return pass.memo(FILES, root, () => {
    const found: string[] = [];
    const queue = [root];
    for (let at = 0; at < queue.length && at < MAX_DIRECTORIES; at++) {
      const directory = queue[at] ?? root;
      for (const [name, kind] of listDirectory(directory, pass)?.entries ?? []) {
        // Links are not followed: what they lead to stands elsewhere in the project, or outside of it.
        if (kind === "directory" && !name.startsWith(".") && !PASSED_OVER.has(name)) queue.push(path.join(directory, name));
        else if (kind === "file" && SOURCE.test(name) && !name.endsWith(".d.ts")) found.push(path.join(directory, name));
        if (found.length >= MAX_FILES) return found;
      }
    }
    return found;
  });
}

/** Whether a text has the option that hides parts of messages, whatever it is set to. */
const redactions = new FileCache<boolean>(({ text }) => /\bredact\b/u.test(text));

const REDACTS = {};

/** Whether some file of the project that leads to Upstash may hide parts of messages with `redact`. */
export function mayRedact({ root, pass, upstash }: Project): boolean {
  return pass.memo(REDACTS, root, () => sourceFiles(root, pass).some((file) => redactions.get(file, pass) === true && upstash.module(file)));
}

/** Words before a colon with which texts of a file begin, as keys do: `user:` of `user:${id}`. */
export const keyHeads = new FileCache<ReadonlySet<string>>(({ text }) => {
  const found = new Set<string>();
  // Joined anew: a slice would keep the whole text in memory.
  for (const [, head = ""] of text.matchAll(/["'`]([\w.-]{1,60}:)/gu)) found.add(head.split("").join(""));
  return found.size > 0 ? found : NOTHING;
});

/** Parts of the names of functions that send something to be done later. */
const SENDING = ["publish", "Publish", "nqueue", "chedule", "rigger", "ispatch", "qstash", "QStash", "Qstash", "Queue", "Job", "Task", "sendTo", "addEndpoints", "batch"];

/** Names, as they are called in a text, of functions that sound as if they sent something to be done later. */
export const sendingCalls = new FileCache<ReadonlySet<string>>(({ text }) => namesOfCalls(text));

function namesOfCalls(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const part of SENDING) {
    for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) {
      let start = at;
      let end = at + part.length;
      while (start > 0 && isNamePart(text.charCodeAt(start - 1))) start--;
      while (isNamePart(text.charCodeAt(end))) end++;
      const next = text[end];
      // Joined anew: a slice would keep the whole text in memory.
      if (next === "(" || next === "<" || next === "." || next === "?") found.add(text.slice(start, end).split("").join(""));
    }
  }
  return found.size > 0 ? found : NOTHING;
}

const NOTHING: ReadonlySet<string> = new Set();

/** A letter, digit, `_` or `$`; also true for what is not ASCII. */
function isNamePart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 36 || code > 127;
}

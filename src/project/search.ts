import { FileCache } from "./disk.ts";
import { keptText } from "../kept-text.ts";
import type { Project } from "./project.ts";
import { sourceFiles } from "./source-files.ts";

/** Whether a text has the option that hides parts of messages, whatever it is set to. */
const redactions = new FileCache<boolean>(({ text }) => /\bredact\b/u.test(text));

const REDACTS = {};

/** Whether some file of the project that leads to Upstash may hide parts of messages with `redact`. */
export function mayRedact({ root, pass, upstash }: Project): boolean {
  return pass.memo(REDACTS, root, () => sourceFiles(root, pass).files.some((file) => redactions.get(file, pass) === true && upstash.module(file)));
}

/** Words before a colon with which texts of a file begin, as keys do: `user:` of `user:${id}`. */
export const keyHeads = new FileCache<ReadonlySet<string>>(({ text }) => {
  const found = new Set<string>();
  for (const [, head = ""] of text.matchAll(/["'`]([\w.-]{1,60}:)/gu)) found.add(keptText(head));
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
      if (next === "(" || next === "<" || next === "." || next === "?") found.add(keptText(text.slice(start, end)));
    }
  }
  return found.size > 0 ? found : NOTHING;
}

const NOTHING: ReadonlySet<string> = new Set();

/** A letter, digit, `_` or `$`; also true for what is not ASCII. */
function isNamePart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 36 || code > 127;
}

/** Whether a text names the address of QStash, so that it may ask its REST API itself. */
export const asksQstash = new FileCache<boolean>(({ text }) => text.includes("QSTASH_URL") || text.includes("//qstash"));

/** All names that stand in a file's text: asked of few files, so kept apart. */
export const identifiers = new FileCache<ReadonlySet<string>>(({ text }) => new Set(text.match(/[$A-Z_a-z][$\w]*/gu)?.map(keptText)));

/** Ends of names of what holds no code, such as messages in one language. */
const DATA = /\.(?:json|css|scss|svg|png|jpe?g|gif|webp|avif)/u.source;
/** A variable, a template, or a text that something is added to; none of data. */
const MADE = `(?!\`[^\`]*${DATA}${/`\s*[,)]/u.source})${/[^\s"'/)]/u.source}|${/(?:"[^"\n]*"|'[^'\n]*')\s*\+/u.source}(?!${/[^()\n]*/u.source}${DATA}${/["']\s*[,)]/u.source})`;
const LOADS_BY_NAME = new RegExp(`${/\b(?:import|require)\(\s*(?:\/\*[^*]*\*\/\s*)?/u.source}(?:${MADE})|${/\brequire\.context\b|\bimport\.meta\.glob/u.source}`, "u");

/** Whether a file's text loads modules by what is no quoted name: a variable, a template, a list of files. */
export const loadsByName = new FileCache<boolean>(({ text }) => LOADS_BY_NAME.test(text));

/** Whether a file's text may have to do with routers: it names one, or tells something what to use. */
export const namesRouters = new FileCache<boolean>(({ text }) => /\.(?:use|register)\(|rout|express/iu.test(text));

/** Whether a file's text makes an application of Express. */
export const makesExpressApp = new FileCache<boolean>(({ text }) => /\bexpress\(\)/u.test(text));

import type { TestCaseError } from "@typescript-eslint/rule-tester";
import type { InvalidCase, ValidCase } from "../../helpers/rule-tester.ts";
import type { ProjectFiles } from "../../helpers/project.ts";

export type MessageId = "plaintext" | "message" | "step" | "encrypt" | "redact";

/** An encryptor of the project's own, which suggestions take. */
export const CRYPTO: ProjectFiles = {
  "lib/crypto.ts": `import { createCipheriv, randomBytes } from "node:crypto";
export function encrypt(text: string): string {
  const cipher = createCipheriv("aes-256-gcm", Buffer.alloc(32), randomBytes(12));
  return Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("base64");
}
`,
};

/** The beginning of most cases: a client, and the encryptor. */
export const CLIENT = `import { Redis } from "@upstash/redis";
import { encrypt } from "@/lib/crypto";
const redis = Redis.fromEnv();
void encrypt;
`;

export const client = (code: string): string => CLIENT + code;

export interface Expected {
  readonly command: string;
  /** What the message names. */
  readonly data: string;
  /** What the suggestion puts in place of the marked text; a pair: what it replaces by what. */
  readonly becomes: string | readonly [from: string, to: string];
  readonly messageId?: "plaintext" | "message" | "step";
  /** The text that the suggestion to redact leaves in place of a pair's first. */
  readonly redacts?: readonly [from: string, to: string];
}

type More = Pick<InvalidCase<MessageId, object>, "files" | "settings" | "filename"> & { readonly encryptor?: string };

/**
 * An invalid case whose code marks what each report is shown on: `redis.set("k", «user.email»)`. The reports come in the
 * order of the marks.
 */
export function invalid(
  name: string,
  marked: string,
  expected: readonly Expected[],
  { files = {}, encryptor = "encrypt()", ...more }: More = {},
): InvalidCase<MessageId, object> {
  const code = marked.replaceAll(/[«»]/g, "");
  const marks = marksIn(marked);
  if (marks.length !== expected.length) throw new Error(`${name}: ${marks.length} marks, ${expected.length} reports`);
  const errors = expected.map((one, index): TestCaseError<MessageId> => {
    const { start, end } = marks[index] ?? { start: 0, end: 0 };
    const [from, to] = typeof one.becomes === "string" ? [undefined, one.becomes] : one.becomes;
    const encrypted = from === undefined ? code.slice(0, start) + to + code.slice(end) : replaced(code, from, to);
    return {
      messageId: one.messageId ?? "plaintext",
      data: { command: one.command, data: one.data },
      ...location(code, start, end),
      suggestions: [
        ...(one.redacts ? [{ messageId: "redact" as const, data: { part: one.redacts[1].includes("header: true") ? "headers" : "body" }, output: replaced(code, ...one.redacts) }] : []),
        { messageId: "encrypt", data: { encryptor }, output: encrypted },
      ],
    };
  });
  return { name, code, files: { ...CRYPTO, ...files }, errors, ...more };
}

export const valid = (
  name: string,
  code: string,
  more: Omit<ValidCase<object>, "name" | "code"> = {},
): ValidCase<object> => ({ name, code, ...more, files: { ...CRYPTO, ...more.files } });

export const EMAIL = "an email address (`email`)";

function replaced(code: string, from: string, to: string): string {
  if (code.split(from).length !== 2) throw new Error(`"${from}" must stand in the code once`);
  return code.replace(from, () => to);
}

function marksIn(marked: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let removed = 0;
  let start = 0;
  for (const { index, 0: mark } of marked.matchAll(/[«»]/g)) {
    if (mark === "«") start = index - removed;
    else found.push({ start, end: index - removed });
    removed++;
  }
  return found;
}

function location(code: string, start: number, end: number): Pick<TestCaseError<MessageId>, "line" | "column" | "endLine" | "endColumn"> {
  const at = (offset: number): readonly [line: number, column: number] => {
    const lines = code.slice(0, offset).split("\n");
    return [lines.length, (lines.at(-1)?.length ?? 0) + 1];
  };
  const [line, column] = at(start);
  const [endLine, endColumn] = at(end);
  return { line, column, endLine, endColumn };
}

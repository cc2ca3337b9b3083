import type { TestCaseError } from "@typescript-eslint/rule-tester";
import rule from "../../../src/rules/no-hardcoded-credentials.ts";
import { runRule, type InvalidCase, type ValidCase } from "../../helpers/rule-tester.ts";

export type MessageId = "written" | "fallback" | "comment" | "elsewhere" | "useFromEnv" | "useEnv" | "dropFallback" | "takeOut";
export type Invalid = InvalidCase<MessageId, object>;
export type Valid = ValidCase<object>;

export const check = (cases: { readonly valid: readonly Valid[]; readonly invalid: readonly Invalid[] }): void =>
  runRule("no-hardcoded-credentials", rule, cases);

export const REDIS = 'import { Redis } from "@upstash/redis";\n';
export const URL = 'url: "https://quick-otter-12345.upstash.io"';

export const FULL_REDIS = "a Redis REST token with full access";

/** A suggestion: what it says, and the edits as pairs of text and what takes its place. */
interface Offer {
  readonly id: "useFromEnv" | "useEnv" | "dropFallback" | "takeOut";
  readonly data?: Record<string, string>;
  readonly edits: readonly (readonly [text: string, by: string])[];
}

export const useEnv = (read: string, ...edits: Offer["edits"]): Offer => ({ id: "useEnv", data: { read }, edits });
export const useFromEnv = (text: string, by: string, call = "Redis.fromEnv()"): Offer => ({ id: "useFromEnv", data: { call }, edits: [[text, by]] });
export const dropFallback = (text: string, by: string): Offer => ({ id: "dropFallback", edits: [[text, by]] });
export const takeOut = (name: string, ...edits: Offer["edits"]): Offer => ({ id: "takeOut", data: { name }, edits });

/** A report of `at`, a text that stands in the code once. `(«X»)` is the `X` in that place. */
export function report(
  code: string,
  id: "written" | "fallback" | "comment" | "elsewhere",
  data: Record<string, string>,
  at: string,
  ...offers: readonly Offer[]
): TestCaseError<MessageId> {
  const before = Math.max(at.indexOf("«"), 0);
  const text = /«(?<inside>.*)»/.exec(at)?.groups?.["inside"] ?? at;
  const start = once(code, at.replace(/[«»]/g, "")) + before;
  return {
    messageId: id,
    data,
    ...position(code, start, "line", "column"),
    ...position(code, start + text.length, "endLine", "endColumn"),
    suggestions: offers.map(({ id: messageId, data: words, edits }) => ({
      messageId,
      ...(words ? { data: words } : {}),
      output: edits.reduce((text, [from, by]) => {
        const index = once(text, from);
        return text.slice(0, index) + by + text.slice(index + from.length);
      }, code),
    })),
  };
}

function position(code: string, offset: number, line: string, column: string): Record<string, number> {
  const lines = code.slice(0, offset).split("\n");
  return { [line]: lines.length, [column]: (lines.at(-1)?.length ?? 0) + 1 };
}

function once(code: string, text: string): number {
  const start = code.indexOf(text);
  if (start === -1 || code.includes(text, start + 1)) throw new Error(`"${text}" does not stand once in:\n${code}`);
  return start;
}

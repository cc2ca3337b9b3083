import rule from "../../../src/rules/no-ignored-ttl.ts";
import { marked, replaceOnce } from "../../helpers/marks.ts";
import { runRule, type InvalidCase, type ValidCase } from "../../helpers/rule-tester.ts";

type MessageId = "ignored" | "notNumber" | "nan" | "conflict" | "unit" | "positional" | "unsupported" | "swapped" | "readOnly" | "write";
export type Invalid = InvalidCase<MessageId, object>;
export type Valid = ValidCase<object>;

/** The beginning of most cases. */
export const CLIENT = `import { Redis } from "@upstash/redis";
const redis = Redis.fromEnv();
declare const ttl: number, token: string, env: Record<string, string>;
`;

export interface Expected {
  readonly id: Exclude<MessageId, "write">;
  readonly data?: Record<string, string>;
  /** The text of the fix in place of a text of the code; alone, in place of what is marked. */
  readonly fix?: string | readonly [from: string, to: string];
  /** The same for a suggestion, and its words. */
  readonly suggests?: readonly [by: string, to: string | readonly [from: string, to: string]];
}

/** A case whose code marks what is reported; each report comes with what mends it. */
export function invalid(name: string, source: string, expected: Expected | readonly Expected[], more: Partial<Invalid> = {}): Invalid {
  const all = Array.isArray(expected) ? (expected as readonly Expected[]) : [expected as Expected];
  const { code, places, ranges } = marked(CLIENT + source);
  if (places.length !== all.length) throw new Error(`${name}: ${places.length} marks, ${all.length} reports`);
  const edited = (index: number, edit: string | readonly [string, string]): string => {
    const [start, end] = ranges[index] ?? [0, 0];
    return typeof edit === "string" ? code.slice(0, start) + edit + code.slice(end) : replaceOnce(code, ...edit);
  };
  const errors = all.map(({ id, data, suggests }, index) => ({
    messageId: id,
    ...(data ? { data } : {}),
    ...places[index],
    ...(suggests ? { suggestions: [{ messageId: "write" as const, data: { by: suggests[0] }, output: edited(index, suggests[1]) }] } : {}),
  }));
  const [first] = all;
  const output = all.length === 1 && first?.fix !== undefined ? { output: edited(0, first.fix) } : {};
  return { name, code, errors, ...output, ...more } as Invalid;
}

export const valid = (name: string, source: string, more: Partial<Valid> = {}): Valid => ({ name, code: CLIENT + source, ...more });

export function check(cases: { readonly valid: readonly Valid[]; readonly invalid: readonly Invalid[] }): void {
  runRule("no-ignored-ttl", rule, cases);
}

export const ignored = (option: string, known: string, command = "set", effect = "the key never expires"): Pick<Expected, "id" | "data"> => ({
  id: "ignored",
  data: { option, command, effect, known },
});

import type { TestCaseError } from "@typescript-eslint/rule-tester";
import rule from "../../../src/rules/no-credential-exposure.ts";
import type { SinkKind } from "../../../src/sdk/sinks.ts";
import { locationOf, replaceOnce } from "../../helpers/marked-text.ts";
import { runRule, type InvalidCase, type ValidCase } from "../../helpers/rule-tester.ts";

export type MessageId = SinkKind | "presence" | "names" | "remove";
export type Invalid = InvalidCase<MessageId, object>;
export type Valid = ValidCase<object>;

export const check = ({ valid, invalid }: { readonly valid: readonly Valid[]; readonly invalid: readonly Invalid[] }): void => {
  runRule("no-credential-exposure", rule, { valid, invalid });
};

export const NAME = "UPSTASH_REDIS_REST_TOKEN";
export const TOKEN = `process.env.${NAME}`;
export const REDIS = 'import { Redis } from "@upstash/redis";\n';
export const FULL = "a credential with full access";
export const READS = "a credential that reads your data";
export const ALL = "all credentials of the app";

interface Expected {
  /** The text of the node that is reported; it stands in the code once. `{ «X» }` is the `X` in that place. */
  readonly at: string;
  readonly what?: string;
  readonly power?: string;
  readonly target?: string;
  /** Suggestions: what is replaced, and by what. */
  readonly presence?: readonly [replaced: string, by: string];
  readonly names?: readonly [replaced: string, by: string];
  readonly remove?: readonly [replaced: string, by: string];
}

/** The report of a credential that gets out. */
export function error(kind: SinkKind, code: string, expected: Expected): TestCaseError<MessageId> {
  const { at, what = `\`${NAME}\``, power = FULL, target } = expected;
  const suggestions = (["presence", "names", "remove"] as const).flatMap((messageId) => {
    const change = expected[messageId];
    return change ? [{ messageId, output: replaceOnce(code, change[0], change[1]) }] : [];
  });
  return { messageId: kind, data: { what, power, ...(target === undefined ? {} : { target }) }, ...locationOf(code, at), suggestions };
}

/** A case with one report. */
export function told(name: string, kind: SinkKind, code: string, expected: Expected, more: Partial<Valid> | Partial<Invalid> = {}): Invalid {
  return { name, code, ...more, errors: [error(kind, code, expected)] } as Invalid;
}

/** The suggestions for a variable that is written as an expression: whether it is set, as it is or as text. */
export const asBoolean = (text: string): readonly [string, string] => [text, `Boolean(${text})`];
export const asText = (text: string): readonly [string, string] => [text, `String(Boolean(${text}))`];

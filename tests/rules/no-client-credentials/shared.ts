import type { TestCaseError } from "@typescript-eslint/rule-tester";
import rule from "../../../src/rules/no-client-credentials.ts";
import { PROJECT_DEFAULTS, type ProjectFiles } from "../../helpers/project.ts";
import { locationOf, replaceOnce } from "../../helpers/marked-text.ts";
import { runRule, type InvalidCase, type ValidCase } from "../../helpers/rule-tester.ts";

export type MessageId = "env" | "client" | "useReadOnly" | "moveToServer" | "leaveBrowser";
export type Invalid = InvalidCase<MessageId, object>;
export type Valid = ValidCase<object>;

/** `server-only` as Next.js declares it through next-env.d.ts, which the type check of suggestions does not read. */
const SERVER_ONLY: ProjectFiles = {
  "tsconfig.json": (PROJECT_DEFAULTS["tsconfig.json"] ?? "").replace('"@/*"', '"server-only": ["./types/server-only.d.ts"],\n      "@/*"'),
  "types/server-only.d.ts": "export {};\n",
};

/** Runs the rule over cases, each in a Next.js app. */
export function check({ valid, invalid }: { readonly valid: readonly Valid[]; readonly invalid: readonly Invalid[] }): void {
  runRule("no-client-credentials", rule, {
    valid,
    invalid: invalid.map((one) => ({ ...one, files: { ...SERVER_ONLY, ...one.files } })),
  });
}

export const USE_CLIENT = '"use client";\n';
export const REDIS = 'import { Redis } from "@upstash/redis";\n';
export const TOKEN = "process.env.UPSTASH_REDIS_REST_TOKEN";
export const DIRECTIVE = 'the "use client" directive';
/** A component that nothing but its directive says to run in the browser. */
export const COMPONENT = "components/widget.tsx";

const OR_READ_ONLY = ", or use a read-only token here";
/** What suggestions name where nothing is configured, in a Next.js app. */
export const READ_ONLY = "NEXT_PUBLIC_UPSTASH_REDIS_REST_READ_ONLY_TOKEN";

interface Expected {
  /** The text of the node that is reported; it stands in the code once. `{ «X» }` is the `X` in that place. */
  readonly at: string;
  readonly because?: string;
  /** The suggestion of a read-only token: its variable, and the text that takes the place of `replaced` (or `at`). */
  readonly readOnly?: { readonly name?: string; readonly replaced?: string; readonly by: string };
  /** A read-only token would do, although no suggestion writes it. */
  readonly mayBeReadOnly?: boolean;
  /** The text that `import "server-only"` takes the place of; false: that is not offered. */
  readonly marker?: string | false;
  readonly markedBy?: string;
  /** The text that goes where the project has no `server-only`. */
  readonly dropped?: string;
}

/** The report of a variable that is read. */
export const env = (code: string, name: string, expected: Expected): TestCaseError<MessageId> =>
  report(code, "env", { name }, expected);

/** The report of a client. */
export const client = (code: string, product: string, expected: Expected): TestCaseError<MessageId> =>
  report(code, "client", { product }, expected);

function report(
  code: string,
  messageId: MessageId,
  data: Record<string, string>,
  { at, because = DIRECTIVE, readOnly, mayBeReadOnly = readOnly !== undefined, dropped, markedBy = 'import "server-only";', marker = dropped === undefined && '"use client";' }: Expected,
): TestCaseError<MessageId> {
  const name = readOnly?.name ?? READ_ONLY;
  return {
    messageId,
    data: { ...data, because, readOnly: mayBeReadOnly ? OR_READ_ONLY : "" },
    ...locationOf(code, at),
    suggestions: [
      ...(readOnly
        ? [{ messageId: "useReadOnly" as const, data: { name }, output: replaceOnce(code, readOnly.replaced ?? at, readOnly.by) }]
        : []),
      ...(dropped === undefined ? [] : [{ messageId: "leaveBrowser" as const, output: replaceOnce(code, dropped, "") }]),
      ...(marker === false
        ? []
        : [{ messageId: "moveToServer" as const, output: replaceOnce(code, marker, markedBy) }]),
    ],
  };
}

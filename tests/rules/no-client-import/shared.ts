import type { TestCaseError } from "@typescript-eslint/rule-tester";
import rule from "../../../src/rules/no-client-import.ts";
import { locationOf, replaceOnce } from "../../helpers/marked-text.ts";
import { PROJECT_DEFAULTS, type ProjectFiles } from "../../helpers/project.ts";
import { runRule, type InvalidCase, type ValidCase } from "../../helpers/rule-tester.ts";

export type MessageId = "sdk" | "chain" | "marked" | "remove" | "moveToServer" | "leaveBrowser";
export type Invalid = InvalidCase<MessageId, object>;
export type Valid = ValidCase<object>;

/** `server-only` as Next.js declares it, which the type check of suggestions does not read. */
const SERVER_ONLY: ProjectFiles = {
  "tsconfig.json": (PROJECT_DEFAULTS["tsconfig.json"] ?? "").replace('"@/*"', '"server-only": ["./types/server-only.d.ts"],\n      "@/*"'),
  "types/server-only.d.ts": "export {};\n",
};

export const USE_CLIENT = '"use client";\n';
export const DIRECTIVE = 'the "use client" directive';
export const PAGE = "app/page.tsx";

/** A module that builds a client when it loads. */
export const REDIS = 'import { Redis } from "@upstash/redis";\nexport const redis = Redis.fromEnv();\n';
/** A module that builds one only when its function is called. */
export const LAZY = 'import { Redis } from "@upstash/redis";\nexport const getVisits = () => Redis.fromEnv().get<number>("visits");\nexport const KEY = "visits";\n';

export const check = ({ valid, invalid }: { readonly valid: readonly Valid[]; readonly invalid: readonly Invalid[] }): void =>
  runRule("no-client-import", rule, {
    valid,
    invalid: invalid.map((one) => ({ ...one, files: { ...SERVER_ONLY, ...one.files } })),
  });

interface Expected {
  /** The import's specifier as it stands in the code, quotes included. */
  readonly at: string;
  readonly because?: string;
  readonly product?: string;
  readonly marked?: string;
  /** False: something else than a directive says that the module runs in the browser. */
  readonly marker?: string | false;
  /** The whole line of an import that nothing uses. */
  readonly removed?: string;
}

const suggestions = (code: string, { marker = USE_CLIENT, removed }: Expected): TestCaseError<MessageId>["suggestions"] => [
  ...(removed === undefined ? [] : [{ messageId: "remove" as const, output: replaceOnce(code, removed, "") }]),
  ...(marker === false ? [] : [{ messageId: "moveToServer" as const, output: replaceOnce(code, marker, 'import "server-only";\n') }]),
];

/** The report of an import that leads to a client. `chain` begins with the imported module. */
export const leads = (filename: string, code: string, chain: readonly string[], expected: Expected): TestCaseError<MessageId> => {
  const { at, because = DIRECTIVE, product = "Redis", marked } = expected;
  const way = [filename, ...chain].join(" → ");
  return {
    ...(marked === undefined
      ? { messageId: "chain" as const, data: { product, because, chain: way } }
      : { messageId: "marked" as const, data: { product, because, chain: way, marked } }),
    ...locationOf(code, at),
    suggestions: suggestions(code, expected) ?? [],
  };
};

/** The report of an import of an SDK that is for servers. */
export const sdk = (code: string, source: string, expected: Omit<Expected, "at"> = {}): TestCaseError<MessageId> => ({
  messageId: "sdk",
  data: { source, because: expected.because ?? DIRECTIVE },
  ...locationOf(code, `"${source}"`),
  suggestions: suggestions(code, { at: "", ...expected }) ?? [],
});

/** A client component with one import that leads to a client. */
export const way = (name: string, imports: string, body: string, chain: readonly string[], at: string, files: ProjectFiles, more: Partial<Invalid> & Partial<Expected> = {}): Invalid => {
  const { product, marked, removed, because, marker, ...rest } = more;
  const code = `${marker === false ? "" : USE_CLIENT}${imports}${body}`;
  const filename = rest.filename ?? PAGE;
  const expected: Expected = {
    at,
    ...(product !== undefined && { product }),
    ...(marked !== undefined && { marked }),
    ...(removed !== undefined && { removed }),
    ...(because !== undefined && { because }),
    ...(marker !== undefined && { marker }),
  };
  return { name, filename, code, files, ...rest, errors: [leads(filename, code, chain, expected)] } as Invalid;
};

export const fine = (name: string, code: string, files: ProjectFiles, more: Partial<Valid> = {}): Valid => ({
  name,
  filename: PAGE,
  code: `${USE_CLIENT}${code}`,
  files,
  ...more,
});

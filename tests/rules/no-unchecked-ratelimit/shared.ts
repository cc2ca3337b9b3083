import rule from "../../../src/rules/no-unchecked-ratelimit.ts";
import type { ProjectFiles } from "../../helpers/project.ts";
import { edited, LIMITER_FILE } from "../../helpers/limiter-cases.ts";
import { marked } from "../../helpers/marks.ts";
import { runRule } from "../../helpers/rule-tester.ts";

type MessageId = "unused" | "promise" | "object" | "unstopped";
const SUGGESTION = { unused: "refuse", promise: "wait", object: "read", unstopped: "stop" } as const;

export interface Case {
  readonly name: string;
  readonly code: string;
  readonly filename?: string;
  readonly files?: ProjectFiles;
}

export interface Told extends Case {
  readonly id: MessageId;
  readonly call?: string;
  /** The member to look at; `"its answer"` where the answer itself is the verdict. */
  readonly success?: string;
  /** What the suggestion changes; empty: there is none. */
  readonly edits: readonly (readonly [from: string, to: string])[];
}

const ROUTE = "app/api/note/route.ts";

/** A handler with a project's own limiter; `«»` marks the report. */
export const route = (body: string, above = ""): string => `import { ratelimit } from "@/lib/ratelimit";
${above}
export async function POST(request: Request) {
${body}
  return Response.json({ text: await request.text() });
}
`;

export const refusal = (rate: string, indent = "  "): string =>
  `if (!${rate}.success) {
  return Response.json(
    { error: "Too many requests" },
    {
      status: 429,
      headers: {
        "Retry-After": String(Math.ceil((${rate}.reset - Date.now()) / 1000)),
        "X-RateLimit-Limit": String(${rate}.limit),
        "X-RateLimit-Remaining": String(${rate}.remaining),
        "X-RateLimit-Reset": String(${rate}.reset),
      },
    },
  );
}`
    .split("\n")
    .map((line) => `${indent}${line}`)
    .join("\n");

export function check(valid: readonly Case[], invalid: readonly Told[]): void {
  const based = <T extends Case>(one: T): T & { filename: string; files: ProjectFiles } => ({
    ...one,
    filename: one.filename ?? ROUTE,
    files: { ...LIMITER_FILE, ...one.files },
  });
  runRule("no-unchecked-ratelimit", rule, {
    valid: valid.map(based),
    invalid: invalid.map((one) => {
      const { id, call = "ratelimit.limit()", success = "success", edits, ...rest } = based(one);
      const { code, places } = marked(rest.code);
      return {
        ...rest,
        code,
        errors: places.map((place) => ({
          messageId: id,
          ...(id === "unstopped" ? {} : { data: { call, success } }),
          ...place,
          suggestions:
            edits.length === 0
              ? []
              : [{ messageId: SUGGESTION[id], ...(id === "object" ? { data: { success } } : {}), output: edited(code, ...edits) }],
        })),
      };
    }),
  });
}

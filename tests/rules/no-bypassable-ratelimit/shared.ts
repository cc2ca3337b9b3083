import rule from "../../../src/rules/no-bypassable-ratelimit.ts";
import { edited, LIMITER_FILE } from "../../helpers/limiter-cases.ts";
import { marked } from "../../helpers/marks.ts";
import type { ProjectFiles } from "../../helpers/project.ts";
import { runRule } from "../../helpers/rule-tester.ts";

export interface Case {
  readonly name: string;
  /** The reports stand between `«` and `»`. */
  readonly code: string;
  readonly filename?: string;
  readonly files?: ProjectFiles;
}

export interface Told extends Case {
  readonly id: "rate" | "reset" | "dynamic" | "tokens" | "window" | "prefix" | "failure";
  readonly data?: Readonly<Record<string, string>>;
  /** The suggestion's constant. */
  readonly constant?: string;
  /** What the suggestion changes; left out: there is none. */
  readonly edits?: readonly (readonly [from: string, to: string])[];
  /** Why the output is not type-checked. */
  readonly untyped?: string;
}

export const IMPORT = 'import { ratelimit } from "@/lib/ratelimit";\n';
export const PACKAGES = 'import { Ratelimit } from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\n';

/** A route handler that has read its body; `«»` marks the report. */
export const route = (body: string, above = IMPORT): string => `${above}
export async function POST(request: Request) {
  const body = await request.json();
  ${body}
  return Response.json({ text: String(body.text) });
}
`;

export function check(valid: readonly Case[], invalid: readonly Told[], failures: boolean): void {
  const based = ({ name, code, filename, files }: Case): object => ({
    name,
    code: marked(code).code,
    filename: filename ?? "app/api/note/route.ts",
    files: { ...LIMITER_FILE, ...files },
    ...(failures ? { options: { failures } } : {}),
  });
  runRule("no-bypassable-ratelimit", rule, {
    valid: valid.map((one) => based(one) as never),
    invalid: invalid.map(({ id, data, constant, edits, untyped, ...one }) => {
      const { code, places } = marked(one.code);
      const suggestion = constant === undefined ? { messageId: id === "failure" ? "deny" : "remove" } : { messageId: "constant", data: { constant } };
      return {
        ...based(one),
        ...(untyped === undefined ? {} : { typecheck: false, reason: untyped }),
        errors: places.map((place) => ({
          messageId: id,
          ...(data ? { data } : {}),
          ...place,
          suggestions: edits ? [{ ...suggestion, output: edited(code, ...edits) }] : [],
        })),
      } as never;
    }),
  });
}

import rule from "../../../src/rules/no-shared-ratelimit-identifier.ts";
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
  readonly strict?: boolean;
}

export interface Told extends Case {
  readonly id: "missing" | "none" | "gone" | "constant" | "fallback";
  readonly data?: Readonly<Record<string, string>>;
  /** What the suggestion changes; left out: there is none. */
  readonly edits?: readonly (readonly [from: string, to: string])[];
  /** Why the output is not type-checked. */
  readonly untyped?: string;
}

/** A package that is not installed here, and what a test reads of it. */
export const AUTH: ProjectFiles = {
  "types/auth.d.ts": `declare module "next-auth" {
  export function getServerSession(): Promise<{ user?: { id: string; email?: string | null } } | null>;
}
declare module "@clerk/nextjs/server" {
  export const auth: { (): Promise<{ userId: string | null }>; protect(): Promise<{ userId: string }> };
}
`,
};

export const IMPORT = 'import { ratelimit } from "@/lib/ratelimit";\n';
export const SESSION = `${IMPORT}import { getServerSession } from "next-auth";\n`;

/** A route handler; `«»` marks the report. */
export const route = (body: string, above = IMPORT): string => `${above}
export async function POST(request: Request) {
  ${body}
  return Response.json({ text: await request.text() });
}
`;

export function check(valid: readonly Case[], invalid: readonly Told[]): void {
  const based = ({ name, code, filename, files, strict }: Case): object => ({
    name,
    code: marked(code).code,
    filename: filename ?? "app/api/note/route.ts",
    files: { ...LIMITER_FILE, ...AUTH, ...files },
    ...(strict ? { options: { constants: true } } : {}),
  });
  runRule("no-shared-ratelimit-identifier", rule, {
    valid: valid.map((one) => based(one) as never),
    invalid: invalid.map(({ id, data, edits, untyped, ...one }) => {
      const { code, places } = marked(one.code);
      return {
        ...based(one),
        ...(untyped === undefined ? {} : { typecheck: false, reason: untyped }),
        errors: places.map((place) => ({
          messageId: id,
          ...(data ? { data } : {}),
          ...place,
          suggestions: edits ? [{ messageId: id === "fallback" ? "refuse" : "address", output: edited(code, ...edits) }] : [],
        })),
      } as never;
    }),
  });
}

import type { InvalidCase } from "../../helpers/rule-tester.ts";

/** The project's own limiter, which suggestions import. */
export const LIMITER = {
  "lib/ratelimit.ts": `import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";

export const ratelimit = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s") });
`,
};

/** What a suggestion puts at the top of a route handler of the Next.js app router. */
export const GUARD = `  const rate = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    return Response.json(
      { error: "Too many requests" },
      {
        status: 429,
        headers: {
          "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
          "X-RateLimit-Limit": String(rate.limit),
          "X-RateLimit-Remaining": String(rate.remaining),
          "X-RateLimit-Reset": String(rate.reset),
        },
      },
    );
  }`;

/** A `package.json` that depends on these packages: it says which framework the project is of. */
export const dependingOn = (...names: readonly string[]): Record<string, string> => ({
  "package.json": JSON.stringify({ name: "app", dependencies: Object.fromEntries(names.map((name) => [name, "*"])) }),
});

/** Code that sends mail: what the handlers of the tests do. */
export const MAIL = `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);
`;
export const SEND = `await resend.emails.send({ from: "hi@example.com", to: "me@example.com", subject: "Hello", text: "Thanks!" });`;

/** A route that anyone may make write, unless something stands before it. */
export const NOTES_ROUTE = "app/api/notes/route.ts";
export const NOTES_CODE = `import { Redis } from "@upstash/redis";

const redis = Redis.fromEnv();

export async function POST(request: Request) {
  await redis.lpush("notes", await request.text());
  return Response.json({ ok: true });
}
`;

interface OpenCase {
  readonly name: string;
  readonly filename: string;
  readonly code: string;
  readonly files?: Readonly<Record<string, string>>;
  /** Text of the node that is reported; its first occurrence, or the one behind `after`. */
  readonly at: string;
  readonly after?: string;
  readonly title: string;
  readonly work?: string;
  /** Words for the file in which the work is done. */
  readonly file?: string;
  /** The code with the guard; without it, no suggestion is offered. */
  readonly output?: string;
  /** The suggestion puts {@link GUARD} at the top of the handler's body, and imports the project's limiter. */
  readonly guarded?: boolean;
  /** Words for the limiter that the suggestion consults. */
  readonly limiter?: string;
  /** Why the output is not type-checked. */
  readonly untyped?: string;
  /** What looks like a limit, and is none. */
  readonly although?: string;
  /** Only signed-in callers get there. */
  readonly known?: boolean;
}

type Case = InvalidCase<"costly" | "although" | "known" | "limit", { readonly handlers: "costly" | "all" }>;

/** An invalid case with one report, whose place is that of a text. */
export function open({ at, after, title, work, file, output: written, guarded, limiter, untyped, although, known, ...testCase }: OpenCase): Case {
  const { code } = testCase;
  const output = guarded ? withGuard(code) : written;
  const start = code.indexOf(at, after === undefined ? 0 : code.indexOf(after) + after.length);
  if (start < 0) throw new Error(`"${at}" is not in the code of "${testCase.name}"`);
  const place = (offset: number): { line: number; column: number } => {
    const lines = code.slice(0, offset).split("\n");
    return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
  };
  const end = place(start + at.length);
  const suggestions =
    output === undefined
      ? {}
      : { suggestions: [{ messageId: "limit" as const, data: { limiter: limiter ?? '`ratelimit` from "@/lib/ratelimit"' }, output }] };
  return {
    ...testCase,
    ...(untyped === undefined ? { typecheck: true } : { typecheck: false, reason: untyped }),
    errors: [
      {
        messageId: known ? ("known" as const) : although === undefined ? ("costly" as const) : ("although" as const),
        data: {
          title,
          work: work ?? "sends mail through Resend",
          file: file ?? "",
          ...(known ? { although: although === undefined ? "" : `: ${although}` } : {}),
          ...(!known && although !== undefined ? { although } : {}),
        },
        ...place(start),
        endLine: end.line,
        endColumn: end.column,
        ...suggestions,
      },
    ],
  };
}

/** What is suggested for a module's only handler, which reads its request. */
function withGuard(code: string): string {
  const imports = code.lastIndexOf("import ");
  const next = code.indexOf("\n", imports) + 1;
  const imported = `${code.slice(0, next)}import { ratelimit } from "@/lib/ratelimit";\n${code.slice(next)}`;
  return imported.replace(/^export async function .*\{$/mu, (line) => `${line}\n${GUARD}`);
}

/** `new Response(…)` as suggestions write it, at this indentation. */
export const refusal = (indent: string, rate = "rate"): string =>
  `return new Response("Too many requests", {
  status: 429,
  headers: {
    "Retry-After": String(Math.ceil((${rate}.reset - Date.now()) / 1000)),
    "X-RateLimit-Limit": String(${rate}.limit),
    "X-RateLimit-Remaining": String(${rate}.remaining),
    "X-RateLimit-Reset": String(${rate}.reset),
  },
});`.replaceAll("\n", `\n${indent}`);

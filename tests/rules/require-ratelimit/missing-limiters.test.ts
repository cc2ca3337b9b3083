import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule, type InvalidCase } from "../../helpers/rule-tester.ts";
import { GUARD, MAIL, SEND } from "./shared.ts";

/* Where a project makes its limiter only with the variables of the environment at hand, a suggestion must not fail without them. */

const ROUTE = "app/api/contact/route.ts";
const IMPORTS = `import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";
`;
const MADE = 'new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s") })';
const PERHAPS = GUARD.replace("ratelimit.limit", "ratelimit?.limit").replace("!rate.success", "rate && !rate.success");

function inProject(name: string, limiter: string, guard: string): InvalidCase<"costly" | "limit", Record<string, never>> {
  const body = `export async function POST(request: Request) {
  ${SEND}
  return Response.json({ ok: true });
}
`;
  return {
    name,
    filename: ROUTE,
    files: { "lib/ratelimit.ts": `${IMPORTS}\n${limiter}\n` },
    code: `${MAIL}\n${body}`,
    errors: [
      {
        messageId: "costly",
        data: { title: "POST /api/contact", work: "sends mail through Resend", file: "" },
        line: 5,
        column: 23,
        endLine: 5,
        endColumn: 27,
        suggestions: [
          {
            messageId: "limit",
            data: { limiter: '`ratelimit` from "@/lib/ratelimit"' },
            output: `import { Resend } from "resend";
import { ratelimit } from "@/lib/ratelimit";

const resend = new Resend(process.env.RESEND_API_KEY);

${body.replace("{\n", `{\n${guard}\n`)}`,
          },
        ],
      },
    ],
  };
}

runRule("require-ratelimit", rule, {
  valid: [],
  invalid: [
    inProject("it is always made", `export const ratelimit = ${MADE};`, GUARD),
    inProject("undefined without a variable", `export const ratelimit = process.env.UPSTASH_REDIS_REST_URL ? ${MADE} : undefined;`, PERHAPS),
    inProject("null without a variable", `export const ratelimit = process.env.UPSTASH_REDIS_REST_URL ? ${MADE} : null;`, PERHAPS),
    inProject("assigned where there is a variable", `export let ratelimit: Ratelimit | undefined;\nif (process.env.UPSTASH_REDIS_REST_URL) ratelimit = ${MADE};`, PERHAPS),
    inProject("one or another limiter", `export const ratelimit = process.env.NODE_ENV === "production" ? ${MADE} : ${MADE.replace("5", "500")};`, GUARD),
    {
      name: "in the file itself",
      filename: ROUTE,
      code: `${IMPORTS}${MAIL}
const ratelimit = process.env.UPSTASH_REDIS_REST_URL ? ${MADE} : undefined;

export async function POST(request: Request) {
  ${SEND}
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /api/contact", work: "sends mail through Resend", file: "" },
          line: 9,
          column: 23,
          endLine: 9,
          endColumn: 27,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit`" },
              output: `${IMPORTS}${MAIL}
const ratelimit = process.env.UPSTASH_REDIS_REST_URL ? ${MADE} : undefined;

export async function POST(request: Request) {
${PERHAPS}
  ${SEND}
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
  ],
});

import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { GUARD, MAIL, open, SEND } from "./shared.ts";

/* Where a project makes its limiter only with the variables of the environment at hand, a suggestion must not fail without them. */

const IMPORTS = `import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";
`;
const MADE = 'new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s") })';
const PERHAPS = GUARD.replace("ratelimit.limit", "ratelimit?.limit").replace("!rate.success", "rate && !rate.success");
const BODY = `export async function POST(request: Request) {
  ${SEND}
  return Response.json({ ok: true });
}
`;
const guardedBy = (guard: string): string => BODY.replace("{\n", `{\n${guard}\n`);
const CASE = { filename: "app/api/contact/route.ts", at: "POST", title: "POST /api/contact" } as const;

const inProject = (name: string, limiter: string, guard: string): ReturnType<typeof open> =>
  open({
    ...CASE,
    name,
    files: { "lib/ratelimit.ts": `${IMPORTS}\n${limiter}\n` },
    code: `${MAIL}\n${BODY}`,
    output: `${MAIL.replace("\n", '\nimport { ratelimit } from "@/lib/ratelimit";\n')}\n${guardedBy(guard)}`,
  });

const inFile = (name: string, limiter: string, guard: string): ReturnType<typeof open> =>
  open({ ...CASE, name, limiter: "`ratelimit`", code: `${IMPORTS}${MAIL}\n${limiter}\n\n${BODY}`, output: `${IMPORTS}${MAIL}\n${limiter}\n\n${guardedBy(guard)}` });

runRule("require-ratelimit", rule, {
  valid: [],
  invalid: [
    inProject("it is always made", `export const ratelimit = ${MADE};`, GUARD),
    inProject("undefined without a variable", `export const ratelimit = process.env.UPSTASH_REDIS_REST_URL ? ${MADE} : undefined;`, PERHAPS),
    inProject("null without a variable", `export const ratelimit = process.env.UPSTASH_REDIS_REST_URL ? ${MADE} : null;`, PERHAPS),
    inProject("assigned where there is a variable", `export let ratelimit: Ratelimit | undefined;\nif (process.env.UPSTASH_REDIS_REST_URL) ratelimit = ${MADE};`, PERHAPS),
    inProject("one or another limiter", `export const ratelimit = process.env.NODE_ENV === "production" ? ${MADE} : ${MADE.replace("5", "500")};`, GUARD),
    inFile("in the file itself", `const ratelimit = process.env.UPSTASH_REDIS_REST_URL ? ${MADE} : undefined;`, PERHAPS),
    inFile("always made in the file itself", `const ratelimit = ${MADE};`, GUARD),
  ],
});

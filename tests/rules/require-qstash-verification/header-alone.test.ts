/* That there is a signature, in production, says nothing of whether it is right: anyone can send a header. */
import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-qstash-verification.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";

const ROUTE = "app/api/jobs/route.ts";
const NO = 'return Response.json({ error: "no" }, { status: 401 });';
const READ = 'const signature = request.headers.get("upstash-signature");\n';
const VERIFY = "await receiver.verify({ signature, body });";

const told = (checks: string): readonly string[] => {
  const code = `import { Receiver } from "@upstash/qstash";
import { isAllowed, checkSecret } from "some-checks";
import { isProduction } from "@/lib/env";
const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  ${checks}
  await fetch("https://example.com/charge", { method: "POST", body });
  return Response.json({ ok: true });
}
`;
  return lintMessages("require-qstash-verification", rule, { [ROUTE]: code }, ROUTE);
};

describe("a signature that is only there", () => {
  it.each([
    ["in production", `${READ}if (!signature && process.env.NODE_ENV === "production") ${NO}`],
    ["the other way about", `${READ}if (process.env.NODE_ENV === "production" && !signature) ${NO}`],
    ["where the stage has a name", `${READ}if (isProduction && signature === null) ${NO}`],
    ["or in development", `if (process.env.NODE_ENV !== "development" && !request.headers.has("Upstash-Signature")) {\n${NO}\n}`],
    ["or an empty text in its place", `const signature = request.headers.get("upstash-signature") || "";\nif (process.env.NODE_ENV === "production" && !signature) ${NO}`],
    ["the same, and compared", `const signature = request.headers.get("upstash-signature") ?? "";\nif (isProduction && signature === "") ${NO}`],
    ["on all stages", `${READ}if (!signature) ${NO}`],
  ])("is none that was checked: %s", (_, checks) => {
    expect(told(checks)).toEqual([expect.stringContaining("nothing checks the signature of its requests")]);
  });

  it.each([
    ["it is checked behind it", `${READ}if (!signature && process.env.NODE_ENV === "production") ${NO}\nif (signature) ${VERIFY}`],
    ["it was checked before", `${READ}if (signature) ${VERIFY}\nif (!signature && process.env.NODE_ENV === "production") ${NO}`],
    ["something else is asked, too", `${READ}if (process.env.NODE_ENV === "production" && (!signature || !(await isAllowed(request)))) ${NO}`],
    ["a key of another kind stands in for it", `const signature = request.headers.get("upstash-signature") ?? request.headers.get("x-job-key");\nif (process.env.NODE_ENV === "production" && !signature) ${NO}`],
    ["what stands in for it is made by something", `const signature = request.headers.get("upstash-signature") ?? (await isAllowed(request));\nif (process.env.NODE_ENV === "production" && !signature) ${NO}`],
    ["a flag may stand in for it", `const signature = request.headers.get("upstash-signature") || process.env.SKIP_CHECK;\nif (process.env.NODE_ENV === "production" && !signature) ${NO}`],
    ["a secret is asked for", `${READ}if (!signature && process.env.NODE_ENV === "production") ${NO}\nif (request.headers.get("x-key") !== process.env.JOB_SECRET) ${NO}`],
    ["something that can't be read may check it", `${READ}if (!signature && process.env.NODE_ENV === "production") ${NO}\nawait checkSecret(request);`],
    ["nobody gets in from outside", `${READ}console.log(signature);\nif (process.env.NODE_ENV === "production") ${NO}`],
  ])("is no matter where %s", (_, checks) => {
    expect(told(checks)).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* Routes that production has only where whoever runs the project sets a variable for developers. */

const ROUTE = "app/api/send/route.ts";
const REFUSE = "return new Response(null, { status: 404 });";
const IN_PRODUCTION = 'process.env.NODE_ENV === "production"';

type Case = readonly [name: string, verdict: Verdict, body: string];
const CASES: readonly Case[] = [
  ["refused unless a variable says yes", "nobody", `if (${IN_PRODUCTION} && process.env.ALLOW_TEST_BOOKING !== "true") ${REFUSE}`],
  ["refused unless it is set", "nobody", `if (${IN_PRODUCTION} && !process.env.ENABLE_DEBUG_ROUTES) ${REFUSE}`],
  ["let in on other stages, or by it", "nobody", `const isOn = process.env.NODE_ENV !== "production" || process.env.ALLOW_SEED === "1";\n  if (!isOn) ${REFUSE}`],
  ["a feature of the app", "anyone", `if (${IN_PRODUCTION} && process.env.CHAT_ENABLED !== "true") ${REFUSE}`],
  ["a variable that turns it off", "anyone", `if (${IN_PRODUCTION} && process.env.DEBUG_OFF === "true") ${REFUSE}`],
  ["the variable alone", "anyone", `if (process.env.ALLOW_TEST_BOOKING !== "true") ${REFUSE}`],
  ["a header that anyone sends", "anyone", `if (${IN_PRODUCTION} && request.headers.get("x-test") !== "true") ${REFUSE}`],
  ["refused on other stages", "anyone", `if (process.env.NODE_ENV !== "production" && process.env.ALLOW_TEST_BOOKING !== "true") ${REFUSE}`],
  ["nobody is refused", "anyone", `if (${IN_PRODUCTION} && process.env.ALLOW_TEST_BOOKING !== "true") console.warn("not for you");`],
];

describe("a route for developers", () => {
  it.each(CASES)("%s: %s", (_name, verdict, body) => {
    const code = `import { mail, resend } from "@/lib/clients";\nexport async function POST(request: Request) {\n  ${body}\n  await resend.emails.send(mail);\n  return Response.json({});\n}\n`;
    expect(verdictOf({ ...CLIENTS, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});

import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

const ROUTE = "app/api/hints/route.ts";

const verdict = (helper: string, check = ""): Verdict =>
  verdictOf(
    {
      ...CLIENTS,
      [ROUTE]: `import { mail, resend } from "@/lib/clients";

${helper}
export async function POST(request: Request) {
  const { state } = await request.json();
  const hints = explain(state);
  ${check}
  await resend.emails.send(mail);
  return Response.json({ hints });
}
`,
    },
    ROUTE,
  );

/** Data that speaks of limits refuses nobody. */
describe("a helper whose data speaks of limits", () => {
  it.each([
    ["one record", 'function explain(state: string) { if (state === "busy") return [{ cause: "Rate limiting (too many requests)" }]; return null; }'],
    ["one of several", 'function explain(state: string) { if (state === "busy") return [{ cause: "Key revoked" }, { cause: "Too many requests" }]; return null; }'],
  ])("%s", (_, helper) => {
    expect(verdict(helper)).toBe("anyone");
  });

  it.each([
    ["an answer", 'function explain(state: string) { if (asked(state) > 10) return Response.json([{ error: "Too many requests" }], { status: 429 }); return null; }\ndeclare function asked(state: string): number;', "if (hints) return hints;"],
    ["an error in words", 'function explain(state: string) { if (asked(state) > 10) return { error: "Too many requests" }; return null; }\ndeclare function asked(state: string): number;', "if (hints) return Response.json(hints);"],
  ])("%s: nobody", (_, helper, check) => {
    expect(verdict(helper, check)).toBe("nobody");
  });
});

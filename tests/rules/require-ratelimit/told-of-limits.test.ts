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

/** What somebody else has refused is passed on: that limits nobody. */
describe("a refusal that was caught", () => {
  const passing = (test: string, helper = "declare function translate(state: string): Promise<string>;"): Verdict =>
    verdict(
      `${helper}\nfunction explain(state: string) { return state; }`,
      `let text = "";
  try {
    text = await translate(hints);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (${test}) return Response.json({ error: "busy" }, { status: 429 });
  }`,
    );

  it.each([
    ["by its number, in a text", 'message.includes("429")'],
    ["by its number, among others", 'message.includes("status 429") || message.includes("quota")'],
    ["by its words", 'message.includes("rate limit")'],
    ["by its status", "(error as { status: number }).status === 429"],
  ])("%s: anyone", (_, test) => {
    expect(passing(test)).toBe("anyone");
  });

  it.each([
    ["a number that only holds these digits", 'function explain(state: string) { return state; }\ndeclare function tooOften(window: string): boolean;', 'if (tooOften("14290")) return Response.json({}, { status: 429 });'],
    ["a limiter that answers in words, and is waited for", 'function explain(state: string) { return state; }\ndeclare function ask(state: string): Promise<string>;', 'if ((await ask(hints)) === "429") return Response.json({}, { status: 429 });'],
  ])("%s: nobody", (_, helper, check) => {
    expect(verdict(helper, check)).toBe("nobody");
  });
});

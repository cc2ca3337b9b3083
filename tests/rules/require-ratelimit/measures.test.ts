import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* What is called like a limiter, and limits something else than how often somebody calls. */

const ROUTE = "app/api/notes/route.ts";

const verdict = (helper: string, call: string, files: Record<string, string> = {}): Verdict =>
  verdictOf(
    {
      ...CLIENTS,
      ...files,
      [ROUTE]: `import { mail, redis, resend } from "@/lib/clients";
${helper}
export async function POST(request: Request) {
  const text = await request.text();
  ${call}
  await resend.emails.send(mail);
  return Response.json({ ok: true });
}
`,
    },
    ROUTE,
  );

const TOO_LONG = 'return new Response("Too long", { status: 413 });';

describe("a check of how large something is", () => {
  it.each([
    ["of tokens", 'import { encode } from "gpt-tokenizer";\nconst countTokens = (text: string) => encode(text).length;\nfunction isWithinTokenLimit(text: string, limit = 2000) { return countTokens(text) <= limit; }', `if (!isWithinTokenLimit(text)) ${TOO_LONG}`],
    ["of bytes", "function checkSizeLimit(text: string) { return Math.ceil(text.trim().length / 1024) < 50; }", `if (!checkSizeLimit(text)) ${TOO_LONG}`],
    ["of a model's context", 'function exceedsContextLimit(text: string) { return text.split(" ").length > 4000; }', `if (exceedsContextLimit(text)) ${TOO_LONG}`],
  ])("%s", (_, helper, call) => {
    expect(verdict(helper, call)).toBe("anyone");
  });

  it("in a package that counts tokens", () => {
    expect(verdict('import { isWithinTokenLimit } from "gpt-tokenizer/model/gpt-4o";', `if (!isWithinTokenLimit(text, 2000)) ${TOO_LONG}`)).toBe("anyone");
  });

  it("in another file", () => {
    const files = { "lib/tokens.ts": 'import { encode } from "gpt-tokenizer";\nexport function isWithinTokenLimit(text: string) { return encode(text).length < 2000; }\n' };
    expect(verdict('import { isWithinTokenLimit } from "@/lib/tokens";', `if (!isWithinTokenLimit(text)) ${TOO_LONG}`, files)).toBe("anyone");
  });
});

describe("a limiter, whatever it counts", () => {
  it.each([
    ["tokens of a day, in a store", "async function isWithinTokenLimit(id: string) { return Number(await redis.get(id)) < 2000; }", `if (!(await isWithinTokenLimit("1"))) ${TOO_LONG}`],
    ["in memory", "const sizes = new Map<string, number>();\nfunction checkTokenLimit(id: string) { sizes.set(id, (sizes.get(id) ?? 0) + 1); return (sizes.get(id) ?? 0) < 5; }", `if (!checkTokenLimit("1")) ${TOO_LONG}`],
    ["what can't be read", 'import { checkTokenLimit } from "@acme/limits";', `if (!checkTokenLimit(text)) ${TOO_LONG}`],
    ["with what is made elsewhere", 'import { counter } from "@acme/limits";\nfunction checkTokenLimit(id: string) { return counter.take(id); }', `if (!checkTokenLimit("1")) ${TOO_LONG}`],
    ["by another name", "function isRateLimited(id: string) { return id.length > 5; }", `if (isRateLimited("1")) ${TOO_LONG}`],
  ])("%s", (_, helper, call) => {
    expect(verdict(helper, call)).toBe("nobody");
  });
});

it("telling somebody of a limit limits nobody", () => {
  const helper = 'async function sendRateLimitWarning(to: string) { await resend.emails.send({ ...mail, to }); }';
  expect(verdict(helper, 'await sendRateLimitWarning("a@example.com");')).toBe("anyone");
});

import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

const ROUTE = "app/api/notes/route.ts";

/** What is said of a handler that is exported so. */
const verdict = (code: string): Verdict =>
  verdictOf(
    {
      ...CLIENTS,
      "lib/wrap.ts": `import { Ratelimit } from "@upstash/ratelimit";
import { redis } from "./clients";
const ratelimit = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(5, "1 m") });
export const withLimit = (handler) => async (request) => {
  const { success } = await ratelimit.limit("all");
  if (!success) return new Response(null, { status: 429 });
  return handler(request);
};
export const withLog = (handler) => async (request) => { console.log(request.url); return handler(request); };
export const withTime = (handler) => async (request) => { console.time(); const answer = await handler(request); console.timeEnd(); return answer; };
export const withNothing = (handler) => async () => new Response(null);
export const compose = (...wrappers) => (handler) => wrappers.reduceRight((made, wrap) => wrap(made), handler);
`,
      [ROUTE]: `import { mail, resend } from "@/lib/clients";
import { compose, withLimit, withLog, withNothing, withTime } from "@/lib/wrap";
const send = async () => { await resend.emails.send(mail); return Response.json({ ok: true }); };
${code}
`,
    },
    ROUTE,
  );

describe("wrappers that a fold puts together", () => {
  it.each([
    ["the last of several limits", "export const POST = compose(withLog, withLimit)(send);"],
    ["the first of several limits", "export const POST = compose(withLimit, withLog)(send);"],
    ["a list, from its beginning", "const wrappers = [withLog, withLimit];\nexport const POST = wrappers.reduce((made, wrap) => wrap(made), send);"],
    ["a list, from its end", "const wrappers = [withLog, withLimit];\nexport const POST = wrappers.reduceRight((made, wrap) => wrap(made), send);"],
    ["one of them never calls the handler", "export const POST = compose(withLog, withNothing)(send);"],
  ])("%s", (_, code) => {
    expect(verdict(code)).toBe("nobody");
  });

  it.each([
    ["none of them limits", "export const POST = compose(withLog, withTime)(send);"],
    ["a fold that calls something else", "const wrappers = [withLimit];\nexport const POST = wrappers.reduce((made, wrap) => made, send);"],
    ["the one that limits is not in the list", "const wrappers = [withLog];\nexport const POST = wrappers.reduce((made, wrap) => wrap(made), send);"],
    ["the one that limits never comes to it", "export const POST = async (request) => { await send(); return compose(withLimit)(withLog)(request); };"],
  ])("%s", (_, code) => {
    expect(verdict(code)).toBe("anyone");
  });
});

import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

const ROUTE = "app/api/notes/route.ts";

const verdict = (body: string): Verdict =>
  verdictOf(
    {
      ...CLIENTS,
      [ROUTE]: `import { Ratelimit } from "@upstash/ratelimit";
import { mail, redis, resend } from "@/lib/clients";
const minute = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(5, "1 m") });
const day = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(50, "1 d") });
const checkRateLimit = async () => (await minute.limit("all")).success;
export async function POST(request: Request) {
  ${body}
  return Response.json({ ok: true });
}
`,
    },
    ROUTE,
  );

const REFUSE = "return new Response(null, { status: 429 });";

describe("what is begun together with the question to a limiter", () => {
  it.each([
    ["mail is sent meanwhile", `const [{ success }] = await Promise.all([minute.limit("all"), resend.emails.send(mail)]); if (!success) ${REFUSE}`],
    ["it stands before the question", `const [, { success }] = await Promise.all([resend.emails.send(mail), minute.limit("all")]); if (!success) ${REFUSE}`],
    ["either is waited for", `const [asked] = await Promise.allSettled([minute.limit("all"), resend.emails.send(mail)]); if (!asked.value.success) ${REFUSE}`],
    ["a helper asks", `const [ok] = await Promise.all([checkRateLimit(), resend.emails.send(mail)]); if (!ok) ${REFUSE}`],
  ])("%s", (_, body) => {
    expect(verdict(body)).toBe("anyone");
  });

  it.each([
    ["two limiters", `const [a, b] = await Promise.all([minute.limit("all"), day.limit("all")]); if (!a.success || !b.success) ${REFUSE} await resend.emails.send(mail);`],
    ["something is read meanwhile", `const [{ success }] = await Promise.all([minute.limit("all"), redis.get("notes")]); if (!success) ${REFUSE} await resend.emails.send(mail);`],
    ["mail is sent in the next list", `const [{ success }] = await Promise.all([minute.limit("all"), request.json()]); if (!success) ${REFUSE} await Promise.all([resend.emails.send(mail), redis.incr("sent")]);`],
    ["one after the other", `const [{ success }] = [await minute.limit("all"), await request.json()]; if (!success) ${REFUSE} await resend.emails.send(mail);`],
  ])("%s: nobody", (_, body) => {
    expect(verdict(body)).toBe("nobody");
  });
});

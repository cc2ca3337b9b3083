import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

const ROUTE = "app/api/notes/route.ts";

const verdict = (body: string, helper = "", more: Readonly<Record<string, string>> = {}): Verdict =>
  verdictOf(
    {
      ...CLIENTS,
      ...more,
      [ROUTE]: `import { createHmac, timingSafeEqual } from "node:crypto";
import Stripe from "stripe";
import { Receiver } from "@upstash/qstash";
import { auth } from "@clerk/nextjs/server";
import { redis } from "@/lib/clients";

const stripe = new Stripe(process.env.STRIPE_SECRET_KEY!);
const receiver = new Receiver({ currentSigningKey: process.env.CURRENT!, nextSigningKey: process.env.NEXT! });
const secret = process.env.WEBHOOK_SECRET!;
${helper}
export async function POST(request: Request) {
  const body = await request.text();
  const signature = request.headers.get("stripe-signature");
  const key = request.headers.get("x-api-key");
  ${body}
  await redis.lpush("notes", body);
  return Response.json({ ok: true });
}
`,
    },
    ROUTE,
  );

const REFUSE = "return new Response(null, { status: 401 });";
const VERIFY = "stripe.webhooks.constructEvent(body, signature, secret);";
const EQUAL = "timingSafeEqual(Buffer.from(signature), Buffer.from(secret))";

/** Whoever leaves the signature out is not asked for it. */
describe("a check that hangs on what the caller sends", () => {
  it.each([
    ["a signature, where it is there", `if (signature) { ${VERIFY} }`],
    ["a signature made by hand, where it is there", `if (secret && signature) { const expected = createHmac("sha256", secret).update(body).digest("hex"); if (expected !== signature) ${REFUSE} }`],
    ["the body as it is in its place", `let event; if (signature) { try { event = ${VERIFY} } catch { ${REFUSE} } } else { event = JSON.parse(body); }`],
    ["a key, where it is there", `if (key && key !== process.env.API_KEY) ${REFUSE}`],
    ["a key that is not missing", `if (key !== null && key !== process.env.API_KEY) ${REFUSE}`],
  ])("%s", (_, body) => {
    expect(verdict(body)).toBe("anyone");
  });

  it.each([
    ["it hangs on the secret alone", `if (secret) { ${VERIFY} }`],
    ["others are refused", `if (signature) { ${VERIFY} } else { ${REFUSE} }`],
    ["others were refused before", `if (!signature) ${REFUSE} if (signature) { ${VERIFY} }`],
    ["what it gives is asked for", `let event; if (signature) { event = ${VERIFY} } if (!event) ${REFUSE}`],
    ["what it says is asked for", `let isSent = false; if (signature) { isSent = ${EQUAL}; } if (!isSent) ${REFUSE}`],
    ["it is part of an expression", `const isSent = signature && ${EQUAL}; if (!isSent) ${REFUSE}`],
    ["it is one of two reasons", `if (!signature || !${EQUAL}) ${REFUSE}`],
    ["one of two answers", `const isSent = signature ? ${EQUAL} : false; if (!isSent) ${REFUSE}`],
    ["others need another secret", `if (signature) { ${VERIFY} } else if (key !== process.env.API_KEY) { ${REFUSE} }`],
    ["others sign in", `if (signature) { ${VERIFY} } else { const { userId } = await auth(); if (!userId) ${REFUSE} }`],
    ["others are let in on other stages only", `if (signature) { ${VERIFY} } else if (process.env.NODE_ENV === "production") { ${REFUSE} }`],
    ["the key has to be there", `if (!key || key !== process.env.API_KEY) ${REFUSE}`],
    ["who has no key is refused elsewhere", `const { userId } = await auth(); if (key && key !== process.env.API_KEY) ${REFUSE} if (!key && !userId) ${REFUSE}`],
    ["what the platform sets", `if (request.headers.get("x-forwarded-for") && key !== process.env.API_KEY) ${REFUSE}`],
    ["one header or the other, and the secret in it", `const sent = key ?? request.headers.get("authorization"); if (sent !== process.env.API_KEY) ${REFUSE}`],
  ])("%s: nobody", (_, body) => {
    expect(verdict(body)).toBe("nobody");
  });
});

/** A helper that compares a secret, and answers yes for something else. */
describe("a secret, or something that anyone sends", () => {
  const asked = (answer: string): string => `function mayPass(request: Request): boolean {
  const expected = process.env.CRON_SECRET;
  if (!expected) return false;
  const sent = request.headers.get("authorization");
  ${answer}
}
`;
  const check = `if (!mayPass(request)) ${REFUSE}`;

  it.each([
    ["a header", asked('return sent === `Bearer ${expected}` || !!request.headers.get("upstash-signature");')],
    ["a header, further on", asked('if (sent === `Bearer ${expected}`) return true;\n  return request.headers.has("upstash-signature");')],
    ["nothing at all", asked("if (!sent) return true;\n  return sent === `Bearer ${expected}`;")],
  ])("%s", (_, helper) => {
    expect(verdict(check, helper)).toBe("anyone");
  });

  it.each([
    ["both", asked("return !!sent && sent === `Bearer ${expected}`;")],
    ["who sends nothing is told no", asked("if (!sent) return false;\n  return sent === `Bearer ${expected}`;")],
    ["another secret", asked('return sent === `Bearer ${expected}` || request.headers.get("x-key") === process.env.OTHER_SECRET;')],
    ["where no secret is set", "function mayPass(request: Request): boolean {\n  const expected = process.env.CRON_SECRET;\n  if (!expected) return true;\n  return request.headers.get(\"authorization\") === expected;\n}\n"],
  ])("%s: nobody", (_, helper) => {
    expect(verdict(check, helper)).toBe("nobody");
  });

  it("a header whose signature is verified: nobody", () => {
    const helper = 'async function mayPass(request: Request) {\n  return request.headers.get("authorization") === process.env.CRON_SECRET || (await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body: "" }));\n}\n';
    expect(verdict(`if (!(await mayPass(request))) ${REFUSE}`, helper)).toBe("nobody");
  });

  it("in the handler itself", () => {
    expect(verdict(`const isCron = key === process.env.CRON_SECRET || !!request.headers.get("upstash-signature"); if (!isCron) ${REFUSE}`)).toBe("anyone");
  });
});

/** A middleware that lets through whoever leaves something out, before it asks for a secret. */
describe("a middleware with a way around", () => {
  const proxy = (way: string): Readonly<Record<string, string>> => ({
    "proxy.ts": `import { NextResponse, type NextRequest } from "next/server";

const OWN = ["/api/notes", "/api/lists"];
const withHeaders = (answer: NextResponse) => answer;

function isOwnPage(request: NextRequest): boolean {
  const { pathname } = request.nextUrl;
  if (!OWN.some((path) => pathname.startsWith(path))) return false;
  const origin = request.headers.get("origin");
  if (!origin) return true;
  return origin === request.nextUrl.origin;
}

export function proxy(request: NextRequest) {
  ${way}
  if (request.headers.get("authorization") !== process.env.API_SECRET) return new NextResponse(null, { status: 401 });
  return NextResponse.next();
}
`,
  });

  it.each([
    ["for a header that is left out", 'if (!request.headers.get("origin")) return NextResponse.next();'],
    ["for the paths of a list", "if (isOwnPage(request)) return withHeaders(NextResponse.next());"],
  ])("%s", (_, way) => {
    expect(verdict("", "", proxy(way))).toBe("anyone");
  });

  it.each([
    ["for other paths", 'if (request.nextUrl.pathname === "/api/health") return NextResponse.next();'],
    ["for a method that the route does not have", 'if (request.method === "OPTIONS") return new NextResponse(null, { status: 204 });'],
    ["for another secret", 'if (request.headers.get("x-key") === process.env.OTHER_SECRET) return NextResponse.next();'],
    ["of which nothing is known", "if (Math.random() > 1) return NextResponse.next();"],
  ])("%s: nobody", (_, way) => {
    expect(verdict("", "", proxy(way))).toBe("nobody");
  });
});

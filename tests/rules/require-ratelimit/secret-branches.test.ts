import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

const ROUTE = "app/api/notes/route.ts";

const verdict = (code: string, more: Readonly<Record<string, string>> = {}): Verdict =>
  verdictOf(
    {
      ...CLIENTS,
      ...more,
      [ROUTE]: `import { Ratelimit } from "@upstash/ratelimit";
import { auth } from "@clerk/nextjs/server";
import { mail, redis, resend } from "@/lib/clients";

const ratelimit = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(5, "1 m") });
const secret = process.env.INTERNAL_SECRET!;
function fail(): never { throw new Error("no"); }
${code}
`,
    },
    ROUTE,
  );

const handler = (body: string): string => `export async function POST(request: Request) {
  const key = request.headers.get("x-key");
  ${body}
  return Response.json({ ok: true });
}`;

const WORK = `await redis.lpush("notes", await request.text());`;
const REFUSE = "return new Response(null, { status: 401 });";
const LIMIT = `const { success } = await ratelimit.limit("notes"); if (!success) return new Response(null, { status: 429 });`;

describe("a comparison with a secret behind which strangers go on", () => {
  it.each([
    ["strangers are written down", `if (key !== secret) console.warn("stranger"); ${WORK}`],
    ["a return is missing", `if (key !== secret) { Response.json({ error: "no" }, { status: 401 }); } ${WORK}`],
    ["who knows it gets another answer", `if (key === secret) return Response.json({ status: "healthy" }); ${WORK}`],
    ["who knows it is written down", `if (key === secret) { console.log("internal"); } ${WORK}`],
    ["strangers alone do the work", `const isInternal = key === secret; if (!isInternal) { ${WORK} }`],
    ["strangers are asked for something else", `if (key !== secret) { if (!request.headers.get("name")) ${REFUSE} } ${WORK}`],
    ["the secret stands in front", `if (secret !== key) { console.error("no"); } else { console.log("yes"); } ${WORK}`],
    ["one of two ways does less", `if (key === secret) { console.log("internal"); } else { console.log("stranger"); } ${WORK}`],
    ["it is one of two conditions", `if (key === secret && request.headers.get("debug")) { console.log("internal"); } ${WORK}`],
  ])("%s", (_, body) => {
    expect(verdict(handler(body))).toBe("anyone");
  });

  it.each([
    ["the work is theirs who know it", `if (key === secret) { ${WORK} return Response.json({ ok: true }); } ${REFUSE}`],
    ["the work is theirs, and others get the like of an answer", `if (key === secret) { ${WORK} }`],
    ["others are refused by the other branch", `if (key === secret) { console.log("internal"); } else { ${REFUSE} } ${WORK}`],
    ["others are refused after something else", `if (key !== secret) { console.warn("stranger"); ${REFUSE} } ${WORK}`],
    ["others are refused by a function", `if (key !== secret) fail(); ${WORK}`],
    ["others get an answer of their own", `const asStranger = () => Response.json({ isPublic: true }); if (key !== secret) return asStranger(); ${WORK}`],
    ["others are limited", `const isInternal = key === secret; if (!isInternal) { ${LIMIT} } ${WORK}`],
    ["a variable is asked later", `let isAllowed = false; if (key === secret) isAllowed = true; if (!isAllowed) ${REFUSE} ${WORK}`],
    ["a member is asked later", `const state = { ok: false }; if (key === secret) state.ok = true; if (!state.ok) ${REFUSE} ${WORK}`],
    ["a list is asked later", `const errors = []; if (key !== secret) errors.push("key"); if (errors.length > 0) ${REFUSE} ${WORK}`],
  ])("%s: nobody", (_, body) => {
    expect(verdict(handler(body))).toBe("nobody");
  });

  it("knows others who have signed in", () => {
    const SIGNED_IN = `const { userId } = await auth(); if (!userId) ${REFUSE}`;
    const mails = "await resend.emails.send(mail);";
    expect(verdict(handler(`if (key !== secret) { ${SIGNED_IN} } ${mails}`))).toBe("any signed-in caller");
    expect(verdict(handler(`if (key === secret) { console.log("internal"); } else { ${SIGNED_IN} } ${mails}`))).toBe("any signed-in caller");
  });

  it("takes a helper at what it returns", () => {
    const helper = `function isInternal(request: Request) { if (request.headers.get("x-key") === secret) return true; return false; }`;
    expect(verdict(`${helper}\n${handler(`if (!isInternal(request)) ${REFUSE} ${WORK}`)}`)).toBe("nobody");
  });
});

describe("a middleware that compares a secret", () => {
  const middleware = (body: string): Readonly<Record<string, string>> => ({
    "middleware.ts": `import { NextResponse } from "next/server";
export function middleware(request) {
  const key = request.headers.get("x-key");
  ${body}
}`,
  });
  const NEXT = "return NextResponse.next();";

  it.each([
    ["who knows it goes on, others get an answer", `if (key === process.env.INTERNAL_SECRET) ${NEXT} return new NextResponse(null, { status: 401 });`, "nobody"],
    ["others get an answer first", `if (key !== process.env.INTERNAL_SECRET) return new NextResponse(null, { status: 401 }); ${NEXT}`, "nobody"],
    ["others go on, too", `if (key === process.env.INTERNAL_SECRET) ${NEXT} console.warn("stranger"); ${NEXT}`, "anyone"],
    ["others are written down", `if (key !== process.env.INTERNAL_SECRET) console.warn("stranger"); ${NEXT}`, "anyone"],
  ] as const)("%s", (_, body, expected) => {
    expect(verdict(handler(WORK), middleware(body))).toBe(expected);
  });
});

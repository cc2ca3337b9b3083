import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-ratelimit.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";
import { LIMITER, MAIL, SEND } from "./shared.ts";

const ROUTE = "app/api/contact/route.ts";
const LIMIT = `const { success } = await ratelimit.limit("key");\nif (!success) return new Response(null, { status: 429 });\n`;

const told = (body: string, handlers: "costly" | "all", files: Readonly<Record<string, string>> = LIMITER): readonly string[] =>
  lintMessages(
    "require-ratelimit",
    rule,
    { ...files, [ROUTE]: `import { ratelimit } from "@/lib/ratelimit";\n${MAIL}\nexport async function POST(request: Request) {\n${body}\n}\n` },
    ROUTE,
    { handlers },
  );

const mailing = (before: string): string => `${before}\n${SEND}\nreturn Response.json({ ok: true });`;

/** Only on some path a limiter is consulted: who asks for all handlers (`strict`) is told, and why it is not enough. */
describe("a limiter that is not on every path", () => {
  it.each([
    ["a switch of the project", `if (process.env.RATE_LIMIT === "on") {\n${LIMIT}}`, 'only where `process.env.RATE_LIMIT === "on"`'],
    ["what a caller may leave out", `const key = request.headers.get("x-key");\nif (key) {\n${LIMIT}}`, "only where `key`"],
    ["the other branch", `if (request.headers.has("x-internal")) {\nconsole.log("internal");\n} else {\n${LIMIT}}`, 'only where not `request.headers.has("x-internal")`'],
    ["a short circuit", `const refused = Math.random() > 0.5 && !(await ratelimit.limit("key")).success;\nif (refused) return new Response(null, { status: 429 });`, undefined],
  ])("%s", (_, before, clause) => {
    expect(told(mailing(before), "costly")).toEqual([]);
    const found = told(mailing(before), "all");
    if (clause === undefined) expect(found.length).toBeLessThanOrEqual(1);
    else expect(found).toEqual([expect.stringContaining(`its limiter is consulted ${clause}`)]);
  });

  it.each([
    ["on every path", LIMIT],
    ["in both branches", `if (request.headers.has("a")) {\n${LIMIT}} else {\n${LIMIT}}`],
    ["in production only", `if (process.env.NODE_ENV === "production") {\n${LIMIT}}`],
    ["anywhere but in development", `if (process.env.NODE_ENV !== "development") {\n${LIMIT}}`],
    ["where the database is set up", `if (process.env.UPSTASH_REDIS_REST_URL && process.env.UPSTASH_REDIS_REST_TOKEN) {\n${LIMIT}}`],
    ["where there is a limiter", `if (ratelimit) {\n${LIMIT}}`],
    ["unless there is none", `if (!ratelimit) {\nconsole.warn("no limiter");\n} else {\n${LIMIT}}`],
    ["in a block that may fail", `try {\n${LIMIT}} catch (error) {\nconsole.error(error);\n}`],
    ["behind what refuses", `if (!request.headers.has("x-key")) return new Response(null, { status: 400 });\n${LIMIT}`],
  ])("is one: %s", (_, before) => {
    expect(told(mailing(before), "costly")).toEqual([]);
    expect(told(mailing(before), "all")).toEqual([]);
  });

  it("of a method is none of another one", () => {
    const body = `if (request.method === "PUT") {\n${LIMIT}return Response.json({ ok: true });\n}\n${SEND}\nreturn Response.json({ ok: true });`;
    expect(told(body, "all")).toEqual([expect.stringContaining('only where `request.method === "PUT"`')]);
  });
});

describe("a limiter for developers", () => {
  it.each([
    ["in development", `if (process.env.NODE_ENV === "development") {\n${LIMIT}}`, 'only where `process.env.NODE_ENV === "development"`'],
    ["anywhere but in production", `if (process.env.NODE_ENV !== "production") {\n${LIMIT}}`, 'only where `process.env.NODE_ENV !== "production"`'],
    ["in the branch that production does not take", `if (process.env.VERCEL_ENV === "production") {\nconsole.log("live");\n} else {\n${LIMIT}}`, 'only where not `process.env.VERCEL_ENV === "production"`'],
  ])("protects nobody: %s", (_, before, clause) => {
    expect(told(mailing(before), "costly")).toEqual([expect.stringContaining(`its limiter is consulted ${clause}`)]);
  });

  it.each([
    ["work that is for developers", `if (process.env.NODE_ENV === "development") {\n${SEND}\n}\nreturn Response.json({ ok: true });`],
    ["work that production does not get to", `if (process.env.NODE_ENV === "production") return new Response(null, { status: 404 });\n${SEND}\nreturn Response.json({ ok: true });`],
    ["a shortcut for developers", `if (process.env.NODE_ENV === "development") {\nawait resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });\nreturn Response.json({ ok: true });\n}\n${LIMIT}${SEND}\nreturn Response.json({ ok: true });`],
  ])("does not matter for %s", (_, body) => {
    expect(told(body, "costly")).toEqual([]);
  });
});

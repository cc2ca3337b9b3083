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

/** The rule tells of work that no path limits: what a limiter hangs on may be what makes it needless, such as a caller's own key. */
describe("a limiter on some path before the work is one", () => {
  it.each([
    ["a switch of the project", `if (process.env.RATE_LIMIT === "on") {\n${LIMIT}}`],
    ["what a caller may leave out", `const key = request.headers.get("x-key");\nif (key) {\n${LIMIT}}`],
    ["callers without a key of their own", `const { apiKey } = await request.json();\nif (ratelimit && !apiKey) {\n${LIMIT}}`],
    ["the other branch", `if (request.headers.has("x-internal")) {\nconsole.log("internal");\n} else {\n${LIMIT}}`],
    ["production only", `if (process.env.NODE_ENV === "production") {\n${LIMIT}}`],
    ["anywhere but in development", `if (process.env.NODE_ENV !== "development") {\n${LIMIT}}`],
    ["where the database is set up", `if (process.env.UPSTASH_REDIS_REST_URL && process.env.UPSTASH_REDIS_REST_TOKEN) {\n${LIMIT}}`],
    ["where there is a limiter", `if (ratelimit) {\n${LIMIT}}`],
    ["in a block that may fail", `try {\n${LIMIT}} catch (error) {\nconsole.error(error);\n}`],
  ])("%s", (_, before) => {
    expect(told(mailing(before), "costly")).toEqual([]);
    expect(told(mailing(before), "all")).toEqual([]);
  });
});

/** What a block has passed before it failed, it has passed, whether all of its ways end in an answer or not. */
describe("what is done where a block failed", () => {
  const DONE = "return Response.json({ ok: true });";

  it.each([
    ["after a limiter, where the block answers", `try {\n${LIMIT}${DONE}\n} catch {\n${SEND}\n${DONE}\n}`],
    ["after a limiter that refuses by throwing", `try {\nconst { success } = await ratelimit.limit("key");\nif (!success) throw new Error("429");\n${SEND}\n${DONE}\n} catch (error) {\n${SEND}\n${DONE}\n}`],
    ["after a limiter in an inner block", `try {\ntry {\n${LIMIT}${DONE}\n} catch (error) {\nthrow new Error("inner", { cause: error });\n}\n} catch {\n${SEND}\n${DONE}\n}`],
  ])("comes %s", (_, body) => {
    expect(told(body, "costly")).toEqual([]);
  });

  it.each([
    ["without a limiter in it", `try {\nJSON.parse(await request.text());\n${DONE}\n} catch {\n${SEND}\n${DONE}\n}`],
    ["and the limiter comes behind it", `try {\nJSON.parse(await request.text());\nreturn Response.json({ ok: true });\n} catch {\n${SEND}\n}\n${LIMIT}${DONE}`],
    ["and another block had the limiter", `if (request.headers.has("a")) {\ntry {\n${LIMIT}${DONE}\n} catch {\n${DONE}\n}\n}\ntry {\nJSON.parse(await request.text());\n${DONE}\n} catch {\n${SEND}\n${DONE}\n}`],
  ])("is told of %s", (_, body) => {
    expect(told(body, "costly")).toHaveLength(1);
  });
});

describe("a limiter on another path", () => {
  it.each([
    ["of another method", `if (request.method === "PUT") {\n${LIMIT}return Response.json({ ok: true });\n}`, 'only where `request.method === "PUT"`'],
    ["that ends there", `if (request.headers.has("a")) {\n${LIMIT}return new Response("limited");\n}`, 'only where `request.headers.has("a")`'],
    ["in what a condition is not", `if (!request.headers.has("a")) {\nconsole.log("a");\n} else {\n${LIMIT}return new Response("limited");\n}`, 'only where not `!request.headers.has("a")`'],
  ])("is none: %s", (_, before, clause) => {
    expect(told(mailing(before), "costly")).toEqual([expect.stringContaining(`its limiter is consulted ${clause}`)]);
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

  it("of a caller's own choice is none for developers", () => {
    const body = `const sent = await request.json();\nif (sent.ENVIRONMENT === "development") {\n${SEND}\n}\nreturn Response.json({ ok: true });`;
    expect(told(body, "costly")).toHaveLength(1);
  });

  it.each([
    ["work that is for developers", `if (process.env.NODE_ENV === "development") {\n${SEND}\n}\nreturn Response.json({ ok: true });`],
    ["work that production does not get to", `if (process.env.NODE_ENV === "production") return new Response(null, { status: 404 });\n${SEND}\nreturn Response.json({ ok: true });`],
    ["a shortcut for developers", `if (process.env.NODE_ENV === "development") {\nawait resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });\nreturn Response.json({ ok: true });\n}\n${LIMIT}${SEND}\nreturn Response.json({ ok: true });`],
  ])("does not matter for %s", (_, body) => {
    expect(told(body, "costly")).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* What a helper does in production alone says nothing of the request, unless it ends it. */

const ROUTE = "app/api/notes/route.ts";
const RETURNS = 'function format(text: string) {\n  if (process.env.NODE_ENV === "production") return JSON.stringify({ text });\n  return `* ${text}`;\n}\n';
const NESTED = 'function format(key: string) {\n  if (!key) {\n    if (process.env.NODE_ENV === "production") throw new Error("missing");\n  }\n  return key;\n}\n';
const THROWS = 'function format(key: string) {\n  if (process.env.NODE_ENV === "production") throw new Error("not here");\n  return key;\n}\n';
const WRITE = 'await redis.lpush("notes", await request.text());';
const READ = 'await redis.get(await request.text())';

const CASES: readonly (readonly [name: string, verdict: Verdict, helper: string, body: string])[] = [
  ["a helper that formats what is logged", "anyone", RETURNS, `console.log(format("reads"));\n  return Response.json(${READ});`],
  ["the same behind the read", "anyone", RETURNS, `const found = ${READ};\n  console.log(format("read"));\n  return Response.json(found);`],
  ["a helper that throws where something is missing", "anyone", NESTED, `format(process.env.KEY ?? "");\n  return Response.json(${READ});`],
  ["a helper that throws in production", "nobody", THROWS, `format("dev");\n  return Response.json(${READ});`],
  ["a handler that is for development where something is missing", "anyone", RETURNS, `if (!request.url) {\n    if (process.env.NODE_ENV === "production") return new Response(null, { status: 404 });\n  }\n  return Response.json(${READ});`],
  ["a handler for development", "nobody", RETURNS, `if (process.env.NODE_ENV === "production") return new Response(null, { status: 404 });\n  return Response.json(${READ});`],
  ["strangers are refused in production alone", "nobody", "", `if (process.env.KEY && request.headers.get("authorization") !== process.env.KEY) {\n    if (process.env.NODE_ENV === "production") return new Response(null, { status: 401 });\n  }\n  ${WRITE}\n  return Response.json({});`],
  ["in development, they are let through", "nobody", "", `if (request.headers.get("authorization") !== process.env.KEY) {\n    if (process.env.NODE_ENV === "development") console.log("let through");\n    else return new Response(null, { status: 401 });\n  }\n  ${WRITE}\n  return Response.json({});`],
  ["nobody is let in unseen in production", "nobody", "", `const session = await getServerSession();\n  if (!session) {\n    if (process.env.NODE_ENV === "production") return new Response(null, { status: 401 });\n  }\n  ${WRITE}\n  return Response.json({});`],
  ["nobody is let in unseen in development", "anyone", "", `const session = await getServerSession();\n  if (!session) {\n    if (process.env.NODE_ENV === "development") return new Response(null, { status: 401 });\n  }\n  ${WRITE}\n  return Response.json({});`],
  ["who is not seen is noted in production", "anyone", "", `const session = await getServerSession();\n  if (!session) {\n    if (process.env.NODE_ENV === "production") console.warn("nobody");\n  }\n  ${WRITE}\n  return Response.json({});`],
  ["nobody is let in unseen where a flag says so", "anyone", "", `const session = await getServerSession();\n  if (!session) {\n    if (process.env.STRICT === "1") return new Response(null, { status: 401 });\n  }\n  ${WRITE}\n  return Response.json({});`],
];

describe("in production", () => {
  it.each(CASES)("%s: %s", (_, verdict, helper, body) => {
    const code = `import { getServerSession } from "next-auth";\nimport { redis } from "@/lib/clients";\n${helper}export async function POST(request: Request) {\n  ${body}\n}\n`;
    expect(verdictOf({ ...CLIENTS, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});

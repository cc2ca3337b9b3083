import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* A handler answers 401 to who shows no key, and a helper gives up where it finds none like it. */

const ROUTE = "app/api/orders/route.ts";
const FILES: ProjectFiles = {
  ...CLIENTS,
  "lib/db.ts": 'import { PrismaClient } from "@prisma/client";\nexport const db = new PrismaClient();\n',
};

const ASKS = 'const key = request.nextUrl.searchParams.get("key");\n  if (!key) return Response.json({ error: "Key required" }, { status: 401 });\n  ';
const CALLS = "const kept = await keep(key, await request.text());\n  if (!kept.ok) return Response.json(kept, { status: 400 });";
const FIND = "const found = await db.apiKey.findUnique({ where: { key } });\n  ";
const LEAVES = "if (!found) return { ok: false };\n  ";
const WORK = "await db.order.create({ data: { text, shop: found?.shopId } });\n  return { ok: true };";

interface Case {
  readonly name: string;
  readonly verdict: Verdict;
  readonly handler?: string;
  readonly helper: string;
}

const CASES: readonly Case[] = [
  { name: "work behind the look-up", verdict: "nobody", helper: FIND + LEAVES + WORK },
  { name: "a helper that throws", verdict: "nobody", helper: `${FIND}if (!found) throw new Error("unknown");\n  ${WORK}` },
  { name: "one key of several places", verdict: "nobody", handler: `const key = request.nextUrl.searchParams.get("key") || request.headers.get("x-shop");\n  if (!key) return new Response(null, { status: 401 });\n  ${CALLS}`, helper: FIND + LEAVES + WORK },
  { name: "a digest of the key", verdict: "nobody", helper: `const found = await db.shop.findFirst({ where: { apiKeyHash: hash(key) } });\n  ${LEAVES}${WORK}` },
  { name: "a key that is no longer good", verdict: "nobody", helper: `${FIND}if (!found || found.revokedAt) return { ok: false };\n  ${WORK}` },
  { name: "mail of who is known", verdict: "any signed-in caller", helper: `${FIND}${LEAVES}await resend.emails.send(mail);\n  return { ok: true };` },
  { name: "nobody is asked for the key", verdict: "anyone", handler: `const key = request.nextUrl.searchParams.get("key") ?? "";\n  ${CALLS}`, helper: FIND + LEAVES + WORK },
  { name: "what is looked up is no secret", verdict: "anyone", helper: `const found = await db.shop.findUnique({ where: { slug: key } });\n  ${LEAVES}${WORK}` },
  { name: "settings under a key", verdict: "anyone", helper: `const found = await db.setting.findUnique({ where: { key } });\n  ${LEAVES}${WORK}` },
  { name: "all but the key", verdict: "anyone", helper: `const found = await db.apiKey.findFirst({ where: { key: { not: key } } });\n  ${LEAVES}${WORK}` },
  { name: "another value of the request", verdict: "anyone", handler: `${ASKS}const kept = await keep(request.nextUrl.searchParams.get("shop") ?? "", key);\n  return Response.json(kept);`, helper: FIND + LEAVES + WORK },
  { name: "an unknown key is only noted", verdict: "anyone", helper: `${FIND}if (!found) console.warn("unknown");\n  ${WORK}` },
  { name: "an unknown key is made", verdict: "anyone", helper: `${FIND}if (!found) await db.apiKey.create({ data: { key } });\n  ${WORK}` },
  { name: "work before the look-up", verdict: "anyone", helper: `await db.order.create({ data: { text } });\n  ${FIND}${LEAVES}return { ok: true };` },
  { name: "who is found is sent away", verdict: "anyone", helper: `${FIND}if (found) return { ok: false };\n  ${WORK}` },
  { name: "work of the handler that does not look at the answer", verdict: "anyone", handler: `${ASKS}await keep(key, "");\n  await db.visit.create({ data: {} });`, helper: `${FIND}${LEAVES}return { ok: true };` },
];

describe("keys that callers show", () => {
  it.each(CASES)("$name: $verdict", ({ verdict, handler = ASKS + CALLS, helper }) => {
    const code = `import { keep } from "@/lib/keep";\nimport { db } from "@/lib/db";\nimport type { NextRequest } from "next/server";\nexport async function POST(request: NextRequest) {\n  ${handler}\n  return Response.json({});\n}\n`;
    const kept = `import { db } from "./db";\nimport { mail, resend } from "./clients";\nimport { hash } from "hashes";\nexport async function keep(key: string, text: string) {\n  ${helper}\n}\n`;
    expect(verdictOf({ ...FILES, "lib/keep.ts": kept, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });

  it("are asked for by each handler that calls the helper", () => {
    const kept = `import { db } from "./db";\nexport async function keep(key: string, text: string) {\n  ${FIND}${LEAVES}${WORK}\n}\n`;
    const code = `import { keep } from "@/lib/keep";\nimport type { NextRequest } from "next/server";
export async function PUT(request: NextRequest) {\n  ${ASKS}return Response.json(await keep(key, ""));\n}
export async function POST(request: NextRequest) {\n  return Response.json(await keep(request.nextUrl.searchParams.get("key") ?? "", ""));\n}\n`;
    expect(verdictOf({ ...FILES, "lib/keep.ts": kept, [ROUTE]: code }, ROUTE)).toBe("anyone");
  });
});

import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* Whoever pays out of a balance beforehand calls as often as he has paid for. */

const ROUTE = "app/api/poem/route.ts";
const FILES: ProjectFiles = { ...CLIENTS, "lib/db.ts": 'import { PrismaClient } from "@prisma/client";\nexport const db = new PrismaClient();\n' };
const HEAD = `import { auth } from "@/auth";
import { db } from "@/lib/db";
import { charge } from "@/lib/charge";
import { mail, resend } from "@/lib/clients";
const COST = 3;
`;
const SIGNED_IN = "const session = await auth();\n  if (!session) return new Response(null, { status: 401 });\n  const userId = session.user.id;\n  ";
const READ = "const user = await db.user.findUnique({ where: { id: userId } });\n  ";
const POOR = 'if (!user || user.credits < COST) return Response.json({ error: "Insufficient credits" }, { status: 402 });\n  ';
const TAKE = "await db.user.update({ where: { id: userId }, data: { credits: { decrement: COST } } });\n  ";
const WORK = "await resend.emails.send(mail);\n  ";
const USED_UP = "if (!user || user.sent >= user.allowed) return new Response(null, { status: 403 });\n  ";
const USE = "await db.user.update({ where: { id: userId }, data: { sent: { increment: 1 } } });\n  ";
const KEY = 'const key = new URL(request.url).searchParams.get("key");\n  if (!key) return new Response(null, { status: 401 });\n  const found = await db.apiKey.findUnique({ where: { key }, include: { shop: true } });\n  if (!found) return new Response(null, { status: 401 });\n  const shop = found.shop;\n  ';
const GUARDED = SIGNED_IN + READ + POOR;
const HELPER = `import { db } from "./db";
export class Poor extends Error {}
export async function charge({ userId, amount }: { userId: string; amount: number }) {
  return db.$transaction(async (tx) => {
    const owner = await tx.user.findUnique({ where: { id: userId }, select: { credits: true } });
    if (!owner) throw new Error("nobody");
    if (owner.credits < amount) throw new Poor();
    const left = owner.credits - amount;
    await tx.user.update({ where: { id: userId }, data: { credits: left } });
    return left;
  }).then((left) => left);
}
`;

const CASES: readonly (readonly [name: string, verdict: Verdict, body: string])[] = [
  ["a balance, and what it costs", "nobody", GUARDED + TAKE + WORK],
  ["the comparison the other way about", "nobody", `${SIGNED_IN}${READ}if (COST > user.credits) return new Response(null, { status: 402 });\n  ${TAKE}${WORK}`],
  ["work for who has enough", "nobody", `${SIGNED_IN}${READ}if (user.credits >= COST) {\n  ${TAKE}${WORK}} else return new Response(null, { status: 402 });`],
  ["what is left is written", "nobody", `${GUARDED}await db.user.update({ where: { id: userId }, data: { credits: user.credits - COST } });\n  ${WORK}`],
  ["a helper that throws", "nobody", `${SIGNED_IN}try {\n  await charge({ userId, amount: COST });\n  ${WORK}} catch { return new Response(null, { status: 402 }); }`],
  ["in the words of Supabase", "nobody", `${SIGNED_IN}const { data: row } = await supabase.from("profiles").select("credits").eq("id", userId).single();\n  if (row.credits < 1) return new Response(null, { status: 402 });\n  await supabase.from("profiles").update({ credits: row.credits - 1 }).eq("id", userId);\n  ${WORK}`],
  ["nothing is taken", "any signed-in caller", GUARDED + WORK],
  ["it is taken when the work is done", "any signed-in caller", GUARDED + WORK + TAKE],
  ["nothing is compared", "any signed-in caller", `${SIGNED_IN}${READ}${TAKE}${WORK}`],
  ["who has too little is only told so", "any signed-in caller", `${SIGNED_IN}${READ}if (user.credits < COST) console.log("little");\n  ${TAKE}${WORK}`],
  ["who has enough is sent away", "any signed-in caller", `${SIGNED_IN}${READ}if (user.credits > COST) return new Response(null, { status: 402 });\n  ${TAKE}${WORK}`],
  ["a balance that the caller sends", "any signed-in caller", `${SIGNED_IN}const user = await request.json();\n  if (user.credits < COST) return new Response(null, { status: 402 });\n  ${TAKE}${WORK}`],
  ["a price that the caller sends", "any signed-in caller", `${SIGNED_IN}${READ}const { cost } = await request.json();\n  if (user.credits < cost) return new Response(null, { status: 402 });\n  await db.user.update({ where: { id: userId }, data: { credits: { decrement: cost } } });\n  ${WORK}`],
  ["a price of numbers that the caller sends", "any signed-in caller", `${SIGNED_IN}${READ}const { cost } = await request.json();\n  if (user.credits < Number(cost)) return new Response(null, { status: 402 });\n  await db.user.update({ where: { id: userId }, data: { credits: { decrement: Number(cost) } } });\n  ${WORK}`],
  ["somebody's balance whom the caller names", "any signed-in caller", `${SIGNED_IN.replace("session.user.id", "(await request.json()).userId")}${READ}${POOR}${TAKE}${WORK}`],
  ["the same, by a helper", "any signed-in caller", `${SIGNED_IN}const body = await request.json();\n  await charge({ userId: body.userId, amount: COST });\n  ${WORK}`],
  ["some need no balance", "any signed-in caller", `${SIGNED_IN}${READ}if (!user.isPro && user.credits < COST) return new Response(null, { status: 402 });\n  ${TAKE}${WORK}`],
  ["another column is taken down", "any signed-in caller", `${GUARDED}await db.user.update({ where: { id: userId }, data: { visits: { decrement: 1 } } });\n  ${WORK}`],
  ["it is put up", "any signed-in caller", `${GUARDED}await db.user.update({ where: { id: userId }, data: { credits: { increment: COST } } });\n  ${WORK}`],
  ["a stock of goods", "any signed-in caller", `${SIGNED_IN}const item = await db.item.findUnique({ where: { id: userId } });\n  if (item.stock < 1) return new Response(null, { status: 409 });\n  await db.item.update({ where: { id: userId }, data: { stock: { decrement: 1 } } });\n  ${WORK}`],
  ["one balance for all", "anyone", `const pool = await db.pool.findUnique({ where: { id: "main" } });\n  if (pool.credits < COST) return new Response(null, { status: 402 });\n  await db.pool.update({ where: { id: "main" }, data: { credits: { decrement: COST } } });\n  ${WORK}`],

  // A quota, which is counted up.
  ["a quota, and what is used of it", "nobody", `${SIGNED_IN}${READ}${USED_UP}${USE}${WORK}`],
  ["a limit that is the same for all", "nobody", `${SIGNED_IN}${READ}if (user.sent >= 50) return new Response(null, { status: 403 });\n  ${USE}${WORK}`],
  ["the limit first, and a sum written", "nobody", `${SIGNED_IN}${READ}if (!(user.allowed > user.sent)) return new Response(null, { status: 403 });\n  await db.user.update({ where: { id: userId }, data: { sent: user.sent + 1 } });\n  ${WORK}`],
  ["work for who has something left", "nobody", `${SIGNED_IN}${READ}if (user.active && user.sent < user.allowed) {\n  ${USE}${WORK}} else return new Response(null, { status: 403 });`],
  ["the quota of whose key is shown", "nobody", `${KEY}if (shop.sent >= shop.allowed) return new Response(null, { status: 403 });\n  await db.shop.update({ where: { id: shop.id }, data: { sent: { increment: 1 } } });\n  ${WORK}`],
  ["a quota that is counted when the work is done", "any signed-in caller", `${SIGNED_IN}${READ}${USED_UP}${WORK}${USE}`],
  ["a quota that is never counted", "any signed-in caller", `${SIGNED_IN}${READ}${USED_UP}${WORK}`],
  ["what is used, and nobody sent away", "any signed-in caller", `${SIGNED_IN}${READ}${USE}${WORK}`],
  ["who has something left is sent away", "any signed-in caller", `${SIGNED_IN}${READ}if (user.sent < user.allowed) return new Response(null, { status: 403 });\n  ${USE}${WORK}`],
  ["some have no quota", "any signed-in caller", `${SIGNED_IN}${READ}if (!user.isPro && user.sent >= user.allowed) return new Response(null, { status: 403 });\n  ${USE}${WORK}`],
  ["a limit that the caller sends", "any signed-in caller", `${SIGNED_IN}${READ}const { max } = await request.json();\n  if (user.sent >= max) return new Response(null, { status: 403 });\n  ${USE}${WORK}`],
  ["an amount that the caller sends", "any signed-in caller", `${SIGNED_IN}${READ}${USED_UP}const { many } = await request.json();\n  await db.user.update({ where: { id: userId }, data: { sent: { increment: many } } });\n  ${WORK}`],
  ["a quota that is counted down", "any signed-in caller", `${SIGNED_IN}${READ}${USED_UP}await db.user.update({ where: { id: userId }, data: { sent: { decrement: 1 } } });\n  ${WORK}`],
  ["another quota is counted", "any signed-in caller", `${SIGNED_IN}${READ}${USED_UP}await db.user.update({ where: { id: userId }, data: { visits: { increment: 1 } } });\n  ${WORK}`],
  ["the quota of somebody whom the caller names", "any signed-in caller", `${SIGNED_IN.replace("session.user.id", "(await request.json()).userId")}${READ}${USED_UP}${USE}${WORK}`],
  ["the quota of a shop that the caller names", "anyone", `${KEY.replace("apiKey.findUnique({ where: { key }", "address.findUnique({ where: { id: key }")}if (shop.sent >= shop.allowed) return new Response(null, { status: 403 });\n  await db.shop.update({ where: { id: shop.id }, data: { sent: { increment: 1 } } });\n  ${WORK}`],
  ["one quota for all", "anyone", `const pool = await db.pool.findUnique({ where: { id: "main" } });\n  if (pool.sent >= pool.allowed) return new Response(null, { status: 403 });\n  await db.pool.update({ where: { id: "main" }, data: { sent: { increment: 1 } } });\n  ${WORK}`],
];

describe("a balance that is kept", () => {
  it.each(CASES)("%s: %s", (_, verdict, body) => {
    const supabase = body.includes("supabase") ? 'import { createClient } from "@supabase/supabase-js";\nconst supabase = createClient(process.env.SUPABASE_URL!, process.env.SUPABASE_SERVICE_ROLE_KEY!);\n' : "";
    const code = `${supabase}${HEAD}export async function POST(request: Request) {\n  ${body}\n  return Response.json({});\n}\n`;
    expect(verdictOf({ ...FILES, "lib/charge.ts": HELPER, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});

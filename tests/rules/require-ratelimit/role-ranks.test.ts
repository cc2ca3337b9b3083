import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* Roles in an order that the code writes down: whom a comparison of their ranks lets in is told by the table and by both sides of it. */

const ROUTE = "app/api/send/route.ts";
const FILES: ProjectFiles = {
  ...CLIENTS,
  "lib/guards.ts": `import { auth } from "@clerk/nextjs/server";
import { PrismaClient } from "@prisma/client";
import { OTHER, rankFor } from "some-ranks";

const db = new PrismaClient();
const RANK: Record<string, number> = { USER: 0, ADMIN: 1, SUPERADMIN: 2 };
const OWNERS = { MEMBER: 1, ADMIN: 2, OWNER: 3 };
const UPSIDE_DOWN = { ADMIN: 0, USER: 1 };
const ORDER = ["user", "moderator", "admin"];
const GROWN = { USER: 0, ADMIN: 1, ...OTHER };

export async function requireUser() {
  const { userId } = await auth();
  if (!userId) throw new Error("Unauthorized");
  return db.user.findUnique({ where: { clerkUserId: userId } });
}
export async function requireRole(min) {
  const user = await requireUser();
  if (RANK[user.role] < RANK[min]) throw new Error("Forbidden");
  return user;
}
export async function requireAtLeast(min) {
  const user = await requireUser();
  if (!((RANK[user.role] ?? -1) >= RANK[min])) throw new Error("Forbidden");
}
export async function requireOwnerRole(min) {
  const user = await requireUser();
  if (OWNERS[user.role] < OWNERS[min]) throw new Error("Forbidden");
}
export async function requireOrder(min) {
  const user = await requireUser();
  if (ORDER.indexOf(min) > ORDER.indexOf(user.role)) throw new Error("Forbidden");
}
export async function requireUpsideDownRole(min) {
  const user = await requireUser();
  if (UPSIDE_DOWN[user.role] < UPSIDE_DOWN[min]) throw new Error("Forbidden");
}
export async function requireGrownRole(min) {
  const user = await requireUser();
  if (GROWN[user.role] < GROWN[min]) throw new Error("Forbidden");
}
export async function requireOtherRole(min) {
  const user = await requireUser();
  if (rankFor(user.role) < rankFor(min)) throw new Error("Forbidden");
}
export async function requireSentRole(role, min) {
  await requireUser();
  if (RANK[role] < RANK[min]) throw new Error("Forbidden");
}
export async function warnRole(min) {
  const user = await requireUser();
  if (RANK[user.role] < RANK[min]) console.warn("no admin");
}
`,
};

type Case = readonly [name: string, verdict: Verdict, check: string];
const CASES: readonly Case[] = [
  ["at least an admin", "nobody", 'await requireRole("ADMIN");'],
  ["at least what stands above one", "nobody", 'await requireRole("SUPERADMIN");'],
  ["by the opposite, with a rank for others", "nobody", 'await requireAtLeast("ADMIN");'],
  ["by places in a list, a moderator beside an admin", "nobody", 'await requireOrder("moderator");'],
  ["where it is asked", "nobody", 'const RANKS = { user: 1, admin: 2 };\n  const user = await requireUser();\n  if (RANKS[user.role] < RANKS.admin) return new Response(null, { status: 403 });'],
  ["where it is asked, by a number", "nobody", 'const RANKS = { user: 1, admin: 2 };\n  const user = await requireUser();\n  if (RANKS[user.role] < 2) return new Response(null, { status: 403 });'],
  ["what whoever signs up is", "any signed-in caller", 'await requireRole("USER");'],
  ["two calls, of which one asks for less", "any signed-in caller", 'if (process.env.STRICT) await requireRole("ADMIN");\n  else await requireRole("USER");'],
  ["a role of those who own something stands above", "any signed-in caller", 'await requireOwnerRole("ADMIN");'],
  ["the order is upside down", "any signed-in caller", 'await requireUpsideDownRole("ADMIN");'],
  ["the table may hold more", "any signed-in caller", 'await requireGrownRole("ADMIN");'],
  ["the ranks can't be read", "any signed-in caller", 'await requireOtherRole("ADMIN");'],
  ["the role is one that is sent", "any signed-in caller", 'await requireSentRole((await request.json()).role, "ADMIN");'],
  ["what is asked for is sent", "any signed-in caller", "await requireRole((await request.json()).min);"],
  ["a role that the table does not name", "any signed-in caller", 'await requireRole("OWNER");'],
  ["a helper that only warns", "any signed-in caller", 'await warnRole("ADMIN");'],
  ["where it is asked, by a number that all have", "any signed-in caller", 'const RANKS = { user: 1, admin: 2 };\n  const user = await requireUser();\n  if (RANKS[user.role] < 1) return new Response(null, { status: 403 });'],
  ["nobody waits for it", "anyone", 'void requireRole("ADMIN").catch(() => {});'],
];

describe("ranks of roles", () => {
  it.each(CASES)("%s: %s", (_name, verdict, check) => {
    const code = `import { requireAtLeast, requireGrownRole, requireOrder, requireOtherRole, requireOwnerRole, requireRole, requireSentRole, requireUpsideDownRole, requireUser, warnRole } from "@/lib/guards";
import { mail, resend } from "@/lib/clients";
export async function POST(request: Request) {
  ${check}
  await resend.emails.send(mail);
  return Response.json({});
}
`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});

import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* Roles that a call hands over to the check of a caller: whether only admins are let in is told by them. */

const ROUTE = "app/api/send/route.ts";
const FILES: ProjectFiles = {
  ...CLIENTS,
  "lib/db.ts": 'import { PrismaClient } from "@prisma/client";\nexport const db = new PrismaClient();\n',
  "lib/roles.ts": `import { auth } from "@clerk/nextjs/server";
import { db } from "./db";

export async function getCurrentUser() {
  const { userId } = await auth();
  return userId ? db.user.findUnique({ where: { clerkUserId: userId } }) : null;
}
export function assertRole(user, allowed) {
  if (!user || !allowed.includes(user.role)) throw new Error("Forbidden");
}
export function assertOne(user, role) {
  if (!user || user.role !== role) throw new Error("Forbidden");
}
export function assertAny(user, ...roles) {
  if (!user || !roles.includes(user.role)) throw new Error("Forbidden");
}
export async function requireRole(user, allowed) {
  if (!user || !allowed.includes(user.role)) throw new Error("Forbidden");
}
export function assertKnown(user, allowed) {
  if (!user) throw new Error("Forbidden");
  if (!allowed.includes(user.role)) console.warn("no admin");
}
export function logRole(user, allowed) {
  if (!user || !allowed.includes(user.role)) return;
  console.log(user.role);
}
`,
};

type Case = readonly [name: string, verdict: Verdict, check: string];
const CASES: readonly Case[] = [
  ["a list of one role", "nobody", 'assertRole(user, ["ADMIN"]);'],
  ["a list that is named", "nobody", 'const allowed = ["admin", "superuser"];\n  assertRole(user, allowed);'],
  ["a role", "nobody", 'assertOne(user, "admin");'],
  ["the rest of the arguments", "nobody", 'assertAny(user, "admin", "super_admin");'],
  ["one that is waited for", "nobody", 'await requireRole(user, ["admin"]);'],
  ["where a failure is answered", "nobody", 'try {\n    assertRole(user, ["ADMIN"]);\n  } catch {\n    return new Response(null, { status: 403 });\n  }'],
  ["a role that whoever signs up has", "any signed-in caller", 'assertRole(user, ["OWNER"]);'],
  ["one of several such roles", "any signed-in caller", 'assertRole(user, ["ADMIN", "OWNER"]);'],
  ["the same by the rest of the arguments", "any signed-in caller", 'assertAny(user, "admin", "user");'],
  ["another call of the same helper", "any signed-in caller", 'if (other) assertRole(other, ["ADMIN"]);\n  assertRole(user, ["OWNER"]);'],
  ["no role at all, which nobody has", "nobody", "assertRole(user, []);"],
  ["a role that the caller names", "any signed-in caller", "assertOne(user, (await request.json()).role);"],
  ["arguments that are not known", "any signed-in caller", "assertAny(user, ...rolesOf(request));"],
  ["one whose failure is logged", "anyone", 'try {\n    assertRole(user, ["ADMIN"]);\n  } catch {\n    console.warn("no admin");\n  }'],
  ["one that nobody waits for", "anyone", 'void requireRole(user, ["admin"]).catch(() => {});'],
  ["one whose failure is caught where it is waited for", "anyone", 'await requireRole(user, ["admin"]).catch(() => {});'],
  ["a helper that only warns", "any signed-in caller", 'assertKnown(user, ["ADMIN"]);'],
  ["a helper that comes back", "anyone", 'logRole(user, ["ADMIN"]);'],
  ["whoever the caller says that he is", "anyone", 'assertOne(await request.json(), "admin");'],
];

describe("roles that are handed over", () => {
  it.each(CASES)("%s: %s", (_name, verdict, check) => {
    const code = `import { assertAny, assertKnown, assertOne, assertRole, getCurrentUser, logRole, requireRole } from "@/lib/roles";
import { mail, resend } from "@/lib/clients";
import { other, rolesOf } from "some-roles";
export async function POST(request: Request) {
  const user = await getCurrentUser();
  ${check}
  await resend.emails.send(mail);
  return Response.json({});
}
`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});

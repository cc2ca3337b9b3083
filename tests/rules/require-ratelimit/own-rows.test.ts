import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* A row that is made where who calls has none: what follows is done once for each account. */

const ROUTE = "app/api/shops/route.ts";
const FILES: ProjectFiles = {
  ...CLIENTS,
  "lib/db.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n',
  "lib/tables.ts": 'export const TABLES = { invitations: "invitations", members: "members", guests: "guests" } as const;\n',
  "lib/users.ts": `import { auth } from "@clerk/nextjs/server";
import { prisma } from "./db";
export async function getCurrentUser() {
  const { userId } = await auth();
  return userId ? prisma.user.findUnique({ where: { clerkUserId: userId } }) : null;
}
`,
};
const REFUSE = "if (!userId) return new Response(null, { status: 401 });";
const found = (where = "ownerId: userId"): string => `const found = await prisma.shop.findFirst({ where: { ${where} }, select: { id: true } });\n  if (found) return Response.json({}, { status: 409 });\n  `;
const made = (data = "ownerId: userId"): string => `await prisma.shop.create({ data: { ${data}, name: body.name } });\n  `;
const SEND = "await resend.emails.send(mail);";

type Case = readonly [name: string, verdict: Verdict, body: string, refuse?: string];
const CASES: readonly Case[] = [
  ["by his id", "nobody", `${found()}${made()}${SEND}`],
  ["in a transaction", "nobody", `${found()}const shop = await prisma.$transaction(async (tx) => {\n    const shop = await tx.shop.create({ data: { ownerId: userId, name: body.name } });\n    await tx.menu.create({ data: { shopId: shop.id } });\n    return shop;\n  });\n  ${SEND}`],
  ["in a branch", "nobody", `const found = await prisma.shop.findUnique({ where: { ownerId: userId } });\n  if (!found) {\n    ${made()}${SEND}\n  }`],
  ["by the id of a user that is looked up", "nobody", `${found("ownerId: user.id")}${made("ownerId: user.id")}${SEND}`, "const user = await getCurrentUser();\n  if (!user) return new Response(null, { status: 401 });"],
  ["by his id and a name that he chooses", "any signed-in caller", `${found("ownerId: userId, name: body.name")}${made()}${SEND}`],
  ["by an id that he sends", "any signed-in caller", `${found("ownerId: body.ownerId")}${made("ownerId: body.ownerId")}${SEND}`],
  ["for somebody else", "any signed-in caller", `${found()}${made("ownerId: body.ownerId")}${SEND}`],
  ["by his id, or a name", "any signed-in caller", `${found("ownerId: userId ?? body.name")}${made("ownerId: userId ?? body.name")}${SEND}`],
  ["by something else of his", "any signed-in caller", `${found("plan: user.plan")}${made("plan: user.plan")}${SEND}`, "const user = await getCurrentUser();\n  if (!user) return new Response(null, { status: 401 });"],
  ["in another table", "any signed-in caller", `${found().replace("prisma.shop", "prisma.store")}${made()}${SEND}`],
  ["after the work", "any signed-in caller", `${found()}${SEND}\n  ${made()}`],
  ["on one way only", "any signed-in caller", `${found()}if (body.save) {\n    ${made()}}\n  ${SEND}`],
  ["and thrown away", "any signed-in caller", `${found()}${made()}${SEND}\n  if (body.undo) await prisma.shop.deleteMany({ where: { ownerId: userId } });`],
  ["and is made all the same", "any signed-in caller", `${found().replace("return Response.json({}, { status: 409 })", 'console.info("again")')}${made()}${SEND}`],
  ["where he may be nobody", "any signed-in caller", `${found()}${made()}${SEND}`, 'if (!userId) console.info("nobody");'],
  ["where he may be nobody on some ways", "any signed-in caller", `${found()}${made()}${SEND}`, `if (body.isPrivate) {\n    ${REFUSE}\n  }`],
];

describe("a row that is made where who calls has none", () => {
  it.each(CASES)("%s: %s", (_name, verdict, body, refuse = REFUSE) => {
    const code = `import { auth } from "@clerk/nextjs/server";
import { mail, resend } from "@/lib/clients";
import { prisma } from "@/lib/db";
import { getCurrentUser } from "@/lib/users";
export async function POST(request: Request) {
  const body = await request.json();
  const { userId } = await auth();
  ${refuse}
  ${body}
  return Response.json({});
}
`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});

/* A row that is made where who calls has none for a record that was found before: once for each account and record. */
const record = (where = "id: body.id"): string => `const trip = await prisma.trip.findUnique({ where: { ${where} } });\n  if (!trip) return new Response(null, { status: 404 });\n  `;
const mine = (where = "tripId: trip.id, userId"): string => `const found = await prisma.member.findFirst({ where: { ${where} } });\n  if (found) return Response.json({});\n  `;
const join = (data = "tripId: trip.id, userId"): string => `await prisma.member.create({ data: { ${data}, role: "viewer" } });\n  `;
const INVITED = `const { data: trip } = await supabase.from("invitations").select("*").eq("token", body.token).maybeSingle();
  if (!trip) return new Response(null, { status: 404 });
  const { data: found } = await supabase.from("members").select("id").eq("trip_id", trip.trip_id).eq("user_id", userId).single();
  if (found) {
    await supabase.from("invitations").update({ used: true }).eq("id", trip.id);
    return Response.json({});
  }
  const { error } = await supabase.from("members").insert({ trip_id: trip.trip_id, user_id: userId, role: "viewer" });
  if (error) return new Response(null, { status: 500 });
  `;
const NAMED = INVITED.replaceAll('"members"', "TABLES.members").replaceAll('"invitations"', "TABLES.invitations");
const OF_RECORDS: readonly Case[] = [
  ["by its id", "nobody", `${record()}${mine()}${join()}${SEND}`],
  ["by what it belongs to", "nobody", `${record()}${mine("tripId: trip.parentId, userId")}${join("tripId: trip.parentId, userId")}${SEND}`],
  ["found by a token, by Supabase", "nobody", `${INVITED}${SEND}`],
  ["in tables that constants name", "nobody", `${NAMED}${SEND}`],
  ["in a table that constants name otherwise", "any signed-in caller", `${NAMED.replace("from(TABLES.members).insert", "from(TABLES.guests).insert")}${SEND}`],
  ["in a table that is not known", "any signed-in caller", `${NAMED.replaceAll("TABLES.members", "body.table")}${SEND}`],
  ["by an id that he sends", "any signed-in caller", `${mine("tripId: body.id, userId")}${join("tripId: body.id, userId")}${SEND}`],
  ["by a name that it has", "any signed-in caller", `${record()}${mine("tripId: trip.name, userId")}${join("tripId: trip.name, userId")}${SEND}`],
  ["that is made just before", "any signed-in caller", `const trip = await prisma.trip.create({ data: { name: body.name } });\n  ${mine()}${join()}${SEND}`],
  ["that is found by a name", "any signed-in caller", `${record("name: body.name")}${mine()}${join()}${SEND}`],
  ["for whoever calls", "any signed-in caller", `${record()}${mine("tripId: trip.id")}${join("tripId: trip.id")}${SEND}`],
  ["for somebody whom he names", "any signed-in caller", `${record()}${mine("tripId: trip.id, userId: body.userId")}${join("tripId: trip.id, userId: body.userId")}${SEND}`],
  ["and for another record", "any signed-in caller", `${record()}${mine()}${join("tripId: body.other, userId")}${SEND}`],
  ["and thrown away", "any signed-in caller", `${record()}${mine()}${join()}${SEND}\n  if (body.undo) await prisma.member.deleteMany({ where: { tripId: trip.id, userId } });`],
  ["after the work, together with it", "nobody", `${record()}${mine()}${SEND}\n  ${join()}`],
  ["after the work, by what may fail", "any signed-in caller", `${record()}${mine()}${SEND}\n  ${join("tripId: trip.id, userId, name: body.name")}`],
];

describe("a row that is made where who calls has none for a record", () => {
  it.each(OF_RECORDS)("%s: %s", (_name, verdict, body) => {
    const code = `import { auth } from "@clerk/nextjs/server";
import { createClient } from "@supabase/supabase-js";
import { mail, resend } from "@/lib/clients";
import { prisma } from "@/lib/db";
import { TABLES } from "@/lib/tables";
const supabase = createClient(process.env.SUPABASE_URL!, process.env.SUPABASE_SERVICE_ROLE_KEY!);
export async function POST(request: Request) {
  const body = await request.json();
  const { userId } = await auth();
  ${REFUSE}
  ${body}
  return Response.json({});
}
`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});

describe("a state that an order leaves, where the same function makes orders", () => {
  it.each<[string, Verdict, string]>([
    ["nowhere", "nobody", ""],
    ["in a table that a constant names", "anyone", "await supabase.from(TABLES.guests).insert({ id: body.id, name: body.name });"],
    ["in a table that is not known", "anyone", "await supabase.from(body.table).insert({ id: body.id, name: body.name });"],
  ])("%s: %s", (_name, verdict, before) => {
    const code = `import { createClient } from "@supabase/supabase-js";
import { mail, resend } from "@/lib/clients";
import { TABLES } from "@/lib/tables";
const supabase = createClient(process.env.SUPABASE_URL!, process.env.SUPABASE_SERVICE_ROLE_KEY!);
export async function POST(request: Request) {
  const body = await request.json();
  ${before}
  const { data: guest } = await supabase.from("guests").select("id, paid_at").eq("id", body.id).single();
  if (guest.paid_at) return Response.json({});
  await supabase.from("guests").update({ paid_at: new Date().toISOString() }).eq("id", guest.id);
  ${SEND}
  return Response.json({});
}
`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});

/* Whether there is such a row is asked of a function that looks it up. */
const ASKED = `import { prisma } from "./db";
export async function isMember(tripId: string, userId: string) {
  const found = await prisma.member.findUnique({ where: { tripId_userId: { tripId, userId } }, select: { id: true } });
  return !!found;
}
export const hasNone = async ({ tripId, userId }: { tripId: string; userId: string }) => (await prisma.member.findFirst({ where: { tripId, userId } })) === null;
export async function lookedUp(tripId: string, userId: string) {
  const found = await prisma.member.findFirst({ where: { tripId, userId } });
  if (found) return { ok: true, role: found.role };
  return { ok: false };
}
export async function perhaps(tripId: string, userId: string, again: boolean) {
  if (again) return false;
  return Boolean(await prisma.member.findFirst({ where: { tripId, userId } }));
}
export async function caught(tripId: string, userId: string) {
  try {
    return !!(await prisma.member.findFirst({ where: { tripId, userId } }));
  } catch {
    return false;
  }
}
export async function inOther(tripId: string, userId: string) {
  return !!(await prisma.guest.findFirst({ where: { tripId, userId } }));
}
export async function byRole(tripId: string, userId: string) {
  const found = await prisma.member.findFirst({ where: { tripId, userId } });
  return found?.role === "owner";
}
export async function swept(tripId: string, userId: string) {
  await prisma.member.deleteMany({ where: { tripId } });
  return !!(await prisma.member.findFirst({ where: { tripId, userId } }));
}
export async function byName(tripId: string, userId: string) {
  return !!(await prisma.member.findFirst({ where: { tripId, userId: userId.toLowerCase() } }));
}
`;
const GUESTS: readonly Case[] = [
  ["yes or no", "nobody", `if (await isMember(trip.id, userId)) return Response.json({});\n  ${join()}${SEND}`],
  ["in a branch", "nobody", `const member = await isMember(trip.id, userId);\n  if (!member) {\n    ${join()}${SEND}\n  }`],
  ["by names", "nobody", `if (!(await hasNone({ tripId: trip.id, userId }))) return Response.json({});\n  ${join()}${SEND}`],
  ["a member of the answer", "nobody", `const { ok } = await lookedUp(trip.id, userId);\n  if (ok) return Response.json({});\n  ${join()}${SEND}`],
  ["nothing waits for the answer", "any signed-in caller", `if (!isMember(trip.id, userId)) {\n    ${join()}${SEND}\n  }`],
  ["somebody else's", "any signed-in caller", `if (await isMember(trip.id, body.userId)) return Response.json({});\n  ${join()}${SEND}`],
  ["for somebody else", "any signed-in caller", `if (await isMember(trip.id, body.userId)) return Response.json({});\n  ${join("tripId: trip.id, userId: body.userId")}${SEND}`],
  ["of a trip that he names", "any signed-in caller", `if (await isMember(body.tripId, userId)) return Response.json({});\n  ${join("tripId: body.tripId, userId")}${SEND}`],
  ["the other way about", "any signed-in caller", `if (!(await isMember(trip.id, userId))) return Response.json({});\n  ${join()}${SEND}`],
  ["which he may skip", "any signed-in caller", `if (await perhaps(trip.id, userId, body.again)) return Response.json({});\n  ${join()}${SEND}`],
  ["which may fail", "any signed-in caller", `if (await caught(trip.id, userId)) return Response.json({});\n  ${join()}${SEND}`],
  ["in another table", "any signed-in caller", `if (await inOther(trip.id, userId)) return Response.json({});\n  ${join()}${SEND}`],
  ["what it says, and not whether it is there", "any signed-in caller", `if (await byRole(trip.id, userId)) return Response.json({});\n  ${join()}${SEND}`],
  ["by something that is made of it", "any signed-in caller", `if (await byName(trip.id, userId)) return Response.json({});\n  ${join()}${SEND}`],
  ["after it has thrown some away", "any signed-in caller", `if (await swept(trip.id, userId)) return Response.json({});\n  ${join()}${SEND}`],
  ["of two", "any signed-in caller", `if ((await isMember(trip.id, userId)) && (await isMember(body.tripId, userId))) return Response.json({});\n  ${join()}${SEND}`],
  ["and thrown away", "any signed-in caller", `if (await isMember(trip.id, userId)) return Response.json({});\n  ${join()}${SEND}\n  await prisma.member.deleteMany({ where: { tripId: trip.id, userId } });`],
];

describe("a row that is made where a function has found none", () => {
  it.each(GUESTS)("%s: %s", (_name, verdict, body) => {
    const code = `import { auth } from "@clerk/nextjs/server";
import { mail, resend } from "@/lib/clients";
import { prisma } from "@/lib/db";
import { byName, byRole, caught, hasNone, inOther, isMember, lookedUp, perhaps, swept } from "@/lib/members";
export async function POST(request: Request) {
  const body = await request.json();
  const { userId } = await auth();
  ${REFUSE}
  ${record()}${body}
  return Response.json({});
}
`;
    expect(verdictOf({ ...FILES, "lib/members.ts": ASKED, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});

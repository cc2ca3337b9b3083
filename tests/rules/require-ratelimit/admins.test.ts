import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* Mail that only those may send who run the project is nothing that "any signed-in caller" can do. */

const ROUTE = "app/api/send/route.ts";
const IMPORTS = `import { auth } from "@/auth";
import { getServerSession } from "next-auth";
import { createServerClient } from "@supabase/ssr";
import { getAdminApi, isAdmin, isAdminRoute, requireAdmin as ensureAdmin, requireAdminPage } from "some-auth-library";
import { db } from "@/lib/db";
import { checkAdmin, currentUser, getAdmin, getAdminUser, getServerUser, requireAdmin, requireAdminApi, requireAdminOrThrow, requireUser, verifyAdmin } from "@/lib/admin";
import { RBAC } from "@/lib/rbac";
import { more, withAdmin } from "wrappers";
import { mail, redis, resend } from "@/lib/clients";
`;
const FILES: ProjectFiles = {
  ...CLIENTS,
  "lib/db.ts": 'import { PrismaClient } from "@prisma/client";\nexport const db = new PrismaClient();\n',
  "lib/admin.ts": `import { getServerSession } from "next-auth";
import { cookies } from "next/headers";
import { validateSession } from "./auth";

export async function requireAdmin(): Promise<{ authorized: boolean; error?: string }> {
  const token = (await cookies()).get("session")?.value;
  if (!token) return { authorized: false, error: "Not authenticated" };
  const user = await validateSession(token);
  if (!user) return { authorized: false, error: "Invalid session" };
  if (user.role !== "admin") return { authorized: false, error: "Admins only" };
  return { authorized: true };
}
export async function requireAdminApi() {
  const session = await getServerSession();
  if (!session?.user) return { error: Response.json({ error: "Who are you?" }, { status: 401 }), session: null };
  if (!session.user.isAdmin) return { error: Response.json({ error: "Admins only" }, { status: 403 }), session: null };
  return { error: null, session };
}
export async function requireAdminOrThrow() {
  const { authorized } = await requireAdmin();
  if (!authorized) throw new Error("Forbidden");
}
export async function getAdmin() {
  const token = (await cookies()).get("session")?.value;
  const user = token ? await validateSession(token) : null;
  return user?.role === "admin" ? user : null;
}
export async function getAdminUser() {
  const user = await validateSession((await cookies()).get("session")?.value);
  if (!user) return { user: null, error: "401" as const };
  if (!user.isAdmin) return { user: null, error: "403" as const };
  return { user, error: null };
}
export async function currentUser() {
  const user = await validateSession((await cookies()).get("session")?.value);
  if (!user) return { user: null, error: "401" as const };
  if (!user.isActive) return { user: null, error: "403" as const };
  return { user, error: null };
}
export async function verifyAdmin() {
  const session = await getServerSession();
  if (!session?.user) throw new Error("Unauthorized");
  if (session.user.role !== "admin") {
    console.warn("no admin", session.user.id);
    throw new Error("Forbidden");
  }
  return session.user;
}
export async function checkAdmin() {
  const session = await getServerSession();
  if (!session?.user) throw new Error("Unauthorized");
  return session.user.role === "admin";
}
export async function getServerUser() {
  const session = await getServerSession();
  return session?.user;
}
export async function requireUser() {
  const token = (await cookies()).get("session")?.value;
  const user = token ? await validateSession(token) : null;
  return user ? { user } : { error: "Unauthorized" };
}
`,
  "lib/rbac.ts": `import { auth } from "@/auth";

function withRoles(options: { roles: string[] }) {
  return async (request: Request): Promise<Response | null> => {
    const session = await auth();
    if (!session?.user) return Response.json({ error: "Unauthorized" }, { status: 401 });
    if (!options.roles.includes(session.user.role)) return Response.json({ error: "Forbidden" }, { status: 403 });
    return null;
  };
}
export const RBAC = {
  requireSuperAdmin: () => withRoles({ roles: ["super_admin"] }),
  requireOrgAdmin: () => withRoles({ roles: ["org_admin", "super_admin"] }),
  requireMember: () => withRoles({ roles: ["member"] }),
};
`,
};

const SUPABASE = `const supabase = createServerClient(process.env.NEXT_PUBLIC_SUPABASE_URL!, process.env.NEXT_PUBLIC_SUPABASE_ANON_KEY!, { cookies: request.cookies });
  const { data: { user } } = await supabase.auth.getUser();
  if (!user) return new Response(null, { status: 401 });
  `;

type Case = readonly [name: string, verdict: Verdict, body: string];

const SEND = "\n  await resend.emails.send(mail);";
const SIGNED_IN = "const session = await auth();\n  if (!session) return new Response(null, { status: 401 });\n  ";
const REFUSE = "return new Response(null, { status: 403 });";

const CASES: readonly Case[] = [
  ["a helper's answer, looked at", "nobody", `const check = await requireAdmin();\n  if (!check.authorized) return Response.json(check, { status: 401 });${SEND}`],
  ["a helper that throws", "nobody", `await requireAdminOrThrow();${SEND}`],
  ["a helper that throws for all others", "nobody", `await verifyAdmin();${SEND}`],
  ["a helper that throws for strangers, and tells of the others", "any signed-in caller", `await checkAdmin();${SEND}`],
  ["a helper that throws, where that is caught", "anyone", `try {\n  await verifyAdmin();\n  } catch {}${SEND}`],
  ["a library's check", "nobody", `await ensureAdmin();${SEND}`],
  ["a library's answer", "nobody", `if (!(await isAdmin(request))) ${REFUSE}${SEND}`],
  ["a refusal that a helper made, handed on", "nobody", `const denied = await RBAC.requireSuperAdmin()(request);\n  if (denied) return denied;${SEND}`],
  ["an error in a helper's answer", "nobody", `const check = await requireAdmin();\n  if ("error" in check) return Response.json(check, { status: 401 });${SEND}`],
  ["an error of a helper's answer", "nobody", `const { error } = await requireAdmin();\n  if (error) return Response.json({ error }, { status: 401 });${SEND}`],
  ["a helper that answers with a response", "nobody", `const check = await requireAdmin();\n  if (check instanceof Response) return check;${SEND}`],
  ["a refusal of those who are no admins of a team of their own", "any signed-in caller", `const denied = await RBAC.requireOrgAdmin()(request);\n  if (denied) return denied;${SEND}`],
  ["a refusal of those who are no members", "any signed-in caller", `const denied = await RBAC.requireMember()(request);\n  if (denied) return denied;${SEND}`],
  ["a refusal that is left where it is", "any signed-in caller", `const denied = await RBAC.requireSuperAdmin()(request);\n  if (denied) console.log(denied);${SEND}`],
  ["an error of who is signed in", "any signed-in caller", `const check = await requireUser();\n  if ("error" in check) return Response.json(check, { status: 401 });${SEND}`],
  ["admins are answered, all others go on", "any signed-in caller", `${SIGNED_IN}const admin = await getAdmin();\n  if (admin) return admin;${SEND}`],
  ["something else of an admin", "any signed-in caller", `const check = await requireAdmin();\n  if (check.locale === "de") return Response.json(check);${SEND}`],
  ["one of several answers that are waited for together", "nobody", `const [check, rows] = await Promise.all([requireAdmin(), db.note.findMany()]);\n  if (!check.authorized) ${REFUSE}${SEND}`],
  ["the same, by its place", "nobody", `const check = (await Promise.all([requireAdmin()]))[0];\n  if (!check.authorized) ${REFUSE}${SEND}`],
  ["another one of several answers", "any signed-in caller", `const [check, known] = await Promise.all([requireAdmin(), requireUser()]);\n  if ("error" in known) ${REFUSE}${SEND}`],
  ["an answer whose place is not known", "any signed-in caller", `const [check] = await Promise.all([...more, requireAdmin()]);\n  if (!check.authorized) ${REFUSE}${SEND}`],
  ["whoever answers first", "any signed-in caller", `const check = await Promise.race([requireAdmin(), requireUser()]);\n  if (!check.authorized) ${REFUSE}${SEND}`],
  ["work that does not wait for the answer", "any signed-in caller", `const [check] = await Promise.all([requireAdmin(), resend.emails.send(mail)]);\n  if (!check.authorized) ${REFUSE}`],
  ["each reason by itself", "nobody", `const { error } = await getAdminUser();\n  if (error === "401") return new Response(null, { status: 401 });\n  if (error === "403") ${REFUSE}${SEND}`],
  ["each reason by itself, in the other order", "nobody", `const found = await getAdminUser();\n  if ("403" === found.error) ${REFUSE}\n  if (found.error === "401") return new Response(null, { status: 401 });${SEND}`],
  ["one of the reasons", "any signed-in caller", `const { error } = await getAdminUser();\n  if (error === "401") return new Response(null, { status: 401 });${SEND}`],
  ["one reason twice", "any signed-in caller", `const { error } = await getAdminUser();\n  if (error === "401") return new Response(null, { status: 401 });\n  if (error === "401") ${REFUSE}${SEND}`],
  ["a reason that is only noted", "any signed-in caller", `const { error } = await getAdminUser();\n  if (error === "401") return new Response(null, { status: 401 });\n  if (error === "403") console.log(error);${SEND}`],
  ["a reason that is asked for in a branch", "any signed-in caller", `const { error } = await getAdminUser();\n  if (request.url) {\n  if (error === "403") ${REFUSE}\n  }\n  if (error === "401") return new Response(null, { status: 401 });${SEND}`],
  ["each reason of who is no admin", "any signed-in caller", `const { error } = await currentUser();\n  if (error === "401") return new Response(null, { status: 401 });\n  if (error === "403") ${REFUSE}${SEND}`],
  ["a role", "nobody", `${SIGNED_IN}if (session.user.role !== "admin") ${REFUSE}${SEND}`],
  ["a role, or nobody at all", "nobody", `const session = await auth();\n  if (!session?.user || session.user.role !== "ADMIN") ${REFUSE}${SEND}`],
  ["one of two roles", "nobody", `${SIGNED_IN}if (!["admin", "superadmin"].includes(session.user.role)) ${REFUSE}${SEND}`],
  ["admins and their staff", "nobody", `${SIGNED_IN}if (!["admin", "production_staff"].includes(session.user.role)) ${REFUSE}${SEND}`],
  ["admins and their staff, in a profile", "nobody", `${SUPABASE}const { data: profile } = await supabase.from("profiles").select("role").eq("id", user.id).single();\n  if (!profile || !["admin", "staff"].includes(profile.role)) ${REFUSE}${SEND}`],
  ["admins and moderators, one after the other", "nobody", `${SIGNED_IN}if (session.user.role !== "moderator" && session.user.role !== "admin") ${REFUSE}${SEND}`],
  ["the same, by a variable", "nobody", `${SIGNED_IN}const { role } = session.user;\n  if (!(role === "ADMIN" || role === "SUPPORT")) ${REFUSE}${SEND}`],
  ["admins and auditors, negated", "nobody", `${SIGNED_IN}if (!(session.user.role === "ADMIN" || session.user.role === "AUDITOR")) ${REFUSE}${SEND}`],
  ["auditors alone, negated", "any signed-in caller", `${SIGNED_IN}if (!(session.user.role === "AUDITOR")) ${REFUSE}${SEND}`],
  ["admins and vendors, negated", "any signed-in caller", `${SIGNED_IN}if (!(session.user.role === "ADMIN" || session.user.role === "VENDOR")) ${REFUSE}${SEND}`],
  ["auditors, or an admin who is someone else", "any signed-in caller", `${SIGNED_IN}if (!(session.user.role === "AUDITOR" || request.headers.get("x-role") === "ADMIN")) ${REFUSE}${SEND}`],
  ["staff alone, who may be any shop's", "any signed-in caller", `${SIGNED_IN}if (session.user.role !== "staff") ${REFUSE}${SEND}`],
  ["a list of staff alone", "any signed-in caller", `${SIGNED_IN}if (!["staff", "support_agent"].includes(session.user.role)) ${REFUSE}${SEND}`],
  ["staff, and something else of an admin", "any signed-in caller", `${SIGNED_IN}if (session.user.role !== "staff" || request.headers.get("x-kind") !== "admin") ${REFUSE}${SEND}`],
  ["staff among users", "any signed-in caller", `${SIGNED_IN}if (!["admin", "staff", "user"].includes(session.user.role)) ${REFUSE}${SEND}`],
  ["owners of what they set up, and staff", "any signed-in caller", `${SIGNED_IN}if (!["owner", "admin", "staff"].includes(session.user.role)) ${REFUSE}${SEND}`],
  ["a helper that is named for where it checks", "nobody", `const { error, session } = await requireAdminApi();\n  if (error || !session) return error;${SEND}`],
  ["the same, of a library", "nobody", `await requireAdminPage();${SEND}`],
  ["a path for admins", "any signed-in caller", `${SIGNED_IN}if (!isAdminRoute(session.user.path)) ${REFUSE}${SEND}`],
  ["what another service answers its admins", "any signed-in caller", `${SIGNED_IN}const admin = await getAdminApi(session);\n  if (!admin) ${REFUSE}${SEND}`],
  ["a flag of the account", "nobody", `${SIGNED_IN}const user = await db.user.findUnique({ where: { id: session.user.id } });\n  if (!user?.isAdmin) ${REFUSE}${SEND}`],
  ["a role that is there", "nobody", `${SIGNED_IN}if (session.user.role === "admin") {${SEND}\n  return Response.json({});\n  }\n  ${REFUSE}`],
  ["a role of users, too", "any signed-in caller", `${SIGNED_IN}if (session.user.role !== "admin" && session.user.role !== "user") ${REFUSE}${SEND}`],
  ["those who are no admins", "any signed-in caller", `${SIGNED_IN}if (session.user.role === "admin") ${REFUSE}${SEND}`],
  ["one role in a list of many", "any signed-in caller", `${SIGNED_IN}if (!["admin", "member"].includes(session.user.role)) ${REFUSE}${SEND}`],
  ["a role that anyone has in a team of his own", "any signed-in caller", `${SIGNED_IN}const member = await db.member.findFirst({ where: { userId: session.user.id } });\n  if (member?.role !== "admin") ${REFUSE}${SEND}`],
  ["a role in a session that is read on the server", "nobody", `const session = await getServerSession();\n  if (session?.user?.role !== "admin") ${REFUSE}${SEND}`],
  ["a role in a profile that is read on the server", "nobody", `${SUPABASE}const { data: profile } = await supabase.from("profiles").select("role").eq("id", user.id).single();\n  if (profile?.role !== "admin") ${REFUSE}${SEND}`],
  ["a role in a profile that a user's helper finds", "nobody", `const user = await getServerUser();\n  if (!user) ${REFUSE}\n  if (user.role !== "admin") ${REFUSE}${SEND}`],
  ["words that hold the name of a group", "nobody", `${SIGNED_IN}const organic = await db.user.findUnique({ where: { id: session.user.id } });\n  if (!organic?.isAdmin) ${REFUSE}${SEND}`],
  ["a role in a table of members", "any signed-in caller", `${SUPABASE}const { data: row } = await supabase.from("team_members").select("role").eq("id", user.id).single();\n  if (row?.role !== "admin") ${REFUSE}${SEND}`],
  ["a role in a server of Discord", "any signed-in caller", `${SIGNED_IN}const found = await db.serverUser.findFirst({ where: { userId: session.user.id } });\n  if (found?.role !== "admin") ${REFUSE}${SEND}`],
  ["a role in a server that a session names", "any signed-in caller", `const session = await getServerSession();\n  if (session?.user?.server.role !== "admin") ${REFUSE}${SEND}`],
  ["a role in the caller's organization", "any signed-in caller", `const session = await getServerSession();\n  if (session?.user?.organization.role !== "admin") ${REFUSE}${SEND}`],
  ["admins have a branch of their own", "any signed-in caller", `${SIGNED_IN}if (session.user.role === "admin") console.log("an admin");${SEND}`],
  ["the check comes too late", "any signed-in caller", `${SIGNED_IN.trimEnd()}${SEND}\n  if (session.user.role !== "admin") ${REFUSE}`],
  ["a helper's answer that nobody looks at", "any signed-in caller", `await requireAdmin();${SEND}`],
  ["what a caller says of himself", "anyone", `const { isAdmin: admin } = await request.json();\n  if (!admin) ${REFUSE}${SEND}`],
  ["a header that anyone can send", "anyone", `if (request.headers.get("x-role") !== "admin") ${REFUSE}${SEND}`],
];

describe("admins", () => {
  it.each(CASES)("%s: %s", (_, verdict, body) => {
    const code = `${IMPORTS}export async function POST(request: Request) {\n  ${body}\n  return Response.json({});\n}\n`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });

  it("are let in by a wrapper", () => {
    const code = `${IMPORTS}export const POST = withAdmin(async () => {${SEND}\n  return Response.json({});\n});\n`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe("nobody");
  });

  it.each([
    ["requireAdmin", "nobody"],
    ["requireAuth", "any signed-in caller"],
  ] as const)("are let in by a middleware: %s", (name, verdict) => {
    const code = `import express from "express";
import { ${name} } from "auth-middleware";
import { mail, resend } from "../lib/clients";
const app = express();
app.post("/send", ${name}, async (req, res) => {${SEND}
  res.end();
});
`;
    expect(verdictOf({ ...CLIENTS, "src/app.ts": code }, "src/app.ts")).toBe(verdict);
  });
});

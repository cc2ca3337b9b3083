import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* A function that is called like a check of who calls is judged by its body, where that can be read. */

const ROUTE = "app/api/send/route.ts";
const FILES: ProjectFiles = {
  ...CLIENTS,
  "lib/db.ts": 'import { PrismaClient } from "@prisma/client";\nexport const db = new PrismaClient();\n',
};
const IMPORTS = `import { createHmac } from "node:crypto";
import jwt from "jsonwebtoken";
import { jwtVerify } from "jose";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import { Receiver } from "@upstash/qstash";
import { auth } from "@/auth";
import { auth as clerk } from "@clerk/nextjs/server";
import { db } from "@/lib/db";
import { mail, redis, resend } from "@/lib/clients";
`;
const SEND = "await resend.emails.send(mail);";
const WRITE = "await db.note.delete({ where: { id: 1 } });";
const REFUSED = "return new Response(null, { status: 401 });";

type Case = readonly [name: string, verdict: Verdict, helper: string, body: string];

const asks = (name: string, work = SEND): string => `if (!(await ${name}(request))) ${REFUSED}\n  ${work}`;
const CASES: readonly Case[] = [
  ["a secret of machines", "nobody", "async function verifyAuth(request) { return request.headers.get('authorization') === `Bearer ${process.env.CRON_SECRET}`; }", asks("verifyAuth")],
  ["one of two", "nobody", "async function verifyAuth(request) { if (await signed(request)) return true; return request.headers.get('x-key') === process.env.API_KEY; }\nasync function signed(request) { return new Receiver().verify({ signature: request.headers.get('upstash-signature'), body: await request.text() }); }", asks("verifyAuth")],
  ["told by an object", "nobody", "async function verifyAuth(request) { if (process.env.KEY && request.headers.get('x-key') === process.env.KEY) return { isValid: true }; return { isValid: false }; }", `const found = await verifyAuth(request);\n  if (!found.isValid) ${REFUSED}\n  ${SEND}`],
  ["a cookie that anyone may write", "anyone", "async function checkAdminAuth() { return (await cookies()).get('admin')?.value === '1'; }", asks("checkAdminAuth")],
  ["the same, step by step", "anyone", "async function isAdmin(request) { const found = request.cookies.get('admin'); if (found?.value !== 'true') return false; return true; }", asks("isAdmin")],
  ["a cookie that is looked up", "nobody", "async function checkAdminAuth() { const found = (await cookies()).get('sid')?.value; return (await db.session.findUnique({ where: { id: found } }))?.role === 'admin'; }", asks("checkAdminAuth")],
  ["a cookie with a secret in it", "nobody", "async function checkAdminAuth() { return (await cookies()).get('admin')?.value === process.env.ADMIN_SECRET; }", asks("checkAdminAuth")],
  ["a signature by hand", "nobody", "async function checkAuth(request) { const body = await request.text(); return request.headers.get('x-signature') === createHmac('sha256', process.env.SIGNING_KEY).update(body).digest('hex'); }", asks("checkAuth")],
  ["a machine, by another such name", "nobody", "async function checkAuth(request) { return isAuthorized(request); }\nfunction isAuthorized(request) { return request.headers.get('x-key') === process.env.API_KEY; }", asks("checkAuth")],
  ["a secret that a helper is handed", "nobody", "function checkAuth(request) { return checkBearer(request, process.env.CRON_SECRET); }\nfunction checkBearer(request, secret) { return request.headers.get('authorization') === `Bearer ${secret}`; }", asks("checkAuth")],
  ["a secret that the helper itself is handed", "nobody", "function checkBearer(request, secret) { return request.headers.get('authorization') === `Bearer ${secret}`; }", `if (!checkBearer(request, process.env.CRON_SECRET)) ${REFUSED}\n  ${SEND}`],
  ["what the caller sends, where others hand a secret", "any signed-in caller", "function checkAuth(request) { return checkBearer(request, request.headers.get('x-key')); }\nfunction checkBearer(request, secret) { return request.headers.get('authorization') === `Bearer ${secret}`; }\nexport const others = (request) => checkBearer(request, process.env.CRON_SECRET);", asks("checkAuth")],
  ["a secret that nothing is compared with", "any signed-in caller", "function checkBearer(request, secret) { return secret !== undefined && request.headers.has('authorization'); }", `if (!checkBearer(request, process.env.CRON_SECRET)) ${REFUSED}\n  ${SEND}`],
  ["a machine, or who is signed in", "any signed-in caller", "async function verifyAuth(request) { if (request.headers.get('x-key') === process.env.API_KEY) return true; return Boolean(await getServerSession()); }", asks("verifyAuth")],
  ["a session", "any signed-in caller", "async function verifyAuth(request) { const session = await getServerSession(); return session?.user; }", asks("verifyAuth")],
  ["a session that is signed by hand", "any signed-in caller", "async function getSession() { const [id, signature] = (await cookies()).get('sid').value.split('.'); return signature === createHmac('sha256', process.env.SECRET).update(id).digest('hex') ? { id } : null; }", `const session = await getSession();\n  if (!session) ${REFUSED}\n  ${SEND}`],
  ["a stage, and no secret", "any signed-in caller", "async function verifyAuth(request) { return process.env.NODE_ENV === 'test'; }", asks("verifyAuth")],

  ["throws for strangers", "nobody", "async function getCurrentUser() { const s = await getServerSession(); if (!s?.user?.id) throw new Error('x'); return s.user; }", `const user = await getCurrentUser();\n  ${WRITE}`],
  ["the same, for mail", "any signed-in caller", "async function getCurrentUser() { const s = await getServerSession(); if (!s?.user?.id) throw new Error('x'); return s.user; }", `const user = await getCurrentUser();\n  ${SEND}`],
  ["redirects strangers", "nobody", "async function getUser() { const s = await auth(); if (!s) redirect('/login'); return s.user; }", `const user = await getUser();\n  ${WRITE}`],
  ["lets who is known out first", "nobody", "async function getSession() { const s = await auth(); if (s) return s; throw new Error('x'); }", `await getSession();\n  ${WRITE}`],
  ["by what it calls", "nobody", "async function getUser() { const s = await current(); return s.user; }\nasync function current() { const s = await auth(); if (!s) fail(); return s; }\nfunction fail() { throw new Error('x'); }", `await getUser();\n  ${WRITE}`],
  ["by a cookie", "nobody", "async function getUser() { const s = await db.session.findUnique({ where: { token: (await cookies()).get('sid')?.value } }); if (!s) throw new Error('x'); return s.user; }", `await getUser();\n  ${WRITE}`],
  ["by what must be there", "nobody", "async function getUser() { const s = await getServerSession(); return s!.user; }", `await getUser();\n  ${WRITE}`],
  ["an exception for developers", "nobody", "async function getUser() { if (process.env.NODE_ENV === 'development') return { id: 1 }; const s = await auth(); if (!s) throw new Error('x'); return s.user; }", `await getUser();\n  ${WRITE}`],
  ["answers strangers", "anyone", "async function getCurrentUser() { const s = await getServerSession(); if (!s?.user?.id) return null; return s.user; }", `const user = await getCurrentUser();\n  ${WRITE}`],
  ["answers strangers, whatever its name demands", "anyone", "async function requireUser() { const s = await auth(); if (!s) return { ok: false }; return { ok: true, user: s.user }; }", `const found = await requireUser();\n  ${WRITE}`],
  ["answers strangers, who are turned away then", "nobody", "async function requireUser() { const s = await auth(); if (!s) return { ok: false }; return { ok: true, user: s.user }; }", `const found = await requireUser();\n  if (!found.ok) ${REFUSED}\n  ${WRITE}`],
  ["answers strangers, while something else is looked up", "nobody", "async function requireUser() { const s = await auth(); if (!s) return { ok: false }; return { ok: true, user: s.user }; }", `const [found, notes] = await Promise.all([requireUser(), db.note.findMany()]);\n  if (!found.ok) ${REFUSED}\n  ${WRITE}`],
  ["a token that was signed for a caller", "anyone", "function validateAccessToken(token) { return token.split('.')[1] === createHmac('sha256', process.env.SECRET).update(token.split('.')[0]).digest('hex'); }", `const { token } = await request.json();\n  ${WRITE}\n  if (!validateAccessToken(token)) ${REFUSED}`],
  ["hands out what a session says, whatever it is called", "nobody", "async function context(request) { const { userId, orgId } = await clerk(); return { id: userId, orgId }; }", `const { id } = await context(request);\n  if (!id) ${REFUSED.replace('401', '400')}\n  ${WRITE}`],
  ["the same, for mail", "any signed-in caller", "async function context(request) { const { userId, orgId } = await clerk(); return { id: userId, orgId }; }", `const { id } = await context(request);\n  if (!id) return Response.json({});\n  ${SEND}`],
  ["hands out nothing for strangers, in two ways", "nobody", "async function context() { const { userId } = await clerk(); if (!userId) return { id: null }; return { id: userId }; }", `const { id } = await context();\n  if (!id) return Response.json({});\n  ${WRITE}`],
  ["hands it out, and nobody looks", "anyone", "async function context(request) { const { userId, orgId } = await clerk(); return { id: userId }; }", `const { id } = await context(request);\n  ${WRITE}`],
  ["hands out what the caller says, too", "anyone", "async function context(request) { const { userId, orgId } = await clerk(); return { id: userId ?? request.headers.get('x-user') }; }", `const { id } = await context(request);\n  if (!id) return Response.json({});\n  ${WRITE}`],
  ["hands out a guest", "anyone", "async function context(request) { const { userId, orgId } = await clerk(); return { id: userId ?? 'guest' }; }", `const { id } = await context(request);\n  if (!id) return Response.json({});\n  ${WRITE}`],
  ["hands out what was found for a session", "anyone", "async function context(request) { const { userId, orgId } = await clerk(); return { notes: await db.note.findMany({ where: { userId } }) }; }", `const { notes } = await context(request);\n  if (!notes) return Response.json({});\n  ${WRITE}`],
  ["hands out what a token says", "nobody", "function read(request) { try { return jwt.verify(request.headers.get('x-token'), process.env.JWT_SECRET); } catch { return null; } }", `const admin = read(request);\n  if (!admin) ${REFUSED}\n  ${WRITE}`],
  ["the same of jose", "nobody", "async function read(request) { try { const { payload } = await jwtVerify(request.headers.get('x-token'), key); return payload; } catch { return null; } }", `const admin = await read(request);\n  if (!admin) ${REFUSED}\n  ${WRITE}`],
  ["the same, for mail", "any signed-in caller", "function read(request) { try { return jwt.verify(request.headers.get('x-token'), process.env.JWT_SECRET); } catch { return null; } }", `const admin = read(request);\n  if (!admin) ${REFUSED}\n  ${SEND}`],
  ["what a token says, and nobody looks", "anyone", "function read(request) { try { return jwt.verify(request.headers.get('x-token'), process.env.JWT_SECRET); } catch { return null; } }", `const admin = read(request);\n  ${WRITE}`],
  ["what a token says, or a guest", "anyone", "function read(request) { try { return jwt.verify(request.headers.get('x-token'), process.env.JWT_SECRET); } catch { return { role: 'guest' }; } }", `const admin = read(request);\n  if (!admin) ${REFUSED}\n  ${WRITE}`],
  ["a token that nobody checks", "anyone", "function read(request) { try { return jwt.verify(request.headers.get('x-token'), process.env.JWT_SECRET); } catch { return jwt.decode(request.headers.get('x-token')); } }", `const admin = read(request);\n  if (!admin) ${REFUSED}\n  ${WRITE}`],
  ["a token that is checked later", "anyone", "function read(request) { return jwt.verify(request.headers.get('x-token'), process.env.JWT_SECRET, (error, found) => console.log(error, found)) ?? {}; }", `const admin = read(request);\n  if (!admin) ${REFUSED}\n  ${WRITE}`],
  ["on either way, each by another check", "nobody", "async function getCurrentUser() { const s = await getServerSession(); if (!s?.user?.id) throw new Error('x'); return s.user; }\nasync function findUser() { const s = await auth(); if (!s) throw new Error('x'); return s.user; }", `const user = request.headers.has('x-site') ? await getCurrentUser() : await findUser();\n  ${WRITE}`],
  ["the other way about", "nobody", "async function getCurrentUser() { const s = await getServerSession(); if (!s?.user?.id) throw new Error('x'); return s.user; }\nasync function findUser() { const s = await auth(); if (!s) throw new Error('x'); return s.user; }", `if (request.headers.has('x-site')) await findUser();\n  else await getCurrentUser();\n  ${WRITE}`],
  ["on one way alone", "anyone", "async function getCurrentUser() { const s = await getServerSession(); if (!s?.user?.id) throw new Error('x'); return s.user; }\nasync function findUser() { const s = await auth(); if (!s) throw new Error('x'); return s.user; }", `if (request.headers.has('x-site')) await getCurrentUser();\n  else console.log('a guest');\n  ${WRITE}`],
  ["strangers are turned away by a function that throws", "nobody", "function fail(status) { console.log(status); throw new Error('x'); }", `const session = await auth();\n  if (!session) fail(401);\n  ${WRITE}`],
  ["the same, where something is asked of the session", "nobody", "function fail(status) { console.log(status); throw new Error('x'); }", `const session = await auth();\n  if (!session?.workspaceId || !session.customerId) fail(401);\n  ${WRITE}`],
  ["by a function that may throw", "anyone", "function fail(status) { if (status > 400) throw new Error('x'); }", `const session = await auth();\n  if (!session) fail(401);\n  ${WRITE}`],
  ["answers first, and throws then", "anyone", "async function getUser(guest) { if (guest.allowed) return guest; const s = await auth(); if (!s) throw new Error('x'); return s.user; }", `await getUser(request);\n  ${WRITE}`],
  ["throws for something else", "anyone", "async function getUser(id) { const user = await auth(); if (user?.isBanned) throw new Error('x'); return user; }", `await getUser();\n  ${WRITE}`],
  ["throws, and is caught inside", "anyone", "async function getUser() { try { const s = await auth(); if (!s) throw new Error('x'); return s.user; } catch { return null; } }", `await getUser();\n  ${WRITE}`],
  ["throws, and is caught outside", "anyone", "async function getUser() { const s = await auth(); if (!s) throw new Error('x'); return s.user; }", `try { await getUser(); } catch { console.log('a guest'); }\n  ${WRITE}`],
  ["throws, and is not waited for", "anyone", "async function getUser() { const s = await auth(); if (!s) throw new Error('x'); return s.user; }", `const user = getUser();\n  ${WRITE}`],
  ["throws, too late", "anyone", "async function getUser() { const s = await auth(); if (!s) throw new Error('x'); return s.user; }", `${WRITE}\n  await getUser();`],
];

describe("helpers that are called like checks", () => {
  it.each(CASES)("%s: %s", (_, verdict, helper, body) => {
    const code = `${IMPORTS}${helper}\nexport async function POST(request: Request) {\n  ${body}\n  return Response.json({});\n}\n`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });

  it("in another file are read as well", () => {
    const helper = `${IMPORTS}export async function getCurrentUser() { const s = await getServerSession(); if (!s?.user?.id) throw new Error("x"); return s.user; }\n`;
    const code = (before: string): string => `import { getCurrentUser } from "@/lib/user";\nimport { db } from "@/lib/db";\nexport async function POST() {\n  ${before}\n  ${WRITE}\n  return Response.json({});\n}\n`;
    const files = { ...FILES, "lib/user.ts": helper };
    expect(verdictOf({ ...files, [ROUTE]: code("const user = await getCurrentUser();") }, ROUTE)).toBe("nobody");
    expect(verdictOf({ ...files, [ROUTE]: code("") }, ROUTE)).toBe("anyone");
  });
});

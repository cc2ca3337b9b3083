import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/*
 * Work that only the one call does which wins a claim: `SET … NX`, or an update of what is not yet so. Whoever calls again
 * is sent away, so that nobody does it as often as he likes.
 */

const ROUTE = "app/api/welcome/route.ts";
const FILES: ProjectFiles = {
  ...CLIENTS,
  "lib/db.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n',
  "lib/session.ts": 'import { auth } from "@/auth";\nexport { auth };\n',
  "auth.ts": 'import NextAuth from "next-auth";\nexport const { auth } = NextAuth({ providers: [] });\n',
  "lib/notify.ts": `import { redis, resend, mail } from "./clients";
import { prisma } from "./db";
const keyOf = (userId: string) => \`welcomed:\${userId}\`;
export async function welcomeOnce({ userId }: { userId: string }) {
  const key = keyOf(userId);
  const claimed = await redis.set(key, Date.now(), { nx: true, ex: 3600 });
  if (!claimed) return;
  try {
    await resend.emails.send(mail);
  } catch {
    await redis.del(key);
  }
}
export async function onceByKey(key: string) {
  if (!(await redis.set(\`seen:\${key}\`, 1, { nx: true, ex: 3600 }))) return;
  await resend.emails.send(mail);
}
export async function locked(userId: string) {
  const key = keyOf(userId);
  if (!(await redis.set(key, 1, { nx: true, ex: 3600 }))) return;
  try {
    await resend.emails.send(mail);
  } finally {
    await redis.del(key);
  }
}
const unlock = async (name: string) => { await redis.del(name); };
export async function lockedByHelpers(userId: string) {
  const name = keyOf(userId);
  if (!(await redis.set(name, 1, { nx: true, ex: 3600 }))) return;
  await resend.emails.send(mail);
  await unlock(name);
}
const cleared = { token: null };
export async function disconnect({ accountId }: { accountId: string }) {
  const account = await prisma.account.findUnique({ where: { id: accountId } });
  if (!account) return;
  const updated = await prisma.account.updateMany({ where: { id: account.id, disconnectedAt: null }, data: { ...cleared, disconnectedAt: new Date() } });
  if (updated.count === 0) {
    console.info("by another call");
    return;
  }
  await tell();
}
async function tell() {
  await resend.emails.send(mail);
}
`,
};

const handler = (body: string): ProjectFiles => ({
  ...FILES,
  [ROUTE]: `import { auth } from "@/lib/session";
import { mail, redis, resend } from "@/lib/clients";
import { prisma } from "@/lib/db";
import { State } from "@prisma/client";
import { disconnect, locked, lockedByHelpers, onceByKey, welcomeOnce } from "@/lib/notify";
const done = () => Response.json({});
export async function POST(request: Request) {
  const session = await auth();
  if (!session?.user?.id) return new Response(null, { status: 401 });
  const body = await request.json();
  const id = session.user.id;
${body}
  return done();
}
`,
});

const SEND = "  await resend.emails.send(mail);";
type Case = readonly [name: string, verdict: Verdict, body: string];

const CASES: readonly Case[] = [
  ["SET NX for the caller", "nobody", `  const won = await redis.set(\`welcome:\${session.user.id}\`, 1, { nx: true, ex: 60 });\n  if (!won) return done();\n${SEND}`],
  ["in the branch of the winner", "nobody", `  const won = await redis.set(\`welcome:\${session.user.id}\`, 1, { ex: 60, nx: true });\n  if (won === "OK") {\n${SEND}\n  }`],
  ["nothing was set", "nobody", `  if ((await redis.set(\`welcome:\${session.user.id}\`, 1, { nx: true })) === null) return done();\n${SEND}`],
  ["SETNX", "nobody", `  if ((await redis.setnx(\`welcome:\${session.user.id}\`, 1)) === 0) return done();\n${SEND}`],
  ["one key for all", "nobody", `  if (!(await redis.set("digest", 1, { nx: true, ex: 3600 }))) return done();\n${SEND}`],
  ["in a helper that gives the claim up where it failed", "nobody", "  await welcomeOnce({ userId: id });"],
  ["an update of what is not yet so", "nobody", `  const { count } = await prisma.user.updateMany({ where: { id, welcomedAt: null }, data: { welcomedAt: new Date() } });\n  if (count === 0) return done();\n${SEND}`],
  ["in the branch of the one that was updated", "nobody", `  const updated = await prisma.order.updateMany({ where: { id: body.id, state: State.NEW }, data: { state: State.PAID } });\n  if (updated.count > 0) {\n${SEND}\n  }`],
  ["no other count than one", "nobody", `  const updated = await prisma.order.updateMany({ where: { id: body.id, told: false }, data: { told: true } });\n  if (updated.count !== 1) return done();\n${SEND}`],
  ["an update in a helper", "nobody", "  await disconnect({ accountId: id });"],

  ["no claim", "any signed-in caller", `  const won = await redis.set(\`welcome:\${session.user.id}\`, 1, { ex: 60 });\n  if (!won) return done();\n${SEND}`],
  ["a key that the caller chooses", "any signed-in caller", `  const won = await redis.set(\`welcome:\${body.key}\`, 1, { nx: true });\n  if (!won) return done();\n${SEND}`],
  ["somebody whom the caller chooses", "any signed-in caller", `  const won = await redis.set(\`welcome:\${body.userId}\`, 1, { nx: true });\n  if (!won) return done();\n${SEND}`],
  ["the caller's key in a helper", "any signed-in caller", "  await onceByKey(body.key);"],
  ["a lock", "any signed-in caller", "  await locked(id);"],
  ["a lock that a helper opens", "any signed-in caller", "  await lockedByHelpers(id);"],
  ["a lock that is opened in the handler", "any signed-in caller", `  const key = \`welcome:\${session.user.id}\`;\n  if (!(await redis.set(key, 1, { nx: true }))) return done();\n${SEND}\n  await redis.del(\`welcome:\${session.user.id}\`);`],
  ["who loses goes on", "any signed-in caller", `  const won = await redis.set(\`welcome:\${session.user.id}\`, 1, { nx: true });\n  if (!won) console.info("again");\n${SEND}`],
  ["who loses does it", "any signed-in caller", `  const won = await redis.set(\`welcome:\${session.user.id}\`, 1, { nx: true });\n  if (won) return done();\n${SEND}`],
  ["the value of before, which is nothing for the winner", "any signed-in caller", `  const old = await redis.set(\`welcome:\${session.user.id}\`, 1, { nx: true, get: true });\n  if (!old) return done();\n${SEND}`],
  ["another condition lets it through", "any signed-in caller", `  const won = await redis.set(\`welcome:\${session.user.id}\`, 1, { nx: true });\n  if (!won && !body.again) return done();\n${SEND}`],
  ["mail before the claim", "any signed-in caller", `${SEND}\n  const won = await redis.set(\`welcome:\${session.user.id}\`, 1, { nx: true });\n  if (!won) return done();`],
  ["an update that changes nothing of what is asked", "any signed-in caller", `  const { count } = await prisma.user.updateMany({ where: { id, welcomedAt: null }, data: { name: "x" } });\n  if (count === 0) return done();\n${SEND}`],
  ["to and fro as the caller likes", "any signed-in caller", `  const { count } = await prisma.user.updateMany({ where: { id, on: body.was }, data: { on: body.on } });\n  if (count === 0) return done();\n${SEND}`],
  ["to what the caller likes", "any signed-in caller", `  const { count } = await prisma.user.updateMany({ where: { id, on: false }, data: { on: body.on } });\n  if (count === 0) return done();\n${SEND}`],
  ["of what was made just now", "any signed-in caller", `  const order = await prisma.order.create({ data: { told: false } });\n  const { count } = await prisma.order.updateMany({ where: { id: order.id, told: false }, data: { told: true } });\n  if (count === 0) return done();\n${SEND}`],
  ["and back again", "any signed-in caller", `  const { count } = await prisma.user.updateMany({ where: { id, busy: false }, data: { busy: true } });\n  if (count === 0) return done();\n${SEND}\n  await prisma.user.update({ where: { id }, data: { busy: false } });`],
  ["what was updated is sent away", "any signed-in caller", `  const { count } = await prisma.user.updateMany({ where: { id, told: false }, data: { told: true } });\n  if (count > 0) return done();\n${SEND}`],
  ["whatever the count", "any signed-in caller", `  const { count } = await prisma.user.updateMany({ where: { id, told: false }, data: { told: true } });\n  if (count < 0) return done();\n${SEND}`],
];

describe("work that a claim lets through once", () => {
  it.each(CASES)("%s: %s", (_, verdict, body) => {
    expect(verdictOf(handler(body), ROUTE)).toBe(verdict);
  });

  it("is what strangers are still told to claim as often as they like", () => {
    const files = { ...CLIENTS, [ROUTE]: `import { mail, redis, resend } from "@/lib/clients";\nexport async function POST() {\n  if (!(await redis.set("digest", 1, { nx: true }))) return new Response();\n${SEND}\n  return new Response();\n}\n` };
    expect(verdictOf(files, ROUTE)).toBe("anyone");
  });

  it.each([
    ["an argument of a server action", "any signed-in caller", "userId: string", "userId"],
    ["the session's", "nobody", "_: string", "session.user.id"],
  ] as const)("in a server action, by %s: %s", (_, verdict, parameter, key) => {
    const file = "app/actions.ts";
    const code = `"use server";\nimport { auth } from "@/lib/session";\nimport { mail, redis, resend } from "@/lib/clients";\nexport async function welcome(${parameter}) {\n  const session = await auth();\n  if (!session?.user?.id) throw new Error("Unauthorized");\n  if (!(await redis.set(\`welcome:\${${key}}\`, 1, { nx: true }))) return;\n${SEND}\n}\n`;
    expect(verdictOf({ ...FILES, [file]: code }, file)).toBe(verdict);
  });
});

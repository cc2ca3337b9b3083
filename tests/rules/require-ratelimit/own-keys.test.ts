import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* What Redis keeps under a token of the caller's, he may throw away: it is one command, and does nothing for whoever has none. */

const ROUTE = "app/api/sign-out/route.ts";
const FILES: ProjectFiles = {
  ...CLIENTS,
  "lib/sessions.ts": `import { redis } from "./clients";
export async function forget(token: string) {
  await redis.del(\`session:\${token}\`);
}
export async function spend(token: string) {
  const key = \`link:\${token}\`;
  const found = await redis.get(key);
  if (found) await redis.del(key);
  return found;
}
`,
};

type Case = readonly [name: string, verdict: Verdict, body: string];

const CASES: readonly Case[] = [
  ["a session, by the token of the body", "nobody", "await redis.del(`session:${body.token}`);"],
  ["a session, by the token of a cookie", "nobody", 'const token = (await cookies()).get("token")?.value;\n  if (token) await redis.del(`session:${token}`);'],
  ["a session, by its id in a cookie", "nobody", 'const sid = (await cookies()).get("sid")?.value;\n  if (sid) await redis.unlink(`session:${sid}`);'],
  ["by a helper", "nobody", "await forget(body.token);"],
  ["a link that is spent", "nobody", 'const url = new URL(request.url);\n  const token = url.searchParams.get("token");\n  const found = await redis.get(`link:${token}`);\n  if (!found) return new Response(null, { status: 403 });\n  await redis.del(`link:${token}`);'],
  ["a link that is spent by a helper", "nobody", "await spend(body.token);"],
  ["the state of a sign-in, under the token of another service", "nobody", "const { oauth_token } = body;\n  await redis.getdel(`oauth:${oauth_token}`);"],

  ["any key", "anyone", "await redis.del(body.token);"],
  ["any key but for a letter", "anyone", "await redis.del(`${body.token}`);"],
  ["a key that begins with what is sent", "anyone", "await redis.del(`${body.token}:session`);"],
  ["what anybody can name", "anyone", "await redis.del(`note:${body.id}`);"],
  ["what anybody can name, beside a token", "anyone", "await redis.del(`note:${body.id}:${body.token}`);"],
  ["an address", "anyone", "await redis.del(`session:${body.email}`);"],
  ["an address, by a helper that calls it a token", "anyone", "await forget(body.email);"],
  ["an id that is not in a cookie", "anyone", "const { sessionId } = body;\n  await redis.del(`session:${sessionId}`);"],
  ["what can be tried", "anyone", "await redis.del(`otp:${body.otpToken}`);"],
  ["a token that everybody gets", "anyone", "await redis.del(`share:${body.shareToken}`);"],
  ["a token that names somebody's device", "anyone", "await redis.del(`push:${body.deviceToken}`);"],
  ["more keys than one", "anyone", "await redis.del(`session:${body.token}`, `user:${body.id}`);"],
  ["as many keys as are sent", "anyone", "await redis.del(...body.tokens.map((token: string) => `session:${token}`));"],
  ["one after the other", "anyone", "for (const token of body.tokens) await redis.del(`session:${token}`);"],
  ["what is written is no more thrown away", "anyone", 'await redis.set(`session:${body.token}`, "1");'],
  ["something else is done, too", "anyone", 'await redis.del(`session:${body.token}`);\n  await redis.lpush("notes", body.note);'],
  ["four of them", "anyone", "const { token, accessToken, resetToken, authToken } = body;\n  await redis.del(`a1:${token}`);\n  await redis.del(`b1:${accessToken}`);\n  await redis.del(`c1:${resetToken}`);\n  await redis.del(`d1:${authToken}`);"],
  ["mail that is sent to whoever has one", "anyone", "const found = await redis.getdel(`link:${body.token}`);\n  await resend.emails.send({ ...mail, to: String(found) });"],
];

const COOKIE = 'const raw = (await cookies()).get("app")?.value;\n  const id = raw?.split(".")[0];\n  ';
const ROWS: readonly Case[] = [
  ["the session of a cookie", "nobody", `${COOKIE}if (id) await prisma.session.delete({ where: { id } }).catch(() => undefined);`],
  ["the session of a cookie, one or none", "nobody", `${COOKIE}await prisma.authSession.deleteMany({ where: { sessionId: raw } });`],
  ["all sessions of somebody whom the cookie names", "anyone", `${COOKIE}await prisma.session.deleteMany({ where: { userId: id } });`],
  ["all sessions", "anyone", `${COOKIE}if (id) await prisma.session.deleteMany({});`],
  ["a session that is named", "anyone", "await prisma.session.delete({ where: { id: body.id } });"],
  ["all but the session of a cookie", "anyone", `${COOKIE}await prisma.session.deleteMany({ where: { id: { not: id } } });`],
  ["something else that a cookie names", "anyone", `${COOKIE}await prisma.note.delete({ where: { id } });`],
  ["the session of a cookie is changed", "anyone", `${COOKIE}await prisma.session.update({ where: { id }, data: { seenAt: new Date() } });`],
  ["the session of a cookie, and something else", "anyone", `${COOKIE}await prisma.session.delete({ where: { id } });\n  await prisma.visit.create({ data: { id } });`],
];

describe("keys that are thrown away under a token", () => {
  it.each(CASES)("%s: %s", (_, verdict, body) => {
    const code = `import { cookies } from "next/headers";
import { mail, redis, resend } from "@/lib/clients";
import { forget, spend } from "@/lib/sessions";

export async function POST(request: Request) {
  const body = await request.json();
  ${body}
  return Response.json({ ok: true });
}
`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });

  it.each(ROWS)("a row: %s: %s", (_, verdict, body) => {
    const code = `import { cookies } from "next/headers";
import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();

export async function POST(request: Request) {
  const body = await request.json();
  ${body}
  return Response.json({ ok: true });
}
`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });

  it("a helper is told apart by what it is handed", () => {
    const route = (sent: string): string => `import { forget } from "@/lib/sessions";\nexport async function POST(request: Request) {\n  const body = await request.json();\n  await forget(body.${sent});\n  return Response.json({ ok: true });\n}\n`;
    const code = `${route("token")}${route("email").replace(/^.*\n/u, "").replace("POST", "DELETE")}`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe("anyone");
    expect(verdictOf({ ...FILES, [ROUTE]: code.replace("body.email", "body.resetToken") }, ROUTE)).toBe("nobody");
  });
});

import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/*
 * What tells that strangers do not get to the work: checks that throw, and helpers that are handed who calls. Beside what
 * must be silent stands the attack that would hide behind it.
 */

const ROUTE = "app/api/notes/route.ts";
const IMPORTS = `import { cookies } from "next/headers";
import jwt from "jsonwebtoken";
import { getIronSession } from "iron-session";
import { getCookieSession, getUserSession, settings } from "some-sessions";
import { jwtVerify } from "jose";
import passport from "passport";
import { auth, getJwtPayload } from "@/auth";
import { mail, redis, resend } from "@/lib/clients";
import { adminVerification, authCheck, fileVerification, userValidation } from "some-checks";
import { authenticateKey, authenticateUser, getActor, getCaller, getViewer, isUserToken } from "some-library";
import * as access from "@/lib/access";
const KEY = process.env.JWT_KEY ?? "";
const SECRET = new TextEncoder().encode(KEY);
`;
const FILES: ProjectFiles = {
  ...CLIENTS,
  "lib/access.ts": `import jwt from "jsonwebtoken";
import { getJwtPayload } from "@/auth";
import { redis } from "./clients";

export async function allowed(id, user) {
  if (!user) return { ok: false, response: new Response(null, { status: 404 }) };
  if (user.role !== "teacher") return { ok: false, response: new Response(null, { status: 404 }) };
  const course = await redis.hget("courses", id);
  return course === user.id ? { ok: true, course } : { ok: false, response: new Response(null, { status: 404 }) };
}
export async function history({ userId, page }) {
  if (!userId) return [];
  return redis.lrange("history:" + userId, page * 20, page * 20 + 19);
}
export async function notesOf(user) {
  if (!user) throw new Error("nobody");
  return redis.incr("notes:" + user.id);
}
export async function listed({ filter, userId }) {
  if (!filter) return [];
  return redis.lrange("all:" + filter, 0, 20);
}
export async function tutorial() {
  const payload = await getJwtPayload();
  await redis.sadd("tutorial", payload!.sub);
}
export async function tutorialOrGuest() {
  const payload = await getJwtPayload();
  await redis.sadd("tutorial", payload?.sub ?? "guest");
}
export function claimsOf(token) {
  try {
    return jwt.verify(token, process.env.JWT_KEY);
  } catch {
    return null;
  }
}
export function mustBeSigned(token) {
  return jwt.verify(token, process.env.JWT_KEY);
}
`,
};

const handler = (body: string): ProjectFiles => ({
  ...FILES,
  [ROUTE]: `${IMPORTS}export async function POST(request: Request) {\n${body}\n  return Response.json({});\n}\n`,
});

type Case = readonly [name: string, verdict: Verdict, body: string];

const THROWING: readonly Case[] = [
  ["a token is checked where the work is done", "nobody", 'try { const { sub } = jwt.verify((await cookies()).get("t")?.value, KEY); await redis.del(`t:${sub}`); } catch (error) { console.log(error); }'],
  ["a token is checked, and nothing catches", "nobody", 'const { payload } = await jwtVerify(request.headers.get("authorization") ?? "", SECRET);\n  await redis.incr(`n:${payload.sub}`);'],
  ["whoever has none is sent away", "nobody", 'let claims;\n  try { claims = jwt.verify(request.headers.get("authorization"), KEY); } catch { return new Response(null, { status: 400 }); }\n  await redis.incr(`n:${claims.sub}`);'],
  ["a helper checks it, and throws", "nobody", 'const { sub } = access.mustBeSigned(request.headers.get("authorization"));\n  await redis.incr(`n:${sub}`);'],
  ["each way has a check", "nobody", 'const token = request.headers.get("authorization") ?? "";\n  if (token.startsWith("v2.")) await jwtVerify(token, SECRET);\n  else jwt.verify(token, KEY);\n  await redis.incr("n");'],
  ["signed-in callers may send as much mail as they like", "any signed-in caller", 'jwt.verify(request.headers.get("authorization"), KEY);\n  await resend.emails.send(mail);'],
  ["work goes on behind the catch", "anyone", 'try { jwt.verify(request.headers.get("authorization"), KEY); } catch (error) { console.log(error); }\n  await redis.incr("n");'],
  ["work in the catch", "anyone", 'try { jwt.verify(request.headers.get("authorization"), KEY); } catch { await redis.incr("refused"); }'],
  ["work before the check", "anyone", 'await redis.incr("n");\n  jwt.verify(request.headers.get("authorization"), KEY);'],
  ["whoever leaves his token out is not checked", "anyone", 'const token = request.headers.get("authorization");\n  if (token) jwt.verify(token, KEY);\n  await redis.incr("n");'],
  ["the rejection is swallowed", "anyone", 'await jwtVerify(request.headers.get("authorization") ?? "", SECRET).catch(() => undefined);\n  await redis.incr("n");'],
  ["nobody waits for the check", "anyone", 'void jwtVerify(request.headers.get("authorization") ?? "", SECRET);\n  await redis.incr("n");'],
  ["the check tells a callback", "anyone", 'jwt.verify(request.headers.get("authorization"), KEY, (error) => { if (error) console.log(error); });\n  await redis.incr("n");'],
  ["the token is only decoded", "anyone", 'const { sub } = jwt.decode(request.headers.get("authorization"));\n  await redis.incr(`n:${sub}`);'],
  ["a helper answers null, and nobody looks", "anyone", 'const claims = access.claimsOf(request.headers.get("authorization"));\n  await redis.incr(`n:${claims?.sub ?? "guest"}`);'],
];

const ASSERTED: readonly Case[] = [
  ["what is nothing for strangers has no members", "nobody", "const payload = await getJwtPayload();\n  await redis.sadd(\"tutorial\", payload!.sub);"],
  ["the same in a helper", "nobody", "await access.tutorial();"],
  ["the same, taken apart", "nobody", "const session = await auth();\n  const id = session!.user!.id;\n  await redis.incr(`n:${id}`);"],
  ["the same at once", "nobody", "const id = (await auth())!.user.id;\n  await redis.incr(`n:${id}`);"],
  ["a chain that ends early", "anyone", "const session = await auth();\n  const id = session?.user!.id;\n  await redis.incr(`n:${id}`);"],
  ["only where somebody is there", "anyone", "const session = await auth();\n  const id = session ? session!.user.id : \"guest\";\n  await redis.incr(`n:${id}`);"],
  ["only on one way", "anyone", "const session = await auth();\n  let id = \"guest\";\n  if (session) id = session!.user.id;\n  await redis.incr(`n:${id}`);"],
  ["after the work", "anyone", "const session = await auth();\n  await redis.incr(\"n\");\n  console.log(session!.user.id);"],
  ["an assertion that reads nothing", "anyone", "const session = await auth();\n  console.log(session!);\n  await redis.incr(\"n\");"],
  ["it is caught", "anyone", "const session = await auth();\n  try { console.log(session!.user.id); } catch { console.log(\"a guest\"); }\n  await redis.incr(\"n\");"],
  ["what a stranger sends", "anyone", "const body = (await request.json()) as { user?: { id: string } };\n  await redis.incr(`n:${body.user!.id}`);"],
  ["the helper asks for less", "anyone", "await access.tutorialOrGuest();"],
];

const HANDED_OVER: readonly Case[] = [
  ["a helper's refusal is handed on", "nobody", 'const user = await auth();\n  const checked = await access.allowed("a", user);\n  if (!checked.ok) return checked.response;\n  await redis.incr("n");'],
  ["a helper does nothing for strangers", "nobody", "const payload = await getJwtPayload();\n  const userId = payload?.sub;\n  return Response.json(await access.history({ userId, page: 1 }));"],
  ["a helper throws for strangers", "nobody", 'await access.notesOf(await auth());\n  await redis.incr("n");'],
  ["a helper's refusal that nobody looks at", "anyone", 'const user = await auth();\n  await access.allowed("a", user);\n  await redis.incr("n");'],
  ["a helper is handed what the body says", "anyone", 'const { user } = await request.json();\n  const checked = await access.allowed("a", user);\n  if (!checked.ok) return checked.response;\n  await redis.incr("n");'],
  ["first who calls, then what the body says", "anyone", "await access.history({ userId: (await auth())?.user, page: 1 });\n  const { userId } = await request.json();\n  await access.history({ userId, page: 1 });"],
  ["a helper looks at something else that it is handed", "anyone", "const payload = await getJwtPayload();\n  return Response.json(await access.listed({ userId: payload?.sub, filter: request.url }));"],
  ["a name that stands in for strangers", "anyone", 'const payload = await getJwtPayload();\n  return Response.json(await access.history({ userId: payload?.sub ?? "guest", page: 1 }));'],
];

const ACTORS: readonly Case[] = [
  ["whoever acts, by nothing", "nobody", 'const viewer = await getViewer();\n  if (!viewer) return Response.json({ pending: false });\n  await redis.incr("n");'],
  ["whoever acts, by a token", "nobody", 'const { jwt: given } = await request.json();\n  const actor = await getActor(given.jwt);\n  if (!actor || !actor.$id) return Response.json({ pending: false });\n  await redis.incr("n");'],
  ["whoever acts, by the request", "nobody", 'const caller = await getCaller(request.headers);\n  if (!caller) return Response.json([]);\n  await redis.incr("n");'],
  ["an actor in a film", "anyone", 'const { id } = await request.json();\n  const actor = await getActor(id);\n  if (!actor) return Response.json([]);\n  await redis.incr("n");'],
  ["nobody looks whether one is there", "anyone", 'const viewer = await getViewer();\n  await redis.incr(`n:${viewer?.id ?? "guest"}`);'],
];

const NOUNS: readonly Case[] = [
  ["a verification of the admin", "nobody", 'const token = (await cookies()).get("t")?.value;\n  const checked = await adminVerification(token);\n  if (checked.code !== 1) return Response.json({ error: "no" });\n  await redis.incr("n");'],
  ["a check of who calls", "nobody", 'if (!(await authCheck(request))) return Response.json({ error: "no" });\n  await redis.incr("n");'],
  ["a verification whose answer nobody looks at", "anyone", 'await adminVerification((await cookies()).get("t")?.value);\n  await redis.incr("n");'],
  ["a verification of a file", "anyone", 'const checked = await fileVerification(await request.text());\n  if (checked.code !== 1) return Response.json({ error: "no" });\n  await redis.incr("n");'],
  ["a validation of what a user sends", "anyone", 'const checked = await userValidation(await request.json());\n  if (checked.code !== 1) return Response.json({ error: "no" });\n  await redis.incr("n");'],
];

const PASSPORT: readonly Case[] = (
  [
    ["nobody was vouched for", "nobody", "async (error, user) => {\n    if (error || !user) return Response.redirect(\"/\");\n    await redis.incr(`n:${user.id}`);\n  }"],
    ["by the parameters as a list", "nobody", "async (...args) => {\n    const found = args[1];\n    if (!found) return Response.redirect(\"/\");\n    await redis.incr(`n:${found.id}`);\n  }"],
    ["in the branch of those who are", "nobody", "async (error, user) => {\n    if (user) await redis.incr(`n:${user.id}`);\n  }"],
    ["whoever it is", "anyone", "async (error, user) => {\n    await redis.incr(`n:${user?.id ?? \"guest\"}`);\n  }"],
    ["an error alone is looked at", "anyone", "async (error, user) => {\n    if (error) return Response.redirect(\"/\");\n    await redis.incr(`n:${user?.id}`);\n  }"],
    ["the information beside it", "anyone", "async (error, user, info) => {\n    if (!info) return Response.redirect(\"/\");\n    await redis.incr(\"n\");\n  }"],
  ] as const
).map(([name, verdict, callback]) => [name, verdict, `passport.authenticate("github", {}, ${callback})(request, Response);`]);

const SESSIONS: readonly Case[] = [
  ["a session that a password of the application seals", "nobody", 'const session = await getIronSession<{ userId?: string }>(await cookies(), { password: process.env.SESSION_PASSWORD!, cookieName: "s" });\n  if (!session.userId) return new Response(null, { status: 401 });\n  await redis.incr(`n:${session.userId}`);'],
  ["the same, by settings that can't be read", "nobody", 'const session = await getIronSession<{ userId?: string }>(await cookies(), { password: settings.password, cookieName: "s" });\n  if (!session.userId) return new Response(null, { status: 401 });\n  await redis.incr(`n:${session.userId}`);'],
  ["a helper that is told the application's own", "nobody", 'const session = await getCookieSession({ password: process.env.SESSION_PASSWORD });\n  if (!session) return new Response(null, { status: 401 });\n  await redis.incr("n");'],
  ["a session that nobody looks at", "anyone", 'const session = await getIronSession<{ userId?: string }>(await cookies(), { password: process.env.SESSION_PASSWORD!, cookieName: "s" });\n  await redis.incr(`n:${session.userId ?? "guest"}`);'],
  ["an account that is looked up by what was sent", "anyone", 'const { name, password } = await request.json();\n  const account = await getUserSession({ name, password });\n  if (!account) return new Response(null, { status: 401 });\n  await redis.incr("n");'],
];

const REFUSE = "if (!session) return new Response(null, { status: 401 });";
const ON_ONE_WAY: readonly Case[] = [
  ["each way asks", "nobody", `const session = await auth();\n  if (request.url.endsWith("a")) {\n    ${REFUSE}\n    console.log("a");\n  } else {\n    ${REFUSE}\n    console.log("b");\n  }\n  await redis.incr("n");`],
  ["the other way ends", "nobody", `const session = await auth();\n  if (request.url.endsWith("a")) {\n    ${REFUSE}\n  } else return new Response(null, { status: 404 });\n  await redis.incr("n");`],
  ["each case asks for itself", "nobody", `const session = await auth();\n  switch (request.method) {\n    case "POST": {\n      ${REFUSE}\n      await redis.incr("n");\n      break;\n    }\n    case "PUT": {\n      ${REFUSE}\n      await redis.incr("m");\n      break;\n    }\n  }`],
  ["a token, or else a session", "nobody", `const token = request.headers.get("authorization");\n  if (token?.startsWith("Bearer ")) {\n    const owner = await redis.get(\`token:\${token}\`);\n    if (!owner) return new Response("Unauthorized", { status: 401 });\n  } else {\n    const session = await auth();\n    ${REFUSE}\n  }\n  await redis.incr("n");`],
  ["one kind of token, or else another", "nobody", `const token = request.headers.get("authorization");\n  if (token && isUserToken(token)) {\n    const claims = await authenticateUser(token);\n    if (!claims.ok) return Response.json(claims);\n  } else {\n    const claims = await authenticateKey(token);\n    if (!claims.ok) return Response.json(claims);\n  }\n  await redis.incr("n");`],
  ["one kind of token, or else nothing", "anyone", `const token = request.headers.get("authorization");\n  if (token && isUserToken(token)) {\n    const claims = await authenticateUser(token);\n    if (!claims.ok) return Response.json(claims);\n  }\n  await redis.incr("n");`],
  ["a token, or else nothing", "anyone", `const token = request.headers.get("authorization");\n  if (token?.startsWith("Bearer ")) {\n    const owner = await redis.get(\`token:\${token}\`);\n    if (!owner) return new Response("Unauthorized", { status: 401 });\n  } else console.log("a guest");\n  await redis.incr("n");`],
  ["one way asks, and the work comes after both", "anyone", `const session = await auth();\n  if (request.url.endsWith("a")) {\n    ${REFUSE}\n    console.log("a");\n  }\n  await redis.incr("n");`],
  ["one way asks, and the work is on the other", "anyone", `const session = await auth();\n  if (request.url.endsWith("a")) {\n    ${REFUSE}\n    console.log("a");\n  } else await redis.incr("n");`],
  ["one case asks, and the work is in another", "anyone", `const session = await auth();\n  switch (request.method) {\n    case "POST": {\n      ${REFUSE}\n      console.log("a");\n      break;\n    }\n    case "PUT": {\n      await redis.incr("n");\n      break;\n    }\n  }`],
];

const GIVEN_BACK = "const signedIn = (user) => {\n    if (!user) throw new Error(\"nobody\");\n    return user;\n  };\n  const orGuest = (user) => user ?? { id: \"guest\" };";
const catching = (id: string, condition: string): string => `${GIVEN_BACK}\n  let id = null;\n  try {\n    ${id}\n  } catch {\n    if (${condition}) await redis.incr(\`failed:\${id}\`);\n  }`;
const GIVING_BACK: readonly Case[] = [
  ["kept before something throws", "nobody", catching("const user = signedIn(await auth());\n    id = user.id;\n    await request.json();", "id")],
  ["the same, and more", "nobody", catching("const user = signedIn(await auth());\n    id = user.id;\n    await request.json();", "request.url && id !== null")],
  ["one handed on to the next", "nobody", catching("const user = signedIn(signedIn(await auth()));\n    id = user.id;\n    await request.json();", "id")],
  ["asked for nothing", "anyone", catching("const user = signedIn(await auth());\n    id = user.id;\n    await request.json();", "request.url")],
  ["another stands in for strangers", "anyone", catching("const user = orGuest(await auth());\n    id = user.id;\n    await request.json();", "id")],
  ["what the body says is given back", "anyone", catching("const user = signedIn(await request.json());\n    id = user.id;", "id")],
];

const table = (name: string, cases: readonly Case[]): void => {
  describe(name, () => {
    it.each(cases)("%s: %s", (_, verdict, body) => {
      expect(verdictOf(handler(body), ROUTE)).toBe(verdict);
    });
  });
};

table("checks of a token that throw", THROWING);
table("functions that give back whom they were handed, or throw", GIVING_BACK);
table("members of what strangers do not have", ASSERTED);
table("helpers that are handed who calls", HANDED_OVER);
table("functions that are named for whoever acts", ACTORS);
table("checks on some ways only", ON_ONE_WAY);
table("functions that are named by a noun for a check", NOUNS);
table("callbacks of passport, which is told whom a provider vouches for", PASSPORT);
table("sessions, whatever opens them", SESSIONS);

const MIDDLEWARE: Readonly<Record<string, readonly [verdict: Verdict, body: string]>> = {
  "hands on behind the check": ["nobody", "req.claims = jwt.verify(req.headers.authorization, KEY);\n  next();"],
  "hands on in the same try": ["nobody", "try {\n    req.claims = jwt.verify(req.headers.authorization, KEY);\n    next();\n  } catch {\n    res.status(400).end();\n  }"],
  "hands on what was thrown": ["nobody", "try {\n    jwt.verify(req.headers.authorization, KEY);\n  } catch {\n    return res.status(400).end();\n  }\n  next();"],
  "hands on without a token, too": ["anyone", "if (!req.headers.authorization) return next();\n  jwt.verify(req.headers.authorization, KEY);\n  next();"],
  "hands on whoever was refused": ["anyone", "try {\n    jwt.verify(req.headers.authorization, KEY);\n    next();\n  } catch {\n    next();\n  }"],
  "hands on before the check": ["anyone", "next();\n  jwt.verify(req.headers.authorization, KEY);"],
};

describe("a middleware that checks a token", () => {
  it.each(Object.entries(MIDDLEWARE))("%s", (_, [verdict, body]) => {
    const code = `import express from "express";
import jwt from "jsonwebtoken";
import { redis } from "../lib/clients";
const KEY = process.env.JWT_KEY ?? "";
const app = express();
function looked(req, res, next) {
  ${body}
}
app.post("/notes", looked, async (req, res) => {
  await redis.incr("n");
  res.end();
});
`;
    expect(verdictOf({ ...CLIENTS, "src/app.ts": code }, "src/app.ts")).toBe(verdict);
  });
});

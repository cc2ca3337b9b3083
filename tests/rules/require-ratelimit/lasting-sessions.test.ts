import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { dependingOn } from "./shared.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/*
 * Sessions of libraries that are there for everybody, and empty for strangers. Whether there is one is no check of who calls; what it
 * holds is.
 */

type Case = readonly [name: string, verdict: Verdict, body: string];

const ROUTE = "app/api/notes/route.ts";
const FILES: ProjectFiles = {
  ...CLIENTS,
  ...dependingOn("next", "iron-session", "@remix-run/node", "@upstash/redis", "resend"),
  "lib/session.ts": `import { getIronSession } from "iron-session";
import { cookies } from "next/headers";

const OPTIONS = { password: process.env.SESSION_PASSWORD!, cookieName: "s" };

export async function getSession() {
  return getIronSession<{ user?: { id: string } }>(await cookies(), OPTIONS);
}
export async function getSessionOrNothing() {
  const session = await getIronSession<{ user?: { id: string } }>(await cookies(), OPTIONS);
  return session.user ? session : null;
}
export async function requireSession() {
  const session = await getIronSession<{ user?: { id: string } }>(await cookies(), OPTIONS);
  if (!session) throw new Error("nobody");
  return session;
}
export async function requireUser() {
  const session = await getIronSession<{ user?: { id: string } }>(await cookies(), OPTIONS);
  if (!session.user) throw new Error("nobody");
  return session.user;
}
`,
};

const inRoute = (body: string): ProjectFiles => ({
  ...FILES,
  [ROUTE]: `import { createCookieSessionStorage } from "@remix-run/node";
import { getIronSession } from "iron-session";
import { cookies } from "next/headers";
import { redis } from "@/lib/clients";
import { getSession, getSessionOrNothing, requireSession, requireUser } from "@/lib/session";

const storage = createCookieSessionStorage({ cookie: { name: "s", secrets: [process.env.SESSION_PASSWORD!] } });

export async function POST(request: Request) {
  ${body}
  await redis.incr("n");
  return Response.json({});
}
`,
});

const CASES: readonly Case[] = [
  ["a session is there", "anyone", 'const session = await getIronSession(await cookies(), { password: "p", cookieName: "s" });\n  if (!session) return new Response(null, { status: 401 });'],
  ["somebody is in it", "nobody", 'const session = await getIronSession(await cookies(), { password: "p", cookieName: "s" });\n  if (!session.user) return new Response(null, { status: 401 });'],
  ["it is there, and somebody is in it", "nobody", 'const session = await getIronSession(await cookies(), { password: "p", cookieName: "s" });\n  if (!session || !session.user) return new Response(null, { status: 401 });'],
  ["a helper's session is there", "anyone", "const session = await getSession();\n  if (!session) return new Response(null, { status: 401 });"],
  ["a helper's session is there, or an error is thrown", "anyone", 'const session = await getSession();\n  if (!session) throw new Error("nobody");'],
  ["somebody is in a helper's session", "nobody", "const { user } = await getSession();\n  if (!user) return new Response(null, { status: 401 });"],
  ["somebody is in a helper's session, if it is there", "nobody", "const session = await getSession();\n  if (!session?.user?.id) return new Response(null, { status: 401 });"],
  ["a helper gives none to strangers", "nobody", "const session = await getSessionOrNothing();\n  if (!session) return new Response(null, { status: 401 });"],
  ["a helper throws where none is there", "anyone", "await requireSession();"],
  ["a helper throws where nobody is in it", "nobody", "await requireUser();"],
  ["a session of another library is there", "anyone", 'const session = await storage.getSession(request.headers.get("Cookie"));\n  if (!session) return new Response(null, { status: 401 });'],
  ["somebody is in a session of another library", "nobody", 'const session = await storage.getSession(request.headers.get("Cookie"));\n  if (!session.get("userId")) return new Response(null, { status: 401 });'],
];

describe("a session that a library makes for everybody", () => {
  it.each(CASES)("%s", (_, verdict, body) => {
    expect(verdictOf(inRoute(body), ROUTE)).toBe(verdict);
  });
});

const ROUTER = "server/router.ts";

const procedure = (body: string, context: string): ProjectFiles => ({
  ...FILES,
  ...dependingOn("@trpc/server", "iron-session", "next-auth", "@upstash/redis", "resend"),
  "server/context.ts": `import type { inferAsyncReturnType } from "@trpc/server";
import { getIronSession } from "iron-session";
import { getServerSession } from "next-auth";

export const createContext = async (opts: any) => {
  const req = opts?.req;
  const res = opts?.res;
  const session = ${context};
  return { req, res, session };
};

export type Context = inferAsyncReturnType<typeof createContext>;
`,
  [ROUTER]: `import { initTRPC, TRPCError } from "@trpc/server";
import { redis } from "../lib/clients";
import type { Context } from "./context";

const t = initTRPC.context<Context>().create();
const isIn = t.middleware(({ ctx, next }) => {
  if (!ctx.session || !ctx.session.user) throw new TRPCError({ code: "UNAUTHORIZED" });
  return next({ ctx });
});
const opened = t.middleware(({ ctx, next }) => {
  if (!ctx.session) throw new TRPCError({ code: "UNAUTHORIZED" });
  return next({ ctx });
});

export const router = t.router({ ${body} });
`,
});

const IRON = 'req && res && (await getIronSession(req, res, { password: "p", cookieName: "s" }))';
const CHECKED = 'if (!ctx.session) throw new TRPCError({ code: "INTERNAL_SERVER_ERROR" });\n    return redis.incr("n");';

describe("a session in a context of tRPC", () => {
  it.each([
    ["one is there, which is so for all", "anyone", `notes: t.procedure.mutation(async ({ ctx }) => {\n    ${CHECKED}\n  })`, IRON],
    ["one is there, by a middleware", "anyone", 'notes: t.procedure.use(opened).mutation(() => redis.incr("n"))', IRON],
    ["somebody is in it", "nobody", 'notes: t.procedure.mutation(async ({ ctx }) => {\n    if (!ctx.session?.user) throw new TRPCError({ code: "UNAUTHORIZED" });\n    return redis.incr("n");\n  })', IRON],
    ["somebody is in it, by a middleware", "nobody", 'notes: t.procedure.use(isIn).mutation(() => redis.incr("n"))', IRON],
    ["one is there, which is so for known callers", "nobody", `notes: t.procedure.mutation(async ({ ctx }) => {\n    ${CHECKED}\n  })`, "await getServerSession(req, res)"],
    ["one is there, of two libraries", "nobody", `notes: t.procedure.mutation(async ({ ctx }) => {\n    ${CHECKED}\n  })`, `req.headers.v1 ? await getServerSession(req, res) : ${IRON}`],
    ["one is there, and nobody knows what", "nobody", `notes: t.procedure.mutation(async ({ ctx }) => {\n    ${CHECKED}\n  })`, "await opts.load()"],
  ] satisfies readonly (readonly [string, Verdict, string, string])[])("%s", (_, verdict, body, context) => {
    expect(verdictOf(procedure(body, context), ROUTER)).toBe(verdict);
  });
});

const SERVER = "server.ts";

describe("a session on a request of Express", () => {
  const route = (test: string, ...packages: readonly string[]): ProjectFiles => ({
    ...CLIENTS,
    ...dependingOn("express", "@upstash/redis", "resend", ...packages),
    [SERVER]: `import express from "express";
import { redis } from "./lib/clients";

const app = express();
app.post("/notes", async (req, res) => {
  if (${test}) return res.status(401).end();
  await redis.incr("n");
  res.json({});
});
app.listen(3000);
`,
  });

  it.each([
    ["one is there, which is so for all", "anyone", "!req.session", ["express-session"]],
    ["somebody is in it", "nobody", "!req.session.user", ["express-session"]],
    ["somebody is in it, if it is there", "nobody", "!req.session?.userId", ["cookie-session"]],
    ["one is there, and no library puts it there", "nobody", "!req.session", []],
    ["what a library found out is a user's", "nobody", "!req.user", ["express-session", "passport"]],
  ] satisfies readonly (readonly [string, Verdict, string, readonly string[]])[])("%s", (_, verdict, test, packages) => {
    expect(verdictOf(route(test, ...packages), SERVER)).toBe(verdict);
  });
});

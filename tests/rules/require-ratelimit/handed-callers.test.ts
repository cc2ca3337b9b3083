import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { dependingOn } from "./shared.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/*
 * A check of who calls that asks nobody, because it is handed what the handler knows of its caller: it throws where that
 * is nothing.
 */

const ROUTER = "server/routers/notes.ts";
const FILES: ProjectFiles = {
  ...CLIENTS,
  ...dependingOn("@trpc/server", "next"),
  "server/trpc.ts": `import { initTRPC } from "@trpc/server";
import { contextOf } from "./context";
const t = initTRPC.context<typeof contextOf>().create();
export const open = t.procedure;
export const router = t.router;
`,
  "server/db.ts": 'import { PrismaClient } from "@prisma/client";\nexport const db = new PrismaClient();\n',
};
const CHECKS = `import { TRPCError } from "@trpc/server";
import { db } from "./db";

export const hasEditPermission = async ({ ctx, noteId }) => {
  const { userId, teams } = ctx;
  if (!userId) throw new TRPCError({ code: "UNAUTHORIZED" });
  try {
    await db.note.findFirstOrThrow({ where: { id: noteId, team: { in: teams } } });
  } catch {
    throw new TRPCError({ code: "FORBIDDEN" });
  }
  return true;
};
export const hasReadPermission = async ({ ctx, noteId }) => {
  await db.note.findFirstOrThrow({ where: { id: noteId, OR: [{ isPrivate: false }, { userId: ctx.userId }] } });
  return true;
};
export const checkPermission = async (userId, action) => {
  if (!userId) throw new TRPCError({ code: "UNAUTHORIZED" });
  console.log(action);
};
export const checkAuthorized = async (session) => {
  if (!session?.user) throw new TRPCError({ code: "UNAUTHORIZED" });
};
export const viaPermission = async (ctx) => {
  await checkPermission(ctx.userId, "via");
};
export const permissionOrNothing = async ({ ctx }) => {
  if (!ctx.userId) return false;
  return true;
};
export const permissionForGuests = async ({ ctx }) => {
  if (ctx.userId) throw new TRPCError({ code: "BAD_REQUEST" });
};
export const permissionSwallowed = async ({ ctx }) => {
  try {
    if (!ctx.userId) throw new TRPCError({ code: "UNAUTHORIZED" });
  } catch (error) {
    console.log(error);
  }
};
export const permissionUnlessShared = async ({ ctx, isShared }) => {
  if (isShared) return;
  if (!ctx.userId) throw new TRPCError({ code: "UNAUTHORIZED" });
};
export const permissionByDefault = async (userId = "guest") => {
  if (!userId) throw new TRPCError({ code: "UNAUTHORIZED" });
};
`;

const project = (body: string): ProjectFiles => ({
  ...FILES,
  "server/permissions.ts": CHECKS,
  [ROUTER]: `import { open, router } from "../trpc";
import { db } from "../db";
import { mail, resend } from "../../lib/clients";
import { checkAuthorized, checkPermission, hasEditPermission, hasReadPermission, permissionByDefault, permissionForGuests, permissionOrNothing, permissionSwallowed, permissionUnlessShared, viaPermission } from "../permissions";

export const notes = router({
  remove: open.input((value) => value).mutation(async ({ ctx, input }) => {
    ${body}
    return input;
  }),
});
`,
});

const DELETE = "await db.note.delete({ where: { id: input.noteId } });";
const SEND = "await resend.emails.send(mail);";

type Case = readonly [name: string, verdict: Verdict, body: string];

const CASES: readonly Case[] = [
  ["in an object with the context", "nobody", `await hasEditPermission({ ctx, noteId: input.noteId });\n    ${DELETE}`],
  ["the same, for mail", "any signed-in caller", `await hasEditPermission({ ctx, noteId: input.noteId });\n    ${SEND}`],
  ["by itself", "nobody", `await checkPermission(ctx.userId, "remove");\n    ${DELETE}`],
  ["from the session", "nobody", `await checkPermission(ctx.session.user.id, "remove");\n    ${DELETE}`],
  ["as a session", "nobody", `await checkAuthorized(ctx.session);\n    ${DELETE}`],
  ["through another helper", "nobody", `await viaPermission(ctx);\n    ${DELETE}`],
  ["under another name", "nobody", `const { userId: me } = ctx;\n    await checkPermission(me, "remove");\n    ${DELETE}`],

  ["a check that lets strangers read", "anyone", `await hasReadPermission({ ctx, noteId: input.noteId });\n    ${DELETE}`],
  ["what the caller sends", "anyone", `await checkPermission(input.userId, "remove");\n    ${DELETE}`],
  ["a context with what the caller sends", "anyone", `await hasEditPermission({ ctx: { ...ctx, userId: input.userId }, noteId: input.noteId });\n    ${DELETE}`],
  ["the caller, or what he sends", "anyone", `await checkPermission(ctx.userId ?? input.userId, "remove");\n    ${DELETE}`],
  ["nothing of a caller", "anyone", `await checkPermission("admin", "remove");\n    ${DELETE}`],
  ["a check that is not waited for", "anyone", `void hasEditPermission({ ctx, noteId: input.noteId });\n    ${DELETE}`],
  ["a check that comes too late", "anyone", `${DELETE}\n    await hasEditPermission({ ctx, noteId: input.noteId });`],
  ["a check in a branch", "anyone", `if (input.isPrivate) await hasEditPermission({ ctx, noteId: input.noteId });\n    ${DELETE}`],
  ["a check whose error is caught", "anyone", `try { await hasEditPermission({ ctx, noteId: input.noteId }); } catch { console.log("a guest"); }\n    ${DELETE}`],
  ["a check that answers strangers", "anyone", `await permissionOrNothing({ ctx });\n    ${DELETE}`],
  ["a check that throws for those who are known", "anyone", `await permissionForGuests({ ctx });\n    ${DELETE}`],
  ["a check that catches what it throws", "anyone", `await permissionSwallowed({ ctx });\n    ${DELETE}`],
  ["a check that an input switches off", "anyone", `await permissionUnlessShared({ ctx, isShared: input.isShared });\n    ${DELETE}`],
  ["a check with somebody for strangers", "anyone", `await permissionByDefault(ctx.userId);\n    ${DELETE}`],
  ["another check of the same name, before", "anyone", `await checkPermission(input.userId, "look");\n    await permissionOrNothing({ ctx });\n    ${DELETE}`],
];

describe("a check that is handed who calls", () => {
  it.each(CASES)("%s: %s", (_, verdict, body) => {
    expect(verdictOf(project(body), ROUTER)).toBe(verdict);
  });

  it("says nothing of a call that hands over something else", () => {
    const files = project(`await checkPermission(ctx.userId, "remove");\n    ${DELETE}`);
    const other = "server/routers/open.ts";
    const written = files[ROUTER]?.replace("checkPermission(ctx.userId", "checkPermission(input.userId") ?? "";
    expect(verdictOf({ ...files, [other]: written }, other)).toBe("anyone");
  });
});

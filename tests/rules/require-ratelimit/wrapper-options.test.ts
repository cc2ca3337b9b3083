import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* A wrapper of the project that branches on an option: of its branches, the one runs that the call's constant chooses. */

const ROUTE = "app/api/send/route.ts";
const FILES: ProjectFiles = {
  ...CLIENTS,
  "lib/auth.ts": `import { auth } from "@/auth";

export async function requireAuth() {
  const session = await auth();
  if (!session) return { authorized: false };
  return { authorized: true, role: "user" };
}
export async function requireAdmin() {
  const session = await auth();
  if (session?.user?.role !== "admin") return { authorized: false };
  return { authorized: true, role: "admin" };
}
`,
  "lib/wrap.ts": `import { requireAdmin, requireAuth } from "./auth";
import { mail, resend } from "./clients";

const refused = () => Response.json({}, { status: 401 });

export const bySwitch = (handler, options) => async (request) => {
  let auth;
  switch (options?.auth ?? "user") {
    case "admin":
      auth = await requireAdmin();
      break;
    case "user":
    case "member":
      auth = await requireAuth();
      break;
    case "none":
      auth = { authorized: true };
      break;
  }
  if (!auth.authorized) return refused();
  return handler(request, auth);
};
export function byName(handler, options) {
  return async (request) => {
    try {
      const mode = options?.auth ?? "user";
      let auth;
      if (mode === "admin") auth = await requireAdmin();
      else if (mode === "none") auth = { authorized: true };
      else auth = await requireAuth();
      if (!auth.authorized) return refused();
      return await handler(request, auth);
    } catch (error) {
      return Response.json({}, { status: 500 });
    }
  };
}
export const byChoice = (handler, { auth = "user" } = {}) => async (request) => {
  const found = auth === "none" ? { authorized: true } : auth === "admin" ? await requireAdmin() : await requireAuth();
  if (!found.authorized) return refused();
  return handler(request);
};
export const byText = (mode, handler) => async (request) => {
  const auth = mode === "admin" ? await requireAdmin() : await requireAuth();
  if (!auth.authorized) return refused();
  return handler(request);
};
async function allows(mode) {
  if (mode === "none") return true;
  const auth = await (mode === "admin" ? requireAdmin() : requireAuth());
  return auth.authorized;
}
export const byHelper = (handler, options) => async (request) => {
  if (!(await allows(options.auth))) return refused();
  return handler(request);
};
export const byFlag = (handler, options) => async (request) => {
  const auth = await requireAuth();
  if (!options?.isPublic && !auth.authorized) return refused();
  if (options?.isAdmin && auth.role !== "admin") return refused();
  return handler(request);
};
export const inOrder = (handler, options) => async (request) => {
  let auth = { authorized: true };
  if (options.auth) auth = await requireAdmin();
  if (options.late) auth = await requireAuth();
  if (!auth.authorized) return refused();
  return handler(request);
};
const within = (run) => run();
export function createAction(handler, options) {
  return (...args) => within(async () => (options?.tell ? tell(() => handler(...args)) : handler(...args)));
}
export function createTellingAction(handler, options) {
  return createAction(handler, { ...options, tell: true });
}
async function tell(run) {
  await resend.emails.send(mail);
  return run();
}
`,
};

type Case = readonly [name: string, verdict: Verdict, code: string];

const WORK = `async (request) => {
  await resend.emails.send(mail);
  return Response.json({});
}`;
const wrapped = (call: string): string => `export const POST = ${call.replace("WORK", WORK)};`;
const CASES: readonly Case[] = [
  ["a switch, for admins", "nobody", wrapped('bySwitch(WORK, { auth: "admin" })')],
  ["a switch that runs on into the next case", "any signed-in caller", wrapped('bySwitch(WORK, { auth: "user" })')],
  ["a switch whose case has a name beside it", "any signed-in caller", wrapped('bySwitch(WORK, { auth: "member" })')],
  ["a switch, for nobody in particular", "anyone", wrapped('bySwitch(WORK, { auth: "none" })')],
  ["a switch, by default", "any signed-in caller", wrapped("bySwitch(WORK)")],
  ["a switch, by the default of an option", "any signed-in caller", wrapped("bySwitch(WORK, { audit: true })")],
  ["a switch on what is not known", "any signed-in caller", wrapped("bySwitch(WORK, { auth: process.env.MODE })")],
  ["a switch with two options that may be", "any signed-in caller", wrapped('bySwitch(WORK, { auth: process.env.X ? "admin" : "user" })')],
  ["an option under the same name twice", "anyone", wrapped('bySwitch(WORK, { auth: "admin", auth: "none" })')],
  ["an option behind a spread", "nobody", wrapped('bySwitch(WORK, { ...shared, auth: "admin" })')],
  ["an option that a spread may overwrite", "any signed-in caller", wrapped('bySwitch(WORK, { auth: "admin", ...shared })')],
  ["a constant of the file", "nobody", `const ADMINS = "admin";\n${wrapped("bySwitch(WORK, { auth: ADMINS })")}`],

  ["a name, for admins", "nobody", wrapped('byName(WORK, { auth: "admin" })')],
  ["a name, for users", "any signed-in caller", wrapped('byName(WORK, { auth: "user" })')],
  ["a name, for nobody in particular", "anyone", wrapped('byName(WORK, { auth: "none" })')],

  ["a choice, for admins", "nobody", wrapped('byChoice(WORK, { auth: "admin" })')],
  ["a choice, by default", "any signed-in caller", wrapped("byChoice(WORK)")],
  ["a choice, for nobody in particular", "anyone", wrapped('byChoice(WORK, { auth: "none" })')],

  ["a text, for admins", "nobody", wrapped('byText("admin", WORK)')],
  ["a text, for users", "any signed-in caller", wrapped('byText("user", WORK)')],

  ["a helper that is told, for nobody in particular", "anyone", wrapped('byHelper(WORK, { auth: "none" })')],
  ["a helper that is told, for users", "any signed-in caller", wrapped('byHelper(WORK, { auth: "user" })')],

  ["a flag, for admins", "nobody", wrapped("byFlag(WORK, { isAdmin: true })")],
  ["a flag, for all", "anyone", wrapped("byFlag(WORK, { isPublic: true })")],
  ["a flag that is left out", "any signed-in caller", wrapped("byFlag(WORK)")],
  ["a flag that says no", "any signed-in caller", wrapped("byFlag(WORK, { isAdmin: false })")],

  ["what is put there first, and may stay", "any signed-in caller", wrapped("inOrder(WORK, { auth: true, late: process.env.X })")],
  ["the other branch's work", "nobody", "const run = createAction(async (x) => x, { audit: true });\nexport const POST = (request) => run(request);"],
  ["no options at all", "nobody", "const run = createAction(async (x) => x);\nexport const POST = (request) => run(request);"],
  ["the branch's work", "anyone", "const run = createAction(async (x) => x, { tell: true });\nexport const POST = (request) => run(request);"],
  ["the branch's work, by another wrapper", "anyone", "const run = createTellingAction(async (x) => x);\nexport const POST = (request) => run(request);"],
  ["options of which nothing is known", "anyone", "const run = createAction(async (x) => x, shared);\nexport const POST = (request) => run(request);"],
  ["arguments of which nothing is known", "anyone", "const run = createAction(async (x) => x, ...shared);\nexport const POST = (request) => run(request);"],
  ["wrapped twice, once for the branch", "anyone", "const quiet = createAction(async (x) => x);\nconst loud = createAction(async (x) => x, { tell: true });\nexport const POST = async (request) => { await quiet(request); return loud(request); };"],
  ["called twice in the file, once for the branch", "anyone", "async function note(x) { if (x.loud) await resend.emails.send(mail); }\nexport const POST = async (request) => { await note({ loud: false }); await note({ loud: true }); return Response.json({}); };"],
  ["the same, through another function", "anyone", "async function note(loud) { if (loud) await resend.emails.send(mail); }\nasync function tell(x) { await note(x.loud); }\nexport const POST = async (request) => { await tell({ loud: false }); await tell({ loud: true }); return Response.json({}); };"],
];

describe("options of a wrapper", () => {
  it.each(CASES)("%s: %s", (_, verdict, code) => {
    const imports = `import { byChoice, byFlag, byHelper, byName, bySwitch, byText, createAction, createTellingAction, inOrder } from "@/lib/wrap";
import { mail, resend } from "@/lib/clients";
import { shared } from "some-settings";
`;
    expect(verdictOf({ ...FILES, [ROUTE]: `${imports}${code}\n` }, ROUTE)).toBe(verdict);
  });
});

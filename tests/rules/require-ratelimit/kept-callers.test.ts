import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { dependingOn } from "./shared.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/*
 * Frameworks hand the request of the moment to whatever function asks for it, so a helper that is given nothing may know who
 * calls: `getRequestEvent().locals.user`.
 */

const REMOTE = "src/routes/notes/data.remote.ts";
const GUARDS = `import { getRequestEvent } from "$app/server";
import { error } from "@sveltejs/kit";

const kept = () => getRequestEvent().locals;
export function needPlan() {
  const locals = kept();
  if (!locals.user) error(401, "Who are you?");
  if (locals.plan === "free") error(403, "Upgrade");
  return locals.user.id;
}
export const current = () => kept().user;
export const perhaps = (data) => (data.isGuest ? null : kept().user);
export const sentOr = (data) => (data.isGuest ? data.guest : kept().user);
export async function needLater() {
  const { session } = (await getRequestEvent()).locals;
  if (!session) error(401, "Who are you?");
}
export const handed = (locals) => {
  if (!locals.user) error(401, "Who are you?");
};
export const whoever = () => {
  if (!kept().user) console.log("a guest");
};
export const ofAddress = () => {
  const { params } = getRequestEvent();
  if (!params.user) error(404, "Whose notes?");
};
export const ofSearch = () => {
  if (!getRequestEvent().url.searchParams.get("user")) error(400, "Whose notes?");
};
export const ofHeaders = () => {
  if (!getRequestEvent().request.headers.get("session")) error(400, "Which session?");
};
export const flagged = () => {
  if (!kept().flags) error(503, "Closed");
};
const eitherOf = (data) => (data.isPreview ? data : getRequestEvent().locals);
export const either = (data) => {
  if (!eitherOf(data).user) error(401, "Who are you?");
};
`;

const project = (body: string): ProjectFiles => ({
  ...CLIENTS,
  ...dependingOn("@sveltejs/kit"),
  "src/lib/plans.ts": GUARDS,
  [REMOTE]: `import { command, getRequestEvent } from "$app/server";
import { error } from "@sveltejs/kit";
import { mail, redis, resend } from "../../../lib/clients";
import { current, either, flagged, handed, needLater, needPlan, ofAddress, ofHeaders, ofSearch, perhaps, sentOr, whoever } from "../../lib/plans";

const own = (data) => ({ locals: data });

export const add = command("unchecked", async (data) => {
  ${body}
});
`,
});

const WRITE = 'await redis.lpush("notes", data.text);';

type Case = readonly [name: string, verdict: Verdict, body: string];

const CASES: readonly Case[] = [
  ["in the function itself", "nobody", `const { locals } = getRequestEvent();\n  if (!locals.user) error(401, "Who are you?");\n  ${WRITE}`],
  ["in a helper that is given nothing", "nobody", `const id = needPlan();\n  ${WRITE}`],
  ["the same, for mail", "any signed-in caller", "needPlan();\n  await resend.emails.send(mail);"],
  ["in one that is waited for", "nobody", `await needLater();\n  ${WRITE}`],
  ["handed to a helper", "nobody", `handed(getRequestEvent().locals);\n  ${WRITE}`],
  ["handed out by a helper, and looked at", "nobody", `const user = current();\n  if (!user) error(401, "Who are you?");\n  ${WRITE}`],
  ["the same, or nothing", "nobody", `const user = perhaps(data);\n  if (!user) error(401, "Who are you?");\n  ${WRITE}`],

  ["the same, or what is sent", "anyone", `const user = sentOr(data);\n  if (!user) error(401, "Who are you?");\n  ${WRITE}`],
  ["handed out by a helper, and nobody looks", "anyone", `const user = current();\n  console.log(user?.name ?? "a guest");\n  ${WRITE}`],
  ["a helper that lets strangers pass", "anyone", `whoever();\n  ${WRITE}`],
  ["a part of the address", "anyone", `ofAddress();\n  ${WRITE}`],
  ["what the address asks for", "anyone", `ofSearch();\n  ${WRITE}`],
  ["a header that anyone may send", "anyone", `ofHeaders();\n  ${WRITE}`],
  ["what says nothing of a caller", "anyone", `flagged();\n  ${WRITE}`],
  ["what is kept, or what is sent", "anyone", `either(data);\n  ${WRITE}`],
  ["the project's own function of that kind", "anyone", `if (!own(data).locals.user) error(401, "Who are you?");\n  ${WRITE}`],
  ["a refusal that is caught", "anyone", `try { needPlan(); } catch { console.log("a guest"); }\n  ${WRITE}`],
  ["a helper that comes too late", "anyone", `${WRITE}\n  needPlan();`],
  ["a helper in a branch", "anyone", `if (data.isPrivate) needPlan();\n  ${WRITE}`],
];

describe("who calls, as it is kept with the request of the moment", () => {
  it.each(CASES)("%s: %s", (_, verdict, body) => {
    expect(verdictOf(project(body), REMOTE)).toBe(verdict);
  });

  it("is known of Hono, too", () => {
    const hono = (check: string): ProjectFiles => ({
      ...CLIENTS,
      ...dependingOn("hono"),
      "src/app.ts": `import { Hono } from "hono";
import { contextStorage, getContext } from "hono/context-storage";
import { HTTPException } from "hono/http-exception";
import { redis } from "../lib/clients";
const need = () => { ${check} };
export const app = new Hono();
app.use(contextStorage());
app.post("/notes", async (c) => { need(); await redis.incr("notes"); return c.text("ok"); });
`,
    });
    expect(verdictOf(hono("if (!getContext().var.user) throw new HTTPException(401);"), "src/app.ts")).toBe("nobody");
    expect(verdictOf(hono("if (!getContext().req.user) throw new HTTPException(401);"), "src/app.ts")).toBe("anyone");
  });
});

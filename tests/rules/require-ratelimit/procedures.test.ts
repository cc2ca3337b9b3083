import { describe, expect, it } from "vitest";
import { verdictOf, type Verdict } from "./verdicts.ts";

/*
 * Procedures of zsa: an action that is built on one runs its handler first. Whoever it throws for gets no further; whoever
 * it gives something back to, does.
 */
const ACTIONS = "app/actions.ts";
const WRITE = 'await redis.incr("notes");';
const MAIL = 'await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });';
const CHECKED = "checked.createServerAction().input({})";

const action = (chain: string, work: string): string => `"use server";
import { Redis } from "@upstash/redis";
import { Resend } from "resend";
import { checked, open, isAdminProcedure } from "@/lib/procedures";
const redis = Redis.fromEnv();
const resend = new Resend(process.env["RESEND_API_KEY"]);
void [redis, resend, checked, open, isAdminProcedure];
export const act = ${chain}.handler(async ({ input }) => { ${work} return input; });
`;
const AUTH = `import { cookies } from "next/headers";
import { lucia } from "./lucia";
export async function getAuth() {
  try {
    const id = (await cookies()).get(lucia.sessionCookieName)?.value;
    if (!id) return { user: null, session: null };
    return await lucia.validateSession(id);
  } catch (error) {
    return { user: null, session: null };
  }
}
`;
const procedures = (code: string): string => `import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";
import { chainServerActionProcedures, createServerActionProcedure } from "zsa";
import { getAuth } from "@/lib/auth";
export const limiter = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s") });
export const open = createServerActionProcedure().handler(async () => ({ at: 1 }));
export const isAdminProcedure = createServerActionProcedure().handler(async () => ({ at: 1 }));
${code}
`;
const says = (code: string, { chain = CHECKED, work = WRITE } = {}): Verdict =>
  verdictOf({ [ACTIONS]: action(chain, work), "lib/procedures.ts": procedures(code), "lib/auth.ts": AUTH }, ACTIONS);
/** A procedure with this body, which the actions know as `checked`. */
const checked = (body: string, parent = ""): string => `export const checked = createServerActionProcedure(${parent}).handler(async ({ input }) => { ${body} });`;

const ASK = "const { user } = await getAuth();";
const THROW = 'throw new Error("Unauthorized");';
const CHECK = `${ASK} if (!user) ${THROW} return { user };`;

describe("who is let in by a procedure", () => {
  it.each([
    ["it throws for strangers", checked(CHECK)],
    ["in a try, whose catch throws again", checked(`try { ${CHECK} } catch (error) { ${THROW} }`)],
    ["in a try, whose catch throws what was thrown", checked(`try { ${CHECK} } catch (error) { console.error(error); throw error; }`)],
    ["in both branches", checked(`if (input.long) { ${CHECK} } else { ${ASK} if (!user) ${THROW} return { user, isShort: true }; }`)],
    ["what it looks up is asked for bit by bit", checked(`const found = await getAuth(); if (!found || typeof found !== "object") ${THROW} const { user, session } = found; if (!user || typeof user !== "object") ${THROW} if (!session) ${THROW} return { user };`)],
    ["a function of its file", `async function ask() { ${CHECK} }\nexport const checked = createServerActionProcedure().handler(ask);`],
    ["its parent does", `const first = createServerActionProcedure().handler(async () => { ${CHECK} });\n${checked("return { at: 1 };", "first")}`],
    ["one of a chain does", `const first = createServerActionProcedure().handler(async () => { ${CHECK} });\nexport const checked = chainServerActionProcedures(first, open);`],
    ["with a schema of its own before the handler", `export const checked = createServerActionProcedure().input({}).handler(async () => { ${CHECK} });`],
  ])("known callers: %s", (_, code) => {
    expect(says(code)).toBe("nobody");
    expect(says(code, { work: MAIL })).toBe("any signed-in caller");
  });

  it.each([
    ["administrators", checked(`${ASK} if (!user) ${THROW} if (user.role !== "admin") ${THROW} return { user };`)],
    ["administrators, by a list", checked(`try { ${ASK} if (!user) ${THROW} const roles = ["ADMIN"]; if (!roles.includes(user.role)) ${THROW} return { user }; } catch (error) { ${THROW} }`)],
    ["whoever a limiter lets pass", checked(`const { success } = await limiter.limit(input.id); if (!success) ${THROW} return {};`)],
  ])("%s", (_, code) => {
    expect(says(code, { work: MAIL })).toBe("nobody");
  });

  it.each([
    ["it only looks who is there", checked(`${ASK} return { user };`)],
    ["it only says that nobody is there", checked(`${ASK} if (!user) console.warn("nobody"); return { user };`)],
    ["it gives strangers nothing, and lets them pass", checked(`${ASK} if (!user) return { user: null }; return { user };`)],
    ["its catch lets strangers pass", checked(`try { ${CHECK} } catch (error) { return { user: null }; }`)],
    ["its catch only writes down what happened", checked(`try { ${CHECK} } catch (error) { console.error(error); }`)],
    ["its catch throws for some errors", checked(`try { ${CHECK} } catch (error) { if (error instanceof TypeError) throw error; return { user: null }; }`)],
    ["who asks for a demo passes before", checked(`if (input.demo) return { user: null }; ${CHECK}`)],
    ["who asks for a demo passes in a branch", checked(`try { if (input.demo) { return { user: null }; } ${CHECK} } catch (error) { ${THROW} }`)],
    ["the check is not waited for", `async function ask() { ${CHECK} }\n${checked("void ask().catch(() => {}); return { at: 1 };")}`],
  ])("anyone: %s", (_, code) => {
    expect(says(code)).toBe("anyone");
  });

  it.each([
    ["the action is built on another procedure", "open.createServerAction().input({})"],
    ["the procedure is only called like one for administrators", "isAdminProcedure.createServerAction()"],
  ])("anyone: %s", (_, chain) => {
    expect(says(checked(CHECK), { chain })).toBe("anyone");
  });

  it("anyone: one that is handed to something else", () => {
    expect(says(`const first = createServerActionProcedure().handler(async () => { ${CHECK} });\nexport const checked = Object.assign(open, { first });`)).toBe("anyone");
    expect(says(`const first = createServerActionProcedure().handler(async () => { ${CHECK} });\nvoid first;\n${checked("return { at: 1 };")}`)).toBe("anyone");
  });

  it("another library's handler in the midst of a chain runs nothing before", () => {
    const code = `import { route } from "@acme/routes";\nexport const checked = route().handler(async () => { ${CHECK} });`;
    expect(says(code)).toBe("anyone");
  });
});

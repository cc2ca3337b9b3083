import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-ratelimit.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/*
 * Functions whose names speak of limits, and which only tell somebody of them. Beside each stands one that looks like it and may
 * refuse: that one stays what it was.
 */

const ROUTE = "app/api/hints/route.ts";

const project = (helper: string, before: string, file: "ts" | "tsx" = "tsx"): ProjectFiles => ({
  ...CLIENTS,
  [`lib/limits.${file}`]: `import { render } from "@react-email/components";
import { db } from "some-database";
import { PrismaClient } from "@prisma/client";
import { mail, redis, resend } from "./clients";

const prisma = new PrismaClient();
const hits = new Map();
let count = 0;
const blocked: string[] = [];

${helper}
`,
  [ROUTE]: `import { mail, redis, resend } from "@/lib/clients";
import * as limits from "@/lib/limits";

export async function POST(request: Request) {
  const body = await request.json();
  ${before}
  await redis.incr("n");
  return Response.json({});
}
`,
});

type Case = readonly [name: string, helper: string];

/** Called without a look at what comes back, which may throw, unless it is told otherwise. */
const CALL = "await limits.rateLimitNotice(body);";

const TELLING: readonly Case[] = [
  ["markup", "export function rateLimitNotice({ name, left }) {\n  const kind = left > 3 ? \"few\" : \"none\";\n  return <p>Hi {name}, {kind} left: {left}</p>;\n}"],
  ["markup, by what is left", "export function rateLimitNotice({ left }) {\n  if (left > 3) return <p>All well</p>;\n  return <p>{left} left</p>;\n}"],
  ["a mail", "export async function rateLimitNotice({ name }) {\n  await resend.emails.send({ ...mail, text: `Hi ${name.toUpperCase()}` });\n}"],
  ["a mail, and what came of it", "export async function rateLimitNotice({ name }) {\n  const { data, error } = await resend.emails.send({ ...mail, text: name });\n  if (error) return { success: false, error };\n  return { success: true, data };\n}"],
  ["a mail that may fail", "export async function rateLimitNotice({ name }) {\n  const { error } = await resend.emails.send({ ...mail, text: name });\n  if (error) throw new Error(\"no mail\");\n}"],
  ["a mail, where one can be sent", "export async function rateLimitNotice({ name }) {\n  if (!process.env.RESEND_API_KEY) return;\n  await resend.emails.send({ ...mail, text: name });\n}"],
  ["a mail through a helper, and a page", "const Notice = ({ name }) => <p>{name}</p>;\nasync function deliver(html) {\n  try { return await resend.emails.send({ ...mail, html }); } catch (error) { console.error(error); return { error: \"no mail\" }; }\n}\nexport async function rateLimitNotice({ name }) {\n  const html = await render(Notice({ name }));\n  return deliver(html);\n}"],
  ["a line in the log", "export function rateLimitNotice({ name, left }) {\n  if (left < 3) console.warn(`${name}: ${left} left`);\n}"],
  ["a row", "export async function rateLimitNotice({ name }) {\n  await prisma.notice.create({ data: { name } });\n}"],
];

const REFUSING: readonly Case[] = [
  ["what can't be read", "export declare function rateLimitNotice(body): Promise<void>;"],
  ["it counts in Redis", "export async function rateLimitNotice({ name }) {\n  if ((await redis.incr(name)) > 5) { await resend.emails.send(mail); throw new Error(\"429\"); }\n}"],
  ["it counts in a map", "export async function rateLimitNotice({ name }) {\n  hits.set(name, (hits.get(name) ?? 0) + 1);\n  if (hits.get(name) > 5) { console.warn(name); throw new Error(\"429\"); }\n}"],
  ["it counts in a variable", "export async function rateLimitNotice({ name }) {\n  count++;\n  if (count > 5) { console.warn(name); throw new Error(\"429\"); }\n}"],
  ["it counts in a variable, where it is set up", "export async function rateLimitNotice({ name }) {\n  count++;\n  if (process.env.LIMITED && count > 5) { console.warn(name); throw new Error(\"429\"); }\n}"],
  ["it knows who is blocked", "export async function rateLimitNotice({ name }) {\n  if (blocked.includes(name)) { console.warn(name); throw new Error(\"429\"); }\n}"],
  ["it answers who is blocked", "export async function rateLimitNotice({ name }) {\n  await resend.emails.send(mail);\n  return blocked.includes(name);\n}"],
  ["it is handed how often", "export async function rateLimitNotice({ used }) {\n  if (used > 5) { await resend.emails.send(mail); return { ok: false }; }\n  return { ok: true };\n}"],
  ["it is handed how often, and throws", "export async function rateLimitNotice({ used }) {\n  if (used > 5) { await resend.emails.send(mail); throw new Error(\"429\"); }\n}"],
  ["it asks a library", "export async function rateLimitNotice({ name }) {\n  await resend.emails.send(mail);\n  await db.consume(name);\n}"],
  ["a helper of it refuses", "function check(used) { if (used > 5) throw new Error(\"429\"); }\nexport async function rateLimitNotice({ used }) {\n  await resend.emails.send(mail);\n  check(used);\n}"],
  ["it always throws", "export async function rateLimitNotice({ name }) {\n  console.warn(name);\n  throw new Error(\"429\");\n}"],
  ["it answers by a method that it is handed", "export async function rateLimitNotice({ reply }) {\n  console.warn(\"too many\");\n  reply.status(429).end();\n}"],
];

describe("a function that is called like a limiter", () => {
  it.each(TELLING)("only tells of limits: %s", (_, helper) => {
    expect(verdictOf(project(helper, CALL), ROUTE)).toBe("anyone" satisfies Verdict);
  });

  it.each(REFUSING)("may refuse: %s", (_, helper) => {
    expect(verdictOf(project(helper, CALL, helper.includes("<p>") ? "tsx" : "ts"), ROUTE)).toBe("nobody" satisfies Verdict);
  });

  it("is not said to come too late, where it only tells", () => {
    const files = project(TELLING[0]?.[1] ?? "", "await redis.incr(\"all\");\n  await limits.rateLimitNotice(body);");
    const [message] = lintMessages("require-ratelimit", rule, files, ROUTE, { handlers: "costly", reads: "all" });
    expect(message).toContain("can call it as often as they like. Call");
  });
});

const REMINDER = `export async function checkLimitReminder(id) {
  const user = await prisma.user.findUnique({ where: { id } });
  if (user.remindedAt > Date.now() - 86400000) return { sent: false };
  await resend.emails.send(mail);
  return { sent: true };
}`;

describe("a function that is called like a limiter, of which nothing comes back", () => {
  const work = 'await redis.incr("all");';

  it.each([
    ["its failure is caught, and what follows is done", `${work}\n  try { await limits.checkLimitReminder(body.id); } catch (error) { console.error(error); }`],
    ["in a branch", `${work}\n  try { if (body.isLast) await limits.checkLimitReminder(body.id); } catch { console.error("no mail"); }`],
  ])("is no limiter: %s", (_, before) => {
    const [message] = lintMessages("require-ratelimit", rule, project(REMINDER, before), ROUTE, { handlers: "costly", reads: "all" });
    expect(message).toContain("can call it as often as they like. Call");
  });

  it.each([
    ["its failure is caught, and answered", "try { await limits.checkLimitReminder(body.id); } catch { return new Response(null, { status: 429 }); }"],
    ["its failure is not caught", "await limits.checkLimitReminder(body.id);"],
    ["its answer is looked at", "try { if (!(await limits.checkLimitReminder(body.id)).sent) return new Response(null, { status: 429 }); } catch (error) { console.error(error); }"],
    ["it is handed the request", "try { await limits.checkLimitReminder(request); } catch (error) { console.error(error); }"],
    ["it can't be read", "try { await limits.checkLimitElsewhere(body.id); } catch (error) { console.error(error); }"],
  ])("may be a limiter: %s", (_, before) => {
    expect(verdictOf(project(`${REMINDER}\nexport declare function checkLimitElsewhere(id): Promise<void>;`, before), ROUTE)).toBe("nobody" satisfies Verdict);
  });
});

import { describe, expect, it } from "vitest";
import { lintMessages } from "../../helpers/lint-messages.ts";
import rule from "../../../src/rules/require-ratelimit.ts";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* Routers that a catch-all route of another framework answers with: Hono in Next.js, SvelteKit, Astro. */

const LIMITED: ProjectFiles = {
  ...CLIENTS,
  "lib/limit.ts": `import { createMiddleware } from "hono/factory";
const counts = new Map();
export const limited = createMiddleware(async (c, next) => {
  const count = (counts.get(c.req.header("x-real-ip")) ?? 0) + 1;
  counts.set(c.req.header("x-real-ip"), count);
  if (count > 60) return c.json({ error: "Rate limit exceeded" }, 429);
  await next();
});
`,
};
const MAIL = `import { Hono } from "hono";
import { mail, resend } from "@/lib/clients";
export const app = new Hono().post("/send", async (c) => {
  await resend.emails.send(mail);
  return c.json({ ok: true });
});
`;
const route = (chain: string, from = "app/api/[...route]"): string => `import { Hono } from "hono";
import { handle } from "hono/vercel";
import { limited } from "@/lib/limit";
import * as mails from "@/${from}/mails";
const app = new Hono().basePath("/api")${chain};
export const POST = handle(app);
export default handle(app);
`;

type Case = readonly [name: string, verdict: Verdict, folder: string, entry: string, chain: string];

const CASES: readonly Case[] = [
  ["a limiter before the router, in the catch-all route", "nobody", "app/api/[...route]", "app/api/[...route]/route.ts", '.use(limited).route("/mails", mails.app)'],
  ["in an optional catch-all, from a folder of its own", "nobody", "app/api/[[...all]]/routers", "app/api/[[...all]]/route.ts", '.use(limited).route("/mails", mails.app)'],
  ["in an API route of the pages router", "nobody", "pages/api", "pages/api/[[...route]].ts", '.use(limited).route("/mails", mails.app)'],
  ["in an endpoint of SvelteKit", "nobody", "src/routes/api/[...path]", "src/routes/api/[...path]/+server.ts", '.use(limited).route("/mails", mails.app)'],
  ["a limiter behind the router", "anyone", "app/api/[...route]", "app/api/[...route]/route.ts", '.route("/mails", mails.app).use(limited)'],
  ["a limiter of another path", "anyone", "app/api/[...route]", "app/api/[...route]/route.ts", '.use("/api/notes/*", limited).route("/mails", mails.app)'],
  ["no limiter", "anyone", "app/api/[...route]", "app/api/[...route]/route.ts", '.route("/mails", mails.app)'],
];

describe("routers that a catch-all route mounts", () => {
  it.each(CASES)("%s: %s", (_, verdict, folder, entry, chain) => {
    const file = `${folder}/mails.ts`;
    expect(verdictOf({ ...LIMITED, [file]: MAIL, [entry]: route(chain, folder) }, file)).toBe(verdict);
  });

  it("names the path at which it is mounted", () => {
    const file = "app/api/[...route]/mails.ts";
    const files = { ...LIMITED, [file]: MAIL, "app/api/[...route]/route.ts": route('.route("/mails", mails.app)') };
    expect(lintMessages("require-ratelimit", rule, files, file)[0]).toContain("POST /api/mails/send sends mail");
  });
});

import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* A record is found by a token that the caller sends: whoever has none finds nothing. Beside it stand the attacks. */

const ROUTE = "app/api/portals/[token]/route.ts";
const FILES: ProjectFiles = {
  ...CLIENTS,
  "lib/stores.ts": `import { PrismaClient } from "@prisma/client";
import { createClient } from "@supabase/supabase-js";
import { drizzle } from "drizzle-orm/neon-http";
export const prisma = new PrismaClient();
export const db = drizzle(process.env.DATABASE_URL!);
export const supabase = createClient(process.env.SUPABASE_URL!, process.env.SUPABASE_KEY!);
`,
  "lib/schema.ts": 'import { pgTable, text } from "drizzle-orm/pg-core";\nexport const invites = pgTable("invites", { id: text("id"), slug: text("slug"), token: text("token"), email: text("email") });\n',
};
const IMPORTS = `import { createHash } from "node:crypto";
import { and, eq, or } from "drizzle-orm";
import { mail, redis, resend } from "@/lib/clients";
import { invites } from "@/lib/schema";
import { db, prisma, supabase } from "@/lib/stores";
`;
const WRITE = 'await redis.lpush("notes", "1");';
const GONE = "return new Response(null, { status: 404 });";
const PORTAL = 'const { data: worker } = await supabase.from("workers").select("id, team").eq("portal_token", token).is("deleted_at", null).maybeSingle();';
const REFUSED = `if (!worker) ${GONE}`;

interface Case {
  readonly name: string;
  readonly verdict: Verdict;
  readonly body: string;
  /** Functions beside the handler. */
  readonly helpers?: string;
  readonly lib?: string;
}

const CONTEXT = `async function contextOf(token: string, job: string) {
  ${PORTAL}
  if (!worker) return null;
  const { data: tasks } = await supabase.from("tasks").select("*").eq("worker", worker.id);
  if (!tasks) return null;
  return { worker, tasks, job };
}`;
const ASKS = `const context = await contextOf(token, body.job);\n  if (!context) ${GONE}\n  `;

const CASES: readonly Case[] = [
  { name: "work for whoever has the link", verdict: "nobody", body: `${PORTAL}\n  ${REFUSED}\n  ${WRITE}` },
  { name: "and is still active", verdict: "nobody", body: `${PORTAL}\n  if (!worker || !worker.active) ${GONE}\n  ${WRITE}` },
  { name: "an error is asked for, too", verdict: "nobody", body: `const { data: quote, error } = await supabase.from("quotes").select("*, lines(*)").eq("token", token).single();\n  if (error || !quote) ${GONE}\n  ${WRITE}` },
  { name: "what is looked up brings others along", verdict: "nobody", body: `const worker = await prisma.worker.findUnique({ where: { accessToken: token }, include: { tasks: true } });\n  ${REFUSED}\n  ${WRITE}` },
  { name: "a digest of the token", verdict: "nobody", body: `const worker = await prisma.worker.findUnique({ where: { tokenHash: createHash("sha256").update(token).digest("hex") } });\n  ${REFUSED}\n  ${WRITE}` },
  { name: "a digest of the token, in another file", verdict: "nobody", lib: `export async function workerBy(token: string) {\n  const worker = await prisma.worker.findUnique({ where: { tokenHash: hashed(token) } });\n  return worker;\n}\nconst hashed = (token: string) => createHash("sha256").update(token).digest("hex");`, body: `const worker = await workerBy(token);\n  ${REFUSED}\n  ${WRITE}` },
  { name: "a token of the body, where a unique column is asked", verdict: "nobody", body: `const worker = await prisma.reset.findUnique({ where: { token: body.token } });\n  if (worker === null) ${GONE}\n  ${WRITE}` },
  { name: "the token of the path, in any look-up", verdict: "nobody", body: `const worker = await prisma.reset.findFirst({ where: { token, usedAt: null } });\n  ${REFUSED}\n  ${WRITE}` },
  { name: "in Drizzle's words", verdict: "nobody", body: `const [worker] = await db.select().from(invites).where(and(eq(invites.token, body.token), eq(invites.email, body.email)));\n  ${REFUSED}\n  ${WRITE}` },
  { name: "the work stands in the branch", verdict: "nobody", body: `${PORTAL}\n  if (worker?.team === "doors") {\n    ${WRITE}\n  }` },
  { name: "mail of who has the link", verdict: "any signed-in caller", body: `${PORTAL}\n  ${REFUSED}\n  await resend.emails.send(mail);` },
  { name: "a helper that gives nothing to others", verdict: "nobody", helpers: CONTEXT, body: ASKS + WRITE },
  { name: "a helper that throws", verdict: "nobody", helpers: CONTEXT.replaceAll("return null", 'throw new Error("unknown")'), body: ASKS + WRITE },
  { name: "a helper in another file", verdict: "nobody", lib: CONTEXT, body: ASKS + WRITE },
  { name: "mail behind a helper in another file", verdict: "any signed-in caller", lib: CONTEXT, body: `${ASKS}await resend.emails.send(mail);` },
  { name: "a helper that hands out what it has found", verdict: "nobody", lib: `export async function workerBy(token: string) {\n  ${PORTAL}\n  return worker ?? null;\n}`, body: `const worker = await workerBy(token);\n  ${REFUSED}\n  ${WRITE}` },

  { name: "the look-up alone, with all that belongs to it, of whoever tries", verdict: "anyone", body: 'const { data: worker } = await supabase.from("workers").select("*, tasks(*)").eq("portal_token", token).maybeSingle();\n  if (worker) console.log(worker);' },
  { name: "who has none goes on", verdict: "anyone", body: `${PORTAL}\n  if (!worker) console.warn("unknown");\n  ${WRITE}` },
  { name: "who has one is sent away", verdict: "anyone", body: `${PORTAL}\n  if (worker) ${GONE}\n  ${WRITE}` },
  { name: "work before the look-up", verdict: "anyone", body: `${WRITE}\n  ${PORTAL}\n  ${REFUSED}` },
  { name: "work behind the branch", verdict: "anyone", body: `${PORTAL}\n  if (worker) console.log(worker);\n  ${WRITE}` },
  { name: "only those who send one are asked", verdict: "anyone", body: `if (body.token) {\n    const { data: worker } = await supabase.from("workers").select("id").eq("portal_token", body.token).maybeSingle();\n    ${REFUSED}\n  }\n  ${WRITE}` },
  { name: "a token that everybody gets", verdict: "anyone", body: `const { data: worker } = await supabase.from("boards").select("id").eq("share_token", token).maybeSingle();\n  ${REFUSED}\n  ${WRITE}` },
  { name: "a token that can be tried", verdict: "anyone", body: `const { data: worker } = await supabase.from("boards").select("id").eq("otp_token", token).maybeSingle();\n  ${REFUSED}\n  ${WRITE}` },
  { name: "a code", verdict: "anyone", body: `const { data: worker } = await supabase.from("boards").select("id").eq("code", token).maybeSingle();\n  ${REFUSED}\n  ${WRITE}` },
  { name: "a coin", verdict: "anyone", body: `const { data: worker } = await supabase.from("prices").select("usd").eq("token", token).maybeSingle();\n  ${REFUSED}\n  ${WRITE}` },
  { name: "a token by itself, which is good for one thing", verdict: "anyone", body: `const worker = await prisma.resetToken.findUnique({ where: { token: body.token } });\n  ${REFUSED}\n  ${WRITE}` },
  { name: "all but the token", verdict: "anyone", body: `const { data: worker } = await supabase.from("workers").select("id").neq("portal_token", token).maybeSingle();\n  ${REFUSED}\n  ${WRITE}` },
  { name: "something like the token", verdict: "anyone", body: `const { data: worker } = await supabase.from("workers").select("id").ilike("portal_token", token).maybeSingle();\n  ${REFUSED}\n  ${WRITE}` },
  { name: "a list, which is there without elements", verdict: "anyone", body: `const { data: worker } = await supabase.from("workers").select("id").eq("portal_token", token);\n  ${REFUSED}\n  ${WRITE}` },
  { name: "the token, or what anyone knows", verdict: "anyone", body: `const [worker] = await db.select().from(invites).where(or(eq(invites.token, token), eq(invites.slug, body.slug)));\n  ${REFUSED}\n  ${WRITE}` },
  { name: "the token, or what anyone knows, in Prisma's words", verdict: "anyone", body: `const worker = await prisma.worker.findFirst({ where: { OR: [{ token }, { slug: token }] } });\n  ${REFUSED}\n  ${WRITE}` },
  { name: "a token that may be left out, or be an operator", verdict: "anyone", body: `const worker = await prisma.worker.findFirst({ where: { token: body.token } });\n  ${REFUSED}\n  ${WRITE}` },
  { name: "a token of the application's", verdict: "anyone", body: `const { data: worker } = await supabase.from("workers").select("id").eq("portal_token", process.env.PORTAL).maybeSingle();\n  ${REFUSED}\n  ${WRITE}` },
  { name: "a helper that is handed the application's token", verdict: "anyone", lib: CONTEXT, body: `const context = await contextOf(process.env.PORTAL_TOKEN ?? "", body.job);\n  if (!context) ${GONE}\n  ${WRITE}` },
  { name: "a helper that answers others, too", verdict: "anyone", helpers: CONTEXT.replace("return null", "return { guest: true }"), body: ASKS + WRITE },
  { name: "a helper that answers before it looks", verdict: "anyone", helpers: CONTEXT.replace("{\n", '{\n  if (job === "demo") return { worker: { id: 1 } };\n'), body: ASKS + WRITE },
  { name: "a helper that answers where the look-up fails", verdict: "anyone", helpers: `async function contextOf(token: string, job: string) {\n  try {\n    ${PORTAL}\n    if (!worker) return null;\n    return { worker };\n  } catch {\n    return { worker: job };\n  }\n}`, body: ASKS + WRITE },
  { name: "a helper whose answer is not looked at", verdict: "anyone", helpers: CONTEXT, body: `const context = await contextOf(token, body.job);\n  console.log(context);\n  ${WRITE}` },
];

describe("records that are found by a token", () => {
  it.each(CASES)("$name: $verdict", ({ verdict, body, helpers = "", lib }) => {
    const names = lib === undefined ? "" : `import { ${/function (\w+)/u.exec(lib)?.[1] ?? ""} } from "@/lib/portals";\n`;
    const code = `${IMPORTS}${names}${helpers}
export async function POST(request: Request, { params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const body = await request.json();
  ${body}
  return Response.json({});
}
`;
    const files = lib === undefined ? FILES : { ...FILES, "lib/portals.ts": `import { createHash } from "node:crypto";\nimport { prisma, supabase } from "./stores";\n${lib.replace(/^async/u, "export async")}\n` };
    expect(verdictOf({ ...files, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });

  it("are asked for by each handler that calls the helper", () => {
    const lib = `import { supabase } from "./stores";\nimport { redis } from "./clients";\nexport async function keep(token: string) {\n  ${PORTAL}\n  if (!worker) return null;\n  ${WRITE}\n  return worker;\n}\n`;
    const code = `import { keep } from "@/lib/keep";
export async function PUT(request: Request, { params }: { params: Promise<{ token: string }> }) {\n  const { token } = await params;\n  return Response.json(await keep(token));\n}
export async function POST() {\n  return Response.json(await keep(process.env.PORTAL_TOKEN ?? ""));\n}\n`;
    expect(verdictOf({ ...FILES, "lib/keep.ts": lib, [ROUTE]: code }, ROUTE)).toBe("anyone");
  });
});

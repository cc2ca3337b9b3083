import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* Whoever holds a link with a token in it is known, where its record is found by the token and all others are turned away. */

const ROUTE = "app/api/volunteer/[token]/route.ts";
const FILES: ProjectFiles = {
  ...CLIENTS,
  "lib/prisma.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n',
  "lib/drizzle.ts": 'import { drizzle } from "drizzle-orm/neon-http";\nexport const db = drizzle(process.env.DATABASE_URL!);\n',
  "lib/schema.ts": 'import { pgTable, text } from "drizzle-orm/pg-core";\nexport const clients = pgTable("clients", { id: text("id"), portalToken: text("portal_token"), shareToken: text("share_token") });\nexport const notes = pgTable("notes", { id: text("id"), text: text("text"), clientId: text("client_id") });\n',
  "lib/supabase.ts": 'import { createClient } from "@supabase/supabase-js";\nexport const admin = () => createClient(process.env.SUPABASE_URL!, process.env.SUPABASE_SERVICE_ROLE_KEY!);\n',
  "lib/holders.ts": `import { admin } from "./supabase";
export async function clientBy(token: string) {
  const { data } = await admin().from("clients").select("id").eq("portal_token", token).maybeSingle();
  return data;
}
`,
};
const NOTE = 'await admin().from("notes").insert({ text: "a" });';
const REFUSED = 'if (!found) return Response.json({ error: "Invalid token" }, { status: 404 });';
const look = (conditions: string): string => `const { data: found } = await admin().from("volunteers").select("id, event_id")${conditions}.single();`;
const FOUND = look('.eq("portal_access_token", token)');

const handler = (body: string): Verdict =>
  verdictOf(
    {
      ...FILES,
      [ROUTE]: `import { mail, redis, resend } from "@/lib/clients";
import { db } from "@/lib/drizzle";
import { clientBy } from "@/lib/holders";
import { prisma } from "@/lib/prisma";
import { clients, notes } from "@/lib/schema";
import { admin } from "@/lib/supabase";
import { eq, ilike, or } from "drizzle-orm";
import type { NextRequest } from "next/server";
export async function POST(request: NextRequest, { params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const body = await request.json();
  ${body}
  return Response.json({ ok: true });
}
`,
    },
    ROUTE,
  );

describe("a record that is found by a token which somebody was handed", () => {
  it.each<[string, Verdict, string]>([
    ["lets in its holder", "nobody", `${FOUND}\n  ${REFUSED}\n  ${NOTE}`],
    ["by Drizzle", "nobody", `const [found] = await db.select().from(clients).where(eq(clients.portalToken, body.token)).limit(1);\n  ${REFUSED}\n  await db.insert(notes).values({ text: "a" });`],
    ["by Prisma, which throws where nothing is asked", "nobody", `const found = await prisma.client.findUnique({ where: { accessToken: body.token } });\n  ${REFUSED}\n  ${NOTE}`],
    ["in a helper", "nobody", `const found = await clientBy(token);\n  ${REFUSED}\n  ${NOTE}`],
    ["with an error beside it", "nobody", `const { data: found, error } = await admin().from("clients").select("id").eq("portal_token", token).single();\n  if (error || !found) return new Response(null, { status: 401 });\n  ${NOTE}`],
    ["whose holder sends mail", "any signed-in caller", `${FOUND}\n  ${REFUSED}\n  await resend.emails.send(mail);`],
    ["in a column that is called so, whose strangers are answered 401", "nobody", `${look('.eq("token", token)')}\n  if (!found) return new Response(null, { status: 401 });\n  ${NOTE}`],
    ["in a column that is called so, whose strangers are told that there is none", "nobody", `${look('.eq("token", token)')}\n  ${REFUSED}\n  ${NOTE}`],
    ["in a function of the database", "nobody", `const { data: found } = await admin().rpc("get_volunteer_by_token", { p_token: token });\n  if (!found) return new Response(null, { status: 401 });\n  ${NOTE}`],
    ["is only looked up", "nobody", `${FOUND}\n  return Response.json(found);`],
  ])("%s: %s", (_, verdict, body) => {
    expect(handler(body)).toBe(verdict);
  });

  it.each<[string, string]>([
    ["the work comes before it", `${NOTE}\n  ${FOUND}\n  ${REFUSED}`],
    ["nobody is turned away", `${FOUND}\n  ${NOTE}\n  return Response.json(found);`],
    ["whoever has one is turned away", `${FOUND}\n  if (found) return new Response(null, { status: 404 });\n  ${NOTE}`],
    ["the others go on on another way", `if (body.guest !== "yes") {\n    ${FOUND}\n    ${REFUSED}\n  }\n  ${NOTE}`],
    ["the table is one of links that are handed around", `const { data: found } = await admin().from("share_links").select("id").eq("token", token).single();\n  if (!found) return new Response(null, { status: 403 });\n  ${NOTE}`],
    ["a function of the database is asked for something else", `const { data: found } = await admin().rpc("get_volunteer_by_code", { p_code: token });\n  if (!found) return new Response(null, { status: 401 });\n  ${NOTE}`],
    ["a function of the database is handed a constant", `const { data: found } = await admin().rpc("get_volunteer_by_token", { p_token: "demo" });\n  if (!found) return new Response(null, { status: 401 });\n  ${NOTE}`],
    ["the link is one that is handed around", `${look('.eq("share_token", token)')}\n  ${REFUSED}\n  ${NOTE}`],
    ["it is a code that can be tried", `${look('.eq("access_code", token)')}\n  ${REFUSED}\n  ${NOTE}`],
    ["it is a coin", `${look('.eq("base_token", token)')}\n  ${REFUSED}\n  ${NOTE}`],
    ["it is the key of a setting", `${look('.eq("flag_key", token)')}\n  ${REFUSED}\n  ${NOTE}`],
    ["a pattern is looked for", `${look('.ilike("portal_access_token", token)')}\n  ${REFUSED}\n  ${NOTE}`],
    ["any other one is looked for", `${look('.neq("portal_access_token", token)')}\n  ${REFUSED}\n  ${NOTE}`],
    ["either is enough", `const [found] = await db.select().from(clients).where(or(eq(clients.portalToken, token), eq(clients.id, body.id))).limit(1);\n  ${REFUSED}\n  ${NOTE}`],
    ["Prisma asks for nothing where nothing is sent", `const found = await prisma.client.findFirst({ where: { accessToken: body.token } });\n  ${REFUSED}\n  ${NOTE}`],
    ["the token comes from a record that anyone may name", `const { data: project } = await admin().from("projects").select("portal_token").eq("id", body.id).single();\n  ${look('.eq("portal_token", project?.portal_token)')}\n  ${REFUSED}\n  ${NOTE}`],
    ["the token is a constant", `${look('.eq("portal_token", "demo")')}\n  ${REFUSED}\n  ${NOTE}`],
    ["a part of the token is enough", `${look('.like("portal_token", `${token}%`)')}\n  ${REFUSED}\n  ${NOTE}`],
  ])("anyone is let in where %s", (_, body) => {
    expect(handler(body)).toBe("anyone");
  });

  it("is told for each handler that calls the helper", () => {
    const keep = 'import { admin } from "./supabase";\nexport async function keep(token: string) {\n  const { data: found } = await admin().from("clients").select("id").eq("portal_token", token).single();\n  if (!found) throw new Error("Invalid");\n  await admin().from("notes").insert({ text: "a" });\n}\n';
    const code = `import { keep } from "@/lib/keep";
import { admin } from "@/lib/supabase";
export async function POST(request: Request) {\n  const { token } = await request.json();\n  await keep(token);\n  return new Response();\n}
export async function PUT(request: Request) {\n  const { data } = await admin().from("projects").select("token").eq("id", new URL(request.url).searchParams.get("id")).single();\n  await keep(data?.token);\n  return new Response();\n}\n`;
    expect(verdictOf({ ...FILES, "lib/keep.ts": keep, [ROUTE]: code }, ROUTE)).toBe("anyone");
  });

  it("lets in its holder in a server action", () => {
    const files: ProjectFiles = {
      ...FILES,
      "app/actions.ts": `"use server";
import { admin } from "@/lib/supabase";
export async function note(token: string, text: string) {
  const client = admin();
  const { data: sponsor } = await client.from("sponsors").select("id").eq("portal_access_token", token).single();
  if (!sponsor) return { error: "Invalid token" };
  await client.from("notes").update({ note: text }).eq("sponsor_id", sponsor.id);
  return { ok: true };
}
`,
      "app/page.tsx": '"use client";\nimport { note } from "./actions";\nexport default function Page() { return <button onClick={() => note("a", "b")} />; }\n',
    };
    expect(verdictOf(files, "app/actions.ts")).toBe("nobody");
    const open = { ...files, "app/actions.ts": (files["app/actions.ts"] as string).replace("portal_access_token", "id") };
    expect(verdictOf(open, "app/actions.ts")).toBe("anyone");
  });
});

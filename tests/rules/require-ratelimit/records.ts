import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS } from "./verdicts.ts";

/** A route whose callers are signed in, and that sends mail. */
export const RECORDS_ROUTE = "app/api/orders/[id]/route.ts";
export const SEND = "  await resend.emails.send(mail);";

const FILES: ProjectFiles = {
  ...CLIENTS,
  "auth.ts": 'import NextAuth from "next-auth";\nexport const { auth } = NextAuth({ providers: [] });\n',
  "lib/prisma.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n',
  "lib/supabase.ts": 'import { createClient } from "@supabase/supabase-js";\nexport const supabase = createClient(process.env.SUPABASE_URL!, process.env.SUPABASE_KEY!);\n',
  "lib/drizzle.ts": 'import { drizzle } from "drizzle-orm/neon-http";\nexport const db = drizzle(process.env.DATABASE_URL!);\n',
  "lib/schema.ts": 'import { pgTable, text, timestamp } from "drizzle-orm/pg-core";\nexport const orders = pgTable("orders", { id: text("id"), status: text("status"), paidAt: timestamp("paid_at") });\nexport const users = pgTable("users", { id: text("id"), status: text("status") });\nexport const tokens = pgTable("tokens", { id: text("id"), token: text("token"), userId: text("user_id"), expires: timestamp("expires") });\n',
  "lib/tokens.ts": `import { prisma } from "./prisma";
export async function tokenBy(token: string) {
  try {
    const found = await prisma.token.findUnique({ where: { token } });
    return found;
  } catch {
    return null;
  }
}
export const userBy = async (email: string) => prisma.user.findFirst({ where: { email } });
export const eitherBy = async (token: string) => (await prisma.token.findUnique({ where: { token } })) ?? prisma.token.findFirst({ where: { kind: "any" } });
`,
  "lib/states.ts": 'export const DONE = "DONE";\nexport const OPEN = ["NEW", "PAID"] as const;\nexport enum State { New = "NEW", Done = "DONE" }\n',
};

const SIGNED_IN = "  const session = await auth();\n  if (!session?.user?.id) return new Response(null, { status: 401 });\n";

/** The same, for anyone. */
export const openProject = (body: string, helpers = ""): ProjectFiles => recordsProject(body, helpers, "");

/**
 * The project of a route with this body.
 * @param helpers functions beside it
 * @param session how callers are told
 */
export const recordsProject = (body: string, helpers = "", session = SIGNED_IN): ProjectFiles => ({
  ...FILES,
  [RECORDS_ROUTE]: `import { auth } from "@/auth";
import { mail, redis, resend } from "@/lib/clients";
import { db } from "@/lib/drizzle";
import { prisma } from "@/lib/prisma";
import { orders, tokens, users } from "@/lib/schema";
import { DONE, OPEN, State } from "@/lib/states";
import { supabase } from "@/lib/supabase";
import { eitherBy, tokenBy, userBy } from "@/lib/tokens";
import { Status } from "@prisma/client";
import { and, eq, isNull, ne, or } from "drizzle-orm";
import { timingSafeEqual } from "node:crypto";
import { redirect } from "next/navigation";
const done = () => Response.json({});
${helpers}
export async function POST(request: Request, { params }: { params: { id: string } }) {
${session}  const body = await request.json();
  const { id } = params;
${body}
  return done();
}
`,
});

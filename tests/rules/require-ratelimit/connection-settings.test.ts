import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { verdictOf, type Verdict } from "./verdicts.ts";

/* What sets something for its own connection or transaction changes no data, and looks at no table. */

const ROUTE = "app/api/notes/route.ts";
const FILES: ProjectFiles = {
  "lib/prisma.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n',
  "lib/drizzle.ts": 'import { drizzle } from "drizzle-orm/node-postgres";\nexport const db = drizzle(process.env.DATABASE_URL!);\n',
  "lib/pool.ts": 'import { Pool } from "pg";\nexport const pool = new Pool({ connectionString: process.env.DATABASE_URL });\n',
  "lib/tenant.ts": `import { prisma } from "./prisma";
export async function useTenant(id: string) {
  const put = (key: string, value: string) => prisma.$executeRaw\`SELECT set_config(\${key}, \${value}, true)\`;
  await put("app.tenant", id);
  await put("app.role", "member");
  await put("app.locale", "en");
  await put("app.zone", "utc");
}
`,
  "lib/build.ts": 'export const sql = (texts: TemplateStringsArray, ...values: string[]) => ({ text: `DELETE FROM notes WHERE id = ${values[0]}`, texts });\n',
};

const CASES: readonly (readonly [name: string, verdict: Verdict, body: string])[] = [
  ["a setting of the transaction", "nobody", "await prisma.$executeRaw`SELECT set_config('app.tenant', ${asked}, true)`;"],
  ["in capitals and several lines", "nobody", "await prisma.$executeRaw`\n    select SET_CONFIG(\n      'app.tenant',\n      ${asked}::text,\n      TRUE\n    ) AS tenant;\n  `;"],
  ["as a text with parameters", "nobody", "await prisma.$executeRawUnsafe(\"SELECT set_config('app.tenant', $1, true)\", asked);"],
  ["as a query", "nobody", "await prisma.$queryRaw`SELECT set_config('app.tenant', ${asked}, true)`;"],
  ["two at once", "nobody", "await prisma.$executeRaw`SELECT set_config('app.tenant', ${asked}, true), set_config('app.role', ${'member'}, true)`;"],
  ["five in a row, by a helper", "nobody", "await useTenant(asked);\n  await prisma.$executeRaw`SELECT set_config('app.day', ${asked}, true)`;"],
  ["through pg", "nobody", "await pool.query(\"SELECT set_config('app.tenant', $1, false)\", [asked]);"],
  ["through Drizzle", "nobody", "await db.execute(sql`select set_config('app.tenant', ${asked}, true)`);"],
  ["through Prisma's own template", "nobody", "await prisma.$executeRaw(Prisma.sql`SELECT set_config('app.tenant', ${asked}, true)`);"],
  ["a limit on time", "nobody", "await prisma.$executeRawUnsafe(\"SET LOCAL statement_timeout = '5s'\");"],
  ["where names are looked for", "nobody", 'await pool.query("SET search_path TO tenant;");'],
  ["another role", "nobody", 'await pool.query("SET LOCAL ROLE readers");'],
  ["a transaction that only reads", "nobody", 'await prisma.$executeRawUnsafe("SET TRANSACTION READ ONLY");'],
  ["back to what it was", "nobody", 'await pool.query("RESET ROLE");'],
  // What looks like it.
  ["a function of the database's own", "anyone", "await prisma.$executeRaw`SELECT add_credit(${asked}, 5)`;"],
  ["another function behind it", "anyone", "await prisma.$executeRaw`SELECT set_config('app.tenant', ${asked}, true), add_credit(5)`;"],
  ["another function in it", "anyone", "await prisma.$executeRaw`SELECT set_config('app.tenant', next_tenant(), true)`;"],
  ["another query in it", "anyone", "await prisma.$executeRaw`SELECT set_config('app.tenant', (SELECT id FROM tenants LIMIT 1), true)`;"],
  ["for each row of a table", "anyone", "await prisma.$executeRaw`SELECT set_config('app.tenant', name, true) FROM tenants`;"],
  ["another statement behind it", "anyone", "await prisma.$executeRawUnsafe(\"SELECT set_config('app.tenant', 'a', true); DELETE FROM notes\");"],
  ["what the caller writes into it", "anyone", "await prisma.$executeRawUnsafe(`SELECT set_config('app.tenant', '${asked}', true)`);"],
  ["a part that is put in as it is", "anyone", "await prisma.$executeRaw`SELECT set_config('app.tenant', ${Prisma.raw(asked)}, true)`;"],
  ["the same through Drizzle", "anyone", "await db.execute(sql`select set_config('app.tenant', ${sql.raw(asked)}, true)`);"],
  ["a template of the project's own", "anyone", "await pool.query(own`SELECT set_config('app.tenant', ${asked}, true)`);"],
  ["a setting of all connections", "anyone", 'await pool.query("SET GLOBAL max_connections = 5");'],
  ["a password", "anyone", "await pool.query(\"SET PASSWORD = 'open'\");"],
  ["a variable that a query fills", "anyone", 'await pool.query("SET @found = (SELECT count(*) FROM notes)");'],
  ["an update that begins so", "anyone", 'await pool.query("UPDATE notes SET title = \'x\'");'],
  ["a change behind it", "anyone", "await prisma.$executeRaw`SELECT set_config('app.tenant', ${asked}, true)`;\n  await prisma.note.create({ data: {} });"],
  ["a list behind it", "anyone", "await prisma.$executeRaw`SELECT set_config('app.tenant', ${asked}, true)`;\n  await prisma.note.findMany();"],
];

describe("settings of a connection", () => {
  it.each(CASES)("%s: %s", (_, verdict, body) => {
    const code = `import { sql } from "drizzle-orm";
import { Prisma } from "@prisma/client";
import { db } from "@/lib/drizzle";
import { pool } from "@/lib/pool";
import { prisma } from "@/lib/prisma";
import { useTenant } from "@/lib/tenant";
import { sql as own } from "@/lib/build";
export async function GET(request: Request) {
  const asked = new URL(request.url).searchParams.get("q")!;
  ${body}
  return Response.json({ ok: true });
}
`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});

import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { verdictOf, type Verdict } from "./verdicts.ts";

/* A transaction stands for what is asked of its client. Where nothing is, what its function does counts where it does it. */

const ROUTE = "app/api/notes/route.ts";
const FILES: ProjectFiles = {
  "lib/prisma.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n',
  "lib/drizzle.ts": 'import { drizzle } from "drizzle-orm/node-postgres";\nexport const db = drizzle(process.env.DATABASE_URL!);\n',
  "lib/session.ts": `import { auth } from "@clerk/nextjs/server";
export async function requireUser() {
  const { userId } = await auth();
  if (!userId) throw new Error("Unauthorized");
  return userId;
}
`,
  "lib/work.ts": `import { prisma } from "./prisma";
const kept = { client: undefined as any };
export async function settle(client: any, tenant: string) {
  const put = async (key: string, value?: string) => {
    if (!value) return;
    await client.$executeRaw\`SELECT set_config(\${key}, \${value}, true)\`;
  };
  await put("app.tenant", tenant);
}
export function keep(client: any) {
  kept.client = client;
}
export const current = () => kept.client;
export const save = (client: any) => client.note.create({ data: {} });
export const saveIn = (deps: { client: any }) => deps.client.note.create({ data: {} });
export const through = (client: any) => save(client);
export const later = (client: any) => () => client.note.deleteMany();
export function inTransaction<T>(run: () => Promise<T>): Promise<T> {
  return prisma.$transaction(async (client) => {
    await settle(client, "a");
    keep(client);
    return await run();
  });
}
`,
};

const CASES: readonly (readonly [name: string, verdict: Verdict, body: string])[] = [
  ["nothing but settings, and then who calls", "nobody", "await prisma.$transaction(async (tx) => {\n    await settle(tx, asked);\n    await requireUser();\n    await prisma.note.create({ data: {} });\n  });"],
  ["a unit of work that keeps its client", "nobody", "await inTransaction(async () => {\n    await requireUser();\n    await prisma.note.create({ data: {} });\n  });"],
  ["one look-up in it", "nobody", "await prisma.$transaction(async () => prisma.note.findUnique({ where: { id: asked } }));"],
  ["through Drizzle", "nobody", "await db.transaction(async () => {\n    await requireUser();\n    await prisma.note.create({ data: {} });\n  });"],
  // What is asked of the client, or done in it, counts.
  ["a change without the client", "anyone", "await prisma.$transaction(async (tx) => {\n    await settle(tx, asked);\n    await prisma.note.create({ data: {} });\n  });"],
  ["a change in a unit of work", "anyone", "await inTransaction(() => prisma.note.create({ data: {} }));"],
  ["a change by the client", "anyone", "await prisma.$transaction(async (tx) => {\n    await tx.note.create({ data: {} });\n    await requireUser();\n  });"],
  ["by a helper that is handed it", "anyone", "await prisma.$transaction(async (tx) => {\n    await save(tx);\n    await requireUser();\n  });"],
  ["by a helper's helper", "anyone", "await prisma.$transaction(async (tx) => {\n    await through(tx);\n    await requireUser();\n  });"],
  ["by a helper that is handed it in an object", "anyone", "await prisma.$transaction(async (tx) => {\n    await saveIn({ client: tx });\n    await requireUser();\n  });"],
  ["by a function that is made with it", "anyone", "await prisma.$transaction(async (tx) => {\n    const clear = later(tx);\n    await clear();\n    await requireUser();\n  });"],
  ["by a function in it", "anyone", "await prisma.$transaction(async (tx) => {\n    const save = async () => tx.note.create({ data: {} });\n    await save();\n    await requireUser();\n  });"],
  ["by a function that is kept with others", "anyone", "await prisma.$transaction(async (tx) => {\n    const all = { save: () => tx.note.create({ data: {} }) };\n    await all.save();\n    await requireUser();\n  });"],
  ["by a package that is handed it", "anyone", 'await prisma.$transaction(async (tx) => {\n    await perform(tx);\n    await requireUser();\n  });'],
  ["by a table of it", "anyone", "await prisma.$transaction(async ({ note }) => {\n    await note.create({ data: {} });\n    await requireUser();\n  });"],
  ["under another name", "anyone", "await prisma.$transaction(async (tx) => {\n    const client = tx;\n    await client.note.create({ data: {} });\n    await requireUser();\n  });"],
  ["settings of the database's own", "anyone", "await prisma.$transaction(async (tx) => {\n    await tx.$executeRaw`SELECT add_credit(${asked})`;\n    await requireUser();\n  });"],
  ["a function that is handed in", "anyone", "const run = handed(asked);\n  await prisma.$transaction(run);"],
  ["several, each with a look-up", "anyone", "for (const id of asked.split(',')) await prisma.$transaction(async () => prisma.note.findUnique({ where: { id } }));"],
  ["four of them", "anyone", "for (let i = 0; i < 1; i++);\n  await prisma.$transaction(async () => 1);\n  await prisma.$transaction(async () => 2);\n  await prisma.$transaction(async () => 3);\n  await prisma.$transaction(async () => 4);"],
];

describe("transactions of whose client nothing is asked", () => {
  it.each(CASES)("%s: %s", (_, verdict, body) => {
    const code = `import { handed, perform } from "some-package";
import { db } from "@/lib/drizzle";
import { prisma } from "@/lib/prisma";
import { requireUser } from "@/lib/session";
import { current, inTransaction, keep, later, save, saveIn, settle, through } from "@/lib/work";
export async function POST(request: Request) {
  const asked = new URL(request.url).searchParams.get("q")!;
  ${body}
  return Response.json({ ok: true });
}
`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});

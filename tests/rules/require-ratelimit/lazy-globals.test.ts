import { describe, expect, it } from "vitest";
import { verdictOf, type Verdict } from "./verdicts.ts";

const ROUTE = "app/api/notes/route.ts";
const HANDLER = `import { db } from "@/lib/db";

export async function POST(request: Request) {
  await db.note.create({ data: await request.json() });
  return Response.json({ ok: true });
}
`;
const PROXY = `export const db = new Proxy({} as PrismaClient, {
  get(_, name) {
    return (client() as unknown as Record<string | symbol, unknown>)[name];
  },
});
`;

const verdict = (db: string): Verdict => verdictOf({ "lib/db.ts": `import { PrismaClient } from "@prisma/client";\n\n${db}`, [ROUTE]: HANDLER }, ROUTE);

const kept = (made: string, type = "PrismaClient"): string => `const kept = globalThis as unknown as { client?: ${type} };
function client(): ${type} {
  if (!kept.client) {
    kept.client = ${made};
  }
  return kept.client;
}
`;

/** What a function keeps on the global object, under another name of that, is what it hands out. */
describe("a client that a function keeps on the global object", () => {
  it.each([
    ["handed out", `${kept("new PrismaClient()")}export const db = client();\n`],
    ["behind a proxy", `${kept("new PrismaClient()")}${PROXY}`],
    ["with extensions", `${kept("new PrismaClient().$extends({ query: {} }) as unknown as PrismaClient")}${PROXY}`],
  ])("%s", (_, db) => {
    expect(verdict(db)).toBe("anyone");
  });

  it.each([
    ["something else", `${kept("{ note: { create: (text: string) => console.log(text) } }", "any")}export const db = client();\n`],
    ["something else, behind a proxy", `${kept("{ note: { create: (text: string) => console.log(text) } }", "any")}${PROXY}`],
    ["another member", `${kept("new PrismaClient()")}export const db = (kept as any).other;\n`],
  ])("%s: nobody", (_, db) => {
    expect(verdict(db)).toBe("nobody");
  });
});

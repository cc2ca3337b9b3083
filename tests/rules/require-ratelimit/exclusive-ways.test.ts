import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { verdictOf } from "./verdicts.ts";

/* Of several ways a request takes one: what it reads on that one counts, and not what it would read on the others. */

const ROUTE = "app/api/things/route.ts";
const FILES: ProjectFiles = {
  "lib/prisma.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n',
  "lib/things.ts": `import { prisma } from "./prisma";
export async function two() { await prisma.shop.findUnique({ where: { id: "1" } }); return Response.json(await prisma.note.findMany({ take: 20 })); }
export async function three() { await prisma.tag.count(); return two(); }
export async function six() { await prisma.tag.findMany(); await prisma.shop.count(); await prisma.note.count(); return three(); }
export async function chosen(kind: string) { if (kind === "a") return three(); return three(); }
export async function found(text: string) { return Response.json(await prisma.note.findMany({ where: { title: { contains: text } } })); }
export async function changed() { return Response.json(await prisma.note.create({ data: {} })); }
`,
};
const of = (body: string) =>
  verdictOf({ ...FILES, [ROUTE]: `import { prisma } from "@/lib/prisma";\nimport { changed, chosen, found, six, three, two } from "@/lib/things";\nexport async function GET(request: Request) {\n  const kind = new URL(request.url).searchParams.get("kind") ?? "";\n  ${body}\n}\n` }, ROUTE, {});
const OTHERS = "return new Response(null, { status: 400 });";

describe("what is read on one way of several", () => {
  it.each([
    ["in the cases of a switch", `switch (kind) { case "a": return two(); case "b": return three(); case "c": return two(); default: ${OTHERS} }`],
    ["in cases that end with a break", `let made; switch (kind) { case "a": made = await two(); break; case "b": made = await three(); break; case "c": { made = await two(); break; } } return made;`],
    ["behind each other, where those who have been there have left", `if (kind === "a") return two();\n  if (kind === "b") return three();\n  if (kind === "c") { await two(); return two(); }\n  return three();`],
    ["in one or the other", `if (kind === "a") return three(); else return three();`],
    ["in a conditional", `return kind === "a" ? three() : three();`],
    ["in a helper", "return chosen(kind);"],
    ["in a helper that is called twice, on two ways", 'if (kind === "a") return chosen(kind);\n  return chosen(kind);'],
    ["where the others throw", 'if (kind === "a") { await three(); throw new Error("no"); }\n  return three();'],
    ["in cases of which some are empty", `switch (kind) { case "a": case "b": return three(); case "c": return three(); default: ${OTHERS} }`],
  ])("%s", (_, body) => {
    expect(of(body)).toBe("nobody");
  });

  it.each([
    ["one way alone is too much", `switch (kind) { case "a": return two(); case "b": return six(); default: ${OTHERS} }`],
    ["what comes before all of them counts on each", `await three();\n  if (kind === "a") return three();\n  return two();`],
    ["what comes behind them counts on each", `if (kind === "a") await three(); else await two();\n  return three();`],
    ["ways that are taken behind each other", `if (kind !== "a") await two();\n  if (kind !== "b") await two();\n  if (kind !== "c") await two();\n  return Response.json({});`],
    ["cases that fall through", `switch (kind) { case "a": await three(); case "b": await three(); default: return Response.json({}); }`],
    ["ways of a helper that is called twice", "await chosen(kind);\n  return chosen(kind);"],
    ["what is tried, and what is done when it fails", "try { await three(); } catch { await three(); }\n  return Response.json({});"],
    ["a way that does not end", `if (kind === "a") await three();\n  return three();`],
    ["a way that ends sometimes", `if (kind === "a") { await three(); if (Math.random() > 0.5) return Response.json({}); }\n  return three();`],
    ["a search on one of them", `switch (kind) { case "a": return two(); default: return found(kind); }`],
    ["a change on one of them", `if (kind === "a") return two();\n  return changed();`],
  ])("not where %s", (_, body) => {
    expect(of(body)).toBe("anyone");
  });
});

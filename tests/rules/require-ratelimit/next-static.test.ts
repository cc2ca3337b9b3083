import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { verdictOf, type Verdict } from "./verdicts.ts";

/*
 * Next.js before 15 runs a GET handler when it builds the app, and keeps what it answers. Each of these was built with Next.js
 * 13.5, 14.0 and 14.2: "nobody" is what runs for no request.
 */

const ROUTE = "app/api/notes/route.ts";
const next = (range: string): ProjectFiles => ({ "package.json": JSON.stringify({ name: "app", dependencies: { next: range } }) });
const APP: ProjectFiles = {
  ...next("14.2.18"),
  "lib/db.ts": `import { PrismaClient } from "@prisma/client";\n\nexport const prisma = new PrismaClient();\n`,
  "lib/notes.ts": `import { prisma } from "./db";\n\nexport async function notes() {\n  const rows = await prisma.note.findMany();\n  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));\n}\n`,
  "lib/session.ts": `import { cookies } from "next/headers";\nimport { prisma } from "./db";\n\nexport async function notesOfCaller() {\n  const theme = cookies().get("theme")?.value;\n  return prisma.note.findMany({ where: { theme } });\n}\n`,
};
const IMPORTS = `import { NextResponse } from "next/server";\nimport { prisma } from "@/lib/db";\n`;
const route = (body: string, { more = "", takes = "" } = {}): string => `${IMPORTS}${more}\nexport async function GET(${takes}) {\n  ${body}\n}\n`;
const READS = "return NextResponse.json(await prisma.note.findMany());";
const PLAIN = route(READS);

type Case = readonly [name: string, verdict: Verdict, files: ProjectFiles, code: string];

const KEPT: readonly Case[] = [
  ["nothing says otherwise", "nobody", APP, PLAIN],
  ["nothing says otherwise, in Next.js 13", "nobody", { ...APP, ...next("^13.4.0") }, PLAIN],
  ["nothing says otherwise, in any Next.js 14", "nobody", { ...APP, ...next("14.x") }, PLAIN],
  ["it is a constant", "nobody", APP, `${IMPORTS}export const GET = async () => NextResponse.json(await prisma.note.findMany());\n`],
  ["the request is left alone", "nobody", APP, route(READS, { takes: "_request: Request" })],
  ["an error is caught and logged", "nobody", APP, route(`try {\n    ${READS}\n  } catch (error) {\n    console.error(error);\n    return NextResponse.json({ error: "Failed" }, { status: 500 });\n  }`)],
  ["its data are worked up", "nobody", APP, route("const rows = await prisma.note.findMany();\n  const days = rows.map((row) => new Date(row.at).toISOString().slice(0, 10)).sort();\n  return Response.json({ days, first: Math.max(...rows.map((row) => row.id)) });")],
  ["a function of the project reads", "nobody", APP, route("return NextResponse.json(await notes());", { more: `import { notes } from "@/lib/notes";\n` })],
  ["it says what is so anyway", "nobody", APP, route(READS, { more: `export const dynamic = "auto";\nexport const runtime = "nodejs";\n` })],
  ["it answers HEAD as well", "nobody", APP, `${PLAIN}export async function HEAD() {\n  return new Response();\n}\n`],
];

const LIVE: readonly Case[] = [
  ["Next.js 15", "anyone", { ...APP, ...next("^15.0.0") }, PLAIN],
  ["a range that may be Next.js 15", "anyone", { ...APP, ...next(">=14.0.0") }, PLAIN],
  ["one of two versions", "anyone", { ...APP, ...next("^14.0.0 || ^15.0.0") }, PLAIN],
  ["the latest Next.js", "anyone", { ...APP, ...next("latest") }, PLAIN],
  ["who knows which Next.js", "anyone", { ...APP, ...next("*") }, PLAIN],
  ["it says so", "anyone", APP, route(READS, { more: `export const dynamic = "force-dynamic";\n` })],
  ["it says so elsewhere", "anyone", APP, route(READS, { more: `import { mode } from "some-settings";\nexport const dynamic = mode;\n` })],
  ["nothing is kept", "anyone", APP, route(READS, { more: "export const revalidate = 0;\n" })],
  ["it runs at the edge", "anyone", APP, route(READS, { more: `export const runtime = "edge";\n` })],
  ["it answers OPTIONS, too", "anyone", APP, `${PLAIN}export const OPTIONS = () => new Response();\n`],
  ["it answers what is not known, too", "anyone", APP, `${PLAIN}export * from "./more";\n`],
  ["the address is looked at", "anyone", APP, route("const page = new URL(request.url).searchParams.get('page');\n  return NextResponse.json(await prisma.note.findMany({ skip: Number(page) }));", { takes: "request: Request" })],
  ["a header is looked at", "anyone", APP, route(`const language = headers().get("accept-language");\n  return NextResponse.json(await prisma.note.findMany({ where: { language } }));`, { more: `import { headers } from "next/headers";\n` })],
  ["a cookie is looked at in a function of the project", "anyone", APP, route("return NextResponse.json(await notesOfCaller());", { more: `import { notesOfCaller } from "@/lib/session";\n` })],
  ["it is not to be kept", "anyone", APP, route(`noStore();\n  ${READS}`, { more: `import { unstable_noStore as noStore } from "next/cache";\n` })],
  ["something is fetched past the cache", "anyone", APP, route(`await fetch("https://example.com/rates", { cache: "no-store" });\n  ${READS}`)],
  ["something that is not known is called", "anyone", APP, route(`await track();\n  ${READS}`, { more: `import { track } from "some-metrics";\n` })],
  ["something that is not known is called for each row", "anyone", APP, route("const rows = await prisma.note.findMany();\n  return NextResponse.json(rows.map(shown));", { more: `import { shown } from "some-views";\nconst view = (row) => shown(row);\n` }).replace("rows.map(shown)", "rows.map((row) => view(row))")],
  ["what wraps it is not known", "anyone", APP, `${IMPORTS}import { wrap } from "some-wrappers";\nexport const GET = wrap(async () => NextResponse.json(await prisma.note.findMany()));\n`],
  ["Redis is asked by fetch, past the cache", "anyone", APP, route("return NextResponse.json(await redis.lrange('notes', 0, -1));", { more: `import { Redis } from "@upstash/redis";\nconst redis = Redis.fromEnv();\nconst key = () => process.env.KEY;\n` }).replace("'notes'", "key()")],
];

describe("a GET handler of which", () => {
  it.each([...KEPT, ...LIVE])("%s: %s", (_, verdict, files, code) => {
    expect(verdictOf({ ...files, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });

  it.each(["app/api/notes/[id]/route.ts", "app/[locale]/api/notes/route.ts"])("the path is another one for each request: %s", (path) => {
    expect(verdictOf({ ...APP, [path]: PLAIN }, path)).toBe("anyone");
  });

  it("a POST handler stands beside it is run for each request, as that is", () => {
    const both = `${PLAIN}export async function POST() {\n  return new Response();\n}\n`;
    expect(verdictOf({ ...APP, [ROUTE]: both }, ROUTE)).toBe("anyone");
  });

  it("nothing is known is no page's affair: a POST handler alone is reported", () => {
    expect(verdictOf({ ...APP, [ROUTE]: PLAIN.replace("GET", "POST") }, ROUTE)).toBe("anyone");
  });
});

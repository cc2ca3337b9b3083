import path from "node:path";
import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-ratelimit.ts";
import { project, type ProjectFiles } from "../../helpers/project.ts";
import { dependingOn } from "./shared.ts";
import { verdictOf } from "./verdicts.ts";

/* As many rows as a schema lets pass are held down; as many as the caller likes are not. */

const ROUTE = "app/api/notes/route.ts";
const FILES: ProjectFiles = {
  "lib/prisma.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n',
  "lib/schemas.ts": 'import { z } from "zod";\nexport const paging = z.object({ limit: z.coerce.number().int().min(1).max(50).default(20), page: z.coerce.number() });\n',
  "lib/list.ts": `import { prisma } from "./prisma";
export const listed = (take: number) => prisma.note.findMany({ take });
export const whole = (query: { limit: number }) => prisma.note.findMany({ take: query.limit });
`,
};
const IMPORTS = `import * as v from "valibot";
import * as yup from "yup";
import Joi from "joi";
import { z } from "zod";
import { listed, whole } from "@/lib/list";
import { prisma } from "@/lib/prisma";
import { paging } from "@/lib/schemas";
`;
const routeOf = (body: string): string => `${IMPORTS}export async function GET(request: Request) {\n  const query = Object.fromEntries(new URL(request.url).searchParams);\n  const size = Number(query.size);\n  ${body}\n}\n`;
const of = (body: string) => verdictOf({ ...FILES, [ROUTE]: routeOf(body) }, ROUTE, {});
const answer = (query: string): string => `return Response.json(await ${query});`;
const taken = (schema: string): string => `const { limit } = z.object({ limit: ${schema} }).parse(query);\n  ${answer("prisma.note.findMany({ take: limit })")}`;

describe("as many rows as a schema lets pass", () => {
  it.each([
    ["a number", taken("z.number().max(100)")],
    ["what is made a number, with more in its chain", taken("z.coerce.number().int().min(1).max(100).optional().default(20)")],
    ["less than some", taken("z.number().lt(51).nullish()")],
    ["a text that is made a number", taken('z.string().regex(/^\\d+$/).transform(Number).pipe(z.number().max(40))')],
    ["what is done before", taken("z.preprocess((size) => Number(size), z.number().max(40))")],
    ["in a wrapper", taken("z.optional(z.number().max(40))")],
    ["one more, to see whether there are others", `const { limit } = z.object({ limit: z.number().max(100) }).parse(query);\n  ${answer("prisma.note.findMany({ take: limit + 1 })")}`],
    ["of an answer that says whether it is good", `const parsed = paging.safeParse(query);\n  if (!parsed.success) return new Response(null, { status: 400 });\n  const { limit, page } = parsed.data;\n  ${answer("prisma.note.findMany({ take: limit, skip: limit * page })")}`],
    ["that is waited for", `const { limit } = await paging.parseAsync(query);\n  ${answer("prisma.note.findMany({ take: limit })")}`],
    ["of a schema that more is added to", `const { limit } = paging.extend({ author: z.string() }).parse(query);\n  ${answer("prisma.note.findMany({ take: limit })")}`],
    ["of what stands in for it", `const { limit = 20 } = z.object({ limit: z.number().max(50).optional() }).parse(query);\n  ${answer("prisma.note.findMany({ take: limit })")}`],
    ["a number alone", `const limit = z.coerce.number().max(50).parse(query.size);\n  ${answer("prisma.note.findMany({ take: limit })")}`],
    ["Valibot", `const { limit } = v.parse(v.object({ limit: v.pipe(v.number(), v.integer(), v.maxValue(50)) }), query);\n  ${answer("prisma.note.findMany({ take: limit })")}`],
    ["Yup", `const { limit } = await yup.object({ limit: yup.number().max(50).required() }).validate(query);\n  ${answer("prisma.note.findMany({ take: limit })")}`],
    ["by a helper", `const { limit } = paging.parse(query);\n  ${answer("listed(limit)")}`],
    ["by a helper that gets all of it", `const parsed = paging.parse(query);\n  ${answer("whole(parsed)")}`],
    ["by a helper that gets all of it, and more", `const parsed = paging.safeParse(query);\n  if (!parsed.success) return new Response(null, { status: 400 });\n  ${answer('whole({ ...parsed.data, kind: parsed.data.page || "all" } as never)')}`],
    ["held down before a helper is called", answer("listed(Math.min(size, 50))")],
  ])("%s", (_, body) => {
    expect(of(body)).toBe("nobody");
  });

  it.each([
    ["any number", taken("z.number()")],
    ["at least some", taken("z.coerce.number().min(1)")],
    ["a text, which is no longer than that", taken("z.string().max(5).transform(Number)")],
    ["a text of which nothing else is known", taken("z.string().max(5)")],
    ["as many as a table may hold", taken("z.number().max(1_000_000)")],
    ["as many as the caller says", taken("z.number().max(size)")],
    ["what becomes another number behind it", taken("z.number().max(50).transform((limit) => limit * 1000)")],
    ["either of two", taken("z.number().max(50).or(z.number())")],
    ["either of two in a list", taken("z.union([z.number().max(50), z.number()])")],
    ["what stands in for it is what was sent", taken("z.number().max(50).catch((sent) => Number(sent.input))")],
    ["what is piped into any number", taken("z.number().max(50).transform(String).pipe(z.coerce.number())")],
    ["what was parsed is another one", `const { page } = z.object({ limit: z.number().max(50), page: z.number() }).parse(query);\n  ${answer("prisma.note.findMany({ take: page })")}`],
    ["what was sent, and not what was parsed", `paging.parse(query);\n  ${answer("prisma.note.findMany({ take: Number(query.limit) })")}`],
    ["a schema in the place of which another one is put", `const { limit } = paging.extend({ limit: z.coerce.number() }).parse(query);\n  ${answer("prisma.note.findMany({ take: limit })")}`],
    ["on one way", `const parsed = paging.parse(query);\n  const limit = query.all ? size : parsed.limit;\n  ${answer("prisma.note.findMany({ take: limit })")}`],
    ["Valibot: what becomes another number behind it", `const { limit } = v.parse(v.object({ limit: v.pipe(v.number(), v.maxValue(50), v.transform((n) => n * 1000)) }), query);\n  ${answer("prisma.note.findMany({ take: limit })")}`],
    ["Valibot: what is answered with an error holds what was sent", `const parsed = v.safeParse(v.object({ limit: v.pipe(v.number(), v.maxValue(50)) }), query);\n  ${answer("prisma.note.findMany({ take: (parsed.output as never as { limit: number }).limit })")}`],
    ["Yup: what is cast is not refused", `const { limit } = yup.object({ limit: yup.number().max(50) }).cast(query);\n  ${answer("prisma.note.findMany({ take: limit })")}`],
    ["Joi: what is answered with an error holds what was sent", `const { value } = Joi.object({ limit: Joi.number().max(50) }).validate(query);\n  ${answer("prisma.note.findMany({ take: value.limit })")}`],
    ["no schema at all, but something called so", `const z = { parse: (sent: { limit: number }) => sent };\n  const { limit } = z.parse(query as never);\n  ${answer("prisma.note.findMany({ take: limit })")}`],
    ["by a helper that gets all of it", `const parsed = paging.extend({ limit: z.number() }).parse(query);\n  ${answer("whole(parsed)")}`],
    ["by a helper, which gets both", `await listed(Math.min(size, 50));\n  ${answer("listed(size)")}`],
    ["by a helper of this file, which gets both", `const some = (take: number) => prisma.note.findMany({ take });\n  await some(Math.min(size, 50));\n  ${answer("some(size)")}`],
  ])("not %s", (_, body) => {
    expect(of(body)).toBe("anyone");
  });
});

describe("as many rows as the input of a procedure lets pass", () => {
  const ROUTER = "server/notes.ts";
  const verdict = (builder: string, take: string) =>
    verdictOf(
      {
        ...dependingOn("@trpc/server", "next"),
        ...FILES,
        "server/trpc.ts": 'import { initTRPC } from "@trpc/server";\nconst t = initTRPC.create();\nexport const createTRPCRouter = t.router;\nexport const publicProcedure = t.procedure;\n',
        [ROUTER]: `import { z } from "zod";\nimport { prisma } from "../lib/prisma";\nimport { createTRPCRouter, publicProcedure } from "./trpc";\nexport const notes = createTRPCRouter({\n  list: publicProcedure${builder}.query(async ({ input }) => prisma.note.findMany({ take: ${take} })),\n});\n`,
      },
      ROUTER,
      {},
    );

  it("is held down where its schema says so", () => {
    expect(verdict(".input(z.object({ limit: z.number().min(1).max(100) }))", "input.limit + 1")).toBe("nobody");
    expect(verdict(".input(z.object({ limit: z.number().max(100) })).input(z.object({ kind: z.string() }))", "input.limit")).toBe("nobody");
    expect(verdict(".input(z.number().max(100))", "input")).toBe("nobody");
  });

  it("is as large as the caller likes elsewhere", () => {
    expect(verdict(".input(z.object({ limit: z.number() }))", "input.limit")).toBe("anyone");
    expect(verdict(".input(z.object({ limit: z.number().max(100) })).input(z.object({ limit: z.number() }))", "input.limit")).toBe("anyone");
    expect(verdict(".output(z.object({ limit: z.number().max(100) }))", "(input as never as { limit: number }).limit")).toBe("anyone");
  });
});

describe("files whose handlers call the same helper", () => {
  const ROUTES: Readonly<Record<string, string>> = {
    "app/api/held/route.ts": routeOf(answer("listed(paging.parse(query).limit)")),
    "app/api/open/route.ts": routeOf(answer("listed(z.object({ limit: z.number() }).parse(query).limit)")),
    "app/api/all-held/route.ts": routeOf(`const parsed = paging.parse(query);\n  ${answer("whole(parsed)")}`),
    "app/api/all-open/route.ts": routeOf(`const parsed = z.object({ limit: z.number() }).parse(query);\n  ${answer("whole(parsed)")}`),
    "app/api/math/route.ts": routeOf(answer("listed(Math.min(size, 50))")),
    "app/api/sized/route.ts": routeOf(answer("listed(size)")),
  };
  const names = Object.keys(ROUTES);
  const cwd = project({ ...FILES, ...ROUTES });
  const config = { files: ["**/*.ts"], languageOptions: { parser }, plugins: { upstash: { rules: { "require-ratelimit": rule as never } } }, rules: { "upstash/require-ratelimit": "error" as const } };
  const lint = (name: string): number => new Linter({ configType: "flat", cwd }).verify(ROUTES[name] ?? "", config, { filename: path.join(cwd, name) }).length;

  it.each([["in this order", names], ["backwards", names.toReversed()]])("are told apart, %s", (_, order) => {
    expect(Object.fromEntries(order.map((name) => [name, lint(name)]))).toEqual({
      "app/api/held/route.ts": 0,
      "app/api/open/route.ts": 1,
      "app/api/all-held/route.ts": 0,
      "app/api/all-open/route.ts": 1,
      "app/api/math/route.ts": 0,
      "app/api/sized/route.ts": 1,
    });
  });
});

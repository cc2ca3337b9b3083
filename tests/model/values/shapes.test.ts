import path from "node:path";
import parser from "@typescript-eslint/parser";
import { Linter, type Rule } from "eslint";
import { expect, it } from "vitest";
import { fileOf } from "../../../src/model/file.ts";
import { keywordOf, propertiesOfValue } from "../../../src/model/values/shapes.ts";
import { project, type ProjectFiles } from "../../helpers/project.ts";

/** The names that `shown(…)`'s argument is known to have, and what is known of their types. */
function shown(code: string, files: ProjectFiles = {}): Record<string, string | undefined> | undefined {
  const cwd = project({ ...files, "lib/example.ts": code });
  let found: Record<string, string | undefined> | undefined;
  const rule: Rule.RuleModule = {
    create: (context) => ({
      CallExpression(node) {
        if (node.callee.type !== "Identifier" || node.callee.name !== "shown") return;
        const file = fileOf(context as never);
        const properties = propertiesOfValue(file.tracer, file.located(node.arguments[0] as never));
        found = properties && Object.fromEntries([...properties].map(([name, type]) => [name, type && keywordOf(file.tracer, type)]));
      },
    }),
  };
  const config = { files: ["**"], languageOptions: { parser }, plugins: { t: { rules: { shown: rule } } }, rules: { "t/shown": 2 as const } };
  const messages = new Linter({ cwd }).verify(code, config, { filename: path.join(cwd, "lib/example.ts") });
  expect(messages).toEqual([]);
  return found;
}

const ofType = (type: string, declarations = ""): ReturnType<typeof shown> =>
  shown(`${declarations}\nfunction f(value: ${type}) { shown(value); }`);

it.each([
  ["{ a: string; b?: number; c: boolean | null }", { a: "string", b: "number", c: "boolean" }],
  ['{ a: "x" | "y" }', { a: "literals" }],
  ["{ a: string } & { b: string }", { a: "string", b: "string" }],
  ["{ a: string } | null", { a: "string" }],
  ["{ a: string }[]", { a: "string" }],
  ["ReadonlyArray<{ a: string }>", { a: "string" }],
  ["Promise<Partial<{ a: string }>>", { a: "string" }],
  ["Record<string, { a: string }>", { a: "string" }],
  ['Pick<{ a: string; b: string }, "a">', { a: "string" }],
  ['Omit<{ a: string; b: string }, "a">', { b: "string" }],
  ['{ x: { a: string } }["x"]', { a: "string" }],
])("%s", (type, expected) => {
  expect(ofType(type)).toEqual(expected);
});

it.each(["string", "unknown", "any", "Unknown", "() => void", "Record<string, string>"])("%s has no properties that are known", (type) => {
  expect(ofType(type)).toBeUndefined();
});

it("follows names, and survives types that hold themselves", () => {
  expect(ofType("C", "interface A { a: string }\ninterface B extends A { b: number }\ntype C = B;")).toEqual({ a: "string", b: "number" });
  expect(ofType("T", "interface T { a: string; next: T }")).toEqual({ a: "string", next: undefined });
  expect(() => ofType("T", "type T = T | T[];")).not.toThrow();
});

const ZOD = 'import { z } from "zod";\nconst schema = z.object({ a: z.string() }).extend({ b: z.number() });\n';

it.each([
  ["schema.parse(input)", ZOD],
  ["schema.safeParse(input).data", ZOD],
  ["input as z.infer<typeof schema>", ZOD],
  ["v.parse(schema, input)", 'import * as v from "valibot";\nconst schema = v.object({ a: v.string(), b: v.number() });\n'],
])("a schema: %s", (value, setup) => {
  expect(Object.keys(shown(`${setup}function f(input: unknown) { shown(${value}); }`) ?? {}).sort()).toEqual(["a", "b"]);
});

it("a schema's type in another file", () => {
  const found = shown('import type { Body } from "./schema";\nfunction f(body: Body) { shown(body); }', {
    "lib/schema.ts": `${ZOD}export type Body = z.infer<typeof schema>;`,
  });
  expect(Object.keys(found ?? {}).sort()).toEqual(["a", "b"]);
});

const SCHEMA = { "prisma/schema.prisma": "model User {\n  id String @id\n  email String\n  posts Post[]\n}\nmodel Post {\n  id String @id\n}\n" };

it.each([
  ["await prisma.user.findFirst()", ["email", "id"]],
  ["await prisma.user.findFirst({ select: { id: true } })", ["id"]],
])("Prisma: %s", (value, names) => {
  const code = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nasync function f() { shown(${value}); }`;
  const found = Object.keys(shown(code, SCHEMA) ?? {}).sort();
  expect(names.every((name) => found.includes(name))).toBe(true);
  expect(found.includes("email")).toBe(names.includes("email"));
});

const TABLE = 'import { pgTable, text } from "drizzle-orm/pg-core";\nimport type { InferSelectModel } from "drizzle-orm";\nconst users = pgTable("users", { id: text("id"), email: text("email") });\ndeclare const db: any;\n';

it.each([
  ["await db.select().from(users).where(1).limit(1)", ["id", "email"]],
  ["await db.select({ id: users.id }).from(users)", ["id"]],
  ["value as typeof users.$inferSelect", ["id", "email"]],
  ["value as InferSelectModel<typeof users>", ["id", "email"]],
])("Drizzle: %s", (value, names) => {
  expect(Object.keys(shown(`${TABLE}async function f(value: unknown) { shown(${value}); }`) ?? {})).toEqual(names);
});


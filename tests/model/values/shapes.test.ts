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

const ARK = 'import { type } from "arktype";\nconst User = type({ a: "string.email", "b?": "boolean", c: "\'x\' | \'y\'" });\n';
const STRUCT = 'import { boolean, create, enums, object, optional, string, type Infer } from "superstruct";\nconst User = object({ a: string(), b: optional(boolean()), c: enums(["x", "y"]) });\n';
const TYPEBOX = 'import { Type, type Static } from "@sinclair/typebox";\nimport { Value } from "@sinclair/typebox/value";\nconst User = Type.Object({ a: Type.String(), b: Type.Optional(Type.Boolean()), c: Type.Literal("x") });\n';
const VALIBOT = 'import * as v from "valibot";\nconst User = v.object({ a: v.pipe(v.string(), v.email()), b: v.optional(v.boolean()), c: v.picklist(["x", "y"]) });\n';
const YUP = 'import * as yup from "yup";\nconst User = yup.object({ a: yup.string().email(), b: yup.boolean().required(), c: yup.number() });\n';
const EFFECT = 'import { Schema } from "effect";\nconst User = Schema.Struct({ a: Schema.String, b: Schema.optional(Schema.Boolean), c: Schema.Literal("x") });\n';
const ZODS = 'import z from "zod";\nconst User = z.object({ a: z.string().email(), b: z.boolean().default(false), c: z.enum(["x", "y"]) });\n';

it.each([
  ["zod", "User.parse(input)", ZODS],
  ["zod's function", "z.parse(User, input)", ZODS],
  ["zod's type by a default import", "input as z.infer<typeof User>", ZODS],
  ["valibot", "v.parse(User, input)", VALIBOT],
  ["valibot's safeParse", "v.safeParse(User, input).output", VALIBOT],
  ["valibot's type", "input as v.InferOutput<typeof User>", VALIBOT],
  ["yup", "await User.validate(input)", YUP],
  ["yup's type", "input as yup.InferType<typeof User>", YUP],
  ["arktype", "User(input)", ARK],
  ["arktype's assert", "User.assert(input)", ARK],
  ["arktype's type", "input as typeof User.infer", ARK],
  ["superstruct", "create(input, User)", STRUCT],
  ["superstruct's type", "input as Infer<typeof User>", STRUCT],
  ["TypeBox", "Value.Parse(User, input)", TYPEBOX],
  ["TypeBox's type", "input as Static<typeof User>", TYPEBOX],
  ["Effect", "Schema.decodeUnknownSync(User)(input)", EFFECT],
  ["Effect's type", "input as typeof User.Type", EFFECT],
])("the fields of a schema, and what they hold: %s", (_, value, setup) => {
  const found = shown(`${setup}async function f(input: unknown) { shown(${value}); }`);
  expect(Object.keys(found ?? {})).toEqual(["a", "b", "c"]);
  expect([found?.["b"], found?.["c"]]).not.toContain("string");
  if (!setup.includes("effect")) expect(found?.["b"]).toBe("boolean");
});

it("what a schema leaves out, and takes out", () => {
  const zod = (expr: string): string[] => Object.keys(shown(`${ZODS}function f(input: unknown) { shown(${expr}.parse(input)); }`) ?? {});
  expect(zod("User.omit({ a: true })")).toEqual(["b", "c"]);
  expect(zod("User.pick({ a: true }).extend({ d: z.string() })")).toEqual(["a", "d"]);
  expect(Object.keys(shown(`${VALIBOT}function f(input: unknown) { shown(v.parse(v.omit(User, ["a"]), input)); }`) ?? {})).toEqual(["b", "c"]);
});

it("fields of classes: declared, of the constructor, and assigned there", () => {
  const cls = "class User { a: string;\n  constructor(a: string, public b: boolean) { this.a = a; }\n  c() {} }\n";
  expect(shown(`${cls}function f() { shown(new User("x", true)); }`)).toEqual({ a: "string", b: "boolean" });
  expect(shown(`${cls}function f(user: User) { shown(user); }`)).toEqual({ a: "string", b: "boolean" });
});

it("columns have types", () => {
  const table = 'import { boolean, pgEnum, pgTable, text } from "drizzle-orm/pg-core";\nconst kind = pgEnum("kind", ["x", "y"]);\nconst users = pgTable("users", { a: text("a"), b: boolean("b"), c: kind("c") });\ndeclare const db: any;\n';
  expect(shown(`${table}async function f() { shown(await db.select().from(users)); }`)).toEqual({ a: "string", b: "boolean", c: "literals" });
  const prisma = { "prisma/schema.prisma": "enum Kind {\n  X\n}\nmodel User {\n  a String\n  b Boolean @default(false)\n  c Kind\n  d Int?\n}\n" };
  const code = 'import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nasync function f() { shown(await prisma.user.findFirst()); }';
  expect(shown(code, prisma)).toEqual({ a: "string", b: "boolean", c: "literals", d: "number" });
});

import { expect, it } from "vitest";
import { prismaModels, relationOf } from "../../src/project/prisma.ts";
import { Pass } from "../../src/project/disk.ts";
import { projectAt } from "../../src/project/project.ts";
import { Tree } from "./tree.ts";

const USER = "model User {\n  id String @id\n  email String\n  role Role\n  posts Post[]\n}\n";
const POST = "model Post {\n  id String @id\n}\n";
const ROLE = "enum Role {\n  ADMIN\n}\n";
const HEAD = 'generator client {\n  provider = "prisma-client-js"\n}\n';

function models(files: Readonly<Record<string, string>>): Record<string, readonly string[]> {
  const found = prismaModels(projectAt(new Tree(files).top, new Pass()));
  return Object.fromEntries([...found].map(([name, fields]) => [name, fields.map((field) => `${field.name}: ${String(field.kind)}`)]));
}

const FIELDS = { user: ["id: string", "email: string", "role: literals"], post: ["id: string"] };

it.each<[string, Readonly<Record<string, string>>]>([
  ["one file", { "prisma/schema.prisma": USER + POST + ROLE }],
  ["a folder `schema`", { "prisma/schema/schema.prisma": HEAD + ROLE, "prisma/schema/user.prisma": USER, "prisma/schema/post.prisma": POST }],
  ["folders in it", { "prisma/schema/schema.prisma": HEAD, "prisma/schema/models/user.prisma": USER + ROLE, "prisma/schema/models/blog/post.prisma": POST }],
  ["a schema without models, and files around it", { "prisma/schema.prisma": HEAD, "prisma/models/user.prisma": USER, "prisma/models/post.prisma": POST + ROLE }],
  ["a package for the database", { "packages/database/prisma/schema.prisma": HEAD, "packages/database/prisma/models/all.prisma": USER + POST + ROLE }],
  ["the only package with a schema", { "apps/web/prisma/schema/all.prisma": USER + POST + ROLE, "apps/docs/package.json": "{}" }],
])("the models of %s", (_name, files) => {
  expect(models(files)).toEqual(FIELDS);
});

it.each<[string, Readonly<Record<string, string>>]>([
  ["no schema", { "prisma/seed.ts": "", "schema/user.prisma": USER }],
  ["what migrations keep", { "prisma/schema/schema.prisma": HEAD, "prisma/schema/migrations/1/old.prisma": USER }],
  ["two packages with schemas of their own", { "apps/a/prisma/schema.prisma": USER, "apps/b/prisma/schema.prisma": POST }],
])("no models: %s", (_name, files) => {
  expect(models(files)).toEqual({});
});

it("files beside a schema with models are not part of it", () => {
  expect(Object.keys(models({ "prisma/schema.prisma": POST, "prisma/old/user.prisma": USER }))).toEqual(["post"]);
});

it("fields of which no two rows hold the same", () => {
  const schema = "model User {\n  id String @id @default(cuid())\n  email String @unique\n  name String // @unique\n  teamId String\n  @@unique([name, teamId])\n}\n";
  const found = prismaModels(projectAt(new Tree({ "prisma/schema.prisma": schema }).top, new Pass())).get("user");
  expect(found?.filter(({ isUnique }) => isUnique).map(({ name }) => name)).toEqual(["id", "email"]);
});

it("fields that stand for one record of another model", () => {
  const schema = `model User {\n  id String @id\n  team Team @relation(fields: [teamId], references: [id])\n  teamId String\n  photo Photo?\n  posts Post[]\n  // boss User\n}\n${POST}model Team {\n  id String @id\n}\nmodel Photo {\n  id String @id\n}\n`;
  const project = projectAt(new Tree({ "prisma/schema.prisma": schema }).top, new Pass());
  expect(["team", "photo", "posts", "teamId", "boss", "id"].filter((field) => relationOf(project, "User", field)?.isOne)).toEqual(["team", "photo"]);
  expect(relationOf(project, "User", "posts")).toEqual({ model: "Post", isOne: false });
  expect(relationOf(project, "User", "teamId")).toBeUndefined();
  expect(relationOf(project, "Page", "team")).toBeUndefined();
});

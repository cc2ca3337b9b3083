import { readText, stampOf } from "./disk.ts";
import type { Project } from "./project.ts";

/** A scalar field of a model: its name, and what its type says of it; undefined for dates, JSON and what is not known. */
export interface PrismaField {
  readonly name: string;
  readonly kind: "string" | "number" | "boolean" | "literals" | undefined;
}

type Models = ReadonlyMap<string, readonly PrismaField[]>;

/** https://www.prisma.io/docs/orm/reference/prisma-schema-reference#model-field-scalar-types */
const KINDS: Readonly<Record<string, PrismaField["kind"]>> = {
  String: "string",
  Boolean: "boolean",
  Int: "number",
  BigInt: "number",
  Float: "number",
  Decimal: "number",
};

const SCHEMA_PATHS = [
  "prisma/schema.prisma",
  "schema.prisma",
  "src/prisma/schema.prisma",
  "packages/db/prisma/schema.prisma",
  "packages/database/prisma/schema.prisma",
  "packages/prisma/schema.prisma",
];

const known = new Map<string, { readonly stamp: string; readonly models: Models }>();
const NONE: Models = new Map();

/** Scalar fields by model name (lower case) of the project's Prisma schema; empty where there is none. */
export function prismaModels({ root, pass }: Project): Models {
  for (const relative of SCHEMA_PATHS) {
    const path = `${root}/${relative}`;
    const stamp = stampOf(path, pass);
    if (stamp === undefined) continue;
    const cached = known.get(path);
    if (cached?.stamp === stamp) return cached.models;
    const models = readModels(readText(path) ?? "");
    known.set(path, { stamp, models });
    return models;
  }
  return NONE;
}

/** Reads `model Name { field Type … }` blocks; relations to other models are left out. */
export function readModels(schema: string): Models {
  const blocks = modelBlocks(schema);
  const names = new Set(blocks.map(({ name }) => name));
  const enums = new Set([...schema.matchAll(/^[ \t]*enum\s+(\w+)/gmu)].map(([, name]) => name));
  return new Map(
    blocks.map(({ name, body }) => {
      const fields = body.split("\n").flatMap((line): readonly PrismaField[] => {
        const [field, type] = line.trim().split(/\s+/u);
        const isField = field !== undefined && /^\w+$/u.test(field) && type !== undefined;
        const base = /^\w*/u.exec(type ?? "")?.[0] ?? "";
        if (!isField || names.has(base)) return [];
        return [{ name: field, kind: enums.has(base) ? "literals" : Object.hasOwn(KINDS, base) ? KINDS[base] : undefined }];
      });
      return [name.toLowerCase(), fields];
    }),
  );
}

/** Heads are found by pattern, ends by search: one pattern for whole blocks would not be linear. */
function modelBlocks(schema: string): readonly { readonly name: string; readonly body: string }[] {
  const head = /^[ \t]*model\s+(?<name>\w+)\s*\{/gmu;
  const blocks: { name: string; body: string }[] = [];
  for (let found = head.exec(schema); found; found = head.exec(schema)) {
    const end = schema.indexOf("}", head.lastIndex);
    if (end < 0) break;
    blocks.push({ name: found.groups?.["name"] ?? "", body: schema.slice(head.lastIndex, end) });
    head.lastIndex = end + 1;
  }
  return blocks;
}

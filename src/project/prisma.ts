import { readText, stampOf } from "./disk.ts";
import type { Project } from "./project.ts";

type Models = ReadonlyMap<string, readonly string[]>;

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
  const blocks = [...schema.matchAll(/^\s*model\s+(?<name>\w+)\s*\{(?<body>[^}]*)\}/gmu)];
  const names = new Set(blocks.map((block) => block.groups?.["name"]));
  return new Map(
    blocks.map((block) => {
      const fields = (block.groups?.["body"] ?? "").split("\n").flatMap((line) => {
        const [field, type] = line.trim().split(/\s+/u);
        const isField = field !== undefined && /^\w+$/u.test(field) && type !== undefined;
        return isField && !names.has(type.replace(/\W.*$/u, "")) ? [field] : [];
      });
      return [(block.groups?.["name"] ?? "").toLowerCase(), fields];
    }),
  );
}

import { keptText } from "../kept-text.ts";
import { listDirectory, readText, stampOf, type Pass } from "./disk.ts";
import type { Project } from "./project.ts";

/** A scalar field of a model: its name, and what its type says of it; undefined for dates, JSON and what is not known. */
export interface PrismaField {
  readonly name: string;
  readonly kind: "string" | "number" | "boolean" | "literals" | undefined;
  /** No two rows hold the same. */
  readonly isUnique?: true;
}

type Models = ReadonlyMap<string, readonly PrismaField[]>;

/** What a schema says, by model name in lower case. */
interface Schema {
  readonly models: Models;
  /** The fields that stand for records of other models. */
  readonly relations: ReadonlyMap<string, ReadonlyMap<string, Relation>>;
}

/** What a field stands for that is no column. */
export interface Relation {
  readonly model: string;
  /** One record, or none; else a list. */
  readonly isOne: boolean;
}

/** https://www.prisma.io/docs/orm/reference/prisma-schema-reference#model-field-scalar-types */
const KINDS: Readonly<Record<string, PrismaField["kind"]>> = {
  String: "string",
  Boolean: "boolean",
  Int: "number",
  BigInt: "number",
  Float: "number",
  Decimal: "number",
};

/** Folders of a project, and of the packages that hold its database. */
const PACKAGES = ["", "src/", "packages/db/", "packages/database/", "packages/prisma/"];
const WORKSPACES = ["packages", "apps"];
/** A schema of more files than this is not read to its end. */
const MAX_FILES = 200;

const known = new Map<string, { readonly stamp: string; readonly schema: Schema }>();
const NONE: Schema = { models: new Map(), relations: new Map() };
const SCHEMA = {};

/** Scalar fields by model name (lower case) of the project's Prisma schema; empty where there is none. */
export const prismaModels = (project: Project): Models => schemaOf(project).models;

/** The records that a field of a model stands for. Undefined: it is a column, or that is not known. */
export const relationOf = (project: Project, model: string, field: string): Relation | undefined => schemaOf(project).relations.get(model.toLowerCase())?.get(field);

function schemaOf({ root, pass }: Project): Schema {
  return pass.memo(SCHEMA, root, () => {
    for (const folder of PACKAGES) {
      const schema = schemaAt(`${root}/${folder}prisma`, pass) ?? (folder === "" ? ofFiles([`${root}/schema.prisma`], pass) : undefined);
      if (schema) return schema;
    }
    const others = WORKSPACES.flatMap((folder) => {
      const names = [...(listDirectory(`${root}/${folder}`, pass)?.entries.keys() ?? [])];
      return names.flatMap((name) => schemaAt(`${root}/${folder}/${name}/prisma`, pass) ?? []);
    });
    // Which of several a client was made from is not known.
    return others.length === 1 ? (others[0] ?? NONE) : NONE;
  });
}

/**
 * The models of a schema: of `schema.prisma`; of all files in `schema/`; or of all files around a `schema.prisma` that
 * has none itself (https://www.prisma.io/docs/orm/prisma-schema/overview/location). Undefined: there is no schema.
 */
function schemaAt(folder: string, pass: Pass): Schema | undefined {
  const single = ofFiles([`${folder}/schema.prisma`], pass);
  if (single && single.models.size > 0) return single;
  return ofFiles(schemaFiles(single ? folder : `${folder}/schema`, pass), pass);
}

/** All `.prisma` files below a folder. */
function schemaFiles(folder: string, pass: Pass): readonly string[] {
  const found: string[] = [];
  const queue = [folder];
  for (const directory of queue) {
    for (const [name, kind] of listDirectory(directory, pass)?.entries ?? []) {
      if (kind === "directory" && name !== "migrations" && queue.length < MAX_FILES) queue.push(`${directory}/${name}`);
      else if (kind === "file" && name.endsWith(".prisma") && found.length < MAX_FILES) found.push(`${directory}/${name}`);
    }
  }
  return found.sort();
}

/** Undefined: none of the files is there. */
function ofFiles(files: readonly string[], pass: Pass): Schema | undefined {
  const stamps = files.map((file) => stampOf(file, pass));
  if (stamps.every((stamp) => stamp === undefined)) return undefined;
  const [key, stamp] = [files.join("\n"), stamps.join()];
  const cached = known.get(key);
  if (cached?.stamp === stamp) return cached.schema;
  // Read as one text: a field may have the model or enum of another file as its type.
  const schema = readSchema(files.map((file) => readText(file) ?? "").join("\n"));
  known.set(key, { stamp, schema });
  return schema;
}

/** Reads `model Name { field Type … }` blocks. Relations to other models are noted apart. */
function readSchema(schema: string): Schema {
  const blocks = modelBlocks(schema);
  const names = new Set(blocks.map(({ name }) => name));
  const enums = new Set([...schema.matchAll(/^[ \t]*enum\s+(\w+)/gmu)].map(([, name]) => name));
  const relations = new Map(blocks.map(({ name }) => [name.toLowerCase(), new Map<string, Relation>()]));
  const models = new Map(
    blocks.map(({ name, body }) => {
      const fields = body.split("\n").flatMap((line): readonly PrismaField[] => {
        const [field, type] = line.trim().split(/\s+/u);
        const isField = field !== undefined && /^\w+$/u.test(field) && type !== undefined;
        const base = /^\w*/u.exec(type ?? "")?.[0] ?? "";
        if (!isField) return [];
        if (names.has(base)) {
          relations.get(name.toLowerCase())?.set(keptText(field), { model: keptText(base), isOne: /^\w+\??$/u.test(type) });
          return [];
        }
        const isUnique = /\s@(?:unique|id)\b/u.test(line.split("//", 1)[0] ?? "");
        return [{ name: keptText(field), kind: enums.has(base) ? "literals" : Object.hasOwn(KINDS, base) ? KINDS[base] : undefined, ...(isUnique ? { isUnique } : {}) }];
      });
      return [name.toLowerCase(), fields] as const;
    }),
  );
  return { models, relations };
}

/** Heads are found by pattern, ends by search: one pattern for whole blocks would not be linear. */
function modelBlocks(schema: string): readonly { readonly name: string; readonly body: string }[] {
  const head = /^[ \t]*model\s+(?<name>\w+)\s*\{/gmu;
  const blocks: { name: string; body: string }[] = [];
  for (let found = head.exec(schema); found; found = head.exec(schema)) {
    const end = schema.indexOf("}", head.lastIndex);
    if (end < 0) break;
    blocks.push({ name: keptText(found.groups?.["name"] ?? ""), body: schema.slice(head.lastIndex, end) });
    head.lastIndex = end + 1;
  }
  return blocks;
}

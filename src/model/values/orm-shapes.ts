import type { CallValue, TypeShape } from "./ir.ts";
import { fieldType } from "./schema-shapes.ts";
import type { Properties } from "./shapes.ts";
import type { Located, Place, Tracer } from "./trace.ts";
import { target } from "./values.ts";
import { prismaModels, type PrismaField } from "../../project/prisma.ts";

const TABLE_MAKERS = /^(?:pg|mysql|sqlite|singlestore|gel)Table(?:Creator)?$|^createTable$/u;
const ROW_READS = new Set(["findFirst", "findMany", "findUnique", "findUniqueOrThrow", "findFirstOrThrow", "create", "update", "upsert", "delete"]);

/** The columns of the rows that a database call hands out: Prisma models, Drizzle tables. */
export function tableShape(tracer: Tracer, call: Located<CallValue>): Properties | undefined {
  const columns = drizzleColumns(tracer, call);
  if (columns) return columns;
  const callee = target(call.value.callee);
  if (callee.kind !== "member" || callee.property === undefined) return undefined;
  if (ROW_READS.has(callee.property)) return rowShape(tracer, call, callee.object);
  // db.select().from(users).where(…).limit(1)
  if (callee.property === "from" && call.value.args[0]) {
    return selectedShape(tracer, callee.object, call.place) ?? tableOf(tracer, { value: call.value.args[0], place: call.place });
  }
  if (/^(?:where|limit|orderBy|innerJoin|leftJoin|returning|get|all|then|offset|values|set)$/u.test(callee.property)) {
    const inner = tracer.alternatives({ value: callee.object, place: call.place })[0];
    return inner?.value.kind === "call" ? tableShape(tracer, { value: inner.value, place: inner.place }) : undefined;
  }
  return undefined;
}

function selectedShape(tracer: Tracer, receiver: CallValue["callee"], place: Place): Properties | undefined {
  const select = tracer.alternatives({ value: receiver, place })[0]?.value;
  const columns = select?.kind === "call" ? select.args[0] : undefined;
  const object = columns && tracer.alternatives({ value: columns, place })[0]?.value;
  return object?.kind === "object" ? namesOf(object.entries) : undefined;
}

function namesOf(entries: readonly { readonly key: string | undefined }[]): Properties {
  return new Map(entries.flatMap(({ key }) => (key === undefined ? [] : [[key, undefined] as const])));
}

function rowShape(tracer: Tracer, call: Located<CallValue>, receiver: CallValue["callee"]): Properties | undefined {
  const path = tracer.canonical({ value: receiver, place: call.place });
  const model = path?.path.at(-1);
  if (!path || model === undefined) return undefined;
  const options = call.value.args[0] && { value: call.value.args[0], place: call.place };
  const selected = options && tracer.property(options, "select")[0]?.value;
  if (selected?.kind === "object") return namesOf(selected.entries.filter(({ value }) => !(value.kind === "literal" && value.value === false)));
  if (path.source === "@prisma/client" || path.path.includes("PrismaClient")) return prismaModelShape(tracer, model, call.place);
  return undefined;
}

/** The scalar fields of a model in the project's Prisma schema. */
export function prismaModelShape(tracer: Tracer, name: string, place: Place): Properties | undefined {
  const { project } = tracer;
  const fields = project && prismaModels(project).get(name.toLowerCase());
  return fields && new Map(fields.map((field) => [field.name, field.kind && { type: typeOf(field.kind), place }]));
}

const typeOf = (kind: NonNullable<PrismaField["kind"]>): TypeShape => (kind === "literals" ? { kind, values: [] } : { kind: "keyword", name: kind });

function tableOf(tracer: Tracer, located: Located): Properties | undefined {
  for (const { value, place } of tracer.alternatives(located)) {
    if (value.kind !== "call") continue;
    const columns = drizzleColumns(tracer, { value, place });
    if (columns) return columns;
  }
  return undefined;
}

function drizzleColumns(tracer: Tracer, { value, place }: Located<CallValue>): Properties | undefined {
  const path = tracer.canonical({ value: value.callee, place });
  const maker = path?.path.find((name) => name !== "default");
  if (!path?.source.startsWith("drizzle-orm") || maker === undefined || !TABLE_MAKERS.test(maker)) return undefined;
  const made = value.args[1] && tracer.alternatives({ value: value.args[1], place })[0];
  // pgTable("users", (t) => ({ … }))
  const columns = made?.value.kind === "function" ? { value: made.value.fn.returns[0], place: made.place } : made;
  if (columns?.value?.kind !== "object") return undefined;
  const { entries } = columns.value;
  return new Map(
    entries.flatMap(({ key, value: column }) => {
      const type = fieldType(tracer, { value: column, place: columns.place });
      return key === undefined ? [] : [[key, type && { type, place: columns.place }] as const];
    }),
  );
}

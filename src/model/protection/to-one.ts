import { isToOne } from "../../project/prisma.ts";
import type { CallValue } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { lastName } from "./caller-checks.ts";

/*
 * What a query of Prisma brings along with a record: one record of another model is looked up as the first one was, and a list
 * grows with what is stored. The schema says which it is.
 */

/** More than these are as many look-ups. */
const MAX_RELATIONS = 2;

/**
 * `include: { user: true }`, `select: { id: true, user: { select: { name: true } } }`: a record each, and nothing that belongs to
 * that one. False where that is not known.
 */
export function bringsOneOfEach(tracer: Tracer, finding: CallValue, key: string, { value, place }: Located): boolean {
  const callee = target(finding.callee);
  const model = callee.kind === "member" ? lastName(callee.object) : undefined;
  const written = tracer.only({ value, place });
  const { project } = tracer;
  if (!project || model === undefined || written?.value.kind !== "object") return false;
  const { entries } = written.value;
  const brought = key === "include" ? entries : entries.filter((entry) => target(entry.value).kind !== "literal");
  return (
    brought.length <= MAX_RELATIONS &&
    brought.every((entry) => entry.key !== undefined && !entry.spread && isToOne(project, model, entry.key) && hasColumnsOnly(tracer, { value: entry.value, place: written.place }))
  );
}

/** `true`, or a list of columns. */
function hasColumnsOnly(tracer: Tracer, { value, place }: Located): boolean {
  if (target(value).kind === "literal") return true;
  const options = tracer.only({ value, place });
  if (options?.value.kind !== "object") return false;
  return options.value.entries.every(({ key, spread, value: entry }) => {
    const columns = key === "select" && !spread ? tracer.only({ value: entry, place: options.place })?.value : undefined;
    return columns?.kind === "object" && columns.entries.every((column) => column.key !== undefined && column.key !== "_count" && !column.spread && target(column.value).kind === "literal");
  });
}

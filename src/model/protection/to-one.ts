import { isToOne } from "../../project/prisma.ts";
import { referencesOf } from "../../project/supabase-types.ts";
import type { CallValue } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { lastName } from "./caller-checks.ts";

/*
 * What a query of Prisma, or of Supabase, brings along with a record: one record of another model is looked up as the first one
 * was, and a list grows with what is stored. The schema, or the types that are generated of it, say which it is.
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

/** `author:profiles!notes_author_fkey(name)`: the table, or the column that refers to it, a foreign key, and columns. */
const EMBEDDED = /^(?:\.{3})?(?:\w+:)?(?<target>\w+)(?<hints>(?:!\w+)*)\((?<columns>[\w*,:]+)\)$/u;

/**
 * `select("id, author:profiles(name)")` of Supabase: columns of the table, and of one row each that it refers to. False where
 * that is not known.
 */
export function embedsOneOfEach({ project }: Tracer, table: string, columns: string): boolean {
  const brought = partsIn(columns.replaceAll(/\s+/gu, "")).filter((part) => part.includes("("));
  if (!project || brought.length > MAX_RELATIONS) return false;
  const references = referencesOf(project, table);
  return brought.every((part) => {
    const { target: name = "", hints = "", columns: inner = "" } = EMBEDDED.exec(part)?.groups ?? {};
    const [hint, more] = hints.split("!").filter((word) => word !== "" && word !== "inner" && word !== "left");
    if (inner === "" || more !== undefined || /\bcount\b/u.test(inner)) return false;
    return references.some(({ key, columns: [column, second], to }) => {
      if (hint === undefined) return name === to || (name === column && second === undefined);
      return name === to && (hint === key || hint === column);
    });
  });
}

/** What stands between commas, but for those in parentheses. */
function partsIn(columns: string): readonly string[] {
  const parts = [""];
  let depth = 0;
  for (const letter of columns) {
    if (letter === "(") depth++;
    else if (letter === ")") depth--;
    if (letter === "," && depth === 0) parts.push("");
    else parts.push(`${parts.pop() ?? ""}${letter}`);
  }
  return parts;
}

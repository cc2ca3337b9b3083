import type { FileModel } from "../file.ts";
import type { CallValue, Step, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { lastName } from "./caller-checks.ts";
import { linksOf } from "./row-conditions.ts";
import { makesRows, readOf, tableOf } from "./rows.ts";

/*
 * Rows of the last hour, or day, that are counted, in the words of Prisma, Supabase and Drizzle: where those are turned away who
 * have too many, and one more is put there for each call, it is a limiter made by hand.
 */

const AFTER = /^(?:gte?|greaterThan(?:OrEqual)?)$/u;
const COUNTS = /^\$?count$/u;

/** Rows that were made lately. */
export interface LateRows {
  readonly table: string;
  /** The members of the answer that lead to a row, where the call lists the rows; undefined: its answer is how many they are. */
  readonly row?: readonly string[];
}

/**
 * The rows since a time that a call counts, or lists, where the same function adds to their table; undefined: it does not, or that is
 * not known.
 * @param around the function that the call stands in
 */
export function lateRows(file: FileModel, { value, place }: Located<CallValue>, around: readonly Step[]): LateRows | undefined {
  if (!dependsOn(value, asksSince)) return undefined;
  const table = countedIn(file, { value, place });
  const found = table === undefined ? listedIn(file, { value, place }) : { table };
  if (!found) return undefined;
  for (const other of callsIn(around)) if (makesRows(file, { value: other, place }, found.table)) return found;
  return undefined;
}

/** `note.findMany(…)`, `from("notes").select("id")`, `select().from(notes)`: how many they are is the length of the list. */
function listedIn(file: FileModel, call: Located<CallValue>): LateRows | undefined {
  const read = readOf(file, call);
  return read?.row.at(-1) === "*" ? { table: read.table, row: read.row } : undefined;
}

/** `note.count(…)`, `from("notes").select("id", { count: "exact" })`, `select({ n: count() }).from(notes)`, `$count(notes)` */
function countedIn(file: FileModel, { value, place }: Located<CallValue>): string | undefined {
  const links = linksOf(value);
  const counting = links.find(({ name }) => COUNTS.test(name));
  if (counting) {
    const callee = target(counting.call.callee);
    const [table] = counting.name === "$count" ? counting.call.args : [];
    return lastName(table ?? (callee.kind === "member" ? callee.object : counting.call));
  }
  const from = links.find(({ name }) => name === "from")?.call;
  const [table] = from?.args ?? [];
  const select = links.find(({ name }) => name === "select")?.call;
  const isCount = (part: Value): boolean => (part.kind === "call" && COUNTS.test(lastName(part.callee) ?? "")) || (part.kind === "object" && part.entries.some(({ key }) => key === "count"));
  if (!from || !table || !select?.args.some((arg) => dependsOn(arg, isCount))) return undefined;
  return tableOf(file, from, place) ?? lastName(table);
}

/** `.gte("created_at", since)`, `{ createdAt: { gte: since } }`, `gt(notes.createdAt, since)` */
export function asksSince(part: Value): boolean {
  if (part.kind === "object") return part.entries.some(({ key, value }) => key !== undefined && AFTER.test(key) && isTime(value));
  const last = part.kind === "call" && AFTER.test(lastName(part.callee) ?? "") ? part.args.at(-1) : undefined;
  return last !== undefined && isTime(last);
}

/** It is made of the time of day, and of nothing that is waited for, such as what was sent. */
function isTime(value: Value): boolean {
  return dependsOn(value, (part) => part.kind === "global" && part.name === "Date") && !dependsOn(value, ({ kind }) => kind === "await" || kind === "param");
}

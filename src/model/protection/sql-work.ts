import type { CanonicalPath } from "../../sdk/canonical.ts";
import { namesSqlClient, type CostlyRow } from "../../sdk/costly/index.ts";
import type { CallValue, Value } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { onlySetsUpConnection } from "./connection-settings.ts";
import { changesInTransaction } from "./ways.ts";

/** What a statement begins with that changes data, or tables. */
const CHANGES = /^(?:insert|update|delete|merge|replace|truncate|alter|create|drop)\b/iu;
const ADDS_COLUMN = /^alter table (?:if exists )?(?:only )?\S+ add column if not\b/u;
/** What may follow after a comma, and is done each time. */
const OTHER_ACTIONS = /,\s*(?:drop|alter|rename|set|reset|owner|enable|disable|validate|attach|detach|add\s+(?!column\s+if\s+not\s+exists\b))\b/iu;
/** How many words `CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS` and its like have at most. */
const MAX_WORDS = 8;

/** Stands behind a beginning for what follows it. */
const REST = "\0";

/** Statements are handed over in the first argument, as text, as a template's texts, or under one of these names. */
const TEXT_OPTIONS = ["text", "sql"];

/** `neon(url)`: a client is made, and asked nothing yet. What runs SQL is a call of what that one gives back. */
export function makesSqlClient(tracer: Tracer, { value, place }: Located<CallValue>, path: CanonicalPath): boolean {
  return namesSqlClient(path) && tracer.alternatives({ value: value.callee, place }).every((callee) => /^(?:import|member)$/u.test(callee.value.kind));
}

/**
 * The work of a call that runs SQL: a change where the statement says so; else as the table has it. A transaction is named by what
 * its function does, and stays what the table has: how often each of its changes is made is not known here.
 */
export function workOfQuery(tracer: Tracer, call: Located<CallValue>, row: CostlyRow): Pick<CostlyRow, "kind" | "label"> {
  if (row.kind === "data-write" && changesBySql(call.value)) {
    const statement = statementOf(tracer, call);
    return statement !== undefined && changesNothingAgain(statement.trim()) ? asQuery(row) : row;
  }
  if (row.kind !== "database" || !row.label.startsWith("queries ")) return row;
  if (changesInTransaction(call.value, (inner) => onlySetsUpConnection(tracer, { value: inner, place: call.place }))) return { kind: row.kind, label: row.label.replace(/^queries /u, "changes ") };
  const statement = statementOf(tracer, call);
  if (statement === undefined || !CHANGES.test(statement.trimStart()) || changesNothingAgain(statement.trim())) return row;
  const [, what = ""] = /^queries (?:the database )?(.*)$/u.exec(row.label) ?? [];
  return { kind: "data-write", label: what.startsWith("through ") ? `changes the database ${what}` : `changes data in ${what}` };
}

/** Prisma's `$executeRaw` changes data, unless the statement says more. */
function changesBySql({ callee }: CallValue): boolean {
  const method = target(callee);
  return method.kind === "member" && (method.property === "$executeRaw" || method.property === "$executeRawUnsafe");
}

/** What is left of a change that finds nothing to change any more. */
export function asQuery({ label }: Pick<CostlyRow, "label">): Pick<CostlyRow, "kind" | "label"> {
  return { kind: "database", label: label.replace(/^changes (?:data in )?/u, "queries ") };
}

/** Statements that change nothing once they have been run: `CREATE TABLE IF NOT EXISTS notes (…)`, and a column that is added so. */
function changesNothingAgain(text: string): boolean {
  // `CREATE TABLE IF NOT EXISTS notes_${id}` makes another one for each id.
  if (text.endsWith(REST)) return false;
  const statements = text.split(";").map((statement) => statement.trim()).filter((statement) => statement !== "");
  return statements.every((statement) => {
    const words = statement.toLowerCase().split(/\s+/u, MAX_WORDS);
    const beginning = words.join(" ");
    if (words[0] === "create") return beginning.includes(" if not exists");
    return ADDS_COLUMN.test(beginning) && !OTHER_ACTIONS.test(statement);
  });
}

/** How the SQL of `sql(…)`, `pool.query(…)`, `db.prepare(…).bind(…).run()` begins, with {@link REST} where that is not all; undefined: not known. */
function statementOf(tracer: Tracer, { value, place }: Located<CallValue>): string | undefined {
  const [first] = value.args;
  const text = first && beginningOf(tracer, { value: first, place });
  if (text !== undefined) return text;
  const callee = target(value.callee);
  const inner = callee.kind === "member" ? target(callee.object) : undefined;
  return inner?.kind === "call" ? statementOf(tracer, { value: inner, place }) : undefined;
}

function beginningOf(tracer: Tracer, located: Located): string | undefined {
  const { value } = tracer.only(located) ?? located;
  if (value.kind === "literal") return typeof value.value === "string" ? value.value : undefined;
  const [start, ...more]: readonly Value[] = value.kind === "template" ? value.parts : value.kind === "array" ? value.items : [];
  if (start?.kind === "literal" && typeof start.value === "string") return more.length > 0 ? start.value + REST : start.value;
  const entry = value.kind === "object" ? value.entries.find(({ key }) => key !== undefined && TEXT_OPTIONS.includes(key)) : undefined;
  return entry && beginningOf(tracer, { value: entry.value, place: located.place });
}

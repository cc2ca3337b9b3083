import { relationOf } from "../../project/prisma.ts";
import { referencesOf } from "../../project/supabase-types.ts";
import type { CallValue, ObjectEntry, Value } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { lastName } from "./caller-checks.ts";

/*
 * What a query brings along with a record: one record of another model is looked up as the first one was, and of a list the
 * first few, where it says how many. Any other list grows with what is stored. Which it is, the schema of Prisma says, or the
 * types that Supabase generates.
 */

/** More than these are as many look-ups. */
const MAX_RELATIONS = 2;
/** Looks up one record: what is brought along with each of several adds up. */
const OF_ONE = /^find(?:Unique|First)(?:OrThrow)?$/u;
/** What is asked of a list: how many, which, in which order, and which columns of them. */
const LIST_OPTIONS = /^(?:take|limit|skip|offset|where|orderBy|select|columns|omit|cursor)$/u;

/**
 * `include: { user: true }`, `select: { id: true, user: { select: { name: true } } }`: a record each, and nothing that belongs to
 * that one. With one record `with: { comments: { limit: 10 } }`, too. False where that is not known.
 * @param isFew told of the values that a limit may have
 */
export function bringsFew(tracer: Tracer, finding: CallValue, key: string, { value, place }: Located, isFew: (limit: readonly Located[]) => boolean): boolean {
  const model = modelOf(finding);
  const written = tracer.only({ value, place });
  if (model === undefined || written?.value.kind !== "object") return false;
  const { entries } = written.value;
  const brought = key === "include" || key === "with" ? entries : entries.filter((entry) => target(entry.value).kind !== "literal" || isRelation(tracer, model, entry));
  const isOfOne = OF_ONE.test(lastName(finding.callee) ?? "");
  return (
    brought.length <= MAX_RELATIONS &&
    brought.every((entry) => {
      const given = { value: entry.value, place: written.place };
      if (entry.key === undefined || entry.spread) return false;
      const relation = key === "with" || !tracer.project ? undefined : relationOf(tracer.project, model, entry.key);
      if (isOfOne && isShortList(tracer, given, relation?.model, isFew)) return true;
      return relation?.isOne === true && hasColumnsOnly(tracer, given, relation.model);
    })
  );
}

/** `select: { title: true, comments: true }`: not all that is selected are columns. */
export function selectsRelations(tracer: Tracer, finding: CallValue, entries: readonly ObjectEntry[]): boolean {
  const model = modelOf(finding);
  return model !== undefined && entries.some((entry) => isRelation(tracer, model, entry));
}

/** `note` of `prisma.note.findMany` */
function modelOf({ callee }: CallValue): string | undefined {
  const at = target(callee);
  return at.kind === "member" ? lastName(at.object) : undefined;
}

function isRelation({ project }: Tracer, model: string, { key, value }: ObjectEntry): boolean {
  const at = target(value);
  return key !== undefined && project !== undefined && !(at.kind === "literal" && at.value === false) && relationOf(project, model, key) !== undefined;
}

/** The first few of a list, and nothing that belongs to them. */
function isShortList(tracer: Tracer, { value, place }: Located, model: string | undefined, isFew: (limit: readonly Located[]) => boolean): boolean {
  const options = tracer.only({ value, place });
  if (options?.value.kind !== "object") return false;
  const { entries } = options.value;
  const limits = entries.filter(({ key }) => key === "take" || key === "limit");
  return (
    limits.length === 1 &&
    limits.every((limit) => isFew(tracer.alternatives({ value: limit.value, place: options.place }))) &&
    entries.every((entry) => isListOption(tracer, entry, model, options.place))
  );
}

function isListOption(tracer: Tracer, { key, spread, value }: ObjectEntry, model: string | undefined, place: Located["place"]): boolean {
  if (spread || key === undefined || !LIST_OPTIONS.test(key)) return false;
  return (key !== "select" && key !== "columns") || isOfColumns(tracer, tracer.only({ value, place })?.value, model);
}

/** `true`, or a list of columns of the model. */
function hasColumnsOnly(tracer: Tracer, { value, place }: Located, model: string): boolean {
  if (target(value).kind === "literal") return true;
  const options = tracer.only({ value, place });
  if (options?.value.kind !== "object") return false;
  return options.value.entries.every(({ key, spread, value: entry }) => key === "select" && !spread && isOfColumns(tracer, tracer.only({ value: entry, place: options.place })?.value, model));
}

/** `{ id: true, name: true }`, where the model, if it is known, has columns of these names. */
function isOfColumns(tracer: Tracer, columns: Value | undefined, model: string | undefined): boolean {
  if (columns?.kind !== "object" || (model !== undefined && columns.entries.some((column) => isRelation(tracer, model, column)))) return false;
  return columns.entries.every((column) => column.key !== undefined && column.key !== "_count" && !column.spread && target(column.value).kind === "literal");
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

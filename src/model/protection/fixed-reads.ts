import { COSTLY } from "../../sdk/costly/index.ts";
import { needsFullAccess } from "../../sdk/redis-commands.ts";
import type { Command } from "../clients/clients.ts";
import { beginning, MEMBERS } from "../values/chains.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import { isSameForAll, type Holds } from "../values/same-for-all.ts";
import { boundArgument, type Located, type Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { constantKey } from "./kept-answers.ts";
import { bringsFew, embedsOneOfEach, selectsRelations } from "./to-one.ts";

/*
 * Reads that are the same for all callers, and do not grow with what is stored: a caller can do no more than ask again.
 */

/** Rows that a page shows. */
export const MAX_ROWS = 100;
const MAX_LINKS = 30;

/** A command of Redis with a constant key, and nothing of the caller's in its other arguments, that does not walk through all keys. */
export function isFixedRead(tracer: Tracer, { name, args, call }: Command): boolean {
  const { place } = call;
  const isFixed = (value: Value, index: number): boolean => constantKey(tracer, { value, place }) !== undefined || (index > 0 && isSameForAll(tracer, { value, place }));
  return !needsFullAccess(name) && call.value.spreadAt === undefined && args.every(({ value }, index) => isFixed(value, index));
}

/** The calls of a statement such as `db.select().from(notes).limit(10)`, outermost first. */
export function statementOf(call: CallValue): readonly CallValue[] {
  const links: CallValue[] = [];
  let at: Value = call;
  for (let steps = 0; steps < MAX_LINKS; steps++) {
    if (at.kind === "call") {
      links.push(at);
      at = target(at.callee);
    } else if (at.kind === "member") at = target(at.object);
    else break;
  }
  return links;
}

/**
 * The calls that a statement is put together of, before the last one, with those of the statements that stand in it, such as
 * `inArray(notes.id, db.select().from(pins))`: what has been waited for is no part of it.
 */
export function partsOfStatement(call: CallValue): ReadonlySet<CallValue> {
  const parts = new Set<CallValue>();
  const note = (part: Value): boolean => {
    if (part.kind === "call") parts.add(part);
    return false;
  };
  for (const link of statementOf(call)) {
    if (link !== call) parts.add(link);
    for (const arg of link.args) dependsOn(arg, note, ({ kind }) => kind === "await");
  }
  return parts;
}

const OF_LISTS = /^(?:find|findLast|findIndex|filter|map|flatMap|forEach|some|every|reduce|sort)$/u;

/** `kinds.find((kind) => kind.id === id)`: a list is asked, and no store. */
export function asksEach({ callee, args }: CallValue): boolean {
  const method = target(callee);
  const [first] = args;
  return method.kind === "member" && OF_LISTS.test(method.property ?? "") && first !== undefined && target(first).kind === "function";
}

/** `rows.map(show)`, `(rows ?? []).map(show)`: a method of what a query has answered is no query. */
export function isOfAnswer(tracer: Tracer, { value, place }: Located<CallValue>): boolean {
  return isMadeOfAnswer(tracer, { value: value.callee, place }, new Set()) || isOfPartHandedOver(tracer, { value: value.callee, place });
}

/** `found.email`: a column of what a query has answered, and nothing that is made of more than that. */
export function isColumnOfAnswer(tracer: Tracer, { value, place }: Located): boolean {
  let at = target(value);
  for (let links = 0; links < MAX_LINKS; links++) {
    if (at.kind === "member") at = target(at.object);
    // `found.email.toLowerCase()`
    else if (at.kind === "call" && at.args.length === 0 && target(at.callee).kind === "member") at = target(at.callee);
    else break;
  }
  return at.kind !== "call" && isMadeOfAnswer(tracer, { value, place }, new Set());
}

/**
 * `shorten({ text: note.title })`, where the function calls `input.text.trim()`, or `(await load(id)).title.trim()`: all that it may
 * be is a part of what a query has answered. A statement goes on with the next method, and has no parts.
 */
function isOfPartHandedOver(tracer: Tracer, { value, place }: Located): boolean {
  const part = askedFirst(value);
  if (!part || !HANDED_ON.has(beginning(part, MEMBERS).kind)) return false;
  const given = tracer.alternatives({ value: part, place }).filter((found) => beginning(found.value, MEMBERS).kind !== "literal");
  return given.length > 0 && given.every((found) => found.value.kind === "member" && isQuery(tracer, { value: beginning(found.value, MEMBERS), place: found.place }));
}

/** `input.text` of `input.text.trim().toUpperCase` */
function askedFirst(value: Value): Value | undefined {
  let method = target(value);
  for (let links = 0; links < MAX_LINKS && method.kind === "member"; links++) {
    const part = target(method.object);
    const before = beginning(part, MEMBERS);
    if (before.kind !== "call") return part;
    method = target(before.callee);
  }
  return undefined;
}

const HANDED_ON: ReadonlySet<Value["kind"]> = new Set(["param", "await"]);

function isMadeOfAnswer(tracer: Tracer, { value, place }: Located, seen: Set<Value>): boolean {
  let at = target(value);
  let called: CallValue | undefined;
  let last: string | undefined;
  for (let links = 0; links < MAX_LINKS && (at.kind === "member" || at.kind === "call"); links++) {
    called = at.kind === "call" ? at : undefined;
    last = at.kind === "member" ? at.property : undefined;
    at = target(at.kind === "member" ? at.object : at.callee);
  }
  if (called || at.kind === "choice") {
    const asked = called ?? at;
    if (seen.has(asked) || seen.size > MAX_LINKS) return !called;
    seen.add(asked);
  }
  // `shorten(note.title).trim()`
  if (called) return tracer.alternatives({ value: called, place }).every((answer) => answer.value !== called && isMadeOfAnswer(tracer, answer, seen));
  if (at.kind === "choice") {
    // What stands in for an answer that is missing says nothing, and neither does what a variable is made of itself.
    const given = at.options.filter((option) => !isFallback(target(option)));
    return given.length > 0 && given.every((option) => isMadeOfAnswer(tracer, { value: option, place }, seen));
  }
  // `shorten(note.title)`
  const given = at.kind === "param" && !at.rest ? boundArgument(at.fn, at.index, place) : undefined;
  if (given) return isMadeOfAnswer(tracer, given, seen);
  const asked = at.kind === "await" ? target(at.value) : undefined;
  // `query = query.where(…)`
  const parts = asked?.kind === "choice" ? asked.options.map(target) : asked ? (togetherIn(tracer, { value: asked, place }, last) ?? [asked]) : [];
  // What is waited for is an answer, also in a function that hands it out.
  return parts.some((part) => isQuery(tracer, { value: part, place }));
}

/**
 * `const [rows, total] = await Promise.all([query, count])`: the one of those that are waited for together that is meant. Undefined:
 * it is no such list, or it is not told which of them.
 */
function togetherIn(tracer: Tracer, { value, place }: Located, index: string | undefined): readonly Value[] | undefined {
  if (value.kind !== "call" || index === undefined) return undefined;
  const path = tracer.canonical({ value: value.callee, place });
  const list = path?.source === "global" && path.path.join(".") === "Promise.all" ? value.args[0] && target(value.args[0]) : undefined;
  // Behind a list that is spread, it is not known which is which.
  const isSpread = (item: Value): boolean => item.kind === "member" && item.property === undefined;
  const meant = list?.kind === "array" && !list.items.some(isSpread) ? list.items[Number(index)] : undefined;
  return meant && [target(meant)];
}

function isQuery(tracer: Tracer, located: Located): boolean {
  const path = located.value.kind === "call" ? tracer.canonical(located) : undefined;
  return path !== undefined && COSTLY.match(path)?.kind === "database";
}

function isFallback(value: Value): boolean {
  return value.kind === "literal" || (value.kind === "array" && value.items.length === 0);
}

const ONE = /^find(?:Unique|First)(?:OrThrow)?$|^find(?:One|ById|ByPk)$/u;
const BY_ID = /^findBy(?:Id|Pk)$/u;
const SINGLE = /^(?:maybeSingle|single)$/u;
/** What looks at more than it hands out. */
const GROWS = /^(?:populate|include|rpc|groupBy|group|having|aggregate|count|\$count|countDocuments|distinct|with|union|unionAll|intersect|except|textSearch)$/u;
/** `SELECT 1 AS ok`, `SELECT now()::text, version()`: no function that waits or locks. */
const CONSTANT_SELECT =
  /^\s*select\s(?:[\w\s,]|::|(?<=\b(?:now|version|current_database|current_schema|sqlite_version|clock_timestamp|database|sysdate|getdate|utc_timestamp))\(\)){1,80};?\s*$/iu;
/** Of SQL: functions and other queries, groups, and more than one query or table. */
const OF_MORE = /[()]|;\s*\S|\b(?:join|group|having|distinct|union|intersect|except|into)\b/iu;
/** What follows `from`: one table, and what is asked of it. */
const ONE_TABLE = /^\s+[\w."`]+\s+(?:where|order|limit)\s/iu;
const LIMIT = /\slimit\s+(?<rows>\d{1,4})\s*;?$/iu;

/** A query of a database with nothing of a request in it, of so many rows at most. */
export function isFixedQuery(tracer: Tracer, { value, place }: Located<CallValue>): boolean {
  const text = textOf(tracer, { value, place });
  if (text !== undefined && CONSTANT_SELECT.test(text) && !/\bfrom\b/iu.test(text)) return true;
  if (text !== undefined && selectsFew(text)) return value.args.slice(1).every((arg) => isSameForAll(tracer, { value: arg, place }));
  return boundOf(tracer, { value, place }) === "few" && methodsOf(value).every(({ args }) => args.every((arg) => isSameForAll(tracer, { value: arg, place }, (call) => holdsOf(tracer, call))));
}

/** The calls of a statement that are methods of what comes before, outermost first. */
const methodsOf = (value: CallValue): readonly CallValue[] => statementOf(value).filter(({ callee }) => target(callee).kind === "member");

/**
 * How many rows a query of a table hands out: a `few` at most, as a page shows, or `any` number. Undefined: it counts, leads to
 * what belongs to a row, or that can't be told.
 */
export function boundOf(tracer: Tracer, { value, place }: Located<CallValue>): "few" | "any" | undefined {
  const links = methodsOf(value);
  const names = links.map(nameOf);
  if (links.length === 0 || names.some((name) => name === undefined || GROWS.test(name)) || links.some(({ spreadAt }) => spreadAt !== undefined)) return undefined;
  const finding = links.find((link) => ONE.test(nameOf(link) ?? "") || nameOf(link) === "findMany");
  if (finding) {
    const [first, second] = finding.args;
    const given = BY_ID.test(nameOf(finding) ?? "") ? second : first;
    const options = given && { value: given, place };
    if (options && leadsToOthers(tracer, finding, options)) return undefined;
    const limits = options ? ["take", "limit"].map((name) => tracer.property(options, name)).filter((limit) => limit.length > 0) : [];
    if (limits.length > 0) return limits.every((limit) => isFew(tracer, limit)) ? "few" : undefined;
    return nameOf(finding) === "findMany" ? "any" : "few";
  }
  const table = links.find((link) => nameOf(link) === "from")?.args[0];
  const from = table && tracer.constant({ value: table, place });
  if (!links.every((link) => nameOf(link) !== "select" || selectsColumns(tracer, link, place, from))) return undefined;
  const limit = links.find((link) => nameOf(link) === "limit")?.args[0];
  if (limit) return isFew(tracer, [{ value: limit, place }]) ? "few" : undefined;
  // `.eq("id", 1).single()` of Supabase, `.doc(id).get()` of Firestore
  const isOne = names.includes("doc") || (names.includes("eq") && names.some((name) => SINGLE.test(name ?? "")));
  return isOne ? "few" : "any";
}

function nameOf({ callee }: CallValue): string | undefined {
  const at = target(callee);
  return at.kind === "member" ? at.property : undefined;
}

/** Some rows of one table, by SQL. */
function selectsFew(text: string): boolean {
  const [columns, table, more] = text.split(/\bfrom\b/iu);
  if (!/^\s*select\s/iu.test(columns ?? "") || table === undefined || more !== undefined || OF_MORE.test(text)) return false;
  const rows = ONE_TABLE.test(table) ? LIMIT.exec(table.trimEnd())?.groups?.["rows"] : undefined;
  return rows !== undefined && Number(rows) <= MAX_ROWS;
}

/** The SQL that a statement runs, with `$` for what is put into it as a parameter; undefined: it runs none, or is not known. */
export function textOfQuery(tracer: Tracer, { value, place }: Located<CallValue>): string | undefined {
  for (const link of statementOf(value)) {
    const [first] = link.args;
    const texts = first && target(first);
    // A template that is handed to the function before it.
    if (texts?.kind === "array" && texts.items.length > 1) {
      const written = texts.items.map((item) => (item.kind === "literal" && typeof item.value === "string" ? item.value : undefined));
      return written.includes(undefined) ? undefined : written.join("$");
    }
    const text = textOf(tracer, { value: link, place });
    if (text !== undefined && /^\s*select\s/iu.test(text)) return text;
  }
  return undefined;
}

/** The SQL that a call runs, where it is a constant. */
function textOf(tracer: Tracer, { value, place }: Located<CallValue>): string | undefined {
  const [first] = value.args;
  if (!first) return undefined;
  const given = tracer.only({ value: first, place });
  // `execute(sql`SELECT 1`)`
  const inner = given?.value.kind === "call" ? given.value.args[0] : undefined;
  const written = given && inner ? { value: inner, place: given.place } : given;
  const text = written?.value.kind === "array" && written.value.items.length === 1 ? target(written.value.items[0] ?? written.value) : written?.value;
  return text?.kind === "literal" && typeof text.value === "string" ? text.value : undefined;
}

function isFew(tracer: Tracer, values: readonly Located[]): boolean {
  return values.length > 0 && values.every((value) => {
    const rows = tracer.constant(value);
    return typeof rows === "number" && Math.abs(rows) <= MAX_ROWS;
  });
}

/** `include`, `with` and a `select` in a `select`: what belongs to each row comes along, however much that is. */
function leadsToOthers(tracer: Tracer, finding: CallValue, options: Located): boolean {
  const brings = (key: string, brought: Located): boolean => bringsFew(tracer, finding, key, brought, (limit) => isFew(tracer, limit));
  return tracer.alternatives(options).some(({ value, place }) => {
    if (value.kind !== "object") return true;
    return value.entries.some(({ key, spread, value: entry }) => {
      if (spread === true || key === undefined) return true;
      if (key === "include" || key === "with") return !brings(key, { value: entry, place });
      const selected = key === "select" || key === "columns" ? tracer.only({ value: entry, place })?.value : undefined;
      if (key !== "select" && key !== "columns") return false;
      if (selected?.kind !== "object") return true;
      const isOfColumns = selected.entries.every((column) => target(column.value).kind === "literal") && !selectsRelations(tracer, finding, selected.entries);
      return !isOfColumns && !brings(key, { value: entry, place });
    });
  });
}

/** `select("id, name")`, `select({ id: notes.id })`: no counts, and nothing that belongs to a row but one row each that it refers to. */
function selectsColumns(tracer: Tracer, { args }: CallValue, place: Located["place"], from: unknown): boolean {
  const [columns, more] = args;
  if (!columns) return true;
  if (more) return false;
  const written = tracer.only({ value: columns, place })?.value;
  if (written?.kind === "literal") return typeof written.value === "string" && (!written.value.includes("(") || (typeof from === "string" && embedsOneOfEach(tracer, from, written.value)));
  return written?.kind === "object" && written.entries.every(({ spread, value }) => !spread && target(value).kind === "member");
}

/** Conditions and orders of Drizzle hold their arguments, its tables nothing; a count is one for each row. The time of day is the same for all. */
export function holdsOf(tracer: Tracer, { value, place }: Located<CallValue>): Holds | undefined {
  const path = tracer.canonical({ value: value.callee, place });
  if (!path) return undefined;
  if (path.source === "drizzle-orm") return path.path[0] !== "sql" || isPlain(value) ? "arguments" : undefined;
  if (path.source.startsWith("drizzle-orm/")) return path.path.at(-1) === "$count" ? undefined : "nothing";
  return path.source === "global" && path.path[0] === "Date" ? "arguments" : undefined;
}

/** SQL that calls no function and asks for nothing else: sql`${notes.size} > 5`, sql`${notes.at} DESC NULLS LAST`. */
function isPlain({ args: [first] }: CallValue): boolean {
  const texts = first && target(first);
  return texts?.kind === "array" && texts.items.every((item) => item.kind === "literal" && typeof item.value === "string" && !/[()…]/u.test(item.value));
}

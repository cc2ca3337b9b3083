import type { FileModel } from "../file.ts";
import { isHeldDown } from "../input/held-numbers.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { isSameForAll } from "../values/same-for-all.ts";
import type { Located, Place } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { lastName } from "./caller-checks.ts";
import { boundOf, isColumnOfAnswer, statementOf, textOfQuery } from "./fixed-reads.ts";
import { isGuessed, isOfOne } from "./look-ups.ts";
import { ofWhere } from "./row-conditions.ts";
import { askedOf, tableOfRead } from "./rows.ts";

/*
 * Reads of a database that are what a public page asks for: a list, a count, a record with what belongs to it. Repeated, they cost
 * what a page costs that is loaded again. What a stranger gains more from is none of them: searches in texts, which no index helps;
 * answers as long as he likes; reports over whole tables; and what could be guessed or learned of others, such as a code, or
 * whether an address has an account. What is not written out counts as one of these.
 */

/** Searches in texts, by the word of the query: a method, an operator of conditions, a function. */
const SEARCHES = /^(?:not)?_?(?:contains|startsWith|endsWith|search|textSearch|i?like(?:(?:All|Any)Of)?|similarTo|i?match_?regex|i?regexp?|imatch|fts|plfts|phfts|wfts|to_?tsquery|string_contains|string_starts_with|\$(?:regex|text|search|where|expr|function))$/iu;
/** What runs over whole tables, or runs what is not written out. */
const REPORTS = /^(?:rpc|aggregate|aggregateRaw|findRaw|groupBy|group|having|\$?transaction|\$runCommandRaw|\$queryRawTyped|raw|unsafe|batch|stream)$/u;
/** How many rows a query hands out. */
const SIZES = /^(?:take|limit|first|last|pageSize|perPage|per_page|limitToLast|fetch|top)$/u;
/** What a query shows, and in which order: it asks for nothing. */
const SHOWN = /^(?:select|columns|omit|orderBy|order|sort|distinct|distinctOn|returns|overrideTypes|pluck|projection|fields|attributes|from|collection|populate|by|cache)$/u;
/** By what the rows are sorted. */
const SORTED = /^(?:orderBy|order|sort)$/u;
/** In which order. */
const ORDERS = /^(?:asc|desc|nullsFirst|nullsLast)$/u;
/** From where on rows are handed out: no more of them for that. */
const BEGINS = /^(?:offset|skip)$/u;
/** A condition that Supabase is given as a text: `name.ilike.%a%`. */
const SEARCHES_TEXT = /\.(?:i?like|fts|plfts|phfts|wfts|i?match)(?:\(\w*\))?\./iu;
/** What a table, or a document of one, is named by. */
const TABLES = /^(?:from|table|(?:inner|left|right|full|cross)?Join|model|collection|collectionGroup|doc|ref|child)$/u;
/** What puts conditions together: of Drizzle, Kysely and Firestore. */
const OPERATORS =
  /^(?:and|or|not|eb|eq|ne|neq|gte?|lte?|is|isNot|isNull|isNotNull|in|inArray|notInArray|arrayContain(?:s|ed)|arrayOverlaps|exists|notExists|between|notBetween|asc|desc|nullsFirst|nullsLast|mapWith|\$with|get(?:Table|View)?Columns|getViewSelectedFields|sql|count|countDistinct|max|min|sum|avg|alias|as|val|ref|lit|query|where|orderBy|startA(?:t|fter)|end(?:At|Before)|collection|doc|Date|Number|String|BigInt|Boolean|parseInt|parseFloat|ObjectId|now|toISOString|getTime)$/u;
/** Tables that hold people and what they do: a list without an end is what others would take away. */
const PEOPLE = /^(?:users?|accounts?|customers?|clients?|sessions?|members?|employees?|patients?|leads?|subscribers?|contacts?|orders?|payments?|invoices?|messages?)$/iu;
const SEARCHES_SQL = /\b(?:i?like|similar to|regexp|rlike|match|to_tsquery|plainto_tsquery|websearch_to_tsquery|group by|having|with)\b|@@|[!~]~|\b(?:limit|fetch first|top) ?\$/iu;
/** Words of SQL that name a column. */
const COLUMN = /[a-z_]\w*/giu;
/** A column that is compared with what is written there. */
const CONSTANT_COMPARISON = /[\w."`]{1,80} ?(?:=|<>|!=|[<>]=?) ?(?:'[^']{0,80}'|\d{1,18}\b|true\b|false\b)/giu;
const MAX_DEPTH = 12;

/** A query that is written out, and a plain one; false where that is not known. */
export function isPlainRead(file: FileModel, call: Located<CallValue>): boolean {
  const text = textOfQuery(file.tracer, call);
  if (text !== undefined) return isPlainSql(text);
  const links = statementOf(call.value);
  return links.length > 0 && links.every((link) => isPlainLink(file, link, call.place) || (isGrouping(link) && isOfOneRecord(file, call))) && !listsPeople(file, call);
}

/** `groupBy(notes.id)`: columns that are written down. */
const isGrouping = ({ callee, args, spreadAt }: CallValue): boolean => lastName(callee) === "groupBy" && spreadAt === undefined && args.every((arg) => target(arg).kind === "member");

/** What is grouped belongs to one record: each row is joined with what is counted of it. */
function isOfOneRecord(file: FileModel, { value, place }: Located<CallValue>): boolean {
  const wheres = statementOf(value).filter(({ callee }) => lastName(callee) === "where");
  // Two tables are joined, too, by a condition on their columns.
  const isColumn = (given: Value | undefined): boolean => given !== undefined && file.tracer.canonical({ value: given, place })?.source.startsWith("drizzle-orm") === true;
  return wheres.some(({ args: [where] }) => where !== undefined && ofWhere(file, where, place).some((asked) => isOfOne(asked) && !isColumn(asked.value)));
}

const isNothing = (asked: Value | undefined): boolean => {
  const at = asked && target(asked);
  return !at || (at.kind === "object" && at.entries.length === 0);
};

/** All rows of a table that holds people. */
function listsPeople(file: FileModel, call: Located<CallValue>): boolean {
  // `User.find()` of Mongoose.
  const found = statementOf(call.value).find(({ callee }) => lastName(callee) === "find");
  const model = found && isNothing(found.args[0]) ? target(found.callee) : undefined;
  if (model?.kind === "member") return PEOPLE.test(lastName(model.object) ?? "");
  const asked = boundOf(file.tracer, call) === "any" ? askedOf(file, call) : undefined;
  return asked?.length === 0 && PEOPLE.test(tableOfRead(file, call) ?? "");
}

function isPlainSql(text: string): boolean {
  const written = text.replaceAll(/\s+/gu, " ");
  const asked = written.split(/\bwhere\b/iu).slice(1).join(" ").replaceAll(CONSTANT_COMPARISON, "");
  return !SEARCHES_SQL.test(written) && !(asked.match(COLUMN) ?? []).some(isGuessed);
}

/** One call of a statement, such as the `limit(10)` of `db.select().from(notes).limit(10)`. */
function isPlainLink(file: FileModel, link: CallValue, place: Place): boolean {
  const name = lastName(link.callee) ?? "";
  // `contains("tags", ["a"])` of Supabase asks for elements of a list.
  if ((SEARCHES.test(name) && !(name === "contains" && link.args.length === 2)) || REPORTS.test(name) || link.spreadAt !== undefined) return false;
  if (name === "or" && link.args[0]) return isPlainText(target(link.args[0]));
  if (TABLES.test(name) && link.args.length < 2) return true;
  if (name === "$count") return isCount(file, link, place, 0);
  if (SIZES.test(name)) return link.args.every((arg) => isHeldDown(file, { value: arg, place }));
  if (BEGINS.test(name)) return link.args.every((arg) => isPlain(file, { value: arg, place }, "value", 0));
  if (name === "range") return isRange(file, link, place);
  const asked = askedOfColumn(file, link, place);
  if (asked !== undefined) return asked;
  const role = roleOf(name) ?? (TABLES.test(name) ? "operand" : "asked");
  return link.args.every((arg) => isPlain(file, { value: arg, place }, role, 0));
}

/** `$count(notes, eq(notes.author, id))`: a table, and what is asked of it. */
function isCount(file: FileModel, { args: [table, ...asked], spreadAt }: CallValue, place: Place, depth: number): boolean {
  if (spreadAt !== undefined || !table || !isPlain(file, { value: table, place }, "operand", depth + 1)) return false;
  return asked.every((condition) => isPlain(file, { value: condition, place }, "asked", depth + 1));
}

/** `or("id.eq.1,name.eq.a")` of Supabase, also with values in it. Drizzle and Knex have it of conditions. */
function isPlainText(text: Value): boolean {
  const parts = text.kind === "template" ? text.parts.map(target) : [text];
  return parts.every((part) => (part.kind === "literal" ? typeof part.value === "string" && !SEARCHES_TEXT.test(part.value) : text.kind === "template"));
}

/** `eq("email", email)`, `where("code", "==", code)`, `eq(users.email, email)`. Undefined: it compares no column. */
function askedOfColumn(file: FileModel, { args }: CallValue, place: Place): boolean | undefined {
  const [first, ...others] = args;
  const column = first && target(first);
  const name = column?.kind === "literal" && typeof column.value === "string" ? column.value : column?.kind === "member" ? column.property : undefined;
  const value = others.at(-1);
  if (name === undefined || !value) return undefined;
  const operator = others.length > 1 && others[0] ? target(others[0]) : undefined;
  if (operator?.kind === "literal" && typeof operator.value === "string" && SEARCHES.test(operator.value)) return false;
  return !isGuessed(name) || isHarmless(file, { value, place });
}

type Role = "asked" | "operand" | "shown" | "sorted" | "value";

/** Of what a query shows, and by what it sorts; undefined: the name says something else. */
const roleOf = (name: string): "shown" | "sorted" | undefined => (SORTED.test(name) ? "sorted" : SHOWN.test(name) ? "shown" : undefined);
/** Nothing is asked by it. */
const isSeen = (role: Role): boolean => role === "shown" || role === "sorted";

/** What is asked of a column of that kind is the same for all callers, or comes from what was read before. */
const isHarmless = ({ tracer }: FileModel, given: Located): boolean => isSameForAll(tracer, given) || isColumnOfAnswer(tracer, given);

/**
 * @param role of which part of a query this is: conditions and options, which are `asked` for; an `operand` of a condition, which
 * may be a column; what is `shown`, with counts of what belongs to each row; by what it is `sorted`, which is looked at for all
 * rows; or a `value` that a column is compared with
 */
function isPlain(file: FileModel, { value, place }: Located, role: Role, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  const at = target(value);
  const areAll = (parts: readonly Value[]): boolean => parts.every((part) => isPlain(file, { value: part, place }, role, depth + 1));
  switch (at.kind) {
    case "object":
      return at.entries.every((entry) => {
        if (entry.spread) return isPlain(file, { value: entry.value, place }, role === "value" ? "asked" : role, depth + 1);
        // A column or an operator that is not known may search; what is shown, or by what it is sorted, asks for nothing.
        if (entry.key === undefined) return isSeen(role);
        return isPlainEntry(file, entry.key, { value: entry.value, place }, role, depth);
      });
    case "array":
      // SQL in a template: its texts, and what is put between them.
      return areAll(at.items) && at.items.every((item) => item.kind !== "literal" || typeof item.value !== "string" || isPlainSql(item.value));
    case "choice":
      // What comes before `&&` is nothing where it is chosen.
      return areAll(at.operator === "&&" ? at.options.slice(-1) : at.options);
    case "call":
      if (role === "shown" && lastName(at.callee) === "$count") return isCount(file, at, place, depth);
      return role === "value" || (!at.isNew && isPlainExpression(file, at, place, depth));
    case "function":
      return [...callsIn(at.fn.body)].every((call) => isPlainExpression(file, call, place, depth));
    case "literal":
      return role === "value" || isSeen(role) || typeof at.value !== "string" || isPlainSql(at.value);
    case "template":
      // A statement of which parts are put in.
      return role === "value" || isSeen(role);
    case "operation":
      return true;
    case "member":
      if (at.property !== undefined || (role !== "asked" && role !== "operand")) return role !== "asked";
      return !at.key && isPlainList(file, { value: at.object, place }, role, depth);
    case "global":
    case "import":
      return role !== "asked";
    default:
      // Conditions that are made elsewhere.
      return role !== "asked" && role !== "operand";
  }
}

/** A list is spread: each of its elements. A column, or a condition, that is chosen by a key is not known. */
function isPlainList(file: FileModel, { value, place }: Located, role: Role, depth: number): boolean {
  const list = target(value);
  return list.kind === "array" && list.items.every((item) => isPlain(file, { value: item, place }, role, depth + 1));
}

function isPlainEntry(file: FileModel, key: string, { value, place }: Located, role: Role, depth: number): boolean {
  // How long an answer may be kept asks for nothing.
  if (key === "cacheStrategy" || (isSeen(role) && target(value).kind === "literal")) return true;
  if (SEARCHES.test(key)) return false;
  if (SIZES.test(key)) return isHeldDown(file, { value, place });
  const seen = roleOf(key) ?? (isSeen(role) ? role : undefined);
  if (seen) return isPlain(file, { value, place }, seen, depth + 1);
  const isPart = STRUCTURE.test(key);
  if (!isPart && isGuessed(key) && !isHarmless(file, { value, place })) return false;
  return isPlain(file, { value, place }, isPart ? "asked" : "value", depth + 1);
}

/** Members of a query that have conditions and other queries in them. */
const STRUCTURE = /^(?:where|AND|OR|NOT|include|with|some|every|none|is|isNot|filter|\$(?:and|or|nor|not|elemMatch))$/u;

/** `and(eq(notes.id, id), isNull(notes.hiddenAt))` */
function isPlainExpression(file: FileModel, call: CallValue, place: Place, depth: number): boolean {
  const name = lastName(call.callee) ?? "";
  if (!(OPERATORS.test(name) || SHOWN.test(name) || SIZES.test(name)) || call.spreadAt !== undefined) return false;
  // What the project calls so is something of its own.
  if (file.tracer.functions({ value: call.callee, place }).length > 0) return false;
  if (SIZES.test(name)) return call.args.every((arg) => isHeldDown(file, { value: arg, place }));
  const before = target(call.callee);
  const isChained = before.kind === "member" && target(before.object).kind === "call";
  if (isChained && !isPlain(file, { value: before.object, place }, "asked", depth + 1)) return false;
  const role = name === "select" ? "shown" : ORDERS.test(name) ? "sorted" : "operand";
  return askedOfColumn(file, call, place) ?? call.args.every((arg) => isPlain(file, { value: arg, place }, role, depth + 1));
}

/** `range(from, from + 19)`: as many rows as are written out, wherever they begin. */
function isRange(file: FileModel, { args: [from, to] }: CallValue, place: Place): boolean {
  if (!from || !to) return false;
  const end = target(to);
  const operands = end.kind === "operation" ? end.operands.map(target) : [];
  if (operands.length > 0 && operands.every((operand) => operand === target(from) || isHeldDown(file, { value: operand, place }))) return true;
  return isHeldDown(file, { value: from, place }) && isHeldDown(file, { value: to, place });
}

import { COSTLY } from "../../sdk/costly/index.ts";
import type { FileModel } from "../file.ts";
import { MAX_LINKS } from "../values/chains.ts";
import type { CallValue, ObjectValue, Value } from "../values/ir.ts";
import { NOTHING, SOMETHING, statesOf, type State } from "../values/states.ts";
import type { Located, Place } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { lastName } from "./caller-checks.ts";
import { entryOf, linksOf, maySet, objectAt, objectIn, ofDrizzle, ofPrisma, ofSupabase, ofWhere, settingsOf, type Condition, type Link } from "./row-conditions.ts";

/*
 * Which rows of which table a call reads or changes, in the words of Prisma, Drizzle and Supabase. It is told by the form of
 * the call: `update({ where, data })`, `update(table).set(data).where(…)`, `from("table").update(data).eq(…)`. Functions of
 * the project that are called so are no such calls.
 */

interface Rows {
  readonly table: string;
  /** All of these hold. */
  readonly where: readonly Condition[];
}

export interface Read extends Rows {
  /** The members of the answer that lead to a row; `*`: each of its elements. */
  readonly row: readonly string[];
  /** What is handed over for a column may say what is asked of it, and where it is left out, nothing is asked. */
  readonly takesOperators?: true;
}

export interface Change extends Rows {
  readonly call: CallValue;
  /** What columns are set to; nothing, where the rows are thrown away. */
  readonly data: ObjectValue;
  readonly deletes?: true;
  /** It throws where there is no such row. */
  readonly throws: boolean;
  /** What a member of the answer is where no row was changed; undefined: that is not known. */
  none(members: readonly string[]): State | undefined;
}

const EMPTY: State = { kind: "constant", value: 0 };
const ABSENT: State = { kind: "constant", value: undefined };

const UPDATES: ReadonlySet<string> = new Set(["update", "updateMany", "updateManyAndReturn"]);
const DELETES: ReadonlySet<string> = new Set(["delete", "deleteMany"]);
const MAKES: ReadonlySet<string> = new Set(["create", "createMany", "createManyAndReturn", "insert", "upsert"]);
/** What may follow the promise of an answer. */
const SETTLED: ReadonlySet<string> = new Set(["then", "catch", "finally"]);

/** The rows that a call changes. */
export function changeOf(file: FileModel, call: Located<CallValue>): Change | undefined {
  const all = linksOf(call.value);
  const links = all.filter(({ name }) => !SETTLED.has(name));
  const [last] = links;
  const at = links.findIndex(isChanging);
  const updating = links[at];
  if (!last || !updating || isOwn(file, { value: updating.call.callee, place: call.place })) return undefined;
  const [arg] = updating.call.args;
  const { place } = call;
  const options = arg && objectAt(arg);
  const deletes = DELETES.has(updating.name);
  const data = deletes ? NO_DATA : options && objectIn(options, "data");
  const common = { call: call.value, ...(deletes ? { deletes } : {}) };
  const delegate = options && objectIn(options, "where") ? target(updating.call.callee) : undefined;
  if (options && data && delegate?.kind === "member") {
    const table = lastName(delegate.object);
    const where = objectIn(options, "where");
    if (at > 0 || table === undefined || !where || !isChange(file, { value: updating.call, place })) return undefined;
    const isOne = updating.name === "update" || updating.name === "delete";
    const isCounted = updating.name === "updateMany" || updating.name === "deleteMany";
    const none = (members: readonly string[]): State | undefined => {
      if (isOne) return undefined;
      return isCounted ? (is(members, "count") ? EMPTY : undefined) : ofList(members);
    };
    return { ...common, table, where: ofPrisma(file, where, place), data, throws: isOne && links.length === all.length, none };
  }
  const below = links[at + 1];
  const after = links.slice(0, at);
  if (below?.name === "from" && (options || deletes)) {
    const table = tableOf(file, below.call, place);
    const set = deletes ? NO_DATA : options;
    return table === undefined || !set ? undefined : { ...common, table, where: ofSupabase(file, after, place), data: set, throws: false, none: (members) => ofSupabaseAnswer(after, members) };
  }
  const table = arg && lastName(arg);
  const columns = deletes ? (after.at(-1)?.name === "where" ? NO_DATA : undefined) : columnsSet(after.at(-1));
  if (!columns || table === undefined) return undefined;
  const isReturned = last.name === "returning";
  return { ...common, table, where: ofDrizzle(file, after, place), data: columns, throws: false, none: (members) => (isReturned ? ofList(members) : undefined) };
}

const NO_DATA: ObjectValue = { kind: "object", entries: [] };

const isChanging = ({ name }: Link): boolean => mayChange(name);

/** `.set({ … })` */
function columnsSet(link: Link | undefined): ObjectValue | undefined {
  const [columns] = link?.name === "set" ? link.call.args : [];
  return columns && objectAt(columns);
}

const READ = {};

/** The rows that a call reads, by itself or in a function of the project that hands out what it has read. */
export function readOf(file: FileModel, call: Located<CallValue>): Read | undefined {
  // Each condition that looks at an answer asks.
  return file.tracer.memo(READ, call, undefined, () => findRead(file, call));
}

function findRead(file: FileModel, call: Located<CallValue>): Read | undefined {
  const read = readBy(file, call);
  if (read) return read;
  const [found, more] = file.tracer.alternatives(call).filter(({ value }) => !isNothing(value));
  if (!found || more || found.value.kind !== "call" || found.value === call.value) return undefined;
  const inside = readBy(file, { value: found.value, place: found.place });
  return inside && { ...inside, where: inside.where.map((condition) => asHandedIn(condition, found.place)) };
}

/** A condition of a function, as it is for whoever calls it. */
function asHandedIn({ value, ...condition }: Condition, { frame }: Place): Condition {
  const at = value && target(value);
  const given = at?.kind === "param" && !at.rest && frame?.fn === at.fn ? frame.args[at.index] : undefined;
  return given ? { ...condition, value: given } : condition;
}

function readBy(file: FileModel, call: Located<CallValue>): Read | undefined {
  const { place } = call;
  const links = linksOf(call.value);
  const [last, next] = links;
  if (!last) return undefined;
  if (/^find(?:Unique|First|Many)(?:OrThrow)?$/u.test(last.name)) {
    const callee = target(last.call.callee);
    const options = last.call.args[0] && objectAt(last.call.args[0]);
    const where = options && entryOf(options, "where");
    const table = callee.kind === "member" ? lastName(callee.object) : undefined;
    if (!where || table === undefined || isOwn(file, { value: last.call.callee, place })) return undefined;
    const operators = objectAt(where) && !last.name.startsWith("findUnique") ? { takesOperators: true as const } : {};
    return { table, where: ofWhere(file, where, place), row: last.name.startsWith("findMany") ? ["*"] : [], ...operators };
  }
  const at = links.findIndex(({ name }) => name === "select");
  const below = links[at + 1];
  const isSingle = last.name === "single" || last.name === "maybeSingle" || next?.name === "single" || next?.name === "maybeSingle";
  if (below?.name === "from") {
    const table = tableOf(file, below.call, place);
    return table === undefined ? undefined : { table, where: ofSupabase(file, links.slice(0, at), place), row: isSingle ? ["data"] : ["data", "*"] };
  }
  const from = at > 0 ? links[at - 1] : undefined;
  const table = from?.name === "from" && from.call.args[0] ? lastName(from.call.args[0]) : undefined;
  // Columns may have other names in what is selected, and joined tables more than one row.
  if (table === undefined || links[at]?.call.args.length !== 0 || links.some(({ name }) => /join/iu.test(name))) return undefined;
  return { table, where: ofDrizzle(file, links.slice(0, at), place), row: ["*"] };
}

const FINDS = /^find(?:Unique|First|Many|One)(?:OrThrow)?$/u;
const FINDS_BY_ID = /^(?:findById|findByPk|doc)$/u;

/** What a query asks of the rows that it hands out, whatever becomes of them; undefined: that is not known. */
export function askedOf(file: FileModel, { value, place }: Located<CallValue>): readonly Condition[] | undefined {
  const links = linksOf(value);
  const found = links.find(({ name }) => FINDS.test(name) || FINDS_BY_ID.test(name));
  const [arg] = found?.call.args ?? [];
  if (found && FINDS_BY_ID.test(found.name)) return arg && [{ column: "id", value: arg }];
  if (found) {
    const options = arg && objectAt(arg);
    const where = options && entryOf(options, "where");
    if (isOwn(file, { value: found.call.callee, place }) || (arg && !options)) return undefined;
    if (!where) return options && found.name === "findOne" ? ofPrisma(file, options, place) : [];
    return ofWhere(file, where, place);
  }
  const at = links.findIndex(({ name }) => name === "select");
  if (at < 0) return undefined;
  if (links[at + 1]?.name === "from") return ofSupabase(file, links.slice(0, at), place);
  return links.some(({ name }) => /join/iu.test(name)) ? undefined : ofDrizzle(file, links.slice(0, at), place);
}

/** The table that a query reads, by its name; undefined: that is not known. */
export function tableOfRead(file: FileModel, { value, place }: Located<CallValue>): string | undefined {
  const links = linksOf(value);
  const callee = target(links.find(({ name }) => FINDS.test(name))?.call.callee ?? value);
  if (callee.kind === "member") return lastName(callee.object);
  const from = links.find(({ name }) => name === "from")?.call;
  return from && (tableOf(file, from, place) ?? (from.args[0] && lastName(from.args[0])));
}

/** What a change sets a column to; what may be `undefined` may leave it as it is. */
export function written(file: FileModel, { data }: Change, column: string, place: Place): readonly State[] | undefined {
  const states = settingsOf(data, column)?.map((value) => statesOf(file.tracer, value, place));
  if (!states?.every((state) => state !== undefined)) return undefined;
  return states.flat().some((state) => state.kind === "constant" && state.value === undefined) ? undefined : states.flat();
}

/** What several calls change; of the calls of a chain, the last one says it all. */
export function changesAmong(file: FileModel, calls: Iterable<CallValue>, place: Place): readonly Change[] {
  const chains = new Map<CallValue, CallValue>();
  for (const call of calls) {
    const updating = linksOf(call).find(isChanging);
    if (updating) chains.set(updating.call, call);
  }
  return [...chains.values()].flatMap((value) => changeOf(file, { value, place }) ?? []);
}

/** False where no method of that name changes rows. */
export const mayChange = (name: string): boolean => UPDATES.has(name) || DELETES.has(name);

/** False where no method of that name makes a row that {@link makingOf} knows. */
export const mayMake = (name: string): boolean => name === "create" || name === "insert";

/** A call may put new rows into a table. */
export function makesRows(file: FileModel, call: Located<CallValue>, table: string): boolean {
  return mayMakeRows(file, call, table, false);
}

/**
 * The same, and what is said of a table that is not known.
 * @param unknown whether it may be this one
 */
export function mayMakeRows(file: FileModel, { value, place }: Located<CallValue>, table: string, unknown = true): boolean {
  const [making, below] = linksOf(value);
  if (!making || !MAKES.has(making.name)) return false;
  const callee = target(making.call.callee);
  const [arg] = making.call.args;
  if (below?.name === "from") {
    const of = tableOf(file, below.call, place);
    return of === undefined ? unknown : of === table;
  }
  return (callee.kind === "member" && lastName(callee.object) === table) || (arg !== undefined && lastName(arg) === table);
}

/** A row that a call puts into a table. */
export interface Making {
  readonly call: CallValue;
  readonly table: string;
  readonly data: ObjectValue;
  /** Its answer is the row, and no list or object with the row in it. */
  readonly answersRow?: true;
}

/** `create({ data })`, `insert(table).values({ … })`, `from("table").insert({ … })`: one row, which is made in any case. */
export function makingOf(file: FileModel, call: Located<CallValue>): Making | undefined {
  const links = linksOf(call.value);
  const at = links.findIndex(({ name }) => mayMake(name));
  const making = links[at];
  if (!making || isOwn(file, { value: making.call.callee, place: call.place })) return undefined;
  const below = links[at + 1];
  const [arg] = making.call.args;
  const given = arg && objectAt(arg);
  if (making.name === "create") {
    const callee = target(making.call.callee);
    const table = callee.kind === "member" ? lastName(callee.object) : undefined;
    const data = given && objectIn(given, "data");
    return table === undefined || !data ? undefined : { call: making.call, table, data, answersRow: true };
  }
  if (below?.name === "from") {
    const table = tableOf(file, below.call, call.place);
    return table === undefined || !given ? undefined : { call: making.call, table, data: given };
  }
  const [row] = links[at - 1]?.name === "values" ? (links[at - 1]?.call.args ?? []) : [];
  const table = arg && lastName(arg);
  const data = row && objectAt(row);
  return table === undefined || !data ? undefined : { call: making.call, table, data };
}

/** The members lead to a row of what was read; of a list, to one of its elements. */
export function isRow(members: readonly string[], { row }: Pick<Read, "row">): boolean {
  return members.length === row.length && row.every((name, index) => name === members[index] || (name === "*" && /^\d+$/u.test(members[index] ?? "")));
}

/** The call that says what is set: a chain has one. */
export const updatingCall = ({ call }: Change): CallValue => updatingIn(call) ?? call;

/** The same of any call; undefined: nothing is changed by it. */
export const updatingIn = (call: CallValue): CallValue | undefined => linksOf(call).find(isChanging)?.call;

export interface Origin {
  readonly call: Located<CallValue>;
  /** From its answer to the value; `*`: each element of a list. */
  readonly members: readonly string[];
}

const SAME_ELEMENTS: ReadonlySet<string> = new Set(["filter", "slice", "sort", "toSorted", "reverse", "toReversed"]);

/** Of a list without elements, these make another one. */
const AS_MANY: ReadonlySet<string> = new Set([...SAME_ELEMENTS, "map", "flatMap"]);

/**
 * The call that a value is a part of the answer of. A parameter is what the call hands over that its function was entered by, in
 * the same module.
 */
export function originOf(located: Located): Origin | undefined {
  const members: string[] = [];
  let { place } = located;
  let at = target(located.value);
  for (let links = 0; links < MAX_LINKS; links++) {
    if (at.kind === "member") {
      const name = at.property ?? (at.key ? undefined : "*");
      if (name === undefined) return undefined;
      members.unshift(name);
      at = target(at.object);
    } else if (at.kind === "await") at = target(at.value);
    else if (at.kind === "choice") {
      const [option, more] = at.options.map(target).filter((part) => !isNothing(part));
      if (!option || more) return undefined;
      at = option;
    } else if (at.kind === "param") {
      const { frame } = place;
      const given = frame?.fn === at.fn && !at.rest && frame.place.module === place.module ? frame.args[at.index] : undefined;
      if (!frame || !given) return undefined;
      at = target(given);
      ({ place } = frame);
    } else if (at.kind === "call") {
      const callee = target(at.callee);
      const leadsOn = members[0] === "*" ? SAME_ELEMENTS : members[0] === "length" ? AS_MANY : undefined;
      if (callee.kind !== "member" || !leadsOn?.has(callee.property ?? "")) return { call: { value: at, place }, members };
      at = target(callee.object);
    } else return undefined;
  }
  return undefined;
}

/** A change may touch a column, to whatever. */
export function touches({ data }: Change, column: string): boolean {
  return data.entries.some((entry) => maySet(entry, column));
}

/** `null` of `row ?? null`, `[]` of `rows ?? []` */
function isNothing(value: Value): boolean {
  return value.kind === "literal" ? !value.value : value.kind === "array" && value.items.length === 0;
}

/** The body of a function of the project says what it does. */
function isOwn(file: FileModel, callee: Located): boolean {
  return file.tracer.functions(callee).length > 0;
}

/** As far as the callee is known, it changes a store. */
function isChange(file: FileModel, { value, place }: Located<CallValue>): boolean {
  const path = file.tracer.canonical({ value: value.callee, place });
  return !path || COSTLY.match(path)?.kind === "data-write";
}

/** The table of `from("notes")`, also by a constant of the project: `from(TABLES.NOTES)`. Undefined: it is not known. */
export function tableOf({ tracer }: FileModel, { args: [table] }: CallValue, place: Place): string | undefined {
  const name = table && tracer.constant({ value: table, place });
  return typeof name === "string" ? name : undefined;
}

/** What Supabase answers where no row was changed, by what follows `update()`. */
function ofSupabaseAnswer(links: readonly Link[], members: readonly string[]): State | undefined {
  const has = (name: string): boolean => links.some((link) => link.name === name);
  if (is(members, "count")) return EMPTY;
  if (!has("select")) return undefined;
  if (is(members, "error")) return has("single") ? SOMETHING : undefined;
  if (members[0] !== "data") return undefined;
  if (has("single") || has("maybeSingle")) return members.length === 1 ? NOTHING : ABSENT;
  return ofList(members.slice(1));
}

/** A list without elements. */
function ofList(members: readonly string[]): State | undefined {
  if (is(members, "length")) return EMPTY;
  return members.length > 0 && /^(?:\d+|\*)$/u.test(members[0] ?? "") ? ABSENT : undefined;
}

const is = (members: readonly string[], name: string): boolean => members.length === 1 && members[0] === name;

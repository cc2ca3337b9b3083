import type { FileModel } from "../file.ts";
import { MAX_LINKS } from "../values/chains.ts";
import type { CallValue, ObjectEntry, ObjectValue, Value } from "../values/ir.ts";
import { isNow, listedIn, NOTHING, statesOf, type State } from "../values/states.ts";
import type { Place } from "../values/trace.ts";
import { dependsOn } from "../values/reach.ts";
import { isEmpty, target } from "../values/values.ts";
import { lastName } from "./caller-checks.ts";

/*
 * What a call asks of the rows that it means, in the words of Prisma, Drizzle and Supabase.
 */

/** What holds of the rows that are meant. */
export interface Condition {
  /** Undefined: something is asked that is not known. */
  readonly column: string | undefined;
  /** The value that the column has, as it is written. */
  readonly value?: Value;
  /** What it may be, or may not be. */
  readonly states?: readonly State[];
  readonly isNot?: true;
  /** Of an unknown column: it is asked that the time of this one has not come. */
  readonly until?: string;
  /** Of an unknown column: all of one of these is asked. */
  readonly either?: readonly (readonly Condition[])[];
  /** Of an unknown column: it is asked, perhaps, that this one is something else, which is not known. */
  readonly except?: string;
  /** The value that the column has not, as it is written. */
  readonly excepted?: Value;
}

const TOKEN = /token|secret|nonce|ticket|magic|signature/iu;
/** What is short enough to be tried. */
const GUESSED = /otp|code$|(?:^|_)pin(?:$|_)/iu;

/** A record is found by what nobody guesses, by its name: `where: { token }`, `eq(verification.value, token)`. */
export function isByToken(where: readonly Condition[]): boolean {
  let isToken = false;
  const note = (name: string | undefined): boolean => {
    isToken ||= name !== undefined && TOKEN.test(name);
    return name !== undefined && GUESSED.test(name);
  };
  const isGuessed = where.some(({ column, value }) => note(column) || (value !== undefined && dependsOn(value, (part) => note(nameOf(part)))));
  return isToken && !isGuessed;
}

/** It is asked for one record, and not for the next one of many. */
export function isOfOneRecord(where: readonly Condition[]): boolean {
  return isByToken(where) || where.some(({ column }) => column !== undefined && /^_?(?:id|uuid|slug)$/iu.test(column));
}

const nameOf = (part: Value): string | undefined => (part.kind === "param" ? part.fn.params[part.index]?.name : part.kind === "ref" || part.kind === "member" ? lastName(part) : undefined);

/** A call of a chain. */
export interface Link {
  readonly name: string;
  readonly call: CallValue;
}

/** The calls of a chain, the last one first. */
export function linksOf(call: CallValue): readonly Link[] {
  const links: Link[] = [];
  let at: Value = call;
  while (at.kind === "call" && !at.isNew && links.length < MAX_LINKS) {
    const callee = target(at.callee);
    if (callee.kind !== "member" || callee.property === undefined) break;
    links.push({ name: callee.property, call: at });
    at = target(callee.object);
  }
  return links;
}

const OF_SEVERAL = /^(?:AND|OR|NOT)$/u;

/** The conditions of `where: { … }`. */
export function ofPrisma(file: FileModel, where: ObjectValue, place: Place): readonly Condition[] {
  return where.entries.flatMap(({ key, value, spread }): readonly Condition[] => {
    if (spread) return perhaps(file, value, place);
    if (key === undefined) return [{ column: undefined }];
    const inner = objectAt(value);
    const isLater = where.entries.some((entry) => entry.later && entry.key === key);
    const except = isLater || key === "NOT" ? (inner && exceptIn(file, key, inner, place)) : undefined;
    if (except || isLater) return [except ?? { column: undefined }];
    if (!inner) {
      if (!OF_SEVERAL.test(key)) return [equal(file, key, value, place)];
      const list = target(value);
      if (list.kind !== "array" || key === "NOT") return [{ column: undefined }];
      const parts = list.items.map((item): readonly Condition[] => { const part = objectAt(item); return part ? ofPrisma(file, part, place) : [{ column: undefined }]; });
      return key === "AND" ? parts.flat() : [{ column: undefined, either: parts }];
    }
    if (key === "AND") return ofPrisma(file, inner, place);
    // A unique key of several columns: `{ userId_shopId: { userId, shopId } }`.
    if (inner.entries.length > 1 && inner.entries.map((entry) => entry.key).join("_") === key) return ofPrisma(file, inner, place);
    const [test, more] = inner.entries;
    if (!test || more || test.spread) return [{ column: undefined }];
    return [ofOperator(file, key, test.key ?? "", test.value, place)];
  });
}

/** `NOT: { id }`, and `where.id = { not: id }` that is put there later: all that is asked is that one is left out. */
function exceptIn(file: FileModel, key: string, { entries: [test, more] }: ObjectValue, place: Place): Condition | undefined {
  if (!test || more || test.spread || test.key === undefined) return undefined;
  const condition = key !== "NOT" ? ofOperator(file, key, test.key, test.value, place) : objectAt(test.value) ? undefined : ofOperator(file, test.key, "not", test.value, place);
  if (condition?.except !== undefined) return condition;
  return condition?.isNot && condition.column !== undefined ? { column: undefined, except: condition.column, excepted: test.value } : undefined;
}

/** `...(id ? { id: { not: id } } : {})`: what is asked, if it is, leaves one out; else it is not known. */
function perhaps(file: FileModel, spread: Value, place: Place): readonly Condition[] {
  const unknown = [{ column: undefined }];
  const at = target(spread);
  const options = at.kind !== "choice" ? [] : at.operator === "&&" ? at.options.slice(-1) : at.operator === "?:" ? at.options : [];
  const asked = options.map(target).filter((option) => !isEmpty(option) && !(option.kind === "object" && option.entries.length === 0));
  const conditions = asked.flatMap((option) => (option.kind === "object" ? ofPrisma(file, option, place) : unknown));
  return conditions.length > 0 && conditions.every((condition) => "except" in condition) ? conditions : unknown;
}

function ofOperator(file: FileModel, column: string, operator: string, value: Value, place: Place): Condition {
  switch (operator) {
    case "equals":
    case "eq":
    case "is":
      return equal(file, column, value, place);
    case "not":
    case "neq":
    case "ne": {
      const states = statesOf(file.tracer, value, place);
      return states ? { column, states, isNot: true } : { column: undefined, except: column, excepted: value };
    }
    case "in":
    case "inArray":
    case "notIn":
    case "notInArray": {
      const states = listedIn(file.tracer, value, place);
      if (!states) return { column: undefined };
      return operator.startsWith("not") ? { column, states, isNot: true } : { column, states };
    }
    case "gt":
    case "gte":
      return tellsNow(file, value, place) ? { column: undefined, until: column } : { column: undefined };
    case "isNull":
      return { column, states: [NOTHING] };
    case "isNotNull":
      return { column, states: [NOTHING], isNot: true };
    default:
      return { column: undefined };
  }
}

function tellsNow(file: FileModel, value: Value, { module }: Place): boolean {
  const found = file.tracer.alternatives({ value, place: { module } });
  return found.length > 0 && found.every((time) => isNow(time.value));
}

function equal(file: FileModel, column: string, value: Value, place: Place): Condition {
  const states = statesOf(file.tracer, value, place);
  return { column, value, ...(states ? { states } : {}) };
}

/** What follows in a chain and leaves the rows as they are. */
const NO_CONDITION: ReadonlySet<string> = new Set(["select", "single", "maybeSingle", "returns", "overrideTypes", "throwOnError", "order", "limit", "abortSignal"]);

/** The conditions of `.eq(…).is(…)`. */
export function ofSupabase(file: FileModel, links: readonly Link[], place: Place): readonly Condition[] {
  return links.flatMap(({ name, call }): readonly Condition[] => {
    if (NO_CONDITION.has(name)) return [];
    const [first, second, third] = call.args;
    const column = first && target(first);
    const matched = name === "match" && first ? objectAt(first) : undefined;
    if (matched) return ofPrisma(file, matched, place);
    if (column?.kind !== "literal" || typeof column.value !== "string" || !second) return [{ column: undefined }];
    if (name !== "not") return [ofOperator(file, column.value, name, second, place)];
    const operator = target(second);
    const isEqual = operator.kind === "literal" && (operator.value === "is" || operator.value === "eq");
    return [isEqual && third ? ofOperator(file, column.value, "not", third, place) : { column: undefined }];
  });
}

/** The conditions of `.where(…)`. */
export function ofDrizzle(file: FileModel, links: readonly Link[], place: Place): readonly Condition[] {
  return links.flatMap(({ name, call }): readonly Condition[] => {
    if (name !== "where") return [];
    return call.args[0] ? ofExpression(file, call.args[0], place) : [{ column: undefined }];
  });
}

/** The conditions of `where: …`: an object of Prisma's, or an expression of Drizzle's. */
export function ofWhere(file: FileModel, where: Value, place: Place): readonly Condition[] {
  const asked = objectAt(where);
  return asked ? ofPrisma(file, asked, place) : ofExpression(file, where, place);
}

/** The conditions of `and(eq(orders.id, id), isNull(orders.paidAt))` */
function ofExpression(file: FileModel, value: Value, place: Place): readonly Condition[] {
  const at = target(value);
  const name = at.kind === "call" ? lastName(at.callee) : undefined;
  if (at.kind !== "call" || name === undefined) return [{ column: undefined }];
  if (name === "and") return at.args.flatMap((part) => ofExpression(file, part, place));
  if (name === "or") return [{ column: undefined, either: at.args.map((part) => ofExpression(file, part, place)) }];
  const [first, second] = at.args;
  const column = first && target(first);
  if (column?.kind !== "member" || column.property === undefined) return [{ column: undefined }];
  return [ofOperator(file, column.property, name, second ?? column, place)];
}

/** The object that is written there. */
export function objectAt(value: Value): ObjectValue | undefined {
  const at = target(value);
  return at.kind === "object" ? at : undefined;
}

/** The object that a key is set to. */
export function objectIn(object: ObjectValue, key: string): ObjectValue | undefined {
  const value = entryOf(object, key);
  return value && objectAt(value);
}

/** Objects spread into objects spread into objects. */
const MAX_SPREADS = 4;

/** An entry may set a key: it has that name or one that is not known, or it spreads what may have it. */
export function maySet({ key, value, spread, omit }: ObjectEntry, name: string, depth = 0): boolean {
  if (!spread) return key === undefined || key === name;
  return !omit?.includes(name) && maySpread(value, name, depth);
}

/** The same of what is spread, as it is written there: what has a name may be filled somewhere else. */
function maySpread(value: Value, name: string, depth: number): boolean {
  if (value.kind === "literal") return false;
  if (value.kind === "ref" && value.name === undefined) return maySpread(value.target, name, depth);
  if (value.kind === "object" && depth < MAX_SPREADS) return value.entries.some((entry) => maySet(entry, name, depth + 1));
  if (value.kind !== "choice" || value.operator === "=" || depth >= MAX_SPREADS) return true;
  // What comes before `&&` is nothing where it is spread.
  const options = value.operator === "&&" ? value.options.slice(-1) : value.options;
  return options.some((option) => maySpread(option, name, depth + 1));
}

/** What a key is set to; undefined where a later spread may set it. */
export function entryOf({ entries }: ObjectValue, name: string): Value | undefined {
  const last = entries.findLast((entry) => maySet(entry, name));
  return last?.spread || last?.key === undefined ? undefined : last.value;
}

/** All that a key may be set to; undefined: perhaps to nothing, or to what is not known. */
export function settingsOf({ entries }: ObjectValue, name: string): readonly Value[] | undefined {
  const first = entries.findLast((entry) => !entry.later && maySet(entry, name));
  const later = entries.filter((entry) => entry.later && (entry.key === undefined || entry.key === name));
  if (!first || first.spread || [first, ...later].some(({ key }) => key === undefined)) return undefined;
  return [first, ...later].map(({ value }) => value);
}

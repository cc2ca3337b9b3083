import type { FileModel } from "../file.ts";
import type { CallValue } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import { agreed, holdsWhere, isSame, NOTHING, PAST, SOMETHING, type State } from "../values/states.ts";
import type { Located, Place } from "../values/trace.ts";
import { answerStates, handedInside } from "./answers-of-helpers.ts";
import { isOfNew, leaves } from "./claims.ts";
import type { Condition } from "./row-conditions.ts";
import { isRow, originOf, readOf, touches, written, type Change, type Origin, type Read } from "./rows.ts";

/*
 * The records, and columns of them, that a condition looks at, and what it says once they were changed.
 */

/** A record that was read, or a column of it, as a condition looks at it. */
export interface Column {
  readonly read: Read;
  readonly origin: Origin;
  /** The members of the answer that lead to the record. */
  readonly row: readonly string[];
  /** Undefined: whether there is such a record at all. */
  readonly name: string | undefined;
}

/** The records, and columns of records, that a condition looks at. */
export function columnsIn(file: FileModel, { value, place: { module } }: Located): readonly Column[] {
  const found: Column[] = [];
  const reads = new Map<CallValue, Read | undefined>();
  const note = (located: Located): void => {
    const origin = originOf(located);
    if (!origin) return;
    const { call, members } = origin;
    if (!reads.has(call.value)) reads.set(call.value, readOf(file, call));
    const read = reads.get(call.value);
    if (!read || isOfNew(read.where)) return;
    if (found.some((other) => isSameOrigin(other.origin, origin))) return;
    if (isRow(members, read)) found.push({ read, origin, row: members, name: undefined });
    else if (isRow(members.slice(0, -1), read)) found.push({ read, origin, row: members.slice(0, -1), name: members.at(-1) });
  };
  dependsOn(value, (part) => {
    if (part.kind === "member" || part.kind === "await") note({ value: part, place: { module } });
    if (part.kind === "call") for (const handed of handedInside(file, { value: part, place: { module } })) note(handed);
    return false;
  });
  return found;
}

/** A change may end what a condition asks of a column. */
export function isTouched(file: FileModel, { name, read }: Column, change: Change, place: Place): boolean {
  return name === undefined ? isNotFoundAfter(file, change, read, place) : touches(change, name);
}

/** What a column is after a change; a record that was found by the state which it has left is not found any more. */
export function statesAfter(file: FileModel, change: Change, { name, read }: Column, place: Place): readonly State[] | undefined {
  if (name !== undefined) return written(file, change, name, place);
  return isNotFoundAfter(file, change, read, place) ? [NOTHING] : undefined;
}

/** A record is not found any more by what it was found by. */
export function isNotFoundAfter(file: FileModel, change: Change, { where }: Read, place: Place): boolean {
  return where.some((condition) => leaves(file, change, condition, place));
}

/** Whether a condition holds where columns are in such states: it is the same in each of them. */
export function outcomeOf(file: FileModel, { value, place: { module } }: Located, columns: readonly Column[], states: (column: Column) => readonly State[] | undefined): boolean | undefined {
  return agreed(combinations(columns, states).map((known) => {
    const saysOf = (located: Located): readonly State[] | undefined => {
      const origin = originOf(located);
      const state = origin && known.find(([column]) => isSameOrigin(column.origin, origin))?.[1];
      return state && [state];
    };
    const place = { module };
    return holdsWhere(file.tracer, { value, place }, (part) => saysOf({ value: part, place }) ?? answerStates(file, part, place, saysOf));
  }));
}

/** What is asked of a record before it is changed. */
interface Asked {
  readonly test: Located;
  /** What the test looks at of the record. */
  readonly columns: readonly Column[];
  readonly change: Change;
}

/** Whoever goes on has found the record as the change asks for it: of all others the test says what it will say again. */
export function isLeftBy(file: FileModel, { column, states, isNot, until }: Condition, again: boolean, { test, columns, change }: Asked): boolean {
  const isRefused = (name: string, others: readonly State[]): boolean => outcomeOf(file, test, columns, (at) => (at.name === name ? others : undefined)) === again;
  if (until !== undefined) return isRefused(until, [PAST]);
  if (column === undefined || !states || isNot) return false;
  return isRefused(column, othersThan(states, written(file, change, column, test.place)));
}

/** What a column may be that is none of these. A flag is the other one; what was nothing and is filled with a date or a text is something. */
function othersThan(asked: readonly State[], after: readonly State[] | undefined): readonly State[] {
  const isFlag = (state: State): boolean => state.kind === "constant" && typeof state.value === "boolean";
  const isFilled = (state: State): boolean => (state.kind === "constant" ? typeof state.value === "string" && state.value !== "" : state.kind !== "other");
  if (after && asked.length === 1 && [...asked, ...after].every(isFlag)) return after;
  if (after?.every(isFilled) === true && asked.every((state) => isSame(state, NOTHING) === true)) return [SOMETHING];
  return [{ kind: "other", than: asked }];
}

type Known = readonly (readonly [Column, State])[];

/** Each state of each column, with those of the others. */
function combinations(columns: readonly Column[], states: (column: Column) => readonly State[] | undefined): readonly Known[] {
  return columns.reduce<readonly Known[]>((found, column) => {
    const all = states(column) ?? [];
    // Of more than that, nothing is known.
    return all.length === 0 || found.length * all.length > MAX_COMBINATIONS ? found : found.flatMap((known) => all.map((state) => [...known, [column, state] as const]));
  }, [[]]);
}

const MAX_COMBINATIONS = 32;

/** Two parts are the same member of the same answer. */
export const isSameOrigin = (one: Origin, other: Origin): boolean => one.call.value === other.call.value && isSameList(one.members, other.members);

/** Two columns are of one record. */
export function isSameRow(one: Column, other: Column): boolean {
  return one.origin.call.value === other.origin.call.value && isSameList(one.row, other.row);
}

/** The same names in the same order. */
export function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}


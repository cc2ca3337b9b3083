import { signatureOf } from "../commands/key-signature.ts";
import type { FileModel } from "../file.ts";
import type { Branches, OncePart } from "../flow/policy.ts";
import type { CallValue, Step, Value } from "../values/ir.ts";
import { stepsIn } from "../values/lower.ts";
import { dependsOn } from "../values/reach.ts";
import { holdsWhere, isSame, NOTHING, type State } from "../values/states.ts";
import type { Located, Place } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { turnsAway } from "./caller-checks.ts";
import { columnsIn, isNotFoundAfter, isSameList, isLeftBy, isSameRow, isTouched, outcomeOf, statesAfter, type Column } from "./checked-columns.ts";
import { askedBy, claimedIn, isOfNew, leaves, type Claimed } from "./claims.ts";
import { limited } from "./limited-values.ts";
import { isFoundBy, makingInside, missingIn, recordOf } from "./made-once.ts";
import { isByToken, isOfOneRecord, linksOf, type Condition } from "./row-conditions.ts";
import { changesAmong, makingOf, originOf, readOf, touches, updatingCall, updatingIn, type Change, type Making, type Origin } from "./rows.ts";
import { onlyLooksUpAgain } from "./spent-in-transactions.ts";
import { SpentInside, type Spending } from "./spent-inside.ts";
import { onlyReads } from "./spent-tokens.ts";
import { refusedByTable } from "./state-tables.ts";
import { RowsAround } from "./rows-around.ts";
import { togetherWith, type Ending } from "./together.ts";
import { allCallsIn, hasReturn, isJump, isNothingReturned, isOnEachWay, transactionOf, withoutFailures } from "./ways.ts";

/*
 * Work that is done once for a record, however often it is asked for: behind a claim, behind a change of the state that was asked
 * for before, and for rows that were found by a state which each of them leaves. Two calls at the same time may both pass a check
 * that is no claim. That makes it twice, and not as often as somebody likes.
 */

type Side = "then" | "else";

/** What of the functions that a request runs is done once. */
export class DoneOnce {
  readonly #file: FileModel;
  readonly #isCaller: (value: Located) => boolean;
  /** Changes after which the next call does not come so far. */
  readonly #lastTime = new Set<CallValue>();
  /** Conditions after which only the winner of a claim goes on, and what all others do. */
  readonly #won = new Map<Value, readonly Step[]>();
  /** By change behind a check: whether the check turns away who finds the record as another change leaves it. */
  readonly #barred = new Map<CallValue, (left: Change) => boolean>();
  /** Those of them that each record allows once. */
  readonly #settled = new Set<CallValue>();
  /** Steps behind which all is done together with such a change. */
  readonly #together = new Set<Step>();
  readonly #around: RowsAround;
  /** Changes, with what conditions and schemas let them set. */
  readonly #limited = new Map<CallValue, Change>();
  /** By condition behind which a token is spent: the side of those who hold it. */
  readonly #holders = new Map<Value, Side>();
  /** The tables of such changes. */
  readonly #tables = new Set<string>();
  readonly #spent: SpentInside;

  /**
   * @param isCaller whether a value is the id of who calls, which he does not choose
   * @param spent what functions of the project use up, where some have been read
   */
  constructor(file: FileModel, isCaller: (value: Located) => boolean = () => false, spent?: SpentInside) {
    this.#file = file;
    this.#around = new RowsAround(file);
    this.#isCaller = isCaller;
    this.#spent = spent ?? new SpentInside(file, (body, place) => this.#readApart(body, place));
  }

  /** A function that requests run is read from its first line. */
  begin(body: readonly Step[]): void {
    this.#around.begin(body);
  }

  /** What is done once in a function that is read for itself, whoever calls it. */
  #readApart(body: readonly Step[], place: Place): Spending {
    const apart = new DoneOnce(this.#file, undefined, this.#spent);
    apart.begin(body);
    apart.#askAll(body, place);
    return { isLastTime: (step) => apart.isLastTime(step, place), others: (test) => apart.#won.get(test), tables: apart.#tables };
  }

  #askAll(steps: readonly Step[], place: Place): void {
    for (const [index, step] of steps.entries()) {
      if (step.op === "if") {
        this.around({ value: step.test, place }, { then: step.then, otherwise: step.else, isPart: step.isPart ?? false, before: () => steps.slice(0, index), rest: () => steps.slice(index + 1) });
        this.#askAll(step.then, place);
        this.#askAll(step.else, place);
      } else if (step.op === "try") this.#askAll(step.block, place);
      else if (step.op === "call") this.#askAll(transactionOf(step.call) ?? [], place);
    }
  }

  /** The parts around a condition that are done once. */
  around(test: Located, branches: Branches): readonly OncePart[] | undefined {
    const { makes, changes } = this.#around.workAt(test.place);
    const made = (): readonly OncePart[] | undefined => (makes ? this.#made(test, branches) : undefined);
    const checked = (): readonly OncePart[] | undefined => (changes ? this.#checked(test, branches) : undefined);
    return this.#claimed(test, branches) ?? this.#wonInside(test, branches) ?? this.#spentInside(test, branches) ?? made() ?? checked();
  }

  /** The side of a condition, which was asked for before, that is taken only with a token that is spent there. */
  sideOfHolders(test: Located): Side | undefined {
    return this.#holders.get(test.value);
  }

  /** A change that each record allows once: whoever finds it made is turned away before, or by it. */
  isSettling({ value, place }: Located<CallValue>): boolean {
    return linksOf(value).some(({ call }) => this.#settled.has(call)) || this.#isOneForEach(value, place);
  }

  /**
   * A transaction is a look-up for all who have nothing to use up in it.
   * @param isLookUp whether a query is the look-up of a record
   */
  onlyLooksUpAgain(call: Located<CallValue>, isLookUp: (call: Located<CallValue>) => boolean): boolean {
    return onlyLooksUpAgain(call, { read: (body, place) => this.#readApart(body, place), around: this.#around, isLookUp });
  }

  /** It makes a row of which each record has one, and which nothing here throws away. */
  #isOneForEach(value: CallValue, place: Place): boolean {
    const making = makingOf(this.#file, { value, place });
    const record = making && recordOf(this.#file, making, place);
    if (!record || this.#around.makesRows(record.table, place)) return false;
    return !this.#around.changesAt(place).some((change) => change.table === making.table);
  }

  /** A change of rows that are not yet so: the next call looks for them, and finds none. */
  isClaim({ value, place }: Located<CallValue>): boolean {
    const updating = updatingIn(value);
    const change = updating && this.#around.changesAt(place).find((other) => updatingCall(other) === updating);
    const asked = change && askedBy(this.#file, change, place);
    if (!asked || isOfNew(change.where) || this.#around.makesRows(change.table, place)) return false;
    return !this.#isFreedAgain({ change: { of: change, asked } }, place);
  }

  /** What follows this step, which has been read, is done once. */
  isLastTime(step: Step, place: Place): boolean {
    if (this.#together.has(step)) return true;
    switch (step.op) {
      case "call":
        return this.#lastTime.has(step.call) || (step.awaited && (this.#isSettledInside(step.call) || this.#isOneForEach(step.call, place))) || this.#isSpentBy(step, place);
      case "try":
        return this.#isSettledBy(step.block, place) && (!step.handler || this.#turnsAway(step.handler, place));
      case "if":
        return [step.then, step.else].every((side) => this.#turnsAway(side, place) || this.#isSettledBy(side, place));
      default:
        return false;
    }
  }

  /** A loop takes each of the rows that it goes through out of the state by which they were found. */
  isOnceForEach(body: readonly Step[], place: Place): boolean {
    for (const change of this.#changesIn(body, place)) {
      if (!this.#isSwept(change, place)) continue;
      const call = updatingCall(change);
      if (isOnEachWay(body, call, isJump)) return true;
      this.#lastTime.add(call);
    }
    return false;
  }

  #claimed(test: Located, branches: Branches): readonly OncePart[] | undefined {
    const steps = { then: branches.then, else: branches.otherwise };
    const claimed = claimedIn(this.#file, test, (lost) => withoutFailures([...steps[opposite(lost)], ...branches.rest()]));
    if (!claimed || this.#isFreedAgain(claimed, test.place)) return undefined;
    const { lost } = claimed;
    const isRefused = this.#turnsAway(steps[lost], test.place);
    if (isRefused) this.#won.set(test.value, steps[lost]);
    if (claimed.change) this.#tables.add(claimed.change.of.table);
    return beyond(lost, isRefused, steps);
  }

  /** `const won = await db.$transaction(async (tx) => { …; if (count === 0) return null; … }); if (!won) return …;` */
  #wonInside(test: Located, branches: Branches): readonly OncePart[] | undefined {
    const { module } = test.place;
    let inside: CallValue | undefined;
    const isAnswer = (part: Value): boolean => inside !== undefined && part.kind !== "operation" && originOf({ value: part, place: { module } })?.call.value === inside;
    dependsOn(test.value, (part) => {
      if (part.kind === "call" && this.#isSettledInside(part, isNothingReturned)) inside = part;
      return inside !== undefined;
    });
    const isLost = inside && holdsWhere(this.#file.tracer, { value: test.value, place: { module } }, (part) => (isAnswer(part) ? [NOTHING] : undefined));
    if (isLost === undefined) return undefined;
    return this.#behind(test, isLost, branches);
  }

  /** `const userId = await consume(token); if (!userId) return …;` */
  #spentInside(test: Located, branches: Branches): readonly OncePart[] | undefined {
    const lost = this.#spent.lostIn(test, (table) => this.#around.isMadeAnew(table, test.place));
    for (const table of lost?.tables ?? []) this.#tables.add(table);
    return lost && this.#behind(test, lost.isLost, branches);
  }

  /** `await consume(token)`, which throws for all who have none. */
  #isSpentBy(step: Step & { op: "call" }, place: Place): boolean {
    const tables = this.#spent.tablesLeft(step, place, (table) => this.#around.isMadeAnew(table, place));
    for (const table of tables ?? []) this.#tables.add(table);
    return tables !== undefined;
  }

  /** Only the winner goes on behind a condition. */
  #behind(test: Located, isLost: boolean, branches: Branches): readonly OncePart[] {
    const steps = { then: branches.then, else: branches.otherwise };
    const lost = isLost ? "then" : "else";
    const isRefused = this.#turnsAway(steps[lost], test.place);
    if (isRefused) this.#won.set(test.value, steps[lost]);
    return beyond(lost, isRefused, steps);
  }

  /** What is claimed is set to what it was before. */
  #isFreedAgain({ change }: Pick<Claimed, "change">, place: Place): boolean {
    if (!change) return false;
    const { column } = change.asked;
    if (change.of.deletes) return this.#around.makesRows(change.of.table, place);
    return column !== undefined && !this.#areAllOthers(change.of, column, place, (other) => leaves(this.#file, other, change.asked, place));
  }

  /** `if (!found) await db.day.create({ data: { date: today } })`, also with the id of who calls: then it is once for each account. */
  #made(test: Located, branches: Branches): readonly OncePart[] | undefined {
    const { place } = test;
    const steps = { then: branches.then, else: branches.otherwise };
    const missing = missingIn(this.#file, test);
    if (!missing) return undefined;
    const { side, read } = missing;
    const rest = this.#turnsAway(steps[opposite(side)], place) ? branches.rest() : [];
    const isTaken = this.#around.changesAt(place).some((change) => change.table === read.table && read.where.some(({ column }) => change.deletes ?? (column !== undefined && touches(change, column))));
    if (isTaken) return undefined;
    const parts: OncePart[] = [];
    for (const [part, list] of [[side, steps[side]], ["rest", rest]] as const) {
      for (const value of allCallsIn(list)) {
        const making = makingOf(this.#file, { value, place }) ?? (isAwaited(list, value) ? makingInside(this.#file, { value, place }) : undefined);
        if (!making) continue;
        if (!isFoundBy(this.#file, making, read, place, this.#isCaller)) {
          this.#takeBack(making, list, place);
          continue;
        }
        this.#lastTime.add(making.call);
        this.#settled.add(making.call);
        if (this.#areTogether(list, [making], place) === "start") parts.push(part);
      }
    }
    return parts.length > 0 ? parts : undefined;
  }

  /** What was said of a row that is made in one call of a function does not hold for another one. */
  #takeBack(making: Making, steps: readonly Step[], place: Place): void {
    if (!this.#lastTime.delete(making.call)) return;
    this.#settled.delete(making.call);
    for (const from of togetherWith(this.#file, steps, [making], place)) if (from !== "start") this.#together.delete(from);
  }

  /** `if (order.paidAt) return …; await db.order.update({ where: { id: order.id }, data: { paidAt: new Date() } });` */
  #checked(test: Located, branches: Branches): readonly OncePart[] | undefined {
    const columns = columnsIn(this.#file, test);
    if (columns.length === 0) return undefined;
    const { place } = test;
    const steps = { then: branches.then, else: branches.otherwise };
    const isRefused = (again: Side): boolean => this.#turnsAway(steps[again], place);
    const ending = (list: readonly Step[], settles: (again: Side) => boolean): readonly Ending[] =>
      this.#changesIn(list, place).flatMap((change) => {
        const again = this.#sideAgain(change, test, columns);
        return again && settles(again) && this.#settle(change, test, columns, again) ? [{ call: updatingCall(change), data: change.data }] : [];
      });
    const parts: OncePart[] = [];
    for (const side of ["then", "else"] as const) {
      if (this.#areTogether(steps[side], ending(steps[side], (again) => again === opposite(side)), place) === "start") parts.push(side);
    }
    const rest = branches.rest();
    const from = this.#areTogether(rest, ending(rest, isRefused), place);
    if (from === "start") parts.push("rest");
    else if (from && columns.some(({ read }) => isByToken(read.where)) && onlyReads(this.#file, rest.slice(0, rest.indexOf(from) + 1), place)) {
      this.#holders.set(test.value, isRefused("then") ? "else" : "then");
    }
    const before = branches.before();
    for (const change of this.#changesIn(before, place)) {
      const again = isOnEachWay(before, updatingCall(change), () => false) ? this.#sideAgain(change, test, columns) : undefined;
      if (again) parts.push(...beyond(again, isRefused(again), steps));
    }
    return parts.length > 0 ? parts : undefined;
  }

  /** What is done together with changes that end a state: all of the steps before the last one, or what follows a step, which is noted. */
  #areTogether(steps: readonly Step[], endings: readonly Ending[], place: Place): Step | "start" | undefined {
    const found = togetherWith(this.#file, steps, endings, place);
    for (const from of found) if (from !== "start") this.#together.add(from);
    return found.includes("start") ? "start" : found[0];
  }

  /**
   * Whoever calls again takes this branch, and does not come to the change.
   * @returns whether that is for the same record: what is found by a state alone is another one each time
   */
  #settle(change: Change, test: Located, columns: readonly Column[], again: Side): boolean {
    const call = updatingCall(change);
    this.#lastTime.add(call);
    this.#tables.add(change.table);
    const isOfOne = columns.every(({ name, read }) => name !== undefined || read.table !== change.table || isOfOneRecord(read.where) || !isNotFoundAfter(this.#file, change, read, test.place));
    if (isOfOne) this.#settled.add(call);
    const of = columns.filter(({ read }) => read.table === change.table);
    this.#barred.set(call, (left) => outcomeOf(this.#file, test, of, (column) => statesAfter(this.#file, left, column, test.place)) === (again === "then"));
    return isOfOne;
  }

  /** The branch that is taken by whoever calls again after a change. Undefined: the change does not settle it. */
  #sideAgain(change: Change, test: Located, columns: readonly Column[]): Side | undefined {
    const { place } = test;
    const touched = columns.filter((column) => column.read.table === change.table && isTouched(this.#file, column, change, place));
    const [first] = touched;
    // Whoever names an id may throw away as many records as there are.
    if (change.deletes && !(first && isByToken(first.read.where))) return undefined;
    // All that is touched is of one record.
    if (!first || !touched.every((column) => isSameRow(column, first)) || this.#around.makesRows(change.table, place)) return undefined;
    const outcome = (of: Change): boolean | undefined => outcomeOf(this.#file, test, touched, (column) => statesAfter(this.#file, of, column, place));
    const again = outcome(change);
    if (again === undefined) return this.#sideByTable(change, test, touched);
    if (!this.#isOf(change, first, (condition) => isLeftBy(this.#file, condition, again, { test, columns: columns.filter((column) => isSameRow(column, first)), change }), place)) return undefined;
    const names = touched.flatMap(({ name, read }) => name ?? read.where.flatMap(({ column }) => column ?? []));
    const isLeftFor = names.every((name) => !touches(change, name) || this.#areAllOthers(change, name, place, (other) => outcome(other) === again));
    return isLeftFor ? (again ? "then" : "else") : undefined;
  }

  /** `if (!NEXT[order.status].includes(status)) return …; await db.order.update({ where: { id }, data: { status } });` */
  #sideByTable(change: Change, test: Located, touched: readonly Column[]): Side | undefined {
    const column = touched.find(({ name }) => name !== undefined);
    const side = column && refusedByTable(this.#file, test, change, column);
    if (!side || column.name === undefined || !this.#isOf(change, column, () => false, test.place)) return undefined;
    return this.#areAllOthers(change, column.name, test.place, () => false) ? side : undefined;
  }

  /** A change is one of the record that was read, whatever else it asks for. */
  #isOf({ where, throws }: Change, { read, origin, row }: Column, isKnown: (condition: Condition) => boolean, { module }: Place): boolean {
    const { tracer } = this.#file;
    const isSameValue = (one: Value, other: Value): boolean =>
      target(one) === target(other) || signatureOf(tracer, { value: one, place: { module } }) === signatureOf(tracer, { value: other, place: { module } });
    const ofRecord = where.filter(({ column, value }) => {
      if (column === undefined || !value) return false;
      const from = originOf({ value, place: { module } });
      if (from?.call.value === origin.call.value && isSameList(from.members, [...row, column])) return true;
      return read.where.some((asked) => asked.column === column && asked.value && isSameValue(asked.value, value));
    });
    const isById = throws && ofRecord.some(({ column }) => column === "id");
    return ofRecord.length > 0 && where.every((condition) => isById || ofRecord.includes(condition) || isKnown(condition));
  }

  /** A change of one of the rows that a loop goes through takes it out of what was asked for. */
  #isSwept(change: Change, place: Place): boolean {
    let list: Origin | undefined;
    for (const { column, value } of change.where) {
      const origin = column !== undefined && value ? originOf({ value, place }) : undefined;
      if (origin?.members.at(-1) === column && origin?.members.at(-2) === "*") list = origin;
    }
    const read = list && readOf(this.#file, list.call);
    if (!list || read?.table !== change.table || !isSameList(list.members.slice(0, -1), read.row) || isOfNew(read.where) || this.#around.makesRows(change.table, place)) return false;
    const { call } = list;
    const isOfElement = ({ value }: Condition): boolean => value !== undefined && originOf({ value, place })?.call.value === call.value;
    const isAsked = ({ column, states }: Condition): boolean => read.where.some((asked) => asked.column === column && states && asked.states && isSameStates(asked.states, states));
    if (!change.throws && !change.where.every((condition) => isOfElement(condition) || isAsked(condition))) return false;
    return read.where.some((condition) => {
      const { column } = condition;
      if (column === undefined || !leaves(this.#file, change, condition, call.place)) return false;
      return this.#areAllOthers(change, column, place, (other) => leaves(this.#file, other, condition, place));
    });
  }

  /**
   * A transaction's function comes to its end only with a change that settles it, or as the winner of a claim.
   * @param passes a way out by which all others may leave; else they throw
   */
  #isSettledInside(call: CallValue, passes: (step: Step) => boolean = () => false): boolean {
    const body = transactionOf(call);
    const mayEnd = (steps: readonly Step[]): boolean => hasReturn(steps, passes);
    const index =
      body?.findIndex((step) => {
        const others = step.op === "if" ? this.#won.get(step.test) : undefined;
        return (step.op === "call" && this.#lastTime.has(step.call)) || (others !== undefined && !mayEnd(others));
      }) ?? -1;
    return body !== undefined && index !== -1 && !mayEnd(body.slice(0, index));
  }

  #isSettledBy(steps: readonly Step[], place: Place): boolean {
    return steps.some((step) => (step.op === "if" && this.#won.has(step.test)) || this.isLastTime(step, place));
  }

  #turnsAway(steps: readonly Step[], place: Place): boolean {
    return turnsAway(this.#file.tracer, steps, place);
  }

  /** What steps change, with what the code before that lets columns be set to. */
  #changesIn(steps: readonly Step[], place: Place): readonly Change[] {
    const { module } = place;
    return changesAmong(this.#file, allCallsIn(steps), { module }).map((change) => {
      const known = this.#limited.get(change.call) ?? limited(this.#file, change, this.#around.bodyAt(place), place);
      this.#limited.set(change.call, known);
      return known;
    });
  }

  /**
   * Whether nothing else that sets a column of the table takes a change back, in the function around a place or in the one that
   * requests run, other than where something has failed.
   * @param isLeft whether another change leaves the record where the next call does not come so far, either
   */
  #areAllOthers(change: Change, column: string, place: Place, isLeft: (other: Change) => boolean): boolean {
    const { module } = place;
    const call = updatingCall(change);
    const others = this.#around.changesAt(place).filter(
      (other) => other.table === change.table && updatingCall(other) !== call && touches(other, column),
    );
    // It takes nothing back where it is never come to from what all the others leave.
    const isBarred = (other: Change): boolean =>
      [change, ...others].every((left) => left === other || this.#barred.get(updatingCall(other))?.(left) === true || other.where.some((condition) => leaves(this.#file, left, condition, { module })));
    return others.every((other) => isLeft(other) || isBarred(other));
  }
}

const opposite = (side: Side): Side => (side === "then" ? "else" : "then");

const isAwaited = (steps: readonly Step[], call: CallValue): boolean => [...stepsIn(steps)].some((step) => step.op === "call" && step.call === call && step.awaited);

/** The parts that only those get to who do not take a branch. */
function beyond(branch: Side, isRefused: boolean, steps: Readonly<Record<Side, readonly Step[]>>): readonly OncePart[] {
  const side = opposite(branch);
  return [...(steps[side].length > 0 ? [side] : []), ...(isRefused ? (["rest"] as const) : [])];
}

function isSameStates(one: readonly State[], other: readonly State[]): boolean {
  return one.every((state) => other.some((second) => isSame(state, second) === true)) && one.length === other.length;
}

import { COSTLY } from "../../sdk/costly/index.ts";
import type { FileModel } from "../file.ts";
import { requestInputs } from "../input/request-input.ts";
import type { CallValue, Step, Value } from "../values/ir.ts";
import { stepsIn } from "../values/lower.ts";
import { isOfClock } from "../values/clock.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Place } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { lastName, turnsAway } from "./caller-checks.ts";
import { asksSince } from "./counted-rows.ts";
import { entryOf, linksOf, settingsOf, type Condition } from "./row-conditions.ts";
import { changesAmong, isRow, makesRows, makingOf, mayMake, originOf, readOf, type Read } from "./rows.ts";

/*
 * A pause that is kept in rows: whoever comes too soon after the newest of his rows, or after the time in a column, is sent away,
 * and the function that asks so adds a row, or sets the column anew. That is a limiter made by hand, of one call in a time.
 * A row that is found by something else than whose it is, or handed out, is an answer that is kept.
 */

/** Whose rows they are. */
const OF_WHOM =
  /^(?:[a-z]{1,40}_?)?(?:user|account|member|customer|owner|team|org|organi[sz]ation|workspace|tenant|company|client|patient|profile|author|sender|recipient|subscriber)_?(?:id|uuid|email)?$|^(?:uid|sub|e?mail(?:_?address)?|phone(?:_?number)?|mobile|ip(?:_?(?:address|hash))?|identifier|device_?id)$/iu;
/** What leaves a time what it is, but for its form. */
const FORMS = /^(?:getTime|valueOf|Date|parse|parseISO|fromISO|toDate|Number|floor|ceil|round|max|toISOString)$/u;
const DIFFERENCE = /^differenceIn[A-Z]/u;
const DESCENDING = /^(?:desc|-1)$/iu;
/** Functions in one another that may add a row. */
const MAX_CALLS = 2;
const MAX_DEPTH = 12;

interface Branches {
  readonly then: readonly Step[];
  readonly otherwise: readonly Step[];
}

/** A column of a row that was read. */
interface Column {
  readonly name: string;
  readonly call: CallValue;
  readonly read: Read;
}

/** A pause that is kept. */
interface Pause {
  readonly table: string;
  /** Those who come too soon are sent away by the condition; else only those others take this branch. */
  readonly branch: "then" | "else" | undefined;
}

/**
 * What a condition says of who comes too soon; undefined: nothing, or the pause is not kept.
 * @param around the function that the condition stands in
 */
export function pauseIn(file: FileModel, test: Located, branches: Branches, around: readonly Step[]): Pause | undefined {
  // By what it is made of first: this is asked of each condition.
  if (!isOfClock(test.value)) return undefined;
  const { place } = test;
  const sentAway = partsOf(file, test, true).find(({ soon, isTaken }) => {
    const steps = soon.isSoon === isTaken ? branches.then : branches.otherwise;
    return turnsAway(file.tracer, steps, place) && doesNothingElse(file, steps, soon, place) && isKept(file, soon, around, place);
  });
  if (sentAway) return { table: sentAway.soon.read.table, branch: undefined };
  const late = lateIn(file, test);
  const branch = late?.side === "then" ? branches.then : branches.otherwise;
  return late && callsForAll(file, branch, place).length > 0 && isKept(file, late.soon, around, place) ? { table: late.soon.read.table, branch: late.side } : undefined;
}

/** What each part of a condition says, and whether it is asked as it is or as its opposite. */
function partsOf(file: FileModel, { value, place }: Located, isTaken: boolean): readonly { readonly soon: Soon; readonly isTaken: boolean }[] {
  const at = target(value);
  const [operand] = at.kind === "operation" && at.operator === "!" ? at.operands : [];
  if (operand) return partsOf(file, { value: operand, place }, !isTaken);
  if (isJoined(at)) return at.options.flatMap((option) => partsOf(file, { value: option, place }, isTaken));
  const soon = comparedIn(file, { value: at, place }) ?? foundIn(file, { value: at, place });
  return soon ? [{ soon, isTaken }] : [];
}

/** The branch that nobody takes who comes too soon. */
function lateIn(file: FileModel, { value, place }: Located): { readonly soon: Soon; readonly side: "then" | "else" } | undefined {
  const at = target(value);
  const [operand] = at.kind === "operation" && at.operator === "!" ? at.operands : [];
  if (operand) {
    const found = lateIn(file, { value: operand, place });
    return found && { ...found, side: found.side === "then" ? "else" : "then" };
  }
  if (!isJoined(at)) {
    const [part] = partsOf(file, { value: at, place }, true);
    return part && { soon: part.soon, side: part.soon.isSoon ? "else" : "then" };
  }
  const decisive = at.operator === "&&" ? "then" : "else";
  const found = at.options.map((option) => lateIn(file, { value: option, place }));
  const any = found.find((late) => late?.side === decisive);
  if (any) return any;
  // `!last || now - last.createdAt > pause`: nothing of his is there yet.
  const last = found.find((late) => late !== undefined);
  const isAbsence = (option: Value): boolean => isMissing(option, decisive === "else", last?.soon.call, place);
  return last && at.options.every((option, index) => found[index] === last || isAbsence(option)) ? last : undefined;
}

/** `!last`, `!last.sentAt`, `last === null` of what was read, or the opposite. */
function isMissing(value: Value, isMissed: boolean, call: CallValue | undefined, { module }: Place): boolean {
  const at = target(value);
  if (at.kind === "operation" && at.operator === "!") return at.operands[0] !== undefined && isMissing(at.operands[0], !isMissed, call, { module });
  if (at.kind === "operation" && /^[!=]==?$/u.test(at.operator)) {
    const [one, other] = at.operands;
    const nothing = other && target(other);
    return nothing?.kind === "literal" && (nothing.value === null || nothing.value === undefined) && one !== undefined && isMissing(one, at.operator.startsWith("!") === isMissed, call, { module });
  }
  return !isMissed && call !== undefined && originOf({ value: at, place: { module } })?.call.value === call;
}

function isJoined(at: Value): at is Value & { kind: "choice" } {
  return at.kind === "choice" && (at.operator === "&&" || at.operator === "||");
}

/** The rows are those of somebody, and the time is kept anew. */
function isKept(file: FileModel, { read, column, isNewest }: Soon, around: readonly Step[], place: Place): boolean {
  if (!isOfWhom(file, read, column === undefined, place)) return false;
  return (column !== undefined && isSet(file, read.table, column, around, place)) || (isNewest && isAdded(file, read.table, column, around, place));
}

interface Soon {
  readonly call: CallValue;
  readonly read: Read;
  /** Undefined: that there is a row says it. */
  readonly column: string | undefined;
  /** Of the rows that are meant, it is the newest one. */
  readonly isNewest: boolean;
  /** Whether those come too soon for whom the condition holds. */
  readonly isSoon: boolean;
}

/** `now - last.createdAt < pause`, `last.createdAt > before`, `pause - elapsed > 0` */
function comparedIn(file: FileModel, { value, place }: Located): Soon | undefined {
  if (value.kind !== "operation" || !/^[<>]=?$/u.test(value.operator) || !isOfClock(value)) return undefined;
  const [left, right] = value.operands;
  if (!left || !right) return undefined;
  const inLeft = growthOf(file, { value: left, place }, 0);
  const found = inLeft ?? growthOf(file, { value: right, place }, 0);
  if (!found || isOpen(value, found.column.call)) return undefined;
  const { name, call, read } = found.column;
  const isSoon = ((inLeft === undefined) !== found.grows) === value.operator.startsWith(">");
  return { call, read, column: name, isNewest: isNewestFirst(call), isSoon };
}

/** A time of a row that a value is made of, and whether the value is the more, the later that is. */
function growthOf(file: FileModel, { value, place }: Located, depth: number): { readonly column: Column; readonly grows: boolean } | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const at = target(value);
  const inside = (parts: readonly (Value | undefined)[], isTurned: (index: number) => boolean = () => false): ReturnType<typeof growthOf> => {
    for (const [index, part] of parts.entries()) {
      const found = part && growthOf(file, { value: part, place }, depth + 1);
      if (found) return { column: found.column, grows: found.grows !== isTurned(index) };
    }
    return undefined;
  };
  switch (at.kind) {
    case "member": {
      const column = columnOf(file, { value: at, place });
      return column && { column, grows: true };
    }
    case "choice":
      return inside(at.options);
    case "operation":
      if (at.operator === "/" || at.operator === "*") return inside(at.operands.slice(0, 1));
      return at.operator === "-" || at.operator === "+" ? inside(at.operands, (index) => at.operator === "-" && index === 1 && at.operands.length > 1) : undefined;
    case "call": {
      const name = lastName(at.callee) ?? "";
      if (DIFFERENCE.test(name)) return inside(at.args, (index) => index === 1);
      const callee = target(at.callee);
      return FORMS.test(name) ? inside([callee.kind === "member" ? callee.object : undefined, ...at.args]) : undefined;
    }
    default:
      return undefined;
  }
}

/** `last.createdAt` of a row that was read. */
function columnOf(file: FileModel, located: Located): Column | undefined {
  const origin = originOf({ value: located.value, place: { module: located.place.module } });
  const read = origin && readOf(file, origin.call);
  if (!origin || !read) return undefined;
  const { length } = read.row;
  const name = origin.members[length];
  return name !== undefined && isRow(origin.members.slice(0, length), read) ? { name, call: origin.call.value, read } : undefined;
}

/** `if (recent)`, `rows.length > 0`: there is a row that was made since a time. */
function foundIn(file: FileModel, { value, place }: Located): Soon | undefined {
  const at = target(value);
  const compared = at.kind === "operation" && at.operator === ">" && isLiteral(at.operands[1], 0) ? at.operands[0] : undefined;
  const origin = originOf({ value: compared ?? at, place: { module: place.module } });
  const read = origin && readOf(file, origin.call);
  if (!origin || !read || !dependsOn(origin.call.value, asksSince)) return undefined;
  const { members } = origin;
  const isThere = read.row.at(-1) === "*" ? isRow(members, read) || (members.at(-1) === "length" && members.length === read.row.length) : isRow(members, read);
  return isThere ? { call: origin.call.value, read, column: undefined, isNewest: true, isSoon: true } : undefined;
}

/** `orderBy: { createdAt: "desc" }`, `orderBy(desc(codes.at))`, `order("created_at", { ascending: false })` */
function isNewestFirst(call: CallValue): boolean {
  return dependsOn(call, (part) => {
    if (part.kind === "literal") return DESCENDING.test(String(part.value));
    if (part.kind === "call") return lastName(part.callee) === "desc";
    return part.kind === "object" && part.entries.some(({ key, value }) => key === "ascending" && isLiteral(value, false));
  });
}

function isLiteral(value: Value | undefined, constant: number | boolean): boolean {
  const at = value && target(value);
  return at?.kind === "literal" && at.value === constant;
}

/** The rows are asked for by whose they are, and by what is the same for all. */
function isOfWhom(file: FileModel, { where }: Read, isSince: boolean, place: Place): boolean {
  const unknown = where.filter(({ column }) => column === undefined);
  // What asks since when has an operator, and no known column.
  if (unknown.length > (isSince ? 1 : 0) || unknown.some(({ either }) => either)) return false;
  const isOwn = ({ column, value }: Condition): boolean => /^_?id$/u.test(column ?? "") && value !== undefined && requestInputs(file, { value, place }).length === 0;
  return where.every((condition) => condition.column === undefined || OF_WHOM.test(condition.column) || condition.states !== undefined || isOwn(condition));
}

/** Something in it is for the caller to say, other than whose row it is. */
function isOpen(value: Value, call: CallValue): boolean {
  const isAsked = (part: Value): boolean => part === call;
  return dependsOn(value, (part) => part.kind === "param" || (part.kind === "await" && target(part.value) !== call), isAsked);
}

/** Nothing is done for those who come too soon, and nothing of the row is told to them but its time. */
function doesNothingElse({ tracer }: FileModel, steps: readonly Step[], { column, call }: Soon, place: Place): boolean {
  for (const step of stepsIn(steps)) {
    if (step.op === "loop" || step.op === "try") return false;
    if (step.op === "call") {
      const path = tracer.canonical({ value: step.call.callee, place });
      if (step.awaited || (path && COSTLY.match(path)) || tracer.functions({ value: step.call.callee, place }).some(({ fn }) => fn.isAsync)) return false;
    }
    const told = step.op === "return" ? step.value : undefined;
    const isTold = (part: Value): boolean => part.kind === "await" && target(part.value) === call;
    const isTime = (part: Value): boolean => part.kind === "member" && part.property === column;
    if (told && dependsOn(told, isTold, isTime)) return false;
  }
  return true;
}

/** A row is added to the table, whose time the caller has no say in. */
function isAdded(file: FileModel, table: string, column: string | undefined, around: readonly Step[], place: Place): boolean {
  return callsAround(file, around, place, 0).some((call) => {
    if (!makesRows(file, call, table)) return false;
    const { data } = (linksOf(call.value).some((link) => mayMake(link.name)) ? makingOf(file, call) : undefined) ?? {};
    if (!data || column === undefined) return true;
    const isNow = (value: Value): boolean => isOfClock(value) && !isOpen(value, call.value);
    return data.entries.every(({ spread }) => !spread) && (entryOf(data, column) === undefined || settingsOf(data, column)?.every(isNow) === true);
  });
}

/** The column is set to the time of day. */
function isSet(file: FileModel, table: string, column: string, around: readonly Step[], place: Place): boolean {
  return changesAmong(file, callsForAll(file, around, place), { module: place.module }).some((change) => {
    if (change.table !== table) return false;
    const set = settingsOf(change.data, column);
    return set?.every((value) => isOfClock(value) && !isOpen(value, change.call)) === true;
  });
}

/** The calls of a function, and of those of the project that it calls. */
function callsAround(file: FileModel, steps: readonly Step[], place: Place, depth: number): readonly Located<CallValue>[] {
  return callsForAll(file, steps, place).flatMap((value) => {
    const call = { value, place };
    if (depth >= MAX_CALLS) return [call];
    return [call, ...file.tracer.functions({ value: value.callee, place }).flatMap(({ fn, place: inside }) => callsAround(file, fn.body, inside, depth + 1))];
  });
}

/** The calls of a function, other than those of a branch that its caller asks for. */
function callsForAll(file: FileModel, steps: readonly Step[], place: Place): readonly CallValue[] {
  const left = new Set<Step>();
  return [...stepsIn(steps)].flatMap((step) => {
    if (step.op === "if" && requestInputs(file, { value: step.test, place }).length > 0) {
      for (const branch of [step.then, step.else]) for (const inner of stepsIn(branch)) left.add(inner);
    }
    return step.op === "call" && !left.has(step) ? [step.call] : [];
  });
}

/** The calls of some steps that throw rows of a table away. */
export function sweptFrom(file: FileModel, table: string, steps: readonly Step[], place: Place): readonly CallValue[] {
  return callsForAll(file, steps, place).filter((call) => changesAmong(file, [call], place).some((change) => change.deletes === true && change.table === table));
}

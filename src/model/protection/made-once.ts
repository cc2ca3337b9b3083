import { signatureOf } from "../commands/key-signature.ts";
import type { FileModel } from "../file.ts";
import type { CallValue, ObjectEntry, Step, Value } from "../values/ir.ts";
import { stepsIn } from "../values/lower.ts";
import { dependsOn } from "../values/reach.ts";
import { isSameForAll } from "../values/same-for-all.ts";
import { holdsWhere, isSame, NOTHING, SOMETHING, statesOf } from "../values/states.ts";
import type { Located, Place } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";
import { prismaModels } from "../../project/prisma.ts";
import { lookUpBy, type LookUp } from "./answers-of-helpers.ts";
import { lastName } from "./caller-checks.ts";
import { isOfNew } from "./claims.ts";
import { isOfOneRecord, maySet, objectAt, objectIn, settingsOf, type Condition } from "./row-conditions.ts";
import { isRow, makingOf, originOf, readOf, type Making, type Origin, type Read } from "./rows.ts";
import { isJump, isOnEachWay } from "./ways.ts";

/*
 * A row that is made where none was found, under a key that is the same for all: it is made once for everybody, or once a day. Under
 * the id of who calls it is made once for each account, also where that is for a record that was found before.
 */

const MAX_DEPTH = 8;
const PARTS_OF_DAY = /^get(?:UTC)?(?:FullYear|Month|Date|Day)$/u;
const LENGTH_OF_DAY = 10;

/** The look-up of a condition that asks whether a row is there, and the branch of those who find none. */
export function missingIn(file: FileModel, test: Located): Missing | undefined {
  return missingInside(file, test) ?? missingHere(file, test);
}

interface Missing {
  readonly side: "then" | "else";
  readonly read: Read;
}

function missingHere(file: FileModel, test: Located): Missing | undefined {
  const { module } = test.place;
  const found = new Map<CallValue, Read>();
  let isPerhaps = false;
  // By what it was looked up is another question.
  const isRead = (part: Value): boolean => part.kind === "call" && found.has(part);
  const note = (part: Value): boolean => {
    // Where it was not looked up, none was found.
    isPerhaps ||= part.kind === "choice" && part.operator === "=" && !isFoundOrMade(file, part, module);
    const origin = part.kind === "member" || part.kind === "await" ? originOf({ value: part, place: { module } }) : undefined;
    const read = origin && readOf(file, origin.call);
    if (origin && read && isRow(origin.members, read)) found.set(origin.call.value, read);
    return false;
  };
  dependsOn(test.value, note, isRead);
  const [only, more] = found;
  if (!only || more || isPerhaps) return undefined;
  const [call, read] = only;
  const isTheRow = (part: Value): boolean => {
    const origin = originOf({ value: part, place: { module } });
    return origin?.call.value === call && isRow(origin.members, read);
  };
  const holds = (isThere: boolean): boolean | undefined =>
    holdsWhere(file.tracer, { value: test.value, place: { module } }, (part) => {
      const at = target(part);
      const isPart = at.kind === "choice" && at.operator === "=" ? at.options.some(isTheRow) : isTheRow(part);
      return isPart ? [isThere ? SOMETHING : NOTHING] : undefined;
    });
  const none = holds(false);
  // Who finds one never comes there.
  return none === undefined || holds(true) !== !none ? undefined : { side: none ? "then" : "else", read };
}

/** The same, where a function of the project has looked it up: `if (await isMember(userId, team.id)) return …`. */
function missingInside(file: FileModel, { value, place: { module } }: Located): Missing | undefined {
  const place = { module };
  const looked = new Map<CallValue, LookUp>();
  const note = (part: Value): boolean => {
    const lookUp = part.kind === "await" || part.kind === "call" || part.kind === "member" ? lookUpBy(file, part, place) : undefined;
    if (lookUp) looked.set(lookUp.call, lookUp);
    return false;
  };
  // What it is handed is another question.
  dependsOn(value, note, ({ kind }) => kind === "call");
  const [first, more] = [...looked.values()];
  if (!first || more) return undefined;
  const holds = (isThere: boolean): boolean | undefined => holdsWhere(file.tracer, { value, place }, (part) => lookUpBy(file, part, place)?.answers(isThere));
  const none = holds(false);
  return none === undefined || holds(true) !== !none ? undefined : { side: none ? "then" : "else", read: first.read };
}

/**
 * `let user = await find(id); if (!user) user = await make(id);`: what was looked up, or a row that was made, which is there. So where
 * nothing is there, it was looked up and not found.
 */
function isFoundOrMade(file: FileModel, { options }: Value & { kind: "choice" }, module: Place["module"]): boolean {
  const place = { module };
  const origins = options.map((value) => originOf({ value, place }));
  const looked = origins.filter((origin) => origin && readOf(file, origin.call) !== undefined);
  const isMade = (origin: Origin): boolean => {
    const making = makingOf(file, origin.call) ?? makingInside(file, origin.call);
    return making !== undefined && (making.answersRow === true ? origin.members.length === 0 : origin.members.join(".") === "0");
  };
  return looked.length === 1 && origins.every((origin) => origin !== undefined && (looked.includes(origin) || isMade(origin)));
}

/**
 * The row that a function of the project makes, and gives back, with what a call of it hands over: `createUser(id)`. Undefined: it may
 * come back without one, or more is done with what it is handed.
 */
export function makingInside(file: FileModel, call: Located<CallValue>): Making | undefined {
  const { tracer } = file;
  const [fn, other] = call.value.isNew ? [] : tracer.functions({ value: call.value.callee, place: call.place });
  if (!fn || other || !isWhole(fn.fn.body)) return undefined;
  const [found, more] = tracer.alternatives(call);
  if (!found || more || found.value.kind !== "call" || found.value === call.value) return undefined;
  const making = makingOf(file, { value: found.value, place: found.place });
  if (!making || !isOnEachWay(fn.fn.body, making.call, isJump)) return undefined;
  const entries = making.data.entries.map((entry) => handedIn(entry, found.place));
  if (!entries.every((entry) => entry !== undefined)) return undefined;
  return { ...making, call: call.value, data: { kind: "object", entries } };
}

/** What throws in it throws out of it. */
const isWhole = (body: readonly Step[]): boolean => [...stepsIn(body)].every(({ op }) => op !== "try");

/** What a column is set to, as it is for whoever calls. Undefined: something is made of what he hands over. */
function handedIn(entry: ObjectEntry, { frame }: Place): ObjectEntry | undefined {
  if (entry.spread) return undefined;
  const at = target(entry.value);
  if (at.kind === "param") {
    const given = !at.rest && frame?.fn === at.fn ? frame.args[at.index] : undefined;
    return given && { ...entry, value: given };
  }
  return dependsOn(at, ({ kind }) => kind === "param") ? undefined : entry;
}

/**
 * The row that is made is found by the look-up the next time, whoever calls on that day, or for that record and by that account.
 * @param isCaller whether a value is the id of who calls: found by that, it is found the next time he calls
 */
export function isFoundBy(file: FileModel, { table, data }: Making, read: Read, place: Place, isCaller: (value: Located) => boolean): boolean {
  const isOfCaller = read.where.some(({ value, isNot }) => value !== undefined && !isNot && isCaller({ value, place }));
  const isMade = ({ column, value, states, isNot }: Condition): boolean => {
    if (column === undefined || isNot) return false;
    const set = settingsOf(data, column);
    if (!set) return states?.every((state) => isSame(state, NOTHING) === true) === true && !data.entries.some((entry) => maySet(entry, column));
    const [given, other] = set;
    if (!given || other) return false;
    const nameOf = (of: Value): string => signatureOf(file.tracer, { value: of, place });
    const isKnown = value !== undefined && (isOfDay(file, { value, place }, 0) || isCaller({ value, place }) || (isOfCaller && isOfRecord(file, { value, place })));
    if (isKnown && nameOf(value) === nameOf(given)) return true;
    const made = statesOf(file.tracer, given, place);
    return made?.every((state) => states?.some((asked) => isSame(asked, state) === true)) === true;
  };
  return read.table === table && read.where.length > 0 && read.where.every(isMade);
}

/**
 * `settings.upsert({ where: { id: 1 }, update: {}, create: { id: 1 } })`: the row is looked up under a key that is the same for all, and
 * made by whoever comes first.
 */
export function looksUpOrMakes({ tracer }: FileModel, { value, place }: Located<CallValue>): boolean {
  const [arg, more] = value.args;
  const options = arg && !more && lastName(value.callee) === "upsert" ? objectAt(arg) : undefined;
  const where = options && objectIn(options, "where");
  const update = options && objectIn(options, "update");
  if (!where || !update || update.entries.length > 0 || where.entries.length === 0) return false;
  return isSameForAll(tracer, { value: where, place });
}

/**
 * A row of which there is one for each record that it is made for, by the Prisma schema: `create({ data: { orderId: order.id } })`
 * throws where there is one already. The record has been looked up, and its id is none that the caller may choose.
 * @returns that look-up
 */
export function recordOf(file: FileModel, { table, data }: Making, place: Place): Read | undefined {
  const { project } = file;
  const unique = project ? (prismaModels(project).get(table.toLowerCase()) ?? []).filter(({ isUnique }) => isUnique) : [];
  const reads = unique.flatMap(({ name }): readonly Read[] => {
    const [value, other] = settingsOf(data, name) ?? [];
    const origin = value && !other ? originOf({ value, place }) : undefined;
    const read = origin && readOf(file, origin.call);
    const isOfRecord = read && !isOfNew(read.where) && origin.members.length > read.row.length && isRow(origin.members.slice(0, read.row.length), read);
    return isOfRecord ? [read] : [];
  });
  return reads[0];
}

/** An id, or one of somebody or something else that a record belongs to. */
const ID = /^(?:_?id|uuid|uid)$|(?:_id|I[dD]|_?uuid)$/u;

/** `invitation.tripId`: by it, a record that was there already says what it belongs to, and whoever calls does not write it. */
function isOfRecord(file: FileModel, located: Located): boolean {
  const origin = originOf(located);
  const read = origin && readOf(file, origin.call);
  if (!read || isOfNew(read.where) || !isOfOneRecord(read.where)) return false;
  const [column, ...others] = origin.members.slice(read.row.length);
  return column !== undefined && others.length === 0 && ID.test(column) && isRow(origin.members.slice(0, read.row.length), read);
}

/** A text of constants and of today's date: no caller has a say in it, and it is the same all day. */
function isOfDay(file: FileModel, located: Located, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  return file.tracer.alternatives(located).every(({ value, place }) => {
    const areAll = (parts: readonly Value[]): boolean => parts.every((part) => isOfDay(file, { value: part, place }, depth + 1));
    switch (value.kind) {
      case "literal":
      case "env":
        return true;
      case "template":
        return areAll(value.parts);
      case "operation":
        return areAll(value.operands);
      case "member": {
        // `now.toISOString().split("T")[0]`
        const split = target(value.object);
        return value.property === "0" && split.kind === "call" && lastName(split.callee) === "split" && constantOf(split.args[0] ?? split) === "T" && isInstant(receiverOf(split), /^to(?:ISOString|JSON)$/u);
      }
      case "call":
        return isDayOfCall(value) || ((lastName(value.callee) === "String" || lastName(value.callee) === "padStart") && areAll([...value.args, ...[receiverOf(value)].filter((part) => part !== undefined)]));
      default:
        return false;
    }
  });
}

/** `now.toDateString()`, `now.getFullYear()`, `now.toISOString().slice(0, 10)` */
function isDayOfCall(call: CallValue): boolean {
  const name = lastName(call.callee) ?? "";
  const of = receiverOf(call);
  if (name === "toDateString" || PARTS_OF_DAY.test(name)) return isNow(of);
  if (name !== "slice" && name !== "substring") return false;
  const [start, end] = call.args.map((arg) => { const at = target(arg); return at.kind === "literal" ? at.value : undefined; });
  return start === 0 && typeof end === "number" && end > 0 && end <= LENGTH_OF_DAY && isInstant(of, /^to(?:ISOString|JSON)$/u);
}

/** A method of this name, of the time of day. */
function isInstant(value: Value | undefined, name: RegExp): boolean {
  const at = value && target(value);
  return at?.kind === "call" && name.test(lastName(at.callee) ?? "") && isNow(receiverOf(at));
}

/** `new Date()` */
function isNow(value: Value | undefined): boolean {
  const at = value && target(value);
  if (at?.kind !== "call" || !at.isNew || at.args.length > 0) return false;
  const made = target(at.callee);
  return made.kind === "global" && made.name === "Date";
}

function receiverOf({ callee }: CallValue): Value | undefined {
  const at = target(callee);
  return at.kind === "member" ? at.object : undefined;
}

import { signatureOf } from "../commands/key-signature.ts";
import type { FileModel } from "../file.ts";
import type { CallValue, ObjectValue, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import { holdsWhere, listedIn, statesOf, type State } from "../values/states.ts";
import type { Located, Place } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { isSameOrigin, type Column } from "./checked-columns.ts";
import { entryOf } from "./row-conditions.ts";
import { originOf, type Change } from "./rows.ts";

/*
 * A table says which state of a record may follow which: `if (!NEXT[order.status].includes(status)) return refused()`. Where none of
 * them leads back, each record is changed no more often than there are states, whoever asks for it.
 */

const MAY_ASK = /^(?:includes|has)$/u;
const NEVER: readonly State[] = [{ kind: "constant", value: false }];

/** From a state to those that may follow. */
type Table = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The branch that is taken once a table has no state left that a change may lead to; undefined: the condition does not ask such
 * a table, or its states lead back to each other.
 */
export function refusedByTable(file: FileModel, test: Located, change: Change, column: Column): "then" | "else" | undefined {
  const { module } = test.place;
  let asked: CallValue | undefined;
  dependsOn(test.value, (part) => {
    if (part.kind === "call" && allows(file, part, change, column, { module })) asked = part;
    return asked !== undefined;
  });
  const refuses = asked && holdsWhere(file.tracer, { value: test.value, place: { module } }, (part) => (target(part) === asked ? NEVER : undefined));
  return refuses === undefined ? undefined : refuses ? "then" : "else";
}

/** The call asks whether a table lets a record go from the state in which it is to the one in which the change puts it. */
function allows(file: FileModel, { callee, args: [asked, more] }: CallValue, change: Change, column: Column, place: Place): boolean {
  const method = target(callee);
  if (method.kind !== "member" || !MAY_ASK.test(method.property ?? "") || !asked || more || column.name === undefined) return false;
  const after = entryOf(change.data, column.name);
  if (!after || change.data.entries.some(({ key, later }) => later && (key === undefined || key === column.name))) return false;
  const isOfRecord = (value: Value): boolean => {
    const origin = originOf({ value, place });
    return origin !== undefined && isSameOrigin(origin, column.origin);
  };
  const list = withoutFallback(method.object);
  if (list?.kind !== "member") return false;
  // `NEXT[order.status].includes(status)`, and then `status`
  if (list.key && isOfRecord(list.key)) return isSameValue(file, asked, after, place) && isWithoutReturn(byState(file, list.object, place));
  // `STEPS[action].from.includes(order.status)`, and then `STEPS[action].to`
  const step = target(list.object);
  const end = target(after);
  if (!isOfRecord(asked) || list.property === undefined || step.kind !== "member" || !step.key) return false;
  if (end.kind !== "member" || end.property === undefined || target(end.object) !== step) return false;
  return isWithoutReturn(byStep(file, step.object, { from: list.property, to: end.property }, place));
}

/** `NEXT[status]` of `NEXT[status] ?? []` */
function withoutFallback(value: Value): Value | undefined {
  const at = target(value);
  if (at.kind !== "choice") return at;
  const [option, more] = at.options.map(target).filter((part) => part.kind !== "array" || part.items.length > 0);
  return more ? undefined : option;
}

function isSameValue(file: FileModel, one: Value, other: Value, place: Place): boolean {
  return target(one) === target(other) || signatureOf(file.tracer, { value: one, place }) === signatureOf(file.tracer, { value: other, place });
}

/** `{ NEW: ["PAID", "GONE"], PAID: ["SENT"] }`; undefined: not all of it is known. */
function byState(file: FileModel, value: Value, place: Place): Table | undefined {
  const table = objectOf(file, value, place);
  const rows = table?.value.entries.map(({ key, value: list, spread, later }) => {
    const states = spread || later || !table ? undefined : listedIn(file.tracer, list, table.place);
    return key === undefined || !states ? undefined : ([key, states] as const);
  });
  return rows && tableOf(rows);
}

/** `{ pay: { from: ["NEW"], to: "PAID" } }` */
function byStep(file: FileModel, value: Value, { from, to }: { readonly from: string; readonly to: string }, place: Place): Table | undefined {
  const steps = objectOf(file, value, place);
  const rows = steps?.value.entries.flatMap(({ value: written, spread, later }) => {
    const step = spread || later ? undefined : objectOf(file, written, steps.place);
    const before = step && entryOf(step.value, from);
    const after = step && entryOf(step.value, to);
    const states = before && listedIn(file.tracer, before, step.place);
    const next = after && statesOf(file.tracer, after, step.place);
    if (!states || !next) return [undefined];
    return states.map((state) => { const name = nameOf(state); return name === undefined ? undefined : ([name, next] as const); });
  });
  return rows && tableOf(rows);
}

function objectOf(file: FileModel, value: Value, { module }: Place): Located<ObjectValue> | undefined {
  const [found, more] = file.tracer.alternatives({ value, place: { module } });
  return found && !more && found.value.kind === "object" ? { value: found.value, place: found.place } : undefined;
}

function tableOf(rows: readonly (readonly [string, readonly State[]] | undefined)[]): Table | undefined {
  const table = new Map<string, Set<string>>();
  for (const row of rows) {
    if (!row) return undefined;
    const [state, next] = row;
    const names = next.map(nameOf);
    const known = table.get(state) ?? new Set<string>();
    table.set(state, known);
    for (const name of names) {
      if (name === undefined) return undefined;
      known.add(name);
    }
  }
  return table.size > 0 ? table : undefined;
}

function nameOf(state: State): string | undefined {
  if (state.kind === "named") return state.name;
  return state.kind === "constant" && typeof state.value === "string" ? state.value : undefined;
}

/** No state is come to again. */
function isWithoutReturn(table: Table | undefined): boolean {
  if (!table) return false;
  const left = new Map([...table].map(([state, next]) => [state, new Set(next)]));
  // Take away what leads nowhere any more; what is left leads round.
  for (let rounds = left.size; rounds >= 0 && left.size > 0; rounds--) {
    for (const [state, next] of left) {
      for (const name of next) if (!left.has(name)) next.delete(name);
      if (next.size === 0) left.delete(state);
    }
  }
  return left.size === 0;
}

import { signatureOf } from "../commands/key-signature.ts";
import { SCHEMA_PACKAGES } from "../../sdk/input-checks.ts";
import type { FileModel } from "../file.ts";
import { knownBefore, type Outcome } from "../flow/known-before.ts";
import { belowResult, parsingOf } from "../input/input-schema.ts";
import type { CallValue, Step, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { dependsOn } from "../values/reach.ts";
import { holdsWhere, isSame, listedIn, statesOf, type State } from "../values/states.ts";
import type { Located, Place } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { lastName, turnsAway } from "./caller-checks.ts";
import { entryOf, objectAt } from "./row-conditions.ts";
import { originOf, updatingCall, type Change } from "./rows.ts";
import { transactionOf } from "./ways.ts";

/*
 * What a caller sends may be one of a few constants only, where the code has seen to that: `if (!["sent", "gone"].includes(state)) return`,
 * and a schema's `z.enum([…])`. A column that is set to it is one of them then.
 */

/** A change, with what its columns can be set to, where the code before it lets no more than constants get there. */
export function limited(file: FileModel, change: Change, body: readonly Step[], { module }: Place): Change {
  const place = { module };
  let outcomes: readonly Outcome[] | undefined;
  const before = (): readonly Outcome[] => (outcomes ??= outcomesBefore(file, body, updatingCall(change), place) ?? []);
  const entries = change.data.entries.map((entry) => {
    const { value, spread } = entry;
    // What is known already is told best by what it is.
    if (spread || statesOf(file.tracer, value, place)) return entry;
    const states = bySchema(file, { value, place }) ?? byConditions(file, { value, place }, before());
    const options = states?.flatMap((state): readonly Value[] => (state.kind === "constant" ? [{ kind: "literal", value: state.value }] : []));
    if (!options || options.length === 0 || options.length !== states?.length) return entry;
    return { ...entry, value: { kind: "choice" as const, operator: "=" as const, options: [...options] } };
  });
  return entries.some((entry, index) => entry !== change.data.entries[index]) ? { ...change, data: { ...change.data, entries } } : change;
}

/** The conditions that are settled on every way to a call, also around a transaction; undefined: the steps do not hold it. */
function outcomesBefore(file: FileModel, body: readonly Step[], call: CallValue, place: Place): readonly Outcome[] | undefined {
  const leaves = (steps: readonly Step[]): boolean => turnsAway(file.tracer, steps, place);
  const known = knownBefore(withoutLoops(body, call), call, leaves);
  if (known) return known.outcomes;
  for (const outer of callsIn(body)) {
    const inside = transactionOf(outer);
    const found = inside && outcomesBefore(file, inside, call, place);
    if (found) return [...(outcomesBefore(file, body, outer, place) ?? []), ...found];
  }
  return undefined;
}

/** What a loop asks of each element says nothing where there is none. */
function withoutLoops(steps: readonly Step[], call: CallValue): readonly Step[] {
  return steps.flatMap((step): readonly Step[] => {
    if (step.op === "try") return [{ ...step, block: withoutLoops(step.block, call) }];
    return step.op === "loop" && !step.atLeastOnce && ![...callsIn(step.body)].includes(call) ? [] : [step];
  });
}

/** What is left of a value behind conditions on it; undefined: anything else may be, too. */
function byConditions(file: FileModel, { value, place }: Located, outcomes: readonly Outcome[]): readonly State[] | undefined {
  const { tracer } = file;
  const at = target(value);
  // What is put into a variable later has not been asked for.
  if (at.kind === "choice" && at.operator === "=") return undefined;
  const isIt = (part: Value): boolean => target(part) === at || signatureOf(tracer, { value: part, place }) === signatureOf(tracer, { value, place });
  let found: readonly State[] | undefined;
  for (const { test, holds } of outcomes) {
    const named = constantsIn(file, { value: test, place }, isIt);
    if (named.length === 0) continue;
    const isRefused = (state: State): boolean => holdsWhere(tracer, { value: test, place }, (part) => (isIt(part) ? [state] : undefined)) === !holds;
    if (isRefused({ kind: "other", than: named })) found = (found ?? named).filter((state) => !isRefused(state));
    else found = found?.filter((state) => !isRefused(state));
  }
  return found;
}

/** The constants that a condition compares a value with. */
function constantsIn({ tracer }: FileModel, { value, place }: Located, isIt: (part: Value) => boolean): readonly State[] {
  const found: State[] = [];
  const note = (states: readonly State[] | undefined): void => {
    for (const state of states ?? []) if (!found.some((other) => isSame(other, state) === true)) found.push(state);
  };
  dependsOn(value, (part) => {
    if (part.kind === "call") {
      const [asked, more] = part.args;
      const method = target(part.callee);
      if (asked && !more && method.kind === "member" && /^(?:includes|has)$/u.test(method.property ?? "") && isIt(asked)) note(listedIn(tracer, method.object, place));
    } else if (part.kind === "operation" && /^[!=]==?$/u.test(part.operator)) {
      const [one, other] = part.operands;
      if (one && other && isIt(one)) note(statesOf(tracer, other, place));
      else if (one && other && isIt(other)) note(statesOf(tracer, one, place));
    }
    return false;
  });
  return found;
}

/** What stays what it is behind a schema's object. */
const SAME_OBJECT = /^(?:strict|strip|refine|superRefine|readonly|describe|meta)$/u;
const MAX_LINKS = 8;

/** `state` of `z.object({ state: z.enum(["sent", "gone"]) }).parse(body)` */
function bySchema(file: FileModel, located: Located): readonly State[] | undefined {
  const { tracer } = file;
  const origin = originOf(located);
  const parsing = origin && parsingOf(tracer, origin.call);
  if (!parsing) return undefined;
  let field: Located | undefined = parsing.schema;
  for (const name of belowResult(parsing, origin.members)) {
    field = field && fieldOf(file, field, name);
    if (!field) return undefined;
  }
  const found = tracer.only(field);
  if (found?.value.kind !== "call") return undefined;
  const [list, more] = found.value.args;
  const path = tracer.canonical({ value: found.value.callee, place: found.place });
  if (!list || !path || !SCHEMA_PACKAGES.has(path.source)) return undefined;
  const name = path.path.at(-1);
  if (name === "literal" && !more) return statesOf(tracer, list, found.place);
  return name === "enum" || name === "picklist" ? listedIn(tracer, list, found.place) : undefined;
}

/** The schema of a field of an object's; undefined: it is not known. */
function fieldOf({ tracer }: FileModel, schema: Located, field: string): Located | undefined {
  let at = tracer.only(schema);
  for (let links = 0; at?.value.kind === "call" && links < MAX_LINKS; links++) {
    const { value, place }: Located<CallValue> = { value: at.value, place: at.place };
    const name = lastName(value.callee) ?? "";
    const [first] = value.args;
    const object = first && objectAt(first);
    if (/^(?:strictO|o)bject$/u.test(name)) {
      const entry = object && entryOf(object, field);
      return entry && { value: entry, place };
    }
    const callee = target(value.callee);
    if (!SAME_OBJECT.test(name) || callee.kind !== "member") return undefined;
    at = tracer.only({ value: callee.object, place });
  }
  return undefined;
}

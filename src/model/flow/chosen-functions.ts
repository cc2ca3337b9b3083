import type { FunctionFacts, MemberValue } from "../values/ir.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { memberOf } from "../values/values.ts";

/** Entries of a table; one with more is data. */
const MAX_ENTRIES = 40;

/**
 * The functions of a table of which a key chooses one when the program runs: `handlers[payload.type](payload)`, and
 * `clients[kind].connect(url)`. Empty: it is no such call, or the table is not known.
 */
export function chosenFunctions(tracer: Tracer, callee: Located): readonly { readonly fn: FunctionFacts; readonly place: Place }[] {
  return tracer.alternatives(callee).flatMap(({ value, place }) => {
    if (value.kind !== "member") return [];
    const { property } = value;
    if (property === undefined) return entriesOf(tracer, { value, place }).flatMap((entry) => tracer.functions(entry));
    const chosen = tracer.alternatives({ value: value.object, place }).flatMap((object) => (isChoice(object.value) ? entriesOf(tracer, { value: object.value, place: object.place }) : []));
    return chosen.flatMap((entry) => tracer.functions({ value: memberOf(entry.value, property), place: entry.place }));
  });
}

const isChoice = (value: Located["value"]): value is MemberValue => value.kind === "member" && value.property === undefined;

/** All that a key may choose of an object that is written out. */
function entriesOf(tracer: Tracer, { value, place }: Located<MemberValue>): readonly Located[] {
  return tracer.alternatives({ value: value.object, place }).flatMap(({ value: table, place: at }) => {
    if (table.kind !== "object" || table.entries.length > MAX_ENTRIES) return [];
    return table.entries.flatMap((entry) => (entry.spread ? [] : [{ value: entry.value, place: at }]));
  });
}

import type { CallValue, Step, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Place } from "../values/trace.ts";
import { target } from "../values/values.ts";
import type { RowsAround } from "./rows-around.ts";
import { updatingCall } from "./rows.ts";
import { calledWithout, type Spending } from "./spent-inside.ts";
import { allCallsIn, transactionOf } from "./ways.ts";

/*
 * A transaction uses something up, and does nothing before that but to look up what it is to use up: `$transaction(async (tx) => {
 * const found = await tx.token.findUnique(…); if (!found) return null; await tx.token.delete(…); … })`. Whoever has none has looked for it.
 */

/** Look-ups of a transaction that are as good as one. */
const FEW_LOOK_UPS = 2;

interface Asked {
  /** Tells what is done once in some steps, by nothing but these. */
  readonly read: (body: readonly Step[], place: Place) => Spending;
  readonly around: RowsAround;
  /** A query is the look-up of a record. */
  readonly isLookUp: (call: Located<CallValue>) => boolean;
}

/** A call is such a transaction, and what it uses up is not made, or given back, around it. */
export function onlyLooksUpAgain({ value, place }: Located<CallValue>, { read, around, isLookUp }: Asked): boolean {
  const body = transactionOf(value);
  if (!body) return false;
  const inside = { module: place.module };
  const spending = read(body, inside);
  if (spending.tables.size === 0) return false;
  const own = new Set(allCallsIn(body));
  if (around.changesAt(place).some((change) => spending.tables.has(change.table) && !own.has(updatingCall(change)))) return false;
  if ([...spending.tables].some((table) => around.makesRows(table, place))) return false;
  const queries = new Set(calledWithout(body, spending).filter((call) => asksClient(call, value)));
  return queries.size <= FEW_LOOK_UPS && [...queries].every((call) => isLookUp({ value: call, place: inside }));
}

/** Something is asked of the client that the function of a transaction is handed, or that is handed on to something else. */
function asksClient({ callee, args }: CallValue, transaction: CallValue): boolean {
  const [arg] = transaction.args;
  const given = arg && target(arg);
  const isClient = (part: Value): boolean => part.kind === "param" && given?.kind === "function" && part.fn === given.fn;
  // What has been looked up is not asked for anything.
  return [callee, ...args].some((part) => dependsOn(part, isClient, ({ kind }) => kind === "call"));
}

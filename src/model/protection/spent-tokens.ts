import { COSTLY } from "../../sdk/costly/index.ts";
import type { FileModel } from "../file.ts";
import type { Step } from "../values/ir.ts";
import type { Place } from "../values/trace.ts";
import { READS } from "./account.ts";
import { fetchWork } from "./fetch-work.ts";
import { allCallsIn } from "./ways.ts";

/*
 * A token that is spent is good for one thing, such as an invitation. Whoever holds one may be sent away before that, as often as
 * he likes: his address has an account already. Then he has done no more than to have something looked up.
 */

/** Functions within each other. */
const MAX_DEPTH = 2;

/** The steps do nothing but ask stores, as far as the tables know, also in the functions of the project that they call. */
export function onlyReads(file: FileModel, steps: readonly Step[], place: Place, depth = 0): boolean {
  for (const value of allCallsIn(steps)) {
    const sent = fetchWork(file.tracer, { value, place });
    if (sent && !READS.has(sent.kind)) return false;
    const callee = { value: value.callee, place };
    const called = file.tracer.functions(callee);
    if (called.length > 0 && (depth >= MAX_DEPTH || !called.every((inner) => onlyReads(file, inner.fn.body, inner.place, depth + 1)))) return false;
    const path = file.tracer.canonical(callee);
    const row = path && COSTLY.match(path);
    if (row && !READS.has(row.kind)) return false;
  }
  return true;
}

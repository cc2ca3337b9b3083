import type { FileModel } from "../file.ts";
import { requestInputs } from "../input/request-input.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";

/*
 * Conditions that come out as whoever sends the request likes, because a header says "yes": `x-vercel-cron: 1`.
 */

/** What everybody knows to say; another text may be a secret. */
const YES = /^(?:1|true|yes|on)$/iu;
/** Conditions within each other. */
const MAX_DEPTH = 12;

/** Whether a caller can bring a condition to this outcome by what he sends, without knowing a secret. */
export function canForce(file: FileModel, { value, place }: Located, outcome: boolean, depth = 0): boolean {
  const at = target(value);
  if (depth > MAX_DEPTH) return false;
  const may = (part: Located["value"], wanted: boolean): boolean => canForce(file, { value: part, place }, wanted, depth + 1);
  if (at.kind === "choice" && (at.operator === "&&" || at.operator === "||")) {
    // One false part makes it false, or one true part true.
    return outcome === (at.operator === "||") ? at.options.some((part) => may(part, outcome)) : at.options.every((part) => may(part, outcome));
  }
  if (at.kind !== "operation") return false;
  const [left, right] = at.operands;
  if (at.operator === "!") return left !== undefined && may(left, !outcome);
  if (!left || !right || !/^[!=]==?$/u.test(at.operator)) return false;
  const said = [left, right].find((side) => {
    const part = target(side);
    return part.kind === "literal" && YES.test(String(part.value));
  });
  return said !== undefined && requestInputs(file, { value: said === left ? right : left, place }).length > 0;
}

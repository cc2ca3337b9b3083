import { CONTENT_METHODS } from "../../sdk/input-checks.ts";
import type { FileModel } from "../file.ts";
import type { Located } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";

const MAX_DEPTH = 12;
/** All but some characters: `/[^a-z]/g`, `/\W/g`. */
const ALL_BUT = /\[\^|\\W/u;

/**
 * Some characters, or all but some, are replaced in a value: `name.replaceAll("'", "")`; also in what a function of the
 * project makes of it. False where that is not known.
 * @param characters finds the characters in the text or regular expression that is replaced
 */
export function isReplaced(file: FileModel, { value, place }: Located, characters: RegExp, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  const again = (located: Located): boolean => isReplaced(file, located, characters, depth + 1);
  const at = target(value);
  if (at.kind === "await") return again({ value: at.value, place });
  if (at.kind !== "call" || at.isNew) return false;
  const callee = target(at.callee);
  if (callee.kind === "member" && callee.property !== undefined) {
    const [searched] = at.args;
    const written = searched && constantOf(searched);
    if (/^replace(?:All)?$/u.test(callee.property) && written !== undefined) {
      const pattern = /^\/(?<source>.+)\/(?<flags>[a-z]*)$/u.exec(written)?.groups;
      const inner = pattern?.["source"] ?? written;
      // Without the flag, and of a text, `replace` takes only the first.
      const isEach = callee.property === "replaceAll" || pattern?.["flags"]?.includes("g") === true || /^\^.*\$$/u.test(inner);
      if (isEach && (characters.test(inner) || ALL_BUT.test(inner))) return true;
    }
    if (CONTENT_METHODS.has(callee.property)) return again({ value: callee.object, place });
  }
  const functions = file.tracer.functions({ value: at.callee, place });
  if (functions.length === 0) return at.args.length > 0 && at.args.every((arg) => again({ value: arg, place }));
  return functions.every(({ fn, place: from }) => {
    const inside = file.tracer.inside({ value: at, place }, { fn, place: from });
    return fn.returns.length > 0 && fn.returns.every((returned) => again({ value: returned, place: inside }));
  });
}

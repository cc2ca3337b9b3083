import type { FileModel } from "../file.ts";
import { requestInputs } from "../input/request-input.ts";
import type { CallValue } from "../values/ir.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { lastName } from "./caller-checks.ts";

/*
 * A line in the server's own log, which a server writes for each request that it answers, by `console` as by a file.
 */

const LOG = /\.log$/iu;

/** `appendFile("runtime.log", line)`: a file that is called a log, and by nobody's choice but the application's. */
export function addsToLog(file: FileModel, { value, place }: Located<CallValue>): boolean {
  if (!/^appendFile(?:Sync)?$/u.test(lastName(value.callee) ?? "")) return false;
  const [path] = value.args;
  if (!path || requestInputs(file, { value: path, place }).length > 0) return false;
  return file.tracer.alternatives({ value: path, place }).every((named) => endsAsLog(file, named));
}

/** The last part of a path is known: `path.join(folder, "access.log")`, `` `${folder}/access.log` ``. */
function endsAsLog(file: FileModel, { value, place }: Located): boolean {
  const at = target(value);
  const last = at.kind === "template" ? at.parts.at(-1) : at.kind === "call" && /^(?:join|resolve)$/u.test(lastName(at.callee) ?? "") ? at.args.at(-1) : at;
  const text = last && file.tracer.constant({ value: last, place });
  return typeof text === "string" && LOG.test(text);
}

import type { CanonicalPath } from "../../sdk/canonical.ts";
import type { CallValue } from "../values/ir.ts";
import { isSameForAll, type Holds } from "../values/same-for-all.ts";
import type { Located, Tracer } from "../values/trace.ts";

const MAKES = /^(?:mkdir|ensureDir)(?:Sync)?$/u;
/** They put a path together of their arguments. Source: Node.js' documentation of `path` and `url`. */
const JOINS = /^(?:join|resolve|normalize|dirname|fileURLToPath)$/u;
/** They answer the same each time. */
const FIXED = /^(?:process\.cwd|os\.(?:tmpdir|homedir))$/u;

/** A folder is made that is the same for all: the next call finds it there. What is put into it is another matter. */
export function makesSameFolder(tracer: Tracer, { value: { args, spreadAt }, place }: Located<CallValue>, { path }: CanonicalPath): boolean {
  const [folder] = args;
  if (!folder || spreadAt !== undefined || !MAKES.test(path.at(-1) ?? "")) return false;
  return isSameForAll(tracer, { value: folder, place }, (call) => holdsOf(tracer, call));
}

function holdsOf(tracer: Tracer, { value, place }: Located<CallValue>): Holds | undefined {
  const called = tracer.canonical({ value: value.callee, place });
  if (!called) return undefined;
  const name = [...(called.source === "global" ? [] : [called.source]), ...called.path.filter((part) => part !== "default")].join(".");
  if (FIXED.test(name)) return "nothing";
  return /^(?:path|url)(?:\/posix)?$/u.test(called.source) && JOINS.test(called.path.at(-1) ?? "") ? "arguments" : undefined;
}

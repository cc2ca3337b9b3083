import type { FileModel } from "../file.ts";
import type { Located } from "../values/trace.ts";
import { requestInputs } from "./request-input.ts";

/** What an object holds under a name, as it is written, so that it can be reported there; of a spread, or another value, the member. */
export function writtenProperty(file: FileModel, located: Located, name: string): readonly Located[] {
  return file.tracer.alternatives(located).flatMap(({ value, place }): readonly Located[] => {
    if (value.kind === "object") {
      for (const entry of value.entries.toReversed()) {
        if (entry.key === name) return [{ value: entry.value, place }];
        if (entry.spread && !entry.omit?.includes(name)) {
          const member = { kind: "member" as const, object: entry.value, property: name, ...(entry.node ? { node: entry.node } : {}) };
          if (requestInputs(file, { value: member, place }).length > 0) return [{ value: member, place }];
        }
      }
      return [];
    }
    return [{ value: { kind: "member", object: value, property: name, ...(located.value.node ? { node: located.value.node } : {}) }, place }];
  });
}

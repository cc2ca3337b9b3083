import type { FileModel } from "../file.ts";
import type { ObjectValue } from "../values/ir.ts";
import { propertiesOfType, type Properties } from "../values/shapes.ts";
import type { Located, LocatedType, Place } from "../values/trace.ts";
import { target } from "../values/values.ts";

/*
 * A type says how a member is called, and not in which form it is kept: `const one: Connection = { apiKey: encrypt(key) }`. Where
 * the file fills a member so, the type alone does not tell that another value of it can be read.
 */

/** Objects in objects. */
const MAX_DEPTH = 3;

/** Types are the same where their members are called the same. */
export const signatureOf = (properties: Properties): string => [...properties.keys()].toSorted().join(",");

/** By signature of a type: its members that the file puts protected values into. */
type SealedTypes = ReadonlyMap<string, ReadonlySet<string>>;

const known = new WeakMap<FileModel, SealedTypes>();

/**
 * What the objects of the file whose type is written down hold in a protected form.
 * @param isProtected whether a value can't be read any more
 */
export function sealedTypes(file: FileModel, isProtected: (value: Located) => boolean): SealedTypes {
  const found = known.get(file);
  if (found) return found;
  const sealed = new Map<string, Set<string>>();
  // What is asked of such a type meanwhile is not known yet.
  known.set(file, sealed);
  const note = (object: ObjectValue, type: LocatedType, place: Place, depth: number): void => {
    const properties = propertiesOfType(file.tracer, type);
    if (!properties || depth > MAX_DEPTH) return;
    for (const { key, value } of object.entries) {
      if (key === undefined || !properties.has(key)) continue;
      const at = target(value);
      const inner = properties.get(key);
      if (at.kind === "object" && inner) note(at, inner, place, depth + 1);
      if (!isProtected({ value, place })) continue;
      const signature = signatureOf(properties);
      sealed.set(signature, (sealed.get(signature) ?? new Set()).add(key));
    }
  };
  for (const { id, init } of file.declarators) {
    if (id.type !== "Identifier" || !id.typeAnnotation || !init) continue;
    const { value, place } = file.located(init);
    const object = target(value);
    if (object.kind === "object") note(object, { type: file.evaluator.type(id.typeAnnotation.typeAnnotation), place }, place, 0);
  }
  return sealed;
}

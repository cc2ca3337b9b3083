/** Names of a record's fields as they are compared: without case and separators. */

/** A set of such names, written with blanks between them. */
export const names = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** A field's name in that form. */
export const plain = (name: string): string => name.replace(/[^a-z0-9]/gi, "").toLowerCase();

/** How many of a record's fields are in a set. */
export function countIn(fields: readonly string[], set: ReadonlySet<string>): number {
  let count = 0;
  for (const field of fields) if (set.has(field)) count++;
  return count;
}

import type { Value } from "./ir.ts";

/**
 * True where a value is made from something that `found` accepts, in the same module: through variables, members,
 * operators, arguments and object entries. Functions are not entered.
 * @param isApart parts that are not looked into: what they are made from does not show in them
 */
export function dependsOn(value: Value, found: (part: Value) => boolean, isApart?: (part: Value) => boolean): boolean {
  const seen = new Set<Value>();
  const stack: Value[] = [value];
  for (let part = stack.pop(); part; part = stack.pop()) {
    if (seen.has(part)) continue;
    seen.add(part);
    if (found(part)) return true;
    if (seen.size > 500) return false;
    if (isApart?.(part)) continue;
    stack.push(...partsOf(part));
  }
  return false;
}

/** What a value is made from. */
export function partsOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case "ref":
      return [value.target];
    case "await":
      return [value.value];
    case "member":
      return value.key ? [value.object, value.key] : [value.object];
    case "call":
      return [value.callee, ...value.args];
    case "operation":
      return value.operands;
    case "choice":
      return value.test ? [...value.options, value.test] : value.options;
    case "template":
      return value.parts;
    case "object":
      return value.entries.map((entry) => entry.value);
    case "array":
      return value.items;
    default:
      return [];
  }
}

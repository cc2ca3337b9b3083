import type { Value } from "./ir.ts";

/**
 * True where a value is made from something that `found` accepts, in the same module: through variables, members,
 * operators, arguments and object entries. Functions are not entered.
 * @param isApart parts that are not looked into: what they are made from does not show in them
 */
export function dependsOn(value: Value, found: (part: Value) => boolean, isApart?: (part: Value) => boolean): boolean {
  if (isApart) return collect(value, found, isApart) === undefined;
  const known = parts.get(value);
  if (known) return known.some(found);
  const looked = collect(value, found);
  if (!looked) return true;
  // A condition is asked several such questions. Values without a node are kept for long: nothing is kept with them.
  if (value.node) parts.set(value, looked);
  return false;
}

/** All that a value is made from, where a question had to look at all of it. */
const parts = new WeakMap<Value, readonly Value[]>();

/** What was looked at; undefined: something was found. */
function collect(value: Value, found: (part: Value) => boolean, isApart?: (part: Value) => boolean): readonly Value[] | undefined {
  // What is written once is a tree: only through variables does a part come again.
  let variables: Set<Value> | undefined;
  const looked: Value[] = [];
  const stack: Value[] = [value];
  for (let part = stack.pop(); part; part = stack.pop()) {
    if (found(part)) return undefined;
    if (looked.push(part) > MAX_PARTS) return looked;
    if (isApart?.(part)) continue;
    if (part.kind !== "ref") for (const inner of partsOf(part)) stack.push(inner);
    else if (!variables?.has(part.target)) {
      (variables ??= new Set()).add(part.target);
      stack.push(part.target);
    }
  }
  return looked;
}

const MAX_PARTS = 1000;

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
      return NOTHING;
  }
}

const NOTHING: readonly Value[] = [];

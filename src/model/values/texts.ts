import type { Value } from "./ir.ts";
import { literalOf } from "./values.ts";

/**
 * The parts of the text that a call puts together, as a template has them: of `["user", id].join(":")` and
 * `"user:".concat(id)`. Undefined: it makes no such text, or what is joined is not written there.
 */
export function joinedParts(callee: Value, args: readonly Value[]): readonly Value[] | undefined {
  if (callee.kind !== "member") return undefined;
  if (callee.property === "concat") return isText(callee.object) ? [callee.object, ...args] : undefined;
  return callee.property === "join" && args.length < 2 ? joinedItems(callee.object, args[0] ? literalOf(args[0]) : ",") : undefined;
}

/** Parts of a text, those of texts among them by themselves. */
export const flattened = (parts: readonly Value[]): readonly Value[] => parts.flatMap((part) => (part.kind === "template" ? part.parts : [part]));

const isText = (value: Value): boolean => value.kind === "template" || typeof literalOf(value) === "string";

function joinedItems(list: Value, separator: unknown): readonly Value[] | undefined {
  const written = list.kind === "array" && list.node?.type === "ArrayExpression" ? list.node : undefined;
  if (list.kind !== "array" || !written || typeof separator !== "string") return undefined;
  // What is spread may be any number of parts, and what is missing is an empty one.
  if (written.elements.some((item) => !item || item.type === "SpreadElement")) return undefined;
  if (separator === "") return list.items;
  // One text up to the next value, as in a template: the beginning of a key says what is stored there.
  const parts: Value[] = [];
  let text = "";
  const close = (): void => {
    if (text !== "") parts.push({ kind: "literal", value: text });
    text = "";
  };
  for (const [index, item] of list.items.entries()) {
    if (index > 0) text += separator;
    const constant = literalOf(item);
    if (typeof constant === "string") text += constant;
    else {
      close();
      parts.push(item);
    }
  }
  close();
  return parts;
}

import { PATH_VALUES, type PathValue } from "../../sdk/path-values.ts";
import { NAMESPACE_ARGUMENTS } from "../../sdk/rag-chat.ts";
import { chatOption } from "./chat-options.ts";
import { writtenProperty } from "../input/written-property.ts";
import type { Sink } from "../input/untrusted-sinks.ts";
import type { FileModel } from "../file.ts";
import type { CallValue } from "../values/ir.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";

const METHODS = new Set([...PATH_VALUES.map(({ method }) => method), ...NAMESPACE_ARGUMENTS.keys()].map((method) => method.split(".").at(-1)));

/** Text test: false where no method is named that puts an argument into a path. */
export const maySetPath = (text: string): boolean => {
  words ??= new RegExp(`\\b(?:${[...METHODS].join("|")})\\b`, "u");
  return words.test(text);
};
let words: RegExp | undefined;

/** The arguments of a client's method that stand in the path of its request without being encoded; the kind is what they are. */
export function pathSinksOf(file: FileModel, { value, place }: Located<CallValue>): readonly Sink[] {
  const callee = target(value.callee);
  if (callee.kind !== "member" || callee.property === undefined || !METHODS.has(callee.property) || value.args.length === 0) return [];
  const option = chatOption(file, { value, place }, NAMESPACE_ARGUMENTS, "namespace");
  if (option) return option.values.map((one) => ({ kind: "namespace", value: one, node: option.argument.node }));
  return rowsOf(file, { value: callee.object, place }, callee.property).flatMap((row): readonly Sink[] => {
    const argument = value.args[row.argument];
    if (!argument || (row.notAsList && target(argument).kind === "array")) return [];
    const given = { value: argument, place };
    const list = target(argument);
    const values = row.property !== undefined ? writtenProperty(file, given, row.property) : list.kind === "array" ? list.items.map((item) => ({ value: item, place })) : [given];
    return values.map((one) => ({ kind: row.label, value: one, node: argument.node }));
  });
}

/** By the client that a method is called on, or the member of a client: `client.messages`. */
function rowsOf(file: FileModel, receiver: Located, property: string): readonly PathValue[] {
  const own = file.clients.clientOf(receiver)?.product;
  if (own !== undefined) return PATH_VALUES.filter(({ product, method }) => product === own && method === property);
  for (const { value, place } of file.tracer.alternatives(receiver)) {
    if (value.kind !== "member" || value.property === undefined) continue;
    const product = file.clients.clientOf({ value: value.object, place })?.product;
    const name = `${value.property}.${property}`;
    if (product !== undefined) return PATH_VALUES.filter((row) => row.product === product && row.method === name);
  }
  return [];
}

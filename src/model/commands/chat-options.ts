import type { FileModel } from "../file.ts";
import { writtenProperty } from "../input/written-property.ts";
import type { CallValue } from "../values/ir.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";

/**
 * What a call of a RAGChat is given under a name, as it is written, and how the chat was built. Undefined: it is no such
 * call, or the chat is not known.
 * @param table the index of the argument that has it, by method: `history.getMessages`
 */
export function chatOption(file: FileModel, { value, place }: Located<CallValue>, table: ReadonlyMap<string, number>, name: string): ChatOption | undefined {
  const callee = target(value.callee);
  if (value.isNew || callee.kind !== "member" || callee.property === undefined) return undefined;
  const group = target(callee.object);
  const isGrouped = group.kind === "member" && group.property !== undefined && GROUPS.has(group.property);
  const index = table.get(isGrouped ? `${group.property ?? ""}.${callee.property}` : callee.property);
  const argument = index === undefined ? undefined : value.args[index];
  if (!argument || value.spreadAt !== undefined) return undefined;
  const chat = chatOf(file, { value: isGrouped ? group.object : callee.object, place });
  return chat && { chat, values: writtenProperty(file, { value: argument, place }, name), argument };
}

export interface ChatOption {
  /** `new RAGChat(…)` */
  readonly chat: Located<CallValue>;
  readonly values: readonly Located[];
  readonly argument: CallValue["args"][number];
}

const GROUPS = new Set(["history", "context"]);

function chatOf(file: FileModel, located: Located): Located<CallValue> | undefined {
  for (const { value, place } of file.tracer.alternatives(located)) {
    if (value.kind !== "call" || !value.isNew) continue;
    if (file.clients.exportOf({ value: value.callee, place })?.product === "rag-chat") return { value, place };
  }
  return undefined;
}

/** The chat keeps its messages in Redis: it is given a client. Without, that depends on the environment. */
export function keepsInRedis(file: FileModel, { value, place }: Located<CallValue>): boolean {
  const [options] = value.args;
  if (!options) return false;
  return file.tracer.property({ value: options, place }, "redis").some((redis) => file.clients.clientOf(redis)?.product === "redis");
}

import { SESSION_ARGUMENTS } from "../../sdk/rag-chat.ts";
import { isCommandMethod } from "../clients/clients.ts";
import { isRequestName } from "../clients/http-requests.ts";
import type { FileModel } from "../file.ts";
import type { CallValue, Value } from "../values/ir.ts";
import type { Located } from "../values/trace.ts";
import { chatOption, keepsInRedis } from "./chat-options.ts";
import type { Sink } from "../input/untrusted-sinks.ts";
import { target } from "../values/values.ts";

/** A key, or a pattern that picks several. */
export type KeyKind = "key" | "pattern";

/** The keys and patterns of a Redis command, as they are written. */
export function keySinksOf(file: FileModel, call: Located<CallValue>): readonly Sink<KeyKind>[] {
  const callee = target(call.value.callee);
  const mayRun = callee.kind === "member" ? callee.property !== undefined && isCommandMethod(callee.property) : isRequestName(callee);
  if (!mayRun) return callee.kind === "member" ? sessionSinks(file, call) : [];
  const command = file.clients.commandOf(call);
  if (!command) return [];
  const { place } = call;
  const keys = command.keys.flatMap(each).map((value) => ({ kind: "key" as const, value: { value, place } }));
  // `psubscribe` listens to channels, which no command can read later.
  const patterns = command.name === "psubscribe" ? [] : command.args.flatMap(({ value, role }): readonly Located[] => {
    if (role === "pattern") return [{ value, place }];
    return role === "scanOptions" && command.name === "scan" ? file.tracer.property({ value, place }, "match") : [];
  });
  return [...keys, ...patterns.map((value) => ({ kind: "pattern" as const, value, node: call.value.args.at(-1)?.node }))];
}

/** A chat keeps its messages under the id of its session, as it stands. */
function sessionSinks(file: FileModel, call: Located<CallValue>): readonly Sink<KeyKind>[] {
  const option = chatOption(file, call, SESSION_ARGUMENTS, "sessionId");
  if (!option || !keepsInRedis(file, option.chat)) return [];
  return option.values.map((value) => ({ kind: "key" as const, value, node: option.argument.node }));
}

/** The keys of a list that is written in the call. */
function each(value: Value): readonly Value[] {
  const list = target(value);
  return list.kind === "array" ? list.items : [value];
}

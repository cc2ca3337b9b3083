import type { FileModel } from "../file.ts";
import type { CallValue, ObjectEntry } from "../values/ir.ts";
import type { Located } from "../values/trace.ts";
import type { Sink } from "./untrusted-sinks.ts";
import { target } from "../values/values.ts";
import { writtenProperty } from "./written-property.ts";

/** What of a message a stranger must not choose. */
export type DestinationKind = "destination" | "headers";

/** Properties of a message, by the client's method, that hold addresses: @upstash/qstash 2.12, @upstash/workflow 1.3. */
const CALLBACKS = ["callback", "failureCallback"];
const PUBLISHED = ["url", "urlGroup", "topic", ...CALLBACKS];
const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  publish: PUBLISHED,
  publishJSON: PUBLISHED,
  batch: PUBLISHED,
  batchJSON: PUBLISHED,
  enqueue: PUBLISHED,
  enqueueJSON: PUBLISHED,
  create: ["destination", ...CALLBACKS],
  addEndpoints: ["url"],
  trigger: ["url", "failureUrl"],
};
/** Control headers that hold addresses: https://upstash.com/docs/qstash/api/publish */
const ADDRESS_HEADER = /^upstash-(?:failure-)?callback$/iu;

/** Text test: false where no such method is named. */
export const maySend = (text: string): boolean => /\b(?:publish|publishJSON|batch|batchJSON|enqueue|enqueueJSON|create|addEndpoints|trigger)\b/u.test(text);

/** The addresses and forwarded headers of a message that a QStash or Workflow client is told to send. */
export function destinationsOf(file: FileModel, { value, place }: Located<CallValue>): readonly Sink<DestinationKind>[] {
  const callee = target(value.callee);
  const [first] = value.args;
  if (!first || callee.kind !== "member" || callee.property === undefined || !Object.hasOwn(ADDRESSES, callee.property)) return [];
  const names = ADDRESSES[callee.property] ?? [];
  const client = file.clients.clientOf({ value: receiverOf(callee.object), place });
  if (client?.product !== "qstash" && client?.product !== "workflow") return [];
  return messagesIn(file, { value: first, place }).flatMap((message) => [
    ...names.flatMap((name) => writtenProperty(file, message, name).map((at) => ({ kind: "destination" as const, value: at }))),
    ...writtenProperty(file, message, "headers").flatMap((headers) => headerSinks(file, headers)),
  ]);
}

/** `client.queue({ … })`, `client.schedules`, `client.urlGroups` lead to their client. */
function receiverOf(value: CallValue["callee"]): CallValue["callee"] {
  const at = target(value);
  if (at.kind === "member" && /^(?:schedules|urlGroups|topics)$/u.test(at.property ?? "")) return at.object;
  if (at.kind !== "call" || at.isNew) return value;
  const callee = target(at.callee);
  return callee.kind === "member" && callee.property === "queue" ? callee.object : value;
}

/** A message, each of several, or each endpoint of a group. */
function messagesIn(file: FileModel, located: Located): readonly Located[] {
  return file.tracer.alternatives(located).flatMap(({ value, place }): readonly Located[] => {
    if (value.kind === "array") return value.items.map((item) => ({ value: item, place }));
    if (value.kind !== "object") return [{ value, place }];
    const endpoints = writtenProperty(file, { value, place }, "endpoints");
    return [{ value, place }, ...endpoints.flatMap((list) => messagesIn(file, list))];
  });
}

/** Headers that the caller names himself, with those that hold addresses. Single headers with names of their own are data. */
function headerSinks(file: FileModel, located: Located): readonly Sink<DestinationKind>[] {
  return file.tracer.alternatives(located).flatMap(({ value, place }): readonly Sink<DestinationKind>[] => {
    if (value.kind !== "object") return [{ kind: "headers", value: { value: located.value.node ? { ...value, node: located.value.node } : value, place } }];
    return value.entries.flatMap((entry): readonly Sink<DestinationKind>[] => {
      const at = { value: entry.value, place };
      if (entry.spread) return [{ kind: "headers", value: at, node: nodeOf(entry) }];
      if (entry.key === undefined && entry.computed) return [{ kind: "headers", value: { value: entry.computed, place } }];
      return entry.key !== undefined && ADDRESS_HEADER.test(entry.key) ? [{ kind: "destination", value: at }] : [];
    });
  });
}

const nodeOf = (entry: ObjectEntry) => entry.node;

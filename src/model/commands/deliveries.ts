import type { Product } from "../../sdk/packages.ts";
import type { Clients, Command } from "../clients/clients.ts";
import type { CallValue, Value } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { memberOf, target } from "../values/values.ts";

/** Methods of clients other than Redis that keep what they are given, and the properties that hold it. */
const DELIVERIES: Partial<Record<Product, Readonly<Record<string, readonly string[]>>>> = {
  // https://upstash.com/docs/vector/sdks/ts/commands, https://upstash.com/docs/search/sdks/ts/commands
  vector: { upsert: ["metadata", "data"], update: ["metadata", "data"] },
  search: { upsert: ["metadata"] },
  // https://upstash.com/docs/qstash/howto/redact-fields: bodies stand in logs and in the dead letter queue
  qstash: {
    ...{ publish: ["body"], publishJSON: ["body"], batch: ["body"], batchJSON: ["body"] },
    ...{ enqueue: ["body"], enqueueJSON: ["body"], create: ["body"] },
  },
  // https://upstash.com/docs/workflow/howto/redact-fields
  workflow: { trigger: ["body"], notify: ["eventData"] },
};

const METHODS = new Set([...Object.values(DELIVERIES).flatMap((methods) => Object.keys(methods)), "produce", "produceMany"]);
const HANDLES = new Set(["namespace", "index", "queue", "producer"]);
const NAMESPACES = new Set(["schedules", "urlGroups", "topics"]);

/** Text test: false where no such method is called. */
export const mayDeliver = (text: string): boolean =>
  /\.(?:upsert|update|publish|publishJSON|batch|batchJSON|enqueue|enqueueJSON|create|trigger|notify|produce|produceMany)\b/u.test(text);

/**
 * What a call hands to Vector, Search, QStash, Workflow or Kafka to keep, in the shape of a Redis command without keys.
 * Undefined: it hands over nothing, the receiver is not known to be such a client, or `redact` hides the body.
 */
export function deliveryOf(clients: Clients, tracer: Tracer, call: Located<CallValue>): Command | undefined {
  const { value, place } = call;
  const callee = target(value.callee);
  const [first, second] = value.args;
  if (!first || callee.kind !== "member" || callee.property === undefined || !METHODS.has(callee.property)) return undefined;
  const client = clients.clientOf({ value: receiverOf(callee.object), place });
  if (!client) return undefined;
  const name = callee.property;
  const holders = DELIVERIES[client.product]?.[name];
  const values = holders
    ? items(tracer, { value: first, place }).flatMap((item) => parts(tracer, item, holders))
    : client.product === "kafka" && second && name === "produce"
      ? [second]
      : [];
  if (values.length === 0) return undefined;
  const stored = values.map((part) => ({ value: part, role: "value" as const }));
  const nothing = { keys: [], fields: [], ttl: undefined, args: stored, mode: "direct", isRaw: false } as const;
  return { ...nothing, name, access: "write", client, call, values: stored };
}

/** `index.namespace("n")`, `client.queue({ … })` and `client.schedules` lead to their client. */
export function receiverOf(value: Value): Value {
  const at = target(value);
  if (at.kind === "member" && at.property !== undefined && NAMESPACES.has(at.property)) return at.object;
  if (at.kind !== "call" || at.isNew) return value;
  const callee = target(at.callee);
  return callee.kind === "member" && callee.property !== undefined && HANDLES.has(callee.property) ? callee.object : value;
}

function items(tracer: Tracer, located: Located): readonly Located[] {
  return tracer.alternatives(located).flatMap(({ value, place }): readonly Located[] => {
    if (value.kind === "array") return value.items.map((item) => ({ value: item, place }));
    return value.kind === "object" ? [{ value, place }] : [located];
  });
}

function parts(tracer: Tracer, { value, place }: Located, holders: readonly string[]): readonly Value[] {
  if (tracer.property({ value, place }, "redact").length > 0) return [];
  const node = value.node ? { node: value.node } : {};
  const object = tracer.only({ value, place })?.value;
  return holders.flatMap((holder) => {
    if (object?.kind !== "object") return [memberOf(value, holder, node)];
    const entry = object.entries.findLast(({ key }) => key === holder);
    if (entry) return [entry.value];
    return object.entries.some(({ spread }) => spread) ? [memberOf(value, holder, node)] : [];
  });
}

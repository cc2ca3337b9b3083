import { oncePerText } from "../../once-per-text.ts";
import {
  DELIVERIES,
  DELIVERY_HANDLES,
  DELIVERY_METHODS,
  DELIVERY_NAMESPACES,
  DELIVERY_PATHS,
  KAFKAJS_DELIVERIES,
  type Delivery,
} from "../../sdk/deliveries.ts";
import type { Product } from "../../sdk/packages.ts";
import type { Client, Clients, Command } from "../clients/clients.ts";
import { wireClientBuilt } from "../clients/connections.ts";
import { elementsOf } from "../values/elements.ts";
import type { CallValue, Value } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { memberOf, target } from "../values/values.ts";

let methodCall: RegExp | undefined;
/** Names that any collection has: looked at where the text names what else has them. */
const COMMON = new Set(["set", "add", "send"]);

/** Text test: false where no such method is called. */
export const mayDeliver = oncePerText((text) => {
  methodCall ??= new RegExp(`\\.(?:${[...DELIVERY_METHODS].filter((name) => !COMMON.has(name)).join("|")})\\b`, "u");
  return methodCall.test(text) || /semantic|\bcache|\brag|chat\b|kafka|producer/iu.test(text);
});

/**
 * What a call hands to Vector, Search, QStash, Workflow, Kafka, Realtime, a chat with history or a semantic cache to keep,
 * in the shape of a Redis command without keys. Undefined: it hands over nothing, the receiver is not known to be such a
 * client, or `redact` hides all of it.
 */
export function deliveryOf(clients: Clients, tracer: Tracer, call: Located<CallValue>): Command | undefined {
  const { value, place } = call;
  const callee = target(value.callee);
  if (value.args.length === 0 || value.isNew || callee.kind !== "member" || callee.property === undefined || !DELIVERY_METHODS.has(callee.property)) return undefined;
  const name = callee.property;
  const found = ofClient(clients, { value: receiverOf(callee.object), place }, name) ?? ofPath(tracer, call) ?? ofKafkajs(tracer, { value: callee.object, place }, name);
  return found && handedOver(tracer, call, name, found);
}

/** What a call gives to what keeps it, in the shape of a Redis command. Undefined: nothing, or all of it is hidden. */
export function handedOver(tracer: Tracer, call: Located<CallValue>, name: string, found: Keeper): Command | undefined {
  const { value, place } = call;
  const values = found.keeps.flatMap(({ index, holders, redact }) => {
    const argument = value.args[index];
    if (!argument || (value.spreadAt !== undefined && index >= value.spreadAt)) return [];
    if (!holders) return [argument];
    return items(tracer, { value: argument, place }).flatMap((item) => (isRedacted(tracer, item, redact) ? [] : holders.flatMap((holder) => parts(tracer, item, holder))));
  });
  if (values.length === 0) return undefined;
  const stored = values.map((part) => ({ value: part, role: "value" as const }));
  const nothing = { keys: [], fields: [], ttl: undefined, args: stored, mode: "direct", isRaw: false } as const;
  return { ...nothing, name, access: "write", client: found.client, call, values: stored };
}

/** What keeps it, and which parts of the arguments. */
export interface Keeper {
  readonly client: Client;
  readonly keeps: readonly Delivery[];
}

function ofClient(clients: Clients, receiver: Located, name: string): Keeper | undefined {
  if (name === "set") return undefined;
  const client = clients.clientOf(receiver);
  const keeps = client && DELIVERIES[client.product]?.[name];
  return client && keeps && { client, keeps };
}

/** A client that no table of exports knows. */
export const otherMaker = (product: Product): Client => ({ product, sdk: undefined, construction: undefined, envMethod: undefined });

function ofPath(tracer: Tracer, { value, place }: Located<CallValue>): Keeper | undefined {
  const path = tracer.canonical({ value: value.callee, place });
  const row = path && DELIVERY_PATHS.match(path);
  return row && { client: otherMaker(row.product), keeps: row.keeps };
}

/** `kafka.producer().send({ topic, messages })` */
function ofKafkajs(tracer: Tracer, producer: Located, name: string): Keeper | undefined {
  const keeps = Object.hasOwn(KAFKAJS_DELIVERIES, name) ? KAFKAJS_DELIVERIES[name] : undefined;
  if (!keeps) return undefined;
  for (const { value, place } of tracer.alternatives(producer)) {
    const callee = value.kind === "call" ? target(value.callee) : undefined;
    if (callee?.kind !== "member" || callee.property !== "producer") continue;
    for (const built of tracer.alternatives({ value: callee.object, place })) {
      if (built.value.kind !== "call" || !built.value.isNew) continue;
      if (wireClientBuilt({ tracer }, { value: built.value, place: built.place })?.wire.library === "kafkajs") return { client: otherMaker("kafka"), keeps };
    }
  }
  return undefined;
}

/** `index.namespace("n")`, `client.queue({ … })` and `client.schedules` lead to their client. */
export function receiverOf(value: Value): Value {
  const at = target(value);
  if (at.kind === "member" && at.property !== undefined && DELIVERY_NAMESPACES.has(at.property)) return at.object;
  if (at.kind !== "call" || at.isNew) return value;
  const callee = target(at.callee);
  return callee.kind === "member" && callee.property !== undefined && DELIVERY_HANDLES.has(callee.property) ? callee.object : value;
}

/** Lists in what a callback makes of a list. */
const MAX_LISTS = 3;

function items(tracer: Tracer, located: Located, depth = 0): readonly Located[] {
  return tracer.alternatives(located).flatMap(({ value, place }): readonly Located[] => {
    if (value.kind === "object") return [{ value, place }];
    // Of another file's callback nothing is known that could be told here.
    const elements = depth > MAX_LISTS ? undefined : elementsOf(tracer, { value, place })?.filter((each) => each.place.module === located.place.module);
    return elements && elements.length > 0 ? elements.flatMap((each) => items(tracer, each, depth + 1)) : [located];
  });
}

/** `redact: { body: true }` hides bodies, `redact: { header: true }` headers; what is not known may hide either. */
function isRedacted(tracer: Tracer, item: Located, what: Delivery["redact"]): boolean {
  if (what === undefined) return false;
  return tracer.property(item, "redact").some((redact) => {
    const object = tracer.only(redact)?.value;
    if (object?.kind === "literal") return false;
    if (object?.kind !== "object" || object.entries.some(({ spread }) => spread)) return true;
    const entry = object.entries.findLast(({ key }) => key === what);
    return entry !== undefined && tracer.constant({ value: entry.value, place: redact.place }) !== false;
  });
}

function parts(tracer: Tracer, { value, place }: Located, holder: string): readonly Value[] {
  const node = value.node ? { node: value.node } : {};
  const object = tracer.only({ value, place })?.value;
  if (object?.kind !== "object") return [memberOf(value, holder, node)];
  const entry = object.entries.findLast(({ key }) => key === holder);
  if (entry) return [entry.value];
  return object.entries.some(({ spread }) => spread) ? [memberOf(value, holder, node)] : [];
}

import type { Product } from "./packages.ts";
import { compile, type Matcher } from "./canonical.ts";

/**
 * Methods other than commands of Redis that keep what they are given, and where in their arguments it stands.
 *
 * Source: the published types of `@upstash/vector` 1.2.3, `search` 0.1.7, `qstash` 2.12.0, `workflow` 1.3.3, `kafka`
 * 1.3.5, `realtime` 1.1.0, `rag-chat` 2.0.3, `semantic-cache` 1.0.5 and `kafkajs` 2.2.4.
 */
export interface Delivery {
  /** Where the argument stands. */
  readonly index: number;
  /**
   * Properties of the argument, or of each of its elements where it is a list, that hold what is kept. Absent: all of it.
   */
  readonly holders?: readonly string[];
  /** What `redact` calls these parts: https://upstash.com/docs/qstash/howto/redact-fields */
  readonly redact?: "body" | "header";
}

const part = (index: number, ...holders: readonly string[]): Delivery => (holders.length > 0 ? { index, holders } : { index });
const message = (body: string): readonly Delivery[] => [
  { index: 0, holders: [body], redact: "body" },
  { index: 0, holders: ["headers"], redact: "header" },
];
const each = (names: string, deliveries: readonly Delivery[]): Readonly<Record<string, readonly Delivery[]>> =>
  Object.fromEntries(names.split(" ").map((name) => [name, deliveries]));

/** By product and method, where the receiver is a client, or a handle such as `index.namespace("n")` of one. */
export const DELIVERIES: Partial<Record<Product, Readonly<Record<string, readonly Delivery[]>>>> = {
  // https://upstash.com/docs/vector/sdks/ts/commands, https://upstash.com/docs/search/sdks/ts/commands
  vector: each("upsert update", [part(0, "metadata", "data")]),
  // The content of a search index is meant to be found.
  search: each("upsert", [part(0, "metadata")]),
  // Bodies and headers stand in logs and in the dead letter queue.
  qstash: each("publish publishJSON batch batchJSON enqueue enqueueJSON create", message("body")),
  workflow: { trigger: message("body"), notify: [{ index: 0, holders: ["eventData"], redact: "body" }] },
  kafka: { produce: [part(1), part(2, "headers")], produceMany: [part(0, "value", "headers")] },
};

/**
 * Steps of a workflow that hand something to QStash, by the method of the run's context. They have no `redact` of their
 * own: what the run was triggered with holds for its steps (https://upstash.com/docs/workflow/howto/redact-fields).
 */
export const WORKFLOW_STEPS: Readonly<Record<string, readonly Delivery[]>> = {
  ...each("call invoke", [part(1, "body", "headers")]),
  notify: [part(2)],
};

/** Handles and namespaces that lead to their client: `client.queue({ … })`, `client.schedules`. */
export const DELIVERY_HANDLES: ReadonlySet<string> = new Set(["namespace", "index", "queue", "producer"]);
export const DELIVERY_NAMESPACES: ReadonlySet<string> = new Set(["schedules", "urlGroups", "topics"]);

interface DeliveryRow {
  readonly pattern: string;
  readonly product: Product;
  readonly keeps: readonly Delivery[];
}

/** By the canonical path of the method, for objects that are no clients of their own. */
export const DELIVERY_ROWS: readonly DeliveryRow[] = [
  // Events go to subscribers, and with `history` into a stream.
  { pattern: "@upstash/realtime#Realtime.{emit,channel.emit}", product: "realtime", keeps: [part(1)] },
  { pattern: "@upstash/rag-chat#RAGChat.context.{add,addMany}", product: "rag-chat", keeps: [part(0)] },
  { pattern: "@upstash/rag-chat#RAGChat.history.addMessage", product: "rag-chat", keeps: [part(0, "message")] },
  // A question and its answer go into the history of the chat.
  { pattern: "@upstash/rag-chat#RAGChat.chat", product: "rag-chat", keeps: [part(0), part(1, "metadata")] },
  // The key is kept, too: it is what is compared.
  { pattern: "@upstash/semantic-cache#SemanticCache.set", product: "semantic-cache", keeps: [part(0), part(1)] },
];

export const DELIVERY_PATHS: Matcher<DeliveryRow> = compile(DELIVERY_ROWS);

/** Messages of kafkajs, whose client is known by the broker that it is pointed at. */
export const KAFKAJS_DELIVERIES: Readonly<Record<string, readonly Delivery[]>> = {
  send: [part(0, "messages")],
  sendBatch: [part(0, "topicMessages")],
};

/** All methods of these tables. */
export const DELIVERY_METHODS: ReadonlySet<string> = new Set([
  ...Object.values(DELIVERIES).flatMap((methods) => Object.keys(methods)),
  ...["emit", "add", "addMany", "addMessage", "chat", "set"],
  ...Object.keys(KAFKAJS_DELIVERIES),
]);

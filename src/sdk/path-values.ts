import type { Product } from "./packages.ts";

/** An argument that a client puts into the path of its request as it is. */
export interface PathValue {
  readonly product: Product;
  /** The method, behind the member of the client that has it: `messages.get`. */
  readonly method: string;
  /** The argument's index, and the property of it where it is an object. */
  readonly argument: number;
  readonly property?: string;
  /** What it is, for messages. */
  readonly label: string;
  /** A list of them is sent elsewhere. */
  readonly notAsList?: true;
}

const rows = (product: Product, label: string, argument: number, property: string | undefined, ...methods: readonly string[]): readonly PathValue[] =>
  methods.map((method) => ({ product, method, argument, label, ...(property === undefined ? {} : { property }) }));
const single = (given: readonly PathValue[]): readonly PathValue[] => given.map((row) => ({ ...row, notAsList: true }));

/**
 * Found out by running the clients against a local server (tests/sdk/path-values.test.ts): @upstash/vector 1.2,
 * @upstash/search 0.1, @upstash/redis 1.39, @upstash/qstash 2.12, @upstash/workflow 1.3. Destinations of messages are in
 * `model/input/destinations.ts`.
 */
export const PATH_VALUES: readonly PathValue[] = [
  ...rows("vector", "namespace", 0, undefined, "namespace", "deleteNamespace"),
  ...rows("vector", "namespace", 1, "namespace", "upsert", "update", "query", "queryMany", "resumableQuery", "delete", "fetch", "range"),
  ...rows("vector", "namespace", 0, "namespace", "reset"),
  ...rows("search", "index", 0, undefined, "index"),
  ...rows("redis", "channel", 0, undefined, "subscribe", "psubscribe"),
  ...single(rows("qstash", "message id", 0, undefined, "messages.get", "messages.cancel", "messages.delete", "messages.deleteMany")),
  ...single(rows("qstash", "id", 0, undefined, "dlq.delete", "dlq.deleteMany")),
  ...rows("qstash", "schedule id", 0, undefined, "schedules.get", "schedules.delete"),
  ...rows("qstash", "schedule id", 0, "schedule", "schedules.pause", "schedules.resume"),
  ...single(rows("qstash", "run id", 0, undefined, "workflow.cancel")),
  ...rows("qstash", "queue name", 0, "queueName", "queue"),
  ...rows("qstash", "flow control key", 0, undefined, "flowControl.get", "flowControl.pause", "flowControl.resume", "flowControl.pin", "flowControl.unpin", "flowControl.resetRate"),
  ...rows("qstash", "name", 0, undefined, "urlGroups.get", "urlGroups.delete", "topics.get", "topics.delete"),
  ...rows("qstash", "name", 0, "name", "urlGroups.addEndpoints", "urlGroups.removeEndpoints", "topics.addEndpoints", "topics.removeEndpoints"),
  ...rows("workflow", "event id", 0, "eventId", "notify", "getWaiters"),
  ...rows("workflow", "run id", 0, "workflowRunId", "notify"),
  ...rows("workflow", "id", 0, "dlqId", "dlq.retryFailureFunction"),
];

import type { Product } from "./packages.ts";

/** What a token must allow for a method. `unknown`: whether a read-only token may run it is not documented. */
export type MethodAccess = "read" | "write" | "unknown";

/** Members of clients that are looked into: `qstash.messages.get`. */
export const METHOD_GROUPS: ReadonlySet<string> = new Set(["messages", "schedules", "dlq", "urlGroups", "topics", "flowControl", "workflow"]);
/** Methods that hand out a part of the service: `index.namespace("a").query`. */
export const METHOD_OPENERS: ReadonlySet<string> = new Set(["namespace", "index", "queue", "chat"]);

const rows = (access: MethodAccess, methods: string): readonly (readonly [way: string, access: MethodAccess])[] => methods.split(/\s+/u).map((way) => [way, access]);

/**
 * Methods of clients other than Redis', by the way to them from the client: `query`, `schedules.create`, `queue().pause`.
 *
 * Source: the published code of `@upstash/vector` 1.2, `@upstash/search` 0.1, `@upstash/qstash` 2.12 and `@upstash/workflow` 1.3,
 * whose members `tests/sdk/service-methods.test.ts` compares; https://upstash.com/docs/qstash/howto/readonly-token.
 */
const METHODS: Readonly<Partial<Record<Product, ReadonlyMap<string, MethodAccess>>>> = {
  vector: new Map([
    ...rows("read", "query queryMany fetch range info listNamespaces namespace().query namespace().fetch namespace().range"),
    ...rows("write", "upsert update delete reset deleteNamespace namespace().upsert namespace().update namespace().delete namespace().reset"),
    // The server keeps the place of such a query.
    ...rows("unknown", "resumableQuery namespace().resumableQuery"),
  ]),
  search: new Map([
    ...rows("read", "listIndexes info index().search index().fetch index().range index().info"),
    ...rows("write", "index().upsert index().delete index().reset index().deleteIndex"),
  ]),
  qstash: new Map([
    ...rows("read", "logs events messages.get schedules.get schedules.list dlq.listMessages urlGroups.list urlGroups.get topics.list topics.get"),
    ...rows("read", "flowControl.get flowControl.getGlobalParallelism queue().get queue().list"),
    ...rows("write", "publish publishJSON batch batchJSON messages.cancel messages.delete messages.deleteMany messages.deleteAll"),
    ...rows("write", "schedules.create schedules.delete schedules.pause schedules.resume dlq.delete dlq.deleteMany dlq.retry"),
    ...rows("write", "urlGroups.addEndpoints urlGroups.removeEndpoints urlGroups.delete topics.addEndpoints topics.removeEndpoints topics.delete"),
    ...rows("write", "flowControl.pause flowControl.resume flowControl.pin flowControl.unpin flowControl.resetRate workflow.cancel"),
    ...rows("write", "queue().upsert queue().delete queue().enqueue queue().enqueueJSON queue().pause queue().resume"),
    // A prompt to a model, at whose cost is not said.
    ...rows("unknown", "chat().create chat().prompt"),
  ]),
  workflow: new Map([
    ...rows("read", "logs getWaiters dlq.list"),
    ...rows("write", "trigger cancel notify dlq.resume dlq.restart dlq.retryFailureFunction dlq.delete"),
  ]),
};

/** What a method of a product's client needs, by the way to it. Undefined: it is no method that we know, or one of Redis. */
export const serviceAccess = (product: Product, way: string): MethodAccess | undefined => METHODS[product]?.get(way);

/** Names of methods that change something, without the way to them. */
export const SERVICE_WRITES: ReadonlySet<string> = new Set(
  Object.values(METHODS).flatMap((methods) => [...methods].flatMap(([way, access]) => (access === "write" ? [way.slice(way.lastIndexOf(".") + 1)] : []))),
);

/** All methods of a product's client, for tests. */
export const serviceMethods = (product: Product): readonly string[] => [...(METHODS[product]?.keys() ?? [])];

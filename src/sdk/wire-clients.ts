import type { ArgRole } from "./redis-commands.ts";

/**
 * Clients of other makers that speak the protocol of Redis or Kafka, and reach Upstash where they are pointed at one of
 * its hosts: where they take address, password and TLS.
 *
 * Source: the published types of `ioredis` 6.0.0, `redis` 6.3.1 and `kafkajs` 2.2.4. TLS is off in all three unless it is
 * asked for: by `rediss://`, `tls`, `socket.tls` or `ssl`.
 */
export interface WireClient {
  readonly library: "ioredis" | "redis" | "kafkajs";
  readonly product: "redis" | "kafka";
  /** Paths of options in the options object. */
  readonly secrets: readonly string[];
  readonly addresses: readonly string[];
  /** The option that switches TLS on. */
  readonly tls: string;
}

const IOREDIS: WireClient = { library: "ioredis", product: "redis", secrets: ["password"], addresses: ["host"], tls: "tls" };
const NODE_REDIS: WireClient = {
  library: "redis",
  product: "redis",
  secrets: ["password"],
  addresses: ["url", "socket.host"],
  tls: "socket.tls",
};
const KAFKAJS: WireClient = {
  library: "kafkajs",
  product: "kafka",
  secrets: ["sasl.password", "sasl.username"],
  addresses: ["brokers"],
  tls: "ssl",
};

const WIRE_CLIENTS: ReadonlyMap<string, WireClient> = new Map([
  ["ioredis#Redis", IOREDIS],
  ["ioredis#default", IOREDIS],
  ["ioredis#", IOREDIS],
  ["redis#createClient", NODE_REDIS],
  ["redis#createClientPool", NODE_REDIS],
  ["@redis/client#createClient", NODE_REDIS],
  ["@redis/client#createClientPool", NODE_REDIS],
  ["kafkajs#Kafka", KAFKAJS],
]);

const PACKAGES: ReadonlySet<string> = new Set(["ioredis", "redis", "@redis/client", "kafkajs"]);

/** Whether a specifier means one of the packages, in any spelling that `normaliseSource` knows. */
export const isWirePackage = (source: string): boolean => PACKAGES.has(source);

/**
 * The client that a package's export makes.
 *
 * @param path the export and what is read of it: `["default", "Redis"]`; a leading `default` counts for nothing.
 */
export function wireClient(source: string, path: readonly string[]): WireClient | undefined {
  const names = path[0] === "default" ? path.slice(1) : path;
  return names.length > 1 ? undefined : WIRE_CLIENTS.get(`${source}#${names[0] ?? ""}`);
}

/** Methods that are handed a command word by word: ioredis' `call`, node-redis' `sendCommand`. */
export const RAW_METHODS: ReadonlySet<string> = new Set(["call", "callBuffer", "sendCommand"]);

/** Whether a method begins a pipeline or transaction; both clients gather what is called on it. */
export const isBatchStart = (method: string): boolean => method === "pipeline" || method === "multi";

/**
 * node-redis' methods whose arguments are not those of the method of that name in Upstash's SDK, by the number of
 * arguments; 0 stands for any other.
 *
 * Source: the published types of `@redis/client` 6.3.1. Elements of a sorted set are `{ score, value }` there.
 */
export const NODE_REDIS_UNLIKE_SDK: ReadonlyMap<string, Readonly<Record<number, readonly ArgRole[]>>> = new Map([
  ["hset", { 0: ["key", "fieldEntries"], 3: ["key", "field", "value"] }],
  ["zadd", { 0: ["key", "value", "other"] }],
  ["hsetex", { 0: ["key", "fieldEntries", "options"] }],
]);

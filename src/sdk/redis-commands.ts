/**
 * Redis commands: what each argument of a client method or of a raw command array means.
 *
 * Source: the code and types of `@upstash/redis` 1.39.0 and `@vercel/kv` 3.0.0; raw names also from Redis' own command
 * reference. `tests/sdk/redis-commands.test.ts` walks the installed SDKs and compares with what they put on the wire.
 */

export type ArgRole =
  | "key"
  /** Several keys: an array, or one key of the rest. */
  | "keys"
  /** Data: stored by a write, compared by a read. May be an array for `smismember` and `zmscore`. */
  | "value"
  /** A name inside a key: hash field (one or an array), JSON path, vector id. */
  | "field"
  | "ttlSeconds"
  | "ttlMilliseconds"
  | "expireAtSeconds"
  | "expireAtMilliseconds"
  /** Object that may carry an expiry: `ex`, `px`, `exat`, `pxat`, `keepTtl`, `persist`, `expiration`. */
  | "options"
  /** `{ match: pattern, count, type }` */
  | "scanOptions"
  /** `{ key: value }` */
  | "keyEntries"
  /** `{ field: value }`; for `armset` `{ index: value }` or `[index, value][]`. */
  | "fieldEntries"
  /** `{ score, member: value }`; the first of a `zadd` may instead be flags (no `score`). */
  | "scoredMember"
  /** `{ key, path, value }` of `json.mset`. */
  | "keyPathValue"
  /** `{ longitude, latitude, member: value }`; the first of a `geoadd` may instead be flags. */
  | "geoMember"
  | "pattern"
  /** One channel or an array of them. */
  | "channel"
  /** Lua source. */
  | "script"
  /** `{ code: Lua source, replace }` of `functions.load`. */
  | "scriptLibrary"
  | "scriptKeys"
  | "scriptArgs"
  | "other";

export interface CommandSpec {
  /** `write`: changes data or expiry, or sends a message. `admin`: changes the database, its scripts or its indexes. */
  readonly access: "read" | "write" | "admin";
  readonly args: readonly ArgRole[];
  /** Role of all further arguments. Absent: there are none. */
  readonly rest?: ArgRole;
  /** Can carry its own expiry. */
  readonly ttl?: "inline";
  /** Refused with the read-only token although it only reads. */
  readonly fullAccessOnly?: true;
  /** A write whose `value` only picks what is already stored (`srem`, `lrem`, …): nothing new is kept. */
  readonly stores?: false;
}

/** A command as an array of words; use {@link rawArgRoles} to read one. */
export interface RawCommandSpec extends CommandSpec {
  /** Words that may follow `args`, with the roles of the words that belong to each. */
  readonly flags?: Readonly<Record<string, readonly ArgRole[]>>;
  /** A count stands after `args`, then as many words of this role. */
  readonly counted?: "key" | "scriptKeys";
  /** Roles that repeat until the end; stands instead of `rest`. */
  readonly cycle?: readonly ArgRole[];
}

type Extras = Omit<CommandSpec, "access" | "args">;
type Row = readonly [name: string, spec: CommandSpec];

/** One row per name; `names` is separated by blanks. */
function rows(access: CommandSpec["access"], args: readonly ArgRole[], names: string, extras: Extras = {}): Row[] {
  return names.split(" ").map((name) => [name, { access, args, ...extras }]);
}

const READS: readonly Row[] = [
  ...rows("read", [], "dbsize randomkey time functions.stats search.alias.list"),
  ...rows("read", ["other"], "echo ping functions.list"),
  ...rows("read", [], "scriptExists", { rest: "other" }),
  ...rows(
    "read",
    ["key"],
    "get strlen hgetall hkeys hvals hlen llen scard smembers zcard type ttl pttl xlen arlen arnext",
  ),
  ...rows("read", ["key"], "getrange getbit bitcount bitpos lindex lrange zcount zlexcount zrange", { rest: "other" }),
  ...rows("read", ["key"], "hrandfield srandmember geosearch xinfo xrange xrevrange xpending", { rest: "other" }),
  ...rows("read", ["key"], "arget argetrange armget arcount arinfo arop arscan arlastitems argrep", { rest: "other" }),
  ...rows("read", ["key"], "exists touch pfcount sdiff sinter sunion", { rest: "key" }),
  ...rows("read", ["keys"], "mget", { rest: "keys" }),
  ...rows("read", ["keys", "other"], "sintercard"),
  ...rows("read", ["other", "keys", "other"], "zunion"),
  ...rows("read", ["keys", "other", "other"], "xread"),
  ...rows("read", ["key", "field"], "hget hexists hstrlen httl hpttl hexpiretime hpexpiretime"),
  ...rows("read", ["key"], "hmget", { rest: "field" }),
  ...rows("read", ["key", "value"], "sismember smismember zmscore zrank zrevrank zscore"),
  ...rows("read", ["key", "value", "other"], "lpos"),
  ...rows("read", ["key", "value", "value", "other"], "geodist"),
  ...rows("read", ["key"], "geohash geopos", { rest: "value" }),
  ...rows("read", ["key", "other", "scanOptions"], "hscan sscan zscan"),
  ...rows("read", ["other", "scanOptions"], "scan", { fullAccessOnly: true }),
  ...rows("read", ["pattern"], "keys", { fullAccessOnly: true }),
  ...rows("read", ["channel"], "subscribe"),
  ...rows("read", ["pattern"], "psubscribe"),
  ...rows("read", ["script", "scriptKeys", "scriptArgs"], "evalRo"),
  ...rows("read", ["other", "scriptKeys", "scriptArgs"], "evalshaRo functions.callRo"),
  ...rows("read", ["scriptKeys", "scriptArgs"], "createScript().evalRo createScript().evalshaRo"),
  ...rows("read", ["key", "field"], "json.arrlen json.objkeys json.objlen json.resp json.strlen json.type"),
  ...rows("read", ["key", "field"], "json.get", { rest: "field" }),
  ...rows("read", ["keys", "field"], "json.mget"),
  ...rows("read", ["key", "field", "value"], "json.arrindex", { rest: "other" }),
  ...rows("read", ["other"], "search.index().query search.index().aggregate search.index().count"),
  ...rows("read", [], "search.index().describe search.index().waitIndexing vector.index().count vector.index().info"),
  ...rows("read", ["field"], "vector.index().get"),
  ...rows("read", ["other"], "vector.index().query"),
];

const inline = { ttl: "inline" } as const;

const WRITES: readonly Row[] = [
  ...rows("write", ["key", "value", "options"], "set", inline),
  ...rows("write", ["key", "ttlSeconds", "value"], "setex", inline),
  ...rows("write", ["key", "ttlMilliseconds", "value"], "psetex", inline),
  ...rows("write", ["key", "value"], "setnx getset append"),
  ...rows("write", ["key", "other", "value"], "setrange"),
  ...rows("write", ["keyEntries"], "mset msetnx"),
  ...rows("write", ["key"], "incr decr getdel persist"),
  ...rows("write", ["key", "other"], "incrby decrby incrbyfloat lpop rpop spop zpopmax zpopmin"),
  ...rows("write", ["key", "other", "other"], "setbit ltrim zremrangebylex zremrangebyrank zremrangebyscore"),
  ...rows("write", ["key", "options"], "getex", inline),
  ...rows("write", ["key"], "bitfield"),
  ...rows("write", ["other", "other", "value"], "bitfield().set"),
  ...rows("write", ["other", "other", "other"], "bitfield().get bitfield().incrby"),
  ...rows("write", ["other", "key", "key"], "bitop", { rest: "key" }),

  ...rows("write", ["key", "fieldEntries"], "hset hmset armset"),
  ...rows("write", ["key", "field", "value"], "hsetnx"),
  ...rows("write", ["key", "options", "fieldEntries"], "hsetex", inline),
  ...rows("write", ["key", "options"], "hgetex", { rest: "field", ttl: "inline" }),
  ...rows("write", ["key"], "hdel hgetdel", { rest: "field" }),
  ...rows("write", ["key", "field", "other"], "hincrby hincrbyfloat"),
  ...rows("write", ["key", "field", "ttlSeconds", "other"], "hexpire"),
  ...rows("write", ["key", "field", "ttlMilliseconds", "other"], "hpexpire"),
  ...rows("write", ["key", "field", "expireAtSeconds", "other"], "hexpireat"),
  ...rows("write", ["key", "field", "expireAtMilliseconds", "other"], "hpexpireat"),
  ...rows("write", ["key", "field"], "hpersist"),

  ...rows("write", ["key"], "lpush rpush lpushx rpushx sadd pfadd arinsert", { rest: "value" }),
  ...rows("write", ["key", "other", "other", "value"], "linsert"),
  ...rows("write", ["key", "other", "value"], "lset"),
  ...rows("write", ["key", "other", "value"], "lrem", { stores: false }),
  ...rows("write", ["key", "key", "other", "other"], "lmove"),
  ...rows("write", ["other", "keys", "other", "other"], "lmpop"),
  ...rows("write", ["key", "other"], "arset arring", { rest: "value" }),
  ...rows("write", ["key"], "ardel ardelrange arseek", { rest: "other" }),

  ...rows("write", ["key"], "srem zrem", { rest: "value", stores: false }),
  ...rows("write", ["key", "key", "value"], "smove", { stores: false }),
  ...rows("write", ["key", "key"], "sdiffstore sinterstore sunionstore pfmerge", { rest: "key" }),
  ...rows("write", ["key"], "zadd", { rest: "scoredMember" }),
  ...rows("write", ["key", "other", "value"], "zincrby"),
  ...rows("write", ["key", "other", "keys", "other"], "zinterstore zunionstore"),
  ...rows("write", ["key", "other"], "zdiffstore", { rest: "key" }),
  ...rows("write", ["key"], "geoadd", { rest: "geoMember" }),
  ...rows("write", ["key", "key"], "geosearchstore", { rest: "other" }),

  ...rows("write", ["key", "other", "fieldEntries", "other"], "xadd"),
  ...rows("write", ["key"], "xtrim xdel xdelex xack xackdel xclaim xautoclaim xgroup", { rest: "other" }),
  ...rows("write", ["other", "other", "keys", "other", "other"], "xreadgroup"),
  ...rows("write", ["channel", "value"], "publish"),

  ...rows("write", ["key"], "del unlink", { rest: "key" }),
  ...rows("write", ["key", "key"], "rename renamenx"),
  ...rows("write", ["key", "key", "other"], "copy"),
  ...rows("write", ["key", "ttlSeconds", "other"], "expire"),
  ...rows("write", ["key", "ttlMilliseconds", "other"], "pexpire"),
  ...rows("write", ["key", "expireAtSeconds", "other"], "expireat"),
  ...rows("write", ["key", "expireAtMilliseconds", "other"], "pexpireat"),

  ...rows("write", ["key", "field", "value", "other"], "json.set"),
  ...rows("write", [], "json.mset", { rest: "keyPathValue" }),
  ...rows("write", ["key", "field", "value"], "json.merge json.strappend"),
  ...rows("write", ["key", "field"], "json.arrappend", { rest: "value" }),
  ...rows("write", ["key", "field", "other"], "json.arrinsert", { rest: "value" }),
  ...rows("write", ["key", "field"], "json.numincrby json.nummultby json.arrpop json.arrtrim", { rest: "other" }),
  ...rows("write", ["key", "field"], "json.del json.forget json.clear json.toggle"),

  ...rows("write", ["script", "scriptKeys", "scriptArgs"], "eval"),
  ...rows("write", ["other", "scriptKeys", "scriptArgs"], "evalsha functions.call"),
  // `exec` only reads on a script made with `{ readonly: true }`; the table takes the writable one.
  ...rows("write", ["scriptKeys", "scriptArgs"], "createScript().exec createScript().eval createScript().evalsha"),
  ...rows("write", ["field", "value"], "vector.index().add"),
  ...rows("write", ["field"], "vector.index().delete"),
];

const ADMIN: readonly Row[] = [
  ...rows("admin", ["other"], "flushall flushdb scriptFlush functions.delete"),
  ...rows("admin", [], "functions.flush search.index().drop vector.index().drop"),
  ...rows("admin", ["script"], "scriptLoad"),
  ...rows("admin", ["scriptLibrary"], "functions.load"),
  ...rows("admin", ["other", "other"], "clientSetinfo"),
  ...rows("admin", ["other"], "search.createIndex vector.createIndex search.index().addAlias"),
  ...rows("admin", ["other"], "search.alias.add search.alias.delete"),
];

/** `VercelKV` adds async iterators; each runs the command of the same name until the cursor is 0. */
const VERCEL_KV: readonly Row[] = [
  ...rows("read", ["scanOptions"], "scanIterator", { fullAccessOnly: true }),
  ...rows("read", ["key", "scanOptions"], "hscanIterator sscanIterator zscanIterator"),
];

/**
 * Commands by method path as called on the client: `"set"`, `"json.set"`, `"functions.load"`. `()` stands for the
 * object that a call returns: `"createScript().eval"`, `"search.index().query"` (also for `search.createIndex()`),
 * `"vector.index().add"`, `"bitfield().set"`. A path that is missing is no command: see {@link NON_COMMAND_METHODS}.
 */
export const REDIS_COMMANDS: ReadonlyMap<string, CommandSpec> = new Map([...READS, ...WRITES, ...ADMIN, ...VERCEL_KV]);

/** Whether the read-only token may not run a command; false for what is no command. */
export function needsFullAccess(name: string): boolean {
  const spec = REDIS_COMMANDS.get(name);
  return spec !== undefined && (spec.access !== "read" || spec.fullAccessOnly === true);
}

/** Client methods whose chain takes every data command and returns itself; the chain's `exec()` sends the batch. */
export const BATCH_METHODS = ["pipeline", "multi"] as const;

/** Commands that exist on the client but not on a batch: everything under `search` and `vector`, and these. */
export const NOT_ON_BATCH: ReadonlySet<string> = new Set([
  "subscribe",
  "psubscribe",
  ...VERCEL_KV.map(([name]) => name),
]);

export type MemberKind =
  /** `exec([name, ...words])` runs any command: see {@link rawArgRoles}. On a batch it sends the batch instead. */
  | "raw"
  | "batch"
  /** Returns an object with commands of its own, listed in {@link REDIS_COMMANDS} under `path()`. */
  | "handle"
  | "namespace"
  /** Sees every request of the client. */
  | "middleware"
  /** Event listeners of a subscription. */
  | "listener"
  /** Ends a chain and sends it. */
  | "send"
  /** State and helpers that send nothing. */
  | "internal";

export interface ClientMember {
  readonly kind: MemberKind;
  readonly args?: readonly ArgRole[];
}

const members = (kind: MemberKind, names: string, args?: readonly ArgRole[]): [string, ClientMember][] =>
  names.split(" ").map((name) => [name, args === undefined ? { kind } : { kind, args }]);

/** Members of a client, and of what its methods return, that are no commands. Same paths as {@link REDIS_COMMANDS}. */
export const NON_COMMAND_METHODS: ReadonlyMap<string, ClientMember> = new Map([
  ...members("raw", "exec"),
  ...members("batch", "pipeline multi autoPipeline"),
  ...members("handle", "createScript", ["script", "other"]),
  ...members("handle", "search.index vector.index", ["other"]),
  ...members("namespace", "json functions search vector search.alias"),
  ...members("middleware", "use", ["other"]),
  ...members("send", "pipeline().exec bitfield().exec"),
  ...members("listener", "subscribe().on subscribe().addEventListener subscribe().removeEventListener"),
  ...members("listener", "subscribe().unsubscribe subscribe().removeAllListeners subscribe().getSubscribedChannels"),
  ...members("internal", "client opts enableTelemetry enableAutoPipelining addTelemetry readYourWritesSyncToken"),
  ...members("internal", "pipeline().client pipeline().commands pipeline().commandOptions pipeline().multiExec"),
  ...members("internal", "pipeline().length pipeline().chain"),
  ...members(
    "internal",
    "bitfield().command bitfield().client bitfield().opts bitfield().execOperation bitfield().chain",
  ),
  ...members("internal", "bitfield().overflow"),
  ...members("internal", "createScript().script createScript().sha1 createScript().initPromise createScript().redis"),
  ...members("internal", "createScript().init createScript().digest"),
  ...members("internal", "search.index().name search.index().schema search.index().client"),
  ...members("internal", "vector.index().name vector.index().client vector.index().commandOptions"),
  ...members("internal", "subscribe().subscriptions subscribe().client subscribe().listeners subscribe().opts"),
  ...members("internal", "subscribe().subscribeToChannel subscribe().subscribeToPattern subscribe().handleMessage"),
  ...members("internal", "subscribe().dispatchToListeners subscribe().dispatchEvent"),
]);

const TTL_FLAGS = {
  EX: ["ttlSeconds"],
  PX: ["ttlMilliseconds"],
  EXAT: ["expireAtSeconds"],
  PXAT: ["expireAtMilliseconds"],
} as const satisfies Record<string, readonly ArgRole[]>;
const FIELDS = { FIELDS: ["other"] } as const satisfies Record<string, readonly ArgRole[]>;
const MATCH = { MATCH: ["pattern"], COUNT: ["other"] } as const satisfies Record<string, readonly ArgRole[]>;
const CONDITIONS = { NX: [], XX: [], GT: [], LT: [], CH: [], INCR: [] } as const;

type RawRow = readonly [name: string, spec: RawCommandSpec];
type RawExtras = Omit<RawCommandSpec, "access" | "args">;

function raw(access: CommandSpec["access"], args: readonly ArgRole[], names: string, extras: RawExtras = {}): RawRow[] {
  return names.split(" ").map((name) => [name, { access, args, ...extras }]);
}

/** Methods that send their arguments in another shape than they take them, or under another name. */
const RAW_UNLIKE_METHOD: readonly RawRow[] = [
  ...raw("write", ["key", "value"], "SET", { flags: TTL_FLAGS, rest: "other", ttl: "inline" }),
  ...raw("write", ["key"], "GETEX", { flags: TTL_FLAGS, rest: "other", ttl: "inline" }),
  ...raw("write", [], "MSET MSETNX", { cycle: ["key", "value"] }),
  ...raw("write", ["key"], "HSET HMSET", { cycle: ["field", "value"] }),
  ...raw("write", ["key"], "HSETEX", {
    flags: { FNX: [], FXX: [], KEEPTTL: [], ...TTL_FLAGS, ...FIELDS },
    cycle: ["field", "value"],
    ttl: "inline",
  }),
  ...raw("write", ["key"], "HGETEX", { flags: { PERSIST: [], ...TTL_FLAGS, ...FIELDS }, rest: "field", ttl: "inline" }),
  ...raw("write", ["key"], "HGETDEL HPERSIST", { flags: FIELDS, rest: "field" }),
  ...raw("read", ["key"], "HTTL HPTTL HEXPIRETIME HPEXPIRETIME", { flags: FIELDS, rest: "field" }),
  ...raw("write", ["key", "ttlSeconds"], "HEXPIRE", { flags: { ...CONDITIONS, ...FIELDS }, rest: "field" }),
  ...raw("write", ["key", "ttlMilliseconds"], "HPEXPIRE", { flags: { ...CONDITIONS, ...FIELDS }, rest: "field" }),
  ...raw("write", ["key", "expireAtSeconds"], "HEXPIREAT", { flags: { ...CONDITIONS, ...FIELDS }, rest: "field" }),
  ...raw("write", ["key", "expireAtMilliseconds"], "HPEXPIREAT", {
    flags: { ...CONDITIONS, ...FIELDS },
    rest: "field",
  }),
  ...raw("write", ["key"], "ARMSET", { cycle: ["other", "value"] }),
  ...raw("write", ["key"], "ZADD", { flags: CONDITIONS, cycle: ["other", "value"] }),
  ...raw("write", ["key"], "GEOADD", { flags: CONDITIONS, cycle: ["other", "other", "value"] }),
  ...raw("write", ["key"], "XADD", {
    flags: { NOMKSTREAM: [], MAXLEN: ["other"], MINID: ["other"], LIMIT: ["other"] },
    cycle: ["field", "value"],
  }),
  ...raw("write", ["key"], "ZINTERSTORE ZUNIONSTORE ZDIFFSTORE", { counted: "key", rest: "other" }),
  ...raw("read", [], "SINTERCARD ZUNION ZINTER ZDIFF ZINTERCARD", { counted: "key", rest: "other" }),
  ...raw("write", [], "LMPOP ZMPOP", { counted: "key", rest: "other" }),
  ...raw("read", [], "XREAD", { rest: "other" }),
  ...raw("write", [], "XREADGROUP", { rest: "other" }),
  ...raw("write", ["other", "key"], "XGROUP", { rest: "other" }),
  ...raw("read", ["other", "key"], "XINFO", { rest: "other" }),
  ...raw("read", ["key"], "SMISMEMBER ZMSCORE", { rest: "value" }),
  ...raw("read", ["other"], "SCAN", { flags: MATCH, rest: "other", fullAccessOnly: true }),
  ...raw("read", ["key", "other"], "HSCAN SSCAN ZSCAN", { flags: MATCH, rest: "other" }),
  ...raw("read", ["key"], "MGET", { rest: "key" }),
  ...raw("read", [], "SUBSCRIBE", { rest: "channel" }),
  ...raw("read", [], "PSUBSCRIBE", { rest: "pattern" }),
  ...raw("write", [], "JSON.MSET", { cycle: ["key", "field", "value"] }),
  ...raw("read", ["key"], "JSON.MGET", { rest: "key" }),
  ...raw("write", ["script"], "EVAL", { counted: "scriptKeys", rest: "scriptArgs" }),
  ...raw("read", ["script"], "EVAL_RO", { counted: "scriptKeys", rest: "scriptArgs" }),
  ...raw("write", ["other"], "EVALSHA FCALL", { counted: "scriptKeys", rest: "scriptArgs" }),
  ...raw("read", ["other"], "EVALSHA_RO FCALL_RO", { counted: "scriptKeys", rest: "scriptArgs" }),
  ...raw("admin", ["other"], "SCRIPT FUNCTION", { rest: "other" }),
  ["SCRIPT LOAD", { access: "admin", args: ["other", "script"] }],
  ["SCRIPT EXISTS", { access: "read", args: ["other"], rest: "other" }],
  ["FUNCTION LOAD", { access: "admin", args: ["other"], flags: { REPLACE: [] }, rest: "script" }],
  ["FUNCTION LIST", { access: "read", args: ["other"], rest: "other" }],
  ["FUNCTION STATS", { access: "read", args: ["other"] }],
  ...raw("read", ["other"], "SEARCH.QUERY SEARCH.COUNT SEARCH.AGGREGATE SEARCH.DESCRIBE", { rest: "other" }),
  ...raw("read", [], "SEARCH.WAITINDEXING SEARCH.LISTALIASES", { rest: "other" }),
  ...raw("admin", ["other"], "SEARCH.CREATE SEARCH.DROP SEARCH.ALIASADD SEARCH.ALIASDEL", { rest: "other" }),
  ...raw("write", ["other", "field"], "VECTOR.ADD", { rest: "value" }),
  ...raw("write", ["other", "field"], "VECTOR.DEL"),
  ...raw("read", ["other", "field"], "VECTOR.GET"),
  ...raw("read", ["other"], "VECTOR.QUERY VECTOR.COUNT VECTOR.INFO", { rest: "other" }),
  ...raw("admin", ["other"], "VECTOR.CREATE VECTOR.DROP", { rest: "other" }),
];

/** Commands of Redis that have no method; some are refused over REST but reachable with ioredis and node-redis. */
const RAW_ONLY: readonly RawRow[] = [
  ...raw("read", ["key"], "DUMP EXPIRETIME PEXPIRETIME SUBSTR ZRANGEBYSCORE ZREVRANGEBYSCORE", { rest: "other" }),
  ...raw("read", ["key"], "ZREVRANGE ZRANGEBYLEX ZREVRANGEBYLEX ZRANDMEMBER BITFIELD_RO SORT_RO", { rest: "other" }),
  ...raw("read", ["key"], "GEORADIUS_RO GEORADIUSBYMEMBER_RO", { rest: "other" }),
  ...raw("read", ["key", "key"], "LCS", { rest: "other" }),
  ...raw("read", ["other", "key"], "OBJECT MEMORY", { rest: "other" }),
  ...raw("read", ["other"], "PUBSUB COMMAND", { rest: "other" }),
  ...raw("read", [], "LASTSAVE ROLE LOLWUT HELLO AUTH SELECT QUIT RESET READONLY WATCH", { rest: "other" }),
  ...raw("read", [], "SSUBSCRIBE UNSUBSCRIBE SUNSUBSCRIBE", { rest: "channel" }),
  ...raw("read", [], "PUNSUBSCRIBE", { rest: "pattern" }),
  ...raw("write", ["channel", "value"], "SPUBLISH"),
  ...raw("write", ["key"], "SORT GEORADIUS GEORADIUSBYMEMBER MOVE XSETID", { rest: "other" }),
  ...raw("write", ["key", "ttlMilliseconds", "value"], "RESTORE", { rest: "other", ttl: "inline" }),
  ...raw("write", ["key", "key"], "RPOPLPUSH BRPOPLPUSH BLMOVE ZRANGESTORE", { rest: "other" }),
  ...raw("write", ["key"], "BLPOP BRPOP BZPOPMIN BZPOPMAX", { rest: "other" }),
  ...raw("write", ["other"], "BLMPOP BZMPOP", { counted: "key", rest: "other" }),
  ...raw("admin", [], "ACL BGREWRITEAOF BGSAVE CLIENT CLUSTER CONFIG DEBUG FAILOVER INFO LATENCY MIGRATE", {
    rest: "other",
  }),
  ...raw("admin", [], "MODULE MONITOR PSYNC REPLICAOF SAVE SHUTDOWN SLAVEOF SLOWLOG SWAPDB SYNC", { rest: "other" }),
];

/** Top-level and JSON methods send `[name, ...args]` under their own name; {@link RAW_UNLIKE_METHOD} comes after. */
const RAW_LIKE_METHOD: readonly RawRow[] = [...READS, ...WRITES, ...ADMIN]
  .filter(([name]) => /^(?:json\.)?[a-z]+$/u.test(name))
  .map(([name, spec]) => [name.toUpperCase(), spec]);

/**
 * Commands by raw name in upper case, for `exec(["SET", k, v])`, REST arrays, ioredis' `call` and node-redis'
 * `sendCommand`. Positions count after the name; `"SCRIPT LOAD"` and its like count from the second word too.
 */
export const RAW_COMMANDS: ReadonlyMap<string, RawCommandSpec> = new Map([
  ...RAW_LIKE_METHOD,
  ...RAW_UNLIKE_METHOD,
  ...RAW_ONLY,
]);

/** A raw command, read word by word. */
export interface RawCommand {
  /** Key in {@link RAW_COMMANDS}. */
  readonly name: string;
  readonly spec: RawCommandSpec;
  /** One role per word after the name. */
  readonly roles: readonly ArgRole[];
}

/**
 * What each word of a raw command array means.
 *
 * @param words The name and its arguments; `undefined` where the text is not known. A word whose text decides about
 *   others (a flag, a count) and is not known is taken for data.
 * @returns `undefined` when the name is not known or is no command of ours.
 */
export function rawArgRoles(words: readonly (string | undefined)[]): RawCommand | undefined {
  const [first, ...args] = words;
  if (first === undefined) return undefined;
  const twoWords = `${first} ${args[0] ?? ""}`.toUpperCase();
  const name = RAW_COMMANDS.has(twoWords) ? twoWords : first.toUpperCase();
  const spec = RAW_COMMANDS.get(name);
  if (spec === undefined) return undefined;

  const roles: ArgRole[] = [...spec.args];
  if (spec.counted !== undefined) {
    const count = Number(args[roles.length]);
    roles.push("other");
    const known = Number.isInteger(count) ? Math.min(count, args.length) : 0;
    for (let index = 0; index < known; index++) roles.push(spec.counted);
  }
  skipFlags(spec, args, roles);
  // The id of a stream entry stands between the flags and the fields.
  if (name === "XADD") roles.push("other");
  const cycle = spec.cycle ?? [spec.rest ?? "other"];
  for (let turn = 0; roles.length < args.length; turn++) {
    roles.push(cycle[turn % cycle.length] ?? "other");
    if (spec.rest === "other") skipFlags(spec, args, roles);
  }
  return { name, spec, roles: roles.slice(0, args.length) };
}

function skipFlags({ flags }: RawCommandSpec, args: readonly (string | undefined)[], roles: ArgRole[]): void {
  if (flags === undefined) return;
  for (;;) {
    const word = args[roles.length]?.toUpperCase();
    if (word === undefined || !Object.hasOwn(flags, word)) return;
    roles.push("other");
    // `MAXLEN ~ 1000`: the comparison belongs to the flag.
    if (args[roles.length] === "~" || args[roles.length] === "=") roles.push("other");
    roles.push(...(flags[word] ?? []));
  }
}

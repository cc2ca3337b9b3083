import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Redis } from "@upstash/redis";
import { VercelKV } from "@vercel/kv";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type ArgRole,
  BATCH_METHODS,
  NON_COMMAND_METHODS,
  NOT_ON_BATCH,
  RAW_COMMANDS,
  rawArgRoles,
  REDIS_COMMANDS,
} from "../../src/sdk/redis-commands.ts";

let server: Server;
let redis: Redis;
let kv: VercelKV;
const received: string[][] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      const parsed = JSON.parse(body || "[]") as unknown[];
      received.push(parsed.map(String));
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ result: [] }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const options = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: "fake",
    enableTelemetry: false,
    enableAutoPipelining: false,
    retry: false,
    responseEncoding: false,
  } as const;
  redis = new Redis(options);
  kv = new VercelKV(options);
});

afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => void received.splice(0));

/** Names of the members of an object and of its classes, without what every object or event target has. */
function memberNames(object: object): string[] {
  const names = new Set<string>();
  for (let level = object; level !== Object.prototype && level !== EventTarget.prototype;) {
    for (const name of Object.getOwnPropertyNames(level)) names.add(name);
    level = Object.getPrototypeOf(level) as object;
  }
  names.delete("constructor");
  return [...names];
}

describe("surface of the installed SDK", () => {
  const known = (path: string): boolean => REDIS_COMMANDS.has(path) || NON_COMMAND_METHODS.has(path);
  const under = (prefix: string, object: object): string[] => memberNames(object).map((name) => `${prefix}${name}`);

  const everything = (): string[] => [
    ...memberNames(redis),
    ...under("json.", redis.json),
    ...under("functions.", redis.functions),
    ...under("search.", redis.search),
    ...under("search.alias.", redis.search.alias),
    ...under("search.index().", redis.search.index({ name: "i" })),
    ...under("vector.", redis.vector),
    ...under("vector.index().", redis.vector.index("i")),
    ...under("bitfield().", redis.bitfield("k")),
    ...under("createScript().", redis.createScript("return 1")),
    ...under("createScript().", redis.createScript("return 1", { readonly: true })),
    ...under("subscribe().", redis.subscribe([])),
    ...memberNames(kv),
  ];

  it("classifies every member", () => {
    expect(everything().filter((path) => !known(path))).toEqual([]);
  });

  it("classifies no member twice and knows none that the SDK lacks", () => {
    const real = new Set(everything());
    const table = [...REDIS_COMMANDS.keys(), ...NON_COMMAND_METHODS.keys()];
    const inherited = /^(?:subscribe\(\)\.(?:add|remove|dispatch)Event|pipeline\(\)\.)/u;
    expect(table.filter((path) => !real.has(path) && !inherited.test(path))).toEqual([]);
    expect(new Set(table).size).toBe(table.length);
  });

  it.each(BATCH_METHODS)("knows what %s() can do", (method) => {
    const chain = redis[method]();
    const members = [...memberNames(chain), ...under("json.", chain.json), ...under("functions.", chain.functions)];
    const own = members.filter((name) => !REDIS_COMMANDS.has(name) && !["json", "functions"].includes(name));
    expect(own.filter((name) => !NON_COMMAND_METHODS.has(`pipeline().${name}`))).toEqual([]);
    const missing = [...REDIS_COMMANDS.keys()].filter((path) => !path.includes("()") && !members.includes(path));
    expect(missing.filter((path) => !NOT_ON_BATCH.has(path) && !/^(?:search|vector)\./u.test(path))).toEqual([]);
    expect([...NOT_ON_BATCH].filter((path) => members.includes(path))).toEqual([]);
  });

  it("returns the chain from every data command of a batch", () => {
    const chain = redis.pipeline();
    expect(chain.set("k", "v").json.set("k", "$", 1).hset("h", { f: 1 }).bitfield("b").get("u8", 0).exec()).toBe(chain);
  });
});

/**
 * Client call -> words on the wire. The sentinels say what an argument *is*, by the SDK's parameter names and Redis'
 * reference: K key, V value, F field or path, S script, A script argument, C channel; 61 s, 62 ms, 63 at s, 64 at ms.
 */
const CALLS: readonly (readonly [path: string, args: readonly unknown[], wire: string])[] = [
  ["set", ["K1", "V1", { ex: 61 }], "set K1 V1 ex 61"],
  ["set", ["K1", "V1", { px: 62, nx: true, get: true }], "set K1 V1 nx get px 62"],
  ["set", ["K1", "V1", { exat: 63 }], "set K1 V1 exat 63"],
  ["set", ["K1", "V1", { pxat: 64 }], "set K1 V1 pxat 64"],
  ["set", ["K1", "V1", { keepTtl: true }], "set K1 V1 keepTtl"],
  ["setex", ["K1", 61, "V1"], "setex K1 61 V1"],
  ["psetex", ["K1", 62, "V1"], "psetex K1 62 V1"],
  ["setnx", ["K1", "V1"], "setnx K1 V1"],
  ["getset", ["K1", "V1"], "getset K1 V1"],
  ["append", ["K1", "V1"], "append K1 V1"],
  ["setrange", ["K1", 5, "V1"], "setrange K1 5 V1"],
  ["mset", [{ K1: "V1", K2: "V2" }], "mset K1 V1 K2 V2"],
  ["msetnx", [{ K1: "V1", K2: "V2" }], "msetnx K1 V1 K2 V2"],
  ["incrby", ["K1", 2], "incrby K1 2"],
  ["getex", ["K1", { px: 62 }], "getex K1 px 62"],
  ["getdel", ["K1"], "getdel K1"],
  ["bitop", ["and", "K1", "K2", "K3"], "bitop and K1 K2 K3"],
  ["hset", ["K1", { F1: "V1", F2: "V2" }], "hset K1 F1 V1 F2 V2"],
  ["hmset", ["K1", { F1: "V1" }], "hmset K1 F1 V1"],
  ["hsetnx", ["K1", "F1", "V1"], "hsetnx K1 F1 V1"],
  [
    "hsetex",
    ["K1", { conditional: "fnx", expiration: { ex: 61 } }, { F1: "V1", F2: "V2" }],
    "hsetex K1 FNX EX 61 FIELDS 2 F1 V1 F2 V2",
  ],
  ["hgetex", ["K1", { pxat: 64 }, "F1", "F2"], "hgetex K1 PXAT 64 FIELDS 2 F1 F2"],
  ["hgetdel", ["K1", "F1"], "hgetdel K1 FIELDS 1 F1"],
  ["hdel", ["K1", "F1", "F2"], "hdel K1 F1 F2"],
  ["hincrby", ["K1", "F1", 2], "hincrby K1 F1 2"],
  ["hincrbyfloat", ["K1", "F1", 2.5], "hincrbyfloat K1 F1 2.5"],
  ["hexpire", ["K1", ["F1", "F2"], 61, "NX"], "hexpire K1 61 NX FIELDS 2 F1 F2"],
  ["hpexpire", ["K1", "F1", 62], "hpexpire K1 62 FIELDS 1 F1"],
  ["hexpireat", ["K1", "F1", 63], "hexpireat K1 63 FIELDS 1 F1"],
  ["hpexpireat", ["K1", "F1", 64, "GT"], "hpexpireat K1 64 GT FIELDS 1 F1"],
  ["hpersist", ["K1", "F1"], "hpersist K1 FIELDS 1 F1"],
  ["lpush", ["K1", "V1", "V2"], "lpush K1 V1 V2"],
  ["rpush", ["K1", "V1", "V2"], "rpush K1 V1 V2"],
  ["lpushx", ["K1", "V1"], "lpushx K1 V1"],
  ["rpushx", ["K1", "V1"], "rpushx K1 V1"],
  ["linsert", ["K1", "before", "pivot", "V1"], "linsert K1 before pivot V1"],
  ["lset", ["K1", 0, "V1"], "lset K1 0 V1"],
  ["lrem", ["K1", 1, "V1"], "lrem K1 1 V1"],
  ["lmove", ["K1", "K2", "left", "right"], "lmove K1 K2 left right"],
  ["lmpop", [2, ["K1", "K2"], "LEFT", 3], "LMPOP 2 K1 K2 LEFT COUNT 3"],
  ["sadd", ["K1", "V1", "V2"], "sadd K1 V1 V2"],
  ["srem", ["K1", "V1", "V2"], "srem K1 V1 V2"],
  ["smove", ["K1", "K2", "V1"], "smove K1 K2 V1"],
  ["sdiffstore", ["K1", "K2", "K3"], "sdiffstore K1 K2 K3"],
  ["sinterstore", ["K1", "K2"], "sinterstore K1 K2"],
  ["sunionstore", ["K1", "K2"], "sunionstore K1 K2"],
  ["zadd", ["K1", { score: 1, member: "V1" }, { score: 2, member: "V2" }], "zadd K1 1 V1 2 V2"],
  ["zadd", ["K1", { nx: true, ch: true }, { score: 1, member: "V1" }], "zadd K1 nx ch 1 V1"],
  ["zincrby", ["K1", 2, "V1"], "zincrby K1 2 V1"],
  ["zrem", ["K1", "V1"], "zrem K1 V1"],
  ["zinterstore", ["K1", 2, ["K2", "K3"]], "zinterstore K1 2 K2 K3"],
  ["zunionstore", ["K1", 1, "K2", { aggregate: "max" }], "zunionstore K1 1 K2 aggregate max"],
  ["zdiffstore", ["K1", 2, "K2", "K3"], "zdiffstore K1 2 K2 K3"],
  ["geoadd", ["K1", { longitude: 1, latitude: 2, member: "V1" }], "geoadd K1 1 2 V1"],
  ["geoadd", ["K1", { xx: true }, { longitude: 1, latitude: 2, member: "V1" }], "geoadd K1 xx 1 2 V1"],
  [
    "geosearchstore",
    ["K1", "K2", { type: "FROMMEMBER", member: "m" }, { type: "BYRADIUS", radius: 1, radiusType: "KM" }, "ASC"],
    "GEOSEARCHSTORE K1 K2 FROMMEMBER m BYRADIUS 1 KM ASC",
  ],
  ["xadd", ["K1", "*", { F1: "V1", F2: "V2" }], "XADD K1 * F1 V1 F2 V2"],
  [
    "xadd",
    ["K1", "*", { F1: "V1" }, { nomkStream: true, trim: { type: "MAXLEN", comparison: "~", threshold: 9, limit: 5 } }],
    "XADD K1 NOMKSTREAM MAXLEN ~ 9 LIMIT 5 * F1 V1",
  ],
  ["xgroup", ["K1", { type: "CREATE", group: "g", id: "$" }], "XGROUP CREATE K1 g $"],
  ["pfadd", ["K1", "V1", "V2"], "pfadd K1 V1 V2"],
  ["pfmerge", ["K1", "K2"], "pfmerge K1 K2"],
  ["publish", ["C1", "V1"], "publish C1 V1"],
  ["rename", ["K1", "K2"], "rename K1 K2"],
  ["renamenx", ["K1", "K2"], "renamenx K1 K2"],
  ["copy", ["K1", "K2", { replace: true }], "COPY K1 K2 REPLACE"],
  ["del", ["K1", "K2"], "del K1 K2"],
  ["unlink", ["K1", "K2"], "unlink K1 K2"],
  ["expire", ["K1", 61, "NX"], "expire K1 61 NX"],
  ["pexpire", ["K1", 62], "pexpire K1 62"],
  ["expireat", ["K1", 63], "expireat K1 63"],
  ["pexpireat", ["K1", 64], "pexpireat K1 64"],
  ["persist", ["K1"], "persist K1"],
  ["arset", ["K1", 0, "V1", "V2"], "ARSET K1 0 V1 V2"],
  ["arinsert", ["K1", "V1"], "ARINSERT K1 V1"],
  ["arring", ["K1", 9, "V1"], "ARRING K1 9 V1"],
  ["json.set", ["K1", "F$", "V1", { nx: true }], "JSON.SET K1 F$ V1 NX"],
  ["json.mset", [{ key: "K1", path: "F$", value: "V1" }], "JSON.MSET K1 F$ V1"],
  ["json.merge", ["K1", "F$", "V1"], "JSON.MERGE K1 F$ V1"],
  ["json.arrappend", ["K1", "F$", "V1", "V2"], "JSON.ARRAPPEND K1 F$ V1 V2"],
  ["json.arrinsert", ["K1", "F$", 0, "V1"], "JSON.ARRINSERT K1 F$ 0 V1"],
  ["json.strappend", ["K1", "F$", "V1"], "JSON.STRAPPEND K1 F$ V1"],
  ["json.numincrby", ["K1", "F$", 2], "JSON.NUMINCRBY K1 F$ 2"],
  ["json.toggle", ["K1", "F$"], "JSON.TOGGLE K1 F$"],
  ["eval", ["S1", ["K1", "K2"], ["A1"]], "eval S1 2 K1 K2 A1"],
  ["evalsha", ["sha", ["K1"], ["A1", "A2"]], "evalsha sha 1 K1 A1 A2"],
  ["functions.call", ["fn", ["K1"], ["A1"]], "fcall fn 1 K1 A1"],
  ["functions.load", [{ code: "S1", replace: true }], "function load replace S1"],
  ["scriptLoad", ["S1"], "script load S1"],
  // Reads whose shape is easy to get wrong.
  ["mget", [["K1", "K2"]], "mget K1 K2"],
  ["mget", ["K1", "K2"], "mget K1 K2"],
  ["sintercard", [["K1", "K2"], { limit: 5 }], "sintercard 2 K1 K2 LIMIT 5"],
  ["zunion", [2, ["K1", "K2"]], "zunion 2 K1 K2"],
  ["smismember", ["K1", ["V1", "V2"]], "smismember K1 V1 V2"],
  ["httl", ["K1", ["F1", "F2"]], "httl K1 FIELDS 2 F1 F2"],
  ["scan", [0, { match: "P*", count: 9 }], "scan 0 match P* count 9"],
  ["hscan", ["K1", 0, { match: "P*" }], "hscan K1 0 match P*"],
  ["evalRo", ["S1", ["K1"], ["A1"]], "eval_ro S1 1 K1 A1"],
  ["json.mget", [["K1", "K2"], "F$"], "JSON.MGET K1 K2 F$"],
];

const TTL_ROLES: Readonly<Record<string, ArgRole>> = {
  61: "ttlSeconds",
  62: "ttlMilliseconds",
  63: "expireAtSeconds",
  64: "expireAtMilliseconds",
};
const CARRIERS: Readonly<Record<string, readonly ArgRole[]>> = {
  K: ["key", "keys", "keyEntries", "keyPathValue", "scriptKeys"],
  V: ["value", "keyEntries", "fieldEntries", "scoredMember", "geoMember", "keyPathValue"],
  F: ["field", "fieldEntries", "keyPathValue"],
  S: ["script", "scriptLibrary"],
  A: ["scriptArgs"],
  C: ["channel"],
  P: ["pattern", "scanOptions"],
};
const SENTINEL = /(?<![A-Z])[KVFSACP][\d$*]/gu;

describe("positions, on the wire", () => {
  it("covers at least 40 different writes", () => {
    const writes = new Set(CALLS.map(([path]) => path).filter((path) => REDIS_COMMANDS.get(path)?.access === "write"));
    expect(writes.size).toBeGreaterThanOrEqual(40);
  });

  it.each(CALLS)("%s %j -> %s", async (path, args, wire) => {
    const [namespace, method] = path.includes(".") ? path.split(".") : [undefined, path];
    const owner = (namespace === undefined ? redis : Reflect.get(redis, namespace)) as Record<string, unknown>;
    const call = owner[method ?? ""] as (...all: readonly unknown[]) => Promise<unknown>;
    await Reflect.apply(call, owner, args).catch(() => "the fake answer does not fit this command");
    expect(received).toEqual([wire.split(" ")]);

    const spec = REDIS_COMMANDS.get(path);
    args.forEach((argument, index) => {
      const role = spec?.args[index] ?? spec?.rest;
      for (const [sentinel] of JSON.stringify(argument).matchAll(SENTINEL)) {
        expect(CARRIERS[sentinel.charAt(0)], `${sentinel} at ${index}`).toContain(role);
      }
      const ttlRole = typeof argument === "number" ? TTL_ROLES[argument] : undefined;
      if (ttlRole !== undefined) expect(role).toBe(ttlRole);
    });
    expect(args.length <= (spec?.args.length ?? 0) || spec?.rest !== undefined, "arguments without a role").toBe(true);
  });

  it.each(CALLS)("%s %j: reads the words %s back", (path, _args, wire) => {
    const [, ...words] = wire.split(" ");
    const command = rawArgRoles(wire.split(" "));
    expect(command?.spec.access).toBe(REDIS_COMMANDS.get(path)?.access);
    expect(command?.spec.ttl).toBe(REDIS_COMMANDS.get(path)?.ttl);
    expect(command?.roles).toHaveLength(words.length);
    words.forEach((word, index) => {
      const role = command?.roles[index];
      const isLastOfJsonMget = path === "json.mget" && word.startsWith("F");
      if (/^[KVFSACP][\d$*]$/u.test(word) && !isLastOfJsonMget) {
        expect(CARRIERS[word.charAt(0)], `${word} at ${index}`).toContain(role);
      } else if (TTL_ROLES[word] !== undefined) {
        expect(role).toBe(TTL_ROLES[word]);
      } else if (!isLastOfJsonMget) {
        expect(role, `${word} at ${index}`).toBe("other");
      }
    });
  });

  it("iterates with the same commands", async () => {
    await kv
      .hscanIterator("K1", { match: "P*" })
      [Symbol.asyncIterator]()
      .next()
      .catch(() => undefined);
    expect(received[0]).toEqual(["hscan", "K1", "0", "match", "P*"]);
  });
});

describe("claims about single commands", () => {
  it.each(["set", "setex", "psetex", "getex", "hsetex", "hgetex"])("%s carries its own expiry", (name) => {
    expect(REDIS_COMMANDS.get(name)?.ttl).toBe("inline");
  });

  it("drops an expiry that json.set and hset do not know", async () => {
    await Reflect.apply(redis.hset, redis, ["K1", { F1: "V1" }, { ex: 61 }]);
    await Reflect.apply(redis.json.set, redis.json, ["K1", "$", "V1", { ex: 61 }]);
    expect(received.flat()).not.toContain("61");
    expect(["hset", "json.set", "mset", "lpush", "zadd"].map((name) => REDIS_COMMANDS.get(name)?.ttl)).toEqual(
      new Array(5).fill(undefined),
    );
  });

  it("keeps scan and keys from the read-only token", () => {
    const refused = [...REDIS_COMMANDS].filter(([, spec]) => spec.fullAccessOnly).map(([name]) => name);
    expect(refused.sort()).toEqual(["keys", "scan", "scanIterator"]);
    expect(RAW_COMMANDS.get("KEYS")?.fullAccessOnly).toBe(true);
    expect(RAW_COMMANDS.get("SCAN")?.fullAccessOnly).toBe(true);
  });

  it("marks the writes that only pick stored values", () => {
    const picks = [...REDIS_COMMANDS].filter(([, spec]) => spec.stores === false).map(([name]) => name);
    expect(picks.sort()).toEqual(["lrem", "smove", "srem", "zrem"]);
  });
});

describe("raw commands", () => {
  it("knows only roles that a word can have", () => {
    const forObjects = new Set<ArgRole | undefined>(["keys", "options", "scanOptions", "keyEntries", "fieldEntries"]);
    for (const role of ["scoredMember", "keyPathValue", "geoMember", "scriptLibrary"] as const) forObjects.add(role);
    const wrong = [...RAW_COMMANDS].filter(([, spec]) =>
      [...spec.args, spec.rest].some((role) => forObjects.has(role)),
    );
    expect(wrong.map(([name]) => name)).toEqual([]);
  });

  it("has a raw command for every method that is one command", () => {
    const names = [...REDIS_COMMANDS.keys()].filter((path) => /^(?:json\.)?[a-z]+$/u.test(path));
    expect(names.filter((name) => !RAW_COMMANDS.has(name.toUpperCase()))).toEqual([]);
  });

  it.each<[readonly (string | undefined)[], readonly ArgRole[] | undefined]>([
    [
      ["set", undefined, undefined, "EX", undefined],
      ["key", "value", "other", "ttlSeconds"],
    ],
    [
      ["SET", "k", "v", "NX", "px", "5"],
      ["key", "value", "other", "other", "ttlMilliseconds"],
    ],
    [
      ["hset", "k", "f", undefined, "g", undefined],
      ["key", "field", "value", "field", "value"],
    ],
    [
      ["EVAL", undefined, "1", "k", "a"],
      ["script", "other", "scriptKeys", "scriptArgs"],
    ],
    [
      ["EVAL", "s", undefined, "k"],
      ["script", "other", "scriptArgs"],
    ],
    [
      ["script", "load", undefined],
      ["other", "script"],
    ],
    [
      ["SCRIPT", "EXISTS", "sha"],
      ["other", "other"],
    ],
    [["SCRIPT", undefined], ["other"]],
    [
      ["ACL", "RESTTOKEN", "u", "p"],
      ["other", "other", "other"],
    ],
    [
      ["blmpop", "0", "1", "k", "LEFT"],
      ["other", "other", "key", "other"],
    ],
    [["ZADD", "k"], ["key"]],
    [["GET"], []],
    [["__proto__"], undefined],
    [["nosuch", "x"], undefined],
    [[undefined, "x"], undefined],
    [[], undefined],
    [
      ["ZUNION", "99999999999", "k"],
      ["other", "key"],
    ],
  ])("%j -> %j", (words, roles) => {
    expect(rawArgRoles(words)?.roles).toEqual(roles);
  });

  it.each(["FLUSHALL", "CONFIG", "ACL", "MONITOR", "SHUTDOWN", "FUNCTION", "SCRIPT"])("%s is admin", (name) => {
    expect(RAW_COMMANDS.get(name)?.access).toBe("admin");
  });
});

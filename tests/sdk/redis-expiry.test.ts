import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Redis } from "@upstash/redis";
import { VercelKV } from "@vercel/kv";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EXPIRY_OPTIONS, foreignOption, IOREDIS_WORDS, TIME_OPTIONS } from "../../src/sdk/redis-expiry.ts";

/* What `no-ignored-ttl` says of the client is what the installed client does: seen on the wire of a local server. */

let server: Server;
const clients: Record<string, Redis> = {};
const received: unknown[][] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      received.push(JSON.parse(body || "[]") as unknown[]);
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ result: null }));
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
  clients["@upstash/redis"] = new Redis(options);
  clients["@vercel/kv"] = new VercelKV(options);
});

afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => void received.splice(0));

type Loose = Record<string, (...args: readonly unknown[]) => Promise<unknown>>;

/** The words that a call puts on the wire, or the error that it throws. */
async function sent(client: Redis, method: string, args: readonly unknown[]): Promise<unknown> {
  const [group, name = ""] = method.includes(".") ? method.split(".") : [undefined, method];
  const owner = (group === undefined ? client : Reflect.get(client, group)) as Loose;
  try {
    const call = owner[name];
    if (!call) throw new Error(`no ${method}`);
    await Reflect.apply(call, owner, args).catch((error: unknown) => {
      if (error instanceof TypeError && received.length === 0) throw error;
    });
  } catch (error) {
    return error instanceof TypeError ? "TypeError" : String(error);
  }
  return received.at(-1);
}

const soon = new Date(2030, 0, 1);

/** What the rule reports, by what it says of it: the call, and what the server gets. */
const DROPPED: readonly (readonly [name: string, method: string, args: readonly unknown[], wire: unknown])[] = [
  ["wrong case", "set", ["k", "v", { EX: 60 }], ["set", "k", "v"]],
  ["wrong case of keepTtl", "set", ["k", "v", { keepttl: true }], ["set", "k", "v"]],
  ["wrong case of nx", "set", ["k", "v", { NX: true, ex: 60 }], ["set", "k", "v", "ex", 60]],
  ["another library's name", "set", ["k", "v", { ttl: 60 }], ["set", "k", "v"]],
  ["node-redis' form", "set", ["k", "v", { expiration: { type: "EX", value: 60 } }], ["set", "k", "v"]],
  ["a string", "set", ["k", "v", { ex: "60" }], ["set", "k", "v"]],
  ["a bigint", "set", ["k", "v", { ex: 60n }], ["set", "k", "v"]],
  ["a boolean", "set", ["k", "v", { ex: true }], ["set", "k", "v"]],
  ["a date", "set", ["k", "v", { exat: soon }], ["set", "k", "v"]],
  ["NaN", "set", ["k", "v", { ex: Number.NaN }], ["set", "k", "v", "ex", null]],
  ["NaN of setex", "setex", ["k", Number.NaN, "v"], ["setex", "k", null, "v"]],
  ["ex with px", "set", ["k", "v", { ex: 60, px: 1 }], ["set", "k", "v", "ex", 60]],
  ["px with keepTtl", "set", ["k", "v", { keepTtl: true, px: 1 }], ["set", "k", "v", "px", 1]],
  ["exat with pxat", "set", ["k", "v", { pxat: 2, exat: 1 }], ["set", "k", "v", "exat", 1]],
  ["nx with xx", "set", ["k", "v", { xx: true, nx: true }], ["set", "k", "v", "nx"]],
  ["ioredis' words", "set", ["k", "v", "EX", 60], "TypeError"],
  ["ioredis' flag", "set", ["k", "v", "NX"], "TypeError"],
  ["a bare number", "set", ["k", "v", 60], "TypeError"],
  ["setex with the value first", "setex", ["k", "v", 60], ["setex", "k", "v", 60]],
  ["getex in capitals", "getex", ["k", { EX: 60 }], ["getex", "k"]],
  ["getex with a string", "getex", ["k", { ex: "60" }], ["getex", "k"]],
  ["hgetex in capitals", "hgetex", ["k", { EX: 60 }, "f"], ["hgetex", "k", "FIELDS", 1, "f"]],
  ["hsetex without expiration", "hsetex", ["k", { ex: 60 }, { f: 1 }], ["hsetex", "k", "FIELDS", 1, "f", 1]],
  ["hsetex with keepTtl", "hsetex", ["k", { expiration: { keepTtl: true } }, { f: 1 }], ["hsetex", "k", "FIELDS", 1, "f", 1]],
  ["hset with options", "hset", ["k", { f: 1 }, { ex: 60 }], ["hset", "k", "f", 1]],
  ["json.set with options", "json.set", ["k", "$", 1, { ex: 60 }], ["JSON.SET", "k", "$", 1]],
  ["mset with options", "mset", [{ k: 1 }, { ex: 60 }], ["mset", "k", 1]],
];

/** What the rule leaves alone reaches the server. */
const SENT: readonly (readonly [name: string, method: string, args: readonly unknown[], wire: unknown])[] = [
  ["ex", "set", ["k", "v", { ex: 60 }], ["set", "k", "v", "ex", 60]],
  ["pxat", "set", ["k", "v", { pxat: 60 }], ["set", "k", "v", "pxat", 60]],
  ["keepTtl", "set", ["k", "v", { keepTtl: true }], ["set", "k", "v", "keepTtl"]],
  ["a falsy third argument", "set", ["k", "v", 0], ["set", "k", "v"]],
  ["an option that is undefined", "set", ["k", "v", { ex: undefined, px: 5 }], ["set", "k", "v", "px", 5]],
  ["a string as a plain argument", "setex", ["k", "60", "v"], ["setex", "k", "60", "v"]],
  ["a string for expire", "expire", ["k", "60"], ["expire", "k", "60"]],
  ["persist", "getex", ["k", { persist: true }], ["getex", "k", "persist"]],
  ["hsetex", "hsetex", ["k", { expiration: { keepttl: true } }, { f: 1 }], ["hsetex", "k", "KEEPTTL", "FIELDS", 1, "f", 1]],
];

describe.each(["@upstash/redis", "@vercel/kv"])("%s", (name) => {
  const client = (): Redis => {
    const found = clients[name];
    if (!found) throw new Error(name);
    return found;
  };

  it.each(DROPPED)("drops or misreads %s", async (_, method, args, wire) => {
    expect(await sent(client(), method, args)).toEqual(wire);
  });

  it.each(SENT)("sends %s", async (_, method, args, wire) => {
    expect(await sent(client(), method, args)).toEqual(wire);
  });

  it("stores options behind a list's elements as one more element", async () => {
    expect(await sent(client(), "lpush", ["k", "v", { ex: 60 }])).toEqual(["lpush", "k", "v", '{"ex":60}']);
  });

  it("reads each option of the table in its case, and in that order", async () => {
    for (const [method, { expiry, within }] of EXPIRY_OPTIONS) {
      const value = (option: string): unknown => (TIME_OPTIONS.has(option) ? 7 : true);
      const args = (options: readonly string[]): unknown[] => {
        const object = Object.fromEntries(options.map((option) => [option, value(option)]));
        const given = within === undefined ? object : { [within]: object };
        return ["set", "getex"].includes(method) ? ["k", ...(method === "set" ? ["v"] : []), given] : ["k", given, method === "hsetex" ? { f: 1 } : "f"];
      };
      for (const [index, option] of expiry.entries()) {
        // The first of all that are there is sent, and no other.
        const words = ((await sent(client(), method, args(expiry.slice(index)))) as unknown[]).map((word) => String(word).toLowerCase());
        expect(words, `${method} ${option}`).toContain(option.toLowerCase());
        for (const later of expiry.slice(index + 1)) expect(words).not.toContain(later.toLowerCase());
        const wrong = await sent(client(), method, args([option === option.toLowerCase() ? option.toUpperCase() : option.toLowerCase()]));
        expect((wrong as unknown[]).map((word) => String(word).toLowerCase())).not.toContain(option.toLowerCase());
      }
    }
  });

  it("makes a script that may write of `readOnly`, and one that may not of `readonly`", () => {
    expect(client().createScript("return 1", { readOnly: true } as never).constructor.name).toBe("Script");
    expect(client().createScript("return 1", { readonly: true }).constructor.name).toBe("ScriptRO");
  });
});

describe("names of other libraries", () => {
  it.each([
    ["ttl", "ex"],
    ["expiresIn", "ex"],
    ["expire_in", "ex"],
    ["ttlSeconds", "ex"],
    ["maxAge", "ex"],
    ["expirationTtl", "ex"],
    ["ttlMs", "px"],
    ["expiresInMs", "px"],
    ["expiresAt", "exat"],
    ["title", undefined],
    ["expired", undefined],
    ["throttle", undefined],
  ])("%s -> %s", (name, option) => {
    expect(foreignOption(name)).toBe(option);
  });

  it("knows ioredis' words by the options of set", () => {
    const { expiry = [], others = [] } = EXPIRY_OPTIONS.get("set") ?? {};
    expect([...IOREDIS_WORDS.values()].map(({ option }) => option).sort()).toEqual([...expiry, ...others].sort());
  });
});

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Client as QStash } from "@upstash/qstash";
import { Redis } from "@upstash/redis";
import { Search } from "@upstash/search";
import { Index } from "@upstash/vector";
import { Client as Workflow } from "@upstash/workflow";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Product } from "../../src/sdk/packages.ts";
import { PATH_VALUES } from "../../src/sdk/path-values.ts";

/* Which arguments go into the path of a request without being encoded: seen by a local server. */

let server: Server;
let clients: Partial<Record<Product, object>>;
const paths: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    paths.push(request.url ?? "");
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ result: [], messages: [], deleted: 0 }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  clients = {
    vector: new Index({ url, token: "fake", retry: false }),
    search: new Search({ url, token: "fake", retry: false } as never),
    redis: new Redis({ url, token: "fake", retry: false, enableTelemetry: false }),
    qstash: new QStash({ baseUrl: url, token: "fake", retry: false, enableTelemetry: false }),
    workflow: new Workflow({ baseUrl: url, token: "fake", retry: false } as never),
  };
});

afterAll(() => new Promise<void>((resolve) => {
  server.closeAllConnections();
  server.close(() => resolve());
}));
beforeEach(() => void paths.splice(0));

const VALUE = "a/b?c=d";
type Method = (...args: readonly unknown[]) => unknown;

/** Runs a method until it has its answer. */
async function call(owner: object, method: string, args: readonly unknown[]): Promise<unknown> {
  const names = method.split(".");
  const last = names.pop() ?? "";
  const receiver = names.reduce((at, name) => Reflect.get(at, name) as object, owner);
  const given = Reflect.apply(Reflect.get(receiver, last) as Method, receiver, args);
  await settled(given);
  return given;
}

/** Runs a method, and where it gives back something that sends later, one of its methods. */
async function run(owner: object, method: string, args: readonly unknown[]): Promise<void> {
  const given = await call(owner, method, args);
  for (const name of ["get", "reset"]) {
    const later: unknown = paths.length === 0 && typeof given === "object" && given !== null ? Reflect.get(given, name) : undefined;
    if (typeof later === "function") await settled(Reflect.apply(later as Method, given, []));
  }
  // A subscriber begins by itself.
  for (let waits = 0; paths.length === 0 && waits < 50; waits++) await new Promise((resolve) => setTimeout(resolve, 4));
}

async function settled(given: unknown): Promise<void> {
  // What the answer looks like does not matter.
  await Promise.resolve(given).catch(() => undefined);
}

function argumentsWith(argument: number, property: string | undefined, method: string): readonly unknown[] {
  const value = property === undefined ? VALUE : { ...(method === "notify" ? { eventId: "e" } : {}), [property]: VALUE, endpoints: [{ url: "https://example.com" }] };
  const first = /queryMany|upsert|fetch/u.test(method) ? [{ id: "1", vector: [1], topK: 1, data: "x" }] : { id: "1", data: "x", topK: 1, maxIdle: 1, limit: 1, cursor: 0, filter: "a = 1" };
  return argument === 0 ? [value, { parallelism: 1, rate: true }] : [first, value];
}

describe("what clients put into the path as it is", () => {
  it.each(PATH_VALUES)("$product $method, argument $argument $property", async ({ product, method, argument, property }) => {
    await run(clients[product] ?? {}, method, argumentsWith(argument, property, method));
    expect(paths[0]).toContain("/a/b?c=d");
  });

  it("two dots lead out of the namespace: another operation runs", async () => {
    await (clients.vector as Index).namespace("../reset").query({ data: "x", topK: 1 }).catch(() => undefined);
    expect(paths).toEqual(["/reset"]);
  });

  it("an encoded namespace stays one segment", async () => {
    await (clients.vector as Index).namespace(encodeURIComponent("../reset?all")).query({ data: "x", topK: 1 }).catch(() => undefined);
    expect(paths[0]).toMatch(/\/\.\.%2Freset%3Fall$/u);
  });
});

/** Every method of a client and of the objects that it holds, by name. */
function methodsOf(owner: object): readonly string[] {
  const own = namesOf(owner).filter((name) => isFunction(owner, name));
  const inner = namesOf(owner).flatMap((name) => {
    const held: unknown = Reflect.get(owner, name);
    const isApi = typeof held === "object" && held !== null && !/^(?:http|client|httpClient|vectorIndex)$/u.test(name) && !Array.isArray(held);
    return isApi ? namesOf(held).filter((method) => isFunction(held, method)).map((method) => `${name}.${method}`) : [];
  });
  return [...own, ...inner];
}

function namesOf(owner: object): readonly string[] {
  const names = new Set<string>();
  for (let at = owner; at !== Object.prototype; at = Reflect.getPrototypeOf(at) ?? Object.prototype) {
    for (const name of Object.getOwnPropertyNames(at)) if (name !== "constructor" && !name.startsWith("_")) names.add(name);
  }
  return [...names];
}

const isFunction = (owner: object, name: string): boolean => typeof Reflect.get(owner, name) === "function";

/** Sends to addresses that are its business, or none. */
const OTHERS = /^(?:publish|enqueue|batch|trigger|schedules\.create|llm|chat|prompt)/u;

describe("the table is complete", () => {
  it.each(["vector", "search", "qstash", "workflow"] as const)("every method of %s that takes such a value has a row", async (product) => {
    const owner = clients[product] ?? {};
    const unknown: string[] = [];
    for (const method of methodsOf(owner)) {
      if (OTHERS.test(method)) continue;
      const rows = PATH_VALUES.filter((row) => row.product === product && row.method === method);
      for (const [argument, property, args] of ATTEMPTS) {
        if (rows.some((row) => row.argument === argument && row.property === property)) continue;
        paths.splice(0);
        try {
          await call(owner, method, args);
        } catch {
          continue;
        }
        if (paths.some((path) => path.split("?")[0]?.includes("zz/yy") === true)) unknown.push(`${method} ${argument} ${property ?? ""}`);
      }
    }
    expect(unknown).toEqual([]);
  }, 30_000);
});

const MARK = "zz/yy";
const PROPERTIES = ["id", "namespace", "index", "name", "queueName", "queue", "schedule", "scheduleId", "messageId", "dlqId", "eventId", "workflowRunId", "key", "flowControlKey", "label", "cursor"];
const ATTEMPTS: readonly (readonly [argument: number, property: string | undefined, args: readonly unknown[]])[] = [
  [0, undefined, [MARK, {}]],
  [1, undefined, ["x", MARK]],
  ...PROPERTIES.map((name) => [0, name, [{ eventId: "e", endpoints: [], data: "x", topK: 1, [name]: MARK }, {}]] as const),
  ...PROPERTIES.map((name) => [1, name, [{ id: "1", data: "x", topK: 1 }, { [name]: MARK }]] as const),
];

describe("what the REST API would get", () => {
  const send = async (path: string): Promise<string | undefined> => {
    await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
    return paths[0];
  };

  it("a value with a slash becomes two words", async () => expect(await send(`/get/${VALUE}`)).toBe("/get/a/b?c=d"));
  it("two dots take away the word before them", async () => expect(await send("/get/../flushall")).toBe("/flushall"));
  it("encodeURI keeps slashes and question marks", async () => expect(await send(`/get/${encodeURI(VALUE)}`)).toBe("/get/a/b?c=d"));
  it("encodeURIComponent keeps one word", async () => expect(await send(`/get/${encodeURIComponent(VALUE)}`)).toBe("/get/a%2Fb%3Fc%3Dd"));
  it("no encoding stops two dots that are a word of their own", async () =>
    expect(await send(`/set/${encodeURIComponent("..")}/${encodeURIComponent("flushall")}`)).toBe("/flushall"));
});

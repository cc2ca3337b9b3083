import { Client as QStash } from "@upstash/qstash";
import { Search } from "@upstash/search";
import { Index } from "@upstash/vector";
import { Client as Workflow } from "@upstash/workflow";
import { describe, expect, it } from "vitest";
import type { Product } from "../../src/sdk/packages.ts";
import { METHOD_GROUPS, METHOD_OPENERS, serviceAccess, serviceMethods } from "../../src/sdk/service-methods.ts";

/* The table of methods is that of the installed SDKs: nothing is missing, and nothing is made up. */

const URL = "http://127.0.0.1:9";
const vector = new Index({ url: URL, token: "fake" });
const search = new Search({ url: URL, token: "fake" });
const qstash = new QStash({ baseUrl: URL, token: "fake", enableTelemetry: false });
const workflow = new Workflow({ baseUrl: URL, token: "fake" });

/** Members of the SDKs' objects that are no way to the service. */
const INNER = new Set(["constructor", "client", "http", "httpClient", "vectorIndex", "indexName", "queueName", "token"]);
const OPENED: Readonly<Record<string, object>> = {
  "vector namespace": vector.namespace("a"),
  "search index": search.index("a"),
  "qstash queue": qstash.queue({ queueName: "a" }),
  // Deprecated, and still there.
  "qstash chat": Reflect.apply(Reflect.get(qstash, "chat") as () => object, qstash, []),
};

function membersOf(owner: object): readonly string[] {
  const names = new Set<string>();
  for (let at: unknown = owner; typeof at === "object" && at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) if (!INNER.has(name)) names.add(name);
  }
  return [...names];
}

const isMethod = (owner: object, name: string): boolean => typeof Reflect.get(owner, name) === "function";

function waysOf(product: Product, owner: object): readonly string[] {
  return membersOf(owner).flatMap((name) => {
    const opened = METHOD_OPENERS.has(name) && isMethod(owner, name) ? OPENED[`${product} ${name}`] : undefined;
    if (opened) return membersOf(opened).filter((inner) => isMethod(opened, inner)).map((inner) => `${name}().${inner}`);
    if (isMethod(owner, name)) return [name];
    const group: unknown = METHOD_GROUPS.has(name) ? Reflect.get(owner, name) : undefined;
    return typeof group === "object" && group !== null ? membersOf(group).filter((inner) => isMethod(group, inner)).map((inner) => `${name}.${inner}`) : [];
  });
}

describe("methods of the SDKs", () => {
  it.each([
    ["vector", vector],
    ["search", search],
    ["qstash", qstash],
    ["workflow", workflow],
  ] as const)("%s", (product, client) => {
    const known = new Set(serviceMethods(product));
    const ways = waysOf(product, client);
    expect(ways.filter((way) => !known.has(way) && !UNDOCUMENTED.has(`${product} ${way}`))).toEqual([]);
    expect([...known].filter((way) => !ways.includes(way))).toEqual([]);
  });

  it("tells reads from writes", () => {
    expect(serviceAccess("vector", "query")).toBe("read");
    expect(serviceAccess("vector", "namespace().upsert")).toBe("write");
    expect(serviceAccess("qstash", "schedules.create")).toBe("write");
    expect(serviceAccess("redis", "get")).toBeUndefined();
  });
});

/** Helpers of the SDKs' own classes that TypeScript calls private. */
const UNDOCUMENTED = new Set(["qstash chat().createThirdParty", "qstash chat().getAuthorizationToken"]);

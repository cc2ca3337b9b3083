import * as qstash from "@upstash/qstash";
import * as search from "@upstash/search";
import * as vector from "@upstash/vector";
import * as workflow from "@upstash/workflow";
import { describe, expect, it } from "vitest";
import { DELIVERIES, DELIVERY_PATHS, DELIVERY_ROWS } from "../../src/sdk/deliveries.ts";
import { parsePath } from "../../src/sdk/canonical.ts";

/** A client of each product, with the handles that its rows are called on. */
const client = new qstash.Client({ token: "token", baseUrl: "http://localhost" });
const url = "http://localhost";
const RECEIVERS: Readonly<Record<string, readonly object[]>> = {
  vector: [new vector.Index({ url, token: "token" }), new vector.Index({ url, token: "token" }).namespace("n")],
  search: [new search.Search({ url, token: "token" }).index("n")],
  qstash: [client, client.queue({ queueName: "q" }), client.schedules],
  workflow: [new workflow.Client({ token: "token", baseUrl: url })],
};

describe.each(Object.entries(RECEIVERS))("deliveries of %s", (product, receivers) => {
  it.each(Object.keys(DELIVERIES[product as keyof typeof DELIVERIES] ?? {}))("%s is a method", (method) => {
    expect(receivers.some((receiver) => typeof (receiver as Record<string, unknown>)[method] === "function")).toBe(true);
  });
});

it("rows by path match what they are written for", () => {
  for (const path of ["@upstash/realtime#Realtime.emit", "@upstash/realtime#Realtime.channel.emit", "@upstash/semantic-cache#SemanticCache.set", "@upstash/rag-chat#RAGChat.context.addMany"]) {
    expect(DELIVERY_PATHS.match(parsePath(path)), path).toBeDefined();
  }
  expect(DELIVERY_PATHS.match(parsePath("@upstash/semantic-cache#SemanticCache.get"))).toBeUndefined();
  expect(DELIVERY_ROWS.every(({ keeps }) => keeps.length > 0)).toBe(true);
});

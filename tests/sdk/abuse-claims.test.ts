import { randomUUID } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Client as QStash, Receiver } from "@upstash/qstash";
import { verifySignatureH3 } from "@upstash/qstash/h3";
import { Redis } from "@upstash/redis";
import { Search } from "@upstash/search";
import { Index } from "@upstash/vector";
import { H3, toNodeHandler } from "h3";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { signedBy } from "../helpers/qstash-signature.ts";

/* What the pages of the rules on abuse of commands say of the SDKs, seen by a local server. Each name is the claim. */

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let server: Server;
let url = "";
const received: Received[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      received.push({ path: request.url ?? "", headers: request.headers, body });
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ result: [], messageId: "m" }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
});
beforeEach(() => void received.splice(0));

const QUOTE = "x' OR '1' = '1";

/** What the server got; how the client takes the answer does not matter. */
async function sent(call: Promise<unknown>): Promise<Received> {
  await call.catch(() => undefined);
  const [first] = received;
  if (!first) throw new Error("Nothing was sent.");
  return first;
}

describe("no-filter-injection", () => {
  it("Vector sends a filter as it is written", async () => {
    const { body } = await sent(new Index({ url, token: "fake", retry: false }).query({ data: "a", topK: 1, filter: `city = '${QUOTE}'` }));
    expect(JSON.parse(body)).toMatchObject({ filter: `city = '${QUOTE}'` });
  });

  it("Search puts quotes around the texts of a structured filter and escapes nothing in them", async () => {
    const index = new Search({ url, token: "fake", retry: false } as never).index<{ city: string }>("docs");
    const { body } = await sent(index.search({ query: "a", filter: { city: { equals: QUOTE } } }));
    expect((JSON.parse(body) as { filter: string }).filter).toContain(`'${QUOTE}'`);
  });
});

describe("no-untrusted-destination", () => {
  const client = (): QStash => new QStash({ baseUrl: url, token: "fake", retry: false, enableTelemetry: false });

  it("an address stands in the path as it is", async () => {
    const { path } = await sent(client().publishJSON({ url: "https://a.example/jobs?now=1", body: {} }));
    expect(path).toBe("/v2/publish/https://a.example/jobs?now=1");
  });

  it("a destination reaches other endpoints of the API", async () => {
    const { path } = await sent(client().publishJSON({ url: "https://a.example/../../../../../messages", body: {} }));
    expect(path).toMatch(/^\/(?:v2\/)?messages$/u);
  });

  it("headers are forwarded, and those that begin with `Upstash-` are instructions", async () => {
    const { headers } = await sent(client().publishJSON({ url: "https://a.example", body: {}, headers: { Cookie: "sid=1", "Upstash-Callback": "https://evil.example" } }));
    expect(headers).toMatchObject({ "upstash-forward-cookie": "sid=1", "upstash-callback": "https://evil.example" });
  });
});

describe("no-untrusted-command, no-dangerous-commands, no-script-injection", () => {
  const redis = (): Redis => new Redis({ url, token: "fake", retry: false, enableTelemetry: false, enableAutoPipelining: false });

  it("exec() runs whatever command it is given", async () => {
    const { body } = await sent(redis().exec(["FLUSHALL"]));
    expect(JSON.parse(body)).toEqual(["FLUSHALL"]);
  });

  it("a method that is chosen by name runs the command of that name", async () => {
    const { body } = await sent((redis() as unknown as Record<string, () => Promise<unknown>>)["flushdb"]?.() ?? Promise.resolve());
    expect(JSON.parse(body)).toEqual(["flushdb"]);
  });

  it("scan() without options has no pattern", async () => {
    const { body } = await sent(redis().scan(0));
    expect(JSON.parse(body)).toEqual(["scan", 0]);
  });

  it("Lua is sent as it is, with keys and arguments apart from it", async () => {
    const { body } = await sent(redis().eval("return ARGV[1]", ["k"], ["'; redis.call('FLUSHALL')"]));
    expect(JSON.parse(body)).toEqual(["eval", "return ARGV[1]", 1, "k", "'; redis.call('FLUSHALL')"]);
  });
});

describe("require-qstash-verification", () => {
  const keys = { currentSigningKey: randomUUID(), nextSigningKey: randomUUID() };
  const body = JSON.stringify({ id: 7, name: "a b" });

  it("verify() gives a promise that fails where the signature is wrong: unawaited, it stops nothing", async () => {
    const answer = new Receiver(keys).verify({ signature: signedBy(randomUUID(), body), body });
    expect(answer).toBeInstanceOf(Promise);
    await expect(answer).rejects.toThrow();
  });

  it("verify() is true where the signature is right, by either key", async () => {
    for (const key of Object.values(keys)) await expect(new Receiver(keys).verify({ signature: signedBy(key, body), body })).resolves.toBe(true);
  });

  it("a body that was parsed and written anew fails the check where its text differs", async () => {
    const spaced = '{ "id": 7 }';
    await expect(new Receiver(keys).verify({ signature: signedBy(keys.currentSigningKey, spaced), body: JSON.stringify(JSON.parse(spaced)) })).rejects.toThrow();
  });

  it("without keys nothing passes", async () => {
    await expect(new Receiver({}).verify({ signature: signedBy("", body), body })).rejects.toThrow();
  });

  it("the wrapper for h3 refuses what QStash has signed", async () => {
    const app = new H3().post("/jobs", verifySignatureH3(async () => "ok", keys));
    const own = createServer(toNodeHandler(app));
    await new Promise<void>((resolve) => own.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${(own.address() as AddressInfo).port}/jobs`;
    const { status } = await fetch(address, { method: "POST", headers: { "upstash-signature": signedBy(keys.currentSigningKey, body) }, body });
    own.close();
    expect(status).toBeGreaterThanOrEqual(400);
  });
});

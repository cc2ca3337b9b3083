import { createHash, createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as qstash from "@upstash/qstash";
import * as ratelimit from "@upstash/ratelimit";
import * as redisNode from "@upstash/redis";
import * as redisCloudflare from "@upstash/redis/cloudflare";
import * as redisFastly from "@upstash/redis/fastly";
import * as vercelKv from "@vercel/kv";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type EnvReads,
  isUpstashSpecifier,
  packageNameOf,
  SDK_EXPORTS,
  sdkExport,
  type SdkExport,
} from "../../src/sdk/packages.ts";

const FAKE_OPTIONS = {
  enableTelemetry: false,
  enableAutoPipelining: false,
  retry: false,
  responseEncoding: false,
} as const;

let server: Server;
let origin: string;
/** First segment of the path and bearer token of each request: both are the name of the variable they come from. */
const received: { url: string; secret: string }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = request.url?.split("/")[1] ?? "";
    received.push({ url, secret: (request.headers.authorization ?? "").replace("Bearer ", "") });
    request.resume();
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ result: null }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const VARIABLES = [...SDK_EXPORTS.values()]
  .flatMap((entry) => Object.values(entry))
  .flatMap((row) => Object.values(row.env ?? {}))
  .flatMap(({ url, secret }) => [...url, ...secret]);

beforeEach(() => {
  received.length = 0;
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  for (const name of [...VARIABLES, "QSTASH_REGION", "QSTASH_DEV"]) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Each address leads to a path of the local server with the variable's name; each secret is the variable's name. */
const fakeEnv = ({ url, secret }: EnvReads): Record<string, string> =>
  Object.fromEntries([...url.map((name) => [name, `${origin}/${name}`]), ...secret.map((name) => [name, name])]);
const stubAll = (values: Record<string, string>): void => {
  for (const [name, value] of Object.entries(values)) vi.stubEnv(name, value);
};
const row = (specifier: string, name: string): SdkExport => {
  const found = sdkExport(specifier, name);
  if (found === undefined) throw new Error(`no row for ${specifier}#${name}`);
  return found;
};
const envOf = (specifier: string, name: string, method: string): EnvReads => {
  const found = row(specifier, name).env?.[method];
  if (found === undefined) throw new Error(`${specifier}#${name}.${method} reads nothing`);
  return found;
};

describe("rows against the installed packages", () => {
  const MODULES: Readonly<Record<string, () => Promise<object>>> = {
    "@upstash/redis": async () => redisNode,
    "@upstash/redis/cloudflare": async () => redisCloudflare,
    "@upstash/redis/fastly": async () => redisFastly,
    "@vercel/kv": async () => vercelKv,
    "@upstash/ratelimit": async () => ratelimit,
    "@upstash/qstash": async () => qstash,
    "@upstash/qstash/nextjs": () => import("@upstash/qstash/nextjs"),
    "@upstash/qstash/h3": () => import("@upstash/qstash/h3"),
    "@upstash/qstash/nuxt": () => import("@upstash/qstash/nuxt"),
    "@upstash/qstash/svelte": () => import("@upstash/qstash/svelte"),
    "@upstash/qstash/solidjs": () => import("@upstash/qstash/solidjs"),
    "@upstash/qstash/hono": () => import("@upstash/qstash/hono"),
    "@upstash/qstash/cloudflare": () => import("@upstash/qstash/cloudflare"),
    "@upstash/qstash/workflow": () => import("@upstash/qstash/workflow"),
    "@upstash/workflow": () => import("@upstash/workflow"),
    "@upstash/workflow/nextjs": () => import("@upstash/workflow/nextjs"),
    "@upstash/workflow/h3": () => import("@upstash/workflow/h3"),
    "@upstash/workflow/svelte": () => import("@upstash/workflow/svelte"),
    "@upstash/workflow/solidjs": () => import("@upstash/workflow/solidjs"),
    "@upstash/workflow/hono": () => import("@upstash/workflow/hono"),
    "@upstash/workflow/cloudflare": () => import("@upstash/workflow/cloudflare"),
    "@upstash/workflow/astro": () => import("@upstash/workflow/astro"),
    "@upstash/workflow/express": () => import("@upstash/workflow/express"),
    "@upstash/workflow/tanstack": () => import("@upstash/workflow/tanstack"),
    "@upstash/workflow/react-router": () => import("@upstash/workflow/react-router"),
  };

  it("knows every entry point of these packages", () => {
    const ours = [...SDK_EXPORTS.keys()].filter((entry) =>
      /^@(?:upstash\/(?:redis|ratelimit|qstash|workflow)|vercel)/u.test(entry),
    );
    expect(ours.sort()).toEqual(Object.keys(MODULES).sort());
  });

  it.each(Object.keys(MODULES))("%s: every runtime export is classified, and nothing else", async (specifier) => {
    const names = Object.keys((await MODULES[specifier]?.()) ?? {});
    // Node shows a CommonJS package's `module.exports` as `default` as well; the package has no such export.
    const real =
      specifier === "@vercel/kv" ? names : names.filter((name) => name !== "default" && name !== "module.exports");
    expect(Object.keys(SDK_EXPORTS.get(specifier) ?? {}).sort()).toEqual(real.sort());
  });

  it("has the methods that the rows name", () => {
    const redis = new redisNode.Redis({ ...FAKE_OPTIONS, url: origin, token: "fake" });
    const classes: readonly [specifier: string, name: string, type: object, instance: object][] = [
      ["@upstash/redis", "Redis", redisNode.Redis, redis],
      ["@vercel/kv", "VercelKV", vercelKv.VercelKV, redis],
      ["@upstash/ratelimit", "Ratelimit", ratelimit.Ratelimit, ratelimit.Ratelimit.prototype],
      [
        "@upstash/ratelimit",
        "MultiRegionRatelimit",
        ratelimit.MultiRegionRatelimit,
        ratelimit.MultiRegionRatelimit.prototype,
      ],
      ["@upstash/qstash", "Receiver", qstash.Receiver, qstash.Receiver.prototype],
      ["@upstash/qstash", "Client", qstash.Client, qstash.Client.prototype],
    ];
    for (const [specifier, name, type, instance] of classes) {
      for (const method of Object.keys(row(specifier, name).methods ?? {})) {
        // `limit` is an own property of the instance, made by the constructor.
        const limiter = name.endsWith("Ratelimit") && ["limit", "blockUntilReady"].includes(method);
        expect(limiter || method in type || method in instance, `${name}.${method}`).toBe(true);
      }
    }
    const limiter = new ratelimit.Ratelimit({ redis, limiter: ratelimit.Ratelimit.fixedWindow(1, "1 s") });
    expect([typeof limiter.limit, typeof limiter.blockUntilReady]).toEqual(["function", "function"]);
  });

  it("has no fromEnv on fastly", () => {
    expect("fromEnv" in redisFastly.Redis).toBe(false);
    expect(row("@upstash/redis/fastly", "Redis").env).toBeUndefined();
  });
});

describe("variables, by running the SDK", () => {
  const clients = {
    "@upstash/redis": () => redisNode.Redis.fromEnv(FAKE_OPTIONS),
    "@vercel/kv": () => vercelKv.VercelKV.fromEnv(FAKE_OPTIONS),
  };

  it.each([
    ["@upstash/redis", "Redis"],
    ["@vercel/kv", "VercelKV"],
  ] as const)("%s#%s.fromEnv reads url and token in this order", async (specifier, name) => {
    const env = envOf(specifier, name, "fromEnv");
    expect(env.url.length).toBe(env.secret.length);
    stubAll(fakeEnv(env));
    for (let place = 0; place < env.url.length; place++) {
      await clients[specifier]().get("k");
      expect(received.at(-1)).toEqual({ url: env.url[place], secret: env.secret[place] });
      // An empty variable counts as missing.
      vi.stubEnv(env.url[place] ?? "", "");
      vi.stubEnv(env.secret[place] ?? "", "");
    }
    await expect(clients[specifier]().get("k")).rejects.toThrow();
  });

  it("@upstash/redis/cloudflare#Redis.fromEnv reads only its argument, without the KV names", async () => {
    const env = envOf("@upstash/redis/cloudflare", "Redis", "fromEnv");
    stubAll(fakeEnv(envOf("@upstash/redis", "Redis", "fromEnv")));
    await redisCloudflare.Redis.fromEnv(fakeEnv(env) as never, FAKE_OPTIONS).get("k");
    expect(received).toEqual([{ url: env.url[0], secret: env.secret[0] }]);
    await expect(redisCloudflare.Redis.fromEnv({} as never, FAKE_OPTIONS).get("k")).rejects.toThrow();
    const kvOnly = { KV_REST_API_URL: origin, KV_REST_API_TOKEN: "KV" };
    await expect(redisCloudflare.Redis.fromEnv(kvOnly as never, FAKE_OPTIONS).get("k")).rejects.toThrow();
  });

  it("@vercel/kv: kv and the default export read the KV names and refuse without them", async () => {
    stubAll({ UPSTASH_REDIS_REST_URL: origin, UPSTASH_REDIS_REST_TOKEN: "other" });
    expect(() => vercelKv.kv.get).toThrow(/KV_REST_API_URL/u);
    const env = envOf("@vercel/kv", "kv", "");
    expect(row("@vercel/kv", "default").env).toEqual({ "": env });
    stubAll(fakeEnv(env));
    await vercelKv.kv.get("k").catch(() => undefined);
    await vercelKv.default.get("k").catch(() => undefined);
    expect(new Set(received.map((request) => JSON.stringify(request)))).toEqual(
      new Set([JSON.stringify({ url: env.url[0], secret: env.secret[0] })]),
    );
  });

  it.each(["US_EAST_1", "EU_CENTRAL_1", undefined])("@upstash/qstash#Client in region %s", async (region) => {
    const env = envOf("@upstash/qstash", "Client", "");
    stubAll(fakeEnv(env));
    vi.stubEnv("QSTASH_REGION", region);
    await new qstash.Client({ retry: false }).publish({ url: "https://example.com", body: "b" }).catch(() => undefined);
    const prefix = region === undefined ? "" : `${region}_`;
    expect(received.at(-1)).toEqual({ url: `${prefix}QSTASH_URL`, secret: `${prefix}QSTASH_TOKEN` });
    expect(env.url).toContain(`${prefix}QSTASH_URL`);
    expect(env.secret).toContain(`${prefix}QSTASH_TOKEN`);
  });

  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  function sign(key: string, body: string): string {
    const seconds = Math.floor(Date.now() / 1000);
    const hash = createHash("sha256").update(body).digest("base64url");
    const claims = { iss: "Upstash", sub: "https://example.com", nbf: seconds - 5, exp: seconds + 60, body: hash };
    const unsigned = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
    return `${unsigned}.${createHmac("sha256", key).update(unsigned).digest("base64url")}`;
  }

  it("@upstash/qstash#Receiver needs both keys and takes a signature by either", async () => {
    const { secret } = envOf("@upstash/qstash", "Receiver", "");
    stubAll(Object.fromEntries(secret.map((name) => [name, name])));
    for (const name of secret) {
      await expect(new qstash.Receiver().verify({ body: "b", signature: sign(name, "b") })).resolves.toBe(true);
    }
    await expect(new qstash.Receiver().verify({ body: "b", signature: sign("else", "b") })).rejects.toThrow();
    vi.stubEnv(secret[1] ?? "", undefined);
    const signature = sign(secret[0] ?? "", "b");
    await expect(new qstash.Receiver().verify({ body: "b", signature })).rejects.toThrow();
  });

  it("wrappers take the keys as second argument, else from the environment, else refuse to wrap", async () => {
    const wrappers: Record<string, object> = {
      "@upstash/qstash/nextjs": await import("@upstash/qstash/nextjs"),
      "@upstash/qstash/h3": await import("@upstash/qstash/h3"),
      "@upstash/qstash/nuxt": await import("@upstash/qstash/nuxt"),
      "@upstash/qstash/svelte": await import("@upstash/qstash/svelte"),
      "@upstash/qstash/solidjs": await import("@upstash/qstash/solidjs"),
    };
    let seen = 0;
    for (const [specifier, module] of Object.entries(wrappers)) {
      for (const [name, wrap] of Object.entries(module) as [string, (...args: unknown[]) => unknown][]) {
        const { role, options, env } = row(specifier, name);
        if (role !== "handler-wrapper") continue;
        seen++;
        const handler = (): unknown => undefined;
        const config = Object.fromEntries((options?.secrets ?? []).map((option) => [option, "fake"]));
        const args: unknown[] = [handler];
        args[options?.index ?? 0] = config;
        expect(() => wrap(handler), name).toThrow(/signing/iu);
        expect(() => wrap(...args), name).not.toThrow();
        stubAll(Object.fromEntries((env?.[""]?.secret ?? []).map((variable) => [variable, "fake"])));
        expect(() => wrap(handler), name).not.toThrow();
        for (const variable of env?.[""]?.secret ?? []) vi.stubEnv(variable, undefined);
      }
    }
    expect(seen).toBe(7);
  });
});

describe("specifiers", () => {
  it.each([
    ["@upstash/redis", "@upstash/redis"],
    ["@upstash/redis/cloudflare", "@upstash/redis"],
    ["npm:@upstash/redis@1/cloudflare", "@upstash/redis"],
    ["npm:/@upstash/redis@^1.2.0", "@upstash/redis"],
    ["npm:@upstash/redis@1.2", "@upstash/redis"],
    ["jsr:@upstash/redis@1", "@upstash/redis"],
    ["https://esm.sh/@upstash/redis", "@upstash/redis"],
    ["https://esm.sh/v135/@upstash/redis@1.34.0/cloudflare?target=deno", "@upstash/redis"],
    ["https://esm.sh/*@upstash/ratelimit@2", "@upstash/ratelimit"],
    ["https://esm.sh/stable/@upstash/redis@1", "@upstash/redis"],
    ["https://esm.sh/jsr/@upstash/redis@1", "@upstash/redis"],
    ["https://unpkg.com/@upstash/redis@1.3/cloudflare.mjs", "@upstash/redis"],
    ["https://cdn.skypack.dev/@upstash/redis@v1.3.2", "@upstash/redis"],
    ["https://cdn.skypack.dev/-/@upstash/redis@v1.3.2-abc/dist=es2019/x.js", "@upstash/redis"],
    ["https://cdn.jsdelivr.net/npm/@upstash/redis@1/+esm", "@upstash/redis"],
    ["https://ga.jspm.io/npm:@upstash/redis@1.20.0/nodejs.mjs", "@upstash/redis"],
    ["https://deno.land/x/upstash_redis@v1.14.0/mod.ts", "@upstash/redis"],
    ["https://unpkg.com/%40upstash/redis", "@upstash/redis"],
    ["@vercel/kv", "@vercel/kv"],
    ["lodash/get", "lodash"],
    ["lodash@4/get", "lodash"],
    ["node:crypto", "crypto"],
    ["node:fs/promises", "fs"],
    ["./icon.svg?raw", ""],
    ["some-worker?worker", "some-worker"],
    ["./redis", ""],
    ["../lib/redis", ""],
    ["/src/redis", ""],
    ["@/lib/redis", ""],
    ["~/lib/redis", ""],
    ["#internal", ""],
    ["https://example.com/@upstash/redis", ""],
    ["https://", ""],
    ["data:text/javascript,1", ""],
    ["cloudflare:workers", ""],
    ["", ""],
  ])("%s -> %j", (specifier, name) => {
    expect(packageNameOf(specifier)).toBe(name);
    expect(isUpstashSpecifier(specifier)).toBe(/^@upstash\/|^@vercel\/kv$/u.test(name));
  });

  it.each([
    ["@upstash/redis/node", "@upstash/redis"],
    ["@upstash/redis/nodejs", "@upstash/redis"],
    ["@upstash/redis/with-fetch", "@upstash/redis"],
    ["@upstash/redis/cloudflare.mjs", "@upstash/redis/cloudflare"],
    ["@upstash/redis/workers", "@upstash/redis/cloudflare"],
    ["@upstash/redis/fastly.js", "@upstash/redis/fastly"],
    ["npm:@upstash/redis@1.2", "@upstash/redis"],
    ["npm:@upstash/redis@1.2/fastly", "@upstash/redis/fastly"],
    ["https://cdn.jsdelivr.net/npm/@upstash/redis@1/+esm", "@upstash/redis"],
    ["https://deno.land/x/upstash_redis@v1.14.0/mod.ts", "@upstash/redis"],
    ["https://deno.land/x/upstash_redis", "@upstash/redis"],
  ])("%s has the Redis of %s", (specifier, entry) => {
    expect(sdkExport(specifier, "Redis")).toBe(SDK_EXPORTS.get(entry)?.["Redis"]);
  });

  it("resolves the other entry points", () => {
    expect(sdkExport("@upstash/qstash/dist/nextjs", "verifySignatureAppRouter")?.role).toBe("handler-wrapper");
    expect(sdkExport("@upstash/vector/nodejs", "Index")?.product).toBe("vector");
    expect(sdkExport("@upstash/workflow/react-router", "serve")?.role).toBe("serve");
    expect(sdkExport("@upstash/realtime/client", "useRealtime")?.role).toBe("browser");
    expect(sdkExport("@upstash/search-ui", "SearchBar")?.role).toBe("browser");
    expect(sdkExport("@upstash/box", "Box")?.env?.["create"]?.secret).toEqual(["UPSTASH_BOX_API_KEY"]);
    expect(sdkExport("@vercel/kv", "default")?.role).toBe("client-instance");
  });

  it.each([
    ["@upstash/redis", "default"],
    ["@upstash/redis", "RedisConfigNodejs"],
    ["@upstash/redis", "constructor"],
    ["@upstash/redis", "__proto__"],
    ["@upstash/redis/cloudflare", "s"],
    ["@upstash/redis/package.json", "Redis"],
    ["@upstash/nosuch", "Redis"],
    ["@upstash/lock", "default"],
    ["ioredis", "Redis"],
    ["@/lib/redis", "Redis"],
    ["./redis", "Redis"],
    ["", ""],
  ])("%s#%s is none of ours", (specifier, name) => {
    expect(sdkExport(specifier, name)).toBeUndefined();
  });

  it("takes time in proportion to the length", () => {
    const start = performance.now();
    for (const part of ["@", "/", "a@", "npm:", "https://esm.sh/v1/", "*", "stable/"]) {
      packageNameOf(part.repeat(20_000));
      packageNameOf(`https://esm.sh/${"v1/".repeat(500)}x`);
    }
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe("what may run in a browser", () => {
  it("is only what Upstash documents with a read-only token, or what holds no credential", () => {
    const products = [...SDK_EXPORTS]
      .filter(([, entry]) => Object.values(entry).some((found) => !found.serverOnly))
      .map(([specifier]) => specifier);
    expect(products.sort()).toEqual([
      "@upstash/rag-chat/nextjs",
      "@upstash/realtime/client",
      "@upstash/redis",
      "@upstash/redis/cloudflare",
      "@upstash/redis/fastly",
      "@upstash/search",
      "@upstash/search-ui",
      "@upstash/search/cloudflare",
      "@upstash/vector",
      "@upstash/vector/cloudflare",
      "@vercel/kv",
    ]);
  });
});

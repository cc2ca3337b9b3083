import { describe, expect, it } from "vitest";
import { parsePath, parsePattern } from "../../src/sdk/canonical.ts";
import { isForeignHost } from "../../src/sdk/foreign-hosts.ts";
import { ANSWERING, ANSWERING_NAMES, ANSWERING_ROWS, SINK_ROWS, SINKS } from "../../src/sdk/sinks.ts";

describe("sinks", () => {
  it.each([...SINK_ROWS, ...ANSWERING_ROWS].map(({ pattern }) => pattern))("%s can be read", (pattern) => {
    const alternatives = parsePattern(pattern);
    expect(alternatives.length).toBeGreaterThan(0);
    for (const { source, segments } of alternatives) expect(`${source} ${segments.join(" ")}`).not.toMatch(/[{}]|.#/);
  });

  it.each([
    ["global#console.log", "log"],
    ["global#globalThis.console.error", "log"],
    ["global#process.stdout.write", "log"],
    ["process#stdout.write", "log"],
    ["debug#default", "log"],
    ["debug#default.extend", "log"],
    ["pino#default.info", "log"],
    ["pino#pino.child.warn", "log"],
    ["pino#Logger.error", "log"],
    ["winston#createLogger.log", "log"],
    ["consola#consola.withTag.info", "log"],
    ["fastify#default.log.info", "log"],
    ["@sentry/nextjs#captureException", "service"],
    ["posthog-node#PostHog.capture", "service"],
    ["@opentelemetry/api#trace.getActiveSpan.setAttribute", "service"],
    ["global#Response", "response"],
    ["global#Response.json", "response"],
    ["next/server#NextResponse.next.cookies.set", "response"],
    ["next/headers#cookies.set", "response"],
    ["express#Response.status.json", "response"],
    ["express#Response.cookie", "response"],
    ["hono#Context.json", "response"],
    ["@sveltejs/kit#json", "response"],
    ["h3#setCookie", "response"],
    ["global#setResponseHeader", "response"],
    ["global#Error", "error"],
    ["@trpc/server#TRPCError", "error"],
    ["hono/http-exception#HTTPException", "error"],
    ["fs#writeFileSync", "store"],
    ["fs#promises.writeFile", "store"],
    ["global#localStorage.setItem", "store"],
  ])("knows %s", (path, kind) => {
    expect(SINKS.match(parsePath(path))?.kind).toBe(kind);
  });

  it.each(["global#fetch", "global#Map.set", "global#Promise.resolve", "global#URL", "@upstash/redis#Redis.set", "express#Request.get", "next/headers#cookies.get", "fs#readFileSync"])("%s is none", (path) => {
    expect(SINKS.match(parsePath(path))).toBeUndefined();
  });

  it.each([
    ["@trpc/server#initTRPC.create.procedure.use.query", "first"],
    ["global#defineEventHandler", "first"],
    ["elysia#Elysia.group.get", "last"],
    ["@tanstack/react-start#createServerFn.validator.handler", "first"],
  ])("%s answers with what a function returns", (path, handler) => {
    expect(ANSWERING.match(parsePath(path))?.handler).toBe(handler);
    expect(ANSWERING_NAMES.has(path.split(/[#.]/).at(-1) ?? "")).toBe(true);
  });
});

describe("isForeignHost()", () => {
  it.each(["api.example.com", "hooks.slack.com", "8.8.8.8", "notupstash.io", "upstash.io.example.com", "172.32.0.1"])("%s is somebody else's", (host) => {
    expect(isForeignHost(host)).toBe(true);
  });

  it.each(["eu1-example.upstash.io", "qstash.upstash.io", "upstash.com", "able-1.kv.vercel-storage.com", "localhost", "redis", "127.0.0.1", "10.1.2.3", "192.168.0.9", "172.20.0.3", "host.docker.internal", "redis.test"])(
    "%s is not",
    (host) => {
      expect(isForeignHost(host)).toBe(false);
    },
  );
});

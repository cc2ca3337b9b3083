import { describe, expect, it } from "vitest";
import { parsePath } from "../../src/sdk/canonical.ts";
import { LIMITER_ROWS, limiterOf, LIMITING_NUXT_MODULES, looksLikeLimiterName } from "../../src/sdk/limiters.ts";

describe("limiterOf", () => {
  it.each([
    ["call", "@unkey/ratelimit#Ratelimit.limit"],
    ["call", "@vercel/firewall#checkRateLimit"],
    ["call", "@vercel/firewall#unstable_checkRateLimit"],
    ["call", "@arcjet/next#default.protect"],
    ["call", "@arcjet/sveltekit#default.withRule.withRule.protect"],
    ["call", "sveltekit-rate-limiter/server#RateLimiter.isLimited"],
    ["call", "rolling-rate-limiter#RedisRateLimiter.limit"],
    ["call", "limiter#RateLimiter.tryRemoveTokens"],
    ["call", "@convex-dev/rate-limiter#RateLimiter.limit"],
    ["call", "cloudflare:workers#env.MY_RATE_LIMITER.limit"],
    ["call", "?#c.env.MY_RATE_LIMITER.limit"],
    ["throws", "rate-limiter-flexible#RateLimiterRedis.consume"],
    ["throws", "rate-limiter-flexible/lib/RateLimiterMemory#default.consume"],
    ["throws", "lambda-rate-limiter#default.check"],
    ["throws", "next-rate-limit#default.checkNext"],
    ["middleware", "express-rate-limit#default"],
    ["middleware", "express-rate-limit#rateLimit"],
    ["middleware", "express-slow-down#slowDown"],
    ["middleware", "hono-rate-limiter#rateLimiter"],
    ["middleware", "@hono-rate-limiter/cloudflare#cloudflareRateLimiter"],
    ["middleware", "@fastify/rate-limit#default"],
    ["middleware", "koa-ratelimit#default"],
    ["middleware", "@nestjs/throttler#ThrottlerGuard"],
    ["middleware", "elysia-rate-limit#rateLimit"],
    ["middleware", "@trpc-limiter/memory#createTRPCStoreLimiter"],
    ["middleware", "@arcjet/next#createMiddleware"],
    ["wrapper", "@arcjet/next#withArcjet"],
  ] as const)("is a %s: %s", (form, path) => {
    expect(limiterOf(parsePath(path))?.form).toBe(form);
  });

  it.each([
    "@unkey/ratelimit#Ratelimit",
    "@arcjet/next#tokenBucket",
    "@arcjet/next#request",
    "rate-limiter-flexible#RateLimiterRedis",
    "rate-limiter-flexible#RateLimiterRedis.get",
    "limiter#RateLimiter.removeTokens",
    "hono-rate-limiter#MemoryStore",
    "express-rate-limit#ipKeyGenerator",
    "bottleneck#default.schedule",
    "p-limit#default",
    "@tanstack/pacer#rateLimit",
    "lodash#throttle",
    "@fastify/throttle#default",
    "drizzle-orm/neon-http#drizzle.select.limit",
    "?#query.limit",
    "?#limiter.limit",
    "./ratelimit#rateLimit",
  ])("is no limiter: %s", (path) => {
    expect(limiterOf(parsePath(path))).toBeUndefined();
  });

  it("says how each answer is read, and which argument a wrapper guards", () => {
    for (const row of LIMITER_ROWS) {
      expect(row.outcomes !== undefined, row.pattern).toBe(row.form === "call");
      expect(row.handler !== undefined, row.pattern).toBe(row.form === "wrapper");
    }
    expect(limiterOf(parsePath("@unkey/ratelimit#Ratelimit.limit"))?.outcomes).toEqual([
      { member: "success", refused: false },
    ]);
    expect(limiterOf(parsePath("@arcjet/bun#default.protect"))?.outcomes).toContainEqual({
      member: "isDenied",
      called: true,
      refused: true,
    });
    expect(limiterOf(parsePath("@arcjet/bun#default.protect"))?.onlyWith).toContain("slidingWindow");
  });

  it("lists Nuxt modules apart, since nobody calls them", () => {
    expect(LIMITING_NUXT_MODULES.has("nuxt-security")).toBe(true);
    expect(LIMITING_NUXT_MODULES.has("@nuxt/ui")).toBe(false);
  });
});

describe("looksLikeLimiterName", () => {
  it.each([
    "rateLimit",
    "ratelimit",
    "RateLimit",
    "rate_limit",
    "checkRateLimit",
    "checkRateLimits",
    "withRateLimit",
    "withRateLimiting",
    "rateLimiter",
    "apiRateLimiter",
    "emailLimiter",
    "limiter",
    "throttle",
    "throttleRequests",
    "isThrottled",
    "isRateLimited",
    "isLimited",
    "enforceLimits",
    "enforceRateLimit",
    "applyRateLimit",
    "rateLimitMiddleware",
    "rateLimitByIp",
    "checkLimit",
    "checkUsageLimit",
    "checkQuota",
    "withinLimits",
    "limitRequests",
    "limitByIp",
    "hasExceededLimit",
    "sendWithRateLimit",
    "shouldLimit",
    "preventBruteForce",
    "slowDown",
    "createRateLimiter",
  ])("%s sounds like one", (name) => {
    expect(looksLikeLimiterName(name)).toBe(true);
  });

  it.each([
    "checkFileSizeLimit",
    "isWithinLengthLimit",
    "exceedsCharacterLimit",
    "enforceWordLimits",
    "",
    "limit",
    "limits",
    "unlimited",
    "delimiter",
    "splitByDelimiter",
    "rateLimitConfig",
    "RATE_LIMIT_MAX",
    "rateLimitOptions",
    "rateLimitHeaders",
    "getRateLimitKey",
    "rateLimitExceeded",
    "rateLimitResponse",
    "isRateLimitError",
    "resetRateLimit",
    "rateLimitWindow",
    "shouldBypassRateLimits",
    "skipRateLimit",
    "isExemptFromRateLimit",
    "ignoreQuota",
    "sendRateLimitWarning",
    "notifyQuotaExceeded",
    "renderRateLimit",
    "pageLimit",
    "defaultLimit",
    "rate",
    "exchangeRate",
    "generate",
    "limitedEdition",
    "force",
    "down",
    "handler",
  ])("%s does not", (name) => {
    expect(looksLikeLimiterName(name)).toBe(false);
  });
});

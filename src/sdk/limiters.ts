/**
 * Rate limiters other than `@upstash/ratelimit`: which call consults them, and how its answer is read.
 * Libraries that pace a program's own outgoing calls (bottleneck, p-limit, p-throttle, TanStack Pacer) are not here.
 */
import { oncePerName } from "../once-per-text.ts";
import { compile, isConstantName, wordsOf, type CanonicalPath, type Matcher } from "./canonical.ts";

/**
 * How a guard stops a request:
 * - `call`: it answers, and the caller must look at the answer (`outcomes`);
 * - `throws`: it throws (or rejects) to refuse, so an awaited call that nothing swallows is enough;
 * - `middleware`: the call makes something that must be mounted before the route (`app.use`, `register`, `.use`);
 * - `wrapper`: the call takes the handler (argument `handler`) and gives back a guarded one.
 */
export type GuardForm = "call" | "throws" | "middleware" | "wrapper";

/** One way to read a guard's answer. */
export interface Outcome {
  /** The member of the answer to look at; undefined when the answer itself is the verdict. */
  readonly member?: string;
  /** The member is a method to call. */
  readonly called?: true;
  /** What it holds when the request must be refused. */
  readonly refused: boolean | string;
}

/** A call that decides about a request. */
export interface GuardRow {
  readonly pattern: string;
  readonly form: GuardForm;
  /** The library's name, for messages. */
  readonly label: string;
  /** For `call`: each way to read the answer; looking at one is enough. */
  readonly outcomes?: readonly Outcome[];
  /** For `call` and `throws`: the verdict comes as a promise, so without `await` nothing is decided. */
  readonly async?: true;
  /** For `wrapper`: the index of the argument that is the handler; undefined when it takes callbacks of its own. */
  readonly handler?: number;
}

export interface LimiterRow extends GuardRow {
  /**
   * The guard limits rates only when it was set up with one of these exports of its package.
   * When the set-up can't be seen, whether it limits is unknown.
   */
  readonly onlyWith?: readonly string[];
}

const ARCJET_LIMITS = ["fixedWindow", "slidingWindow", "tokenBucket", "protectSignup"] as const;

/** Every row, for tests and documentation. */
export const LIMITER_ROWS: readonly LimiterRow[] = [
  // https://www.unkey.com/docs/libraries/ts/ratelimit/ratelimit
  {
    pattern: "@unkey/ratelimit#Ratelimit.limit",
    form: "call",
    label: "@unkey/ratelimit",
    outcomes: [{ member: "success", refused: false }],
    async: true,
  },
  // https://vercel.com/docs/vercel-firewall/vercel-waf/rate-limiting-sdk
  {
    pattern: "@vercel/firewall#{checkRateLimit,unstable_checkRateLimit}",
    form: "call",
    label: "@vercel/firewall",
    outcomes: [{ member: "rateLimited", refused: true }],
    async: true,
  },
  // https://docs.arcjet.com/reference/nextjs
  {
    pattern: "{arcjet,@arcjet/*}#**.protect",
    form: "call",
    label: "Arcjet",
    outcomes: [
      { member: "isDenied", called: true, refused: true },
      { member: "isAllowed", called: true, refused: false },
      { member: "conclusion", refused: "DENY" },
    ],
    async: true,
    onlyWith: ARCJET_LIMITS,
  },
  { pattern: "@arcjet/next#withArcjet", form: "wrapper", label: "Arcjet", handler: 1, onlyWith: ARCJET_LIMITS },
  { pattern: "@arcjet/next#createMiddleware", form: "middleware", label: "Arcjet", onlyWith: ARCJET_LIMITS },
  { pattern: "@arcjet/nest#ArcjetGuard", form: "middleware", label: "Arcjet", onlyWith: ARCJET_LIMITS },
  // https://github.com/ciscoheat/sveltekit-rate-limiter
  {
    pattern: "sveltekit-rate-limiter/server#{RateLimiter,RetryAfterRateLimiter}.isLimited",
    form: "call",
    label: "sveltekit-rate-limiter",
    outcomes: [{ refused: true }],
    async: true,
  },
  {
    pattern: "sveltekit-rate-limiter/server#{RateLimiter,RetryAfterRateLimiter}.check",
    form: "call",
    label: "sveltekit-rate-limiter",
    outcomes: [{ member: "limited", refused: true }],
    async: true,
  },
  // https://github.com/peterkhayes/rolling-rate-limiter: limit() resolves to whether the action was blocked
  {
    pattern: "rolling-rate-limiter#{RedisRateLimiter,InMemoryRateLimiter}.limit",
    form: "call",
    label: "rolling-rate-limiter",
    outcomes: [{ refused: true }],
    async: true,
  },
  {
    pattern: "rolling-rate-limiter#{RedisRateLimiter,InMemoryRateLimiter}.limitWithInfo",
    form: "call",
    label: "rolling-rate-limiter",
    outcomes: [{ member: "blocked", refused: true }],
    async: true,
  },
  // https://github.com/jhurliman/node-rate-limiter: only tryRemoveTokens refuses, removeTokens waits
  {
    pattern: "limiter#{RateLimiter,TokenBucket}.tryRemoveTokens",
    form: "call",
    label: "limiter",
    outcomes: [{ refused: false }],
  },
  // https://www.convex.dev/components/rate-limiter, https://stack.convex.dev/rate-limiting
  {
    pattern: "@convex-dev/rate-limiter#RateLimiter.limit",
    form: "call",
    label: "@convex-dev/rate-limiter",
    outcomes: [{ member: "ok", refused: false }],
    async: true,
  },
  {
    pattern: "convex-helpers/server/rateLimit#{rateLimit,defineRateLimits.rateLimit}",
    form: "call",
    label: "convex-helpers",
    outcomes: [{ member: "ok", refused: false }],
    async: true,
  },
  // https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/
  {
    pattern: "{cloudflare:workers,?}#**.env.*.limit",
    form: "call",
    label: "Cloudflare's rate limiting binding",
    outcomes: [{ member: "success", refused: false }],
    async: true,
  },
  // https://github.com/animir/node-rate-limiter-flexible: consume() rejects when there are no points left
  {
    pattern: "{rate-limiter-flexible,rate-limiter-flexible/*}#**.consume",
    form: "throws",
    label: "rate-limiter-flexible",
    async: true,
  },
  // https://github.com/blackflux/lambda-rate-limiter: check() rejects
  { pattern: "lambda-rate-limiter#default.check", form: "throws", label: "lambda-rate-limiter", async: true },
  // next-rate-limit's README: checkNext() throws, it is not a promise
  { pattern: "next-rate-limit#default.checkNext", form: "throws", label: "next-rate-limit" },
  // https://express-rate-limit.mintlify.app/reference/configuration
  { pattern: "express-rate-limit#{default,rateLimit}", form: "middleware", label: "express-rate-limit" },
  // https://github.com/express-rate-limit/express-slow-down: delays instead of refusing, which blunts floods as well
  { pattern: "express-slow-down#{default,slowDown}", form: "middleware", label: "express-slow-down" },
  // https://github.com/AdamPflug/express-brute
  { pattern: "express-brute#default.{prevent,getMiddleware}", form: "middleware", label: "express-brute" },
  // https://honohub.dev/docs/rate-limiter
  { pattern: "hono-rate-limiter#{rateLimiter,webSocketLimiter}", form: "middleware", label: "hono-rate-limiter" },
  { pattern: "@hono-rate-limiter/*#cloudflareRateLimiter", form: "middleware", label: "hono-rate-limiter" },
  // https://github.com/elithrar/workers-hono-rate-limit
  { pattern: "@elithrar/workers-hono-rate-limit#rateLimit", form: "middleware", label: "workers-hono-rate-limit" },
  // https://github.com/fastify/fastify-rate-limit: handed to app.register()
  {
    pattern: "{@fastify/rate-limit,fastify-rate-limit}#{default,fastifyRateLimit}",
    form: "middleware",
    label: "@fastify/rate-limit",
  },
  // https://github.com/koajs/ratelimit, https://github.com/ysocorp/koa2-ratelimit
  { pattern: "koa-ratelimit#default", form: "middleware", label: "koa-ratelimit" },
  { pattern: "koa2-ratelimit#RateLimit.middleware", form: "middleware", label: "koa2-ratelimit" },
  // https://docs.nestjs.com/security/rate-limiting
  { pattern: "@nestjs/throttler#ThrottlerGuard", form: "middleware", label: "@nestjs/throttler" },
  // https://github.com/rayriffy/elysia-rate-limit
  { pattern: "elysia-rate-limit#{default,rateLimit}", form: "middleware", label: "elysia-rate-limit" },
  // https://github.com/OrJDev/trpc-limiter: handed to procedure.use()
  {
    pattern: "@trpc-limiter/*#{createTRPCStoreLimiter,createTRPCUpstashLimiter,createTrpcRedisLimiter}",
    form: "middleware",
    label: "trpc-limiter",
  },
];

/**
 * Nuxt modules that limit the server's routes; they are named in `nuxt.config`'s `modules` and never called.
 * Source: the modules' READMEs (nuxt-security limits by default).
 */
export const LIMITING_NUXT_MODULES: ReadonlySet<string> = new Set([
  "nuxt-rate-limit",
  "nuxt-security",
  "nuxt-api-shield",
]);

export const LIMITERS: Matcher<LimiterRow> = compile(LIMITER_ROWS);

/** The limiter that a callee consults or makes. Undefined: none that the table knows. */
export function limiterOf(path: CanonicalPath): LimiterRow | undefined {
  return LIMITERS.match(path);
}

const LIMITER_WORDS = new Set([
  "limiter",
  "limiters",
  "ratelimit",
  "ratelimits",
  "ratelimited",
  "ratelimiter",
  "ratelimiters",
  "ratelimiting",
  "throttle",
  "throttled",
  "throttler",
  "throttling",
]);

/** Words before "limit" that make a verb of it: checkLimit, withinLimits, isLimited. */
const LIMITING_WORDS = new Set([
  "apply",
  "assert",
  "check",
  "consume",
  "enforce",
  "ensure",
  "exceeded",
  "exceeds",
  "hit",
  "is",
  "over",
  "rate",
  "require",
  "should",
  "verify",
  "with",
  "within",
]);

/** What comes right before "limit" where it is one of how large something may be: exceedsSizeLimit. */
const SIZE_WORDS = new Set(["size", "length", "char", "chars", "character", "characters", "byte", "bytes", "mb", "kb", "word", "words", "line", "lines", "depth", "width", "height"]);

/** What follows "limit" where it is the verb: limitRequests, limitByIp. */
const LIMITED_WORDS = new Set(["by", "calls", "per", "rate", "request", "requests"]);

/** Words that make the name one of a thing about limits and not of the limiting. */
const THING_WORDS = new Set([
  // shouldBypassRateLimits: it asks who need not be limited
  "bypass",
  "bypasses",
  "clear",
  "config",
  "configuration",
  "constants",
  "count",
  "defaults",
  "error",
  "errors",
  "event",
  "exceeded",
  "exempt",
  "format",
  "get",
  "header",
  "headers",
  "id",
  "identifier",
  "ignore",
  "info",
  "key",
  "keys",
  "log",
  "max",
  "message",
  "options",
  "opts",
  "params",
  "parse",
  "prefix",
  "remaining",
  "reset",
  "response",
  "result",
  "schema",
  "set",
  "settings",
  "skip",
  "stats",
  "status",
  "store",
  "type",
  "window",
]);

/** What is done about a limit, such as telling somebody that he has reached it: `sendRateLimitWarning`. */
const TELLING_WORDS = new Set(["display", "mail", "notify", "render", "send", "show"]);

/** Limits that may be of what is sent, and not of how often: `isWithinTokenLimit`. */
const OF_SIZE = /(?:body|context|file|image|page|payload|token)s?_?limits?/iu;

/** Packages that count the tokens of a text: their limits are of size. */
export const TOKENIZERS: ReadonlySet<string> = new Set(["gpt-tokenizer", "gpt-3-encoder", "js-tiktoken", "tiktoken", "@dqbd/tiktoken", "ai-tokenizer", "llama-tokenizer-js", "tokenx"]);

/** Whether a name like a limiter's may as well be one of a check of how large something is. What its body does decides. */
export const mayBeOfSize = oncePerName((name) => OF_SIZE.test(name));

/**
 * Whether a name sounds like a function or object that limits rates. Evidence of a name only: it may turn an answer
 * into "unknown, maybe limited" for a callee whose body can't be read, and never into "limited".
 * @param name one identifier: the callee's last member or, for `x.limit()`, its receiver. A bare `limit` is not
 * enough, because query builders have it.
 */
export const looksLikeLimiterName = oncePerName((name) => MAY_LIMIT.test(name) && judgeName(name));

/** The same, and the methods of `@upstash/ratelimit` by which one is asked; a bare `limit` may be something else. */
export const mayAskByName = (name: string): boolean => name === "limit" || name === "blockUntilReady" || looksLikeLimiterName(name);

/** Most names hold no such word at all. */
const MAY_LIMIT = /limit|throttl|quota|slow|brute/iu;

function judgeName(name: string): boolean {
  if (isConstantName(name)) return false;
  const words = wordsOf(name);
  if (TELLING_WORDS.has(words[0] ?? "") && !words.includes("with")) return false;
  const isThing = words.some((word, index) => THING_WORDS.has(word) && !isVerbOfLimit(words, index));
  return !isThing && words.some((_, index) => limitsAt(words, index));
}

/** "exceeded" tells of the verdict in `hasExceededLimit`, and of a response in `rateLimitExceeded`. */
function isVerbOfLimit(words: readonly string[], index: number): boolean {
  return words[index] === "exceeded" && (words[index + 1] ?? "").startsWith("limit");
}

function limitsAt(words: readonly string[], index: number): boolean {
  const word = words[index] ?? "";
  const next = words[index + 1] ?? "";
  if (LIMITER_WORDS.has(word)) return true;
  if (word === "brute" || word === "slow") return next === "force" || next === "down";
  if (word === "limit" && LIMITED_WORDS.has(next)) return true;
  if (!/^(?:limit(?:s|ed|ing)?|quotas?)$/u.test(word) || SIZE_WORDS.has(words[index - 1] ?? "")) return false;
  return words.slice(0, index).some((before) => LIMITING_WORDS.has(before));
}

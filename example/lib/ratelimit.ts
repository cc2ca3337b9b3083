import { Ratelimit } from "@upstash/ratelimit";
import { redis } from "@/lib/redis";

export const apiLimiter = new Ratelimit({
  redis,
  limiter: Ratelimit.slidingWindow(20, "1 m"),
  prefix: "pebble:api",
});

export const accountLimiter = new Ratelimit({
  redis,
  limiter: Ratelimit.fixedWindow(5, "10 m"),
  prefix: "pebble:account",
});

/** The caller's address as Vercel's edge saw it; the caller cannot set this header. */
export function clientAddress(headers: Headers): string {
  return headers.get("x-vercel-forwarded-for") ?? "unknown";
}

/** A 429 for a caller who is over the limit, `undefined` for everyone else. */
export async function tooManyRequests(request: Request): Promise<Response | undefined> {
  const { success, reset } = await apiLimiter.limit(clientAddress(request.headers));
  if (success) return undefined;
  const seconds = Math.max(1, Math.ceil((reset - Date.now()) / 1000));
  return Response.json({ error: "Too many requests" }, { status: 429, headers: { "Retry-After": String(seconds) } });
}

type RouteHandler<Rest extends unknown[]> = (request: Request, ...rest: Rest) => Promise<Response>;

/** Wraps a route handler so that it only runs for callers who are under the limit. */
export function withRateLimit<Rest extends unknown[]>(handler: RouteHandler<Rest>): RouteHandler<Rest> {
  return async (request, ...rest) => {
    const limited = await tooManyRequests(request);
    if (limited) return limited;
    return handler(request, ...rest);
  };
}

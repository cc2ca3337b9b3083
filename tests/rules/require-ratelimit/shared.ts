/** The project's own limiter, which suggestions import. */
export const LIMITER = {
  "lib/ratelimit.ts": `import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";

export const ratelimit = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s") });
`,
};

/** What a suggestion puts at the top of a route handler of the Next.js app router. */
export const GUARD = `  const rate = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    return Response.json(
      { error: "Too many requests" },
      {
        status: 429,
        headers: {
          "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
          "X-RateLimit-Limit": String(rate.limit),
          "X-RateLimit-Remaining": String(rate.remaining),
          "X-RateLimit-Reset": String(rate.reset),
        },
      },
    );
  }`;

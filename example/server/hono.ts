import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { encrypt } from "@/lib/crypto";
import { apiLimiter, clientAddress } from "@/lib/ratelimit";
import { redis } from "@/lib/redis";

const limiter = createMiddleware(async (c, next) => {
  const { success } = await apiLimiter.limit(clientAddress(c.req.raw.headers));
  if (!success) return c.json({ error: "Too many requests" }, 429);
  await next();
});

/** Routes that mobile clients call; Next mounts them below /api. */
export const app = new Hono();

app.use("/api/v1/*", limiter);

// ok: static, there is nothing to abuse
app.get("/api/status", (c) => c.json({ status: "up" }));

// ok: the middleware above limits everything below /api/v1
app.post("/api/v1/ideas", async (c) => {
  const { idea, email } = await c.req.json<{ idea: string; email: string }>();
  const id = randomUUID();
  // ok: the address is encrypted
  await redis.json.set(`idea:${id}`, "$", { idea, email: encrypt(email) });
  return c.json({ id }, 201);
});

// finding: require-ratelimit — outside /api/v1, so no limiter runs before this write
app.post("/api/feedback", async (c) => {
  const { text, email } = await c.req.json<{ text: string; email: string }>();
  const id = randomUUID();
  // finding: no-plaintext-pii — the address is stored as it came in
  await redis.json.set(`feedback:${id}`, "$", { text, email });
  return c.json({ id }, 201);
});

import { encrypt } from "@/lib/crypto";
import { apiLimiter, clientAddress } from "@/lib/ratelimit";
import { redis } from "@/lib/redis";
import { readSession } from "@/lib/session";

interface ProfileInput {
  theme: "light" | "dark";
  phone: string;
  billingEmail: string;
}

// ok: limited in the handler, and an exhausted caller gets a 429
export async function PUT(request: Request) {
  const { success } = await apiLimiter.limit(clientAddress(request.headers));
  if (!success) return Response.json({ error: "Too many requests" }, { status: 429 });
  const session = await readSession();
  if (!session) return Response.json({ error: "Sign in first" }, { status: 401 });

  const { theme, phone, billingEmail } = (await request.json()) as ProfileInput;
  const key = `profile:${session.userId}`;
  // finding: no-plaintext-pii — the field `phone` holds the number as it is
  await redis.hset(key, { theme, phone });
  // ok: encrypted
  await redis.hset(key, { billingEmail: encrypt(billingEmail) });
  return new Response(null, { status: 204 });
}

import { verifySignature } from "@/lib/crypto";
import { redis } from "@/lib/redis";

interface BillingEvent {
  type: "plan.changed" | "plan.cancelled";
  userId: string;
  plan: string;
}

// ok: only the billing provider can sign the body
export async function POST(request: Request) {
  const body = await request.text();
  if (!verifySignature(body, request.headers.get("billing-signature"), process.env.BILLING_WEBHOOK_SECRET)) {
    return Response.json({ error: "Bad signature" }, { status: 400 });
  }
  const event = JSON.parse(body) as BillingEvent;
  await redis.set(`plan:${event.userId}`, event.type === "plan.changed" ? event.plan : "free");
  return Response.json({ received: true });
}

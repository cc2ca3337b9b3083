import { Client } from "@upstash/qstash";
import { redis } from "@/lib/redis";

const qstash = new Client();

// ok: only the scheduler knows the cron secret
export async function GET(request: Request) {
  const secret = process.env.CRON_SECRET;
  if (!secret || request.headers.get("authorization") !== `Bearer ${secret}`) {
    return new Response("Unauthorized", { status: 401 });
  }
  const userIds = await redis.smembers("digest:subscribers");
  // ok: ids only; the receiver looks the address up
  await qstash.batchJSON(
    userIds.map((userId) => ({ url: `${process.env.APP_URL}/api/jobs/digest`, body: { userId } })),
  );
  return Response.json({ queued: userIds.length });
}

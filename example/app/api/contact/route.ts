import { sendMail } from "@/lib/mail";
import { redis } from "@/lib/redis";

// finding: require-ratelimit — a script may send mail through this route as fast as it likes
export async function POST(request: Request) {
  const { subject, text } = (await request.json()) as { subject: string; text: string };
  await sendMail({ to: "desk@pebble.example", subject: `Contact: ${subject}`, text });
  // ok: a counter
  await redis.incr("contact:sent");
  return Response.json({ sent: true }, { status: 202 });
}

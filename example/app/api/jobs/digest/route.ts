import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
import { sendMail } from "@/lib/mail";
import { redis } from "@/lib/redis";
import { findUser } from "@/lib/users";

// ok: only QStash can call it, the wrapper verifies the signature
export const POST = verifySignatureAppRouter(async (request: Request) => {
  const { userId } = (await request.json()) as { userId: string };
  const user = await findUser(userId);
  if (!user) return Response.json({ sent: false });
  const notes = await redis.hlen(`notes:${user.id}`);
  await sendMail({ to: user.email, subject: "Your week", text: `You keep ${notes} notes.` });
  return Response.json({ sent: true });
});

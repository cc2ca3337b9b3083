import { withRateLimit } from "@/lib/ratelimit";
import { redis } from "@/lib/redis";
import { readSession } from "@/lib/session";

interface Context {
  params: Promise<{ id: string }>;
}

// ok: the wrapper limits before the handler runs
export const DELETE = withRateLimit(async (_request: Request, { params }: Context) => {
  const session = await readSession();
  if (!session) return Response.json({ error: "Sign in first" }, { status: 401 });
  const { id } = await params;
  await redis.hdel(`notes:${session.userId}`, id);
  return new Response(null, { status: 204 });
});

// finding: require-ratelimit — DELETE is wrapped, PATCH was forgotten: anyone can add likes in a loop
export async function PATCH(_request: Request, { params }: Context) {
  const { id } = await params;
  const likes = await redis.hincrby("notes:likes", id, 1);
  return Response.json({ likes });
}

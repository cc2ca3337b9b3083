import { withRateLimit } from "@/lib/ratelimit";
import { redis } from "@/lib/redis";
import { readSession } from "@/lib/session";
import type { Note } from "@/lib/types";

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

// finding: require-ratelimit — DELETE is wrapped, PATCH was forgotten
export async function PATCH(request: Request, { params }: Context) {
  const session = await readSession();
  if (!session) return Response.json({ error: "Sign in first" }, { status: 401 });
  const { id } = await params;
  const note = await redis.hget<Note>(`notes:${session.userId}`, id);
  if (!note) return Response.json({ error: "No such note" }, { status: 404 });
  const { title } = (await request.json()) as Pick<Note, "title">;
  await redis.hset(`notes:${session.userId}`, { [id]: { ...note, title, updatedAt: Date.now() } });
  return new Response(null, { status: 204 });
}

import { randomUUID } from "node:crypto";
import { tooManyRequests } from "@/lib/ratelimit";
import { redis } from "@/lib/redis";
import { readSession } from "@/lib/session";
import type { Note } from "@/lib/types";

// ok: a helper in another file limits, and its 429 is returned
export async function GET(request: Request) {
  const limited = await tooManyRequests(request);
  if (limited) return limited;
  const session = await readSession();
  if (!session) return Response.json({ error: "Sign in first" }, { status: 401 });
  return Response.json(await redis.hvals(`notes:${session.userId}`));
}

// ok: as above
export async function POST(request: Request) {
  const limited = await tooManyRequests(request);
  if (limited) return limited;
  const session = await readSession();
  if (!session) return Response.json({ error: "Sign in first" }, { status: 401 });
  const { title, body } = (await request.json()) as Pick<Note, "title" | "body">;
  const note: Note = { id: randomUUID(), title, body, updatedAt: Date.now() };
  // ok: the type Note holds nothing that is personal by itself
  await redis.hset(`notes:${session.userId}`, { [note.id]: note });
  return Response.json(note, { status: 201 });
}

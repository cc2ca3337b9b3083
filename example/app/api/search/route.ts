import { redis } from "@/lib/redis";

// ok: proxy.ts limits /api/search and everything below it
export async function POST(request: Request) {
  const { term } = (await request.json()) as { term: string };
  const wanted = term.trim().toLowerCase().slice(0, 80);
  await redis.zincrby("search:terms", 1, wanted);
  const titles = await redis.zrange<string[]>("notes:public", 0, 199);
  return Response.json(titles.filter((title) => title.toLowerCase().includes(wanted)));
}

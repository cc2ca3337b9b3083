import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { verdictOf, type Verdict } from "./verdicts.ts";

/* Indexes of Redis are asked by what `redis.search.index()` and its like hand out. */

const ROUTE = "app/api/notes/route.ts";
const FILES: ProjectFiles = {
  "lib/redis.ts": 'import { Redis } from "@upstash/redis";\nexport const redis = Redis.fromEnv();\n',
  "lib/search.ts": `import { s } from "@upstash/redis";
import { redis } from "./redis";
const schema = s.object({ title: s.string() });
export function notesIndex() {
  return redis.search.index({ name: "notes", schema });
}
`,
  "lib/notes.ts": `import { notesIndex } from "./search";
const index = notesIndex();
export const notes = {
  async list(filter: object) {
    const found = await index.query({ filter, limit: 10 });
    return found.map(({ data }) => data);
  },
};
`,
};

type Case = readonly [name: string, verdict: Verdict, body: string];

const CASES: readonly Case[] = [
  ["a query", "anyone", 'return Response.json(await redis.search.index({ name: "notes", schema }).query({ filter: body }));'],
  ["a count", "anyone", 'const index = redis.search.index({ name: "notes", schema });\n  return Response.json(await index.count({ filter: body }));'],
  ["an index that is made where there is none", "anyone", 'const index = await redis.search.createIndex({ name: "notes", schema, existsOk: true });\n  return Response.json(await index.query({ filter: body }));'],
  ["one that another file hands out", "anyone", "return Response.json(await notesIndex().query({ filter: body }));"],
  ["one behind a helper", "anyone", "return Response.json(await notes.list(body));"],
  ["vectors", "anyone", 'return Response.json(await redis.vector.index("notes").query(body));'],
  ["one that is thrown away", "anyone", 'await redis.search.index({ name: "notes", schema }).drop();\n  return Response.json({});'],

  ["what the index is called", "nobody", 'return Response.json(redis.search.index({ name: "notes", schema }).name);'],
  ["an index of something else", "nobody", "return Response.json(await shelf.search.index(body).query(body));"],
  ["what is looked for in a list of its own", "nobody", "return Response.json(await shelf.index().query(body));"],
  ["a limiter before it", "nobody", 'const { success } = await new Ratelimit({ redis, limiter: Ratelimit.fixedWindow(5, "1 m") }).limit("all");\n  if (!success) return new Response(null, { status: 429 });\n  return Response.json(await notes.list(body));'],
];

describe("indexes of Redis", () => {
  it.each(CASES)("%s: %s", (_, verdict, body) => {
    const code = `import { Ratelimit } from "@upstash/ratelimit";
import { schema } from "@/lib/schema";
import { notes } from "@/lib/notes";
import { redis } from "@/lib/redis";
import { notesIndex } from "@/lib/search";
import { shelf } from "@/lib/shelf";
export async function POST(request: Request) {
  const body = await request.json();
  ${body}
}
`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});

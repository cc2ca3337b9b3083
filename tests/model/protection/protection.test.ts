import { describe, expect, it } from "vitest";
import type { Exposure } from "../../../src/model/protection/exposure.ts";
import { exposureOf } from "../../../src/model/protection/protection.ts";
import { withModel } from "../file-model.ts";

const ROUTE = "app/api/a/route.ts";

function exposure(body: string, above = "", files: Readonly<Record<string, string>> = {}): Exposure {
  const code = `import { Redis } from "@upstash/redis";
import { Ratelimit } from "@upstash/ratelimit";
${above}
const redis = Redis.fromEnv();
const limiter = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(5, "10 s") });
export async function POST(request) {
${body}
}
`;
  return withModel({ ...files, [ROUTE]: code }, ROUTE, (file) => {
    const [handler] = file.handlers.all;
    if (!handler) throw new Error("no handler");
    return exposureOf(file, handler);
  });
}

const kinds = (found: Exposure): string[] => found.open.map(({ kind, caller }) => (caller ? `${kind} (known caller)` : kind));

describe("work in the open", () => {
  it("is named in its order, with what was known of the caller by then", () => {
    const found = exposure(
      'await redis.get("a"); const session = await auth(); if (!session) return new Response(null, { status: 401 }); await redis.set("a", 1);',
      'import { auth } from "@/auth";',
    );
    expect(kinds(found)).toEqual(["redis-read", "data-write (known caller)"]);
    expect(found).toMatchObject({ guarded: false, caller: "known", readable: true });
  });

  it("ends where a limiter was asked; reads on the way to it are the limiter's", () => {
    expect(kinds(exposure('await redis.get("plan"); await limiter.limit("id"); await redis.set("a", 1);'))).toEqual([]);
    expect(kinds(exposure('await redis.set("a", 1); await limiter.limit("id");'))).toEqual(["data-write"]);
    // The helper's check stands on a way around the first limiter, and before the second.
    const check = { "lib/check.ts": 'import bcrypt from "bcrypt";\nexport const check = (given) => bcrypt.compare(given, "x");\n' };
    const twice = 'if (request.email) await limiter.limit("a"); else await check("b"); await limiter.limit("c");';
    expect(kinds(exposure(twice, 'import { check } from "@/lib/check";', check))).toEqual([]);
  });

  it("names the file that it stands in", () => {
    const { open } = exposure("await save(1);", 'import { save } from "@/lib/save";', {
      "lib/save.ts": 'import { Redis } from "@upstash/redis";\nexport const save = (v) => Redis.fromEnv().set("a", v);\n',
    });
    expect(open.map(({ file, label }) => `${label} in ${String(file)}`)).toEqual(["writes to Redis (`set`) in lib/save.ts"]);
  });
});

describe("an answer of 429", () => {
  const count = 'const n = await redis.incr("n");';
  const work = 'await redis.set("a", 1);';

  it.each([
    ["counted by hand", `${count} if (n > 5) return new Response(null, { status: 429 }); ${work}`, []],
    ["in words", `${count} if (n > 5) return Response.json({ error: "rate limit exceeded" }); ${work}`, []],
    ["thrown", `${count} if (n > 5) throw new TooManyRequestsError(); ${work}`, []],
    ["said in a call before the return", `${count} if (n > 5) { deny(429); return; } ${work}`, []],
    ["in one case of an answer", `if (request.url) { return new Response(null, { status: ok ? 200 : 429 }); } ${work}`, ["data-write"]],
    ["in a branch for another method", `if (request.method === "GET") { ${count} if (n > 5) return new Response(null, { status: 429 }); return new Response(); } ${work}`, ["data-write"]],
    ["that another service gave", `const r = await fetch("https://api.openai.com/v1/x"); if (r.status === 429) return new Response(null, { status: 429 }); ${work}`, ["llm", "data-write"]],
  ])("%s", (_, body, open) => {
    const found = exposure(body).open.map(({ kind }) => kind);
    // What was counted in another branch is work as well.
    expect(found.filter((kind, index) => found.indexOf(kind) === index)).toEqual(open);
  });
});

describe("a function with a limiter's name", () => {
  it("counts where it can't be read or does something, and not where it is a stub", () => {
    const guarded = (lib: string): boolean => exposure("await rateLimit(request);", 'import { rateLimit } from "@/lib/limit";', { "lib/limit.ts": lib }).guarded;
    expect(guarded("export const other = 1;")).toBe(true);
    expect(guarded("const seen = {}; export const rateLimit = (r) => (seen[r.url] = (seen[r.url] ?? 0) + 1) < 5;")).toBe(true);
    expect(guarded("export const rateLimit = async () => ({ success: true });")).toBe(false);
    expect(guarded("export function rateLimit(request) { return request; }")).toBe(false);
  });
});

describe("a library's handler", () => {
  it("can't be read, and its set-up is not the request's work", () => {
    const found = exposure(
      "return fetchRequestHandler({ req: request, createContext: async () => redis.set(1, await nested(() => redis.del(2))) });",
      'import { fetchRequestHandler } from "@trpc/server/adapters/fetch";',
    );
    expect(found).toMatchObject({ open: [], guarded: false, readable: false });
  });

  it("hides no work beside it", () => {
    const found = exposure(
      'await redis.set("a", 1); return fetchRequestHandler({ req: request });',
      'import { fetchRequestHandler } from "@trpc/server/adapters/fetch";',
    );
    expect(kinds(found)).toEqual(["data-write"]);
  });
});

describe("a static handler", () => {
  it.each([
    ['return new Response("ok");', true],
    ["return Response.json({ at: Date.now() });", true],
    ["console.log('hi'); return answer(1);", true],
    ["return Response.json(await request.json());", false],
    ["return new Response(request.url);", false],
    ["return Response.json(await mystery());", false],
    ['return fetch("https://example.com");', false],
    ['await redis.get("a"); return new Response();', false],
  ])("%s %s", (body, expected) => {
    expect(exposure(body, 'import { mystery } from "@acme/x";\nconst answer = (n) => Response.json({ n });').isStatic).toBe(expected);
  });
});

import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* What Next.js keeps for all is done once, unless a caller has a say in the key, or throws it away. */

const ROUTE = "app/api/notes/route.ts";
const FILES: ProjectFiles = {
  ...CLIENTS,
  "lib/notes.ts": `import { unstable_cache } from "next/cache";
import { redis } from "./clients";
export const all = unstable_cache(async () => redis.keys("*"), [], { tags: ["notes"] });
export const one = unstable_cache(async (id: string) => redis.get(id), ["note"]);
export const keyed = (key: string) => unstable_cache(async () => redis.keys("*"), ["notes", key])();
export async function kept() {
  "use cache";
  return redis.keys("*");
}
export async function keptOne(id: string) {
  "use cache";
  return redis.get(id);
}
export const KINDS = ["work", "home"] as const;
export async function ofKind(kind: "work" | "home") {
  "use cache";
  return redis.get(kind);
}
export async function ofFilter(filter: { kind?: (typeof KINDS)[number]; on?: boolean; text?: string }) {
  "use cache";
  return redis.smembers(\`\${filter.kind}:\${filter.on}:\${filter.text}\`);
}
export async function ofCaller() {
  "use cache: private";
  return redis.keys("*");
}
`,
  "lib/module.ts": '"use cache";\nimport { redis } from "./clients";\nexport async function listed() {\n  return redis.keys("*");\n}\n',
};

const CASES: readonly (readonly [name: string, verdict: Verdict, body: string, head?: string])[] = [
  ["unstable_cache", "nobody", "return Response.json(await all());"],
  ["unstable_cache in the handler", "nobody", 'const load = unstable_cache(async () => redis.keys("*"), ["notes"]);\n  return Response.json(await load());'],
  ["for a constant", "nobody", 'return Response.json(await one("first"));'],
  ["a key that is constant here", "nobody", 'return Response.json(await keyed("first"));'],
  ["use cache", "nobody", "return Response.json(await kept());"],
  ["use cache for a module", "nobody", "return Response.json(await listed());"],
  ["one of several kinds, as a schema checks", "nobody", "return Response.json(await ofKind(z.enum(KINDS).parse(asked)));"],
  ["one of several kinds, as a condition checks", "nobody", 'if (asked !== "work" && asked !== "home") return new Response(null, { status: 400 });\n  return Response.json(await ofKind(asked));'],
  ["a filter of such, which a schema checks", "nobody", "const filter = z.object({ kind: z.enum(KINDS).optional() }).safeParse({ kind: asked });\n  if (!filter.success) return new Response(null, { status: 400 });\n  return Response.json(await ofFilter({ kind: filter.data.kind, on: true }));"],
  // Each caller may have it done anew.
  ["what is only said to be one of several kinds", "anyone", 'return Response.json(await ofKind(asked as "work" | "home"));'],
  ["a filter that is only said to be one", "anyone", "return Response.json(await ofFilter({ kind: asked as (typeof KINDS)[number] }));"],
  ["a text beside it, which a schema leaves open", "anyone", "const filter = z.object({ kind: z.enum(KINDS), text: z.string() }).parse(await request.json());\n  return Response.json(await ofFilter({ kind: filter.kind, text: filter.text }));"],
  ["whatever else is in a filter", "anyone", "return Response.json(await ofFilter({ on: true, ...(await request.json()) }));"],
  ["an argument of the caller's", "anyone", "return Response.json(await one(asked));"],
  ["a key of the caller's", "anyone", "return Response.json(await keyed(asked));"],
  ["use cache with an argument of the caller's", "anyone", "return Response.json(await keptOne(asked));"],
  ["use cache around what the caller sends", "anyone", 'async function load() {\n    "use cache";\n    return redis.get(asked);\n  }\n  return Response.json(await load());'],
  ["an argument that is never the same", "anyone", "return Response.json(await one(String(Date.now())));"],
  ["kept for each caller alone", "anyone", "return Response.json(await ofCaller());"],
  ["thrown away", "anyone", 'revalidateTag("notes", "max");\n  return Response.json(await all());', 'import { revalidateTag } from "next/cache";'],
  ["work beside it", "anyone", 'await redis.incr("views");\n  return Response.json(await all());'],
  ["a function of the project by that name", "anyone", 'const load = cache(async () => redis.keys("*"));\n  return Response.json(await load());', "const cache = <T>(load: () => T) => load;"],
];

describe("caches of Next.js", () => {
  it.each(CASES.map(([name, verdict, body, head]) => [name, verdict, body, head ?? ""] as const))("%s: %s", (_, verdict, body, head) => {
    const code = `import { unstable_cache } from "next/cache";
import { redis } from "@/lib/clients";
import { all, kept, keptOne, keyed, KINDS, ofCaller, ofFilter, ofKind, one } from "@/lib/notes";
import { z } from "zod";
import { listed } from "@/lib/module";
${head}
export async function GET(request: Request) {
  const asked = new URL(request.url).searchParams.get("id")!;
  ${body}
}
`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});

import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-ratelimit.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";

const ROUTE = "app/api/groups/route.ts";
const FILES = {
  "lib/redis.ts": 'import { Redis } from "@upstash/redis";\nexport const redis = Redis.fromEnv();\n',
  "lib/keys.ts": 'export const GROUPS = "groups";\n',
  "lib/groups.ts": 'import { redis } from "./redis";\nexport const loadGroups = () => redis.get("groups");\nexport const load = (key: string) => redis.get(key);\n',
};

const told = (body: string, handlers: "costly" | "all", head = ""): readonly string[] =>
  lintMessages(
    "require-ratelimit",
    rule,
    { ...FILES, [ROUTE]: `import { redis } from "@/lib/redis";\n${head}\nexport async function GET(request: Request) {\n${body}\n}\n` },
    ROUTE,
    { handlers },
  );

/** An answer that is the same for everybody takes as many commands as a limiter would: only `strict` wants one. */
describe("reads of Redis that no caller has a say in", () => {
  it.each([
    ["a constant key", 'return Response.json(await redis.get("groups"));', ""],
    ["a key of another file", "return Response.json(await redis.get(GROUPS));", 'import { GROUPS } from "@/lib/keys";'],
    ["two of them", 'return Response.json([await redis.get("groups"), await redis.hgetall("names")]);', ""],
    ["in a helper of another file", "return Response.json(await loadGroups());", 'import { loadGroups } from "@/lib/groups";'],
    ["the first ones, with their scores", 'const top = 10;\nreturn Response.json(await redis.zrange("groups", 0, top - 1, { rev: true, withScores: true }));', ""],
    ["a part of a list", 'return Response.json(await redis.lrange("groups", 0, 9));', ""],
  ])("%s", (_, body, head) => {
    expect(told(body, "costly", head)).toEqual([]);
    expect(told(body, "all", head)).toHaveLength(1);
  });

  it.each([
    ["a key of the caller's", 'return Response.json(await redis.get(new URL(request.url).searchParams.get("id")!));', ""],
    ["a code that the caller may guess", 'return Response.json(await redis.get(`code:${request.headers.get("x-group")}`));', ""],
    ["a list with a part of the caller's", 'return Response.json(await redis.smembers(`group:${request.headers.get("x-group")}`));', ""],
    ["a helper that is told the key", 'return Response.json(await load(request.headers.get("x-group")!));', 'import { load } from "@/lib/groups";'],
    ["a page that the caller chooses", 'const page = Number(new URL(request.url).searchParams.get("page"));\nreturn Response.json(await redis.lrange("groups", page, page + 9));', ""],
    ["as many as the caller chooses", 'const top = Number(new URL(request.url).searchParams.get("top"));\nreturn Response.json(await redis.zrange("groups", 0, top - 1, { rev: true }));', ""],
    ["an order that the caller chooses", 'const rev = new URL(request.url).searchParams.has("rev");\nreturn Response.json(await redis.zrange("groups", 0, 9, { rev }));', ""],
    ["several keys", 'return Response.json([await redis.get("a"), await redis.get("b"), await redis.get("c"), await redis.get("d")]);', ""],
    ["all keys", 'return Response.json(await redis.keys("*"));', ""],
    ["a write beside it", 'await redis.incr("visits");\nreturn Response.json(await redis.get("groups"));', ""],
    ["a list that holds the keys", 'const ids = await redis.smembers("groups");\nreturn Response.json(await redis.mget(...(ids as string[])));', ""],
  ])("not with %s", (_, body, head) => {
    expect(told(body, "costly", head)).toHaveLength(1);
  });
});

describe("data of users says nothing about who calls", () => {
  const lib = (name: string) => ({ "lib/users.ts": `import { redis } from "./redis";\nexport const ${name} = (id: string) => redis.hgetall(id);\n` });
  const count = (name: string): number =>
    lintMessages(
      "require-ratelimit",
      rule,
      {
        ...FILES,
        ...lib(name),
        [ROUTE]: `import { ${name} } from "@/lib/users";\nexport async function GET(request: Request) {\nconst found = await ${name}(request.headers.get("x-id")!);\nif (!found) return new Response(null, { status: 404 });\nreturn Response.json(found);\n}\n`,
      },
      ROUTE,
    ).length;

  it.each(["getUsers", "getUserStats", "getUserOrders", "getMemberContributions", "getOwnerReports", "getPosts"])("%s", (name) => {
    expect(count(name)).toBe(1);
  });

  it.each(["getUser", "getSession", "checkUserStatus", "requireUser", "getUserId"])("%s may", (name) => {
    expect(count(name)).toBe(0);
  });
});

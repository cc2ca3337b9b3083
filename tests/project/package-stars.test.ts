import { describe, expect, it } from "vitest";
import rule from "../../src/rules/no-untrusted-key.ts";
import { lintMessages } from "../helpers/lint-messages.ts";

/* What a module hands on of packages as a whole: `export * from "@upstash/redis"`. */

const ROUTE = "app/api/item/route.ts";
const route = (head: string): string => `${head}
export async function POST(request: Request) {
  const { id } = await request.json();
  return Response.json(await redis.get(id));
}
`;
const CLASS = 'import { Redis } from "@/lib/upstash";\nconst redis = Redis.fromEnv();';
const found = (upstash: string, head = CLASS, more: Record<string, string> = {}): readonly string[] =>
  lintMessages("no-untrusted-key", rule, { "lib/upstash.ts": upstash, ...more, [ROUTE]: route(head) }, ROUTE);

describe("a package that is handed on as a whole", () => {
  it.each([
    ["alone", 'export * from "@upstash/redis";\n', {}],
    ["beside a module of the project", 'export * from "./client";\nexport * from "@upstash/redis";\n', { "lib/client.ts": "export const name = 1;\n" }],
    ["beside another package", 'export * from "zod";\nexport * from "@upstash/redis";\n', {}],
    ["by a module that is handed on itself", 'export * from "./all";\n', { "lib/all.ts": 'export * from "@upstash/redis";\n' }],
  ])("is where its names come from: %s", (_name, text, more) => {
    expect(found(text, CLASS, more)).toHaveLength(1);
  });

  it.each([
    ["a name that a module of the project declares", 'export * from "@upstash/redis";\nexport * from "./own";\n', { "lib/own.ts": "export class Redis { static fromEnv() { return new Map(); } }\n" }],
    ["a name of the module itself", 'export * from "@upstash/redis";\nexport class Redis { static fromEnv() { return new Map(); } }\n', {}],
    ["another package alone", 'export * from "some-redis"; // @upstash/redis\n', {}],
    ["a module that is not there", 'export * from "./gone"; // @upstash/redis\n', {}],
    ["what is no default export", 'export * from "@upstash/redis";\n', {}, 'import Redis from "@/lib/upstash";\nconst redis = Redis.fromEnv();'],
  ])("is not where other names come from: %s", (_name, text, more, head = CLASS) => {
    expect(found(text, head, more)).toEqual([]);
  });
});

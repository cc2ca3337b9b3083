import { expect, it } from "vitest";
import rule from "../../../src/rules/no-plaintext-pii.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";

const reports = (code: string): number => lintMessages("no-plaintext-pii", rule, { "lib/store.ts": `import { Redis } from "@upstash/redis";\n${code}` }, "lib/store.ts").length;

// A client is known whatever else its variable is made of.
it.each([
  ["kept on the global object, and read there", "const redis = globalThis.redis ?? Redis.fromEnv();\nglobalThis.redis = redis;\nexport const save = (email: string) => globalThis.redis.set(\"k\", email);\n"],
  ["kept on the global object, and read by its name", "const redis = globalThis.redis ?? Redis.fromEnv();\nglobalThis.redis = redis;\nexport const save = (email: string) => redis.set(\"k\", email);\n"],
  ["a variable that a script may have declared", "var redis = redis || Redis.fromEnv();\nexport const save = (email: string) => redis.set(\"k\", email);\n"],
  ["assigned what is made of it", "let redis: Redis | undefined;\nexport function save(email: string) {\n  redis = redis ?? Redis.fromEnv();\n  return redis.set(\"k\", email);\n}\n"],
  ["a method that names its own object", "const store = { redis: Redis.fromEnv(), save: (email: string) => store.redis.set(\"k\", email) };\nexport { store };\n"],
  ["a static member that names its own class", "export class Store {\n  static redis = Redis.fromEnv();\n  static other = Store.redis;\n  static save(email: string) {\n    return Store.other.set(\"k\", email);\n  }\n}\n"],
  ["a pipeline that is assigned step by step", "export async function save(email: string) {\n  let p = Redis.fromEnv().pipeline();\n  p = p.set(\"k\", email);\n  await p.exec();\n}\n"],
])("%s", (_, code) => {
  expect(reports(code)).toBe(1);
});

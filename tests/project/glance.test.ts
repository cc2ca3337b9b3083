import { expect, it } from "vitest";
import { mentionsUpstash, namesDangerousCommand, sourcesIn } from "../../src/project/glance.ts";

it.each([
  ['import a from "./a";\nimport "./b";\nexport * from \'./c\';', ["./a", "./c", "./b"]],
  ['const a = require("./a"); const b = await import("./b"); import(\n  "./c"\n);', ["./b", "./c", "./a"]],
  ["import {\n  a,\n} from './a'", ["./a"]],
  ['import(`./${name}`); require(name); from(list); "from";', []],
  ['import(/* webpackChunkName: "a" */ "./a"); import(\n    /* @vite-ignore */\n    "./b"\n); import(/* never closed', ["./a", "./b"]],
  ['import "unfinished', []],
  [`import "${"x".repeat(300)}"`, []],
  ['import "two\nlines"', []],
])("finds the specifiers of %j", (text, sources) => {
  expect(sourcesIn(text)).toEqual(sources);
});

it.each([
  ['import { Redis } from "@upstash/redis";', true],
  ["process.env.MY_KV_REST_API_TOKEN", true],
  ["process.env.KV_REST_TOKEN", true],
  ['import { kv } from "@vercel/kv";', true],
  ["process.env.QSTASH_TOKEN", true],
  ['import Redis from "ioredis";', false],
])("tells from %j whether it names Upstash", (text, expected) => {
  expect(mentionsUpstash(text)).toBe(expected);
});

it.each([
  'redis.keys("*")',
  "redis.keys<string>(pattern)",
  "redis.keys?.(pattern)",
  "(redis as any).keys!(pattern)",
  "const all = redis.keys;",
  "const all = redis.keys.bind(redis);",
  "const { keys } = redis;",
  "const { get, keys: all } = redis;",
  "const {\n    keys,\n    get,\n  } = redis;",
  "const {\n    get,\n    keys: all,\n  } = redis;",
  "const {\n    get,\n    keys: [first],\n    functions\n  } = redis;",
  "const list = ({ keys }) => keys(pattern);",
  "const { functions } = redis;",
  "redis.functions.flush()",
  "const fns = redis.functions;",
  'redis["keys"](pattern)',
  'exec(["KEYS", "*"])',
  'exec(["keys", "*"])',
  'exec(["script", "flush"])',
  'call("keys", "*")',
  'const command = "script";',
  'await redis\n  .scan(0)',
  "const { scan } = redis; scan(0);",
  "client.flushAll()",
  "const { keys: all = fallback } = redis;",
  "run(redis.keys, pattern)",
])("sees that %j may be a dangerous command", (text) => {
  expect(namesDangerousCommand(text)).toBe(true);
});

it.each([
  "map.keys()",
  "Object.keys(record)",
  "this.keys.ofUser(id)",
  "for (const key of breakdown.keys ?? []) show(key)",
  "config.keys[0]",
  "this.keys = []",
  'matchSorter(items, value, { keys: ["name"] })',
  "interface Options { keys: string[] }",
  'edgeConfig.get("keys")',
  'document.createElement("script")',
  'typeof call === "function"',
  "docs.functions.map(show)",
  "await redis.mget(...table.keys.all)",
  'new Set(list).has("scan")',
  "const { functions: [first] } = docs",
  'const options = {\n    threshold: 0.3,\n    keys: ["name"],\n  };',
  "const options = {\n    keys: () => list,\n  };",
])("sees no dangerous command in %j", (text) => {
  expect(namesDangerousCommand(text)).toBe(false);
});

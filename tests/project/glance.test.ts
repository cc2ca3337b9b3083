import { expect, it } from "vitest";
import { mentionsUpstash, sourcesIn } from "../../src/project/glance.ts";

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

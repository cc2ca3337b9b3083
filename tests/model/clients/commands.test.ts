import path from "node:path";
import parser from "@typescript-eslint/parser";
import { Linter, type Rule } from "eslint";
import { expect, it } from "vitest";
import { storedArguments } from "../../../src/model/commands/lua-writes.ts";
import { expiryOf } from "../../../src/model/commands/expiry.ts";
import { fileOf } from "../../../src/model/file.ts";
import { project } from "../../helpers/project.ts";

const SETUP = `import IORedis from "ioredis";
import { createClient } from "redis";
const io = new IORedis(process.env.UPSTASH_REDIS_URL!);
const node = createClient({ url: process.env.UPSTASH_REDIS_URL! });
const url = process.env.UPSTASH_REDIS_REST_URL!;
declare const id: string, v: string, options: object;
`;

/** Commands of the last statement, as `name key=… value=… via expiry`. */
function commandsIn(code: string): readonly string[] {
  const text = SETUP + code;
  const cwd = project({ "lib/example.ts": text });
  const found: string[] = [];
  const rule: Rule.RuleModule = {
    create: (context) => ({
      CallExpression(call) {
        const file = fileOf(context as never);
        for (const command of file.commandsAt(call as never)) {
          const { name, access, keys, values, via } = command;
          found.push([name, access, `${String(keys.length)} keys`, `${String(values.length)} values`, via, expiryOf(file.tracer, command) ?? "unknown"].join(", "));
        }
      },
    }),
  };
  const config = { files: ["**"], languageOptions: { parser }, plugins: { t: { rules: { shown: rule } } }, rules: { "t/shown": 2 as const } };
  expect(new Linter({ cwd }).verify(text, config, { filename: path.join(cwd, "lib/example.ts") })).toEqual([]);
  return found;
}

it.each([
  ['io.set("k", v, "EX", 60)', "set, write, 1 keys, 1 values, ioredis, given"],
  ['io.set("k", v, "KEEPTTL")', "set, write, 1 keys, 1 values, ioredis, given"],
  ['io.set("k", v, "NX")', "set, write, 1 keys, 1 values, ioredis, none"],
  ['io.hset("k", "f", v, "g", v)', "hset, write, 1 keys, 2 values, ioredis, none"],
  ["io.hset(`k:${id}`, { f: v })", "hset, write, 1 keys, 1 values, ioredis, none"],
  ['io.mget("a", "b")', "mget, read, 2 keys, 0 values, ioredis, none"],
  ['io.del("a")', "del, write, 1 keys, 0 values, ioredis, none"],
  ['io.pipeline().set("k", v)', "set, write, 1 keys, 1 values, ioredis, none"],
  ['node.set("k", v, { EX: 60 })', "set, write, 1 keys, 1 values, node-redis, given"],
  ['node.set("k", v, { NX: true })', "set, write, 1 keys, 1 values, node-redis, none"],
  ['node.set("k", v, options)', "set, write, 1 keys, 1 values, node-redis, unknown"],
  ['node.hSet("k", "f", v)', "hset, write, 1 keys, 1 values, node-redis, none"],
  ['node.json.set("k", "$", { a: v })', "json.set, write, 1 keys, 1 values, node-redis, none"],
  ['node.sendCommand(["SETEX", "k", "60", v])', "setex, write, 1 keys, 1 values, node-redis, given"],
  ["fetch(url, { body: JSON.stringify([\"SET\", \"k\", v, \"PX\", 60]) })", "set, write, 1 keys, 1 values, rest, given"],
  ["fetch(`${url}/set/k/${v}`)", "set, write, 1 keys, 1 values, rest, none"],
  ["fetch(`${url}/set/k/${v}?EX=60`)", "set, write, 1 keys, 1 values, rest, given"],
  ['fetch(url + "/set/k", { body: v })', "set, write, 1 keys, 1 values, rest, none"],
  ["fetch(`${url}/get/k`)", "get, read, 1 keys, 0 values, rest, none"],
])("%s", (code, expected) => {
  expect(commandsIn(code)).toContain(expected);
});

it("a request that sends several", () => {
  expect(commandsIn('fetch(`${url}/multi-exec`, { body: JSON.stringify([["INCR", "n"], ["SET", "k", v]]) })')).toEqual([
    "incr, write, 1 keys, 0 values, rest, none",
    "set, write, 1 keys, 1 values, rest, none",
  ]);
});

it.each([
  'fetch(`${url}/unknown/k`)',
  'fetch("https://api.example.com/set/k/v")',
  "fetch(`${process.env.QSTASH_URL}/v2/publish/${id}`)",
  "fetch(`${process.env.UPSTASH_VECTOR_REST_URL}/upsert`, { body: JSON.stringify([\"SET\", \"k\", v]) })",
  'new Map().set("k", v)',
  "fetch(url, { body: v })",
])("no command: %s", (code) => {
  expect(commandsIn(code)).toEqual([]);
});

it.each([
  ['redis.call("SET", KEYS[1], ARGV[1])', [1]],
  ["redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[1])", [2]],
  ['local v = ARGV[3]\nredis.pcall("HSET", KEYS[1], "a", ARGV[1], "b", v)', [1, 3]],
  ['redis.call("SET", KEYS[1], cjson.encode({ a = ARGV[1] }))', []],
  ['redis.call("GET", ARGV[1])', []],
  ['redis.call("SREM", KEYS[1], ARGV[1])', []],
  ["redis.call('SET', KEYS[1]", []],
  ['redis.call(ARGV[1], KEYS[1], ARGV[2])', []],
])("Lua: %s", (source, places) => {
  expect([...storedArguments(source)].sort()).toEqual(places);
});

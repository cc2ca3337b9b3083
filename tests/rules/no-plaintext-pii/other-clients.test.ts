import rule from "../../../src/rules/no-plaintext-pii.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { EMAIL, invalid, valid, type Expected } from "./cases.ts";

/* Redis at Upstash without Upstash's SDK: ioredis, node-redis, requests to the REST API, Lua. */

const USER = "interface User { id: string; email: string }\n";
const HEAD = `import { encrypt } from "@/lib/crypto";\nvoid encrypt;\n${USER}`;
const ioredis = (statement: string, address = "process.env.UPSTASH_REDIS_URL!"): string =>
  `import Redis from "ioredis";\n${HEAD}const redis = new Redis(${address});\nexport async function save(u: User) {\n  ${statement}\n}\n`;
const nodeRedis = (statement: string, address = "process.env.UPSTASH_REDIS_URL!"): string =>
  `import { createClient } from "redis";\n${HEAD}const redis = createClient({ url: ${address} });\nexport async function save(u: User) {\n  ${statement}\n}\n`;
const rest = (statement: string): string => `${HEAD}const url = process.env.UPSTASH_REDIS_REST_URL!;\nconst headers = { Authorization: \`Bearer \${process.env.UPSTASH_REDIS_REST_TOKEN}\` };\nexport async function save(u: User) {\n  ${statement}\n}\n`;
const script = (statement: string, lua: string): string =>
  `import { Redis } from "@upstash/redis";\n${HEAD}const redis = Redis.fromEnv();\nconst LUA = ${JSON.stringify(lua)};\nexport async function save(u: User) {\n  ${statement}\n}\n`;
const of = (command: string, becomes = "encrypt(String(u.email))"): Expected => ({ command, data: EMAIL, becomes });

const IOREDIS: readonly (readonly [command: string, statement: string])[] = [
  ["set", 'await redis.set("k", «u.email», "EX", 60);'],
  ["setex", 'await redis.setex("k", 60, «u.email»);'],
  ["hset", 'await redis.hset("k", "mail", «u.email»);'],
  ["hset", 'await redis.hset("k", { mail: «u.email» });'],
  ["mset", 'await redis.mset("k", «u.email»);'],
  ["mset", "await redis.mset({ k: «u.email» });"],
  ["zadd", 'await redis.zadd("k", 1, «u.email»);'],
  ["xadd", 'await redis.xadd("k", "*", "mail", «u.email»);'],
  ["sadd", 'await redis.pipeline().get("a").sadd("k", «u.email»).exec();'],
  ["set", 'await redis.call("SET", "k", «u.email»);'],
];
const NODE_REDIS: readonly (readonly [command: string, statement: string])[] = [
  ["set", 'await redis.set("k", «u.email», { EX: 60 });'],
  ["setex", 'await redis.setEx("k", 60, «u.email»);'],
  ["hset", 'await redis.hSet("k", { mail: «u.email» });'],
  ["hset", 'await redis.hSet("k", "mail", «u.email»);'],
  ["lpush", 'await redis.lPush("k", [«u.email»]);'],
  ["zadd", 'await redis.zAdd("k", { score: 1, value: «u.email» });'],
  ["sadd", 'await redis.multi().get("a").sAdd("k", «u.email»).exec();'],
  ["set", 'await redis.sendCommand(["SET", "k", «u.email»]);'],
];

runRule("no-plaintext-pii", rule, {
  valid: [
    valid("ioredis at another host", ioredis('await redis.set("k", u.email);', '"redis://localhost:6379"')),
    valid("ioredis at a host that is not known, beside Upstash's Redis", ioredis('await redis.set("k", u.email); // @upstash/redis', "process.env.REDIS_URL!")),
    valid("ioredis at what another variable of Upstash holds", ioredis('await redis.set("k", u.email);', "process.env.UPSTASH_REDIS_TIMEOUT!")),
    valid("ioredis at a cache that says nothing of Upstash", ioredis('await redis.set("k", u.email); // @upstash/redis', "process.env.REDIS!")),
    valid("ioredis at what is used instead of Upstash", ioredis('await redis.set("k", u.email);', "process.env.UPSTASH_REDIS_FALLBACK!")),
    valid("ioredis that only reads", ioredis('await redis.get(`u:${u.email}`); await redis.sismember("k", u.email); await redis.srem("k", u.email);')),
    valid("ioredis with what is encrypted", ioredis('await redis.set("k", encrypt(u.email), "EX", 60);')),
    valid("node-redis at another host", nodeRedis('await redis.hSet("k", { mail: u.email });', '"redis://localhost:6379"')),
    valid("node-redis that only reads", nodeRedis('await redis.hGet("k", u.email); await redis.sRem("k", u.email);')),
    valid("a request to another host", rest('await fetch("https://api.example.com", { method: "POST", headers, body: JSON.stringify(["SET", "k", u.email]) });')),
    valid("a request to QStash's host is no command", rest('await fetch(`${process.env.QSTASH_URL}/v2/publish/x`, { method: "POST", headers, body: JSON.stringify(["SET", "k", u.email]) });')),
    valid("a request that reads", rest('await fetch(`${url}/get/user:${u.id}`, { headers }); await fetch(`${url}/sismember/k/${encodeURIComponent(u.email)}`, { headers });')),
    valid("a request with what is encrypted", rest('await fetch(url, { method: "POST", headers, body: JSON.stringify(["SET", "k", encrypt(u.email)]) });')),
    valid("an argument that a script compares", script('await redis.eval(LUA, ["k"], [u.email]);', 'if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end')),
    valid("another argument of a script that stores one", script('await redis.eval(LUA, ["k"], [u.email, u.id]);', 'if redis.call("GET", KEYS[1]) ~= ARGV[1] then redis.call("SET", KEYS[1], ARGV[2]) end')),
    valid("a script that is not known", script('await redis.evalsha("abc", ["k"], [u.email]);', "return 1")),
  ],
  invalid: [
    ...IOREDIS.map(([command, statement], index) => invalid(`ioredis' ${command}, form ${index}`, ioredis(statement), [of(command)])),
    ...NODE_REDIS.map(([command, statement], index) => invalid(`node-redis' ${command}, form ${index}`, nodeRedis(statement), [of(command)])),
    invalid("ioredis at a variable that is named after the database alone", ioredis('await redis.set("k", «u.email»);', "process.env.UPSTASH_REDIS"), [of("set")]),
    invalid("ioredis at a variable that is named after Upstash alone", ioredis('await redis.set("k", «u.email»);', "process.env.CACHE_UPSTASH!"), [of("set")]),
    invalid("ioredis of another module, by a host's name", `import { redis } from "@/lib/redis";\n${HEAD}export const save = (u: User) => redis.set("k", «u.email»);\n`, [of("set")], {
      files: { "lib/redis.ts": 'import { Redis } from "ioredis";\nexport const redis = new Redis({ host: "eu1-fine-cat-30000.upstash.io", port: 6379, tls: {} });\n' },
    }),
    invalid("node-redis behind its promise", `import { createClient } from "redis";\n${HEAD}export async function save(u: User) {\n  const redis = await createClient({ url: process.env.UPSTASH_REDIS_URL! }).on("error", console.error).connect();\n  await redis.set("k", «u.email»);\n}\n`, [of("set")]),
    invalid("a list of words in a request's body", rest('await fetch(url, { method: "POST", headers, body: JSON.stringify(["SET", "k", «u.email»]) });'), [of("set")]),
    invalid("several lists", rest('await fetch(`${url}/pipeline`, { method: "POST", headers, body: JSON.stringify([["INCR", "n"], ["SADD", "k", «u.email»], ["HSET", "h", "f", «u.email»]]) });'), [of("sadd"), of("hset")]),
    invalid("a request's path", rest("await fetch(`${url}/set/user:${u.id}/${encodeURIComponent(«u.email»)}?EX=60`, { headers });"), [
      { command: "set", data: EMAIL, becomes: "encodeURIComponent(encrypt(String(u.email)))" },
    ]),
    invalid("a request's path with its value in the body", rest("await fetch(`${url}/set/user:${u.id}`, { method: \"POST\", headers, body: JSON.stringify(«u») });"), [of("set", "encrypt(JSON.stringify(u))")].map((one) => ({ ...one, becomes: ["JSON.stringify(u)", "encrypt(JSON.stringify(u))"] as const }))),
    invalid("a helper that sends a list of words", `import { kv } from "@/lib/kv";\n${HEAD}export const save = (u: User) => kv(["SET", \`u:\${u.id}\`, «u.email»]);\n`, [of("kv → set")], {
      files: { "lib/kv.ts": 'export async function kv(words: unknown[]) { return fetch(process.env.KV_REST_API_URL!, { method: "POST", headers: { Authorization: `Bearer ${process.env.KV_REST_API_TOKEN}` }, body: JSON.stringify(words) }); }\n' },
    }),
    invalid("a helper that sends a path", `import { kvSet } from "@/lib/kv";\n${HEAD}export const save = (u: User) => kvSet("k", { mail: «u.email» });\n`, [of("kvSet → set")], {
      files: { "lib/kv.ts": 'const base = process.env.KV_REST_API_URL;\nexport async function kvSet(key: string, value: unknown) {\n  const text = typeof value === "string" ? value : JSON.stringify(value);\n  return fetch(`${base}/set/${encodeURIComponent(key)}/${encodeURIComponent(text)}`, { method: "POST" });\n}\n' },
    }),
    invalid("an argument that a script stores", script('await redis.eval(LUA, ["k"], [«u.email», 60]);', 'redis.call("SET", KEYS[1], ARGV[1], "EX", ARGV[2])'), [of("eval")]),
    invalid("an argument by a name of Lua's", script('await redis.eval(LUA, ["k"], [u.id, «u.email»]);', 'local mail = ARGV[2]\nreturn redis.call("HSET", KEYS[1], "mail", mail)'), [of("eval")]),
    invalid("a script that is made first", script('await redis.createScript(LUA).exec(["k"], [«u.email»]);', 'return redis.call("SADD", KEYS[1], ARGV[1])'), [of("exec")]),
    invalid("ioredis' eval", ioredis('await redis.eval(\'redis.call("SET", KEYS[1], ARGV[1])\', 1, "k", «u.email»);'), [of("eval")]),
  ],
});

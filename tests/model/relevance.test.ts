import { describe, expect, it } from "vitest";
import { bringsUpstashToBrowsers, handsOverUpstash, mayRunTowardsDanger, mayRunTowardsUpstash, mayStoreInUpstash } from "../../src/model/relevance.ts";
import type { FileModel, WrittenCall } from "../../src/model/file.ts";
import { withModel } from "./file-model.ts";

const LIB = {
  "lib/redis.ts": 'import { Redis } from "@upstash/redis";\nexport const redis = Redis.fromEnv();\n',
  "lib/users.ts": 'import { redis } from "./redis";\nexport const saveUser = (user) => redis.set("u", user);\nexport const Card = () => null;\n',
  "lib/barrel.ts": 'export * from "./users";\n',
  "lib/plain.ts": "export const saveLocal = (value) => value;\nexport const store = new Map();\n",
  "lib/actions.ts": '// the server\'s\n"use server";\nimport { redis } from "./redis";\nexport async function save() { await redis.ping(); }\n',
  "lib/keep.js": "exports.keep = (client, value) => client.set('v', value);\n",
  "lib/wipe.ts": 'import { redis } from "./redis";\nexport const wipe = () => redis.flushall();\nexport const calm = () => redis.ping();\n',
  "lib/cycle-a.ts": 'import "./cycle-b";\nexport const saveA = 1;\n',
  "lib/cycle-b.ts": 'import "./cycle-a";\n',
};

const stores = (code: string): boolean => withModel({ ...LIB, "app/x.ts": code }, "app/x.ts", mayStoreInUpstash);
/** Asks about the file's first call. */
const ofFirstCall = (code: string, asks: (file: FileModel, call: WrittenCall) => boolean): boolean =>
  withModel({ ...LIB, "app/x.ts": code }, "app/x.ts", (file) => {
    const [call] = file.calls;
    return call !== undefined && asks(file, call);
  });
const runs = (code: string): boolean => ofFirstCall(code, (file, call) => mayRunTowardsUpstash(file, call, handsOverUpstash(file, call.value)));
const endangers = (code: string): boolean => ofFirstCall(code, mayRunTowardsDanger);
const brings = (code: string): boolean => withModel({ ...LIB, "app/x.tsx": code }, "app/x.tsx", bringsUpstashToBrowsers);

describe("a file that may store something in Upstash", () => {
  it.each([
    ["names it", 'import { Redis } from "@upstash/redis";', true],
    ["calls a function that leads there and sounds like keeping", 'import { saveUser } from "@/lib/users"; saveUser({});', true],
    ["the same through a barrel", 'import { saveUser } from "@/lib/barrel"; saveUser({});', true],
    ["the same through a namespace", 'import * as users from "@/lib/users"; users.saveUser({});', true],
    ["calls a command on what it imports", 'import { redis } from "@/lib/redis"; redis.set("a", 1);', true],
    ["runs a command on what an imported function gave", 'import { saveUser } from "@/lib/users"; const x = saveUser; x().hset("a", {});', true],
    ["requires it", 'const { saveUser } = require("@/lib/users"); saveUser({});', true],
    ["imports it dynamically, behind a bundler's comment", 'import(/* webpackChunkName: "u" */ "@/lib/users").then((users) => users.saveUser({}));', true],
    ["re-exports it", 'export { saveUser } from "@/lib/users";', true],
    ["uses it as a component only", 'import { Card } from "@/lib/users"; export default Card;', false],
    ["uses its types only", 'import type { saveUser } from "@/lib/users"; type X = typeof saveUser;', false],
    ["calls what leads nowhere", 'import { saveLocal, store } from "@/lib/plain"; saveLocal(1); store.set("a", 1);', false],
    ["imports modules that import each other", 'import { saveA } from "@/lib/cycle-a"; saveA();', false],
    ["imports a package", 'import { save } from "some-package"; save({});', false],
  ])("%s: %s", (_, code, expected) => {
    expect(stores(code)).toBe(expected);
  });
});

describe("a file that brings Upstash to browsers", () => {
  it.each([
    ["names it", '"use client"; const x = process.env.UPSTASH_REDIS_REST_TOKEN;', true],
    ["uses a value that leads there", '"use client"; import { redis } from "@/lib/redis"; use(redis);', true],
    ["calls a server action: its code stays on the server", '"use client"; import { save } from "@/lib/actions"; save();', false],
    ["runs on the server", 'import { redis } from "@/lib/redis"; use(redis);', false],
  ])("%s: %s", (_, code, expected) => {
    expect(brings(code)).toBe(expected);
  });
});

describe("a call that may run what leads to Upstash", () => {
  it.each([
    ["a function that leads there", 'import { saveUser } from "@/lib/users"; saveUser(x);', true],
    ["the same through a barrel", 'import { saveUser } from "@/lib/barrel"; saveUser(x);', true],
    ["the same through a namespace", 'import * as users from "@/lib/users"; users.saveUser(x);', true],
    ["a function that is handed a client", 'import { redis } from "@/lib/redis"; import { keep } from "@/lib/keep"; keep(redis, x);', true],
    ["the same in an object", 'import { redis } from "@/lib/redis"; import { keep } from "@/lib/keep"; const context = { redis }; keep(context, x);', true],
    ["a function of the file", "save(x); function save(value) {}", true],
    ["what a request holds", "export const GET = (request) => request.save(x);", true],
    ["another name of a module that leads there", 'import { Card } from "@/lib/users"; Card(x);', false],
    ["a module that leads nowhere", 'import { saveLocal } from "@/lib/plain"; saveLocal(x);', false],
    ["the same, where the file has a client for others", 'import { redis } from "@/lib/redis"; import { saveLocal } from "@/lib/plain"; saveLocal(x); redis.get("a");', false],
    ["a package", 'import { save } from "some-package"; save(x);', false],
  ])("%s: %s", (_, code, expected) => {
    expect(runs(code)).toBe(expected);
  });
});

describe("a call that may run a dangerous command", () => {
  it.each([
    ["one that runs it", 'import { wipe } from "@/lib/wipe"; wipe();', true],
    ["another one of its module", 'import { calm } from "@/lib/wipe"; calm();', false],
    ["a module without any", 'import { saveUser } from "@/lib/users"; saveUser(x);', false],
    ["a function of the file", "wipe(); function wipe() {}", true],
  ])("%s: %s", (_, code, expected) => {
    expect(endangers(code)).toBe(expected);
  });
});

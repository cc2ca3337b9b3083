import { check, ignored, invalid, valid, type Expected } from "./shared.ts";

const EX: Expected = { ...ignored("EX", "ex"), fix: "ex: 60" };

/** Upstash where it is set up, else a Redis nearby. */
const STORES = `import IORedis from "ioredis";
import { createClient } from "redis";
const near = createClient();
const storeOf = () => (process.env.UPSTASH_REDIS_REST_URL ? redis : near);
const cacheOf = () => (process.env.UPSTASH_REDIS_REST_URL ? redis : new IORedis());
`;

check({
  valid: [
    valid("the branch for the other client", `${STORES}const store = storeOf();\nif (store instanceof Redis) await store.set("k", token, { ex: 60 });\nelse await store.set("k", token, { EX: 60 });\n`),
    valid("behind a return", `${STORES}export async function save() {\n  const store = storeOf();\n  if (store instanceof Redis) return store.set("k", token, { ex: 60 });\n  return store.set("k", token, { EX: 60 });\n}\n`),
    valid("a negated test, with more than one part", `${STORES}export const save = (store: Redis | typeof near, isOn: boolean) => isOn && !(store instanceof Redis) && store.set("k", token, { EX: 60 });\n`),
    valid("the branch for another class", `${STORES}const store = cacheOf();\nif (store instanceof IORedis) await store.set("k", token, "EX", 60);\nelse await store.set("k", token, { ex: 60 });\n`),
  ],
  invalid: [
    invalid("the branch for Upstash's", `${STORES}const store = storeOf();\nif (store instanceof Redis) await store.set("k", token, { «EX: 60» });\n`, EX),
    invalid("the branch for what is no other class's", `${STORES}const store = cacheOf();\nif (!(store instanceof IORedis)) await store.set("k", token, { «EX: 60» });\n`, EX),
    invalid("either of two", `${STORES}export const save = (store: Redis, isOn: boolean) => {\n  if (isOn && store instanceof Redis) return;\n  return store.set("k", token, { «EX: 60» });\n};\n`, EX),
    invalid("another variable was tested", `${STORES}const store = storeOf();\nif (!(store instanceof Redis)) await redis.set("k", token, { «EX: 60» });\n`, EX),
    invalid("another client is taken after the test", `${STORES}let store = storeOf();\nif (!(store instanceof Redis)) {\n  store = Redis.fromEnv();\n  await store.set("k", token, { «EX: 60» });\n}\n`, EX),
    invalid("what all objects are", `${STORES}const store = storeOf();\nif (store instanceof Object) await store.set("k", token, { «EX: 60» });\n`, EX),
  ],
});

/*
 * Every form that the parser of typescript-eslint knows, around values of Upstash. The test sees to it that each node
 * type of its AST stands in here; a new one fails until it has an example.
 */

/** Statements for a module, with `redis`, `ratelimit`, `request` and `user` in scope. Each is linted alone. */
export const MODULE_SYNTAX: readonly string[] = [
  // declarations and modules
  'import def, { type A, B as C, default as D } from "@/lib/redis"; import * as all from "@/lib/redis"; import type T from "@/lib/redis"; void [def, C, D, all];',
  'import data from "./data.json" with { type: "json" }; await redis.set("data", data);',
  'import fs = require("node:fs"); import Alias = Space.Inner; namespace Space { export namespace Inner { export const key = "a"; } } await redis.set(Alias.key, fs);',
  'export * from "@/lib/redis"; export * as every from "@/lib/redis"; export { redis as client, redis as default }; export type { A } from "@/lib/redis";',
  "export default redis;",
  "export default async function () { return redis.get(user.email); }",
  "export default class extends Store {}",
  "export = redis;",
  "export as namespace Upstash;",
  "let one, two = redis, { three = redis, ...four } = { ...redis }, [five = redis, , ...six] = [redis, ...[redis]]; one = two; void [three, four, five, six];",
  "using held = redis; await using kept = redis; void [held, kept];",
  "declare const declared: typeof redis; declare function made(): Redis; declare module \"upstash\" { export const redis: Redis; } declare global { var redis: Redis; } declared.set(\"a\", made());",
  "enum Key { A = \"a\", B = `b`, \"C\" = 1 } const enum Other { A = 1 << 2 } await redis.set(Key.A, Other.A);",
  // classes
  `@decorated(redis) abstract class Store<T> extends (Base as typeof Redis)<T> implements Keeper, Other<T> {
  static { this.shared = redis; }
  static shared = redis; readonly #own = Redis.fromEnv(); declare typed: Redis; accessor kept = redis; "quoted" = redis; [computed] = redis; optional?: Redis; definite!: Redis;
  abstract later: Redis; abstract accessor soon: Redis; abstract run(): Promise<void>;
  constructor(private readonly client = redis, @inject() public key: string, ...rest: Redis[]) { super(rest); new.target; }
  get client2(): Redis { return this.#own; } set client2(value) { super.kept = value; }
  overloaded(a: string): void; overloaded(a: number): void; async overloaded(this: Store<T>, a: unknown) { if (#own in this) await this.#own.set("a", a); }
  static async *[Symbol.asyncIterator]() { yield* redis.scan(0); yield redis; }
  @logged method() {}
  maybe?(): void;
  [key: string]: unknown;
}`,
  "const made = class Named extends Redis { static own = new Named(); }; await made.own.set(user.email, user);",
  // functions
  "function* generate(a = redis, { b = redis } = {}, [c] = [redis], ...d) { const e = yield a; yield* [b, c, d, e]; } generate(redis);",
  "const arrows = [() => redis, async (it) => await it.get(\"a\"), <T,>(it: T): it is T => !!it, (it): asserts it is Redis => {}, function named() { return arguments; }]; arrows[0]().set(\"a\", user.email);",
  // statements
  "if (redis) redis.set(\"a\", user); else if (user) ; else { debugger; }",
  "for (let i = 0, client = redis; i < 3; i++) client.set(`a${i}`, user.email); for (const key in redis) redis.set(key, user); for (const one of [redis]) one.set(\"a\", user); for await (const key of redis.scanIterator()) { if (key) continue; else break; }",
  "while (await redis.get(\"a\")) { await redis.del(\"a\"); } do { redis.incr(\"a\"); } while (user); outer: for (;;) { break outer; }",
  "switch (await redis.get(\"a\")) { case redis: case user.email: await redis.set(\"a\", user.email); break; default: throw new Error(process.env.UPSTASH_REDIS_REST_TOKEN); }",
  "try { await redis.set(\"a\", user.email); } catch ({ message }) { console.log(message, redis); } finally { await ratelimit.limit(user.email); } try { redis.get(\"a\"); } catch { }",
  // expressions
  "redis.set(\"a\", (user.email, user!.name, user as any, user satisfies unknown, <any>user, user.x?.y?.[0]?.(redis), -user.n, typeof user, void 0, delete user.x));",
  "user.n++; --user.n; user.a ??= redis; user.b ||= await redis.get(\"a\"); user.c &&= redis; user.d **= 2; [user.e, { f: user.f = redis }] = [redis, { f: redis }]; ({ ...user.g } = redis);",
  "const literals = [null, true, 1n, 0x1f, 1_000, /redis/giu, /[a--b]/v, \"a\", 'b', `c${user.email}d`, String.raw`e${redis}`, redis.set<string>`f`, , ...[]]; await redis.set(\"a\", literals);",
  "const object = { redis, \"quoted\": redis, 1: redis, [user.email]: redis, method() { return super.method ?? redis; }, get got() { return redis; }, set got(value) {}, async *many() {}, __proto__: redis, ...redis }; await redis.set(\"a\", object);",
  "await redis.set(\"a\", user ? user.email : (user.a && user.b) || (user.c ?? user.d)); await (redis ?? user)?.set?.(\"a\", user.email); await (0, redis.set)(\"a\", user);",
  "const loaded = await import(\"@upstash/redis\"); new loaded.Redis(import.meta.env).set(\"a\", import.meta.url); const attributed = await import(\"./a.json\", { with: { type: \"json\" } }); void attributed;",
  "new Redis; new (class extends Redis {})({ url: user.url, token: user.token }); new Map<string, Redis>([[\"a\", redis]]); const instantiated = redis.get<string>; void instantiated;",
  "user instanceof Redis; \"a\" in redis; redis < user; redis <= 1; redis === user; redis != null; 1 ** 2 % 3 >>> 4;",
  // types
  `type Every<in out T extends Redis = Redis, const U = T> = T | U & { a?: T; readonly [key: string]: unknown; (a: T): U; new (a: T): U; method?<V>(this: T, ...rest: V[]): asserts this is T; get got(): T; set got(value: T) }
  | [first: T, second?: U, ...rest: T[]] | readonly T[] | [T?, ...U[]] | (abstract new () => T) | ((a: T) => a is Redis) | (T extends infer V extends string ? V : never) | { -readonly [K in keyof T as \`\${K & string}a\`]+?: T[K] }
  | typeof redis | typeof import("@upstash/redis") | import("@upstash/redis").Redis<T> | unique symbol | Namespace.Inner<T> | "literal" | -1 | \`a\${string}\` | any | bigint | boolean | never | null | number | object | string | symbol | undefined | unknown | void | this;
  await redis.set("a", user as Every<Redis>);`,
  "interface Row<T> extends Base, Other<T> { email: string; readonly phone?: string; nested: { address: string }; (): void; new (): Row<T>; method(): void; [key: string]: unknown } const row: Row<string> = user; await redis.set(\"a\", row);",
  "abstract class Shape { private constructor(protected readonly redis: Redis) {} abstract get area(): number; abstract run(): void; static override async go() {} } void Shape; function unique(it: unique symbol) {} void unique;",
  "function empty(this: Redis, a?: string, ...b: any[]): void; function empty() {} declare function only(a: string): a is \"b\"; empty(); only(user.email); type Intrinsic = intrinsic;",
];

/** JSX, for a file that may hold it. */
export const JSX_SYNTAX: readonly string[] = [
  "const view = <><Client.Form<Redis> key={user.email} {...redis} xlink:href=\"a\" on={async () => await redis.set(\"a\", user.email)} data-token={process.env.UPSTASH_REDIS_REST_TOKEN}>text {user.email}{/* none */}{...[redis]} <svg:path /></Client.Form><this.it /></>; await redis.set(\"a\", view);",
];

/** What only the older languages have. */
export const SCRIPT_SYNTAX: readonly string[] = ["with (redis) { set(\"a\", user.email); }"];

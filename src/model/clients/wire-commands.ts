import { rawArgRoles, REDIS_COMMANDS, type ArgRole } from "../../sdk/redis-commands.ts";
import { isBatchStart, NODE_REDIS_UNLIKE_SDK, RAW_METHODS } from "../../sdk/wire-clients.ts";
import type { CallValue, Value } from "../values/ir.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";
import type { Client, Command } from "./clients.ts";
import { extract } from "./command-arguments.ts";
import { wireClientBuilt } from "./connections.ts";

/** Redis at Upstash, reached without Upstash's SDK. */
export const OTHER_MAKER: Client = { product: "redis", sdk: undefined, construction: undefined, envMethod: undefined };

let names: ReadonlySet<string> | undefined;

/** False for what is no command of ioredis or node-redis: `set`, `hSet`, `json.set`, `call`. */
export function isWireMethod(name: string): boolean {
  names ??= new Set([...REDIS_COMMANDS.keys()].flatMap((path) => [path, path.split(".").at(-1) ?? path]));
  return RAW_METHODS.has(name) || names.has(name.toLowerCase());
}

/**
 * The command that a call runs on ioredis or node-redis which is pointed at a host of Upstash. Undefined: it runs none, or
 * that is not known.
 * @param method the receiver, and the path of the method: `json.set`
 */
export function wireCommandOf(tracer: Tracer, call: Located<CallValue>, { receiver, name }: { readonly receiver: Value; readonly name: string }): Command | undefined {
  const found = receiverOf(tracer, { value: receiver, place: call.place }, 0);
  if (!found) return undefined;
  const run = { client: OTHER_MAKER, mode: found.mode, call, isRaw: true } as const;
  const via = found.library === "ioredis" ? "ioredis" : "node-redis";
  if (RAW_METHODS.has(name)) return rawCommand(tracer, call, { ...run, via });
  return via === "ioredis" ? ioredisCommand(name, call, { ...run, via }) : nodeRedisCommand(name, call, { ...run, via });
}

type Run = Pick<Command, "client" | "mode" | "call" | "isRaw" | "via">;

/** ioredis sends its arguments as Redis takes them: `set(key, value, "EX", 60)`; objects and lists are laid out. */
function ioredisCommand(name: string, call: Located<CallValue>, run: Run): Command | undefined {
  const { args, spreadAt } = call.value;
  const known = spreadAt === undefined ? args : args.slice(0, spreadAt);
  const raw = rawArgRoles([name, ...known.map((arg) => constantOf(arg))]);
  if (!raw) return undefined;
  const roles: ArgRole[] = [...raw.roles];
  if (/^HM?SET$/u.test(raw.name) && args.length === 2) roles[1] = "fieldEntries";
  if (/^MSET(?:NX)?$/u.test(raw.name) && args.length === 1) roles[0] = "keyEntries";
  return extract(raw.name.toLowerCase(), raw.spec, run, known, roles);
}

/** node-redis takes objects, much as Upstash's SDK does. */
function nodeRedisCommand(name: string, call: Located<CallValue>, run: Run): Command | undefined {
  const lower = name.toLowerCase();
  const spec = REDIS_COMMANDS.get(lower);
  if (!spec) return undefined;
  const { args } = call.value;
  const roles = NODE_REDIS_UNLIKE_SDK.get(lower)?.[args.length] ?? NODE_REDIS_UNLIKE_SDK.get(lower)?.[0];
  return extract(lower, spec, run, args, roles ?? spec.args);
}

/** `redis.call("SET", key, value)`, `client.sendCommand(["SET", key, value])` */
function rawCommand(tracer: Tracer, call: Located<CallValue>, run: Run): Command | undefined {
  const [first, ...rest] = call.value.args;
  if (!first || call.value.spreadAt !== undefined) return undefined;
  const list = tracer.alternatives({ value: first, place: call.place })[0]?.value;
  const words = list?.kind === "array" ? list.items : [first, ...rest.flatMap((arg) => (target(arg).kind === "array" ? itemsOf(arg) : [arg]))];
  return wordsCommand(words, run);
}

/** The command that a list of words means. Undefined: its name is not known, or is none. */
export function wordsCommand(words: readonly Value[], run: Run): Command | undefined {
  const raw = rawArgRoles(words.map((word) => constantOf(word)));
  return raw && extract(raw.name.toLowerCase(), raw.spec, run, words.slice(1), raw.roles);
}

function itemsOf(value: Value): readonly Value[] {
  const list = target(value);
  return list.kind === "array" ? list.items : [];
}

interface Found {
  readonly library: "ioredis" | "redis" | "kafkajs";
  readonly mode: Command["mode"];
}

const CLIENT = {};

function receiverOf(tracer: Tracer, located: Located, depth: number): Found | undefined {
  return tracer.memo(CLIENT, located, undefined, () => {
    for (const { value, place } of tracer.alternatives(located)) {
      const found = value.kind === "call" ? madeBy(tracer, { value, place }, depth) : undefined;
      if (found) return found;
    }
    return undefined;
  });
}

/** The client that a call builds, or the one that it is made on: `createClient({ url }).on("error", log).connect()`. */
function madeBy(tracer: Tracer, call: Located<CallValue>, depth: number): Found | undefined {
  const built = leadsToWire(call.value, call.place, tracer) ? wireClientBuilt({ tracer }, call) : undefined;
  if (built) return { library: built.wire.library, mode: "direct" };
  const callee = target(call.value.callee);
  if (call.value.isNew || depth > 64 || callee.kind !== "member" || callee.property === undefined) return undefined;
  const on = receiverOf(tracer, { value: callee.object, place: call.place }, depth + 1);
  if (!on || (on.mode === "direct" && !isBatchStart(callee.property) && !/^(?:on|once|connect|duplicate)$/u.test(callee.property))) return undefined;
  return { library: on.library, mode: on.mode === "batch" || isBatchStart(callee.property) ? "batch" : "direct" };
}

/** A cheap question before the address is looked at. */
function leadsToWire({ callee }: CallValue, place: Place, tracer: Tracer): boolean {
  const at = target(callee);
  return (at.kind === "import" || at.kind === "member") && tracer.canonical({ value: callee, place }) !== undefined;
}

import { rawArgRoles, type ArgRole } from "../../sdk/redis-commands.ts";
import type { Clients, Command, CommandValue } from "../clients/clients.ts";
import type { CallValue, Value } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** Text test: false where no script is run. */
export const mayRunScripts = (text: string): boolean => /\.(?:eval|exec|call|sendCommand)\b/u.test(text) && /\b(?:eval|createScript)\b/iu.test(text);

/**
 * What a call stores through Lua: those of its arguments that the script hands to a command as a value, in the shape of a
 * write. Undefined: it runs no script, or the script is not a constant, or stores none of its arguments as it is.
 */
export function luaWriteOf(clients: Clients, tracer: Tracer, call: Located<CallValue>): Command | undefined {
  const command = clients.commandOf(call);
  const found = command ? evaluated(tracer, command) : executed(clients, tracer, call);
  if (!found) return undefined;
  const source = tracer.constant(found.script);
  if (typeof source !== "string") return undefined;
  const stored = storedArguments(source);
  const values = found.args.flatMap((value, index): CommandValue[] => (stored.has(index + 1) ? [{ value, role: "value" }] : []));
  if (values.length === 0) return undefined;
  const nothing = { keys: [], fields: [], ttl: undefined, mode: "direct", isRaw: false } as const;
  return { ...nothing, name: found.name, access: "write", client: found.client, call, args: values, values };
}

interface Run {
  readonly name: string;
  readonly client: Command["client"];
  readonly script: Located;
  readonly args: readonly Value[];
}

/** `eval(script, keys, args)`, and ioredis' `eval(script, 1, key, arg)`. */
function evaluated(tracer: Tracer, { name, args, client, call: { place } }: Command): Run | undefined {
  const script = args.find(({ role }) => role === "script");
  if (!script) return undefined;
  const given = args.flatMap(({ role, value }) => (role === "scriptArgs" ? elementsOf(tracer, { value, place }) : []));
  return { name, client, script: { value: script.value, place }, args: given };
}

/** `createScript(source).exec(keys, args)` */
function executed(clients: Clients, tracer: Tracer, { value, place }: Located<CallValue>): Run | undefined {
  const callee = target(value.callee);
  const given = value.args[1];
  if (callee.kind !== "member" || !given || (callee.property !== "exec" && callee.property !== "eval")) return undefined;
  for (const made of tracer.alternatives({ value: callee.object, place })) {
    const maker = made.value.kind === "call" ? target(made.value.callee) : undefined;
    const script = made.value.kind === "call" ? made.value.args[0] : undefined;
    if (maker?.kind !== "member" || maker.property !== "createScript" || !script) continue;
    const client = clients.clientOf({ value: maker.object, place: made.place });
    if (client?.product !== "redis") continue;
    return { name: callee.property, client, script: { value: script, place: made.place }, args: elementsOf(tracer, { value: given, place }) };
  }
  return undefined;
}

/** The elements of a list that is written out; else the value itself, which is one word. */
function elementsOf(tracer: Tracer, located: Located): readonly Value[] {
  const list = tracer.only(located)?.value;
  return list?.kind === "array" ? list.items : [located.value];
}

const STORED: ReadonlySet<ArgRole> = new Set(["value", "fieldEntries", "keyEntries"]);

/**
 * The places in `ARGV` that a script stores: `redis.call("SET", KEYS[1], ARGV[1])` stores the first. What it computes with
 * them, and what stands in tables, is not known.
 */
export function storedArguments(source: string): ReadonlySet<number> {
  const names = new Map<string, string>();
  for (const [, name = "", place = ""] of source.matchAll(/\blocal\s+(\w+)\s*=\s*(ARGV\[\d+\])/gu)) names.set(name, place);
  const found = new Set<number>();
  for (const call of source.matchAll(/\bredis\.p?call\s*\(/gu)) {
    const words = wordsFrom(source, call.index + call[0].length).map((word) => names.get(word) ?? word);
    const raw = rawArgRoles(words.map((word) => /^(["'])(.*)\1$/u.exec(word)?.[2]));
    if (raw?.spec.access !== "write" || raw.spec.stores === false) continue;
    raw.roles.forEach((role, index) => {
      const [, place] = /^ARGV\[(\d+)\]$/u.exec(words[index + 1] ?? "") ?? [];
      if (place !== undefined && STORED.has(role)) found.add(Number(place));
    });
  }
  return found;
}

/** The arguments of a call in Lua, as they are written, from behind its bracket to the one that closes it. */
function wordsFrom(source: string, start: number): readonly string[] {
  const words: string[] = [];
  let depth = 0;
  let quote = "";
  let from = start;
  for (let at = start; at < source.length; at++) {
    const sign = source[at] ?? "";
    if (quote !== "") {
      if (sign === "\\") at++;
      else if (sign === quote) quote = "";
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === "(" || sign === "{") depth++;
    else if ((sign === "," || sign === ")") && depth === 0) {
      words.push(source.slice(from, at).trim());
      from = at + 1;
      if (sign === ")") return words;
    } else if (sign === ")" || sign === "}") depth--;
  }
  return words;
}

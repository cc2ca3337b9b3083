import {
  EXPIRY_COMMANDS,
  EXPIRY_OPTIONS,
  foreignOption,
  IOREDIS_WORDS,
  TIME_OPTIONS,
  type ExpiryOptions,
} from "../../sdk/redis-expiry.ts";
import type { Command } from "../clients/clients.ts";
import type { ObjectEntry, ObjectValue, Value } from "../values/ir.ts";
import { primitiveKinds, type PrimitiveKind } from "../values/primitive-kind.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";

/** An option as the client sees it. */
export interface Option {
  readonly name: string;
  readonly value: Located;
  /** How it is written; of a spread, what is spread. */
  readonly entry: ObjectEntry;
}

/** What goes wrong between the expiry that is written and the one that is sent. */
export type ExpiryFault =
  /** A name that the client does not read; `known` is what it means. */
  | { readonly kind: "ignored"; readonly option: Option; readonly known: string; readonly argument: Value }
  /** A value that is no number, which the client drops. */
  | { readonly kind: "not-number"; readonly option: Option; readonly is: PrimitiveKind; readonly argument: Value }
  /** An option that the client does not look at, because it sends `kept`. */
  | { readonly kind: "conflict"; readonly option: Option; readonly kept: string; readonly argument: Value }
  /** Milliseconds where seconds are meant, or the other way round; `known` is the option or command to use. */
  | { readonly kind: "unit"; readonly name: string; readonly known: string; readonly value: Value; readonly option?: Option }
  /** `set(key, value, "EX", 60)` or `set(key, value, 60)`: the client throws. */
  | { readonly kind: "positional"; readonly argument: Value }
  /** Options on a command that takes none. */
  | { readonly kind: "unsupported"; readonly options: readonly Option[]; readonly argument: Value }
  /** `setex(key, value, 60)`: the seconds come first. */
  | { readonly kind: "swapped"; readonly argument: Value };

/** What becomes of the expiry that a command is given. Empty: it is sent as written, or that is not known. */
export function expiryFaults(tracer: Tracer, command: Command): readonly ExpiryFault[] {
  // Raw words are sent as they stand.
  if (command.isRaw || command.access !== "write") return [];
  const { place } = command.call;
  const options = EXPIRY_OPTIONS.get(command.name);
  if (!options) return [...argumentFaults(tracer, command), ...unsupported(tracer, command)];
  const argument = command.args[command.name === "set" ? 2 : 1]?.value;
  if (!argument) return [];
  const located = { value: argument, place };
  if (command.name === "set" && isPositional(tracer, located)) return [{ kind: "positional", argument }];
  return tracer.alternatives(located).flatMap((found): readonly ExpiryFault[] => {
    if (found.value.kind !== "object") return [];
    return optionFaults(tracer, options, readOptions(tracer, found.value, found.place), argument);
  });
}

/**
 * Whether a command carries an expiry. Also `given` where the client drops it: that is another fault. Undefined: it may
 * or may not.
 */
export function expiryOf(tracer: Tracer, command: Command): "given" | "none" | undefined {
  const { place, value: call } = command.call;
  if (command.args.some(({ role }) => TIME_ROLES.has(role))) return "given";
  if (command.via === "node-redis") return nodeRedisExpiry(tracer, command);
  if (command.isRaw) return command.args.some(({ value }) => constantOf(value)?.toUpperCase() === "KEEPTTL") ? "given" : wordsExpiry(command);
  const spec = EXPIRY_OPTIONS.get(command.name);
  if (!spec) return call.spreadAt === undefined ? "none" : undefined;
  const argument = command.args[command.name === "set" ? 2 : 1]?.value;
  if (!argument) return call.spreadAt === undefined ? "none" : undefined;
  const located = { value: argument, place };
  if (command.name === "set" && isPositional(tracer, located)) return "given";
  const answers = new Set(tracer.alternatives(located).map((found) => expiryIn(tracer, spec, found)));
  return answers.size === 1 ? [...answers][0] : undefined;
}

/** Words that are not written there, such as those that are spread, may set one. */
const wordsExpiry = ({ call: { value } }: Command): "none" | undefined => (value.spreadAt === undefined ? "none" : undefined);

/** `set(key, value, { EX: 60 })`, `{ expiration: { type: "EX", value: 60 } }`, `{ KEEPTTL: true }` */
function nodeRedisExpiry(tracer: Tracer, { args, call: { place, value } }: Command): "given" | "none" | undefined {
  const options = args.find(({ role }) => role === "options");
  if (!options) return value.spreadAt === undefined ? "none" : undefined;
  const found = tracer.only({ value: options.value, place });
  if (found?.value.kind !== "object") return undefined;
  const { all, isOpen } = readOptions(tracer, found.value, found.place);
  if ([...all.keys()].some((name) => /^(?:EX|PX|EXAT|PXAT|KEEPTTL|expiration)$/u.test(name))) return "given";
  return isOpen ? undefined : "none";
}

function expiryIn(tracer: Tracer, spec: ExpiryOptions, { value, place }: Located): "given" | "none" | undefined {
  if (value.kind === "literal") return value.value === undefined || value.value === null ? "none" : undefined;
  if (value.kind !== "object") return undefined;
  const { all, isOpen } = readOptions(tracer, value, place);
  const held = spec.within === undefined ? undefined : all.get(spec.within);
  if (held) return expiryIn(tracer, { ...spec, within: "" }, tracer.only(held.value) ?? held.value);
  const times = [...all.values()].filter(({ name }) => matching(spec.expiry, name) !== undefined || foreignOption(name) !== undefined);
  if (times.some((option) => !isNothing(tracer, option.value))) return "given";
  return isOpen || times.length > 0 ? undefined : "none";
}

function isPositional(tracer: Tracer, argument: Located): boolean {
  const kinds = primitiveKinds(tracer, argument);
  if (kinds.size !== 1) return false;
  return kinds.has("string") || (kinds.has("number") && tracer.constant(argument) !== 0);
}

interface Options {
  readonly all: ReadonlyMap<string, Option>;
  /** There may be others. */
  readonly isOpen: boolean;
}

function readOptions(tracer: Tracer, object: ObjectValue, place: Place, depth = 0): Options {
  const all = new Map<string, Option>();
  let isOpen = depth > 4;
  for (const entry of object.entries) {
    if (entry.spread) {
      const spread = tracer.only({ value: entry.value, place });
      if (spread?.value.kind !== "object" || isOpen || entry.omit) {
        isOpen = true;
        continue;
      }
      const inner = readOptions(tracer, spread.value, spread.place, depth + 1);
      isOpen ||= inner.isOpen;
      for (const [name, option] of inner.all) all.set(name, { ...option, entry });
    } else if (entry.key === undefined) isOpen = true;
    else all.set(entry.key, { name: entry.key, value: { value: entry.value, place }, entry });
  }
  return { all, isOpen };
}

function optionFaults(tracer: Tracer, spec: ExpiryOptions, options: Options, argument: Value): readonly ExpiryFault[] {
  if (spec.within === undefined) return faultsAmong(tracer, spec, options, argument);
  const faults: ExpiryFault[] = [];
  const holder = options.all.get(spec.within);
  for (const option of options.all.values()) {
    const known = holder ? undefined : matching(spec.expiry, option.name);
    if (known !== undefined) faults.push({ kind: "ignored", option, known: `${spec.within}: { ${known} }`, argument });
  }
  for (const held of holder ? tracer.alternatives(holder.value) : []) {
    if (held.value.kind !== "object") continue;
    faults.push(...faultsAmong(tracer, spec, readOptions(tracer, held.value, held.place), argument));
  }
  return faults;
}

function faultsAmong(tracer: Tracer, spec: ExpiryOptions, { all, isOpen }: Options, argument: Value): readonly ExpiryFault[] {
  const faults: ExpiryFault[] = [];
  const given = spec.expiry.flatMap((name) => all.get(name) ?? []);
  const kinds = new Map(given.map((option) => [option.name, primitiveKinds(tracer, option.value)]));
  const works = ({ name }: Option): boolean => {
    const found = kinds.get(name);
    return found?.has("number") === true || found?.has(undefined) === true || !TIME_OPTIONS.has(name);
  };
  const isExpiring = given.some(works);
  for (const option of all.values()) {
    if (spec.expiry.includes(option.name) || spec.others.includes(option.name)) continue;
    const known = matching(spec.expiry, option.name) ?? matching(spec.others, option.name);
    const isExpiry = known === undefined || spec.expiry.includes(known);
    if (known !== undefined ? all.has(known) : isExpiring || isOpen) continue;
    if (isExpiry ? isExpiring : tracer.constant(option.value) === false) continue;
    const meant = known ?? foreign(tracer, option);
    if (meant === undefined || isNothing(tracer, option.value)) continue;
    faults.push({ kind: "ignored", option, known: meant, argument });
  }
  const [first] = given.filter((option) => isCertain(tracer, option, kinds.get(option.name)));
  for (const option of given) {
    const found = kinds.get(option.name) ?? new Set();
    if (first && option !== first) {
      if (isCertain(tracer, option, found)) faults.push({ kind: "conflict", option, kept: first.name, argument });
      continue;
    }
    if (!TIME_OPTIONS.has(option.name)) continue;
    const is = (["nan", "string", "bigint", "boolean", "date", "object"] as const).find((kind) => found.has(kind));
    if (is !== undefined) faults.push({ kind: "not-number", option, is, argument });
    else {
      const known = otherUnit(tracer, option.name, option.value);
      if (known !== undefined) faults.push({ kind: "unit", name: option.name, known, value: option.value.value, option });
    }
  }
  if (isTrue(tracer, all.get("nx")) && isTrue(tracer, all.get("xx")) && spec.others.includes("xx")) {
    const option = all.get("xx");
    if (option) faults.push({ kind: "conflict", option, kept: "nx", argument });
  }
  return faults;
}

/** The client sends it for sure, unless another option goes before. */
function isCertain(tracer: Tracer, option: Option, kinds: ReadonlySet<PrimitiveKind | undefined> | undefined): boolean {
  return TIME_OPTIONS.has(option.name) ? kinds?.size === 1 && kinds.has("number") : isTrue(tracer, option);
}

function isTrue(tracer: Tracer, option: Option | undefined): boolean {
  return option !== undefined && tracer.constant(option.value) === true;
}

function isNothing(tracer: Tracer, value: Located): boolean {
  const kinds = primitiveKinds(tracer, value);
  return kinds.size === 1 && kinds.has("nothing");
}

function matching(names: readonly string[], name: string): string | undefined {
  const lower = name.toLowerCase();
  return names.find((known) => known.toLowerCase() === lower);
}

/** `{ ttl: 60 }`, and node-redis' `{ expiration: { type: "EX", value: 60 } }`. */
function foreign(tracer: Tracer, { name, value }: Option): string | undefined {
  const held = tracer.only(value)?.value;
  if (held?.kind === "object") {
    const type = held.entries.find(({ key }) => key === "type");
    const option = type && constantOf(type.value)?.toLowerCase();
    return name === "expiration" && option !== undefined && TIME_OPTIONS.has(option) ? option : undefined;
  }
  return foreignOption(name);
}

/** Options and commands that take a point in time, and the one that takes it in the other unit. */
const UNITS: ReadonlyMap<string, { readonly takes: Scale; readonly other: string }> = new Map([
  ["exat", { takes: "seconds", other: "pxat" }],
  ["pxat", { takes: "milliseconds", other: "exat" }],
  ["expireat", { takes: "seconds", other: "pexpireat" }],
  ["pexpireat", { takes: "milliseconds", other: "expireat" }],
  ["hexpireat", { takes: "seconds", other: "hpexpireat" }],
  ["hpexpireat", { takes: "milliseconds", other: "hexpireat" }],
]);

/** What takes the value in its own unit, where `name` takes it in the other one. */
function otherUnit(tracer: Tracer, name: string, value: Located): string | undefined {
  const unit = UNITS.get(name);
  const scale = unit && scaleOf(tracer, value);
  return scale === undefined || scale === unit?.takes ? undefined : unit?.other;
}

type Scale = "seconds" | "milliseconds";

const ROUNDING = /^(?:floor|ceil|round|trunc)$/u;

/** The unit of a point in time that is made from the clock. Undefined: it is not made from it, or not known how. */
function scaleOf(tracer: Tracer, { value, place }: Located, depth = 0): Scale | undefined {
  if (depth > 12) return undefined;
  const next = (inner: Value | undefined): Scale | undefined => inner && scaleOf(tracer, { value: inner, place }, depth + 1);
  switch (value.kind) {
    case "ref":
      return next(value.target);
    case "await":
      return next(value.value);
    case "operation": {
      const [left, right] = value.operands;
      if (value.operator === "+" || value.operator === "-") {
        const scales = new Set(value.operands.map(next).filter((scale) => scale !== undefined));
        return scales.size === 1 ? [...scales][0] : undefined;
      }
      const by = right && tracer.constant({ value: right, place });
      if (by !== 1000) return undefined;
      const scale = next(left);
      if (value.operator === "/") return scale === "milliseconds" ? "seconds" : undefined;
      return value.operator === "*" && scale === "seconds" ? "milliseconds" : undefined;
    }
    case "call": {
      const callee = target(value.callee);
      if (callee.kind !== "member" || callee.property === undefined) return undefined;
      const owner = target(callee.object);
      const isGlobal = (name: string): boolean => owner.kind === "global" && owner.name === name;
      if (isGlobal("Math")) return ROUNDING.test(callee.property) ? next(value.args[0]) : undefined;
      if (callee.property === "now") return isGlobal("Date") ? "milliseconds" : undefined;
      return callee.property === "getTime" && value.args.length === 0 ? "milliseconds" : undefined;
    }
    default:
      return undefined;
  }
}

const TIME_ROLES = new Set(["ttlSeconds", "ttlMilliseconds", "expireAtSeconds", "expireAtMilliseconds"]);

/** What is wrong with a time that a command takes as a plain argument. */
function argumentFaults(tracer: Tracer, command: Command): readonly ExpiryFault[] {
  const { place } = command.call;
  const time = command.args.find(({ role }) => TIME_ROLES.has(role))?.value;
  if (!time) return [];
  const kinds = primitiveKinds(tracer, { value: time, place });
  if (kinds.has("nan")) {
    const option: Option = { name: "", value: { value: time, place }, entry: { key: undefined, value: time } };
    return [{ kind: "not-number", option, is: "nan", argument: time }];
  }
  const stored = command.values[0]?.value;
  if ((command.name === "setex" || command.name === "psetex") && stored && isNoTime(tracer, { value: time, place }, kinds)) {
    const given = primitiveKinds(tracer, { value: stored, place });
    return given.size === 1 && given.has("number") ? [{ kind: "swapped", argument: time }] : [];
  }
  const known = otherUnit(tracer, command.name, { value: time, place });
  return known === undefined ? [] : [{ kind: "unit", name: command.name, known, value: time }];
}

/** A value that can't be a number of seconds: an object, or a text that is no number. */
function isNoTime(tracer: Tracer, located: Located, kinds: ReadonlySet<PrimitiveKind | undefined>): boolean {
  if (kinds.size !== 1) return false;
  if (kinds.has("object")) return true;
  const constant = tracer.constant(located);
  if (typeof constant === "string") return !/^\d+$/u.test(constant.trim());
  const value = tracer.only(located)?.value;
  return kinds.has("string") && (value?.kind === "template" || value?.kind === "call");
}

/** What stands after these is data as long as it is one argument. */
const LISTS = new Set(["lpush", "rpush", "lpushx", "rpushx", "sadd", "zadd", "geoadd", "pfadd", "json.arrappend"]);
const MORE_NAMES = /^(?:ex|px|exat|pxat|keepttl|nx|xx|get)$/iu;

/** Options on a command that takes none: left out of what is sent, or stored as one more value. */
function unsupported(tracer: Tracer, command: Command): readonly ExpiryFault[] {
  if (command.values.length === 0 && !/^(?:incr|decr|hincr)/u.test(command.name)) return [];
  if (command.name === "publish" || command.args.length < 2) return [];
  const last = command.args.at(-1);
  if (!last) return [];
  const stored = command.values.findIndex(({ value }) => value === last.value);
  // The first value is what is stored; behind it, in lists, an object of options is no element.
  if (stored === 0 || (stored > 0 && !LISTS.has(command.name))) return [];
  const found = tracer.only({ value: last.value, place: command.call.place });
  if (found?.value.kind !== "object") return [];
  const { all, isOpen } = readOptions(tracer, found.value, found.place);
  const options = [...all.values()];
  const times = options.filter(({ name }) => TIME_OPTIONS.has(name.toLowerCase()) || (stored < 0 && foreignOption(name) !== undefined));
  const isOptions = options.every((option) => MORE_NAMES.test(option.name) || times.includes(option));
  return !isOpen && isOptions && times.length > 0 ? [{ kind: "unsupported", options, argument: last.value }] : [];
}

/** The words of `set(key, value, "EX", 60, "NX")` as options. Undefined: they are not known. */
export function positionalOptions(tracer: Tracer, command: Command): readonly { readonly option: string; readonly value?: Value }[] | undefined {
  const found: { option: string; value?: Value }[] = [];
  const words = command.args.slice(2);
  const { place } = command.call;
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (!word) return undefined;
    const constant = tracer.constant({ value: word.value, place });
    if (typeof constant !== "string") {
      // set(key, value, 60)
      return words.length === 1 ? [{ option: "ex", value: word.value }] : undefined;
    }
    const known = IOREDIS_WORDS.get(constant.toUpperCase());
    if (!known) return undefined;
    const value = known.takesNumber ? words[++index]?.value : undefined;
    if (known.takesNumber && !value) return undefined;
    found.push(value ? { option: known.option, value } : { option: known.option });
  }
  return found;
}

/** The command that sets the expiry which an option means. */
export function expiryCommand(option: string): string {
  const name = option.toLowerCase();
  const known = TIME_OPTIONS.has(name) ? name : (foreignOption(option) ?? "ex");
  return EXPIRY_COMMANDS[known as keyof typeof EXPIRY_COMMANDS];
}

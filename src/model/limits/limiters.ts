import type { TSESTree } from "@typescript-eslint/types";
import { oncePerText } from "../../once-per-text.ts";
import { calledName } from "./answer-uses.ts";
import { unwrap } from "../syntax/ast.ts";
import type { Client, Clients } from "../clients/clients.ts";
import type { FileModel } from "../file.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { OPTIONS_SINCE } from "../../sdk/ratelimit-options.ts";
import { isBefore } from "../place/runtime.ts";
import { optionOf, type Option } from "../values/options.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** What can be called on a limiter. Source: `@upstash/ratelimit` 2.2.0. */
const METHODS = ["limit", "blockUntilReady", "getRemaining", "resetUsedTokens", "setDynamicLimit", "getDynamicLimit"] as const;

export type LimiterMethod = (typeof METHODS)[number];

const METHOD_NAMES: ReadonlySet<string> = new Set(METHODS);

/** A place where a limiter is made with options that are written for the SDK. */
export interface LimiterConstruction {
  readonly call: Located<CallValue>;
  /** `MultiRegionRatelimit`: it has fewer options, and always something pending. */
  readonly multiRegion: boolean;
  /** The options object; undefined where the constructor is given nothing. */
  readonly options: Located | undefined;
}

/** A method called on a limiter. */
export interface LimiterCall {
  readonly method: LimiterMethod;
  readonly call: Located<CallValue>;
  readonly client: Client;
  /** Whom the limit is for; undefined for `setDynamicLimit` and `getDynamicLimit`, and where it is left out. */
  readonly identifier: Located | undefined;
  /** The second argument of `limit`, the first of `setDynamicLimit`. */
  readonly options: Located | undefined;
}

/** True for the methods that decide about a request: their answer has to be looked at. */
export function decides({ method }: LimiterCall): boolean {
  return method === "limit" || method === "blockUntilReady";
}

/**
 * The limiter's method that a call runs.
 * @returns undefined where it runs none, or its receiver is not known to be a limiter.
 */
export function limiterCallOf(clients: Clients, tracer: Tracer, call: Located<CallValue>): LimiterCall | undefined {
  const { value, place } = call;
  if (value.isNew || value.spreadAt !== undefined) return undefined;
  // `const { limit } = ratelimit` works: the SDK's methods are bound.
  const callee = target(value.callee);
  if (callee.kind !== "member" || callee.property === undefined || !METHOD_NAMES.has(callee.property)) return undefined;
  const client = receiver(clients, tracer, { value: callee.object, place });
  if (client?.product !== "ratelimit") return undefined;
  const method = callee.property as LimiterMethod;
  const [first, second] = value.args.map((arg): Located => ({ value: arg, place }));
  if (method === "setDynamicLimit" || method === "getDynamicLimit") {
    return { method, call, client, identifier: undefined, options: first };
  }
  return { method, call, client, identifier: first, options: method === "limit" ? second : undefined };
}

/** A limiter, or one of several that an object holds under a key that is not known. */
function receiver(clients: Clients, tracer: Tracer, located: Located): Client | undefined {
  const client = clients.clientOf(located);
  const value = target(located.value);
  if (client || value.kind !== "member" || value.property !== undefined) return client;
  for (const { value: holder, place } of tracer.alternatives({ value: value.object, place: located.place })) {
    const [entry] = holder.kind === "object" ? holder.entries : [];
    const held = entry && !entry.spread ? clients.clientOf({ value: entry.value, place }) : undefined;
    if (held) return held;
  }
  return undefined;
}

/** As {@link limiterCallOf}, for a node of the file; cheap for calls of other names. */
export function limiterCallAt(file: FileModel, node: TSESTree.CallExpression | TSESTree.NewExpression): LimiterCall | undefined {
  if (node.type !== "CallExpression") return undefined;
  const callee = unwrap(node.callee);
  if (callee.type === "MemberExpression") {
    if (!callee.computed && callee.property.type === "Identifier" && !METHOD_NAMES.has(callee.property.name)) return undefined;
  } else if (callee.type !== "Identifier") return undefined;
  const value = file.evaluator.value(node);
  return value.kind === "call" ? limiterCallOf(file.clients, file.tracer, { value, place: file.place }) : undefined;
}

/** A wrapper around a wrapper is as deep as it goes. */
const MAX_DEPTH = 2;

/**
 * The limiter's methods that a project's own function runs for its caller (`checkRateLimit(ip)`), to be read with the
 * call's arguments. Empty: it runs none, or can't be read.
 */
export function limiterCallsBehind(clients: Clients, tracer: Tracer, call: Located<CallValue>, depth = 0): readonly LimiterCall[] {
  if (call.value.isNew || call.value.spreadAt !== undefined) return [];
  return tracer.functions({ value: call.value.callee, place: call.place }).flatMap((callee) => {
    const place = tracer.inside(call, callee);
    return [...callsIn(callee.fn.body)].flatMap((inner) => {
      const found = limiterCallOf(clients, tracer, { value: inner, place });
      if (found) return [found];
      return depth < MAX_DEPTH ? limiterCallsBehind(clients, tracer, { value: inner, place }, depth + 1) : [];
    });
  });
}

/**
 * The limits that a call asks, itself or in the project's function that it calls.
 * @returns for each what is asked, and whether the call does so itself; empty for calls that ask none
 */
export function limitsAskedAt(file: FileModel, node: TSESTree.CallExpression): readonly (LimiterCall & { readonly isDirect: boolean })[] {
  const direct = limiterCallAt(file, node);
  if (direct) return decides(direct) ? [{ ...direct, isDirect: true }] : [];
  const name = calledName(node);
  if (name === undefined || !soundsLikeAsking(name)) return [];
  const value = file.evaluator.value(node);
  if (value.kind !== "call") return [];
  return limiterCallsBehind(file.clients, file.tracer, { value, place: file.place }).filter(decides).map((found) => ({ ...found, isDirect: false }));
}

/** The construction of a limiter; undefined where it is made by a class of the project's own, or not in sight. */
export function constructionOf(tracer: Tracer, { product, construction }: Client): LimiterConstruction | undefined {
  if (product !== "ratelimit" || !construction?.value.isNew || construction.value.spreadAt !== undefined) return undefined;
  const { value, place } = construction;
  const callee = { value: value.callee, place };
  // A class that extends the SDK's takes what it likes.
  if (tracer.alternatives(callee).some((made) => made.value.kind === "class")) return undefined;
  const [options] = value.args;
  return {
    call: construction,
    multiRegion: tracer.canonical(callee)?.path.at(-1) === "MultiRegionRatelimit",
    options: options && { value: options, place },
  };
}

/** The limiters that the file itself constructs, in source order. */
export function constructionsIn(file: FileModel): readonly (LimiterConstruction & { readonly node: TSESTree.NewExpression })[] {
  return file.callNodes.flatMap((node) => {
    if (node.type !== "NewExpression") return [];
    const client = file.clients.clientOf(file.located(node));
    const construction = client && constructionOf(file.tracer, client);
    return construction?.call.value === file.evaluator.value(node) ? [{ ...construction, node }] : [];
  });
}

/** What a limiter is told under the name of an option. */
export function limiterOption(tracer: Tracer, { options }: LimiterConstruction, name: string): Option {
  return options ? optionOf(tracer, options, name) : { is: "absent" };
}

/** The version of the SDK that brought an option, where the project asks for an older one; undefined: it has it, as far as its package.json tells. */
export function missingUntil(file: FileModel, name: keyof typeof OPTIONS_SINCE): string | undefined {
  const since = OPTIONS_SINCE[name];
  return isBefore(file, "@upstash/ratelimit", since) ? since.join(".") : undefined;
}

/** An algorithm as `Ratelimit.slidingWindow(10, "10 s")` makes it. */
export interface Algorithm {
  readonly name: string;
  readonly call: Located<CallValue>;
  /** Requests a window: `tokens`, or the refill of a token bucket. */
  readonly tokens: Value | undefined;
  readonly window: Value | undefined;
  /** How many a token bucket holds. */
  readonly burst: Value | undefined;
}

const ALGORITHMS: ReadonlySet<string> = new Set(["fixedWindow", "slidingWindow", "tokenBucket", "cachedFixedWindow"]);

/** The algorithm that a call makes; undefined where it makes none of the SDK's. */
export function algorithmOf(tracer: Tracer, call: Located<CallValue>): Algorithm | undefined {
  const callee = target(call.value.callee);
  if (callee.kind !== "member" || callee.property === undefined || !ALGORITHMS.has(callee.property)) return undefined;
  if (call.value.isNew || call.value.spreadAt !== undefined) return undefined;
  const path = tracer.canonical({ value: callee.object, place: call.place });
  if (path?.source !== "@upstash/ratelimit") return undefined;
  const [tokens, window, burst] = call.value.args;
  return { name: callee.property, call, tokens, window, burst };
}

const ASKING = /limit|throttl|quota|check|guard|protect|allow|enforce|abuse|spam|consume|blockUntilReady/iu;

/** The name of a function or object says that it may ask a limiter. */
export function soundsLikeAsking(name: string): boolean {
  return ASKING.test(name);
}

/** Text test: false where no limiter can be asked, nor a function that is called as if it asked one. */
export const mayAskLimiter = oncePerText((text) => ASKING.test(text));

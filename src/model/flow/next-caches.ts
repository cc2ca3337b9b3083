import type { CallValue, FunctionFacts, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { dependsOn } from "../values/reach.ts";
import { isSameForAll } from "../values/same-for-all.ts";
import type { Located, LocatedType, Place, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

/*
 * What Next.js answers from a cache that all requests share: `unstable_cache(load)`, a function with `"use cache"`. Its key
 * is made of the arguments and, for `unstable_cache`, of the parts that are named.
 */

/** `"use cache: private"` is kept for each caller alone. */
const SHARED: ReadonlySet<string> = new Set(["use cache", "use cache: remote"]);

type Cache = { readonly wrapped: Located<CallValue> } | { readonly fn: FunctionFacts; readonly place: Place };

function cacheOf(tracer: Tracer, { value, place }: Located<CallValue>): Cache | undefined {
  const written = target(value.callee);
  const made = written.kind === "import" ? tracer.imported(written, place) : { value: written, place };
  const maker = made && target(made.value);
  if (maker?.kind === "call") {
    const wrapped = { value: maker, place: made?.place ?? place };
    return makesCache(tracer, wrapped) ? { wrapped } : undefined;
  }
  if (maker?.kind !== "function") return undefined;
  const isOfModule = made !== undefined && made.place.module !== place.module && made.place.module.directives.some((directive) => SHARED.has(directive));
  return isOfModule || maker.fn.directives.some((directive) => SHARED.has(directive)) ? { fn: maker.fn, place: made?.place ?? place } : undefined;
}

/** `unstable_cache(load)`: nothing is loaded yet. */
export function makesCache(tracer: Tracer, { value, place }: Located<CallValue>): boolean {
  if (value.isNew) return false;
  const path = tracer.canonical({ value: value.callee, place });
  return path?.source === "next/cache" && path.path.join(".") === "unstable_cache";
}

/** A call that is answered from a cache, if it was called with the like of it before. */
export function isCachedCall(tracer: Tracer, call: Located<CallValue>): boolean {
  return cacheOf(tracer, call) !== undefined;
}

/**
 * A call that is answered from a cache whoever calls: nothing of a request makes its key another one, or one of many.
 * @param isOneOfFew whether an argument can only be one of several constants, by its declared type too
 */
export function isCachedForAll(tracer: Tracer, call: Located<CallValue>, isOneOfFew?: (argument: Located, type: LocatedType) => boolean): boolean {
  const cache = cacheOf(tracer, call);
  if (!cache || call.value.spreadAt !== undefined) return false;
  const isSame = (value: Value, { place }: Located): boolean => isSameForAll(tracer, { value, place });
  const isFew = (value: Value, index: number): boolean => {
    const type = "fn" in cache ? cache.fn.params[index]?.type : undefined;
    return "fn" in cache && type !== undefined && isOneOfFew?.({ value, place: call.place }, { type, place: cache.place }) === true;
  };
  if (!call.value.args.every((arg, index) => isSame(arg, call) || isFew(arg, index))) return false;
  if ("fn" in cache) return !usesOthers(cache.fn);
  const [, keys] = cache.wrapped.value.args;
  return !keys || isSame(keys, cache.wrapped);
}

/** What a function with `"use cache"` uses of the functions around it is part of its key. */
function usesOthers(fn: FunctionFacts): boolean {
  const own = new Set<FunctionFacts>();
  const parts: Value[] = [];
  const queue = [fn];
  for (let next = queue.pop(); next; next = queue.pop()) {
    if (own.has(next)) continue;
    own.add(next);
    for (const part of [...callsIn(next.body), ...next.returns]) {
      parts.push(part);
      dependsOn(part, (inner) => {
        if (inner.kind === "function") queue.push(inner.fn);
        return false;
      });
    }
  }
  return parts.some((part) => dependsOn(part, (inner) => inner.kind === "param" && !own.has(inner.fn)));
}

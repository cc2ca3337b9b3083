import type { CallValue, FunctionFacts, Value } from "./ir.ts";
import { target } from "./values.ts";

/*
 * Clients are often put behind a `Proxy` that makes them when they are first used, for their keys are missing at build
 * time. What hands every member on to something else is that something.
 */

const MAX_DEPTH = 8;

/** What `new Proxy(…)` hands every member on to. Undefined: it hands out something else as well, or that is not known. */
export function behindProxy({ callee, isNew, args }: CallValue): Value | undefined {
  const made = target(callee);
  const [original, handlers] = args;
  const written = handlers && target(handlers);
  if (!isNew || made.kind !== "global" || made.name !== "Proxy" || written?.kind !== "object") return undefined;
  if (written.entries.some(({ key }) => key === undefined)) return undefined;
  const get = written.entries.findLast(({ key }) => key === "get");
  if (!get) return original;
  const trap = target(get.value);
  const forwarded = trap.kind === "function" ? same(trap.fn.returns, trap.fn, 0) : undefined;
  const at = forwarded && target(forwarded);
  const isOriginal = at?.kind === "param" && trap.kind === "function" && at.fn === trap.fn && at.index === 0;
  return isOriginal ? original : forwarded;
}

/** The one object that all of these are members of. */
function same(members: readonly Value[], trap: FunctionFacts, depth: number): Value | undefined {
  const objects = members.map((member) => objectOf(member, trap, depth));
  const [first] = objects;
  return first && objects.every((object) => object && target(object) === target(first)) ? first : undefined;
}

/** Of `inner[key]`, `Reflect.get(inner, key)`, and such a member bound to it: `inner`. */
function objectOf(value: Value, trap: FunctionFacts, depth: number): Value | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const at = target(value);
  if (at.kind === "member") return at.property === undefined && at.key && isKey(at.key, trap) ? at.object : undefined;
  if (at.kind === "choice") return same(at.options, trap, depth + 1);
  if (at.kind !== "call" || at.isNew) return undefined;
  const callee = target(at.callee);
  if (callee.kind !== "member") return undefined;
  if (callee.property === "bind") return objectOf(callee.object, trap, depth + 1);
  const [object, key] = at.args;
  const owner = target(callee.object);
  const isReflect = callee.property === "get" && owner.kind === "global" && owner.name === "Reflect";
  return isReflect && object && key && isKey(key, trap) ? object : undefined;
}

/** The name that the trap is asked for, as it is. */
function isKey(value: Value, trap: FunctionFacts): boolean {
  const at = target(value);
  return at.kind === "param" && at.fn === trap && at.index === 1;
}

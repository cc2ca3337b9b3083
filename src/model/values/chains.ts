import type { TypeShape, Value } from "./ir.ts";
import { target } from "./values.ts";

/** The longest chain that is followed from link to link. */
export const MAX_LINKS = 200;

/**
 * What a chain begins with: `redis` of `(await redis.get(key)).name`.
 * @param through which links are followed, besides variables and assertions
 * @returns the last link that was reached where there are more than {@link MAX_LINKS}: a value may lead back to itself,
 * as in `const { serve } = serve(…)`
 */
export function beginning(value: Value, through: ReadonlySet<Value["kind"]>): Value {
  let at = target(value);
  for (let links = 0; links < MAX_LINKS && through.has(at.kind); links++) {
    if (at.kind === "member") at = target(at.object);
    else if (at.kind === "await") at = target(at.value);
    else if (at.kind === "call") at = target(at.callee);
    else break;
  }
  return at;
}

/** The type that a variable or one that it stands for is declared with. */
export function declaredType(value: Value): TypeShape | undefined {
  let at = value;
  for (let links = 0; links < MAX_LINKS && at.kind === "ref"; links++) {
    if (at.type) return at.type;
    at = at.target;
  }
  return undefined;
}

/** Links of a chain, for {@link beginning}. */
export const MEMBERS: ReadonlySet<Value["kind"]> = new Set(["member"]);
export const AWAITS: ReadonlySet<Value["kind"]> = new Set(["await"]);
export const MEMBERS_AND_AWAITS: ReadonlySet<Value["kind"]> = new Set(["member", "await"]);
export const EVERY_LINK: ReadonlySet<Value["kind"]> = new Set(["member", "await", "call"]);

/** The names of a chain as they are written, outermost object first: `db`, `select`, `from`. */
export function memberNames(value: Value): readonly string[] {
  if (value.kind === "member") return [...memberNames(value.object), value.property ?? "*"];
  if (value.kind === "ref") return value.name === undefined ? memberNames(value.target) : [value.name];
  if (value.kind === "call") return memberNames(value.callee);
  if (value.kind === "await") return memberNames(value.value);
  return [];
}

import { handedIn } from "../flow/arguments.ts";
import type { Value } from "../values/ir.ts";
import type { Located, Place } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";

/*
 * Roles in an order that the code writes down: `RANK[user.role] < RANK["ADMIN"]`, `ROLES.indexOf(user.role) >= 2`.
 */

/** The ranks of all roles that there are. */
type Ranks = ReadonlyMap<string, number>;

const COMPARES: ReadonlyMap<string, (left: number, right: number) => boolean> = new Map([
  ["<", (left, right) => left < right],
  ["<=", (left, right) => left <= right],
  [">", (left, right) => left > right],
  [">=", (left, right) => left >= right],
]);

/** Roles for which a comparison holds, and those for which it does not. */
export interface Sides {
  readonly holds: readonly string[];
  readonly fails: readonly string[];
}

/**
 * Whom a comparison of ranks tells apart. A role that the table does not name is none that somebody has.
 * @param asks tells whether a value depends on what is known of who calls
 * @returns undefined: it is no such comparison, or a rank is not known
 */
export function sidesOf({ value, place }: Located, asks: (value: Value) => boolean): Sides | undefined {
  const at = target(value);
  const compare = at.kind === "operation" ? COMPARES.get(at.operator) : undefined;
  if (at.kind !== "operation" || !compare) return undefined;
  const [left, right] = at.operands;
  if (!left || !right) return undefined;
  const isAsked = (side: Value): Ranks | undefined => {
    const looked = lookUp(side);
    return looked && asks(looked.role) ? looked.ranks : undefined;
  };
  const ofLeft = isAsked(left);
  const ranks = ofLeft ?? isAsked(right);
  const fixed = rankOf(ofLeft ? right : left, place);
  if (!ranks || fixed === undefined) return undefined;
  const holds = (rank: number): boolean => (ofLeft ? compare(rank, fixed) : compare(fixed, rank));
  const names = [...ranks.keys()];
  return { holds: names.filter((name) => holds(ranks.get(name) ?? 0)), fails: names.filter((name) => !holds(ranks.get(name) ?? 0)) };
}

/** A table, and the role that is looked up in it; with `?? 0`, what others have than those in the table. */
function lookUp(value: Value): { readonly ranks: Ranks; readonly role: Value } | undefined {
  const at = target(value);
  if (at.kind === "choice" && (at.operator === "??" || at.operator === "||")) {
    const [looked, ...others] = at.options;
    return looked && others.every(isNumber) ? lookUp(looked) : undefined;
  }
  if (at.kind === "member" && at.key) {
    const ranks = ranksIn(at.object);
    return ranks && { ranks, role: at.key };
  }
  const method = at.kind === "call" ? target(at.callee) : undefined;
  if (at.kind !== "call" || method?.kind !== "member" || method.property !== "indexOf" || !at.args[0]) return undefined;
  const ranks = ranksIn(method.object);
  return ranks && { ranks, role: at.args[0] };
}

/** `0`, `-1` */
function isNumber(value: Value): boolean {
  const at = target(value);
  return at.kind === "literal" || (at.kind === "operation" && at.operator === "-" && at.operands.length === 1 && at.operands.every(isNumber));
}

/** `{ USER: 0, ADMIN: 1 }`, `["USER", "ADMIN"]`, written in the module. */
function ranksIn(table: Value): Ranks | undefined {
  const at = target(table);
  const found = new Map<string, number>();
  if (at.kind === "object") {
    for (const { key, value, spread, later } of at.entries) {
      const rank = target(value);
      if (key === undefined || spread || later || rank.kind !== "literal" || typeof rank.value !== "number") return undefined;
      found.set(key, rank.value);
    }
  } else if (at.kind === "array") {
    for (const [index, item] of at.items.entries()) {
      const role = constantOf(item);
      if (typeof role !== "string") return undefined;
      found.set(role, index);
    }
  }
  return found.size > 1 ? found : undefined;
}

/** A number, or the rank of a role that is written there or handed over by the call. */
function rankOf(value: Value, place: Place): number | undefined {
  const at = target(value);
  if (at.kind === "literal") return typeof at.value === "number" ? at.value : undefined;
  if (at.kind === "member" && at.property !== undefined && !at.key) return ranksIn(at.object)?.get(at.property);
  const looked = lookUp(at);
  const role = looked && constantOf(handedIn({ value: looked.role, place }).value);
  return role === undefined ? undefined : looked?.ranks.get(role);
}

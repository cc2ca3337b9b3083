import { lastName } from "./caller-checks.ts";
import { answeringCall, combined, presenceOf } from "./caller-presence.ts";
import { isOfGroup } from "./groups.ts";
import { sidesOf } from "./role-ranks.ts";
import { handedIn } from "../flow/arguments.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Place } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";

/*
 * Checks that let in only those who run the project.
 */

const SCOPE = "_?(?:super|global|platform|site|system|authenticated|current|logged_?in)?_?";
const OR_ELSE = "(?:_?or_?(?:throw|fail|redirect))?";
/** A verb before it, or a noun behind it: a mere `admin` may be a client of a database. */
const ADMIN = new RegExp(
  `^(?:is|require|assert|ensure|enforce|verify|validate|check|get|with|only|protect|guard)${SCOPE}admin(?:istrator|user|s|access|session|auth|role)?${OR_ELSE}$|^has${SCOPE}admin_?(?:access|role|rights)$|^${SCOPE}admins?_?(?:only|check|auth|access|guard|middleware)$`,
  "iu",
);
/** `requireAdminApi()`: where the check is asked. With other verbs it may be a path (`isAdminRoute`), or another service (`getAdminApi`). */
const ADMIN_AT = new RegExp(
  `^(?:require|assert|ensure|enforce|verify|check|with|only|protect|guard)${SCOPE}admin_?(?:api|routes?|pages?|actions?|request|context|mutations?|handlers?|endpoints?)(?:_?(?:access|auth|session|request|handler))?${OR_ELSE}$`,
  "iu",
);
const ADMIN_ROLE = /^(?:(?:super|global|platform|site|system)[ _-]?)?admin(?:istrator)?$|^superuser$/iu;
/** Roles of those who help the admins. They count beside an admin's own: alone, they may be those of any shop that has signed up. */
const STAFF_ROLE = /^(?:[a-z]{1,20}[ _-])?(?:auditor|staff|moderator|support)(?:[ _-][a-z]{1,20})?$/iu;

/** Gives an admin, or says that there is one; any other check of admins that answers anything at all answers a refusal. */
const TELLS_ADMIN = /^(?:get|is)/iu;
/** Where an answer says why somebody is turned away, or with what. */
const REFUSAL = /^(?:(?:auth_?)?err(?:or)?(?:_?(?:response|message))?|(?:error_?|deny_?|denied_?)?response|denied|refusal|rejected|redirect|unauthori[sz]ed|forbidden)$/iu;

/** By its name alone, a function or a flag that is for admins. */
export function looksLikeAdmins(name: string): boolean {
  return ADMIN.test(name) || ADMIN_AT.test(name);
}

/**
 * What a condition says of those who run the project.
 * @param asks tells whether a value depends on what is known of who calls
 * @param isHandedOn what the condition looks at is answered as it is
 * @returns true: where it holds, one of them calls. False: where it does not. Undefined: neither is sure
 */
export function adminsOf({ value, place }: Located, asks: (value: Value) => boolean, isHandedOn: boolean): boolean | undefined {
  const isAlsoAdmins = (role: Value): boolean => dependsOn(value, (part) => isSameRole(roleIn({ value: part, place }, ADMIN_ROLE), role));
  return combined(value, (part) => ofPart({ value: part, place }, asks, isHandedOn, isAlsoAdmins));
}

/** What a comparison compares with the name of a role: `user.role` of `user.role === "admin"`. */
function roleIn({ value, place }: Located, names: RegExp): Value | undefined {
  const at = target(value);
  if (at.kind !== "operation" || !/^[!=]==?$/u.test(at.operator)) return undefined;
  const [left, right] = at.operands;
  if (left && right && names.test(roleNamed(right, place))) return left;
  return left && names.test(roleNamed(left, place)) ? right : undefined;
}

/** Members of members; values may lead back to themselves. */
const MAX_MEMBERS = 6;

/** The same by its name, and one of what the other is one of: `user.role` twice. */
function isSameRole(one: Value | undefined, other: Value, depth = 0): boolean {
  if (!one || depth > MAX_MEMBERS) return false;
  const [a, b] = [target(one), target(other)];
  if (a === b) return true;
  return a.kind === "member" && b.kind === "member" && a.property !== undefined && a.property === b.property && isSameRole(a.object, b.object, depth + 1);
}

function ofPart({ value: part, place }: Located, asks: (value: Value) => boolean, isHandedOn: boolean, isAlsoAdmins: (role: Value) => boolean): boolean | undefined {
  const at = target(part);
  if (!asks(part) || dependsOn(part, isOfGroup)) return undefined;
  if (isRefusal(part, isHandedOn)) return false;
  if (isHandedOn) return undefined;
  if (at.kind === "operation" && /^[!=]==?$/u.test(at.operator)) {
    const staff = roleIn({ value: part, place }, STAFF_ROLE);
    const isRole = staff ? isAlsoAdmins(staff) : roleIn({ value: part, place }, ADMIN_ROLE) !== undefined;
    return isRole ? at.operator.startsWith("=") : undefined;
  }
  const list = at.kind === "call" && at.callee.kind === "member" && at.callee.property === "includes" ? listOf(at.callee.object, place) : undefined;
  if (list) {
    const roles = list.map((item) => roleNamed(item, place));
    return roles.length === 0 || areAdmins(roles) || undefined;
  }
  const ranked = sidesOf({ value: part, place }, asks);
  if (ranked) return areAdmins(ranked.holds) || (areAdmins(ranked.fails) ? false : undefined);
  // `user.isAdmin`, `await isAdmin(request)`, and what `requireAdmin()` answered.
  if (looksLikeAdmins(lastName(part) ?? "")) return true;
  return checksAdmins(part) !== undefined && presenceOf(part, asks) ? true : undefined;
}

/** Admins, and perhaps those who help them. */
const areAdmins = (roles: readonly string[]): boolean => roles.every((role) => ADMIN_ROLE.test(role) || STAFF_ROLE.test(role)) && roles.some((role) => ADMIN_ROLE.test(role));

/** The name of a role, as it is written there or handed over by the call: `requireRole("admin")`. */
const roleNamed = (value: Value, place: Place): string => constantOf(handedIn({ value, place }).value) ?? "";

/** The list that is written there, or handed over by the call: `assertRole(user, ["ADMIN"])`, `allow("admin", "superuser")`. */
function listOf(value: Value, place: Place): readonly Value[] | undefined {
  const at = target(handedIn({ value, place }).value);
  if (at.kind === "array") return at.items;
  const { frame } = place;
  return at.kind === "param" && at.rest && frame?.fn === at.fn && frame.spreadAt === undefined ? frame.args.slice(at.index) : undefined;
}

/** `if (denied) return denied`, `if ("error" in answer)`, `answer.error`, `answer instanceof Response`, of a check of admins. */
function isRefusal(part: Value, isHandedOn: boolean): boolean {
  const at = target(part);
  if (at.kind === "operation") {
    const [left, right] = at.operands;
    if (!left || !right) return false;
    if (at.operator === "in") return REFUSAL.test(constantOf(left) ?? "") && checksAdmins(right) !== undefined;
    return at.operator === "instanceof" && /Response$/u.test(lastName(right) ?? "") && checksAdmins(left) !== undefined;
  }
  const check = checksAdmins(part);
  if (check === undefined) return false;
  if (at.kind === "member") return REFUSAL.test(at.property ?? "");
  return isHandedOn && !TELLS_ADMIN.test(check);
}

/** `error === "403"` of a check of admins: one of the reasons that it gives. */
export function reasonOf(test: Value): { readonly reason: Value; readonly check: CallValue; readonly text: string } | undefined {
  const at = target(test);
  if (at.kind !== "operation" || !/^===?$/u.test(at.operator)) return undefined;
  for (const [reason, other] of [at.operands, at.operands.toReversed()]) {
    const member = reason && target(reason);
    const text = other && constantOf(other);
    const check = reason && answeringCall(reason);
    if (!check || !text || member?.kind !== "member" || !REFUSAL.test(member.property ?? "") || checksAdmins(member) === undefined) continue;
    return { reason, check, text };
  }
  return undefined;
}

/** The name of the check of admins that gave a value, or an object that it is a member of. */
function checksAdmins(value: Value): string | undefined {
  const call = answeringCall(value);
  const name = call && lastName(call.callee);
  return name !== undefined && looksLikeAdmins(name) ? name : undefined;
}

import { lastName } from "./caller-checks.ts";
import { answeringCall, combined, presenceOf } from "./caller-presence.ts";
import type { Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import { constantOf, target } from "../values/values.ts";

/*
 * Checks that let in only those who run the project.
 */

const SCOPE = "_?(?:super|global|platform|site|system|authenticated|current|logged_?in)?_?";
/** A verb before it, or a noun behind it: a mere `admin` may be a client of a database. */
const ADMIN = new RegExp(
  `^(?:is|require|assert|ensure|enforce|verify|validate|check|get|with|only|protect)${SCOPE}admin(?:istrator|user|s|access|session|auth)?(?:_?or_?(?:throw|fail|redirect))?$|^${SCOPE}admins?_?(?:only|check|auth|access|guard|middleware)$`,
  "iu",
);
const ADMIN_ROLE = /^(?:(?:super|global|platform|site|system)[ _-]?)?admin(?:istrator)?$|^superuser$/iu;
/** A role in what callers set up themselves: whoever likes is admin of a team of his own. */
const OF_A_GROUP = /member|org|team|workspace|tenant|group|guild|channel|room|project|company|club|space|server|collab/iu;

/** By its name alone, a function or a flag that is for admins. */
export function looksLikeAdmins(name: string): boolean {
  return ADMIN.test(name);
}

/**
 * What a condition says of those who run the project.
 * @param asks tells whether a value depends on what is known of who calls
 * @returns true: where it holds, one of them calls. False: where it does not. Undefined: neither is sure
 */
export function adminsOf(test: Value, asks: (value: Value) => boolean): boolean | undefined {
  return combined(test, (part) => ofPart(part, asks));
}

function ofPart(part: Value, asks: (value: Value) => boolean): boolean | undefined {
  const at = target(part);
  if (!asks(part) || dependsOn(part, isOfGroup)) return undefined;
  if (at.kind === "operation" && /^[!=]==?$/u.test(at.operator)) {
    const [left, right] = at.operands;
    const isRole = [left, right].some((side) => side && ADMIN_ROLE.test(constantOf(side) ?? ""));
    return isRole ? at.operator.startsWith("=") : undefined;
  }
  const list = at.kind === "call" && at.callee.kind === "member" && at.callee.property === "includes" ? target(at.callee.object) : undefined;
  if (list?.kind === "array") return list.items.every((item) => ADMIN_ROLE.test(constantOf(item) ?? "")) || undefined;
  // `user.isAdmin`, `await isAdmin(request)`, and what `requireAdmin()` answered.
  const call = answeringCall(part);
  if (looksLikeAdmins(lastName(part) ?? "")) return true;
  return call && looksLikeAdmins(lastName(call.callee) ?? "") && presenceOf(part, asks) ? true : undefined;
}

function isOfGroup(part: Value): boolean {
  const name = part.kind === "member" ? part.property : part.kind === "ref" ? part.name : undefined;
  return name !== undefined && OF_A_GROUP.test(name);
}

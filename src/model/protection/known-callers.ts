import { lastName } from "./caller-checks.ts";
import type { Value } from "../values/ir.ts";
import { target } from "../values/values.ts";

/** What is there for callers only who are known: `session`, `data.user`, and not what went wrong. */
const IS_CALLER = /user|session|viewer|account|member|admin|^auth$|^is_?(?:auth|logged|signed)/iu;
const IS_REFUSAL = /error|denied|refus|fail|invalid|unauth|response|^(?:no|not|un)(?:[A-Z_]|$)/iu;

/** The branch of a condition that runs for known callers only. Undefined: neither, or it can't be told. */
export function knownIn(test: Value, isCaller: (value: Value) => boolean): "then" | "else" | undefined {
  const at = target(test);
  const flipped = (side: "then" | "else" | undefined): "then" | "else" | undefined => side && (side === "then" ? "else" : "then");
  if (at.kind === "operation" && at.operator === "!") return at.operands[0] && flipped(knownIn(at.operands[0], isCaller));
  if (at.kind === "operation" && /^[!=]==?$/u.test(at.operator)) {
    const [left, right] = at.operands;
    const isNothing = (value: Value | undefined): boolean => value !== undefined && isEmpty(target(value));
    const asked = isNothing(right) ? left : isNothing(left) ? right : undefined;
    const side = asked && knownIn(asked, isCaller);
    return at.operator.startsWith("!") ? side : flipped(side);
  }
  if (at.kind === "choice" && (at.operator === "&&" || at.operator === "||")) {
    const sides = at.options.map((option) => knownIn(option, isCaller));
    // Both hold in the first branch of `&&`; neither does in the second one of `||`.
    const some = at.operator === "&&" ? "then" : "else";
    if (sides.includes(some)) return some;
    return sides.every((side) => side === flipped(some)) ? flipped(some) : undefined;
  }
  const name = lastName(test) ?? "";
  return IS_CALLER.test(name) && !IS_REFUSAL.test(name) && isCaller(test) ? "then" : undefined;
}

function isEmpty(value: Value): boolean {
  return (value.kind === "literal" && (value.value === null || value.value === undefined)) || (value.kind === "global" && value.name === "undefined");
}

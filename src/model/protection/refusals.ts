import { oncePerName, oncePerText } from "../../once-per-text.ts";
import { looksLikeLimiterName } from "../../sdk/limiters.ts";
import { endsRequest, lastName } from "./caller-checks.ts";
import { exits } from "../flow/flow.ts";
import type { CallValue, Step, Value } from "../values/ir.ts";
import { dependsOn, partsOf } from "../values/reach.ts";
import { isEmpty, target } from "../values/values.ts";

/*
 * Whom a branch turns away, by what it answers.
 */

/** An answer of more parts than this says what it says elsewhere. */
const MAX_PARTS = 500;

/** Text test: false where nothing can say that there were too many requests. */
export const mayRefuseForRate = oncePerText((text) => /429|too.?many|rate.?limit/iu.test(text));

/** A branch that answers 429, or says so in words, on each of its ways out. */
export const refusesForRate = refusal(new Set([429]), /too_?many|rate_?limit/iu);

/** The same, by its status alone. */
export const answers429 = refusal(new Set([429]));

/** A branch that answers 401 or 403, says so in words, or sends to where one signs in, on each of its ways out. */
export const refusesStrangers = refusal(
  new Set([401, 403]),
  /unauthori[sz]ed|unauthenticated|not_?(?:authenticated|authori[sz]ed|logged_?in|signed_?in)|forbidden|access_?denied|^\/(?:\w+\/)*(?:log|sign)_?in\b/iu,
);

/** A branch that says that it does not know who calls: 401, or that one must sign in. Whoever is known may be answered 403. */
export const asksToSignIn = refusal(
  new Set([401]),
  /unauthori[sz]ed|unauthenticated|not_?(?:authenticated|logged_?in|signed_?in)|(?:please|must|to|be)_(?:log|sign)(?:ged|ed)?_?in(?:_|\b)|^\/(?:\w+\/)*(?:log|sign)_?in\b/iu,
);

/** `lockedUntil`, `failedLoginAttempts` of an account. */
const OF_LOCK = /^(?:lock(?:ed|out)?_?(?:until|till|expire\w*|end\w*)|blocked_?until|(?:failed|login|sign_?in|password|wrong)_?(?:log_?in_?|password_?|sign_?in_?)?(?:attempts?|count|tries|failures))$/iu;

/** The condition asks whether too many have tried to get into an account: what counts them is not read. */
export const asksForLock = (test: Value): boolean => dependsOn(test, (part) => part.kind === "member" && OF_LOCK.test(part.property ?? ""));

/** The condition looks at a refusal that was caught, or that a helper was given to put into words. */
export function passesOnRefusal(test: Value): boolean {
  return readsRefusal(test) && !dependsOn(test, (part) => part.kind === "await");
}

/**
 * The condition asks of each value only whether it is there: `!messages || id === ""`. Where all of them are what the caller
 * sends, nobody has counted anything.
 */
export function asksPresenceOf(test: Value, isSent: (value: Value) => boolean): boolean {
  const value = target(test);
  if (value.kind === "operation" && value.operator === "!") return value.operands.every((operand) => asksPresenceOf(operand, isSent));
  if (value.kind === "choice" && (value.operator === "&&" || value.operator === "||")) return value.options.every((option) => asksPresenceOf(option, isSent));
  if (value.kind === "operation" && /^[!=]==?$/u.test(value.operator)) {
    const asked = value.operands.filter((operand) => !isEmpty(operand));
    return asked.length < value.operands.length && asked.every((operand) => asksPresenceOf(operand, isSent));
  }
  return (value.kind === "member" || value.kind === "param" || value.kind === "await") && isSent(test);
}

/**
 * The condition asks how much is in what the caller sends, and nothing else: `ids.length > 100`. Nobody has counted how often
 * he has come.
 * @param isSent whether all of a value is what the caller sends
 */
export function asksAmountOf(test: Value, isSent: (value: Value) => boolean, isFixed: (value: Value) => boolean): boolean {
  const value = target(test);
  if (value.kind === "choice" && (value.operator === "&&" || value.operator === "||")) {
    const others = value.options.filter((option) => !asksAmountOf(option, isSent, isFixed));
    return others.length < value.options.length && others.every((option) => asksKindOf(option, isSent));
  }
  if (value.kind !== "operation") return false;
  if (value.operator === "!") return value.operands.every((operand) => asksAmountOf(operand, isSent, isFixed));
  const amounts = value.operands.filter((operand) => isAmountOf(target(operand), isSent));
  return /^(?:[<>]=?|[!=]==?)$/u.test(value.operator) && amounts.length > 0 && value.operands.every((operand) => amounts.includes(operand) || isFixed(operand));
}

/** `ids.length`, `Object.keys(ids).length` */
function isAmountOf(value: Value, isSent: (value: Value) => boolean): boolean {
  if (value.kind !== "member" || !/^(?:length|size|byteLength)$/u.test(value.property ?? "")) return false;
  const list = target(value.object);
  const [listed] = list.kind === "call" && lastName(list.callee) === "keys" ? list.args : [];
  return isSent(listed ?? list);
}

/** `!ids`, `!Array.isArray(ids)`, `typeof text !== "string"` */
function asksKindOf(test: Value, isSent: (value: Value) => boolean): boolean {
  if (asksPresenceOf(test, isSent)) return true;
  const value = target(test);
  if (value.kind === "operation") return value.operands.every((operand) => target(operand).kind === "literal" || asksKindOf(operand, isSent));
  return value.kind === "call" && lastName(value.callee) === "isArray" && value.args.every(isSent);
}

/** `error.status === 429`, `message.includes("rate limit")`, `message.includes("429")`: somebody else has refused. */
export function readsRefusal(test: Value): boolean {
  return dependsOn(test, (part) => part.kind === "literal" && (part.value === 429 || (typeof part.value === "string" && /too many |rate limit|\b429\b/iu.test(part.value))));
}

function refusal(statuses: ReadonlySet<number>, words?: RegExp): (steps: readonly Step[]) => boolean {
  /** By the steps themselves: a helper's are read for each file that calls it. */
  const known = new WeakMap<readonly Step[], boolean>();
  const isNamed = oncePerName((name) => words !== undefined && words.test(name.replaceAll(/[ -]/gu, "_")));

  function isRefusal(part: Value): boolean {
    switch (part.kind) {
      case "literal":
        return typeof part.value === "string" ? isNamed(part.value) : typeof part.value === "number" && statuses.has(part.value);
      case "member":
        return part.property !== undefined && isNamed(part.property);
      case "ref":
      case "global":
      case "import":
        return part.name !== undefined && isNamed(part.name);
      default:
        return false;
    }
  }

  /** Of a choice, such as `success ? 200 : 429`, each option must say it. */
  function says(value: Value, said = new Map<Value, boolean>()): boolean {
    const before = said.get(value);
    if (before !== undefined || said.size > MAX_PARTS) return before ?? false;
    said.set(value, false);
    const found = value.kind === "choice" ? value.options.every((option) => says(option, said)) : isRefusal(value) || saying(value).some((part) => says(part, said));
    said.set(value, found);
    return found;
  }

  function read(steps: readonly Step[]): boolean {
    let said = false;
    for (const step of steps) {
      switch (step.op) {
        case "call":
          // `ratelimit.limit(…)` asks and does not refuse, whatever it is called.
          said ||= !looksLikeLimiterName(receiverName(step.call)) && says(step.call);
          if (said && endsRequest(step.call)) return true;
          break;
        case "return":
        case "throw":
          return said || (step.value !== undefined && !isListOfRecords(step.value) && says(step.value));
        case "if": {
          const ways = [step.then, step.else].filter(exits);
          if (ways.some((way) => !said && !refuses(way))) return false;
          if (ways.length === 2) return true;
          break;
        }
        default:
      }
    }
    return false;
  }

  function refuses(steps: readonly Step[]): boolean {
    const before = known.get(steps);
    if (before !== undefined) return before;
    const found = read(steps);
    known.set(steps, found);
    return found;
  }

  return refuses;
}

/** `[{ cause: "rate limiting" }, …]`: data that speaks of limits, and no answer to a request. */
function isListOfRecords(value: Value): boolean {
  const list = target(value);
  return list.kind === "array" && list.items.length > 0 && list.items.every((item) => target(item).kind === "object");
}

/** What a value is made from; of a list of names, such as `CODES.NOT_FOUND`, the one that is taken. */
function saying(value: Value): readonly Value[] {
  const list = value.kind === "member" ? target(value.object) : undefined;
  // A row's column: what a store was asked for is not said by what is taken out of its answer.
  if (list?.kind === "await") return isPlainCall(target(list.value)) ? [list] : [];
  if (value.kind !== "member" || list?.kind !== "object") return partsOf(value);
  const taken = list.entries.filter(({ key, spread }) => spread || key === undefined || key === value.property);
  return value.property === undefined || taken.length === 0 ? partsOf(value) : taken.map((entry) => entry.value);
}

/** The name of what a call's method is of; of a function, its own. */
export function receiverName({ callee }: CallValue): string {
  return (callee.kind === "member" ? lastName(callee.object) : lastName(callee)) ?? "";
}

/** `checkRateLimit(id)`, and no link of a chain, such as `db.select(columns).from(table)`. */
function isPlainCall(value: Value): boolean {
  return value.kind === "call" && target(value.callee).kind !== "member";
}

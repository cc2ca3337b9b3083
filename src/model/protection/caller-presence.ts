import { opposite } from "../flow/three-valued.ts";
import type { CallValue, MemberValue, Step, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located } from "../values/trace.ts";
import { memberOf, target } from "../values/values.ts";
import { lastName } from "./caller-checks.ts";

/** What an answer says of who calls: nobody, where it is missing. */
const TELLS = /^(?:user|user_?id|\$?id|uid|sub|email|session|session_?id|account|viewer|member|token|claims|payload|data|current_?user|(?:is_?)?(?:admin|auth\w*|logged_?in|signed_?in|valid|ok|success))$/iu;
/** A name that says the opposite of who is there, or what went wrong. */
const MISSING = /error|^err$|fail|denied|deny|invalid|expired|missing|unauth|forbid|guest|anonym|bann|block|refus|reject|redirect|response|^(?:not|no|un)[A-Z_]/iu;
/** By these an account is looked up, or tried; who calls is told by a cookie, a header, a token or the request. */
const LOOKED_UP_BY = /^(?:e_?mail|email_?address|user_?name|login|handle|phone(?:_?number)?|password|passcode|otp|code|pin)$/iu;

/** What only an account can be: nobody is not banned. */
const OF_ACCOUNT = /^(?:is_?|was_?|has_?been_?)?(?:banned|suspended|deactivated)$/iu;

/** Members and awaits behind each other. */
const MAX_LINKS = 12;

/**
 * What a condition says of the caller.
 * @param asks tells whether a value depends on what is known of who calls
 * @returns true: where it holds, somebody known calls, and strangers take the other branch. False: the other way about.
 *   Undefined: neither is sure
 */
export function presenceOf(test: Value, asks: (value: Value) => boolean): boolean | undefined {
  return combined(test, (part) => ofPart(part, asks));
}

/** The same for a condition that asks nothing else: all who take the other branch are strangers. */
export function isWhoCalls(test: Value, asks: (value: Value) => boolean): boolean | undefined {
  const at = target(test);
  const [operand] = at.kind === "operation" && at.operator === "!" ? at.operands : [];
  if (operand) return opposite(isWhoCalls(operand, asks));
  return at.kind === "choice" ? undefined : presenceOf(test, asks);
}

/** What a condition says of a caller, by what its parts say; see {@link presenceOf}. */
export function combined(test: Value, ofPart: (part: Value) => boolean | undefined): boolean | undefined {
  const at = target(test);
  if (at.kind === "operation" && at.operator === "!") return at.operands[0] && opposite(combined(at.operands[0], ofPart));
  if (at.kind !== "choice" || (at.operator !== "&&" && at.operator !== "||")) return ofPart(test);
  const decisive = at.operator === "&&";
  const parts = at.options.map((option) => combined(option, ofPart));
  if (parts.includes(decisive)) return decisive;
  return parts.every((part) => part === !decisive) ? !decisive : undefined;
}

function ofPart(test: Value, asks: (value: Value) => boolean): boolean | undefined {
  const at = target(test);
  if (at.kind === "operation") return ofComparison(at.operator, at.operands, asks);
  const name = lastName(test);
  if (at.kind === "member" && OF_ACCOUNT.test(at.property ?? "")) return isAnswer(test, asks) ? true : undefined;
  if (!isAnswer(test, asks) || (name !== undefined && MISSING.test(name))) return undefined;
  // The answer itself, the first of a list, or what it says of the caller.
  return at.kind !== "member" || (at.property !== undefined && (at.property === "0" || TELLS.test(at.property))) ? true : undefined;
}

/** What a call answered, or a part of it, and not what became of it in another call. */
function isAnswer(value: Value, asks: (value: Value) => boolean): boolean {
  const call = answeringCall(value);
  return call ? asks(value) && !call.args.some(asks) : rootOf(value).kind === "param" && asks(value);
}

/** The call that gave a value, or an object that it is a member of. */
export function answeringCall(value: Value): CallValue | undefined {
  const { root } = unfold(value);
  return root.kind === "call" ? root : undefined;
}

/** The same, where its answer was waited for. */
function awaitedCall(value: Value): CallValue | undefined {
  const { root, isAwaited } = unfold(value);
  return root.kind === "call" && isAwaited ? root : undefined;
}

function rootOf(value: Value): Value {
  return unfold(value).root;
}

function unfold(value: Value): { readonly root: Value; readonly isAwaited: boolean } {
  let root = target(value);
  let isAwaited = false;
  for (let links = 0; links < MAX_LINKS; links++) {
    if (root.kind === "member") {
      const awaited = awaitedTogether(root);
      isAwaited ||= awaited !== undefined;
      root = target(awaited ?? root.object);
    } else if (root.kind === "await") {
      isAwaited = true;
      root = target(root.value);
    } else if (root.kind === "choice") {
      // `let user = null; try { user = await … } catch { … }`
      const [option, ...others] = root.options.map(target).filter((part) => part.kind !== "literal" || Boolean(part.value));
      if (!option || others.length > 0) break;
      root = option;
    } else {
      const given = givenBack(root);
      if (!given) break;
      root = target(given);
    }
  }
  return { root, isAwaited };
}

/** `requireAdmin()` of `(await Promise.all([requireAdmin(), load()]))[0]`: the answers keep their places. */
function awaitedTogether({ object, property }: MemberValue): Value | undefined {
  const awaited = target(object);
  const all = awaited.kind === "await" ? target(awaited.value) : undefined;
  if (all?.kind !== "call" || all.spreadAt !== undefined || !isPromiseAll(target(all.callee))) return undefined;
  const list = all.args[0] && target(all.args[0]);
  const index = Number(property);
  if (list?.kind !== "array" || list.items.slice(0, index + 1).some(isSpread)) return undefined;
  return list.items[index];
}

const isPromiseAll = (callee: Value): boolean => {
  const of = callee.kind === "member" && callee.property === "all" ? target(callee.object) : undefined;
  return of?.kind === "global" && of.name === "Promise";
};

/** How many elements it stands for is not known. */
const isSpread = (item: Value): boolean => item.kind === "member" && item.property === undefined;

/** `user` of `signedIn(user)`, which gives back what it was handed, where it does not throw. */
function givenBack(value: Value): Value | undefined {
  const callee = value.kind === "call" && !value.isNew ? target(value.callee) : undefined;
  if (value.kind !== "call" || callee?.kind !== "function") return undefined;
  const given = callee.fn.returns.map(target);
  const [first] = given;
  if (first?.kind !== "param" || first.rest) return undefined;
  const isSame = given.every((other) => other.kind === "param" && other.fn === callee.fn && other.index === first.index);
  return isSame ? value.args[first.index] : undefined;
}

function ofComparison(operator: string, operands: readonly Value[], asks: (value: Value) => boolean): boolean | undefined {
  const [left, right] = operands;
  if (!left || !right || !/^[!=]==?$/u.test(operator)) return undefined;
  const asked = [left, right].find(asks);
  const other = asked === left ? right : left;
  const said = asked && presenceOf(asked, asks);
  if (said === undefined) return undefined;
  const compared = target(other);
  // Nobody is no owner and has no role; only nothing is equal to nobody.
  const isNothing = compared.kind === "literal" && (compared.value === null || compared.value === undefined || compared.value === false);
  const equal = isNothing ? opposite(said) : said;
  return operator.startsWith("=") ? equal : opposite(equal);
}

/**
 * What the call of the function that a place lies in has handed over, for a parameter or a member of one.
 * @returns undefined: it is something else, or the call is not known
 */
export function handedOver({ value, place }: Located): Located | undefined {
  const names: string[] = [];
  let at = target(value);
  for (let links = 0; at.kind === "member" && links < MAX_LINKS; links++) {
    if (at.property === undefined) return undefined;
    names.unshift(at.property);
    at = target(at.object);
  }
  const { frame } = place;
  if (at.kind !== "param" || at.rest || frame?.fn !== at.fn) return undefined;
  // `make(...ids, user.id)`: it may be any of the ids.
  if (frame.spreadAt !== undefined && frame.spreadAt <= at.index) return undefined;
  const given = frame.args[at.index];
  return given && { value: names.reduce(memberIn, given), place: frame.place };
}

function memberIn(value: Value, name: string): Value {
  const at = target(value);
  const written = at.kind === "object" ? at.entries.findLast(({ key, spread }) => key === name && !spread) : undefined;
  return written?.value ?? memberOf(value, name);
}

/** `if (denied) return denied`: what the condition looks at is the refusal. */
export function handsOn(steps: readonly Step[], test: Value): boolean {
  return steps.some((step) => (step.op === "return" || step.op === "throw") && step.value !== undefined && target(step.value) === target(test));
}

/**
 * The call that a value answers, where it may find out who calls: it was waited for, and was handed neither what a form sends nor what is being tried.
 * Whether it does is said by what becomes of its answer.
 */
export function mayTellCaller(value: Value): CallValue | undefined {
  const call = awaitedCall(value);
  if (!call || looksUpAccount(call.args) || rootOf(call.callee).kind === "param") return undefined;
  return call.args.some((arg) => dependsOn(arg, isSentByForm)) ? undefined : call;
}

/** `await request.json()`, `formData.get("code")`, `req.body` */
function isSentByForm(part: Value): boolean {
  if (part.kind === "member") return part.property === "body" || part.property === "searchParams";
  return part.kind === "call" && part.args.length === 0 && /^(?:json|text|formData)$/u.test(lastName(part.callee) ?? "");
}

/** What a request brings that tells who sends it. */
const OF_REQUEST = /^(?:req|request|ctx|context|event|headers?|cookies?|jwt|(?:access_?|id_?|bearer_?)?token|authorization)$/iu;
const ACTOR = /^(?:get|require|assert|ensure|resolve|current)_?(?:actor|viewer|caller|principal)$/iu;

/** `getViewer()`, `getActor(jwt)`: who acts, and no actor of a film, who is looked up by his number. */
export function tellsActor(name: string, args: readonly Value[]): boolean {
  return ACTOR.test(name) && args.every((arg) => OF_REQUEST.test(lastName(arg) ?? ""));
}

const isSettled = (value: Value): boolean => /^(?:env|literal)$/u.test(target(value).kind);

/** `getUser(email)`: an account that is looked up by what anyone may know is not who calls. */
export function looksUpAccount(args: readonly Value[]): boolean {
  return args.some((arg) => {
    const at = target(arg);
    // A password of the environment is the application's own.
    if (at.kind === "object") return at.entries.some(({ key, value }) => key !== undefined && LOOKED_UP_BY.test(key) && !isSettled(value));
    return LOOKED_UP_BY.test(lastName(arg) ?? "");
  });
}

import { oncePerName, oncePerText } from "../../once-per-text.ts";
import { wordsOf } from "../../sdk/canonical.ts";
import type { FileModel } from "../file.ts";
import { opposite } from "../flow/three-valued.ts";
import { requestInputs } from "../input/request-input.ts";
import type { CallValue, FunctionFacts, Step, Value } from "../values/ir.ts";
import { stepsIn } from "../values/lower.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Place } from "../values/trace.ts";
import { constantOf, isEmpty, target } from "../values/values.ts";
import { lastName } from "./caller-checks.ts";
import { combined, handedOver } from "./caller-presence.ts";
import { linksOf } from "./row-conditions.ts";
import { isRow, originOf, readOf, type Origin } from "./rows.ts";

/*
 * A record that is found by a token which the caller sends: a link to a portal, to a quote, or to reset a password. Whoever has
 * none finds nothing. That a column holds what nobody guesses, and what is not handed to everybody, is told by its name.
 */

const LAST_WORDS: ReadonlySet<string> = new Set(["token", "secret"]);
const DIGESTS: ReadonlySet<string> = new Set(["hash", "digest"]);
/** What is handed on to everybody. */
const SHARED: ReadonlySet<string> = new Set(["share", "shared", "sharing", "public", "embed", "widget"]);
/** Tokens that everybody gets, that name a device or a coin, or that are short enough to be tried. */
const NO_SECRETS: ReadonlySet<string> = new Set([
  ...SHARED,
  ...["site", "page", "tracking", "campaign", "referral", "ref", "affiliate", "view"],
  ...["push", "fcm", "apns", "device", "expo", "csrf", "xsrf", "captcha", "recaptcha", "turnstile"],
  ...["crypto", "chain", "mint", "base", "quote", "pay", "payment", "input", "output", "from", "to", "in", "out", "sell", "buy", "native", "gas", "reward", "stake", "lp", "nft"],
  ...["otp", "pin", "code", "sms", "short"],
]);
/** What is kept of coins; and tokens by themselves, which are good for one thing, and once: that is asked for by `done-once.ts`. */
const NO_RECORDS = /^(?:coins?|prices?|swaps?|trades?|pools?|holders?|balances?|positions?|markets?)$|(?:tokens?|verifications?)$/iu;
const MAY_BE_SENT: ReadonlySet<Value["kind"]> = new Set(["call", "choice", "member", "operation", "param", "ref", "template"]);
const MAY_HOLD = /token|secret/iu;
/** Functions within each other. */
const MAX_DEPTH = 2;
/** Steps of functions that are looked at for one condition. */
const MAX_STEPS = 500;

/** Text test: false where nobody sends a token. */
export const mayBeSentTokens = oncePerText((text) => MAY_HOLD.test(text));

/** The name of what nobody guesses, and what is not handed to everybody: `accessToken`, `reset_token_hash`. */
export const isHeld = oncePerName((column) => {
  const words = wordsOf(column);
  const last = words.at(-1) ?? "";
  const isOne = LAST_WORDS.has(last) || (DIGESTS.has(last) && LAST_WORDS.has(words.at(-2) ?? ""));
  return isOne && !words.some((word) => NO_SECRETS.has(word));
});

/** `share_links`: whoever is handed such a link hands it on. */
const isForAll = oncePerName((table) => wordsOf(table).some((word) => SHARED.has(word)));

export interface Found {
  /** Where the condition holds, a record was found. */
  readonly isFound: boolean;
  /** The look-ups of nothing but such a record. */
  readonly lookUps: readonly CallValue[];
}

/** What a condition says of a record that is found by a token of the caller's; undefined: nothing. */
export function foundByToken(file: FileModel, test: Located): Found | undefined {
  const holders = new Holders(file);
  const isFound = holders.asked(test, 0);
  return isFound === undefined ? undefined : { isFound, lookUps: [...holders.lookUps] };
}

/** How a call differs from others of its function by which arguments are such tokens; empty: in none. */
export function tokensHandedOver(file: FileModel, { value: { args }, place }: Located<CallValue>): string {
  const isSent = (name: string | undefined, value: Value): boolean => name !== undefined && MAY_HOLD.test(name) && requestInputs(file, { value, place }).length > 0;
  const told = args.map((arg) => {
    const at = target(arg);
    const sent = at.kind === "object" ? at.entries.some(({ key, value }) => isSent(key, value)) : isSent(lastName(arg), arg);
    return sent ? "t" : ".";
  }).join("");
  return told.includes("t") ? told : "";
}

class Holders {
  readonly lookUps = new Set<CallValue>();
  readonly #file: FileModel;
  #steps = 0;

  constructor(file: FileModel) {
    this.#file = file;
  }

  /** True: where the condition holds, a record was found. False: where it does not. */
  asked({ value, place }: Located, depth: number): boolean | undefined {
    return combined(value, (part) => this.#ofPart({ value: part, place }, depth));
  }

  #ofPart({ value, place }: Located, depth: number): boolean | undefined {
    const at = target(value);
    if (at.kind !== "operation") return this.#isOfFound({ value, place }, depth) ? true : undefined;
    const [one, other] = at.operands;
    if (!one || !other || !/^[!=]==?$/u.test(at.operator)) return undefined;
    const [asked, constant] = target(one).kind === "literal" ? [other, one] : [one, other];
    const literal = target(constant);
    if (literal.kind !== "literal" || !this.#isOfFound({ value: asked, place }, depth)) return undefined;
    // Nothing has a status; only nothing is equal to nothing.
    const isEqual = !isEmpty(literal) && literal.value !== false;
    return at.operator.startsWith("=") ? isEqual : opposite(isEqual);
  }

  /** A record that is found by a token, or something of one: it is nothing for whoever has none. */
  #isOfFound(located: Located, depth: number): boolean {
    const origin = originOf(located);
    if (!origin) return false;
    if (!this.#isFoundBy(origin)) return this.#isOfHolders(origin, depth);
    this.lookUps.add(origin.call.value);
    return true;
  }

  #isFoundBy({ call, members }: Origin): boolean {
    if (this.#isAskedFor(call)) return members[0] === "data";
    const read = readOf(this.#file, call);
    if (!read || NO_RECORDS.test(read.table) || isForAll(read.table) || !isRow(members.slice(0, read.row.length), read)) return false;
    return read.where.some(({ column, value, isNot }) => {
      if (column === undefined || value === undefined || isNot || !isHeld(column)) return false;
      const sent = this.#sentIn({ value, place: call.place });
      // `findFirst({ where: { token } })` of Prisma takes what is left out for anything, and `{ not: "" }` for what it says.
      const isText = !read.takesOperators || (sent !== undefined && requestInputs(this.#file, sent).every(({ kind }) => kind === "param"));
      return sent !== undefined && isText && isCalledToken(sent);
    });
  }

  /** `rpc("get_volunteer_by_token", { p_token: token })` of Supabase */
  #isAskedFor({ value, place }: Located<CallValue>): boolean {
    const asking = linksOf(value).find(({ name }) => name === "rpc");
    const [name, given] = asking?.call.args ?? [];
    const words = name ? wordsOf(constantOf(name) ?? "") : [];
    if (words.at(-1) !== "token" || !words.includes("by") || words.some((word) => NO_SECRETS.has(word))) return false;
    const sent = given && target(given);
    return sent?.kind === "object" && sent.entries.some((entry) => this.#sentIn({ value: entry.value, place }) !== undefined);
  }

  /** What the caller sends; of a digest, the token that it is made of. */
  #sentIn({ value, place }: Located): Located | undefined {
    let sent: Value | undefined;
    dependsOn(value, (part) => {
      if (sent || !MAY_BE_SENT.has(part.kind) || requestInputs(this.#file, { value: part, place }).length === 0) return false;
      sent = part;
      return true;
    });
    // The token of a record that was looked up by what anybody may name is not the caller's.
    const isOwn = sent !== undefined && (target(sent) === target(value) || MAY_HOLD.test(lastName(sent) ?? ""));
    return sent && isOwn ? { value: sent, place } : undefined;
  }

  /** What a function of the project answers that gives nothing to whoever has no token. */
  #isOfHolders({ call, members }: Origin, depth: number): boolean {
    const { tracer } = this.#file;
    if (depth >= MAX_DEPTH || (members.length > 0 && depth > 0)) return false;
    const functions = tracer.functions({ value: call.value.callee, place: call.place });
    if (functions.length === 0 || functions.length < tracer.alternatives({ value: call.value.callee, place: call.place }).length) return false;
    return functions.every((callee) => this.#isForHolders(callee.fn, tracer.inside(call, callee), depth + 1));
  }

  #isForHolders({ body }: FunctionFacts, place: Place, depth: number): boolean {
    const before = this.lookUps.size;
    return (this.#end(body, place, depth) ?? true) && this.lookUps.size > before;
  }

  /** Whether these steps answer holders alone; undefined: they go on. */
  #end(steps: readonly Step[], place: Place, depth: number): boolean | undefined {
    for (const step of steps) {
      if (this.#steps++ > MAX_STEPS) return false;
      const end = this.#after(step, place, depth);
      if (end !== undefined) return end;
    }
    return undefined;
  }

  #after(step: Step, place: Place, depth: number): boolean | undefined {
    switch (step.op) {
      case "throw":
        return true;
      case "return":
        return step.value === undefined || isNothing(step.value) || this.asked({ value: step.value, place }, depth) === true;
      case "if": {
        const isFound = this.asked({ value: step.test, place }, depth);
        if (isFound !== undefined) return this.#end(isFound ? step.else : step.then, place, depth);
        const ways = [step.then, step.else].map((way) => this.#end(way, place, depth));
        return ways.includes(false) ? false : undefined;
      }
      case "try": {
        const handler = step.handler && this.#end(step.handler, place, depth);
        return handler === false ? false : this.#end([...step.block, ...step.finalizer], place, depth);
      }
      case "loop":
      case "switch":
        return [...stepsIn([step])].some((inner) => inner.op === "return" && inner.value !== undefined && !isNothing(inner.value)) ? false : undefined;
      default:
        return undefined;
    }
  }
}

/** In a function that others call with something else, it is called a token where it is handed over. */
export function isCalledToken(located: Located): boolean {
  let at = located;
  for (let given = handedOver(at), calls = 0; given && calls <= MAX_DEPTH; given = handedOver(at), calls++) at = given;
  return at === located || at.place.module === located.place.module || MAY_HOLD.test(lastName(at.value) ?? "");
}

function isNothing(value: Value): boolean {
  const at = target(value);
  return at.kind === "literal" && !at.value;
}

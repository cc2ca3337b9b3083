import { COSTLY } from "../../sdk/costly/index.ts";
import type { CallerKnowledge } from "./caller-knowledge.ts";
import { READS, type Account, type Ledger } from "./account.ts";
import { adminsOf, reasonOf } from "./admins.ts";
import { isForBypass, isMadeOf, letsThrough, stageBranches, turnsAway } from "./caller-checks.ts";
import { comparesKeptHash, comparesSecret } from "./secrets.ts";
import { combined, handsOn, isWhoCalls, mayTellCaller, presenceOf } from "./caller-presence.ts";
import type { FileModel } from "../file.ts";
import { moreOf } from "../flow/guarded.ts";
import type { BranchFacts, Branches, FlowPolicy } from "../flow/policy.ts";
import { unsettled } from "../flow/path-decision.ts";
import { requestInputs } from "../input/request-input.ts";
import { letsInAnyone } from "./forced.ts";
import { alwaysThrows, helperBodyOf } from "./helper-bodies.ts";
import { foundByToken, mayBeSentTokens, tokensHandedOver } from "./held-tokens.ts";
import type { HandsOn } from "./entrance.ts";
import type { HandMadeLimits } from "./hand-made-limits.ts";
import { statementOf } from "./fixed-reads.ts";
import { isThereForAll } from "./lasting-sessions.ts";
import { leftOf } from "./left-out.ts";
import { handsOutOwnCredential } from "./own-credentials.ts";
import { lookUpsOfTokens, mayAskForToken } from "./record-tokens.ts";
import { leavesSomething, PassedBy } from "./passed-by.ts";
import { comparesPassword } from "./passwords.ts";
import { asksToSignIn, refusesStrangers } from "./refusals.ts";
import { asksForToken, looksUpSession } from "./session-lookups.ts";
import { ShownKeys } from "./shown-keys.ts";
import { dependsOn } from "../values/reach.ts";
import type { CallValue, Step, Value } from "../values/ir.ts";
import { callsIn, stepsIn } from "../values/lower.ts";
import type { Located, Place } from "../values/trace.ts";
import { target } from "../values/values.ts";

const NONE: ReadonlySet<Value> = new Set();
/** Functions that are read for what decides whether a caller is asked for. */
const MAX_HELPERS = 2;
const READS_TEXT = /^(?:json|text|formData|get|has|includes|startsWith|endsWith|toLowerCase|trim|test)$/u;
/** What of a request says which route it is for. */
const OF_ROUTE = /^(?:method|url|path|pathname|nextUrl|originalUrl|routeId)$/u;

/** What the conditions of a handler, and of what it calls, say of who calls and how often. Puts it into the account. */
export class Conditions {
  readonly #file: FileModel;
  readonly #callers: CallerKnowledge;
  readonly #limits: HandMadeLimits;
  readonly #ledger: Ledger;
  readonly #decide: FlowPolicy["decide"];
  readonly #passedBy: PassedBy;
  #top: readonly Step[] = [];
  /** A middleware has let strangers through already: what it asks behind that, it asks of known callers. */
  #strangersPass = false;
  /** A middleware has let through whoever sends, or leaves out, something that is no secret. */
  anyonePasses = false;
  /** What is read is a middleware, and lets a request pass in this way, or answers by itself. */
  middleware: HandsOn | undefined;
  /** How many branches are being read that callers pass by who leave their token out. */
  #optional = 0;
  /** The same, where what holds in the branch holds for nothing behind it. */
  #optionalWays = 0;
  /** The reasons of checks of admins for which all callers were turned away. */
  readonly #refused = new Map<CallValue, Set<string>>();
  readonly #shownKeys: ShownKeys;
  readonly #unset = new WeakMap<Place, Set<Value>>();

  constructor(file: FileModel, callers: CallerKnowledge, limits: HandMadeLimits, ledger: Ledger, decide?: FlowPolicy["decide"]) {
    this.#decide = decide;
    this.#passedBy = new PassedBy(file, decide);
    this.#file = file;
    this.#callers = callers;
    this.#limits = limits;
    this.#ledger = ledger;
    this.#shownKeys = new ShownKeys(file);
  }

  get #account(): Account {
    return this.#ledger.account;
  }

  /** A function that requests run is read from its first line. */
  begin(body: readonly Step[]): void {
    this.#strangersPass = false;
    this.anyonePasses = false;
    this.#top = body;
  }

  /** How a call differs from others of its function by the keys and tokens of callers that it hands over; empty: in none. */
  differs(call: Located<CallValue>): string {
    return `${this.#shownKeys.differs(call)}${mayBeSentTokens(this.#file.text) ? tokensHandedOver(this.#file, call) : ""}`;
  }

  /** A branch is entered, or left, that callers pass by who leave their token out. */
  optional(isEntered: boolean, isApart: boolean): void {
    if (isApart) this.#optionalWays += isEntered ? 1 : -1;
    else this.#optional += isEntered ? 1 : -1;
  }

  /** Steps that are not taken in a call of their function: what they set variables to, these do not hold. */
  leaveOut(steps: readonly Step[], place: Place): void {
    for (const step of stepsIn(steps)) {
      if (step.op !== "set") continue;
      const unset = this.#unset.get(place) ?? new Set<Value>();
      this.#unset.set(place, unset.add(step.value));
    }
  }

  /** The same as {@link turnsAway}, also by a function of the project that always throws. */
  #turnsAway(steps: readonly Step[], place: Place): boolean {
    if (this.#passesByReturning(place) && this.#letsThrough(steps, place)) return false;
    return turnsAway(this.#file.tracer, steps, place) || steps.some((step) => step.op === "call" && alwaysThrows(this.#file, { value: step.call, place }));
  }

  /** What a `return` here gives back is for what runs after the middleware. */
  #passesByReturning({ frame }: Place): boolean {
    return this.middleware === "by returning" && !frame;
  }

  /** The middleware ends on some way through the steps, and the request goes on. */
  #letsThrough(steps: readonly Step[], place: Place): boolean {
    if (this.#passesByReturning(place)) return [...stepsIn(steps)].some(({ op }) => op === "return");
    return letsThrough(this.#file.tracer, steps, place);
  }

  /** The call compares a secret, and lets in whoever sends, or leaves out, something else. */
  letsInAnyone(call: Located<CallValue>): boolean {
    return letsInAnyone(this.#file, call, this.#decide);
  }

  /** The function that a place is in. */
  around({ frame }: Place): readonly Step[] {
    return frame?.fn.body ?? this.#top;
  }

  /** A condition of the function itself, and of no branch in it. */
  #isOnTop(test: Value): boolean {
    return isAmong(this.#top, test);
  }

  /** A condition of its function itself, and of no branch in it. */
  #isOfAll({ value, place }: Located): boolean {
    return place.frame ? isAmong(place.frame.fn.body, value) : this.#isOnTop(value);
  }

  /**
   * A branch ends each request, and not only where something is missing: `if (!key) { if (isProduction) throw … }`. Where a
   * helper returns, as one does that formats what is logged, its caller goes on.
   */
  #endsRequest({ value, place }: Located, branch: readonly Step[]): boolean {
    const { tracer } = this.#file;
    if (!place.frame) return this.#isOnTop(value) && turnsAway(tracer, branch, place);
    return isAmong(place.frame.fn.body, value) && turnsAway(tracer, branch.filter(({ op }) => op !== "return"), place);
  }

  /** What a condition says of who calls, and how often. */
  ofCaller(written: Located, branches: Branches): BranchFacts | undefined {
    const facts = this.#ofCaller(written, branches);
    this.anyonePasses ||= this.#isOnTop(written.value) && this.#passedBy.letsThrough(written, branches);
    const free = branches.isPart ? undefined : this.#passedBy.freeSide(written, { ...branches, around: this.around(written.place) });
    return free ? { ...facts, free } : facts;
  }

  #ofCaller(written: Located, branches: Branches): BranchFacts | undefined {
    const { then, otherwise, isPart } = branches;
    const { tracer } = this.#file;
    const { place } = written;
    const left = leftOf(written, this.#unset.get(place) ?? NONE);
    const test: Located = { value: this.middleware && this.#decide ? unsettled({ value: left, place }, this.#decide) : left, place };
    const ends = (steps: readonly Step[]): boolean => turnsAway(tracer, steps, test.place) && !(this.#passesByReturning(test.place) && this.#letsThrough(steps, test.place));
    const refuses = (): boolean => ends(then) || ends(otherwise);
    const limit = this.#limits.ofCondition(test, branches, this.around(place));
    if (limit) return limit;
    const stage = stageBranches(test.value);
    if (stage && (stage.then || stage.otherwise)) {
      this.#account.guarded ||= (stage.then && this.#endsRequest(written, otherwise)) || (stage.otherwise && this.#endsRequest(written, then));
      return { only: stage.then ? "else" : "then" };
    }
    if (!this.#account.guarded && comparesPassword(this.#file, test)) {
      this.#ledger.triesPassword(test.place.module.path);
      if (refuses()) this.#account.admit("admin");
      return refuses() ? undefined : { vouched: { side: "then", caller: "admin" } };
    }
    if (!this.anyonePasses && !isForBypass(test.place) && comparesSecret(tracer, test) && !this.#passedBy.isForced(test, { then, otherwise, around: this.around(test.place) })) {
      // `const isMachine = key === secret || other()`: what becomes of it is asked for later.
      if (isPart && then.length === 0) return undefined;
      const trusted = this.#sideOfMachines(test, branches);
      if (trusted && this.#strangersGoOn(trusted, branches, test.place)) {
        this.#account.guarded ||= refusesStrangers(branches.rest());
        return { trusted };
      }
      this.#account.guarded = true;
      return refuses() ? { after: true } : { then: true };
    }
    const isSent = (value: Value): boolean => requestInputs(this.#file, { value, place: test.place }).length > 0;
    if (refusesStrangers(then) || refusesStrangers(otherwise)) {
      this.#shownKeys.note(test);
      if (this.#asksStore(test) || comparesKeptHash(tracer, test, isSent) || this.#asksRecord(test, branches, this.#isOfAll(written))) this.#admitOnWay();
    }
    const asks = (value: Value): boolean => this.#callers.areAskedIn({ value, place: test.place });
    if (!asks(test.value)) {
      const vouched = test.place.frame && this.#ofHanded(test);
      if (vouched && !handsOn([...then, ...otherwise], written.value)) return { vouched };
      const shown = this.#shownKeys.lookedUpIn(test);
      if (shown && turnsAway(tracer, shown.isFound ? otherwise : then, test.place)) {
        for (const call of statementOf(shown.call)) this.#ledger.leaveLookup(call);
        return { vouched: { side: shown.isFound ? "then" : "else", caller: "known" } };
      }
      const held = mayBeSentTokens(this.#file.text) ? foundByToken(this.#file, test) : undefined;
      if (held) {
        if (turnsAway(tracer, held.isFound ? otherwise : then, test.place)) for (const lookUp of held.lookUps) for (const call of statementOf(lookUp)) this.#ledger.leaveLookup(call);
        return { vouched: { side: held.isFound ? "then" : "else", caller: "known" } };
      }
      if (this.#optional === 0 && this.#isToldToSignIn(test, then, otherwise)) this.#admitOnWay();
      return asksForToken(test.value) && !refuses() ? { optional: true } : undefined;
    }
    const isHandedOn = handsOn([...then, ...otherwise], written.value);
    if (this.middleware && this.#account.caller && !this.#strangersPass && !isPart) {
      const isThere = isWhoCalls(test.value, asks);
      // Strangers have been turned away before.
      if (isThere !== undefined) return { only: isThere ? "then" : "else" };
    }
    const present = isHandedOn ? undefined : presenceOf(test.value, asks);
    const strangers = present ? otherwise : then;
    const mayRefuse = (steps: readonly Step[], where: boolean): boolean => this.#turnsAway(steps, test.place) && !this.#letsSomePass(test, where, asks);
    const refused = present === undefined ? mayRefuse(then, true) || mayRefuse(otherwise, false) : this.#turnsAway(strangers, test.place) && !this.#letsThrough(strangers, test.place);
    this.#strangersPass ||= present !== undefined && this.#isOnTop(written.value) && this.#letsThrough(strangers, test.place);
    if (refused && !this.#strangersPass) this.#account.admit("known");
    if (refused && present !== undefined && !this.#strangersPass && this.#isOfAll(written)) this.#callers.noteRefusal(test.value);
    const admins = adminsOf(test, asks, isHandedOn) ?? this.#areAllRefused(test, then);
    return {
      ...(present === undefined ? {} : { known: present ? "then" : "else" }),
      ...(admins === undefined ? {} : { vouched: { side: admins ? "then" : "else", caller: "admin" } }),
    };
  }

  /** What a helper asks of the caller that it is handed: `assertRole(user, ["ADMIN"])`. */
  #ofHanded(test: Located): BranchFacts["vouched"] {
    const wasHanded = (value: Value): boolean => this.#callers.wasHanded({ value, place: test.place });
    const asks = (value: Value): boolean => isMadeOf(value, (part) => part.kind === "param" && wasHanded(part));
    // Whether somebody waits for an async one is asked for where it is called.
    const admins = isAtOnce(test.place) ? adminsOf(test, asks, false) : undefined;
    const isThere = admins ?? presenceOf(test.value, wasHanded);
    return isThere === undefined ? undefined : { side: isThere ? "then" : "else", caller: admins === undefined ? "known" : "admin" };
  }

  /**
   * The branch of a handler that only whoever knows the secret takes; undefined: either may, or what the branches set is
   * asked for later. A helper tells its caller by what it returns.
   */
  #sideOfMachines({ value, place }: Located, { then, otherwise }: Branches): "then" | "else" | undefined {
    if (place.frame || leavesSomething(then) || leavesSomething(otherwise)) return undefined;
    const knows = combined(value, (part) => {
      const at = target(part);
      if (at.kind !== "operation" || !/^[!=]==?$/u.test(at.operator) || !comparesSecret(this.#file.tracer, { value: part, place })) return undefined;
      return at.operands.some((operand) => target(operand).kind === "literal") ? undefined : at.operator.startsWith("=");
    });
    return knows === undefined ? undefined : knows ? "then" : "else";
  }

  /** Others than those of a branch are neither turned away nor, in a middleware, left behind by `if (isMachine) return next()`. */
  #strangersGoOn(trusted: "then" | "else", branches: Branches, place: Place): boolean {
    const { then, otherwise } = branches;
    const [own, others] = trusted === "then" ? [then, otherwise] : [otherwise, then];
    if (this.#turnsAway(others, place)) return false;
    return !this.#letsThrough(own, place) || this.#letsThrough(others, place) || this.#letsThrough(branches.rest(), place);
  }

  /**
   * `if (link.isPrivate && !session) return unauthorized()`: whether strangers are turned away hangs on something that has
   * nothing to do with who calls, and not on the route either.
   * @param where whether those are turned away for whom the condition holds
   */
  #letsSomePass({ value, place }: Located, where: boolean, asks: (value: Value) => boolean): boolean {
    const at = target(value);
    const [operand] = at.kind === "operation" && at.operator === "!" ? at.operands : [];
    if (operand) return this.#letsSomePass({ value: operand, place }, !where, asks);
    if (at.kind !== "choice" || at.operator !== (where ? "&&" : "||")) return false;
    const isOfStrangers = (part: Value): boolean => presenceOf(part, asks) === !where;
    return at.options.some(isOfStrangers) && at.options.some((part) => !isOfStrangers(part) && this.#isAside({ value: part, place }, asks));
  }

  /** All that it is made from is in sight, and none of it asks who calls, or where to. */
  #isAside({ value, place }: Located, asks: (value: Value) => boolean): boolean {
    if (asks(value) || stageBranches(value) || asksForToken(value)) return false;
    const isElsewhere = (part: Value): boolean => part.kind === "import" && this.#file.tracer.alternatives({ value: part, place }).some((found) => found.value.kind === "import");
    const mayTell = (part: Value): boolean => {
      if (part.kind === "member") return OF_ROUTE.test(part.property ?? "");
      return part.kind === "call" ? !this.#onlyReads({ value: part, place }, 0) : isElsewhere(part);
    };
    return !dependsOn(value, mayTell);
  }

  /** A read of what was sent, or of a store, or a function of the project that does no more than that. */
  #onlyReads({ value, place }: Located<CallValue>, depth: number): boolean {
    if (isRead(value)) return true;
    const path = this.#file.tracer.canonical({ value: value.callee, place });
    if (path && READS.has(COSTLY.match(path)?.kind ?? "mail")) return true;
    const called = this.#file.tracer.functions({ value: value.callee, place });
    return called.length > 0 && depth < MAX_HELPERS && called.every((inner) => [...callsIn(inner.fn.body)].every((call) => this.#onlyReads({ value: call, place: inner.place }, depth + 1)));
  }

  /**
   * `if (error === "401") return …; if (error === "403") return …`: whoever has passed the last of the reasons that a check
   * of admins gives is one of them. False then, as in {@link adminsOf}.
   */
  #areAllRefused(test: Located, then: readonly Step[]): false | undefined {
    const { tracer } = this.#file;
    const found = reasonOf(test.value);
    if (!found || !this.#isOnTop(test.value) || !turnsAway(tracer, then, test.place) || this.#letsThrough(then, test.place)) return undefined;
    const refused = this.#refused.get(found.check) ?? new Set<string>();
    this.#refused.set(found.check, refused.add(found.text));
    const reasons = tracer.alternatives({ value: found.reason, place: test.place }).map(({ value }) => (value.kind === "literal" ? value.value : true));
    return reasons.every((reason) => !reason || (typeof reason === "string" && refused.has(reason))) ? false : undefined;
  }

  /** `if (!(await callerOf(request))) return unauthorized()`: what can't be read tells who calls, and strangers are told so. */
  #isToldToSignIn({ value: test, place }: Located, then: readonly Step[], otherwise: readonly Step[]): boolean {
    if (!asksToSignIn(then) && !asksToSignIn(otherwise)) return false;
    const mayTell = (value: Value): boolean => {
      const call = mayTellCaller(value);
      // What costly work of the project answers is told by `#asksStore`, also where its answer has to be unpacked: `found.json()`.
      if (!call || !this.#ledger.setOffNothing(call) || dependsOn(call.callee, (part) => part.kind === "call" && this.#ledger.hasRead(part))) return false;
      if (isThereForAll(this.#file.tracer, { value, place })) return false;
      const asked = { value: call, place };
      return !letsInAnyone(this.#file, asked, this.#decide) && !handsOutOwnCredential(this.#file.tracer, asked) && helperBodyOf(this.#file, asked) !== "anyone";
    };
    const present = presenceOf(test, mayTell);
    return present !== undefined && asksToSignIn(present ? otherwise : then);
  }

  /** Strangers are turned away here; where they may pass it all by, for what follows on this way alone. */
  #admitOnWay(): void {
    if (this.#optional > 0) return;
    if (this.#optionalWays > 0) this.#account.caller = moreOf(this.#account.caller, "known");
    else this.#account.admit("known");
  }

  /**
   * The condition looks at a session, or a key, that was looked up by what a request says of its caller. To look it up is
   * how callers are told, not what they set off.
   */
  #asksStore({ value, place }: Located): boolean {
    let asks = false;
    dependsOn(value, (part) => {
      if (part.kind !== "call" || !looksUpSession(this.#file.tracer, { value: part, place })) return false;
      if (this.#ledger.leaveLookup(part)) asks = true;
      return false;
    });
    return asks;
  }

  /**
   * Whoever gets past the condition has the token of a record.
   * @param isOfAll everyone comes to the condition: to look the record up is how callers are told
   */
  #asksRecord({ value, place }: Located, branches: Branches, isOfAll: boolean): boolean {
    const before = branches.before();
    if (!mayAskForToken(value, before)) return false;
    const lookUps = lookUpsOfTokens(this.#file, { value, then: branches.then, else: branches.otherwise }, before, place);
    if (isOfAll) for (const lookUp of lookUps) for (const call of statementOf(lookUp)) this.#ledger.recount(call, (work) => (READS.has(work.kind) ? undefined : work));
    return lookUps.length > 0;
  }
}

/** `body.get("draft")`, `id.startsWith("p")`: reads of a request, and comparisons of texts. */
function isRead({ callee, isNew }: CallValue): boolean {
  const called = target(callee);
  if (isNew) return called.kind === "global" && (called.name === "URL" || called.name === "URLSearchParams");
  return called.kind === "member" && READS_TEXT.test(called.property ?? "");
}

/** A condition of these steps themselves, or of what they try, and of no branch in them. */
function isAmong(steps: readonly Step[], test: Value): boolean {
  return steps.some((step) => (step.op === "if" && step.test === test) || (step.op === "try" && isAmong(step.block, test)));
}

/** None of the functions that are being read is async. */
function isAtOnce({ frame }: Place): boolean {
  for (let at = frame; at; at = at.place.frame) if (at.fn.isAsync) return false;
  return true;
}

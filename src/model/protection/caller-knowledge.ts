import type { CanonicalPath } from "../../sdk/canonical.ts";
import { callerParametersOf, checksToken, isOfSession, refusalOf, rejectsTokens } from "../../sdk/sessions.ts";
import type { FileModel } from "../file.ts";
import type { Caller } from "../flow/guarded.ts";
import type { Wait } from "../flow/policy.ts";
import type { CallValue, FunctionFacts, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Place } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { looksLikeAdmins } from "./admins.ts";
import { isMadeOf, lastName, looksAtCaller, looksLikeAuthentication, mayRefuse, refusesStrangers } from "./caller-checks.ts";
import { helperBodyOf, throwsForAllButAdmins, throwsForHanded } from "./helper-bodies.ts";
import { isKeptCaller } from "./kept-callers.ts";
import { isThereForAll, Lookups } from "./lasting-sessions.ts";
import { handsOutOwnCredential } from "./own-credentials.ts";
import { answeringCall, handedOver, looksUpAccount, presenceOf, tellsActor } from "./caller-presence.ts";

/** Refuses by itself: nothing comes back to be checked. */
const ENFORCING_NAME = /^(?:require|assert|ensure|enforce|protect|with|authorize)/iu;
/** Objects in an argument. */
const MAX_HANDED = 2;

const OWN_ID = /^(?:_?id|uid|sub|(?:user|account)_?id)$/iu;

/** Functions that hand something on to each other. */
const MAX_CALLS = 12;

/** What a parameter, or a member of one, stands for where it was first written. */
function asHanded(located: Located): Located {
  let at = located;
  for (let calls = 0; calls < MAX_CALLS; calls++) {
    const given = handedOver(at);
    if (!given) return at;
    at = given;
  }
  return at;
}

/** What is told later. */
const isCallback = (arg: Value): boolean => target(arg).kind === "function";

/** Which values of the code that a request runs tell who calls: what a reading of it has met so far. */
export class CallerKnowledge {
  /** How many of the handler's parameters are what the caller sends, not what the framework knows. */
  inputs = 0;
  /** The handler's first parameter hands out by name what middleware has found out. */
  keepsByName = false;
  /** What is kept with the request as `session` is there for strangers, too, and empty; asked where it matters. */
  keepsLastingSession: () => boolean = () => false;
  /** Where the function that a request runs is read. */
  handler: Place | undefined;
  readonly #file: FileModel;
  readonly #calls: Lookups;
  /** Those that do not come back for strangers, by what their bodies say. */
  readonly #throwing = new Set<CallValue>();
  /** Those that are called as if they would not, and answer strangers nevertheless. */
  readonly #answering = new Set<CallValue>();
  /** Those whose answers were looked at: where there was none, it ended. */
  readonly #refused = new Set<CallValue>();
  /** Checks of a token, and whether those reject a promise that fail. */
  readonly #tokens = new Map<CallValue, boolean>();
  /** Callbacks that are told who calls, with the indices of the parameters. */
  readonly #callbacks = new Map<FunctionFacts, readonly number[]>();

  constructor(file: FileModel) {
    this.#file = file;
    this.#calls = new Lookups(file.tracer);
  }

  /**
   * Takes note of a call that tells who calls.
   * @returns `token`: it checks a caller's token. `account`: it looks up who is signed in. `enforced`: so it does, and
   *   turns strangers away, as far as its name tells. Undefined: none of them
   */
  note({ value, place }: Located<CallValue>, path: CanonicalPath | undefined, name: string | undefined): "token" | "account" | "enforced" | undefined {
    const parameters = path ? callerParametersOf(path) : [];
    if (parameters.length > 0) {
      for (const arg of value.args) for (const { fn } of this.#file.tracer.functions({ value: arg, place })) this.#callbacks.set(fn, parameters);
    }
    if (path && checksToken(path)) {
      this.#calls.add({ value, place });
      this.#tokens.set(value, rejectsTokens(path));
      return "token";
    }
    if (refusesStrangers(this.#file.tracer, { value, place })) {
      this.#throwing.add(value);
      this.#calls.add({ value, place });
      return "account";
    }
    if (name === undefined) return undefined;
    const isSession = path !== undefined && isOfSession(path);
    if (!isSession && !(looksLikeAuthentication(name) ? !looksUpAccount(value.args) : tellsActor(name, value.args))) return undefined;
    const body = isSession ? undefined : helperBodyOf(this.#file, { value, place });
    if (body === "machines" || body === "anyone" || (!isSession && handsOutOwnCredential(this.#file.tracer, { value, place }))) return undefined;
    const throws = body === "throws" || (body === undefined && !isSession && this.#throwsForHanded({ value, place }));
    if (throws) this.#throwing.add(value);
    this.#calls.add({ value, place });
    // Where it throws, that holds for what follows, if nobody catches it.
    // One that hands out a session which is there for all, and does not throw, turns nobody away.
    if (throws || !ENFORCING_NAME.test(name) || this.#calls.isLasting(value)) return "account";
    // A helper may hand the answer on to where strangers are turned away; the handler itself has to look at it.
    if (body !== "answers" || place !== this.handler) return "enforced";
    this.#answering.add(value);
    return "account";
  }

  /** A service tells by its answer whether it knows who calls. */
  noteExchange(call: Located<CallValue>): void {
    this.#calls.add(call);
  }

  /** The call was met, and what it answers is said of who calls. */
  tell(call: CallValue): boolean {
    return this.#calls.has(call);
  }

  #throwsForHanded(call: Located<CallValue>): boolean {
    return throwsForHanded(this.#file, call, (located) => this.wasHanded(located));
  }

  /**
   * A call turns strangers away, as far as its name tells, and is waited for together with others: when is not known. One
   * that nothing waits for turns nobody away, unless it throws at once.
   */
  isBelieved({ value, place }: Located<CallValue>, wait: Wait): boolean {
    if (wait === "awaited" || !ENFORCING_NAME.test(lastName(value.callee) ?? "")) return false;
    if (!this.#answering.has(value) && !this.#throwing.has(value)) return false;
    return wait !== "dropped" || this.#file.tracer.functions({ value: value.callee, place }).some(({ fn }) => !fn.isAsync);
  }

  /** Whoever a call throws for gets on: its failure is handed to what comes back, or nothing waits for its promise. */
  isFailureIgnored({ value, place }: Located<CallValue>, wait: Wait): boolean {
    if (wait === undefined || wait === "awaited") return false;
    const { tracer } = this.#file;
    const isLate = wait === "dropped";
    const functions = tracer.functions(isLate ? { value: value.callee, place } : wait);
    if (functions.length > 0) return functions.every((fn) => (isLate ? fn.fn.isAsync : !mayRefuse(tracer, fn)));
    const path = isLate ? undefined : tracer.canonical(wait);
    return path?.source === "global" && path.path[0] === "console";
  }

  /** Who is let in once a call has returned, because it throws for others; undefined: anyone. */
  callerAfter({ value, place }: Located<CallValue>, wait: Wait): Caller | undefined {
    if (!this.#calls.has(value)) return undefined;
    const isAwaited = wait === "awaited";
    const { tracer } = this.#file;
    const callee = { value: value.callee, place };
    const rejects = this.#tokens.get(value);
    if (rejects !== undefined) {
      const throws = rejects ? isAwaited : !value.args.some(isCallback);
      return throws ? "known" : undefined;
    }
    const name = lastName(value.callee) ?? "";
    const functions = tracer.functions(callee);
    const throwsAtOnce = functions.length > 0 && functions.every(({ fn }) => !fn.isAsync);
    const byBody = (isAwaited || throwsAtOnce) && this.#throwing.has(value) ? this.#letInByBody({ value, place }) : undefined;
    if (!ENFORCING_NAME.test(name) || !looksLikeAdmins(name)) return byBody;
    return functions.length === 0 || functions.some((fn) => mayRefuse(tracer, fn)) ? "admin" : byBody;
  }

  #letInByBody(call: Located<CallValue>): Caller {
    return throwsForAllButAdmins(this.#file, call, (located) => this.wasHanded(located)) ? "admin" : "known";
  }

  /** True where a value is nothing for strangers; false where it is something, or that can't be told. */
  isNothingForStrangers({ value, place }: Located): boolean {
    return presenceOf(value, (part) => this.areAskedIn({ value: part, place }) || this.wasHanded({ value: part, place })) === true;
  }

  /** How a call differs from others of its function by which arguments are nothing for strangers, or who calls; empty: in none. */
  differs({ value, place }: Located<CallValue>): string {
    const tells = (arg: Value, depth: number): string => {
      const at = target(arg);
      if (at.kind === "object" && depth < MAX_HANDED) return at.entries.map((entry) => tells(entry.value, depth + 1)).join("");
      if (at.kind === "literal") return ".";
      return `${this.isNothingForStrangers({ value: arg, place }) ? "!" : "."}${this.isOwnId({ value: arg, place }) ? "@" : ""}`;
    };
    const told = value.args.map((arg) => tells(arg, 0)).join("");
    return /[!@]/u.test(told) ? told : "";
  }

  /** Whoever is nobody by this condition was turned away. */
  noteRefusal(test: Value): void {
    dependsOn(test, (part) => {
      if (part.kind === "call" && this.#calls.has(part)) this.#refused.add(part);
      return false;
    });
  }

  /**
   * `user.id` of who was looked up, and is somebody: an account has one, and whoever calls does not choose it. In a function, what it
   * was handed as such.
   */
  isOwnId(located: Located): boolean {
    const { value, place } = asHanded(located);
    const call = answeringCall(value);
    if (!call || !(this.#refused.has(call) || this.#throwing.has(call))) return false;
    const name = lastName(value) ?? "";
    if (OWN_ID.test(name)) return true;
    const path = this.#file.tracer.canonical({ value: call.callee, place });
    return path !== undefined && refusalOf(path)?.id === name;
  }

  /** The value depends on what is known of who calls. */
  areAskedIn(located: Located): boolean {
    return this.#isMadeOfCalls(located) || looksAtCaller(located, this) || this.#asksAnswer(located);
  }

  #asksAnswer({ value, place }: Located): boolean {
    return this.#isMadeOf({ value, place }, (part) => {
      if (part.kind !== "member" && part.kind !== "await" && part.kind !== "call") return false;
      return this.#isOfAnsweredSession({ value: part, place }) || isKeptCaller(this.#file.tracer, { value: part, place });
    });
  }

  /** In a helper, a parameter is what the handler makes of it. */
  #isMadeOf({ value, place }: Located, tells: (part: Value) => boolean): boolean {
    return isMadeOf(value, tells, place.frame ? 0 : this.inputs);
  }

  /** `const { userId } = await context()`: a function of the project hands out what a session says, whatever it is called. */
  #isOfAnsweredSession(located: Located): boolean {
    const answering = answeringCall(located.value);
    if (!answering || !/^(?:function|import)$/u.test(target(answering.callee).kind)) return false;
    const { tracer } = this.#file;
    // What is nothing for strangers may be left out; anything else would be something for them, too.
    const told = tracer.alternatives(located).filter(({ value }) => value.kind !== "literal" || Boolean(value.value));
    return told.length > 0 && told.every(({ value, place }) => {
      const call = value === located.value ? undefined : answeringCall(value);
      if (call && isThereForAll(tracer, { value, place })) return false;
      const path = call && tracer.canonical({ value: call.callee, place });
      return path !== undefined && (isOfSession(path) || (checksToken(path) && !call?.args.some(isCallback)));
    });
  }

  /** `user`, in a function that is called with who calls: nothing, for strangers. */
  wasHanded(located: Located): boolean {
    const given = handedOver(located);
    return given !== undefined && this.isNothingForStrangers(given);
  }

  #isMadeOfCalls(located: Located): boolean {
    if (this.#calls.size + this.#callbacks.size === 0) return false;
    return this.#isMadeOf(located, (part) => this.#calls.tells(part) || this.#isTold(part));
  }

  /** A callback's parameter that is who calls, also in a list of all of them. */
  #isTold(part: Value): boolean {
    const list = part.kind === "member" ? target(part.object) : part;
    if (list.kind !== "param") return false;
    const place = part.kind === "member" ? Number(part.property) : Number.NaN;
    return this.#callbacks.get(list.fn)?.includes(list.rest ? place + list.index : list.index) ?? false;
  }
}

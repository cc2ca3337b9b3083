import { COSTLY, type CostlyKind } from "../../sdk/costly/index.ts";
import { LIMITERS, looksLikeLimiterName } from "../../sdk/limiters.ts";
import { VERIFIERS, libraryHandlerOf } from "../../sdk/verifiers.ts";
import { Account, type Met, type Span } from "./account.ts";
import { adminsOf, looksLikeAdmins } from "./admins.ts";
import { buildsAnswer, passesParameter, readsAsset, RENDERS_IMAGES } from "./answer-building.ts";
import { comparesSecret, isForBypass, isNamedIn, lastName, letsThrough, looksLikeAuthentication, stageBranches, turnsAway } from "./caller-checks.ts";
import { CallerKnowledge, looksEnforcing } from "./caller-knowledge.ts";
import { handsOn, mayTellCaller, presenceOf, tellsActor } from "./caller-presence.ts";
import { madeByAuthJs } from "./session-middleware.ts";
import type { Command } from "../clients/clients.ts";
import { needsFullAccess } from "../../sdk/redis-commands.ts";
import type { FileModel } from "../file.ts";
import { leastOf, moreOf, of, walk, type BranchFacts, type Caller, type FlowPolicy, type Guarded } from "../flow/flow.ts";
import { unwrapHandler, type Handler } from "../handlers/index.ts";
import { requestInputs } from "../input/request-input.ts";
import type { CallValue, FunctionFacts, Step, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { decidedByRoute } from "../flow/path-decision.ts";
import { dependsOn, partsOf } from "../values/reach.ts";
import { fetchWork } from "./fetch-work.ts";
import { KeptCounts } from "./kept-counts.ts";
import { asksPresenceOf, asksToSignIn, mayRefuseForRate, passesOnRefusal, readsRefusal, refusesForRate, refusesStrangers } from "./refusals.ts";
import { claimedIn } from "./claims.ts";
import { constantKey, keptIn } from "./kept-answers.ts";
import { asksForToken, looksUpSession } from "./session-lookups.ts";
import { leadsElsewhere } from "./sign-ins.ts";
import { calledImport, effectsIn, wayOfCall } from "./shared-effects.ts";
import { holdsWithout } from "./left-out.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** Costly or abusable work that a request sets off. */
export interface Work {
  readonly kind: CostlyKind;
  /** Words for a message: `sends mail through Resend`. */
  readonly label: string;
  /** The file in which it is done, relative to the root, where it is another one. */
  readonly file: string | undefined;
  /** Who gets to it; undefined: anyone, because nobody was turned away before. */
  readonly caller: Caller | undefined;
  /** A read of Redis that is the same for all callers, whatever they send. */
  readonly isFixed: boolean;
}

/** What a handler does before anything limits its callers. */
export interface Exposure {
  /** Work that no path guards, in the order in which it is done. */
  readonly open: readonly Work[];
  /** Somewhere a limiter is consulted, or the caller is known to be a machine. */
  readonly guarded: boolean;
  /** Somewhere a limiter is consulted. */
  readonly limited: boolean;
  /** Who is let in; undefined: anyone. */
  readonly caller: Caller | undefined;
  /** The code was there to be read, all of it: no library's handler answers the request. */
  readonly readable: boolean;
  /** It looks at nothing that the request holds, and calls nothing but what builds an answer. */
  readonly isStatic: boolean;
}

const READS: ReadonlySet<CostlyKind> = new Set<CostlyKind>(["database", "redis-read"]);
/** Where a limiter made by hand may keep its counts. */
const STORES: ReadonlySet<CostlyKind> = new Set<CostlyKind>([...READS, "data-write"]);
/** `authActionClient.use(…)`, `protectedProcedure`: a builder's name says that it turns strangers away. */
const AUTH_BUILDER = /^(?:auth|protected|private|secure|admin|user|member|team|org|workspace)[A-Za-z]*(?:Action|Procedure|Client|Route)/u;
const ADMIN_BUILDER = /^admin(?:Action|Procedure|Client|Route)/u;
/** How many parameters of a framework's handlers are what the caller sends. */
const INPUTS: Partial<Record<Handler["framework"], number>> = {
  "next-action": Infinity,
  "server-function": Infinity,
  "sveltekit-remote": Infinity,
  "astro-action": 1,
};
/** Links of a builder's chain. */
const MAX_LINKS = 30;
/** What the handler exposes, seen through wrappers, middleware and the project's helpers. */
export function exposureOf(file: FileModel, handler: Handler): Exposure {
  const audit = Audit.ofHandler(file, handler.route);
  audit.callers.inputs = INPUTS[handler.framework] ?? 0;
  for (const middleware of handler.before) audit.middleware(middleware);
  const written = target(handler.value.value);
  if (written.kind === "call") audit.wrapper({ value: written, place: handler.value.place });
  const { functions: found, outer } = unwrapHandler(file.tracer, handler.value);
  // What a library's handler is set up with, such as callbacks, is not what the request runs.
  const functions = found.filter(({ wrappers }) => !wrappers.some((wrapper) => audit.isLibrary(wrapper)));
  for (const { wrappers } of functions) for (const wrapper of wrappers) audit.wrapper(wrapper);
  for (const value of outer) if (value.value.kind === "call") audit.wrapper({ value: value.value, place: value.place });
  for (const callee of functions) audit.run(callee);
  return audit.result(functions.length > 0);
}

/** Whether a middleware consults a limiter, or asks who calls, on some path of a request to `route`. */
export function consultsLimiter(file: FileModel, middleware: Located, decide?: FlowPolicy["decide"]): Pick<Exposure, "guarded" | "limited" | "caller"> {
  const audit = new Audit(file, decide);
  audit.middleware(middleware);
  return audit.result(true);
}

/** What a function of another file does, and what holds after it. */
interface Effects {
  readonly account: Account;
  readonly after: Guarded;
}

class Audit implements FlowPolicy {
  readonly #file: FileModel;
  readonly callers: CallerKnowledge;
  /** Reads of Redis that are the same for all callers. */
  readonly #fixedReads = new Set<CallValue>();
  readonly #counts: KeptCounts;
  /** Within how many places that are run once, however often they are asked for. */
  #once = 0;
  /** How many branches are being read that callers pass by who leave their token out. */
  #optional = 0;
  /** The same, where what holds in the branch holds for nothing behind it. */
  #optionalWays = 0;
  /** What was met by calls: between which works of which account. */
  readonly #spans = new Map<CallValue, Span>();
  /** The last call of each function that is being read: where the next one begins, it has ended. */
  readonly #lastOf = new WeakMap<Place, Span>();
  readonly decide?: NonNullable<FlowPolicy["decide"]>;
  #account = new Account();
  /** Functions that are being read apart, innermost last. */
  readonly #apart: { readonly outer: Account; readonly way: string; readonly pathQuestions: number; readonly caller: Caller | undefined }[] = [];
  #pathQuestions = 0;
  /** Functions that were read apart in vain. */
  readonly #unsettled = new Set<string>();
  /** Undefined: what functions do depends on more than how they are called. */
  readonly #effects: Map<string, Effects> | undefined;
  /** Calls in what a library's handler is set up with. */
  readonly #leftOut = new Set<CallValue>();

  constructor(file: FileModel, decide: FlowPolicy["decide"], effects?: Map<string, Effects>) {
    this.#file = file;
    this.callers = new CallerKnowledge(file);
    this.#counts = new KeptCounts(file.tracer);
    this.#effects = effects;
    if (decide) this.decide = decide;
  }

  static ofHandler(file: FileModel, route: string | undefined): Audit {
    const decide = decidedByRoute(route, () => audit.#pathQuestions++);
    const audit: Audit = new Audit(file, decide, effectsIn<Effects>(file.tracer, file.settings));
    return audit;
  }

  result(readable: boolean): Exposure {
    const { works, guarded, limited, admitted, delegated, dynamic } = this.#account;
    const met = works.map((work) => this.#told(work)).filter((work, index) => !guarded || !this.#leadsToLimiter(work, index));
    return { open: this.#entryGuarded ? [] : met, guarded, limited, caller: admitted, readable: readable && !delegated, isStatic: !dynamic || (this.#rendersImage && !this.#fetches) };
  }

  #told({ kind, label, path, caller, isFixed }: Met): Work {
    const { root } = this.#file;
    const isElsewhere = path !== undefined && path !== this.#file.path && root !== undefined;
    return { kind, label, file: isElsewhere ? path.slice(root.length + 1) : undefined, caller, isFixed };
  }

  /** What is looked up, or kept and checked by a helper, on the way to a limiter, such as whom to limit. */
  #leadsToLimiter({ kind, file }: Work, index: number): boolean {
    if (READS.has(kind)) return true;
    return index < this.#account.beforeGuard && file !== undefined && (STORES.has(kind) || kind === "password");
  }

  /** For whom a middleware called `next()`, each time. */
  readonly #handedOn: (Caller | undefined)[] = [];
  #top: readonly Step[] = [];
  /** A middleware has let strangers through already: what it asks behind that, it asks of known callers. */
  #strangersPass = false;
  #rendersImage = false;
  /** More than a file of the bundle. */
  #fetches = false;

  /** Guarded before the handler's own first line. */
  #entryGuarded = false;

  /** A handler that a library makes, which protects itself or is looked at where its parts are written. */
  isLibrary(call: Located<CallValue>): boolean {
    const path = this.#file.tracer.canonical({ value: call.value.callee, place: call.place });
    return path !== undefined && libraryHandlerOf(path) !== undefined;
  }

  /** Reads what a function does to a request. */
  run(callee: { readonly fn: FunctionFacts; readonly place: Place }): void {
    this.#handedOn.length = 0;
    this.#strangersPass = false;
    this.#top = callee.fn.body;
    const end = walk(this.#file.tracer, callee, this);
    // A middleware that calls what comes after it does so for known callers only, or for others, too.
    const caller = this.#handedOn.length > 0 ? this.#handedOn.reduce(leastOf) : end?.caller;
    if (caller) this.#account.admit(caller);
  }

  /** Middleware that runs before the handler: a function, or what a library made. */
  middleware(located: Located): void {
    for (const { value, place } of this.#file.tracer.alternatives(located)) {
      if (value.kind === "array") for (const item of value.items) this.middleware({ value: item, place });
      if (value.kind === "call") {
        this.wrapper({ value, place });
        // `createMiddleware(async (c, next) => …)`, `clerkMiddleware(async (auth, request) => …)`
        for (const callee of unwrapHandler(this.#file.tracer, { value, place }).functions) this.run(callee);
      }
      if (value.kind === "function") this.run({ fn: value.fn, place });
      else {
        const isJudgedByCode = value.kind === "call" ? this.#handsAllOn({ value, place }) : madeByAuthJs(this.#file.tracer, { value, place }) !== undefined;
        if (!isJudgedByCode) this.#named(lastName(located.value) ?? lastName(value));
        // A plugin that is handed over and called by the framework: `register(rateLimit, { max: 10 })`.
        const path = value.kind === "import" ? this.#file.tracer.canonical({ value, place }) : undefined;
        if (path && LIMITERS.match(path)?.form === "middleware") this.#account.limit();
      }
    }
    this.#declared(located);
    if (this.#account.guarded) this.#entryGuarded = true;
    this.#account.works.length = 0;
    this.#account.dynamic = false;
  }

  /** A call around the handler: `withRateLimit(handler)`, `verifySignatureAppRouter(handler)`. */
  wrapper(call: Located<CallValue>): void {
    const callee = { value: call.value.callee, place: call.place };
    this.#chain(callee);
    const path = this.#file.tracer.canonical(callee);
    if (path && LIMITERS.match(path)) this.#account.limit();
    else if (path && VERIFIERS.match(path)) this.#account.guarded = true;
    this.#declared(callee);
    if (!this.#isIdle(callee) && !this.#handsAllOn(call)) this.#named(lastName(call.value.callee) ?? path?.path.at(-1));
    // `compose(withAuth, withRateLimit)(handler)`: the parts are what counts.
    for (const arg of call.value.args) {
      const inner = target(arg);
      if (inner.kind === "call") this.#named(lastName(inner.callee));
      else if (inner.kind === "function") this.#partOf(inner.fn);
      else this.#named(lastName(arg));
    }
    const made = target(call.value.callee);
    if (made.kind === "call") this.wrapper({ value: made, place: call.place });
    if (this.#account.guarded) this.#entryGuarded = true;
  }

  /** `actionClient.use(limit).action(handler)`: what a builder is told to run before its handlers, also in other files. */
  #chain(callee: Located): void {
    let at: Located | undefined = callee;
    let named: Caller | undefined;
    let isBare = true;
    for (let links = 0; at && links < MAX_LINKS; links++) {
      const { value, place }: Located = at;
      const made: Value = target(value);
      const name: string = lastName(value) ?? "";
      if (AUTH_BUILDER.test(name)) named = moreOf(named, ADMIN_BUILDER.test(name) ? "admin" : "known");
      if (made.kind === "member") at = { value: made.object, place };
      else if (made.kind === "call") {
        const link: Value = target(made.callee);
        if (link.kind !== "member") break;
        if (link.property === "use") {
          isBare = false;
          for (const value of made.args) this.middleware({ value, place });
        }
        at = { value: link.object, place };
      } else {
        const [next]: readonly Located[] = made.kind === "import" ? this.#file.tracer.alternatives({ value: made, place }) : [];
        // A chain that ends in a package, or in a file that can't be read, may hold more than is seen.
        if (next?.value === made) isBare = false;
        at = next?.value === made ? undefined : next;
      }
    }
    // Believed by its name, unless it can be read to the end and runs nothing before its handlers.
    if (named && !isBare) this.#account.admit(named);
  }

  /** `(handler) => withRateLimit(handler, options)` among the parts of a composition. */
  #partOf(fn: FunctionFacts): void {
    for (const returned of fn.returns) {
      const made = target(returned);
      const wraps = made.kind === "call" && made.args.some((arg) => target(arg).kind === "param");
      if (wraps && fn.body.length <= 2) this.#named(lastName(made.callee));
    }
  }

  #named(name: string | undefined): void {
    if (name === undefined) return;
    if (looksLikeLimiterName(name)) this.#account.limit();
    else if (looksLikeAdmins(name)) this.#account.admit("admin");
    else if (looksLikeAuthentication(name)) this.#account.admit("known");
  }

  #leaveOut(value: Value): void {
    dependsOn(value, (part) => {
      if (part.kind !== "function") return false;
      for (const call of callsIn(part.fn.body)) {
        if (this.#leftOut.has(call)) continue;
        this.#leftOut.add(call);
        for (const arg of call.args) this.#leaveOut(arg);
      }
      return false;
    });
  }

  call(call: Located<CallValue>, state: Guarded): ReturnType<FlowPolicy["call"]> {
    if (this.#leftOut.has(call.value)) return "skip";
    if (state.some) {
      // What comes after a limiter may cost what it likes; a later limiter still tells what leads up to it.
      if (mayLimit(call.value) && this.#classify(call, state) === "guard") this.#account.beforeGuard = this.#account.works.length;
      return "skip";
    }
    if (lastName(call.value.callee) === "next") this.#handedOn.push(state.caller);
    this.#begin(call);
    const way = this.#wayOf(call);
    const known = way === undefined ? undefined : this.#effects?.get(way);
    if (known && this.#once === 0) {
      this.#account.dynamic ||= !call.place.frame && passesParameter(call.value);
      this.#account.add(known.account, state.caller);
      return of(state.caller, known.after);
    }
    this.#rendersImage ||= call.value.isNew && RENDERS_IMAGES.has(this.#file.tracer.canonical({ value: call.value.callee, place: call.place })?.source ?? "");
    this.#account.dynamic ||= !buildsAnswer(this.#file.tracer, call);
    const verdict = this.#classify(call, state);
    if (verdict === "guard") {
      this.#account.guarded = true;
      this.#account.beforeGuard = this.#account.works.length;
    }
    if (verdict !== undefined || way === undefined || this.#once > 0 || this.#unsettled.has(way) || !this.#isReadable(call)) return verdict;
    this.#apart.push({ outer: this.#account, way, pathQuestions: this.#pathQuestions, caller: state.caller });
    this.#account = new Account();
    return "apart";
  }

  #begin({ value, place }: Located<CallValue>): void {
    const { length } = this.#account.works;
    const last = this.#lastOf.get(place);
    if (last?.account === this.#account) last.end ??= length;
    const span: Span = { account: this.#account, start: length, end: undefined };
    this.#spans.set(value, span);
    this.#lastOf.set(place, span);
  }

  after(_: Located<CallValue>, after: Guarded, isWhole: boolean): void {
    const apart = this.#apart.pop();
    if (!apart) return;
    const account = this.#account;
    this.#account = apart.outer;
    this.#account.add(account, apart.caller);
    // A function that looks at the request's path does something else in another route.
    if (isWhole && apart.pathQuestions === this.#pathQuestions) this.#effects?.set(apart.way, { account: account.detached(), after });
    else this.#unsettled.add(apart.way);
  }

  /** How another file's function is called; undefined where its name, or the settings, say what it does. */
  #wayOf(call: Located<CallValue>): string | undefined {
    if (!this.#effects || !calledImport(call.value)) return undefined;
    const name = lastName(call.value.callee) ?? "";
    if (looksLikeLimiterName(name) || looksLikeAuthentication(name) || tellsActor(name, call.value.args)) return undefined;
    if (this.#isDeclared({ value: call.value.callee, place: call.place })) return undefined;
    const way = wayOfCall(this.#file.tracer, call);
    return way && `${way}${this.differs(call)}`;
  }

  get admitted(): Caller | undefined {
    return this.#account.caller;
  }

  set admitted(caller: Caller | undefined) {
    this.#account.caller = caller;
  }

  callerAfter(call: Located<CallValue>, isAwaited: boolean): Caller | undefined {
    return this.callers.callerAfter(call, isAwaited);
  }

  isNothingForStrangers(located: Located): boolean {
    return this.callers.isNothingForStrangers(located);
  }

  differs(call: Located<CallValue>): string {
    return `${this.callers.differs(call)}${isForBypass(call.place) ? "#bypass" : ""}`;
  }

  /** Whatever the callee may be is a function of the project. */
  #isReadable({ value, place }: Located<CallValue>): boolean {
    return this.#file.tracer.alternatives({ value: value.callee, place }).every((callee) => callee.value.kind === "function");
  }

  #classify(call: Located<CallValue>, state: Guarded): "guard" | "skip" | undefined {
    const { tracer, clients } = this.#file;
    const callee = target(call.value.callee);
    const located = { value: call.value.callee, place: call.place };
    if (callee.kind === "member" && (callee.property === "limit" || callee.property === "blockUntilReady")) {
      const client = clients.clientOf({ value: callee.object, place: call.place });
      if (client?.product === "ratelimit") return this.#limiting();
    }
    if (this.#declared(located)) return "guard";
    const name = lastName(call.value.callee);
    const path = tracer.canonical(located) ?? (callee.kind === "member" ? { source: "?", path: memberNames(callee) } : undefined);
    if (path && !call.value.isNew && LIMITERS.match(path)) return this.#limiting();
    if (path && !call.value.isNew && VERIFIERS.match(path) && !isForBypass(call.place)) return "guard";
    if (name !== undefined && looksLikeLimiterName(name) && !call.value.isNew && !this.#isIdle(located)) return this.#limiting();
    if (this.isLibrary(call)) {
      this.#account.delegated = true;
      for (const arg of call.value.args) this.#leaveOut(arg);
      return "skip";
    }
    const command = clients.commandOf(call);
    if (command) {
      this.#counts.note(command);
      const kind = command.access === "read" ? "redis-read" : "data-write";
      const label = kind === "redis-read" ? "reads Redis" : "writes to Redis";
      const isFixed = kind === "redis-read" && isFixedRead(tracer, command);
      if (isFixed) this.#fixedReads.add(call.value);
      this.#record(call, state, kind, `${label} (\`${command.name}\`)`, isFixed);
      return "skip";
    }
    const row = path && !call.value.isNew ? COSTLY.match(path) : undefined;
    if (row && row.kind !== "fetch") {
      if (row.kind === "auth" && path?.source === "next-auth" && leadsElsewhere(tracer, call)) return "skip";
      this.#record(call, state, row.kind, row.label);
      return "skip";
    }
    if (row || (path?.source === "global" && path.path.join(".") === "fetch")) this.#fetch(call, state);
    const told = this.callers.note(call, path, name);
    if (told === "token") return "skip";
    if (told === "account" && name !== undefined) {
      if (looksEnforcing(name)) this.#account.admit("known");
      // The helper may refuse strangers by a machine's secret: then its body says so.
      return tracer.functions(located).length > 0 && /secret|cron|webhook|signature|internal|api_?key|request|authoriz/iu.test(name) ? undefined : "skip";
    }
    return undefined;
  }

  #limiting(): "guard" {
    this.#account.limit();
    return "guard";
  }

  /** A function of the project that does nothing, whatever its name says: a stub. */
  #isIdle(callee: Located): boolean {
    const functions = this.#file.tracer.functions(callee);
    return functions.length > 0 && functions.every(({ fn }) => isStub(fn));
  }

  /** `NextAuth(config).auth((request) => …)`: the function is called for everyone, and told who is there. */
  #handsAllOn({ value, place }: Located<CallValue>): boolean {
    const { tracer } = this.#file;
    const isAuthJs = tracer.alternatives({ value: value.callee, place }).some((made) => madeByAuthJs(tracer, made) !== undefined);
    return isAuthJs && value.args.some((arg) => tracer.functions({ value: arg, place }).length > 0);
  }

  /** A condition of the function itself, and of no branch in it. */
  #isOnTop(test: Value): boolean {
    return this.#top.some((step) => step.op === "if" && step.test === test);
  }

  #record(call: Located<CallValue>, state: Guarded, kind: CostlyKind, label: string, isFixed = false): void {
    if (state.some || this.#once > 0) return;
    const { works } = this.#account;
    works.push({ kind, label, isFixed, path: call.place.module.path, caller: moreOf(this.#account.caller, state.caller), call: call.value });
  }

  #fetch(call: Located<CallValue>, state: Guarded): void {
    this.#fetches ||= !readsAsset(this.#file.tracer, call);
    const work = fetchWork(this.#file.tracer, call);
    if (work) this.#record(call, state, work.kind, work.label);
  }

  branch(test: Located, branches: Parameters<NonNullable<FlowPolicy["branch"]>>[1]): BranchFacts | undefined {
    const holds = holdsWithout(test);
    if (holds !== undefined) return { only: holds ? "then" : "else" };
    const facts = this.#ofCaller(test, branches);
    const kept = this.#fixedReads.size === 0 ? undefined : keptIn(this.#file.tracer, this.#file.clients, test, branches, this.#fixedReads);
    const once = kept ?? claimedIn(this.#file, test, branches);
    return once ? { ...facts, once } : facts;
  }

  once<T>(run: () => T): T {
    this.#once++;
    const result = run();
    this.#once--;
    return result;
  }

  /** What a condition says of who calls, and how often. */
  #ofCaller(test: Located, { then, otherwise }: { readonly then: readonly Step[]; readonly otherwise: readonly Step[] }): BranchFacts | undefined {
    const { tracer } = this.#file;
    const refuses = (): boolean => turnsAway(tracer, then, test.place) || turnsAway(tracer, otherwise, test.place);
    // What a branch of the file says stands in the file's text.
    const isForRate = (test.place.module !== this.#file || mayRefuseForRate(this.#file.text)) && (refusesForRate(then) || refusesForRate(otherwise));
    // An answer of 429 that passes on what a service said limits nobody; one to who has left something out, neither.
    const isSent = (value: Value): boolean => requestInputs(this.#file, { value, place: test.place }).length > 0;
    if (isForRate && !this.#asksService(test) && !passesOnRefusal(test.value) && !asksPresenceOf(test.value, isSent)) {
      // A counter kept by hand: what was counted before the refusal belongs to the limiter.
      this.#account.guarded = true;
      // What handles the 429 of somebody else, such as a provider's, is no limiter.
      if (!readsRefusal(test.value)) this.#account.limit();
      this.#account.works = this.#account.works.filter(({ call }) => !call || !dependsOn(test.value, (part) => part === call));
      return { after: true };
    }
    const above = this.#counts.sideAbove(test);
    if (above && turnsAway(tracer, above === "then" ? then : otherwise, test.place)) {
      this.#countedByHand();
      return { after: true };
    }
    const stage = stageBranches(test.value);
    if (stage && (stage.then || stage.otherwise)) {
      this.#account.guarded ||= (stage.then && turnsAway(tracer, otherwise, test.place)) || (stage.otherwise && turnsAway(tracer, then, test.place));
      return { only: stage.then ? "else" : "then" };
    }
    if (!isForBypass(test.place) && comparesSecret(tracer, test)) {
      this.#account.guarded = true;
      return refuses() ? { after: true } : { then: true };
    }
    if ((refusesStrangers(then) || refusesStrangers(otherwise)) && this.#asksStore(test)) this.#admitOnWay();
    const asks = (value: Value): boolean => this.callers.areAskedIn({ value, place: test.place });
    if (!asks(test.value)) {
      const isThere = test.place.frame && presenceOf(test.value, (value) => this.callers.wasHanded({ value, place: test.place }));
      if (isThere !== undefined && !handsOn([...then, ...otherwise], test.value)) return { vouched: { side: isThere ? "then" : "else", caller: "known" } };
      if (this.#optional === 0 && this.#isToldToSignIn(test.value, then, otherwise)) this.#admitOnWay();
      return asksForToken(test.value) && !refuses() ? { optional: true } : undefined;
    }
    const isHandedOn = handsOn([...then, ...otherwise], test.value);
    const present = isHandedOn ? undefined : presenceOf(test.value, asks);
    const strangers = present ? otherwise : then;
    const refused = present === undefined ? refuses() : turnsAway(tracer, strangers, test.place) && !letsThrough(tracer, strangers, test.place);
    this.#strangersPass ||= present !== undefined && this.#isOnTop(test.value) && letsThrough(tracer, strangers, test.place);
    if (refused && !this.#strangersPass) this.#account.admit("known");
    const admins = adminsOf(test.value, asks, isHandedOn);
    return {
      ...(present === undefined ? {} : { known: present ? "then" : "else" }),
      ...(admins === undefined ? {} : { vouched: { side: admins ? "then" : "else", caller: "admin" } }),
    };
  }

  /** `if (!(await callerOf(request))) return unauthorized()`: what can't be read tells who calls, and strangers are told so. */
  #isToldToSignIn(test: Value, then: readonly Step[], otherwise: readonly Step[]): boolean {
    if (!asksToSignIn(then) && !asksToSignIn(otherwise)) return false;
    const mayTell = (value: Value): boolean => {
      const call = mayTellCaller(value);
      // What costly work of the project answers is told by `#asksStore`.
      const span = call && this.#spans.get(call);
      const isIdle = !span || (span.end ?? this.#account.works.length) === span.start;
      return call !== undefined && isIdle;
    };
    const present = presenceOf(test, mayTell);
    return present !== undefined && asksToSignIn(present ? otherwise : then);
  }

  optional(isEntered: boolean, isApart: boolean): void {
    if (isApart) this.#optionalWays += isEntered ? 1 : -1;
    else this.#optional += isEntered ? 1 : -1;
  }

  /** Strangers are turned away here; where they may pass it all by, for what follows on this way alone. */
  #admitOnWay(): void {
    if (this.#optional > 0) return;
    if (this.#optionalWays > 0) this.#account.caller = moreOf(this.#account.caller, "known");
    else this.#account.admit("known");
  }

  known<T>(run: () => T): T {
    const account = this.#account;
    const { caller, admitted } = account;
    account.admit("known");
    const result = run();
    Object.assign(account, { caller, admitted });
    return result;
  }

  /**
   * The condition looks at a session, or a key, that was looked up by what a request says of its caller. To look it up is
   * how callers are told, not what they set off.
   */
  #asksStore({ value, place }: Located): boolean {
    let asks = false;
    dependsOn(value, (part) => {
      const span = part.kind === "call" ? this.#spans.get(part) : undefined;
      if (part.kind !== "call" || span?.account !== this.#account || !looksUpSession(this.#file.tracer, { value: part, place })) return false;
      const { works } = this.#account;
      const { start, end = works.length } = span;
      const own = works.slice(start, end).filter(({ kind }) => !READS.has(kind));
      asks ||= end > start;
      this.#account.works = [
        ...works.slice(0, start),
        ...own.map((work) => (STORES.has(work.kind) ? { ...work, caller: moreOf(work.caller, "known") } : work)),
        ...works.slice(end),
      ];
      this.#spans.delete(part);
      return false;
    });
    return asks;
  }

  /** The condition looks at what costly work outside of the project's own stores gave back. */
  #asksService(test: Located): boolean {
    const services = new Set(this.#account.works.flatMap(({ kind, call }) => (!call || STORES.has(kind) ? [] : [call])));
    return services.size > 0 && dependsOn(test.value, (part) => part.kind === "call" && services.has(part));
  }

  /** Named in `settings.upstash.rateLimiters` or `verifiers`. */
  #isDeclared(located: Located): boolean {
    const { tracer, settings } = this.#file;
    return isNamedIn(tracer, located, settings.rateLimiters) || isNamedIn(tracer, located, settings.verifiers);
  }

  /** Takes note of what the settings name. */
  #declared(located: Located): boolean {
    if (!this.#isDeclared(located)) return false;
    if (isNamedIn(this.#file.tracer, located, this.#file.settings.rateLimiters)) this.#account.limit();
    this.#account.guarded = true;
    return true;
  }

  /** What keeps the counter belongs to the limiter. */
  #countedByHand(): void {
    this.#account.limit();
    this.#account.works = this.#account.works.filter(({ call }) => !call || !this.#counts.isOf(call));
  }

  returned(value: Located): "guard" | undefined {
    if (this.#counts.tells(value)) {
      this.#countedByHand();
      return "guard";
    }
    if (isForBypass(value.place) || !comparesSecret(this.#file.tracer, value)) return undefined;
    this.#account.guarded = true;
    return "guard";
  }
}

/** Constant arguments, and no command that walks through all keys. */
function isFixedRead(tracer: Tracer, { name, args, call }: Command): boolean {
  return !needsFullAccess(name) && call.value.spreadAt === undefined && args.every(({ value }) => constantKey(tracer, { value, place: call.place }) !== undefined);
}

/** Calls nothing, and gives back constants or what it was given. */
function isStub(fn: FunctionFacts): boolean {
  if (!callsIn(fn.body).next().done) return false;
  const isFixed = (value: Value): boolean =>
    value.kind === "literal" || value.kind === "param" || (/^(?:object|array|ref|await)$/u.test(value.kind) && partsOf(value).every(isFixed));
  return fn.returns.every(isFixed);
}

/** By the name of what is called. */
function mayLimit({ callee }: CallValue): boolean {
  const name = lastName(callee) ?? "";
  return name === "limit" || name === "blockUntilReady" || looksLikeLimiterName(name);
}

function memberNames(value: Value): readonly string[] {
  if (value.kind === "member") return [...memberNames(value.object), value.property ?? "*"];
  if (value.kind === "ref") return value.name === undefined ? memberNames(value.target) : [value.name];
  if (value.kind === "call") return memberNames(value.callee);
  if (value.kind === "await") return memberNames(value.value);
  return [];
}

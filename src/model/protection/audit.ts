import { keptText, ownText } from "../../kept-text.ts";
import { COSTLY, type CostlyKind } from "../../sdk/costly/index.ts";
import { LIMITERS, looksLikeLimiterName, mayAskByName } from "../../sdk/limiters.ts";
import { LASTING_LISTENERS } from "../../sdk/listeners.ts";
import { takesPayment } from "../../sdk/payments.ts";
import { VERIFIERS, libraryHandlerOf } from "../../sdk/verifiers.ts";
import { Account, Ledger, READS, STORES, type Entry, type Met } from "./account.ts";
import { buildsAnswer, isIdle, passesParameter, readsAsset, RENDERS_IMAGES } from "./answer-building.ts";
import { isForBypass, isNext, lastName, looksLikeAuthentication, neverReturns, turnsAway } from "./caller-checks.ts";
import { comparesSecret } from "./secrets.ts";
import { areAnsweredFirst } from "./caught-strangers.ts";
import { CallerKnowledge } from "./caller-knowledge.ts";
import { tellsActor } from "./caller-presence.ts";
import { lateRows } from "./counted-rows.ts";
import { CostlyCalls } from "./costly-calls.ts";
import { Credits, type Balances } from "./credits.ts";
import { exchangesCode } from "./code-exchanges.ts";
import { Conditions } from "./conditions.ts";
import { coolsDown } from "./cooldowns.ts";
import { isDeclared, noteDeclared } from "./declared.ts";
import { DoneOnce } from "./done-once.ts";
import { Entrance, type HandsOn } from "./entrance.ts";
import { fetchWork } from "./fetch-work.ts";
import { GrantedAnswers } from "./granted-answers.ts";
import { isFixedRead, partsOfStatement } from "./fixed-reads.ts";
import { isIgnored } from "./ignored-calls.ts";
import { keptIn, keptUnder, readsElsewhere } from "./kept-answers.ts";
import { keptInVariable } from "./kept-variables.ts";
import { HandMadeLimits } from "./hand-made-limits.ts";
import { KeptCounts } from "./kept-counts.ts";
import { alwaysThrows } from "./helper-bodies.ts";
import { holdsWithout, settledArguments, stepsChosen } from "./left-out.ts";
import { isOneValue } from "./look-ups.ts";
import { Ways } from "./on-ways.ts";
import { throwsAwayOwn } from "./own-keys.ts";
import { takesOwnSession } from "./public-clients.ts";
import { signsInForItself } from "./public-firebase.ts";
import { makesSqlClient } from "./sql-work.ts";
import { comparesPassword, handsOverPassword } from "./passwords.ts";
import { isWithoutStore, withoutFiles } from "./store-fallbacks.ts";
import { onlyWaits } from "./throttles.ts";
import { calledImport, effectsIn, wayOfCall } from "./shared-effects.ts";
import { receiverName, refusesForRate } from "./refusals.ts";
import { refusesRequest } from "./answered-requests.ts";
import type { FileModel } from "../file.ts";
import { walk } from "../flow/flow.ts";
import { leastOf, moreOf, of, type Caller, type Guarded } from "../flow/guarded.ts";
import type { BranchFacts, FlowPolicy, Wait } from "../flow/policy.ts";
import { isCachedForAll, makesCache } from "../flow/next-caches.ts";
import { isOneOfFew } from "../input/few-values.ts";
import { heldDownIn } from "../input/held-numbers.ts";
import { decidedByRoute } from "../flow/path-decision.ts";
import type { CallValue, FunctionFacts, Step, SwitchCase, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { beginning, EVERY_LINK, memberNames } from "../values/chains.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Place } from "../values/trace.ts";
import { target } from "../values/values.ts";
import type { Exposure, Work } from "./exposure.ts";

/** A handler that throws away what Next.js keeps has it made anew. */
const EMPTIES_CACHES = /\b(?:revalidate|update|expire)(?:Tag|Path)\b/u;

/** What a function of another file does, and what holds after it. */
interface Effects {
  readonly account: Account;
  readonly after: Guarded;
  readonly entry: Entry;
  /** What of its answer is a count that is kept. */
  readonly counts: readonly string[];
  readonly balances: Balances;
  /** Its answer may say that whoever got it was let in: that is told where it is read. */
  readonly grants: boolean;
}

/** One reading of what a request runs: it keeps the account, and asks the files beside it what each step means. */
export class Audit implements FlowPolicy {
  readonly #file: FileModel;
  readonly callers: CallerKnowledge;
  /** Reads of Redis that are the same for all callers. */
  readonly #fixedReads = new Set<CallValue>();
  readonly #counts: KeptCounts;
  readonly #limits: HandMadeLimits;
  readonly #ledger = new Ledger();
  readonly entrance: Entrance;
  /** The middleware that is being read. */
  #middleware: { readonly fn: FunctionFacts; readonly place: Place } | undefined;
  #handsOn: HandsOn = "by calling";
  /** What an answer is sent with ends a hook, and the request. */
  endsBySending = false;
  readonly #conditions: Conditions;
  readonly #doneOnce: DoneOnce;
  readonly #costly: CostlyCalls;
  readonly #credits: Credits;
  readonly #granted: GrantedAnswers;
  /** Within how many places that are run once, however often they are asked for. */
  #once = 0;
  /** Within how many places that are run for each of several things. */
  #repeats = 0;
  readonly #ways = new Ways();
  readonly decide?: NonNullable<FlowPolicy["decide"]>;
  /** Functions that are being read apart, innermost last. */
  readonly #apart: { readonly outer: Account; readonly way: string | undefined; readonly pathQuestions: number; readonly caller: Caller | undefined; readonly repeats: number; readonly granted: number; readonly balances: Credits["met"]; readonly withoutStore: boolean }[] = [];
  #pathQuestions = 0;
  /** Functions that were read apart in vain. */
  readonly #unsettled = new Set<string>();
  /** Undefined: what functions do depends on more than how they are called. */
  readonly #effects: Map<string, Effects> | undefined;
  /** For whom a middleware called `next()`, each time. */
  readonly #handedOn: (Caller | undefined)[] = [];
  /** What throws here is answered with 429. */
  #isRefusedByCatch = false;
  /** Calls in what a library's handler is set up with. */
  readonly #leftOut = new Set<CallValue>();

  constructor(file: FileModel, decide: FlowPolicy["decide"], effects?: Map<string, Effects>) {
    this.#file = file;
    this.callers = new CallerKnowledge(file);
    this.#counts = new KeptCounts(file.tracer);
    this.#limits = new HandMadeLimits(file, this.#counts, this.#ledger);
    this.entrance = new Entrance(file, this.#ledger, (callee, handsOn = "by calling") => {
      this.#middleware = callee;
      this.#conditions.middleware = handsOn;
      this.run(callee, handsOn);
      this.#conditions.middleware = undefined;
      this.#middleware = undefined;
    });
    this.#conditions = new Conditions(file, this.callers, this.#limits, this.#ledger, decide);
    this.#doneOnce = new DoneOnce(file, (value) => this.callers.isOwnId(value));
    this.#costly = new CostlyCalls(file, this.#doneOnce);
    this.#credits = new Credits(file);
    this.#granted = new GrantedAnswers(file.tracer);
    this.#effects = effects;
    if (decide) this.decide = decide;
  }

  get #account(): Account {
    return this.#ledger.account;
  }

  /** A limiter was consulted in what has been read so far. */
  get isLimited(): boolean {
    return this.#account.limited;
  }

  static ofHandler(file: FileModel, route: string | undefined): Audit {
    const decide = decidedByRoute(route, file.tracer, () => audit.#pathQuestions++);
    const audit: Audit = new Audit(file, decide, effectsIn<Effects>(file.tracer, file.settings));
    return audit;
  }

  result(readable: boolean): Exposure {
    const { works, guarded, limited, admitted, delegated, dynamic, rendersImage, fetches } = this.#account;
    const met = works.flatMap((work, index) => {
      const told = this.#told(work);
      return work.isLink || (guarded && this.#leadsToLimiter(told, index)) ? [] : [told];
    });
    return { open: this.entrance.guarded ? [] : met, guarded, limited, caller: admitted, readable: readable && !delegated, isStatic: !dynamic || (rendersImage && !fetches) };
  }

  #told({ kind, label, path, caller, isLight, isPlain, entry, ways }: Met): Work {
    const { root } = this.#file;
    const isElsewhere = path !== undefined && path !== this.#file.path && root !== undefined;
    const through = isElsewhere && entry?.path !== path ? entry?.name : undefined;
    return { kind, label, file: isElsewhere ? path.slice(root.length + 1) : undefined, through, caller, isLight, isPlain, ways };
  }

  /** What is looked up, or kept and checked by a helper, on the way to a limiter, such as whom to limit. */
  #leadsToLimiter({ kind, file }: Work, index: number): boolean {
    if (READS.has(kind)) return true;
    return index < this.#account.beforeGuard && file !== undefined && (STORES.has(kind) || kind === "password");
  }

  /** A handler that a library makes, which protects itself or is looked at where its parts are written. */
  isLibrary(call: Located<CallValue>): boolean {
    const path = this.#file.tracer.canonical({ value: call.value.callee, place: call.place });
    return path !== undefined && libraryHandlerOf(path) !== undefined;
  }

  /** Reads what a function does to a request, and to what it hands it on. */
  run(callee: { readonly fn: FunctionFacts; readonly place: Place }, handsOn: HandsOn = "by calling"): void {
    this.#handedOn.length = 0;
    this.#handsOn = handsOn;
    this.#conditions.begin(callee.fn.body);
    this.#doneOnce.begin(callee.fn.body);
    this.callers.handler = callee.place;
    const { caller: before, admitted } = this.#account;
    const end = walk(this.#file.tracer, callee, this);
    // A middleware that calls what comes after it does so for known callers only, or for others, too.
    const isCalledOn = handsOn === "by calling" && this.#handedOn.length > 0;
    if (isCalledOn || handsOn === "by returning") Object.assign(this.#account, { caller: before, admitted });
    const caller = isCalledOn ? this.#handedOn.reduce(leastOf) : end?.caller;
    if (caller) this.#account.admit(caller);
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
    if (this.#goesOn(call)) this.#handedOn.push(moreOf(this.#account.caller, state.caller));
    this.#ledger.begin(call);
    const way = this.#wayOf(call);
    const known = way === undefined ? undefined : this.#effects?.get(way);
    const isApart = this.#once === 0 && !this.#account.actsForItself;
    if (known && !known.grants && isApart) {
      this.#account.dynamic ||= !call.place.frame && passesParameter(call.value);
      const met = this.#account.works.length;
      this.#account.add(this.#isWithoutStore(call) ? withoutFiles(known.account) : known.account, { caller: state.caller, isRepeated: this.#repeats > 0, entry: entryTo(call.place, this.#file) ?? known.entry });
      this.#ways.moveHere(this.#account.works, met);
      this.#counts.noteCounts(call.value, known.counts);
      this.#credits.add(known.balances);
      return of(state.caller, known.after);
    }
    // What is kept runs where it is called, and then once.
    if (makesCache(this.#file.tracer, call) || this.#listens(call)) return state;
    if (isCachedForAll(this.#file.tracer, call, (arg, type) => isOneOfFew(this.#file, arg, type, call)) && !EMPTIES_CACHES.test(this.#file.text)) {
      this.#account.dynamic = true;
      return state;
    }
    this.#account.rendersImage ||= call.value.isNew && RENDERS_IMAGES.has(this.#file.tracer.canonical({ value: call.value.callee, place: call.place })?.source ?? "");
    this.#account.dynamic ||= !buildsAnswer(this.#file.tracer, call);
    const verdict = this.#classify(call, state);
    if (verdict === "guard") {
      this.#account.guarded = true;
      this.#account.beforeGuard = this.#account.works.length;
    }
    if (verdict !== undefined || !isApart) return verdict;
    const mayBeKept = way !== undefined && !this.#unsettled.has(way) && this.#isReadable(call);
    const withoutStore = this.#isWithoutStore(call);
    if (!mayBeKept && !withoutStore) return verdict;
    this.#apart.push({ withoutStore, outer: this.#account, way: mayBeKept ? way : undefined, pathQuestions: this.#pathQuestions, caller: state.caller, repeats: this.#repeats, granted: this.#granted.granted, balances: this.#credits.met });
    this.#repeats = 0;
    this.#ledger.account = new Account();
    this.#counts.enterApart();
    return "apart";
  }

  after(call: Located<CallValue>, after: Guarded, isWhole: boolean): void {
    const apart = this.#apart.pop();
    if (!apart) return;
    const account = this.#account.detached((counting) => this.#counts.isOf(counting));
    const counts = this.#counts.countsIn(call);
    this.#counts.leaveApart();
    this.#counts.noteCounts(call.value, counts);
    this.#ledger.account = apart.outer;
    this.#repeats = apart.repeats;
    this.#account.add(apart.withoutStore ? withoutFiles(account) : account, { caller: apart.caller, isRepeated: apart.repeats > 0 });
    if (apart.way === undefined) return;
    // A function that looks at the request's path does something else in another route.
    if (isWhole && apart.pathQuestions === this.#pathQuestions) this.#effects?.set(ownText(apart.way), { account, after, entry: this.#entryBy(call), counts, balances: this.#credits.metSince(apart.balances), grants: this.#granted.granted > apart.granted });
    else this.#unsettled.add(apart.way);
  }

  #entryBy({ value, place }: Located<CallValue>): Entry {
    const [callee] = this.#file.tracer.functions({ value: value.callee, place });
    const name = callee?.fn.name ?? lastName(value.callee);
    return { name: name === undefined ? undefined : keptText(name), path: callee?.place.module.path };
  }

  /** It runs only where a developer has no store, and keeps files in its place. */
  #isWithoutStore(call: Located<CallValue>): boolean {
    return isWithoutStore(this.#file.tracer, call, this.#conditions.around(call.place));
  }

  /** How another file's function is called; undefined where its name, or the settings, say what it does. */
  #wayOf(call: Located<CallValue>): string | undefined {
    if (!this.#effects || this.#counts.holdsBack || !calledImport(call.value) || call.value.args.some(isNext)) return undefined;
    const name = lastName(call.value.callee) ?? "";
    if (looksLikeLimiterName(name) || looksLikeAuthentication(name) || tellsActor(name, call.value.args)) return undefined;
    if (isDeclared(this.#file, { value: call.value.callee, place: call.place })) return undefined;
    const way = wayOfCall(this.#file.tracer, call);
    return way && `${way}${this.differs(call)}`;
  }

  ends(call: Located<CallValue>, isCaught: boolean): boolean {
    if (isCaught && alwaysThrows(this.#file, call)) return true;
    return neverReturns(this.#file.tracer, call) || (this.endsBySending && call.place === this.#middleware?.place && isSending(call.value));
  }

  get admitted(): Caller | undefined {
    return this.#account.caller;
  }

  set admitted(caller: Caller | undefined) {
    this.#account.caller = caller;
  }

  get passesOn(): Caller | undefined {
    return this.#handsOn === "by returning" ? this.#account.caller : undefined;
  }

  takeBack(admitted: Caller | undefined): void {
    Object.assign(this.#account, { caller: admitted, admitted });
  }

  callerAfter(call: Located<CallValue>, wait: Wait): Caller | undefined {
    if (this.callers.isBelieved(call, wait)) this.#account.admit("known");
    return this.callers.callerAfter(call, wait);
  }

  isFailureIgnored(call: Located<CallValue>, wait: Wait): boolean {
    return this.callers.isFailureIgnored(call, wait);
  }

  isNothingForStrangers(located: Located): boolean {
    return this.callers.isNothingForStrangers(located);
  }

  differs(call: Located<CallValue>): string {
    return `${this.callers.differs(call)}${this.#credits.differs(call)}${this.#conditions.differs(call)}${isForBypass(call.place) ? "#bypass" : ""}${this.#isRefusedByCatch ? "#429" : ""}${settledArguments(call.value.args, call.place)}${heldDownIn(this.#file, call)}`;
  }

  /** `next()`, and `jwt({ secret })(c, next)`, where what a library has made calls it for those whom it lets in. */
  #goesOn({ value, place }: Located<CallValue>): boolean {
    if (isNext(value.callee)) return true;
    const made = target(value.callee);
    if (made.kind !== "call" || !value.args.some(isNext) || this.#file.tracer.functions({ value: made, place }).length > 0) return false;
    this.entrance.wrapper({ value: made, place });
    return true;
  }

  /** Something that lives on is told what to do when something comes in there. */
  #listens({ value, place }: Located<CallValue>): boolean {
    const path = value.isNew ? undefined : this.#file.tracer.canonical({ value: value.callee, place });
    return path !== undefined && LASTING_LISTENERS.match(path) !== undefined;
  }

  /** A function of the project that is called like a library's: its body says what it does. */
  #isOwn(callee: Located): boolean {
    return this.#file.tracer.canonical(callee) === undefined && this.#file.tracer.functions(callee).length > 0;
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
    if (noteDeclared(this.#file, this.#ledger, located)) return "guard";
    if (this.#conditions.letsInAnyone(call)) return "skip";
    const name = lastName(call.value.callee);
    const path = tracer.canonical(located) ?? (callee.kind === "member" ? { source: "?", path: memberNames(callee) } : undefined);
    if (path && !call.value.isNew && LIMITERS.match(path)) return this.#limiting();
    if (name === "timingSafeEqual" && handsOverPassword(this.#file, call)) {
      this.#ledger.triesPassword(call.place.module.path);
      this.#account.admit("admin");
      return "skip";
    }
    if (path && !call.value.isNew && VERIFIERS.match(path) && !isForBypass(call.place) && !this.#conditions.anyonePasses && !this.#isOwn(located)) return "guard";
    if ((path && !call.value.isNew && takesPayment(path)) || this.#credits.takes(call)) return "guard";
    if (name !== undefined && looksLikeLimiterName(name) && !call.value.isNew && !isIdle(tracer, located) && !onlyWaits(tracer, call)) return isIgnored(this.#file, call) ? "skip" : this.#limiting();
    if (this.#isRefusedByCatch && !call.value.isNew && looksLikeLimiterName(receiverName(call.value)) && !isIdle(tracer, located)) return this.#limiting();
    if (this.isLibrary(call)) {
      this.#account.delegated = true;
      for (const arg of call.value.args) this.#leaveOut(arg);
      return "skip";
    }
    const command = clients.commandOf(call);
    if (command) {
      if (this.#counts.note(command)) {
        this.#limits.counted();
        return "guard";
      }
      const kind = command.access === "read" ? "redis-read" : "data-write";
      const label = kind === "redis-read" ? "reads Redis" : "writes to Redis";
      const isFixed = kind === "redis-read" && isFixedRead(tracer, command);
      if (isFixed) this.#fixedReads.add(call.value);
      this.#record(call, state, kind, `${label} (\`${command.name}\`)`, { isLight: isFixed || (kind === "redis-read" ? isOneValue(tracer, command) : throwsAwayOwn(tracer, command)) });
      return "skip";
    }
    this.#account.actsForItself ||= takesOwnSession(this.#file, call) || signsInForItself(call.value);
    if (path && path.source !== "?" && readsElsewhere(tracer, clients, call)) this.#fixedReads.add(call.value);
    const row = path && !call.value.isNew && !makesSqlClient(tracer, call, path) ? COSTLY.match(path) : undefined;
    if (path && row && row.kind !== "fetch") {
      const work = this.#costly.of(call, path, row, this.#account.actsForItself);
      const late = work && row.kind === "database" ? lateRows(this.#file, call, this.#conditions.around(call.place)) : undefined;
      if (late) this.#counts.noteRows(call.value, late);
      if (work) this.#record(call, work.isOwn ? of("known", state) : state, work.kind, work.label, work);
      return "skip";
    }
    if (row || (path?.source === "global" && path.path.join(".") === "fetch")) this.#fetch(call, state);
    const told = this.callers.note(call, path, name);
    if (told === "token") return "skip";
    if (told === "enforced") this.#account.admit("known");
    if (told !== undefined && name !== undefined) {
      // The helper may refuse strangers by a machine's secret: then its body says so.
      return tracer.functions(located).length > 0 && /secret|cron|webhook|signature|internal|api_?key|request|authoriz/iu.test(name) ? undefined : "skip";
    }
    return undefined;
  }

  #limiting(): "guard" {
    this.#account.limit();
    return "guard";
  }

  #record(call: Located<CallValue>, state: Guarded, kind: CostlyKind, label: string, { isLight = false, isPlain = false }: { readonly isLight?: boolean; readonly isPlain?: boolean } = {}): void {
    if (state.some || this.#once > 0 || (kind === "file-system" && this.#isWithoutStore(call))) return;
    const { works } = this.#account;
    // A statement is one work, however many calls it is put together of.
    const links = kind === "database" && works.some((work) => work.kind === kind && work.call && !work.isLink) ? partsOfStatement(call.value) : undefined;
    if (links) works.forEach((work, index) => {
      if (work.call && work.kind === kind && links.has(work.call)) works[index] = { ...work, isLink: true };
    });
    works.push({ kind, label, isLight: isLight && this.#repeats === 0, isPlain: isPlain && this.#repeats === 0, isLink: false, path: call.place.module.path, caller: moreOf(this.#account.caller, state.caller), call: call.value, entry: entryTo(call.place, this.#file), ways: this.#ways.here });
  }

  #fetch(call: Located<CallValue>, state: Guarded): void {
    this.#account.fetches ||= !readsAsset(this.#file.tracer, call);
    if (exchangesCode(this.#file, call)) {
      this.callers.noteExchange(call);
      return;
    }
    const work = fetchWork(this.#file.tracer, call, (value) => this.callers.tell(value));
    if (work) this.#record(call, state, work.kind, work.label, work);
  }

  branch(test: Located, branches: Parameters<NonNullable<FlowPolicy["branch"]>>[1]): BranchFacts | undefined {
    const holds = holdsWithout(test);
    if (holds !== undefined) {
      this.#conditions.leaveOut(holds ? branches.otherwise : branches.then, test.place);
      return { only: holds ? "then" : "else" };
    }
    this.#credits.note(test, (side) => turnsAway(this.#file.tracer, side === "then" ? branches.then : branches.otherwise, test.place));
    const facts = this.#conditions.ofCaller(test, branches);
    if (facts?.only) this.#conditions.leaveOut(facts.only === "then" ? branches.otherwise : branches.then, test.place);
    const { tracer, clients } = this.#file;
    const kept = (this.#fixedReads.size === 0 ? undefined : keptIn(tracer, clients, test, branches, this.#fixedReads)) ?? keptUnder(tracer, clients, test, branches) ?? coolsDown({ tracer, clients }, test, branches) ?? keptInVariable(tracer, test, branches, this.#conditions.around(test.place));
    const once = kept ? [kept] : this.#doneOnce.around(test, branches);
    const holders = this.#doneOnce.sideOfHolders(test) ?? this.#granted.sideOf(test);
    const told = holders && !facts?.vouched ? { ...facts, vouched: { side: holders, caller: "known" as const } } : facts;
    return once ? { ...told, once } : told;
  }

  chosen(discriminant: Located, cases: readonly SwitchCase[]): readonly Step[] | undefined {
    const chosen = stepsChosen(discriminant, cases);
    if (!chosen) return undefined;
    const run = new Set(chosen);
    for (const { body } of cases) this.#conditions.leaveOut(body.filter((step) => !run.has(step)), discriminant.place);
    return chosen;
  }

  once<T>(run: () => T): T {
    this.#once++;
    const result = run();
    this.#once--;
    return result;
  }

  repeated<T>(run: () => T): T {
    this.#repeats++;
    const result = run();
    this.#repeats--;
    return result;
  }

  fork(): number {
    return this.#ways.fork();
  }

  way<T>(fork: number, index: number, run: () => T): T {
    return this.#ways.take(fork, index, run);
  }

  isTelling(fork: number, index: number): boolean {
    return this.#ways.isMet(this.#account.works, fork, index);
  }

  isLastTime(step: Step, place: Place): boolean {
    return this.#doneOnce.isLastTime(step, place);
  }

  isOnceForEach(body: readonly Step[], place: Place): boolean {
    return this.#doneOnce.isOnceForEach(body, place);
  }

  tried<T>(handler: readonly Step[], run: () => T): T {
    const before = this.#isRefusedByCatch;
    this.#isRefusedByCatch ||= refusesForRate(handler);
    const result = run();
    this.#isRefusedByCatch = before;
    return result;
  }

  areAnsweredFirst(block: readonly Step[], place: Place): boolean {
    return areAnsweredFirst(this.#file.tracer, block, place);
  }

  optional(isEntered: boolean, isApart: boolean): void {
    this.#conditions.optional(isEntered, isApart);
  }

  passedBy(run: () => boolean): boolean {
    const account = this.#account;
    const { guarded, limited } = account;
    // A limiter counts on some path; that a machine calls has to hold on all of them.
    if (!run() || guarded || !account.guarded || account.limited !== limited) return false;
    account.guarded = false;
    return true;
  }

  known<T>(run: () => T): T {
    const account = this.#account;
    const { caller, admitted } = account;
    account.admit("known");
    const result = run();
    Object.assign(account, { caller, admitted });
    return result;
  }

  returned(value: Located, state: Guarded): "guard" | "refused" | undefined {
    if (this.#middleware && refusesRequest(this.#file.tracer, value, this.#middleware)) return "refused";
    if (this.#counts.tells(value)) {
      this.#limits.counted();
      return "guard";
    }
    this.#counts.noteAnswer(value);
    this.#granted.note(value, moreOf(this.#account.caller, state.caller));
    if (comparesPassword(this.#file, value)) {
      if (!state.some) this.#ledger.triesPassword(value.place.module.path);
      this.#account.admit("admin");
      return undefined;
    }
    if (isForBypass(value.place) || this.#conditions.anyonePasses || !comparesSecret(this.#file.tracer, value)) return undefined;
    this.#account.guarded = true;
    return "guard";
  }
}

/** Undefined in the handler itself, which may be called by a wrapper, and in a function of its file that another one calls. */
function entryTo(place: Place, file: FileModel): Entry | undefined {
  let entry: Entry | undefined;
  for (let at: Place | undefined = place; at?.frame; at = at.frame.place) {
    if (at.module === file && at.frame.place.module !== file) break;
    entry = { name: at.frame.fn.name, path: at.module.path };
  }
  return entry;
}

/** `reply.code(401).send(error)`, of a hook's second parameter. */
function isSending({ callee }: CallValue): boolean {
  const method = target(callee);
  const reply = method.kind === "member" && method.property === "send" ? beginning(method.object, EVERY_LINK) : undefined;
  return reply?.kind === "param" && reply.index === 1;
}

/** By the name of what is called. */
const mayLimit = ({ callee }: CallValue): boolean => mayAskByName(lastName(callee) ?? "");

import type { CallValue, FunctionFacts, Step } from "../values/ir.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { RUN_AT_ONCE, RUNNERS } from "../../sdk/runners.ts";
import { target } from "../values/values.ts";
import { handedIn, inlineFunctions, wayOf } from "./arguments.ts";
import { runsForEach, settledBefore, waitOf } from "./call-steps.ts";
import { chosenFunctions } from "./chosen-functions.ts";
import { GUARDED, join, moreOf, leastOf, of, OPEN, type Caller, type Guarded } from "./guarded.ts";
import type { BranchFacts, Branches, FlowPolicy } from "./policy.ts";
import { triesAgain } from "./retries.ts";
import { reachedFrom, stepsDecided } from "./switches.ts";

/** One of the ways that a branch may take. */
interface Way {
  readonly run: () => Guarded | undefined;
  /** Whom the condition leaves for it; asked once it was run. */
  readonly caller: () => Caller | undefined;
}

/** The way of several that is left where the others have ended. */
interface OnlyWay {
  readonly fork: number;
  readonly index: number;
}

/** How a function ended. */
interface End {
  readonly end: Guarded | undefined;
  readonly depth: number;
  /** The call that made the function. */
  readonly madeIn: Place["frame"];
}

const MAX_CALL_DEPTH = 12;
const MAX_FUNCTIONS = 200;
/** Functions that are read apart within one another: each level takes room on the engine's stack. */
const MAX_APART = 40;

/**
 * Walks a function as it runs, into the project's functions that it calls, and tells the policy of every call with
 * what is known at that point.
 * @returns what is known when the function returns; `undefined` where no path gets to an ordinary end.
 */
export function walk(
  tracer: Tracer,
  callee: { readonly fn: FunctionFacts; readonly place: Place },
  policy: FlowPolicy,
  state: Guarded = OPEN,
): Guarded | undefined {
  const walker = new Walker(tracer, policy);
  return walker.enter(callee.fn, callee.place, state, 0);
}

class Walker {
  readonly #tracer: Tracer;
  readonly #policy: FlowPolicy;
  /** The functions that are being walked, with within how many that are read apart each was entered. */
  readonly #active = new Map<FunctionFacts, number>();
  /** How functions ended that were called in the same way before. */
  #ends = new Map<FunctionFacts, Map<string, End>>();
  /** Within how many functions that are read apart one was entered that was not entered again; the least of them. */
  #recursion = Infinity;
  #entered = 0;
  /** Within how many functions that are being read apart. */
  #apart = 0;
  /** Within how many blocks of a `catch`. */
  #catches = 0;
  /** How often strangers were turned away by an error. */
  #errors = 0;
  /** States at the returns of the functions being walked, innermost last. */
  readonly #returns: Guarded[][] = [];

  constructor(tracer: Tracer, policy: FlowPolicy) {
    this.#tracer = tracer;
    this.#policy = policy;
  }

  enter(fn: FunctionFacts, place: Place, state: Guarded, depth: number): Guarded | undefined {
    const entered = this.#active.get(fn);
    if (entered !== undefined) this.#recursion = Math.min(this.#recursion, entered);
    if (entered !== undefined || depth > MAX_CALL_DEPTH || this.#entered++ > MAX_FUNCTIONS) return state;
    this.#active.set(fn, this.#apart);
    const returns: Guarded[] = [];
    this.#returns.push(returns);
    const end = this.run(fn.body, place, state, depth);
    this.#returns.pop();
    this.#active.delete(fn);
    return join([...returns, ...(end ? [this.#atEnd(end, depth)] : [])]);
  }

  /** What holds where the walked function ends, with whom the policy has taken note of by itself on the way there. */
  #atEnd(state: Guarded, depth: number): Guarded {
    return depth === 0 ? of(this.#policy.passesOn, state) : state;
  }

  /** Undefined: no path gets past these steps. */
  run(steps: readonly Step[], place: Place, start: Guarded, depth: number): Guarded | undefined {
    let state: Guarded | undefined = start;
    for (const [index, step] of steps.entries()) {
      if (!state) return undefined;
      const rest = (): readonly Step[] => steps.slice(index + 1);
      let isOnce: boolean | undefined = false;
      let only: OnlyWay | undefined;
      if (step.op !== "if") state = this.#step(step, place, state, depth);
      else {
        const { after, isRestOnce, left } = this.#branch(step, { before: () => steps.slice(0, index), rest }, place, state, depth);
        state = after;
        isOnce = isRestOnce;
        only = left;
      }
      const after = state;
      const isLast = after !== undefined && (isOnce || this.#policy.isLastTime?.(step, place) === true);
      if (!after || (!isLast && !only)) continue;
      const run = (): Guarded | undefined => this.run(rest(), place, after, depth);
      // Behind `if (id) return one(id)`, what follows is done by those who have not been there.
      return this.#way(only?.fork, only?.index ?? 0, () => (isLast ? this.#once(run) : run()));
    }
    return state;
  }

  /** What is done once, however often it is asked for. */
  #once(run: () => Guarded | undefined): Guarded | undefined {
    const policy = this.#policy;
    return policy.once ? this.#aside(() => policy.once?.(run)) : run();
  }

  #repeated<T>(run: () => T): T {
    return this.#policy.repeated ? this.#policy.repeated(run) : run();
  }

  #step(step: Step, place: Place, state: Guarded, depth: number): Guarded | undefined {
    switch (step.op) {
      case "call":
        return this.#ofCall({ value: step.call, place }, step, state, depth);
      case "assert":
        return this.#policy.isNothingForStrangers?.({ value: step.value, place }) ? of("known", state) : state;
      case "loop": {
        const run = (): Guarded | undefined => this.run(step.body, place, state, depth);
        const body = (): Guarded | undefined => (triesAgain(this.#tracer, step, place) ? run() : this.#repeated(run));
        const after = (this.#policy.isOnceForEach?.(step.body, place) ? this.#once(body) : body()) ?? state;
        return step.atLeastOnce ? after : (join([state, after]) ?? state);
      }
      case "try": {
        const returns = this.#returns.at(-1) ?? [];
        const before = returns.length;
        const run = (): Guarded | undefined => this.run(step.block, place, state, depth);
        const errors = this.#errors;
        let block: Guarded | undefined;
        let known: Caller | undefined;
        const tried = (): Guarded | undefined => {
          block = step.handler && this.#policy.tried ? this.#policy.tried(step.handler, run) : run();
          // Where strangers are turned away by an answer, what is caught is something else.
          if (this.#errors === errors) known = this.#policy.admitted;
          return block;
        };
        const caught = (handler: readonly Step[]): Guarded | undefined => {
          // The block may have thrown before its first guard, or after: some path has passed what it passed.
          const hasPassed = block?.some === true || returns.slice(before).some((returned) => returned.some);
          const thrown = this.#policy.caught?.(handler, place) === "guard" ? GUARDED : { ...state, some: state.some || hasPassed };
          const handle = (): Guarded | undefined => this.run(handler, place, thrown, depth);
          this.#catches++;
          const end = known && this.#policy.areAnsweredFirst?.(step.block, place) ? this.#aside(() => this.#policy.known?.(handle)) : handle();
          this.#catches--;
          return end;
        };
        const { handler } = step;
        const ways: readonly Way[] = [
          { run: tried, caller: () => undefined },
          ...(handler ? [{ run: () => caught(handler), caller: () => known }] : []),
        ];
        const admitted = this.#policy.admitted;
        const ends = this.#ways(ways, depth, false);
        // In a called function, too, whoever was turned away by an error gets on behind the `catch`.
        if (depth > 0 && ends[1] && this.#errors > errors) this.#policy.takeBack?.(admitted);
        const after = join(ends.filter((end) => end !== undefined));
        return after && this.run(step.finalizer, place, after, depth);
      }
      case "switch": {
        const decided = this.#policy.decide && stepsDecided((test) => this.#policy.decide?.(test), step.discriminant, step.cases, place);
        const chosen = decided ?? this.#policy.chosen?.({ value: step.discriminant, place }, step.cases);
        if (chosen) return this.run(chosen, place, state, depth);
        const isOpen = step.cases.every((branch) => branch.test !== undefined);
        const fork = this.#policy.fork?.();
        const ways = step.cases.map((branch, index): Way => ({ run: () => this.#way(fork, reachedFrom(step.cases, index), () => this.run(branch.body, place, state, depth)), caller: () => undefined }));
        const ends = this.#ways(ways, depth, isOpen);
        return join([...ends.filter((end) => end !== undefined), ...(isOpen ? [state] : [])]);
      }
      case "return": {
        const answer = step.value && this.#policy.returned?.({ value: step.value, place }, state);
        if (answer !== "refused") this.#returns.at(-1)?.push(answer ? GUARDED : this.#atEnd(state, depth));
        return undefined;
      }
      case "throw":
        return undefined;
      case "jump":
        // What follows in the block is not reached; what the loop leaves behind is the loop's affair.
        return step.to === "continue" ? undefined : state;
      default:
        return state;
    }
  }

  #branch(
    step: Step & { op: "if" },
    around: Pick<Branches, "before" | "rest">,
    place: Place,
    state: Guarded,
    depth: number,
  ): { readonly after: Guarded | undefined; readonly isRestOnce?: boolean; readonly left?: OnlyWay | undefined } {
    const test = { value: step.test, place };
    const decided = this.#policy.decide?.(test);
    if (decided !== undefined) return { after: this.run(decided ? step.then : step.else, place, state, depth) };
    const before = this.#policy.admitted;
    const facts = this.#policy.branch?.(test, { then: step.then, otherwise: step.else, isPart: step.isPart ?? false, ...around });
    if (facts?.only) return { after: this.run(step[facts.only], place, state, depth) };
    if (facts?.optional) this.#policy.optional?.(true, depth === 0);
    const start = (side: "then" | "else"): Guarded => {
      if (facts?.[side] || facts?.trusted === side) return GUARDED;
      return facts?.vouched?.side === side ? of(facts.vouched.caller, state) : state;
    };
    const runSide = (side: "then" | "else"): Guarded | undefined => {
      const end = this.run(step[side], place, start(side), depth);
      return facts?.trusted === side ? end && of("admin", state) : end;
    };
    const fork = this.#policy.fork?.();
    const sides = (["then", "else"] as const).map((side, index): Way => ({
      run: () => this.#way(fork, index, () => this.#side(facts, side, () => runSide(side))),
      caller: () => (facts?.known === side ? "known" : undefined),
    }));
    let ends: readonly (Guarded | undefined)[] = [];
    const run = (): boolean => (ends = this.#ways(sides, depth, false)).every((end) => end !== undefined);
    const isPassedBy = facts?.free && this.#policy.passedBy ? this.#policy.passedBy(run) : (run(), false);
    if (facts?.optional) this.#policy.optional?.(false, depth === 0);
    if (this.#policy.admitted !== before && [step.then, step.else].some((side) => side.at(-1)?.op === "throw")) this.#errors++;
    const [then, otherwise] = ends;
    const joined = join([...(then ? [then] : []), ...(otherwise ? [otherwise] : [])]);
    const free = isPassedBy ? (facts?.free === "then" ? then : otherwise) : undefined;
    const after = joined && free ? { ...joined, some: free.some, every: free.every } : joined;
    const left = fork !== undefined && !then !== !otherwise && this.#policy.isTelling?.(fork, then ? 1 : 0) ? { fork, index: then ? 0 : 1 } : undefined;
    return { after: facts?.after && after ? GUARDED : after, isRestOnce: facts?.once?.includes("rest") ?? false, left };
  }

  #way<T>(fork: number | undefined, index: number, run: () => T): T {
    return fork !== undefined && this.#policy.way ? this.#policy.way(fork, index, run) : run();
  }

  /** How each of several ways ends. `isOpen`: none of them may be taken. */
  #ways(ways: readonly Way[], depth: number, isOpen: boolean): readonly (Guarded | undefined)[] {
    const policy = this.#policy;
    if (depth > 0 || !("admitted" in policy)) return ways.map(({ run }) => run());
    const before = policy.admitted;
    const admitted = isOpen ? [before] : [];
    const ends = ways.map(({ run, caller }) => {
      policy.admitted = before;
      const end = run();
      // Either may know him: one way's check has thrown for others, and another's was taken note of.
      if (end) admitted.push(moreOf(moreOf(policy.admitted, end.caller), caller()));
      return end;
    });
    policy.admitted = admitted.length === 0 ? before : admitted.reduce(leastOf);
    return ends;
  }

  #side(facts: BranchFacts | undefined, side: "then" | "else", run: () => Guarded | undefined): Guarded | undefined {
    const policy = this.#policy;
    if (facts?.known === side && policy.known) return this.#aside(() => policy.known?.(run));
    return facts?.once?.includes(side) ? this.#once(run) : run();
  }

  /** What a function does for known callers, or once, says nothing of what it does otherwise. */
  #aside<T>(run: () => T): T {
    const ends = this.#ends;
    this.#ends = new Map();
    const result = run();
    this.#ends = ends;
    return result;
  }

  #ofCall(call: Located<CallValue>, step: Step & { op: "call" }, state: Guarded, depth: number): Guarded | undefined {
    const policy = this.#policy;
    const wait = waitOf(step, call.place);
    const before = policy.admitted;
    const after = this.#call(call, step.awaited || step.returned !== undefined, state, depth);
    if (policy.ends?.(call, this.#catches > 0)) return undefined;
    if (policy.isFailureIgnored?.(call, wait)) {
      policy.admitted = before;
      return { ...after, caller: state.caller };
    }
    const caller = policy.callerAfter?.(call, wait);
    if (caller || policy.admitted !== before) this.#errors++;
    return of(caller, after);
  }

  /** @param isWaitedFor what comes next is done when the call's promise is fulfilled */
  #call(call: Located<CallValue>, isWaitedFor: boolean, state: Guarded, depth: number): Guarded {
    const verdict = this.#policy.call(call, state);
    if (verdict === "guard") return GUARDED;
    if (verdict === "skip") return this.#callbacks(call, isWaitedFor, state, depth);
    if (verdict === undefined) return this.#enterCallees(call, isWaitedFor, state, depth);
    return verdict === "apart" ? this.#readApart(call, isWaitedFor, state, depth) : verdict;
  }

  #readApart(call: Located<CallValue>, isWaitedFor: boolean, state: Guarded, depth: number): Guarded {
    const outer = { ends: this.#ends, entered: this.#entered, recursion: this.#recursion };
    const limits = this.#tracer.limitsMet;
    this.#ends = new Map();
    this.#recursion = Infinity;
    // What it does must not depend on who calls it first, and from how far down: it begins anew, as long as there is room.
    const isDeep = this.#apart++ >= MAX_APART;
    if (!isDeep) this.#entered = 0;
    const after = this.#enterCallees(call, isWaitedFor, { some: state.some, every: state.every }, isDeep ? depth : 0);
    // What is walked already, further out, was left out: another caller may come to it.
    const isWhole = this.#recursion >= this.#apart && !isDeep && limits === this.#tracer.limitsMet;
    this.#recursion = isDeep ? 0 : Math.min(outer.recursion, this.#recursion);
    this.#apart--;
    this.#ends = outer.ends;
    this.#entered = outer.entered;
    this.#policy.after?.(call, after, isWhole);
    return of(state.caller, after);
  }

  #enterCallees(call: Located<CallValue>, isWaitedFor: boolean, state: Guarded, depth: number): Guarded {
    const callees = this.#calledBy({ value: call.value.callee, place: call.place });
    const ends = callees.map((callee) => this.#enterOnce(call, callee, state, depth + 1));
    const after = join(ends.filter((known) => known !== undefined)) ?? state;
    // A function of the project runs its callbacks itself, where its body calls them.
    return callees.length > 0 ? after : this.#callbacks(call, isWaitedFor, after, depth);
  }

  /** The project's functions that a call of this runs, also where a library has made one of another. */
  #calledBy(callee: Located): readonly { readonly fn: FunctionFacts; readonly place: Place }[] {
    const functions = this.#tracer.functions(callee);
    if (functions.length > 0) return functions;
    const chosen = chosenFunctions(this.#tracer, callee);
    if (chosen.length > 0) return chosen;
    return this.#tracer.alternatives(callee).flatMap(({ value, place }) => {
      const path = value.kind === "call" ? this.#tracer.canonical({ value: value.callee, place }) : undefined;
      const last = value.kind === "call" ? value.args.at(-1) : undefined;
      return path && last && RUNNERS.match(path) ? this.#tracer.functions({ value: last, place }) : [];
    });
  }

  /** A function that is called with the like of the same arguments in the same state does the same again. */
  #enterOnce(call: Located<CallValue>, callee: { readonly fn: FunctionFacts; readonly place: Place }, state: Guarded, depth: number): Guarded | undefined {
    // A function that was made or handed over may do something else each time, by what it was made with.
    const isMade = /^(?:param|call)$/u.test(target(call.value.callee).kind);
    const way = isMade ? undefined : wayOf(call.value, state, this.#policy.differs?.(call));
    const ends = this.#ends.get(callee.fn) ?? new Map<string, End>();
    const known = way === undefined ? undefined : ends.get(way);
    const madeIn = callee.place.frame;
    // Deeper down the walk may have been cut short.
    if (known && known.depth <= depth && known.madeIn === madeIn) return known.end;
    const end = this.enter(callee.fn, this.#tracer.inside(call, callee), state, depth);
    if (way !== undefined) this.#ends.set(callee.fn, ends.set(way, { end, depth, madeIn }));
    return end;
  }

  /** Which argument of a call is a function that it runs, and gives back the answer of. */
  #runAtOnce({ value, place }: Located<CallValue>): number | undefined {
    const path = value.isNew ? undefined : this.#tracer.canonical({ value: value.callee, place });
    return path && RUN_AT_ONCE.match(path)?.argument;
  }

  /**
   * Functions handed to code that can't be read may run: what they do counts, and what they guard counts for some paths. What is
   * known to run them at once comes back where they do.
   */
  #callbacks(call: Located<CallValue>, isWaitedFor: boolean, state: Guarded, depth: number): Guarded {
    let { some } = state;
    let after: Guarded | undefined;
    const settled = settledBefore(call.value);
    const fulfilled = settled ? of(this.#policy.callerAfter?.({ value: settled, place: call.place }, "awaited"), state) : state;
    for (const [index, arg] of call.value.args.entries()) {
      const given = handedIn({ value: arg, place: call.place });
      for (const fn of inlineFunctions(given.value)) {
        const run = (): Guarded | undefined => this.enter(fn, given.place, index === 0 ? fulfilled : state, depth + 1);
        const end = runsForEach(call.value) ? this.#repeated(run) : run();
        some ||= end?.some ?? false;
        // Where nobody waits for its promise, whoever it throws for gets on.
        if ((isWaitedFor || !fn.isAsync) && index === this.#runAtOnce(call)) after = end;
      }
    }
    return after ?? { ...state, some };
  }
}

/** True where no path through the steps gets to their end. */
export function exits(steps: readonly Step[]): boolean {
  return steps.some((step) => {
    switch (step.op) {
      case "return":
      case "throw":
        return true;
      case "jump":
        return step.to === "continue";
      case "if":
        return exits(step.then) && exits(step.else);
      case "try":
        return (exits(step.block) && (!step.handler || exits(step.handler))) || exits(step.finalizer);
      default:
        return false;
    }
  });
}


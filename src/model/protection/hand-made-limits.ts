import type { FileModel } from "../file.ts";
import type { BranchFacts, Branches } from "../flow/policy.ts";
import { requestInputs } from "../input/request-input.ts";
import type { Step, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located } from "../values/trace.ts";
import { STORES, type Account, type Ledger, type Met } from "./account.ts";
import { turnsAway } from "./caller-checks.ts";
import type { KeptCounts } from "./kept-counts.ts";
import { answers429, asksAmountOf, asksForLock, asksPresenceOf, mayRefuseForRate, passesOnRefusal, readsRefusal, refusesForRate } from "./refusals.ts";
import { pauseIn, sweptFrom } from "./row-pauses.ts";

/** Limiters that a project makes itself, as far as conditions show them. Puts them into the account. */
export class HandMadeLimits {
  readonly #file: FileModel;
  readonly #counts: KeptCounts;
  readonly #ledger: Ledger;

  constructor(file: FileModel, counts: KeptCounts, ledger: Ledger) {
    this.#file = file;
    this.#counts = counts;
    this.#ledger = ledger;
  }

  get #account(): Account {
    return this.#ledger.account;
  }

  /**
   * What a condition says of how often somebody has called; undefined: nothing.
   * @param around the function that it stands in
   */
  ofCondition(test: Located, branches: Branches, around: readonly Step[]): BranchFacts | undefined {
    const { then, otherwise } = branches;
    const turnsAwayOn = (side: keyof Pick<Branches, "then" | "otherwise">): boolean => turnsAway(this.#file.tracer, branches[side], test.place);
    if (this.#isForRate(test, then, otherwise)) {
      this.#account.guarded = true;
      // What handles the 429 of somebody else, such as a provider's, is no limiter.
      if (!readsRefusal(test.value)) this.#account.limit();
      this.#leaveToLimiter(test.value);
      return { after: true };
    }
    if (asksForLock(test.value) && (turnsAwayOn("then") || turnsAwayOn("otherwise"))) {
      this.#account.limit();
      return { after: true };
    }
    const above = this.#counts.sideAbove(test);
    if (above && turnsAwayOn(above)) {
      this.counted();
      return { after: true };
    }
    const below = above && this.#counts.sideBelow(test);
    if (below && !callsIn(branches[below]).next().done) {
      this.#leaveCounts();
      return { once: [below === "then" ? "then" : "else"] };
    }
    const pause = pauseIn(this.#file, test, branches, around);
    if (pause) {
      this.#leaveToLimiter(test.value);
      for (const call of sweptFrom(this.#file, pause.table, branches.before(), test.place)) this.#ledger.leaveLookup(call);
      if (pause.branch) return { once: [pause.branch] };
      this.#account.limit();
      return { after: true };
    }
    this.#counts.noteRefusal(test, turnsAwayOn);
    return undefined;
  }

  /** What keeps the counter belongs to the limiter. */
  counted(): void {
    this.#account.limit();
    this.#leaveCounts();
  }

  #leaveCounts(): void {
    this.#account.works = this.#account.works.filter(({ call, keepsCount }) => (call ? !this.#counts.isOf(call) : keepsCount !== true));
  }

  /** A count kept by hand: what a refusal looks at, and what keeps the count, belongs to the limiter. */
  #leaveToLimiter(test: Value): void {
    const ofWork = (work: Met): Met | undefined => (STORES.has(work.kind) ? undefined : work);
    dependsOn(test, (part) => {
      if (part.kind === "call") this.#ledger.recount(part, ofWork);
      return false;
    });
    this.#leaveCounts();
  }

  /** A branch refuses whoever has called too often. */
  #isForRate(test: Located, then: readonly Step[], otherwise: readonly Step[]): boolean {
    // What a branch of the file says stands in the file's text.
    if (test.place.module === this.#file && !mayRefuseForRate(this.#file.text)) return false;
    if (!refusesForRate(then) && !refusesForRate(otherwise)) return false;
    // An answer of 429 that passes on what a service said limits nobody; one to who has left something out, neither.
    const isSent = (value: Value): boolean => requestInputs(this.#file, { value, place: test.place }).length > 0;
    return !this.#asksService(test) && !passesOnRefusal(test.value) && !asksPresenceOf(test.value, isSent) && !this.#refusesAmount(test, then, otherwise);
  }

  /** The condition looks at what costly work outside of the project's own stores gave back. */
  #asksService(test: Located): boolean {
    const services = new Set(this.#account.works.flatMap(({ kind, call }) => (!call || STORES.has(kind) ? [] : [call])));
    return services.size > 0 && dependsOn(test.value, (part) => part.kind === "call" && services.has(part));
  }

  /** `if (ids.length > 100) return badRequest("Too many ids")`: words that sound alike, for who has sent too much at once. */
  #refusesAmount({ value, place }: Located, then: readonly Step[], otherwise: readonly Step[]): boolean {
    if (answers429(then) || answers429(otherwise)) return false;
    const isSent = (part: Value): boolean => {
      const inputs = requestInputs(this.#file, { value: part, place });
      return inputs.length > 0 && inputs.every(({ whole }) => whole);
    };
    const isFixed = (part: Value): boolean => this.#file.tracer.constant({ value: part, place }) !== undefined || (dependsOn(part, ({ kind }) => kind === "env") && !dependsOn(part, ({ kind }) => kind === "await"));
    return asksAmountOf(value, isSent, isFixed);
  }
}

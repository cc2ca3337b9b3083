import type { CostlyKind } from "../../sdk/costly/index.ts";
import { moreOf, type Caller } from "../flow/flow.ts";
import type { CallValue } from "../values/ir.ts";

/** Work as it is met. */
export interface Met {
  readonly kind: CostlyKind;
  readonly label: string;
  readonly path: string | undefined;
  readonly caller: Caller | undefined;
  readonly isFixed: boolean;
  /** Where it is done; undefined where another file's function was read before. */
  readonly call: CallValue | undefined;
}

/** What code does to a request, as far as it has been read. */
export class Account {
  works: Met[] = [];
  guarded = false;
  limited = false;
  /** Who gets this far; undefined: anyone. */
  caller: Caller | undefined;
  /** Who is let in on some way. */
  admitted: Caller | undefined;
  /** A library's handler answers: what it does is not known. */
  delegated = false;
  dynamic = false;
  /** How many works were met before the last limiter. */
  beforeGuard = 0;

  /**
   * A function was called that does all this.
   * @param caller for whom it was called
   */
  add(of: Account, caller: Caller | undefined): void {
    if (of.guarded) this.beforeGuard = this.works.length + of.beforeGuard;
    for (const work of of.works) this.works.push({ ...work, caller: moreOf(work.caller, moreOf(this.caller, caller)) });
    this.guarded ||= of.guarded;
    this.limited ||= of.limited;
    if (of.admitted) this.admit(of.admitted);
    this.delegated ||= of.delegated;
    this.dynamic ||= of.dynamic;
  }

  /** Others than these are turned away. */
  admit(caller: Caller): void {
    this.caller = moreOf(this.caller, caller);
    this.admitted = moreOf(this.admitted, caller);
  }

  /** A limiter is consulted. */
  limit(): void {
    this.guarded = true;
    this.limited = true;
  }

  /** To be kept for other files: it holds nothing of the module that was read. */
  detached(): Account {
    const copy = Object.assign(new Account(), this);
    copy.works = this.works.map((work) => ({ ...work, call: undefined }));
    return copy;
  }
}

/** The works of an account that were met by one call. */
export interface Span {
  readonly account: Account;
  readonly start: number;
  /** Undefined: up to now. */
  end: number | undefined;
}

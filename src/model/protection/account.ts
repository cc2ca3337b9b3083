import type { CostlyKind } from "../../sdk/costly/index.ts";
import { moreOf, type Caller } from "../flow/guarded.ts";
import type { CallValue } from "../values/ir.ts";
import type { Located, Place } from "../values/trace.ts";

/** Work that reads a store. */
export const READS: ReadonlySet<CostlyKind> = new Set<CostlyKind>(["database", "redis-read"]);
/** Where a limiter made by hand may keep its counts. */
export const STORES: ReadonlySet<CostlyKind> = new Set<CostlyKind>([...READS, "data-write"]);

/** Work as it is met. */
export interface Met {
  readonly kind: CostlyKind;
  readonly label: string;
  readonly path: string | undefined;
  readonly caller: Caller | undefined;
  readonly isLight: boolean;
  readonly isPlain: boolean;
  /** A longer statement, which was met later, begins with it. */
  readonly isLink: boolean;
  /** Where it is done; undefined where another file's function was read before. */
  readonly call: CallValue | undefined;
  readonly entry: Entry | undefined;
  /** Of another file's function that was read before: it keeps a count that expires. */
  readonly keepsCount?: boolean;
  /** The forks on the way there and which way was taken at each, outermost first: `3:0`; see {@link Ways}. */
  readonly ways: readonly string[];
}

/** The function that the handler itself calls on the way to some work. */
export interface Entry {
  readonly name: string | undefined;
  /** The file that the function stands in. */
  readonly path: string | undefined;
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
  rendersImage = false;
  /** More than a file of the bundle. */
  fetches = false;
  /** A client that could act for the caller has taken a session of the server's own. */
  actsForItself = false;
  /** How many works were met before the last limiter. */
  beforeGuard = 0;

  /**
   * A function was called that does all this.
   * @param caller for whom it was called
   * @param isRepeated it was called for each of several things
   * @param entry on which way, where it was read on another one
   */
  add(of: Account, { caller, isRepeated, entry }: { readonly caller: Caller | undefined; readonly isRepeated: boolean; readonly entry?: Entry | undefined }): void {
    if (of.guarded) this.beforeGuard = this.works.length + of.beforeGuard;
    for (const work of of.works) this.works.push({ ...work, isLight: work.isLight && !isRepeated, isPlain: work.isPlain && !isRepeated, caller: moreOf(work.caller, moreOf(this.caller, caller)), entry: entry ?? work.entry });
    this.guarded ||= of.guarded;
    this.limited ||= of.limited;
    if (of.admitted) this.admit(of.admitted);
    this.delegated ||= of.delegated;
    this.dynamic ||= of.dynamic;
    this.rendersImage ||= of.rendersImage;
    this.fetches ||= of.fetches;
    this.actsForItself ||= of.actsForItself;
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

  /**
   * To be kept for other files: it holds nothing of the module that was read.
   * @param keepsCount whether a call keeps a count that expires
   */
  detached(keepsCount: (call: CallValue) => boolean): Account {
    const copy = Object.assign(new Account(), this);
    copy.works = this.works.map((work) => ({ ...work, call: undefined, keepsCount: work.call ? keepsCount(work.call) : work.keepsCount === true }));
    return copy;
  }
}

/** The works of an account that were met by one call. */
interface Span {
  readonly account: Account;
  start: number;
  /** Undefined: up to now. */
  end: number | undefined;
}

/** The account of what is being read, and what each call has brought into it. */
export class Ledger {
  account = new Account();
  readonly #spans = new Map<CallValue, Span>();
  /** The last call of each function that is being read: where the next one begins, it has ended. */
  readonly #lastOf = new WeakMap<Place, Span>();

  /** Whoever calls may try a password. */
  triesPassword(path: string | undefined): void {
    const { caller, works } = this.account;
    works.push({ kind: "password", label: "checks a password", path, caller, isLight: false, isPlain: false, isLink: false, call: undefined, entry: undefined, ways: [] });
  }

  /** A call is met. */
  begin({ value, place }: Located<CallValue>): void {
    const { length } = this.account.works;
    const last = this.#lastOf.get(place);
    if (last?.account === this.account) last.end ??= length;
    const span: Span = { account: this.account, start: length, end: undefined };
    this.#spans.set(value, span);
    this.#lastOf.set(place, span);
  }

  /** A call that has set off no work in this account, or was not met at all. */
  setOffNothing(call: CallValue): boolean {
    const span = this.#spans.get(call);
    return !span || (span.end ?? this.account.works.length) === span.start;
  }

  /** A call has looked something up in this account. */
  hasRead(call: CallValue): boolean {
    const span = this.#spans.get(call);
    return span?.account === this.account && this.account.works.slice(span.start, span.end).some(({ kind }) => READS.has(kind));
  }

  /** What is looked up to tell callers is no work; false: nothing was. */
  leaveLookup(call: CallValue): boolean {
    return this.recount(call, (work: Met): Met | undefined => {
      if (READS.has(work.kind)) return undefined;
      return STORES.has(work.kind) ? { ...work, caller: moreOf(work.caller, "known") } : work;
    });
  }

  /**
   * Counts what a call has set off in this account anew.
   * @param ofWork what is left of a work; undefined: nothing
   * @returns whether there was any
   */
  recount(call: CallValue, ofWork: (work: Met) => Met | undefined): boolean {
    const span = this.#spans.get(call);
    if (span?.account !== this.account) return false;
    const { works } = this.account;
    const { start, end = works.length } = span;
    const left = works.slice(start, end).flatMap((work) => ofWork(work) ?? []);
    this.account.works = [...works.slice(0, start), ...left, ...works.slice(end)];
    this.#spans.delete(call);
    this.#moveUp(end, end - start - left.length);
    return end > start;
  }

  /** So many works before the `from`th are gone. */
  #moveUp(from: number, by: number): void {
    if (by === 0) return;
    for (const span of this.#spans.values()) {
      if (span.account !== this.account) continue;
      if (span.start >= from) span.start -= by;
      if (span.end !== undefined && span.end >= from) span.end -= by;
    }
  }
}

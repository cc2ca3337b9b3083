import type { CallValue, Step, SwitchCase } from "../values/ir.ts";
import type { Located, Place } from "../values/trace.ts";
import type { Caller, Guarded } from "./guarded.ts";

/**
 * `awaited`: in its place. `dropped`: a statement of its own, whose promise nothing waits for. Undefined: perhaps later.
 * Otherwise, what is handed to the `.catch()` right behind it.
 */
export type Wait = "awaited" | "dropped" | Located | undefined;

/** What a policy is told, and what it answers; see {@link walk}. */
export interface FlowPolicy {
  /**
   * A call about to run. `"guard"`: from here on the path is guarded. `"skip"`: the call is understood, its body need
   * not be read. Undefined: read the function that it calls, if the project has it; `"apart"`: read it as if nothing
   * had been read before, and tell {@link FlowPolicy.after} of it. Otherwise, what is known to hold after the call.
   */
  call(call: Located<CallValue>, state: Guarded): "guard" | "skip" | "apart" | Guarded | undefined;
  /**
   * A call, which has run, does not come back: it throws, or has ended the request.
   * @param isCaught it is made in the block of a `catch`, where helpers are likely to throw
   */
  ends?(call: Located<CallValue>, isCaught: boolean): boolean;
  /**
   * A call, which has run, has thrown for all callers but these.
   * @param wait whether it was waited for, or never will be; undefined: perhaps later
   */
  callerAfter?(call: Located<CallValue>, wait: Wait): Caller | undefined;
  /** Those for whom a call, which has run, throws get on all the same: what it found out of who calls holds for nobody. */
  isFailureIgnored?(call: Located<CallValue>, wait: Wait): boolean;
  /** A value of which a member is read has thrown for callers who are not known: it is nothing for them. */
  isNothingForStrangers?(value: Located): boolean;
  /**
   * Who is let in so far, where the policy takes note of it by itself. Each way of a branch of the walked function begins
   * with what held before it, and what follows holds for all of them; what a called function found out is kept.
   */
  admitted?: Caller | undefined;
  /** Who is let in where the walked function ends, if the request goes on behind that. */
  readonly passesOn?: Caller | undefined;
  /** Whom a called function has let in since then, on whichever way, is as if he had not been asked for. */
  takeBack?(admitted: Caller | undefined): void;
  /** What its arguments say of the caller, or of how many of something they ask for, where it makes a difference to what a called function does. */
  differs?(call: Located<CallValue>): string;
  /**
   * Two or more ways are about to be taken, of which a request takes one.
   * @returns what {@link FlowPolicy.way} is told of them
   */
  fork?(): number;
  /** Runs one of these ways, or what follows where all others have ended. */
  way?<T>(fork: number, index: number, run: () => T): T;
  /** Something to be counted was met on this way. */
  isTelling?(fork: number, index: number): boolean;
  /**
   * A call that was read apart, and what holds after it.
   * @param isWhole false: what it does depends on who calls it, because it comes to a function that is being walked further out, or lies too deep
   */
  after?(call: Located<CallValue>, state: Guarded, isWhole: boolean): void;
  /** What a condition says of its two branches; undefined: nothing. */
  branch?(test: Located, branches: Branches): BranchFacts | undefined;
  /**
   * Runs both ways of a condition, of which whoever likes may take {@link BranchFacts.free} one.
   * @param run tells whether both go on
   * @returns what the other way has passed says nothing of who gets on
   */
  passedBy?(run: () => boolean): boolean;
  /** Runs a branch that only known callers take. */
  known?<T>(run: () => T): T;
  /** Runs what is done once, however often it is asked for. */
  once?<T>(run: () => T): T;
  /** Runs what is done for each of several things. */
  repeated?<T>(run: () => T): T;
  /** What follows a step, which has been read, is done once, however often it is asked for. */
  isLastTime?(step: Step, place: Place): boolean;
  /** What a loop does for each element is done once for it, however often it is asked for. */
  isOnceForEach?(body: readonly Step[], place: Place): boolean;
  /**
   * A condition that callers pass by who leave something out is about to be read, with its branches, or has been.
   * @param isApart what holds in the branch does not leave it by {@link FlowPolicy.admitted}
   */
  optional?(isEntered: boolean, isApart: boolean): void;
  /** What a `switch` does, where it is known which of its cases that is. */
  chosen?(discriminant: Located, cases: readonly SwitchCase[]): readonly Step[] | undefined;
  /** A condition whose outcome is known, such as a path comparison in a middleware. */
  decide?(test: Located): boolean | undefined;
  /** Runs what is tried, with a `catch` of this block. */
  tried?<T>(handler: readonly Step[], run: () => T): T;
  /** Strangers never get to what is tried behind its first steps, nor to the `catch` around it. */
  areAnsweredFirst?(block: readonly Step[], place: Place): boolean;
  /** The block of a `catch`: `"guard"` where what it does is for refused callers only. */
  caught?(handler: readonly Step[], place: Place): "guard" | undefined;
  /** A value that is returned. `"refused"`: nothing is reached behind that for whom it is returned. */
  returned?(value: Located, state: Guarded): "guard" | "refused" | undefined;
}

/** The steps around a condition. */
export interface Branches {
  readonly then: readonly Step[];
  readonly otherwise: readonly Step[];
  /** The condition is a part of an expression: what comes out of it may be asked for. */
  readonly isPart: boolean;
  /** What comes before it in the same block. */
  before(): readonly Step[];
  /** What comes after both. */
  rest(): readonly Step[];
}

export type OncePart = "then" | "else" | "rest";

export interface BranchFacts {
  /** The branch runs only for callers that passed a guard. */
  readonly then?: boolean;
  readonly else?: boolean;
  /** What follows runs only after the condition was asked: a guard in itself. */
  readonly after?: boolean;
  /**
   * The branch runs only for those who run the project, by the condition alone. What it passes by that says nothing of what
   * follows both, other than that they need not be asked again.
   */
  readonly trusted?: "then" | "else" | undefined;
  /** The branch that only known callers take; it is run by {@link FlowPolicy.known}. */
  readonly known?: "then" | "else";
  /** The same, and so it is for what follows where the other branch ends: it is told by {@link Guarded.caller}. */
  readonly vouched?: { readonly side: "then" | "else"; readonly caller: Caller };
  /** What is done here is done once, however often it is asked for: in a branch, or in what follows both. */
  readonly once?: readonly OncePart[];
  /** In production only this branch is taken: the other one is not read. */
  readonly only?: "then" | "else";
  /** The way that whoever likes may take, by what he sends or leaves out; see {@link FlowPolicy.passedBy}. */
  readonly free?: "then" | "else" | undefined;
  /** The condition asks for what a caller may leave out; see {@link FlowPolicy.optional}. */
  readonly optional?: boolean;
}

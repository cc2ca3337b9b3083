/** What is known at a point of a function, over all paths that lead there. */
export interface Guarded {
  /** On some path that leads here a guard was passed. */
  readonly some: boolean;
  /** On every path that leads here a guard was passed. */
  readonly every: boolean;
  /** Who calls, on every path that leads here: those of others have ended. Undefined: it may be anyone. */
  readonly caller?: Caller | undefined;
}

/** Somebody who is known, or one of those who run the project. */
export type Caller = "known" | "admin";

export const OPEN: Guarded = { some: false, every: false };
export const GUARDED: Guarded = { some: true, every: true };

/** The state, of these callers or of those that it is known to be of already. */
export function of(caller: Caller | undefined, state: Guarded): Guarded {
  const most = moreOf(caller, state.caller);
  return most === state.caller ? state : { ...state, caller: most };
}

/** What is known of a caller by either. */
export function moreOf(one: Caller | undefined, other: Caller | undefined): Caller | undefined {
  return one === "admin" || other === "admin" ? "admin" : (one ?? other);
}

/** What is known of whoever is one or the other. */
export function leastOf(one: Caller | undefined, other: Caller | undefined): Caller | undefined {
  return one === "admin" ? other : other && one;
}

/** What holds on all of several paths, and on some of them; undefined: there is none. */
export function join(states: readonly Guarded[]): Guarded | undefined {
  if (states.length === 0) return undefined;
  return {
    some: states.some(({ some }) => some),
    every: states.every(({ every }) => every),
    caller: states.map(({ caller }) => caller).reduce(leastOf),
  };
}

import type { CostlyKind } from "../../sdk/costly/index.ts";
import type { Caller } from "../flow/guarded.ts";

/** Costly or abusable work that a request sets off. */
export interface Work {
  readonly kind: CostlyKind;
  /** Words for a message: `sends mail through Resend`. */
  readonly label: string;
  /** The file in which it is done, relative to the root, where it is another one. */
  readonly file: string | undefined;
  /** The function that the handler calls, and that gets there through other files. */
  readonly through: string | undefined;
  /** Who gets to it; undefined: anyone, because nobody was turned away before. */
  readonly caller: Caller | undefined;
  /** A read of one record or a few, and of nothing that could be guessed: to ask a limiter would take as long. */
  readonly isLight: boolean;
  /** A read such as a public page asks for: it searches in no texts, is not as long as the caller likes, and tells nothing that could be guessed. */
  readonly isPlain: boolean;
  /** The ways that lead there, at the forks of which a request takes one. */
  readonly ways: readonly string[];
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

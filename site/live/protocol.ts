/*
 * What pages and the worker that lints say to each other.
 */

/** A project's files: path relative to its root to text. */
export type Files = Readonly<Record<string, string>>;

/** `"recommended"` and `"strict"` are the presets; else each rule with its options. */
export type Rules = "recommended" | "strict" | Readonly<Record<string, readonly unknown[]>>;

export interface Request {
  readonly id: number;
  readonly files: Files;
  /** The file to lint. */
  readonly name: string;
  readonly rules: Rules;
  /** `settings.upstash` */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Also apply all fixes, as `eslint --fix` does. */
  readonly fix: boolean;
}

/** What replaces the text between two offsets. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export interface Mend extends Edit {
  readonly title: string;
}

export interface Finding {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** Without the plugin's name; undefined for a syntax error. */
  readonly rule: string | undefined;
  /** What `--fix` does, then the suggestions. */
  readonly mends: readonly Mend[];
}

export interface Response {
  readonly id: number;
  readonly findings: readonly Finding[];
  /** The text after {@link Request.fix}. */
  readonly fixed: string | undefined;
  /** Why nothing could be linted, such as settings that are not accepted. */
  readonly error: string | undefined;
}

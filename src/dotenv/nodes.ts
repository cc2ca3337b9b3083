/*
 * The syntax tree of a `.env` file. Offsets count UTF-16 units of the text; lines count from 1, columns from 0, as in
 * ESTree. What `value` holds is what the `dotenv` package would hand to the program (tests/dotenv/parse.test.ts).
 */

export type Range = readonly [start: number, end: number];

interface Position {
  readonly line: number;
  readonly column: number;
}

interface Base {
  readonly range: Range;
  readonly loc: { readonly start: Position; readonly end: Position };
  parent?: DotenvNode;
}

export interface DotenvDocument extends Base {
  readonly type: "Document";
  readonly body: readonly (Assignment | Skipped)[];
  readonly comments: readonly Comment[];
  /** ESLint asks for the list; nothing here works with tokens. */
  readonly tokens: readonly never[];
}

/** `export NAME="value"`: from `export`, or the name, to the end of the value. */
export interface Assignment extends Base {
  readonly type: "Assignment";
  readonly exported: boolean;
  readonly key: Key;
  readonly separator: "=" | ":";
  /** Null where nothing stands behind the separator. */
  readonly value: Value | null;
}

export interface Key extends Base {
  readonly type: "Key";
  readonly name: string;
}

/** With its quotes, without the blanks around it. */
export interface Value extends Base {
  readonly type: "Value";
  readonly quote: '"' | "'" | "`" | null;
  /** What the program gets; interpolations are left as they are written, as `dotenv` leaves them. */
  readonly value: string;
  /** Between the quotes. */
  readonly inner: Range;
  /** Names of other variables in it, in double quotes or without: `dotenv-expand` and frameworks fill them in. */
  readonly interpolations: readonly Interpolation[];
}

/** `${NAME}`, `${NAME:-default}` or `$NAME`. */
export interface Interpolation extends Base {
  readonly type: "Interpolation";
  readonly name: string;
}

/** A line that is no assignment: programs pass over it. */
export interface Skipped extends Base {
  readonly type: "Skipped";
}

/** From `#` to the end of the line. */
export interface Comment extends Base {
  readonly type: "Comment";
  /** Without the `#`. */
  readonly value: string;
}

export type DotenvNode = DotenvDocument | Assignment | Key | Value | Interpolation | Skipped;

export const VISITOR_KEYS: Readonly<Record<DotenvNode["type"], readonly string[]>> = {
  Document: ["body"],
  Assignment: ["key", "value"],
  Key: [],
  Value: ["interpolations"],
  Interpolation: [],
  Skipped: [],
};

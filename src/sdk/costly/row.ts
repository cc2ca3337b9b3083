export type CostlyKind =
  | "data-write"
  | "database"
  | "redis-read"
  | "auth"
  | "password"
  | "mail"
  | "sms"
  | "llm"
  | "payment"
  | "fetch"
  | "file-system"
  | "child-process"
  | "blob"
  | "queue";

export interface CostlyRow {
  readonly pattern: string;
  readonly kind: CostlyKind;
  /** What the call does, to follow "this handler": "sends mail through Resend". */
  readonly label: string;
}

/**
 * The kinds that `recommended` counts: all but plain `fetch`, which is costly only by its target
 * (see `classifyFetchHost`) or when the caller chooses it.
 */
export const RECOMMENDED_KINDS: ReadonlySet<CostlyKind> = new Set<CostlyKind>([
  "data-write",
  "database",
  "redis-read",
  "auth",
  "password",
  "mail",
  "sms",
  "llm",
  "payment",
  "file-system",
  "child-process",
  "blob",
  "queue",
]);

/** Rows of one kind and label, one for each pattern. */
export function rows(kind: CostlyKind, label: string, ...patterns: readonly string[]): readonly CostlyRow[] {
  return patterns.map((pattern) => ({ pattern, kind, label }));
}

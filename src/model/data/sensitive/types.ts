/** What kind of data a name stands for. */
export type SensitiveCategory =
  "contact" | "identity" | "government" | "financial" | "health" | "location" | "credentials" | "session";

/** What a name says about the data behind it. */
export interface Sensitivity {
  readonly category: SensitiveCategory;
  /** What a person calls it: "email address", "password", "one-time code". */
  readonly label: string;
  /** "strong": the name alone says it. "weak": only together with others (a bare `name`, `code`, `token`, `ip`). */
  readonly strength: "strong" | "weak";
}

/** What a project adds to the taxonomy or takes away: `settings.upstash.sensitiveNames`. Any spelling will do. */
export interface ExtraNames {
  /** Names that are sensitive here: `employeeNumber` also covers `employee_number` and `userEmployeeNumbers`. */
  readonly add?: readonly string[] | undefined;
  /** Names that are not: `phone` also covers `userPhone`. */
  readonly remove?: readonly string[] | undefined;
}

/** How a weak name takes part when the names of one record are read together. */
export type RecordPart =
  | "name"
  | "person-name"
  | "address"
  | "area"
  | "latitude"
  | "longitude"
  | "coordinates"
  | "place"
  | "ip"
  | "agent"
  | "code"
  | "token"
  | "secret"
  | "pass"
  | "session"
  | "account-number"
  | "money"
  | "health"
  | "trait"
  | "contact"
  | "login";

/** One row of the taxonomy. */
export interface TaxonomyRow {
  readonly category: SensitiveCategory;
  readonly label: string;
  readonly strength: "strong" | "weak";
  /** Spellings as words in lower case, separated by blanks; the last word is the head of the name. */
  readonly names: readonly string[];
  /** What may stand before it; without it "anything" for strong names, "plain" words (`user`, `new`) for weak ones. */
  readonly before?: "anything" | "plain";
  /** Words before it that make it something else: `welcomeEmail` is a message. */
  readonly notAfter?: ReadonlySet<string>;
  /** Whether the plural means the same; without it yes for strong names, no for weak ones (`tokens`, `codes`). */
  readonly plural?: boolean;
  /** Weak rows only. */
  readonly part?: RecordPart;
}

/**
 * Canonical paths (what a callee *is*, said as package + members) and the patterns that tables match them with.
 *
 * A pattern reads `source#segment.segment`:
 * - `source` is an import specifier (`resend`, `next/headers`), `scope/*` or `package/*` for everything below it,
 *   `global` for global names, `?` for receivers that could not be resolved, or `*` for "any module";
 * - a segment is a literal name, `*` for exactly one name, or `**` for any number of names (none too);
 * - `{a,b}` anywhere stands for each of its alternatives, and white space counts for nothing.
 *
 * Construction, calls and `await` are transparent: `new Resend(key).emails.send` is `resend#Resend.emails.send`.
 * A leading `default` counts for nothing on either side, because CommonJS interop lets the same function be reached
 * as a named, default and namespace import.
 */

/** What a callee is, as far as the model could resolve it. */
export interface CanonicalPath {
  /** The specifier as imported, `global`, or `?` when the receiver is unknown. */
  readonly source: string;
  /** The import's name first (`default`, `*` or the export), then members. For `?`: the last members seen. */
  readonly path: readonly string[];
}

/** Reads a path written as text (`resend#Resend.emails.send`), as tables' tests and messages write it. */
export function parsePath(text: string): CanonicalPath {
  const hash = text.lastIndexOf("#");
  return { source: text.slice(0, Math.max(hash, 0)), path: text.slice(hash + 1).split(".") };
}

/** One alternative of a pattern, without braces. */
export interface Pattern {
  readonly source: string;
  readonly segments: readonly string[];
}

/** A table, indexed by package. */
export interface Matcher<Row> {
  /** Every source that a pattern names, globs such as `@arcjet/*` as written. */
  readonly sources: ReadonlySet<string>;
  /**
   * Whether an import of this specifier could lead to a row. `false` is certain for packages; a project's own module
   * has to be resolved first, so the answer for a relative specifier says nothing about what it re-exports.
   */
  couldMatch(specifier: string): boolean;
  /** The row of the most literal pattern that fits; of equals, the first. Undefined: the tables do not know it. */
  match(path: CanonicalPath): Row | undefined;
}

/** The source of receivers that could not be resolved: only patterns written for it match. */
export const UNRESOLVED = "?";
const GLOBAL = "global";
const ANY_MODULE = "*";
const GLOBAL_OBJECTS = new Set(["globalThis", "global", "window", "self"]);

/**
 * A specifier without what does not change its meaning: `node:crypto` → `crypto`, Deno's `npm:resend@3/x` and
 * `jsr:@std/crypto@1`, and `https://esm.sh/resend@3` → the package. Others (`cloudflare:workers`) stay.
 */
export function normaliseSource(specifier: string): string {
  if (!specifier.includes(":")) return specifier;
  if (specifier.startsWith("node:")) return specifier.slice("node:".length);
  for (const prefix of ["npm:", "jsr:", "https://esm.sh/"]) {
    if (specifier.startsWith(prefix)) return withoutVersion(specifier.slice(prefix.length));
  }
  return specifier;
}

function withoutVersion(specifier: string): string {
  const start = specifier.startsWith("/") ? 1 : 0;
  const query = specifier.indexOf("?", start);
  const text = specifier.slice(start, query < 0 ? undefined : query);
  const at = text.indexOf("@", 1);
  if (at < 0) return text;
  const rest = text.indexOf("/", at);
  return text.slice(0, at) + (rest < 0 ? "" : text.slice(rest));
}

/**
 * Reads a pattern.
 * @throws {TypeError} when it has no `#`, no source, unbalanced braces or an empty segment.
 */
export function parsePattern(pattern: string): readonly Pattern[] {
  return expandBraces(withoutSpace(pattern)).map((text) => {
    const { source, path } = splitPattern(text);
    const segments = path.split(".");
    if (segments.some((segment) => segment === "")) throw new TypeError(`Empty segment in pattern "${pattern}".`);
    return { source, segments: segments[0] === "default" ? segments.slice(1) : segments };
  });
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/gu, "");
}

function splitPattern(text: string): { source: string; path: string } {
  // The last one: subpath imports (`#imports`) begin with the separator themselves.
  const hash = text.lastIndexOf("#");
  if (hash < 1) throw new TypeError(`A pattern must read "package#export.member", but is "${text}".`);
  return { source: normaliseSource(text.slice(0, hash)), path: text.slice(hash + 1) };
}

function expandBraces(text: string): readonly string[] {
  const open = text.indexOf("{");
  if (open < 0) return [text];
  const close = text.indexOf("}", open);
  if (close < 0) throw new TypeError(`Unbalanced brace in pattern "${text}".`);
  const tails = expandBraces(text.slice(close + 1));
  return text
    .slice(open + 1, close)
    .split(",")
    .flatMap((choice) => tails.map((tail) => text.slice(0, open) + choice + tail));
}

/** One step of the trie that a source's patterns form. */
interface Step<Row> {
  row?: Row;
  names?: Map<string, Step<Row>>;
  one?: Step<Row>;
  many?: Step<Row>;
}

/** A source's patterns; the trie is built when the first path from that source is asked for. */
interface Source<Row> {
  readonly pending: { readonly path: string; readonly row: Row }[];
  root: Step<Row> | undefined;
}

/** The sources of one package or scope. */
interface Bucket<Row> {
  readonly exact: Map<string, Source<Row>>;
  readonly below: { readonly prefix: string; readonly source: Source<Row> }[];
}

/**
 * Indexes rows by the package that their pattern names, when the table is first asked: most processes never ask most
 * tables. A look-up of an unknown package is one Map miss.
 */
export function compile<Row extends { readonly pattern: string }>(rows: readonly Row[]): Matcher<Row> {
  let matcher: Matcher<Row> | undefined;
  const indexed = (): Matcher<Row> => (matcher ??= index(rows));
  return {
    get sources() {
      return indexed().sources;
    },
    couldMatch: (specifier) => indexed().couldMatch(specifier),
    match: (path) => indexed().match(path),
  };
}

function index<Row extends { readonly pattern: string }>(rows: readonly Row[]): Matcher<Row> {
  const sources = new Set<string>();
  const buckets = new Map<string, Bucket<Row>>();
  for (const row of rows) {
    for (const { source, path } of sourcesOf(row.pattern)) {
      sources.add(source);
      sourceIn(buckets, source).pending.push({ path, row });
    }
  }
  const anyModule = buckets.get(ANY_MODULE)?.exact.get(ANY_MODULE);

  return {
    sources,
    couldMatch(specifier) {
      const source = normaliseSource(specifier);
      const bucket = buckets.get(bucketOf(source));
      if (!bucket || source === ANY_MODULE) return false;
      return bucket.exact.has(source) || bucket.below.some(({ prefix }) => source.startsWith(prefix));
    },
    match(path) {
      const source = normaliseSource(path.source);
      const start = firstSegment(source, path.path);
      const bucket = buckets.get(bucketOf(source));
      let row = bucket && source !== ANY_MODULE ? findInBucket(bucket, source, path.path, start) : undefined;
      if (!row && anyModule && source !== UNRESOLVED && source !== GLOBAL) {
        row = find(rootOf(anyModule), path.path, start);
      }
      return row;
    },
  };
}

/** The sources that a pattern names, each with its path; the path's braces are left for when it is needed. */
function sourcesOf(written: string): readonly { source: string; path: string }[] {
  const pattern = withoutSpace(written);
  const hash = pattern.lastIndexOf("#");
  if (pattern.lastIndexOf("{", hash) > pattern.lastIndexOf("}", hash)) return expandBraces(pattern).map(splitPattern);
  const { source: sources, path } = splitPattern(pattern);
  return expandBraces(sources).map((source) => ({ source: normaliseSource(source), path }));
}

function sourceIn<Row>(buckets: Map<string, Bucket<Row>>, source: string): Source<Row> {
  const key = bucketOf(source);
  let bucket = buckets.get(key);
  if (!bucket) buckets.set(key, (bucket = { exact: new Map(), below: [] }));
  if (source.endsWith("/*")) {
    const prefix = source.slice(0, -1);
    const known = bucket.below.find((entry) => entry.prefix === prefix);
    if (known) return known.source;
    const added: Source<Row> = { pending: [], root: undefined };
    bucket.below.push({ prefix, source: added });
    return added;
  }
  let exact = bucket.exact.get(source);
  if (!exact) bucket.exact.set(source, (exact = { pending: [], root: undefined }));
  return exact;
}

/** The scope of a scoped package, else the package's name. */
function bucketOf(source: string): string {
  const slash = source.indexOf("/");
  return slash < 0 ? source : source.slice(0, slash);
}

/** Where the meaningful part of a path begins. */
function firstSegment(source: string, path: readonly string[]): number {
  let index = 0;
  if (source === UNRESOLVED) return 0;
  if (source === GLOBAL) {
    while (index < path.length - 1 && GLOBAL_OBJECTS.has(path[index] ?? "")) index += 1;
  } else {
    while (path[index] === "default" || path[index] === "*") index += 1;
  }
  return index;
}

function findInBucket<Row>(
  bucket: Bucket<Row>,
  source: string,
  path: readonly string[],
  start: number,
): Row | undefined {
  const exact = bucket.exact.get(source);
  const found = exact && find(rootOf(exact), path, start);
  if (found) return found;
  for (const entry of bucket.below) {
    if (!source.startsWith(entry.prefix)) continue;
    const row = find(rootOf(entry.source), path, start);
    if (row) return row;
  }
  return undefined;
}

function rootOf<Row>(source: Source<Row>): Step<Row> {
  if (source.root) return source.root;
  const root: Step<Row> = {};
  for (const { path, row } of source.pending) {
    for (const { segments } of parsePattern(`_#${path}`)) {
      let step = root;
      for (const segment of segments) step = nextStep(step, segment);
      step.row ??= row;
    }
  }
  return (source.root = root);
}

function nextStep<Row>(step: Step<Row>, segment: string): Step<Row> {
  if (segment === "*") return (step.one ??= {});
  if (segment === "**") return (step.many ??= {});
  step.names ??= new Map<string, Step<Row>>();
  let next = step.names.get(segment);
  if (!next) step.names.set(segment, (next = {}));
  return next;
}

/** Literal names first, then `*`, then `**`, so that the most literal pattern wins. */
function find<Row>(step: Step<Row>, path: readonly string[], index: number): Row | undefined {
  if (index >= path.length) return step.row ?? (step.many && find(step.many, path, index));
  const named = step.names?.get(path[index] ?? "");
  const literal = named && find(named, path, index + 1);
  if (literal) return literal;
  const single = step.one && find(step.one, path, index + 1);
  if (single) return single;
  if (!step.many) return undefined;
  for (let skipTo = index; skipTo <= path.length; skipTo += 1) {
    const found = find(step.many, path, skipTo);
    if (found) return found;
  }
  return undefined;
}

const WORD = /[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+/gu;

/** The words of a name, in lower case: `checkRateLimit` → check, rate, limit; `sha256Hex` → sha256, hex. */
export function wordsOf(name: string): readonly string[] {
  return (name.match(WORD) ?? []).map((word) => word.toLowerCase());
}

/** Whether a name is written as a constant (`RATE_LIMIT_MAX`), so that it is a value and not a function. */
export function isConstantName(name: string): boolean {
  return name.includes("_") && name === name.toUpperCase();
}

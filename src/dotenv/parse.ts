import type { Assignment, Comment, DotenvDocument, DotenvNode, Interpolation, Key, Range, Skipped, Value } from "./nodes.ts";

/**
 * Reads a `.env` file as the `dotenv` package does, whose grammar is what programs get: names of letters, digits, `_`,
 * `.` and `-`; `=` or `: `; values in one of three quotes, over several lines, or bare up to `#` or the line's end; an
 * `export` before the name. Anything else is passed over there, and a {@link Skipped} here. Never throws; takes time in
 * proportion to the text's length.
 */
export function parseDotenv(text: string): DotenvDocument {
  return new Reader(text).document();
}

const isNewline = (char: string | undefined): boolean => char === "\n" || char === "\r";
const isBlank = (char: string | undefined): boolean => char !== undefined && /\s/u.test(char);
const isNameChar = (char: string | undefined): boolean => char !== undefined && /[\w.-]/u.test(char);
const isQuote = (char: string | undefined): char is '"' | "'" | "`" => char === '"' || char === "'" || char === "`";

const EXPORT = "export";
/** Not in single quotes: shells, Docker and direnv take those as they are. A backslash before it makes it text. */
const INTERPOLATION = /(?<!\\)\$(?:\{(?<braced>[A-Za-z_]\w*)(?:[^\w{}][^{}]*)?\}|(?<bare>[A-Za-z_]\w*))/gu;

class Reader {
  readonly #text: string;
  readonly #lineStarts: readonly number[];
  readonly #body: (Assignment | Skipped)[] = [];
  readonly #comments: Comment[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    const starts = [0];
    for (let at = 0; at < text.length; at++) {
      if (!isNewline(text[at])) continue;
      if (text[at] === "\r" && text[at + 1] === "\n") at++;
      starts.push(at + 1);
    }
    this.#lineStarts = starts;
  }

  document(): DotenvDocument {
    for (;;) {
      this.#at = this.#afterBlanks(this.#at);
      if (this.#at >= this.#text.length) break;
      if (this.#text[this.#at] === "#") this.#comment();
      else if (!this.#assignment()) this.#skip();
    }
    const document: DotenvDocument = {
      type: "Document",
      ...this.#place(0, this.#text.length),
      body: this.#body,
      comments: this.#comments,
      tokens: [],
    };
    adopt(document, this.#body);
    return document;
  }

  #assignment(): boolean {
    const start = this.#at;
    const behindExport = this.#behindExport(start);
    const found = (behindExport === undefined ? undefined : this.#named(behindExport)) ?? this.#named(start);
    if (!found) return false;
    const { key, separator } = found;
    const value = this.#value(found.behind);
    const end = value ? value.range[1] : found.behind;
    const exported = key.range[0] !== start;
    const node: Assignment = { type: "Assignment", ...this.#place(start, end), exported, key, separator, value };
    adopt(node, value ? [key, value] : [key]);
    this.#body.push(node);
    return true;
  }

  /** Where the name behind `export` begins, which may stand on a later line; undefined: there is none. */
  #behindExport(start: number): number | undefined {
    if (!this.#text.startsWith(EXPORT, start)) return undefined;
    const behind = start + EXPORT.length;
    const at = this.#afterBlanks(behind);
    return at > behind && isNameChar(this.#text[at]) ? at : undefined;
  }

  /** A name with its separator, which may stand on a later line. `behind`: where the value may begin. */
  #named(start: number): { readonly key: Key; readonly separator: "=" | ":"; readonly behind: number } | undefined {
    let end = start;
    while (isNameChar(this.#text[end])) end++;
    if (end === start) return undefined;
    const key: Key = { type: "Key", ...this.#place(start, end), name: this.#text.slice(start, end) };
    if (this.#text[end] === ":" && isBlank(this.#text[end + 1])) {
      const blank = this.#text.startsWith("\r\n", end + 1) ? 2 : 1;
      return { key, separator: ":", behind: end + 1 + blank };
    }
    const equals = this.#afterBlanks(end);
    return this.#text[equals] === "=" ? { key, separator: "=", behind: equals + 1 } : undefined;
  }

  /** The value that begins behind a separator, in quotes also lines below; moves to behind it and its comment. */
  #value(behind: number): Value | null {
    const opening = this.#afterBlanks(behind);
    const quote = this.#text[opening];
    const closing = isQuote(quote) ? this.#closing(quote, opening) : undefined;
    if (isQuote(quote) && closing !== undefined) {
      this.#at = this.#afterBlanksOfLine(closing + 1);
      return this.#valueNode(quote, opening, closing + 1);
    }
    let end = behind;
    while (end < this.#text.length && !isNewline(this.#text[end]) && this.#text[end] !== "#") end++;
    this.#at = end;
    const [from, to] = this.#trimmed(behind, end);
    if (from === to) return null;
    const first = this.#text[from];
    const isWrapped = isQuote(first) && to - from >= 2 && this.#text[to - 1] === first;
    return this.#valueNode(isWrapped ? first : null, from, to);
  }

  /**
   * The quote that ends a value: the first that no backslash stands before; where something follows on its line, the
   * last before it that nothing follows but a comment. Undefined: none, so the quote belongs to a bare value.
   */
  #closing(quote: string, opening: number): number | undefined {
    let found: number | undefined;
    for (let at = this.#text.indexOf(quote, opening + 1); at >= 0; at = this.#text.indexOf(quote, at + 1)) {
      const behind = this.#text[this.#afterBlanksOfLine(at + 1)];
      if (behind === undefined || isNewline(behind) || behind === "#") found = at;
      if (this.#text[at - 1] !== "\\") return found;
    }
    return found;
  }

  #valueNode(quote: Value["quote"], start: number, end: number): Value {
    const inner: Range = quote === null ? [start, end] : [start + 1, end - 1];
    const written = this.#text.slice(...inner).replaceAll(/\r\n?/gu, "\n");
    // An opening quote is enough, as it is for `dotenv`.
    const isEscaped = this.#text[start] === '"';
    const value = isEscaped ? written.replaceAll(String.raw`\n`, "\n").replaceAll(String.raw`\r`, "\r") : written;
    const interpolations = quote === "'" ? [] : this.#interpolations(inner);
    const node: Value = { type: "Value", ...this.#place(start, end), quote, value, inner, interpolations };
    adopt(node, interpolations);
    return node;
  }

  #interpolations([start, end]: Range): readonly Interpolation[] {
    const written = this.#text.slice(start, end);
    if (!written.includes("$")) return [];
    return [...written.matchAll(INTERPOLATION)].map(({ 0: match, index, groups }) => ({
      type: "Interpolation",
      ...this.#place(start + index, start + index + match.length),
      name: groups?.["braced"] ?? groups?.["bare"] ?? "",
    }));
  }

  #comment(): void {
    const start = this.#at;
    this.#at = this.#endOfLine(start);
    this.#comments.push({ type: "Comment", ...this.#place(start, this.#at), value: this.#text.slice(start + 1, this.#at) });
  }

  /** A line that is no assignment; what follows `#` in it is a comment all the same. */
  #skip(): void {
    const start = this.#at;
    const end = this.#endOfLine(start);
    const hash = this.#text.slice(start, end).search(/\s#/u);
    this.#at = hash < 0 ? end : start + hash + 1;
    this.#body.push({ type: "Skipped", ...this.#place(...this.#trimmed(start, this.#at)) });
  }

  #afterBlanks(start: number): number {
    let at = start;
    while (isBlank(this.#text[at])) at++;
    return at;
  }

  #afterBlanksOfLine(start: number): number {
    let at = start;
    while (isBlank(this.#text[at]) && !isNewline(this.#text[at])) at++;
    return at;
  }

  #endOfLine(start: number): number {
    let at = start;
    while (at < this.#text.length && !isNewline(this.#text[at])) at++;
    return at;
  }

  #trimmed(start: number, end: number): Range {
    let [from, to] = [start, end];
    while (from < to && isBlank(this.#text[from])) from++;
    while (to > from && isBlank(this.#text[to - 1])) to--;
    return [from, to];
  }

  #place(start: number, end: number): Pick<Key, "range" | "loc"> {
    return { range: [start, end], loc: { start: this.#position(start), end: this.#position(end) } };
  }

  #position(offset: number): { line: number; column: number } {
    let [low, high] = [0, this.#lineStarts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) };
  }
}

/** Parents are not to be seen by whoever walks the tree by its properties. */
function adopt(parent: DotenvNode, children: readonly DotenvNode[]): void {
  for (const child of children) Object.defineProperty(child, "parent", { value: parent, enumerable: false });
}

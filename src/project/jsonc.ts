const MAX_DEPTH = 50;

/**
 * What a JSON file says, comments and trailing commas allowed (tsconfig.json). A file that is being typed yields what
 * can be made out of it: commas are not needed, strings end with their line, open objects end with the file.
 * Undefined where not even the beginning of a value is there. Never throws.
 */
export function parseLenientJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return new Reader(text).value(0);
  }
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): unknown {
    const character = this.#next();
    if (depth > MAX_DEPTH || character === undefined) return undefined;
    if (character === "{") return this.#object(depth);
    if (character === "[") return this.#array(depth);
    if (character === '"') return this.#string();
    return this.#word();
  }

  #object(depth: number): Record<string, unknown> {
    const found: Record<string, unknown> = {};
    this.#at++;
    for (let character = this.#next(); character !== undefined; character = this.#next()) {
      if (character === "}") {
        this.#at++;
        break;
      }
      if (character !== '"') {
        this.#at++;
        continue;
      }
      const key = this.#string();
      if (this.#next() !== ":") continue;
      this.#at++;
      const value = this.value(depth + 1);
      if (value !== undefined && key !== "__proto__") found[key] = value;
    }
    return found;
  }

  #array(depth: number): unknown[] {
    const found: unknown[] = [];
    this.#at++;
    for (let character = this.#next(); character !== undefined; character = this.#next()) {
      // A closing brace belongs to the object around: this array was never closed.
      if (character === "}") break;
      if (character === "]") {
        this.#at++;
        break;
      }
      const value = this.value(depth + 1);
      if (value !== undefined) found.push(value);
    }
    return found;
  }

  #string(): string {
    const start = this.#at++;
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at];
      if (character === '"' || character === "\n") break;
      this.#at += character === "\\" ? 2 : 1;
    }
    const inner = this.#text.slice(start + 1, this.#at);
    if (this.#text[this.#at] === '"') this.#at++;
    try {
      return JSON.parse(`"${inner}"`) as string;
    } catch {
      return inner;
    }
  }

  /** true, false, null, a number; anything else is skipped, and at least one character is. */
  #word(): unknown {
    const start = this.#at++;
    while (/[\w.+-]/u.test(this.#text[this.#at] ?? "")) this.#at++;
    try {
      return JSON.parse(this.#text.slice(start, this.#at)) as unknown;
    } catch {
      return undefined;
    }
  }

  /** The next character that means something; commas and comments do not. */
  #next(): string | undefined {
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) return undefined;
      if (this.#text.startsWith("//", this.#at)) this.#skipTo("\n");
      else if (this.#text.startsWith("/*", this.#at)) this.#skipTo("*/");
      else if (character === "," || /\s/u.test(character)) this.#at++;
      else return character;
    }
  }

  #skipTo(end: string): void {
    const found = this.#text.indexOf(end, this.#at + 2);
    this.#at = found < 0 ? this.#text.length : found + end.length;
  }
}

/** A JSON object's members; empty for anything else. */
export function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** The strings in a JSON array, or a lone string as a list of one; empty for anything else. */
export function strings(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

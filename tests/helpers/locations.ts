/** Where a report stands. */
export interface Location {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/**
 * Line and columns of a text that stands in the code once; `new «Redis»` is the `Redis` in that place.
 * @throws where it does not stand in the code, or twice.
 */
export function locationOf(code: string, marked: string): Location {
  const text = marked.replace(/[«»]/g, "");
  const start = code.indexOf(text);
  if (start === -1 || code.includes(text, start + 1)) throw new Error(`"${text}" does not stand once in:\n${code}`);
  const before = Math.max(marked.indexOf("«"), 0);
  const length = marked.includes("«") ? marked.indexOf("»") - before - 1 : text.length;
  const first = position(code, start + before);
  const last = position(code, start + before + length);
  return { ...first, endLine: last.line, endColumn: last.column };
}

function position(code: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = code.slice(0, offset).split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

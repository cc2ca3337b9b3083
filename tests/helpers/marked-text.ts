/*
 * Places in a case's code, named by the text that stands there. `{ «X» }` is the `X` in that place.
 */

/** Line and columns of a text that stands in the code once. */
export function locationOf(code: string, text: string): { line: number; column: number; endLine: number; endColumn: number } {
  const position = (offset: number): { line: number; column: number } => {
    const lines = code.slice(0, offset).split("\n");
    return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
  };
  const [start, end] = rangeOf(code, text);
  return { ...position(start), endLine: position(end).line, endColumn: position(end).column };
}

/** The code with another text in the place of one that stands in it once. */
export function replaceOnce(code: string, text: string, by: string): string {
  const [start, end] = rangeOf(code, text);
  return code.slice(0, start) + by + code.slice(end);
}

function rangeOf(code: string, marked: string): readonly [start: number, end: number] {
  const text = marked.replace(/[«»]/g, "");
  const start = code.indexOf(text);
  if (start === -1 || code.includes(text, start + 1)) throw new Error(`"${text}" does not stand once in:\n${code}`);
  const before = marked.includes("«") ? marked.indexOf("«") : 0;
  const inside = marked.includes("«") ? marked.indexOf("»") - before - 1 : text.length;
  return [start + before, start + before + inside];
}

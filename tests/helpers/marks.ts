import type { TestCaseError } from "@typescript-eslint/rule-tester";

/** Where a report stands, as RuleTester demands it. */
export type Place = Required<Pick<TestCaseError<string>, "line" | "column" | "endLine" | "endColumn">>;

/** Code that marks what reports stand on: `redis.set("k", «user.email»)`. */
export interface Marked {
  readonly code: string;
  /** In the order of the marks' beginnings. */
  readonly places: readonly Place[];
  readonly ranges: readonly (readonly [start: number, end: number])[];
}

/** Takes the marks out of a code; marks may stand in one another. */
export function marked(source: string): Marked {
  const open: number[] = [];
  const ranges: (readonly [number, number])[] = [];
  let removed = 0;
  for (const { index, 0: mark } of source.matchAll(/[«»]/g)) {
    if (mark === "«") open.push(index - removed);
    else ranges.push([open.pop() ?? 0, index - removed]);
    removed++;
  }
  const code = source.replaceAll(/[«»]/g, "");
  ranges.sort(([a], [b]) => a - b);
  return { code, ranges, places: ranges.map(([start, end]) => placeOf(code, start, end)) };
}

function placeOf(code: string, start: number, end: number): Place {
  const at = (offset: number): readonly [line: number, column: number] => {
    const lines = code.slice(0, offset).split("\n");
    return [lines.length, (lines.at(-1)?.length ?? 0) + 1];
  };
  const [line, column] = at(start);
  const [endLine, endColumn] = at(end);
  return { line, column, endLine, endColumn };
}

/** `code` with `from`, which must stand in it once, replaced by `to`. */
export function replaceOnce(code: string, from: string, to: string): string {
  if (code.split(from).length !== 2) throw new Error(`"${from}" must stand in the code once:\n${code}`);
  return code.replace(from, () => to);
}

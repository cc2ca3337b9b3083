import type { ProjectFiles } from "./project.ts";

/** Where a report is expected. */
export interface MarkedPlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Code with its reports marked (`await «ratelimit.limit»(id)`): the code without the marks, and their places. */
export function marked(text: string): { readonly code: string; readonly places: readonly MarkedPlace[] } {
  let code = "";
  const starts: { line: number; column: number }[] = [];
  const places: MarkedPlace[] = [];
  const here = (): { line: number; column: number } => {
    const lines = code.split("\n");
    return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
  };
  for (const part of text.split(/(«|»)/u)) {
    if (part === "«") starts.push(here());
    else if (part === "»") {
      const start = starts.pop();
      const end = here();
      if (start) places.push({ ...start, endLine: end.line, endColumn: end.column });
    } else code += part;
  }
  return { code, places };
}

/** Code with pieces replaced, each of which stands in it once. */
export function edited(code: string, ...edits: readonly (readonly [from: string, to: string])[]): string {
  let result = code;
  for (const [from, to] of edits) {
    if (result.split(from).length !== 2) throw new Error(`Not once in the code: ${from}`);
    result = result.replace(from, () => to);
  }
  return result;
}

/** The project's own limiter. */
export const LIMITER_FILE: ProjectFiles = {
  "lib/ratelimit.ts": `import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";

export const ratelimit = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s") });
`,
};

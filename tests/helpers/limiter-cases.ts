import parser from "@typescript-eslint/parser";
import { replaceOnce } from "./marks.ts";
import type { ProjectFiles } from "./project.ts";

/** Code with pieces replaced, each of which stands in it once. */
export function edited(code: string, ...edits: readonly (readonly [from: string, to: string])[]): string {
  return edits.reduce((text, [from, to]) => replaceOnce(text, from, to), code);
}

/** The project's own limiter. */
export const LIMITER_FILE: ProjectFiles = {
  "lib/ratelimit.ts": `import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";

export const ratelimit = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s") });
`,
};

/** Code in which `«»` marks what is handed to `ratelimit.limit()` before the next `return`, without the brackets around it. */
export function markedIdentifier(code: string): string {
  const found = /ratelimit\.limit\((.*)\);\n {2}return/su.exec(code);
  const [whole = "", argument = ""] = found ?? [];
  const { body } = parser.parse(argument, { range: true });
  const [statement] = body;
  const [from, to] = statement?.type === "ExpressionStatement" ? statement.expression.range : [0, argument.length];
  const start = (found?.index ?? 0) + whole.indexOf(argument);
  return `${code.slice(0, start + from)}«${argument.slice(from, to)}»${code.slice(start + to)}`;
}

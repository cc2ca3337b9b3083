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

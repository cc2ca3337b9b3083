import { describe, expect, it } from "vitest";
import rule from "../../src/rules/no-lax-ratelimit.ts";
import { lintMessages } from "../helpers/lint-messages.ts";
import { edited } from "../helpers/limiter-cases.ts";
import { marked } from "../helpers/marks.ts";
import type { ProjectFiles } from "../helpers/project.ts";
import { runRule } from "../helpers/rule-tester.ts";
import { exceptAroundText, syntaxMatrix } from "../helpers/syntax-matrix.ts";

const PACKAGES = 'import { MultiRegionRatelimit, Ratelimit } from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\n\nvoid MultiRegionRatelimit;\n';
const made = (limiter: string, more = ""): string => `${PACKAGES}export const ratelimit = new Ratelimit({ redis: Redis.fromEnv(), limiter: ${limiter}${more} });\n`;

interface Case {
  readonly name: string;
  readonly code: string;
  readonly filename?: string;
  readonly files?: ProjectFiles;
  readonly options?: { readonly max?: number; readonly minTimeout?: number };
}
interface Told extends Case {
  readonly data: Readonly<Record<string, string>>;
  /** The suggestion's data, and what it changes. */
  readonly then?: Readonly<Record<string, string>>;
  readonly edits?: readonly (readonly [from: string, to: string])[];
  readonly untyped?: string;
}

const FACTORY = {
  "lib/limiters.ts": `${PACKAGES}type Window = Parameters<typeof Ratelimit.slidingWindow>[1];\nexport const createLimiter = (tokens: number, window: Window) => new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(tokens, window) });\n`,
};

const lax = (name: string, code: string, tokens: string, window: string, rate: string, fewer?: string, more: Partial<Told> = {}): Told & { id: "lax" } => ({
  id: "lax",
  name,
  code,
  data: { tokens, window: `"${window}"`, rate, max: "10" },
  ...(fewer === undefined ? {} : { then: { tokens: fewer, window: `"${window}"` }, edits: [[tokens, fewer]] as const }),
  ...more,
});
const window = (name: string, code: string, text: string, corrected: string | undefined, edits?: Told["edits"]): Told & { id: "window" } => ({
  id: "window",
  name,
  code,
  data: { window: text },
  untyped: "the window is wrong on purpose",
  ...(corrected === undefined ? {} : { then: { window: `"${corrected}"` }, edits: edits ?? [[text, `"${corrected}"`]] }),
});
const timeout = (name: string, code: string, data: string, edits: NonNullable<Told["edits"]>): Told & { id: "timeout" } => ({ id: "timeout", name, code, data: { timeout: data }, then: { timeout: "5000" }, edits });

const NEXT = { lax: "lower", window: "write", timeout: "wait" } as const;

const based = ({ name, code, filename, files, options }: Case): object => ({
  name,
  code: marked(code).code,
  filename: filename ?? "lib/ratelimit.ts",
  ...(files ? { files } : {}),
  ...(options ? { options } : {}),
});

const valid: readonly Case[] = [
  { name: "one a second", code: made('Ratelimit.slidingWindow(10, "10 s")') },
  { name: "exactly what is allowed", code: made('Ratelimit.slidingWindow(10, "1 s")') },
  { name: "many, in a long window", code: made('Ratelimit.fixedWindow(10_000, "1 h")') },
  { name: "a window without a blank", code: made('Ratelimit.fixedWindow(5, "30s")') },
  { name: "parts of a minute", code: made('Ratelimit.fixedWindow(5, "0.5 m")') },
  { name: "a bucket that fills slowly", code: made('Ratelimit.tokenBucket(5, "10 s", 100)') },
  { name: "numbers from the environment", code: made('Ratelimit.slidingWindow(Number(process.env.LIMIT), "1 s")') },
  { name: "a window that is not known", code: `${PACKAGES}export const make = (span: "1 s" | "1 m") => new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(100, span) });\n` },
  { name: "tokens that are not known", code: `${PACKAGES}export const make = (tokens: number) => new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(tokens, "1 s") });\n` },
  { name: "a factory given little", files: FACTORY, filename: "lib/own.ts", code: 'import { createLimiter } from "./limiters";\nexport const own = createLimiter(5, "1 m");\n' },
  { name: "a higher max", code: made('Ratelimit.slidingWindow(50, "1 s")'), options: { max: 50 } },
  { name: "the default timeout", code: made('Ratelimit.slidingWindow(5, "1 s")', ", timeout: 5000") },
  { name: "no timeout", code: made('Ratelimit.slidingWindow(5, "1 s")', ", timeout: 0") },
  { name: "a timeout of a second", code: made('Ratelimit.slidingWindow(5, "1 s")', ", timeout: 1000") },
  { name: "a lower minTimeout", code: made('Ratelimit.slidingWindow(5, "1 s")', ", timeout: 50"), options: { minTimeout: 50 } },
  { name: "an algorithm of somebody else", code: 'const Ratelimit = { slidingWindow: (tokens: number, window: string) => [tokens, window] };\nexport const limit = Ratelimit.slidingWindow(1000, "1 min"); // upstash\n' },
  { name: "a test", filename: "tests/limit.test.ts", code: made('Ratelimit.slidingWindow(1000, "1 s")', ", timeout: 1") },
];

const invalid: readonly (Told & { readonly id: "lax" | "window" | "timeout" })[] = [
  lax("a hundred a second", made('Ratelimit.slidingWindow(«100», "1 s")'), "100", "1 s", "100", "10"),
  lax("in milliseconds", made('Ratelimit.fixedWindow(«90», "500 ms")'), "90", "500 ms", "180", "5"),
  lax("a thousand a minute", made('Ratelimit.fixedWindow(«1000», "1 m")'), "1000", "1 m", "16.7", "600"),
  lax("a bucket that fills fast", made('Ratelimit.tokenBucket(«200», "10 s", 500)'), "200", "10 s", "20", "100"),
  lax("cached", made('Ratelimit.cachedFixedWindow(«777», "1 s")', ", ephemeralCache: new Map()"), "777", "1 s", "777", "10"),
  lax("in several regions", `${PACKAGES}export const limit = new MultiRegionRatelimit({ redis: [Redis.fromEnv()], limiter: MultiRegionRatelimit.slidingWindow(«500», "1 s") });\n`, "500", "1 s", "500", "10"),
  lax("so short a window that no number is low enough", made('Ratelimit.fixedWindow(«1», "1 ms")'), "1", "1 ms", "1000"),
  lax("constants by name", `${PACKAGES}const TOKENS = 300;\nconst WINDOW = "1 s";\nexport const ratelimit = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(«TOKENS», WINDOW) });\n`, "300", "1 s", "300", "10", { edits: [["(TOKENS, WINDOW)", "(10, WINDOW)"]] }),
  lax("through the project's factory", 'import { createLimiter } from "./limiters";\nexport const own = createLimiter(«400», "1 s");\n', "400", "1 s", "400", "10", { files: FACTORY, filename: "lib/own.ts" }),
  lax("through a factory in the file", `${FACTORY["lib/limiters.ts"]}export const own = createLimiter(«400», "1 s");\n`, "400", "1 s", "400", "10"),
  lax("a lower max", made('Ratelimit.slidingWindow(«5», "1 s")'), "5", "1 s", "5", "2", { options: { max: 2 }, data: { tokens: "5", window: '"1 s"', rate: "5", max: "2" }, edits: [["(5,", "(2,"]] }),
  window("a unit in full", made('Ratelimit.slidingWindow(5, «"1 min"» as never)'), '"1 min"', "1 m", [['"1 min" as never', '"1 m"']]),
  window("no unit", made('Ratelimit.slidingWindow(5, «"60"» as never)'), '"60"', "60 s", [['"60" as never', '"60 s"']]),
  window("a number", made("Ratelimit.slidingWindow(5, «60000» as never)"), "60000", "60000 ms", [["60000 as never", '"60000 ms"']]),
  window("two blanks", made('Ratelimit.slidingWindow(5, «"10  s"» as never)'), '"10  s"', "10 s", [['"10  s" as never', '"10 s"']]),
  window("nothing that can be guessed", made('Ratelimit.slidingWindow(5, «"1 month"» as never)'), '"1 month"', undefined),
  window("through the project's factory", `${FACTORY["lib/limiters.ts"]}export const own = createLimiter(5, «"1 hour"» as never);\n`, '"1 hour"', "1 h", [['"1 hour" as never', '"1 h"']]),
  timeout("50 ms", made('Ratelimit.slidingWindow(5, "1 s")', ", timeout: «50»"), "50", [["timeout: 50", "timeout: 5000"]]),
  timeout("by name", `${PACKAGES}const WAIT = 100;\nexport const ratelimit = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "1 s"), timeout: «WAIT» });\n`, "100", [["timeout: WAIT", "timeout: 5000"]]),
  timeout("options in a variable", `${PACKAGES}const options = { redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "1 s"), timeout: «10» };\nexport const ratelimit = new Ratelimit(options);\n`, "10", [["timeout: 10", "timeout: 5000"]]),
];

runRule("no-lax-ratelimit", rule, {
  valid: valid.map((one) => based(one) as never),
  invalid: invalid.map(({ id, data, then, edits, untyped, ...one }) => {
    const { code, places } = marked(one.code);
    return {
      ...based(one),
      ...(untyped === undefined ? {} : { typecheck: false, reason: untyped }),
      errors: places.map((place) => ({
        messageId: id,
        data,
        ...place,
        suggestions: then && edits ? [{ messageId: NEXT[id], data: then, output: edited(code, ...edits) }] : [],
      })),
    } as never;
  }),
});

const OPEN = "which of several values it is, is not known";
const CHANGED = "not the number any more";

describe("however the number is written", () => {
  const forms = syntaxMatrix.value("4321", (setup, expr) => `${PACKAGES}${setup}\nexport const ratelimit = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(${expr} as number, "1 s") });\n`, {
    except: {
      "ternary, first branch": OPEN,
      "ternary, second branch": OPEN,
      "?? as the fallback": OPEN,
      "|| as the fallback": OPEN,
      "?? with a fallback": OPEN,
      "|| with a fallback": OPEN,
      "&& guarded": OPEN,
      "assigned in a branch": OPEN,
      "assigned in try": OPEN,
      "logical assignment": OPEN,
      "destructuring with rename and default": OPEN,
      "array destructuring with default": OPEN,
      "default of a parameter": OPEN,
      "globalThis singleton": OPEN,
      "template string": CHANGED,
      ...exceptAroundText(CHANGED),
    },
  });
  it.each(forms)("$name", ({ code, files }) => {
    expect(lintMessages("no-lax-ratelimit", rule, { ...files, "lib/ratelimit.ts": code }, "lib/ratelimit.ts")).toHaveLength(1);
  });
});

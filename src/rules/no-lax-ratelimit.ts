import { createRule } from "../create-rule.ts";
import { styleOf } from "../fixes/source-style.ts";
import { wrapped, type Node } from "../model/syntax/ast.ts";
import { constructionsIn, limiterOption } from "../model/limits/limiters.ts";
import { limitsIn, type Said } from "../model/limits/limits.ts";
import { mayReachLimiter } from "../model/relevance.ts";
import { correctedWindow, windowOf } from "../sdk/windows.ts";

interface Options {
  readonly max: number;
  readonly minTimeout: number;
}

const DEFAULTS: Options = { max: 10, minTimeout: 500 };
/** The SDK's own. */
const DEFAULT_TIMEOUT = 5000;

export default createRule({
  name: "no-lax-ratelimit",
  meta: {
    type: "suggestion",
    docs: {
      description: "disallow rate limits that are too high, that the SDK rejects, or that give way too soon",
      guideline: "Implement rate limiting",
      recommended: false,
      strict: true,
      cwe: ["CWE-770", "CWE-799"],
    },
    hasSuggestions: true,
    messages: {
      lax: "{{tokens}} requests in {{window}} are {{rate}} a second for each caller, above {{max}}: a script that tries passwords or runs up costs hardly notices. Allow fewer.",
      window: "The SDK does not read {{window}} as a window, and throws when the module is loaded. Write a number and `ms`, `s`, `m`, `h`, `d` or `w`.",
      timeout:
        "After {{timeout}} ms without an answer from Redis the limiter lets everybody through, and a slow moment is enough for that. Wait longer, or set `timeout: 0` to wait for the answer.",
      lower: "Allow {{tokens}} requests in {{window}}.",
      write: "Write {{window}}.",
      wait: "Wait {{timeout}} ms, as the SDK does by default.",
    },
    schema: {
      max: { type: "number", minimum: 0, description: "The most requests per second that one identifier may be allowed." },
      minTimeout: { type: "number", minimum: 0, description: "The least number of milliseconds to wait for an answer." },
    },
    defaultOptions: DEFAULTS,
  },
  relevant: (file) => mayReachLimiter(file) && file.runtime.place !== "test" && file.runtime.place !== "build",
  create(context, file, { max, minTimeout }) {
    const { quote: q } = styleOf(file);
    const checkWindow = ({ value, node }: Said): void => {
      if (typeof value !== "string" && typeof value !== "number") return;
      const corrected = correctedWindow(String(value));
      const suggest =
        corrected === undefined ? [] : [{ messageId: "write" as const, data: { window: `"${corrected}"` }, fix: replace(node, `${q}${corrected}${q}`) }];
      context.report({ node, messageId: "window", data: { window: typeof value === "string" ? `"${value}"` : String(value) }, suggest });
    };
    const checkRate = (tokens: Said, window: Said, milliseconds: number): void => {
      if (typeof tokens.value !== "number") return;
      const rate = (tokens.value * 1000) / milliseconds;
      if (rate <= max) return;
      const fewer = Math.floor((max * milliseconds) / 1000);
      const data = { tokens: String(tokens.value), window: `"${String(window.value)}"`, rate: String(Math.round(rate * 10) / 10), max: String(max) };
      const suggest =
        fewer >= 1
          ? [{ messageId: "lower" as const, data: { tokens: String(fewer), window: data.window }, fix: replace(tokens.node, String(fewer)) }]
          : [];
      context.report({ node: tokens.node, messageId: "lax", data, suggest });
    };
    return {
      Program() {
        for (const { tokens, window } of limitsIn(file)) {
          if (!window) continue;
          const milliseconds = typeof window.value === "string" ? windowOf(window.value) : undefined;
          if (milliseconds === undefined) checkWindow(window);
          else if (tokens) checkRate(tokens, window, milliseconds);
        }
        for (const construction of constructionsIn(file)) {
          const option = limiterOption(file.tracer, construction, "timeout");
          const [timeout] = option.is === "given" && option.values.length === 1 ? option.values : [];
          const entry = option.is === "given" ? option.entry.value.node : undefined;
          if (timeout?.value.kind !== "literal" || typeof timeout.value.value !== "number" || !entry) continue;
          const { value } = timeout.value;
          if (value <= 0 || value >= minTimeout) continue;
          context.report({
            node: entry,
            messageId: "timeout",
            data: { timeout: String(value) },
            suggest: [{ messageId: "wait", data: { timeout: String(DEFAULT_TIMEOUT) }, fix: replace(entry, String(DEFAULT_TIMEOUT)) }],
          });
        }
      },
    };
  },
});

const replace =
  (node: Node, text: string) =>
  (fixer: { replaceText(node: Node, text: string): { range: readonly [number, number]; text: string } }) =>
    fixer.replaceText(wrapped(node), text);

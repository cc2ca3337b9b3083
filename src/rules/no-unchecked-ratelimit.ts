import type { TSESTree } from "@typescript-eslint/types";
import { createRule } from "../create-rule.ts";
import { awaitFix, memberFix, refuseFix, stopFix } from "../fixes/heed-limit.ts";
import { enclosingFunction } from "../model/syntax/ast.ts";
import { limiterCallAt, type LimiterCall } from "../model/limits/limiters.ts";
import { optionOf } from "../model/values/options.ts";
import { mayReachLimiter } from "../model/relevance.ts";
import { neglectOf, verdictAt, type Verdict } from "../model/limits/verdict.ts";
import type { FileModel } from "../model/file.ts";

export default createRule({
  name: "no-unchecked-ratelimit",
  meta: {
    type: "problem",
    docs: {
      description: "disallow rate limits whose answer is not awaited, not looked at or not obeyed",
      guideline: "Implement rate limiting",
      recommended: true,
      strict: true,
      cwe: ["CWE-252", "CWE-754", "CWE-770"],
    },
    hasSuggestions: true,
    messages: {
      unused:
        "The answer of `{{call}}` is thrown away, so the request goes on whatever the limiter says. Check `{{success}}` and refuse with status 429.",
      promise:
        "`{{call}}` returns a promise, and it is read without `await`: `{{success}}` of it is never what the limiter says. Wait for it.",
      object:
        "The answer of `{{call}}` is an object, which is always true, so the limit never refuses anybody. Check its `{{success}}`.",
      unstopped:
        "The limiter has refused this request, and what follows runs all the same: nothing leaves the function here. Return the answer with status 429, or throw.",
      refuse: "Refuse the request where the limiter does.",
      wait: "Wait for the answer with `await`.",
      read: "Check `{{success}}`.",
      stop: "Leave the function here.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => mayReachLimiter(file) && file.runtime.place !== "test" && file.runtime.place !== "build",
  create(context, file) {
    let isPeeking: boolean | undefined;
    const report = (node: TSESTree.CallExpression, verdict: Verdict): void => {
      const neglect = neglectOf(file, verdict);
      if (!neglect) return;
      const call = nameOf(file, node);
      const success = verdict.member ?? "its answer";
      if (neglect.why === "unused") {
        isPeeking ??= file.callNodes.some((other) => limiterCallAt(file, other)?.method === "getRemaining");
        if (isPeeking || countsOnly(file, verdict.limit)) return;
        const fix = refuseFix(file, verdict, neglect);
        context.report({ node: node.callee, messageId: "unused", data: { call, success }, suggest: fix ? [{ messageId: "refuse", fix }] : [] });
      } else if (neglect.why === "promise") {
        context.report({ node: node.callee, messageId: "promise", data: { call, success }, suggest: [{ messageId: "wait", fix: awaitFix(file, verdict, neglect) }] });
      } else if (neglect.why === "object") {
        const fix = memberFix(file, neglect.at, success);
        context.report({ node: neglect.at, messageId: "object", data: { call, success }, suggest: [{ messageId: "read", data: { success }, fix }] });
      } else {
        const fix = stopFix(file, verdict, neglect);
        context.report({ node: neglect.at, messageId: "unstopped", suggest: [{ messageId: "stop", fix }] });
      }
    };
    return {
      Program() {
        for (const node of file.callNodes) {
          const verdict = verdictAt(file, node);
          if (verdict && enclosingFunction(verdict.node)) report(verdict.node, verdict);
        }
      },
    };
  },
});

/** Counting afterwards, as `rate` says: tokens that were used up, or a refund. */
function countsOnly(file: FileModel, { options }: LimiterCall): boolean {
  return options !== undefined && optionOf(file.tracer, options, "rate").is !== "absent";
}

function nameOf(file: FileModel, { callee }: TSESTree.CallExpression): string {
  const text = file.text.slice(...callee.range);
  return `${text.length > 40 || text.includes("\n") ? text.slice(text.lastIndexOf(".") + 1) : text}()`;
}

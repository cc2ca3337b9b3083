import { createRule } from "../create-rule.ts";
import { addOption } from "../fixes/add-option.ts";
import { constructionsIn, limiterOption, missingUntil } from "../model/limits/limiters.ts";

export default createRule({
  name: "require-ratelimit-analytics",
  meta: {
    type: "suggestion",
    docs: {
      description: "require rate limiters to say whether they record analytics",
      guideline: "Monitor access patterns",
      recommended: false,
      strict: true,
      cwe: ["CWE-778"],
    },
    fixable: "code",
    messages: {
      analytics:
        "This limiter records nothing, so nobody sees who is refused, or that an attack is going on. Set `analytics: true`, or `analytics: false` where that is meant.",
      outdated: "This limiter records nothing, so nobody sees who is refused, or that an attack is going on. Update `@upstash/ratelimit`, which has `analytics` since {{since}}, and set it.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => file.mentionsUpstash && file.runtime.place !== "test" && file.runtime.place !== "build",
  create(context, file) {
    return {
      Program() {
        const since = missingUntil(file, "analytics");
        for (const construction of constructionsIn(file)) {
          if (limiterOption(file.tracer, construction, "analytics").is !== "absent") continue;
          const { node } = construction;
          const [options] = node.arguments;
          if (since !== undefined) {
            context.report({ node: node.callee, messageId: "outdated", data: { since } });
            continue;
          }
          context.report({
            node: node.callee,
            messageId: "analytics",
            fix: options ? (fixer) => addOption(file, fixer, options, "analytics: true") : null,
          });
        }
      },
    };
  },
});

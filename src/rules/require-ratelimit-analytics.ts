import { createRule } from "../create-rule.ts";
import { addOption } from "../fixes/add-option.ts";
import { constructionsIn, lacksOption, limiterOption } from "../model/limits/limiters.ts";

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
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => file.mentionsUpstash && file.runtime.place !== "test" && file.runtime.place !== "build",
  create(context, file) {
    return {
      Program() {
        if (lacksOption(file, "analytics")) return;
        for (const construction of constructionsIn(file)) {
          if (limiterOption(file.tracer, construction, "analytics").is !== "absent") continue;
          const { node } = construction;
          const [options] = node.arguments;
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

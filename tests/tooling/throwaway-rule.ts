import type { UpstashRule } from "../../src/create-rule.ts";

/**
 * A rule for testing the tooling: `bad(x)` is reported, with a suggestion that gives `good(x)` or, by option, something
 * worse.
 */
export const throwawayRule = (suggestion: string): UpstashRule<"bad" | "replace", { level?: string }> => ({
  name: "no-bad-call",
  meta: {
    type: "problem",
    docs: {
      description: "disallow bad()",
      guideline: "Protect REST tokens",
      recommended: true,
      strict: true,
      cwe: [],
      url: "https://example.com/no-bad-call.md",
      category: "",
    },
    messages: { bad: "Do not call {{name}}.", replace: "Call good()." },
    schema: [{ type: "object", properties: { level: { type: "string" } }, additionalProperties: false }],
    defaultOptions: [{}],
    hasSuggestions: true,
  },
  create: (context) => ({
    CallExpression(node) {
      if (node.callee.type !== "Identifier" || node.callee.name !== "bad") return;
      context.report({
        node,
        messageId: "bad",
        data: { name: "bad" },
        suggest: [{ messageId: "replace", fix: (fixer) => fixer.replaceText(node, suggestion) }],
      });
    },
  }),
});

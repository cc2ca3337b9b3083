import type { TSESTree } from "@typescript-eslint/types";
import { createRule } from "../create-rule.ts";
import { addressFix, argumentFix, refuseUnknownFix } from "../fixes/caller-address.ts";
import { enclosingFunction, type Node } from "../model/syntax/ast.ts";
import { distinctionOf, type Distinction } from "../model/limits/identifiers.ts";
import { limitsAskedAt } from "../model/limits/limiters.ts";
import { mayReachLimiter } from "../model/relevance.ts";

interface Options {
  /** Report constants and constant fallbacks too. */
  readonly constants: boolean;
}

const DEFAULTS: Options = { constants: false };

export default createRule({
  name: "no-shared-ratelimit-identifier",
  meta: {
    type: "problem",
    docs: {
      description: "disallow rate limit identifiers that callers share",
      guideline: "Implement rate limiting",
      recommended: true,
      strict: { constants: true },
      cwe: ["CWE-770", "CWE-799"],
    },
    hasSuggestions: true,
    messages: {
      missing:
        "Callers who are not known here all get {{shared}} as identifier and share one limit: a few of them lock out the rest. Tell them apart, for instance by their address.",
      none: "The limiter is given no identifier, so all callers share one limit: a few of them lock out the rest. Name the caller, by user id or address.",
      gone: "`{{text}}` is always undefined since Next.js 15, so all callers share one limit: a few of them lock out the rest. Read the address from a header that the platform sets.",
      constant:
        "The identifier {{shared}} is the same for every caller, so they share one limit: a few of them lock out the rest. Name the caller, by user id or address.",
      fallback:
        "Callers for whom nothing else is known all get {{shared}} as identifier and share one limit. Refuse them, or tell them apart.",
      address: "Tell callers apart by their address.",
      refuse: "Refuse callers that are not known.",
    },
    schema: {
      constants: { type: "boolean", description: "Also report identifiers, and fallbacks of identifiers, that are constant." },
    },
    defaultOptions: DEFAULTS,
  },
  relevant: (file) => mayReachLimiter(file) && file.runtime.place !== "test" && file.runtime.place !== "build",
  create(context, file, { constants }) {
    const told = new Set<Node>();
    const report = (call: TSESTree.CallExpression, distinction: Distinction, given: Node | undefined): void => {
      const { callers, shared = "one value", fallback } = distinction;
      const shown = callers === "apart" ? fallback?.node : distinction.node;
      const node = callers === "constant" ? (given ?? shown) : (shown ?? given);
      if (!node || told.has(node) || (callers === "apart" && !fallback)) return;
      if (!constants && (callers === "apart" || callers === "constant")) return;
      if (callers === "constant" && isForAll(shared)) return;
      told.add(node);
      if (callers === "apart") {
        const fix = refuseUnknownFix(file, node);
        context.report({ node, messageId: "fallback", data: { shared: fallback?.text ?? shared }, suggest: fix ? [{ messageId: "refuse", fix }] : [] });
        return;
      }
      const fix = addressFix(file, { ...distinction, node }, call, constants);
      const suggest = fix ? [{ messageId: "address" as const, fix }] : [];
      if (callers === "gone") context.report({ node, messageId: "gone", data: { text: file.text.slice(...node.range) }, suggest });
      else context.report({ node, messageId: callers === "constant" ? "constant" : "missing", data: { shared }, suggest });
    };
    return {
      Program() {
        for (const node of file.callNodes) {
          if (node.type !== "CallExpression" || !enclosingFunction(node)) continue;
          for (const { identifier, isDirect } of limitsAskedAt(file, node)) {
            if (identifier) report(node, distinctionOf(file, identifier, node), isDirect ? node.arguments[0] : undefined);
            else if (isDirect) {
              const fix = argumentFix(file, node, constants);
              context.report({ node: node.callee, messageId: "none", suggest: fix ? [{ messageId: "address", fix }] : [] });
            }
          }
        }
      },
    };
  },
});

/** A limit for all callers together, which its name says: `global_payouts`. */
const isForAll = (shared: string): boolean => /global|everyone|all_?users/iu.test(shared);

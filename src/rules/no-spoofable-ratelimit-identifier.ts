import type { TSESTree } from "@typescript-eslint/types";
import { createRule } from "../create-rule.ts";
import { platformAddress } from "../fixes/platform-address.ts";
import { contains, enclosingFunction, type Node } from "../model/syntax/ast.ts";
import { originOf, type Chosen, type Origin } from "../model/limits/chosen-identifiers.ts";
import { limitsAskedAt } from "../model/limits/limiters.ts";
import type { FileModel } from "../model/file.ts";
import { mayReachLimiter } from "../model/relevance.ts";
import { inputTitle } from "../model/input/request-input.ts";

export default createRule({
  name: "no-spoofable-ratelimit-identifier",
  meta: {
    type: "problem",
    docs: {
      description: "disallow rate limit identifiers that callers choose",
      guideline: "Implement rate limiting",
      recommended: false,
      strict: true,
      cwe: ["CWE-290", "CWE-348", "CWE-799"],
    },
    hasSuggestions: true,
    messages: {
      chosen:
        "The limit counts by {{input}}{{where}}, which the caller makes up: with another one for each request he is never limited. Count by the user's id, or by the address that the platform sets.",
      address: "Count by the address that the platform sets.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => mayReachLimiter(file) && file.runtime.place !== "test" && file.runtime.place !== "build",
  create(context, file) {
    return {
      Program() {
        const asked: { readonly node: TSESTree.CallExpression; readonly origin: Origin; readonly around: Node }[] = [];
        for (const node of file.callNodes) {
          const around = node.type === "CallExpression" ? enclosingFunction(node) : undefined;
          if (node.type !== "CallExpression" || !around) continue;
          const value = file.evaluator.value(node);
          if (value.kind !== "call") continue;
          for (const { identifier } of limitsAskedAt(file, node)) {
            if (identifier) asked.push({ node, around, origin: originOf(file, identifier, { value, place: file.place }) });
          }
        }
        const told = new Set<Node>();
        for (const { node: call, origin, around } of asked) {
          const { chosen } = origin;
          if (!chosen) continue;
          const { input } = chosen;
          const node = identifierIn(file, call, chosen);
          // A limit for each account that is tried stands beside one for each caller.
          const hasOther = input.kind !== "header" && asked.some((other) => other.around === around && other.origin.apart && !other.origin.chosen);
          if (hasOther || told.has(node)) continue;
          told.add(node);
          const fix = chosen.node && platformAddress(file, chosen.node, input, call);
          const where = chosen.node && !contains(call, chosen.node) ? ` (line ${String(chosen.node.loc.start.line)})` : "";
          context.report({ node, messageId: "chosen", data: { input: inputTitle(input), where }, suggest: fix ? [{ messageId: "address", fix }] : [] });
        }
      },
    };
  },
});

/** What the caller chose, where it stands in the call that asks the limit; else the argument that it comes in by. */
function identifierIn(file: FileModel, call: TSESTree.CallExpression, { node }: Chosen): Node {
  if (node && contains(call, node)) return node;
  const by = call.arguments.find((argument) => {
    const value = file.evaluator.value(call);
    return value.kind === "call" && originOf(file, file.located(argument), { value, place: file.place }).chosen?.node === node;
  });
  return by ?? call.callee;
}

import { createRule } from "../create-rule.ts";
import { hashFix } from "../fixes/hash.ts";
import type { Node } from "../model/syntax/ast.ts";
import { personalNamesAt, type Place } from "../model/data/personal-keys.ts";
import { withArticle } from "../model/data/sensitive/phrases.ts";
import { mayUseUpstash } from "../model/relevance.ts";

const PLACES: Readonly<Record<Place, string>> = {
  key: "a key, and keys stand in logs, in error messages and in every list of keys",
  channel: "the name of a channel, and such names stand in logs and error messages",
  index: "the name of an index, and such names stand in logs, in addresses and in the console",
  limiter: "the identifier of a limiter with analytics, which keeps it for 90 days",
};

export default createRule({
  name: "no-pii-in-keys",
  meta: {
    type: "problem",
    docs: {
      description: "disallow personal data in keys, channels, names of indexes, and identifiers that are kept",
      guideline: "Do not store sensitive data unencrypted",
      recommended: false,
      strict: true,
      cwe: ["CWE-359"],
    },
    hasSuggestions: true,
    messages: {
      personal: "`{{method}}` puts {{data}} into {{place}}, whatever happens to the value. Hash it, or use an id that says nothing.",
      hash: "Hash it with {{by}}.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => mayUseUpstash(file) && file.runtime.place !== "test",
  create(context, file) {
    const told = new Set<Node>();
    return {
      CallExpression(node) {
        for (const { method, place, finding } of personalNamesAt(file, node)) {
          if (told.has(finding.node)) continue;
          told.add(finding.node);
          const { by, fix } = hashFix(file, finding);
          const { sensitivity, name } = finding;
          context.report({
            node: finding.node,
            messageId: "personal",
            data: { method, data: `${withArticle(sensitivity.label)} (${name === "a literal" ? name : `\`${name}\``})`, place: PLACES[place] },
            suggest: [{ messageId: "hash", data: { by }, fix }],
          });
        }
      },
    };
  },
});

import { createRule } from "../create-rule.ts";
import { devModeMends } from "../fixes/dev-mode.ts";
import { assignedDevMode, devModesOf, isForProduction, mayUseDevMode, type DevMode } from "../model/qstash/dev-mode.ts";
import { mayUseUpstash } from "../model/relevance.ts";
import { DEV_VARIABLE } from "../sdk/qstash-dev.ts";

export default createRule({
  name: "no-qstash-dev-mode",
  meta: {
    type: "problem",
    docs: {
      description: "disallow QStash's development mode and its public keys in code that can reach production",
      guideline: "QStash, Workflow and abuse of commands",
      recommended: true,
      strict: true,
      cwe: ["CWE-489", "CWE-798"],
    },
    hasSuggestions: true,
    messages: {
      client:
        "`devMode` sends this client's messages to a development server on the same machine, with public credentials, and ignores yours: in production they are lost. Switch it on in development only.",
      receiver:
        "`devMode` makes this check accept the public keys of QStash's development server, and ignore yours: in production anyone can sign a request that passes. Switch it on in development only.",
      credential:
        "This is a public value of QStash's development server, which everybody knows: where it is used in production, anyone can sign requests that pass, and your messages go nowhere. Read `{{name}}` from the environment.",
      variable:
        "`{{name}}` is set here for whatever runs this code: QStash's clients and receivers then trust the public keys of the development server, so in production anyone can sign a request that passes. Set it in `.env.local`, or in development only.",
      developmentOnly: "Do so only if `{{test}}`.",
      remove: "Remove `{{name}}`.",
      environment: "Read `{{read}}`.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => mayUseUpstash(file) && mayUseDevMode(file.text) && isForProduction(file),
  create(context, file) {
    const report = (found: DevMode): void => {
      const { kind, node, name } = found;
      const suggest = devModeMends(file, found).map(({ way, words, fix }) => {
        switch (way) {
          case "development":
            return { messageId: "developmentOnly" as const, data: { test: words }, fix };
          case "removal":
            return { messageId: "remove" as const, data: { name: words }, fix };
          case "environment":
            return { messageId: "environment" as const, data: { read: words }, fix };
        }
      });
      if (kind === "client") context.report({ node, messageId: "client", suggest });
      else if (kind === "receiver") context.report({ node, messageId: "receiver", suggest });
      else context.report({ node, messageId: kind === "credential" ? "credential" : "variable", data: { name }, suggest });
    };
    return {
      Program() {
        for (const found of devModesOf(file)) report(found);
      },
      ...(file.text.includes(DEV_VARIABLE) || file.text.includes("SIGNING_KEY") || file.text.includes("QSTASH_TOKEN")
        ? {
            AssignmentExpression({ left, right }) {
              const found = assignedDevMode(file, left, right);
              if (found) report(found);
            },
          }
        : {}),
    };
  },
});

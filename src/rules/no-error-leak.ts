import { createRule } from "../create-rule.ts";
import { leakedErrors } from "../model/credentials/leaked-errors.ts";
import { mayUseUpstash } from "../model/relevance.ts";
import { keyBefore } from "../fixes/shorthand.ts";
import { styleOf } from "../fixes/source-style.ts";
import { mayRunOnServers } from "../model/place/runtime.ts";

export default createRule({
  name: "no-error-leak",
  meta: {
    type: "problem",
    docs: {
      description: "disallow answering requests with the text of an error that a call to Upstash has thrown",
      guideline: "Protect REST tokens",
      recommended: false,
      strict: true,
      cwe: ["CWE-209"],
    },
    hasSuggestions: true,
    messages: {
      leak: "What an error of `{{call}}` says is sent to whoever made the request: errors of Upstash's clients hold the command with its keys and values, and what the service answered. Log it on the server, and answer with a text of your own.",
      generic: "Answer with a text that says nothing of the error.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => mayUseUpstash(file) && file.text.includes("catch") && file.runtime.place !== "test" && mayRunOnServers(file.runtime),
  create(context, file) {
    return {
      Program() {
        for (const { node, call, isHandedOn } of leakedErrors(file)) {
          const { quote } = styleOf(file);
          const generic = `${quote}Something went wrong${quote}`;
          const text = `${keyBefore(file, node)}${isHandedOn ? `new Error(${generic})` : generic}`;
          context.report({
            node,
            messageId: "leak",
            data: { call },
            suggest: [{ messageId: "generic", fix: (fixer) => fixer.replaceText(node, text) }],
          });
        }
      },
    };
  },
});

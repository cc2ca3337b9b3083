import { createRule } from "../create-rule.ts";
import { wrapInHelper, type GuardHelper } from "../fixes/guard-helper.ts";
import { removeEntry } from "../fixes/remove.ts";
import type { Node } from "../model/syntax/ast.ts";
import { destinationsOf, maySend } from "../model/input/destinations.ts";
import { mayUseUpstash } from "../model/relevance.ts";
import { inputTitle } from "../model/input/request-input.ts";
import { reachedSinks } from "../model/input/untrusted-sinks.ts";
import { hostInput } from "../model/input/url-beginnings.ts";

const ALLOWED: GuardHelper = {
  name: "allowedDestination",
  constant: "ALLOWED_DESTINATIONS",
  code: (name, constant) => `const ${constant} = ["https://your-app.example"];

function ${name}(destination: unknown): string {
  const { origin } = new URL(String(destination));
  if (!${constant}.includes(origin)) throw new Error("This destination is not allowed.");
  return String(destination);
}`,
};

export default createRule({
  name: "no-untrusted-destination",
  meta: {
    type: "problem",
    docs: {
      description: "disallow QStash and Workflow destinations and forwarded headers that callers choose",
      guideline: "QStash, Workflow and abuse of commands",
      recommended: true,
      strict: true,
      cwe: ["CWE-918", "CWE-441"],
    },
    hasSuggestions: true,
    messages: {
      destination:
        "{{Input}} chooses where this message is sent{{through}}: any caller can have your account send requests, with their content, to a host of his own or to another endpoint. Take the destination from a list of your own.",
      headers:
        "{{Input}} become headers of this message{{through}}: the caller's cookies and credentials are passed on, and `Upstash-*` headers of his choice steer QStash. Name each header that is to be sent.",
      allow: "Refuse destinations that are not on a list.",
      drop: "Send none of these headers.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => mayUseUpstash(file) && (maySend(file.text) || file.handlers.possible) && file.runtime.place !== "test",
  create(context, file) {
    return {
      Program() {
        const found = reachedSinks(
          file,
          (call) => destinationsOf(file, call),
          ({ kind, value }, inputs) => (kind === "headers" ? inputs.find(({ whole }) => whole) : hostInput(file, value, inputs)),
        );
        for (const { sink, input, node, through } of found) {
          const title = inputTitle(input);
          const data = { Input: title.replace(/^[a-z]/u, (letter) => letter.toUpperCase()), through: through === undefined ? "" : ` through ${through}` };
          const entry = entryOf(node);
          context.report({
            node,
            messageId: sink.kind === "headers" ? "headers" : "destination",
            data,
            suggest:
              sink.kind === "destination"
                ? [{ messageId: "allow", fix: wrapInHelper(file, node, ALLOWED) }]
                : entry && through === undefined
                  ? [{ messageId: "drop", fix: (fixer) => removeEntry(file, fixer, entry) }]
                  : [],
          });
        }
      },
    };
  },
});

/** The property, or the spread, that a value stands in. */
function entryOf(node: Node): Node | undefined {
  for (let at: Node | undefined = node; at; at = at.parent) {
    if (at.type === "Property" || at.type === "SpreadElement") return at;
    if (/Statement$|^CallExpression$/u.test(at.type) && at !== node) return undefined;
  }
  return undefined;
}

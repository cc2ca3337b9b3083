import { createRule } from "../create-rule.ts";
import { markServerOnly } from "../fixes/imports.ts";
import { effectOfMarker, mayBeMarked, secretClient } from "../model/place/server-only.ts";

/**
 * `import "server-only"` makes the build fail where a client component imports the module after all, however long the way.
 */
export default createRule({
  name: "require-server-only",
  meta: {
    type: "suggestion",
    docs: {
      description: 'require `import "server-only"` in modules of React server components that build clients from secrets',
      guideline: "Secure edge and client code",
      recommended: false,
      strict: true,
      cwe: ["CWE-200", "CWE-522"],
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      missing:
        'This module holds a {{product}} client with full access, and nothing keeps a client component from importing it. Begin it with `import "server-only"`: then the build fails before the client gets into a browser\'s bundle.',
      mark: 'Add `import "server-only"`. Something that imports this module may have to change: a test needs a stand-in for the marker.',
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => file.mentionsUpstash && mayBeMarked(file),
  create: (context, file) => ({
    Program() {
      const client = secretClient(file);
      if (!client) return;
      const effect = effectOfMarker(file);
      if (effect === "refused") return;
      const fix = markServerOnly(file);
      context.report({
        node: client.node,
        messageId: "missing",
        data: { product: client.product },
        ...(effect === "harmless" ? { fix } : { suggest: [{ messageId: "mark", fix }] }),
      });
    },
  }),
});

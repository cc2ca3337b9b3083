import { createRule } from "../create-rule.ts";
import { serverModuleFix } from "../fixes/client-credentials.ts";
import { removeStatement, typeImportFix } from "../fixes/imports.ts";
import { clientImports, type ClientImport } from "../model/place/client-imports.ts";
import { reachedBy } from "../model/place/client-reach.ts";
import { importsUpstashInBrowsers } from "../model/relevance.ts";
import { isServerSdk } from "../sdk/packages.ts";

/**
 * Secrets stay on the server only if the code that uses them does: a module that runs in the browser must not import what
 * leads to a client with full access, however long the way is.
 */
export default createRule({
  name: "no-client-import",
  meta: {
    type: "problem",
    docs: {
      description: "disallow imports that bring server-only Upstash SDKs, or modules that build clients from secrets, into code that runs in the browser",
      guideline: "Secure edge and client code",
      recommended: true,
      strict: true,
      cwe: ["CWE-200", "CWE-522"],
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      sdk: "`{{source}}` is made for servers, and this module runs in the browser ({{because}}): it can't work there without a credential that every visitor could take. Call it on the server, behind a route or action.",
      chain:
        "This import brings a {{product}} client with full access into the browser ({{because}}): {{chain}}. Its credential could get into the bundle, where every visitor can read it. Import it on the server only, and call that through a route or action.",
      marked:
        "This import leads from the browser ({{because}}) to a {{product}} client that is for servers: {{chain}}. `{{marked}}` is marked as server code, so the build fails or the page breaks. Call it through a route or action.",
      remove: "Remove the import, which nothing uses.",
      moveToServer: 'Make this a server module (`import "server-only"`) and call it through a server component, route or action.',
      leaveBrowser: "Make this a server module: drop the client marker, and call it through a server component, route or action.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: importsUpstashInBrowsers,
  create(context, file) {
    const { because } = file.runtime;
    const suggestionsFor = ({ statement, isUnused }: ClientImport) => {
      const moveToServer = serverModuleFix(file);
      return [
        ...(statement && isUnused ? [{ messageId: "remove" as const, fix: removeStatement(file, statement) }] : []),
        ...(moveToServer ? [{ messageId: moveToServer.isMarked ? ("moveToServer" as const) : ("leaveBrowser" as const), fix: moveToServer.fix }] : []),
      ];
    };
    return {
      Program() {
        for (const found of clientImports(file)) {
          const { node, source, names, written, statement } = found;
          const fix = statement && typeImportFix(file, statement);
          const mend = { ...(fix && { fix }), suggest: fix ? [] : suggestionsFor(found) };
          if (isServerSdk(source, written)) {
            context.report({ node, messageId: "sdk", data: { source, because }, ...mend });
            continue;
          }
          const reached = reachedBy(file, source, names);
          if (!reached) continue;
          const { product, marked } = reached;
          const chain = [file.relativePath, ...reached.chain].join(" → ");
          context.report({
            node,
            ...(marked === undefined
              ? { messageId: "chain" as const, data: { product, because, chain } }
              : { messageId: "marked" as const, data: { product, because, chain, marked } }),
            ...mend,
          });
        }
      },
    };
  },
});

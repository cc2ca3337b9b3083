import { createRule } from "../create-rule.ts";
import { readOnlyClientFix, readOnlyFix, serverModuleFix } from "../fixes/client-credentials.ts";
import type { Node } from "../model/ast.ts";
import { envReads, type EnvRead } from "../model/environment.ts";
import { browserClients } from "../model/browser-clients.ts";
import { isServerOnlyBranch } from "../model/server-branch.ts";
import { classifyEnvName } from "../sdk/env-names.ts";

export default createRule({
  name: "no-client-credentials",
  meta: {
    type: "problem",
    docs: {
      description: "disallow secret Upstash credentials and full-access clients in code that runs in the browser",
      guideline: "Secure edge and client code",
      recommended: true,
      strict: true,
      cwe: ["CWE-200", "CWE-522"],
    },
    hasSuggestions: true,
    messages: {
      env: "`{{name}}` is read in a module that runs in the browser ({{because}}): if it gets into the bundle, every visitor has full access to the database. Keep it on the server, behind a route or action, or use a read-only token here.",
      client:
        "This {{product}} client has full access, and its module runs in the browser ({{because}}): every visitor could read and change all data with its token. Keep it on the server, behind a route or action{{readOnly}}.",
      useReadOnly: "Read the read-only token from `{{name}}` instead.",
      moveToServer: 'Make this a server module (`import "server-only"`) and call it through a server component, route or action.',
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => (file.mentionsUpstash || file.importsProjectModules) && file.runtime.place === "browser",
  create(context, file) {
    const { because } = file.runtime;
    const moveToServer = serverModuleFix(file);
    const alternatives = (readOnly: ReturnType<typeof readOnlyFix>) => [
      ...(readOnly ? [{ messageId: "useReadOnly" as const, data: { name: readOnly.name }, fix: readOnly.fix }] : []),
      ...(moveToServer ? [{ messageId: "moveToServer" as const, fix: moveToServer }] : []),
    ];
    const isSecret = ({ name }: EnvRead): boolean => {
      const { envPrefixes, readOnlyTokenEnv } = file.settings;
      const found = classifyEnvName(name, envPrefixes, readOnlyTokenEnv);
      // Under a public name it is another mistake: no-public-env-credentials.
      return found?.secret === true && found.access === "full" && !found.generic && found.publicPrefix === undefined;
    };
    return {
      Program() {
        const reported = new Set<Node>();
        for (const read of envReads(file)) {
          if (!isSecret(read) || isServerOnlyBranch(read.node)) continue;
          reported.add(read.node);
          context.report({
            node: read.node,
            messageId: "env",
            data: { name: read.name, because },
            suggest: alternatives(readOnlyFix(file, read)),
          });
        }
        for (const { node, product, serverOnly } of browserClients(file, reported)) {
          if (isServerOnlyBranch(node)) continue;
          context.report({
            node: node,
            messageId: "client",
            data: { product, because, readOnly: serverOnly ? "" : ", or use a read-only token here" },
            suggest: alternatives(serverOnly ? undefined : readOnlyClientFix(file, node)),
          });
        }
      },
    };
  },
});

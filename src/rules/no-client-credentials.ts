import { createRule } from "../create-rule.ts";
import { readOnlyClientFix, readOnlyFix, serverModuleFix } from "../fixes/client-credentials.ts";
import type { Node } from "../model/syntax/ast.ts";
import { envReads, type EnvRead } from "../model/credentials/environment.ts";
import { runsRefusedCommand } from "../model/clients/refused-commands.ts";
import { browserClients } from "../model/place/browser-clients.ts";
import { bringsUpstashToBrowsers, leadingToUpstash } from "../model/relevance.ts";
import { isServerOnlyBranch } from "../model/flow/server-branch.ts";
import { classifyEnvName, type UpstashEnvName } from "../sdk/env-names.ts";

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
      env: "`{{name}}` is read in a module that runs in the browser ({{because}}): if it gets into the bundle, every visitor holds a credential with full access. Keep it on the server, behind a route or action{{readOnly}}.",
      client:
        "This {{product}} client has full access, and this module runs in the browser ({{because}}): every visitor could hold its credential. Keep it on the server, behind a route or action{{readOnly}}.",
      useReadOnly: "Read the read-only token from `{{name}}` instead.",
      moveToServer: 'Make this a server module (`import "server-only"`) and call it through a server component, route or action.',
      leaveBrowser: "Make this a server module: drop the client marker, and call it through a server component, route or action.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: bringsUpstashToBrowsers,
  create(context, file) {
    const { because } = file.runtime;
    const moveToServer = serverModuleFix(file);
    // Upstash refuses a read-only token what this file does: that is no way out, as long as there is another.
    let writes: boolean | undefined;
    const mayOnlyRead = (): boolean => !moveToServer || !(writes ??= runsRefusedCommand(file));
    const alternatives = (readOnly: ReturnType<typeof readOnlyFix>) => [
      ...(readOnly && mayOnlyRead() ? [{ messageId: "useReadOnly" as const, data: { name: readOnly.name }, fix: readOnly.fix }] : []),
      ...(moveToServer ? [{ messageId: moveToServer.isMarked ? ("moveToServer" as const) : ("leaveBrowser" as const), fix: moveToServer.fix }] : []),
    ];
    const secretOf = ({ name, isPublic }: EnvRead): UpstashEnvName | undefined => {
      if (isPublic) return undefined;
      const { envPrefixes, readOnlyTokenEnv } = file.settings;
      const found = classifyEnvName(name, envPrefixes, readOnlyTokenEnv);
      // Under a public name it is another mistake: no-public-env-credentials.
      const isOurs = found?.secret === true && found.access === "full" && !found.generic && found.publicPrefix === undefined;
      return isOurs ? found : undefined;
    };
    return {
      Program() {
        const reported = new Set<Node>();
        for (const read of envReads(file, (nodes) => leadingToUpstash(file, nodes))) {
          const secret = secretOf(read);
          if (!secret || isServerOnlyBranch(file, read.node)) continue;
          reported.add(read.node);
          const readOnly = hasReadOnlyToken(secret) && mayOnlyRead() ? OR_READ_ONLY : "";
          context.report({
            node: read.node,
            messageId: "env",
            data: { name: read.name, because, readOnly },
            suggest: alternatives(readOnly === "" ? undefined : readOnlyFix(file, read)),
          });
        }
        for (const client of browserClients(file, reported)) {
          context.report({
            node: client.node,
            messageId: "client",
            data: { product: client.product, because, readOnly: client.serverOnly || !mayOnlyRead() ? "" : OR_READ_ONLY },
            suggest: alternatives(client.serverOnly ? undefined : readOnlyClientFix(file, client)),
          });
        }
      },
    };
  },
});

const OR_READ_ONLY = ", or use a read-only token here";

/** QStash's read-only token still reads all messages, so it is not for browsers either. */
function hasReadOnlyToken({ product, kind }: UpstashEnvName): boolean {
  return kind === "token" && (product === "redis" || product === "vector" || product === "search");
}

import { createRule } from "../create-rule.ts";
import { fullAccessClientFix, fullAccessFix } from "../fixes/full-access.ts";
import type { Node } from "../model/syntax/ast.ts";
import { clientsHandedOver, readsOnly } from "../model/clients/built-clients.ts";
import type { Client } from "../model/clients/clients.ts";
import { refusedCommands } from "../model/clients/refused-commands.ts";
import { mayUseClients } from "../model/relevance.ts";
import type { Located } from "../model/values/trace.ts";

/**
 * Upstash refuses every write, `scan` and `keys` with a read-only token: found when it runs, unless the code that does it
 * is known to have such a token.
 */
export default createRule({
  name: "no-write-with-read-only-token",
  meta: {
    type: "problem",
    docs: {
      description: "disallow commands that a read-only token is refused on clients that have one",
      guideline: "Use read-only tokens",
      recommended: true,
      strict: true,
      cwe: ["CWE-280"],
    },
    hasSuggestions: true,
    messages: {
      command:
        "`{{command}}` needs full access, and this client has a read-only token: Upstash refuses the call, so what it should do never happens. Use a client with the full-access token, on the server.",
      handedOver:
        "What is built here writes through this client, which has a read-only token: Upstash refuses that, so each use of it fails. Give it a client with the full-access token, on the server.",
      useFullAccess: "Read the full-access token from `{{name}}` instead.",
      useClient: "Use a client with the full-access token: `Redis.fromEnv()`.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => mayUseClients(file) && file.runtime.place !== "test",
  create(context, file) {
    const suggestionsFor = (client: Client | undefined, credential: Located | undefined, receiver: Node | undefined) => {
      const renamed = fullAccessFix(file, credential, client);
      if (renamed) return [{ messageId: "useFullAccess" as const, data: { name: renamed.name }, fix: renamed.fix }];
      const replaced = receiver && file.runtime.place !== "browser" ? fullAccessClientFix(file, receiver, client) : undefined;
      return replaced ? [{ messageId: "useClient" as const, fix: replaced }] : [];
    };
    return {
      Program() {
        for (const { node, command, client, receiver, credential } of refusedCommands(file)) {
          context.report({ node, messageId: "command", data: { command }, suggest: suggestionsFor(client, credential, receiver) });
        }
        for (const node of file.callNodes) {
          const value = file.evaluator.value(node);
          if (value.kind !== "call" || node.arguments.length === 0) continue;
          for (const { value: handed, client } of clientsHandedOver(file, value)) {
            const { access, credential } = readsOnly(file, client);
            if (access !== "read-only" || !handed.node) continue;
            context.report({ node: handed.node, messageId: "handedOver", suggest: suggestionsFor(client, credential, handed.node) });
          }
        }
      },
    };
  },
});

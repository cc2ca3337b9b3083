import { createRule } from "../create-rule.ts";
import { emptied } from "../fixes/config-file.ts";
import { readOnlyOnServerFix } from "../fixes/full-access.ts";
import { mistakenForReadOnly } from "../model/config-file/credentials.ts";
import { hasFullAccess } from "../model/place/browser-clients.ts";
import { membersUsed } from "../model/values/project-uses.ts";
import { mayRunOnServers } from "../model/place/runtime.ts";
import type { Product } from "../sdk/packages.ts";
import { needsFullAccess, REDIS_COMMANDS } from "../sdk/redis-commands.ts";
import { METHOD_GROUPS, METHOD_OPENERS, serviceAccess } from "../sdk/service-methods.ts";

/**
 * Least privilege: a client that only reads, wherever the project uses it, needs no token that can do more.
 */
export default createRule({
  name: "prefer-read-only-token",
  meta: {
    type: "suggestion",
    docs: {
      description: "require the read-only token for clients whose every use in the project is a read",
      guideline: "Use read-only tokens",
      recommended: false,
      strict: true,
      cwe: ["CWE-250", "CWE-272"],
    },
    hasSuggestions: true,
    messages: {
      prefer:
        "This client only reads ({{commands}}), and its token may change and delete everything: if it leaks, so may whoever has it. Give it the read-only token.",
      mistaken:
        "`{{name}}` promises a read-only token, and this one has full access: whoever gets it may change and delete everything. Set it to the read-only token of the same database.",
      emptied: "Leave the value out, to be set to the read-only token.",
      useReadOnly: "Read the read-only token from `{{name}}`.",
    },
    schema: {},
    defaultOptions: {},
  },
  checkConfigFile(context, file) {
    for (const entry of mistakenForReadOnly(file)) {
      const fix = emptied(file, entry, "The read-only token.");
      context.report({ loc: file.locationOf(entry.inner), messageId: "mistaken", data: { name: entry.name }, suggest: [{ messageId: "emptied", fix }] });
    }
  },
  relevant: (file) => file.mentionsUpstash && file.runtime.place !== "test" && mayRunOnServers(file.runtime),
  create: (context, file) => ({
    Program() {
      for (const node of file.callNodes) {
        const value = file.evaluator.value(node);
        if (value.kind !== "call") continue;
        const client = file.clients.clientOf({ value, place: file.place });
        if (client?.construction?.value !== value) continue;
        if (!hasFullAccess(file, client, client.construction)) continue;
        const fix = readOnlyOnServerFix(file, node, client);
        const used = fix && membersUsed(file, node, client.product === "redis" ? undefined : SERVICE_MEMBERS);
        if (!used || used.size === 0 || ![...used].every((way) => isAllowedRead(client.product, way))) continue;
        const commands = [...used].toSorted().map((name) => `\`${name}\``).join(", ");
        context.report({
          node,
          messageId: "prefer",
          data: { commands },
          suggest: [{ messageId: "useReadOnly", data: { name: fix.name }, fix: fix.fix }],
        });
      }
    },
  }),
});

const SERVICE_MEMBERS = { groups: METHOD_GROUPS, openers: METHOD_OPENERS };

const isAllowedRead = (product: Product, way: string): boolean =>
  product === "redis" ? REDIS_COMMANDS.get(way)?.access === "read" && !needsFullAccess(way) : serviceAccess(product, way) === "read";

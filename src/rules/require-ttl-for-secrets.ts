import type { TSESTree } from "@typescript-eslint/types";
import { createRule } from "../create-rule.ts";
import { setExpiry } from "../fixes/set-expiry.ts";
import { unwrap, type Node } from "../model/syntax/ast.ts";
import { mayStore, type Command } from "../model/clients/clients.ts";
import { expiryOf } from "../model/commands/expiry.ts";
import { expiryAt } from "../model/commands/expiry-around.ts";
import { withArticle } from "../model/data/sensitive/phrases.ts";
import { mayStoreInUpstash } from "../model/relevance.ts";
import { shortLivedSecret, type ShortLived } from "../model/data/short-lived.ts";
import { mayWrap, whoeverCalls, writesBehind } from "../model/commands/wrapped-writes.ts";

export default createRule({
  name: "require-ttl-for-secrets",
  meta: {
    type: "problem",
    docs: {
      description: "require an expiry for one-time codes, sessions, reset tokens and their like",
      guideline: "Do not store sensitive data unencrypted",
      recommended: true,
      strict: true,
      cwe: ["CWE-613"],
    },
    hasSuggestions: true,
    messages: {
      missing:
        "`{{command}}` stores {{secret}} without an expiry: it can be used for ever by whoever gets hold of it, and it stays until something deletes it. Give it one, such as {{seconds}} seconds.",
      sometimes:
        "`{{command}}` stores {{secret}}, and on some ways through the function its key never gets an expiry: then it can be used for ever by whoever gets hold of it. Give it one with the write, such as {{seconds}} seconds.",
      expire: "Let it expire after {{seconds}} seconds.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => mayStoreInUpstash(file) && file.runtime.place !== "test",
  create(context, file) {
    const { clients, tracer } = file;
    const storesDirectly = mayStore(file.text);
    const report = (node: Node, command: Command, secret: ShortLived, name: string, around: "never" | "sometimes"): void => {
      const seconds = String(secret.seconds);
      // What a function of the project writes for all its callers is not to end for all of them.
      const fix = command.call.place.frame ? undefined : setExpiry(file, command, secret.seconds);
      context.report({
        node,
        messageId: around === "never" ? "missing" : "sometimes",
        data: { command: name, secret: `${withArticle(secret.label)} (\`${secret.name}\`)`, seconds },
        ...(fix ? { suggest: [{ messageId: "expire" as const, data: { seconds }, fix }] } : {}),
      });
    };
    return {
      CallExpression(node) {
        const command = storesDirectly ? file.commandAt(node) : undefined;
        if (command) {
          if (command.access !== "write") return;
          const secret = shortLivedSecret(file, command);
          if (!secret || expiryOf(tracer, command) !== "none") return;
          const around = expiryAt(file, secret.key ? { ...command, keys: [secret.key] } : command, node);
          if (around === "never" || around === "sometimes") report(nameNode(node), command, secret, command.name, around);
          return;
        }
        const { value, place } = file.located(node);
        if (value.kind !== "call" || !mayWrap(value)) return;
        const behind = writesBehind(clients, tracer, { value, place });
        // A function with several writes chooses among them: which one runs is not known.
        if (behind.length === 0 || behind.some((write) => expiryOf(tracer, write.command) !== "none")) return;
        for (const { command: write, argument } of behind) {
          if (!argument.node) continue;
          const isWritten = write.values.some(({ value: stored }) => stored === argument);
          if (!isWritten && shortLivedSecret(file, whoeverCalls(write), argument.node)) continue;
          const secret = shortLivedSecret(file, write, argument.node);
          if (!secret || expiryAt(file, write, node) !== "never") continue;
          report(nameNode(node), write, secret, `${nameOf(node)} → ${write.name}`, "never");
          return;
        }
      },
    };
  },
});

/** The method's name: it is what writes, and stands on its own line in a chain. */
function nameNode({ callee }: TSESTree.CallExpression): Node {
  const member = unwrap(callee);
  return member.type === "MemberExpression" ? member.property : callee;
}

function nameOf(node: TSESTree.CallExpression): string {
  const name = nameNode(node);
  return name.type === "Identifier" ? name.name : "the function";
}

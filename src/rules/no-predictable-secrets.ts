import { createRule } from "../create-rule.ts";
import { unguessable } from "../fixes/unguessable.ts";
import type { Node } from "../model/syntax/ast.ts";
import { mayStore, type Command } from "../model/clients/clients.ts";
import { guessableFrom } from "../model/data/predictable.ts";
import { mayStoreInUpstash } from "../model/relevance.ts";
import { withoutArticle } from "../model/data/sensitive/phrases.ts";
import { secretsIn } from "../model/data/stored-secrets.ts";
import { mayWrap, whoeverCalls, writesBehind } from "../model/commands/wrapped-writes.ts";

const WHY = {
  random: "is not made for secrets: a few of its values give the next ones away",
  clock: "is the time, which anybody knows",
  counter: "counts, so that the next value is known",
};

export default createRule({
  name: "no-predictable-secrets",
  meta: {
    type: "problem",
    docs: {
      description: "disallow session ids, codes and tokens that can be guessed",
      guideline: "Do not store sensitive data unencrypted",
      recommended: true,
      strict: true,
      cwe: ["CWE-338", "CWE-330"],
    },
    hasSuggestions: true,
    messages: {
      predictable:
        "This {{secret}} is made from `{{source}}`, which {{why}}. Strangers can guess it and take over what it opens: make it with `crypto.randomUUID()`, `randomInt()` or `randomBytes()`.",
      replace: "Use `{{by}}`.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => mayStoreInUpstash(file) && file.runtime.place !== "test" && file.runtime.place !== "build",
  create(context, file) {
    const { clients, tracer, settings } = file;
    const storesDirectly = mayStore(file.text);
    const told = new Set<Node>();
    const guessable = (command: Command): boolean => secretsIn(tracer, settings, command).some((secret) => guessableFrom(tracer, clients, secret));
    const check = (command: Command, shown: Node): void => {
      for (const secret of secretsIn(tracer, settings, command)) {
        const found = guessableFrom(tracer, clients, secret);
        // A time under a key that names a secret is when it was made.
        if (!found || (found.weakness !== "random" && !secret.isNamed)) continue;
        const node = found.node ?? secret.node ?? shown;
        if (told.has(node)) continue;
        told.add(node);
        const mend = found.node ? unguessable(file, found.node) : undefined;
        context.report({
          node,
          messageId: "predictable",
          data: { secret: withoutArticle(secret.label), source: found.source, why: WHY[found.weakness] },
          ...(mend ? { suggest: [{ messageId: "replace" as const, data: { by: mend.by }, fix: mend.fix }] } : {}),
        });
      }
    };
    return {
      CallExpression(node) {
        const command = storesDirectly ? file.commandAt(node) : undefined;
        if (command) {
          if (command.access === "write") check(command, node);
          return;
        }
        const { value, place } = file.located(node);
        if (value.kind !== "call" || !mayWrap(value)) return;
        for (const { command: behind, argument } of writesBehind(clients, tracer, { value, place })) {
          // What the function makes whoever calls it is reported where it stands.
          if (!guessable(whoeverCalls(behind))) check(behind, argument.node ?? node);
        }
      },
    };
  },
});

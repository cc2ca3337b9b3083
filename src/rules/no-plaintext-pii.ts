import { createRule } from "../create-rule.ts";
import { encryptFix } from "../fixes/encrypt-stored.ts";
import type { Node } from "../model/ast.ts";
import { mayStore } from "../model/clients.ts";
import { storedInPlain, type Finding } from "../model/personal-data.ts";

export default createRule({
  name: "no-plaintext-pii",
  meta: {
    type: "problem",
    docs: {
      description: "disallow personal data and secrets stored in plain text",
      guideline: "Do not store sensitive data unencrypted",
      recommended: true,
      strict: true,
      cwe: ["CWE-312", "CWE-359"],
    },
    hasSuggestions: true,
    messages: {
      plaintext:
        "`{{command}}` stores {{data}} in plain text: whoever gets hold of the database, a backup or its token can read it. Encrypt or hash it first, or do not store it.",
      encrypt: "Encrypt it with {{encryptor}}.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) =>
    (file.mentionsUpstash || file.importsProjectModules || file.settings.clients.size > 0) &&
    mayStore(file.text) &&
    file.runtime.place !== "test",
  create(context, file) {
    return {
      CallExpression(node) {
        const command = file.commandAt(node);
        if (command?.access !== "write") return;
        for (const [at, findings] of byNode(storedInPlain(file.tracer, file.settings, command))) {
          const { title, fix } = encryptFix(file, command, at, findings);
          context.report({
            node: at,
            messageId: "plaintext",
            data: { command: command.name, data: listed(findings) },
            suggest: [{ messageId: "encrypt", data: { encryptor: title }, fix }],
          });
        }
      },
    };
  },
});

/** One report a place, however many names it shows. */
function byNode(findings: readonly Finding[]): ReadonlyMap<Node, readonly Finding[]> {
  const places = new Map<Node, Finding[]>();
  for (const finding of findings) {
    const there = places.get(finding.node) ?? [];
    if (!there.some(({ name }) => name === finding.name)) there.push(finding);
    places.set(finding.node, there);
  }
  return places;
}

const MAX_LISTED = 4;

/** `an email address (\`email\`) and a password (\`pwd\`)`. */
function listed(findings: readonly Finding[]): string {
  const words = findings.slice(0, MAX_LISTED).map(({ sensitivity, name }) => `${sensitivity.label} (\`${name}\`)`);
  const more = findings.length - words.length;
  if (more > 0) words.push(`${String(more)} more`);
  const last = words.pop() ?? "";
  return words.length > 0 ? `${words.join(", ")} and ${last}` : last;
}

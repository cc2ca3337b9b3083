import { createRule } from "../create-rule.ts";
import type { Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import { keySinksOf } from "../model/commands/key-sinks.ts";
import { mayUseUpstash } from "../model/relevance.ts";
import { inputTitle } from "../model/input/request-input.ts";
import { reachedSinks } from "../model/input/untrusted-sinks.ts";

const PREFIX = "untrusted:";

export default createRule({
  name: "no-untrusted-key",
  meta: {
    type: "suggestion",
    docs: {
      description: "disallow Redis keys and patterns that callers choose as a whole",
      guideline: "QStash, Workflow and abuse of commands",
      recommended: false,
      strict: true,
      cwe: ["CWE-639", "CWE-99"],
    },
    hasSuggestions: true,
    messages: {
      key: "{{Input}} is the whole key{{through}}: any caller can reach every key of the database, sessions and limits among them. Put a prefix of its own before it, and check that the caller may use it.",
      pattern: "{{Input}} is the whole pattern{{through}}: any caller can list every key of the database. Put a prefix of its own before it.",
      prefix: 'Put the prefix "{{prefix}}" before it: what is stored under the key as it is now is not found any more.',
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => mayUseUpstash(file) && file.runtime.place !== "test",
  create: (context, file) => ({
    Program() {
      const found = reachedSinks(
        file,
        (call) => keySinksOf(file, call),
        (_sink, inputs) => inputs.find(({ whole }) => whole),
      );
      for (const { sink, input, node, through } of found) {
        const given = sink.value.value.node;
        const isHere = through === undefined && sink.value.place.module === file && given === node;
        const prefix = isHere ? prefixOf(node) : undefined;
        context.report({
          node,
          messageId: sink.kind === "key" ? "key" : "pattern",
          data: { Input: inputTitle(input).replace(/^[a-z]/u, (letter) => letter.toUpperCase()), through: through === undefined ? "" : ` through ${through}` },
          suggest: prefix === undefined ? [] : [{ messageId: "prefix", data: { prefix }, fix: (fixer) => fixer.replaceText(node, prefixed(file, node, prefix)) }],
        });
      }
    },
  }),
});

/** The value's own name, so that each kind of key has a prefix of its own. Undefined where a text would not do. */
function prefixOf(node: Node): string | undefined {
  if (node.type === "SpreadElement") return undefined;
  const named = node.type === "MemberExpression" ? node.property : node;
  return named.type === "Identifier" && !(node.type === "MemberExpression" && node.computed) ? `${named.name}:` : PREFIX;
}

function prefixed(file: FileModel, node: Node, prefix: string): string {
  const text = `\`${prefix}\${${file.text.slice(...node.range)}}\``;
  const { parent } = node;
  return parent?.type === "Property" && parent.shorthand ? `${file.text.slice(...node.range)}: ${text}` : text;
}

import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { createRule } from "../create-rule.ts";
import { wrapInHelper, type GuardHelper } from "../fixes/guard-helper.ts";
import type { Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import { filterSinksOf, mayFilter, type FilterPart } from "../model/commands/filter-sinks.ts";
import { mayUseUpstash } from "../model/relevance.ts";
import { inputTitle } from "../model/input/request-input.ts";
import { reachedSinks } from "../model/input/untrusted-sinks.ts";

const TEXT: GuardHelper = {
  name: "filterText",
  constant: "NO_FILTER_TEXT",
  code: (name, constant) => `const ${constant} = /['\\x22\\\\]/;

function ${name}(value: unknown): string {
  const text = String(value);
  if (${constant}.test(text)) throw new Error("This text is not allowed in a filter.");
  return text;
}`,
};

const NAME: GuardHelper = {
  name: "filterName",
  constant: "FILTER_NAME",
  code: (name, constant) => `const ${constant} = /^\\w+$/;

function ${name}(value: unknown): string {
  const text = String(value);
  if (!${constant}.test(text)) throw new Error("This name is not allowed in a filter.");
  return text;
}`,
};

export default createRule({
  name: "no-filter-injection",
  meta: {
    type: "problem",
    docs: {
      description: "disallow Vector and Search filters that are built from a caller's text",
      guideline: "QStash, Workflow and abuse of commands",
      recommended: true,
      strict: true,
      cwe: ["CWE-943"],
    },
    hasSuggestions: true,
    messages: {
      part: "{{Input}} becomes a part of this filter{{through}} as it is: a quote or an operator in it changes what is searched or deleted, such as the condition that keeps users apart. Refuse texts with quotes, make it a number, or take it from a list.",
      whole: "{{Input}} is the filter of what is deleted{{through}}: any caller can delete everything in the index. Write the filter in the code.",
      text: "Refuse quotes in it.",
      name: "Refuse all but letters and digits in it.",
      number: "Make it a number.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => mayUseUpstash(file) && (mayFilter(file.text) || file.handlers.possible) && file.runtime.place !== "test",
  create: (context, file) => ({
    Program() {
      for (const { sink, input, node, through } of reachedSinks(file, (call) => filterSinksOf(file, call))) {
        const given = sink.value.value.node;
        const mend = given && through === undefined && sink.value.place.module === file ? mendOf(file, given, sink.kind) : undefined;
        context.report({
          node,
          messageId: sink.kind === "whole" ? "whole" : "part",
          data: { Input: inputTitle(input).replace(/^[a-z]/u, (letter) => letter.toUpperCase()), through: through === undefined ? "" : ` through ${through}` },
          suggest: mend ? [mend] : [],
        });
      }
    },
  }),
});

interface Mend {
  readonly messageId: "text" | "name" | "number";
  readonly fix: (fixer: RuleFixer) => RuleFix[];
}

/** Undefined for a whole filter, of which nothing is known. */
function mendOf(file: FileModel, node: Node, kind: FilterPart): Mend | undefined {
  switch (kind) {
    case "quoted":
      return { messageId: "text", fix: wrapInHelper(file, node, TEXT) };
    case "compared":
      return { messageId: "number", fix: (fixer) => [fixer.insertTextBefore(node, "Number("), fixer.insertTextAfter(node, ")")] };
    case "other":
      return { messageId: "name", fix: wrapInHelper(file, node, NAME) };
    default:
      return undefined;
  }
}

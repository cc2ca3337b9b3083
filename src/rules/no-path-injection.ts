import { createRule } from "../create-rule.ts";
import { eachEncoded, encoded } from "../fixes/encode-path.ts";
import { maySetPath, pathSinksOf } from "../model/commands/path-sinks.ts";
import { rawParts } from "../model/commands/rest-paths.ts";
import type { Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import { mayUseUpstash } from "../model/relevance.ts";
import { inputTitle } from "../model/input/request-input.ts";
import { reachedSinks } from "../model/input/untrusted-sinks.ts";
import { target } from "../model/values/values.ts";

/** Kinds of input that arrive as the caller meant them: encoding keeps what they say. Frameworks hand out parts of paths as they came. */
const PLAIN = new Set(["body", "query", "header", "cookie"]);

export default createRule({
  name: "no-path-injection",
  meta: {
    type: "problem",
    docs: {
      description: "disallow unencoded values in the paths of requests to Upstash",
      guideline: "QStash, Workflow and abuse of commands",
      recommended: true,
      strict: true,
      cwe: ["CWE-74", "CWE-22"],
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      raw: "{{What}} stands in the path of this request to Upstash as it is: a `/` or `?` in it adds arguments, and `..` runs another command. Encode it with `encodeURIComponent`, or send the command as a JSON array in the body.",
      sdk: "{{What}} is the {{label}} of this call{{through}}, which the SDK puts into the path of its request as it is: `../` in it runs another operation with your token. Encode it with `encodeURIComponent`, or take it from a list of your own.",
      encode: "Encode it with `encodeURIComponent`.",
      each: "Encode each part with `encodeURIComponent`.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => mayUseUpstash(file) && file.runtime.place !== "test",
  create: (context, file) => ({
    Program() {
      for (const { node, input, mend } of rawParts(file)) {
        const What = input.kind === "argument" || mend === "replace" ? shown(file, mend === "replace" ? (node.parent ?? node) : node) : upper(inputTitle(input));
        const edit = mend === "each" ? eachEncoded(node) : mend === "wrap" ? encoded(file, node) : undefined;
        if (!edit) context.report({ node, messageId: "raw", data: { What }, fix: (fixer) => fixer.replaceText(node, "encodeURIComponent") });
        // Callers of a function may have encoded what they hand in, or may mean to hand in more than one word.
        else if (mend === "wrap" && PLAIN.has(input.kind) && target(file.evaluator.value(node)).kind !== "param") context.report({ node, messageId: "raw", data: { What }, fix: edit });
        else context.report({ node, messageId: "raw", data: { What }, suggest: [{ messageId: mend === "each" ? "each" : "encode", fix: edit }] });
      }
      if (!maySetPath(file.text) && !file.handlers.possible) return;
      for (const { sink, input, node, through } of reachedSinks(file, (call) => pathSinksOf(file, call))) {
        const isHere = through === undefined && sink.value.place.module === file && sink.value.value.node === node;
        context.report({
          node,
          messageId: "sdk",
          data: { What: upper(inputTitle(input)), label: sink.kind, through: through === undefined ? "" : ` through ${through}` },
          suggest: isHere ? [{ messageId: "encode", fix: encoded(file, node) }] : [],
        });
      }
    },
  }),
});

const upper = (title: string): string => title.replace(/^[a-z]/u, (letter) => letter.toUpperCase());

function shown(file: FileModel, node: Node): string {
  const text = file.text.slice(...node.range).replace(/\s+/gu, " ");
  return `\`${text.length > 60 ? `${text.slice(0, 57)}…` : text}\``;
}

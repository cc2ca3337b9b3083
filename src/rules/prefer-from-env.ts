import type { TSESTree } from "@typescript-eslint/types";
import { createRule } from "../create-rule.ts";
import { fromEnvText, isMainEntry } from "../fixes/written-credential.ts";
import { unwrap } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import type { Value } from "../model/values/ir.ts";
import { optionOf } from "../model/values/options.ts";
import { target } from "../model/values/values.ts";
import type { EnvReads } from "../sdk/packages.ts";
import { mayRunOnServers } from "../model/place/runtime.ts";

export default createRule({
  name: "prefer-from-env",
  meta: {
    type: "suggestion",
    docs: {
      description: "prefer `Redis.fromEnv()` where a client is built from the variables that it reads",
      guideline: "Protect REST tokens",
      recommended: false,
      strict: true,
      cwe: ["CWE-522"],
    },
    fixable: "code",
    messages: {
      fromEnv:
        "This client is built from the very variables that `{{call}}` reads: each place that handles the token by hand is one where it can be swapped, logged or written out. Call `{{call}}` instead.",
    },
    schema: {},
    defaultOptions: {},
  },
  // Types and names of the package stand in the file that builds the client, or in a barrel that it imports.
  relevant: (file) => file.mentionsUpstash && file.text.includes("token") && mayRunOnServers(file.runtime) && file.runtime.place !== "test",
  create: (context, file) => ({
    Program() {
      for (const node of file.callNodes) {
        if (node.type !== "NewExpression" || !isFromVariables(file, node)) continue;
        const callee = unwrap(node.callee);
        const call = `${file.text.slice(...callee.range)}.fromEnv()`;
        const text = fromEnvText(file, node);
        context.report({ node: callee, messageId: "fromEnv", data: { call }, fix: text === undefined ? null : (fixer) => fixer.replaceText(node, text) });
      }
    },
  }),
});

/** `new Redis({ url, token })` of the package itself, with what `fromEnv()` would take. */
function isFromVariables(file: FileModel, node: TSESTree.NewExpression): boolean {
  const [options, more] = node.arguments;
  if (!options || more || options.type === "SpreadElement" || !isMainEntry(file, node.callee)) return false;
  const reads = file.clients.exportOf(file.located(node.callee))?.env?.["fromEnv"];
  return reads !== undefined && isRead(file, options, "url", reads.url) && isRead(file, options, "token", reads.secret);
}

/** The option is the first of these variables, with nothing but the others and the empty text behind it. */
function isRead(file: FileModel, options: TSESTree.Expression, name: string, variables: EnvReads["url"]): boolean {
  const option = optionOf(file.tracer, file.located(options), name);
  if (option.is !== "given" || (option.values.length > 1 && !isFallback(option.entry.value))) return false;
  const given = option.values.filter(({ value }) => value.kind !== "literal" || value.value !== "");
  return (
    given.length > 0 && given.length <= variables.length && given.every(({ value }, index) => value.kind === "env" && value.via === "process.env" && value.name === variables[index])
  );
}

/** `process.env.A || process.env.B`: one after the other, as `fromEnv()` does, and not by a condition. */
function isFallback(value: Value): boolean {
  const choice = target(value);
  return choice.kind === "choice" && (choice.operator === "||" || choice.operator === "??") && choice.options.every((option) => target(option).kind !== "choice");
}

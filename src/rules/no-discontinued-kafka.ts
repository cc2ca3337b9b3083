import type { TSESTree } from "@typescript-eslint/types";
import { createRule } from "../create-rule.ts";
import { constantString, type Node } from "../model/syntax/ast.ts";
import { envReads } from "../model/credentials/environment.ts";
import type { FileModel } from "../model/file.ts";
import { packageNameOf } from "../sdk/packages.ts";

/** `<name>-us1-kafka.upstash.io:9092` for Kafka's protocol, `<name>-us1-rest-kafka.upstash.io` for the REST API. */
const HOST = /-kafka\.upstash\.io\b/u;
const VARIABLE = "UPSTASH_KAFKA_";
const PACKAGE = "@upstash/kafka";

export default createRule({
  name: "no-discontinued-kafka",
  meta: {
    type: "problem",
    docs: {
      description: "disallow Upstash Kafka, which has been discontinued",
      guideline: "QStash, Workflow and abuse of commands",
      recommended: false,
      strict: true,
      cwe: ["CWE-477"],
    },
    messages: {
      package:
        "`@upstash/kafka` talks to Upstash Kafka, which has been discontinued: what is sent there is lost, and nobody repairs the package. Move to QStash or to another Kafka service, and delete the old credentials.",
      host: "This is an address of Upstash Kafka, which has been discontinued: what is sent there is lost. Move to QStash or to another Kafka service, and delete the old credentials.",
      variable:
        "`{{name}}` belongs to Upstash Kafka, which has been discontinued: what is sent there is lost. Move to QStash or to another Kafka service, and delete the old credentials.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: ({ text, mentionsUpstash }) => mentionsUpstash && (text.includes(PACKAGE) || HOST.test(text) || text.includes(VARIABLE)),
  create(context, file) {
    const usesPackage = file.text.includes(PACKAGE);
    const isTest = (): boolean => file.runtime.place === "test";
    const source = (node: Node | null): void => {
      if (node && packageNameOf(constantString(node) ?? "") === PACKAGE) context.report({ node, messageId: "package" });
    };
    const host = (node: Node, text: string): void => {
      if (HOST.test(text) && !isProse(node, text) && !isTest()) context.report({ node, messageId: "host" });
    };
    return {
      ...(usesPackage && {
        ImportDeclaration: (node) => source(node.source),
        ExportNamedDeclaration: (node) => source(node.source),
        ExportAllDeclaration: (node) => source(node.source),
        ImportExpression: (node) => source(node.source),
        TSExternalModuleReference: (node) => source(node.expression),
        CallExpression(node) {
          const [first] = node.arguments;
          if (first && isRequire(file, node)) source(first);
        },
      }),
      Literal(node) {
        if (typeof node.value === "string") host(node, node.value);
      },
      TemplateElement: (node) => host(node.parent, node.value.raw),
      // A file that names the package has its report: where its credentials come from adds nothing.
      ...(!usesPackage &&
        file.text.includes(VARIABLE) && {
          Program() {
            if (isTest()) return;
            for (const { node, name } of envReads(file)) {
              if (name.includes(VARIABLE)) context.report({ node, messageId: "variable", data: { name } });
            }
          },
        }),
    };
  },
});

/** A text about such a host, as in messages and documentation: an address has no blanks. */
function isProse(node: Node, text: string): boolean {
  return node.type !== "TemplateLiteral" && /\s/u.test(text.trim());
}

function isRequire(file: FileModel, { callee }: TSESTree.CallExpression): boolean {
  const value = file.evaluator.value(callee);
  const isResolve = value.kind === "member" && value.property === "resolve";
  const name = isResolve ? value.object : value;
  return name.kind === "global" && name.name === "require";
}

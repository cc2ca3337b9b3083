import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { createRule } from "../create-rule.ts";
import { whetherThere } from "../fixes/exposure.ts";
import { wrapInHelper, type GuardHelper } from "../fixes/guard-helper.ts";
import { keyBefore } from "../fixes/shorthand.ts";
import { isFunction, type Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import { keySinksOf } from "../model/commands/key-sinks.ts";
import { changesRecord, openRecords, prefixOf as prefixOfRecord } from "../model/commands/open-records.ts";
import { toldRecords } from "../model/commands/told-records.ts";
import { mayUseUpstash } from "../model/relevance.ts";
import { inputTitle, requestInputs, type RequestInput } from "../model/input/request-input.ts";
import { reachedSinks } from "../model/input/untrusted-sinks.ts";
import { isSetByPlatform } from "../sdk/request-inputs.ts";

const PREFIX = "untrusted:";

const UUID: GuardHelper = {
  name: "randomId",
  constant: "UUID",
  code: (name, constant) => `const ${constant} = /^[\\da-f]{8}-(?:[\\da-f]{4}-){3}[\\da-f]{12}$/i;

function ${name}(id: unknown): string {
  const text = String(id);
  if (!${constant}.test(text)) throw new Error("This id is not allowed.");
  return text;
}`,
};

export default createRule({
  name: "no-untrusted-key",
  meta: {
    type: "suggestion",
    docs: {
      description: "disallow Redis keys and patterns that callers choose as a whole, and records that any caller may change or read",
      guideline: "QStash, Workflow and abuse of commands",
      recommended: false,
      strict: true,
      cwe: ["CWE-639", "CWE-99"],
    },
    hasSuggestions: true,
    messages: {
      key: "{{Input}} is the whole key{{through}}: any caller can reach every key of the database, sessions and limits among them. Put a prefix of its own before it, and check that the caller may use it.",
      record:
        "{{Input}} chooses which record `{{prefix}}…` is overwritten or deleted{{through}}, and nothing asks who calls: whoever guesses an id changes what belongs to others. Ask for a session and check that the record is the caller's.",
      told:
        "{{Input}} chooses whose record `{{prefix}}…` is read and sent back, and nothing asks who calls: whoever knows somebody's email address or phone number gets what is stored for them. Ask for a session, and take the address from it.",
      presence: "Answer only whether there is one.",
      prefixUuid: 'Put the prefix "{{prefix}}" before it, and refuse ids that are no random UUID: what is stored under the key as it is now is not found any more.',
      uuid: "Refuse ids that are no random UUID, which nobody can guess.",
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
        (_sink, inputs) => inputs.find(isAnyKey),
      );
      const whole = new Set(found.map(({ node }) => node));
      for (const { sink, input, node, through } of openRecords(file)) {
        if (whole.has(node)) continue;
        const piece = through === undefined ? pieceOf(file, node, input) : undefined;
        context.report({
          node,
          messageId: "record",
          data: { Input: upper(inputTitle(input)), prefix: prefixOfRecord(sink.value) ?? "", through: through === undefined ? "" : ` through ${through}` },
          suggest: piece ? [{ messageId: "uuid", fix: wrapInHelper(file, piece, UUID) }] : [],
        });
      }
      for (const { sink, input, node, answer } of toldRecords(file)) {
        const fix = whetherThere(file, answer);
        context.report({
          node,
          messageId: "told",
          data: { Input: upper(inputTitle(input)), prefix: prefixOfRecord(sink.value) ?? "" },
          suggest: fix ? [{ messageId: "presence", fix }] : [],
        });
      }
      for (const { sink, input, node, through } of found) {
        const given = sink.value.value.node;
        const isHere = through === undefined && sink.value.place.module === file && given === node;
        const prefix = isHere ? prefixOf(node) : undefined;
        context.report({
          node,
          messageId: sink.kind === "key" ? "key" : "pattern",
          data: { Input: upper(inputTitle(input)), through: through === undefined ? "" : ` through ${through}` },
          suggest: prefix === undefined ? [] : [isRecord(file, node) ? { messageId: "prefixUuid", data: { prefix }, fix: prefixedUuid(file, node, prefix) } : { messageId: "prefix", data: { prefix }, fix: (fixer) => fixer.replaceText(node, prefixed(file, node, prefix)) }],
        });
      }
    },
  }),
});

/** The caller may write any key. An address begins with a slash or a scheme, and what a platform writes is not his choice. */
function isAnyKey({ kind, path, whole }: RequestInput): boolean {
  const [name] = path;
  if (name === undefined && (kind === "query" || kind === "param")) return false;
  return whole && !(kind === "header" && name !== undefined && isSetByPlatform(name));
}

const upper = (title: string): string => title.replace(/^[a-z]/u, (letter) => letter.toUpperCase());

/** With a prefix alone, callers would still choose whose record is changed. */
function isRecord(file: FileModel, node: Node): boolean {
  let call: Node | undefined = node.parent;
  while (call && call.type !== "CallExpression" && !isFunction(call)) call = call.parent;
  const command = call?.type === "CallExpression" ? file.commandAt(call) : undefined;
  return command !== undefined && changesRecord(file, command) && node.parent?.type !== "AwaitExpression" && node.parent?.type !== "Property";
}

function prefixedUuid(file: FileModel, node: Node, prefix: string): (fixer: RuleFixer) => RuleFix[] {
  const wrap = wrapInHelper(file, node, UUID);
  return (fixer) => [fixer.insertTextBefore(node, `\`${prefix}\${`), ...wrap(fixer), fixer.insertTextAfter(node, "}`")];
}

/** The part of a template that an input fills. */
function pieceOf(file: FileModel, node: Node, input: RequestInput): Node | undefined {
  const parts = node.type === "TemplateLiteral" ? node.expressions : [];
  return parts.find((part) => requestInputs(file, file.located(part)).some(({ kind, path }) => kind === input.kind && path.join() === input.path.join()));
}

/** The value's own name, so that each kind of key has a prefix of its own. Undefined where a text would not do. */
function prefixOf(node: Node): string | undefined {
  if (node.type === "SpreadElement") return undefined;
  const named = node.type === "MemberExpression" ? node.property : node;
  return named.type === "Identifier" && !(node.type === "MemberExpression" && node.computed) ? `${named.name}:` : PREFIX;
}

function prefixed(file: FileModel, node: Node, prefix: string): string {
  return `${keyBefore(file, node)}\`${prefix}\${${file.text.slice(...node.range)}}\``;
}

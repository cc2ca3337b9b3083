import { createRule } from "../create-rule.ts";
import { expiryMend, renameProperty } from "../fixes/expiry.ts";
import type { Node } from "../model/syntax/ast.ts";
import { mayStore, type Command } from "../model/clients/clients.ts";
import { expiryFaults, type ExpiryFault } from "../model/commands/expiry.ts";
import type { FileModel } from "../model/file.ts";
import { mayStoreInUpstash } from "../model/relevance.ts";
import { misspeltReadonly } from "../model/commands/scripts.ts";

export default createRule({
  name: "no-ignored-ttl",
  meta: {
    type: "problem",
    docs: {
      description: "disallow expiries that the client drops or misreads",
      guideline: "Do not store sensitive data unencrypted",
      recommended: true,
      strict: true,
      cwe: ["CWE-613", "CWE-672"],
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      ignored: "`{{option}}` is no option of `{{command}}`: the client drops it without a word, and {{effect}}. Write `{{known}}`.",
      notNumber: "`{{option}}` is {{is}} here: the client drops what is no number, and the key never expires. Give it a number.",
      nan: "The time that `{{command}}` is given is `NaN`: the client sends `null`, and the command fails. Give it a number.",
      conflict: "`{{option}}` is dropped without a word, because `{{kept}}` is sent instead. Keep one of the two.",
      unit: "`{{name}}` takes {{takes}}, and this is a time in {{given}}: the key expires {{effect}}. Use `{{known}}`.",
      positional: "`set` takes its options as an object: written one by one, as ioredis has it, the call throws and nothing is stored. Write {{by}}.",
      unsupported: "`{{command}}` takes no expiry: the client {{does}}, and the key never expires. Set the expiry with a command of its own.",
      swapped: "`{{command}}` takes the time before the value: as it stands, the command fails and nothing is stored. Swap the two.",
      readOnly: "`readOnly` is no option of `createScript`: the client drops it without a word, and the script may write. Write `readonly`.",
      write: "Write {{by}}.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => mayStoreInUpstash(file) && (mayStore(file.text) || /\b(?:getex|createScript)\b/u.test(file.text)) && file.runtime.place !== "test",
  create(context, file) {
    const told = new Set<string>();
    const mayCreateScript = file.text.includes("createScript");
    const report = (command: Command, call: Node, fault: ExpiryFault): void => {
      const node = placeOf(file, fault, call);
      const id = `${fault.kind} ${String(node.range[0])}`;
      if (told.has(id)) return;
      told.add(id);
      const mend = expiryMend(file, command, fault);
      context.report({
        node,
        ...wordsOf(command, fault, mend?.by ?? "an object"),
        ...(mend?.isSafe ? { fix: mend.edit } : {}),
        ...(mend && !mend.isSafe ? { suggest: [{ messageId: "write" as const, data: { by: mend.by }, fix: mend.edit }] } : {}),
      });
    };
    return {
      CallExpression(node) {
        const command = file.commandAt(node);
        if (command) {
          for (const fault of expiryFaults(file.tracer, command)) report(command, node, fault);
          return;
        }
        const property = mayCreateScript ? misspeltReadonly(file, node) : undefined;
        if (!property) return;
        const fix = renameProperty(property, "readonly");
        // A script that may only read has no `eval`.
        const isSafe = !/\.(?:eval|evalsha)\s*\(/u.test(file.text);
        const suggest = [{ messageId: "write" as const, data: { by: "`readonly`" }, fix }];
        context.report({ node: property, messageId: "readOnly", ...(isSafe ? { fix } : { suggest }) });
      },
    };
  },
});

/** The property that shows it, if it is in this file; else the argument, or the call. */
function placeOf(file: FileModel, fault: ExpiryFault, call: Node): Node {
  const of = (node: Node | undefined): Node | undefined => (node && file.text.slice(...node.range) !== "" ? node : undefined);
  if (fault.kind === "positional" || fault.kind === "unsupported" || fault.kind === "swapped") return of(fault.argument.node) ?? call;
  if (fault.kind === "unit") return of(fault.value.node) ?? call;
  const { entry } = fault.option;
  const value = fault.kind === "not-number" && entry.node?.type === "Property" ? entry.node.value : undefined;
  return of(value) ?? of(entry.node) ?? of(fault.argument.node) ?? call;
}

const KINDS = { nan: "", string: "a string", bigint: "a bigint", boolean: "a boolean", date: "a `Date`", object: "an object", number: "", nothing: "" };

function wordsOf(command: Command, fault: ExpiryFault, by: string) {
  switch (fault.kind) {
    case "ignored": {
      const isExpiry = !/^(?:nx|xx|get)$/u.test(fault.known);
      const effect = isExpiry ? "the key never expires" : "the command runs as if it were not there";
      return { messageId: "ignored" as const, data: { option: fault.option.name, command: command.name, effect, known: fault.known } };
    }
    case "not-number":
      return fault.is === "nan"
        ? { messageId: "nan" as const, data: { command: command.name } }
        : { messageId: "notNumber" as const, data: { option: fault.option.name, is: KINDS[fault.is] } };
    case "conflict":
      return { messageId: "conflict" as const, data: { option: fault.option.name, kept: fault.kept } };
    case "unit": {
      const isSeconds = !/^h?p/u.test(fault.name);
      const [takes, given] = isSeconds ? ["seconds", "milliseconds"] : ["milliseconds", "seconds"];
      const effect = isSeconds ? "in some ten thousand years" : "at once";
      return { messageId: "unit" as const, data: { name: fault.name, takes, given, effect, known: fault.known } };
    }
    case "positional":
      return { messageId: "positional" as const, data: { by } };
    case "unsupported": {
      const isStored = command.values.some(({ value }) => value === fault.argument);
      const does = isStored ? "stores the options as one more value" : "drops the options without a word";
      return { messageId: "unsupported" as const, data: { command: command.name, does } };
    }
    case "swapped":
      return { messageId: "swapped" as const, data: { command: command.name } };
  }
}

import type { TSESTree } from "@typescript-eslint/types";
import { createRule } from "../create-rule.ts";
import { encryptFix, messagePartAround, redactFix, type PlaceOfFindings } from "../fixes/encrypt-stored.ts";
import type { Node } from "../model/syntax/ast.ts";
import { mayStore, type Command } from "../model/clients/clients.ts";
import { deliveryOf, mayDeliver } from "../model/commands/deliveries.ts";
import { mayBeStep, workflowStepOf } from "../model/qstash/workflow-steps.ts";
import { luaWriteOf, mayRunScripts } from "../model/commands/lua-writes.ts";
import type { Finding } from "../model/data/findings.ts";
import { storedInPlain } from "../model/data/personal-data.ts";
import { inPlural, withArticle } from "../model/data/sensitive/phrases.ts";
import { mayStoreInUpstash } from "../model/relevance.ts";
import { mayWrap, whoeverCalls, writesBehind } from "../model/commands/wrapped-writes.ts";

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
      message:
        "`{{command}}` hands over {{data}} in plain text: bodies and headers of messages stand in logs and in the dead letter queue, for whoever holds a token. Hide them with `redact`, encrypt it, or send an id instead.",
      step:
        "`{{command}}` hands over {{data}} in plain text: what a step sends stands in the logs of the workflow run and in the dead letter queue, for whoever holds a token. Hide it with `redact` where the run is triggered, encrypt it, or send an id instead.",
      encrypt: "Encrypt it with {{encryptor}}.",
      redact: "Hide the {{part}} in logs with `redact`.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => mayStoreInUpstash(file) && file.runtime.place !== "test",
  create(context, file) {
    const { clients, tracer } = file;
    const storesDirectly = mayStore(file.text);
    const delivers = mayDeliver(file.text);
    const runsScripts = mayRunScripts(file.text);
    const hasSteps = mayBeStep(file.text);
    const report = (command: Command, name: string, found: readonly Finding[], messageId: "plaintext" | "message" | "step" = isMessage(command) ? "message" : "plaintext"): void => {
      for (const { node, places } of reportsOf(command, byNode(found), messageId)) {
        const { title, fix } = encryptFix(file, command, places);
        const redact = messageId === "message" ? redactFix(file, command, node) : undefined;
        context.report({
          node,
          messageId,
          data: { command: name, data: listed(places.flatMap(({ findings }) => findings)) },
          suggest: [
            ...(redact ? [{ messageId: "redact" as const, data: { part: redact.part }, fix: redact.fix }] : []),
            { messageId: "encrypt", data: { encryptor: title }, fix },
          ],
        });
      }
    };
    return {
      CallExpression(node) {
        const commands = storesDirectly ? file.commandsAt(node) : [];
        for (const command of commands) {
          if (command.access === "write") report(command, command.name, storedInPlain(file, command));
        }
        if (commands.some(({ values }) => values.length > 0)) return;
        const call = file.located(node);
        if (call.value.kind !== "call") return;
        const { value, place } = call;
        const delivery = (runsScripts ? luaWriteOf(clients, tracer, { value, place }) : undefined) ?? (delivers ? deliveryOf(clients, tracer, { value, place }) : undefined);
        if (delivery) { report(delivery, delivery.name, storedInPlain(file, delivery)); return; }
        const step = hasSteps ? workflowStepOf(file, { value, place }) : undefined;
        if (step) { report(step, step.name, storedInPlain(file, step), "step"); return; }
        if (!mayWrap(value)) return;
        for (const { command: behind, argument } of writesBehind(clients, tracer, { value, place })) {
          if (!argument.node || argument.node.range[0] < node.range[0] || argument.node.range[1] > node.range[1]) continue;
          // What the function stores whoever calls it is reported where it stands.
          const isWritten = behind.values.some(({ value }) => value === argument);
          if (!isWritten && storedInPlain(file, whoeverCalls(behind), argument.node).length > 0) continue;
          const found = storedInPlain(file, behind, argument.node);
          if (found.length > 0) { report(behind, `${nameOf(node)} → ${behind.name}`, found); return; }
        }
      },
    };
  },
});

const isMessage = ({ client }: Command): boolean => client.product === "qstash" || client.product === "workflow";

function nameOf({ callee }: TSESTree.CallExpression): string {
  if (callee.type === "Identifier") return callee.name;
  const isNamed = callee.type === "MemberExpression" && callee.property.type === "Identifier";
  return isNamed ? (callee.property as TSESTree.Identifier).name : "the function";
}

/** The findings of each place, each name once. */
function byNode(all: readonly Finding[]): readonly PlaceOfFindings[] {
  const places = new Map<Node, Finding[]>();
  for (const finding of all) {
    const there = places.get(finding.node) ?? [];
    if (!there.some(({ name }) => name === finding.name)) there.push(finding);
    places.set(finding.node, there);
  }
  return [...places].map(([node, findings]) => ({ node, findings }));
}

interface Report {
  readonly node: Node;
  readonly places: readonly PlaceOfFindings[];
}

/** One report a place, however many names it shows; one for all of a message's body, or of its headers: they are hidden together. */
function reportsOf(command: Command, places: readonly PlaceOfFindings[], messageId: "plaintext" | "message" | "step"): readonly Report[] {
  const reports = new Map<Node, PlaceOfFindings[]>();
  for (const place of places) {
    const whole = (messageId === "plaintext" ? undefined : messagePartAround(command, place.node)?.value) ?? place.node;
    reports.set(whole, [...(reports.get(whole) ?? []), place]);
  }
  return [...reports].map(([whole, inside]) => ({ node: inside.length > 1 ? whole : (inside[0]?.node ?? whole), places: inside }));
}

const MAX_LISTED = 4;

/** `email addresses (\`from\`, \`to\`) and a password (\`pwd\`)`. */
function listed(findings: readonly Finding[]): string {
  const kinds = new Map<string, Set<string>>();
  for (const { sensitivity, name } of findings.slice(0, MAX_LISTED)) kinds.set(sensitivity.label, (kinds.get(sensitivity.label) ?? new Set()).add(`\`${name}\``));
  const words = [...kinds].map(([label, names]) => `${names.size > 1 ? inPlural(label) : withArticle(label)} (${[...names].join(", ")})`);
  const more = findings.length - MAX_LISTED;
  if (more > 0) words.push(`${String(more)} more`);
  const last = words.pop() ?? "";
  return words.length > 0 ? `${words.join(", ")} and ${last}` : last;
}

import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import type { TSESTree } from "@typescript-eslint/types";
import { staticKey, unwrap, wrapped, type Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import type { ServeCall } from "../model/qstash/workflow-receivers.ts";
import type { Suggestion } from "./encrypt-stored.ts";
import { ensureImport } from "./imports.ts";
import { asElement } from "./parentheses.ts";

/** Hands over a receiver that refuses requests where it has no keys. Undefined: the call is not written in a way to add it. */
export function workflowReceiverFix(file: FileModel, { call, options }: ServeCall): Suggestion | undefined {
  const node = call.value.node;
  if (node?.type !== "CallExpression") return undefined;
  const shown = options?.value.node;
  const object = shown && unwrap(shown);
  const property = object?.type === "ObjectExpression" ? propertyOf(object, "receiver") : undefined;
  const chosen = property && !property.shorthand ? chosenReceiver(property.value) : undefined;
  if (chosen && property) {
    const text = file.text.slice(...chosen.range);
    return { title: text, fix: (fixer) => [fixer.replaceText(property.value, text)] };
  }
  const receiver = ensureImport(file, "@upstash/qstash", "Receiver");
  const made = newReceiver(file, receiver.name, object?.type === "ObjectExpression" ? object : undefined);
  return { title: made, fix: (fixer) => [...receiver.fixes(fixer), ...edits(file, fixer, node, object, property, made)] };
}

function edits(
  file: FileModel,
  fixer: RuleFixer,
  call: TSESTree.CallExpression,
  object: Node | undefined,
  property: TSESTree.Property | undefined,
  made: string,
): RuleFix[] {
  const text = `receiver: ${made}`;
  if (property) return [property.shorthand ? fixer.replaceText(property, text) : fixer.replaceText(property.value, made)];
  if (object?.type === "ObjectExpression") {
    const open = object.range[0] + 1;
    const first = object.properties[0];
    // Behind what is spread, so that it wins.
    const last = object.properties.some(({ type }) => type === "SpreadElement") ? object.properties.at(-1) : undefined;
    if (last) return [fixer.insertTextAfter(last, `, ${text}`)];
    return [first ? fixer.insertTextBefore(first, `${text}, `) : fixer.insertTextAfterRange([object.range[0], open], ` ${text} `)];
  }
  const [fn, options] = call.arguments;
  if (options) return [fixer.replaceText(wrapped(options), `{ ...${asElement(file, options)}, ${text} }`)];
  return fn ? [fixer.insertTextAfter(wrapped(fn), `, { ${text} }`)] : [];
}

function propertyOf(object: TSESTree.ObjectExpression, name: string): TSESTree.Property | undefined {
  return object.properties.find((property): property is TSESTree.Property => property.type === "Property" && staticKey(property) === name);
}

/** The receiver of `condition ? new Receiver(…) : undefined`. */
function chosenReceiver(value: Node): Node | undefined {
  const node = unwrap(value);
  const options = node.type === "ConditionalExpression" ? [node.consequent, node.alternate] : node.type === "LogicalExpression" ? [node.right] : [];
  return options.map(unwrap).find(({ type }) => type === "NewExpression");
}

/** With keys from the call's own `env`, where it has one: there may be no other environment. */
function newReceiver(file: FileModel, name: string, options: TSESTree.ObjectExpression | undefined): string {
  const env = options && propertyOf(options, "env");
  const value = env && unwrap(env.value);
  if (value?.type !== "Identifier" && value?.type !== "MemberExpression") return `new ${name}()`;
  const text = file.text.slice(...value.range);
  return `new ${name}({ currentSigningKey: ${text}.QSTASH_CURRENT_SIGNING_KEY, nextSigningKey: ${text}.QSTASH_NEXT_SIGNING_KEY })`;
}

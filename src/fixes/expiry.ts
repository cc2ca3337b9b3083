import type { TSESTree } from "@typescript-eslint/types";
import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { contains, unwrap, type Node } from "../model/syntax/ast.ts";
import type { Command } from "../model/clients/clients.ts";
import { expiryCommand, positionalOptions, type ExpiryFault, type Option } from "../model/commands/expiry.ts";
import type { FileModel } from "../model/file.ts";
import type { Value } from "../model/values/ir.ts";
import { primitiveKinds } from "../model/values/primitive-kind.ts";
import { target } from "../model/values/values.ts";
import { expireAfter } from "./expire-after.ts";
import { asElement, asObject } from "./parentheses.ts";

type Edit = (fixer: RuleFixer) => RuleFix | RuleFix[];

/** How a fault is mended. */
export interface ExpiryMend {
  /** Only what is written there changes, and it says what is meant: a fix. Else it is a suggestion. */
  readonly isSafe: boolean;
  /** Words for the suggestion: what stands there afterwards. */
  readonly by: string;
  readonly edit: Edit;
}

/** An hour, where nothing says how long. */
const DEFAULT_SECONDS = 3600;

/** Mends a fault where it is written. Undefined: what to write can't be known. */
export function expiryMend(file: FileModel, command: Command, fault: ExpiryFault): ExpiryMend | undefined {
  const call = command.call.value.node;
  if (call?.type !== "CallExpression") return undefined;
  const text = (node: Node): string => file.text.slice(...node.range);
  switch (fault.kind) {
    case "ignored":
      return fault.known.includes("{") ? wrapOptions(file, fault.option, fault.argument) : optionMend(file, call, fault.option, fault.known, fault.argument);
    case "not-number": {
      if (fault.option.name !== "") return optionMend(file, call, fault.option, fault.option.name, fault.argument);
      const { node } = fault.argument;
      return node && { isSafe: false, by: String(DEFAULT_SECONDS), edit: (fixer) => fixer.replaceText(node, String(DEFAULT_SECONDS)) };
    }
    case "conflict": {
      const { entry } = fault.option;
      const property = entry.node;
      return property?.type === "Property" && contains(call, property)
        ? { isSafe: true, by: `\`${fault.kept}\``, edit: (fixer) => removeProperty(file, fixer, property) }
        : undefined;
    }
    case "unit":
      return fault.option ? optionMend(file, call, fault.option, fault.known, undefined) : renameMethod(call, fault.known);
    case "positional":
      return positionalMend(file, command, call);
    case "unsupported":
      return unsupportedMend(file, command, call, fault);
    case "swapped": {
      const [, time, value] = call.arguments;
      if (!time || !value || call.arguments.length !== 3) return undefined;
      const edit: Edit = (fixer) => [fixer.replaceText(time, text(value)), fixer.replaceText(value, text(time))];
      return { isSafe: true, by: `${command.name}(key, ${text(value)}, …)`, edit };
    }
  }
}

/** The option under its right name with a value that is sent. */
function optionMend(file: FileModel, call: Node, option: Option, known: string, argument: Value | undefined): ExpiryMend | undefined {
  const { entry } = option;
  const { node } = entry;
  const isTime = known !== "keepTtl" && known !== "keepttl" && known !== "persist" && !/^(?:nx|xx|get)$/u.test(known);
  if (node?.type === "Property" && !node.method && node.kind === "init") {
    const value = unwrap(node.value);
    const sent = isTime ? sentTime(file, known, option, file.text.slice(...node.value.range), value) : { text: file.text.slice(...node.value.range), isSafe: true };
    const isSafe = contains(call, node) && sent.isSafe;
    return { isSafe, by: `\`${known}: ${sent.text}\``, edit: (fixer) => rewriteProperty(file, fixer, node, option.name === known ? undefined : known, sent.text) };
  }
  // Written elsewhere: the option is added behind what is there.
  const at = node ?? argument?.node;
  if (!at || (at.type !== "SpreadElement" && at !== argument?.node)) return undefined;
  const given = at.type === "SpreadElement" ? at.argument : at;
  const object = asObject(file, given);
  const sent = isTime ? sentTime(file, known, option, `${object}.${option.name}`, undefined) : { text: `${object}.${option.name}` };
  const added = `${known}: ${sent.text}`;
  return {
    isSafe: false,
    by: `\`${added}\``,
    edit: (fixer) => (at.type === "SpreadElement" ? fixer.insertTextAfter(at, `, ${added}`) : fixer.replaceText(at, `{ ...${asElement(file, given)}, ${added} }`)),
  };
}

const TEXT_UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** The text of a time as the client sends it. */
function sentTime(file: FileModel, known: string, option: Option, text: string, node: Node | undefined): { readonly text: string; readonly isSafe: boolean } {
  const held = target(option.value.value);
  if (held.kind === "object") {
    // node-redis: { expiration: { type: "EX", value: 60 } }
    const inner = held.entries.find(({ key }) => key === "value")?.value.node;
    return inner ? { text: file.text.slice(...inner.range), isSafe: true } : { text: `${text}.value`, isSafe: false };
  }
  const kinds = primitiveKinds(file.tracer, option.value);
  if (kinds.has("nan")) return { text: String(known.startsWith("p") ? DEFAULT_SECONDS * 1000 : DEFAULT_SECONDS), isSafe: false };
  if (node?.type === "Literal" && typeof node.value === "string") {
    const [, digits, unit = ""] = /^(\d+) ?(ms|[smhdw])?$/u.exec(node.value.trim()) ?? [];
    if (digits === undefined) return { text: `Number(${text})`, isSafe: false };
    if (unit === "") return { text: String(Number(digits)), isSafe: true };
    const seconds = Number(digits) * (TEXT_UNITS[unit] ?? 1);
    return { text: String(Math.max(1, Math.round(known.startsWith("p") ? seconds * 1000 : seconds))), isSafe: false };
  }
  if (node?.type === "Literal" && "bigint" in node) return { text: node.bigint, isSafe: true };
  if (kinds.size === 1 && kinds.has("date")) {
    const time = `${text}.getTime()`;
    if (known === "pxat") return { text: time, isSafe: false };
    if (known === "exat") return { text: `Math.floor(${time} / 1000)`, isSafe: false };
    const rest = `${time} - Date.now()`;
    return { text: known === "px" ? rest : `Math.floor((${rest}) / 1000)`, isSafe: false };
  }
  const isNumber = kinds.size === 1 && kinds.has("number");
  const isOpen = kinds.size === 1 && kinds.has(undefined);
  if (isNumber || isOpen) return { text, isSafe: true };
  return { text: `Number(${node?.type === "SequenceExpression" ? `(${text})` : text})`, isSafe: false };
}

/** A property under another name, or with another value; comments in it stay. */
function rewriteProperty(file: FileModel, fixer: RuleFixer, node: TSESTree.Property, name: string | undefined, value: string): RuleFix[] {
  const key = file.text.slice(...node.key.range);
  if (node.shorthand) return [fixer.replaceText(node, `${name ?? key}: ${value}`)];
  return [
    ...(name === undefined ? [] : [renameProperty(node, name)(fixer)]),
    ...(value === file.text.slice(...node.value.range) ? [] : [fixer.replaceText(node.value, value)]),
  ];
}

/** A property with its value under another name. */
export function renameProperty(node: TSESTree.Property, name: string): (fixer: RuleFixer) => RuleFix {
  return (fixer) => {
    if (node.shorthand) return fixer.insertTextBefore(node, `${name}: `);
    return node.computed ? fixer.replaceTextRange([node.range[0], node.value.range[0]], `${name}: `) : fixer.replaceText(node.key, name);
  };
}

/** `{ ex: 60 }` of `hsetex` becomes `{ expiration: { ex: 60 } }`. */
function wrapOptions(file: FileModel, { entry, name }: Option, argument: Value): ExpiryMend | undefined {
  const { node } = entry;
  if (node?.type !== "Property" || !argument.node || !contains(argument.node, node)) return undefined;
  const held = `expiration: { ${name.toLowerCase()}: ${file.text.slice(...node.value.range)} }`;
  return { isSafe: true, by: `\`${held}\``, edit: (fixer) => fixer.replaceText(node, held) };
}

function removeProperty(file: FileModel, fixer: RuleFixer, node: TSESTree.Property): RuleFix {
  const object = node.parent;
  const index = object.type === "ObjectExpression" ? object.properties.indexOf(node) : 0;
  const before = object.type === "ObjectExpression" ? object.properties[index - 1] : undefined;
  const after = object.type === "ObjectExpression" ? object.properties[index + 1] : undefined;
  // Only what separates the two goes with it: comments stay.
  const bare = (start: number, end: number): boolean => /^[\s,]*$/u.test(file.text.slice(start, end));
  if (before && bare(before.range[1], node.range[0])) return fixer.removeRange([before.range[1], node.range[1]]);
  if (after && bare(node.range[1], after.range[0])) return fixer.removeRange([node.range[0], after.range[0]]);
  return fixer.replaceText(node, "...{}");
}

function renameMethod({ callee }: TSESTree.CallExpression, known: string): ExpiryMend | undefined {
  const member = unwrap(callee);
  if (member.type !== "MemberExpression") return undefined;
  const { property } = member;
  return { isSafe: true, by: `\`${known}\``, edit: (fixer) => fixer.replaceText(property, member.computed ? JSON.stringify(known) : known) };
}

function positionalMend(file: FileModel, command: Command, call: TSESTree.CallExpression): ExpiryMend | undefined {
  const options = positionalOptions(file.tracer, command);
  const first = call.arguments[2];
  const last = call.arguments.at(-1);
  if (!options || !first || !last || call.arguments.some(({ type }) => type === "SpreadElement")) return undefined;
  if (/\/[*/]/u.test(file.text.slice(first.range[0], last.range[1]))) return undefined;
  const written = options.map(({ option, value }) => {
    if (!value?.node) return `${option}: true`;
    const held: Option = { name: option, value: { value, place: command.call.place }, entry: { key: option, value } };
    return `${option}: ${sentTime(file, option, held, file.text.slice(...value.node.range), value.node).text}`;
  });
  const object = `{ ${written.join(", ")} }`;
  const isWords = file.tracer.constant({ value: command.args[2]?.value ?? { kind: "unknown" }, place: command.call.place });
  // A bare number says nothing of its unit.
  const isSafe = typeof isWords === "string";
  return { isSafe, by: `\`${object}\``, edit: (fixer) => fixer.replaceTextRange([first.range[0], last.range[1]], object) };
}

/** Commands that `set` stands for, with the option that makes it do the same. */
const AS_SET: Readonly<Record<string, string>> = { setnx: "nx: true", getset: "get: true" };

function unsupportedMend(
  file: FileModel,
  command: Command,
  call: TSESTree.CallExpression,
  { argument, options }: ExpiryFault & { kind: "unsupported" },
): ExpiryMend | undefined {
  const given = call.arguments.at(-1);
  const before = call.arguments.at(-2);
  const member = unwrap(call.callee);
  if (!given || !before || given !== argument.node || member.type !== "MemberExpression") return undefined;
  const time = options.find(({ name }) => !/^(?:keepttl|nx|xx|get)$/iu.test(name));
  const value = time?.entry.node?.type === "Property" ? time.entry.node.value : undefined;
  if (!time || !value) return undefined;
  const name = expiryCommand(time.name);
  const option = { expire: "ex", pexpire: "px", expireat: "exat", pexpireat: "pxat" }[name] ?? "ex";
  const sent = sentTime(file, option, time, file.text.slice(...value.range), unwrap(value)).text;
  const flag = AS_SET[command.name];
  if (flag !== undefined) {
    const object = `{ ${option}: ${sent}, ${flag} }`;
    return {
      isSafe: false,
      by: `\`set(…, ${object})\``,
      edit: (fixer) => [fixer.replaceText(member.property, member.computed ? '"set"' : "set"), fixer.replaceText(given, object)],
    };
  }
  const added = expireAfter(file, { ...command, values: command.values.filter((stored) => stored.value !== argument) }, { name, time: sent });
  const argumentRange = rangeWithComma(file, before, given);
  if (!added || !argumentRange) return undefined;
  return { isSafe: false, by: `\`${name}(…, ${sent})\``, edit: (fixer) => [fixer.removeRange(argumentRange), ...added(fixer)] };
}

/** An argument with the comma before it and the brackets around it; undefined where something else stands between. */
function rangeWithComma({ text }: FileModel, before: TSESTree.Node, given: TSESTree.Node): readonly [number, number] | undefined {
  const comma = text.indexOf(",", before.range[1]);
  const opening = text.slice(comma + 1, given.range[0]);
  if (comma < 0 || comma > given.range[0] || !/^[\s)]*$/u.test(text.slice(before.range[1], comma)) || !/^[\s(]*$/u.test(opening)) return undefined;
  let end = given.range[1];
  for (let open = opening.replaceAll(/\s/gu, "").length; open > 0; open--) end = text.indexOf(")", end) + 1;
  return [comma, end];
}

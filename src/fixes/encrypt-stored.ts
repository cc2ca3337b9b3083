import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { wrapped, type Node } from "../model/ast.ts";
import type { Command } from "../model/clients.ts";
import type { FileModel } from "../model/file.ts";
import type { Finding } from "../model/personal-data.ts";
import { target } from "../model/values.ts";
import { encryptorFor } from "./encrypt.ts";

/** A suggestion: its words, and its edits. */
export interface Suggestion {
  readonly title: string;
  readonly fix: (fixer: RuleFixer) => RuleFix[];
}

/** Encrypts what a finding stands on, keeping the command's argument of the kind that the SDK expects. */
export function encryptFix(file: FileModel, command: Command, at: Node, findings: readonly Finding[]): Suggestion {
  const encryptor = encryptorFor(file, at);
  const seal = (text: string): string => `${encryptor.isAsync ? "await " : ""}${encryptor.name}(${text})`;
  const edit = editFor(file, command, at, findings, seal);
  return {
    title: encryptor.title,
    fix: (fixer) => [...encryptor.fixes(fixer), edit(fixer)],
  };
}

type Seal = (text: string) => string;
type Edit = (fixer: RuleFixer) => RuleFix;

function editFor(file: FileModel, command: Command, at: Node, findings: readonly Finding[], seal: Seal): Edit {
  const text = (node: Node): string => file.text.slice(...node.range);
  const { parent } = at;
  const role = command.values.find(({ value }) => value.node && contains(value.node, at))?.role ?? "value";
  const isWhole = isRecord(file, at, findings);
  // { ...user }: the sensitive properties are written again behind the spread.
  if (isWhole && parent?.type === "SpreadElement") {
    return (fixer) => fixer.insertTextAfter(parent, overrides(text(at), findings, seal));
  }
  const top = command.values.find(({ value }) => value.node === at);
  if (isWhole && top && role !== "value") {
    return (fixer) => fixer.replaceText(at, `{ ...${text(at)}${overrides(text(at), findings, seal)} }`);
  }
  if (parent?.type === "Property" && parent.shorthand) {
    return (fixer) => fixer.replaceText(parent, `${text(at)}: ${seal(asString(file, at, text(at)))}`);
  }
  const node = isWhole ? outermost(command, at) : wrapped(at);
  return (fixer) => fixer.replaceText(node, seal(isWhole ? asJson(node, text(node)) : asString(file, node, text(node))));
}

function contains(outer: Node, inner: Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}

/** The finding stands on an object that has the sensitive properties, not on one of them. */
function isRecord(file: FileModel, at: Node, findings: readonly Finding[]): boolean {
  const value = file.evaluator.value(at);
  const leads = target(value);
  if (leads.kind === "object" || leads.kind === "array") return true;
  const name = value.kind === "ref" ? value.name : value.kind === "member" ? value.property : undefined;
  if (findings.length === 1 && findings[0]?.name === name) return false;
  return value.kind !== "template" && value.kind !== "operation" && !findings.every((finding) => finding.name === name);
}

function overrides(object: string, findings: readonly Finding[], seal: Seal): string {
  return findings.map(({ name }) => {
    const isName = /^[\p{L}_$][\p{L}\d_$]*$/u.test(name);
    const read = isName ? `${object}.${name}` : `${object}[${JSON.stringify(name)}]`;
    return `, ${isName ? name : JSON.stringify(name)}: ${seal(`String(${read})`)}`;
  }).join("");
}

/** The whole argument around a part of it. */
function outermost(command: Command, at: Node): Node {
  for (const { value } of command.values) if (value.node && contains(value.node, at)) return wrapped(value.node);
  return wrapped(at);
}

function asJson(node: Node, text: string): string {
  return node.type === "CallExpression" && /^JSON\.stringify\b/u.test(text) ? text : `JSON.stringify(${text})`;
}

function asString(file: FileModel, node: Node, text: string): string {
  const value = file.evaluator.value(node);
  const isString =
    value.kind === "template" || (value.kind === "ref" && value.type?.kind === "keyword" && value.type.name === "string");
  if (isString || /^(?:JSON\.stringify|String)\(/u.test(text)) return text;
  return `String(${node.type === "SequenceExpression" ? `(${text})` : text})`;
}

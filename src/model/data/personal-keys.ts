import type { TSESTree } from "@typescript-eslint/types";
import { unwrap, type Node } from "../syntax/ast.ts";
import type { Command } from "../clients/clients.ts";
import type { FileModel } from "../file.ts";
import { expiryAt } from "../commands/expiry-around.ts";
import { signatureOf } from "../commands/key-signature.ts";
import { MAX_LINKS } from "../values/chains.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { constructionOf, limiterCallAt, limiterOption } from "../limits/limiters.ts";
import type { Finding } from "./findings.ts";
import { shownInPlain } from "./personal-data.ts";
import { classifyName } from "./sensitive-names.ts";
import { namesOf } from "./telling-names.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** Where a name stands that others than its owner can read. */
export type Place = "key" | "channel" | "index" | "limiter";

/** Personal data in such a name. */
export interface PersonalName {
  readonly place: Place;
  /** The command or method. */
  readonly method: string;
  readonly finding: Finding;
  /** The argument that holds it. */
  readonly argument: Node;
}

interface Named {
  readonly place: Place;
  readonly method: string;
  readonly text: Located;
  readonly argument: Node;
  /** It is the key of a counter that ends by itself: an address is what it counts by. */
  readonly counts?: () => boolean;
}

/** Personal data in the keys, channels and names that a call uses. */
export function personalNamesAt(file: FileModel, node: TSESTree.CallExpression): readonly PersonalName[] {
  return namesAt(file, node).flatMap(({ text, counts, ...named }) => personalIn(file, text, named, counts).map((finding) => ({ ...named, finding })));
}

function namesAt(file: FileModel, node: TSESTree.CallExpression): readonly Named[] {
  const command = file.commandAt(node);
  if (command) return namesOfCommand(file, command, node);
  const limiter = limiterCallAt(file, node);
  if (limiter) return limiterName(file, node);
  return indexName(file, node) ?? namesBehind(file, node);
}

const NAMING_ROLES: Readonly<Record<string, Place>> = { key: "key", keys: "key", keyEntries: "key", keyPathValue: "key", pattern: "key", channel: "channel" };

function namesOfCommand(file: FileModel, { name, args, call }: Command, node: Node): readonly Named[] {
  const { tracer } = file;
  return args.flatMap(({ value, role }): readonly Named[] => {
    const place = NAMING_ROLES[role];
    if (!place) return [];
    const located = { value, place: call.place };
    const texts = role === "keyEntries" ? entryKeys(tracer, located) : role === "keyPathValue" ? tracer.property(located, "key") : [located];
    return texts.map((text) => ({ place, method: name, text, argument: text.value.node ?? value.node ?? node, counts: () => isCounter(file, text) }));
  });
}

const COUNTING = new Set(["incr", "incrby", "incrbyfloat"]);

/** The file counts under the same key, gives the counter an end, and writes the key down nowhere else: a limiter that is made by hand. */
function isCounter(file: FileModel, key: Located): boolean {
  const signature = signatureOf(file.tracer, key);
  const commands = file.callNodes.flatMap((node) => {
    const command = node.type === "CallExpression" ? file.commandAt(node) : undefined;
    return command && node.type === "CallExpression" ? [{ command, node }] : [];
  });
  const isKey = (value: Value, { call }: Command): boolean => signatureOf(file.tracer, { value, place: call.place }) === signature;
  if (commands.some(({ command }) => command.values.some(({ value }) => isKey(value, command)))) return false;
  return commands.some(({ command, node }) => COUNTING.has(command.name) && command.keys.some((value) => isKey(value, command)) && expiryAt(file, command, node) !== "never");
}

/** `mset({ [`user:${email}`]: value })` */
function entryKeys(tracer: Tracer, object: Located): readonly Located[] {
  return tracer.alternatives(object).flatMap(({ value, place }) =>
    value.kind === "object" ? value.entries.flatMap(({ computed }) => (computed ? [{ value: computed, place }] : [])) : [],
  );
}

/** A limiter with analytics keeps its identifiers for 90 days; without, for the length of its window. */
function limiterName(file: FileModel, node: TSESTree.CallExpression): readonly Named[] {
  const call = limiterCallAt(file, node);
  const construction = call && constructionOf(file.tracer, call.client);
  const [argument] = node.arguments;
  if (!construction || !argument || (call.method !== "limit" && call.method !== "blockUntilReady")) return [];
  const analytics = limiterOption(file.tracer, construction, "analytics");
  const isOn = analytics.is === "given" && analytics.values.every((value) => file.tracer.constant(value) === true);
  return isOn ? [{ place: "limiter", method: call.method, text: file.located(argument), argument }] : [];
}

/** `search.index(name)`, `index.namespace(name)`. */
function indexName(file: FileModel, node: TSESTree.CallExpression): readonly Named[] | undefined {
  const callee = unwrap(node.callee);
  const [argument] = node.arguments;
  if (callee.type !== "MemberExpression" || !argument) return undefined;
  const method = target(file.evaluator.value(callee));
  if (method.kind !== "member" || (method.property !== "index" && method.property !== "namespace")) return undefined;
  const product = file.clients.clientOf({ value: method.object, place: file.place })?.product;
  const isName = (product === "search" && method.property === "index") || (product === "vector" && method.property === "namespace");
  return isName ? [{ place: "index", method: method.property, text: file.located(argument), argument }] : undefined;
}

const USING_NAME = /get|read|fetch|load|find|set|save|store|put|cache|write|add|push|del|remove|invalidate|clear|has|exist|publish|notify|incr|count|key|lookup|remember/iu;

/** Keys that a project's own function makes of what it is given: `getUser(email)`. */
function namesBehind(file: FileModel, node: TSESTree.CallExpression): readonly Named[] {
  const value = file.evaluator.value(node);
  if (value.kind !== "call" || value.args.length === 0 || value.spreadAt !== undefined) return [];
  const callee = target(value.callee);
  const name = value.callee.kind === "ref" ? value.callee.name : callee.kind === "member" ? callee.property : undefined;
  if (name === undefined || !USING_NAME.test(name)) return [];
  const call: Located<CallValue> = { value, place: file.place };
  return file.tracer.functions({ value: value.callee, place: file.place }).flatMap(({ fn, place: at }) => {
    const place = file.tracer.inside(call, { fn, place: at });
    for (const inner of callsIn(fn.body)) {
      const command = file.clients.commandOf({ value: inner, place });
      const key = command?.keys[0];
      const index = key && parameterIn(key, fn);
      const argument = index === undefined ? undefined : node.arguments[index];
      if (!command || !key || !argument) continue;
      // What the function's own names say is reported where it stands.
      const own = shownInPlain(file, { value: key, place: { module: at.module } }, argument);
      if (own.length === 0) return [{ place: "key" as const, method: `${name} → ${command.name}`, text: file.located(argument), argument }];
    }
    return [];
  });
}

function parameterIn(value: Value, fn: object, depth = 0): number | undefined {
  if (depth > 6) return undefined;
  if (value.kind === "param") return value.fn === fn ? value.index : undefined;
  const parts = value.kind === "ref" ? [value.target] : value.kind === "template" ? value.parts : value.kind === "call" ? value.args : [];
  for (const part of parts) {
    const index = parameterIn(part, fn, depth + 1);
    if (index !== undefined) return index;
  }
  return undefined;
}

const PERSONAL = new Set(["contact", "identity", "government", "financial", "health", "location"]);

function personalIn(file: FileModel, text: Located, { place, argument }: Omit<Named, "text" | "counts">, counts?: () => boolean): readonly Finding[] {
  const { tracer } = file;
  const made = madeHere(text);
  const node = made.value.node ?? argument;
  const found = shownInPlain(file, made, node).filter(({ sensitivity }) => PERSONAL.has(sensitivity.category));
  // A limiter is there to count addresses.
  const seen = place === "limiter" ? [] : addresses(tracer, made, node);
  return [...found, ...(seen.length > 0 && counts?.() ? [] : seen), ...literals(tracer, made, node)];
}

/** A key by name is shown where it is put together. */
function madeHere(text: Located): Located {
  let { value } = text;
  for (let links = 0; links < MAX_LINKS && value.kind === "ref" && value.target.node && ["template", "ref"].includes(value.target.kind); links++) value = value.target;
  return { value, place: text.place };
}

/** What makes a key that of a counter, which ends by itself. */
const LIMITING = /rate|limit|throttl|attempt|cooldown|block|ban|deny/iu;

/** The address of a visitor, which is personal data where it is kept for longer than a limiter does. */
function addresses(tracer: Tracer, { value, place }: Located, node: Node): readonly Finding[] {
  for (const { value: at, place: where } of tracer.alternatives({ value, place })) {
    if (at.kind !== "template") continue;
    const texts = at.parts.map((part) => tracer.constant({ value: part, place: where }));
    if (LIMITING.test(texts.filter((text) => typeof text === "string").join(" "))) continue;
    for (const part of at.parts) {
      const name = namesOf(part).find((word) => classifyName(word)?.label === "IP address");
      const sensitivity = name === undefined ? undefined : classifyName(name);
      if (name !== undefined && sensitivity) return [{ sensitivity, name, node: part.node ?? node }];
    }
  }
  return [];
}

const EMAIL = /\w@(?<host>\w[\w.-]*)/u;
const NOBODY = /(?:^|\.)(?:example|test|invalid|localhost|domain|acme|email|yourdomain|company)(?:\.|$)/iu;

/** A person's address that is written in the code. */
function literals(tracer: Tracer, text: Located, node: Node): readonly Finding[] {
  const parts = text.value.kind === "template" ? text.value.parts.map((value) => ({ value, place: text.place })) : [text];
  return parts.flatMap((part) => {
    const constant = tracer.constant(part);
    const host = typeof constant === "string" ? EMAIL.exec(constant)?.groups?.["host"] : undefined;
    if (!host?.includes(".") || NOBODY.test(host)) return [];
    return [{ sensitivity: { category: "contact", label: "email address", strength: "strong" } as const, name: "a literal", node }];
  });
}

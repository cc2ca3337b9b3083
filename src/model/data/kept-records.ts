import { keyHeads } from "../../project/search.ts";
import { sourceFiles } from "../../project/source-files.ts";
import type { Project } from "../../project/project.ts";
import { passthroughOf } from "../../sdk/passthrough.ts";
import type { Clients, Command } from "../clients/clients.ts";
import { callsOf } from "../syntax/all-calls.ts";
import type { CallValue, Value } from "../values/ir.ts";
import type { Sensitivity } from "./sensitive-names.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

/*
 * A record that is read from Redis, changed and written back has no shape of its own: it has the one that the project
 * writes under keys of the same form.
 */

/** Stands in a form for what is not constant. */
const HOLE = "\0";
/** Files that write keys with the same beginning: more are not looked through. */
const MAX_FILES = 24;

/** The form of a key: `user:${id}` and `user:${email}` have the same. Undefined: it begins with nothing that tells. */
export function formOfKey(tracer: Tracer, key: Located): string | undefined {
  const found = tracer.only(key);
  if (found?.value.kind !== "template") return undefined;
  const { value, place } = found;
  const parts = value.parts.map((part) => tracer.constant({ value: part, place }));
  const form = parts.map((part) => (part === undefined || part === null ? HOLE : String(part))).join("");
  return /^[\w.-]+:/u.test(form) ? form : undefined;
}

/** Whether a value is, whatever way the program takes, what stands under keys of this form. */
export function isReadUnder(clients: Clients, tracer: Tracer, located: Located, form: string, depth = 0): boolean {
  const origins = tracer.alternatives(located);
  return depth < 4 && origins.every(({ value, place }) => value.kind === "call" && isRead(clients, tracer, { value, place }, form, depth));
}

function isRead(clients: Clients, tracer: Tracer, call: Located<CallValue>, form: string, depth: number): boolean {
  const { value, place } = call;
  const path = tracer.canonical({ value: value.callee, place });
  const [text] = value.args;
  // JSON.parse(text)
  if (text && path?.source === "global" && passthroughOf(path)) return isReadUnder(clients, tracer, { value: text, place }, form, depth + 1);
  const command = clients.commandOf(call);
  const [key] = command?.name === "get" ? command.keys : [];
  return key !== undefined && formOfKey(tracer, { value: key, place }) === form;
}

/** Personal data in a record. */
export interface KeptPart {
  readonly sensitivity: Sensitivity;
  readonly name: string;
  readonly holder?: { readonly property: string } | undefined;
}

/** What is asked of each write. */
export interface Inquiry {
  readonly project: Project;
  readonly clients: Clients;
  readonly tracer: Tracer;
  /** What a write stores; empty: nothing that is looked for. */
  readonly stored: (command: Command) => readonly KeptPart[];
  /** Whether nothing is known of what stands in a record. */
  readonly isUnknown: (located: Located) => boolean;
}

/**
 * What the project's `set` commands store under keys of a form. Empty: nothing that is looked for, or one of them stores
 * something else, so that it is not known which of both was read.
 */
export function storedUnder(form: string, inquiry: Inquiry): readonly KeptPart[] {
  let forms = known.get(inquiry.tracer);
  if (!forms) known.set(inquiry.tracer, (forms = new Map<string, readonly KeptPart[]>()));
  let found = forms.get(form);
  if (!found) forms.set(form, (found = findUnder(form, inquiry)));
  return found;
}

/** By the tracer of the linted file, which lives as long as what is known of it. */
const known = new WeakMap<Tracer, Map<string, readonly KeptPart[]>>();

function findUnder(form: string, { project, clients, tracer, stored, isUnknown }: Inquiry): readonly KeptPart[] {
  const { root, pass, upstash } = project;
  const [head = ""] = /^[\w.-]+:/u.exec(form) ?? [];
  const files = sourceFiles(root, pass).files.filter((file) => keyHeads.get(file, pass)?.has(head) === true && upstash.module(file));
  if (files.length > MAX_FILES) return [];
  let first: readonly KeptPart[] = [];
  for (const file of files) {
    const module = project.module(file);
    for (const value of module ? callsOf(module) : []) {
      if (!module || !isSet(value.callee)) continue;
      const command = clients.commandOf({ value, place: { module } });
      const [key] = command?.keys ?? [];
      if (command?.name !== "set" || !key || formOfKey(tracer, { value: key, place: command.call.place }) !== form) continue;
      const found = stored(command);
      const isBack = (one: Value): boolean => isUnknown({ value: one, place: command.call.place }) || isUpdate(one, (part) => isUnknown({ value: part, place: command.call.place }));
      // Another record that is written back says nothing of what it holds; anything else does.
      if (found.length === 0 && !command.values.every((one) => isBack(one.value))) return [];
      if (first.length === 0) first = found;
    }
  }
  return first;
}

/** `{ ...user, password }`: a record with some of its members replaced. */
function isUpdate(value: Value, isUnknown: (part: Value) => boolean): boolean {
  const at = target(value);
  const [json] = at.kind === "call" ? at.args : [];
  const object = json ? target(json) : at;
  return object.kind === "object" && object.entries.some((entry) => entry.spread && isUnknown(entry.value));
}

function isSet(callee: Value): boolean {
  const at = target(callee);
  return at.kind === "member" && at.property === "set";
}

import { contains, enclosingFunction, type Node } from "../syntax/ast.ts";
import type { Command } from "../clients/clients.ts";
import type { FileModel } from "../file.ts";
import { unwrapHandler, type Handler } from "../handlers/index.ts";
import { requestInputs, type RequestInput } from "../input/request-input.ts";
import { reachedSinks, type Reached } from "../input/untrusted-sinks.ts";
import { coverageOf } from "../protection/coverage.ts";
import { exposureOf } from "../protection/protection.ts";
import type { CallValue } from "../values/ir.ts";
import type { Located } from "../values/trace.ts";
import { optionOf } from "../values/options.ts";
import { constantOf, target } from "../values/values.ts";
import { keySinksOf, type KeyKind } from "./key-sinks.ts";

/** Commands that put another value in the place of what is stored, or delete it. Counters, lists and sets only grow. */
const REPLACES = new Set(["set", "setex", "psetex", "getset", "json.set", "json.merge", "hset", "hmset"]);
const DELETES = new Set(["del", "unlink", "getdel", "json.del", "json.forget"]);
/** Who knows it may use it: it can't be guessed, or was sent to its owner. */
export const CAPABILITY = /token|otp|code|pin$|secret|nonce|state|ticket|invit|session|sid$|hash|signature|uuid|guid|jti|verifier|challenge|key$/iu;
/** Whoever gives it speaks of himself, as in a form to subscribe. */
const OWN = /e_?mail|phone|wallet|address/iu;
/** What is stored can be made again. */
export const REMADE = /cache|rate|limit|lock|view|count|visit|hit|temp/iu;

/**
 * Records under a prefix, of which any caller chooses which to overwrite or delete: an unchecked input follows the
 * prefix, and nothing on the way asks who calls. Where that is not certain, nothing is found.
 */
export function openRecords(file: FileModel): readonly Reached<KeyKind>[] {
  if (!file.handlers.possible) return [];
  const found = reachedSinks(file, (call) => recordSinks(file, call), (_sink, inputs) => inputs.find((input) => isChosen(input)));
  return found.filter(({ node }) => isOpenToAnybody(file, node));
}

/** The node stands in a handler before which nothing asks who calls. False where that is not certain. */
export function isOpenToAnybody(file: FileModel, node: Node): boolean {
  const handler = handlerAround(file, node);
  return handler !== undefined && isForAnybody(file, handler);
}

function recordSinks(file: FileModel, call: Located<CallValue>) {
  const keys = keySinksOf(file, call).filter(({ kind, value }) => kind === "key" && prefixOf(value) !== undefined);
  if (keys.length === 0) return [];
  const command = file.clients.commandOf(call);
  if (!command || !changesRecord(file, command)) return [];
  return keys.filter(({ value }) => {
    const prefix = prefixOf(value) ?? "";
    return !REMADE.test(prefix) && !CAPABILITY.test(prefix) && !isReadBefore(file, value, command, call);
  });
}

/** The command deletes what is stored, or puts something of the request in its place. */
export function changesRecord(file: FileModel, command: Command): boolean {
  if (DELETES.has(command.name)) return true;
  const { place } = command.call;
  return REPLACES.has(command.name) && !isFirst(file, command) && command.values.some(({ value }) => requestInputs(file, { value, place }).length > 0);
}

/** The constant text that a key begins with. */
export function prefixOf({ value }: Located): string | undefined {
  const at = target(value);
  const [first] = at.kind === "template" ? at.parts : [];
  const text = first && constantOf(first);
  return text === undefined || text === "" ? undefined : text;
}

function isChosen({ kind, path, whole }: RequestInput): boolean {
  const name = path.at(-1) ?? "";
  return !whole && kind !== "cookie" && kind !== "header" && name !== "" && !CAPABILITY.test(name) && !OWN.test(name);
}

/** `nx`: only what is not there yet. */
function isFirst(file: FileModel, command: Command): boolean {
  return command.args.some(({ value, role }) => role === "options" && optionOf(file.tracer, { value, place: command.call.place }, "nx").is !== "absent");
}

/** The function reads something under the same input: whether it is there, or whose it is, may be asked. */
function isReadBefore(file: FileModel, key: Located, command: Command, call: Located<CallValue>): boolean {
  const inputs = requestInputs(file, key);
  const fn = call.value.node && enclosingFunction(call.value.node);
  return file.callNodes.some((node) => {
    if (fn === undefined || node.type !== "CallExpression" || !contains(fn, node)) return false;
    const other = file.commandAt(node);
    if (other === undefined || other.call.value === command.call.value || (other.access !== "read" && other.name !== "getdel")) return false;
    return other.keys.some((value) => requestInputs(file, { value, place: file.place }).some(({ kind, path }) => inputs.some((one) => one.kind === kind && one.path.join() === path.join())));
  });
}

function handlerAround(file: FileModel, node: Node): Handler | undefined {
  return file.handlers.all.find(({ value }) => unwrapHandler(file.tracer, value).functions.some(({ fn }) => fn.node !== undefined && contains(fn.node, node)));
}

/** All that runs before it could be read, and none of it asks who calls. */
function isForAnybody(file: FileModel, handler: Handler): boolean {
  const isKnown = [...handler.before, ...unwrapHandler(file.tracer, handler.value).functions.flatMap(({ wrappers }) => wrappers.map(({ value, place }) => ({ value: value.callee, place })))];
  if (isKnown.some((middleware) => file.tracer.functions(middleware).length === 0)) return false;
  const { caller, readable } = exposureOf(file, handler);
  return readable && !caller && !coverageOf(file, handler).caller;
}

import type { FileModel } from "../file.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { pointsToUpstash } from "../clients/connections.ts";
import { isOfOtherProduct, piecesOf, SEVERAL } from "../clients/rest-commands.ts";
import { requestInputs } from "../input/request-input.ts";
import type { Located } from "../values/trace.ts";
import type { Sink } from "../input/untrusted-sinks.ts";
import { constantOf, target } from "../values/values.ts";

/**
 * How a stranger would choose a command: by its name in a list of words or a path, by the whole list, by the body of a
 * request, or by the name of a client's method.
 */
export type CommandKind = "name" | "words" | "body" | "method";

/** Commands whose second word says what they do: https://redis.io/docs/latest/commands/ */
const CONTAINERS = new Set(["ACL", "CLIENT", "CONFIG", "DEBUG", "FUNCTION", "MEMORY", "MODULE", "OBJECT", "SCRIPT"]);
const COMMAND_GROUPS = new Set(["json", "functions"]);

/** Text test: false where no command is written out, chosen by name or sent by hand. */
export const mayChooseCommand = (text: string): boolean => /\bexec\b|[\w)]\s?\]\s{0,4}(?:\?\.)?\(|\]\s?;|\b(?:fetch|ky|got|axios|ofetch)\b/u.test(text);

/** What decides which Redis command a call runs: of the SDK's clients, and of requests to the REST API. */
export function commandSinksOf(file: FileModel, call: Located<CallValue>): readonly Sink<CommandKind>[] {
  const { value, place } = call;
  if (value.isNew) return [];
  const callee = target(value.callee);
  if (callee.kind === "member") {
    const { key, object, property } = callee;
    if (property === undefined) {
      const chooses = key !== undefined && constantOf(key) === undefined && requestInputs(file, { value: key, place }).length > 0;
      return chooses && runsCommands(file, { value: object, place }) ? [{ kind: "method", value: { value: key, place } }] : [];
    }
    if (property === "exec") {
      const [list] = value.args;
      if (!list || file.clients.clientOf({ value: object, place })?.product !== "redis") return [];
      return wordsOf({ value: list, place }, list);
    }
  }
  return requestSinks(file, call);
}

/** A client, a pipeline or transaction of it, or its group of JSON commands. */
function runsCommands(file: FileModel, located: Located): boolean {
  const object = target(located.value);
  if (object.kind === "member" && COMMAND_GROUPS.has(object.property ?? "")) return runsCommands(file, { value: object.object, place: located.place });
  if (file.clients.clientOf(located)?.product === "redis") return true;
  return file.tracer.alternatives(located).some(({ value, place }) => {
    const callee = value.kind === "call" ? target(value.callee) : undefined;
    const opens = callee?.kind === "member" && (callee.property === "pipeline" || callee.property === "multi");
    return opens && file.clients.clientOf({ value: callee.object, place })?.product === "redis";
  });
}

/** The words that name a command in a list; of a list that is written elsewhere, its first element. */
function wordsOf({ value, place }: Located, shown: Value): readonly Sink<CommandKind>[] {
  const list = target(value);
  if (list.kind !== "array") return [{ kind: "words", value: { value: elementOf(value), place }, node: shown.node }];
  const [name, second] = list.items;
  if (!name) return [];
  const isContainer = CONTAINERS.has((constantOf(name) ?? "").toUpperCase());
  return (isContainer && second ? [name, second] : [name]).map((word) => ({ kind: "name", value: { value: word, place }, node: shown.node }));
}

function elementOf(object: Value): Value {
  return { kind: "member", object, property: "0", ...(object.node ? { node: object.node } : {}) };
}

/** A request to the REST API of a database, by whatever function: the command in its path, or in its body. */
function requestSinks(file: FileModel, { value, place }: Located<CallValue>): readonly Sink<CommandKind>[] {
  const [address, options] = value.args;
  if (!address || !file.mentionsUpstash || !pointsToUpstash(file, { value: address, place })) return [];
  const pieces = piecesOf(address);
  if (pieces.some((piece) => isOfOtherProduct(file.tracer, { value: piece, place }))) return [];
  let path = "";
  for (const piece of pieces) {
    const text = file.tracer.constant({ value: piece, place });
    if (typeof text === "string") path += text;
    else if (requestInputs(file, { value: piece, place }).length > 0) return isHost(path, "/") ? [{ kind: "name", value: { value: piece, place } }] : [];
    else if (path !== "" || !pointsToUpstash(file, { value: piece, place })) return [];
  }
  const rest = path.replace(/^https?:\/\/[^/?#]*/u, "");
  if (!SEVERAL.test(rest) && !/^\/?$/u.test(rest)) return [];
  const given = options ? file.tracer.property({ value: options, place }, "body") : [];
  return given.flatMap((body) => bodySinks(file, body, SEVERAL.test(rest), options ?? address));
}

function isHost(path: string, end: string): boolean {
  return path.replace(/^https?:\/\/[^/?#]+/u, "") === end;
}

function bodySinks(file: FileModel, body: Located, several: boolean, shown: Value): readonly Sink<CommandKind>[] {
  const { value, place } = body;
  const made = target(value);
  const path = made.kind === "call" ? file.tracer.canonical({ value: made.callee, place }) : undefined;
  const [json] = made.kind === "call" && path?.source === "global" && path.path.join(".") === "JSON.stringify" ? made.args : [];
  const list = json && target(json);
  if (list?.kind === "array") return (several ? list.items : [list]).flatMap((item) => wordsOf({ value: item, place }, shown));
  const first = elementOf(value);
  return [{ kind: "body", value: { value: several ? elementOf(first) : first, place }, node: shown.node }];
}

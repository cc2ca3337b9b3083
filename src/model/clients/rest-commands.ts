import { REQUESTS } from "../../sdk/sinks.ts";
import type { CallValue, Value } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";
import type { Command } from "./clients.ts";
import { pointsToUpstash } from "./connections.ts";
import { OTHER_MAKER, wordsCommand } from "./wire-commands.ts";

/** Endpoints of the REST API that take several commands: https://upstash.com/docs/redis/features/restapi */
export const SEVERAL = /^\/(?:pipeline|multi-exec)\/?$/u;

/** A cheap question: false where a call is no request by a function such as `fetch`. */
export function isRequestName(callee: Value): boolean {
  const at = target(callee);
  if (at.kind === "global") return at.name === "fetch" || at.name === "$fetch";
  return at.kind === "import" && /fetch|ky|got|axios/u.test(at.source);
}

/**
 * The commands that a request to the REST API of a database runs: in its path, with the body as the last word; as a list
 * of words in its body; or several such lists. Empty: it is no such request, or its command is not known.
 */
export function restCommandsOf(tracer: Tracer, call: Located<CallValue>): readonly Command[] {
  const { value, place } = call;
  const [address, options] = value.args;
  if (!address || value.isNew || !pointsToUpstash({ tracer }, { value: address, place })) return [];
  const path = tracer.canonical({ value: value.callee, place });
  if (!path || !REQUESTS.match(path)) return [];
  const found = tracer.only({ value: address, place });
  const pieces = found ? piecesOf(found.value) : [];
  if (!found || pieces.some((piece) => isOfOtherProduct(tracer, { value: piece, place: found.place }))) return [];
  const words = wordsOfPath(tracer, pieces, found);
  const run = { client: OTHER_MAKER, mode: "direct", call, isRaw: true, via: "rest" } as const;
  const bodies = options ? tracer.property({ value: options, place }, "body") : [];
  const body = bodies.length === 1 ? bodies[0] : undefined;
  const several = words.length === 1 && SEVERAL.test(`/${constantOf(words[0] as Value) ?? ""}`);
  if (words.length > 0 && !several) {
    const given = body ? [...words, body.value] : words;
    const command = wordsCommand(given, { ...run, call: { value, place: body?.place ?? found.place } });
    return command ? [command] : [];
  }
  const list = body && listIn(tracer, body);
  if (list?.value.kind !== "array") return [];
  const lists = several ? list.value.items.flatMap((item) => arrayAt(tracer, { value: item, place: list.place })) : [list];
  return lists.flatMap((one) => (one.value.kind === "array" ? (wordsCommand(one.value.items, { ...run, call: { value, place: one.place } }) ?? []) : []));
}

/** The array behind `JSON.stringify([…])`. */
function listIn(tracer: Tracer, { value, place }: Located): Located | undefined {
  const made = target(value);
  const path = made.kind === "call" ? tracer.canonical({ value: made.callee, place }) : undefined;
  const [json] = made.kind === "call" && path?.source === "global" && path.path.join(".") === "JSON.stringify" ? made.args : [];
  return json && arrayAt(tracer, { value: json, place })[0];
}

function arrayAt(tracer: Tracer, located: Located): readonly Located[] {
  return tracer.alternatives(located).filter(({ value }) => value.kind === "array").slice(0, 1);
}

/** `/set/user:${id}/${email}?EX=60` as words: `set`, `user:…`, the address, `EX`, `60`. Empty: it is not known to be such a path. */
function wordsOfPath(tracer: Tracer, pieces: readonly Value[], { place }: Located): readonly Value[] {
  const segments: Value[][] = [];
  let isHost = true;
  for (const piece of pieces) {
    const text = tracer.constant({ value: piece, place });
    if (typeof text !== "string") {
      if (!isHost) segments.at(-1)?.push(piece);
      continue;
    }
    const rest = isHost ? text.replace(/^https?:\/\/[^/?#]*/u, "") : text;
    if (isHost && rest === "") continue;
    isHost = false;
    const [path = "", query] = rest.split("?");
    path.split("/").forEach((part, index) => {
      if (index > 0 || segments.length === 0) segments.push([]);
      if (part !== "") segments.at(-1)?.push({ kind: "literal", value: part });
    });
    if (query !== undefined) {
      for (const word of query.split(/[=&]/u)) if (word !== "") segments.push([{ kind: "literal", value: word }]);
    }
  }
  return segments.flatMap((parts): readonly Value[] => {
    const [only] = parts;
    return parts.length === 0 || !only ? [] : parts.length === 1 ? [only] : [{ kind: "template", parts }];
  });
}

/** The pieces of an address, in order. */
export function piecesOf(value: Value): readonly Value[] {
  const at = target(value);
  if (at.kind === "template") return at.parts.flatMap(piecesOf);
  if (at.kind === "operation" && at.operator === "+") return at.operands.flatMap(piecesOf);
  // A name on the way is kept: it says what stands there.
  return [value];
}

/** QStash, Vector, Search and the developer API take no Redis commands. */
export function isOfOtherProduct(tracer: Tracer, located: Located): boolean {
  return tracer.alternatives(located).some(({ value }) => {
    const text = value.kind === "env" ? value.name : value.kind === "literal" && typeof value.value === "string" ? value.value : undefined;
    return text !== undefined && /qstash|vector|search|workflow|kafka|api\.upstash|box\.upstash/iu.test(text);
  });
}

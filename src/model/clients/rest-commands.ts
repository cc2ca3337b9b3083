import type { CallValue, Value } from "../values/ir.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";
import type { Command } from "./clients.ts";
import { pointsToUpstash } from "./connections.ts";
import { httpRequestOf, type HttpRequest } from "./http-requests.ts";
import { OTHER_MAKER, wordsCommand } from "./wire-commands.ts";

/** Endpoints of the REST API that take several commands: https://upstash.com/docs/redis/features/restapi */
export const SEVERAL = /^\/(?:pipeline|multi-exec)\/?$/u;

/**
 * The commands that a request to the REST API of a database runs: in its path, with the body as the value; as a list of
 * words in its body; or several such lists. Empty: it is no such request, or its command is not known.
 */
export function restCommandsOf(tracer: Tracer, call: Located<CallValue>): readonly Command[] {
  const request = httpRequestOf(tracer, call);
  const found = request && addressOf(tracer, request);
  if (!found) return [];
  const { value } = call;
  const { body } = request;
  const { path, query } = wordsOfPath(tracer, found.pieces, found);
  const appended = [...query, ...(request.query ? wordsOfQuery(tracer, request.query) : [])];
  const run = { client: OTHER_MAKER, mode: "direct", call, isRaw: true, via: "rest" } as const;
  const several = path.length === 1 && SEVERAL.test(`/${constantOf(path[0] as Value) ?? ""}`);
  if (path.length > 0 && !several) {
    // https://upstash.com/docs/redis/features/restapi: `SET foo $body EX 100` of `/set/foo?EX=100`.
    const given = [...path, ...(body ? [body.value] : []), ...appended];
    const command = wordsCommand(given, { ...run, call: { value, place: body?.place ?? found.place } });
    return command ? [command] : [];
  }
  const list = body && listIn(tracer, body);
  if (list?.value.kind !== "array") return [];
  const lists = several ? list.value.items.flatMap((item) => arrayAt(tracer, { value: item, place: list.place })) : [list];
  return lists.flatMap((one) => (one.value.kind === "array" ? (wordsCommand(one.value.items, { ...run, call: { value, place: one.place } }) ?? []) : []));
}

interface Address {
  readonly pieces: readonly Value[];
  readonly place: Place;
}

/** The address of a database's REST API, with what it is relative to. Undefined: it is none, or not known. */
function addressOf(tracer: Tracer, { address, base }: HttpRequest): Address | undefined {
  const found = tracer.only(address);
  const isRelative = base !== undefined && !pointsToUpstash({ tracer }, address);
  if (!found || !pointsToUpstash({ tracer }, isRelative ? base : address)) return undefined;
  const own = piecesOf(found.value);
  const [first] = own;
  const begins = first && tracer.constant({ value: first, place: found.place });
  // Another host's address stands for itself, and what begins with something unknown may be one.
  if (isRelative && (typeof begins !== "string" || /^[a-z]+:/iu.test(begins))) return undefined;
  const start = isRelative ? tracer.only(base) : undefined;
  const before = start ? piecesOf(start.value).map((piece) => ({ value: piece, place: start.place })) : [];
  if ([...before, ...own.map((value) => ({ value, place: found.place }))].some((piece) => isOfOtherProduct(tracer, piece))) return undefined;
  // Of the base only its own text can be part of a path.
  const texts = before.flatMap((piece): readonly Value[] => {
    const text = tracer.constant(piece);
    return typeof text === "string" ? [{ kind: "literal", value: text }] : [];
  });
  return { pieces: [...texts, ...own], place: found.place };
}

/** `{ params: { EX: 60 } }` as words. */
function wordsOfQuery(tracer: Tracer, query: Located): readonly Value[] {
  const object = tracer.only(query)?.value;
  if (object?.kind !== "object") return [];
  return object.entries.flatMap(({ key, value }): readonly Value[] => (key === undefined ? [] : [{ kind: "literal", value: key }, value]));
}

/** The array behind `JSON.stringify([…])`, or the one that the client writes as JSON by itself. */
function listIn(tracer: Tracer, { value, place }: Located): Located | undefined {
  const made = target(value);
  const path = made.kind === "call" ? tracer.canonical({ value: made.callee, place }) : undefined;
  const [json] = made.kind === "call" && path?.source === "global" && path.path.join(".") === "JSON.stringify" ? made.args : [value];
  return json && arrayAt(tracer, { value: json, place })[0];
}

function arrayAt(tracer: Tracer, located: Located): readonly Located[] {
  return tracer.alternatives(located).filter(({ value }) => value.kind === "array").slice(0, 1);
}

interface Words {
  readonly path: readonly Value[];
  readonly query: readonly Value[];
}

/** `/set/user:${id}/${email}?EX=60` as words: `set`, `user:…`, the address, and `EX`, `60`. Empty: it is not known to be such a path. */
function wordsOfPath(tracer: Tracer, pieces: readonly Value[], { place }: Address): Words {
  const segments: Value[][] = [];
  let ofPath: number | undefined;
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
      ofPath ??= segments.length;
      for (const word of query.split(/[=&]/u)) if (word !== "") segments.push([{ kind: "literal", value: word }]);
    }
  }
  return { path: segments.slice(0, ofPath).flatMap(wordOf), query: ofPath === undefined ? [] : segments.slice(ofPath).flatMap(wordOf) };
}

function wordOf(parts: readonly Value[]): readonly Value[] {
  const [only] = parts;
  return parts.length === 0 || !only ? [] : parts.length === 1 ? [only] : [{ kind: "template", parts }];
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

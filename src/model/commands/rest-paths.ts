import { endsUpstashHost, namesUpstashHost } from "../../sdk/hosts.ts";
import { BASES } from "../../sdk/http-clients.ts";
import { contains, type Node } from "../syntax/ast.ts";
import { pointsToUpstash } from "../clients/connections.ts";
import { instanceBase } from "../clients/http-requests.ts";
import type { FileModel } from "../file.ts";
import { isChecked } from "../input/input-checked.ts";
import { isReplaced } from "../input/replaced.ts";
import { openInputs, untrustedInput, type RequestInput } from "../input/request-input.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import type { Located } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";

/** A value that stands in the path of a request to Upstash as it is. */
export interface RawPart {
  /** The value, in the file that is being linted. */
  readonly node: Node;
  readonly input: RequestInput;
  /** How it is mended: wrapped; each of a list before it is joined; or by another function in the place of `encodeURI`. */
  readonly mend: "wrap" | "each" | "replace";
}

/** A piece of an address, in order. */
type Piece = TextPiece | ValuePiece;

interface TextPiece {
  /** Undefined: what follows can't be read as a path. */
  readonly text: string | undefined;
}

interface ValuePiece {
  readonly value: Located;
  readonly node: Node | undefined;
  /** Its elements are joined by slashes. */
  readonly isList: boolean;
}

const MAX_DEPTH = 12;
const MAX_CALLS = 2;
const MAX_ADDRESSES = 6;
/** Choices in choices: a variable may be assigned what is made of it. */
const MAX_CHOICES = 6;
const SLASH = /\//u;
/** Functions, classes and methods that send requests. */
const REQUEST_WORDS = /\b(?:\$?fetch|ofetch|axios|ky|got|undici|superagent|needle|request|Request|EventSource|sendBeacon|useFetch|get|post)\b/u;
/** QStash takes the destination as it is: https://upstash.com/docs/qstash/api/publish */
const DESTINATION = /^\/v2\/(?:(?:publish|schedules|batch)\/|enqueue\/[^/]*\/)/u;

/** The values that stand unencoded in paths of requests to Upstash which the file, or a function that it hands a path to, makes. */
export function rawParts(file: FileModel): readonly RawPart[] {
  const found = new Map<Node, RawPart>();
  const sends = REQUEST_WORDS.test(file.text);
  for (const node of file.callNodes) {
    const value = file.evaluator.value(node);
    if (value.kind !== "call" || value.args.length === 0) continue;
    const call = { value, place: file.place };
    if (sends) for (const part of partsOfRequest(file, call, call)) found.set(part.node, part);
    if (value.args.some(isText)) for (const part of behind(file, call, call, 0)) found.set(part.node, part);
  }
  return [...found.values()].sort((one, other) => one.node.range[0] - other.node.range[0]);
}

const isText = (value: Value): boolean => /^(?:template|operation|call)$/u.test(target(value).kind);

/** What the functions of the project that a call runs make of the paths that it hands them. */
function* behind(file: FileModel, outer: Located<CallValue>, call: Located<CallValue>, depth: number): Generator<RawPart> {
  if (call.value.isNew) return;
  for (const callee of file.tracer.functions({ value: call.value.callee, place: call.place })) {
    const inside = file.tracer.inside(call, callee);
    for (const value of callsIn(callee.fn.body)) {
      const inner = { value, place: inside };
      if (value.args.length === 0) continue;
      yield* partsOfRequest(file, inner, outer);
      if (depth < MAX_CALLS) yield* behind(file, outer, inner, depth + 1);
    }
  }
}

function* partsOfRequest(file: FileModel, call: Located<CallValue>, outer: Located<CallValue>): Generator<RawPart> {
  if (isConsole(call.value.callee)) return;
  for (const pieces of addressesOf(file, call)) {
    for (const { value, node, isList } of rawPieces(pieces)) {
      // Only what is put together here: a helper's own mistake is reported in its file.
      if (value.place.module !== file || !node || !contains(file.ast, node) || isReplaced(file, value, SLASH)) continue;
      const input = openInputs(file, value).find((one) => isOpen(file, value, one, outer));
      if (!input) continue;
      const encoder = encodeUriOf(file, value);
      yield { node: encoder ?? node, input, mend: encoder ? "replace" : isList ? "each" : "wrap" };
    }
  }
}

function isOpen(file: FileModel, value: Located, input: RequestInput, call: Located<CallValue>): boolean {
  return input.kind === "argument" ? !isChecked(file, input, call) : untrustedInput(file, value, call, input) !== undefined;
}

function isConsole(callee: Value): boolean {
  const at = target(callee);
  const owner = at.kind === "member" ? target(at.object) : undefined;
  return owner?.kind === "global" && owner.name === "console";
}

/** The name `encodeURI` where a value is what it gives back: it leaves `/`, `?` and `#` as they are. */
function encodeUriOf(file: FileModel, { value, place }: Located): Node | undefined {
  const at = target(value);
  const callee = at.kind === "call" ? target(at.callee) : undefined;
  const isEncoder = callee?.kind === "global" && callee.name === "encodeURI" && place.module === file;
  return isEncoder && at.kind === "call" ? at.callee.node : undefined;
}

/** The addresses of Upstash that a call is given, in pieces. */
function addressesOf(file: FileModel, { value, place }: Located<CallValue>): readonly (readonly Piece[])[] {
  const { tracer } = file;
  const callee = target(value.callee);
  // `new URL(path, base)` is the address.
  if (value.isNew && callee.kind === "global" && callee.name === "URL") return pointsToUpstash(file, { value, place }) ? [piecesOf(file, [], { value, place })] : [];
  const args = value.args.slice(0, 3).map((arg): Located => ({ value: arg, place }));
  const option = (names: readonly string[]): Located | undefined =>
    args.flatMap((arg) => (target(arg.value).kind === "object" ? names.flatMap((name) => tracer.property(arg, name)) : []))[0];
  const bases = [option(BASES) ?? instanceBase(tracer, { value, place })].filter((base) => base !== undefined && pointsToUpstash(file, base)) as readonly Located[];
  const [first, second] = args;
  const address = first && target(first.value).kind === "object" ? option(["url", "uri"]) : first;
  return [address, second].flatMap((given) => {
    if (!given || target(given.value).kind === "object") return [];
    if (bases.length === 0 && !pointsToUpstash(file, given)) return [];
    const ways = waysOf(file, given).slice(0, MAX_ADDRESSES);
    return ways.map((way) => piecesOf(file, bases, way));
  });
}

function piecesOf(file: FileModel, bases: readonly Located[], address: Located): readonly Piece[] {
  const pieces = new Pieces(file);
  for (const base of bases) pieces.base(base);
  pieces.add(address);
  return pieces.all;
}

/** Each text that an address may be: `isAll ? a : b` are two. */
function waysOf(file: FileModel, located: Located, depth = 0): readonly Located[] {
  const at = target(located.value);
  if (depth > MAX_CHOICES) return [];
  if (at.kind === "choice") return at.options.flatMap((option) => waysOf(file, { value: option, place: located.place }, depth + 1));
  return file.tracer.alternatives(located);
}

/** Takes an address apart, through variables and functions as far as they hold a path and not a part of one. */
class Pieces {
  readonly all: Piece[] = [];
  readonly #file: FileModel;
  /** What is known so far; an interpolated value stands as a letter. */
  #text = "";

  constructor(file: FileModel) {
    this.#file = file;
  }

  /** What stands before the path, which may end with a slash or not. */
  base(located: Located): void {
    this.add(located);
    if (!this.#text.endsWith("/")) this.#push({ text: "/" });
  }

  add(located: Located, depth = 0): void {
    const { value, place } = located;
    if (depth > MAX_DEPTH) return this.#push({ text: undefined });
    const again = (next: Value): void => this.add({ value: next, place }, depth + 1);
    switch (value.kind) {
      case "template":
        return value.parts.forEach(again);
      case "literal":
        return this.#push({ text: this.#afterBase(String(value.value ?? "")) });
      case "await":
        return again(value.value);
      case "operation":
        if (value.operator === "+" && value.operands.length > 1) return value.operands.forEach(again);
        break;
      case "member":
        if (value.property === "href" && this.#url(value.object, place, depth)) return;
        break;
      case "call":
        if (this.#call({ value, place }, depth)) return;
        break;
      default:
    }
    this.#value(located, depth);
  }

  #call({ value, place }: Located<CallValue>, depth: number): boolean {
    const callee = target(value.callee);
    if (this.#url(callee.kind === "member" && callee.property === "toString" ? callee.object : value, place, depth)) return true;
    if (callee.kind !== "member" || callee.property !== "join" || value.args[0] === undefined || constantOf(value.args[0]) !== "/") return false;
    const list = target(callee.object);
    if (list.kind === "array") {
      list.items.forEach((item, index) => {
        if (index > 0) this.#push({ text: "/" });
        this.add({ value: item, place }, depth + 1);
      });
    } else this.#push({ value: { value: this.#joined(callee.object, place), place }, node: callee.object.node, isList: true });
    return true;
  }

  /** `list.map(String)` holds what `list` does. */
  #joined(list: Value, place: Located["place"]): Value {
    const call = target(list);
    const callee = call.kind === "call" ? target(call.callee) : undefined;
    const [each] = call.kind === "call" ? call.args : [];
    if (callee?.kind !== "member" || callee.property !== "map" || !each) return list;
    const made = this.#file.tracer.canonical({ value: each, place });
    const [fn] = this.#file.tracer.functions({ value: each, place });
    const isText = made?.source === "global" && made.path.join(".") === "String";
    if (isText) return callee.object;
    const [returned, ...others] = fn?.fn.returns ?? [];
    return returned && others.length === 0 ? returned : list;
  }

  /** `new URL(path, base)` */
  #url(made: Value, place: Located["place"], depth: number): boolean {
    const at = target(made);
    const url = at.kind === "call" ? at : this.#file.tracer.only({ value: made, place })?.value;
    if (url?.kind !== "call" || !url.isNew) return false;
    const callee = target(url.callee);
    if (callee.kind !== "global" || callee.name !== "URL") return false;
    const [path, base] = url.args;
    if (base) this.base({ value: base, place });
    if (path) this.add({ value: path, place }, depth + 1);
    return true;
  }

  #value(located: Located, depth: number): void {
    const { value, place } = located;
    const path = pathOf(this.#text);
    // Where a path begins, a variable holds all of it; further on, it holds a part, which is encoded where it is put in.
    if (path === undefined || path === "" || path === "/") {
      const at = target(value);
      const next = at === value ? this.#file.tracer.only(located) : { value: at, place };
      if (next && next.value !== value) return this.add(next, depth + 1);
    }
    const text = this.#file.tracer.constant(located);
    if (text !== undefined && text !== null) return this.#push({ text: this.#afterBase(String(text)) });
    if (path === undefined && pointsToUpstash(this.#file, located)) {
      return this.#push({ text: `${this.#text.includes("://") ? "" : "https://"}${productOf(this.#file, located)}.upstash.io` });
    }
    this.#push({ value: located, node: value.node, isList: false });
  }

  /** A base has been closed with a slash. */
  #afterBase(text: string): string {
    return this.#text.endsWith("/") && text.startsWith("/") && pathOf(this.#text) !== undefined ? text.slice(1) : text;
  }

  #push(piece: Piece): void {
    this.all.push(piece);
    this.#text += "text" in piece ? (piece.text ?? "") : "x";
  }
}

function productOf(file: FileModel, located: Located): string {
  const isQStash = file.tracer.alternatives(located).some(({ value }) => value.kind === "env" && /QSTASH/u.test(value.name ?? ""));
  return isQStash ? "qstash" : "redis";
}

/** What follows the host. Undefined: the host has not come to its end. */
function pathOf(text: string): string | undefined {
  const host = /^[a-z]+:\/\/[^/?#]+/iu.exec(text)?.[0];
  if (host === undefined) return undefined;
  return text.length > host.length || endsUpstashHost(host) || namesUpstashHost(host) ? text.slice(host.length) : undefined;
}

/** The values that stand behind a host of Upstash, and behind the first word of the path: the command, or the operation. */
function* rawPieces(pieces: readonly Piece[]): Generator<ValuePiece> {
  let text = "";
  for (const piece of pieces) {
    if ("text" in piece) {
      if (piece.text === undefined) return;
      text += piece.text;
      continue;
    }
    const path = namesUpstashHost(text) ? pathOf(text) : undefined;
    text += "x";
    if (path === undefined) continue;
    if (path === "" || path.includes("#")) return;
    if (text.includes("//qstash") && DESTINATION.test(path)) return;
    if (path !== "/" || piece.isList) yield piece;
  }
}

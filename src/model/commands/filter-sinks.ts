import type { FileModel } from "../file.ts";
import type { Node } from "../syntax/ast.ts";
import type { CallValue, Value } from "../values/ir.ts";
import type { Located } from "../values/trace.ts";
import { isReplaced } from "../input/replaced.ts";
import type { Sink } from "../input/untrusted-sinks.ts";
import { constantOf, target } from "../values/values.ts";

/** How a value stands in a filter: between quotes, behind a comparison, anywhere else, or as all of it. */
export type FilterPart = "quoted" | "compared" | "other" | "whole";

/** Methods that take a filter, by product: @upstash/vector 1.2, @upstash/search 0.1. */
const METHODS: Readonly<Record<string, readonly string[]>> = {
  vector: ["query", "queryMany", "resumableQuery", "delete"],
  search: ["search", "delete"],
};
const SCOPES = new Set(["namespace", "index"]);
const MAX_DEPTH = 12;
const QUOTES = /['"]/u;

/** Text test: false where no filter is written out. */
export const mayFilter = (text: string): boolean => /\bfilter\b/u.test(text);

/**
 * The values that a Vector or Search filter is built from. The SDKs escape none of them, not even those of a structured
 * filter; what a replacement of quotes has gone through is left out.
 */
export function filterSinksOf(file: FileModel, { value, place }: Located<CallValue>): readonly Sink<FilterPart>[] {
  const callee = target(value.callee);
  const [query] = value.args;
  if (!query || callee.kind !== "member" || callee.property === undefined) return [];
  const { property } = callee;
  if (!Object.values(METHODS).some((names) => names.includes(property))) return [];
  const product = file.clients.clientOf(scopeOf(file, { value: callee.object, place }))?.product;
  if (product === undefined || METHODS[product]?.includes(property) !== true) return [];
  const queries = property === "queryMany" ? file.tracer.alternatives({ value: query, place }).flatMap(itemsOf) : [{ value: query, place }];
  return queries
    .flatMap((each) => file.tracer.property(each, "filter").flatMap((filter) => partsOf(file, filter, writtenFilter(each) ?? query.node, 0)))
    // Who may delete by a filter of his own may delete all; a search by one's own filter may be meant.
    .filter(({ kind }) => kind !== "whole" || property === "delete");
}

/** Where a query that is written in the call says what its filter is. */
function writtenFilter({ value }: Located): Node | undefined {
  return value.kind === "object" ? value.entries.findLast(({ key }) => key === "filter")?.value.node : undefined;
}

function itemsOf({ value, place }: Located): readonly Located[] {
  return value.kind === "array" ? value.items.map((item) => ({ value: item, place })) : [];
}

/** The client behind `index.namespace("a")` and `search.index("a")`. */
function scopeOf(file: FileModel, located: Located): Located {
  if (file.clients.clientOf(located)) return located;
  for (const { value, place } of file.tracer.alternatives(located)) {
    const callee = value.kind === "call" ? target(value.callee) : undefined;
    if (callee?.kind === "member" && SCOPES.has(callee.property ?? "")) return { value: callee.object, place };
  }
  return located;
}

function partsOf(file: FileModel, { value, place }: Located, shown: Node | undefined, depth: number): readonly Sink<FilterPart>[] {
  if (depth > MAX_DEPTH) return [];
  const at = target(value);
  const again = (next: Value, kind?: FilterPart, from = place): readonly Sink<FilterPart>[] =>
    partsOf(file, { value: next, place: from }, shown, depth + 1).map((sink) => (kind && sink.kind === "whole" ? { ...sink, kind } : sink));
  switch (at.kind) {
    case "template":
      return textParts(file, { value: at, place }, at.parts, again);
    case "operation":
      return /^\+=?$/u.test(at.operator) ? textParts(file, { value: at, place }, at.operands, again) : [];
    case "object":
      return at.entries.flatMap((entry) => again(entry.value, "quoted"));
    case "array":
      return at.items.flatMap((item) => again(item, "other"));
    case "call": {
      if (isReplaced(file, { value: at, place }, QUOTES)) return [];
      const callee = target(at.callee);
      if (callee.kind === "member" && callee.property === "concat") return textParts(file, { value: at, place }, [callee.object, ...at.args], again);
      if (callee.kind === "member" && callee.property === "join") return again(callee.object);
      if (callee.kind === "member" && callee.property === "map" && at.args[0]) {
        const each = file.tracer.functions({ value: at.args[0], place });
        if (each.length > 0) return each.flatMap(({ fn, place: from }) => fn.returns.flatMap((returned) => again(returned, undefined, from)));
      }
      const functions = at.isNew ? [] : file.tracer.functions({ value: at.callee, place });
      const returned = functions.flatMap(({ fn, place: from }) => {
        const inside = file.tracer.inside({ value: at, place }, { fn, place: from });
        return fn.returns.flatMap((value) => again(value, undefined, inside));
      });
      // A function that replaces quotes in all that it puts together.
      if (functions.length > 0 && returned.length === 0) return [];
      const built = returned.filter(({ kind }) => kind !== "whole");
      if (built.length > 0) return built.map((sink) => ({ ...sink, node: value.node ?? shown }));
      break;
    }
    default:
  }
  return isReplaced(file, { value, place }, QUOTES) ? [] : [{ kind: "whole", value: { value, place }, node: shown }];
}

/** Each value of a text, by what stands before it. */
function textParts(
  file: FileModel,
  { place }: Located,
  parts: readonly Value[],
  again: (part: Value, kind: FilterPart) => readonly Sink<FilterPart>[],
): readonly Sink<FilterPart>[] {
  let before = "";
  return parts.flatMap((part) => {
    const text = constantOf(part);
    if (text !== undefined) {
      before += text;
      return [];
    }
    const open = openQuote(before);
    const kind = open !== "" ? "quoted" : /[<>=]\s*$/u.test(before) ? "compared" : "other";
    return again((open === "'" && encodedIn(file, { value: part, place })) || part, kind);
  });
}

/** What `encodeURIComponent` is given: it leaves `'` as it is. */
function encodedIn(file: FileModel, located: Located): Value | undefined {
  const at = target(located.value);
  const path = at.kind === "call" && !at.isNew ? file.tracer.canonical({ value: at.callee, place: located.place }) : undefined;
  return at.kind === "call" && path?.source === "global" && /^encodeURI(?:Component)?$/u.test(path.path.join(".")) ? at.args[0] : undefined;
}

/** The quote that is open at a text's end; empty where none is. */
function openQuote(text: string): string {
  let open = "";
  for (const letter of text) if (letter === open) open = "";
    else if (open === "" && (letter === "'" || letter === '"')) open = letter;
  return open;
}

import { OBJECT_LINKS, OBJECT_SCHEMAS, OPEN_LINKS, OPEN_SCHEMAS, PARSERS, SCHEMA_PACKAGES } from "../../sdk/input-checks.ts";
import type { CallValue, Value } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** A call that parses a value with a schema. */
export interface Parsing {
  readonly schema: Located;
  readonly input: Located;
  /** The member of the result that holds the parsed value: `data` of `safeParse`. */
  readonly resultIn: string | undefined;
}

const MAX_LINKS = 40;
const RESULTS = ["data", "output", "value"];

/** `schema.parse(x)`, `v.parse(schema, x)`. Undefined: the call parses nothing with a schema of a known library. */
export function parsingOf(tracer: Tracer, { value, place }: Located<CallValue>): Parsing | undefined {
  const callee = target(value.callee);
  const method = callee.kind === "member" ? callee.property : callee.kind === "import" ? callee.name : undefined;
  if (method === undefined || !PARSERS.has(method)) return undefined;
  const path = tracer.canonical({ value: value.callee, place });
  if (!path || !SCHEMA_PACKAGES.has(path.source)) return undefined;
  const [first, second] = value.args;
  const isSafe = method.startsWith("safe") || method === "spa";
  if (path.source === "valibot" && first && second) {
    return { schema: { value: first, place }, input: { value: second, place }, resultIn: isSafe ? "output" : undefined };
  }
  if (!first || callee.kind !== "member") return undefined;
  const isJoi = path.source === "joi" && method === "validate";
  return { schema: { value: callee.object, place }, input: { value: first, place }, resultIn: isSafe ? "data" : isJoi ? "value" : undefined };
}

/** The path below a parser's result, as a path below what was parsed. */
export function belowResult({ resultIn }: Parsing, path: readonly string[]): readonly string[] {
  const [first] = path;
  return resultIn !== undefined && first !== undefined && RESULTS.includes(first) ? path.slice(1) : path;
}

/**
 * Does a schema let the caller choose freely what stands at a path of the value? False where a link constrains it (an
 * enum, a pattern, a number), where the schema drops it, and where that can't be known.
 */
export function leavesOpen(tracer: Tracer, schema: Located, path: readonly string[], depth = 0): boolean {
  if (depth > MAX_LINKS) return false;
  const [next, ...rest] = path;
  const { value, place } = tracer.only(schema) ?? schema;
  const made = linkOf(value);
  if (!made) return false;
  const { name, call, receiver } = made;
  const inner = (part: Value | undefined, to: readonly string[]): boolean =>
    part !== undefined && leavesOpen(tracer, { value: part, place }, to, depth + 1);
  const [first] = call?.args ?? [];
  const previous = receiver && linkOf(tracer.only({ value: receiver, place })?.value ?? receiver);
  const isLink = previous?.call !== undefined || (previous !== undefined && name !== "object" && !isLibrary(tracer, { value: receiver ?? value, place }));
  if (isLink && receiver) {
    // `.pipe(z.enum([...]))`, `.refine(isAllowed)`, `.regex(/…/)` and all that is not known constrain.
    if (name === "array") return inner(receiver, rest);
    if (name === "or") return inner(receiver, path) || inner(first, path);
    if (next === undefined) return OPEN_LINKS.has(name) && inner(receiver, path);
    if (name === "shape" || OPEN_LINKS.has(name) || OBJECT_LINKS.has(name)) {
      return (first !== undefined && fieldOpen(tracer, { value: first, place }, path, depth)) || inner(receiver, path);
    }
    return false;
  }
  switch (name) {
    case "pipe": {
      const [, ...actions] = call?.args ?? [];
      return inner(first, path) && actions.every((action) => OPEN_LINKS.has(linkOf(tracer.only({ value: action, place })?.value ?? action)?.name ?? ""));
    }
    case "optional":
    case "nullable":
    case "nullish":
      return inner(first, path);
    case "array":
    case "set":
      return inner(first, next === undefined ? path : rest);
    case "record":
      return next !== undefined && inner(call?.args[1] ?? first, rest);
    case "union":
    case "intersection":
      return (call?.args ?? []).some((arg) => tracer.alternatives({ value: arg, place }).some((at) => at.value.kind === "array" ? at.value.items.some((item) => inner(item, path)) : inner(arg, path)));
    default:
      if (OBJECT_SCHEMAS.has(name)) return first !== undefined && next !== undefined && fieldOpen(tracer, { value: first, place }, path, depth);
      return OPEN_SCHEMAS.has(name);
  }
}

function fieldOpen(tracer: Tracer, fields: Located, [next = "", ...rest]: readonly string[], depth: number): boolean {
  const object = tracer.only(fields);
  if (object?.value.kind === "call" || object?.value.kind === "member") return leavesOpen(tracer, object, [next, ...rest], depth + 1);
  return tracer.property(fields, next).some((field) => leavesOpen(tracer, field, rest, depth + 1));
}

/** One link of a schema's chain: `z.number().max(100)` has `max`, `number`, and `z` before them. */
export interface SchemaLink {
  readonly name: string;
  readonly call: CallValue | undefined;
  /** What it is called on. */
  readonly receiver: Value | undefined;
}

/** The last link of a schema's chain. */
export function linkOf(value: Value): SchemaLink | undefined {
  const call = value.kind === "call" ? value : undefined;
  const at = target(call ? call.callee : value);
  if (at.kind === "member" && at.property !== undefined) return { name: at.property, call, receiver: at.object };
  return at.kind === "import" && call ? { name: at.name, call, receiver: undefined } : undefined;
}

/** The namespace of the library itself (`z`, `z.coerce`), not a schema. */
function isLibrary(tracer: Tracer, located: Located): boolean {
  const path = tracer.canonical(located);
  const value = tracer.only(located)?.value;
  return path !== undefined && (value?.kind === "import" || value?.kind === "member");
}

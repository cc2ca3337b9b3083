import { FIELD_KINDS, PARSED_IN, PARSERS, WRAPPING_MAKERS, type SchemaAt } from "../../sdk/schema-libraries.ts";
import type { CallValue, ObjectValue, TypeShape } from "./ir.ts";
import type { Properties } from "./shapes.ts";
import type { Located, Place, Tracer } from "./trace.ts";
import { target } from "./values.ts";

const MAX_DEPTH = 10;
/** Objects in objects that are read. */
const MAX_NESTED = 3;

const PARSED = {};

/**
 * What a schema library hands out for `schema.parse(x)`, `v.parse(schema, x)`, `schema(x)` and their like; also for the
 * property of an answer that holds it. Undefined: it is no such call, or the schema is not known.
 */
export function parsedShape(tracer: Tracer, located: Located): Properties | undefined {
  return tracer.memo(PARSED, located, undefined, () => readParsed(tracer, located));
}

/** Whether a property of a parser's answer is what was parsed. */
export const holdsParsed = (property: string | undefined): boolean => property === undefined || PARSED_IN.has(property);

function readParsed(tracer: Tracer, located: Located): Properties | undefined {
  for (const { value, place } of tracer.alternatives(located)) {
    if (value.kind !== "call" || value.isNew) continue;
    const path = tracer.canonical({ value: value.callee, place });
    const row = path && PARSERS.match(path);
    const schema = row && schemaOf(tracer, { value, place }, row.schema);
    const shape = schema && schemaShape(tracer, schema, 0);
    if (shape) return shape;
  }
  return undefined;
}

function schemaOf(tracer: Tracer, { value, place }: Located<CallValue>, at: SchemaAt): Located | undefined {
  const callee = target(value.callee);
  if (typeof at === "number") {
    const schema = value.args.length > 1 ? value.args[at] : undefined;
    return schema && { value: schema, place };
  }
  // `type({ … })` makes a schema, and what it makes parses.
  if (at === "callee") return callee.kind === "call" ? { value: callee, place } : tracer.alternatives({ value: value.callee, place }).find((found) => found.value.kind === "call");
  if (at === "maker") {
    const [schema] = callee.kind === "call" ? callee.args : [];
    return schema && { value: schema, place };
  }
  return callee.kind === "member" ? { value: callee.object, place } : undefined;
}

/** The properties that a schema value describes: `z.object({...}).extend({...})`. Undefined: it is none of an object. */
export function schemaShape(tracer: Tracer, located: Located, depth: number): Properties | undefined {
  const members = schemaMembers(tracer, located, depth, 0);
  return members && new Map([...members].map(([name, type]) => [name, type && { type, place: located.place }]));
}

type Members = ReadonlyMap<string, TypeShape | undefined>;

/** Methods of a schema that take keys away, or choose among them. */
const CHOOSING = new Set(["pick", "omit"]);

function schemaMembers(tracer: Tracer, located: Located, depth: number, nested: number): Members | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const parts: Members[] = [];
  for (const { value, place } of tracer.alternatives(located)) {
    if (value.kind !== "call") continue;
    const callee = target(value.callee);
    const base = callee.kind === "member" ? schemaMembers(tracer, { value: callee.object, place }, depth + 1, nested) : undefined;
    const method = callee.kind === "member" ? callee.property : callee.kind === "import" ? callee.name : undefined;
    if (method !== undefined && CHOOSING.has(method)) {
      const chosen = chosenFrom(tracer, { value, place }, method, base, depth, nested);
      if (chosen) parts.push(chosen);
      continue;
    }
    if (base) parts.push(base);
    for (const arg of value.args) {
      for (const part of tracer.alternatives({ value: arg, place })) {
        if (part.value.kind === "object") parts.push(membersOf(tracer, part.value, part.place, nested));
        else if (part.value.kind === "call") parts.push(schemaMembers(tracer, part, depth + 1, nested) ?? new Map());
      }
    }
  }
  const known = parts.filter((part) => part.size > 0);
  return known.length > 0 ? new Map(known.flatMap((part) => [...part])) : undefined;
}

/** `schema.pick({ id: true })`, `v.omit(schema, ["email"])`. Undefined: what is chosen is not known, or from what. */
function chosenFrom(tracer: Tracer, { value, place }: Located<CallValue>, method: string, base: Members | undefined, depth: number, nested: number): Members | undefined {
  const [first, second] = value.args;
  const whole = base ?? (first && schemaMembers(tracer, { value: first, place }, depth + 1, nested));
  const names = base ? first : second;
  const list = names && tracer.alternatives({ value: names, place })[0];
  const chosen =
    list?.value.kind === "object"
      ? list.value.entries.flatMap(({ key }) => key ?? [])
      : list?.value.kind === "array"
        ? list.value.items.flatMap((item) => {
            const name = tracer.constant({ value: item, place: list.place });
            return typeof name === "string" ? [name] : [];
          })
        : [];
  return whole && new Map([...whole].filter(([name]) => chosen.includes(name) === (method === "pick")));
}

function membersOf(tracer: Tracer, { entries }: ObjectValue, place: Place, nested: number): Members {
  const members = new Map<string, TypeShape | undefined>();
  for (const { key, value, spread } of entries) {
    if (spread) {
      const shape = tracer.alternatives({ value, place })[0];
      if (shape?.value.kind === "object") for (const [name, type] of membersOf(tracer, shape.value, shape.place, nested)) members.set(name, type);
    } else if (key !== undefined) {
      // arktype marks optional keys in their names.
      members.set(key.replace(/\?$/u, ""), fieldType(tracer, { value, place }, nested));
    }
  }
  return members;
}

/** What a field's maker says of the field's type: of `z.boolean()`, `"string.email"`, `z.object({ … })`. Undefined: nothing. */
export function fieldType(tracer: Tracer, located: Located, nested = 0): TypeShape | undefined {
  if (nested > MAX_NESTED) return undefined;
  const found = tracer.alternatives(located)[0];
  if (!found) return undefined;
  const { value, place } = found;
  if (value.kind === "literal" && typeof value.value === "string") return typeOfText(value.value);
  if (value.kind !== "call") return undefined;
  const path = tracer.canonical({ value, place })?.path ?? [];
  const [first] = value.args;
  // What wraps a field is looked through: `v.optional(v.boolean())`.
  if (first && WRAPPING_MAKERS.test(path.at(-1) ?? "")) {
    const inner = fieldType(tracer, { value: first, place }, nested + 1);
    if (inner) return inner;
  }
  for (const [kind, names] of FIELD_KINDS) {
    if (path.some((name) => names.test(name))) return kind === "literals" ? { kind, values: [] } : { kind: "keyword", name: kind };
  }
  const inner = schemaMembers(tracer, found, 0, nested + 1);
  if (!inner) return undefined;
  return { kind: "object", members: new Map([...inner].map(([name, type]) => [name, type ?? OTHER])) };
}

const OTHER: TypeShape = { kind: "keyword", name: "other" };

/** arktype's types are texts: `"string.email"`, `"boolean | undefined"`, `"'on' | 'off'"`. */
function typeOfText(text: string): TypeShape | undefined {
  const [head = ""] = /^[\w'"]+/u.exec(text.trim()) ?? [];
  if (head === "boolean" || head === "number" || head === "string") return { kind: "keyword", name: head };
  if (head === "bigint") return { kind: "keyword", name: "number" };
  return /^['"]/u.test(head) ? { kind: "literals", values: [] } : undefined;
}

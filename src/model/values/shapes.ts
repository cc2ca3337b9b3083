import type { CallValue, FunctionFacts, TypeShape } from "./ir.ts";
import { tableShape, prismaModelShape } from "./orm-shapes.ts";
import type { Located, LocatedType, Place, Tracer } from "./trace.ts";
import { INFERRING_MEMBERS } from "../../sdk/schema-libraries.ts";
import { holdsParsed, parsedShape, schemaShape } from "./schema-shapes.ts";
import { target } from "./values.ts";

/** What is known of an object's properties: their names, and the types of those that have one. */
export type Properties = ReadonlyMap<string, LocatedType | undefined>;

const MAX_DEPTH = 10;

/** Types that stand for their first argument. */
const TRANSPARENT_TYPES = new Set([
  "Promise",
  "Awaited",
  "Readonly",
  "Required",
  "Partial",
  "NonNullable",
  "Array",
  "ReadonlyArray",
  "Set",
  "Serialize",
]);

/** Utilities that hand out the type behind a schema or table value. */
const INFERRING_TYPES = /^(?:(?:[a-z]+\.)?(?:infer|input|output|Infer|InferOutput|InferInput|InferType)|InferSelectModel|InferInsertModel|Static|StaticDecode|TypeOf)$/u;

/** The properties that a declared type has. Undefined: it is no object, or not known. */
export function propertiesOfType(tracer: Tracer, { type, place }: LocatedType, depth = 0): Properties | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const next = (inner: TypeShape): Properties | undefined => propertiesOfType(tracer, { type: inner, place }, depth + 1);
  switch (type.kind) {
    case "object":
      return new Map([...type.members].map(([name, member]) => [name, { type: member, place }]));
    case "all":
      return merged(type.of.map(next));
    case "any-of": {
      // `User | null`: what the object among them has.
      return merged(type.of.map(next));
    }
    case "array":
      return next(type.of);
    case "import":
      return importedProperties(tracer, type, place, depth);
    case "named":
      return namedProperties(tracer, type, place, depth);
    case "typeof": {
      const of = target(type.value);
      const at = { module: place.module };
      // `typeof users.$inferSelect` is the table's row, `typeof User.infer` what the schema describes.
      const isInferred = of.kind === "member" && of.property !== undefined && INFERRING_MEMBERS.has(of.property);
      if (!isInferred) return propertiesOfValue(tracer, { value: type.value, place: at });
      return propertiesOfValue(tracer, { value: of.object, place: at }) ?? schemaShape(tracer, { value: of.object, place: at }, depth + 1);
    }
    case "member": {
      if (type.of.kind === "typeof" && (type.name === "$inferSelect" || type.name === "$inferInsert")) return next(type.of);
      if (type.name === "") return next(type.of);
      const member = next(type.of)?.get(type.name);
      return member && propertiesOfType(tracer, member, depth + 1);
    }
    default:
      return undefined;
  }
}

/** The keyword behind a declared type, or that it is one of several constants: tells flags and numbers from data. */
export function keywordOf(tracer: Tracer, { type, place }: LocatedType): "string" | "number" | "boolean" | "literals" | undefined {
  if (type.kind === "keyword") return type.name === "other" || type.name === "any" ? undefined : type.name;
  if (type.kind === "literals") return "literals";
  if (type.kind === "any-of") {
    const known = type.of.map((part) => keywordOf(tracer, { type: part, place })).filter((part) => part !== undefined);
    return known.length > 0 && known.every((part) => part === known[0]) ? known[0] : undefined;
  }
  if (type.kind === "named") return type.target && keywordOf(tracer, { type: type.target, place });
  if (type.kind === "member") {
    // `(typeof KINDS)[number]`
    if (type.name === "") return type.of.kind === "typeof" && isListOfConstants(tracer, { value: type.of.value, place: { module: place.module } }) ? "literals" : undefined;
    const member = propertiesOfType(tracer, { type: type.of, place })?.get(type.name);
    return member && keywordOf(tracer, member);
  }
  if (type.kind === "import") {
    const imported = tracer.importedType(type.source, type.name, place);
    return imported && keywordOf(tracer, imported);
  }
  return undefined;
}

function isListOfConstants(tracer: Tracer, list: Located): boolean {
  const lists = tracer.alternatives(list);
  return lists.every(({ value }) => value.kind === "array" && value.items.length > 0 && value.items.every((item) => target(item).kind === "literal"));
}

function merged(parts: readonly (Properties | undefined)[]): Properties | undefined {
  const known = parts.filter((part) => part !== undefined);
  return known.length > 0 ? new Map(known.flatMap((part) => [...part])) : undefined;
}

function importedProperties(
  tracer: Tracer,
  type: TypeShape & { kind: "import" },
  place: Place,
  depth: number,
): Properties | undefined {
  if (INFERRING_TYPES.test(type.name)) return inferredProperties(tracer, { type, place }, depth);
  const imported = tracer.importedType(type.source, type.name, place);
  if (imported) return propertiesOfType(tracer, imported, depth + 1);
  if (type.source === "@prisma/client") return prismaModelShape(tracer, type.name, place);
  return undefined;
}

/** `z.infer<typeof schema>`, `InferSelectModel<typeof table>`: what the value behind `typeof` describes. */
function inferredProperties(
  tracer: Tracer,
  { type, place }: { readonly type: TypeShape & { kind: "import" | "named" }; readonly place: Place },
  depth: number,
): Properties | undefined {
  const [first] = type.args;
  if (!first) return undefined;
  const properties = propertiesOfType(tracer, { type: first, place }, depth + 1);
  if (properties || first.kind !== "typeof") return properties;
  return schemaShape(tracer, { value: first.value, place: { module: place.module } }, depth + 1);
}

function namedProperties(
  tracer: Tracer,
  type: TypeShape & { kind: "named" },
  place: Place,
  depth: number,
): Properties | undefined {
  const [first, second] = type.args;
  if (type.target) return propertiesOfType(tracer, { type: type.target, place }, depth + 1);
  if (!first) return undefined;
  if (INFERRING_TYPES.test(type.name)) return inferredProperties(tracer, { type, place }, depth);
  if (TRANSPARENT_TYPES.has(type.name)) return propertiesOfType(tracer, { type: first, place }, depth + 1);
  // The values of a dictionary have no names of their own.
  if (type.name === "Record" || type.name === "Map") return second && propertiesOfType(tracer, { type: second, place }, depth + 1);
  if (type.name === "Pick" || type.name === "Omit") {
    const whole = propertiesOfType(tracer, { type: first, place }, depth + 1);
    const names = second?.kind === "literals" ? second.values : undefined;
    if (!whole || !names) return whole;
    return new Map([...whole].filter(([name]) => names.includes(name) === (type.name === "Pick")));
  }
  return undefined;
}

/**
 * The properties that a value is known to have from what declares it: its type, the return type of the function that
 * made it, a type argument, a schema that parsed it, a database table or model that it was read from.
 */
export function propertiesOfValue(tracer: Tracer, located: Located, depth = 0): Properties | undefined {
  if (depth > MAX_DEPTH) return undefined;
  return tracer.memo(PROPERTIES, located, undefined, () => readProperties(tracer, located, depth));
}

const PROPERTIES = {};

function readProperties(tracer: Tracer, located: Located, depth: number): Properties | undefined {
  const { value, place } = located;
  switch (value.kind) {
    case "ref": {
      const declared = value.type && propertiesOfType(tracer, { type: value.type, place });
      return declared ?? propertiesOfValue(tracer, { value: value.target, place }, depth + 1);
    }
    case "await":
      return propertiesOfValue(tracer, { value: value.value, place }, depth + 1);
    case "choice":
      return merged(value.options.map((option) => propertiesOfValue(tracer, { value: option, place }, depth + 1)));
    case "param": {
      const type = value.fn.params[value.index]?.type;
      if (type) return propertiesOfType(tracer, { type, place });
      return followed(tracer, located, depth);
    }
    case "call":
      return propertiesOfCall(tracer, { value, place }, depth);
    case "member": {
      if (holdsParsed(value.property)) {
        const parsed = parsedShape(tracer, { value: value.object, place });
        if (parsed) return parsed;
      }
      const whole = propertiesOfValue(tracer, { value: value.object, place }, depth + 1);
      if (value.property === undefined || /^\d+$/u.test(value.property)) return whole;
      const member = whole?.get(value.property);
      if (member) return propertiesOfType(tracer, member);
      return followed(tracer, located, depth);
    }
    case "import":
      return followed(tracer, located, depth);
    default:
      return undefined;
  }
}

function followed(tracer: Tracer, located: Located, depth: number): Properties | undefined {
  const next = tracer.alternatives(located).filter(({ value }) => value !== located.value && value.kind !== located.value.kind);
  return merged(next.map((alternative) => propertiesOfValue(tracer, alternative, depth + 1)));
}

function propertiesOfCall(tracer: Tracer, call: Located<CallValue>, depth: number): Properties | undefined {
  const { value, place } = call;
  const [typeArgument] = value.typeArguments ?? [];
  if (typeArgument && !value.isNew) {
    const declared = propertiesOfType(tracer, { type: typeArgument, place });
    if (declared) return declared;
  }
  if (value.isNew) return instanceShape(tracer, call);
  const parsed = parsedShape(tracer, call);
  if (parsed) return parsed;
  const table = tableShape(tracer, call);
  if (table) return table;
  for (const { fn, place: at } of tracer.functions({ value: value.callee, place })) {
    const declared = returnedProperties(tracer, fn, at, call, depth);
    if (declared) return declared;
  }
  return undefined;
}

/** The fields of the class that `new` makes an instance of. */
function instanceShape(tracer: Tracer, { value, place }: Located<CallValue>): Properties | undefined {
  for (const made of tracer.alternatives({ value: value.callee, place })) {
    if (made.value.kind !== "class") continue;
    const fields = [...made.value.cls.members].filter(([name, member]) => member.kind !== "function" && !name.startsWith("#"));
    const typed = fields.map(([name, member]): [string, LocatedType | undefined] => {
      const type = member.kind === "ref" ? member.type : undefined;
      return [name, type && { type, place: made.place }];
    });
    if (typed.length > 0) return new Map(typed);
  }
  return undefined;
}

function returnedProperties(
  tracer: Tracer,
  fn: FunctionFacts,
  place: Place,
  call: Located<CallValue>,
  depth: number,
): Properties | undefined {
  if (fn.returnType) {
    const declared = propertiesOfType(tracer, { type: fn.returnType, place });
    if (declared) return declared;
  }
  const inside = tracer.inside(call, { fn, place });
  return merged(fn.returns.map((value) => propertiesOfValue(tracer, { value, place: inside }, depth + 3)));
}

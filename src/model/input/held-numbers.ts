import { OBJECT_LINKS, OBJECT_SCHEMAS, SCHEMA_PACKAGES } from "../../sdk/input-checks.ts";
import { ADDING_LINKS, HOLDING_LINKS, NUMBER_SCHEMAS, STAND_INS, UPPER_BOUNDS, WRAPPING_SCHEMAS } from "../../sdk/number-schemas.ts";
import type { FileModel } from "../file.ts";
import type { CallValue, Value } from "../values/ir.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { inputsOf } from "./declared-schema.ts";
import { belowResult, linkOf, parsingOf, type SchemaLink } from "./input-schema.ts";

/*
 * Numbers that a caller cannot make as large as he likes: what is written out, what `Math.min()` holds down, and what a schema has
 * refused above some number.
 */

/** What a schema lets pass up to here is held down. */
const MOST = 1000;
const MAX_DEPTH = 12;
const MAX_LINKS = 40;
/** Below a number's upper bound: what comes before it has to be a number's schema. */
const OF_NUMBER = "#number";

/** Whether a number is held down, whoever calls. False where that is not known. */
export function isHeldDown(file: FileModel, located: Located, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  return file.tracer.alternatives(located).every(({ value, place }) => {
    const isHeld = (part: Value): boolean => isHeldDown(file, { value: part, place }, depth + 1);
    switch (value.kind) {
      case "literal":
        return typeof value.value === "number";
      case "operation":
        return value.operands.every(isHeld);
      case "call": {
        const path = file.tracer.canonical({ value: value.callee, place });
        if (path?.source !== "global" || path.path[0] !== "Math") return isParsed(file, { value, place });
        return path.path[1] === "min" ? value.args.some(isHeld) : value.args.every(isHeld);
      }
      case "member":
      case "param":
        return isParsed(file, { value, place });
      default:
        return false;
    }
  });
}

/** What has been parsed with which schemas, and the path below them to a value. Undefined: it is no part of what was parsed. */
function parsedBy(file: FileModel, { value, place }: Located): { readonly schemas: readonly Located[]; readonly path: readonly string[] } | undefined {
  const names: string[] = [];
  let at = target(value);
  while (at.kind === "member" && at.property !== undefined && names.length < MAX_DEPTH) {
    names.unshift(at.property);
    at = target(at.object);
    if (at.kind === "await") at = target(at.value);
  }
  if (at.kind === "param") {
    const schemas = inputsOf(file, at, names);
    return schemas && { schemas, path: names.slice(1) };
  }
  const callee = at.kind === "call" ? target(at.callee) : undefined;
  // Yup's `cast()` refuses nothing.
  const parsing = at.kind === "call" && !(callee?.kind === "member" && callee.property === "cast") ? parsingOf(file.tracer, { value: at, place }) : undefined;
  // What other libraries answer with an error holds what was sent.
  if (parsing?.resultIn !== undefined && parsing.resultIn !== "data") return undefined;
  return parsing && { schemas: [parsing.schema], path: belowResult(parsing, names) };
}

/** Deeper down, what a call hands on is not told apart. */
const MAX_PATH = 1;

function isParsed(file: FileModel, located: Located): boolean {
  const { schemas = [], path = [] } = parsedBy(file, located) ?? {};
  const [name] = path;
  if (path.length > MAX_PATH) return false;
  const telling = name === undefined ? schemas : schemas.filter((schema) => fieldsOf(file.tracer, schema, 0).has(name));
  return telling.length > 0 && telling.every((schema) => holdsDown(file.tracer, schema, path, 0));
}

/** A schema refuses numbers above a constant at a path of the value. False where that is not known. */
function holdsDown(tracer: Tracer, schema: Located, path: readonly string[], depth: number): boolean {
  if (depth > MAX_LINKS) return false;
  const { value, place } = tracer.only(schema) ?? schema;
  const link = linkOf(value);
  if (!link) return false;
  const [next, ...rest] = path;
  const inner = (part: Value | undefined, to = path): boolean => part !== undefined && holdsDown(tracer, { value: part, place }, to, depth + 1);
  const [first, second] = link.call?.args ?? [];
  if (isLibrary(tracer, link, place)) {
    if (WRAPPING_SCHEMAS.has(link.name)) return inner(first);
    if (link.name === "preprocess") return inner(second);
    if (link.name === "pipe") return isHeldByPipe(tracer, link.call?.args ?? [], place, (part, to) => inner(part, to ?? path), next);
    if (next === OF_NUMBER) return NUMBER_SCHEMAS.has(link.name);
    return next !== undefined && OBJECT_SCHEMAS.has(link.name) && fields(tracer, first && { value: first, place }, next, rest, depth) === true;
  }
  if (next === undefined || next === OF_NUMBER) {
    if (link.name === "pipe") return inner(first);
    if (!HOLDING_LINKS.has(link.name) || (STAND_INS.has(link.name) && !isNumber(tracer, first && { value: first, place }))) return false;
    return (next === undefined && isUpperBound(tracer, { value, place }) && inner(link.receiver, [OF_NUMBER])) || inner(link.receiver);
  }
  if (!OBJECT_LINKS.has(link.name)) return false;
  // What is added later goes before what was there.
  const added = ADDING_LINKS.has(link.name) ? fields(tracer, first && { value: first, place }, next, rest, depth) : undefined;
  return added ?? inner(link.receiver);
}

/** Valibot: `pipe(number(), maxValue(50))`, with nothing in it that makes another number. */
function isHeldByPipe(tracer: Tracer, [first, ...actions]: readonly Value[], place: Place, inner: (part: Value | undefined, path?: readonly string[]) => boolean, next: string | undefined): boolean {
  const links = actions.map((action) => linkOf(tracer.only({ value: action, place })?.value ?? action)?.name ?? "");
  if (!links.every((name) => HOLDING_LINKS.has(name))) return false;
  return next === undefined && actions.some((action) => isUpperBound(tracer, { value: action, place })) ? inner(first, [OF_NUMBER]) : inner(first);
}

const isNumber = (tracer: Tracer, located: Located | undefined): boolean => located !== undefined && typeof tracer.constant(located) === "number";

/** What a table of fields, or a schema that is added, says of one of them; undefined: it has no such field. */
function fields(tracer: Tracer, table: Located | undefined, name: string, rest: readonly string[], depth: number): boolean | undefined {
  const object = table && tracer.only(table);
  if (!object) return undefined;
  if (object.value.kind === "call" || object.value.kind === "member") return holdsDown(tracer, object, [name, ...rest], depth + 1);
  const found = tracer.property(object, name);
  return found.length === 0 ? undefined : found.every((field) => holdsDown(tracer, field, rest, depth + 1));
}

/** `max(100)`, `lt(50)`, `maxValue(20)` */
function isUpperBound(tracer: Tracer, { value, place }: Located): boolean {
  const { value: at, place: from } = tracer.only({ value, place }) ?? { value, place };
  const link = linkOf(at);
  const [most] = link?.call?.args ?? [];
  const number = link && most && UPPER_BOUNDS.has(link.name) ? tracer.constant({ value: most, place: from }) : undefined;
  return typeof number === "number" && number <= MOST;
}

/** The maker is the library's own: nothing but its namespace stands before it (`z.number()`, `z.coerce.number()`, `number()`). */
function isLibrary(tracer: Tracer, { receiver, call }: SchemaLink, place: Place): boolean {
  const path = call && tracer.canonical({ value: call.callee, place });
  if (!path || !SCHEMA_PACKAGES.has(path.source)) return false;
  const made = receiver && (tracer.only({ value: receiver, place })?.value ?? receiver);
  return made === undefined || made.kind === "import" || made.kind === "member";
}

const IN_CALLS = {};

/**
 * What the arguments of a call say of numbers that are held down, as a text: the same function asks for as many rows as it is told. Calls
 * of which it is the same make no difference; empty: it says nothing.
 */
export function heldDownIn(file: FileModel, call: Located<CallValue>): string {
  return file.tracer.memo(IN_CALLS, call, "", () => {
    const told = call.value.args.map((arg) => heldDownBy(file, { value: arg, place: call.place }, 0));
    return told.some((text) => text !== "") ? `#${told.join()}` : "";
  });
}

function heldDownBy(file: FileModel, located: Located, depth: number): string {
  if (depth > MAX_NESTED) return "";
  const parts = file.tracer.alternatives(located).map((found): string => {
    const { value, place } = found;
    const inner = (part: Value): string => heldDownBy(file, { value: part, place }, depth + 1);
    switch (value.kind) {
      case "object":
        return value.entries.map(({ key, value: part }) => named(key ?? "*", inner(part))).join("");
      case "array":
        return value.items.map((item, index) => named(String(index), inner(item))).join("");
      case "operation":
        return isHeldDown(file, found) ? "<" : "";
      case "call":
      case "member":
      case "param":
        return isHeldDown(file, found) ? "<" : namesHeldDown(file, found);
      default:
        return "";
    }
  });
  return parts.some((part) => part !== "") ? parts.join("|") : "";
}

const MAX_NESTED = 3;

const named = (key: string, part: string): string => (part === "" ? "" : `${key}{${part}}`);

const HELD = {};

/** All of what was parsed is handed on: the names of what is held down in it. */
function namesHeldDown(file: FileModel, located: Located): string {
  const { schemas = [], path = [] } = parsedBy(file, located) ?? {};
  if (path.length >= MAX_PATH) return "";
  const { tracer } = file;
  const names = schemas.map((schema) => tracer.memo(HELD, schema, "", () => [...fieldsOf(tracer, schema, 0)].filter((name) => holdsDown(tracer, schema, [name], 0)).join()));
  return names.some((text) => text !== "") ? `[${names.join(";")}]` : "";
}

/** The names of all fields that a schema is made with, in each part of its chain. */
function fieldsOf(tracer: Tracer, schema: Located, depth: number): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (located: Located): void => {
    for (const name of fieldsOf(tracer, located, depth + 1)) names.add(name);
  };
  if (depth > MAX_LINKS) return names;
  for (const { value, place } of tracer.alternatives(schema)) {
    if (value.kind === "object") {
      for (const { key, spread, value: part } of value.entries) {
        if (spread) add({ value: part, place });
        else if (key !== undefined) names.add(key);
      }
    } else if (value.kind === "call") {
      const callee = target(value.callee);
      for (const arg of value.args) add({ value: arg, place });
      if (callee.kind === "member") add({ value: callee.object, place });
    }
  }
  return names;
}

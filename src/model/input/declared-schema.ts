import { OBJECT_SCHEMAS } from "../../sdk/input-checks.ts";
import type { FileModel } from "../file.ts";
import { leavesOpen } from "./input-schema.ts";
import type { ParamValue, Value } from "../values/ir.ts";
import type { Located } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";

/*
 * What frameworks check before a handler runs: tRPC's `.input(schema)` (https://trpc.io/docs/server/validators) and the
 * JSON schema of a Fastify route (https://fastify.dev/docs/latest/Reference/Validation-and-Serialization).
 */

const PROCEDURES = new Set(["query", "mutation", "subscription"]);
const ROUTES = new Set(["get", "post", "put", "patch", "delete", "all", "head", "options"]);
const MAX_LINKS = 20;
/** Schemas of several values, of which one as a whole says little. */
const SEVERAL = /^(?:record|map|set|array|tuple|union|discriminatedUnion|intersection|and|or)$/u;
const CLOSED_TYPES = new Set(["number", "integer", "boolean", "null"]);
const CLOSED_FORMATS = /^(?:uuid|date|time|date-time|duration|ipv4|ipv6)$/u;

/**
 * The framework has refused all but what a schema of the handler's route lets pass, and that is no free choice.
 * @param names what is read from the parameter: `["input", "year"]`, `["query", "lang"]`
 * @returns false where the route has no such schema, or it can't be read
 */
export function isConstrainedByRoute(file: FileModel, { fn, index }: ParamValue, names: readonly string[]): boolean {
  const call = fn.node?.parent;
  if (index !== 0 || call?.type !== "CallExpression" || !call.arguments.includes(fn.node as never)) return false;
  const value = file.evaluator.value(call);
  const callee = value.kind === "call" ? target(value.callee) : undefined;
  if (value.kind !== "call" || callee?.kind !== "member" || callee.property === undefined) return false;
  const source = file.tracer.canonical({ value: callee.object, place: file.place })?.source;
  if (source === "@trpc/server" && PROCEDURES.has(callee.property)) return isClosedInput(file, callee.object, names);
  const options = value.args[1];
  if (source !== "fastify" || !ROUTES.has(callee.property) || !options || value.args.length !== 3) return false;
  return isClosedPart(file, { value: options, place: file.place }, names);
}

/** `procedure.input(z.object({ year: z.number() }))` */
function isClosedInput(file: FileModel, builder: Value, [part, ...names]: readonly string[]): boolean {
  if (part !== "input") return false;
  const schemas = inputSchemas(file, builder);
  return schemas.length > 0 && schemas.every((schema) => isClosed(file, schema, names));
}

/**
 * The schemas that the framework has parsed a parameter's member with, before the handler runs: those of tRPC's `input()`.
 * @param names what is read from the parameter: `["input", "limit"]`
 * @returns undefined where there are none, or that is not known
 */
export function inputsOf(file: FileModel, param: ParamValue, [part]: readonly string[]): readonly Located[] | undefined {
  const builder = part === "input" ? builderOf(file, param) : undefined;
  const schemas = builder ? inputSchemas(file, builder) : [];
  return schemas.length > 0 ? schemas : undefined;
}

/** `procedure.input(schema)` of `procedure.input(schema).query(handler)` */
function builderOf(file: FileModel, { fn, index }: ParamValue): Value | undefined {
  const call = fn.node?.parent;
  if (index !== 0 || call?.type !== "CallExpression" || call.arguments[0] !== fn.node) return undefined;
  const value = file.evaluator.value(call);
  const callee = value.kind === "call" ? target(value.callee) : undefined;
  if (callee?.kind !== "member" || !PROCEDURES.has(callee.property ?? "")) return undefined;
  return file.tracer.canonical({ value: callee.object, place: file.place })?.source === "@trpc/server" ? callee.object : undefined;
}

function inputSchemas(file: FileModel, builder: Value): readonly Located[] {
  let at = target(builder);
  const schemas: Located[] = [];
  for (let links = 0; at.kind === "call" && links < MAX_LINKS; links++) {
    const callee = target(at.callee);
    if (callee.kind !== "member") break;
    const [schema] = at.args;
    if (callee.property === "input" && schema) schemas.push({ value: schema, place: file.place });
    at = target(callee.object);
  }
  return schemas;
}

function isClosed(file: FileModel, schema: Located, names: readonly string[]): boolean {
  const made = file.tracer.canonical(schema);
  const isWhole = names.length === 0 && (!made || made.path.some((link) => OBJECT_SCHEMAS.has(link) || SEVERAL.test(link)));
  return !isWhole && !leavesOpen(file.tracer, schema, names);
}

/** `{ schema: { querystring: { properties: { lang: { enum: ["en", "de"] } } } } }` */
function isClosedPart(file: FileModel, options: Located, [part = "", name, ...more]: readonly string[]): boolean {
  if (name === undefined || more.length > 0) return false;
  const { tracer } = file;
  const parts = part === "query" ? ["querystring", "query"] : [part];
  const fields = tracer
    .property(options, "schema")
    .flatMap((schema) => parts.flatMap((each) => tracer.property(schema, each)))
    .flatMap((schema) => tracer.property(schema, "properties"))
    .flatMap((properties) => tracer.property(properties, name));
  return fields.length > 0 && fields.every((field) => {
    const said = (key: string): readonly Located[] => tracer.property(field, key);
    if (["enum", "const", "pattern"].some((key) => said(key).length > 0)) return true;
    const texts = (key: string): readonly string[] => said(key).map(({ value }) => constantOf(value) ?? "");
    return texts("type").some((type) => CLOSED_TYPES.has(type)) || texts("format").some((format) => CLOSED_FORMATS.test(format));
  });
}

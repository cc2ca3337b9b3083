/**
 * Libraries whose schemas say what an object holds: how they parse, and what their makers of fields are called.
 *
 * Source: the published types of `zod` 4, `valibot` 1, `yup` 1, `arktype` 2, `superstruct` 2, `@sinclair/typebox` 0.34,
 * `typebox` 1 and `effect` 3.
 */
import { compile, type Matcher } from "./canonical.ts";

/** Where a call that parses has its schema: the object it is called on, an argument, or the function itself. */
export type SchemaAt = "receiver" | "callee" | "maker" | number;

interface ParserRow {
  readonly pattern: string;
  readonly schema: SchemaAt;
}

const METHODS = "{parse,safeParse,parseAsync,safeParseAsync,decode,encode}";

export const PARSER_ROWS: readonly ParserRow[] = [
  { pattern: `{zod,zod/v3,zod/v4,zod/mini,zod/v4-mini,@zod/mini}#**.${METHODS}`, schema: "receiver" },
  // z.parse(schema, input)
  { pattern: `{zod,zod/v4,zod/mini,zod/v4-mini,@zod/mini}#{z.,}${METHODS}`, schema: 0 },
  { pattern: "valibot#{v.,}{parse,safeParse,parseAsync,safeParseAsync,assert,is}", schema: 0 },
  { pattern: "yup#**.{validate,validateSync,cast,validateAt,concat}", schema: "receiver" },
  { pattern: "arktype#type.{assert,from}", schema: "receiver" },
  // User(input)
  { pattern: "arktype#type", schema: "callee" },
  { pattern: "superstruct#{create,mask,validate}", schema: 1 },
  { pattern: "superstruct#**.{create,mask,validate}", schema: "receiver" },
  { pattern: "{@sinclair/typebox/value,typebox/value}#Value.{Parse,Decode,Cast,Create,Convert,Clean,Default}", schema: 0 },
  { pattern: "{effect,@effect/schema}#Schema.{decodeUnknownSync,decodeSync,decodeUnknownPromise,decodePromise,validateSync,asserts}", schema: "maker" },
];

export const PARSERS: Matcher<ParserRow> = compile(PARSER_ROWS);

/** Properties of a parser's answer that hold what was parsed; the answer itself else. */
export const PARSED_IN: ReadonlySet<string> = new Set(["data", "output", "success"]);

/** Members of a schema whose type is what it describes: `typeof User.infer`, `typeof Users.$inferSelect`. */
export const INFERRING_MEMBERS: ReadonlySet<string> = new Set(["infer", "inferIn", "inferOut", "Type", "Encoded", "$inferSelect", "$inferInsert"]);

/** What a name in the path of a field's maker says of the field: `z.boolean`, `Type.Boolean`, `boolean("column")`. */
export const FIELD_KINDS: readonly (readonly [kind: "boolean" | "number" | "literals" | "string", names: RegExp])[] = [
  ["boolean", /^(?:bool(?:ean)?|stringbool|boolish)$/iu],
  ["number", /^(?:number|int(?:eger)?|int32|uint32|float(?:32|64)?|bigint|nat|numeric|decimal|real|serial|bigserial|smallint|smallserial|mediumint|tinyint|double|doublePrecision)$/iu],
  ["literals", /^(?:enum|enums|nativeEnum|literal|literals|picklist|pgEnum|mysqlEnum|singlestoreEnum)$/iu],
  ["string", /^(?:string|text|varchar|char|email|url|uuid|nonEmptyString)$/iu],
];

/** Makers that hand on what they are given: `optional(string())`, `pipe(string(), email())`. */
export const WRAPPING_MAKERS = /^(?:optional|nullable|nullish|nonOptional|readonly|pipe|exactOptional|defaulted|Optional|Readonly|NullOr|UndefinedOr)$/u;

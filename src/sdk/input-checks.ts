/**
 * What makes a value from a request harmless, and what only looks like it: functions whose result can't be chosen
 * freely any more, methods that keep a text's content, and the words of schema libraries.
 */
import { compile, type CanonicalPath, type Matcher } from "./canonical.ts";
import { protectorOf } from "./protectors.ts";

interface ConstrainingRow {
  readonly pattern: string;
}

const CONSTRAINING: Matcher<ConstrainingRow> = compile(
  [
    // Numbers, dates and truth: https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects
    "global#{Number,parseInt,parseFloat,BigInt,Boolean,Date,isNaN,isFinite,Symbol}",
    "global#{Number,Math,Date}.**",
    "global#{encodeURIComponent,escape,btoa}",
    "querystring#escape",
    // https://github.com/validatorjs/validator.js, https://github.com/uuidjs/uuid
    "validator#{toInt,toFloat,toDate,toBoolean,whitelist}",
    "{slugify,slug,@sindresorhus/slugify,limax}#default",
    "uuid#{v3,v5}",
  ].map((pattern) => ({ pattern })),
);

/** The call's result is no free choice of whoever chose its argument: a number, an encoded text, a hash. */
export function constrains(path: CanonicalPath): boolean {
  return CONSTRAINING.match(path) !== undefined || protectorOf(path) !== undefined;
}

/** Methods whose result still holds what the caller chose, whole or in part. */
export const CONTENT_METHODS: ReadonlySet<string> = new Set([
  ...["at", "concat", "get", "getAll", "join", "normalize", "padEnd", "padStart", "pop", "repeat", "replace", "replaceAll", "shift"],
  ...["slice", "split", "substr", "substring", "toLocaleLowerCase", "toLocaleUpperCase", "toLowerCase", "toString", "toUpperCase"],
  ...["trim", "trimEnd", "trimStart", "valueOf", "values", "entries", "keys", "filter", "find", "flat", "reverse", "toReversed", "sort", "toSorted"],
  ...["clone", "json", "text"],
]);

/** Those whose result is a part of a text, or more than it. */
export const CUTTING_METHODS: ReadonlySet<string> = new Set(["slice", "split", "substr", "substring", "concat", "padEnd", "padStart", "repeat", "join"]);

/** Members that say something about an input and hold none of it. */
export const TELLING_MEMBERS: ReadonlySet<string> = new Set(["length", "size", "byteLength", "has", "includes", "indexOf", "startsWith", "endsWith", "test", "lastModified"]);

/** Libraries whose schemas can be read, with the calls that build them. */
export const SCHEMA_PACKAGES: ReadonlySet<string> = new Set(["zod", "zod/v4", "zod/v3", "zod/mini", "zod/v4-mini", "valibot", "yup", "joi"]);

/** Calls that parse with a schema. */
export const PARSERS: ReadonlySet<string> = new Set([
  ...["parse", "safeParse", "parseAsync", "safeParseAsync", "spa", "validate", "validateSync", "validateAsync", "cast", "attempt", "assert"],
]);

/** Schemas that any text passes: https://zod.dev/api, https://valibot.dev/api, https://github.com/jquense/yup, https://joi.dev/api */
export const OPEN_SCHEMAS: ReadonlySet<string> = new Set(["string", "any", "unknown", "mixed", "url", "httpUrl", "coerce"]);

/** Links of a schema's chain, and actions of a pipe, that let any text (or any address) pass. */
export const OPEN_LINKS: ReadonlySet<string> = new Set([
  ...["min", "max", "length", "nonempty", "trim", "toLowerCase", "toUpperCase", "lowercase", "uppercase", "normalize", "nonEmpty"],
  ...["minLength", "maxLength", "optional", "nullable", "nullish", "default", "prefault", "catch", "describe", "meta", "brand", "readonly"],
  ...["required", "notRequired", "defined", "nonNullable", "nonoptional", "unwrap", "label", "url", "uri", "message", "strict", "allow", "empty", "exactOptional", "optionality"],
]);

/** Schemas of objects, and links that keep an object's keys. */
export const OBJECT_SCHEMAS: ReadonlySet<string> = new Set(["object", "strictObject", "looseObject", "interface", "keys"]);
export const OBJECT_LINKS: ReadonlySet<string> = new Set([
  ...["extend", "safeExtend", "merge", "and", "shape", "concat", "pick", "omit", "partial", "deepPartial", "required", "strict", "strip"],
  ...["passthrough", "loose", "catchall", "optional", "nullable", "nullish", "default", "describe", "readonly", "brand", "noUnknown", "unknown"],
  ...["refine", "superRefine", "check"],
]);

/** Functions whose answer about a text constrains it no further than to be one, or to be an address. */
export const TELLING_NOTHING: Matcher<ConstrainingRow> = compile(
  [
    "global#{String,Array.isArray,JSON.parse,JSON.stringify,URL,URL.canParse,URL.parse,fetch,Object.keys,Object.entries,Object.values}",
    "global#console.**",
    "validator#{isURL,isEmpty,isAscii,isLength,isJSON}",
    "{is-url,is-url-http,is-url-superb,valid-url,is-absolute-url}#**",
    "util#{types.**,isDeepStrictEqual,inspect}",
  ].map((pattern) => ({ pattern })),
);

/** Names of such functions where they can't be read. */
export const TELLING_NOTHING_NAMES = /^(?:is_?(?:string|array|object|plainobject|empty|nil|null|undefined|defined|present|blank|url|uri|valid_?url|httpurl|truthy)|log|info|warn|error|debug|trace|json|send|fetch|push|set|add|append)$/iu;

/** Names of functions that refuse by throwing. */
export const ASSERTING_NAME = /^(?:assert|ensure|validate|require|invariant|guard|verify|check|must|parse|enforce|authorize)/iu;

/** Regular expressions, as written, that any text or any address of the web has. */
export const LOOSE_PATTERN = /^\/\^?(?:\(?(?:\?:)?https?\??:?(?:\|http)?\)?:?)?(?:\\?\/){0,2}(?:\.[*+]|\\S[*+])?\$?\/[a-z]*$/u;

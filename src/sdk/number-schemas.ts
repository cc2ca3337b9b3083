/**
 * Schemas of numbers, and what their chains say of how large one may be.
 *
 * Source: https://zod.dev/api, https://valibot.dev/api, https://github.com/jquense/yup, https://joi.dev/api
 */

/** Makers of a schema that lets nothing but numbers pass. */
export const NUMBER_SCHEMAS: ReadonlySet<string> = new Set(["number", "int", "int32", "uint32", "float32", "float64", "bigint"]);

/** Links, and actions of a pipe, above whose argument nothing passes. */
export const UPPER_BOUNDS: ReadonlySet<string> = new Set(["max", "lte", "lt", "maxValue", "ltValue", "less", "lessThan"]);

/** Links whose argument stands in for what is missing, or for what is refused. */
export const STAND_INS: ReadonlySet<string> = new Set(["default", "prefault", "catch"]);

/** Links of a number's chain behind which it is still no larger: they refuse more, or stand in for what is missing. */
export const HOLDING_LINKS: ReadonlySet<string> = new Set([
  ...UPPER_BOUNDS,
  ...STAND_INS,
  ...["min", "gte", "gt", "int", "integer", "safe", "finite", "positive", "nonnegative", "multipleOf", "multiple", "step", "moreThan", "greater", "minValue", "gtValue", "safeInteger", "notValue"],
  ...["optional", "nullable", "nullish", "exactOptional", "required", "notRequired", "defined", "nonNullable", "nonoptional"],
  ...["describe", "meta", "label", "brand", "readonly", "refine", "superRefine", "check"],
]);

/** Makers that hand on what they are given: `optional(number())`. */
export const WRAPPING_SCHEMAS: ReadonlySet<string> = new Set(["optional", "nullable", "nullish", "exactOptional", "undefinedable", "readonly", "nonoptional"]);

/** Links that add fields to an object's schema, or others in their place. */
export const ADDING_LINKS: ReadonlySet<string> = new Set(["extend", "safeExtend", "merge", "and", "concat", "shape", "keys", "append"]);

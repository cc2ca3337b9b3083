import { keywordOf, propertiesOfValue } from "./shapes.ts";
import type { CallValue, Value } from "./ir.ts";
import type { Located, Tracer } from "./trace.ts";
import { target } from "./values.ts";

/** What a value is when the program runs. `nothing`: `undefined` or `null`. */
export type PrimitiveKind = "number" | "nan" | "string" | "bigint" | "boolean" | "date" | "object" | "nothing";

const MAX_DEPTH = 12;
/** How many values one question looks at: a variable that is written over and over has as many ways through itself. */
const MAX_STEPS = 1000;
let steps = 0;
const ARITHMETIC = new Set(["-", "*", "/", "%", "**", "|", "&", "^", "<<", ">>", ">>>", "-=", "*=", "/=", "%=", "**=", "++", "--"]);
const BOOLEANS = new Set(["!", "===", "!==", "==", "!=", "<", ">", "<=", ">=", "in", "instanceof", "delete"]);
const NUMBERS = /^global#(?:Number|parseInt|parseFloat|Number\.parse(?:Int|Float)|Math\.\w+|Date\.(?:now|parse|UTC)|performance\.now)$/u;
const STRINGS = /^global#(?:String|JSON\.stringify|encodeURIComponent|Date)$/u;
const STRING_METHODS = new Set(["toString", "toFixed", "toISOString", "toJSON", "trim", "padStart", "join", "toPrecision"]);
const BOOLEAN_FUNCTIONS = /^global#(?:Boolean|isNaN|isFinite|Array\.isArray|Number\.is\w+|Object\.(?:is|hasOwn))$/u;
/** Of regular expressions, texts, lists, sets and maps. */
const BOOLEAN_METHODS = new Set(["test", "includes", "startsWith", "endsWith", "some", "every", "has", "hasOwnProperty"]);
const NUMBER_METHODS = new Set(["getTime", "valueOf", "getSeconds", "indexOf"]);

/**
 * The kinds that a value may be of, as far as the code says it. Undefined among them: there are ways on which it is
 * not known. Of a variable that is assigned several times only what all assignments agree on is known.
 */
export function primitiveKinds(tracer: Tracer, located: Located, depth = 0): ReadonlySet<PrimitiveKind | undefined> {
  const { value, place } = located;
  if (depth === 0) steps = 0;
  if (depth > MAX_DEPTH || steps++ > MAX_STEPS) return UNKNOWN;
  const next = (inner: Value): ReadonlySet<PrimitiveKind | undefined> => primitiveKinds(tracer, { value: inner, place }, depth + 1);
  switch (value.kind) {
    case "literal":
      return new Set([kindOfConstant(value.value)]);
    case "template":
      return new Set(["string"]);
    case "env":
      return value.name === undefined ? UNKNOWN : new Set(["string"]);
    case "object":
    case "array":
    case "function":
    case "class":
      return new Set(["object"]);
    case "await":
      return next(value.value);
    case "choice":
      return kindsOfChoice(value, value.options.map(next));
    case "operation":
      return kindOfOperation(value.operator, value.operands.map(next));
    case "global":
      return value.name === "NaN" ? new Set(["nan"]) : value.name === "Infinity" ? new Set(["number"]) : UNKNOWN;
    case "ref": {
      if (value.target.kind !== "unknown") {
        const kinds = next(value.target);
        if (!kinds.has(undefined)) return kinds;
      }
      return declared(value.type && keywordOf(tracer, { type: value.type, place }));
    }
    case "call":
      return kindsOfCall(tracer, { value, place }, depth);
    default:
      return kindsElsewhere(tracer, located, depth);
  }
}

/**
 * Whether a value is true, false or nothing. Of `a && b` the last part is asked: what stands before it is stored only
 * where it is empty. False: it is something else, or not known.
 */
export function isFlag(tracer: Tracer, { value, place }: Located, depth = 0): boolean {
  if (depth > MAX_DEPTH / 2) return false;
  if (value.kind === "ref" && value.target.kind !== "unknown" && !value.type) return isFlag(tracer, { value: value.target, place }, depth + 1);
  if (value.kind === "choice" && value.operator !== "=") {
    const options = value.operator === "&&" ? value.options.slice(-1) : value.options;
    return options.every((option) => isFlag(tracer, { value: option, place }, depth + 1));
  }
  const kinds = primitiveKinds(tracer, { value, place });
  return kinds.size > 0 && [...kinds].every((kind) => kind === "boolean" || kind === "nothing");
}

const UNKNOWN: ReadonlySet<PrimitiveKind | undefined> = new Set([undefined]);

function kindOfConstant(value: unknown): PrimitiveKind {
  if (value === undefined || value === null) return "nothing";
  if (typeof value === "number") return Number.isNaN(value) ? "nan" : "number";
  return typeof value as "string" | "bigint" | "boolean";
}

function declared(keyword: ReturnType<typeof keywordOf>): ReadonlySet<PrimitiveKind | undefined> {
  return keyword === "string" || keyword === "number" || keyword === "boolean" ? new Set([keyword]) : UNKNOWN;
}

type Kinds = ReadonlySet<PrimitiveKind | undefined>;

function kindsOfChoice({ operator, test }: Value & { kind: "choice" }, options: readonly Kinds[]): Kinds {
  const all = new Set(options.flatMap((kinds) => [...kinds]));
  if (operator === "=") return all.size === 1 ? all : UNKNOWN;
  // `typeof ttl === "string" ? Number(ttl) : ttl`: the branch knows more than the value.
  const guarded = test?.kind === "operation" && test.operands.some((part) => target(part).kind === "operation");
  if (operator === "?:" && guarded) return UNKNOWN;
  // What stands on the left of `??` and `||` is passed on only if it is something.
  if (operator !== "?:") for (const kind of [...all]) if (kind === "nothing" && !options.at(-1)?.has(kind)) all.delete(kind);
  return all;
}

function kindOfOperation(operator: string, operands: readonly Kinds[]): Kinds {
  if (ARITHMETIC.has(operator)) {
    const isBig = operands.every((kinds) => kinds.size === 1 && kinds.has("bigint"));
    if (isBig) return new Set(["bigint"]);
    const isNan = operands.some((kinds) => kinds.size === 1 && kinds.has("nan"));
    return new Set([isNan ? "nan" : "number"]);
  }
  if (BOOLEANS.has(operator)) return new Set(["boolean"]);
  if (operator === "typeof") return new Set(["string"]);
  if (operator !== "+" && operator !== "+=") return operands.length === 1 && operator === "-" ? new Set(["number"]) : UNKNOWN;
  // A unary plus makes a number of anything.
  if (operands.length === 1) return new Set(["number"]);
  if (operands.some((kinds) => kinds.size === 1 && kinds.has("string"))) return new Set(["string"]);
  return operands.every((kinds) => kinds.size === 1 && kinds.has("number")) ? new Set(["number"]) : UNKNOWN;
}

function kindsOfCall(tracer: Tracer, call: Located<CallValue>, depth: number): Kinds {
  const { value, place } = call;
  const path = tracer.canonical({ value: value.callee, place });
  const name = path ? `${path.source}#${path.path.join(".")}` : "";
  if (value.isNew) return new Set([name === "global#Date" ? "date" : "object"]);
  if (name === "global#BigInt") return new Set(["bigint"]);
  if (NUMBERS.test(name)) return new Set([isNoNumber(tracer, call) ? "nan" : "number"]);
  if (STRINGS.test(name)) return new Set(["string"]);
  if (BOOLEAN_FUNCTIONS.test(name)) return new Set(["boolean"]);
  const callee = target(value.callee);
  if (callee.kind === "member" && callee.property !== undefined) {
    if (STRING_METHODS.has(callee.property)) return new Set(["string"]);
    // A method of the project's own may hand out anything.
    if (BOOLEAN_METHODS.has(callee.property) && tracer.functions({ value: value.callee, place }).length === 0) return new Set(["boolean"]);
    const isDate = primitiveKinds(tracer, { value: callee.object, place }, depth + 1).has("date");
    if (NUMBER_METHODS.has(callee.property) && isDate) return new Set(["number"]);
  }
  return kindsElsewhere(tracer, call, depth);
}

/** `Number("1h")`, `parseInt("soon")`. */
function isNoNumber(tracer: Tracer, { value, place }: Located<CallValue>): boolean {
  const [first] = value.args;
  const constant = first && tracer.constant({ value: first, place });
  if (typeof constant !== "string") return false;
  const name = target(value.callee);
  const isParse = (name.kind === "global" ? name.name : name.kind === "member" ? (name.property ?? "") : "").startsWith("parse");
  return Number.isNaN(isParse ? Number.parseFloat(constant) : Number(constant));
}

/** Where a member, parameter, import or call leads; what leads nowhere may have a declared type. */
function kindsElsewhere(tracer: Tracer, located: Located, depth: number): Kinds {
  const { value, place } = located;
  const followed = tracer.alternatives(located).filter((found) => found.value !== value);
  const isMember = value.kind === "member" && value.property !== undefined;
  if (followed.length > 0 && followed.some((found) => found.value.kind !== "member" || !isMember)) {
    const kinds = new Set(followed.flatMap((found) => [...primitiveKinds(tracer, found, depth + 1)]));
    // A property that is written again, or a function with several answers: which of them it is now is not known.
    if (!kinds.has(undefined)) return kinds.size === 1 || value.kind === "call" ? kinds : UNKNOWN;
  }
  if (isMember) {
    const type = propertiesOfValue(tracer, { value: value.object, place })?.get(value.property ?? "");
    return declared(type && keywordOf(tracer, type));
  }
  const type = value.kind === "param" ? value.fn.params[value.index]?.type : undefined;
  return declared(type && keywordOf(tracer, { type, place }));
}

import type { Node } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import type { RequestInput } from "../input/request-input.ts";
import type { Sink } from "../input/untrusted-sinks.ts";
import type { CallValue, MemberValue, Value } from "../values/ir.ts";
import { optionOf } from "../values/options.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { isFreelyChosen } from "./chosen-identifiers.ts";
import { algorithmOf, constructionOf, limiterCallOf } from "./limiters.ts";

/**
 * What a stranger must not choose about a limit:
 * - `rate`: how much a request counts. 0 counts nothing, and a negative number gives back;
 * - `reset`: whose count starts anew;
 * - `dynamic`: the limit for everybody;
 * - `tokens`, `window`: how much is allowed, in which time;
 * - `prefix`: where the counts are kept.
 */
export type LimitSinkKind = "rate" | "reset" | "dynamic" | "tokens" | "window" | "prefix";

/** Members that limits are set by, and the constructors' names, which a class of the project's own may have renamed. */
const METHODS = /^(?:limit|resetUsedTokens|setDynamicLimit|fixedWindow|slidingWindow|tokenBucket|cachedFixedWindow)$/u;

/** What a call decides about a limit; empty where it is no call on a limiter, and makes none. */
export function limitSinksOf(file: FileModel, call: Located<CallValue>): readonly Sink<LimitSinkKind>[] {
  const { value, place } = call;
  if (value.args.length === 0) return [];
  if (value.isNew) return prefixOf(file, call);
  const callee = target(value.callee);
  if (callee.kind !== "member" || callee.property === undefined || !METHODS.test(callee.property)) return [];
  const algorithm = algorithmOf(file.tracer, call);
  if (algorithm) {
    const { tokens, window, burst } = algorithm;
    const numbers = [tokens, burst].flatMap((part) => (part ? numberSinks("tokens", { value: part, place }, part.node) : []));
    return window ? [...numbers, { kind: "window", value: { value: window, place }, node: window.node }] : numbers;
  }
  const limit = limiterCallOf(file.clients, file.tracer, call);
  if (limit?.method === "resetUsedTokens" && limit.identifier) return [{ kind: "reset", value: limit.identifier, node: limit.identifier.value.node }];
  if (!limit?.options || (limit.method !== "limit" && limit.method !== "setDynamicLimit")) return [];
  return limit.method === "limit" ? optionSinks(file, "rate", limit.options, "rate") : optionSinks(file, "dynamic", limit.options, "limit");
}

function prefixOf(file: FileModel, call: Located<CallValue>): readonly Sink<LimitSinkKind>[] {
  const client = file.clients.clientOf(call);
  const construction = client?.construction?.value === call.value ? constructionOf(file.tracer, client) : undefined;
  if (!construction?.options) return [];
  const option = optionOf(file.tracer, construction.options, "prefix");
  return option.is === "given" ? [{ kind: "prefix", value: { value: option.entry.value, place: construction.options.place }, node: option.entry.value.node }] : [];
}

/** An option that is written, or whatever an object that is not written in sight holds under its name. */
function optionSinks(file: FileModel, kind: LimitSinkKind, options: Located, name: string): readonly Sink<LimitSinkKind>[] {
  const option = optionOf(file.tracer, options, name);
  if (option.is === "absent") return [];
  if (option.is === "given") return numberSinks(kind, { value: option.entry.value, place: options.place }, option.entry.value.node);
  const member: MemberValue = { kind: "member", object: options.value, property: name };
  return [{ kind, value: { value: member, place: options.place }, node: options.value.node }];
}

/** Conversions after which a number is still the caller's choice: https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Number */
const CONVERSIONS = new Set(["Number", "parseInt", "parseFloat"]);
const ROUNDINGS = new Set(["floor", "ceil", "round", "trunc", "parseInt", "parseFloat"]);
const MAX_DEPTH = 12;

/** The values that a number is made from: behind `Number()`, rounding and arithmetic, which leave the choice open. */
function numberSinks(kind: LimitSinkKind, { value, place }: Located, node: Node | undefined, depth = 0): readonly Sink<LimitSinkKind>[] {
  const follow = (parts: readonly (Value | undefined)[]): readonly Sink<LimitSinkKind>[] =>
    parts.flatMap((part) => (part ? numberSinks(kind, { value: part, place }, node, depth + 1) : []));
  if (depth < MAX_DEPTH) {
    if (value.kind === "ref") return follow([value.target]);
    if (value.kind === "operation" && /^[-+*/]$/u.test(value.operator)) return follow(value.operands);
    // What a condition says of a value is asked where the whole is looked at.
    if (value.kind === "choice" && (value.operator === "??" || value.operator === "||")) return follow(value.options);
    if (value.kind === "call" && convertsOnly(value)) return follow(value.args.slice(0, 1));
  }
  return [{ kind, value: { value, place }, node }];
}

function convertsOnly({ callee, isNew }: CallValue): boolean {
  const called = target(callee);
  if (isNew) return false;
  if (called.kind === "global") return CONVERSIONS.has(called.name);
  if (called.kind !== "member" || called.property === undefined || !ROUNDINGS.has(called.property)) return false;
  const object = target(called.object);
  return object.kind === "global" && (object.name === "Math" || object.name === "Number");
}

/**
 * The input of a request that decides over such a value. A path names a thing and is no free choice where counts are
 * kept; a header or cookie, such as an address, tells whose count is meant.
 */
export function decidingInput({ kind }: Sink<LimitSinkKind>, inputs: readonly RequestInput[]): RequestInput | undefined {
  if (kind === "prefix") return inputs.find(isFreelyChosen);
  if (kind === "reset") return inputs.find((input) => input.kind === "body" || input.kind === "query" || input.kind === "param");
  const [input] = inputs;
  return input && kind !== "window" ? { ...input, isNumber: true } : input;
}
